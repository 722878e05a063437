/* rt_check.h - what the check of an emitted library is made of, without memory or a library: images that are digits,
 * numbers as text, the hash of numbers.
 *
 * It is part of no trainer: `tailor emit --library` writes NAME.check.c with it. */
#ifndef RT_CHECK_H
#define RT_CHECK_H

#include "rt_digits.h"
#include "rt_sha256.h"

/* ---- inputs ---- */

/* Draws the digit of a sample's number at the size of an image, the same in every channel, from 0 to 1.  threshold: 1
 * where the digit is brighter than that, else 0; below 0: as it is. */
static inline void rt_check_image(int64_t sample, int h, int w, int c, int threshold, float *image)
{
    uint8_t digit[RT_DIGIT_PIXELS];
    rt_draw_digit((int)(sample % RT_DIGIT_CLASSES), sample, digit);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            const int byte = digit[y * RT_DIGIT_SIDE / h * RT_DIGIT_SIDE + x * RT_DIGIT_SIDE / w];
            const float value = threshold >= 0 ? (float)(byte > threshold) : (float)byte / 255.0f;
            for (int k = 0; k < c; k++) *image++ = value;
        }
}

/* Weights for a model that has no initial ones: multiples of 1 / 4096 from `least` on, below least + 1 / 8. */
static inline void rt_check_fill(uint64_t seed, float least, int64_t n, float *values)
{
    for (int64_t i = 0; i < n; i++)
        values[i] = least + (float)(int)(rt_mix(seed + (uint64_t)i) % 512) / 4096.0f;
}

/* ---- the hash of numbers, each as four bytes, the lowest first ---- */

typedef struct RtDigest { uint32_t state[8]; uint64_t words; uint8_t block[64]; } RtDigest;

static inline RtDigest rt_digest(void)
{
    return (RtDigest){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab,
                                0x5be0cd19}};
}

static inline void rt_digest_add(RtDigest *d, const void *numbers, size_t bytes)
{
    for (size_t i = 0; i < bytes / 4; i++) {
        uint32_t word;
        memcpy(&word, (const char *)numbers + 4 * i, sizeof word);
        for (int k = 0; k < 4; k++) d->block[d->words % 16 * 4 + (uint64_t)k] = (uint8_t)(word >> 8 * k);
        if (++d->words % 16 == 0) rt_sha256_block(d->state, d->block);
    }
}

/* ---- lines of text ---- */

typedef struct RtLine { int n; char text[160]; } RtLine;

static inline void rt_line_text(RtLine *line, const char *text)
{
    while (*text && line->n < (int)sizeof line->text - 2) line->text[line->n++] = *text++;
}

static inline void rt_line_number(RtLine *line, int64_t number)
{
    char digits[24];
    int at = sizeof digits - 1;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    digits[at] = 0;
    do digits[--at] = (char)('0' + (int)(rest % 10));
    while (rest /= 10);
    if (number < 0) digits[--at] = '-';
    rt_line_text(line, digits + at);
}

/* A number as printf's %a has it. */
static inline void rt_line_float(RtLine *line, float number)
{
    const uint64_t bits = rt_bits_double((double)number), exponent = bits >> 52 & 0x7ff;
    uint64_t fraction = bits << 12;
    if (bits >> 63) rt_line_text(line, "-");
    if (exponent == 0x7ff) rt_line_text(line, fraction ? "nan" : "inf");
    else if (!exponent) rt_line_text(line, "0x0p+0");            /* no float is that small, but 0 */
    else {
        rt_line_text(line, fraction ? "0x1." : "0x1");
        for (; fraction; fraction <<= 4)
            rt_line_text(line, (const char[]){"0123456789abcdef"[fraction >> 60], 0});
        rt_line_text(line, exponent < 1023 ? "p" : "p+");
        rt_line_number(line, (int64_t)exponent - 1023);
    }
}

static inline void rt_line_digest(RtLine *line, RtDigest *d)
{
    const uint64_t bits = d->words * 32;
    uint8_t *block = d->block;
    uint64_t at = d->words % 16 * 4;
    block[at++] = 0x80;
    for (; at % 64 != 56; at++) {
        if (at == 64) rt_sha256_block(d->state, block), at = 0;
        block[at] = 0;
    }
    for (int i = 0; i < 8; i++) block[at + (uint64_t)i] = (uint8_t)(bits >> (56 - 8 * i));
    rt_sha256_block(d->state, block);
    for (int i = 0; i < 64; i++)
        rt_line_text(line, (const char[]){"0123456789abcdef"[d->state[i / 8] >> (28 - 4 * (i % 8)) & 15], 0});
}

static inline void rt_line_end(RtLine *line, void (*put)(const char *line))
{
    line->text[line->n++] = '\n';
    line->text[line->n] = 0;
    put(line->text);
    line->n = 0;
}

#endif
