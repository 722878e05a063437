/* plan.c - where every buffer lies.
 *
 * live.c says from when to when a buffer is needed.  The number of samples that go through a sliced segment at a time
 * is found here, because it decides the size of a thread's buffers.  place.c finds the offsets; a validator that shares
 * no code with it checks them. */
#include "schedule/order.h"

enum { ALIGNMENT = 64 };

static int64_t storage_bytes(RtType type) { return type == RT_U8 ? 1 : type == RT_I64 ? 8 : 4; }

int64_t buffer_bytes(const Program *p, int buffer, Owner owner, int64_t samples)
{
    const Buffer *b = &p->buffers[buffer];
    int64_t count = type_count(b->type, samples);
    if (owner == OWNER_SLICE && __builtin_mul_overflow(count, p->slicing.slices, &count)) count = -1;
    if (count < 0) fail("%s: the buffer %s is larger than 2^40 bytes", p->experiment->source.path, b->name);
    return (count * storage_bytes(b->storage) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* ---- chunks ---- */

static int64_t sample_bytes(const Buffer *b)
{
    return type_has_batch(b->type) ? type_count(b->type, 1) * storage_bytes(b->storage) : 0;
}

int64_t touched_bytes(const Program *p, const Kernel *k)
{
    int64_t bytes = 0;
    for (int i = 0; i < k->n_reads; i++) bytes += sample_bytes(&p->buffers[k->reads[i]]);
    for (int i = 0; i < k->n_writes; i++) bytes += sample_bytes(&p->buffers[k->writes[i]]);
    return bytes;
}

/* The number of samples at a time for which a kernel's results are still in the second-level cache when the next kernel
 * reads them.  The size of that cache is a constant of about today's machines; step times are flat around it
 * (docs/performance.md). */
int64_t chunk_of(const Slicing *s, int64_t bytes)
{
    enum { CACHE = 1 << 20 };
    if (s->slices == 1) return s->slice;
    int64_t chunk = bytes > 0 ? CACHE / bytes : s->slice;
    if (chunk < 1) chunk = 1;
    if (chunk > s->slice) chunk = s->slice;
    /* a slightly smaller chunk may leave no last chunk with few samples */
    for (int64_t d = chunk; 3 * d >= 2 * chunk; d--)
        if (s->slice % d == 0) return d;
    const int64_t chunks = (s->slice + chunk - 1) / chunk;
    return (s->slice + chunks - 1) / chunks;                /* otherwise chunks of one size, as nearly as possible */
}

static void choose_chunks(Plan *plan)
{
    const Program *p = plan->program;
    for (int s = 0; s < p->n_segments; s++) {
        const Segment *segment = &p->segments[s];
        int64_t most = 0;
        for (int k = segment->first; k < segment->last; k++) {
            const int64_t bytes = touched_bytes(p, &p->kernels[k]);
            if (bytes > most) most = bytes;
        }
        plan->chunks[s] = chunk_of(&p->slicing, most);
        for (int k = segment->first; k < segment->last; k++)
            for (int i = 0; i < p->kernels[k].n_writes; i++) {
                Placed *b = &plan->of[p->kernels[k].writes[i]];
                if (b->owner == OWNER_THREAD) b->samples = plan->chunks[s];
            }
    }
}

static void find_lives(Plan *plan, bool share)
{
    const Program *p = plan->program;
    Lives *lives = lives_new(p);
    int *sequence = arena_array(p->graph->arena, p->n_kernels, sizeof *sequence);
    for (int k = 0; k < p->n_kernels; k++) sequence[k] = k;
    lives_find(lives, sequence, p->n_segments, p->segments, share);
    for (int i = 0; i < p->n_buffers; i++) {
        const Live *live = &lives->of[i];
        plan->of[i] = (Placed){.owner = live->owner, .lower = live->lower, .upper = live->upper,
                               .in_place_of = live->in_place_of, .samples = p->slicing.batch};
    }
}

const char *plan_fault(const Plan *plan, int *n)
{
    const Program *p = plan->program;
    Item *items = arena_array(p->graph->arena, p->n_buffers, sizeof *items);
    *n = 0;
    for (int b = 0; b < p->n_buffers; b++) {
        const Placed *at = &plan->of[b];
        if (at->owner != OWNER_RESULT && at->upper && at->in_place_of < 0)
            items[(*n)++] = (Item){.name = p->buffers[b].name, .lower = at->lower, .upper = at->upper,
                                   .size = at->bytes, .offset = at->offset};
    }
    return place_validate(p->graph->arena, *n, items);
}

Plan *plan(const Program *p, bool share)
{
    Arena *arena = p->graph->arena;
    Plan *result = arena_alloc(arena, sizeof *result);
    *result = (Plan){.program = p, .of = arena_array(arena, p->n_buffers, sizeof(Placed)),
                     .chunks = arena_array(arena, p->n_segments, sizeof(int64_t))};
    find_lives(result, share);
    choose_chunks(result);

    int n = 0;
    Item *items = arena_array(arena, p->n_buffers, sizeof *items);
    int *item_of = arena_array(arena, p->n_buffers, sizeof *item_of);
    int64_t end = 0;
    for (int i = 0; i < p->n_buffers; i++) {
        Placed *b = &result->of[i];
        item_of[i] = -1;
        if (b->owner == OWNER_RESULT || b->upper == 0) continue;
        b->bytes = buffer_bytes(p, i, b->owner, b->samples);
        if (b->in_place_of >= 0) continue;
        items[n] = (Item){.name = p->buffers[i].name, .lower = b->lower, .upper = b->upper,
                          .size = b->bytes, .offset = end};
        item_of[i] = n++;
        end += b->bytes;
    }
    result->lower_bound = place_lower_bound(arena, n, items);
    result->workspace_bytes = share ? place(arena, n, items) : end;
    for (int i = 0; i < p->n_buffers; i++)
        if (item_of[i] >= 0) result->of[i].offset = items[item_of[i]].offset;
    for (int i = 0; i < p->n_buffers; i++)
        if (result->of[i].in_place_of >= 0) result->of[i].offset = result->of[result->of[i].in_place_of].offset;
    const char *wrong = plan_fault(result, &n);
    if (wrong) bug("plan: %s", wrong);
    return result;
}

int64_t samples_of(const Plan *plan, int kernel)
{
    const Program *p = plan->program;
    const Segment *segment = segment_of(p, kernel);
    return segment->sliced ? plan->chunks[segment - p->segments] : p->slicing.batch;
}
