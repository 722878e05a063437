/* part.h - what the files of the memory planner share. */
#ifndef PART_H
#define PART_H

#include "place/planner.h"

enum {
    MOST_SEARCHED = 3000,          /* boxes: the search recurses once for each, and pairs of them are a table */
    MOST_GREEDY = 20000            /* boxes: each is compared with each */
};

/* An item while it is placed.  Lives are counted in sections: kernels at which no life begins are left out. */
typedef struct Box {
    int item, lower, upper;
    int64_t size, alignment;       /* its offset is a multiple of the alignment */
    int64_t load;                  /* the largest sum of sizes during its life */
} Box;

/* Items that are placed together, and the best that is known of them. */
typedef struct Part {
    Arena *arena;
    int n, n_sections;
    Box *boxes;
    int64_t *offset, end;          /* the best so far */
    int64_t wanted;                /* ends not after this are as good as any */
    int64_t unit;                  /* every size and alignment is a multiple of it, so every end is */
    int64_t steps;
    double deadline;               /* of place_clock(); 0: only steps limit the work */
} Part;

typedef enum Order { BY_SIZE, BY_AREA, BY_LOAD, BY_LIFE, BY_START, BY_END, N_ORDERS, BY_OFFSET = N_ORDERS } Order;

typedef enum Outcome { FOUND, NONE, TIRED } Outcome;

static inline bool boxes_meet(const Box *a, const Box *b) { return a->lower < b->upper && b->lower < a->upper; }

static inline int64_t align_up(int64_t offset, int64_t alignment)
{
    int64_t over = alignment > 1 ? offset % alignment : 0;
    return over ? offset + alignment - over : offset;
}

/* ---- part.c ---- */

double place_clock(void);                                      /* seconds */
bool place_late(const Part *);                                 /* past the deadline */

/* Numbers of items in groups that share no time with each other: group g is numbers[first[g]] .. numbers[first[g + 1]].
 * Items that are never live or of no size are in none.  Returns how many groups. */
int place_groups(Arena *, int n, const Item *, int *numbers, int *first);
/* The part of n items, given by number; alignment[item] or NULL.  Its `wanted` is the largest load, or what is
 * given. */
Part part_new(Arena *, const Item *, int n, const int *numbers, const int64_t *alignment, int64_t wanted);
void part_sort(const Part *, Order, int *numbers);             /* numbers of its boxes, in that order */
void part_keep(Part *, const int64_t *offset, int64_t end);    /* a better solution */

/* ---- place.c, search.c, learn.c, sweep.c ---- */

/* Each keeps what it finds, when that ends earlier than what is known. */
void place_orders(Part *, int64_t steps);                      /* greedily, in every order */
void place_improve(Part *, uint64_t *seed, int64_t steps);
/* Is there a solution that ends by the capacity?  NONE is a proof, TIRED says nothing. */
Outcome place_search(Part *, Order, int64_t capacity, int64_t steps);

/* The same question for learn.c, which can go on where it got tired.  NULL: too many pairs.  When it has found one,
 * that can be kept. */
typedef struct Learner Learner;
Learner *learner_new(Arena *, const Part *, int64_t capacity);
Outcome learner_go_on(Learner *, int64_t steps);
void learner_keep(const Learner *, Part *);

void place_sweep(Part *, bool backward);                    /* in one pass through time, however many boxes there are */

#endif
