/* metrics.h - how good a class activation map is: numbers of one map, their means over a set, and maps that need no
 * gradient.
 *
 *   scratch.c       memory
 *   metrics.c       a map against masks; the metrics of a set: a definition and a row of the table each
 *   similarity.c    a map against an image or against another map
 *   perturb.c       images with their most important pixels removed or alone; the area under the curve of their
 *                   probabilities
 *   forward_maps.c  resizing, EigenCAM, the pieces of Score-CAM
 *
 * All functions are pure functions on arrays.  A map is h x w floats, row by row, finite.  For masks and sums its
 * elements are at least 0: the map after ReLU, at the size of the image.  An image with channels is NHWC.  Sums are
 * taken in double, in the order of the elements, and no threads are used, so that equal arguments give equal bits.
 *
 * A map is dead when its largest element is not above CAM_TINY.  It is constant when its largest and its smallest
 * element differ by no more than CAM_TINY. */
#ifndef CAM_METRICS_H
#define CAM_METRICS_H

#include <stdbool.h>
#include <stdint.h>

#define CAM_TINY 1e-12
/* a limit at which a rank, and half of one, is exact in float */
enum { CAM_THRESHOLDS = 19, CAM_MOST_PIXELS = 1 << 22 };

/* Working memory of these functions.  It is {0} at first and grows when a larger array comes, so that only the first
 * image of a set allocates.  Functions that take it return false when a size is not from 1 to CAM_MOST_PIXELS or when
 * there is no memory.  The other functions trust their sizes to be at least 1. */
typedef struct CamScratch { int64_t size; double *doubles; } CamScratch;

bool cam_scratch_grow(CamScratch *, int64_t doubles);         /* makes room for at least so many; its content is lost */
void cam_scratch_free(CamScratch *);

/* ---- metrics.c: one map ---------------------------------------------------------------------------------------- */

bool cam_is_dead(int64_t n, const float *map);
bool cam_is_constant(int64_t n, const float *map);
void cam_max_normalize(int64_t n, const float *map, float *to);  /* map / max; 0 when dead.  `to` may be map */
/* (map - min) / (max - min); 0 when constant.  `to` may be map */
void cam_min_max(int64_t n, const float *map, float *to);

/* A mask is 1 inside and 0 outside. */

/* Energy-based pointing game (Score-CAM, 1910.01279): sum of the map inside the mask / sum of the map; 0 when dead. */
double cam_energy(int64_t n, const float *map, const float *mask);
/* Pointing game (1608.00507): is the largest element, the first of equal ones, inside the mask?  The answer for a dead
 * map means nothing. */
bool cam_points_inside(int64_t n, const float *map, const float *mask);
/* |S and mask| / |S or mask|, where S = {map / max >= threshold} is empty for a dead map; 0 when the union is empty. */
double cam_iou(int64_t n, const float *map, const float *mask, double threshold);
double cam_threshold(int i);                                    /* 0.05, 0.10 .. 0.95 for i = 0 .. CAM_THRESHOLDS - 1 */

/* Gini index of sparseness (Hurley & Rickard, 0811.4706): sum over k = 1 .. n of (2k - n - 1) x_k / (n sum x), where x
 * is the map in ascending order.  It is 0 for a uniform or dead map, (n - 1) / n for one pixel.  order: cam_pixel_order
 * of the map. */
double cam_gini(int64_t n, const float *map, const int32_t *order);
/* Complexity (2104.10252): the mean of the min-max map. */
double cam_complexity(int64_t n, const float *map);
/* Coherency (2104.10252): (Pearson correlation + 1) / 2 between the map of the masked image x * m and m, the min-max
 * map of x.  A constant map correlates 0 with everything, which gives 1/2. */
double cam_coherency(int64_t n, const float *map_of_masked, const float *map);
double cam_drop(double p, double p_masked);                   /* max(0, p - p_masked) / p (2104.10252); 0 when p is 0 */
/* 3 / (1 / coherency + 1 / (1 - complexity) + 1 / (1 - drop)) of means (2104.10252).  It is 0 when coherency, 1 -
 * complexity or 1 - drop is 0. */
double cam_adcc(double coherency, double complexity, double drop);

/* ---- metrics.c: the means over a set --------------------------------------------------------------------------- */

typedef struct CamImage {
    int height, width;
    const float *map;              /* these are all height x width */
    const float *image;            /* gray, 0 .. 1 */
    const float *prototype;        /* the mean training image of the class */
    const float *object;           /* mask of the foreground */
    const float *decoy;            /* mask of the patch that gives the class away, or NULL when the data has none */
    const float *map_of_masked;    /* map of x * m, after ReLU */
    double p, p_masked;            /* probability of the class, on x and on x * m */
    double insertion, deletion;    /* areas: cam_auc; NaN when they were not computed, and so are their means then */
} CamImage;

enum { CAM_MOST_METRICS = 64 };

/* Sums over images, which start as {0}. */
typedef struct CamTotals {
    int64_t images, live, live_with_decoy;
    double sum[CAM_MOST_METRICS];          /* in the order of cam_metrics: sums of the metrics of one image */
    double iou[CAM_THRESHOLDS];            /* over live maps */
} CamTotals;

typedef enum CamOver { CAM_ALL, CAM_LIVE, CAM_LIVE_WITH_DECOY } CamOver;      /* the images that a mean is over */
typedef enum CamBetter { CAM_NEITHER, CAM_HIGHER, CAM_LOWER } CamBetter;

typedef struct CamSeen CamSeen;            /* one image, with the parts that several metrics share (metrics.c) */

/* A metric of a set: `times` the mean over images of a number of each image, or a number of the totals.  A dead map
 * counts with a Gini index, a complexity and a normalised map of 0.  Energies, pointing game and IoU are over the
 * images with a live map.  The value is NaN where there is no image to take the mean over. */
typedef struct CamMetric {
    const char *key, *title;               /* in cam_metrics.json; in the printed table */
    CamBetter better;
    double (*of_image)(const CamSeen *);
    CamOver over;
    double times;
    double (*of_set)(const CamTotals *);
    const char *definition;                /* Markdown */
} CamMetric;

extern const CamMetric cam_metrics[];      /* ends with a row without a key */

/* Adds one image.  The order of the calls is the order of the sums.  When it returns false, nothing was added. */
bool cam_totals_add(CamTotals *, CamScratch *, const CamImage *);

/* Values in the order of cam_metrics. */
typedef struct CamMeans { double value[CAM_MOST_METRICS]; int64_t images, live; } CamMeans;

CamMeans cam_totals_means(const CamTotals *);

/* ---- similarity.c ---------------------------------------------------------------------------------------------- */

double cam_l1(int64_t n, const float *a, const float *b);        /* mean |a - b| */
double cam_l2(int64_t n, const float *a, const float *b);        /* root of the mean square of a - b */
double cam_pearson(int64_t n, const float *a, const float *b);   /* in -1 .. 1; 0 when an array has only one value */

/* Mean SSIM over the windows that lie inside the image (Wang, Bovik, Sheikh, Simoncelli 2004, IEEE TIP 13(4)), as
 * ssim(a, b) of the graph language.  The window is a Gaussian of 11 x 11 with sigma 1.5, cut to the image where that is
 * smaller, and sums to 1.  Variances are those of a population; c1 = 0.01^2, c2 = 0.03^2, for values from 0 to 1. */
bool cam_ssim(CamScratch *, int h, int w, const float *a, const float *b, double *ssim);

/* Spearman's rank correlation: Pearson's correlation of the ranks.  Equal elements get the mean of their ranks; 0 when
 * an array has only one value.  The model parameter randomisation test (1810.03292) compares maps by it and by SSIM. */
bool cam_spearman(CamScratch *, int64_t n, const float *a, const float *b, double *correlation);

/* ---- perturb.c ------------------------------------------------------------------------------------------------- */

/* order[n]: positions by descending value, positions of equal values ascending.  Sorts in place, without memory. */
void cam_pixel_order(int64_t n, const float *map, int32_t *order);

/* The image [pixels, channels] with the baseline's colour in the first n pixels of the order (deletion), or in all
 * other pixels (insertion): RISE, 1806.07421, with a baseline colour.  n below 0 is 0, above pixels is pixels.  `to` is
 * not the image. */
void cam_deletion_image(int64_t pixels, int64_t channels, const float *image, const float *baseline,
                        const int32_t *order, int64_t n, float *to);
void cam_insertion_image(int64_t pixels, int64_t channels, const float *image, const float *baseline,
                         const int32_t *order, int64_t n, float *to);

/* Area by the trapezoid rule under n probabilities at 0, 1 / (n - 1) .. 1.  A single probability is its own area;
 * without any the area is NaN. */
double cam_auc(int64_t n, const double *p);

/* ---- forward_maps.c -------------------------------------------------------------------------------------------- */

/* [h, w] -> [H, W], as resize(x, H, W, "bilinear") of the graph language: bilinear with half-pixel centres, held inside
 * the edge.  Pixel i lies at (i + 1/2) h / H - 1/2 of the map.  `to` is not the map. */
void cam_resize(int h, int w, const float *map, int H, int W, float *to);

/* EigenCAM (2008.00299): features [places, k] times their first right singular vector, not centred, before ReLU; 0 when
 * all features are 0.  The sign is such that the sum of the map is above 0, or, where the sum is within rounding of 0,
 * the first element of largest magnitude.
 *
 * With A the features and m the map, |AA'm - s m| <= 1e-6 s |m| for s = m'AA'm / m'm.  Most of that error comes from
 * rounding m to float.  The bound also holds where the first two singular values are equal or so close that m is a
 * mixture of their maps.  Returns false when min(places, k) squared is above CAM_MOST_PIXELS. */
bool cam_eigen(CamScratch *, int64_t places, int64_t k, const float *features, float *map);

/* Score-CAM (1910.01279), before ReLU.  The mask of one channel of features [h, w, k]: the channel resized to [H, W],
 * then cam_min_max.  When the channel is constant, the mask is 0 and the result false: such a channel is left out. */
bool cam_score_mask(int h, int w, int H, int W, int64_t k, int64_t channel, const float *features, float *mask);
/* map[places] = sum over the channels of weight * features [places, k].  scores[k] holds, for each channel, the
 * increase of the class's score from the baseline image to the image under the channel's mask: finite, or -INFINITY for
 * a channel that is left out.  It is overwritten with the weights, the softmax of the scores.  When all channels are
 * left out, weights and map are 0. */
void cam_score_combine(int64_t places, int64_t k, const float *features, double *scores, float *map);

#endif
