/* rt_digits.h - digits that are drawn: ten classes of stroked glyphs, 28 x 28 grey, without memory or a library.
 *
 * Each image is a digit of lines and arcs under a random affine map (rotation, scale, shear, shift) with a random
 * stroke width, brightness and noise.  All of it is a function of a fixed data seed and the image's number, whatever
 * the seed of a run.  The arithmetic is plain double without libm, so the bytes are the same on every machine. */
#ifndef RT_DIGITS_H
#define RT_DIGITS_H

#include "rt_random.h"

enum {
    RT_DIGIT_SIDE = 28,
    RT_DIGIT_PIXELS = RT_DIGIT_SIDE * RT_DIGIT_SIDE,
    RT_DIGIT_PART = 4 * RT_DIGIT_SIDE, /* pixels: random numbers apart from what they are for, both as vectors */
    RT_DIGIT_CLASSES = 10,
    RT_DIGIT_SEED = 20250101
};

/* x runs right and y down, both from -1 to 1.  A line goes from (a, b) to (c, d); an arc has its centre at (a, b),
 * radii c and d, and runs from `from` to `to` in turns, clockwise from the right. */
typedef struct RtStroke {
    enum { RT_STROKE_END, RT_LINE, RT_ARC } kind;
    float a, b, c, d, from, to;
} RtStroke;

static const RtStroke rt_glyphs[RT_DIGIT_CLASSES][4] = {
    {{RT_ARC, 0, 0, .55f, .95f, 0, 1}},
    {{RT_LINE, -.35f, -.55f, .05f, -.95f, 0, 0}, {RT_LINE, .05f, -.95f, .05f, .95f, 0, 0}},
    {{RT_ARC, 0, -.45f, .5f, .5f, .5f, 1.1f},
     {RT_LINE, .405f, -.156f, -.55f, .95f, 0, 0},
     {RT_LINE, -.55f, .95f, .55f, .95f, 0, 0}},
    {{RT_ARC, -.05f, -.47f, .48f, .47f, .55f, 1.25f}, {RT_ARC, -.05f, .47f, .55f, .48f, .75f, 1.45f}},
    {{RT_LINE, .25f, .95f, .25f, -.95f, 0, 0},
     {RT_LINE, .25f, -.95f, -.6f, .35f, 0, 0},
     {RT_LINE, -.6f, .35f, .6f, .35f, 0, 0}},
    {{RT_LINE, .5f, -.95f, -.4f, -.95f, 0, 0},
     {RT_LINE, -.4f, -.95f, -.42f, .01f, 0, 0},
     {RT_ARC, 0, .35f, .52f, .58f, .6f, 1.42f}},
    {{RT_ARC, 0, .42f, .5f, .53f, 0, 1}, {RT_ARC, .5f, .42f, 1, 1.37f, .5f, .72f}},
    {{RT_LINE, -.55f, -.95f, .55f, -.95f, 0, 0}, {RT_LINE, .55f, -.95f, -.15f, .95f, 0, 0}},
    {{RT_ARC, 0, -.48f, .42f, .46f, 0, 1}, {RT_ARC, 0, .47f, .52f, .48f, 0, 1}},
    {{RT_ARC, 0, -.42f, .5f, .53f, 0, 1}, {RT_ARC, -.5f, -.42f, 1, 1.37f, 0, .22f}},
};

typedef struct RtPoint { double x, y; } RtPoint;
typedef struct RtMap { double xx, xy, yx, yy, x, y; } RtMap;
typedef struct RtPen { double radius, ink, noise; } RtPen;

static inline double rt_turns_cosine(double turns) { return rt_cos_double(6.283185307179586476925 * turns); }

static inline RtPoint rt_digit_place(const RtMap *map, double x, double y)
{
    return (RtPoint){map->xx * x + map->xy * y + map->x, map->yx * x + map->yy * y + map->y};
}

/* Random number k of an image, uniform in [from, to). */
static inline double rt_digit_number(uint64_t stream, int64_t sample, int k, double from, double to)
{
    return from + (to - from) * (double)rt_uniform(RT_DIGIT_SEED, stream, 0, sample, k);
}

static inline void rt_digit_style(uint64_t stream, int64_t sample, RtMap *map, RtPen *pen)
{
    double turn = rt_digit_number(stream, sample, 0, -.05, .05), shear = rt_digit_number(stream, sample, 1, -.3, .3);
    double wide = rt_digit_number(stream, sample, 2, 7.5, 11), high = rt_digit_number(stream, sample, 3, 7.5, 10.5);
    double c = rt_turns_cosine(turn), s = rt_turns_cosine(turn - .25);
    map->xx = c * wide;
    map->xy = (c * shear - s) * high;
    map->yx = s * wide;
    map->yy = (s * shear + c) * high;
    map->x = 13.5 + rt_digit_number(stream, sample, 4, -2, 2);
    map->y = 13.5 + rt_digit_number(stream, sample, 5, -2, 2);
    *pen = (RtPen){rt_digit_number(stream, sample, 6, .6, 1.7), rt_digit_number(stream, sample, 7, 120, 255),
                   rt_digit_number(stream, sample, 8, 10, 90)};
}

/* squared[] has each pixel's squared distance to the pen's path.  Near the segment a .. b it is lowered to the squared
 * distance to that segment. */
static inline void rt_near_segment(RtPoint a, RtPoint b, double reach, double squared[RT_DIGIT_PIXELS])
{
    double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy, inverse = length > 0 ? 1 / length : 0;
    double left = (a.x < b.x ? a.x : b.x) - reach, right = (a.x < b.x ? b.x : a.x) + reach;
    double top = (a.y < b.y ? a.y : b.y) - reach, bottom = (a.y < b.y ? b.y : a.y) + reach;
    int x0 = left < 0 ? 0 : (int)left, x1 = right > RT_DIGIT_SIDE - 1 ? RT_DIGIT_SIDE - 1 : (int)right;
    int y0 = top < 0 ? 0 : (int)top, y1 = bottom > RT_DIGIT_SIDE - 1 ? RT_DIGIT_SIDE - 1 : (int)bottom;
    for (int y = y0; y <= y1; y++)
        for (int x = x0; x <= x1; x++) {
            double px = x - a.x, py = y - a.y;
            double t = (px * dx + py * dy) * inverse;
            t = t < 0 ? 0 : t > 1 ? 1 : t;
            double ex = px - t * dx, ey = py - t * dy, d = ex * ex + ey * ey;
            double *least = &squared[y * RT_DIGIT_SIDE + x];
            *least = d < *least ? d : *least;
        }
}

static inline void rt_near_stroke(const RtStroke *stroke, const RtMap *map, double reach,
                                  double squared[RT_DIGIT_PIXELS])
{
    if (stroke->kind == RT_LINE) {
        rt_near_segment(rt_digit_place(map, stroke->a, stroke->b), rt_digit_place(map, stroke->c, stroke->d), reach,
                        squared);
        return;
    }
    int n = 4 + (int)((stroke->to - stroke->from) * 14);
    RtPoint last = {0, 0};
    for (int i = 0; i <= n; i++) {
        double turns = stroke->from + (double)(stroke->to - stroke->from) * i / n;
        RtPoint point = rt_digit_place(map, stroke->a + stroke->c * rt_turns_cosine(turns),
                                       stroke->b + stroke->d * rt_turns_cosine(turns - .25));
        if (i) rt_near_segment(last, point, reach, squared);
        last = point;
    }
}

/* Draws the digit `label`, in the style and with the noise that belong to the number of a sample. */
static inline void rt_draw_digit(int label, int64_t sample, uint8_t pixels[RT_DIGIT_PIXELS])
{
    const uint64_t style = rt_stream("digits.style"), noise = rt_stream("digits.noise");
    RtMap map;
    RtPen pen;
    double squared[RT_DIGIT_PIXELS];
    rt_digit_style(style, sample, &map, &pen);
    const double reach = pen.radius + 1, far = reach * reach;
    for (int i = 0; i < RT_DIGIT_PIXELS; i++) squared[i] = far;
    for (const RtStroke *stroke = rt_glyphs[label]; stroke->kind != RT_STROKE_END; stroke++)
        rt_near_stroke(stroke, &map, reach, squared);
    for (int first = 0; first < RT_DIGIT_PIXELS; first += RT_DIGIT_PART) {
        uint32_t words[RT_DIGIT_PART];
        for (int i = 0; i < RT_DIGIT_PART; i += 4) {
            RtRandom random = rt_random(RT_DIGIT_SEED, noise, 0, sample, first + i);
            for (int k = 0; k < 4; k++) words[i + k] = random.word[k];
        }
        for (int i = 0; i < RT_DIGIT_PART; i++) {
            double cover = squared[first + i] < far ? pen.radius + .5 - rt_root_double(squared[first + i]) : 0;
            cover = cover < 0 ? 0 : cover > 1 ? 1 : cover;
            double value = pen.ink * cover + pen.noise * ((double)words[i] * 0x1p-32 - .5);
            pixels[first + i] = (uint8_t)(int)(value < 0 ? 0 : value > 255 ? 255 : value);
        }
    }
}

#endif
