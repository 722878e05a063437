/* show.c - `tailor show`: a graph and its plan of memory. */
#include "command/command.h"
#include "show/show.h"

#include <string.h>

typedef struct ShowArguments {
    Arguments all;
    bool text;
} ShowArguments;

#define AT(field) .at = offsetof(ShowArguments, field)

static const Flag show_flags[] = {{.group = "The graph"},
                                  {.shared = &flag_set},
                                  {.shared = &flag_budget},
                                  {.shared = &flag_without},
                                  {.group = "What is written"},
                                  {.shared = &flag_out, .value = "DIR", .help = "a folder for graph.svg and plan.svg"},
                                  {.name = "--text", .help = "prints both for a terminal instead", AT(text)},
                                  {0}};

const CommandLine show_line = {
    "show", "GRAPH",
    "Draws a graph file.  graph.svg: its layers, folded into blocks, with shapes, parameters and operations, and the\n"
    "places where the gradient of the objective enters.  plan.svg: the memory of a training step, a rectangle for\n"
    "each buffer.  A pointer over a block or a buffer shows the rest.  GRAPH may be -, standard input.\n",
    show_flags,
    .examples = "tailor show digits.lua -o pictures\n"
                "tailor show digits.lua --text"};

static void write_picture(Arena *arena, const char *folder, const char *name, const char *svg)
{
    RtError error = {0};
    const char *path = arena_format(arena, "%s/%s", folder, name);
    if (!rt_file_write(path, svg, strlen(svg), &error)) fail("%s", error.text);
    printf("%s\n", path);
}

int command_show(int argc, char **argv)
{
    enum { COLUMNS = 80 };
    ShowArguments s = {0};
    Arguments *a = &s.all;
    arguments_parse(argc, argv, &show_line, &s);
    if (s.text == (a->out != NULL)) usage_error("show: give one of -o DIR and --text");
    Arena *arena = arena_new();
    const Experiment *x = load(arena, a->argument, a->n_settings, a->settings);
    const Emission *e = emission_new(x, x->batch, &a->passes);
    if (s.text) {
        printf("%s\n%s", blocks_text(arena, e, COLUMNS), memory_text(arena, e, COLUMNS));
    } else {
        RtError error = {0};
        const char *graph = blocks_svg(arena, e), *memory = memory_svg(arena, e);
        if (!rt_folder_make(a->out, &error)) fail("%s", error.text);
        write_picture(arena, a->out, "graph.svg", graph);
        write_picture(arena, a->out, "plan.svg", memory);
    }
    arena_free(arena);
    return finish_output(0);
}
