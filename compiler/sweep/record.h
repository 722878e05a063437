/* record.h - DIR/record.sqlite: the cells of a sweep, their results, who works on them.
 *
 * Tables cell, metric, epoch, correct and member are what other programs read.  tailor's own are `experiment` (name,
 * spec: JSON of the whole experiment{}, from which tables take baseline, order, compare and margin), `identity` (key,
 * text: the text that the key is the sha256 of) and `lease` (key, owner, beat).
 *
 * Any fault of the file (full disk, lock, damage, a later version) ends the program with one message and exit 1, and
 * leaves the record as the last function before left it.  A Record belongs to one thread.
 *
 *   schema.c   the tables and their columns: schema.h
 *   record.c   opening, statements, transactions
 *   add.c      what is to be run
 *   lease.c    who works on which cell
 *   result.c   what came of a cell
 *   dump.c     a record as JSON lines, and such lines read
 *   merge.c    records of other machines
 *   status.c   counts, and the cells that failed
 *   why.c      what makes a cell what it is */
#ifndef RECORD_H
#define RECORD_H

#include "sweep/sweep.h"

#include <sqlite3.h>

typedef struct Record {
    Arena *arena;
    sqlite3 *db;
    const char *folder, *path;
    const char *owner;                 /* this process, as lease.c writes it; NULL: not asked for yet */
    struct Observed *observed;         /* the leases of others, when they were last seen to beat */
} Record;

/* Opens a record.  write: a folder that is not there or is empty gets one; a folder that holds other things and no
 * record is an error.  Else it must be there, is only read, and may lie where nothing can be written. */
Record *record_open(Arena *, const char *folder, bool write);
void record_close(Record *);

/* ---- record.c: statements ---- */

/* A prepared statement; its parameters are bound by the characters of `types`: t text (NULL: none), i int64_t,
 * r double (nan: none), b bytes and their size_t.  It is kept for the next call with the same SQL. */
sqlite3_stmt *record_query(Record *, const char *sql, const char *types, ...);
bool record_row(Record *, sqlite3_stmt *);     /* goes to the next row; false, and the statement is at rest: no more */
void record_do(Record *, const char *sql, const char *types, ...);            /* a statement without rows */
const char *record_text(Record *, sqlite3_stmt *, int column);           /* a copy in the arena; "" where it is NULL */
double record_real(sqlite3_stmt *, int column);                               /* nan where it is NULL */
int64_t record_number(Record *, const char *sql, const char *types, ...);    /* of the first row; -1: there is none */
void record_now(char text[32]);                                               /* UTC, YYYY-MM-DDTHH:MM:SSZ */
void record_begin(Record *);                                                  /* a transaction that writes */
void record_commit(Record *);
void record_check(Record *);                                                  /* every page of it is whole */

/* ---- add.c ---- */

typedef enum CellState {
    CELL_QUEUED, CELL_RUNNING, CELL_DONE, CELL_FAILED, CELL_INTERRUPTED, CELL_STATES
} CellState;
extern const char *const cell_state_names[CELL_STATES];          /* record.c */

/* Puts the file's experiments, members and cells into the record.  A cell that is there keeps its state and results.
 * An experiment that is there gets the file's members; a queued cell that no experiment has any more goes,
 * unless a sweep is at work, which may have begun with a file that asks for it. */
void record_add(Record *, const Cells *);
CellState record_state(Record *, const char *key);
const char *record_maps_text(Arena *, const StudyMaps *);         /* column `maps` of table metric: sorted JSON */

/* ---- lease.c ---- */

/* A sweep that has not beaten for so many seconds is dead; one of this machine as soon as its process is gone. */
enum { LEASE_SECONDS = 60, BEAT_SECONDS = 10 };

/* The cells that record_take gives out, in this order, until another choice: those with chosen[i]; NULL: all.
 * retry: failed ones are queued again; rerun: so are done ones of an older numerics. */
void record_choose(Record *, const Cells *, const bool *chosen, bool retry, bool rerun);

int64_t record_count(Record *, CellState);                 /* chosen cells of that state */

typedef enum Take {
    TAKE_CELL,                         /* *cell is this process's from now on, and `running` */
    TAKE_LATER,                        /* the rest is being run by other sweeps; one may die: ask again in a second */
    TAKE_NONE                          /* every chosen cell is done or failed */
} Take;
/* The next cell that is queued, interrupted, or of a dead sweep.  One process alone gets it. */
Take record_take(Record *, int *cell);
/* Beats for all cells of this process; at least every BEAT_SECONDS. */
void record_beat(Record *);
/* false: another sweep took the cell over, as this one seemed dead; its run is to be given up without a word. */
bool record_holds(Record *, const char *key);
bool record_owner_gone(Record *, const char *owner);        /* the owner of a lease is known to have ended */

/* ---- result.c ---- */

/* Where the run of a cell of this process lies, below the record's folder: said when it begins. */
void record_place(Record *, const char *key, const char *folder);

typedef struct RecordValue { const char *name; double value; } RecordValue;
typedef struct RecordMaps { const char *maps; int n; const RecordValue *values; } RecordMaps;

/* Beside run.json and log.csv. */
typedef struct RecordResult {
    const char *folder;                /* the run's, below the record's */
    int n_maps;
    const RecordMaps *maps;
    const uint8_t *correct;            /* a bit an image, the first one highest; NULL: none */
    size_t correct_bytes;
} RecordResult;

/* The cell is done: all that its run left, in one transaction, and its lease is given back.  Returns false, with the
 * record as it was, when run.json or log.csv is not as a run leaves it, or is of another cell; the caller may then say
 * record_end.  A cell that another sweep took over is left to it. */
bool record_done(Record *, const char *key, const RecordResult *, RtError *);
/* The cell failed, was interrupted or is queued again, and its lease is given back; reason: one line, "" none. */
void record_end(Record *, const char *key, CellState, const char *reason);
/* Metrics of maps of a cell that is done; and whether it has those of a setting. */
void record_add_maps(Record *, const char *key, const RecordMaps *);
bool record_has_maps(Record *, const char *key, const char *maps);
void record_add_correct(Record *, const char *key, const uint8_t *bits, size_t bytes);
bool record_has_correct(Record *, const char *key);

/* ---- dump.c, merge.c ---- */

void record_dump(Record *, FILE *);                      /* a JSON line a row, sorted; `folder` is '' in it */
/* Adds the records or dumps `from`: all of them or, when one does not fit, none. */
void record_merge(Record *, int n, const char *const *from);

#endif
