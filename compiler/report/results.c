/* results.c - the record of a sweep in memory: experiments, their blocks, runs and metrics.
 *
 * Each table is read once, in the order of its index, and rows are joined here: a report takes as many queries as there
 * are tables, however many cells there are. */
#include "report/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SPEC = 16 << 20 };         /* bytes of an experiment's JSON */

/* ---- columns ---- */

/* The text of a column, "" for NULL; good until the next row. */
static const char *peek_text(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text ? text : "";
}

/* The same for good; the text of the row before where it is equal. */
static const char *take_text(Arena *arena, sqlite3_stmt *row, int column, const char *before)
{
    const char *text = peek_text(row, column);
    return before && !strcmp(before, text) ? before : arena_copy(arena, text);
}

static double take_number(sqlite3_stmt *row, int column)
{
    const int type = sqlite3_column_type(row, column);
    const bool number = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
    const double value = number ? sqlite3_column_double(row, column) : (double)NAN;
    return fabs(value) <= MOST_VALUE ? value : (double)NAN;
}

static double take_size(sqlite3_stmt *row, int column)
{
    const double value = take_number(row, column);
    return value >= 0 ? value : (double)NAN;
}

/* ---- cells ---- */

typedef struct CellTable { int n, capacity; ReportCell *cells; } CellTable;      /* sorted by key */

static CellTable read_cells(Arena *arena, Record *record)
{
    CellTable t = {0};
    sqlite3_stmt *row = record_query(
        record, "SELECT key, state, reason, folder, cpu, epochs, numerics, parameters, flops_forward, flops_step, "
                "workspace_bytes, peak_rss_bytes, images_per_second FROM cell ORDER BY key", "");
    while (record_row(record, row)) {
        t.cells = arena_grow(arena, t.cells, t.n, &t.capacity, sizeof *t.cells);
        const ReportCell *before = t.n ? &t.cells[t.n - 1] : &(ReportCell){0};
        const double speed = take_number(row, 12);
        t.cells[t.n] = (ReportCell){.key = take_text(arena, row, 0, NULL),
                                    .state = take_text(arena, row, 1, before->state),
                                    .reason = take_text(arena, row, 2, before->reason),
                                    .folder = take_text(arena, row, 3, NULL),
                                    .cpu = take_text(arena, row, 4, before->cpu),
                                    .epochs = sqlite3_column_int64(row, 5),
                                    .numerics = sqlite3_column_int64(row, 6),
                                    .parameters = take_size(row, 7), .flops_forward = take_size(row, 8),
                                    .flops_step = take_size(row, 9), .workspace_bytes = take_size(row, 10),
                                    .peak_rss_bytes = take_size(row, 11),
                                    .image_seconds = speed > 0 && isfinite(1 / speed) ? 1 / speed : (double)NAN};
        t.n++;
    }
    return t;
}

static ReportCell *cell_of(const CellTable *t, const char *key)
{
    int low = 0, high = t->n;
    while (low < high) {
        const int middle = low + (high - low) / 2, order = strcmp(t->cells[middle].key, key);
        if (!order) return &t->cells[middle];
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

static void read_metrics(Arena *arena, Record *record, const CellTable *t)
{
    ReportCell *cell = NULL;
    int n = 0, capacity = 0;
    ReportMetric *metrics = NULL;
    NameTable names = name_table_new(arena);
    const char **known = NULL;
    int n_known = 0, known_capacity = 0;
    sqlite3_stmt *row = record_query(record, "SELECT key, maps, name, value FROM metric ORDER BY key, maps, name", "");
    while (record_row(record, row)) {
        const char *key = peek_text(row, 0);
        if (!cell || strcmp(cell->key, key)) cell = cell_of(t, key), metrics = NULL, n = capacity = 0;
        if (!cell) continue;
        const char *name = peek_text(row, 2);
        int number = name_known(&names, name);
        if (!number) {
            known = arena_grow(arena, known, n_known, &known_capacity, sizeof *known);
            known[n_known++] = arena_copy(arena, name);
            number = *name_number(&names, known[n_known - 1]) = n_known;
        }
        metrics = arena_grow(arena, metrics, n, &capacity, sizeof *metrics);
        metrics[n] = (ReportMetric){take_text(arena, row, 1, n ? metrics[n - 1].maps : ""), known[number - 1],
                                    take_number(row, 3)};
        cell->metrics = metrics, cell->n_metrics = ++n;
    }
}

static void read_points(Arena *arena, Record *record, const CellTable *t)
{
    ReportCell *cell = NULL;
    int n = 0, capacity = 0;
    ReportPoint *points = NULL;
    sqlite3_stmt *row = record_query(record, "SELECT key, epoch, name, value FROM epoch ORDER BY key, epoch, name", "");
    while (record_row(record, row)) {
        const char *key = peek_text(row, 0);
        if (!cell || strcmp(cell->key, key)) cell = cell_of(t, key), points = NULL, n = capacity = 0;
        if (!cell) continue;
        points = arena_grow(arena, points, n, &capacity, sizeof *points);
        points[n] = (ReportPoint){take_text(arena, row, 2, NULL), sqlite3_column_int64(row, 1), take_number(row, 3)};
        cell->points = points, cell->n_points = ++n;
    }
}

/* ---- experiments ---- */

/* A study that is being read: beside what ReportStudy has, the numbers of variants and of blocks, from 1. */
typedef struct Draft { ReportStudy study; NameTable variants, blocks; int variant_capacity, block_capacity; } Draft;

static int variant_of(Arena *arena, Draft *d, const char *name)
{
    const int known = name_known(&d->variants, name);
    if (known) return known - 1;
    ReportStudy *s = &d->study;
    s->variants = arena_grow(arena, s->variants, s->n_variants, &d->variant_capacity, sizeof *s->variants);
    s->variants[s->n_variants++] = arena_copy(arena, name);
    *name_number(&d->variants, s->variants[s->n_variants - 1]) = s->n_variants;
    return s->n_variants - 1;
}

static const RtJsonNode *member_of(const RtJson *json, const char *key, RtJsonKind kind)
{
    const bool object = json->n && json->nodes->kind == RT_JSON_OBJECT;
    const RtJsonNode *node = object ? rt_json_get(json, json->nodes, key) : NULL;
    return node && node->kind == kind ? node : NULL;
}

/* The text of a member of an object; NULL: it has none. */
static const char *text_in(const RtJson *json, const RtJsonNode *node, const char *key)
{
    node = node->kind == RT_JSON_OBJECT ? rt_json_get(json, node, key) : NULL;
    return node && node->kind == RT_JSON_STRING ? node->string : NULL;
}

static int64_t whole_in(const RtJson *json, const RtJsonNode *node, const char *key)
{
    node = rt_json_get(json, node, key);
    return node && node->kind == RT_JSON_NUMBER && node->is_integer ? node->integer : 0;
}

/* Graph and data as one name, which no two blocks share. */
static const char *block_key(Arena *arena, const char *graph, const char *data)
{
    return arena_format(arena, "%zu:%s:%s", strlen(graph), graph, data);
}

/* Reads what the experiment{} says: the order of variants and blocks, metrics, margin. */
static void read_spec(Arena *arena, Record *record, Draft *d, const char *text, size_t size)
{
    RtJson json = {0};
    RtError error = {0};
    ReportStudy *s = &d->study;
    if (size > MOST_SPEC) fail("%s: experiment %s: its text has %zu bytes, against at most %d", record->path,
                               shown_name(arena, s->name), size, MOST_SPEC);
    if (!rt_json_parse(text, size, arena_format(arena, "%s: experiment %s", record->path, shown_name(arena, s->name)),
                       &json, &error)) fail("%s", error.text);
    const RtJsonNode *list = member_of(&json, "variants", RT_JSON_ARRAY), *at;
    for (int i = list ? list->first : 0; i; i = json.nodes[i].next) {
        const char *name = text_in(&json, &json.nodes[i], "name");
        if (name) variant_of(arena, d, name);
    }
    list = member_of(&json, "blocks", RT_JSON_ARRAY);
    for (int i = list ? list->first : 0, n = 0; i; i = json.nodes[i].next) {
        const char *graph = text_in(&json, &json.nodes[i], "graph"), *data = text_in(&json, &json.nodes[i], "data");
        if (graph && data) *name_number(&d->blocks, block_key(arena, graph, data)) = ++n;
    }
    list = member_of(&json, "compare", RT_JSON_ARRAY);
    s->compare = arena_array(arena, list ? list->n + 1 : 1, sizeof *s->compare);
    for (int i = list ? list->first : 0; i; i = json.nodes[i].next)
        if (json.nodes[i].kind == RT_JSON_STRING) s->compare[s->n_compare++] = arena_copy(arena, json.nodes[i].string);
    if ((at = member_of(&json, "margin", RT_JSON_NUMBER))) s->margin = at->number;
    if ((at = member_of(&json, "maps", RT_JSON_OBJECT))) {
        const char *kind = text_in(&json, at, "kind");
        const char *layer = text_in(&json, at, "layer");
        s->measured = arena_alloc(arena, sizeof *s->measured);
        *s->measured = (StudyMaps){.kind = arena_copy(arena, kind ? kind : ""),
                                   .layer = layer ? arena_copy(arena, layer) : NULL,
                                   .images = whole_in(&json, at, "images"), .steps = whole_in(&json, at, "steps")};
        s->maps = record_maps_text(arena, s->measured);
    }
    if ((at = member_of(&json, "split", RT_JSON_STRING))) s->validation = !strcmp(at->string, "validation");
    if (!s->n_compare) s->compare[s->n_compare++] = s->validation ? "val_accuracy" : "test_accuracy";
    rt_json_free(&json);
}

static int compare_runs(const void *a, const void *b)
{
    const ReportRun *one = a, *other = b;
    if (one->variant != other->variant) return one->variant < other->variant ? -1 : 1;
    const size_t length = strlen(one->seed), other_length = strlen(other->seed);     /* 2 comes before 10 */
    return length != other_length ? length < other_length ? -1 : 1 : strcmp(one->seed, other->seed);
}

/* Sorts a block's runs, leaves the second of two runs with one seed out, and finds the numerics that count. */
static void finish_block(Arena *arena, int n_variants, ReportBlock *b)
{
    qsort(b->runs, (size_t)b->n_runs, sizeof *b->runs, compare_runs);
    int n = 0;
    for (int i = 0; i < b->n_runs; i++)
        if (!n || compare_runs(&b->runs[n - 1], &b->runs[i])) b->runs[n++] = b->runs[i];
    b->n_runs = n;
    b->first = arena_array(arena, (int64_t)n_variants + 1, sizeof *b->first);
    for (int i = 0; i < n; i++) b->first[b->runs[i].variant + 1] = i + 1;
    for (int v = 1; v <= n_variants; v++)
        if (b->first[v] < b->first[v - 1]) b->first[v] = b->first[v - 1];
    b->numerics = INT64_MIN;
    for (int i = 0; i < n; i++)
        if (run_is_done(&b->runs[i]) && b->runs[i].cell->numerics > b->numerics)
            b->numerics = b->runs[i].cell->numerics;
}

/* A block and its place among those that the experiment lists, behind which the others come as they were. */
typedef struct Placed { int place, number; ReportBlock block; } Placed;

static int compare_places(const void *a, const void *b)
{
    const Placed *one = a, *other = b;
    if (one->place != other->place) return one->place < other->place ? -1 : 1;
    return one->number < other->number ? -1 : one->number > other->number;
}

static void finish_study(Arena *arena, Draft *d)
{
    ReportStudy *s = &d->study;
    Placed *placed = arena_array(arena, s->n_blocks, sizeof *placed);
    for (int i = 0; i < s->n_blocks; i++) {
        const int place = name_known(&d->blocks, block_key(arena, s->blocks[i].graph, s->blocks[i].data));
        placed[i] = (Placed){place ? place : INT32_MAX, i, s->blocks[i]};
    }
    qsort(placed, (size_t)s->n_blocks, sizeof *placed, compare_places);
    for (int i = 0; i < s->n_blocks; i++) {
        s->blocks[i] = placed[i].block;
        finish_block(arena, s->n_variants, &s->blocks[i]);
    }
}

static Draft *draft_new(Arena *arena, const char *name)
{
    Draft *d = arena_alloc(arena, sizeof *d);
    d->study = (ReportStudy){.name = name, .maps = "", .margin = (double)NAN};
    d->variants = name_table_new(arena), d->blocks = name_table_new(arena);
    return d;
}

/* Whether an experiment of the record is wanted; remembers the names of all. */
typedef struct Wanted { const char *only; NameTable names; const char **list; int n, capacity; } Wanted;

static bool is_wanted(Arena *arena, Wanted *w, const char *name)
{
    if (!name_known(&w->names, name)) {
        w->list = arena_grow(arena, w->list, w->n, &w->capacity, sizeof *w->list);
        w->list[w->n++] = name;
        *name_number(&w->names, name) = 1;
    }
    return !w->only || !strcmp(w->only, name);
}

Results *results_of(Arena *arena, Record *record, const char *only, bool curves)
{
    Wanted wanted = {.only = only, .names = name_table_new(arena)};
    NameTable drafted = name_table_new(arena);
    Draft **drafts = NULL;
    int n = 0, capacity = 0;
    CellTable cells = read_cells(arena, record);
    read_metrics(arena, record, &cells);
    if (curves) read_points(arena, record, &cells);

    sqlite3_stmt *row = record_query(record, "SELECT name, spec FROM experiment ORDER BY name", "");
    while (record_row(record, row)) {
        const char *name = take_text(arena, row, 0, NULL);
        if (!is_wanted(arena, &wanted, name) || name_known(&drafted, name)) continue;
        drafts = arena_grow(arena, drafts, n, &capacity, sizeof *drafts);
        drafts[n] = draft_new(arena, name);
        const char *spec = peek_text(row, 1);
        read_spec(arena, record, drafts[n], spec, strlen(spec));
        *name_number(&drafted, name) = ++n;
    }
    Draft *d = NULL;
    ReportBlock *block = NULL;
    int run_capacity = 0;
    row = record_query(record, "SELECT experiment, graph, data, variant, seed, key FROM member "
                               "ORDER BY experiment, graph, data, variant, seed, key", "");
    while (record_row(record, row)) {
        const char *name = take_text(arena, row, 0, d ? d->study.name : NULL);
        if (!is_wanted(arena, &wanted, name)) continue;
        if (!d || strcmp(d->study.name, name)) {
            const int known = name_known(&drafted, name);
            if (!known) fail("%s: experiment %s: the record has runs of it, but not what it is", record->path,
                             shown_name(arena, name));
            d = drafts[known - 1], block = NULL;
        }
        ReportStudy *s = &d->study;
        const char *graph = take_text(arena, row, 1, block ? block->graph : NULL),
                   *data = take_text(arena, row, 2, block ? block->data : NULL);
        if (!block || strcmp(block->graph, graph) || strcmp(block->data, data)) {
            s->blocks = arena_grow(arena, s->blocks, s->n_blocks, &d->block_capacity, sizeof *s->blocks);
            block = &s->blocks[s->n_blocks++];
            *block = (ReportBlock){.graph = graph, .data = data};
            run_capacity = 0;
        }
        block->runs = arena_grow(arena, block->runs, block->n_runs, &run_capacity, sizeof *block->runs);
        const uint64_t seed = (uint64_t)sqlite3_column_int64(row, 4);
        block->runs[block->n_runs++] = (ReportRun){variant_of(arena, d, peek_text(row, 3)),
                                                   arena_format(arena, "%llu", (unsigned long long)seed),
                                                   cell_of(&cells, peek_text(row, 5))};
    }
    if (only && !name_known(&wanted.names, only))
        fail("%s: no experiment '%s'%s", record->path, shown_name(arena, only),
             did_you_mean(arena, only, wanted.n, wanted.list, ""));
    Results *r = arena_alloc(arena, sizeof *r);
    r->studies = arena_array(arena, n, sizeof *r->studies);
    for (int i = 0; i < n; i++) {
        finish_study(arena, drafts[i]);
        r->studies[r->n_studies++] = drafts[i]->study;
    }
    return r;
}

/* ---- what runs say ---- */

const char *reason_without_folder(const char *reason)
{
    const char *file = strstr(reason, ".lua:"), *from = reason;
    for (const char *c = reason; file && c < file; c++)
        if (*c == '/') from = c + 1;
        else if (*c == ' ') return reason;
    return from;
}

bool run_is_done(const ReportRun *run) { return run->cell && !strcmp(run->cell->state, "done"); }

bool run_counts(const ReportBlock *block, const ReportRun *run)
{
    return run_is_done(run) && run->cell->numerics == block->numerics;
}

double run_metric(const ReportStudy *study, const ReportRun *run, const char *metric)
{
    double plain = (double)NAN;
    for (int i = 0; run->cell && i < run->cell->n_metrics; i++) {
        const ReportMetric *m = &run->cell->metrics[i];
        if (strcmp(m->name, metric)) continue;
        if (*m->maps && !strcmp(m->maps, study->maps)) return m->value;
        if (!*m->maps) plain = m->value;
    }
    return plain;
}

bool metric_in_percent(const ReportStudy *study, const ReportBlock *block, const char *metric)
{
    const size_t length = strlen(metric), word = strlen("accuracy");
    if (length < word || strcmp(metric + length - word, "accuracy")) return false;
    for (int i = 0; i < block->n_runs; i++) {
        const double value = run_metric(study, &block->runs[i], metric);
        if (value < 0 || value > 1) return false;
    }
    return true;
}

double metric_margin(const ReportStudy *study, const char *metric)
{
    return !strcmp(metric, "test_accuracy") || !strcmp(metric, "val_accuracy") ? study->margin : (double)NAN;
}

StatisticsRun *block_values(Arena *arena, const ReportStudy *study, const ReportBlock *block, const char *metric,
                            int *n)
{
    *n = 0;
    StatisticsRun *runs = arena_array(arena, block->n_runs, sizeof *runs);
    for (int i = 0; i < block->n_runs; i++) {
        const ReportRun *run = &block->runs[i];
        const double value = run_counts(block, run) ? run_metric(study, run, metric) : (double)NAN;
        if (!isnan(value)) runs[(*n)++] = (StatisticsRun){run->variant, run->seed, value};
    }
    return runs;
}

Statistics *block_statistics(Arena *arena, const ReportStudy *study, const ReportBlock *block, const char *metric)
{
    int n;
    const StatisticsRun *runs = block_values(arena, study, block, metric, &n);
    return statistics_of(arena, study->n_variants, study->variants, 0, n, runs, metric_margin(study, metric));
}

static int compare_numbers(const void *a, const void *b)
{
    const double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

double variant_median(Arena *arena, const ReportBlock *block, int variant, size_t at)
{
    int n = 0;
    const int first = block->first[variant], end = block->first[variant + 1];
    double *values = arena_array(arena, end - first, sizeof *values);
    for (int i = first; i < end; i++) {
        if (!run_counts(block, &block->runs[i])) continue;
        const double value = *(const double *)(const void *)((const char *)block->runs[i].cell + at);
        if (!isnan(value)) values[n++] = value;
    }
    if (!n) return (double)NAN;
    qsort(values, (size_t)n, sizeof *values, compare_numbers);
    return (values[(n - 1) / 2] + values[n / 2]) / 2;
}
