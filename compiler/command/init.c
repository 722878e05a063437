/* init.c - `tailor init`: files to start from. */
#define _GNU_SOURCE
#include "command/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const CommandLine init_line = {
    "init", "[DIR]",
    "Writes digits.lua, a graph file that explains itself, and experiment.lua, an experiment on it, into DIR, else\n"
    "into this folder, and says how to go on.  DIR is made if need be; nothing that is there is overwritten.\n",
    NULL,
    .examples = "tailor init\n"
                "tailor init first && tailor check first/digits.lua"};

static const char *const files[] = {"digits.lua", "experiment.lua"};

enum { N_FILES = sizeof files / sizeof *files };

/* Puts a complete file in its place, where nothing may be: unlike rename, link never replaces what came meanwhile.
 * Some file systems have no links. */
static bool take_place(const char *temporary, const char *path)
{
    if (renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0) return true;
    return (errno == EINVAL || errno == ENOSYS) && link(temporary, path) == 0 && unlink(temporary) == 0;
}

/* Writes a file whole or not at all. */
static void write_new(Arena *arena, const char *path, const Embedded *file)
{
    char *temporary = arena_copy(arena, arena_format(arena, "%s.XXXXXX", path));
    const size_t n = (size_t)(file->end - file->start);
    if (strlen(temporary) >= RT_MAX_PATH) fail("%.200s...: the path is longer than %d bytes", path, RT_MAX_PATH - 8);
    const int descriptor = mkostemp(temporary, O_CLOEXEC);
    if (descriptor < 0) fail("%s: cannot write: %s", path, strerror(errno));
    const mode_t mask = umask(0);                                /* a file as others are; mkostemp makes private ones */
    umask(mask);
    guard_folder(temporary);
    FILE *stream = fdopen(descriptor, "w");
    bool good = stream && fwrite(file->start, 1, n, stream) == n && fflush(stream) == 0 &&
                fchmod(descriptor, 0666 & ~mask) == 0 && (fsync(descriptor) == 0 || errno == EINVAL);
    const int why = errno;
    if (stream) good = fclose(stream) == 0 && good;
    if (!good) fail("%s: cannot write: %s", path, strerror(why));
    if (!take_place(temporary, path)) {
        if (errno == EEXIST) fail("%s: it is there already, and nothing is overwritten", path);
        fail("%s: cannot write: %s", path, strerror(errno));
    }
    keep_folder(temporary);
}

/* Prints the commands that come next. */
static void print_next(const char *folder, const char *const *paths)
{
    RtText word = {0};
    rt_text_word(&word, folder ? folder : ".");
    if (word.failed) fail("tailor: out of memory");
    printf("%s: a network that reads digits, explained\n%s: an experiment on it\n\nNext:\n", paths[0], paths[1]);
    if (folder) printf("  cd %s\n", word.data);
    printf("  tailor check %s       # what it is\n"
           "  tailor train %s       # trains it: runs/digits is the run\n"
           "  tailor cam runs/digits        # what it looks at, as pictures\n"
           "  tailor sweep %s   # compares variants; then: tailor table sweeps/experiment\n",
           files[0], files[0], files[1]);
    rt_text_free(&word);
}

int command_init(int argc, char **argv)
{
    Arguments a = {0};
    arguments_parse(argc, argv, &init_line, &a);
    Arena *arena = arena_new();
    const char *paths[N_FILES];
    struct stat state;
    RtError error = {0};
    for (int i = 0; i < N_FILES; i++) {
        char path[RT_MAX_PATH];
        if (a.argument && !rt_path(path, a.argument, files[i], &error)) fail("%s", error.text);
        paths[i] = a.argument ? arena_copy(arena, path) : files[i];
        if (lstat(paths[i], &state) == 0) fail("%s: it is there already, and nothing is overwritten", paths[i]);
        if (errno != ENOENT) fail("%s: cannot write: %s", paths[i], strerror(errno));
    }
    const bool made = a.argument && access(a.argument, F_OK) != 0;
    if (a.argument && !rt_folder_make(a.argument, &error)) fail("%s", error.text);
    if (made) guard_folder(a.argument);                     /* half of what was asked for is nothing */
    for (int i = 0; i < N_FILES; i++) {
        const Embedded file = embedded_named(files[i]);
        write_new(arena, paths[i], &file);
        if (!made) guard_folder(paths[i]);
    }
    for (int i = 0; i < N_FILES && !made; i++) keep_folder(paths[i]);
    if (made) keep_folder(a.argument);
    print_next(a.argument, paths);
    arena_free(arena);
    return 0;
}
