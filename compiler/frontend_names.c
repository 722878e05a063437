/* frontend_names.c - names of parameters and random streams.
 *
 * A layer is one call of a constructor that makes parameters.  It is called by its `name =`, within its scope; else after the first
 * global whose value depends on it: VALUE[.HELPER].CONSTRUCTOR[_k], k from the second on.  Names are what checkpoints and random
 * streams go by, so they must not depend on what else the file says. */
#include "frontend.h"

#include <string.h>

bool good_name(const char *name)
{
    size_t n = strlen(name);
    return n > 0 && n <= 200 && strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == n;
}

int new_layer(Front *f, const char *constructor)
{
    f->layers = arena_grow(f->arena, f->layers, f->n_layers, &f->layers_capacity, sizeof *f->layers);
    f->layers[f->n_layers] = (Layer){.given = f->layer_name, .scope = f->scope, .helper = f->helper, .constructor = constructor, .line = f->line};
    return f->n_layers++;
}

static int current_layer(Front *f)
{
    if (f->layer < 0) f->layer = new_layer(f, f->constructor);
    return f->layer;
}

static Value leaf(Front *f, const Op *op, Type type, const char *id)
{
    int64_t ints[2 + MAX_RANK] = {type.elem, type.rank};
    for (int i = 0; i < type.rank; i++) ints[2 + i] = type.dims[i];
    Attr attr = attr_ints(f->arena, 2 + type.rank, ints);
    attr.text = id;
    return graph_add(f->g, op, 0, NULL, attr);
}

Value new_parameter(Front *f, Type type, const char *suffix, RtInitKind init, double value)
{
    Shared *shared = f->shared;
    if (shared && shared->replay) {    /* a further call of a shared function: the same parameters, in the same order */
        if (shared->next >= shared->n)
            front_error(f->L, "this call of %s makes more parameters than the first, which made %d", shared->name, shared->n);
        Value v = shared->values[shared->next++];
        if (!type_equal(graph_at(f->g, v)->type, type))
            front_error(f->L, "this call of %s wants a parameter %s, the first made %s", shared->name, shape_of(f, type), shape_of(f, graph_at(f->g, v)->type));
        return v;
    }
    Value v = leaf(f, &op_parameter, type, arena_format(f->arena, "p%d", f->x->n_parameters));
    f->made = arena_grow(f->arena, f->made, f->n_made, &f->made_capacity, sizeof *f->made);
    f->made[f->n_made++] = (Made){v, current_layer(f), suffix};
    f->x->parameters = arena_grow(f->arena, f->x->parameters, f->x->n_parameters, &f->parameters_capacity, sizeof *f->x->parameters);
    f->x->parameters[f->x->n_parameters++] = (Parameter){.value = v, .init = init, .init_value = value, .decay = type.rank >= 2, .line = f->line};
    if (shared) {
        shared->values = arena_grow(f->arena, shared->values, shared->n, &shared->capacity, sizeof *shared->values);
        shared->values[shared->n++] = v;
    }
    return v;
}

Value new_stream(Front *f, Type type)
{
    Value v = leaf(f, &op_random, type, arena_format(f->arena, "r%d", f->n_streams));
    f->streams = arena_grow(f->arena, f->streams, f->n_streams, &f->streams_capacity, sizeof *f->streams);
    f->streams[f->n_streams++] = (Made){v, current_layer(f), NULL};
    return v;
}

/* PREFIX[.HELPER].CONSTRUCTOR, with _k when layers before it have that name. */
static const char *numbered(Front *f, const char *prefix, const Layer *layer)
{
    Text text = text_new(f->arena);
    if (prefix && *prefix) text_add(&text, "%s.", prefix);
    if (layer->helper) text_add(&text, "%s.", layer->helper);
    text_add(&text, "%s", layer->constructor);
    const char *name = text.chars;
    for (int k = 2;; k++) {
        bool taken = false;
        for (int i = 0; i < f->n_layers; i++) taken = taken || (f->layers[i].name && !strcmp(f->layers[i].name, name));
        if (!taken) return name;
        name = arena_format(f->arena, "%s_%d", text.chars, k);
    }
}

static void settle(Front *f, int i, const char *prefix)
{
    Layer *layer = &f->layers[i];
    if (layer->given) layer->name = layer->scope ? arena_format(f->arena, "%s.%s", layer->scope, layer->given) : layer->given;
    else layer->name = numbered(f, layer->scope ? layer->scope : prefix, layer);
}

static bool depends(const Front *f, int layer, Value v)
{
    for (int i = 0; i < f->n_made; i++)
        if (f->made[i].layer == layer && graph_reaches(f->g, f->made[i].value, v)) return true;
    for (int i = 0; i < f->n_streams; i++)
        if (f->streams[i].layer == layer && graph_reaches(f->g, f->streams[i].value, v)) return true;
    return false;
}

void name_global(Front *f, const char *name, Value v)
{
    for (int i = 0; i < f->n_layers; i++) {
        Layer *layer = &f->layers[i];
        if (layer->name) continue;
        if (layer->given || layer->scope) settle(f, i, NULL);
        else if (depends(f, i, v)) {
            bool is_itself = false;    /* w = param(...): the parameter is called w */
            for (int m = 0; m < f->n_made; m++) is_itself = is_itself || (f->made[m].layer == i && f->made[m].value == v && !f->made[m].suffix);
            if (is_itself) layer->name = name;
            else settle(f, i, name);
        }
    }
}

void finish_names(Front *f)
{
    for (int i = 0; i < f->n_layers; i++)
        if (!f->layers[i].name) settle(f, i, NULL);
    for (int i = 0; i < f->n_made; i++) {
        const Layer *layer = &f->layers[f->made[i].layer];
        Parameter *p = &f->x->parameters[i];
        p->name = f->made[i].suffix ? arena_format(f->arena, "%s.%s", layer->name, f->made[i].suffix) : layer->name;
        if (!good_name(p->name))
            fail("%s:%d: the parameter name '%s' is not made of at most 200 letters, digits, _, . and -", f->x->source.path, p->line, p->name);
        for (int j = 0; j < i; j++)
            if (!strcmp(f->x->parameters[j].name, p->name))
                fail("%s:%d: a second parameter named %s; the first is made at %s:%d", f->x->source.path, p->line, p->name, f->x->source.path, f->x->parameters[j].line);
    }
    for (int i = 0; i < f->n_streams; i++)   /* the id was unique and so is the name */
        f->g->nodes[f->streams[i].value].attr.text = f->layers[f->streams[i].layer].name;
}
