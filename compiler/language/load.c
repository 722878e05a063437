/* load.c - a graph file is run in a sandbox and becomes an Experiment.
 *
 * The file sees constructors and harmless functions, but nothing that depends on the machine, the time or the order of
 * tables.  Memory, instructions and nodes are limited (limits.c), so that a file from a stranger can be opened. */
#include "language/language.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const int64_t most_nodes = 200000;

/* The text of a shape rule begins with the op's name.  A person knows only the constructor, which replaces it. */
static void on_graph_error(void *context, const char *text)
{
    Front *f = context;
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
    front_error(f->L, "%s", f->constructor && !strncmp(text + n, ": ", 2) ? text + n + 2 : text);
}

/* ---- globals ---- */

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

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
    if (name && find_global(f, name)) return lua_pushnil(L), 1;      /* it was given nil */
    int n = 0;
    for (int i = 0; i < f->n_globals && n < 256; i++) candidates[n++] = f->globals[i].name;
    lua_getfield(L, LUA_REGISTRYINDEX, "builtin_names");
    for (int i = 1; n < 512 && lua_rawgeti(L, -1, i) == LUA_TSTRING; i++) {
        candidates[n++] = arena_copy(f->arena, lua_tostring(L, -1));
        lua_pop(L, 1);
    }
    /* the order of a Lua table differs from run to run */
    qsort(candidates, (size_t)n, sizeof *candidates, compare_words);
    const char *near = name ? did_you_mean(f->arena, name, n, candidates, "'") : "";
    f->depth = 0;
    return front_error(L, "there is no '%.80s'%s", name ? name : "?", near);
}

static int set_global(lua_State *L)
{
    Front *f = front_of(L);
    const int depth = f->depth;          /* above 0 in the functions of custom{}: its call goes on */
    f->depth = 0;
    const char *name = arena_copy(f->arena, luaL_checkstring(L, 2));
    const Line line = front_line(L, NULL);
    const Global *before = find_global(f, name);
    if (before)
        return front_error(L, "%s is assigned a second time; the first is at %s", name,
                           line_text(f->arena, before->line));
    lua_getfield(L, LUA_REGISTRYINDEX, "builtins");
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    if (!lua_isnil(L, -1)) front_warn(f, line, "%s hides the constructor of that name from here on", name);
    lua_pop(L, 2);
    Handle *h = to_value(L, 3);
    if (h) {
        Experiment *x = f->x;
        check_value_name(L, name);
        const Named *output = named_before(&f->output_numbers, x->outputs, name);
        if (output && output->value != h->value)
            return front_error(L, "%s is the name of another output, of %s", name,
                               line_short(f->arena, output->line));
        for (int i = 0; i < x->n_fields; i++)
            if (x->fields[i].value == h->value && !x->fields[i].name) x->fields[i].name = name;
        name_global(f, name, h->value);
        if (!f->g->notes[h->value].name) f->g->notes[h->value].name = name;
        x->values = arena_grow(f->arena, x->values, x->n_values, &f->values_capacity, sizeof *x->values);
        x->values[x->n_values++] = (Named){name, h->value, line};
    }
    f->globals = arena_grow(f->arena, f->globals, f->n_globals, &f->globals_capacity, sizeof *f->globals);
    f->globals[f->n_globals++] = (Global){name, line, h ? h->value : 0};
    *name_number(&f->global_numbers, name) = f->n_globals;
    lua_getfield(L, LUA_REGISTRYINDEX, "globals");
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 3);
    lua_rawset(L, -3);
    f->depth = depth;
    return 0;
}

/* ---- the state ---- */

static void run_prelude(lua_State *L)   /* the primitives are on the stack */
{
    /* later ones use the first */
    static const char *const files[] = {"prelude.lua", "prelude_layers.lua", "prelude_losses.lua", "prelude_cam.lua",
                                        "prelude_experiments.lua"};
    for (size_t k = 0; k < sizeof files / sizeof *files; k++)
        for (int i = 0; i < embedded_count(); i++) {
            Embedded file = embedded_at(i);
            if (strcmp(file.name, files[k])) continue;
            if (luaL_loadbufferx(L, file.start, (size_t)(file.end - file.start), "=prelude", "t"))
                bug("%s", lua_tostring(L, -1));
            lua_pushvalue(L, -2);
            lua_call(L, 1, 0);
        }
    lua_pop(L, 1);
}

static int open_state(lua_State *L)
{
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, "globals");
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, "options");
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, "layer_names");
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, "builtins");
    open_harmless(L);
    open_option(L);
    lua_setfield(L, -2, "option");
    open_use(L);
    open_scopes(L);
    open_values(L);
    open_primitives(L);
    open_leaves(L);
    open_functions(L);
    open_statements(L);
    open_training(L);
    open_experiments(L);
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
    front_limit(L);
    protected_table(L, get_global, set_global, NULL);
    lua_setfield(L, LUA_REGISTRYINDEX, "environment");
    push_chunk(L, 0);
    f->files[0]->running = true;
    lua_call(L, 0, 0);
    return 0;
}

static int on_error(lua_State *L)
{
    Front *f = front_of(L);
    front_unlimit(L);                /* the message itself needs a little */
    const char *raised = lua_type(L, 1) == LUA_TSTRING ? lua_tostring(L, 1)
                                                       : arena_format(f->arena, "error(): %s", kind_text(L, 1));
    lua_pushstring(L, f->said = front_message(L, raised));      /* an error of Lua's parser comes here twice */
    return 1;
}

static void run_protected(lua_State *L, lua_CFunction function)
{
    lua_pushcfunction(L, on_error);
    lua_pushcfunction(L, function);
    int status = lua_pcall(L, 0, 0, -2);
    Front *f = front_of(L);
    if (status == LUA_ERRMEM) front_out_of_memory(f);
    if (status == LUA_ERRERR) fail_at(f->last_line, "calls are nested too deep");
    if (status) fail("%s", lua_tostring(L, -1));
    lua_pop(L, 1);
}

static bool is_field_before(const Experiment *x, int i)
{
    for (int k = 0; k < i; k++)
        if (!strcmp(x->fields[k].name, x->fields[i].name)) return true;
    return false;
}

/* Each name means one value, since feeds and results go by names.  The table of names is on the stack. */
static void claim_name(Front *f, const char *name, Value v, Line line)
{
    lua_State *L = f->L;
    lua_getfield(L, -1, name);
    if (!lua_isnil(L, -1) && lua_tointeger(L, -1) != v)
        fail_at(line,
                "%s is the name of two things: an input, a parameter, a value, an output or a gradient has it already",
                name);
    lua_pop(L, 1);
    lua_pushinteger(L, v);
    lua_setfield(L, -2, name);
}

/* Refuses names under which written files hold data of their own.  fed: it is the name of a feed. */
static void refuse_reserved(const char *name, Line line, bool fed)
{
    if (!strcmp(name, "__metadata__"))
        fail_at(line, "the name %s is reserved: safetensors files say under it what is no tensor", name);
    if (fed && !strcmp(name, "sample"))
        fail_at(line, "the name %s is reserved: feeds hold the numbers of the samples under it", name);
}

/* Each name means one thing in the file that `grad` writes, too: a value, an output, a gradient or a new state. */
static void claim_results(Front *f)
{
    const Experiment *x = f->x;
    lua_newtable(f->L);
    for (int i = 0; i < x->n_values; i++) claim_name(f, x->values[i].name, x->values[i].value, x->values[i].line);
    for (int i = 0; i < x->n_outputs; i++) claim_name(f, x->outputs[i].name, x->outputs[i].value, x->outputs[i].line);
    for (int i = 0; i < x->n_parameters && x->loss; i++)
        claim_name(f, arena_format(f->arena, "d_%s", x->parameters[i].name), -x->parameters[i].value,
                   x->parameters[i].line);
    for (int i = 0; i < x->n_fields && x->loss; i++)
        if (graph_at(f->g, x->fields[i].value)->type.elem == REAL)
            claim_name(f, arena_format(f->arena, "d_%s", x->fields[i].name), -x->fields[i].value, x->fields[i].line);
    for (int i = 0; i < x->n_states; i++)
        if (x->states[i].next) claim_name(f, x->states[i].name, x->states[i].value, x->states[i].line);
    lua_pop(f->L, 1);
}

static int settle_names(lua_State *L)
{
    Front *f = front_of(L);
    const Experiment *x = f->x;
    finish_names(f);
    if (f->map) return 0;                /* the outputs are ours; the file's own names were checked before */
    for (int i = 0; i < x->n_fields; i++) refuse_reserved(x->fields[i].name, x->fields[i].line, true);
    for (int i = 0; i < x->n_parameters; i++) refuse_reserved(x->parameters[i].name, x->parameters[i].line, true);
    for (int i = 0; i < x->n_states; i++) refuse_reserved(x->states[i].name, x->states[i].line, true);
    for (int i = 0; i < x->n_values; i++) refuse_reserved(x->values[i].name, x->values[i].line, false);
    for (int i = 0; i < x->n_outputs; i++) refuse_reserved(x->outputs[i].name, x->outputs[i].line, false);
    for (int i = 0; i < x->n_metrics; i++) refuse_reserved(x->metrics[i].name, x->metrics[i].line, false);
    lua_newtable(L);
    for (int i = 0; i < x->n_fields; i++) claim_name(f, x->fields[i].name, x->fields[i].value, x->fields[i].line);
    for (int i = 0; i < x->n_parameters; i++)
        claim_name(f, x->parameters[i].name, x->parameters[i].value, x->parameters[i].line);
    for (int i = 0; i < x->n_states; i++) claim_name(f, x->states[i].name, x->states[i].value, x->states[i].line);
    for (int i = 0; i < x->n_values; i++) claim_name(f, x->values[i].name, x->values[i].value, x->values[i].line);
    for (int i = 0; i < x->n_outputs; i++) claim_name(f, x->outputs[i].name, x->outputs[i].value, x->outputs[i].line);
    claim_results(f);
    return 0;
}

/* The gradient that is given to a custom backward stands for one that will arrive later.  Only the values that backward
 * returns may be made of it. */
static void refuse_placeholders(Front *f)
{
    const Experiment *x = f->x;
    const Graph *g = f->g;
    bool *uses = arena_array(f->arena, g->n, sizeof *uses);
    for (Value v = 1; v < g->n; v++) {
        uses[v] = graph_at(g, v)->op == &op_placeholder;
        for (int i = 0; i < graph_at(g, v)->n_in; i++) uses[v] = uses[v] || uses[graph_at(g, v)->in[i]];
    }
    static const char why[] = "is made of the gradient that a backward is given, which has no value outside of it";
    const struct {
        int n;
        const Named *list;
    } lists[] = {{x->n_values, x->values}, {x->n_outputs, x->outputs}, {x->n_metrics, x->metrics}};
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
        for (int i = 0; i < lists[k].n; i++)
            if (uses[lists[k].list[i].value])
                fail_at(lists[k].list[i].line, "%s %s", lists[k].list[i].name, why);
    for (int i = 0; i < x->n_states; i++)
        if (x->states[i].next && uses[x->states[i].next])
            fail_at(x->states[i].line, "%s %s", x->states[i].name, why);
    if (x->loss && uses[x->loss]) fail_at(x->loss_line, "the loss %s", why);
}

/* Checks that need the whole file. */
static void finish_file(Front *f)
{
    Experiment *x = f->x;
    finish_uses(f);
    for (int i = 0; i < f->n_settings; i++) {
        bool known = false;
        for (int k = 0; k < x->n_options; k++) known = known || !strcmp(x->options[k].name, f->settings[i].name);
        if (!known)
            fail("%s: --set %s: there is no such option%s", x->source.path, f->settings[i].name,
                 near_option(f, f->settings[i].name));
    }
    for (int i = 0; i < x->n_fields; i++)
        if (!x->fields[i].name) {
            const char *base = x->fields[i].kind == RT_FIELD_LABEL ? "label" : "image";
            x->fields[i].name = base;
            for (int k = 2; find_global(f, x->fields[i].name) || is_field_before(x, i); k++)
                x->fields[i].name = arena_format(f->arena, "%s_%d", base, k);
        }
    lua_getfield(f->L, LUA_REGISTRYINDEX, "decay_all");
    if (lua_toboolean(f->L, -1))
        for (int i = 0; i < x->n_parameters; i++) x->parameters[i].decay = true;
    if (!x->has_train)
        x->batch = 128,
        x->train = (RtTrain){.data = "", .epochs = 1, .seed = 1, .lr = 1e-3, .optimizer = "sgd", .batch = 128};
    for (int i = 0, n = x->train.normalize.n; i < x->n_fields && n > 1; i++) {
        Type type = graph_at(x->graph, x->fields[i].value)->type;
        Dim channels = type.rank == 4 ? type.dims[3] : 1;
        if (x->fields[i].kind == RT_FIELD_IMAGE && type.rank != 2 && channels != n)
            fail_at(x->train_line, "train: normalize has %d numbers, %s has %lld channel%s", n, x->fields[i].name,
                    (long long)channels, channels == 1 ? "" : "s");
    }
    for (int i = 0; i < x->n_fields; i++)
        if (x->fields[i].kind == RT_FIELD_LABEL && x->train.sampler.classes > x->fields[i].classes)
            fail_at(x->train_line, "train: the sampler draws %lld classes, %s has %lld",
                    (long long)x->train.sampler.classes, x->fields[i].name, (long long)x->fields[i].classes);
    for (int i = 0; i < x->n_fields; i++)
        if (x->fields[i].kind == RT_FIELD_VIEW && x->has_train && x->train.views != 2)
            fail_at(x->fields[i].line,
                    "view: the second view of an image needs train { views = 2 }; train{} of %s has views = %d",
                    line_short(f->arena, x->train_line), (int)x->train.views);
    if (!x->loss && !x->n_outputs && !x->n_values)
        fail("%s: the file names no value, no output and minimizes nothing", x->source.path);
    run_protected(f->L, settle_names);
    refuse_placeholders(f);
    identify_leaves(x);
    settle_frozen(x);
    if (!f->map) hash_graph(f);
}

/* The state for a file, before it runs.  path NULL: its text is that of standard input. */
static Front *front_new(Arena *arena, const char *path, const char *text, size_t size)
{
    Front *f = arena_alloc(arena, sizeof *f);
    f->arena = arena;
    f->g = graph_new(arena);
    f->global_numbers = name_table_new(arena);
    f->output_numbers = name_table_new(arena);
    f->metric_numbers = name_table_new(arena);
    f->shared_numbers = name_table_new(arena);
    f->use_numbers = name_table_new(arena);
    f->from_stdin = !path;
    if (!path) path = "stdin";
    f->g->largest_tile = 2;          /* train{ accuracy = } may set another */
    f->x = arena_alloc(arena, sizeof *f->x);
    f->x->graph = f->g;
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');
    const char *name = dot && dot > base ? arena_format(arena, "%.*s", (int)(dot - base), base) : base;
    /* Files of an emitted folder have these names, or its C names and the runtime's begin with them, as do types of the
     * runtime with those of rt-x, rtX and RtX.  A graph with such a name gets a word behind it. */
    static const char *const taken[] = {"runtime", "Makefile", "makefile", "GNUmakefile", "build.log", "clean", "check",
                                        "next",    "run",      "fwd",      "bwd",         "combine",   "update"};
    bool is_taken = (!strncmp(name, "rt", 2) || !strncmp(name, "Rt", 2)) && !islower((unsigned char)name[2]) &&
                    !isdigit((unsigned char)name[2]);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) is_taken |= !strcmp(name, taken[i]);
    if (is_taken) name = arena_format(arena, "%s_graph", name);
    /* The name becomes part of files, make targets and C names; the base name, of comments.  No character of them may
     * have a meaning there. */
    f->x->source = (Source){.path = path, .base = harmless(arena, base, " ()[]{},;:!@#$%^&+=~'"),
                            .name = harmless(arena, name, ""), .text = text, .size = size};
    add_file(f, &f->x->source);
    f->last_line.source = &f->x->source;
    if (size && text[0] == '\033') fail("%s:1: the file is no text: it begins as compiled Lua does", path);
    f->g->on_error = on_graph_error;
    f->g->error_context = f;
    f->g->node_limit = most_nodes;
    lua_State *L = f->L = lua_newstate(front_alloc, f);
    if (!L) fail("tailor: out of memory");
    *(Front **)lua_getextraspace(L) = f;
    run_protected(L, open_state);
    return f;
}

static Experiment *load_with(Arena *arena, const char *path, const char *text, size_t size, int n_settings,
                             const Setting *settings, const MapRequest *map, MapPlace *place)
{
    Front *f = front_new(arena, path, text, size);
    f->map = map;
    f->place = place;
    f->n_settings = n_settings;
    f->settings = settings;
    run_protected(f->L, run_file);
    if (map) run_protected(f->L, add_map);
    finish_file(f);
    lua_close(f->L);
    f->g->on_error = NULL;
    f->g->line = (Line){0};
    f->g->label = NULL;
    f->g->node_limit = 0;
    return f->x;
}

/* The text of a file.  *path - is standard input, and becomes NULL. */
static const char *text_of_file(Arena *arena, const char **path)
{
    const char *fault;
    if (!strcmp(*path, "-")) *path = NULL;
    const char *text = graph_text(arena, *path, &fault);
    if (fault) fail("%s", fault);
    return text;
}

Experiment *load_text(Arena *arena, const char *path, const char *text, size_t size, int n_settings,
                      const Setting *settings)
{
    return load_with(arena, path, text, size, n_settings, settings, NULL, NULL);
}

Experiment *load(Arena *arena, const char *path, int n_settings, const Setting *settings)
{
    const char *text = text_of_file(arena, &path);
    return load_with(arena, path, text, strlen(text), n_settings, settings, NULL, NULL);
}

Experiment *load_map(Arena *arena, const char *path, int n_settings, const Setting *settings, const MapRequest *request,
                     MapPlace *place)
{
    const char *text = text_of_file(arena, &path);
    return load_with(arena, path, text, strlen(text), n_settings, settings, request, place);
}

StudyFile *load_studies(Arena *arena, const char *path)
{
    const char *text = text_of_file(arena, &path);
    Front *f = front_new(arena, path, text, strlen(text));
    f->studies = arena_alloc(arena, sizeof *f->studies);
    f->studies->source = f->x->source;
    run_protected(f->L, run_file);
    lua_close(f->L);
    if (!f->studies->n_studies) fail("%s: the file has no experiment{}", f->x->source.path);
    return f->studies;
}
