/* rt_evaluate.c - means of loss and metrics over samples, and the entry "evaluate" over a set. */
#include "rt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool rt_means_open(RtMeans *means, const RtModel *model, RtError *error)
{
    *means = (RtMeans){.sum = calloc((size_t)model->n_metrics + 1, sizeof *means->sum)};
    return means->sum || rt_fail(error, "out of memory for %d metrics", model->n_metrics);
}

void rt_means_close(RtMeans *means)
{
    free(means->sum);
    free(means->correct);
    *means = (RtMeans){0};
}

void rt_means_clear(RtMeans *means, const RtModel *model)
{
    means->samples = 0;
    for (int i = 0; i <= model->n_metrics; i++) means->sum[i] = 0;
}

double rt_mean(const RtMeans *means, int i) { return means->samples ? means->sum[i] / (double)means->samples : NAN; }

/* ---- which samples are right ---- */

static const RtValue *accuracy_of(const RtEntry *entry)
{
    const RtValue *value = rt_value(entry, "accuracy");
    return value && value->per_sample && value->rank == 1 ? value : NULL;
}

bool rt_means_keep_correct(RtMeans *means, const RtModel *model, int64_t n, RtError *error)
{
    bool is_metric = false;
    for (int m = 0; m < model->n_metrics; m++) is_metric = is_metric || !strcmp(model->metrics[m], "accuracy");
    if (!is_metric || !accuracy_of(rt_entry(model, "evaluate"))) return true;
    means->correct = calloc((size_t)n / 8 + 1, 1);
    return means->correct || rt_fail(error, "out of memory for %lld samples", (long long)n);
}

static void add_correct(RtMeans *means, const RtEntry *entry, const void *result, int n)
{
    const RtValue *value = accuracy_of(entry);
    for (int i = 0; i < n; i++) {
        const double is = rt_number(value->type, (const char *)result + value->offset, i);
        const int64_t sample = means->samples + i;
        if (is == 1) means->correct[sample / 8] |= (uint8_t)(0x80 >> sample % 8);
        else if (is != 0) {
            free(means->correct);
            means->correct = NULL;
            return;
        }
    }
}

bool rt_means_write_correct(const RtMeans *means, const char *path, RtError *error)
{
    return !means->correct || rt_file_write(path, means->correct, (size_t)(means->samples + 7) / 8, error);
}

/* Adds in double and in the order of the samples.  One number for the whole batch counts for each of its samples. */
void rt_means_add(RtMeans *means, const RtModel *model, const RtEntry *entry, const void *result, int n)
{
    for (int m = 0; m <= model->n_metrics; m++) {
        const RtValue *value = rt_value(entry, m ? model->metrics[m - 1] : "loss");
        const char *at = (const char *)result + value->offset;
        if (value->per_sample)
            for (int i = 0; i < n; i++) means->sum[m] += rt_number(value->type, at, i);
        else
            means->sum[m] += rt_number(value->type, at, 0) * n;
    }
    if (means->correct) add_correct(means, entry, result, n);
    means->samples += n;
}

/* ---- calls ---- */

bool rt_call_open(RtCall *call, const RtModel *model, int threads, const RtWeights *weights, RtError *error)
{
    size_t work = 0, result = 0;
    for (int i = 0; i < model->n_entries; i++) {
        if (model->entries[i].work_bytes > work) work = model->entries[i].work_bytes;
        if (model->entries[i].result_bytes > result) result = model->entries[i].result_bytes;
    }
    *call = (RtCall){.threads = threads,
                     .parameters = weights->parameters,
                     .state = weights->state,
                     .optimizer = weights->optimizer};
    call->work = rt_allocate((size_t)threads, work, "the workspace", error);
    call->result = rt_allocate(1, result, "the results", error);
    if (call->work && call->result) return true;
    rt_call_close(call);
    return false;
}

void rt_call_close(RtCall *call)
{
    rt_release(call->work);
    rt_release(call->result);
    *call = (RtCall){0};
}

/* ---- a set ---- */

static bool evaluate_batches(const RtModel *model, const RtEntry *entry, RtCall *call, RtLoader *loader,
                             const volatile sig_atomic_t *stop, RtMeans *means, RtOutcome *outcome)
{
    *outcome = RT_DONE;
    for (const RtBatch *batch; (batch = rt_loader_next(loader));) {
        call->batch = batch;
        if (!entry->run(call)) *outcome = RT_NOT_FINITE;
        else if (stop && *stop) *outcome = RT_INTERRUPTED;
        if (*outcome != RT_DONE) return false;
        rt_means_add(means, model, entry, call->result, batch->n);
    }
    return true;
}

RtOutcome rt_evaluate(const RtModel *model, RtCall *call, const RtImages *images, const int64_t *samples, int64_t n,
                      uint64_t seed, const volatile sig_atomic_t *stop, RtMeans *means, const RtFailed *failed,
                      RtError *error)
{
    const RtEntry *entry = rt_entry(model, "evaluate");
    const RtStep step = {.seed = seed, .progress = 1, .correction1 = 1, .correction2 = 1};
    const RtLoaderPlan plan = {.model = model, .images = images, .samples = samples, .n = n};
    RtOutcome outcome;
    RtLoader *loader = rt_loader_open(&plan, error);
    if (!loader) return RT_FAILED;
    rt_means_clear(means, model);
    call->step = &step;
    if (!evaluate_batches(model, entry, call, loader, stop, means, &outcome) && outcome == RT_NOT_FINITE) {
        char what[96];
        snprintf(what, sizeof what, "the loss is not finite in the batch of sample %lld",
                 (long long)call->batch->sample[0]);
        rt_fail(error, "%s", what);
        if (failed && !rt_failed_batch_write(failed, model, call, "evaluate", what, error)) outcome = RT_FAILED;
    }
    rt_loader_close(loader);
    call->batch = NULL;
    call->step = NULL;
    return outcome;
}

/* Writes parameters and state by name, the inputs by name as in a feed, and the samples' numbers.  These numbers and
 * the seed repeat every random draw. */
bool rt_failed_batch_write(const RtFailed *failed, const RtModel *model, const RtCall *call, const char *entry,
                           const char *what, RtError *error)
{
    int n = 0;
    const RtRun *run = failed->run;
    const char *path = failed->path;
    RtArray *arrays = calloc((size_t)(model->n_parameters + model->n_states + model->n_fields) + 1, sizeof *arrays);
    if (!arrays) return rt_fail(error, "%s: out of memory", path);
    for (int i = 0; i < model->n_parameters; i++, n++)
        arrays[n] = rt_tensor_array(&model->parameters[i], model->parameters[i].name,
                                    call->parameters + model->parameters[i].offset);
    for (int i = 0; i < model->n_states; i++, n++)
        arrays[n] = rt_tensor_array(&model->states[i], model->states[i].name, call->state + model->states[i].offset);
    for (int i = 0; i < model->n_fields; i++, n++) {
        const RtField *field = &model->fields[i];
        arrays[n] =
            (RtArray){.name = field->name, .type = field->type, .rank = field->rank + 1, .data = call->batch->field[i]};
        arrays[n].dims[0] = call->batch->n;
        memcpy(arrays[n].dims + 1, field->dims, (size_t)field->rank * sizeof *field->dims);
    }
    arrays[n++] =
        (RtArray){.name = "sample", .type = RT_I64, .rank = 1, .dims = {call->batch->n}, .data = call->batch->sample};
    char seed[32], step[32], progress[48], epochs[32], each[32];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)call->step->seed);
    snprintf(step, sizeof step, "%lld", (long long)call->step->step);
    snprintf(progress, sizeof progress, "%.9g", (double)call->step->progress);
    snprintf(epochs, sizeof epochs, "%lld", (long long)run->settings.epochs);
    snprintf(each, sizeof each, "%lld", (long long)run->steps_per_epoch);
    RtJsonWriter classes = {0};
    rt_json_open(&classes, NULL, '[');
    for (int i = 0; i < run->data.train.n_classes; i++)
        rt_json_string(&classes, NULL, rt_class_name(&run->data.train, i));
    rt_json_close(&classes, ']');
    const RtPair pairs[] = {
        {"entry", entry},        {"graph_hash", model->graph_hash},
        {"seed", seed},          {"step", step},
        {"progress", progress},  {"where", failed->where},
        {"what", what},          {"data", run->data.name},
        {"epochs", epochs},      {"steps_per_epoch", each},
        {"split", run->settings.validation ? "validation" : "test"},
        {"classes", classes.text.failed ? "" : classes.text.data}};        /* the last: left out where there are none */
    const int n_pairs = sizeof pairs / sizeof *pairs - (run->data.train.n_classes == 0);
    bool ok = rt_tensors_write(path, n, arrays, n_pairs, pairs, error);
    rt_text_free(&classes.text);
    free(arrays);
    return ok;
}
