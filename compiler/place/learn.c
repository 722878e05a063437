/* learn.c - is there a solution within a capacity?  A search over pairs of boxes that learns from its conflicts.
 *
 * The method comes from solvers for satisfiability with a theory behind them (lazy clause generation).  The search
 * guesses which of two boxes lies below, and follows the rules of pairs.c.  On a conflict it asks for reasons, until
 * one literal of the last level is left among them.  The clause that forbids these reasons is kept.  Bounds of offsets
 * never enter a clause: they are explained by the pairs that they come from.
 *
 * Pairs of recent conflicts are guessed first.  A pair gets the side that it had last, and at first its side in the
 * best solution known.  Random sides come from a fixed seed: the same part gives the same solution after the same
 * number of steps. */
#include "place/pairs.h"

#include <stdlib.h>
#include <string.h>

enum {
    RESTART = 50,                  /* conflicts between restarts, times the Luby sequence */
    SIDES = 8,                     /* restarts until other sides are guessed first; longer each time */
    MOST_CLAUSES = 4000,           /* kept at first; a tenth more each time that half of them are dropped */
    GOOD_CLAUSE = 3                /* a clause of at most so many levels is never dropped */
};

static const double forget = 0.85;  /* the weight of a conflict after the next one */

/* A clause in the pool: its length; its number of levels; for either of its first two literals, which are watched, the
 * next clause that watches the same literal; its literals. */
enum { LENGTH, LEVELS, NEXT, LITERALS = NEXT + 2 };

/* A bound that has to be explained, and the event that set it. */
typedef struct Wish { bool set; int64_t bound; int event; } Wish;

struct Learner {
    Arena *arena;
    Pairs *pairs;
    int *pool, pool_size, pool_capacity, n_clauses, most_clauses;
    int *watches;                  /* for a literal: the first clause that watches it; -1: none */
    int *level_start, n_levels, levels_capacity;
    int next;                      /* the next event to follow */
    double *activity, bump;
    int *heap, n_heap, *heap_at;   /* pairs, the most active first; heap_at -1: the pair is not in the heap */
    bool *second, *first_side;     /* for a pair: whether its second literal is guessed; first_side: at first */
    bool begun, good;              /* good: no conflict is waiting */
    int conflicts_left, n_restarts, next_sides, n_sides;
    uint64_t random;
    /* scratch for the analysis of a conflict */
    bool *marked;                  /* for a pair */
    Wish *lowest, *highest;        /* for a box */
    int n_here, n_wishes;          /* marks and wishes at the last level; wishes at earlier levels */
    int *learned, n_learned, learned_capacity, *seen, n_seen, seen_capacity;
    int *stamp, n_stamps;          /* for a level */
};

/* ---- the most active pair ---- */

static bool comes_first(const Learner *l, int a, int b)
{
    return l->activity[a] != l->activity[b] ? l->activity[a] > l->activity[b] : a < b;
}

static void heap_put(Learner *l, int at, int pair)
{
    l->heap[at] = pair;
    l->heap_at[pair] = at;
}

static void heap_up(Learner *l, int at)
{
    int pair = l->heap[at];
    for (; at > 0 && comes_first(l, pair, l->heap[(at - 1) / 2]); at = (at - 1) / 2)
        heap_put(l, at, l->heap[(at - 1) / 2]);
    heap_put(l, at, pair);
}

static void heap_add(Learner *l, int pair)
{
    if (l->heap_at[pair] >= 0) return;
    heap_put(l, l->n_heap++, pair);
    heap_up(l, l->n_heap - 1);
}

static int heap_take(Learner *l)
{
    int result = l->heap[0], last = l->heap[--l->n_heap], at = 0;
    l->heap_at[result] = -1;
    if (l->n_heap == 0) return result;
    for (int child = 1; child < l->n_heap; child = 2 * at + 1) {
        if (child + 1 < l->n_heap && comes_first(l, l->heap[child + 1], l->heap[child])) child++;
        if (!comes_first(l, l->heap[child], last)) break;
        heap_put(l, at, l->heap[child]);
        at = child;
    }
    heap_put(l, at, last);
    return result;
}

static void make_active(Learner *l, int pair)
{
    l->activity[pair] += l->bump;
    if (l->activity[pair] > 1e100) {
        for (int i = 0; i < l->pairs->n_pairs; i++) l->activity[i] *= 1e-100;
        l->bump *= 1e-100;
    }
    if (l->heap_at[pair] >= 0) heap_up(l, l->heap_at[pair]);
}

/* ---- clauses ---- */

static void watch(Learner *l, int clause, int which)
{
    int literal = l->pool[clause + LITERALS + which];
    l->pool[clause + NEXT + which] = l->watches[literal];
    l->watches[literal] = clause;
}

static int add_clause(Learner *l, int levels)
{
    int needed = l->pool_size + LITERALS + l->n_learned;
    while (l->pool_capacity < needed) {
        int larger = l->pool_capacity ? 2 * l->pool_capacity : 1 << 16;
        int *pool = arena_array(l->arena, larger, sizeof *pool);
        if (l->pool_size) memcpy(pool, l->pool, (size_t)l->pool_size * sizeof *pool);
        l->pool = pool;
        l->pool_capacity = larger;
    }
    int clause = l->pool_size;
    l->pool_size = needed;
    l->n_clauses++;
    l->pool[clause + LENGTH] = l->n_learned;
    l->pool[clause + LEVELS] = levels;
    memcpy(l->pool + clause + LITERALS, l->learned, (size_t)l->n_learned * sizeof *l->learned);
    watch(l, clause, 0);
    watch(l, clause, 1);
    return clause;
}

/* Drops half of the clauses: those of most levels.  It is called at level 0 only, where no reason is asked for. */
static void drop_clauses(Learner *l)
{
    int of_levels[256] = {0}, most = GOOD_CLAUSE, kept = 0, to = 0;
    for (int c = 0; c < l->pool_size; c += LITERALS + l->pool[c + LENGTH])
        of_levels[l->pool[c + LEVELS] < 255 ? l->pool[c + LEVELS] : 255]++;
    for (int k = 0; k <= GOOD_CLAUSE; k++) kept += of_levels[k];
    while (most < 255 && kept + of_levels[most + 1] <= l->n_clauses / 2) kept += of_levels[++most];
    memset(l->watches, -1, 2 * (size_t)l->pairs->n_pairs * sizeof *l->watches);
    l->n_clauses = 0;
    for (int c = 0, next; c < l->pool_size; c = next) {
        int size = LITERALS + l->pool[c + LENGTH];
        next = c + size;
        if (l->pool[c + LEVELS] > most) continue;
        memmove(l->pool + to, l->pool + c, (size_t)size * sizeof *l->pool);
        watch(l, to, 0);
        watch(l, to, 1);
        to += size;
        l->n_clauses++;
    }
    l->pool_size = to;
    l->most_clauses += l->most_clauses / 10;
}

/* A literal has become false.  Each clause that watches it watches another one from now on, or has one literal left. */
static bool follow_clauses(Learner *l, int literal)
{
    Pairs *p = l->pairs;
    int clause = l->watches[literal], kept = -1;
    bool good = true;
    while (clause >= 0) {
        int *c = l->pool + clause, *literals = c + LITERALS, which = literals[1] == literal, next = c[NEXT + which],
            at = 2;
        int other = literals[!which];
        if (good && p->value[other] <= 0) {
            while (at < c[LENGTH] && p->value[literals[at]] < 0) at++;
            p->steps += at;
            if (at < c[LENGTH]) {
                literals[which] = literals[at];
                literals[at] = literal;
                watch(l, clause, which);
                clause = next;
                continue;
            }
            if (p->value[other] < 0) {
                p->n_causes = 0;
                for (int x = 0; x < c[LENGTH]; x++) pairs_cause(p, LITERAL, literals[x] ^ 1, 0);
                good = false;
            } else good = pairs_set(p, other, BY_CLAUSE, clause, 0);
        }
        c[NEXT + which] = kept;
        kept = clause;
        clause = next;
    }
    l->watches[literal] = kept;
    return good;
}

static bool follow(Learner *l)
{
    Pairs *p = l->pairs;
    while (l->next < p->n_events) {
        int event = l->next++;
        if (p->trail[event].kind == LITERAL && !follow_clauses(l, p->trail[event].what ^ 1)) return false;
        if (!pairs_follow(p, event)) return false;
    }
    return true;
}

static void back_to(Learner *l, int level)
{
    Pairs *p = l->pairs;
    if (l->n_levels > level) {
        for (int e = l->level_start[level]; e < p->n_events; e++)
            if (p->trail[e].kind == LITERAL) {
                l->second[p->trail[e].what >> 1] = p->trail[e].what & 1;
                heap_add(l, p->trail[e].what >> 1);
            }
        pairs_take_back(p, l->level_start[level]);
        l->n_levels = level;
    }
    l->next = p->n_events;
}

/* ---- conflicts ---- */

static int level_of(const Learner *l, int event)
{
    int low = 0, high = l->n_levels;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (l->level_start[middle] <= event) low = middle + 1;
        else high = middle;
    }
    return low;
}

static void learn_literal(Learner *l, int literal)
{
    l->learned = arena_grow(l->arena, l->learned, l->n_learned, &l->learned_capacity, sizeof *l->learned);
    l->learned[l->n_learned++] = literal;
}

/* Marks a cause that is a literal; a cause that is a bound becomes a wish.  Causes that held from the start are left
 * out. */
static void ask_for(Learner *l, const Cause *cause)
{
    Pairs *p = l->pairs;
    int root = l->level_start[0], here = l->level_start[l->n_levels - 1], event;
    if (cause->kind == LITERAL) {
        int pair = cause->what >> 1;
        event = p->decided_at[pair];
        if (l->marked[pair] || event < root) return;
        l->marked[pair] = true;
        l->seen = arena_grow(l->arena, l->seen, l->n_seen, &l->seen_capacity, sizeof *l->seen);
        l->seen[l->n_seen++] = pair;
        make_active(l, pair);
        if (event >= here) l->n_here++;
        else learn_literal(l, cause->what ^ 1);
        return;
    }
    bool lowest = cause->kind == LOWEST;
    Wish *wish = lowest ? &l->lowest[cause->what] : &l->highest[cause->what];
    if (wish->set && (lowest ? wish->bound >= cause->bound : wish->bound <= cause->bound)) return;
    event = lowest ? p->lowest_event[cause->what] : p->highest_event[cause->what];
    while (event >= 0 && (lowest ? p->trail[event].old >= cause->bound : p->trail[event].old <= cause->bound))
        event = p->trail[event].before;
    if (event < root) return;
    if (wish->set) *(wish->event >= here ? &l->n_here : &l->n_wishes) -= 1;
    *wish = (Wish){true, cause->bound, event};
    *(event >= here ? &l->n_here : &l->n_wishes) += 1;
}

static void ask_for_causes(Learner *l)
{
    for (int i = 0; i < l->pairs->n_causes; i++) ask_for(l, &l->pairs->causes[i]);
    l->pairs->n_causes = 0;
}

static void explain_literal(Learner *l, int event)
{
    const Event e = l->pairs->trail[event];
    const int *clause = e.reason == BY_CLAUSE ? l->pool + e.of : NULL;
    l->pairs->n_causes = 0;
    pairs_explain_literal(l->pairs, e.what, event, e.reason, e.of, e.with, clause ? clause + LITERALS : NULL,
                          clause ? clause[LENGTH] : 0);
}

/* Explains the bound that an event set, if it is wished for.  false: it is not. */
static bool fulfil(Learner *l, int event)
{
    const Event *e = &l->pairs->trail[event];
    Wish *wish = e->kind == LOWEST ? &l->lowest[e->what] : &l->highest[e->what];
    if (!wish->set || wish->event != event) return false;
    wish->set = false;
    *(event >= l->level_start[l->n_levels - 1] ? &l->n_here : &l->n_wishes) -= 1;
    l->pairs->n_causes = 0;
    pairs_explain_bound(l->pairs, event, wish->bound);
    ask_for_causes(l);
    return true;
}

/* Takes literals out of the clause that follow from others in it. */
static void shorten(Learner *l)
{
    Pairs *p = l->pairs;
    int kept = 1;
    for (int x = 1; x < l->n_learned; x++) {
        int event = p->decided_at[l->learned[x] >> 1];
        Reason reason = p->trail[event].reason;
        bool needed = reason != BY_CLAUSE && reason != BY_ORDER && reason != BY_BALANCE;
        if (!needed) explain_literal(l, event);
        for (int i = 0; !needed && i < p->n_causes; i++) {
            int pair = p->causes[i].what >> 1;
            needed = !l->marked[pair] && p->decided_at[pair] >= l->level_start[0];
        }
        if (needed) l->learned[kept++] = l->learned[x];
    }
    l->n_learned = kept;
}

/* Makes a clause from the causes of a conflict.  All its literals but the first are false before the last level.
 * Returns the level of the second literal, to which the search goes back. */
static int analyse(Learner *l, int *levels)
{
    Pairs *p = l->pairs;
    int here = l->level_start[l->n_levels - 1], event = p->n_events - 1, level = 0;
    l->n_here = l->n_wishes = l->n_learned = l->n_seen = 0;
    learn_literal(l, 0);
    ask_for_causes(l);
    for (;; event--) {
        if (event < here) bug("place: a conflict without a cause");
        if (p->trail[event].kind != LITERAL) {
            fulfil(l, event);
            continue;
        }
        if (!l->marked[p->trail[event].what >> 1]) continue;
        if (l->n_here == 1) break;
        l->n_here--;
        explain_literal(l, event);
        ask_for_causes(l);
    }
    l->learned[0] = p->trail[event].what ^ 1;
    for (event = here - 1; l->n_wishes > 0; event--)
        if (p->trail[event].kind != LITERAL) fulfil(l, event);
    p->steps += p->n_events - event;
    shorten(l);
    for (int i = 0; i < l->n_seen; i++) l->marked[l->seen[i]] = false;
    l->n_stamps++;
    *levels = 1;
    for (int x = 1; x < l->n_learned; x++) {
        int of = level_of(l, p->decided_at[l->learned[x] >> 1]);
        *levels += l->stamp[of] != l->n_stamps;
        l->stamp[of] = l->n_stamps;
        if (of <= level) continue;
        level = of;
        int first = l->learned[1];
        l->learned[1] = l->learned[x];
        l->learned[x] = first;
    }
    return level;
}

/* ---- search ---- */

/* 1 1 2 1 1 2 4 ...: restarts, mostly early ones (Luby, Sinclair, Zuckerman 1993). */
static int luby(int n)
{
    int size = 1;
    while (size < n + 1) size = 2 * size + 1;
    while (size - 1 != n) {
        size /= 2;
        n %= size;
    }
    return (size + 1) / 2;
}

static Learner *new_learner(Arena *arena, const Part *part, Pairs *p)
{
    Learner *l = arena_alloc(arena, sizeof *l);
    *l = (Learner){.arena = arena,
                   .pairs = p,
                   .most_clauses = MOST_CLAUSES,
                   .bump = 1,
                   .conflicts_left = RESTART,
                   .next_sides = SIDES,
                   .random = 1};
    l->watches = arena_array(arena, 2 * (int64_t)p->n_pairs, sizeof *l->watches);
    memset(l->watches, -1, 2 * (size_t)p->n_pairs * sizeof *l->watches);
    l->activity = arena_array(arena, p->n_pairs, sizeof *l->activity);
    l->heap = arena_array(arena, p->n_pairs, sizeof *l->heap);
    l->heap_at = arena_array(arena, p->n_pairs, sizeof *l->heap_at);
    l->second = arena_array(arena, p->n_pairs, sizeof *l->second);
    l->first_side = arena_array(arena, p->n_pairs, sizeof *l->first_side);
    l->marked = arena_array(arena, p->n_pairs, sizeof *l->marked);
    l->lowest = arena_array(arena, p->n, sizeof *l->lowest);
    l->highest = arena_array(arena, p->n, sizeof *l->highest);
    l->stamp = arena_array(arena, (int64_t)p->n_pairs + 1, sizeof *l->stamp);
    for (int pair = 0; pair < p->n_pairs; pair++) {
        const int *boxes = p->boxes_of[2 * pair];
        l->second[pair] = l->first_side[pair] = part->offset[boxes[0]] > part->offset[boxes[1]];
        l->heap_at[pair] = -1;
        heap_add(l, pair);
    }
    return l;
}

static int open_pair(Learner *l)
{
    while (l->n_heap) {
        int pair = heap_take(l);
        if (!l->pairs->value[2 * pair]) return pair;
    }
    return -1;
}

/* Now and then other sides are guessed first: all as they were at first, all the other way round, or random ones. */
static void change_sides(Learner *l, int times)
{
    for (int pair = 0; pair < l->pairs->n_pairs; pair++) {
        if (times % 2) l->random = l->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        l->second[pair] = times % 2 ? l->random >> 63 : l->first_side[pair] ^ (times % 4 == 2);
    }
}

Outcome learner_go_on(Learner *l, int64_t steps)
{
    Pairs *p = l->pairs;
    steps += p->steps;
    if (!l->begun) l->good = pairs_begin(p);
    l->begun = true;
    for (int rounds = 1;; rounds++) {
        l->good = l->good && follow(l);
        if (!l->good) {
            int levels;
            if (l->n_levels == 0) return NONE;
            back_to(l, analyse(l, &levels));
            l->good = pairs_set(p, l->learned[0], l->n_learned == 1 ? AT_ROOT : BY_CLAUSE,
                                l->n_learned == 1 ? 0 : add_clause(l, levels), 0);
            l->bump /= forget;
            l->conflicts_left--;
        } else if (l->conflicts_left <= 0) {
            l->conflicts_left = RESTART * luby(++l->n_restarts);
            back_to(l, 0);
            if (l->n_clauses > l->most_clauses) drop_clauses(l);
            if (l->n_restarts == l->next_sides) {
                change_sides(l, ++l->n_sides);
                l->next_sides += SIDES * l->n_sides;
            }
        } else {
            int pair = open_pair(l);
            if (pair < 0) return FOUND;
            l->level_start = arena_grow(l->arena, l->level_start, l->n_levels, &l->levels_capacity,
                                        sizeof *l->level_start);
            l->level_start[l->n_levels++] = p->n_events;
            l->good = pairs_set(p, 2 * pair + l->second[pair], DECIDED, 0, 0);
        }
        if (p->steps > steps || (rounds % 64 == 0 && place_late(p->part))) return TIRED;
    }
}

Learner *learner_new(Arena *arena, const Part *part, int64_t capacity)
{
    Pairs *p = pairs_new(arena, part, capacity);
    return p ? new_learner(arena, part, p) : NULL;
}

void learner_keep(const Learner *l, Part *part)
{
    const Pairs *p = l->pairs;
    int64_t end = 0;
    for (int i = 0; i < p->n; i++)
        if (p->lowest[i] + p->boxes[i].size > end) end = p->lowest[i] + p->boxes[i].size;
    part_keep(part, p->lowest, end);
}
