/* emit.c - `tailor emit`: the C that a graph file becomes, in a folder that builds by itself. */
#include "command/command.h"
#include "tune/tune.h"

#include <string.h>

static const Flag emit_flags[] = {
    {.group = "The graph"},
    {.shared = &flag_set},
    {.shared = &flag_budget},
    {.shared = &flag_without},
    {.group = "What is written"},
    {.shared = &flag_out, .value = "DIR", .help = "a new or empty folder, or one that emit wrote", .needed = true},
    {.name = "--profile", .help = "the training step times its kernels: the trainer's --profile prints a table",
     .at = offsetof(Arguments, passes.profile)},
    {.shared = &flag_dump},
    {.group = "Algorithms"},
    {.shared = &flag_tune},
    {.shared = &flag_fast},
    {.shared = &flag_tuned},
    {0}};

static const CommandLine emit_line = {
    "emit", "GRAPH",
    "Writes NAME.c, NAME.h, NAME.plan.csv, NAME.json, a Makefile and the runtime's sources into DIR, which then\n"
    "builds by itself.  GRAPH may be -, standard input: NAME is stdin then.\n",
    emit_flags};

int command_emit(int argc, char **argv)
{
    Arguments a = {0};
    arguments_parse(argc, argv, &emit_line, &a);
    Arena *arena = arena_new();
    Experiment *x = load(arena, a.argument, a.n_settings, a.settings);
    if (a.passes.profile && !x->loss)
        fail("%s: the file does not minimize anything: there is no step to profile", x->source.path);
    bool empty;
    RtError error = {0};
    RtText makefile = {0};
    if (!rt_folder_empty(a.out, &empty, &error)) fail("%s", error.text);
    /* files from an earlier emit may be overwritten */
    bool ours = !empty && rt_file_read(arena_format(arena, "%s/Makefile", a.out), 1 << 20, &makefile, &error) &&
                strstr(makefile.data, EMITTED_MAKEFILE) == makefile.data;
    if (!empty && !ours) fail("%s: the folder is not empty, and not one that emit wrote", a.out);
    rt_text_free(&makefile);
    emit_folder(emission_tuned(x, &a.passes, measure_of(&a), a.tuned), a.out);
    arena_free(arena);
    return 0;
}
