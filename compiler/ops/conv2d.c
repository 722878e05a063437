/* conv2d.c - convolutions, by the kernels of the runtime that algorithms.c lists.
 *
 * The three forms of a convolution are closed under differentiation: each is linear in both of its inputs, and its
 * gradients are the other two.  Where several algorithms fit, the cost model chooses, or a table of measured choices
 * does (tune/tune.c). */
#include "graph/op.h"

#include <stdlib.h>
#include <string.h>

#include "graph/choice.h"

static Type type_of(const Graph *g, Value v) { return graph_at(g, v)->type; }

/* Attributes: image h, w; kernel h, w; stride h, w; padding before h, w; dilation h, w; groups; result h, w */

enum {
    CONV_H,
    CONV_W,
    CONV_KH,
    CONV_KW,
    CONV_SH,
    CONV_SW,
    CONV_PH,
    CONV_PW,
    CONV_DH,
    CONV_DW,
    CONV_GROUPS,
    CONV_OH,
    CONV_OW
};

static Form form_of(const Op *op)
{
    return op == &op_conv2d ? FORWARD : op == &op_conv2d_grad_input ? TO_INPUT : TO_WEIGHT;
}

/* Channels come from the inputs: (x, w), (dy, w) or (x, dy). */
static bool conv_shape(Shape *shape, Form form)
{
    const int64_t *a = shape->attr->ints;
    Type first = shape->in[0], second = shape->in[1];
    if (first.rank != 4 || second.rank != 4) {
        snprintf(shape->error, sizeof shape->error,
                 "%s and %s, not an image [batch, h, w, c] and a weight [out, in, h, w]",
                 type_text(shape->graph->arena, first), type_text(shape->graph->arena, second));
        return false;
    }
    int64_t ci = form == TO_INPUT ? second.dims[1] * a[CONV_GROUPS] : first.dims[3];
    int64_t co = form == TO_WEIGHT ? second.dims[3] : second.dims[0];
    Type x = {.elem = REAL, .rank = 4, .dims = {first.dims[0], a[CONV_H], a[CONV_W], ci}};
    Type y = {.elem = REAL, .rank = 4, .dims = {first.dims[0], a[CONV_OH], a[CONV_OW], co}};
    Type w = {.elem = REAL, .rank = 4, .dims = {co, ci / a[CONV_GROUPS], a[CONV_KH], a[CONV_KW]}};
    bool fits = ci % a[CONV_GROUPS] == 0 && co % a[CONV_GROUPS] == 0;
    fits = fits && type_equal(first, form == TO_INPUT ? y : x) && type_equal(second, form == TO_WEIGHT ? y : w);
    if (!fits) {
        snprintf(shape->error, sizeof shape->error, "%s against %s", type_text(shape->graph->arena, first),
                 type_text(shape->graph->arena, second));
        return false;
    }
    shape->out = form == FORWARD ? y : form == TO_INPUT ? x : w;
    return true;
}
static bool forward_shape(Shape *shape) { return conv_shape(shape, FORWARD); }
static bool grad_input_shape(Shape *shape) { return conv_shape(shape, TO_INPUT); }
static bool grad_weight_shape(Shape *shape) { return conv_shape(shape, TO_WEIGHT); }

static Value form(Graph *g, const Op *op, Value a, Value b, Attr attr)
{
    return graph_add(g, op, 2, (Value[]){a, b}, attr);
}

static void forward_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    const Node *node = graph_at(g, y);
    Value x = node->in[0], w = node->in[1];
    Attr attr = node->attr;
    dx[0] = form(g, &op_conv2d_grad_input, dy, w, attr);
    dx[1] = form(g, &op_conv2d_grad_weight, x, dy, attr);
}
static void grad_input_gradient(Graph *g, Value y, Value dy, Value *dx)   /* of (u, w) -> image; dy is an image */
{
    const Node *node = graph_at(g, y);
    Value u = node->in[0], w = node->in[1];
    Attr attr = node->attr;
    dx[0] = form(g, &op_conv2d, dy, w, attr);
    dx[1] = form(g, &op_conv2d_grad_weight, dy, u, attr);
}
static void grad_weight_gradient(Graph *g, Value y, Value dy, Value *dx)  /* of (x, u) -> weight; dy is a weight */
{
    const Node *node = graph_at(g, y);
    Value x = node->in[0], u = node->in[1];
    Attr attr = node->attr;
    dx[0] = form(g, &op_conv2d_grad_input, u, dy, attr);
    dx[1] = form(g, &op_conv2d, x, dy, attr);
}

static RtConv conv_of(const Graph *g, Value v)
{
    const Node *node = graph_at(g, v);
    const int64_t *a = node->attr.ints;
    Form f = form_of(node->op);
    Type w = f == TO_WEIGHT ? node->type : type_of(g, node->in[1]);
    return (RtConv){.h = (int)a[CONV_H],
                    .w = (int)a[CONV_W],
                    .ci = (int)(w.dims[1] * a[CONV_GROUPS]),
                    .oh = (int)a[CONV_OH],
                    .ow = (int)a[CONV_OW],
                    .co = (int)w.dims[0],
                    .kh = (int)a[CONV_KH],
                    .kw = (int)a[CONV_KW],
                    .stride_h = (int)a[CONV_SH],
                    .stride_w = (int)a[CONV_SW],
                    .pad_h = (int)a[CONV_PH],
                    .pad_w = (int)a[CONV_PW],
                    .dilation_h = (int)a[CONV_DH],
                    .dilation_w = (int)a[CONV_DW],
                    .groups = (int)a[CONV_GROUPS]};
}

/* Weights are [out, in, kernel h, kernel w].  With several groups no axis has all channels that go in. */
static int forward_weight_axis(const Graph *g, Value v, bool result)
{
    return result ? 0 : conv_of(g, v).groups > 1 ? -1 : 1;
}

static bool forward_pads(const Graph *g, Value v)
{
    const RtConv c = conv_of(g, v);
    const RtFrame frame = rt_conv2d_frame(c);
    return c.pad_h || c.pad_w || frame.height > c.h || frame.width > c.w;
}

static bool conv_choice(const Graph *g, Value v, bool openblas, Choice *choice)
{
    choice->form = form_of(graph_at(g, v)->op);
    return convolution_choice(conv_of(g, v), g->largest_tile, openblas, choice);
}

static const Algorithm *conv_algorithm(const Graph *g, Value v) { return algorithm_at(algorithm_of(g, v)); }

static RtConv conv_with_tile(const Graph *g, Value v)
{
    RtConv c = conv_of(g, v);
    c.tile = conv_algorithm(g, v)->tile;
    return c;
}

/* The position of an index's element in a row-major array of rank 4. */
static const double *row_at(const Interpretation *it, int which, int64_t i, int64_t j, int64_t k, int64_t l)
{
    const int64_t *dims = it->in_type[which].dims;
    return it->in[which] + ((i * dims[1] + j) * dims[2] + k) * dims[3] + l;
}
static double forward_element(const Interpretation *it, const int64_t *index)
{
    const int64_t *a = it->node->attr.ints;
    int64_t per_group_in = it->in_type[1].dims[1], per_group_out = it->type.dims[3] / a[CONV_GROUPS],
            group = index[3] / per_group_out;
    double sum = 0;
    for (int64_t kh = 0; kh < a[CONV_KH]; kh++)
        for (int64_t kw = 0; kw < a[CONV_KW]; kw++) {
            int64_t y = index[1] * a[CONV_SH] + kh * a[CONV_DH] - a[CONV_PH],
                    x = index[2] * a[CONV_SW] + kw * a[CONV_DW] - a[CONV_PW];
            if (y < 0 || y >= a[CONV_H] || x < 0 || x >= a[CONV_W]) continue;
            const double *image = row_at(it, 0, index[0], y, x, group * per_group_in),
                         *weight = row_at(it, 1, index[3], 0, kh, kw);
            for (int64_t c = 0; c < per_group_in; c++) sum += image[c] * weight[c * a[CONV_KH] * a[CONV_KW]];
        }
    return sum;
}
static double grad_input_element(const Interpretation *it, const int64_t *index)
{
    const int64_t *a = it->node->attr.ints;
    int64_t per_group_in = it->in_type[1].dims[1], per_group_out = it->in_type[1].dims[0] / a[CONV_GROUPS],
            group = index[3] / per_group_in;
    double sum = 0;
    for (int64_t kh = 0; kh < a[CONV_KH]; kh++)
        for (int64_t kw = 0; kw < a[CONV_KW]; kw++) {
            int64_t y = index[1] + a[CONV_PH] - kh * a[CONV_DH], x = index[2] + a[CONV_PW] - kw * a[CONV_DW];
            if (y < 0 || x < 0 || y % a[CONV_SH] || x % a[CONV_SW] || y / a[CONV_SH] >= a[CONV_OH] ||
                x / a[CONV_SW] >= a[CONV_OW])
                continue;
            const double *result = row_at(it, 0, index[0], y / a[CONV_SH], x / a[CONV_SW], group * per_group_out);
            const double *weight = row_at(it, 1, group * per_group_out, index[3] % per_group_in, kh, kw);
            for (int64_t c = 0; c < per_group_out; c++)
                sum += result[c] * weight[c * per_group_in * a[CONV_KH] * a[CONV_KW]];
        }
    return sum;
}
static double grad_weight_element(const Interpretation *it, const int64_t *index)   /* index: out, in, kh, kw */
{
    const int64_t *a = it->node->attr.ints;
    int64_t per_group_in = it->type.dims[1], per_group_out = it->type.dims[0] / a[CONV_GROUPS],
            group = index[0] / per_group_out;
    double sum = 0;
    for (int64_t b = 0; b < it->in_type[0].dims[0]; b++)
        for (int64_t oh = 0; oh < a[CONV_OH]; oh++)
            for (int64_t ow = 0; ow < a[CONV_OW]; ow++) {
                int64_t y = oh * a[CONV_SH] + index[2] * a[CONV_DH] - a[CONV_PH],
                        x = ow * a[CONV_SW] + index[3] * a[CONV_DW] - a[CONV_PW];
                if (y < 0 || y >= a[CONV_H] || x < 0 || x >= a[CONV_W]) continue;
                sum += *row_at(it, 0, b, y, x, group * per_group_in + index[1]) * *row_at(it, 1, b, oh, ow, index[0]);
            }
    return sum;
}
static void forward(const Interpretation *it) { interpret_each(it, forward_element); }
static void grad_input(const Interpretation *it) { interpret_each(it, grad_input_element); }
static void grad_weight(const Interpretation *it) { interpret_each(it, grad_weight_element); }

static BatchMode conv_batch(const Graph *g, Value v)
{
    const Node *node = graph_at(g, v);
    if (!(type_of(g, node->in[0]).dims[0] < 0)) return BATCH_NONE;
    return form_of(node->op) == TO_WEIGHT ? BATCH_REDUCE : BATCH_SAMPLE;
}

static Contraction conv_contraction(const Graph *g, Value v, int64_t batch)
{
    (void)batch;
    const RtConv c = conv_with_tile(g, v);
    const Algorithm *a = conv_algorithm(g, v);
    const Form form = form_of(graph_at(g, v)->op);
    Contraction result = {.algorithm = a->name, .packed = 1, .scratch_floats = a->scratch_floats(c)};
    if (form == TO_WEIGHT) result.packed = -1, result.sum_floats = a->sum_floats(c), result.accumulates = true;
    else result.packed_floats = form == FORWARD ? a->packed_floats(c) : a->back_packed_floats(c);
    return result;
}

/* A number as part of a name.  A padding may be negative. */
static const char *both_axes(KernelWriter *w, int h, int width)
{
    static const char *const sign[] = {"", "m"};
    if (h == width) return kernel_format(w, "%s%d", sign[h < 0], abs(h));
    return kernel_format(w, "%s%dx%s%d", sign[h < 0], abs(h), sign[width < 0], abs(width));
}
/* The part of a name that says all sizes. */
static const char *conv_sizes(KernelWriter *w, RtConv c)
{
    const char *name = kernel_format(w, "%dx%dx%d_to_%dx%dx%d_%dx%d", c.h, c.w, c.ci, c.oh, c.ow, c.co, c.kh, c.kw);
    if (c.stride_h != 1 || c.stride_w != 1)
        name = kernel_format(w, "%s_stride%s", name, both_axes(w, c.stride_h, c.stride_w));
    if (c.pad_h != c.kh / 2 || c.pad_w != c.kw / 2)
        name = kernel_format(w, "%s_pad%s", name, both_axes(w, c.pad_h, c.pad_w));
    if (c.dilation_h != 1 || c.dilation_w != 1)
        name = kernel_format(w, "%s_dilation%s", name, both_axes(w, c.dilation_h, c.dilation_w));
    if (c.groups != 1) name = kernel_format(w, "%s_groups%d", name, c.groups);
    return c.tile ? kernel_format(w, "%s_f%d", name, c.tile) : name;
}
/* Returns the name of a constant with all sizes.  The C compiler folds it into the function that is called with it. */
static const char *conv_constant(KernelWriter *w, Value v, RtConv c)
{
    const char *tile = c.tile == 4 ? ", .tile = 4" : c.tile ? ", .tile = 2" : "";
    return kernel_constant(
        w, v, "RtConv", kernel_format(w, "conv_%s", conv_sizes(w, c)), "",
        kernel_format(w,
                      "{\n    .h = %d, .w = %d, .ci = %d, .oh = %d, .ow = %d, .co = %d, .kh = %d, .kw = %d,\n"
                      "    .stride_h = %d, .stride_w = %d, .pad_h = %d, .pad_w = %d, .dilation_h = %d, .dilation_w = "
                      "%d, .groups = %d%s,\n}",
                      c.h, c.w, c.ci, c.oh, c.ow, c.co, c.kh, c.kw, c.stride_h, c.stride_w, c.pad_h, c.pad_w,
                      c.dilation_h, c.dilation_w, c.groups, tile));
}
static const char *conv_prefix(const KernelWriter *w, Value v) { return conv_algorithm(kernel_graph(w), v)->prefix; }

static void conv_pack(KernelWriter *w, Value v, const ContractionCall *call)
{
    const RtConv c = conv_with_tile(kernel_graph(w), v);
    const char *suffix = form_of(graph_at(kernel_graph(w), v)->op) == TO_INPUT ? "_grad_input" : "";
    kernel_line(w, "%s%s_pack(%s, %s, %s);", conv_prefix(w, v), suffix, conv_constant(w, v, c), call->in[1],
                call->packed);
}
/* The form whose functions are called, and the sizes for them.  Minimal filtering to the input is the forward form of
 * another convolution.  Where one of the same sizes goes forward, both call the same function. */
static Form conv_called(const Graph *g, Value v, RtConv *c)
{
    const Form form = form_of(graph_at(g, v)->op);
    *c = conv_with_tile(g, v);
    RtConv (*back)(RtConv) = conv_algorithm(g, v)->back;
    if (form != TO_INPUT || !back) return form;
    *c = back(*c);
    return FORWARD;
}
static const char *conv_sized(KernelWriter *w, Value v, const ContractionCall *call)
{
    static const char *const forms[] = {[FORWARD] = "", [TO_INPUT] = "_grad_input", [TO_WEIGHT] = "_grad_weight"};
    RtConv c;
    const Form form = conv_called(kernel_graph(w), v, &c);
    if (strcmp(call->n, "n")) return NULL;
    const char *suffix = conv_algorithm(kernel_graph(w), v)->suffix;
    return kernel_format(w, "run_conv2d%s_%s%s", forms[form], conv_sizes(w, c), suffix ? suffix : "");
}
static void conv_call(KernelWriter *w, Value v, const ContractionCall *call)
{
    RtConv c;
    const Form form = conv_called(kernel_graph(w), v, &c);
    static const char *const forms[] = {[FORWARD] = "", [TO_INPUT] = "_grad_input", [TO_WEIGHT] = "_grad_weight"};
    kernel_line(w, "%s%s(%s, %s, %s, %s, %s, %s);", conv_prefix(w, v), forms[form], conv_constant(w, v, c), call->n,
                call->in[0], form == TO_WEIGHT ? call->in[1] : call->packed, call->out, call->scratch);
}
static void conv_unpack(KernelWriter *w, Value v, const char *sum, const char *out)
{
    const RtConv c = conv_with_tile(kernel_graph(w), v);
    kernel_line(w, "%s_grad_weight_unpack(%s, %s, %s);", conv_prefix(w, v), conv_constant(w, v, c), sum, out);
}
static Cost conv_cost(const Graph *g, Value v, int64_t batch)
{
    const RtConv c = conv_with_tile(g, v);
    const double flops = 2.0 * c.oh * c.ow * c.co * c.kh * c.kw * (c.ci / c.groups) *
                         (double)dim_size(type_of(g, graph_at(g, v)->in[0]).dims[0], batch);
    const Algorithm *a = conv_algorithm(g, v), *direct = algorithm_at(OWN);
    return (Cost){.flops = flops, .executed = a->cost && a != direct ? flops * a->cost(c) / direct->cost(c) : 0};
}

OP(conv2d){
    .name = "conv2d",
    .kind = CONTRACTION,
    .arity = 2,
    .doc = "convolution of an NHWC image with a weight [out, in/groups, h, w]",
    .gradient_doc = "dx = conv2d_grad_input(dy, w), dw = conv2d_grad_weight(x, dy)",
    .shape = forward_shape,
    .gradient = forward_gradient,
    .interpret = forward,
    .batch = conv_batch,
    .weight_axis = forward_weight_axis,
    .pads = forward_pads,
    .choice = conv_choice,
    .contraction = conv_contraction,
    .pack = conv_pack,
    .call = conv_call,
    .sized = conv_sized,
    .cost = conv_cost,
    .samples = {"local a = input{5, 4, 2}; y = exp(conv2d(a, 3))",
                "local a = input{7, 6, 3}; y = exp(conv2d(a, 2, {stride = 2, kernel = {3, 2}, padding = 1}))",
                "local a = input{6, 6, 1}; y = exp(conv2d(a, 2, {kernel = 5, padding = \"valid\"}))",
                "local a = input{5, 6, 4}; y = exp(conv2d(a, 6, {groups = 2, dilation = {2, 1}}))",
                "local a = input{4, 5, 3}; y = exp(conv2d(a, 3, {groups = 3, stride = {1, 2}}))"},
};
OP(conv2d_grad_input){
    .name = "conv2d_grad_input",
    .kind = CONTRACTION,
    .arity = 2,
    .doc = "the adjoint of conv2d in its image",
    .gradient_doc = "d dy = conv2d(dx, w), dw = conv2d_grad_weight(dx, dy)",
    .shape = grad_input_shape,
    .gradient = grad_input_gradient,
    .interpret = grad_input,
    .batch = conv_batch,
    .choice = conv_choice,
    .contraction = conv_contraction,
    .pack = conv_pack,
    .call = conv_call,
    .sized = conv_sized,
    .cost = conv_cost,
    .samples = {"local a = input{5, 4, 2}; y = grad(exp(conv2d(a, 3)), a)",
                "local a = input{5, 5, 2}; y = grad(exp(conv2d(a, 3, {stride = 2})), a)",
                "local a = input{5, 4, 4}; y = grad(exp(conv2d(a, 4, {groups = 4, dilation = 2})), a)",
                "local a = input{3, 4, 4}; y = exp(conv_transpose2d(a, 2, {kernel = {3, 2}, stride = {2, 3}, dilation "
                "= {2, 1}, output_padding = {1, 2}, groups = 2}))",
                "local a = input{3, 2, 2}; y = exp(conv_transpose2d(a, 3, {kernel = 3, stride = {2, 1}, dilation = {1, "
                "3}, padding = {1, 2}, output_padding = {1, 2}}))"},
};
OP(conv2d_grad_weight){
    .name = "conv2d_grad_weight",
    .kind = CONTRACTION,
    .arity = 2,
    .doc = "the adjoint of conv2d in its weight",
    .gradient_doc = "dx = conv2d_grad_input(dy, dw), d dy = conv2d(x, dw)",
    .shape = grad_weight_shape,
    .gradient = grad_weight_gradient,
    .interpret = grad_weight,
    .batch = conv_batch,
    .choice = conv_choice,
    .contraction = conv_contraction,
    .call = conv_call,
    .sized = conv_sized,
    .unpack = conv_unpack,
    .cost = conv_cost,
    .samples = {"local a, w = input{4, 4, 2}, param({3, 2, 3, 3}); y = grad(exp(conv2d(a, 3, {weight = w})), w)",
                "local a, w = input{5, 5, 2}, param({2, 2, 3, 3}); y = grad(exp(conv2d(a, 2, {weight = w, stride = 2, "
                "bias = false})), w)"},
};
