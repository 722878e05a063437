/* runs.c - tables of runs: CSV with a header that has the columns variant, seed and value, in any order.  Other columns
 * are passed over. */
#include "statistics/statistics.h"
#include "base/csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef enum Column { VARIANT, SEED, VALUE, N_COLUMNS } Column;

static const char *const column_names[] = {"variant", "seed", "value"};

/* A header of one field that others would cut. */
static void refuse_separator(const Csv *csv)
{
    if (csv->n != 1) return;
    for (const char *separator = ";\t|"; *separator; separator++)
        if (memchr(csv->text, *separator, (size_t)csv->length))
            fail("%s:%d: the columns are separated by %s, against ','", csv->path, csv->line,
                 *separator == '\t' ? "tabs" : *separator == ';' ? "';'" : "'|'");
}

static const char *hint_of_column(Arena *arena, const char *column, int n, const char *const *names)
{
    for (int i = 0; i < n; i++)
        if (!strcasecmp(names[i], column)) return "; names of columns are in lower case";
    return did_you_mean(arena, column, n, names, "'");
}

static void read_header(Csv *csv, int *columns)
{
    if (!csv_row(csv)) fail("%s:1: no header, against one that names the columns variant, seed and value", csv->path);
    for (Column c = 0; c < N_COLUMNS; c++) {
        columns[c] = -1;
        for (int i = 0; i < csv->n; i++) {
            if (!csv_is(csv->fields[i], column_names[c])) continue;
            if (columns[c] >= 0)
                fail("%s:%d: the column %s twice, against once", csv->path, csv->line, column_names[c]);
            columns[c] = i;
        }
        if (columns[c] >= 0) continue;
        refuse_separator(csv);
        const char **names = arena_array(csv->arena, csv->n, sizeof *names);
        for (int i = 0; i < csv->n; i++)
            names[i] = csv_shown(csv->arena, csv->fields[i].text, csv->fields[i].length);
        fail("%s:%d: no column %s in '%s', against variant, seed and value%s", csv->path, csv->line, column_names[c],
             csv_shown(csv->arena, csv->text, csv->length),
             hint_of_column(csv->arena, column_names[c], csv->n, names));
    }
}

static const char *digits(const char *c, const char *end)
{
    while (c < end && *c >= '0' && *c <= '9') c++;
    return c;
}

/* Are a field and the next one digits, as a number with a decimal comma is read? */
static bool is_cut_number(const Csv *csv, int field)
{
    for (int i = field; i < field + 2; i++) {
        const char *from = csv->fields[i].text, *end = from + csv->fields[i].length;
        if (i == field && from < end && (*from == '-' || *from == '+')) from++;
        if (from == end || digits(from, end) != end) return false;
    }
    return true;
}

/* A decimal number, which may have blanks around it: nothing else that strtod would take. */
static double value_in(const Csv *csv, CsvField f)
{
    const char *from = f.text, *end = f.text + f.length;
    while (from < end && (*from == ' ' || *from == '\t')) from++;
    while (from < end && (end[-1] == ' ' || end[-1] == '\t')) end--;
    const char *c = from;
    if (c < end && (*c == '-' || *c == '+')) c++;
    const char *whole = c;
    c = digits(c, end);
    bool good = c > whole;
    if (c < end && *c == '.') {
        const char *fraction = ++c;
        c = digits(c, end);
        good = good || c > fraction;
    }
    if (good && c < end && (*c == 'e' || *c == 'E')) {
        c++;
        if (c < end && (*c == '-' || *c == '+')) c++;
        const char *exponent = c;
        c = digits(c, end);
        good = c > exponent;
    }
    /* the text ends with what no number goes on with: a blank, a quote, a comma, the end of a line or of the file */
    const double value = good && c == end ? strtod(from, NULL) : (double)NAN;
    if (!(fabs(value) <= MOST_VALUE))
        fail("%s:%d: value is '%s', against a finite number%s", csv->path, csv->line,
             csv_shown(csv->arena, f.text, f.length),
             !isnan(value)         ? " of at most 1e150"
             : c < end && *c == ',' ? ", whose decimals are behind a point"
                                    : "");
    return value;
}

static const char *text_of(Arena *arena, CsvField f)
{
    char *text = arena_alloc(arena, (size_t)f.length + 1);
    if (f.length) memcpy(text, f.text, (size_t)f.length);
    return text;
}

typedef struct Place { int variant, seed, run; } Place;

static int compare_places(const void *x, const void *y)
{
    const Place *a = x, *b = y;
    if (a->variant != b->variant) return a->variant < b->variant ? -1 : 1;
    if (a->seed != b->seed) return a->seed < b->seed ? -1 : 1;
    return (a->run > b->run) - (a->run < b->run);
}

/* A variant and seed are there once.  Otherwise it is said of the first row that is one too many. */
static void check_places(const RunTable *t, const Csv *csv, const int *lines, Place *places)
{
    int first = -1, again = t->n_runs;
    qsort(places, (size_t)t->n_runs, sizeof *places, compare_places);
    for (int i = 1; i < t->n_runs; i++)
        if (places[i].variant == places[i - 1].variant && places[i].seed == places[i - 1].seed &&
            places[i].run < again)
            first = places[i - 1].run, again = places[i].run;
    if (first < 0) return;
    const char *name = t->names[t->runs[again].variant], *seed = t->runs[again].seed;
    fail("%s:%d: variant '%s' has seed '%s' on line %d too, against one run for each seed", t->path, lines[again],
         csv_shown(csv->arena, name, (int64_t)strlen(name)), csv_shown(csv->arena, seed, (int64_t)strlen(seed)),
         lines[first]);
}

RunTable *runs_read(Arena *arena, const char *path)
{
    enum { MOST_RUNS = 1 << 27 };
    Csv *csv = csv_open(arena, path);
    int columns[N_COLUMNS];
    read_header(csv, columns);
    const int n_columns = csv->n;
    RunTable *t = arena_alloc(arena, sizeof *t);
    *t = (RunTable){.path = csv->path, .header_line = csv->line};
    NameTable variants = name_table_new(arena), seeds = name_table_new(arena);
    int room_names = 0, room_runs = 0, room_lines = 0, room_places = 0, *lines = NULL;
    Place *places = NULL;
    while (csv_row(csv)) {
        const int n = t->n_runs;
        if (csv->n != n_columns)
            fail("%s:%d: %d fields, against %d in the header%s", csv->path, csv->line, csv->n, n_columns,
                 csv->n == n_columns + 1 && is_cut_number(csv, columns[VALUE])
                     ? "; decimals of a number are behind a point, not a comma" : "");
        if (n == MOST_RUNS) fail("%s:%d: more than %d runs", csv->path, csv->line, n);
        t->runs = arena_grow(arena, t->runs, n, &room_runs, sizeof *t->runs);
        lines = arena_grow(arena, lines, n, &room_lines, sizeof *lines);
        places = arena_grow(arena, places, n, &room_places, sizeof *places);
        const char *name = text_of(arena, csv->fields[columns[VARIANT]]),
                   *seed = text_of(arena, csv->fields[columns[SEED]]);
        int *variant = name_number(&variants, name);
        if (!*variant) {
            t->names = arena_grow(arena, t->names, t->n_variants, &room_names, sizeof *t->names);
            t->names[t->n_variants++] = name;
            *variant = t->n_variants;
        }
        int *number = name_number(&seeds, seed);
        if (!*number) *number = seeds.n;
        t->runs[n] = (StatisticsRun){*variant - 1, seed, value_in(csv, csv->fields[columns[VALUE]])};
        places[n] = (Place){*variant, *number, n};
        lines[n] = csv->line;
        t->n_runs++;
    }
    if (!t->n_runs) fail("%s:%d: no rows behind the header, against at least one run", t->path, t->header_line);
    check_places(t, csv, lines, places);
    return t;
}
