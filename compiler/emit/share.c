/* share.c - which kernels are one C function, and what it is called.
 *
 * Kernels of one form, in whichever entry, are one function.  Where all of them have one name, as the same layer has in training and in
 * evaluation, that is the function's; where layers share it, its name says what it computes and of what sizes. */
#include "emit/emit.h"

#include <string.h>

/* The kernels of one form: the first one's name, and whether others have another. */
typedef struct Group {
    const char *name, *function;
    int entry, kernel;
    bool shared;
} Group;

static const char *unused(Arena *arena, NameTable *used, const char *wanted)
{
    const char *name = wanted;
    for (int suffix = 2; *name_number(used, name); suffix++) name = arena_format(arena, "%s_%d", wanted, suffix);
    *name_number(used, name) = 1;
    return name;
}

void share(Emission *e)
{
    Arena *arena = e->experiment->graph->arena;
    NameTable forms = name_table_new(arena), used = name_table_new(arena);
    Group *groups = NULL;
    int n = 0, capacity = 0;
    for (int i = 0; i < e->n_entries; i++) {
        const Program *p = e->entries[i]->program;
        struct WriterNote *notes = kernel_notes(p);
        e->forms[i] = arena_array(arena, p->n_kernels, sizeof *e->forms[i]);
        for (int k = 0; k < p->n_kernels; k++) {
            const char *name = p->kernels[k].name;
            e->forms[i][k].function = name;
            if (!kernel_is_function(&p->kernels[k])) continue;
            e->forms[i][k] = kernel_form(e->entries[i], k, notes);
            int *group = name_number(&forms, e->forms[i][k].canonical);
            if (*group) {
                groups[*group - 1].shared = groups[*group - 1].shared || strcmp(groups[*group - 1].name, name);
                continue;
            }
            groups = arena_grow(arena, groups, n, &capacity, sizeof *groups);
            groups[n++] = (Group){.name = name, .entry = i, .kernel = k};
            *group = n;
        }
    }
    for (int i = 0; i < n; i++) {
        Group *g = &groups[i];
        const char *name = g->entry ? arena_format(arena, "%s_%s", e->entries[g->entry]->program->goal->name, g->name) : g->name;
        g->function = unused(arena, &used, arena_format(arena, "%s%s", e->qualifier, name));
    }
    for (int i = 0; i < e->n_entries; i++)
        for (int k = 0; k < e->entries[i]->program->n_kernels; k++) {
            KernelForm *form = &e->forms[i][k];
            if (!form->canonical) continue;
            const Group *g = &groups[name_known(&forms, form->canonical) - 1];
            form->function = g->function, form->shared = g->shared;
        }
    for (int k = 0; e->costs && k < e->entries[0]->program->n_kernels; k++) e->costs[k].function = e->forms[0][k].function;
}
