/* kept.c - builds that several runs share, in one folder.
 *
 * A build lies in FOLDER/NAME-HASH, where HASH is that of all it is made of, and is never changed.  It is made under
 * another name and then renamed, so that one which is there is whole; of two processes that make the same, the first
 * one's stays.  All trainers have the runtime's objects from FOLDER/runtime-HASH. */
#include "emit/built.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/process.h"

static bool exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

static void add_text(RtSha256 *hash, const char *text) { rt_sha256_add(hash, text, strlen(text) + 1); }

/* What a compiler and its flags come to. */
static void add_flags(RtSha256 *hash)
{
    static const char *const names[] = {"CC", "MARCH", "OPTIMIZE"};
    add_text(hash, emitted_flags);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) add_text(hash, getenv(names[i]) ? getenv(names[i]) : "");
}

/* FOLDER/NAME-HASH */
static const char *path_of(Arena *arena, const char *folder, const char *name, RtSha256 *hash)
{
    char hex[65];
    rt_sha256_end(hash, hex);
    return arena_format(arena, "%s/%s-%.16s", folder, name, hex);
}

static const char *place_of_runtime(Arena *arena, const char *folder)
{
    RtSha256 hash;
    rt_sha256_begin(&hash);
    add_flags(&hash);
    for (int i = 0; i < embedded_count(); i++) {
        const Embedded file = embedded_at(i);
        add_text(&hash, file.name);
        rt_sha256_add(&hash, file.start, (size_t)(file.end - file.start));
    }
    return path_of(arena, folder, "runtime", &hash);
}

static const char *place_of(Arena *arena, const char *folder, const Emission *e, const char *runtime, const char *how)
{
    const Source *source = &e->experiment->source;
    RtSha256 hash;
    rt_sha256_begin(&hash);
    add_text(&hash, how);
    add_text(&hash, runtime);
    add_text(&hash, emit_source(e));
    add_text(&hash, emit_header(e));
    add_text(&hash, emit_json(e, NULL));
    add_text(&hash, emit_makefile(e));
    rt_sha256_add(&hash, source->text, source->size);
    for (int i = 0; i < e->experiment->n_uses; i++) {
        add_text(&hash, e->experiment->uses[i].path);
        rt_sha256_add(&hash, e->experiment->uses[i].file->text, e->experiment->uses[i].file->size);
    }
    return path_of(arena, folder, source->name, &hash);
}

/* What the folders begin with that processes of this machine make builds in.  The numbers of processes of another
 * machine, or container, say nothing here. */
static const char *beginning(Arena *arena)
{
    char host[HOST_NAME_MAX + 1] = "";
    if (gethostname(host, sizeof host) != 0) host[0] = 0;
    for (char *c = host; *c; c++)
        if (*c == '/') *c = '-';
    return arena_format(arena, "new-%s-", host);
}

/* The folder that this process makes a build in: removed when the process ends before it has its name. */
static const char *place_to_make(Arena *arena, const char *folder)
{
    RtError error = {0};
    const char *path = arena_format(arena, "%s/%s%ld", folder, beginning(arena), (long)getpid());
    remove_folder(path);                                  /* of one of the same number, which was killed */
    if (!rt_folder_make(path, &error)) fail("%s", error.text);
    guard_folder(path);
    return path;
}

/* Gives a folder its name, unless another process was first. */
static void give_name(const char *made, const char *path)
{
    if (rename(made, path) != 0 && errno != ENOTEMPTY && errno != EEXIST)
        fail("%s: cannot rename it to %s: %s", made, path, strerror(errno));
}

static void keep_runtime(Arena *arena, const Emission *e, const char *folder, const char *runtime)
{
    if (exists(runtime)) return;
    const char *making = place_to_make(arena, folder), *source = arena_format(arena, "%s/c", making);
    emit_folder(e, source);
    const char *problem = build_folder(arena, source, "runtime");
    if (problem) fail("%s", problem);
    give_name(arena_format(arena, "%s/runtime", source), runtime);
    remove_folder(making);
}

bool runtime_is_kept(Arena *arena, const char *folder) { return exists(place_of_runtime(arena, folder)); }

const char *keep_trainer(Arena *arena, const Emission *e, const char *folder)
{
    const char *runtime = place_of_runtime(arena, folder), *path = place_of(arena, folder, e, runtime, "trainer");
    if (exists(path)) return path;
    keep_runtime(arena, e, folder, runtime);
    const char *making = place_to_make(arena, folder);
    build_trainer(arena, e, making, arena_format(arena, "../../%s", strrchr(runtime, '/') + 1));
    give_name(making, path);
    remove_folder(making);
    return path;
}

const RtModel *load_kept(Arena *arena, const Emission *e, const char *folder, void **code)
{
    const char *name = e->experiment->source.name, *path = place_of(arena, folder, e, "", "library");
    if (!exists(path)) {
        const char *making = place_to_make(arena, folder), *runtime = place_of_runtime(arena, folder),
                   *link = arena_format(arena, "%s/runtime", making);
        if (exists(runtime) && symlink(arena_format(arena, "../%s", strrchr(runtime, '/') + 1), link) != 0)
            fail("%s: cannot make the link: %s", link, strerror(errno));
        emit_folder(e, making);
        const char *optimize = getenv("OPTIMIZE") ? getenv("OPTIMIZE") : "-O3";
        const char *problem = build_folder_with(arena, making, arena_format(arena, "%s.so", name),
                                                arena_format(arena, "OPTIMIZE=%s", optimize));
        if (problem) fail("%s", problem);
        give_name(making, path);
        remove_folder(making);
    }
    return load_library(arena, e, arena_format(arena, "%s/%s.so", path, name), code);
}

void remove_unfinished(Arena *arena, const char *folder)
{
    DIR *entries = opendir(folder);
    const char *start = beginning(arena);
    const size_t n = strlen(start);
    if (!entries) return;
    for (struct dirent *entry; (entry = readdir(entries));) {
        char *end;
        const long process = strncmp(entry->d_name, start, n) ? 0 : strtol(entry->d_name + n, &end, 10);
        if (process > 0 && !*end && kill((pid_t)process, 0) != 0 && errno == ESRCH)
            remove_folder(arena_format(arena, "%s/%s", folder, entry->d_name));
    }
    closedir(entries);
}
