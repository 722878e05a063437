/* reach.c - which kept values and leaves a value is computed from, and at which places: the question that fusion asks.
 *
 * The search goes from a value up through values that are computed in place (pointwise ops and views) to kept values
 * and leaves.  On the way it follows the axes: does element [b, c] of the result need element [b, c] of the array that
 * is read, or another one? */
#include "schedule/program.h"

#include <string.h>

/* A value that the search came to, in order.  before: the earlier step that came to the same value, -1: none. */
typedef struct Step { Reach reach; int before; bool ends; } Step;

typedef struct Search {
    const Program *program;
    int number;                    /* number of this search, from 1 */
    int n, capacity, n_found, n_waiting, waiting_capacity;
    Step *steps;
    Reach *waiting;                /* values still to be visited, the next one last */
} Search;

/* n, list: the answer for a value.  last: the last step that came to the value in search `number`. */
struct Reads { bool known; int n; const Reach *list; int number, last; };

/* Returns false when the search has come to it already. */
static bool come_to(Search *s, const Reach *reach, bool ends)
{
    const size_t axes = (size_t)graph_at(s->program->graph, reach->value)->type.rank * sizeof *reach->axis;
    struct Reads *at = &s->program->reads[reach->value];
    if (at->number != s->number) at->number = s->number, at->last = -1;
    for (int i = at->last; i >= 0; i = s->steps[i].before)
        if (!memcmp(s->steps[i].reach.axis, reach->axis, axes)) return false;
    s->steps = arena_grow(s->program->graph->arena, s->steps, s->n, &s->capacity, sizeof *s->steps);
    s->steps[s->n] = (Step){*reach, at->last, ends};
    at->last = s->n++;
    s->n_found += ends;
    return true;
}

static void wait_for(Search *s, Value v, const int *axis)
{
    s->waiting = arena_grow(s->program->graph->arena, s->waiting, s->n_waiting, &s->waiting_capacity,
                            sizeof *s->waiting);
    Reach *reach = &s->waiting[s->n_waiting++];
    *reach = (Reach){.value = v};
    memcpy(reach->axis, axis, (size_t)graph_at(s->program->graph, v)->type.rank * sizeof *axis);
}

static void wait_for_inputs(Search *s, const Reach *of)
{
    const Graph *g = s->program->graph;
    const Value v = of->value;
    const int *axis = of->axis;
    const Node *node = graph_at(g, v);
    for (int i = node->n_in - 1; i >= 0; i--) {      /* the first input is visited next */
        /* a contraction reads memory: the array behind a reshape, even where the reshaped value is kept as well */
        const Value source = node->op->kind == CONTRACTION ? base_of(g, node->in[i]) : node->in[i];
        Type in = graph_at(g, source)->type;
        int in_axis[MAX_RANK];
        if (node->op->trace) node->op->trace(g, v, axis, i, in_axis);
        else if (node->op->kind == CONTRACTION) /* rows follow the samples; all other axes are summed or scattered */
            for (int k = 0; k < in.rank; k++)
                in_axis[k] = k == 0 && in.dims[0] < 0 && node->type.dims[0] < 0 ? axis[0] : NO_AXIS;
        else if (node->op->kind == STENCIL)
            for (int k = 0; k < in.rank; k++) in_axis[k] = k == 0 || k == 3 ? axis[k] : NO_AXIS;
        else
            for (int k = 0; k < in.rank; k++) in_axis[k] = axis[k];
        for (int k = 0; k < in.rank; k++)
            if (in.dims[k] == 1) in_axis[k] = ONE_AXIS;
        wait_for(s, source, in_axis);
    }
}

/* Searches from v on.  start: v is where the search starts, so it does not end the search although it is kept. */
static void search(Search *s, Value v, bool start)
{
    const Program *p = s->program;
    int axis[MAX_RANK];
    for (int i = 0; i < MAX_RANK; i++) axis[i] = i;
    for (wait_for(s, v, axis); s->n_waiting > 0; start = false) {
        const Reach next = s->waiting[--s->n_waiting];
        const bool ends = !start && (p->kernel_of[next.value] != -1 || is_stored_leaf(p->graph, next.value));
        if (come_to(s, &next, ends) && !ends) wait_for_inputs(s, &next);
    }
}

void reaches_prepare(Program *p) { p->reads = arena_array(p->graph->arena, p->graph->n, sizeof *p->reads); }

int reaches(const Program *p, Value v, const Reach **out)
{
    struct Reads *reads = &p->reads[v];
    if (!reads->known) {
        enum { FEW = 32 };                  /* enough for nearly all searches; only the result is copied to the arena */
        Step steps[FEW];
        Reach waiting[FEW];
        Search s = {.program = p,
                    .number = ++p->reads[0].number,
                    .capacity = FEW,
                    .steps = steps,
                    .waiting_capacity = FEW,
                    .waiting = waiting};
        const Node *node = graph_at(p->graph, v);
        const bool folds = node->op->kind == REDUCE;      /* its loops are those of its input */
        search(&s, folds ? node->in[0] : v, !folds);
        Reach *list = arena_array(p->graph->arena, s.n_found, sizeof *list);
        int n = 0;
        for (int i = 0; i < s.n; i++)
            if (s.steps[i].ends) list[n++] = s.steps[i].reach;
        reads->known = true, reads->n = n, reads->list = list;
    }
    *out = reads->list;
    return reads->n;
}
