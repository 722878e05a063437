/* use.c - use "part.lua": a graph file made of parts.
 *
 * A part runs once, in the sandbox of the graph file and with its globals, and gives what it returns.  Its path starts
 * from the folder of the file that says it.  The file that the path leads to, without links, must lie at or below the
 * root: the nearest folder called graphs that holds the graph file, else the graph file's own folder. */
#include "language/language.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_FILES = 256, MOST_USES = 1024, MOST_NESTED = 64, MOST_PATH = 1000, A_USE = 1000 };

/* ---- folders: absolute, without links; the root of the file system is "" ---- */

const char *real_path(Arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    const char *copy = real ? arena_copy(arena, strcmp(real, "/") ? real : "") : NULL;
    free(real);
    return copy;
}

static const char *folder_of(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_format(arena, "%.*s", (int)(slash - path), path) : path;
}

bool holds(const char *folder, const char *path)
{
    const size_t n = strlen(folder);
    return !strncmp(folder, path, n) && (path[n] == '/' || !path[n]);
}

/* The deepest folder that holds both. */
static const char *common_folder(Arena *arena, const char *a, const char *b)
{
    while (!holds(a, b)) a = folder_of(arena, a);
    return a;
}

/* The root, as messages name it, with a / behind it: the graph file's folder as it was given, without its last parts or
 * with .. behind it; where that is another folder, the root itself. */
static const char *shown_root(Front *f, const char *given, const char *folder)
{
    Arena *arena = f->arena;
    const char *shorter = given, *longer = *given ? given : "/";
    for (const char *c = folder + strlen(f->root); *c; c++) {
        if (*c != '/') continue;
        const char *slash = strrchr(shorter, '/'), *last = slash ? slash + 1 : shorter;
        const bool plain = *last && strcmp(last, ".") && strcmp(last, "..");
        shorter = !plain ? "" : slash ? arena_format(arena, "%.*s", (int)(slash - shorter), shorter) : ".";
        longer = !strcmp(longer, ".") ? ".." : arena_format(arena, "%s/..", longer);
    }
    const char *const ways[] = {shorter, longer};
    for (int i = 0; i < 2; i++) {
        const char *real = *ways[i] ? real_path(arena, ways[i]) : NULL;
        if (real && !strcmp(real, f->root)) return strcmp(ways[i], ".") ? arena_format(arena, "%s/", ways[i]) : "";
    }
    return arena_format(arena, "%s/", f->root);
}

/* Finds out where the graph file lies. */
static void find_root(lua_State *L)
{
    Front *f = front_of(L);
    GraphFile *graph = f->files[0];
    const char *path = graph->source->path, *slash = strrchr(path, '/'),
               *given = f->from_stdin || !slash ? "." : arena_format(f->arena, "%.*s", (int)(slash - path), path);
    graph->real = f->from_stdin ? NULL : real_path(f->arena, path);
    graph->folder = graph->real ? folder_of(f->arena, graph->real) : real_path(f->arena, *given ? given : "/");
    if (!graph->folder) front_error(L, "the folder of this file cannot be found: %s", strerror(errno));
    graph->place = arena_format(f->arena, "%s/%s", graph->folder, slash ? slash + 1 : path);
    f->common = f->root = graph->folder;
    for (const char *at = f->from_stdin ? "" : graph->folder; *at; at = folder_of(f->arena, at))
        if (!strcmp(strrchr(at, '/'), "/graphs")) {
            f->root = at;
            break;
        }
    f->shown_root = shown_root(f, given, graph->folder);
}

const char *root_folder(lua_State *L)
{
    Front *f = front_of(L);
    if (!f->root) find_root(L);
    return f->root;
}

/* ---- finding a part ---- */

/* Follows the path by its words alone, without links, as a copy of the files will have it, and takes note of the
 * folders on the way. */
static void walk(Front *f, const char *folder, const char *path)
{
    for (const char *word = path, *end; *word; word = *end ? end + 1 : end) {
        end = strchr(word, '/');
        if (!end) end = word + strlen(word);
        const size_t n = (size_t)(end - word);
        if (n == 2 && !memcmp(word, "..", 2)) folder = folder_of(f->arena, folder);
        else if (*end && n && !(n == 1 && *word == '.'))
            folder = arena_format(f->arena, "%s/%.*s", folder, (int)n, word);
        f->common = common_folder(f->arena, f->common, folder);
    }
}

/* "a.lua -> b.lua -> a.lua": the files that run, from the one that was to be used again. */
static const char *cycle_text(Front *f, int file)
{
    Text text = text_new(f->arena);
    for (int i = file; i < f->n_files; i++)
        if (f->files[i]->running) text_add(&text, "%s -> ", f->files[i]->source->path);
    text_add(&text, "%s", f->files[file]->source->path);
    return text.chars;
}

/* The file at a real path that is not known yet.  Returns its number. */
static int open_part(lua_State *L, const char *real, Line here)
{
    Front *f = front_of(L);
    const char *fault = NULL, *below = real + strlen(f->root) + 1;
    if ((fault = text_fault(below))) front_error(L, "use: the name of the file that it leads to %s", fault);
    if (f->n_files > MOST_FILES) front_error(L, "use: more than %d files", MOST_FILES);
    Source *source = arena_alloc(f->arena, sizeof *source);
    const char *path = arena_format(f->arena, "%s%s", f->shown_root, below), *text = graph_text(f->arena, real, &fault);
    if (fault) front_error(L, "use: %s%s", path, fault + (strncmp(fault, real, strlen(real)) ? 0 : strlen(real)));
    *source = (Source){.path = path, .base = path, .text = text, .size = strlen(text), .used = here};
    if (*text == '\033') front_error(L, "use: %s is no text: it begins as compiled Lua does", path);
    front_charge(L, (int64_t)source->size);
    const int file = add_file(f, source);
    f->files[file]->real = f->files[file]->place = real;
    f->files[file]->folder = folder_of(f->arena, real);
    return file;
}

/* The number of the file that the path leads to, from a file. */
static int find_part(lua_State *L, int by, const char *path, Line here)
{
    Front *f = front_of(L);
    const char *real = real_path(f->arena, arena_format(f->arena, "%s/%s", f->files[by]->folder, path));
    struct stat about;
    if (!real && errno == ENOENT) front_error(L, "use: '%s': there is no such file", path);
    if (!real) front_error(L, "use: '%s': %s", path, strerror(errno));
    if (!holds(f->root, real))
        front_error(L, "use: '%s' lies outside of %s", path, *f->shown_root ? f->shown_root : "this folder");
    if (stat(real, &about) || !S_ISREG(about.st_mode))
        front_error(L, "use: '%s' is %s, not a file", path, S_ISDIR(about.st_mode) ? "a folder" : "a pipe or a device");
    for (int i = 0; i < f->n_files; i++)
        if (f->files[i]->real && !strcmp(f->files[i]->real, real)) return i;
    return open_part(L, real, here);
}

static const char *path_argument(lua_State *L)
{
    size_t n = 0;
    const char *path = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &n) : NULL, *fault;
    if (!path) front_error(L, "use: the path is %s, not a string", kind_text(L, 1));
    if (lua_gettop(L) != 1) front_error(L, "use: %d arguments, it takes a path", lua_gettop(L));
    if (strlen(path) != n) front_error(L, "use: the path has a zero byte in it");
    if ((fault = text_fault(path))) front_error(L, "use: the path %s", fault);
    if (n > MOST_PATH) front_error(L, "use: a path of %zu bytes, against at most %d", n, MOST_PATH);
    if (*path == '/') front_error(L, "use: '%s' is absolute; a path starts from the folder of this file", path);
    if (n < 4 || strcmp(path + n - 4, ".lua")) front_error(L, "use: '%s' does not end in .lua", path);
    return path;
}

/* ---- use ---- */

/* Runs the chunk of a part outside of every scope, and leaves what it returns in the table `used`. */
static void run_part(lua_State *L, int file)
{
    Front *f = front_of(L);
    const char *scope = f->scope;
    Shared *shared = f->shared;
    if (f->nested == MOST_NESTED) front_error(L, "use: more than %d files use one another", MOST_NESTED);
    f->nested++;
    f->scope = NULL, f->shared = NULL;
    f->files[file]->running = true;
    const int top = lua_gettop(L);
    push_chunk(L, file);
    lua_call(L, 0, LUA_MULTRET);
    f->files[file]->running = false;
    f->scope = scope, f->shared = shared;
    f->nested--;
    const int n = lua_gettop(L) - top;
    lua_createtable(L, n, 1);
    lua_insert(L, top + 1);
    for (int i = n; i > 0; i--) lua_rawseti(L, top + 1, i);
    lua_pushinteger(L, n);
    lua_setfield(L, top + 1, "n");
    lua_getfield(L, LUA_REGISTRYINDEX, "used");
    lua_insert(L, top + 1);
    lua_rawseti(L, top + 1, file);
    lua_settop(L, top);
}

static int push_results(lua_State *L, int file)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "used");
    lua_rawgeti(L, -1, file);
    const int results = lua_gettop(L);
    lua_getfield(L, results, "n");
    const int n = (int)lua_tointeger(L, -1);
    front_charge(L, n);
    luaL_checkstack(L, n + 1, "too many values of a part");
    for (int i = 1; i <= n; i++) lua_rawgeti(L, results, i);
    return n;
}

static int use(lua_State *L)
{
    Front *f = front_of(L);
    if (f->depth) return front_error(L, "use in a function of custom{}: a file is used before it");
    front_charge(L, A_USE);
    const char *path = path_argument(L);
    const Line here = front_line(L, NULL);
    int by = 0;
    while (f->files[by]->source != here.source) by++;
    root_folder(L);
    const char *key = arena_format(f->arena, "%d:%s", by, path);
    int file = name_known(&f->use_numbers, key);
    if (!file) {
        if (f->x->n_uses == MOST_USES) return front_error(L, "use: more than %d different paths", MOST_USES);
        file = find_part(L, by, path, here);
        walk(f, f->files[by]->folder, path);
        f->common = common_folder(f->arena, f->common, f->files[file]->folder);
        f->x->uses = arena_grow(f->arena, f->x->uses, f->x->n_uses, &f->uses_capacity, sizeof *f->x->uses);
        f->x->uses[f->x->n_uses++] = (Use){here.source, f->files[file]->source, arena_copy(f->arena, path)};
        *name_number(&f->use_numbers, key) = file;
    }
    if (f->files[file]->running) return front_error(L, "use: a circle: %s", cycle_text(f, file));
    lua_getfield(L, LUA_REGISTRYINDEX, "used");
    if (lua_rawgeti(L, -1, file) == LUA_TNIL) run_part(L, file);
    return push_results(L, file);
}

void open_use(lua_State *L)
{
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, "used");
    lua_pushcfunction(L, use);
    lua_setfield(L, -2, "use");
}

void finish_uses(Front *f)
{
    if (!f->root) return;
    for (int i = 0; i < f->n_files; i++) {
        Source *source = f->files[i]->source;
        source->place = f->files[i]->place + strlen(f->common) + 1;
        source->base = harmless(f->arena, source->place, i ? " ()[]{}/;!@#^&+=~'" : " ()[]{}/,;:!@#$%^&+=~'");
    }
}
