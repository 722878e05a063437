/* support.h - what several test programs need: random numbers, a folder of its own for a test, files in it, a small
 * data set, assertions that are quick, and the end of main. Functions are static and may go unused. */
#ifndef SUPPORT_H
#define SUPPORT_H
#include "random.h"
#include "rt.h"

#include <check.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* As in check.h, but an assertion that holds says nothing. There it tells the parent where it is, which takes most of
 * the time where millions hold. */
#undef ck_assert_msg
#define ck_assert_msg(expr, ...) \
    ((expr) ? (void)0 : _ck_assert_failed(__FILE__, __LINE__, "Assertion '" #expr "' failed", ##__VA_ARGS__))

#define SUPPORT __attribute__((unused)) static

SUPPORT char folder[64];                /* of the test that runs */
SUPPORT char project[200];              /* where the program was started; set by enter_folder */

SUPPORT void make_folder(void)
{
    strcpy(folder, "/tmp/tailor_test_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

SUPPORT void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

SUPPORT void enter_folder(void)
{
    ck_assert_ptr_nonnull(getcwd(project, sizeof project));
    make_folder();
    ck_assert_int_eq(chdir(folder), 0);
}

SUPPORT void leave_folder(void)
{
    ck_assert_int_eq(chdir(project), 0);
    remove_folder();
}

/* folder/name; good until the fourth call after this one. */
SUPPORT const char *in_folder(const char *name)
{
    static char path[4][256];
    static int turn;
    char *to = path[turn++ % 4];
    snprintf(to, sizeof path[0], "%s/%s", folder, name);
    return to;
}

/* The file folder/name with these bytes. */
SUPPORT void put(const char *name, const void *bytes, size_t n)
{
    FILE *file = fopen(in_folder(name), "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, n, file), n);
    fclose(file);
}

/* The data set `name` below the folder that the test is in: the first digits as IDX files; $TAILOR_DATA points
 * there. */
SUPPORT void put_digits(const char *name, int train, int test)
{
    RtError error = {0};
    ck_assert(rt_folder_make(name, &error));
    for (int part = 0; part < 2; part++) {
        const int n = part ? test : train;
        RtImages images;
        RtText pixels = {0}, labels = {0};
        char path[200];
        /* without threads: a child of a process that has some cannot have its own */
        const int threads = omp_get_max_threads();
        omp_set_num_threads(1);
        ck_assert(rt_digits(part, &images, &error));
        omp_set_num_threads(threads);
        const char size[4] = {0, 0, (char)(n >> 8), (char)(n & 255)};
        rt_text_bytes(&pixels, "\0\0\x08\x03", 4), rt_text_bytes(&pixels, size, 4),
            rt_text_bytes(&pixels, "\0\0\0\x1c\0\0\0\x1c", 8);
        rt_text_bytes(&pixels, (const char *)images.pixels, (size_t)n * 784);
        rt_text_bytes(&labels, "\0\0\x08\x01", 4), rt_text_bytes(&labels, size, 4);
        for (int i = 0; i < n; i++) rt_text_bytes(&labels, (const char[]){(char)images.labels[i]}, 1);
        snprintf(path, sizeof path, "%s/%s", name, rt_set_files[2 * part]);
        ck_assert(rt_file_write(path, pixels.data, pixels.length, &error));
        snprintf(path, sizeof path, "%s/%s", name, rt_set_files[2 * part + 1]);
        ck_assert(rt_file_write(path, labels.data, labels.length, &error));
        rt_text_free(&pixels), rt_text_free(&labels);
        free(images.pixels), free(images.labels);
    }
    setenv("TAILOR_DATA", folder, 1);
}

/* Runs the suite; the exit code of the program. */
SUPPORT int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

#endif
