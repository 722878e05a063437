/* pack.c - `tailor pack`: a finished run as an archive that builds and checks itself. */
#include "command/command.h"
#include "lock/lock.h"
#include "pack/pack.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct PackArguments { Arguments all; const char *init; } PackArguments;

static const Flag pack_flags[] = {
    {.group = "The run"},
    {.shared = &flag_data, .otherwise = "the run's, by its name"},
    {.name = "--init", .value = "FILE", .help = "the weights that the run began with, if it did with any",
     .suffix = "safetensors", .at = offsetof(PackArguments, init)},
    {.shared = &flag_budget, .help = "as the run was trained with"},
    {.shared = &flag_without, .help = "as the run was trained with; any number of times"},
    {.group = "What is written"},
    {.shared = &flag_out, .value = "FILE", .help = "the archive, NAME.tar.gz", .needed = true},
    {0}};

const CommandLine pack_line = {
    "pack", "RUN",
    "Writes a finished run as an archive: the trainer in one file, the weights, the lock, test vectors, a Makefile.\n"
    "It builds with a C compiler and make, and `make check` in it trains and predicts again, bit for bit.  The same\n"
    "run gives the same bytes.\n",
    pack_flags,
    .examples = "tailor pack runs/b -o digits.tar.gz",
    .uses = USES_DATA | USES_COMPILER};

/* An archive that is there is replaced; another file is not. */
static void check_place(const char *path)
{
    unsigned char first[2];
    if (rt_is_folder(path)) fail("%s: is a folder, against a file to write", path);
    FILE *file = access(path, F_OK) == 0 ? fopen(path, "rb") : NULL;
    if (!file) return;
    const size_t n = fread(first, 1, sizeof first, file);
    fclose(file);
    if (n && (n < sizeof first || first[0] != 0x1f || first[1] != 0x8b))
        fail("%s: is there and is no archive; it is not overwritten", path);
}

/* Checks that the file is what the run began with, by its lock. */
static void check_begin(const PackArguments *a, const Lock *lock)
{
    const LockFact *init = lock->of[LOCK_INIT].n ? &lock->of[LOCK_INIT].list[0] : NULL;
    RtArrays file;
    RtError error = {0};
    char sha256[65];
    if (!init && a->init)
        fail("%s: the run began with values drawn from its seed, against --init %s", a->all.argument, a->init);
    if (!init) return;
    if (!a->init)
        fail("%s: the run began with the weights of %s, which an archive needs: --init FILE says where they are",
             a->all.argument, init->name);
    if (!rt_tensors_read_hashed(a->init, &file, sha256, &error)) fail("%s", error.text);
    rt_tensors_free(&file);
    if (strcmp(sha256, init->value))
        fail("%s: its sha256 is %s, against %s of %s, which the run in %s began with", a->init, sha256, init->value,
             init->name, a->all.argument);
}

int command_pack(int argc, char **argv)
{
    PackArguments a = {0};
    arguments_parse(argc, argv, &pack_line, &a);
    Arena *arena = arena_new();
    check_place(a.all.out);
    Emission *e = lock_emission(arena, a.all.argument, &a.all.passes);
    const Lock *facts = lock_of_run(arena, e, a.all.argument, &a.all.passes);
    check_begin(&a, facts);
    const char *lock = lock_text(facts);
    const char *temporary = temporary_folder(arena),
               *folder = arena_format(arena, "%s/%s", temporary, e->experiment->source.name);
    pack_folder(arena, folder, e, a.all.argument, lock, a.all.data, a.init);
    write_archive(arena, folder, a.all.out);
    remove_folder(temporary);
    arena_free(arena);
    return 0;
}
