/* sweep.c - `tailor sweep`: the cells of an experiment file, listed or run, and what a record says of them. */
#include "command/command.h"
#include "sweep/sweep.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rt_main.h"

typedef struct SweepArguments {
    Arguments all;
    SweepOptions sweep;
    const char *why, *rerun;
    bool dry_run, status;
} SweepArguments;

#define AT(field) .at = offsetof(SweepArguments, field)

static const char *rerun_kind(int i) { return i == 0 ? "stale" : NULL; }

static void take_shard(Arguments *a, const Flag *f, const char *text)
{
    enum { MOST = 1 << 20 };
    Shard *shard = flag_place(a, f);
    const char *slash = strchr(text, '/');
    char number[16];
    uint64_t of, which;
    if (!slash || snprintf(number, sizeof number, "%.*s", (int)(slash - text), text) >= (int)sizeof number ||
        !rt_flag_number(slash + 1, 1, MOST, &of) || !rt_flag_number(number, 1, of, &which))
        usage_error("sweep: %s takes I/N, 1/3 to 3/3 of three, not '%s'", f->name, text);
    *shard = (Shard){(int64_t)which, (int64_t)of};
}

static const Flag sweep_flags[] = {
    {.group = "The cells"},
    {.name = "--only", .value = "NAME", .help = "of one experiment of the file", AT(sweep.only)},
    {.name = "--shard", .value = "I/N", .help = "every N-th cell by key, from the I-th on", .take = take_shard,
     .more = "Whatever is done already, so that N machines share a sweep without talking; tailor merge joins their "
             "records.", AT(sweep.shard)},
    {.name = "--dry-run", .help = "lists them: parameters, FLOPs, memory, expected time; runs none", AT(dry_run)},
    {.group = "The sweep"},
    {.shared = &flag_out, .value = "DIR", .help = "its folder; one with a record is continued",
     .otherwise = "sweeps/NAME"},
    {.name = "--jobs", .also = "-j", .value = "N", .help = "cells side by side, which share the threads",
     .otherwise = "the cores that may be used", .least = 1, .most = 1024, AT(sweep.jobs)},
    {.name = "--fail-fast", .help = "starts no further cell once one has failed", AT(sweep.fail_fast)},
    {.name = "--retry-failed", .help = "runs cells again that have failed", AT(sweep.retry_failed)},
    {.name = "--rerun", .value = "WHICH", .help = "runs cells again that are done", .values = rerun_kind,
     .more = "Stale ones are of a tailor whose emitted arithmetic gave other bits.", AT(rerun)},
    {.group = "Instead of a sweep"},
    {.name = "--status", .help = "counts the cells of the record in DIR by state, and names those that failed",
     AT(status)},
    {.name = "--why", .value = "KEY", AT(why),
     .help = "what makes a cell of the record in DIR what it is, and why it is queued, done or stale"},
    {.group = "What is printed"},
    {.shared = &flag_json},
    {.shared = &flag_quiet},
    {0}};

const CommandLine sweep_line = {
    "sweep", "FILE|DIR",
    "Runs the cells of an experiment file: each graph, with the options of each variant, on each data set, under each\n"
    "seed.  DIR/record.sqlite has their results while it is written.  A cell that is done is not run again; a sweep\n"
    "that was ended in any way goes on where it was; several sweeps on one folder share the work.\n",
    sweep_flags,
    .examples = "tailor sweep experiment.lua --dry-run\n"
                "tailor sweep experiment.lua",
    .uses = USES_DATA | USES_COMPILER | USES_COLOURS,
    .exits = "130 interrupted; the same command goes on"};

/* ---- --dry-run ---- */

static const char *time_text(Arena *arena, double seconds)
{
    if (isnan(seconds)) return "-";
    if (seconds < 100) return arena_format(arena, "%.1f s", seconds);
    if (seconds < 6000) return arena_format(arena, "%.0f min", seconds / 60);
    return arena_format(arena, "%.1f h", seconds / 3600);
}

/* What is still to be trained; of the rest, what was given up or is stale, and what lacks maps only. */
typedef struct Rest { int cells, unknown, failed, stale, maps; double seconds, longest; } Rest;

static Rest rest_of(const Cells *cells, const Forecast *f, const bool *chosen, const SweepOptions *o)
{
    Rest rest = {0};
    Arena *arena = arena_new();
    bool *built = arena_array(arena, cells->n_builds, sizeof *built);
    for (int i = 0; i < cells->n_cells; i++) {
        const char *state = f->state[i];
        if (!chosen[i]) continue;
        const bool failed = !strcmp(state, "failed") && !o->retry_failed,
                   stale = !strcmp(state, "stale") && !o->rerun_stale;
        rest.failed += failed, rest.stale += stale;
        if (failed || stale || !strcmp(state, "done")) {
            rest.maps += f->lacks_maps[i];
            continue;
        }
        rest.cells++;
        bool *seen = &built[cells->cells[i].build];
        rest.seconds += *seen ? 0 : BUILD_SECONDS;
        *seen = true;
        if (isnan(f->seconds[i])) rest.unknown++;
        else rest.seconds += f->seconds[i];
        if (f->seconds[i] > rest.longest) rest.longest = f->seconds[i];
    }
    arena_free(arena);
    return rest;
}

static double side_by_side(const Rest *rest, int64_t jobs)
{
    const double shared = rest->seconds / (double)jobs;
    return shared > rest->longest ? shared : rest->longest;
}

static void json_cell(RtJsonWriter *w, const Cells *cells, const Forecast *f, int i)
{
    const Cell *c = &cells->cells[i];
    const Build *b = &cells->builds[c->build];
    rt_json_open(w, NULL, '{');
    if (c->no_data) rt_json_raw(w, "key", "null");
    else rt_json_string(w, "key", c->key);
    rt_json_string(w, "graph", b->graph);
    rt_json_string(w, "graph_hash", b->graph_hash);
    rt_json_raw(w, "options", b->options);
    rt_json_string(w, "data", c->data);
    rt_json_unsigned(w, "seed", c->seed);
    rt_json_integer(w, "epochs", c->epochs);
    rt_json_string(w, "split", c->validation ? "validation" : "test");
    rt_json_integer(w, "parameters", b->parameters);
    rt_json_integer(w, "flops_forward", b->flops_forward);
    rt_json_integer(w, "flops_step", b->flops_step);
    rt_json_integer(w, "workspace_bytes", b->workspace_bytes);
    rt_json_number(w, "step_seconds", b->step_seconds);
    if (c->no_data) rt_json_raw(w, "steps", "null");
    else rt_json_integer(w, "steps", c->steps);
    rt_json_number(w, "seconds", f->seconds[i]);
    rt_json_string(w, "state", f->state[i]);
    rt_json_close(w, '}');
}

static void print_json(const Cells *cells, const Forecast *f, const bool *chosen, const SweepOptions *o)
{
    const Rest rest = rest_of(cells, f, chosen, o);
    RtJsonWriter w = {0};
    rt_json_open(&w, NULL, '{');
    rt_json_open(&w, "cells", '[');
    for (int i = 0; i < cells->n_cells; i++)
        if (chosen[i]) json_cell(&w, cells, f, i);
    rt_json_close(&w, ']');
    rt_json_open(&w, "members", '[');
    for (int i = 0; i < cells->n_members; i++) {
        const Member *m = &cells->members[i];
        if (!chosen[m->cell]) continue;
        rt_json_open(&w, NULL, '{');
        rt_json_string(&w, "experiment", cells->file->studies[m->study].name);
        rt_json_string(&w, "graph", m->graph);
        rt_json_string(&w, "data", m->data);
        rt_json_string(&w, "variant", m->variant);
        rt_json_unsigned(&w, "seed", m->seed);
        if (cells->cells[m->cell].no_data) rt_json_raw(&w, "key", "null");
        else rt_json_string(&w, "key", cells->cells[m->cell].key);
        rt_json_close(&w, '}');
    }
    rt_json_close(&w, ']');
    rt_json_integer(&w, "left", rest.cells);
    rt_json_integer(&w, "maps_left", rest.maps);
    rt_json_integer(&w, "timed", f->n_timed);
    rt_json_number(&w, "seconds", rest.unknown ? NAN : rest.seconds);
    rt_json_integer(&w, "jobs", o->jobs);
    rt_json_number(&w, "seconds_side_by_side", rest.unknown ? NAN : side_by_side(&rest, o->jobs));
    rt_json_close(&w, '}');
    if (w.text.failed) fail("tailor: out of memory");
    puts(w.text.data);
    rt_text_free(&w.text);
}

static void print_rest(Arena *arena, const Cells *cells, const Forecast *f, const bool *chosen, const SweepOptions *o)
{
    const Rest rest = rest_of(cells, f, chosen, o);
    int n = 0, n_builds = 0;
    bool *seen = arena_array(arena, cells->n_builds, sizeof *seen);
    for (int i = 0; i < cells->n_cells; i++) {
        if (!chosen[i]) continue;
        n++, n_builds += !seen[cells->cells[i].build];
        seen[cells->cells[i].build] = true;
    }
    printf("\n%d cell%s of %d build%s, %d of them to be run", n, n == 1 ? "" : "s", n_builds, n_builds == 1 ? "" : "s",
           rest.cells);
    if (rest.cells > rest.unknown)
        printf(": %s on one thread, %s with -j %lld.\n", time_text(arena, rest.seconds),
               time_text(arena, side_by_side(&rest, o->jobs)), (long long)o->jobs);
    else printf(".\n");
    if (rest.failed) printf("%d failed, which --retry-failed runs again.\n", rest.failed);
    if (rest.stale) printf("%d are stale, which --rerun=stale runs again.\n", rest.stale);
    if (rest.maps) printf("Of %d that are done maps are to be measured.\n", rest.maps);
    if (rest.unknown) printf("The time of %d of them is not known: their data is not there.\n", rest.unknown);
    if (f->n_timed)
        printf("Times are the cost model's times %.2f, as the %d cell%s timed took; theirs are their own", f->ratio,
               f->n_timed, f->n_timed == 1 ? "" : "s");
    else printf("Times are the least that the cost model allows (tailor check --cost), without evaluation and maps");
    printf("; a cell takes at\nleast %d s, each build %d s.\n", CELL_SECONDS, BUILD_SECONDS);
}

static int wider(int width, const char *name) { return shown_width(name) > width ? shown_width(name) : width; }

static const char *padded(Arena *arena, const char *name, int width)
{
    return arena_format(arena, "%s%*s", name, width - shown_width(name), "");
}

static void print_table(Arena *arena, const Cells *cells, const Forecast *f, const bool *chosen, const SweepOptions *o)
{
    const Member **first = arena_array(arena, cells->n_cells, sizeof *first);
    int graph = (int)strlen("graph"), data = (int)strlen("data"), variant = (int)strlen("variant");
    for (int i = 0; i < cells->n_members; i++) {
        const Member *m = &cells->members[i];
        if (first[m->cell] || !chosen[m->cell]) continue;
        first[m->cell] = m;
        graph = wider(graph, shown_name(arena, m->graph));
        data = wider(data, m->data);
        variant = wider(variant, shown_name(arena, m->variant));
    }
    printf("%-12s  %-*s  %-*s  %-*s  %6s %6s %10s %12s %12s %10s %10s  %s\n", "key", graph, "graph", data, "data",
           variant, "variant", "seed", "epochs", "parameters", "FLOPs", "a step", "workspace", "time", "state");
    for (int i = 0; i < cells->n_cells; i++) {
        const Cell *c = &cells->cells[i];
        const Build *b = &cells->builds[c->build];
        if (!chosen[i]) continue;
        printf("%-12.12s  %s  %s  %s  %6llu %6lld %10lld %12lld %12lld %10lld %10s  %s\n",
               c->no_data ? "-" : c->key, padded(arena, shown_name(arena, first[i]->graph), graph),
               padded(arena, c->data, data), padded(arena, shown_name(arena, first[i]->variant), variant),
               (unsigned long long)c->seed, (long long)c->epochs, (long long)b->parameters,
               (long long)b->flops_forward, (long long)b->flops_step, (long long)b->workspace_bytes,
               time_text(arena, f->seconds[i]), f->state[i]);
    }
    print_rest(arena, cells, f, chosen, o);
}

static void say_no_data(Arena *arena, const Cells *cells, const bool *chosen)
{
    NameTable said = name_table_new(arena);
    for (int i = 0; i < cells->n_cells; i++) {
        const char *why = chosen[i] ? cells->cells[i].no_data : NULL;
        int *number = why ? name_number(&said, why) : NULL;
        if (number && !*number) *number = 1, fprintf(stderr, "%s\n", why);
    }
}

/* ---- the command ---- */

/* Counts the costs of builds with cells that are listed or, without a list, that the record is to get: also those of
 * other shards, which it gets too. */
static void count(Arena *arena, const Cells *cells, const bool *listed, const char *folder)
{
    const Forecast *f = listed ? NULL : forecast(arena, cells, folder);
    bool *wanted = arena_array(arena, cells->n_builds, sizeof *wanted);
    for (int i = 0; i < cells->n_cells; i++)
        if (listed ? listed[i] : !strcmp(f->state[i], "new")) wanted[cells->cells[i].build] = true;
    count_costs(arena, cells, wanted);
}

static int sweep(Arena *arena, SweepArguments *a)
{
    SweepOptions *o = &a->sweep;
    o->json = a->all.json, o->quiet = a->all.quiet;
    if (o->quiet) no_remarks();
    const StudyFile *file = load_studies(arena, a->all.argument);
    const Cells *cells = cells_of(arena, file, o->only);
    const bool *chosen = cells_of_shard(arena, cells, o->shard);
    o->folder = a->all.out ? a->all.out : arena_format(arena, "sweeps/%s", file->source.name);
    o->jobs = o->jobs ? o->jobs : cores();
    o->rerun_stale = a->rerun != NULL;
    if (a->dry_run) {
        count(arena, cells, chosen, o->folder);
        const Forecast *f = forecast(arena, cells, o->folder);
        say_no_data(arena, cells, chosen);
        if (o->json) print_json(cells, f, chosen, o);
        else if (!o->quiet) print_table(arena, cells, f, chosen, o);
        return 0;
    }
    for (int i = 0; i < cells->n_cells; i++)
        if (chosen[i] && cells->cells[i].no_data) fail("%s", cells->cells[i].no_data);
    count(arena, cells, NULL, o->folder);
    return sweep_run(arena, cells, o);
}

int command_sweep(int argc, char **argv)
{
    SweepArguments a = {0};
    arguments_parse(argc, argv, &sweep_line, &a);
    if (a.status && a.why) usage_error("sweep: --status and --why do not go together");
    for (int i = 0; a.status || a.why; i++) {
        const Flag f = flag_row(&sweep_line, i);
        if (!f.name && !f.group) break;
        if (!f.name || !a.all.given[i]) continue;
        if (strcmp(f.name, "--status") && strcmp(f.name, "--why") && strcmp(f.name, "--json"))
            usage_error("sweep: %s goes with neither --status nor --why", f.name);
    }
    if (a.why && a.all.json) usage_error("sweep: --why prints no JSON");
    Arena *arena = arena_new();
    const int code = a.status ? sweep_status(arena, a.all.argument, a.all.json)
                     : a.why  ? sweep_why(arena, a.why, a.all.argument)
                              : sweep(arena, &a);
    arena_free(arena);
    return code;
}
