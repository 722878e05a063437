/* name.c - names in C.
 *
 * Names come from the graph file.  A value has the name of its global.  A value without one is called after its label,
 * which is the layer or the call that made it.  The gradient of h1 is d_h1.  Labels belong to the graph, so a value has
 * one name in every entry. */
#include "schedule/program.h"

#include <string.h>

typedef struct Namer {
    Program *p;
    Arena *arena;
    NameTable used;              /* the next suffix to try for a name that is taken; 0: not taken */
    bool *naming;              /* [graph->n]: the value's name is being made */
    bool *ends;                /* [graph->n]: the value is the result of the call that made it */
    int *asked;                /* [graph->n]: the first root, from 1, that is the value and gives it a name; 0: none */
} Namer;

/* The kept value that stands for kernel k: the loss, else the last named value, else the last with a buffer. */
static Value main_value(const Program *p, int k)
{
    const Kernel *kernel = &p->kernels[k];
    Value named = 0, last = 0;
    if (kernel->kind == KERNEL_COMPUTE && kernel->backward && kernel->contraction &&
        p->buffer_of[kernel->contraction] >= 0)
        return kernel->contraction;
    for (int i = 0; i < kernel->n_kept; i++) {
        Value v = kernel->kept[i];
        if (p->buffer_of[v] < 0) continue;
        if (p->loss >= 0 && p->buffer_of[v] == p->loss) return v;
        last = v;
        if (p->graph->notes[v].name) named = v;
    }
    return named ? named : last;
}

static const char *name_of_value(Namer *names, Value v);

static bool sums_squares(const Graph *g, Value v)
{
    const Node *node = graph_at(g, v), *in = node->op == &op_sum ? graph_at(g, node->in[0]) : NULL;
    return in && in->op == &op_mul && in->in[0] == in->in[1];
}

/* The name of a value after its label.  The result of a call has the call's name; parts of the call add a word of their
 * own.  role: the name in a function that many layers share, by the constructor alone. */
static const char *label_name(const Program *p, Value v, bool result, bool role)
{
    Arena *arena = p->graph->arena;
    const Label *label = p->graph->notes[v].label, *of = label;
    const char *part = graph_at(p->graph, v)->op->name, *before = "";
    if (!label) return part;
    for (; of->of; of = of->of) before = arena_format(arena, "d_%s", before);
    const char *constructor = label_constructor(label);
    const char *whole = role ? constructor : label->path ? label->path : of->path ? of->path : constructor;
    const size_t n = strlen(of->constructor);
    if (label->whole || result || !strcmp(part, of->constructor)) return arena_format(arena, "%s%s", before, whole);
    if (!strncmp(part, of->constructor, n) && !strncmp(part + n, "_grad_", 6))
        part += n + strlen("_grad_");      /* conv2d_grad_input */
    if (sums_squares(p->graph, v)) part = "squares";
    return arena_format(arena, "%s%s_%s", before, whole, part);
}

static const char *last_part(Arena *arena, const char *name)
{
    const char *dot = strrchr(name, '.');
    return c_identifier(arena, dot ? dot + 1 : name);
}

/* The name of a value in a function that many layers share: weight, relu, batch_norm_sum, d_conv2d. */
static const char *role_of_value(Namer *names, Value v)
{
    const Program *p = names->p;
    const Note *note = &p->graph->notes[v];
    const Node *node = graph_at(p->graph, v);
    const Experiment *x = p->experiment;
    if (node->op == &op_parameter) return last_part(names->arena, x->parameters[parameter_of(x, node)].name);
    if (node->op == &op_state) return last_part(names->arena, x->states[state_of(x, node)].name);
    if (node->op == &op_input) return x->fields[field_of(x, node)].identifier;
    const Root *root = names->asked[v] ? &p->goal->roots[names->asked[v] - 1] : NULL;
    if (root && root->kind == ROOT_STATE)
        return arena_format(names->arena, "%s_next", last_part(names->arena, root->name));
    if (note->again_of && note->again_of < v) return role_of_value(names, note->again_of);
    if (note->gradient_of && note->gradient_of < v)
        return arena_format(names->arena, "d_%s", role_of_value(names, base_of(p->graph, note->gradient_of)));
    return c_identifier(names->arena, label_name(p, v, names->ends[v], true));
}

static void find_asked(Namer *names)
{
    const Goal *goal = names->p->goal;
    /* a value with a name of its own keeps it where it is asked for as a plain value */
    for (int i = goal->n_roots - 1; i >= 0; i--)
        if (goal->roots[i].kind != ROOT_VALUE || !names->p->graph->notes[goal->roots[i].value].name)
            names->asked[goal->roots[i].value] = i + 1;
}

static bool has_own_name(const Namer *names, Value v) { return names->asked[v] || names->p->graph->notes[v].name; }

static const char *plain_name(Namer *names, Value v)
{
    const Program *p = names->p;
    const Note *note = &p->graph->notes[v];
    const Node *node = graph_at(p->graph, v);
    if (node->op == &op_parameter) return p->experiment->parameters[parameter_of(p->experiment, node)].identifier;
    if (node->op == &op_state) return p->experiment->states[state_of(p->experiment, node)].identifier;
    if (node->op == &op_input) return p->experiment->fields[field_of(p->experiment, node)].identifier;
    if (names->asked[v]) {
        const char *name = p->goal->roots[names->asked[v] - 1].name;
        return c_identifier(names->arena,
                            names_state(p->experiment, name) ? arena_format(names->arena, "%s_next", name) : name);
    }
    if (note->name) return c_identifier(names->arena, note->name);
    if (note->again_of) return arena_format(names->arena, "%s_again", name_of_value(names, note->again_of));
    if (note->gradient_of)
        return arena_format(names->arena, "d_%s", name_of_value(names, base_of(p->graph, note->gradient_of)));
    return c_identifier(names->arena, label_name(p, v, names->ends[v], false));
}

static const char *name_of_value(Namer *names, Value v)
{
    if (names->p->names[v]) return names->p->names[v];
    /* its name would depend on its own name */
    if (names->naming[v]) return c_identifier(names->arena, graph_at(names->p->graph, v)->op->name);
    names->naming[v] = true;
    return names->p->names[v] = plain_name(names, v);
}

/* Marks the results of calls: a value, in whatever shape, that another call of the file or the caller reads. */
static void find_ends(Namer *names)
{
    const Graph *g = names->p->graph;
    for (int i = 0; i < names->p->goal->n_roots; i++) names->ends[names->p->goal->roots[i].value] = true;
    for (Value v = g->n - 1; v > 0; v--)
        for (int i = 0; i < graph_at(g, v)->n_in; i++) {
            const Value in = graph_at(g, v)->in[i];
            const Label *reader = g->notes[v].label, *made = g->notes[in].label;
            const bool apart = reader != made && !(reader && reader->of) && !(made && made->of);
            if (apart || (names->ends[v] && graph_at(g, v)->op == &op_reshape)) names->ends[in] = true;
        }
}

/* Does the kernel leave several values, the last of which is only a part of a call of the file? */
static bool is_part_of_layer(const Namer *names, const Kernel *k, Value main)
{
    const Note *note = &names->p->graph->notes[main];
    int n = 0;
    for (int i = 0; i < k->n_kept; i++) n += names->p->buffer_of[k->kept[i]] >= 0;
    const bool called = note->name || note->gradient_of || note->again_of || names->asked[main] || names->ends[main];
    return n > 1 && note->label && !called;
}

static bool has_identifier(const Graph *g, Value v)
{
    return is_stored_leaf(g, v) && graph_at(g, v)->op != &op_constant;
}

void name_program(Program *p, bool qualify)
{
    Arena *arena = p->graph->arena;
    Namer names = {.p = p,
                   .arena = p->graph->arena,
                   .used = name_table_new(p->graph->arena),
                   .ends = arena_array(p->graph->arena, p->graph->n, sizeof(bool)),
                   .naming = arena_array(p->graph->arena, p->graph->n, sizeof(bool)),
                   .asked = arena_array(p->graph->arena, p->graph->n, sizeof(int))};
    p->qualifier = qualify ? arena_format(arena, "%s_", c_identifier(arena, p->experiment->source.name)) : "";
    p->roles = arena_array(arena, p->graph->n, sizeof *p->roles);
    p->macro = upper_case(names.arena, c_identifier(names.arena, p->experiment->source.name));
    find_ends(&names);
    find_asked(&names);
    for (Value v = 1; v < p->graph->n; v++)
        if (has_identifier(p->graph, v)) *name_number(&names.used, name_of_value(&names, v)) = 2;
    for (int round = 0; round < 2; round++)      /* values with a name of their own go first */
        for (int i = 0; i < p->n_buffers; i++) {
            if (!p->buffers[i].value || has_own_name(&names, p->buffers[i].value) == round) continue;
            const char *name = name_of_value(&names, p->buffers[i].value);
            p->buffers[i].name = has_identifier(p->graph, p->buffers[i].value) ? name : unique(&names.used, name);
            p->names[p->buffers[i].value] = p->buffers[i].name;
        }
    for (int k = 0; k < p->n_kernels; k++) {
        Kernel *kernel = &p->kernels[k];
        Value main = kernel->kind == KERNEL_COMPUTE ? main_value(p, k) : kernel->contraction;
        const char *name = main ? name_of_value(&names, main) : "";
        if (kernel->kind == KERNEL_PACK || kernel->kind == KERNEL_UNPACK) {
            int which = graph_at(p->graph, main)->op->contraction(p->graph, main, 1).packed;
            if (kernel->kind == KERNEL_PACK) {
                Value source = base_of(p->graph, graph_at(p->graph, main)->in[which]);
                name = arena_format(names.arena, kernel->backward ? "%s_back" : "%s", name_of_value(&names, source));
                p->buffers[kernel->packed].name = unique(&names.used, arena_format(names.arena, "%s_packed", name));
                p->buffers[kernel->packed].comment = name;
            }
            kernel->name = unique(
                &names.used, arena_format(names.arena, kernel->kind == KERNEL_PACK ? "pack_%s" : "unpack_%s", name));
        } else if (kernel->kind == KERNEL_COMPUTE) {
            if (is_part_of_layer(&names, kernel, main))
                name = c_identifier(names.arena, label_name(p, main, true, false));
            if (kernel->backward && !strncmp(name, "d_", 2)) name += 2;
            kernel->name = unique(&names.used, arena_format(names.arena, kernel->backward ? "bwd_%s" : "fwd_%s", name));
            if (kernel->scratch >= 0)
                p->buffers[kernel->scratch].name = unique(&names.used,
                                                          arena_format(names.arena, "%s_scratch", kernel->name));
            if (kernel->sum >= 0)
                p->buffers[kernel->sum].name = unique(
                    &names.used, arena_format(names.arena, "%s_sum", name_of_value(&names, kernel->contraction)));
        }
    }
    for (int k = 0; k < p->n_kernels; k++) {
        Kernel *kernel = &p->kernels[k];
        const char *about = kernel->n_reads ? p->buffers[kernel->reads[0]].name : "";
        if (kernel->kind == KERNEL_COMBINE) kernel->name = arena_format(names.arena, "combine_%s", about);
        if (kernel->kind == KERNEL_UPDATE)
            kernel->name = arena_format(names.arena, "update_%s",
                                        p->experiment->parameters[kernel->parameter].identifier);
        if (kernel->kind == KERNEL_COMMIT)
            kernel->name = arena_format(names.arena, "commit_%s", p->experiment->states[kernel->parameter].identifier);
        if (kernel->kind == KERNEL_CHECK) kernel->name = "check_loss";
        if (kernel->kind == KERNEL_NORM) kernel->name = "global_norm";
        if (kernel->kind == KERNEL_FINITE) kernel->name = "check_gradients";
    }
    for (Value v = 1; v < p->graph->n; v++)
        if (is_stored_leaf(p->graph, v)) name_of_value(&names, v);
    for (Value v = 1; v < p->graph->n; v++)
        if (is_stored_leaf(p->graph, v) || p->buffer_of[v] >= 0) p->roles[v] = role_of_value(&names, v);
}
