/* page.c - `tailor page`: a run as a page in which its network sees and learns. */
#include "command/command.h"
#include "web/web.h"

#include <string.h>

enum { LARGE = 1000000 };

static const Flag page_flags[] = {
    {.shared = &flag_out, .value = "PAGE.html", .help = "the page", .needed = true},
    {0}};

const CommandLine page_line = {
    "page", "RUN",
    "Writes one page of HTML, which asks for nothing, in which one draws and sees what the network of a finished run\n"
    "takes it for, and where it looks: class probabilities and the map of any class, as one draws.  A button trains\n"
    "the same network from the start, in the page, on drawn digits; its weights are those of a native run, bit for\n"
    "bit.  Needs clang and lld, which compile the network for WebAssembly.\n",
    page_flags,
    .examples = "tailor page runs/a -o page.html",
    .uses = USES_DATA};

int command_page(int argc, char **argv)
{
    Arguments a = {0};
    arguments_parse(argc, argv, &page_line, &a);
    Arena *arena = arena_new();
    RtError error = {0};
    check_page_place(a.out);
    const WebRun *web = web_read(arena, a.argument);
    const char *html = web_page(arena, web);
    if (strlen(html) >= LARGE)
        remark("tailor: the page has %zu bytes, against fewer than %d of one that is easily sent: its weights are %lld "
               "numbers of four bytes", strlen(html), LARGE, (long long)web_weights(web));
    if (!rt_file_write(a.out, html, strlen(html), &error)) fail("%s", error.text);
    printf("%s\n", a.out);
    arena_free(arena);
    return finish_output(0);
}
