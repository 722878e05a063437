/* pairs.h - which of two boxes that meet lies below the other, as a problem of satisfiability (pairs.c, learn.c).
 *
 * A literal says "i lies below j"; its complement, literal ^ 1, says the opposite.  When every pair is decided without
 * a contradiction, the lowest offsets that follow are a solution.  Every fact that becomes known is an event on a
 * trail, with its reason. */
#ifndef PLACE_PAIRS_H
#define PLACE_PAIRS_H

#include "place/part.h"

/* LITERAL: a pair is decided.  LOWEST, HIGHEST: a bound of a box's offset moves. */
typedef enum EventKind { LITERAL, LOWEST, HIGHEST } EventKind;

typedef enum Reason {
    AT_ROOT,       /* it holds in every solution that is looked for */
    DECIDED,       /* a guess */
    BY_CLAUSE,     /* all other literals of clause `of` are false */
    BY_ORDER,      /* transitivity: literals `of` and `with` */
    BY_BALANCE,    /* the balance of boundary `of` at box `with` */
    BY_BOUNDS,     /* the bounds of the two boxes leave no room for the other way */
    BY_ROOM_BELOW, /* the boxes below box `of` in clique `with` leave no room there */
    BY_ROOM_ABOVE, /* the boxes above box `of` in clique `with` leave no room there */
    BY_SUM,        /* a bound: the boxes below (above) in clique `of`, added up */
    BY_NEIGHBOUR   /* a bound: the bound of box `of`, which lies below (above) */
} Reason;

typedef struct Event {
    EventKind kind;
    Reason reason;
    int what;                      /* a literal, or a box */
    int of, with;
    int before;                    /* a bound's event before this one; -1: none */
    int64_t old;                   /* a bound's value before */
} Event;

/* An event or a conflict follows from causes: a literal that is true, a lowest offset of at least `bound`, a highest
 * offset of at most `bound`. */
typedef struct Cause { EventKind kind; int what; int64_t bound; } Cause;

/* The place where one clique gives way to the next.  Its members, given by number, are the boxes that end there and
 * those that begin there.  Below any box that lives on, as many bytes must begin as end, but for those that the two
 * cliques can waste (balance.c). */
typedef struct Boundary {
    int n, n_ends;                 /* members; the first n_ends of them end */
    int *members;
    bool says_something;
    int n_ways;
    const uint32_t *ways;          /* sets of members that can lie below */
    int n_words, least, most;      /* where such sets are many: the sums between these, in units, as n_words of bits */
    int *units;                    /* [n]: size of a member */
    uint64_t *sums;                /* scratch: [n + 1][n_words] */
} Boundary;

/* wasted, wasted_next: bytes that the cliques before and after the boundary can waste. */
void boundary_find(Boundary *, Arena *, const Box *, int n_ends, const int *ends, int n_begins, const int *begins,
                   int64_t unit, int64_t wasted, int64_t wasted_next);
/* Finds the members that must lie below, or above, when some are known to.  false: there is no way at all. */
bool boundary_forced(const Boundary *, uint32_t below, uint32_t above, uint32_t *must_below, uint32_t *must_above);
int boundary_steps(const Boundary *);                          /* steps that boundary_forced takes */

typedef struct Pairs {
    Arena *arena;
    const Part *part;
    int n, n_pairs, n_cliques;
    const Box *boxes;      /* lives are counted in cliques: sets of boxes live at once that no larger such set holds */
    int64_t capacity;
    int *literals;                 /* [n * n]: the literal "i lies below j"; -1: they do not meet */
    int (*boxes_of)[2];            /* a literal's boxes: the lower, the upper */
    int *near_start, *near;        /* the boxes that meet box i: near[near_start[i]] .. near[near_start[i + 1]] */
    int *clique_start, *cliques;   /* the boxes of a clique, largest first */
    int *place_start;              /* the place in below and above where a box's cliques begin */
    int64_t *below, *above;        /* for a box in a clique: the sizes known to lie below (above) it, added up */
    Boundary *boundaries;          /* [n_cliques]: between a clique and the next */
    int8_t *value;                 /* a literal's value: 1 true, -1 false, 0 open */
    int *decided_at;               /* the event that decided a pair */
    int64_t *lowest, *highest;     /* the bounds of a box's offset */
    int *lowest_event, *highest_event;   /* the last events that set them; -1: none */
    Event *trail;
    int n_events, events_capacity;
    Cause *causes;                 /* the answer of pairs_explain_*, or the causes of a conflict */
    int n_causes, causes_capacity;
    int64_t steps;
} Pairs;

/* NULL: there are more pairs than is sensible. */
Pairs *pairs_new(Arena *, const Part *, int64_t capacity);
/* These three return false on a conflict, and leave its causes in `causes`. */
bool pairs_begin(Pairs *);                                     /* sets all that holds from the start */
bool pairs_set(Pairs *, int literal, Reason, int of, int with);
bool pairs_follow(Pairs *, int event);                         /* sets all that follows from an event, but by clauses */
void pairs_take_back(Pairs *, int n_events);                   /* the events from that number on */
void pairs_cause(Pairs *, EventKind, int what, int64_t bound);
/* Adds the causes of a literal that was set at an event for a reason.  `clause` has the n literals of a clause, when
 * that is the reason. */
void pairs_explain_literal(Pairs *, int literal, int event, Reason, int of, int with, const int *clause, int n);
/* Adds the causes for which an event made a lowest offset at least `bound`, or a highest at most. */
void pairs_explain_bound(Pairs *, int event, int64_t bound);

static inline int literal_of(const Pairs *p, int below, int above)
{
    return p->literals[(int64_t)below * p->n + above];
}

#endif
