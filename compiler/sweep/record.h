/* record.h - DIR/record.sqlite: the cells of a sweep, their results, who works on them.
 *
 * Tables cell, metric, epoch, correct and member are what other programs read; `experiment` (name, spec: JSON of the
 * whole experiment{}, from which tables take baseline, order, compare and margin) and `lease` (key, owner, beat) are
 * tailor's own. */
#ifndef RECORD_H
#define RECORD_H

#include "sweep/sweep.h"

#include <sqlite3.h>

typedef struct Record { sqlite3 *db; const char *folder, *path; } Record;

/* Opens a record.  write false: it must be there, and is only read.  Any fault ends the program with a message. */
Record *record_open(Arena *, const char *folder, bool write);
void record_close(Record *);

#endif
