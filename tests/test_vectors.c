/* test_vectors.c - whole models against PyTorch: `tailor grad` on the feeds of tests/vectors, in double by the interpreter and in
 * float by the emitted code, compared with the values that tests/vectors/make_vectors.py wrote. */
#include "../compiler/tailor.h"    /* before check.h, which has a macro named fail */

#include "support.h"

#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double double_bound = 1e-10, float_bound = 2e-5;   /* largest difference over largest value, for each tensor */

static double element(const RtArray *a, int64_t i)
{
    return a->type == RT_F64 ? ((const double *)a->data)[i] : a->type == RT_F32 ? ((const float *)a->data)[i] : ((const int32_t *)a->data)[i];
}

static void compare(const char *name, const RtArrays *expected, const char *path, double bound)
{
    RtArrays got = {0};
    RtError error = {0};
    ck_assert_msg(rt_tensors_read(path, &got, &error), "%s", error.text);
    ck_assert_int_gt(expected->n, 5);
    for (int i = 0; i < expected->n; i++) {
        const RtArray *e = &expected->arrays[i], *g = rt_tensors_find(&got, e->name);
        ck_assert_msg(g != NULL, "%s: %s has no %s", name, path, e->name);
        ck_assert_int_eq(rt_array_count(e), rt_array_count(g));
        ck_assert_int_eq(e->rank, g->rank);
        for (int d = 0; d < e->rank; d++) ck_assert_int_eq(e->dims[d], g->dims[d]);
        double largest = 0, difference = 0;
        for (int64_t k = 0; k < rt_array_count(e); k++) {
            largest = fmax(largest, fabs(element(e, k)));
            difference = fmax(difference, fabs(element(e, k) - element(g, k)));
        }
        ck_assert_msg(largest > 0, "%s: %s is all zero, which tests nothing", name, e->name);
        ck_assert_msg(difference <= bound * largest, "%s: %s differs by %.3g of %.3g, against %.3g", name, e->name, difference, largest, bound);
    }
    rt_tensors_free(&got);
}

START_TEST(torch_vectors)
{
    DIR *folder = opendir("tests/vectors");
    ck_assert(folder != NULL);
    int cases = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        const char *end = strstr(entry->d_name, ".expect.safetensors");
        if (!end) continue;
        char name[128], path[512], command[1024];
        snprintf(name, sizeof name, "%.*s", (int)(end - entry->d_name), entry->d_name);
        snprintf(path, sizeof path, "tests/vectors/%s", entry->d_name);
        RtArrays expected = {0};
        RtError error = {0};
        ck_assert_msg(rt_tensors_read(path, &expected, &error), "%s", error.text);
        const char *graph = rt_tensors_pair(&expected, "graph"), *set = rt_tensors_pair(&expected, "set");
        char out[] = "/tmp/tailor-vectors-XXXXXX";
        int file = mkstemp(out);
        ck_assert(file >= 0);
        close(file);
        for (int interpreted = 0; interpreted < 2; interpreted++) {
            snprintf(command, sizeof command, "./tailor grad %s --set %s --feed tests/vectors/%s.feed.safetensors -o %s%s", graph, set, name, out,
                     interpreted ? " --interpret" : "");
            ck_assert_msg(system(command) == 0, "%s", command);
            compare(name, &expected, out, interpreted ? double_bound : float_bound);
        }
        unlink(out);
        rt_tensors_free(&expected);
        cases++;
    }
    closedir(folder);
    ck_assert_int_ge(cases, 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("vectors");
    TCase *tests = tcase_create("torch");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, torch_vectors);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
