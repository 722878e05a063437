/* check.h - an experiment against the graphs that it names. */
#ifndef SWEEP_CHECK_H
#define SWEEP_CHECK_H

#include "sweep/reading.h"

/* A place in an experiment, for messages. */
typedef struct Place {
    const StudyFile *file;
    const Study *study;
    const StudyGraph *graph;           /* NULL: all of them */
    const char *variant;               /* NULL: all of them */
} Place;

const char *place_text(Arena *, const Place *);       /* FILE:LINE: experiment NAME, graph NAME, variant NAME */

/* Every option that is set is one of the graph, and its value has the option's type.  facts: of the graph as it is. */
void check_options(Arena *, const Place *, const Facts *);
void check_maps(Arena *, const Place *);               /* the kind of maps is one that there is */
/* What is measured on test images has some, in a data set that is there. */
void check_tested(Arena *, const Place *, const RtData *);
/* Each metric of `compare` is one that some run has.  facts[n]: of all graphs with all variants. */
void check_metrics(Arena *, const Place *, int n, const Facts *const *facts);

#endif
