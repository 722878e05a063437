/* graph.h - a computation as an append-only array of nodes, and all that is done with it before C is thought of.
 *
 *   graph.c       nodes, types, axes
 *   build.c       a function for each primitive
 *   autodiff.c    gradients as ordinary nodes
 *   algorithms.c  the ways to carry out a convolution: choice.h
 *   line.c        lines of graph files, in messages
 *   copy.c        copies of an experiment's files: experiment.h
 *   experiment.c  which parameter, state or input a leaf is: experiment.h
 *   optimizer.c   optimizers, a block each: optimizer.h
 *   goal.c        the results that an entry wants: roots of a graph
 *   fold.c        folds numbers of channels into the weights beside them
 *   rebuild.c     makes a graph anew, and keeps the notes about its values
 *   simplify.c    a smaller graph with the same values
 *   interpret.c   every value in double
 *   feed.c        parameters and inputs from a file: experiment.h */
#ifndef GRAPH_H
#define GRAPH_H

#include "base/base.h"

/* ---- line.c: lines of graph files ---- */

typedef struct Source Source;

/* A line of a graph file, or of one that it uses.  number 0: not known. */
typedef struct Line { const Source *source; int number; } Line;

/* A graph file, or one that it uses. */
struct Source {
    const char *path;              /* for messages: from the working folder, or as it was given */
    const char *base;              /* for emitted text and records: `place`, with nothing that has a meaning there */
    const char *place;             /* below the deepest folder that holds all files of the experiment; NULL: there is
                                    * one file, and base is its name without its folder */
    const char *name;              /* of a graph file: without folder and .lua, as emitted files have it */
    const char *text;
    size_t size;
    Line used;                     /* the first use of it; source NULL: it is the graph file itself */
};

const char *line_text(Arena *, Line);          /* PATH:NUMBER */
const char *line_short(Arena *, Line);         /* line NUMBER; of a file that is used PATH:NUMBER */
bool line_equal(Line, Line);
/* Lines by file: "cnn.lua:24, 26, networks/cnn.lua:3", or "". */
const char *lines_text(Arena *, int n, const Line *);
void line_uses(Text *, Line);                  /* adds "used from PATH:NUMBER" for each use that led to the file */
/* The user's error at a line: exit 1. */
_Noreturn void fail_at(Line, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- graph.c: values ---- */

enum { MAX_RANK = RT_MAX_RANK };

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

/* Attributes distinguish two nodes of one op that have the same inputs.  The op's block says what its numbers mean. */
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

/* Nodes that were made together share a label, from which they get names: those of one call of a constructor, of one
 * operator, or of the differentiation of either. */
typedef struct Label {
    const char *constructor;       /* conv2d */
    /* The layer, stages.1.1.conv1, or the place of the call, stages.1.1.add.  NULL: not known. */
    const char *path;
    bool whole;                    /* a node gets that name itself, whatever its op */
    const struct Label *of;        /* of gradients: the label of the nodes that were differentiated */
    struct Label *gradient;        /* the label of its gradients, once there are any */
} Label;

/* Facts about a node that are no part of its identity. */
typedef struct Note {
    Line line;
    const char *name;              /* the global that names it, or NULL */
    Label *label;                  /* names it where `name` is NULL; NULL: its op does */
    Value gradient_of;             /* the value whose gradient this is, or 0 */
    Value again_of;                /* the value that it computes once more (recompute.c), or 0; such a node is unique */
} Note;

typedef struct Graph {
    Arena *arena;
    int n, capacity;
    Node *nodes;                   /* nodes[0] is unused */
    Note *notes;
    int n_buckets;
    Value *buckets;                /* hash-consing; chained through next */
    Value *next;
    Line line;                     /* given to new nodes */
    Label *label;                  /* given to new nodes */
    int64_t node_limit;            /* 0: none */
    int largest_tile;              /* the largest of minimal filtering (rt_winograd.h) allowed: 0, 2, 4 */
    const struct Tuning *tuning;   /* chooses algorithms; NULL: the cost model does */
    void (*on_error)(void *context, const char *text);  /* a shape rule failed; does not return.  NULL: bug() */
    void *error_context;
} Graph;

Graph *graph_new(Arena *);
/* An empty graph with room for so many nodes at first.  It has the other's limits and choices for convolutions. */
Graph *graph_like(const Graph *, int nodes);
Graph *graph_copy(const Graph *);               /* nodes added to the copy do not show in the original */
const Node *graph_at(const Graph *, Value);
Value graph_add(Graph *, const Op *, int n_in, const Value *in, Attr);  /* infers the type; equal nodes are one node */
/* The op of node `of` on inputs of the same types.  The new node is never merged with an equal one. */
Value graph_add_again(Graph *, Value of, int n_in, const Value *in);
_Noreturn void graph_error(Graph *, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *label_text(const Graph *, Value);                           /* the constructor, else the op */
const char *label_constructor(const Label *);                           /* the constructor, without a layer's name */
Label *label_gradient(Graph *, Label *);                                /* the label of gradients; NULL for NULL */
bool graph_reaches(const Graph *, Value from, Value to);                /* is `to` computed from `from`? */
void graph_dump(const Graph *, Text *, int n_roots, const Value *roots);

bool type_equal(Type, Type);
bool same_dims(Type, Type);
Type loops_of(const Graph *, Value);            /* the axes that its kernel loops over; a reduction's: of its input */
int64_t type_count(Type, int64_t batch);        /* elements; -1 when they are more than 2^40 */
bool type_has_batch(Type);
bool is_single(Type);                           /* one element, whatever the batch */
bool is_dense(Type);                            /* only the first axis has the batch, so valid samples lie together */
Dim dim_product(int n, const Dim *);            /* 0 when it can not be written as a Dim */
int64_t dim_size(Dim, int64_t batch);
const char *type_text(Arena *, Type);           /* [b, 28, 28, 1] */
Attr attr_ints(Arena *, int n, const int64_t *);

/* The attributes of a leaf: its type, n_more numbers of its own, the name that is part of its identity. */
Attr attr_leaf(Arena *, Type, const char *name, int n_more, const int64_t *more);
Type attr_type(const Attr *);

/* [n]: the roots, but for 0, and all values that they are computed from.  A value with a row in `known` needs no
 * others. */
bool *graph_needed(Arena *, const Graph *, int n_roots, const Value *roots, double *const *known);

Value base_of(const Graph *, Value);                         /* the value whose elements it reshapes, however often */
bool is_stored_leaf(const Graph *, Value);                   /* has memory of its own: parameter, state, input, table */

/* ---- build.c: a function for each primitive ---- */

Value make_constant(Graph *, double);                                   /* rank 0 */
Value make_filled(Graph *, Type, double);
Value make_table(Graph *, Type, const double *);                        /* one number an element */
Value make_nothing(Graph *, Type);       /* zeros that stand for no value: a product with them is nothing, too */
bool is_nothing(const Graph *, Value);
Value make_index(Graph *, Type);                                        /* INT: row-major number of each element */
Value make_unary(Graph *, const Op *, Value);
/* Ranks are broadcast as in NumPy.  The power of 0.5 becomes the square root. */
Value make_binary(Graph *, const Op *, Value, Value);
Value make_where(Graph *, Value condition, Value, Value);
Value make_add(Graph *, Value, Value);
Value make_sub(Graph *, Value, Value);
Value make_mul(Graph *, Value, Value);
Value make_div(Graph *, Value, Value);
Value make_neg(Graph *, Value);
Value make_sum(Graph *, Value, uint32_t axes);                       /* bit i: axis i; reduced axes stay, with size 1 */
Value make_max(Graph *, Value, uint32_t axes);
Value make_argmax(Graph *, Value, uint32_t axes);                       /* INT: row-major number within the axes */
Value make_mean(Graph *, Value, uint32_t axes);
Value make_count(Graph *, Type, uint32_t axes);                       /* elements along the axes, as a REAL of rank 0 */
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

/* ---- autodiff.c ---- */

/* dx[i] = gradient of sum(y) with respect to x[i]; zeros where y does not depend on it.  When required, it is an error
 * if y does not depend on x[i], or depends on it only through ops without a gradient. */
void differentiate(Graph *, Value y, int n, const Value *x, Value *dx, bool required);

/* ---- goal.c, simplify.c ---- */

/* A root is a result that an emitted entry returns, or an update that it makes. */
typedef enum RootKind {
    ROOT_LOSS,
    ROOT_METRIC,
    ROOT_VALUE,
    ROOT_OUTPUT,
    ROOT_GRADIENT,
    ROOT_UPDATE,
    ROOT_STATE
} RootKind;

typedef struct Root {
    RootKind kind;
    const char *name;              /* name of the metric, value or output; d_NAME for a gradient */
    Value value;
    Type type;                     /* the caller's view: the value itself may lie in memory under another shape */
    int index;                     /* ROOT_UPDATE: the parameter's number; ROOT_STATE: the state's */
} Root;

/* A graph with its roots: the results that an entry wants. */
typedef struct Goal {
    const char *name;              /* train, evaluate, predict, grad, watch */
    Graph *graph;
    int n_roots;
    Root *roots;
    bool training, statistics;     /* the values of the leaves training and batch_statistics */
} Goal;

/* The goal for its mode, with only the values that the roots need.  Without `enabled`, no other rule is applied. */
Goal *simplify(const Goal *, bool enabled);

/* [graph->n]: the values that the roots need.  forward: roots that are gradients or updates do not count. */
bool *goal_needed(const Goal *, bool forward);

/* ---- rebuild.c ---- */

/* From one graph to another, or within one (g is old), where something else stands for a value and for all that is
 * computed from it. */
typedef struct Rebuild {
    const Graph *old;
    Graph *g;
    Value *now;                    /* [old->n]: the new value that stands for an old one; 0: none yet */
} Rebuild;

Rebuild rebuild_new(const Graph *old, int nodes);                /* with room for so many nodes at first */
void rebuild_at(const Rebuild *, Value);                         /* nodes made from now on have its line and label */
/* Makes the op of an old node on new inputs.  in NULL: on the values that stand for its old inputs; the node itself
 * stays when these are its inputs. */
Value rebuild_node(const Rebuild *, Value, const Value *in);
void rebuild_as(Rebuild *, Value, Value made);                   /* `made` stands for it, and has its name */
Goal *rebuild_goal(const Rebuild *, const Goal *);               /* a value must stand for each of its roots */

/* ---- interpret.c ---- */

/* The values of a graph, in double, computed node by node as the op blocks define them.  The caller sets values[v] of
 * leaves that are fed (inputs, parameters); every other needed node is computed.  Integers are doubles too. */
typedef struct Interpreter {
    const Graph *graph;
    int64_t batch;
    uint64_t seed;
    int64_t step;
    double progress;               /* share of training done */
    const int64_t *sample;         /* numbers of the samples in the data set; NULL: 0, 1, ... */
    bool training, statistics;
    /* Each element of a sum is off by half a float's rounding, each another way: equal terms need not have equal
     * sums. */
    bool uneven_sums;
    bool round_to_float;           /* as emitted code would: a number beyond float's range becomes infinite */
    double **values;               /* [graph->n]; rows of nodes that are not needed stay NULL */
} Interpreter;

Interpreter *interpreter_new(Arena *, const Graph *, int64_t batch);
void interpret(Arena *, Interpreter *, int n_roots, const Value *roots);
/* The size of the largest term that a sum adds: terms may cancel.  0 for a value that is no sum. */
double interpret_largest_term(const Interpreter *, Value);
/* The first of the values it has that is not finite.  0: all are. */
Value interpret_first_not_finite(const Interpreter *, int64_t *element);
/* Computes until a root is not finite.  Returns the first value that is not finite among those that the root comes
 * from.  0: all roots are finite. */
Value interpret_not_finite(Arena *, Interpreter *, int n_roots, const Value *roots, int64_t *element);

#endif
