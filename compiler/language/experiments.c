/* experiments.c - experiment{}: which graphs, options, data and seeds an experiment file compares. */
#include "language/language.h"
#include "language/study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rt_main.h"

enum { MOST_TEXT = 200, MOST_VARIANTS = 100000, MOST_CELLS = 1000000 };

/* A factor of a design: an option and its levels, as --set takes them. */
typedef struct Factor { const char *option; int n_levels; Setting *levels; } Factor;

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Pushes a field of the checked table; false: it was not given. */
static bool push_field(lua_State *L, const char *name) { return lua_getfield(L, 1, name) != LUA_TNIL; }

/* The text on top of the stack; where: the field that it is of. */
static const char *text_here(lua_State *L, const char *where)
{
    const int top = lua_gettop(L);
    if (lua_type(L, top) != LUA_TSTRING) front_error(L, "%s is %s, not a string", where, kind_text(L, top));
    const char *fault = option_fault(L, top);
    if (fault) front_error(L, "%s %s", where, fault);
    if (!lua_rawlen(L, top)) front_error(L, "%s is empty", where);
    if (lua_rawlen(L, top) > MOST_TEXT) front_error(L, "%s is longer than %d bytes", where, MOST_TEXT);
    return arena_copy(front_of(L)->arena, lua_tostring(L, top));
}

static const char *text_field(lua_State *L, const char *name, const char *otherwise)
{
    const char *text = push_field(L, name) ? text_here(L, name) : otherwise;
    lua_pop(L, 1);
    return text;
}

/* Is it the first of that name?  If so, it is known from now on. */
static bool is_first(lua_State *L, NameTable *names, const char *name)
{
    int *number = name_number(names, name);
    front_charge(L, 10);
    return !(*number)++;
}

/* A field that is a text or a list of texts.  *n 0: it was not given. */
static const char **texts_field(lua_State *L, const char *name, int *n)
{
    Arena *arena = front_of(L)->arena;
    const int list = lua_gettop(L) + 1;
    const bool given = push_field(L, name), is_list = lua_istable(L, list);
    *n = !given ? 0 : is_list ? (int)lua_rawlen(L, list) : 1;
    if (is_list && (stray_key(L, list) || !*n))
        front_error(L, "%s is %s, not a string or a list of them", name, kind_text(L, list));
    if (*n > MOST_VARIANTS) front_error(L, "%s has more than %d strings", name, MOST_VARIANTS);
    const char **texts = arena_array(arena, *n, sizeof *texts);
    NameTable known = name_table_new(arena);
    for (int i = 0; i < *n; i++) {
        if (is_list) lua_rawgeti(L, list, i + 1);
        texts[i] = text_here(L, is_list ? arena_format(arena, "%s[%d]", name, i + 1) : name);
        if (!is_first(L, &known, texts[i])) front_error(L, "%s names %s a second time", name, texts[i]);
        lua_settop(L, list);
    }
    lua_pop(L, 1);
    return texts;
}

/* The names that are keys of the table on top of the stack, sorted.  named: the element 1 is something else. */
static const char **names_here(lua_State *L, const char *where, bool named, int *n)
{
    Arena *arena = front_of(L)->arena;
    const int table = lua_gettop(L);
    const char **names = NULL;
    bool stray = false;
    int capacity = 0;
    *n = 0;
    front_charge_table(L);
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        if (named && lua_isinteger(L, -2) && lua_tointeger(L, -2) == 1) continue;
        const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
        stray = stray || !good_name(name);
        names = arena_grow(arena, names, *n, &capacity, sizeof *names);
        names[(*n)++] = arena_copy(arena, name);
    }
    if (stray) front_error(L, "%s has a key that is no name: letters, digits, _, . and -", where);
    if (*n) qsort(names, (size_t)*n, sizeof *names, compare_words);
    return names;
}

/* The value of an option on top of the stack. */
static Setting value_here(lua_State *L, const char *option, const char *where)
{
    const char *fault = option_fault(L, lua_gettop(L));
    if (fault) front_error(L, "%s %s", where, fault);
    if (lua_type(L, -1) == LUA_TSTRING && lua_rawlen(L, -1) > MOST_TEXT)
        front_error(L, "%s is longer than %d bytes", where, MOST_TEXT);
    const int type = lua_type(L, -1);
    return (Setting){option, option_text(L, lua_gettop(L)),
                     type == LUA_TNUMBER    ? SETTING_NUMBER
                     : type == LUA_TBOOLEAN ? SETTING_BOOLEAN
                                            : SETTING_STRING};
}

/* The options in the table on top of the stack, sorted by name. */
static Setting *settings_here(lua_State *L, const char *where, bool named, int *n)
{
    Arena *arena = front_of(L)->arena;
    const char **names = names_here(L, where, named, n);
    Setting *settings = arena_array(arena, *n, sizeof *settings);
    for (int i = 0; i < *n; i++) {
        lua_getfield(L, -1, names[i]);
        settings[i] = value_here(L, names[i], arena_format(arena, "%s.%s", where, names[i]));
        lua_pop(L, 1);
    }
    return settings;
}

static bool sets(int n, const Setting *settings, const char *option)
{
    for (int i = 0; i < n; i++)
        if (!strcmp(settings[i].name, option)) return true;
    return false;
}

/* ---- graphs and seeds ---- */

/* folder/text, where folder ends in a slash or is empty.  FOLDER/../ is left out of it if that is the same file. */
static const char *joined_path(Arena *arena, const char *folder, const char *text)
{
    const char *path = arena_format(arena, "%s%s", folder, text), *rest = text;
    size_t n = strlen(folder);
    while (n > 0 && !strncmp(rest, "../", 3)) {
        size_t start = n - 1;
        while (start > 0 && folder[start - 1] != '/') start--;
        if (folder[start] == '.' || folder[start] == '/') break;
        n = start, rest += 3;
    }
    const char *shorter = arena_format(arena, "%.*s%s", (int)n, folder, rest), *real = real_path(arena, path),
               *same = real_path(arena, shorter);
    return real && same && !strcmp(real, same) ? shorter : path;
}

/* The folder of the experiment file, with its slash; "": the working folder. */
static const char *own_folder(const Front *f)
{
    const char *of = f->x->source.path, *end = strrchr(of, '/');
    return arena_format(f->arena, "%.*s", end ? (int)(end - of) + 1 : 0, of);
}

static StudyGraph graph_here(lua_State *L, const char *name, const char *where)
{
    Front *f = front_of(L);
    const char *text = text_here(L, where), *slash = strrchr(text, '/'), *base = slash ? slash + 1 : text;
    const size_t n = strlen(base);
    if (n < 5 || strcmp(base + n - 4, ".lua")) front_error(L, "%s is '%s', not the path of a .lua file", where, text);
    if (*text == '/') front_error(L, "%s is '%s', not a path from the folder of this file", where, text);
    const char *path = joined_path(f->arena, own_folder(f), text), *root = root_folder(L), *last = strrchr(root, '/'),
               *real = real_path(f->arena, path);          /* of one that is not there, its reader says so */
    if (real && !holds(root, real))
        front_error(L, "%s is '%s', which lies outside of %s", where, text,
                    last && !strcmp(last, "/graphs") ? "the folder graphs that this file lies in"
                                                     : "the folder of this file");
    return (StudyGraph){name ? name : arena_format(f->arena, "%.*s", (int)n - 4, base), path};
}

static void read_graphs(lua_State *L, Study *s)
{
    Arena *arena = front_of(L)->arena;
    const bool one = push_field(L, "graph"), several = push_field(L, "graphs");
    if (one == several) front_error(L, one ? "it has both graph and graphs" : "graph is missing: the path of a file");
    if (several) {
        const char **names = names_here(L, "graphs", false, &s->n_graphs);
        if (!s->n_graphs) front_error(L, "graphs is empty");
        s->graphs = arena_array(arena, s->n_graphs, sizeof *s->graphs);
        for (int i = 0; i < s->n_graphs; i++) {
            lua_getfield(L, -1, names[i]);
            s->graphs[i] = graph_here(L, names[i], arena_format(arena, "graphs.%s", names[i]));
            lua_pop(L, 1);
        }
    } else {
        lua_pop(L, 1);
        s->n_graphs = 1;
        s->graphs = arena_array(arena, 1, sizeof *s->graphs);
        s->graphs[0] = graph_here(L, NULL, "graph");
    }
    lua_settop(L, 1);
}

static int compare_seeds(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void read_seeds(lua_State *L, Study *s)
{
    push_field(L, "seeds");
    s->n_seeds = (int)lua_rawlen(L, -1);
    if (!s->n_seeds) front_error(L, "seeds is empty: there is nothing to run");
    if (s->n_seeds > MOST_CELLS) front_error(L, "seeds has more than %d numbers", MOST_CELLS);
    const long long most = (long long)rt_flag_named("--seed", strlen("--seed"))->most;
    s->seeds = arena_array(front_of(L)->arena, s->n_seeds, sizeof *s->seeds);
    uint64_t *sorted = arena_array(front_of(L)->arena, s->n_seeds, sizeof *sorted);
    for (int i = 0; i < s->n_seeds; i++) {
        lua_rawgeti(L, -1, i + 1);
        const lua_Integer seed = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : -1;
        if (seed < 0 || seed > most)
            front_error(L, "seeds[%d] is %s, not a whole number from 0 to %lld", i + 1, kind_text(L, lua_gettop(L)),
                        most);
        s->seeds[i] = sorted[i] = (uint64_t)seed;
        lua_pop(L, 1);
    }
    qsort(sorted, (size_t)s->n_seeds, sizeof *sorted, compare_seeds);
    for (int i = 1; i < s->n_seeds; i++)
        if (sorted[i] == sorted[i - 1])
            front_error(L, "seeds has %llu twice: it would be the same run", (unsigned long long)sorted[i]);
    lua_pop(L, 1);
}

/* ---- variants ---- */

static Factor factor_here(lua_State *L, const char *option)
{
    Arena *arena = front_of(L)->arena;
    const char *where = arena_format(arena, "factors.%s", option);
    if (!lua_istable(L, -1) || stray_key(L, lua_gettop(L)) || !lua_rawlen(L, -1))
        front_error(L, "%s is %s, not a list of levels", where, kind_text(L, lua_gettop(L)));
    Factor factor = {.option = option, .n_levels = (int)lua_rawlen(L, -1)};
    if (factor.n_levels > MOST_VARIANTS) front_error(L, "%s has more than %d levels", where, MOST_VARIANTS);
    factor.levels = arena_array(arena, factor.n_levels, sizeof *factor.levels);
    NameTable known = name_table_new(arena);
    for (int i = 0; i < factor.n_levels; i++) {
        lua_rawgeti(L, -1, i + 1);
        factor.levels[i] = value_here(L, option, arena_format(arena, "%s[%d]", where, i + 1));
        lua_pop(L, 1);
        if (!is_first(L, &known, factor.levels[i].value))
            front_error(L, "%s has the level %s twice", where, factor.levels[i].value);
    }
    return factor;
}

/* The variant that has level[i] of factor i, called by what differs from the baseline. */
static StudyVariant variant_of(Arena *arena, int n, const Factor *factors, const int *level)
{
    StudyVariant v = {.n_settings = n, .settings = arena_array(arena, n, sizeof *v.settings)};
    Text name = text_new(arena);
    for (int i = 0; i < n; i++) {
        v.settings[i] = factors[i].levels[level[i]];
        if (level[i]) text_add(&name, "%s%s=%s", name.length ? " " : "", v.settings[i].name, v.settings[i].value);
    }
    v.name = name.length ? name.chars : "baseline";
    return v;
}

static void read_factors(lua_State *L, Study *s, bool grid)     /* the table is on top of the stack */
{
    Arena *arena = front_of(L)->arena;
    int n, n_variants = 1;
    const char **names = names_here(L, "factors", false, &n);
    Factor *factors = arena_array(arena, n, sizeof *factors);
    int *level = arena_array(arena, n, sizeof *level);
    for (int i = 0; i < n; i++) {
        lua_getfield(L, -1, names[i]);
        factors[i] = factor_here(L, names[i]);
        lua_pop(L, 1);
        if (sets(s->n_common, s->common, names[i])) front_error(L, "the option %s is in set and in factors", names[i]);
        const int64_t more = grid ? (int64_t)n_variants * factors[i].n_levels : n_variants + factors[i].n_levels - 1;
        if (more > MOST_VARIANTS) front_error(L, "its factors make more than %d variants", MOST_VARIANTS);
        n_variants = (int)more;
    }
    front_charge(L, (int64_t)n_variants * (n + 1) * 10);
    s->variants = arena_array(arena, n_variants, sizeof *s->variants);
    s->n_variants = n_variants;
    for (int i = 0; i < n_variants && grid; i++) {
        s->variants[i] = variant_of(arena, n, factors, level);
        for (int k = n - 1; k >= 0 && ++level[k] == factors[k].n_levels; k--) level[k] = 0;
    }
    if (grid) return;
    s->variants[0] = variant_of(arena, n, factors, level);
    for (int k = 0, i = 1; k < n; level[k++] = 0)
        for (level[k] = 1; level[k] < factors[k].n_levels; level[k]++)
            s->variants[i++] = variant_of(arena, n, factors, level);
}

static void read_list(lua_State *L, Study *s)                   /* the list is on top of the stack */
{
    Arena *arena = front_of(L)->arena;
    s->n_variants = (int)lua_rawlen(L, -1);
    if (!s->n_variants) front_error(L, "variants is empty");
    if (s->n_variants > MOST_VARIANTS) front_error(L, "there are more than %d variants", MOST_VARIANTS);
    s->variants = arena_array(arena, s->n_variants, sizeof *s->variants);
    for (int i = 0; i < s->n_variants; i++) {
        const char *where = arena_format(arena, "variants[%d]", i + 1);
        lua_rawgeti(L, -1, i + 1);
        if (!lua_istable(L, -1))
            front_error(L, "%s is %s, not { \"NAME\", OPTION = VALUE, ... }", where, kind_text(L, lua_gettop(L)));
        lua_rawgeti(L, -1, 1);
        s->variants[i].name = text_here(L, arena_format(arena, "the name of %s", where));
        lua_pop(L, 1);
        s->variants[i].settings = settings_here(L, where, true, &s->variants[i].n_settings);
        lua_pop(L, 1);
    }
}

static void read_variants(lua_State *L, Study *s)
{
    const char *design = text_field(L, "design", NULL);
    const bool factors = push_field(L, "factors"), variants = push_field(L, "variants");
    if (design && strcmp(design, "grid") && strcmp(design, "one_at_a_time"))
        front_error(L, "design is '%s', not 'grid' or 'one_at_a_time'", design);
    if (factors && variants) front_error(L, "it has both variants and factors");
    if (design && !factors) front_error(L, "design is '%s', and there are no factors", design);
    if (variants) read_list(L, s);
    lua_pop(L, 1);
    if (factors) read_factors(L, s, !design || !strcmp(design, "grid"));
    lua_pop(L, 1);
    if (!s->n_variants) {
        s->variants = arena_array(front_of(L)->arena, 1, sizeof *s->variants);
        s->variants[s->n_variants++].name = "baseline";
    }
    NameTable names = name_table_new(front_of(L)->arena);
    for (int i = 0; i < s->n_variants; i++)
        if (!is_first(L, &names, s->variants[i].name))
            front_error(L, "two variants are called %s", s->variants[i].name);
}

/* ---- match, maps, split ---- */

static void read_match(lua_State *L, Study *s)
{
    if (push_field(L, "match")) {
        if (lua_getfield(L, -1, "parameters") == LUA_TNIL)
            front_error(L, "match.parameters is missing: the option that is solved for");
        s->match_option = text_here(L, "match.parameters");
        lua_getfield(L, -2, "within");
        s->match_within = lua_tonumber(L, -1);
        for (int i = 0; i < s->n_variants; i++)
            if (sets(s->variants[i].n_settings, s->variants[i].settings, s->match_option))
                front_error(L, "match solves for %s, which the variant %s sets", s->match_option, s->variants[i].name);
    }
    lua_settop(L, 1);
}

static void read_maps(lua_State *L, Study *s)
{
    if (push_field(L, "maps")) {
        s->maps = arena_alloc(front_of(L)->arena, sizeof *s->maps);
        lua_getfield(L, 2, "kind");
        s->maps->kind = text_here(L, "maps.kind");
        if (lua_getfield(L, 2, "layer") != LUA_TNIL) s->maps->layer = text_here(L, "maps.layer");
        lua_getfield(L, 2, "images");
        s->maps->images = lua_tointeger(L, -1);
        lua_getfield(L, 2, "steps");
        s->maps->steps = lua_tointeger(L, -1);
    }
    lua_settop(L, 1);
}

/* Weights to begin with: of a file by its path from the folder of this one, or by a whole path. */
static void read_init(lua_State *L, Study *s)
{
    Front *f = front_of(L);
    int n;
    const char *init = text_field(L, "init", NULL), **except = texts_field(L, "init_except", &n);
    Text names = text_new(f->arena);
    if (n && !init) front_error(L, "init_except says what init leaves out, and there is no init");
    for (int i = 0; i < n; i++) {
        if (strchr(except[i], ',')) front_error(L, "init_except has '%s', which is no name", except[i]);
        text_add(&names, "%s%s", i ? "," : "", except[i]);
    }
    if (names.length >= sizeof ((RtInit *)NULL)->except) front_error(L, "init_except is too long");
    if (init) s->init = *init == '/' ? init : joined_path(f->arena, own_folder(f), init);
    if (n) s->init_except = names.chars;
}

static void refuse_too_many(lua_State *L, const Study *s)
{
    const int counts[] = {s->n_graphs, s->n_data ? s->n_data : 1, s->n_variants, s->n_seeds};
    int64_t cells = 1;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        cells *= counts[i];
        if (cells > MOST_CELLS) front_error(L, "it asks for more than %d cells", MOST_CELLS);
    }
}

static int p_experiment(lua_State *L)   /* the checked table of the prelude */
{
    Front *f = front_of(L);
    StudyFile *file = f->studies;
    refuse_in_part(L, "experiment");
    if (!file) return front_error(L, "this is a graph file; " EXPERIMENTS_ELSEWHERE);
    Study s = {.line = f->line.number, .margin = NAN};
    s.name = text_field(L, "name", f->x->source.name);
    for (int i = 0; i < file->n_studies; i++)
        if (!strcmp(file->studies[i].name, s.name))
            return front_error(L, "a second one is called %s; the first is at %s:%d", s.name, f->x->source.path,
                               file->studies[i].line);
    read_graphs(L, &s);
    s.data = texts_field(L, "data", &s.n_data);
    read_seeds(L, &s);
    if (push_field(L, "epochs")) s.epochs = lua_tointeger(L, -1);
    lua_pop(L, 1);
    if (push_field(L, "set")) s.common = settings_here(L, "set", false, &s.n_common);
    lua_pop(L, 1);
    read_variants(L, &s);
    refuse_too_many(L, &s);
    read_match(L, &s);
    read_maps(L, &s);
    read_init(L, &s);
    if (push_field(L, "margin")) s.margin = lua_tonumber(L, -1);
    lua_pop(L, 1);
    const char *split = text_field(L, "split", "test");
    s.validation = !strcmp(split, "validation");
    if (!s.validation && strcmp(split, "test"))
        return front_error(L, "split is '%s', not 'test' or 'validation'", split);
    s.compare = texts_field(L, "compare", &s.n_compare);
    if (!s.n_compare) {
        s.compare = arena_array(f->arena, 1, sizeof *s.compare);
        s.compare[s.n_compare++] = s.validation ? "val_accuracy" : "test_accuracy";
    }
    file->studies = arena_grow(f->arena, file->studies, file->n_studies, &f->studies_capacity, sizeof *file->studies);
    file->studies[file->n_studies++] = s;
    return 0;
}

void open_experiments(lua_State *L)
{
    lua_pushcfunction(L, p_experiment);
    lua_setfield(L, -2, "experiment");
}
