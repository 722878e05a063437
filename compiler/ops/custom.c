/* custom.c - values whose gradient the graph file says itself: custom{forward = ..., backward = ...}.
 *
 * When such a function is called, forward makes y, and backward is called at once with a placeholder for the gradient that will
 * arrive.  The node's inputs are y and what the function was given; its attributes are the numbers of the placeholder and of
 * what backward made of it (0: no gradient).  The gradient rule copies that with the placeholder replaced, so that it is made
 * of ordinary nodes and can be differentiated again. */
#include "../tailor.h"

#include <string.h>

typedef struct Substitution { Graph *graph; Value from, to; int n; Value *now; } Substitution;   /* now[v]: 0 not looked at yet */

static Value substitute(Substitution *s, Value v)
{
    if (v == s->from) return s->to;
    if (v < s->from || v >= s->n) return v;      /* what is older can not depend on it */
    if (s->now[v]) return s->now[v];
    const Node *node = graph_at(s->graph, v);
    int n_in = node->n_in, n_ints = node->op == &op_custom ? node->attr.n_ints : 0;
    Value *in = arena_array(s->graph->arena, n_in, sizeof *in);
    int64_t *ints = arena_array(s->graph->arena, n_ints, sizeof *ints);
    bool changed = false;
    for (int i = 0; i < n_in; i++) {
        in[i] = substitute(s, graph_at(s->graph, v)->in[i]);
        changed = changed || in[i] != graph_at(s->graph, v)->in[i];
    }
    for (int i = 0; i < n_ints; i++) {           /* a custom gradient in a custom gradient: its own placeholder stays, and so does what it stands in */
        const int64_t *old_ints = graph_at(s->graph, v)->attr.ints, old = old_ints[i];
        ints[i] = i == 0 || old_ints[0] == s->from ? old : substitute(s, (Value)old);
        changed = changed || ints[i] != old;
    }
    node = graph_at(s->graph, v);
    Attr attr = node->attr;
    if (n_ints) attr.ints = ints;
    return s->now[v] = changed ? graph_add(s->graph, node->op, n_in, in, attr) : v;
}

static void custom_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    const Node *node = graph_at(g, y);
    int n = node->n_in;
    const int64_t *ints = node->attr.ints;
    Substitution s = {.graph = g, .from = (Value)ints[0], .to = dy, .n = g->n, .now = arena_array(g->arena, g->n, sizeof(Value))};
    for (int i = 1; i < n; i++)
        if (ints[i]) dx[i] = substitute(&s, (Value)ints[i]);
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

OP(custom) {
    .name = "custom", .kind = VIEW, .arity = -1, .n_sources = 1, .doc = "the first input; its gradient is what the graph file says",
    .gradient_doc = "as the graph file says", .shape = first_shape, .gradient = custom_gradient, .interpret = first, .index = same_index, .simplify = only_value,
    .samples = {"local a = input{5}; local f = custom{forward = function(x) return x * x * x end, backward = function(d, x) return 3 * d * x * x end}; y = exp(f(a))",
                "local a, b = input{4}, input{4}; local f = custom{forward = function(p, q) return p * exp(q) end, "
                "backward = function(d, p, q, out) return d * exp(q), d * out end}; y = f(a, b) * f(b, a)",
                "local inner = custom{forward = function(x) return x * x end, backward = function(d, x) return 2 * d * x end}; "
                "local outer = custom{forward = function(x) return x * x * x * x end, backward = function(d, x) return 4 * x * inner(x) * d end}; "
                "local a = input{3}; y = outer(a)"},
};

static void outside(const Interpretation *it) { bug("%s is no value", it->node->op->name); }
static bool given_shape(Shape *shape)
{
    shape->out.elem = (Elem)shape->attr->ints[0];
    shape->out.rank = (int)shape->attr->ints[1];
    for (int i = 0; i < shape->out.rank; i++) shape->out.dims[i] = shape->attr->ints[2 + i];
    return true;
}
OP(placeholder) {
    .name = "placeholder", .kind = LEAF, .arity = 0, .doc = "the gradient that a custom backward is given", .shape = given_shape, .interpret = outside,
};
