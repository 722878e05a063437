/* add.c - what is to be run: experiments, members and cells of a file. */
#include "sweep/record.h"

#include <math.h>
#include <string.h>

static void add_setting(RtJsonWriter *w, const Setting *s)
{
    if (s->type == SETTING_NUMBER || s->type == SETTING_BOOLEAN) rt_json_raw(w, s->name, s->value);
    else rt_json_string(w, s->name, s->value);
}

static void add_settings(RtJsonWriter *w, const char *key, int n, const Setting *settings)
{
    rt_json_open(w, key, '{');
    for (int i = 0; i < n; i++) add_setting(w, &settings[i]);
    rt_json_close(w, '}');
}

static void add_texts(RtJsonWriter *w, const char *key, int n, const char *const *texts)
{
    rt_json_open(w, key, '[');
    for (int i = 0; i < n; i++) rt_json_string(w, NULL, texts[i]);
    rt_json_close(w, ']');
}

/* A writer whose text is one line, and that text. */
static RtJsonWriter one_line(void) { return (RtJsonWriter){.depth = 3}; }

static const char *finished(Arena *arena, RtJsonWriter *w)
{
    if (w->text.failed) fail("tailor: out of memory");
    const char *text = arena_copy(arena, w->text.data);
    rt_text_free(&w->text);
    return text;
}

static void add_maps(RtJsonWriter *w, const char *key, const StudyMaps *maps)
{
    rt_json_open(w, key, '{');
    rt_json_integer(w, "images", maps->images);
    rt_json_string(w, "kind", maps->kind);
    if (maps->layer) rt_json_string(w, "layer", maps->layer);
    rt_json_integer(w, "steps", maps->steps);
    rt_json_close(w, '}');
}

const char *record_maps_text(Arena *arena, const StudyMaps *maps)
{
    RtJsonWriter w = one_line();
    add_maps(&w, NULL, maps);
    return finished(arena, &w);
}

/* Graph and data of each block, in the order of the tables. */
static void add_blocks(RtJsonWriter *w, const Cells *cells, int study)
{
    rt_json_open(w, "blocks", '[');
    const Member *last = NULL;
    for (int i = 0; i < cells->n_members; i++) {
        const Member *m = &cells->members[i];
        if (m->study != study || (last && !strcmp(last->graph, m->graph) && !strcmp(last->data, m->data))) continue;
        rt_json_open(w, NULL, '{');
        rt_json_string(w, "graph", m->graph);
        rt_json_string(w, "data", m->data);
        rt_json_close(w, '}');
        last = m;
    }
    rt_json_close(w, ']');
}

/* The whole of an experiment{} as JSON: what a table has to know of it. */
static const char *spec_of(Arena *arena, const Cells *cells, int study)
{
    const Study *s = &cells->file->studies[study];
    RtJsonWriter w = one_line();
    rt_json_open(&w, NULL, '{');
    rt_json_string(&w, "name", s->name);
    rt_json_open(&w, "graphs", '[');
    for (int i = 0; i < s->n_graphs; i++) rt_json_string(&w, NULL, s->graphs[i].name);
    rt_json_close(&w, ']');
    add_texts(&w, "data", s->n_data, s->data);
    add_blocks(&w, cells, study);
    rt_json_open(&w, "seeds", '[');
    for (int i = 0; i < s->n_seeds; i++) rt_json_unsigned(&w, NULL, s->seeds[i]);
    rt_json_close(&w, ']');
    if (s->epochs) rt_json_integer(&w, "epochs", s->epochs);
    else rt_json_raw(&w, "epochs", "null");
    add_settings(&w, "set", s->n_common, s->common);
    rt_json_open(&w, "variants", '[');
    for (int i = 0; i < s->n_variants; i++) {
        rt_json_open(&w, NULL, '{');
        rt_json_string(&w, "name", s->variants[i].name);
        add_settings(&w, "set", s->variants[i].n_settings, s->variants[i].settings);
        rt_json_close(&w, '}');
    }
    rt_json_close(&w, ']');
    if (s->match_option) {
        rt_json_open(&w, "match", '{');
        rt_json_string(&w, "parameters", s->match_option);
        rt_json_number(&w, "within", s->match_within);
        rt_json_close(&w, '}');
    } else rt_json_raw(&w, "match", "null");
    if (s->maps) add_maps(&w, "maps", s->maps);
    else rt_json_raw(&w, "maps", "null");
    add_texts(&w, "compare", s->n_compare, s->compare);
    rt_json_number(&w, "margin", s->margin);
    rt_json_string(&w, "split", s->validation ? "validation" : "test");
    if (s->init) rt_json_string(&w, "init", s->init);
    if (s->init_except) rt_json_string(&w, "init_except", s->init_except);
    rt_json_close(&w, '}');
    return finished(arena, &w);
}

static void add_cell(Record *r, const Cells *cells, const Cell *c)
{
    const Build *b = &cells->builds[c->build];
    record_do(r, "INSERT INTO cell (key, graph, graph_hash, options, data, seed, epochs, numerics, state, parameters, "
                 "flops_forward, flops_step, workspace_bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?) "
                 "ON CONFLICT (key) DO NOTHING", "tttttiiiiiii", c->key, b->graph, b->graph_hash,
              b->options, c->data, (int64_t)c->seed, c->epochs, (int64_t)TAILOR_NUMERICS, b->parameters,
              b->flops_forward, b->flops_step, b->workspace_bytes);
    if (c->identity)
        record_do(r, "INSERT INTO identity VALUES (?, ?) ON CONFLICT (key) DO NOTHING", "tt", c->key, c->identity);
}

/* Does a sweep work here, as far as this process can know? */
static bool at_work(Record *r)
{
    sqlite3_stmt *s = record_query(r, "SELECT DISTINCT owner FROM lease", "");
    bool any = false;
    while (record_row(r, s)) any = any || !record_owner_gone(r, record_text(r, s, 0));
    return any;
}

/* Says how many cells an experiment of the record loses and gets: the file may be another one of the same name. */
static void say_change(Record *r, const Cells *cells, int study)
{
    enum { OLD = 1, KEPT, NEW };
    const char *name = cells->file->studies[study].name;
    NameTable states = name_table_new(r->arena);
    int left = 0, new = 0;
    sqlite3_stmt *s = record_query(r, "SELECT DISTINCT key FROM member WHERE experiment = ?", "t", name);
    for (; record_row(r, s); left++) *name_number(&states, record_text(r, s, 0)) = OLD;
    if (!left) return;
    for (int i = 0; i < cells->n_members; i++) {
        if (cells->members[i].study != study) continue;
        int *state = name_number(&states, cells->cells[cells->members[i].cell].key);
        left -= *state == OLD, new += !*state;
        *state = *state ? KEPT : NEW;
    }
    if (left || new)
        remark("%s: experiment %s has changed: %d cell%s, %d %s new", r->folder, name, left,
               left == 1 ? " leaves" : "s leave", new, new == 1 ? "is" : "are");
}

void record_add(Record *r, const Cells *cells)
{
    record_begin(r);
    for (int i = 0; i < cells->n_cells; i++) add_cell(r, cells, &cells->cells[i]);
    bool *known = arena_array(r->arena, cells->file->n_studies, sizeof *known);
    for (int i = 0; i < cells->n_members; i++) {
        const Member *m = &cells->members[i];
        const char *name = cells->file->studies[m->study].name;
        if (!known[m->study]) {
            say_change(r, cells, m->study);
            record_do(r, "INSERT INTO experiment VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET spec = excluded.spec",
                      "tt", name, spec_of(r->arena, cells, m->study));
            record_do(r, "DELETE FROM member WHERE experiment = ?", "t", name);
        }
        known[m->study] = true;
        record_do(r, "INSERT INTO member VALUES (?, ?, ?, ?, ?, ?)", "ttttit", name, m->graph, m->data, m->variant,
                  (int64_t)m->seed, cells->cells[m->cell].key);
    }
    if (!at_work(r))
        record_do(r, "DELETE FROM cell WHERE state = 'queued' AND key NOT IN (SELECT key FROM member)", "");
    record_commit(r);
}

CellState record_state(Record *r, const char *key)
{
    sqlite3_stmt *s = record_query(r, "SELECT state FROM cell WHERE key = ?", "t", key);
    const char *name = record_row(r, s) ? record_text(r, s, 0) : "";
    sqlite3_reset(s);
    for (int i = 0; i < CELL_STATES; i++)
        if (!strcmp(name, cell_state_names[i])) return i;
    fail("%s: cell %s is not there, or of the state '%s'", r->path, key, name);
}
