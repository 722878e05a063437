/* where.c - lines of NAME.c, noted while the file is written.
 *
 * Marks in the text say where a function, a statement or a part of the file begins and ends.  Lines are known only when
 * those that are too long have been broken.  Then the marks are taken out, and what was marked has its lines. */
#include "emit/where.h"

#include <stdlib.h>
#include <string.h>

enum { MARK = '\001', DEEPEST = 8 };

static const char *const areas[] = {
    [AREA_OPENING] = "the opening comment and includes",
    [AREA_RUNTIME] = "what the code needs of the runtime",
    [AREA_CHECKS] = "what the compiler is told, and checks of sizes",
    [AREA_KERNELS] = "the kernels' functions",
    [AREA_ENTRIES] = "the entries, which call the kernels",
    [AREA_TENSORS] = "the tables of parameters and states",
    [AREA_INSTANCE] = "the functions that programs call",
    [AREA_TABLES] = "the tables that a trainer reads",
    [AREA_SOURCES] = "the runtime's sources"};

const char *where_mark(Arena *arena, MarkKind kind, int entry, int kernel)
{
    return arena_format(arena, "%c%d %d %d\n", MARK, (int)kind, entry, kernel);
}

int count_lines(const char *text)
{
    int n = 0;
    for (const char *c = text; (c = strchr(c, '\n')); c++) n++;
    return n;
}

Where *where_new(const Emission *e)
{
    Arena *arena = e->experiment->graph->arena;
    Where *w = arena_alloc(arena, sizeof *w);
    *w = (Where){.arena = arena, .file = arena_format(arena, "%s.c", e->experiment->source.name)};
    return w;
}

void where_area(Where *w, int area, int first, int last)
{
    if (last < first) return;
    w->areas = arena_grow(w->arena, w->areas, w->n_areas, &w->areas_capacity, sizeof *w->areas);
    w->areas[w->n_areas++] = (WhereArea){areas[area], first, last};
}

void where_end(Where *w, const char *text)
{
    w->n_lines = count_lines(text);
    rt_sha256(text, strlen(text), w->sha256);
}

/* ---- marks ---- */

/* A range that is open.  name: the line of its function's name, 0: not met yet. */
typedef struct Range { MarkKind kind; int entry, kernel, first, name, number; } Range;

typedef struct Taking {
    const Emission *e;
    Where *where;
    NameTable functions;                   /* numbers, from 1 */
    Places *places[4];
    Range open[DEEPEST];
    int n_open;
} Taking;

static const char *function_name(const Taking *t, const Range *r)
{
    const Emission *e = t->e;
    Arena *arena = e->experiment->graph->arena;
    switch (r->kind) {
    case MARK_KERNEL: return e->forms[r->entry][r->kernel].function;
    case MARK_ENTRY:
        return arena_format(arena, "%s%s_batch", e->qualifier, e->entries[r->entry]->program->goal->name);
    case MARK_CHANGE: return arena_format(arena, "%schange_weights", e->qualifier);
    case MARK_UPDATE: return arena_format(arena, "%supdate", e->qualifier);
    default: return NULL;
    }
}

static void open_range(Taking *t, Range r)
{
    Where *w = t->where;
    if (t->n_open == DEEPEST) bug("marks of %d ranges in one another", DEEPEST);
    const char *name = function_name(t, &r);
    if (name) {
        r.number = w->n_functions;
        w->functions = arena_grow(w->arena, w->functions, w->n_functions, &w->functions_capacity,
                                  sizeof *w->functions);
        w->functions[w->n_functions++] = (WhereFunction){.name = name};
        *name_number(&t->functions, name) = w->n_functions;
    } else if (r.kind == MARK_PART) {
        r.number = w->n_parts;
        w->parts = arena_grow(w->arena, w->parts, w->n_parts, &w->parts_capacity, sizeof *w->parts);
        w->parts[w->n_parts++] = (WherePart){.first = r.first};
    } else if (r.kind == MARK_AREA) {
        r.number = w->n_areas;
        where_area(w, r.entry, r.first, r.first);
    }
    t->open[t->n_open++] = r;
}

static void add_use(Taking *t, int number)
{
    Where *w = t->where;
    if (!t->n_open || t->open[t->n_open - 1].kind != MARK_KERNEL || number >= w->n_parts) bug("a use of no part");
    WherePart *part = &w->parts[number];
    part->functions = arena_grow(w->arena, part->functions, part->n_functions, &part->capacity, sizeof(int));
    part->functions[part->n_functions++] = t->open[t->n_open - 1].number;
}

static int called_by(const Taking *t, const Range *r)
{
    const Kernel *k = &t->e->entries[r->entry]->program->kernels[r->kernel];
    const char *name = kernel_is_function(k)      ? t->e->forms[r->entry][r->kernel].function
                       : k->kind == KERNEL_UPDATE ? function_name(t, &(Range){.kind = MARK_UPDATE})
                                                  : NULL;
    if (!name) return -1;
    const int number = name_known(&t->functions, name);
    if (!number) bug("%s is called and does not stand in the file", name);
    return number - 1;
}

static void add_call(Taking *t, const Range *r, int last)
{
    Where *w = t->where;
    const Program *p = t->e->entries[r->entry]->program;
    int within = t->n_open - 1;
    while (within >= 0 && !function_name(t, &t->open[within])) within--;
    if (within < 0) bug("a statement outside of functions");
    w->calls = arena_grow(w->arena, w->calls, w->n_calls, &w->calls_capacity, sizeof *w->calls);
    WhereCall *call = &w->calls[w->n_calls++];
    *call = (WhereCall){.kernel = p->kernels[r->kernel].name,
                        .function = called_by(t, r),
                        .within = t->open[within].number,
                        .first = r->first,
                        .last = last,
                        .backward = p->kernels[r->kernel].backward};
    if (!t->places[r->entry]) t->places[r->entry] = places_new(p);
    places_of_kernel(t->places[r->entry], r->kernel, call);
}

static void close_range(Taking *t, int last)
{
    if (!t->n_open) bug("a mark ends no range");
    const Range r = t->open[--t->n_open];
    if (last < r.first) {                             /* a kernel of no statement, a part that this form has not */
        if (r.kind == MARK_AREA) t->where->n_areas--;
        return;
    }
    if (r.kind == MARK_AREA) t->where->areas[r.number].last = last;
    else if (r.kind == MARK_PART) t->where->parts[r.number].last = last;
    else if (r.kind == MARK_STATEMENT) add_call(t, &r, last);
    else {
        WhereFunction *f = &t->where->functions[r.number];
        f->first = r.first, f->line = r.name, f->last = last;
    }
}

const char *where_take(const Emission *e, const char *marked, int lines_before, Where *where)
{
    Arena *arena = e->experiment->graph->arena;
    char *text = arena_alloc(arena, strlen(marked) + 1), *to = text;
    Taking t = {.e = e, .where = where, .functions = name_table_new(arena)};
    int line = lines_before + 1;                      /* that begins here */
    for (const char *c = marked, *end; *c; c = end) {
        end = c + strcspn(c, "\n");
        end += *end == '\n';
        if (*c != MARK) {
            for (int i = 0; i < t.n_open; i++)
                if (!t.open[i].name && !strncmp(c, "static ", 7)) t.open[i].name = line;
            memcpy(to, c, (size_t)(end - c));
            to += end - c;
            line++;
            continue;
        }
        char *next;
        const MarkKind kind = (MarkKind)strtol(c + 1, &next, 10);
        const int entry = (int)strtol(next, &next, 10), kernel = (int)strtol(next, &next, 10);
        if (!where) continue;
        if (kind == MARK_END) close_range(&t, line - 1);
        else if (kind == MARK_USE) add_use(&t, entry);
        else open_range(&t, (Range){.kind = kind, .entry = entry, .kernel = kernel, .first = line});
    }
    if (t.n_open) bug("%d ranges are open at the end of the file", t.n_open);
    return text;
}
