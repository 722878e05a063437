/* place.c - the memory planner alone: offsets for items with known lives, so that the memory they take ends early.
 *
 * Packing boxes of fixed width is NP-hard; the schedules of training steps are mostly kind.  Until the lower bound is reached:
 *
 *   1. greedy     items in one of several orders, each at the lowest or the tightest gap that holds it
 *   2. search     every solution in which each item rests on another or on 0, from the bottom up (after MiniMalloc: Moffitt,
 *                 ASPLOS 2023), within the bound as capacity
 *   3. improve    the best that is known, with items that reach the end put earlier; then search again, for capacities between
 *
 * Items that never share a kernel, not even through others, are placed apart.  Limits count steps, not seconds, ties are broken by
 * number, and random choices come from a fixed seed: the same items get the same offsets everywhere. */
#include "tailor.h"

#include <stdlib.h>
#include <string.h>

/* Steps are comparisons of two boxes, a nanosecond or so each: all in all a fraction of a second. */
static const int64_t order_steps = 20000000, improve_steps = 20000000, search_steps = 20000000;
enum { MOST_SEARCHED = 3000 };     /* boxes: the search recurses once for each */

/* An item while it is placed.  Lives are counted in sections: kernels at which no life begins are left out. */
typedef struct Box {
    int item, lower, upper;
    int64_t size, load;            /* load: the largest sum of sizes during its life */
} Box;

/* Items that are placed together, and the best that is known of them. */
typedef struct Part {
    Arena *arena;
    int n, n_sections;
    Box *boxes;
    int64_t *offset, end;          /* the best so far */
    int64_t wanted;                /* ends not after this are as good as any */
    int64_t unit;                  /* every size is a multiple of it, so every end is */
    int64_t steps;
} Part;

static bool meet(const Box *a, const Box *b) { return a->lower < b->upper && b->lower < a->upper; }

/* ---- orders ---- */

typedef enum Order { BY_SIZE, BY_AREA, BY_LOAD, BY_LIFE, BY_START, BY_END, N_ORDERS, BY_OFFSET = N_ORDERS } Order;

typedef struct Key { double first, second; int number; } Key;

static int compare_keys(const void *x, const void *y)   /* larger keys first; never equal */
{
    const Key *a = x, *b = y;
    if (a->first != b->first) return a->first > b->first ? -1 : 1;
    if (a->second != b->second) return a->second > b->second ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

static void sort(const Part *part, Order order, int *numbers)
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

/* Places the boxes in the order given.  Returns the end, or -1 as soon as it would be after `limit`. */
static int64_t greedy(Part *part, const int *order, bool tightest, int64_t limit, int *placed, int64_t *offset)
{
    int64_t end = 0;
    for (int k = 0; k < part->n; k++) {
        const Box *box = &part->boxes[order[k]];
        int64_t top = 0, at = -1, least = INT64_MAX;       /* top: of the boxes passed so far, which are sorted by offset */
        for (int i = 0; i < k; i++) {
            const Box *other = &part->boxes[placed[i]];
            if (!meet(box, other)) continue;
            int64_t gap = offset[placed[i]] - top;
            if (gap >= box->size && gap < least) {
                at = top;
                least = gap;
                if (!tightest) break;
            }
            if (offset[placed[i]] + other->size > top) top = offset[placed[i]] + other->size;
        }
        if (at < 0) at = top;
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

static void keep(Part *part, const int64_t *offset, int64_t end)
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
static void try_orders(Part *part)
{
    int *order = arena_array(part->arena, part->n, sizeof *order), *placed = arena_array(part->arena, part->n, sizeof *placed);
    int64_t *offset = arena_array(part->arena, part->n, sizeof *offset);
    for (int o = 0; o < 2 * N_ORDERS && part->end > part->wanted; o++) {
        if (o && part->steps > order_steps) return;
        sort(part, o / 2, order);
        int64_t end = greedy(part, order, o % 2, part->end - 1, placed, offset);
        if (end >= 0) keep(part, offset, end);
    }
}

/* Starts with the boxes of the best solution from the bottom up, which greedy repeats, and moves one at a time. */
static void improve(Part *part)
{
    int n = part->n;
    int *order = arena_array(part->arena, n, sizeof *order), *best = arena_array(part->arena, n, sizeof *best);
    int *placed = arena_array(part->arena, n, sizeof *placed);
    int64_t *now = arena_array(part->arena, n, sizeof *now), *trial = arena_array(part->arena, n, sizeof *trial);
    sort(part, BY_OFFSET, best);
    memcpy(now, part->offset, (size_t)n * sizeof *now);
    part->steps = 0;
    for (uint64_t seed = 1; part->steps < improve_steps && part->end > part->wanted;) {
        /* mostly one of those that reach the end goes to an earlier place, sometimes any other */
        int from = n - 1;
        while (now[best[from]] + part->boxes[best[from]].size < part->end) from--;
        if (from == 0 || random_below(&seed, 4) == 0) from = 1 + (int)random_below(&seed, (uint32_t)n - 1);
        int to = (int)random_below(&seed, (uint32_t)from);
        memcpy(order, best, (size_t)n * sizeof *order);
        memmove(order + to + 1, order + to, (size_t)(from - to) * sizeof *order);
        order[to] = best[from];
        int64_t end = greedy(part, order, false, part->end, placed, trial);
        if (end < 0) continue;
        if (end < part->end) keep(part, trial, end);
        memcpy(best, order, (size_t)n * sizeof *order);
        memcpy(now, trial, (size_t)n * sizeof *now);
    }
}

/* ---- search ---- */

/* Push the items of a solution down until each rests on another or on 0, and list them by offset, then rank: every solution that
 * counts is built in exactly one order.  An item that is not placed yet has the offset of the highest placed item that it meets. */
typedef struct Search {
    const Part *part;
    Arena *arena;
    int64_t capacity;
    const Box *boxes;              /* by rank */
    int *near_start, *near;        /* the boxes that meet box i: near[near_start[i]] .. near[near_start[i + 1]] */
    bool *placed;
    int64_t *offset;
    int64_t *rest;                 /* of a section: sizes that are not placed yet */
    int64_t *floor;                /* of a section, where the next item can be at the lowest; scratch of one node */
    int *changed;                  /* offsets to put back: a stack of boxes and what they had */
    int64_t *before;
    int n_changed, capacity_changed, capacity_before;
    int64_t steps;
} Search;

typedef enum Outcome { FOUND, NONE, TIRED } Outcome;

static bool put(Search *s, int i)   /* false: something would end after the capacity */
{
    const Box *box = &s->boxes[i];
    int64_t top = s->offset[i] + box->size;
    bool fits = true;
    s->placed[i] = true;
    for (int k = box->lower; k < box->upper; k++) s->rest[k] -= box->size;
    for (int k = s->near_start[i]; k < s->near_start[i + 1]; k++) {
        int other = s->near[k];
        if (s->placed[other] || s->offset[other] >= top) continue;
        s->changed = arena_grow(s->arena, s->changed, s->n_changed, &s->capacity_changed, sizeof *s->changed);
        s->before = arena_grow(s->arena, s->before, s->n_changed, &s->capacity_before, sizeof *s->before);
        s->changed[s->n_changed] = other;
        s->before[s->n_changed++] = s->offset[other];
        s->offset[other] = top;
        fits = fits && s->boxes[other].size <= s->capacity - top;
    }
    s->steps += box->upper - box->lower + s->near_start[i + 1] - s->near_start[i];
    return fits;
}

static void take_back(Search *s, int i, int n_changed)
{
    const Box *box = &s->boxes[i];
    while (s->n_changed > n_changed) {
        s->n_changed--;
        s->offset[s->changed[s->n_changed]] = s->before[s->n_changed];
    }
    for (int k = box->lower; k < box->upper; k++) s->rest[k] += box->size;
    s->placed[i] = false;
}

/* Does an offset and a rank come after another pair of them? */
static bool after(int64_t offset, int rank, int64_t than_offset, int than_rank)
{
    return offset > than_offset || (offset == than_offset && rank > than_rank);
}

/* Can what is left fit?  The next item in a section lies no lower than any that can still be placed there. */
static bool can_fit(Search *s, int64_t last, int last_rank, int64_t first_end)
{
    const Part *part = s->part;
    for (int k = 0; k < part->n_sections; k++) s->floor[k] = INT64_MAX;
    for (int i = 0; i < part->n; i++) {
        if (s->placed[i]) continue;
        /* who has missed his turn has to be lifted by another first */
        int64_t lowest = after(s->offset[i], i, last, last_rank) ? s->offset[i] : first_end;
        if (s->boxes[i].size > s->capacity - lowest) return false;
        for (int k = s->boxes[i].lower; k < s->boxes[i].upper; k++)
            if (lowest < s->floor[k]) s->floor[k] = lowest;
        s->steps += s->boxes[i].upper - s->boxes[i].lower;
    }
    for (int k = 0; k < part->n_sections; k++)
        if (s->rest[k] && s->rest[k] > s->capacity - s->floor[k]) return false;
    s->steps += part->n + part->n_sections;
    return true;
}

/* Places what is left above (last, last_rank). */
static Outcome descend(Search *s, int left, int64_t last, int last_rank)
{
    if (left == 0) return FOUND;
    if (s->steps > search_steps) return TIRED;
    int n = s->part->n;
    int64_t least_end = INT64_MAX, first_end = INT64_MAX;
    for (int i = 0; i < n; i++) {
        if (s->placed[i]) continue;
        int64_t end = s->offset[i] + s->boxes[i].size;
        if (end < least_end) least_end = end;
        if (end < first_end && after(s->offset[i], i, last, last_rank)) first_end = end;
    }
    if (first_end == INT64_MAX || !can_fit(s, last, last_rank, first_end)) return NONE;
    for (;;) {
        /* the next candidate; over least_end something else could lie below it */
        int next = -1;
        for (int i = 0; i < n; i++)
            if (!s->placed[i] && s->offset[i] < least_end && after(s->offset[i], i, last, last_rank) &&
                (next < 0 || s->offset[i] < s->offset[next]))
                next = i;
        s->steps += n;
        if (next < 0) return NONE;
        int n_changed = s->n_changed;
        Outcome outcome = put(s, next) ? descend(s, left - 1, s->offset[next], next) : NONE;
        if (outcome == FOUND) return FOUND;
        take_back(s, next, n_changed);
        if (outcome == TIRED) return TIRED;
        last = s->offset[next];
        last_rank = next;
    }
}

/* Looks for a solution that ends by the capacity, with boxes ranked by an order; keeps what it finds. */
static Outcome search(Part *part, Order order, int64_t capacity)
{
    Arena *arena = arena_new();
    int n = part->n, n_pairs = 0, *ranked = arena_array(arena, n, sizeof *ranked);
    Box *boxes = arena_array(arena, n, sizeof *boxes);
    Search s = {.part = part, .arena = arena, .capacity = capacity, .boxes = boxes};
    s.near_start = arena_array(arena, n + 1, sizeof *s.near_start);
    s.placed = arena_array(arena, n, sizeof *s.placed);
    s.offset = arena_array(arena, n, sizeof *s.offset);
    s.rest = arena_array(arena, part->n_sections, sizeof *s.rest);
    s.floor = arena_array(arena, part->n_sections, sizeof *s.floor);
    sort(part, order, ranked);
    for (int i = 0; i < n; i++) boxes[i] = part->boxes[ranked[i]];
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) n_pairs += k != i && meet(&boxes[i], &boxes[k]);
        s.near_start[i + 1] = n_pairs;
        for (int k = boxes[i].lower; k < boxes[i].upper; k++) s.rest[k] += boxes[i].size;
    }
    s.near = arena_array(arena, n_pairs, sizeof *s.near);
    for (int i = 0, at = 0; i < n; i++)
        for (int k = 0; k < n; k++)
            if (k != i && meet(&boxes[i], &boxes[k])) s.near[at++] = k;

    Outcome outcome = descend(&s, n, 0, -1);
    if (outcome == FOUND) {
        part->end = 0;
        for (int i = 0; i < n; i++) {
            part->offset[ranked[i]] = s.offset[i];
            if (s.offset[i] + boxes[i].size > part->end) part->end = s.offset[i] + boxes[i].size;
        }
    }
    arena_free(arena);
    return outcome;
}

static bool search_orders(Part *part, int64_t capacity)
{
    static const Order orders[] = {BY_LOAD, BY_AREA, BY_SIZE, BY_LIFE};
    Outcome outcome = TIRED;
    for (int i = 0; i < 4 && outcome == TIRED; i++) outcome = search(part, orders[i], capacity);
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

/* Places n items, given by number; returns their end.  Ends up to `wanted` are as good as any. */
static int64_t place_part(Item *items, int n, const int *numbers, int64_t wanted)
{
    Arena *arena = arena_new();
    Part part = {.arena = arena, .n = n, .end = INT64_MAX};
    int *starts = arena_array(arena, n, sizeof *starts);
    for (int i = 0; i < n; i++) starts[i] = items[numbers[i]].lower;
    qsort(starts, (size_t)n, sizeof *starts, compare_ints);
    for (int i = 0; i < n; i++)
        if (i == 0 || starts[i] != starts[i - 1]) starts[part.n_sections++] = starts[i];
    part.boxes = arena_array(arena, n, sizeof *part.boxes);
    part.offset = arena_array(arena, n, sizeof *part.offset);
    int64_t *load = arena_array(arena, part.n_sections, sizeof *load);
    for (int i = 0; i < n; i++) {
        const Item *item = &items[numbers[i]];
        Box *box = &part.boxes[i];
        *box = (Box){.item = numbers[i], .size = item->size};
        box->lower = section_of(starts, part.n_sections, item->lower);
        box->upper = section_of(starts, part.n_sections, item->upper);
        for (int k = box->lower; k < box->upper; k++) load[k] += box->size;
        part.unit = divisor(part.unit, box->size);
    }
    for (int i = 0; i < n; i++)
        for (int k = part.boxes[i].lower; k < part.boxes[i].upper; k++)
            if (load[k] > part.boxes[i].load) part.boxes[i].load = load[k];
    for (int k = 0; k < part.n_sections; k++)
        if (load[k] > wanted) wanted = load[k];
    part.wanted = wanted - wanted % part.unit;
    try_orders(&part);
    if (part.end > part.wanted && n <= MOST_SEARCHED && !search_orders(&part, part.wanted)) {
        improve(&part);
        search_between(&part);
    }
    for (int i = 0; i < n; i++) items[part.boxes[i].item].offset = part.offset[i];
    arena_free(arena);
    return part.end;
}

typedef struct Start { int lower, number; } Start;

static int compare_starts(const void *x, const void *y)
{
    const Start *a = x, *b = y;
    if (a->lower != b->lower) return a->lower < b->lower ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

int64_t place(Arena *arena, int n, Item *items)
{
    int64_t total = 0, end = 0;
    int n_starts = 0, *numbers = arena_array(arena, n, sizeof *numbers);
    Start *starts = arena_array(arena, n, sizeof *starts);
    for (int i = 0; i < n; i++) {
        if (items[i].size < 0 || items[i].lower > items[i].upper)
            bug("place: item %d has size %lld and life %d to %d", i, (long long)items[i].size, items[i].lower, items[i].upper);
        if (__builtin_add_overflow(total, items[i].size, &total))
            fail("the sizes of %d buffers add up to more than 2^63 bytes", n);
        items[i].offset = 0;
        if (items[i].size == 0) continue;
        if (items[i].lower == items[i].upper && items[i].size > end) end = items[i].size;   /* never live: it lies anywhere */
        if (items[i].lower < items[i].upper) starts[n_starts++] = (Start){items[i].lower, i};
    }
    int64_t wanted = place_lower_bound(arena, n, items);
    qsort(starts, (size_t)n_starts, sizeof *starts, compare_starts);
    for (int first = 0, next; first < n_starts; first = next) {
        int upper = starts[first].lower + 1;
        for (next = first; next < n_starts && starts[next].lower < upper; next++) {
            numbers[next - first] = starts[next].number;
            if (items[starts[next].number].upper > upper) upper = items[starts[next].number].upper;
        }
        int64_t part_end = place_part(items, next - first, numbers, wanted > end ? wanted : end);
        if (part_end > end) end = part_end;
    }
    return end;
}
