/* forward_maps.c - maps that need no gradient: resizing, EigenCAM, the pieces of Score-CAM. */
#include "cam/metrics.h"

#include <math.h>
#include <string.h>

/* ---- resizing ---- */

/* Element i of n lies between two neighbours on an axis of `size` elements; share is the weight of the second. */
typedef struct Between { int64_t low, high; double share; } Between;

static Between between(int i, int n, int size)
{
    const double at = fmax((i + 0.5) * size / n - 0.5, 0);
    const int64_t low = at < size - 1 ? (int64_t)at : size - 1;
    return (Between){low, low + 1 < size ? low + 1 : low, at - (double)low};
}

/* Resizes one channel of a map [h, w, channels]. */
static void resize(int h, int w, int64_t channels, const float *map, int H, int W, float *to)
{
    for (int i = 0; i < H; i++) {
        const Between y = between(i, H, h);
        const float *above = map + y.low * w * channels, *below = map + y.high * w * channels;
        for (int j = 0; j < W; j++) {
            const Between x = between(j, W, w);
            const double left = (1 - y.share) * (double)above[x.low * channels] +
                                y.share * (double)below[x.low * channels];
            const double right = (1 - y.share) * (double)above[x.high * channels] +
                                 y.share * (double)below[x.high * channels];
            to[(int64_t)i * W + j] = (float)((1 - x.share) * left + x.share * right);
        }
    }
}

void cam_resize(int h, int w, const float *map, int H, int W, float *to) { resize(h, w, 1, map, H, W, to); }

/* ---- EigenCAM ---- */

/* The smaller of two products: A'A, [k][k], when k is the smaller side, else AA', [places][places]. */
static void gram(int64_t places, int64_t k, const float *a, double *g)
{
    if (k <= places) {
        memset(g, 0, (size_t)(k * k) * sizeof *g);
        for (int64_t p = 0; p < places; p++)
            for (int64_t i = 0; i < k; i++)
                for (int64_t j = 0; j < k; j++) g[i * k + j] += (double)a[p * k + i] * (double)a[p * k + j];
        return;
    }
    for (int64_t p = 0; p < places; p++)
        for (int64_t q = 0; q <= p; q++) {
            double sum = 0;
            for (int64_t i = 0; i < k; i++) sum += (double)a[p * k + i] * (double)a[q * k + i];
            g[p * places + q] = g[q * places + p] = sum;
        }
}

static double trace(int64_t n, const double *g)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++) sum += g[i * n + i];
    return sum;
}

static void scale(int64_t n, double *x, double by)
{
    for (int64_t i = 0; i < n; i++) x[i] *= by;
}

/* square = g g, for a symmetric g */
static void multiply_by_itself(int64_t n, const double *g, double *square)
{
    memset(square, 0, (size_t)(n * n) * sizeof *square);
    for (int64_t i = 0; i < n; i++) {
        for (int64_t l = 0; l < n; l++)
            for (int64_t j = i; j < n; j++) square[i * n + j] += g[i * n + l] * g[l * n + j];
        for (int64_t j = 0; j < i; j++) square[i * n + j] = square[j * n + i];
    }
}

/* Finds the eigenvector of the largest eigenvalue of g [n][n], which is symmetric, positive semidefinite and not 0.  It
 * is column *column of the matrix that is returned, g or other; its length is not 1.
 *
 * This is power iteration on the matrix itself.  Squared 48 times at most, it is g^(2^48), in which an eigenvalue that
 * is below the largest by a part of 1e-12 weighs e^-281.  Eigenvalues that lie closer leave a residual of that size.
 * There is no start vector that could be orthogonal to the eigenvector.  The trace is kept at 1.  The trace of the
 * square is the sum of the squared eigenvalues: 1 - 2e when all but the largest add up to e, and in the square these
 * add up to about e^2. */
static const double *dominant(int64_t n, double *g, double *other, int64_t *column)
{
    scale(n * n, g, 1 / trace(n, g));
    for (int i = 0; i < 48; i++) {
        multiply_by_itself(n, g, other);
        const double purity = trace(n, other);
        scale(n * n, other, 1 / purity);
        double *squared = other;
        other = g;
        g = squared;
        if (purity > 1 - 1e-8) break;
    }
    *column = 0;                                                 /* the longest column: the diagonal of v v' is v_i^2 */
    for (int64_t i = 1; i < n; i++)
        if (g[i * n + i] > g[*column * n + *column]) *column = i;
    return g + *column * n;
}

static void normalize(int64_t n, double *v)
{
    double square = 0;
    for (int64_t i = 0; i < n; i++) square += v[i] * v[i];
    scale(n, v, 1 / sqrt(square));
}

/* Is the map to be negated?  Its sum decides, or, near 0, its first element of largest magnitude. */
static bool upside_down(int64_t n, const double *map)
{
    double sum = 0, magnitudes = 0, most = 0;
    for (int64_t i = 0; i < n; i++) {
        sum += map[i];
        magnitudes += fabs(map[i]);
        if (fabs(map[i]) > fabs(most)) most = map[i];
    }
    return fabs(sum) > 1e-9 * magnitudes ? sum < 0 : most < 0;
}

bool cam_eigen(CamScratch *scratch, int64_t places, int64_t k, const float *features, float *map)
{
    if (places < 1 || places > CAM_MOST_PIXELS || k < 1 || k > CAM_MOST_PIXELS) return false;
    const int64_t n = places < k ? places : k;
    if (n * n > CAM_MOST_PIXELS || !cam_scratch_grow(scratch, 2 * n * n + k + places)) return false;
    double *g = scratch->doubles, *other = g + n * n, *v = other + n * n, *projected = v + k;
    int64_t column;
    gram(places, k, features, g);
    if (!(trace(n, g) > 0)) {
        for (int64_t p = 0; p < places; p++) map[p] = 0;
        return true;
    }
    const double *u = dominant(n, g, other, &column);
    for (int64_t i = 0; i < k; i++) {
        v[i] = k <= places ? u[i] : 0;
        /* A'u is s v */
        for (int64_t p = 0; p < places && k > places; p++) v[i] += (double)features[p * k + i] * u[p];
    }
    normalize(k, v);
    for (int64_t p = 0; p < places; p++) {
        projected[p] = 0;
        for (int64_t i = 0; i < k; i++) projected[p] += (double)features[p * k + i] * v[i];
    }
    const double sign = upside_down(places, projected) ? -1 : 1;
    for (int64_t p = 0; p < places; p++) map[p] = (float)(sign * projected[p]);
    return true;
}

/* ---- Score-CAM ---- */

bool cam_score_mask(int h, int w, int H, int W, int64_t k, int64_t channel, const float *features, float *mask)
{
    const int64_t n = (int64_t)H * W;
    resize(h, w, k, features + channel, H, W, mask);
    const bool in = !cam_is_constant(n, mask);
    cam_min_max(n, mask, mask);
    return in;
}

void cam_score_combine(int64_t places, int64_t k, const float *features, double *scores, float *map)
{
    double most = -INFINITY, total = 0;
    for (int64_t i = 0; i < k; i++) most = fmax(most, scores[i]);
    for (int64_t i = 0; i < k; i++) total += scores[i] = most > -INFINITY ? exp(scores[i] - most) : 0;
    for (int64_t i = 0; i < k && total > 0; i++) scores[i] /= total;
    for (int64_t p = 0; p < places; p++) {
        double sum = 0;
        for (int64_t i = 0; i < k; i++) sum += scores[i] * (double)features[p * k + i];
        map[p] = (float)sum;
    }
}
