/* options.c - option{}: the knobs of an experiment, whose defaults --set replaces. */
#include "language/language.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *option_fault(lua_State *L, int index)
{
    const int type = lua_type(L, index);
    if (type != LUA_TNUMBER && type != LUA_TBOOLEAN && type != LUA_TSTRING)
        return arena_format(front_of(L)->arena, "is %s, not a number, a string, true or false", kind_text(L, index));
    if (type == LUA_TNUMBER && !isfinite(lua_tonumber(L, index))) return "is not finite";
    if (type != LUA_TSTRING) return NULL;
    return strlen(lua_tostring(L, index)) < lua_rawlen(L, index) ? "has a zero byte in it"
                                                                 : text_fault(lua_tostring(L, index));
}

const char *option_text(lua_State *L, int index)
{
    Arena *arena = front_of(L)->arena;
    if (lua_type(L, index) == LUA_TBOOLEAN) return lua_toboolean(L, index) ? "true" : "false";
    if (lua_type(L, index) == LUA_TSTRING) return arena_copy(arena, lua_tostring(L, index));
    const double number = lua_tonumber(L, index);
    return number == floor(number) && fabs(number) < 1e15 ? arena_format(arena, "%lld", (long long)number)
                                                          : c_double(arena, number);
}

static const char *json_of(lua_State *L, int index)
{
    if (lua_type(L, index) != LUA_TSTRING) return option_text(L, index);
    RtText text = {0};
    rt_json_quote(&text, lua_tostring(L, index));
    if (text.failed) fail("tailor: out of memory");
    const char *json = arena_copy(front_of(L)->arena, text.data);
    rt_text_free(&text);
    return json;
}

/* Replaces the default on the stack by the value of --set, which must have its type. */
static void apply_setting(lua_State *L, const char *name)
{
    Front *f = front_of(L);
    for (int i = f->n_settings - 1; i >= 0; i--) {          /* the last one counts */
        if (strcmp(f->settings[i].name, name)) continue;
        const char *text = f->settings[i].value;
        char *end;
        if (text_fault(text)) fail("%s: --set %s: its value %s", f->x->source.path, name, text_fault(text));
        if (lua_type(L, -1) == LUA_TBOOLEAN) {
            if (strcmp(text, "true") && strcmp(text, "false"))
                fail("%s: --set %s=%s: %s is true or false", f->x->source.path, name, text, name);
            lua_pop(L, 1);
            lua_pushboolean(L, !strcmp(text, "true"));
        } else if (lua_type(L, -1) == LUA_TNUMBER) {
            bool integer = lua_isinteger(L, -1);
            double number = strtod(text, &end);
            if (end == text || *end || !isfinite(number) || strpbrk(text, "xXpP"))
                fail("%s: --set %s=%s: %s is a number", f->x->source.path, name, text, name);
            lua_pop(L, 1);
            if (number == floor(number) && fabs(number) < 1e15) lua_pushinteger(L, (lua_Integer)number);
            else if (integer) fail("%s: --set %s=%s: %s is a whole number", f->x->source.path, name, text, name);
            else lua_pushnumber(L, number);
        } else {
            lua_pop(L, 1);
            lua_pushstring(L, text);
        }
        return;
    }
}

static int compare_options(const void *a, const void *b)
{
    return strcmp(((const Option *)a)->name, ((const Option *)b)->name);
}

static int declare_options(lua_State *L)   /* option { name = default, ... } */
{
    Front *f = front_of(L);
    Experiment *x = f->x;
    refuse_in_part(L, "option");
    f->depth = 0;
    if (f->studies)
        return front_error(L, "option: an experiment file has none; set, factors and variants are of its graphs%s",
                           hint_of_graph(f));
    if (f->has_option) return front_error(L, "option: a second time; one call declares all");
    if (!lua_istable(L, 2)) return front_error(L, "option: %s, not a table of defaults", kind_text(L, 2));
    f->has_option = true;
    lua_getfield(L, LUA_REGISTRYINDEX, "options");
    int options = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, 2); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING || !good_name(lua_tostring(L, -2)))
            return front_error(L, "option: a name is %s, not letters, digits and _", kind_text(L, -2));
        const char *name = arena_copy(f->arena, lua_tostring(L, -2)), *fault = option_fault(L, lua_gettop(L));
        if (fault) return front_error(L, "option: %s %s", name, fault);
        const bool whole = lua_isinteger(L, -1);
        lua_pushvalue(L, -1);
        apply_setting(L, name);
        x->options = arena_grow(f->arena, x->options, x->n_options, &f->options_capacity, sizeof *x->options);
        x->options[x->n_options++] = (Option){name, json_of(L, lua_gettop(L)), whole};
        lua_setfield(L, options, name);
    }
    qsort(x->options, (size_t)x->n_options, sizeof *x->options, compare_options);
    return 0;
}

const char *near_option(Front *f, const char *name)
{
    const char *names[256];
    int n = 0;
    for (int i = 0; i < f->x->n_options && n < 256; i++) names[n++] = f->x->options[i].name;
    return did_you_mean(f->arena, name, n, names, "'");
}

static int get_option(lua_State *L)
{
    Front *f = front_of(L);
    lua_getfield(L, LUA_REGISTRYINDEX, "options");
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    if (!lua_isnil(L, -1)) return 1;
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    f->depth = 0;
    return front_error(L, "there is no option '%.80s'%s", name, near_option(f, name));
}

static int set_option(lua_State *L)
{
    front_of(L)->depth = 0;
    return front_error(L, "an option can not be set in the file; --set does");
}

void open_option(lua_State *L) { protected_table(L, get_option, set_option, declare_options); }
