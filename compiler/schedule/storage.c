/* storage.c - train{ storage = "bf16" }: what waits in memory for the backward pass is kept as bfloat16.
 *
 * At a point where all samples meet the slices end, and what is read behind it lies in memory for the whole batch.
 * When such a value of the forward pass is read by the backward pass, it is rounded where it is computed, and whoever
 * reads it reads the rounded number: forward as well, so that a value that is computed again comes out the same.
 * Everything is computed in float.
 *
 * Which values these are is a property of the graph: they are found in the program in order behind recomputation,
 * whatever passes are left out and however little memory there is.  What is computed again in that program stays so. */
#include "schedule/order.h"

enum { SMALL = 8 };        /* an array of at most 1/8 of the elements is small beside another */

/* [graph->n]: is the value read by a kernel that is backward, by one that sees all samples?  The most elements of a
 * sample that an array beside it has. */
typedef struct Readers { bool *backward, *whole; int64_t *beside; } Readers;

static int64_t sample_count(const Buffer *b) { return type_has_batch(b->type) ? type_count(b->type, 1) : 0; }

static Readers find_readers(const Program *p)
{
    Arena *arena = p->graph->arena;
    Readers r = {arena_array(arena, p->graph->n, sizeof(bool)), arena_array(arena, p->graph->n, sizeof(bool)),
                 arena_array(arena, p->graph->n, sizeof(int64_t))};
    for (int s = 0; s < p->n_segments; s++)
        for (int k = p->segments[s].first; k < p->segments[s].last; k++) {
            const Kernel *kernel = &p->kernels[k];
            int64_t most = 0;
            for (int i = 0; i < kernel->n_reads + kernel->n_writes; i++) {
                const int b = i < kernel->n_reads ? kernel->reads[i] : kernel->writes[i - kernel->n_reads];
                if (sample_count(&p->buffers[b]) > most) most = sample_count(&p->buffers[b]);
            }
            for (int i = 0; i < kernel->n_reads; i++) {
                const Value v = p->buffers[kernel->reads[i]].value;
                r.backward[v] |= kernel->backward;
                r.whole[v] |= !p->segments[s].sliced;
                if (most > r.beside[v]) r.beside[v] = most;
            }
        }
    return r;
}

/* [graph->n]: the values that are to be rounded; NULL: there are none. */
static const bool *find_waiting(const Program *p)
{
    Arena *arena = p->graph->arena;
    const Readers readers = find_readers(p);
    Lives *lives = lives_new(p);
    int *sequence = arena_array(arena, p->n_kernels, sizeof *sequence);
    for (int k = 0; k < p->n_kernels; k++) sequence[k] = k;
    lives_find(lives, sequence, (Cuts){.n_segments = p->n_segments, .segments = p->segments}, true);
    bool *waits = arena_array(arena, p->graph->n, sizeof *waits), any = false;
    for (int b = 0; b < p->n_buffers; b++) {
        const Buffer *buffer = &p->buffers[b];
        const Value v = buffer->value;
        if (!v || buffer->kind != BUFFER_VALUE || buffer->owner != OWNER_THREAD || buffer->storage != RT_F32) continue;
        if (graph_at(p->graph, v)->op->kind == LEAF) continue;                   /* random numbers stay what they are */
        /* statistics of rows are no memory to speak of, and all of a row hangs on them */
        waits[v] = lives->of[b].owner == OWNER_BATCH && readers.backward[v] && !readers.whole[v] &&
                   sample_count(buffer) * SMALL > readers.beside[v];
        any = any || waits[v];
    }
    for (int i = 0; i < p->goal->n_roots; i++) waits[p->goal->roots[i].value] = false;     /* the caller is given it */
    return any ? waits : NULL;
}

const Goal *store_bf16(const Goal *goal, const Program *p)
{
    const bool *waits = find_waiting(p);
    if (!waits) return goal;
    const Graph *old = p->graph;
    Rebuild r = rebuild_new(old, old->n + old->n / 8);
    for (Value v = 1; v < old->n; v++) {
        rebuild_at(&r, v);
        const Value made = rebuild_node(&r, v, NULL);
        if (!waits[v]) {
            rebuild_as(&r, v, made);
            continue;
        }
        rebuild_as(&r, v, make_unary(r.g, &op_bfloat16, made));
        r.now[v] = make_unary(r.g, &op_widened, r.now[v]);
    }
    return rebuild_goal(&r, goal);
}
