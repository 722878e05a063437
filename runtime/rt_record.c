/* rt_record.c - the files that a run leaves for people and programs: log.csv, weights.safetensors, run.json.
 *
 * run.json is written last and whole: a folder that has one holds a finished run. */
#include "rt_settings.h"
#include "rt_vec.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#ifndef RT_COMPILER_FLAGS
#define RT_COMPILER_FLAGS ""
#endif

double rt_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

double rt_run_seconds(const RtRun *run) { return run->earlier_seconds + rt_seconds() - run->started; }

const char *rt_compiler(void)
{
#if defined(__clang__)
    return "clang " __clang_version__;
#else
    return "gcc " __VERSION__;
#endif
}

int64_t rt_peak_rss(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? (int64_t)usage.ru_maxrss * 1024 : 0;
}

/* ---- log.csv ---- */

/* Adds a metric's name, which may hold characters that separate columns. */
static void add_column(RtText *text, const char *prefix, const char *name)
{
    const bool quote = strpbrk(name, ",\"\r\n") != NULL;
    rt_text_add(text, quote ? ",\"%s" : ",%s", prefix);
    for (; *name; name++) rt_text_add(text, *name == '"' ? "\"\"" : "%c", *name);
    if (quote) rt_text_add(text, "\"");
}

static void add_means(RtText *text, const RtMeans *means, int n_metrics)
{
    for (int i = 0; i <= n_metrics; i++)
        if (means->samples) rt_text_add(text, ",%.8g", rt_mean(means, i));
        else rt_text_add(text, ",");
}

bool rt_log_begin(RtRun *run, RtError *error)
{
    static const char *const SETS[] = {"train_", "val_"};
    char path[RT_MAX_PATH];
    if (!rt_path(path, run->settings.folder, "log.csv", error)) return false;
    if (!run->log.length) {
        rt_text_add(&run->log, "epoch,step");
        for (int set = 0; set < 2; set++) {
            add_column(&run->log, SETS[set], "loss");
            for (int i = 0; i < run->model->n_metrics; i++) add_column(&run->log, SETS[set], run->model->metrics[i]);
        }
        rt_text_add(&run->log, run->model->train.skip_not_finite ? ",learning_rate,seconds,skipped\n"
                                                                 : ",learning_rate,seconds\n");
    }
    if (run->log.failed) return rt_fail(error, "%s: out of memory", path);
    return rt_file_write(path, run->log.data, run->log.length, error);
}

bool rt_log_epoch(RtRun *run, RtError *error)
{
    char path[RT_MAX_PATH];
    RtText *log = &run->log;
    RtStep step = {0};
    const size_t before = log->length;
    if (!rt_path(path, run->settings.folder, "log.csv", error)) return false;
    rt_schedule(&run->model->train, run->step - 1, run->steps, run->steps_per_epoch, &step);
    rt_text_add(log, "%lld,%lld", (long long)run->epoch, (long long)run->step);
    add_means(log, &run->epoch_train, run->model->n_metrics);
    add_means(log, &run->validation, run->model->n_metrics);
    rt_text_add(log, ",%.8g,%.3f", (double)step.learning_rate, rt_run_seconds(run));
    if (run->model->train.skip_not_finite) rt_text_add(log, ",%lld", (long long)run->skipped);
    rt_text_add(log, "\n");
    if (log->failed) return rt_fail(error, "%s: out of memory", path);
    return rt_file_append(path, log->data + before, log->length - before, error);
}

/* ---- run.json ---- */

enum { DATA_FILES = 2 * RT_SET_FILES };

/* The files of the training set, then those of the test set. */
static int data_files(const RtData *data, const RtSource *files[DATA_FILES])
{
    int n = 0;
    for (int i = 0; i < data->train.n_sources; i++) files[n++] = &data->train.source[i];
    for (int i = 0; i < data->test.n_sources; i++) files[n++] = &data->test.source[i];
    return n;
}

void rt_experiment_text(RtText *text, const RtIdentity *of)
{
    const RtSource *files[DATA_FILES];
    rt_text_add(text, "tailor experiment 1\ngraph %s\nseed %llu\nepochs %lld\nvalidation %a\ndata %s\n", of->graph_hash,
                (unsigned long long)of->seed, (long long)of->epochs, of->validation, of->data->name);
    /* without it, a run on a set of no test files would be the same as one that leaves them alone */
    if (of->untested) rt_text_add(text, "split validation\n");
    for (int i = 0; of->lineage && i < of->lineage->n; i++)
        rt_text_add(text, "lineage %lld %lld\n", (long long)of->lineage->part[i].epochs,
                    (long long)of->lineage->part[i].steps);
    if (of->init && of->init->file[0]) rt_text_add(text, "init %s\n", of->init->sha256);
    if (of->init && of->init->except[0]) rt_text_add(text, "init-except %s\n", of->init->except);
    const int n_files = data_files(of->data, files);
    for (int i = 0; i < n_files; i++) rt_text_add(text, "%s %s\n", files[i]->name, files[i]->sha256);
}

/* Returns false when there is no memory. */
static bool experiment_hash(const RtRun *run, char hex[65])
{
    const RtIdentity identity = {.graph_hash = run->model->graph_hash,
                                 .seed = run->settings.seed,
                                 .epochs = run->settings.epochs,
                                 .validation = run->model->train.validation,
                                 .untested = run->settings.validation,
                                 .data = &run->data,
                                 .lineage = &run->lineage,
                                 .init = &run->init};
    RtText text = {0};
    rt_experiment_text(&text, &identity);
    const bool ok = !text.failed;
    if (ok) rt_sha256(text.data, text.length, hex);
    rt_text_free(&text);
    return ok;
}

static void cpu_name(char name[128])
{
    char line[512];
    FILE *file = fopen("/proc/cpuinfo", "r");
    strcpy(name, "unknown");
    while (file && fgets(line, sizeof line, file)) {
        char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) != 0 || !colon) continue;
        colon += strspn(colon + 1, " \t") + 1;
        snprintf(name, 128, "%.*s", (int)strcspn(colon, "\n"), colon);
        break;
    }
    if (file) fclose(file);
}

static void add_metrics(RtJsonWriter *json, const char *set, const RtMeans *means, const RtModel *model)
{
    char key[512];
    for (int i = 0; i <= model->n_metrics && means->samples; i++) {
        snprintf(key, sizeof key, "%s_%s", set, i ? model->metrics[i - 1] : "loss");
        rt_json_number(json, key, rt_mean(means, i));
    }
}

static void add_data(RtJsonWriter *json, const RtData *data)
{
    const RtSource *files[DATA_FILES];
    const int n_files = data_files(data, files);
    rt_json_open(json, "data", '{');
    rt_json_string(json, "name", data->name);
    rt_json_open(json, "sha256", '{');
    for (int i = 0; i < n_files; i++) rt_json_string(json, files[i]->name, files[i]->sha256);
    rt_json_close(json, '}');
    if (data->train.n_classes) rt_json_open(json, "classes", '[');
    for (int i = 0; i < data->train.n_classes; i++) rt_json_string(json, NULL, rt_class_name(&data->train, i));
    if (data->train.n_classes) rt_json_close(json, ']');
    rt_json_open(json, "splits", '{');
    rt_json_integer(json, "train", data->n_training);
    rt_json_integer(json, "validation", data->n_validation);
    rt_json_integer(json, "test", data->test.n);
    rt_json_close(json, '}');
    rt_json_close(json, '}');
}

/* Writes a setting that has settings of its own, with only the members that are asked for. */
static void add_group(RtJsonWriter *json, const char *name, const RtTrain *train)
{
    const RtSetting *group = rt_setting(name);
    rt_json_open(json, name, '{');
    if (group->words) rt_json_string(json, "kind", group->words[!rt_setting_is_default(group, train)].word);
    rt_settings_json(json, name, train);
    rt_json_close(json, '}');
}

static void add_normalize(RtJsonWriter *json, const RtNormalize *normalize)
{
    rt_json_open(json, "normalize", '{');
    for (int sd = 0; sd < 2 && normalize->n; sd++) {
        rt_json_open(json, sd ? "sd" : "mean", '[');
        for (int i = 0; i < normalize->n; i++) rt_json_number(json, NULL, sd ? normalize->sd[i] : normalize->mean[i]);
        rt_json_close(json, ']');
    }
    rt_json_close(json, '}');
}

static void add_lineage(RtJsonWriter *json, const RtRun *run)
{
    rt_json_open(json, "lineage", '[');
    for (int i = 0; i <= run->lineage.n; i++) {
        const bool last = i == run->lineage.n;
        rt_json_open(json, NULL, '[');
        rt_json_integer(json, NULL, last ? run->settings.epochs : run->lineage.part[i].epochs);
        rt_json_integer(json, NULL, last ? run->steps : run->lineage.part[i].steps);
        rt_json_close(json, ']');
    }
    rt_json_close(json, ']');
}

static void add_best(RtJsonWriter *json, const RtBest *best)
{
    rt_json_open(json, "best", '{');
    rt_json_string(json, "by", "val_loss");
    rt_json_integer(json, "epoch", best->epoch);
    rt_json_number(json, "value", best->loss);
    rt_json_string(json, "sha256", best->sha256);
    rt_json_close(json, '}');
}

static void add_init(RtJsonWriter *json, const RtInit *init)
{
    if (!init->file[0]) return;
    rt_json_open(json, "init", '{');
    rt_json_string(json, "file", init->file);
    rt_json_string(json, "sha256", init->sha256);
    if (init->except[0]) rt_json_string(json, "except", init->except);
    rt_json_close(json, '}');
}

static void add_machine(RtJsonWriter *json, const RtRun *run)
{
    char cpu[128];
    cpu_name(cpu);
    const double images = (double)run->steps * run->model->batch;
    rt_json_number(json, "images_per_second", run->train_seconds > 0 ? images / run->train_seconds : NAN);
    rt_json_number(json, "seconds", rt_run_seconds(run));
    rt_json_integer(json, "peak_rss_bytes", rt_peak_rss());
    rt_json_integer(json, "threads", run->settings.threads);
    rt_json_string(json, "compiler", rt_compiler());
    rt_json_string(json, "cflags", RT_COMPILER_FLAGS);
    rt_json_integer(json, "lanes", RT_LANES);                                   /* lanes that -march=native came to */
    rt_json_string(json, "cpu", cpu);
    if (run->model->openblas) rt_json_string(json, "openblas", run->model->openblas());
}

static void record_text(const RtRun *run, RtText *text)
{
    const RtModel *model = run->model;
    RtJsonWriter json = {0};
    char experiment[65];
    if (!experiment_hash(run, experiment)) {
        text->failed = true;
        return;
    }
    rt_json_open(&json, NULL, '{');
    rt_json_string(&json, "name", model->name);
    rt_json_string(&json, "graph_hash", model->graph_hash);
    rt_json_string(&json, "experiment_hash", experiment);
    rt_json_string(&json, "tailor_version", model->tailor_version);
    rt_json_integer(&json, "numerics", TAILOR_NUMERICS);
    rt_json_open(&json, "options", '{');
    for (int i = 0; i < model->n_options; i++) rt_json_raw(&json, model->options[i].name, model->options[i].json);
    rt_json_close(&json, '}');
    rt_json_unsigned(&json, "seed", run->settings.seed);
    add_init(&json, &run->init);
    add_data(&json, &run->data);
    if (run->settings.validation) rt_json_string(&json, "split", "validation");
    rt_json_integer(&json, "epochs", run->settings.epochs);
    if (run->lineage.n) add_lineage(&json, run);
    rt_json_integer(&json, "batch", model->batch);
    add_group(&json, "sampler", &model->train);
    add_group(&json, "augment", &model->train);
    add_normalize(&json, &run->data.train.normalize);
    rt_json_open(&json, "metrics", '{');
    add_metrics(&json, "train", &run->epoch_train, model);
    add_metrics(&json, "val", &run->validation, model);
    add_metrics(&json, "test", &run->test, model);
    rt_json_close(&json, '}');
    if (model->train.skip_not_finite) rt_json_integer(&json, "skipped_steps", run->skipped);
    rt_json_integer(&json, "parameter_count", rt_tensor_floats(model->n_parameters, model->parameters));
    const int64_t trained = rt_trained_floats(model->n_parameters, model->parameters);
    if (trained < rt_tensor_floats(model->n_parameters, model->parameters))
        rt_json_integer(&json, "trainable_parameter_count", trained);
    rt_json_integer(&json, "flops_forward", model->flops_forward);
    rt_json_integer(&json, "flops_step", model->flops_step);
    rt_json_integer(&json, "workspace_bytes", model->workspace_bytes);
    rt_json_integer(&json, "workspace_lower_bound", model->workspace_lower_bound);
    add_machine(&json, run);
    rt_json_open(&json, "kernels", '[');
    for (int i = 0; i < model->n_kernels; i++) {
        rt_json_open(&json, NULL, '{');
        rt_json_string(&json, "layer", model->kernels[i].layer);
        rt_json_string(&json, "algorithm", model->kernels[i].algorithm);
        rt_json_close(&json, '}');
    }
    rt_json_close(&json, ']');
    if (model->tuned) rt_json_string(&json, "tuned", model->tuned);
    if (model->watch) rt_json_open(&json, "watched", '[');
    for (int i = 0; model->watch && i < model->watch->n; i++) rt_json_string(&json, NULL, model->watch->of[i].name);
    if (model->watch) rt_json_close(&json, ']');
    if (run->settings.profile) model->profiler->json(run->settings.profile, "profile", &json);
    if (run->best.kept) add_best(&json, &run->best);
    rt_json_string(&json, "weights_sha256", run->weights_sha256);
    rt_json_close(&json, '}');
    *text = json.text;
}

bool rt_record_write(RtRun *run, RtText *json, RtError *error)
{
    char weights[RT_MAX_PATH], record[RT_MAX_PATH];
    const RtWeights evaluated = rt_weights_evaluated(&run->weights, run->model);
    *json = (RtText){0};
    if (!rt_path(weights, run->settings.folder, "weights.safetensors", error) ||
        !rt_path(record, run->settings.folder, "run.json", error) ||
        !rt_weights_write(weights, &evaluated, run->model, error))
        return false;
    record_text(run, json);
    if (json->failed) return rt_fail(error, "%s: out of memory", record);
    if (run->settings.correct && !rt_means_write_correct(&run->test, run->settings.correct, error)) return false;
    return rt_file_write(record, json->data, json->length, error);
}

/* ---- a folder that is finished already ---- */

static bool has_checkpoint(const RtRun *run)
{
    char path[RT_MAX_PATH];
    struct stat about;
    RtError ignored = {0};
    return rt_path(path, run->settings.folder, "checkpoint.safetensors", &ignored) && stat(path, &about) == 0;
}

/* longer: the run is to have more epochs than it was finished with, and it can have them. */
static bool check_epochs(const RtRun *run, const char *path, double is, bool *longer, RtError *error)
{
    const long long wanted = run->settings.epochs;
    *longer = is < (double)wanted && run->settings.longer;
    if (*longer && !has_checkpoint(run))
        return rt_fail(
            error,
            "%s: the run is finished after %.17g epochs, and there is no checkpoint.safetensors to go on from to %lld",
            path, is, wanted);
    if (*longer || is == (double)wanted) return true;
    if (is > (double)wanted)
        return rt_fail(error, "%s: epochs is %.17g, against %lld of this run: a run can be made longer, not shorter",
                       path, is, wanted);
    return rt_fail(error,
                   "%s: epochs is %.17g, against %lld of this run; --epochs %lld goes on under the schedule of as many",
                   path, is, wanted, wanted);
}

static bool check_record(const RtRun *run, const RtJson *json, const char *path, bool *longer, RtError *error)
{
    const RtSource *file = &run->data.train.source[0];
    const RtJsonNode *top = &json->nodes[0], *data = rt_json_get(json, top, "data");
    const RtJsonNode *graph = rt_json_get(json, top, "graph_hash"), *seed = rt_json_get(json, top, "seed"),
                     *epochs = rt_json_get(json, top, "epochs"), *name = rt_json_get(json, data, "name"),
                     *images = rt_json_get(json, rt_json_get(json, data, "sha256"), file->name),
                     *training = rt_json_get(json, rt_json_get(json, data, "splits"), "train");
    if (!graph || graph->kind != RT_JSON_STRING || !seed || seed->kind != RT_JSON_NUMBER || !epochs ||
        epochs->kind != RT_JSON_NUMBER || !name || name->kind != RT_JSON_STRING || !images ||
        images->kind != RT_JSON_STRING || !training || training->kind != RT_JSON_NUMBER)
        return rt_fail(error, "%s: is not the record of a run", path);
    if (strcmp(graph->string, run->model->graph_hash) != 0)
        return rt_fail(error, "%s: graph_hash is %.64s, against %s of this graph with these options", path,
                       graph->string, run->model->graph_hash);
    if (seed->is_integer ? (uint64_t)seed->integer != run->settings.seed : seed->number != (double)run->settings.seed)
        return rt_fail(error, "%s: seed is %.17g, against %llu of this run", path, seed->number,
                       (unsigned long long)run->settings.seed);
    if (!check_epochs(run, path, epochs->number, longer, error)) return false;
    if (strcmp(name->string, run->data.name) != 0)
        return rt_fail(error, "%s: data is %.200s, against %s of this run", path, name->string, run->data.name);
    if (strcmp(images->string, file->sha256) != 0)
        return rt_fail(error, "%s: sha256 of %s is %.64s, against %s of this run", path, file->name, images->string,
                       file->sha256);
    if (training->number != (double)run->data.n_training)                     /* the validation share is another one */
        return rt_fail(error, "%s: training_images is %.17g, against %lld of this run", path, training->number,
                       (long long)run->data.n_training);
    for (int i = 1; i < run->data.train.n_sources; i++) {
        const RtSource *other = &run->data.train.source[i];
        const RtJsonNode *hash = rt_json_get(json, rt_json_get(json, data, "sha256"), other->name);
        const char *is = hash && hash->kind == RT_JSON_STRING ? hash->string : "not there";
        if (strcmp(is, other->sha256) != 0)
            return rt_fail(error, "%s: sha256 of %s is %.64s, against %s of this run", path, other->name, is,
                           other->sha256);
    }
    const RtJsonNode *init = rt_json_get(json, top, "init"), *hash = rt_json_get(json, init, "sha256"),
                     *except = rt_json_get(json, init, "except");
    if (!rt_init_check(run, path, hash && hash->kind == RT_JSON_STRING ? hash->string : NULL,
                       except && except->kind == RT_JSON_STRING ? except->string : "", error))
        return false;
    bool scaled = false;                                 /* scale.txt may be gone while the arrays are the same files */
    for (int i = 1; i < run->data.train.n_sources; i++)
        scaled = scaled || !strcmp(run->data.train.source[i].name, rt_scale_file);
    return scaled || !rt_json_get(json, rt_json_get(json, data, "sha256"), rt_scale_file) ||
           rt_fail(error, "%s: images are scaled by %s, against none in the data of this run", path, rt_scale_file);
}

bool rt_record_finished(const RtRun *run, bool *finished, RtText *text, RtError *error)
{
    char path[RT_MAX_PATH];
    struct stat about;
    RtJson json;
    *finished = false;
    if (!rt_path(path, run->settings.folder, "run.json", error)) return false;
    if (stat(path, &about) != 0 && errno == ENOENT) return true;
    if (!rt_file_read(path, 16 << 20, text, error) || !rt_json_parse(text->data, text->length, path, &json, error))
        return false;
    bool longer = false;
    const bool ok = check_record(run, &json, path, &longer, error);
    *finished = ok && !longer;
    rt_json_free(&json);
    if (longer) rt_text_free(text);
    return ok;
}
