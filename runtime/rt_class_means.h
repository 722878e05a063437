/* rt_class_means.h - the mean image of each class, for code that has no memory of its own.
 *
 * Sums are those of the trainer, which has the bytes of images: what is bytes / 255 adds up as bytes, exactly. */
#ifndef RT_CLASS_MEANS_H
#define RT_CLASS_MEANS_H

#include <stdbool.h>

#include "rt_exact.h"

enum { RT_PIXELS = 64 };               /* pixels that are added up at once */

/* Is each of the numbers a byte / 255? */
static inline bool rt_are_bytes(int64_t n, const float *pixels)
{
    bool bytes = true;
    for (int64_t i = 0; i < n && bytes; i++)
        bytes = pixels[i] >= 0 && pixels[i] <= 1 && (float)(int)(pixels[i] * 255 + 0.5f) / 255 == pixels[i];
    return bytes;
}

/* Adds pixels first .. first + RT_PIXELS - 1, up to the image's last, of the images [n][pixels] of a class. */
static inline void rt_class_sum(int n, const float *images, const int32_t *labels, int32_t label, int64_t pixels,
                                int64_t first, bool bytes, double sum[RT_PIXELS])
{
    const int64_t count = pixels - first < RT_PIXELS ? pixels - first : RT_PIXELS;
    for (int i = 0; i < n; i++) {
        const float *image = images + i * pixels + first;
        for (int64_t k = 0; k < count && labels[i] == label; k++)
            sum[k] += bytes ? (double)(int)(image[k] * 255 + 0.5f) : (double)image[k];
    }
}

#endif
