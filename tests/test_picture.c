/* test_picture.c - what tailor cam draws: letters, colours, PNG files, figures.
 *
 * Linked with our allocations wrapped (see Makefile): any of them can be made to fail.  Cells of a figure are looked
 * for by their pixels, so that a test says what is in a figure and leaves open where. */
#include "cam/panels.h"
#include "cam/watched.h"

#include "support.h"

#include <dirent.h>
#include <math.h>
#include <png.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static int fail_at, counted;            /* the allocation that fails, from 1; 0: none */

void *__real_malloc(size_t);
void *__real_realloc(void *, size_t);
void *__wrap_malloc(size_t n) { return ++counted == fail_at ? NULL : __real_malloc(n); }
void *__wrap_realloc(void *p, size_t n) { return ++counted == fail_at ? NULL : __real_realloc(p, n); }

static const Colour WHITE = {255, 255, 255}, BLACK = {0, 0, 0};

static bool same(Colour a, Colour b) { return a.r == b.r && a.g == b.g && a.b == b.b; }

static Colour at(const Canvas *c, int x, int y) { return c->pixels[(size_t)y * (size_t)c->width + (size_t)x]; }

static size_t bytes(const Canvas *c) { return (size_t)c->width * (size_t)c->height * sizeof(Colour); }

static Canvas canvas(int64_t width, int64_t height)
{
    RtError error = {0};
    Canvas c;
    ck_assert_msg(canvas_new(&c, width, height, &error), "%s", error.text);
    return c;
}

/* The smallest rectangle around everything that is darker than `least` of 255 under white: left, top, right, bottom,
 * half-open. */
static bool ink(const Canvas *c, int least, int box[4])
{
    box[0] = c->width, box[1] = c->height, box[2] = box[3] = 0;
    for (int y = 0; y < c->height; y++)
        for (int x = 0; x < c->width; x++)
            if (255 - at(c, x, y).g >= least) {
                box[0] = x < box[0] ? x : box[0], box[1] = y < box[1] ? y : box[1];
                box[2] = x >= box[2] ? x + 1 : box[2], box[3] = y + 1;
            }
    return box[3] > 0;
}

/* ---- canvas ---- */

START_TEST(sizes)
{
    static const struct { int64_t width, height; bool ok;
    } rows[] = {{1, 1, true},
                {32767, 1, true},
                {1, 32767, true},
                {8192, 8192, true},
                {8193, 8192, false},
                {0, 1, false},
                {1, 0, false},
                {-1, -1, false},
                {32768, 1, false},
                {1, 32768, false},
                {1LL << 32, 1LL << 32, false},
                {INT64_MAX, INT64_MAX, false},
                {INT64_MIN, 1, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        RtError error = {0};
        Canvas c;
        ck_assert_msg(canvas_new(&c, rows[i].width, rows[i].height, &error) == rows[i].ok, "row %zu", i);
        ck_assert((c.pixels != NULL) == rows[i].ok && (error.text[0] == 0) == rows[i].ok);
        if (rows[i].ok) ck_assert(same(at(&c, c.width - 1, c.height - 1), WHITE));
        canvas_free(&c);
    }
}
END_TEST

/* Every rectangle around a small canvas, against one pixel at a time. */
START_TEST(rectangles)
{
    const Colour colour = {1, 2, 3};
    for (int x = -4; x < 7; x++)
        for (int y = -4; y < 7; y++)
            for (int width = -1; width < 9; width++)
                for (int height = -1; height < 9; height++) {
                    Canvas c = canvas(5, 4);
                    draw_rectangle(&c, x, y, width, height, colour);
                    for (int v = 0; v < 4; v++)
                        for (int u = 0; u < 5; u++)
                            ck_assert(same(at(&c, u, v),
                                           u >= x && u < x + width && v >= y && v < y + height ? colour : WHITE));
                    canvas_free(&c);
                }
    Canvas c = canvas(8, 8);
    draw_frame(&c, 2, 2, 4, 4, 2, colour);
    for (int v = 0; v < 8; v++)
        for (int u = 0; u < 8; u++) ck_assert(same(at(&c, u, v), u < 2 || u >= 6 || v < 2 || v >= 6 ? colour : WHITE));
    draw_rectangle(&c, INT32_MAX, INT32_MAX, INT32_MAX, INT32_MAX, BLACK);
    draw_rectangle(&c, INT32_MIN, 0, INT32_MAX, 8, BLACK);
    ck_assert(same(at(&c, 7, 7), colour) && same(at(&c, 2, 2), WHITE));
    canvas_free(&c);
}
END_TEST

START_TEST(enlarged_images)
{
    Canvas c = canvas(20, 20);
    Colour colours[6];
    for (int i = 0; i < 6; i++) colours[i] = (Colour){(uint8_t)i, (uint8_t)(100 + i), 7};
    draw_image(&c, -2, 5, 4, 2, 3, colours);
    for (int y = 0; y < 20; y++)
        for (int x = 0; x < 20; x++)
            ck_assert(same(at(&c, x, y), x < 10 && y >= 5 && y < 13 ? colours[(y - 5) / 4 * 3 + (x + 2) / 4] : WHITE));
    canvas_free(&c);
    ck_assert(same(blend(WHITE, BLACK, 0), WHITE) && same(blend(WHITE, BLACK, 1), BLACK) &&
              same(blend(BLACK, WHITE, 2), WHITE));
    ck_assert(same(blend(BLACK, WHITE, -1), BLACK) && same(blend(BLACK, WHITE, (double)NAN), BLACK));
    ck_assert(same(blend((Colour){10, 20, 200}, (Colour){20, 10, 100}, 0.5), (Colour){15, 15, 150}));
}
END_TEST

/* ---- text ---- */

static Canvas line(int size, bool bold, const char *text, int width)
{
    Canvas c = canvas(width + 40, 2 * size + 20);
    draw_text(&c, 20, size + 10, width, ALIGN_LEFT, &(TextStyle){size, bold, BLACK}, text);
    return c;
}

/* Each character leaves ink between x and x + text_width, from ascender to descender; a space leaves none. */
START_TEST(letters_stay_inside)
{
    for (int size = 8; size <= 48; size += size < 16 ? 1 : 8)
        for (int c = ' '; c <= '~'; c++)
            for (int bold = 0; bold < 2; bold++) {
                const char text[2] = {(char)c};
                const int width = (int)text_width(size, text);
                Canvas drawn = line(size, bold, text, width);
                int box[4];
                ck_assert_msg(ink(&drawn, 1, box) == (c != ' '), "%c of size %d", c, size);
                ck_assert_msg(c == ' ' || (box[0] >= 20 && box[2] <= 20 + width),
                              "%c of size %d: columns %d to %d of %d", c, size, box[0] - 20, box[2] - 20, width);
                ck_assert_msg(c == ' ' || (box[1] >= 10 && box[3] <= size + 10 + size * 3 / 10 + 2),
                              "%c of size %d: rows %d to %d", c, size, box[1] - 10, box[3] - 10);
                canvas_free(&drawn);
            }
}
END_TEST

/* Small letters are equally high, so are capitals and digits, and all stand on the baseline. */
START_TEST(letters_stand_on_lines)
{
    static const char *const kinds[] = {"aceimnorsuvwxz", "ABCDEFGHIJKLMNOPRSTUVWXYZ0123456789"};
    for (int size = 10; size <= 20; size++)
        for (int kind = 0; kind < 2; kind++) {
            int first[4] = {0};
            for (const char *c = kinds[kind]; *c; c++) {
                if (*c == 'i') continue;
                const char text[2] = {*c};
                Canvas drawn = line(size, false, text, 40);
                int box[4];
                ck_assert(ink(&drawn, 128, box));
                if (c == kinds[kind]) memcpy(first, box, sizeof first);
                ck_assert_msg(box[1] == first[1] && box[3] == first[3],
                              "%c of size %d: rows %d to %d, against %d to %d", *c, size, box[1], box[3], first[1],
                              first[3]);
                ck_assert_int_eq(box[3], size + 10);
                canvas_free(&drawn);
            }
        }
}
END_TEST

START_TEST(letters_differ)
{
    enum { N = '~' - ' ' + 1 };
    Canvas drawn[N];
    for (int i = 0; i < N; i++) drawn[i] = line(13, false, (char[2]){(char)(' ' + i)}, 40);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < i; j++) {
            int most = 0;
            for (int p = 0; p < drawn[i].width * drawn[i].height; p++) {
                const int difference = abs(drawn[i].pixels[p].g - drawn[j].pixels[p].g);
                most = difference > most ? difference : most;
            }
            ck_assert_msg(most > 100, "%c and %c differ by %d", ' ' + i, ' ' + j, most);
        }
    for (int i = 0; i < N; i++) canvas_free(&drawn[i]);
}
END_TEST

/* Anything else is a question mark. */
START_TEST(other_characters)
{
    static const char *const others[] = {"\xc3\xa9", "\xff", "\xe2\x82\xac",     "\x01",
                                         "\x7f",     "\n",   "\xf0\x9f\x91\x9f", "\xc3"};
    Canvas expected = line(13, false, "?", 40);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        Canvas drawn = line(13, false, others[i], 40);
        ck_assert_msg(memcmp(drawn.pixels, expected.pixels, bytes(&drawn)) == 0, "row %zu", i);
        ck_assert_int_eq(text_width(13, others[i]), text_width(13, "?"));
        canvas_free(&drawn);
    }
    canvas_free(&expected);
    expected = line(13, false, "a??b", 40);
    Canvas drawn = line(13, false, "a\xe2\x82\xc3\xa9" "b", 40);   /* a broken character and a whole one: ? ? ? */
    ck_assert(memcmp(drawn.pixels, expected.pixels, bytes(&drawn)) != 0);
    ck_assert_int_eq(text_width(13, "a\xe2\x82\xc3\xa9" "b"), text_width(13, "a???b"));
    canvas_free(&drawn), canvas_free(&expected);
}
END_TEST

/* What does not fit is the longest beginning that does, and ".."; what fits is whole; nothing leaves its width. */
START_TEST(text_is_cut)
{
    const char *text = "Wide Mountain Wagon 0.93";
    const int whole = (int)text_width(12, text);
    for (int width = 0; width < whole + 5; width++) {
        Canvas drawn = line(12, false, text, width);
        int box[4], length = -1;
        if (ink(&drawn, 1, box)) ck_assert(box[0] >= 20 && box[2] <= 20 + width);
        for (int n = 0; n <= (int)strlen(text); n++) {
            char cut[64];
            snprintf(cut, sizeof cut, "%.*s%s", n, text, n < (int)strlen(text) ? ".." : "");
            if (text_width(12, cut) <= width) length = n;
        }
        char expected[64] = "";
        if (length >= 0) snprintf(expected, sizeof expected, "%.*s%s", length, text, width < whole ? ".." : "");
        Canvas plain = canvas(width + 40, 44);
        draw_text(&plain, 20, 22, 1000, ALIGN_LEFT, &(TextStyle){12, false, BLACK}, expected);
        ck_assert_msg(memcmp(drawn.pixels, plain.pixels, bytes(&drawn)) == 0, "%d pixels: not \"%s\"", width, expected);
        canvas_free(&drawn), canvas_free(&plain);
    }
}
END_TEST

START_TEST(text_is_aligned)
{
    const TextStyle style = {14, true, BLACK};
    const int taken = (int)text_width(14, "Coat");
    Canvas left = canvas(200, 40), other = canvas(200, 40);
    draw_text(&left, 20, 25, 150, ALIGN_LEFT, &style, "Coat");
    for (int align = ALIGN_CENTRE; align <= ALIGN_RIGHT; align++) {
        const int by = align == ALIGN_CENTRE ? (150 - taken) / 2 : 150 - taken;
        draw_rectangle(&other, 0, 0, 200, 40, WHITE);
        draw_text(&other, 20, 25, 150, (Align)align, &style, "Coat");
        for (int y = 0; y < 40; y++)
            for (int x = by; x < 200; x++) ck_assert(same(at(&other, x, y), at(&left, x - by, y)));
    }
    canvas_free(&other);
    Canvas up = canvas(40, 200);                /* a quarter turn to the left */
    draw_text_up(&up, 25, 180, 150, ALIGN_LEFT, &style, "Coat");
    for (int y = 0; y < 200; y++)
        for (int x = 0; x < 40; x++) ck_assert(same(at(&up, x, y), at(&left, 199 - y, x)));
    canvas_free(&up), canvas_free(&left);
    Canvas small = canvas(3, 3);                /* nothing is drawn outside */
    draw_text(&small, -20, 2, 1000, ALIGN_LEFT, &(TextStyle){INT32_MAX, true, BLACK}, "WWWW");
    draw_text_up(&small, 2, 8, 1000, ALIGN_LEFT, &(TextStyle){-1, true, BLACK}, "WWWW");
    canvas_free(&small);
}
END_TEST

/* ---- colours ---- */

static double lightness(Colour colour)          /* of OKLab, from the definition's matrices of the way there */
{
    const uint8_t byte[3] = {colour.r, colour.g, colour.b};
    double linear[3];
    for (int i = 0; i < 3; i++) {
        const double v = byte[i] / 255.0;
        linear[i] = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
    }
    return 0.2104542553 * cbrt(0.4122214708 * linear[0] + 0.5363325363 * linear[1] + 0.0514459929 * linear[2]) +
           0.7936177850 * cbrt(0.2119034982 * linear[0] + 0.6806995451 * linear[1] + 0.1073969566 * linear[2]) -
           0.0040720468 * cbrt(0.0883024619 * linear[0] + 0.2817188376 * linear[1] + 0.6299787005 * linear[2]);
}

START_TEST(colours_are_even)
{
    Colour map[COLOURS];
    double last[3] = {0}, least = 1e9, most = 0, chroma = 0, last_lightness = 0;
    colour_map(map);
    for (int i = 0; i < COLOURS; i++) {
        double lab[3], srgb[3];
        colour_path(i / 255.0, lab, srgb);
        for (int k = 0; k < 3; k++)
            ck_assert_msg(srgb[k] >= 0 && srgb[k] <= 1, "colour %d is outside sRGB: %g", i, srgb[k]);
        ck_assert(abs(map[i].r - (int)lround(255 * srgb[0])) <= 1 && abs(map[i].g - (int)lround(255 * srgb[1])) <= 1 &&
                  abs(map[i].b - (int)lround(255 * srgb[2])) <= 1);
        ck_assert_double_eq_tol(lightness(map[i]), lab[0], 0.006);
        ck_assert_msg(lightness(map[i]) > last_lightness, "colour %d is not lighter than the one before", i);
        if (i) {
            const double step = sqrt(pow(lab[0] - last[0], 2) + pow(lab[1] - last[1], 2) + pow(lab[2] - last[2], 2));
            least = fmin(least, step), most = fmax(most, step);
        }
        chroma += hypot(lab[1], lab[2]) / COLOURS;
        last_lightness = lightness(map[i]);
        memcpy(last, lab, sizeof last);
    }
    ck_assert_double_lt(most / least, 1.0001);
    ck_assert(lightness(map[0]) < 0.2 && lightness(map[255]) > 0.93 && chroma > 0.15);
}
END_TEST

/* ---- PNG ---- */

static Canvas speckled(int width, int height)
{
    Canvas c = canvas(width, height);
    for (unsigned i = 0; i < (unsigned)(width * height); i++)
        c.pixels[i] = (Colour){(uint8_t)(i * 7), (uint8_t)(i * i >> 3), (uint8_t)(i >> 4)};
    return c;
}

static void ck_file_is(const char *path, const Canvas *c)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    ck_assert_msg(png_image_begin_read_from_file(&image, path), "%s", image.message);
    ck_assert(image.width == (unsigned)c->width && image.height == (unsigned)c->height &&
              image.format == PNG_FORMAT_RGB);
    Colour *read = malloc(bytes(c));
    ck_assert(png_image_finish_read(&image, NULL, read, 0, NULL));
    ck_assert_mem_eq(read, c->pixels, bytes(c));
    free(read);
}

static int files_in_folder(void)
{
    int n = 0;
    DIR *dir = opendir(folder);
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *entry; (entry = readdir(dir));) n += entry->d_name[0] != '.';
    closedir(dir);
    return n;
}

START_TEST(png_files)
{
    static const int sizes[][2] = {{1, 1}, {3, 5}, {640, 3}, {333, 210}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        RtError error = {0};
        RtText first = {0}, second = {0}, chunks = {0};
        Canvas c = speckled(sizes[i][0], sizes[i][1]);
        ck_assert_msg(canvas_write(&c, in_folder("a.png"), &error), "%s", error.text);
        ck_file_is(in_folder("a.png"), &c);
        ck_assert(rt_file_read(in_folder("a.png"), 1 << 24, &first, &error) && canvas_png(&c, &second, &error));
        ck_assert_uint_eq(first.length, second.length);
        ck_assert_mem_eq(first.data, second.data, first.length);
        for (size_t at = 8; at + 12 <= first.length;) {
            const unsigned char *p = (const unsigned char *)first.data + at;
            if (!chunks.length || memcmp(p + 4, chunks.data + chunks.length - 4, 4) != 0)
                rt_text_bytes(&chunks, (const char *)p + 4, 4);
            at += 12 + ((size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3]);
        }
        ck_assert_str_eq(chunks.data, "IHDRsRGBIDATIEND");       /* no time, no text */
        ck_assert_int_eq(files_in_folder(), 1);
        rt_text_free(&first), rt_text_free(&second), rt_text_free(&chunks);
        canvas_free(&c);
    }
}
END_TEST

/* A folder that is not there, a folder in the file's place, a disk that is full: an error, and what was there is as it
 * was. */
START_TEST(png_not_written)
{
    Canvas c = speckled(300, 200);
    RtError error = {0};
    ck_assert(!canvas_write(&c, in_folder("none/a.png"), &error));
    ck_assert_ptr_nonnull(strstr(error.text, "none/a.png"));
    ck_assert_int_eq(files_in_folder(), 0);
    ck_assert(rt_folder_make(in_folder("a.png"), &error));
    error = (RtError){0};
    ck_assert(!canvas_write(&c, in_folder("a.png"), &error));
    ck_assert_ptr_nonnull(strstr(error.text, "a.png"));
    ck_assert_int_eq(files_in_folder(), 1);

    struct rlimit before, few;
    RtText old = {0};
    put("b.png", "old", 3);
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    few = before, few.rlim_cur = 1000;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &few), 0);
    error = (RtError){0};
    const bool written = canvas_write(&c, in_folder("b.png"), &error);
    setrlimit(RLIMIT_FSIZE, &before);
    ck_assert(!written);
    ck_assert_ptr_nonnull(strstr(error.text, "b.png"));
    ck_assert_int_eq(files_in_folder(), 2);
    ck_assert(rt_file_read(in_folder("b.png"), 10, &old, &(RtError){0}));
    ck_assert_str_eq(old.data, "old");
    rt_text_free(&old);
    canvas_free(&c);
}
END_TEST

/* ---- figures ---- */

enum { MOST_FLOATS = 64 * 64 * 3 };

static float picture[MOST_FLOATS], maps[4][MOST_FLOATS];

/* Numbers that leave no two neighbours alike; maps on scales that differ by much. */
static void fill(const RtShape *s)
{
    const int64_t n = s->height * s->width;
    for (int64_t i = 0; i < n * s->channels; i++) picture[i] = (float)((i * 37 + 11) % 251) / 255;
    for (int m = 0; m < 4; m++)
        for (int64_t i = 0; i < n; i++)
            maps[m][i] = (float)((i * (29 + 2 * m) + m) % 97 + 1) * (m == 0 ? 1e-30f : m == 1 ? 1e30f : 1);
}

static PanelRow row_of(bool correct)
{
    PanelRow row = {picture, "Sandal", {correct ? "Sandal" : "Sneaker", "Sandal"}, {correct, true}, {{0}}, {{0}}};
    for (int run = 0; run < MOST_RUNS; run++) {
        row.of_true[run] = (PanelMap){maps[run], "Sandal", 0.25};
        row.of_other[run] = (PanelMap){maps[2 + run], "Sneaker", 0.5};
    }
    return row;
}

static const PanelText ONE = {"mine", "Grad-CAM, layer 3", 1, {"mine"}, false},
                       TWO = {"mine against yours", NULL, 2, {"mine", "yours"}, false};

/* How often the picture stands on the canvas, enlarged; the last place is told. */
static int count_cells(const Canvas *c, const RtShape *s, int factor, const Colour *colours, int *at_x, int *at_y)
{
    const int wide = (int)s->width * factor, high = (int)s->height * factor;
    int found = 0;
    for (int y = 0; y + high <= c->height; y++)
        for (int x = 0; x + wide <= c->width; x++) {
            bool equal = true;
            for (int v = 0; v < high && equal; v++)
                for (int u = 0; u < wide && equal; u++)
                    equal = same(at(c, x + u, y + v), colours[v / factor * s->width + u / factor]);
            if (equal) found++, *at_x = x, *at_y = y;
        }
    return found;
}

static int count_images(const Canvas *c, const RtShape *s, int factor)
{
    static Colour colours[MOST_FLOATS];
    int x, y;
    for (int64_t i = 0; i < s->height * s->width; i++) {
        uint8_t rgb[3];
        for (int k = 0; k < 3; k++)
            rgb[k] = (uint8_t)(255 * picture[i * s->channels + (s->channels == 3 ? k : 0)] + 0.5f);
        colours[i] = (Colour){rgb[0], rgb[1], rgb[2]};
    }
    return count_cells(c, s, factor, colours, &x, &y);
}

static int count_maps(const Canvas *c, const RtShape *s, int factor, const float *map, int *x, int *y)
{
    static Colour colours[MOST_FLOATS];
    Colour map_colours[COLOURS];
    float most = 0;
    colour_map(map_colours);
    for (int64_t i = 0; i < s->height * s->width; i++) most = fmaxf(most, map[i]);
    for (int64_t i = 0; i < s->height * s->width; i++)
        colours[i] = map_colours[(int)((double)map[i] / (double)most * 255 + 0.5)];
    return count_cells(c, s, factor, colours, x, y);
}

static int count_colour(const Canvas *c, Colour colour)
{
    int n = 0;
    for (int i = 0; i < c->width * c->height; i++) n += same(c->pixels[i], colour);
    return n;
}

/* Nothing reaches the edge: a figure has a white margin. */
static void ck_margin(const Canvas *c)
{
    int box[4];
    ck_assert(ink(c, 1, box));
    ck_assert_msg(box[0] >= 15 && box[1] >= 15 && box[2] <= c->width - 15 && box[3] <= c->height - 15,
                  "%d %d to %d %d in %d x %d", box[0], box[1], box[2], box[3], c->width, c->height);
}

static const struct { RtShape shape; int factor, mean_factor;
} SHAPES[] = {{{28, 28, 1}, 4, 3},  {{28, 28, 3}, 4, 3},  {{64, 40, 1}, 2, 1}, {{40, 64, 3}, 2, 1},
              {{1, 1, 1}, 112, 84}, {{1, 1, 3}, 112, 84}, {{2, 64, 1}, 2, 1},  {{64, 2, 3}, 2, 1}};
enum { N_SHAPES = sizeof SHAPES / sizeof *SHAPES };

START_TEST(panels)
{
    const RtShape *s = &SHAPES[_i].shape;
    const int factor = SHAPES[_i].factor;
    const bool tells = s->height > 1;           /* a single pixel has only one colour: it may stand anywhere */
    RtError error = {0};
    Canvas c, again;
    int x[4], y[4];
    fill(s);
    for (int runs = 1; runs <= 2; runs++) {
        const PanelRow row = row_of(true);
        ck_assert_msg(draw_panels(runs == 1 ? &ONE : &TWO, s, 1, &row, &c, &error), "%s", error.text);
        ck_margin(&c);
        ck_assert_int_ge(count_images(&c, s, factor), 1);
        if (tells) ck_assert_int_eq(count_images(&c, s, factor), 1);
        for (int m = 0; m < 4 && tells; m++)
            ck_assert_int_eq(count_maps(&c, s, factor, maps[m], &x[m], &y[m]), m % 2 < runs);
        if (tells)
            ck_assert(x[0] < x[2] && y[0] == y[2] && (runs == 1 || (x[2] < x[1] && x[1] < x[3] && y[1] == y[0])));
        ck_assert(canvas_write(&c, in_folder("a.png"), &error));
        ck_file_is(in_folder("a.png"), &c);
        ck_assert(draw_panels(runs == 1 ? &ONE : &TWO, s, 1, &row, &again, &error));
        ck_assert_mem_eq(c.pixels, again.pixels, bytes(&c));
        canvas_free(&c), canvas_free(&again);
    }
    const PanelRow rows[3] = {row_of(true), row_of(false), row_of(true)};
    ck_assert(draw_panels(&ONE, s, 3, rows, &c, &error));
    ck_margin(&c);
    if (tells) ck_assert_int_eq(count_images(&c, s, factor), 3);
    canvas_free(&c);
}
END_TEST

/* A prediction that is wrong is in red, and only then. */
START_TEST(wrong_predictions)
{
    const RtShape *s = &SHAPES[0].shape;
    const Colour red = {192, 28, 40};
    RtError error = {0};
    Canvas c;
    fill(s);
    for (int runs = 1; runs <= 2; runs++)
        for (int correct = 0; correct < 2; correct++) {
            const PanelRow row = row_of(correct);
            ck_assert(draw_panels(runs == 1 ? &ONE : &TWO, s, 1, &row, &c, &error));
            ck_assert((count_colour(&c, red) > 20) == !correct && (correct == (count_colour(&c, red) == 0)));
            if (runs == 1) ck_assert((count_colour(&c, red) > 8 * 112) == !correct);
            canvas_free(&c);
        }
}
END_TEST

/* A class that was asked for stands in the place of the most confusing one: only the heading above its maps says so. */
START_TEST(given_class)
{
    const RtShape *s = &SHAPES[0].shape;
    RtError error = {0};
    Canvas c, given;
    int x, y, changed = 0;
    fill(s);
    const PanelRow row = row_of(true);
    PanelText text = ONE;
    text.given = true;
    ck_assert(draw_panels(&ONE, s, 1, &row, &c, &error) && draw_panels(&text, s, 1, &row, &given, &error));
    ck_assert_int_eq(count_maps(&given, s, SHAPES[0].factor, maps[2], &x, &y), 1);
    ck_assert_int_eq(bytes(&c), bytes(&given));
    for (int i = 0; i < c.width * c.height; i++) {
        if (same(c.pixels[i], given.pixels[i])) continue;
        changed++;
        ck_assert_msg(i / c.width < y && i % c.width >= x - 2 && i % c.width < x + 114, "pixel %d %d is another one",
                      i % c.width, i / c.width);
    }
    ck_assert_int_gt(changed, 50);
    canvas_free(&c), canvas_free(&given);
}
END_TEST

/* What is no probability is left out. */
START_TEST(probabilities)
{
    const RtShape *s = &SHAPES[0].shape;
    static const double none[] = {-0.01, 1.01, 7e300, (double)NAN, -(double)INFINITY}, some[] = {0, 0.5, 1};
    RtError error = {0};
    Canvas first, c;
    fill(s);
    PanelRow row = row_of(true);
    row.of_true[0].probability = -1;
    ck_assert(draw_panels(&ONE, s, 1, &row, &first, &error));
    for (int i = 0; i < 8; i++) {
        row.of_true[0].probability = i < 5 ? none[i] : some[i - 5];
        ck_assert(draw_panels(&ONE, s, 1, &row, &c, &error));
        ck_assert_msg((memcmp(c.pixels, first.pixels, bytes(&c)) == 0) == (i < 5), "row %d", i);
        canvas_free(&c);
    }
    canvas_free(&first);
}
END_TEST

/* Zeros, nothing, and numbers that are none: no map, and its overlay is the image. */
START_TEST(dead_maps)
{
    const RtShape *s = &SHAPES[0].shape;
    static float dead[28 * 28];
    const float *const kinds[] = {dead, NULL, dead, dead};
    RtError error = {0};
    Canvas c, first = {0};
    int x, y;
    fill(s);
    for (int kind = 0; kind < 4; kind++) {
        for (int i = 0; i < 28 * 28; i++)
            dead[i] = kind == 0   ? 0
                      : kind == 2 ? -1.0f - (float)i
                      : i % 2     ? (float)NAN
                      : i % 4     ? (float)INFINITY
                                  : -(float)INFINITY;
        PanelRow row = row_of(true);
        row.of_other[0].map = kinds[kind];
        ck_assert(draw_panels(&ONE, s, 1, &row, &c, &error));
        ck_assert_int_eq(count_images(&c, s, 4), 2);
        ck_assert_int_gt(count_colour(&c, (Colour){246, 246, 247}), 112 * 112 * 3 / 4);
        ck_assert_int_eq(count_maps(&c, s, 4, maps[0], &x, &y), 1);
        if (kind == 0) first = c;
        else {
            ck_assert_mem_eq(c.pixels, first.pixels, bytes(&c));
            canvas_free(&c);
        }
    }
    canvas_free(&first);
    maps[0][5] = (float)NAN, maps[0][6] = (float)INFINITY, maps[0][7] = -1;   /* the rest of a map shows all the same */
    PanelRow row = row_of(true);
    ck_assert(draw_panels(&ONE, s, 1, &row, &c, &error));
    maps[0][5] = maps[0][6] = maps[0][7] = 0;
    ck_assert_int_eq(count_maps(&c, s, 4, maps[0], &x, &y), 1);
    canvas_free(&c);
}
END_TEST

/* Between cells it stays white, however long the names are. */
START_TEST(long_names)
{
    const RtShape *s = &SHAPES[0].shape;
    RtError error = {0};
    Canvas c;
    int x[4], y[4];
    enum { LONG = 100000 };
    char *name = malloc(LONG);
    memset(name, 'W', LONG), name[LONG - 1] = 0;
    fill(s);
    PanelRow row = {picture, name, {name, name}, {false, false}, {{0}}, {{0}}};
    for (int run = 0; run < MOST_RUNS; run++) {
        row.of_true[run] = (PanelMap){maps[run], name, 1};
        row.of_other[run] = (PanelMap){maps[2 + run], name, 7e300};
    }
    const PanelText text = {name, name, 2, {name, name}, false};
    ck_assert(draw_panels(&text, s, 1, &row, &c, &error));
    ck_margin(&c);
    ck_assert_int_eq(count_images(&c, s, 4), 1);
    for (int m = 0; m < 4; m++) {
        ck_assert_int_eq(count_maps(&c, s, 4, maps[m], &x[m], &y[m]), 1);
        for (int v = y[m] - 16; v < y[m] + 112; v++)
            for (int gap = 0; gap < 4; gap++) {
                ck_assert(same(at(&c, x[m] + 112 + 1 + gap, v), WHITE));
                ck_assert(same(at(&c, x[m] - 2 - gap, v), WHITE));
            }
    }
    canvas_free(&c);
    const PanelClass means[2] = {{name, INT64_MAX, picture, {maps[0], maps[1]}}, {name, 1, picture, {maps[2], NULL}}};
    ck_assert(draw_class_means(&text, s, 2, means, &c, &error));
    ck_margin(&c);
    ck_assert_int_eq(count_maps(&c, s, 3, maps[0], &x[0], &y[0]), 1);
    for (int v = y[0] - 84 - 6 - 16; v < y[0] + 84; v++)
        for (int gap = 0; gap < 4; gap++) ck_assert(same(at(&c, x[0] + 84 + 1 + gap, v), WHITE));
    canvas_free(&c);
    free(name);
}
END_TEST

START_TEST(class_means)
{
    const RtShape *s = &SHAPES[_i].shape;
    const int factor = SHAPES[_i].mean_factor;
    static const int counts[] = {1, 10, 20, 21, 45};
    RtError error = {0};
    fill(s);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        for (int runs = 1; runs <= 2; runs++) {
            PanelClass classes[45];
            Canvas c;
            int x, y;
            const int n = counts[i];
            for (int k = 0; k < n; k++) classes[k] = (PanelClass){"Ankle boot", 1000 + k, picture, {maps[2], maps[3]}};
            ck_assert_msg(draw_class_means(runs == 1 ? &ONE : &TWO, s, n, classes, &c, &error), "%s", error.text);
            ck_margin(&c);
            ck_assert_int_le(c.width, 20 * 140 + 400);
            if (s->height > 1 && n < 21) {
                ck_assert_int_eq(count_images(&c, s, factor), n);
                ck_assert_int_eq(count_maps(&c, s, factor, maps[2], &x, &y), n);
                ck_assert_int_eq(count_maps(&c, s, factor, maps[3], &x, &y), runs == 2 ? n : 0);
            }
            canvas_free(&c);
        }
}
END_TEST

/* Pixels of a colour in a column of the picture. */
static int column_of(const Canvas *canvas, int x, Colour colour)
{
    int n = 0;
    for (int y = 0; y < canvas->height; y++) {
        const Colour *at = &canvas->pixels[(size_t)y * (size_t)canvas->width + (size_t)x];
        n += at->r == colour.r && at->g == colour.g && at->b == colour.b;
    }
    return n;
}

/* A bar is as high as the root of its share; what has no gradient leaves that place empty; two runs have a column each.
 */
START_TEST(watched_values)
{
    enum { LEFT = 22, BAR = 10, RIGHT = LEFT + BINS * BAR + 30, HIGH = 90 };
    const Colour value = {32, 104, 172}, gradient = {200, 90, 20};
    Noted noted[] = {{.name = "label", .of = "value"}, {.name = "h", .of = "value"}, {.name = "h", .of = "gradient"}};
    noted[0].bins[4] = 7;
    noted[1].bins[0] = 400, noted[1].bins[31] = 100, noted[1].bins[8] = NAN;
    noted[2].bins[2] = 1;
    Noted *lists[] = {noted, noted + 1};
    const char *const labels[] = {"a", "b"};
    Canvas canvas;
    RtError error = {0};
    const int one = 3, two[] = {1, 2};
    ck_assert(draw_watched("title", 1, labels, &one, lists, &canvas, &error));
    const int high = canvas.height;
    ck_assert_int_eq(column_of(&canvas, LEFT + 4 * BAR, value), HIGH);
    ck_assert_int_eq(column_of(&canvas, LEFT, value), HIGH);
    ck_assert_int_eq(column_of(&canvas, LEFT + 31 * BAR, value), HIGH / 2);
    ck_assert_int_eq(column_of(&canvas, LEFT + 8 * BAR, value), 0);
    ck_assert_int_eq(column_of(&canvas, RIGHT + 2 * BAR, gradient), HIGH);
    ck_assert_int_eq(column_of(&canvas, LEFT + 2 * BAR, gradient), 0);
    canvas_free(&canvas);
    ck_assert(draw_watched("title", 2, labels, two, lists, &canvas, &error));
    ck_assert_int_lt(canvas.height, high + 40);
    ck_assert_int_eq(column_of(&canvas, LEFT + 4 * BAR, value), HIGH);
    ck_assert_int_eq(column_of(&canvas, RIGHT, value), HIGH);
    ck_assert_int_eq(column_of(&canvas, RIGHT + 2 * BAR, gradient), HIGH);
    canvas_free(&canvas);
}
END_TEST

START_TEST(figures_refused)
{
    static const struct { RtShape shape; int64_t n; int runs;
    } rows[] = {{{28, 28, 2}, 1, 1},
                {{28, 28, 0}, 1, 1},
                {{28, 28, 4}, 1, 1},
                {{0, 28, 1}, 1, 1},
                {{28, -1, 1}, 1, 1},
                {{28, 28, 1}, 0, 1},
                {{28, 28, 1}, -5, 1},
                {{28, 28, 1}, INT64_MAX, 1},
                {{28, 28, 1}, 1, 0},
                {{28, 28, 1}, 1, 3},
                {{1LL << 40, 1LL << 40, 1}, 1, 1},
                {{32767, 32767, 3}, 1, 1},
                {{INT64_MAX, INT64_MAX, INT64_MAX}, INT64_MAX, 2},
                {{8000, 8000, 1}, 1, 1},
                {{1, 32767, 1}, 1, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const PanelText text = {"t", "s", rows[i].runs, {"a", "b"}, false};
        const PanelRow row = row_of(true);
        const PanelClass mean = {"c", 1, picture, {maps[0], maps[1]}};
        RtError error = {0};
        Canvas c;
        ck_assert_msg(!draw_panels(&text, &rows[i].shape, rows[i].n, &row, &c, &error) && error.text[0] && !c.pixels,
                      "row %zu", i);
        error = (RtError){0};
        ck_assert_msg(!draw_class_means(&text, &rows[i].shape, rows[i].n, &mean, &c, &error) && error.text[0] &&
                          !c.pixels,
                      "row %zu", i);
    }
    enum { MANY = 400 };
    PanelRow *many = malloc(MANY * sizeof *many);
    RtError error = {0};
    Canvas c;
    fill(&SHAPES[0].shape);
    for (int i = 0; i < MANY; i++) many[i] = row_of(true);
    /* higher than any picture may be */
    ck_assert(!draw_panels(&ONE, &SHAPES[0].shape, MANY, many, &c, &error) && !c.pixels);
    ck_assert_ptr_nonnull(strstr(error.text, "pixels"));
    free(many);
}
END_TEST

/* Each allocation of drawing and writing a figure in turn. */
START_TEST(out_of_memory)
{
    const RtShape *s = &SHAPES[0].shape;
    fill(s);
    const PanelRow row = row_of(true);
    int faults = 0;
    for (int n = 1;; n++) {
        RtError error = {0};
        Canvas c;
        counted = 0, fail_at = n;
        const bool drawn = draw_panels(&ONE, s, 1, &row, &c, &error),
                   ok = drawn && canvas_write(&c, in_folder("a.png"), &error);
        const bool fault = counted >= n;
        fail_at = 0;
        ck_assert(drawn == (c.pixels != NULL));
        canvas_free(&c);
        ck_assert_msg(ok == !fault && ok == !error.text[0], "allocation %d: %s", n, error.text);
        if (!fault) break;
        ck_assert_ptr_nonnull(strstr(error.text, "memory"));
        ck_assert_int_eq(files_in_folder(), 0);
        faults++;
    }
    ck_assert_int_ge(faults, 4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("picture");
    TCase *tests = tcase_create("picture");
    tcase_set_timeout(tests, 300);
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_test(tests, sizes);
    tcase_add_test(tests, rectangles);
    tcase_add_test(tests, enlarged_images);
    tcase_add_test(tests, letters_stay_inside);
    tcase_add_test(tests, letters_stand_on_lines);
    tcase_add_test(tests, letters_differ);
    tcase_add_test(tests, other_characters);
    tcase_add_test(tests, text_is_cut);
    tcase_add_test(tests, text_is_aligned);
    tcase_add_test(tests, colours_are_even);
    tcase_add_test(tests, png_files);
    tcase_add_test(tests, png_not_written);
    tcase_add_loop_test(tests, panels, 0, N_SHAPES);
    tcase_add_test(tests, wrong_predictions);
    tcase_add_test(tests, given_class);
    tcase_add_test(tests, probabilities);
    tcase_add_test(tests, dead_maps);
    tcase_add_test(tests, long_names);
    tcase_add_loop_test(tests, class_means, 0, N_SHAPES);
    tcase_add_test(tests, watched_values);
    tcase_add_test(tests, figures_refused);
    tcase_add_test(tests, out_of_memory);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
