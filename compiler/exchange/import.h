/* import.h - a graph file and its weights from an ONNX model, from inside: for import.c and its parts.
 *
 *   import.c           from a model to both files, in the order of the passes
 *   import_slot.c      what a name of the model stands for: numbers, a tensor of weights, or a value
 *   import_fold.c      ops on numbers: shape arithmetic, which leaves nothing behind
 *   import_name.c      modules of PyTorch, and names of layers and parameters
 *   import_value.c     values in our layout, channels last
 *   import_layer.c     ops with weights
 *   import_point.c     pointwise ops, and what several of them are together
 *   import_axes.c      ops that move, cut or sum up axes
 *   import_norm.c      normalisation
 *   import_group.c     which values are made by which module
 *   import_family.c    modules that are alike become one function
 *   import_text.c      the statements of a module in Lua
 *   import_file.c      the graph file
 *   import_weights.c   safetensors */
#ifndef IMPORT_H
#define IMPORT_H

#include "exchange/onnx.h"

enum { AXES = ONNX_MAX_RANK, BATCH = -1, MOST_NUMBERS = 1 << 16 };

/* ---- what the graph file is made of ---- */

/* An argument behind the values: a positional one, or an option with its default. */
typedef struct Piece {
    const char *key, *text, *otherwise;
    bool option;
} Piece;

typedef enum ExprKind { EXPR_INPUT, EXPR_CALL, EXPR_INFIX, EXPR_NUMBER, EXPR_CONSTANT } ExprKind;

/* A value of the graph file: channels last. */
typedef struct Expr {
    ExprKind kind;
    const char *word; /* function or operator; of a constant its text */
    int n, n_pieces;
    struct Expr **of;
    Piece *pieces;
    bool list; /* its values are given as a list: concat */
    const char *layer; /* the path of its parameters, which have that name or begin with it */
    const char *module; /* of the one that makes it */
    int rank;
    int64_t dims[AXES]; /* the first one is BATCH, but of constants and parameters */
    double number;
    /* what the writer knows of it */
    bool live, inlined, product; /* product: it, or what is written inside it, is a product with weights */
    int uses, place, last_use, size; /* places in the order of live values; calls in its text */
    struct Expr *user; /* the last one */
    struct Group *home;
    const char *variable; /* in the function that is being written, */
    int last_read; /* and the last statement of it that reads it */
} Expr;

/* SLOT_FLAT: a value whose axes, the batch among them, are one.  SLOT_FLAG: an input that says whether it is
 * training. */
typedef enum SlotKind { SLOT_NUMBERS, SLOT_TENSOR, SLOT_VALUE, SLOT_FLAT, SLOT_FLAG } SlotKind;

/* What a name of the model stands for. */
typedef struct Slot {
    SlotKind kind;
    const char *name;
    int rank;
    int64_t dims[AXES]; /* as ONNX has them; BATCH for the batch's size */
    bool real;
    double *numbers; /* of SLOT_NUMBERS; batch_number is the size of the batch */
    bool of_batch; /* an index of the first two samples, which stand for all */
    const OnnxTensor *tensor; /* of SLOT_TENSOR: its axis i is axis order[i] of a tensor of source[] elements */
    int64_t source[AXES];
    int order[AXES];
    Expr *value; /* of SLOT_VALUE: its axis i is axis axis[i] of the value */
    int axis[AXES];
} Slot;

#define batch_number (-4611686018427387904.0)

/* A parameter or a state, from the tensor that its numbers stand in. */
typedef struct Weight {
    const char *name;
    const OnnxTensor *tensor;
    int rank, source_rank;
    int64_t dims[AXES], source[AXES];
    int order[AXES]; /* of source_rank axes: axis i of what is written is axis order[i] of the source */
} Weight;

typedef struct Import {
    Arena *arena;
    const OnnxModel *model;
    const OnnxNode *node; /* the one that is read now */
    const char *module; /* of that node; NULL: it is not known */
    NameTable slot_numbers, uses, direct_uses, module_uses, layers, weights_known, targets, target_names, class_numbers;
    int n_slots, slots_capacity, n_exprs, exprs_capacity, n_weights, weights_capacity, n_targets, targets_capacity;
    Slot *slots;
    Expr **exprs;
    Weight *weights;
    const char **target_paths; /* of the exporter's list of parameters */
    int n_classes, classes_capacity;
    const char **class_names; /* of modules, by their paths */
    int64_t batch; /* of the model, where it is fixed; else 0 */
    Expr *image, *logits, *features;
    bool softmax; /* the model ended in it */
    int64_t classes;
    int n_folded; /* batch norms that the exporter folded into convolutions */
    const char *first_folded;
} Import;

/* ---- import_slot.c ---- */

_Noreturn void node_fail(const Import *, const char *format, ...) __attribute__((format(printf, 2, 3)));
Slot *slot_of(Import *, const char *name);
Slot *slot_new(Import *, const char *name, SlotKind kind);
Slot *slot_input(Import *, int i); /* NULL: it is left out */
Slot *need_input(Import *, int i);
/* The slot's numbers; a tensor of weights becomes numbers.  NULL: it is a value, or too large. */
const double *slot_numbers(Import *, Slot *);
int64_t slot_count(const Slot *); /* -1: it has a batch */
const double *need_numbers(Import *, Slot *, const char *what);
int64_t whole_attribute(const Import *, const char *name, int64_t otherwise);
double real_attribute(const Import *, const char *name, double otherwise);
bool text_attribute(const Import *, const char *name, const char *is, bool otherwise);
/* The list of an attribute, or of an input where later operator sets have it.  Returns the number; -1: there is
 * none. */
int list_of_wholes(Import *, const char *attribute, int input, int64_t list[AXES]);
void slot_alias(Import *, const char *name, const Slot *);
void slot_constant(Import *, const char *name, int rank, const int64_t *dims, const double *numbers, bool real);
int axis_within(const Import *, int64_t axis, int rank);

/* ---- import_fold.c ---- */

bool fold_node(Import *); /* false: it is no op on numbers */

/* ---- import_name.c ---- */

void names_open(Import *);
const char *node_module(Import *, const OnnxNode *); /* NULL: it is not known */
const char *class_of_module(Import *, const char *path); /* in_words; NULL: it is not known */
const char *node_source(Import *, const OnnxNode *); /* a line of Python; NULL */
bool names_a_parameter(Import *, const Slot *);
/* The path of the layer of the node that is read, whose weight is the tensor (NULL: none). */
const char *layer_path(Import *, const Slot *weight, const char *suffix, const char *otherwise);
const char *parameter_path(Import *, const Slot *, const char *otherwise);
const char *path_parent(Import *, const char *path);
bool is_tied(Import *, const Slot *); /* is the tensor the weight of a module that is called again? */
const char *tied_path(Import *, const Slot *, const char *suffix); /* of that module */
Expr *parameter_named(Import *, const char *path); /* one that is there; NULL */
const char *clean_path(Import *, const char *path);

/* ---- import_value.c ---- */

Expr *expr_new(Import *, ExprKind, const char *word, int n, Expr *const *of);
Expr *expr_call(Import *, const char *word, Expr *x);
Expr *expr_number(Import *, double);
void expr_argument(Import *, Expr *, const char *key, const char *text);
void expr_option(Import *, Expr *, const char *key, const char *text, const char *otherwise);
void expr_shape(Expr *, int rank, const int64_t *dims);
void set_value(Import *, const char *name, Expr *, int rank, const int64_t *dims, const int *axis);
void set_alike(Import *, const char *name, Expr *, const Slot *); /* the layout of that slot */
bool is_value(const Slot *);
Slot *need_value(Import *, int i);
/* The slot's value with its axes in that order. */
Expr *in_layout(Import *, const Slot *, const int axis[AXES]);
void layout_images(int axis[AXES]);
void layout_plain(int axis[AXES]);
/* Channels (axis 1 of ONNX) last, all others in their order. */
void layout_channels(int rank, int axis[AXES]);
/* A tensor or numbers as an operand beside a value of that layout. */
Expr *beside(Import *, Slot *, int rank, const int axis[AXES], const char *otherwise);
const char *real_text(Import *, double);
const char *whole_text(Import *, int64_t);
const char *pair_text(Import *, int64_t, int64_t);
const char *list_text(Import *, int n, const int64_t *);

/* ---- the ops ---- */

bool layer_node(Import *);
bool norm_node(Import *);
bool point_node(Import *);
bool axes_node(Import *);
Expr *point_infix(Import *, const char *op, Expr *a, Expr *b);

/* ---- import_weights.c ---- */

/* The tensor becomes a parameter or a state.  order NULL: as it is. */
void weight_add(Import *, const char *name, const Slot *, int rank, const int64_t *dims, const int *order);
void weights_write(Import *, const char *path);

/* ---- import_group.c, import_family.c, import_text.c, import_file.c ---- */

/* An argument of a function that a text has a place for. */
typedef struct Hole {
    const char *key, *value, *otherwise;
    bool option;
} Hole;
typedef struct Template {
    Text text;
    int n, capacity;
    Hole *holes;
} Template;

typedef struct Item {
    Expr *expr;
    struct Group *group;
} Item;

/* What a module makes, in one go. */
typedef struct Group {
    const char *path;
    int n, capacity, n_inputs, n_outputs, height, first, last; /* places of its values */
    Item *items;
    Expr **inputs, **outputs;
    Template body;
    struct Family *family;
} Group;

typedef struct Family {
    const char *name; /* of its function; NULL: it is written where it is called */
    int n, capacity, n_parameters;
    Group **groups;
    const char **parameters; /* names of the function's arguments behind the inputs */
    int *parameter_holes; /* the hole that each is the value of */
} Family;

Group *groups_of(Import *);
/* Writes the functions that several modules share; from then on a group knows its family. */
void families_of(Import *, Group *root, Text *functions);
/* The statements of a group, and the end of its function: a line each, with so many blanks before it. */
void body_write(Import *, Template *, Group *, int indent);
/* The text with its holes filled in: by `with` where that is given and not NULL, else by what they hold. */
const char *template_text(Import *, const Template *, const char *const *with);
const char *import_text(Import *, const char *name);
extern const char *const variable_names[]; /* of values in functions; NULL behind the last */

#endif
