/* tune.h - algorithms of contractions as they were measured, in place of the choices of the cost model.
 *
 *   tune.c     the table of choices: made, written, read, checked
 *   measure.c  a program that times the candidates on this machine */
#ifndef TUNE_H
#define TUNE_H

#include "emit/emission.h"
#include "graph/choice.h"

/* --tune, --fast */
typedef enum Measure { MEASURE_NOTHING, MEASURE_OWN, MEASURE_OPENBLAS } Measure;

/* Every contraction of an emission's programs that has a choice, as the cost model has it; openblas as in Tuning. */
Tuning *tuning_of(const Emission *, const char *openblas);
void tuning_write(Arena *, Tuning *);                            /* fills in text and sha256 */
/* The choices of a file, for an emission that was made without them.  What does not fit ends the program. */
const Tuning *tuning_read(const Emission *, const char *path);
const Tuning *tuning_measure(const Emission *, Measure);         /* what is fastest here, of what `accuracy` allows */
/* emission_new; tuned where something is measured, or a file says it. */
Emission *emission_tuned(Experiment *, const Passes *, Measure, const char *file);

#endif
