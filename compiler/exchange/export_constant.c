/* export_constant.c - leaves of the graph as initializers: parameters, states, tables, numbers; and what follows the
 * size of the batch, which only a run of the model knows.
 *
 * Constants are kept by what they hold: equal ones are one initializer. */
#include "exchange/export.h"

#include <string.h>

/* No name of a graph file has a / in it, so these are apart from the rest. */
static const char *constant(Export *e, const char *content, const OnnxShape *shape, const void *numbers)
{
    int *known = name_number(&e->constants, content);
    if (!*known) onnx_add_constant(&e->model, content, shape, numbers);
    *known = 1;
    return content;
}

const char *constant_table(Export *e, const char *content, const OnnxShape *shape, const void *numbers)
{
    return constant(e, arena_format(e->arena, "table/%s", content), shape, numbers);
}

const char *constant_filled(Export *e, double number, int64_t n)
{
    float *numbers = arena_array(e->arena, n < 0 ? 1 : n, sizeof *numbers);
    for (int64_t i = 0; i < (n < 0 ? 1 : n); i++) numbers[i] = (float)number;
    const OnnxShape shape = {.type = ONNX_FLOAT, .rank = n >= 0, .dims = {n}};
    const char *content = arena_format(e->arena, n < 0 ? "float/%.9g" : "float/%.9gx%lld", (double)(float)number,
                                       (long long)n);
    return constant(e, content, &shape, numbers);
}

const char *constant_number(Export *e, double number) { return constant_filled(e, number, -1); }

const char *constant_ints(Export *e, int n, const int64_t *numbers)
{
    int64_t *copy = arena_array(e->arena, n, sizeof *copy);
    Text content = text_new(e->arena);
    text_add(&content, "int/");
    for (int i = 0; i < n; i++) text_add(&content, "%s%lld", i ? "," : "", (long long)(copy[i] = numbers[i]));
    return constant(e, content.chars, &(OnnxShape){.type = ONNX_INT64, .rank = 1, .dims = {n}}, copy);
}

const char *constant_int(Export *e, int64_t number) { return constant_ints(e, 1, &number); }

/* ---- the batch ---- */

const char *batch_tensor(Export *e)
{
    if (e->batch) return e->batch;
    for (Value v = 1; v < e->g->n; v++) {
        const Made *made = &e->made[v];
        if (node_of(e, v)->op != &op_input || !made->n[NUMBERS] || type_of(e, v).dims[0] != BATCH_DIM) continue;
        const Dim rank = type_of(e, v).rank, one = 1;
        const char *shape = tensor_between(e, v, "shape", ONNX_INT64, 1, &rank);
        onnx_add_node(e, "Shape", shape, READS(made->tensors[NUMBERS][0].name));
        e->batch = tensor_between(e, v, "batch", ONNX_INT64, 1, &one);
        onnx_add_node(e, "Gather", e->batch, READS(shape, constant_int(e, 0)));
        return e->batch;
    }
    fail("%s: what it predicts depends on the size of the batch and on no input: it cannot be exported to ONNX",
         e->experiment->source.path);
}

/* An axis as int64 [1]. */
static const char *size_of(Export *e, Dim dim)
{
    const Dim one = 1;
    if (dim >= 0) return constant_int(e, dim);
    if (dim == BATCH_DIM) return batch_tensor(e);
    const char *batch = batch_tensor(e),
               *name = unique(&e->names, arena_format(e->arena, "batch.x%lld", (long long)-dim));
    onnx_add_value(&e->model, name, &(OnnxShape){.type = ONNX_INT64, .rank = 1, .dims = {one}});
    onnx_add_node(e, "Mul", name, READS(batch, constant_int(e, -dim)));
    return name;
}

const char *sizes_tensor(Export *e, int rank, const Dim *dims)
{
    bool fixed = true;
    for (int i = 0; i < rank; i++) fixed = fixed && dims[i] >= 0;
    if (fixed) return constant_ints(e, rank, dims);
    const char *parts[MAX_RANK + 2] = {NULL};
    for (int i = 0; i < rank; i++) parts[i] = size_of(e, dims[i]);
    if (rank == 1) return parts[0];
    const char *name = unique(&e->names, "sizes");
    onnx_add_value(&e->model, name, &(OnnxShape){.type = ONNX_INT64, .rank = 1, .dims = {rank}});
    OnnxNodeWriter node = onnx_node_of(e, "Concat", name, parts);
    onnx_set_int(&node, "axis", 0);
    onnx_end_node(&node);
    return name;
}

const char *shape_tensor(Export *e, int rank, const Dim *dims)
{
    int64_t ints[MAX_RANK + 1];
    int batches = 0;
    for (int i = 0; i < rank; i++) {
        ints[i] = dims[i] < 0 ? -1 : dims[i];
        batches += dims[i] < 0;
    }
    return batches > 1 ? sizes_tensor(e, rank, dims) : constant_ints(e, rank, ints);
}

/* ---- leaves ---- */

static void write_input(Export *e, Value v)
{
    const Field *field = &e->experiment->fields[field_of(e->experiment, node_of(e, v))];
    const Type type = type_of(e, v);
    const int *order = type_is_image(type) && !e->nhwc ? order_image : order_plain;
    OnnxShape shape = {.type = tensor_type(type), .rank = type.rank};
    for (int i = 0; i < type.rank; i++) shape.dims[i] = type.dims[order[i]];
    Made *made = &e->made[v];
    made->tensors[NUMBERS][0] = (Tensor){.name = field->name};
    memcpy(made->tensors[NUMBERS][0].order, order, sizeof order_plain);
    made->n[NUMBERS] = 1;
    onnx_add_input(&e->model, field->name, &shape);
}

static void keep(Export *e, Value v, const int *order, const char *name)
{
    Made *made = &e->made[v];
    made->tensors[NUMBERS][0].name = name;
    memcpy(made->tensors[NUMBERS][0].order, order, sizeof order_plain);
    made->n[NUMBERS] = 1;
}

static void write_weight(Export *e, Value v)
{
    const Experiment *x = e->experiment;
    const bool state = node_of(e, v)->op == &op_state;
    const int i = state ? state_of(x, node_of(e, v)) : parameter_of(x, node_of(e, v));
    const Type type = type_of(e, v);
    OnnxShape shape = {.type = ONNX_FLOAT, .rank = type.rank};
    memcpy(shape.dims, type.dims, sizeof type.dims);
    const char *name = state ? x->states[i].name : x->parameters[i].name;
    onnx_add_constant(&e->model, name, &shape, e->weights[state ? x->n_parameters + i : i]);
    keep(e, v, order_plain, name);
}

/* The number of the element, in the value, that is the i-th in that order. */
static int64_t element_at(Type type, const int *order, int64_t i)
{
    int64_t at[MAX_RANK], number = 0;
    for (int k = type.rank - 1; k >= 0; k--) at[order[k]] = i % type.dims[order[k]], i /= type.dims[order[k]];
    for (int k = 0; k < type.rank; k++) number = number * type.dims[k] + at[k];
    return number;
}

/* A table in that order of axes.  numbers NULL: each element is its number. */
static void write_table(Export *e, Value v, const int *order, const Attr *numbers)
{
    const Type type = type_of(e, v);
    const int64_t n = type_count(type, 1);
    OnnxShape shape = {.type = tensor_type(type), .rank = type.rank};
    float *floats = arena_array(e->arena, n, sizeof *floats);
    int64_t *ints = arena_array(e->arena, n, sizeof *ints);
    for (int i = 0; i < type.rank; i++) shape.dims[i] = type.dims[order[i]];
    for (int64_t i = 0; i < n; i++) {
        const int64_t from = element_at(type, order, i);
        const double number = numbers ? numbers->reals[numbers->n_reals == 1 ? 0 : from] : (double)from;
        floats[i] = (float)number;
        ints[i] = (int64_t)number;
    }
    const char *name = unique(&e->names, numbers ? "constant/table" : "constant/index");
    onnx_add_constant(&e->model, name, &shape, type.elem == INT ? (const void *)ints : floats);
    keep(e, v, order, name);
}

/* One number for each element of a value that has the batch among its axes. */
static void write_spread(Export *e, Value v, double number)
{
    const Type type = type_of(e, v);
    const char *sizes = sizes_tensor(e, type.rank, type.dims);
    const char *name = tensor_made(e, v, order_plain);
    onnx_add_node(e, "Expand", name, READS(constant_number(e, number), sizes));
}

/* The number of each element, of a value that has the batch among its axes. */
static void write_index(Export *e, Value v)
{
    const Type type = type_of(e, v);
    const Dim all = dim_product(type.rank, type.dims);
    if (!all) export_refuse(e, v, "counts the pairs of samples of a batch");
    const char *size = size_of(e, all), *limit = tensor_between(e, v, "size", ONNX_INT64, 0, NULL);
    const char *zero = tensor_between(e, v, "zero", ONNX_INT64, 0, NULL),
               *one = tensor_between(e, v, "one", ONNX_INT64, 0, NULL), *scalar = constant_ints(e, 0, NULL);
    onnx_add_node(e, "Reshape", limit, READS(size, scalar));
    onnx_add_node(e, "Reshape", zero, READS(constant_int(e, 0), scalar));
    onnx_add_node(e, "Reshape", one, READS(constant_int(e, 1), scalar));
    const char *range = tensor_between(e, v, "range", ONNX_INT64, 1, &all);
    onnx_add_node(e, "Range", range, READS(zero, limit, one));
    const char *shape = shape_tensor(e, type.rank, type.dims);
    onnx_add_node(e, "Reshape", tensor_made(e, v, order_plain), READS(range, shape));
}

static void write_batch_size(Export *e, Value v)
{
    const Dim one = 1;
    const char *size = tensor_between(e, v, "float", ONNX_FLOAT, 1, &one);
    OnnxNodeWriter cast = onnx_node_of(e, "Cast", size, READS(batch_tensor(e)));
    onnx_set_int(&cast, "to", ONNX_FLOAT);
    onnx_end_node(&cast);
    onnx_add_node(e, "Reshape", tensor_made(e, v, order_plain), READS(size, constant_ints(e, 0, NULL)));
}

void write_leaf(Export *e, Value v, const int *order)
{
    const Node *node = node_of(e, v);
    const Op *op = node->op;
    const bool batch = type_has_batch(node->type);
    if (op == &op_input) write_input(e, v);
    else if (op == &op_parameter || op == &op_state) write_weight(e, v);
    else if (op == &op_constant && batch) write_spread(e, v, node->attr.reals[0]);
    else if (op == &op_constant && node->type.rank == 0) keep(e, v, order, constant_number(e, node->attr.reals[0]));
    else if (op == &op_constant) write_table(e, v, order, &node->attr);
    else if (op == &op_index && batch) write_index(e, v);
    else if (op == &op_index) write_table(e, v, order, NULL);
    else if (op == &op_batch_size) write_batch_size(e, v);
    else if (op == &op_progress) keep(e, v, order, constant_number(e, 1));
    else if (op == &op_training) keep(e, v, order, constant_number(e, e->goal->training));
    else if (op == &op_batch_statistics) keep(e, v, order, constant_number(e, e->goal->statistics));
    else if (op == &op_random) export_refuse(e, v, "draws numbers in evaluation too");
    else export_refuse(e, v, "has no form there");
}
