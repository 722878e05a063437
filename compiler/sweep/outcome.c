/* outcome.c - what became of the cells of a file, as JSON that is the same whatever happened on the way. */
#include "sweep/job.h"

#include <stdlib.h>
#include <string.h>

typedef struct Printer {
    Record *record;
    const Cells *cells;
    const bool *chosen;
    RtJsonWriter w;
} Printer;

/* Sorting: qsort gets no context, so that what is sorted says all. */
typedef struct NamedMember { const char *experiment; const Member *member; } NamedMember;

static int compare_members(const void *x, const void *y)
{
    const NamedMember *a = x, *b = y;
    const char *const left[] = {a->experiment, a->member->graph, a->member->data, a->member->variant},
               *const right[] = {b->experiment, b->member->graph, b->member->data, b->member->variant};
    for (int i = 0; i < 4; i++)
        if (strcmp(left[i], right[i])) return strcmp(left[i], right[i]);
    return a->member->seed < b->member->seed ? -1 : a->member->seed > b->member->seed;
}

static int compare_cells(const void *x, const void *y)
{
    const Cell *const *a = x, *const *b = y;
    return strcmp((*a)->key, (*b)->key);
}

static int compare_texts(const void *x, const void *y) { return strcmp(*(char *const *)x, *(char *const *)y); }

static void print_members(Printer *p)
{
    Arena *arena = p->record->arena;
    NamedMember *members = arena_array(arena, p->cells->n_members, sizeof *members);
    int n = 0;
    for (int i = 0; i < p->cells->n_members; i++) {
        const Member *m = &p->cells->members[i];
        if (p->chosen[m->cell]) members[n++] = (NamedMember){p->cells->file->studies[m->study].name, m};
    }
    qsort(members, (size_t)n, sizeof *members, compare_members);
    rt_json_open(&p->w, "members", '[');
    for (int i = 0; i < n; i++) {
        const Member *m = members[i].member;
        rt_json_open(&p->w, NULL, '{');
        rt_json_string(&p->w, "experiment", members[i].experiment);
        rt_json_string(&p->w, "graph", m->graph);
        rt_json_string(&p->w, "data", m->data);
        rt_json_string(&p->w, "variant", m->variant);
        rt_json_unsigned(&p->w, "seed", m->seed);
        rt_json_string(&p->w, "key", p->cells->cells[m->cell].key);
        rt_json_close(&p->w, '}');
    }
    rt_json_close(&p->w, ']');
}

/* The metrics of a cell, under a setting of maps or '' for those of its run. */
static void print_metrics(Printer *p, const Cell *c, const char *maps)
{
    sqlite3_stmt *row = record_query(p->record, "SELECT name, value FROM metric WHERE key = ? AND maps = ? "
                                                "ORDER BY name", "tt", c->key, maps);
    rt_json_open(&p->w, maps, '{');
    while (record_row(p->record, row)) rt_json_number(&p->w, record_text(p->record, row, 0), record_real(row, 1));
    rt_json_close(&p->w, '}');
}

static void print_cell(Printer *p, const Cell *c)
{
    static const char *const counts[] = {"numerics", "parameters", "flops_forward", "flops_step", "workspace_bytes"};
    Record *r = p->record;
    const Build *b = &p->cells->builds[c->build];
    const char **maps = arena_array(r->arena, c->n_maps, sizeof *maps);
    for (int i = 0; i < c->n_maps; i++) maps[i] = record_maps_text(r->arena, c->maps[i]);
    qsort(maps, (size_t)c->n_maps, sizeof *maps, compare_texts);
    sqlite3_stmt *row = record_query(r, "SELECT numerics, parameters, flops_forward, flops_step, workspace_bytes, "
                                        "state, weights_sha256 FROM cell WHERE key = ?", "t", c->key);
    if (!record_row(r, row)) fail("%s: cell %s is gone", r->path, c->key);
    rt_json_open(&p->w, NULL, '{');
    rt_json_string(&p->w, "key", c->key);
    rt_json_string(&p->w, "graph", b->graph);
    rt_json_string(&p->w, "graph_hash", b->graph_hash);
    rt_json_raw(&p->w, "options", b->options);
    rt_json_string(&p->w, "data", c->data);
    rt_json_unsigned(&p->w, "seed", c->seed);
    rt_json_integer(&p->w, "epochs", c->epochs);
    rt_json_string(&p->w, "split", c->validation ? "validation" : "test");
    for (int i = 0; i < 5; i++) rt_json_integer(&p->w, counts[i], sqlite3_column_int64(row, i));
    rt_json_string(&p->w, "state", record_text(r, row, 5));
    rt_json_string(&p->w, "weights_sha256", record_text(r, row, 6));
    sqlite3_reset(row);
    rt_json_open(&p->w, "metrics", '{');
    print_metrics(p, c, "");
    for (int i = 0; i < c->n_maps; i++) print_metrics(p, c, maps[i]);
    rt_json_close(&p->w, '}');
    rt_json_close(&p->w, '}');
}

void print_outcome(Record *record, const Cells *cells, const bool *chosen)
{
    Printer p = {.record = record, .cells = cells, .chosen = chosen};
    const Cell **sorted = arena_array(record->arena, cells->n_cells, sizeof *sorted);
    int n = 0;
    for (int i = 0; i < cells->n_cells; i++)
        if (chosen[i]) sorted[n++] = &cells->cells[i];
    qsort(sorted, (size_t)n, sizeof *sorted, compare_cells);
    rt_json_open(&p.w, NULL, '{');
    print_members(&p);
    rt_json_open(&p.w, "cells", '[');
    for (int i = 0; i < n; i++) print_cell(&p, sorted[i]);
    rt_json_close(&p.w, ']');
    rt_json_close(&p.w, '}');
    if (p.w.text.failed) fail("tailor: out of memory");
    printf("%s\n", p.w.text.data);
    rt_text_free(&p.w.text);
}
