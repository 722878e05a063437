/* lock.h - locks: a text that says what a run was made of and which numbers came out, so that it can be made again.
 *
 *   lock.c     facts and their text
 *   read.c     reads a lock, which may come from anywhere
 *   facts.c    the facts of a graph, of data, of code, of a run
 *   trainer.c  trains as a lock says
 *   make.c     makes the lock of a finished run
 *   verify.c   rebuilds a run from nothing and compares it with its lock
 *
 * docs/locks.md says what each line means. */
#ifndef LOCK_H
#define LOCK_H

#include "emit/emission.h"
#include "language/load.h"

/* The words that lines begin with, in the order of a lock. */
typedef enum LockWord {
    LOCK_GRAPH,                        /* NAME SHA256: files, the graph file first, others relative to its folder */
    LOCK_GRAPH_HASH,                   /* SHA256 */
    LOCK_OPTION,                       /* NAME JSON */
    LOCK_DATA,                         /* SET FILE SHA256; the set is Lock.data */
    LOCK_TRAIN,                        /* NAME VALUE */
    LOCK_INIT,                         /* FILE SHA256: the weights that the run began with */
    LOCK_EMIT,                         /* NAME VALUE: the passes, where they are not the usual ones */
    LOCK_TUNED,                        /* TEXT: a line of NAME.tune.json */
    LOCK_TAILOR,                       /* VERSION numerics NUMBER */
    LOCK_EMITTED,                      /* FILE SHA256 */
    LOCK_RUNTIME,                      /* SHA256 */
    LOCK_BUILT,                        /* TEXT */
    LOCK_LOSS,                         /* STEP HEX */
    LOCK_WEIGHTS,                      /* EPOCH SHA256 */
    LOCK_METRIC,                       /* NAME NUMBER */
    LOCK_WORDS
} LockWord;

/* A line: its name, or "" where it has none, and its value.  line: of the file, 0 where it is from none. */
typedef struct LockFact { const char *name, *value; int line; } LockFact;
typedef struct LockFacts { int n, capacity; LockFact *list; } LockFacts;

typedef struct Lock {
    Arena *arena;
    const char *path, *data;
    LockFacts of[LOCK_WORDS];
} Lock;

enum { LOCK_VERSION = 1, LOCK_FIRST_LOSSES = 10 };       /* steps from 1 on whose losses every lock has */

/* ---- lock.c ---- */

extern const char *const lock_words[LOCK_WORDS];
Lock *lock_new(Arena *);
void lock_add(Lock *, LockWord, const char *name, const char *value);
const LockFact *lock_fact(const Lock *, LockWord, const char *name);           /* NULL: there is none */
const char *lock_value(const Lock *, LockWord, const char *name);              /* likewise */
const char *lock_text(const Lock *);
/* Is it a place where a lock can be written: none is there, or a lock?  Ends the program where it is not. */
void lock_check_place(Arena *, const char *path);

/* ---- read.c ---- */

/* Anything but a lock ends the program with FILE:LINE and the fault. */
Lock *lock_read(Arena *, const char *path);
Lock *lock_read_text(Arena *, const char *path, const char *text, size_t n);

/* ---- facts.c ---- */

void lock_graph(Lock *, const Experiment *);             /* graph, graph-hash, options */
/* The data by its name or folder, as it is read now.  test: also its test set.  false: it cannot be read. */
bool lock_data(Lock *, const char *data, bool test, RtError *);
/* emitted, runtime: of the folder of an emitted model. */
void lock_code(Lock *, const char *folder, const char *name);
/* losses and weights: of the run's trace.csv, which may be of a run under way.  false: it is not there. */
bool lock_trace(Lock *, const char *run, RtError *);
void lock_metrics(Lock *, const char *path, const RtJson *record);

/* ---- trainer.c ---- */

/* Runs a trainer with a folder as its run, which goes on or begins: quietly, to its end or to step `stop` (0: none).
 * Arguments are those of the trainer, with NULL at their end.  Ends the program in the trainer's words where it
 * fails. */
void lock_run_trainer(Arena *, Experiment *, const char *const *arguments, const char *trainer, const char *run,
                      int64_t stop);

/* ---- make.c ---- */

/* The lock of a finished run.  The emission is the run's: what it is emitted as must be the run's C. */
Lock *lock_of_run(Arena *, const Emission *, const char *run, const Passes *);
/* The emission of a finished run, from the graph file and the tuned choices in its folder. */
Emission *lock_emission(Arena *, const char *run, const Passes *);
/* Writes it; ends the program where it could not be read back: some name of it cannot stand in a lock. */
void lock_write(const Lock *, const char *path);
/* OpenBLAS depends on the machine: what uses it ends the program. */
void lock_refuse_openblas(const Experiment *, const char *of);

/* ---- verify.c ---- */

typedef struct VerifyOptions {
    const char *graph, *data, *init;   /* NULL: as the lock says */
    const char *threads;               /* as the trainer takes it; NULL: not given */
    bool quick, strict;
} VerifyOptions;

/* Rebuilds the run in a folder, which may have builds of other locks.  Returns the exit code; the first difference is
 * said on standard error, what is equal on standard output. */
int lock_verify(Arena *, const char *path, const char *folder, const VerifyOptions *);

#endif
