/* import_weights.c - the parameters and states of the graph file, as safetensors. */
#include "exchange/import.h"

#include <math.h>
#include <string.h>

void weight_add(Import *m, const char *name, const Slot *s, int rank, const int64_t *dims, const int *order)
{
    if (!onnx_is_real(s->tensor->type)) node_fail(m, "weights '%s' are no floats", shown_name(m->arena, s->name));
    m->weights = arena_grow(m->arena, m->weights, m->n_weights, &m->weights_capacity, sizeof *m->weights);
    Weight *w = &m->weights[m->n_weights++];
    *w = (Weight){.name = name, .tensor = s->tensor, .rank = rank, .source_rank = s->rank};
    int64_t count = 1;
    for (int i = 0; i < rank; i++) w->dims[i] = dims[i], count *= dims[i];
    if (count != s->tensor->count)
        node_fail(m, "weights '%s' have %lld numbers, against %lld of their layer", shown_name(m->arena, s->name),
                  (long long)s->tensor->count, (long long)count);
    for (int i = 0; i < s->rank; i++) {
        w->source[i] = s->source[i];
        w->order[i] = s->order[order ? order[i] : i];
    }
    int *known = name_number(&m->weights_known, name);
    if (*known) node_fail(m, "there are two parameters '%s'", name);
    *known = m->n_weights;
}

static const float *numbers_of(Import *m, const Weight *w)
{
    float *numbers = arena_array(m->arena, w->tensor->count + 1, sizeof *numbers);
    int64_t at[AXES] = {0}, strides[AXES], stride = 1;
    for (int i = w->source_rank - 1; i >= 0; i--) strides[i] = stride, stride *= w->source[i];
    for (int64_t k = 0; k < w->tensor->count; k++) {
        int64_t from = 0;
        for (int i = 0; i < w->source_rank; i++) from += at[i] * strides[w->order[i]];
        const double number = onnx_number(w->tensor, from);
        numbers[k] = (float)number;
        if (isfinite(number) && !isfinite(numbers[k]))
            fail("%s: a number of '%s' is too large for a float", m->model->path, w->name);
        for (int i = w->source_rank - 1; i >= 0 && ++at[i] == w->source[w->order[i]]; i--) at[i] = 0;
    }
    return numbers;
}

void weights_write(Import *m, const char *path)
{
    RtArray *arrays = arena_array(m->arena, m->n_weights + 1, sizeof *arrays);
    for (int i = 0; i < m->n_weights; i++) {
        const Weight *w = &m->weights[i];
        arrays[i] = (RtArray){.name = w->name, .type = RT_F32, .rank = w->rank, .data = numbers_of(m, w)};
        for (int k = 0; k < w->rank; k++) arrays[i].dims[k] = w->dims[k];
    }
    RtError error = {0};
    if (!rt_tensors_write(path, m->n_weights, arrays, 0, NULL, &error)) fail("%s", error.text);
}
