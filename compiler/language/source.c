/* source.c - the texts of graph files and of the files that they use, and how Lua gets them. */
#include "language/language.h"

#include <errno.h>
#include <string.h>

enum { MOST_FILE_BYTES = 1 << 22 };

const char *graph_text(Arena *arena, const char *path, const char **fault)
{
    RtText text = {0};
    RtError error = {0};
    *fault = NULL;
    if (!(path ? rt_file_read(path, MOST_FILE_BYTES, &text, &error) : read_stdin(&text, MOST_FILE_BYTES, &error)))
        *fault = arena_copy(arena, error.text);
    if (!path) path = "stdin";
    const char *copy = *fault ? NULL : arena_format(arena, "%.*s", (int)text.length, text.data ? text.data : "");
    if (copy && strlen(copy) != text.length)
        *fault = arena_format(arena, "%s: there is a zero byte in the file, at byte %zu: it is no text", path,
                              strlen(copy) + 1);
    rt_text_free(&text);
    return copy;
}

const char *text_fault(const char *text)
{
    for (size_t n = strlen(text), step; n > 0; text += step, n -= step) {
        if (*text == '\n') return "has a newline in it";
        if ((unsigned char)*text < 32 || *text == 127) return "has a control character in it";
        if (!(step = rt_utf8(text, n))) return "is no UTF-8 text";
    }
    return NULL;
}

const char *harmless(Arena *arena, const char *text, const char *also)
{
    char *copy = arena_copy(arena, *text ? text : "graph");
    for (char *c = copy; *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-", *c) && !strchr(also, *c))
            *c = '_';
    if (copy[0] == '-' || copy[0] == '.') copy[0] = '_';
    return copy;
}

int add_file(Front *f, Source *source)
{
    if (source->size >= 3 && !memcmp(source->text, "\xEF\xBB\xBF", 3))      /* the mark of UTF-8 */
        source->text += 3, source->size -= 3;
    GraphFile *file = arena_alloc(f->arena, sizeof *file);
    file->source = source;
    f->files = arena_grow(f->arena, f->files, f->n_files, &f->files_capacity, sizeof *f->files);
    f->files[f->n_files++] = file;
    return f->n_files - 1;
}

typedef struct Reading { Front *f; const Source *source; size_t at; } Reading;

/* Hands out the text line by line, so that errors of reading have a line.  A first line with #! is for a shell. */
static const char *next_line(lua_State *L, void *context, size_t *size)
{
    (void)L;
    Reading *r = context;
    const Source *source = r->source;
    const char *line = source->text + r->at,
               *end = r->at < source->size ? memchr(line, '\n', source->size - r->at) : NULL;
    *size = end ? (size_t)(end - line) + 1 : source->size - r->at;
    const bool for_shell = r->at == 0 && *size >= 2 && !memcmp(line, "#!", 2);
    r->at += *size;
    if (*size) r->f->last_line.number++;
    if (!for_shell) return line;
    *size = 1;
    return "\n";
}

void push_chunk(lua_State *L, int file)
{
    Front *f = front_of(L);
    const Source *source = f->files[file]->source;
    const Line before = f->last_line;
    front_limit_file(f, source);
    f->last_line = (Line){source, 0};
    Reading reading = {f, source, 0};
    if (lua_load(L, next_line, &reading, arena_format(f->arena, "=graph%d", file), "t")) lua_error(L);
    if (file) f->last_line = before;
    lua_getfield(L, LUA_REGISTRYINDEX, "environment");
    lua_setupvalue(L, -2, 1);
}
