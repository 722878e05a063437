/* frontend_values.c - values as Lua sees them: arithmetic, fields, and the primitives that the prelude is written in. */
#include "frontend.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const char type_name[] = "tailor.value", record_name[] = "tailor.record";

Handle *push_value(lua_State *L, Value v)
{
    Front *f = front_of(L);
    Handle *h = lua_newuserdatauv(L, sizeof *h, 0);
    *h = (Handle){.value = v, .line = f->line ? f->line : front_line(L, NULL), .made_by = f->constructor};
    luaL_setmetatable(L, type_name);
    return h;
}

Handle *to_value(lua_State *L, int index) { return luaL_testudata(L, index, type_name); }

bool is_record(lua_State *L, int index) { return luaL_testudata(L, index, record_name) != NULL; }

/* A key of the table beside 1, 2, ..., for messages: the first name by the alphabet, or another key; NULL when there is none. */
const char *stray_key(lua_State *L, int index)
{
    const char *first = NULL, *other = NULL;
    lua_Integer n = (lua_Integer)lua_rawlen(L, index);
    index = lua_absindex(L, index);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : NULL;
        lua_Integer i = lua_isinteger(L, -2) ? lua_tointeger(L, -2) : 0;
        if (name && (!first || strcmp(name, first) < 0)) first = name;
        if (!name && (i < 1 || i > n)) other = "a key that is no name";
    }
    return first ? arena_format(front_of(L)->arena, "the field '%.60s'", first) : other;
}

/* A short list of numbers is written out. */
static const char *table_text(lua_State *L, int index)
{
    enum { SHORT = 4 };
    Front *f = front_of(L);
    lua_Integer n = (lua_Integer)lua_rawlen(L, index);
    const char *stray = stray_key(L, index);
    if (stray) return arena_format(f->arena, "a table with %s", stray);
    if (n == 0) return "an empty table";
    Text text = text_new(f->arena);
    for (lua_Integer i = 1; i <= n && n <= SHORT; i++) {
        if (lua_rawgeti(L, index, i) == LUA_TNUMBER) text_add(&text, "%s%.14g%s", i == 1 ? "{" : "", lua_tonumber(L, -1), i == n ? "}" : ", ");
        else n = SHORT + 1;
        lua_pop(L, 1);
    }
    return n <= SHORT ? text.chars : "a table";
}

const char *kind_text(lua_State *L, int index)
{
    Front *f = front_of(L);
    Handle *h = to_value(L, index);
    if (is_record(L, index)) {
        lua_getiuservalue(L, index, 1);
        lua_getfield(L, -1, "kind");
        const char *text = arena_format(f->arena, "%s{}", lua_tostring(L, -1));
        lua_pop(L, 2);
        return text;
    }
    if (h) return arena_format(f->arena, "a value %s", shape_of(f, graph_at(f->g, h->value)->type));
    switch (lua_type(L, index)) {
    case LUA_TNUMBER: return isnan(lua_tonumber(L, index)) ? "the number nan" : arena_format(f->arena, "the number %.14g", lua_tonumber(L, index));
    case LUA_TSTRING: return arena_format(f->arena, "the string '%.60s'", lua_tostring(L, index));
    case LUA_TBOOLEAN: return lua_toboolean(L, index) ? "true" : "false";
    case LUA_TNONE:
    case LUA_TNIL: return "nil";
    case LUA_TTABLE: return table_text(L, index);
    default: return arena_format(f->arena, "a %s", lua_typename(L, lua_type(L, index)));
    }
}

Value value_argument(lua_State *L, int index, const char *what)
{
    Front *f = front_of(L);
    Handle *h = to_value(L, index);
    if (h) return h->value;
    if (lua_type(L, index) != LUA_TNUMBER) front_error(L, "%s is %s, not a value or a number", what, kind_text(L, index));
    double number = lua_tonumber(L, index);
    if (!isfinite(number)) front_error(L, "%s is %s: a constant must be finite", what, isnan(number) ? "not a number" : "infinite");
    if (fabs(number) > FLT_MAX) front_error(L, "%s is %g, which is infinite as a float", what, number);
    return make_constant(f->g, number);
}

/* ---- arithmetic ---- */

static void remember_operands(lua_State *L)
{
    lua_createtable(L, 2, 0);
    lua_pushvalue(L, 1);
    lua_rawseti(L, -2, 1);
    lua_pushvalue(L, 2);
    lua_rawseti(L, -2, 2);
    lua_setfield(L, LUA_REGISTRYINDEX, "call_values");
}

static int arithmetic(lua_State *L, const Op *op, const char *sign, int n)
{
    Front *f = front_of(L);
    bool outermost = f->depth == 0;
    if (outermost) {
        f->line = front_line(L, NULL);
        f->constructor = sign;
        f->depth = 1;
        remember_operands(L);
        f->g->line = f->line;
        f->g->label = op->name;
    }
    Value a = value_argument(L, 1, "the left side"), b = n == 2 ? value_argument(L, 2, "the right side") : 0;
    if (n == 2 && graph_at(f->g, a)->type.elem == INT && graph_at(f->g, b)->type.elem == INT) front_error(L, "labels can be compared, not added or multiplied");
    Value made = n == 2 ? make_binary(f->g, op, a, b) : make_unary(f->g, op, a);
    Handle *h = push_value(L, made);
    HashText hash;
    hash_begin(&hash, sign);
    hash_lua(L, &hash, 1);
    if (n == 2) hash_lua(L, &hash, 2);
    hash_end(&hash, h->hash);
    if (outermost) f->depth = 0, f->constructor = NULL;
    return 1;
}

static int add(lua_State *L) { return arithmetic(L, &op_add, "+", 2); }
static int sub(lua_State *L) { return arithmetic(L, &op_sub, "-", 2); }
static int mul(lua_State *L) { return arithmetic(L, &op_mul, "*", 2); }
static int divide(lua_State *L) { return arithmetic(L, &op_div, "/", 2); }
static int power(lua_State *L) { return arithmetic(L, &op_pow, "^", 2); }
static int negate(lua_State *L) { return arithmetic(L, &op_neg, "unary -", 1); }

static int field(lua_State *L)
{
    Front *f = front_of(L);
    Handle *h = luaL_checkudata(L, 1, type_name);
    const char *name = lua_tostring(L, 2);
    Type type = graph_at(f->g, h->value)->type;
    int samples = type.rank > 0 && type.dims[0] < 0;
    if (name && !strcmp(name, "shape")) {
        lua_createtable(L, type.rank, 0);
        for (int i = samples; i < type.rank; i++) {
            lua_pushinteger(L, type.dims[i]);
            lua_rawseti(L, -2, i + 1 - samples);
        }
        return 1;
    }
    int axis = !name ? -1 : !strcmp(name, "channels") ? type.rank - 1 : !strcmp(name, "height") ? 1 : !strcmp(name, "width") ? 2 : -1;
    static const char *const fields[] = {"shape", "channels", "height", "width"};
    if (axis < 0) {
        const char *near = name ? nearest_name(name, 4, fields) : NULL;
        return front_error(L, "a value has no field %s%s%s%s", name ? name : kind_text(L, 2), near ? "; did you mean '" : ": it has shape, channels, height, width", near ? near : "", near ? "'?" : "");
    }
    if (axis < samples || (strcmp(name, "channels") && type.rank != 4)) return front_error(L, "a value %s has no %s", shape_of(f, type), name);
    lua_pushinteger(L, type.dims[axis]);
    return 1;
}

static int set_field(lua_State *L) { return front_error(L, "a field of a value can not be set"); }

/* What Lua's other operators say of values. */
static int refuse(lua_State *L, const char *text)
{
    Front *f = front_of(L);
    if (f->depth == 0) {
        lua_settop(L, 2);
        remember_operands(L);
        f->depth = 1;                    /* with what was operated on */
    }
    return front_error(L, "%s", text);
}
static int no_operator(lua_State *L) { return refuse(L, "values have the operators + - * / ^ and unary -, and no other"); }
static int no_comparison(lua_State *L) { return refuse(L, "values are compared by less(a, b), less_equal(a, b), greater(a, b), greater_equal(a, b) and equal(a, b)"); }
static int no_length(lua_State *L) { return refuse(L, "a value has no length: it has shape, channels, height, width"); }
static int no_call(lua_State *L) { return refuse(L, "a value is called as if it were a function"); }

/* ---- primitives ---- */

static const Op *find_op(lua_State *L, const char *name)
{
    for (int i = 0; i < op_count(); i++)
        if (!strcmp(op_at(i)->name, name)) return op_at(i);
    bug("the prelude asks for an op %s", name);
    (void)L;
}

static Value arg(lua_State *L, int i) { return value_argument(L, i, "an argument"); }
static Type type_at(lua_State *L, int i) { return graph_at(front_of(L)->g, arg(L, i))->type; }
static int give(lua_State *L, Value v) { return push_value(L, v), 1; }

static int p_pointwise(lua_State *L)   /* op, a [, b [, c]] */
{
    const Op *op = find_op(L, luaL_checkstring(L, 1));
    Graph *g = front_of(L)->g;
    if (op->arity == 1) return give(L, make_unary(g, op, arg(L, 2)));
    if (op->arity == 2) return give(L, make_binary(g, op, arg(L, 2), arg(L, 3)));
    return give(L, make_where(g, arg(L, 2), arg(L, 3), arg(L, 4)));
}

static int p_dims(lua_State *L)   /* all axes, the batch as -1 */
{
    Type type = type_at(L, 1);
    lua_createtable(L, type.rank, 0);
    for (int i = 0; i < type.rank; i++) {
        lua_pushinteger(L, type.dims[i]);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

/* numbers(v): what a constant holds, as a flat list; nil when v is none. */
static int p_numbers(lua_State *L)
{
    const Node *node = graph_at(front_of(L)->g, arg(L, 1));
    if (node->op != &op_constant) return 0;
    const int64_t n = type_count(node->type, 1);
    lua_createtable(L, (int)n, 0);
    for (int64_t i = 0; i < n; i++) {
        lua_pushnumber(L, node->attr.reals[node->attr.n_reals == 1 ? 0 : i]);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static int p_stray(lua_State *L)   /* what makes a table no list; nil when it is one */
{
    lua_pushstring(L, stray_key(L, 1));
    return 1;
}

/* keys(t): a list of them, in an order that does not depend on how the table was made. */
static int p_keys(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_newtable(L);
    lua_Integer n = 0;
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        if (n >= 256) return front_error(L, "a table with more than 256 names");
        front_charge(L, 10 + n);
        lua_Integer at = ++n;
        const char *key = kind_text(L, -2);
        for (; at > 1; at--) {                       /* insertion: there are few */
            lua_rawgeti(L, 2, at - 1);
            bool behind = strcmp(kind_text(L, -1), key) > 0;
            if (behind) lua_rawseti(L, 2, at);
            else lua_pop(L, 1);
            if (!behind) break;
        }
        lua_pushvalue(L, -2);
        lua_rawseti(L, 2, at);
    }
    return 1;
}

static int p_whole(lua_State *L)
{
    Handle *h = to_value(L, 1);
    lua_pushboolean(L, h && graph_at(front_of(L)->g, h->value)->type.elem == INT);
    return 1;
}

static int p_is_value(lua_State *L)
{
    lua_pushboolean(L, to_value(L, 1) != NULL);
    return 1;
}

/* A list of axes (names, positions) as a bit mask; nil: all. */
static int p_axes(lua_State *L)
{
    Type type = type_at(L, 1);
    uint32_t mask = 0;
    if (lua_isnoneornil(L, 2)) mask = (1u << type.rank) - 1;
    if (lua_istable(L, 2) && (lua_rawlen(L, 2) == 0 || stray_key(L, 2))) front_error(L, "the axes are %s, not a list of names or positions", kind_text(L, 2));
    int n = lua_istable(L, 2) ? (int)lua_rawlen(L, 2) : 1;
    for (int i = 1; i <= n && !lua_isnoneornil(L, 2); i++) {
        if (lua_istable(L, 2)) lua_rawgeti(L, 2, i);
        else lua_pushvalue(L, 2);
        int axis = -1;
        static const char *const image[] = {"b", "h", "w", "c"}, *const row[] = {"b", "c"};
        if (lua_type(L, -1) == LUA_TSTRING) {
            const char *name = lua_tostring(L, -1);
            for (int k = 0; k < type.rank; k++)
                if ((type.rank == 4 && !strcmp(name, image[k])) || (type.rank == 2 && !strcmp(name, row[k]))) axis = k;
            if (axis < 0) front_error(L, "there is no axis '%s' in %s%s", name, shape_of(front_of(L), type), type.rank == 4 ? ": its axes are b, h, w, c" : type.rank == 2 ? ": its axes are b, c" : "; say its position, 1 is the batch");
        } else if (lua_isinteger(L, -1)) {
            lua_Integer position = lua_tointeger(L, -1);
            if (position < 1 || position > type.rank) front_error(L, "there is no axis %lld in %s", (long long)position, shape_of(front_of(L), type));
            axis = (int)position - 1;
        } else front_error(L, "an axis is %s, not a name or a position", kind_text(L, -1));
        if (mask >> axis & 1) front_error(L, "axis %d is named twice", axis + 1);
        mask |= 1u << axis;
        lua_pop(L, 1);
    }
    lua_pushinteger(L, mask);
    return 1;
}

static int p_sum(lua_State *L) { return give(L, make_sum(front_of(L)->g, arg(L, 1), (uint32_t)luaL_checkinteger(L, 2))); }
static int p_mean(lua_State *L) { return give(L, make_mean(front_of(L)->g, arg(L, 1), (uint32_t)luaL_checkinteger(L, 2))); }
static int p_max(lua_State *L) { return give(L, make_max(front_of(L)->g, arg(L, 1), (uint32_t)luaL_checkinteger(L, 2))); }
static int p_argmax(lua_State *L) { return give(L, make_argmax(front_of(L)->g, arg(L, 1), (uint32_t)luaL_checkinteger(L, 2))); }

static int list_of(lua_State *L, int index, int64_t *list)
{
    luaL_checktype(L, index, LUA_TTABLE);
    int n = (int)lua_rawlen(L, index);
    if (n > MAX_RANK) front_error(L, "%d axes, at most %d are possible", n, MAX_RANK);
    for (int i = 0; i < n; i++) {
        lua_rawgeti(L, index, i + 1);
        if (!lua_isinteger(L, -1)) front_error(L, "an axis is %s, not a whole number", kind_text(L, -1));
        list[i] = lua_tointeger(L, -1);
        lua_pop(L, 1);
    }
    return n;
}

static int p_reshape(lua_State *L)
{
    int64_t dims[MAX_RANK];
    int n = list_of(L, 2, dims);
    for (int i = 0; i < n; i++)
        if (dims[i] < -((int64_t)1 << 40) || dims[i] == 0 || dims[i] > (int64_t)1 << 40) front_error(L, "an axis of %lld elements", (long long)dims[i]);
    return give(L, make_reshape(front_of(L)->g, arg(L, 1), n, dims));
}

static int p_drop(lua_State *L)   /* axes of size 1 leave the shape */
{
    Type type = type_at(L, 1);
    uint32_t mask = (uint32_t)luaL_checkinteger(L, 2);
    Dim dims[MAX_RANK];
    int n = 0;
    for (int i = 0; i < type.rank; i++)
        if (!(mask >> i & 1)) dims[n++] = type.dims[i];
    return give(L, make_reshape(front_of(L)->g, arg(L, 1), n, dims));
}

static int p_permute(lua_State *L)
{
    int64_t list[MAX_RANK];
    int positions[MAX_RANK], n = list_of(L, 2, list);
    Type type = type_at(L, 1);
    bool seen[MAX_RANK] = {false};
    if (n != type.rank) front_error(L, "%d positions for %s", n, shape_of(front_of(L), type));
    for (int i = 0; i < n; i++) {
        if (list[i] < 1 || list[i] > n || seen[list[i] - 1]) front_error(L, "the positions are no permutation of 1 to %d", n);
        seen[list[i] - 1] = true;
        positions[i] = (int)list[i] - 1;
    }
    return give(L, make_permute(front_of(L)->g, arg(L, 1), positions));
}

static int p_slice(lua_State *L) { return give(L, make_slice(front_of(L)->g, arg(L, 1), (int)luaL_checkinteger(L, 2), luaL_checkinteger(L, 3), luaL_checkinteger(L, 4))); }
static int p_pad(lua_State *L) { return give(L, make_pad(front_of(L)->g, arg(L, 1), (int)luaL_checkinteger(L, 2), luaL_checkinteger(L, 3), luaL_checkinteger(L, 4), luaL_checknumber(L, 5))); }

static int p_concat(lua_State *L)
{
    Value list[64];
    int n = (int)lua_rawlen(L, 1);
    if (n < 1 || n > 64) front_error(L, "%d values, 1 to 64 are possible", n);
    for (int i = 0; i < n; i++) {
        lua_rawgeti(L, 1, i + 1);
        list[i] = value_argument(L, -1, "a part");
        lua_pop(L, 1);
    }
    return give(L, make_concat(front_of(L)->g, n, list, (int)luaL_checkinteger(L, 2)));
}

static int p_matmul(lua_State *L) { return give(L, make_matmul(front_of(L)->g, arg(L, 1), arg(L, 2), lua_toboolean(L, 3), lua_toboolean(L, 4))); }
static int p_pick(lua_State *L) { return give(L, make_pick(front_of(L)->g, arg(L, 1), arg(L, 2))); }
static int p_one_hot(lua_State *L) { return give(L, make_one_hot(front_of(L)->g, arg(L, 1), luaL_checkinteger(L, 2))); }

/* op, first, second or nil, attributes: convolutions and windows */
static int p_node(lua_State *L)
{
    Front *f = front_of(L);
    int64_t ints[16];
    luaL_checktype(L, 4, LUA_TTABLE);
    int n = (int)lua_rawlen(L, 4);
    for (int i = 0; i < n && i < 16; i++) {
        lua_rawgeti(L, 4, i + 1);
        ints[i] = lua_tointeger(L, -1);
        if (ints[i] < 0 || ints[i] > 1 << 24) front_error(L, "a size of %lld, against at most 2^24", (long long)ints[i]);
        lua_pop(L, 1);
    }
    Value in[2] = {arg(L, 2), lua_isnil(L, 3) ? 0 : arg(L, 3)};
    return give(L, graph_add(f->g, find_op(L, luaL_checkstring(L, 1)), in[1] ? 2 : 1, in, attr_ints(f->arena, n, ints)));
}

static int p_parameter(lua_State *L)   /* shape, suffix or nil, kind of initial values, number */
{
    int64_t dims[MAX_RANK];
    Type type = {.elem = REAL, .rank = list_of(L, 1, dims)};
    for (int i = 0; i < type.rank; i++) {
        if (dims[i] < 1 || dims[i] > (int64_t)1 << 31) front_error(L, "an axis of %lld elements", (long long)dims[i]);
        type.dims[i] = dims[i];
    }
    if (type_count(type, 1) < 0 || type_count(type, 1) > (int64_t)1 << 31) front_error(L, "a parameter of more than 2^31 elements");
    static const char *const kinds[] = {"constant", "uniform", "normal", "truncated", NULL};
    const char *suffix = lua_isnil(L, 2) ? NULL : arena_copy(front_of(L)->arena, luaL_checkstring(L, 2));
    return give(L, new_parameter(front_of(L), type, suffix, (RtInitKind)luaL_checkoption(L, 3, NULL, kinds), luaL_checknumber(L, 4)));
}

static int p_state(lua_State *L)   /* shape, suffix, number: what it begins with */
{
    int64_t dims[MAX_RANK];
    Type type = {.elem = REAL, .rank = list_of(L, 1, dims)};
    memcpy(type.dims, dims, sizeof dims);
    return give(L, new_state(front_of(L), type, arena_copy(front_of(L)->arena, luaL_checkstring(L, 2)), luaL_checknumber(L, 3)));
}

/* The input that the data set's images are. */
static Value first_image(lua_State *L)
{
    Front *f = front_of(L);
    for (int i = 0; i < f->x->n_fields; i++)
        if (f->x->fields[i].kind == RT_FIELD_IMAGE && graph_at(f->g, f->x->fields[i].value)->type.rank == 4) return f->x->fields[i].value;
    front_error(L, "the file has no input{h, w, c}, whose images it takes");
    return 0;
}

static int p_first_image(lua_State *L) { return give(L, first_image(L)); }

static int p_class_means(lua_State *L)   /* classes: the mean training image of each, [classes, h, w, c] */
{
    Front *f = front_of(L);
    Type type = graph_at(f->g, first_image(L))->type;
    type.dims[0] = (Dim)luaL_checkinteger(L, 1);
    return give(L, class_means(f, type));
}

static Parameter *state_at(lua_State *L, int index)
{
    Front *f = front_of(L);
    Value v = arg(L, index);
    for (int i = 0; i < f->x->n_states; i++)
        if (f->x->states[i].value == v) return &f->x->states[i];
    bug("the prelude updates what is no state");
}

static int p_latest(lua_State *L)   /* state: what the step has left in it so far */
{
    const Parameter *state = state_at(L, 1);
    return give(L, state->next ? state->next : state->value);
}

static int p_update(lua_State *L)   /* state, its value after the step */
{
    state_at(L, 1)->next = make_reshape_like(front_of(L)->g, arg(L, 2), type_at(L, 1));
    return 0;
}

static int p_statistics(lua_State *L) { return give(L, graph_add(front_of(L)->g, &op_batch_statistics, 0, NULL, (Attr){0})); }

static int p_random(lua_State *L)   /* like a value, or axes */
{
    Type type = {.elem = REAL};
    if (!lua_istable(L, 1)) type = type_at(L, 1);
    else {
        int64_t dims[MAX_RANK];
        type.rank = list_of(L, 1, dims);
        memcpy(type.dims, dims, sizeof dims);
    }
    return give(L, new_stream(front_of(L), type));
}

static int p_count(lua_State *L)   /* elements along the axes, a number */
{
    return give(L, make_count(front_of(L)->g, type_at(L, 1), (uint32_t)luaL_checkinteger(L, 2)));
}
static int p_progress(lua_State *L) { return give(L, graph_add(front_of(L)->g, &op_progress, 0, NULL, (Attr){0})); }
static int p_index(lua_State *L)   /* the row-major number of each element of that shape */
{
    int64_t dims[MAX_RANK];
    Type type = {.elem = INT, .rank = list_of(L, 1, dims)};
    memcpy(type.dims, dims, sizeof dims);
    return give(L, make_index(front_of(L)->g, type));
}
static int p_training(lua_State *L) { return give(L, graph_add(front_of(L)->g, &op_training, 0, NULL, (Attr){0})); }

enum { MOST_NUMBERS = 1 << 20 };

static int p_table(lua_State *L)   /* numbers in row-major order, shape */
{
    Front *f = front_of(L);
    int64_t dims[MAX_RANK];
    Type type = {.elem = REAL, .rank = list_of(L, 2, dims)};
    memcpy(type.dims, dims, sizeof dims);
    int64_t n = type_count(type, 1);
    if (n < 1 || n != (int64_t)lua_rawlen(L, 1)) front_error(L, "the table's rows do not have one length");
    if (n > MOST_NUMBERS) front_error(L, "a table of %lld numbers, against at most 2^20", (long long)n);
    double *numbers = arena_array(f->arena, n, sizeof *numbers);
    for (int64_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, i + 1);
        if (lua_type(L, -1) != LUA_TNUMBER || !(fabs(lua_tonumber(L, -1)) <= FLT_MAX)) front_error(L, "an element is %s, not a finite number", kind_text(L, -1));
        numbers[i] = lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
    return give(L, make_table(f->g, type, numbers));
}

static int p_grad(lua_State *L)   /* y, x or a list */
{
    Front *f = front_of(L);
    Value y = arg(L, 1), x[64], dx[64];
    bool list = lua_istable(L, 2);
    int n = list ? (int)lua_rawlen(L, 2) : 1;
    if (n < 1 || n > 64) front_error(L, "%d values to differentiate by, 1 to 64 are possible", n);
    for (int i = 0; i < n; i++) {
        if (list) lua_rawgeti(L, 2, i + 1);
        else lua_pushvalue(L, 2);
        x[i] = value_argument(L, -1, "what to differentiate by");
        lua_pop(L, 1);
    }
    differentiate(f->g, y, n, x, dx, true);
    if (!list) return give(L, dx[0]);
    lua_createtable(L, n, 0);
    for (int i = 0; i < n; i++) {
        push_value(L, dx[i]);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static int p_placeholder(lua_State *L)   /* like a value */
{
    Front *f = front_of(L);
    Type type = type_at(L, 1);
    int64_t ints[2 + MAX_RANK] = {type.elem, type.rank};
    for (int i = 0; i < type.rank; i++) ints[2 + i] = type.dims[i];
    Attr attr = attr_ints(f->arena, 2 + type.rank, ints);
    attr.text = arena_format(f->arena, "g%d", f->g->n);
    Value v = graph_add(f->g, &op_placeholder, 0, NULL, attr);
    f->open = arena_grow(f->arena, f->open, f->n_open, &f->open_capacity, sizeof *f->open);
    f->open[f->n_open++] = v;
    return give(L, v);
}

/* Is the value made of a gradient that a backward was given which has returned? */
static bool is_stale(lua_State *L, Value v)
{
    Front *f = front_of(L);
    front_charge(L, f->g->n / 16);
    bool *needed = arena_array(f->arena, (int64_t)v + 1, sizeof *needed), stale = false;
    needed[v] = true;
    for (Value u = v; u > 0; u--) {
        if (!needed[u]) continue;
        const Node *node = graph_at(f->g, u);
        bool open = node->op != &op_placeholder;
        for (int i = 0; i < f->n_open && !open; i++) open = f->open[i] == u;
        stale = stale || !open;
        for (int i = 0; i < node->n_in; i++) needed[node->in[i]] = true;
    }
    return stale;
}

static int p_custom(lua_State *L)   /* y, the list it was made of, the placeholder, the gradients of the list (false: none) */
{
    enum { MOST = 8 };
    Front *f = front_of(L);
    int n = (int)lua_rawlen(L, 2);
    if (n > MOST) return front_error(L, "%d arguments, at most %d are possible", n, MOST);
    Value in[1 + MOST] = {arg(L, 1)};
    int64_t ints[1 + MOST] = {arg(L, 3)};
    for (int i = 1; i <= n; i++) {
        lua_rawgeti(L, 2, i);
        in[i] = arg(L, -1);
        lua_rawgeti(L, 4, i);
        if (to_value(L, -1) || lua_type(L, -1) == LUA_TNUMBER) {
            Type want = graph_at(f->g, in[i])->type;
            Value made = value_argument(L, -1, "a gradient");
            if (lua_type(L, -1) == LUA_TNUMBER) made = make_broadcast(f->g, made, want);
            if (!type_equal(graph_at(f->g, made)->type, want))
                return front_error(L, "backward gives a gradient %s for argument %d, which is %s", shape_of(f, graph_at(f->g, made)->type), i, shape_of(f, want));
            if (is_stale(L, made)) return front_error(L, "backward gives for argument %d a gradient made of one that another backward was given", i);
            ints[i] = made;
            if (f->identity) hash_value(f, f->identity, made);
        } else if (lua_toboolean(L, -1)) return front_error(L, "backward gives %s for argument %d, not a value or nil", kind_text(L, -1), i);
        lua_pop(L, 2);
    }
    if (f->identity) hash_value(f, f->identity, in[0]);
    f->n_open--;
    return give(L, graph_add(f->g, &op_custom, n + 1, in, attr_ints(f->arena, n + 1, ints)));
}

/* model(f, x): f, a function of the file, is called as the file itself would call it: its layers have their own names and lines. */
static int p_model(lua_State *L)
{
    Front *f = front_of(L);
    const Front before = *f;
    Handle *given = to_value(L, 2);
    if (given && !given->hash[0] && f->identity) {
        HashText mine = *f->identity;
        hash_end(&mine, given->hash);
    }
    lua_settop(L, 2);
    f->depth = 0;
    f->constructor = f->helper = f->layer_name = NULL;
    f->line = 0;
    f->identity = NULL;
    lua_call(L, 1, 1);
    f->depth = before.depth, f->constructor = before.constructor, f->helper = before.helper, f->layer_name = before.layer_name;
    f->line = before.line, f->layer = before.layer, f->identity = before.identity;
    f->first_argument = before.first_argument, f->n_arguments = 0;
    f->g->line = f->line, f->g->label = f->constructor;
    const Handle *made = to_value(L, -1);
    if (made && f->identity) hash_text(f->identity, made->hash);
    return 1;
}

static int p_record(lua_State *L)   /* a table with kind: what a file can pass on, but not change */
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_newuserdatauv(L, 1, 1);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    luaL_setmetatable(L, record_name);
    return 1;
}

static int p_fields(lua_State *L)   /* of a record; nil when it is none */
{
    if (is_record(L, 1)) lua_getiuservalue(L, 1, 1);
    else lua_pushnil(L);
    return 1;
}

static int p_error(lua_State *L) { return front_error(L, "%s", luaL_checkstring(L, 1)); }

static int p_text(lua_State *L)   /* how a value or anything else is called in a message */
{
    Handle *h = to_value(L, 1);
    lua_pushstring(L, h ? shape_of(front_of(L), graph_at(front_of(L)->g, h->value)->type) : kind_text(L, 1));
    return 1;
}

void open_values(lua_State *L)
{
    static const luaL_Reg meta[] = {{"__add", add}, {"__sub", sub}, {"__mul", mul}, {"__div", divide}, {"__pow", power}, {"__unm", negate},
                                    {"__mod", no_operator}, {"__idiv", no_operator}, {"__band", no_operator}, {"__bor", no_operator}, {"__bxor", no_operator},
                                    {"__bnot", no_operator}, {"__shl", no_operator}, {"__shr", no_operator}, {"__concat", no_operator}, {"__lt", no_comparison},
                                    {"__le", no_comparison}, {"__len", no_length}, {"__call", no_call},
                                    {"__index", field}, {"__newindex", set_field}, {NULL, NULL}};
    luaL_newmetatable(L, type_name);
    luaL_setfuncs(L, meta, 0);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
    luaL_newmetatable(L, record_name);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
    static const luaL_Reg primitives[] = {
        {"pointwise", p_pointwise}, {"dims", p_dims}, {"keys", p_keys}, {"stray", p_stray}, {"whole", p_whole}, {"numbers", p_numbers}, {"is_value", p_is_value}, {"axes", p_axes}, {"sum", p_sum}, {"mean", p_mean},
        {"max", p_max}, {"argmax", p_argmax}, {"reshape", p_reshape}, {"drop", p_drop}, {"permute", p_permute}, {"slice", p_slice}, {"pad", p_pad},
        {"concat", p_concat}, {"matmul", p_matmul}, {"pick", p_pick}, {"one_hot", p_one_hot}, {"node", p_node}, {"parameter", p_parameter},
        {"random", p_random}, {"count", p_count}, {"model", p_model}, {"index", p_index}, {"progress", p_progress}, {"training", p_training}, {"state", p_state}, {"class_means", p_class_means}, {"first_image", p_first_image}, {"latest", p_latest}, {"update", p_update}, {"statistics", p_statistics}, {"table", p_table}, {"grad", p_grad}, {"placeholder", p_placeholder}, {"custom", p_custom}, {"closure", make_closure}, {"record", p_record}, {"fields", p_fields}, {"error", p_error}, {"text", p_text}, {"define", define}, {"options", options_of}, {NULL, NULL}};
    lua_newtable(L);
    luaL_setfuncs(L, primitives, 0);
}
