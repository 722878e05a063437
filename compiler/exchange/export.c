/* export.c - from a finished run to an ONNX model. */
#include "exchange/export.h"

#include <string.h>

/* Each value that is needed gets the first form that fits it, from the results down: what lies inside a layer is not
 * needed for itself. */
static bool *choose_forms(Export *e)
{
    bool *needed = arena_array(e->arena, e->g->n, sizeof *needed);
    for (int i = 0; i < e->goal->n_roots; i++) needed[e->goal->roots[i].value] = true;
    for (Value v = e->g->n - 1; v > 0; v--) {
        const ExportForm *const tables[] = {export_layers, export_activations, export_windows, export_convolutions};
        Match *m = &e->match[v];
        if (!needed[v]) continue;
        for (int t = 0; t < (int)(sizeof tables / sizeof *tables) && !m->write; t++)
            for (const ExportForm *form = tables[t]; form->name && !m->write; form++) {
                *m = (Match){0};
                if (form->match(e, v, m)) m->write = form->write;
            }
        if (!m->write) *m = export_op(e, v);
        for (int i = 0; i < m->n_in; i++) needed[m->more ? m->more[i] : m->in[i]] = true;
    }
    return needed;
}

/* Names that are the user's: those of parameters, states, inputs and outputs. */
static void reserve_names(Export *e)
{
    const Experiment *x = e->experiment;
    for (int i = 0; i < x->n_parameters; i++) unique(&e->names, x->parameters[i].name);
    for (int i = 0; i < x->n_states; i++) unique(&e->names, x->states[i].name);
    for (int i = 0; i < x->n_fields; i++) unique(&e->names, x->fields[i].name);
}

static void name_outputs(Export *e, const char **names)
{
    for (int i = 0; i < e->goal->n_roots; i++) {
        const Root *root = &e->goal->roots[i];
        Made *made = &e->made[root->value];
        names[i] = unique(&e->names, root->name);
        if (strcmp(names[i], root->name))
            remark("%s: the output %s is called %s in the model: an input or a parameter has its name",
                   e->experiment->source.path, root->name, names[i]);
        if (!made->output && !is_leaf(e->g, root->value)) made->output = names[i];
    }
}

static void write_outputs(Export *e, const char *const *names)
{
    for (int i = 0; i < e->goal->n_roots; i++) {
        const Root *root = &e->goal->roots[i];
        const Type type = type_of(e, root->value);
        const int *order = type_is_image(type) && !e->nhwc ? order_image : order_plain;
        OnnxShape shape = {.type = tensor_type(type), .rank = type.rank};
        for (int k = 0; k < type.rank; k++) shape.dims[k] = type.dims[order[k]];
        const char *name = tensor_in(e, root->value, order);
        if (strcmp(name, names[i])) onnx_add_node(e, "Identity", names[i], READS(name));
        onnx_add_output(&e->model, names[i], &shape);
    }
}

static void write_inputs(Export *e, const bool *needed)
{
    for (int i = 0; i < e->experiment->n_fields; i++)
        for (Value v = 1; v < e->g->n; v++)
            if (needed[v] && node_of(e, v)->op == &op_input && field_of(e->experiment, node_of(e, v)) == i)
                write_leaf(e, v, order_plain);
}

void export_run(Arena *arena, const ExportRequest *request)
{
    Export e = {
        .arena = arena, .nhwc = request->nhwc, .names = name_table_new(arena), .constants = name_table_new(arena)};
    RtError error = {0};
    e.goal = export_goal(arena, request->run, request->maps, &e.experiment);
    e.g = e.goal->graph;
    e.weights = export_weights(arena, e.experiment, request->run, request->best);
    e.model = onnx_begin(arena, request->opset, e.experiment->source.name);
    e.made = arena_array(arena, e.g->n, sizeof *e.made);
    e.match = arena_array(arena, e.g->n, sizeof *e.match);
    const char **outputs = arena_array(arena, e.goal->n_roots, sizeof *outputs);
    reserve_names(&e);
    name_outputs(&e, outputs);
    const bool *needed = choose_forms(&e);
    write_inputs(&e, needed);
    for (Value v = 1; v < e.g->n; v++)
        if (needed[v]) e.match[v].write(&e, v, &e.match[v]);
    write_outputs(&e, outputs);
    onnx_add_fact(&e.model, "graph_hash", e.experiment->graph_hash);
    if (!onnx_save(&e.model, request->out, &error)) fail("%s", error.text);
}
