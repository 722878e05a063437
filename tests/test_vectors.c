/* test_vectors.c - whole models against PyTorch: `tailor grad` on the feeds of tests/vectors, in double by the
 * interpreter and in float by the emitted code, compared with the values that tests/vectors/make_vectors.py wrote. */
#include "tailor.h"    /* before check.h, which has a macro named fail */

#include "support.h"

#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* largest difference over largest value, for each tensor */
static const double double_bound = 1e-10, float_bound = 2e-5;

enum { MAX_CASES = 200, least_cases = 30 };
static char *cases[MAX_CASES];      /* in the order of their names */
static int n_cases;

static double element(const RtArray *a, int64_t i)
{
    return a->type == RT_F64   ? ((const double *)a->data)[i]
           : a->type == RT_F32 ? ((const float *)a->data)[i]
                               : ((const int32_t *)a->data)[i];
}

/* The largest relative error of all tensors; *where is the tensor's name. */
static double largest_error(const char *name, const RtArrays *feed, const RtArrays *expected, const char *path,
                            const char **where)
{
    RtArrays got = {0};
    RtError error = {0};
    double worst = -1;
    ck_assert_msg(rt_tensors_read(path, &got, &error), "%s", error.text);
    ck_assert_int_gt(expected->n, 5);
    for (int i = 0; i < expected->n; i++) {
        const RtArray *e = &expected->arrays[i], *g = rt_tensors_find(&got, e->name);
        ck_assert_msg(g != NULL, "%s: %s has no %s", name, path, e->name);
        ck_assert_msg(e->rank == g->rank, "%s: %s has rank %d, not %d", name, e->name, g->rank, e->rank);
        for (int d = 0; d < e->rank; d++)
            ck_assert_msg(e->dims[d] == g->dims[d], "%s: axis %d of %s has %d elements, not %d", name, d, e->name,
                          (int)g->dims[d], (int)e->dims[d]);
        double largest = 0, difference = 0;
        for (int64_t k = 0; k < rt_array_count(e); k++) {
            double off = fabs(element(e, k) - element(g, k));
            largest = fmax(largest, fabs(element(e, k)));
            if (!(off <= difference)) difference = isnan(off) ? INFINITY : off;      /* fmax would pass over a NaN */
        }
        ck_assert_msg(largest > 0, "%s: %s is all zero, which tests nothing", name, e->name);
        if (difference / largest > worst) worst = difference / largest, *where = e->name;
        if (getenv("VECTORS_VERBOSE")) printf("    %-18s %-44s %.2g of %.2g\n", name, e->name, difference, largest);
    }
    for (int i = 0; i < got.n; i++) {      /* nothing that comes out is unknown to the reference */
        const char *known = got.arrays[i].name;
        ck_assert_msg(rt_tensors_find(expected, known) || rt_tensors_find(feed, known),
                      "%s: nothing to compare %s with", name, known);
    }
    rt_tensors_free(&got);
    return worst;
}

START_TEST(torch_vectors)
{
    const char *name = cases[_i];
    char path[256], given[256], command[2048], settings[512] = "";
    snprintf(path, sizeof path, "tests/vectors/%s.expect.safetensors", name);
    snprintf(given, sizeof given, "tests/vectors/%s.feed.safetensors", name);
    RtArrays feed = {0}, expected = {0};
    RtError error = {0};
    ck_assert_msg(rt_tensors_read(path, &expected, &error) && rt_tensors_read(given, &feed, &error), "%s", error.text);
    const char *graph = rt_tensors_pair(&expected, "graph"), *set = rt_tensors_pair(&expected, "set");
    const char *bound = rt_tensors_pair(&expected, "float_bound");      /* NULL: the usual one */
    ck_assert(graph != NULL && set != NULL);
    for (const char *word = set; *(word += strspn(word, " ")); word += strcspn(word, " "))
        snprintf(settings + strlen(settings), sizeof settings - strlen(settings), " --set %.*s",
                 (int)strcspn(word, " "), word);
    char out[] = "/tmp/tailor-vectors-XXXXXX";
    int file = mkstemp(out);
    ck_assert(file >= 0);
    close(file);
    double worst[2], bounds[2] = {double_bound, bound ? atof(bound) : float_bound};
    const char *where[2] = {"", ""};
    for (int emitted = 0; emitted < 2; emitted++) {
        snprintf(command, sizeof command, "./tailor grad %s%s --feed %s -o %s%s", graph, settings, given, out,
                 emitted ? "" : " --interpret");
        ck_assert_msg(system(command) == 0, "%s", command);
        worst[emitted] = largest_error(name, &feed, &expected, out, &where[emitted]);
    }
    unlink(out);
    printf("%-18s %3d tensors   double %.1e %-28s float %.1e %s\n", name, expected.n, worst[0], where[0], worst[1],
           where[1]);
    fflush(stdout);
    for (int k = 0; k < 2; k++)
        ck_assert_msg(worst[k] <= bounds[k], "%s: in %s %s is off by %.3g of its largest value, against %.3g", name,
                      k ? "float" : "double", where[k], worst[k], bounds[k]);
    rt_tensors_free(&feed);
    rt_tensors_free(&expected);
}
END_TEST

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void find_cases(void)
{
    DIR *folder = opendir("tests/vectors");
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        const char *end = strstr(entry->d_name, ".expect.safetensors");
        if (end && n_cases < MAX_CASES) cases[n_cases++] = strndup(entry->d_name, (size_t)(end - entry->d_name));
    }
    if (folder) closedir(folder);
    qsort(cases, (size_t)n_cases, sizeof *cases, by_name);
}

int main(void)
{
    Suite *suite = suite_create("vectors");
    TCase *tests = tcase_create("torch");
    tcase_set_timeout(tests, 300);
    char cc[4200] = "sh ";
    if (getcwd(cc + 3, 4096)) setenv("CC", strcat(cc, "/tests/quick_cc.sh"), 0);
    setenv("KMP_BLOCKTIME", "0", 0);
    find_cases();
    if (n_cases < least_cases) fprintf(stderr, "tests/vectors has %d cases, not %d\n", n_cases, least_cases);
    tcase_add_loop_test(tests, torch_vectors, 0, n_cases);
    suite_add_tcase(suite, tests);
    return run_suite(suite) || n_cases < least_cases;
}
