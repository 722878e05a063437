/* names.c - names of parameters and random streams.
 *
 * A layer is one call of a constructor that makes parameters.  Its name is that of its `name =`, within its scope.
 * Without one it is named after the first global whose value depends on it: VALUE[.HELPER].CONSTRUCTOR[_k], with k from
 * the second on.  Checkpoints and random streams go by names, so a name must not depend on other parts of the file. */
#include "language/language.h"

#include <stdlib.h>
#include <string.h>

bool good_name(const char *name)
{
    size_t n = strlen(name);
    return n > 0 && n <= 200 && strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == n;
}

void check_value_name(lua_State *L, const char *name)
{
    if (!good_name(name))
        front_error(L, "the name '%.60s' is not made of at most 200 letters, digits, _, . and -", name);
    if (!strcmp(name, "loss") || !strncmp(name, "d_", 2))
        front_error(L, "the name %s is reserved: the loss is called loss, a gradient d_NAME", name);
}

const Global *find_global(const Front *f, const char *name)
{
    const int number = name_known(&f->global_numbers, name);
    return number ? &f->globals[number - 1] : NULL;
}

const Named *named_before(const NameTable *numbers, const Named *list, const char *name)
{
    const int number = name_known(numbers, name);
    return number ? &list[number - 1] : NULL;
}

int new_layer(Front *f, const char *constructor)
{
    f->layers = arena_grow(f->arena, f->layers, f->n_layers, &f->layers_capacity, sizeof *f->layers);
    f->layers[f->n_layers] = (Layer){
        .given = f->layer_name, .scope = f->scope, .helper = f->helper, .constructor = constructor, .line = f->line};
    return f->n_layers++;
}

/* The call to which a label of the file's graph belongs. */
static Called *call_of(Label *label)
{
    while (label && label->of) label = (Label *)label->of;
    return (Called *)label;
}

Label *new_call(Front *f, const char *constructor, const Handle *first)
{
    Called *called = f->called;
    if (!called || called->first != f->g->n) {      /* a call that made nothing leaves its place to the next */
        called = arena_alloc(f->arena, sizeof *called);
        called->before = f->called;
        f->called = called;
    }
    const Note *note = first ? &f->g->notes[first->value] : NULL;
    const Called *of = note && !note->name ? call_of(note->label) : NULL;
    const int from = !of || of->scope != f->scope ? -1 : of->layer >= 0 ? of->layer : of->from;
    *called = (Called){.label = {.constructor = constructor}, .layer = -1, .from = from, .scope = f->scope,
                       .first = f->g->n, .before = called->before};
    return &called->label;
}

static int current_layer(Front *f)
{
    if (f->layer < 0) f->layer = new_layer(f, f->constructor);
    Called *called = call_of(f->g->label);
    if (called && called->layer < 0) called->layer = f->layer;
    return f->layer;
}

static Value leaf(Front *f, const Op *op, Type type, const char *id)
{
    return graph_add(f->g, op, 0, NULL, attr_leaf(f->arena, type, id, 0, NULL));
}

/* Makes room for marks of all values. */
static void grow_marks(Front *f)
{
    if (f->g->n <= f->n_marks) return;
    int larger = 2 * f->g->n + 64;
    Mark *marks = arena_array(f->arena, larger, sizeof *marks);
    if (f->n_marks) memcpy(marks, f->marks, (size_t)f->n_marks * sizeof *marks);
    f->marks = marks;
    f->walk = arena_array(f->arena, larger, sizeof *f->walk);
    f->n_marks = larger;
}

static void made_by_layer(Front *f, Value v)
{
    grow_marks(f);
    f->marks[v].layer = current_layer(f) + 1;
}

/* Adds a leaf to the identity of the call under way.  Calls with equal arguments differ by the leaves that they made or
 * used. */
static void identify(Front *f, const char *what, int number)
{
    if (!f->identity) return;
    hash_text(f->identity, what);
    hash_number(f->identity, number);
}

static int parameter_number(const Front *f, Value v)
{
    return atoi(graph_at(f->g, v)->attr.text + 1);      /* p0, p1, ... s0, s1, ... */
}

/* The next parameter in a further call of a shared function, which uses the parameters of the first in their order. */
static Value replayed_parameter(Front *f, Shared *shared, Type type, const char *suffix)
{
    if (shared->next >= shared->n)
        front_error(f->L, "this call of %s makes more parameters than the first, which made %d", shared->name,
                    shared->n);
    const SharedPart *part = &shared->parts[shared->next++];
    if (strcmp(part->constructor, f->constructor) || strcmp(part->suffix ? part->suffix : "", suffix ? suffix : ""))
        front_error(f->L, "this call of %s has a %s of %s here, the first had a %s of %s", shared->name,
                    suffix ? suffix : "parameter", f->constructor, part->suffix ? part->suffix : "parameter",
                    part->constructor);
    if (!type_equal(graph_at(f->g, part->value)->type, type))
        front_error(f->L, "this call of %s wants a parameter %s, the first made %s", shared->name, shape_of(f, type),
                    shape_of(f, graph_at(f->g, part->value)->type));
    identify(f, "parameter", parameter_number(f, part->value));
    Called *called = call_of(f->g->label);
    if (called && called->layer < 0) called->layer = f->marks[part->value].layer - 1;
    return part->value;
}

static void share(Front *f, Shared *shared, Value v, const char *suffix)
{
    shared->parts = arena_grow(f->arena, shared->parts, shared->n, &shared->capacity, sizeof *shared->parts);
    shared->parts[shared->n++] = (SharedPart){v, f->constructor, suffix};
}

Value new_parameter(Front *f, Type type, const char *suffix, RtInitKind init, double value)
{
    Shared *shared = f->shared;
    if (shared && shared->replay) return replayed_parameter(f, shared, type, suffix);
    identify(f, "parameter", f->x->n_parameters);
    Value v = leaf(f, &op_parameter, type, arena_format(f->arena, "p%d", f->x->n_parameters));
    f->made = arena_grow(f->arena, f->made, f->n_made, &f->made_capacity, sizeof *f->made);
    f->made[f->n_made++] = (Made){v, current_layer(f), suffix};
    made_by_layer(f, v);
    f->x->parameters = arena_grow(f->arena, f->x->parameters, f->x->n_parameters, &f->parameters_capacity,
                                  sizeof *f->x->parameters);
    f->x->parameters[f->x->n_parameters++] = (Parameter){
        .value = v, .init = init, .init_value = value, .decay = type.rank >= 2, .line = f->line};
    if (shared) share(f, shared, v, suffix);
    return v;
}

Value new_state(Front *f, Type type, const char *suffix, double value)
{
    Shared *shared = f->shared;
    if (shared && shared->replay) return replayed_parameter(f, shared, type, suffix);
    identify(f, "state", f->x->n_states);
    Value v = leaf(f, &op_state, type, arena_format(f->arena, "s%d", f->x->n_states));
    f->made_states = arena_grow(f->arena, f->made_states, f->n_made_states, &f->made_states_capacity,
                                sizeof *f->made_states);
    f->made_states[f->n_made_states++] = (Made){v, current_layer(f), suffix};
    made_by_layer(f, v);
    f->x->states = arena_grow(f->arena, f->x->states, f->x->n_states, &f->states_capacity, sizeof *f->x->states);
    f->x->states[f->x->n_states++] = (Parameter){
        .value = v, .init = RT_INIT_CONSTANT, .init_value = value, .line = f->line};
    if (shared) share(f, shared, v, suffix);
    return v;
}

Value class_means(Front *f, Type type)
{
    for (int i = 0; i < f->x->n_states; i++)
        if (f->x->states[i].init == RT_INIT_CLASS_MEANS) {
            const Type first = graph_at(f->g, f->x->states[i].value)->type;
            if (!type_equal(first, type))
                front_error(f->L, "the labels have %lld classes, those whose class means %s takes %lld",
                            (long long)type.dims[0], line_short(f->arena, f->x->states[i].line),
                            (long long)first.dims[0]);
            return f->x->states[i].value;
        }
    Value v = leaf(f, &op_state, type, arena_format(f->arena, "s%d", f->x->n_states));
    f->made_states = arena_grow(f->arena, f->made_states, f->n_made_states, &f->made_states_capacity,
                                sizeof *f->made_states);
    f->made_states[f->n_made_states++] = (Made){v, -1, "class_means"};
    f->x->states = arena_grow(f->arena, f->x->states, f->x->n_states, &f->states_capacity, sizeof *f->x->states);
    f->x->states[f->x->n_states++] = (Parameter){.value = v, .init = RT_INIT_CLASS_MEANS, .line = f->line};
    return v;
}

Value new_stream(Front *f, Type type)
{
    identify(f, "stream", f->n_streams);
    Value v = leaf(f, &op_random, type, arena_format(f->arena, "r%d", f->n_streams));
    f->streams = arena_grow(f->arena, f->streams, f->n_streams, &f->streams_capacity, sizeof *f->streams);
    f->streams[f->n_streams++] = (Made){v, current_layer(f), NULL};
    made_by_layer(f, v);
    return v;
}

/* PREFIX[.HELPER].CONSTRUCTOR, with _k when earlier layers have that name. */
static const char *numbered(Front *f, const char *prefix, const Layer *layer)
{
    lua_State *L = f->L;
    Text text = text_new(f->arena);
    if (prefix && *prefix) text_add(&text, "%s.", prefix);
    if (layer->helper) text_add(&text, "%s.", layer->helper);
    text_add(&text, "%s", layer->constructor);
    const char *name = text.chars;
    lua_getfield(L, LUA_REGISTRYINDEX, "layer_names");       /* name -> number of the next layer of that name */
    lua_getfield(L, -1, text.chars);
    for (int k = (int)lua_tointeger(L, -1);; k++) {
        lua_pop(L, 1);
        if (k >= 2) name = arena_format(f->arena, "%s_%d", text.chars, k);
        if (lua_getfield(L, -1, name) == LUA_TNIL || k < 1) {
            lua_pop(L, 1);
            lua_pushinteger(L, k < 2 ? 2 : k + 1);
            lua_setfield(L, -2, text.chars);
            break;
        }
    }
    lua_pop(L, 1);
    return name;
}

static void settle(Front *f, int i, const char *prefix)
{
    Layer *layer = &f->layers[i];
    if (layer->given)
        layer->name = layer->scope ? arena_format(f->arena, "%s.%s", layer->scope, layer->given) : layer->given;
    else layer->name = numbered(f, layer->scope ? layer->scope : prefix, layer);
    lua_getfield(f->L, LUA_REGISTRYINDEX, "layer_names");
    if (lua_getfield(f->L, -1, layer->name) == LUA_TNIL) lua_pushinteger(f->L, 2), lua_setfield(f->L, -3, layer->name);
    lua_pop(f->L, 2);
}

/* Marks the layers that v depends on.  No value is visited twice, over all calls. */
static void mark_reached(Front *f, Value v)
{
    grow_marks(f);
    int n = 0;
    if (!f->marks[v].seen) f->marks[v].seen = true, f->walk[n++] = v;
    while (n > 0) {
        Value u = f->walk[--n];
        const Node *node = graph_at(f->g, u);
        if (f->marks[u].layer) f->layers[f->marks[u].layer - 1].reached = true;
        for (int i = 0; i < node->n_in; i++)
            if (!f->marks[node->in[i]].seen) f->marks[node->in[i]].seen = true, f->walk[n++] = node->in[i];
    }
}

void name_global(Front *f, const char *name, Value v)
{
    mark_reached(f, v);
    for (int i = f->n_named; i < f->n_layers; i++) {
        Layer *layer = &f->layers[i];
        if (layer->name) continue;
        if (layer->given || layer->scope) settle(f, i, NULL);
        else if (layer->reached) {
            bool is_itself = false;    /* w = param(...): the parameter is called w */
            for (int m = 0; m < f->n_made; m++)
                is_itself = is_itself || (f->made[m].layer == i && f->made[m].value == v && !f->made[m].suffix);
            if (is_itself) layer->name = name;
            else settle(f, i, name);
        }
    }
    while (f->n_named < f->n_layers && f->layers[f->n_named].name) f->n_named++;
}

/* Names a parameter or state LAYER.SUFFIX.  The table on the stack has the names so far, with their parameters. */
static void name_tensor(Front *f, const Made *made, Parameter *p)
{
    const Layer *layer = made->layer >= 0 ? &f->layers[made->layer] : NULL;      /* values of the whole file */
    p->name = !layer         ? made->suffix
              : made->suffix ? arena_format(f->arena, "%s.%s", layer->name, made->suffix)
                             : layer->name;
    if (!good_name(p->name))
        fail_at(p->line, "the parameter name '%s' is not made of at most 200 letters, digits, _, . and -", p->name);
    if (lua_getfield(f->L, -1, p->name) != LUA_TNIL)
        fail_at(p->line, "a second parameter named %s; the first is made at %s", p->name,
                line_text(f->arena, ((const Parameter *)lua_touserdata(f->L, -1))->line));
    lua_pop(f->L, 1);
    lua_pushlightuserdata(f->L, p);
    lua_setfield(f->L, -2, p->name);
}

/* A call with a layer has the layer's name.  A call without one adds its constructor to the layer's name of its first
 * operand, or else to its scope. */
static const char *path_of(Front *f, const Called *called)
{
    if (called->layer >= 0) return f->layers[called->layer].name;
    const char *before = called->from >= 0 ? f->layers[called->from].name : called->scope;
    return before ? arena_format(f->arena, "%s.%s", before, called->label.constructor) : called->label.constructor;
}

/* Calls of one name are numbered in the order in which the file made them: NAME, NAME_2, ... */
static void finish_calls(Front *f)
{
    NameTable used = name_table_new(f->arena);
    Called *next = NULL;
    for (Called *called = f->called, *before; called; called = before)
        before = called->before, called->before = next, next = called;
    for (Called *called = next; called; called = called->before) {
        const char *path = path_of(f, called);
        const int n = ++*name_number(&used, path);
        called->label.path = n == 1 ? path : arena_format(f->arena, "%s_%d", path, n);
    }
}

void finish_names(Front *f)
{
    for (int i = 0; i < f->n_layers; i++)
        if (!f->layers[i].name) settle(f, i, NULL);
    lua_newtable(f->L);                       /* name of a parameter: where it is in its list */
    for (int i = 0; i < f->n_made; i++) name_tensor(f, &f->made[i], &f->x->parameters[i]);
    for (int i = 0; i < f->n_made_states; i++) name_tensor(f, &f->made_states[i], &f->x->states[i]);
    lua_pop(f->L, 1);
    for (int i = 0; i < f->n_streams; i++)   /* the id was unique and so is the name */
        f->g->nodes[f->streams[i].value].attr.text = f->layers[f->streams[i].layer].name;
    finish_calls(f);
}
