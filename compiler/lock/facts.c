/* facts.c - what a lock says of a graph, of data, of code and of a run: the same when it is made and when it is
 * verified. */
#include "lock/lock.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 28 };

/* ---- the graph ---- */

/* The graph file's name, as it is looked for: without its folder. */
static const char *file_name(Arena *arena, const Source *graph)
{
    const char *slash = strrchr(graph->path, '/'), *name = slash ? slash + 1 : graph->path;
    const size_t n = strlen(name);
    return n > 4 && !strcmp(name + n - 4, ".lua") ? name : arena_format(arena, "%s.lua", graph->name);
}

/* The place of a part as seen from the folder of the graph file: one .. for each folder that the two do not share. */
static const char *place_from(Arena *arena, const char *graph, const char *part)
{
    size_t shared = 0;
    for (size_t i = 0; graph[i] && graph[i] == part[i]; i++)
        if (graph[i] == '/') shared = i + 1;
    const char *path = part + shared;
    for (const char *c = graph + shared; *c; c++)
        if (*c == '/') path = arena_format(arena, "../%s", path);
    return path;
}

static void add_file(Lock *lock, const char *name, const Source *source)
{
    char hex[65];
    rt_sha256(source->text, source->size, hex);
    if (!lock_fact(lock, LOCK_GRAPH, name)) lock_add(lock, LOCK_GRAPH, name, hex);
}

void lock_graph(Lock *lock, const Experiment *x)
{
    add_file(lock, file_name(lock->arena, &x->source), &x->source);
    for (int i = 0; i < x->n_uses; i++)
        add_file(lock, place_from(lock->arena, x->source.place, x->uses[i].file->place), x->uses[i].file);
    lock_add(lock, LOCK_GRAPH_HASH, "", x->graph_hash);
    for (int i = 0; i < x->n_options; i++) lock_add(lock, LOCK_OPTION, x->options[i].name, x->options[i].json);
}

/* ---- data ---- */

/* Reads one part of a set for the hashes of its files.  Those of a known set are read as well: it may have changed. */
static bool add_part(Lock *lock, const RtData *data, bool test, RtError *error)
{
    const RtImages *content = test ? &data->test : &data->train;
    RtImages images = *content;
    if (!data->folder[0]) {
        images = (RtImages){0};
        if (!rt_digits(test, &images, error)) return false;
        for (int i = 0; i < 2; i++)
            rt_images_source(&images, rt_set_files[2 * test + i], i ? images.labels_sha256 : images.pixels_sha256);
    } else if (data->known) {
        images = (RtImages){0};
        if (!rt_format_read(data->format, data->folder, test, false, &images, error)) return false;
    }
    for (int i = 0; i < images.n_sources; i++)
        lock_add(lock, LOCK_DATA, images.source[i].name, images.source[i].sha256);
    if (!data->folder[0] || data->known) rt_images_free(&images);
    return true;
}

bool lock_data(Lock *lock, const char *name, bool test, RtError *error)
{
    RtData data;
    if (!rt_data_content(&data, name, test, error)) return false;
    lock->data = arena_copy(lock->arena, data.name);
    const bool ok = add_part(lock, &data, false, error) &&
                    (!test || data.no_test || add_part(lock, &data, true, error));
    rt_data_close(&data);
    return ok;
}

/* ---- code ---- */

static void hash_file(const char *path, char hex[65])
{
    RtText text = {0};
    RtError error = {0};
    if (!rt_file_read(path, MOST_BYTES, &text, &error)) fail("%s", error.text);
    rt_sha256(text.data ? text.data : "", text.length, hex);
    rt_text_free(&text);
}

static int is_source(const struct dirent *entry)
{
    const size_t n = strlen(entry->d_name);
    return n > 2 && entry->d_name[n - 2] == '.' && strchr("ch", entry->d_name[n - 1]) != NULL;
}

static int by_bytes(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

/* The sha256 of what `sha256sum *.[ch]` prints there, names in the order of their bytes. */
static void hash_runtime(Arena *arena, const char *folder, char hex[65])
{
    struct dirent **entries;
    const int n = scandir(folder, &entries, is_source, by_bytes);
    Text lines = text_new(arena);
    if (n < 0) fail("%s: cannot open the folder: %s", folder, strerror(errno));
    for (int i = 0; i < n; i++) {
        char of_file[65];
        hash_file(arena_format(arena, "%s/%s", folder, entries[i]->d_name), of_file);
        text_add(&lines, "%s  %s\n", of_file, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    rt_sha256(lines.chars, lines.length, hex);
}

void lock_code(Lock *lock, const char *folder, const char *name)
{
    char hex[65];
    for (int header = 0; header < 2; header++) {
        const char *file = arena_format(lock->arena, "%s.%c", name, header ? 'h' : 'c');
        hash_file(arena_format(lock->arena, "%s/%s", folder, file), hex);
        lock_add(lock, LOCK_EMITTED, file, hex);
    }
    hash_runtime(lock->arena, arena_format(lock->arena, "%s/runtime", folder), hex);
    lock_add(lock, LOCK_RUNTIME, "", hex);
}

/* ---- a run ---- */

bool lock_trace(Lock *lock, const char *run, RtError *error)
{
    const char *path = arena_format(lock->arena, "%s/trace.csv", run);
    RtText text = {0};
    if (!rt_file_read(path, MOST_BYTES, &text, error)) return false;
    char *at = arena_format(lock->arena, "%.*s", (int)text.length, text.length ? text.data : "");
    rt_text_free(&text);
    int number = 0;
    for (char *line; (line = strsep(&at, "\n")) && *line;) {
        const char *word = strsep(&line, ","), *name = line ? strsep(&line, ",") : NULL;
        const bool loss = !strcmp(word, lock_words[LOCK_LOSS]);
        number++;
        if (!line || (!loss && strcmp(word, lock_words[LOCK_WEIGHTS])))
            return rt_fail(error, "%s:%d: is no line loss,STEP,HEX or weights,EPOCH,SHA256", path, number);
        lock_add(lock, loss ? LOCK_LOSS : LOCK_WEIGHTS, name, line);
    }
    return true;
}

void lock_metrics(Lock *lock, const char *path, const RtJson *record)
{
    const RtJsonNode *metrics = rt_json_get(record, &record->nodes[0], "metrics");
    if (!metrics || metrics->kind != RT_JSON_OBJECT) fail("%s: no metrics in it", path);
    for (int i = metrics->n ? metrics->first : 0; i; i = record->nodes[i].next) {
        const RtJsonNode *node = &record->nodes[i];
        RtJsonWriter w = {.depth = 8};
        if (node->kind == RT_JSON_NUMBER) rt_json_number(&w, NULL, node->number);
        else rt_json_raw(&w, NULL, "null");
        if (w.text.failed) fail("tailor: out of memory");
        lock_add(lock, LOCK_METRIC, node->key, w.text.data);
        rt_text_free(&w.text);
    }
}
