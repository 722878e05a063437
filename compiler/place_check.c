/* place_check.c - what place.c is measured by: a bound that no plan can beat, and a proof that nothing overlaps.
 *
 * Nothing here is shared with place.c, so that a mistake there can not hide itself. */
#include "tailor.h"

#include <stdlib.h>

typedef struct Change { int time; bool begins; int64_t size; } Change;

static int compare_changes(const void *x, const void *y)   /* at one time lives end before others begin */
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

static int compare_lowers(const void *x, const void *y)
{
    const Item *const *a = x, *const *b = y;
    return ((*a)->lower > (*b)->lower) - ((*a)->lower < (*b)->lower);
}

static const char *item_text(Arena *arena, const Item *item)
{
    return arena_format(arena, "%s (%lld bytes at %lld, kernels %d to %d)", item->name ? item->name : "a buffer", (long long)item->size,
                        (long long)item->offset, item->lower, item->upper);
}

/* Walks through time with the items that are live; a new one is compared with each of them. */
const char *place_validate(Arena *arena, int n, const Item *items)
{
    const Item **by_lower = arena_array(arena, n, sizeof *by_lower), **live = arena_array(arena, n, sizeof *live);
    int n_live = 0, n_items = 0;
    for (int i = 0; i < n; i++) {
        const Item *item = &items[i];
        int64_t end;
        if (item->size < 0) return arena_format(arena, "%s has a negative size", item_text(arena, item));
        if (item->lower > item->upper) return arena_format(arena, "%s ends before it begins", item_text(arena, item));
        if (item->offset < 0) return arena_format(arena, "%s has a negative offset", item_text(arena, item));
        if (__builtin_add_overflow(item->offset, item->size, &end))
            return arena_format(arena, "%s ends after 2^63", item_text(arena, item));
        if (item->size > 0 && item->lower < item->upper) by_lower[n_items++] = item;
    }
    qsort(by_lower, (size_t)n_items, sizeof *by_lower, compare_lowers);
    for (int i = 0; i < n_items; i++) {
        const Item *item = by_lower[i];
        int kept = 0;
        for (int k = 0; k < n_live; k++)
            if (live[k]->upper > item->lower) live[kept++] = live[k];
        n_live = kept;
        for (int k = 0; k < n_live; k++)
            if (live[k]->offset < item->offset + item->size && item->offset < live[k]->offset + live[k]->size)
                return arena_format(arena, "%s and %s overlap", item_text(arena, live[k]), item_text(arena, item));
        live[n_live++] = item;
    }
    return NULL;
}
