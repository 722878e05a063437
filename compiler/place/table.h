/* table.h - a table of buffers as MiniMalloc reads and writes it. */
#ifndef PLAN_TABLE_H
#define PLAN_TABLE_H

#include "place/planner.h"

/* A row keeps its text.  Only the offset is added. */
typedef struct PlanRow {
    const char *text;
    int64_t length;
    int64_t from, to;              /* the range of the text that the offset replaces */
    const char *id;
    int line;
    bool ends_with_return;         /* CR LF */
} PlanRow;

typedef struct PlanTable {
    Arena *arena;
    const char *path;
    PlanRow header, *rows;
    bool has_offset;               /* there is such a column, which is written anew */
    int n;
    Item *items;                   /* lower and upper are numbers of times */
    int64_t *times;                /* the times, ascending */
    int n_times;
    int64_t *alignment;            /* NULL: there is no such column */
} PlanTable;

PlanTable *plan_table_read(Arena *, const char *path);        /* fail() on any fault of the file */
const char *plan_table_text(const PlanTable *, size_t *length);   /* with the offsets of the items */

#endif
