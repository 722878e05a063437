/* similarity.c - a map against an image or another map: distances, SSIM, correlations. */
#include "cam/metrics.h"

#include <math.h>

double cam_l1(int64_t n, const float *a, const float *b)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++) sum += fabs((double)a[i] - (double)b[i]);
    return sum / (double)n;
}

double cam_l2(int64_t n, const float *a, const float *b)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++) sum += ((double)a[i] - (double)b[i]) * ((double)a[i] - (double)b[i]);
    return sqrt(sum / (double)n);
}

/* ---- correlation ---- */

static bool one_value(int64_t n, const float *x)
{
    for (int64_t i = 1; i < n; i++)
        if (x[i] != x[0]) return false;
    return true;
}

static double mean(int64_t n, const float *x)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++) sum += (double)x[i];
    return sum / (double)n;
}

double cam_pearson(int64_t n, const float *a, const float *b)
{
    if (one_value(n, a) || one_value(n, b)) return 0;          /* decided before rounding makes a mean differ from it */
    const double mean_a = mean(n, a), mean_b = mean(n, b);
    double aa = 0, bb = 0, ab = 0;
    for (int64_t i = 0; i < n; i++) {
        const double da = (double)a[i] - mean_a, db = (double)b[i] - mean_b;
        aa += da * da;
        bb += db * db;
        ab += da * db;
    }
    return fmax(-1, fmin(1, ab / (sqrt(aa) * sqrt(bb))));
}

/* Ranks from 0, the largest element first; equal elements share the mean of their ranks. */
static void rank_all(int64_t n, const float *x, int32_t *order, float *rank)
{
    cam_pixel_order(n, x, order);
    for (int64_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && x[order[end]] == x[order[first]];) end++;
        for (int64_t i = first; i < end; i++) rank[order[i]] = (float)(first + end - 1) / 2;
    }
}

bool cam_spearman(CamScratch *scratch, int64_t n, const float *a, const float *b, double *correlation)
{
    if (n < 1 || n > CAM_MOST_PIXELS || !cam_scratch_grow(scratch, 3 * n)) return false;
    int32_t *order = (int32_t *)scratch->doubles;
    float *rank_a = (float *)(scratch->doubles + n), *rank_b = (float *)(scratch->doubles + 2 * n);
    rank_all(n, a, order, rank_a);
    rank_all(n, b, order, rank_b);
    *correlation = cam_pearson(n, rank_a, rank_b);
    return true;
}

/* ---- SSIM ---- */

enum { SSIM_WINDOW = 11 };
static const double ssim_sigma = 1.5, ssim_c1 = 0.01 * 0.01, ssim_c2 = 0.03 * 0.03;

/* The weights of the window along an axis of `size` elements; returns how many there are. */
static int window_weights(int size, double weight[SSIM_WINDOW])
{
    const int n = size < SSIM_WINDOW ? size : SSIM_WINDOW;
    double total = 0;
    for (int i = 0; i < n; i++) {
        const double from_centre = i - (n - 1) / 2.0;
        total += weight[i] = exp(-from_centre * from_centre / (2 * ssim_sigma * ssim_sigma));
    }
    for (int i = 0; i < n; i++) weight[i] /= total;
    return n;
}

/* The Gaussian is a product of two.  So each row of windows is summed down its columns first, into [w][5], and then
 * along the row. */
bool cam_ssim(CamScratch *scratch, int h, int w, const float *a, const float *b, double *ssim)
{
    if (h < 1 || w < 1 || (int64_t)h * w > CAM_MOST_PIXELS || !cam_scratch_grow(scratch, 5 * (int64_t)w)) return false;
    double(*column)[5] = (double(*)[5])scratch->doubles;         /* weighted sums of a, b, a a, b b, a b */
    double down[SSIM_WINDOW], along[SSIM_WINDOW], total = 0;
    const int n_down = window_weights(h, down), n_along = window_weights(w, along);
    for (int y = 0; y + n_down <= h; y++) {
        for (int x = 0; x < w; x++) {
            double s[5] = {0};
            for (int i = 0; i < n_down; i++) {
                const double va = (double)a[(int64_t)(y + i) * w + x], vb = (double)b[(int64_t)(y + i) * w + x];
                s[0] += down[i] * va;
                s[1] += down[i] * vb;
                s[2] += down[i] * (va * va);
                s[3] += down[i] * (vb * vb);
                s[4] += down[i] * (va * vb);
            }
            for (int q = 0; q < 5; q++) column[x][q] = s[q];
        }
        for (int x = 0; x + n_along <= w; x++) {
            double s[5] = {0};
            for (int j = 0; j < n_along; j++)
                for (int q = 0; q < 5; q++) s[q] += along[j] * column[x + j][q];
            const double squares = s[0] * s[0] + s[1] * s[1], product = s[0] * s[1];
            total += (2 * product + ssim_c1) * (2 * (s[4] - product) + ssim_c2) /
                     ((squares + ssim_c1) * (s[2] + s[3] - squares + ssim_c2));
        }
    }
    *ssim = total / ((double)(h - n_down + 1) * (double)(w - n_along + 1));
    return true;
}
