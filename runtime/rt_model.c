/* rt_model.c - the tensors of a model: memory, initial values, hash, weights.safetensors.
 *
 * Parameters and state are plain arrays of floats in order of creation, so the same loops serve files, hashes and
 * checks.
 */
#include "rt.h"
#include "rt_init.h"
#include "rt_update.h"

#include <errno.h>
#include <float.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RT_SANITIZED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define RT_SANITIZED 1
#endif

const RtEntry *rt_entry(const RtModel *model, const char *name)
{
    for (int i = 0; i < model->n_entries; i++)
        if (strcmp(model->entries[i].name, name) == 0) return &model->entries[i];
    return NULL;
}

const RtValue *rt_value(const RtEntry *entry, const char *name)
{
    for (int i = 0; i < entry->n_values; i++)
        if (strcmp(entry->values[i].name, name) == 0) return &entry->values[i];
    return NULL;
}

int64_t rt_tensor_floats(int n, const RtTensor *tensors)
{
    int64_t total = 0;
    for (int i = 0; i < n; i++) total += tensors[i].count;
    return total;
}

int rt_moments(const RtModel *model) { return model->n_moments - (model->n_moments && model->train.ema > 0); }

int64_t rt_optimizer_floats(const RtModel *model)
{
    const int moments = rt_moments(model);
    return moments * rt_trained_floats(model->n_parameters, model->parameters) +
           (model->n_moments - moments) * rt_tensor_floats(model->n_parameters, model->parameters);
}

/* ---- memory ---- */

enum { LARGE = 1 << 21 };              /* bytes of a large page */

void *rt_bytes(size_t n)
{
#if defined MADV_HUGEPAGE && !defined RT_SANITIZED
    if (n >= 2 * (size_t)LARGE && n < SIZE_MAX - LARGE) {
        void *memory = aligned_alloc(LARGE, (n + LARGE - 1) / LARGE * LARGE);
        if (memory) madvise(memory, n, MADV_HUGEPAGE);
        return memory;
    }
#endif
    return malloc(n);
}

#ifndef RT_SANITIZED
/* Where address translation is slow, as in virtual machines, a core reads memory by pages of 2 MB several times as fast
 * as by small ones.  A mapping that can hold one begins at such a page, wherever the kernel puts it. */
static void *map_pages(size_t bytes)
{
    const int access = PROT_READ | PROT_WRITE, kind = MAP_PRIVATE | MAP_ANONYMOUS;
    char *whole = bytes >= LARGE && bytes < SIZE_MAX - LARGE ? mmap(NULL, bytes + LARGE, access, kind, -1, 0)
                                                             : MAP_FAILED;
    if (whole == MAP_FAILED) return mmap(NULL, bytes, access, kind, -1, 0);
    const size_t page = (size_t)sysconf(_SC_PAGESIZE), before = -(uintptr_t)whole % LARGE,
                 end = (before + bytes + page - 1) / page * page;
    if (before) munmap(whole, before);
    if (end < bytes + LARGE) munmap(whole + end, bytes + LARGE - end);
#ifdef MADV_HUGEPAGE
    madvise(whole + before, bytes, MADV_HUGEPAGE);
#endif
    return whole + before;
}
#endif

/* The mapping begins with its own size, in a cache line to itself.  Sanitized builds ask the allocator instead, which
 * guards both ends. */
void *rt_allocate(size_t count, size_t bytes, const char *what, RtError *error)
{
    enum { HEAD = 64, PAGE = 4096 };
    size_t total;
    if (__builtin_mul_overflow(count, bytes, &total) || total > SIZE_MAX - HEAD - PAGE) {
        rt_fail(error, "%zu times %zu bytes for %s: more than an address can hold", count, bytes, what);
        return NULL;
    }
    total = (total + HEAD - 1) / HEAD * HEAD;
#ifdef RT_SANITIZED
    void *memory = aligned_alloc(HEAD, total ? total : HEAD);
    if (memory) return memset(memory, 0, total);
#else
    void *memory = map_pages(total + HEAD);
    if (memory != MAP_FAILED) {
        *(size_t *)memory = total + HEAD;
        return (char *)memory + HEAD;
    }
#endif
    rt_fail(error, "%zu bytes for %s: %s", total, what, strerror(errno));
    return NULL;
}

void rt_release(void *memory)
{
    if (!memory) return;
#ifdef RT_SANITIZED
    free(memory);
#else
    char *start = (char *)memory - 64;
    munmap(start, *(size_t *)start);
#endif
}

bool rt_weights_open(RtWeights *weights, const RtModel *model, RtError *error)
{
    size_t parameters = (size_t)rt_tensor_floats(model->n_parameters, model->parameters);
    size_t state = (size_t)rt_tensor_floats(model->n_states, model->states);
    *weights = (RtWeights){0};
    weights->parameters = rt_allocate(parameters, sizeof(float), "the parameters", error);
    weights->state = rt_allocate(state, sizeof(float), "the state", error);
    weights->optimizer =
        rt_allocate((size_t)rt_optimizer_floats(model), sizeof(float), "the optimizer's moments", error);
    if (weights->parameters && weights->state && weights->optimizer) return true;
    rt_weights_close(weights);
    return false;
}

void rt_weights_close(RtWeights *weights)
{
    rt_release(weights->parameters);
    rt_release(weights->state);
    rt_release(weights->optimizer);
    *weights = (RtWeights){0};
}

/* ---- initial values ---- */

RtWeights rt_weights_evaluated(const RtWeights *weights, const RtModel *model)
{
    RtWeights evaluated = *weights;
    if (model->train.ema > 0)
        evaluated.parameters =
            weights->optimizer + rt_moments(model) * rt_trained_floats(model->n_parameters, model->parameters);
    return evaluated;
}

/* Averages of no update yet; nothing to copy where that is the parameters themselves. */
void rt_weights_begin_average(const RtWeights *weights, const RtModel *model)
{
    const RtWeights average = rt_weights_evaluated(weights, model);
    if (average.parameters != weights->parameters)
        memcpy(average.parameters, weights->parameters,
               (size_t)rt_tensor_floats(model->n_parameters, model->parameters) * sizeof(float));
}

void rt_weights_initialise(RtWeights *weights, const RtModel *model, uint64_t seed)
{
    for (int i = 0; i < model->n_parameters; i++)
        rt_initial_values(&model->parameters[i], seed, weights->parameters + model->parameters[i].offset);
    for (int i = 0; i < model->n_states; i++)
        rt_initial_values(&model->states[i], seed, weights->state + model->states[i].offset);
    memset(weights->optimizer, 0, (size_t)rt_optimizer_floats(model) * sizeof(float));
    rt_weights_begin_average(weights, model);
}

/* ---- checks ---- */

void rt_weights_sha256(const RtWeights *weights, const RtModel *model, char hex[65])
{
    RtSha256 hash;
    rt_sha256_begin(&hash);
    for (int i = 0; i < model->n_parameters; i++)
        rt_sha256_add(&hash, weights->parameters + model->parameters[i].offset,
                      (size_t)model->parameters[i].count * sizeof(float));
    for (int i = 0; i < model->n_states; i++)
        rt_sha256_add(&hash, weights->state + model->states[i].offset, (size_t)model->states[i].count * sizeof(float));
    rt_sha256_end(&hash, hex);
}

const char *rt_weights_not_finite(const RtWeights *weights, const RtModel *model)
{
    const RtWeights average = rt_weights_evaluated(weights, model);
    const int64_t n = rt_trained_floats(model->n_parameters, model->parameters);
    for (int i = 0; i < model->n_parameters; i++) {
        const RtTensor *tensor = &model->parameters[i];
        const float *moments = weights->optimizer + rt_trained_floats(i, model->parameters);
        if (!rt_finite(tensor->count, weights->parameters + tensor->offset) ||
            !rt_finite(tensor->count, average.parameters + tensor->offset))
            return tensor->name;
        for (int moment = 0; moment < rt_moments(model) && !rt_is_frozen(tensor); moment++)
            if (!rt_finite(tensor->count, moments + moment * n)) return tensor->name;
    }
    for (int i = 0; i < model->n_states; i++)
        if (!rt_finite(model->states[i].count, weights->state + model->states[i].offset)) return model->states[i].name;
    return NULL;
}

/* ---- files ---- */

RtArray rt_tensor_array(const RtTensor *tensor, const char *name, const float *values)
{
    RtArray array = {.name = name, .type = RT_F32, .rank = tensor->rank, .data = values};
    memcpy(array.dims, tensor->dims, sizeof array.dims);
    return array;
}

bool rt_weights_write(const char *path, const RtWeights *weights, const RtModel *model, RtError *error)
{
    int n = 0;
    RtArray *arrays = calloc((size_t)(model->n_parameters + model->n_states) + 1, sizeof *arrays);
    if (!arrays) return rt_fail(error, "%s: out of memory", path);
    for (int i = 0; i < model->n_parameters; i++, n++)
        arrays[n] = rt_tensor_array(&model->parameters[i], model->parameters[i].name,
                                    weights->parameters + model->parameters[i].offset);
    for (int i = 0; i < model->n_states; i++, n++)
        arrays[n] = rt_tensor_array(&model->states[i], model->states[i].name, weights->state + model->states[i].offset);
    RtPair pairs[] = {{"format", "pt"}, {"name", model->name}, {"graph_hash", model->graph_hash}};
    bool ok = rt_tensors_write(path, n, arrays, 3, pairs, error);
    free(arrays);
    return ok;
}

static void shape_text(char text[200], int rank, const int64_t *dims)
{
    int n = snprintf(text, 200, "[");
    for (int i = 0; i < rank && n < 170; i++)
        n += snprintf(text + n, 200 - (size_t)n, "%s%lld", i ? ", " : "", (long long)dims[i]);
    snprintf(text + n, 200 - (size_t)n, "]");
}

const RtArray *rt_tensor_stored(const RtArrays *file, const char *path, const char *prefix, const RtTensor *tensor,
                                RtError *error)
{
    char name[512], is[200], want[200];
    snprintf(name, sizeof name, "%s%s", prefix, tensor->name);
    const RtArray *array = rt_tensors_find(file, name);
    if (!array) rt_fail(error, "%s: there is no %s", path, name);
    if (!array) return NULL;
    bool same = array->rank == tensor->rank && !rt_type_is_whole(array->type);
    for (int i = 0; i < tensor->rank && same; i++) same = array->dims[i] == tensor->dims[i];
    if (same) return array;
    shape_text(is, array->rank, array->dims);
    shape_text(want, tensor->rank, tensor->dims);
    rt_fail(error, "%s: %s is %s %s, against F32 %s of the model (or F64, F16, BF16)", path, name,
            rt_type_name(array->type), is, want);
    return NULL;
}

bool rt_tensor_load(const RtArrays *file, const char *path, const char *prefix, const RtTensor *tensor, float *values,
                    RtError *error)
{
    const RtArray *array = rt_tensor_stored(file, path, prefix, tensor, error);
    if (!array) return false;
    if (array->type == RT_F32) {
        memcpy(values, array->data, (size_t)tensor->count * sizeof(float));   /* copies the bits, also those of a NaN */
        return true;
    }
    for (int64_t i = 0; i < tensor->count; i++)
        if (!rt_number_float(array->type, array->data, i, &values[i]))
            return rt_fail(error, "%s: %s: element %lld is %g, against at most %g of F32", path, array->name,
                           (long long)i, rt_number(array->type, array->data, i), (double)FLT_MAX);
    return true;
}

bool rt_weights_read(const char *path, RtWeights *weights, const RtModel *model, RtError *error)
{
    RtArrays file;
    if (!rt_tensors_read(path, &file, error)) return false;
    bool ok = true, averages = false;
    for (int i = 0; i < file.n && !averages; i++) averages = !strncmp(file.arrays[i].name, "average/", 8);
    for (int i = 0; i < model->n_parameters && ok; i++)
        ok = rt_tensor_load(&file, path, averages ? "average/" : "", &model->parameters[i],
                            weights->parameters + model->parameters[i].offset, error);
    for (int i = 0; i < model->n_states && ok; i++)
        ok = rt_tensor_load(&file, path, "", &model->states[i], weights->state + model->states[i].offset, error);
    rt_tensors_free(&file);
    return ok;
}

bool rt_weights_are(const RtWeights *weights, const RtModel *model, const char *path, const char *sha256,
                    const char *record, RtError *error)
{
    char hash[65];
    rt_weights_sha256(weights, model, hash);
    return !strcmp(hash, sha256) ||
           rt_fail(error, "%s: its sha256 is %s, against %.64s of %s: the weights are not the run's", path, hash,
                   sha256, record);
}
