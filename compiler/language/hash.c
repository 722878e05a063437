/* hash.c - the hash over the content of an experiment.
 *
 * Every value carries the hash of the call that made it: the constructor's name, the hashes of the arguments, and the
 * options with defaults filled in.  The graph's hash covers the values that are wanted, and how they are.  Lines,
 * layout, comments, names of plain values and values that are not used do not enter. */
#include "graph/optimizer.h"
#include "language/language.h"

#include "rt_settings.h"

#include <stdlib.h>
#include <string.h>

void hash_begin(HashText *h, const char *what)
{
    rt_sha256_begin(&h->sha);
    hash_text(h, what);
}

void hash_text(HashText *h, const char *text)
{
    char length[32];
    snprintf(length, sizeof length, "%zu:", strlen(text));
    rt_sha256_add(&h->sha, length, strlen(length));
    rt_sha256_add(&h->sha, text, strlen(text));
}

void hash_number(HashText *h, double number)
{
    char text[40];
    snprintf(text, sizeof text, "%.17g", number == 0 ? 0 : number);
    hash_text(h, text);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void hash_table(lua_State *L, HashText *h, int index)
{
    luaL_checkstack(L, 8, "a table in a table");
    const char *keys[256];
    int n = 0;
    lua_Integer length = (lua_Integer)lua_rawlen(L, index);
    hash_text(h, "{");
    hash_number(h, (double)length);
    for (lua_Integer i = 1; i <= length; i++) {
        lua_rawgeti(L, index, i);
        hash_lua(L, h, lua_gettop(L));
        lua_pop(L, 1);
    }
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING && n < 256) keys[n++] = lua_tostring(L, -2);
        else if (lua_type(L, -2) == LUA_TNUMBER &&
                 !(lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1 && lua_tointeger(L, -2) <= length) && n < 256)
            keys[n++] = arena_format(front_of(L)->arena, "#%.17g", lua_tonumber(L, -2));
    qsort(keys, (size_t)n, sizeof *keys, compare_names);
    for (int i = 0; i < n; i++) {
        hash_text(h, keys[i]);
        if (keys[i][0] == '#') {
            lua_pushnumber(L, strtod(keys[i] + 1, NULL));
            lua_rawget(L, index);
        } else lua_getfield(L, index, keys[i]);
        hash_lua(L, h, lua_gettop(L));
        lua_pop(L, 1);
    }
    hash_text(h, "}");
}

void hash_lua(lua_State *L, HashText *h, int index)
{
    Handle *value = to_value(L, index);
    if (value) hash_text(h, value->hash);
    else if (lua_type(L, index) == LUA_TNUMBER) hash_number(h, lua_tonumber(L, index));
    else if (lua_type(L, index) == LUA_TSTRING) hash_text(h, lua_tostring(L, index));
    else if (lua_type(L, index) == LUA_TBOOLEAN) hash_text(h, lua_toboolean(L, index) ? "true" : "false");
    else if (lua_type(L, index) == LUA_TTABLE) hash_table(L, h, index);      /* no deeper than own_copy lets through */
    else if (is_record(L, index)) {
        lua_getiuservalue(L, index, 1);
        hash_table(L, h, lua_gettop(L));
        lua_pop(L, 1);
    }
    else hash_text(h, lua_typename(L, lua_type(L, index)));
}

void hash_value(Front *f, HashText *h, Value v)
{
    const Graph *g = f->g;
    bool *needed = arena_array(f->arena, (int64_t)v + 1, sizeof *needed);
    int *number = arena_array(f->arena, (int64_t)v + 1, sizeof *number), n = 0;
    needed[v] = true;
    for (Value u = v; u > 0; u--)
        for (int i = 0; needed[u] && i < graph_at(g, u)->n_in; i++) needed[graph_at(g, u)->in[i]] = true;
    for (Value u = 1; u <= v; u++) {
        const Node *node = graph_at(g, u);
        if (!needed[u]) continue;
        number[u] = ++n;
        hash_text(h, node->op->name);
        for (int i = 0; i < node->n_in; i++) hash_number(h, number[node->in[i]]);
        for (int i = 0; i < node->attr.n_ints && node->op != &op_custom; i++)
            hash_number(h, (double)node->attr.ints[i]);
        for (int i = 0; i < node->attr.n_reals; i++) hash_number(h, node->attr.reals[i]);
        if (node->attr.text) hash_text(h, node->attr.text);
    }
}

void hash_end(HashText *h, char hex[65]) { rt_sha256_end(&h->sha, hex); }

static void hash_type(HashText *h, Type type)
{
    hash_number(h, type.elem);
    hash_number(h, type.rank);
    for (int i = 0; i < type.rank; i++) hash_number(h, (double)type.dims[i]);
}

/* ---- train{} ---- */

/* These settings come first, in the order in which graphs have always been hashed.  Later settings follow in the order
 * of rt_settings.c. */
static const char *const first_settings[] = {
    "batch", "optimizer", "lr", "momentum", "beta1", "beta2", "eps", "weight_decay", "nesterov", "clip", "schedule",
    "warmup", "final", "peak", "factor", "every", "ema", "not_finite", "accuracy", "sampler", "augment", "normalize"};
enum { N_FIRST = sizeof first_settings / sizeof *first_settings };

static void hash_setting(HashText *h, const RtSetting *s, const RtTrain *t);

/* Hashes a group: first its name, or the word of its own that says that it is there; then its members. */
static void hash_group(HashText *h, const RtSetting *group, const RtTrain *t)
{
    hash_text(h, group->words ? group->words[1].word : group->name);
    for (const RtSetting *s = rt_settings; s->name; s++)
        if (s->of && !strcmp(s->of, group->name)) hash_setting(h, s, t);
}

static void hash_channels(HashText *h, const RtNormalize *normalize)
{
    hash_text(h, "normalize"), hash_number(h, normalize->n);
    for (int i = 0; i < normalize->n; i++) hash_number(h, normalize->mean[i]), hash_number(h, normalize->sd[i]);
}

static void hash_setting(HashText *h, const RtSetting *s, const RtTrain *t)
{
    if (s->hash == RT_HASH_RUN || s->hash == RT_HASH_NEVER) return;
    if (s->hash == RT_HASH_NAMED && rt_setting_is_default(s, t)) return;
    if (s->kind == RT_SETTING_GROUP) hash_group(h, s, t);
    else if (s->kind == RT_SETTING_CHANNELS) hash_channels(h, &t->normalize);
    else {
        if (s->hash == RT_HASH_NAMED) hash_text(h, s->name);
        if (s->kind == RT_SETTING_WORD) hash_text(h, rt_setting_word(s, t));
        else if (s->kind == RT_SETTING_MAKER && !s->words) hash_number(h, optimizer_number(rt_setting_word(s, t)));
        else if (s->kind == RT_SETTING_FLAG && s->words) hash_text(h, s->words[(int)rt_setting_number(s, t)].word);
        else hash_number(h, rt_setting_number(s, t));
    }
}

static void hash_train(HashText *h, const Experiment *x)
{
    hash_number(h, x->has_train);
    for (int i = 0; i < N_FIRST; i++) hash_setting(h, rt_setting(first_settings[i]), &x->train);
    for (const RtSetting *s = rt_settings; s->name; s++) {
        bool before = s->of && rt_setting(s->of)->kind == RT_SETTING_GROUP;     /* hashed with its group */
        for (int i = 0; i < N_FIRST; i++) before = before || !strcmp(first_settings[i], s->name);
        if (!before && x->has_train) hash_setting(h, s, &x->train);
    }
}

void hash_graph(Front *f)
{
    const Experiment *x = f->x;
    HashText h;
    hash_begin(&h, "tailor graph 1");
    for (int i = 0; i < x->n_parameters; i++) {
        hash_text(&h, x->parameters[i].name);
        hash_type(&h, graph_at(x->graph, x->parameters[i].value)->type);
        hash_number(&h, x->parameters[i].init);
        hash_number(&h, x->parameters[i].init_value);
        hash_number(&h, x->parameters[i].decay);
    }
    for (int i = 0; i < x->n_states; i++) {
        hash_text(&h, x->states[i].name);
        hash_type(&h, graph_at(x->graph, x->states[i].value)->type);
        hash_number(&h, x->states[i].init_value);
    }
    for (int i = 0; i < x->n_fields; i++) {
        hash_text(&h, x->fields[i].name);
        hash_number(&h, x->fields[i].kind);
        hash_number(&h, (double)x->fields[i].classes);
        hash_type(&h, graph_at(x->graph, x->fields[i].value)->type);
    }
    hash_text(&h, f->loss_hash);
    for (int i = 0; i < x->n_metrics; i++) hash_text(&h, x->metrics[i].name), hash_text(&h, f->metric_hashes[i]);
    for (int i = 0; i < x->n_outputs; i++) hash_text(&h, x->outputs[i].name), hash_text(&h, f->output_hashes[i]);
    hash_train(&h, x);
    hash_end(&h, f->x->graph_hash);
}
