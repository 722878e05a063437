/* onnx_check.c - the names of a graph: every value is made once, and before it is used. */
#include "exchange/onnx.h"

#include <string.h>

typedef struct Checker {
    Arena *arena;
    WireFile *file;
    const OnnxModel *model;
    NameTable made; /* 1: it is there; 2 + i: node i makes it, later */
} Checker;

static bool make(Checker *c, const char *name, const char *what)
{
    int *number = name_number(&c->made, name);
    if (*number == 1)
        return wire_wrong(c->file, c->model->graph.at, "'%s' is there twice, the second time as %s",
                          shown_name(c->arena, name), what);
    *number = 1;
    return true;
}

static const char *node_text(Checker *c, int i)
{
    const OnnxNode *node = &c->model->nodes[i];
    return arena_format(c->arena, "node %d (%s%s%s)", i, shown_name(c->arena, node->op), *node->name ? " " : "",
                        shown_name(c->arena, node->name));
}

static bool there(Checker *c, const char *name, const char *user)
{
    const int number = name_known(&c->made, name);
    if (number == 1) return true;
    if (number)
        return wire_wrong(c->file, c->model->graph.at,
                          "%s uses '%s', which %s makes later: a cycle, or nodes out of order", user,
                          shown_name(c->arena, name), node_text(c, number - 2));
    return wire_wrong(c->file, c->model->graph.at, "%s uses '%s', which nothing makes", user,
                      shown_name(c->arena, name));
}

bool onnx_check(Arena *arena, WireFile *file, const OnnxModel *m)
{
    Checker c = {arena, file, m, name_table_new(arena)};
    for (int i = 0; i < m->n_initializers; i++) {
        if (!*m->initializers[i].name) return wire_wrong(file, m->graph.at, "an initializer has no name");
        if (!make(&c, m->initializers[i].name, "an initializer")) return false;
    }
    NameTable inputs = name_table_new(arena);
    for (int i = 0; i < m->n_inputs; i++) { /* before IR version 4 initializers were listed here too */
        if (!*m->inputs[i].name) return wire_wrong(file, m->graph.at, "an input has no name");
        int *seen = name_number(&inputs, m->inputs[i].name);
        if (*seen)
            return wire_wrong(file, m->graph.at, "input '%s' is there twice", shown_name(arena, m->inputs[i].name));
        *seen = 1;
        *name_number(&c.made, m->inputs[i].name) = 1;
    }
    for (int i = 0; i < m->n_nodes; i++) {
        for (int k = 0; k < m->nodes[i].n_outputs; k++) {
            int *number = *m->nodes[i].outputs[k] ? name_number(&c.made, m->nodes[i].outputs[k]) : NULL;
            if (number && *number)
                return wire_wrong(file, m->graph.at, "'%s' is there twice, the second time as an output of %s",
                                  shown_name(arena, m->nodes[i].outputs[k]), node_text(&c, i));
            if (number) *number = 2 + i;
        }
    }
    for (int i = 0; i < m->n_nodes; i++) {
        const OnnxNode *node = &m->nodes[i];
        for (int k = 0; k < node->n_inputs; k++)
            if (*node->inputs[k] && !there(&c, node->inputs[k], node_text(&c, i))) return false;
        for (int k = 0; k < node->n_outputs; k++)
            if (*node->outputs[k]) *name_number(&c.made, node->outputs[k]) = 1;
    }
    for (int i = 0; i < m->n_outputs; i++)
        if (!there(&c, m->outputs[i].name, arena_format(arena, "output %d of the graph", i))) return false;
    return true;
}
