/* rt_split.c - which images train and which validate, in what order an epoch sees them, and batches balanced by class.
 *
 * All are functions of the seed alone, so that two variants of a graph with one seed see the same split and the same
 * batches.
 */
#include "rt.h"
#include "rt_random.h"

#include <stdlib.h>
#include <string.h>

static void swap(int64_t *a, int64_t *b)
{
    const int64_t kept = *a;
    *a = *b;
    *b = kept;
}

/* Fisher and Yates; draw i is a function of (seed, stream, epoch, i). */
static void shuffle(int64_t n, uint64_t seed, uint64_t stream, int64_t step, int64_t *order)
{
    for (int64_t i = n - 1; i > 0; i--) swap(&order[i], &order[rt_below(seed, stream, step, i, i + 1)]);
}

void rt_permutation(int64_t n, uint64_t seed, uint64_t stream, int64_t epoch, int64_t *order)
{
    for (int64_t i = 0; i < n; i++) order[i] = i;
    shuffle(n, seed, stream, epoch, order);
}

/* How many of each class are held back: its exact share, rounded down, and one more for those with the largest remainder
 * until the total is right.  Of equal remainders the smaller class number comes first. */
static void apportion(const int64_t count[256], double share, int64_t held, int64_t take[256])
{
    double remainder[256];
    int64_t left = held;
    for (int c = 0; c < 256; c++) {
        double exact = share * (double)count[c];
        take[c] = (int64_t)exact < count[c] ? (int64_t)exact : count[c];
        remainder[c] = exact - (double)take[c];
        left -= take[c];
    }
    while (left > 0) {
        int best = -1;
        for (int c = 0; c < 256; c++)
            if (take[c] < count[c] && (best < 0 || remainder[c] > remainder[best])) best = c;
        if (best < 0) return;
        take[best]++;
        remainder[best] -= 1;
        left--;
    }
}

bool rt_split(int64_t n, const uint8_t *labels, double share, uint64_t seed, int64_t *training, int64_t *n_training,
              int64_t *validation, int64_t *n_validation, RtError *error)
{
    if (!(share >= 0 && share < 1)) return rt_fail(error, "a validation share of %g, against 0 to less than 1", share);
    const int64_t held = (int64_t)(share * (double)n + 0.5);
    const uint64_t stream = rt_stream("split");
    int64_t count[256] = {0}, take[256], *members = malloc((size_t)n * sizeof *members + 1);
    uint8_t *out = calloc((size_t)n + 1, 1);
    *n_training = *n_validation = 0;
    if (!members || !out) {
        free(members);
        free(out);
        return rt_fail(error, "out of memory for the split of %lld images", (long long)n);
    }
    for (int64_t i = 0; i < n; i++) count[labels[i]]++;
    apportion(count, share, held, take);
    for (int c = 0; c < 256; c++) {
        int64_t m = 0;
        for (int64_t i = 0; i < n && m < count[c]; i++)
            if (labels[i] == c) members[m++] = i;
        shuffle(m, seed, stream, c, members);
        for (int64_t i = 0; i < take[c]; i++) out[members[i]] = 1;
    }
    for (int64_t i = 0; i < n; i++)
        if (out[i]) validation[(*n_validation)++] = i;
        else training[(*n_training)++] = i;
    free(members);
    free(out);
    return true;
}

/* ---- batches of some classes with the same number of images each ---- */

bool rt_classes_open(RtClasses *classes, const uint8_t *labels, const int64_t *samples, int64_t n, const RtSampler *sampler,
                     RtError *error)
{
    int64_t at = 0;
    *classes = (RtClasses){.member = malloc((size_t)n * sizeof *classes->member + 1)};
    if (!classes->member) return rt_fail(error, "out of memory for the classes of %lld images", (long long)n);
    for (int c = 0; c < 256; c++) {
        for (int64_t i = 0; i < n; i++) {
            const int64_t sample = samples ? samples[i] : i;
            if (labels[sample] == c) classes->member[at++] = sample;
        }
        if (at > classes->start[classes->n]) classes->start[++classes->n] = at;
    }
    if (sampler->classes <= classes->n) return true;
    rt_fail(error, "training images of %d classes, against %lld of balanced{} in a batch", classes->n, (long long)sampler->classes);
    rt_classes_close(classes);
    return false;
}

void rt_classes_close(RtClasses *classes)
{
    free(classes->member);
    *classes = (RtClasses){0};
}

/* k of the m members, from draw `first` of the batch on; the members are put back into their order, on which the next batch relies. */
static void draw_members(int64_t *member, int64_t m, int64_t k, uint64_t seed, int64_t number, int64_t first, int64_t *to)
{
    const uint64_t stream = rt_stream("balanced.image");
    for (int64_t i = 0; i < k && m < k; i++) to[i] = member[rt_below(seed, stream, number, first + i, m)];
    for (int64_t i = 0; i < k && m >= k; i++) {
        swap(&member[i], &member[i + rt_below(seed, stream, number, first + i, m - i)]);
        to[i] = member[i];
    }
    for (int64_t i = k - 1; i >= 0 && m >= k; i--) swap(&member[i], &member[i + rt_below(seed, stream, number, first + i, m - i)]);
}

void rt_balanced(const RtClasses *classes, const RtSampler *sampler, uint64_t seed, int64_t number, int64_t *sample)
{
    const uint64_t stream = rt_stream("balanced.class");
    const int64_t k = sampler->per_class;
    int64_t order[256];
    for (int i = 0; i < classes->n; i++) order[i] = i;
    for (int64_t p = 0; p < sampler->classes; p++) {
        swap(&order[p], &order[p + rt_below(seed, stream, number, p, classes->n - p)]);
        const int64_t start = classes->start[order[p]], m = classes->start[order[p] + 1] - start;
        draw_members(classes->member + start, m, k, seed, number, p * k, sample + p * k);
    }
}
