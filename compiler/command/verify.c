/* verify.c - `tailor verify`: makes the runs of locks again, from nothing, and compares. */
#include "command/command.h"
#include "lock/lock.h"

typedef struct VerifyArguments { Arguments all; VerifyOptions verify; } VerifyArguments;

#define AT(field) .at = offsetof(VerifyArguments, verify.field)

static const Flag verify_flags[] = {
    {.name = "--graph", .value = "FILE", .help = "the graph file", .suffix = "lua", AT(graph),
     .otherwise = "NAME.lua beside the lock, else in the folder above"},
    {.shared = &flag_data, .otherwise = "the lock's, by its name", .at = offsetof(VerifyArguments, all.data)},
    {.name = "--init", .value = "FILE", .help = "the weights that the run began with", .suffix = "safetensors",
     AT(init), .otherwise = "their name beside the lock, else in the folder above"},
    {.name = "--quick", .help = "stops at the first recorded losses, steps 1 to 10", AT(quick)},
    {.name = "--strict", .help = "other code is a difference, whatever comes of it", AT(strict)},
    {.shared = &flag_threads},
    {0}};

const CommandLine verify_line = {
    "verify", "LOCK...",
    "Rebuilds the run of a lock in a temporary folder and compares, in this order: graph, options, data, emitted C,\n"
    "runtime, loss of step K, weights of epoch E, metric.  The first difference is said, and what it means.  Exit 0:\n"
    "all is equal; 1: something differs, or the lock cannot be checked.  Other code that gives the same numbers is a\n"
    "note.\n",
    verify_flags,
    .examples = "tailor verify digits.lock",
    .uses = USES_DATA | USES_COMPILER};

typedef struct Next { const char *lock, *folder; const VerifyOptions *options; } Next;

static int verify_next(void *context)
{
    const Next *next = context;
    Arena *arena = arena_new();
    const int code = lock_verify(arena, next->lock, next->folder, next->options);
    arena_free(arena);
    return code;
}

int command_verify(int argc, char **argv)
{
    VerifyArguments a = {0};
    arguments_parse(argc, argv, &verify_line, &a);
    Arena *arena = arena_new();
    if ((a.verify.graph || a.verify.init) && a.all.n_further)
        usage_error("verify: %s is of one lock, and there are %d", a.verify.graph ? "--graph" : "--init",
                    a.all.n_further + 1);
    a.verify.data = a.all.data;
    a.verify.threads = a.all.threads ? arena_format(arena, "%lld", (long long)a.all.threads) : NULL;
    const char *folder = temporary_folder(arena);
    int code = 0;
    for (int i = 0; i <= a.all.n_further; i++) {           /* one that cannot be checked does not end the others */
        Next next = {i ? a.all.further[i - 1] : a.all.argument, folder, &a.verify};
        const int ended = run_apart(verify_next, &next);
        if (ended > 128) fprintf(stderr, "%s: what verified it ended by signal %d\n", next.lock, ended - 128);
        if (ended > code) code = ended;
    }
    remove_folder(folder);
    arena_free(arena);
    return code;
}
