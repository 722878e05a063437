/* import.c - `tailor import`: a graph file and its weights from an ONNX model. */
#include "command/command.h"
#include "exchange/exchange.h"

#include <string.h>

static const Flag import_flags[] = {{.group = "What is written"},
                                    {.shared = &flag_out,
                                     .value = "NAME.lua",
                                     .needed = true,
                                     .suffix = "lua",
                                     .help = "the graph file; NAME.safetensors beside it: its parameters and states"},
                                    {0}};

const CommandLine import_line = {
    "import", "MODEL",
    "Makes a graph file from an image classifier in ONNX, as PyTorch exports it (torch.onnx.export, in one file:\n"
    "external_data=False), and writes its weights.  The graph has image, label and logits, and ends in a train{} to\n"
    "edit.  What it takes: docs/exchange.md.\n",
    import_flags, .examples = "tailor import model.onnx -o model.lua"};

int command_import(int argc, char **argv)
{
    Arguments a = {0};
    arguments_parse(argc, argv, &import_line, &a);
    const size_t n = strlen(a.out);
    if (n < 5 || strcmp(a.out + n - 4, ".lua") || a.out[n - 5] == '/')
        usage_error("import: -o takes NAME.lua, not '%s'", a.out);
    Arena *arena = arena_new();
    const Imported done = import_model(arena, a.argument, a.out);
    printf("%s: %d nodes of the model in %d lines\n%s: %d tensors, %lld numbers\n", a.out, done.nodes, done.lines,
           done.weights, done.parameters, (long long)done.numbers);
    arena_free(arena);
    return finish_output(0);
}
