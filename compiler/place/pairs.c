/* pairs.c - rules for pairs of boxes: the facts that follow when one of two boxes lies below the other, and why.
 *
 * Only maximal cliques count.  Such a clique is the set of boxes that are live at one time, if no other time has all of
 * them and more.  Rules:
 *
 *   sum        The boxes below a box in a clique, added up, end no later than its offset; likewise above it.
 *   neighbour  A box below another ends no later than the other's offset.
 *   room       A box that would push the sum past a bound lies on the other side.
 *   order      If i lies below j, and j below k, then i lies below k.
 *   balance    See Boundary.  In a clique without waste, boxes that take turns move as one.
 *
 * Every rule can name the events that it used; learn.c asks for them after a conflict.  Explanations take large boxes
 * first, so that learned clauses have fewer literals. */
#include "place/pairs.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_PAIRS = 1000000 };

void pairs_cause(Pairs *p, EventKind kind, int what, int64_t bound)
{
    p->causes = arena_grow(p->arena, p->causes, p->n_causes, &p->causes_capacity, sizeof *p->causes);
    p->causes[p->n_causes++] = (Cause){kind, what, bound};
}

static void add_event(Pairs *p, Event event)
{
    p->trail = arena_grow(p->arena, p->trail, p->n_events, &p->events_capacity, sizeof *p->trail);
    p->trail[p->n_events++] = event;
}

static bool was_true(const Pairs *p, int literal, int event)
{
    return p->value[literal] > 0 && p->decided_at[literal >> 1] < event;
}

/* The lowest offset of a box as it was before an event; highest_before likewise. */
static int64_t lowest_before(const Pairs *p, int box, int event)
{
    int64_t bound = p->lowest[box];
    for (int e = p->lowest_event[box]; e >= event; e = p->trail[e].before) bound = p->trail[e].old;
    return bound;
}

static int64_t highest_before(const Pairs *p, int box, int event)
{
    int64_t bound = p->highest[box];
    for (int e = p->highest_event[box]; e >= event; e = p->trail[e].before) bound = p->trail[e].old;
    return bound;
}

/* ---- reasons ---- */

/* Adds causes for boxes of a clique to lie below a box, or above it: so many that their sizes add up to at least `sum`.
 * The box `other` is not counted. */
static void explain_sum(Pairs *p, int clique, int box, int other, bool below, int64_t sum, int event)
{
    for (int x = p->clique_start[clique]; x < p->clique_start[clique + 1] && sum > 0; x++) {
        int i = p->cliques[x];
        if (i == box || i == other) continue;
        int literal = below ? literal_of(p, i, box) : literal_of(p, box, i);
        if (!was_true(p, literal, event)) continue;
        pairs_cause(p, LITERAL, literal, 0);
        sum -= p->boxes[i].size;
    }
    if (sum > 0) bug("place: a sum that was not there");
}

static void explain_balance(Pairs *p, int boundary, int box, int literal, int event)   /* but for the literal itself */
{
    for (int x = 0; x < p->boundaries[boundary].n; x++) {
        int other = literal_of(p, p->boundaries[boundary].members[x], box);
        if (other >> 1 == literal >> 1) continue;
        if (was_true(p, other, event)) pairs_cause(p, LITERAL, other, 0);
        else if (was_true(p, other ^ 1, event)) pairs_cause(p, LITERAL, other ^ 1, 0);
    }
}

void pairs_explain_literal(Pairs *p, int literal, int event, Reason reason, int of, int with, const int *clause, int n)
{
    int i = p->boxes_of[literal][0], j = p->boxes_of[literal][1];
    switch (reason) {
    case BY_CLAUSE:
        for (int x = 0; x < n; x++)
            if (clause[x] != literal) pairs_cause(p, LITERAL, clause[x] ^ 1, 0);
        break;
    case BY_ORDER:
        pairs_cause(p, LITERAL, of, 0);
        pairs_cause(p, LITERAL, with, 0);
        break;
    case BY_BALANCE: explain_balance(p, of, with, literal, event); break;
    case BY_BOUNDS: {              /* j can not lie below i */
        int64_t lowest = lowest_before(p, j, event);
        pairs_cause(p, LOWEST, j, lowest);
        pairs_cause(p, HIGHEST, i, lowest + p->boxes[j].size - 1);
        break;
    }
    case BY_ROOM_BELOW: {          /* j can not lie below i, which is `of` */
        int64_t highest = highest_before(p, of, event);
        explain_sum(p, with, of, j, true, highest - p->boxes[j].size + 1, event);
        pairs_cause(p, HIGHEST, of, highest);
        break;
    }
    case BY_ROOM_ABOVE: {          /* i can not lie above j, which is `of` */
        int64_t lowest = lowest_before(p, of, event);
        explain_sum(p, with, of, i, false, p->capacity - p->boxes[of].size - p->boxes[i].size - lowest + 1, event);
        pairs_cause(p, LOWEST, of, lowest);
        break;
    }
    default: break;
    }
}

void pairs_explain_bound(Pairs *p, int event, int64_t bound)
{
    const Event e = p->trail[event];
    const Box *box = &p->boxes[e.what];
    int64_t alignment = box->alignment > 1 ? box->alignment : 1;
    if (e.kind == LOWEST) {
        bound = align_up(bound, alignment) - alignment + 1;          /* the bound before it was rounded up */
        if (e.reason == BY_SUM) explain_sum(p, e.of, e.what, e.what, true, bound, event);
        if (e.reason != BY_NEIGHBOUR) return;
        pairs_cause(p, LITERAL, literal_of(p, e.of, e.what), 0);
        pairs_cause(p, LOWEST, e.of, bound - p->boxes[e.of].size);
    } else {
        bound = bound - bound % alignment + alignment - 1;
        if (e.reason == BY_SUM) explain_sum(p, e.of, e.what, e.what, false, p->capacity - box->size - bound, event);
        if (e.reason != BY_NEIGHBOUR) return;
        pairs_cause(p, LITERAL, literal_of(p, e.what, e.of), 0);
        pairs_cause(p, HIGHEST, e.of, bound + box->size);
    }
}

/* ---- events ---- */

static bool raise_lowest(Pairs *p, int i, int64_t bound, Reason reason, int of)
{
    bound = align_up(bound, p->boxes[i].alignment);
    if (bound <= p->lowest[i]) return true;
    add_event(p, (Event){LOWEST, reason, i, of, 0, p->lowest_event[i], p->lowest[i]});
    p->lowest_event[i] = p->n_events - 1;
    p->lowest[i] = bound;
    if (bound <= p->highest[i]) return true;
    p->n_causes = 0;
    pairs_cause(p, LOWEST, i, bound);
    pairs_cause(p, HIGHEST, i, bound - 1);
    return false;
}

static bool lower_highest(Pairs *p, int i, int64_t bound, Reason reason, int of)
{
    if (bound >= p->highest[i]) return true;
    if (bound >= 0 && p->boxes[i].alignment > 1) bound -= bound % p->boxes[i].alignment;
    if (bound >= p->highest[i]) return true;
    add_event(p, (Event){HIGHEST, reason, i, of, 0, p->highest_event[i], p->highest[i]});
    p->highest_event[i] = p->n_events - 1;
    p->highest[i] = bound;
    if (bound >= p->lowest[i]) return true;
    p->n_causes = 0;
    pairs_cause(p, HIGHEST, i, bound);
    pairs_cause(p, LOWEST, i, bound + 1);
    return false;
}

/* The cliques that two boxes share. */
static void shared_cliques(const Pairs *p, int i, int j, int *first, int *end)
{
    const Box *a = &p->boxes[i], *b = &p->boxes[j];
    *first = a->lower > b->lower ? a->lower : b->lower;
    *end = a->upper < b->upper ? a->upper : b->upper;
}

bool pairs_set(Pairs *p, int literal, Reason reason, int of, int with)
{
    if (p->value[literal] > 0) return true;
    int i = p->boxes_of[literal][0], j = p->boxes_of[literal][1], first, end;
    if (p->value[literal] < 0) bug("place: a pair was decided twice");
    p->value[literal] = 1;
    p->value[literal ^ 1] = -1;
    p->decided_at[literal >> 1] = p->n_events;
    add_event(p, (Event){LITERAL, reason, literal, of, with, -1, 0});
    shared_cliques(p, i, j, &first, &end);
    int64_t *below = p->below + p->place_start[j] - p->boxes[j].lower,
            *above = p->above + p->place_start[i] - p->boxes[i].lower;
    int most_below = first, most_above = first;
    for (int k = first; k < end; k++) {
        below[k] += p->boxes[i].size;
        above[k] += p->boxes[j].size;
        if (below[k] > below[most_below]) most_below = k;
        if (above[k] > above[most_above]) most_above = k;
    }
    p->steps += end - first;
    return raise_lowest(p, j, below[most_below], BY_SUM, most_below) &&
           lower_highest(p, i, p->capacity - p->boxes[i].size - above[most_above], BY_SUM, most_above);
}

/* Sets a literal that follows from a rule.  It may be false already, which is a conflict. */
static bool conclude(Pairs *p, int literal, Reason reason, int of, int with)
{
    if (p->value[literal] >= 0) return pairs_set(p, literal, reason, of, with);
    p->n_causes = 0;
    pairs_explain_literal(p, literal, p->n_events, reason, of, with, NULL, 0);
    pairs_cause(p, LITERAL, literal ^ 1, 0);
    return false;
}

void pairs_take_back(Pairs *p, int n_events)
{
    while (p->n_events > n_events) {
        const Event *e = &p->trail[--p->n_events];
        if (e->kind == LOWEST) {
            p->lowest[e->what] = e->old;
            p->lowest_event[e->what] = e->before;
        } else if (e->kind == HIGHEST) {
            p->highest[e->what] = e->old;
            p->highest_event[e->what] = e->before;
        } else {
            int i = p->boxes_of[e->what][0], j = p->boxes_of[e->what][1], first, end;
            shared_cliques(p, i, j, &first, &end);
            int64_t *below = p->below + p->place_start[j] - p->boxes[j].lower,
                    *above = p->above + p->place_start[i] - p->boxes[i].lower;
            for (int k = first; k < end; k++) {
                below[k] -= p->boxes[i].size;
                above[k] -= p->boxes[j].size;
            }
            p->value[e->what] = p->value[e->what ^ 1] = 0;
        }
    }
}

/* ---- rules ---- */

/* Finds, in some of the cliques of box i, the boxes that are too large to lie below it, or above it. */
static bool room(Pairs *p, int i, int first, int end)
{
    const Box *box = &p->boxes[i];
    for (int k = first; k < end; k++) {
        int at = p->place_start[i] + k - box->lower, x = p->clique_start[k];
        int64_t under = p->highest[i] - p->below[at], over = p->capacity - box->size - p->above[at] - p->lowest[i];
        int64_t least = under < over ? under : over;
        for (; x < p->clique_start[k + 1] && p->boxes[p->cliques[x]].size > least; x++) {
            int j = p->cliques[x];
            if (j == i || p->value[literal_of(p, i, j)]) continue;
            if (p->boxes[j].size > under) {
                if (!pairs_set(p, literal_of(p, i, j), BY_ROOM_BELOW, i, k)) return false;
            } else if (!pairs_set(p, literal_of(p, j, i), BY_ROOM_ABOVE, i, k)) return false;
            /* The new literal may have moved the bounds: that is an event of its own. */
        }
        p->steps += 1 + x - p->clique_start[k];
    }
    return true;
}

static bool balance_at(Pairs *p, int boundary, int box)
{
    const Boundary *b = &p->boundaries[boundary];
    uint32_t below = 0, above = 0, must_below, must_above;
    for (int x = 0; x < b->n; x++) {
        int8_t value = p->value[literal_of(p, b->members[x], box)];
        if (value > 0) below |= UINT32_C(1) << x;
        if (value < 0) above |= UINT32_C(1) << x;
    }
    p->steps += boundary_steps(b);
    if (!boundary_forced(b, below, above, &must_below, &must_above)) {
        p->n_causes = 0;
        explain_balance(p, boundary, box, -1, p->n_events);
        return false;
    }
    for (int x = 0; x < b->n; x++) {
        int literal = literal_of(p, b->members[x], box);
        if (must_below >> x & 1 && !conclude(p, literal, BY_BALANCE, boundary, box)) return false;
        if (must_above >> x & 1 && !conclude(p, literal ^ 1, BY_BALANCE, boundary, box)) return false;
    }
    return true;
}

/* Applies the rule where `member` ends or begins while `box` lives on. */
static bool balance(Pairs *p, int member, int box)
{
    const Box *a = &p->boxes[member], *b = &p->boxes[box];
    int ends = a->upper - 1, begins = a->lower - 1;
    if (p->boundaries[ends].says_something && b->lower <= ends && b->upper > ends + 1 && !balance_at(p, ends, box))
        return false;
    return begins < 0 || !p->boundaries[begins].says_something || b->lower > begins || b->upper <= begins + 1 ||
           balance_at(p, begins, box);
}

static bool follow_order(Pairs *p, int literal)
{
    int i = p->boxes_of[literal][0], j = p->boxes_of[literal][1];
    p->steps += p->near_start[i + 1] - p->near_start[i];
    for (int x = p->near_start[i]; x < p->near_start[i + 1]; x++) {
        int k = p->near[x], i_below_k = literal_of(p, i, k), j_below_k = literal_of(p, j, k);
        if (j_below_k < 0 || k == j) continue;
        if (p->value[j_below_k] > 0 && !conclude(p, i_below_k, BY_ORDER, literal, j_below_k)) return false;
        if (p->value[i_below_k] < 0 && !conclude(p, j_below_k ^ 1, BY_ORDER, i_below_k ^ 1, literal)) return false;
    }
    return true;
}

static bool follow_bound(Pairs *p, const Event *e)
{
    int i = e->what;
    bool lowest = e->kind == LOWEST;
    p->steps += p->near_start[i + 1] - p->near_start[i];
    for (int x = p->near_start[i]; x < p->near_start[i + 1]; x++) {
        int j = p->near[x], i_below_j = literal_of(p, i, j);
        int8_t value = p->value[i_below_j];
        if (lowest && value > 0 && !raise_lowest(p, j, p->lowest[i] + p->boxes[i].size, BY_NEIGHBOUR, i)) return false;
        if (!lowest && value < 0 && !lower_highest(p, j, p->highest[i] - p->boxes[j].size, BY_NEIGHBOUR, i))
            return false;
        if (value) continue;
        if (lowest && p->lowest[i] + p->boxes[i].size > p->highest[j] && !pairs_set(p, i_below_j ^ 1, BY_BOUNDS, 0, 0))
            return false;
        if (!lowest && p->lowest[j] + p->boxes[j].size > p->highest[i] && !pairs_set(p, i_below_j, BY_BOUNDS, 0, 0))
            return false;
    }
    return room(p, i, p->boxes[i].lower, p->boxes[i].upper);
}

bool pairs_follow(Pairs *p, int event)
{
    const Event e = p->trail[event];
    if (e.kind == LOWEST && p->lowest_event[e.what] != event) return true;      /* a later event says more */
    if (e.kind == HIGHEST && p->highest_event[e.what] != event) return true;
    if (e.kind != LITERAL) return follow_bound(p, &e);
    int i = p->boxes_of[e.what][0], j = p->boxes_of[e.what][1], first, end;
    shared_cliques(p, i, j, &first, &end);
    return balance(p, i, j) && balance(p, j, i) && follow_order(p, e.what) &&
           raise_lowest(p, j, p->lowest[i] + p->boxes[i].size, BY_NEIGHBOUR, i) &&
           lower_highest(p, i, p->highest[j] - p->boxes[i].size, BY_NEIGHBOUR, j) && room(p, i, first, end) &&
           room(p, j, first, end);
}

/* ---- the beginning ---- */

/* Copies the boxes, with lives counted in maximal cliques, which are the sections after which a life ends. */
static void find_cliques(Pairs *p)
{
    const Part *part = p->part;
    bool *ends = arena_array(p->arena, part->n_sections + 1, sizeof *ends);
    int *clique = arena_array(p->arena, part->n_sections + 1, sizeof *clique);
    Box *boxes = arena_array(p->arena, p->n, sizeof *boxes);
    for (int i = 0; i < p->n; i++) ends[part->boxes[i].upper] = true;
    for (int k = 0; k < part->n_sections; k++) clique[k + 1] = clique[k] + ends[k + 1];
    p->n_cliques = clique[part->n_sections];
    p->place_start = arena_array(p->arena, p->n + 1, sizeof *p->place_start);
    p->clique_start = arena_array(p->arena, p->n_cliques + 2, sizeof *p->clique_start);
    for (int i = 0; i < p->n; i++) {
        boxes[i] = part->boxes[i];
        boxes[i].lower = clique[boxes[i].lower];
        boxes[i].upper = clique[boxes[i].upper];
        p->place_start[i + 1] = p->place_start[i] + boxes[i].upper - boxes[i].lower;
        for (int k = boxes[i].lower; k < boxes[i].upper; k++) p->clique_start[k + 2]++;
    }
    p->boxes = boxes;
    p->below = arena_array(p->arena, p->place_start[p->n], sizeof *p->below);
    p->above = arena_array(p->arena, p->place_start[p->n], sizeof *p->above);
    p->cliques = arena_array(p->arena, p->place_start[p->n], sizeof *p->cliques);
    for (int k = 2; k <= p->n_cliques; k++) p->clique_start[k + 1] += p->clique_start[k];
    int *by_size = arena_array(p->arena, p->n, sizeof *by_size);
    part_sort(part, BY_SIZE, by_size);
    for (int x = 0; x < p->n; x++)
        for (int i = by_size[x], k = boxes[i].lower; k < boxes[i].upper; k++) p->cliques[p->clique_start[k + 1]++] = i;
}

static int64_t waste(const Pairs *p, int clique)
{
    int64_t free = p->capacity;
    for (int x = p->clique_start[clique]; x < p->clique_start[clique + 1]; x++) free -= p->boxes[p->cliques[x]].size;
    return free;
}

static void find_boundary(Pairs *p, int clique)
{
    Arena *scratch = arena_new();
    int *ends = arena_array(scratch, p->n, sizeof *ends), *begins = arena_array(scratch, p->n, sizeof *begins),
        n_ends = 0, n_begins = 0;
    for (int x = p->clique_start[clique]; x < p->clique_start[clique + 1]; x++)
        if (p->boxes[p->cliques[x]].upper == clique + 1) ends[n_ends++] = p->cliques[x];
    for (int x = p->clique_start[clique + 1]; x < p->clique_start[clique + 2]; x++)
        if (p->boxes[p->cliques[x]].lower == clique + 1) begins[n_begins++] = p->cliques[x];
    boundary_find(&p->boundaries[clique], p->arena, p->boxes, n_ends, ends, n_begins, begins, p->part->unit,
                  waste(p, clique), waste(p, clique + 1));
    arena_free(scratch);
}

Pairs *pairs_new(Arena *arena, const Part *part, int64_t capacity)
{
    Pairs *p = arena_alloc(arena, sizeof *p);
    *p = (Pairs){.arena = arena, .part = part, .n = part->n, .capacity = capacity};
    if (p->n > MOST_SEARCHED) return NULL;
    find_cliques(p);
    p->literals = arena_array(arena, (int64_t)p->n * p->n, sizeof *p->literals);
    p->near_start = arena_array(arena, p->n + 1, sizeof *p->near_start);
    int n_near = 0;
    for (int i = 0; i < p->n; i++) {
        for (int j = 0; j < p->n; j++) n_near += i != j && boxes_meet(&p->boxes[i], &p->boxes[j]);
        p->near_start[i + 1] = n_near;
    }
    if (n_near / 2 > MOST_PAIRS) return NULL;
    p->near = arena_array(arena, n_near, sizeof *p->near);
    p->boxes_of = arena_array(arena, n_near, sizeof *p->boxes_of);
    p->value = arena_array(arena, n_near, sizeof *p->value);
    p->decided_at = arena_array(arena, n_near / 2, sizeof *p->decided_at);
    for (int i = 0, at = 0; i < p->n; i++)
        for (int j = 0; j < p->n; j++) {
            int *literal = &p->literals[(int64_t)i * p->n + j];
            *literal = -1;
            if (i == j || !boxes_meet(&p->boxes[i], &p->boxes[j])) continue;
            p->near[at++] = j;
            *literal = i < j ? 2 * p->n_pairs++ : p->literals[(int64_t)j * p->n + i] + 1;
            p->boxes_of[*literal][0] = i;
            p->boxes_of[*literal][1] = j;
        }
    p->boundaries = arena_array(arena, p->n_cliques, sizeof *p->boundaries);
    for (int k = 0; k + 1 < p->n_cliques; k++) find_boundary(p, k);
    p->lowest = arena_array(arena, p->n, sizeof *p->lowest);
    p->highest = arena_array(arena, p->n, sizeof *p->highest);
    p->lowest_event = arena_array(arena, p->n, sizeof *p->lowest_event);
    p->highest_event = arena_array(arena, p->n, sizeof *p->highest_event);
    for (int i = 0; i < p->n; i++) {
        int64_t highest = capacity - p->boxes[i].size;
        if (highest >= 0 && p->boxes[i].alignment > 1) highest -= highest % p->boxes[i].alignment;
        p->highest[i] = highest;
        p->lowest_event[i] = p->highest_event[i] = -1;
    }
    return p;
}

bool pairs_begin(Pairs *p)
{
    for (int k = 0; k < p->n_cliques; k++)
        if (waste(p, k) < 0) return false;
    for (int i = 0; i < p->n; i++)         /* two equal boxes can change places */
        for (int x = p->near_start[i]; x < p->near_start[i + 1]; x++) {
            const Box *a = &p->boxes[i], *b = &p->boxes[p->near[x]];
            bool same = a->lower == b->lower && a->upper == b->upper && a->size == b->size &&
                        a->alignment == b->alignment;
            if (same && i < p->near[x] && !pairs_set(p, literal_of(p, i, p->near[x]), AT_ROOT, 0, 0)) return false;
        }
    for (int i = 0; i < p->n; i++)
        if (!room(p, i, p->boxes[i].lower, p->boxes[i].upper)) return false;
    return true;
}
