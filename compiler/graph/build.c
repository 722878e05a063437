/* build.c - a function for each primitive, so that gradient rules and rewrites read like formulas.
 *
 * An operation without effect (a reshape to the same shape, a sum over no axis) makes no node. */
#include "graph/op.h"

#include <string.h>

static Value add_node(Graph *g, const Op *op, int n, const Value *in, int n_ints, const int64_t *ints)
{
    return graph_add(g, op, n, in, attr_ints(g->arena, n_ints, ints));
}

static Attr shape_attr(Graph *g, Type type) { return attr_leaf(g->arena, type, NULL, 0, NULL); }

Value make_table(Graph *g, Type type, const double *numbers)
{
    Attr attr = shape_attr(g, type);
    int64_t n = type_count(type, 1);
    double *copy = arena_array(g->arena, n, sizeof *copy);
    memcpy(copy, numbers, (size_t)n * sizeof *copy);
    attr.n_reals = (int)n;
    attr.reals = copy;
    return graph_add(g, &op_constant, 0, NULL, attr);
}

Value make_filled(Graph *g, Type type, double number)
{
    Attr attr = shape_attr(g, type);
    double *copy = arena_array(g->arena, 1, sizeof *copy);
    *copy = number == 0 ? 0 : number;     /* one zero */
    attr.n_reals = 1;
    attr.reals = copy;
    return graph_add(g, &op_constant, 0, NULL, attr);
}

Value make_constant(Graph *g, double number) { return make_filled(g, (Type){.elem = REAL}, number); }

/* The name is part of the node's identity: no zeros that a file makes are equal to it. */
Value make_nothing(Graph *g, Type type)
{
    type.elem = REAL;
    const Node *zero = graph_at(g, make_filled(g, type, 0));
    Attr attr = zero->attr;
    attr.text = "nothing";
    return graph_add(g, &op_constant, 0, NULL, attr);
}

bool is_nothing(const Graph *g, Value v) { return graph_at(g, v)->op == &op_constant && graph_at(g, v)->attr.text; }

Value make_index(Graph *g, Type type)
{
    type.elem = INT;
    return graph_add(g, &op_index, 0, NULL, shape_attr(g, type));
}

static Value make_real(Graph *g, Value v)
{
    return graph_at(g, v)->type.elem == INT ? graph_add(g, &op_to_real, 1, &v, (Attr){0}) : v;
}

/* The value with its rank raised to `rank` by axes of size 1 in front. */
static Value raise_rank(Graph *g, Value v, int rank)
{
    Type type = graph_at(g, v)->type;
    if (type.rank == 0 || type.rank >= rank) return v;
    Dim dims[MAX_RANK];
    for (int i = 0; i < rank; i++) dims[i] = i < rank - type.rank ? 1 : type.dims[i - (rank - type.rank)];
    return make_reshape(g, v, rank, dims);
}

static Value pointwise(Graph *g, const Op *op, int n, Value *in)
{
    int rank = 0;
    bool all_whole = true;
    for (int i = 0; i < n; i++) {
        Type type = graph_at(g, in[i])->type;
        if (type.rank > rank) rank = type.rank;
        all_whole = all_whole && type.elem == INT;
    }
    /* Whole numbers are compared as such, not as reals: labels are. */
    bool compares = op == &op_equal || op == &op_less || op == &op_less_equal || op == &op_greater ||
                    op == &op_greater_equal;
    for (int i = 0; i < n; i++) {
        if (!(compares && all_whole) && op != &op_to_real) in[i] = make_real(g, in[i]);
        in[i] = raise_rank(g, in[i], rank);
    }
    return graph_add(g, op, n, in, (Attr){0});
}

Value make_unary(Graph *g, const Op *op, Value a) { return pointwise(g, op, 1, &a); }
Value make_binary(Graph *g, const Op *op, Value a, Value b)
{
    const Node *power = graph_at(g, b);
    if (op == &op_pow && power->op == &op_constant && power->type.rank == 0) {
        if (power->attr.reals[0] == 0.5) return make_unary(g, &op_sqrt, a);
        if (power->attr.reals[0] == -0.5) return make_unary(g, &op_rsqrt, a);
    }
    return pointwise(g, op, 2, (Value[]){a, b});
}
Value make_where(Graph *g, Value c, Value a, Value b) { return pointwise(g, &op_where, 3, (Value[]){c, a, b}); }
Value make_add(Graph *g, Value a, Value b) { return make_binary(g, &op_add, a, b); }
Value make_sub(Graph *g, Value a, Value b) { return make_binary(g, &op_sub, a, b); }
Value make_mul(Graph *g, Value a, Value b) { return make_binary(g, &op_mul, a, b); }
Value make_div(Graph *g, Value a, Value b) { return make_binary(g, &op_div, a, b); }
Value make_neg(Graph *g, Value a) { return make_unary(g, &op_neg, a); }

/* Axes of size 1 need no reduction. */
static uint32_t real_axes(const Graph *g, Value v, uint32_t axes)
{
    Type type = graph_at(g, v)->type;
    for (int i = 0; i < MAX_RANK; i++)
        if (i >= type.rank || type.dims[i] == 1) axes &= ~(1u << i);
    return axes;
}

Value make_sum(Graph *g, Value v, uint32_t axes)
{
    v = make_real(g, v);
    axes = real_axes(g, v, axes);
    return axes ? add_node(g, &op_sum, 1, &v, 1, (int64_t[]){axes}) : v;
}

Value make_max(Graph *g, Value v, uint32_t axes)
{
    v = make_real(g, v);
    axes = real_axes(g, v, axes);
    return axes ? add_node(g, &op_max, 1, &v, 1, (int64_t[]){axes}) : v;
}

Value make_argmax(Graph *g, Value v, uint32_t axes)
{
    return add_node(g, &op_argmax, 1, &v, 1, (int64_t[]){axes});
}

Value make_count(Graph *g, Type type, uint32_t axes)
{
    double count = 1;
    int batches = 0;
    for (int i = 0; i < type.rank; i++) {
        if (!(axes >> i & 1)) continue;
        count *= (double)(type.dims[i] < 0 ? -type.dims[i] : type.dims[i]);
        batches += type.dims[i] < 0;
    }
    Value result = make_constant(g, count);
    for (int i = 0; i < batches; i++) {
        Value samples = graph_add(g, &op_batch_size, 0, NULL, (Attr){0});
        result = count == 1 && i == 0 ? samples : make_mul(g, result, samples);
    }
    return result;
}

Value make_mean(Graph *g, Value v, uint32_t axes)
{
    Type type = graph_at(g, v)->type;
    axes = real_axes(g, v, axes);
    return axes ? make_div(g, make_sum(g, v, axes), make_count(g, type, axes)) : make_real(g, v);
}

Value make_reshape(Graph *g, Value v, int rank, const Dim *dims)
{
    Type type = graph_at(g, v)->type;
    if (type.rank == rank && (rank == 0 || !memcmp(type.dims, dims, (size_t)rank * sizeof *dims))) return v;
    const Node *node = graph_at(g, v);
    if (node->op == &op_reshape) v = node->in[0];
    type = graph_at(g, v)->type;
    if (type.rank == rank && rank && !memcmp(type.dims, dims, (size_t)rank * sizeof *dims)) return v;
    return add_node(g, &op_reshape, 1, &v, rank, dims);
}

Value make_reshape_like(Graph *g, Value v, Type type) { return make_reshape(g, v, type.rank, type.dims); }

Value make_permute(Graph *g, Value v, const int *positions)
{
    int64_t ints[MAX_RANK];
    int rank = graph_at(g, v)->type.rank;
    bool moves = false;
    for (int i = 0; i < rank; i++) ints[i] = positions[i], moves = moves || positions[i] != i;
    return moves ? add_node(g, &op_permute, 1, &v, rank, ints) : v;
}

Value make_broadcast(Graph *g, Value v, Type type)
{
    type.elem = graph_at(g, v)->type.elem;
    if (type_equal(graph_at(g, v)->type, type)) return v;
    return add_node(g, &op_broadcast, 1, &v, type.rank, type.dims);
}

Value make_sum_to(Graph *g, Value v, Type type)
{
    Type from = graph_at(g, v)->type;
    uint32_t axes = 0;
    if (type.rank == 0) axes = (1u << from.rank) - 1;
    else
        for (int i = 0; i < from.rank; i++)
            if (type.dims[i] == 1 && from.dims[i] != 1) axes |= 1u << i;
    return make_reshape_like(g, make_sum(g, v, axes), type);
}

Value make_slice(Graph *g, Value v, int axis, int64_t first, int64_t length)
{
    if (first == 0 && graph_at(g, v)->type.dims[axis] == length) return v;
    return add_node(g, &op_slice, 1, &v, 3, (int64_t[]){axis, first, length});
}

Value make_pad(Graph *g, Value v, int axis, int64_t before, int64_t after, double fill)
{
    if (before == 0 && after == 0) return v;
    Attr attr = attr_ints(g->arena, 3, (int64_t[]){axis, before, after});
    double *number = arena_array(g->arena, 1, sizeof *number);
    *number = fill;
    attr.n_reals = 1;
    attr.reals = number;
    return graph_add(g, &op_pad, 1, &v, attr);
}

Value make_concat(Graph *g, int n, const Value *in, int axis)
{
    return n == 1 ? in[0] : add_node(g, &op_concat, n, in, 1, (int64_t[]){axis});
}

Value make_matmul(Graph *g, Value a, Value b, bool transpose_a, bool transpose_b)
{
    return add_node(g, &op_matmul, 2, (Value[]){a, b}, 2, (int64_t[]){transpose_a, transpose_b});
}

Value make_pick(Graph *g, Value x, Value index) { return add_node(g, &op_pick, 2, (Value[]){x, index}, 0, NULL); }

Value make_one_hot(Graph *g, Value index, int64_t classes)
{
    Type type = graph_at(g, index)->type;
    Dim dims[MAX_RANK];
    memcpy(dims, type.dims, sizeof dims);
    if (type.rank == MAX_RANK)
        graph_error(g, "one_hot: %s has %d axes, there can be no more", type_text(g->arena, type), MAX_RANK);
    dims[type.rank] = 1;
    Type row = {.elem = INT, .rank = type.rank + 1};
    for (int i = 0; i < type.rank; i++) row.dims[i] = 1;
    row.dims[type.rank] = classes;
    return make_binary(g, &op_equal, make_index(g, row), make_reshape(g, index, type.rank + 1, dims));
}
