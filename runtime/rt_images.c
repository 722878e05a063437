/* rt_images.c - images in memory, from wherever they were read. */
#include "rt.h"

#include <stdlib.h>
#include <string.h>

void rt_images_source(RtImages *images, const char *name, const char *sha256)
{
    RtSource *source = &images->source[images->n_sources++];
    source->name = name;
    strcpy(source->sha256, sha256);
}

void rt_images_free(RtImages *images)
{
    free(images->pixels);
    free(images->floats);
    free(images->labels);
    free(images->classes);
    *images = (RtImages){0};
}

const char *rt_class_name(const RtImages *images, int class)
{
    const char *name = images->classes;
    if (class < 0 || class >= images->n_classes) return NULL;
    while (class-- > 0) name += strlen(name) + 1;
    return name;
}

void rt_image(const RtImages *images, int64_t sample, float *image)
{
    const int64_t n = images->height * images->width * images->channels;
    if (!images->pixels) {
        memcpy(image, images->floats + sample * n, (size_t)n * sizeof *image);
        return;
    }
    const uint8_t *pixels = images->pixels + sample * n;
    for (int64_t i = 0; i < n; i++) image[i] = (float)pixels[i] / 255.0f;
}
