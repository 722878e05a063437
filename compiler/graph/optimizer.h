/* optimizer.h - all that language, emitter and costs know of an optimizer.  Its kernel is in runtime/rt_update.h. */
#ifndef OPTIMIZER_H
#define OPTIMIZER_H

#include "base/base.h"

enum { MOST_MOMENTS = 2, MOST_DEFAULTS = 8 };

typedef struct Optimizer {
    const char *name;              /* its constructor in the graph file */
    struct { const char *setting; double number; } defaults[MOST_DEFAULTS];   /* its settings (rt_settings.c) */
    bool decays_all;               /* weight decay is part of the gradient of everything */
    bool decays_all_if_any;        /* the same where there is some; else the hash of a graph would not be what it was */
    bool chooses_decay;            /* its constructor takes decay = "weights" or "all" */
    const char *moments[MOST_MOMENTS], *about;   /* names, in NAME.h, of arrays like the parameters; their meaning */
    const char *unless;            /* the setting that, when it is 0, makes moments unnecessary; NULL: there is none */
    /* The call that updates one parameter.  $count, $weights, $gradient are its arrays; $scale multiplies the gradient,
     * to clip it; $decay is the weight decay of this parameter; $NAME is a setting, or a moment, NULL when not kept. */
    const char *call, *call_decaying;   /* the second, if there is one, where weight_decay is above 0 */
    double flops, flops_without;   /* operations an element; the same without moments */
} Optimizer;

const Optimizer *optimizer_at(int i);                                      /* from 0; NULL behind the last */
const Optimizer *optimizer_of(const char *name);                           /* there must be one of that name */
int optimizer_number(const char *name);
int optimizer_moments(const RtTrain *, const char *names[MOST_MOMENTS]);   /* the moments kept; returns how many */
int moments(const RtTrain *);                                 /* arrays kept, the average of the parameters included */
double update_flops(const RtTrain *);                                      /* an element, the average included */

#endif
