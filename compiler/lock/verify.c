/* verify.c - rebuilds a run from its lock, and names the first thing that is not as the lock says.
 *
 * Stages, in this order: graph, options, data, emitted C, runtime, loss of step K, weights of epoch E, metric.  Other
 * code alone is no failure, unless it was asked for: the same numbers by it are the same run. */
#include "lock/lock.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/process.h"
#include "emit/built.h"
#include "sweep/reading.h"
#include "tune/tune.h"

enum { MOST_FILE_BYTES = 1 << 22 };

typedef struct Verify {
    Arena *arena;
    const Lock *lock;
    Lock *is;                          /* the same facts as they are found now */
    const VerifyOptions *options;
    const char *folder;                /* for builds and runs */
    const char *graph;                 /* path of the graph file */
    const char *init;                  /* and of the weights that the run began with; NULL: none */
    Text code;                         /* the first thing of the code that differs, as a message; empty: nothing does */
} Verify;

/* ---- messages ---- */

static int differs(const Verify *v, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Says what differs, with the line of the lock that is not kept; where other code came before it, that first.  Returns
 * the exit code. */
static int differs(const Verify *v, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_format_v(v->arena, format, arguments);
    va_end(arguments);
    if (v->code.length)
        text = arena_format(v->arena, "%s; and so do the numbers: line %d: %s", v->code.chars, line, text);
    else text = arena_format(v->arena, "%s:%d: %s", v->lock->path, line, text);
    fflush(stdout);
    fprintf(stderr, "%s\n", shown_name(v->arena, text));
    return 1;
}

static void note(const Verify *v, int line, const char *text)
{
    fprintf(stderr, "note: %s:%d: %s\n", v->lock->path, line, shown_name(v->arena, text));
}

static int line_of(const Verify *v, LockWord word)
{
    return v->lock->of[word].n ? v->lock->of[word].list[0].line : 1;
}

/* The first fact of the lock that is not so now, or the first one now that the lock does not have.  *should, *is: their
 * values, or "none".  most: facts whose number is larger are passed over; 0: none.  NULL: all are equal. */
static const LockFact *first_difference(const Verify *v, LockWord word, int64_t most, const char **should,
                                        const char **is)
{
    const LockFacts *locked = &v->lock->of[word], *found = &v->is->of[word];
    for (int i = 0; i < locked->n; i++) {
        const LockFact *fact = &locked->list[i];
        if (most && strtoll(fact->name, NULL, 10) > most) continue;
        *should = fact->value, *is = lock_value(v->is, word, fact->name);
        if (!*is) *is = "none";
        if (strcmp(*should, *is)) return fact;
    }
    for (int i = 0; i < found->n; i++) {
        const LockFact *fact = &found->list[i];
        if (most && strtoll(fact->name, NULL, 10) > most) continue;
        *should = "none", *is = fact->value;
        if (!lock_fact(v->lock, word, fact->name)) return fact;
    }
    return NULL;
}

/* The line of a fact; of one that the lock does not have, of the last one of its kind. */
static int line_at(const Verify *v, LockWord word, const LockFact *fact)
{
    const LockFacts *f = &v->lock->of[word];
    return fact->line ? fact->line : f->n ? f->list[f->n - 1].line : 1;
}

/* ---- graph and options ---- */

static const char *folder_of(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return !slash ? "." : slash == path ? "" : arena_format(arena, "%.*s", (int)(slash - path), path);
}

/* A file of the lock: as it was given, else beside the lock, else in the folder above.  NULL: none is there. */
static const char *find_file(const Verify *v, const char *name, const char *given)
{
    const char *folder = folder_of(v->arena, v->lock->path);
    if (given) return given;
    const char *beside = arena_format(v->arena, "%s/%s", folder, name),
               *above = arena_format(v->arena, "%s/../%s", folder, name);
    if (access(beside, F_OK) == 0) return !strcmp(folder, ".") ? name : beside;
    return access(above, F_OK) == 0 ? above : NULL;
}

/* The options of the lock as --set takes them. */
static Setting *settings_of(const Verify *v, int *n)
{
    const LockFacts *f = &v->lock->of[LOCK_OPTION];
    Setting *settings = arena_array(v->arena, f->n, sizeof *settings);
    for (*n = 0; *n < f->n; (*n)++) {
        const LockFact *fact = &f->list[*n];
        RtJson json;
        RtError error = {0};
        if (!rt_json_parse(fact->value, strlen(fact->value), "option", &json, &error)) bug("%s", error.text);
        const char *value = json.nodes[0].kind == RT_JSON_STRING ? arena_copy(v->arena, json.nodes[0].string)
                                                                 : fact->value;
        settings[*n] = (Setting){fact->name, value, SETTING_TEXT};
        rt_json_free(&json);
    }
    return settings;
}

/* Of a graph file that is refused: the first file that is not the lock's, and whether it can be read; NULL: all are. */
static const LockFact *changed_file(const Verify *v, bool *is_read)
{
    const char *folder = folder_of(v->arena, v->graph);
    const LockFacts *f = &v->lock->of[LOCK_GRAPH];
    for (int i = 0; i < f->n; i++) {
        char hex[65] = "";
        RtText text = {0};
        RtError error = {0};
        const char *path = i ? arena_format(v->arena, "%s/%s", folder, f->list[i].name) : v->graph;
        *is_read = rt_file_read(path, MOST_FILE_BYTES, &text, &error);
        if (*is_read) {
            const size_t mark = text.length >= 3 && !memcmp(text.data, "\xEF\xBB\xBF", 3) ? 3 : 0;
            rt_sha256(text.length ? text.data + mark : "", text.length - mark, hex);
        }
        rt_text_free(&text);
        if (strcmp(hex, f->list[i].value)) return &f->list[i];
    }
    return NULL;
}

static int refused(const Verify *v, const char *fault)
{
    bool is_read;
    const LockFact *file = changed_file(v, &is_read);
    fputs(fault, stderr);
    if (file && !is_read) return differs(v, file->line, "graph: %s cannot be read, as said above", file->name);
    if (file)
        return differs(v, file->line, "graph: %s is not the file that was locked, and tailor refuses it, as said above",
                       file->name);
    return differs(v, v->lock->of[LOCK_OPTION].n ? line_of(v, LOCK_OPTION) : line_of(v, LOCK_GRAPH),
                   "options: the files are those that were locked, and tailor refuses them with these options, as said "
                   "above: an option was changed in the lock, or another tailor made it");
}

/* Loads the graph under the name that the lock has for it, so that a copy by another name gives the same C. */
static Experiment *load_named(const Verify *v, int n_settings, const Setting *settings)
{
    Experiment *x = load(v->arena, v->graph, n_settings, settings);
    const char *name = v->lock->of[LOCK_EMITTED].list[0].name, *file = v->lock->of[LOCK_GRAPH].list[0].name;
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.- ";
    x->source.name = arena_format(v->arena, "%.*s", (int)strlen(name) - 2, name);
    if (!x->n_uses && !file[strspn(file, plain)] && *file != '.' && *file != '-') x->source.base = file;
    return x;
}

/* Compares files, hash and options.  Returns the exit code; 0: *x is the experiment. */
static int check_graph(Verify *v, Experiment **x)
{
    int n;
    const Setting *settings = settings_of(v, &n);
    Facts facts;
    v->graph = find_file(v, v->lock->of[LOCK_GRAPH].list[0].name, v->options->graph);
    const int at = line_of(v, LOCK_GRAPH);
    if (!v->graph)
        return differs(v, at, "graph: %s is neither beside the lock nor in the folder above it; --graph FILE says "
                              "where it is", v->lock->of[LOCK_GRAPH].list[0].name);
    read_graphs(v->arena, 1, &(Question){.path = v->graph, .n_settings = n, .settings = settings}, &facts);
    if (facts.fault) return refused(v, facts.fault);
    *x = load_named(v, n, settings);
    lock_graph(v->is, *x);
    v->is->of[LOCK_GRAPH].list[0].name = v->lock->of[LOCK_GRAPH].list[0].name;   /* it may be a copy by another name */
    const char *should, *is, *hash = lock_value(v->lock, LOCK_GRAPH_HASH, "");
    const LockFact *file = first_difference(v, LOCK_GRAPH, 0, &should, &is);
    const bool same = !strcmp((*x)->graph_hash, hash);
    if (file && !same)
        return differs(v, line_at(v, LOCK_GRAPH, file), "graph: the sha256 of %s is %s, against %s of the lock, and "
                       "the graph hash is %s, against %s: it says another network or training than was locked",
                       file->name, is, should, (*x)->graph_hash, hash);
    if (!same)
        return differs(v, line_of(v, LOCK_GRAPH_HASH), "options: the graph hash is %s, against %s of the lock: the "
                       "files are those that were locked, so an option, or the hash, was changed in the lock, or "
                       "another tailor made it", (*x)->graph_hash, hash);
    if (file)
        note(v, line_at(v, LOCK_GRAPH, file),
             arena_format(v->arena, "graph: the sha256 of %s is %s, against %s of the lock; the graph hash is the "
                          "same: only what means nothing was changed, such as a comment", file->name, is, should));
    const LockFact *option = file ? NULL : first_difference(v, LOCK_OPTION, 0, &should, &is);
    if (option)
        return differs(v, option->line ? option->line : line_of(v, LOCK_GRAPH_HASH), "options: %s is %s, against %s in "
                       "the lock: the lock was changed", option->name, is, should);
    if (!(*x)->loss || !(*x)->has_train) return differs(v, at, "graph: %s trains nothing", v->graph);
    const char *batch = arena_format(v->arena, "%lld", (long long)(*x)->batch);
    if (strcmp(batch, lock_value(v->lock, LOCK_TRAIN, "batch")))
        return differs(v, lock_fact(v->lock, LOCK_TRAIN, "batch")->line, "options: the batch is %s, against %s of the "
                       "lock: the graph hash is that which was locked, so the lock was changed", batch,
                       lock_value(v->lock, LOCK_TRAIN, "batch"));
    return 0;
}

/* ---- data ---- */

static int check_data(Verify *v)
{
    const char *should, *is;
    RtError error = {0};
    const bool test = !lock_fact(v->lock, LOCK_TRAIN, "split");
    if (!lock_data(v->is, v->options->data ? v->options->data : v->lock->data, test, &error))
        return differs(v, line_of(v, LOCK_DATA), "data: %s", error.text);
    const LockFact *file = first_difference(v, LOCK_DATA, 0, &should, &is);
    if (!file) return 0;
    return differs(v, line_at(v, LOCK_DATA, file), "data: the sha256 of the content of %s is %s, against %s of the "
                   "lock: these are not the images or labels of the locked run", file->name, is, should);
}

/* The weights that the run began with count as data. */
static int check_weights_to_begin_with(Verify *v, const Experiment *x)
{
    const LockFacts *init = &v->lock->of[LOCK_INIT];
    RtArrays file;
    RtError error = {0};
    char sha256[65];
    if (!init->n && v->options->init)
        fail("%s: the run began with values drawn from its seed, against --init %s", v->lock->path, v->options->init);
    if (!init->n) return 0;
    const LockFact *fact = &init->list[0];
    v->init = find_file(v, fact->name, v->options->init);
    if (!v->init)
        return differs(v, fact->line, "data: %s, the weights that the run began with, is neither beside the lock nor "
                       "in the folder above it; --init FILE says where it is", fact->name);
    if (!rt_tensors_read_hashed(v->init, &file, sha256, &error)) return differs(v, fact->line, "data: %s", error.text);
    rt_tensors_free(&file);
    if (strcmp(sha256, fact->value))
        return differs(v, fact->line, "data: the sha256 of %s is %s, against %s of the lock: these are not the weights "
                       "that the locked run began with", fact->name, sha256, fact->value);
    check_init(v->arena, x, v->init, lock_value(v->lock, LOCK_TRAIN, "init-except"));
    return 0;
}

/* ---- code ---- */

/* The emission as the lock says, and the algorithms that were chosen for it. */
static const Emission *emission_of(const Verify *v, Experiment *x)
{
    Passes passes = {0};
    const LockFacts *emit = &v->lock->of[LOCK_EMIT], *tuned = &v->lock->of[LOCK_TUNED];
    for (int i = 0; i < emit->n; i++)
        if (!strcmp(emit->list[i].name, "without")) passes.without |= 1u << pass_number(emit->list[i].value);
        else passes.memory_budget = strtoll(emit->list[i].value, NULL, 10);
    const Emission *e = emission_new(x, x->batch, &passes);
    if (!tuned->n) return e;
    Text text = text_new(v->arena);
    for (int i = 0; i < tuned->n; i++) text_add(&text, "%s\n", tuned->list[i].value);
    x->graph->tuning = tuning_of_text(e, v->lock->path, text.chars, text.length, tuned->list[0].line);
    lock_refuse_openblas(x, v->lock->path);
    return emission_new(x, x->batch, &passes);
}

/* Other code is a note, unless the same was asked for. */
static int check_code(Verify *v)
{
    static const char *const stages[] = {"emitted C", "runtime"};
    const LockFact *tailor = &v->lock->of[LOCK_TAILOR].list[0];
    for (int i = 0; i < 2; i++) {
        const LockWord word = i ? LOCK_RUNTIME : LOCK_EMITTED;
        const char *should, *is;
        const LockFact *fact = first_difference(v, word, 0, &should, &is);
        if (!fact) continue;
        const char *text = arena_format(v->arena, "%s: the sha256 of %s is %s, against %s of the lock: tailor %s, "
                                        "numerics %s, made it; this one, " TAILOR_VERSION ", numerics %d, has other "
                                        "code", stages[i], i ? "the runtime" : fact->name, is, should, tailor->name,
                                        tailor->value, TAILOR_NUMERICS);
        if (v->options->strict) return differs(v, line_at(v, word, fact), "%s", text);
        note(v, line_at(v, word, fact), text);
        if (!v->code.length)
            text_add(&v->code, "%s:%d: %s: the code is other than that of the lock", v->lock->path,
                     line_at(v, word, fact), stages[i]);
    }
    return 0;
}

/* ---- the run ---- */

/* Trains as the lock says: a run that was made longer first by its earlier schedules, up to the steps where it left
 * them. */
static void run_again(const Verify *v, Experiment *x, const char *trainer, const char *run)
{
    const char *split = lock_value(v->lock, LOCK_TRAIN, "split"), *threads = v->options->threads;
    const char *epochs = lock_value(v->lock, LOCK_TRAIN, "epochs");
    const int64_t quick = v->options->quick ? LOCK_FIRST_LOSSES : 0;
    const char *except = lock_value(v->lock, LOCK_TRAIN, "init-except");
    const char *arguments[20] = {"--data", v->options->data ? v->options->data : v->lock->data,
                                 "--seed", lock_value(v->lock, LOCK_TRAIN, "seed"), "--epochs", epochs};
    int n = 6;
    if (split) arguments[n++] = "--split", arguments[n++] = split;
    if (v->init) arguments[n++] = "--init", arguments[n++] = v->init;
    if (except) arguments[n++] = "--init-except", arguments[n++] = except;
    if (threads) arguments[n++] = "--threads", arguments[n++] = threads;
    for (int i = 0; i < v->lock->of[LOCK_TRAIN].n; i++) {
        const LockFact *fact = &v->lock->of[LOCK_TRAIN].list[i];
        if (strcmp(fact->name, "lineage")) continue;
        const char *blank = strchr(fact->value, ' ');
        const int64_t step = strtoll(blank + 1, NULL, 10), stop = quick && quick < step ? quick : step;
        arguments[5] = arena_format(v->arena, "%.*s", (int)(blank - fact->value), fact->value);
        lock_run_trainer(v->arena, x, arguments, trainer, run, stop);
        if (stop == quick) return;
    }
    arguments[5] = epochs;
    lock_run_trainer(v->arena, x, arguments, trainer, run, quick);
}

static int check_losses(const Verify *v)
{
    const char *should, *is;
    const LockFact *loss = first_difference(v, LOCK_LOSS, v->options->quick ? LOCK_FIRST_LOSSES : 0, &should, &is);
    if (!loss) return 0;
    const char *means = !strcmp(loss->name, "1")
                            ? "initial values, the first batch or the way forward are others: another seed, another "
                              "compiler or machine that rounds otherwise, or a lock that was changed"
                            : "the steps before it changed the weights otherwise: another number of epochs, which the "
                              "schedule goes by, a compiler or machine that rounds otherwise, or a changed lock";
    return differs(v, line_at(v, LOCK_LOSS, loss), "loss of step %s: %s, against %s of the lock; graph and data "
                   "are equal: %s", loss->name, is, should, means);
}

static int check_weights(const Verify *v)
{
    const char *should, *is;
    const LockFact *weights = first_difference(v, LOCK_WEIGHTS, 0, &should, &is);
    if (!weights) return 0;
    return differs(v, line_at(v, LOCK_WEIGHTS, weights), "weights of epoch %s: the sha256 is %s, against %s of the "
                   "lock: all losses are equal, so a step between those that are recorded went otherwise, the run has "
                   "another number of epochs, or the lock was changed", weights->name, is, should);
}

static int check_metrics(Verify *v, const char *run)
{
    const char *path = arena_format(v->arena, "%s/run.json", run), *should, *is;
    RtText text = {0};
    RtJson json;
    RtError error = {0};
    if (!rt_file_read(path, 1 << 24, &text, &error) || !rt_json_parse(text.data, text.length, path, &json, &error))
        fail("%s", error.text);
    lock_metrics(v->is, path, &json);
    rt_json_free(&json);
    rt_text_free(&text);
    const LockFact *metric = first_difference(v, LOCK_METRIC, 0, &should, &is);
    if (!metric) return 0;
    return differs(v, line_at(v, LOCK_METRIC, metric), "metric %s: %s, against %s of the lock: the weights are equal, "
                   "so evaluation computes otherwise, or the lock was changed", metric->name, is, should);
}

static void say_equal(const Verify *v)
{
    const char *code = v->code.length ? ", by other code" : "";
    if (v->options->quick)
        printf("%s: equal: the losses of steps 1 to %d%s; nothing behind them was run\n", v->lock->path,
               LOCK_FIRST_LOSSES, code);
    else
        printf("%s: equal: %d losses, the weights of %d epoch%s, %d metrics%s\n", v->lock->path,
               v->lock->of[LOCK_LOSS].n, v->lock->of[LOCK_WEIGHTS].n, v->lock->of[LOCK_WEIGHTS].n == 1 ? "" : "s",
               v->lock->of[LOCK_METRIC].n, code);
    fflush(stdout);
}

int lock_verify(Arena *arena, const char *path, const char *folder, const VerifyOptions *options)
{
    Verify v = {.arena = arena, .lock = lock_read(arena, path), .is = lock_new(arena), .options = options,
                .folder = folder, .code = text_new(arena)};
    Experiment *x = NULL;
    RtError error = {0};
    int code = check_graph(&v, &x);
    if (!code) code = check_data(&v);
    if (!code) code = check_weights_to_begin_with(&v, x);
    if (code) return code;
    const Emission *e = emission_of(&v, x);
    const char *emitted = arena_format(arena, "%s/emitted", folder), *run = arena_format(arena, "%s/run", folder);
    remove_folder(emitted), remove_folder(run);                 /* of a lock before, whose verification failed */
    emit_folder(e, emitted);                                    /* compared before anything is built */
    lock_code(v.is, emitted, x->source.name);
    remove_folder(emitted);
    if ((code = check_code(&v))) return code;
    const char *build = keep_trainer(arena, e, arena_format(arena, "%s/builds", folder));
    if (!rt_folder_make(run, &error)) fail("%s", error.text);
    run_again(&v, x, arena_format(arena, "%s/c/%s", build, x->source.name), run);
    if (!lock_trace(v.is, run, &error)) fail("%s", error.text);
    code = check_losses(&v);
    if (!code && !options->quick) code = check_weights(&v);
    if (!code && !options->quick) code = check_metrics(&v, run);
    remove_folder(run);
    if (!code) say_equal(&v);
    return code;
}
