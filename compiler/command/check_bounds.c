/* check_bounds.c - bounds on the difference between a kernel's result and the same computation in double.
 *
 * Every element of a value gets a bound.  It has two parts: the effect of the bounds of its inputs, found by moving the
 * inputs; and the value's own rounding, by the number and the size of the terms where it adds up.  Leaves, and arrays
 * that other kernels left in memory, count as exact, so that a kernel answers for nothing but itself. */
#include "command/command.h"

#include "graph/choice.h"

#include <math.h>
#include <string.h>

static const double unit = 0x1p-24;                       /* half of the distance between two floats, relative */
static const double least = 0x1p-149;              /* the distance between two floats that are too small to be normal */

static const Node *at(const Interpreter *it, Value v) { return graph_at(it->graph, v); }
static int64_t count(const Interpreter *it, Value v) { return type_count(at(it, v)->type, it->batch); }

/* The most additions that a term of the sum goes through: see kernel_sums.c and runtime/rt_sum.h. */
static double sum_steps(const Interpreter *it, Value v)
{
    enum { PART = 32, TREE = 4 };           /* terms that are added one after another; levels of the tree of 16 lanes */
    const Node *node = at(it, v);
    const Type type = at(it, node->in[0])->type;
    double terms = 1, samples = 1, side_by_side = 1;
    for (int i = 0; i < type.rank; i++) {
        const bool summed = node->attr.ints[0] >> i & 1;
        const double size = (double)dim_size(type.dims[i], it->batch);
        if (summed && i == 0 && type.dims[0] < 0) samples = size;
        else if (summed) terms *= size, side_by_side = 1;
        else side_by_side *= size;
    }
    /* as kernel_sums.c decides, or a little more often */
    const bool wide = side_by_side > MOST_LOCAL || side_by_side * (log2(terms) + 1) > 8 * MOST_LOCAL;
    const double parts = wide ? terms : fmin(terms, PART) + TREE + log2(terms + 1);
    return parts + samples;
}

/* The most additions that a term of a product goes through.  They are fused multiply-adds: see rt_sum_part. */
static double product_steps(const Interpreter *it, Value v)
{
    const Node *node = at(it, v);
    const double terms = node->op->cost(it->graph, v, it->batch).flops / (2 * (double)count(it, v));
    return fmin(terms, 384) + ceil(terms / 256) + (double)it->batch;
}

/* Minimal filtering adds and subtracts numbers that then cancel.  So the error of an element is relative to the largest
 * element of its tile. */
static double tile_steps(const Interpreter *it, Value v)
{
    return algorithm_at(algorithm_of(it->graph, v))->steps;
}

/* The values of v, computed from in[i] in place of its i-th input; in[i] NULL: from the values that `it` has. */
static double *with_inputs(Arena *arena, const Interpreter *it, Value v, double *const *in)
{
    Interpreter other = *it;
    other.values = arena_array(arena, it->graph->n, sizeof *other.values);
    for (int i = 0; i < at(it, v)->n_in; i++)
        other.values[at(it, v)->in[i]] = in[i] ? in[i] : it->values[at(it, v)->in[i]];
    interpret(arena, &other, 1, &v);
    return other.values[v];
}

/* x[k] + sign * e[k], or |x[k]| + e[k] when sign is 0; e NULL: x itself. */
static double *moved(Arena *arena, int64_t n, const double *x, const double *e, int sign)
{
    double *y = arena_array(arena, n, sizeof *y);
    for (int64_t k = 0; k < n; k++) y[k] = (sign ? x[k] : fabs(x[k])) + (e ? (sign ? sign : 1) * e[k] : 0);
    return y;
}

static void add_difference(int64_t n, double *error, const double *a, const double *b)
{
    for (int64_t k = 0; k < n; k++) error[k] += a[k] == b[k] ? 0 : fabs(a[k] - b[k]);
}

static double *error_of(Arena *arena, const Interpreter *it, double *const *errors, Value v)
{
    const Node *node = at(it, v);
    const int64_t n = count(it, v);
    const double *value = it->values[v];
    double *error = arena_array(arena, n, sizeof *error);
    double **in = arena_array(arena, node->n_in, sizeof *in);
    const bool whole = node->type.elem == INT;
    if (node->op->kind == CONTRACTION || node->op == &op_sum || node->op == &op_window_sum ||
        node->op == &op_window_spread || node->op == &op_window_scatter) {
        /* both inputs are factors; else the second input says where the first one's elements go */
        const bool sizes = node->op->kind == CONTRACTION;
        bool exact = true;
        for (int i = 0; i < node->n_in && (i == 0 || sizes); i++)
            in[i] = moved(arena, count(it, node->in[i]), it->values[node->in[i]], NULL, 0),
            exact = exact && !errors[node->in[i]];
        const double *size = with_inputs(arena, it, v, in);
        const double steps = node->op->kind == CONTRACTION ? product_steps(it, v)
                             : node->op == &op_sum         ? sum_steps(it, v)
                                                           : 64;
        double largest = 0;
        for (int64_t k = 0; k < n; k++)
            error[k] = (steps + 1) * (unit * size[k] + least), largest = fmax(largest, size[k]);
        const double tile = sizes ? tile_steps(it, v) : 0;
        for (int64_t k = 0; k < n && tile; k++) error[k] += tile * unit * largest;
        if (exact) return error;
        for (int i = 0; i < node->n_in && (i == 0 || sizes); i++)
            in[i] = moved(arena, count(it, node->in[i]), it->values[node->in[i]], errors[node->in[i]], 0);
        add_difference(n, error, with_inputs(arena, it, v, in), size);
        return error;
    }
    for (int i = 0; i < node->n_in; i++) {
        if (!errors[node->in[i]]) continue;
        double *worst = arena_array(arena, n, sizeof *worst);
        for (int sign = -1; sign <= 1; sign += 2) {
            double *off = arena_array(arena, n, sizeof *off);
            memset(in, 0, (size_t)node->n_in * sizeof *in);
            in[i] = moved(arena, count(it, node->in[i]), it->values[node->in[i]], errors[node->in[i]], sign);
            add_difference(n, off, with_inputs(arena, it, v, in), value);
            for (int64_t k = 0; k < n; k++) worst[k] = fmax(worst[k], off[k]);
        }
        for (int64_t k = 0; k < n; k++) error[k] += worst[k];
    }
    /* its own rounding: a few units for a function, none for an op that only moves elements */
    const double own = whole || node->op == &op_bfloat16 || node->op == &op_widened ||
                               (node->op->kind != POINTWISE && node->op->kind != LEAF) ? 0
                       : node->op->heavy || node->op->kind == LEAF                      ? 8
                                                                                        : 2;
    for (int64_t k = 0; k < n && own; k++) error[k] += own * (unit * fabs(value[k]) + least);
    return error;
}

double *check_bound(Arena *arena, Interpreter *it, Value v)
{
    const Graph *g = it->graph;
    double **errors = arena_array(arena, g->n, sizeof *errors);
    /* a value that the interpreter has was given to it, and counts as exact */
    const bool *needed = graph_needed(arena, g, 1, &v, it->values);
    interpret(arena, it, 1, &v);
    for (Value u = 1; u <= v; u++)
        if (needed[u]) errors[u] = error_of(arena, it, errors, u);
    return errors[v];
}
