/* job.c - the processes of a sweep.  Each ends here; run.c begins them and hears how they ended. */
#include "sweep/job.h"

#include "cam/measure.h"
#include "emit/built.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static _Noreturn void end(void)
{
    fflush(NULL);
    exit(0);
}

/* ---- where everything lies ---- */

const char *run_folder(Arena *arena, const char *folder, const Cell *c)
{
    return arena_format(arena, "%s/runs/%.32s", folder, c->key);
}

const char *model_name(Arena *arena, const char *build)
{
    return arena_format(arena, "%.*s", (int)(strrchr(build, '-') - build), build);
}

/* Files that make the same graph may have other options, which the build then could not set. */
static const char *source_folder(Arena *arena, const char *folder, const Build *b)
{
    const char *text = arena_format(arena, "%s %s", b->graph_hash, b->options);
    char hex[65];
    rt_sha256(text, strlen(text), hex);
    return arena_format(arena, "%s/sources/%.16s", folder, hex);
}

const char *maps_path(Arena *arena, const char *run, const char *maps)
{
    char hex[65];
    rt_sha256(maps, strlen(maps), hex);
    return arena_format(arena, "%s/maps-%.16s.json", run, hex);
}

const char *correct_path(Arena *arena, const char *run) { return arena_format(arena, "%s/correct.bits", run); }

/* ---- graphs ---- */

/* The file that says which of the copies is the graph file. */
static const char *entry_path(Arena *arena, const char *sources) { return arena_format(arena, "%s/entry", sources); }

/* Copies what has no copy yet.  It is made under another name first: two sweeps may begin at once. */
static void copy_build(const char *folder, const Build *b)
{
    Arena *arena = arena_new();
    const char *into = source_folder(arena, folder, b), *making = arena_format(arena, "%s-%ld", into, (long)getpid());
    RtError error = {0};
    if (access(entry_path(arena, into), F_OK) != 0) {
        const Experiment *x = load(arena, b->path, b->n_settings, b->settings);
        if (strcmp(x->graph_hash, b->graph_hash)) fail("%s: the file changed while the sweep began", b->path);
        guard_folder(making);
        const char *copy = copy_sources(arena, x, making) + strlen(making) + 1;
        if (!rt_file_write(entry_path(arena, making), copy, strlen(copy), &error)) fail("%s", error.text);
        if (rename(making, into) != 0 && errno != ENOTEMPTY && errno != EEXIST)
            fail("%s: cannot rename it to %s: %s", making, into, strerror(errno));
        remove_folder(making);
    }
    arena_free(arena);
}

_Noreturn void job_copy(const char *folder, const Cells *cells, const bool *wanted, int first, int by)
{
    for (int i = first; i < cells->n_builds; i += by)
        if (wanted[i]) copy_build(folder, &cells->builds[i]);
    end();
}

/* Calls the parts of a copy as they are called beside the graph file at `path`. */
static void name_parts(Arena *arena, Experiment *x, const char *path)
{
    if (!x->n_uses) return;
    const size_t length = strlen(path), end = strlen(x->source.place);
    const bool ends = length >= end && !strcmp(path + length - end, x->source.place);
    for (int i = 0; i < x->n_uses; i++) {
        Source *part = (Source *)x->uses[i].file;
        part->path = arena_format(arena, "%.*s%s", ends ? (int)(length - end) : 0, path, part->place);
    }
}

/* The copy, under the name that messages call it by. */
static Experiment *load_copy(Arena *arena, const char *folder, const Build *b)
{
    const char *from = source_folder(arena, folder, b);
    RtText entry = {0};
    RtError error = {0};
    if (!rt_file_read(entry_path(arena, from), RT_MAX_PATH, &entry, &error)) fail("%s", error.text);
    const char *copy = arena_format(arena, "%s/%.*s", from, (int)entry.length, entry.data);
    rt_text_free(&entry);
    Experiment *x = load(arena, copy, b->n_settings, b->settings);
    if (strcmp(x->graph_hash, b->graph_hash)) fail("%s: is no longer the graph that the sweep began with", copy);
    name_parts(arena, x, b->path);
    x->source.path = b->path;
    return x;
}

/* ---- builds ---- */

_Noreturn void job_build(const char *folder, const Build *b, int answer)
{
    Arena *arena = arena_new();
    Experiment *x = load_copy(arena, folder, b);
    const char *path = keep_trainer(arena, emission_new(x, x->batch, &(Passes){0}),
                                    arena_format(arena, "%s/builds", folder));
    const char *name = strrchr(path, '/') + 1;
    if (write(answer, name, strlen(name)) != (ssize_t)strlen(name)) fail("tailor: cannot say where %s is", path);
    end();
}

/* ---- runs ---- */

/* Waits for the lock of the run: a trainer whose sweep was killed may still write its checkpoint. */
static void take_lock(RtLock *lock, const char *run)
{
    const struct timespec moment = {0, 20 * 1000 * 1000};
    for (;;) {
        RtError error = {0};
        if (rt_lock_take(lock, run, &error)) return;
        if (!lock->held) fail("%s", error.text);
        nanosleep(&moment, NULL);
    }
}

static void empty_folder(Arena *arena, const char *run)
{
    DIR *entries = opendir(run);
    if (!entries) fail("%s: cannot open the folder: %s", run, strerror(errno));
    for (struct dirent *entry; (entry = readdir(entries));)
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") && strcmp(entry->d_name, "lock"))
            remove_folder(arena_format(arena, "%s/%s", run, entry->d_name));
    closedir(entries);
}

/* Links all that the build has, its c/ and its graph files, into the run. */
static void link_build(Arena *arena, const char *folder, const char *build, const char *run)
{
    const char *path = arena_format(arena, "%s/builds/%s", folder, build);
    DIR *entries = opendir(path);
    if (!entries) fail("%s: cannot open the folder: %s", path, strerror(errno));
    for (struct dirent *entry; (entry = readdir(entries));) {
        const char *link = arena_format(arena, "%s/%s", run, entry->d_name);
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        if (symlink(arena_format(arena, "../../builds/%s/%s", build, entry->d_name), link) != 0)
            fail("%s: cannot make the link: %s", link, strerror(errno));
    }
    closedir(entries);
}

_Noreturn void job_train(const char *folder, const Cell *c, const char *build, bool anew, int threads)
{
    Arena *arena = arena_new();
    const char *run = run_folder(arena, folder, c);
    RtLock lock;
    RtError error = {0};
    if (!rt_folder_make(run, &error)) fail("%s", error.text);
    take_lock(&lock, run);
    if (anew) {
        empty_folder(arena, run);
        link_build(arena, folder, build, run);
    }
    const char *argv[] = {arena_format(arena, "%s/c/%s", run, model_name(arena, build)),
                          "--resume", run,
                          "--data", c->data_given,
                          "--seed", arena_format(arena, "%llu", (unsigned long long)c->seed),
                          "--epochs", arena_format(arena, "%lld", (long long)c->epochs),
                          "--threads", arena_format(arena, "%d", threads),
                          "--split", c->validation ? "validation" : "test",
                          "--correct", correct_path(arena, run),
                          NULL, NULL, NULL, NULL, NULL};
    int n = 0;
    while (argv[n]) n++;
    if (c->init) argv[n++] = "--init", argv[n++] = c->init;
    if (c->init_except) argv[n++] = "--init-except", argv[n++] = c->init_except;
    fcntl(lock.descriptor, F_SETFD, 0);
    setenv("TAILOR_LOCK", arena_format(arena, "%d", lock.descriptor), 1);
    become_program(argv);
}

_Noreturn void job_say_not_finite(const char *folder, const Cell *c, const Build *b)
{
    Arena *arena = arena_new();
    say_not_finite(arena, load_copy(arena, folder, b), run_folder(arena, folder, c));
    end();
}

/* ---- maps ---- */

_Noreturn void job_measure(const char *folder, const Cell *c, const StudyMaps *maps, int threads)
{
    Arena *arena = arena_new();
    const char *run = run_folder(arena, folder, c);
    int n;
    const char *const *layers = layer_names(arena, maps->layer, &n);
    const NetworkRequest wanted = {.run = run,
                                   /* a set that goes by a name is found again by run.json, which checks its content */
                                   .data = strchr(c->data_given, '/') ? c->data_given : NULL,
                                   .kind = maps->kind,
                                   .n_layers = n,
                                   .layers = layers,
                                   .kept = arena_format(arena, "%s/builds", folder),
                                   .threads = threads};
    const MeasureRequest request = {.images = maps->images, .steps = maps->steps, .metrics_only = true};
    Network *net = network_open(arena, &wanted);
    const Measured *m = measure(arena, net, &request);
    RtJsonWriter w = {0};
    RtError error = {0};
    rt_json_open(&w, NULL, '{');
    for (int i = 0; cam_metrics[i].key; i++)
        rt_json_number(&w, arena_format(arena, "%s%s", c->validation ? "val_" : "", cam_metrics[i].key),
                       m->metrics.value[i]);
    rt_json_close(&w, '}');
    if (w.text.failed) fail("tailor: out of memory");
    if (!rt_file_write(maps_path(arena, run, record_maps_text(arena, maps)), w.text.data, w.text.length, &error))
        fail("%s", error.text);
    rt_text_free(&w.text);
    network_close(net);
    end();
}
