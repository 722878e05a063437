/* rt_loader.c - batches of a set, prepared by a thread while the one before is in use, or when they are asked for.
 *
 * Two slots go back and forth between the thread and its user.  Nothing is allocated after rt_loader_open.  The content
 * of a batch is a function of the plan and the batch's number, so it does not matter who is faster.  RT_LOADER_THREAD
 * is 0 in a trainer that is built without threads. */
#include "rt.h"
#include "rt_random.h"

#include <stdlib.h>
#include <string.h>

#ifndef RT_LOADER_THREAD
#define RT_LOADER_THREAD 1
#endif
#if RT_LOADER_THREAD
#include <pthread.h>
#endif

typedef struct Slot { RtBatch batch; int64_t *sample; void *field[RT_MAX_FIELDS]; bool full; } Slot;

struct RtLoader {
    RtLoaderPlan plan;
    int64_t n_batches;                 /* batches of an epoch */
    int64_t *order, epoch;             /* positions in plan.samples, in the order of this epoch */
    bool balanced;                     /* the sampler balances classes */
    RtClasses classes;                 /* for balanced batches */
    size_t pixels, row[RT_MAX_FIELDS]; /* bytes of an image; bytes of one sample of each field */
    RtShape shape;                     /* of an image */
    float *spare;                      /* an image, for operations that do not work in place */
    Slot slot[2];
    int64_t taken;                     /* batches handed out so far */
#if RT_LOADER_THREAD
    bool quit;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
#endif
};

static int64_t sample_at(const RtLoader *loader, int64_t position)
{
    if (loader->plan.shuffle) position = loader->order[position];
    return loader->plan.samples ? loader->plan.samples[position] : position;
}

/* Chooses the samples of batch `number`, which is counted over epochs when shuffled. */
static void choose(RtLoader *loader, int64_t number, Slot *slot)
{
    const RtLoaderPlan *plan = &loader->plan;
    const int64_t batch = plan->model->batch;
    const int64_t epoch = plan->shuffle ? number / loader->n_batches : 0,
                  from = (number - epoch * loader->n_batches) * batch;
    slot->batch.n = (int)(plan->n - from < batch ? plan->n - from : batch);
    if (loader->balanced) {
        rt_balanced(&loader->classes, &plan->model->train.sampler, plan->seed, number, slot->sample);
        return;
    }
    if (plan->shuffle && epoch != loader->epoch) {
        rt_permutation(plan->n, plan->seed, rt_stream("shuffle"), epoch, loader->order);
        loader->epoch = epoch;
    }
    for (int i = 0; i < batch; i++) slot->sample[i] = i < slot->batch.n ? sample_at(loader, from + i) : 0;
}

/* The number of a draw for augmentation, of item `i` of a batch.  A shuffled epoch sees a sample once, so that is the
 * epoch's number; balanced batches may see it again and again, so there it is the item's. */
static int64_t turn_of(const RtLoader *loader, int64_t number, int i)
{
    return loader->balanced ? number * loader->plan.model->batch + i : number / loader->n_batches;
}

/* Fills in a field of one sample. */
static void fill(RtLoader *loader, RtFieldKind kind, int64_t turn, int64_t sample, void *to)
{
    const RtLoaderPlan *plan = &loader->plan;
    const RtImages *images = plan->images;
    const RtAugment *augment = &plan->model->train.augment;
    RtShape shape = loader->shape;
    uint64_t seed = plan->seed;
    float *image = to;
    switch (kind) {
    case RT_FIELD_LABEL:
        *(int32_t *)to = images->labels[sample];
        return;
    case RT_FIELD_NUMBER:
        *(int32_t *)to = (int32_t)sample;
        return;
    case RT_FIELD_MASK:
        shape.channels = 1;
        rt_mask(images, sample, image);
        if (!plan->augment) return;
        rt_augment(augment, &shape, plan->seed, turn, sample, image, loader->spare);
        /* a rotation leaves fractions in a mask */
        for (int64_t p = 0; p < shape.height * shape.width; p++) image[p] = image[p] >= 0.5f;
        return;
    case RT_FIELD_VIEW:
        seed ^= rt_stream("augment.view2");
        break;
    case RT_FIELD_IMAGE: break;
    }
    rt_image(images, sample, image);
    if (plan->augment) rt_augment(augment, &shape, seed, turn, sample, image, loader->spare);
    rt_normalize(&images->normalize, &shape, image);
}

static void prepare(RtLoader *loader, int64_t number, Slot *slot)
{
    const RtModel *model = loader->plan.model;
    choose(loader, number, slot);
    for (int f = 0; f < model->n_fields; f++) {
        char *to = slot->field[f];
        for (int i = 0; i < slot->batch.n; i++)
            fill(loader, model->fields[f].kind, turn_of(loader, number, i), slot->sample[i],
                 to + (size_t)i * loader->row[f]);
        memset(to + (size_t)slot->batch.n * loader->row[f], 0, (size_t)(model->batch - slot->batch.n) * loader->row[f]);
    }
}

static bool loader_allocate(RtLoader *loader, RtError *error)
{
    const RtModel *model = loader->plan.model;
    const RtImages *images = loader->plan.images;
    loader->pixels = (size_t)(images->height * images->width * images->channels);
    loader->shape = (RtShape){images->height, images->width, images->channels};
    loader->spare = rt_allocate(loader->pixels, sizeof *loader->spare, "an image", error);
    if (!loader->spare) return false;
    loader->order = malloc((size_t)loader->plan.n * sizeof *loader->order + 1);
    if (!loader->order) return rt_fail(error, "out of memory for the order of %lld images", (long long)loader->plan.n);
    if (loader->balanced && !rt_classes_open(&loader->classes, images->labels, loader->plan.samples, loader->plan.n,
                                             &model->train.sampler, error))
        return false;
    for (int f = 0; f < model->n_fields; f++) {
        const RtField *field = &model->fields[f];
        const size_t pixels = field->kind == RT_FIELD_MASK ? loader->pixels / (size_t)images->channels : loader->pixels;
        loader->row[f] = field->type == RT_I32 ? sizeof(int32_t) : pixels * sizeof(float);
    }
    for (int s = 0; s < 2; s++) {
        Slot *slot = &loader->slot[s];
        slot->sample = rt_allocate((size_t)model->batch, sizeof *slot->sample, "the numbers of a batch", error);
        if (!slot->sample) return false;
        slot->batch.sample = slot->sample;
        for (int f = 0; f < model->n_fields; f++) {
            slot->batch.field[f] = slot->field[f] = rt_allocate((size_t)model->batch, loader->row[f], "a batch", error);
            if (!slot->field[f]) return false;
        }
    }
    return true;
}

static void loader_release(RtLoader *loader)
{
    for (int s = 0; s < 2; s++) {
        rt_release(loader->slot[s].sample);
        for (int f = 0; f < RT_MAX_FIELDS; f++) rt_release(loader->slot[s].field[f]);
    }
    rt_release(loader->spare);
    rt_classes_close(&loader->classes);
    free(loader->order);
    free(loader);
}

/* ---- who prepares a batch ---- */

#if RT_LOADER_THREAD

static void *work(void *argument)
{
    RtLoader *loader = argument;
    for (int64_t number = loader->plan.first; number < loader->plan.last; number++) {
        Slot *slot = &loader->slot[(number - loader->plan.first) % 2];
        pthread_mutex_lock(&loader->mutex);
        while (slot->full && !loader->quit) pthread_cond_wait(&loader->changed, &loader->mutex);
        bool quit = loader->quit;
        pthread_mutex_unlock(&loader->mutex);
        if (quit) break;
        prepare(loader, number, slot);
        pthread_mutex_lock(&loader->mutex);
        slot->full = true;
        pthread_cond_signal(&loader->changed);
        pthread_mutex_unlock(&loader->mutex);
    }
    return NULL;
}

static bool start(RtLoader *loader, RtError *error)
{
    pthread_mutex_init(&loader->mutex, NULL);
    pthread_cond_init(&loader->changed, NULL);
    const int code = pthread_create(&loader->thread, NULL, work, loader);
    if (code == 0) return true;
    pthread_cond_destroy(&loader->changed);
    pthread_mutex_destroy(&loader->mutex);
    return rt_fail(error, "cannot start the thread that prepares batches: %s", strerror(code));
}

/* The batch that was handed out last is no longer in use. */
static void hand_back(RtLoader *loader)
{
    if (!loader->taken) return;
    pthread_mutex_lock(&loader->mutex);
    loader->slot[(loader->taken - 1) % 2].full = false;
    pthread_cond_signal(&loader->changed);
    pthread_mutex_unlock(&loader->mutex);
}

static const Slot *hand_out(RtLoader *loader, int64_t number)
{
    const Slot *slot = &loader->slot[(number - loader->plan.first) % 2];
    pthread_mutex_lock(&loader->mutex);
    while (!slot->full) pthread_cond_wait(&loader->changed, &loader->mutex);
    pthread_mutex_unlock(&loader->mutex);
    return slot;
}

static void stop(RtLoader *loader)
{
    pthread_mutex_lock(&loader->mutex);
    loader->quit = true;
    pthread_cond_signal(&loader->changed);
    pthread_mutex_unlock(&loader->mutex);
    pthread_join(loader->thread, NULL);
    pthread_cond_destroy(&loader->changed);
    pthread_mutex_destroy(&loader->mutex);
}

#else

static bool start(RtLoader *loader, RtError *error) { (void)loader, (void)error; return true; }
static void hand_back(RtLoader *loader) { (void)loader; }
static void stop(RtLoader *loader) { (void)loader; }

static const Slot *hand_out(RtLoader *loader, int64_t number)
{
    prepare(loader, number, &loader->slot[0]);
    return &loader->slot[0];
}

#endif

RtLoader *rt_loader_open(const RtLoaderPlan *plan, RtError *error)
{
    RtLoader *loader = calloc(1, sizeof *loader);
    if (!loader) {
        rt_fail(error, "out of memory for batches");
        return NULL;
    }
    loader->plan = *plan;
    loader->epoch = -1;
    loader->balanced = plan->shuffle && plan->model->train.sampler.classes > 0;
    loader->n_batches = plan->n / plan->model->batch;
    if (!plan->shuffle) {
        loader->n_batches = (plan->n + plan->model->batch - 1) / plan->model->batch;
        loader->plan.first = 0;
        loader->plan.last = loader->n_batches;
    }
    if (loader_allocate(loader, error) && start(loader, error)) return loader;
    loader_release(loader);
    return NULL;
}

const RtBatch *rt_loader_next(RtLoader *loader)
{
    const int64_t number = loader->plan.first + loader->taken;
    hand_back(loader);
    if (number >= loader->plan.last) return NULL;
    const Slot *slot = hand_out(loader, number);
    loader->taken++;
    return &slot->batch;
}

void rt_loader_close(RtLoader *loader)
{
    if (!loader) return;
    stop(loader);
    loader_release(loader);
}
