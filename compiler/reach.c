/* reach.c - what computing a value reads, and where: the question that fusion asks.
 *
 * From a value the search goes up through what is computed in place (pointwise ops and views) to values that are kept and to
 * leaves.  On the way it follows the axes: is element [b, c] of what is read needed for element [b, c], or for another? */
#include "tailor.h"

#include <string.h>

typedef struct List { int n, capacity; Reach *all; } List;

typedef struct Search {
    const Program *program;
    List found, seen;
} Search;

struct Reads { bool known; int n; const Reach *list; };

/* Rows whose length is the batch lie apart by the full batch, also when fewer samples are valid: such a value can not be read as
 * one of another shape. */
Value base_of(const Graph *g, Value v)
{
    while (graph_at(g, v)->op == &op_reshape && is_dense(graph_at(g, v)->type) && is_dense(graph_at(g, graph_at(g, v)->in[0])->type)) v = graph_at(g, v)->in[0];
    return v;
}

bool is_stored_leaf(const Graph *g, Value v)
{
    const Node *node = graph_at(g, v);
    return node->op == &op_input || node->op == &op_parameter || node->op == &op_state || (node->op == &op_constant && node->attr.n_reals > 1);
}

/* false: it is there already. */
static bool add_reach(Arena *arena, List *list, const Reach *reach, int rank)
{
    for (int i = 0; i < list->n; i++)
        if (list->all[i].value == reach->value && !memcmp(list->all[i].axis, reach->axis, (size_t)rank * sizeof *reach->axis)) return false;
    list->all = arena_grow(arena, list->all, list->n, &list->capacity, sizeof *list->all);
    list->all[list->n++] = *reach;
    return true;
}

static void visit(Search *s, Value v, const int *axis, bool start);

static void visit_inputs(Search *s, Value v, const int *axis)
{
    const Graph *g = s->program->graph;
    const Node *node = graph_at(g, v);
    for (int i = 0; i < node->n_in; i++) {
        /* a contraction reads memory: what lies behind a reshape, also where the reshaped value is kept as well */
        const Value source = node->op->kind == CONTRACTION ? base_of(g, node->in[i]) : node->in[i];
        Type in = graph_at(g, source)->type;
        int in_axis[MAX_RANK];
        if (node->op->trace) node->op->trace(g, v, axis, i, in_axis);
        else if (node->op->kind == CONTRACTION) /* rows follow the samples, all else is summed or scattered */
            for (int k = 0; k < in.rank; k++) in_axis[k] = k == 0 && in.dims[0] < 0 && node->type.dims[0] < 0 ? axis[0] : NO_AXIS;
        else if (node->op->kind == STENCIL)
            for (int k = 0; k < in.rank; k++) in_axis[k] = k == 0 || k == 3 ? axis[k] : NO_AXIS;
        else
            for (int k = 0; k < in.rank; k++) in_axis[k] = axis[k];
        for (int k = 0; k < in.rank; k++)
            if (in.dims[k] == 1) in_axis[k] = ONE_AXIS;
        visit(s, source, in_axis, false);
    }
}

static void visit(Search *s, Value v, const int *axis, bool start)
{
    const Program *p = s->program;
    const Node *node = graph_at(p->graph, v);
    Reach reach = {.value = v};
    memcpy(reach.axis, axis, (size_t)node->type.rank * sizeof *axis);
    const bool ends = !start && (p->kernel_of[v] != -1 || is_stored_leaf(p->graph, v));
    if (add_reach(p->graph->arena, ends ? &s->found : &s->seen, &reach, node->type.rank) && !ends) visit_inputs(s, v, axis);
}

void reaches_prepare(Program *p) { p->reads = arena_array(p->graph->arena, p->graph->n, sizeof *p->reads); }

int reaches(const Program *p, Value v, const Reach **out)
{
    struct Reads *reads = &p->reads[v];
    if (!reads->known) {
        enum { FEW = 32 };                  /* nearly all searches stay within; the arena gets what was found */
        Reach found[FEW], seen[FEW];
        Search search = {p, {0, FEW, found}, {0, FEW, seen}};
        const Node *node = graph_at(p->graph, v);
        int axis[MAX_RANK];
        for (int i = 0; i < MAX_RANK; i++) axis[i] = i;
        if (node->op->kind == REDUCE) visit(&search, node->in[0], axis, false);   /* its loops are those of its input */
        else visit(&search, v, axis, true);
        Reach *list = arena_array(p->graph->arena, search.found.n, sizeof *list);
        if (search.found.n) memcpy(list, search.found.all, (size_t)search.found.n * sizeof *list);
        *reads = (struct Reads){true, search.found.n, list};
    }
    *out = reads->list;
    return reads->n;
}
