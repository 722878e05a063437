/* experiment.h - what a graph file says: a graph, its leaves, how it is trained. */
#ifndef EXPERIMENT_H
#define EXPERIMENT_H

#include "graph/graph.h"

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
    char graph_hash[65];
} Experiment;

/* ---- experiment.c ---- */

void identify_leaves(Experiment *);                     /* parameters, states and inputs; before any question below */
/* The number of a leaf, which may be of another graph that was made of the experiment's. */
int parameter_of(const Experiment *, const Node *leaf);
int state_of(const Experiment *, const Node *leaf);
int field_of(const Experiment *, const Node *leaf);
bool names_state(const Experiment *, const char *name);

/* ---- goal.c, fold.c ---- */

Goal *goal_train(const Experiment *);
Goal *goal_evaluate(const Experiment *);
Goal *goal_predict(const Experiment *);
Goal *goal_outputs(const Experiment *, const char *name, int first, int n);      /* some of the outputs */
Goal *goal_grad(const Experiment *, bool training);     /* every value, output, loss and gradient */
/* itself where nothing is folded; batch: of a file without train{} */
const Experiment *fold_channels(const Experiment *, int64_t batch);

#endif
