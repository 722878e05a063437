/* frontend_sandbox.c - the functions of Lua that a graph file sees: nothing that depends on the machine, the time or the order of
 * tables, and nothing that reaches outside. */
#include "frontend.h"

#include <lualib.h>
#include <string.h>

static int safe_tostring(lua_State *L)
{
    int type = lua_type(L, 1);
    if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TBOOLEAN && type != LUA_TNIL) return front_error(L, "tostring: of %s; numbers and strings have one text everywhere, others do not", kind_text(L, 1));
    luaL_tolstring(L, 1, NULL);
    return 1;
}

static int safe_format(lua_State *L)   /* upvalue: string.format */
{
    size_t n;
    const char *format = luaL_checklstring(L, 1, &n);
    for (size_t i = 0; i + 1 < n; i++)
        if (format[i] == '%' && format[i + 1] == '%') i++;
        else if (format[i] == '%') {
            size_t k = i + 1 + strspn(format + i + 1, "-+ #0123456789.");
            if (format[k] == 'p') return front_error(L, "string.format: %%p shows an address, which is another in every run");
        }
    for (int i = 2; i <= lua_gettop(L); i++)
        if (lua_type(L, i) != LUA_TNUMBER && lua_type(L, i) != LUA_TSTRING && lua_type(L, i) != LUA_TBOOLEAN) return front_error(L, "string.format: argument %d is %s, not a number or a string", i, kind_text(L, i));
    int top = lua_gettop(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, top, 1);
    return 1;
}

static int safe_rep(lua_State *L)
{
    size_t n, m;
    luaL_checklstring(L, 1, &n);
    lua_Integer count = luaL_checkinteger(L, 2);
    luaL_optlstring(L, 3, "", &m);
    if (count > 0 && (size_t)count > ((size_t)1 << 20) / (n + m ? n + m : 1)) return front_error(L, "string.rep: the result is longer than a million bytes");
    int top = lua_gettop(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, top, 1);
    return 1;
}

/* A function of the table library: what it moves counts as instructions of the file. */
static int charged(lua_State *L)   /* upvalue: the function */
{
    int top = lua_gettop(L);
    int64_t work = lua_istable(L, 1) ? (int64_t)lua_rawlen(L, 1) : 0;
    for (int i = 2; i <= top; i++) {                        /* ranges, as move and unpack take them */
        lua_Integer number = lua_isinteger(L, i) ? lua_tointeger(L, i) : 0;
        if (number > (1 << 26) || number < -(1 << 26)) return front_error(L, "position %lld of a table", (long long)number);
        if (number > work) work = number;
    }
    front_charge(L, work);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, top, LUA_MULTRET);
    return lua_gettop(L);
}

/* copies names of the library table on the stack into a new one */
static void choose(lua_State *L, const char *const *names)
{
    int library = lua_gettop(L);
    lua_newtable(L);
    for (; *names; names++) {
        lua_getfield(L, library, *names);
        lua_setfield(L, -2, *names);
    }
    lua_remove(L, library);
}

void open_harmless(lua_State *L)   /* the table of builtins is on the stack */
{
    static const char *const base[] = {"ipairs", "select", "tonumber", "type", "error", "assert", NULL};
    static const char *const math[] = {"abs", "ceil", "cos", "deg", "exp", "floor", "fmod", "log", "max", "min", "modf", "pi", "rad", "sin", "sqrt", "tan", "tointeger",
                                       "type", "ult", "huge", "maxinteger", "mininteger", "acos", "asin", "atan", NULL};
    static const char *const table[] = {"concat", "insert", "pack", "remove", "sort", "unpack", "move", NULL};
    int builtins = lua_gettop(L);
    luaL_requiref(L, "_G", luaopen_base, 0);
    for (int i = 0; base[i]; i++) {
        lua_getfield(L, -1, base[i]);
        lua_setfield(L, builtins, base[i]);
    }
    lua_pop(L, 1);
    luaL_requiref(L, "math", luaopen_math, 0);
    choose(L, math);
    lua_setfield(L, builtins, "math");
    luaL_requiref(L, "table", luaopen_table, 0);
    choose(L, table);
    for (int i = 0; table[i]; i++) {
        lua_getfield(L, -1, table[i]);
        lua_pushcclosure(L, charged, 1);
        lua_setfield(L, -2, table[i]);
    }
    lua_setfield(L, builtins, "table");
    luaL_requiref(L, "string", luaopen_string, 0);
    lua_newtable(L);
    lua_getfield(L, -2, "format");
    lua_pushcclosure(L, safe_format, 1);
    lua_setfield(L, -2, "format");
    lua_getfield(L, -2, "rep");
    lua_pushcclosure(L, safe_rep, 1);
    lua_setfield(L, -2, "rep");
    lua_setfield(L, builtins, "string");
    lua_pop(L, 1);
    lua_pushliteral(L, "");                   /* ("x"):rep must not lead to the string library */
    lua_pushnil(L);
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
    lua_pushcfunction(L, safe_tostring);
    lua_setfield(L, builtins, "tostring");
}
