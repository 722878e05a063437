/* emit.c - `tailor emit`: the C that a graph file becomes, in a folder that builds by itself. */
#include "command/command.h"
#include "tune/tune.h"

#include <string.h>

typedef struct EmitArguments {
    Arguments all;
    bool single, library, inference;
} EmitArguments;

static const Flag emit_flags[] = {
    {.group = "The graph"},
    {.shared = &flag_set},
    {.shared = &flag_budget},
    {.shared = &flag_without},
    {.group = "What is written"},
    {.shared = &flag_out, .value = "DIR", .help = "a new or empty folder, or one that emit wrote", .needed = true},
    {.name = "--profile", .help = "the training step times its kernels: the trainer's --profile prints a table",
     .at = offsetof(Arguments, passes.profile)},
    {.shared = &flag_watch, .help = "the trainer also writes statistics of values and their gradients"},
    {.name = "--single-file", .help = "NAME.c, which has the runtime in it, and NAME.h: cc -O3 NAME.c -lm builds it",
     .at = offsetof(EmitArguments, single)},
    {.name = "--library", .help = "functions for programs, in NAME.c and NAME.h alone: no main, no files, no memory of "
                                  "their own; and evidence of what they need", .at = offsetof(EmitArguments, library)},
    {.name = "--inference", .help = "of the library what needs no step: loading weights, and predictions",
     .at = offsetof(EmitArguments, inference)},
    {.shared = &flag_dump},
    {.group = "Algorithms"},
    {.shared = &flag_tune},
    {.shared = &flag_fast},
    {.shared = &flag_tuned},
    {0}};

const CommandLine emit_line = {
    "emit", "GRAPH",
    "Writes NAME.c, NAME.h, NAME.plan.csv, NAME.json, a Makefile and the runtime's sources into DIR, which then\n"
    "builds by itself; or fewer files, below.  GRAPH may be -, standard input: NAME is stdin then.\n",
    emit_flags,
    .examples = "tailor emit digits.lua -o c && make -C c\n"
                "tailor emit digits.lua --library -o library",
    .uses = USES_COMPILER};

static EmittedForm form_of(const EmitArguments *a)
{
    if (a->inference && !a->library) usage_error("--inference is a kind of --library, which is not given");
    if (a->all.passes.profile && a->library) usage_error("--profile times a trainer, against --library");
    if (a->all.passes.watch && a->library) usage_error("--watch is of a trainer, against --library");
    if (a->single && a->library) usage_error("--single-file is a trainer, against --library");
    return a->inference ? FORM_INFERENCE : a->library ? FORM_LIBRARY : a->single ? FORM_SINGLE : FORM_FOLDER;
}

/* Fails unless the folder is new, empty, or one that emit wrote in the same form, whose files may be overwritten. */
static void check_folder(Arena *arena, const char *folder, EmittedForm form)
{
    bool empty;
    RtError error = {0};
    RtText makefile = {0};
    if (!rt_folder_empty(folder, &empty, &error)) fail("%s", error.text);
    if (empty) return;
    const bool ours = rt_file_read(arena_format(arena, "%s/Makefile", folder), 1 << 20, &makefile, &error) &&
                      !strncmp(makefile.data, emitted_opening(form), strlen(emitted_opening(form)));
    if (!ours) fail("%s: the folder is not empty, and not one that emit wrote in this form", folder);
    rt_text_free(&makefile);
}

int command_emit(int argc, char **argv)
{
    EmitArguments a = {0};
    arguments_parse(argc, argv, &emit_line, &a.all);
    const EmittedForm form = form_of(&a);
    Arena *arena = arena_new();
    Experiment *x = load(arena, a.all.argument, a.all.n_settings, a.all.settings);
    if (a.all.passes.profile && !x->loss)
        fail("%s: the file does not minimize anything: there is no step to profile", x->source.path);
    if (form == FORM_INFERENCE && !has_predictions(x))
        fail("%s: the file has neither an output nor a value logits: there is nothing to predict", x->source.path);
    check_folder(arena, a.all.out, form);
    Emission *e = emission_tuned(x, &a.all.passes, measure_of(&a.all), a.all.tuned);
    if (form != FORM_FOLDER && uses_openblas(x))
        fail("%s: the choices use OpenBLAS, against C that needs nothing else: --tune in place of --fast", a.all.out);
    if (form == FORM_INFERENCE) e = emission_inference(x, x->batch, &a.all.passes);
    e->form = form;
    emit_folder(e, a.all.out);
    arena_free(arena);
    return 0;
}
