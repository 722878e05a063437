/* stopped.c - a run that stopped at a number that is not finite: what it left. */
#include "page/page.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "emit/built.h"

/* The name of the model, after the plan of memory in the emitted folder.  NULL: there is none, or several. */
static const char *model_of(Arena *arena, const char *folder)
{
    static const char ends[] = ".plan.csv";
    const char *found = NULL;
    DIR *files = opendir(arena_format(arena, "%s/c", folder));
    if (!files) return NULL;
    for (struct dirent *entry; (entry = readdir(files));) {
        const size_t n = strlen(entry->d_name);
        if (n < sizeof ends || strcmp(entry->d_name + n - (sizeof ends - 1), ends)) continue;
        const char *name = arena_format(arena, "%.*s", (int)(n - (sizeof ends - 1)), entry->d_name);
        if (found || !is_model_name(name)) {
            closedir(files);
            return NULL;
        }
        found = name;
    }
    closedir(files);
    return found;
}

/* What the emitted folder says of the model: it stands in for run.json, which a run has at its end. */
static RunRecord emitted_record(Arena *arena, const char *folder)
{
    RunRecord r = {.folder = folder, .name = model_of(arena, folder)};
    RtText text = {0};
    RtError error = {0};
    if (!r.name) fail("%s/c: the emitted C of one model is not there, which says what stopped", folder);
    r.path = arena_format(arena, "%s/c/%s.json", folder, r.name);
    if (!rt_file_read(r.path, 1 << 26, &text, &error) ||
        !rt_json_parse(text.data, text.length, r.path, &r.json, &error))
        fail("%s", error.text);
    rt_text_free(&text);
    const RtJsonNode *top = r.json.nodes,
                     *options = top->kind == RT_JSON_OBJECT ? rt_json_get(&r.json, top, "options") : NULL;
    if (!options || options->kind != RT_JSON_OBJECT) fail("%s: no options in it", r.path);
    record_settings(arena, &r, options);
    return r;
}

static int64_t number_of(const RtArrays *file, const char *key)
{
    const char *text = rt_tensors_pair(file, key);
    char *end;
    const long long n = text ? strtoll(text, &end, 10) : -1;
    return text && *text && !*end && n >= 0 && n < 1LL << 53 ? n : -1;
}

/* A pair of the checkpoint that the run wrote last; NULL: there is none. */
static const char *checkpoint_pair(Arena *arena, const char *folder, const char *key)
{
    RtArrays file = {0};
    RtError error = {0};
    if (!rt_tensors_read(arena_format(arena, "%s/checkpoint.safetensors", folder), &file, &error)) return NULL;
    const char *value = rt_tensors_pair(&file, key), *copy = value ? arena_copy(arena, value) : NULL;
    rt_tensors_free(&file);
    return copy;
}

bool run_stopped(Arena *arena, const char *folder)
{
    struct stat info;
    return stat(arena_format(arena, "%s/run.json", folder), &info) != 0 &&
           stat(arena_format(arena, "%s/failed_batch.safetensors", folder), &info) == 0;
}

const char *stopped_where(Arena *arena, const char *folder)
{
    RtArrays file = {0};
    RtError error = {0};
    if (!run_stopped(arena, folder) ||
        !rt_tensors_read(arena_format(arena, "%s/failed_batch.safetensors", folder), &file, &error))
        return NULL;
    const char *where = rt_tensors_pair(&file, "where"), *what = rt_tensors_pair(&file, "what");
    const char *words = where && what ? arena_format(arena, "%s: %s", where, what) : NULL;
    rt_tensors_free(&file);
    return words;
}

Run *stopped_read(Arena *arena, const char *folder)
{
    Run *run = arena_alloc(arena, sizeof *run);
    Stopped *s = arena_alloc(arena, sizeof *s);
    RtError error = {0};
    struct stat info;
    *s = (Stopped){.path = arena_format(arena, "%s/failed_batch.safetensors", folder)};
    if (!rt_tensors_read(s->path, &s->batch, &error))
        fail("%s: a run that stopped at a number that is not finite, of whose batch nothing is known: %s", folder,
             error.text);
    *run = (Run){.folder = folder, .record = emitted_record(arena, folder), .stopped = s};
    run->top = run->record.json.nodes;
    const char *graph = graph_of_run(arena, folder, run->record.name);
    if (stat(graph, &info) != 0) fail("%s: there is no such file: the run's folder does not hold its graph", graph);
    const Experiment *x = load(arena, graph, run->record.n_settings, run->record.settings);
    const char *entry = rt_tensors_pair(&s->batch, "entry"), *hash = rt_tensors_pair(&s->batch, "graph_hash"),
               *where = rt_tensors_pair(&s->batch, "where"), *what = rt_tensors_pair(&s->batch, "what"),
               *data = rt_tensors_pair(&s->batch, "data"), *split = rt_tensors_pair(&s->batch, "split"),
               *checkpoint = checkpoint_pair(arena, folder, "data");
    s->training = !entry || strcmp(entry, "evaluate") != 0;
    /* such a run leaves the batch of its first step that is skipped, and goes on */
    if (s->training && x->train.skip_not_finite)
        fail("%s: a run that has not ended; tailor train GRAPH --resume %s goes on with it", folder, folder);
    s->step = number_of(&s->batch, "step");
    s->epochs = number_of(&s->batch, "epochs");
    s->steps_per_epoch = number_of(&s->batch, "steps_per_epoch");
    if (s->epochs < 1) s->epochs = x->train.epochs;
    s->where = where ? where : !s->training ? "an evaluation" : arena_format(arena, "step %lld", (long long)s->step);
    s->what = what ? what : "a number is not finite";
    const char *classes = rt_tensors_pair(&s->batch, "classes");
    if (classes && (!rt_json_parse(classes, strlen(classes), s->path, &s->classes, &error) ||
                    s->classes.nodes[0].kind != RT_JSON_ARRAY))
        fail("%s: classes is no list of names", s->path);
    run->record.graph_hash = hash ? hash : "";
    run->record.weights_sha256 = "";
    run->record.data = data ? data : checkpoint ? checkpoint : x->train.data ? x->train.data : "";
    run->record.seed = number_of(&s->batch, "seed") < 0 ? x->train.seed : (uint64_t)number_of(&s->batch, "seed");
    run->record.validation = split && !strcmp(split, "validation");
    run->experiment = x;
    run->emission = emission_new(x, x->batch, &(Passes){0});
    if (!find_not_finite(arena, x, &s->batch, "failed_batch.safetensors", &s->first, &error))
        s->first = (NotFinite){.text = arena_format(arena, "the first value that is not finite was not found again: %s",
                                                    error.text), .sample = -1};
    return run;
}

/* ---- in words ---- */

static const char *epoch_words(Arena *arena, const Stopped *s)
{
    if (!s->training || s->steps_per_epoch < 1 || s->step < 0) return "";
    return arena_format(arena, ", in epoch %lld of %lld", (long long)(s->step / s->steps_per_epoch + 1),
                        (long long)s->epochs);
}

const char *stopped_words(Arena *arena, const Run *run)
{
    const Stopped *s = run->stopped;
    return arena_format(arena, "Stopped at %s%s: %s", shown_name(arena, s->where), epoch_words(arena, s),
                        shown_name(arena, s->what));
}

const char *first_words(Arena *arena, const Run *run)
{
    const NotFinite *first = &run->stopped->first;
    const char *text = shown_name(arena, first->text);
    if (!first->line.source) return text;
    return arena_format(arena, "%s:%d: %s", shown_name(arena, first->line.source->base), first->line.number, text);
}
