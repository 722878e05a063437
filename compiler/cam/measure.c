/* measure.c - the maps of a run over its test set: see measure.h.  Batches have the model's size and come one after the
 * other, so sums are in the order of the test set. */
#include "cam/measure.h"

#include "rt_init.h"
#include "rt_display.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RANDOMISED_IMAGES = 500 };

/* Arrays for one batch. */
typedef struct Work {
    float *images, *changed;        /* [batch][height][width][channels] */
    float *map, *masked_map, *gray, *min_max;   /* [batch][height][width] */
    float *object, *decoy;          /* [height][width] */
    float *black;                   /* [channels] */
    int32_t *order;                 /* [batch][height * width] */
    int32_t *class;
    double *p, *p_masked, *insertion, *deletion;
    double *curve;                  /* [2][batch][steps + 1] */
    int64_t *sample;
    CamScratch scratch;
} Work;

static Work work_new(Arena *arena, const Network *net, int64_t steps)
{
    const int64_t places = net->height * net->width, all = net->batch * places;
    return (Work){.images = arena_array(arena, all * net->channels, sizeof(float)),
                  .changed = arena_array(arena, all * net->channels, sizeof(float)),
                  .map = arena_array(arena, all, sizeof(float)),
                  .masked_map = arena_array(arena, all, sizeof(float)),
                  .gray = arena_array(arena, all, sizeof(float)),
                  .min_max = arena_array(arena, all, sizeof(float)),
                  .object = arena_array(arena, places, sizeof(float)),
                  .decoy = arena_array(arena, places, sizeof(float)),
                  .black = arena_array(arena, net->channels, sizeof(float)),
                  .order = arena_array(arena, all, sizeof(int32_t)),
                  .class = arena_array(arena, net->batch, sizeof(int32_t)),
                  .p = arena_array(arena, net->batch, sizeof(double)),
                  .p_masked = arena_array(arena, net->batch, sizeof(double)),
                  .insertion = arena_array(arena, net->batch, sizeof(double)),
                  .deletion = arena_array(arena, net->batch, sizeof(double)),
                  .curve = arena_array(arena, 2 * net->batch * (steps + 1), sizeof(double)),
                  .sample = arena_array(arena, net->batch, sizeof(int64_t))};
}

const char *class_kind_name(ClassKind kind)
{
    return kind == CLASS_LABEL ? "label" : kind == CLASS_PREDICTION ? "prediction" : "runner_up";
}

int32_t best_class(const float *scores, int classes, int32_t but)
{
    int32_t best = but == 0 ? 1 : 0;
    for (int32_t c = best + 1; c < classes; c++)
        if (c != but && scores[c] > scores[best]) best = c;
    return best;
}

/* Predicts the batch, and chooses the class whose map each image gets. */
static void predict_batch(Network *net, Work *w, Measured *m, int n)
{
    network_predict(net, n, w->images);
    for (int k = 0; k < n; k++) {
        const int64_t i = w->sample[k];
        const float *scores = net->scores + k * net->classes, *p = net->probabilities + k * net->classes;
        const int32_t label = network_label(net, i);
        m->predicted[i] = best_class(scores, net->classes, -1);
        m->runner_up[i] = best_class(scores, net->classes, label);
        m->confidence[i] = p[m->predicted[i]];
        const int32_t by_kind[] = {[CLASS_LABEL] = label,
                                   [CLASS_PREDICTION] = m->predicted[i],
                                   [CLASS_RUNNER_UP] = m->runner_up[i],
                                   [CLASS_GIVEN] = m->class.given};
        w->class[k] = by_kind[m->class.kind];
        w->p[k] = p[w->class[k]];
        m->accuracy += m->predicted[i] == label;
    }
}

/* Measures each image under its own min-max map: how sure the model still is, and its map of the masked image. */
static void mask_batch(Network *net, Work *w, int n)
{
    const int64_t places = net->height * net->width;
    for (int k = 0; k < n; k++) cam_min_max(places, w->map + k * places, w->min_max + k * places);
    for (int64_t i = 0; i < n * places * net->channels; i++)
        w->changed[i] = w->images[i] * w->min_max[i / net->channels];
    network_predict(net, n, w->changed);
    for (int k = 0; k < n; k++) w->p_masked[k] = net->probabilities[k * net->classes + w->class[k]];
    network_map(net, n, w->changed, w->class);
    memcpy(w->masked_map, net->map, (size_t)(n * places) * sizeof *net->map);
}

static void perturb_batch(Network *net, Work *w, int n, int64_t steps)
{
    const int64_t places = net->height * net->width, pixels = places * net->channels;
    double *curves[2] = {w->curve, w->curve + net->batch * (steps + 1)};
    for (int k = 0; k < n; k++) cam_pixel_order(places, w->map + k * places, w->order + k * places);
    for (int64_t step = 0; step <= steps; step++)
        for (int kind = 0; kind < 2; kind++) {
            const int64_t most = (step * places + steps / 2) / steps;
            for (int k = 0; k < n; k++)
                (kind ? cam_deletion_image : cam_insertion_image)(places, net->channels, w->images + k * pixels,
                                                                  w->black, w->order + k * places, most,
                                                                  w->changed + k * pixels);
            network_predict(net, n, w->changed);
            for (int k = 0; k < n; k++)
                curves[kind][k * (steps + 1) + step] = net->probabilities[k * net->classes + w->class[k]];
        }
    for (int k = 0; k < n; k++) {
        w->insertion[k] = cam_auc(steps + 1, curves[0] + k * (steps + 1));
        w->deletion[k] = cam_auc(steps + 1, curves[1] + k * (steps + 1));
    }
}

typedef struct ClassSums { double *image, *map; } ClassSums;   /* [classes][height][width] */

static void add_batch(const Network *net, Work *w, Measured *m, CamTotals *totals, ClassSums *sums, int n)
{
    const int64_t places = net->height * net->width;
    network_gray(net, n, w->images, w->gray);
    for (int k = 0; k < n; k++) {
        const int32_t label = network_label(net, w->sample[k]);
        network_masks(net, w->sample[k], w->object, w->decoy);
        const CamImage image = {.height = (int)net->height,
                                .width = (int)net->width,
                                .map = w->map + k * places,
                                .image = w->gray + k * places,
                                .prototype = net->prototypes + w->class[k] * places,
                                .object = w->object,
                                .decoy = network_has_decoy(net) ? w->decoy : NULL,
                                .map_of_masked = w->masked_map + k * places,
                                .p = w->p[k],
                                .p_masked = w->p_masked[k],
                                .insertion = w->insertion[k],
                                .deletion = w->deletion[k]};
        if (!cam_totals_add(totals, &w->scratch, &image))
            fail("%s: images of %lld x %lld pixels are too large to be measured", net->data.name,
                 (long long)net->height, (long long)net->width);
        cam_max_normalize(places, image.map, w->min_max);
        m->count[label]++;
        for (int64_t i = 0; i < places; i++)
            sums->image[label * places + i] += image.image[i], sums->map[label * places + i] += w->min_max[i];
    }
}

/* ---- randomised parameters ---- */

static size_t layer_length(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot ? (size_t)(dot - name) : strlen(name);
}

/* The last parameter before the i-th that the scores depend on; -1: there is none. */
static int used_before(const Network *net, int i)
{
    do i--; while (i >= 0 && !net->place.used[i]);
    return i;
}

static void compare_maps(Network *net, Work *w, const float *trained, const int32_t *class, int64_t images,
                         Randomised *result)
{
    const int64_t places = net->height * net->width;
    for (int64_t first = 0; first < images; first += net->batch) {
        const int n = (int)(images - first < net->batch ? images - first : net->batch);
        for (int k = 0; k < n; k++) w->sample[k] = first + k;
        network_images(net, n, w->sample, w->images);
        network_map(net, n, w->images, class + first);
        for (int k = 0; k < n; k++) {
            double ssim, spearman;
            float *map = w->map + k * places;
            cam_max_normalize(places, net->map + k * places, map);
            if (!cam_ssim(&w->scratch, (int)net->height, (int)net->width, map, trained + (first + k) * places, &ssim) ||
                !cam_spearman(&w->scratch, places, map, trained + (first + k) * places, &spearman))
                fail("tailor: out of memory");
            result->ssim += ssim / (double)images, result->spearman += spearman / (double)images;
        }
    }
}

/* trained: maps of the first images, each divided by its maximum. */
static void randomise(Arena *arena, Network *net, Work *w, Measured *m, const float *trained, const int32_t *class)
{
    const RtModel *model = net->model;
    const size_t bytes = (size_t)rt_tensor_floats(model->n_parameters, model->parameters) * sizeof(float);
    float *kept = arena_alloc(arena, bytes);
    memcpy(kept, net->weights.parameters, bytes);
    m->randomised = arena_array(arena, model->n_parameters, sizeof *m->randomised);
    for (int i = used_before(net, model->n_parameters), before; i >= 0; i = before) {
        const RtTensor *tensor = &model->parameters[i];
        const size_t length = layer_length(tensor->name);
        rt_initial_values(tensor, net->record.seed + 1, net->weights.parameters + tensor->offset);
        before = used_before(net, i);
        if (before >= 0 && layer_length(model->parameters[before].name) == length &&
            !strncmp(model->parameters[before].name, tensor->name, length))
            continue;
        Randomised *result = &m->randomised[m->n_randomised++];
        result->layer = arena_format(arena, "%.*s", (int)length, tensor->name);
        compare_maps(net, w, trained, class, m->randomised_images, result);
    }
    memcpy(net->weights.parameters, kept, bytes);
}

/* ---- a set ---- */

static void means_of_classes(Arena *arena, const Network *net, Measured *m, const ClassSums *sums)
{
    const int64_t places = net->height * net->width;
    m->mean_image = arena_array(arena, net->classes * places, sizeof *m->mean_image);
    m->mean_map = arena_array(arena, net->classes * places, sizeof *m->mean_map);
    for (int64_t i = 0; i < net->classes * places; i++) {
        const int64_t count = m->count[i / places];
        if (!count) continue;
        m->mean_image[i] = (float)(sums->image[i] / (double)count);
        m->mean_map[i] = (float)(sums->map[i] / (double)count);
    }
}

static void show_progress(RtDisplay *line, const Network *net, int64_t done, int64_t images)
{
    if (!rt_display_due(line)) return;
    rt_display_begin(line, false);
    rt_display_add(line, 0, RT_BOLD, "maps of %lld/%lld images", (long long)done, (long long)images);
    rt_display_add(line, 2, RT_PLAIN, "%s", shown_name(net->arena, net->record.folder));
    rt_display_show(line);
}

Measured *measure(Arena *arena, Network *net, const MeasureRequest *request)
{
    const int64_t total = net->n_images,
                  images = request->images && request->images < total ? request->images : total,
                  places = net->height * net->width;
    Measured *m = arena_alloc(arena, sizeof *m);
    *m = (Measured){.class = request->class,
                    .images = images,
                    .randomised_images = images < RANDOMISED_IMAGES ? images : RANDOMISED_IMAGES,
                    .predicted = arena_array(arena, images, sizeof *m->predicted),
                    .runner_up = arena_array(arena, images, sizeof *m->runner_up),
                    .confidence = arena_array(arena, images, sizeof *m->confidence),
                    .count = arena_array(arena, net->classes, sizeof *m->count)};
    Work w = work_new(arena, net, request->steps);
    CamTotals totals = {0};
    ClassSums sums = {arena_array(arena, net->classes * places, sizeof(double)),
                      arena_array(arena, net->classes * places, sizeof(double))};
    float *trained = arena_array(arena, m->randomised_images * places, sizeof *trained);
    int32_t *class = arena_array(arena, m->randomised_images, sizeof *class);
    RtDisplay line;
    rt_display_open(&line);
    for (int64_t first = 0; first < images; first += net->batch) {
        const int n = (int)(images - first < net->batch ? images - first : net->batch);
        show_progress(&line, net, first, images);
        for (int k = 0; k < n; k++) w.sample[k] = first + k;
        network_images(net, n, w.sample, w.images);
        predict_batch(net, &w, m, n);
        network_map(net, n, w.images, w.class);
        memcpy(w.map, net->map, (size_t)(n * places) * sizeof *net->map);
        for (int k = 0; k < n && first + k < m->randomised_images; k++) {
            cam_max_normalize(places, w.map + k * places, trained + (first + k) * places);
            class[first + k] = w.class[k];
        }
        mask_batch(net, &w, n);
        perturb_batch(net, &w, n, request->steps);
        add_batch(net, &w, m, &totals, &sums, n);
    }
    rt_display_close(&line);
    m->accuracy /= (double)images;
    m->metrics = cam_totals_means(&totals);
    if (!request->metrics_only) {
        means_of_classes(arena, net, m, &sums);
        randomise(arena, net, &w, m, trained, class);
    }
    cam_scratch_free(&w.scratch);
    return m;
}
