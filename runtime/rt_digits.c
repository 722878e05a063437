/* rt_digits.c - the embedded data set: digits that rt_digits.h draws, the bytes of which rt_data.c checks. */
#include "rt_digits.h"
#include "rt.h"

#include <stdlib.h>

enum { FIRST_TEST_SAMPLE = 1000000 };

bool rt_digits(bool test, RtImages *images, RtError *error)
{
    const int64_t n = test ? RT_DIGITS_TEST : RT_DIGITS_TRAIN;
    RtSha256 labels;
    *images = (RtImages){.n = n, .height = RT_DIGIT_SIDE, .width = RT_DIGIT_SIDE, .channels = 1};
    images->pixels = rt_bytes((size_t)n * RT_DIGIT_PIXELS);
    images->labels = malloc((size_t)n * sizeof *images->labels);
    if (!images->pixels || !images->labels) {
        rt_images_free(images);
        return rt_fail(error, "digits: out of memory for %lld images", (long long)n);
    }
    rt_sha256_begin(&labels);
    for (int64_t i = 0; i < n; i++) {
        const uint8_t label = (uint8_t)(i % RT_DIGIT_CLASSES);
        images->labels[i] = label;
        rt_sha256_add(&labels, &label, 1);                 /* labels are hashed as IDX files hold them */
    }
#ifdef _OPENMP
#pragma omp parallel for schedule(static)
#endif
    for (int64_t i = 0; i < n; i++)
        rt_draw_digit((int)images->labels[i], i + (test ? FIRST_TEST_SAMPLE : 0), images->pixels + i * RT_DIGIT_PIXELS);
    rt_sha256(images->pixels, (size_t)n * RT_DIGIT_PIXELS, images->pixels_sha256);
    rt_sha256_end(&labels, images->labels_sha256);
    return true;
}
