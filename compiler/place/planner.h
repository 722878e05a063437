/* planner.h - offsets for buffers with known lives; nothing of graphs. */
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

/* The same for as long as it may take.  alignment[i] or NULL: offsets are multiples of it; capacity -1: as low as can be.  The sum
 * of all sizes and alignments must not overflow. */
typedef struct PlaceLimits { const int64_t *alignment; int64_t capacity; double seconds; } PlaceLimits;

typedef struct Placement {
    bool found;                    /* it ends by the capacity */
    int64_t end;                   /* of the best that was found */
    int64_t bound, least;          /* the lower bound; what it was proven that no placement ends before, which may be more */
} Placement;

Placement place_within(Arena *, int n, Item *, const PlaceLimits *);

/* Knows nothing of place: NULL, or what is wrong (two live items overlap, a negative offset, an overflow). */
const char *place_validate(Arena *, int n, const Item *);

#endif
