/* command.c - command lines: tables of flags, their parsing and --help. */
#include "command/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "rt_main.h"

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

static bool is_end(const Flag *f) { return !f->name && !f->group; }

bool flag_given(const Arguments *a, const char *name)
{
    for (int i = 0;; i++) {
        const Flag f = flag_row(a->line, i);
        if (is_end(&f)) bug("%s: there is no flag %s", a->line->name, name);
        if (f.name && !strcmp(f.name, name)) return a->given[i] != NULL;
    }
}

void *flag_place(Arguments *a, const Flag *f) { return (char *)a + f->at; }

/* the texts as "a, b or c" */
static const char *list_of(Arena *arena, const char *(*values)(int i))
{
    Text text = text_new(arena);
    for (int i = 0; values(i); i++) text_add(&text, "%s%s", i == 0 ? "" : values(i + 1) ? ", " : " or ", values(i));
    return text.chars;
}

/* ---- rows that several commands share ---- */

void add_setting(const Flag *f, const char *text, int *n, Setting list[MOST_SETTINGS])
{
    const char *equals = strchr(text, '=');
    if (!equals || equals == text) usage_error("%s takes name=value, not '%s'", f->name, text);
    if (*n == MOST_SETTINGS) usage_error("more than %d %s", *n, f->name);
    char *name = strndup(text, (size_t)(equals - text));
    if (!name) fail("tailor: out of memory");
    for (int i = 0; i < *n; i++)
        if (!strcmp(list[i].name, name)) usage_error("%s %s is given twice", f->name, name);
    list[(*n)++] = (Setting){name, equals + 1, SETTING_TEXT};
}

static void take_setting(Arguments *a, const Flag *f, const char *text)
{
    add_setting(f, text, &a->n_settings, a->settings);
}

static const char *data_set(int i) { return i < rt_known_sets() ? rt_known_set(i)->name : NULL; }

static const char *any_pass(int i) { return i < pass_count() ? pass_at(i)->name : NULL; }

static const char *optional_pass(int i)
{
    for (int pass = 0; pass < pass_count(); pass++)
        if (pass_at(pass)->optional && i-- == 0) return pass_at(pass)->name;
    return NULL;
}

static int pass_of(const Flag *f, const char *text)
{
    int i = 0;
    while (f->values(i) && strcmp(text, f->values(i))) i++;
    if (!f->values(i)) usage_error("%s takes %s, not '%s'", f->name, list_of(arena_new(), f->values), text);
    return pass_number(text);
}

static void take_dump(Arguments *a, const Flag *f, const char *text)
{
    a->passes.dump = pass_at(pass_of(f, text))->name;
}
static void take_without(Arguments *a, const Flag *f, const char *text) { a->passes.without |= 1u << pass_of(f, text); }

void take_positive(Arguments *a, const Flag *f, const char *text)
{
    char *end;
    const double number = strtod(text, &end);
    if (end == text || *end || !(number > 0) || number > 1e9)
        usage_error("%s takes a number above 0, not '%s'", f->name, text);
    *(double *)flag_place(a, f) = number;
}

#define AT(field) .at = offsetof(Arguments, field)

const Flag flag_set = {.name = "--set", .value = "NAME=VALUE", .several = true, .take = take_setting,
                       .help = "changes an option of the file"};
const Flag flag_out = {.name = "--out", .also = "-o", AT(out)};
const Flag flag_data = {.trainer = "--data", .values = data_set, .open = true, AT(data)};
const Flag flag_threads = {.trainer = "--threads", AT(threads)};
const Flag flag_best = {.trainer = "--best", AT(best)};
const Flag flag_json = {.trainer = "--json", AT(json)};
const Flag flag_tune = {
    .name = "--tune", .help = "each convolution by the algorithm that is the fastest here, measured",
    .more = "Of those that accuracy allows, in place of what its sizes suggest.  NAME.tune.json records the choices, "
            "on which the bits of the weights depend; a run that is resumed keeps to them.", AT(tune)};
const Flag flag_fast = {
    .name = "--fast", .help = "lets in what depends on the machine: --tune, and OpenBLAS",
    .more = "OpenBLAS for matrix products and convolutions of one group, where it is installed and clearly faster.  "
            "Then the bits depend on it and on the machine as well; run.json says which, and what each kernel uses.",
    AT(fast)};
const Flag flag_tuned = {
    .name = "--tuned", .value = "FILE", .help = "the choices of such a NAME.tune.json, without measuring",
    .more = "The same C and bits again, where none is OpenBLAS on any machine.", AT(tuned)};
const Flag flag_budget = {
    .name = "--memory-budget", .value = "BYTES", .help = "computes again what would not fit into so much workspace",
    .more = "The bits stay, the time grows.", .least = 1, .most = INT64_MAX, AT(passes.memory_budget)};
const Flag flag_dump = {.name = "--dump", .value = "PASS", .help = "prints what a pass made",
                        .values = any_pass, .take = take_dump};
const Flag flag_without = {.name = "--without", .value = "PASS", .several = true, .values = optional_pass,
                           .help = "leaves an optional pass out", .take = take_without};

/* ---- --help ---- */

static const char *usage_of(Arena *arena, const CommandLine *line)
{
    Text text = text_new(arena);
    text_add(&text, "usage: tailor %s", line->name);
    if (line->argument) text_add(&text, " %s", line->argument);
    bool more = false;
    for (int i = 0;; i++) {
        const Flag f = flag_row(line, i);
        if (is_end(&f)) break;
        if (f.needed) text_add(&text, " %s %s", f.also ? f.also : f.name, f.value);
        more = more || (f.name && !f.needed);
    }
    text_add(&text, more ? " [FLAG]..." : "");
    return text.chars;
}

static void print_help(Arena *arena, const CommandLine *line)
{
    printf("%s\n\n%s", usage_of(arena, line), line->says);
    for (int i = 0;; i++) {
        const Flag f = flag_row(line, i);
        if (is_end(&f)) break;
        if (i == 0 && !f.group) printf("\n");
        if (f.group) {
            printf("\n%s:\n", f.group);
            continue;
        }
        const char *name = f.also ? arena_format(arena, "%s, %s", f.also, f.name) : f.name, *more = f.more;
        if (f.values)
            more = arena_format(arena, "%s %s.%s%s", f.open ? "As" : "One of", list_of(arena, f.values),
                                more ? "  " : "", more ? more : "");
        const char *help = f.several ? arena_format(arena, "%s; may be given several times", f.help) : f.help;
        rt_flag_print(&(RtFlag){.name = name, .value = f.value, .help = help, .more = more,
                                .otherwise = f.initial ? f.initial : f.otherwise});
    }
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
        if (is_end(&f)) break;
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
        if (is_end(&f)) break;
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
        usage_error("%s: something is missing: %s\n%s", line->name,
                    a->argument ? strchr(line->argument, ' ') + 1 : line->argument, usage_of(arena, line));
    for (int i = 0;; i++) {
        const Flag f = flag_row(line, i);
        if (is_end(&f)) break;
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
