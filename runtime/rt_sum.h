/* rt_sum.h - sums of many terms.  The caller sums parts of a few dozen terms; the parts are added in pairs, pairs in
 * pairs.
 *
 * Rounding errors then grow with the logarithm of the number of parts.  The tree is filled as parts come.  Level l of
 * it holds the sum of 2^l parts in a row, or nothing.  Part i completes as many levels as the binary digits of i have
 * ones at their end.  So the tree has one level for each binary digit of the number of parts, and the order of
 * additions depends on that number alone. */
#ifndef RT_SUM_H
#define RT_SUM_H

#include "rt_vec.h"

/* Adds part i, counted from 0.  tree has one float for each level. */
static inline void rt_sum_put(int i, float *tree, float part)
{
    for (; i & 1; i >>= 1) part = *tree++ + part;
    *tree = part;
}

/* The sum of the parts 0 .. parts-1. */
static inline float rt_sum_of(int parts, const float *tree)
{
    float sum = 0;
    for (; parts; parts >>= 1, tree++)
        if (parts & 1) sum = *tree + sum;
    return sum;
}

/* rt_sum_put for n sums side by side: tree[levels][n].  The content of part changes. */
RT_CALLED void rt_sums_put(int i, int n, float *restrict tree, float *restrict part)
{
    for (; i & 1; i >>= 1, tree += n)
        for (int k = 0; k < n; k++) part[k] = tree[k] + part[k];
    memcpy(tree, part, sizeof *tree * (size_t)n);
}

/* sum = the sum of the parts 0 .. parts-1, for n sums side by side */
RT_CALLED void rt_sums_of(int parts, int n, const float *restrict tree, float *restrict sum)
{
    memset(sum, 0, sizeof *sum * (size_t)n);
    for (; parts; parts >>= 1, tree += n)
        for (int k = 0; k < n && (parts & 1); k++) sum[k] = tree[k] + sum[k];
}

/* to += the sum of the parts 0 .. parts-1, for n sums side by side.  The content of the tree changes. */
RT_CALLED void rt_sums_add(int parts, int n, float *restrict tree, float *restrict to)
{
    float *sum = NULL;
    for (; parts; parts >>= 1, tree += n) {
        if (!(parts & 1)) continue;
        for (int k = 0; k < n && sum; k++) tree[k] = tree[k] + sum[k];
        sum = tree;
    }
    for (int k = 0; k < n && sum; k++) to[k] += sum[k];
}

#endif
