/* test_files.c - files that come from outside, and files that cannot be written: safetensors, IDX and gzip, data sets,
 * full disks.
 *
 * Hostile files are made here, byte by byte; every one must give a message and nothing else. */
#include "fixture_mlp.c"

#include "support.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* ---- safetensors ---- */

static bool reads_tensors(const char *header, size_t n, uint64_t claimed, size_t data, RtError *error)
{
    RtArrays arrays;
    char *bytes = calloc(1, 8 + n + data);
    for (int i = 0; i < 8; i++) bytes[i] = (char)(claimed >> (8 * i));
    memcpy(bytes + 8, header, n);
    put("x.safetensors", bytes, 8 + n + data);
    free(bytes);
    *error = (RtError){0};
    if (!rt_tensors_read(in_folder("x.safetensors"), &arrays, error)) return false;
    for (int i = 0; i < arrays.n; i++) ck_assert_uint_eq((uintptr_t)arrays.arrays[i].data % 64, 0);
    rt_tensors_free(&arrays);
    return true;
}

typedef struct Hostile { const char *header; size_t data; const char *message; } Hostile;

START_TEST(hostile_tensors)
{
    static const Hostile rows[] = {
        {"{}", 0, NULL},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}  ", 4, NULL},
        {"{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[1,5]},\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_"
         "offsets\":[0,1]}}",
         5, NULL},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[0,9],\"data_offsets\":[0,0]}}", 0, NULL},
        {"[]", 0, "not an object"},
        {"{} x", 0, "more text"},
        {"{\"a\":1}", 0, "expected dtype"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "expected dtype"},
        {"{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8, "dtype C64, against F64, F32"},
        {"{\"a\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[0,6]}}", 6, NULL},
        {"{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,2]}}", 2, "has 2 bytes, against 4"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", 4, "not a whole number"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4, "not a whole number"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}}", 4, "9 dimensions"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}", 0, "overflows"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4, "against 8 for its shape"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", 4, "ascending"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 4, "ends at byte 8"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "begins at byte 4"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 5, "5 bytes of data"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],"
         "\"data_"
         "offsets\":[0,4]}}",
         4, "begins at byte 0"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],"
         "\"data_"
         "offsets\":[8,12]}}",
         12, "begins at byte 8"},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],"
         "\"data_"
         "offsets\":[4,8]}}",
         8, "twice"},
        {"{\"__metadata__\":{\"a\":1}}", 0, "not a string"},
        {"{\"__metadata__\":[]}", 0, "not an object"},
    };
    RtError error;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t n = strlen(rows[i].header);
        bool ok = reads_tensors(rows[i].header, n, n, rows[i].data, &error);
        ck_assert_msg(ok == !rows[i].message, "%s: %s", rows[i].header, error.text);
        if (!ok)
            ck_assert_msg(strstr(error.text, rows[i].message) && strstr(error.text, "x.safetensors"), "%s: %s",
                          rows[i].header, error.text);
    }
    const char *good = rows[1].header;
    ck_assert(!reads_tensors(good, strlen(good), strlen(good) + 5, 4, &error));
    ck_assert(!reads_tensors(good, strlen(good), UINT64_MAX, 4, &error));
    ck_assert(!reads_tensors(good, strlen(good), 0, 4, &error));
    for (size_t n = 0; n < strlen(good); n++) ck_assert(!reads_tensors(good, n, strlen(good), 0, &error));
}
END_TEST

START_TEST(tensors_round_trip)
{
    float a[6] = {1, -2.5f, 3e-40f, 1e38f, 0, 7};
    int64_t b[2] = {INT64_MIN, 5};
    uint8_t c[3] = {1, 2, 255};
    RtArray arrays[] = {{"x.weight", RT_F32, 2, {2, 3}, a},
                        {"n", RT_I64, 1, {2}, b},
                        {"bytes", RT_U8, 1, {3}, c},
                        {"one", RT_F32, 0, {0}, a}};
    RtPair pairs[] = {{"note", "a \"quoted\"\nline"}, {"seed", "1"}};
    RtError error = {0};
    RtArrays file;
    const char *path = in_folder("y.safetensors");
    ck_assert_msg(rt_tensors_write(path, 4, arrays, 2, pairs, &error), "%s", error.text);
    ck_assert_msg(rt_tensors_read(path, &file, &error), "%s", error.text);
    ck_assert_int_eq(file.n, 4);
    ck_assert_mem_eq(rt_tensors_find(&file, "x.weight")->data, a, sizeof a);
    ck_assert_mem_eq(rt_tensors_find(&file, "n")->data, b, sizeof b);
    ck_assert_mem_eq(rt_tensors_find(&file, "bytes")->data, c, sizeof c);
    ck_assert_str_eq(rt_tensors_pair(&file, "note"), pairs[0].value);
    ck_assert_ptr_null(rt_tensors_pair(&file, "none"));
    rt_tensors_free(&file);
    arrays[1].name = "x.weight";
    ck_assert(!rt_tensors_write(path, 4, arrays, 2, pairs, &error));
}
END_TEST

/* What fails leaves neither a part nor a temporary file, and the file that was there as it was. */
START_TEST(full_disk)
{
    static float big[1 << 18];
    RtArray array = {"big", RT_F32, 1, {1 << 18}, big};
    RtError error = {0};
    RtText text = {0};
    bool empty;
    struct rlimit limit = {100000, 100000};
    put("z.safetensors", "old", 3);
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert(!rt_tensors_write(in_folder("z.safetensors"), 1, &array, 0, NULL, &error));
    ck_assert_msg(strstr(error.text, "cannot write"), "%s", error.text);
    ck_assert(access(in_folder("z.safetensors.tmp"), F_OK) != 0);
    error = (RtError){0};
    ck_assert(rt_file_read(in_folder("z.safetensors"), 100, &text, &error) && strcmp(text.data, "old") == 0);
    rt_text_free(&text);
    ck_assert(!rt_file_write("/proc/nothing", "x", 1, &error) && !rt_folder_make("/proc/a/b", &error));
    error = (RtError){0};
    ck_assert_int_eq(mkfifo(in_folder("pipe"), 0666), 0);        /* nor does a file take the place of what is none */
    ck_assert(!rt_file_write(in_folder("pipe"), "x", 1, &error) && strstr(error.text, "pipe: not a file"));
    ck_assert(access(in_folder("pipe.tmp"), F_OK) != 0);
    error = (RtError){0};
    ck_assert(!rt_file_read(in_folder("z.safetensors"), 2, &text, &error) &&
              !rt_file_read("/dev/zero", 2, &text, &error));
    ck_assert(rt_folder_empty(in_folder("none"), &empty, &error) && empty && rt_folder_empty(folder, &empty, &error) &&
              !empty);
}
END_TEST

/* ---- IDX ---- */

static void gz_put(const char *name, const void *bytes, size_t n)
{
    gzFile file = gzopen(in_folder(name), "wb");
    ck_assert_int_eq(gzwrite(file, bytes, (unsigned)n), (int)n);
    gzclose(file);
}

static bool reads_idx(const char *name, RtError *error)
{
    RtContent images;
    *error = (RtError){0};
    if (!rt_idx_read(in_folder(name), false, 0, false, &images, error)) return false;
    rt_content_free(&images);
    return true;
}

/* Header of n images of h x w, then `bytes` bytes. */
static size_t idx_bytes(uint8_t *to, uint32_t n, uint32_t h, uint32_t w, size_t bytes)
{
    const uint32_t dims[3] = {n, h, w};
    memcpy(to, "\0\0\x08\x03", 4);
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 4; k++) to[4 + 4 * i + k] = (uint8_t)(dims[i] >> (24 - 8 * k));
    for (size_t i = 0; i < bytes; i++) to[16 + i] = (uint8_t)(i * 7);
    return 16 + bytes;
}

static bool message_has(const RtError *error, const char *text) { return strstr(error->text, text) != NULL; }

START_TEST(hostile_idx)
{
    static uint8_t bytes[40000], zipped[40000];
    RtError error;
    size_t n = idx_bytes(bytes, 3, 5, 4, 60);
    ck_assert(!reads_idx("a", &error) && message_has(&error, "neither"));
    put("a", bytes, n);
    ck_assert_msg(reads_idx("a", &error), "%s", error.text);
    gz_put("b.gz", bytes, n);
    ck_assert_msg(reads_idx("b", &error), "%s", error.text);
    for (int plain = 0; plain < 2; plain++) {                    /* cut, and too long */
        for (size_t cut = 0; cut < n; cut++) {
            unlink(in_folder("c")), unlink(in_folder("c.gz"));
            if (plain) put("c", bytes, cut);
            else gz_put("c.gz", bytes, cut);
            ck_assert(!reads_idx("c", &error) && error.text[0]);
        }
        unlink(in_folder("c")), unlink(in_folder("c.gz"));
        if (plain) put("c", bytes, n + 1);
        else gz_put("c.gz", bytes, n + 1);
        ck_assert(!reads_idx("c", &error) && error.text[0]);
    }
    unlink(in_folder("c")), unlink(in_folder("c.gz"));
    FILE *file = fopen(in_folder("b.gz"), "rb");
    size_t m = fread(zipped, 1, sizeof zipped, file);
    fclose(file);
    for (size_t cut = 0; cut < m; cut++) {                        /* gzip cut anywhere, its check included */
        put("d.gz", zipped, cut);
        ck_assert_msg(!reads_idx("d", &error) && error.text[0], "cut at %zu of %zu", cut, m);
    }
    int accepted = 0;
    for (size_t at = 0; at < m; at++) { /* a bit flipped: caught, but for date, system, unused bits */
        zipped[at] ^= 0x10;
        put("d.gz", zipped, m);
        accepted += reads_idx("d", &error);
        zipped[at] ^= 0x10;
    }
    ck_assert_msg(accepted <= 8, "%d", accepted);
    memcpy(zipped + m, "garbage", 7);
    put("d.gz", zipped, m + 7);
    ck_assert(!reads_idx("d", &error) && message_has(&error, "after the gzip data"));
    memset(zipped + m, 0, 1000);                                /* what tapes leave: zero bytes to the end of a block */
    put("d.gz", zipped, m + 1000);
    ck_assert_msg(reads_idx("d", &error), "%s", error.text);
    zipped[m + 999] = 1;
    put("d.gz", zipped, m + 1000);
    ck_assert(!reads_idx("d", &error) && message_has(&error, "after the gzip data"));
    for (int first = 1; first < 60; first += 29) {                /* members end to end, the last of them empty */
        static uint8_t members[1000];
        size_t size = 0;
        const size_t parts[4] = {0, (size_t)first, n, n};
        for (int part = 0; part < 3; part++) {
            gz_put("part", bytes + parts[part], parts[part + 1] - parts[part]);
            file = fopen(in_folder("part"), "rb");
            size += fread(members + size, 1, sizeof members - size, file);
            fclose(file);
        }
        put("d.gz", members, size);
        ck_assert_msg(reads_idx("d", &error), "%s", error.text);
        put("d.gz", members, size - 1);
        ck_assert(!reads_idx("d", &error) && message_has(&error, "end early"));
    }
    unlink(in_folder("d.gz"));
    gz_put("d", bytes, n);                                        /* what it holds counts, not its name */
    ck_assert_msg(reads_idx("d", &error), "%s", error.text);
    unlink(in_folder("d"));
    put("d.gz", bytes, n);
    ck_assert_msg(reads_idx("d", &error), "%s", error.text);
    mkdir(in_folder("d"), 0777);                                  /* a folder of that name beside the file */
    ck_assert_msg(reads_idx("d", &error), "%s", error.text);
    unlink(in_folder("d.gz")), rmdir(in_folder("d"));
    ck_assert_int_eq(symlink("d", in_folder("d")), 0);
    ck_assert(!reads_idx("d", &error) && message_has(&error, "cannot open: "));
    bytes[3] = 1;
    put("e", bytes, n);
    ck_assert(!reads_idx("e", &error) && message_has(&error, "begins with 00 00 08 01, against"));
    n = idx_bytes(bytes, 0xffffffff, 0xffffffff, 0xffffffff, 60);
    put("f", bytes, n), gz_put("g.gz", bytes, n);
    ck_assert(!reads_idx("f", &error) && message_has(&error, "overflows"));
    n = idx_bytes(bytes, 1000000, 28, 28, 60);                    /* a small file that asks for a gigabyte */
    put("f", bytes, n), gz_put("g.gz", bytes, n);
    ck_assert(!reads_idx("f", &error) && message_has(&error, "784000000"));
    ck_assert(!reads_idx("g", &error) && message_has(&error, "784000000"));
    n = idx_bytes(bytes, 0, 28, 28, 0);
    put("f", bytes, n);
    ck_assert(!reads_idx("f", &error) && message_has(&error, "is 0"));
    n = idx_bytes(bytes, 3, 5, 4, 60);
    for (uint32_t type = 0; type < 256; type++) {   /* floats and wide numbers are other lengths, all else is no type */
        bytes[2] = (uint8_t)type;
        put("f", bytes, n);
        ck_assert(reads_idx("f", &error) == (type == 8));
        ck_assert(type == 8 || message_has(&error, type == 11 || type == 12 || type == 13 || type == 14
                                                       ? "60 bytes after the header, against"
                                                   : type == 9 ? "image "
                                                               : "begins with"));
    }
    mkdir(in_folder("h"), 0777);
    ck_assert(!reads_idx("h", &error) && message_has(&error, "not a file"));
}
END_TEST

/* ---- data sets ---- */

static void put_set(uint32_t images, uint32_t labels, uint32_t side, int label)
{
    static uint8_t bytes[200 * 1024];
    for (int test = 0; test < 2; test++) {
        size_t n = idx_bytes(bytes, images, side, side, (size_t)images * side * side);
        put(rt_set_files[2 * test], bytes, n);
        idx_bytes(bytes, labels, 0, 0, 0);
        bytes[3] = 1;
        for (uint32_t i = 0; i < labels; i++) bytes[8 + i] = (uint8_t)(i % 10);
        bytes[8 + labels / 2] = (uint8_t)label;
        put(rt_set_files[2 * test + 1], bytes, 8 + labels);
    }
}

static bool opens(const char *name, RtError *error)
{
    RtData data;
    *error = (RtError){0};
    bool ok = rt_data_open(&data, name, &fixture_mlp, 1, error);
    if (ok) {
        ok = rt_data_test(&data, name, &fixture_mlp, error);
        rt_data_close(&data);
    }
    return ok;
}

START_TEST(data_sets_are_checked)
{
    RtError error;
    put_set(100, 100, 28, 3);
    ck_assert_msg(opens(folder, &error), "%s", error.text);
    put_set(100, 99, 28, 3);
    ck_assert(!opens(folder, &error) && message_has(&error, "99 labels, against 100 images"));
    put_set(100, 100, 28, 10);
    ck_assert(!opens(folder, &error) && message_has(&error, "label 10 of image 50, against labels 0 to 9"));
    put_set(100, 100, 27, 3);
    ck_assert(!opens(folder, &error) && message_has(&error, "27 x 27 x 1, against 28 x 28 x 1"));
    put_set(65, 65, 28, 3);
    ck_assert(!opens(folder, &error) && message_has(&error, "60 training images, against a batch of 64"));
    ck_assert(!opens("./nothing", &error) && !opens("nothing", &error) && message_has(&error, "TAILOR_DATA") &&
              !opens("", &error));
    char command[256];
    snprintf(command, sizeof command, "mkdir %s/mnist && mv %s/*ubyte %s/mnist", folder, folder, folder);
    put_set(100, 100, 28, 3);
    ck_assert_int_eq(system(command), 0);
    setenv("TAILOR_DATA", folder, 1);
    ck_assert(!opens("mnist", &error) &&
              message_has(&error, "against ba891046e650")); /* by name: the content of that name */
    ck_assert_msg(opens(in_folder("mnist"), &error), "%s", error.text);                   /* by path: any */
    ck_assert_msg(opens("digits", &error), "%s", error.text);                             /* its pinned hashes hold */
    for (int i = 0; i < 4; i++) {
        char path[300];
        snprintf(path, sizeof path, "%s/mnist/%s", folder, rt_set_files[i]);
        unlink(path);
        ck_assert(!opens(in_folder("mnist"), &error) && message_has(&error, "neither"));
        put_set(100, 100, 28, 3);
        ck_assert_int_eq(system(command + strlen(command) - strlen(strstr(command, "mv "))), 0);
    }
}
END_TEST

/* ---- batches ---- */

START_TEST(batches_cover_the_set)
{
    enum { N = 1000, B = 64 };
    static uint8_t pixels[N * 784];
    static uint16_t labels[N];
    static int64_t samples[N], seen[N];
    RtError error = {0};
    for (int i = 0; i < N; i++)
        samples[i] = N - 1 - i, labels[i] = (uint16_t)(i % 10), memset(pixels + i * 784, i % 256, 784);
    const RtImages images = {.n = N, .height = 28, .width = 28, .channels = 1, .pixels = pixels, .labels = labels};
    RtLoaderPlan plan = {.model = &fixture_mlp, .images = &images, .samples = samples, .n = N};
    RtLoader *loader = rt_loader_open(&plan, &error);
    int64_t total = 0;
    for (const RtBatch *b; (b = rt_loader_next(loader)); total += b->n) /* each image once, the last batch smaller */
        for (int i = 0; i < b->n; i++) {
            ck_assert_int_eq(b->sample[i], N - 1 - total - i);
            ck_assert_float_eq(((const float *)b->field[0])[i * 784 + 783], (float)(b->sample[i] % 256) / 255.0f);
            ck_assert_int_eq(((const int32_t *)b->field[1])[i], b->sample[i] % 10);
        }
    ck_assert_int_eq(total, N);
    rt_loader_close(loader);
    plan.shuffle = true, plan.seed = 9, plan.last = 3 * (N / B);
    loader = rt_loader_open(&plan, &error);
    static int64_t first[3 * (N / B)];
    int64_t step = 0;
    for (const RtBatch *b; (b = rt_loader_next(loader)); step++) {
        ck_assert_int_eq(b->n, B);
        first[step] = b->sample[0];
        for (int i = 0; i < B; i++) seen[b->sample[i]]++;
        if ((step + 1) % (N / B)) continue;
        int64_t used = 0;
        for (int i = 0; i < N; i++) ck_assert(seen[i] <= 1), used += seen[i], seen[i] = 0;
        ck_assert_int_eq(used, N / B * B);
    }
    ck_assert_int_eq(step, plan.last);
    ck_assert(first[0] != first[N / B]);
    rt_loader_close(loader);
    plan.first = N / B + 4;                                                      /* a resumed run begins anywhere */
    loader = rt_loader_open(&plan, &error);
    for (step = plan.first; step < plan.last - 2; step++)
        ck_assert_int_eq(rt_loader_next(loader)->sample[0], first[step]);
    rt_loader_close(loader);                                                     /* and may be left early */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("files");
    TCase *tests = tcase_create("files");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_test(tests, hostile_tensors);
    tcase_add_test(tests, tensors_round_trip);
    tcase_add_test(tests, full_disk);
    tcase_add_test(tests, hostile_idx);
    tcase_add_test(tests, data_sets_are_checked);
    tcase_add_test(tests, batches_cover_the_set);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
