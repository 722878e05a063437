/* fuser.h - what the parts of fusion share.
 *
 *   samples.c         how values depend on samples
 *   fuse_keep.c       which values are kept
 *   fuse.c            which kernel computes each kept value
 *   fuse_buffers.c    which values lie in memory; the kernels that sum up, lay out and update */
#ifndef FUSER_H
#define FUSER_H

#include "schedule/program.h"

enum { NOT_KEPT = -1, KEPT = -2 };                /* kernel_of, until a kernel computes the value */

/* Limits.  An expression is at most DEEPEST levels deep and has at most LARGEST values.  The expressions of a function
 * weigh at most HEAVIEST: more than any layer has, and no more than C compilers take in a second.  HEAVY is the weight
 * of a value that is slow to compute. */
enum { DEEPEST = 200, LARGEST = 2000, HEAVIEST = 2000, HEAVY = 8 };

/* Floats of stack that all sums of one function take together, at most: a thread may have only a few MB of stack. */
enum { MOST_STACK = 1 << 18 };

typedef struct Fuser {
    Program *p;
    const Graph *g;
    Arena *arena;
    bool enabled;
    const bool *needed, *forward;
    bool *root, *wanted;                      /* wanted: needs a buffer */
    /* its samples follow one by one from the results of contractions and reductions, and from leaves */
    bool *by_sample;
    int *weight;                       /* [graph->n]: what a kept value's expression adds to the size of its function */
    int *last_reader;                         /* the last kernel that reads a value */
    /* laid_for of a weight: the last kernel that it was laid out for; laid_before of that kernel: the one before; from
     * 1 */
    int *laid_for, *laid_before;
    Value *host;                        /* of a value that is computed again: see host_of; 0: not asked for, -1: none */
} Fuser;

static inline const Node *at(const Fuser *f, Value v) { return graph_at(f->g, v); }

/* fuse_keep.c, in this order */
const Goal *look_through_reshapes(Arena *, const Goal *);
void mark_needed(Fuser *);
void mark_kept(Fuser *);

/* samples.c */
void mark_by_sample(Fuser *);                    /* fills in by_sample */
BatchMode mode_of(Fuser *, Value kept);
int first_reduced(const Node *);                 /* the first axis that a reduction folds; MAX_RANK for other nodes */

/* fuse_buffers.c, in this order */
void make_buffers(Fuser *);                    /* buffers for values that another kernel reads or the caller asks for */
void connect_buffers(Fuser *);                   /* reads and writes of each kernel; sums, packed weights, scratch */
void add_updates(Fuser *);                       /* the end of a training step */

#endif
