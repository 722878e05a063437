/* order.h - the order of kernels, and the lives of buffers that follow from it: for order.c, reorder.c and plan.c. */
#ifndef ORDER_H
#define ORDER_H
#include "schedule/program.h"

/* ---- depend.c: which kernel waits for which ---- */

/* Kernel `after` waits for the kernel in whose list the edge is.  all_slices: it waits until every slice has run
 * through that kernel's segment, else only until the kernel has run. */
typedef struct Edge { int after, next; bool all_slices; } Edge;

typedef struct Edges {
    int n, capacity;
    Edge *list;
    int *first;                    /* [kernels]: the first edge of the kernel's list; lists end with -1 */
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
    Live *of;                      /* [buffers], for the sequence that was last asked for */
    int *segment;                  /* [buffers]: the last segment that touched it */
    int *part;                     /* [buffers]: the last part that touched it */
    int *pairs_of;              /* [kernels]: where in `pairs` the kernel's pairs (buffer written, buffer read) begin */
    /* may the written buffer take over the bytes of the read one?  0: not known yet, 1: yes, -1: no */
    signed char *pairs;
} Lives;

Lives *lives_new(const Program *);

/* How a sequence is cut.  Without parts each sliced segment is one. */
typedef struct Cuts {
    int n_segments, n_parts;
    const Segment *segments;
    const Part *parts;
} Cuts;

/* Fills in `of` for another sequence of the program's kernels: [n_kernels] numbers. */
void lives_find(Lives *, const int *sequence, Cuts, bool share);

/* ---- chunk.c: how many samples go through how many kernels at a time ---- */

int64_t touched_bytes(const Program *, const Kernel *);           /* bytes that one sample touches */
/* An estimate for reorder.c, before there are parts: samples at a time in a slice whose kernels touch at most so many
 * bytes of each sample. */
int64_t chunk_of(const Slicing *, int64_t bytes);
/* Fills in the plan's chunks, of at most so many samples, and parts. */
void choose_chunks(Plan *, int64_t most);

/* ---- plan.c ---- */

int64_t buffer_bytes(const Program *, int buffer, Owner, int64_t samples);

#endif
