/* train.c - `tailor train`: emit, build, run.
 *
 * The run directory holds the emitted folder in c/.  The trainer in it does the work, so that a run here is a run of
 * the code that a user can ship. */
#include "command/command.h"
#include "rt_display.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct TrainArguments { Arguments all; const char *resume, *keep, *init, *init_except; } TrainArguments;

#define AT(field) .at = offsetof(TrainArguments, field)

static const Flag train_flags[] = {
    {.group = "The graph"},
    {.shared = &flag_set},
    {.shared = &flag_budget},
    {.shared = &flag_without},
    {.shared = &flag_dump},
    {.group = "The training"},
    {.shared = &flag_data},
    {.trainer = "--seed"},
    {.trainer = "--epochs"},
    {.shared = &flag_threads},
    {.trainer = "--init", .suffix = "safetensors", AT(init)},
    {.trainer = "--init-except", AT(init_except)},
    {.group = "The run"},
    {.shared = &flag_out, .value = "DIR", .help = "a new or empty folder", .otherwise = "runs/NAME, runs/NAME-2, ..."},
    {.trainer = "--resume", AT(resume)},
    {.trainer = "--keep", AT(keep)},
    {.trainer = "--split"},
    {.trainer = "--correct"},
    {.group = "Algorithms"},
    {.shared = &flag_tune},
    {.shared = &flag_fast},
    {.shared = &flag_tuned},
    {.shared = &flag_watch},
    {.group = "What is printed"},
    {.trainer = "--profile", AT(all.passes.profile)},
    {.shared = &flag_json},
    {.shared = &flag_quiet},
    {0}};

const CommandLine train_line = {
    "train", "GRAPH",
    "Emits the C of a graph file, builds it, and trains.  The run directory holds run.json, log.csv, trace.csv,\n"
    "weights.safetensors, checkpoint.safetensors, the graph file and the emitted C in c/.  GRAPH may be -, standard\n"
    "input: NAME is stdin then.\n",
    train_flags,
    .examples = "tailor train digits.lua --out runs/a\n"
                "tailor train digits.lua --set width=16 --seed 2 --out runs/b\n"
                "tailor train digits.lua --resume runs/a --epochs 4",
    .uses = USES_DATA | USES_COMPILER | USES_COLOURS,
    .exits = "4 a value was not finite\n130 interrupted after the checkpoint was written"};

enum { TRAINER_NOT_FINITE = 4 };

static bool exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

/* The value of a run under a key, from run.json or else from the checkpoint; NULL: there is none.  path is NULL where
 * neither file is there. */
static const char *said_of_run(Arena *arena, const char *folder, const char *key, const char **path)
{
    const char *record = arena_format(arena, "%s/run.json", folder),
               *checkpoint = arena_format(arena, "%s/checkpoint.safetensors", folder);
    const char *said = NULL;
    RtError error = {0};
    RtText text = {0};
    RtJson json = {0};
    RtArrays file = {0};
    *path = NULL;
    if (exists(record)) {
        *path = record;
        if (!rt_file_read(record, 1 << 24, &text, &error) ||
            !rt_json_parse(text.data, text.length, record, &json, &error))
            fail("%s", error.text);
        const RtJsonNode *node = json.nodes[0].kind == RT_JSON_OBJECT ? rt_json_get(&json, &json.nodes[0], key) : NULL;
        if (node && node->kind == RT_JSON_STRING) said = arena_copy(arena, node->string);
    } else if (exists(checkpoint)) {
        *path = checkpoint;
        if (!rt_tensors_read(checkpoint, &file, &error)) fail("%s", error.text);
        const char *pair = rt_tensors_pair(&file, key);
        if (pair) said = arena_copy(arena, pair);
    }
    rt_json_free(&json);
    rt_text_free(&text);
    rt_tensors_free(&file);
    return said;
}

static const char *shell_word(Arena *arena, const char *text)
{
    RtText word = {0};
    rt_text_word(&word, text);
    const char *copy = word.failed ? text : arena_copy(arena, word.data);
    rt_text_free(&word);
    return copy;
}

/* Another version rounds otherwise.  The trainer that is there still goes on to the run's own bits, so it must not be
 * replaced. */
static void check_version(Arena *arena, const Experiment *x, const char *folder)
{
    const char *path, *version = said_of_run(arena, folder, "tailor_version", &path);
    if (version && !strcmp(version, TAILOR_VERSION)) return;
    fail("%s: tailor_version is %.40s, against " TAILOR_VERSION
         ", whose bits are others; %s/c/%s --resume %s goes on as it began",
         path, version ? version : "none, as before 0.2.0", shell_word(arena, folder), x->source.name,
         shell_word(arena, folder));
}

/* A run goes on only under the graph that began it; otherwise nothing in the folder is touched. */
static void check_resume(Arena *arena, const Experiment *x, const char *folder)
{
    const char *path, *hash = said_of_run(arena, folder, "graph_hash", &path);
    if (path && !hash) fail("%s: there is no graph_hash in it: it is of no run", path);
    if (path && strcmp(hash, x->graph_hash))
        fail("%s: graph_hash is %.64s, against %s of this graph with these options", path, hash, x->graph_hash);
    if (path && !exists(arena_format(arena, "%s/c/%s.c", folder, x->source.name)) &&
        exists(arena_format(arena, "%s/c", folder)))
        fail("%s: the run is of a graph file with another name than %s", folder, x->source.base);
    if (path && !exists(arena_format(arena, "%s/run.json", folder))) check_version(arena, x, folder);
}

/* A run that has begun keeps its algorithms.  Otherwise its bits would not be those of a run that was never
 * interrupted. */
static Emission *emission_of_run(Arena *arena, Experiment *x, const TrainArguments *a, const char *folder)
{
    const char *recorded = tuning_path(arena, arena_format(arena, "%s/c", folder), x->source.name);
    const char *path, *tuned = said_of_run(arena, folder, "tuned", &path);
    const bool begun = path != NULL;
    if (!a->resume || !exists(recorded)) {
        if (begun && measure_of(&a->all))
            fail("%s: %s measures for a new run, against one that began without, or whose %s is gone", folder,
                 a->all.fast ? "--fast" : "--tune", recorded);
        Emission *e = emission_tuned(x, &a->all.passes, measure_of(&a->all), a->all.tuned);
        if (begun && a->all.tuned && (!tuned || strcmp(tuned, x->graph->tuning->sha256)))
            fail("%s: other choices than those that the run in %s began with", a->all.tuned, folder);
        return e;
    }
    Emission *plain = emission_new(x, x->batch, &a->all.passes);
    x->graph->tuning = tuning_read(plain, recorded);
    if (a->all.tuned && strcmp(tuning_read(plain, a->all.tuned)->sha256, x->graph->tuning->sha256))
        fail("%s: other choices than those that the run began with, in %s", a->all.tuned, recorded);
    return emission_new(x, x->batch, &a->all.passes);
}

/* A run that goes on watches what it began with; one that began without may begin. */
static void check_watched(Arena *arena, TrainArguments *a, const char *folder)
{
    const char *checkpoint = arena_format(arena, "%s/checkpoint.safetensors", folder);
    RtError error = {0};
    RtArrays file = {0};
    if (!exists(checkpoint)) return;
    if (!rt_tensors_read(checkpoint, &file, &error)) fail("%s", error.text);
    const char *names = rt_tensors_pair(&file, "watched");
    if (names && a->all.passes.watch && strcmp(names, a->all.passes.watch))
        fail("%s: watched is %.300s, against %.300s of this command", checkpoint, names, a->all.passes.watch);
    if (names) a->all.passes.watch = arena_copy(arena, names);
    rt_tensors_free(&file);
}

/* ---- the folder of a run ---- */

static _Noreturn void not_empty(Arena *arena, const char *folder)
{
    const char *word = shell_word(arena, folder);
    fail("%s: the folder is not empty; --resume %s goes on with a run", folder, word);
}

/* Makes a new folder runs/NAME, runs/NAME-2, ...  It is made here, so that several runs that begin at once have a
 * folder each. */
static const char *new_run(Arena *arena, const char *name)
{
    RtError error = {0};
    if (!rt_folder_make("runs", &error)) fail("%s", error.text);
    for (int i = 1;; i++) {
        const char *folder = i == 1 ? arena_format(arena, "runs/%s", name) : arena_format(arena, "runs/%s-%d", name, i);
        if (mkdir(folder, 0777) == 0) return folder;
        if (errno != EEXIST) fail("%s: cannot make the folder: %s", folder, strerror(errno));
    }
}

static bool is_empty(const char *folder)
{
    RtError error = {0};
    bool empty = true;
    if (!rt_folder_empty(folder, &empty, &error)) fail("%s", error.text);
    return empty;
}

/* Takes the lock.  Its file is gone when the program ends, whatever else is wrong with the run. */
static void take_lock(RtLock *lock, const char *folder)
{
    RtError error = {0};
    if (!rt_lock_take(lock, folder, &error)) fail("%s", error.text);
    guard_folder(lock->path);
}

static void release_lock(RtLock *lock)
{
    keep_folder(lock->path);
    rt_lock_release(lock);
}

/* Begins a run: makes its folder and locks it. */
static const char *begin_run(Arena *arena, const Experiment *x, const TrainArguments *a, RtLock *lock)
{
    RtError error = {0};
    const char *folder = a->resume ? a->resume : a->all.out ? a->all.out : new_run(arena, x->source.name);
    if (!rt_folder_make(folder, &error)) fail("%s", error.text);
    take_lock(lock, folder);
    if (!a->resume && !is_empty(folder)) not_empty(arena, folder);     /* it may have changed since it was looked at */
    return folder;
}

/* Compiling takes seconds, in which a terminal would show nothing. */
static const char *build(Arena *arena, const Emission *emission, const char *folder, bool quiet)
{
    RtDisplay line;
    rt_display_open(&line);
    rt_display_begin(&line, false);
    rt_display_add(&line, 0, RT_PLAIN, "building %s ...", emission->experiment->source.name);
    if (!quiet) rt_display_show(&line);
    say_under_way(&line);
    const char *trainer = build_trainer(arena, emission, folder, NULL);
    say_under_way(NULL);
    rt_display_close(&line);
    fflush(stderr);
    return trainer;
}

/* Runs the trainer and hands it the lock, so that no other process takes it in between. */
static int run_trainer(Arena *arena, const char *const *argv, const RtLock *lock)
{
    if (fcntl(lock->descriptor, F_SETFD, 0) == 0) setenv("TAILOR_LOCK", arena_format(arena, "%d", lock->descriptor), 1);
    return run_to_its_end(argv);
}

static bool has_begun(Arena *arena, const char *folder)
{
    return exists(arena_format(arena, "%s/checkpoint.safetensors", folder)) ||
           exists(arena_format(arena, "%s/log.csv", folder));
}

static void check_arguments(const Experiment *x, const TrainArguments *a)
{
    if (!x->loss) fail("%s: the file does not minimize anything", x->source.path);
    if (!x->has_train) fail("%s: the file has no train{}", x->source.path);
    if (a->keep && !strcmp(a->keep, "best") && !(x->train.validation > 0))
        fail_at(x->train_line, "validation is 0, against --keep best, which goes by the validation loss");
    if (a->init_except && !a->init) usage_error("train: --init-except says what --init leaves out");
    if (a->resume && a->all.out) usage_error("train: --resume goes on in its folder; --out does not go with it");
}

static int train(Arena *arena, TrainArguments *a)
{
    if (a->all.quiet) no_remarks();
    Experiment *x = load(arena, a->all.argument, a->all.n_settings, a->all.settings);
    RtLock lock = {.descriptor = -1};
    RtError error = {0};
    check_arguments(x, a);
    if (a->init) check_init(arena, x, a->init, a->init_except);
    const char *folder = a->resume ? a->resume : a->all.out;
    const bool was_there = folder && exists(folder), there = a->resume && was_there;
    if (a->all.out && !is_empty(folder)) not_empty(arena, folder);
    if (there) take_lock(&lock, folder);
    if (there) check_resume(arena, x, folder), check_watched(arena, a, folder);
    const char *data = a->all.data ? a->all.data : x->train.data ? x->train.data : "";
    if (!a->resume && !rt_data_exists(data, &error))          /* checked before all steps that take time */
        fail("%s: %s", x->source.name, error.text);
    const Emission *emission = emission_of_run(arena, x, a, folder);
    const bool begins = !there || is_empty(folder);
    if (!there) folder = begin_run(arena, x, a, &lock);
    /* A folder that was there, or a link to one, stays: the path ends in a dot, so only its content goes. */
    const char *undone = was_there ? arena_format(arena, "%s/.", folder) : folder;
    /* guarded until its trainer starts, so that the corrected command can use it again */
    if (begins && is_empty(folder)) guard_folder(undone);
    const char *trainer = build(arena, emission, folder, a->all.quiet);
    const char *argv[2 * MOST_FLAGS + 4] = {trainer};
    int n = 1;
    if (!a->resume) argv[n++] = "--resume", argv[n++] = folder;     /* without a checkpoint it starts anew */
    n = hand_on(&a->all, argv, n);
    argv[n] = NULL;
    keep_folder(undone);
    const int code = run_trainer(arena, argv, &lock), why = errno;
    const bool never_began = begins && (code == NOT_STARTED || (code == 1 && !has_begun(arena, folder)));
    if (never_began) remove_folder(undone);      /* removed before anybody else may begin in it */
    release_lock(&lock);
    if (code == NOT_STARTED) fail("tailor: %s", why_not_started(arena, trainer, why));
    if (code == TRAINER_NOT_FINITE) {
        say_not_finite(arena, x, folder);
        return 1;
    }
    if (code > 128 && code != 130) fail("tailor: the trainer ended by signal %d", code - 128);
    return code;
}

int command_train(int argc, char **argv)
{
    TrainArguments a = {0};
    arguments_parse(argc, argv, &train_line, &a);
    Arena *arena = arena_new();
    int code = train(arena, &a);
    arena_free(arena);
    return code;
}
