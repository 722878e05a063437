/* test_kernels.c - the runtime's contractions against naive sums in double, over random shapes: odd sizes, one channel,
 * one pixel, kernels larger than the image, strides, paddings of both signs, dilations, groups, by every algorithm that
 * can do them, with WITH_OPENBLAS also through OpenBLAS.  Every array has exactly its size, between guards that must
 * not change. */
#include "support.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rt_depthwise.h"
#include "rt_winograd.h"
#ifdef WITH_OPENBLAS
#include "rt_blas.h"
#endif

enum { GUARD = 64, SHAPES = 300 };
static const float guard_value = 1234.5f;

static int range(uint64_t *r, int low, int high) { return (int)random_from(r, low, high); }

static float *array(uint64_t *r, int64_t n)   /* r NULL: garbage that must be overwritten */
{
    float *a = malloc(sizeof *a * (size_t)(n + 2 * GUARD));
    ck_assert(a != NULL);
    for (int i = 0; i < GUARD; i++) a[i] = a[n + GUARD + i] = guard_value;
    for (int64_t i = 0; i < n; i++) a[GUARD + i] = r ? (float)random_signed(r) : NAN;
    return a + GUARD;
}

static void release(float *a, int64_t n, const char *what)
{
    for (int i = 0; i < GUARD; i++)
        ck_assert_msg(a[-1 - i] == guard_value && a[n + i] == guard_value, "%s: written beyond its array", what);
    free(a - GUARD);
}

/* |got - sum| against the sum of magnitudes: what rounding each of the additions can make of it. */
static void near(double got, double sum, double magnitude, const char *what, const char *shape)
{
    ck_assert_msg(fabs(got - sum) <= 4e-6 * magnitude + 1e-12, "%s of %s: %.9g against %.9g", what, shape, got, sum);
}

/* The same products through OpenBLAS: w is K x N, in memory transposed or not, and x as well; c goes on from
 * `before`. */
static void through_openblas(int M, int N, int K, bool transposed, const float *x, const float *w, const float *a,
                             const float *before, const float *y, const float *c, const char *name)
{
#ifdef WITH_OPENBLAS
    float *other = array(NULL, (int64_t)M * N), *sum = array(NULL, (int64_t)M * N),
          *turned = array(NULL, (int64_t)M * K);
    for (int m = 0; m < M; m++)
        for (int k = 0; k < K; k++) turned[k * M + m] = x[m * K + k];
    for (int x_turned = 0; x_turned < 2; x_turned++) {
        for (int i = 0; i < M * N; i++) other[i] = NAN;
        rt_blas_matmul(x_turned, transposed, M, N, K, x_turned ? turned : x, x_turned ? (M ? M : 1) : K, w,
                       transposed ? K : N, other, N);
        for (int i = 0; i < M * N; i++) near(other[i], y[i], K, "matmul by OpenBLAS", name);
    }
    memcpy(sum, before, sizeof *sum * (size_t)(M * N));
    rt_blas_matmul_tn(M, N, K, a, M ? M : 1, w, N, sum, N);
    for (int i = 0; i < M * N; i++) near(sum[i], c[i], K + 1, "matmul_tn by OpenBLAS", name);
    release(other, (int64_t)M * N, "y"), release(sum, (int64_t)M * N, "c"), release(turned, (int64_t)M * K, "x");
#else
    (void)M, (void)N, (void)K, (void)transposed, (void)x, (void)w, (void)a, (void)before, (void)y, (void)c, (void)name;
#endif
}

START_TEST(matmul)
{
    uint64_t r = 42;
    for (int shape = 0; shape < SHAPES; shape++) {
        int M = range(&r, 0, 40), N = range(&r, 1, 70), K = range(&r, 1, 50);
        char name[64];
        snprintf(name, sizeof name, "%d x %d x %d", M, N, K);
        float *x = array(&r, (int64_t)M * K), *w = array(&r, (int64_t)K * N),
              *packed = array(NULL, rt_packed_floats(K, N)), *y = array(NULL, (int64_t)M * N);
        bool transposed = random_bits(&r) & 1;
        rt_pack(K, N, w, transposed ? 1 : N, transposed ? K : 1, packed);
        rt_matmul(M, N, K, x, K, packed, y, N);
        for (int m = 0; m < M; m++)
            for (int n = 0; n < N; n++) {
                double sum = 0, magnitude = 0;
                for (int k = 0; k < K; k++) {
                    double product = (double)x[m * K + k] * w[transposed ? n * K + k : k * N + n];
                    sum += product, magnitude += fabs(product);
                }
                near(y[m * N + n], sum, magnitude, "matmul", name);
            }
        float *a = array(&r, (int64_t)K * M), *c = array(&r, (int64_t)M * N),
              *before = malloc(sizeof *before * (size_t)(M * N + 1));
        memcpy(before, c, sizeof *c * (size_t)(M * N));
        const int runs[] = {0, 1, K}, run = runs[random_below(&r, 3)];
        rt_matmul_tn(M, N, K, run, a, M, w, N, c, N);
        for (int m = 0; m < M; m++)
            for (int n = 0; n < N; n++) {
                double sum = before[m * N + n], magnitude = fabs(sum);
                for (int k = 0; k < K; k++) {
                    double product = (double)a[k * M + m] * w[k * N + n];
                    sum += product, magnitude += fabs(product);
                }
                near(c[m * N + n], sum, magnitude, "matmul_tn", name);
            }
        through_openblas(M, N, K, transposed, x, w, a, before, y, c, name);
        free(before);
        release(x, (int64_t)M * K, "x"), release(w, (int64_t)K * N, "w"),
            release(packed, rt_packed_floats(K, N), "packed"), release(y, (int64_t)M * N, "y");
        release(a, (int64_t)K * M, "a"), release(c, (int64_t)M * N, "c");
    }
}
END_TEST

/* Calls visit for every product of the convolution: image, result and weight elements. */
typedef struct Sums { double *value, *magnitude; } Sums;

static void convolve(RtConv c, int n, const float *x, const float *y, const float *w, Sums forward, Sums to_input,
                     Sums to_weight)
{
    int inputs = c.ci / c.groups, outputs = c.co / c.groups;
    for (int b = 0; b < n; b++)
        for (int oh = 0; oh < c.oh; oh++)
            for (int ow = 0; ow < c.ow; ow++)
                for (int o = 0; o < c.co; o++)
                    for (int i = 0; i < inputs; i++)
                        for (int kh = 0; kh < c.kh; kh++)
                            for (int kw = 0; kw < c.kw; kw++) {
                                int h = oh * c.stride_h + kh * c.dilation_h - c.pad_h,
                                    v = ow * c.stride_w + kw * c.dilation_w - c.pad_w;
                                if (h < 0 || h >= c.h || v < 0 || v >= c.w) continue;
                                int64_t xi = (((int64_t)b * c.h + h) * c.w + v) * c.ci + o / outputs * inputs + i,
                                        yi = (((int64_t)b * c.oh + oh) * c.ow + ow) * c.co + o;
                                int64_t wi = (((int64_t)o * inputs + i) * c.kh + kh) * c.kw + kw;
                                forward.value[yi] += (double)x[xi] * w[wi],
                                    forward.magnitude[yi] += fabs((double)x[xi] * w[wi]);
                                to_input.value[xi] += (double)y[yi] * w[wi],
                                    to_input.magnitude[xi] += fabs((double)y[yi] * w[wi]);
                                to_weight.value[wi] += (double)x[xi] * y[yi],
                                    to_weight.magnitude[wi] += fabs((double)x[xi] * y[yi]);
                            }
}

static Sums sums(int64_t n)
{
    Sums s = {calloc((size_t)n, sizeof(double)), calloc((size_t)n, sizeof(double))};
    ck_assert(s.value && s.magnitude);
    return s;
}

/* Sums of many terms: root mean square errors in units of float's rounding, 2^-24 of the result's root mean square.
 * One register through all K terms of either sign is off by about 0.4 sqrt(K / 2) of them: by 9 of 1000 terms, by 280
 * of 1e6. */
static double error_of(int64_t n, const float *got, const double *right)
{
    double off = 0, size = 0;
    for (int64_t i = 0; i < n; i++) off += (got[i] - right[i]) * (got[i] - right[i]), size += right[i] * right[i];
    return sqrt(off / size) * 0x1p24;
}

/* rms: the root mean square error may not be more.  spread 0: each result is as near as its own terms allow; else all
 * are within that share of the largest sum of terms */
static void compare(const float *got, Sums expected, int64_t n, double spread, double rms, const char *what,
                    const char *shape)
{
    double most = 0;
    ck_assert_msg(rms == 0 || error_of(n, got, expected.value) <= rms,
                  "%s of %s: root mean square error %.2f against at most %g", what, shape,
                  error_of(n, got, expected.value), rms);
    for (int64_t i = 0; i < n; i++) most = fmax(most, expected.magnitude[i]);
    for (int64_t i = 0; i < n && spread; i++)
        ck_assert_msg(fabs(got[i] - expected.value[i]) <= spread * most,
                      "%s of %s: %.9g against %.9g, terms up to %.3g", what, shape, (double)got[i], expected.value[i],
                      most);
    for (int64_t i = 0; i < n && !spread; i++) near(got[i], expected.value[i], expected.magnitude[i], what, shape);
    free(expected.value);
    free(expected.magnitude);
}

/* The functions of one algorithm. */
typedef struct Algorithm {
    const char *name;
    int64_t (*packed_floats)(RtConv), (*back_floats)(RtConv), (*scratch_floats)(RtConv), (*sum_floats)(RtConv);
    void (*pack)(RtConv, const float *, float *), (*back_pack)(RtConv, const float *, float *),
        (*unpack)(RtConv, const float *, float *);
    void (*forward)(RtConv, int, const float *, const float *, float *, float *),
        (*to_input)(RtConv, int, const float *, const float *, float *, float *);
    void (*to_weight)(RtConv, int, const float *, const float *, float *, float *);
} Algorithm;

static const Algorithm direct = {"conv2d",
                                 rt_conv2d_packed_floats,
                                 rt_conv2d_grad_input_packed_floats,
                                 rt_conv2d_scratch_floats,
                                 rt_conv2d_sum_floats,
                                 rt_conv2d_pack,
                                 rt_conv2d_grad_input_pack,
                                 rt_conv2d_grad_weight_unpack,
                                 rt_conv2d,
                                 rt_conv2d_grad_input,
                                 rt_conv2d_grad_weight};
static const Algorithm depthwise = {"depthwise",
                                    rt_depthwise_packed_floats,
                                    rt_depthwise_packed_floats,
                                    rt_depthwise_scratch_floats,
                                    rt_depthwise_sum_floats,
                                    rt_depthwise_pack,
                                    rt_depthwise_grad_input_pack,
                                    rt_depthwise_grad_weight_unpack,
                                    rt_depthwise,
                                    rt_depthwise_grad_input,
                                    rt_depthwise_grad_weight};
static const Algorithm winograd = {"winograd",
                                   rt_winograd_packed_floats,
                                   rt_winograd_grad_input_packed_floats,
                                   rt_winograd_scratch_floats,
                                   rt_winograd_sum_floats,
                                   rt_winograd_pack,
                                   rt_winograd_grad_input_pack,
                                   rt_winograd_grad_weight_unpack,
                                   rt_winograd,
                                   rt_winograd_grad_input,
                                   rt_winograd_grad_weight};

#ifdef WITH_OPENBLAS
static const Algorithm openblas = {"openblas",
                                   rt_im2col_weight_floats,
                                   rt_im2col_weight_floats,
                                   rt_im2col_scratch_floats,
                                   rt_im2col_weight_floats,
                                   rt_blas_conv2d_pack,
                                   rt_blas_conv2d_grad_input_pack,
                                   rt_blas_conv2d_grad_weight_unpack,
                                   rt_blas_conv2d,
                                   rt_blas_conv2d_grad_input,
                                   rt_blas_conv2d_grad_weight};
#endif

static void check_directions(uint64_t *r, const Algorithm *a, RtConv c, int n, double spread, const double rms[3])
{
    char name[160];
    snprintf(
        name, sizeof name,
        "%s %d, %d images %dx%dx%d to %dx%dx%d, kernel %dx%d, stride %d %d, padding %d %d, dilation %d %d, groups %d",
        a->name, c.tile, n, c.h, c.w, c.ci, c.oh, c.ow, c.co, c.kh, c.kw, c.stride_h, c.stride_w, c.pad_h, c.pad_w,
        c.dilation_h, c.dilation_w, c.groups);
    int64_t nx = (int64_t)n * c.h * c.w * c.ci, ny = (int64_t)n * c.oh * c.ow * c.co,
            nw = (int64_t)c.co * (c.ci / c.groups) * c.kh * c.kw;
    float *x = array(r, nx), *w = array(r, nw), *dy = array(r, ny), *y = array(NULL, ny), *dx = array(NULL, nx),
          *dw = array(NULL, nw);
    float *packed = array(NULL, a->packed_floats(c)), *back = array(NULL, a->back_floats(c));
    float *scratch = array(NULL, a->scratch_floats(c)), *sum = array(NULL, a->sum_floats(c));
    Sums forward = sums(ny), to_input = sums(nx), to_weight = sums(nw);
    convolve(c, n, x, dy, w, forward, to_input, to_weight);
    a->pack(c, w, packed);
    a->forward(c, n, x, packed, y, scratch);
    compare(y, forward, ny, spread, rms[0], "conv2d", name);
    a->back_pack(c, w, back);
    a->to_input(c, n, dy, back, dx, scratch);
    compare(dx, to_input, nx, spread, rms[1], "conv2d_grad_input", name);
    memset(sum, 0, sizeof *sum * (size_t)a->sum_floats(c));
    a->to_weight(c, n, x, dy, sum, scratch);
    a->unpack(c, sum, dw);
    compare(dw, to_weight, nw, spread, rms[2], "conv2d_grad_weight", name);
    release(x, nx, "x"), release(w, nw, "w"), release(dy, ny, "dy"), release(y, ny, "y"), release(dx, nx, "dx"),
        release(dw, nw, "dw");
    release(packed, a->packed_floats(c), "packed"), release(back, a->back_floats(c), "packed");
    release(scratch, a->scratch_floats(c), "scratch"), release(sum, a->sum_floats(c), "sum");
}

static const int channels[] = {1, 2, 3, 5, 10, 16, 17, 33};

/* Every algorithm that can do it. */
static void check_convolution(uint64_t *r, RtConv c, int n)
{
    static const double any[3] = {0};      /* no bound but that of each element */
    check_directions(r, &direct, c, n, 0, any);
    if (rt_is_depthwise(c)) check_directions(r, &depthwise, c, n, 0, any);
    for (c.tile = 2; rt_winograd_fits(c) && c.tile <= 4; c.tile += 2)
        check_directions(r, &winograd, c, n, c.tile == 2 ? 2e-6 : 1e-5, any);
}

/* What padding before and after leaves of the image; false when that is nothing. */
static bool sized(RtConv *c, int after_h, int after_w)
{
    int h = c->h + c->pad_h + after_h - c->dilation_h * (c->kh - 1) - 1,
        w = c->w + c->pad_w + after_w - c->dilation_w * (c->kw - 1) - 1;
    c->oh = h / c->stride_h + 1, c->ow = w / c->stride_w + 1;
    return h >= 0 && w >= 0;
}

START_TEST(long_sums)
{
    static const struct {
        int terms;
        double most;
    } lengths[] = {{384, 7}, {1000, 7}, {10000, 7}, {100000, 9}, {1000000, 24}};
    /* what 40 sums are off by varies by a tenth: it is taken over more of them, but where sanitizers look at memory */
    enum { M = 5, N = 8, OUTPUTS = M * N, MOST_TIMES = 16 };
    const int most_times = getenv("CASES") ? 1 : MOST_TIMES;
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
        const int K = lengths[l].terms, times = K <= 100000 ? most_times : 1;
        uint64_t r = (uint64_t)K;
        static float products[MOST_TIMES * OUTPUTS], sums_of_outer[MOST_TIMES * OUTPUTS];
        static double right[MOST_TIMES * OUTPUTS], outer[MOST_TIMES * OUTPUTS];
        memset(sums_of_outer, 0, sizeof sums_of_outer), memset(right, 0, sizeof right), memset(outer, 0, sizeof outer);
        for (int t = 0; t < times; t++) {
            float *x = array(&r, (int64_t)M * K), *w = array(&r, (int64_t)K * N),
                  *packed = array(NULL, rt_packed_floats(K, N));
            float *y = products + t * OUTPUTS, *c = sums_of_outer + t * OUTPUTS;
            rt_pack(K, N, w, N, 1, packed);
            rt_matmul(M, N, K, x, K, packed, y, N);
            rt_matmul_tn(M, N, K, K, x, M, w, N, c, N);
            for (int k = 0; k < K; k++)
                for (int i = t * OUTPUTS, m = 0; m < M; m++)
                    for (int n = 0; n < N; n++, i++)
                        right[i] += (double)x[m * (int64_t)K + k] * w[k * N + n],
                            outer[i] += (double)x[k * M + m] * w[k * N + n];
            release(x, (int64_t)M * K, "x"), release(w, (int64_t)K * N, "w"),
                release(packed, rt_packed_floats(K, N), "packed");
        }
        const double off = error_of(times * OUTPUTS, products, right),
                     off_outer = error_of(times * OUTPUTS, sums_of_outer, outer);
        printf("%7d terms: products %.2f, outer products %.2f units of 2^-24\n", K, off, off_outer);
        ck_assert_msg(off < lengths[l].most, "a product of %d terms: %.2f against at most %g", K, off, lengths[l].most);
        ck_assert_msg(off_outer < lengths[l].most, "outer products of %d terms: %.2f against at most %g", K, off_outer,
                      lengths[l].most);
    }
}
END_TEST

/* The same of convolutions: `most` for the result, the image's gradient and the weight's. */
START_TEST(long_convolution_sums)
{
    static const struct { RtConv c; double most[3];
    } cases[] = {
        {{.h = 14,
          .w = 14,
          .ci = 64,
          .oh = 14,
          .ow = 14,
          .co = 32,
          .kh = 3,
          .kw = 3,
          .stride_h = 1,
          .stride_w = 1,
          .pad_h = 1,
          .pad_w = 1,
          .dilation_h = 1,
          .dilation_w = 1,
          .groups = 1},
         {7, 7, 6}},
        {{.h = 7,
          .w = 7,
          .ci = 512,
          .oh = 7,
          .ow = 7,
          .co = 16,
          .kh = 3,
          .kw = 3,
          .stride_h = 1,
          .stride_w = 1,
          .pad_h = 1,
          .pad_w = 1,
          .dilation_h = 1,
          .dilation_w = 1,
          .groups = 1},
         {8, 7, 6}},
        {{.h = 56,
          .w = 56,
          .ci = 3,
          .oh = 28,
          .ow = 28,
          .co = 32,
          .kh = 7,
          .kw = 7,
          .stride_h = 2,
          .stride_w = 2,
          .pad_h = 3,
          .pad_w = 3,
          .dilation_h = 1,
          .dilation_w = 1,
          .groups = 1},
         {7, 7, 8}},
        {{.h = 56,
          .w = 56,
          .ci = 8,
          .oh = 56,
          .ow = 56,
          .co = 8,
          .kh = 3,
          .kw = 3,
          .stride_h = 1,
          .stride_w = 1,
          .pad_h = 2,
          .pad_w = 2,
          .dilation_h = 2,
          .dilation_w = 2,
          .groups = 2},
         {7, 7, 8}},
        {{.h = 14,
          .w = 14,
          .ci = 300,
          .oh = 14,
          .ow = 14,
          .co = 48,
          .kh = 3,
          .kw = 3,
          .stride_h = 1,
          .stride_w = 1,
          .pad_h = 2,
          .pad_w = 2,
          .dilation_h = 2,
          .dilation_w = 2,
          .groups = 1},
         {8, 8, 6}},
        {{.h = 40,
          .w = 40,
          .ci = 8,
          .oh = 40,
          .ow = 40,
          .co = 8,
          .kh = 31,
          .kw = 31,
          .stride_h = 1,
          .stride_w = 1,
          .pad_h = 15,
          .pad_w = 15,
          .dilation_h = 1,
          .dilation_w = 1,
          .groups = 8},
         {7, 7, 8}},
        {{.h = 1,
          .w = 5000,
          .ci = 2,
          .oh = 1,
          .ow = 2500,
          .co = 2,
          .kh = 1,
          .kw = 2501,
          .stride_h = 1,
          .stride_w = 1,
          .dilation_h = 1,
          .dilation_w = 1,
          .groups = 2},
         {8, 8, 8}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t r = i + 1;
        check_directions(&r,
                         rt_is_depthwise(cases[i].c) ? &depthwise
                         : cases[i].c.tile           ? &winograd
                                                     : &direct,
                         cases[i].c, 4, 0, cases[i].most);
    }
}
END_TEST

START_TEST(conv2d)
{
    uint64_t r = 7;
    int pixels = 0, beyond = 0, colours = 0, strides = 0, dilations = 0, multipliers = 0, of_groups = 0, depthwises = 0,
        tiles = 0, unlike = 0;
    for (int shape = 0; shape < SHAPES; shape++) {
        RtConv c = {.h = range(&r, 1, 9),
                    .w = range(&r, 1, 9),
                    .kh = range(&r, 1, 4),
                    .kw = range(&r, 1, 4),
                    .stride_h = range(&r, 1, 3),
                    .stride_w = range(&r, 1, 3),
                    .dilation_h = range(&r, 1, 3),
                    .dilation_w = range(&r, 1, 3),
                    .groups = range(&r, 1, 3)};
        if (shape % 5 == 4) c.h = c.w = 1;
        if (shape % 4 == 0) c.stride_h = c.stride_w = c.dilation_h = c.dilation_w = c.groups = 1, c.kh = c.kw = 3;
        c.ci = channels[range(&r, 0, 7)] * c.groups, c.co = channels[range(&r, 0, 7)] * c.groups;
        if (shape % 4 == 1)
            c.groups = c.ci = c.co = channels[range(&r, 1, 7)], c.kh = range(&r, 1, 9), c.kw = range(&r, 1, 9);
        /* several outputs for each channel */
        if (shape % 4 == 2) c.groups = c.ci = channels[range(&r, 1, 5)], c.co = range(&r, 2, 4) * c.groups;
        const int reach_h = c.dilation_h * (c.kh - 1), reach_w = c.dilation_w * (c.kw - 1);
        c.pad_h = range(&r, 0, reach_h + 1), c.pad_w = range(&r, 0, reach_w + 1);
        /* padding need not be the same on both sides */
        int after_h = range(&r, 0, reach_h + 1), after_w = range(&r, 0, reach_w + 1);
        if (!sized(&c, after_h, after_w)) continue;
        pixels += c.h * c.w == 1, beyond += reach_h >= c.h && reach_w >= c.w, colours += c.ci == 3,
            strides += c.stride_h == 3 || c.stride_w == 3;
        dilations += c.dilation_h > 1 || c.dilation_w > 1,
            multipliers += c.groups > 1 && c.groups == c.ci && c.co > c.ci,
            of_groups += c.groups > 1 && c.groups < c.ci;
        depthwises += rt_is_depthwise(c), tiles += rt_winograd_fits(c), unlike += c.pad_h != after_h;
        check_convolution(&r, c, range(&r, 1, 3));
    }
    const int least = SHAPES / 15;
    ck_assert_msg(
        pixels > least && beyond > least && colours > least && strides > least && dilations > least &&
            multipliers > least && of_groups > least && depthwises > least && tiles > least && unlike > least,
        "of %d shapes: one pixel %d, kernel larger than the image %d, three channels %d, stride 3 %d, dilated %d, "
        "several outputs for each channel %d, groups %d, depthwise %d, minimal filtering %d, uneven padding %d",
        SHAPES, pixels, beyond, colours, strides, dilations, multipliers, of_groups, depthwises, tiles, unlike);
}
END_TEST

START_TEST(minimal_filtering)
{
    uint64_t r = 11;
    for (int shape = 0; shape < SHAPES / 2; shape++) {
        RtConv c = {.h = range(&r, 1, 13),
                    .w = range(&r, 1, 13),
                    .ci = channels[range(&r, 0, 7)],
                    .co = channels[range(&r, 0, 7)],
                    .kh = 3,
                    .kw = 3,
                    .stride_h = 1,
                    .stride_w = 1,
                    .pad_h = range(&r, 0, 3),
                    .pad_w = range(&r, 0, 3),
                    .dilation_h = 1,
                    .dilation_w = 1,
                    .groups = 1};
        if (sized(&c, range(&r, 0, 3), range(&r, 0, 3))) check_convolution(&r, c, range(&r, 1, shape % 5 ? 3 : 12));
    }
}
END_TEST

#ifdef WITH_OPENBLAS
START_TEST(products)
{
    uint64_t r = 13;
    int images = 0, blocks = 0, wide = 0, pixels = 0, beyond = 0;
    for (int shape = 0; shape < SHAPES; shape++) {
        RtConv c = {.h = range(&r, 1, 9),
                    .w = range(&r, 1, 9),
                    .ci = channels[range(&r, 0, 7)],
                    .co = channels[range(&r, 0, 7)],
                    .kh = range(&r, 1, 5),
                    .kw = range(&r, 1, 5),
                    .stride_h = range(&r, 1, 3),
                    .stride_w = range(&r, 1, 3),
                    .dilation_h = range(&r, 1, 3),
                    .dilation_w = range(&r, 1, 3),
                    .groups = 1};
        if (shape % 4 == 1) c.kh = c.kw = c.stride_h = c.stride_w = 1;
        if (shape % 5 == 4) c.h = c.w = 1;
        if (shape % 20 == 10) c.h = range(&r, 20, 40), c.w = range(&r, 20, 40);
        if (shape % 20 == 15) c.w = range(&r, 120, 140), c.ci = 33, c.kh = c.kw = 3, c.stride_w = c.dilation_w = 1;
        const int reach_h = c.dilation_h * (c.kh - 1), reach_w = c.dilation_w * (c.kw - 1);
        if (shape % 8 != 1) c.pad_h = range(&r, 0, reach_h + 1), c.pad_w = range(&r, 0, reach_w + 1);
        if (!sized(&c, c.pad_h ? range(&r, 0, reach_h + 1) : 0, c.pad_w ? range(&r, 0, reach_w + 1) : 0)) continue;
        const int n = range(&r, 1, 3);
        images += rt_im2col_is_image(c), blocks += !rt_im2col_is_image(c) && n * c.oh > rt_im2col_rows(c),
            wide += rt_im2col_scratch_floats(c) > RT_IM2COL_FLOATS;
        pixels += c.h * c.w == 1, beyond += reach_h >= c.h && reach_w >= c.w;
        check_directions(&r, &openblas, c, n, 0, (double[3]){0});
    }
    const int least = SHAPES / 50;
    ck_assert_msg(images > least && blocks > least && wide > least && pixels > least && beyond > least,
                  "of %d shapes: as it is %d, several blocks %d, a row that is more than a block %d, one pixel %d, "
                  "kernel larger than the image %d",
                  SHAPES, images, blocks, wide, pixels, beyond);
}
END_TEST
#endif

int main(void)
{
    Suite *suite = suite_create("kernels");
    TCase *tests = tcase_create("against double");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, matmul);
    tcase_add_test(tests, long_sums);
    tcase_add_test(tests, long_convolution_sums);
    tcase_add_test(tests, conv2d);
    tcase_add_test(tests, minimal_filtering);
#ifdef WITH_OPENBLAS
    rt_blas_one_thread();
    tcase_add_test(tests, products);
#endif
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
