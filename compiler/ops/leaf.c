/* leaf.c - values that no kernel computes: parameters, inputs, constants, run-time scalars, random numbers, indices. */
#include "graph/op.h"

#include <string.h>

#include "rt_random.h"

/* Attributes of every leaf with a shape: elem, rank, dims. */
static bool given_shape(Shape *shape)
{
    shape->out = attr_type(shape->attr);
    return true;
}

static bool scalar_shape(Shape *shape)
{
    shape->out.rank = 0;
    return true;
}

static void outside(const Interpretation *it) { bug("%s is given, not computed", it->node->op->name); }

OP(input) {
    .name = "input", .kind = LEAF, .arity = 0, .doc = "a field of the data", .shape = given_shape, .interpret = outside,
};

OP(parameter){
    .name = "parameter",
    .kind = LEAF,
    .arity = 0,
    .doc = "a tensor that training changes",
    .shape = given_shape,
    .interpret = outside,
};

OP(state){
    .name = "state",
    .kind = LEAF,
    .arity = 0,
    .doc = "a tensor that a step leaves behind for the next",
    .shape = given_shape,
    .interpret = outside,
};

/* Real attributes: one number for all elements, or one number an element. */
static void constant(const Interpretation *it)
{
    int64_t n = type_count(it->type, it->batch);
    for (int64_t i = 0; i < n; i++) it->out[i] = it->node->attr.reals[it->node->attr.n_reals == 1 ? 0 : i];
}
OP(constant) {
    .name = "constant", .kind = LEAF, .arity = 0, .doc = "numbers", .shape = given_shape, .interpret = constant,
    .zero_gradient = true,
};

static void batch_size(const Interpretation *it) { it->out[0] = (double)it->batch; }
OP(batch_size){
    .name = "batch_size",
    .kind = LEAF,
    .arity = 0,
    .doc = "the number of samples",
    .shape = scalar_shape,
    .interpret = batch_size,
    .zero_gradient = true,
};

static void progress(const Interpretation *it) { it->out[0] = it->progress; }
static const char *progress_text(KernelWriter *w, Value node, const Index *out)
{
    (void)w, (void)node, (void)out;
    return "step->progress";
}
OP(progress){
    .name = "progress",
    .kind = LEAF,
    .arity = 0,
    .doc = "the share of the training steps that are done; 1 in evaluation",
    .shape = scalar_shape,
    .interpret = progress,
    .element = progress_text,
    .reads_step = true,
    .zero_gradient = true,
};

static void training(const Interpretation *it) { it->out[0] = it->training; }
OP(training) {
    .name = "training", .kind = LEAF, .arity = 0, .doc = "1 in a training step, else 0", .shape = scalar_shape,
    .interpret = training, .zero_gradient = true,
};

static void batch_statistics(const Interpretation *it) { it->out[0] = it->statistics; }
OP(batch_statistics){
    .name = "batch_statistics",
    .kind = LEAF,
    .arity = 0,
    .doc = "1 where normalisation uses the batch's statistics, 0 where those kept in state",
    .shape = scalar_shape,
    .interpret = batch_statistics,
    .zero_gradient = true,
};

static double index_element(const Interpretation *it, const int64_t *index)
{
    int64_t number = 0;
    for (int i = 0; i < it->type.rank; i++) number = number * it->type.dims[i] + index[i];
    return (double)number;
}
static void index_values(const Interpretation *it) { interpret_each(it, index_element); }
static const char *index_text(KernelWriter *w, Value node, const Index *out)
{
    Type type = graph_at(kernel_graph(w), node)->type;
    const char *text = "0";
    for (int i = 0; i < type.rank; i++) {
        if (type.dims[i] == 1) continue;
        text = !strcmp(text, "0") ? out->at[i]
                                  : kernel_format(w, "(%s) * %s + %s", text, kernel_dim(w, type.dims[i]), out->at[i]);
    }
    return strchr(text, ' ') ? kernel_format(w, "(%s)", text) : text;
}
OP(index) {
    .name = "index", .kind = LEAF, .arity = 0, .doc = "the row-major number of each element", .shape = given_shape,
    .interpret = index_values, .element = index_text, .zero_gradient = true,
};

/* Attributes as for given_shape; the text is the name of the stream.  Each sample has numbers of its own: the batch is
 * the first axis, or there is none. */
static bool random_shape(Shape *shape)
{
    given_shape(shape);
    for (int i = 0; i < shape->out.rank; i++)
        if (shape->out.dims[i] < (i == 0 ? BATCH_DIM : 0))
            return snprintf(shape->error, sizeof shape->error,
                            "random numbers of shape %s: the batch can only be their first axis",
                            type_text(shape->graph->arena, shape->out)),
                   false;
    return true;
}
static double random_element(const Interpretation *it, const int64_t *index)
{
    int64_t element = 0;
    bool per_sample = it->node->type.rank > 0 && it->node->type.dims[0] < 0;
    for (int i = per_sample; i < it->type.rank; i++) element = element * it->type.dims[i] + index[i];
    int64_t sample = per_sample ? (it->sample ? it->sample[index[0]] : index[0]) : 0;
    return rt_uniform(it->seed, rt_stream(it->node->attr.text), (uint64_t)it->step, (uint64_t)sample,
                      (uint32_t)element);
}
static void random_values(const Interpretation *it) { interpret_each(it, random_element); }
static const char *random_text(KernelWriter *w, Value node, const Index *out)
{
    const Node *self = graph_at(kernel_graph(w), node);
    bool per_sample = self->type.rank > 0 && self->type.dims[0] < 0;
    const char *element = "0";
    for (int i = per_sample; i < self->type.rank; i++)
        if (self->type.dims[i] != 1)
            element = !strcmp(element, "0")
                          ? out->at[i]
                          : kernel_format(w, "(%s) * %lld + %s", element, (long long)self->type.dims[i], out->at[i]);
    return kernel_format(w, "rt_uniform(step->seed, UINT64_C(0x%016llx), (uint64_t)step->step, %s, (uint32_t)(%s))",
                         (unsigned long long)rt_stream(self->attr.text),
                         per_sample ? kernel_format(w, "(uint64_t)sample[%s]", out->at[0]) : "0", element);
}
OP(random){
    .name = "random",
    .kind = LEAF,
    .arity = 0,
    .doc = "uniform in [0, 1), from (seed, stream, step, sample, element)",
    .shape = random_shape,
    .interpret = random_values,
    .element = random_text,
    .reads_step = true,
    .heavy = true,
    .zero_gradient = true,
};
