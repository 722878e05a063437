/* values.c - values and records as Lua sees them: arithmetic, fields, and their text in messages. */
#include "language/language.h"

#include <float.h>
#include <math.h>
#include <string.h>

Handle *push_value(lua_State *L, Value v)
{
    Front *f = front_of(L);
    Handle *h = lua_newuserdatauv(L, sizeof *h, 0);
    *h = (Handle){.value = v, .line = f->line.number ? f->line : front_line(L, NULL), .made_by = f->constructor};
    luaL_setmetatable(L, value_type);
    return h;
}

/* A key of the table beside 1, 2, ..., for messages: the first name by the alphabet, else any other key.  NULL: there
 * is none. */
const char *stray_key(lua_State *L, int index)
{
    const char *first = NULL, *other = NULL;
    lua_Integer n = (lua_Integer)lua_rawlen(L, index);
    int64_t keys = 0;
    index = lua_absindex(L, index);
    front_charge_table(L);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1), keys++) {
        const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : NULL;
        lua_Integer i = lua_isinteger(L, -2) ? lua_tointeger(L, -2) : 0;
        if (name && (!first || strcmp(name, first) < 0)) first = name;
        if (!name && (i < 1 || i > n)) other = "a key that is no name";
    }
    front_charge(L, keys);
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
        if (lua_rawgeti(L, index, i) == LUA_TNUMBER)
            text_add(&text, "%s%.14g%s", i == 1 ? "{" : "", lua_tonumber(L, -1), i == n ? "}" : ", ");
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
    case LUA_TNUMBER:
        return isnan(lua_tonumber(L, index)) ? "the number nan"
                                             : arena_format(f->arena, "the number %.14g", lua_tonumber(L, index));
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
    if (lua_type(L, index) != LUA_TNUMBER)
        front_error(L, "%s is %s, not a value or a number", what, kind_text(L, index));
    double number = lua_tonumber(L, index);
    if (!isfinite(number))
        front_error(L, "%s is %s: a constant must be finite", what, isnan(number) ? "not a number" : "infinite");
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
    front_charge(L, 100);
    if (outermost) {
        f->line = front_line(L, NULL);
        f->constructor = sign;
        f->depth = 1;
        remember_operands(L);
        f->g->line = f->line;
        const Handle *left = to_value(L, 1);
        f->g->label = new_call(f, op->name, left ? left : to_value(L, 2));
    }
    Value a = value_argument(L, 1, "the left side"), b = n == 2 ? value_argument(L, 2, "the right side") : 0;
    if (n == 2 && graph_at(f->g, a)->type.elem == INT && graph_at(f->g, b)->type.elem == INT)
        front_error(L, "labels can be compared, not added or multiplied");
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
    Handle *h = luaL_checkudata(L, 1, value_type);
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
    int axis = !name                       ? -1
               : !strcmp(name, "channels") ? type.rank - 1
               : !strcmp(name, "height")   ? 1
               : !strcmp(name, "width")    ? 2
                                           : -1;
    static const char *const fields[] = {"shape", "channels", "height", "width"};
    if (axis < 0) {
        const char *near = name ? did_you_mean(f->arena, name, 4, fields, "'") : "";
        return front_error(L, "a value has no field %s%s", name ? name : kind_text(L, 2),
                           *near ? near : ": it has shape, channels, height, width");
    }
    if (axis < samples || (strcmp(name, "channels") && type.rank != 4))
        return front_error(L, "a value %s has no %s", shape_of(f, type), name);
    lua_pushinteger(L, type.dims[axis]);
    return 1;
}

static int set_field(lua_State *L) { return front_error(L, "a field of a value can not be set"); }

/* The errors of Lua's other operators on values. */
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
static int no_operator(lua_State *L)
{
    return refuse(L, "values have the operators + - * / ^ and unary -, and no other");
}
static int no_comparison(lua_State *L)
{
    return refuse(
        L, "values are compared by less(a, b), less_equal(a, b), greater(a, b), greater_equal(a, b) and equal(a, b)");
}
static int no_length(lua_State *L) { return refuse(L, "a value has no length: it has shape, channels, height, width"); }
static int no_call(lua_State *L) { return refuse(L, "a value is called as if it were a function"); }

/* ---- records: a table with kind, which a file can pass on but not change ---- */

int make_record(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_newuserdatauv(L, 1, 1);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    luaL_setmetatable(L, record_type);
    return 1;
}

int record_fields(lua_State *L)
{
    if (is_record(L, 1)) lua_getiuservalue(L, 1, 1);
    else lua_pushnil(L);
    return 1;
}

void open_values(lua_State *L)
{
    static const luaL_Reg meta[] = {{"__add", add},
                                    {"__sub", sub},
                                    {"__mul", mul},
                                    {"__div", divide},
                                    {"__pow", power},
                                    {"__unm", negate},
                                    {"__mod", no_operator},
                                    {"__idiv", no_operator},
                                    {"__band", no_operator},
                                    {"__bor", no_operator},
                                    {"__bxor", no_operator},
                                    {"__bnot", no_operator},
                                    {"__shl", no_operator},
                                    {"__shr", no_operator},
                                    {"__concat", no_operator},
                                    {"__lt", no_comparison},
                                    {"__le", no_comparison},
                                    {"__len", no_length},
                                    {"__call", no_call},
                                    {"__index", field},
                                    {"__newindex", set_field},
                                    {NULL, NULL}};
    luaL_newmetatable(L, value_type);
    luaL_setfuncs(L, meta, 0);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
    luaL_newmetatable(L, record_type);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}
