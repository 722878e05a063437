/* frontend.c - a graph file is run in a sandbox and becomes an Experiment.
 *
 * The file sees constructors and harmless functions, and nothing that depends on the machine, the time or the order of tables.
 * Memory, instructions and nodes are limited, so that a file from a stranger can be opened. */
#include "frontend.h"

#include <errno.h>
#include <lualib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HOOK_EVERY = 10000, MOST_FILE_BYTES = 1 << 22 };
static const size_t most_memory = (size_t)256 << 20;
static const int64_t most_instructions = 50000000, most_nodes = 200000;

/* ---- limits ---- */

static void *limited_alloc(void *context, void *block, size_t old, size_t new)
{
    Front *f = context;
    if (!block) old = 0;
    if (new == 0) {
        f->memory -= old;
        free(block);
        return NULL;
    }
    if (f->memory - old + new > f->memory_limit) return NULL;
    void *result = realloc(block, new);
    if (result) f->memory += new - old;
    return result;
}

static void count_instructions(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    Front *f = front_of(L);
    f->instructions += HOOK_EVERY;
    f->last_line = front_line(L, NULL);
    if (f->instructions > most_instructions) {
        f->depth = 0;
        front_error(L, "the file runs for more than %lld instructions: is there an endless loop?", (long long)most_instructions);
    }
}

/* A shape rule's text opens with its op's name; a person knows the constructor. */
static void on_graph_error(void *context, const char *text)
{
    Front *f = context;
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
    front_error(f->L, "%s", f->constructor && !strncmp(text + n, ": ", 2) ? text + n + 2 : text);
}

/* ---- harmless functions ---- */

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
    if (count > 0 && (n + m) > 0 && (size_t)count > ((size_t)1 << 20) / (n + m)) return front_error(L, "string.rep: the result is longer than a million bytes");
    int top = lua_gettop(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, top, 1);
    return 1;
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

static void open_harmless(lua_State *L)   /* the table of builtins is on the stack */
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

/* ---- globals ---- */

static const Global *find_global(const Front *f, const char *name)
{
    for (int i = 0; i < f->n_globals; i++)
        if (!strcmp(f->globals[i].name, name)) return &f->globals[i];
    return NULL;
}

static int compare_words(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static int get_global(lua_State *L)
{
    Front *f = front_of(L);
    lua_getfield(L, LUA_REGISTRYINDEX, "globals");
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    if (!lua_isnil(L, -1)) return 1;
    lua_getfield(L, LUA_REGISTRYINDEX, "builtins");
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    if (!lua_isnil(L, -1)) return 1;
    const char *name = lua_tostring(L, 2), *candidates[512];
    int n = 0;
    for (int i = 0; i < f->n_globals && n < 256; i++) candidates[n++] = f->globals[i].name;
    lua_getfield(L, LUA_REGISTRYINDEX, "builtin_names");
    for (int i = 1; n < 512 && lua_rawgeti(L, -1, i) == LUA_TSTRING; i++) {
        candidates[n++] = arena_copy(f->arena, lua_tostring(L, -1));
        lua_pop(L, 1);
    }
    qsort(candidates, (size_t)n, sizeof *candidates, compare_words);   /* the order of a Lua table is another in every run */
    const char *near = name ? nearest_name(name, n, candidates) : NULL;
    f->depth = 0;
    return front_error(L, "there is no '%.80s'%s%s%s", name ? name : "?", near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static void check_value_name(lua_State *L, const char *name)
{
    if (!good_name(name)) front_error(L, "the name '%.60s' is not made of at most 200 letters, digits, _, . and -", name);
    if (!strcmp(name, "loss") || !strncmp(name, "d_", 2)) front_error(L, "the name %s is reserved: the loss is called loss, a gradient d_NAME", name);
}

static int set_global(lua_State *L)
{
    Front *f = front_of(L);
    f->depth = 0;
    const char *name = arena_copy(f->arena, luaL_checkstring(L, 2));
    int line = front_line(L, NULL);
    const Global *before = find_global(f, name);
    if (before) return front_error(L, "%s is assigned a second time; the first is at %s:%d", name, f->x->source.path, before->line);
    lua_getfield(L, LUA_REGISTRYINDEX, "builtins");
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    if (!lua_isnil(L, -1)) front_warn(f, line, "%s hides the constructor of that name from here on", name);
    lua_pop(L, 2);
    Handle *h = to_value(L, 3);
    if (h) {
        Experiment *x = f->x;
        check_value_name(L, name);
        for (int i = 0; i < x->n_outputs; i++)
            if (!strcmp(x->outputs[i].name, name) && x->outputs[i].value != h->value) return front_error(L, "%s is the name of another output, of line %d", name, x->outputs[i].line);
        for (int i = 0; i < x->n_fields; i++)
            if (x->fields[i].value == h->value && !x->fields[i].name) x->fields[i].name = name;
        name_global(f, name, h->value);
        if (!f->g->notes[h->value].name) f->g->notes[h->value].name = name;
        x->values = arena_grow(f->arena, x->values, x->n_values, &f->values_capacity, sizeof *x->values);
        x->values[x->n_values++] = (Named){name, h->value, line};
    }
    f->globals = arena_grow(f->arena, f->globals, f->n_globals, &f->globals_capacity, sizeof *f->globals);
    f->globals[f->n_globals++] = (Global){name, line, h ? h->value : 0};
    lua_getfield(L, LUA_REGISTRYINDEX, "globals");
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 3);
    lua_rawset(L, -3);
    return 0;
}

/* ---- option ---- */

static const char *json_of(lua_State *L, int index)
{
    Front *f = front_of(L);
    if (lua_type(L, index) == LUA_TBOOLEAN) return lua_toboolean(L, index) ? "true" : "false";
    if (lua_type(L, index) == LUA_TNUMBER) return c_double(f->arena, lua_tonumber(L, index));
    Text text = text_new(f->arena);
    text_add(&text, "\"");
    for (const char *c = lua_tostring(L, index); *c; c++)
        if (*c == '"' || *c == '\\') text_add(&text, "\\%c", *c);
        else if ((unsigned char)*c < 32) text_add(&text, "\\u%04x", *c);
        else text_add(&text, "%c", *c);
    text_add(&text, "\"");
    return text.chars;
}

/* The value of --set in place of the default on the stack, of the same type. */
static void apply_setting(lua_State *L, const char *name)
{
    Front *f = front_of(L);
    for (int i = 0; i < f->n_settings; i++) {
        if (strcmp(f->settings[i].name, name)) continue;
        const char *text = f->settings[i].value;
        char *end;
        if (lua_type(L, -1) == LUA_TBOOLEAN) {
            if (strcmp(text, "true") && strcmp(text, "false")) fail("%s: --set %s=%s: %s is true or false", f->x->source.path, name, text, name);
            lua_pop(L, 1);
            lua_pushboolean(L, !strcmp(text, "true"));
        } else if (lua_type(L, -1) == LUA_TNUMBER) {
            bool integer = lua_isinteger(L, -1);
            double number = strtod(text, &end);
            if (end == text || *end || !isfinite(number) || strpbrk(text, "xXpP")) fail("%s: --set %s=%s: %s is a number", f->x->source.path, name, text, name);
            lua_pop(L, 1);
            if (number == floor(number) && fabs(number) < 1e15) lua_pushinteger(L, (lua_Integer)number);
            else if (integer) fail("%s: --set %s=%s: %s is a whole number", f->x->source.path, name, text, name);
            else lua_pushnumber(L, number);
        } else {
            lua_pop(L, 1);
            lua_pushstring(L, text);
        }
    }
}

static int compare_options(const void *a, const void *b) { return strcmp(((const Option *)a)->name, ((const Option *)b)->name); }

static int declare_options(lua_State *L)   /* option { name = default, ... } */
{
    Front *f = front_of(L);
    Experiment *x = f->x;
    f->depth = 0;
    if (f->has_option) return front_error(L, "option: a second time; one call declares all");
    if (!lua_istable(L, 2)) return front_error(L, "option: %s, not a table of defaults", kind_text(L, 2));
    f->has_option = true;
    lua_getfield(L, LUA_REGISTRYINDEX, "options");
    int options = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, 2); lua_pop(L, 1)) {
        int type = lua_type(L, -1);
        if (lua_type(L, -2) != LUA_TSTRING || !good_name(lua_tostring(L, -2))) return front_error(L, "option: a name is %s, not letters, digits and _", kind_text(L, -2));
        const char *name = arena_copy(f->arena, lua_tostring(L, -2));
        if (type != LUA_TNUMBER && type != LUA_TBOOLEAN && type != LUA_TSTRING) return front_error(L, "option: %s is %s, not a number, a string, true or false", name, kind_text(L, -1));
        if (type == LUA_TNUMBER && !isfinite(lua_tonumber(L, -1))) return front_error(L, "option: %s is not finite", name);
        lua_pushvalue(L, -1);
        apply_setting(L, name);
        x->options = arena_grow(f->arena, x->options, x->n_options, &f->options_capacity, sizeof *x->options);
        x->options[x->n_options++] = (Option){name, json_of(L, lua_gettop(L))};
        lua_setfield(L, options, name);
    }
    qsort(x->options, (size_t)x->n_options, sizeof *x->options, compare_options);
    return 0;
}

static const char *near_option(Front *f, const char *name)
{
    const char *names[256];
    int n = 0;
    for (int i = 0; i < f->x->n_options && n < 256; i++) names[n++] = f->x->options[i].name;
    const char *near = nearest_name(name, n, names);
    return near ? arena_format(f->arena, "; did you mean '%s'?", near) : "";
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

/* ---- inputs and statements; each is called through the prelude, which checks arguments ---- */

static int p_input(lua_State *L)   /* shape or nil, classes */
{
    Front *f = front_of(L);
    Experiment *x = f->x;
    bool label = lua_isnil(L, 1);
    Type type = {.elem = label ? INT : REAL, .rank = 1, .dims = {BATCH_DIM}};
    int n = label ? 0 : (int)lua_rawlen(L, 1);
    if (!label && (n < 1 || n > MAX_RANK - 1)) return front_error(L, "%d axes, 1 to %d are possible", n, MAX_RANK - 1);
    for (int i = 1; i <= n; i++) {
        lua_rawgeti(L, 1, i);
        lua_Number size = lua_tonumber(L, -1);
        if (lua_type(L, -1) != LUA_TNUMBER || size != floor(size) || size < 1 || size > 1e9) return front_error(L, "axis %d is %s, not a whole number from 1 to 10^9", i, kind_text(L, -1));
        type.dims[type.rank++] = (Dim)size;
        lua_pop(L, 1);
    }
    int64_t ints[2 + MAX_RANK] = {type.elem, type.rank};
    for (int i = 0; i < type.rank; i++) ints[2 + i] = type.dims[i];
    Attr attr = attr_ints(f->arena, 2 + type.rank, ints);
    attr.text = arena_format(f->arena, "i%d", x->n_fields);
    Value v = graph_add(f->g, &op_input, 0, NULL, attr);
    if (x->n_fields >= RT_MAX_FIELDS) return front_error(L, "more than %d inputs", RT_MAX_FIELDS);
    x->fields = arena_grow(f->arena, x->fields, x->n_fields, &f->fields_capacity, sizeof *x->fields);
    x->fields[x->n_fields++] = (Field){.kind = label ? RT_FIELD_LABEL : RT_FIELD_IMAGE, .value = v, .classes = label ? luaL_checkinteger(L, 2) : 0, .line = f->line};
    push_value(L, v);
    return 1;
}

/* The classes of labels, 0 when the value is none. */
static int p_classes(lua_State *L)
{
    Front *f = front_of(L);
    Handle *h = to_value(L, 1);
    lua_Integer classes = 0;
    for (int i = 0; h && i < f->x->n_fields; i++)
        if (f->x->fields[i].value == h->value) classes = f->x->fields[i].classes;
    lua_pushinteger(L, classes);
    return 1;
}

static int p_minimize(lua_State *L)
{
    Front *f = front_of(L);
    Handle *h = to_value(L, 1);
    Type type = graph_at(f->g, h->value)->type;
    if (f->x->loss) return front_error(L, "a second time; the first is at %s:%d", f->x->source.path, f->x->loss_line);
    if (type.elem != REAL || type_count(type, 1) != 1 || type_has_batch(type)) return front_error(L, "the loss has shape %s, not one element: take its mean or sum", shape_of(f, type));
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
    if (!good_name(name) || !strcmp(name, "loss")) return front_error(L, "the name '%.60s' is not letters, digits, _, . and -, or it is loss", name);
    for (int i = 0; i < x->n_metrics; i++)
        if (!strcmp(x->metrics[i].name, name)) return front_error(L, "a second metric named %s; the first is at %s:%d", name, x->source.path, x->metrics[i].line);
    bool each = type.rank >= 1 && type.dims[0] == BATCH_DIM && type_count(type, 1) == 1, one = type_count(type, 1) == 1 && !type_has_batch(type);
    if (!each && !one) return front_error(L, "its value has shape %s, not [batch] or one element", shape_of(f, type));
    Value v = make_reshape(f->g, type.elem == INT ? make_unary(f->g, &op_to_real, h->value) : h->value, each, (Dim[]){BATCH_DIM});
    f->metric_hashes = arena_grow(f->arena, f->metric_hashes, x->n_metrics, &(int){f->metrics_capacity}, sizeof *f->metric_hashes);
    x->metrics = arena_grow(f->arena, x->metrics, x->n_metrics, &f->metrics_capacity, sizeof *x->metrics);
    f->metric_hashes[x->n_metrics] = arena_copy(f->arena, h->hash);
    x->metrics[x->n_metrics++] = (Named){name, v, f->line};
    return 0;
}

static int p_output(lua_State *L)
{
    Front *f = front_of(L);
    Experiment *x = f->x;
    const char *name = arena_copy(f->arena, lua_tostring(L, 1));
    Handle *h = to_value(L, 2);
    check_value_name(L, name);
    for (int i = 0; i < x->n_outputs; i++)
        if (!strcmp(x->outputs[i].name, name)) return front_error(L, "a second output named %s; the first is at %s:%d", name, x->source.path, x->outputs[i].line);
    for (int i = 0; i < x->n_values; i++)
        if (!strcmp(x->values[i].name, name) && x->values[i].value != h->value) return front_error(L, "%s is the name of another value, of line %d", name, x->values[i].line);
    f->output_hashes = arena_grow(f->arena, f->output_hashes, x->n_outputs, &(int){f->outputs_capacity}, sizeof *f->output_hashes);
    x->outputs = arena_grow(f->arena, x->outputs, x->n_outputs, &f->outputs_capacity, sizeof *x->outputs);
    f->output_hashes[x->n_outputs] = arena_copy(f->arena, h->hash);
    x->outputs[x->n_outputs++] = (Named){name, h->value, f->line};
    return 0;
}

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

static int p_train(lua_State *L)   /* the checked table of the prelude */
{
    Front *f = front_of(L);
    Experiment *x = f->x;
    if (x->has_train) return front_error(L, "a second time; the first is at %s:%d", x->source.path, x->train_line);
    x->has_train = true;
    x->train_line = f->line;
    RtTrain *t = &x->train;
    static const char *const optimizers[] = {"sgd", "adam", "adamw"}, *const schedules[] = {"constant", "step", "cosine", "one_cycle"};
    t->data = string_field(L, 1, "data");
    x->batch = (int64_t)number_field(L, 1, "batch");
    t->epochs = (int64_t)number_field(L, 1, "epochs");
    t->seed = (uint64_t)number_field(L, 1, "seed");
    t->validation = number_field(L, 1, "validation");
    t->clip = number_field(L, 1, "clip");
    lua_getfield(L, 1, "optimizer");
    int o = lua_gettop(L);
    const char *kind = string_field(L, o, "kind");
    for (int i = 0; i < 3; i++)
        if (!strcmp(kind, optimizers[i])) t->optimizer = (RtOptimizerKind)i;
    t->lr = number_field(L, o, "lr");
    t->momentum = number_field(L, o, "momentum");
    t->beta1 = number_field(L, o, "beta1");
    t->beta2 = number_field(L, o, "beta2");
    t->eps = number_field(L, o, "eps");
    t->weight_decay = number_field(L, o, "weight_decay");
    lua_getfield(L, o, "nesterov");
    t->nesterov = lua_toboolean(L, -1);
    bool decay_all = !strcmp(string_field(L, o, "decay"), "all");
    if (t->optimizer == RT_SGD) decay_all = true;    /* as PyTorch: its weight decay is part of the gradient of everything */
    for (int i = 0; i < x->n_parameters && decay_all; i++) x->parameters[i].decay = true;
    lua_getfield(L, LUA_REGISTRYINDEX, "globals");
    lua_pushboolean(L, decay_all);
    lua_setfield(L, LUA_REGISTRYINDEX, "decay_all");
    lua_getfield(L, 1, "schedule");
    int s = lua_gettop(L);
    kind = string_field(L, s, "kind");
    for (int i = 0; i < 4; i++)
        if (!strcmp(kind, schedules[i])) t->schedule = (RtScheduleKind)i;
    t->warmup = number_field(L, s, "warmup");
    t->final = number_field(L, s, "final");
    t->peak = number_field(L, s, "peak");
    t->factor = number_field(L, s, "factor");
    t->every = (int64_t)number_field(L, s, "every");
    return 0;
}

/* ---- scope and shared: they run the user's own functions ---- */

static const char *joined(Front *f, const char *scope, const char *name) { return scope ? arena_format(f->arena, "%s.%s", scope, name) : arena_copy(f->arena, name); }

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
    f->depth = 0;
    if (lua_type(L, 1) != LUA_TSTRING || !good_name(lua_tostring(L, 1))) return front_error(L, "scope: the name is %s, not letters, digits, _, . and -", kind_text(L, 1));
    if (lua_type(L, 2) != LUA_TFUNCTION || lua_gettop(L) != 2) return front_error(L, "scope: %s, not a function", kind_text(L, 2));
    return call_scoped(L, joined(f, f->scope, lua_tostring(L, 1)), 0);
}

static int call_shared(lua_State *L)   /* upvalues: the record, the function */
{
    Front *f = front_of(L);
    Shared *s = lua_touserdata(L, lua_upvalueindex(1)), *before = f->shared;
    f->depth = 0;
    if (s->calling) return front_error(L, "%s calls itself", s->name);
    s->calling = true;
    s->next = 0;
    f->shared = s;
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_insert(L, 1);
    int n = call_scoped(L, s->name, lua_gettop(L) - 1);
    if (s->replay && s->next != s->n) return front_error(L, "this call of %s makes %d parameters, the first made %d", s->name, s->next, s->n);
    s->replay = true;
    s->calling = false;
    f->shared = before;
    return n;
}

static int shared(lua_State *L)
{
    Front *f = front_of(L);
    f->depth = 0;
    if (lua_type(L, 1) != LUA_TSTRING || !good_name(lua_tostring(L, 1))) return front_error(L, "shared: the name is %s, not letters, digits, _, . and -", kind_text(L, 1));
    if (lua_type(L, 2) != LUA_TFUNCTION || lua_gettop(L) != 2) return front_error(L, "shared: %s, not a function", kind_text(L, 2));
    Shared *s = arena_alloc(f->arena, sizeof *s);
    s->name = joined(f, f->scope, lua_tostring(L, 1));
    lua_pushlightuserdata(L, s);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, call_shared, 2);
    return 1;
}

/* ---- the state ---- */

static void protected_table(lua_State *L, lua_CFunction get, lua_CFunction set, lua_CFunction call)
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

static void run_prelude(lua_State *L)   /* the primitives are on the stack */
{
    for (int i = 0; i < embedded_count(); i++) {
        Embedded file = embedded_at(i);
        if (strcmp(file.name, "prelude.lua")) continue;
        if (luaL_loadbufferx(L, file.start, (size_t)(file.end - file.start), "=prelude", "t")) bug("%s", lua_tostring(L, -1));
        lua_insert(L, -2);
        lua_call(L, 1, 0);
        return;
    }
    bug("there is no prelude");
}

static int open_state(lua_State *L)
{
    static const luaL_Reg more[] = {{"input", p_input}, {"classes", p_classes}, {"minimize", p_minimize}, {"metric", p_metric}, {"output", p_output}, {"train", p_train}, {NULL, NULL}};
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, "globals");
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, "options");
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, "builtins");
    open_harmless(L);
    protected_table(L, get_option, set_option, declare_options);
    lua_setfield(L, -2, "option");
    lua_pushcfunction(L, scope);
    lua_setfield(L, -2, "scope");
    lua_pushcfunction(L, shared);
    lua_setfield(L, -2, "shared");
    open_values(L);
    luaL_setfuncs(L, more, 0);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, "lua");          /* the prelude itself uses the harmless functions */
    run_prelude(L);
    lua_newtable(L);
    int n = 0;
    for (lua_pushnil(L); lua_next(L, -3); lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        lua_rawseti(L, -4, ++n);
    }
    lua_setfield(L, LUA_REGISTRYINDEX, "builtin_names");
    return 0;
}

static int run_file(lua_State *L)
{
    Front *f = front_of(L);
    if (luaL_loadbufferx(L, f->x->source.text, f->x->source.size, "=graph", "t")) return lua_error(L);
    protected_table(L, get_global, set_global, NULL);
    lua_setupvalue(L, -2, 1);
    lua_sethook(L, count_instructions, LUA_MASKCOUNT, HOOK_EVERY);
    f->memory_limit = most_memory;
    lua_call(L, 0, 0);
    return 0;
}

static int on_error(lua_State *L)
{
    Front *f = front_of(L);
    f->memory_limit = SIZE_MAX;      /* the message itself needs a little */
    lua_sethook(L, NULL, 0, 0);
    const char *message = lua_type(L, 1) == LUA_TSTRING ? lua_tostring(L, 1) : arena_format(f->arena, "graph:%d: error(): %s", front_line(L, NULL), kind_text(L, 1));
    lua_pushstring(L, front_message(L, message));
    return 1;
}

static void run_protected(lua_State *L, lua_CFunction function)
{
    lua_pushcfunction(L, on_error);
    lua_pushcfunction(L, function);
    int status = lua_pcall(L, 0, 0, -2);
    Front *f = front_of(L);
    if (status == LUA_ERRMEM) fail("%s:%d: the file needs more than %zu MB of memory", f->x->source.path, f->last_line, most_memory >> 20);
    if (status) fail("%s", lua_tostring(L, -1));
    lua_pop(L, 1);
}

/* Checks that need the whole file. */
static void finish_file(Front *f)
{
    Experiment *x = f->x;
    for (int i = 0; i < f->n_settings; i++) {
        bool known = false;
        for (int k = 0; k < x->n_options; k++) known = known || !strcmp(x->options[k].name, f->settings[i].name);
        if (!known) fail("%s: --set %s: there is no such option%s", x->source.path, f->settings[i].name, near_option(f, f->settings[i].name));
    }
    for (int i = 0; i < x->n_fields; i++)
        if (!x->fields[i].name) {
            const char *base = x->fields[i].kind == RT_FIELD_LABEL ? "label" : "image";
            x->fields[i].name = i < 2 ? base : arena_format(f->arena, "%s_%d", base, i);
        }
    lua_getfield(f->L, LUA_REGISTRYINDEX, "decay_all");
    if (lua_toboolean(f->L, -1))
        for (int i = 0; i < x->n_parameters; i++) x->parameters[i].decay = true;
    if (!x->has_train) x->batch = 128, x->train = (RtTrain){.data = "", .epochs = 1, .seed = 1, .lr = 1e-3, .optimizer = RT_SGD};
    if (!x->loss && !x->n_outputs && !x->n_values) fail("%s: the file names no value, no output and minimizes nothing", x->source.path);
    finish_names(f);
    hash_graph(f);
}

/* The text with every character that is not a letter, digit, _, . or - and not in `also` replaced by _. */
static const char *harmless(Arena *arena, const char *text, const char *also)
{
    char *copy = arena_copy(arena, *text ? text : "graph");
    for (char *c = copy; *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-", *c) && !strchr(also, *c)) *c = '_';
    if (copy[0] == '-' || copy[0] == '.') copy[0] = '_';
    return copy;
}

Experiment *load_text(Arena *arena, const char *path, const char *text, size_t size, int n_settings, const Setting *settings)
{
    Front *f = arena_alloc(arena, sizeof *f);
    f->arena = arena;
    f->g = graph_new(arena);
    f->x = arena_alloc(arena, sizeof *f->x);
    f->x->graph = f->g;
    f->n_settings = n_settings;
    f->settings = settings;
    f->memory_limit = SIZE_MAX;
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');
    const char *name = dot && dot > base ? arena_format(arena, "%.*s", (int)(dot - base), base) : base;
    /* the name becomes files, make targets and C names, the base name comments: nothing in them may mean anything there */
    f->x->source = (Source){path, harmless(arena, base, " ()[]{},;:!@#$%^&+=~'"), harmless(arena, name, ""), text, size};
    if (size && text[0] == '\033') fail("%s:1: the file is no text: it begins as compiled Lua does", path);
    f->g->on_error = on_graph_error;
    f->g->error_context = f;
    f->g->node_limit = most_nodes;
    lua_State *L = f->L = lua_newstate(limited_alloc, f);
    if (!L) fail("tailor: out of memory");
    *(Front **)lua_getextraspace(L) = f;
    run_protected(L, open_state);
    run_protected(L, run_file);
    finish_file(f);
    lua_close(L);
    f->g->on_error = NULL;
    f->g->line = 0;
    f->g->label = NULL;
    f->g->node_limit = 0;
    return f->x;
}

Experiment *load(Arena *arena, const char *path, int n_settings, const Setting *settings)
{
    RtText text = {0};
    RtError error = {0};
    if (!rt_file_read(path, MOST_FILE_BYTES, &text, &error)) fail("%s", error.text);
    const char *copy = arena_format(arena, "%.*s", (int)text.length, text.data ? text.data : "");
    if (strlen(copy) != text.length) fail("%s: there is a zero byte in the file, at byte %zu: it is no text", path, strlen(copy) + 1);
    Experiment *x = load_text(arena, path, copy, text.length, n_settings, settings);
    rt_text_free(&text);
    return x;
}
