/* test_save.c - a run as the bytes of a safetensors file: written, read back, read from files of others, and from bytes
 * that are damaged at random, which are refused or read, and change nothing where they are refused. */
#include "fuzz/save.h"

#include "support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 1 << 14 };

static size_t bytes_of(Run *run, char *bytes)
{
    const RtSaved s = saved(run);
    const size_t n = rt_save_write(&s, &run->at, bytes, MOST);
    ck_assert_uint_le(n, MOST);
    return n;
}

/* A file with such a header and so many bytes of data, all of them 0. */
static size_t file_of(char *bytes, const char *header, size_t data)
{
    const size_t n = strlen(header);
    memset(bytes, 0, MOST);
    bytes[0] = (char)(n & 255), bytes[1] = (char)(n >> 8);
    memcpy(bytes + 8, header, n);
    return 8 + n + data;
}

START_TEST(there_and_back)
{
    static char bytes[MOST];
    Run run = sample(), other = {0};
    const size_t n = bytes_of(&run, bytes);
    ck_assert_int_eq(read_into(&other, bytes, n), RT_LOADED);
    ck_assert_mem_eq(&run, &other, sizeof run);
    const RtSaved s = saved(&run);
    ck_assert_uint_eq(rt_save_write(&s, &run.at, NULL, 0), n);
    memset(bytes, 77, sizeof bytes);
    ck_assert_uint_eq(rt_save_write(&s, &run.at, bytes, n - 1), n);
    ck_assert_int_eq(bytes[0], 77);
    for (size_t cut = 0; cut < bytes_of(&run, bytes); cut++)
        ck_assert_int_eq(read_into(&other, bytes, cut), RT_LOADED_BAD_FILE);
}
END_TEST

/* Every schedule that a step takes is read back as one that it takes alike. */
START_TEST(any_schedule)
{
    static char bytes[MOST];
    static const int64_t steps[][2] = {{INT64_MAX, INT64_MAX}, {1, 1}, {0, 1}, {-3, 1}, {INT64_MIN, 1}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        Run run = sample(), other = {0};
        run.at.steps = steps[i][0], run.at.steps_per_epoch = i ? -(int64_t)i : 9;
        ck_assert_int_eq(read_into(&other, bytes, bytes_of(&run, bytes)), RT_LOADED);
        ck_assert_int_eq(other.at.steps, steps[i][1]);
        ck_assert_int_eq(other.at.steps_per_epoch, i ? INT64_MAX : 9);
    }
}
END_TEST

/* Moments whose step is not there would be of no step: the file counts as weights alone. */
START_TEST(moments_without_a_step)
{
    static char bytes[MOST];
    Run run = sample(), other = {.at = {.step = 3, .steps = 5, .seed = 1}};
    const size_t n = bytes_of(&run, bytes);
    memcpy(strstr(bytes + 8, "\"step\""), "\"stop\"", 6);
    ck_assert_int_eq(read_into(&other, bytes, n), RT_LOADED);
    ck_assert_mem_eq(other.values, run.values, sizeof run.values);
    ck_assert_mem_eq(other.moments[2], run.moments[2], sizeof *run.moments);           /* the averages are weights */
    ck_assert(other.moments[0][3] == 0 && other.moments[1][3] == 0 && other.at.step == 3 && other.at.seed == 1);
}
END_TEST

#define WEIGHTS "\"gain\":" WEIGHTS_BEHIND_GAIN
#define WEIGHTS_BEHIND_GAIN "{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[24,28]}," \
                "\"conv.weight\": {\"shape\" : [2 ,3], \"data_offsets\":[0,24],\"dtype\":\"F32\"}," \
                "\"bn.mean\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[28,36]}"
#define GAIN "\"gain\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[24,28]}"

/* Files of others: tensors in any order, more of them, escapes, blanks, metadata that is of no run. */
START_TEST(weights_alone)
{
    static char bytes[MOST];
    static const char *const headers[] = {
        "{" WEIGHTS "}",
        " {\n\t" WEIGHTS " } \r\n ",
        "{\"__metadata__\":{\"step\":\"x\",\"format\":\"pt\"}," WEIGHTS "}",
        "{\"__metadata__\":{}," WEIGHTS ",\"e\\u00e9\":{\"dtype\":\"I64\",\"shape\":[0,9],\"data_offsets\":[36,36]}}",
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        Run run = sample(), before = run;
        const size_t n = file_of(bytes, headers[i], 36);
        ck_assert_int_eq(read_into(&run, bytes, n), RT_LOADED);
        ck_assert(run.values[3] == 0 && run.state[1] == 0);
        ck_assert_mem_eq(&run.at, &before.at, sizeof run.at);
        ck_assert_mem_eq(run.moments, before.moments, 2 * sizeof *run.moments);
        ck_assert_mem_eq(run.moments[2], run.values, sizeof run.values);    /* the averages become the weights */
    }
    Run run = sample();
    const size_t n = file_of(bytes, "{\"g\\u0061in\":" WEIGHTS_BEHIND_GAIN "}", 36);
    ck_assert_int_eq(read_into(&run, bytes, n), RT_LOADED);
}
END_TEST

START_TEST(refused)
{
    static char bytes[MOST];
    static const struct { RtLoaded status; const char *header; } cases[] = {
        {RT_LOADED_OTHER_MODEL, "{" GAIN ",\"a\":{\"dtype\":\"U8\",\"shape\":[24],\"data_offsets\":[0,24]},"
                                "\"b\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[28,36]}}"},
        {RT_LOADED_BAD_FILE, "{" WEIGHTS ",}"},
        {RT_LOADED_BAD_FILE, "{" WEIGHTS "} x"},
        {RT_LOADED_BAD_FILE, "{" WEIGHTS "," GAIN "}"},
        {RT_LOADED_BAD_FILE, "{}"},
        {RT_LOADED_BAD_FILE, "[]"},
        {RT_LOADED_BAD_FILE, "{\"a\":{\"dtype\":\"U8\",\"shape\":[36],\"data_offsets\":[36,0]}}"},
        {RT_LOADED_BAD_FILE, "{\"a\":{\"dtype\":\"U8\",\"shape\":[36],\"data_offsets\":[0,37]}}"},
        {RT_LOADED_BAD_FILE, "{\"a\":{\"dtype\":\"U9\",\"shape\":[36],\"data_offsets\":[0,36]}}"},
        {RT_LOADED_BAD_FILE, "{\"a\":{\"dtype\":\"U8\",\"shape\":[36],\"data_offsets\":[00,36]}}"},
        {RT_LOADED_BAD_FILE, "{\"a\":{\"dtype\":\"U8\",\"shape\":[35],\"data_offsets\":[0,36]}}"},
        {RT_LOADED_BAD_FILE, "{\"a\":{\"dtype\":\"U8\",\"shape\":[36],\"shape\":[36],\"data_offsets\":[0,36]}}"},
        {RT_LOADED_BAD_FILE, "{\"a\":{\"dtype\":\"U8\",\"shape\":[36]}}"},
        {RT_LOADED_BAD_FILE,
         "{\"a\":{\"dtype\":\"F64\",\"shape\":[4294967296,4294967296,4294967296],\"data_offsets\":[0,36]}}"},
        {RT_LOADED_BAD_FILE, "{\"a\":{\"dtype\":\"U8\",\"shape\":[18446744073709551652],\"data_offsets\":[0,36]}}"},
        {RT_LOADED_BAD_FILE, "{\"a\":{\"dtype\":\"U8\",\"shape\":[18],\"data_offsets\":[0,18]},"
                             "\"b\":{\"dtype\":\"U8\",\"shape\":[18],\"data_offsets\":[0,18]}}"}, /* nobody's */
        {RT_LOADED_BAD_FILE, "{\"a\":{\"dtype\":\"U8\",\"shape\":[20],\"data_offsets\":[0,20]},"
                             "\"b\":{\"dtype\":\"U8\",\"shape\":[18],\"data_offsets\":[18,36]}}"}, /* of two */
        {RT_LOADED_OTHER_MODEL, "{\"a\\\"\\\\\":{\"dtype\":\"U8\",\"shape\":[36],\"data_offsets\":[0,36]}}"},
        {RT_LOADED_BAD_FILE, "{\"a\\x\":{\"dtype\":\"U8\",\"shape\":[36],\"data_offsets\":[0,36]}}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Run run = sample(), before = run;
        const size_t n = file_of(bytes, cases[i].header, 36);
        ck_assert_msg(read_into(&run, bytes, n) == cases[i].status, "%s", cases[i].header);
        ck_assert_mem_eq(&run, &before, sizeof run);
    }
    Run run = sample();
    run.at.skipped = run.at.step + 1;
    size_t n = bytes_of(&run, bytes);
    ck_assert_int_eq(read_into(&run, bytes, n), RT_LOADED_BAD_FILE);
    run.at = (RtPosition){.step = 1, .steps = 4, .steps_per_epoch = 2};
    n = bytes_of(&run, bytes);
    strstr(bytes + 8, "\"steps\":\"4\"")[9] = '0';
    ck_assert_int_eq(read_into(&run, bytes, n), RT_LOADED_BAD_FILE);
    run = sample(), run.moments[1][3] = __builtin_nanf("");
    n = bytes_of(&run, bytes);
    ck_assert_int_eq(read_into(&run, bytes, n), RT_LOADED_NOT_FINITE);
}
END_TEST

/* CASES of them; a copy of exactly the file's size, so that sanitizers see what reads behind it. */
START_TEST(damaged)
{
    static char good[MOST];
    const char *wanted = getenv("CASES");
    uint64_t state = 1;
    int read = 0;
    for (int i = wanted ? atoi(wanted) : 20000; i > 0; i--) {
        Run run = sample(), before = run;
        size_t n = bytes_of(&run, good);
        const size_t header = 8 + ((unsigned char)good[0] | (size_t)(unsigned char)good[1] << 8);
        for (int k = (int)random_below(&state, 3); k >= 0; k--) {
            const size_t at = (size_t)random_below(&state, (int64_t)header);
            const size_t from = (size_t)random_below(&state, (int64_t)header);
            switch (random_below(&state, 4)) {
            case 0: good[at] = (char)random_below(&state, 256); break;
            case 1: good[at] = good[from]; break;
            case 2: good[at] = "0123456789{}[],:\"\\"[random_below(&state, 18)]; break;
            default: n = (size_t)random_below(&state, (int64_t)n + 1);
            }
        }
        char *file = malloc(n + 1);
        memcpy(file, good, n);
        const RtLoaded status = read_into(&run, file, n);
        free(file);
        read += status == RT_LOADED;
        if (status != RT_LOADED) ck_assert_mem_eq(&run, &before, sizeof run);
    }
    ck_assert_int_gt(read, 0);
}
END_TEST

/* What a fuzzer led by coverage found: tests/fuzz/save.c. */
START_TEST(found)
{
    static char bytes[MOST];
    DIR *folder = opendir("tests/fuzz/saves");
    int n = 0, read = 0;
    ck_assert_msg(folder != NULL, "tests/fuzz/saves is not there");
    for (const struct dirent *entry; (entry = readdir(folder));) {
        char path[300];
        snprintf(path, sizeof path, "tests/fuzz/saves/%s", entry->d_name);
        FILE *file = *entry->d_name == '.' ? NULL : fopen(path, "rb");
        if (!file) continue;
        const size_t size = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        char *copy = malloc(size + 1);
        memcpy(copy, bytes, size);
        ck_assert_msg(save_read_safely(copy, size), "%s", path);
        Run run = sample();
        read += read_into(&run, copy, size) == RT_LOADED;
        free(copy);
        n++;
    }
    closedir(folder);
    ck_assert_int_ge(n, 50);
    ck_assert_int_gt(read, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("save");
    TCase *tests = tcase_create("save");
    tcase_add_test(tests, there_and_back);
    tcase_add_test(tests, any_schedule);
    tcase_add_test(tests, moments_without_a_step);
    tcase_add_test(tests, weights_alone);
    tcase_add_test(tests, refused);
    tcase_add_test(tests, damaged);
    tcase_add_test(tests, found);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
