/* test_formats.c - data sets as .npy and CIFAR-10 files: what they hold reaches the batches, and hostile ones are refused.
 *
 * Files are made here, byte by byte; a model of the images' shape is the fixture with another table of inputs. */
#include "fixture_mlp.c"

#include "support.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SIDE = 32, PLANE = SIDE * SIDE, RECORD = 1 + 3 * PLANE };

static bool message_has(const RtError *error, const char *text) { return strstr(error->text, text) != NULL; }

/* ---- .npy ---- */

/* A file of `version` with this header, then the bytes. */
static size_t npy(uint8_t *to, int version, const char *header, const void *bytes, size_t n)
{
    const size_t length = strlen(header), width = version == 1 ? 2 : 4;
    memcpy(to, "\x93NUMPY", 6);
    to[6] = (uint8_t)version, to[7] = 0;
    for (size_t i = 0; i < width; i++) to[8 + i] = (uint8_t)(length >> (8 * i));
    memcpy(to + 8 + width, header, length);
    if (n) memcpy(to + 8 + width + length, bytes, n);
    return 8 + width + length + n;
}

static uint8_t file[1 << 20], content[1 << 20];

static void put_npy(const char *name, int version, const char *header, size_t n)
{
    size_t bytes = npy(file, version, header, content, n);
    put(name, file, bytes);
}

static bool reads(const char *name, bool labels, RtIdx *idx, RtError *error)
{
    *error = (RtError){0};
    return rt_npy_read(in_folder(name), labels ? 1 : 3, labels ? 1 : 4, false, idx, error);
}

START_TEST(npy_images)
{
    static const char *const headers[] = {"{'descr': '|u1', 'fortran_order': False, 'shape': (5, 4, 3), }         \n",
                                          "{\"shape\":(5,4,3,),\"fortran_order\":False,\"descr\":\"|u1\"}",
                                          "{ 'descr' : '|u1' , 'fortran_order':False,'shape':( 5 , 4 , 1 , 3 ) }\n"};
    RtIdx idx;
    RtError error;
    char hash[65];
    for (int i = 0; i < 60; i++) content[i] = (uint8_t)(i * 37);
    for (int version = 1; version <= 3; version++)
        for (int h = 0; h < 3; h++) {
            put_npy("a.npy", version, headers[h], 60);
            ck_assert_msg(reads("a.npy", false, &idx, &error), "%s", error.text);
            ck_assert_int_eq(idx.rank, h == 2 ? 4 : 3);
            ck_assert(idx.dims[0] == 5 && idx.dims[1] == 4 && idx.dims[idx.rank - 1] == 3);
            ck_assert_mem_eq(idx.bytes, content, 60);
            rt_sha256(file, npy(file, version, headers[h], content, 60), hash);   /* of the whole file */
            ck_assert_str_eq(idx.sha256, hash);
            rt_idx_free(&idx);
        }
}
END_TEST

START_TEST(npy_labels)
{
    static const struct { const char *descr; size_t bytes; } types[] = {{"|u1", 1}, {"<i4", 4}, {"<i8", 8}};
    RtIdx idx;
    RtError error;
    char header[200];
    enum { N = 5000 };                                   /* more than are read at once */
    for (int t = 0; t < 3; t++) {
        const size_t width = types[t].bytes;
        memset(content, 0, N * width);
        for (size_t i = 0; i < N; i++) content[i * width] = (uint8_t)(i % 251);
        snprintf(header, sizeof header, "{'descr': '%s', 'fortran_order': False, 'shape': (%d,), }\n", types[t].descr, N);
        put_npy("l.npy", 1, header, N * width);
        ck_assert_msg(reads("l.npy", true, &idx, &error), "%s", error.text);
        for (int i = 0; i < N; i++) ck_assert_int_eq(idx.bytes[i], i % 251);
        rt_idx_free(&idx);
        if (width == 1) continue;
        content[4321 * width] = 0, content[4321 * width + 1] = 1;
        put_npy("l.npy", 1, header, N * width);
        ck_assert(!reads("l.npy", true, &idx, &error) && message_has(&error, "label 256 of image 4321, against labels 0 to 255"));
        memset(content + 4321 * width, 255, width);
        put_npy("l.npy", 1, header, N * width);
        ck_assert(!reads("l.npy", true, &idx, &error) && message_has(&error, "label -1 of image 4321"));
        ck_assert(!reads("l.npy", false, &idx, &error) && message_has(&error, "'|u1' of images"));
    }
}
END_TEST

START_TEST(hostile_npy)
{
    static const struct { const char *header, *message; } rows[] = {
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (5, 4, 3), }", "type '<f4', against '|u1'"},
        {"{'descr': '>i4', 'fortran_order': False, 'shape': (5, 4, 3), }", "type '>i4', against '|u1'"},
        {"{'descr': [('a', '|u1')], 'fortran_order': False, 'shape': (5, 4, 3), }", "wrong at byte 10"},
        {"{'descr': '|u1', 'fortran_order': True, 'shape': (5, 4, 3), }", "Fortran order, against C order"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (5, 12), }", "has 2 dimensions, against 3 or 4"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (5, 4, 1, 1, 3), }", "has 5 dimensions, against 3 or 4"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (), }", "has 0 dimensions"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (0, 4, 3), }", "dimension 1 is 0, against at least 1"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (5, 4, 4), }", "60 bytes after the header, against 80"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (5, 4, 2), }", "60 bytes after the header, against 40"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (4294967296, 4294967296, 4294967296), }", "overflows"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (9223372036854775807, 1, 1), }", "overflows"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999, 1, 1), }", "overflows"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (18446744073709551676, 1, 1), }", "overflows"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (1000000000, 1000, 1000), }", "against 1000000000000000"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (5, -4, 3), }", "wrong at byte 54"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (5 4 3), }", "wrong at"},
        {"{'descr': '|u1', 'fortran_order': 0, 'shape': (5, 4, 3), }", "wrong at"},
        {"{'descr': '|u1', 'shape': (5, 4, 3), }", "wrong at"},
        {"{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (5, 4, 3), }", "wrong at"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (5, 4, 3), 'more': 1}", "wrong at"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (5, 4, 3)} x", "wrong at"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (5, 4, 3)", "wrong at"},
        {"{'descr': '|u1", "wrong at"},
        {"{'descr': 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'fortran_order': False, 'shape': (5, 4, 3)}", "wrong at"},
        {"{'descr': '|\033[31m', 'fortran_order': False, 'shape': (5, 4, 3)}", "wrong at"},
        {"", "wrong at byte 0"},
        {"((((((((((((((((((((((((((", "wrong at byte 0"},
    };
    const char *good = "{'descr': '|u1', 'fortran_order': False, 'shape': (5, 4, 3), }\n";
    RtIdx idx;
    RtError error;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put_npy("a.npy", 1, rows[i].header, 60);
        const bool ok = reads("a.npy", false, &idx, &error);
        ck_assert_msg(!ok && message_has(&error, rows[i].message) && message_has(&error, "a.npy: "), "%s: %s", rows[i].header,
                      ok ? "accepted" : error.text);
        ck_assert_ptr_null(idx.bytes);
    }
    for (int version = 1; version < 3; version++) {          /* cut anywhere, and too long */
        const size_t n = npy(file, version, good, content, 60);
        for (size_t cut = 0; cut < n; cut++) {
            put("c.npy", file, cut);
            ck_assert_msg(!reads("c.npy", false, &idx, &error) && error.text[0], "cut at %zu", cut);
        }
        put("c.npy", file, n + 1);
        ck_assert(!reads("c.npy", false, &idx, &error) && message_has(&error, "61 bytes after the header, against 60"));
        put("c.npy", file, n);
        ck_assert_msg(reads("c.npy", false, &idx, &error), "%s", error.text);
        rt_idx_free(&idx);
    }
    size_t n = npy(file, 2, good, content, 60);
    memset(file + 8, 255, 4);                                 /* a header of 4 GB */
    put("d.npy", file, n);
    ck_assert(!reads("d.npy", false, &idx, &error) && message_has(&error, "a header of 4294967295 bytes, against at most"));
    n = npy(file, 1, good, content, 60);
    file[6] = 4;
    put("d.npy", file, n);
    ck_assert(!reads("d.npy", false, &idx, &error) && message_has(&error, "version 4.0, against 1.0"));
    file[6] = 1, file[12] = 0;
    put("d.npy", file, n);
    ck_assert(!reads("d.npy", false, &idx, &error) && message_has(&error, "zero byte"));
    file[0] = 'P';
    put("d.npy", file, n);
    ck_assert(!reads("d.npy", false, &idx, &error) && message_has(&error, "begins with 50 4e"));
    mkdir(in_folder("e.npy"), 0777);
    ck_assert(!reads("e.npy", false, &idx, &error) && message_has(&error, "not a file"));
    ck_assert(!reads("f.npy", false, &idx, &error) && message_has(&error, "No such file"));
}
END_TEST

/* ---- sets ---- */

/* The fixture's tables for images of this shape; only data and loader look at them. */
static RtModel model_of(int64_t h, int64_t w, int64_t c, int64_t classes)
{
    static RtField tables[4][2];        /* of the last four models */
    static int turn;
    RtField *fields = tables[turn++ % 4];
    RtModel model = fixture_mlp;
    fields[0] = (RtField){"image", RT_FIELD_IMAGE, RT_F32, 3, {h, w, c}, 0};
    fields[1] = (RtField){"label", RT_FIELD_LABEL, RT_I32, 0, {0}, classes};
    model.fields = fields;
    return model;
}

static bool opens(const char *name, const RtModel *model, RtData *data, RtError *error)
{
    *error = (RtError){0};
    if (!rt_data_open(data, name, model, 1, error)) return false;
    if (rt_data_test(data, name, model, error)) return true;
    rt_data_close(data);
    return false;
}

static bool refused(const char *name, const RtModel *model, const char *message)
{
    RtData data;
    RtError error;
    if (opens(name, model, &data, &error)) return false;
    if (!message_has(&error, message)) fprintf(stderr, "no '%s' in: %s\n", message, error.text);
    return message_has(&error, message);
}

static uint8_t pixel(int64_t i, int y, int x, int c) { return (uint8_t)(i * 31 + y * 7 + x * 3 + c * 101); }

/* n images of 6 x 5 x 2 in both sets; labels of int64. */
static void put_npy_set(int n, int labels)
{
    char header[200];
    for (int test = 0; test < 2; test++) {
        size_t at = 0;
        for (int i = 0; i < n; i++)
            for (int y = 0; y < 6; y++)
                for (int x = 0; x < 5; x++)
                    for (int c = 0; c < 2; c++) content[at++] = pixel(i + 1000 * test, y, x, c);
        snprintf(header, sizeof header, "{'descr': '|u1', 'fortran_order': False, 'shape': (%d, 6, 5, 2), }\n", n);
        put_npy(test ? "t10k-images.npy" : "train-images.npy", 1, header, at);
        memset(content, 0, 8 * (size_t)labels);
        for (int i = 0; i < labels; i++) content[8 * i] = (uint8_t)(i % 7);
        snprintf(header, sizeof header, "{'descr': '<i8', 'fortran_order': False, 'shape': (%d,), }\n", labels);
        put_npy(test ? "t10k-labels.npy" : "train-labels.npy", 2, header, 8 * (size_t)labels);
    }
}

/* Every image of a set, as the loader hands it out. */
static void check_batches(const RtModel *model, const RtImages *images, int64_t offset, int h, int w, int c, int classes)
{
    RtError error = {0};
    const RtLoaderPlan plan = {.model = model, .images = images, .n = images->n};
    RtLoader *loader = rt_loader_open(&plan, &error);
    ck_assert_msg(loader != NULL, "%s", error.text);
    int64_t seen = 0;
    for (const RtBatch *b; (b = rt_loader_next(loader));)
        for (int i = 0; i < b->n; i++, seen++) {
            const float *at = (const float *)b->field[0] + (int64_t)i * h * w * c;
            for (int p = 0; p < h * w * c; p++)
                ck_assert_float_eq(at[p], (float)pixel(seen + offset, p / (w * c), p / c % w, p % c) / 255.0f);
            ck_assert_int_eq(((const int32_t *)b->field[1])[i], seen % classes);
        }
    ck_assert_int_eq(seen, images->n);
    rt_loader_close(loader);
}

START_TEST(npy_sets)
{
    const RtModel model = model_of(6, 5, 2, 7);
    RtData data;
    RtError error;
    put_npy_set(150, 150);
    ck_assert_msg(opens(folder, &model, &data, &error), "%s", error.text);
    ck_assert(data.train.n == 150 && data.train.height == 6 && data.train.width == 5 && data.train.channels == 2);
    check_batches(&model, &data.train, 0, 6, 5, 2, 7);
    check_batches(&model, &data.test, 1000, 6, 5, 2, 7);
    ck_assert_int_eq(data.train.n_sources, 2);
    ck_assert_str_eq(data.test.source[1].name, "t10k-labels.npy");
    ck_assert_str_eq(data.test.source[0].sha256, data.test.pixels_sha256);
    rt_data_close(&data);
    setenv("TAILOR_DATA", "/tmp", 1);                                          /* by name */
    ck_assert_msg(opens(folder + strlen("/tmp/"), &model, &data, &error), "%s", error.text);
    rt_data_close(&data);
    const RtModel other = model_of(6, 5, 3, 7);
    ck_assert(refused(folder, &other, "t10k-images.npy: images of 6 x 5 x 2, against 6 x 5 x 3"));   /* looked at first */
    const RtModel few = model_of(6, 5, 2, 6);
    ck_assert(refused(folder, &few, "train-labels.npy: label 6 of image 6, against labels 0 to 5 of the model"));
    put_npy_set(150, 149);
    ck_assert(refused(folder, &model, "149 labels, against 150 images in t10k-images.npy"));
    unlink(in_folder("t10k-labels.npy"));
    ck_assert(refused(folder, &model, "t10k-labels.npy: cannot open"));
}
END_TEST

/* A CIFAR file of n images; `offset` numbers them. */
static void put_cifar(const char *name, int n, int offset)
{
    for (int i = 0; i < n; i++) {
        uint8_t *record = content + (size_t)i * RECORD;
        record[0] = (uint8_t)((i + offset % 1000) % 10);
        for (int c = 0; c < 3; c++)
            for (int p = 0; p < PLANE; p++) record[1 + c * PLANE + p] = pixel(i + offset, p / SIDE, p % SIDE, c);
    }
    put(name, content, (size_t)n * RECORD);
}

static void put_cifar_set(const char *prefix)
{
    char name[100];
    for (int f = 0; f < 5; f++) {
        snprintf(name, sizeof name, "%sdata_batch_%d.bin", prefix, f + 1);
        put_cifar(name, 20 + f, 20 * f + f * (f - 1) / 2);
    }
    snprintf(name, sizeof name, "%stest_batch.bin", prefix);
    put_cifar(name, 30, 1000);
}

START_TEST(cifar_sets)
{
    const RtModel model = model_of(SIDE, SIDE, 3, 10);
    RtData data;
    RtError error;
    char hash[65];
    put_cifar_set("");
    ck_assert_msg(opens(folder, &model, &data, &error), "%s", error.text);
    ck_assert(data.train.n == 110 && data.test.n == 30 && data.train.channels == 3);
    check_batches(&model, &data.train, 0, SIDE, SIDE, 3, 10);
    check_batches(&model, &data.test, 1000, SIDE, SIDE, 3, 10);
    ck_assert_int_eq(data.train.n_sources, 5);
    ck_assert_str_eq(data.train.source[4].name, "data_batch_5.bin");
    put_cifar("x", 30, 1000);                                                   /* the test file once more */
    rt_sha256(content, 30 * RECORD, hash);
    ck_assert_str_eq(data.test.source[0].sha256, hash);
    rt_data_close(&data);
    const RtModel grey = model_of(SIDE, SIDE, 1, 10), few = model_of(SIDE, SIDE, 3, 9);
    ck_assert(refused(folder, &grey, "test_batch.bin: images of 32 x 32 x 3, against 32 x 32 x 1"));
    ck_assert(refused(folder, &few, "label 9 of image 9, against labels 0 to 8 of the model"));

    ck_assert_int_eq(mkdir(in_folder("cifar-10"), 0777) | mkdir(in_folder("cifar-10/cifar-10-batches-bin"), 0777), 0);
    put_cifar_set("cifar-10/cifar-10-batches-bin/");
    setenv("TAILOR_DATA", folder, 1);
    ck_assert_msg(opens("cifar-10", &model, &data, &error), "%s", error.text);
    ck_assert(data.train.n == 110 && !strcmp(data.name, "cifar-10"));
    rt_data_close(&data);
}
END_TEST

START_TEST(hostile_cifar)
{
    const RtModel model = model_of(SIDE, SIDE, 3, 10);
    put_cifar_set("");
    put_cifar("data_batch_3.bin", 20, 0);
    content[7 * RECORD] = 10;
    put("data_batch_3.bin", content, 20 * RECORD);
    ck_assert(refused(folder, &model, "data_batch_3.bin: label 10 of image 7, against labels 0 to 9"));
    for (size_t n = 0; n < 5; n++) {
        static const size_t sizes[] = {0, 1, RECORD - 1, RECORD + 1, 20 * RECORD - 7};
        char message[100];
        snprintf(message, sizeof message, "data_batch_3.bin: %zu bytes, against a multiple of the 3073", sizes[n]);
        put("data_batch_3.bin", content, sizes[n]);
        ck_assert(refused(folder, &model, message));
    }
    unlink(in_folder("data_batch_3.bin"));
    ck_assert(refused(folder, &model, "data_batch_3.bin: cannot open"));
    mkdir(in_folder("data_batch_3.bin"), 0777);
    ck_assert(refused(folder, &model, "data_batch_3.bin: not a file"));
    rmdir(in_folder("data_batch_3.bin"));
    put_cifar_set("");
    put("test_batch.bin", content, RECORD + 5);
    ck_assert(refused(folder, &model, "test_batch.bin: 3078 bytes"));
    ck_assert_int_eq(mkdir(in_folder("empty"), 0777), 0);
    ck_assert(refused(in_folder("empty"), &model, "neither train-images-idx3-ubyte"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("formats");
    TCase *tests = tcase_create("formats");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_test(tests, npy_images);
    tcase_add_test(tests, npy_labels);
    tcase_add_test(tests, hostile_npy);
    tcase_add_test(tests, npy_sets);
    tcase_add_test(tests, cifar_sets);
    tcase_add_test(tests, hostile_cifar);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
