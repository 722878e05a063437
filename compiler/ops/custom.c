/* custom.c - values whose gradient is given by the graph file: custom{forward = ..., backward = ...}.
 *
 * When such a function is called, forward makes y, and backward is called at once with a placeholder for the gradient
 * that will arrive.  The node's inputs are y and the function's arguments.  Its attributes are the numbers of the
 * placeholder and of the gradients that backward made from it (0: no gradient).  The gradient rule copies these with
 * the placeholder replaced, so that they consist of ordinary nodes and can be differentiated again. */
#include "graph/op.h"

#include <string.h>

/* Replaces `from` by `to`.  now[v]: the value that stands for v; 0: none yet. */
typedef struct Substitution { Graph *graph; Value from, to; int n; Value *now, *waiting; } Substitution;

/* The value that stands for v; 0: it is not known yet. */
static Value stands_for(const Substitution *s, Value v)
{
    if (v == s->from) return s->to;
    return v < s->from || v >= s->n ? v : s->now[v];      /* an older value can not depend on `from` */
}

/* Does attribute i of a custom gradient stay as it is?  Its own placeholder does.  The gradients do too, when that
 * placeholder is the one that is replaced. */
static bool int_stays(const Substitution *s, const Node *node, int i)
{
    return i == 0 || node->attr.ints[0] == s->from;
}

static int ints_of(const Node *node) { return node->op == &op_custom ? node->attr.n_ints : 0; }

/* The first value that the node is made of and that has no value standing for it yet.  0: there is none. */
static Value missing(const Substitution *s, const Node *node)
{
    for (int i = 0; i < node->n_in; i++)
        if (!stands_for(s, node->in[i])) return node->in[i];
    for (int i = 0; i < ints_of(node); i++)
        if (!int_stays(s, node, i) && node->attr.ints[i] && !stands_for(s, (Value)node->attr.ints[i]))
            return (Value)node->attr.ints[i];
    return 0;
}

static Value anew(Substitution *s, Value v)
{
    const Node node = *graph_at(s->graph, v);
    const int n_ints = ints_of(&node);
    Value *in = arena_array(s->graph->arena, node.n_in, sizeof *in);
    int64_t *ints = arena_array(s->graph->arena, n_ints, sizeof *ints);
    bool changed = false;
    for (int i = 0; i < node.n_in; i++) in[i] = stands_for(s, node.in[i]), changed = changed || in[i] != node.in[i];
    for (int i = 0; i < n_ints; i++) {
        ints[i] = int_stays(s, &node, i) ? node.attr.ints[i] : stands_for(s, (Value)node.attr.ints[i]);
        changed = changed || ints[i] != node.attr.ints[i];
    }
    Attr attr = node.attr;
    if (n_ints) attr.ints = ints;
    return changed ? graph_add(s->graph, node.op, node.n_in, in, attr) : v;
}

static Value substitute(Substitution *s, Value v)
{
    int n = 0;
    for (s->waiting[n++] = v; n > 0;) {
        const Value last = s->waiting[n - 1], before = stands_for(s, last) ? 0 : missing(s, graph_at(s->graph, last));
        if (before) s->waiting[n++] = before;
        else if (n--, !stands_for(s, last)) s->now[last] = anew(s, last);
    }
    return stands_for(s, v);
}

static void custom_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    const Node *node = graph_at(g, y);
    int n = node->n_in;
    const int64_t *ints = node->attr.ints;
    Substitution s = {.graph = g,
                      .from = (Value)ints[0],
                      .to = dy,
                      .n = g->n,
                      .now = arena_array(g->arena, g->n, sizeof(Value)),
                      .waiting = arena_array(g->arena, g->n, sizeof(Value))};
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
