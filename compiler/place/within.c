/* within.c - the planner for `tailor plan`: within a capacity or as low as can be, for as long as it may take.
 *
 * Parts that share no time are placed apart, and only the part that ends last is worth work.  It gets rounds, each with
 * twice the steps of the one before.  A round has the search that learns, then the searches from the bottom up, long
 * ones and, where there is much to spare, short ones (neck.c).  When no capacity is given, the round also improves the
 * best solution: by moves, and by searches for a solution that ends earlier by a share of the distance to the bound.
 * Rounds count steps, so the machine decides only where the last round is cut off. */
#include "place/part.h"

#include <stdlib.h>

static const int64_t first_steps = 20000000;

typedef struct Work {
    Part part;
    int64_t least;                 /* no solution ends before it */
    int round;
    uint64_t seed;
    bool tried;                    /* it is too large, and all that can be tried was tried */
    Arena *learned;                /* the learner's memory; NULL: there is no learner yet */
    Learner *learner;
    int64_t target;                /* the learner's capacity */
} Work;

static Outcome search(Part *part, int64_t target, int64_t steps)   /* from the bottom up */
{
    static const Order orders[] = {BY_LOAD, BY_AREA, BY_SIZE, BY_LIFE};
    Outcome outcome = TIRED;
    for (int i = 0; i < 4 && outcome == TIRED && !place_late(part); i++)
        outcome = place_search(part, orders[i], target, steps / 4);
    return outcome == TIRED ? place_shuffled(part, target, 4 * steps) : outcome;
}

/* Is there a solution that ends by the target?  Either search may answer.  The one that learns goes on from round to
 * round. */
static Outcome attempt(Work *w, int64_t target, int64_t steps)
{
    if (w->learned && w->target != target) {
        arena_free(w->learned);
        w->learned = NULL;
    }
    if (!w->learned) {
        w->learned = arena_new();
        w->learner = learner_new(w->learned, &w->part, target);
        w->target = target;
    }
    Outcome outcome = w->learner ? learner_go_on(w->learner, steps) : TIRED;
    if (outcome == FOUND) learner_keep(w->learner, &w->part);
    return outcome == TIRED ? search(&w->part, target, steps / 4) : outcome;
}

/* Asks attempt's question of a new learner: one begins with the best solution, which is another one now. */
static Outcome attempt_anew(Part *part, int64_t target, int64_t steps)
{
    Outcome outcome = search(part, target, steps / 4);
    if (outcome != TIRED) return outcome;
    Arena *arena = arena_new();
    Learner *learner = learner_new(arena, part, target);
    if (learner) outcome = learner_go_on(learner, steps);
    if (outcome == FOUND) learner_keep(learner, part);
    arena_free(arena);
    return outcome;
}

static void work(Work *w, bool as_low_as_can_be)
{
    Part *part = &w->part;
    int64_t steps = first_steps << (w->round < 32 ? w->round : 32);
    w->round++;
    if (part->n > MOST_GREEDY) {
        w->tried = true;
        return;
    }
    if (part->n <= MOST_SEARCHED) {
        int64_t target = as_low_as_can_be ? w->least : part->wanted;
        Outcome outcome = attempt(w, target, steps);
        if (outcome == NONE) w->least = target + part->unit;
        if (outcome != TIRED || !as_low_as_can_be) return;
    }
    part->steps = 0;
    place_improve(part, &w->seed, steps);
    if (part->n > MOST_SEARCHED) return;
    for (int share = 8; share <= 64 && w->least < part->end && !place_late(part);) {
        int64_t lower = (part->end - w->least) / share / part->unit * part->unit,
                target = part->end - (lower ? lower : part->unit);
        Outcome outcome = attempt_anew(part, target, steps);
        if (outcome == NONE) w->least = target + part->unit;
        if (outcome == FOUND) share = share > 2 ? share / 2 : 2;
        else share *= 4;
    }
}

static void begin(Part *part)
{
    for (int backward = 0; part->n > MOST_SEARCHED && backward < 2; backward++) place_sweep(part, backward);
    if (part->n <= MOST_GREEDY) place_orders(part, INT64_MAX);
}

Placement place_within(Arena *arena, int n, Item *items, const PlaceLimits *limits)
{
    double deadline = place_clock() + limits->seconds;
    Placement result = {.bound = place_lower_bound(arena, n, items)};
    bool as_low_as_can_be = limits->capacity < 0;
    int *numbers = arena_array(arena, n, sizeof *numbers), *first = arena_array(arena, n + 1, sizeof *first);
    int n_parts = place_groups(arena, n, items, numbers, first);
    Work *works = arena_array(arena, n_parts, sizeof *works), *last = NULL;
    result.least = result.bound;
    for (int i = 0; i < n; i++) items[i].offset = 0;
    if (!as_low_as_can_be && result.bound > limits->capacity) return result;
    for (int g = 0; g < n_parts; g++) {
        Work *w = &works[g];
        w->part = part_new(arena, items, first[g + 1] - first[g], numbers + first[g], limits->alignment,
                           as_low_as_can_be ? result.bound : limits->capacity);
        w->part.deadline = deadline;
        w->least = as_low_as_can_be ? w->part.wanted : result.bound;
        w->seed = 1;
        begin(&w->part);
    }
    for (;;) {
        last = NULL;
        for (int g = 0; g < n_parts; g++) {
            if (!last || works[g].part.end > last->part.end) last = &works[g];
            if (works[g].least > result.least && works[g].part.end > works[g].part.wanted)
                result.least = works[g].least;
        }
        if (!last || last->part.end <= last->part.wanted || last->part.end <= last->least || last->tried ||
            place_late(&last->part))
            break;
        if (!as_low_as_can_be && last->least > limits->capacity) break;
        work(last, as_low_as_can_be);
    }
    for (int g = 0; g < n_parts; g++)
        if (works[g].learned) arena_free(works[g].learned);
    result.end = last ? last->part.end : 0;
    for (int g = 0; g < n_parts; g++)
        for (int i = 0; i < works[g].part.n; i++) items[works[g].part.boxes[i].item].offset = works[g].part.offset[i];
    result.found = as_low_as_can_be || result.end <= limits->capacity;
    return result;
}
