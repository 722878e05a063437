/* import_group.c - which values are made by which module: a tree of groups, each of values that follow one another. */
#include "exchange/import.h"

#include <string.h>

enum { MOST_DEPTH = 12 };

static bool is_within(const char *path, const char *module)
{
    const size_t n = strlen(module);
    return !n || (!strncmp(path, module, n) && (path[n] == '.' || !path[n]));
}

static int depth_of(const char *path)
{
    int n = *path ? 1 : 0;
    for (; *path; path++) n += *path == '.';
    return n;
}

/* The first components of a path. */
static const char *shortened(Import *m, const char *path, int depth)
{
    const char *end = path;
    for (int n = 0; *end && (n += *end == '.') < depth; end++) {}
    return arena_format(m->arena, "%.*s", (int)(end - path), path);
}

static void use(Expr *e, Expr *user)
{
    e->uses++;
    e->user = user;
    if (user && user->place > e->last_use) e->last_use = user->place;
}

/* Marks what the result needs, and counts who uses what.  Returns the number of live values. */
static int find_live(Import *m)
{
    if (m->logits) m->logits->live = true;
    for (int i = m->n_exprs - 1; i >= 0; i--)
        for (int k = 0; m->exprs[i]->live && k < m->exprs[i]->n; k++) m->exprs[i]->of[k]->live = true;
    int n = 0;
    for (int i = 0; i < m->n_exprs; i++) {
        Expr *e = m->exprs[i];
        if (!e->live || e->kind == EXPR_INPUT) continue;
        m->exprs[n] = e;
        e->place = n++;
        for (int k = 0; k < e->n; k++) use(e->of[k], e);
    }
    m->n_exprs = n;
    m->logits->last_use = n;
    return n;
}

static Group *group_new(Import *m, const char *path)
{
    Group *g = arena_alloc(m->arena, sizeof *g);
    *g = (Group){.path = path};
    return g;
}

static void item_add(Import *m, Group *g, Item item)
{
    g->items = arena_grow(m->arena, g->items, g->n, &g->capacity, sizeof *g->items);
    g->items[g->n++] = item;
}

/* A module that only lists blocks is left out, and so is one that makes one value: their names are parts of names. */
static void simplify(Import *m, Group *g)
{
    Group old = *g;
    g->items = NULL;
    g->n = g->capacity = 0;
    for (int i = 0; i < old.n; i++) {
        Group *inner = old.items[i].group;
        if (!inner) {
            item_add(m, g, old.items[i]);
            continue;
        }
        simplify(m, inner);
        /* a list of modules of several layers each, or of any at the top: the blocks of a stage */
        bool values = false, blocks = !strchr(inner->path, '.');
        for (int k = 0; k < inner->n; k++) {
            const Group *part = inner->items[k].group;
            values |= !part;
            for (int j = 0; part && j < part->n; j++) blocks |= part->items[j].group != NULL;
        }
        if ((!values && blocks) || inner->n == 1)
            for (int k = 0; k < inner->n; k++) item_add(m, g, inner->items[k]);
        else item_add(m, g, old.items[i]);
    }
}

static void own(Group *g)
{
    g->first = INT32_MAX;
    g->last = -1;
    for (int i = 0; i < g->n; i++) {
        Group *inner = g->items[i].group;
        Expr *e = g->items[i].expr;
        if (inner) own(inner);
        if (e) e->home = g;
        const int first = e ? e->place : inner->first, last = e ? e->place : inner->last;
        if (inner && inner->height >= g->height) g->height = inner->height + 1;
        g->first = first < g->first ? first : g->first;
        g->last = last > g->last ? last : g->last;
    }
}

static bool has(int n, Expr *const *list, const Expr *e)
{
    for (int i = 0; i < n; i++)
        if (list[i] == e) return true;
    return false;
}

/* What a group takes from outside, and what others take from it. */
static void find_ends(Import *m, Group *g, bool root)
{
    int inputs = 0, outputs = 0;
    for (int i = 0; i < g->n; i++)
        if (g->items[i].group) find_ends(m, g->items[i].group, false);
    for (int i = g->first; !root && i <= g->last; i++) {
        Expr *e = m->exprs[i];
        for (int k = 0; k < e->n; k++) {
            Expr *of = e->of[k];
            if (of->kind == EXPR_NUMBER || of->kind == EXPR_CONSTANT) continue;
            if (of->kind != EXPR_INPUT && of->place >= g->first) continue;
            if (has(g->n_inputs, g->inputs, of)) continue;
            g->inputs = arena_grow(m->arena, g->inputs, g->n_inputs, &inputs, sizeof *g->inputs);
            g->inputs[g->n_inputs++] = of;
        }
        if (e->last_use <= g->last) continue;
        g->outputs = arena_grow(m->arena, g->outputs, g->n_outputs, &outputs, sizeof *g->outputs);
        g->outputs[g->n_outputs++] = e;
    }
}

Group *groups_of(Import *m)
{
    NameTable modules = name_table_new(m->arena);
    const int n = find_live(m);
    for (int i = 0; i < n; i++) {
        const char *path = m->exprs[i]->layer;
        if (!path) continue;
        for (path = path_parent(m, path); *path; path = path_parent(m, path)) {
            int *known = name_number(&modules, path);
            if (*known) break;
            *known = 1;
        }
    }
    Group *stack[MOST_DEPTH + 1] = {group_new(m, "")};
    int top = 0;
    for (int i = 0; i < n; i++) {
        const char *path = m->exprs[i]->module;
        while (*path && !name_known(&modules, path)) path = path_parent(m, path);
        if (depth_of(path) > MOST_DEPTH) path = shortened(m, path, MOST_DEPTH);
        while (top && !is_within(path, stack[top]->path)) top--;
        while (top < depth_of(path)) {
            Group *g = group_new(m, shortened(m, path, top + 1));
            item_add(m, stack[top], (Item){.group = g});
            stack[++top] = g;
        }
        item_add(m, stack[top], (Item){.expr = m->exprs[i]});
    }
    simplify(m, stack[0]);
    own(stack[0]);
    find_ends(m, stack[0], true);
    return stack[0];
}
