/* place.c - the memory planner itself: offsets for items with known lives, so that the memory they take ends early.
 *
 * Packing boxes of fixed width is NP-hard, but the schedules of training steps are mostly kind.  The planner goes on
 * until it reaches the lower bound:
 *
 *   1. greedy     Items are placed in one of several orders, each into the lowest or the tightest gap that holds it.
 *   2. search     Every solution in which each item rests on another or on 0 is tried, from the bottom up, with the
 *                 bound as capacity (search.c).
 *   3. improve    In the best order known, items that reach the end are moved to an earlier place.  Then comes a search
 *                 again, for capacities between.
 *
 * Items that never share a kernel, not even through others, are placed apart.  The same items get the same offsets
 * everywhere: limits count steps, not seconds, ties are broken by number, and random choices come from a fixed seed. */
#include "place/part.h"

#include <string.h>

/* A step is a comparison of two boxes, which takes about a nanosecond.  All limits together are a fraction of a
 * second. */
static const int64_t order_steps = 20000000, improve_steps = 20000000, search_steps = 20000000;

/* ---- greedy ---- */

/* Places the boxes in the order given.  Returns the end.  Returns -1 as soon as the end would be after `limit`, or when
 * it is late and a solution is known already. */
static int64_t greedy(Part *part, const int *order, bool tightest, int64_t limit, int *placed, int64_t *offset)
{
    int64_t end = 0;
    for (int k = 0; k < part->n; k++) {
        const Box *box = &part->boxes[order[k]];
        if (k % 256 == 255 && part->end < INT64_MAX && place_late(part)) return -1;
        int64_t top = 0, at = -1, least = INT64_MAX;   /* top: the end of the boxes passed so far, by offset */
        for (int i = 0; i < k; i++) {
            const Box *other = &part->boxes[placed[i]];
            if (!boxes_meet(box, other)) continue;
            top = align_up(top, box->alignment);
            int64_t gap = offset[placed[i]] - top;
            if (gap >= box->size && gap < least) {
                at = top;
                least = gap;
                if (!tightest) break;
            }
            if (offset[placed[i]] + other->size > top) top = offset[placed[i]] + other->size;
        }
        if (at < 0) at = align_up(top, box->alignment);
        part->steps += k + 1;
        offset[order[k]] = at;
        if (at + box->size > end) end = at + box->size;
        if (end > limit) return -1;
        int i = k;
        for (; i > 0 && offset[placed[i - 1]] > at; i--) placed[i] = placed[i - 1];
        placed[i] = order[k];
    }
    return end;
}

static uint32_t random_below(uint64_t *state, uint32_t n)   /* splitmix64 */
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (uint32_t)(((z ^ z >> 31) >> 32) * n >> 32);
}

/* Tries every order with either choice of gaps, and keeps the best solution. */
void place_orders(Part *part, int64_t steps)
{
    int *order = arena_array(part->arena, part->n, sizeof *order),
        *placed = arena_array(part->arena, part->n, sizeof *placed);
    int64_t *offset = arena_array(part->arena, part->n, sizeof *offset);
    for (int o = 0; o < 2 * N_ORDERS && part->end > part->wanted; o++) {
        if (o && (part->steps > steps || place_late(part))) return;
        part_sort(part, o / 2, order);
        int64_t end = greedy(part, order, o % 2, part->end - 1, placed, offset);
        if (end >= 0) part_keep(part, offset, end);
    }
}

/* Starts with the order of the best solution from the bottom up, from which greedy makes that solution again.  Moves
 * one box at a time. */
void place_improve(Part *part, uint64_t *seed, int64_t steps)
{
    int n = part->n;
    int *order = arena_array(part->arena, n, sizeof *order), *best = arena_array(part->arena, n, sizeof *best);
    int *placed = arena_array(part->arena, n, sizeof *placed);
    int64_t *now = arena_array(part->arena, n, sizeof *now), *trial = arena_array(part->arena, n, sizeof *trial);
    part_sort(part, BY_OFFSET, best);
    memcpy(now, part->offset, (size_t)n * sizeof *now);
    for (int round = 0; part->steps < steps && part->end > part->wanted; round++) {
        if (round % 256 == 255 && place_late(part)) return;
        /* Mostly a box that reaches the end goes to an earlier place, sometimes any other. */
        int from = n - 1;
        while (now[best[from]] + part->boxes[best[from]].size < part->end) from--;
        if (from == 0 || random_below(seed, 4) == 0) from = 1 + (int)random_below(seed, (uint32_t)n - 1);
        int to = (int)random_below(seed, (uint32_t)from);
        memcpy(order, best, (size_t)n * sizeof *order);
        memmove(order + to + 1, order + to, (size_t)(from - to) * sizeof *order);
        order[to] = best[from];
        int64_t end = greedy(part, order, false, part->end, placed, trial);
        if (end < 0) continue;
        if (end < part->end) part_keep(part, trial, end);
        memcpy(best, order, (size_t)n * sizeof *order);
        memcpy(now, trial, (size_t)n * sizeof *now);
    }
}

/* ---- all of it, for a compile ---- */

static bool search_orders(Part *part, int64_t capacity)
{
    static const Order orders[] = {BY_LOAD, BY_AREA, BY_SIZE, BY_LIFE};
    Outcome outcome = TIRED;
    for (int i = 0; i < 4 && outcome == TIRED; i++) outcome = place_search(part, orders[i], capacity, search_steps);
    return outcome == FOUND;
}

/* Searches at a capacity half way between the best end known and the ends that are not possible, or were not found. */
static void search_between(Part *part)
{
    for (int64_t low = part->wanted + part->unit; low < part->end;) {
        int64_t half = (part->end - low) / 2, capacity = low + half - half % part->unit;
        if (!search_orders(part, capacity)) low = capacity + part->unit;
    }
}

/* Places n items, given by number; returns their end.  An end up to `wanted` is good enough. */
static int64_t place_part(Item *items, int n, const int *numbers, int64_t wanted)
{
    Arena *arena = arena_new();
    Part part = part_new(arena, items, n, numbers, NULL, wanted);
    uint64_t seed = 1;
    place_orders(&part, order_steps);
    if (part.end > part.wanted && n <= MOST_SEARCHED && !search_orders(&part, part.wanted)) {
        part.steps = 0;
        place_improve(&part, &seed, improve_steps);
        search_between(&part);
    }
    for (int i = 0; i < n; i++) items[part.boxes[i].item].offset = part.offset[i];
    arena_free(arena);
    return part.end;
}

int64_t place(Arena *arena, int n, Item *items)
{
    int64_t total = 0, end = 0;
    for (int i = 0; i < n; i++) {
        if (items[i].size < 0 || items[i].lower > items[i].upper)
            bug("place: item %d has size %lld and life %d to %d", i, (long long)items[i].size, items[i].lower,
                items[i].upper);
        if (__builtin_add_overflow(total, items[i].size, &total))
            fail("the sizes of %d buffers add up to more than 2^63 bytes", n);
        items[i].offset = 0;
        /* never live: it lies anywhere */
        if (items[i].lower == items[i].upper && items[i].size > end) end = items[i].size;
    }
    int64_t wanted = place_lower_bound(arena, n, items);
    int *numbers = arena_array(arena, n, sizeof *numbers), *first = arena_array(arena, n + 1, sizeof *first);
    int n_groups = place_groups(arena, n, items, numbers, first);
    for (int g = 0; g < n_groups; g++) {
        int64_t part_end = place_part(items, first[g + 1] - first[g], numbers + first[g], wanted > end ? wanted : end);
        if (part_end > end) end = part_end;
    }
    return end;
}
