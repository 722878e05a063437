/* tune.h - algorithms of convolutions as they were measured, in place of what the cost model says (tune.c, tune_measure.c). */
#ifndef TUNE_H
#define TUNE_H

#include "tailor.h"

#include "rt_winograd.h"

/* A convolution and its adjoints: each form may be carried out in another way. */
typedef enum Form { FORWARD, TO_INPUT, TO_WEIGHT } Form;

enum { TILES = 3 };                /* direct sums, F(2x2), F(4x4): tile 0, 2, 4 */

/* One form of one convolution, for all kernels that it occurs in. */
typedef struct Choice {
    Form form;
    RtConv conv;                   /* .tile is the one chosen */
    int model_tile;                /* what the cost model chooses */
    const char *kernel;            /* the first that computes it */
    int kernels;                   /* of a step that compute it */
    int64_t images, calls;         /* of a call; calls of each kernel in a step */
    double ms[TILES];              /* of all these kernels in a step, on one thread; 0: not measured */
    int line;                      /* of the file that says it; 0: nothing yet */
} Choice;

typedef struct Tuning {
    int n;
    Choice *choices;               /* in the order of the program's kernels */
    const char *text;              /* of the file NAME.tune.json */
    char sha256[65];               /* over what is chosen, not over what was measured */
} Tuning;

/* ops/contraction.c: whether there is more than direct sums for a value; conv->tile is what the cost model chooses. */
bool convolution_of(const Graph *, Value, Form *, RtConv *conv);

int tuned_tile(const Tuning *, Form, RtConv);                    /* -1: it says nothing of this one */
const char *tile_name(int tile);                                 /* direct, winograd f2, winograd f4 */
const char *tuning_path(Arena *, const char *folder, const char *name);
Tuning *tuning_of(const Emission *);                             /* every convolution of its programs, as the cost model has it */
void tuning_write(Arena *, Tuning *);                            /* fills in text and sha256 */
/* The choices of a file, for an emission that was made without them.  What does not fit ends the program. */
const Tuning *tuning_read(const Emission *, const char *path);
const Tuning *tuning_measure(const Emission *);                  /* what is fastest here, of what `accuracy` allows */
/* emission_new; with `measure` or a file tuned. */
Emission *emission_tuned(Experiment *, const Passes *, bool measure, const char *file);

#endif
