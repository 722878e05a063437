/* merge.c - the records of other machines, by key.
 *
 * The rows of a source are staged in temporary tables, checked there, and then added.  What wins does not depend on the
 * order of sources: of one cell a done run beats a failed one, which beats none; then the later numerics wins; then, of
 * equals, the run that is here, else the row whose text is greater.  Metrics, epochs and `correct` of equal weights are
 * united: a dump may lack some. */
#include "sweep/dump.h"

#include "base/process.h"

#include <string.h>
#include <sys/stat.h>

enum { MOST_SHAPES = 8 };

typedef struct Merge {
    Record *r;
    Arena *arena;
    const char *source;                /* path of the record or dump that is added */
    int n;
    TableShape shape[MOST_SHAPES];     /* of the tables that a dump has */
    sqlite3_stmt *insert[MOST_SHAPES]; /* into the temporary table of each */
} Merge;

/* ---- staging ---- */

static const char *columns(Arena *arena, const TableShape *shape, const char *form, const char *between, bool primary)
{
    Text text = text_new(arena);
    for (int i = 0; i < shape->n; i++) {
        const char *name = shape->column[i].name;
        if (primary && !shape->column[i].primary) continue;
        if (text.length) text_add(&text, "%s", between);
        for (const char *c = form; *c; c++)
            if (*c == '@') text_add(&text, "%s", name);
            else text_add(&text, "%c", *c);
    }
    return text.chars;
}

static void make_stages(Merge *m)
{
    for (const RecordTable *t = record_tables; t->name; t++) {
        if (!t->dumped) continue;
        if (m->n == MOST_SHAPES) bug("merge: more than %d tables", MOST_SHAPES);
        TableShape *shape = &m->shape[m->n];
        *shape = table_shape(m->arena, m->r->db, t->name);
        record_do(m->r, arena_format(m->arena, "CREATE TEMP TABLE new_%s (%s, PRIMARY KEY (%s))", t->name,
                                     columns(m->arena, shape, "@", ", ", false),
                                     columns(m->arena, shape, "@", ", ", true)), "");
        const char *sql = arena_format(m->arena, "INSERT INTO new_%s VALUES (%s)", t->name,
                                       columns(m->arena, shape, "?", ", ", false));
        m->insert[m->n++] = record_query(m->r, sql, "");
    }
    record_do(m->r, "CREATE TEMP TABLE better (key TEXT PRIMARY KEY, same INTEGER)", "");
}

static const char *key_fault(Arena *arena, const RowValue *row)
{
    char hash[65];
    rt_sha256(row[1].text, strlen(row[1].text), hash);
    if (!strcmp(hash, row[0].text)) return NULL;
    return arena_format(arena, "the text of %s has the sha256 %s", row[0].text, hash);
}

static const char *stage(void *to, const TableShape *shape, const RowValue *row)
{
    Merge *m = to;
    int i = 0;
    while (strcmp(m->shape[i].name, shape->name)) i++;
    const char *wrong = !strcmp(shape->name, "identity") ? key_fault(m->arena, row) : NULL;
    if (wrong) return wrong;
    int code = row_bind(m->insert[i], shape, row);
    if (code == SQLITE_OK) code = sqlite3_step(m->insert[i]);
    sqlite3_reset(m->insert[i]);
    if ((code & 255) == SQLITE_CONSTRAINT)
        return arena_format(m->arena, "the row of %.80s stands there twice", row[0].text);
    if (code != SQLITE_DONE) fail("%s: %s", m->r->path, sqlite3_errmsg(m->r->db));
    return NULL;
}

static void stage_source(Merge *m, const char *from)
{
    struct stat state;
    if (stat(from, &state) == 0 && S_ISDIR(state.st_mode)) {
        Record *other = record_open(m->arena, from, false);
        m->source = other->path;
        record_check(other);
        for (int i = 0; i < m->n; i++) record_rows(other, &m->shape[i], m, stage);
        record_close(other);
    } else {
        m->source = from;
        dump_read(from, m->n, m->shape, m, stage);
    }
    /* nobody here works on what another record has begun */
    record_do(m->r, "UPDATE new_cell SET state = 'queued', reason = '', started = NULL, ended = NULL "
                    "WHERE state IN ('running', 'interrupted')", "");
    record_do(m->r, "UPDATE new_cell SET folder = ''", "");
}

/* ---- what cannot be added ---- */

/* Ends the program if the query has a row: a text that says what is wrong.  types "t": ? is the path of the record. */
static void refuse(Merge *m, const char *sql, const char *types)
{
    sqlite3_stmt *s = record_query(m->r, sql, types, m->r->path);
    if (record_row(m->r, s)) fail("%s: %s", m->source, record_text(m->r, s, 0));
}

static void check_source(Merge *m)
{
    refuse(m, "SELECT 'cell ' || key || ' has the state ' || substr(state, 1, 40) FROM new_cell WHERE state NOT IN "
              "('queued', 'done', 'failed') ORDER BY 1 LIMIT 1", "");
    refuse(m, "SELECT 'experiment ' || experiment || ' has members there, but is not there' FROM new_member "
              "WHERE experiment NOT IN (SELECT name FROM new_experiment) ORDER BY 1 LIMIT 1", "");
    refuse(m, "SELECT 'cell ' || key || ' has rows there, but is not there' FROM (SELECT key FROM new_member UNION "
              "SELECT key FROM new_identity) WHERE key NOT IN (SELECT key FROM new_cell) ORDER BY 1 LIMIT 1", "");
    refuse(m, "SELECT 'cell ' || key || ' has results there, but is not done' FROM (SELECT key FROM new_metric UNION "
              "SELECT key FROM new_epoch UNION SELECT key FROM new_correct) "
              "WHERE key NOT IN (SELECT key FROM new_cell WHERE state = 'done') ORDER BY 1 LIMIT 1", "");
    refuse(m, "SELECT 'cell ' || key || ' is done, but has no weights_sha256' FROM new_cell WHERE state = 'done' "
              "AND weights_sha256 IS NULL ORDER BY 1 LIMIT 1", "");
    refuse(m, "SELECT 'cell ' || key || ' is done, but has no metric: the rest was cut off' FROM new_cell "
              "WHERE state = 'done' AND key NOT IN (SELECT key FROM new_metric WHERE maps = '') ORDER BY 1 LIMIT 1",
           "");
}

/* The parts of two texts around the place where they begin to differ. */
static const char *difference(Arena *arena, const char *a, const char *b)
{
    int same = 0;
    while (a[same] && a[same] == b[same]) same++;
    int from = same > 24 ? same - 24 : 0;
    while (from && ((unsigned char)a[from] & 0xc0) == 0x80) from--;
    return arena_format(arena, "...%.60s... there, against ...%.60s... in", a + from, b + from);
}

/* Refuses a row of results that has another value there than here, where the weights are equal.  rest: of its primary
 * key; name: of the value in a message, as SQL; where: which rows count. */
static void refuse_unequal(Merge *m, const char *table, const char *rest, const char *name, const char *column,
                           const char *where)
{
    refuse(m, arena_format(m->arena,
        "SELECT 'cell ' || key || ' has ' || %s || ' = ' || substr(quote(x.%s), 1, 80) || ' there, against ' || "
        "substr(quote(y.%s), 1, 80) || ' in ' || ? || '; the weights are equal' FROM new_%s x JOIN %s y USING (key%s) "
        "JOIN new_cell n USING (key) JOIN cell o USING (key) WHERE o.state = 'done' AND n.numerics = o.numerics AND "
        "x.%s IS NOT y.%s AND %s ORDER BY 1 LIMIT 1", name, column, column, table, table, rest, column, column, where),
        "t");
}

static void check_both(Merge *m)
{
    sqlite3_stmt *s = record_query(m->r, "SELECT name, n.spec, e.spec FROM new_experiment n JOIN experiment e "
                                         "USING (name) WHERE n.spec <> e.spec ORDER BY name LIMIT 1", "");
    if (record_row(m->r, s))
        fail("%s: experiment %s is another one: %s %s; its record has to be merged into a folder of its own", m->source,
             record_text(m->r, s, 0), difference(m->arena, record_text(m->r, s, 1), record_text(m->r, s, 2)),
             m->r->path);
    refuse(m, "SELECT 'experiment ' || experiment || ', graph ' || graph || ', data ' || data || ', ' || variant || "
              "', seed ' || seed || ': cell ' || n.key || ' there, against ' || o.key || ' in ' || ? "
              "FROM new_member n JOIN member o USING (experiment, graph, data, variant, seed) WHERE n.key <> o.key "
              "ORDER BY 1 LIMIT 1", "t");
    refuse(m, "SELECT 'cell ' || key || ' has the weights ' || n.weights_sha256 || ' there, against ' || "
              "o.weights_sha256 || ' in ' || ? || '; numerics ' || n.numerics || ' in both' FROM new_cell n "
              "JOIN cell o USING (key) WHERE n.state = 'done' AND o.state = 'done' AND n.numerics = o.numerics "
              "AND n.weights_sha256 IS NOT o.weights_sha256 ORDER BY 1 LIMIT 1", "t");
    refuse_unequal(m, "metric", ", maps, name", "iif(maps = '', '', maps || ' ') || name", "value", "true");
    refuse_unequal(m, "epoch", ", epoch, name", "'in epoch ' || epoch || ' ' || name", "value", "name <> 'seconds'");
    refuse_unequal(m, "correct", "", "'correct'", "bits", "true");
    refuse(m, "SELECT 'cell ' || key || ' is of another graph, seed or epochs there than in ' || ? FROM new_cell n "
              "JOIN cell o USING (key) WHERE n.graph_hash <> o.graph_hash OR n.seed <> o.seed OR n.epochs <> o.epochs "
              "ORDER BY 1 LIMIT 1", "t");
}

/* ---- adding ---- */

#define RANK(cell) "CASE " cell ".state WHEN 'done' THEN 2 WHEN 'failed' THEN 1 ELSE 0 END"

static void add_source(Merge *m)
{
    static const char *const results[] = {"metric", "epoch", "correct", NULL};
    const TableShape *cell = &m->shape[0];
    const char *text_new_cell = columns(m->arena, cell, "quote(n.@)", " || ',' || ", false);
    const char *text_cell = columns(m->arena, cell, "quote(o.@)", " || ',' || ", false);
    record_do(m->r, arena_format(m->arena,
        "INSERT INTO better SELECT n.key, o.state = 'done' AND n.state = 'done' AND n.numerics = o.numerics "
        "FROM new_cell n LEFT JOIN cell o USING (key) WHERE o.key IS NULL OR (" RANK("n") ") > (" RANK("o") ") OR "
        "((" RANK("n") ") = (" RANK("o") ") AND o.state NOT IN ('running', 'interrupted') AND "
        "(n.numerics > o.numerics OR (n.numerics = o.numerics AND o.folder = '' AND %s > %s)))", text_new_cell,
        text_cell), "");
    for (int i = 0; results[i]; i++)
        record_do(m->r, arena_format(m->arena, "DELETE FROM %s WHERE key IN (SELECT key FROM better WHERE same IS NOT "
                                               "1)", results[i]), "");
    record_do(m->r, "DELETE FROM lease WHERE key IN (SELECT key FROM better)", "");
    record_do(m->r, arena_format(m->arena, "INSERT INTO cell SELECT %s FROM new_cell WHERE key IN (SELECT key FROM "
                                           "better) ON CONFLICT (key) DO UPDATE SET %s",
                                 columns(m->arena, cell, "@", ", ", false),
                                 columns(m->arena, cell, "@ = excluded.@", ", ", false)), "");
    /* what both have is equal, but for the seconds of an epoch: of these the greater, so that no order matters */
    for (int i = 0; results[i]; i++) {
        const char *both = strcmp(results[i], "epoch") ? "NOTHING" : "UPDATE SET value = max(value, excluded.value)";
        record_do(m->r, arena_format(m->arena, "INSERT INTO %s SELECT x.* FROM new_%s x JOIN new_cell n USING (key) "
                                               "JOIN cell o USING (key) WHERE o.state = 'done' AND n.numerics = "
                                               "o.numerics ON CONFLICT DO %s", results[i], results[i], both), "");
    }
    record_do(m->r, "INSERT INTO identity SELECT * FROM new_identity WHERE true ON CONFLICT DO NOTHING", "");
    record_do(m->r, "INSERT INTO experiment SELECT * FROM new_experiment WHERE true ON CONFLICT DO NOTHING", "");
    record_do(m->r, "INSERT INTO member SELECT * FROM new_member WHERE true ON CONFLICT DO NOTHING", "");
    record_do(m->r, "DELETE FROM better", "");
    for (int i = 0; i < m->n; i++)
        record_do(m->r, arena_format(m->arena, "DELETE FROM new_%s", m->shape[i].name), "");
}

void record_merge(Record *r, int n, const char *const *from)
{
    Merge m = {.r = r, .arena = arena_new()};
    record_begin(r);
    make_stages(&m);
    for (int i = 0; i < n; i++) {
        stage_source(&m, from[i]);
        check_source(&m);
        check_both(&m);
        add_source(&m);
    }
    record_commit(r);
    arena_free(m.arena);
}
