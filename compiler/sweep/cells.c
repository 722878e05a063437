/* cells.c - the cells of an experiment file.
 *
 * Every graph is read with the options of every variant.  What comes of that, with data, seed and epochs, is the
 * identity of a run, whose hash is the cell's key.  So cells that mean the same are one, whatever they are called. */
#include "sweep/check.h"
#include "sweep/known.h"
#include "sweep/sweep.h"

#include <stdlib.h>
#include <string.h>

/* A graph with the options of a variant. */
typedef struct Choice {
    Question question;
    const Facts *facts;
    int build;
} Choice;

/* A data set: what runs hash of it. */
typedef struct Set { RtData data; RtError error; bool there; } Set;

typedef struct Planner {
    Arena *arena;
    Cells *cells;
    Known known;
    NameTable builds, sets, identities, warned;      /* numbers, from 1 */
    Set **set_list;
    int n_sets, sets_capacity, builds_capacity, cells_capacity, members_capacity;
} Planner;

/* ---- graphs ---- */

/* Prints each warning once, of however many variants it is. */
static void warn(Planner *p, const Facts *facts)
{
    char *text = arena_copy(p->arena, facts->warnings);
    for (char *line; (line = strsep(&text, "\n"));) {
        int *number = *line ? name_number(&p->warned, line) : NULL;
        if (number && !*number) *number = 1, remark("%s", line);
    }
}

static void refuse(Planner *p, const Place *at, const char *fault)
{
    const size_t n = strlen(fault);
    fail("%s: its graph file is refused\n%.*s", place_text(p->arena, at), (int)(n && fault[n - 1] == '\n' ? n - 1 : n),
         fault);
}

/* Checks what the graph says as it stands in a run. */
static void check_graph(Planner *p, const Place *at, const Facts *facts)
{
    if (facts->fault) refuse(p, at, facts->fault);
    warn(p, facts);
    if (!facts->trains)
        fail("%s: %s minimizes nothing or has no train{}: there is nothing to run", place_text(p->arena, at),
             at->graph->path);
    if (at->study->validation && !(facts->validation > 0))
        fail("%s: split is 'validation', and train{} of %s holds nothing back: validation is 0",
             place_text(p->arena, at), at->graph->path);
}

static Question question_of(Arena *arena, const Study *s, int graph, int variant)
{
    Question q = {.path = s->graphs[graph].path, .n_settings = s->n_common, .settings = s->common,
                  .init = s->init, .init_except = s->init_except, .maps = s->maps};
    const StudyVariant *v = &s->variants[variant];
    for (int i = 0; i < v->n_settings; i++) q = with_setting(arena, &q, v->settings[i]);
    return q;
}

static int64_t option_value(const Facts *facts, const char *name)
{
    for (int i = 0; i < facts->n_options; i++)
        if (!strcmp(facts->options[i].name, name)) return strtoll(facts->options[i].json, NULL, 10);
    bug("an option that was checked is gone");
}

/* Gives the variant the size of the baseline. */
static void match(Planner *p, const Place *at, const Choice *baseline, Choice *c)
{
    const Study *s = at->study;
    const int64_t target = baseline->facts->parameters, from = option_value(baseline->facts, s->match_option);
    c->facts = match_parameters(&p->known, s->match_option, from, target, &c->question);
    if (!c->facts) {
        const Question q = with_setting(p->arena, &c->question,
                                        (Setting){s->match_option, arena_format(p->arena, "%lld", (long long)from),
                                                  SETTING_NUMBER});
        const Facts *first;
        known_facts(&p->known, 1, &q, &first);
        fail("%s: match: %s takes no value of %s near %lld with these options\n%.*s", place_text(p->arena, at),
             at->graph->path, s->match_option, (long long)from, (int)strcspn(first->fault, "\n"), first->fault);
    }
    const double off = (double)llabs(c->facts->parameters - target);
    if (off > s->match_within * (double)target)
        fail("%s: match within %g: the nearest is %s = %lld with %lld parameters, against %lld of the baseline, "
             "%.2g off", place_text(p->arena, at), s->match_within, s->match_option,
             (long long)option_value(c->facts, s->match_option), (long long)c->facts->parameters, (long long)target,
             off / (double)target);
}

/* Reads the graphs of an experiment with all of its variants: [graph * n_variants + variant]. */
static Choice *choices_of(Planner *p, const Study *s)
{
    Arena *arena = p->arena;
    const int n = s->n_graphs * s->n_variants;
    Choice *choices = arena_array(arena, n, sizeof *choices);
    Question *questions = arena_array(arena, n, sizeof *questions);
    const Facts **facts = arena_array(arena, n, sizeof *facts);
    Place at = {.file = p->cells->file, .study = s};
    for (int g = 0; g < s->n_graphs; g++) questions[g] = (Question){.path = s->graphs[g].path};
    known_facts(&p->known, s->n_graphs, questions, facts);
    for (int g = 0; g < s->n_graphs; g++) {
        at.graph = &s->graphs[g];
        if (facts[g]->fault) refuse(p, &at, facts[g]->fault);
        check_options(arena, &at, facts[g]);
    }
    int n_asked = 0;
    for (int i = 0; i < n; i++) {
        choices[i].question = question_of(arena, s, i / s->n_variants, i % s->n_variants);
        if (!s->match_option || i % s->n_variants == 0) questions[n_asked++] = choices[i].question;
    }
    known_facts(&p->known, n_asked, questions, facts);
    for (int i = 0, k = 0; i < n; i++) {
        at.graph = &s->graphs[i / s->n_variants], at.variant = s->variants[i % s->n_variants].name;
        if (!s->match_option || i % s->n_variants == 0) choices[i].facts = facts[k++];
        else match(p, &at, &choices[i - i % s->n_variants], &choices[i]);
        check_graph(p, &at, choices[i].facts);
    }
    for (int i = 0; i < n; i++) facts[i] = choices[i].facts;
    check_metrics(arena, &(Place){.file = p->cells->file, .study = s}, n, facts);
    return choices;
}

static const char *options_text(Arena *arena, const Facts *facts)
{
    Text text = text_new(arena);
    for (int i = 0; i < facts->n_options; i++)
        text_add(&text, "%s\"%s\": %s", i ? ", " : "{", facts->options[i].name, facts->options[i].json);
    return facts->n_options ? arena_format(arena, "%s}", text.chars) : "{}";
}

/* The build of a choice: of equal ones the first. */
static int build_of(Planner *p, const StudyGraph *graph, const Choice *c)
{
    Cells *cells = p->cells;
    const char *options = options_text(p->arena, c->facts);
    int *number = name_number(&p->builds, arena_format(p->arena, "%s %s", c->facts->graph_hash, options));
    if (*number) return *number - 1;
    *number = cells->n_builds + 1;
    cells->builds = arena_grow(p->arena, cells->builds, cells->n_builds, &p->builds_capacity, sizeof *cells->builds);
    Build *b = &cells->builds[cells->n_builds];
    *b = (Build){.graph = graph->name,
                 .path = graph->path,
                 .n_settings = c->question.n_settings,
                 .settings = (Setting *)c->question.settings,
                 .options = options,
                 .batch = c->facts->batch,
                 .parameters = c->facts->parameters};
    strcpy(b->graph_hash, c->facts->graph_hash);
    return cells->n_builds++;
}

/* ---- data ---- */

static const Set *set_of(Planner *p, const char *name, bool test)
{
    int *number = name_number(&p->sets, arena_format(p->arena, "%d %s", test, name));
    if (*number) return p->set_list[*number - 1];
    *number = p->n_sets + 1;
    Set *set = arena_alloc(p->arena, sizeof *set);
    set->there = rt_data_content(&set->data, name, test, &set->error);
    p->set_list = arena_grow(p->arena, p->set_list, p->n_sets, &p->sets_capacity, sizeof *p->set_list);
    return p->set_list[p->n_sets++] = set;
}

/* ---- weights to begin with ---- */

/* As a run records the file, which the graphs' readers have looked at. */
static RtInit init_of(const Study *s)
{
    RtInit init = {.file = "-"};
    RtArrays file;
    RtError error = {0};
    if (!rt_tensors_read_hashed(s->init, &file, init.sha256, &error)) fail("%s", error.text);
    rt_tensors_free(&file);
    strcpy(init.except, s->init_except ? s->init_except : "");
    return init;
}

/* ---- cells ---- */

static void add_maps(Planner *p, Cell *c, StudyMaps *maps)
{
    for (int i = 0; i < c->n_maps; i++) {
        const StudyMaps *is = c->maps[i];
        const bool same_layer = is->layer && maps->layer ? !strcmp(is->layer, maps->layer) : is->layer == maps->layer;
        if (same_layer && !strcmp(is->kind, maps->kind) && is->images == maps->images && is->steps == maps->steps)
            return;
    }
    StudyMaps **more = arena_array(p->arena, c->n_maps + 1, sizeof *more);
    if (c->n_maps) memcpy(more, c->maps, (size_t)c->n_maps * sizeof *more);
    more[c->n_maps++] = maps;
    c->maps = more;
}

/* The cell of a choice with data and seed.  Without its data a cell has no key, and is told from others by the rest. */
static int cell_of(Planner *p, const Study *s, const RtInit *init, const Choice *c, const char *data, uint64_t seed)
{
    Cells *cells = p->cells;
    const Set *set = set_of(p, data, !s->validation);
    const RtIdentity identity = {.graph_hash = c->facts->graph_hash,
                                 .seed = seed,
                                 .epochs = s->epochs ? s->epochs : c->facts->epochs,
                                 .validation = c->facts->validation,
                                 .data = &set->data,
                                 .untested = s->validation,
                                 .init = s->init ? init : NULL};
    RtText text = {0};
    rt_experiment_text(&text, &identity);
    if (text.failed) fail("tailor: out of memory");
    const char *lines = arena_copy(p->arena, text.data);
    rt_text_free(&text);
    int *number = name_number(&p->identities, lines);
    const int known = *number;
    if (!known) {
        *number = cells->n_cells + 1;
        cells->cells = arena_grow(p->arena, cells->cells, cells->n_cells, &p->cells_capacity, sizeof *cells->cells);
        Cell *cell = &cells->cells[cells->n_cells++];
        *cell = (Cell){.build = c->build,
                       .data = set->data.name,
                       .data_given = data,
                       .no_data = set->there ? NULL : set->error.text,
                       .seed = seed,
                       .epochs = identity.epochs,
                       .validation = s->validation,
                       .init = s->init,
                       .init_except = s->init_except};
        const int64_t n = set->data.train.n;
        cell->steps = (n - (int64_t)(identity.validation * (double)n + 0.5)) / c->facts->batch * cell->epochs;
        if (set->there) {
            cell->identity = lines;
            rt_sha256(lines, strlen(lines), cell->key);
        }
    }
    const int cell = known ? known - 1 : cells->n_cells - 1;
    if (s->maps) add_maps(p, &cells->cells[cell], s->maps);
    return cell;
}

/* Two variants must differ in a block: comparing them would compare runs with themselves. */
static void check_distinct(Planner *p, const Study *s, const StudyGraph *graph, const Choice *choices)
{
    NameTable seen = name_table_new(p->arena);
    for (int v = 0; v < s->n_variants; v++) {
        const Facts *f = choices[v].facts;
        const int64_t epochs = s->epochs ? s->epochs : f->epochs;
        int *number = name_number(&seen, arena_format(p->arena, "%s %lld %a %s", f->graph_hash, (long long)epochs,
                                                      f->validation, s->n_data ? "" : f->data));
        if (*number)
            fail("%s: the variants %s and %s are the same cell: their options make the same graph",
                 place_text(p->arena, &(Place){.file = p->cells->file, .study = s, .graph = graph}),
                 shown_name(p->arena, s->variants[*number - 1].name), shown_name(p->arena, s->variants[v].name));
        *number = v + 1;
    }
}

/* Two sets of one name, from two folders, would be one block of the tables. */
static void check_data(Planner *p, const Study *s)
{
    NameTable names = name_table_new(p->arena);
    for (int i = 0; i < s->n_data; i++) {
        const Set *set = set_of(p, s->data[i], !s->validation);
        int *number = name_number(&names, set->data.name);
        if (*number)
            fail("%s: the data sets %s and %s have one name, %s",
                 place_text(p->arena, &(Place){.file = p->cells->file, .study = s}), s->data[*number - 1], s->data[i],
                 set->data.name);
        *number = i + 1;
    }
}

static void add_study(Planner *p, int study)
{
    Cells *cells = p->cells;
    const Study *s = &cells->file->studies[study];
    check_maps(p->arena, &(Place){.file = cells->file, .study = s});
    check_data(p, s);
    Choice *all = choices_of(p, s);
    const RtInit init = s->init ? init_of(s) : (RtInit){0};
    const int n_data = s->n_data ? s->n_data : 1;
    for (int g = 0; g < s->n_graphs; g++) {
        const StudyGraph *graph = &s->graphs[g];
        Choice *choices = all + g * s->n_variants;
        check_distinct(p, s, graph, choices);
        for (int v = 0; v < s->n_variants; v++) choices[v].build = build_of(p, graph, &choices[v]);
        for (int i = 0; i < n_data * s->n_variants * s->n_seeds; i++) {
            const Choice *c = &choices[i / s->n_seeds % s->n_variants];
            const char *data = s->n_data ? s->data[i / s->n_seeds / s->n_variants] : c->facts->data;
            if (!*data)
                fail("%s: neither data nor train{} of %s names a data set",
                     place_text(p->arena, &(Place){.file = cells->file, .study = s, .graph = graph}), graph->path);
            if (i % s->n_seeds == 0)
                check_tested(p->arena, &(Place){.file = cells->file, .study = s, .graph = graph},
                             &set_of(p, data, !s->validation)->data);
            const uint64_t seed = s->seeds[i % s->n_seeds];
            const int cell = cell_of(p, s, &init, c, data, seed);
            cells->members = arena_grow(p->arena, cells->members, cells->n_members, &p->members_capacity,
                                        sizeof *cells->members);
            cells->members[cells->n_members++] =
                (Member){study, graph->name, cells->cells[cell].data, s->variants[c - choices].name, seed, cell};
        }
    }
}

Cells *cells_of(Arena *arena, const StudyFile *file, const char *only)
{
    Planner p = {.arena = arena,
                 .cells = arena_alloc(arena, sizeof *p.cells),
                 .known = known_new(arena),
                 .builds = name_table_new(arena),
                 .sets = name_table_new(arena),
                 .identities = name_table_new(arena),
                 .warned = name_table_new(arena)};
    p.cells->file = file;
    const char **names = arena_array(arena, file->n_studies, sizeof *names);
    bool found = !only;
    for (int i = 0; i < file->n_studies; i++) {
        names[i] = file->studies[i].name;
        found = found || !strcmp(names[i], only);
    }
    if (!found)
        fail("%s: there is no experiment %s in it%s", file->source.path, only,
             did_you_mean(arena, only, file->n_studies, names, ""));
    for (int i = 0; i < file->n_studies; i++)
        if (!only || !strcmp(names[i], only)) add_study(&p, i);
    return p.cells;
}
