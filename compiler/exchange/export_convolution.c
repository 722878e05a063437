/* export_convolution.c - convolution and its gradients; what it shares with pooling: where windows end. */
#include "exchange/export.h"

#include <string.h>

/* ---- windows along an axis ---- */

int64_t window_behind(int64_t size, int64_t span, int64_t stride, int64_t before, int64_t result)
{
    if (size + 2 * before >= span && (size + 2 * before - span) / stride + 1 == result) return before;
    const int64_t last = (result - 1) * stride + span - size - before;
    return last > 0 ? last : 0;
}

int64_t window_trimmed(int64_t size, int64_t span, int64_t stride, int64_t before, int64_t result, int64_t *beyond)
{
    const int64_t whole = (result - 1) * stride + span;
    int64_t after = whole - before - size;
    if (whole - 2 * before <= size && size - (whole - 2 * before) < stride) after = before;
    if (after < 0) after = 0;
    *beyond = size - (whole - before - after);
    return after;
}

void window_set(OnnxNodeWriter *node, const int64_t kernel[2], const int64_t stride[2], const int64_t pads[4])
{
    onnx_set_ints(node, "kernel_shape", 2, kernel);
    onnx_set_ints(node, "strides", 2, stride);
    onnx_set_ints(node, "pads", 4, pads);
}

/* ---- convolution ---- */

/* Attributes of the ops, as ops/conv2d.c has them. */
typedef struct Convolution {
    int64_t h, w, kh, kw, sh, sw, ph, pw, dh, dw, groups, oh, ow;
} Convolution;

static Convolution convolution_of(const Node *node)
{
    Convolution c;
    memcpy(&c, node->attr.ints, sizeof c);
    return c;
}

static void convolve(Export *e, Value v, const Match *m, const Convolution *c)
{
    const char *x = tensor_image(e, m->in[0]), *weight = tensor_plain(e, m->in[1]),
               *bias = m->in[2] ? tensor_plain(e, m->in[2]) : NULL, *to = tensor_made(e, v, order_image);
    const int64_t kernel[2] = {c->kh, c->kw}, stride[2] = {c->sh, c->sw}, dilation[2] = {c->dh, c->dw},
                  pads[4] = {c->ph, c->pw, window_behind(c->h, c->dh * (c->kh - 1) + 1, c->sh, c->ph, c->oh),
                             window_behind(c->w, c->dw * (c->kw - 1) + 1, c->sw, c->pw, c->ow)};
    OnnxNodeWriter node = onnx_node_of(e, "Conv", to, READS(x, weight, bias));
    window_set(&node, kernel, stride, pads);
    onnx_set_ints(&node, "dilations", 2, dilation);
    onnx_set_int(&node, "group", c->groups);
    onnx_end_node(&node);
}

/* Rows and columns of 0 behind the image, and then the bias: [b, c, h, w]. */
static void widen(Export *e, Value v, const char *x, const int64_t more[2], Value bias)
{
    const Type t = type_of(e, v);
    const Dim dims[4] = {t.dims[0], t.dims[3], t.dims[1], t.dims[2]}, each[3] = {t.dims[3], 1, 1};
    const int64_t pads[8] = {0, 0, 0, 0, 0, 0, more[0], more[1]};
    const char *amounts = constant_ints(e, 8, pads), *zero = constant_number(e, 0),
               *wide = bias ? tensor_between(e, v, "wide", ONNX_FLOAT, 4, dims) : tensor_made(e, v, order_image);
    onnx_add_node(e, "Pad", wide, READS(x, amounts, zero));
    if (!bias) return;
    const char *numbers = tensor_plain(e, bias), *shape = shape_tensor(e, 3, each),
               *column = tensor_between(e, v, "bias", ONNX_FLOAT, 3, each);
    onnx_add_node(e, "Reshape", column, READS(numbers, shape));
    onnx_add_node(e, "Add", tensor_made(e, v, order_image), READS(wide, column));
}

static void convolve_back(Export *e, Value v, const Match *m, const Convolution *c)
{
    const Type t = type_of(e, v);
    int64_t beyond[2], pads[4] = {c->ph, c->pw, 0, 0};
    const int64_t kernel[2] = {c->kh, c->kw}, stride[2] = {c->sh, c->sw}, dilation[2] = {c->dh, c->dw};
    pads[2] = window_trimmed(c->h, c->dh * (c->kh - 1) + 1, c->sh, c->ph, c->oh, &beyond[0]);
    pads[3] = window_trimmed(c->w, c->dw * (c->kw - 1) + 1, c->sw, c->pw, c->ow, &beyond[1]);
    /* more than onnxruntime takes as output_padding */
    const bool far = beyond[0] >= c->sh || beyond[1] >= c->sw;
    const Dim near[4] = {t.dims[0], t.dims[3], c->h - beyond[0], c->w - beyond[1]};
    const char *x = tensor_image(e, m->in[0]), *weight = tensor_plain(e, m->in[1]),
               *bias = m->in[2] && !far ? tensor_plain(e, m->in[2]) : NULL,
               *to = far ? tensor_between(e, v, "near", ONNX_FLOAT, 4, near) : tensor_made(e, v, order_image);
    OnnxNodeWriter node = onnx_node_of(e, "ConvTranspose", to, READS(x, weight, bias));
    window_set(&node, kernel, stride, pads);
    onnx_set_ints(&node, "dilations", 2, dilation);
    onnx_set_int(&node, "group", c->groups);
    if (!far && (beyond[0] || beyond[1])) onnx_set_ints(&node, "output_padding", 2, beyond);
    onnx_end_node(&node);
    if (far) widen(e, v, to, beyond, m->in[2]);
}

void write_convolution(Export *e, Value v, const Match *m)
{
    const Node *node = node_of(e, (Value)m->axis);
    const Convolution c = convolution_of(node);
    if (node->op == &op_conv2d) convolve(e, v, m, &c);
    else convolve_back(e, v, m, &c);
}

/* The gradient by the weight: samples take the place of channels, the gradient that of the kernel, and stride and
 * dilation change places.  in: image, gradient of the result. */
static bool match_by_weight(const Export *e, Value v, Match *m)
{
    const Node *node = node_of(e, v);
    if (node->op != &op_conv2d_grad_weight) return false;
    m->in[0] = node->in[0], m->in[1] = node->in[1];
    m->n_in = 2;
    return true;
}

/* The image [c / groups, groups * b, h, w]: the samples of a group are the channels that its weights see. */
static const char *by_group(Export *e, Value v, Value image, const Convolution *c)
{
    static const int64_t perm[5] = {2, 1, 0, 3, 4};
    const Type t = type_of(e, image);
    const Dim each = t.dims[3] / c->groups, split[5] = {t.dims[0], c->groups, each, c->h, c->w},
              turned[5] = {each, c->groups, t.dims[0], c->h, c->w},
              joined[4] = {each, c->groups * t.dims[0], c->h, c->w};
    const char *x = tensor_image(e, image), *to_split = shape_tensor(e, 5, split),
               *groups = tensor_between(e, v, "groups", ONNX_FLOAT, 5, split),
               *first = tensor_between(e, v, "turned", ONNX_FLOAT, 5, turned), *to_joined = shape_tensor(e, 4, joined),
               *result = tensor_between(e, v, "samples", ONNX_FLOAT, 4, joined);
    onnx_add_node(e, "Reshape", groups, READS(x, to_split));
    OnnxNodeWriter node = onnx_node_of(e, "Transpose", first, READS(groups));
    onnx_set_ints(&node, "perm", 5, perm);
    onnx_end_node(&node);
    onnx_add_node(e, "Reshape", result, READS(first, to_joined));
    return result;
}

static void write_by_weight(Export *e, Value v, const Match *m)
{
    static const int order_samples[MAX_RANK] = {3, 0, 1, 2}, order_to[MAX_RANK] = {1, 0, 2, 3};
    const Convolution c = convolution_of(node_of(e, v));
    /* as many places as the kernel has, and those that a stride leaves over, which are cut off */
    const int64_t rows = (c.oh - 1) * c.sh + 1, columns = (c.ow - 1) * c.sw + 1;
    const Type to = type_of(e, v);
    const int64_t last_h = (c.kh - 1) * c.dh + rows - c.h - c.ph, last_w = (c.kw - 1) * c.dw + columns - c.w - c.pw,
                  pads[4] = {c.ph, c.pw, last_h > 0 ? last_h : 0, last_w > 0 ? last_w : 0}, kernel[2] = {c.oh, c.ow},
                  stride[2] = {c.dh, c.dw}, dilation[2] = {c.sh, c.sw}, h = (c.h + pads[0] + pads[2] - rows) / c.dh + 1,
                  w = (c.w + pads[1] + pads[3] - columns) / c.dw + 1, start[2] = {0, 0}, end[2] = {c.kh, c.kw},
                  axes[2] = {2, 3};
    const bool whole = h == c.kh && w == c.kw;
    const Dim dims[4] = {to.dims[1], to.dims[0], h, w};
    const char *x = c.groups == 1 ? tensor_in(e, m->in[0], order_samples) : by_group(e, v, m->in[0], &c),
               *d = tensor_in(e, m->in[1], order_samples),
               *all = whole ? tensor_made(e, v, order_to) : tensor_between(e, v, "all", ONNX_FLOAT, 4, dims);
    OnnxNodeWriter node = onnx_node_of(e, "Conv", all, READS(x, d));
    window_set(&node, kernel, stride, pads);
    onnx_set_ints(&node, "dilations", 2, dilation);
    onnx_set_int(&node, "group", c.groups);
    onnx_end_node(&node);
    if (whole) return;
    const char *first = constant_ints(e, 2, start), *last = constant_ints(e, 2, end), *of = constant_ints(e, 2, axes);
    onnx_add_node(e, "Slice", tensor_made(e, v, order_to), READS(all, first, last, of));
}

const ExportForm export_convolutions[] = {{"conv2d_grad_weight", match_by_weight, write_by_weight}, {0}};
