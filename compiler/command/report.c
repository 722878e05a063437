/* report.c - `tailor report`: a run, two runs or a sweep as a page that one can send. */
#include "command/command.h"
#include "page/page.h"

#include <string.h>
#include <sys/stat.h>

typedef struct ReportArguments {
    Arguments all;
    const char *against;
} ReportArguments;

#define AT(field) .at = offsetof(ReportArguments, field)

static const Flag report_flags[] = {
    {.shared = &flag_out, .value = "FILE.html", .help = "the page", .needed = true},
    {.name = "--against", .value = "RUN", .help = "another run, beside it", AT(against)},
    {.shared = &flag_threads},
    {0}};

const CommandLine report_line = {
    "report", "RUN|SWEEP",
    "Writes one page of HTML, which asks for nothing and needs no script.  Of a run: what came out, curves,\n"
    "confusion, the worst images with their maps, metrics of maps, how to make it again, its graph, its memory, its\n"
    "graph file and C line by line, what to be careful about.  Of a sweep: what was asked, tables, figures, what is\n"
    "missing.  Images of the data set are looked at where they are there.\n",
    report_flags,
    .examples = "tailor report runs/a -o report.html\n"
                "tailor report runs/a --against runs/b -o report.html",
    .uses = USES_DATA};

/* Only a page is replaced: a slip of the hand could name a file of the run itself. */
void check_page_place(const char *path)
{
    static const char begins[] = "<!DOCTYPE html>";
    struct stat info;
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) fail("%s: is a folder, against a file to write", path);
    char head[sizeof begins - 1];
    FILE *file = fopen(path, "rb");
    if (!file) return;
    const size_t n = fread(head, 1, sizeof head, file);
    fclose(file);
    if (n && (n < sizeof head || memcmp(head, begins, n))) fail("%s: is there, and is no page of HTML", path);
}

int command_report(int argc, char **argv)
{
    ReportArguments r = {0};
    const Arguments *a = &r.all;
    arguments_parse(argc, argv, &report_line, &r);
    Arena *arena = arena_new();
    RtError error = {0};
    struct stat info;
    const char *folder = a->argument;
    const int threads = a->threads ? (int)a->threads : cores();
    check_page_place(a->out);
    const bool sweep = stat(arena_format(arena, "%s/record.sqlite", folder), &info) == 0;
    if (sweep && r.against) usage_error("report: --against is of runs, not of a sweep");
    const char *html = sweep ? study_page(arena, folder, threads) : run_page(arena, folder, r.against, threads);
    if (!rt_file_write(a->out, html, strlen(html), &error)) fail("%s", error.text);
    printf("%s\n", a->out);
    arena_free(arena);
    return finish_output(0);
}
