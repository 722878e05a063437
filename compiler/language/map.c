/* map.c - a class activation map of a model that is trained already, which `tailor cam` adds to a graph file.
 *
 * The file has the model and the objective.  The map is made by the constructors that a file would call.  Afterwards
 * the experiment gives scores, probabilities and the map, and nothing else: objective, metrics and outputs are gone. */
#include "language/language.h"

#include <string.h>

static const Named *find_value(const Experiment *x, const char *name)
{
    for (int i = 0; i < x->n_values; i++)
        if (!strcmp(x->values[i].name, name)) return &x->values[i];
    return NULL;
}

static const Named *value_named(Front *f, const char *what, const char *name)
{
    const Experiment *x = f->x;
    const Named *found = find_value(x, name);
    if (found) return found;
    const char **names = arena_array(f->arena, x->n_values, sizeof *names);
    for (int i = 0; i < x->n_values; i++) names[i] = x->values[i].name;
    fail("%s: --%s %s: the file names no such value%s", x->source.path, what, name,
         did_you_mean(f->arena, name, x->n_values, names, ""));
}

static bool are_scores(const Graph *g, Value v, int64_t classes)
{
    const Type type = graph_at(g, v)->type;
    return type.elem == REAL && type.rank == 2 && type.dims[0] == BATCH_DIM && type.dims[1] > 1 &&
           (!classes || type.dims[1] == classes);
}

static bool is_feature_map(const Graph *g, Value v)
{
    const Type type = graph_at(g, v)->type;
    return type.elem == REAL && type.rank == 4 && type.dims[0] == BATCH_DIM && type.dims[1] > 0 && type.dims[2] > 0 &&
           type.dims[3] > 0;
}

/* The scores: the value asked for, else `logits`, else the last named value with one number a class.  classes 0: no
 * labels tell their number, and no shape is taken for scores. */
static Named find_scores(Front *f, const MapRequest *request, int64_t classes)
{
    const Experiment *x = f->x;
    const Named *found = request->logits ? value_named(f, "logits", request->logits) : find_value(x, "logits");
    for (int i = x->n_values - 1; i >= 0 && !found && classes; i--)
        if (are_scores(f->g, x->values[i].value, classes)) found = &x->values[i];
    if (!found && !classes)
        fail("%s: the file has no labels and names no value logits: --logits NAME says which are the scores of its "
             "classes",
             x->source.path);
    if (!found)
        fail("%s: no value that the file names has one score a class, [batch, %lld]: give them a name", x->source.path,
             (long long)classes);
    if (!are_scores(f->g, found->value, classes))
        fail_at(found->line, "%s is %s, not the scores of the classes, [batch, %lld]", found->name,
                shape_of(f, graph_at(f->g, found->value)->type), (long long)classes);
    return *found;
}

static bool *what_it_depends_on(Front *f, Value v)
{
    bool *needed = arena_array(f->arena, f->g->n, sizeof *needed);
    needed[v] = true;
    for (; v > 0; v--)
        for (int i = 0; needed[v] && i < graph_at(f->g, v)->n_in; i++) needed[graph_at(f->g, v)->in[i]] = true;
    return needed;
}

static Named layer_named(Front *f, const char *name, const Named *scores, const bool *needed)
{
    const Named *named = value_named(f, "layer", name);
    if (!is_feature_map(f->g, named->value))
        fail_at(named->line, "the layer %s is %s, not a feature map [batch, h, w, channels]", named->name,
                shape_of(f, graph_at(f->g, named->value)->type));
    if (!needed[named->value])
        fail_at(scores->line, "%s does not depend on the layer %s", scores->name, named->name);
    return *named;
}

/* The last feature map with more than one place before the scores; 0: there is none. */
static Value last_feature_map(const Graph *g, Value scores, const bool *needed)
{
    for (Value v = scores; v > 0; v--) {
        const Type type = graph_at(g, v)->type;
        if (needed[v] && is_feature_map(g, v) && graph_at(g, v)->op != &op_input && type.dims[1] * type.dims[2] > 1)
            return v;
    }
    return 0;
}

bool has_feature_map(Arena *arena, const Experiment *x)
{
    const Named *scores = find_value(x, "logits"), *features = find_value(x, "features");
    if (!scores) return false;
    const bool *needed = graph_needed(arena, x->graph, 1, &scores->value, NULL);
    if (features) return is_feature_map(x->graph, features->value) && needed[features->value];
    return last_feature_map(x->graph, scores->value, needed) != 0;
}

/* The value `features`, else the last feature map that the scores depend on. */
static Named find_features(Front *f, const Named *scores, const bool *needed)
{
    const Experiment *x = f->x;
    if (find_value(x, "features")) return layer_named(f, "features", scores, needed);
    const Value v = last_feature_map(f->g, scores->value, needed);
    if (v) {
        const Note *note = &f->g->notes[v];
        return (Named){note->name    ? note->name
                       : note->label ? note->label->constructor
                                     : "the last feature map",
                       v, note->line};
    }
    fail("%s: the scores depend on no feature map [batch, h, w, channels]: there is nothing to make a map of",
         x->source.path);
}

/* The layers that are asked for, or the one that is found. */
static Named *find_layers(Front *f, const Named *scores, const bool *needed)
{
    const MapRequest *request = f->map;
    MapPlace *place = f->place;
    place->n_layers = request->n_layers ? request->n_layers : 1;
    place->layers = arena_array(f->arena, place->n_layers, sizeof *place->layers);
    Named *found = arena_array(f->arena, place->n_layers, sizeof *found);
    for (int i = 0; i < place->n_layers; i++) {
        found[i] = request->n_layers ? layer_named(f, request->layers[i], scores, needed)
                                     : find_features(f, scores, needed);
        for (int k = 0; k < i; k++)
            if (found[k].value == found[i].value)
                fail_at(found[i].line, "the layers %s and %s are the same value", found[k].name, found[i].name);
        const Type type = graph_at(f->g, found[i].value)->type;
        const char *output = request->from_features ? "features" : "map";
        place->layers[i] = (MapLayer){found[i].name, i ? arena_format(f->arena, "%s_%d", output, i + 1) : output,
                                      type.dims[1], type.dims[2], type.dims[3]};
    }
    return found;
}

/* ---- calling constructors as a file does ---- */

static void begin_call(lua_State *L, const char *constructor)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "builtins");
    lua_getfield(L, -1, constructor);
    lua_remove(L, -2);
}

static Value end_call(lua_State *L, int n_arguments)
{
    lua_call(L, n_arguments, 1);
    const Value v = to_value(L, -1)->value;
    lua_pop(L, 1);
    return v;
}

static Value call_with(lua_State *L, const char *constructor, Value a, Value b)   /* b 0: one argument */
{
    begin_call(L, constructor);
    push_value(L, a);
    if (b) push_value(L, b);
    return end_call(L, b ? 2 : 1);
}

static Value labels_input(lua_State *L, int64_t classes)
{
    begin_call(L, "labels");
    lua_pushinteger(L, classes);
    return end_call(L, 1);
}

static void push_map_options(lua_State *L, Type image)
{
    lua_newtable(L);
    lua_newtable(L);
    for (int i = 1; i <= 2; i++) {
        lua_pushinteger(L, image.dims[i]);
        lua_rawseti(L, -2, i);
    }
    lua_setfield(L, -2, "resize");
}

static bool is_factor(const Graph *g, Value v)
{
    const Node *node = graph_at(g, v);
    return node->op == &op_constant && node->attr.n_reals == 1 && node->attr.reals[0] > 0;
}

/* The value that v is made of by reshapes, factors above 0 and dropout alone. */
static Value up_to_scale(const Graph *g, Value v)
{
    for (;;) {
        const Node *node = graph_at(g, v);
        if (node->op == &op_reshape) v = node->in[0];
        else if ((node->op == &op_mul || node->op == &op_div) && is_factor(g, node->in[1])) v = node->in[0];
        else if (node->op == &op_mul && is_factor(g, node->in[0])) v = node->in[1];
        else if (node->op == &op_where && graph_at(g, node->in[0])->op == &op_training) v = node->in[2];
        else return v;
    }
}

/* The weight of the head.  CAM is defined only for a head that is a linear layer behind global average pooling of the
 * features. */
static Value head_weight(Front *f, const Named *scores, const Named *features)
{
    const Graph *g = f->g;
    const Type all = graph_at(g, scores->value)->type, map = graph_at(g, features->value)->type;
    const Node *sum = graph_at(g, up_to_scale(g, scores->value));
    const Value linear = sum->op == &op_add && graph_at(g, up_to_scale(g, sum->in[1]))->op == &op_parameter
                             ? up_to_scale(g, sum->in[0])
                             : up_to_scale(g, scores->value);
    const Node *product = graph_at(g, linear);
    if (product->op == &op_matmul && !product->attr.ints[0] && product->attr.ints[1]) {
        const Node *weight = graph_at(g, product->in[1]), *pooled = graph_at(g, up_to_scale(g, product->in[0]));
        if (weight->op == &op_parameter && weight->type.rank == 2 && weight->type.dims[0] == all.dims[1] &&
            weight->type.dims[1] == map.dims[3] && pooled->op == &op_sum && pooled->attr.ints[0] == (1 << 1 | 1 << 2) &&
            pooled->in[0] == features->value)
            return product->in[1];
    }
    fail_at(scores->line,
            "--kind cam takes global average pooling of the layer and one linear layer behind it; %s is not that of %s",
            scores->name, features->name);
}

static void add_output(Front *f, const char *name, Value v)
{
    f->x->outputs[f->x->n_outputs++] = (Named){.name = name, .value = v};
}

/* The map of a layer.  score 0: by the weights of the head. */
static Value map_of(lua_State *L, const Named *scores, const Named *layer, Value score, Value class, Type image)
{
    Front *f = front_of(L);
    begin_call(L, f->map->kind);
    if (score) push_value(L, score);
    push_value(L, layer->value);
    if (!score) push_value(L, head_weight(f, scores, layer)), push_value(L, class);
    push_map_options(L, image);
    return end_call(L, score ? 3 : 4);
}

int add_map(lua_State *L)
{
    Front *f = front_of(L);
    Experiment *x = f->x;
    const MapRequest *request = f->map;
    MapPlace *place = f->place;
    *place = (MapPlace){.image_field = -1, .label_field = -1};
    for (int i = 0; i < x->n_fields; i++) {
        if (x->fields[i].kind == RT_FIELD_IMAGE && place->image_field < 0) place->image_field = i;
        if (x->fields[i].kind == RT_FIELD_LABEL && place->label_field < 0) place->label_field = i;
    }
    const Type image = place->image_field < 0 ? (Type){0} : graph_at(f->g, x->fields[place->image_field].value)->type;
    if (image.rank != 4)
        fail("%s: the file has no input{h, w, c} whose images a map could be laid over", x->source.path);
    const Named scores = find_scores(f, request, place->label_field < 0 ? 0 : x->fields[place->label_field].classes);
    const bool *needed = what_it_depends_on(f, scores.value);
    const Named *layers = find_layers(f, &scores, needed);
    bool *used = arena_array(f->arena, x->n_parameters, sizeof *used);
    for (int i = 0; i < x->n_parameters; i++) used[i] = needed[x->parameters[i].value];
    place->used = used;
    place->classes = graph_at(f->g, scores.value)->type.dims[1];
    x->n_values = x->n_metrics = x->n_outputs = 0;
    x->loss = 0;
    x->outputs = arena_array(f->arena, 2 + place->n_layers, sizeof *x->outputs);
    const Value class = labels_input(L, place->classes);
    place->class_field = x->n_fields - 1;
    add_output(f, "scores", scores.value);
    add_output(f, "probabilities", call_with(L, "softmax", scores.value, 0));
    const bool by_weight = !strcmp(request->kind, "cam");
    const Value score = by_weight || request->from_features ? 0 : call_with(L, "pick", scores.value, class);
    for (int i = 0; i < place->n_layers; i++)
        add_output(f, place->layers[i].output,
                   request->from_features ? layers[i].value : map_of(L, &scores, &layers[i], score, class, image));
    return 0;
}
