/* order.c - the sequence of kernels, cut into segments.
 *
 * Kernels that treat each sample by itself run slice by slice; what they sum over samples is complete only when the last slice
 * is done, so its readers wait for the next segment.  Between such segments stand kernels that need all samples or none:
 * laying out weights, combining the slices' sums, updates.  A parameter's update runs as soon as its gradient is complete and
 * every reader of the old weight is done. */
#include "tailor.h"

#include <string.h>

typedef struct Sorter {
    const Program *p;
    bool *done;             /* kernels */
    bool *in_segment;       /* kernels of the sliced segment that is being made */
} Sorter;

static bool is_sliced(const Kernel *k) { return k->kind == KERNEL_COMPUTE && (k->mode == BATCH_SAMPLE || k->mode == BATCH_REDUCE); }

static bool lists(int n, const int *list, int item)
{
    for (int i = 0; i < n; i++)
        if (list[i] == item) return true;
    return false;
}

/* Must `before` have run when `after` runs?  The list that fuse made has every writer of a buffer before its readers, and a
 * kernel that finishes a sum (combine) after the one that adds it up. */
static bool precedes(const Program *p, int before, int after)
{
    const Kernel *b = &p->kernels[before], *a = &p->kernels[after];
    if (a->kind == KERNEL_UPDATE || a->kind == KERNEL_COMMIT) {      /* after the last reader of the old value */
        if (b->kind == KERNEL_CHECK || b->kind == KERNEL_NORM) return true;
        if (b->kind == KERNEL_UPDATE || b->kind == KERNEL_COMMIT) return false;
        const Parameter *changed = a->kind == KERNEL_UPDATE ? &p->experiment->parameters[a->parameter] : &p->experiment->states[a->parameter];
        const char *id = graph_at(p->experiment->graph, changed->value)->attr.text;
        for (int i = 0; i < b->n_leaves; i++) {
            const char *leaf = graph_at(p->graph, b->leaves[i])->attr.text;
            if (leaf && !strcmp(leaf, id)) return true;
        }
    }
    for (int i = 0; i < b->n_writes; i++) {
        int buffer = b->writes[i];
        if (!lists(a->n_reads, a->reads, buffer)) continue;
        if (b->kind == KERNEL_COMBINE || a->kind == KERNEL_COMBINE) {
            if (before != after && !(a->kind == KERNEL_COMBINE && b->kind == KERNEL_COMBINE)) return true;
        } else return true;
    }
    return false;
}

/* Is everything there that kernel k reads?  Within a sliced segment what other kernels of it wrote for the same samples counts, sums
 * over samples do not. */
static bool ready(const Sorter *s, int k, int n_before, const int *const *before, const int *n)
{
    (void)n_before;
    for (int i = 0; i < n[k]; i++) {
        int b = before[k][i];
        if (s->done[b]) continue;
        if (!s->in_segment || !s->in_segment[b]) return false;
        for (int w = 0; w < s->p->kernels[b].n_writes; w++) {
            int buffer = s->p->kernels[b].writes[w];
            if (s->p->buffers[buffer].owner == OWNER_SLICE && lists(s->p->kernels[k].n_reads, s->p->kernels[k].reads, buffer)) return false;
        }
    }
    return true;
}

static void close_segment(Program *result, Arena *arena, int first, bool sliced)
{
    if (result->n_kernels == first) return;
    result->segments = arena_grow(arena, result->segments, result->n_segments, &result->segments_capacity, sizeof *result->segments);
    result->segments[result->n_segments++] = (Segment){first, result->n_kernels, sliced};
}

Program *order(const Program *p)
{
    Arena *arena = p->graph->arena;
    Program *result = arena_alloc(arena, sizeof *result);
    *result = *p;
    result->n_kernels = 0;
    result->kernels = arena_array(arena, p->n_kernels, sizeof *p->kernels);
    int *number = arena_array(arena, p->n_kernels, sizeof *number);

    const int **before = arena_array(arena, p->n_kernels, sizeof *before);
    int *n_before = arena_array(arena, p->n_kernels, sizeof *n_before);
    for (int k = 0; k < p->n_kernels; k++) {
        int *list = arena_array(arena, p->n_kernels, sizeof *list);
        for (int b = 0; b < p->n_kernels; b++)
            if (b != k && precedes(p, b, k)) list[n_before[k]++] = b;
        before[k] = list;
    }

    Sorter s = {.p = p, .done = arena_array(arena, p->n_kernels, sizeof(bool)), .in_segment = arena_array(arena, p->n_kernels, sizeof(bool))};
    while (result->n_kernels < p->n_kernels) {
        int at_start = result->n_kernels, first = result->n_kernels;
        for (bool more = true; more;) {        /* once a step, or the whole batch at once */
            more = false;
            for (int k = 0; k < p->n_kernels; k++) {
                if (s.done[k] || is_sliced(&p->kernels[k]) || !ready(&s, k, p->n_kernels, before, n_before)) continue;
                number[k] = result->n_kernels;
                result->kernels[result->n_kernels++] = p->kernels[k];
                s.done[k] = more = true;
            }
        }
        close_segment(result, arena, first, false);
        first = result->n_kernels;
        for (bool more = true; more;) {        /* slice by slice */
            more = false;
            for (int k = 0; k < p->n_kernels; k++) {
                if (s.done[k] || s.in_segment[k] || !is_sliced(&p->kernels[k]) || !ready(&s, k, p->n_kernels, before, n_before)) continue;
                number[k] = result->n_kernels;
                result->kernels[result->n_kernels++] = p->kernels[k];
                s.in_segment[k] = more = true;
            }
        }
        for (int k = 0; k < p->n_kernels; k++)
            if (s.in_segment[k]) s.done[k] = true, s.in_segment[k] = false;
        close_segment(result, arena, first, true);
        if (result->n_kernels == at_start) bug("order: kernels that wait for one another");
    }
    result->texts = arena_array(arena, p->n_kernels, sizeof *result->texts);
    result->kernel_of = arena_array(arena, p->graph->n, sizeof *result->kernel_of);
    for (Value v = 0; v < p->graph->n; v++) result->kernel_of[v] = p->kernel_of[v] >= 0 ? number[p->kernel_of[v]] : p->kernel_of[v];
    return result;
}
