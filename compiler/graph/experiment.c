/* experiment.c - which parameter, state or input of a graph file a leaf is. */
#include "graph/experiment.h"

/* Numbers, from 1: of an experiment's parameters, states and fields by the name that is part of the leaf's node, and of
 * its states by their names in the file. */
struct LeafNumbers { NameTable parameters, states, fields, state_names; };

static int number_of(const NameTable *table, const Node *leaf, const char *what)
{
    const int number = name_known(table, leaf->attr.text);
    if (!number) bug("%s that the graph file does not have", what);
    return number - 1;
}

int parameter_of(const Experiment *x, const Node *leaf)
{
    return number_of(&x->numbers->parameters, leaf, "a parameter");
}
int state_of(const Experiment *x, const Node *leaf) { return number_of(&x->numbers->states, leaf, "a state"); }
int field_of(const Experiment *x, const Node *leaf) { return number_of(&x->numbers->fields, leaf, "an input"); }
bool names_state(const Experiment *x, const char *name) { return name_known(&x->numbers->state_names, name) != 0; }

void identify_leaves(Experiment *x)
{
    Arena *arena = x->graph->arena;
    NameTable used = name_table_new(arena);
    struct LeafNumbers *numbers = x->numbers = arena_alloc(arena, sizeof *numbers);
    *numbers = (struct LeafNumbers){name_table_new(arena), name_table_new(arena), name_table_new(arena),
                                    name_table_new(arena)};
    for (int i = 0; i < x->n_parameters; i++) {
        x->parameters[i].identifier = unique(&used, c_identifier(arena, x->parameters[i].name));
        *name_number(&numbers->parameters, graph_at(x->graph, x->parameters[i].value)->attr.text) = i + 1;
    }
    for (int i = 0; i < x->n_states; i++) {
        x->states[i].identifier = unique(&used, c_identifier(arena, x->states[i].name));
        *name_number(&numbers->states, graph_at(x->graph, x->states[i].value)->attr.text) = i + 1;
        *name_number(&numbers->state_names, x->states[i].name) = i + 1;
    }
    for (int i = 0; i < x->n_fields; i++) {
        x->fields[i].identifier = unique(&used, c_identifier(arena, x->fields[i].name));
        *name_number(&numbers->fields, graph_at(x->graph, x->fields[i].value)->attr.text) = i + 1;
    }
}

int64_t parameter_floats(const Experiment *x, bool trained)
{
    int64_t floats = 0;
    for (int i = 0; i < x->n_parameters; i++)
        if (!trained || !x->parameters[i].frozen)
            floats += type_count(graph_at(x->graph, x->parameters[i].value)->type, 1);
    return floats;
}
