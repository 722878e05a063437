/* dump.c - a record as one JSON line a row, and such lines read again. */
#include "sweep/dump.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- written ---- */

/* {"table": NAME, ...} with the columns in the order of the table.  A dump is read elsewhere, so `folder` is empty. */
static const char *line_of(Arena *arena, const TableShape *shape, const RowValue *row)
{
    RtJsonWriter w = {.depth = 3};                        /* deep enough for one line */
    rt_json_open(&w, NULL, '{');
    rt_json_string(&w, "table", shape->name);
    for (int i = 0; i < shape->n; i++) {
        const char *name = shape->column[i].name;
        const RowValue *v = &row[i];
        if (v->null) rt_json_raw(&w, name, "null");
        else if (shape->column[i].kind == COLUMN_INTEGER) rt_json_integer(&w, name, v->integer);
        else if (shape->column[i].kind == COLUMN_REAL) rt_json_number(&w, name, v->real);
        else if (shape->column[i].kind == COLUMN_TEXT) rt_json_string(&w, name, strcmp(name, "folder") ? v->text : "");
        else {
            char *digits = arena_alloc(arena, 2 * v->n_bits + 1);
            for (size_t k = 0; k < v->n_bits; k++) sprintf(digits + 2 * k, "%02x", v->bits[k]);
            rt_json_string(&w, name, digits);
        }
    }
    rt_json_close(&w, '}');
    if (w.text.failed) fail("tailor: out of memory");
    const char *line = arena_copy(arena, w.text.data);
    rt_text_free(&w.text);
    return line;
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

void record_rows(Record *r, const TableShape *shape, void *to, TakeRow *take)
{
    Arena *arena = arena_new();
    RowValue row[MOST_COLUMNS];
    Text sql = text_new(arena);
    text_add(&sql, "SELECT ");
    for (int i = 0; i < shape->n; i++) text_add(&sql, "%s%s", i ? ", " : "", shape->column[i].name);
    text_add(&sql, " FROM %s", shape->name);
    sqlite3_stmt *s = record_query(r, sql.chars, "");
    while (record_row(r, s)) {
        Arena *of_row = arena_new();
        const char *wrong = row_read(of_row, s, shape, row);
        if (!wrong) wrong = take(to, shape, row);
        if (wrong) fail("%s: is damaged: a row of %s: %s", r->path, shape->name, wrong);
        arena_free(of_row);
    }
    arena_free(arena);
}

typedef struct Lines { Arena *arena; const char **line; int n, capacity; } Lines;

static const char *take_line(void *to, const TableShape *shape, const RowValue *row)
{
    Lines *all = to;
    all->line = arena_grow(all->arena, all->line, all->n, &all->capacity, sizeof *all->line);
    all->line[all->n++] = line_of(all->arena, shape, row);
    return NULL;
}

void record_dump(Record *r, FILE *file)
{
    Lines all = {.arena = arena_new()};
    for (const RecordTable *t = record_tables; t->name; t++) {
        const TableShape shape = table_shape(all.arena, r->db, t->name);
        if (t->dumped) record_rows(r, &shape, &all, take_line);
    }
    if (all.n) qsort(all.line, (size_t)all.n, sizeof *all.line, by_bytes);
    for (int i = 0; i < all.n; i++) fprintf(file, "%s\n", all.line[i]);
    arena_free(all.arena);
}

/* ---- read ---- */

static int digit_of(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

/* What is wrong with a text of hexadecimal digits, or NULL. */
static const char *read_bits(Arena *arena, const char *text, RowValue *v)
{
    const size_t n = strlen(text);
    uint8_t *bits = arena_alloc(arena, n / 2 + 1);
    for (size_t i = 0; i < n; i++) {
        if (n % 2 || digit_of(text[i]) < 0) return "is not pairs of hexadecimal digits";
        bits[i / 2] = (uint8_t)(bits[i / 2] << 4 | digit_of(text[i]));
    }
    v->bits = bits, v->n_bits = n / 2;
    return NULL;
}

/* What is wrong with a value for its column, or NULL. */
static const char *read_value(Arena *arena, const RtJsonNode *node, const TableShape *shape, int i, RowValue *v)
{
    const TableColumn *c = &shape->column[i];
    *v = (RowValue){.null = node->kind == RT_JSON_NULL, .integer = node->integer, .real = node->number};
    if (!v->null) {
        const bool number = c->kind == COLUMN_INTEGER || c->kind == COLUMN_REAL;
        if (node->kind != (number ? RT_JSON_NUMBER : RT_JSON_STRING))
            return arena_format(arena, "%s is no %s", c->name, number ? "number" : "text");
        if (c->kind == COLUMN_INTEGER && !node->is_integer)
            return arena_format(arena, "%s is no whole number", c->name);
        if (c->kind == COLUMN_TEXT) v->text = node->string;
        const char *wrong = c->kind == COLUMN_BITS ? read_bits(arena, node->string, v) : NULL;
        if (wrong) return arena_format(arena, "%s %s", c->name, wrong);
    }
    return row_value_fault(arena, shape, i, v);
}

/* What is wrong with a line, or NULL. */
static const char *read_line(Arena *arena, const RtJson *json, int n_shapes, const TableShape *shapes, void *to,
                             TakeRow *take)
{
    const RtJsonNode *top = json->nodes, *table = rt_json_get(json, top, "table");
    const TableShape *shape = NULL;
    RowValue row[MOST_COLUMNS];
    if (top->kind != RT_JSON_OBJECT) return "is no object, against a row";
    if (!table || table->kind != RT_JSON_STRING) return "does not say its table";
    for (int i = 0; i < n_shapes; i++)
        if (!strcmp(shapes[i].name, table->string)) shape = &shapes[i];
    if (!shape) return arena_format(arena, "there is no table %.80s in a record", table->string);
    for (int i = 0; i < shape->n; i++) {
        const RtJsonNode *node = rt_json_get(json, top, shape->column[i].name);
        if (!node) return arena_format(arena, "a row of %s without %s", shape->name, shape->column[i].name);
        const char *wrong = read_value(arena, node, shape, i, &row[i]);
        if (wrong) return arena_format(arena, "a row of %s: %s", shape->name, wrong);
    }
    if (top->n != shape->n + 1) return arena_format(arena, "a row of %s with other columns than its own", shape->name);
    return take(to, shape, row);
}

void dump_read(const char *path, int n_shapes, const TableShape *shapes, void *to, TakeRow *take)
{
    RtText text = {0};
    RtError error = {0};
    if (!rt_file_read(path, MOST_DUMP, &text, &error)) fail("%s", error.text);
    if (text.length >= 16 && !memcmp(text.data, "SQLite format 3", 16))
        fail("%s: is a database, against its folder, or a dump", path);
    const char *at = text.data, *end = text.data + text.length;
    for (int line = 1; at < end; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop) fail("%s:%d: the dump ends inside a line", path, line);
        Arena *arena = arena_new();
        RtJson json;
        if (!rt_json_parse(at, (size_t)(stop - at), arena_format(arena, "%s:%d", path, line), &json, &error))
            fail("%s", error.text);
        const char *wrong = read_line(arena, &json, n_shapes, shapes, to, take);
        if (wrong) fail("%s:%d: %s", path, line, wrong);
        rt_json_free(&json);
        arena_free(arena);
        at = stop + 1;
    }
    rt_text_free(&text);
}
