/* built.h - emitted code that runs in this program, and records of runs. */
#ifndef BUILT_H
#define BUILT_H

#include "emit/emission.h"

/* Emits a trainer into FOLDER/c, builds it, and puts the graph files beside it; returns the trainer's path.  runtime:
 * the folder, as seen from FOLDER/c, that has the runtime for this and other trainers; NULL: FOLDER/c has its own.
 * Any failure ends the program with a message. */
const char *build_trainer(Arena *, const Emission *, const char *folder, const char *runtime);

/* ---- kept.c: builds that several runs share ---- */

/* The folder, below `folder`, with a trainer in c/ and its graph file: build_trainer's, made once. */
const char *keep_trainer(Arena *, const Emission *, const char *folder);
bool runtime_is_kept(Arena *, const char *folder);                  /* objects that all trainers below it share */
/* As load_emission, of a shared object that is kept below `folder` and made once. */
const RtModel *load_kept(Arena *, const Emission *, const char *folder, void **code);
void remove_unfinished(Arena *, const char *folder);                /* what processes left that were killed */

/* ---- built.c: code that runs here ---- */

const RtModel *load_library(Arena *, const Emission *, const char *library, void **code);
/* Builds emitted code as a shared object and loads it.  Any failure ends the program with a message.  *code is the
 * handle for dlclose. */
const RtModel *load_emission(Arena *, const Emission *, const char *setting, void **code);

/* Reads RUN/run.json; returns the model's name, which the JSON owns.  Ends the program when the file is no record of a
 * run. */
const char *open_run(Arena *, const char *run, RtJson *);

/* Is it a name as emitted folders have it?  Nothing in such a name means anything to a file system or a terminal. */
bool is_model_name(const char *);
/* The path of the graph file in the folder of a run, as copy_sources() left it; there need be no file. */
const char *graph_of_run(Arena *, const char *run, const char *name);

#endif
