/* autodiff.c - gradients as ordinary nodes.
 *
 * Reverse mode: nodes are visited from the last to the first.  A node's op has a rule that makes the gradients of its
 * inputs from the gradient that has arrived at the node.  Rules build nodes of the same graph, so a gradient can be
 * differentiated again. */
#include "graph/op.h"

/* [y + 1]: whether a node depends on one of x. */
static bool *depends_on(const Graph *g, Value y, int n, const Value *x)
{
    bool *depends = arena_array(g->arena, (int64_t)y + 1, sizeof *depends);
    for (int i = 0; i < n; i++)
        if (x[i] <= y) depends[x[i]] = true;
    for (Value v = 1; v <= y; v++)
        for (int i = 0; i < graph_at(g, v)->n_in && !depends[v]; i++) depends[v] = depends[graph_at(g, v)->in[i]];
    return depends;
}

static bool has_gradient(const Op *op) { return op->gradient != NULL; }

/* The op on the way from x to y that has no gradient, for the message; 0 where the gradient is zero. */
static Value blocking(const Graph *g, Value y, Value x, const bool *depends)
{
    bool *from_y = arena_array(g->arena, (int64_t)y + 1, sizeof *from_y);
    from_y[y] = true;
    for (Value v = y; v > x; v--) {
        if (!from_y[v] || !depends[v]) continue;
        const Node *node = graph_at(g, v);
        bool constant = node->op->zero_gradient;
        if (constant && graph_at(g, node->in[0])->type.elem == REAL) continue;
        if (!constant && !has_gradient(node->op)) return v;
        for (int i = 0; i < node->n_in; i++) from_y[node->in[i]] = true;
    }
    return 0;
}

/* A value as messages call it: its name or its constructor, and its line. */
static const char *called(const Graph *g, Value v)
{
    const Note *note = &g->notes[v];
    if (graph_at(g, v)->op == &op_constant) return "a constant";
    const char *name = note->name ? note->name : label_text(g, v);
    return note->line.number ? arena_format(g->arena, "%s (%s)", name, line_short(g->arena, note->line)) : name;
}

void differentiate(Graph *g, Value y, int n, const Value *x, Value *dx, bool required)
{
    bool *depends = depends_on(g, y, n, x);
    Value *gradient = arena_array(g->arena, (int64_t)y + 1, sizeof *gradient);
    if (graph_at(g, y)->type.elem == REAL && depends[y]) gradient[y] = make_filled(g, graph_at(g, y)->type, 1);

    for (Value v = y; v > 0; v--) {
        const Node *node = graph_at(g, v);
        if (!gradient[v] || !depends[v] || node->n_in == 0 || !has_gradient(node->op)) continue;
        /* One node may be the gradient of several values: one with a name is taken, since people know it. */
        const Value said = g->notes[gradient[v]].gradient_of;
        if (gradient[v] > y && (!said || (!g->notes[said].name && g->notes[v].name)))
            g->notes[gradient[v]].gradient_of = v;
        Value *in = arena_array(g->arena, node->n_in, sizeof *in);
        Note note = g->notes[v];
        const Line line = g->line;
        Label *label = g->label;
        g->line = note.line;       /* a gradient gets the line of its value */
        g->label = label_gradient(g, note.label);
        node->op->gradient(g, v, gradient[v], in);
        node = graph_at(g, v);     /* the array may have moved */
        for (int i = 0; i < node->n_in; i++) {
            Value from = node->in[i];
            if (!in[i] || is_nothing(g, in[i]) || !depends[from] || graph_at(g, from)->type.elem != REAL) continue;
            Value arrived = make_sum_to(g, in[i], graph_at(g, from)->type);
            gradient[from] = gradient[from] ? make_add(g, gradient[from], arrived) : arrived;
        }
        g->line = line;
        g->label = label;
    }
    for (int i = 0; i < n; i++) {
        dx[i] = x[i] <= y ? gradient[x[i]] : 0;
        if (dx[i] && !type_equal(graph_at(g, dx[i])->type, graph_at(g, x[i])->type))
            dx[i] = make_broadcast(g, dx[i], graph_at(g, x[i])->type);
        if (dx[i]) {
            if (!g->notes[dx[i]].gradient_of && dx[i] > y) g->notes[dx[i]].gradient_of = x[i];
            continue;
        }
        if (required) {
            if (graph_at(g, x[i])->type.elem != REAL)
                graph_error(g, "grad: %s is whole numbers, which have no gradient", called(g, x[i]));
            const bool *through = depends_on(g, y, 1, &x[i]);
            if (!through[y]) graph_error(g, "grad: %s does not depend on %s", called(g, y), called(g, x[i]));
            Value block = blocking(g, y, x[i], through);
            if (block)
                graph_error(g, "grad: %s (%s) has no gradient", graph_at(g, block)->op->name,
                            line_short(g->arena, g->notes[block].line));
        }
        dx[i] = make_nothing(g, graph_at(g, x[i])->type);
    }
}
