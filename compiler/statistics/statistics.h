/* statistics.h - are two variants different?  Comparisons of runs that are paired by seed.  docs/statistics.md says
 * what each number is.
 *
 *   statistics.c     pairs by seed, and all that is said of them
 *   runs.c           tables of runs, read
 *   json.c           the same as JSON, with all digits
 *   show.c           and as tables with notes
 *   distributions.c, paired.c, exact.c, detectable.c     what it is made of: distributions.h */
#ifndef STATISTICS_H
#define STATISTICS_H

#include "base/base.h"

enum { MOST_FLIPPED = 20 };            /* pairs of which all sign flips are counted */

/* One run: the value of a variant under a seed, at most MOST_VALUE in size.  A variant has a seed once. */
typedef struct StatisticsRun {
    int variant;                       /* 0 .. n_variants - 1 */
    const char *seed;                  /* compared as text */
    double value;
} StatisticsRun;

#define MOST_VALUE 1e150               /* squares of such values can be added up */

/* A variant over all of its runs.  sd and the interval are nan where n < 2, the mean where n is 0. */
typedef struct VariantStatistics {
    const char *name;
    int n;
    double mean, sd, low, high;        /* low, high: 95% interval of the mean */
} VariantStatistics;

/* A variant against the baseline.  A field that has no value is nan. */
typedef struct Comparison {
    int variant, baseline;
    int n, n_left_out;                 /* pairs; seeds that only one of the two has */
    const char **left_out;             /* these seeds, the baseline's first */
    double difference, low, high;      /* mean of variant - baseline, and its 95% interval */
    double t, p, p_holm, p_signflip, p_wilcoxon, dz, g, p_better, p_equivalent, p_not_worse, detectable;
    const char *reason;                /* why all but n and difference are nan; NULL: they are not */
} Comparison;

typedef struct Statistics {
    int n_variants, n_comparisons;
    int baseline;
    double margin;
    VariantStatistics *variants;       /* in the order given */
    Comparison *comparisons;           /* every variant but the baseline, in that order */
} Statistics;

/* ---- statistics.c ---- */

/* margin: a difference below it counts as none; nan: none is given. */
Statistics *statistics_of(Arena *, int n_variants, const char *const *names, int baseline, int n_runs,
                          const StatisticsRun *, double margin);
/* Holm's correction: the r-th smallest of m p becomes the largest of (m - q + 1) p(q) over q <= r, and at most 1.
 * Those that are nan stay so and do not count. */
void holm(Arena *, int n, const double *p, double *adjusted);
/* How many comparisons have a p: the m of Holm's method and of `detectable`. */
int count_tested(const Statistics *);

/* ---- runs.c ---- */

/* A table of runs.  Variants are numbered in the order in which the table first has them. */
typedef struct RunTable {
    const char *path;
    int header_line;
    int n_variants, n_runs;
    const char **names;
    StatisticsRun *runs;
} RunTable;

/* Reads a CSV file with the columns variant, seed and value.  fail() on any fault of it. */
RunTable *runs_read(Arena *, const char *path);

/* ---- json.c ---- */

/* Writes the members `variants` and `comparisons` of the object that is open. */
void statistics_json(RtJsonWriter *, const Statistics *);

/* ---- show.c ---- */

/* Adds tables and notes that a person can read. */
void statistics_text(Text *, const Statistics *);
/* Adds what must be known of the tables to read them: what so few seeds cannot show, what was left out or has no p. */
void statistics_notes(Text *, const Statistics *);

/* Adds a line for each comparison that left seeds out. */
void statistics_left_out(Text *, const Statistics *);

const char *shown_p(Arena *, double p);                              /* "-" for nan */

#endif
