/* csv.h - reading tables of comma-separated values (RFC 4180) that may come from anywhere. */
#ifndef CSV_H
#define CSV_H

#include "base/base.h"

/* Text without its quotes, not ended by a NUL; where it is in its row, with them. */
typedef struct CsvField { const char *text; int64_t length, from, to; } CsvField;

/* A file, and the row that was read last. */
typedef struct Csv {
    Arena *arena;
    const char *path, *at, *end;
    int next_line;
    int line;                          /* of the file, on which the row begins, from 1 */
    const char *text;                  /* the row as it stands there, without the end of its last line */
    int64_t length;
    bool ends_with_return;             /* CR LF */
    int n, capacity;
    CsvField *fields;
} Csv;

/* Opens a file; "-" is standard input, called stdin from then on.  A byte order mark is passed over.  fail() where the
 * file cannot be read. */
Csv *csv_open(Arena *, const char *path);
/* Reads the next row; empty lines are passed over.  false: the file ends.  fail() where it is no such table. */
bool csv_row(Csv *);
bool csv_is(CsvField, const char *text);
double csv_number(Arena *, CsvField);      /* nan: it is none */
/* Text of the file as messages show it: short, without characters that a terminal would act on. */
const char *csv_shown(Arena *, const char *text, int64_t length);

#endif
