/* export_window.c - convolution and pooling, and their gradients, which maps and their kin ask for.
 *
 * Where a window points to one of its places (window_argmax, window_gather, window_scatter), a convolution of each
 * channel by itself lays the places out as channels, or back: its kernels are 1 at one place each. */
#include "exchange/export.h"

#include <string.h>

/* Attributes of the ops, as ops/conv2d.c and ops/window.c have them. */
typedef struct Convolution {
    int64_t h, w, kh, kw, sh, sw, ph, pw, dh, dw, groups, oh, ow;
} Convolution;
typedef struct Window {
    int64_t kh, kw, sh, sw, ph, pw, oh, ow, h, w;
} Window;

static Convolution convolution_of(const Node *node)
{
    Convolution c;
    memcpy(&c, node->attr.ints, sizeof c);
    return c;
}

static Window window_of(const Node *node)
{
    Window w;
    memcpy(&w, node->attr.ints, sizeof w);
    return w;
}

/* The padding behind the image along one axis: that before it where this gives the same result, as torch has it, else
 * what the last window reaches. */
static int64_t behind(int64_t size, int64_t span, int64_t stride, int64_t before, int64_t result)
{
    if (size + 2 * before >= span && (size + 2 * before - span) / stride + 1 == result) return before;
    const int64_t last = (result - 1) * stride + span - size - before;
    return last > 0 ? last : 0;
}

/* Attributes of a transposed window that gives `size` places of `result` windows. */
static int64_t trimmed(int64_t size, int64_t span, int64_t stride, int64_t before, int64_t result, int64_t *beyond)
{
    const int64_t whole = (result - 1) * stride + span;
    int64_t after = whole - before - size;
    if (whole - 2 * before <= size && size - (whole - 2 * before) < stride) after = before;
    if (after < 0) after = 0;
    *beyond = size - (whole - before - after);
    return after;
}

static void set_window(OnnxNodeWriter *node, const int64_t kernel[2], const int64_t stride[2], const int64_t pads[4])
{
    onnx_set_ints(node, "kernel_shape", 2, kernel);
    onnx_set_ints(node, "strides", 2, stride);
    onnx_set_ints(node, "pads", 4, pads);
}

/* ---- convolution ---- */

static void convolve(Export *e, Value v, const Match *m, const Convolution *c)
{
    const char *x = tensor_image(e, m->in[0]), *weight = tensor_plain(e, m->in[1]),
               *bias = m->in[2] ? tensor_plain(e, m->in[2]) : NULL, *to = tensor_made(e, v, order_image);
    const int64_t kernel[2] = {c->kh, c->kw}, stride[2] = {c->sh, c->sw}, dilation[2] = {c->dh, c->dw},
                  pads[4] = {c->ph, c->pw, behind(c->h, c->dh * (c->kh - 1) + 1, c->sh, c->ph, c->oh),
                             behind(c->w, c->dw * (c->kw - 1) + 1, c->sw, c->pw, c->ow)};
    OnnxNodeWriter node = onnx_node_of(e, "Conv", to, READS(x, weight, bias));
    set_window(&node, kernel, stride, pads);
    onnx_set_ints(&node, "dilations", 2, dilation);
    onnx_set_int(&node, "group", c->groups);
    onnx_end_node(&node);
}

static void convolve_back(Export *e, Value v, const Match *m, const Convolution *c)
{
    const char *x = tensor_image(e, m->in[0]), *weight = tensor_plain(e, m->in[1]),
               *bias = m->in[2] ? tensor_plain(e, m->in[2]) : NULL, *to = tensor_made(e, v, order_image);
    int64_t beyond[2], pads[4] = {c->ph, c->pw, 0, 0};
    const int64_t kernel[2] = {c->kh, c->kw}, stride[2] = {c->sh, c->sw}, dilation[2] = {c->dh, c->dw};
    pads[2] = trimmed(c->h, c->dh * (c->kh - 1) + 1, c->sh, c->ph, c->oh, &beyond[0]);
    pads[3] = trimmed(c->w, c->dw * (c->kw - 1) + 1, c->sw, c->pw, c->ow, &beyond[1]);
    OnnxNodeWriter node = onnx_node_of(e, "ConvTranspose", to, READS(x, weight, bias));
    set_window(&node, kernel, stride, pads);
    onnx_set_ints(&node, "dilations", 2, dilation);
    onnx_set_int(&node, "group", c->groups);
    if (beyond[0] || beyond[1]) onnx_set_ints(&node, "output_padding", 2, beyond);
    onnx_end_node(&node);
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
    set_window(&node, kernel, stride, pads);
    onnx_set_ints(&node, "dilations", 2, dilation);
    onnx_set_int(&node, "group", c.groups);
    onnx_end_node(&node);
    if (whole) return;
    const char *first = constant_ints(e, 2, start), *last = constant_ints(e, 2, end), *of = constant_ints(e, 2, axes);
    onnx_add_node(e, "Slice", tensor_made(e, v, order_to), READS(all, first, last, of));
}

/* ---- pooling ---- */

static void pool(Export *e, const char *op, Value v, const Window *w, Value x, int count_padding)
{
    const char *from = tensor_image(e, x), *to = tensor_made(e, v, order_image);
    const int64_t kernel[2] = {w->kh, w->kw}, stride[2] = {w->sh, w->sw},
                  pads[4] = {w->ph, w->pw, behind(w->h, w->kh, w->sh, w->ph, w->oh),
                             behind(w->w, w->kw, w->sw, w->pw, w->ow)};
    OnnxNodeWriter node = onnx_node_of(e, op, to, READS(from));
    set_window(&node, kernel, stride, pads);
    if (count_padding >= 0) onnx_set_int(&node, "count_include_pad", count_padding);
    onnx_end_node(&node);
}

static bool match_max_pool(const Export *e, Value v, Match *m)
{
    const Node *node = node_of(e, v), *place = node->op == &op_window_gather ? node_of(e, node->in[1]) : NULL;
    if (!place || place->op != &op_window_argmax || place->in[0] != node->in[0] ||
        memcmp(place->attr.ints, node->attr.ints, sizeof(Window)))
        return false;
    m->in[0] = node->in[0];
    m->n_in = 1;
    return true;
}

static void write_max_pool(Export *e, Value v, const Match *m)
{
    const Window w = window_of(node_of(e, v));
    pool(e, "MaxPool", v, &w, m->in[0], -1);
}

/* How many places of window i along one axis are inside the image. */
static int64_t inside(int64_t i, int64_t kernel, int64_t stride, int64_t before, int64_t size)
{
    const int64_t first = i * stride - before, last = first + kernel;
    return (last < size ? last : size) - (first > 0 ? first : 0);
}

/* Does a table divide each window's sum by its places inside the image? */
static bool counts_inside(const Node *table, const Window *w)
{
    const Type t = table->type;
    if (table->op != &op_constant || t.rank != 4 || t.dims[0] != 1 || t.dims[1] != w->oh || t.dims[2] != w->ow ||
        t.dims[3] != 1 || table->attr.n_reals != w->oh * w->ow)
        return false;
    for (int64_t i = 0; i < w->oh; i++)
        for (int64_t j = 0; j < w->ow; j++)
            if (table->attr.reals[i * w->ow + j] !=
                (double)(inside(i, w->kh, w->sh, w->ph, w->h) * inside(j, w->kw, w->sw, w->pw, w->w)))
                return false;
    return true;
}

/* axis: 1 when padding counts */
static bool match_avg_pool(const Export *e, Value v, Match *m)
{
    const Node *node = node_of(e, v), *sum = node->op == &op_div ? node_of(e, node->in[0]) : NULL;
    if (!sum || sum->op != &op_window_sum) return false;
    const Window w = window_of(sum);
    const Node *by = node_of(e, node->in[1]);
    m->in[0] = sum->in[0], m->in[1] = node->in[0];
    m->n_in = 1;
    m->axis = by->op == &op_constant && by->attr.n_reals == 1 && by->attr.reals[0] == (double)(w.kh * w.kw);
    return m->axis || counts_inside(by, &w);
}

static void write_avg_pool(Export *e, Value v, const Match *m)
{
    const Window w = window_of(node_of(e, m->in[1]));
    pool(e, "AveragePool", v, &w, m->in[0], (int)m->axis);
}

/* Does the padding of that kind stay below the kernel, as pooling demands? */
static bool match_window(const Export *e, Value v, Match *m, const Op *op)
{
    const Node *node = node_of(e, v);
    if (node->op != op) return false;
    for (int i = 0; i < node->n_in; i++) m->in[i] = node->in[i];
    m->n_in = node->n_in;
    return true;
}

/* The sum over a window is its mean, padding and all, times its places. */
static bool match_sum(const Export *e, Value v, Match *m) { return match_window(e, v, m, &op_window_sum); }
static void write_sum(Export *e, Value v, const Match *m)
{
    const Window w = window_of(node_of(e, v));
    const Type t = type_of(e, v);
    const Dim dims[4] = {t.dims[0], t.dims[3], t.dims[1], t.dims[2]};
    const char *from = tensor_image(e, m->in[0]), *mean = tensor_between(e, v, "mean", ONNX_FLOAT, 4, dims),
               *places = constant_number(e, (double)(w.kh * w.kw)), *to = tensor_made(e, v, order_image);
    const int64_t kernel[2] = {w.kh, w.kw}, stride[2] = {w.sh, w.sw},
                  pads[4] = {w.ph, w.pw, behind(w.h, w.kh, w.sh, w.ph, w.oh), behind(w.w, w.kw, w.sw, w.pw, w.ow)};
    OnnxNodeWriter node = onnx_node_of(e, "AveragePool", mean, READS(from));
    set_window(&node, kernel, stride, pads);
    onnx_set_int(&node, "count_include_pad", 1);
    onnx_end_node(&node);
    onnx_add_node(e, "Mul", to, READS(mean, places));
}

/* ---- windows that point to a place ---- */

/* [channels * places, 1, kh, kw]: for each channel a kernel for each place, which is 1 there; or, of one kernel, all 1:
 * [channels, 1, kh, kw]. */
static const char *kernels(Export *e, const Window *w, int64_t channels, bool places)
{
    const int64_t k = w->kh * w->kw, n = channels * (places ? k : 1);
    float *numbers = arena_array(e->arena, n * k, sizeof *numbers);
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < k; j++) numbers[i * k + j] = !places || i % k == j;
    const OnnxShape shape = {.type = ONNX_FLOAT, .rank = 4, .dims = {n, 1, w->kh, w->kw}};
    return constant_table(e,
                          arena_format(e->arena, "%s/%lldx%lldx%lld", places ? "places" : "ones", (long long)channels,
                                       (long long)w->kh, (long long)w->kw),
                          &shape, numbers);
}

/* Windows as channels, put back to the image: the sum over the windows that cover a place. */
static void lay_back(Export *e, const Window *w, const char *from, const char *kernel, int64_t channels, const char *to)
{
    int64_t beyond[2], pads[4] = {w->ph, w->pw, 0, 0};
    const int64_t shape[2] = {w->kh, w->kw}, stride[2] = {w->sh, w->sw};
    pads[2] = trimmed(w->h, w->kh, w->sh, w->ph, w->oh, &beyond[0]);
    pads[3] = trimmed(w->w, w->kw, w->sw, w->pw, w->ow, &beyond[1]);
    OnnxNodeWriter node = onnx_node_of(e, "ConvTranspose", to, READS(from, kernel));
    set_window(&node, shape, stride, pads);
    onnx_set_int(&node, "group", channels);
    if (beyond[0] || beyond[1]) onnx_set_ints(&node, "output_padding", 2, beyond);
    onnx_end_node(&node);
}

static bool match_spread(const Export *e, Value v, Match *m) { return match_window(e, v, m, &op_window_spread); }
static void write_spread(Export *e, Value v, const Match *m)
{
    const Window w = window_of(node_of(e, v));
    const int64_t channels = type_of(e, v).dims[3];
    const char *from = tensor_image(e, m->in[0]), *kernel = kernels(e, &w, channels, false),
               *to = tensor_made(e, v, order_image);
    lay_back(e, &w, from, kernel, channels, to);
}

/* Shapes of windows: [b, c, 1, oh, ow], of their places [b, c, k, oh, ow], and these as channels [b, c*k, oh, ow]. */
typedef struct Shapes {
    Dim one[5], places[5], channels[4];
} Shapes;

static Shapes shapes_of(const Window *w, Type type)
{
    const Dim b = type.dims[0], c = type.dims[3], k = w->kh * w->kw;
    return (Shapes){{b, c, 1, w->oh, w->ow}, {b, c, k, w->oh, w->ow}, {b, c * k, w->oh, w->ow}};
}

/* True at the place that each window points to: bool [b, c, k, oh, ow]. */
static const char *pointed(Export *e, Value v, Value place, const Window *w, const Shapes *s)
{
    const int64_t k = w->kh * w->kw;
    int64_t *numbers = arena_array(e->arena, k, sizeof *numbers);
    for (int64_t i = 0; i < k; i++) numbers[i] = i;
    const OnnxShape shape = {.type = ONNX_INT64, .rank = 5, .dims = {1, 1, k, 1, 1}};
    const char *at = tensor_image(e, place), *one = shape_tensor(e, 5, s->one),
               *all = constant_table(e, arena_format(e->arena, "places/%lld", (long long)k), &shape, numbers),
               *wide = tensor_between(e, v, "place", ONNX_INT64, 5, s->one),
               *here = tensor_between(e, v, "here", ONNX_BOOL, 5, s->places);
    onnx_add_node(e, "Reshape", wide, READS(at, one));
    onnx_add_node(e, "Equal", here, READS(wide, all));
    return here;
}

static bool match_scatter(const Export *e, Value v, Match *m) { return match_window(e, v, m, &op_window_scatter); }
static void write_scatter(Export *e, Value v, const Match *m)
{
    const Window w = window_of(node_of(e, v));
    const Shapes s = shapes_of(&w, type_of(e, m->in[0]));
    const char *here = pointed(e, v, m->in[1], &w, &s), *y = tensor_image(e, m->in[0]),
               *one = shape_tensor(e, 5, s.one), *zero = constant_number(e, 0),
               *wide = tensor_between(e, v, "windows", ONNX_FLOAT, 5, s.one),
               *there = tensor_between(e, v, "there", ONNX_FLOAT, 5, s.places), *flat = shape_tensor(e, 4, s.channels),
               *channels = tensor_between(e, v, "channels", ONNX_FLOAT, 4, s.channels),
               *kernel = kernels(e, &w, type_of(e, v).dims[3], true), *to = tensor_made(e, v, order_image);
    onnx_add_node(e, "Reshape", wide, READS(y, one));
    onnx_add_node(e, "Where", there, READS(here, wide, zero));
    onnx_add_node(e, "Reshape", channels, READS(there, flat));
    lay_back(e, &w, channels, kernel, type_of(e, v).dims[3], to);
}

/* The places of each window of x: float [b, c, k, oh, ow]; outside the image there is `fill`. */
static const char *places_of(Export *e, Value v, Value x, const Window *w, const Shapes *s, double fill)
{
    const int64_t c = type_of(e, x).dims[3], last_h = behind(w->h, w->kh, w->sh, w->ph, w->oh),
                  last_w = behind(w->w, w->kw, w->sw, w->pw, w->ow),
                  pads[8] = {0, 0, w->ph, w->pw, 0, 0, last_h, last_w}, shape[2] = {w->kh, w->kw},
                  stride[2] = {w->sh, w->sw}, none[4] = {0};
    const Dim padded[4] = {type_of(e, x).dims[0], c, w->h + w->ph + last_h, w->w + w->pw + last_w};
    const char *image = tensor_image(e, x), *amounts = constant_ints(e, 8, pads), *number = constant_number(e, fill),
               *wider = tensor_between(e, v, "padded", ONNX_FLOAT, 4, padded), *kernel = kernels(e, w, c, true),
               *channels = tensor_between(e, v, "channels", ONNX_FLOAT, 4, s->channels),
               *to = shape_tensor(e, 5, s->places), *places = tensor_between(e, v, "places", ONNX_FLOAT, 5, s->places);
    onnx_add_node(e, "Pad", wider, READS(image, amounts, number));
    OnnxNodeWriter node = onnx_node_of(e, "Conv", channels, READS(wider, kernel));
    set_window(&node, shape, stride, none);
    onnx_set_int(&node, "group", c);
    onnx_end_node(&node);
    onnx_add_node(e, "Reshape", places, READS(channels, to));
    return places;
}

static bool match_gather(const Export *e, Value v, Match *m) { return match_window(e, v, m, &op_window_gather); }
static void write_gather(Export *e, Value v, const Match *m)
{
    const Window w = window_of(node_of(e, v));
    const Shapes s = shapes_of(&w, type_of(e, v));
    const Dim image[4] = {s.one[0], s.one[1], s.one[3], s.one[4]};
    const int64_t two = 2;
    const char *here = pointed(e, v, m->in[1], &w, &s), *places = places_of(e, v, m->in[0], &w, &s, 0),
               *zero = constant_number(e, 0), *there = tensor_between(e, v, "there", ONNX_FLOAT, 5, s.places),
               *sum = tensor_between(e, v, "sum", ONNX_FLOAT, 5, s.one), *axis = constant_ints(e, 1, &two),
               *shape = shape_tensor(e, 4, image), *to = tensor_made(e, v, order_image);
    onnx_add_node(e, "Where", there, READS(here, places, zero));
    onnx_add_node(e, "ReduceSum", sum, READS(there, axis));
    onnx_add_node(e, "Reshape", to, READS(sum, shape));
}

static bool match_argmax(const Export *e, Value v, Match *m) { return match_window(e, v, m, &op_window_argmax); }
static void write_window_argmax(Export *e, Value v, const Match *m)
{
    const double lowest = -0x1.fffffep127;
    const Window w = window_of(node_of(e, v));
    const Shapes s = shapes_of(&w, type_of(e, v));
    const char *places = places_of(e, v, m->in[0], &w, &s, lowest), *to = tensor_made(e, v, order_image);
    OnnxNodeWriter node = onnx_node_of(e, "ArgMax", to, READS(places));
    onnx_set_int(&node, "axis", 2);
    onnx_set_int(&node, "keepdims", 0);
    onnx_end_node(&node);
}

const ExportForm export_windows[] = {{"max_pool", match_max_pool, write_max_pool},
                                     {"avg_pool", match_avg_pool, write_avg_pool},
                                     {"window_sum", match_sum, write_sum},
                                     {"window_spread", match_spread, write_spread},
                                     {"window_scatter", match_scatter, write_scatter},
                                     {"window_gather", match_gather, write_gather},
                                     {"window_argmax", match_argmax, write_window_argmax},
                                     {"conv2d_grad_weight", match_by_weight, write_by_weight},
                                     {0}};
