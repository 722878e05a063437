/* vectors.c - test vectors of a packed run: written by tailor, compared by the archive's check.c, which has this file's
 * text.
 *
 * The file is safetensors: the inputs of the run's first batches as 1/NAME and 2/NAME, their samples' numbers, states
 * before the first step as state/NAME, the losses of a few steps over these batches, and results of the run's weights
 * for the first batch as predict/NAME and evaluate/NAME.  Its metadata have the seed, the schedule, the sha256 of the
 * weights behind the steps, and the file in begin/ whose weights the run began with, where there is one. */
#include "pack/vectors.h"

#include <stdlib.h>
#include <string.h>

const char vectors_begin[] = "begin";

/* ---- computing ---- */

bool vectors_train(const RtModel *model, Vectors *v, RtError *error)
{
    const RtEntry *entry = rt_entry(model, "train");
    RtWeights weights;
    RtCall call = {0};
    RtStep step = {.seed = v->seed};
    if (!rt_weights_open(&weights, model, error)) return false;
    rt_weights_initialise(&weights, model, v->seed);
    char sha256[65];
    bool ok = !v->init || rt_init_read(model, v->init, v->init_except, &weights, sha256, error);
    rt_weights_begin_average(&weights, model);
    memcpy(weights.state, v->state, (size_t)rt_tensor_floats(model->n_states, model->states) * sizeof(float));
    ok = ok && rt_call_open(&call, model, 1, &weights, error);
    call.step = &step;
    for (; step.step < VECTOR_STEPS && ok; step.step++) {
        call.batch = &v->batch[step.step % VECTOR_BATCHES];
        rt_schedule(&model->train, step.step, v->steps, v->steps_per_epoch, &step);
        if (!entry->run(&call)) step.skipped++;
        memcpy(&v->loss[step.step], (const char *)call.result + rt_value(entry, "loss")->offset, sizeof(float));
    }
    const RtWeights evaluated = rt_weights_evaluated(&weights, model);
    if (ok) rt_weights_sha256(&evaluated, model, v->trained);
    rt_call_close(&call);
    rt_weights_close(&weights);
    return ok;
}

bool vectors_ask(const RtModel *model, const Vectors *v, const RtEntry *entry, const RtWeights *weights, void *result,
                 RtError *error)
{
    const RtStep step = {.seed = v->seed, .progress = 1};
    RtCall call;
    if (!rt_call_open(&call, model, 1, weights, error)) return false;
    call.batch = &v->batch[0];
    call.step = &step;
    const bool ok = entry->run(&call) || rt_fail(error, "%s: %s is not finite", model->name, entry->name);
    if (ok) memcpy(result, call.result, entry->result_bytes);
    rt_call_close(&call);
    return ok;
}

/* ---- the file ---- */

/* Arrays on their way to a file or out of one.  The names are kept here, since arrays point to theirs. */
enum { MOST_ARRAYS = 1024, MOST_NAME = 512 };
typedef struct List { int n; RtArray array[MOST_ARRAYS]; char name[MOST_ARRAYS][MOST_NAME]; } List;

static bool list_add(List *list, const char *prefix, const char *name, RtArray array, RtError *error)
{
    if (list->n == MOST_ARRAYS)
        return rt_fail(error, "more than %d inputs, states and results: too many for vectors", MOST_ARRAYS);
    snprintf(list->name[list->n], MOST_NAME, "%s%s", prefix, name);
    list->array[list->n] = array;
    list->array[list->n].name = list->name[list->n];
    list->n++;
    return true;
}

static RtArray array_of(RtType type, bool samples, int n, int rank, const int64_t *dims, const void *data)
{
    RtArray array = {.type = type, .rank = rank + samples, .data = data};
    if (samples) array.dims[0] = n;
    memcpy(array.dims + samples, dims, (size_t)rank * sizeof *dims);
    return array;
}

/* The inputs, and the states before the first step. */
static bool list_inputs(List *list, const RtModel *model, const Vectors *v, RtError *error)
{
    bool ok = true;
    for (int b = 0; b < VECTOR_BATCHES && ok; b++) {
        const RtBatch *batch = &v->batch[b];
        const char *prefix = b ? "2/" : "1/";
        const int64_t none[1] = {0};
        for (int i = 0; i < model->n_fields && ok; i++) {
            const RtField *field = &model->fields[i];
            ok = list_add(list, prefix, field->name,
                          array_of(field->type, true, batch->n, field->rank, field->dims, batch->field[i]), error);
        }
        ok = ok && list_add(list, prefix, "sample", array_of(RT_I64, true, batch->n, 0, none, batch->sample), error);
    }
    for (int i = 0; i < model->n_states && ok; i++)
        ok = list_add(list, "state/", model->states[i].name,
                      rt_tensor_array(&model->states[i], "", v->state + model->states[i].offset), error);
    return ok;
}

/* What the entries say, each of whose results is kept in results[]: to be freed. */
enum { ASKED = 2 };
static const char *const asked[ASKED] = {"predict", "evaluate"};

static bool list_results(List *list, void *results[ASKED], const RtModel *model, const Vectors *v,
                         const RtWeights *weights, RtError *error)
{
    bool ok = true;
    for (int a = 0; a < ASKED && ok; a++) {
        const RtEntry *entry = rt_entry(model, asked[a]);
        char prefix[16];
        if (!entry) continue;
        results[a] = calloc(1, entry->result_bytes + 1);
        ok = results[a] ? vectors_ask(model, v, entry, weights, results[a], error) : rt_fail(error, "out of memory");
        snprintf(prefix, sizeof prefix, "%s/", asked[a]);
        for (int i = 0; i < entry->n_values && ok; i++) {
            const RtValue *value = &entry->values[i];
            ok = list_add(list, prefix, value->name,
                          array_of(value->type, false, 0, value->rank, value->dims,
                                   (const char *)results[a] + value->offset), error);
        }
    }
    return ok;
}

static void results_free(void *results[ASKED])
{
    for (int a = 0; a < ASKED; a++) free(results[a]);
}

bool vectors_write(const char *path, const RtModel *model, const Vectors *v, const RtWeights *weights, RtError *error)
{
    List *list = calloc(1, sizeof *list);
    void *results[ASKED] = {NULL};
    const int64_t steps[1] = {VECTOR_STEPS};
    char text[3][32];
    snprintf(text[0], sizeof text[0], "%llu", (unsigned long long)v->seed);
    snprintf(text[1], sizeof text[1], "%lld", (long long)v->steps);
    snprintf(text[2], sizeof text[2], "%lld", (long long)v->steps_per_epoch);
    const char *slash = v->init ? strrchr(v->init, '/') : NULL;
    const RtPair pairs[] = {{"name", model->name}, {"graph_hash", model->graph_hash}, {"seed", text[0]},
                            {"steps", text[1]}, {"steps_per_epoch", text[2]}, {"trained_sha256", v->trained},
                            {"init", slash ? slash + 1 : v->init}, {"init_except", v->init_except}};
    const int n_pairs = !v->init ? 6 : !v->init_except ? 7 : 8;
    const bool ok = (list || rt_fail(error, "%s: out of memory", path)) && list_inputs(list, model, v, error) &&
                    list_add(list, "", "loss", array_of(RT_F32, false, 0, 1, steps, v->loss), error) &&
                    list_results(list, results, model, v, weights, error) &&
                    rt_tensors_write(path, list->n, list->array, n_pairs, pairs, error);
    results_free(results);
    free(list);
    return ok;
}

/* ---- the check ---- */

/* The array of the file that has this one's name, type and shape. */
static const RtArray *stored(const RtArrays *file, const char *path, const RtArray *like, RtError *error)
{
    const RtArray *array = rt_tensors_find(file, like->name);
    if (!array) rt_fail(error, "%s: there is no %s", path, like->name);
    if (!array) return NULL;
    bool same = array->type == like->type && array->rank == like->rank;
    for (int i = 0; i < like->rank && same; i++) same = array->dims[i] == like->dims[i];
    if (same) return array;
    rt_fail(error, "%s: %s has another type or shape than that of the model", path, like->name);
    return NULL;
}

static bool stored_number(const RtArrays *file, const char *path, const char *key, uint64_t *number, RtError *error)
{
    const char *text = rt_tensors_pair(file, key);
    char *end = NULL;
    if (text && *text >= '0' && *text <= '9') *number = strtoull(text, &end, 10);
    return (end && !*end) || rt_fail(error, "%s: no %s in its metadata", path, key);
}

/* Points the vectors to what the file holds.  state: room for the states. */
static bool read_inputs(const RtArrays *file, const char *path, const RtModel *model, List *list, Vectors *v,
                        float *state, RtError *error)
{
    uint64_t steps, epoch;
    const char *hash = rt_tensors_pair(file, "graph_hash");
    if (!hash || strcmp(hash, model->graph_hash))
        return rt_fail(error, "%s: is not of the graph %s, whose hash is %s", path, model->name, model->graph_hash);
    if (!stored_number(file, path, "seed", &v->seed, error) || !stored_number(file, path, "steps", &steps, error) ||
        !stored_number(file, path, "steps_per_epoch", &epoch, error))
        return false;
    if (steps < 1 || steps > INT64_MAX || epoch < 1 || epoch > INT64_MAX)
        return rt_fail(error, "%s: %llu steps, %llu an epoch", path, (unsigned long long)steps,
                       (unsigned long long)epoch);
    v->steps = (int64_t)steps;
    v->steps_per_epoch = (int64_t)epoch;
    v->state = state;
    for (int b = 0; b < VECTOR_BATCHES; b++) v->batch[b].n = model->batch;
    if (!list_inputs(list, model, v, error)) return false;            /* names and shapes; there are no numbers yet */
    for (int i = 0, at = 0; i < list->n; i++) {
        const RtArray *array = stored(file, path, &list->array[i], error);
        const int b = i / (model->n_fields + 1), f = i % (model->n_fields + 1);
        if (!array) return false;
        if (b >= VECTOR_BATCHES) {
            memcpy(state + model->states[at].offset, array->data, (size_t)model->states[at].count * sizeof(float));
            at++;
        } else if (f == model->n_fields) v->batch[b].sample = array->data;
        else v->batch[b].field[f] = array->data;
    }
    return true;
}

/* Labels and numbers of samples index arrays of the model. */
static bool check_inputs(const char *path, const RtModel *model, const Vectors *v, RtError *error)
{
    for (int b = 0; b < VECTOR_BATCHES; b++)
        for (int f = 0; f < model->n_fields; f++)
            for (int i = 0; i < model->batch && model->fields[f].kind == RT_FIELD_LABEL; i++) {
                const int32_t label = ((const int32_t *)v->batch[b].field[f])[i];
                if (label < 0 || label >= model->fields[f].classes)
                    return rt_fail(error, "%s: label %d, against %lld classes", path, label,
                                   (long long)model->fields[f].classes);
            }
    return true;
}

static bool compare(const RtArrays *file, const char *path, const RtArray *is, RtError *error)
{
    const RtArray *should = stored(file, path, is, error);
    const size_t bytes = rt_type_bytes(is->type);
    if (!should) return false;
    for (int64_t i = 0; i < rt_array_count(is); i++) {
        const double now = rt_number(is->type, is->data, i), then = rt_number(is->type, should->data, i);
        if (now != now && then != then) continue;                /* which NaN it is, is the machine's business */
        if (memcmp((const char *)is->data + (size_t)i * bytes, (const char *)should->data + (size_t)i * bytes, bytes))
            return rt_fail(error, "%s: %s: number %lld is %a, against %a of the vectors", path, is->name, (long long)i,
                           now, then);
    }
    return true;
}

static bool check_all(const RtArrays *file, const char *path, const char *weights_path, const RtModel *model,
                      Vectors *v, List *list, RtError *error)
{
    const int64_t steps[1] = {VECTOR_STEPS};
    void *results[ASKED] = {NULL};
    RtWeights weights;
    RtArray loss = array_of(RT_F32, false, 0, 1, steps, v->loss);
    const char *trained = rt_tensors_pair(file, "trained_sha256");
    loss.name = "loss";
    if (!vectors_train(model, v, error) || !compare(file, path, &loss, error)) return false;
    if (!trained || strcmp(trained, v->trained))
        return rt_fail(error, "%s: the weights behind %d steps have the sha256 %s, against %s of the vectors", path,
                       VECTOR_STEPS, v->trained, trained ? trained : "none");
    printf("equal: the losses of %d steps from the initial values, and the weights behind them\n", VECTOR_STEPS);
    if (!rt_weights_open(&weights, model, error)) return false;
    list->n = 0;
    bool ok = rt_weights_read(weights_path, &weights, model, error) &&
              list_results(list, results, model, v, &weights, error);
    for (int i = 0; i < list->n && ok; i++) {
        ok = compare(file, path, &list->array[i], error);
        if (ok) printf("equal: %s of %d samples by %s\n", list->array[i].name, model->batch, weights_path);
    }
    results_free(results);
    rt_weights_close(&weights);
    return ok;
}

bool vectors_check(const char *path, const char *weights, const RtModel *model, RtError *error)
{
    Vectors v = {0};
    RtArrays file;
    List *list = calloc(1, sizeof *list);
    float *state = rt_allocate((size_t)rt_tensor_floats(model->n_states, model->states), sizeof *state, "the states",
                               error);
    if (!list) rt_fail(error, "%s: out of memory", path);
    bool ok = list && state && rt_tensors_read(path, &file, error);
    if (ok) {
        char init[RT_MAX_PATH];
        const char *name = rt_tensors_pair(&file, "init");
        v.init_except = rt_tensors_pair(&file, "init_except");
        if (name && rt_path(init, vectors_begin, name, error)) v.init = init;
        ok = read_inputs(&file, path, model, list, &v, state, error) && check_inputs(path, model, &v, error) &&
             check_all(&file, path, weights, model, &v, list, error);
        rt_tensors_free(&file);
    }
    rt_release(state);
    free(list);
    return ok;
}
