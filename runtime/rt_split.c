/* rt_split.c - the split into training and validation images, the order of an epoch, and batches balanced by class.
 *
 * All are functions of the seed alone, so that two variants of a graph with one seed see the same split and the same
 * batches. */
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

/* ---- samples by class ---- */

bool rt_classes_open(RtClasses *classes, const uint16_t *labels, const int64_t *samples, int64_t n,
                     const RtSampler *sampler, RtError *error)
{
    enum { LABELS = 1 << 16 };
    int64_t *place = calloc(LABELS + 1, sizeof *place);           /* place of each label's next member */
    int n_labels = 0;
    *classes = (RtClasses){0};
    for (int64_t i = 0; place && i < n; i++) place[labels[samples ? samples[i] : i] + 1]++;
    for (int c = 0; place && c < LABELS; c++) {
        n_labels += place[c + 1] > 0;
        place[c + 1] += place[c];
    }
    classes->member = malloc((size_t)n * sizeof *classes->member + 1);
    classes->start = calloc((size_t)n_labels + 1, sizeof *classes->start);
    classes->order = calloc((size_t)n_labels + 1, sizeof *classes->order);
    classes->label = calloc((size_t)n_labels + 1, sizeof *classes->label);
    bool ok = (place && classes->member && classes->start && classes->order && classes->label) ||
              rt_fail(error, "out of memory for the classes of %lld images", (long long)n);
    for (int c = 0; ok && c < LABELS; c++)
        if (place[c + 1] > place[c]) {
            classes->order[classes->n] = classes->n;
            classes->label[classes->n++] = (uint16_t)c;
            classes->start[classes->n] = place[c + 1];
        }
    for (int64_t i = 0; ok && i < n; i++) {
        const int64_t sample = samples ? samples[i] : i;
        classes->member[place[labels[sample]]++] = sample;
    }
    free(place);
    if (ok && sampler->classes > classes->n)
        ok = rt_fail(error, "training images of %d classes, against %lld of balanced{} in a batch", classes->n,
                     (long long)sampler->classes);
    if (!ok) rt_classes_close(classes);
    return ok;
}

void rt_classes_close(RtClasses *classes)
{
    free(classes->start);
    free(classes->member);
    free(classes->order);
    free(classes->label);
    *classes = (RtClasses){0};
}

/* ---- training and validation ---- */

typedef struct Share { double remainder; int64_t count, take; int class; } Share;

static int by_remainder(const void *a, const void *b)
{
    const Share *x = a, *y = b;
    if (x->remainder != y->remainder) return x->remainder > y->remainder ? -1 : 1;
    return x->class < y->class ? -1 : 1;
}

static int by_class(const void *a, const void *b) { return ((const Share *)a)->class - ((const Share *)b)->class; }

/* Decides how many samples of each class are held back.  The number is the class's exact share, rounded down, and one
 * more for those with the largest remainder until the total is right.  Of equal remainders the smaller class number
 * comes first.  Leaves the classes in their order. */
static void apportion(int n, Share *shares, double share, int64_t held)
{
    int64_t left = held;
    for (int c = 0; c < n; c++) {
        Share *of = &shares[c];
        const double exact = share * (double)of->count;
        of->take = (int64_t)exact < of->count ? (int64_t)exact : of->count;
        of->remainder = exact - (double)of->take;
        left -= of->take;
    }
    qsort(shares, (size_t)n, sizeof *shares, by_remainder);
    for (int64_t before = left + 1; left > 0 && left < before;) {     /* one round is enough but for rounding */
        before = left;
        for (int c = 0; c < n && left > 0; c++) {
            const bool more = shares[c].take < shares[c].count;
            shares[c].take += more;
            left -= more;
        }
    }
    qsort(shares, (size_t)n, sizeof *shares, by_class);
}

bool rt_split(int64_t n, const uint16_t *labels, double share, uint64_t seed, int64_t *training, int64_t *n_training,
              int64_t *validation, int64_t *n_validation, RtError *error)
{
    if (!(share >= 0 && share < 1)) return rt_fail(error, "a validation share of %g, against 0 to less than 1", share);
    const int64_t held = (int64_t)(share * (double)n + 0.5);
    const uint64_t stream = rt_stream("split");
    const RtSampler any = {0};
    RtClasses classes;
    *n_training = *n_validation = 0;
    if (!rt_classes_open(&classes, labels, NULL, n, &any, error)) return false;
    Share *shares = calloc((size_t)classes.n + 1, sizeof *shares);
    uint8_t *out = calloc((size_t)n + 1, 1);
    const bool ok = (shares && out) || rt_fail(error, "out of memory for the split of %lld images", (long long)n);
    for (int c = 0; ok && c < classes.n; c++)
        shares[c] = (Share){.count = classes.start[c + 1] - classes.start[c], .class = c};
    if (ok) apportion(classes.n, shares, share, held);
    for (int c = 0; ok && c < classes.n; c++) {
        int64_t *members = classes.member + classes.start[c];
        shuffle(shares[c].count, seed, stream, classes.label[c], members);
        for (int64_t i = 0; i < shares[c].take; i++) out[members[i]] = 1;
    }
    for (int64_t i = 0; ok && i < n; i++)
        if (out[i]) validation[(*n_validation)++] = i;
        else training[(*n_training)++] = i;
    free(shares);
    free(out);
    rt_classes_close(&classes);
    return ok;
}

/* ---- batches of some classes with the same number of images each ---- */

/* Draws k of the m members, beginning with draw `first` of the batch.  The members are put back into their order, since
 * the next batch relies on it. */
static void draw_members(int64_t *member, int64_t m, int64_t k, uint64_t seed, int64_t number, int64_t first,
                         int64_t *to)
{
    const uint64_t stream = rt_stream("balanced.image");
    for (int64_t i = 0; i < k && m < k; i++) to[i] = member[rt_below(seed, stream, number, first + i, m)];
    for (int64_t i = 0; i < k && m >= k; i++) {
        swap(&member[i], &member[i + rt_below(seed, stream, number, first + i, m - i)]);
        to[i] = member[i];
    }
    for (int64_t i = k - 1; i >= 0 && m >= k; i--)
        swap(&member[i], &member[i + rt_below(seed, stream, number, first + i, m - i)]);
}

void rt_balanced(const RtClasses *classes, const RtSampler *sampler, uint64_t seed, int64_t number, int64_t *sample)
{
    const uint64_t stream = rt_stream("balanced.class");
    const int64_t k = sampler->per_class;
    int64_t *order = classes->order;                          /* to be put back into its order too */
    for (int64_t p = 0; p < sampler->classes; p++) {
        swap(&order[p], &order[p + rt_below(seed, stream, number, p, classes->n - p)]);
        const int64_t start = classes->start[order[p]], m = classes->start[order[p] + 1] - start;
        draw_members(classes->member + start, m, k, seed, number, p * k, sample + p * k);
    }
    for (int64_t p = sampler->classes - 1; p >= 0; p--)
        swap(&order[p], &order[p + rt_below(seed, stream, number, p, classes->n - p)]);
}
