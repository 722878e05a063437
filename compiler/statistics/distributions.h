/* distributions.h - what statistics.c is made of: distributions, and the tests of differences that are paired.
 *
 *   distributions.c  normal and Student's t
 *   paired.c         mean, standard deviation; the paired t test and what follows from it
 *   exact.c          tests that assume no distribution
 *   detectable.c     the smallest difference that a paired t test would have found */
#ifndef DISTRIBUTIONS_H
#define DISTRIBUTIONS_H

#include "statistics/statistics.h"

/* ---- distributions.c ---- */

double normal_below(double z);                     /* P(Z <= z) */
/* P(T >= t) for v degrees of freedom, a whole number; to 1e-12 of itself, however small, up to v = 20000. */
double t_above(double t, double v);
double t_quantile_above(double p, double v);       /* the t >= 0 with P(T >= t) = p, 0 < p <= 0.5 */
double gamma_ratio(double v);                      /* Gamma((v + 1) / 2) / Gamma(v / 2), v a whole number */

/* ---- paired.c ---- */

/* sd is nan where n < 2, the mean where n is 0.  The values are at most 1e150 in size. */
typedef struct Moments { int n; double mean, sd; } Moments;

Moments moments_of(int n, const double *values);
double half_width(Moments);                        /* of the 95% interval of the mean */
/* Fills in all that follows from a paired t test of n >= 2 differences with sd > 0; margin nan: none. */
void compare_paired(Comparison *, Moments differences, double margin);

/* ---- exact.c ---- */

/* The share of the sign flips of n differences that have a sum as far from 0 as theirs; nan for n > MOST_FLIPPED. */
double signflip_p(Arena *, int n, const double *differences);
/* Wilcoxon's signed-rank test, two-sided: zeros are left out, equal sizes share the mean of their ranks, and the
 * distribution is that of the sign flips of these ranks.  nan where these are too many to be counted: more than about
 * 1500 differences, unless many are equal. */
double wilcoxon_p(Arena *, int n, const double *differences);
/* The share of pairs (a, b) with a > b, and half of those with a = b. */
double share_above(Arena *, int n_a, const double *a, int n_b, const double *b);

/* ---- detectable.c ---- */

/* The difference in standard deviations of differences that a two-sided paired t test of n >= 2 pairs at level `alpha`
 * finds with probability 0.8. */
double detectable_dz(int n, double alpha);

#endif
