/* share.c - which kernels are one C function, and its name.
 *
 * Kernels of one form, in whichever entry, are one function.  Where all of them have one name, as the same layer has in
 * training and in evaluation, the function has that name.  A function that several layers share is named by the value
 * that it computes and by its sizes. */
#include "emit/emitter.h"

#include <string.h>

/* The kernels of one form: the first one's name, and whether others have another name. */
typedef struct Group {
    const char *name, *function;
    int entry, kernel;
    bool shared;
} Group;

/* The sizes of a type as text, 28x28x16, without the batch and sizes of 1. */
static const char *sizes_text(Arena *arena, Type type)
{
    Text text = text_new(arena);
    for (int i = 0; i < type.rank; i++)
        if (type.dims[i] > 1) text_add(&text, text.length ? "x%lld" : "_%lld", (long long)type.dims[i]);
    return text.chars;
}

/* The name of a function that lays out weights of these sizes, for all layers: pack_conv2d_16x16x3x3. */
static const char *layout_name(const Program *p, const Kernel *k)
{
    const Node *node = graph_at(p->graph, k->contraction);
    const bool pack = k->kind == KERNEL_PACK;
    const int packed = pack ? node->op->contraction(p->graph, k->contraction, 1).packed : -1;
    const char *sizes = sizes_text(p->graph->arena, pack ? graph_at(p->graph, node->in[packed])->type : node->type);
    const char *back = pack && k->backward && node->op == &op_matmul ? "_back" : "";
    return arena_format(p->graph->arena, "%s_%s%s%s", pack ? "pack" : "unpack", node->op->name, sizes, back);
}

static const char *made_by_text(const Graph *g, Value v)
{
    const Label *label = g->notes[v].label;
    return c_identifier(g->arena, label ? label_constructor(label) : graph_at(g, v)->op->name);
}

/* The name of a function that several layers share: the one value that it leaves, or the constructors whose values it
 * leaves, then the sizes of its loops. */
static const char *shared_name(const Program *p, int number)
{
    enum { MOST = 60 };
    const Graph *g = p->graph;
    const Kernel *k = &p->kernels[number];
    if (k->kind != KERNEL_COMPUTE) return layout_name(p, k);
    Type loops = loops_of(g, k->kept[0]);
    int n = 0;
    bool sums = true;
    Value only = 0;
    for (int i = 0; i < k->n_kept; i++) {
        const Value v = k->kept[i];
        if (loops_of(g, v).rank > loops.rank) loops = loops_of(g, v);
        if (p->buffer_of[v] < 0) continue;
        n++, only = v, sums = sums && graph_at(g, v)->op->kind == REDUCE;
    }
    Text text = text_new(g->arena);
    text_add(&text, k->backward ? "bwd" : "fwd");
    if (n == 1) {
        const char *role = p->roles[only], *made_by = made_by_text(g, only);
        const Value of = g->notes[only].gradient_of;
        const bool says_layer = only != k->contraction && !(of && graph_at(g, of)->op == &op_parameter);
        if (k->backward && !strncmp(role, "d_", 2)) role += 2;
        if (only == k->contraction) loops = graph_at(g, only)->type;
        if (!says_layer && strncmp(role, made_by, strlen(made_by)))
            text_add(&text, "_%s", made_by);      /* conv2d_weight */
        text_add(&text, "_%s", role);
    }
    const char *last = "";
    for (int i = 0; n > 1 && i < k->n_kept && text.length < MOST; i++) {
        const char *part = made_by_text(g, k->kept[i]);
        if (p->buffer_of[k->kept[i]] >= 0 && strcmp(part, last)) text_add(&text, "_%s", last = part);
    }
    if (n > 1 && sums) text_add(&text, "_sums");
    return arena_format(g->arena, "%s%s", text.chars, sizes_text(g->arena, loops));
}

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
        WriterNotes *notes = writer_notes(p);
        e->forms[i] = arena_array(arena, p->n_kernels, sizeof *e->forms[i]);
        for (int k = 0; k < p->n_kernels; k++) {
            const char *name = p->kernels[k].name;
            e->forms[i][k].function = name;
            if (!kernel_is_function(&p->kernels[k])) continue;
            e->forms[i][k] = kernel_form(e->entries[i], k, notes);
            int *group = name_number(&forms, e->forms[i][k].canonical);
            if (*group) {
                /* what is watched changes nothing in the text of the other entries */
                Group *of = &groups[*group - 1];
                if (i < shipped_entries(e) || of->entry == i) of->shared = of->shared || strcmp(of->name, name);
                continue;
            }
            groups = arena_grow(arena, groups, n, &capacity, sizeof *groups);
            groups[n++] = (Group){.name = name, .entry = i, .kernel = k};
            *group = n;
        }
    }
    const char *model = c_identifier(arena, e->experiment->source.name);
    /* the functions of pack.lua are pack_init and so on, which pack no weight of that name */
    static const char *const functions[] = {"init",    "prepare", "step", "gradients",   "evaluate",
                                            "predict", "save",    "load", "status_text", "model"};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        *name_number(&used, arena_format(arena, "%s_%s", model, functions[i])) = 1;
    for (int i = 0; i < n; i++) {
        Group *g = &groups[i];
        const Program *p = e->entries[g->entry]->program;
        const char *name = g->shared ? shared_name(p, g->kernel) : g->name;
        if (g->entry) name = arena_format(arena, "%s_%s", p->goal->name, name);
        g->function = unused(arena, &used, arena_format(arena, "%s%s", e->qualifier, name));
    }
    for (int i = 0; i < e->n_entries; i++)
        for (int k = 0; k < e->entries[i]->program->n_kernels; k++) {
            KernelForm *form = &e->forms[i][k];
            if (!form->canonical) continue;
            const Group *g = &groups[name_known(&forms, form->canonical) - 1];
            form->function = g->function, form->shared = g->shared;
        }
    for (int k = 0; e->costs && k < e->entries[0]->program->n_kernels; k++)
        e->costs->kernels[k].function = e->forms[0][k].function;
}
