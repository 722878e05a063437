/* schema.h - rows of any table of a record, for those that read and write whole records. */
#ifndef SCHEMA_H
#define SCHEMA_H

#include "base/base.h"

#include <sqlite3.h>

enum { RECORD_VERSION = 1, MOST_COLUMNS = 24 };

typedef struct RecordTable {
    const char *name, *sql;            /* its CREATE TABLE, as it stands in the file */
    bool dumped;                       /* others can use it: the record's content, not a state of this machine */
} RecordTable;
extern const RecordTable record_tables[];          /* in alphabetical order; the last has no name */
extern const char record_indices[];                /* further SQL that makes them fast */

typedef enum ColumnKind { COLUMN_TEXT, COLUMN_INTEGER, COLUMN_REAL, COLUMN_BITS } ColumnKind;

typedef struct TableColumn { const char *name; ColumnKind kind; bool optional, primary; } TableColumn;
typedef struct TableShape { const char *name; int n; TableColumn column[MOST_COLUMNS]; } TableShape;

/* A value of a row; `null` or that of the column's kind. */
typedef struct RowValue {
    bool null;
    const char *text;
    int64_t integer;
    double real;
    const uint8_t *bits;
    size_t n_bits;                     /* in bytes */
} RowValue;

/* What is wrong with the tables of a database, against those of a record; NULL: they are those. */
const char *schema_fault(Arena *, sqlite3 *);
/* The columns of a table of a record, whose schema is right. */
TableShape table_shape(Arena *, sqlite3 *, const char *table);
/* Reads the row that a SELECT of all columns stands at; texts live in the arena.  What is wrong with it, or NULL. */
const char *row_read(Arena *, sqlite3_stmt *, const TableShape *, RowValue *);
/* What is wrong with a value, though it has its column's type; or NULL. */
const char *row_value_fault(Arena *, const TableShape *, int column, const RowValue *);
int row_bind(sqlite3_stmt *, const TableShape *, const RowValue *);      /* parameters 1 .. n; an SQLite code */
bool is_hash(const char *text);                                          /* 64 hexadecimal digits, small letters */

#endif
