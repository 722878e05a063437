/* test_sums.c - sums of many terms as `tailor grad` gives them, beside pairwise sums of the same terms, as NumPy takes
 * them, and the exact ones.  What contractions make of many terms is test_kernels.c's. */
#include "support.h"

#include <math.h>

static const float byte = 1.0f / 255;


/* Blocks of up to 128 terms in eight sums, blocks in pairs. */
static float pairwise(int64_t n, const float *x)
{
    if (n > 128) {
        const int64_t half = n / 2 / 8 * 8;
        return pairwise(half, x) + pairwise(n - half, x + half);
    }
    float part[8] = {0}, rest = 0;
    int64_t i = 0;
    for (; i + 8 <= n; i += 8)
        for (int k = 0; k < 8; k++) part[k] += x[i + k];
    for (; i < n; i++) rest += x[i];
    return ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7])) + rest;
}

/* The arrays that a graph file's body gives for x [batch, ...], whose elements are `x`. */
static RtArrays given_by(const char *body, int rank, const int64_t *dims, int64_t batch, const float *x)
{
    RtArrays got = {0};
    RtError error = {0};
    char text[600], command[600], shape[80] = "";
    RtArray array = {.name = "x", .type = RT_F32, .rank = rank + 1, .dims = {batch}, .data = (void *)x};
    for (int i = 0; i < rank; i++)
        array.dims[i + 1] = dims[i],
                       snprintf(shape + strlen(shape), sizeof shape - strlen(shape), "%lld, ", (long long)dims[i]);
    snprintf(text, sizeof text, "x = input{%s}\n%s\n", shape, body);
    put("sums.lua", text, strlen(text));
    ck_assert_msg(rt_tensors_write(in_folder("x.in"), 1, &array, 0, NULL, &error), "%s", error.text);
    snprintf(command, sizeof command, "./tailor grad %s/sums.lua --feed %s/x.in -o %s/x.out", folder, folder, folder);
    ck_assert_int_eq(system(command), 0);
    ck_assert_msg(rt_tensors_read(in_folder("x.out"), &got, &error), "%s", error.text);
    return got;
}

static const float *array_of(const RtArrays *arrays, const char *name)
{
    const RtArray *array = rt_tensors_find(arrays, name);
    ck_assert_msg(array != NULL, "no %s", name);
    return array->data;
}

/* A million equal terms, whose errors all go the same way. */
START_TEST(equal_terms)
{
    enum { N = 1000000 };
    float *x = malloc(sizeof *x * N);
    for (int i = 0; i < N; i++) x[i] = byte;
    make_folder();
    const int64_t image[] = {1000, 1000, 1}, row[] = {N};
    RtArrays got = given_by("all = sum(x, {2, 3, 4})\nmiddle = mean(x, {2, 3, 4})", 3, image, 1, x);
    ck_assert_msg(fabs(array_of(&got, "all")[0] - N / 255.0) < 1e-3, "%.6f, not 3921.568627",
                  (double)array_of(&got, "all")[0]);
    ck_assert_msg(fabs(array_of(&got, "middle")[0] * 255.0 - 1) < 2e-7, "%.9g", (double)array_of(&got, "middle")[0]);
    rt_tensors_free(&got);
    got = given_by("s = softmax(x)\nl = logsumexp(x, 2)", 1, row, 1, x);
    double total = 0;
    for (int i = 0; i < N; i++) total += array_of(&got, "s")[i];
    ck_assert_msg(fabs(total - 1) < 1e-6, "a softmax that sums to %.9g", total);
    ck_assert_msg(fabs(array_of(&got, "l")[0] - (1 / 255.0 + log(N))) < 2e-6, "%.9g", (double)array_of(&got, "l")[0]);
    rt_tensors_free(&got);
    free(x);
    remove_folder();
}
END_TEST

/* Root mean square errors over many samples, against those of pairwise sums of the same terms. */
START_TEST(errors_of_pairwise_sums)
{
    /* y: the sum of each `apart`-th element from each of the first `apart` on */
    static const struct { const char *body; int rank; int64_t dims[3], apart;
    } cases[] = {
        {"y = sum(x, {2, 3, 4})", 3, {28, 28, 64}, 1},
        {"y = sum(x, {2, 3})", 3, {28, 28, 20}, 20},
        {"y = sum(x, {2, 3, 4})", 3, {50, 50, 1}, 1},
        {"y = sum(x, {2, 3})", 3, {100, 90, 3}, 3},
        {"y = sum(x, 2)", 1, {5000}, 1},
        {"y = sum(x, 2)", 1, {8192}, 1},
        {"y = sum(x, 2)", 1, {64}, 1},
        {"y = sum(x, 2)", 1, {50}, 1},
        {"y = sum(x, 2)", 2, {2000, 40}, 40},
        {"y = sum(x, {2, 3})", 2, {64, 48}, 1},
        {"y = 2025 * avg_pool(x, 45)", 3, {45, 45, 2}, 2},
    };
    enum { BATCH = 60 };
    make_folder();
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        int64_t n = 1, apart = cases[c].apart;
        for (int i = 0; i < cases[c].rank; i++) n *= cases[c].dims[i];
        uint64_t state = c;
        float *x = malloc(sizeof *x * (size_t)(n * BATCH)), *terms = malloc(sizeof *terms * (size_t)n);
        for (int64_t i = 0; i < n * BATCH; i++) x[i] = (float)random_real(&state);
        RtArrays got = given_by(cases[c].body, cases[c].rank, cases[c].dims, BATCH, x);
        const float *y = array_of(&got, "y");
        double ours = 0, theirs = 0;
        for (int b = 0; b < BATCH; b++)
            for (int64_t first = 0; first < apart; first++) {
                double exact = 0;
                for (int64_t k = 0; k < n / apart; k++) terms[k] = x[b * n + k * apart + first], exact += terms[k];
                ours += pow((y[b * apart + first] - exact) / exact, 2);
                theirs += pow((pairwise(n / apart, terms) - exact) / exact, 2);
            }
        ours = sqrt(ours / (double)(BATCH * apart)) * 0x1p24, theirs = sqrt(theirs / (double)(BATCH * apart)) * 0x1p24;
        printf("%-30s of %6lld terms: %.2f, pairwise %.2f units of 2^-24\n", cases[c].body, (long long)(n / apart),
               ours, theirs);
        ck_assert_msg(ours <= 2 * theirs + 0.2, "%s of %lld terms: %.2f, pairwise %.2f", cases[c].body,
                      (long long)(n / apart), ours, theirs);
        rt_tensors_free(&got);
        free(x), free(terms);
    }
    remove_folder();
}
END_TEST

/* More sums over one value than trees of them find room on the stack of a thread. */
START_TEST(many_side_by_side)
{
    enum { TERMS = 300, WIDTH = 4000, SUMS = 150 };
    float *x = malloc(sizeof *x * TERMS * WIDTH);
    for (int i = 0; i < TERMS * WIDTH; i++) x[i] = (float)(i % WIDTH) / WIDTH;
    make_folder();
    RtArrays got = given_by(
        "local total = 0\nfor i = 1, 150 do total = total + sum(relu(x - i / 150), 2) end\ny = total", 2,
        (int64_t[]){TERMS, WIDTH}, 1, x);
    for (int c = 0; c < WIDTH; c += 399) {
        double right = 0;
        for (int i = 1; i <= SUMS; i++) right += TERMS * fmax(x[c] - i / (double)SUMS, 0);
        ck_assert_msg(fabs(array_of(&got, "y")[c] - right) <= 1e-5 * right, "%.9g, not %.9g",
                      (double)array_of(&got, "y")[c], right);
    }
    rt_tensors_free(&got);
    free(x);
    remove_folder();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sums");
    TCase *tests = tcase_create("against exact sums");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, equal_terms);
    tcase_add_test(tests, errors_of_pairwise_sums);
    tcase_add_test(tests, many_side_by_side);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
