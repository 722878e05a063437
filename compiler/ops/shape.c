/* shape.c - views: every element is an element of an input, found by an index.
 *
 * A view gets no kernel of its own when its reader can index through it. */
#include "graph/op.h"

#include <string.h>

static int64_t attr(const Node *node, int i) { return node->attr.ints[i]; }
static Type type_of(const Graph *g, Value v) { return graph_at(g, v)->type; }
static bool refuse(Shape *shape, const char *text)
{
    return snprintf(shape->error, sizeof shape->error, "%s", text), false;
}

/* ---- reshape: attributes are the new dims ---- */

static Type without_ones(Type type)
{
    int rank = 0;
    for (int i = 0; i < type.rank; i++)
        if (type.dims[i] != 1) type.dims[rank++] = type.dims[i];
    type.rank = rank;
    return type;
}
static bool reshape_shape(Shape *shape)
{
    Type *out = &shape->out;
    *out = (Type){.elem = shape->in[0].elem, .rank = shape->attr->n_ints};
    for (int i = 0; i < out->rank; i++) out->dims[i] = shape->attr->ints[i];
    /* Axes that stay in front and at the end are left out of the count: two of them may be the batch. */
    Type from = without_ones(shape->in[0]), to = without_ones(*out);
    int first = 0;
    while (first < from.rank && first < to.rank && from.dims[first] == to.dims[first]) first++;
    while (from.rank > first && to.rank > first && from.dims[from.rank - 1] == to.dims[to.rank - 1])
        from.rank--, to.rank--;
    Dim before = dim_product(from.rank - first, from.dims + first),
        after = dim_product(to.rank - first, to.dims + first);
    if (before == after && before != 0) return true;
    snprintf(shape->error, sizeof shape->error, "%s can not become %s", type_text(shape->graph->arena, shape->in[0]),
             type_text(shape->graph->arena, *out));
    return false;
}
static void reshape_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    dx[0] = make_reshape_like(g, dy, type_of(g, graph_at(g, y)->in[0]));
}

/* Both shapes are cut into groups of axes with equal products.  Within a group the indices of the result are joined,
 * and split into those of the input. */
static const char *reshape_index(KernelWriter *w, Value node, const Index *out, int which, Index *in)
{
    (void)which;
    const Graph *g = kernel_graph(w);
    Type to = type_of(g, node), from = type_of(g, graph_at(g, node)->in[0]);
    for (int i = 0, o = 0; i < from.rank;) {
        if (from.dims[i] == 1) {
            in->at[i++] = "0";
            continue;
        }
        while (to.dims[o] == 1) o++;
        int i_end = i + 1, o_end = o + 1;
        Dim have = from.dims[i], want = to.dims[o];
        while (have != want) {
            if (dim_size(have, 1 << 20) < dim_size(want, 1 << 20))
                have = dim_product(i_end - i + 1, from.dims + i), i_end++;
            else want = dim_product(o_end - o + 1, to.dims + o), o_end++;
        }
        const char *joined = out->at[o];
        for (int k = o + 1; k < o_end; k++)
            if (to.dims[k] != 1)
                joined = !strcmp(joined, "0")
                             ? out->at[k]
                             : kernel_format(w, "(%s) * %s + %s", joined, kernel_dim(w, to.dims[k]), out->at[k]);
        for (int k = i_end - 1; k >= i; k--) {
            Dim inner = dim_product(i_end - k - 1, from.dims + k + 1);
            bool first = true;
            for (int m = i; m < k; m++) first = first && from.dims[m] == 1;
            const char *text = joined;
            if (inner != 1 && strcmp(text, "0"))
                text = kernel_format(w, inner < 0 ? "(%s) / (%s)" : "(%s) / %s", text, kernel_dim(w, inner));
            if (!first && strcmp(text, "0"))
                text = kernel_format(w, from.dims[k] < 0 ? "(%s) %% (%s)" : "(%s) %% %s", text,
                                     kernel_dim(w, from.dims[k]));
            in->at[k] = from.dims[k] == 1 ? "0" : text;
        }
        i = i_end;
        o = o_end;
    }
    return NULL;
}
static void reshape_trace(const Graph *g, Value node, const int *axis, int which, int *in_axis)
{
    (void)which;
    Type to = type_of(g, node), from = type_of(g, graph_at(g, node)->in[0]);
    for (int i = 0, o = 0; i < from.rank; i++) {
        if (from.dims[i] == 1) {
            in_axis[i] = ONE_AXIS;
            continue;
        }
        while (o < to.rank && to.dims[o] == 1) o++;
        if (o < to.rank && to.dims[o] == from.dims[i]) in_axis[i] = axis[o++];
        else {   /* from here on axes are joined or split: their indices are computed */
            if (i == 0 && from.dims[0] < 0 && o < to.rank && to.dims[o] < 0 && (axis[o] == 0 || axis[o] == SAMPLE_AXIS))
                in_axis[i++] = SAMPLE_AXIS;
            for (; i < from.rank; i++) in_axis[i] = from.dims[i] == 1 ? ONE_AXIS : NO_AXIS;
        }
    }
}
static void reshape(const Interpretation *it)
{
    memcpy(it->out, it->in[0], (size_t)type_count(it->type, 1) * sizeof *it->out);
}
OP(reshape){
    .name = "reshape",
    .kind = VIEW,
    .arity = 1,
    .doc = "the same elements in row-major order with another shape",
    .gradient_doc = "da = reshape(dy)",
    .shape = reshape_shape,
    .gradient = reshape_gradient,
    .index = reshape_index,
    .trace = reshape_trace,
    .interpret = reshape,
    .samples = {"local a = input{3, 4}; y = exp(reshape(a, {2, 6}))",
                "local a = input{4, 3}; y = reshape(a, {2, 2, 3}) ^ 2",
                "local a = input{2, 3, 4}; y = exp(permute(reshape(a, {6, 4}), {1, 3, 2}))"},
};

/* ---- permute: attributes are, for each axis of the result, the input's axis ---- */

static bool permute_shape(Shape *shape)
{
    shape->out = shape->in[0];
    for (int i = 0; i < shape->out.rank; i++) shape->out.dims[i] = shape->in[0].dims[shape->attr->ints[i]];
    return true;
}
static void permute_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    const Node *node = graph_at(g, y);
    int back[MAX_RANK];
    for (int i = 0; i < node->type.rank; i++) back[attr(node, i)] = i;
    dx[0] = make_permute(g, dy, back);
}
static const char *permute_index(KernelWriter *w, Value node, const Index *out, int which, Index *in)
{
    (void)which;
    const Node *self = graph_at(kernel_graph(w), node);
    for (int i = 0; i < self->type.rank; i++) in->at[attr(self, i)] = out->at[i];
    return NULL;
}
static void permute_trace(const Graph *g, Value node, const int *axis, int which, int *in_axis)
{
    (void)which;
    const Node *self = graph_at(g, node);
    for (int i = 0; i < self->type.rank; i++) in_axis[attr(self, i)] = axis[i];
}
static double permute_element(const Interpretation *it, const int64_t *index)
{
    int64_t at[MAX_RANK];
    for (int i = 0; i < it->type.rank; i++) at[attr(it->node, i)] = index[i];
    return interpret_at(it, 0, at);
}
static void permute(const Interpretation *it) { interpret_each(it, permute_element); }
OP(permute){
    .name = "permute",
    .kind = VIEW,
    .arity = 1,
    .doc = "axes in another order",
    .gradient_doc = "da = dy with the axes put back",
    .shape = permute_shape,
    .gradient = permute_gradient,
    .index = permute_index,
    .trace = permute_trace,
    .interpret = permute,
    .samples = {"local a = input{2, 3, 4}; y = exp(permute(a, {1, 4, 2, 3}))"},
};

/* ---- broadcast: attributes are the new dims ---- */

static bool broadcast_shape(Shape *shape)
{
    Type *out = &shape->out, in = shape->in[0];
    *out = (Type){.elem = in.elem, .rank = shape->attr->n_ints};
    for (int i = 0; i < out->rank; i++) out->dims[i] = shape->attr->ints[i];
    bool fits = in.rank == 0 || in.rank == out->rank;
    for (int i = 0; fits && i < in.rank; i++) fits = in.dims[i] == 1 || in.dims[i] == out->dims[i];
    return fits || refuse(shape, "the shapes do not broadcast");
}
static void broadcast_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    dx[0] = make_sum_to(g, dy, type_of(g, graph_at(g, y)->in[0]));
}
static const char *broadcast_index(KernelWriter *w, Value node, const Index *out, int which, Index *in)
{
    (void)which;
    const Graph *g = kernel_graph(w);
    Type from = type_of(g, graph_at(g, node)->in[0]);
    for (int i = 0; i < from.rank; i++) in->at[i] = from.dims[i] == 1 ? "0" : out->at[i];
    return NULL;
}
static double broadcast_element(const Interpretation *it, const int64_t *index) { return interpret_at(it, 0, index); }
static void broadcast(const Interpretation *it) { interpret_each(it, broadcast_element); }
OP(broadcast){
    .name = "broadcast",
    .kind = VIEW,
    .arity = 1,
    .doc = "axes of size 1 repeated",
    .gradient_doc = "da = sum of dy over the repeated axes",
    .shape = broadcast_shape,
    .gradient = broadcast_gradient,
    .index = broadcast_index,
    .interpret = broadcast,
    .samples = {"local a = input{3, 4}; y = grad(exp(sum(a * a, 2)), a)",
                "local a = input{2, 3, 2}; y = exp(resize(a, 4, 9, \"nearest_floor\"))"},
};

/* slice, pad and concat move along the axis that their first attribute names. */
static void moved_trace(const Graph *g, Value node, const int *axis, int which, int *in_axis)
{
    (void)which;
    const Node *self = graph_at(g, node);
    for (int i = 0; i < self->type.rank; i++) in_axis[i] = i == attr(self, 0) ? NO_AXIS : axis[i];
}

/* ---- slice: attributes axis, first (from 0), length ---- */

static bool slice_shape(Shape *shape)
{
    shape->out = shape->in[0];
    int64_t axis = shape->attr->ints[0], first = shape->attr->ints[1], length = shape->attr->ints[2];
    if (shape->out.dims[axis] < 0) return refuse(shape, "the batch axis can not be cut");
    if (first < 0 || length < 1 || first + length > shape->out.dims[axis]) {
        snprintf(shape->error, sizeof shape->error, "elements %lld to %lld of an axis of %lld", (long long)first + 1,
                 (long long)(first + length), (long long)shape->out.dims[axis]);
        return false;
    }
    shape->out.dims[axis] = length;
    return true;
}
static void slice_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    const Node *node = graph_at(g, y);
    int axis = (int)attr(node, 0);
    int64_t first = attr(node, 1), length = attr(node, 2), whole = type_of(g, node->in[0]).dims[axis];
    dx[0] = make_pad(g, dy, axis, first, whole - first - length, 0);
}
static const char *slice_index(KernelWriter *w, Value node, const Index *out, int which, Index *in)
{
    (void)which;
    const Node *self = graph_at(kernel_graph(w), node);
    *in = *out;
    int axis = (int)attr(self, 0);
    if (attr(self, 1)) in->at[axis] = kernel_format(w, "%s + %lld", out->at[axis], (long long)attr(self, 1));
    if (type_of(kernel_graph(w), self->in[0]).dims[axis] == 1) in->at[axis] = "0";
    return NULL;
}
static double slice_element(const Interpretation *it, const int64_t *index)
{
    int64_t at[MAX_RANK];
    memcpy(at, index, sizeof at);
    at[attr(it->node, 0)] += attr(it->node, 1);
    return interpret_at(it, 0, at);
}
static void slice(const Interpretation *it) { interpret_each(it, slice_element); }
OP(slice){
    .name = "slice",
    .kind = VIEW,
    .arity = 1,
    .doc = "a range of an axis",
    .gradient_doc = "da = dy padded with zeros",
    .shape = slice_shape,
    .gradient = slice_gradient,
    .index = slice_index,
    .trace = moved_trace,
    .interpret = slice,
    .samples = {"local a = input{5, 3}; y = exp(slice(a, 2, 2, 4))",
                "local a = input{4, 6, 2}; y = exp(resize(a, 2, 2, \"nearest\"))",
                "local a = input{6, 4, 2}; y = exp(resize(a, 2, 2, \"nearest_floor\"))"},
};

/* ---- pad: attributes axis, before, after; the number that fills ---- */

static bool pad_shape(Shape *shape)
{
    shape->out = shape->in[0];
    int64_t axis = shape->attr->ints[0];
    if (shape->out.dims[axis] < 0) return refuse(shape, "the batch axis can not be padded");
    if (shape->attr->ints[1] < 0 || shape->attr->ints[2] < 0) return refuse(shape, "a padding is negative");
    shape->out.dims[axis] += shape->attr->ints[1] + shape->attr->ints[2];
    return true;
}
static void pad_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    const Node *node = graph_at(g, y);
    dx[0] = make_slice(g, dy, (int)attr(node, 0), attr(node, 1), type_of(g, node->in[0]).dims[attr(node, 0)]);
}
static const char *pad_index(KernelWriter *w, Value node, const Index *out, int which, Index *in)
{
    (void)which;
    const Node *self = graph_at(kernel_graph(w), node);
    *in = *out;
    int axis = (int)attr(self, 0);
    int64_t before = attr(self, 1), inside = type_of(kernel_graph(w), self->in[0]).dims[axis];
    if (inside == 1) in->at[axis] = "0";
    else if (before) in->at[axis] = kernel_format(w, "%s - %lld", out->at[axis], (long long)before);
    const char *low = before ? kernel_format(w, "%s >= %lld", out->at[axis], (long long)before) : NULL;
    const char *high = attr(self, 2) ? kernel_format(w, "%s < %lld", out->at[axis], (long long)(before + inside))
                                     : NULL;
    if (inside != 1 && (low || high))
        in->at[axis] = kernel_format(w, "rt_clamp_index(%s, %s)", in->at[axis], kernel_dim(w, inside));
    return low && high ? kernel_format(w, "%s && %s", low, high) : low ? low : high;
}
static double pad_element(const Interpretation *it, const int64_t *index)
{
    int64_t at[MAX_RANK];
    memcpy(at, index, sizeof at);
    int axis = (int)attr(it->node, 0);
    at[axis] -= attr(it->node, 1);
    return at[axis] < 0 || at[axis] >= it->in_type[0].dims[axis] ? it->node->attr.reals[0] : interpret_at(it, 0, at);
}
static void pad(const Interpretation *it) { interpret_each(it, pad_element); }
OP(pad){
    .name = "pad",
    .kind = VIEW,
    .arity = 1,
    .doc = "an axis made longer, filled with a number",
    .gradient_doc = "da = slice of dy",
    .shape = pad_shape,
    .gradient = pad_gradient,
    .index = pad_index,
    .trace = moved_trace,
    .interpret = pad,
    .samples = {"local a = input{3, 2}; y = exp(pad(a, {[2] = {1, 2}}, 0.5))",
                "local a = input{3, 3, 2}; y = exp(pad(a, {h = {1, 0}, w = {0, 2}}))"},
};

/* ---- concat: attribute axis ---- */

static bool concat_shape(Shape *shape)
{
    int64_t axis = shape->attr->ints[0];
    shape->out = shape->in[0];
    if (shape->out.dims[axis] < 0) return refuse(shape, "values can not be joined along the batch");
    for (int i = 1; i < shape->n_in; i++) {
        Type in = shape->in[i];
        Dim length = shape->out.dims[axis] + in.dims[axis];
        bool fits = in.rank == shape->out.rank && in.elem == shape->out.elem && shape->out.dims[axis] > 0 &&
                    in.dims[axis] > 0;
        in.dims[axis] = shape->out.dims[axis];
        if (!fits || !type_equal(in, shape->out)) {
            snprintf(shape->error, sizeof shape->error, "%s does not continue %s along axis %lld",
                     type_text(shape->graph->arena, shape->in[i]), type_text(shape->graph->arena, shape->in[0]),
                     (long long)axis + 1);
            return false;
        }
        shape->out.dims[axis] = length;
    }
    return true;
}
static void concat_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    const Node *node = graph_at(g, y);
    int axis = (int)attr(node, 0);
    int64_t first = 0;
    for (int i = 0; i < node->n_in; i++) {
        int64_t length = type_of(g, node->in[i]).dims[axis];
        dx[i] = make_slice(g, dy, axis, first, length);
        first += length;
    }
}
static const char *concat_index(KernelWriter *w, Value node, const Index *out, int which, Index *in)
{
    const Graph *g = kernel_graph(w);
    const Node *self = graph_at(g, node);
    int axis = (int)attr(self, 0);
    int64_t first = 0;
    for (int i = 0; i < which; i++) first += type_of(g, self->in[i]).dims[axis];
    int64_t length = type_of(g, self->in[which]).dims[axis];
    *in = *out;
    if (length == 1) in->at[axis] = "0";
    else if (first) in->at[axis] = kernel_format(w, "%s - %lld", out->at[axis], (long long)first);
    if (length != 1 && self->n_in > 1)
        in->at[axis] = kernel_format(w, "rt_clamp_index(%s, %s)", in->at[axis], kernel_dim(w, length));
    return which == self->n_in - 1 ? NULL : kernel_format(w, "%s < %lld", out->at[axis], (long long)(first + length));
}
static double concat_element(const Interpretation *it, const int64_t *index)
{
    int64_t at[MAX_RANK];
    memcpy(at, index, sizeof at);
    int axis = (int)attr(it->node, 0), which = 0;
    while (at[axis] >= it->in_type[which].dims[axis]) at[axis] -= it->in_type[which++].dims[axis];
    return interpret_at(it, which, at);
}
static void concat(const Interpretation *it) { interpret_each(it, concat_element); }
OP(concat){
    .name = "concat",
    .kind = VIEW,
    .arity = -1,
    .doc = "values one after the other along an axis",
    .gradient_doc = "slices of dy",
    .shape = concat_shape,
    .gradient = concat_gradient,
    .index = concat_index,
    .trace = moved_trace,
    .interpret = concat,
    .samples = {"local a, b = input{3, 2}, input{3, 4}; y = exp(concat({a, b, a}, 3))"},
};

/* ---- pick: x[..., index[...]] along the last axis ---- */

/* An index that is out of range gives 0, like a product with one_hot. */

static bool pick_shape(Shape *shape)
{
    Type x = shape->in[0], index = shape->in[1];
    bool fits = index.elem == INT && x.rank == index.rank + 1 &&
                !memcmp(x.dims, index.dims, (size_t)index.rank * sizeof *x.dims);
    if (!fits) {
        snprintf(shape->error, sizeof shape->error, "%s needs whole numbers for all but its last axis, not %s",
                 type_text(shape->graph->arena, x), type_text(shape->graph->arena, index));
        return false;
    }
    shape->out = x;
    shape->out.rank--;
    return true;
}
static void pick_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    const Node *node = graph_at(g, y);
    Type x = type_of(g, node->in[0]);
    Type column = x;
    column.dims[x.rank - 1] = 1;
    Value here = make_one_hot(g, node->in[1], x.dims[x.rank - 1]);
    dx[0] = make_where(g, here, make_reshape_like(g, dy, column), make_nothing(g, (Type){.elem = REAL}));
}
/* The largest whole number that a value is known to take; INT64_MAX: not known. */
static int64_t largest_index(const Graph *g, Value v)
{
    const Node *node = graph_at(g, v);
    while (node->op == &op_reshape || node->op == &op_broadcast) node = graph_at(g, node->in[0]);
    if (node->op == &op_input && node->attr.n_ints > 2 + node->type.rank && node->attr.ints[2 + node->type.rank] > 0)
        return node->attr.ints[2 + node->type.rank] - 1;
    if (node->op != &op_argmax) return INT64_MAX;
    int64_t n = 1;
    Type type = type_of(g, node->in[0]);
    for (int i = 0; i < type.rank; i++)
        if (node->attr.ints[0] >> i & 1) n = type.dims[i] < 0 ? INT64_MAX / 2 : n * type.dims[i];
    return n - 1;
}
static const char *pick_index(KernelWriter *w, Value node, const Index *out, int which, Index *in)
{
    (void)which;
    const Node *self = graph_at(kernel_graph(w), node);
    *in = *out;
    const char *index = kernel_element(w, self->in[1], out);
    int64_t classes = type_of(kernel_graph(w), self->in[0]).dims[self->type.rank];
    in->at[self->type.rank] = index;
    if (largest_index(kernel_graph(w), self->in[1]) < classes) return NULL;
    in->at[self->type.rank] = kernel_format(w, "rt_clamp_index(%s, %lld)", index, (long long)classes);
    return kernel_format(w, "%s >= 0 && %s < %lld", index, index, (long long)classes);
}
static void pick_trace(const Graph *g, Value node, const int *axis, int which, int *in_axis)
{
    int rank = type_of(g, node).rank;
    for (int i = 0; i < rank; i++) in_axis[i] = axis[i];
    if (which == 0) in_axis[rank] = NO_AXIS;
}
static double pick_element(const Interpretation *it, const int64_t *index)
{
    int64_t at[MAX_RANK];
    memcpy(at, index, sizeof at);
    int64_t chosen = (int64_t)interpret_at(it, 1, index), classes = it->in_type[0].dims[it->type.rank];
    if (chosen < 0 || chosen >= classes) return 0;
    at[it->type.rank] = chosen;
    return interpret_at(it, 0, at);
}
static void pick(const Interpretation *it) { interpret_each(it, pick_element); }
OP(pick){
    .name = "pick",
    .kind = VIEW,
    .arity = 2,
    .n_sources = 1,
    .doc = "the element of the last axis that an index names",
    .gradient_doc = "da = dy at the index, else 0",
    .shape = pick_shape,
    .gradient = pick_gradient,
    .index = pick_index,
    .trace = pick_trace,
    .interpret = pick,
    .samples = {"local a, l = input{5}, labels(5); y = exp(pick(a, l))",
                "local a = input{5}; y = exp(pick(a, argmax(a)))"},
};
