/* optimizer.h - what language, emitter and costs know of an optimizer; its kernel is in runtime/rt_update.h. */
#ifndef OPTIMIZER_H
#define OPTIMIZER_H

#include "base/base.h"

enum { MOST_MOMENTS = 2, MOST_DEFAULTS = 8 };

typedef struct Optimizer {
    struct { const char *setting; double number; } defaults[MOST_DEFAULTS];   /* of its settings (rt_settings.c) */
    bool decays_all;               /* weight decay is part of the gradient of everything */
    bool chooses_decay;            /* its constructor takes decay = "weights" or "all" */
    const char *moments[MOST_MOMENTS], *about;   /* arrays like the parameters, in NAME.h; what they are */
    const char *unless;            /* the setting that makes do without moments when it is 0; NULL: there is none */
    /* The call that updates one parameter.  $count $weights $gradient; $scale of the gradient, to clip it; $decay, the
     * weight decay of this parameter; $NAME: a moment, NULL where it is not kept, or a setting. */
    const char *call;
    double flops, flops_without;   /* of an element; without moments */
} Optimizer;

const Optimizer *optimizer_of(RtOptimizerKind);
int optimizer_moments(const RtTrain *, const char *names[MOST_MOMENTS]);   /* those that are kept; returns how many */
int moments(const RtTrain *);                                              /* with the average of the parameters */
double update_flops(const RtTrain *);                                      /* of an element, the average included */

#endif
