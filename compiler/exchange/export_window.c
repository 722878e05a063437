/* export_window.c - pooling and its gradients, which maps and their kin ask for.
 *
 * Where a window points to one of its places (window_argmax, window_gather, window_scatter), a convolution of each
 * channel by itself lays the places out as channels, or back: its kernels are 1 at one place each. */
#include "exchange/export.h"

#include <string.h>

/* Attributes of the ops, as ops/window.c has them. */
typedef struct Window {
    int64_t kh, kw, sh, sw, ph, pw, oh, ow, h, w;
} Window;

static Window window_of(const Node *node)
{
    Window w;
    memcpy(&w, node->attr.ints, sizeof w);
    return w;
}

/* ---- pooling ---- */

static void pool(Export *e, const char *op, Value v, const Window *w, Value x, int count_padding)
{
    const char *from = tensor_image(e, x), *to = tensor_made(e, v, order_image);
    const int64_t kernel[2] = {w->kh, w->kw}, stride[2] = {w->sh, w->sw},
                  pads[4] = {w->ph, w->pw, window_behind(w->h, w->kh, w->sh, w->ph, w->oh),
                             window_behind(w->w, w->kw, w->sw, w->pw, w->ow)};
    OnnxNodeWriter node = onnx_node_of(e, op, to, READS(from));
    window_set(&node, kernel, stride, pads);
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
                  pads[4] = {w.ph, w.pw, window_behind(w.h, w.kh, w.sh, w.ph, w.oh),
                             window_behind(w.w, w.kw, w.sw, w.pw, w.ow)};
    OnnxNodeWriter node = onnx_node_of(e, "AveragePool", mean, READS(from));
    window_set(&node, kernel, stride, pads);
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
    pads[2] = window_trimmed(w->h, w->kh, w->sh, w->ph, w->oh, &beyond[0]);
    pads[3] = window_trimmed(w->w, w->kw, w->sw, w->pw, w->ow, &beyond[1]);
    OnnxNodeWriter node = onnx_node_of(e, "ConvTranspose", to, READS(from, kernel));
    window_set(&node, shape, stride, pads);
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
    const int64_t c = type_of(e, x).dims[3], last_h = window_behind(w->h, w->kh, w->sh, w->ph, w->oh),
                  last_w = window_behind(w->w, w->kw, w->sw, w->pw, w->ow),
                  pads[8] = {0, 0, w->ph, w->pw, 0, 0, last_h, last_w}, shape[2] = {w->kh, w->kw},
                  stride[2] = {w->sh, w->sw}, none[4] = {0};
    const Dim padded[4] = {type_of(e, x).dims[0], c, w->h + w->ph + last_h, w->w + w->pw + last_w};
    const char *image = tensor_image(e, x), *amounts = constant_ints(e, 8, pads), *number = constant_number(e, fill),
               *wider = tensor_between(e, v, "padded", ONNX_FLOAT, 4, padded), *kernel = kernels(e, w, c, true),
               *channels = tensor_between(e, v, "channels", ONNX_FLOAT, 4, s->channels),
               *to = shape_tensor(e, 5, s->places), *places = tensor_between(e, v, "places", ONNX_FLOAT, 5, s->places);
    onnx_add_node(e, "Pad", wider, READS(image, amounts, number));
    OnnxNodeWriter node = onnx_node_of(e, "Conv", channels, READS(wider, kernel));
    window_set(&node, shape, stride, none);
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
                                     {0}};
