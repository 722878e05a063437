/* place.c - the memory planner alone: offsets for items with known lives, so that the memory they take ends early.
 *
 * Packing boxes of fixed width is NP-hard; the schedules of training steps are mostly kind.  Until the lower bound is reached:
 *
 *   1. greedy     items in one of several orders, each at the lowest or the tightest gap that holds it
 *   2. search     every solution in which each item rests on another or on 0, from the bottom up, within the bound as capacity
 *                 (place_search.c)
 *   3. improve    the best that is known, with items that reach the end put earlier; then search again, for capacities between
 *
 * Items that never share a kernel, not even through others, are placed apart.  Limits count steps, not seconds, ties are broken by
 * number, and random choices come from a fixed seed: the same items get the same offsets everywhere. */
#include "place/place.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Steps are comparisons of two boxes, a nanosecond or so each: all in all a fraction of a second. */
static const int64_t order_steps = 20000000, improve_steps = 20000000, search_steps = 20000000;

double place_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

bool place_late(const Part *part) { return part->deadline > 0 && place_clock() > part->deadline; }

/* ---- orders ---- */

typedef struct Key { double first, second; int number; } Key;

static int compare_keys(const void *x, const void *y)   /* larger keys first; never equal */
{
    const Key *a = x, *b = y;
    if (a->first != b->first) return a->first > b->first ? -1 : 1;
    if (a->second != b->second) return a->second > b->second ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

void part_sort(const Part *part, Order order, int *numbers)
{
    Key *keys = arena_array(part->arena, part->n, sizeof *keys);
    for (int i = 0; i < part->n; i++) {
        const Box *b = &part->boxes[i];
        double size = (double)b->size, life = b->upper - b->lower, area = size * life;
        switch (order) {
        case BY_SIZE: keys[i] = (Key){size, life, i}; break;
        case BY_AREA: keys[i] = (Key){area, size, i}; break;
        case BY_LOAD: keys[i] = (Key){(double)b->load, area, i}; break;
        case BY_LIFE: keys[i] = (Key){life, size, i}; break;
        case BY_START: keys[i] = (Key){-b->lower, size, i}; break;
        case BY_END: keys[i] = (Key){b->upper, size, i}; break;
        case BY_OFFSET: keys[i] = (Key){-(double)part->offset[i], 0, i}; break;
        }
    }
    qsort(keys, (size_t)part->n, sizeof *keys, compare_keys);
    for (int i = 0; i < part->n; i++) numbers[i] = keys[i].number;
}

/* ---- greedy ---- */

/* Places the boxes in the order given.  Returns the end, or -1 as soon as it would be after `limit`, or it is late and something is
 * known already. */
static int64_t greedy(Part *part, const int *order, bool tightest, int64_t limit, int *placed, int64_t *offset)
{
    int64_t end = 0;
    for (int k = 0; k < part->n; k++) {
        const Box *box = &part->boxes[order[k]];
        if (k % 256 == 255 && part->end < INT64_MAX && place_late(part)) return -1;
        int64_t top = 0, at = -1, least = INT64_MAX;       /* top: of the boxes passed so far, which are sorted by offset */
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

void part_keep(Part *part, const int64_t *offset, int64_t end)
{
    memcpy(part->offset, offset, (size_t)part->n * sizeof *offset);
    part->end = end;
}

static uint32_t random_below(uint64_t *state, uint32_t n)   /* splitmix64 */
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (uint32_t)(((z ^ z >> 31) >> 32) * n >> 32);
}

/* Keeps the best of every order with either choice of gaps. */
void place_orders(Part *part, int64_t steps)
{
    int *order = arena_array(part->arena, part->n, sizeof *order), *placed = arena_array(part->arena, part->n, sizeof *placed);
    int64_t *offset = arena_array(part->arena, part->n, sizeof *offset);
    for (int o = 0; o < 2 * N_ORDERS && part->end > part->wanted; o++) {
        if (o && (part->steps > steps || place_late(part))) return;
        part_sort(part, o / 2, order);
        int64_t end = greedy(part, order, o % 2, part->end - 1, placed, offset);
        if (end >= 0) part_keep(part, offset, end);
    }
}

/* Starts with the boxes of the best solution from the bottom up, which greedy repeats, and moves one at a time. */
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
        /* mostly one of those that reach the end goes to an earlier place, sometimes any other */
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

/* ---- parts ---- */

static int compare_ints(const void *x, const void *y)
{
    int a = *(const int *)x, b = *(const int *)y;
    return (a > b) - (a < b);
}

static int section_of(const int *starts, int n, int time)   /* the first section that starts at or after a time */
{
    int low = 0, high = n;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (starts[middle] < time) low = middle + 1;
        else high = middle;
    }
    return low;
}

static int64_t divisor(int64_t a, int64_t b) { return b ? divisor(b, a % b) : a; }

Part part_new(Arena *arena, const Item *items, int n, const int *numbers, const int64_t *alignment, int64_t wanted)
{
    Part part = {.arena = arena, .n = n, .end = INT64_MAX};
    int *starts = arena_array(arena, n, sizeof *starts);
    for (int i = 0; i < n; i++) starts[i] = items[numbers[i]].lower;
    qsort(starts, (size_t)n, sizeof *starts, compare_ints);
    for (int i = 0; i < n; i++)
        if (i == 0 || starts[i] != starts[part.n_sections - 1]) starts[part.n_sections++] = starts[i];
    part.boxes = arena_array(arena, n, sizeof *part.boxes);
    part.offset = arena_array(arena, n, sizeof *part.offset);
    int64_t *load = arena_array(arena, part.n_sections + 1, sizeof *load);
    for (int i = 0; i < n; i++) {
        const Item *item = &items[numbers[i]];
        Box *box = &part.boxes[i];
        *box = (Box){.item = numbers[i], .size = item->size, .alignment = alignment ? alignment[numbers[i]] : 1};
        box->lower = section_of(starts, part.n_sections, item->lower);
        box->upper = section_of(starts, part.n_sections, item->upper);
        load[box->lower] += box->size;
        load[box->upper] -= box->size;
        part.unit = divisor(part.unit, box->size);
        if (box->alignment > 1) part.unit = divisor(part.unit, box->alignment);
    }
    for (int k = 0; k < part.n_sections; k++) {
        if (k) load[k] += load[k - 1];
        if (load[k] > wanted) wanted = load[k];
    }
    for (int i = 0; n <= MOST_GREEDY && i < n; i++)
        for (int k = part.boxes[i].lower; k < part.boxes[i].upper; k++)
            if (load[k] > part.boxes[i].load) part.boxes[i].load = load[k];
    part.wanted = wanted - wanted % part.unit;
    return part;
}

typedef struct Start { int lower, number; } Start;

static int compare_starts(const void *x, const void *y)
{
    const Start *a = x, *b = y;
    if (a->lower != b->lower) return a->lower < b->lower ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

int place_groups(Arena *arena, int n, const Item *items, int *numbers, int *first)
{
    int n_starts = 0, n_groups = 0, upper = 0;
    Start *starts = arena_array(arena, n, sizeof *starts);
    for (int i = 0; i < n; i++)
        if (items[i].size > 0 && items[i].lower < items[i].upper) starts[n_starts++] = (Start){items[i].lower, i};
    qsort(starts, (size_t)n_starts, sizeof *starts, compare_starts);
    for (int i = 0; i < n_starts; i++) {
        const Item *item = &items[starts[i].number];
        if (i == 0 || item->lower >= upper) {
            first[n_groups++] = i;
            upper = item->upper;
        }
        if (item->upper > upper) upper = item->upper;
        numbers[i] = starts[i].number;
    }
    first[n_groups] = n_starts;
    return n_groups;
}

/* ---- all of it, for a compile ---- */

static bool search_orders(Part *part, int64_t capacity)
{
    static const Order orders[] = {BY_LOAD, BY_AREA, BY_SIZE, BY_LIFE};
    Outcome outcome = TIRED;
    for (int i = 0; i < 4 && outcome == TIRED; i++) outcome = place_search(part, orders[i], capacity, search_steps);
    return outcome == FOUND;
}

/* Half way between what is not possible, or not found, and the best that is known. */
static void search_between(Part *part)
{
    for (int64_t low = part->wanted + part->unit; low < part->end;) {
        int64_t half = (part->end - low) / 2, capacity = low + half - half % part->unit;
        if (!search_orders(part, capacity)) low = capacity + part->unit;
    }
}

/* Places n items, given by number; returns their end.  Ends up to `wanted` are as good as any. */
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
            bug("place: item %d has size %lld and life %d to %d", i, (long long)items[i].size, items[i].lower, items[i].upper);
        if (__builtin_add_overflow(total, items[i].size, &total))
            fail("the sizes of %d buffers add up to more than 2^63 bytes", n);
        items[i].offset = 0;
        if (items[i].lower == items[i].upper && items[i].size > end) end = items[i].size;   /* never live: it lies anywhere */
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
