/* plan.c - where every buffer lies.
 *
 * live.c says from when to when a buffer is needed, and chunk.c for how many samples a thread's buffers have room.
 * place.c finds the offsets; a validator that shares no code with it checks them. */
#include "schedule/order.h"

enum { ALIGNMENT = 64 };

int64_t buffer_bytes(const Program *p, int buffer, Owner owner, int64_t samples)
{
    const Buffer *b = &p->buffers[buffer];
    int64_t count = type_count(b->type, samples);
    if (owner == OWNER_SLICE && __builtin_mul_overflow(count, p->slicing.slices, &count)) count = -1;
    if (count < 0) fail("%s: the buffer %s is larger than 2^40 bytes", p->experiment->source.path, b->name);
    return (count * rt_type_bytes(b->storage) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static void find_lives(Plan *plan, bool share)
{
    const Program *p = plan->program;
    Lives *lives = lives_new(p);
    int *sequence = arena_array(p->graph->arena, p->n_kernels, sizeof *sequence);
    for (int k = 0; k < p->n_kernels; k++) sequence[k] = k;
    lives_find(lives, sequence, (Cuts){p->n_segments, plan->n_parts, p->segments, plan->parts}, share);
    for (int i = 0; i < p->n_buffers; i++) {
        const Live *live = &lives->of[i];
        plan->of[i] = (Placed){.owner = live->owner, .lower = live->lower, .upper = live->upper,
                               .in_place_of = live->in_place_of, .samples = p->slicing.batch};
    }
    for (int i = 0; i < plan->n_parts; i++)
        for (int k = plan->parts[i].first; k < plan->parts[i].last; k++)
            for (int j = 0; j < p->kernels[k].n_writes; j++) {
                Placed *b = &plan->of[p->kernels[k].writes[j]];
                if (b->owner == OWNER_THREAD) b->samples = plan->parts[i].samples;
                if (b->owner == OWNER_CHUNK) b->samples = plan->chunks[segment_of(p, k) - p->segments];
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

Plan *plan(const Program *p, bool share, int64_t most, int64_t enough)
{
    Arena *arena = p->graph->arena;
    Plan *result = arena_alloc(arena, sizeof *result);
    *result = (Plan){.program = p, .of = arena_array(arena, p->n_buffers, sizeof(Placed)),
                     .chunks = arena_array(arena, p->n_segments, sizeof(int64_t))};
    choose_chunks(result, most);
    find_lives(result, share);

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
    if (share && result->lower_bound > enough) {
        result->workspace_bytes = result->lower_bound;
        return result;
    }
    result->workspace_bytes = share ? place(arena, n, items) : end;
    for (int i = 0; i < p->n_buffers; i++)
        if (item_of[i] >= 0) result->of[i].offset = items[item_of[i]].offset;
    for (int i = 0; i < p->n_buffers; i++)
        if (result->of[i].in_place_of >= 0) result->of[i].offset = result->of[result->of[i].in_place_of].offset;
    const char *wrong = plan_fault(result, &n);
    if (wrong) bug("plan: %s", wrong);
    return result;
}

const Part *part_of(const Plan *plan, int kernel)
{
    int first = 0, last = plan->n_parts - 1;
    while (first < last) {
        const int middle = (first + last) / 2;
        if (kernel < plan->parts[middle].last) last = middle;
        else first = middle + 1;
    }
    return &plan->parts[first];
}

int64_t samples_of(const Plan *plan, int kernel)
{
    const Program *p = plan->program;
    return segment_of(p, kernel)->sliced ? part_of(plan, kernel)->samples : p->slicing.batch;
}

int64_t calls_of_kernel(const Plan *plan, int kernel)
{
    const Slicing *s = &plan->program->slicing;
    const Segment *segment = segment_of(plan->program, kernel);
    if (!segment->sliced) return 1;
    const int64_t chunk = plan->chunks[segment - plan->program->segments], samples = samples_of(plan, kernel);
    int64_t n = 0;
    for (int64_t slice = 0; slice < s->batch; slice += s->slice) {
        const int64_t end = slice + s->slice < s->batch ? slice + s->slice : s->batch;
        for (int64_t first = slice; first < end; first += chunk) {
            const int64_t length = end - first < chunk ? end - first : chunk;
            n += (length + samples - 1) / samples;
        }
    }
    return n;
}
