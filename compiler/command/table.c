/* table.c - `tailor table`: means, intervals and comparisons of what a sweep recorded. */
#include "command/command.h"
#include "report/report.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

typedef struct TableArguments { Arguments all; const char *only, *format; bool dump; } TableArguments;

#define AT(field) .at = offsetof(TableArguments, field)

static const Flag table_flags[] = {
    {.name = "--only", .value = "NAME", .help = "one experiment of the record", .otherwise = "all", AT(only)},
    {.name = "--format", .value = "FORMAT", .help = "how it is written", .initial = "text", .values = table_format,
     .more = "csv and json have every digit and every statistic, shares as they are recorded; the others show "
             "accuracies in %.", AT(format)},
    {.shared = &flag_json, .help = "the same as --format json"},
    {.name = "--dump", .help = "in place of tables, the record: a JSON line a row, sorted", AT(dump),
     .more = "tailor merge reads it, too."},
    {0}};

const CommandLine table_line = {
    "table", "DIR",
    "Prints a table for each graph, data set and compared metric of the experiments in DIR/record.sqlite: what every\n"
    "variant reached over its seeds, how far it is from the baseline, what such a difference is worth, and what the\n"
    "variant takes.  A sweep may be at work meanwhile.  docs/experiments.md says the rest.\n",
    table_flags,
    .examples = "tailor table sweeps/experiment\n"
                "tailor table sweeps/experiment --format latex"};

/* Columns of the terminal that standard output is; 80 where it is none. */
static int screen_width(void)
{
    enum { PLAIN = 80, LEAST = 40, MOST = 400 };
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_col) return PLAIN;
    return size.ws_col < LEAST ? LEAST : size.ws_col > MOST ? MOST : size.ws_col;
}

int command_table(int argc, char **argv)
{
    TableArguments t = {0};
    arguments_parse(argc, argv, &table_line, &t);
    if (t.dump && (t.only || t.all.json || flag_given(&t.all, "--format")))
        usage_error("table: --dump prints the whole record as it is, without --only and --format");
    if (t.all.json && flag_given(&t.all, "--format") && strcmp(t.format, "json"))
        usage_error("table: --json is --format json, against --format %s", t.format);
    if (t.all.json) t.format = "json";
    Arena *arena = arena_new();
    Record *record = record_open(arena, t.all.argument, false);
    if (t.dump) record_dump(record, stdout);
    else {
        const char *notes;
        fputs(tables_text(arena, results_of(arena, record, t.only, false), t.format, screen_width(), &notes), stdout);
        fputs(notes, stderr);
    }
    record_close(record);
    arena_free(arena);
    return 0;
}
