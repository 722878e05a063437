/* reorder.c - the same kernels in a sequence that needs fewer bytes at its worst moment.
 *
 * order.c runs every kernel as soon as it can.  That keeps the passes over the batch few, and readers close to writers.
 * But a value that is computed early and read late is stored in between.  Where a network has branches, the first
 * kernels of all branches may run before the last kernel of any.  So the sequence is changed:
 *
 *   1. Weights are laid out just before the first segment that reads them.
 *   2. As long as it helps, kernels move away from the place where the most bytes are live:
 *      - A kernel before that place, whose result is not needed yet, goes behind it, in the same segment or a later
 *        one.  All kernels that wait for it go along.
 *      - A kernel behind that place in the same segment, after which a buffer is no longer needed, goes before it.
 *        All kernels that it waits for go along.
 *
 * A move is kept when the peak falls, or when fewer kernels reach the peak.  So the result never needs more memory than
 * the given sequence.  It has no more segments over the batch than before, and they do not touch more bytes of whole
 * batches.  The limit on work counts steps, and ties go by place: the same result everywhere. */
#include "schedule/order.h"

#include <string.h>

/* The limit on work.  A step is one touch of a buffer and takes some nanoseconds.  So this is less than a tenth of the
 * time that compiling such a program takes. */
static const int64_t most_steps = 3000000;

typedef struct Need {
    int64_t peak, places;          /* the most bytes that are live at once; the number of kernels at which they are */
    int64_t traffic;               /* bytes that go through memory from segment to segment */
} Need;

typedef struct Sequence {
    /* [places]: the kernel there; [kernels]: 2 * round, + 1 for kernels that run slice by slice */
    int *kernel, *level;
    Live *live;                    /* [buffers] */
    int64_t *bytes;                /* [places]: bytes that are live there */
    int n_segments;
    Segment *segments;
    int64_t *chunks;               /* [segments]: samples at a time */
    Need need;
} Sequence;

typedef struct Reorder {
    const Program *p;
    Arena *arena;
    Edges edges;
    Lives *lives;
    int n_levels;
    Sequence best, trial;
    int64_t *touched;              /* [kernels]: bytes that one sample touches */
    /* [buffers]: the last answer for a thread's buffer, and for any other owner's */
    struct Size { int64_t samples, bytes; } *sizes[2];
    int *seen, *seen_leaf;         /* [buffers], [graph->n]: the last segment that touched it */
    int *counts;                   /* [levels + 1] */
    bool *marked;                  /* [kernels]: the kernel goes along in this move */
    /* [kernels]: the place at hand waits for the kernel; the kernel waits for the place at hand */
    bool *before, *behind;
    int64_t steps;
} Reorder;

/* ---- what a sequence costs ---- */

static int64_t bytes_of(Reorder *r, int buffer, Owner owner, int64_t chunk)
{
    struct Size *known = &r->sizes[owner != OWNER_THREAD][buffer];
    const int64_t samples = owner == OWNER_THREAD ? chunk : r->p->slicing.batch;
    if (known->samples != samples) *known = (struct Size){samples, buffer_bytes(r->p, buffer, owner, samples)};
    return known->bytes;
}

static void cut_segments(const Reorder *r, Sequence *s)
{
    s->n_segments = 0;
    for (int place = 0; place < r->p->n_kernels; place++) {
        const int level = s->level[s->kernel[place]];
        if (!place || level != s->level[s->kernel[place - 1]])
            s->segments[s->n_segments++] = (Segment){.first = place, .sliced = level % 2};
        s->segments[s->n_segments - 1].last = place + 1;
    }
    for (int i = 0; i < s->n_segments; i++) {
        int64_t most = 0;
        for (int place = s->segments[i].first; place < s->segments[i].last; place++)
            if (r->touched[s->kernel[place]] > most) most = r->touched[s->kernel[place]];
        s->chunks[i] = chunk_of(&r->p->slicing, most);
    }
}

/* Bytes that a segment touches outside of the threads' own buffers; each buffer and each input counts once. */
static int64_t traffic_of(Reorder *r, const Sequence *s, int segment)
{
    const Program *p = r->p;
    int64_t bytes = 0;
    for (int place = s->segments[segment].first; place < s->segments[segment].last; place++) {
        const Kernel *k = &p->kernels[s->kernel[place]];
        for (int i = 0; i < k->n_reads + k->n_writes; i++) {
            const int b = i < k->n_reads ? k->reads[i] : k->writes[i - k->n_reads];
            if (s->live[b].owner == OWNER_THREAD || r->seen[b] == segment) continue;
            r->seen[b] = segment;
            bytes += bytes_of(r, b, s->live[b].owner, 0);
        }
        for (int i = 0; i < k->n_leaves; i++) {
            const Type type = graph_at(p->graph, k->leaves[i])->type;
            if (!type_has_batch(type) || r->seen_leaf[k->leaves[i]] == segment) continue;
            r->seen_leaf[k->leaves[i]] = segment;
            bytes += 4 * type_count(type, p->slicing.batch);
        }
        r->steps += k->n_reads + k->n_writes;
    }
    return bytes;
}

static void measure(Reorder *r, Sequence *s)
{
    const Program *p = r->p;
    const int n = p->n_kernels;
    cut_segments(r, s);
    lives_find(r->lives, s->kernel, (Cuts){.n_segments = s->n_segments, .segments = s->segments}, true);
    memcpy(s->live, r->lives->of, sizeof *s->live * (size_t)p->n_buffers);
    memset(s->bytes, 0, sizeof *s->bytes * (size_t)(n + 1));
    memset(r->seen, -1, sizeof *r->seen * (size_t)p->n_buffers);
    memset(r->seen_leaf, -1, sizeof *r->seen_leaf * (size_t)p->graph->n);
    for (int b = 0; b < p->n_buffers; b++) {
        const Live *live = &s->live[b];
        if (live->owner == OWNER_RESULT || live->upper == 0 || live->in_place_of >= 0) continue;
        const int segment = r->lives->segment[b];            /* -1 for scratch: it has no samples */
        const int64_t bytes = bytes_of(r, b, live->owner, segment < 0 ? 1 : s->chunks[segment]);
        s->bytes[live->lower] += bytes, s->bytes[live->upper] -= bytes;
    }
    s->need = (Need){0};
    for (int place = 0; place < n; place++) {
        if (place) s->bytes[place] += s->bytes[place - 1];
        if (s->bytes[place] > s->need.peak) s->need.peak = s->bytes[place], s->need.places = 0;
        s->need.places += s->bytes[place] == s->need.peak;
    }
    for (int i = 0; i < s->n_segments; i++) s->need.traffic += traffic_of(r, s, i);
    r->steps += n + p->n_buffers;
}

/* Makes the trial the best when it is better; returns whether it is. */
static bool accept(Reorder *r)
{
    measure(r, &r->trial);
    const Need *a = &r->trial.need, *b = &r->best.need;
    if (a->traffic > b->traffic) return false;
    if (a->peak != b->peak ? a->peak > b->peak : a->places >= b->places) return false;
    const Sequence old = r->best;
    r->best = r->trial, r->trial = old;
    return true;
}

/* ---- the moves ---- */

/* Does kernel k write a buffer that is live at `place`? */
static bool writes_for(const Reorder *r, int k, int place)
{
    const Kernel *kernel = &r->p->kernels[k];
    for (int i = 0; i < kernel->n_writes; i++) {
        const Live *b = &r->best.live[kernel->writes[i]];
        if (b->owner != OWNER_RESULT && b->lower <= place && place < b->upper) return true;
    }
    return false;
}

/* Is the kernel at place `at` the last reader of a buffer that is live at `place`? */
static bool ends_for(const Reorder *r, int at, int place)
{
    const Kernel *kernel = &r->p->kernels[r->best.kernel[at]];
    for (int i = 0; i < kernel->n_reads; i++) {
        const Live *b = &r->best.live[kernel->reads[i]];
        if (b->owner != OWNER_RESULT && b->lower <= place && b->upper == at + 1) return true;
    }
    return false;
}

/* Marks the kernels that wait for the kernel at place `from`, up to place `to`. */
static void mark_later(Reorder *r, int from, int to)
{
    memset(r->marked, 0, sizeof *r->marked * (size_t)r->p->n_kernels);
    r->marked[r->best.kernel[from]] = true;
    for (int place = from; place <= to; place++)
        if (r->marked[r->best.kernel[place]])
            for (int e = r->edges.first[r->best.kernel[place]]; e >= 0; e = r->edges.list[e].next, r->steps++)
                r->marked[r->edges.list[e].after] = true;
    r->steps += to - from;
}

/* Marks the kernels that the kernel at place `from` waits for, back to place `to`. */
static void mark_earlier(Reorder *r, int from, int to)
{
    memset(r->marked, 0, sizeof *r->marked * (size_t)r->p->n_kernels);
    r->marked[r->best.kernel[from]] = true;
    for (int place = from - 1; place >= to; place--)
        for (int e = r->edges.first[r->best.kernel[place]]; e >= 0 && !r->marked[r->best.kernel[place]];
             e = r->edges.list[e].next, r->steps++)
            r->marked[r->best.kernel[place]] = r->marked[r->edges.list[e].after];
    r->steps += from - to;
}

/* Puts the marked kernels of the places first to last in front of the others, or behind them.  Each group keeps its
 * order. */
static bool part_places(Reorder *r, int first, int last, bool marked_first)
{
    memcpy(r->trial.kernel, r->best.kernel, sizeof *r->trial.kernel * (size_t)r->p->n_kernels);
    memcpy(r->trial.level, r->best.level, sizeof *r->trial.level * (size_t)r->p->n_kernels);
    int n = first;
    for (int half = 0; half < 2; half++)
        for (int place = first; place <= last; place++)
            if (r->marked[r->best.kernel[place]] == (marked_first == (half == 0)))
                r->trial.kernel[n++] = r->best.kernel[place];
    return accept(r);
}

static bool push_behind(Reorder *r, int from, int place)
{
    mark_later(r, from, place);
    return !r->marked[r->best.kernel[place]] && part_places(r, from, place, false);
}

static bool pull_before(Reorder *r, int from, int place)
{
    mark_earlier(r, from, place);
    return !r->marked[r->best.kernel[place]] && part_places(r, place, from, true);
}

static int level_from(int level, bool sliced) { return level + (level % 2 != sliced); }

/* Sorts kernels by level; kernels of one level keep their order. */
static void sort_by_level(Reorder *r, const int *kernels)
{
    const int n = r->p->n_kernels;
    memset(r->counts, 0, sizeof *r->counts * (size_t)(r->n_levels + 1));
    for (int k = 0; k < n; k++) r->counts[r->trial.level[k] + 1]++;
    for (int level = 0; level < r->n_levels; level++) r->counts[level + 1] += r->counts[level];
    for (int place = 0; place < n; place++)
        r->trial.kernel[r->counts[r->trial.level[kernels[place]]]++] = kernels[place];
}

/* Moves the kernel at place `from` to a later level.  Kernels that wait for it move to levels in which they can run
 * then.  Returns false when the kernel at `place` would have to move, or when the result is no better. */
static bool raise_kernel(Reorder *r, int from, int level, int place)
{
    const int n = r->p->n_kernels, *kernel = r->best.kernel,
              raised = level_from(level, is_sliced(&r->p->kernels[kernel[from]]));
    int *levels = r->trial.level;
    /* the loop below would say so too, but only after all levels are copied */
    if (raised >= r->n_levels || from == place) return false;
    memcpy(levels, r->best.level, sizeof *levels * (size_t)n);
    memset(r->marked, 0, sizeof *r->marked * (size_t)n);
    levels[kernel[from]] = raised;
    r->marked[kernel[from]] = true;
    for (int at = from; at < n; at++) {
        if (!r->marked[kernel[at]]) continue;
        if (levels[kernel[at]] >= r->n_levels || at == place) return false;
        for (int e = r->edges.first[kernel[at]]; e >= 0; e = r->edges.list[e].next, r->steps++) {
            const int after = r->edges.list[e].after,
                      least = level_from(levels[kernel[at]] + r->edges.list[e].all_slices,
                                         is_sliced(&r->p->kernels[after]));
            if (levels[after] < least) levels[after] = least, r->marked[after] = true;
        }
    }
    r->steps += n - from;
    sort_by_level(r, kernel);
    return accept(r);
}

/* The first level behind `level` in which a kernel waits for kernel k; -1: none does. */
static int next_reader(const Reorder *r, int k, int level)
{
    int first = -1;
    for (int e = r->edges.first[k]; e >= 0; e = r->edges.list[e].next) {
        const int there = r->best.level[r->edges.list[e].after];
        if (there > level && !r->edges.list[e].all_slices && (first < 0 || there < first)) first = there;
    }
    return first;
}

static bool raise_above(Reorder *r, int from, int place)
{
    const int level = r->best.level[r->best.kernel[place]], reader = next_reader(r, r->best.kernel[from], level);
    return (reader >= 0 && raise_kernel(r, from, reader, place)) || raise_kernel(r, from, level + 1, place);
}

/* ---- the search ---- */

static bool improve_at(Reorder *r, int place)
{
    const int n = r->p->n_kernels, level = r->best.level[r->best.kernel[place]];
    mark_earlier(r, place, 0);
    memcpy(r->before, r->marked, sizeof *r->before * (size_t)n);
    mark_later(r, place, n - 1);
    memcpy(r->behind, r->marked, sizeof *r->behind * (size_t)n);
    for (int at = place - 1; at >= 0 && r->steps < most_steps; at--) {
        const int k = r->best.kernel[at];
        if (r->before[k] || !writes_for(r, k, place)) continue;
        if (r->best.level[k] == level ? push_behind(r, at, place) : raise_above(r, at, place)) return true;
    }
    for (int at = place + 1; at < n && r->best.level[r->best.kernel[at]] == level && r->steps < most_steps; at++)
        if (!r->behind[r->best.kernel[at]] && ends_for(r, at, place) && pull_before(r, at, place)) return true;
    return false;
}

static bool improve(Reorder *r)
{
    for (int place = 0; place < r->p->n_kernels && r->steps < most_steps; place++)
        if (r->best.bytes[place] == r->best.need.peak && improve_at(r, place)) return true;
    return false;
}

/* Lays weights out in the first round in which a kernel waits for it: a reader of the layout, or the weight's
 * update. */
static void pack_late(Reorder *r)
{
    const Program *p = r->p;
    memcpy(r->trial.level, r->best.level, sizeof *r->trial.level * (size_t)p->n_kernels);
    for (int k = 0; k < p->n_kernels; k++) {
        if (p->kernels[k].kind != KERNEL_PACK || p->kernels[k].n_reads) continue;
        int first = r->n_levels;
        for (int e = r->edges.first[k]; e >= 0; e = r->edges.list[e].next)
            if (r->best.level[r->edges.list[e].after] < first) first = r->best.level[r->edges.list[e].after];
        if (first < r->n_levels) r->trial.level[k] = first / 2 * 2;
    }
    sort_by_level(r, r->best.kernel);
    accept(r);
}

static Sequence sequence_new(const Reorder *r)
{
    const int n = r->p->n_kernels;
    return (Sequence){.kernel = arena_array(r->arena, n, sizeof(int)),
                      .level = arena_array(r->arena, n, sizeof(int)),
                      .live = arena_array(r->arena, r->p->n_buffers, sizeof(Live)),
                      .bytes = arena_array(r->arena, n + 1, sizeof(int64_t)),
                      .segments = arena_array(r->arena, n, sizeof(Segment)),
                      .chunks = arena_array(r->arena, n, sizeof(int64_t))};
}

/* Checks that every kernel stands behind all kernels that it waits for, in any sequence, whatever moves made it. */
static void check_edges(const Reorder *r, const int *number)
{
    for (int k = 0; k < r->p->n_kernels; k++)
        for (int e = r->edges.first[k]; e >= 0; e = r->edges.list[e].next) {
            const Edge *edge = &r->edges.list[e];
            const bool behind = edge->all_slices ? r->best.level[edge->after] > r->best.level[k]
                                                 : number[edge->after] > number[k];
            if (!behind)
                bug("reorder: %s stands before %s, which it waits for", r->p->kernels[edge->after].name,
                    r->p->kernels[k].name);
        }
}

static Program *result(const Reorder *r)
{
    const Program *p = r->p;
    const int n = p->n_kernels;
    Program *q = arena_alloc(r->arena, sizeof *q);
    *q = *p;
    q->kernels = arena_array(r->arena, n, sizeof *q->kernels);
    q->buffers = arena_array(r->arena, p->n_buffers, sizeof *q->buffers);
    memcpy(q->buffers, p->buffers, sizeof *q->buffers * (size_t)p->n_buffers);
    q->kernel_of = arena_array(r->arena, p->graph->n, sizeof *q->kernel_of);
    int *number = arena_array(r->arena, n, sizeof *number);
    for (int place = 0; place < n; place++) {
        q->kernels[place] = p->kernels[r->best.kernel[place]];
        number[r->best.kernel[place]] = place;
    }
    check_edges(r, number);
    for (Value v = 0; v < p->graph->n; v++)
        q->kernel_of[v] = p->kernel_of[v] >= 0 ? number[p->kernel_of[v]] : p->kernel_of[v];
    q->buffers_capacity = p->n_buffers;
    q->segments = r->best.segments, q->n_segments = q->segments_capacity = r->best.n_segments;
    return q;
}

const Program *reorder(const Program *p)
{
    Arena *arena = p->graph->arena;
    const int n = p->n_kernels;
    Reorder r = {.p = p,
                 .arena = arena,
                 .edges = find_edges(p),
                 .lives = lives_new(p),
                 .seen = arena_array(arena, p->n_buffers, sizeof(int)),
                 .seen_leaf = arena_array(arena, p->graph->n, sizeof(int)),
                 .counts = arena_array(arena, 2 * p->n_segments + 1, sizeof(int)),
                 .marked = arena_array(arena, n, sizeof(bool)),
                 .before = arena_array(arena, n, sizeof(bool)),
                 .behind = arena_array(arena, n, sizeof(bool)),
                 .touched = arena_array(arena, n, sizeof(int64_t)),
                 .sizes = {arena_array(arena, p->n_buffers, sizeof(struct Size)),
                           arena_array(arena, p->n_buffers, sizeof(struct Size))}};
    for (int k = 0; k < n; k++) r.touched[k] = touched_bytes(p, &p->kernels[k]);
    r.best = sequence_new(&r), r.trial = sequence_new(&r);
    for (int s = 0; s < p->n_segments; s++) {
        r.n_levels = level_from(r.n_levels, p->segments[s].sliced) + 1;
        for (int k = p->segments[s].first; k < p->segments[s].last; k++)
            r.best.kernel[k] = k, r.best.level[k] = r.n_levels - 1;
    }
    measure(&r, &r.best);
    const int64_t given = r.best.need.peak;
    pack_late(&r);
    while (improve(&r)) {}
    return r.best.need.peak < given ? result(&r) : p;
}
