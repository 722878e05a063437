/* feed.c - parameters and inputs of a batch from a file, for the interpreter. */
#include "graph/experiment.h"

#include "rt_init.h"

#include <stdlib.h>
#include <string.h>

bool feed_fits(const RtArray *array, Type type)
{
    return type.elem == REAL ? !rt_type_is_whole(array->type) || array->type == RT_BOOL : rt_type_is_whole(array->type);
}

static RtTensor tensor_of(const Experiment *x, const Parameter *p)
{
    Type type = graph_at(x->graph, p->value)->type;
    RtTensor tensor = {
        .name = p->name, .rank = type.rank, .count = type_count(type, 1), .init = p->init, .value = p->init_value};
    for (int d = 0; d < type.rank; d++) tensor.dims[d] = type.dims[d];
    return tensor;
}

const float *feed_tensor(Arena *arena, const Experiment *x, const Parameter *p, const RtArrays *file,
                         const char *path, uint64_t seed, RtError *error)
{
    RtTensor tensor = tensor_of(x, p);
    float *values = arena_array(arena, tensor.count, sizeof *values);
    if (!rt_tensors_find(file, tensor.name)) rt_initial_values(&tensor, seed, values);
    else if (!rt_tensor_load(file, path, "", &tensor, values, error)) return NULL;
    return values;
}

bool feed_values(Arena *arena, const Experiment *x, Interpreter *it, const RtArrays *file, const char *path,
                 RtError *error)
{
    for (int i = 0; i < x->n_parameters + x->n_states; i++) {
        const Parameter *p = i < x->n_parameters ? &x->parameters[i] : &x->states[i - x->n_parameters];
        Value v = p->value;
        int64_t n = type_count(graph_at(it->graph, v)->type, 1);
        const RtTensor tensor = tensor_of(x, p);
        const RtArray *array = rt_tensors_find(file, tensor.name) ? rt_tensor_stored(file, path, "", &tensor, error)
                                                                  : NULL;
        if (!array && error->text[0]) return false;
        const RtArray initial =
            array ? *array : (RtArray){.type = RT_F32, .data = feed_tensor(arena, x, p, file, path, it->seed, error)};
        it->values[v] = arena_array(arena, n, sizeof(double));
        for (int64_t k = 0; k < n; k++) it->values[v][k] = rt_number(initial.type, initial.data, k);
    }
    for (int i = 0; i < x->n_fields; i++) {
        Value v = x->fields[i].value;
        Type type = graph_at(it->graph, v)->type;
        const RtArray *array = rt_tensors_find(file, x->fields[i].name);
        int64_t n = type_count(type, it->batch);
        if (!array || rt_array_count(array) != n || !feed_fits(array, type))
            return rt_fail(error, "%s: the input %s is missing or has another shape", path, x->fields[i].name);
        it->values[v] = arena_array(arena, n, sizeof(double));
        for (int64_t k = 0; k < n; k++) it->values[v][k] = rt_number(array->type, array->data, k);
    }
    return true;
}

void check_init(Arena *arena, const Experiment *x, const char *path, const char *except)
{
    RtTensor *tensors = arena_array(arena, x->n_parameters + x->n_states, sizeof *tensors);
    char sha256[65];
    RtError error = {0};
    for (int i = 0; i < x->n_parameters; i++) tensors[i] = tensor_of(x, &x->parameters[i]);
    for (int i = 0; i < x->n_states; i++) tensors[x->n_parameters + i] = tensor_of(x, &x->states[i]);
    const RtModel model = {.graph_file = x->source.base,
                           .n_parameters = x->n_parameters,
                           .parameters = tensors,
                           .n_states = x->n_states,
                           .states = tensors + x->n_parameters};
    if (!rt_init_read(&model, path, except, NULL, sha256, &error)) fail("%s", error.text);
}

/* Labels and numbers outside their classes are of no run, and an interpreter that meets one ends the program. */
static bool check_labels(const Experiment *x, const Interpreter *it, const char *path, RtError *error)
{
    for (int i = 0; i < x->n_fields; i++) {
        const Field *field = &x->fields[i];
        const int64_t n = type_count(graph_at(it->graph, field->value)->type, it->batch);
        for (int64_t k = 0; k < n && field->kind == RT_FIELD_LABEL; k++)
            if (!(it->values[field->value][k] >= 0 && it->values[field->value][k] < (double)field->classes))
                return rt_fail(error, "%s: %s[%lld] is %g, against 0 to %lld", path, field->name, (long long)k,
                               it->values[field->value][k], (long long)field->classes - 1);
    }
    return true;
}

bool find_not_finite(Arena *arena, const Experiment *x, const RtArrays *file, const char *path, NotFinite *found,
                     RtError *error)
{
    const char *step = rt_tensors_pair(file, "step"), *seed = rt_tensors_pair(file, "seed"),
               *progress = rt_tensors_pair(file, "progress"), *entry = rt_tensors_pair(file, "entry");
    const bool training = !entry || strcmp(entry, "evaluate") != 0;
    const Goal *goal = training ? goal_train(x) : goal_evaluate(x);
    const RtArray *sample = rt_tensors_find(file, "sample");
    if (sample && (sample->rank != 1 || sample->type != RT_I64 || sample->dims[0] < 1 || sample->dims[0] > x->batch))
        return rt_fail(error, "%s: sample is not the numbers of 1 to %lld samples", path, (long long)x->batch);
    Interpreter *it = interpreter_new(arena, goal->graph, sample ? sample->dims[0] : x->batch);
    it->training = it->statistics = training;
    it->round_to_float = true;
    it->step = step ? strtoll(step, NULL, 10) : 0;
    it->progress = progress ? strtod(progress, NULL) : 0;
    it->seed = seed ? strtoull(seed, NULL, 10) : 0;
    it->sample = sample ? sample->data : NULL;
    if (!feed_values(arena, x, it, file, path, error) || !check_labels(x, it, path, error)) return false;
    Value *roots = arena_array(arena, goal->n_roots, sizeof *roots);
    int n = 0;
    for (int i = 0; i < goal->n_roots; i++)          /* values that a step checks; a metric may be anything */
        if (goal->roots[i].kind != ROOT_METRIC) roots[n++] = goal->roots[i].value;
    int64_t element = 0;
    const Value v = interpret_not_finite(arena, it, n, roots, &element);
    *found = (NotFinite){.line = x->loss_line, .sample = -1};
    if (!v) {
        found->text = "every value of this batch is finite in double: the sum of many large terms is not in float";
        return true;
    }
    const Note *note = &goal->graph->notes[v];
    const Type type = graph_at(goal->graph, v)->type;
    found->text = arena_format(arena, "the first value that is not finite is %s%s%s%s %s, element %lld",
                               v < x->graph->n ? "" : "in the gradient of ", note->name ? note->name : "",
                               note->name ? " = " : "", label_text(goal->graph, v), type_text(arena, type),
                               (long long)element);
    found->name = note->name;
    found->line = note->line;
    if (type.rank && type.dims[0] == BATCH_DIM) found->sample = element / type_count(type, 1);
    return true;
}

void say_not_finite(Arena *arena, const Experiment *x, const char *folder)
{
    const char *path = arena_format(arena, "%s/failed_batch.safetensors", folder);
    RtError error = {0};
    RtArrays file = {0};
    NotFinite found;
    if (!rt_tensors_read(path, &file, &error)) return;
    if (!find_not_finite(arena, x, &file, path, &found, &error)) fail("%s", error.text);
    fprintf(stderr, "%s: %s\n", line_text(arena, found.line), found.text);
    rt_tensors_free(&file);
}
