/* metrics.c - numbers that say how good one map is, and the table of the metrics of a set.
 *
 * Every metric is its definition in metrics.h written down; only memory is shared.  A row of the table has all that
 * records, printed tables and docs/metrics.md say of a metric.  The best threshold of the IoU belongs to the set, so
 * the totals keep one sum for each threshold. */
#include "cam/metrics.h"

#include <math.h>
#include <string.h>

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

/* Correlation does not change when a map is shifted and scaled, so the map's correlation is that of m. */
double cam_coherency(int64_t n, const float *map_of_masked, const float *map)
{
    if (cam_is_constant(n, map) || cam_is_constant(n, map_of_masked)) return 0.5;
    return (cam_pearson(n, map_of_masked, map) + 1) / 2;
}

/* A NaN comes out as a NaN. */
double cam_drop(double p, double p_masked) { return p <= 0 || p_masked >= p ? 0 : (p - p_masked) / p; }

double cam_adcc(double coherency, double complexity, double drop)
{
    const bool term_is_0 = coherency <= 0 || complexity >= 1 || drop >= 1;
    return term_is_0 ? 0 : 3 / (1 / coherency + 1 / (1 - complexity) + 1 / (1 - drop));
}

/* ---- a set: the mean of a number of each image, or a number of all of them ---- */

/* One image, with the parts that several metrics share. */
struct CamSeen {
    const CamImage *image;
    int64_t n;
    const float *normal;                       /* map / max */
    const int32_t *order;                      /* of the map */
    double ssim_image, ssim_prototype;
};

static double of_energy(const CamSeen *s) { return cam_energy(s->n, s->image->map, s->image->object); }
static double of_energy_in_decoy(const CamSeen *s) { return cam_energy(s->n, s->image->map, s->image->decoy); }
static double of_point(const CamSeen *s) { return cam_points_inside(s->n, s->image->map, s->image->object); }
static double of_insertion(const CamSeen *s) { return s->image->insertion; }
static double of_deletion(const CamSeen *s) { return s->image->deletion; }
static double of_drop(const CamSeen *s) { return cam_drop(s->image->p, s->image->p_masked); }
static double of_increase(const CamSeen *s) { return s->image->p_masked > s->image->p; }
static double of_coherency(const CamSeen *s) { return cam_coherency(s->n, s->image->map_of_masked, s->image->map); }
static double of_complexity(const CamSeen *s) { return cam_complexity(s->n, s->image->map); }
static double of_gini(const CamSeen *s) { return cam_gini(s->n, s->image->map, s->order); }
static double of_l1_image(const CamSeen *s) { return cam_l1(s->n, s->normal, s->image->image); }
static double of_l2_image(const CamSeen *s) { return cam_l2(s->n, s->normal, s->image->image); }
static double of_ssim_image(const CamSeen *s) { return s->ssim_image; }
static double of_l1_prototype(const CamSeen *s) { return cam_l1(s->n, s->normal, s->image->prototype); }
static double of_l2_prototype(const CamSeen *s) { return cam_l2(s->n, s->normal, s->image->prototype); }
static double of_ssim_prototype(const CamSeen *s) { return s->ssim_prototype; }

static double mean(double sum, int64_t n) { return n ? sum / (double)n : NAN; }

static double mean_of(const CamTotals *t, const char *key)       /* over all images, of the metric with that key */
{
    int i = 0;
    while (strcmp(cam_metrics[i].key, key) != 0) i++;
    return mean(t->sum[i], t->images);
}

static int best_threshold(const CamTotals *t)
{
    int best = 0;
    for (int i = 1; i < CAM_THRESHOLDS; i++)
        if (t->iou[i] > t->iou[best]) best = i;
    return best;
}

static double iou_half(const CamTotals *t) { return mean(t->iou[CAM_THRESHOLDS / 2], t->live); }
static double iou_best(const CamTotals *t) { return mean(t->iou[best_threshold(t)], t->live); }
static double iou_best_threshold(const CamTotals *t) { return t->live ? cam_threshold(best_threshold(t)) : NAN; }
static double dead_maps(const CamTotals *t) { return mean((double)(t->images - t->live), t->images); }
static double adcc(const CamTotals *t)
{
    return cam_adcc(mean_of(t, "coherency"), mean_of(t, "complexity"), mean_of(t, "average_drop"));
}

#define ALL CAM_ALL, 1
#define PERCENT_OF_ALL CAM_ALL, 100
#define LIVE CAM_LIVE, 1
#define LIVE_WITH_DECOY CAM_LIVE_WITH_DECOY, 1
#define IMAGE(number, over) .of_image = number, over
#define SET(number) .of_set = number

const CamMetric cam_metrics[] = {
    {"energy_in_object", "share of the map on the object", CAM_HIGHER, IMAGE(of_energy, LIVE),
     .definition = "share of the map's sum that lies on the object; the object is what is above 0.1 in a "
                   "channel and no patch of a decoy set"},
    {"pointing_game", "its maximum is on the object", CAM_HIGHER, IMAGE(of_point, LIVE),
     .definition = "share of the images whose map has its first maximum on the object"},
    {"iou_half", "IoU with the object at 0.5", CAM_HIGHER, SET(iou_half),
     .definition = "mean IoU of {map / max >= 0.5} with the object"},
    {"iou_best", "IoU at the best threshold", CAM_HIGHER, SET(iou_best),
     .definition = "the same of {map / max >= t}, at the one t of 0.05, 0.10 .. 0.95 that is best for the set"},
    {"iou_best_threshold", "that threshold", CAM_NEITHER, SET(iou_best_threshold),
     .definition = "that t, the lowest of equal ones"},
    {"insertion_auc", "insertion AUC", CAM_HIGHER, IMAGE(of_insertion, ALL),
     .definition = "area under the class's probability while pixels are put into a black image in the order of "
                   "the map; `--steps` of them"},
    {"deletion_auc", "deletion AUC", CAM_LOWER, IMAGE(of_deletion, ALL),
     .definition = "the same while they are blackened"},
    {"average_drop", "average drop, %", CAM_LOWER, IMAGE(of_drop, PERCENT_OF_ALL),
     .definition = "with m the min-max map, y the class's probability and o that of the image x m: mean of 100 "
                   "[y - o]+ / y"},
    {"increase_in_confidence", "increase in confidence, %", CAM_HIGHER, IMAGE(of_increase, PERCENT_OF_ALL),
     .definition = "percent of images with o > y"},
    {"coherency", "coherency", CAM_HIGHER, IMAGE(of_coherency, ALL),
     .definition = "mean of (Pearson correlation of the map of x m with m, + 1) / 2"},
    {"complexity", "complexity", CAM_LOWER, IMAGE(of_complexity, ALL), .definition = "mean of m"},
    {"adcc", "ADCC", CAM_HIGHER, SET(adcc),
     .definition = "3 / (1 / coherency + 1 / (1 - complexity) + 1 / (1 - drop)) of the three means (2104.10252)"},
    {"gini", "Gini sparseness", CAM_NEITHER, IMAGE(of_gini, ALL),
     .definition = "Gini index of the map: 0 spread evenly, near 1 in one point"},
    {"l1_image", "L1 to the image", CAM_LOWER, IMAGE(of_l1_image, ALL),
     .definition = "mean abs of map / max - the gray image"},
    {"l2_image", "L2 to the image", CAM_LOWER, IMAGE(of_l2_image, ALL),
     .definition = "root of the mean square of that"},
    {"ssim_image", "SSIM to the image", CAM_HIGHER, IMAGE(of_ssim_image, ALL),
     .definition = "SSIM of map / max and the gray image"},
    {"l1_prototype", "L1 to the prototype", CAM_LOWER, IMAGE(of_l1_prototype, ALL),
     .definition = "as `l1_image`, to the mean training image of the class"},
    {"l2_prototype", "L2 to the prototype", CAM_LOWER, IMAGE(of_l2_prototype, ALL),
     .definition = "as `l2_image`, to that image"},
    {"ssim_prototype", "SSIM to the prototype", CAM_HIGHER, IMAGE(of_ssim_prototype, ALL),
     .definition = "as `ssim_image`, to that image"},
    {"energy_in_decoy", "share of the map on the decoy", CAM_LOWER, IMAGE(of_energy_in_decoy, LIVE_WITH_DECOY),
     .definition = "WR: share of the map on the patch of a decoy set (2203.03668)"},
    {"dead_maps", "share of dead maps", CAM_LOWER, SET(dead_maps),
     .definition = "share of the images whose map is 0 everywhere"},
    {0},
};
_Static_assert(sizeof cam_metrics / sizeof *cam_metrics <= CAM_MOST_METRICS + 1, "CAM_MOST_METRICS is too small");

bool cam_totals_add(CamTotals *t, CamScratch *scratch, const CamImage *image)
{
    const int h = image->height, w = image->width;
    const int64_t n = (int64_t)h * w;
    if (h < 1 || w < 1 || n > CAM_MOST_PIXELS) return false;
    /* cam_ssim works in the first 5 w doubles, and leaves the rest alone because there is enough */
    if (!cam_scratch_grow(scratch, 5 * (int64_t)w + 2 * n)) return false;
    int32_t *order = (int32_t *)(scratch->doubles + 5 * (int64_t)w);
    float *normal = (float *)(scratch->doubles + 5 * (int64_t)w + n);
    CamSeen seen = {.image = image, .n = n, .normal = normal, .order = order};
    cam_max_normalize(n, image->map, normal);
    if (!cam_ssim(scratch, h, w, normal, image->image, &seen.ssim_image)) return false;
    if (!cam_ssim(scratch, h, w, normal, image->prototype, &seen.ssim_prototype)) return false;
    cam_pixel_order(n, image->map, order);

    const bool live = !cam_is_dead(n, image->map);
    const bool counts[] = {[CAM_ALL] = true, [CAM_LIVE] = live, [CAM_LIVE_WITH_DECOY] = live && image->decoy};
    t->images++;
    t->live += counts[CAM_LIVE];
    t->live_with_decoy += counts[CAM_LIVE_WITH_DECOY];
    for (int i = 0; i < CAM_THRESHOLDS && live; i++)
        t->iou[i] += cam_iou(n, image->map, image->object, cam_threshold(i));
    for (int i = 0; cam_metrics[i].key; i++)
        if (cam_metrics[i].of_image && counts[cam_metrics[i].over]) t->sum[i] += cam_metrics[i].of_image(&seen);
    return true;
}

CamMeans cam_totals_means(const CamTotals *t)
{
    const int64_t count[] = {[CAM_ALL] = t->images, [CAM_LIVE] = t->live, [CAM_LIVE_WITH_DECOY] = t->live_with_decoy};
    CamMeans means = {.images = t->images, .live = t->live};
    for (int i = 0; cam_metrics[i].key; i++) {
        const CamMetric *m = &cam_metrics[i];
        means.value[i] = m->of_image ? m->times * mean(t->sum[i], count[m->over]) : m->of_set(t);
    }
    return means;
}
