/* where_values.c - the values of a kernel and the lines of the graph file that they come from.
 *
 * A kernel computes its kept values and, in passing, the expressions that they are made of.  All of them count: a line
 * whose value is no more than an expression is carried out wherever that stands.  A value comes from two lines: that
 * which calls its op, perhaps in a function of another file, and that which gives it its name.  A gradient comes from
 * that whose backward pass it is a part of, and from those of the value that it is the gradient of. */
#include "emit/where.h"

#include <string.h>

struct Places {
    const Program *p;
    int *seen;                     /* [graph->n]: the kernel that met the value last, from 1 */
    const char **asked;            /* [graph->n]: the name of a root that is no gradient */
    Line *asked_line;
    NameTable named;               /* numbers of the experiment's values, from 1 */
};

static Line line_of_name(int n, const Named *of, const char *name)
{
    for (int i = 0; i < n; i++)
        if (!strcmp(of[i].name, name)) return of[i].line;
    return (Line){0};
}

static Line line_of_root(const Experiment *x, const Root *root)
{
    switch (root->kind) {
    case ROOT_LOSS: return x->loss_line;
    case ROOT_METRIC: return line_of_name(x->n_metrics, x->metrics, root->name);
    case ROOT_OUTPUT: return line_of_name(x->n_outputs, x->outputs, root->name);
    case ROOT_VALUE: return line_of_name(x->n_values, x->values, root->name);
    default: return (Line){0};
    }
}

Places *places_new(const Program *p)
{
    Arena *arena = p->graph->arena;
    Places *s = arena_alloc(arena, sizeof *s);
    *s = (Places){p, arena_array(arena, p->graph->n, sizeof *s->seen),
                  arena_array(arena, p->graph->n, sizeof *s->asked),
                  arena_array(arena, p->graph->n, sizeof *s->asked_line), name_table_new(arena)};
    for (int i = 0; i < p->experiment->n_values; i++) *name_number(&s->named, p->experiment->values[i].name) = i + 1;
    for (int i = p->goal->n_roots - 1; i >= 0; i--) {
        const Root *root = &p->goal->roots[i];
        if (root->kind >= ROOT_GRADIENT && root->kind != ROOT_STATE) continue;
        s->asked[root->value] = root->name;
        s->asked_line[root->value] = line_of_root(p->experiment, root);
    }
    return s;
}

/* The name of a value; *gradient: it is that of the value of which this is the gradient.  *named: the line that gives
 * it the name. */
static const char *name_of(const Places *s, Value v, bool *gradient, Line *named)
{
    const Program *p = s->p;
    const Graph *g = p->graph;
    const Node *node = graph_at(g, v);
    const Note *note = &g->notes[v];
    *gradient = false, *named = (Line){0};
    if (note->again_of && note->again_of < v) return name_of(s, note->again_of, gradient, named);
    if (node->op == &op_parameter) return p->experiment->parameters[parameter_of(p->experiment, node)].name;
    if (node->op == &op_state) return p->experiment->states[state_of(p->experiment, node)].name;
    if (node->op == &op_input) return p->experiment->fields[field_of(p->experiment, node)].name;
    *named = s->asked_line[v];
    if (note->name) {
        const int number = name_known(&s->named, note->name);
        if (number) *named = p->experiment->values[number - 1].line;
        return note->name;
    }
    if (s->asked[v]) return s->asked[v];
    if (note->gradient_of && note->gradient_of < v) {
        bool further;
        const char *name = name_of(s, base_of(g, note->gradient_of), &further, named);
        *gradient = true;
        return further ? arena_format(g->arena, "d_%s", name) : name;
    }
    const Label *label = note->label, *of = label;
    if (!label) return node->op->name;
    const char *before = "";
    for (; of->of; of = of->of) {
        if (*gradient) before = arena_format(g->arena, "d_%s", before);
        *gradient = true;
    }
    return arena_format(g->arena, "%s%s", before,
                        label->path ? label->path : of->path ? of->path : label_constructor(of));
}

static void add_place(WhereCall *call, Arena *arena, NameTable *there, const char *name, bool gradient, Line line)
{
    if (!line.source || line.number <= 0) return;
    const char *key = arena_format(arena, "%d %s\n%s:%d", gradient, name, line.source->base, line.number);
    if ((*name_number(there, key))++) return;
    call->values = arena_grow(arena, call->values, call->n_values, &call->capacity, sizeof *call->values);
    call->values[call->n_values++] = (WhereValue){name, gradient, line.source->base, line.number};
}

static void add_value(const Places *s, WhereCall *call, NameTable *there, Value v)
{
    const Graph *g = s->p->graph;
    const Note *note = &g->notes[v];
    bool gradient;
    Line named;
    const char *name = name_of(s, v, &gradient, &named);
    add_place(call, g->arena, there, name, gradient, note->line);
    add_place(call, g->arena, there, name, gradient, named);
    if (!note->gradient_of) return;
    add_place(call, g->arena, there, name, gradient, g->notes[base_of(g, note->gradient_of)].line);
}

static void add_values(Places *s, WhereCall *call, NameTable *there, int number, Value v)
{
    const Node *node = graph_at(s->p->graph, v);
    if (node->op->kind == LEAF || s->seen[v] == number) return;
    s->seen[v] = number;
    add_value(s, call, there, v);
    for (int i = 0; i < node->n_in; i++)
        if (s->p->kernel_of[node->in[i]] < 0) add_values(s, call, there, number, node->in[i]);
}

/* The gradient that a sum over slices is of. */
static Value summed(const Program *p, int buffer)
{
    for (int k = 0; k < p->n_kernels; k++)
        if (p->kernels[k].kind == KERNEL_COMPUTE && p->kernels[k].sum == buffer) return p->kernels[k].contraction;
    return p->buffers[buffer].value;
}

/* The weight that a kernel lays out: the line is that of the product that takes it so. */
static void add_packed(const Places *s, WhereCall *call, NameTable *there, const Kernel *k)
{
    const Graph *g = s->p->graph;
    const Node *node = graph_at(g, k->contraction);
    const Value weight = base_of(g, node->in[node->op->contraction(g, k->contraction, 1).packed]);
    bool gradient;
    Line named;
    const char *name = name_of(s, weight, &gradient, &named);
    add_place(call, g->arena, there, name, gradient, g->notes[k->contraction].line);
}

void places_of_kernel(Places *s, int number, WhereCall *call)
{
    const Program *p = s->p;
    const Experiment *x = p->experiment;
    const Kernel *k = &p->kernels[number];
    Arena *arena = p->graph->arena;
    NameTable there = name_table_new(arena);
    switch (k->kind) {
    case KERNEL_COMPUTE:
        for (int i = 0; i < k->n_kept; i++) add_values(s, call, &there, number + 1, k->kept[i]);
        break;
    case KERNEL_PACK: add_packed(s, call, &there, k); break;
    case KERNEL_UNPACK: add_value(s, call, &there, k->contraction); break;
    case KERNEL_COMBINE: {
        const Value v = summed(p, k->reads[0]);
        if (v) add_value(s, call, &there, v);
        break;
    }
    case KERNEL_CHECK: add_place(call, arena, &there, "loss", false, x->loss_line); break;
    case KERNEL_NORM:
    case KERNEL_FINITE: add_place(call, arena, &there, "gradients", false, x->train_line); break;
    case KERNEL_UPDATE:
        add_place(call, arena, &there, x->parameters[k->parameter].name, false, x->parameters[k->parameter].line);
        break;
    case KERNEL_COMMIT:
        add_place(call, arena, &there, x->states[k->parameter].name, false, x->states[k->parameter].line);
        break;
    }
}
