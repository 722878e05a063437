/* test_png.c - PNG files and folders of them: every kind that libpng writes against what libpng reads, hostile ones,
 * classes and labels. */
#include "fixture_mlp.c"

#include "support.h"

#include <png.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static bool message_has(const RtError *error, const char *text) { return strstr(error->text, text) != NULL; }

/* ---- files ---- */

typedef struct Kind { int depth, colour, interlace; bool transparent; int level; } Kind;

/* Rows of random bits, as libpng writes them with filters of its choice; or, of seed 4 k + 2, of few values and with
 * the filter that compares three neighbours, which are then often as near. */
static void write_png(const char *path, int width, int height, const Kind *kind, unsigned seed)
{
    static uint8_t bytes[1 << 16];
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_init_io(png, file);
    png_set_compression_level(png, kind->level);
    png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, kind->depth, kind->colour, kind->interlace, 0, 0);
    if (kind->colour == PNG_COLOR_TYPE_PALETTE) {
        png_color palette[256];
        png_byte alpha[3] = {255, kind->transparent ? 10 : 255, 255};
        for (int i = 0; i < 256; i++)
            palette[i] = (png_color){(png_byte)(i * 5), (png_byte)(i * 3 + 1), (png_byte)(255 - i)};
        png_set_PLTE(png, info, palette, 1 << kind->depth);
        png_set_tRNS(png, info, alpha, kind->depth > 1 ? 3 : 2, NULL);
    }
    unsigned state = seed;
    const int mask = seed % 4 == 2 ? 3 : 255;
    png_set_filter(png, 0, seed % 4 == 2 ? PNG_FILTER_PAETH : PNG_ALL_FILTERS);
    png_write_info(png, info);
    const size_t row = png_get_rowbytes(png, info);
    png_bytep rows[128];
    for (int y = 0; y < height; y++) {
        rows[y] = bytes + (size_t)y * row;
        for (size_t i = 0; i < row; i++)
            rows[y][i] = (uint8_t)(seed % 4 == 0 ? 17 * y + (int)i
                                                 : (int)((state = state * 1103515245 + 12345) >> 16) & mask);
        if (!kind->transparent && kind->depth == 8 && (kind->colour & PNG_COLOR_MASK_ALPHA))
            for (int x = 0, n = kind->colour == PNG_COLOR_TYPE_GRAY_ALPHA ? 2 : 4; x < width; x++)
                rows[y][x * n + n - 1] = 255;
    }
    png_write_image(png, rows);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    fclose(file);
}

static void ck_reads_as_libpng(const char *path, int channels)
{
    RtPng head;
    RtError error = {0};
    ck_assert_msg(rt_png_head(path, &head, &error), "%s", error.text);
    ck_assert_int_eq(head.channels, channels);
    for (int wanted = channels; wanted <= 3; wanted += 2) {      /* a gray image as three channels too */
        png_image image = {.version = PNG_IMAGE_VERSION};
        ck_assert_msg(png_image_begin_read_from_file(&image, path), "%s", image.message);
        image.format = wanted == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
        ck_assert(image.width == head.width && image.height == head.height);
        uint8_t *expected = calloc(1, PNG_IMAGE_SIZE(image)), *is = calloc(1, PNG_IMAGE_SIZE(image));
        ck_assert_msg(png_image_finish_read(&image, NULL, expected, 0, NULL), "%s", image.message);
        head.channels = wanted;
        ck_assert_msg(rt_png_read(path, &head, is, &error), "%s", error.text);
        ck_assert_mem_eq(is, expected, (size_t)(head.width * head.height * wanted));
        free(expected), free(is);
    }
}

static bool refused(const char *name, const char *message)
{
    static uint8_t pixels[3 * 4096];
    const char *path = in_folder(name);
    RtPng head;
    RtError error = {0};
    if (rt_png_head(path, &head, &error) && head.width * head.height <= 4096 &&
        rt_png_read(path, &head, pixels, &error))
        return false;
    if (!message_has(&error, message) || !message_has(&error, path))
        fprintf(stderr, "no '%s' in: %s\n", message, error.text);
    return message_has(&error, message) && message_has(&error, path);
}

START_TEST(png_kinds)
{
    static const struct {
        int depth, colour;
    } kinds[] = {{1, 0}, {2, 0}, {4, 0}, {8, 0}, {8, 2}, {1, 3}, {2, 3}, {4, 3}, {8, 3}, {8, 4}, {8, 6}};
    static const int sizes[][2] = {{1, 1}, {1, 7}, {28, 28}, {33, 5}, {8, 100}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
            for (unsigned seed = 0; seed < 4; seed++) {
                const Kind kind = {kinds[k].depth, kinds[k].colour, 0, false, seed == 1 ? 0 : 6};
                write_png(in_folder("a.png"), sizes[s][0], sizes[s][1], &kind, seed);
                ck_reads_as_libpng(in_folder("a.png"), kinds[k].colour == 0 || kinds[k].colour == 4 ? 1 : 3);
            }
    write_png(in_folder("a.png"), 9, 9, &(Kind){16, 0, 0, false, 6}, 1);
    ck_assert(refused("a.png", "16 bits a channel, against at most 8"));
    write_png(in_folder("a.png"), 9, 9, &(Kind){8, 2, 1, false, 6}, 1);
    ck_assert(refused("a.png", "is interlaced"));
    write_png(in_folder("a.png"), 9, 9, &(Kind){8, 6, 0, true, 6}, 1);
    ck_assert(refused("a.png", "the pixel in row 0, column 0 is transparent"));
    write_png(in_folder("a.png"), 9, 9, &(Kind){8, 4, 0, true, 6}, 1);
    ck_assert(refused("a.png", "is transparent"));
    write_png(in_folder("a.png"), 30, 30, &(Kind){2, 3, 0, true, 6}, 1);
    ck_assert(refused("a.png", "is transparent"));
}
END_TEST

static uint8_t file[1 << 16];

static void put_u32(uint8_t *to, uint32_t n)
{
    for (int i = 0; i < 4; i++) to[i] = (uint8_t)(n >> (24 - 8 * i));
}

/* Chunks behind what is there already, with their CRC right. */
static size_t chunk(size_t at, const char *type, const void *data, uint32_t n)
{
    put_u32(file + at, n);
    memcpy(file + at + 4, type, 4);
    if (n) memcpy(file + at + 8, data, n);
    put_u32(file + at + 8 + n, (uint32_t)crc32(0, file + at + 4, n + 4));
    return at + 12 + n;
}

static size_t begin(uint32_t width, uint32_t height, uint8_t depth, uint8_t colour)
{
    uint8_t head[13] = {0};
    memcpy(file, "\x89PNG\r\n\x1a\n", 8);
    put_u32(head, width), put_u32(head + 4, height);
    head[8] = depth, head[9] = colour;
    return chunk(8, "IHDR", head, 13);
}

static size_t image_data(size_t at, const void *rows, size_t n)
{
    uint8_t packed[4096];
    uLongf size = sizeof packed;
    ck_assert_int_eq(compress(packed, &size, rows, n), Z_OK);
    return chunk(at, "IDAT", packed, (uint32_t)size);
}

static bool refused_bytes(size_t n, const char *message)
{
    put("h.png", file, n);
    return refused("h.png", message);
}

START_TEST(hostile_png)
{
    /* 4 rows of 5 gray pixels behind their filters */
    static const uint8_t rows[4 * 6] = {0, 1, 2, 3, 4, 5, 1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 4, 9, 9, 9, 9, 9};
    static const uint8_t palette[6] = {0, 0, 0, 9, 9, 9};
    RtPng head;
    RtError error = {0};
    size_t n = image_data(begin(5, 4, 8, 0), rows, sizeof rows), whole = chunk(n, "IEND", "", 0);
    put("good.png", file, whole);
    ck_reads_as_libpng(in_folder("good.png"), 1);
    for (size_t cut = 0; cut < whole; cut++) ck_assert_msg(refused_bytes(cut, ""), "cut at %zu", cut);
    for (size_t at = 0; at < whole; at++) {                  /* a bit flipped: nowhere is it not seen */
        file[at] ^= 0x10;
        ck_assert_msg(refused_bytes(whole, ""), "bit at %zu", at);
        file[at] ^= 0x10;
    }
    n = chunk(begin(5, 4, 8, 0), "IEND", "", 0);
    ck_assert(refused_bytes(n, "0 bytes of image data, against 24"));
    n = chunk(image_data(begin(5, 4, 8, 0), rows, sizeof rows - 1), "IEND", "", 0);
    ck_assert(refused_bytes(n, "23 bytes of image data, against 24"));
    n = chunk(image_data(begin(5, 3, 8, 0), rows, sizeof rows), "IEND", "", 0);
    ck_assert(refused_bytes(n, "damaged image data"));
    n = chunk(chunk(begin(5, 4, 8, 0), "IDAT", "garbage", 7), "IEND", "", 0);
    ck_assert(refused_bytes(n, "damaged image data"));
    n = chunk(image_data(begin(5, 4, 8, 0), "\5aaaaa\0aaaaa\0aaaaa\0aaaaa", 24), "IEND", "", 0);
    ck_assert(refused_bytes(n, "filter 5 in row 0"));
    n = chunk(begin(5, 4, 8, 0), "XXXX", "", 0);
    ck_assert(refused_bytes(n, "is none that a PNG image has here"));
    n = chunk(begin(5, 4, 8, 0), "IHDR", rows, 13);
    ck_assert(refused_bytes(n, "is none that a PNG image has here"));
    n = chunk(begin(5, 4, 8, 0), "tRNS", rows, 2);
    ck_assert(refused_bytes(n, "one of its colours is transparent"));
    n = chunk(image_data(chunk(begin(5, 4, 8, 3), "PLTE", palette, 6), rows, sizeof rows), "IEND", "", 0);
    ck_assert(refused_bytes(n, "against 2 of its palette"));
    n = chunk(image_data(begin(5, 4, 8, 3), rows, sizeof rows), "IEND", "", 0);
    ck_assert(refused_bytes(n, "against 0 of its palette"));
    n = chunk(begin(5, 4, 8, 3), "PLTE", palette, 5);
    ck_assert(refused_bytes(n, "a palette of 5 bytes"));
    n = chunk(chunk(begin(5, 4, 8, 3), "PLTE", palette, 6), "tRNS", palette, 3);
    ck_assert(refused_bytes(n, "3 transparent colours of 2"));
    n = begin(5, 4, 8, 0);
    put_u32(file + n, 0xfffffff0u), memcpy(file + n + 4, "IDAT", 4);
    ck_assert(refused_bytes(n + 12, "a chunk of 4294967280 bytes, against 0 left"));
    static const uint32_t sizes[][2] = {{0, 4}, {5, 0}, {0x80000000u, 4}, {1 << 20, 1 << 20}, {30000, 30000}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        n = chunk(begin(sizes[i][0], sizes[i][1], 8, 0), "IEND", "", 0);
        ck_assert(refused_bytes(n, i < 3 ? "against sides of 1 to" : "that its size asks for"));
    }
    static const uint8_t wrong[][2] = {{8, 1}, {8, 5}, {8, 7}, {8, 255}, {3, 0}, {0, 0}, {4, 2}, {32, 2}, {255, 3}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert(refused_bytes(begin(5, 4, wrong[i][0], wrong[i][1]), "PNG has no such image"));
    ck_assert(refused_bytes(0, "0 bytes, against at least 33"));
    put("h.png", "\xff\xd8\xff\xe0 a JPEG file with another name, as it happens", 50);
    ck_assert(refused("h.png", "begins with ff d8 ff e0, against 89 50 4e 47"));
    ck_assert(refused("none.png", "cannot open"));
    mkdir(in_folder("d.png"), 0777);
    ck_assert(refused("d.png", "not a file"));
    mkfifo(in_folder("p.png"), 0666);
    ck_assert(refused("p.png", "not a file"));
    ck_assert(rt_png_head(in_folder("good.png"), &head, &error));
    head.width = 6;
    ck_assert(!rt_png_read(in_folder("good.png"), &head, file, &error) &&
              message_has(&error, "4 x 5 x 1, against 4 x 6 x 1 of the first image"));
}
END_TEST

/* ---- folders ---- */

static RtField fields[2];

static RtModel model_of(int64_t h, int64_t w, int64_t c, int64_t classes)
{
    RtModel model = fixture_mlp;
    fields[0] = (RtField){"image", RT_FIELD_IMAGE, RT_F32, 3, {h, w, c}, 0};
    fields[1] = (RtField){"label", RT_FIELD_LABEL, RT_I32, 0, {0}, classes};
    model.fields = fields;
    return model;
}

static const Kind gray = {8, 0, 0, false, 6}, colours = {8, 2, 0, false, 6};

static void make(const char *name) { ck_assert(rt_folder_make(in_folder(name), &(RtError){0})); }

/* 40 images a class, in classes whose order is that of bytes: capitals first. */
static void put_set(const Kind *of_train, const Kind *of_test)
{
    static const char *const classes[] = {"Zebra", "ant", "bee"};
    char name[100];
    for (int test = 0; test < 2; test++)
        for (int c = 0; c < 3; c++)
            for (int i = 0; i < 40; i++) {
                snprintf(name, sizeof name, "%s/%s", test ? "test" : "train", classes[c]);
                if (!i) make(name);
                snprintf(name, sizeof name, "%s/%s/%d.%s", test ? "test" : "train", classes[c], i,
                         i % 2 ? "png" : "PNG");
                write_png(in_folder(name), 6, 5, test ? of_test : of_train, (unsigned)(1 + 4 * (100 * c + i)));
            }
}

static bool opens(RtData *data, const RtModel *model, RtError *error)
{
    *error = (RtError){0};
    if (rt_data_open(data, folder, model, 1, error) && rt_data_test(data, folder, model, error)) return true;
    rt_data_close(data);
    return false;
}

static bool set_refused(const RtModel *model, const char *message)
{
    RtData data;
    RtError error;
    if (opens(&data, model, &error)) return false;
    if (!message_has(&error, message)) fprintf(stderr, "no '%s' in: %s\n", message, error.text);
    return message_has(&error, message);
}

START_TEST(folders)
{
    const RtModel model = model_of(5, 6, 1, 3);
    RtData data;
    RtError error;
    put_set(&gray, &gray);
    put("train/list.csv", "a, b", 4), put("train/ant/.DS_Store", "x", 1);   /* neither is an image that should be one */
    ck_assert_msg(opens(&data, &model, &error), "%s", error.text);
    ck_assert(data.train.n == 120 && data.train.height == 5 && data.train.width == 6 && data.train.channels == 1 &&
              data.test.n == 120);
    for (int i = 0; i < 120; i++) ck_assert_int_eq(data.train.labels[i], i / 40);
    uint8_t pixels[30];
    const RtPng head = {6, 5, 1};
    /* "0.PNG" "1.png" "10.PNG" "11.png" */
    ck_assert(rt_png_read(in_folder("train/ant/10.PNG"), &head, pixels, &error));
    ck_assert_mem_eq(data.train.pixels + 42 * 30, pixels, 30);
    char first[65], again[65], names[65];
    strcpy(first, data.train.pixels_sha256), strcpy(names, data.train.labels_sha256);
    rt_sha256(data.train.pixels, 120 * 30, again);
    ck_assert_str_eq(first, again);
    ck_assert_str_eq(data.train.source[0].sha256, first);
    ck_assert_str_eq(data.test.source[1].name, "test/*/*.png (names)");
    rt_data_close(&data);
    const Kind loose = {8, 0, 0, false, 0};                       /* compressed in another way: the same content */
    put_set(&loose, &gray);
    ck_assert_msg(opens(&data, &model, &error), "%s", error.text);
    ck_assert_str_eq(data.train.pixels_sha256, first);
    rt_data_close(&data);
    ck_assert_int_eq(rename(in_folder("train/bee/39.png"), in_folder("train/bee/4.png")), 0);
    ck_assert_msg(opens(&data, &model, &error), "%s", error.text);
    ck_assert_str_ne(data.train.labels_sha256, names);
    rt_data_close(&data);
    char command[200];
    /* without images to test, the others keep their numbers */
    snprintf(command, sizeof command, "rm -r %s/test/ant", folder);
    ck_assert_int_eq(system(command), 0);
    ck_assert_msg(opens(&data, &model, &error), "%s", error.text);
    ck_assert(data.test.n == 80 && data.test.labels[39] == 0 && data.test.labels[40] == 2);
    rt_data_close(&data);
    const RtModel few = model_of(5, 6, 1, 2);
    ck_assert(set_refused(&few, "train: label 2 of image 80, against labels 0 to 1"));
    const RtModel other = model_of(6, 5, 1, 3);
    ck_assert(set_refused(&other, "test: images of 5 x 6 x 1, against 6 x 5 x 1"));
}
END_TEST

/* One image with colours, of either set, makes all have three channels. */
START_TEST(mixed_folders)
{
    RtData data;
    RtError error;
    uint8_t pixels[90];
    put_set(&gray, &gray);
    write_png(in_folder("test/bee/7.png"), 6, 5, &colours, 5);
    const RtModel model = model_of(5, 6, 3, 3);
    ck_assert_msg(opens(&data, &model, &error), "%s", error.text);
    ck_assert(data.train.channels == 3 && data.test.channels == 3);
    for (int i = 0; i < 120 * 30; i++)
        ck_assert(data.train.pixels[3 * i] == data.train.pixels[3 * i + 1] &&
                  data.train.pixels[3 * i] == data.train.pixels[3 * i + 2]);
    ck_assert(rt_png_read(in_folder("test/bee/7.png"), &(RtPng){6, 5, 3}, pixels, &error));
    int found = 0;
    for (int i = 80; i < 120; i++) found += memcmp(data.test.pixels + i * 90, pixels, 90) == 0;
    ck_assert_int_eq(found, 1);
    rt_data_close(&data);
}
END_TEST

START_TEST(hostile_folders)
{
    const RtModel model = model_of(5, 6, 1, 3);
    RtData data;
    RtError error;
    put_set(&gray, &gray);
    write_png(in_folder("train/ant/7.png"), 5, 6, &gray, 1);
    ck_assert(set_refused(&model, "train/ant/7.png: 6 x 5 x 1, against 5 x 6 x 1 of the first image"));
    put("train/ant/7.png", "nothing", 7);
    ck_assert(set_refused(&model, "train/ant/7.png: begins with 6e 6f 74 68"));
    unlink(in_folder("train/ant/7.png"));
    ck_assert_int_eq(symlink("7.png", in_folder("train/ant/7.png")), 0);
    ck_assert(set_refused(&model, "train/ant/7.png: cannot open: "));
    unlink(in_folder("train/ant/7.png"));
    ck_assert_int_eq(symlink("../bee/8.PNG", in_folder("train/ant/7.png")), 0);          /* a link to an image is one */
    ck_assert_msg(opens(&data, &model, &error), "%s", error.text);
    rt_data_close(&data);
    put("train/bee/c.jpg", "x", 1);
    ck_assert(set_refused(&model, "train/bee/c.jpg: is no .png"));
    unlink(in_folder("train/bee/c.jpg"));
    make("train/bee/more");
    ck_assert(set_refused(&model, "train/bee/more: a folder, against the .png files"));
    rmdir(in_folder("train/bee/more"));
    put("train/loose.png", "x", 1);
    ck_assert(set_refused(&model, "train/loose.png: an image beside the folders of the classes"));
    unlink(in_folder("train/loose.png"));
    make("train/cow");
    ck_assert(set_refused(&model, "train/cow: there is no .png in it"));
    rmdir(in_folder("train/cow"));
    make("test/cow");                                              /* a class of which there is nothing to train with */
    ck_assert(set_refused(&model, "test: has the class cow, against the classes of "));
    rmdir(in_folder("test/cow"));
    ck_assert_int_eq(rename(in_folder("train"), in_folder("x")), 0);
    ck_assert(set_refused(&model, "train: cannot open the folder: No such file"));
    make("train");
    ck_assert(set_refused(&model, "train: there is no folder in it"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("png");
    TCase *tests = tcase_create("png");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_test(tests, png_kinds);
    tcase_add_test(tests, hostile_png);
    tcase_add_test(tests, folders);
    tcase_add_test(tests, mixed_folders);
    tcase_add_test(tests, hostile_folders);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
