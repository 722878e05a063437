/* sweep.h - the cells of an experiment file, and the record of what came of them.
 *
 * known.h lists the files that make cells, record.h those of the record.
 *
 * A build is a graph file with options: cells that differ only in data, seed or epochs share it.  A cell is a build
 * with data, seed and epochs: one run.  A member is a cell's place in an experiment; several may share a cell. */
#ifndef SWEEP_H
#define SWEEP_H

#include "language/study.h"

typedef struct Build {
    const char *graph, *path;          /* its name in the record; the graph file */
    int n_settings;
    Setting *settings;                 /* all that are set, sorted by name */
    char graph_hash[65];
    const char *options;               /* every option with its value: JSON, sorted */
    int64_t batch, parameters;
    /* after count_costs: as run.json has them; 0 before */
    int64_t flops_forward, flops_step, workspace_bytes;
    double step_seconds;               /* the least that the cost model allows a step on one thread; likewise */
} Build;

typedef struct Cell {
    char key[65];                      /* experiment_hash of its run; "" where the data is not there */
    const char *identity;              /* the text that the key is the sha256 of, line by line; NULL likewise */
    int build;
    const char *data, *data_given;     /* its name in records; as --data takes it, which may be a path */
    const char *no_data;               /* why the data is not there; NULL: it is */
    int64_t steps;                     /* of the whole run; 0 likewise */
    uint64_t seed;
    int64_t epochs;
    StudyMaps **maps;                  /* [n_maps]: settings under which its maps are measured */
    int n_maps;
    bool validation;
    const char *init, *init_except;    /* as --init and --init-except take them; or NULL */
} Cell;

typedef struct Member { int study; const char *graph, *data, *variant; uint64_t seed; int cell; } Member;

typedef struct Cells {
    const StudyFile *file;
    int n_builds, n_cells, n_members;
    Build *builds;
    Cell *cells;                       /* in the order in which members first name them */
    Member *members;                   /* in the order of the tables */
} Cells;

/* Every cell of a file; only: of one experiment, or NULL for all.  Any fault of the file ends the program. */
Cells *cells_of(Arena *, const StudyFile *, const char *only);
/* Compiles builds, each once, for the numbers that only compiled graphs have: those with wanted[i]; NULL: all. */
void count_costs(Arena *, const Cells *, const bool *wanted);

/* `--shard I/N`: number k (from 0) of the cells, sorted by key, belongs to shard k mod N + 1. */
typedef struct Shard { int64_t number, of; } Shard;      /* of 0: all cells */
bool *cells_of_shard(Arena *, const Cells *, Shard);     /* [n_cells]: whether the cell is the shard's */

/* Seconds that a cell takes at least, however small: a process begins, reads its data and writes its run; and those
 * that a small graph's build takes.  As measured on one slow core. */
enum { CELL_SECONDS = 1, BUILD_SECONDS = 5 };

/* What is known of the cells before they run. */
typedef struct Forecast {
    const char **state;                /* [n_cells]: in the record; "stale": done by older numerics; "new": not there */
    bool *lacks_maps;                  /* [n_cells]: it is done, without some of the maps that are asked for */
    double *seconds;                   /* [n_cells]: expected of its run on one thread; nan: its data is not there */
    int n_timed;                       /* cells of the record whose times were seen */
    double ratio;                      /* of their times to those of the cost model; 1: none was timed */
} Forecast;

/* After count_costs for the builds of these cells.  folder: of the record; one without a record is as good as NULL. */
Forecast *forecast(Arena *, const Cells *, const char *folder);

/* What a sweep was asked for on the command line. */
typedef struct SweepOptions {
    const char *folder;                /* DIR of the record */
    const char *only;                  /* the one experiment that is run; NULL: all */
    Shard shard;
    int64_t jobs;                      /* cells side by side, at least 1 */
    bool fail_fast, retry_failed, rerun_stale, json, quiet;
} SweepOptions;

/* ---- run.c, status.c: each returns the exit code ---- */

int sweep_run(Arena *, const Cells *, const SweepOptions *);
int sweep_status(Arena *, const char *folder, bool json);
int sweep_why(Arena *, const char *key, const char *folder);

#endif
