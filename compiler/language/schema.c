/* schema.c - constructors of the prelude.
 *
 *     define(name, { "x: value", "channels: count", "axes: axes?" },
 *            { {"kernel", "pair", 3}, {"dilation", "pair", unset = 1}, ... },
 *            function (x, channels, ..., o) end)
 *
 * makes a constructor.  It checks its arguments by these words, fills in defaults and notes the user's line.  Only then
 * does it run the Lua function, with the options as the last argument.  All calls in that function belong to the user's
 * call. */
#include "language/language.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "rt_main.h"

enum { UP_NAME = 1, UP_ARGUMENTS, UP_OPTIONS, UP_FUNCTION };

typedef struct Word { const char *name, *kind; bool optional; } Word;

static Word word_at(lua_State *L, int table, int i)   /* "name: kind?" */
{
    Front *f = front_of(L);
    lua_rawgeti(L, table, i);
    char *text = arena_copy(f->arena, lua_tostring(L, -1)), *colon = strchr(text, ':');
    lua_pop(L, 1);
    *colon = 0;
    char *kind = colon + 2;
    size_t n = strlen(kind);
    bool optional = kind[n - 1] == '?';
    if (optional) kind[n - 1] = 0;
    return (Word){text, kind, optional};
}

static bool is_whole(lua_State *L, int index, lua_Number least, lua_Number most)
{
    lua_Number x = lua_tonumber(L, index);
    return lua_type(L, index) == LUA_TNUMBER && x == floor(x) && x >= least && x <= most;
}

static void whole(lua_State *L, int index)
{
    lua_pushinteger(L, (lua_Integer)lua_tonumber(L, index)), lua_replace(L, index);
}

/* Checks that the value at `index` is of a kind.  Returns NULL, or a text that says what is wanted. */
static const char *mismatch(lua_State *L, int index, const char *kind)
{
    int type = lua_type(L, index);
    if (!strcmp(kind, "any")) return type == LUA_TNIL ? "" : NULL;
    if (!strcmp(kind, "value")) {
        if (to_value(L, index)) return NULL;
        if (type != LUA_TNUMBER) return "a value";
        push_value(L, value_argument(L, index, "an argument"));
        Handle *h = to_value(L, -1);
        HashText hash;
        hash_begin(&hash, "number");
        hash_number(&hash, lua_tonumber(L, index));
        hash_end(&hash, h->hash);
        lua_replace(L, index);
        return NULL;
    }
    if (!strcmp(kind, "count"))
        return is_whole(L, index, 1, 1 << 24) ? whole(L, index), NULL : "a whole number from 1 to 16777216";
    if (!strcmp(kind, "size"))
        return is_whole(L, index, 0, 1 << 24) ? whole(L, index), NULL : "a whole number from 0 to 16777216";
    if (!strcmp(kind, "epochs")) {                              /* as the trainer takes them */
        const RtFlag *flag = rt_flag_named("--epochs", strlen("--epochs"));
        if (is_whole(L, index, (lua_Number)flag->least, (lua_Number)flag->most)) return whole(L, index), NULL;
        return arena_format(front_of(L)->arena, "a whole number from %llu to %llu", (unsigned long long)flag->least,
                            (unsigned long long)flag->most);
    }
    if (!strcmp(kind, "seed"))
        return is_whole(L, index, 0, 9007199254740992.0) ? whole(L, index), NULL : "a whole number from 0 to 2^53";
    if (!strcmp(kind, "int")) return is_whole(L, index, -16777216, 16777216) ? whole(L, index), NULL : "a whole number";
    if (!strcmp(kind, "number"))
        return type == LUA_TNUMBER && fabs(lua_tonumber(L, index)) <= FLT_MAX ? NULL : "a number that a float can hold";
    if (!strcmp(kind, "positive"))
        return type == LUA_TNUMBER && isfinite(lua_tonumber(L, index)) && lua_tonumber(L, index) > 0
                   ? NULL
                   : "a number larger than 0";
    if (!strcmp(kind, "nonnegative"))
        return type == LUA_TNUMBER && isfinite(lua_tonumber(L, index)) && lua_tonumber(L, index) >= 0
                   ? NULL
                   : "a number, 0 or larger";
    if (!strcmp(kind, "share"))
        return type == LUA_TNUMBER && lua_tonumber(L, index) >= 0 && lua_tonumber(L, index) < 1
                   ? NULL
                   : "a number from 0 to below 1";
    if (!strcmp(kind, "boolean")) return type == LUA_TBOOLEAN ? NULL : "true or false";
    if (!strcmp(kind, "string")) return type == LUA_TSTRING ? NULL : "a string";
    if (!strcmp(kind, "table")) return type == LUA_TTABLE ? NULL : "a table";
    if (!strcmp(kind, "list")) return type == LUA_TTABLE && !stray_key(L, index) ? NULL : "a list";
    if (!strcmp(kind, "function")) return type == LUA_TFUNCTION ? NULL : "a function";
    if (!strcmp(kind, "axes"))
        return type == LUA_TSTRING || type == LUA_TNUMBER || type == LUA_TTABLE ? NULL : "an axis or a list of axes";
    if (!strcmp(kind, "pair") || !strcmp(kind, "extent")) {     /* an extent is at least 1 */
        int least = *kind == 'e';
        const char *wanted = least ? "a whole number above 0 or {h, w} of them" : "a whole number or {h, w}";
        if (is_whole(L, index, least, 1 << 20)) {
            lua_Integer n = (lua_Integer)lua_tonumber(L, index);
            lua_createtable(L, 2, 0);
            for (int i = 1; i <= 2; i++) lua_pushinteger(L, n), lua_rawseti(L, -2, i);
            lua_replace(L, index);
            return NULL;
        }
        if (type != LUA_TTABLE || lua_rawlen(L, index) != 2 || stray_key(L, index)) return wanted;
        lua_createtable(L, 2, 0);
        for (int i = 1; i <= 2; i++) {
            lua_rawgeti(L, index, i);
            if (!is_whole(L, -1, least, 1 << 20)) {
                lua_pop(L, 2);
                return wanted;
            }
            lua_pushinteger(L, (lua_Integer)lua_tonumber(L, -1));
            lua_rawseti(L, -3, i);
            lua_pop(L, 1);
        }
        lua_replace(L, index);
        return NULL;
    }
    bug("the prelude knows no kind '%s'", kind);
}

/* 4.0 at the top becomes 4: 8 / 2 is as good as 4. */
static void whole_number(lua_State *L)
{
    int is_whole;
    lua_Integer integer = lua_tointegerx(L, -1, &is_whole);
    if (lua_type(L, -1) == LUA_TNUMBER && is_whole) lua_pop(L, 1), lua_pushinteger(L, integer);
}

/* Replaces a table by a copy, with whole numbers as integers: the file may change the table later, or it may hold
 * itself. */
static void own_copy(lua_State *L, int index, int depth)
{
    enum { DEEPEST = 16 };
    if (depth > DEEPEST) front_error(L, "tables are nested more than %d deep", DEEPEST);
    luaL_checkstack(L, 8, "a table in a table");
    front_charge_table(L);
    front_charge(L, 10 + 20 * (int64_t)lua_rawlen(L, index));    /* copied, checked, hashed */
    lua_createtable(L, (int)lua_rawlen(L, index), 0);
    int copy = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (lua_istable(L, -1)) own_copy(L, lua_gettop(L), depth + 1);
        else whole_number(L);
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, copy);
        front_charge(L, 1);
    }
    lua_replace(L, index);
}

/* Settles an argument or option whose kind allows numbers and tables. */
static void settle_value(lua_State *L)   /* at the top */
{
    if (lua_istable(L, -1)) own_copy(L, lua_gettop(L), 1);
    else whole_number(L);
}

static void remember_values(lua_State *L, int n)
{
    int count = 0;
    lua_newtable(L);
    for (int i = 1; i <= n; i++) {
        if (to_value(L, i)) lua_pushvalue(L, i), lua_rawseti(L, -2, ++count);
        else if (lua_istable(L, i))
            for (int k = 1; k <= 16; k++) {
                lua_rawgeti(L, i, k);
                if (to_value(L, -1)) lua_rawseti(L, -2, ++count);
                else lua_pop(L, 1);
            }
        if (lua_istable(L, i)) {
            lua_getfield(L, i, "weight");      /* the one option that is a value */
            if (to_value(L, -1)) lua_rawseti(L, -2, ++count);
            else lua_pop(L, 1);
        }
    }
    lua_setfield(L, LUA_REGISTRYINDEX, "call_values");
}

static bool is_options(lua_State *L, int index)   /* a table with named fields only */
{
    if (!lua_istable(L, index) || lua_rawlen(L, index)) return false;
    front_charge_table(L);
    lua_pushnil(L);
    if (!lua_next(L, index)) return true;
    lua_pop(L, 1);
    bool named = lua_type(L, -1) == LUA_TSTRING;
    lua_pop(L, 1);
    return named;
}

/* Checks that each key of the options at `given` is one of n names.  If several are not, the message has the first by
 * the alphabet.  `of`: as in resolve_options. */
static void check_names(lua_State *L, int given, int n, const char *const *names, const char *of)
{
    Front *f = front_of(L);
    const char *unknown = NULL, *unnamed = NULL;
    front_charge_table(L);
    for (lua_pushnil(L); lua_next(L, given); lua_pop(L, 1)) {
        const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : NULL;
        bool known = false;
        for (int i = 0; i < n; i++) known = known || (key && !strcmp(names[i], key));
        if (!key) unnamed = kind_text(L, -2);
        else if (!known && (!unknown || strcmp(key, unknown) < 0)) unknown = key;
    }
    if (!unknown && !unnamed) return;
    const char *near = unknown ? did_you_mean(f->arena, unknown, n, names, "'") : "";
    Text text = text_new(f->arena);
    text_add(&text, n ? "; the options are " : "; it takes none");
    for (int i = 0; i < n; i++) text_add(&text, i ? ", %s" : "%s", names[i]);
    front_error(L, "there is no option %s%s%s%s", unknown ? arena_format(f->arena, "'%.80s'", unknown) : unnamed,
                *of ? " of " : "", of, *near ? near : text.chars);
}

/* Does the value at the top mean the same as leaving the option out?  It does if it is `unset` of the option's schema,
 * or a pair of that. */
static bool says_nothing(lua_State *L, int schema)
{
    const int value = lua_gettop(L), unset = value + 1;
    bool same = lua_getfield(L, schema, "unset") != LUA_TNIL &&
                (lua_istable(L, value) || lua_compare(L, value, unset, LUA_OPEQ));
    for (int i = 1; same && lua_istable(L, value) && i <= 2; i++) {
        lua_rawgeti(L, value, i);
        same = lua_compare(L, -1, unset, LUA_OPEQ);
        lua_pop(L, 1);
    }
    lua_settop(L, value);
    return same;
}

/* Pushes a new table with the options and their defaults.  An option that says nothing is left out of the table and of
 * the hash, so that graphs from before there was such an option keep their hash.  `of`: "", or the name of the option
 * to which these options belong. */
static void resolve_options(lua_State *L, int schema, int given, const char *of)
{
    int n = (int)lua_rawlen(L, schema);
    const char *names[64];
    lua_newtable(L);
    int result = lua_gettop(L);
    for (int i = 1; i <= n; i++) {
        lua_rawgeti(L, schema, i);
        lua_rawgeti(L, -1, 1);
        lua_rawgeti(L, -2, 2);
        const char *name = names[i - 1] = lua_tostring(L, -2), *kind = lua_tostring(L, -1);
        if (given) lua_getfield(L, given, name);
        else lua_pushnil(L);
        bool set = !lua_isnil(L, -1);
        if (!set) {
            lua_pop(L, 1);
            lua_rawgeti(L, -3, 3);
        }
        if (set || !lua_isnil(L, -1)) {
            const char *wanted = mismatch(L, lua_gettop(L), kind);
            if (wanted)
                front_error(L, "%s%s%s is %s, not %s", of, *of ? "." : "", name, kind_text(L, lua_gettop(L)), wanted);
            settle_value(L);
            if (says_nothing(L, result + 1)) lua_pop(L, 1), lua_pushnil(L);
        }
        lua_setfield(L, result, name);
        lua_settop(L, result);
    }
    if (given) check_names(L, given, n, names, of);
}

/* options(name, table, schema): the options of an option. */
int options_of(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    if (!lua_istable(L, 2)) return front_error(L, "%s is %s, not a table", name, kind_text(L, 2));
    resolve_options(L, 3, 2, name);
    return 1;
}

static void finish(lua_State *L, int first, int last, HashText hash)
{
    Front *f = front_of(L);
    for (int i = first; i <= last; i++) {
        Handle *h = to_value(L, i);
        if (!h && !lua_istable(L, i)) continue;
        int n = h ? 1 : (int)lua_rawlen(L, i);
        for (int k = 1; k <= n; k++) {
            if (!h || k > 1) lua_rawgeti(L, i, k);
            else lua_pushvalue(L, i);
            Handle *one = to_value(L, -1);
            if (one) {
                HashText mine = hash;
                hash_number(&mine, i - first);
                hash_number(&mine, h ? 0 : k);
                /* a handle that came in as an argument goes out under its own hash */
                if (!one->hash[0] || one->made_by == f->constructor) hash_end(&mine, one->hash);
                if (!one->line.number) one->line = f->line;
            }
            lua_pop(L, 1);
        }
    }
}

static int call(lua_State *L)
{
    Front *f = front_of(L);
    bool outermost = f->depth == 0;
    int n_words = (int)lua_rawlen(L, lua_upvalueindex(UP_ARGUMENTS)),
        n_options = (int)lua_rawlen(L, lua_upvalueindex(UP_OPTIONS)), given = lua_gettop(L);
    const char *name = lua_touserdata(L, lua_upvalueindex(UP_NAME));
    front_charge(L, 100);
    if (outermost) {
        f->constructor = name;
        f->line = front_line(L, &f->helper);
        f->layer = -1;
        f->layer_name = NULL;
        f->g->line = f->line;
        const Handle *first = NULL;
        for (int i = 1; i <= given && !first; i++) first = to_value(L, i);
        f->g->label = new_call(f, name, first);
        remember_values(L, given);
    }
    if (outermost && f->studies && strcmp(name, "experiment"))
        front_error(L, "%s: an experiment file defines no graph: experiment{} names a graph file%s", name,
                    hint_of_graph(f));
    if (++f->depth > MOST_DEPTH) front_error(L, "calls are nested more than %d deep", MOST_DEPTH);
    luaL_checkstack(L, n_words + 16, "too many calls");

    /* the table of options comes after the arguments; optional ones may be left out */
    int options = 0;
    if (n_options && given > 0 && given <= n_words + 1 &&
        (given == n_words + 1 || (is_options(L, given) && word_at(L, lua_upvalueindex(UP_ARGUMENTS), given).optional)))
        options = given;
    if (options && !lua_isnil(L, options) && !lua_istable(L, options))
        front_error(L, "its options are %s, not a table", kind_text(L, options));
    int positional = options ? given - 1 : given;
    if (positional > n_words)
        front_error(L, "%d arguments, it takes %d%s", positional, n_words, n_options ? " and options" : "");
    resolve_options(L, lua_upvalueindex(UP_OPTIONS), options && !lua_isnil(L, options) ? options : 0, "");
    int resolved = lua_gettop(L);
    lua_getfield(L, resolved, "name");
    if (outermost && lua_type(L, -1) == LUA_TSTRING) {
        f->layer_name = arena_copy(f->arena, lua_tostring(L, -1));
        if (!good_name(f->layer_name))
            front_error(L, "the name '%.60s' is not made of at most 200 letters, digits, _, . and -", f->layer_name);
    }
    lua_pop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(UP_FUNCTION));
    int function = lua_gettop(L);
    HashText hash;
    hash_begin(&hash, name);
    for (int i = 1; i <= n_words; i++) {
        Word word = word_at(L, lua_upvalueindex(UP_ARGUMENTS), i);
        if (i <= positional) lua_pushvalue(L, i);
        else lua_pushnil(L);
        if (lua_isnil(L, -1)) {
            const char *wanted = word.optional ? NULL : mismatch(L, lua_gettop(L), word.kind);
            if (wanted)
                front_error(L, *wanted ? "%s is missing: it should be %s" : "%s is missing%s", word.name, wanted);
        } else {
            const char *wanted = mismatch(L, lua_gettop(L), word.kind);
            if (wanted) front_error(L, "%s is %s, not %s", word.name, kind_text(L, lua_gettop(L)), wanted);
            settle_value(L);
        }
        hash_lua(L, &hash, lua_gettop(L));
    }
    lua_pushvalue(L, resolved);
    hash_lua(L, &hash, resolved);
    if (outermost) f->identity = &hash;
    lua_call(L, n_words + 1, LUA_MULTRET);
    if (outermost) f->identity = NULL;
    if (outermost) finish(L, function, lua_gettop(L), hash);
    f->depth--;
    if (outermost) f->constructor = NULL, f->line = (Line){0};
    return lua_gettop(L) - function + 1;
}

/* closure(name, arguments, options, function): a constructor without a name in the file */
int make_closure(lua_State *L)
{
    luaL_checktype(L, 4, LUA_TFUNCTION);
    /* notes of nodes keep the name */
    lua_pushlightuserdata(L, arena_copy(front_of(L)->arena, luaL_checkstring(L, 1)));
    for (int i = 2; i <= 4; i++) lua_pushvalue(L, i);
    lua_pushcclosure(L, call, 4);
    return 1;
}

int define(lua_State *L)
{
    make_closure(L);
    lua_getfield(L, LUA_REGISTRYINDEX, "builtins");
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -3);
    lua_rawset(L, -3);
    return 0;
}
