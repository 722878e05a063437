/* statements.c - inputs and labels, the loss, metrics and outputs; and scope and shared, which run the file's own
 * functions.  The prelude checks the arguments of the first group. */
#include "language/language.h"

#include <math.h>
#include <string.h>

/* name: NULL where an assignment gives it */
static Value add_field(lua_State *L, RtFieldKind kind, Type type, int64_t classes, const char *name)
{
    Front *f = front_of(L);
    Experiment *x = f->x;
    const char *id = arena_format(f->arena, "i%d", x->n_fields);
    Value v = graph_add(f->g, &op_input, 0, NULL, attr_leaf(f->arena, type, id, 1, &classes));    /* labels are below */
    if (x->n_fields >= RT_MAX_FIELDS) front_error(L, "more than %d inputs", RT_MAX_FIELDS);
    x->fields = arena_grow(f->arena, x->fields, x->n_fields, &f->fields_capacity, sizeof *x->fields);
    x->fields[x->n_fields++] = (Field){.name = name, .kind = kind, .value = v, .classes = classes, .line = f->line};
    return v;
}

static int p_input(lua_State *L)   /* shape or nil, classes */
{
    Front *f = front_of(L);
    bool label = lua_isnil(L, 1);
    Type type = {.elem = label ? INT : REAL, .rank = 1, .dims = {BATCH_DIM}};
    int n = label ? 0 : (int)lua_rawlen(L, 1);
    if (!label && (n < 1 || n > MAX_RANK - 1)) return front_error(L, "%d axes, 1 to %d are possible", n, MAX_RANK - 1);
    for (int i = 1; i <= n; i++) {
        lua_rawgeti(L, 1, i);
        lua_Number size = lua_tonumber(L, -1);
        if (lua_type(L, -1) != LUA_TNUMBER || size != floor(size) || size < 1 || size > 1e9)
            return front_error(L, "axis %d is %s, not a whole number from 1 to 10^9", i, kind_text(L, -1));
        type.dims[type.rank++] = (Dim)size;
        lua_pop(L, 1);
    }
    if (f->identity) hash_number(f->identity, f->x->n_fields);
    push_value(L,
               add_field(L, label ? RT_FIELD_LABEL : RT_FIELD_IMAGE, type, label ? luaL_checkinteger(L, 2) : 0, NULL));
    return 1;
}

/* The type of the image that a field belongs to.  The image must be an input{}. */
static Type type_of_image(lua_State *L, const char *what)   /* the value is argument 2 */
{
    Front *f = front_of(L);
    const Value image = to_value(L, 2)->value;
    Type type = graph_at(f->g, image)->type;
    for (int i = 0; i < f->x->n_fields; i++)
        if (f->x->fields[i].kind == RT_FIELD_IMAGE && f->x->fields[i].value == image) return type;
    front_error(L, "image is %s, not an input{}: the data set has a %s of its images only", shape_of(f, type), what);
    return type;
}

/* An input for data that a data set has beside its images.  There is one of each kind, with a fixed name, however often
 * it is asked for. */
static int p_field(lua_State *L)   /* kind; of mask and view the image that it belongs to */
{
    Front *f = front_of(L);
    const Experiment *x = f->x;
    static const char *const kinds[] = {"mask", "view", "sample_number", NULL}, *const names[] = {"mask", "image_view2",
                                                                                                  "sample_number"};
    const int which = luaL_checkoption(L, 1, NULL, kinds);
    const RtFieldKind kind = RT_FIELD_MASK + (RtFieldKind)which;
    Type type = {.elem = INT, .rank = 1, .dims = {BATCH_DIM}};
    if (kind != RT_FIELD_NUMBER) type = type_of_image(L, kinds[which]);
    if (kind == RT_FIELD_MASK && type.rank != 4)
        return front_error(L, "image is %s, not an input{h, w, c}", shape_of(f, type));
    if (kind == RT_FIELD_MASK) type.dims[3] = 1;
    Value v = 0;
    for (int i = 0; i < x->n_fields; i++) {
        if (x->fields[i].kind != kind) continue;
        v = x->fields[i].value;
        if (!type_equal(graph_at(f->g, v)->type, type))
            return front_error(L, "a second %s is %s; the first is %s, at %s", names[which], shape_of(f, type),
                               shape_of(f, graph_at(f->g, v)->type), line_text(f->arena, x->fields[i].line));
    }
    push_value(L, v ? v : add_field(L, kind, type, 0, names[which]));
    return 1;
}

/* The number of classes of labels, which may be reshaped.  0: the value is no labels. */
static int p_classes(lua_State *L)
{
    Front *f = front_of(L);
    Handle *h = to_value(L, 1);
    lua_Integer classes = 0;
    for (int i = 0; h && i < f->x->n_fields; i++)
        if (f->x->fields[i].value == base_of(f->g, h->value)) classes = f->x->fields[i].classes;
    lua_pushinteger(L, classes);
    return 1;
}

static int p_minimize(lua_State *L)
{
    refuse_in_part(L, "minimize");
    Front *f = front_of(L);
    Handle *h = to_value(L, 1);
    Type type = graph_at(f->g, h->value)->type;
    if (f->x->loss) return front_error(L, "a second time; the first is at %s", line_text(f->arena, f->x->loss_line));
    if (type.elem != REAL) return front_error(L, "the loss is %s, whole numbers, not a real one", shape_of(f, type));
    if (!is_single(type))
        return front_error(L, "the loss has shape %s, not one element: take its mean or sum", shape_of(f, type));
    f->x->loss = make_reshape(f->g, h->value, 0, NULL);
    f->x->loss_line = f->line;
    strcpy(f->loss_hash, h->hash);
    return 0;
}

static int p_metric(lua_State *L)
{
    Front *f = front_of(L);
    Experiment *x = f->x;
    const char *name = arena_copy(f->arena, lua_tostring(L, 1));
    Handle *h = to_value(L, 2);
    Type type = graph_at(f->g, h->value)->type;
    if (!good_name(name) || !strcmp(name, "loss"))
        return front_error(L, "the name '%.60s' is not letters, digits, _, . and -, or it is loss", name);
    const Named *before = named_before(&f->metric_numbers, x->metrics, name);
    if (before)
        return front_error(L, "a second metric named %s; the first is at %s", name, line_text(f->arena, before->line));
    bool each = type.rank >= 1 && type.dims[0] == BATCH_DIM && type_count(type, 1) == 1, one = is_single(type);
    if (!each && !one) return front_error(L, "its value has shape %s, not [batch] or one element", shape_of(f, type));
    Value v = make_reshape(f->g, type.elem == INT ? make_unary(f->g, &op_to_real, h->value) : h->value, each,
                           (Dim[]){BATCH_DIM});
    f->metric_hashes = arena_grow(f->arena, f->metric_hashes, x->n_metrics, &(int){f->metrics_capacity},
                                  sizeof *f->metric_hashes);
    x->metrics = arena_grow(f->arena, x->metrics, x->n_metrics, &f->metrics_capacity, sizeof *x->metrics);
    f->metric_hashes[x->n_metrics] = arena_copy(f->arena, h->hash);
    x->metrics[x->n_metrics++] = (Named){name, v, f->line};
    *name_number(&f->metric_numbers, name) = x->n_metrics;
    return 0;
}

static int p_output(lua_State *L)
{
    Front *f = front_of(L);
    Experiment *x = f->x;
    const char *name = arena_copy(f->arena, lua_tostring(L, 1));
    Handle *h = to_value(L, 2);
    check_value_name(L, name);
    const Named *before = named_before(&f->output_numbers, x->outputs, name);
    if (before)
        return front_error(L, "a second output named %s; the first is at %s", name, line_text(f->arena, before->line));
    const Global *global = find_global(f, name);
    if (global && global->value && global->value != h->value)
        return front_error(L, "%s is the name of another value, of %s", name, line_short(f->arena, global->line));
    f->output_hashes = arena_grow(f->arena, f->output_hashes, x->n_outputs, &(int){f->outputs_capacity},
                                  sizeof *f->output_hashes);
    x->outputs = arena_grow(f->arena, x->outputs, x->n_outputs, &f->outputs_capacity, sizeof *x->outputs);
    f->output_hashes[x->n_outputs] = arena_copy(f->arena, h->hash);
    x->outputs[x->n_outputs++] = (Named){name, h->value, f->line};
    *name_number(&f->output_numbers, name) = x->n_outputs;
    return 0;
}

/* ---- scope and shared: they run the user's own functions ---- */

static const char *joined(Front *f, const char *scope, const char *name)
{
    return scope ? arena_format(f->arena, "%s.%s", scope, name) : arena_copy(f->arena, name);
}

static int call_scoped(lua_State *L, const char *scope, int arguments)
{
    Front *f = front_of(L);
    const char *before = f->scope;
    f->scope = scope;
    int function = lua_gettop(L) - arguments;
    lua_call(L, arguments, LUA_MULTRET);
    f->scope = before;
    return lua_gettop(L) - function + 1;
}

static int scope(lua_State *L)
{
    Front *f = front_of(L);
    const int depth = f->depth;          /* above 0 in the functions of custom{}: its call goes on */
    f->depth = 0;
    if (lua_type(L, 1) != LUA_TSTRING || !good_name(lua_tostring(L, 1)))
        return front_error(L, "scope: the name is %s, not letters, digits, _, . and -", kind_text(L, 1));
    if (lua_type(L, 2) != LUA_TFUNCTION || lua_gettop(L) != 2)
        return front_error(L, "scope: what it runs is %s, not a function", kind_text(L, 2));
    f->depth = depth;
    return call_scoped(L, joined(f, f->scope, lua_tostring(L, 1)), 0);
}

static int call_shared(lua_State *L)   /* upvalues: the record, the function */
{
    Front *f = front_of(L);
    Shared *s = lua_touserdata(L, lua_upvalueindex(1)), *before = f->shared;
    const int depth = f->depth;
    f->depth = 0;
    if (s->calling) return front_error(L, "%s calls itself", s->name);
    s->calling = true;
    s->next = 0;
    f->shared = s;
    f->depth = depth;
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_insert(L, 1);
    int n = call_scoped(L, s->name, lua_gettop(L) - 1);
    if (s->replay && s->next != s->n)
        return front_error(L, "this call of %s makes %d parameters, the first made %d", s->name, s->next, s->n);
    s->replay = true;
    s->calling = false;
    f->shared = before;
    return n;
}

static int shared(lua_State *L)
{
    Front *f = front_of(L);
    const int depth = f->depth;
    f->depth = 0;
    if (lua_type(L, 1) != LUA_TSTRING || !good_name(lua_tostring(L, 1)))
        return front_error(L, "shared: the name is %s, not letters, digits, _, . and -", kind_text(L, 1));
    if (lua_type(L, 2) != LUA_TFUNCTION || lua_gettop(L) != 2)
        return front_error(L, "shared: what it shares is %s, not a function", kind_text(L, 2));
    const char *name = joined(f, f->scope, lua_tostring(L, 1));
    int *number = name_number(&f->shared_numbers, name);
    Shared *s = *number ? f->all_shared[*number - 1] : NULL;
    if (s && !(f->shared && f->shared->replay)) return front_error(L, "shared: a second one named %s", name);
    if (!s) {                        /* else: made in the first call of the function that is being called again */
        s = arena_alloc(f->arena, sizeof *s);
        *s = (Shared){.name = name};
        f->all_shared = arena_grow(f->arena, f->all_shared, f->n_shared, &f->shared_capacity, sizeof *f->all_shared);
        f->all_shared[f->n_shared++] = s;
        *number = f->n_shared;
    }
    lua_pushlightuserdata(L, s);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, call_shared, 2);
    f->depth = depth;
    return 1;
}

void open_statements(lua_State *L)
{
    static const luaL_Reg statements[] = {{"input", p_input},
                                          {"field", p_field},
                                          {"classes", p_classes},
                                          {"minimize", p_minimize},
                                          {"metric", p_metric},
                                          {"output", p_output},
                                          {NULL, NULL}};
    luaL_setfuncs(L, statements, 0);
}

void open_scopes(lua_State *L)
{
    static const luaL_Reg functions[] = {{"scope", scope}, {"shared", shared}, {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}
