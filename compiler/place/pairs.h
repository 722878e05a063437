/* pairs.h - which of two boxes that meet lies below the other, as a problem of satisfiability (pairs.c, learn.c).
 *
 * A literal says "i lies below j"; its complement, literal ^ 1, says the opposite.  When every pair is decided and
 * nothing contradicts, the lowest offsets that follow are a solution.  All that becomes known is an event on a trail,
 * with its reason. */
#ifndef PLACE_PAIRS_H
#define PLACE_PAIRS_H

#include "place/part.h"

typedef enum EventKind { LITERAL, LOWEST, HIGHEST } EventKind;       /* a pair is decided; a bound of a box's offset */

typedef enum Reason {
    AT_ROOT,       /* it holds in every solution that is looked for */
    DECIDED,       /* a guess */
    BY_CLAUSE,     /* all other literals of clause `of` are false */
    BY_ORDER,      /* transitivity: literals `of` and `with` */
    BY_BALANCE,    /* of boundary `of` at box `with` */
    BY_BOUNDS,     /* the other way there is no room between the two boxes' bounds */
    BY_ROOM_BELOW, /* what lies below box `of` in clique `with` leaves no room there */
    BY_ROOM_ABOVE,
    BY_SUM,        /* of a bound: what lies below (above) in clique `of` */
    BY_NEIGHBOUR   /* of a bound: that of box `of`, which lies below (above) */
} Reason;

typedef struct Event {
    EventKind kind;
    Reason reason;
    int what;                      /* a literal, or a box */
    int of, with;
    int before;                    /* of a bound: the event that set it before, -1 */
    int64_t old;                   /* of a bound: what it was */
} Event;

/* What an event or a conflict follows from: a literal that is true, a lowest offset of at least, a highest of at most
 * `bound`. */
typedef struct Cause { EventKind kind; int what; int64_t bound; } Cause;

/* Boxes that end where one clique gives way to the next, and those that begin there: the members, by number.  Below any
 * box that lives on, as much must begin as ended, but for what the two cliques can waste (balance.c). */
typedef struct Boundary {
    int n, n_ends;                 /* the first of them end */
    int *members;
    bool says_something;
    int n_ways;
    const uint32_t *ways;          /* sets of members that can lie below */
    int n_words, least, most;      /* or, where these are many, sums in units: n_words of bits */
    int *units;                    /* of a member */
    uint64_t *sums;                /* scratch: [n + 1][n_words] */
} Boundary;

void boundary_find(Boundary *, Arena *, const Box *, int n_ends, const int *ends, int n_begins, const int *begins,
                   int64_t unit, int64_t wasted, int64_t wasted_next); /* before and after it */
/* Members that must lie below, or above, when some are known to; false: that can not be. */
bool boundary_forced(const Boundary *, uint32_t below, uint32_t above, uint32_t *must_below, uint32_t *must_above);
int boundary_steps(const Boundary *);                          /* what the question costs */

typedef struct Pairs {
    Arena *arena;
    const Part *part;
    int n, n_pairs, n_cliques;
    const Box *boxes;      /* lower and upper are in cliques: sets of boxes live at once that no other such set holds */
    int64_t capacity;
    int *literals;                 /* [n * n]: i lies below j; -1: they do not meet */
    int (*boxes_of)[2];            /* of a literal: which lies below which */
    int *near_start, *near;        /* the boxes that meet box i: near[near_start[i]] .. near[near_start[i + 1]] */
    int *clique_start, *cliques;   /* the boxes of a clique, largest first */
    int *place_start;              /* of a box: where its cliques begin in below and above */
    int64_t *below, *above;        /* of a box in a clique: sizes of those known to lie below (above) it */
    Boundary *boundaries;          /* [n_cliques]: between a clique and the next */
    int8_t *value;                 /* of a literal: 1 true, -1 false, 0 open */
    int *decided_at;               /* of a pair: its event */
    int64_t *lowest, *highest;     /* of a box: bounds of its offset */
    int *lowest_event, *highest_event;   /* the last that set them, -1 */
    Event *trail;
    int n_events, events_capacity;
    Cause *causes;                 /* of a conflict, or what was asked for */
    int n_causes, causes_capacity;
    int64_t steps;
} Pairs;

/* NULL: more pairs than is sensible. */
Pairs *pairs_new(Arena *, const Part *, int64_t capacity);
/* These return false on a conflict, whose causes then are in `causes`. */
bool pairs_begin(Pairs *);                                     /* what holds from the start */
bool pairs_set(Pairs *, int literal, Reason, int of, int with);
bool pairs_follow(Pairs *, int event);                         /* what follows from an event, but for clauses */
void pairs_take_back(Pairs *, int n_events);
void pairs_cause(Pairs *, EventKind, int what, int64_t bound);
/* Adds the causes of a literal that was set at an event for a reason; `clause` are the literals of one, and how
 * many. */
void pairs_explain_literal(Pairs *, int literal, int event, Reason, int of, int with, const int *clause, int n);
void pairs_explain_bound(Pairs *, int event, int64_t bound);   /* the event made it at least (at most) that much */

static inline int literal_of(const Pairs *p, int below, int above)
{
    return p->literals[(int64_t)below * p->n + above];
}

#endif
