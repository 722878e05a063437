/* stats.c - `tailor stats`: the statistics of experiments, for anybody's numbers. */
#include "command/command.h"
#include "statistics/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct StatsArguments { Arguments all; const char *baseline; double margin; } StatsArguments;

static void take_margin(Arguments *a, const Flag *f, const char *text)
{
    char *end;
    const double margin = strtod(text, &end);
    if (end == text || *end || !(margin >= 0 && margin <= MOST_VALUE))
        usage_error("%s takes a number of at least 0, not '%s'", f->name, text);
    *(double *)flag_place(a, f) = margin;
}

#define AT(field) .at = offsetof(StatsArguments, field)

static const Flag stats_flags[] = {
    {.name = "--baseline", .value = "NAME", .help = "the variant that all others are compared with",
     .otherwise = "the first in the file", AT(baseline)},
    {.name = "--margin", .value = "X", .help = "a difference below X counts as none", .take = take_margin,
     .more = "For p_equivalent, neither better nor worse by X, and p_not_worse, not worse by X where more is better.",
     .otherwise = "neither is computed", AT(margin)},
    {.shared = &flag_json, .help = "one JSON object on standard output, in place of the tables"},
    {0}};

const CommandLine stats_line = {
    "stats", "FILE.csv",
    "Compares variants over the seeds that they share: a CSV file with the columns variant, seed and value, in any\n"
    "order, a row a run; - is standard input.  Differences are paired by seed: intervals, the paired t test with\n"
    "Holm's correction, sign flips, Wilcoxon, effect sizes, equivalence, and the smallest difference that so many\n"
    "seeds would have found.  docs/statistics.md says what each number is and what it cannot show.\n",
    stats_flags,
    .examples = "printf '%s\\n' variant,seed,value a,1,.91 a,2,.92 b,1,.94 b,2,.96 | tailor stats -"};

static int variant_named(Arena *arena, const RunTable *t, const char *name)
{
    for (int i = 0; i < t->n_variants; i++)
        if (!strcmp(t->names[i], name)) return i;
    fail("%s:%d: no variant is called '%s', against the baseline that --baseline names%s", t->path, t->header_line,
         name, did_you_mean(arena, name, t->n_variants, t->names, "'"));
}

static void print_json(const Statistics *s)
{
    RtJsonWriter json = {0};
    rt_json_open(&json, NULL, '{');
    statistics_json(&json, s);
    rt_json_close(&json, '}');
    if (json.text.failed) fail("tailor: out of memory");
    fputs(json.text.data, stdout);
    rt_text_free(&json.text);
}

int command_stats(int argc, char **argv)
{
    StatsArguments p = {.margin = (double)NAN};
    arguments_parse(argc, argv, &stats_line, &p);
    Arena *arena = arena_new();
    const RunTable *t = runs_read(arena, p.all.argument);
    const int baseline = p.baseline ? variant_named(arena, t, p.baseline) : 0;
    const Statistics *s = statistics_of(arena, t->n_variants, t->names, baseline, t->n_runs, t->runs, p.margin);
    Text text = text_new(arena);
    if (p.all.json) {
        print_json(s);
        statistics_left_out(&text, s);
        fputs(text.chars, stderr);
    } else {
        statistics_text(&text, s);
        fputs(text.chars, stdout);
    }
    arena_free(arena);
    return 0;
}
