/* planner.h - offsets for buffers with known lives; nothing of graphs.
 *
 *   place.c    greedy orders and what improves them; the whole, limited in steps, for a compile
 *   within.c   the whole for `tailor plan`: a capacity, alignments, and as long as one likes
 *   part.c     items that are placed together: part.h, which the files from here on share
 *   search.c   every solution, from the bottom up
 *   pairs.c    which of two boxes that meet lies below: what follows from what is known, and why
 *   balance.c  the strongest of its rules
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
    int64_t size, offset;          /* bytes; offset is filled in by place */
} Item;

int64_t place(Arena *, int n, Item *);                         /* returns the end of the last item */
int64_t place_lower_bound(Arena *, int n, const Item *);       /* the largest sum of sizes live at one kernel */

/* The same for as long as it may take.  alignment[i] or NULL: offsets are multiples of it; capacity -1: as low as can
 * be.  The sum of all sizes and alignments must not overflow. */
typedef struct PlaceLimits { const int64_t *alignment; int64_t capacity; double seconds; } PlaceLimits;

typedef struct Placement {
    bool found;                    /* it ends by the capacity */
    int64_t end;                   /* of the best that was found */
    int64_t bound, least;     /* the lower bound; what it was proven that no placement ends before, which may be more */
} Placement;

Placement place_within(Arena *, int n, Item *, const PlaceLimits *);

/* Knows nothing of place: NULL, or what is wrong (two live items overlap, a negative offset, an overflow). */
const char *place_validate(Arena *, int n, const Item *);

#endif
