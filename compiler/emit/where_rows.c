/* where_rows.c - a line of NAME.c looked up, or a line of the graph file. */
#include "emit/where.h"

#include <stdlib.h>
#include <string.h>

static int by_place(const void *a, const void *b)
{
    const WhereRow *x = a, *y = b;
    int order = strcmp(x->file, y->file);
    if (!order) order = (x->line > y->line) - (x->line < y->line);
    if (!order) order = strcmp(x->value, y->value);
    if (!order) order = strcmp(x->function, y->function);
    if (!order) order = x->backward - y->backward;
    return order ? order : x->of->gradient - y->of->gradient;
}

static void sort_rows(WhereRows *rows)
{
    if (!rows->n) return;
    qsort(rows->rows, (size_t)rows->n, sizeof *rows->rows, by_place);
    int n = 1;
    for (int i = 1; i < rows->n; i++)
        if (by_place(&rows->rows[n - 1], &rows->rows[i])) rows->rows[n++] = rows->rows[i];
    rows->n = n;
}

/* The function that computes a kernel's values: that in which the statement stands, where it calls none. */
static const WhereFunction *computes(const Where *w, const WhereCall *call)
{
    return &w->functions[call->function >= 0 ? call->function : call->within];
}

static void add_row(const Where *w, WhereRows *rows, const WhereCall *call, const WhereValue *v, const char *file,
                    int line)
{
    rows->rows = arena_grow(w->arena, rows->rows, rows->n, &rows->capacity, sizeof *rows->rows);
    rows->rows[rows->n++] = (WhereRow){.file = file,
                                       .line = line,
                                       .value = v->gradient ? arena_format(w->arena, "d_%s", v->name) : v->name,
                                       .function = computes(w, call)->name,
                                       .of = v,
                                       .backward = call->backward};
}

static bool has_line(int first, int last, int line) { return first <= line && line <= last; }

/* Does the line belong to a part that the function uses? */
static bool in_part_of(const Where *w, int line, int function)
{
    for (int i = 0; i < w->n_parts; i++) {
        const WherePart *part = &w->parts[i];
        if (!has_line(part->first, part->last, line)) continue;
        for (int k = 0; k < part->n_functions; k++)
            if (part->functions[k] == function) return true;
    }
    return false;
}

WhereRows where_of_c(const Where *w, int line)
{
    WhereRows rows = {0};
    for (int i = 0; i < w->n_calls; i++) {
        const WhereCall *call = &w->calls[i];
        const WhereFunction *f = call->function >= 0 ? &w->functions[call->function] : NULL;
        if (!has_line(call->first, call->last, line) && !(f && has_line(f->first, f->last, line)) &&
            !(f && in_part_of(w, line, call->function)))
            continue;
        for (int k = 0; k < call->n_values; k++)
            add_row(w, &rows, call, &call->values[k], call->values[k].file, call->values[k].line);
    }
    sort_rows(&rows);
    return rows;
}

WhereRows where_of_graph(const Where *w, const char *file, int line)
{
    WhereRows rows = {0};
    for (int i = 0; i < w->n_calls; i++) {
        const WhereCall *call = &w->calls[i];
        for (int k = 0; k < call->n_values; k++) {
            const WhereValue *v = &call->values[k];
            if (v->line != line || strcmp(v->file, file)) continue;
            add_row(w, &rows, call, v, w->file, call->function >= 0 ? w->functions[call->function].line : call->first);
        }
    }
    sort_rows(&rows);
    return rows;
}

const char *where_belongs(const Where *w, int line)
{
    for (int i = 0; i < w->n_calls; i++)
        if (has_line(w->calls[i].first, w->calls[i].last, line)) return w->calls[i].kernel;
    for (int i = 0; i < w->n_functions; i++)
        if (has_line(w->functions[i].first, w->functions[i].last, line)) return w->functions[i].name;
    const char *what = "no part of the file";
    for (int i = 0; i < w->n_areas; i++)
        if (has_line(w->areas[i].first, w->areas[i].last, line)) what = w->areas[i].what;
    return what;
}
