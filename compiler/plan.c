/* plan.c - where every buffer lies.
 *
 * A buffer lives from the kernel that first writes it to the last that reads it.  What a slice or the batch owns lives for the
 * whole of every sliced segment that touches it, since another slice may be anywhere in it.  A kernel that computes each element
 * from the element at the same place may write over what it read, when nobody reads that again.  How many samples go through a
 * sliced segment at a time is found here, because it is the size of what a thread owns.  place.c finds the offsets; a
 * validator that knows nothing of it has the last word. */
#include "tailor.h"

#include <string.h>

enum { ALIGNMENT = 64 };

static int64_t storage_bytes(RtType type) { return type == RT_U8 ? 1 : type == RT_I64 ? 8 : 4; }

static int64_t buffer_bytes(const Program *p, const Buffer *b)
{
    int64_t count = type_count(b->type, b->samples);
    if (b->owner == OWNER_SLICE && __builtin_mul_overflow(count, p->slicing.slices, &count)) count = -1;
    if (count < 0) fail("%s: the buffer %s is larger than 2^40 bytes", p->experiment->source.path, b->name);
    return (count * storage_bytes(b->storage) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static void touch(Program *p, int buffer, int kernel, const Segment *s)
{
    Buffer *b = &p->buffers[buffer];
    int lower = kernel, upper = kernel + 1;
    if (s->sliced && b->owner != OWNER_THREAD) lower = s->first, upper = s->last;
    if (b->zeroed && b->upper == 0) lower = s->first;       /* set to zero before the segment's first kernel */
    if (b->upper == 0 || lower < b->lower) b->lower = lower;
    if (upper > b->upper) b->upper = upper;
}

/* What is written in one sliced segment and read in another, or by a kernel that sees all samples, belongs to the batch. */
static void settle_owners(Program *p)
{
    int *segment = arena_array(p->graph->arena, p->n_buffers, sizeof *segment);
    for (int i = 0; i < p->n_buffers; i++) segment[i] = -1;
    for (int k = 0, s = 0; k < p->n_kernels; k++)
        for (int side = 0; side < 2; side++) {
            const Kernel *kernel = &p->kernels[k];
            while (k >= p->segments[s].last) s++;
            for (int i = 0; i < (side ? kernel->n_writes : kernel->n_reads); i++) {
                int b = side ? kernel->writes[i] : kernel->reads[i];
                if (p->buffers[b].owner != OWNER_THREAD) continue;
                bool scratch = p->buffers[b].value == 0;
                if (scratch) continue;
                if ((segment[b] >= 0 && segment[b] != s) || !p->segments[s].sliced) p->buffers[b].owner = OWNER_BATCH;
                segment[b] = s;
            }
        }
}

/* ---- chunks ---- */

static int64_t sample_bytes(const Buffer *b)
{
    return type_has_batch(b->type) ? type_count(b->type, 1) * storage_bytes(b->storage) : 0;
}

static int64_t touched_bytes(const Program *p, const Kernel *k)
{
    int64_t bytes = 0;
    for (int i = 0; i < k->n_reads; i++) bytes += sample_bytes(&p->buffers[k->reads[i]]);
    for (int i = 0; i < k->n_writes; i++) bytes += sample_bytes(&p->buffers[k->writes[i]]);
    return bytes;
}

/* So many samples at a time that what one kernel leaves is still in the second-level cache when the next reads it.  No machine's: about
 * what today's have, and step times are flat around it (docs/performance.md). */
static int64_t chunk_of(const Slicing *s, int64_t bytes)
{
    enum { CACHE = 1 << 20 };
    int64_t chunk = bytes > 0 ? CACHE / bytes : s->slice;
    if (chunk < 1) chunk = 1;
    if (chunk > s->slice) chunk = s->slice;
    for (int64_t d = chunk; 3 * d >= 2 * chunk; d--)        /* a little smaller, and no chunk is left with few samples */
        if (s->slice % d == 0) return d;
    const int64_t chunks = (s->slice + chunk - 1) / chunk;
    return (s->slice + chunks - 1) / chunks;                /* chunks of one size, as far as it goes */
}

static void choose_chunks(Program *p)
{
    for (int s = 0; s < p->n_segments; s++) {
        Segment *segment = &p->segments[s];
        int64_t most = 0;
        for (int k = segment->first; k < segment->last; k++) {
            const int64_t bytes = touched_bytes(p, &p->kernels[k]);
            if (bytes > most) most = bytes;
        }
        segment->chunk = p->slicing.slices == 1 ? p->slicing.slice : chunk_of(&p->slicing, most);
        for (int k = segment->first; k < segment->last; k++)
            for (int i = 0; i < p->kernels[k].n_writes; i++) {
                Buffer *b = &p->buffers[p->kernels[k].writes[i]];
                if (b->owner == OWNER_THREAD) b->samples = segment->chunk;
            }
    }
}

/* May kernel k write value v over the buffer that it reads at the same place? */
static bool element_by_element(const Program *p, const Kernel *k, Value v, int buffer)
{
    if (k->kind != KERNEL_COMPUTE || k->contraction || k->n_kept != 1) return false;
    if (graph_at(p->graph, v)->op->kind != POINTWISE) return false;
    Reach *reads;
    int n = reaches(p, v, &reads);
    for (int i = 0; i < n; i++) {
        if (p->buffer_of[reads[i].value] != buffer) continue;
        Type type = graph_at(p->graph, reads[i].value)->type;
        for (int a = 0; a < type.rank; a++)
            if (reads[i].axis[a] != a && type.dims[a] != 1) return false;
    }
    return true;
}

static void share_in_place(Program *p)
{
    for (int number = 0; number < p->n_kernels; number++) {
        const Kernel *k = &p->kernels[number];
        for (int w = 0; w < k->n_writes; w++) {
            Buffer *out = &p->buffers[k->writes[w]];
            if (!out->value || out->owner != OWNER_THREAD || out->zeroed || out->in_place_of >= 0) continue;
            for (int r = 0; r < k->n_reads && out->in_place_of < 0; r++) {
                int source = k->reads[r];
                const Buffer *in = &p->buffers[source];
                int host = in->in_place_of >= 0 ? in->in_place_of : source;
                bool dies = p->buffers[source].upper == number + 1 && p->buffers[host].upper == number + 1;
                if (in->owner != OWNER_THREAD || !in->value || !dies || in->storage != out->storage || !type_equal(in->type, out->type)) continue;
                if (!element_by_element(p, k, out->value, source)) continue;
                out->in_place_of = host;
                p->buffers[host].upper = out->upper;
            }
        }
    }
}

Plan *plan(Program *p, bool share)
{
    Arena *arena = p->graph->arena;
    Plan *result = arena_alloc(arena, sizeof *result);
    result->program = p;
    settle_owners(p);
    for (int i = 0; i < p->n_buffers; i++) p->buffers[i].lower = p->buffers[i].upper = 0, p->buffers[i].samples = p->slicing.batch;
    for (int s = 0; s < p->n_segments; s++)
        for (int k = p->segments[s].first; k < p->segments[s].last; k++) {
            for (int i = 0; i < p->kernels[k].n_reads; i++) touch(p, p->kernels[k].reads[i], k, &p->segments[s]);
            for (int i = 0; i < p->kernels[k].n_writes; i++) touch(p, p->kernels[k].writes[i], k, &p->segments[s]);
        }
    for (int i = 0; i < p->goal->n_roots; i++) {   /* what the caller gets is copied at the very end */
        int b = p->buffer_of[p->goal->roots[i].value];
        if (b >= 0 && p->buffers[b].owner != OWNER_RESULT && p->goal->roots[i].kind != ROOT_UPDATE) p->buffers[b].upper = p->n_kernels;
    }
    choose_chunks(p);
    if (share) share_in_place(p);

    int n = 0;
    Item *items = arena_array(arena, p->n_buffers, sizeof *items);
    int *item_of = arena_array(arena, p->n_buffers, sizeof *item_of);
    int64_t end = 0;
    for (int i = 0; i < p->n_buffers; i++) {
        Buffer *b = &p->buffers[i];
        item_of[i] = -1;
        if (b->owner == OWNER_RESULT || b->upper == 0) continue;
        b->bytes = buffer_bytes(p, b);
        if (b->in_place_of >= 0) continue;
        items[n] = (Item){.name = b->name, .lower = b->lower, .upper = b->upper, .size = b->bytes, .offset = end};
        item_of[i] = n++;
        end += b->bytes;
    }
    result->lower_bound = place_lower_bound(arena, n, items);
    result->workspace_bytes = share ? place(arena, n, items) : end;
    const char *wrong = place_validate(arena, n, items);
    if (wrong) bug("plan: %s", wrong);
    for (int i = 0; i < p->n_buffers; i++)
        if (item_of[i] >= 0) p->buffers[i].offset = items[item_of[i]].offset;
    for (int i = 0; i < p->n_buffers; i++)
        if (p->buffers[i].in_place_of >= 0) p->buffers[i].offset = p->buffers[p->buffers[i].in_place_of].offset;
    return result;
}
