/* command_train.c - `tailor train` and `tailor eval`: emit, build, run.
 *
 * The run directory holds the emitted folder in c/, whose trainer does the work: what runs here is what a user can ship. */
#include "command.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char train_usage[] =
    "usage: tailor train GRAPH [--set name=value]... [--data NAME|DIR] [--seed N] [--epochs N] [--threads N]\n"
    "                    [--out DIR | --resume DIR] [--tune | --fast | --tuned FILE] [--memory-budget N] [--profile] [--json]\n\n"
    "Emits the C of a graph file, builds it, and trains.  The run directory holds run.json, log.csv, weights.safetensors,\n"
    "checkpoint.safetensors, the graph file and the emitted C in c/.  GRAPH may be -, standard input: NAME is stdin then.\n"
    "  --data     a data set under $TAILOR_DATA (default ./data), a folder of IDX, .npy or CIFAR-10 files, or digits (embedded)\n"
    "  --seed     of split, initial values, batch order and random numbers\n"
    "  --out      a new or empty folder (default runs/NAME, runs/NAME-2, ...)\n"
    "  --memory-budget N  computes again what would not fit into N bytes of workspace; the bits stay, the time grows\n"
    "  --profile  also times every kernel of the steps and prints a table at the end: ms, share, GFLOP/s, GB/s, and what the machine could do;\n"
    "             with --json, and in run.json, as \"profile\".  The bits of the weights are the same.\n"
    "  --tune     the algorithm of each convolution is the fastest here of those that accuracy allows, measured, not what its sizes suggest.\n"
    "             c/NAME.tune.json records the choices, on which the bits of the weights depend; --resume keeps to them.\n"
    "  --fast     lets in what depends on the machine: --tune, and OpenBLAS for what it multiplies clearly faster here, where it is\n"
    "             installed.  Then the bits depend on OpenBLAS and on the machine as well; run.json says which, and what each kernel uses.\n"
    "  --tuned FILE  the choices of such a file, without measuring: the same bits again, where none is OpenBLAS on any machine\n"
    "  --resume   goes on with the run in DIR, to the same bits as if it had not stopped\n";

static const char eval_usage[] =
    "usage: tailor eval RUN [--data NAME|DIR] [--threads N] [--json]\n\nTest metrics of a finished run.\n";

enum { TRAINER_NOT_FINITE = 4 };

static bool exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

static const char *new_run(Arena *arena, const char *name)
{
    const char *folder = arena_format(arena, "runs/%s", name);
    for (int i = 2; exists(folder); i++) folder = arena_format(arena, "runs/%s-%d", name, i);
    return folder;
}

/* A value that is not finite, found again by the interpreter with the batch that the trainer left. */
static void name_not_finite(Arena *arena, const Experiment *x, const char *folder)
{
    const char *path = arena_format(arena, "%s/failed_batch.safetensors", folder);
    RtError error = {0};
    RtArrays file = {0};
    if (!rt_tensors_read(path, &file, &error)) return;
    const Goal *goal = goal_train(x);
    const char *step = rt_tensors_pair(&file, "step"), *seed = rt_tensors_pair(&file, "seed"), *progress = rt_tensors_pair(&file, "progress");
    const RtArray *sample = rt_tensors_find(&file, "sample");
    int64_t batch = sample ? sample->dims[0] : x->batch;
    Interpreter *it = interpreter_new(arena, goal->graph, batch);
    it->training = it->statistics = true;
    it->round_to_float = true;
    it->step = step ? strtoll(step, NULL, 10) : 0;
    it->progress = progress ? strtod(progress, NULL) : 0;
    it->seed = seed ? strtoull(seed, NULL, 10) : 0;
    it->sample = sample ? sample->data : NULL;
    if (!feed_values(arena, x, it, &file, path, &error)) fail("%s", error.text);
    Value *roots = arena_array(arena, goal->n_roots, sizeof *roots);
    int n = 0;
    for (int i = 0; i < goal->n_roots; i++)          /* what a step looks at; a metric may be what it likes */
        if (goal->roots[i].kind != ROOT_METRIC) roots[n++] = goal->roots[i].value;
    int64_t element;
    Value v = interpret_not_finite(arena, it, n, roots, &element);
    if (v) {
        const Note *note = &goal->graph->notes[v];
        fprintf(stderr, "%s:%d: the first value that is not finite is %s%s%s%s %s, element %lld\n", x->source.path, note->line, v < x->graph->n ? "" : "in the gradient of ",
                note->name ? note->name : "", note->name ? " = " : "", note->label ? note->label : graph_at(goal->graph, v)->op->name,
                type_text(arena, graph_at(goal->graph, v)->type), (long long)element);
    } else
        fprintf(stderr, "%s:%d: every value of this batch is finite in double: the sum of many large terms is not in float\n", x->source.path, x->loss_line);
    rt_tensors_free(&file);
}

/* What run.json, or else the checkpoint, says of a run under a key; NULL: nothing.  path is NULL where there is neither. */
static const char *said_of_run(Arena *arena, const char *folder, const char *key, const char **path)
{
    const char *record = arena_format(arena, "%s/run.json", folder), *checkpoint = arena_format(arena, "%s/checkpoint.safetensors", folder);
    const char *said = NULL;
    RtError error = {0};
    RtText text = {0};
    RtJson json = {0};
    RtArrays file = {0};
    *path = NULL;
    if (exists(record)) {
        *path = record;
        if (!rt_file_read(record, 1 << 24, &text, &error) || !rt_json_parse(text.data, text.length, record, &json, &error)) fail("%s", error.text);
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

/* A run goes on under the graph that began it; what stands in the folder is not touched otherwise. */
static void check_resume(Arena *arena, const Experiment *x, const char *folder)
{
    const char *path, *hash = said_of_run(arena, folder, "graph_hash", &path);
    if (path && !hash) fail("%s: there is no graph_hash in it: it is of no run", path);
    if (path && strcmp(hash, x->graph_hash)) fail("%s: graph_hash is %.64s, against %s of this graph with these options", path, hash, x->graph_hash);
    if (path && !exists(arena_format(arena, "%s/c/%s.c", folder, x->source.name)) && exists(arena_format(arena, "%s/c", folder)))
        fail("%s: the run is of a graph file with another name than %s", folder, x->source.base);
}

/* A run that has begun keeps its algorithms, or its bits would not be those of one that was never interrupted. */
static Emission *emission_of_run(Arena *arena, Experiment *x, const Arguments *a, const char *folder)
{
    const char *recorded = tuning_path(arena, arena_format(arena, "%s/c", folder), x->source.name);
    const char *path, *tuned = said_of_run(arena, folder, "tuned", &path);
    const bool begun = path != NULL;
    if (!a->resume || !exists(recorded)) {
        if (begun && measure_of(a)) fail("%s: %s measures for a new run, against one that began without, or whose %s is gone", folder, a->fast ? "--fast" : "--tune", recorded);
        Emission *e = emission_tuned(x, &a->passes, measure_of(a), a->tuned);
        if (begun && a->tuned && (!tuned || strcmp(tuned, x->graph->tuning->sha256)))
            fail("%s: other choices than those that the run in %s began with", a->tuned, folder);
        return e;
    }
    Emission *plain = emission_new(x, x->batch, &a->passes);
    x->graph->tuning = tuning_read(plain, recorded);
    if (a->tuned && strcmp(tuning_read(plain, a->tuned)->sha256, x->graph->tuning->sha256))
        fail("%s: other choices than those that the run began with, in %s", a->tuned, recorded);
    return emission_new(x, x->batch, &a->passes);
}

static int train(Arena *arena, const Arguments *a)
{
    Experiment *x = load(arena, a->positional[0], a->n_settings, a->settings);
    if (!x->loss) fail("%s: the file does not minimize anything", x->source.path);
    if (!x->has_train) fail("%s: the file has no train{}", x->source.path);
    if (a->seed) number_argument("--seed", a->seed, 0, INT64_MAX);
    if (a->epochs) number_argument("--epochs", a->epochs, 1, 1000000);
    if (a->threads) number_argument("--threads", a->threads, 1, 1024);
    if (a->resume && a->out) usage_error("train: --resume goes on in its folder; --out does not go with it");
    const char *folder = a->resume ? a->resume : a->out ? a->out : new_run(arena, x->source.name);
    RtError error = {0};
    bool empty = true;
    if (!rt_folder_empty(folder, &empty, &error)) fail("%s", error.text);
    if (!a->resume && !empty) fail("%s: the folder is not empty; --resume %s goes on with a run", folder, folder);
    if (a->resume) check_resume(arena, x, folder);
    if (!a->resume && !rt_data_exists(a->data ? a->data : x->train.data ? x->train.data : "", &error)) fail("%s: %s", x->source.name, error.text);      /* before all else takes its time */
    const char *source = arena_format(arena, "%s/c", folder);
    const char *trainer = arena_format(arena, "%s/c/%s", folder, x->source.name);
    emit_folder(emission_of_run(arena, x, a, folder), source);
    const bool kept = rt_file_write(arena_format(arena, "%s/%s.lua", folder, x->source.name), x->source.text, x->source.size, &error);
    if (!kept && empty) remove_folder(arena, folder);
    if (!kept) fail("%s", error.text);
    const char *problem = build_folder(arena, source, x->source.name);
    if (problem && empty) remove_folder(arena, folder);
    if (problem) fail("%s", problem);
    const char *argv[24];
    int n = 0;
    argv[n++] = trainer;
    argv[n++] = "--resume", argv[n++] = folder;     /* without a checkpoint it starts */
    if (a->data) argv[n++] = "--data", argv[n++] = a->data;
    if (a->seed) argv[n++] = "--seed", argv[n++] = a->seed;
    if (a->epochs) argv[n++] = "--epochs", argv[n++] = a->epochs;
    if (a->threads) argv[n++] = "--threads", argv[n++] = a->threads;
    if (a->passes.profile) argv[n++] = "--profile";
    if (a->json) argv[n++] = "--json";
    argv[n] = NULL;
    signal(SIGINT, SIG_IGN);    /* the trainer finishes its step and writes a checkpoint */
    signal(SIGTERM, SIG_IGN);
    int code = run_program(argv, NULL);
    if (code == 1 && empty && !exists(arena_format(arena, "%s/checkpoint.safetensors", folder)) && !exists(arena_format(arena, "%s/log.csv", folder)))
        remove_folder(arena, folder);            /* it never began: the corrected command may use the same folder */
    if (code == 126 || code == 127) fail("%s: can not be started", trainer);
    if (code == TRAINER_NOT_FINITE) {
        name_not_finite(arena, x, folder);
        return 1;
    }
    if (code > 128 && code != 130) fail("tailor: the trainer ended by signal %d", code - 128);
    return code;
}

int command_train(int argc, char **argv)
{
    Arguments a = arguments_parse(argc, argv, "sdSetorjpPBuUF", train_usage, 1, 1);
    Arena *arena = arena_new();
    int code = train(arena, &a);
    arena_free(arena);
    return code;
}

int command_eval(int argc, char **argv)
{
    Arguments a = arguments_parse(argc, argv, "dtj", eval_usage, 1, 1);
    Arena *arena = arena_new();
    const char *run = a.positional[0];
    RtJson json = {0};
    const char *name = open_run(arena, run, &json);
    const char *source = arena_format(arena, "%s/c", run), *trainer = arena_format(arena, "%s/c/%s", run, name);
    if (!exists(source)) fail("%s: the emitted C of the run is not there", source);
    const char *problem = build_folder(arena, source, name);
    if (problem) fail("%s", problem);
    const char *argv_trainer[12];
    int n = 0;
    argv_trainer[n++] = trainer;
    argv_trainer[n++] = "--eval", argv_trainer[n++] = run;
    if (a.data) argv_trainer[n++] = "--data", argv_trainer[n++] = a.data;
    if (a.threads) argv_trainer[n++] = "--threads", argv_trainer[n++] = a.threads;
    if (a.json) argv_trainer[n++] = "--json";
    argv_trainer[n] = NULL;
    int code = run_program(argv_trainer, NULL);
    rt_json_free(&json);
    arena_free(arena);
    return code;
}
