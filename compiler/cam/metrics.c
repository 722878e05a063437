/* metrics.c - numbers that say how good one map is, and their means over a set.
 *
 * Every metric is its definition in metrics.h written down; what is shared is only the memory. The best threshold of the IoU
 * belongs to the set, so the totals keep one sum for each threshold.
 */
#include "cam/metrics.h"

#include <math.h>

/* ---- one map ---- */

/* The position of the first largest element. */
static int64_t largest(int64_t n, const float *map)
{
    int64_t at = 0;
    for (int64_t i = 1; i < n; i++)
        if (map[i] > map[at]) at = i;
    return at;
}

static float smallest(int64_t n, const float *map)
{
    float least = map[0];
    for (int64_t i = 1; i < n; i++)
        if (map[i] < least) least = map[i];
    return least;
}

static bool inside(const float *mask, int64_t i) { return mask[i] > 0.5f; }

bool cam_is_dead(int64_t n, const float *map) { return !((double)map[largest(n, map)] > CAM_TINY); }

bool cam_is_constant(int64_t n, const float *map)
{
    return !((double)map[largest(n, map)] - (double)smallest(n, map) > CAM_TINY);
}

void cam_max_normalize(int64_t n, const float *map, float *to)
{
    const bool dead = cam_is_dead(n, map);
    const float most = map[largest(n, map)];
    for (int64_t i = 0; i < n; i++) to[i] = dead ? 0 : map[i] / most;
}

void cam_min_max(int64_t n, const float *map, float *to)
{
    const bool constant = cam_is_constant(n, map);
    const double least = smallest(n, map), range = (double)map[largest(n, map)] - least;
    for (int64_t i = 0; i < n; i++) to[i] = constant ? 0 : (float)(((double)map[i] - least) / range);
}

double cam_energy(int64_t n, const float *map, const float *mask)
{
    double within = 0, all = 0;
    if (cam_is_dead(n, map)) return 0;
    for (int64_t i = 0; i < n; i++) {
        if (inside(mask, i)) within += (double)map[i];
        all += (double)map[i];
    }
    return within / all;
}

bool cam_points_inside(int64_t n, const float *map, const float *mask) { return inside(mask, largest(n, map)); }

/* i / 20 is the double nearest to the decimal number; a sum of 0.05s is not. */
double cam_threshold(int i) { return (i + 1) / 20.0; }

double cam_iou(int64_t n, const float *map, const float *mask, double threshold)
{
    const bool dead = cam_is_dead(n, map);
    const double most = (double)map[largest(n, map)];
    int64_t both = 0, either = 0;
    for (int64_t i = 0; i < n; i++) {
        const bool marked = !dead && (double)map[i] / most >= threshold, in_mask = inside(mask, i);
        both += marked && in_mask;
        either += marked || in_mask;
    }
    return either ? (double)both / (double)either : 0;
}

double cam_gini(int64_t n, const float *map, const int32_t *order)
{
    double sum = 0, weighted = 0;
    if (cam_is_dead(n, map)) return 0;
    for (int64_t k = 1; k <= n; k++) {
        const double x = (double)map[order[n - k]];              /* the order descends */
        sum += x;
        weighted += (double)(2 * k - n - 1) * x;
    }
    return weighted / ((double)n * sum);
}

double cam_complexity(int64_t n, const float *map)
{
    if (cam_is_constant(n, map)) return 0;
    const double least = smallest(n, map), range = (double)map[largest(n, map)] - least;
    double sum = 0;
    for (int64_t i = 0; i < n; i++) sum += ((double)map[i] - least) / range;
    return sum / (double)n;
}

/* Correlation does not change when a map is shifted and scaled, so that of the map is that of m. */
double cam_coherency(int64_t n, const float *map_of_masked, const float *map)
{
    if (cam_is_constant(n, map) || cam_is_constant(n, map_of_masked)) return 0.5;
    return (cam_pearson(n, map_of_masked, map) + 1) / 2;
}

/* A NaN comes out as a NaN. */
double cam_drop(double p, double p_masked) { return p <= 0 || p_masked >= p ? 0 : (p - p_masked) / p; }

/* ---- a set ---- */

bool cam_totals_add(CamTotals *t, CamScratch *scratch, const CamImage *image)
{
    const int h = image->height, w = image->width;
    const int64_t n = (int64_t)h * w;
    if (h < 1 || w < 1 || n > CAM_MOST_PIXELS) return false;
    /* cam_ssim works in the first 5 w doubles, and leaves the rest alone because there is enough */
    if (!cam_scratch_grow(scratch, 5 * (int64_t)w + 2 * n)) return false;
    int32_t *order = (int32_t *)(scratch->doubles + 5 * (int64_t)w);
    float *normal = (float *)(scratch->doubles + 5 * (int64_t)w + n);
    double ssim_image, ssim_prototype;
    cam_max_normalize(n, image->map, normal);
    if (!cam_ssim(scratch, h, w, normal, image->image, &ssim_image)) return false;
    if (!cam_ssim(scratch, h, w, normal, image->prototype, &ssim_prototype)) return false;
    cam_pixel_order(n, image->map, order);

    t->images++;
    if (!cam_is_dead(n, image->map)) {
        t->live++;
        t->energy += cam_energy(n, image->map, image->object);
        t->points_inside += cam_points_inside(n, image->map, image->object);
        for (int i = 0; i < CAM_THRESHOLDS; i++) t->iou[i] += cam_iou(n, image->map, image->object, cam_threshold(i));
        if (image->decoy) {
            t->live_with_decoy++;
            t->energy_in_decoy += cam_energy(n, image->map, image->decoy);
        }
    }
    t->insertion += image->insertion;
    t->deletion += image->deletion;
    t->drop += cam_drop(image->p, image->p_masked);
    t->increased += image->p_masked > image->p;
    t->coherency += cam_coherency(n, image->map_of_masked, image->map);
    t->complexity += cam_complexity(n, image->map);
    t->gini += cam_gini(n, image->map, order);
    t->l1_image += cam_l1(n, normal, image->image);
    t->l2_image += cam_l2(n, normal, image->image);
    t->ssim_image += ssim_image;
    t->l1_prototype += cam_l1(n, normal, image->prototype);
    t->l2_prototype += cam_l2(n, normal, image->prototype);
    t->ssim_prototype += ssim_prototype;
    return true;
}

static double mean(double sum, int64_t n) { return n ? sum / (double)n : NAN; }

CamMetrics cam_totals_metrics(const CamTotals *t)
{
    const int64_t n = t->images;
    const double drop = mean(t->drop, n), coherency = mean(t->coherency, n), complexity = mean(t->complexity, n);
    int best = 0;
    for (int i = 1; i < CAM_THRESHOLDS; i++)
        if (t->iou[i] > t->iou[best]) best = i;
    const bool term_is_0 = coherency <= 0 || complexity >= 1 || drop >= 1;
    const double adcc = term_is_0 ? 0 : 3 / (1 / coherency + 1 / (1 - complexity) + 1 / (1 - drop));
    return (CamMetrics){
        .images = n,
        .live = t->live,
        .energy_in_object = mean(t->energy, t->live),
        .pointing_game = mean(t->points_inside, t->live),
        .iou_half = mean(t->iou[CAM_THRESHOLDS / 2], t->live),
        .iou_best = mean(t->iou[best], t->live),
        .iou_best_threshold = t->live ? cam_threshold(best) : NAN,
        .insertion_auc = mean(t->insertion, n),
        .deletion_auc = mean(t->deletion, n),
        .average_drop = 100 * drop,
        .increase_in_confidence = 100 * mean(t->increased, n),
        .coherency = coherency,
        .complexity = complexity,
        .adcc = adcc,
        .gini = mean(t->gini, n),
        .l1_image = mean(t->l1_image, n),
        .l2_image = mean(t->l2_image, n),
        .ssim_image = mean(t->ssim_image, n),
        .l1_prototype = mean(t->l1_prototype, n),
        .l2_prototype = mean(t->l2_prototype, n),
        .ssim_prototype = mean(t->ssim_prototype, n),
        .energy_in_decoy = mean(t->energy_in_decoy, t->live_with_decoy),
        .dead_maps = mean((double)(n - t->live), n),
    };
}
