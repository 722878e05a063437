/* rt_show.c - the output of a trainer: results to stdout, everything else to stderr. */
#include "rt_main.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the line of a run under way ---- */

/* Is the metric a fraction of right or wrong answers?  That reads better in percent. */
static bool is_fraction(const char *name)
{
    static const char *const WORDS[] = {"accuracy", "error", "precision", "recall"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strstr(name, WORDS[i])) return true;
    return false;
}

static void metric_text(char text[64], const char *name, double value)
{
    if (is_fraction(name)) snprintf(text, 64, "%.2f %%", 100 * value);
    else snprintf(text, 64, "%.4f", value);
}

/* Adds the loss and the metrics; `first` is in front of the loss. */
static void put_means(RtDisplay *line, const char *first, int gap, const RtMeans *means, const RtModel *model, int most)
{
    char text[64];
    if (!means->samples) return;
    rt_display_add(line, 2, RT_PLAIN, "%sloss %.4f", first, rt_mean(means, 0));
    for (int i = 0; i < model->n_metrics && i < most; i++) {
        metric_text(text, model->metrics[i], rt_mean(means, 1 + i));
        rt_display_add(line, gap, RT_PLAIN, "%s %s", model->metrics[i], text);
    }
}

/* Prints the line of the epoch under way, ten times a second.  Where it is short of room, the last fields go first. */
void rt_screen_step(void *context, const RtRun *run)
{
    RtScreen *screen = context;
    RtDisplay *line = &screen->line;
    const RtModel *model = run->model;
    if (screen->quiet || !rt_display_due(line)) return;
    const double per_step = run->step ? run->train_seconds / (double)run->step : 0;
    rt_display_begin(line, false);
    rt_display_add(line, 0, RT_BOLD, "epoch %lld/%lld", (long long)run->epoch + 1, (long long)run->settings.epochs);
    put_means(line, "", 2, &run->train, model, 1);
    if (per_step > 0) rt_display_add(line, 2, RT_PLAIN, "%.0f images/s", model->batch / per_step);
    rt_display_add(line, 2, RT_PLAIN, "%s left", rt_clock(per_step * (double)(run->steps - run->step)).text);
    if (run->skipped) rt_display_add(line, 2, RT_YELLOW, "%lld skipped", (long long)run->skipped);
    rt_display_add(line, 2, RT_PLAIN, "step %lld/%lld", (long long)run->step, (long long)run->steps);
    rt_display_show(line);
}

void rt_screen_epoch(void *context, const RtRun *run)
{
    RtScreen *screen = context;
    RtDisplay *line = &screen->line;
    if (screen->quiet) return;
    rt_display_begin(line, true);
    rt_display_add(line, 0, RT_BOLD, "epoch %lld/%lld", (long long)run->epoch, (long long)run->settings.epochs);
    put_means(line, "train: ", 1, &run->epoch_train, run->model, run->model->n_metrics);
    put_means(line, "validation: ", 1, &run->validation, run->model, run->model->n_metrics);
    if (run->skipped)
        rt_display_add(line, 2, RT_YELLOW, "%lld of %lld steps skipped", (long long)run->skipped, (long long)run->step);
    rt_display_add(line, 2, RT_PLAIN, "%.1f s", rt_run_seconds(run));
    rt_display_print(line);
}

/* ---- results ---- */

static void print_means(const RtModel *model, const char *set, const double *values)
{
    char text[64];
    /* without the sign that a NaN may have */
    printf("%s%-*s %.6f\n", set, 20 - (int)strlen(set), " loss", isnan(values[0]) ? (double)NAN : values[0]);
    for (int i = 0; i < model->n_metrics; i++) {
        metric_text(text, model->metrics[i], values[1 + i]);
        printf("%s %-*s %s\n", set, 19 - (int)strlen(set), model->metrics[i], text);
    }
}

/* A number of a record, which has null for a number that is not finite. */
static double number_of(const RtJson *json, const RtJsonNode *object, const char *key)
{
    const RtJsonNode *value = object ? rt_json_get(json, object, key) : NULL;
    return value && value->kind == RT_JSON_NUMBER ? value->number : (double)NAN;
}

/* Prints, from a record, the means as print_means does, the epoch of the weights, and their file. */
bool rt_print_finished(const RtModel *model, const RtText *record, const char *folder, const RtFlags *flags,
                       RtError *error)
{
    RtJson json;
    char key[512];
    if (flags->json) fwrite(record->data, 1, record->length, stdout);
    if (flags->json || flags->quiet) return true;
    if (!rt_json_parse(record->data, record->length, folder, &json, error)) return false;
    const RtJsonNode *metrics = rt_json_get(&json, &json.nodes[0], "metrics"),
                     *hash = rt_json_get(&json, &json.nodes[0], "weights_sha256"),
                     *skipped = rt_json_get(&json, &json.nodes[0], "skipped_steps");
    const RtJsonNode *best = rt_json_get(&json, &json.nodes[0], "best");
    const char *set = !metrics                                      ? NULL
                      : rt_json_get(&json, metrics, "test_loss")    ? "test"
                      : rt_json_get(&json, &json.nodes[0], "split") ? "val"
                                                                    : NULL;
    double *values = calloc((size_t)model->n_metrics + 1, sizeof *values);
    for (int i = 0; values && set && i <= model->n_metrics; i++) {
        snprintf(key, sizeof key, "%s_%s", set, i ? model->metrics[i - 1] : "loss");
        values[i] = number_of(&json, metrics, key);
    }
    if (values && set) print_means(model, set, values);
    free(values);
    if (skipped) printf("%-20s %.0f\n", "skipped steps", skipped->number);
    if (best)
        printf("%-20s %.0f, validation loss %.6f: best.safetensors\n", "best epoch", number_of(&json, best, "epoch"),
               number_of(&json, best, "value"));
    printf("%-20s %s\n%-20s %s\n", "weights sha256", hash && hash->kind == RT_JSON_STRING ? hash->string : "unknown",
           "run directory", folder);
    rt_json_free(&json);
    return true;
}

void rt_print_evaluation(const RtModel *model, const RtData *data, const RtMeans *means, const char *set,
                         const char *hash, const RtFlags *flags)
{
    RtJsonWriter json = {0};
    char key[512];
    if (flags->quiet && !flags->json) return;
    if (!flags->json) {
        double *values = calloc((size_t)model->n_metrics + 1, sizeof *values);
        for (int i = 0; values && i <= model->n_metrics; i++) values[i] = rt_mean(means, i);
        if (values) print_means(model, set, values);
        free(values);
        printf("%-20s %s\n", "weights sha256", hash);
        return;
    }
    rt_json_open(&json, NULL, '{');
    rt_json_string(&json, "name", model->name);
    rt_json_string(&json, "graph_hash", model->graph_hash);
    rt_json_string(&json, "data", data->name);
    rt_json_integer(&json, "images", means->samples);
    rt_json_open(&json, "metrics", '{');
    for (int i = 0; i <= model->n_metrics; i++) {
        snprintf(key, sizeof key, "%s_%s", set, i ? model->metrics[i - 1] : "loss");
        rt_json_number(&json, key, rt_mean(means, i));
    }
    rt_json_close(&json, '}');
    rt_json_string(&json, "weights", flags->best ? "best" : "last");
    rt_json_string(&json, "weights_sha256", hash);
    rt_json_close(&json, '}');
    if (!json.text.failed) fwrite(json.text.data, 1, json.text.length, stdout);
    rt_text_free(&json.text);
}

void rt_print_benchmark(const RtModel *model, const RtFlags *flags, const RtBenchmark *result)
{
    const RtSettings *settings = &flags->settings;
    RtJsonWriter json = {.depth = 8};   /* on one line */
    if (flags->quiet && !flags->json) return;
    rt_json_open(&json, NULL, '{');
    rt_json_string(&json, "name", model->name);
    rt_json_integer(&json, "steps", flags->steps);
    rt_json_integer(&json, "batch", model->batch);
    rt_json_integer(&json, "threads", settings->threads);
    rt_json_number(&json, "min_ms", result->min_ms);
    rt_json_number(&json, "median_ms", result->median_ms);
    rt_json_number(&json, "images_per_second", result->images_per_second);
    rt_json_integer(&json, "peak_rss_bytes", rt_peak_rss());
    if (flags->json && settings->profile) model->profiler->json(settings->profile, "profile", &json);
    rt_json_close(&json, '}');
    if (flags->json && !json.text.failed) printf("%s\n", json.text.data);
    if (!flags->json)
        printf("%s: %lld steps of %d images, %d threads: min %.3f ms, median %.3f ms, %.0f images/s, peak rss %lld "
               "bytes\n",
               model->name, (long long)flags->steps, model->batch, settings->threads, result->min_ms, result->median_ms,
               result->images_per_second, (long long)rt_peak_rss());
    rt_text_free(&json.text);
    rt_print_profile(model, flags);
}

void rt_print_profile(const RtModel *model, const RtFlags *flags)
{
    RtText text = {0};
    RtProfile *profile = flags->settings.profile;
    if (!profile || flags->json || flags->quiet) return;
    model->profiler->table(profile, &text);
    if (!text.failed) printf("\n%s", text.data);
    rt_text_free(&text);
}

void rt_print_how_to_resume(const RtRun *run, const RtFlags *flags, const char *program)
{
    RtText command = {0};
    if (flags->quiet) return;
    rt_text_word(&command, program);
    rt_text_add(&command, " --resume ");
    rt_text_word(&command, run->settings.folder);
    for (const RtFlag *flag = rt_flags; flag->name; flag++) {
        const char *text = flag->again ? rt_flag_text(flags, flag) : NULL;
        if (text) rt_text_add(&command, " %s%s", flag->name, flag->value ? " " : "");
        if (text && flag->value) rt_text_word(&command, text);
    }
    fprintf(stderr, "interrupted after step %lld of %lld; the checkpoint is written.  To go on: %s\n",
            (long long)run->step, (long long)run->steps, command.failed ? "--resume" : command.data);
    rt_text_free(&command);
}
