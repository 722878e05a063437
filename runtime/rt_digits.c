/* rt_digits.c - the embedded data set: ten classes of stroked glyphs, 28 x 28 grey, drawn here.
 *
 * Each image is a digit of lines and arcs under a random affine map (rotation, scale, shear, shift) with a random
 * stroke width, brightness and noise.  All of it is a function of a fixed data seed and the image's number, whatever
 * the seed of a run.  The arithmetic is plain double without libm, so the bytes are the same on every machine;
 * rt_data.c checks their hashes. */
#include "rt.h"
#include "rt_random.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE = 28, PIXELS = SIDE * SIDE, CLASSES = 10, DIGITS_SEED = 20250101, FIRST_TEST_SAMPLE = 1000000 };

/* x runs right and y down, both from -1 to 1.  A line goes from (a, b) to (c, d); an arc has its centre at (a, b),
 * radii c and d, and runs from `from` to `to` in turns, clockwise from the right. */
typedef struct Stroke { enum { END, LINE, ARC } kind; float a, b, c, d, from, to; } Stroke;

static const Stroke GLYPHS[CLASSES][4] = {
    {{ARC, 0, 0, .55f, .95f, 0, 1}},
    {{LINE, -.35f, -.55f, .05f, -.95f, 0, 0}, {LINE, .05f, -.95f, .05f, .95f, 0, 0}},
    {{ARC, 0, -.45f, .5f, .5f, .5f, 1.1f},
     {LINE, .405f, -.156f, -.55f, .95f, 0, 0},
     {LINE, -.55f, .95f, .55f, .95f, 0, 0}},
    {{ARC, -.05f, -.47f, .48f, .47f, .55f, 1.25f}, {ARC, -.05f, .47f, .55f, .48f, .75f, 1.45f}},
    {{LINE, .25f, .95f, .25f, -.95f, 0, 0}, {LINE, .25f, -.95f, -.6f, .35f, 0, 0}, {LINE, -.6f, .35f, .6f, .35f, 0, 0}},
    {{LINE, .5f, -.95f, -.4f, -.95f, 0, 0},
     {LINE, -.4f, -.95f, -.42f, .01f, 0, 0},
     {ARC, 0, .35f, .52f, .58f, .6f, 1.42f}},
    {{ARC, 0, .42f, .5f, .53f, 0, 1}, {ARC, .5f, .42f, 1, 1.37f, .5f, .72f}},
    {{LINE, -.55f, -.95f, .55f, -.95f, 0, 0}, {LINE, .55f, -.95f, -.15f, .95f, 0, 0}},
    {{ARC, 0, -.48f, .42f, .46f, 0, 1}, {ARC, 0, .47f, .52f, .48f, 0, 1}},
    {{ARC, 0, -.42f, .5f, .53f, 0, 1}, {ARC, -.5f, -.42f, 1, 1.37f, 0, .22f}},
};

typedef struct Point { double x, y; } Point;
typedef struct Map { double xx, xy, yx, yy, x, y; } Map;
typedef struct Pen { double radius, ink, noise; } Pen;

static double cosine(double turns) { return rt_cos_double(6.283185307179586476925 * turns); }

static Point mapped(const Map *map, double x, double y)
{
    return (Point){map->xx * x + map->xy * y + map->x, map->yx * x + map->yy * y + map->y};
}

/* Random number k of an image, uniform in [from, to). */
static double varied(uint64_t stream, int64_t sample, int k, double from, double to)
{
    return from + (to - from) * (double)rt_uniform(DIGITS_SEED, stream, 0, sample, k);
}

static void draw_style(uint64_t stream, int64_t sample, Map *map, Pen *pen)
{
    double turn = varied(stream, sample, 0, -.05, .05), shear = varied(stream, sample, 1, -.3, .3);
    double wide = varied(stream, sample, 2, 7.5, 11), high = varied(stream, sample, 3, 7.5, 10.5);
    double c = cosine(turn), s = cosine(turn - .25);
    map->xx = c * wide;
    map->xy = (c * shear - s) * high;
    map->yx = s * wide;
    map->yy = (s * shear + c) * high;
    map->x = 13.5 + varied(stream, sample, 4, -2, 2);
    map->y = 13.5 + varied(stream, sample, 5, -2, 2);
    *pen = (Pen){.radius = varied(stream, sample, 6, .6, 1.7),
                 .ink = varied(stream, sample, 7, 120, 255),
                 .noise = varied(stream, sample, 8, 10, 90)};
}

/* squared[] has each pixel's squared distance to the pen's path.  Near the segment a .. b it is lowered to the squared
 * distance to that segment. */
static void near_segment(Point a, Point b, double reach, double squared[PIXELS])
{
    double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy, inverse = length > 0 ? 1 / length : 0;
    double left = (a.x < b.x ? a.x : b.x) - reach, right = (a.x < b.x ? b.x : a.x) + reach;
    double top = (a.y < b.y ? a.y : b.y) - reach, bottom = (a.y < b.y ? b.y : a.y) + reach;
    int x0 = left < 0 ? 0 : (int)left, x1 = right > SIDE - 1 ? SIDE - 1 : (int)right;
    int y0 = top < 0 ? 0 : (int)top, y1 = bottom > SIDE - 1 ? SIDE - 1 : (int)bottom;
    for (int y = y0; y <= y1; y++)
        for (int x = x0; x <= x1; x++) {
            double px = x - a.x, py = y - a.y;
            double t = (px * dx + py * dy) * inverse;
            t = t < 0 ? 0 : t > 1 ? 1 : t;
            double ex = px - t * dx, ey = py - t * dy, d = ex * ex + ey * ey;
            double *least = &squared[y * SIDE + x];
            *least = d < *least ? d : *least;
        }
}

static void near_stroke(const Stroke *stroke, const Map *map, double reach, double squared[PIXELS])
{
    if (stroke->kind == LINE) {
        near_segment(mapped(map, stroke->a, stroke->b), mapped(map, stroke->c, stroke->d), reach, squared);
        return;
    }
    int n = 4 + (int)((stroke->to - stroke->from) * 14);
    Point last = {0, 0};
    for (int i = 0; i <= n; i++) {
        double turns = stroke->from + (double)(stroke->to - stroke->from) * i / n;
        Point point = mapped(map, stroke->a + stroke->c * cosine(turns), stroke->b + stroke->d * cosine(turns - .25));
        if (i) near_segment(last, point, reach, squared);
        last = point;
    }
}

static void draw_digit(int label, uint64_t style, uint64_t noise, int64_t sample, uint8_t pixels[PIXELS])
{
    Map map;
    Pen pen;
    double squared[PIXELS];
    draw_style(style, sample, &map, &pen);
    const double reach = pen.radius + 1, far = reach * reach;
    for (int i = 0; i < PIXELS; i++) squared[i] = far;
    for (const Stroke *stroke = GLYPHS[label]; stroke->kind != END; stroke++) near_stroke(stroke, &map, reach, squared);
    for (int i = 0; i < PIXELS; i += 4) {
        RtRandom random = rt_random(DIGITS_SEED, noise, 0, sample, i);
        for (int k = 0; k < 4; k++) {
            double cover = squared[i + k] < far ? pen.radius + .5 - __builtin_sqrt(squared[i + k]) : 0;
            cover = cover < 0 ? 0 : cover > 1 ? 1 : cover;
            double value = pen.ink * cover + pen.noise * ((double)random.word[k] * 0x1p-32 - .5);
            pixels[i + k] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
        }
    }
}

bool rt_digits(bool test, RtImages *images, RtError *error)
{
    const uint64_t style = rt_stream("digits.style"), noise = rt_stream("digits.noise");
    const int64_t n = test ? RT_DIGITS_TEST : RT_DIGITS_TRAIN;
    RtSha256 labels;
    *images = (RtImages){.n = n, .height = SIDE, .width = SIDE, .channels = 1};
    images->pixels = malloc((size_t)n * PIXELS);
    images->labels = malloc((size_t)n * sizeof *images->labels);
    if (!images->pixels || !images->labels) {
        rt_images_free(images);
        return rt_fail(error, "digits: out of memory for %lld images", (long long)n);
    }
    rt_sha256_begin(&labels);
    for (int64_t i = 0; i < n; i++) {
        const uint8_t label = (uint8_t)(i % CLASSES);
        images->labels[i] = label;
        rt_sha256_add(&labels, &label, 1);                 /* labels are hashed as IDX files hold them */
        draw_digit(images->labels[i], style, noise, i + (test ? FIRST_TEST_SAMPLE : 0), images->pixels + i * PIXELS);
    }
    rt_sha256(images->pixels, (size_t)n * PIXELS, images->pixels_sha256);
    rt_sha256_end(&labels, images->labels_sha256);
    return true;
}
