/* runner.h - the runner of a sweep, for its files.
 *
 * A task is a cell that this sweep works on: its build is waited for or made, its trainer runs, its maps are measured,
 * and the record gets all of it in one transaction.  There are as many tasks as jobs, and no more processes than that.
 * Nothing is kept here that is needed after a kill: the record says which cells are done, a run's folder how far it
 * is.
 *
 *   run.c    builds, and what is begun next
 *   task.c   what is done for a cell
 *   tell.c   what is printed, and why a process failed */
#ifndef RUNNER_H
#define RUNNER_H

#include "sweep/job.h"

#include "rt_display.h"

enum { TRAINER_NOT_FINITE = 4, TRAINER_INTERRUPTED = 130 };           /* exit codes of a trainer */

typedef enum Phase { WAIT_FOR_BUILD, TRAIN, SAY_NOT_FINITE, WAIT_FOR_MAPS, MEASURE } Phase;

typedef struct Task {
    int cell;
    const char *name;                  /* for people */
    bool measured_later;               /* the cell is done already, but for maps */
    Phase phase;
    int map;                           /* the next of the cell's settings of maps */
    pid_t child;                       /* 0: none runs */
    const char *run, *log;
    int64_t log_start;                 /* bytes of the log before this try */
} Task;

typedef enum BuildState { BUILD_UNKNOWN, BUILD_RUNS, BUILD_READY, BUILD_FAILED } BuildState;

typedef struct Building {
    BuildState state;
    pid_t child;
    int answer;                        /* where the child says the name */
    const char *name, *log, *reason, *said;
} Building;

typedef struct Sweep {
    Arena *arena;
    const Cells *cells;
    const SweepOptions *options;
    const char *folder;
    const bool *chosen;
    Record *record;
    Watch watch;
    int jobs, threads;
    int n_tasks, n_builders, n_built;
    Task *tasks;                       /* [jobs] */
    Building *builds;                  /* [n_builds] */
    const Member **member;             /* [n_cells]: the first that names the cell */
    bool *later;                       /* [n_cells]: done, without all of its maps, which are measured now */
    int n_chosen, n_ended;             /* cells; those that ended in this sweep */
    int stopped;                       /* the signal that asked for an end */
    bool failed, full;                 /* some cell failed; the disk is full, and what could not be written */
    const char *full_reason;
    const char *unable;                /* what was said where nothing can be built; NULL: builds can be made */
    double began, beat;
    RtDisplay *line;                      /* of a terminal: how far all of it is */
} Sweep;

bool stopping(const Sweep *);                          /* nothing is begun any more */

/* ---- task.c: when a task ends, the last one takes its place ---- */

/* Begins a process, whose words are added to a log; returns its number, and 0 in it. */
pid_t begin_process(Sweep *, const char *log);
void begin_task(Sweep *, int cell, bool measured_later);
/* Goes on with a task that waited and for which there is a process now: build is that of its cell. */
void train_task(Sweep *, Task *, const char *build);
void measure_task(Sweep *, Task *);
void after_process(Sweep *, Task *, int code);          /* its process ended; the task may be gone afterwards */
/* text: all that the process said that failed. */
void fail_task(Sweep *, Task *, const char *reason, const char *text, const char *log);
void give_back_task(Sweep *, Task *);                   /* the cell is interrupted, or queued as it was */
void lose_task(Sweep *, Task *);                        /* another sweep took the cell over */

/* ---- tell.c ---- */

char *said(Arena *, const char *log, int64_t start);     /* what a process added to its log */
/* The last line that is no blank; of what a compiler says, the first that is an error.  NULL: there is none. */
const char *last_line(Arena *, const char *text);
bool is_full(const Sweep *, const char *text);           /* a process that said this failed as the disk is full */
bool no_compiler(const char *text);                      /* make said that it found none */
const char *name_of(const Sweep *, int cell);
void say_done(const Sweep *, int cell);
void show_progress(const Sweep *, bool stops);           /* ten times a second at most, on a terminal */
void say_all(const Sweep *);                             /* at the end: how many are done and failed, what shows them */
int stopped_early(const Sweep *);                        /* says what is left, and how to go on; the exit code */

#endif
