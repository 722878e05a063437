/* export_name.c - nodes of the model, and the names of the tensors that they make. */
#include "exchange/export.h"

#include <string.h>

const int order_image[MAX_RANK] = {0, 3, 1, 2}, order_plain[MAX_RANK] = {0, 1, 2, 3, 4, 5, 6, 7};

_Static_assert(MAX_RANK <= 8, "order_plain has them all");

_Noreturn void export_refuse(const Export *e, Value v, const char *why)
{
    const Line line = e->g->notes[v].line;
    const char *op = node_of(e, v)->op->name;
    if (line.number) fail_at(line, "%s %s: it cannot be exported to ONNX", op, why);
    fail("%s: %s %s: it cannot be exported to ONNX", e->experiment->source.path, op, why);
}

OnnxType tensor_type(Type type) { return type.elem == INT ? ONNX_INT64 : ONNX_FLOAT; }

int order_axis(const int *order, int rank, int axis)
{
    for (int i = 0; i < rank; i++)
        if (order[i] == axis) return i;
    bug("no axis %d", axis);
}

bool type_is_image(Type type)
{
    return type.rank == 4 && type.dims[0] == BATCH_DIM && type.dims[1] > 0 && type.dims[2] > 0 && type.dims[3] > 0;
}

/* ---- nodes ---- */

OnnxNodeWriter onnx_node_of(Export *e, const char *op, const char *makes, const char *const *reads)
{
    OnnxNodeWriter node = onnx_begin_node(&e->model, op);
    for (; *reads; reads++) onnx_add_read(&node, *reads);
    onnx_add_made(&node, makes);
    return node;
}

void onnx_add_node(Export *e, const char *op, const char *makes, const char *const *reads)
{
    OnnxNodeWriter node = onnx_node_of(e, op, makes, reads);
    onnx_end_node(&node);
}

/* ---- names ---- */

/* What a value is called: its global, its layer, or its op. */
static const char *called(const Export *e, Value v)
{
    const Note *note = &e->g->notes[v];
    const Experiment *x = e->experiment;
    if (node_of(e, v)->op == &op_parameter) return x->parameters[parameter_of(x, node_of(e, v))].name;
    if (note->name) return note->name;
    if (note->gradient_of && e->g->notes[note->gradient_of].name)
        return arena_format(e->arena, "d_%s", e->g->notes[note->gradient_of].name);
    const Label *label = note->label;
    const char *prefix = "";
    while (label && !label->path && label->of) label = label->of, prefix = "d_";
    return label && label->path          ? arena_format(e->arena, "%s%s", prefix, label->path)
           : label && label->constructor ? label->constructor
                                         : node_of(e, v)->op->name;
}

static OnnxShape shape_in(const Export *e, Value v, const int *order, OnnxType type)
{
    const Type from = type_of(e, v);
    OnnxShape shape = {.type = type, .rank = from.rank};
    for (int i = 0; i < from.rank; i++) shape.dims[i] = from.dims[order[i]];
    return shape;
}

bool order_same(const int *a, const int *b, int rank) { return !memcmp(a, b, (size_t)rank * sizeof *a); }

const char *tensor_keep(Export *e, Value v, TensorForm form, const int *order, const char *name)
{
    Made *made = &e->made[v];
    if (made->n[form] == MOST_ORDERS) made->n[form]--;
    Tensor *tensor = &made->tensors[form][made->n[form]++];
    tensor->name = name;
    memcpy(tensor->order, order, sizeof tensor->order);
    return name;
}

const char *tensor_of_form(Export *e, Value v, TensorForm form, const int *order)
{
    Made *made = &e->made[v];
    const Type type = type_of(e, v);
    const int *wanted = type_is_image(type) && !e->nhwc ? order_image : order_plain;
    const OnnxShape shape = shape_in(e, v, order, form == TRUTH ? ONNX_BOOL : tensor_type(type));
    const char *name = made->output;
    if (name && !made->taken && form == NUMBERS && order_same(order, wanted, type.rank)) made->taken = true;
    else {
        const char *suffix = form == TRUTH                                         ? ".true"
                             : !made->n[form]                                      ? ""
                             : type.rank == 4 && order_same(order, order_image, 4) ? ".nchw"
                             : type.rank == 4 && order_same(order, order_plain, 4) ? ".nhwc"
                                                                                   : ".turned";
        name = unique(&e->names, arena_format(e->arena, "%s%s", called(e, v), suffix));
        onnx_add_value(&e->model, name, &shape);
    }
    return tensor_keep(e, v, form, order, name);
}

const char *tensor_made(Export *e, Value v, const int *order) { return tensor_of_form(e, v, NUMBERS, order); }
const char *truth_made(Export *e, Value v, const int *order) { return tensor_of_form(e, v, TRUTH, order); }

const char *tensor_between(Export *e, Value v, const char *what, OnnxType type, int rank, const Dim *dims)
{
    OnnxShape shape = {.type = type, .rank = rank};
    if (rank) memcpy(shape.dims, dims, (size_t)rank * sizeof *dims);
    const char *name = unique(&e->names, arena_format(e->arena, "%s.%s", called(e, v), what));
    onnx_add_value(&e->model, name, &shape);
    return name;
}
