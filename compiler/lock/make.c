/* make.c - the lock of a finished run: what made it, as its record and its folder say. */
#include "lock/lock.h"

#include <string.h>
#include <unistd.h>

#include "cam/network.h"
#include "graph/choice.h"
#include "tune/tune.h"

Emission *lock_emission(Arena *arena, const char *run, const Passes *passes)
{
    const RunRecord r = read_record(arena, run);
    Experiment *x = load(arena, graph_of_run(arena, run, r.name), r.n_settings, r.settings);
    const char *tuned = tuning_path(arena, arena_format(arena, "%s/c", run), r.name);
    return emission_tuned(x, passes, MEASURE_NOTHING, rt_json_get(&r.json, r.json.nodes, "tuned") ? tuned : NULL);
}

void lock_refuse_openblas(const Experiment *x, const char *of)
{
    if (x->graph->tuning && x->graph->tuning->openblas)
        fail("%s: --fast lets in OpenBLAS, whose bits depend on it and on the machine, so that it cannot be locked; "
             "--tune measures without it", of);
}

/* The record must be of this tailor: a lock says what made a run, and is checked by what this one makes. */
static void check_tailor(const RunRecord *r)
{
    const RtJsonNode *version = rt_json_get(&r->json, r->json.nodes, "tailor_version"),
                     *numerics = rt_json_get(&r->json, r->json.nodes, "numerics");
    const bool has = version && version->kind == RT_JSON_STRING && numerics && numerics->is_integer;
    if (!has || strcmp(version->string, TAILOR_VERSION) || numerics->integer != TAILOR_NUMERICS)
        fail("%s: tailor_version is %.40s, numerics %lld, against " TAILOR_VERSION ", %d of this tailor: a run is "
             "locked by the one that made it", r->path, has ? version->string : "none",
             has ? (long long)numerics->integer : 0, TAILOR_NUMERICS);
}

static const RtJsonNode *needed(const RunRecord *r, const RtJsonNode *of, const char *key, RtJsonKind kind)
{
    const RtJsonNode *node = of && of->kind == RT_JSON_OBJECT ? rt_json_get(&r->json, of, key) : NULL;
    if (!node || node->kind != kind) fail("%s: no %s in it", r->path, key);
    return node;
}

static void add_data(Lock *lock, const RunRecord *r)
{
    const RtJsonNode *files = needed(r, rt_json_get(&r->json, r->json.nodes, "data"), "sha256", RT_JSON_OBJECT);
    if (strchr(r->data, ' ')) fail("%s: the data set '%s' has a blank in its name, which a lock cannot say", r->path,
                                   r->data);
    lock->data = r->data;
    for (int i = files->n ? files->first : 0; i; i = r->json.nodes[i].next)
        if (r->json.nodes[i].kind == RT_JSON_STRING)
            lock_add(lock, LOCK_DATA, r->json.nodes[i].key, r->json.nodes[i].string);
}

static void add_number(Lock *lock, LockWord word, const char *name, long long value)
{
    lock_add(lock, word, name, arena_format(lock->arena, "%lld", value));
}

/* Seed, epochs, batch; whether the test set was left alone; of a run that was made longer, up to which step it went by
 * the schedule of how many epochs. */
static void add_training(Lock *lock, const RunRecord *r)
{
    const RtJsonNode *top = r->json.nodes, *lineage = rt_json_get(&r->json, top, "lineage");
    add_number(lock, LOCK_TRAIN, "seed", (long long)r->seed);
    add_number(lock, LOCK_TRAIN, "epochs", needed(r, top, "epochs", RT_JSON_NUMBER)->integer);
    add_number(lock, LOCK_TRAIN, "batch", needed(r, top, "batch", RT_JSON_NUMBER)->integer);
    if (r->validation) lock_add(lock, LOCK_TRAIN, "split", "validation");
    if (!lineage || lineage->kind != RT_JSON_ARRAY) return;
    for (int i = lineage->first; i && r->json.nodes[i].next; i = r->json.nodes[i].next) {      /* the last is the run */
        const RtJsonNode *part = &r->json.nodes[i];
        if (part->kind != RT_JSON_ARRAY || part->n != 2) fail("%s: lineage is no list of pairs", r->path);
        const RtJsonNode *epochs = &r->json.nodes[part->first], *steps = &r->json.nodes[epochs->next];
        lock_add(lock, LOCK_TRAIN, "lineage", arena_format(lock->arena, "%lld %lld", (long long)epochs->integer,
                                                           (long long)steps->integer));
    }
}

/* The weights that the run began with, and what it left out of them. */
static void add_init(Lock *lock, const RunRecord *r)
{
    const RtJsonNode *init = rt_json_get(&r->json, r->json.nodes, "init"),
                     *except = rt_json_get(&r->json, init, "except");
    if (!init) return;
    lock_add(lock, LOCK_INIT, needed(r, init, "file", RT_JSON_STRING)->string,
             needed(r, init, "sha256", RT_JSON_STRING)->string);
    if (except && except->kind == RT_JSON_STRING) lock_add(lock, LOCK_TRAIN, "init-except", except->string);
}

static void add_passes(Lock *lock, const Passes *passes)
{
    if (passes->memory_budget) add_number(lock, LOCK_EMIT, "memory-budget", passes->memory_budget);
    for (int i = 0; i < pass_count(); i++)
        if (passes->without & 1u << i) lock_add(lock, LOCK_EMIT, "without", pass_at(i)->name);
}

/* The choices in full, as the run's NAME.tune.json has them. */
static void add_tuned(Lock *lock, const RunRecord *r)
{
    const char *path = tuning_path(lock->arena, arena_format(lock->arena, "%s/c", r->folder), r->name);
    RtText text = {0};
    RtError error = {0};
    if (!rt_json_get(&r->json, r->json.nodes, "tuned")) return;
    if (!rt_file_read(path, 1 << 22, &text, &error)) fail("%s", error.text);
    char *at = arena_format(lock->arena, "%.*s", (int)text.length, text.length ? text.data : "");
    rt_text_free(&text);
    for (char *line; (line = strsep(&at, "\n"));)
        if (*line) lock_add(lock, LOCK_TUNED, "", line);
}

/* The C that made the run must be what is emitted now: else the lock could not say how it is made again. */
static void check_emitted(const Emission *e, const Lock *lock, const char *folder)
{
    const char *source = emit_source(e);
    char hex[65];
    rt_sha256(source, strlen(source), hex);
    if (strcmp(hex, lock->of[LOCK_EMITTED].list[0].value))
        fail("%s/%s: is not the C that this tailor makes of the run's graph; --without and --memory-budget are to be "
             "said again, and a run with --profile, or of another build, cannot be locked", folder,
             lock->of[LOCK_EMITTED].list[0].name);
}

static void add_made(Lock *lock, const RunRecord *r, const Emission *e)
{
    const RtJsonNode *top = r->json.nodes, *compiler = needed(r, top, "compiler", RT_JSON_STRING),
                     *flags = needed(r, top, "cflags", RT_JSON_STRING);
    const char *folder = arena_format(lock->arena, "%s/c", r->folder);
    lock_add(lock, LOCK_TAILOR, TAILOR_VERSION, arena_format(lock->arena, "%d", TAILOR_NUMERICS));
    lock_code(lock, folder, r->name);
    check_emitted(e, lock, folder);
    lock_add(lock, LOCK_BUILT, "", arena_format(lock->arena, "%s %s", compiler->string, flags->string));
}

/* The trace must be that of the record, whose weights are the last ones. */
static void add_numbers(Lock *lock, const RunRecord *r)
{
    const char *path = arena_format(lock->arena, "%s/trace.csv", r->folder);
    const long long epochs = needed(r, r->json.nodes, "epochs", RT_JSON_NUMBER)->integer;
    const LockFacts *weights = &lock->of[LOCK_WEIGHTS];
    RtError error = {0};
    if (access(path, F_OK))
        fail("%s: there is no such file: a run without its losses and weights cannot be locked; train it again", path);
    if (!lock_trace(lock, r->folder, &error)) fail("%s", error.text);
    if (weights->n > epochs)
        fail("%s: weights after %d epochs, against %lld of %s: the run is on its way to more epochs, and not finished",
             path, weights->n, epochs, r->path);
    if (weights->n < epochs || strcmp(weights->list[weights->n - 1].value, r->weights_sha256))
        fail("%s: is not the trace of the run in %s", path, r->path);
    lock_metrics(lock, r->path, &r->json);
}

Lock *lock_of_run(Arena *arena, const Emission *e, const char *run, const Passes *passes)
{
    const Experiment *x = e->experiment;
    const RunRecord r = read_record(arena, run);
    Lock *lock = lock_new(arena);
    check_tailor(&r);
    if (strcmp(r.graph_hash, x->graph_hash))
        fail("%s: graph_hash is %.64s, against %s of %s with the run's options", r.path, r.graph_hash, x->graph_hash,
             x->source.path);
    if (rt_json_get(&r.json, r.json.nodes, "openblas"))
        fail("%s: kernels of the run are OpenBLAS's, whose bits depend on it and on the machine: it cannot be locked",
             r.path);
    lock_graph(lock, x);
    add_data(lock, &r);
    add_training(lock, &r);
    add_init(lock, &r);
    add_passes(lock, passes);
    add_tuned(lock, &r);
    add_made(lock, &r, e);
    add_numbers(lock, &r);
    return lock;
}

void lock_write(const Lock *lock, const char *path)
{
    RtError error = {0};
    const char *text = lock_text(lock);
    const Lock *back = lock_read_text(lock->arena, path, text, strlen(text));
    if (strcmp(lock_text(back), text) || strcmp(back->data, lock->data))
        fail("%s: a name of it would be read back as another", path);
    if (!rt_file_write(path, text, strlen(text), &error)) fail("%s", error.text);
}
