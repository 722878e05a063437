/* reduce.c - sums and maxima over axes.
 *
 * The reduced axes stay, with size 1.  Attributes: the axes as a bit mask. */
#include "graph/op.h"

#include <math.h>

static uint32_t axes_of(const Node *node) { return (uint32_t)node->attr.ints[0]; }

static bool reduced_shape(Shape *shape)
{
    shape->out = shape->in[0];
    for (int i = 0; i < shape->out.rank; i++)
        if (shape->attr->ints[0] >> i & 1) shape->out.dims[i] = 1;
    return true;
}

static bool argmax_shape(Shape *shape)
{
    reduced_shape(shape);
    shape->out.elem = INT;
    return true;
}

/* The state of an element of the result: the sum, or the first maximum and its row-major number within the axes. */
typedef struct Fold { double value; int64_t where; } Fold;

static Fold fold(const Interpretation *it, const int64_t *index, bool sum)
{
    const Type *type = &it->in_type[0];
    uint32_t axes = axes_of(it->node);
    int64_t at[MAX_RANK];
    for (int i = 0; i < type->rank; i++) at[i] = axes >> i & 1 ? 0 : index[i];
    Fold result = {sum ? 0 : -INFINITY, 0};
    for (int64_t k = 0;; k++) {
        double value = interpret_at(it, 0, at);
        if (sum) result.value += value;
        else if (value > result.value || (value != value && result.value == result.value)) result = (Fold){value, k};
        int i = type->rank - 1;
        for (; i >= 0; i--) {
            if (!(axes >> i & 1)) continue;
            if (++at[i] < type->dims[i]) break;
            at[i] = 0;
        }
        if (i < 0) return result;
    }
}

static double sum_element(const Interpretation *it, const int64_t *index) { return fold(it, index, true).value; }
static double max_element(const Interpretation *it, const int64_t *index) { return fold(it, index, false).value; }
static double argmax_element(const Interpretation *it, const int64_t *index)
{
    return (double)fold(it, index, false).where;
}
static void interpret_sum(const Interpretation *it) { interpret_each(it, sum_element); }
static void interpret_max(const Interpretation *it) { interpret_each(it, max_element); }
static void interpret_argmax(const Interpretation *it) { interpret_each(it, argmax_element); }

static void sum_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    dx[0] = make_broadcast(g, dy, graph_at(g, graph_at(g, y)->in[0])->type);
}
OP(sum){
    .name = "sum",
    .kind = REDUCE,
    .arity = 1,
    .doc = "sum over axes",
    .gradient_doc = "da = dy, broadcast",
    .shape = reduced_shape,
    .gradient = sum_gradient,
    .interpret = interpret_sum,
    .samples = {"local a = input{3, 4}; y = sum(a * a, 3)", "local a = input{3, 4}; y = sum(a * a, {1, 2})",
                "local a = input{3, 4}; y = sum(exp(a))", "local a = input{3, 4}; y = sum(a * a, 3, {keep = false})"},
};

static void max_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    const Node *node = graph_at(g, y);
    Value x = node->in[0];
    uint32_t axes = axes_of(node);
    Type places = graph_at(g, x)->type;
    for (int i = 0; i < places.rank; i++)
        if (!(axes >> i & 1)) places.dims[i] = 1;
    Value here = make_binary(g, &op_equal, make_index(g, places), make_argmax(g, x, axes));
    dx[0] = make_where(g, here, dy, make_nothing(g, (Type){.elem = REAL}));
}
OP(max){
    .name = "max",
    .kind = REDUCE,
    .arity = 1,
    .doc = "maximum over axes",
    .gradient_doc = "da = dy at the first maximum, else 0",
    .shape = reduced_shape,
    .gradient = max_gradient,
    .interpret = interpret_max,
    .samples = {"local a = input{3, 4}; y = max(a, 3) * max(a, 3)", "local a = input{3, 4}; y = exp(max(a, {2, 3}))"},
};

OP(argmax) {
    .name = "argmax", .kind = REDUCE, .arity = 1, .doc = "row-major number of the first maximum within the axes",
    .gradient_doc = "none", .shape = argmax_shape, .interpret = interpret_argmax,
    .samples = {"local a = input{3, 4}; y = where(equal(argmax(a), 1), 2, 1) * sum(a * a, 3, {keep = false})"},
};
