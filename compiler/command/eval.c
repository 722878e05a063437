/* eval.c - `tailor eval`: the test metrics of a finished run, by the trainer in its folder. */
#include "command/command.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

static const Flag eval_flags[] = {
    {.shared = &flag_best},
    {.trainer = "--weights", .suffix = "safetensors"},
    {.shared = &flag_data, .otherwise = "that of the run"},
    {.trainer = "--split", .otherwise = "that of the run"},
    {.trainer = "--correct"},
    {.shared = &flag_threads},
    {.shared = &flag_json},
    {0}};

const CommandLine eval_line = {
    "eval", "RUN",
    "Test metrics of a finished run, whose folder need not be writable.\n",
    eval_flags,
    .examples = "tailor eval runs/a",
    .uses = USES_DATA | USES_COMPILER};

/* Copies the files of `from` that a trainer is built of into `to`. */
static void copy_emitted(Arena *arena, const char *from, const char *to)
{
    RtError error = {0};
    if (!rt_folder_make(to, &error)) fail("%s", error.text);
    DIR *files = opendir(from);
    if (!files) fail("%s: cannot open the folder: %s", from, strerror(errno));
    for (struct dirent *entry; (entry = readdir(files));) {
        const char *end = strrchr(entry->d_name, '.'), *path = arena_format(arena, "%s/%s", from, entry->d_name);
        if (strcmp(entry->d_name, "Makefile") && !(end && (!strcmp(end, ".c") || !strcmp(end, ".h")))) continue;
        RtText text = {0};
        if (!rt_file_read(path, 1 << 28, &text, &error) ||
            !rt_file_write(arena_format(arena, "%s/%s", to, entry->d_name), text.data, text.length, &error))
            fail("%s", error.text);
        rt_text_free(&text);
    }
    closedir(files);
}

/* Builds the trainer of a run elsewhere when it cannot be built or run in its own folder; returns the trainer's
 * path. */
static const char *build_elsewhere(Arena *arena, const char *source, const char *name, const char *why)
{
    const char *folder = temporary_folder(arena);
    copy_emitted(arena, source, folder);
    copy_emitted(arena, arena_format(arena, "%s/runtime", source), arena_format(arena, "%s/runtime", folder));
    const char *problem = build_folder(arena, folder, name);
    if (problem && why && access(source, W_OK) == 0) problem = why;        /* the run's own folder has the same fault */
    if (problem) fail("%s", problem);
    return arena_format(arena, "%s/%s", folder, name);
}

int command_eval(int argc, char **argv)
{
    Arguments a = {0};
    arguments_parse(argc, argv, &eval_line, &a);
    Arena *arena = arena_new();
    const char *run = a.argument;
    RtJson json = {0};
    const char *name = open_run(arena, run, &json);
    const char *source = arena_format(arena, "%s/c", run), *trainer = arena_format(arena, "%s/c/%s", run, name);
    if (access(source, F_OK) != 0) fail("%s: the emitted C of the run is not there", source);
    if (a.best && !rt_json_get(&json, &json.nodes[0], "best"))
        fail("%s/run.json: the run kept no best weights: it was trained without --keep best", run);
    const char *problem = build_folder(arena, source, name);
    if (problem || folder_is_noexec(source)) trainer = build_elsewhere(arena, source, name, problem);
    const char *argv_trainer[2 * MOST_FLAGS + 4] = {trainer, "--eval", run};
    const int n = hand_on(&a, argv_trainer, 3);
    argv_trainer[n] = NULL;
    const int code = run_program(argv_trainer, NULL), why = errno;
    if (code == NOT_STARTED) fail("tailor: %s", why_not_started(arena, trainer, why));
    if (code > 128 && code != 130) fail("tailor: the trainer ended by signal %d", code - 128);
    rt_json_free(&json);
    arena_free(arena);
    return code;
}
