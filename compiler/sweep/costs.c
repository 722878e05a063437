/* costs.c - what cells cost, before any runs; shards. */
#include "sweep/reading.h"
#include "sweep/record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void count_costs(Arena *arena, const Cells *cells, const bool *wanted)
{
    Question *questions = arena_array(arena, cells->n_builds, sizeof *questions);
    Facts *facts = arena_array(arena, cells->n_builds, sizeof *facts);
    int n = 0;
    for (int i = 0; i < cells->n_builds; i++) {
        const Build *b = &cells->builds[i];
        if (!wanted || wanted[i])
            questions[n++] = (Question){.path = b->path, .n_settings = b->n_settings, .settings = b->settings,
                                        .costs = true};
    }
    read_graphs(arena, n, questions, facts);
    for (int i = 0, k = 0; i < cells->n_builds; i++) {
        Build *b = &cells->builds[i];
        if (wanted && !wanted[i]) continue;
        const Facts *f = &facts[k++];
        if (f->fault) fail("%s: its graph can not be compiled\n%s", b->path, f->fault);
        b->flops_forward = f->flops_forward, b->flops_step = f->flops_step;
        b->workspace_bytes = f->workspace_bytes, b->step_seconds = f->step_seconds;
    }
}

/* Fills in the states, maps and seconds of the cells that are in the record. */
static void look_up(Arena *arena, const Cells *cells, const char *folder, Forecast *f)
{
    NameTable numbers = name_table_new(arena);
    for (int i = 0; i < cells->n_cells; i++)
        if (cells->cells[i].key[0]) *name_number(&numbers, cells->cells[i].key) = i + 1;
    Record *r = record_open(arena, folder, false);
    sqlite3_stmt *s = record_query(r, "SELECT key, state, seconds, numerics FROM cell", "");
    while (record_row(r, s)) {
        const int i = name_known(&numbers, record_text(r, s, 0)) - 1;
        if (i < 0) continue;
        f->state[i] = record_text(r, s, 1);
        if (strcmp(f->state[i], "done")) continue;
        const Cell *c = &cells->cells[i];
        for (int k = 0; k < c->n_maps && !f->lacks_maps[i]; k++)
            f->lacks_maps[i] = !record_has_maps(r, c->key, record_maps_text(arena, c->maps[k]));
        f->seconds[i] = record_real(s, 2);
        if (sqlite3_column_int64(s, 3) < TAILOR_NUMERICS) f->state[i] = "stale";
    }
    record_close(r);
}

/* A cell that was timed is expected to take as long again.  Another takes what the cost model says, times the ratio
 * that the timed ones have, and no less than CELL_SECONDS. */
Forecast *forecast(Arena *arena, const Cells *cells, const char *folder)
{
    const int n = cells->n_cells;
    Forecast *f = arena_alloc(arena, sizeof *f);
    *f = (Forecast){.state = arena_array(arena, n, sizeof *f->state),
                    .lacks_maps = arena_array(arena, n, sizeof *f->lacks_maps),
                    .seconds = arena_array(arena, n, sizeof *f->seconds),
                    .ratio = 1};
    for (int i = 0; i < n; i++) f->state[i] = "new", f->seconds[i] = NAN;
    if (folder && access(arena_format(arena, "%s/record.sqlite", folder), F_OK) == 0) look_up(arena, cells, folder, f);
    double took = 0, modelled = 0;
    for (int i = 0; i < n; i++) {
        const Cell *c = &cells->cells[i];
        if (isnan(f->seconds[i])) continue;
        f->n_timed++, took += f->seconds[i];
        modelled += (double)c->steps * cells->builds[c->build].step_seconds;
    }
    if (modelled > 0) f->ratio = took / modelled;
    for (int i = 0; i < n; i++) {
        const Cell *c = &cells->cells[i];
        if (isnan(f->seconds[i]) && !c->no_data)
            f->seconds[i] = fmax(CELL_SECONDS, f->ratio * (double)c->steps * cells->builds[c->build].step_seconds);
    }
    return f;
}

/* ---- shards ---- */

static int compare_keys(const void *a, const void *b)
{
    return strcmp((*(const Cell *const *)a)->key, (*(const Cell *const *)b)->key);
}

bool *cells_of_shard(Arena *arena, const Cells *cells, Shard shard)
{
    const int n = cells->n_cells;
    bool *chosen = arena_array(arena, n, sizeof *chosen);
    const Cell **sorted = arena_array(arena, n, sizeof *sorted);
    for (int i = 0; i < n; i++) sorted[i] = &cells->cells[i], chosen[i] = !shard.of;
    if (!shard.of) return chosen;
    qsort(sorted, (size_t)n, sizeof *sorted, compare_keys);
    for (int k = 0; k < n; k++) {
        if (sorted[k]->no_data)
            fail("%s; without it cells have no keys, by which --shard chooses", sorted[k]->no_data);
        chosen[sorted[k] - cells->cells] = k % shard.of == shard.number - 1;
    }
    return chosen;
}
