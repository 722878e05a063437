/* part.h - boxes and parts, which the files of the memory planner share. */
#ifndef PART_H
#define PART_H

#include "place/planner.h"

enum {
    MOST_SEARCHED = 3000,          /* boxes of a search, which recurses once for each and has a table of their pairs */
    MOST_GREEDY = 20000            /* boxes of a greedy placement, which compares each with each */
};

/* An item while it is placed.  Lives are counted in sections: kernels at which no life begins are left out. */
typedef struct Box {
    int item, lower, upper;
    int64_t size, alignment;       /* its offset is a multiple of the alignment */
    int64_t load;                  /* the largest sum of sizes during its life */
} Box;

/* Items that are placed together, and the best solution that is known. */
typedef struct Part {
    Arena *arena;
    int n, n_sections;
    Box *boxes;
    int64_t *offset, end;          /* the best so far */
    int n_fixed;                   /* the first boxes, upwards, which lie where `offset` says; for place_search only */
    uint64_t shuffle;              /* the number of the order BY_CHANCE */
    int64_t wanted;                /* an end that is no later than this is good enough */
    int64_t unit;                  /* every size and alignment is a multiple of it, so every end is */
    int64_t steps;
    double deadline;               /* by place_clock(); 0: only steps limit the work */
} Part;

typedef enum Order {
    BY_SIZE, BY_AREA, BY_LOAD, BY_LIFE, BY_START, BY_END, N_ORDERS,
    BY_OFFSET = N_ORDERS,          /* from the bottom up */
    BY_CHANCE                      /* by area, but for up to 30% by chance */
} Order;

typedef enum Outcome { FOUND, NONE, TIRED } Outcome;

static inline bool boxes_meet(const Box *a, const Box *b) { return a->lower < b->upper && b->lower < a->upper; }

static inline int64_t align_up(int64_t offset, int64_t alignment)
{
    int64_t over = alignment > 1 ? offset % alignment : 0;
    return over ? offset + alignment - over : offset;
}

/* ---- part.c ---- */

double place_clock(void);                                      /* seconds */
bool place_late(const Part *);                                 /* is it past the deadline? */

/* Splits items into groups that share no time with each other: group g is numbers[first[g]] .. numbers[first[g + 1]].
 * An item that is never live, or has no size, is in none.  Returns the number of groups. */
int place_groups(Arena *, int n, const Item *, int *numbers, int *first);
/* The part of n items, given by number; alignment[item] or NULL.  Its `wanted` is the largest load, or `wanted` when
 * that is more. */
Part part_new(Arena *, const Item *, int n, const int *numbers, const int64_t *alignment, int64_t wanted);
void part_sort(const Part *, Order, int *numbers);             /* numbers of its boxes, in that order */
void part_keep(Part *, const int64_t *offset, int64_t end);    /* a better solution */

/* ---- place.c, search.c, neck.c, learn.c, sweep.c ---- */

/* Each keeps a solution that it finds, when it ends earlier than the best that is known. */
void place_orders(Part *, int64_t steps);                      /* greedily, in every order */
void place_improve(Part *, uint64_t *seed, int64_t steps);
/* Is there a solution that ends by the capacity?  NONE is a proof, but where boxes are fixed; TIRED says nothing. */
Outcome place_search(Part *, Order, int64_t capacity, int64_t steps);
/* Answers the same question with many short searches, for parts with bytes to spare. */
Outcome place_shuffled(Part *, int64_t capacity, int64_t steps);

/* learn.c answers the same question, and can go on where it got tired.  NULL: there are too many pairs.  After FOUND,
 * learner_keep keeps the solution. */
typedef struct Learner Learner;
Learner *learner_new(Arena *, const Part *, int64_t capacity);
Outcome learner_go_on(Learner *, int64_t steps);
void learner_keep(const Learner *, Part *);

void place_sweep(Part *, bool backward);                    /* in one pass through time, however many boxes there are */

#endif
