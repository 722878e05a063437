/* functions.c - the primitives that call functions of the file.
 *
 * The backward of custom{} is given a placeholder for the gradient, and gives values made of it.  Models are called as
 * the file itself would call them. */
#include "language/language.h"

static int p_placeholder(lua_State *L)   /* like a value */
{
    Front *f = front_of(L);
    Type type = type_at(L, 1);
    const char *name = arena_format(f->arena, "g%d", f->g->n);
    Value v = graph_add(f->g, &op_placeholder, 0, NULL, attr_leaf(f->arena, type, name, 0, NULL));
    f->open = arena_grow(f->arena, f->open, f->n_open, &f->open_capacity, sizeof *f->open);
    f->open[f->n_open++] = v;
    return give(L, v);
}

/* Is the value made of the gradient of a backward that has returned? */
static bool is_stale(lua_State *L, Value v)
{
    Front *f = front_of(L);
    front_charge(L, f->g->n / 16);
    const bool *needed = graph_needed(f->arena, f->g, 1, &v, NULL);
    bool stale = false;
    for (Value u = v; u > 0; u--) {
        bool open = !needed[u] || graph_at(f->g, u)->op != &op_placeholder;
        for (int i = 0; i < f->n_open && !open; i++) open = f->open[i] == u;
        stale = stale || !open;
    }
    return stale;
}

/* y, the list it was made of, the placeholder, the gradients of the list (false: none) */
static int p_custom(lua_State *L)
{
    enum { MOST = 8 };
    Front *f = front_of(L);
    int n = (int)lua_rawlen(L, 2);
    if (n > MOST) return front_error(L, "%d arguments, at most %d are possible", n, MOST);
    Value in[1 + MOST] = {value_at(L, 1)};
    int64_t ints[1 + MOST] = {value_at(L, 3)};
    for (int i = 1; i <= n; i++) {
        lua_rawgeti(L, 2, i);
        in[i] = value_at(L, -1);
        lua_rawgeti(L, 4, i);
        if (to_value(L, -1) || lua_type(L, -1) == LUA_TNUMBER) {
            Type want = graph_at(f->g, in[i])->type;
            Value made = value_argument(L, -1, "a gradient");
            if (lua_type(L, -1) == LUA_TNUMBER) made = make_broadcast(f->g, made, want);
            if (!type_equal(graph_at(f->g, made)->type, want))
                return front_error(L, "backward gives a gradient %s for argument %d, which is %s",
                                   shape_of(f, graph_at(f->g, made)->type), i, shape_of(f, want));
            if (is_stale(L, made))
                return front_error(
                    L, "backward gives for argument %d a gradient made of one that another backward was given", i);
            ints[i] = made;
            if (f->identity) hash_value(f, f->identity, made);
        } else if (lua_toboolean(L, -1))
            return front_error(L, "backward gives %s for argument %d, not a value or nil", kind_text(L, -1), i);
        lua_pop(L, 2);
    }
    if (f->identity) hash_value(f, f->identity, in[0]);
    f->n_open--;
    return give(L, graph_add(f->g, &op_custom, n + 1, in, attr_ints(f->arena, n + 1, ints)));
}

/* model(f, x) calls f, a function of the file, as the file itself would: its layers have their own names and lines. */
static int p_model(lua_State *L)
{
    Front *f = front_of(L);
    const Front before = *f;
    Label *const label = f->g->label;
    f->called->first = -1;                                   /* the call under way keeps its place */
    Handle *given = to_value(L, 2);
    if (given && !given->hash[0] && f->identity) {
        HashText mine = *f->identity;
        hash_end(&mine, given->hash);
    }
    lua_settop(L, 2);
    lua_getfield(L, LUA_REGISTRYINDEX, "call_values");      /* of the call under way, for messages */
    lua_insert(L, 1);
    f->depth = 0;
    f->constructor = f->helper = f->layer_name = NULL;
    f->line = (Line){0};
    f->identity = NULL;
    lua_call(L, 1, 1);
    lua_pushvalue(L, 1);
    lua_setfield(L, LUA_REGISTRYINDEX, "call_values");
    f->depth = before.depth, f->constructor = before.constructor, f->helper = before.helper,
    f->layer_name = before.layer_name;
    f->line = before.line, f->layer = before.layer, f->identity = before.identity;
    f->g->line = f->line, f->g->label = label;
    const Handle *made = to_value(L, -1);
    if (made && f->identity) hash_text(f->identity, made->hash);
    return 1;
}

void open_functions(lua_State *L)
{
    static const luaL_Reg primitives[] = {
        {"placeholder", p_placeholder}, {"custom", p_custom}, {"model", p_model}, {NULL, NULL}};
    luaL_setfuncs(L, primitives, 0);
}
