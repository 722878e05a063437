/* training.c - train{}: makes the schemas of its settings and optimizers from their tables, and reads the settings of a
 * graph file. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "graph/optimizer.h"
#include "language/language.h"

#include "rt_settings.h"

#include <math.h>
#include <string.h>

/* ---- fields of a checked table ---- */

static double number_field(lua_State *L, int table, const char *name)
{
    lua_getfield(L, table, name);
    double number = lua_tonumber(L, -1);
    lua_pop(L, 1);
    return number;
}

static const char *string_field(lua_State *L, int table, const char *name)
{
    lua_getfield(L, table, name);
    const char *text = lua_type(L, -1) == LUA_TSTRING ? arena_copy(front_of(L)->arena, lua_tostring(L, -1)) : "";
    lua_pop(L, 1);
    return text;
}

static bool boolean_field(lua_State *L, int table, const char *name)
{
    lua_getfield(L, table, name);
    bool yes = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return yes;
}

static const double *list_field(lua_State *L, int table, const char *name, int n)
{
    double *numbers = arena_array(front_of(L)->arena, n, sizeof *numbers);
    lua_getfield(L, table, name);
    for (int i = 0; i < n; i++, lua_pop(L, 1)) {
        lua_rawgeti(L, -1, i + 1);
        numbers[i] = lua_tonumber(L, -1);
    }
    lua_pop(L, 1);
    return numbers;
}

/* The checked table of normalize; n is 0 when the file has none. */
static RtNormalize read_channels(lua_State *L, int table)
{
    RtNormalize normalize = {.by_name = boolean_field(L, table, "by_name"), .n = (int)number_field(L, table, "n")};
    normalize.mean = list_field(L, table, "mean", normalize.n);
    normalize.sd = list_field(L, table, "sd", normalize.n);
    return normalize;
}

/* ---- the settings ---- */

/* Reads one setting out of the checked table of train{}, at index 1. */
static void read_setting(lua_State *L, const RtSetting *s, RtTrain *t)
{
    const int top = lua_gettop(L);
    if (s->of) lua_getfield(L, 1, s->of);
    else lua_pushvalue(L, 1);
    if (s->kind == RT_SETTING_MAKER || s->kind == RT_SETTING_CHANNELS) lua_getfield(L, -1, s->name);
    const int table = lua_gettop(L);
    if (!lua_istable(L, table)) {                    /* not said: all of it stays 0 */
    } else if (s->kind == RT_SETTING_CHANNELS) t->normalize = read_channels(L, table);
    else if (s->kind == RT_SETTING_MAKER) rt_setting_put(s, t, 0, string_field(L, table, "kind"));
    else if (s->kind == RT_SETTING_FLAG && !s->words) rt_setting_put(s, t, boolean_field(L, table, s->name), NULL);
    else rt_setting_put(s, t, number_field(L, table, s->name), string_field(L, table, s->name));
    lua_settop(L, top);
}

static int p_train(lua_State *L)   /* the checked table of the prelude */
{
    Front *f = front_of(L);
    Experiment *x = f->x;
    RtTrain *t = &x->train;
    refuse_in_part(L, "train");
    if (x->has_train) return front_error(L, "a second time; the first is at %s", line_text(f->arena, x->train_line));
    x->has_train = true;
    x->train_line = f->line;
    for (const RtSetting *s = rt_settings; s->name; s++) read_setting(L, s, t);
    x->batch = t->batch;
    f->g->largest_tile = !strcmp(t->accuracy, "exact") ? 0 : !strcmp(t->accuracy, "f4") ? 4 : 2;
    lua_getfield(L, 1, "optimizer");
    const Optimizer *optimizer = optimizer_of(t->optimizer);
    const bool asked = !strcmp(string_field(L, lua_gettop(L), "decay"), "all");
    lua_pushboolean(L, asked || optimizer->decays_all || (optimizer->decays_all_if_any && t->weight_decay > 0));
    lua_setfield(L, LUA_REGISTRYINDEX, "decay_all");
    return 0;
}

/* Is it a pattern of names: their characters, and *? */
static int p_is_pattern(lua_State *L)
{
    size_t n;
    const char *text = luaL_checklstring(L, 1, &n);
    lua_pushboolean(L, n && n == strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-*"));
    return 1;
}

static _Noreturn void freezes_nothing(const Experiment *x, const char *pattern)
{
    Arena *arena = x->graph->arena;
    const char **known = arena_array(arena, x->n_parameters, sizeof *known);
    for (int i = 0; i < x->n_parameters; i++) known[i] = x->parameters[i].name;
    fail_at(x->train_line, "train: freeze: no parameter is called '%.200s'%s", pattern,
            strchr(pattern, '*') ? "" : did_you_mean(arena, pattern, x->n_parameters, known, "'"));
}

void settle_frozen(Experiment *x)
{
    Text names = text_new(x->graph->arena);
    char *rest = arena_copy(x->graph->arena, x->train.freeze && *x->train.freeze ? x->train.freeze : "");
    if (!*rest) return;
    for (const char *pattern; (pattern = strsep(&rest, ","));) {
        bool used = false;
        for (int i = 0; i < x->n_parameters; i++) {
            const bool fits = rt_pattern_fits(pattern, x->parameters[i].name);
            used |= fits, x->parameters[i].frozen |= fits;
        }
        if (!used) freezes_nothing(x, pattern);
    }
    if (!parameter_floats(x, true))
        fail_at(x->train_line, "train: freeze leaves nothing to train: all of %d parameters are frozen",
                x->n_parameters);
    for (int i = 0; i < x->n_parameters; i++)
        if (x->parameters[i].frozen) text_add(&names, "%s%s", names.length ? "," : "", x->parameters[i].name);
    x->train.freeze = names.chars;             /* by these it is hashed: what is frozen counts, not how it is said */
}

/* ---- the schemas that follow from the tables ---- */

/* Appends { name, limits, default } to the list at the top. */
static void push_row(lua_State *L, const char *name, const char *limits, double number, const char *word)
{
    lua_createtable(L, 3, 1);
    lua_pushstring(L, name), lua_rawseti(L, -2, 1);
    lua_pushstring(L, limits), lua_rawseti(L, -2, 2);
    if (word) lua_pushstring(L, word);
    else if (isnan(number)) lua_pushnil(L);
    else if (!strcmp(limits, "boolean")) lua_pushboolean(L, number != 0);
    else lua_pushnumber(L, number);
    lua_rawseti(L, -2, 3);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
}

/* settings(of): the schema of the settings of a group, or of train{} itself for nil.  Also returns, for each setting
 * that takes words, the list of its words. */
static int p_settings(lua_State *L)
{
    const char *of = luaL_optstring(L, 1, NULL);
    lua_newtable(L);
    lua_newtable(L);
    for (const RtSetting *s = rt_settings; s->name; s++) {
        if (!s->of != !of || (of && strcmp(s->of, of) != 0)) continue;
        lua_pushvalue(L, -2);
        push_row(L, s->name, s->limits, s->number, s->word);
        lua_pop(L, 1);
        if (!s->words || strcmp(s->limits, "string") != 0) continue;
        lua_newtable(L);
        for (int i = 0; s->words[i].word; i++) lua_pushstring(L, s->words[i].word), lua_rawseti(L, -2, i + 1);
        lua_setfield(L, -2, s->name);
    }
    return 2;
}

/* makers(name): the list of constructors whose records the setting takes. */
static int p_makers(lua_State *L)
{
    const RtSetting *s = rt_setting(luaL_checkstring(L, 1));
    lua_newtable(L);
    for (int i = 0; s->words[i].word; i++) lua_pushstring(L, s->words[i].word), lua_rawseti(L, -2, i + 1);
    return 1;
}

static int p_optimizers(lua_State *L)   /* the list of their names */
{
    lua_newtable(L);
    for (int i = 0; optimizer_at(i); i++) lua_pushstring(L, optimizer_at(i)->name), lua_rawseti(L, -2, i + 1);
    return 1;
}

static int p_optimizer(lua_State *L)   /* name: the schema of the optimizer */
{
    const Optimizer *optimizer = optimizer_of(luaL_checkstring(L, 1));
    lua_newtable(L);
    for (int i = 0; i < MOST_DEFAULTS && optimizer->defaults[i].setting; i++) {
        const RtSetting *s = rt_setting(optimizer->defaults[i].setting);
        push_row(L, s->name, s->limits, optimizer->defaults[i].number, NULL);
    }
    if (optimizer->chooses_decay) push_row(L, "decay", "string", NAN, "weights");
    return 1;
}

void open_training(lua_State *L)
{
    static const luaL_Reg functions[] = {{"train", p_train}, {"settings", p_settings}, {"makers", p_makers},
                                         {"optimizers", p_optimizers}, {"optimizer", p_optimizer},
                                         {"is_pattern", p_is_pattern}, {NULL, NULL}};
    luaL_setfuncs(L, functions, 0);
}
