/* reading.h - graph files, each read in a process of its own.
 *
 * A graph file that some value of an option does not suit ends the program that reads it.  Here that program is a
 * child, so that a search may try values, and a fault can be told together with the variant that it is of.  The memory
 * of a graph goes with the child, and as many are read at once as there are cores. */
#ifndef READING_H
#define READING_H

#include "language/study.h"

/* What is to be read. */
typedef struct Question {
    const char *path;
    int n_settings;
    const Setting *settings;
    const char *init, *init_except;    /* tells also whether a run can begin with this file; NULL: with none */
    const StudyMaps *maps;             /* tells also whether such maps can be made; NULL: of no maps */
    bool costs;                        /* tells also what is known only of the compiled graph */
} Question;

/* What the graph file says under these settings. */
typedef struct Facts {
    const char *fault;                 /* why it is refused, as the messages of a reader; NULL: nothing is */
    const char *warnings;
    char graph_hash[65];
    int n_options, n_metrics;
    Option *options;                   /* sorted by name */
    const char **metrics;
    bool trains;                       /* it minimizes something, and has train{} */
    const char *data;
    int64_t epochs, batch, parameters;
    double validation;
    int64_t flops_forward, flops_step, workspace_bytes;     /* with costs, as run.json has them */
    double step_seconds;               /* of a batch: the least that `check --cost` says; with costs */
} Facts;

/* A fault of tailor itself in a child ends this program as it would there. */
void read_graphs(Arena *, int n, const Question *, Facts *);

#endif
