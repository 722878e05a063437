/* built.h - emitted code that runs in this program, and records of runs. */
#ifndef BUILT_H
#define BUILT_H

#include "emit/emission.h"

/* Builds emitted code as a shared object and loads it.  Any failure ends the program with a message.  *code is the
 * handle for dlclose. */
const RtModel *load_emission(Arena *, const Emission *, const char *setting, void **code);

/* Reads RUN/run.json; returns the model's name, which the JSON owns.  Ends the program when the file is no record of a
 * run. */
const char *open_run(Arena *, const char *run, RtJson *);

#endif
