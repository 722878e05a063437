/* job.h - what the processes of a sweep do, one thing each.
 *
 * The folder of a sweep:
 *   record.sqlite          record.h
 *   sources/HASH/          graph files as they were when the sweep began, by graph_hash and options
 *   builds/NAME-HASH/      trainers and shared objects, each made once (emit/kept.c)
 *   logs/                  what trainers and compilers said
 *   runs/KEY/              runs, by the first half of the cell's key: as `tailor train` leaves them, where c/ and the
 *                          graph files are links to the build
 *
 * runner.h says which of these processes runs when.
 *
 *   job.c      the processes
 *   outcome.c  what --json prints */
#ifndef JOB_H
#define JOB_H

#include "base/process.h"
#include "sweep/record.h"

/* ---- job.c: processes ---- */

/* The maps of a run, and its correct images, on their way to the record. */
const char *maps_path(Arena *, const char *run, const char *maps);       /* maps: as in the record */
const char *correct_path(Arena *, const char *run);

/* Ends the process, as all below: with 0, or with a message and another code.  Copies the graph files of builds number
 * `first`, `first` + `by`, ... with wanted[i]. */
_Noreturn void job_copy(const char *folder, const Cells *, const bool *wanted, int first, int by);
/* Builds the trainer, and writes the path of its folder below builds/ to the descriptor. */
_Noreturn void job_build(const char *folder, const Build *, int answer);
/* Becomes the trainer of a run, which goes on where it was.  build: of the run, below builds/; anew: what lies in the
 * run's folder goes first. */
_Noreturn void job_train(const char *folder, const Cell *, const char *build, bool anew, int threads);
_Noreturn void job_measure(const char *folder, const Cell *, const StudyMaps *, int threads);
_Noreturn void job_say_not_finite(const char *folder, const Cell *, const Build *);

/* ---- outcome.c ---- */

/* Prints what became of the chosen cells: nothing that depends on time, machine, folder, or on what else the record
 * has. */
void print_outcome(Record *, const Cells *, const bool *chosen);

/* ---- job.c: names ---- */

const char *run_folder(Arena *, const char *folder, const Cell *);
const char *model_name(Arena *, const char *build);                      /* NAME of NAME-HASH */

#endif
