/* search.c - every solution of a part within a capacity, from the bottom up (after MiniMalloc: Moffitt, ASPLOS 2023).
 *
 * In any solution, items can be pushed down until each rests on another or on 0.  Only such solutions count.  Each is
 * built in exactly one order: by offset, then by rank.  An item that is not placed yet has as its offset the end of the
 * highest placed item that it meets.
 *
 * Items that are fixed have their places already.  The others rest on them too, and fit between them. */
#include "place/part.h"

#include <string.h>

typedef struct Search {
    const Part *part;
    Arena *arena;
    int64_t capacity;
    const Box *boxes;              /* by rank; those that are fixed come first */
    int *near_start, *near;        /* the boxes that meet box i: near[near_start[i]] .. near[near_start[i + 1]] */
    bool *placed;
    int64_t *offset;
    int64_t *rest;                 /* for a section: the sizes that are not placed yet, added up */
    int64_t *floor;                /* for a section: the lowest offset of its next item; scratch of one node */
    int *changed;                  /* a stack of boxes whose offsets have to be put back, to those in `before` */
    int64_t *before;
    int n_changed, capacity_changed, capacity_before;
    int64_t steps, most_steps;
    int n_nodes;
} Search;

/* The lowest offset from one on at which box i overlaps no fixed box. */
static int64_t clear_of_fixed(const Search *s, int i, int64_t offset)
{
    const Box *box = &s->boxes[i];
    offset = align_up(offset, box->alignment);
    for (int k = 0; k < s->part->n_fixed; k++) {
        int64_t end = s->offset[k] + s->boxes[k].size;
        if (boxes_meet(box, &s->boxes[k]) && offset < end && s->offset[k] - offset < box->size)
            offset = align_up(end, box->alignment);
    }
    return offset;
}

static bool put(Search *s, int i)   /* false: an item would end after the capacity */
{
    const Box *box = &s->boxes[i];
    int64_t top = s->offset[i] + box->size;
    bool fits = true;
    s->placed[i] = true;
    for (int k = box->lower; k < box->upper; k++) s->rest[k] -= box->size;
    for (int k = s->near_start[i]; k < s->near_start[i + 1]; k++) {
        int other = s->near[k];
        if (s->placed[other] || s->offset[other] >= top) continue;
        int64_t lowest = clear_of_fixed(s, other, top);
        s->changed = arena_grow(s->arena, s->changed, s->n_changed, &s->capacity_changed, sizeof *s->changed);
        s->before = arena_grow(s->arena, s->before, s->n_changed, &s->capacity_before, sizeof *s->before);
        s->changed[s->n_changed] = other;
        s->before[s->n_changed++] = s->offset[other];
        s->offset[other] = lowest;
        fits = fits && s->boxes[other].size <= s->capacity - lowest;
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

/* Does an offset with a rank come after another offset and rank? */
static bool after(int64_t offset, int rank, int64_t than_offset, int than_rank)
{
    return offset > than_offset || (offset == than_offset && rank > than_rank);
}

/* Can the items that are left fit?  In a section, the next item lies no lower than the lowest that can be placed. */
static bool can_fit(Search *s, int64_t last, int last_rank, int64_t first_end)
{
    const Part *part = s->part;
    for (int k = 0; k < part->n_sections; k++) s->floor[k] = INT64_MAX;
    for (int i = 0; i < part->n; i++) {
        if (s->placed[i]) continue;
        /* An item that has missed its turn must be lifted by another one first. */
        int64_t lowest = after(s->offset[i], i, last, last_rank) ? s->offset[i] : first_end;
        if (s->boxes[i].size > s->capacity - lowest) return false;
        for (int k = s->boxes[i].lower; k < s->boxes[i].upper; k++)
            if (lowest < s->floor[k]) s->floor[k] = lowest;
        s->steps += s->boxes[i].upper - s->boxes[i].lower;
    }
    for (int k = 0; k < part->n_sections; k++)
        if (s->floor[k] < INT64_MAX && s->rest[k] > s->capacity - s->floor[k]) return false;
    s->steps += part->n + part->n_sections;
    return true;
}

/* Places the items that are left, after (last, last_rank). */
static Outcome descend(Search *s, int left, int64_t last, int last_rank)
{
    if (left == 0) return FOUND;
    if (s->steps > s->most_steps || (++s->n_nodes % 64 == 0 && place_late(s->part))) return TIRED;
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
        /* The next candidate.  At an offset over least_end, another item would fit below it. */
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

/* Boxes are ranked by the order.  Fixed boxes in the upper half of the capacity count as not placed yet in `rest`: they
 * lie above what comes next. */
Outcome place_search(Part *part, Order order, int64_t capacity, int64_t steps)
{
    Arena *arena = arena_new();
    int n = part->n, n_pairs = 0, *ranked = arena_array(arena, n, sizeof *ranked);
    Box *boxes = arena_array(arena, n, sizeof *boxes);
    Search s = {.part = part, .arena = arena, .capacity = capacity, .boxes = boxes, .most_steps = steps};
    s.near_start = arena_array(arena, n + 1, sizeof *s.near_start);
    s.placed = arena_array(arena, n, sizeof *s.placed);
    s.offset = arena_array(arena, n, sizeof *s.offset);
    s.rest = arena_array(arena, part->n_sections, sizeof *s.rest);
    s.floor = arena_array(arena, part->n_sections, sizeof *s.floor);
    part_sort(part, order, ranked);
    for (int i = n - 1, to = n; i >= 0; i--)
        if (ranked[i] >= part->n_fixed) ranked[--to] = ranked[i];
    for (int i = 0; i < part->n_fixed; i++) ranked[i] = i;
    for (int i = 0; i < n; i++) boxes[i] = part->boxes[ranked[i]];
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) n_pairs += k != i && boxes_meet(&boxes[i], &boxes[k]);
        s.near_start[i + 1] = n_pairs;
        for (int k = boxes[i].lower; k < boxes[i].upper; k++) s.rest[k] += boxes[i].size;
    }
    s.near = arena_array(arena, n_pairs, sizeof *s.near);
    for (int i = 0, at = 0; i < n; i++)
        for (int k = 0; k < n; k++)
            if (k != i && boxes_meet(&boxes[i], &boxes[k])) s.near[at++] = k;

    for (int i = 0; i < part->n_fixed; i++) {
        s.placed[i] = true;
        s.offset[i] = part->offset[i];
        for (int k = boxes[i].lower; s.offset[i] < capacity / 2 && k < boxes[i].upper; k++) s.rest[k] -= boxes[i].size;
    }
    for (int i = part->n_fixed; i < n; i++) s.offset[i] = clear_of_fixed(&s, i, 0);
    Outcome outcome = descend(&s, n - part->n_fixed, 0, -1);
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

