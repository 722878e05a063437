/* tailor.h - the types of the compiler and its table of contents.
 *
 *   graph.lua -> load -> differentiate -> simplify -> fuse -> order -> plan -> emit -> .c .h
 *                \_________ Graph __________/         \_ Program _/    \Plan/
 *
 *   text.c        Arena Text              memory of one compile; text that is being written
 *   graph.c       Graph Value Type        what is computed: an append-only array of nodes
 *   build.c       make_*                  one function a primitive, for gradient rules and rewrites
 *   ops/ *.c      Op                      one block an operation: the only place that knows it
 *   frontend*.c   Experiment              a Lua graph file becomes a Graph and what to do with it
 *   autodiff.c    differentiate           gradients as ordinary nodes
 *   simplify.c    simplify                a smaller graph with the same values
 *   fuse.c        Program                 which values are computed together, in one emitted function
 *   fuse_keep.c                           what is kept, what is an expression
 *   fuse_buffers.c                        what of them lies in memory, and the kernels that sum up, lay out and update
 *   order.c       order                   the sequence of kernels, in segments over slices of the batch
 *   plan.c        Plan                    where every buffer lies
 *   place*.c      place                   offsets for any buffers with known lives (place.h)
 *   kernel*.c     kernel_text             one kernel as C
 *   cost.c        kernel_costs            operations and bytes of each kernel, from the model alone
 *   tune*.c       Tuning (tune.h)         algorithms of convolutions as measured, and the file that records them
 *   emit*.c       emit                    the files
 *   interpret.c   interpret               every value in double, slowly and plainly
 */
#ifndef TAILOR_H
#define TAILOR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "rt.h"

#define TAILOR_VERSION "0.2.0"

/* ---- text.c: memory and text ---------------------------------------------------------------------------------- */

/* Memory that lives as long as one compile; nothing is freed piece by piece. */
typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *);
size_t arena_bytes(const Arena *);                               /* taken from the system */
void *arena_alloc(Arena *, size_t bytes);                        /* zeroed */
void *arena_array(Arena *, int64_t n, size_t size);              /* zeroed; bug() on overflow */
void *arena_grow(Arena *, void *array, int n, int *capacity, size_t size); /* room for one more element after n */
char *arena_copy(Arena *, const char *text);
char *arena_format(Arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_format_v(Arena *, const char *format, va_list);

/* Text that grows at its end. */
typedef struct Text {
    Arena *arena;
    char *chars;
    size_t length, capacity;
} Text;

Text text_new(Arena *);
void text_add(Text *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_add_v(Text *, const char *format, va_list);
void text_pad(Text *, size_t column);                            /* spaces up to the column of the last line */

/* A number for each name that was asked for, 0 at first. */
typedef struct NameTable { Arena *arena; int n, n_slots; struct NameSlot *slots; } NameTable;

NameTable name_table_new(Arena *);
int *name_number(NameTable *, const char *name);                 /* good until the next call */
int name_known(const NameTable *, const char *name);             /* the same of a table that is complete: 0 for what is not in it */

/* Why a name was not found: the nearest of n candidates, or NULL when none is near. */
const char *nearest_name(const char *name, int n, const char *const *candidates);

_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2))); /* the user's error: exit 1 */
_Noreturn void bug(const char *format, ...) __attribute__((format(printf, 1, 2)));  /* ours: exit 3 */

/* ---- graph.c: values ------------------------------------------------------------------------------------------ */

enum { MAX_RANK = RT_MAX_RANK, MOST_SAMPLES = 16 };

/* An axis is a number of elements, or a multiple of the batch, which is written as a negative number: -1 is the batch
 * itself, -49 is batch x 49.  The batch is known only when a Program is made, so that one Graph serves any batch. */
typedef int64_t Dim;

enum { BATCH_DIM = -1 };

typedef enum Elem { REAL, INT } Elem;

typedef struct Type {
    Elem elem;
    int rank;
    Dim dims[MAX_RANK];
} Type;

typedef int Value;                 /* the number of a node; 0 is no value */

typedef struct Op Op;

/* What distinguishes two nodes of one op beside their inputs; every op's block says what its numbers mean. */
typedef struct Attr {
    int n_ints, n_reals;
    const int64_t *ints;
    const double *reals;
    const char *text;              /* a name that is part of the node's identity, or NULL */
} Attr;

typedef struct Node {
    const Op *op;
    int n_in;
    const Value *in;
    Attr attr;
    Type type;
} Node;

/* What is told about a node but is no part of its identity. */
typedef struct Note {
    int line;                      /* of the graph file; 0 when not known */
    const char *name;              /* global that names it, or NULL */
    const char *label;             /* what to call it where it has no name: the constructor */
    Value gradient_of;             /* 0, or the value that this is the gradient of */
    Value again_of;                /* 0, or the value that this one computes once more (recompute.c); no other node is equal to it */
} Note;

typedef struct Graph {
    Arena *arena;
    int n, capacity;
    Node *nodes;                   /* nodes[0] is unused */
    Note *notes;
    int n_buckets;
    Value *buckets;                /* hash-consing; chained through next */
    Value *next;
    int line;                      /* given to new nodes */
    const char *label;             /* given to new nodes */
    int64_t node_limit;            /* 0: none */
    int largest_tile;              /* of minimal filtering that a convolution may use (rt_winograd.h): 0, 2, 4 */
    const struct Tuning *tuning;   /* which it does use; NULL: what the cost model says */
    void (*on_error)(void *context, const char *text);  /* a shape rule failed; does not return.  NULL: bug() */
    void *error_context;
} Graph;

Graph *graph_new(Arena *);
Graph *graph_like(const Graph *, int nodes);    /* empty, with room for so many at first, and with what the other says of convolutions */
Graph *graph_copy(const Graph *);               /* nodes added to the copy do not show in the original */
const Node *graph_at(const Graph *, Value);
Value graph_add(Graph *, const Op *, int n_in, const Value *in, Attr);  /* infers the type; equal nodes are one node */
Value graph_add_again(Graph *, Value of, int n_in, const Value *in);    /* the op of a node on inputs of the same types: a node of its own */
_Noreturn void graph_error(Graph *, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool graph_reaches(const Graph *, Value from, Value to);                /* to is computed from `from` */
void graph_dump(const Graph *, Text *, int n_roots, const Value *roots);

bool type_equal(Type, Type);
bool same_dims(Type, Type);
Type loops_of(const Graph *, Value);            /* what its kernel loops over: of a reduction, its input */
int64_t type_count(Type, int64_t batch);        /* elements; -1 when it overflows 2^40 */
bool type_has_batch(Type);
bool is_single(Type);                           /* one element, whatever the batch */
bool is_dense(Type);                            /* no axis but the first is as long as the batch, whose valid part may be shorter */
Dim dim_product(int n, const Dim *);            /* 0 when it can not be written as a Dim */
int64_t dim_size(Dim, int64_t batch);
const char *type_text(Arena *, Type);           /* [b, 28, 28, 1] */
Attr attr_ints(Arena *, int n, const int64_t *);

/* ---- ops ------------------------------------------------------------------------------------------------------ */

typedef enum OpKind {
    LEAF,        /* computed by nobody: a parameter, an input, a constant, a run-time scalar */
    POINTWISE,   /* out[i] = f(in[i], ...), axes of size 1 are broadcast */
    VIEW,        /* out[i] = in[index(i)], no arithmetic */
    STENCIL,     /* out[i] is computed by a few statements from a neighbourhood of its inputs */
    REDUCE,      /* axes are folded by sum or maximum */
    CONTRACTION  /* a kernel of the runtime: matmul, conv2d and their adjoints */
} OpKind;

/* What a shape rule is given and what it fills in. */
typedef struct Shape {
    const Graph *graph;
    int n_in;
    const Type *in;
    const Attr *attr;
    Type out;
    char error[256];
} Shape;

/* An index expression for each axis, as C text, while a kernel is written. */
typedef struct Index {
    const char *at[MAX_RANK];
} Index;

/* What ops use to write themselves into a kernel (kernel.c). */
typedef struct KernelWriter KernelWriter;

const Graph *kernel_graph(const KernelWriter *);
const char *kernel_format(KernelWriter *, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *kernel_element(KernelWriter *, Value, const Index *);        /* C text of one element */
const char *kernel_local(KernelWriter *, const char *hint);              /* a new name */
void kernel_line(KernelWriter *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void kernel_open(KernelWriter *, const char *format, ...) __attribute__((format(printf, 2, 3)));   /* a line and an indent */
void kernel_close(KernelWriter *);
bool kernel_computes(const KernelWriter *, Value);                       /* the value is stored by this kernel */
const char *kernel_stride(KernelWriter *, Dim);                           /* the same for how far rows lie apart: the full batch */
const char *kernel_dim(KernelWriter *, Dim);                              /* C text of an axis: a number, or in terms of n */
Value kernel_partner(const KernelWriter *, const Op *, Value first, Value second);   /* a kept value op(first, second), 0 */
void kernel_remember(KernelWriter *, Value, const Index *, const char *text);

/* One node to be computed in double.  Integers are doubles too. */
typedef struct Interpretation {
    const Node *node;
    int64_t batch;                 /* samples */
    const double *const *in;
    const Type *in_type;           /* with the batch filled in: every dim > 0 */
    Type type;
    double *out;
    uint64_t seed;                 /* for random leaves */
    int64_t step;
    double progress;
    const int64_t *sample;
    bool training, statistics;
} Interpretation;

/* Fills in every element from its index. */
void interpret_each(const Interpretation *, double (*element)(const Interpretation *, const int64_t *index));
double interpret_at(const Interpretation *, int which, const int64_t *index);   /* an element of an input; axes of size 1 are broadcast */

/* How a value depends on the samples of the batch. */
typedef enum BatchMode {
    BATCH_NONE,     /* on parameters and run-time scalars alone: computed once a step */
    BATCH_SAMPLE,   /* each sample by itself */
    BATCH_REDUCE,   /* each sample by itself, then summed over the samples */
    BATCH_WHOLE     /* samples meet: needs the whole batch at once */
} BatchMode;

/* How a contraction is carried out, and what memory that takes. */
typedef struct Contraction {
    const char *algorithm;
    int packed;                    /* the input that is laid out anew before the call; -1: none */
    int64_t packed_floats, scratch_floats;
    int64_t sum_floats;            /* > 0: the result accumulates in a layout of its own and is unpacked at the end */
    bool accumulates;              /* adds to its output */
} Contraction;

/* C texts of what a contraction works on: pointers to the first sample of the call. */
typedef struct ContractionCall {
    const char *n;                 /* samples, or a number */
    const char *in[2], *packed, *out, *scratch;
} ContractionCall;

/* Arithmetic operations: of the plain algorithm, and those that it carries out when they are fewer (0: they are not). */
typedef struct Cost { double flops, executed; } Cost;

struct Op {
    const char *name;
    OpKind kind;
    int arity;                                   /* -1: any number */
    const char *doc;                             /* one line: out = ... */
    const char *gradient_doc;                    /* one line of mathematics */
    bool (*shape)(Shape *);                      /* NULL for pointwise: the broadcast of the inputs */
    /* dx[i] = the gradient that reaches input i given dy, the gradient at the node; 0 where there is none.  NULL: no gradient
     * is defined, and asking for one is an error that names the op. */
    void (*gradient)(Graph *, Value node, Value dy, Value *dx);
    Value (*simplify)(Graph *, Value node);      /* a better value for this node, or 0 */
    /* pointwise */
    const char *c;                               /* C text; %0 %1 %2 are the inputs */
    int precedence;                              /* of c: 0 lowest .. 9 a call or a name */
    const char *c_same;                          /* of a comparison: C text where both sides are the same whole number */
    double (*f)(const double *x);
    Elem elem;                                   /* of the result of a pointwise op */
    bool reads_step;                             /* a leaf whose text reads `step`, and `sample` where it has the batch axis */
    bool heavy;                                  /* worth keeping rather than computing twice, where it stays in the cache */
    bool slow;                                   /* slower than to write an element to memory and to read it (bench/math.sh) */
    bool zero_gradient;                          /* piecewise constant: the gradient is zero, and no error */
    /* view, stencil: which axis of the result (or of the reader's loops, axis[]) each axis of input `which` follows; NO_AXIS where
     * the index is computed.  NULL: the axes of a view follow one by one, those of a stencil are computed but for b and c */
    void (*trace)(const Graph *, Value node, const int *axis, int which, int *in_axis);
    int n_sources;                               /* view: the first n inputs give elements; 0: all */
    /* view: the index of input `which` from the index of the output; returns a C condition under which the element comes from
     * that input, NULL for always */
    const char *(*index)(KernelWriter *, Value node, const Index *out, int which, Index *in);
    /* stencil: writes statements that compute the element at the index and returns its C text */
    const char *(*element)(KernelWriter *, Value node, const Index *out);
    /* contraction */
    BatchMode (*batch)(const Graph *, Value);
    /* linear in its first input, channel by channel, with a weight second: the axis of the weight that the channels (the last axis) of the result
     * or of the first input go along; -1: not in this form */
    int (*weight_axis)(const Graph *, Value, bool result);
    bool (*pads)(const Graph *, Value);          /* does it read zeros around the first input?  NULL: never */
    Contraction (*contraction)(const Graph *, Value, int64_t batch);
    void (*pack)(KernelWriter *, Value, const ContractionCall *);       /* in[packed] -> packed */
    void (*call)(KernelWriter *, Value, const ContractionCall *);
    const char *(*sized)(KernelWriter *, Value, const ContractionCall *);     /* what a function that does nothing but `call` is named, by all sizes and ways that are in it; NULL: call in place */
    void (*unpack)(KernelWriter *, Value, const char *sum, const char *out);
    void (*interpret)(const Interpretation *);   /* NULL for pointwise */
    Cost (*cost)(const Graph *, Value node, int64_t batch);      /* NULL: one operation an element */
    const char *samples[MOST_SAMPLES];           /* Lua bodies that assign y: each is tested for shape, gradients, C against double */
};

/* ONE_AXIS: of size 1, its index is always 0.  SAMPLE_AXIS: the index is computed, but stays with the sample of the reader's first axis. */
enum { NO_AXIS = -1, ONE_AXIS = -2, SAMPLE_AXIS = -3 };

#define OP(id) const Op op_##id =

#define OP_ITEM(id) extern const Op op_##id;
#include "op_list.h"
#undef OP_ITEM

int op_count(void);
const Op *op_at(int i);

/* ---- build.c: one function a primitive ------------------------------------------------------------------------ */

Value make_constant(Graph *, double);                                   /* rank 0 */
Value make_filled(Graph *, Type, double);
Value make_table(Graph *, Type, const double *);                        /* one number an element */
Value make_nothing(Graph *, Type);                                      /* zeros that stand for no value: what is multiplied by them is not computed */
bool is_nothing(const Graph *, Value);
Value make_index(Graph *, Type);                                        /* INT: row-major number of each element */
Value make_unary(Graph *, const Op *, Value);
Value make_binary(Graph *, const Op *, Value, Value);                   /* NumPy broadcasting of ranks; to the power of 0.5 is the square root */
Value make_where(Graph *, Value condition, Value, Value);
Value make_add(Graph *, Value, Value);
Value make_sub(Graph *, Value, Value);
Value make_mul(Graph *, Value, Value);
Value make_div(Graph *, Value, Value);
Value make_neg(Graph *, Value);
Value make_sum(Graph *, Value, uint32_t axes);                          /* bit i: axis i; reduced axes stay, with size 1 */
Value make_max(Graph *, Value, uint32_t axes);
Value make_argmax(Graph *, Value, uint32_t axes);                       /* INT: row-major number within the axes */
Value make_mean(Graph *, Value, uint32_t axes);
Value make_count(Graph *, Type, uint32_t axes);                         /* elements along the axes, as a REAL of rank 0 */
Value make_reshape(Graph *, Value, int rank, const Dim *);
Value make_reshape_like(Graph *, Value, Type);
Value make_permute(Graph *, Value, const int *positions);               /* from 0 */
Value make_broadcast(Graph *, Value, Type);
Value make_sum_to(Graph *, Value, Type);                                /* adjoint of broadcasting */
Value make_slice(Graph *, Value, int axis, int64_t first, int64_t length);
Value make_pad(Graph *, Value, int axis, int64_t before, int64_t after, double fill);
Value make_concat(Graph *, int n, const Value *, int axis);
Value make_matmul(Graph *, Value a, Value b, bool transpose_a, bool transpose_b);
Value make_pick(Graph *, Value x, Value index);                         /* along the last axis */
Value make_one_hot(Graph *, Value index, int64_t classes);

/* ---- frontend.c: the graph file ------------------------------------------------------------------------------- */

typedef struct Source {
    const char *path, *base, *name;   /* as given; without folder; without .lua */
    const char *text;
    size_t size;
} Source;

typedef struct Parameter {
    const char *name;
    Value value;
    RtInitKind init;
    double init_value;
    bool decay;
    int line;
    Value next;                       /* of a state: what a step leaves in it; 0: nothing */
    const char *identifier;           /* in C, unlike that of any other parameter, state or input */
} Parameter;

typedef struct Field {
    const char *name;
    RtFieldKind kind;
    Value value;
    int64_t classes;
    int line;
    const char *identifier;
} Field;

typedef struct Named { const char *name; Value value; int line; } Named;

typedef struct Option { const char *name; const char *json; } Option;

typedef struct Experiment {
    Source source;
    Graph *graph;
    int n_options, n_parameters, n_states, n_fields, n_values, n_metrics, n_outputs;
    Option *options;
    Parameter *parameters, *states;   /* in order of creation */
    Field *fields;
    struct LeafNumbers *numbers;      /* of parameters, states and fields, once they are identified */
    Named *values, *metrics, *outputs;
    Value loss;                       /* rank 0; 0 when the file minimizes nothing */
    int loss_line;
    bool has_train;
    int train_line;
    int64_t batch;
    RtTrain train;
    int views;                        /* of an image that train{} makes: 1, 2 */
    const char *accuracy;             /* which algorithms a convolution may use: exact, f2, f4 */
    char graph_hash[65];
} Experiment;

typedef struct Setting { const char *name, *value; } Setting;   /* --set name=value */

Experiment *load(Arena *, const char *path, int n_settings, const Setting *);
Experiment *load_text(Arena *, const char *path, const char *text, size_t size, int n_settings, const Setting *);

/* A map of the class that a further input says, for every model whose scores depend on a feature map; one for each layer. */
typedef struct MapRequest {
    const char *kind;                 /* a constructor of the CAM family */
    int n_layers;                     /* 0: features, or what comes nearest */
    const char *const *layers, *logits;            /* names of values; logits NULL: logits, or what comes nearest */
    bool from_features;               /* no map: the layer's values, of which the caller makes one */
} MapRequest;

typedef struct MapLayer {
    const char *name, *output;        /* of the value, of what the experiment gives of it */
    int64_t height, width, channels;
} MapLayer;

typedef struct MapPlace {
    int n_layers;
    MapLayer *layers;
    int64_t classes;                               /* of the scores */
    int image_field, label_field, class_field;     /* numbers of inputs; label -1: there is none */
    const bool *used;                              /* [n_parameters]: whether the scores depend on it */
} MapPlace;

/* The experiment of a graph file with the outputs scores and probabilities [batch, classes], and for each layer map [batch, H, W, 1], after
 * ReLU and at the image's size, or features [batch, h, w, c]; its objective, metrics and other outputs are gone.  After load of the same
 * file, whose warnings it does not repeat. */
Experiment *load_map(Arena *, const char *path, int n_settings, const Setting *, const MapRequest *, MapPlace *);

/* ---- autodiff.c ----------------------------------------------------------------------------------------------- */

/* dx[i] = gradient of sum(y) with respect to x[i]; zeros where y does not depend on it.  When required[i], a value that y does
 * not depend on, or only through ops that have no gradient, is an error. */
void differentiate(Graph *, Value y, int n, const Value *x, Value *dx, bool required);

/* ---- fold.c, goal.c, simplify.c --------------------------------------------------------------------------------------- */

const Experiment *fold_channels(const Experiment *, int64_t batch);   /* itself where nothing is folded; batch: of a file without train{} */

/* What an emitted entry returns, updates, or needs. */
typedef enum RootKind { ROOT_LOSS, ROOT_METRIC, ROOT_VALUE, ROOT_OUTPUT, ROOT_GRADIENT, ROOT_UPDATE, ROOT_STATE } RootKind;

typedef struct Root {
    RootKind kind;
    const char *name;              /* of the metric, value, output; d_NAME for a gradient */
    Value value;
    Type type;                     /* as the caller sees it: the value itself may lie in memory under another shape */
    int index;                     /* ROOT_UPDATE: of the parameter; ROOT_STATE: of the state */
} Root;

/* A graph with what is wanted of it. */
typedef struct Goal {
    const char *name;              /* train, evaluate, predict, grad */
    Graph *graph;
    int n_roots;
    Root *roots;
    bool training, statistics;     /* the values of the leaves training and batch_statistics */
} Goal;

Goal *goal_train(const Experiment *);
Goal *goal_evaluate(const Experiment *);
Goal *goal_predict(const Experiment *);
Goal *goal_outputs(const Experiment *, const char *name, int first, int n);      /* some of the outputs */
Goal *goal_grad(const Experiment *, bool training);     /* every value, output, loss and gradient */
Goal *simplify(const Goal *, bool enabled);             /* specialised and with only what the roots need */

/* ---- fuse.c, order.c, reorder.c, plan.c: the Program ---------------------------------------------------------------------- */

/* How the batch is cut.  A slice is the unit of threads and owns accumulators, so the bits of a step depend on it; it is worked through
 * chunk by chunk (Segment.chunk), so that what a chunk needs stays in the cache. */
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
    Owner owner;
    int in_place_of;               /* -1, or the buffer whose bytes it takes over */
    int lower, upper;              /* kernels, half-open; plan() fills in from here on */
    int64_t samples;               /* it has room for */
    int64_t bytes, offset;
    bool zeroed;                   /* accumulates: set to zero where its segment begins */
} Buffer;

typedef enum KernelKind { KERNEL_COMPUTE, KERNEL_PACK, KERNEL_COMBINE, KERNEL_UNPACK, KERNEL_CHECK, KERNEL_NORM, KERNEL_FINITE, KERNEL_UPDATE, KERNEL_COMMIT } KernelKind;

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

/* A run of kernels; a sliced one is repeated for every chunk of every slice, of so many samples as plan() finds. */
typedef struct Segment { int first, last; bool sliced; int64_t chunk; } Segment;

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
    const char *qualifier;         /* before names of file scope: "" or mlp_ */
    struct Reads *reads;           /* [graph->n]: what reaches() has said, for all sequences of these kernels */
    struct KernelForm *forms;      /* [n_kernels]: written so far */
    struct WriterNote *marks;      /* [graph->n]: of the kernel writer that is at work; [0] counts writers */
    const char *macro;             /* before names of constants: MLP */
    int loss;                      /* buffer of the loss, -1 */
} Program;

typedef struct Plan {
    const Program *program;
    const Goal *simplified;        /* what is computed, before any of it is computed again */
    int64_t workspace_bytes, lower_bound;
} Plan;

Slicing slicing_of(int64_t batch);
Program *fuse(const Experiment *, const Goal *, Slicing, bool enabled);
Program *order(const Program *, bool enabled);                     /* not enabled: an arbitrary legal sequence */
Program *reorder(Program *);                                       /* the program itself where no other sequence takes less memory */
enum { RECOMPUTE_LEVELS = 9 };    /* 0: what costs no time; 1: also what is slow; 2: what is computed element by element; then 1/2, 3/4, .. of all else; 8: all */
const Goal *recompute(const Goal *, const Program *ordered, int level);     /* the goal itself where nothing is computed again */
Plan *plan(Program *, bool share);                                /* share false: every buffer has bytes of its own */
void program_dump(const Program *, Text *);
int count_kernels(const Program *, KernelKind, int backward);     /* backward -1: both */
const Segment *segment_of(const Program *, int kernel);

enum { MOST_LOCAL = 4096 };       /* elements of a row that a kernel keeps on its stack */

int64_t argmax_row(const Program *, Value);                       /* maxima that are kept side by side when the reduced axes are the outer loops */
Value base_of(const Graph *, Value);                              /* through reshapes: where the elements lie */
bool is_stored_leaf(const Graph *, Value);                        /* has memory of its own: parameter, state, input, table */

/* Where an axis of a value that is read comes from: an axis of the reader's loops, or none of them. */
typedef struct Reach { Value value; int axis[MAX_RANK]; } Reach;

/* The kept values and leaves that computing `value` reads, with where their axes come from; kept values end the search, so it is asked
 * when all that is kept is known.  Returns how many; *out is the program's. */
int reaches(const Program *, Value value, const Reach **out);
void reaches_prepare(Program *);                                  /* once all that is kept is known */

/* ---- kernel.c ------------------------------------------------------------------------------------------------- */

/* What a kernel's call passes, in the order of its parameters. */
typedef enum ArgumentKind { ARGUMENT_SAMPLES, ARGUMENT_BUFFER, ARGUMENT_LEAF, ARGUMENT_BATCH_SIZE, ARGUMENT_STEP, ARGUMENT_SAMPLE } ArgumentKind;

typedef struct Argument {
    ArgumentKind kind;
    int buffer;                    /* ARGUMENT_BUFFER */
    Value leaf;                    /* ARGUMENT_LEAF */
    const char *name, *type, *dims;
    bool written;
} Argument;

/* What stands once in the file, before the kernels that use it: a constant of more than one number, a call of the runtime with given sizes. */
typedef struct FilePart { Value value; const char *name, *text; } FilePart;

/* One kernel as a C function: kinds COMPUTE, PACK and UNPACK.  Its form is what it is whatever it is called. */
typedef struct KernelForm {
    const char *canonical;         /* the definition with neutral names: equal kernels have equal canonical texts */
    int n_arguments;
    Argument *arguments;
} KernelForm;

typedef struct KernelText {
    const char *text;              /* comment and definition */
    int n_parts;
    FilePart *parts;               /* that it uses */
} KernelText;

void kernel_prepare(Program *);                                   /* once, when the kernels have their numbers */
const KernelForm *kernel_form(const Program *, int kernel);
KernelText kernel_text(const Program *, int kernel);              /* under the name that it has now */
const char *c_dims(const Program *, const Buffer *);               /* [CHUNK][28][28]: axes of size 1 are left out */
const char *c_type(RtType);
const char *c_number(Arena *, double);                             /* a float literal that reads back as the same float */

const char *c_double(Arena *, double);                             /* the same for a double: at most 17 digits */
const char *kernel_lines(const Program *, int kernel);             /* of the graph file, whose values it computes: "24, 26", or "" */

/* ---- cost.c: what kernels cost ---------------------------------------------------------------------------------- */

RtKernelCost *kernel_costs(const Program *);                       /* [n_kernels], of one step */

/* ---- name.c: what things are called in C ----------------------------------------------------------------------- */

void name_program(Program *, bool qualify);                        /* fills in names of values, buffers, kernels */
const char *upper_case(Arena *, const char *);
void identify_leaves(Experiment *);                               /* parameters, states and inputs */
const char *c_identifier(Arena *, const char *name);               /* letters, digits, _; no keyword, nothing of ours */
int parameter_of(const Program *, Value leaf);                     /* numbers in the experiment */
int state_of(const Program *, Value leaf);
int field_of(const Program *, Value leaf);
const char *formula(const Program *, int kernel, Value);           /* how a kept value is computed, for people */

/* ---- emit*.c --------------------------------------------------------------------------------------------------- */

/* All passes over one goal, with what --dump and --without ask for. */
typedef struct Passes {
    const char *dump;
    bool without_fold, without_simplify, without_fuse, without_order, without_reorder, without_plan, without_recompute;
    bool qualify;                  /* file-scope names begin with the model's: several models in one C file */
    bool profile;                  /* the training step times its kernels */
    int64_t memory_budget;         /* bytes of workspace that an entry may take; 0: as many as it likes */
} Passes;

Plan *compile(const Experiment *, const Goal *, Slicing, const Passes *);

/* The entries of an experiment, compiled. */
typedef struct Emission {
    const Experiment *experiment;
    Slicing slicing;
    const char *qualifier;                 /* before names of file scope: "" or mlp_ */
    int n_entries;
    Plan *entries[4];
    int64_t flops_forward, flops_step;     /* per image */
    RtKernelCost *costs;                   /* of the kernels of the first entry, which times them; NULL: it does not */
} Emission;

Emission *emission_new(const Experiment *, int64_t batch, const Passes *);                /* train, evaluate, predict */
Emission *emission_check(const Experiment *, int64_t batch, const Passes *);               /* grad, the batch in one piece */
Emission *emission_grad(const Experiment *, int64_t batch, bool training, const Passes *);/* grad alone */
Emission *emission_map(const Experiment *, int64_t batch, const Passes *);                 /* of load_map: predict (scores, probabilities), map (the rest) */
const char *emit_header(const Emission *);
const char *emit_source(const Emission *);
const char *emit_plan_csv(const Emission *);
const char *emit_json(const Emission *);
#define EMITTED_MAKEFILE "# Builds the trainer of "            /* how it opens */
extern const char emitted_flags[];                               /* its variables: compiler and flags */
extern const char emitted_openblas[];                            /* its variables that find OpenBLAS, where kernels use it */
const char *emit_makefile(const Emission *);
void emit_folder(const Emission *, const char *folder);          /* all of them, and the runtime's sources */

/* A file that is part of the tailor program: the runtime's sources, the prelude. */
typedef struct Embedded { const char *name, *start, *end; } Embedded;
int embedded_count(void);
Embedded embedded_at(int);

/* ---- interpret.c ---------------------------------------------------------------------------------------------- */

/* The values of a graph, in double, computed node by node as the op blocks define them.  given[v] is set for leaves that are
 * fed (inputs, parameters); every other needed node is computed.  Integers are doubles too. */
typedef struct Interpreter {
    const Graph *graph;
    int64_t batch;
    uint64_t seed;
    int64_t step;
    double progress;               /* share of training done */
    const int64_t *sample;         /* numbers of the samples in the data set; NULL: 0, 1, ... */
    bool training, statistics;
    bool uneven_sums;              /* elements of sums are off by half a float's rounding, each another way: equal terms need not have equal sums */
    bool round_to_float;           /* as the emitted code would: what overflows float becomes infinite */
    double **values;               /* [graph->n]; rows of nodes that are not needed stay NULL */
} Interpreter;

Interpreter *interpreter_new(Arena *, const Graph *, int64_t batch);
void interpret(Arena *, Interpreter *, int n_roots, const Value *roots);
double interpret_largest_term(const Interpreter *, Value);   /* the size of what a sum adds, whose terms may cancel; 0 of what is no sum */
Value interpret_first_not_finite(const Interpreter *, int64_t *element);   /* of the values that it has; 0: all finite */
/* Computes until a root is not finite: the first value that is not either, and from which it comes to be so.  0: all roots are finite. */
Value interpret_not_finite(Arena *, Interpreter *, int n_roots, const Value *roots, int64_t *element);

/* ---- place*.c: the memory planner alone ----------------------------------------------------------------------- */

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
