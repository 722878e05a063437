/* op.h - the contents of an op block.  The blocks are the files of ops/:
 *
 *   elementwise.c  each element computed from the elements at the same place
 *   reduce.c       sums and maxima over axes
 *   shape.c        views
 *   window.c       windows that slide over an image
 *   matmul.c       matrix products
 *   conv2d.c       convolutions and their gradients
 *   leaf.c         values that no kernel computes
 *   custom.c       values whose gradient is given by the graph file
 *   choice.c       no ops: which algorithm a contraction gets (choice.h)
 *
 * An op knows nothing of the C that it becomes but the writer functions below. */
#ifndef OP_H
#define OP_H

#include "graph/graph.h"

enum { MOST_SAMPLES = 16 };

typedef enum OpKind {
    LEAF,        /* no kernel computes it: a parameter, an input, a constant, a run-time scalar */
    POINTWISE,   /* out[i] = f(in[i], ...), axes of size 1 are broadcast */
    VIEW,        /* out[i] = in[index(i)], no arithmetic */
    STENCIL,     /* out[i] is computed by a few statements from a neighbourhood of its inputs */
    REDUCE,      /* axes are folded by sum or maximum */
    CONTRACTION  /* a kernel of the runtime: matmul, conv2d and their adjoints */
} OpKind;

/* A shape rule reads the upper part and fills in out or error. */
typedef struct Shape {
    const Graph *graph;
    int n_in;
    const Type *in;
    const Attr *attr;
    Type out;
    char error[256];
} Shape;

/* While a kernel is written: an index expression for each axis, as C text. */
typedef struct Index {
    const char *at[MAX_RANK];
} Index;

/* Ops write themselves into a kernel through this (kernel.c). */
typedef struct KernelWriter KernelWriter;

const Graph *kernel_graph(const KernelWriter *);
const char *kernel_format(KernelWriter *, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *kernel_element(KernelWriter *, Value, const Index *);        /* C text of one element */
const char *kernel_local(KernelWriter *, const char *hint);              /* a new name */
void kernel_line(KernelWriter *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Writes a line, and indents those after it until kernel_close. */
void kernel_open(KernelWriter *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void kernel_close(KernelWriter *);
bool kernel_computes(const KernelWriter *, Value);                       /* the value is stored by this kernel */
const char *kernel_stride(KernelWriter *, Dim);       /* C text of an axis by which rows lie apart: the full batch */
const char *kernel_dim(KernelWriter *, Dim);          /* C text of an axis that is looped over: a number, or with n */
/* A kept value op(first, second); 0: there is none. */
Value kernel_partner(const KernelWriter *, const Op *, Value first, Value second);
void kernel_remember(KernelWriter *, Value, const Index *, const char *text);
/* Writes a constant, once in a file.  Returns its name there. */
const char *kernel_constant(KernelWriter *, Value, const char *type, const char *name, const char *dims,
                            const char *text);

/* One node to be computed in double.  Integers are doubles too. */
typedef struct Interpretation {
    const Node *node;
    int64_t batch;                 /* samples */
    const double *const *in;
    const Type *in_type;           /* with the batch filled in: every dim > 0 */
    Type type;
    double *out;
    uint64_t seed;                 /* random leaves use it */
    int64_t step;
    double progress;
    const int64_t *sample;
    bool training, statistics;
} Interpretation;

/* Fills in every element from its index. */
void interpret_each(const Interpretation *, double (*element)(const Interpretation *, const int64_t *index));
/* An element of an input.  Axes of size 1 are broadcast. */
double interpret_at(const Interpretation *, int which, const int64_t *index);

/* How a value depends on the samples of the batch. */
typedef enum BatchMode {
    BATCH_NONE,     /* not at all: computed once a step, from parameters and run-time scalars */
    BATCH_SAMPLE,   /* each sample is computed by itself */
    BATCH_REDUCE,   /* each sample is computed by itself, then summed over the samples */
    BATCH_WHOLE     /* samples meet: it needs the whole batch at once */
} BatchMode;

/* How a contraction is carried out, and the memory that it takes. */
typedef struct Contraction {
    const char *algorithm;
    int packed;                    /* number of the input that is laid out anew before the call; -1: none */
    int64_t packed_floats, scratch_floats;
    int64_t sum_floats;            /* > 0: the result accumulates in a layout of its own and is unpacked at the end */
    bool accumulates;              /* adds to its output */
} Contraction;

/* The arguments of a contraction's call, as C texts: pointers to the first sample of the call. */
typedef struct ContractionCall {
    const char *n;                 /* samples, or a number */
    const char *in[2], *packed, *out, *scratch;
} ContractionCall;

/* Arithmetic operations.  flops: of the plain algorithm.  executed: of the algorithm in use, when they are fewer, else
 * 0. */
typedef struct Cost { double flops, executed; } Cost;

struct Choice;

struct Op {
    const char *name;
    OpKind kind;
    int arity;                                   /* -1: any number */
    const char *doc;                             /* one line: out = ... */
    const char *gradient_doc;                    /* one line of mathematics */
    bool (*shape)(Shape *);                      /* NULL for pointwise: the broadcast of the inputs */
    /* Sets dx[i] to the gradient that reaches input i, given the gradient dy of the node; 0 where there is none.  NULL:
     * no gradient is defined, and asking for one is an error that names the op. */
    void (*gradient)(Graph *, Value node, Value dy, Value *dx);
    Value (*simplify)(Graph *, Value node);      /* a better value for this node, or 0 */
    /* pointwise */
    const char *c;                               /* C text; %0 %1 %2 are the inputs */
    int precedence;                              /* the precedence of c: 0 lowest .. 9 a call or a name */
    const char *c_same;                          /* a comparison's C text when both sides are one whole number */
    double (*f)(const double *x);
    Elem elem;                                   /* the element type of a pointwise result */
    bool word;                       /* the language has a constructor of its name, with inputs x (real) or a and b */
    bool reads_step;                     /* a leaf whose text reads `step`, and `sample` when it has the batch axis */
    bool heavy;                                  /* kept rather than computed twice, where it stays in the cache */
    bool slow;                  /* slower than writing an element to memory and reading it again (bench/math.sh) */
    bool zero_gradient;                          /* piecewise constant: the gradient is zero, and no error */
    bool late;                                   /* put in once gradients have been taken, by no graph file */
    /* View, stencil.  For each axis of input `which`: the axis of the result, or of the reader's loops, axis[], that it
     * follows; NO_AXIS where the index is computed.  NULL: a view's axes follow one by one; a stencil's indices are
     * computed but for b and c. */
    void (*trace)(const Graph *, Value node, const int *axis, int which, int *in_axis);
    int n_sources;                               /* view: the first n inputs give elements; 0: all */
    /* View: fills in the index of input `which` from the index of the output.  Returns a C condition under which the
     * element comes from that input; NULL: always. */
    const char *(*index)(KernelWriter *, Value node, const Index *out, int which, Index *in);
    /* Stencil: writes statements that compute the element at the index, and returns its C text. */
    const char *(*element)(KernelWriter *, Value node, const Index *out);
    /* Stencil: do these statements find input `which` too, so that nobody has to compute it for them?  NULL: never. */
    bool (*finds)(const Graph *, Value node, int which);
    /* contraction */
    BatchMode (*batch)(const Graph *, Value);
    /* Of a contraction that is linear in its first input, channel by channel, with a weight as its second: the axis of
     * the weight that belongs to the channels (the last axis) of the result, or of the first input.  -1: it has another
     * form. */
    int (*weight_axis)(const Graph *, Value, bool result);
    bool (*pads)(const Graph *, Value);          /* does it read zeros around the first input?  NULL: never */
    /* Fills in the algorithms that may be chosen, with or without OpenBLAS, and the cost model's choice.  false: there
     * is nothing to choose.  NULL: there never is. */
    bool (*choice)(const Graph *, Value, bool openblas, struct Choice *);
    Contraction (*contraction)(const Graph *, Value, int64_t batch);
    void (*pack)(KernelWriter *, Value, const ContractionCall *);       /* in[packed] -> packed */
    void (*call)(KernelWriter *, Value, const ContractionCall *);
    /* Returns a name for a function that does nothing but `call`: it says all sizes and ways of the call.  NULL: the
     * call is written in place. */
    const char *(*sized)(KernelWriter *, Value, const ContractionCall *);
    void (*unpack)(KernelWriter *, Value, const char *sum, const char *out);
    void (*interpret)(const Interpretation *);   /* NULL for pointwise */
    Cost (*cost)(const Graph *, Value node, int64_t batch);      /* NULL: one operation an element */
    /* Lua bodies that assign y.  Tests compare shapes, gradients, and C with double. */
    const char *samples[MOST_SAMPLES];
};

/* ONE_AXIS: an axis of size 1, whose index is always 0.  SAMPLE_AXIS: the index is computed, but stays within the
 * sample that the reader's first axis is at. */
enum { NO_AXIS = -1, ONE_AXIS = -2, SAMPLE_AXIS = -3 };

#define OP(id) const Op op_##id =

#define OP_ITEM(id) extern const Op op_##id;
#include "op_list.h"
#undef OP_ITEM

int op_count(void);
const Op *op_at(int i);

#endif
