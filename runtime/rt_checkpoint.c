/* rt_checkpoint.c - everything a run needs to go on with the same bits.
 *
 * checkpoint.safetensors holds the parameters and the state by name, the optimizer's moments as moment1/NAME,
 * moment2/NAME, and averages as average/NAME (names have no slash).  Its metadata holds the identity of the run, its
 * position, and log and trace so far.  Sums are written as hexadecimal floats, which lose nothing. */
#include "rt.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char CHECKPOINT[] = "checkpoint.safetensors", CHECKPOINT_FORMAT[] = "tailor checkpoint 1";

/* The place of a parameter in the k-th of the optimizer's arrays; NULL: it is frozen, and that array is of moments. */
static float *moment_of(const RtModel *model, const RtWeights *weights, int parameter, int k)
{
    const RtTensor *tensor = &model->parameters[parameter];
    if (k >= rt_moments(model)) return rt_weights_evaluated(weights, model).parameters + tensor->offset;
    if (rt_is_frozen(tensor)) return NULL;
    return weights->optimizer + k * rt_trained_floats(model->n_parameters, model->parameters) +
           rt_trained_floats(parameter, model->parameters);
}

/* The prefix, before a parameter's name, of the k-th of the optimizer's arrays. */
static const char *moment_name(const RtModel *model, int k, char name[32])
{
    if (model->train.ema > 0 && k == model->n_moments - 1) return "average/";
    snprintf(name, 32, "moment%d/", k + 1);
    return name;
}

enum { MAX_PAIRS = 40 };

/* ---- writing ---- */

/* Pairs whose values lie in one text.  They are positions first, and pointers once the text no longer moves. */
typedef struct Pairs { RtText text; size_t at[MAX_PAIRS]; RtPair pair[MAX_PAIRS]; int n; } Pairs;

static void add_string(Pairs *pairs, const char *key, const char *value)
{
    pairs->pair[pairs->n].key = key;
    pairs->at[pairs->n++] = pairs->text.length;
    rt_text_bytes(&pairs->text, value, strlen(value) + 1);
}

static void add_integer(Pairs *pairs, const char *key, int64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)value);
    add_string(pairs, key, text);
}

static void add_double(Pairs *pairs, const char *key, double value)
{
    char text[64];
    snprintf(text, sizeof text, "%a", value);
    add_string(pairs, key, text);
}

static void keep_means(Pairs *pairs, const char *key, const RtMeans *means, int n_metrics)
{
    RtText text = {0};
    rt_text_add(&text, "%lld", (long long)means->samples);
    for (int i = 0; i <= n_metrics; i++) rt_text_add(&text, " %a", means->sum[i]);
    if (text.failed) pairs->text.failed = true;
    else add_string(pairs, key, text.data);
    rt_text_free(&text);
}

static void options_text(const RtModel *model, RtText *text)
{
    RtJsonWriter json = {.depth = 8};   /* on one line */
    rt_json_open(&json, NULL, '{');
    for (int i = 0; i < model->n_options; i++) rt_json_raw(&json, model->options[i].name, model->options[i].json);
    rt_json_close(&json, '}');
    *text = json.text;
}

/* Adds everything that must be the same in a run that goes on. */
static void add_identity(Pairs *pairs, const RtRun *run)
{
    char seed[32];
    RtText options;
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)run->settings.seed);
    options_text(run->model, &options);
    add_string(pairs, "format", CHECKPOINT_FORMAT);
    add_string(pairs, "tailor_version", run->model->tailor_version);              /* another version rounds otherwise */
    if (options.failed) pairs->text.failed = true;
    else add_string(pairs, "options", options.data);
    rt_text_free(&options);
    add_integer(pairs, "batch", run->model->batch);
    add_string(pairs, "graph_hash", run->model->graph_hash);
    add_string(pairs, "seed", seed);
    add_string(pairs, "data", run->data.name);
    add_string(pairs, "images_sha256", run->data.train.pixels_sha256);
    add_string(pairs, "labels_sha256", run->data.train.labels_sha256);
    add_integer(pairs, "training_images", run->data.n_training);
    if (run->settings.validation) add_string(pairs, "split", "validation");
    if (run->model->tuned) add_string(pairs, "tuned", run->model->tuned);
    /* another OpenBLAS, or one for another machine, gives other bits */
    if (run->model->openblas) add_string(pairs, "openblas", run->model->openblas());
}

static void keep_init(Pairs *pairs, const RtInit *init)
{
    if (!init->file[0]) return;
    add_string(pairs, "init", init->sha256);
    add_string(pairs, "init_file", init->file);
    add_string(pairs, "init_except", init->except);
}

static void keep_lineage(Pairs *pairs, const RtLineage *lineage)
{
    RtText text = {0};
    for (int i = 0; i < lineage->n; i++)
        rt_text_add(&text, "%s%lld %lld", i ? " " : "", (long long)lineage->part[i].epochs,
                    (long long)lineage->part[i].steps);
    if (text.failed) pairs->text.failed = true;
    else if (lineage->n) add_string(pairs, "lineage", text.data);
    rt_text_free(&text);
}

static void keep_best(Pairs *pairs, const RtBest *best)
{
    char text[160];
    snprintf(text, sizeof text, "%lld %a %s", (long long)best->epoch, best->loss, best->epoch ? best->sha256 : "-");
    if (best->kept) add_string(pairs, "best", text);
}

/* The names, and what watch.csv has so far. */
static void keep_watch(Pairs *pairs, const RtRun *run)
{
    const RtWatch *watch = run->model->watch;
    RtText names = {0};
    for (int i = 0; watch && i < watch->n; i++) rt_text_add(&names, "%s%s", i ? "," : "", watch->of[i].name);
    if (names.failed || run->watch.failed) pairs->text.failed = true;
    else if (watch) add_string(pairs, "watched", names.data), add_string(pairs, "watch", run->watch.data);
    rt_text_free(&names);
}

static void add_position(Pairs *pairs, const RtRun *run)
{
    const int n = run->model->n_metrics;
    add_integer(pairs, "epochs", run->settings.epochs);
    keep_lineage(pairs, &run->lineage);
    keep_best(pairs, &run->best);
    keep_init(pairs, &run->init);
    add_integer(pairs, "step", run->step);
    add_integer(pairs, "epoch", run->epoch);
    if (run->model->train.skip_not_finite) add_integer(pairs, "skipped", run->skipped);
    keep_means(pairs, "train", &run->train, n);
    keep_means(pairs, "epoch_train", &run->epoch_train, n);
    keep_means(pairs, "validation", &run->validation, n);
    add_double(pairs, "train_seconds", run->train_seconds);
    add_double(pairs, "seconds", rt_run_seconds(run));
    add_string(pairs, "log", run->log.data ? run->log.data : "");
    if (!run->untraced) add_string(pairs, "trace", run->trace.data ? run->trace.data : "");
    keep_watch(pairs, run);
}

bool rt_checkpoint_write(const RtRun *run, RtError *error)
{
    const RtModel *model = run->model;
    int n = 0, n_prefixed = model->n_parameters * model->n_moments;
    char path[RT_MAX_PATH], (*names)[512] = calloc((size_t)n_prefixed + 1, sizeof *names);
    RtArray *arrays = calloc((size_t)(model->n_parameters + model->n_states + n_prefixed) + 1, sizeof *arrays);
    Pairs pairs = {0};
    bool ok = rt_path(path, run->settings.folder, CHECKPOINT, error);
    add_identity(&pairs, run);
    add_position(&pairs, run);
    if (ok && (!names || !arrays || pairs.text.failed)) ok = rt_fail(error, "%s: out of memory", path);
    if (ok) {
        for (int i = 0; i < pairs.n; i++) pairs.pair[i].value = pairs.text.data + pairs.at[i];
        for (int i = 0; i < model->n_parameters; i++)
            arrays[n++] = rt_tensor_array(&model->parameters[i], model->parameters[i].name,
                                          run->weights.parameters + model->parameters[i].offset);
        for (int i = 0; i < model->n_states; i++)
            arrays[n++] =
                rt_tensor_array(&model->states[i], model->states[i].name, run->weights.state + model->states[i].offset);
        for (int k = 0; k < n_prefixed; k++) {
            const RtTensor *tensor = &model->parameters[k % model->n_parameters];
            const int moment = k / model->n_parameters;
            const float *values = moment_of(model, &run->weights, k % model->n_parameters, moment);
            char prefix[32];
            if (!values) continue;
            snprintf(names[k], sizeof names[k], "%s%s", moment_name(model, moment, prefix), tensor->name);
            arrays[n++] = rt_tensor_array(tensor, names[k], values);
        }
        ok = rt_tensors_write(path, n, arrays, pairs.n, pairs.pair, error);
    }
    rt_text_free(&pairs.text);
    free(names);
    free(arrays);
    return ok;
}

/* ---- reading ---- */

static const char *pair_of(const RtArrays *file, const char *path, const char *key, RtError *error)
{
    const char *value = rt_tensors_pair(file, key);
    if (!value) rt_fail(error, "%s: there is no %s in its metadata: not a checkpoint, or a damaged one", path, key);
    return value;
}

static bool check_identity(const RtRun *run, const RtArrays *file, const char *path, RtError *error)
{
    Pairs pairs = {0};
    add_identity(&pairs, run);
    bool ok = !pairs.text.failed || rt_fail(error, "%s: out of memory", path);
    if (ok && rt_tensors_pair(file, "format") && !rt_tensors_pair(file, "tailor_version"))
        ok = rt_fail(error, "%s: there is no tailor_version in it: it is of one before 0.2.0, against %s of this run",
                     path, run->model->tailor_version);
    const bool validation = rt_tensors_pair(file, "split") != NULL;
    if (ok && validation != run->settings.validation)      /* a search must not read the test set by a flag left out */
        ok = rt_fail(error, "%s: split is %s, against %s of this run", path, validation ? "validation" : "test",
                     validation ? "test" : "validation");
    for (int i = 0; i < pairs.n && ok; i++) {
        const char *key = pairs.pair[i].key, *want = pairs.text.data + pairs.at[i],
                   *is = pair_of(file, path, key, error);
        if (!is) ok = false;
        else if (strcmp(is, want) != 0)
            ok = rt_fail(error, "%s: %s is %.300s, against %.300s of this run", path, key, is, want);
    }
    const char *tuned = rt_tensors_pair(file, "tuned");       /* other algorithms give other bits */
    if (ok && !tuned && run->model->tuned)
        ok = rt_fail(error, "%s: there is no tuned in it: the run was not tuned, against %.64s of this trainer", path,
                     run->model->tuned);
    if (ok && tuned && !run->model->tuned)
        ok = rt_fail(error, "%s: tuned is %.64s, against no tuning of this run", path, tuned);
    rt_text_free(&pairs.text);
    return ok;
}

static bool read_integer(const RtArrays *file, const char *path, const char *key, int64_t most, int64_t *value,
                         RtError *error)
{
    char *end;
    const char *text = pair_of(file, path, key, error);
    if (!text) return false;
    errno = 0;
    *value = strtoll(text, &end, 10);
    if (errno || end == text || *end || *value < 0 || *value > most)
        return rt_fail(error, "%s: %s is %.40s, against 0 to %lld", path, key, text, (long long)most);
    return true;
}

/* Reads nan and inf too: the loss of a validation, or a metric, may be one. */
static bool read_double(const char **at, double *value)
{
    char *end;
    *value = strtod(*at, &end);
    bool ok = end != *at;
    *at = end;
    return ok;
}

static bool read_seconds(const RtArrays *file, const char *path, const char *key, double *value, RtError *error)
{
    const char *text = pair_of(file, path, key, error), *at = text;
    if (!text) return false;
    if (!read_double(&at, value) || *at || *value < 0 || !isfinite(*value))
        return rt_fail(error, "%s: %s is %.40s, against a number of seconds", path, key, text);
    return true;
}

static bool read_means(const RtArrays *file, const char *path, const char *key, int n_metrics, RtMeans *means,
                       RtError *error)
{
    char *end;
    const char *at = pair_of(file, path, key, error);
    if (!at) return false;
    means->samples = strtoll(at, &end, 10);
    bool ok = end != at && means->samples >= 0;
    at = end;
    for (int i = 0; i <= n_metrics && ok; i++) ok = read_double(&at, &means->sum[i]);
    return (ok && !*at) || rt_fail(error, "%s: %s is not a count and %d sums", path, key, n_metrics + 1);
}

/* Reads the lineage of a run that was made longer.  Its numbers ascend and are below those of the checkpoint's run. */
static bool read_lineage(const RtArrays *file, const char *path, int64_t epochs, int64_t step, RtLineage *lineage,
                         RtError *error)
{
    const char *text = rt_tensors_pair(file, "lineage"), *at = text;
    int64_t last_epochs = 0, last_steps = 0;
    for (lineage->n = 0; at && *at; lineage->n++) {
        char *end[2] = {NULL, NULL};
        const int64_t its_epochs = strtoll(at, &end[0], 10), its_steps = strtoll(end[0], &end[1], 10);
        if (end[0] == at || end[1] == end[0] || (*end[1] && *end[1] != ' ') || its_epochs <= last_epochs ||
            its_epochs >= epochs || its_steps <= last_steps || its_steps > step || lineage->n == RT_MAX_LINEAGE)
            return rt_fail(error,
                           "%s: lineage is %.100s, against at most %d pairs of epochs and steps, each greater than the "
                           "last and less than %lld epochs, %lld steps",
                           path, text, RT_MAX_LINEAGE, (long long)epochs, (long long)step);
        lineage->part[lineage->n].epochs = last_epochs = its_epochs;
        lineage->part[lineage->n].steps = last_steps = its_steps;
        at = end[1] + (*end[1] == ' ');
    }
    return true;
}

static bool read_best(const RtArrays *file, const char *path, int64_t epoch, RtBest *best, RtError *error)
{
    const char *text = rt_tensors_pair(file, "best"), *at;
    char *end;
    *best = (RtBest){.kept = text != NULL};
    if (!text) return true;
    best->epoch = strtoll(text, &end, 10);
    at = end;
    bool ok = end != text && best->epoch >= 0 && best->epoch <= epoch && read_double(&at, &best->loss) && *at == ' ';
    if (ok && best->epoch) ok = strlen(at + 1) == 64 && strspn(at + 1, "0123456789abcdef") == 64;
    else if (ok) ok = strcmp(at + 1, "-") == 0;
    if (!ok)
        return rt_fail(error, "%s: best is %.100s, against an epoch from 0 to %lld, its loss and a sha256", path, text,
                       (long long)epoch);
    if (best->epoch) memcpy(best->sha256, at + 1, 65);
    return true;
}

/* A run that goes on keeps what it began with. */
static bool read_init(RtRun *run, const RtArrays *file, const char *path, RtError *error)
{
    RtInit *init = &run->init;
    const char *sha256 = rt_tensors_pair(file, "init"), *name = rt_tensors_pair(file, "init_file"),
               *except = rt_tensors_pair(file, "init_except");
    if (!rt_init_check(run, path, sha256, except ? except : "", error) || !sha256) return !error->text[0];
    if (strlen(sha256) != 64 || strspn(sha256, "0123456789abcdef") != 64 || !name || !*name || strchr(name, '/') ||
        strlen(name) >= sizeof init->file || !except || strlen(except) >= sizeof init->except)
        return rt_fail(error, "%s: init is %.100s of %.100s, against the sha256 and the name of a file", path, sha256,
                       name ? name : "nothing");
    strcpy(init->sha256, sha256);
    strcpy(init->file, name);
    strcpy(init->except, except);
    return true;
}

/* Reads the epochs that the run began with, or that it was made longer to. */
static bool read_epochs(RtRun *run, const RtArrays *file, const char *path, int64_t *epochs, RtError *error)
{
    const long long wanted = run->settings.epochs;
    if (!read_integer(file, path, "epochs", INT64_MAX, epochs, error)) return false;
    if (*epochs > wanted)
        return rt_fail(error, "%s: epochs is %lld, against %lld of this run: a run can be made longer, not shorter",
                       path, (long long)*epochs, wanted);
    if (*epochs < wanted && !run->settings.longer)
        return rt_fail(error,
                       "%s: epochs is %lld, against %lld of this run; --epochs %lld goes on as it began, --epochs %lld "
                       "under the schedule of as many",
                       path, (long long)*epochs, wanted, (long long)*epochs, wanted);
    return true;
}

/* Makes the run longer: from here on it follows the schedule of more epochs. */
static bool lengthen(RtRun *run, const char *path, int64_t epochs, RtError *error)
{
    RtLineage *lineage = &run->lineage;
    /* no step followed that schedule */
    if (epochs == run->settings.epochs || run->step == (lineage->n ? lineage->part[lineage->n - 1].steps : 0))
        return true;
    if (lineage->n == RT_MAX_LINEAGE)
        return rt_fail(error, "%s: the run was made longer %d times, which is the most", path, lineage->n);
    lineage->part[lineage->n].epochs = epochs;
    lineage->part[lineage->n++].steps = run->step;
    return true;
}

/* A run that began without goes on with what is watched from here on. */
static bool read_watch(RtRun *run, const RtArrays *file, const char *path, RtError *error)
{
    const char *names = rt_tensors_pair(file, "watched"), *text = rt_tensors_pair(file, "watch");
    const RtWatch *watch = run->model->watch;
    if (!watch || !names || !text) return true;
    const char *at = names;
    for (int i = 0; i < watch->n && at; i++) {
        const size_t n = strlen(watch->of[i].name);
        at = !strncmp(at, watch->of[i].name, n) && at[n] == (i + 1 < watch->n ? ',' : 0) ? at + n + 1 : NULL;
    }
    if (!at) return rt_fail(error, "%s: watched is %.300s, against other names of this trainer", path, names);
    rt_text_free(&run->watch);
    rt_text_bytes(&run->watch, text, strlen(text));
    return !run->watch.failed || rt_fail(error, "%s: out of memory", path);
}

static bool read_position(RtRun *run, const RtArrays *file, const char *path, RtError *error)
{
    const int n = run->model->n_metrics;
    int64_t epochs;
    if (!read_epochs(run, file, path, &epochs, error) ||
        !read_integer(file, path, "step", run->steps, &run->step, error) ||
        !read_integer(file, path, "epoch", run->settings.epochs, &run->epoch, error) ||
        (run->model->train.skip_not_finite && !read_integer(file, path, "skipped", run->step, &run->skipped, error)) ||
        !read_means(file, path, "train", n, &run->train, error) ||
        !read_means(file, path, "epoch_train", n, &run->epoch_train, error) ||
        !read_means(file, path, "validation", n, &run->validation, error) ||
        !read_seconds(file, path, "train_seconds", &run->train_seconds, error) ||
        !read_seconds(file, path, "seconds", &run->earlier_seconds, error) ||
        !read_lineage(file, path, epochs, run->step, &run->lineage, error) ||
        !read_best(file, path, run->epoch, &run->best, error) || !read_watch(run, file, path, error) ||
        !read_init(run, file, path, error))
        return false;
    const int64_t first = run->epoch * run->steps_per_epoch;
    if (run->step < first || run->step > first + run->steps_per_epoch)
        return rt_fail(error, "%s: step %lld, against steps %lld to %lld of epoch %lld", path, (long long)run->step,
                       (long long)first, (long long)(first + run->steps_per_epoch), (long long)run->epoch);
    const char *log = pair_of(file, path, "log", error), *trace = rt_tensors_pair(file, "trace");
    if (!log || !lengthen(run, path, epochs, error)) return false;
    rt_text_free(&run->log);
    rt_text_bytes(&run->log, log, strlen(log));
    rt_text_free(&run->trace);
    run->untraced = !trace;
    if (trace) rt_text_bytes(&run->trace, trace, strlen(trace));
    return !(run->log.failed || run->trace.failed) || rt_fail(error, "%s: out of memory", path);
}

static bool read_tensors(RtRun *run, const RtArrays *file, const char *path, RtError *error)
{
    const RtModel *model = run->model;
    char prefix[32];
    bool ok = true;
    for (int i = 0; i < model->n_parameters && ok; i++) {
        const RtTensor *tensor = &model->parameters[i];
        ok = rt_tensor_load(file, path, "", tensor, run->weights.parameters + tensor->offset, error);
        for (int k = 0; k < model->n_moments && ok; k++) {
            float *values = moment_of(model, &run->weights, i, k);
            ok = !values || rt_tensor_load(file, path, moment_name(model, k, prefix), tensor, values, error);
        }
    }
    for (int i = 0; i < model->n_states && ok; i++)
        ok = rt_tensor_load(file, path, "", &model->states[i], run->weights.state + model->states[i].offset, error);
    const char *bad = ok ? rt_weights_not_finite(&run->weights, model) : NULL;
    if (bad) ok = rt_fail(error, "%s: %s is not finite, against finite numbers", path, bad);
    return ok;
}

bool rt_checkpoint_read(RtRun *run, bool *found, RtError *error)
{
    char path[RT_MAX_PATH];
    struct stat about;
    RtArrays file;
    *found = false;
    if (!rt_path(path, run->settings.folder, CHECKPOINT, error)) return false;
    if (stat(path, &about) != 0 && errno == ENOENT) return true;
    if (!rt_tensors_read(path, &file, error)) return false;
    *found = check_identity(run, &file, path, error) && read_position(run, &file, path, error) &&
             read_tensors(run, &file, path, error);
    rt_tensors_free(&file);
    return *found;
}

int64_t rt_checkpoint_epochs(const RtRun *run)
{
    char path[RT_MAX_PATH];
    RtArrays file = {0};
    RtError ignored = {0};
    int64_t epochs;
    if (!rt_path(path, run->settings.folder, CHECKPOINT, &ignored) || !rt_tensors_read(path, &file, &ignored) ||
        !read_integer(&file, path, "epochs", INT64_MAX, &epochs, &ignored))
        epochs = 0;
    rt_tensors_free(&file);
    return epochs;
}
