/* import_layer.c - convolutions, linear layers and pooling. */
#include "exchange/import.h"

#include <math.h>
#include <string.h>

static bool all_equal(Import *m, Slot *s, double number)
{
    const double *numbers = slot_numbers(m, s);
    for (int64_t i = 0; numbers && i < slot_count(s); i++)
        if (numbers[i] != number) return false;
    return numbers != NULL;
}

static bool is_parameter(Import *m, const Slot *s)
{
    return s->kind == SLOT_TENSOR && onnx_is_real(s->tensor->type) &&
           (names_a_parameter(m, s) || strstr(s->name, ".weight_bias"));
}

/* Makes the bias that a layer of n units has: false where there is none. */
static bool bias_of(Import *m, Slot *bias, const char *path, int64_t n)
{
    if (!bias || (!is_parameter(m, bias) && all_equal(m, bias, 0))) return false;
    if (bias->kind != SLOT_TENSOR || bias->rank != 1 || bias->dims[0] != n)
        node_fail(m, "the bias is no tensor of %lld numbers", (long long)n);
    weight_add(m, arena_format(m->arena, "%s.bias", path), bias, 1, &n, NULL);
    return true;
}

static Slot *weights_input(Import *m, int i)
{
    Slot *s = need_input(m, i);
    if (s->kind != SLOT_TENSOR) node_fail(m, "its weights are computed, against a tensor of the file");
    return s;
}

/* The layer's weight as a value of its own, which several calls of one module share. */
static Expr *tied_weight(Import *m, Slot *s, const char *name, int rank, const int64_t *dims, const int *order)
{
    const int known = name_known(&m->weights_known, name);
    if (known) {
        for (int i = 0; i < m->n_exprs; i++)
            if (m->exprs[i]->layer && !strcmp(m->exprs[i]->layer, name)) return m->exprs[i];
        node_fail(m, "'%s' belongs to another layer", name);
    }
    Expr *e = expr_new(m, EXPR_CALL, "param", 0, NULL);
    e->layer = name;
    e->module = "";
    expr_shape(e, rank, dims);
    expr_argument(m, e, "shape", list_text(m, rank, dims));
    weight_add(m, name, s, rank, dims, order);
    return e;
}

/* Weight and bias of a layer, which are its own, or values that its module's other calls use too. */
static Expr *with_weights(Import *m, Expr *e, Slot *weight, Slot *bias, const char *otherwise, int rank,
                          const int64_t *dims, const int *order, int64_t n)
{
    if (is_tied(m, weight)) {
        const char *path = tied_path(m, weight, "weight");
        Expr *w = tied_weight(m, weight, arena_format(m->arena, "%s.weight", path), rank, dims, order);
        Expr *of[] = {e->of[0], w};
        e->of = arena_array(m->arena, 2, sizeof *e->of);
        e->of[0] = of[0], e->of[1] = of[1];
        e->n = 2;
        expr_option(m, e, "bias", "false", "true");
        if (!bias || (!is_parameter(m, bias) && all_equal(m, bias, 0))) return e;
        Expr *b = tied_weight(m, bias, arena_format(m->arena, "%s.bias", path), 1, &n, NULL);
        Expr *sum = point_infix(m, "+", e, b);
        expr_shape(sum, e->rank, e->dims);
        return sum;
    }
    e->layer = layer_path(m, weight, "weight", otherwise);
    if (!names_a_parameter(m, weight) && bias && names_a_parameter(m, bias) && (!m->module || !*m->module))
        e->layer = layer_path(m, bias, "bias", otherwise);
    e->module = path_parent(m, e->layer);
    weight_add(m, arena_format(m->arena, "%s.weight", e->layer), weight, rank, dims, order);
    if (!bias_of(m, bias, e->layer, n)) expr_option(m, e, "bias", "false", "true");
    return e;
}

/* ---- windows ---- */

typedef struct Window {
    int64_t kernel[2], stride[2], dilation[2], before[2], after[2], size[2];
    bool ceil;
} Window;

static void pair(Import *m, const char *name, int64_t to[2], int64_t otherwise)
{
    int64_t list[AXES];
    const int n = list_of_wholes(m, name, -1, list);
    if (n > 0 && n != 2) node_fail(m, "%s has %d numbers, against 2 of an image", name, n);
    for (int i = 0; i < 2; i++) {
        to[i] = n == 2 ? list[i] : otherwise;
        if (to[i] < 1 || to[i] > 1 << 15) node_fail(m, "%s is %lld", name, (long long)to[i]);
    }
}

static Window window_of(Import *m, const Slot *x, const int64_t *kernel)
{
    Window w = {0};
    int64_t pads[AXES] = {0};
    if (x->rank != 4) node_fail(m, "its input is of rank %d, against 4 of images", x->rank);
    pair(m, "kernel_shape", w.kernel, kernel ? kernel[0] : 0);
    if (kernel && !onnx_attribute(m->node, "kernel_shape")) w.kernel[1] = kernel[1];
    pair(m, "strides", w.stride, 1);
    pair(m, "dilations", w.dilation, 1);
    w.ceil = whole_attribute(m, "ceil_mode", 0) != 0;
    const int n = list_of_wholes(m, "pads", -1, pads);
    if (n > 0 && n != 4) node_fail(m, "pads has %d numbers, against 4 of an image", n);
    const bool upper = text_attribute(m, "auto_pad", "SAME_UPPER", false),
               lower = text_attribute(m, "auto_pad", "SAME_LOWER", false);
    for (int i = 0; i < 2; i++) {
        const int64_t reach = w.dilation[i] * (w.kernel[i] - 1) + 1, in = x->dims[i + 2];
        w.before[i] = n == 4 ? pads[i] : 0;
        w.after[i] = n == 4 ? pads[i + 2] : 0;
        if (upper || lower) {
            const int64_t out = (in + w.stride[i] - 1) / w.stride[i], all = (out - 1) * w.stride[i] + reach - in;
            w.before[i] = all > 0 ? (all + lower) / 2 : 0;
            w.after[i] = all > 0 ? all - w.before[i] : 0;
        }
        if (w.before[i] < 0 || w.after[i] < 0 || w.before[i] > 1 << 15 || w.after[i] > 1 << 15)
            node_fail(m, "its padding is %lld and %lld", (long long)w.before[i], (long long)w.after[i]);
        const int64_t room = in + w.before[i] + w.after[i] - reach;
        if (room < 0)
            node_fail(m, "its window of %lld is larger than the image of %lld", (long long)reach,
                      (long long)(in + w.before[i] + w.after[i]));
        w.size[i] = room / w.stride[i] + 1;
        if (w.ceil && room % w.stride[i] && (w.size[i]) * w.stride[i] < in + w.before[i]) w.size[i]++;
    }
    return w;
}

/* Padding that differs before and after is a pad of its own. */
static Expr *padded(Import *m, Expr *x, Window *w, double number)
{
    if (w->before[0] == w->after[0] && w->before[1] == w->after[1]) return x;
    Expr *e = expr_call(m, "pad", x);
    expr_argument(m, e, "amounts",
                  arena_format(m->arena, "{ h = { %lld, %lld }, w = { %lld, %lld } }", (long long)w->before[0],
                               (long long)w->after[0], (long long)w->before[1], (long long)w->after[1]));
    if (number != 0) expr_argument(m, e, "value", real_text(m, number));
    for (int i = 0; i < 2; i++) {
        e->dims[i + 1] += w->before[i] + w->after[i];
        w->before[i] = w->after[i] = 0;
    }
    return e;
}

static void conv(Import *m)
{
    Slot *x = need_value(m, 0), *weight = weights_input(m, 1), *bias = slot_input(m, 2);
    if (weight->rank != 4) node_fail(m, "its weights are of rank %d, against 4: only images are known", weight->rank);
    Window w = window_of(m, x, weight->dims + 2);
    const int64_t groups = whole_attribute(m, "group", 1), channels = weight->dims[0];
    if (groups < 1 || x->dims[1] % groups || weight->dims[1] != x->dims[1] / groups || channels % groups ||
        weight->dims[2] != w.kernel[0] || weight->dims[3] != w.kernel[1])
        node_fail(m, "weights of %s, against an input of %lld channels in %lld groups", list_text(m, 4, weight->dims),
                  (long long)x->dims[1], (long long)groups);
    int images[AXES];
    layout_images(images);
    Expr *input = padded(m, in_layout(m, x, images), &w, 0);
    Expr *e = expr_new(m, EXPR_CALL, "conv2d", 1, &input);
    const int64_t out[] = {BATCH, channels, w.size[0], w.size[1]}, shape[] = {BATCH, w.size[0], w.size[1], channels};
    expr_shape(e, 4, shape);
    bool same = true;
    for (int i = 0; i < 2; i++) same &= 2 * w.before[i] == w.dilation[i] * (w.kernel[i] - 1);
    expr_argument(m, e, "channels", whole_text(m, channels));
    expr_option(m, e, "kernel", pair_text(m, w.kernel[0], w.kernel[1]), "3");
    expr_option(m, e, "stride", pair_text(m, w.stride[0], w.stride[1]), "1");
    expr_option(m, e, "padding",
                same                           ? "\"same\""
                : !w.before[0] && !w.before[1] ? "\"valid\""
                                               : pair_text(m, w.before[0], w.before[1]),
                "\"same\"");
    expr_option(m, e, "dilation", pair_text(m, w.dilation[0], w.dilation[1]), "1");
    expr_option(m, e, "groups", whole_text(m, groups), "1");
    e = with_weights(m, e, weight, bias, "conv", 4, weight->dims, NULL, channels);
    const WireBytes rule = onnx_metadata(m->node->bytes, ONNX_NODE_METADATA, "pkg.onnxscript.rewriter.rule_name");
    const char *rules = arena_format(m->arena, "%.*s", rule.n < 1000 ? (int)rule.n : 1000, (const char *)rule.at);
    /* the older exporter makes up new names for what it has folded */
    if ((strstr(rules, "BatchNorm") || !strncmp(weight->name, "onnx::Conv_", 11)) && !m->n_folded++)
        m->first_folded = e->layer;
    set_value(m, m->node->outputs[0], e, 4, out, images);
}

/* x times a matrix [in, out], or its transpose, along the last axis. */
static Expr *linear(Import *m, const Slot *x, Slot *weight, bool transposed, Slot *bias)
{
    int axis[AXES];
    const int last = x->rank - 1;
    if (weight->rank != 2) node_fail(m, "its weights are of rank %d, against 2", weight->rank);
    const int64_t in = weight->dims[transposed ? 1 : 0], n = weight->dims[transposed ? 0 : 1];
    if (x->rank < 2 || in != x->dims[last])
        node_fail(m, "weights of %s, against a last axis of %lld elements", list_text(m, 2, weight->dims),
                  (long long)x->dims[last]);
    memcpy(axis, x->axis, sizeof axis);
    if (axis[last] != last) layout_plain(axis);
    Expr *input = in_layout(m, x, axis);
    Expr *e = expr_new(m, EXPR_CALL, "linear", 1, &input);
    expr_shape(e, input->rank, input->dims);
    e->dims[last] = n;
    expr_argument(m, e, "n", whole_text(m, n));
    const int64_t dims[] = {n, in};
    static const int swapped[] = {1, 0};
    return with_weights(m, e, weight, bias, "linear", 2, dims, transposed ? NULL : swapped, n);
}

static void set_linear(Import *m, const char *name, Expr *e, const Slot *x)
{
    int axis[AXES];
    int64_t dims[AXES];
    const int last = x->rank - 1;
    memcpy(axis, x->axis, sizeof axis);
    if (axis[last] != last) layout_plain(axis);
    for (int i = 0; i <= last; i++) dims[i] = e->dims[axis[i]];
    set_value(m, name, e, x->rank, dims, axis);
}

static void gemm(Import *m)
{
    Slot *x = need_value(m, 0), *weight = weights_input(m, 1), *bias = slot_input(m, 2);
    if (x->rank != 2 || whole_attribute(m, "transA", 0)) node_fail(m, "its input is no matrix of a row a sample");
    if (real_attribute(m, "alpha", 1) != 1 || (bias && real_attribute(m, "beta", 1) != 1))
        node_fail(m, "alpha or beta is not 1");
    const Slot input = *x;
    set_linear(m, m->node->outputs[0], linear(m, &input, weight, whole_attribute(m, "transB", 0) != 0, bias), &input);
}

/* The bias that PyTorch adds behind a product, when the sum is the only one to use it: the node of the sum. */
static const OnnxNode *sum_behind(Import *m, int64_t n, Slot **bias)
{
    const OnnxNode *end = m->model->nodes + m->model->n_nodes, *next = m->node + 1;
    const char *product = m->node->outputs[0];
    if (next == end || strcmp(next->op, "Add") || next->n_inputs != 2 || next->n_outputs != 1) return NULL;
    if (name_known(&m->uses, product) != 1) return NULL;
    for (int i = 0; i < 2; i++) {
        if (strcmp(next->inputs[i], product)) continue;
        Slot *s = slot_of(m, next->inputs[1 - i]);
        if (!s || s->kind != SLOT_TENSOR || s->rank != 1 || s->dims[0] != n || !is_parameter(m, s)) return NULL;
        *bias = s;
        return next;
    }
    return NULL;
}

static void matmul(Import *m)
{
    Slot *a = need_input(m, 0), *b = need_input(m, 1);
    if (is_value(a) && b->kind == SLOT_TENSOR && b->rank == 2) {
        Slot *bias = NULL;
        const Slot input = *a;
        const OnnxNode *sum = sum_behind(m, b->dims[1], &bias);
        Expr *e = linear(m, &input, b, false, bias);
        set_linear(m, sum ? sum->outputs[0] : m->node->outputs[0], e, &input);
        if (sum) m->node = sum;
        return;
    }
    int axis[AXES];
    layout_plain(axis);
    if (!is_value(a) || !is_value(b) || a->rank != b->rank || a->rank < 3)
        node_fail(m, "a product of these two is not known: ranks %d and %d", a->rank, b->rank);
    Expr *of[] = {in_layout(m, a, axis), in_layout(m, b, axis)};
    const int r = a->rank;
    int64_t dims[AXES];
    for (int i = 0; i < r; i++) dims[i] = a->dims[i] == 1 ? b->dims[i] : a->dims[i];
    dims[r - 2] = a->dims[r - 2];
    dims[r - 1] = b->dims[r - 1];
    if (a->dims[r - 1] != b->dims[r - 2])
        node_fail(m, "%lld columns times %lld rows", (long long)a->dims[r - 1], (long long)b->dims[r - 2]);
    set_value(m, m->node->outputs[0], expr_new(m, EXPR_CALL, "matmul", 2, of), r, dims, axis);
}

static void pool(Import *m, bool largest)
{
    Slot *x = need_value(m, 0);
    Window w = window_of(m, x, NULL);
    int images[AXES];
    layout_images(images);
    if (w.dilation[0] != 1 || w.dilation[1] != 1) node_fail(m, "a dilated window is not known");
    if (m->node->n_outputs > 1 && *m->node->outputs[1]) node_fail(m, "its second output, the places, is not known");
    const bool counted = whole_attribute(m, "count_include_pad", 0) != 0,
               even = w.before[0] == w.after[0] && w.before[1] == w.after[1];
    if (!largest && !even && !counted) node_fail(m, "padding that differs before and after is not known");
    const int64_t dims[] = {BATCH, x->dims[1], w.size[0], w.size[1]},
                  shape[] = {BATCH, w.size[0], w.size[1], x->dims[1]};
    Expr *input = padded(m, in_layout(m, x, images), &w, largest ? -3e38 : 0);
    Expr *e = expr_new(m, EXPR_CALL, largest ? "max_pool" : "avg_pool", 1, &input);
    expr_shape(e, 4, shape);
    const bool pads = w.before[0] || w.before[1];
    expr_argument(m, e, "k", pair_text(m, w.kernel[0], w.kernel[1]));
    if (w.stride[0] != w.kernel[0] || w.stride[1] != w.kernel[1])
        expr_option(m, e, "stride", pair_text(m, w.stride[0], w.stride[1]), NULL);
    if (pads) expr_option(m, e, "padding", pair_text(m, w.before[0], w.before[1]), NULL);
    if (w.ceil) expr_option(m, e, "ceil", "true", NULL);
    if (!largest && pads && !counted) expr_option(m, e, "count_include_pad", "false", NULL);
    set_value(m, m->node->outputs[0], e, 4, dims, images);
}

bool layer_node(Import *m)
{
    const char *op = m->node->op;
    if (!strcmp(op, "Conv")) return conv(m), true;
    if (!strcmp(op, "Gemm")) return gemm(m), true;
    if (!strcmp(op, "MatMul")) return matmul(m), true;
    if (!strcmp(op, "MaxPool")) return pool(m, true), true;
    if (!strcmp(op, "AveragePool")) return pool(m, false), true;
    return false;
}
