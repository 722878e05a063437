/* command.c - command lines. */
#include "command/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

_Noreturn void usage_error(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("tailor: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(2);
}

/* Is it one file, by whatever names? */
bool same_file(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

int64_t number_argument(const char *flag, const char *text, int64_t least, int64_t most)
{
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (errno || end == text || *end || number < least || number > most)
        usage_error("%s takes a whole number from %lld to %lld, not '%s'", flag, (long long)least, (long long)most, text);
    return number;
}

double positive_argument(const char *flag, const char *text)
{
    char *end;
    const double number = strtod(text, &end);
    if (end == text || *end || !(number > 0) || number > 1e9) usage_error("%s takes a number above 0, not '%s'", flag, text);
    return number;
}

typedef struct Flag { char letter; const char *name; } Flag;

static const Flag flags_known[] = {
    {'s', "--set"}, {'o', "-o"}, {'o', "--out"}, {'d', "--data"}, {'S', "--seed"}, {'e', "--epochs"}, {'t', "--threads"}, {'r', "--resume"},
    {'f', "--feed"}, {'j', "--json"}, {'T', "--train"}, {'i', "--interpret"}, {'D', "--dir"}, {'p', "--dump"}, {'p', "--without"}, {'v', "--validate"}, {'g', "--gradients"},
    {'u', "--tune"}, {'U', "--tuned"}, {'F', "--fast"}, {'P', "--profile"}, {'B', "--memory-budget"}, {'c', "--cost"}, {'k', "--peak"}, {'k', "--cache"}, {'k', "--bandwidth"},
    {'K', "--keep"}, {'b', "--best"}, {'l', "--capacity"}, {'l', "--seconds"},
    {'m', "--graph"}, {'m', "--kind"}, {'m', "--layer"}, {'m', "--logits"}, {'m', "--class"}, {'m', "--against"}, {'m', "--images"}, {'m', "--steps"},
};

const char *pass_names(Arena *arena, bool optional, const char *between, const char *before_last)
{
    int n = 0, seen = 0;
    for (int i = 0; i < pass_count(); i++) n += !optional || pass_at(i)->optional;
    Text text = text_new(arena);
    for (int i = 0; i < pass_count(); i++) {
        if (optional && !pass_at(i)->optional) continue;
        text_add(&text, "%s%s", seen == 0 ? "" : seen == n - 1 ? before_last : between, pass_at(i)->name);
        seen++;
    }
    return text.chars;
}

static int named_pass(const char *flag, const char *name, bool optional)
{
    const int pass = pass_number(name);
    if (pass < 0 || (optional && !pass_at(pass)->optional))
        usage_error("%s takes %s, not '%s'", flag, pass_names(arena_new(), optional, ", ", " or "), name);
    return pass;
}

static void set(Arguments *a, const char *text)
{
    const char *equals = strchr(text, '=');
    if (!equals || equals == text) usage_error("--set takes name=value, not '%s'", text);
    if (a->n_settings == sizeof a->settings / sizeof *a->settings) usage_error("more than %d --set", a->n_settings);
    char *name = strndup(text, (size_t)(equals - text));
    if (!name) fail("tailor: out of memory");
    a->settings[a->n_settings++] = (Setting){name, equals + 1};
}

static void set_of_cam(Arguments *a, const char *name, const char *value)
{
    const struct { const char *name, **at; } flags[] = {{"--graph", &a->graph}, {"--kind", &a->kind}, {"--layer", &a->layer}, {"--logits", &a->logits},
                                                        {"--class", &a->class}, {"--against", &a->against}, {"--images", &a->images}, {"--steps", &a->steps}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (!strcmp(name, flags[i].name)) *flags[i].at = value;
}

Arguments arguments_parse(int argc, char **argv, const char *flags, const char *usage, int least, int most)
{
    Arguments a = {.command = argv[0]};
    bool only_positional = false;
    for (int i = 1; i < argc; i++) {
        const char *text = argv[i];
        if (!only_positional && !strcmp(text, "--")) {
            only_positional = true;
            continue;
        }
        if (only_positional || text[0] != '-' || !text[1]) {
            if (a.n_positional >= most) usage_error("%s: one argument too many: '%s'; see tailor %s --help", a.command, text, a.command);
            a.positional[a.n_positional++] = text;
            continue;
        }
        if (!strcmp(text, "--help") || !strcmp(text, "-h")) {
            fputs(usage, stdout);
            exit(0);
        }
        const char *value = strchr(text, '=');
        size_t length = value ? (size_t)(value - text) : strlen(text);
        char letter = 0;
        const char *name = NULL, *candidates[24];
        int n_candidates = 0;
        for (size_t k = 0; k < sizeof flags_known / sizeof *flags_known; k++) {
            if (!strchr(flags, flags_known[k].letter)) continue;
            candidates[n_candidates++] = flags_known[k].name;
            if (strlen(flags_known[k].name) == length && !strncmp(flags_known[k].name, text, length)) letter = flags_known[k].letter, name = flags_known[k].name;
        }
        if (!letter) {
            const char *near = nearest_name(text, n_candidates, candidates);
            usage_error("%s: unknown flag %s%s%s%s; see tailor %s --help", a.command, text, near ? "; did you mean " : "", near ? near : "", near ? "?" : "", a.command);
        }
        bool takes_value = !strchr("jTivgPcuFb", letter);
        if (!takes_value && value) usage_error("%s takes no value", name);
        if (takes_value && value) value++;
        else if (takes_value) {
            if (++i >= argc) usage_error("%s needs a value", name);
            value = argv[i];
        }
        switch (letter) {
        case 's': set(&a, value); break;
        case 'o': a.out = value; break;
        case 'd': a.data = value; break;
        case 'S': a.seed = value; break;
        case 'e': a.epochs = value; break;
        case 't': a.threads = value; break;
        case 'r': a.resume = value; break;
        case 'K': a.keep = value; break;
        case 'b': a.best = true; break;
        case 'f': a.feed = value; break;
        case 'D': a.dir = value; break;
        case 'j': a.json = true; break;
        case 'T': a.train_mode = true; break;
        case 'i': a.interpret = true; break;
        case 'v': a.validate = true; break;
        case 'g': a.gradients = true; break;
        case 'u': a.tune = true; break;
        case 'F': a.fast = true; break;
        case 'U': a.tuned = value; break;
        case 'P': a.passes.profile = true; break;
        case 'B': a.passes.memory_budget = number_argument(name, value, 1, INT64_MAX); break;
        case 'c': a.cost = true; break;
        case 'k': *(name[2] == 'p' ? &a.peak : name[2] == 'c' ? &a.cache : &a.bandwidth) = value; break;
        case 'l': *(!strcmp(name, "--capacity") ? &a.capacity : &a.seconds) = value; break;
        case 'm': set_of_cam(&a, name, value); break;
        case 'p':
            if (!strcmp(name, "--dump")) a.passes.dump = pass_at(named_pass(name, value, false))->name;
            else a.passes.without |= 1u << named_pass(name, value, true);
            break;
        }
    }
    if ((a.tune || a.fast) && a.tuned) usage_error("%s: %s measures, --tuned takes what was measured: only one of them", a.command, a.fast ? "--fast" : "--tune");
    if (a.n_positional < least) usage_error("%s: something is missing\n%s", a.command, usage);
    return a;
}

Measure measure_of(const Arguments *a) { return a->fast ? MEASURE_OPENBLAS : a->tune ? MEASURE_OWN : MEASURE_NOTHING; }
