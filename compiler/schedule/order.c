/* order.c - the sequence of kernels, cut into segments.
 *
 * Kernels that treat each sample by itself run slice by slice.  Their sums over samples are complete only when the last
 * slice is done, so the readers of such a sum wait for the next segment.  Between sliced segments stand kernels that
 * need all samples or none: laying out weights, combining the slices' sums, updates.  Updates come last.  They wait
 * until every gradient is complete and was found finite, so that a step changes all of a model or nothing. */
#include "schedule/order.h"

/* A set of kernels, smallest key first. */
typedef struct Heap { int n; int64_t *keys; } Heap;

typedef struct Sorter {
    const Program *p;
    Program *result;
    Arena *arena;
    bool backwards;         /* later kernels of fuse's list come first */
    Edges edges;
    int *waits;             /* [kernels]: number of edges to the kernel that are not yet satisfied */
    Heap ready[2];          /* kernels that run once; kernels that run slice by slice */
    /* number of the scan over fuse's list that the sorter imitates.  A kernel before the place of the scan waits for
     * the next scan */
    int64_t pass;
    int place;
    int *number;            /* [kernels]: number in the result */
    int *source;            /* [kernels of the result]: number in p */
} Sorter;

/* ---- a heap ---- */

static void heap_add(Heap *h, int64_t key)
{
    int i = h->n++;
    for (; i && h->keys[(i - 1) / 2] > key; i = (i - 1) / 2) h->keys[i] = h->keys[(i - 1) / 2];
    h->keys[i] = key;
}

static int64_t heap_take(Heap *h)
{
    const int64_t first = h->keys[0], last = h->keys[--h->n];
    int i = 0;
    for (int child; (child = 2 * i + 1) < h->n; i = child) {
        if (child + 1 < h->n && h->keys[child + 1] < h->keys[child]) child++;
        if (h->keys[child] >= last) break;
        h->keys[i] = h->keys[child];
    }
    h->keys[i] = last;
    return first;
}

/* ---- the sequence ---- */

/* Kernel k can run: in this scan when its place is still to come, else in the next. */
static void make_ready(Sorter *s, int k)
{
    const int n = s->p->n_kernels, place = s->backwards ? n - 1 - k : k;
    heap_add(&s->ready[is_sliced(&s->p->kernels[k])], (s->pass + (place < s->place)) * n + place);
}

static void satisfy(Sorter *s, int before, bool all_slices)
{
    for (int e = s->edges.first[before]; e >= 0; e = s->edges.list[e].next)
        if (s->edges.list[e].all_slices == all_slices && --s->waits[s->edges.list[e].after] == 0)
            make_ready(s, s->edges.list[e].after);
}

/* Begins a new scan at the first kernel. */
static void restart(Sorter *s, Heap *h)
{
    const int n = s->p->n_kernels;
    s->pass = s->place = 0;
    for (int i = 0; i < h->n; i++) h->keys[i] %= n;
    for (int i = h->n; i-- > 0;) {          /* make it a heap again */
        const int64_t key = h->keys[i];
        int at = i;
        for (int child; (child = 2 * at + 1) < h->n; at = child) {
            if (child + 1 < h->n && h->keys[child + 1] < h->keys[child]) child++;
            if (h->keys[child] >= key) break;
            h->keys[at] = h->keys[child];
        }
        h->keys[at] = key;
    }
}

/* Runs all kernels of one sort that can run. */
static void run_segment(Sorter *s, bool sliced)
{
    Program *result = s->result;
    Heap *h = &s->ready[sliced];
    const int first = result->n_kernels, n = s->p->n_kernels;
    restart(s, h);
    while (h->n) {
        const int64_t key = heap_take(h);
        s->pass = key / n, s->place = (int)(key % n);
        const int k = s->backwards ? n - 1 - s->place : s->place;
        s->number[k] = result->n_kernels;
        s->source[result->n_kernels] = k;
        result->kernels[result->n_kernels++] = s->p->kernels[k];
        satisfy(s, k, false);
    }
    if (result->n_kernels == first) return;
    result->segments = arena_grow(s->arena, result->segments, result->n_segments, &result->segments_capacity,
                                  sizeof *result->segments);
    result->segments[result->n_segments++] = (Segment){.first = first, .last = result->n_kernels, .sliced = sliced};
}

/* Returns the program in sequence.  Kernel k runs in the first round that can carry it, but not before round
 * not_before[k].  That delays a kernel that only recomputes values until a round has a reader for them.  Fills in
 * run_in[k], the round in which kernel k runs. */
static Program *sequence(const Program *p, bool enabled, const int *not_before, int *run_in)
{
    Arena *arena = p->graph->arena;
    Program *result = arena_alloc(arena, sizeof *result);
    *result = *p;
    result->n_kernels = 0;
    result->kernels = arena_array(arena, p->n_kernels, sizeof *p->kernels);
    Sorter s = {.p = p,
                .result = result,
                .arena = arena,
                .backwards = !enabled,
                .edges = find_edges(p),
                .waits = arena_array(arena, p->n_kernels, sizeof(int)),
                .number = arena_array(arena, p->n_kernels, sizeof(int)),
                .source = arena_array(arena, p->n_kernels, sizeof(int)),
                .ready = {{0, arena_array(arena, p->n_kernels, sizeof(int64_t))},
                          {0, arena_array(arena, p->n_kernels, sizeof(int64_t))}}};
    for (int e = 0; e < s.edges.n; e++) s.waits[s.edges.list[e].after]++;
    int last_round = 0;
    for (int k = 0; k < p->n_kernels; k++) {
        if (not_before[k] > last_round) last_round = not_before[k];
        s.waits[k] += not_before[k] > 0;
        if (!s.waits[k]) make_ready(&s, k);
    }
    for (int round = 0; result->n_kernels < p->n_kernels; round++) {
        const int at_start = result->n_kernels;
        for (int k = 0; round && k < p->n_kernels && round <= last_round; k++)
            if (not_before[k] == round && --s.waits[k] == 0) make_ready(&s, k);
        run_segment(&s, false);        /* once a step, or the whole batch at once */
        const int first = result->n_kernels;
        run_segment(&s, true);         /* slice by slice */
        for (int i = at_start; i < result->n_kernels; i++) run_in[s.source[i]] = round;
        for (int i = first; i < result->n_kernels; i++) satisfy(&s, s.source[i], true);
        if (result->n_kernels == at_start && round >= last_round) bug("order: kernels that wait for one another");
    }
    result->kernel_of = arena_array(arena, p->graph->n, sizeof *result->kernel_of);
    for (Value v = 0; v < p->graph->n; v++)
        result->kernel_of[v] = p->kernel_of[v] >= 0 ? s.number[p->kernel_of[v]] : p->kernel_of[v];
    return result;
}

/* Does the kernel only recompute values that were computed before? */
static bool only_again(const Program *p, const Kernel *k)
{
    bool only = k->kind == KERNEL_COMPUTE && k->n_kept > 0;
    for (int i = 0; i < k->n_kept; i++) only = only && p->graph->notes[k->kept[i]].again_of;
    return only;
}

Program *order(const Program *p, bool enabled)
{
    Arena *arena = p->graph->arena;
    int *not_before = arena_array(arena, p->n_kernels, sizeof *not_before),
        *run_in = arena_array(arena, p->n_kernels, sizeof *run_in);
    int *reader = arena_array(arena, p->n_buffers, sizeof *reader);     /* of a buffer: the round of its first reader */
    Program *result = sequence(p, enabled, not_before, run_in);
    bool any = false;
    for (int b = 0; b < p->n_buffers; b++) reader[b] = p->n_kernels;
    for (int k = p->n_kernels - 1; k >= 0; k--) {                        /* in fuse's list readers come after writers */
        const Kernel *kernel = &p->kernels[k];
        int round = only_again(p, kernel) ? p->n_kernels : run_in[k];
        for (int i = 0; i < kernel->n_writes; i++)
            if (reader[kernel->writes[i]] < round) round = reader[kernel->writes[i]];
        if (only_again(p, kernel)) any = true, not_before[k] = run_in[k] = round;
        for (int i = 0; i < kernel->n_reads; i++)
            if (round < reader[kernel->reads[i]]) reader[kernel->reads[i]] = round;
    }
    return any ? sequence(p, enabled, not_before, run_in) : result;
}
