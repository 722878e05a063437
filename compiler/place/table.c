/* table.c - a table of buffers as MiniMalloc reads and writes it: CSV with a header that names its columns.
 *
 *   id  buffer  buffer_id  name        any text, but each once
 *   lower  start  begin                the first time at which the buffer is live
 *   upper                              the first at which it no longer is
 *   end                                the last at which it is
 *   size                               bytes
 *   alignment                          the offset is a multiple of it; the column may be missing
 *   gaps                               times at which it is not live after all; not supported, so it must be empty
 *   offset                             written anew
 *
 * Any other column stays as it is.  Fields may be quoted, lines may end with CR LF. */
#include "place/table.h"
#include "base/csv.h"

#include <stdlib.h>
#include <string.h>

typedef enum Column { ID, LOWER, UPPER, SIZE, ALIGNMENT, GAPS, OFFSET, N_COLUMNS } Column;

static const char *const column_names[] = {"id", "lower", "upper", "size", "alignment", "gaps", "offset"};

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* Reads a row, its fields without the blanks around them.  false: the file ends. */
static bool read_row(Csv *csv, PlanRow *row)
{
    if (!csv_row(csv)) return false;
    for (int i = 0; i < csv->n; i++) {
        CsvField *f = &csv->fields[i];
        while (f->length && is_blank(f->text[0])) f->text++, f->length--;
        while (f->length && is_blank(f->text[f->length - 1])) f->length--;
    }
    *row = (PlanRow){.text = csv->text, .length = csv->length, .line = csv->line,
                     .ends_with_return = csv->ends_with_return};
    return true;
}

static int64_t number_in(const Csv *csv, int line, const char *name, CsvField f, int64_t least)
{
    const char *digits = f.text, *end = f.text + f.length;
    int64_t number = 0;
    bool negative = digits < end && *digits == '-', good;
    if (negative) digits++;
    good = digits < end;
    for (const char *c = digits; c < end; c++) good = good && *c >= '0' && *c <= '9';
    if (!good)
        fail("%s:%d: %s is '%s', against a whole number", csv->path, line, name,
             csv_shown(csv->arena, f.text, f.length));
    for (; digits < end; digits++)
        if (__builtin_mul_overflow(number, 10, &number) || __builtin_add_overflow(number, *digits - '0', &number))
            fail("%s:%d: %s is %s, against at most 2^63 - 1", csv->path, line, name,
                 csv_shown(csv->arena, f.text, f.length));
    if (negative) number = -number;
    if (number < least)
        fail("%s:%d: %s is %lld, against at least %lld", csv->path, line, name, (long long)number, (long long)least);
    return number;
}

/* The number of our column with that name; -1: none.  *inclusive: the buffer is still live at its upper time. */
static int column_of(CsvField f, bool *inclusive)
{
    static const struct { const char *name; Column column;
    } other[] = {{"buffer", ID}, {"buffer_id", ID}, {"name", ID}, {"start", LOWER}, {"begin", LOWER}, {"end", UPPER}};
    for (int i = 0; i < N_COLUMNS; i++)
        if (csv_is(f, column_names[i])) return i;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (csv_is(f, other[i].name)) {
            *inclusive = *inclusive || other[i].column == UPPER;
            return (int)other[i].column;
        }
    return -1;
}

static const char *texts_of(Arena *arena, CsvField f) { return arena_format(arena, "%.*s", (int)f.length, f.text); }

static int compare_fields(const void *x, const void *y)
{
    const CsvField *a = x, *b = y;
    int order = memcmp(a->text, b->text, (size_t)(a->length < b->length ? a->length : b->length));
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static void read_header(Csv *csv, PlanTable *t, int *columns, bool *inclusive)
{
    if (!read_row(csv, &t->header))
        fail("%s:1: no header, against one that names the columns id, lower, upper and size", csv->path);
    CsvField *names = arena_array(csv->arena, csv->n, sizeof *names);
    memcpy(names, csv->fields, (size_t)csv->n * sizeof *names);
    for (int i = 0; i < N_COLUMNS; i++) columns[i] = -1;
    for (int i = 0; i < csv->n; i++) {
        int column = column_of(csv->fields[i], inclusive);
        if (column < 0) continue;
        if (columns[column] >= 0)
            fail("%s:%d: the columns %s and %s, against one for the %s", csv->path, t->header.line,
                 texts_of(csv->arena, names[columns[column]]), texts_of(csv->arena, names[i]), column_names[column]);
        columns[column] = i;
    }
    for (Column c = ID; c <= SIZE; c++)
        if (columns[c] < 0)
            fail("%s:%d: no column %s in '%s', against id, lower, upper and size", csv->path, t->header.line,
                 column_names[c], csv_shown(csv->arena, t->header.text, t->header.length));
    t->has_offset = columns[OFFSET] >= 0;
    t->header.from = t->header.to = t->header.length;
    qsort(names, (size_t)csv->n, sizeof *names, compare_fields);
    for (int i = 1; i < csv->n; i++)
        if (compare_fields(&names[i - 1], &names[i]) == 0)
            fail("%s:%d: the column '%s' twice", csv->path, t->header.line,
                 csv_shown(csv->arena, names[i].text, names[i].length));
}

typedef struct Life { int64_t lower, upper; } Life;

static Life read_buffer(Csv *csv, PlanTable *t, const int *columns, bool inclusive, PlanRow *row, Item *item,
                        int64_t *alignment)
{
    int line = row->line;
    Life life;
    CsvField id = csv->fields[columns[ID]];
    row->id = arena_format(csv->arena, "%.*s", (int)id.length, id.text);
    life.lower = number_in(csv, line, "lower", csv->fields[columns[LOWER]], 0);
    life.upper = number_in(csv, line, inclusive ? "end" : "upper", csv->fields[columns[UPPER]], 0);
    if (inclusive && life.upper == INT64_MAX) fail("%s:%d: end is 2^63 - 1, against less", csv->path, line);
    life.upper += inclusive;
    if (life.upper <= life.lower)
        fail("%s:%d: it is live from %lld to before %lld, against at least one time", csv->path, line,
             (long long)life.lower, (long long)life.upper);
    *item = (Item){.name = row->id, .size = number_in(csv, line, "size", csv->fields[columns[SIZE]], 0)};
    if (alignment) *alignment = number_in(csv, line, "alignment", csv->fields[columns[ALIGNMENT]], 1);
    if (columns[GAPS] >= 0 && csv->fields[columns[GAPS]].length)
        fail("%s:%d: gaps are '%s', against none: buffers with gaps are not supported", csv->path, line,
             csv_shown(csv->arena, csv->fields[columns[GAPS]].text, csv->fields[columns[GAPS]].length));
    row->from = row->to = row->length;
    if (t->has_offset) {
        row->from = csv->fields[columns[OFFSET]].from;
        row->to = csv->fields[columns[OFFSET]].to;
    }
    return life;
}

static int compare_ids(const void *x, const void *y)
{
    const PlanRow *const *a = x, *const *b = y;
    int order = strcmp((*a)->id, (*b)->id);
    return order ? order : (*a > *b) - (*a < *b);
}

static void check_ids(const PlanTable *t)
{
    const PlanRow **by_id = arena_array(t->arena, t->n, sizeof *by_id);
    for (int i = 0; i < t->n; i++) by_id[i] = &t->rows[i];
    qsort(by_id, (size_t)t->n, sizeof *by_id, compare_ids);
    for (int i = 1; i < t->n; i++)
        if (!strcmp(by_id[i - 1]->id, by_id[i]->id))
            fail("%s:%d: the id '%s' is that of line %d too, against one for each buffer", t->path, by_id[i]->line,
                 csv_shown(t->arena, by_id[i]->id, (int64_t)strlen(by_id[i]->id)), by_id[i - 1]->line);
}

static int compare_longs(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

static int number_of(const PlanTable *t, int64_t time)
{
    return (int)((const int64_t *)bsearch(&time, t->times, (size_t)t->n_times, sizeof time, compare_longs) - t->times);
}

/* Counts lives in numbers of times: only the order of times matters, and their numbers fit an int. */
static void number_times(PlanTable *t, const Life *lives)
{
    t->times = arena_array(t->arena, 2 * (int64_t)t->n, sizeof *t->times);
    for (int i = 0; i < t->n; i++) {
        t->times[2 * i] = lives[i].lower;
        t->times[2 * i + 1] = lives[i].upper;
    }
    qsort(t->times, 2 * (size_t)t->n, sizeof *t->times, compare_longs);
    for (int i = 0; i < 2 * t->n; i++)
        if (i == 0 || t->times[i] != t->times[t->n_times - 1]) t->times[t->n_times++] = t->times[i];
    for (int i = 0; i < t->n; i++) {
        t->items[i].lower = number_of(t, lives[i].lower);
        t->items[i].upper = number_of(t, lives[i].upper);
    }
}

PlanTable *plan_table_read(Arena *arena, const char *path)
{
    Csv *csv = csv_open(arena, path);
    PlanTable *t = arena_alloc(arena, sizeof *t);
    *t = (PlanTable){.arena = arena, .path = path};
    int columns[N_COLUMNS], capacity = 0, capacity_items = 0, capacity_lives = 0, capacity_alignments = 0;
    bool inclusive = false;
    read_header(csv, t, columns, &inclusive);
    int n_columns = csv->n;
    Life *lives = NULL;
    int64_t total = 0;
    PlanRow row;
    while (read_row(csv, &row)) {
        if (csv->n != n_columns)
            fail("%s:%d: %d fields, against %d in the header", path, row.line, csv->n, n_columns);
        if (t->n == 1 << 28) fail("%s:%d: more than %d buffers", path, row.line, t->n);
        t->rows = arena_grow(arena, t->rows, t->n, &capacity, sizeof *t->rows);
        t->items = arena_grow(arena, t->items, t->n, &capacity_items, sizeof *t->items);
        lives = arena_grow(arena, lives, t->n, &capacity_lives, sizeof *lives);
        if (columns[ALIGNMENT] >= 0)
            t->alignment = arena_grow(arena, t->alignment, t->n, &capacity_alignments, sizeof *t->alignment);
        lives[t->n] = read_buffer(csv, t, columns, inclusive, &row, &t->items[t->n],
                                  t->alignment ? &t->alignment[t->n] : NULL);
        t->rows[t->n] = row;
        if (__builtin_add_overflow(total, t->items[t->n].size, &total) ||
            (t->alignment && __builtin_add_overflow(total, t->alignment[t->n] - 1, &total)) || total == INT64_MAX)
            fail("%s:%d: sizes and alignments up to here add up to more than 2^63 - 2", path, row.line);
        t->n++;
    }
    check_ids(t);
    number_times(t, lives);
    return t;
}

static void add_row(Text *text, const PlanRow *row, bool separate, const char *field)
{
    text_add(text, "%.*s%s%s%.*s%s\n", (int)row->from, row->text, separate ? "," : "", field,
             (int)(row->length - row->to), row->text + row->to, row->ends_with_return ? "\r" : "");
}

const char *plan_table_text(const PlanTable *t, size_t *length)
{
    Text text = text_new(t->arena);
    char offset[24];
    add_row(&text, &t->header, !t->has_offset, t->has_offset ? "" : "offset");
    for (int i = 0; i < t->n; i++) {
        snprintf(offset, sizeof offset, "%lld", (long long)t->items[i].offset);
        add_row(&text, &t->rows[i], !t->has_offset, offset);
    }
    *length = text.length;
    return text.chars;
}
