/* why.c - what makes a cell what it is, and why it is queued, done or stale. */
#include "sweep/record.h"

#include <string.h>

/* A row of table cell with the text of its key, "" where the record does not have it. */
typedef struct Known {
    const char *key, *graph, *graph_hash, *options, *data, *state, *reason, *folder, *weights, *started, *ended;
    const char *identity;
    int64_t seed, epochs, numerics;
} Known;

static Known cell_of(Record *r, const char *key)
{
    sqlite3_stmt *s = record_query(r,
        "SELECT cell.key, graph, graph_hash, options, data, state, reason, folder, weights_sha256, started, ended, "
        "text, seed, epochs, numerics FROM cell LEFT JOIN identity USING (key) WHERE cell.key = ?", "t", key);
    if (!record_row(r, s)) fail("%s: cell %s is not there", r->path, key);
    Known c = {0};
    const char **text[] = {&c.key, &c.graph, &c.graph_hash, &c.options, &c.data, &c.state, &c.reason, &c.folder,
                           &c.weights, &c.started, &c.ended, &c.identity};
    for (int i = 0; i < 12; i++) *text[i] = record_text(r, s, i);
    c.seed = sqlite3_column_int64(s, 12), c.epochs = sqlite3_column_int64(s, 13);
    c.numerics = sqlite3_column_int64(s, 14);
    sqlite3_reset(s);
    return c;
}

/* The cell whose key begins with the text. */
static const char *whole_key(Record *r, const char *begin)
{
    if (!*begin || strlen(begin) > 64 || strspn(begin, "0123456789abcdef") != strlen(begin))
        fail("tailor: '%s' is no key of a cell: up to 64 hexadecimal digits", begin);
    const char *end = arena_format(r->arena, "%sg", begin);
    sqlite3_stmt *s = record_query(r, "SELECT key FROM cell WHERE key >= ? AND key < ? ORDER BY key LIMIT 2", "tt",
                                   begin, end);
    if (!record_row(r, s)) fail("%s: no cell's key begins with %s", r->path, begin);
    const char *key = record_text(r, s, 0);
    if (record_row(r, s)) {
        const char *other = record_text(r, s, 0);
        fail("%s: more than one cell's key begins with %s: %s, %s", r->path, begin, key, other);
    }
    sqlite3_reset(s);
    return key;
}

/* ---- differences ---- */

/* The value of an option as JSON, "none" where there is no such option. */
static const char *value_text(Arena *arena, const RtJsonNode *value)
{
    RtText text = {0};
    if (!value) return "none";
    if (value->kind == RT_JSON_NUMBER) return arena_format(arena, "%.15g", value->number);
    if (value->kind != RT_JSON_STRING) return value->boolean ? "true" : "false";
    rt_json_quote(&text, value->string);
    if (text.failed) fail("tailor: out of memory");
    const char *quoted = arena_copy(arena, text.data);
    rt_text_free(&text);
    return quoted;
}

/* Says each option of `options` that differs in `others`; returns their number.  Both are JSON objects. */
static int print_options(Arena *arena, const char *options, const char *others, const char *whose)
{
    RtJson json[2] = {{0}};
    RtError error = {0};
    int n = 0;
    const bool read = rt_json_parse(options, strlen(options), "", &json[0], &error) &&
                      rt_json_parse(others, strlen(others), "", &json[1], &error);
    for (int side = 0; side < 2 && read; side++)
        for (int i = json[side].nodes[0].first; i; i = json[side].nodes[i].next) {
            const RtJsonNode *own = &json[side].nodes[i];
            const RtJsonNode *other = rt_json_get(&json[!side], json[!side].nodes, own->key);
            const char *text[] = {value_text(arena, own), value_text(arena, other)};
            if (!strcmp(text[0], text[1]) || (side && other)) continue;
            printf("  option %s: %s, against %s %s\n", own->key, text[side], text[!side], whose);
            n++;
        }
    rt_json_free(&json[0]), rt_json_free(&json[1]);
    return n;
}

/* Says each line of `text` that is not in `other`, but for those that begin as one that is said elsewhere. */
static int print_lines(Arena *arena, const char *text, const char *other, const char *whose)
{
    static const char *const said[] = {"graph ", "seed ", "epochs ", "data "};
    int n = 0;
    const char *all = arena_format(arena, "\n%s\n", other);
    for (const char *at = text; *at; at += strcspn(at, "\n"), at += *at == '\n') {
        const char *line = arena_format(arena, "\n%.*s\n", (int)strcspn(at, "\n"), at);
        bool before = strstr(all, line);
        for (int i = 0; i < 4; i++) before = before || !strncmp(at, said[i], strlen(said[i]));
        if (!before) n++, printf("  %.*s: not so %s\n", (int)strcspn(at, "\n"), at, whose);
    }
    return n;
}

/* Says which parts of a cell are not those of another. */
static void print_difference(Arena *arena, const Known *c, const Known *o)
{
    const char *whose = "there";
    int n = 0;
    if (strcmp(c->graph, o->graph)) printf("  graph: %s, against %s %s\n", c->graph, o->graph, whose);
    const int options = print_options(arena, c->options, o->options, whose);
    n += options;
    if (strcmp(c->graph_hash, o->graph_hash))
        n++, printf("  graph_hash: %s, against %s %s%s\n", c->graph_hash, o->graph_hash, whose,
                    options ? "" : "; no option differs, so the graph file says something else");
    if (strcmp(c->data, o->data)) n++, printf("  data: %s, against %s %s\n", c->data, o->data, whose);
    if (c->epochs != o->epochs)
        n++, printf("  epochs: %lld, against %lld %s\n", (long long)c->epochs, (long long)o->epochs, whose);
    if (*c->identity && *o->identity) n += print_lines(arena, c->identity, o->identity, whose);
    if (!n) printf("  the content of the data, its share of validation images, or the initial weights\n");
}

/* ---- the whole answer ---- */

static void print_parts(const Known *c)
{
    printf("cell        %s\n", c->key);
    printf("graph       %s\n", c->graph);
    printf("graph_hash  %s\n", c->graph_hash);
    printf("options     %s\n", c->options);
    printf("data        %s\n", c->data);
    printf("seed        %lld\n", (long long)c->seed);
    printf("epochs      %lld\n", (long long)c->epochs);
    printf("numerics    %lld\n", (long long)c->numerics);
    if (!*c->identity) return;
    printf("\nIts key is the sha256 of\n");
    for (const char *at = c->identity; *at; at += strcspn(at, "\n"), at += *at == '\n')
        printf("  %.*s\n", (int)strcspn(at, "\n"), at);
}

static void print_members(Record *r, const Known *c)
{
    sqlite3_stmt *s = record_query(r,
        "SELECT experiment, graph, data, variant, seed, json_extract(spec, '$.variants[0].name') FROM member "
        "JOIN experiment ON name = experiment WHERE key = ? ORDER BY 1, 2, 3, 4, 5", "t", c->key);
    bool any = false;
    while (record_row(r, s)) {
        const char *experiment = record_text(r, s, 0), *graph = record_text(r, s, 1), *data = record_text(r, s, 2);
        const char *variant = record_text(r, s, 3), *baseline = record_text(r, s, 5);
        const int64_t seed = sqlite3_column_int64(s, 4);
        printf("%sexperiment %s: graph %s, data %s, variant %s, seed %lld\n", any ? "" : "\n",
               shown_name(r->arena, experiment), shown_name(r->arena, graph), shown_name(r->arena, data),
               shown_name(r->arena, variant), (long long)seed);
        any = true;
        if (!strcmp(variant, baseline)) continue;
        sqlite3_stmt *b = record_query(r,
            "SELECT options FROM cell JOIN member USING (key) WHERE experiment = ? AND member.graph = ? AND "
            "member.data = ? AND variant = ? AND member.seed = ?", "tttti", experiment, graph, data, baseline, seed);
        if (record_row(r, b) && !print_options(r->arena, c->options, record_text(r, b, 0), "of the baseline"))
            printf("  with the options of the baseline\n");
        sqlite3_reset(b);
    }
    if (!any) printf("\nNo experiment of the record has it any more.\n");
}

static void print_state(Record *r, const Known *c)
{
    printf("\n%s", c->state);
    if (!strcmp(c->state, "queued")) printf(": it has not been begun");
    if (!strcmp(c->state, "interrupted")) printf(": begun %s; the next sweep goes on from its checkpoint", c->started);
    if (!strcmp(c->state, "running")) {
        sqlite3_stmt *s = record_query(r, "SELECT owner FROM lease WHERE key = ?", "t", c->key);
        const char *owner = record_row(r, s) ? record_text(r, s, 0) : "";
        printf(": begun %s by %s%s", c->started, *owner ? owner : "nobody known",
               !*owner || record_owner_gone(r, owner) ? ", which has ended: the next sweep goes on" : "");
        sqlite3_reset(s);
    }
    if (!strcmp(c->state, "failed")) printf(": %s; it runs again with --retry-failed", c->reason);
    if (!strcmp(c->state, "done")) {
        if (c->numerics < TAILOR_NUMERICS)
            printf(", and stale: numerics %lld, against %d of this tailor, whose bits are others; --rerun=stale runs "
                   "it again", (long long)c->numerics, TAILOR_NUMERICS);
        printf("%s %s, weights %s", c->numerics < TAILOR_NUMERICS ? "; ended" : ":", c->ended, c->weights);
    }
    printf("\n");
    if (*c->folder) printf("its run: %s/%s\n", r->folder, c->folder);
}

/* The cell that this one stands in the place of, when the file or its graph was changed: one of the same graph and
 * seed, which no experiment has any more or which has the same options and data; of these the last with the
 * fewest differences, which is of the same variant, as another one differs in the variant's options too. */
static void print_predecessor(Record *r, const Known *c)
{
    sqlite3_stmt *s = record_query(r,
        "SELECT key, key NOT IN (SELECT key FROM member) AS left, state FROM cell WHERE graph = ?1 AND seed = ?2 AND "
        "key <> ?3 AND (left OR (options = ?5 AND data = ?4 AND ?6 <> 'done')) ORDER BY state = 'done' DESC, "
        "left DESC, (graph_hash <> ?7) + (data <> ?4) + (epochs <> ?8) + "
        "(SELECT count(*) FROM (SELECT key, value FROM json_each(?5) EXCEPT SELECT key, value FROM "
        "json_each(options))) + (SELECT count(*) FROM json_each(options) WHERE key NOT IN (SELECT key FROM "
        "json_each(?5))), ended DESC, key LIMIT 1",
        "tittttti", c->graph, c->seed, c->key, c->data, c->options, c->state, c->graph_hash, c->epochs);
    if (!record_row(r, s)) return;
    const char *key = record_text(r, s, 0), *state = record_text(r, s, 2);
    const bool left = sqlite3_column_int(s, 1);
    sqlite3_reset(s);
    const Known other = cell_of(r, key);
    printf("\nIt is not cell %s, which is %s%s:\n", key, state, left ? " and which no experiment has any more" : "");
    print_difference(r->arena, c, &other);
}

int sweep_why(Arena *arena, const char *key, const char *folder)
{
    Record *r = record_open(arena, folder, false);
    const Known c = cell_of(r, whole_key(r, key));
    print_parts(&c);
    print_members(r, &c);
    print_state(r, &c);
    print_predecessor(r, &c);
    record_close(r);
    return 0;
}
