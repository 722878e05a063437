/* grad.c - `tailor grad`: runs one batch through the model and writes all results into a file.
 *
 * By default the emitted code runs, built as a shared object.  With --interpret the values are computed in double from
 * the op blocks; the emitted code is compared with these. */
#include "command/command.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "rt_random.h"

typedef struct GradArguments {
    Arguments all;
    const char *feed;
    int64_t seed;                            /* -1: not given */
    bool train_mode, interpret;
} GradArguments;

#define AT(field) .at = offsetof(GradArguments, field)

static const Flag grad_flags[] = {
    {.group = "The graph"},
    {.shared = &flag_set},
    {.shared = &flag_budget},
    {.shared = &flag_without},
    {.group = "The batch"},
    {.trainer = "--seed", .help = "of initial values and random draws", AT(seed)},
    {.name = "--feed", .value = "FILE", .help = "the inputs by name, and parameters, as safetensors", .needed = true,
     .suffix = "safetensors",
     .more = "Floats as F32, F64, F16 or BF16, labels as any whole numbers.  Parameters that are not in it are "
             "initialised from the seed.  With --train it may hold sample, the number of each sample in the data set "
             "(I64), which random numbers depend on.", AT(feed)},
    {.name = "--train", .help = "dropout and the like are on", AT(train_mode)},
    {.group = "How it is computed"},
    {.name = "--interpret", .help = "in double, value by value, without the emitted code",
     .more = "Then doubles of the feed are used as they are, else the nearest floats.", AT(interpret)},
    {.shared = &flag_threads, .initial = "1"},
    {.group = "What is written"},
    {.shared = &flag_out, .value = "FILE", .help = "everything that comes out, as safetensors", .needed = true},
    {.shared = &flag_dump},
    {0}};

const CommandLine grad_line = {
    "grad", "GRAPH",
    "One batch: every named value and output, the loss, and d_NAME, the gradient of every parameter and float input.\n"
    "GRAPH may be -, standard input.\n",
    grad_flags,
    .examples = "tailor grad digits.lua --feed batch.safetensors -o gradients.safetensors",
    .uses = USES_COMPILER};

typedef struct Feed {
    RtArrays file;
    const char *path;
    int64_t batch;
    const RtArray *fields[RT_MAX_FIELDS];
    const int64_t *sample;               /* numbers of the samples in the data set; NULL: 0, 1, ... */
} Feed;

static const char *shape_text(Arena *arena, const RtArray *array)
{
    Text text = text_new(arena);
    text_add(&text, "%s [", rt_type_name(array->type));
    for (int i = 0; i < array->rank; i++) text_add(&text, i ? ", %lld" : "%lld", (long long)array->dims[i]);
    text_add(&text, "]");
    return text.chars;
}

static const char *wanted_text(Arena *arena, Type type)
{
    return arena_format(arena, "%s %s", type.elem == REAL ? "F32" : "I32",
                        type_text(arena, (Type){.rank = type.rank,
                                                .dims = {type.dims[0], type.dims[1], type.dims[2], type.dims[3],
                                                         type.dims[4], type.dims[5], type.dims[6], type.dims[7]}}));
}

static const Parameter *find_parameter(const Experiment *x, const char *name)
{
    for (int i = 0; i < x->n_parameters; i++)
        if (!strcmp(x->parameters[i].name, name)) return &x->parameters[i];
    for (int i = 0; i < x->n_states; i++)
        if (!strcmp(x->states[i].name, name)) return &x->states[i];
    return NULL;
}

/* Checks that labels are classes, and that other whole numbers fit an int32. */
static void check_whole(const Experiment *x, const Feed *feed, int field)
{
    const RtArray *array = feed->fields[field];
    const bool label = x->fields[field].kind == RT_FIELD_LABEL;
    const int64_t n = rt_array_count(array), most = label ? x->fields[field].classes - 1 : INT32_MAX;
    int64_t whole;
    char text[32];
    for (int64_t s = 0; s < n; s++) {
        const bool below = !label && rt_number(array->type, array->data, s) < 0 &&
                           rt_number(array->type, array->data, s) >= INT32_MIN;
        if (below || rt_number_whole(array->type, array->data, s, most, &whole)) continue;
        rt_number_text(text, array->type, array->data, s);
        fail("%s: %s[%lld] is %s, against %s from %d to %lld", feed->path, x->fields[field].name, (long long)s, text,
             label ? "labels" : "numbers", label ? 0 : INT32_MIN, (long long)most);
    }
}

/* Takes the numbers of the samples, of whatever whole type. */
static void find_samples(Arena *arena, Feed *feed, const RtArray *sample)
{
    if (!rt_type_is_whole(sample->type) || sample->rank != 1 || sample->dims[0] != feed->batch)
        fail("%s: sample is %s, not I64 [%lld], the numbers of the samples", feed->path, shape_text(arena, sample),
             (long long)feed->batch);
    if (sample->type == RT_I64 || sample->type == RT_U64) {           /* numbers beyond 2^53 are no doubles */
        feed->sample = sample->data;
        for (int64_t s = 0; sample->type == RT_U64 && s < feed->batch; s++)
            if (feed->sample[s] < 0)
                fail("%s: sample[%lld] is %llu, against at most %lld", feed->path, (long long)s,
                     ((const unsigned long long *)sample->data)[s], (long long)INT64_MAX);
        return;
    }
    int64_t *numbers = arena_array(arena, feed->batch, sizeof *numbers);
    feed->sample = numbers;
    for (int64_t s = 0; s < feed->batch; s++) numbers[s] = (int64_t)rt_number(sample->type, sample->data, s);
}

/* Checks that every name in the feed is known and that every input is there, with one batch size. */
static void check_feed(Arena *arena, const Experiment *x, Feed *feed)
{
    const char *names[512];
    int n_names = 0;
    for (int i = 0; i < x->n_fields && n_names < 256; i++) names[n_names++] = x->fields[i].name;
    for (int i = 0; i < x->n_parameters && n_names < 512; i++) names[n_names++] = x->parameters[i].name;
    for (int i = 0; i < x->n_states && n_names < 512; i++) names[n_names++] = x->states[i].name;
    for (int k = 0; k < feed->file.n; k++) {
        const RtArray *array = &feed->file.arrays[k];
        bool known = find_parameter(x, array->name) != NULL;
        for (int i = 0; i < x->n_fields; i++)
            if (!strcmp(x->fields[i].name, array->name)) known = true, feed->fields[i] = array;
        if (known || !strcmp(array->name, "sample")) continue;
        fail("%s: %s is no input, parameter or state of %s%s", feed->path, array->name, x->source.path,
             did_you_mean(arena, array->name, n_names, names, ""));
    }
    for (int i = 0; i < x->n_fields; i++) {
        Type type = graph_at(x->graph, x->fields[i].value)->type;
        const RtArray *array = feed->fields[i];
        if (!array) fail("%s: the input %s %s is missing", feed->path, x->fields[i].name, wanted_text(arena, type));
        bool fits = array->rank == type.rank && feed_fits(array, type) && array->dims[0] > 0;
        for (int d = 1; fits && d < type.rank; d++) fits = array->dims[d] == type.dims[d];
        if (!fits)
            fail("%s: %s is %s, %s wants %s%s", feed->path, x->fields[i].name, shape_text(arena, array),
                 line_text(arena, x->fields[i].line), wanted_text(arena, type),
                 feed_fits(array, type) ? ""
                 : type.elem == REAL    ? ", or F64, F16, BF16, BOOL"
                                        : ", or other whole numbers");
        if (feed->batch && feed->batch != array->dims[0])
            fail("%s: %s has %lld samples, %s has %lld", feed->path, x->fields[i].name, (long long)array->dims[0],
                 x->fields[0].name, (long long)feed->batch);
        feed->batch = array->dims[0];
        if (feed->batch > 1 << 20)
            fail("%s: %lld samples, against at most %d", feed->path, (long long)feed->batch, 1 << 20);
        if (type.elem == INT) check_whole(x, feed, i);
    }
    if (!feed->batch) feed->batch = 1;
    const RtArray *sample = rt_tensors_find(&feed->file, "sample");
    for (int i = 0; i < x->n_fields; i++)
        if (feed->fields[i] == sample) return;       /* the model has an input of that name */
    if (sample && !find_parameter(x, "sample")) find_samples(arena, feed, sample);
}

static RtArray array_of(const char *name, RtType storage, Type type, int64_t batch, const void *data)
{
    RtArray array = {.name = name, .type = storage, .rank = type.rank, .data = data};
    for (int d = 0; d < type.rank; d++) array.dims[d] = dim_size(type.dims[d], batch);
    return array;
}

static void write_arrays(const char *path, int n, const RtArray *arrays)
{
    RtError error = {0};
    if (!rt_tensors_write(path, n, arrays, 0, NULL, &error)) fail("%s", error.text);
}

static void by_interpreter(Arena *arena, const Experiment *x, const Feed *feed, const GradArguments *a, uint64_t seed)
{
    const Goal *goal = goal_grad(x, a->train_mode);
    Interpreter *it = interpreter_new(arena, goal->graph, feed->batch);
    it->seed = seed;
    it->training = a->train_mode;
    it->statistics = true;
    it->sample = feed->sample;
    RtError error = {0};
    if (!feed_values(arena, x, it, &feed->file, feed->path, &error)) fail("%s", error.text);
    Value *roots = arena_array(arena, goal->n_roots, sizeof *roots);
    for (int i = 0; i < goal->n_roots; i++) roots[i] = goal->roots[i].value;
    interpret(arena, it, goal->n_roots, roots);
    RtArray *arrays = arena_array(arena, goal->n_roots, sizeof *arrays);
    for (int i = 0; i < goal->n_roots; i++) {
        Type type = graph_at(goal->graph, roots[i])->type;
        if (type.elem == REAL)
            arrays[i] = array_of(goal->roots[i].name, RT_F64, type, feed->batch, it->values[roots[i]]);
        else {
            int64_t n = type_count(type, feed->batch);
            int32_t *whole = arena_array(arena, n, sizeof *whole);
            for (int64_t k = 0; k < n; k++) whole[k] = (int32_t)it->values[roots[i]][k];
            arrays[i] = array_of(goal->roots[i].name, RT_I32, type, feed->batch, whole);
        }
    }
    write_arrays(a->all.out, goal->n_roots, arrays);
}

/* An input as the emitted code takes it: floats or int32 numbers. */
static const void *field_values(Arena *arena, const Experiment *x, const Feed *feed, int field)
{
    const RtArray *array = feed->fields[field];
    const int64_t n = rt_array_count(array);
    const bool real = graph_at(x->graph, x->fields[field].value)->type.elem == REAL;
    if (array->type == (real ? RT_F32 : RT_I32)) return array->data;
    float *reals = arena_array(arena, real ? n : 0, sizeof *reals);
    int32_t *whole = arena_array(arena, real ? 0 : n, sizeof *whole);
    for (int64_t k = 0; k < n; k++) {
        if (!real) whole[k] = (int32_t)rt_number(array->type, array->data, k);
        else if (!rt_number_float(array->type, array->data, k, &reals[k]))
            fail("%s: %s: element %lld is %g, against at most %g of F32, in which emitted code computes; --interpret "
                 "takes it as it is",
                 feed->path, array->name, (long long)k, rt_number(array->type, array->data, k), (double)FLT_MAX);
    }
    return real ? (const void *)reals : whole;
}

/* The values of all tensors one after the other, as in the emitted structs. */
static float *all_values(Arena *arena, const Experiment *x, int n, const Parameter *tensors, const Feed *feed,
                         uint64_t seed)
{
    RtError error = {0};
    int64_t total = 0, at = 0;
    for (int i = 0; i < n; i++) total += type_count(graph_at(x->graph, tensors[i].value)->type, 1);
    float *all = arena_array(arena, total, sizeof *all);
    for (int i = 0; i < n; i++) {
        const float *values = feed_tensor(arena, x, &tensors[i], &feed->file, feed->path, seed, &error);
        if (!values) fail("%s", error.text);
        int64_t count = type_count(graph_at(x->graph, tensors[i].value)->type, 1);
        memcpy(all + at, values, (size_t)count * sizeof *values);
        at += count;
    }
    return all;
}

static void by_emitted_code(Arena *arena, const Experiment *x, const Feed *feed, const GradArguments *a, uint64_t seed)
{
    const Emission *e = emission_grad(x, feed->batch, a->train_mode, &a->all.passes);
    RtError error = {0};
    float *parameters = all_values(arena, x, x->n_parameters, x->parameters, feed, seed);
    float *state = all_values(arena, x, x->n_states, x->states, feed, seed);
    void *code;
    const RtModel *model = load_emission(arena, e, NULL, &code);
    const RtEntry *entry = &model->entries[0];
    const int threads = (int)a->all.threads;
    void *work = rt_allocate((size_t)threads, entry->work_bytes, "workspace", &error);
    void *result = rt_allocate(1, entry->result_bytes, "results", &error);
    int64_t *sample = arena_array(arena, feed->batch, sizeof *sample);
    for (int64_t i = 0; i < feed->batch; i++) sample[i] = feed->sample ? feed->sample[i] : i;
    if (!work || !result) fail("%s", error.text);
    RtBatch batch = {.n = (int)feed->batch, .sample = sample};
    for (int i = 0; i < x->n_fields; i++) batch.field[i] = field_values(arena, x, feed, i);
    RtStep step = {.seed = seed};
    RtCall call = {.work = work, .threads = threads, .parameters = parameters, .state = state,
                   .batch = &batch, .step = &step, .result = result};
    entry->run(&call);
    RtArray *arrays = arena_array(arena, entry->n_values, sizeof *arrays);
    for (int i = 0; i < entry->n_values; i++) {
        const RtValue *value = &entry->values[i];
        arrays[i] = (RtArray){.name = value->name,
                              .type = value->type,
                              .rank = value->rank,
                              .data = (const char *)result + value->offset};
        memcpy(arrays[i].dims, value->dims, sizeof value->dims);
    }
    write_arrays(a->all.out, entry->n_values, arrays);
    rt_release(work);
    rt_release(result);
}

int command_grad(int argc, char **argv)
{
    GradArguments grad = {0};
    const Arguments *a = &grad.all;
    arguments_parse(argc, argv, &grad_line, &grad);
    if (same_file(grad.feed, a->out)) usage_error("grad: -o %s is the feed itself: it would be lost", a->out);
    if (same_file(a->argument, a->out)) usage_error("grad: -o %s is the graph file itself: it would be lost", a->out);
    Arena *arena = arena_new();
    Experiment *x = load(arena, a->argument, a->n_settings, a->settings);
    const uint64_t seed = grad.seed < 0 ? x->train.seed : (uint64_t)grad.seed;
    Feed feed = {.path = grad.feed};
    RtError error = {0};
    if (!rt_tensors_read(grad.feed, &feed.file, &error)) fail("%s", error.text);
    check_feed(arena, x, &feed);
    if (grad.interpret) by_interpreter(arena, x, &feed, &grad, seed);
    else by_emitted_code(arena, x, &feed, &grad, seed);
    rt_tensors_free(&feed.file);
    arena_free(arena);
    return 0;
}
