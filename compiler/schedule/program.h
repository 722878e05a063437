/* program.h - kernels in sequence and the memory that they work on.
 *
 *   compile.c       every pass once, in order
 *   recompute.c     which values are computed again where they are read
 *   fuse.c          which values are computed together: fuser.h, for the four files of fusion
 *   fuse_keep.c     which values are kept
 *   fuse_buffers.c  which values lie in memory, and the kernels that go with them
 *   samples.c       how values depend on samples
 *   reach.c         what computing a value reads, and where
 *   name.c          names in C
 *   formula.c       what is said of values to people
 *   order.c         the sequence of kernels, cut into segments: order.h, for it and the files below
 *   depend.c        which kernel waits for which
 *   reorder.c       another sequence, when its worst moment takes fewer bytes
 *   live.c          whose each buffer is, and how long
 *   plan.c          where every buffer lies
 *   program.c       a program as every pass looks at it and adds to it */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "graph/experiment.h"
#include "graph/op.h"
#include "place/planner.h"

/* How the batch is cut.  A slice is the unit of threads and owns accumulators, so the bits of a step depend on it; it
 * is worked through chunk by chunk (Plan.chunks), so that what a chunk needs stays in the cache. */
typedef struct Slicing { int64_t batch, slices, slice; } Slicing;

typedef enum BufferKind { BUFFER_VALUE, BUFFER_GRADIENT, BUFFER_STATE, BUFFER_SCRATCH } BufferKind;

/* Whose a buffer is, which says its first axis and its life. */
typedef enum Owner {
    OWNER_THREAD,   /* a chunk's samples; each thread has its own */
    OWNER_SLICE,    /* one for each slice: accumulators */
    OWNER_BATCH,    /* the whole batch, or no samples at all */
    OWNER_RESULT    /* a field of the entry's result; not in the workspace */
} Owner;

typedef struct Buffer {
    const char *name;              /* C identifier, unique in the program */
    const char *comment;           /* graph name where it differs, for the reader */
    Value value;                   /* 0: packed weights, scratch */
    Type type;                     /* of the value; for value 0: rank 1, floats */
    RtType storage;
    BufferKind kind;
    Owner owner;                   /* whatever the sequence; Plan.of has whose it is in one */
    bool whole;                /* its axes of size 1 are written too: a parameter's gradient has the parameter's form */
    bool zeroed;                   /* accumulates: set to zero where its segment begins */
} Buffer;

typedef enum KernelKind {
    KERNEL_COMPUTE,
    KERNEL_PACK,
    KERNEL_COMBINE,
    KERNEL_UNPACK,
    KERNEL_CHECK,
    KERNEL_NORM,
    KERNEL_FINITE,
    KERNEL_UPDATE,
    KERNEL_COMMIT
} KernelKind;

typedef struct Kernel {
    KernelKind kind;
    const char *name;              /* C identifier */
    BatchMode mode;
    bool backward;
    Value contraction;             /* computed by a kernel of the runtime; 0: loops alone */
    int weight;                    /* how large the function is (fuse.c) */
    int64_t stack;                 /* floats of the stack that its sums take, at most (fuse.c) */
    int n_kept, kept_capacity;
    Value *kept;                   /* values it computes that are more than an expression, in topological order */
    int outer;                     /* leading axes that all its loops share */
    int packed, scratch, sum;      /* buffers, -1 where there is none */
    int parameter;                 /* KERNEL_UPDATE; of KERNEL_COMMIT the state */
    int n_reads, reads_capacity, n_writes, writes_capacity, n_leaves, leaves_capacity;
    int *reads, *writes;           /* buffers */
    Value *leaves;                 /* parameters and inputs that it reads */
} Kernel;

/* A run of kernels; a sliced one is repeated for every chunk of every slice. */
typedef struct Segment { int first, last; bool sliced; } Segment;

typedef struct Program {
    const Goal *goal;
    const Graph *graph;
    const Experiment *experiment;
    Slicing slicing;
    int n_kernels, kernels_capacity, n_buffers, buffers_capacity, n_segments, segments_capacity;
    Kernel *kernels;
    Buffer *buffers;
    Segment *segments;
    int *buffer_of;                /* [graph->n]: -1 or the buffer of a value */
    int *kernel_of;                /* [graph->n]: -1 or the kernel that keeps a value */
    const char **names;            /* [graph->n]: how a value is called in C */
    /* [graph->n]: what a value that lies in memory is to a function that many layers share: weight, d_conv2d */
    const char **roles;
    const char *qualifier;         /* before names of file scope: "" or mlp_ */
    struct Reads *reads;           /* [graph->n]: what reaches() has said, for all sequences of these kernels */
    const char *macro;             /* before names of constants: MLP */
    int loss;                      /* buffer of the loss, -1 */
} Program;

/* Where a buffer lies, and for which kernels. */
typedef struct Placed {
    Owner owner;                   /* a thread's buffer is the batch's where several segments touch it */
    int lower, upper;              /* kernels, half-open; upper 0: none */
    int in_place_of;               /* -1, or the buffer whose bytes it takes over */
    int64_t samples;               /* it has room for */
    int64_t bytes, offset;
} Placed;

typedef struct Plan {
    const Program *program;
    Placed *of;                    /* [buffers] */
    int64_t *chunks;               /* [segments]: samples at a time, of a sliced one */
    const Goal *simplified;        /* what is computed, before any of it is computed again */
    int64_t workspace_bytes, lower_bound;
} Plan;

/* ---- program.c ---- */

Slicing slicing_of(int64_t batch);
int new_kernel(Program *, KernelKind, BatchMode, bool backward);  /* its number */
const Segment *segment_of(const Program *, int kernel);
int count_kernels(const Program *, KernelKind, int backward);     /* backward -1: both */
void program_dump(const Program *, const Plan *, Text *);         /* the plan NULL: not yet */

/* ---- the passes, a file each ---- */

Program *fuse(const Experiment *, const Goal *, Slicing, bool enabled);
Program *order(const Program *, bool enabled);                     /* not enabled: an arbitrary legal sequence */
const Program *reorder(const Program *);                          /* itself where no other sequence takes less memory */
/* 0: what costs no time; 1: also what is slow; 2: what is computed element by element; then 1/2, 3/4, .. of all else;
 * 8: all */
enum { RECOMPUTE_LEVELS = 9 };
/* the goal itself where nothing is computed again */
const Goal *recompute(const Goal *, const Program *ordered, int level);
Plan *plan(const Program *, bool share);                          /* share false: every buffer has bytes of its own */
int64_t samples_of(const Plan *, int kernel);                     /* of a call */

/* ---- samples.c, reach.c ---- */

enum { MOST_LOCAL = 4096 };       /* elements of a row that a kernel keeps on its stack */

/* maxima that are kept side by side when the reduced axes are the outer loops */
int64_t argmax_row(const Program *, Value);

/* Where an axis of a value that is read comes from: an axis of the reader's loops, or none of them. */
typedef struct Reach { Value value; int axis[MAX_RANK]; } Reach;

/* The kept values and leaves that computing `value` reads, with where their axes come from; kept values end the search,
 * so it is asked when all that is kept is known.  Returns how many; *out is the program's. */
int reaches(const Program *, Value value, const Reach **out);
void reaches_prepare(Program *);                                  /* once all that is kept is known */

/* ---- name.c: what things are called in C ---- */

void name_program(Program *, bool qualify);                        /* fills in names of values, buffers, kernels */

/* ---- formula.c: what is said of values to people ---- */

const char *formula(const Program *, const char *const *names, int kernel, Value);  /* how a kept value is computed */
bool formula_is_whole(const char *);                               /* nothing is left out of it */
/* What kept values are together: forward of stem.conv, stem.bn: sums over the batch.  role: to a function that many
 * layers share. */
const char *description(const Program *, int n, const Value *values, bool role);

/* ---- compile.c ---- */

typedef struct Draft Draft;

/* A row of the table through which compiling, --dump, --without, --validate and the tests of passes go, in this
 * order. */
typedef struct Pass {
    const char *name;
    void (*run)(Draft *, bool enabled);           /* NULL: whoever asks for the compilation has done it */
    void (*dump)(const Draft *, Text *);
    bool optional;                                /* --without leaves it out: it runs with enabled = false */
    bool same_bits;                               /* results without it have the bits that they have with it */
} Pass;

int pass_count(void);
const Pass *pass_at(int);
int pass_number(const char *name);                /* -1: there is none of that name */

/* What is asked of the passes over a goal. */
typedef struct Passes {
    const char *dump;              /* the pass whose result is printed, or NULL */
    uint32_t without;              /* 1 << number of each optional pass that is left out */
    bool qualify;                  /* file-scope names begin with the model's: several models in one C file */
    bool profile;                  /* the training step times its kernels */
    int64_t memory_budget;         /* bytes of workspace that an entry may take; 0: as many as it likes */
} Passes;

/* What goals are to be made of. */
const Experiment *compile_experiment(const Experiment *, int64_t batch, const Passes *);
Plan *compile(const Experiment *, const Goal *, Slicing, const Passes *);

#endif
