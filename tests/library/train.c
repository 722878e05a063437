/* train.c - a run by the functions of an emitted library, over a trainer's batches: library_test.sh compiles it with
 * -Dmodel=mlp -DModel=Mlp -DMODEL=MLP, and the library's functions renamed, since the trainer's tables come from the
 * folder's file, which has them too.  Halfway the run is saved, and goes on in another struct, on other threads.
 *
 * Prints the sha256 of the weights and the accuracy on the test images, as run.json has them.  The second argument is a
 * file for the save of the finished run. */
#include "rt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define F(name) JOIN(lib_, name)
#define T(name) JOIN(Model, name)
#define C(name) JOIN(MODEL, name)

extern const RtModel JOIN(model, _model);

static Model run, other;
static T(Work) work[2];

static void want(int is, int should, const char *what)
{
    if (is == should) return;
    fprintf(stderr, "%s: %d, against %d\n", what, is, should);
    exit(1);
}

#if defined __SSE__
#define CONTROL() __builtin_ia32_stmxcsr()
#define SET_CONTROL(bits) __builtin_ia32_ldmxcsr(bits)
#else
#define CONTROL() 0
#define SET_CONTROL(bits) (void)(bits)
#endif

/* Every call that is wrong gives its status and changes nothing. */
static void refuse(const T(Batch) *good, T(TrainResult) *result)
{
    static Model before;
    static char bytes[1 << 22];
    T(Batch) bad = *good;
    before = run;
    bad.n--;
    want(F(step)(&run, work, 1, &bad, result), C(_BAD_BATCH), "a batch that is not full");
    bad = *good, bad.image = NULL;
    want(F(step)(&run, work, 1, &bad, result), C(_BAD_BATCH), "no image");
    int32_t label[C(_BATCH)];
    memcpy(label, good->label, sizeof label), label[3] = 10;
    bad = *good, bad.label = label;
    want(F(step)(&run, work, 1, &bad, result), C(_BAD_BATCH), "a label that is no class");
    want(F(step)(&run, work, 0, good, result), C(_BAD_THREADS), "no thread");
    want(F(step)(&run, work, 10000, good, result), C(_BAD_THREADS), "too many threads");
    want(F(step)(&run, (T(Work) *)((char *)work + 4), 1, good, result), C(_NOT_ALIGNED), "alignment");
    want(F(step)(&run, NULL, 1, good, result), C(_NOT_ALIGNED), "no workspace");
    static T(EvaluateResult) evaluated;
    for (int size = 0; size <= C(_BATCH) + 1; size += C(_BATCH) + 1) {
        bad = *good, bad.n = size;
        want(F(evaluate)(&run, work, 1, &bad, &evaluated), C(_BAD_BATCH), "a number of samples");
    }
    bad = *good, bad.n = 3, bad.label = label;         /* the fourth, which is no class, is not among them */
    want(F(evaluate)(&run, work, 1, &bad, &evaluated), C(_OK), "three samples");
    static float image[C(_BATCH)][28][28][1];
    memcpy(image, good->image, sizeof image), image[3][9][9][0] = __builtin_nanf("");
    bad = *good, bad.image = image;
    want(F(step)(&run, work, 1, &bad, result), C(_NOT_FINITE), "an image that is no image");
    want(F(evaluate)(&run, work, 1, &bad, &evaluated), C(_NOT_FINITE), "an image that is no image");
    const size_t n = F(save)(&run, NULL, 0);
    want(n <= sizeof bytes, 1, "the room of this test");
    want(F(save)(&run, bytes, n - 1) == n && !bytes[8], 1, "a save without room writes nothing");
    want(F(save)(&run, bytes, n) == n, 1, "a save");
    for (size_t cut = 0; cut < n; cut += cut < 3000 ? 1 : n / 50)
        want(F(load)(&run, bytes, cut), C(_BAD_FILE), "a save that is cut");
    char *name = strstr(bytes + 8, JOIN(model, _model).parameters[0].name);
    name[0] ^= 1;
    want(F(load)(&run, bytes, n), C(_OTHER_MODEL), "a tensor of another name");
    name[0] ^= 1;
    memset(bytes + n - 4, 255, 4);
    want(F(load)(&run, bytes, n), C(_NOT_FINITE), "a number that is none");
    want(memcmp(&run, &before, sizeof run), 0, "something changed");
}

static void go_on_elsewhere(void)
{
    const size_t n = F(save)(&run, NULL, 0);
    char *bytes = malloc(n);
    if (!bytes || F(save)(&run, bytes, n) != n) exit(1);
    F(init)(&other, 99, 7);
    want(F(load)(&other, bytes, n), C(_OK), "a save that is loaded");
    want(memcmp(&run, &other, sizeof run), 0, "a loaded run differs");
    memset(&run, 0, sizeof run);
    run = other;
    free(bytes);
}

/* The gradients are those of the step behind them: Adam's first moment moves toward them.  A step that clips its
 * gradients moves it by less. */
static void check_gradients(const RtModel *m, const T(Params) *gradients, const Model *before, const Model *after)
{
    const float *g = (const float *)gradients, *from = (const float *)&before->moments.m,
                *to = (const float *)&after->moments.m, gain = (float)(1.0 - m->train.beta1);
    int64_t wrong = 0, moved = 0;
    if (m->train.clip > 0) return;
    for (size_t i = 0; i < sizeof *gradients / sizeof *g; i++) {
        const volatile float step = (g[i] - from[i]) * gain;
        wrong += to[i] != from[i] + step;
        moved += to[i] != from[i];
    }
    want(wrong == 0 && moved > 0, 1, "gradients against the step's");
}

#ifdef PREPARES
/* Hands all training images over, in ascending order. */
static bool prepare(const RtData *data, const RtModel *m, RtError *error)
{
    const int64_t pixels = sizeof(*((T(Batch) *)0)->image) / sizeof(float), n = data->n_training;
    const RtLoaderPlan plan = {.model = m, .images = &data->train, .samples = data->training, .n = n};
    T(Batch) *batches = calloc((size_t)(n / m->batch) + 1, sizeof *batches);
    float *images = malloc((size_t)(n * pixels) * sizeof *images);
    int32_t *labels = malloc((size_t)n * sizeof *labels);
    RtLoader *loader = rt_loader_open(&plan, error);
    int64_t count = 0, at = 0;
    if (!batches || !images || !labels || !loader) return rt_fail(error, "out of memory");
    for (const RtBatch *b; (b = rt_loader_next(loader)); at += b->n) {
        memcpy(images + at * pixels, b->field[0], (size_t)(b->n * pixels) * sizeof *images);
        memcpy(labels + at, b->field[1], (size_t)b->n * sizeof *labels);
        batches[count++] = (T(Batch)){.n = b->n, .image = (const void *)(images + at * pixels), .label = labels + at};
    }
    F(prepare)(&run, batches, count);
    rt_loader_close(loader);
    free(batches), free(images), free(labels);
    return true;
}
#endif

/* Prints the share of test images that evaluation finds right; predictions must find the same ones right. */
static void test(RtData *data, const RtModel *m, RtError *error)
{
    static T(EvaluateResult) evaluated;
    static T(PredictResult) predicted;
    if (!rt_data_test(data, "digits", m, error)) exit(1);
    const RtLoaderPlan plan = {.model = m, .images = &data->test, .n = data->test.n};
    RtLoader *loader = rt_loader_open(&plan, error);
    double right = 0;
    for (const RtBatch *b; loader && (b = rt_loader_next(loader));) {
        T(Batch) in = {.n = b->n, .sample = b->sample, .image = b->field[0], .label = b->field[1]};
        want(F(evaluate)(&run, work, 2, &in, &evaluated), C(_OK), "an evaluation");
        in.label = NULL;
        want(F(predict)(&run, work, 1, &in, &predicted), C(_OK), "a prediction, without labels");
        for (int i = 0; i < b->n; i++) {
            int best = 0;
            for (int k = 1; k < 10; k++)
                if (predicted.logits[i][k] > predicted.logits[i][best]) best = k;
            const int32_t label = ((const int32_t *)b->field[1])[i];
            want(best == label, evaluated.accuracy[i] == 1, "a prediction against the evaluation");
            right += evaluated.accuracy[i];
        }
    }
    rt_loader_close(loader);
    printf("%.15g\n", right / (double)data->test.n);
}

static bool save_to(const char *path)
{
    const size_t n = F(save)(&run, NULL, 0);
    char *bytes = malloc(n);
    RtError error = {0};
    const bool ok = bytes && F(save)(&run, bytes, n) == n && rt_file_write(path, bytes, n, &error);
    free(bytes);
    return ok;
}

int main(int argc, char **argv)
{
    const RtModel *m = &JOIN(model, _model);
    const uint64_t seed = strtoull(argc > 1 ? argv[1] : "1", NULL, 10);
    static T(TrainResult) result;
    static T(Params) gradients;
    RtData data;
    RtError error = {0};
    if (!rt_data_open(&data, "digits", m, seed, &error)) return fprintf(stderr, "%s\n", error.text), 1;
    const int64_t steps = data.n_training / m->batch;
    const RtLoaderPlan plan = {.model = m, .images = &data.train, .samples = data.training, .n = data.n_training,
                               .shuffle = true, .augment = true, .seed = seed, .last = steps};
    RtLoader *loader = rt_loader_open(&plan, &error);
    if (!loader) return fprintf(stderr, "%s\n", error.text), 1;
    F(init)(&run, seed, steps);
#ifdef PREPARES
    if (!prepare(&data, m, &error)) return fprintf(stderr, "%s\n", error.text), 1;
#endif
    const unsigned odd = CONTROL() | 0xe040u;      /* toward zero, subnormals lost */
    for (const RtBatch *b; (b = rt_loader_next(loader));) {
        const T(Batch) in = {.n = b->n, .sample = b->sample, .image = b->field[0], .label = b->field[1]};
        if (run.step == 2) refuse(&in, &result);
        if (run.step == steps / 2) go_on_elsewhere();
        if (run.step == 3) want(F(gradients)(&run, work, 2, &in, &gradients, &result), C(_OK), "gradients");
        if (run.step == 3) other = run;
        SET_CONTROL(odd);
        const int status = F(step)(&run, work, run.step < steps / 2 ? 2 : 1, &in, &result);
        const unsigned left = CONTROL();
        SET_CONTROL(odd & ~0xe040u);
        want((left & 0xe040u) == (odd & 0xe040u), 1, "the caller's rounding");
        want(status, C(_OK), "a step");
        if (run.step == 4) check_gradients(m, &gradients, &other, &run);
    }
    rt_loader_close(loader);
    RtWeights weights = {(float *)&run.params, NULL, NULL};
#ifdef AVERAGES
    weights.parameters = (float *)&run.moments.average;
#endif
#ifdef STATES
    weights.state = (float *)&run.state;
#endif
    char hex[65];
    rt_weights_sha256(&weights, m, hex);
    printf("%s ", hex);
    test(&data, m, &error);
    rt_data_close(&data);
    return argc > 2 && !save_to(argv[2]);
}
