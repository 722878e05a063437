/* order.h - what the order of kernels depends on, and what depends on it: order.c, reorder.c and plan.c. */
#ifndef ORDER_H
#define ORDER_H
#include "schedule/program.h"

/* ---- depend.c: which kernel waits for which ---- */

/* Kernel `after` waits for the one in whose list the edge is: until it has run, or until the slices that it is part of
 * are all done. */
typedef struct Edge { int after, next; bool all_slices; } Edge;

typedef struct Edges {
    int n, capacity;
    Edge *list;
    int *first;                    /* [kernels]: the first of its list; -1 at the end */
} Edges;

Edges find_edges(const Program *);
bool is_sliced(const Kernel *);    /* runs slice by slice */

/* ---- live.c: whose a buffer is, and how long ---- */

typedef struct Live {
    Owner owner;
    int lower, upper;              /* places in the sequence, half-open; upper 0: never */
    int in_place_of;               /* -1, or the buffer whose bytes it takes over */
} Live;

typedef struct Lives {
    const Program *p;
    Live *of;                      /* [buffers], of the sequence that was last asked for */
    int *segment;                  /* [buffers]: the last one that touched it */
    int *pairs_of;                 /* [kernels]: where its pairs of a write and a read begin in pairs */
    signed char *pairs;            /* may the write take over the read's bytes?  0: not known yet, 1: yes, -1: no */
} Lives;

Lives *lives_new(const Program *);

/* Of the program's kernels in another sequence, [n_kernels] numbers, cut into other segments. */
void lives_find(Lives *, const int *sequence, int n_segments, const Segment *, bool share);

/* ---- plan.c ---- */

int64_t buffer_bytes(const Program *, int buffer, Owner, int64_t samples);
int64_t touched_bytes(const Program *, const Kernel *);           /* of one sample */
/* samples at a time where a kernel touches at most so many bytes of each */
int64_t chunk_of(const Slicing *, int64_t bytes);

#endif
