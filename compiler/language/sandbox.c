/* sandbox.c - the functions of Lua that a graph file sees: nothing that depends on the machine, the time or the order
 * of tables, and nothing that reaches outside. */
#include "language/language.h"

#include <lualib.h>
#include <string.h>

/* Instructions that a call of C is charged beside those of any call: for itself; for each number that becomes text or
 * is read from it; for each format; for each element that it moves or compares. */
enum { A_CALL = 10, A_NUMBER = 50, A_FORMAT = 200, AN_ELEMENT = 2 };

static int safe_tostring(lua_State *L)
{
    int type = lua_type(L, 1);
    if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TBOOLEAN && type != LUA_TNIL)
        return front_error(L, "tostring: of %s; numbers and strings have one text everywhere, others do not",
                           kind_text(L, 1));
    front_charge(L, A_NUMBER);
    luaL_tolstring(L, 1, NULL);
    return 1;
}

/* The bytes of the strings among the arguments. */
static int64_t bytes_given(lua_State *L)
{
    int64_t bytes = 0;
    for (int i = lua_gettop(L); i > 0; i--)
        if (lua_type(L, i) == LUA_TSTRING) bytes += (int64_t)lua_rawlen(L, i);
    return bytes;
}

/* Calls Lua's own function, which is in the upvalue, on the same frame: in its messages the caller is the file. */
static int go_on(lua_State *L) { return lua_tocfunction(L, lua_upvalueindex(1))(L); }

static int charged(lua_State *L)   /* upvalue: a function that takes numbers and makes one of a string */
{
    front_charge(L, A_CALL + lua_gettop(L) + bytes_given(L));
    return go_on(L);
}

static int safe_fmod(lua_State *L)   /* upvalue: math.fmod, which divides bit by bit */
{
    front_charge(L, A_NUMBER + bytes_given(L));
    return go_on(L);
}

static int safe_format(lua_State *L)   /* upvalue: string.format */
{
    size_t n;
    const char *format = luaL_checklstring(L, 1, &n);
    front_charge(L, A_FORMAT * (int64_t)lua_gettop(L) + bytes_given(L));
    for (size_t i = 0; i + 1 < n; i++)
        if (format[i] == '%' && format[i + 1] == '%') i++;
        else if (format[i] == '%') {
            size_t k = i + 1 + strspn(format + i + 1, "-+ #0123456789.");
            if (format[k] == 'p')
                return front_error(L, "string.format: %%p shows an address, which is another in every run");
        }
    for (int i = 2; i <= lua_gettop(L); i++)
        if (lua_type(L, i) != LUA_TNUMBER && lua_type(L, i) != LUA_TSTRING && lua_type(L, i) != LUA_TBOOLEAN)
            return front_error(L, "string.format: argument %d is %s, not a number or a string", i, kind_text(L, i));
    return go_on(L);
}

static int safe_rep(lua_State *L)   /* upvalue: string.rep */
{
    size_t n, m;
    luaL_checklstring(L, 1, &n);
    lua_Integer count = luaL_checkinteger(L, 2);
    luaL_optlstring(L, 3, "", &m);
    if (count > 0 && (size_t)count > (size_t)MOST_STRING / (n + m ? n + m : 1))
        return front_error(L, "string.rep: the result is longer than a million bytes");
    front_charge(L, A_CALL + bytes_given(L) + (count > 0 ? count : 0));
    return go_on(L);
}

/* ---- tables ---- */

/* The number of elements from the position in one argument to the position in another, at most 2^40.  Positions may
 * have any form that Lua takes for a whole number. */
static int64_t range(lua_State *L, int from, int to, int64_t if_none)
{
    const lua_Integer first = luaL_optinteger(L, from, 1), last = luaL_optinteger(L, to, if_none);
    const int64_t most = (int64_t)1 << 40;
    if (last < first) return 0;
    const uint64_t n = (uint64_t)last - (uint64_t)first;
    return n >= (uint64_t)most ? most : (int64_t)n + 1;
}

static int64_t length_given(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    return (int64_t)lua_rawlen(L, 1);
}

static int moves_tail(lua_State *L)   /* upvalue: table.insert, table.remove */
{
    front_charge(L, A_CALL + AN_ELEMENT * length_given(L));
    return go_on(L);
}

static int safe_concat(lua_State *L)   /* upvalue: table.concat */
{
    size_t separator;
    const int64_t length = length_given(L);
    luaL_optlstring(L, 2, "", &separator);
    const int64_t n = range(L, 3, 4, length);
    front_charge(L, A_CALL + n * (A_NUMBER / 2));
    front_charge(L, n * (int64_t)(separator / 8));
    return go_on(L);
}

static int safe_unpack(lua_State *L)   /* upvalue: table.unpack */
{
    front_charge(L, A_CALL + AN_ELEMENT * range(L, 2, 3, length_given(L)));
    return go_on(L);
}

static int safe_move(lua_State *L)   /* upvalue: table.move */
{
    length_given(L);
    luaL_checkinteger(L, 2), luaL_checkinteger(L, 3);
    front_charge(L, A_CALL + AN_ELEMENT * range(L, 2, 3, 0));
    return go_on(L);
}

/* Does the second element from the top come before the one on top?  Pops both. */
static bool comes_before(lua_State *L)
{
    if (lua_isnil(L, 2)) {
        const bool before = lua_compare(L, -2, -1, LUA_OPLT);
        lua_pop(L, 2);
        return before;
    }
    lua_pushvalue(L, 2);
    lua_insert(L, -3);
    lua_call(L, 2, 1);
    const bool before = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return before;
}

/* Merges the sorted runs [first, middle) and [middle, end) of the table at `from` into one run of the table at `to`. */
static void merge(lua_State *L, int from, int to, int64_t first, int64_t middle, int64_t end)
{
    int64_t left = first, right = middle;
    for (int64_t i = first; i < end; i++) {
        bool second = left == middle;
        if (!second && right < end) {
            lua_rawgeti(L, from, right);
            lua_rawgeti(L, from, left);
            second = comes_before(L);
        }
        lua_rawgeti(L, from, second ? right++ : left++);
        lua_rawseti(L, to, i);
    }
}

/* A stable sort, which calls the comparison in the same way in every run: Lua's own chooses pivots by the clock. */
static int sort(lua_State *L)   /* table, less or nil */
{
    const int64_t n = length_given(L);
    if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    int rounds = 0;
    while ((int64_t)1 << rounds < n) rounds++;
    front_charge(L, A_CALL + 2 * AN_ELEMENT * n * (rounds + 1));
    lua_createtable(L, (int)n, 0);
    int from = 1, to = 3;
    for (int round = 0; round < rounds; round++) {
        const int64_t run = (int64_t)1 << round;
        for (int64_t first = 1; first <= n; first += 2 * run)
            merge(L, from, to, first, first + run <= n ? first + run : n + 1,
                  first + 2 * run <= n ? first + 2 * run : n + 1);
        const int swap = from;
        from = to, to = swap;
    }
    for (int64_t i = 1; from != 1 && i <= n; i++) lua_rawgeti(L, from, i), lua_rawseti(L, 1, i);
    return 0;
}

void protected_table(lua_State *L, lua_CFunction get, lua_CFunction set, lua_CFunction call)
{
    lua_newtable(L);
    lua_newtable(L);
    lua_pushcfunction(L, get);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, set);
    lua_setfield(L, -2, "__newindex");
    if (call) lua_pushcfunction(L, call), lua_setfield(L, -2, "__call");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

/* ---- the functions that a file sees ---- */

typedef struct Let { const char *name; lua_CFunction in_place; } Let;   /* NULL: as it is */

/* Adds functions of the library on top of the stack to the table below it, and pops the library.  A function that
 * stands in place of another has that one as upvalue. */
static void let_in(lua_State *L, const Let *list)
{
    for (; list->name; list++) {
        lua_getfield(L, -1, list->name);
        if (list->in_place) lua_pushcclosure(L, list->in_place, 1);
        lua_setfield(L, -3, list->name);
    }
    lua_pop(L, 1);
}

/* the table of builtins is on the stack */
static void library(lua_State *L, const char *name, lua_CFunction open, const Let *list)
{
    lua_newtable(L);
    luaL_requiref(L, name, open, 0);
    let_in(L, list);
    lua_setfield(L, -2, name);
}

void open_harmless(lua_State *L)   /* the table of builtins is on the stack */
{
    static const Let base[] = {{"ipairs", NULL}, {"select", NULL}, {"tonumber", charged},       {"type", NULL},
                               {"error", NULL},  {"assert", NULL}, {"tostring", safe_tostring}, {NULL, NULL}};
    static const Let math[] = {{"abs", charged},       {"ceil", charged},    {"cos", charged},    {"deg", charged},
                               {"exp", charged},       {"floor", charged},   {"fmod", safe_fmod}, {"log", charged},
                               {"max", charged},       {"min", charged},     {"modf", charged},   {"pi", NULL},
                               {"rad", charged},       {"sin", charged},     {"sqrt", charged},   {"tan", charged},
                               {"tointeger", charged}, {"type", NULL},       {"ult", charged},    {"huge", NULL},
                               {"maxinteger", NULL},   {"mininteger", NULL}, {"acos", charged},   {"asin", charged},
                               {"atan", charged},      {NULL, NULL}};
    static const Let table[] = {
        {"concat", safe_concat}, {"insert", moves_tail},  {"pack", charged},   {"remove", moves_tail},
        {"sort", sort},          {"unpack", safe_unpack}, {"move", safe_move}, {NULL, NULL}};
    static const Let string[] = {{"format", safe_format}, {"rep", safe_rep}, {NULL, NULL}};
    luaL_requiref(L, "_G", luaopen_base, 0);
    let_in(L, base);
    library(L, "math", luaopen_math, math);
    library(L, "table", luaopen_table, table);
    library(L, "string", luaopen_string, string);
    lua_pushliteral(L, "");                   /* ("x"):rep must not lead to the string library */
    lua_pushnil(L);
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}
