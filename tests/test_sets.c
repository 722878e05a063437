/* test_sets.c - data sets under the names and in the forms that people have them in: what they hold reaches the
 * batches.
 *
 * QMNIST and dotted IDX names, gzip by content, CIFAR-100, arrays of floats and what scale.txt says of them, rows of
 * features, and as many classes as labels have numbers for. */
#include "fixture_mlp.c"

#include "support.h"

#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* Inputs of this shape; only data and loader look at them. */
static RtModel model_of(int rank, int64_t h, int64_t w, int64_t c, int64_t classes)
{
    static RtField tables[4][3];        /* of the last four models */
    static int turn;
    RtField *fields = tables[turn++ % 4];
    RtModel model = fixture_mlp;
    fields[0] = (RtField){"image", RT_FIELD_IMAGE, RT_F32, rank, {h, w, c}, 0};
    fields[1] = (RtField){"label", RT_FIELD_LABEL, RT_I32, 0, {0}, classes};
    fields[2] = (RtField){"mask", RT_FIELD_MASK, RT_F32, 3, {h, w, 1}, 0};
    model.fields = fields;
    model.n_fields = rank == 3 ? 3 : 2;
    return model;
}

static bool opens(RtData *data, const RtModel *model, RtError *error)
{
    *error = (RtError){0};
    if (rt_data_open(data, folder, model, 1, error) && rt_data_test(data, folder, model, error)) return true;
    rt_data_close(data);
    return false;
}

static bool refused(const RtModel *model, const char *message)
{
    RtData data;
    RtError error;
    if (opens(&data, model, &error)) return false;
    if (!strstr(error.text, message)) fprintf(stderr, "no '%s' in: %s\n", message, error.text);
    return strstr(error.text, message) != NULL;
}

enum { N = 70, H = 3, W = 4, PLACES = H * W };
static uint8_t bytes[1 << 21];

static uint8_t pixel(int test, int i, int p) { return (uint8_t)(test * 50 + i * 3 + p * 20); }

/* Every sample of a set comes out of the loader: the image by `value`, the mask, the label i * 7 % classes. */
static void ck_batches(const RtModel *model, const RtImages *images, int test, int classes, float (*value)(uint8_t))
{
    RtError error = {0};
    const RtLoaderPlan plan = {.model = model, .images = images, .n = images->n};
    RtLoader *loader = rt_loader_open(&plan, &error);
    int seen = 0;
    ck_assert_msg(loader != NULL, "%s", error.text);
    for (const RtBatch *b; (b = rt_loader_next(loader));)
        for (int i = 0; i < b->n; i++, seen++) {
            ck_assert_int_eq(((const int32_t *)b->field[1])[i], seen * 7 % classes);
            for (int p = 0; p < PLACES; p++) {
                const float is = ((const float *)b->field[0])[i * PLACES + p], wanted = value(pixel(test, seen, p));
                ck_assert_float_eq(is, wanted);
                if (model->n_fields == 3)
                    ck_assert_float_eq(((const float *)b->field[2])[i * PLACES + p], wanted > 0.1f);
            }
        }
    ck_assert_int_eq(seen, N);
    rt_loader_close(loader);
}

static float by_255(uint8_t byte) { return (float)byte / 255.0f; }

static void ck_set(const RtModel *model, int classes, float (*value)(uint8_t))
{
    RtData data;
    RtError error;
    ck_assert_msg(opens(&data, model, &error), "%s", error.text);
    ck_batches(model, &data.train, 0, classes, value);
    ck_batches(model, &data.test, 1, classes, value);
    rt_data_close(&data);
}

static void put_file(const char *name, size_t n, bool zipped)
{
    if (!zipped) {
        put(name, bytes, n);
        return;
    }
    gzFile file = gzopen(in_folder(name), "wb");
    ck_assert(file && gzwrite(file, bytes, (unsigned)n) == (int)n && gzclose(file) == Z_OK);
}

/* ---- IDX ---- */

static size_t idx_head(uint8_t type, int rank, const int *dims)
{
    memset(bytes, 0, sizeof bytes);
    bytes[2] = type, bytes[3] = (uint8_t)rank;
    for (int i = 0; i < rank; i++) bytes[6 + 4 * i] = (uint8_t)(dims[i] >> 8), bytes[7 + 4 * i] = (uint8_t)dims[i];
    return 4 + 4 * (size_t)rank;
}

static void put_idx_images(const char *name, int test, bool zipped)
{
    size_t at = idx_head(8, 3, (const int[]){N, H, W});
    for (int i = 0; i < N; i++)
        for (int p = 0; p < PLACES; p++) bytes[at++] = pixel(test, i, p);
    put_file(name, at, zipped);
}

/* Big-endian labels of `width` bytes in the first of `columns`. */
static void put_idx_labels(const char *name, uint8_t type, int width, int columns, bool zipped)
{
    size_t at = idx_head(type, columns > 1 ? 2 : 1, (const int[]){N, columns});
    for (int i = 0; i < N; i++, at += (size_t)(width * columns)) {
        for (int k = width; k < width * columns; k++) bytes[at + (size_t)k] = (uint8_t)(k + i);
        bytes[at + (size_t)width - 1] = (uint8_t)(i * 7 % 10);
    }
    put_file(name, at, zipped);
}

START_TEST(idx_names)
{
    static const char *const images[][2] = {{"train-images-idx3-ubyte", "t10k-images-idx3-ubyte"},
                                            {"train-images.idx3-ubyte", "t10k-images.idx3-ubyte"},
                                            {"qmnist-train-images-idx3-ubyte", "qmnist-test-images-idx3-ubyte"}};
    static const char *const labels[][2] = {{"train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte"},
                                            {"train-labels.idx1-ubyte", "t10k-labels.idx1-ubyte"},
                                            {"qmnist-train-labels-idx2-int", "qmnist-test-labels-idx2-int"}};
    const RtModel model = model_of(3, H, W, 1, 10);
    RtData data;
    RtError error;
    char name[100];
    for (int names = 0; names < 3; names++)
        for (int end = 0; end < 2; end++)
            for (int zipped = 0; zipped < 2; zipped++) {         /* with .gz in the name or without, gzip data or not */
                for (int test = 0; test < 2; test++) {
                    snprintf(name, sizeof name, "%s%s", images[names][test], end ? ".gz" : "");
                    put_idx_images(name, test, zipped);
                    snprintf(name, sizeof name, "%s%s", labels[names][test], end ? ".gz" : "");
                    put_idx_labels(name, names == 2 ? 12 : 8, names == 2 ? 4 : 1, names == 2 ? 8 : 1, zipped);
                }
                ck_set(&model, 10, by_255);
                ck_assert_msg(opens(&data, &model, &error), "%s", error.text);
                ck_assert_str_eq(data.train.source[0].name, images[names][0]);
                ck_assert_str_eq(data.test.source[1].name, labels[names][1]);
                rt_data_close(&data);
                for (int test = 0; test < 2; test++)
                    for (int which = 0; which < 2; which++) {
                        snprintf(name, sizeof name, "%s%s", (which ? labels : images)[names][test], end ? ".gz" : "");
                        unlink(in_folder(name));
                    }
            }
    /* an archive that unpacked to folders, with the files beside them; wide labels */
    for (int test = 0; test < 2; test++) {
        mkdir(in_folder(images[0][test]), 0777), mkdir(in_folder(labels[0][test]), 0777);
        put_idx_images(images[1][test], test, false);
        put_idx_labels(labels[1][test], 11, 2, 1, false);
    }
    ck_set(&model, 10, by_255);
    put_idx_labels(labels[1][0], 8, 1, 8, false);
    ck_assert(refused(&model, "train-labels.idx1-ubyte: labels of 8 columns, against [n], or [n, 8] of 32 bits"));
}
END_TEST

/* ---- .npy ---- */

static size_t npy_head(const char *descr, const char *shape)
{
    char text[200];
    const int n = snprintf(text, sizeof text, "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n", descr,
                           shape);
    memset(bytes, 0, sizeof bytes);
    memcpy(bytes, "\x93NUMPY\1\0", 8);
    bytes[8] = (uint8_t)n;
    memcpy(bytes + 10, text, (size_t)n);
    return 10 + (size_t)n;
}

static void put_npy_images(int test, const char *shape, float (*value)(uint8_t), bool zipped)
{
    size_t at = npy_head("<f4", shape);
    for (int i = 0; i < N; i++)
        for (int p = 0; p < PLACES; p++, at += 4) memcpy(bytes + at, (const float[]){value(pixel(test, i, p))}, 4);
    put_file(test ? "t10k-images.npy" : "train-images.npy", at, zipped);
}

static void put_npy_labels(int test, int classes)
{
    size_t at = npy_head("<i8", "70, 1");
    for (int i = 0; i < N; i++, at += 8) memcpy(bytes + at, (const int64_t[]){i * 7 % classes}, 8);
    put_file(test ? "t10k-labels.npy" : "train-labels.npy", at, false);
}

static float odd(uint8_t byte) { return (float)byte / 256.0f; }          /* not what a byte can be */
static float itself(uint8_t byte) { return byte; }
static float by_100(uint8_t byte) { return (float)byte / 100.0f; }
static float negative(uint8_t byte) { return (float)byte * -0.01f + 1; }

START_TEST(floats)
{
    const RtModel model = model_of(3, H, W, 1, 10), rows = model_of(1, PLACES, 0, 0, 10);
    RtData data;
    RtError error;
    char text[65];
    for (int test = 0; test < 2; test++) put_npy_images(test, "70, 3, 4", odd, test), put_npy_labels(test, 10);
    ck_set(&model, 10, odd);
    ck_assert_msg(opens(&data, &model, &error), "%s", error.text);     /* the mean image of each class, its maximum 1 */
    static float means[10 * PLACES];
    const RtTensor tensor = {.name = "class_means", .rank = 4, .dims = {10, H, W, 1}, .count = 10 * PLACES};
    ck_assert_msg(rt_class_means(&data, &tensor, means, &error), "%s", error.text);
    for (int c = 0; c < 10; c++) {
        double sum[PLACES] = {0}, largest = 0;
        for (int64_t k = 0; k < data.n_training; k++)
            for (int p = 0; p < PLACES && data.training[k] * 7 % 10 == c; p++)
                sum[p] += odd(pixel(0, (int)data.training[k], p));
        for (int p = 0; p < PLACES; p++) largest = sum[p] > largest ? sum[p] : largest;
        for (int p = 0; p < PLACES; p++) ck_assert_double_eq_tol(means[c * PLACES + p], sum[p] / largest, 1e-6);
    }
    rt_data_close(&data);
    put_npy_images(0, "70, 3, 4", itself, false);
    ck_assert(refused(&model, "train-images.npy: image 0 holds 20, against floats from 0 to 1; the number in a file "
                              "scale.txt beside it says what all values are divided by (255 for"));
    put("scale.txt", "100\n", 4);
    put_npy_images(1, "70, 3, 4", itself, true);
    ck_set(&model, 10, by_100);
    ck_assert_msg(opens(&data, &model, &error), "%s", error.text);
    ck_assert_int_eq(data.train.n_sources, 3);
    rt_sha256("100\n", 4, text);
    ck_assert_str_eq(data.train.source[2].name, "scale.txt");
    ck_assert_str_eq(data.train.source[2].sha256, text);
    rt_data_close(&data);
    put("scale.txt", " 1 ", 3);
    for (int test = 0; test < 2; test++) put_npy_images(test, "70, 3, 4", negative, false);
    ck_set(&model, 10, negative);
    static const char *const wrong[] = {"", "0", "-1", "nan", "inf", "1e999", "255 1", "x", "255\n1", "1,5"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        put("scale.txt", wrong[i], strlen(wrong[i]));
        ck_assert(refused(&model, "scale.txt: holds '") && refused(&model, "against one number above 0"));
    }
    put("scale.txt", "2\0 3", 4);
    ck_assert(refused(&model, "against one number above 0"));
    memset(bytes, '1', 200), put("scale.txt", bytes, 200);
    ck_assert(refused(&model, "scale.txt: 200 bytes, against 100 at most"));
    unlink(in_folder("scale.txt")), mkdir(in_folder("scale.txt"), 0777);
    ck_assert(refused(&model, "scale.txt: not a file"));
    rmdir(in_folder("scale.txt"));
    for (int test = 0; test < 2; test++) put_npy_images(test, "70, 12", odd, false);      /* rows of features */
    ck_set(&rows, 10, odd);
    for (int test = 0; test < 2; test++) put_npy_images(test, "70, 1, 3, 4", odd, false);
    ck_assert(refused(&model, "images of 1 x 3 x 4, against 3 x 4 x 1 of input image: channels come last"));
}
END_TEST

/* Labels of more than a byte, up to the largest. */
START_TEST(many_classes)
{
    const RtModel model = model_of(3, H, W, 1, 65536), one_less = model_of(3, H, W, 1, 65535);
    RtData data;
    RtError error;
    for (int test = 0; test < 2; test++) {
        put_npy_images(test, "70, 3, 4", odd, false);
        size_t at = npy_head("<u2", "70");
        for (int i = 0; i < N; i++, at += 2) memcpy(bytes + at, (const uint16_t[]){(uint16_t)(65535 - i * 900)}, 2);
        put_file(test ? "t10k-labels.npy" : "train-labels.npy", at, false);
    }
    ck_assert_msg(opens(&data, &model, &error), "%s", error.text);
    for (int i = 0; i < N; i++) ck_assert_int_eq(data.train.labels[i], 65535 - i * 900);
    ck_assert_int_eq(data.n_training + data.n_validation, N);
    rt_data_close(&data);
    ck_assert(refused(&one_less, "train-labels.npy: label 65535 of image 0, against labels 0 to 65534 of the model"));
}
END_TEST

/* ---- CIFAR-100 ---- */

enum { SIDE = 32, PLANE = SIDE * SIDE, RECORD = 2 + 3 * PLANE };

static size_t cifar(int test)
{
    for (int i = 0; i < N; i++) {
        uint8_t *record = bytes + (size_t)i * RECORD;
        record[0] = (uint8_t)(i % 20), record[1] = (uint8_t)(i * 7 % 100);
        for (int c = 0; c < 3; c++)
            for (int p = 0; p < PLANE; p++) record[2 + c * PLANE + p] = (uint8_t)(test * 50 + i * 31 + p * 3 + c * 101);
    }
    return (size_t)N * RECORD;
}

START_TEST(cifar_100)
{
    const RtModel model = model_of(3, SIDE, SIDE, 3, 100);
    RtData data;
    RtError error;
    char hash[65];
    mkdir(in_folder("cifar-100-binary"), 0777);
    for (int inner = 0; inner < 2; inner++)                      /* in the folder of the archive, gzipped; or at once */
        for (int test = 0; test < 2; test++)
            put_file(inner  ? test ? "test.bin" : "train.bin"
                     : test ? "cifar-100-binary/test.bin.gz"
                            : "cifar-100-binary/train.bin",
                     cifar(test), !inner);
    for (int inner = 0; inner < 2; inner++) {
        ck_assert_msg(opens(&data, &model, &error), "%s", error.text);
        ck_assert(data.train.n == N && data.test.n == N && data.train.channels == 3);
        for (int i = 0; i < N; i++) {
            ck_assert_int_eq(data.test.labels[i], i * 7 % 100);
            for (int p = 0; p < PLANE * 3; p++)
                ck_assert_int_eq(data.test.pixels[i * PLANE * 3 + p], (uint8_t)(50 + i * 31 + p / 3 * 3 + p % 3 * 101));
        }
        ck_assert_str_eq(data.train.source[0].name, "train.bin");
        rt_sha256(bytes, cifar(0), hash);
        ck_assert_str_eq(data.train.source[0].sha256, hash);
        rt_data_close(&data);
        unlink(in_folder("train.bin")), unlink(in_folder("test.bin"));
    }
    cifar(0);
    put_file("cifar-100-binary/train.bin", (size_t)N * RECORD - 1, true);
    ck_assert(refused(&model, "train.bin: 215179 bytes, against a multiple of the 3074"));
    bytes[9 * RECORD + 1] = 100;
    put_file("cifar-100-binary/train.bin", (size_t)N * RECORD, true);
    ck_assert(refused(&model, "train.bin: label 100 of image 9, against labels 0 to 99"));
    put_file("cifar-100-binary/train.bin", 0, true);
    ck_assert(refused(&model, "train.bin: 0 bytes, against"));
    const RtModel few = model_of(3, SIDE, SIDE, 3, 90);
    put_file("cifar-100-binary/train.bin", cifar(0), false);
    ck_assert(refused(&few, "cifar-100-binary/train.bin: label 91 of image 13, against labels 0 to 89 of the model"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sets");
    TCase *tests = tcase_create("sets");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_test(tests, idx_names);
    tcase_add_test(tests, floats);
    tcase_add_test(tests, many_classes);
    tcase_add_test(tests, cifar_100);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
