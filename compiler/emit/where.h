/* where.h - which lines of NAME.c carry out which values of the graph file.
 *
 *   where.c         noted while the file is written
 *   where_values.c  the values of a kernel, and their places in the graph file
 *   where_json.c    in NAME.json
 *   where_rows.c    looked up, both ways */
#ifndef WHERE_H
#define WHERE_H

#include "emit/emission.h"

/* A value that a kernel computes, or whose gradient it computes, and a line that it comes from. */
typedef struct WhereValue {
    const char *name;              /* as in the graph file: stages.1.1.conv1 */
    bool gradient;                 /* it is the gradient with respect to that value */
    const char *file;              /* Source.base */
    int line;
} WhereValue;

/* A function of NAME.c: the line where its comment opens, that of its name, that of its closing bracket. */
typedef struct WhereFunction { const char *name; int first, line, last; } WhereFunction;

/* A constant that functions of kernels use, or a call of the runtime with given sizes. */
typedef struct WherePart { int first, last, n_functions, capacity, *functions; } WherePart;

/* A kernel of an entry, and the statement that carries it out. */
typedef struct WhereCall {
    const char *kernel;
    int function;                  /* the function that it calls; -1: the statement alone is the kernel */
    int within;                    /* the function in which it stands */
    int first, last;               /* lines */
    bool backward;
    int n_values, capacity;
    WhereValue *values;
} WhereCall;

/* A part of the file, for lines that belong to no value. */
typedef struct WhereArea { const char *what; int first, last; } WhereArea;

struct Where {
    Arena *arena;
    const char *file;              /* NAME.c */
    char sha256[65];               /* of its text */
    int n_lines;
    int n_areas, areas_capacity, n_parts, parts_capacity, n_functions, functions_capacity, n_calls, calls_capacity;
    WhereArea *areas;              /* an area that lies in another one comes behind it */
    WherePart *parts;
    WhereFunction *functions;
    WhereCall *calls;              /* entry by entry, in the order of their statements */
};

/* ---- where.c ---- */

typedef enum MarkKind {
    MARK_END,
    MARK_AREA,                     /* entry: a row of the table of areas */
    MARK_PART,                     /* the next part that functions use */
    MARK_USE,                      /* no range: the function that is open uses a part; entry: the part's number */
    MARK_KERNEL,                   /* the function of a kernel */
    MARK_STATEMENT,                /* the statement of a kernel */
    MARK_ENTRY, MARK_CHANGE, MARK_UPDATE    /* functions that are no kernel's */
} MarkKind;

enum { AREA_OPENING, AREA_RUNTIME, AREA_CHECKS, AREA_KERNELS, AREA_ENTRIES, AREA_TENSORS, AREA_INSTANCE, AREA_TABLES,
       AREA_SOURCES };

/* A mark is a line of its own in text that is being written.  A range ends at its MARK_END; ranges lie in one another.
 * Marks have no letters: the text mentions no other name with them than without. */
const char *where_mark(Arena *, MarkKind, int entry, int kernel);
/* Takes the marks out of text, which begins behind so many lines, into *where; where NULL: they are only taken out. */
const char *where_take(const Emission *, const char *marked, int lines_before, Where *where);
Where *where_new(const Emission *);
void where_area(Where *, int area, int first, int last);          /* nothing, where last is before first */
void where_end(Where *, const char *text);                         /* the whole file */
int count_lines(const char *);

/* ---- where_values.c ---- */

typedef struct Places Places;                /* notes on a program, for one kernel after the other */

Places *places_new(const Program *);
void places_of_kernel(Places *, int kernel, WhereCall *);

/* ---- where_json.c ---- */

void where_write(RtJsonWriter *, const Where *);                   /* as members of the object that is open */
/* Reads NAME.json, of which nothing is believed.  Ends with a message when it is no such file. */
Where *where_read(Arena *, const char *path);

/* ---- where_rows.c ---- */

typedef struct WhereRow {
    const char *file;
    int line;
    const char *value;                     /* d_VALUE for a gradient */
    const char *function;
    const WhereValue *of;
    bool backward;
} WhereRow;

typedef struct WhereRows { int n, capacity; WhereRow *rows; } WhereRows;     /* sorted; none twice */

WhereRows where_of_c(const Where *, int line);                              /* rows have places of the graph file */
WhereRows where_of_graph(const Where *, const char *file, int line);        /* rows have places of NAME.c */
const char *where_belongs(const Where *, int line);                         /* to what the line of NAME.c belongs */

#endif
