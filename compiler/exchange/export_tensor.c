/* export_tensor.c - values as tensors of ONNX, in the order of axes that a node wants.
 *
 * A value has a tensor for each order that was asked for.  Two orders that differ in where axes of size 1 stand have
 * the same elements in the same sequence: a Reshape leads from one to the other, or nothing where the reader does not
 * care.  Any other two take a Transpose. */
#include "exchange/export.h"

#include <string.h>

/* ---- sequences of elements ---- */

/* The axes of an order that are not of size 1; how many there are. */
static int sequence(Type type, const int *order, int axes[MAX_RANK])
{
    int n = 0;
    for (int i = 0; i < type.rank; i++)
        if (type.dims[order[i]] != 1) axes[n++] = order[i];
    return n;
}

bool tensor_is_alias(const Graph *g, Value v)
{
    const Node *node = graph_at(g, v);
    if (node->op == &op_permute || node->op == &op_stop_gradient || node->op == &op_widened) return true;
    if (node->op != &op_reshape) return false;
    const Type from = graph_at(g, node->in[0])->type, to = node->type;
    int a[MAX_RANK], b[MAX_RANK];
    const int n = sequence(from, order_plain, a);
    bool same = n == sequence(to, order_plain, b);
    for (int i = 0; i < n && same; i++) same = from.dims[a[i]] == to.dims[b[i]];
    return same;
}

/* The axis of an alias's input that is the axis of the alias, neither of size 1. */
static int axis_behind(const Graph *g, Value v, int axis)
{
    const Node *node = graph_at(g, v);
    if (node->op == &op_permute) return (int)node->attr.ints[axis];
    if (node->op != &op_reshape) return axis;
    int a[MAX_RANK], b[MAX_RANK];
    sequence(graph_at(g, node->in[0])->type, order_plain, a);
    const int n = sequence(node->type, order_plain, b);
    for (int i = 0; i < n; i++)
        if (b[i] == axis) return a[i];
    bug("no axis behind %d", axis);
}

/* A tensor with the elements of v in that sequence of axes: of v, or of the value that it is an alias of. */
static const Tensor *find_sequence(const Export *e, Value v, TensorForm form, int n, const int *axes, Value *whose)
{
    for (;;) {
        for (int i = 0; i < e->made[v].n[form]; i++) {
            int has[MAX_RANK];
            const Tensor *tensor = &e->made[v].tensors[form][i];
            sequence(type_of(e, v), tensor->order, has);
            *whose = v;
            if (!memcmp(has, axes, (size_t)n * sizeof *has)) return tensor;
        }
        if (!tensor_is_alias(e->g, v)) return NULL;
        int behind[MAX_RANK];
        for (int i = 0; i < n; i++) behind[i] = axis_behind(e->g, v, axes[i]);
        axes = memcpy(arena_alloc(e->arena, sizeof behind), behind, sizeof behind);
        v = node_of(e, v)->in[0];
    }
}

/* An order of v whose sequence is that of the axes.  Axes of size 1 stand last but where all are as in `like`. */
static void order_with(const Export *e, Value v, int n, const int *axes, const int *like, int order[MAX_RANK])
{
    const Type type = type_of(e, v);
    int has[MAX_RANK], at = n;
    memset(order, 0, MAX_RANK * sizeof *order);
    if (like && sequence(type, like, has) == n && !memcmp(has, axes, (size_t)n * sizeof *has)) {
        memcpy(order, like, (size_t)type.rank * sizeof *order);
        return;
    }
    memcpy(order, axes, (size_t)n * sizeof *order);
    for (int i = 0; i < type.rank; i++)
        if (type.dims[i] == 1) order[at++] = i;
}

static void reshape_to(Export *e, Value v, TensorForm form, const int *order, const Tensor *from, Value whose)
{
    const Type type = type_of(e, v);
    Dim dims[MAX_RANK];
    for (int i = 0; i < type.rank; i++) dims[i] = type.dims[order[i]];
    const char *to = tensor_of_form(e, v, form, order);
    if (type.rank == 2 && dims[0] == BATCH_DIM && type_of(e, whose).dims[from->order[0]] == BATCH_DIM) {
        OnnxNodeWriter node = onnx_node_of(e, "Flatten", to, READS(from->name));
        onnx_set_int(&node, "axis", 1);
        onnx_end_node(&node);
    } else onnx_add_node(e, "Reshape", to, READS(from->name, shape_tensor(e, type.rank, dims)));
}

static Tensor *own(const Export *e, Value v, TensorForm form, const int *order)
{
    Made *made = &e->made[v];
    for (int i = 0; i < made->n[form]; i++)
        if (order_same(made->tensors[form][i].order, order, type_of(e, v).rank)) return &made->tensors[form][i];
    return NULL;
}

/* Makes the tensor of a form out of the other form, for a value that has only that. */
static void change_form(Export *e, Value v, TensorForm form)
{
    const TensorForm other = form == TRUTH ? NUMBERS : TRUTH;
    const Tensor from = e->made[v].tensors[other][0];
    OnnxNodeWriter node = onnx_node_of(e, "Cast", tensor_of_form(e, v, form, from.order), READS(from.name));
    onnx_set_int(&node, "to", form == TRUTH ? ONNX_BOOL : tensor_type(type_of(e, v)));
    onnx_end_node(&node);
}

/* The value that has tensors, at the end of aliases. */
static Value ground(const Export *e, Value v)
{
    while (tensor_is_alias(e->g, v)) v = node_of(e, v)->in[0];
    return v;
}

static void want(Export *e, Value v, TensorForm form, const int *order)
{
    const Value base = ground(e, v);
    if (is_leaf(e->g, base) && !e->made[base].n[NUMBERS]) write_leaf(e, base, base == v ? order : order_plain);
    if (!e->made[base].n[form]) change_form(e, base, form);
}

static const Tensor *tensor_of(Export *e, Value v, TensorForm form, const int *order, Value *whose)
{
    const Type type = type_of(e, v);
    int axes[MAX_RANK], turned[MAX_RANK];
    const int n = sequence(type, order, axes);
    want(e, v, form, order);
    const Tensor *found = find_sequence(e, v, form, n, axes, whose);
    if (found) return found;
    const Value base = e->made[v].n[form] ? v : ground(e, v);
    for (Value u = v; u != base; u = node_of(e, u)->in[0])
        for (int i = 0; i < n; i++) axes[i] = axis_behind(e->g, u, axes[i]);
    order_with(e, base, n, axes, base == v ? order : NULL, turned);
    const Tensor from = e->made[base].tensors[form][0];
    const int rank = type_of(e, base).rank;
    int64_t ints[MAX_RANK];
    for (int i = 0; i < rank; i++) ints[i] = order_axis(from.order, rank, turned[i]);
    OnnxNodeWriter node = onnx_node_of(e, "Transpose", tensor_of_form(e, base, form, turned), READS(from.name));
    onnx_set_ints(&node, "perm", rank, ints);
    onnx_end_node(&node);
    *whose = base;
    return own(e, base, form, turned);
}

static const char *form_in(Export *e, Value v, TensorForm form, const int *order)
{
    const Tensor *tensor = own(e, v, form, order);
    Value whose;
    if (tensor) return tensor->name;
    const Tensor from = *tensor_of(e, v, form, order, &whose);
    tensor = own(e, v, form, order);
    if (tensor) return tensor->name;
    /* an alias with the very shape of what it stands for is that itself */
    const Type type = type_of(e, v), other = type_of(e, whose);
    bool same = type.rank == other.rank;
    for (int i = 0; i < type.rank && same; i++) same = type.dims[order[i]] == other.dims[from.order[i]];
    if (same) return tensor_keep(e, v, form, order, from.name);
    reshape_to(e, v, form, order, &from, whose);
    return own(e, v, form, order)->name;
}

const char *tensor_in(Export *e, Value v, const int *order) { return form_in(e, v, NUMBERS, order); }
const char *tensor_plain(Export *e, Value v) { return tensor_in(e, v, order_plain); }
const char *tensor_image(Export *e, Value v) { return tensor_in(e, v, order_image); }
const char *truth_in(Export *e, Value v, const int *order) { return form_in(e, v, TRUTH, order); }

const char *tensor_sequence(Export *e, Value v, const int *order)
{
    Value whose;
    return tensor_of(e, v, NUMBERS, order, &whose)->name;
}

/* ---- orders ---- */

void tensor_order(const Export *e, Value v, int order[MAX_RANK])
{
    const Type type = type_of(e, v);
    const Made *made = &e->made[v];
    int axes[MAX_RANK];
    Value whose;
    memcpy(order, order_plain, sizeof order_plain);
    for (int form = 0; form < FORMS; form++)
        if (made->n[form]) {
            for (int i = 0; i < made->n[form]; i++) /* the one that nodes for images like, if it is there */
                if (type.rank == 4 && order_same(made->tensors[form][i].order, order_image, 4))
                    memcpy(order, order_image, sizeof order_image);
            if (!order_same(order, order_image, 4) || type.rank != 4)
                memcpy(order, made->tensors[form][0].order, sizeof made->tensors[form][0].order);
            return;
        }
    if (!tensor_is_alias(e->g, v)) return;
    if (type.rank == 4) {
        const int n = sequence(type, order_image, axes);
        for (int form = 0; form < FORMS; form++)
            if (find_sequence(e, v, form, n, axes, &whose)) memcpy(order, order_image, sizeof order_image);
    }
    if (node_of(e, v)->op != &op_permute) return;
    int in[MAX_RANK];
    tensor_order(e, node_of(e, v)->in[0], in);
    for (int i = 0; i < type.rank; i++)
        for (int k = 0; k < type.rank; k++)
            if (node_of(e, v)->attr.ints[k] == in[i]) order[i] = k;
}

const char *tensor_operand(Export *e, Value v, const int *order)
{
    const Node *node = node_of(e, v);
    if (node->op == &op_reshape && tensor_is_alias(e->g, v) && order_same(order, order_plain, node->type.rank)) {
        const Type from = type_of(e, node->in[0]);
        const int before = node->type.rank - from.rank;
        bool raised = before > 0;
        for (int i = 0; i < node->type.rank && raised; i++)
            raised = node->type.dims[i] == (i < before ? 1 : from.dims[i - before]);
        if (raised) return tensor_plain(e, node->in[0]);
    }
    return node->type.rank == 0 ? tensor_plain(e, v) : tensor_in(e, v, order);
}
