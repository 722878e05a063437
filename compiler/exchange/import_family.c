/* import_family.c - modules that are alike become one function.
 *
 * The text of a group has a hole for every number that may differ from module to module.  Groups whose texts are equal
 * are a family: holes that hold the same everywhere are filled in, holes that always hold the same as another one share
 * its argument, and a count of channels that follows the input's is computed from it. */
#include "exchange/import.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void collect(Import *m, Group *g, int height, Family ***families, int *n, int *capacity, NameTable *texts)
{
    for (int i = 0; i < g->n; i++) {
        Group *inner = g->items[i].group;
        if (!inner) continue;
        collect(m, inner, height, families, n, capacity, texts);
        if (inner->height != height) continue;
        inner->body.text = text_new(m->arena);
        for (int k = 0; k < inner->n_inputs; k++) inner->inputs[k]->variable = NULL;
        body_write(m, &inner->body, inner, 8);
        int *number = name_number(
            texts, arena_format(m->arena, "%d\n%d\n%s", inner->n_inputs, inner->n_outputs, inner->body.text.chars));
        if (!*number) {
            *families = arena_grow(m->arena, *families, *n, capacity, sizeof **families);
            (*families)[(*n)++] = arena_alloc(m->arena, sizeof(Family));
            *number = *n;
        }
        Family *f = (*families)[*number - 1];
        f->groups = arena_grow(m->arena, f->groups, f->n, &f->capacity, sizeof *f->groups);
        f->groups[f->n++] = inner;
        inner->family = f;
    }
}

static const char *held(const Family *f, int group, int hole)
{
    const Hole *h = &f->groups[group]->body.holes[hole];
    return h->value ? h->value : h->otherwise;
}

/* Do two holes hold the same in each group? */
static bool alike(const Family *f, int a, int b)
{
    for (int i = 0; i < f->n; i++)
        if (strcmp(held(f, i, a), held(f, i, b))) return false;
    return true;
}

static bool is_count(const char *key)
{
    return !strcmp(key, "channels") || !strcmp(key, "n") || !strcmp(key, "groups");
}

/* The factor by which a hole's counts are a multiple of others; 0: they are none. */
static long factor(const Family *f, int hole, int other)
{
    long all = 0;
    for (int i = 0; i < f->n; i++) {
        const Group *g = f->groups[i];
        const long n = strtol(held(f, i, hole), NULL, 10);
        const Expr *x = g->n_inputs ? g->inputs[0] : NULL;
        const long of = other >= 0     ? strtol(held(f, i, other), NULL, 10)
                        : x && x->rank ? (long)x->dims[x->rank - 1]
                                       : 0;
        if (of < 1 || n % of || (all && n / of != all)) return 0;
        all = n / of;
    }
    return all;
}

static const char *times(Import *m, long factor, const char *name)
{
    return factor == 1 ? name : arena_format(m->arena, "%ld * %s", factor, name);
}

/* Names the function: the class of the module, or what it does. */
static const char *function_name(Import *m, const Family *f, NameTable *used)
{
    const Group *g = f->groups[0];
    const char *class = class_of_module(m, g->path), *last = strrchr(g->path, '.');
    if (!class && g->height > 0) class = class_of_module(m, path_parent(m, g->path));
    last = last ? last + 1 : g->path;
    for (int i = 1; i < f->n; i++) {
        const char *other = strrchr(f->groups[i]->path, '.');
        if (strcmp(other ? other + 1 : f->groups[i]->path, last)) last = "";
    }
    Text name = text_new(m->arena);
    int words = 0;
    for (int i = g->first; !class && i <= g->last; i++, words++) {
        const char *word = m->exprs[i]->kind == EXPR_CALL ? m->exprs[i]->word : "";
        const char *said = !strcmp(word, "conv2d") ? "conv" : !strcmp(word, "batch_norm") ? "bn" : word;
        if (*said) text_add(&name, "%s%s", name.length ? "_" : "", said);
    }
    if (!class) class = words <= 3 && name.length ? name.chars : isalpha((unsigned char)*last) ? last : "block";
    if (!isalpha((unsigned char)*class)) class = arena_format(m->arena, "block_%s", class);
    for (const char *c = class; *c; c++)
        if (!isalnum((unsigned char)*c) && *c != '_') class = "block";
    return unique(used, class);
}

static void write_function(Import *m, Family *f, Text *out, NameTable *used)
{
    const Group *g = f->groups[0];
    const Template *t = &g->body;
    const char **with = arena_array(m->arena, t->n + 1, sizeof *with);
    NameTable names = name_table_new(m->arena);
    bool channels = false;
    f->name = function_name(m, f, used);
    *name_number(&names, "name") = *name_number(&names, "c") = 1;
    for (int i = 0; variable_names[i]; i++) *name_number(&names, variable_names[i]) = 1;
    f->parameters = arena_array(m->arena, t->n + 1, sizeof *f->parameters);
    f->parameter_holes = arena_array(m->arena, t->n + 1, sizeof *f->parameter_holes);
    for (int h = 0; h < t->n; h++) {
        bool same = true;
        for (int i = 1; i < f->n; i++) same &= !strcmp(held(f, 0, h), held(f, i, h));
        if (same) continue;
        for (int p = 0; p < f->n_parameters && !with[h]; p++)
            if (alike(f, h, f->parameter_holes[p])) with[h] = f->parameters[p];
        if (!with[h] && is_count(t->holes[h].key) && factor(f, h, -1)) {
            channels = true;
            with[h] = times(m, factor(f, h, -1), "c");
        }
        for (int p = 0; p < f->n_parameters && !with[h]; p++)
            if (is_count(t->holes[h].key) && is_count(t->holes[f->parameter_holes[p]].key) &&
                factor(f, h, f->parameter_holes[p]))
                with[h] = times(m, factor(f, h, f->parameter_holes[p]), f->parameters[p]);
        if (with[h]) continue;
        f->parameter_holes[f->n_parameters] = h;
        with[h] = f->parameters[f->n_parameters++] = unique(&names, t->holes[h].key);
    }
    text_add(out, "local function %s(name", f->name);
    for (int i = 0; i < g->n_inputs; i++) text_add(out, ", %s", variable_names[i]);
    for (int p = 0; p < f->n_parameters; p++) text_add(out, ", %s", f->parameters[p]);
    text_add(out, ")\n");
    if (channels) text_add(out, "    local c = %s.channels\n", variable_names[0]);
    text_add(out, "    return scope(name, function()\n%s    end)\nend\n\n", template_text(m, t, with));
}

void families_of(Import *m, Group *root, Text *functions)
{
    /* what functions must not be called */
    static const char *const words[] = {
        "scope",  "use",    "option",   "input", "labels", "param",    "constant", "minimize", "metric",
        "output", "train",  "image",    "label", "logits", "features", "equal",    "argmax",   "cross_entropy",
        "adamw",  "cosine", "name",     "math",  "table",  "string",   "linear",   "conv2d",   "shared",
        "and",    "end",    "function", "if",    "in",     "local",    "nil",      "not",      "or",
        "repeat", "then",   "until",    "while", "goto",   "c"};
    NameTable used = name_table_new(m->arena);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) *name_number(&used, words[i]) = 1;
    for (int i = 0; variable_names[i]; i++) *name_number(&used, variable_names[i]) = 1;
    for (int i = 0; i < m->n_exprs; i++)
        if (m->exprs[i]->kind == EXPR_CALL) *name_number(&used, m->exprs[i]->word) = 1;
    for (int height = 0; height < root->height; height++) {
        Family **families = NULL;
        int n = 0, capacity = 0;
        NameTable texts = name_table_new(m->arena);
        collect(m, root, height, &families, &n, &capacity, &texts);
        for (int i = 0; i < n; i++) {
            int inputs = 0;
            while (variable_names[inputs]) inputs++;
            if (families[i]->n > 1 && families[i]->groups[0]->n_inputs < inputs)
                write_function(m, families[i], functions, &used);
        }
    }
}
