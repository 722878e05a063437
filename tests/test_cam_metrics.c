/* test_cam_metrics.c - the metrics of a map: numbers worked out by hand, limits, slow versions written from the
 * definitions in another way, and the graph language's own ssim and resize. */
#include "tailor.h"    /* before check.h, which has a macro named fail */
#include "cam/metrics.h"

#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 30 * 30, MOST_SIDE = 40 };

static const struct {
    int h, w;
} SIZES[] = {{1, 1}, {1, 7}, {5, 1}, {2, 2}, {3, 5}, {10, 10}, {11, 11}, {13, 9}, {12, 30}, {28, 28}};
enum { N_SIZES = sizeof SIZES / sizeof *SIZES };

static CamScratch scratch;

static void setup(void) { scratch = (CamScratch){0}; }
static void teardown(void) { cam_scratch_free(&scratch); }


static void fill(int64_t n, uint64_t *state, float *x)
{
    for (int64_t i = 0; i < n; i++) x[i] = (float)random_real(state);
}

/* Off by no more than `bound` of the larger of 1 and what is wanted; a NaN is near a NaN alone. */
static void near(const char *what, double got, double want, double bound)
{
    const bool fits = isnan(want) ? isnan(got) : fabs(got - want) <= bound * fmax(1, fabs(want));
    ck_assert_msg(fits, "%s is %.17g, not %.17g", what, got, want);
}
#define NEAR(got, want) near(#got, got, want, 1e-12)
#define FLOATS(...) (float[]){__VA_ARGS__}

static void near_all(const char *what, int64_t n, const float *got, const float *want, double bound)
{
    for (int64_t i = 0; i < n; i++)
        ck_assert_msg(fabs((double)got[i] - (double)want[i]) <= bound, "%s: element %d is %.9g, not %.9g", what, (int)i,
                      (double)got[i], (double)want[i]);
}

static double gini_of(int64_t n, const float *map)
{
    int32_t order[MOST];
    cam_pixel_order(n, map, order);
    return cam_gini(n, map, order);
}

static double value(const CamMeans *means, const char *key)
{
    int i = 0;
    while (strcmp(cam_metrics[i].key, key) != 0) i++;
    return means->value[i];
}

static double ssim_of(int h, int w, const float *a, const float *b)
{
    double ssim;
    ck_assert(cam_ssim(&scratch, h, w, a, b, &ssim));
    return ssim;
}

static double spearman_of(int64_t n, const float *a, const float *b)
{
    double r;
    ck_assert(cam_spearman(&scratch, n, a, b, &r));
    return r;
}

/* ---- by hand ---- */

/*  map 4 2   map/max 1  .5   object 1 0   gray 1 1   map of x*m 1 0
 *      0 2           0  .5          0 1        0 0              0 1 */
static const float MAP[4] = {4, 2, 0, 2}, OBJECT[4] = {1, 0, 0, 1}, GRAY[4] = {1, 1, 0, 0}, MASKED[4] = {1, 0, 0, 1};

START_TEST(one_map)
{
    float to[4];
    NEAR(cam_energy(4, MAP, OBJECT), 0.75);                          /* (4 + 2) / 8 */
    ck_assert(cam_points_inside(4, MAP, OBJECT));
    ck_assert(!cam_points_inside(4, MAP, FLOATS(0, 1, 1, 1)));
    ck_assert(cam_points_inside(4, FLOATS(1, 2, 2, 1), FLOATS(0, 1, 0, 0)));      /* the first of equal ones */
    ck_assert(!cam_points_inside(4, FLOATS(1, 2, 2, 1), FLOATS(0, 0, 1, 0)));
    NEAR(cam_iou(4, MAP, OBJECT, 0.5), 2 / 3.0);                     /* three elements, two of them inside: 2 of 3 */
    NEAR(cam_iou(4, MAP, OBJECT, 0.55), 0.5);                        /* one element, inside: 1 of 2 */
    NEAR(gini_of(4, MAP), 0.375);                                    /* 0 2 2 4 by -3 -1 1 3: 12 of 4 * 8 */
    NEAR(cam_complexity(4, MAP), 0.5);
    NEAR(cam_complexity(4, FLOATS(6, 4, 2, 4)), 0.5);                /* min-max: the same m */
    /* deviations .5 0 -.5 0 and .5 -.5 -.5 .5: .5 / sqrt(.5 * 1) = .70710678 */
    NEAR(cam_coherency(4, MASKED, MAP), (1 + sqrt(0.5)) / 2);
    NEAR(cam_coherency(4, MAP, MAP), 1);
    NEAR(cam_coherency(4, FLOATS(0, 2, 4, 2), MAP), 0);
    NEAR(cam_coherency(4, FLOATS(3, 3, 3, 3), MAP), 0.5);
    NEAR(cam_coherency(4, MAP, FLOATS(4e-13f, 2e-13f, 0, 2e-13f)), 0.5);          /* m is 0 */
    NEAR(cam_drop(0.8, 0.6), 0.25);
    NEAR(cam_drop(0.6, 0.8), 0);
    NEAR(cam_drop(0, 0), 0);
    NEAR(cam_drop(0, 0.5), 0);
    NEAR(cam_drop(0.5, 0), 1);
    NEAR(cam_drop(NAN, 0.5), NAN);
    NEAR(cam_drop(0.5, NAN), NAN);
    NEAR(cam_l1(4, FLOATS(1, 0.5, 0, 0.5), GRAY), 0.25);             /* 0 .5 0 .5 */
    NEAR(cam_l2(4, FLOATS(1, 0.5, 0, 0.5), GRAY), sqrt(0.125));      /* sqrt(.5 / 4) */
    cam_max_normalize(4, MAP, to);
    near_all("map / max", 4, to, FLOATS(1, 0.5, 0, 0.5), 0);
    cam_min_max(4, FLOATS(6, 4, 2, 4), to);
    near_all("min-max", 4, to, FLOATS(1, 0.5, 0, 0.5), 0);
    for (int i = 0; i < CAM_THRESHOLDS; i++) NEAR(cam_threshold(i), 0.05 + 0.05 * i);
    ck_assert(cam_threshold(9) == 0.5 && cam_threshold(0) == 0.05 && cam_threshold(18) == 0.95);
}
END_TEST

START_TEST(correlations)
{
    /* ranks 1 2.5 2.5 4 and 1 3 2 4: deviations -1.5 0 0 1.5 and -1.5 .5 -.5 1.5, 4.5 / sqrt(4.5 * 5) */
    NEAR(spearman_of(4, FLOATS(1, 2, 2, 9), FLOATS(0, 7, 3, 8)), 4.5 / sqrt(22.5));
    NEAR(spearman_of(5, FLOATS(1, 2, 3, 4, 5), FLOATS(-1, 10, 11, 100, 101)), 1);
    NEAR(spearman_of(5, FLOATS(1, 2, 3, 4, 5), FLOATS(5, 4, 3, 2, -7)), -1);
    NEAR(spearman_of(3, FLOATS(1, 2, 3), FLOATS(2, 2, 2)), 0);
    NEAR(spearman_of(1, FLOATS(1), FLOATS(2)), 0);
    NEAR(cam_pearson(3, FLOATS(1, 2, 3), FLOATS(1, 3, 2)), 0.5);                  /* (1 + 0 + 0) / 2 */
    NEAR(cam_pearson(3, FLOATS(0.1f, 0.1f, 0.1f), FLOATS(1, 3, 2)), 0);
    NEAR(cam_pearson(2, FLOATS(1, 2), FLOATS(1e30f, -1e30f)), -1);
}
END_TEST

/* A window of 2 x 2, all weights 1/4: means .5 and .5, E aa .375, E bb .5, E ab .375, so variances .125 and .25,
 * covariance .125: (.5 + c1) / (.5 + c1) * (.25 + c2) / (.375 + c2) = .2509 / .3759. */
START_TEST(ssim_by_hand)
{
    NEAR(ssim_of(2, 2, FLOATS(1, 0.5, 0, 0.5), GRAY), 0.2509 / 0.3759);
    NEAR(ssim_of(2, 2, GRAY, FLOATS(1, 0.5, 0, 0.5)), 0.2509 / 0.3759);
    NEAR(ssim_of(2, 2, GRAY, GRAY), 1);
    NEAR(ssim_of(1, 1, FLOATS(1), FLOATS(0)), 0.0001 / 1.0001);     /* variances 0 */
}
END_TEST

START_TEST(perturbed_images)
{
    static const float map[5] = {1, 3, 2, 3, 0}, image[10] = {10, 11, 20, 21, 30, 31, 40, 41, 50, 51},
                       base[2] = {-1, -2};
    int32_t order[5];
    float to[10];
    cam_pixel_order(5, map, order);
    ck_assert_mem_eq(order, ((int32_t[]){1, 3, 2, 0, 4}), sizeof order);
    cam_deletion_image(5, 2, image, base, order, 2, to);
    near_all("deletion", 10, to, FLOATS(10, 11, -1, -2, 30, 31, -1, -2, 50, 51), 0);
    cam_insertion_image(5, 2, image, base, order, 2, to);
    near_all("insertion", 10, to, FLOATS(-1, -2, 20, 21, -1, -2, 40, 41, -1, -2), 0);
    for (int i = 0; i < 2; i++) {                                    /* nothing, then everything */
        const int64_t n = i ? INT64_MAX : -1;
        cam_deletion_image(5, 2, image, base, order, n, to);
        near_all("deletion", 10, to, n < 0 ? image : FLOATS(-1, -2, -1, -2, -1, -2, -1, -2, -1, -2), 0);
        cam_insertion_image(5, 2, image, base, order, n, to);
        near_all("insertion", 10, to, n > 0 ? image : FLOATS(-1, -2, -1, -2, -1, -2, -1, -2, -1, -2), 0);
    }
    NEAR(cam_auc(3, (double[]){0, 1, 1}), 0.75);                    /* a triangle of 1/4 and a square of 1/2 */
    NEAR(cam_auc(5, (double[]){1, 1, 1, 1, 1}), 1);
    NEAR(cam_auc(2, (double[]){1, 0}), 0.5);
    NEAR(cam_auc(1, (double[]){0.3}), 0.3);
    NEAR(cam_auc(0, NULL), NAN);
}
END_TEST

START_TEST(score_cam)
{
    /* 1 x 2 x 2, channels {1, 3} and {5, 5}; pixels of 4 lie at -1/4 1/4 3/4 5/4, held to 0 and 1: 0 1/4 3/4 1 of the
     * way */
    static const float features[4] = {1, 5, 3, 5};
    float mask[4], map[2];
    ck_assert(cam_score_mask(1, 2, 1, 4, 2, 0, features, mask));
    near_all("mask", 4, mask, FLOATS(0, 0.25f, 0.75f, 1), 0);
    ck_assert(!cam_score_mask(1, 2, 1, 4, 2, 1, features, mask));
    near_all("mask", 4, mask, FLOATS(0, 0, 0, 0), 0);

    double scores[2] = {800, 800 + log(3)};                          /* weights 1/4 and 3/4, however large */
    cam_score_combine(2, 2, features, scores, map);
    NEAR(scores[0], 0.25);
    NEAR(scores[1], 0.75);
    near_all("map", 2, map, FLOATS(4, 4.5f), 1e-6);
    cam_score_combine(2, 2, features, memcpy(scores, (double[]){-800, -INFINITY}, sizeof scores), map);
    ck_assert(scores[0] == 1 && scores[1] == 0);
    near_all("map", 2, map, FLOATS(1, 3), 0);
    cam_score_combine(2, 2, features, memcpy(scores, (double[]){-INFINITY, -INFINITY}, sizeof scores), map);
    ck_assert(scores[0] == 0 && scores[1] == 0);
    near_all("map", 2, map, FLOATS(0, 0), 0);
}
END_TEST

START_TEST(eigen_by_hand)
{
    /* A'A = 5 3 / 3 5: 8 and (1, 1) / sqrt 2, which A takes to (4, 0) / sqrt 2; centring would give another vector */
    static const struct { int places, k; float features[6], map[3]; } cases[] = {
        {2, 2, {2, 2, 1, -1}, {2.828427f, 0}},
        {2, 2, {-2, -2, -1, 1}, {2.828427f, 0}},
        {3, 1, {-1, -2, -3}, {1, 2, 3}},
        {1, 3, {2, -3, 6}, {7}},                                     /* one place: the length of its features */
        {2, 3, {3, 0, 4, 0, 1, 0}, {5, 0}},                          /* AA' = 25 0 / 0 1 */
        {2, 3, {0, 1, 0, 3, 0, 4}, {0, 5}},
        {2, 1, {-1, 1}, {1, -1}},                                    /* sum 0: the first of the largest is above 0 */
        {3, 1, {1, -2, 1}, {-1, 2, -1}},
        {3, 2, {0}, {0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        float map[3] = {9, 9, 9};
        ck_assert(cam_eigen(&scratch, cases[i].places, cases[i].k, cases[i].features, map));
        near_all("EigenCAM", cases[i].places, map, cases[i].map, 1e-6);
    }
}
END_TEST

START_TEST(resize_by_hand)
{
    float to[8];
    cam_resize(1, 2, FLOATS(0, 4), 1, 4, to);
    near_all("1 x 4", 4, to, FLOATS(0, 1, 3, 4), 0);
    cam_resize(2, 1, FLOATS(0, 4), 4, 2, to);
    near_all("4 x 2", 8, to, FLOATS(0, 0, 1, 1, 3, 3, 4, 4), 0);
    cam_resize(1, 4, FLOATS(0, 1, 3, 5), 1, 2, to);                 /* halfway between the first two and the last two */
    near_all("1 x 2", 2, to, FLOATS(0.5f, 4), 0);
    cam_resize(1, 1, FLOATS(7), 2, 2, to);
    near_all("2 x 2", 4, to, FLOATS(7, 7, 7, 7), 0);
}
END_TEST

/* ---- limits ---- */

START_TEST(limits)
{
    const int h = SIZES[_i].h, w = SIZES[_i].w, n = h * w;
    float mask[MOST], inverted[MOST], uniform[MOST], dead[MOST] = {0}, spike[MOST] = {0}, to[MOST];
    int in = 0;
    for (int i = 0; i < n; i++) {
        in += (mask[i] = i % 3 == 0) > 0;
        inverted[i] = 1 - mask[i];
        uniform[i] = 0.7f;
        dead[i] = i == n / 2 ? 1e-12f : 0;                           /* 1e-12f is below 1e-12 */
    }
    const double share = (double)in / n;
    spike[n / 2] = 3;

    NEAR(cam_energy(n, mask, mask), 1);
    NEAR(cam_energy(n, uniform, mask), share);
    NEAR(cam_energy(n, inverted, mask), 0);
    NEAR(cam_energy(n, dead, mask), 0);
    ck_assert(cam_points_inside(n, mask, mask));
    if (n > 1) ck_assert(!cam_points_inside(n, inverted, mask));
    for (int i = 0; i < CAM_THRESHOLDS; i++) {
        NEAR(cam_iou(n, mask, mask, cam_threshold(i)), 1);
        NEAR(cam_iou(n, uniform, mask, cam_threshold(i)), share);
        NEAR(cam_iou(n, inverted, mask, cam_threshold(i)), 0);
        NEAR(cam_iou(n, dead, mask, cam_threshold(i)), 0);
        NEAR(cam_iou(n, dead, uniform, cam_threshold(i)), 0);
    }
    memset(to, 0, sizeof to);
    NEAR(cam_iou(n, dead, to, 0.5), 0);                              /* no union */
    NEAR(cam_iou(n, spike, to, 0.5), 0);
    NEAR(cam_energy(n, spike, to), 0);
    NEAR(gini_of(n, uniform), 0);
    NEAR(gini_of(n, dead), 0);
    NEAR(gini_of(n, spike), (n - 1.0) / n);
    NEAR(cam_complexity(n, uniform), 0);
    NEAR(cam_complexity(n, dead), 0);
    NEAR(cam_complexity(n, spike), n > 1 ? 1.0 / n : 0);             /* one pixel alone is constant */
    NEAR(cam_coherency(n, spike, uniform), 0.5);
    NEAR(cam_coherency(n, uniform, spike), 0.5);
    NEAR(cam_coherency(n, spike, spike), n > 1 ? 1 : 0.5);
    NEAR(cam_coherency(n, inverted, mask), n > 1 ? 0 : 0.5);
    ck_assert(cam_is_dead(n, dead) && !cam_is_dead(n, spike) && !cam_is_dead(n, uniform));
    ck_assert(cam_is_constant(n, dead) && cam_is_constant(n, uniform) && cam_is_constant(n, spike) == (n == 1));
    cam_max_normalize(n, dead, to);
    for (int i = 0; i < n; i++) ck_assert(to[i] == 0);
    cam_max_normalize(n, uniform, to);
    for (int i = 0; i < n; i++) ck_assert(to[i] == 1);
    cam_min_max(n, uniform, to);
    for (int i = 0; i < n; i++) ck_assert(to[i] == 0);
    NEAR(ssim_of(h, w, spike, spike), 1);
    NEAR(ssim_of(h, w, uniform, uniform), 1);
}
END_TEST

/* ---- a set, by hand ---- */

START_TEST(set_by_hand)
{
    static const float dead[4] = {0}, decoy[4] = {0, 1, 0, 0}, uniform[4] = {5, 5, 5, 5};
    CamTotals totals = {0};
    CamMeans m = cam_totals_means(&totals);
    ck_assert(m.images == 0 && m.live == 0);
    ck_assert(isnan(value(&m, "energy_in_object")) && isnan(value(&m, "adcc")) && isnan(value(&m, "average_drop")) &&
              isnan(value(&m, "dead_maps")) && isnan(value(&m, "ssim_image")));

    const CamImage lifeless = {2, 2, dead, GRAY, OBJECT, OBJECT, decoy, dead, 0.5, 0.7, 0.2, 0.4};
    ck_assert(cam_totals_add(&totals, &scratch, &lifeless));
    m = cam_totals_means(&totals);
    ck_assert(m.images == 1 && m.live == 0);
    ck_assert(isnan(value(&m, "energy_in_object")) && isnan(value(&m, "pointing_game")) &&
              isnan(value(&m, "iou_half")) && isnan(value(&m, "iou_best")) && isnan(value(&m, "iou_best_threshold")));
    ck_assert(isnan(value(&m, "energy_in_decoy")));
    NEAR(value(&m, "dead_maps"), 1);
    NEAR(value(&m, "l1_image"), 0.5);
    NEAR(value(&m, "coherency"), 0.5);
    NEAR(value(&m, "complexity"), 0);
    NEAR(value(&m, "adcc"), 0.75);                                              /* 3 / (2 + 1 + 1) */

    const CamImage known = {2, 2, MAP, GRAY, OBJECT, OBJECT, decoy, MASKED, 0.8, 0.6, 0.6, 0.1};
    const CamImage flat = {2, 2, uniform, GRAY, OBJECT, GRAY, decoy, MASKED, 0.4, 0.4, 0.1, 0.4};
    ck_assert(cam_totals_add(&totals, &scratch, &known));
    ck_assert(cam_totals_add(&totals, &scratch, &flat));
    m = cam_totals_means(&totals);
    ck_assert(m.images == 3 && m.live == 2);
    NEAR(value(&m, "dead_maps"), 1 / 3.0);
    NEAR(value(&m, "energy_in_object"), (0.75 + 0.5) / 2);
    NEAR(value(&m, "energy_in_decoy"), (0.25 + 0.25) / 2);
    NEAR(value(&m, "pointing_game"), 1);
    NEAR(value(&m, "iou_half"), (2 / 3.0 + 0.5) / 2);
    NEAR(value(&m, "iou_best"), (2 / 3.0 + 0.5) / 2);
    NEAR(value(&m, "iou_best_threshold"), 0.05);                                /* equal from 0.05 to 0.5: the lowest */
    NEAR(value(&m, "insertion_auc"), 0.3);
    NEAR(value(&m, "deletion_auc"), 0.3);
    NEAR(value(&m, "average_drop"), 25 / 3.0);                                  /* 0, 25, 0 */
    NEAR(value(&m, "increase_in_confidence"), 100 / 3.0);                       /* the first; 0.4 is not above 0.4 */
    const double coherency = (0.5 + (1 + sqrt(0.5)) / 2 + 0.5) / 3, complexity = 0.5 / 3;
    NEAR(value(&m, "coherency"), coherency);
    NEAR(value(&m, "complexity"), complexity);
    NEAR(value(&m, "adcc"), 3 / (1 / coherency + 1 / (1 - complexity) + 1 / (1 - 0.25 / 3)));
    NEAR(value(&m, "gini"), 0.375 / 3);
    NEAR(value(&m, "l1_image"), (0.5 + 0.25 + 0.5) / 3);                        /* 0 against the image, 1 against it */
    NEAR(value(&m, "l2_image"), (sqrt(0.5) + sqrt(0.125) + sqrt(0.5)) / 3);
    NEAR(value(&m, "l1_prototype"), (0.5 + 0.25 + 0.5) / 3);
    NEAR(value(&m, "l2_prototype"), (sqrt(0.5) + sqrt(0.125) + sqrt(0.5)) / 3);
    /* windows of 2 x 2; 0 against GRAY: c1 / (.25 + c1) * c2 / (.25 + c2); 1 against it: (1 + c1) / (1.25 + c1) * c2 /
     * (.25 + c2) */
    const double s0 = 0.0001 / 0.2501 * (0.0009 / 0.2509), s1 = 1.0001 / 1.2501 * (0.0009 / 0.2509);
    NEAR(value(&m, "ssim_image"), (s0 + 0.2509 / 0.3759 + s1) / 3);
    NEAR(value(&m, "ssim_prototype"), (s0 + 0.2509 / 0.3759 + s1) / 3);   /* MAP / max times OBJECT: the same numbers */

    /* the best threshold is that of the set: IoU 1/2 up to 0.4, then 1; and three times 1 up to 0.2, then 1/2 */
    totals = (CamTotals){0};
    CamImage image = {1, 2, FLOATS(10, 4), FLOATS(0, 0), FLOATS(0, 0), FLOATS(1, 0), NULL, FLOATS(1, 0), 0.5, 0, 0, 0};
    ck_assert(cam_totals_add(&totals, &scratch, &image));
    m = cam_totals_means(&totals);
    NEAR(value(&m, "iou_best_threshold"), 0.45);                                /* from where 4 / 10 is out */
    NEAR(value(&m, "iou_best"), 1);
    NEAR(value(&m, "iou_half"), 1);
    NEAR(value(&m, "energy_in_decoy"), NAN);
    NEAR(value(&m, "adcc"), 0);                                                 /* a drop of 100 percent */
    image.map = FLOATS(10, 2), image.object = FLOATS(1, 1);
    for (int i = 0; i < 3; i++) ck_assert(cam_totals_add(&totals, &scratch, &image));
    m = cam_totals_means(&totals);
    NEAR(value(&m, "iou_best_threshold"), 0.05);                         /* (1/2 + 3 * 1) / 4 against (1 + 3 / 2) / 4 */
    NEAR(value(&m, "iou_best"), 3.5 / 4);
    NEAR(value(&m, "iou_half"), 2.5 / 4);
}
END_TEST

START_TEST(adcc_terms)
{
    NEAR(cam_adcc(1, 0, 0), 1);
    NEAR(cam_adcc(0, 0, 0), 0);
    NEAR(cam_adcc(1, 1, 0), 0);
    NEAR(cam_adcc(1, 0, 1), 0);
    NEAR(cam_adcc(1, 0, NAN), NAN);
}
END_TEST

START_TEST(sizes_that_do_not_fit)
{
    const float one[1] = {1};
    CamTotals totals = {0};
    CamImage image = {1, 1, one, one, one, one, NULL, one, 1, 1, 1, 1};
    double number;
    float map[1];
    static const struct {
        int h, w;
    } wrong[] = {{0, 1}, {1, 0}, {-1, -1}, {1 << 16, 1 << 16}, {1, CAM_MOST_PIXELS + 1}, {INT32_MAX, INT32_MAX}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        image.height = wrong[i].h, image.width = wrong[i].w;
        ck_assert(!cam_totals_add(&totals, &scratch, &image));
        ck_assert(!cam_ssim(&scratch, wrong[i].h, wrong[i].w, one, one, &number));
    }
    ck_assert_int_eq(totals.images, 0);
    ck_assert(!cam_spearman(&scratch, 0, one, one, &number));
    ck_assert(!cam_spearman(&scratch, INT64_MAX, one, one, &number));
    ck_assert(!cam_eigen(&scratch, 0, 1, one, map));
    ck_assert(!cam_eigen(&scratch, 1, 0, one, map));
    ck_assert(!cam_eigen(&scratch, INT64_MAX, 1, one, map));
    ck_assert(!cam_eigen(&scratch, 3000, 3000, one, map));
    ck_assert(!cam_scratch_grow(&scratch, INT64_MAX));
    ck_assert(!cam_scratch_grow(&scratch, ((int64_t)1 << 61) + 1));   /* times 8 this is 8, modulo 2^64 */
    ck_assert(scratch.doubles == NULL);                              /* nothing was allocated for any of them */
    image.height = image.width = 1;
    ck_assert(cam_totals_add(&totals, &scratch, &image));
    const double *kept = scratch.doubles;
    ck_assert(cam_totals_add(&totals, &scratch, &image));
    ck_assert_ptr_eq(scratch.doubles, kept);
    ck_assert_int_eq(totals.images, 2);
}
END_TEST

/* ---- slow versions ---- */

/* Half the mean absolute difference of all pairs, over the mean. */
static double slow_gini(int n, const float *x)
{
    double differences = 0, sum = 0;
    for (int i = 0; i < n; i++) {
        sum += (double)x[i];
        for (int j = 0; j < n; j++) differences += fabs((double)x[i] - (double)x[j]);
    }
    return sum > 0 ? differences / n / n / (2 * sum / n) : 0;
}

/* From sums of products of standardised elements. */
static double slow_pearson(int n, const double *a, const double *b)
{
    long double mean[2] = {0}, square[2] = {0}, sum = 0;
    for (int i = 0; i < n; i++) mean[0] += (long double)a[i] / n, mean[1] += (long double)b[i] / n;
    for (int i = 0; i < n; i++)
        square[0] += (a[i] - mean[0]) * (a[i] - mean[0]) / n, square[1] += (b[i] - mean[1]) * (b[i] - mean[1]) / n;
    if (square[0] < 1e-20L || square[1] < 1e-20L) return 0;          /* constant but for rounding */
    for (int i = 0; i < n; i++) sum += (a[i] - mean[0]) / sqrtl(square[0]) * ((b[i] - mean[1]) / sqrtl(square[1])) / n;
    return (double)sum;
}

/* 1 + how many are smaller + half of how many others are equal. */
static void slow_ranks(int n, const float *x, double *rank)
{
    for (int i = 0; i < n; i++) {
        int smaller = 0, equal = 0;
        for (int j = 0; j < n; j++) smaller += x[j] < x[i], equal += j != i && x[j] == x[i];
        rank[i] = 1 + smaller + equal / 2.0;
    }
}

/* Each window by itself: weights in two dimensions, moments about the means. */
static double slow_ssim(int h, int w, const double *a, const double *b)
{
    const int n = h < 11 ? h : 11, m = w < 11 ? w : 11;
    double total = 0, weights = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++) weights += exp(-(pow(i - (n - 1) / 2.0, 2) + pow(j - (m - 1) / 2.0, 2)) / 4.5);
    for (int y = 0; y <= h - n; y++)
        for (int x = 0; x <= w - m; x++) {
            double mean_a = 0, mean_b = 0, var_a = 0, var_b = 0, both = 0;
            for (int pass = 0; pass < 2; pass++)
                for (int i = 0; i < n; i++)
                    for (int j = 0; j < m; j++) {
                        const double g = exp(-(pow(i - (n - 1) / 2.0, 2) + pow(j - (m - 1) / 2.0, 2)) / 4.5) / weights;
                        const double va = a[(y + i) * w + x + j], vb = b[(y + i) * w + x + j];
                        if (!pass) mean_a += g * va, mean_b += g * vb;
                        else
                            var_a += g * pow(va - mean_a, 2), var_b += g * pow(vb - mean_b, 2),
                                both += g * (va - mean_a) * (vb - mean_b);
                    }
            const double light = (2 * mean_a * mean_b + 1e-4) / (mean_a * mean_a + mean_b * mean_b + 1e-4);
            total += light * (2 * both + 9e-4) / (var_a + var_b + 9e-4);
        }
    return total / (h - n + 1) / (w - m + 1);
}

/* A map of levels / 64 as whole numbers, so that thresholds can be decided without rounding. */
static void draw_map(int n, uint64_t *state, int *level, float *map)
{
    const int kind = (int)(random_bits(state) % 5), most = kind == 0 ? 0 : kind == 1 ? 3 : kind == 2 ? 20 : 60;
    const int floor = kind == 4 ? 7 : 0;
    for (int i = 0; i < n; i++) {
        level[i] = floor + (int)(random_bits(state) % (uint64_t)(most + 1));
        if (kind == 3 && random_bits(state) % 2) level[i] = 0;
        map[i] = (float)level[i] / 64;
    }
}

START_TEST(sets_against_slow_versions)
{
    enum { IMAGES = 12 };
    const int h = SIZES[_i].h, w = SIZES[_i].w, n = h * w;
    uint64_t state = 17 + (uint64_t)_i;
    double energy = 0, decoy_energy = 0, points = 0, iou[19] = {0}, drop = 0, more = 0, coherency = 0, complexity = 0,
           gini = 0;
    double insertion = 0, deletion = 0, l1[2] = {0}, l2[2] = {0}, ssim[2] = {0};
    int live = 0;
    CamTotals totals = {0};
    for (int t = 0; t < IMAGES; t++) {
        int level[MOST], masked_level[MOST], most = 0, least = 1000, first = 0;
        float map[MOST], masked[MOST], compared[2][MOST], object[MOST], decoy[MOST];
        double normal[MOST], m[MOST], masked_double[MOST], against[MOST];
        draw_map(n, &state, level, map);
        draw_map(n, &state, masked_level, masked);
        fill(n, &state, compared[0]);
        fill(n, &state, compared[1]);
        for (int i = 0; i < n; i++) {
            object[i] = random_bits(&state) % 3 == 0;
            decoy[i] = random_bits(&state) % 5 == 0;
            if (level[i] > most) most = level[i], first = i;
            if (level[i] < least) least = level[i];
            masked_double[i] = masked_level[i];
        }
        const CamImage image = {h,
                                w,
                                map,
                                compared[0],
                                compared[1],
                                object,
                                decoy,
                                masked,
                                random_real(&state),
                                random_real(&state),
                                random_real(&state),
                                random_real(&state)};
        ck_assert(cam_totals_add(&totals, &scratch, &image));

        live += most > 0;
        int sum = 0, in_object = 0, in_decoy = 0;
        for (int i = 0; i < n; i++) {
            sum += level[i];
            in_object += object[i] > 0 ? level[i] : 0;
            in_decoy += decoy[i] > 0 ? level[i] : 0;
            normal[i] = most ? (double)level[i] / most : 0;
            m[i] = most > least ? (double)(level[i] - least) / (most - least) : 0;
            complexity += m[i] / n;
        }
        if (most) {
            energy += (double)in_object / sum, decoy_energy += (double)in_decoy / sum, points += object[first] > 0;
            for (int k = 1; k <= 19; k++) {                          /* level / most >= k / 20 in whole numbers */
                int set[MOST], other[MOST], n_set = 0, n_other = 0, common = 0;
                for (int i = 0; i < n; i++) {
                    if (20 * level[i] >= k * most) set[n_set++] = i;
                    if (object[i] > 0) other[n_other++] = i;
                }
                for (int i = 0; i < n_set; i++)
                    for (int j = 0; j < n_other; j++) common += set[i] == other[j];
                iou[k - 1] += (double)common / (n_set + n_other - common);
            }
        }
        drop += fmax(0, image.p - image.p_masked) / image.p;
        more += image.p_masked > image.p;
        insertion += image.insertion, deletion += image.deletion;
        coherency += (slow_pearson(n, masked_double, m) + 1) / 2;
        gini += slow_gini(n, map);
        for (int c = 0; c < 2; c++) {
            double absolute = 0, square = 0;
            for (int i = 0; i < n; i++) {
                against[i] = (double)compared[c][i];
                absolute += fabs(normal[i] - against[i]) / n;
                square += pow(normal[i] - against[i], 2) / n;
            }
            l1[c] += absolute, l2[c] += sqrt(square), ssim[c] += slow_ssim(h, w, normal, against);
        }
    }
    ck_assert_int_gt(live, 3);
    const CamMeans got = cam_totals_means(&totals);
    ck_assert(got.images == IMAGES && got.live == live);
    int best = 0;
    for (int i = 0; i < 19; i++)
        if (iou[i] > iou[best] + 1e-12) best = i;
    NEAR(value(&got, "energy_in_object"), energy / live);
    NEAR(value(&got, "energy_in_decoy"), decoy_energy / live);
    NEAR(value(&got, "pointing_game"), points / live);
    NEAR(value(&got, "iou_half"), iou[9] / live);
    NEAR(value(&got, "iou_best"), iou[best] / live);
    NEAR(value(&got, "iou_best_threshold"), 0.05 * (best + 1));
    NEAR(value(&got, "insertion_auc"), insertion / IMAGES);
    NEAR(value(&got, "deletion_auc"), deletion / IMAGES);
    NEAR(value(&got, "average_drop"), 100 * drop / IMAGES);
    NEAR(value(&got, "increase_in_confidence"), 100 * more / IMAGES);
    NEAR(value(&got, "coherency"), coherency / IMAGES);
    NEAR(value(&got, "complexity"), complexity / IMAGES);
    NEAR(value(&got, "gini"), gini / IMAGES);
    NEAR(value(&got, "dead_maps"), 1 - (double)live / IMAGES);
    const double bound = 1e-7;                                       /* the map / max is float */
    near("l1_image", value(&got, "l1_image"), l1[0] / IMAGES, bound);
    near("l2_image", value(&got, "l2_image"), l2[0] / IMAGES, bound);
    near("ssim_image", value(&got, "ssim_image"), ssim[0] / IMAGES, 10 * bound);
    near("l1_prototype", value(&got, "l1_prototype"), l1[1] / IMAGES, bound);
    near("l2_prototype", value(&got, "l2_prototype"), l2[1] / IMAGES, bound);
    near("ssim_prototype", value(&got, "ssim_prototype"), ssim[1] / IMAGES, 10 * bound);
}
END_TEST

START_TEST(ranks_and_orders)
{
    const int n = SIZES[_i].h * SIZES[_i].w;
    uint64_t state = 5 + (uint64_t)_i;
    for (int levels = 1; levels < 3000; levels = levels * 3 + 1) {
        float a[MOST], b[MOST];
        double rank_a[MOST], rank_b[MOST];
        int32_t order[MOST];
        bool seen[MOST] = {0};
        for (int i = 0; i < n; i++) {
            a[i] = (float)(random_bits(&state) % (uint64_t)levels) - 2;
            b[i] = a[i] / 2 + (float)(random_bits(&state) % (uint64_t)levels);
        }
        slow_ranks(n, a, rank_a);
        slow_ranks(n, b, rank_b);
        NEAR(spearman_of(n, a, b), slow_pearson(n, rank_a, rank_b));
        cam_pixel_order(n, a, order);
        for (int i = 0; i < n; i++) {
            ck_assert(order[i] >= 0 && order[i] < n && !seen[order[i]]);
            seen[order[i]] = true;
            if (i)
                ck_assert(a[order[i - 1]] > a[order[i]] || (a[order[i - 1]] == a[order[i]] && order[i - 1] < order[i]));
        }
    }
}
END_TEST

/* ---- the graph language's ssim and resize ---- */

START_TEST(against_the_graph_language)
{
    static const struct {
        int h, w, to_h, to_w;
    } cases[] = {{28, 28, 7, 7}, {7, 7, 28, 28}, {3, 3, 28, 28},  {8, 8, 28, 28}, {12, 9, 17, 31},
                 {1, 5, 3, 2},   {5, 1, 5, 4},   {13, 11, 13, 6}, {4, 30, 40, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int h = cases[i].h, w = cases[i].w, to_h = cases[i].to_h, to_w = cases[i].to_w;
        uint64_t state = i;
        float a[MOST], b[MOST], resized[MOST_SIDE * MOST_SIDE];
        char text[400];
        fill(h * w, &state, a);
        fill(h * w, &state, b);
        snprintf(
            text, sizeof text,
            "a = input { %d, %d, 1 }\nb = input { %d, %d, 1 }\nclose = ssim(a, b)\n"
            "large = resize(a, %d, %d, 'bilinear')\n"
            "minimize(mean(close) + mean(large))\n",
            h, w, h, w, to_h, to_w);
        Arena *arena = arena_new();
        Experiment *x = load_text(arena, "graph.lua", text, strlen(text), 0, NULL);
        Interpreter *it = interpreter_new(arena, x->graph, 1);
        Value roots[2] = {0};
        ck_assert_int_eq(x->n_fields, 2);
        for (int f = 0; f < 2; f++) {
            double *values = it->values[x->fields[f].value] = arena_array(arena, h * w, sizeof *values);
            for (int p = 0; p < h * w; p++) values[p] = (double)(strcmp(x->fields[f].name, "a") ? b : a)[p];
        }
        for (int v = 0; v < x->n_values; v++) {
            if (!strcmp(x->values[v].name, "close")) roots[0] = x->values[v].value;
            if (!strcmp(x->values[v].name, "large")) roots[1] = x->values[v].value;
        }
        ck_assert(roots[0] && roots[1]);
        interpret(arena, it, 2, roots);
        NEAR(ssim_of(h, w, a, b), it->values[roots[0]][0]);
        cam_resize(h, w, a, to_h, to_w, resized);
        for (int p = 0; p < to_h * to_w; p++) near("resized", (double)resized[p], it->values[roots[1]][p], 6e-8);
        arena_free(arena);
    }
}
END_TEST

/* A channel's mask is the plane cut out, resized and scaled. */
START_TEST(masks_of_channels)
{
    enum { H = 5, W = 4, K = 3 };
    uint64_t state = 3;
    float features[H * W * K], plane[H * W], want[28 * 27], mask[28 * 27];
    fill(H * W * K, &state, features);
    for (int c = 0; c < K; c++) {
        for (int i = 0; i < H * W; i++) plane[i] = features[i * K + c];
        cam_resize(H, W, plane, 28, 27, want);
        cam_min_max(28 * 27, want, want);
        ck_assert(cam_score_mask(H, W, 28, 27, K, c, features, mask));
        near_all("mask", 28 * 27, mask, want, 0);
        double least = 1, most = 0;
        for (int i = 0; i < 28 * 27; i++) least = fmin(least, (double)mask[i]), most = fmax(most, (double)mask[i]);
        ck_assert(least == 0 && most == 1);
    }
}
END_TEST

/* ---- EigenCAM ---- */

/* Every eigenvalue and eigenvector (columns of v) of a symmetric matrix, by Jacobi's rotations. */
static void jacobi(int n, double *a, double *v)
{
    for (int i = 0; i < n * n; i++) v[i] = i / n == i % n;
    for (int sweep = 0; sweep < 60; sweep++) {
        double off = 0, diagonal = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) *(i == j ? &diagonal : &off) += a[i * n + j] * a[i * n + j];
        if (off <= 1e-32 * diagonal) return;
        for (int p = 0; p < n; p++)
            for (int q = p + 1; q < n; q++) {
                if (a[p * n + q] == 0) continue;
                const double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
                const double t = (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1)),
                             c = 1 / sqrt(t * t + 1), s = t * c;
                for (int i = 0; i < n; i++) {
                    const double x = a[i * n + p], y = a[i * n + q];
                    a[i * n + p] = c * x - s * y, a[i * n + q] = s * x + c * y;
                }
                for (int i = 0; i < n; i++) {
                    const double x = a[p * n + i], y = a[q * n + i];
                    a[p * n + i] = c * x - s * y, a[q * n + i] = s * x + c * y;
                }
                for (int i = 0; i < n; i++) {
                    const double x = v[i * n + p], y = v[i * n + q];
                    v[i * n + p] = c * x - s * y, v[i * n + q] = s * x + c * y;
                }
            }
    }
}

/* |AA'm - s m| / (s |m|) for s = m'AA'm / m'm */
static double residual(int places, int k, const float *a, const float *m)
{
    double *down = calloc((size_t)k, sizeof *down), *up = calloc((size_t)places, sizeof *up), mm = 0, s = 0, square = 0;
    for (int p = 0; p < places; p++)
        for (int i = 0; i < k; i++) down[i] += (double)a[p * k + i] * (double)m[p];
    for (int p = 0; p < places; p++)
        for (int i = 0; i < k; i++) up[p] += (double)a[p * k + i] * down[i];
    for (int p = 0; p < places; p++) mm += (double)m[p] * (double)m[p], s += up[p] * (double)m[p];
    s /= mm;
    for (int p = 0; p < places; p++) square += pow(up[p] - s * (double)m[p], 2);
    free(down), free(up);
    return sqrt(square) / (s * sqrt(mm));
}

static const struct { int places, k; bool both_signs;
} FEATURES[] = {
    {49, 8, false}, {49, 8, true}, {9, 40, false}, {9, 40, true},    {1, 1, true},
    {1, 6, true},   {6, 1, true},  {12, 12, true}, {196, 16, false}, {64, 50, true},
};
enum { N_FEATURES = sizeof FEATURES / sizeof *FEATURES };

START_TEST(eigen_against_jacobi)
{
    enum { LARGEST = 50 };
    const int places = FEATURES[_i].places, k = FEATURES[_i].k;
    uint64_t state = 11 + (uint64_t)_i;
    float a[196 * 50], map[196];
    double g[LARGEST * LARGEST], v[LARGEST * LARGEST], want[196], sum = 0, length = 0;
    fill(places * k, &state, a);
    for (int i = 0; i < places * k && FEATURES[_i].both_signs; i++) a[i] -= 0.5f;
    for (int i = 0; i < k; i++)
        for (int j = 0; j < k; j++) {
            g[i * k + j] = 0;
            for (int p = 0; p < places; p++) g[i * k + j] += (double)a[p * k + i] * (double)a[p * k + j];
        }
    jacobi(k, g, v);
    int best = 0;
    for (int i = 0; i < k; i++)
        if (g[i * k + i] > g[best * k + best]) best = i;
    for (int p = 0; p < places; p++) {
        want[p] = 0;
        for (int i = 0; i < k; i++) want[p] += (double)a[p * k + i] * v[i * k + best];
        sum += want[p], length += want[p] * want[p];
    }
    /* the reference is one: |A v|^2 is the eigenvalue */
    ck_assert(fabs(length - g[best * k + best]) <= 1e-9 * length);
    ck_assert(fabs(sum) > 1e-6);
    ck_assert(cam_eigen(&scratch, places, k, a, map));
    for (int p = 0; p < places; p++) near("EigenCAM", (double)map[p], sum < 0 ? -want[p] : want[p], 1e-6);
    ck_assert(residual(places, k, a, map) <= 1e-6);
}
END_TEST

/* Columns of a Hadamard matrix, mutually orthogonal, of lengths 1, 1 - gap, 1/2: the residual stays small whether or
 * not the first two can be told apart, and no part of the third is in. */
START_TEST(eigen_of_close_singular_values)
{
    enum { PLACES = 16, K = 3 };
    static const double gaps[] = {0.5, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 0};
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++)
        for (int wide = 0; wide < 2; wide++) {
            const double lengths[K] = {1 - gaps[g], 1, 0.4};
            float a[PLACES * K], map[PLACES];
            for (int p = 0; p < PLACES; p++)
                for (int i = 0; i < K; i++)
                    a[wide ? i * PLACES + p : p * K + i] =
                        (float)((__builtin_popcount((unsigned)(p & (i + 1))) % 2 ? -1 : 1) * lengths[i] / 4);
            const int places = wide ? K : PLACES, k = wide ? PLACES : K;
            ck_assert(cam_eigen(&scratch, places, k, a, map));
            const double off = residual(places, k, a, map);
            ck_assert_msg(off <= 1e-6, "gap %g: the residual is %g", gaps[g], off);
            double length = 0;
            for (int p = 0; p < places; p++) length += (double)map[p] * (double)map[p];
            ck_assert_msg(fabs(length - 1) <= 1e-6, "gap %g: the singular value squared is %.9g", gaps[g], length);
            if (gaps[g] < 1e-6) continue;
            for (int p = 0; p < places; p++) {                       /* the second column, its first element above 0 */
                const double want = wide ? p == 1 : (p & 2 ? -0.25 : 0.25);
                near("map", fabs((double)map[p]), fabs(want), 1e-6);
                near("map", (double)map[p] * (double)map[0], want * (wide ? 0 : 0.25), 1e-6);
            }
        }
}
END_TEST

/* Scaling the features scales the map, to the ends of what float holds. */
START_TEST(eigen_of_any_scale)
{
    static const float scales[] = {1e-30f, 1e-10f, 1e10f, 1e30f};
    uint64_t state = 8;
    float a[20 * 7], scaled[20 * 7], map[20], other[20];
    fill(20 * 7, &state, a);
    ck_assert(cam_eigen(&scratch, 20, 7, a, map));
    for (size_t s = 0; s < sizeof scales / sizeof *scales; s++) {
        for (int i = 0; i < 20 * 7; i++) scaled[i] = a[i] * scales[s];
        ck_assert(cam_eigen(&scratch, 20, 7, scaled, other));
        for (int p = 0; p < 20; p++) near("scaled", (double)other[p] / (double)scales[s], (double)map[p], 1e-6);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cam_metrics");
    TCase *tests = tcase_create("cam_metrics");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, one_map);
    tcase_add_test(tests, correlations);
    tcase_add_test(tests, ssim_by_hand);
    tcase_add_test(tests, perturbed_images);
    tcase_add_test(tests, score_cam);
    tcase_add_test(tests, eigen_by_hand);
    tcase_add_test(tests, resize_by_hand);
    tcase_add_loop_test(tests, limits, 0, N_SIZES);
    tcase_add_test(tests, set_by_hand);
    tcase_add_test(tests, adcc_terms);
    tcase_add_test(tests, sizes_that_do_not_fit);
    tcase_add_loop_test(tests, sets_against_slow_versions, 0, N_SIZES);
    tcase_add_loop_test(tests, ranks_and_orders, 0, N_SIZES);
    tcase_add_test(tests, against_the_graph_language);
    tcase_add_test(tests, masks_of_channels);
    tcase_add_loop_test(tests, eigen_against_jacobi, 0, N_FEATURES);
    tcase_add_test(tests, eigen_of_close_singular_values);
    tcase_add_test(tests, eigen_of_any_scale);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
