/* test_formats.c - data sets as .npy and CIFAR-10 files: what they hold reaches the batches, and hostile ones are
 * refused.
 *
 * Files are made here, byte by byte; a model of the images' shape is the fixture with another table of inputs. */
#include "fixture_mlp.c"

#include "support.h"

#include <math.h>
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

static bool reads(const char *name, bool labels, RtContent *idx, RtError *error)
{
    *error = (RtError){0};
    return rt_npy_read(in_folder(name), labels, 0, false, idx, error);
}

START_TEST(npy_images)
{
    static const char *const headers[] = {"{'descr': '|u1', 'fortran_order': False, 'shape': (5, 4, 3), }         \n",
                                          "{\"shape\":(5,4,3,),\"fortran_order\":False,\"descr\":\"|u1\"}",
                                          "{ 'descr' : '|u1' , 'fortran_order':False,'shape':( 5 , 4 , 1 , 3 ) }\n"};
    RtContent idx;
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
            rt_content_free(&idx);
        }
}
END_TEST

/* Element i of an array in a file: a whole number, or value. */
static void put_element(uint8_t *to, char kind, size_t bytes, bool big, int64_t whole, double value)
{
    uint64_t bits = (uint64_t)whole;
    const float narrow = (float)value;
    if (kind == 'f' && bytes == 8) memcpy(&bits, &value, 8);
    if (kind == 'f' && bytes == 4) {
        uint32_t half;
        memcpy(&half, &narrow, 4);
        bits = half;
    }
    for (size_t k = 0; k < bytes; k++) to[big ? bytes - 1 - k : k] = (uint8_t)(bits >> (8 * k));
}

START_TEST(npy_labels)
{
    static const char *const types[] = {"|b1", "|u1", "|i1", "<u2", ">u2", "<i2", ">i2", "<u4",
                                        ">u4", "<i4", ">i4", "<u8", ">u8", "<i8", ">i8"};
    RtContent idx;
    RtError error;
    char header[200];
    enum { N = 5000 };                                   /* more than are read at once */
    for (size_t t = 0; t < sizeof types / sizeof *types; t++)
        for (int columns = 0; columns < 3; columns++) {  /* [n], [n, 1], the same in the other order */
            const size_t width = (size_t)(types[t][2] - '0');
            const int most = types[t][1] == 'b'                 ? 2
                             : width == 1                       ? 127
                             : types[t][1] == 'i' && width == 2 ? 32768
                                                                : 65536;
            const bool big = *types[t] == '>';
            for (int i = 0; i < N; i++)
                put_element(content + (size_t)i * width, 'u', width, big, (i * 77 + most - 1) % most, 0);
            snprintf(header, sizeof header, "{'descr': '%s', 'fortran_order': %s, 'shape': (%d,%s), }\n", types[t],
                     columns == 2 ? "True" : "False", N, columns ? " 1" : "");
            put_npy("l.npy", 1, header, N * width);
            ck_assert_msg(reads("l.npy", true, &idx, &error), "%s", error.text);
            for (int i = 0; i < N; i++) ck_assert_int_eq(idx.labels[i], (i * 77 + most - 1) % most);
            rt_content_free(&idx);
            if (types[t][1] == 'i') {
                put_element(content + 4321 * width, 'i', width, big, -1, 0);
                put_npy("l.npy", 1, header, N * width);
                ck_assert(!reads("l.npy", true, &idx, &error) &&
                          message_has(&error, "label -1 of image 4321, against labels 0 to 65535"));
            }
            if (width < 4) continue;
            put_element(content + 4321 * width, 'i', width, big, 65536, 0);
            put_npy("l.npy", 1, header, N * width);
            ck_assert(!reads("l.npy", true, &idx, &error) &&
                      message_has(&error, "label 65536 of image 4321, against labels 0 to 65535"));
            put_element(content + 4321 * width, 'i', width, big,
                        types[t][1] == 'i' ? INT64_MAX >> (64 - 8 * width) : -1, 0);
            put_npy("l.npy", 1, header, N * width);
            ck_assert(!reads("l.npy", true, &idx, &error));
            ck_assert_msg(width < 8 || message_has(&error, types[t][1] == 'i' ? "label 9223372036854775807 of"
                                                                              : "label 18446744073709551615 of"),
                          "%s", error.text);
        }
    put_npy("l.npy", 1, "{'descr': '<f4', 'fortran_order': False, 'shape': (5,)}", 20);
    ck_assert(!reads("l.npy", true, &idx, &error) &&
              message_has(&error, "type '<f4', against whole numbers of labels"));
    put_npy("l.npy", 1, "{'descr': '|u1', 'fortran_order': False, 'shape': (5, 10)}", 50);
    ck_assert(!reads("l.npy", true, &idx, &error) &&
              message_has(&error, "labels of 10 columns, against [n] or [n, 1]"));
}
END_TEST

/* Images of every type in both orders: what comes out is in C order. */
START_TEST(npy_types)
{
    static const struct { const char *descr; double scale;
    } rows[] = {{"|b1", 0},    {"|u1", 0},   {"|i1", 0},   {"<u2", 0}, {">i4", 0}, {"<i8", 0},
                {">u8", 0},    {"<f4", 0},   {">f4", 0},   {"<f8", 0}, {">f8", 0}, {"|u1", 100},
                {">i2", 4095}, {"<f4", 255}, {">f8", 255}, {"|b1", 2}};
    enum { N = 301, H = 5, W = 4, C = 3, ALL = N * H * W * C };
    static const char *const shapes[] = {"301, 60", "301, 5, 12", "301, 5, 4, 3"};
    char header[200];
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
        for (int shape = 0; shape < 6; shape++) {
            const char *descr = rows[r].descr, kind = descr[1];
            const size_t width = (size_t)(descr[2] - '0');
            const int rank = 2 + shape % 3;
            const bool fortran = shape > 2;
            const int64_t dims[3][4] = {{N, H * W * C}, {N, H, W * C}, {N, H, W, C}};
            for (int i = 0; i < ALL; i++) {                     /* element i in C order goes to its place in the file */
                int64_t at = i;
                if (fortran) {
                    int64_t rest = i, stride = ALL;
                    at = 0;
                    for (int d = rank - 1; d >= 0; d--) {
                        stride /= dims[rank - 2][d];
                        at += rest % dims[rank - 2][d] * stride;
                        rest /= dims[rank - 2][d];
                    }
                }
                const int64_t whole = kind == 'b'                 ? i * 7 % 3 == 1
                                      : kind == 'i' && width == 1 ? i * 7 % 128
                                                                  : i * 7 % 256;
                put_element(content + (size_t)at * width, kind, width, *descr == '>', whole,
                            rows[r].scale > 0 ? (double)whole : (double)whole / 255);
            }
            snprintf(header, sizeof header, "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }\n", descr,
                     fortran ? "True" : "False", shapes[shape % 3]);
            put_npy("a.npy", 1, header, ALL * width);
            RtContent images;
            RtError error = {0};
            ck_assert_msg(rt_npy_read(in_folder("a.npy"), false, rows[r].scale, false, &images, &error), "%s",
                          error.text);
            ck_assert_int_eq(images.rank, rank);
            ck_assert((images.floats != NULL) == (kind == 'f' || rows[r].scale > 0) &&
                      (images.bytes != NULL) == !images.floats);
            for (int i = 0; i < ALL; i++) {
                const int64_t whole = kind == 'b'                 ? i * 7 % 3 == 1
                                      : kind == 'i' && width == 1 ? i * 7 % 128
                                                                  : i * 7 % 256;
                if (images.bytes) ck_assert_int_eq(images.bytes[i], kind == 'b' ? 255 * whole : whole);
                else
                    ck_assert_float_eq(images.floats[i],
                                       (float)whole / (float)(rows[r].scale > 0 ? rows[r].scale : 255));
            }
            rt_content_free(&images);
        }
}
END_TEST

/* What would be a guess is an error, and the message says how to say it. */
START_TEST(npy_values)
{
    static const struct { const char *descr; double value, scale; const char *message;
    } rows[] = {{"<f4", 1.5, 0, "image 3 holds 1.5, against floats from 0 to 1; the number in a file scale.txt"},
                {"<f4", 254, 0, "image 3 holds 254, against floats from 0 to 1"},
                {"<f8", -0.25, 0, "image 3 holds -0.25, against"},
                {"<f8", (double)NAN, 0, "nan, against floats"},
                {">f4", (double)INFINITY, 0, "inf, against floats"},
                {"<i4", 256, 0, "image 3 holds 256, against whole numbers from 0 to 255"},
                {"<i2", -1, 0, "image 3 holds -1, against whole numbers"},
                {"<u8", 70000, 0, "image 3 holds 70000, against"},
                {"<f8", (double)NAN, 1, "which by the 1 of scale.txt is no finite float"},
                {"<f8", 1e300, 255, "holds 1e+300, which by the 255"},
                {"<f8", 1e300, 1e290, NULL},
                {"<f4", -3.5, 1, NULL},
                {"<i2", -1, 10, NULL},
                {"<f4", 1, 0, NULL},
                {"<f4", 0, 0, NULL},
                {"<i4", 255, 0, NULL},
                {"<i4", 2, 0, NULL},
                {"|u1", 1, 0, NULL},
                {"<i4", 1, 1, NULL},
                {"<i4", 1, 0, "holds numbers of which none is above 1"},
                {"|i1", 0, 0, "holds numbers of which none is above 1"}};
    char header[200];
    RtContent images;
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        const char *descr = rows[r].descr;
        const size_t width = (size_t)(descr[2] - '0');
        memset(content, 0, 60 * width);
        put_element(content + 40 * width, descr[1], width, *descr == '>', descr[1] == 'f' ? 0 : (int64_t)rows[r].value,
                    rows[r].value);
        snprintf(header, sizeof header, "{'descr': '%s', 'fortran_order': False, 'shape': (5, 4, 3), }\n", descr);
        put_npy("a.npy", 1, header, 60 * width);
        RtError error = {0};
        const bool ok = rt_npy_read(in_folder("a.npy"), false, rows[r].scale, false, &images, &error);
        ck_assert_msg(ok == !rows[r].message && (ok || message_has(&error, rows[r].message)), "%s %g: %s", descr,
                      rows[r].value, error.text);
        if (ok && images.floats)
            ck_assert_float_eq(images.floats[40], (float)(rows[r].value / (rows[r].scale > 0 ? rows[r].scale : 1)));
        rt_content_free(&images);
    }
    /* 0, 1, 1/2, the smallest, the largest subnormal, the smallest normal */
    static const uint16_t halves[] = {0x0000, 0x3c00, 0x3800, 0x0001, 0x03ff, 0x0400, 0x3555, 0x2e66};
    static const float floats[] = {0, 1, 0.5f, 0x1p-24f, 0x1.ff8p-15f, 0x1p-14f, 0.333251953125f, 0.0999755859375f};
    memcpy(content, halves, sizeof halves);
    RtError error = {0};
    put_npy("a.npy", 1, "{'descr': '<f2', 'fortran_order': False, 'shape': (2, 4), }\n", sizeof halves);
    ck_assert_msg(rt_npy_read(in_folder("a.npy"), false, 0, false, &images, &error), "%s", error.text);
    for (int i = 0; i < 8; i++) ck_assert_float_eq(images.floats[i], floats[i]);
    rt_content_free(&images);
    content[1] = 0x80 | 0x3c;
    put_npy("a.npy", 1, "{'descr': '<f2', 'fortran_order': False, 'shape': (2, 4), }\n", sizeof halves);
    ck_assert(!rt_npy_read(in_folder("a.npy"), false, 0, false, &images, &error) &&
              message_has(&error, "image 0 holds -1, against floats"));
}
END_TEST

START_TEST(hostile_npy)
{
    static const struct { const char *header, *message;
    } rows[] = {
        {"{'descr': '<f4', 'fortran_order': False, 'shape': (5, 4, 3), }", "60 bytes after the header, against 240"},
        {"{'descr': '|O', 'fortran_order': False, 'shape': (5, 4, 3), }",
         "type '|O', against whole numbers, floats or bool"},
        {"{'descr': '<c8', 'fortran_order': False, 'shape': (5, 4, 3), }", "type '<c8', against"},
        {"{'descr': '|i4', 'fortran_order': False, 'shape': (5, 4, 3), }", "type '|i4', against"},
        {"{'descr': 'f4', 'fortran_order': False, 'shape': (5, 3), }", "type 'f4', against"},
        {"{'descr': '<', 'fortran_order': False, 'shape': (5, 4, 3), }", "type '<', against"},
        {"{'descr': '', 'fortran_order': False, 'shape': (5, 4, 3), }", "type '', against"},
        {"{'descr': [('a', '|u1')], 'fortran_order': False, 'shape': (5, 4, 3), }", "wrong at byte 10"},
        {"{'descr': '|u1', 'fortran_order': True, 'shape': (5, 4, 4), }", "60 bytes after the header, against 80"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (60,), }", "has 1 dimensions, against 2 to 4"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (5, 4, 1, 1, 3), }", "has 5 dimensions, against 2 to 4"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (), }", "has 0 dimensions"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (0, 4, 3), }", "dimension 1 is 0, against at least 1"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (5, 4, 4), }", "60 bytes after the header, against 80"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (5, 4, 2), }", "60 bytes after the header, against 40"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (4294967296, 4294967296, 4294967296), }", "overflows"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (9223372036854775807, 1, 1), }", "overflows"},
        {"{'descr': '<f8', 'fortran_order': True, 'shape': (1152921504606846976, 2), }", "overflows"},
        {"{'descr': '<f8', 'fortran_order': True, 'shape': (1152921504606846975, 1), }", "against 9223372036854775800"},
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
    RtContent idx;
    RtError error;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put_npy("a.npy", 1, rows[i].header, 60);
        const bool ok = reads("a.npy", false, &idx, &error);
        ck_assert_msg(!ok && message_has(&error, rows[i].message) && message_has(&error, "a.npy: "), "%s: %s",
                      rows[i].header, ok ? "accepted" : error.text);
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
        rt_content_free(&idx);
    }
    size_t n = npy(file, 2, good, content, 60);
    memset(file + 8, 255, 4);                                 /* a header of 4 GB */
    put("d.npy", file, n);
    ck_assert(!reads("d.npy", false, &idx, &error) &&
              message_has(&error, "a header of 4294967295 bytes, against at most"));
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
    ck_assert(!reads("f.npy", false, &idx, &error) && message_has(&error, "neither this file nor its .gz is there"));
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
static void check_batches(const RtModel *model, const RtImages *images, int64_t offset, int h, int w, int c,
                          int classes)
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
    /* looked at first */
    ck_assert(refused(folder, &other, "t10k-images.npy: images of 6 x 5 x 2, against 6 x 5 x 3"));
    const RtModel few = model_of(6, 5, 2, 6);
    ck_assert(refused(folder, &few, "train-labels.npy: label 6 of image 6, against labels 0 to 5 of the model"));
    put_npy_set(150, 149);
    ck_assert(refused(folder, &model, "149 labels, against 150 images in t10k-images.npy"));
    unlink(in_folder("t10k-labels.npy"));
    ck_assert(refused(folder, &model, "t10k-labels.npy: neither this file nor its .gz"));
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
    ck_assert(refused(folder, &model, "data_batch_3.bin: neither this file nor its .gz"));
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
    tcase_add_test(tests, npy_types);
    tcase_add_test(tests, npy_values);
    tcase_add_test(tests, hostile_npy);
    tcase_add_test(tests, npy_sets);
    tcase_add_test(tests, cifar_sets);
    tcase_add_test(tests, hostile_cifar);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
