/* side.h - one side of `tailor diff`: a graph file or a run as facts, each with a name.  For side.c and diff.c. */
#ifndef SIDE_H
#define SIDE_H

#include "language/load.h"

/* The order of the text and of the JSON. */
typedef enum FactKind {
    FACT_OPTION,
    FACT_INPUT,
    FACT_PARAMETER,
    FACT_STATE,
    FACT_VALUE,                        /* named values; the loss, metrics and outputs by these words */
    FACT_TRAIN,
    FACT_RUN,                          /* of runs alone, like metrics */
    FACT_METRIC,
    FACT_KINDS
} FactKind;

/* A call of the graph file that a value is made by: conv1, `conv1 = conv2d(image, conv1.weight) [batch, 28, 28, 32]`,
 * and the ops of it with their numbers.  brief: its head without the constants that the file does not write, as those
 * of gelu; constants: these alone. */
typedef struct Step { const char *name, *head, *ops, *brief, *constants; } Step;

typedef struct Fact {
    const char *name, *json;
    const char *content;               /* two facts are the same when it is; of a value, whatever its calls are named */
    const char *text, *detail;         /* for people; detail: how a parameter begins, else NULL */
    int n_steps;                       /* of a value, from what has a name to it */
    Step *steps;
} Fact;

typedef struct Facts { int n, capacity; Fact *list; } Facts;

typedef struct Side {
    Arena *arena;
    const char *path, *graph_hash;
    bool is_run;
    int64_t flops_forward, flops_step;
    Facts facts[FACT_KINDS];
} Side;

/* Reads a graph file under settings, or the folder of a run.  Ends the program with a message when it is neither. */
Side *side_read(Arena *, const char *path, int n_settings, const Setting *);

#endif
