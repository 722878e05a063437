/* op.h - what an op block says.  The blocks are the files of ops/:
 *
 *   elementwise.c  each element from the elements at the same place
 *   reduce.c       sums and maxima over axes
 *   shape.c        views
 *   window.c       windows that slide over an image
 *   matmul.c       matrix products
 *   conv2d.c       convolutions and their gradients
 *   leaf.c         values that no kernel computes
 *   custom.c       values whose gradient the graph file says itself
 *   choice.c       no ops: which algorithm a contraction gets (choice.h)
 *
 * The writer functions at the end are all that an op knows of the C that it becomes. */
#ifndef OP_H
#define OP_H

#include "graph/graph.h"

enum { MOST_SAMPLES = 16 };

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
/* a line and an indent */
void kernel_open(KernelWriter *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void kernel_close(KernelWriter *);
bool kernel_computes(const KernelWriter *, Value);                       /* the value is stored by this kernel */
const char *kernel_stride(KernelWriter *, Dim);                /* the same for how far rows lie apart: the full batch */
const char *kernel_dim(KernelWriter *, Dim);                         /* C text of an axis: a number, or in terms of n */
/* a kept value op(first, second), 0 */
Value kernel_partner(const KernelWriter *, const Op *, Value first, Value second);
void kernel_remember(KernelWriter *, Value, const Index *, const char *text);
/* written once in a file; returns what it is called there */
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
    uint64_t seed;                 /* for random leaves */
    int64_t step;
    double progress;
    const int64_t *sample;
    bool training, statistics;
} Interpretation;

/* Fills in every element from its index. */
void interpret_each(const Interpretation *, double (*element)(const Interpretation *, const int64_t *index));
/* an element of an input; axes of size 1 are broadcast */
double interpret_at(const Interpretation *, int which, const int64_t *index);

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

/* Arithmetic operations: of the plain algorithm, and those that it carries out when they are fewer (0: they are
 * not). */
typedef struct Cost { double flops, executed; } Cost;

struct Choice;

struct Op {
    const char *name;
    OpKind kind;
    int arity;                                   /* -1: any number */
    const char *doc;                             /* one line: out = ... */
    const char *gradient_doc;                    /* one line of mathematics */
    bool (*shape)(Shape *);                      /* NULL for pointwise: the broadcast of the inputs */
    /* dx[i] = the gradient that reaches input i given dy, the gradient at the node; 0 where there is none.  NULL: no
     * gradient is defined, and asking for one is an error that names the op. */
    void (*gradient)(Graph *, Value node, Value dy, Value *dx);
    Value (*simplify)(Graph *, Value node);      /* a better value for this node, or 0 */
    /* pointwise */
    const char *c;                               /* C text; %0 %1 %2 are the inputs */
    int precedence;                              /* of c: 0 lowest .. 9 a call or a name */
    const char *c_same;                         /* of a comparison: C text where both sides are the same whole number */
    double (*f)(const double *x);
    Elem elem;                                   /* of the result of a pointwise op */
    bool word;                 /* the graph language has a constructor of its name and inputs: one real x, or a and b */
    bool reads_step;                      /* a leaf whose text reads `step`, and `sample` where it has the batch axis */
    bool heavy;                             /* worth keeping rather than computing twice, where it stays in the cache */
    bool slow;                            /* slower than to write an element to memory and to read it (bench/math.sh) */
    bool zero_gradient;                          /* piecewise constant: the gradient is zero, and no error */
    /* view, stencil: which axis of the result (or of the reader's loops, axis[]) each axis of input `which` follows;
     * NO_AXIS where the index is computed.  NULL: the axes of a view follow one by one, those of a stencil are computed
     * but for b and c */
    void (*trace)(const Graph *, Value node, const int *axis, int which, int *in_axis);
    int n_sources;                               /* view: the first n inputs give elements; 0: all */
    /* view: the index of input `which` from the index of the output; returns a C condition under which the element
     * comes from that input, NULL for always */
    const char *(*index)(KernelWriter *, Value node, const Index *out, int which, Index *in);
    /* stencil: writes statements that compute the element at the index and returns its C text */
    const char *(*element)(KernelWriter *, Value node, const Index *out);
    /* contraction */
    BatchMode (*batch)(const Graph *, Value);
    /* linear in its first input, channel by channel, with a weight second: the axis of the weight that the channels
     * (the last axis) of the result or of the first input go along; -1: not in this form */
    int (*weight_axis)(const Graph *, Value, bool result);
    bool (*pads)(const Graph *, Value);          /* does it read zeros around the first input?  NULL: never */
    /* what there is to choose, with or without OpenBLAS, and the cost model's choice; false: nothing.  NULL: never
     * anything */
    bool (*choice)(const Graph *, Value, bool openblas, struct Choice *);
    Contraction (*contraction)(const Graph *, Value, int64_t batch);
    void (*pack)(KernelWriter *, Value, const ContractionCall *);       /* in[packed] -> packed */
    void (*call)(KernelWriter *, Value, const ContractionCall *);
    /* what a function that does nothing but `call` is named, by all sizes and ways that are in it; NULL: call in
     * place */
    const char *(*sized)(KernelWriter *, Value, const ContractionCall *);
    void (*unpack)(KernelWriter *, Value, const char *sum, const char *out);
    void (*interpret)(const Interpretation *);   /* NULL for pointwise */
    Cost (*cost)(const Graph *, Value node, int64_t batch);      /* NULL: one operation an element */
    /* Lua bodies that assign y: each is tested for shape, gradients, C against double */
    const char *samples[MOST_SAMPLES];
};

/* ONE_AXIS: of size 1, its index is always 0.  SAMPLE_AXIS: the index is computed, but stays with the sample of the
 * reader's first axis. */
enum { NO_AXIS = -1, ONE_AXIS = -2, SAMPLE_AXIS = -3 };

#define OP(id) const Op op_##id =

#define OP_ITEM(id) extern const Op op_##id;
#include "op_list.h"
#undef OP_ITEM

int op_count(void);
const Op *op_at(int i);

#endif
