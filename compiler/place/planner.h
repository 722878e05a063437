/* planner.h - offsets for buffers with known lives; nothing of graphs.
 *
 *   place.c    greedy orders and their improvement; the whole planner for a compile, limited in steps
 *   within.c   the whole planner for `tailor plan`: with a capacity and alignments, limited in seconds
 *   part.c     items that are placed together: part.h, which the files from here on share
 *   search.c   every solution, from the bottom up
 *   neck.c     many short searches of search.c, apart on both sides of a time at which little is live
 *   pairs.c    which of two boxes that meet lies below: the facts that follow from others, and why
 *   balance.c  the strongest rule of pairs.c
 *   learn.c    a search over those pairs that learns from its conflicts
 *   sweep.c    one pass through time, for parts that are too large for anything else
 *   check.c    the lower bound and the validator; it shares nothing with these
 *   table.c    tables of buffers in a file: table.h */
#ifndef PLANNER_H
#define PLANNER_H

#include "base/base.h"

/* A buffer that is live at kernels lower <= k < upper. */
typedef struct Item {
    const char *name;
    int lower, upper;
    int64_t size, offset;          /* bytes; place fills in the offset */
} Item;

int64_t place(Arena *, int n, Item *);                         /* returns the end of the last item */
int64_t place_lower_bound(Arena *, int n, const Item *);       /* the largest sum of sizes live at one kernel */

/* Limits of place_within.  alignment: the offset of item i is a multiple of alignment[i]; NULL: of 1.  capacity: -1 is
 * as low as can be.  seconds: the time it may take.  The sum of all sizes and alignments must not overflow. */
typedef struct PlaceLimits { const int64_t *alignment; int64_t capacity; double seconds; } PlaceLimits;

typedef struct Placement {
    bool found;                    /* it ends by the capacity */
    int64_t end;                   /* the end of the best placement that was found */
    int64_t bound, least;          /* the lower bound; the end before which, as was proven, no placement ends */
} Placement;

Placement place_within(Arena *, int n, Item *, const PlaceLimits *);

/* NULL, or a fault: two live items overlap, an offset is negative, a sum overflows.  It shares nothing with place. */
const char *place_validate(Arena *, int n, const Item *);

#endif
