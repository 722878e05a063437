/* simplify.c - a smaller graph with the same values.
 *
 * The graph is rebuilt from its leaves.  The first rule that applies to a node replaces it, until no rule applies.
 * Values that no root needs are left behind.  `training` is a leaf until here; it becomes 1 or 0, so that values that
 * only the other mode needs go away.
 *
 * Values are the same as floats.  A result that overflows, is infinite or is no number stays so: x * 0 is not 0, x / x
 * is not 1.  Two numbers are combined only if the results are the same for any float that they are applied to.  The
 * sign of a zero is not kept.  Nothing, which autodiff puts where no gradient flows, is no number: a value that is
 * linear in it goes away, whatever else it is made of. */
#include "graph/op.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const Node *at(const Graph *g, Value v) { return graph_at(g, v); }

/* Is every element of v the same number? */
static bool is_number(const Graph *g, Value v, double *number)
{
    const Node *node = at(g, v);
    if (node->op != &op_constant || node->attr.n_reals != 1) return false;
    *number = node->attr.reals[0];
    return true;
}

static bool is(const Graph *g, Value v, double wanted)
{
    double number;
    return is_number(g, v, &number) && number == wanted;
}

/* Is it a float with all its digits, neither subnormal nor too large?  Only such numbers are combined. */
static bool is_normal(double number) { return fabs(number) >= FLT_MIN && fabs(number) <= FLT_MAX; }

/* The number, or nothing, in another shape. */
static Value spread(Graph *g, Value number, Type type)
{
    return is_nothing(g, number) ? make_nothing(g, type) : make_filled(g, type, at(g, number)->attr.reals[0]);
}

/* A value in place of node v, spread to its shape. */
static Value as(Graph *g, Value v, Value instead) { return make_broadcast(g, instead, at(g, v)->type); }

/* ---- rules: each returns a better value, or 0 ---- */

/* A value that is linear in nothing is nothing. */
static Value nothing_rule(Graph *g, Value v)
{
    const Node *node = at(g, v);
    const Op *op = node->op;
    const bool first = node->n_in > 0 && is_nothing(g, node->in[0]),
               second = node->n_in > 1 && is_nothing(g, node->in[1]);
    bool vanishes = false;
    if (op == &op_mul || op->kind == CONTRACTION) vanishes = first || second;
    else if (op == &op_add || op == &op_sub) vanishes = first && second;
    else if (op == &op_where) vanishes = second && is_nothing(g, node->in[2]);
    else if (op->kind == POINTWISE)
        vanishes = first && (op == &op_div || (op->arity == 1 && op->f((double[]){0}) == 0));
    else if (op == &op_pad) vanishes = first && node->attr.reals[0] == 0;
    else if (op->kind == VIEW) vanishes = first && op->arity > 0;
    else
        vanishes = first && (op == &op_sum || op == &op_window_gather || op == &op_window_scatter ||
                             op == &op_window_sum || op == &op_window_spread);
    return vanishes ? make_nothing(g, node->type) : 0;
}

/* An operation on numbers becomes its result, unless the numbers rounded to floats give another one.  An operation
 * whose result is beyond floats stays: the fault must stay visible. */
static Value fold_numbers(Graph *g, Value v)
{
    const double rounding = 1e-6;
    const Node *node = at(g, v);
    double x[3], rounded[3];
    /* `where` may choose nothing, which is no number */
    if (node->op->kind != POINTWISE || node->op == &op_where || node->n_in > 3) return 0;
    for (int i = 0; i < node->n_in; i++) {
        if (!is_number(g, node->in[i], &x[i])) return 0;
        rounded[i] = (float)x[i];
    }
    double y = node->op->f(x);
    if (!(y == 0 || is_normal(y)) || !(fabs(y - node->op->f(rounded)) <= rounding * fabs(y))) return 0;
    return make_filled(g, node->type, y);
}

static Value view_of_number(Graph *g, Value v)
{
    const Node *node = at(g, v);
    double number;
    if (node->op->kind != VIEW || node->n_in != 1 || node->op == &op_pad || !is_number(g, node->in[0], &number))
        return 0;
    return spread(g, node->in[0], node->type);
}

/* A pointwise op spreads its inputs by itself. */
static Value drop_broadcast(Graph *g, Value v)
{
    const Node *node = at(g, v);
    if (node->op->kind != POINTWISE || node->op->arity < 2) return 0;
    Value in[3];
    for (int i = 0; i < node->n_in; i++) {
        const Node *source = at(g, node->in[i]);
        double number = 0;
        if (source->op != &op_broadcast && !(source->type.rank > 0 && is_number(g, node->in[i], &number))) continue;
        memcpy(in, node->in, (size_t)node->n_in * sizeof *in);
        in[i] = source->op == &op_broadcast ? source->in[0] : spread(g, node->in[i], (Type){.elem = REAL});
        Dim dims[MAX_RANK];
        for (int k = 0; k < node->type.rank; k++) dims[k] = 1;
        for (int j = 0; j < node->n_in; j++)
            for (int k = 0; k < at(g, in[j])->type.rank; k++)
                if (at(g, in[j])->type.dims[k] != 1) dims[k] = at(g, in[j])->type.dims[k];
        if (!memcmp(dims, node->type.dims, (size_t)node->type.rank * sizeof *dims))
            return graph_add(g, node->op, node->n_in, in, node->attr);
    }
    return 0;
}

static Value add_rule(Graph *g, Value v)
{
    const Node *node = at(g, v);
    if (is(g, node->in[0], 0)) return as(g, v, node->in[1]);
    if (is(g, node->in[1], 0)) return as(g, v, node->in[0]);
    const Node *b = at(g, node->in[1]);
    if (b->op == &op_neg) return make_sub(g, node->in[0], b->in[0]);
    return 0;
}

static Value sub_rule(Graph *g, Value v)
{
    const Node *node = at(g, v);
    if (is(g, node->in[1], 0)) return as(g, v, node->in[0]);
    if (is(g, node->in[0], 0)) return as(g, v, make_neg(g, node->in[1]));
    return 0;
}

/* Is x times `first`, then times `second`, the same as x times their product, for any float x?  If the first product
 * overflows, the whole must overflow.  If the first product underflows, the whole may differ by less than the smallest
 * normal float. */
static bool go_together(double first, double second)
{
    if (!is_normal(first) || !is_normal(second) || !is_normal(first * second)) return false;
    return fabs(second) <= 0x1p24 && (fabs(first) <= 1 || fabs(second) >= 1);
}

/* Node v is x scaled by a factor, then by another.  Returns x scaled by one factor or by none; 0 where the two can not
 * be combined. */
typedef struct Factor { double above, below; } Factor;

static Value scaled(Graph *g, Value v, Value x, Factor first, Factor second)
{
    const double above = first.above * second.above, below = first.below * second.below, ratio = above / below;
    if (!go_together(first.above / first.below, second.above / second.below) || !is_normal(above) || !is_normal(below))
        return 0;
    if (ratio == 1) return as(g, v, x);
    if (above == 1) return as(g, v, make_div(g, x, make_constant(g, below)));
    return as(g, v, make_mul(g, x, make_constant(g, ratio)));
}

static Value mul_rule(Graph *g, Value v)
{
    const Node *node = at(g, v);
    double outer, inner;
    for (int i = 0; i < 2; i++) {
        Value other = node->in[1 - i];
        if (!is_number(g, node->in[i], &outer)) continue;
        if (outer == 1) return as(g, v, other);
        if (outer == -1) return as(g, v, make_neg(g, other));
        const Node *product = at(g, other);
        for (int k = 0; k < 2 && product->op == &op_mul; k++)
            if (is_number(g, product->in[k], &inner) && go_together(inner, outer))
                return as(g, v, make_mul(g, make_constant(g, outer * inner), product->in[1 - k]));
        if (product->op == &op_neg) return as(g, v, make_mul(g, make_constant(g, -outer), product->in[0]));
        if (product->op == &op_div && is_number(g, product->in[1], &inner))
            return scaled(g, v, product->in[0], (Factor){1, inner}, (Factor){outer, 1});
    }
    return 0;
}

/* Is it a number of elements, as make_count makes it, which is 1 or more? */
static bool is_count(const Graph *g, Value v)
{
    double number;
    while (at(g, v)->op == &op_mul && at(g, at(g, v)->in[1])->op == &op_batch_size) v = at(g, v)->in[0];
    return at(g, v)->op == &op_batch_size || (is_number(g, v, &number) && number >= 1);
}

static Value div_rule(Graph *g, Value v)
{
    const Node *node = at(g, v);
    if (is(g, node->in[1], 1)) return as(g, v, node->in[0]);
    double below, number;
    const Node *above = at(g, node->in[0]);
    /* A mean over the batch that is one number.  When each sample's part is divided, the sum over the batch is the
     * result, and no kernel has to come after it. */
    if (above->op == &op_sum && (above->attr.ints[0] & 1) && at(g, node->in[1])->type.rank == 0 &&
        is_single(node->type) && is_count(g, node->in[1])) {
        Type type = at(g, above->in[0])->type;
        if (type.rank > 0 && type.dims[0] < 0) {
            Value each = make_sum(g, above->in[0], (uint32_t)above->attr.ints[0] & ~1u);
            return make_sum(g, make_div(g, each, node->in[1]), 1);
        }
    }
    if (!is_number(g, node->in[1], &below)) return 0;
    if (above->op == &op_neg && below != 0) return as(g, v, make_div(g, above->in[0], make_constant(g, -below)));
    if (above->op == &op_div && is_number(g, above->in[1], &number))
        return scaled(g, v, above->in[0], (Factor){1, number}, (Factor){1, below});
    for (int k = 0; k < 2 && above->op == &op_mul; k++)
        if (is_number(g, above->in[k], &number))
            return scaled(g, v, above->in[1 - k], (Factor){number, 1}, (Factor){1, below});
    return 0;
}

static Value neg_rule(Graph *g, Value v)
{
    const Node *inside = at(g, at(g, v)->in[0]);
    if (inside->op == &op_neg) return inside->in[0];
    if (inside->op == &op_sub) return make_sub(g, inside->in[1], inside->in[0]);
    return 0;
}

static Value pow_rule(Graph *g, Value v)
{
    const Node *node = at(g, v);
    Value a = node->in[0];
    double power;
    if (!is_number(g, node->in[1], &power)) return 0;
    if (power == 0) return make_filled(g, node->type, 1);
    if (power == 1) return as(g, v, a);
    if (power == 2) return as(g, v, make_mul(g, a, a));
    if (power == 3) return as(g, v, make_mul(g, make_mul(g, a, a), a));
    if (power == -1) return as(g, v, make_div(g, make_constant(g, 1), a));
    return 0;
}

/* Max pooling sends a gradient to its maxima, and ReLU lets it through where these are above 0.  The pooled value is
 * the maximum, so the gradient can be masked by it before it is sent.  The image that was pooled is then no longer
 * needed.  `otherwise` is 0 or nothing. */
static Value masked_scatter(Graph *g, Value condition, Value scattered, Value otherwise)
{
    const Node *greater = at(g, condition), *scatter = at(g, scattered);
    if (greater->op != &op_greater || !is(g, greater->in[1], 0) || scatter->op != &op_window_scatter) return 0;
    const Value x = greater->in[0], where = scatter->in[1], gradient = scatter->in[0];
    const Attr attr = scatter->attr;
    if (at(g, where)->op != &op_window_argmax || at(g, where)->in[0] != x) return 0;
    const Value pooled = graph_add(g, &op_window_gather, 2, (Value[]){x, where}, attr);
    const Value masked = make_where(g, make_binary(g, &op_greater, pooled, make_constant(g, 0)), gradient,
                                    spread(g, otherwise, (Type){.elem = REAL}));
    const Label *pooling = g->notes[scattered].label;
    if (!g->notes[masked].name && pooling && pooling->of) {
        Label *whole = g->notes[masked].label = arena_alloc(g->arena, sizeof *whole);
        *whole = *pooling, whole->whole = true;
    }
    return graph_add(g, &op_window_scatter, 2, (Value[]){masked, where}, attr);
}

static Value where_rule(Graph *g, Value v)
{
    const Node *node = at(g, v);
    double condition;
    if (is_number(g, node->in[0], &condition)) return as(g, v, node->in[condition != 0 ? 1 : 2]);
    if (node->in[1] == node->in[2]) return as(g, v, node->in[1]);
    Value masked = is(g, node->in[2], 0) ? masked_scatter(g, node->in[0], node->in[1], node->in[2]) : 0;
    if (masked && type_equal(at(g, masked)->type, at(g, v)->type)) return masked;
    node = at(g, v);      /* nodes may have moved */
    const Op *op = at(g, node->in[0])->op;
    bool compares = op == &op_equal || op == &op_less || op == &op_less_equal || op == &op_greater ||
                    op == &op_greater_equal;
    if (compares && is(g, node->in[1], 1) && is(g, node->in[2], 0)) return as(g, v, node->in[0]);
    return 0;
}

static Value stop_rule(Graph *g, Value v) { return at(g, v)->in[0]; }   /* gradients have been taken */

static Value broadcast_rule(Graph *g, Value v)
{
    const Node *node = at(g, v), *inside = at(g, node->in[0]);
    return inside->op == &op_broadcast ? make_broadcast(g, inside->in[0], node->type) : 0;
}

static Value reshape_rule(Graph *g, Value v)
{
    const Node *node = at(g, v), *inside = at(g, node->in[0]);
    return inside->op == &op_reshape ? make_reshape_like(g, inside->in[0], node->type) : 0;
}

static Value permute_rule(Graph *g, Value v)
{
    const Node *node = at(g, v), *inside = at(g, node->in[0]);
    if (inside->op != &op_permute) return 0;
    int positions[MAX_RANK];
    for (int i = 0; i < node->type.rank; i++) positions[i] = (int)inside->attr.ints[node->attr.ints[i]];
    return make_permute(g, inside->in[0], positions);
}

/* A sum over axes along which its input was spread is a multiple of it.  So is a sum of one number. */
static Value sum_rule(Graph *g, Value v)
{
    const Node *node = at(g, v), *inside = at(g, node->in[0]);
    uint32_t axes = (uint32_t)node->attr.ints[0];
    double number;
    if (is_number(g, node->in[0], &number))
        return as(g, v, make_mul(g, make_constant(g, number), make_count(g, inside->type, axes)));
    if (inside->op == &op_broadcast) {
        Type small = at(g, inside->in[0])->type;
        uint32_t spread = 0;
        for (int i = 0; i < inside->type.rank; i++)
            if ((axes >> i & 1) && (small.rank == 0 || small.dims[i] == 1)) spread |= 1u << i;
        if (!spread) return 0;
        Value rest = make_sum(g, inside->in[0], small.rank ? axes & ~spread : 0);
        return as(g, v, make_mul(g, rest, make_count(g, inside->type, spread)));
    }
    if (inside->op == &op_neg) return make_neg(g, make_sum(g, inside->in[0], axes));
    if (inside->op == &op_sum) return make_sum(g, inside->in[0], axes | (uint32_t)inside->attr.ints[0]);
    return 0;
}

/* The index by which the rows of v are one-hot: v is 1 where the last axis has that number, else 0.  Returns 0 when v
 * is not one-hot. */
static Value one_hot_index(const Graph *g, Value v)
{
    const Node *node = at(g, v);
    if (node->op != &op_equal) return 0;
    for (int i = 0; i < 2; i++) {
        const Node *row = at(g, node->in[i]);
        Type column = at(g, node->in[1 - i])->type;
        if (row->op != &op_index || row->type.rank < 2 || column.rank != row->type.rank || column.elem != INT) continue;
        bool fits = row->type.dims[row->type.rank - 1] > 1 && column.dims[column.rank - 1] == 1;
        for (int k = 0; k < row->type.rank - 1; k++) fits = fits && row->type.dims[k] == 1;
        if (fits) return node->in[1 - i];
    }
    return 0;
}

/* One-hot rows times a matrix are rows of the matrix, found by an index.  Each one-hot row may be multiplied by a
 * number of its own.  The gradient of a picked logit through a linear layer has this form. */
static Value matmul_rule(Graph *g, Value v)
{
    const Node *node = at(g, v);
    const Node *left = at(g, node->in[0]);
    bool times = left->op == &op_where && is(g, left->in[2], 0);
    Value factor = times ? left->in[1] : 0, index = one_hot_index(g, times ? left->in[0] : node->in[0]),
          matrix = node->in[1];
    if (factor && at(g, factor)->type.rank && at(g, factor)->type.dims[at(g, factor)->type.rank - 1] != 1) return 0;
    int rank = node->type.rank;
    if (!index || node->attr.ints[0] || rank == MAX_RANK || at(g, matrix)->type.rank != 2 ||
        type_has_batch(at(g, matrix)->type))
        return 0;
    if (!node->attr.ints[1]) matrix = make_permute(g, matrix, (int[]){1, 0});
    Type small = {.elem = REAL, .rank = rank + 1}, wide = small, chosen = at(g, v)->type;
    for (int i = 0; i < rank + 1; i++) {
        small.dims[i] = i < rank - 1 ? 1 : at(g, matrix)->type.dims[i - (rank - 1)];
        wide.dims[i] = i < rank - 1 ? chosen.dims[i] : small.dims[i];
    }
    matrix = make_broadcast(g, make_reshape_like(g, matrix, small), wide);
    Value rows = make_pick(g, matrix, make_broadcast(g, index, chosen));
    return factor ? as(g, v, make_mul(g, factor, rows)) : rows;
}

typedef struct Rule { const Op *op; Value (*apply)(Graph *, Value); } Rule;   /* op NULL: every node */

static const Rule rules[] = {
    {NULL, nothing_rule},        {NULL, fold_numbers},
    {NULL, view_of_number},      {NULL, drop_broadcast},
    {&op_add, add_rule},         {&op_sub, sub_rule},
    {&op_mul, mul_rule},         {&op_div, div_rule},
    {&op_neg, neg_rule},         {&op_pow, pow_rule},
    {&op_where, where_rule},     {&op_stop_gradient, stop_rule},
    {&op_sum, sum_rule},         {&op_reshape, reshape_rule},
    {&op_permute, permute_rule}, {&op_broadcast, broadcast_rule},
    {&op_matmul, matmul_rule},
};

static Value improve(Graph *g, Value v)
{
    for (int round = 0; round < 100; round++) {
        Value better = 0;
        for (size_t i = 0; i < sizeof rules / sizeof *rules && !better; i++)
            if (!rules[i].op || rules[i].op == at(g, v)->op) better = rules[i].apply(g, v);
        if (!better && at(g, v)->op->simplify) better = at(g, v)->op->simplify(g, v);
        if (!better || better == v) return v;
        const Type was = at(g, v)->type, now = at(g, better)->type;       /* axes of size 1 may be gone */
        if (type_count(was, 2) != type_count(now, 2))
            bug("simplify: %s of shape %s became one of %s", at(g, v)->op->name, type_text(g->arena, was),
                type_text(g->arena, now));
        v = better;
    }
    bug("simplify: rules that undo one another at %s", at(g, v)->op->name);
}

static Goal *rebuild(const Goal *goal, bool enabled)
{
    const Graph *old = goal->graph;
    Rebuild r = rebuild_new(old, old->n);
    const bool *needed = goal_needed(goal, false);
    for (Value v = 1; v < old->n; v++) {
        if (!needed[v]) continue;
        const Node *node = at(old, v);
        Value made;
        rebuild_at(&r, v);
        if (node->op == &op_training) made = make_constant(r.g, goal->training);
        else if (node->op == &op_batch_statistics) made = make_constant(r.g, goal->statistics);
        else if (node->op == &op_custom) made = r.now[node->in[0]];      /* gradients have been taken */
        else if (!enabled && is_nothing(old, v)) made = make_filled(r.g, node->type, 0);   /* it has been made use of */
        else made = rebuild_node(&r, v, NULL);
        rebuild_as(&r, v, enabled ? improve(r.g, made) : made);
    }
    return rebuild_goal(&r, goal);
}

Goal *simplify(const Goal *goal, bool enabled)
{
    enum { ROUNDS = 3 };   /* nodes that a rule builds meet the rules themselves in the next round */
    Goal *result = rebuild(goal, enabled);
    for (int i = 1; enabled && i < ROUNDS; i++) result = rebuild(result, true);
    if (enabled) result = rebuild(result, false);   /* drops the nodes that the rules left behind */
    for (int i = 0; i < result->n_roots; i++) {
        /* An update must not read a parameter, input or table itself: it may have changed by then, through another
         * update.  It reads a copy. */
        Root *root = &result->roots[i];
        if ((root->kind == ROOT_UPDATE || root->kind == ROOT_STATE) &&
            is_stored_leaf(result->graph, base_of(result->graph, root->value)))
            root->value = make_unary(result->graph, &op_stop_gradient, root->value);
    }
    return result;
}
