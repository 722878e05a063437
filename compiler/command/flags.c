/* flags.c - rows of tables of flags that several commands share. */
#include "command/command.h"

#include <stdlib.h>
#include <string.h>

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

const char *known_data_set(int i) { return i < rt_known_sets() ? rt_known_set(i)->name : NULL; }

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
const Flag flag_data = {.trainer = "--data", .values = known_data_set, .open = true, AT(data)};
const Flag flag_threads = {.trainer = "--threads", AT(threads)};
const Flag flag_best = {.trainer = "--best", AT(best)};
const Flag flag_json = {.trainer = "--json", AT(json)};
const Flag flag_quiet = {.trainer = "--quiet", AT(quiet)};
const Flag flag_watch = {
    .name = "--watch", .value = "NAME[,NAME...]", .help = "also writes statistics of values and their gradients",
    .more = "watch.csv in the run's folder has them for each epoch, of values and parameters by the names that tailor "
            "check --json lists; the weights' bits stay.", AT(passes.watch)};
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
    .name = "--tuned", .value = "FILE", .suffix = "json",
    .help = "the choices of such a NAME.tune.json, without measuring",
    .more = "The same C and bits again, where none is OpenBLAS on any machine.", AT(tuned)};
const Flag flag_budget = {
    .name = "--memory-budget", .value = "BYTES", .help = "computes again what would not fit into so much workspace",
    .more = "The bits stay, the time grows.", .least = 1, .most = INT64_MAX, AT(passes.memory_budget)};
const Flag flag_dump = {.name = "--dump", .value = "PASS", .help = "prints what a pass made",
                        .values = any_pass, .take = take_dump};
const Flag flag_without = {.name = "--without", .value = "PASS", .several = true, .values = optional_pass,
                           .help = "leaves an optional pass out", .take = take_without};
