/* export.h - a finished run as an ONNX model: the files that write.
 *
 *   wire_write.c       protobuf's wire format: wire_write.h
 *   onnx_write.c       the messages of a model: onnx_write.h
 *   export.c           from a run to the model: what is computed, inputs, outputs, facts
 *   export_weights.c   the weights of a run, checked
 *   export_goal.c      the graph that is written, with the map of the predicted class
 *   export_name.c      nodes, and names of the tensors that they make
 *   export_tensor.c    values as tensors, in the order of axes that a node wants
 *   export_constant.c  constants, and numbers that follow the batch
 *   export_pattern.c   parts of patterns: export_pattern.h, for the two files below
 *   export_layer.c     layers that are one node of ONNX: convolution, linear, normalisation
 *   export_activation.c  gelu, clip, softmax, means and norms likewise
 *   export_convolution.c  convolution and its gradients
 *   export_window.c    pooling and its gradients
 *   export_op.c        each op by itself
 *
 * Images lie [batch, h, w, c] here and [batch, c, h, w] in ONNX.  Each value is made in the order of axes that its node
 * gives, and is turned where a reader wants another one: nodes that work on any order take the one that is there. */
#ifndef EXPORT_H
#define EXPORT_H

#include "exchange/onnx_write.h"
#include "graph/experiment.h"
#include "graph/op.h"

typedef struct ExportRequest {
    const char *run, *out;
    int opset;
    bool best, maps, nhwc; /* weights of the best epoch; a map as an output; images [batch, h, w, c] */
} ExportRequest;

/* Writes the model of a run.  Anything wrong ends the program with a message, and nothing is written. */
void export_run(Arena *, const ExportRequest *);

/* ---- export_weights.c ---- */

/* [n_parameters + n_states]: numbers by which the run is evaluated, of its parameters and then of its states. */
const float *const *export_weights(Arena *, const Experiment *, const char *run, bool best);

/* ---- export_goal.c ---- */

/* The experiment of a run, with its options. */
Experiment *export_experiment(Arena *, const char *run, const char **graph_file);
/* What `predict` gives.  maps: and grad_cam, [batch, h, w, 1], of the class with the largest score.  The goal's leaves
 * belong to *of, which becomes the experiment with the map. */
Goal *export_goal(Arena *, const char *run, bool maps, const Experiment **of);

/* ---- the work ---- */

/* A value in memory: axis i of the tensor is axis order[i] of the value. */
typedef struct Tensor {
    const char *name;
    int order[MAX_RANK];
} Tensor;

/* The forms of a value: as numbers, and as true or false. */
typedef enum TensorForm { NUMBERS, TRUTH, FORMS } TensorForm;
enum { MOST_ORDERS = 6 };
typedef struct Made {
    int n[FORMS];
    Tensor tensors[FORMS][MOST_ORDERS];
    const char *output;
    bool taken;
} Made;

typedef struct Match Match;
typedef struct Export {
    Arena *arena;
    const Experiment *experiment;
    const Goal *goal;
    const Graph *g;
    const float *const *weights;
    bool nhwc;
    OnnxWriter model;
    NameTable names, constants; /* names in use; constants by their content */
    Made *made; /* [g->n] */
    Match *match; /* [g->n]: how a value is written */
    const char *batch; /* the batch's size, int64 [1]; NULL: nothing has asked yet */
} Export;

/* How a value is written: from which other values, and numbers that were found on the way. */
struct Match {
    void (*write)(Export *, Value, const Match *);
    int n_in;
    Value in[8];
    const Value *more; /* instead of in[], where there may be more */
    double number[2];
    int64_t axis;
};

/* A way to write values, tried in the order of the table. */
typedef struct ExportForm {
    const char *name;
    bool (*match)(const Export *, Value, Match *);
    void (*write)(Export *, Value, const Match *);
} ExportForm;
extern const ExportForm export_layers[], export_activations[], export_windows[],
    export_convolutions[]; /* a last row without a name */
Match export_op(Export *, Value); /* any op; fails where ONNX has no form for it */

void write_convolution(Export *, Value, const Match *);
/* The padding behind an image along one axis: that before it where this gives the same result, as torch has it, else
 * what the last window reaches.  Likewise for windows that are put back to an image: *beyond are the places of it that
 * no window covers. */
int64_t window_behind(int64_t size, int64_t span, int64_t stride, int64_t before, int64_t result);
int64_t window_trimmed(int64_t size, int64_t span, int64_t stride, int64_t before, int64_t result, int64_t *beyond);
void window_set(OnnxNodeWriter *, const int64_t kernel[2], const int64_t stride[2], const int64_t pads[4]);
void write_reduce(Export *, const char *op, const char *x, Value v, const int *order, uint32_t axes);
void write_gemm(Export *, Value v, const char *a, const char *b, const char *c, const int64_t transposed[2]);

/* ---- export_name.c ---- */

extern const int order_image[MAX_RANK], order_plain[MAX_RANK]; /* [batch, c, h, w] of [batch, h, w, c]; as it is */

static inline const Node *node_of(const Export *e, Value v) { return graph_at(e->g, v); }
static inline Type type_of(const Export *e, Value v) { return graph_at(e->g, v)->type; }
static inline bool is_leaf(const Graph *g, Value v) { return graph_at(g, v)->op->kind == LEAF; }

bool type_is_image(Type); /* [batch, h, w, c] */
OnnxType tensor_type(Type);
bool order_same(const int *a, const int *b, int rank);
int order_axis(const int *order, int rank, int axis); /* where in the order the axis is */
/* Nodes with one output, of inputs that end with NULL. */
void onnx_add_node(Export *, const char *op, const char *makes, const char *const *reads);
OnnxNodeWriter onnx_node_of(Export *, const char *op, const char *makes, const char *const *reads);
#define READS(...) ((const char *const[]){__VA_ARGS__, NULL})
/* The name of the tensor that a node is about to make of the value. */
const char *tensor_made(Export *, Value, const int *order);
const char *truth_made(Export *, Value, const int *order);
const char *tensor_of_form(Export *, Value, TensorForm, const int *order);
const char *tensor_keep(Export *, Value, TensorForm, const int *order, const char *name); /* it has one already */
/* A tensor on the way to a value: "NAME.what", with that shape. */
const char *tensor_between(Export *, Value, const char *what, OnnxType, int rank, const Dim *dims);
_Noreturn void export_refuse(const Export *, Value, const char *why);

/* ---- export_constant.c ---- */

const char *constant_number(Export *, double); /* float, rank 0 */
const char *constant_ints(Export *, int n, const int64_t *); /* int64 [n] */
const char *constant_int(Export *, int64_t); /* int64 [1] */
const char *constant_filled(Export *, double, int64_t n); /* float [n] */
/* A constant whose numbers are new and stay; `content` says in its name what they are. */
const char *constant_table(Export *, const char *content, const OnnxShape *, const void *numbers);
const char *batch_tensor(Export *); /* int64 [1] */
/* Shapes, int64 [rank]: for Reshape, where -1 stands for the axis that the batch is in; and with all sizes. */
const char *shape_tensor(Export *, int rank, const Dim *dims);
const char *sizes_tensor(Export *, int rank, const Dim *dims);
/* The first tensor of a leaf: a parameter as it is stored, a table in that order of axes. */
void write_leaf(Export *, Value, const int *order);

/* ---- export_tensor.c ---- */

/* Is it the same elements in the same sequence, but for axes of size 1?  Such a value is made where it is read. */
bool tensor_is_alias(const Graph *, Value);
/* The name of a value as a tensor in that order of axes; nodes that turn it are added. */
const char *tensor_in(Export *, Value, const int *order);
const char *tensor_plain(Export *, Value);
const char *tensor_image(Export *, Value);
const char *truth_in(Export *, Value, const int *order); /* true where it is not 0 */
/* A tensor whose elements follow each other as in that order; axes of size 1 may stand anywhere, or be missing. */
const char *tensor_sequence(Export *, Value, const int *order);
/* The order of axes that a value has already, or would have. */
void tensor_order(const Export *, Value, int order[MAX_RANK]);
/* The value as an input that is broadcast to a result in that order. */
const char *tensor_operand(Export *, Value, const int *order);

#endif
