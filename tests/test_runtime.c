/* test_runtime.c - the runtime's arithmetic against known answers: random numbers, updates, schedules, splits, hashes,
 * JSON. */
#include "rt.h"
#include "rt_init.h"
#include "rt_random.h"
#include "rt_update.h"

#include "support.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- random numbers ---- */

/* kat_vectors of Random123, philox4x32 10 */
START_TEST(philox_known_answers)
{
    static const uint32_t rows[3][10] = {{0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
                                         {~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
                                         {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0,
                                          0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}};
    for (int i = 0; i < 3; i++) {
        const uint32_t *r = rows[i];
        RtRandom got = rt_philox(r[0], r[1], r[2], r[3], r[4], r[5]);
        for (int k = 0; k < 4; k++) ck_assert_uint_eq(got.word[k], r[6 + k]);
    }
}
END_TEST

START_TEST(uniform_and_normal_moments)
{
    enum { N = 200000 };
    double sum = 0, squares = 0, normal = 0, normal2 = 0, normal4 = 0, low = 1, high = 0;
    uint64_t stream = rt_stream("test");
    for (int i = 0; i < N; i++) {
        double u = rt_uniform(7, stream, 3, 11, i), z = rt_normal(7, stream, 3, 11, i);
        ck_assert(u >= 0 && u < 1 && u * 0x1p24 == floor(u * 0x1p24));
        sum += u, squares += u * u, normal += z, normal2 += z * z, normal4 += z * z * z * z;
        low = u < low ? u : low, high = u > high ? u : high;
    }
    ck_assert_double_eq_tol(sum / N, 0.5, 0.003);
    ck_assert_double_eq_tol(squares / N, 1.0 / 3, 0.003);
    ck_assert_double_eq_tol(normal / N, 0, 0.01);
    ck_assert_double_eq_tol(normal2 / N, 1, 0.02);
    ck_assert_double_eq_tol(normal4 / N, 3, 0.1);
    ck_assert(low < 1e-4 && high > 1 - 1e-4);
}
END_TEST

START_TEST(every_argument_matters)
{
    uint64_t s = rt_stream("a"), t = rt_stream("b");
    float base = rt_uniform(1, s, 2, 3, 4);
    ck_assert(base == rt_uniform(1, s, 2, 3, 4));
    ck_assert(base != rt_uniform(2, s, 2, 3, 4) && base != rt_uniform(1, t, 2, 3, 4) &&
              base != rt_uniform(1, s, 3, 3, 4));
    ck_assert(base != rt_uniform(1, s, 2, 4, 4) && base != rt_uniform(1, s, 2, 3, 5) &&
              base != rt_uniform(1, s, 2 + (1LL << 40), 3, 4));
    ck_assert(base != rt_uniform(1, s, 2, 3 + (1LL << 40), 4) && base != rt_uniform(1, s, 2, 3, 4 + (1LL << 33)));
    for (int i = 0; i < 1000; i++) {
        int64_t k = rt_below(5, s, 0, i, 7);
        ck_assert(k >= 0 && k < 7);
    }
}
END_TEST

START_TEST(initial_values_belong_to_the_name)
{
    enum { N = 20000 };
    static float a[N], b[N];
    RtTensor tensor = {
        .name = "x.weight", .rank = 1, .dims = {N}, .count = N, .init = RT_INIT_TRUNCATED_NORMAL, .value = 0.02};
    rt_initial_values(&tensor, 1, a);
    tensor.offset = 12345;
    rt_initial_values(&tensor, 1, b);
    ck_assert_mem_eq(a, b, sizeof a);
    double sum = 0, squares = 0;
    for (int i = 0; i < N; i++) {
        ck_assert(fabsf(a[i]) <= 0.04f);
        sum += a[i], squares += (double)a[i] * a[i];
    }
    ck_assert_double_eq_tol(sum / N, 0, 0.001);
    ck_assert_double_eq_tol(sqrt(squares / N), 0.02 * 0.8796, 0.0004);   /* of a normal cut at 2 */
    tensor.init = RT_INIT_UNIFORM;
    rt_initial_values(&tensor, 1, a);
    for (int i = 0; i < N; i++) ck_assert(a[i] >= -0.02f && a[i] < 0.02f);
    tensor.name = "y.weight";
    rt_initial_values(&tensor, 1, b);
    ck_assert(memcmp(a, b, sizeof a) != 0);
    tensor.init = RT_INIT_CONSTANT;
    rt_initial_values(&tensor, 1, b);
    ck_assert(b[0] == 0.02f && b[N - 1] == 0.02f);
}
END_TEST

/* ---- updates: PyTorch's formulas in plain double ---- */

enum { N_WEIGHTS = 37 };

static void fill(float *x, int n, const char *name)
{
    for (int i = 0; i < n; i++) x[i] = rt_normal(1, rt_stream(name), 0, 0, i);
}

START_TEST(adam_against_double)
{
    float w[N_WEIGHTS], g[N_WEIGHTS], m[N_WEIGHTS] = {0}, v[N_WEIGHTS] = {0};
    double W[N_WEIGHTS], M[N_WEIGHTS] = {0}, V[N_WEIGHTS] = {0};
    const double lr = (double)1e-2f, decay = _i ? 0.05 : 0, scale = 0.5;
    const bool l2 = _i == 2;           /* the decay is part of the gradient */
    fill(w, N_WEIGHTS, "w");
    for (int i = 0; i < N_WEIGHTS; i++) W[i] = w[i];
    for (int t = 1; t <= 20; t++) {
        char name[16];
        snprintf(name, sizeof name, "g%d", t);
        fill(g, N_WEIGHTS, name);
        double c1 = 1 - pow(0.9, t), c2 = 1 - pow(0.999, t);
        for (int i = 0; i < N_WEIGHTS; i++) {
            double d = scale * g[i] + (l2 ? decay * W[i] : 0);
            W[i] *= l2 ? 1 : 1 - lr * decay;
            M[i] = 0.9 * M[i] + (1 - 0.9) * d;
            V[i] = 0.999 * V[i] + (1 - 0.999) * d * d;
            W[i] -= lr / c1 * M[i] / (sqrt(V[i]) / sqrt(c2) + 1e-8);
        }
        (l2 ? rt_update_adam_l2 : rt_update_adam)(N_WEIGHTS, w, g, m, v, 1e-2f, 0.9, 0.999, 1e-8, decay,
                                                  (float)(1 / c1), (float)(1 / c2), (float)scale);
        for (int i = 0; i < N_WEIGHTS; i++) {
            ck_assert_double_eq_tol(w[i], W[i], 2e-6);
            ck_assert_double_eq_tol(v[i], V[i], 1e-6 * V[i]);
        }
    }
}
END_TEST

START_TEST(sgd_against_double)
{
    const double momentum = _i == 0 ? 0 : 0.9, decay = 0.01;
    const bool nesterov = _i == 2;
    float w[N_WEIGHTS], g[N_WEIGHTS], v[N_WEIGHTS] = {0};
    double W[N_WEIGHTS], V[N_WEIGHTS] = {0};
    fill(w, N_WEIGHTS, "w");
    for (int i = 0; i < N_WEIGHTS; i++) W[i] = w[i];
    for (int t = 1; t <= 20; t++) {
        char name[16];
        snprintf(name, sizeof name, "g%d", t);
        fill(g, N_WEIGHTS, name);
        for (int i = 0; i < N_WEIGHTS; i++) {
            double d = 2 * g[i] + decay * W[i];
            V[i] = momentum * V[i] + d;
            W[i] -= (double)0.1f * (nesterov ? d + momentum * V[i] : momentum > 0 ? V[i] : d);
        }
        rt_update_sgd(N_WEIGHTS, w, g, momentum > 0 ? v : NULL, 0.1f, momentum, nesterov, decay, 2);
        for (int i = 0; i < N_WEIGHTS; i++) ck_assert_double_eq_tol(w[i], W[i], 3e-6 * (1 + fabs(W[i])));
    }
}
END_TEST

START_TEST(average_against_double)
{
    float w[N_WEIGHTS], average[N_WEIGHTS];
    double A[N_WEIGHTS];
    fill(average, N_WEIGHTS, "old");      /* what stood there before the first step does not count */
    for (int t = 0; t < 30; t++) {
        char name[16];
        snprintf(name, sizeof name, "w%d", t);
        fill(w, N_WEIGHTS, name);
        rt_update_average(N_WEIGHTS, average, w, 0.9, t);
        for (int i = 0; i < N_WEIGHTS; i++) {
            A[i] = t ? 0.9 * A[i] + (1 - 0.9) * w[i] : w[i];
            ck_assert_double_eq_tol(average[i], A[i], 1e-6);
        }
    }
}
END_TEST

START_TEST(clip_and_combine)
{
    enum { N = 2500, SLICES = 5 };
    static float g[SLICES][N], want[N];
    for (int s = 0; s < SLICES; s++) {
        char name[16];
        snprintf(name, sizeof name, "slice%d", s);
        fill(g[s], N, name);
    }
    double squares = 0;
    for (int i = 0; i < N; i++) squares += (double)g[0][i] * g[0][i];
    ck_assert_double_eq_tol(rt_sum_squares(N, g[0]), squares, 1e-9 * squares);
    ck_assert_float_eq(rt_clip_scale(squares, 0), 1);
    ck_assert_float_eq(rt_clip_scale(1, 5), 1);
    ck_assert_float_eq_tol(rt_clip_scale(25, 1), (float)(1 / (5 + 1e-6)), 1e-8f);
    for (int i = 0; i < N; i++) want[i] = ((g[0][i] + g[1][i]) + (g[2][i] + g[3][i])) + g[4][i];
    rt_combine_range(SLICES, N, g[0], 0, 1111);   /* in parts, as threads would */
    rt_combine_range(SLICES, N, g[0], 1111, N);
    ck_assert_mem_eq(g[0], want, sizeof want);
}
END_TEST

/* Wherever it is, a value that is not finite is seen, by the sum of squares too; the largest float is finite to
 * both. */
START_TEST(finite_or_not)
{
    enum { N = 4096 + 37 };
    static float x[N];
    const float bad[] = {INFINITY, -INFINITY, NAN, -NAN};
    for (int i = 0; i < N; i++) x[i] = i % 2 ? FLT_MAX : -FLT_MAX;
    ck_assert(rt_finite(N, x) && rt_finite(0, x) && isfinite(rt_sum_squares(N, x)));
    for (int i = 0; i < N; i += i < 70 || i > 4060 ? 1 : 500)
        for (int k = 0; k < 4; k++) {
            const float was = x[i];
            x[i] = bad[k];
            ck_assert_msg(!rt_finite(N, x) && !isfinite(rt_sum_squares(N, x)), "%g at %d", (double)bad[k], i);
            ck_assert(rt_finite(i, x));
            x[i] = was;
        }
}
END_TEST

/* ---- statistics of the data ---- */

START_TEST(class_means)
{
    enum { IMAGES = 7, PIXELS = 6, CLASSES = 3 };
    static uint8_t pixels[IMAGES * PIXELS];
    static uint16_t labels[IMAGES] = {0, 2, 0, 2, 0, 2, 2};
    int64_t training[] = {0, 1, 2, 3, 6};                 /* 4 and 5 are held back */
    for (int i = 0; i < IMAGES * PIXELS; i++) pixels[i] = (uint8_t)(i * 37 % 251);
    const RtData data = {
        .name = "some",
        .train = {.n = IMAGES, .height = 2, .width = 3, .channels = 1, .pixels = pixels, .labels = labels},
        .n_training = 5,
        .training = training};
    RtTensor tensor = {.name = "class_means", .rank = 4, .dims = {CLASSES, 2, 3, 1}, .count = CLASSES * PIXELS};
    float means[CLASSES * PIXELS];
    RtError error = {0};
    ck_assert_msg(rt_class_means(&data, &tensor, means, &error), "%s", error.text);
    for (int c = 0; c < CLASSES; c++) {
        double mean[PIXELS] = {0}, largest = 0;
        int n = 0;
        for (int k = 0; k < 5; k++)
            for (int p = 0; p < PIXELS && labels[training[k]] == c; p++)
                mean[p] += pixels[training[k] * PIXELS + p] / 255.0, n += p == 0;
        for (int p = 0; p < PIXELS; p++) mean[p] = n ? mean[p] / n : 0, largest = fmax(largest, mean[p]);
        for (int p = 0; p < PIXELS; p++)
            ck_assert_double_eq_tol(means[c * PIXELS + p], largest > 0 ? mean[p] / largest : 0, 1e-6);
    }
    tensor.dims[1] = 3;
    ck_assert(!rt_class_means(&data, &tensor, means, &error) && strstr(error.text, "images of 2 x 3 x 1"));
}
END_TEST

/* ---- schedules ---- */

static double rate(const RtTrain *train, int64_t number, int64_t steps)
{
    RtStep step = {0};
    rt_schedule(train, number, steps, 10, &step);
    ck_assert_float_eq_tol(step.progress, (float)number / (float)steps, 1e-7f);
    ck_assert_double_eq_tol(step.correction2, 1 / (1 - pow(train->beta2, (double)number + 1)), 1e-4 * step.correction2);
    return step.learning_rate;
}

START_TEST(schedules_closed_form)
{
    RtTrain train = {.lr = 0.1,
                     .beta1 = 0.9,
                     .beta2 = 0.999,
                     .schedule = RT_CONSTANT,
                     .factor = 0.5,
                     .every = 2,
                     .final = 0.1,
                     .peak = 0.2};
    const int64_t steps = 100;
    const double pi = acos(-1);
    for (int64_t i = 0; i < steps; i++) {
        train.warmup = 0;
        train.schedule = RT_CONSTANT;
        ck_assert_double_eq_tol(rate(&train, i, steps), 0.1, 1e-8);
        train.schedule = RT_STEPPED;
        ck_assert_double_eq_tol(rate(&train, i, steps), 0.1 * pow(0.5, floor((double)i / 20)), 1e-8);
        train.schedule = RT_COSINE;
        ck_assert_double_eq_tol(rate(&train, i, steps), 0.01 + 0.09 * (1 + cos(pi * (double)i / 100)) / 2, 1e-8);
        train.schedule = RT_ONE_CYCLE;   /* torch.optim.lr_scheduler.OneCycleLR(max_lr=0.2, total_steps=100) */
        double up = 29, down = 99, t = i <= up ? (double)i / up : ((double)i - up) / (down - up);
        double from = i <= up ? 0.008 : 0.2, to = i <= up ? 0.2 : 0.008e-4;
        ck_assert_double_eq_tol(rate(&train, i, steps), to + (from - to) / 2 * (1 + cos(pi * t)), 2e-8);
        train.warmup = 0.1;
        train.schedule = RT_COSINE;
        double want = i < 10 ? 0.1 * (double)(i + 1) / 10 : 0.01 + 0.09 * (1 + cos(pi * (double)(i - 10) / 90)) / 2;
        ck_assert_double_eq_tol(rate(&train, i, steps), want, 1e-8);
    }
    for (int64_t short_run = 1; short_run < 6; short_run++)   /* nothing divides by zero */
        for (int64_t i = 0; i < short_run; i++)
            for (int kind = RT_CONSTANT; kind <= RT_ONE_CYCLE; kind++) {
                train.schedule = (RtScheduleKind)kind;
                double r = rate(&train, i, short_run);
                ck_assert(r >= 0 && r <= 0.2000001);
            }
}
END_TEST

/* ---- split and order ---- */

START_TEST(split_is_exact_and_stratified)
{
    enum { N = 60000 };
    static uint16_t labels[N];
    static int64_t training[N], validation[N], again[N], other[N];
    int64_t n_training, n_validation, n, m, count[10] = {0}, held[10] = {0};
    RtError error = {0};
    for (int i = 0; i < N; i++) labels[i] = (uint16_t)(rt_below(3, 1, 0, i, 100) % 11 % 10);   /* unequal classes */
    ck_assert(rt_split(N, labels, 1.0 / 12, 1, training, &n_training, validation, &n_validation, &error));
    ck_assert_int_eq(n_validation, 5000);
    ck_assert_int_eq(n_training, 55000);
    for (int i = 0; i < N; i++) count[labels[i]]++;
    for (int i = 0; i < n_validation; i++) held[labels[validation[i]]]++;
    for (int c = 0; c < 10; c++) ck_assert(fabs((double)held[c] - (double)count[c] / 12) < 1);
    for (int64_t i = 0, a = 0, b = 0; i < N; i++)   /* each image in exactly one list */
        ck_assert((a < n_training && training[a] == i && ++a) || (b < n_validation && validation[b] == i && ++b));
    ck_assert(rt_split(N, labels, 1.0 / 12, 1, training, &n, again, &m, &error));
    ck_assert_mem_eq(validation, again, 5000 * sizeof *again);
    ck_assert(rt_split(N, labels, 1.0 / 12, 2, training, &n, other, &m, &error));
    ck_assert(memcmp(validation, other, 5000 * sizeof *again) != 0);
    ck_assert(rt_split(N, labels, 0, 2, training, &n, other, &m, &error) && n == N && m == 0);
    ck_assert(!rt_split(N, labels, 1, 2, training, &n, other, &m, &error));
}
END_TEST

/* As many classes as labels have numbers for, of one or two images: all remainders count, and of equal ones the smaller
 * class. */
START_TEST(split_of_many_classes)
{
    enum { N = 100000, CLASSES = 65536 };
    static uint16_t labels[N];
    static int64_t training[N], validation[N];
    static uint8_t held[CLASSES];
    int64_t n_training, n_validation;
    RtError error = {0};
    for (int i = 0; i < N; i++) labels[i] = (uint16_t)(CLASSES - 1 - i % CLASSES);
    ck_assert(rt_split(N, labels, 0.25, 1, training, &n_training, validation, &n_validation, &error));
    ck_assert_int_eq(n_validation, N / 4);
    ck_assert_int_eq(n_training, N - N / 4);
    for (int i = 0; i < n_validation; i++) held[labels[validation[i]]]++;
    /* the last 34464 have two images, so half of one is their share */
    for (int c = 0; c < CLASSES; c++) ck_assert_int_eq(held[c], c >= CLASSES - 34464 && c < CLASSES - 34464 + N / 4);
    const RtSampler sampler = {.classes = 3, .per_class = 2};
    RtClasses classes;
    int64_t first[6], again[6];
    ck_assert(rt_classes_open(&classes, labels, NULL, N, &sampler, &error) && classes.n == CLASSES);
    rt_balanced(&classes, &sampler, 1, 5, first);
    rt_balanced(&classes, &sampler, 1, 6, again);
    rt_balanced(&classes, &sampler, 1, 5, again);                          /* what came between leaves nothing behind */
    ck_assert_mem_eq(first, again, sizeof first);
    for (int k = 0; k < 6; k += 2)
        ck_assert(labels[first[k]] == labels[first[k + 1]] && labels[first[k]] != labels[first[(k + 2) % 6]]);
    rt_classes_close(&classes);
}
END_TEST

START_TEST(permutation_is_one)
{
    enum { N = 5000 };
    static int64_t a[N], b[N];
    static char seen[N];
    rt_permutation(N, 1, 2, 3, a);
    rt_permutation(N, 1, 2, 4, b);
    int fixed = 0, same = 0;
    for (int i = 0; i < N; i++) {
        ck_assert(a[i] >= 0 && a[i] < N && !seen[a[i]]);
        seen[a[i]] = 1;
        fixed += a[i] == i;
        same += a[i] == b[i];
    }
    ck_assert(fixed < 10 && same < 10);
}
END_TEST

/* ---- hashes, text ---- */

START_TEST(sha256_known_answers)
{
    char hex[65], *million = malloc(1000000);
    rt_sha256("", 0, hex);
    ck_assert_str_eq(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    rt_sha256("abc", 3, hex);
    ck_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    rt_sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, hex);
    ck_assert_str_eq(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    memset(million, 'a', 1000000);
    RtSha256 hash;
    rt_sha256_begin(&hash);
    for (size_t i = 0, step = 1; i < 1000000; i += step, step = step * 7 % 1001)   /* in pieces of every size */
        rt_sha256_add(&hash, million + i, step < 1000000 - i ? step : 1000000 - i);
    rt_sha256_end(&hash, hex);
    ck_assert_str_eq(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}
END_TEST

static bool parses(const char *text, size_t n)
{
    RtJson json;
    RtError error = {0};
    bool ok = rt_json_parse(text, n, "test", &json, &error);
    if (ok) rt_json_free(&json);
    else ck_assert_msg(error.text[0], "no message");
    return ok;
}

START_TEST(json_reader_is_strict)
{
    static const char *const good[] = {
        "{}",          " [ ] ", "0", "-1.5e+3", "\"\"", "true", "[1,2,{\"a\":null}]", "\"\\ud83d\\ude00\\n\\/\"",
        "\"\xc3\xa9\""};
    static const char *const bad[] = {"",
                                      " ",
                                      "{",
                                      "[",
                                      "[1,]",
                                      "{\"a\":1,}",
                                      "{a:1}",
                                      "{\"a\" 1}",
                                      "01",
                                      "-",
                                      "1.",
                                      ".5",
                                      "1e",
                                      "+1",
                                      "1e999",
                                      "NaN",
                                      "tru",
                                      "\"",
                                      "\"\\x\"",
                                      "\"\\u12\"",
                                      "\"\\ud800\"",
                                      "\"\\ud800\\u0041\"",
                                      "\"\\udc00\"",
                                      "\"\\u0000\"",
                                      "\"\x01\"",
                                      "\"\xff\"",
                                      "\"\xc0\x80\"",
                                      "\"\xed\xa0\x80\"",
                                      "\"\xf5\x80\x80\x80\"",
                                      "1 2",
                                      "{\"a\":1,\"a\":2}",
                                      "[1 2]",
                                      "{\"a\":1 \"b\":2}",
                                      "//\n1",
                                      "'a'"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(parses(good[i], strlen(good[i])), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) ck_assert_msg(!parses(bad[i], strlen(bad[i])), "%s", bad[i]);
    ck_assert(!parses("\"a\0b\"", 5));
    enum { DEEP = 100000 };
    char *deep = malloc(DEEP);
    memset(deep, '[', DEEP);
    ck_assert(!parses(deep, DEEP));
    memset(deep, '1', DEEP);
    ck_assert(!parses(deep, DEEP));
    free(deep);
    const char *whole = "{\"a\":[1,-2.5e3,\"\\u00e9\\n\"],\"b\":{\"c\":false}}";
    for (size_t n = 0; n < strlen(whole); n++) ck_assert_msg(!parses(whole, n), "cut at %zu", n);
}
END_TEST

START_TEST(json_round_trip)
{
    static const double numbers[] = {0, 0.1, 1.0 / 3, 1e-300, 123456789.125, -2.5e17, 5e-324};
    RtJsonWriter writer = {0};
    RtJson json;
    RtError error = {0};
    rt_json_open(&writer, NULL, '{');
    rt_json_string(&writer, "text \"\\\n\x01", "caf\xc3\xa9 \xff \\ \"");
    rt_json_open(&writer, "list", '[');
    for (int i = 0; i < 7; i++) rt_json_number(&writer, NULL, numbers[i]);
    rt_json_number(&writer, NULL, NAN);
    rt_json_integer(&writer, NULL, INT64_MIN);
    rt_json_close(&writer, ']');
    rt_json_bool(&writer, "yes", true);
    rt_json_close(&writer, '}');
    ck_assert_msg(rt_json_parse(writer.text.data, writer.text.length, "test", &json, &error), "%s", error.text);
    ck_assert_str_eq(rt_json_get(&json, json.nodes, "text \"\\\n\x01")->string, "caf\xc3\xa9 \xef\xbf\xbd \\ \"");
    const RtJsonNode *list = rt_json_get(&json, json.nodes, "list");
    int at = list->first;
    ck_assert_int_eq(list->n, 9);
    for (int i = 0; i < 7; i++, at = json.nodes[at].next) ck_assert(json.nodes[at].number == numbers[i]);
    ck_assert(json.nodes[at].kind == RT_JSON_NULL);
    at = json.nodes[at].next;
    ck_assert(json.nodes[at].is_integer && json.nodes[at].integer == INT64_MIN);
    ck_assert(rt_json_get(&json, json.nodes, "yes")->boolean && !rt_json_get(&json, json.nodes, "no"));
    rt_json_free(&json);
    rt_text_free(&writer.text);
}
END_TEST

/* ---- memory ---- */

#if !defined __SANITIZE_ADDRESS__
static long mapped_pages(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    ck_assert(file && fscanf(file, "%ld", &pages) == 1);
    fclose(file);
    return pages;
}

/* Of any size: zeros, which can be written to the last byte, and nothing stays mapped; at a page of 2 MB, behind a
 * cache line, where that is. */
START_TEST(memory_is_given_back)
{
    static const size_t sizes[] = {1, 64, 4000, 4096, (1 << 21) - 65, (1 << 21) - 64, 1 << 21, (5 << 20) + 12345};
    RtError error = {0};
    const long before = mapped_pages();
    for (int round = 0; round < 100; round++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            char *memory = rt_allocate(1, sizes[i], "nothing", &error);
            ck_assert_msg(memory != NULL, "%s", error.text);
            ck_assert_uint_eq((uintptr_t)memory % 64, 0);
            if (sizes[i] + 64 >= 1 << 21) ck_assert_uint_eq((uintptr_t)memory % (1 << 21), 64);
            ck_assert(memory[0] == 0 && memory[sizes[i] - 1] == 0);
            memory[sizes[i] - 1] = 1;
            rt_release(memory);
        }
    ck_assert_int_lt(mapped_pages() - before, 64);
    ck_assert_ptr_null(rt_allocate(SIZE_MAX / 4, 3, "too much", &error));
}
END_TEST
#endif

int main(void)
{
    Suite *suite = suite_create("runtime");
    TCase *tests = tcase_create("runtime");
    tcase_set_timeout(tests, 60);
#if !defined __SANITIZE_ADDRESS__
    tcase_add_test(tests, memory_is_given_back);
#endif
    tcase_add_test(tests, philox_known_answers);
    tcase_add_test(tests, uniform_and_normal_moments);
    tcase_add_test(tests, every_argument_matters);
    tcase_add_test(tests, initial_values_belong_to_the_name);
    tcase_add_loop_test(tests, adam_against_double, 0, 3);
    tcase_add_loop_test(tests, sgd_against_double, 0, 3);
    tcase_add_test(tests, clip_and_combine);
    tcase_add_test(tests, finite_or_not);
    tcase_add_test(tests, average_against_double);
    tcase_add_test(tests, class_means);
    tcase_add_test(tests, schedules_closed_form);
    tcase_add_test(tests, split_is_exact_and_stratified);
    tcase_add_test(tests, split_of_many_classes);
    tcase_add_test(tests, permutation_is_one);
    tcase_add_test(tests, sha256_known_answers);
    tcase_add_test(tests, json_reader_is_strict);
    tcase_add_test(tests, json_round_trip);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
