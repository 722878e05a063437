/* fold.c - folds numbers of channels into the weights beside them.
 *
 * Layer norm's affine part in front of a matrix product or a convolution, and LayerScale behind one, multiply and add
 * for every element of an image, and their gradients are sums over those elements.  A product is linear, so its weight
 * can be scaled and shifted instead, once a step:
 *
 *     (x * g + b) W + c  =  x (g' * W) + (b W + c)            (x W + c) * s  =  x (W * s) + c * s
 *
 * The gradients of g, b, W, c and s then follow from the gradient of the product's weight, by the usual rules: folding
 * comes before gradients are taken.  It needs a value with one number a channel that does not depend on the samples,
 * an operand that is read nowhere else, and a product with more rows than the weight has. */
#include "graph/experiment.h"
#include "graph/op.h"

#include <math.h>
#include <string.h>

/* A value as core * scale + shift.  scale and shift have one number a channel; 0: there is none.  With a weight, the
 * value is core times weight, + shift.  This product is not made yet; it has the op of the old node `product`. */
typedef struct Affine {
    Value core, weight, product, scale, shift;
    bool folded;                   /* it is computed in another way than the file says */
} Affine;

typedef struct Fold {
    const Experiment *x;
    Rebuild r;
    int64_t batch;
    int *uses;                     /* [old->n]: how often a value is read */
    bool *fixed;                   /* [old->n]: the value does not depend on the samples */
    Affine *affine;                /* [old->n]; all of its values but product are of the new graph */
} Fold;

static Type type_of(const Graph *g, Value v) { return graph_at(g, v)->type; }
static Dim last_dim(Type type) { return type.rank ? type.dims[type.rank - 1] : 1; }

/* ---- values that can be folded ---- */

static bool is_fixed(const Fold *f, Value v)
{
    const Node *node = graph_at(f->r.old, v);
    if (node->op->kind == LEAF) return node->op == &op_parameter || node->op == &op_state || node->op == &op_constant;
    for (int i = 0; i < node->n_in; i++)
        if (!f->fixed[node->in[i]]) return false;
    return true;
}

/* A constant may be any float.  Its product with a weight or another constant may leave float's range, although the
 * elements would stay in it if they were multiplied by one after the other. */
static bool is_moderate(const Fold *f, Value v)
{
    const Node *node = graph_at(f->r.old, base_of(f->r.old, v));
    for (int i = 0; node->op == &op_constant && i < node->attr.n_reals; i++) {
        const double size = fabs(node->attr.reals[i]);
        if (size != 0 && !(size >= 0x1p-24 && size <= 0x1p24)) return false;
    }
    return true;
}

/* Does the value consist of one fixed number for each channel? */
static bool is_channels(const Fold *f, Value v, Dim channels)
{
    const Type type = type_of(f->r.old, v);
    return f->fixed[v] && is_moderate(f, v) && type.elem == REAL && channels > 1 && last_dim(type) == channels &&
           dim_product(type.rank, type.dims) == channels;
}

/* The number of the operand of a pointwise node that has one number a channel.  -1: neither has. */
static int channels_operand(const Fold *f, Value v)
{
    const Node *node = graph_at(f->r.old, v);
    const Dim channels = last_dim(node->type);
    for (int i = 0; i < 2; i++) {
        const Value other = node->in[1 - i];
        if (is_channels(f, node->in[i], channels) && !f->fixed[other] && last_dim(type_of(f->r.old, other)) == channels)
            return i;
    }
    return -1;
}

/* The number of rows of a product, over all samples and places. */
static double rows_of(const Fold *f, Value v)
{
    const Type type = type_of(f->r.old, v);
    return (double)type_count(type, f->batch) / (double)last_dim(type);
}

/* Is it a product with a fixed weight, in a form whose channels are known?  A weight with the batch as an axis, such as
 * a repeated parameter, does not count. */
static bool is_product(const Fold *f, Value v)
{
    const Node *node = graph_at(f->r.old, v);
    return node->op->weight_axis && f->fixed[node->in[1]] && !f->fixed[node->in[0]] &&
           !type_has_batch(type_of(f->r.old, node->in[1])) && node->op->weight_axis(f->r.old, v, true) >= 0;
}

static bool is_padded(const Fold *f, Value v)
{
    const Op *op = graph_at(f->r.old, v)->op;
    return op->pads && op->pads(f->r.old, v);
}

/* ---- the weight ---- */

static int weight_axis(const Fold *f, Value product, bool output)
{
    return graph_at(f->r.old, product)->op->weight_axis(f->r.old, product, output);
}

/* Numbers of channels along one axis of the weight, as a tensor of its rank. */
static Value along(Fold *f, Value channels, Value weight, int axis)
{
    Type type = type_of(f->r.g, weight);
    for (int i = 0; i < type.rank; i++)
        if (i != axis) type.dims[i] = 1;
    type.elem = REAL;
    return make_reshape_like(f->r.g, channels, type);
}

/* Numbers of channels along the last axis, as a tensor that is added to images. */
static Value as_row(Fold *f, Value channels, int rank)
{
    Type type = {.elem = REAL, .rank = rank};
    for (int i = 0; i < rank; i++) type.dims[i] = i < rank - 1 ? 1 : type_count(type_of(f->r.g, channels), 1);
    return make_reshape_like(f->r.g, channels, type);
}

/* weight * numbers of channels.  The product is named after the parameter that is the weight. */
static Value times_channels(Fold *f, const Affine *a, Value channels, bool result, const char *called)
{
    const Value weight = graph_at(f->r.old, a->product)->in[1];
    const char *name = graph_at(f->r.old, weight)->op->name;
    Label *label = f->r.g->label, *made = f->r.g->label = arena_alloc(f->r.g->arena, sizeof *made);
    for (int i = 0; i < f->x->n_parameters; i++)
        if (f->x->parameters[i].value == weight) name = f->x->parameters[i].name;
    made->path = made->constructor = arena_format(f->r.g->arena, "%s_%s", name, called), made->whole = true;
    Value product = make_mul(f->r.g, a->weight, along(f, channels, a->weight, weight_axis(f, a->product, result)));
    f->r.g->label = label;
    return product;
}

/* The number that a shift of the input, the same at all places, adds to each channel of the result. */
static Value shift_through(Fold *f, const Affine *a, Value shift)
{
    const uint32_t axes = (1u << type_of(f->r.g, a->weight).rank) - 1, result = 1u << weight_axis(f, a->product, true);
    return as_row(f, make_sum(f->r.g, times_channels(f, a, shift, false, "shifted"), axes & ~result),
                  type_of(f->r.old, a->product).rank);
}

/* ---- rules: the affine form of node v of the old graph ---- */

/* The affine form of an operand.  An operand that is read elsewhere too is made as the file says: it is a core. */
static Affine form_of(const Fold *f, Value v) { return f->uses[v] == 1 ? f->affine[v] : (Affine){.core = f->r.now[v]}; }

static void scale_rule(Fold *f, Value v)
{
    const Node *node = graph_at(f->r.old, v);
    const int i = channels_operand(f, v);
    if (i < 0) return;
    const Value scale = f->r.now[node->in[i]];
    Affine a = form_of(f, node->in[1 - i]);
    if (a.weight && rows_of(f, v) < (double)type_count(type_of(f->r.g, a.weight), 1) / (double)last_dim(node->type))
        return;
    if (a.weight) a.weight = times_channels(f, &a, scale, true, "scaled"), a.folded = true;
    else a.scale = a.scale ? make_mul(f->r.g, a.scale, scale) : scale;
    if (a.shift) a.shift = make_mul(f->r.g, a.shift, scale);
    f->affine[v] = a;
}

static void shift_rule(Fold *f, Value v)
{
    const Node *node = graph_at(f->r.old, v);
    const int i = channels_operand(f, v);
    if (i < 0) return;
    const Value shift = f->r.now[node->in[i]];
    Affine a = form_of(f, node->in[1 - i]);
    a.shift = a.shift ? make_add(f->r.g, a.shift, shift) : shift;
    f->affine[v] = a;
}

static void product_rule(Fold *f, Value v)
{
    if (!is_product(f, v)) return;
    const Node *node = graph_at(f->r.old, v);
    const Affine x = form_of(f, node->in[0]);
    Affine a = {.core = f->r.now[node->in[0]], .weight = f->r.now[node->in[1]], .product = v};
    const bool affine = (x.scale || x.shift) && !x.weight && weight_axis(f, v, false) >= 0;
    if (affine && !(x.shift && is_padded(f, v)) && rows_of(f, v) >= (double)last_dim(node->type)) {
        a.core = x.core;
        if (x.shift) a.shift = shift_through(f, &a, x.shift);
        if (x.scale) a.weight = times_channels(f, &a, x.scale, false, "scaled");
        a.folded = true;
    }
    f->affine[v] = a;
}

/* Makes the value of an affine form. */
static Value make_affine(Fold *f, const Affine *a)
{
    const Node *product = graph_at(f->r.old, a->product);
    Value v = graph_add(f->r.g, product->op, 2, (Value[]){a->core, a->weight}, product->attr);
    return a->shift ? make_add(f->r.g, v, a->shift) : v;
}

/* ---- the graph anew ---- */

/* Counts how often each value that the experiment needs is read.  A value that is wanted by name is read once more. */
static void count_uses(Fold *f, const Experiment *x)
{
    const Graph *old = f->r.old;
    for (int i = 0; i < x->n_values; i++) f->uses[x->values[i].value]++;
    for (int i = 0; i < x->n_metrics; i++) f->uses[x->metrics[i].value]++;
    for (int i = 0; i < x->n_outputs; i++) f->uses[x->outputs[i].value]++;
    for (int i = 0; i < x->n_states; i++) f->uses[x->states[i].next]++;
    f->uses[x->loss]++;
    for (Value v = old->n - 1; v > 0; v--) {
        if (!f->uses[v]) continue;
        const Node *node = graph_at(old, v);
        for (int i = 0; i < node->n_in; i++) f->uses[node->in[i]]++;
        for (int i = 0; node->op == &op_custom && i < node->attr.n_ints; i++) f->uses[node->attr.ints[i]]++;
    }
}

static bool rebuild(Fold *f)
{
    bool any = false;
    for (Value v = 1; v < f->r.old->n; v++) {
        const Node *node = graph_at(f->r.old, v);
        f->fixed[v] = is_fixed(f, v);
        rebuild_at(&f->r, v);
        f->r.now[v] = rebuild_node(&f->r, v, NULL);
        f->affine[v] = (Affine){.core = f->r.now[v]};
        if (f->uses[v] && !f->fixed[v]) {
            if (node->op == &op_mul) scale_rule(f, v);
            else if (node->op == &op_add) shift_rule(f, v);
            else product_rule(f, v);
        }
        if (f->affine[v].folded) any = true;
        rebuild_as(&f->r, v, f->affine[v].folded ? make_affine(f, &f->affine[v]) : f->r.now[v]);
    }
    return any;
}

static void map_named(Arena *arena, const Value *now, int n, Named **named)
{
    Named *mapped = arena_array(arena, n, sizeof *mapped);
    for (int i = 0; i < n; i++) mapped[i] = (*named)[i], mapped[i].value = now[mapped[i].value];
    *named = mapped;
}

static void map_parameters(Arena *arena, const Value *now, int n, Parameter **parameters)
{
    Parameter *mapped = arena_array(arena, n, sizeof *mapped);
    for (int i = 0; i < n; i++)
        mapped[i] = (*parameters)[i], mapped[i].value = now[mapped[i].value], mapped[i].next = now[mapped[i].next];
    *parameters = mapped;
}

const Experiment *fold_channels(const Experiment *x, int64_t batch)
{
    Arena *arena = x->graph->arena;
    const int n = x->graph->n;
    Fold f = {.x = x, .r = rebuild_new(x->graph, n + n / 4), .batch = x->has_train ? x->batch : batch,
              .uses = arena_array(arena, n, sizeof *f.uses), .fixed = arena_array(arena, n, sizeof *f.fixed),
              .affine = arena_array(arena, n, sizeof *f.affine)};
    count_uses(&f, x);
    if (!rebuild(&f)) return x;
    Experiment *result = arena_alloc(arena, sizeof *result);
    *result = *x;
    result->graph = f.r.g;
    map_parameters(arena, f.r.now, x->n_parameters, &result->parameters);
    map_parameters(arena, f.r.now, x->n_states, &result->states);
    map_named(arena, f.r.now, x->n_values, &result->values);
    map_named(arena, f.r.now, x->n_metrics, &result->metrics);
    map_named(arena, f.r.now, x->n_outputs, &result->outputs);
    result->fields = arena_array(arena, x->n_fields, sizeof *result->fields);
    for (int i = 0; i < x->n_fields; i++)
        result->fields[i] = x->fields[i], result->fields[i].value = f.r.now[x->fields[i].value];
    result->loss = f.r.now[x->loss];
    return result;
}
