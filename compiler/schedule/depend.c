/* depend.c - which kernel waits for which: the constraints on every order of the kernels.
 *
 * A reader of a buffer waits for its writers, and updates wait for all else.  Nothing else
 * orders kernels: a sum over samples or slices has one kernel that adds to it and one that combines, so no order
 * changes a bit.  Every edge is looked at once: time and memory grow with the number of edges. */
#include "schedule/order.h"

#include <string.h>

bool is_sliced(const Kernel *k)
{
    return k->kind == KERNEL_COMPUTE && (k->mode == BATCH_SAMPLE || k->mode == BATCH_REDUCE);
}

static void add_edge(Edges *e, const Program *p, int before, int after, bool through_slices)
{
    if (before == after) return;
    const bool sliced = is_sliced(&p->kernels[before]);
    e->list = arena_grow(p->graph->arena, e->list, e->n, &e->capacity, sizeof *e->list);
    e->list[e->n] = (Edge){after, e->first[before], sliced && (through_slices || !is_sliced(&p->kernels[after]))};
    e->first[before] = e->n++;
}

/* Readers of a buffer wait for its writers.  A kernel that finishes a sum over slices (combine) both reads and writes
 * the buffer: it runs after the kernels that add to the sum and before all other readers. */
static void add_buffer_edges(Edges *e, const Program *p)
{
    Arena *arena = p->graph->arena;
    int *first = arena_array(arena, p->n_buffers + 1, sizeof *first), n = 0;
    for (int k = 0; k < p->n_kernels; k++) n += p->kernels[k].n_writes;
    struct { int kernel, next; } *writers = arena_array(arena, n + 1, sizeof *writers);
    memset(first, -1, sizeof *first * (size_t)(p->n_buffers + 1));
    n = 0;
    for (int k = 0; k < p->n_kernels; k++)
        for (int i = 0; i < p->kernels[k].n_writes; i++, n++) {
            const int buffer = p->kernels[k].writes[i];
            writers[n].kernel = k, writers[n].next = first[buffer];
            first[buffer] = n;
        }
    for (int k = 0; k < p->n_kernels; k++) {
        const Kernel *reader = &p->kernels[k];
        for (int i = 0; i < reader->n_reads; i++)
            for (int w = first[reader->reads[i]]; w >= 0; w = writers[w].next) {
                const Kernel *writer = &p->kernels[writers[w].kernel];
                if (writer->kind == KERNEL_COMBINE && reader->kind == KERNEL_COMBINE) continue;
                add_edge(e, p, writers[w].kernel, k, p->buffers[reader->reads[i]].owner == OWNER_SLICE);
            }
    }
}

/* Updates come last: the function that changes the weights stands apart from all that a step computes.  They wait for
 * every kernel that may still find that this step changes nothing, the checks of the loss, of every gradient and of
 * every new state, and the norm of all gradients; the last of these waits for every other kernel. */
static void add_update_edges(Edges *e, const Program *p)
{
    int n_gates = 0, *gates = arena_array(p->graph->arena, p->n_kernels, sizeof *gates);
    for (int k = 0; k < p->n_kernels; k++)
        if (p->kernels[k].kind == KERNEL_CHECK || p->kernels[k].kind == KERNEL_NORM ||
            p->kernels[k].kind == KERNEL_FINITE)
            gates[n_gates++] = k;
    for (int k = 0; k < p->n_kernels && n_gates; k++) {
        const Kernel *kernel = &p->kernels[k];
        const bool last = kernel->kind == KERNEL_UPDATE || kernel->kind == KERNEL_COMMIT;
        if (!last) add_edge(e, p, k, gates[n_gates - 1], false);
        for (int i = 0; i < n_gates && last; i++) add_edge(e, p, gates[i], k, false);
    }
}

Edges find_edges(const Program *p)
{
    Edges e = {.first = arena_array(p->graph->arena, p->n_kernels, sizeof *e.first)};
    for (int k = 0; k < p->n_kernels; k++) e.first[k] = -1;
    add_buffer_edges(&e, p);
    add_update_edges(&e, p);
    return e;
}
