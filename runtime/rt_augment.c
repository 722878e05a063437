/* rt_augment.c - augmentation of the images of training batches: train{ augment = ... }.
 *
 * The order is shift, crop, flip, rotate, cutout; pixels that come in from outside are zero.  Every draw is a function
 * of the seed, the stream named after the augmentation, the epoch, and the sample's number.  An epoch sees a sample
 * once, so neither the size of a batch, nor threads, nor a resumed run change anything.  Every product that is added to
 * something is fused by hand, so a compiler finds nothing to contract.  The only function of libm is fma, whose result
 * IEEE 754 defines. */
#include "rt.h"
#include "rt_random.h"

#include <string.h>

/* ---- one image, in place ---- */

void rt_translate(const RtShape *shape, int64_t down, int64_t right, float *image)
{
    const int64_t c = shape->channels, h = shape->height, w = shape->width, kept = w - (right < 0 ? -right : right);
    const int64_t to = right > 0 ? right : 0, from = right > 0 ? 0 : -right;
    for (int64_t i = 0; i < h; i++) {
        const int64_t y = down > 0 ? h - 1 - i : i, source = y - down;   /* a row is read before it is written over */
        float *row = image + y * w * c;
        if (source < 0 || source >= h || kept <= 0) {
            memset(row, 0, (size_t)(w * c) * sizeof *row);
            continue;
        }
        memmove(row + to * c, image + (source * w + from) * c, (size_t)(kept * c) * sizeof *row);
        memset(right > 0 ? row : row + kept * c, 0, (size_t)((w - kept) * c) * sizeof *row);
    }
}

void rt_flip(const RtShape *shape, float *image)
{
    const int64_t c = shape->channels, w = shape->width;
    for (int64_t y = 0; y < shape->height; y++)
        for (int64_t x = 0; x < w / 2; x++)
            for (int64_t k = 0; k < c; k++) {
                float *a = image + (y * w + x) * c + k, *b = image + (y * w + w - 1 - x) * c + k, kept = *a;
                *a = *b;
                *b = kept;
            }
}

void rt_cutout(const RtShape *shape, int64_t y, int64_t x, int64_t n, float *image)
{
    const int64_t h = shape->height, w = shape->width, top = y - n / 2, left = x - n / 2;
    const int64_t y0 = top < 0 ? 0 : top, y1 = top + n > h ? h : top + n;
    const int64_t x0 = left < 0 ? 0 : left, x1 = left + n > w ? w : left + n;
    for (int64_t row = y0; row < y1 && x0 < x1; row++)
        memset(image + (row * w + x0) * shape->channels, 0, (size_t)((x1 - x0) * shape->channels) * sizeof *image);
}

/* ---- rotation ---- */

/* Whole quarter turns are taken off while the angle is in degrees, so that they are exact.  The rest, at most pi / 4,
 * goes into the Taylor series, whose next terms are below 1e-17. */
static void sine_and_cosine(double degrees, double *sine, double *cosine)
{
    const double quarters = degrees / 90, n = (quarters + RT_ROUND_DOUBLE) - RT_ROUND_DOUBLE;
    const double r = (quarters - n) * 0x1.921fb54442d18p+0, square = r * r;
    double s = -1.0 / 1307674368000.0, c = 1.0 / 20922789888000.0;
    s = __builtin_fma(s, square, 1.0 / 6227020800.0);
    s = __builtin_fma(s, square, -1.0 / 39916800.0);
    s = __builtin_fma(s, square, 1.0 / 362880.0);
    s = __builtin_fma(s, square, -1.0 / 5040.0);
    s = __builtin_fma(s, square, 1.0 / 120.0);
    s = __builtin_fma(s, square, -1.0 / 6.0);
    s = __builtin_fma(r * square, s, r);
    c = __builtin_fma(c, square, -1.0 / 87178291200.0);
    c = __builtin_fma(c, square, 1.0 / 479001600.0);
    c = __builtin_fma(c, square, -1.0 / 3628800.0);
    c = __builtin_fma(c, square, 1.0 / 40320.0);
    c = __builtin_fma(c, square, -1.0 / 720.0);
    c = __builtin_fma(c, square, 1.0 / 24.0);
    c = __builtin_fma(c, square, -0.5);
    c = __builtin_fma(c, square, 1.0);
    const int64_t turns = (int64_t)n & 3;
    *sine = turns == 0 ? s : turns == 1 ? c : turns == 2 ? -s : -c;
    *cosine = turns == 0 ? c : turns == 1 ? -s : turns == 2 ? -c : s;
}

/* The indices and weights of two neighbours, the first at floor(at).  A neighbour outside weighs nothing, and its index
 * is moved inside. */
static void neighbours(double at, int64_t n, int64_t index[2], float weight[2])
{
    int64_t first = (int64_t)at;
    first -= (double)first > at;
    const float part = (float)(at - (double)first);
    for (int i = 0; i < 2; i++) {
        const bool inside = first + i >= 0 && first + i < n;
        index[i] = inside ? first + i : 0;
        weight[i] = !inside ? 0 : i ? part : 1.0f - part;
    }
}

void rt_rotate(const RtShape *shape, double degrees, const float *image, float *turned)
{
    const int64_t c = shape->channels, h = shape->height, w = shape->width;
    const double centre_x = (double)(w - 1) * 0.5, centre_y = (double)(h - 1) * 0.5;
    double sine, cosine;
    sine_and_cosine(degrees, &sine, &cosine);
    for (int64_t y = 0; y < h; y++)
        for (int64_t x = 0; x < w; x++) {
            const double dx = (double)x - centre_x, dy = (double)y - centre_y;     /* exact: whole numbers and halves */
            const double from_x = __builtin_fma(cosine, dx, __builtin_fma(sine, dy, centre_x));
            const double from_y = __builtin_fma(cosine, dy, __builtin_fma(-sine, dx, centre_y));
            float *to = turned + (y * w + x) * c, wx[2], wy[2];
            int64_t ix[2], iy[2];
            if (!(from_x > -1 && from_x < (double)w && from_y > -1 && from_y < (double)h)) {
                memset(to, 0, (size_t)c * sizeof *to);
                continue;
            }
            neighbours(from_x, w, ix, wx);
            neighbours(from_y, h, iy, wy);
            const float *a = image + (iy[0] * w + ix[0]) * c, *b = image + (iy[0] * w + ix[1]) * c;
            const float *d = image + (iy[1] * w + ix[0]) * c, *e = image + (iy[1] * w + ix[1]) * c;
            const float wa = wy[0] * wx[0], wb = wy[0] * wx[1], wd = wy[1] * wx[0], we = wy[1] * wx[1];
            for (int64_t k = 0; k < c; k++) to[k] = rt_fma(wa, a[k], rt_fma(wb, b[k], rt_fma(wd, d[k], we * e[k])));
        }
}

/* ---- all of it ---- */

static RtRandom draw(uint64_t seed, const char *stream, int64_t epoch, int64_t sample)
{
    return rt_random(seed, rt_stream(stream), epoch, sample, 0);
}

/* 0 .. n-1 from 32 random bits; n < 2^32, the bias below n / 2^32. */
static int64_t below(uint32_t word, int64_t n) { return (int64_t)(((uint64_t)word * (uint64_t)n) >> 32); }

void rt_augment(const RtAugment *augment, const RtShape *shape, uint64_t seed, int64_t epoch, int64_t sample,
                float *image, float *spare)
{
    const int64_t shift = augment->shift, crop = augment->crop;
    if (shift) {
        const RtRandom r = draw(seed, "augment.shift", epoch, sample);
        rt_translate(shape, below(r.word[0], 2 * shift + 1) - shift, below(r.word[1], 2 * shift + 1) - shift, image);
    }
    if (crop) {   /* the window of a padded image that begins at row i is the image moved down by crop - i */
        const RtRandom r = draw(seed, "augment.crop", epoch, sample);
        rt_translate(shape, crop - below(r.word[0], 2 * crop + 1), crop - below(r.word[1], 2 * crop + 1), image);
    }
    if (augment->flip && draw(seed, "augment.flip", epoch, sample).word[0] >> 31) rt_flip(shape, image);
    if (augment->rotate > 0) {
        const double u = (double)draw(seed, "augment.rotate", epoch, sample).word[0] * 0x1p-32;
        memcpy(spare, image, (size_t)(shape->height * shape->width * shape->channels) * sizeof *image);
        rt_rotate(shape, augment->rotate * __builtin_fma(2, u, -1), spare, image);
    }
    if (augment->cutout) {
        const RtRandom r = draw(seed, "augment.cutout", epoch, sample);
        rt_cutout(shape, below(r.word[0], shape->height), below(r.word[1], shape->width), augment->cutout, image);
    }
}

void rt_normalize(const RtNormalize *by, const RtShape *shape, float *image)
{
    const int64_t c = shape->channels, n = shape->height * shape->width * c;
    for (int64_t k = 0; k < c && by->n; k++) {
        const float mean = (float)by->mean[by->n > 1 ? k : 0], sd = (float)by->sd[by->n > 1 ? k : 0];
        for (int64_t i = k; i < n; i += c) image[i] = (image[i] - mean) / sd;
    }
}
