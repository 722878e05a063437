/* rt_decoy.c - decoy-NAME of a known set: images with a patch that gives the class away in training and misleads in the
 * test; and the masks of images.
 *
 * After Ross, Hughes and Doshi-Velez 2017, "Right for the right reasons", and arXiv 2203.03668: a grey square in a
 * random corner.  Its shade is 255 - 25 * label in the training set and that of a random class in the test set.  The
 * draws are functions of a fixed seed and the image's number, whatever the seed of a run: a decoy set is one data
 * set. */
#include "rt.h"
#include "rt_random.h"

#include <string.h>

enum { PATCH = 4, SHADES = 10, DECOY_SEED = 20170310 };

/* The first row and column of an image's patch. */
static void corner(const RtImages *images, int64_t sample, int64_t *y, int64_t *x)
{
    const int64_t which = rt_below(DECOY_SEED, rt_stream("decoy.corner"), images->decoy, sample, 4);
    *y = which & 2 ? images->height - PATCH : 0;
    *x = which & 1 ? images->width - PATCH : 0;
}

void rt_decoy(RtDecoy decoy, RtImages *images)
{
    images->decoy = decoy;
    for (int64_t i = 0; i < images->n; i++) {
        int64_t y, x, label = images->labels[i];
        corner(images, i, &y, &x);
        if (decoy == RT_DECOY_TEST) label = rt_below(DECOY_SEED, rt_stream("decoy.shade"), 0, i, SHADES);
        for (int64_t row = y; row < y + PATCH; row++)
            memset(images->pixels + ((i * images->height + row) * images->width + x) * images->channels,
                   (int)(255 - 25 * label), (size_t)(PATCH * images->channels));
    }
}

void rt_mask(const RtImages *images, int64_t sample, float *mask)
{
    const int64_t w = images->width, c = images->channels, n = images->height * w;
    if (!images->decoy) {
        for (int64_t i = 0; i < n; i++) {
            mask[i] = 0;
            for (int64_t k = 0, p = (sample * n + i) * c; k < c; k++, p++)
                /* byte / 255 is above 0.1 */
                if (images->pixels ? images->pixels[p] > 25 : images->floats[p] > 0.1f) mask[i] = 1;
        }
        return;
    }
    int64_t y, x;
    corner(images, sample, &y, &x);
    memset(mask, 0, (size_t)n * sizeof *mask);
    for (int64_t i = 0; i < PATCH * PATCH; i++) mask[(y + i / PATCH) * w + x + i % PATCH] = 1;
}
