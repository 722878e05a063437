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

#include <stdlib.h>
#include <string.h>

static const size_t most_bytes = (size_t)1 << 30;

enum { MOST_FIELDS = 1000 };

typedef enum Column { ID, LOWER, UPPER, SIZE, ALIGNMENT, GAPS, OFFSET, N_COLUMNS } Column;

static const char *const column_names[] = {"id", "lower", "upper", "size", "alignment", "gaps", "offset"};

/* without quotes; where it is in its line */
typedef struct Cell { const char *text; int64_t length, from, to; } Cell;

typedef struct Reader {
    Arena *arena;
    const char *path, *at, *end;
    int line;                      /* the line that comes next */
    Cell fields[MOST_FIELDS];
    int n_fields;
} Reader;

/* Text of the file as messages show it: short, without characters that a terminal would act on. */
static const char *shown(Arena *arena, const char *text, int64_t length)
{
    enum { MOST_SHOWN = 40 };
    char result[MOST_SHOWN + 4];
    int n = length > MOST_SHOWN ? MOST_SHOWN : (int)length;
    for (int i = 0; i < n; i++) result[i] = text[i];
    for (int i = 0; i < n; i++)
        if ((unsigned char)result[i] < ' ' || result[i] == 127) result[i] = '?';
    strcpy(result + n, length > MOST_SHOWN ? "..." : "");
    return arena_copy(arena, result);
}

/* Reads a field in quotes, where "" stands for one quote.  Leaves `at` behind the closing quote. */
static Cell quoted(Reader *r, int line)
{
    Text text = text_new(r->arena);
    for (r->at++;; r->at++) {
        const char *stop = r->at;
        while (stop < r->end && *stop != '"' && *stop) stop++;
        for (const char *c = r->at; c < stop; c++) r->line += *c == '\n';
        text_add(&text, "%.*s", (int)(stop - r->at), r->at);
        r->at = stop;
        if (stop == r->end) fail("%s:%d: a quote that is not closed", r->path, line);
        if (!*stop) fail("%s:%d: a NUL byte, against text", r->path, r->line);
        if (stop + 1 == r->end || stop[1] != '"') break;
        text_add(&text, "\"");
        r->at++;
    }
    r->at++;
    return (Cell){text.chars, (int64_t)text.length, 0, 0};
}

static Cell plain(Reader *r)
{
    const char *from = r->at;
    while (r->at < r->end && *r->at != ',' && *r->at != '\n' && *r->at != '\r' && *r->at) r->at++;
    return (Cell){from, r->at - from, 0, 0};
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static Cell trimmed(Cell f)
{
    while (f.length && is_blank(f.text[0])) f.text++, f.length--;
    while (f.length && is_blank(f.text[f.length - 1])) f.length--;
    return f;
}

/* Reads the fields of a line.  Empty lines are passed over.  false: the file ends. */
static bool read_line(Reader *r, PlanRow *row)
{
    while (r->at < r->end && (*r->at == '\n' || (*r->at == '\r' && r->at + 1 < r->end && r->at[1] == '\n'))) {
        r->at += *r->at == '\r' ? 2 : 1;
        r->line++;
    }
    if (r->at == r->end) return false;
    int line = r->line;
    *row = (PlanRow){.text = r->at, .line = line};
    for (r->n_fields = 0;; r->at++) {
        if (r->n_fields == MOST_FIELDS) fail("%s:%d: more than %d fields", r->path, line, MOST_FIELDS);
        const char *from = r->at;
        Cell field = *r->at == '"' && r->at < r->end ? quoted(r, line) : plain(r);
        field.from = from - row->text;
        field.to = r->at - row->text;
        r->fields[r->n_fields++] = trimmed(field);
        if (r->at == r->end || *r->at != ',') break;
    }
    row->length = r->at - row->text;
    if (r->at == r->end) return true;
    if (*r->at == '\r' && r->at + 1 < r->end && r->at[1] == '\n') {
        row->ends_with_return = true;
        r->at++;
    }
    if (!*r->at) fail("%s:%d: a NUL byte, against text", r->path, r->line);
    if (*r->at != '\n')
        fail("%s:%d: field %d goes on after its closing quote or has a carriage return, against a comma or the end of "
             "the line",
             r->path, line, r->n_fields);
    r->at++;
    r->line++;
    return true;
}

static int64_t number_in(const Reader *r, int line, const char *name, Cell f, int64_t least)
{
    const char *digits = f.text, *end = f.text + f.length;
    int64_t number = 0;
    bool negative = digits < end && *digits == '-', good;
    if (negative) digits++;
    good = digits < end;
    for (const char *c = digits; c < end; c++) good = good && *c >= '0' && *c <= '9';
    if (!good)
        fail("%s:%d: %s is '%s', against a whole number", r->path, line, name, shown(r->arena, f.text, f.length));
    for (; digits < end; digits++)
        if (__builtin_mul_overflow(number, 10, &number) || __builtin_add_overflow(number, *digits - '0', &number))
            fail("%s:%d: %s is %s, against at most 2^63 - 1", r->path, line, name, shown(r->arena, f.text, f.length));
    if (negative) number = -number;
    if (number < least)
        fail("%s:%d: %s is %lld, against at least %lld", r->path, line, name, (long long)number, (long long)least);
    return number;
}

static bool is_named(Cell f, const char *name)
{
    return (int64_t)strlen(name) == f.length && !memcmp(f.text, name, (size_t)f.length);
}

/* The number of our column with that name; -1: none.  *inclusive: the buffer is still live at its upper time. */
static int column_of(Cell f, bool *inclusive)
{
    static const struct { const char *name; Column column;
    } other[] = {{"buffer", ID}, {"buffer_id", ID}, {"name", ID}, {"start", LOWER}, {"begin", LOWER}, {"end", UPPER}};
    for (int i = 0; i < N_COLUMNS; i++)
        if (is_named(f, column_names[i])) return i;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (is_named(f, other[i].name)) {
            *inclusive = *inclusive || other[i].column == UPPER;
            return (int)other[i].column;
        }
    return -1;
}

static const char *texts_of(Arena *arena, Cell f) { return arena_format(arena, "%.*s", (int)f.length, f.text); }

static int compare_fields(const void *x, const void *y)
{
    const Cell *a = x, *b = y;
    int order = memcmp(a->text, b->text, (size_t)(a->length < b->length ? a->length : b->length));
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static void read_header(Reader *r, PlanTable *t, int *columns, bool *inclusive)
{
    if (!read_line(r, &t->header))
        fail("%s:1: no header, against one that names the columns id, lower, upper and size", r->path);
    Cell *names = arena_array(r->arena, r->n_fields, sizeof *names);
    memcpy(names, r->fields, (size_t)r->n_fields * sizeof *names);
    for (int i = 0; i < N_COLUMNS; i++) columns[i] = -1;
    for (int i = 0; i < r->n_fields; i++) {
        int column = column_of(r->fields[i], inclusive);
        if (column < 0) continue;
        if (columns[column] >= 0)
            fail("%s:%d: the columns %s and %s, against one for the %s", r->path, t->header.line,
                 texts_of(r->arena, names[columns[column]]), texts_of(r->arena, names[i]), column_names[column]);
        columns[column] = i;
    }
    for (Column c = ID; c <= SIZE; c++)
        if (columns[c] < 0)
            fail("%s:%d: no column %s in '%s', against id, lower, upper and size", r->path, t->header.line,
                 column_names[c], shown(r->arena, t->header.text, t->header.length));
    t->has_offset = columns[OFFSET] >= 0;
    t->header.from = t->header.to = t->header.length;
    qsort(names, (size_t)r->n_fields, sizeof *names, compare_fields);
    for (int i = 1; i < r->n_fields; i++)
        if (compare_fields(&names[i - 1], &names[i]) == 0)
            fail("%s:%d: the column '%s' twice", r->path, t->header.line,
                 shown(r->arena, names[i].text, names[i].length));
}

typedef struct Life { int64_t lower, upper; } Life;

static Life read_buffer(Reader *r, PlanTable *t, const int *columns, bool inclusive, PlanRow *row, Item *item,
                        int64_t *alignment)
{
    int line = row->line;
    Life life;
    Cell id = r->fields[columns[ID]];
    row->id = arena_format(r->arena, "%.*s", (int)id.length, id.text);
    life.lower = number_in(r, line, "lower", r->fields[columns[LOWER]], 0);
    life.upper = number_in(r, line, inclusive ? "end" : "upper", r->fields[columns[UPPER]], 0);
    if (inclusive && life.upper == INT64_MAX) fail("%s:%d: end is 2^63 - 1, against less", r->path, line);
    life.upper += inclusive;
    if (life.upper <= life.lower)
        fail("%s:%d: it is live from %lld to before %lld, against at least one time", r->path, line,
             (long long)life.lower, (long long)life.upper);
    *item = (Item){.name = row->id, .size = number_in(r, line, "size", r->fields[columns[SIZE]], 0)};
    if (alignment) *alignment = number_in(r, line, "alignment", r->fields[columns[ALIGNMENT]], 1);
    if (columns[GAPS] >= 0 && r->fields[columns[GAPS]].length)
        fail("%s:%d: gaps are '%s', against none: buffers with gaps are not supported", r->path, line,
             shown(r->arena, r->fields[columns[GAPS]].text, r->fields[columns[GAPS]].length));
    row->from = row->to = row->length;
    if (t->has_offset) {
        row->from = r->fields[columns[OFFSET]].from;
        row->to = r->fields[columns[OFFSET]].to;
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
                 shown(t->arena, by_id[i]->id, (int64_t)strlen(by_id[i]->id)), by_id[i - 1]->line);
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
    RtError error = {0};
    RtText file = {0};
    if (!rt_file_read(path, most_bytes, &file, &error)) fail("%s", error.text);
    Reader *r = arena_alloc(arena, sizeof *r);
    *r = (Reader){.arena = arena, .path = path, .at = file.data, .end = file.data + file.length, .line = 1};
    if (file.length >= 3 && !memcmp(file.data, "\xef\xbb\xbf", 3)) r->at += 3;     /* a byte order mark */
    PlanTable *t = arena_alloc(arena, sizeof *t);
    *t = (PlanTable){.arena = arena, .path = path};
    int columns[N_COLUMNS], capacity = 0, capacity_items = 0, capacity_lives = 0, capacity_alignments = 0;
    bool inclusive = false;
    read_header(r, t, columns, &inclusive);
    int n_columns = r->n_fields;
    Life *lives = NULL;
    int64_t total = 0;
    PlanRow row;
    while (read_line(r, &row)) {
        if (r->n_fields != n_columns)
            fail("%s:%d: %d fields, against %d in the header", path, row.line, r->n_fields, n_columns);
        if (t->n == 1 << 28) fail("%s:%d: more than %d buffers", path, row.line, t->n);
        t->rows = arena_grow(arena, t->rows, t->n, &capacity, sizeof *t->rows);
        t->items = arena_grow(arena, t->items, t->n, &capacity_items, sizeof *t->items);
        lives = arena_grow(arena, lives, t->n, &capacity_lives, sizeof *lives);
        if (columns[ALIGNMENT] >= 0)
            t->alignment = arena_grow(arena, t->alignment, t->n, &capacity_alignments, sizeof *t->alignment);
        lives[t->n] = read_buffer(r, t, columns, inclusive, &row, &t->items[t->n],
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
