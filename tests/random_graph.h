/* random_graph.h - random graph files: a list of Lua lines that can be printed, and made smaller line by line.
 *
 * A graph is a function of its seed.  Arguments are kept where float and double agree: what grows goes through tanh,
 * what decides (floor, comparisons, argmax) works on the input `grid`, whose numbers are exact in both. */
#ifndef RANDOM_GRAPH_H
#define RANDOM_GRAPH_H
#include "tailor.h"    /* before check.h, which has a macro named fail */

#include "support.h"

#include <string.h>

enum { MOST_LINES = 60, MOST_ELEMENTS = 1500, GRID = 5, CLASSES = 3 };

typedef struct RandomShape { int rank, dims[6]; } RandomShape;   /* with the batch, as -1; other axes are numbers */

typedef struct RandomLine {
    char text[300];            /* right-hand side; $0 to $3 are the operands */
    int n_in, in[4];
    RandomShape shape;
    uint64_t from;             /* lines that it can be differentiated by */
    int order;                 /* of the gradients in it */
    bool integer, named, gone;
} RandomLine;

typedef struct RandomGraph {
    uint64_t state;
    int n, loss[3];            /* the loss is made of these lines */
    RandomLine lines[MOST_LINES];
} RandomGraph;

static int below(RandomGraph *g, int n) { return (int)random_below(&g->state, n); }

static bool chance(RandomGraph *g, int one_in) { return below(g, one_in) == 0; }

static int elements(RandomShape s)
{
    int n = 1;
    for (int i = 0; i < s.rank; i++) n *= s.dims[i] < 0 ? 6 : s.dims[i];
    return n;
}

#define SHAPE(...) ((RandomShape){sizeof((int[]){__VA_ARGS__}) / sizeof(int), {__VA_ARGS__}})

/* A line of this shape; what it can be differentiated by follows from its operands unless `opaque`. */
static RandomLine *add_line(RandomGraph *g, RandomShape shape, bool opaque, const char *text, int n_in, const int *in)
{
    RandomLine *line = &g->lines[g->n];
    *line = (RandomLine){.n_in = n_in, .shape = shape, .named = g->n < 5 || chance(g, 3)};
    snprintf(line->text, sizeof line->text, "%s", text);
    for (int i = 0; i < n_in; i++) {
        line->in[i] = in[i];
        const RandomLine *source = &g->lines[in[i]];
        if (!opaque && !source->integer) line->from |= source->from | (uint64_t)1 << in[i];
        if (source->order > line->order) line->order = source->order;
    }
    g->n++;
    return line;
}

#define LINE(g, shape, text, ...) \
    add_line(g, shape, false, text, sizeof((int[]){__VA_ARGS__}) / sizeof(int), (int[]){__VA_ARGS__})
#define DECIDED(g, shape, text, ...) \
    add_line(g, shape, true, text, sizeof((int[]){__VA_ARGS__}) / sizeof(int), (int[]){__VA_ARGS__})

/* printf into one of a few buffers */
static const char *form(const char *format, ...) __attribute__((format(printf, 1, 2)));
static const char *form(const char *format, ...)
{
    static char text[8][300];
    static int turn;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text[turn = (turn + 1) % 8], sizeof text[0], format, arguments);
    va_end(arguments);
    return text[turn];
}

static const char *one_of(RandomGraph *g, int n, const char *const *texts) { return texts[below(g, n)]; }
#define ONE_OF(g, ...) one_of(g, sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *), (const char *[]){__VA_ARGS__})

static bool is_real(const RandomLine *l) { return !l->integer; }
static bool is_image(const RandomLine *l)
{
    return is_real(l) && l->shape.rank == 4 && l->shape.dims[0] < 0 && l->shape.dims[1] > 0 && l->shape.dims[2] > 0 &&
           l->shape.dims[3] > 0;
}
static bool is_rows(const RandomLine *l) { return is_real(l) && l->shape.rank == 2 && l->shape.dims[0] < 0; }
static bool has_batch(const RandomLine *l) { return is_real(l) && l->shape.rank >= 2 && l->shape.dims[0] < 0; }
static bool has_axes(const RandomLine *l) { return is_real(l) && l->shape.rank >= 1; }

/* A line that the property holds for, the newer the likelier; -1: none. */
static int some(RandomGraph *g, bool (*holds)(const RandomLine *))
{
    for (int tries = 0; tries < 20; tries++) {
        int i = chance(g, 2) ? g->n - 1 - below(g, g->n < 4 ? g->n : 4) : below(g, g->n);
        if (holds(&g->lines[i])) return i;
    }
    return -1;
}

static bool broadcast(RandomShape a, RandomShape b, RandomShape *out)
{
    if (a.rank < b.rank) { RandomShape t = a; a = b; b = t; }
    *out = a;
    for (int i = 1; i <= b.rank; i++) {
        int x = a.dims[a.rank - i], y = b.dims[b.rank - i];
        if (x != y && x != 1 && y != 1) return false;
        out->dims[a.rank - i] = x == 1 ? y : x;
    }
    return elements(*out) <= MOST_ELEMENTS;
}

static void unary_line(RandomGraph *g)
{
    int v = some(g, is_real);
    if (v < 0) return;
    LINE(g, g->lines[v].shape,
         ONE_OF(g, "relu($0)", "gelu($0)", "gelu($0, \"tanh\")", "sigmoid($0)", "tanh($0)", "silu($0)", "softplus($0)",
                "exp(0.5 * tanh($0))", "log($0 * $0 + 0.5)", "sqrt($0 * $0 + 0.3)", "rsqrt(0.6 + $0 * $0)", "abs($0)",
                "erf($0)", "-$0", "tanh($0) ^ 2", "tanh($0) ^ 3", "(0.7 + $0 * $0) ^ -0.75", "clamp($0, -0.7, 0.9)",
                "clamp($0, nil, 0.45)", "0.5 - $0", "1 / (1.5 + tanh($0))", "stop_gradient($0) * $0", "third($0)",
                "2 ^ tanh($0)"),
         v);
}

static void binary_line(RandomGraph *g)
{
    int u = some(g, is_real), v = some(g, is_real);
    RandomShape out;
    if (u < 0 || v < 0 || !broadcast(g->lines[u].shape, g->lines[v].shape, &out)) return;
    LINE(g, out,
         ONE_OF(g, "$0 + $1", "$0 - $1", "tanh($0) * $1", "$0 / ($1 * $1 + 0.8)", "max($0, $1)", "min($0, $1)",
                "where(greater($0, $1), $0, 0.5 * ($0 + $1))", "(1.5 + tanh($0)) ^ tanh($1)",
                "where(less_equal($0, $1), $1 * $1 - $0 * $0, 0 * $0)"),
         u, v);
}

/* What decides on the exact numbers of grid, alone or for another value. */
static void deciding_line(RandomGraph *g)
{
    const int grid = 2, v = some(g, is_rows);
    RandomShape out;
    switch (below(g, 7)) {
    case 0: DECIDED(g, SHAPE(-1, GRID), ONE_OF(g, "floor($0 * 2)", "sign($0 - 0.5)", "sign(floor($0))"), grid); break;
    case 1:
        DECIDED(g, SHAPE(-1, GRID),
                ONE_OF(g, "greater($0, 0.25)", "equal($0, 0.75)", "less($0 * $0, 0.5)", "greater_equal($0, 0.5)"),
                grid);
        break;
    case 2: DECIDED(g, SHAPE(-1), "argmax($0)", grid)->integer = true; break;
    case 5: DECIDED(g, SHAPE(-1), "0.25 * argmax($0)", grid); break;
    case 3: DECIDED(g, SHAPE(-1), form("runner_up(slice($0, 2, 1, %d), label)", CLASSES), grid)->integer = true; break;
    case 4: DECIDED(g, SHAPE(-1, GRID), form("one_hot(argmax($0), %d)", GRID), grid); break;
    default:
        if (v < 0 || !broadcast(g->lines[v].shape, SHAPE(-1, GRID), &out)) return;
        LINE(g, out, "where(greater($1, 0.5), $0, 0.3 * $0 * $0)", v, grid);
        g->lines[g->n - 1].from &= ~((uint64_t)1 << grid);
    }
}

static void reduction_line(RandomGraph *g)
{
    int v = some(g, has_axes);
    if (v < 0) return;
    RandomShape in = g->lines[v].shape, out = in;
    int axis = below(g, in.rank), other = below(g, in.rank);
    const char *axes = axis == other ? form("%d", axis + 1) : form("{ %d, %d }", axis + 1, other + 1);
    if (chance(g, 4)) {
        LINE(
            g, in,
            form(ONE_OF(g, "$0 - mean($0, %s, { keep = true })", "$0 / sqrt(mean($0 * $0, %s, { keep = true }) + 0.1)"),
                 axes),
            v);
        return;
    }
    if (chance(g, 3)) {
        LINE(g, in,
             form(in.dims[axis] > 0 ? ONE_OF(g, "softmax($0, %d)", "log_softmax($0, %d)", "0.5 * cumsum($0, %d)")
                                    : "softmax($0, %d)",
                  axis + 1),
             v);
        return;
    }
    const bool keep = chance(g, 2) || axis == 0 || other == 0;
    out.rank = 0;
    for (int i = 0; i < in.rank; i++)
        if (i != axis && i != other) out.dims[out.rank++] = in.dims[i];
        else if (keep) out.dims[out.rank++] = 1;
    /* a norm of 0 has no second derivative, and float loses what 1e-30 adds: hence the constants */
    LINE(g, out,
         form(ONE_OF(g, "0.3 * sum($0, %s, { keep = %s })", "mean($0, %s, { keep = %s })", "max($0, %s, { keep = %s })",
                     "min($0, %s, { keep = %s })", "norm($0 + 1.3, %s, { keep = %s })",
                     "logsumexp($0, %s, { keep = %s })"),
              axes, keep ? "true" : "false"),
         v);
}

static void shape_line(RandomGraph *g)
{
    int v = some(g, has_batch);
    if (v < 0) return;
    RandomShape s = g->lines[v].shape, out = s;
    const int axis = 1 + below(g, s.rank - 1), n = s.dims[axis];
    int size = 1, first, before, after;
    for (int i = 1; i < s.rank; i++) {
        if (s.dims[i] < 0) return;
        size *= s.dims[i];
    }
    switch (below(g, 8)) {
    case 0: LINE(g, SHAPE(-1, size), "flatten($0)", v); break;
    case 1: if (size % 2 == 0) LINE(g, SHAPE(-1, size / 2, 2), form("reshape($0, { %d, 2 })", size / 2), v); break;
    case 2:
        if (s.rank == 3) LINE(g, SHAPE(-1, s.dims[2], s.dims[1]), "permute($0, { 1, 3, 2 })", v);
        if (s.rank == 4) LINE(g, SHAPE(-1, s.dims[3], s.dims[1], s.dims[2]), "permute($0, { 1, 4, 2, 3 })", v);
        break;
    case 3:
        first = below(g, n);
        out.dims[axis] = 1 + below(g, n - first);
        LINE(g, out, form("slice($0, %d, %d, %d)", axis + 1, first + 1, first + out.dims[axis]), v);
        break;
    case 4:
        before = below(g, 3), after = below(g, 2);
        out.dims[axis] = n + before + after;
        if (elements(out) <= MOST_ELEMENTS)
            LINE(g, out, form("pad($0, { [%d] = { %d, %d } }, 0.25)", axis + 1, before, after), v);
        break;
    case 5:
        out.dims[axis] = 2 * n;
        if (elements(out) <= MOST_ELEMENTS) LINE(g, out, form("concat({ $0, tanh($0) }, %d)", axis + 1), v);
        break;
    case 6:
        out.dims[axis] = 3;
        LINE(g, out, form("gather($0, constant { %d, %d, %d }, %d)", below(g, n), below(g, n), below(g, n), axis + 1),
             v);
        break;
    default:
        out.dims[axis] = n + 1;
        if (n == 3)
            LINE(g, out,
                 form("scatter_add($0, constant { %d, %d, %d }, %d, %d)", below(g, n + 1), below(g, n + 1),
                      below(g, n + 1), n + 1, axis + 1),
                 v);
    }
}

static void convolution_line(RandomGraph *g)
{
    int v = some(g, is_image);
    if (v < 0) return;
    RandomShape s = g->lines[v].shape;
    const int h = s.dims[1], w = s.dims[2], c = s.dims[3], kh = 1 + below(g, 3), kw = 1 + below(g, 3),
              stride = 1 + below(g, 2), dilation = 1 + chance(g, 4), eh = dilation * (kh - 1) + 1,
              ew = dilation * (kw - 1) + 1;
    const bool depthwise = chance(g, 3);
    const int co = depthwise ? c * (1 + chance(g, 3)) : 1 + below(g, 4);
    const char *more = form("kernel = { %d, %d }, stride = %d, dilation = %d, groups = %d%s", kh, kw, stride, dilation,
                            depthwise ? c : 1, chance(g, 2) ? ", bias = false" : "");
    const int same = below(g, 3), pad = below(g, 2);
    if (same == 0) {
        RandomShape out = SHAPE(-1, (h - 1) / stride + 1, (w - 1) / stride + 1, co);
        if (elements(out) <= MOST_ELEMENTS) LINE(g, out, form("conv2d($0, %d, { %s })", co, more), v);
    } else if (same == 1 && stride <= 2 && !depthwise && h <= 4 && w <= 4) {
        const int beyond = below(g, stride > dilation ? stride : dilation);
        LINE(g, SHAPE(-1, (h - 1) * stride + eh + beyond, (w - 1) * stride + ew + beyond, 2),
             form("conv_transpose2d($0, 2, { kernel = { %d, %d }, stride = %d, dilation = %d, output_padding = %d })",
                  kh, kw, stride, dilation, beyond),
             v);
        if (elements(g->lines[g->n - 1].shape) > MOST_ELEMENTS) g->n--;
    } else if (h + 2 * pad >= eh && w + 2 * pad >= ew) {
        LINE(g, SHAPE(-1, (h + 2 * pad - eh) / stride + 1, (w + 2 * pad - ew) / stride + 1, co),
             form("conv2d($0, %d, { %s, padding = %d })", co, more, pad), v);
    }
}

static void window_line(RandomGraph *g)
{
    int v = some(g, is_image);
    if (v < 0) return;
    RandomShape s = g->lines[v].shape;
    const int h = s.dims[1], w = s.dims[2], k = 2 + below(g, 2), stride = 1 + below(g, 3), pad = below(g, 2),
              oh = 1 + below(g, 6), ow = 1 + below(g, 6);
    if (chance(g, 3)) {
        LINE(g, SHAPE(-1, oh, ow, s.dims[3]),
             form("resize($0, %d, %d, %s)", oh, ow,
                  ONE_OF(g, "\"nearest\"", "\"bilinear\"", "\"nearest_floor\"",
                         "\"bilinear\", { align_corners = true }")),
             v);
        if (elements(g->lines[g->n - 1].shape) > MOST_ELEMENTS) g->n--;
        return;
    }
    if (chance(g, 4)) { LINE(g, SHAPE(-1, s.dims[3]), "global_avg_pool($0)", v); return; }
    if (h + 2 * pad < k || w + 2 * pad < k) return;
    int size[2];
    const bool ceil = chance(g, 2);
    for (int i = 0; i < 2; i++) {
        const int n = (i ? w : h) + 2 * pad - k;
        size[i] = (ceil ? (n + stride - 1) / stride : n / stride) + 1;
        if ((size[i] - 1) * stride >= (i ? w : h) + pad) size[i]--;      /* begins past the image */
    }
    LINE(g, SHAPE(-1, size[0], size[1], s.dims[3]),
         form("%s($0, %d, { stride = %d, padding = %d, ceil = %s })", ONE_OF(g, "max_pool", "avg_pool"), k, stride, pad,
              ceil ? "true" : "false"),
         v);
}

static void norm_line(RandomGraph *g)
{
    int v = some(g, chance(g, 2) ? is_image : has_batch);
    if (v < 0) return;
    RandomShape s = g->lines[v].shape;
    const int c = s.dims[s.rank - 1];
    if (c < 0 || (s.rank == 4 && !is_image(&g->lines[v]))) return;
    if (s.rank == 4) {
        LINE(g, s,
             ONE_OF(g, "batch_norm($0, { eps = 0.1 })", "layer_norm($0, { eps = 0.1 })",
                    "group_norm($0, 1, { eps = 0.1 })", "instance_norm($0, { eps = 0.1 })",
                    "grn($0 + 0.7, { eps = 0.1 })", "layer_scale($0, { init = 0.5 })", "drop_path($0, 0.3)",
                    "ramp(0.2, 0.9, { start = 0.1, stop = 0.7 }) * $0"),
             v);
        return;
    }
    if (s.rank > 1 && s.dims[1] > 0 && chance(g, 4)) LINE(g, s, "dropout($0, 0.25)", v);
    else
        LINE(g, s,
             ONE_OF(g, "layer_norm($0, { eps = 0.1 })", "layer_scale($0, { init = 0.5 })", "drop_path($0, 0.3)",
                    "normalize($0 + 1.3, \"l2\")", "normalize($0 * $0 + 0.4, \"l1\")",
                    "normalize($0 * $0, \"sum\", { eps = 0.1 })", "normalize(abs($0) + 0.5, \"max\")",
                    "normalize($0, \"softmax\")"),
             v);
}

static void product_line(RandomGraph *g)
{
    int v = some(g, chance(g, 2) ? is_rows : has_batch);
    if (v < 0) return;
    RandomShape s = g->lines[v].shape, out = s;
    /* of rows of 16, sums run in lanes */
    const int c = s.dims[s.rank - 1], n = chance(g, 6) ? 16 * (1 + below(g, 2)) : 1 + below(g, 5);
    if (c < 0) return;
    switch (below(g, 7)) {
    case 0: case 1:
        out.dims[s.rank - 1] = n;
        if (elements(out) <= MOST_ELEMENTS)
            LINE(g, out, form("linear($0, %d%s)", n, chance(g, 3) ? ", { bias = false }" : ""), v);
        break;
    /* samples meet */
    case 2: if (s.rank == 2) LINE(g, SHAPE(-1, -1), form("matmul($0, $0, { transpose_b = true }) / %d", c), v); break;
    /* summed over samples */
    case 3: if (s.rank == 2 && c <= 12) LINE(g, SHAPE(c, c), "0.2 * matmul($0, $0, { transpose_a = true })", v); break;
    case 4:
        out = SHAPE(-1, s.dims[1], s.dims[1]);
        if (s.rank == 3 && s.dims[1] > 0 && elements(out) <= MOST_ELEMENTS)
            LINE(g, out, form("matmul(tanh($0), $0, { transpose_b = true }) / %d", c), v);
        break;
    case 5:      /* numbers of channels in front of the product and behind it, which a weight can take in */
        out.dims[s.rank - 1] = 3;
        if (elements(out) <= MOST_ELEMENTS)
            LINE(g, out, form("matmul($0 * param({ %d }) + param({ %d }), param({ %d, 3 })) * param({ 3 })", c, c, c),
                 v);
        break;
    default:
        out.dims[s.rank - 1] = n;
        if (elements(out) <= MOST_ELEMENTS)
            LINE(g, out, form("matmul($0, param({ %d, %d }, { init = \"xavier_uniform\" }))", c, n), v);
    }
}

static void label_line(RandomGraph *g)
{
    int v = some(g, is_rows), u = some(g, is_rows);
    if (v < 0 || u < 0) return;
    const int c = g->lines[v].shape.dims[1];
    if (c >= CLASSES && chance(g, 3)) {
        LINE(g, SHAPE(-1), ONE_OF(g, "pick($0, label)", "pick(log_softmax($0, 2), label)", "pick($0, argmax(grid))"),
             v);
        if (strstr(g->lines[g->n - 1].text, "grid") && c < GRID) g->n--;
    } else if (c == CLASSES && chance(g, 2)) {
        LINE(g, (RandomShape){0},
             ONE_OF(g, "cross_entropy($0, label)",
                    "cross_entropy($0, label, { label_smoothing = 0.2, weight = { 1, 2, 0.5 } })"),
             v);
    } else if (c > 1 && g->lines[u].shape.dims[1] == c && c > 0) {
        if (chance(g, 4)) LINE(g, SHAPE(-1), "cosine_similarity($0 + 1.2, $1 + 0.9)", v, u);
        else
            LINE(g, (RandomShape){0},
                 ONE_OF(g, "mse($0, $1)", "l1($0, $1)", "huber($0, $1, { delta = 0.5 })",
                        "binary_cross_entropy($0, sigmoid($1))", "cross_entropy($0, softmax($1, 2))"),
                 v, u);
    }
}

/* Of one line by another that it depends on; also by itself, as a gradient of what is linear depends on nothing. */
static void gradient_line(RandomGraph *g)
{
    int y = some(g, is_real);
    if (y < 0 || g->lines[y].order >= 2 || !g->lines[y].from) return;
    for (int tries = 0; tries < 10; tries++) {
        int x = below(g, g->n);
        if (!(g->lines[y].from >> x & 1) || g->lines[x].integer) continue;
        RandomLine *line = LINE(g, g->lines[x].shape,
                                ONE_OF(g, "tanh(grad($0 + 0.1 * sum($1 * $1), $1))",
                                       "tanh(grad(sum($0 * $0) + sum($1 ^ 3), $1))",
                                       "tanh(grad(0.5 * tanh($0) * sum($1), $1)) * $1"),
                                y, x);
        line->order = g->lines[y].order + 1;
        return;
    }
}

static void shared_line(RandomGraph *g)
{
    int v = some(g, is_rows);
    if (v >= 0 && g->lines[v].shape.dims[1] > 0)
        LINE(g, SHAPE(-1, 4),
             form("(function() local net = shared(\"net%d\", function(x) return tanh(linear(x, 4)) end) return net($0) "
                  "* net(tanh($0)) end)()",
                  g->n),
             v);
}

static void (*const random_line[])(RandomGraph *) = {
    unary_line,     unary_line,   binary_line, binary_line,      deciding_line, reduction_line,
    reduction_line, shape_line,   shape_line,  convolution_line, window_line,   norm_line,
    product_line,   product_line, label_line,  gradient_line,    gradient_line, shared_line};

static void random_graph(RandomGraph *g, uint64_t seed)
{
    *g = (RandomGraph){.state = seed * 7919 + 17};
    const int h = 3 + below(g, 4), c = 1 + below(g, 3);
    add_line(g, SHAPE(-1, h, 4, c), false, form("input { %d, 4, %d }", h, c), 0, NULL);
    add_line(g, SHAPE(-1, 3), false, "input { 3 }", 0, NULL);
    add_line(g, SHAPE(-1, GRID), false, form("input { %d }", GRID), 0, NULL);
    add_line(g, SHAPE(-1), true, form("labels(%d)", CLASSES), 0, NULL)->integer = true;
    add_line(g, SHAPE(c), false, form("param({ %d }, { init = 0.4 })", c), 0, NULL);
    const int lines = 5 + 3 + below(g, 23);
    for (int tries = 0; g->n < lines && tries < 200; tries++)
        random_line[below(g, sizeof random_line / sizeof *random_line)](g);
    for (int i = 0; i < 3; i++) {
        do g->loss[i] = i ? below(g, g->n) : g->n - 1; while (g->lines[g->loss[i]].integer && i);
        if (g->lines[g->loss[i]].integer) g->loss[i] = 0;
    }
}

static const char *const input_names[] = {"image", "row", "grid", "label", "scale"};

static void add_name(Text *t, int line) { line < 5 ? text_add(t, "%s", input_names[line]) : text_add(t, "v%d", line); }

/* The graph as a file. */
static const char *random_graph_text(const RandomGraph *g, Arena *arena)
{
    Text t = text_new(arena);
    text_add(&t, "third = custom { forward = function(v) return v * v * v end, backward = function(d, v) return 3 * d "
                 "* v * v end }\n");
    for (int i = 0; i < g->n; i++) {
        const RandomLine *line = &g->lines[i];
        if (line->gone) continue;
        if (!line->named) text_add(&t, "local ");
        add_name(&t, i);
        text_add(&t, " = ");
        for (const char *c = line->text; *c; c++)
            if (*c == '$') add_name(&t, line->in[*++c - '0']);
            else text_add(&t, "%c", *c);
        text_add(&t, "\n");
    }
    text_add(&t, "minimize(");
    for (int i = 0; i < 3; i++) {
        text_add(&t, "%smean(tanh(", i ? " + " : "");
        add_name(&t, g->loss[i]);
        text_add(&t, ") ^ 2)");
    }
    text_add(&t, ")\n");
    return t.chars;
}

/* The graph as an experiment, called `name`. */
static Experiment *random_experiment(Arena *arena, const RandomGraph *g, const char *name, int batch)
{
    const char *text = random_graph_text(g, arena);
    Experiment *x = load_text(arena, arena_format(arena, "%s.lua", name), text, strlen(text), 0, NULL);
    x->batch = batch;
    return x;
}

static bool same_shape(RandomShape a, RandomShape b)
{
    return a.rank == b.rank && !memcmp(a.dims, b.dims, sizeof(int) * (size_t)a.rank);
}

/* Lines that nothing reads, from the end. */
static void drop_unread(RandomGraph *g)
{
    for (int i = g->n - 1; i >= 5; i--) {
        bool read = i == g->loss[0] || i == g->loss[1] || i == g->loss[2];
        for (int k = i + 1; k < g->n && !read; k++)
            for (int j = 0; j < g->lines[k].n_in; j++) read = read || (!g->lines[k].gone && g->lines[k].in[j] == i);
        if (!read) g->lines[i].gone = true;
    }
}

/* Makes the graph smaller as long as `fails` holds for it: the loss of earlier lines, lines without readers left out, a
 * line replaced by an operand of its shape, names taken away. */
SUPPORT void shrink(RandomGraph *g, bool (*fails)(const RandomGraph *, void *), void *context)
{
    for (bool smaller = true; smaller;) {
        smaller = false;
        RandomGraph best = *g;
        for (int i = 0; i < 3; i++)
            for (int k = 0; k < g->loss[i]; k++) {
                if (g->lines[k].gone || g->lines[k].integer) continue;
                RandomGraph tried = *g;
                tried.loss[i] = k;
                drop_unread(&tried);
                if (fails(&tried, context)) { *g = tried; smaller = true; break; }
            }
        RandomGraph unread = *g;
        drop_unread(&unread);
        if (memcmp(&unread, g, sizeof unread) && fails(&unread, context)) *g = unread, smaller = true;
        for (int i = g->n - 1; i >= 5; i--) {
            if (g->lines[i].gone) continue;
            for (int j = 0; j < g->lines[i].n_in; j++) {
                const int by = g->lines[i].in[j];
                if (!same_shape(g->lines[by].shape, g->lines[i].shape) || g->lines[by].integer != g->lines[i].integer)
                    continue;
                RandomGraph tried = *g;
                for (int k = i + 1; k < g->n; k++)
                    for (int m = 0; m < tried.lines[k].n_in; m++)
                        if (tried.lines[k].in[m] == i) tried.lines[k].in[m] = by;
                for (int k = 0; k < 3; k++)
                    if (tried.loss[k] == i) tried.loss[k] = by;
                tried.lines[i].gone = true;
                drop_unread(&tried);
                if (fails(&tried, context)) { *g = tried; smaller = true; break; }
            }
            if (!g->lines[i].gone && g->lines[i].named) {
                RandomGraph tried = *g;
                tried.lines[i].named = false;
                if (fails(&tried, context)) *g = tried, smaller = true;
            }
        }
        if (!memcmp(&best, g, sizeof best)) break;
    }
}

#endif
