/* program.h - kernels in sequence and the memory that they work on.
 *
 *   compile.c       every pass once, in order
 *   recompute.c     which values are computed again where they are read
 *   storage.c       which values are kept as bfloat16
 *   fuse.c          which values are computed together: fuser.h, for the four files of fusion
 *   fuse_keep.c     which values are kept
 *   fuse_buffers.c  which values lie in memory, and the kernels that go with them
 *   samples.c       how values depend on samples
 *   reach.c         which values and leaves a value is computed from, and at which places
 *   name.c          names in C
 *   formula.c       comments on values in emitted C
 *   order.c         the sequence of kernels, cut into segments: order.h, for it and the files below
 *   depend.c        which kernel waits for which
 *   reorder.c       another sequence, when its worst moment takes fewer bytes
 *   live.c          who owns each buffer, and from which kernel to which it lives
 *   chunk.c         how many samples go through how many kernels at a time
 *   plan.c          where every buffer lies
 *   program.c       a program as every pass looks at it and adds to it */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "graph/experiment.h"
#include "graph/op.h"
#include "place/planner.h"

/* How the batch is cut.  A slice is the unit of work of threads.  It owns accumulators, so the bits of a step depend on
 * the cut.  A thread works through a slice chunk by chunk (Plan.chunks), and through a chunk part by part, so that the
 * data at hand stays in the cache.  Of tailor's own kernels no bit depends on chunks or parts. */
typedef struct Slicing { int64_t batch, slices, slice; } Slicing;

typedef enum BufferKind { BUFFER_VALUE, BUFFER_GRADIENT, BUFFER_STATE, BUFFER_SCRATCH } BufferKind;

/* Who owns a buffer.  The owner decides the buffer's first axis and its life. */
typedef enum Owner {
    OWNER_THREAD,   /* the samples that a part works on at a time; each thread has its own */
    OWNER_CHUNK,    /* a chunk's samples, handed from part to part; each thread has its own */
    OWNER_SLICE,    /* one for each slice: accumulators */
    OWNER_BATCH,    /* the whole batch, or no samples at all */
    OWNER_RESULT    /* a field of the entry's result; not in the workspace */
} Owner;

typedef struct Buffer {
    const char *name;              /* C identifier, unique in the program */
    const char *comment;           /* the value's name in the graph, where it differs */
    Value value;                   /* 0: the buffer holds packed weights or scratch */
    Type type;                     /* type of the value; without a value: rank 1, floats */
    RtType storage;
    BufferKind kind;
    Owner owner;                   /* the owner in every sequence; Plan.of has the owner in one sequence */
    bool whole;                /* axes of size 1 are written too: a parameter's gradient has the parameter's form */
    bool zeroed;                   /* an accumulator: set to zero where its segment begins */
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
    Value contraction;             /* the value that a kernel of the runtime computes; 0: loops alone */
    int weight;                    /* how large the function is (fuse.c) */
    int64_t stack;                 /* floats of stack that its sums take, at most (fuse.c) */
    int n_kept, kept_capacity;
    Value *kept;                   /* kept values that it computes, in topological order; no plain expressions */
    int outer;                     /* number of leading axes that all its loops share */
    int packed, scratch, sum;      /* buffers, -1 where there is none */
    int parameter;                 /* the parameter of a KERNEL_UPDATE, the state of a KERNEL_COMMIT */
    int n_reads, reads_capacity, n_writes, writes_capacity, n_leaves, leaves_capacity;
    int *reads, *writes;           /* buffers */
    Value *leaves;                 /* parameters and inputs that it reads */
} Kernel;

/* A run of kernels; a sliced one is repeated for every slice, in chunks and parts. */
typedef struct Segment { int first, last; bool sliced; } Segment;

/* A run of kernels of a sliced segment, which works through a chunk so many samples at a time. */
typedef struct Part { int first, last; int64_t samples; } Part;

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
    /* [graph->n]: name of a value in memory inside a function that many layers share: weight, d_conv2d */
    const char **roles;
    const char *qualifier;         /* before names of file scope: "" or mlp_ */
    struct Reads *reads;           /* [graph->n]: answers of reaches(), valid for all sequences of these kernels */
    const char *macro;             /* before names of constants: MLP */
    int loss;                      /* buffer of the loss, -1 */
} Program;

/* Where a buffer lies, and during which kernels. */
typedef struct Placed {
    /* as Buffer.owner, but for a thread's buffer that several parts touch OWNER_CHUNK, or that several segments touch
     * OWNER_BATCH */
    Owner owner;
    int lower, upper;              /* places of kernels, half-open; upper 0: none */
    int in_place_of;               /* -1, or the buffer whose bytes it takes over */
    int64_t samples;               /* number of samples that it has room for */
    int64_t bytes, offset;
} Placed;

typedef struct Plan {
    const Program *program;
    Placed *of;                    /* [buffers] */
    int64_t *chunks;               /* [segments]: samples of a chunk of a sliced segment */
    int n_parts;
    Part *parts;                   /* in sequence: every sliced segment has at least one, which are all of it */
    const Goal *simplified;        /* the goal before recomputation added to it */
    int64_t workspace_bytes, lower_bound;
} Plan;

/* ---- program.c ---- */

Slicing slicing_of(int64_t batch);
int new_kernel(Program *, KernelKind, BatchMode, bool backward);  /* returns the kernel's number */
const Segment *segment_of(const Program *, int kernel);
int count_kernels(const Program *, KernelKind, int backward);     /* backward -1: both */
void program_dump(const Program *, const Plan *, Text *);         /* plan NULL: before there is one */

/* ---- the passes, a file each ---- */

Program *fuse(const Experiment *, const Goal *, Slicing, bool enabled);
Program *order(const Program *, bool enabled);                     /* not enabled: an arbitrary legal sequence */
const Program *reorder(const Program *);                         /* p itself when no other sequence takes less memory */
/* Levels of recomputation.  0: values whose recomputation costs no time; 1: also values that are slow to compute; 2:
 * also all values that are computed element by element; 3 to 7: also 1/2, 3/4, ... of all other values; 8: all. */
enum { RECOMPUTE_LEVELS = 9 };
/* Returns the goal itself when no value is computed again. */
const Goal *recompute(const Goal *, const Program *ordered, int level);
/* Rounds what waits in memory for the backward pass.  Returns the goal itself when nothing does. */
const Goal *store_bf16(const Goal *, const Program *ordered);
/* share false: every buffer has bytes of its own.  most: samples of a chunk, at most.  enough: a plan whose lower bound
 * is above has no places, and that bound as its bytes. */
Plan *plan(const Program *, bool share, int64_t most, int64_t enough);
/* What the validator finds wrong; NULL: nothing.  *n: how many buffers lie in the workspace, at places of their own. */
const char *plan_fault(const Plan *, int *n);
int64_t samples_of(const Plan *, int kernel);                     /* samples in one call of the kernel */
const Part *part_of(const Plan *, int kernel);                    /* the part of a sliced segment's kernel */
int64_t calls_of_kernel(const Plan *, int kernel);                /* in a step */

/* ---- samples.c, reach.c ---- */

enum { MOST_LOCAL = 4096 };       /* elements of a row that a kernel keeps on its stack, at most */

/* The number of maxima that an argmax keeps side by side when its reduced axes are the outer loops. */
int64_t argmax_row(const Program *, Value);

/* A value that is read.  axis[i] is the axis of the reader's loops that the value's axis i comes from, or says that
 * none does. */
typedef struct Reach { Value value; int axis[MAX_RANK]; } Reach;

/* Finds the kept values and leaves from which `value` is computed, and the origin of their axes.  The search ends at
 * kept values, so all kept values must be known.  Returns their number; *out belongs to the program. */
int reaches(const Program *, Value value, const Reach **out);
void reaches_prepare(Program *);                                  /* to be called once all kept values are known */

/* ---- name.c: what things are called in C ---- */

void name_program(Program *, bool qualify);                        /* fills in names of values, buffers, kernels */

/* ---- formula.c: what is said of values to people ---- */

const char *formula(const Program *, const char *const *names, int kernel, Value);  /* how a kept value is computed */
bool formula_is_whole(const char *);                               /* nothing is left out of it */
/* What several kept values are together: "forward of stem.conv, stem.bn: sums over the batch".  role: in the words of a
 * function that many layers share. */
const char *description(const Program *, int n, const Value *values, bool role);

/* ---- compile.c ---- */

typedef struct Draft Draft;

/* A row of the table of passes.  compile(), --dump, --without, --validate and the tests go through this table. */
typedef struct Pass {
    const char *name;
    void (*run)(Draft *, bool enabled);           /* NULL: the caller of compile() has done it already */
    void (*dump)(const Draft *, Text *);
    bool optional;                                /* --without leaves the pass out: it runs with enabled = false */
    bool same_bits;                               /* the pass changes no bit of the results */
} Pass;

int pass_count(void);
const Pass *pass_at(int);
int pass_number(const char *name);                /* -1: no pass has that name */

/* How the passes are to be run. */
typedef struct Passes {
    const char *dump;              /* the pass whose result is printed, or NULL */
    uint32_t without;              /* 1 << number of each optional pass that is left out */
    bool qualify;                  /* file-scope names begin with the model's: several models in one C file */
    bool profile;                  /* the training step times its kernels */
    const char *watch;             /* names, separated by commas, of what a trainer watches; NULL: nothing */
    int64_t memory_budget;         /* bytes of workspace that an entry may take; 0: no limit */
} Passes;

/* The experiment from which goals are to be made: folded, unless --without says otherwise. */
const Experiment *compile_experiment(const Experiment *, int64_t batch, const Passes *);
Plan *compile(const Experiment *, const Goal *, Slicing, const Passes *);

#endif
