/* result.c - what came of a cell: its run.json and log.csv, metrics of its maps, or why there is none. */
#include "sweep/record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 26 };

/* ---- log.csv ---- */

typedef struct Csv { char *at; const char *path; int line; } Csv;

/* The next field, in place, and whether it ends its line; NULL: the text ends.  Quotes as in RFC 4180. */
static char *field(Csv *csv, bool *last)
{
    char *from = csv->at, *to = csv->at, *at = csv->at;
    if (!*at) return NULL;
    for (bool quoted = false; *at && (quoted || (*at != ',' && *at != '\n')); at++) {
        if (*at != '"') *to++ = *at;
        else if (quoted && at[1] == '"') *to++ = *at++;
        else quoted = !quoted;
    }
    *last = *at != ',';
    csv->line += *at == '\n';
    csv->at = *at ? at + 1 : at;
    *to = 0;
    return from;
}

/* The rows of table epoch. */
static bool add_epochs(Record *r, const char *key, Csv *csv, RtError *error)
{
    const char **name = NULL;
    int n = 0, capacity = 0;
    char *text, *end;
    for (bool last = false; !last && (text = field(csv, &last)); n++) {
        name = arena_grow(r->arena, name, n, &capacity, sizeof *name);
        name[n] = text;
    }
    if (!n || strcmp(name[0], "epoch")) return rt_fail(error, "%s: its first column is not epoch", csv->path);
    while (*csv->at) {
        const int line = csv->line;
        int64_t epoch = 0;
        for (int i = 0; i < n; i++) {
            bool last;
            text = field(csv, &last);
            const double value = text && *text ? strtod(text, &end) : 0;
            if (!text || last != (i == n - 1) || (*text && *end))
                return rt_fail(error, "%s:%d: is no line of %d numbers", csv->path, line, n);
            if (i == 0) epoch = (int64_t)value;
            else if (*text)
                record_do(r, "INSERT OR REPLACE INTO epoch VALUES (?, ?, ?, ?)", "titr", key, epoch, name[i], value);
        }
    }
    return true;
}

/* ---- run.json ---- */

typedef struct Run { const char *path; RtJson json; } Run;

static const RtJsonNode *member(const Run *run, const char *name, RtJsonKind kind, RtError *error)
{
    const RtJsonNode *node = rt_json_get(&run->json, run->json.nodes, name);
    if (node && node->kind == kind) return node;
    rt_fail(error, "%s: has no %s of the kind that a run writes", run->path, name);
    return NULL;
}

static bool integer_of(const Run *run, const char *name, int64_t *to, RtError *error)
{
    const RtJsonNode *node = member(run, name, RT_JSON_NUMBER, error);
    if (!node) return false;
    *to = node->integer;
    return node->is_integer || rt_fail(error, "%s: %s is no whole number", run->path, name);
}

static bool real_of(const Run *run, const char *name, double *to, RtError *error)
{
    const RtJsonNode *node = member(run, name, RT_JSON_NUMBER, error);
    if (node) *to = node->number;
    return node != NULL;
}

static bool text_of(const Run *run, const char *name, const char **to, RtError *error)
{
    const RtJsonNode *node = member(run, name, RT_JSON_STRING, error);
    if (node) *to = node->string;
    return node != NULL;
}

/* The row of table cell, and those of table metric. */
static bool add_run(Record *r, const char *key, const char *folder, const Run *run, RtError *error)
{
    const char *hash, *weights, *cpu;
    int64_t parameters, forward, step, workspace, rss, numerics;
    double seconds, speed;
    char now[32];
    if (!text_of(run, "experiment_hash", &hash, error) || !text_of(run, "weights_sha256", &weights, error) ||
        !text_of(run, "cpu", &cpu, error) || !integer_of(run, "numerics", &numerics, error) ||
        !integer_of(run, "parameter_count", &parameters, error) ||
        !integer_of(run, "flops_forward", &forward, error) || !integer_of(run, "flops_step", &step, error) ||
        !integer_of(run, "workspace_bytes", &workspace, error) || !integer_of(run, "peak_rss_bytes", &rss, error) ||
        !real_of(run, "seconds", &seconds, error) || !real_of(run, "images_per_second", &speed, error))
        return false;
    if (strcmp(hash, key)) return rt_fail(error, "%s: is of experiment %s, against %s", run->path, hash, key);
    const RtJsonNode *metrics = member(run, "metrics", RT_JSON_OBJECT, error);
    if (!metrics) return false;
    record_now(now);
    record_do(r, "UPDATE cell SET state = 'done', reason = '', folder = ?, numerics = ?, parameters = ?, "
                 "flops_forward = ?, flops_step = ?, workspace_bytes = ?, weights_sha256 = ?, seconds = ?, "
                 "images_per_second = ?, peak_rss_bytes = ?, cpu = ?, ended = ? WHERE key = ?", "tiiiiitrrittt",
              folder, numerics, parameters, forward, step, workspace, weights, seconds, speed, rss, cpu, now, key);
    for (int i = metrics->first; i; i = run->json.nodes[i].next) {
        const RtJsonNode *m = &run->json.nodes[i];
        if (m->kind != RT_JSON_NUMBER && m->kind != RT_JSON_NULL)
            return rt_fail(error, "%s: the metric %s is no number", run->path, m->key);
        record_do(r, "INSERT INTO metric VALUES (?, '', ?, ?)", "ttr", key, m->key,
                  m->kind == RT_JSON_NULL ? (double)NAN : m->number);
    }
    return true;
}

/* ---- a cell begins and ends ---- */

void record_place(Record *r, const char *key, const char *folder)
{
    record_do(r, "UPDATE cell SET folder = ? WHERE key = ?", "tt", folder, key);
}

static void add_maps(Record *r, const char *key, const RecordMaps *maps)
{
    for (int i = 0; i < maps->n; i++)
        record_do(r, "INSERT OR REPLACE INTO metric VALUES (?, ?, ?, ?)", "tttr", key, maps->maps, maps->values[i].name,
                  maps->values[i].value);
}

static void add_correct(Record *r, const char *key, const uint8_t *bits, size_t bytes)
{
    record_do(r, "INSERT OR REPLACE INTO correct VALUES (?, ?)", "tb", key, (const void *)bits, bytes);
}

static void clear_results(Record *r, const char *key)
{
    record_do(r, "DELETE FROM metric WHERE key = ?", "t", key);
    record_do(r, "DELETE FROM epoch WHERE key = ?", "t", key);
    record_do(r, "DELETE FROM correct WHERE key = ?", "t", key);
}

static bool add_results(Record *r, const char *key, const RecordResult *result, Run *run, Csv *csv, RtError *error)
{
    clear_results(r, key);
    if (!add_run(r, key, result->folder, run, error) || !add_epochs(r, key, csv, error)) return false;
    for (int i = 0; i < result->n_maps; i++) add_maps(r, key, &result->maps[i]);
    if (result->correct) add_correct(r, key, result->correct, result->correct_bytes);
    record_do(r, "DELETE FROM lease WHERE key = ?", "t", key);
    return true;
}

bool record_done(Record *r, const char *key, const RecordResult *result, RtError *error)
{
    const char *folder = arena_format(r->arena, "%s/%s", r->folder, result->folder);
    Run run = {.path = arena_format(r->arena, "%s/run.json", folder)};
    Csv csv = {.path = arena_format(r->arena, "%s/log.csv", folder), .line = 1};
    RtText json = {0}, log = {0};
    bool ok = rt_file_read(run.path, MOST_BYTES, &json, error) && rt_file_read(csv.path, MOST_BYTES, &log, error) &&
              rt_json_parse(json.data, json.length, run.path, &run.json, error);
    if (ok) {
        csv.at = log.data;
        record_begin(r);
        const bool held = record_holds(r, key);
        ok = !held || add_results(r, key, result, &run, &csv, error);
        record_do(r, ok ? "COMMIT" : "ROLLBACK", "");
    }
    rt_json_free(&run.json);
    rt_text_free(&json), rt_text_free(&log);
    return ok;
}

void record_end(Record *r, const char *key, CellState state, const char *reason)
{
    char now[32], *line = arena_copy(r->arena, reason);
    for (size_t left = strlen(line), n, at = 0; left; at += n, left -= n) {
        n = rt_utf8(line + at, left);
        if (!n) line[at] = '?', n = 1;
        else if ((unsigned char)line[at] < 32 || line[at] == 127) line[at] = ' ';
    }
    record_now(now);
    record_begin(r);
    if (record_holds(r, key)) {
        record_do(r, "UPDATE cell SET state = ?, reason = ?, ended = iif(?1 = 'queued', NULL, ?), "
                     "started = iif(?1 = 'queued', NULL, started) WHERE key = ?", "tttt", cell_state_names[state], line,
                  now, key);
        record_do(r, "DELETE FROM lease WHERE key = ?", "t", key);
    }
    record_commit(r);
}

/* ---- what is measured later ---- */

void record_add_maps(Record *r, const char *key, const RecordMaps *maps)
{
    record_begin(r);
    add_maps(r, key, maps);
    record_commit(r);
}

bool record_has_maps(Record *r, const char *key, const char *maps)
{
    return record_number(r, "SELECT 1 FROM metric WHERE key = ? AND maps = ? LIMIT 1", "tt", key, maps) == 1;
}

void record_add_correct(Record *r, const char *key, const uint8_t *bits, size_t bytes)
{
    record_begin(r);
    add_correct(r, key, bits, bytes);
    record_commit(r);
}

bool record_has_correct(Record *r, const char *key)
{
    return record_number(r, "SELECT 1 FROM correct WHERE key = ?", "t", key) == 1;
}
