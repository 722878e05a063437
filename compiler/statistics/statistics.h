/* statistics.h - are two variants different?  Comparisons of runs that are paired by seed.
 *
 *   json.c  the result as JSON, for `tailor stats` and `tailor table` */
#ifndef STATISTICS_H
#define STATISTICS_H

#include "base/base.h"

/* One run: the value of a variant under a seed. */
typedef struct StatisticsRun {
    int variant;                       /* 0 .. n_variants - 1 */
    const char *seed;                  /* compared as text */
    double value;
} StatisticsRun;

/* A variant over all of its runs.  sd and the interval are nan where n < 2. */
typedef struct VariantStatistics {
    const char *name;
    int n;
    double mean, sd, low, high;        /* low, high: 95% interval of the mean */
} VariantStatistics;

/* A variant against the baseline.  A field that has no value is nan. */
typedef struct Comparison {
    int variant, baseline;
    int n, left_out;                   /* pairs; seeds that only one of the two has */
    double difference, low, high;      /* mean of variant - baseline, and its 95% interval */
    double t, p, p_holm, p_signflip, p_wilcoxon, dz, g, p_better, p_equivalent, p_not_worse, detectable;
    const char *reason;                /* why all but n and difference are nan; NULL: they are not */
} Comparison;

typedef struct Statistics {
    int n_variants, n_comparisons;
    VariantStatistics *variants;       /* in the order given */
    Comparison *comparisons;           /* every variant but the baseline, in that order */
} Statistics;

/* margin: a difference below it counts as none; nan: none is given. */
Statistics *statistics_of(Arena *, int n_variants, const char *const *names, int baseline, int n_runs,
                          const StatisticsRun *, double margin);

/* ---- json.c ---- */

/* Writes the members `variants` and `comparisons` of the object that is open. */
void statistics_json(RtJsonWriter *, const Statistics *);

#endif
