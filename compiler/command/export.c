/* export.c - `tailor export`: a finished run as an ONNX model. */
#include "command/command.h"

#include <stdio.h>
#include <unistd.h>

#include "exchange/export.h"

typedef struct ExportArguments {
    Arguments all;
    int64_t opset;
    bool maps, nhwc;
} ExportArguments;

static const Flag export_flags[] = {
    {.group = "The run"},
    {.shared = &flag_best},
    {.group = "The model"},
    {.name = "--opset",
     .value = "N",
     .help = "version of ONNX's operators",
     .initial = "17",
     .more = "Of 17 there is all that older readers take; from 20 on a gelu is one node.",
     .least = OPSET_LEAST,
     .most = OPSET_MOST,
     .at = offsetof(ExportArguments, opset)},
    {.name = "--maps",
     .help = "the Grad-CAM of the predicted class as a further output, grad_cam",
     .at = offsetof(ExportArguments, maps)},
    {.name = "--nhwc",
     .help = "images as [batch, h, w, c], in place of [batch, c, h, w]",
     .at = offsetof(ExportArguments, nhwc)},
    {.group = "What is written"},
    {.shared = &flag_out, .value = "FILE", .help = "the model, NAME.onnx", .needed = true},
    {0}};

const CommandLine export_line = {
    "export", "RUN",
    "Writes a finished run as an ONNX model: what it predicts, with running statistics and without dropout.\n"
    "Initializers have the names and layouts of the parameters.  The same run gives the same bytes.\n",
    export_flags, .examples = "tailor export runs/a -o digits.onnx"};

/* A model that is there is replaced; another file is not. */
static void check_place(const char *path)
{
    enum { FIRST_FIELD = 1 << 3 }; /* of a model: the version of its format */
    if (rt_is_folder(path)) fail("%s: is a folder, against a file to write", path);
    FILE *file = access(path, F_OK) == 0 ? fopen(path, "rb") : NULL;
    if (!file) return;
    const int first = fgetc(file);
    fclose(file);
    if (first != EOF && first != FIRST_FIELD) fail("%s: is there and is no ONNX model; it is not overwritten", path);
}

int command_export(int argc, char **argv)
{
    ExportArguments x = {0};
    const Arguments *a = &x.all;
    arguments_parse(argc, argv, &export_line, &x);
    check_place(a->out);
    Arena *arena = arena_new();
    export_run(arena, &(ExportRequest){.run = a->argument,
                                       .out = a->out,
                                       .opset = x.opset < OPSET_LEAST ? OPSET_USUAL : (int)x.opset,
                                       .best = a->best,
                                       .maps = x.maps,
                                       .nhwc = x.nhwc});
    arena_free(arena);
    return 0;
}
