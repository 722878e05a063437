/* exact.c - tests that assume no distribution: sign flips, Wilcoxon's signed ranks, the share of pairs above.
 *
 * If a variant is no different, each difference could as well have had the other sign: 2^n sums (or sums of ranks) were
 * equally likely, and p is the share of those that are as far from 0 as the one seen. */
#include "statistics/distributions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare_doubles(const void *x, const void *y)
{
    const double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static void sort(int n, double *values) { qsort(values, (size_t)n, sizeof *values, compare_doubles); }

/* All 2^n sums of the values with either sign, ascending. */
static double *flipped_sums(Arena *arena, int n, const double *values)
{
    const int count = 1 << n;
    double *sums = arena_array(arena, count, sizeof *sums);
    for (int flips = 0; flips < count; flips++)
        for (int i = 0; i < n; i++) sums[flips] += flips >> i & 1 ? -values[i] : values[i];
    sort(count, sums);
    return sums;
}

/* A sum over all values is one of the first half and one of the second, so that two sorted lists of 2^(n/2) sums say
 * how many of the 2^n are large.  Differences are whole in units of 1e-12, and their sums exact up to 9e3. */
double signflip_p(Arena *arena, int n, const double *differences)
{
    if (n > MOST_FLIPPED) return (double)NAN;
    double units[MOST_FLIPPED], seen = 0;
    for (int i = 0; i < n; i++) {
        units[i] = rint(differences[i] * 1e12);
        seen += units[i];
    }
    const double least = fabs(seen) - 1e-12 * fmax(1e12, fabs(seen));
    if (least <= 0) return 1;
    const int half = n / 2, n_low = 1 << half, n_high = 1 << (n - half);
    const double *low = flipped_sums(arena, half, units), *high = flipped_sums(arena, n - half, units + half);
    int64_t large = 0;
    for (int i = 0, k = n_high; i < n_low; i++) {
        while (k > 0 && low[i] + high[k - 1] >= least) k--;
        large += n_high - k;
    }
    return ldexp((double)large, 1 - n);                    /* as many sums are at most -least */
}

/* ---- Wilcoxon ---- */

/* Twice the mid-ranks of n sizes that ascend, divided by what divides all of them. */
static void rank(int n, const double *sizes, int64_t *ranks)
{
    int64_t divisor = 0;
    for (int from = 0, to; from < n; from = to) {
        for (to = from; to < n && sizes[to] == sizes[from]; to++) {}
        for (int i = from; i < to; i++) ranks[i] = (int64_t)from + to + 1;
        for (int64_t a = ranks[from], b; a; a = b) b = divisor % a, divisor = a;
    }
    for (int i = 0; i < n; i++) ranks[i] /= divisor;
}

/* P(W <= w), W the sum of the ranks whose sign is the rarer one: the distribution of W, rank by rank.  Divided by two
 * at each, so that nothing overflows; exact while 2^n fits a double. */
static double rank_sums_below(Arena *arena, int n, const int64_t *ranks, int64_t w)
{
    double *share = arena_array(arena, w + 1, sizeof *share), sum = 0;
    share[0] = 1;
    int64_t reached = 0;
    for (int i = 0; i < n; i++) {
        reached = reached + ranks[i] < w ? reached + ranks[i] : w;
        for (int64_t k = reached; k >= ranks[i]; k--) share[k] = 0.5 * (share[k] + share[k - ranks[i]]);
        for (int64_t k = ranks[i] - 1 < reached ? ranks[i] - 1 : reached; k >= 0; k--) share[k] *= 0.5;
    }
    for (int64_t k = w; k >= 0; k--) sum += share[k];
    return sum;
}

double wilcoxon_p(Arena *arena, int n_all, const double *differences)
{
    const double most_additions = 2e9;                     /* a second or two */
    double *sizes = arena_array(arena, n_all, sizeof *sizes);
    int n = 0;
    for (int i = 0; i < n_all; i++)
        if (differences[i] != 0) sizes[n++] = fabs(differences[i]);
    if (n == 0) return 1;
    sort(n, sizes);
    int64_t *ranks = arena_array(arena, n, sizeof *ranks), total = 0, negative = 0;
    rank(n, sizes, ranks);
    for (int i = 0; i < n; i++) total += ranks[i];
    for (int i = 0; i < n_all; i++)
        if (differences[i] < 0) {
            const double size = -differences[i], *at = bsearch(&size, sizes, (size_t)n, sizeof size, compare_doubles);
            negative += ranks[at - sizes];
        }
    const int64_t w = negative < total - negative ? negative : total - negative;
    if (2 * w == total) return 1;
    if ((double)n * (double)w > most_additions) return (double)NAN;
    return fmin(1, 2 * rank_sums_below(arena, n, ranks, w));
}

static double *sorted(Arena *arena, int n, const double *values)
{
    double *copy = arena_array(arena, n, sizeof *copy);
    memcpy(copy, values, (size_t)n * sizeof *copy);
    sort(n, copy);
    return copy;
}

double share_above(Arena *arena, int n_a, const double *values_a, int n_b, const double *values_b)
{
    const double *a = sorted(arena, n_a, values_a), *b = sorted(arena, n_b, values_b);
    double above = 0;
    int less = 0, at_most = 0;                             /* of b, than and as a[i] */
    for (int i = 0; i < n_a; i++) {
        while (less < n_b && b[less] < a[i]) less++;
        while (at_most < n_b && b[at_most] <= a[i]) at_most++;
        above += 0.5 * ((double)less + at_most);
    }
    return above / ((double)n_a * n_b);
}
