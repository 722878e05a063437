/* command.c - command lines: tables of flags, their parsing and --help. */
#include "command/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_VALUES = 32 };

_Noreturn void usage_error(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("tailor: ", stderr);
    print_message(format, arguments);
    va_end(arguments);
    exit(2);
}

int finish_output(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return code;
    fprintf(stderr, "stdout: cannot write: %s\n", strerror(errno));
    return code ? code : 1;
}

/* Are they one file, by whatever names?  false: one of them is not there. */
bool same_file(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* ---- tables ---- */

/* Takes from another row all that this row leaves open. */
static void fill(Flag *f, const Flag *from)
{
    if (!f->trainer) f->trainer = from->trainer;
    if (!f->name) f->name = from->name;
    if (!f->also) f->also = from->also;
    if (!f->value) f->value = from->value;
    if (!f->several) f->several = from->several;
    if (!f->help) f->help = from->help, f->more = f->more ? f->more : from->more;
    if (!f->initial) f->initial = from->initial;
    if (!f->otherwise && !f->initial) f->otherwise = from->otherwise;
    if (!f->most) f->least = from->least, f->most = from->most;
    if (!f->values) f->values = from->values, f->open = from->open;
    if (!f->suffix) f->suffix = from->suffix;
    if (!f->at) f->at = from->at;
    if (!f->take) f->take = from->take;
}

Flag flag_row(const CommandLine *line, int i)
{
    if (!line->flags) return (Flag){0};
    Flag f = line->flags[i];
    if (f.shared) fill(&f, f.shared);
    if (!f.trainer) return f;
    const RtFlag *t = rt_flag_named(f.trainer, strlen(f.trainer));
    if (!t) bug("%s: the trainer has no flag %s", line->name, f.trainer);
    fill(&f, &(Flag){.name = t->name, .value = t->value, .help = t->help, .more = t->more, .otherwise = t->otherwise,
                     .least = t->least, .most = t->most, .values = t->values});
    return f;
}

bool flag_is_end(const Flag *f) { return !f->name && !f->group; }

bool flag_given(const Arguments *a, const char *name)
{
    for (int i = 0;; i++) {
        const Flag f = flag_row(a->line, i);
        if (flag_is_end(&f)) bug("%s: there is no flag %s", a->line->name, name);
        if (f.name && !strcmp(f.name, name)) return a->given[i] != NULL;
    }
}

void *flag_place(Arguments *a, const Flag *f) { return (char *)a + f->at; }

const char *list_of(Arena *arena, const char *(*values)(int i))
{
    Text text = text_new(arena);
    for (int i = 0; values(i); i++) text_add(&text, "%s%s", i == 0 ? "" : values(i + 1) ? ", " : " or ", values(i));
    return text.chars;
}

/* ---- --help ---- */

/* What every command of tailor reads of the environment, by what it does. */
static const struct { unsigned uses; RtFlag row; } environment[] = {
    {USES_DATA, {"TAILOR_DATA", NULL, "the folder of the data sets", .otherwise = "./data"}},
    {USES_COMPILER, {"CC", NULL, "the C compiler, with arguments of its own if need be", .otherwise = "cc"}},
    {USES_COMPILER, {"MARCH", NULL, "the processor that it compiles for", .otherwise = "native"}},
    {USES_COMPILER, {"OPTIMIZE", NULL, "how it optimizes", .otherwise = "-O3"}},
    {USES_COLOURS, {"NO_COLOR", NULL, "no colours on a terminal, where it is not empty", .otherwise = "colours"}},
    {USES_COMPILER, {"TMPDIR", NULL, "where temporary folders are made", .otherwise = "/tmp"}},
};

const RtFlag *environment_row(unsigned uses, int i)
{
    for (size_t k = 0; k < sizeof environment / sizeof *environment; k++)
        if (environment[k].uses & uses && i-- == 0) return &environment[k].row;
    return NULL;
}

bool exit_row(const CommandLine *line, int i, int *code, const char **says)
{
    static const char *const common[] = {"done", "the input is wrong", "the command line is wrong"};
    enum { COMMON = sizeof common / sizeof *common };
    if (i < COMMON) return *code = i, *says = common[i], true;
    const char *row = line->exits;
    for (i -= COMMON; row && i > 0; i--) row = (row = strchr(row, '\n')) ? row + 1 : NULL;
    if (!row) return false;
    char *end;
    *code = (int)strtol(row, &end, 10), *says = end + 1;
    return true;
}

const char *usage_of(Arena *arena, const CommandLine *line)
{
    Text text = text_new(arena);
    text_add(&text, "tailor %s", line->name);
    if (line->argument) text_add(&text, " %s", line->argument);
    bool more = false;
    for (int i = 0;; i++) {
        const Flag f = flag_row(line, i);
        if (flag_is_end(&f)) break;
        if (f.needed) text_add(&text, " %s %s", f.also ? f.also : f.name, f.value);
        more = more || (f.name && !f.needed);
    }
    text_add(&text, more ? " [FLAG]..." : "");
    return text.chars;
}

/* The limits of a number, where they are not those of any number. */
static const char *limits_of(Arena *arena, const Flag *f)
{
    if (!f->most || (!f->least && f->most > INT32_MAX)) return NULL;
    if (f->most >= INT32_MAX) return arena_format(arena, "At least %llu.", (unsigned long long)f->least);
    return arena_format(arena, "From %llu to %llu.", (unsigned long long)f->least, (unsigned long long)f->most);
}

RtFlag flag_shown(Arena *arena, const Flag *f)
{
    const char *parts[] = {
        f->values ? arena_format(arena, "%s %s.", f->open ? "As" : "One of", list_of(arena, f->values)) : NULL,
        f->more && *f->more ? f->more : NULL, limits_of(arena, f)};
    Text more = text_new(arena);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i]) text_add(&more, "%s%s", more.length ? "  " : "", parts[i]);
    return (RtFlag){.name = f->also ? arena_format(arena, "%s, %s", f->also, f->name) : f->name, .value = f->value,
                    .help = f->several ? arena_format(arena, "%s; may be given several times", f->help) : f->help,
                    .more = more.length ? more.chars : NULL, .otherwise = f->initial ? f->initial : f->otherwise};
}

static void print_help(Arena *arena, const CommandLine *line)
{
    printf("usage: %s\n\n%s", usage_of(arena, line), line->says);
    for (int i = 0;; i++) {
        const Flag f = flag_row(line, i);
        if (flag_is_end(&f)) break;
        if (i == 0 && !f.group) printf("\n");
        if (f.group) {
            printf("\n%s:\n", f.group);
            continue;
        }
        const RtFlag row = flag_shown(arena, &f);
        rt_flag_print(&row);
    }
    printf("\nExamples, in a folder of tailor init:\n");
    for (const char *at = line->examples; at && *at;) {
        const int length = (int)strcspn(at, "\n");
        printf("  %.*s\n", length, at);
        at += length + (at[length] == '\n');
    }
    if (line->uses) printf("\nEnvironment:\n");
    for (int i = 0; environment_row(line->uses, i); i++) rt_flag_print(environment_row(line->uses, i));
    int code;
    const char *says;
    printf("\nExit status:\n");
    for (int i = 0; exit_row(line, i, &code, &says); i++)
        rt_flag_print(&(RtFlag){.name = arena_format(arena, "%d", code),
                                .help = arena_format(arena, "%.*s", (int)strcspn(says, "\n"), says)});
}

/* ---- parsing ---- */

int64_t number_argument(const char *flag, const char *text, uint64_t least, uint64_t most)
{
    uint64_t number;
    if (!rt_flag_number(text, least, most, &number))
        usage_error("%s takes a whole number from %llu to %llu, not '%s'", flag, (unsigned long long)least,
                    (unsigned long long)most, text);
    return (int64_t)number;
}

static void check_choice(const Arguments *a, const Flag *f, const char *text)
{
    const char *known[MOST_VALUES];
    int n = 0;
    for (; n < MOST_VALUES && f->values(n); n++) known[n] = f->values(n);
    for (int i = 0; i < n; i++)
        if (!strcmp(text, known[i])) return;
    Arena *arena = arena_new();
    usage_error("%s: %s takes %s, not '%s'%s", a->line->name, f->name, list_of(arena, f->values), text,
                did_you_mean(arena, text, n, known, ""));
}

static void take(Arguments *a, const Flag *f, const char *text)
{
    void *at = f->at ? flag_place(a, f) : NULL;
    if (f->take) f->take(a, f, text);
    else if (f->most) {
        const int64_t number = number_argument(f->name, text, f->least, f->most);
        if (at) *(int64_t *)at = number;
    } else if (f->value) {
        if (f->values && !f->open) check_choice(a, f, text);
        if (!*text) usage_error("%s: %s takes %s, not ''", a->line->name, f->name, f->value);
        if (at) *(const char **)at = text;
    } else if (at) *(bool *)at = true;
}

/* Sets the defaults. */
static void begin(Arguments *a)
{
    for (int i = 0;; i++) {
        const Flag f = flag_row(a->line, i);
        if (flag_is_end(&f)) break;
        if (i == MOST_FLAGS) bug("%s: more than %d flags", a->line->name, MOST_FLAGS);
        if (f.initial) take(a, &f, f.initial);
        else if (f.most && f.at) *(int64_t *)flag_place(a, &f) = (int64_t)f.least - 1;
    }
}

/* The number of the flag that the text begins with or is, and what stands behind its name: NULL, or its value; ends the
 * program where there is none. */
static int flag_named(Arena *arena, const CommandLine *line, const char *text, const char **name, const char **value)
{
    const char *names[2 * MOST_FLAGS], *letter = NULL;
    const size_t length = strcspn(text, "=");
    int n = 0, attached = -1;                             /* -j4: the value stands behind a flag of one letter */
    bool one_dash = false;                                /* -jobs: a dash is missing, and `obs` is no value */
    *value = text[length] ? text + length + 1 : NULL;
    for (int i = 0;; i++) {
        const Flag f = flag_row(line, i);
        if (flag_is_end(&f)) break;
        for (int k = 0; k < 2; k++) {
            *name = k ? f.name : f.also;
            if (!*name) continue;
            if (strlen(*name) == length && !strncmp(*name, text, length)) return i;
            if (f.value && strlen(*name) == 2 && !strncmp(*name, text, 2)) attached = i, letter = *name;
            one_dash = one_dash || (strlen(*name) == length + 1 && !strncmp(*name + 1, text, length));
            names[n++] = *name;
        }
    }
    if (attached >= 0 && !one_dash) {
        *name = letter, *value = text + 2;
        return attached;
    }
    usage_error("%s: unknown flag %s%s; see tailor %s --help", line->name, text,
                did_you_mean(arena, text, n, names, ""), line->name);
}

void arguments_parse(int argc, char **argv, const CommandLine *line, void *arguments)
{
    Arguments *a = arguments;
    Arena *arena = arena_new();
    bool only_arguments = false, two = line->argument && strchr(line->argument, ' ');
    const bool any = line->argument && strstr(line->argument, "...");
    const char **further = calloc((size_t)argc + 1, sizeof *further);      /* as long as the command */
    if (!further) fail("tailor: out of memory");
    a->line = line, a->further = further;
    begin(a);
    for (int i = 1; i < argc; i++) {
        const char *text = argv[i];
        if (!only_arguments && !strcmp(text, "--")) only_arguments = true;
        else if (only_arguments || text[0] != '-' || !text[1]) {
            if (!line->argument || (a->argument && !any && (!two || a->n_further)))
                usage_error("%s: one argument too many: '%s'; see tailor %s --help", line->name, text, line->name);
            if (!*text) usage_error("%s takes %s, not ''", line->name, line->argument);
            if (!a->argument) a->argument = text;
            else further[a->n_further++] = text;
        } else if (!strcmp(text, "--help") || !strcmp(text, "-h")) {
            print_help(arena, line);
            exit(finish_output(0));
        } else {
            const char *name, *value;
            const int k = flag_named(arena, line, text, &name, &value);
            const Flag f = flag_row(line, k);
            if (!f.value && value) usage_error("%s takes no value", name);
            if (f.value && !value && ++i == argc) usage_error("%s needs a value", name);
            if (f.value && a->given[k] && !f.several) usage_error("%s is given twice", name);
            a->given[k] = !f.value ? "" : value ? value : argv[i];
            take(a, &f, a->given[k]);
        }
    }
    if ((a->tune || a->fast) && a->tuned)
        usage_error("%s: %s measures, --tuned takes what was measured: only one of them", line->name,
                    a->fast ? "--fast" : "--tune");
    if ((line->argument && *line->argument != '[' && !a->argument) || (two && *line->argument != '[' && !a->n_further))
        usage_error("%s: something is missing: %s\nusage: %s", line->name,
                    a->argument ? strchr(line->argument, ' ') + 1 : line->argument, usage_of(arena, line));
    for (int i = 0;; i++) {
        const Flag f = flag_row(line, i);
        if (flag_is_end(&f)) break;
        if (f.needed && !a->given[i])
            usage_error("%s: %s %s is missing", line->name, f.also ? f.also : f.name, f.value);
    }
    arena_free(arena);
}

int hand_on(const Arguments *a, const char **argv, int n)
{
    for (int i = 0;; i++) {
        const Flag f = flag_row(a->line, i);
        if (!f.name && !f.group) return n;
        if (!f.trainer || !a->given[i]) continue;
        argv[n++] = f.trainer;
        if (f.value) argv[n++] = a->given[i];
    }
}

Measure measure_of(const Arguments *a) { return a->fast ? MEASURE_OPENBLAS : a->tune ? MEASURE_OWN : MEASURE_NOTHING; }
