/* lock.c - `tailor lock`: trains, or takes a finished run, and writes what made it and which numbers came out. */
#include "command/command.h"
#include "lock/lock.h"
#include "sweep/job.h"
#include "sweep/reading.h"
#include "sweep/sweep.h"

#include <string.h>
#include <unistd.h>

typedef struct LockArguments { Arguments all; const char *run, *init, *init_except; } LockArguments;

static const Flag lock_flags[] = {
    {.group = "The graph"},
    {.shared = &flag_set},
    {.shared = &flag_budget},
    {.shared = &flag_without},
    {.group = "The training"},
    {.shared = &flag_data},
    {.trainer = "--seed"},
    {.trainer = "--epochs"},
    {.trainer = "--split"},
    {.trainer = "--init", .suffix = "safetensors", .at = offsetof(LockArguments, init)},
    {.trainer = "--init-except", .at = offsetof(LockArguments, init_except)},
    {.shared = &flag_threads},
    {.group = "Algorithms"},
    {.shared = &flag_tune},
    {.shared = &flag_fast, .help = "as --tune; refused where it finds OpenBLAS, whose bits depend on the machine"},
    {.shared = &flag_tuned},
    {.group = "In place of training"},
    {.name = "--run", .value = "DIR", .help = "a finished run; with an experiment file, a finished sweep",
     .at = offsetof(LockArguments, run)},
    {.group = "What is written"},
    {.shared = &flag_out, .value = "FILE", .help = "the lock; of an experiment file, a folder of locks",
     .otherwise = "NAME.lock, NAME.locks"},
    {0}};

const CommandLine lock_line = {
    "lock", "[GRAPH]",
    "Trains in a temporary folder and writes a lock: hashes of the graph's files, the data and the code, every option\n"
    "and setting, losses, hashes of weights, metrics.  tailor verify makes the run again from it.  An experiment file\n"
    "gives a lock for each of its cells.  docs/locks.md says what each line means.\n",
    lock_flags,
    .examples = "tailor lock digits.lua --epochs 1 -o digits.lock",
    .uses = USES_DATA | USES_COMPILER};

/* ---- a run ---- */

static int lock_folder(Arena *arena, const LockArguments *a)
{
    const Emission *e = lock_emission(arena, a->run, &a->all.passes);
    const char *path = a->all.out ? a->all.out : arena_format(arena, "%s.lock", e->experiment->source.name);
    lock_check_place(arena, path);
    lock_write(lock_of_run(arena, e, a->run, &a->all.passes), path);
    return 0;
}

static int lock_graph_file(Arena *arena, const LockArguments *a)
{
    Experiment *x = load(arena, a->all.argument, a->all.n_settings, a->all.settings);
    const char *path = a->all.out ? a->all.out : arena_format(arena, "%s.lock", x->source.name);
    const char *data = a->all.data ? a->all.data : x->train.data ? x->train.data : "";
    RtError error = {0};
    if (!x->loss || !x->has_train)
        fail("%s: the file minimizes nothing or has no train{}: nothing to lock", x->source.path);
    if (!rt_data_exists(data, &error)) fail("%s: %s", x->source.name, error.text);
    if (a->init_except && !a->init) usage_error("lock: --init-except says what --init leaves out");
    if (a->init) check_init(arena, x, a->init, a->init_except);
    lock_check_place(arena, path);
    const Emission *e = emission_tuned(x, &a->all.passes, measure_of(&a->all), a->all.tuned);
    lock_refuse_openblas(x, x->source.path);
    const char *folder = temporary_folder(arena), *trainer = build_trainer(arena, e, folder, NULL);
    const char *arguments[2 * MOST_FLAGS + 1];
    arguments[hand_on(&a->all, arguments, 0)] = NULL;
    lock_run_trainer(arena, x, arguments, trainer, folder, 0);
    lock_write(lock_of_run(arena, e, folder, &a->all.passes), path);
    remove_folder(folder);
    return 0;
}

/* ---- an experiment file ---- */

/* Is it the file of an experiment?  A graph file that is refused for another reason says so when it is loaded. */
static bool is_experiment(Arena *arena, const char *path)
{
    Facts facts;
    if (!strcmp(path, "-")) return false;
    read_graphs(arena, 1, &(Question){.path = path}, &facts);
    return facts.fault && strstr(facts.fault, EXPERIMENTS_ELSEWHERE);
}

/* Refuses flags of training where nothing is trained by them; but those that say how the C was made, with `passes`. */
static void refuse_flags(const LockArguments *a, bool passes, const char *why)
{
    for (int i = 0;; i++) {
        const Flag f = flag_row(&lock_line, i);
        if (!f.name && !f.group) break;
        if (!f.name || !a->all.given[i] || !strcmp(f.name, "--out") || !strcmp(f.name, "--run")) continue;
        if (!passes || (f.take != flag_without.take && f.at != flag_budget.at)) usage_error("lock: %s %s", f.name, why);
    }
}

/* A lock for each cell, FOLDER/KEY.lock by the first 16 digits of the cell's key, as the sweep's record has it. */
static int lock_cells(Arena *arena, const LockArguments *a)
{
    enum { KEY = 16 };
    refuse_flags(a, false, "does not go with an experiment file, which says what is trained");
    const StudyFile *file = load_studies(arena, a->all.argument);
    const Cells *cells = cells_of(arena, file, NULL);
    const char *out = a->all.out ? a->all.out : arena_format(arena, "%s.locks", file->source.name), *sweep = a->run;
    RtError error = {0};
    for (int i = 0; i < cells->n_cells; i++)
        if (cells->cells[i].no_data) fail("%s", cells->cells[i].no_data);
    if (!rt_folder_make(out, &error)) fail("%s", error.text);
    for (int i = 0; i < cells->n_cells; i++)
        lock_check_place(arena, arena_format(arena, "%s/%.*s.lock", out, KEY, cells->cells[i].key));
    if (!sweep) {
        sweep = temporary_folder(arena);
        count_costs(arena, cells, NULL);
        const int code = sweep_run(arena, cells, &(SweepOptions){.folder = sweep, .jobs = cores()});
        if (code) return code;
    }
    const Lock **locks = arena_array(arena, cells->n_cells, sizeof *locks);
    for (int i = 0; i < cells->n_cells; i++) {                     /* all are made before the first is written */
        const char *run = run_folder(arena, sweep, &cells->cells[i]);
        locks[i] = lock_of_run(arena, lock_emission(arena, run, &(Passes){0}), run, &(Passes){0});
    }
    for (int i = 0; i < cells->n_cells; i++)
        lock_write(locks[i], arena_format(arena, "%s/%.*s.lock", out, KEY, cells->cells[i].key));
    for (int i = 0; i < cells->n_members; i++) {
        const Member *m = &cells->members[i];
        printf("%s/%.*s.lock  %s  %s  %s  seed %llu\n", out, KEY, cells->cells[m->cell].key,
               shown_name(arena, m->graph), shown_name(arena, m->variant), m->data, (unsigned long long)m->seed);
    }
    if (!a->run) remove_folder(sweep);
    return 0;
}

int command_lock(int argc, char **argv)
{
    LockArguments a = {0};
    arguments_parse(argc, argv, &lock_line, &a);
    if (!a.all.argument && !a.run) usage_error("lock: GRAPH is missing, or --run DIR");
    Arena *arena = arena_new();
    const bool experiment = a.all.argument && is_experiment(arena, a.all.argument);
    if (a.run && a.all.argument && !experiment)
        usage_error("lock: --run takes the graph file in the run's folder, and no other");
    if (a.run && !experiment) refuse_flags(&a, true, "is of training; --run takes a run that is finished");
    const int code = experiment ? lock_cells(arena, &a) : a.run ? lock_folder(arena, &a) : lock_graph_file(arena, &a);
    arena_free(arena);
    return code;
}
