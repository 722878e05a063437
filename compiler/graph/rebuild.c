/* rebuild.c - makes a graph anew, value by value.  Passes that change graphs use it, and so do gradients of
 * custom{}, within one graph.
 *
 * A pass goes through the values of the old graph in their order, and makes for each a value that stands for it.  The
 * notes of the old value go along.  Its line and label go to every node that is made for it.  Its name, and the value
 * whose gradient it is, go to the value that stands for it, unless that value has its own. */
#include "graph/op.h"

Rebuild rebuild_new(const Graph *old, int nodes)
{
    return (Rebuild){.old = old, .g = graph_like(old, nodes), .now = arena_array(old->arena, old->n, sizeof(Value))};
}

void rebuild_at(const Rebuild *r, Value v)
{
    r->g->line = r->old->notes[v].line;
    r->g->label = r->old->notes[v].label;
}

/* The attributes of a custom gradient are values, which have new numbers.  They stay where something else stands for
 * the node's own placeholder: that one is replaced in another node, whose placeholder it is too. */
static Attr attributes(const Rebuild *r, const Node *node)
{
    Attr attr = node->attr;
    if (node->op != &op_custom || (r->g == r->old && r->now[attr.ints[0]] != attr.ints[0])) return attr;
    int64_t *ints = arena_array(r->g->arena, attr.n_ints, sizeof *ints);
    for (int i = 0; i < attr.n_ints; i++) ints[i] = r->now[attr.ints[i]];
    attr.ints = ints;
    return attr;
}

Value rebuild_node(const Rebuild *r, Value v, const Value *in)
{
    const Node *node = graph_at(r->old, v);
    const Value again_of = r->old->notes[v].again_of;
    Value *same = arena_array(r->g->arena, in ? 0 : node->n_in, sizeof *same);
    for (int i = 0; !in && i < node->n_in; i++) same[i] = r->now[node->in[i]];
    if (!in) in = same;
    return again_of ? graph_add_again(r->g, r->now[again_of], node->n_in, in)
                    : graph_add(r->g, node->op, node->n_in, in, attributes(r, node));
}

void rebuild_as(Rebuild *r, Value v, Value made)
{
    const Note *note = &r->old->notes[v];
    Note *kept = &r->g->notes[made];
    r->now[v] = made;
    if (note->name && !kept->name) kept->name = note->name, kept->line = note->line;
    if (note->gradient_of && !kept->gradient_of) kept->gradient_of = r->now[note->gradient_of];
}

Goal *rebuild_goal(const Rebuild *r, const Goal *goal)
{
    Goal *result = arena_alloc(r->g->arena, sizeof *result);
    *result = *goal;
    result->graph = r->g;
    result->roots = arena_array(r->g->arena, goal->n_roots, sizeof *result->roots);
    for (int i = 0; i < goal->n_roots; i++) {
        result->roots[i] = goal->roots[i];
        result->roots[i].value = r->now[goal->roots[i].value];
    }
    return result;
}
