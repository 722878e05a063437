/* neck.c - many short searches instead of a long one, for parts with bytes to spare; apart on both sides of a neck.
 *
 * With bytes to spare there are many solutions.  A search from the bottom up either meets one soon or is lost in the
 * choices that it made first.  So it is given few steps, then begun anew with another order: by area, but for a chance
 * (restarts against heavy tails: Gomes, Selman, Kautz 1998).
 *
 * A neck is a time at which few bytes live on.  A search over both sides of it would try all places on one side for
 * each place on the other, and would need luck on both at once.  So what lives on is stacked at the upper end of the
 * memory, the box that lives longest uppermost, and the sides are searched apart.  On each, that stack hangs from the
 * upper end or, upside down, stands on the lower one: a search from the bottom up fills gaps there more easily, but has
 * less choice for the large boxes that it places first. */
#include "place/part.h"

enum {
    LEAST_WASTE = 16,              /* one byte in so many must be to spare, on average */
    NECK = 16,                     /* at a neck, one byte in so many may live on */
    SIDE = 8                       /* one box in so many must be on either side */
};

static const int64_t try_steps = 10000000;

static bool has_waste(const Part *part, int64_t capacity)
{
    double area = 0, room = (double)capacity * part->n_sections;
    for (int i = 0; i < part->n; i++)
        area += (double)part->boxes[i].size * (part->boxes[i].upper - part->boxes[i].lower);
    return room - area > room / LEAST_WASTE;
}

/* The section before which the fewest bytes live on.  0: they are too many everywhere, or a box has an alignment, which
 * it could not keep upside down. */
static int find_neck(const Part *part, int64_t capacity)
{
    int64_t least = capacity / NECK;
    int neck = 0;
    for (int i = 0; i < part->n; i++)
        if (part->boxes[i].alignment > 1) return 0;
    for (int k = 1; k < part->n_sections; k++) {
        int64_t bytes = 0;
        int before = 0, behind = 0;
        for (int i = 0; i < part->n; i++) {
            const Box *box = &part->boxes[i];
            if (box->upper <= k) before++;
            else if (box->lower >= k) behind++;
            else bytes += box->size;
        }
        if (bytes > least || before < part->n / SIDE || behind < part->n / SIDE) continue;
        least = bytes - 1;
        neck = k;
    }
    return neck;
}

/* Sorts the first n numbers of boxes: what lives longest comes first, or last. */
static void sort_by_life(const Part *part, int n, bool last, int *numbers)
{
    for (int i = 1; i < n; i++)
        for (int k = i; k > 0; k--) {
            int *shorter = &numbers[k - last], *longer = &numbers[k - !last], number = *shorter;
            const Box *a = &part->boxes[*shorter], *b = &part->boxes[*longer];
            if (a->upper < b->upper || (a->upper == b->upper && a->lower >= b->lower)) break;
            *shorter = *longer;
            *longer = number;
        }
}

/* The boxes that are live in the sections from first to end, cut off there; numbers: theirs in the part.  What lives on
 * at the neck comes first and is fixed: from the capacity down if it hangs, else from 0 up. */
static Part cut_side(const Part *part, Arena *arena, int first, int end, int neck, bool hangs, int64_t capacity,
                     int *numbers)
{
    Part side = *part;
    int64_t lowest = 0;
    side.arena = arena;
    side.n = 0;
    side.n_sections = end - first;
    for (int on = 1; on >= 0; on--) {
        for (int i = 0; i < part->n; i++) {
            const Box *box = &part->boxes[i];
            if (box->lower < end && box->upper > first && (box->lower < neck && box->upper > neck) == on)
                numbers[side.n++] = i;
        }
        if (on) side.n_fixed = side.n;
    }
    sort_by_life(part, side.n_fixed, hangs, numbers);
    side.boxes = arena_array(arena, side.n, sizeof *side.boxes);
    side.offset = arena_array(arena, side.n, sizeof *side.offset);
    for (int i = 0; i < side.n; i++) {
        Box *box = &side.boxes[i];
        *box = part->boxes[numbers[i]];
        box->lower = box->lower > first ? box->lower - first : 0;
        box->upper = (box->upper < end ? box->upper : end) - first;
    }
    for (int i = 0; i < side.n_fixed; i++) {
        side.offset[i] = lowest;
        lowest += side.boxes[i].size;
    }
    for (int i = 0; hangs && i < side.n_fixed; i++) side.offset[i] += capacity - lowest;
    return side;
}

/* Searches a side, and writes the offsets that its boxes have where the stack hangs.  Without a neck, the side is all
 * of the part, and there is no stack. */
static Outcome search_side(Part *part, int first, int end, int neck, int64_t capacity, int64_t steps, int64_t *offset)
{
    Outcome outcome = TIRED;
    for (int64_t spent = 0; outcome == TIRED && spent < steps && !place_late(part); spent += try_steps) {
        Arena *arena = arena_new();
        int *numbers = arena_array(arena, part->n, sizeof *numbers);
        bool hangs = ++part->shuffle % 2 || !neck;
        Part side = cut_side(part, arena, first, end, neck, hangs, capacity, numbers);
        outcome = place_search(&side, BY_CHANCE, capacity, try_steps);
        for (int i = 0; outcome == FOUND && i < side.n; i++)
            offset[numbers[i]] = hangs ? side.offset[i] : capacity - side.offset[i] - side.boxes[i].size;
        if (outcome == NONE && neck) outcome = TIRED;       /* another stack may do */
        arena_free(arena);
    }
    return outcome;
}

Outcome place_shuffled(Part *part, int64_t capacity, int64_t steps)
{
    if (!has_waste(part, capacity)) return TIRED;
    int neck = find_neck(part, capacity);
    int64_t *offset = arena_array(part->arena, part->n, sizeof *offset), end = 0;
    Outcome outcome = search_side(part, neck, part->n_sections, neck, capacity, steps, offset);
    if (outcome == FOUND && neck) outcome = search_side(part, 0, neck, neck, capacity, steps, offset);
    if (outcome != FOUND) return outcome;
    for (int i = 0; i < part->n; i++)
        if (offset[i] + part->boxes[i].size > end) end = offset[i] + part->boxes[i].size;
    part_keep(part, offset, end);
    return FOUND;
}
