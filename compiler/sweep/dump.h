/* dump.h - rows of whole records, from a database and from a dump. */
#ifndef DUMP_H
#define DUMP_H

#include "sweep/record.h"
#include "sweep/schema.h"

enum { MOST_DUMP = 1 << 30 };          /* bytes of a dump */

/* Takes a row; it is gone afterwards.  Returns what is wrong with it, or NULL. */
typedef const char *TakeRow(void *to, const TableShape *, const RowValue *);

/* Hands on each row of a table.  A value that is not as its column wants it ends the program. */
void record_rows(Record *, const TableShape *, void *to, TakeRow *);
/* Hands on each row of a dump, in the order of its lines. */
void dump_read(const char *path, int n_shapes, const TableShape *, void *to, TakeRow *);

#endif
