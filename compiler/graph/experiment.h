/* experiment.h - the content of a graph file: a graph, its leaves, how it is trained. */
#ifndef EXPERIMENT_H
#define EXPERIMENT_H

#include "graph/graph.h"

typedef struct Use { const Source *by, *file; const char *path; } Use;      /* use "path" in one file gives another */

typedef struct Parameter {
    const char *name;
    Value value;
    RtInitKind init;
    double init_value;
    bool decay;
    bool frozen;                      /* train { freeze } names it */
    Line line;
    Value next;                       /* a state's value after a step; 0: a step leaves it as it is */
    const char *identifier;           /* its name in C, which no other parameter, state or input has */
} Parameter;

typedef struct Field {
    const char *name;
    RtFieldKind kind;
    Value value;
    int64_t classes;
    Line line;
    const char *identifier;
} Field;

typedef struct Named { const char *name; Value value; Line line; } Named;

/* whole: its default is a whole number, and so is every value that it takes */
typedef struct Option { const char *name; const char *json; bool whole; } Option;

typedef struct Experiment {
    Source source;
    int n_uses;
    Use *uses;                        /* each path that each file uses, once */
    Graph *graph;
    int n_options, n_parameters, n_states, n_fields, n_values, n_metrics, n_outputs;
    Option *options;
    Parameter *parameters, *states;   /* in order of creation */
    Field *fields;
    struct LeafNumbers *numbers;      /* numbers of parameters, states and fields, after identify_leaves */
    Named *values, *metrics, *outputs;
    Value loss;                       /* rank 0; 0 when the file minimizes nothing */
    Line loss_line;
    bool has_train;
    Line train_line;
    int64_t batch;
    RtTrain train;
    char graph_hash[65];
} Experiment;

/* ---- experiment.c ---- */

void identify_leaves(Experiment *);                     /* must come before the questions below */
/* The number of a leaf among the parameters, states or fields.  The leaf may belong to a graph that was made of the
 * experiment's. */
int parameter_of(const Experiment *, const Node *leaf);
int state_of(const Experiment *, const Node *leaf);
int field_of(const Experiment *, const Node *leaf);
bool names_state(const Experiment *, const char *name);

int64_t parameter_floats(const Experiment *, bool trained);    /* of all; trained: of those that are not frozen */

/* ---- copy.c ---- */

/* Copies all files of an experiment into a folder, which is made as needed.  Returns the path of the graph file in it,
 * from which the same experiment can be loaded.  A graph file without `use` becomes FOLDER/NAME.lua. */
const char *copy_sources(Arena *, const Experiment *, const char *folder);

/* ---- goal.c, fold.c ---- */

Goal *goal_train(const Experiment *);
Goal *goal_evaluate(const Experiment *);
Goal *goal_predict(const Experiment *);
bool has_predictions(const Experiment *);               /* it has an output, or a value logits */
Goal *goal_outputs(const Experiment *, const char *name, int first, int n);      /* some of the outputs */
Goal *goal_grad(const Experiment *, bool training);     /* every value, output, loss and gradient */
/* A value or parameter that is watched: the roots of goal_watch that are it and its gradient, -1 where a value is whole
 * numbers and has none. */
typedef struct Watched { const char *name; Value value; int root, gradient; } Watched;
Watched *watched_of(const Experiment *, const char *names, int *n);   /* names: separated by commas; fails on others */
Goal *goal_watch(const Experiment *, int n, const Watched *);         /* a loss is needed */
/* The experiment with numbers of channels folded into weights; itself when nothing is folded.  batch counts when the
 * file has no train{}. */
const Experiment *fold_channels(const Experiment *, int64_t batch);

/* ---- feed.c ---- */

/* Whole numbers do not fit a real input: they would leave open whether they are bytes to be divided by 255. */
bool feed_fits(const RtArray *, Type);
/* The floats of a parameter or state: from the file, else its initial values.  NULL: those of the file do not fit. */
const float *feed_tensor(Arena *, const Experiment *, const Parameter *, const RtArrays *, const char *path,
                         uint64_t seed, RtError *);
/* Gives the interpreter the parameters and inputs of a safetensors file.  Parameters that are not in the file are
 * initialised. */
bool feed_values(Arena *, const Experiment *, Interpreter *, const RtArrays *, const char *path, RtError *);
/* Ends the program where a run could not begin with the weights of the file, leaving out what `except` says or NULL. */
void check_init(Arena *, const Experiment *, const char *path, const char *except);
/* The first value that is not finite, in words and by its name, which may be NULL.  sample: its place in the batch, -1
 * where the value is of no single sample. */
typedef struct NotFinite { const char *text, *name; Line line; int64_t sample; } NotFinite;
/* The interpreter finds that value again from the batch that the trainer left as failed_batch.safetensors. */
bool find_not_finite(Arena *, const Experiment *, const RtArrays *, const char *path, NotFinite *, RtError *);
/* Says it on stderr, of the run in a folder; nothing where no batch was left. */
void say_not_finite(Arena *, const Experiment *, const char *folder);

#endif
