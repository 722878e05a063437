/* check.c - measures place.c: a bound that no plan can beat, and a proof that nothing overlaps.
 *
 * It shares nothing with place.c, so that a mistake there can not hide itself. */
#include "place/planner.h"

#include <stdlib.h>

typedef struct Change { int time; bool begins; int64_t size; } Change;

static int compare_changes(const void *x, const void *y)   /* at equal times, ends come before beginnings */
{
    const Change *a = x, *b = y;
    if (a->time != b->time) return a->time < b->time ? -1 : 1;
    return (int)a->begins - (int)b->begins;
}

int64_t place_lower_bound(Arena *arena, int n, const Item *items)
{
    Change *changes = arena_array(arena, 2 * (int64_t)n, sizeof *changes);
    int n_changes = 0;
    for (int i = 0; i < n; i++) {
        if (items[i].lower >= items[i].upper) continue;
        changes[n_changes++] = (Change){items[i].lower, true, items[i].size};
        changes[n_changes++] = (Change){items[i].upper, false, items[i].size};
    }
    qsort(changes, (size_t)n_changes, sizeof *changes, compare_changes);
    int64_t live = 0, most = 0;
    for (int i = 0; i < n_changes; i++) {
        if (!changes[i].begins) live -= changes[i].size;
        else if (__builtin_add_overflow(live, changes[i].size, &live))
            fail("the sizes of %d buffers add up to more than 2^63 bytes", n);
        if (live > most) most = live;
    }
    return most;
}

static int compare_times(const void *x, const void *y)
{
    int a = *(const int *)x, b = *(const int *)y;
    return (a > b) - (a < b);
}

static int compare_offsets(const void *x, const void *y)   /* equal ones as they are in the array */
{
    const Item *const *a = x, *const *b = y;
    if ((*a)->offset != (*b)->offset) return (*a)->offset < (*b)->offset ? -1 : 1;
    return (*a > *b) - (*a < *b);
}

static const char *item_text(Arena *arena, const Item *item)
{
    return arena_format(arena, "%s (%lld bytes at %lld, kernels %d to %d)", item->name ? item->name : "a buffer",
                        (long long)item->size, (long long)item->offset, item->lower, item->upper);
}

/* A node in a tree of spans of time: the span of node i consists of those of nodes 2i and 2i + 1.  `whole` is the
 * highest item that covers the whole span; `part` is the highest item with any time in it. */
typedef struct Span { const Item *whole, *part; } Span;

static const Item *higher(const Item *a, const Item *b)
{
    if (!a || !b) return a ? a : b;
    return b->offset + b->size > a->offset + a->size ? b : a;
}

/* The highest item with any time in [lower, upper); lower and upper are numbers of times. */
static const Item *highest(const Span *spans, int node, int from, int to, int lower, int upper)
{
    if (upper <= from || to <= lower) return NULL;
    if (lower <= from && to <= upper) return spans[node].part;
    int middle = from + (to - from) / 2;
    return higher(spans[node].whole, higher(highest(spans, 2 * node, from, middle, lower, upper),
                                            highest(spans, 2 * node + 1, middle, to, lower, upper)));
}

static void cover(Span *spans, int node, int from, int to, int lower, int upper, const Item *item)
{
    if (upper <= from || to <= lower) return;
    spans[node].part = higher(spans[node].part, item);
    if (lower <= from && to <= upper) {
        spans[node].whole = higher(spans[node].whole, item);
        return;
    }
    int middle = from + (to - from) / 2;
    cover(spans, 2 * node, from, middle, lower, upper, item);
    cover(spans, 2 * node + 1, middle, to, lower, upper, item);
}

static int number_of(const int *times, int n, int time)
{
    int low = 0, high = n;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (times[middle] < time) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Piles the items up by offset: none may lie lower than the top of the pile during its life. */
const char *place_validate(Arena *arena, int n, const Item *items)
{
    const Item **pile = arena_array(arena, n, sizeof *pile);
    int n_items = 0, n_times = 0, *times = arena_array(arena, 2 * (int64_t)n, sizeof *times);
    for (int i = 0; i < n; i++) {
        const Item *item = &items[i];
        int64_t end;
        if (item->size < 0) return arena_format(arena, "%s has a negative size", item_text(arena, item));
        if (item->lower > item->upper) return arena_format(arena, "%s ends before it begins", item_text(arena, item));
        if (item->offset < 0) return arena_format(arena, "%s has a negative offset", item_text(arena, item));
        if (__builtin_add_overflow(item->offset, item->size, &end))
            return arena_format(arena, "%s ends after 2^63", item_text(arena, item));
        if (item->size == 0 || item->lower == item->upper) continue;
        pile[n_items++] = item;
        times[2 * n_items - 2] = item->lower;
        times[2 * n_items - 1] = item->upper;
    }
    qsort(times, 2 * (size_t)n_items, sizeof *times, compare_times);
    for (int i = 0; i < 2 * n_items; i++)
        if (i == 0 || times[i] != times[n_times - 1]) times[n_times++] = times[i];
    qsort(pile, (size_t)n_items, sizeof *pile, compare_offsets);
    Span *spans = arena_array(arena, 4 * (int64_t)n_times + 2, sizeof *spans);
    for (int i = 0; i < n_items; i++) {
        const Item *item = pile[i];
        int lower = number_of(times, n_times, item->lower), upper = number_of(times, n_times, item->upper);
        const Item *under = highest(spans, 1, 0, n_times, lower, upper);
        if (under && under->offset + under->size > item->offset)
            return arena_format(arena, "%s and %s overlap", item_text(arena, under), item_text(arena, item));
        cover(spans, 1, 0, n_times, lower, upper, item);
    }
    return NULL;
}
