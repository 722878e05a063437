/* perturb.c - the images of the insertion and deletion curves, and the area under such a curve. */
#include "cam/metrics.h"

#include <math.h>
#include <string.h>

/* ---- the order of the pixels ---- */

static bool before(const float *map, int32_t a, int32_t b) { return map[a] > map[b] || (map[a] == map[b] && a < b); }

/* Lets the element at `root` sink to its place in a heap, whose top is the last in order. */
static void sink(const float *map, int32_t *heap, int64_t root, int64_t n)
{
    const int32_t sinking = heap[root];
    for (int64_t child; (child = 2 * root + 1) < n; root = child) {
        if (child + 1 < n && before(map, heap[child], heap[child + 1])) child++;
        if (!before(map, sinking, heap[child])) break;
        heap[root] = heap[child];
    }
    heap[root] = sinking;
}

/* A heap sort is not stable, but no two elements are equal once the position decides between equal values. */
void cam_pixel_order(int64_t n, const float *map, int32_t *order)
{
    for (int64_t i = 0; i < n; i++) order[i] = (int32_t)i;
    for (int64_t i = n / 2 - 1; i >= 0; i--) sink(map, order, i, n);
    for (int64_t i = n - 1; i > 0; i--) {
        const int32_t last = order[0];
        order[0] = order[i];
        order[i] = last;
        sink(map, order, 0, i);
    }
}

/* ---- images and areas ---- */

static int64_t held(int64_t n, int64_t most) { return n < 0 ? 0 : n > most ? most : n; }

void cam_deletion_image(int64_t pixels, int64_t channels, const float *image, const float *baseline,
                        const int32_t *order, int64_t n, float *to)
{
    const int64_t deleted = held(n, pixels);
    const size_t pixel = (size_t)channels * sizeof *to;
    memcpy(to, image, (size_t)pixels * pixel);
    for (int64_t i = 0; i < deleted; i++) memcpy(to + order[i] * channels, baseline, pixel);
}

void cam_insertion_image(int64_t pixels, int64_t channels, const float *image, const float *baseline,
                         const int32_t *order, int64_t n, float *to)
{
    const int64_t inserted = held(n, pixels);
    const size_t pixel = (size_t)channels * sizeof *to;
    memcpy(to, image, (size_t)pixels * pixel);
    for (int64_t i = inserted; i < pixels; i++) memcpy(to + order[i] * channels, baseline, pixel);
}

double cam_auc(int64_t n, const double *p)
{
    if (n < 2) return n < 1 ? NAN : p[0];
    double sum = (p[0] + p[n - 1]) / 2;
    for (int64_t i = 1; i < n - 1; i++) sum += p[i];
    return sum / (double)(n - 1);
}
