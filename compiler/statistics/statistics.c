/* statistics.c - runs of variants under seeds: each variant over its runs, and against the baseline over the seeds that
 * both have. */
#include "statistics/distributions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double none = (double)NAN;

/* The runs of the variants one behind the other: those of a variant from first[variant] to first[variant + 1]. */
typedef struct Runs {
    int n_variants, n_seeds;
    int *first, *seeds;                /* a seed's number */
    const char **names;                /* of seeds */
    int *at;                           /* [n_seeds], 0 between two comparisons: the run of the baseline, from 1 */
    double *values;
} Runs;

static Runs group(Arena *arena, int n_variants, int n, const StatisticsRun *runs)
{
    Runs r = {.n_variants = n_variants, .first = arena_array(arena, (int64_t)n_variants + 2, sizeof *r.first),
              .seeds = arena_array(arena, n, sizeof *r.seeds), .names = arena_array(arena, n, sizeof *r.names),
              .values = arena_array(arena, n, sizeof *r.values)};
    NameTable numbers = name_table_new(arena);
    int *next = r.first + 1;                               /* becomes first[] when all have their place */
    for (int i = 0; i < n; i++)
        if (runs[i].variant + 1 < n_variants) next[runs[i].variant + 1]++;
    for (int v = 1; v < n_variants; v++) next[v] += next[v - 1];
    for (int i = 0; i < n; i++) {
        int *number = name_number(&numbers, runs[i].seed);
        if (!*number) r.names[r.n_seeds] = runs[i].seed, *number = ++r.n_seeds;
        const int to = next[runs[i].variant]++;
        r.seeds[to] = *number - 1;
        r.values[to] = runs[i].value;
    }
    r.at = arena_array(arena, r.n_seeds, sizeof *r.at);
    return r;
}

/* To 12 decimals, so that differences of decimal numbers that are equal are so here too: 94.3 - 94.1 and 94.2 - 94.0.
 * Doubles of 8192 and above lie further apart than that. */
static double rounded(double difference)
{
    return fabs(difference) < 8192 ? rint(difference * 1e12) / 1e12 + 0.0 : difference;
}

/* Pairs the runs of a variant with those of the baseline; returns the differences. */
static const double *pair(Arena *arena, const Runs *r, Comparison *c)
{
    enum { PAIRED = -1 };
    const int from[] = {r->first[c->baseline], r->first[c->variant]},
              to[] = {r->first[c->baseline + 1], r->first[c->variant + 1]};
    double *differences = arena_array(arena, to[1] - from[1], sizeof *differences);
    for (int i = from[0]; i < to[0]; i++) r->at[r->seeds[i]] = i + 1;
    for (int i = from[1]; i < to[1]; i++) {
        int *other = &r->at[r->seeds[i]];
        if (!*other) continue;
        differences[c->n++] = rounded(r->values[i] - r->values[*other - 1]);
        *other = PAIRED;
    }
    c->left_out = arena_array(arena, to[0] - from[0] + to[1] - from[1] - 2 * c->n, sizeof *c->left_out);
    for (int side = 0; side < 2; side++)
        for (int i = from[side]; i < to[side]; i++)
            if (r->at[r->seeds[i]] != PAIRED) c->left_out[c->n_left_out++] = r->names[r->seeds[i]];
    for (int i = from[0]; i < to[0]; i++) r->at[r->seeds[i]] = 0;
    return differences;
}

static void compare(Arena *arena, const Runs *r, double margin, Comparison *c)
{
    const double least_sd = 1e-12;
    const double *differences = pair(arena, r, c);
    const Moments d = moments_of(c->n, differences);
    c->difference = d.mean;
    if (c->n < 2) c->reason = "fewer than two seeds that both have";
    else if (d.sd <= least_sd) c->reason = "all differences are equal, so that their spread says nothing";
    if (c->reason) return;
    compare_paired(c, d, margin);
    c->p_signflip = signflip_p(arena, c->n, differences);
    c->p_wilcoxon = wilcoxon_p(arena, c->n, differences);
    const int *of = r->first + c->variant, *of_baseline = r->first + c->baseline;
    c->p_better = share_above(arena, of[1] - of[0], r->values + of[0], of_baseline[1] - of_baseline[0],
                              r->values + of_baseline[0]);
    c->detectable = d.sd;                                  /* in units of it until m is known */
}

typedef struct Rank { double p; int i; } Rank;

static int compare_ranks(const void *x, const void *y)
{
    const Rank *a = x, *b = y;
    if (a->p != b->p) return a->p < b->p ? -1 : 1;
    return (a->i > b->i) - (a->i < b->i);
}

void holm(Arena *arena, int n, const double *p, double *adjusted)
{
    Rank *sorted = arena_array(arena, n, sizeof *sorted);
    int m = 0;
    for (int i = 0; i < n; i++) {
        adjusted[i] = none;
        if (!isnan(p[i])) sorted[m++] = (Rank){p[i], i};
    }
    qsort(sorted, (size_t)m, sizeof *sorted, compare_ranks);
    double largest = 0;
    for (int i = 0; i < m; i++) {
        largest = fmax(largest, (m - i) * sorted[i].p);
        adjusted[sorted[i].i] = fmin(1, largest);
    }
}

int count_tested(const Statistics *s)
{
    int m = 0;
    for (int i = 0; i < s->n_comparisons; i++) m += !s->comparisons[i].reason;
    return m;
}

Statistics *statistics_of(Arena *arena, int n_variants, const char *const *names, int baseline, int n_runs,
                          const StatisticsRun *runs, double margin)
{
    Statistics *s = arena_alloc(arena, sizeof *s);
    *s = (Statistics){.n_variants = n_variants, .baseline = baseline, .margin = margin,
                      .variants = arena_array(arena, n_variants, sizeof *s->variants),
                      .comparisons = arena_array(arena, n_variants, sizeof *s->comparisons)};
    const Runs r = group(arena, n_variants, n_runs, runs);
    for (int v = 0; v < n_variants; v++) {
        const Moments m = moments_of(r.first[v + 1] - r.first[v], r.values + r.first[v]);
        const double half = half_width(m);
        s->variants[v] = (VariantStatistics){names[v], m.n, m.mean, m.sd, m.mean - half, m.mean + half};
    }
    for (int v = 0; v < n_variants; v++) {
        if (v == baseline) continue;
        Comparison *c = &s->comparisons[s->n_comparisons++];
        *c = (Comparison){.variant = v, .baseline = baseline, .difference = none, .low = none, .high = none, .t = none,
                          .p = none, .p_holm = none, .p_signflip = none, .p_wilcoxon = none, .dz = none, .g = none,
                          .p_better = none, .p_equivalent = none, .p_not_worse = none, .detectable = none};
        compare(arena, &r, margin, c);
    }
    double *p = arena_array(arena, s->n_comparisons, sizeof *p),
           *adjusted = arena_array(arena, s->n_comparisons, sizeof *p);
    for (int i = 0; i < s->n_comparisons; i++) p[i] = s->comparisons[i].p;
    holm(arena, s->n_comparisons, p, adjusted);
    for (int i = 0; i < s->n_comparisons; i++) s->comparisons[i].p_holm = adjusted[i];
    const int m = count_tested(s);
    const double level = 0.05;
    double dz = 0;
    for (int i = 0, n = 0; i < s->n_comparisons; i++) {    /* most comparisons have equally many pairs */
        Comparison *c = &s->comparisons[i];
        if (c->reason) continue;
        if (c->n != n) dz = detectable_dz(n = c->n, level / m);
        c->detectable *= dz;
    }
    return s;
}
