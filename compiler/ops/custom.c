/* custom.c - values whose gradient is given by the graph file: custom{forward = ..., backward = ...}.
 *
 * When such a function is called, forward makes y, and backward is called at once with a placeholder for the gradient
 * that will arrive.  The node's inputs are y and the function's arguments.  Its attributes are the numbers of the
 * placeholder and of the gradients that backward made from it (0: no gradient).  The gradient rule copies these with
 * the placeholder replaced, so that they consist of ordinary nodes and can be differentiated again. */
#include "graph/op.h"

/* [last + 1]: the values behind the placeholder that its gradients are made of, also through other custom gradients. */
static bool *needed_behind(const Graph *g, const Node *custom, Value last)
{
    const int64_t placeholder = custom->attr.ints[0];
    bool *needed = arena_array(g->arena, (int64_t)last + 1, sizeof *needed);
    for (int i = 1; i < custom->n_in; i++) needed[custom->attr.ints[i]] = true;
    for (Value v = last; v > placeholder; v--) {
        const Node *node = graph_at(g, v);
        for (int i = 0; needed[v] && i < node->n_in; i++) needed[node->in[i]] = true;
        if (!needed[v] || node->op != &op_custom || node->attr.ints[0] == placeholder) continue;
        for (int i = 0; i < node->attr.n_ints; i++) needed[node->attr.ints[i]] = true;
    }
    return needed;
}

/* A value that does not come from the placeholder stays itself: equal nodes are one node. */
static void custom_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    const Node custom = *graph_at(g, y);
    const int64_t *ints = custom.attr.ints;
    Value last = (Value)ints[0];
    for (int i = 1; i < custom.n_in; i++)
        if (ints[i] > last) last = (Value)ints[i];
    const bool *needed = needed_behind(g, &custom, last);
    Rebuild r = {.old = g, .g = g, .now = arena_array(g->arena, (int64_t)last + 1, sizeof *r.now)};
    for (Value v = 1; v <= last; v++) r.now[v] = v;
    r.now[ints[0]] = dy;
    for (Value v = (Value)ints[0] + 1; v <= last; v++)
        if (needed[v]) r.now[v] = rebuild_node(&r, v, NULL);
    for (int i = 1; i < custom.n_in; i++)
        if (ints[i]) dx[i] = r.now[ints[i]];
}

static bool first_shape(Shape *shape)
{
    shape->out = shape->in[0];
    return true;
}
static double first_element(const Interpretation *it, const int64_t *index) { return interpret_at(it, 0, index); }
static void first(const Interpretation *it) { interpret_each(it, first_element); }
static const char *same_index(KernelWriter *w, Value node, const Index *out, int which, Index *in)
{
    (void)w, (void)node, (void)which;
    *in = *out;
    return NULL;
}
static Value only_value(Graph *g, Value v) { return graph_at(g, v)->in[0]; }      /* gradients have been taken */

OP(custom){
    .name = "custom",
    .kind = VIEW,
    .arity = -1,
    .n_sources = 1,
    .doc = "the first input; its gradient is what the graph file says",
    .gradient_doc = "as the graph file says",
    .shape = first_shape,
    .gradient = custom_gradient,
    .interpret = first,
    .index = same_index,
    .simplify = only_value,
    .samples = {"local a = input{5}; local f = custom{forward = function(x) return x * x * x end, backward = "
                "function(d, x) return 3 * d * x * x end}; y = exp(f(a))",
                "local a, b = input{4}, input{4}; local f = custom{forward = function(p, q) return p * exp(q) end, "
                "backward = function(d, p, q, out) return d * exp(q), d * out end}; y = f(a, b) * f(b, a)",
                "local inner = custom{forward = function(x) return x * x end, backward = function(d, x) return 2 * d * "
                "x end}; "
                "local outer = custom{forward = function(x) return x * x * x * x end, backward = function(d, x) return "
                "4 * x * inner(x) * d end}; "
                "local a = input{3}; y = outer(a)"},
};

static void outside(const Interpretation *it) { bug("%s is no value", it->node->op->name); }
static bool given_shape(Shape *shape)
{
    shape->out = attr_type(shape->attr);
    return true;
}
OP(placeholder){
    .name = "placeholder",
    .kind = LEAF,
    .arity = 0,
    .doc = "the gradient that a custom backward is given",
    .shape = given_shape,
    .interpret = outside,
};
