/* examples.c - test images of the run's data set, which the page holds, and how its images are normalized. */
#include "web/web.h"

#include <string.h>

enum { MOST_IMAGES = 40, MOST_BYTES = 120000 };

/* A model that takes the set's images, and has nothing else. */
static RtModel model_of(const WebRun *web, RtField *field)
{
    *field = (RtField){.name = "image", .kind = RT_FIELD_IMAGE, .type = RT_F32, .rank = 3,
                       .dims = {web->height, web->width, web->channels}};
    RtModel model = {.name = web->run->record.name, .batch = 1, .n_fields = 1, .fields = field,
                     .train = web->run->experiment->train};
    model.train.sampler = (RtSampler){0};
    return model;
}

static uint8_t byte_of(float value) { return (uint8_t)(255 * (value > 0 ? value < 1 ? value : 1 : 0) + 0.5f); }

/* The first test images.  A set of one class after another would give one class alone, so they are taken evenly. */
static Bytes take_images(Arena *arena, const WebRun *web, const RtImages *images, int *n)
{
    const int64_t pixels = web->height * web->width * web->channels;
    int64_t count = images->n < MOST_IMAGES ? images->n : MOST_IMAGES;
    if (count * pixels > MOST_BYTES) count = MOST_BYTES / pixels;
    unsigned char *bytes = arena_array(arena, count * pixels + 1, 1);
    float *image = arena_array(arena, pixels, sizeof *image);
    for (int64_t i = 0; i < count; i++) {
        rt_image(images, i * (images->n / count), image);
        for (int64_t k = 0; k < pixels; k++) bytes[i * pixels + k] = byte_of(image[k]);
    }
    *n = (int)count;
    return (Bytes){bytes, (size_t)(count * pixels)};
}

void web_examples(Arena *arena, WebRun *web)
{
    const RunRecord *r = &web->run->record;
    const RtNormalize given = web->run->experiment->train.normalize;
    RtField field;
    const RtModel model = model_of(web, &field);
    RtData data;
    RtError error = {0};
    web->normalize = given;
    if (web->draws && !given.by_name && !strcmp(r->data, "digits")) return;        /* the page draws them itself */
    bool opened = rt_data_exists(r->data, &error) && rt_data_open(&data, r->data, &model, r->seed, &error);
    if (!opened && given.by_name) fail("%s; the page needs to know how the images are normalized", error.text);
    if (opened) web->normalize = data.train.normalize;
    if (opened && rt_data_test(&data, r->data, &model, &error))
        web->examples = take_images(arena, web, &data.test, &web->n_examples);
    if (!web->n_examples) remark("tailor: the page has no images of %s: %s", r->data, error.text);
    if (opened) rt_data_close(&data);
}
