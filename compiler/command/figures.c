/* figures.c - `tailor figures`: pictures of what a sweep recorded. */
#include "command/command.h"
#include "report/report.h"

typedef struct FigureArguments { Arguments all; const char *only; } FigureArguments;

#define AT(field) .at = offsetof(FigureArguments, field)

static const Flag figure_flags[] = {
    {.shared = &flag_out, .value = "FOLDER", .help = "where the pictures go", .needed = true},
    {.name = "--only", .value = "NAME", .help = "one experiment of the record", .otherwise = "all", AT(only)},
    {.shared = &flag_threads},
    {0}};

const CommandLine figure_line = {
    "figures", "DIR",
    "Draws the experiments in DIR/record.sqlite as SVG, for print and for screens, light and dark: each compared\n"
    "metric with its intervals and seeds, what it costs, metrics of maps against it, and learning curves.  Where maps\n"
    "are measured and the folders of runs are there, it also draws the maps of some test images.  Prints the name of\n"
    "each file.  docs/experiments.md says the rest.\n",
    figure_flags,
    .examples = "tailor figures sweeps/experiment -o figures",
    .uses = USES_DATA};

/* Ends the program with what is missing: a run that is done, or one that has what is compared. */
static _Noreturn void refuse_to_draw(Arena *arena, const Record *record, const Results *results)
{
    Text wanted = text_new(arena);
    NameTable known = name_table_new(arena);
    bool any = false;
    for (int s = 0; s < results->n_studies; s++) {
        const ReportStudy *study = &results->studies[s];
        for (int b = 0; b < study->n_blocks; b++)
            for (int i = 0; i < study->blocks[b].n_runs; i++) any = any || run_is_done(&study->blocks[b].runs[i]);
        for (int m = 0; m < study->n_compare; m++)
            if (!(*name_number(&known, study->compare[m]))++)
                text_add(&wanted, "%s%s", wanted.length ? ", " : "", study->compare[m]);
    }
    if (!any) fail("%s: no run of it is done, so there is nothing to draw", record->path);
    fail("%s: no run of it that is done has a value of what is compared: %s", record->path, wanted.chars);
}

int command_figures(int argc, char **argv)
{
    FigureArguments f = {0};
    arguments_parse(argc, argv, &figure_line, &f);
    Arena *arena = arena_new();
    RtError error = {0};
    Record *record = record_open(arena, f.all.argument, false);
    const Results *results = results_of(arena, record, f.only, true);
    if (!rt_folder_make(f.all.out, &error)) fail("%s", error.text);
    if (!write_figures(arena, record, results, f.all.out, f.all.threads ? (int)f.all.threads : cores()))
        refuse_to_draw(arena, record, results);
    record_close(record);
    arena_free(arena);
    return 0;
}
