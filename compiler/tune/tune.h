/* tune.h - algorithms of contractions: measured choices in place of those of the cost model.
 *
 *   tune.c     the table of choices: made, written, read, checked
 *   measure.c  a program that times the candidates on this machine */
#ifndef TUNE_H
#define TUNE_H

#include "emit/emission.h"
#include "graph/choice.h"

/* what --tune and --fast measure */
typedef enum Measure { MEASURE_NOTHING, MEASURE_OWN, MEASURE_OPENBLAS } Measure;

/* All contractions of an emission's programs that have a choice, with the cost model's choices.  openblas as in
 * Tuning. */
Tuning *tuning_of(const Emission *, const char *openblas);
void tuning_write(Arena *, Tuning *);                            /* fills in text and sha256 */
/* Reads the choices from a file, for an emission that was made without choices.  A file that does not fit ends the
 * program. */
const Tuning *tuning_read(const Emission *, const char *path);
/* The same of the n bytes of such a text, whose first line is line `line` of the file at path, for messages. */
const Tuning *tuning_of_text(const Emission *, const char *path, const char *text, size_t n, int line);
const Tuning *tuning_measure(const Emission *, Measure);        /* the fastest algorithms here that `accuracy` allows */
/* emission_new(), tuned when something is to be measured or a file is given. */
Emission *emission_tuned(Experiment *, const Passes *, Measure, const char *file);

#endif
