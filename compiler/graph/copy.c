/* copy.c - copies of a graph file and of the files that it uses, from which an experiment can be loaded again.
 *
 * A graph file alone becomes FOLDER/NAME.lua.  One with parts keeps its relative paths: all files lie in FOLDER/graphs,
 * at their places below the deepest folder that holds them, and FOLDER/graph.txt says which of them is the graph file.
 * A link that was used on the way to a part is a file that uses the part. */
#include "graph/experiment.h"

#include <string.h>
#include <unistd.h>

static void write_copy(const char *path, const char *text, size_t size)
{
    RtError error = {0};
    if (!rt_file_write(path, text, size, &error)) fail("%s", error.text);
}

static void make_folder(const char *path)
{
    RtError error = {0};
    if (!rt_folder_make(path, &error)) fail("%s", error.text);
}

static const char *without_last(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_format(arena, "%.*s", (int)(slash - path), path) : "";
}

static const char *below(Arena *arena, const char *folder, const char *name)
{
    return *folder ? arena_format(arena, "%s/%s", folder, name) : name;
}

/* Where the copies must have a file for a use, by the words of its path alone.  Makes the folders on the way. */
static const char *walked(Arena *arena, const char *top, const Use *use)
{
    const char *at = without_last(arena, use->by->place);
    for (const char *word = use->path, *end; *word; word = *end ? end + 1 : end) {
        end = strchr(word, '/');
        if (!end) end = word + strlen(word);
        const char *name = arena_format(arena, "%.*s", (int)(end - word), word);
        if (!strcmp(name, "..")) at = without_last(arena, at);
        else if (*name && strcmp(name, ".")) at = below(arena, at, name);
        if (*end) make_folder(below(arena, top, at));
    }
    return at;
}

/* return use "..." of the part, for a path that led to it by a link. */
static void write_link(Arena *arena, const Experiment *x, const char *top, const char *at, const Use *use)
{
    Text text = text_new(arena);
    for (int i = -1; i < x->n_uses; i++)
        if (!strcmp(at, i < 0 ? x->source.place : x->uses[i].file->place))
            fail("%s: '%s' leads to %s by a link, and cannot be copied beside %s", use->by->path, use->path,
                 use->file->path, at);
    text_add(&text, "return use \"");
    for (const char *c = at; *c; c++)
        if (*c == '/') text_add(&text, "../");
    for (const char *c = use->file->place; *c; c++) text_add(&text, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
    text_add(&text, "\"\n");
    write_copy(below(arena, top, at), text.chars, text.length);
}

const char *copy_sources(Arena *arena, const Experiment *x, const char *folder)
{
    const char *alone = arena_format(arena, "%s/%s.lua", folder, x->source.name),
               *index = arena_format(arena, "%s/graph.txt", folder), *top = arena_format(arena, "%s/graphs", folder);
    make_folder(folder);
    if (!x->n_uses) {
        write_copy(alone, x->source.text, x->source.size);
        unlink(index);
        return alone;
    }
    const char *graph = below(arena, top, x->source.place);
    for (int i = -1; i < x->n_uses; i++) {
        const Source *source = i < 0 ? &x->source : x->uses[i].file;
        bool before = false;
        for (int k = 0; k < i; k++) before = before || x->uses[k].file == source;
        if (before) continue;
        make_folder(without_last(arena, below(arena, top, source->place)));
        write_copy(below(arena, top, source->place), source->text, source->size);
    }
    for (int i = 0; i < x->n_uses; i++) {
        const char *at = walked(arena, top, &x->uses[i]);
        if (strcmp(at, x->uses[i].file->place)) write_link(arena, x, top, at, &x->uses[i]);
    }
    const char *line = arena_format(arena, "graphs/%s\n", x->source.place);
    write_copy(index, line, strlen(line));
    unlink(alone);
    return graph;
}
