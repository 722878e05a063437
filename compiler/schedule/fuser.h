/* fuser.h - what the parts of fusion share.
 *
 *   samples.c         how values depend on samples
 *   fuse_keep.c       which values are kept
 *   fuse.c            which kernel computes it
 *   fuse_buffers.c    which lie in memory, and the kernels that sum up, lay out and update */
#ifndef FUSER_H
#define FUSER_H

#include "schedule/program.h"

enum { NOT_KEPT = -1, KEPT = -2 };                /* kernel_of, until a kernel computes the value */

/* Of an expression, how deep it is and how many values it has; of a function, what its expressions weigh: more than any
 * layer has, and no more than C compilers take in a second. */
enum { DEEPEST = 200, LARGEST = 2000, HEAVIEST = 2000, HEAVY = 8 };

/* floats that the sums of a function take there, beside one another: a thread may have no more than a few MB */
enum { MOST_STACK = 1 << 18 };

typedef struct Fuser {
    Program *p;
    const Graph *g;
    Arena *arena;
    bool enabled;
    const bool *needed, *forward;
    bool *root, *wanted;                      /* wanted: needs a buffer */
    bool *by_sample;              /* its samples follow one by one from what contractions, reductions and leaves give */
    int *weight;                              /* of a kept value: what its expression adds to the size of a function */
    int *last_reader;                         /* the last kernel that reads a value */
    /* of a weight: the last kernel that it was laid out for; of that kernel: the one before; from 1 */
    int *laid_for, *laid_before;
    Value *host;                              /* of what is computed again: see host_of; 0: not asked for, -1: none */
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
void make_buffers(Fuser *);                      /* for values that another kernel reads, or that are asked for */
void connect_buffers(Fuser *);                   /* what each kernel reads and writes; sums, packed weights, scratch */
void add_updates(Fuser *);                       /* the end of a training step */

#endif
