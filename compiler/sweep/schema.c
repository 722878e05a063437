/* schema.c - the tables of a record.  Their SQL is the one place that says which columns there are. */
#include "sweep/schema.h"

#include <math.h>
#include <string.h>

const RecordTable record_tables[] = {
    {"cell",
     "CREATE TABLE cell (key TEXT NOT NULL PRIMARY KEY, graph TEXT NOT NULL, graph_hash TEXT NOT NULL, "
     "options TEXT NOT NULL, data TEXT NOT NULL, seed INTEGER NOT NULL, epochs INTEGER NOT NULL, "
     "numerics INTEGER NOT NULL, "
     "state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'interrupted')), "
     "reason TEXT NOT NULL DEFAULT '', folder TEXT NOT NULL DEFAULT '', parameters INTEGER, flops_forward INTEGER, "
     "flops_step INTEGER, workspace_bytes INTEGER, weights_sha256 TEXT, seconds REAL, images_per_second REAL, "
     "peak_rss_bytes INTEGER, cpu TEXT, started TEXT, ended TEXT)",
     true},
    {"correct",
     "CREATE TABLE correct (key TEXT NOT NULL PRIMARY KEY REFERENCES cell (key), bits BLOB NOT NULL)", true},
    {"epoch",
     "CREATE TABLE epoch (key TEXT NOT NULL REFERENCES cell (key), epoch INTEGER NOT NULL, name TEXT NOT NULL, "
     "value REAL, PRIMARY KEY (key, epoch, name)) WITHOUT ROWID",
     true},
    {"experiment", "CREATE TABLE experiment (name TEXT NOT NULL PRIMARY KEY, spec TEXT NOT NULL)", true},
    {"identity",
     "CREATE TABLE identity (key TEXT NOT NULL PRIMARY KEY REFERENCES cell (key) ON DELETE CASCADE, "
     "text TEXT NOT NULL)",
     true},
    {"lease",
     "CREATE TABLE lease (key TEXT NOT NULL PRIMARY KEY REFERENCES cell (key) ON DELETE CASCADE, "
     "owner TEXT NOT NULL, beat INTEGER NOT NULL)",
     false},
    {"member",
     "CREATE TABLE member (experiment TEXT NOT NULL REFERENCES experiment (name), graph TEXT NOT NULL, "
     "data TEXT NOT NULL, variant TEXT NOT NULL, seed INTEGER NOT NULL, key TEXT NOT NULL REFERENCES cell (key), "
     "PRIMARY KEY (experiment, graph, data, variant, seed)) WITHOUT ROWID",
     true},
    {"metric",
     "CREATE TABLE metric (key TEXT NOT NULL REFERENCES cell (key), maps TEXT NOT NULL, name TEXT NOT NULL, "
     "value REAL, PRIMARY KEY (key, maps, name)) WITHOUT ROWID",
     true},
    {0}};

const char record_indices[] =
    "CREATE INDEX cell_of_state ON cell (state);"
    "CREATE INDEX cell_of_run ON cell (graph, data, seed);"
    "CREATE INDEX member_of_key ON member (key);";

const char *schema_fault(Arena *arena, sqlite3 *db)
{
    sqlite3_stmt *found = NULL;
    const char *fault = NULL;
    for (const RecordTable *t = record_tables; t->name && !fault; t++) {
        int code = sqlite3_prepare_v2(db, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", -1, &found,
                                      NULL);
        if (code == SQLITE_OK) sqlite3_bind_text(found, 1, t->name, -1, SQLITE_STATIC), code = sqlite3_step(found);
        const char *sql = code == SQLITE_ROW ? (const char *)sqlite3_column_text(found, 0) : NULL;
        if (code == SQLITE_DONE) fault = arena_format(arena, "has no table %s", t->name);
        else if (!sql || strcmp(sql, t->sql))
            fault = arena_format(arena, "its table %s is not as tailor makes it", t->name);
        sqlite3_finalize(found);
    }
    return fault;
}

TableShape table_shape(Arena *arena, sqlite3 *db, const char *table)
{
    TableShape shape = {.name = table};
    sqlite3_stmt *columns = NULL;
    sqlite3_prepare_v2(db, "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?)", -1, &columns, NULL);
    sqlite3_bind_text(columns, 1, table, -1, SQLITE_STATIC);
    while (sqlite3_step(columns) == SQLITE_ROW && shape.n < MOST_COLUMNS) {
        const char *type = (const char *)sqlite3_column_text(columns, 1);
        shape.column[shape.n++] = (TableColumn){
            .name = arena_copy(arena, (const char *)sqlite3_column_text(columns, 0)),
            .kind = !strcmp(type, "INTEGER") ? COLUMN_INTEGER
                    : !strcmp(type, "REAL")  ? COLUMN_REAL
                    : !strcmp(type, "BLOB")  ? COLUMN_BITS
                                             : COLUMN_TEXT,
            .optional = !sqlite3_column_int(columns, 2),
            .primary = sqlite3_column_int(columns, 3) > 0};
    }
    sqlite3_finalize(columns);
    if (!shape.n) bug("record: the table %s has no columns", table);
    return shape;
}

bool is_hash(const char *text) { return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64; }

static bool is_time(const char *text)
{
    const char *form = "0000-00-00T00:00:00Z";
    for (; *form && *text; form++, text++)
        if (*form == '0' ? *text < '0' || *text > '9' : *text != *form) return false;
    return !*form && !*text;
}

static bool is_utf8(const char *text)
{
    for (size_t left = strlen(text), n; left; text += n, left -= n)
        if (!(n = rt_utf8(text, left))) return false;
    return true;
}

/* Is the text a JSON object? */
static bool is_object(const char *text)
{
    RtJson json;
    RtError error = {0};
    if (!rt_json_parse(text, strlen(text), "", &json, &error)) return false;
    const bool is = json.nodes[0].kind == RT_JSON_OBJECT;
    rt_json_free(&json);
    return is;
}

const char *row_value_fault(Arena *arena, const TableShape *shape, int column, const RowValue *v)
{
    const TableColumn *c = &shape->column[column];
    const char *name = c->name, *against = NULL;
    if (v->null) return c->optional ? NULL : arena_format(arena, "%s is null", name);
    if (c->kind == COLUMN_INTEGER && v->integer < 0) against = "a number from 0";
    if (c->kind == COLUMN_REAL && !isfinite(v->real)) against = "a finite number";
    if (c->kind != COLUMN_TEXT) return against ? arena_format(arena, "%s is not %s", name, against) : NULL;
    if (!is_utf8(v->text)) return arena_format(arena, "%s is no UTF-8 text", name);
    const bool object = !strcmp(name, "options") || !strcmp(name, "spec") || (!strcmp(name, "maps") && *v->text);
    if ((!strcmp(name, "key") || strstr(name, "_hash") || strstr(name, "sha256")) && !is_hash(v->text))
        against = "64 hexadecimal digits";
    else if ((!strcmp(name, "started") || !strcmp(name, "ended")) && !is_time(v->text)) against = "a time";
    else if (object && !is_object(v->text)) against = "an object of JSON";
    return against ? arena_format(arena, "%s is '%.80s', against %s", name, v->text, against) : NULL;
}

const char *row_read(Arena *arena, sqlite3_stmt *from, const TableShape *shape, RowValue *row)
{
    static const int types[] = {[COLUMN_TEXT] = SQLITE_TEXT, [COLUMN_INTEGER] = SQLITE_INTEGER,
                                [COLUMN_REAL] = SQLITE_FLOAT, [COLUMN_BITS] = SQLITE_BLOB};
    for (int i = 0; i < shape->n; i++) {
        const TableColumn *c = &shape->column[i];
        const int type = sqlite3_column_type(from, i);
        RowValue *v = &row[i];
        *v = (RowValue){.null = type == SQLITE_NULL};
        if (!v->null && type != types[c->kind])
            return arena_format(arena, "%s has a value of another type than its column", c->name);
        if (!v->null && c->kind == COLUMN_TEXT) {
            const char *text = (const char *)sqlite3_column_text(from, i);
            const size_t n = (size_t)sqlite3_column_bytes(from, i);
            if (!text) fail("tailor: out of memory");
            if (strlen(text) != n) return arena_format(arena, "%s has a zero byte in it", c->name);
            v->text = arena_copy(arena, text);
        }
        if (!v->null && c->kind == COLUMN_BITS) {
            v->n_bits = (size_t)sqlite3_column_bytes(from, i);
            uint8_t *bits = arena_alloc(arena, v->n_bits + 1);
            if (v->n_bits) memcpy(bits, sqlite3_column_blob(from, i), v->n_bits);
            v->bits = bits;
        }
        v->integer = c->kind == COLUMN_INTEGER ? sqlite3_column_int64(from, i) : 0;
        v->real = c->kind == COLUMN_REAL ? sqlite3_column_double(from, i) : 0;
        const char *fault = row_value_fault(arena, shape, i, v);
        if (fault) return fault;
    }
    return NULL;
}

int row_bind(sqlite3_stmt *to, const TableShape *shape, const RowValue *row)
{
    int code = SQLITE_OK;
    for (int i = 0; i < shape->n && code == SQLITE_OK; i++) {
        const RowValue *v = &row[i];
        const ColumnKind kind = shape->column[i].kind;
        if (v->null) code = sqlite3_bind_null(to, i + 1);
        else if (kind == COLUMN_INTEGER) code = sqlite3_bind_int64(to, i + 1, v->integer);
        else if (kind == COLUMN_REAL) code = sqlite3_bind_double(to, i + 1, v->real);
        else if (kind == COLUMN_BITS) code = sqlite3_bind_blob64(to, i + 1, v->bits, v->n_bits, SQLITE_TRANSIENT);
        else code = sqlite3_bind_text(to, i + 1, v->text, -1, SQLITE_TRANSIENT);
    }
    return code;
}
