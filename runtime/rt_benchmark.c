/* rt_benchmark.c - training steps timed on synthetic data of the model's shapes: no files, no loader, only the emitted
 * code.
 */
#include "rt.h"
#include "rt_random.h"

#include <stdlib.h>

enum { WARM_UP = 5 };

static bool fill_batch(const RtModel *model, uint64_t seed, RtBatch *batch, int64_t **sample, void **field,
                       RtError *error)
{
    *sample = rt_allocate((size_t)model->batch, sizeof **sample, "a batch", error);
    if (!*sample) return false;
    for (int i = 0; i < model->batch; i++) (*sample)[i] = i;
    for (int f = 0; f < model->n_fields; f++) {
        const uint64_t stream = rt_stream(model->fields[f].name);
        int64_t count = model->batch;
        for (int d = 0; d < model->fields[f].rank; d++) count *= model->fields[f].dims[d];
        field[f] = rt_allocate((size_t)count, 4, "a batch", error);
        if (!field[f]) return false;
        for (int64_t i = 0; i < count; i++) {
            float u = rt_uniform(seed, stream, 0, 0, i);
            if (model->fields[f].kind == RT_FIELD_LABEL)
                ((int32_t *)field[f])[i] = (int32_t)(u * (float)model->fields[f].classes);
            else if (model->fields[f].kind == RT_FIELD_NUMBER) ((int32_t *)field[f])[i] = (int32_t)i;
            else ((float *)field[f])[i] = model->fields[f].kind == RT_FIELD_MASK ? u < 0.5f : u;
        }
        batch->field[f] = field[f];
    }
    batch->n = model->batch;
    batch->sample = *sample;
    return true;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static bool time_steps(const RtModel *model, RtCall *call, uint64_t seed, int64_t n, double *ms, RtError *error)
{
    const RtEntry *entry = rt_entry(model, "train");
    RtStep step = {.seed = seed};
    call->step = &step;
    for (int64_t i = 0; i < WARM_UP + n; i++) {
        step.step = i;
        rt_schedule(&model->train, i, WARM_UP + n, WARM_UP + n, &step);
        double before = rt_seconds();
        if (!entry->run(call)) {
            call->step = NULL;
            return rt_fail(error, "%s: loss, gradients or new state of step %lld on random data are not finite",
                           model->name, (long long)i);
        }
        if (i >= WARM_UP) ms[i - WARM_UP] = 1e3 * (rt_seconds() - before);
    }
    call->step = NULL;
    return true;
}

bool rt_benchmark(const RtModel *model, const RtSettings *settings, int64_t steps, RtBenchmark *result, RtError *error)
{
    RtWeights weights = {0};
    RtCall call = {0};
    RtBatch batch = {0};
    int64_t *sample = NULL;
    void *field[RT_MAX_FIELDS] = {0};
    double *ms = rt_allocate((size_t)steps, sizeof *ms, "the times", error);
    bool ok = rt_entry(model, "train") || rt_fail(error, "%s: the model has no entry train", model->name);
    ok = ok && ms && rt_weights_open(&weights, model, error) &&
         rt_call_open(&call, model, settings->threads, &weights, error) &&
         fill_batch(model, settings->seed, &batch, &sample, field, error);
    if (ok) {
        rt_weights_initialise(&weights, model, settings->seed);
        call.batch = &batch;
        call.profile = settings->profile;
        ok = time_steps(model, &call, settings->seed, steps, ms, error);
    }
    if (ok) {
        qsort(ms, (size_t)steps, sizeof *ms, by_value);
        result->min_ms = ms[0];
        result->median_ms = steps % 2 ? ms[steps / 2] : (ms[steps / 2 - 1] + ms[steps / 2]) / 2;
        result->images_per_second = 1e3 * model->batch / result->median_ms;
    }
    rt_release(ms);
    rt_release(sample);
    for (int f = 0; f < RT_MAX_FIELDS; f++) rt_release(field[f]);
    rt_call_close(&call);
    rt_weights_close(&weights);
    return ok;
}
