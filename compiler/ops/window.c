/* window.c - windows that slide over an NHWC image, of which pooling and its gradients are made.
 *
 * Attributes: kernel h, w; stride h, w; padding before h, w; result h, w; image h, w.  A window may hang over the
 * image's edge.  A place outside is no candidate for the maximum, and counts as 0 in a sum.
 *
 *   window_argmax(x)       the place of the first maximum in each window: kh * kernel_w + kw
 *   window_gather(x, at)   the element at that place              adjoint: window_scatter
 *   window_scatter(y, at)  the sum of y over windows that point here   adjoint: window_gather
 *   window_sum(x)          the sum over each window                adjoint: window_spread
 *   window_spread(y)       the sum of y over windows that cover a place */
#include "graph/op.h"

#include <math.h>
#include <string.h>

typedef struct Window { int64_t kh, kw, sh, sw, ph, pw, oh, ow, h, w; } Window;

static Window window_of(const Attr *attr)
{
    Window w;
    memcpy(&w, attr->ints, sizeof w);
    return w;
}

static bool image_to_windows(Shape *shape)
{
    Window w = window_of(shape->attr);
    Type x = shape->in[0];
    if (x.rank != 4 || x.dims[1] != w.h || x.dims[2] != w.w) bug("window over %s", type_text(shape->graph->arena, x));
    shape->out = (Type){.elem = x.elem, .rank = 4, .dims = {x.dims[0], w.oh, w.ow, x.dims[3]}};
    return true;
}
static bool argmax_shape(Shape *shape)
{
    image_to_windows(shape);
    shape->out.elem = INT;
    return true;
}
static bool windows_to_image(Shape *shape)
{
    Window w = window_of(shape->attr);
    Type y = shape->in[0];
    if (y.rank != 4 || y.dims[1] != w.oh || y.dims[2] != w.ow) bug("windows of %s", type_text(shape->graph->arena, y));
    shape->out = (Type){.elem = y.elem, .rank = 4, .dims = {y.dims[0], w.h, w.w, y.dims[3]}};
    return true;
}

static void gather_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    const Node *node = graph_at(g, y);
    dx[0] = graph_add(g, &op_window_scatter, 2, (Value[]){dy, node->in[1]}, node->attr);
}
static void scatter_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    const Node *node = graph_at(g, y);
    dx[0] = graph_add(g, &op_window_gather, 2, (Value[]){dy, node->in[1]}, node->attr);
}
static void sum_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    dx[0] = graph_add(g, &op_window_spread, 1, &dy, graph_at(g, y)->attr);
}
static void spread_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    dx[0] = graph_add(g, &op_window_sum, 1, &dy, graph_at(g, y)->attr);
}

/* ---- in double ---- */

typedef struct Best { double value; int64_t where; } Best;

static Best best_of(const Interpretation *it, const int64_t *index)
{
    Window w = window_of(&it->node->attr);
    Best best = {-INFINITY, -1};
    for (int64_t i = 0; i < w.kh * w.kw; i++) {
        int64_t y = index[1] * w.sh + i / w.kw - w.ph, x = index[2] * w.sw + i % w.kw - w.pw;
        if (y < 0 || y >= w.h || x < 0 || x >= w.w) continue;
        double value = interpret_at(it, 0, (int64_t[]){index[0], y, x, index[3]});
        if (best.where < 0 || value > best.value || (value != value && best.value == best.value))
            best = (Best){value, i};
    }
    return best;
}
static double argmax_element(const Interpretation *it, const int64_t *index)
{
    return (double)best_of(it, index).where;
}
static double gather_element(const Interpretation *it, const int64_t *index)
{
    Window w = window_of(&it->node->attr);
    int64_t i = (int64_t)interpret_at(it, 1, index);
    int64_t y = index[1] * w.sh + i / w.kw - w.ph, x = index[2] * w.sw + i % w.kw - w.pw;
    bool inside = y >= 0 && y < w.h && x >= 0 && x < w.w;
    return inside ? interpret_at(it, 0, (int64_t[]){index[0], y, x, index[3]}) : 0;
}
static double sum_element(const Interpretation *it, const int64_t *index)
{
    Window w = window_of(&it->node->attr);
    double sum = 0;
    for (int64_t i = 0; i < w.kh * w.kw; i++) {
        int64_t y = index[1] * w.sh + i / w.kw - w.ph, x = index[2] * w.sw + i % w.kw - w.pw;
        if (y >= 0 && y < w.h && x >= 0 && x < w.w) sum += interpret_at(it, 0, (int64_t[]){index[0], y, x, index[3]});
    }
    return sum;
}
/* the adjoints: every window (oh, ow) in which the place has number i */
static double back(const Interpretation *it, const int64_t *index, bool pointed)
{
    Window w = window_of(&it->node->attr);
    double sum = 0;
    for (int64_t i = 0; i < w.kh * w.kw; i++) {
        int64_t y = index[1] + w.ph - i / w.kw, x = index[2] + w.pw - i % w.kw;
        if (y < 0 || x < 0 || y % w.sh || x % w.sw || y / w.sh >= w.oh || x / w.sw >= w.ow) continue;
        int64_t at[MAX_RANK] = {index[0], y / w.sh, x / w.sw, index[3]};
        if (!pointed || (int64_t)interpret_at(it, 1, at) == i) sum += interpret_at(it, 0, at);
    }
    return sum;
}
static double scatter_element(const Interpretation *it, const int64_t *index) { return back(it, index, true); }
static double spread_element(const Interpretation *it, const int64_t *index) { return back(it, index, false); }
static void interpret_argmax(const Interpretation *it) { interpret_each(it, argmax_element); }
static void interpret_gather(const Interpretation *it) { interpret_each(it, gather_element); }
static void interpret_scatter(const Interpretation *it) { interpret_each(it, scatter_element); }
static void interpret_sum(const Interpretation *it) { interpret_each(it, sum_element); }
static void interpret_spread(const Interpretation *it) { interpret_each(it, spread_element); }

/* The places that are gathered from are those of the maxima: the loop that finds a place finds the maximum, too. */
static bool gathers_maxima(const Graph *g, Value node, int which)
{
    const Node *self = graph_at(g, node), *at = graph_at(g, self->in[1]);
    return which == 1 && at->op == &op_window_argmax && at->in[0] == self->in[0] &&
           !memcmp(at->attr.ints, self->attr.ints, sizeof(Window));
}

/* The element in a window comes from the image; its place is said at the window's own index. */
static void gather_trace(const Graph *g, Value node, const int *axis, int which, int *in_axis)
{
    (void)g, (void)node;
    for (int i = 0; i < 4; i++) in_axis[i] = which == 1 || i == 0 || i == 3 ? axis[i] : NO_AXIS;
}

/* ---- in C ---- */

/* C text as a factor: in parentheses when it is more than a name. */
static const char *factor(KernelWriter *w, const char *text)
{
    return strpbrk(text, " ") ? kernel_format(w, "(%s)", text) : text;
}

/* C text of out * stride + k - padding, without parts that do nothing. */
static const char *place_in(KernelWriter *w, const char *out, int64_t stride, const char *k, int64_t padding)
{
    const char *text = kernel_format(w, strpbrk(out, "+-") ? "(%s) * %lld + %s" : "%s * %lld + %s", out,
                                     (long long)stride, k);
    if (stride == 1) text = kernel_format(w, "%s + %s", out, k);
    if (!strcmp(out, "0")) text = k;
    return padding ? kernel_format(w, "%s - %lld", text, (long long)padding) : text;
}

/* Can a place in a window along one axis lie outside the image? */
static bool can_leave(int64_t kernel, int64_t stride, int64_t padding, int64_t result, int64_t size)
{
    return padding > 0 || (result - 1) * stride + kernel > size;
}

typedef struct Loops { const char *y, *x, *kh, *kw, *inside; } Loops;

/* A sum over the places of a window.  When there are many terms, each row, or each run of 16 places of a long row, is
 * summed up by itself, and these parts are summed up in pairs (runtime/rt_sum.h). */
typedef struct WindowSum { const char *sum, *tree, *part, *parts; bool cut; int64_t kw; } WindowSum;

/* terms: the most terms that the sum may have, of kh x kw places. */
static WindowSum window_sum_start(KernelWriter *w, int64_t kh, int64_t kw, int64_t terms, const char *hint)
{
    enum { MOST_TERMS = 32, RUN = 16 };
    WindowSum s = {.sum = kernel_local(w, hint), .kw = kw};
    if (terms <= MOST_TERMS) {
        kernel_line(w, "float %s = 0;", s.sum);
        return s;
    }
    s.cut = kw > MOST_TERMS;
    int levels = 1;
    for (int64_t parts = kh * (s.cut ? (kw + RUN - 1) / RUN : 1); parts >> levels;) levels++;
    s.tree = kernel_local(w, kernel_format(w, "%s_tree", hint));
    s.part = kernel_local(w, kernel_format(w, "%s_part", hint));
    s.parts = kernel_local(w, kernel_format(w, "%s_parts", hint));
    kernel_line(w, "float %s[%d];", s.tree, levels);
    kernel_line(w, "int %s = 0;", s.parts);
    return s;
}
static void window_sum_row(KernelWriter *w, const WindowSum *s)      /* before the loop over a row */
{
    if (s->tree) kernel_line(w, "float %s = 0;", s->part);
}
static void window_sum_add(KernelWriter *w, const WindowSum *s, const char *kw, const char *term)
{
    kernel_line(w, "%s += %s;", s->tree ? s->part : s->sum, term);
    if (!s->cut) return;
    kernel_line(w, "if (%s %% 16 == 15 || %s == %lld) {", kw, kw, (long long)s->kw - 1);
    kernel_line(w, "    rt_sum_put(%s++, %s, %s);", s->parts, s->tree, s->part);
    kernel_line(w, "    %s = 0;", s->part);
    kernel_line(w, "}");
}
static void window_sum_row_end(KernelWriter *w, const WindowSum *s)  /* behind the loop over a row */
{
    if (s->tree && !s->cut) kernel_line(w, "rt_sum_put(%s++, %s, %s);", s->parts, s->tree, s->part);
}
static void window_sum_end(KernelWriter *w, const WindowSum *s)
{
    if (s->tree) kernel_line(w, "const float %s = rt_sum_of(%s, %s);", s->sum, s->parts, s->tree);
}

/* Opens loops over a window's places; loops_close ends them.  sum: the sum that the loops make, or NULL.  A place that
 * can lie outside the image is moved inside, so that nothing is loaded under a condition (see rt_where).  `inside` is
 * then a C name that is true when the place was inside. */
static Loops loops_open(KernelWriter *w, Window win, const Index *out, const WindowSum *sum)
{
    Loops loops = {.kh = kernel_local(w, "kh"), .kw = kernel_local(w, "kw")};
    kernel_open(w, "for (int %s = 0; %s < %lld; %s++)", loops.kh, loops.kh, (long long)win.kh, loops.kh);
    if (sum) window_sum_row(w, sum);
    kernel_open(w, "for (int %s = 0; %s < %lld; %s++)", loops.kw, loops.kw, (long long)win.kw, loops.kw);
    loops.y = place_in(w, out->at[1], win.sh, loops.kh, win.ph);
    loops.x = place_in(w, out->at[2], win.sw, loops.kw, win.pw);
    bool check_y = can_leave(win.kh, win.sh, win.ph, win.oh, win.h),
         check_x = can_leave(win.kw, win.sw, win.pw, win.ow, win.w);
    if (!check_y && !check_x) return loops;
    const char *y = check_y ? kernel_local(w, "y") : loops.y, *x = check_x ? kernel_local(w, "x") : loops.x;
    if (check_y) kernel_line(w, "const int %s = %s;", y, loops.y);
    if (check_x) kernel_line(w, "const int %s = %s;", x, loops.x);
    const char *inside_y = kernel_format(w, "%s >= 0 && %s < %lld", y, y, (long long)win.h),
               *inside_x = kernel_format(w, "%s >= 0 && %s < %lld", x, x, (long long)win.w);
    loops.inside = kernel_local(w, "inside");
    kernel_line(w, "const _Bool %s = %s%s%s;", loops.inside, check_y ? inside_y : "", check_y && check_x ? " && " : "",
                check_x ? inside_x : "");
    if (check_y) loops.y = kernel_format(w, "rt_clamp_index(%s, %lld)", y, (long long)win.h);
    if (check_x) loops.x = kernel_format(w, "rt_clamp_index(%s, %lld)", x, (long long)win.w);
    return loops;
}
static void loops_close(KernelWriter *w, const WindowSum *sum)
{
    kernel_close(w);
    if (sum) window_sum_row_end(w, sum);
    kernel_close(w);
}

/* The first maximum of a window of x, the value `gather`, and its place, the value `at`.  A kernel may need one of them
 * or both; 0: not this one. */
static const char *maximum(KernelWriter *w, Value x, Value at, Value gather, Window win, const Index *out,
                           bool want_value)
{
    const char *best = kernel_local(w, "best"), *where = at ? kernel_local(w, "where") : NULL;
    kernel_line(w, "float %s = -RT_INFINITY;", best);
    bool leaves = can_leave(win.kh, win.sh, win.ph, win.oh, win.h) || can_leave(win.kw, win.sw, win.pw, win.ow, win.w);
    if (at) kernel_line(w, "int %s = %s;", where, leaves ? "-1" : "0");
    Loops loops = loops_open(w, win, out, NULL);
    Index in = {.at = {out->at[0], loops.y, loops.x, out->at[3]}};
    const char *element = kernel_element(w, x, &in), *value = kernel_local(w, "value");
    if (loops.inside) kernel_line(w, "const float %s = rt_where(%s, %s, -RT_INFINITY);", value, loops.inside, element);
    else kernel_line(w, "const float %s = %s;", value, element);
    if (at && loops.inside)     /* the first place inside counts, whatever is there */
        kernel_line(w, "%s = %s && (%s < 0 || %s > %s || %s != %s) ? %s * %lld + %s : %s;", where, loops.inside, where,
                    value, best, value, value, loops.kh, (long long)win.kw, loops.kw, where);
    else if (at)
        kernel_line(w, "%s = %s > %s || %s != %s ? %s * %lld + %s : %s;", where, value, best, value, value, loops.kh,
                    (long long)win.kw, loops.kw, where);
    kernel_line(w, "%s = %s > %s || %s != %s ? %s : %s;", best, value, best, value, value, value, best);
    loops_close(w, NULL);
    if (at) kernel_remember(w, at, out, where);
    if (gather) kernel_remember(w, gather, out, best);
    return want_value ? best : where;
}
static const char *argmax_text(KernelWriter *w, Value node, const Index *out)
{
    const Node *self = graph_at(kernel_graph(w), node);
    const Value gather = kernel_partner(w, &op_window_gather, self->in[0], node);
    return maximum(w, self->in[0], node, gather, window_of(&self->attr), out, false);
}
static const char *gather_text(KernelWriter *w, Value node, const Index *out)
{
    const Graph *g = kernel_graph(w);
    const Node *self = graph_at(g, node);
    Window win = window_of(&self->attr);
    if (gathers_maxima(g, node, 1))
        return maximum(w, self->in[0], kernel_computes(w, self->in[1]) ? self->in[1] : 0, node, win, out, true);
    const Type image = graph_at(g, self->in[0])->type;
    if (image.dims[1] == 1 && image.dims[2] == 1)
        return kernel_element(w, self->in[0], &(Index){.at = {out->at[0], "0", "0", out->at[3]}});
    const char *where = kernel_local(w, "where");
    kernel_line(w, "const int %s = %s;", where, kernel_element(w, self->in[1], out));
    const char *kh = kernel_format(w, "%s / %lld", where, (long long)win.kw),
               *kw = kernel_format(w, "%s %% %lld", where, (long long)win.kw);
    Index in = {.at = {out->at[0], place_in(w, out->at[1], win.sh, kh, win.ph),
                       place_in(w, out->at[2], win.sw, kw, win.pw), out->at[3]}};
    return kernel_element(w, self->in[0], &in);
}
static const char *sum_text(KernelWriter *w, Value node, const Index *out)
{
    const Node *self = graph_at(kernel_graph(w), node);
    const Window win = window_of(&self->attr);
    const WindowSum sum = window_sum_start(w, win.kh, win.kw, win.kh * win.kw, "sum");
    Loops loops = loops_open(w, win, out, &sum);
    Index in = {.at = {out->at[0], loops.y, loops.x, out->at[3]}};
    const char *element = kernel_element(w, self->in[0], &in);
    window_sum_add(w, &sum, loops.kw,
                   loops.inside ? kernel_format(w, "rt_where(%s, %s, 0)", loops.inside, element) : element);
    loops_close(w, &sum);
    window_sum_end(w, &sum);
    return sum.sum;
}

/* C text of the adjoints.  Where windows do not overlap, a place lies in at most one of them and needs no loop. */
static const char *back_text(KernelWriter *w, Value node, const Index *out, bool pointed)
{
    const Node *self = graph_at(kernel_graph(w), node);
    Window win = window_of(&self->attr);
    const char *hint = pointed ? "gradient" : "sum";
    const char *row = factor(w, out->at[1]), *column = factor(w, out->at[2]);
    bool disjoint = win.kh == win.sh && win.kw == win.sw && win.ph == 0 && win.pw == 0;
    if (disjoint) {
        const char *sum = kernel_local(w, hint);
        bool beyond_y = win.oh * win.sh < win.h, beyond_x = win.ow * win.sw < win.w;
        const char *at_y = kernel_format(w, "%s / %lld", row, (long long)win.sh),
                   *at_x = kernel_format(w, "%s / %lld", column, (long long)win.sw);
        Index in = {.at = {out->at[0],
                           beyond_y ? kernel_format(w, "rt_clamp_index(%s, %lld)", at_y, (long long)win.oh) : at_y,
                           beyond_x ? kernel_format(w, "rt_clamp_index(%s, %lld)", at_x, (long long)win.ow) : at_x,
                           out->at[3]}};
        const char *in_y = kernel_format(w, "%s < %lld", out->at[1], (long long)(win.oh * win.sh)),
                   *in_x = kernel_format(w, "%s < %lld", out->at[2], (long long)(win.ow * win.sw));
        const char *value = kernel_element(w, self->in[0], &in), *condition = NULL;
        if (pointed)
            condition = kernel_format(w, "%s == %s %% %lld * %lld + %s %% %lld", kernel_element(w, self->in[1], &in),
                                      row, (long long)win.sh, (long long)win.kw, column, (long long)win.sw);
        if (beyond_y) condition = condition ? kernel_format(w, "%s && %s", in_y, condition) : in_y;
        if (beyond_x) condition = condition ? kernel_format(w, "%s && %s", in_x, condition) : in_x;
        kernel_line(w, condition ? "const float %s = rt_where(%s, %s, 0);" : "const float %s = %s%s;", sum,
                    condition ? condition : "", value);
        return sum;
    }
    const char *kh = kernel_local(w, "kh"), *kw = kernel_local(w, "kw"), *y = kernel_local(w, "y"),
               *x = kernel_local(w, "x");
    /* windows that cover a place */
    const int64_t covering = ((win.kh + win.sh - 1) / win.sh) * ((win.kw + win.sw - 1) / win.sw);
    const WindowSum sum = window_sum_start(w, win.kh, win.kw, covering, hint);
    kernel_open(w, "for (int %s = 0; %s < %lld; %s++)", kh, kh, (long long)win.kh, kh);
    kernel_line(w, "const int %s = %s + %lld - %s;", y, out->at[1], (long long)win.ph, kh);
    window_sum_row(w, &sum);
    kernel_open(w, "for (int %s = 0; %s < %lld; %s++)", kw, kw, (long long)win.kw, kw);
    kernel_line(w, "const int %s = %s + %lld - %s;", x, out->at[2], (long long)win.pw, kw);
    const char *inside = kernel_local(w, "inside");
    kernel_line(w,
                "const _Bool %s = %s >= 0 && %s %% %lld == 0 && %s / %lld < %lld && %s >= 0 && %s %% %lld == 0 && %s / "
                "%lld < %lld;",
                inside, y, y, (long long)win.sh, y, (long long)win.sh, (long long)win.oh, x, x, (long long)win.sw, x,
                (long long)win.sw, (long long)win.ow);
    Index in = {.at = {out->at[0],
                       kernel_format(w, "rt_clamp_index(%s / %lld, %lld)", y, (long long)win.sh, (long long)win.oh),
                       kernel_format(w, "rt_clamp_index(%s / %lld, %lld)", x, (long long)win.sw, (long long)win.ow),
                       out->at[3]}};
    const char *value = kernel_element(w, self->in[0], &in);
    const char *inside_it = pointed ? kernel_format(w, "%s && %s == %s * %lld + %s", inside,
                                                    kernel_element(w, self->in[1], &in), kh, (long long)win.kw, kw)
                                    : inside;
    window_sum_add(w, &sum, kw, kernel_format(w, "rt_where(%s, %s, 0)", inside_it, value));
    kernel_close(w);
    window_sum_row_end(w, &sum);
    kernel_close(w);
    window_sum_end(w, &sum);
    return sum.sum;
}
static const char *scatter_text(KernelWriter *w, Value node, const Index *out) { return back_text(w, node, out, true); }
static const char *spread_text(KernelWriter *w, Value node, const Index *out) { return back_text(w, node, out, false); }

OP(window_argmax){
    .name = "window_argmax",
    .kind = STENCIL,
    .arity = 1,
    .doc = "where in each window the first maximum is",
    .gradient_doc = "none",
    .shape = argmax_shape,
    .element = argmax_text,
    .interpret = interpret_argmax,
    .samples = {"local a = input{4, 6, 2}; y = exp(max_pool(a, 2)) * 2"},
};
OP(window_gather){
    .name = "window_gather",
    .kind = STENCIL,
    .arity = 2,
    .doc = "the element of each window that an index names",
    .gradient_doc = "da = window_scatter(dy)",
    .shape = image_to_windows,
    .gradient = gather_gradient,
    .element = gather_text,
    .finds = gathers_maxima,
    .trace = gather_trace,
    .interpret = interpret_gather,
    .samples = {"local a = input{7, 5, 2}; y = exp(max_pool(a, 2))",
                "local a = input{5, 6, 2}; y = exp(max_pool(a, 3, {stride = 2, padding = 1}))"},
};
OP(window_scatter){
    .name = "window_scatter",
    .kind = STENCIL,
    .arity = 2,
    .doc = "the sum over windows whose index names a place",
    .gradient_doc = "dy = window_gather(da)",
    .shape = windows_to_image,
    .gradient = scatter_gradient,
    .element = scatter_text,
    .interpret = interpret_scatter,
    .samples = {"local a = input{4, 4, 2}; y = grad(exp(max_pool(a, 2)), a)",
                "local a = input{5, 5, 2}; y = grad(exp(max_pool(a, 3, {stride = 2, padding = 1})), a)"},
};
OP(window_sum){
    .name = "window_sum",
    .kind = STENCIL,
    .arity = 1,
    .doc = "the sum over each window",
    .gradient_doc = "da = window_spread(dy)",
    .shape = image_to_windows,
    .gradient = sum_gradient,
    .element = sum_text,
    .interpret = interpret_sum,
    .samples = {"local a = input{7, 5, 2}; y = exp(avg_pool(a, 2))",
                "local a = input{5, 5, 2}; y = exp(avg_pool(a, 3, {stride = 2, padding = 1}))"},
};
OP(window_spread){
    .name = "window_spread",
    .kind = STENCIL,
    .arity = 1,
    .doc = "the sum over the windows that cover a place",
    .gradient_doc = "dy = window_sum(da)",
    .shape = windows_to_image,
    .gradient = spread_gradient,
    .element = spread_text,
    .interpret = interpret_spread,
    .samples = {"local a = input{5, 4, 2}; y = grad(exp(avg_pool(a, 2)), a)",
                "local a = input{5, 5, 2}; y = grad(exp(avg_pool(a, 3, {stride = 2, padding = 1})), a)"},
};
