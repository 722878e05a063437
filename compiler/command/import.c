/* import.c - `tailor import`: a graph file and its weights from an ONNX model. */
#include "command/command.h"
#include "exchange/exchange.h"

#include <string.h>
#include <sys/stat.h>

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

static bool is_imported(const char *path)
{
    char line[1024] = "";
    FILE *file = fopen(path, "rb");
    const bool read = file && fgets(line, sizeof line, file);
    if (file) fclose(file);
    return read && !strncmp(line, "-- ", 3) && strstr(line, ".lua   imported from ");
}

/* What import wrote earlier is replaced; a graph of one's own, weights of one's own and the model are not. */
static void check_import_place(Arena *arena, const char *model, const char *lua)
{
    const char *weights = arena_format(arena, "%.*s.safetensors", (int)strlen(lua) - 4, lua);
    const char *const paths[] = {lua, weights};
    struct stat info, own;
    const bool imported = is_imported(lua);
    for (int i = 0; i < 2; i++) {
        if (stat(paths[i], &info) != 0) continue;
        if (S_ISDIR(info.st_mode)) fail("%s: is a folder, against a file to write", paths[i]);
        if (stat(model, &own) == 0 && own.st_dev == info.st_dev && own.st_ino == info.st_ino)
            fail("%s: is the model itself, against a file to write", paths[i]);
        if (!imported && S_ISREG(info.st_mode) && info.st_size > 0)
            fail("%s: is there, and %s", paths[i], i ? "is of no graph that was imported" : "was not imported");
    }
}

int command_import(int argc, char **argv)
{
    Arguments a = {0};
    arguments_parse(argc, argv, &import_line, &a);
    const size_t n = strlen(a.out);
    if (n < 5 || strcmp(a.out + n - 4, ".lua") || a.out[n - 5] == '/')
        usage_error("import: -o takes NAME.lua, not '%s'", a.out);
    Arena *arena = arena_new();
    check_import_place(arena, a.argument, a.out);
    const Imported done = import_model(arena, a.argument, a.out);
    printf("%s: %d nodes of the model in %d lines\n%s: %d tensors, %lld numbers\n", a.out, done.nodes, done.lines,
           done.weights, done.parameters, (long long)done.numbers);
    arena_free(arena);
    return finish_output(0);
}
