/* rt_main.c - the main of a trainer: flags, signals, what is printed, exit codes.
 *
 * Results go to stdout, everything else to stderr.  SIGINT and SIGTERM set a flag that the training loop looks at after each
 * step; a second one ends the process at once.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "rt.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_DONE = 0, EXIT_INPUT = 1, EXIT_USAGE = 2, EXIT_NOT_FINITE = 4, EXIT_INTERRUPTED = 130, MAX_THREADS = 1024 };

static volatile sig_atomic_t stop_requested;   /* the one mutable static: a handler can reach nothing else */

static void request_stop(int signal_number)
{
    (void)signal_number;
    stop_requested = 1;
}

static void catch_signals(void)
{
    struct sigaction stop = {.sa_handler = request_stop, .sa_flags = (int)SA_RESETHAND}, ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&stop.sa_mask);
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);         /* writes say EFBIG instead */
    sigaction(SIGPIPE, &ignore, NULL);         /* nobody listens any more: no reason to lose a run */
}

/* Threads that wait for each other at the end of a loop spin for milliseconds unless they are told otherwise before the
 * process begins; with one busy neighbour on the machine a step then takes twenty times as long (measured: 16 ms for 0.8),
 * because the spinning thread holds the core that the other one needs.  A thousand turns are some microseconds: nothing is
 * lost alone. */
void rt_wait_politely(char **argv)
{
    if (getenv("GOMP_SPINCOUNT") || getenv("KMP_BLOCKTIME") || getenv("OMP_WAIT_POLICY"))
        return; /* told so, or here again */
    if (setenv("GOMP_SPINCOUNT", "1000", 1) == 0 && setenv("KMP_BLOCKTIME", "0", 1) == 0) execv("/proc/self/exe", argv);
}

/* ---- flags ---- */

typedef struct Flags {
    const char *data, *seed, *epochs, *threads, *out, *resume, *eval, *benchmark;
    bool json, profile, help, version;
} Flags;

typedef struct FlagRow { const char *name; size_t offset; bool has_value; } FlagRow;

static const FlagRow FLAGS[] = {
    {"--data", offsetof(Flags, data), true},           {"--seed", offsetof(Flags, seed), true},
    {"--epochs", offsetof(Flags, epochs), true},       {"--threads", offsetof(Flags, threads), true},
    {"--out", offsetof(Flags, out), true},             {"--resume", offsetof(Flags, resume), true},
    {"--eval", offsetof(Flags, eval), true},           {"--benchmark", offsetof(Flags, benchmark), true},
    {"--json", offsetof(Flags, json), false},          {"--help", offsetof(Flags, help), false},
    {"--version", offsetof(Flags, version), false},    {"--profile", offsetof(Flags, profile), false},
};
enum { N_FLAGS = sizeof FLAGS / sizeof *FLAGS };

static void print_help(const RtModel *model)
{
    printf(
        "%s - trains %s, as compiled by tailor %s\n\n"
        "  --data NAME|DIR   data set under $TAILOR_DATA (default ./data), a folder of data files, or digits   (default %s)\n"
        "  --seed N          of split, initial values, order and every random draw   (default %llu)\n"
        "  --epochs N        (default %lld)\n"
        "  --threads N       results do not depend on it   (default: all cores)\n"
        "  --out DIR         run directory, new or empty   (default runs/%s-seedN)\n"
        "  --resume DIR      goes on in DIR; starts there if it has no checkpoint\n"
        "  --eval RUN        test metrics of the weights in RUN\n"
        "  --benchmark N     times N steps on synthetic data\n"
        "  --profile         also prints the time of each kernel of a step, and what the machine could do; of training and\n"
        "                    --benchmark, by a trainer that was emitted with --profile\n"
        "  --json            results as JSON\n"
        "  --help, --version\n\n"
        "exit: 0 done, 1 the input is wrong, 2 usage, 4 a value was not finite, 130 interrupted after the checkpoint was "
        "written\n",
        model->name, model->graph_file, model->tailor_version, model->train.data, (unsigned long long)model->train.seed,
        (long long)model->train.epochs, model->name);
}

static bool parse_flags(int argc, char **argv, Flags *flags, RtError *error)
{
    for (int i = 1; i < argc; i++) {
        const char *equals = strchr(argv[i], '=');
        size_t n = equals ? (size_t)(equals - argv[i]) : strlen(argv[i]);
        const FlagRow *row = FLAGS;
        while (row < FLAGS + N_FLAGS && (strlen(row->name) != n || strncmp(row->name, argv[i], n) != 0)) row++;
        if (row == FLAGS + N_FLAGS) return rt_fail(error, "unknown argument %s (see --help)", argv[i]);
        if (!row->has_value) {
            if (equals) return rt_fail(error, "%s takes no value", row->name);
            *(bool *)((char *)flags + row->offset) = true;
            continue;
        }
        if (!equals && i + 1 == argc) return rt_fail(error, "%s needs a value", row->name);
        const char **value = (const char **)((char *)flags + row->offset);
        if (*value) return rt_fail(error, "%s is given twice", row->name);
        *value = equals ? equals + 1 : argv[++i];
    }
    int modes = (flags->eval != NULL) + (flags->benchmark != NULL) + (flags->resume != NULL) + (flags->out != NULL);
    if (flags->eval && flags->profile) return rt_fail(error, "--profile is of training steps; --eval has none");
    if (modes > 1) return rt_fail(error, "only one of --out, --resume, --eval, --benchmark goes");
    return true;
}

/* Decimal digits and nothing else. */
static bool parse_number(const char *name, const char *text, uint64_t least, uint64_t most, uint64_t *value, RtError *error)
{
    char *end;
    if (!text) return true;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end || errno || number < least || number > most)
        return rt_fail(error, "%s %s: against a whole number from %llu to %llu", name, text, (unsigned long long)least,
                       (unsigned long long)most);
    *value = number;
    return true;
}

static uint64_t cores(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return (uint64_t)(n < 1 ? 1 : n > MAX_THREADS ? MAX_THREADS : n);
}

/* ---- what a run shows ---- */

typedef struct Screen { bool terminal, dirty; double shown; } Screen;

/* A fraction that counts right or wrong answers reads better in percent. */
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

static void clear_line(Screen *screen)
{
    if (screen->dirty) fputs("\r\033[K", stderr);
    screen->dirty = false;
}

/* The line of the epoch under way, ten times a second. */
static void show_step(void *context, const RtRun *run)
{
    Screen *screen = context;
    const RtModel *model = run->model;
    char metric[64] = "";
    if (!screen->terminal || rt_seconds() - screen->shown < 0.1) return;
    screen->shown = rt_seconds();
    double per_step = run->step ? run->train_seconds / (double)run->step : 0;
    int left = (int)(per_step * (double)(run->steps - run->step));
    if (model->n_metrics) metric_text(metric, model->metrics[0], rt_mean(&run->train, 1));
    fprintf(stderr, "\r\033[Kepoch %lld/%lld  step %lld/%lld  loss %.4f  %s %s  %.0f images/s  %d:%02d left",
            (long long)run->epoch + 1, (long long)run->settings.epochs, (long long)run->step, (long long)run->steps,
            rt_mean(&run->train, 0), model->n_metrics ? model->metrics[0] : "", metric,
            per_step > 0 ? model->batch / per_step : 0.0, left / 60, left % 60);
    fflush(stderr);
    screen->dirty = true;
}

static void show_means(const char *set, const RtMeans *means, const RtModel *model)
{
    char text[64];
    if (!means->samples) return;
    fprintf(stderr, "  %s: loss %.4f", set, rt_mean(means, 0));
    for (int i = 0; i < model->n_metrics; i++) {
        metric_text(text, model->metrics[i], rt_mean(means, 1 + i));
        fprintf(stderr, " %s %s", model->metrics[i], text);
    }
}

static void show_epoch(void *context, const RtRun *run)
{
    clear_line(context);
    fprintf(stderr, "epoch %lld/%lld", (long long)run->epoch, (long long)run->settings.epochs);
    show_means("train", &run->epoch_train, run->model);
    show_means("validation", &run->validation, run->model);
    fprintf(stderr, "  %.1f s\n", rt_run_seconds(run));
}

static void print_means(const RtModel *model, const double *values)
{
    char text[64];
    printf("%-20s %.6f\n", "test loss", values[0]);
    for (int i = 0; i < model->n_metrics; i++) {
        metric_text(text, model->metrics[i], values[1 + i]);
        printf("test %-15s %s\n", model->metrics[i], text);
    }
}

/* A full disk behind stdout is a failure too. */
static int printed(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return code;
    fprintf(stderr, "standard output: cannot write\n");
    return code == EXIT_DONE ? EXIT_INPUT : code;
}

static int failed(const RtModel *model, const RtError *error, int code)
{
    fprintf(stderr, "%s: %s\n", model->name, error->text);
    return code;
}

static void print_profile(const RtModel *model, RtProfile *profile)
{
    RtText text = {0};
    if (!profile) return;
    model->profiler->table(profile, &text);
    if (!text.failed) printf("\n%s", text.data);
    rt_text_free(&text);
}

/* ---- what a trainer does ---- */

/* Of a record: what print_means shows. */
static int print_finished(const RtModel *model, const RtText *record, const char *folder, bool as_json)
{
    RtJson json;
    RtError error = {0};
    char key[512];
    if (as_json) {
        fwrite(record->data, 1, record->length, stdout);
        return printed(EXIT_DONE);
    }
    if (!rt_json_parse(record->data, record->length, folder, &json, &error)) return failed(model, &error, EXIT_INPUT);
    const RtJsonNode *metrics = rt_json_get(&json, &json.nodes[0], "metrics"),
                     *hash = rt_json_get(&json, &json.nodes[0], "weights_sha256");
    double *values = calloc((size_t)model->n_metrics + 1, sizeof *values);
    for (int i = 0; values && i <= model->n_metrics; i++) {
        snprintf(key, sizeof key, "test_%s", i ? model->metrics[i - 1] : "loss");
        const RtJsonNode *value = rt_json_get(&json, metrics, key);
        values[i] = value ? value->number : 0;
    }
    if (values) print_means(model, values);
    free(values);
    printf("%-20s %s\n%-20s %s\n", "weights sha256", hash && hash->kind == RT_JSON_STRING ? hash->string : "unknown",
           "run directory", folder);
    rt_json_free(&json);
    return printed(EXIT_DONE);
}

static void print_how_to_resume(const RtRun *run, const Flags *flags, const char *program)
{
    fprintf(stderr, "interrupted after step %lld of %lld; the checkpoint is written.  To go on: %s --resume %s",
            (long long)run->step, (long long)run->steps, program, run->settings.folder);
    const char *const given[][2] = {
        {"--data", flags->data}, {"--seed", flags->seed}, {"--epochs", flags->epochs}, {"--threads", flags->threads}};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (given[i][1]) fprintf(stderr, " %s %s", given[i][0], given[i][1]);
    fputc('\n', stderr);
}

static int train_in(RtRun *run, const Flags *flags, const char *program)
{
    Screen *screen = run->listener.context;
    RtError error = {0};
    RtText record = {0};
    bool finished = false;
    int code = EXIT_INPUT;
    bool ok = rt_folder_make(run->settings.folder, &error) &&
              (!flags->resume || rt_record_finished(run, &finished, &record, &error));
    RtOutcome outcome = !ok ? RT_FAILED : finished ? RT_DONE : rt_run(run, &error);
    if (outcome == RT_DONE && !finished && !rt_record_write(run, &record, &error)) outcome = RT_FAILED;
    clear_line(screen);
    switch (outcome) {
    case RT_DONE:
        if (finished) fprintf(stderr, "%s: the run is finished already\n", run->settings.folder);
        code = print_finished(run->model, &record, run->settings.folder, flags->json);
        if (!flags->json && !finished) print_profile(run->model, run->settings.profile);
        break;
    case RT_INTERRUPTED:
        print_how_to_resume(run, flags, program);
        if (!flags->json) print_profile(run->model, run->settings.profile);
        code = EXIT_INTERRUPTED;
        break;
    case RT_FAILED: code = failed(run->model, &error, EXIT_INPUT); break;
    case RT_NOT_FINITE: code = failed(run->model, &error, EXIT_NOT_FINITE); break;
    }
    rt_text_free(&record);
    return code;
}

static int train(const RtModel *model, const Flags *flags, RtSettings settings, const char *program)
{
    char folder[512];
    RtRun run;
    RtError error = {0};
    Screen screen = {.terminal = isatty(STDERR_FILENO)};
    const RtListener listener = {&screen, show_step, show_epoch, &stop_requested};
    bool empty = true;
    snprintf(folder, sizeof folder, "runs/%s-seed%llu", model->name, (unsigned long long)settings.seed);
    settings.folder = flags->resume ? flags->resume : flags->out ? flags->out : folder;
    if (!rt_folder_empty(settings.folder, &empty, &error)) return failed(model, &error, EXIT_INPUT);
    if (!empty && !flags->resume) {
        rt_fail(&error, "%s: the folder is not empty (--resume %s goes on with a run, --out names another folder)",
                settings.folder, settings.folder);
        return failed(model, &error, EXIT_INPUT);
    }
    if (!rt_run_open(&run, model, &settings, &listener, &error)) return failed(model, &error, EXIT_INPUT);
    int code = train_in(&run, flags, program);
    rt_run_close(&run);
    return code;
}

static void print_evaluation(const RtModel *model, const RtData *data, const RtMeans *means, const char *hash, bool as_json)
{
    RtJsonWriter json = {0};
    char key[512];
    if (!as_json) {
        double *values = calloc((size_t)model->n_metrics + 1, sizeof *values);
        for (int i = 0; values && i <= model->n_metrics; i++) values[i] = rt_mean(means, i);
        if (values) print_means(model, values);
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
        snprintf(key, sizeof key, "test_%s", i ? model->metrics[i - 1] : "loss");
        rt_json_number(&json, key, rt_mean(means, i));
    }
    rt_json_close(&json, '}');
    rt_json_string(&json, "weights_sha256", hash);
    rt_json_close(&json, '}');
    if (!json.text.failed) fwrite(json.text.data, 1, json.text.length, stdout);
    rt_text_free(&json.text);
}

/* The data set that a run was trained on; NULL when its record does not say. */
static const char *recorded_data(const char *folder, char name[256])
{
    char path[RT_MAX_PATH];
    RtError error = {0};
    RtText text = {0};
    RtJson json;
    const char *found = NULL;
    if (rt_path(path, folder, "run.json", &error) && rt_file_read(path, 16 << 20, &text, &error) &&
        rt_json_parse(text.data, text.length, path, &json, &error)) {
        const RtJsonNode *node = rt_json_get(&json, rt_json_get(&json, &json.nodes[0], "data"), "name");
        if (node && node->kind == RT_JSON_STRING && strlen(node->string) < 256) found = strcpy(name, node->string);
        rt_json_free(&json);
    }
    rt_text_free(&text);
    return found;
}

static int evaluate(const RtModel *model, const Flags *flags, const RtSettings *settings)
{
    char path[RT_MAX_PATH], name[256], hash[65];
    RtError error = {0};
    RtWeights weights = {0};
    RtCall call = {0};
    RtData data = {0};
    RtMeans means = {0};
    const char *set = flags->data ? flags->data : recorded_data(flags->eval, name);
    if (!set) set = model->train.data;
    RtOutcome outcome = RT_FAILED;
    if (rt_path(path, flags->eval, "weights.safetensors", &error) && rt_weights_open(&weights, model, &error) &&
        rt_weights_read(path, &weights, model, &error) && rt_data_test(&data, set, model, &error) &&
        rt_call_open(&call, model, settings->threads, &weights, &error) && rt_means_open(&means, model, &error))
        outcome =
            rt_evaluate(model, &call, &data.test, NULL, data.test.n, settings->seed, &stop_requested, &means, NULL, &error);
    if (outcome == RT_DONE) {
        rt_weights_sha256(&weights, model, hash);
        print_evaluation(model, &data, &means, hash, flags->json);
    }
    rt_means_close(&means);
    rt_call_close(&call);
    rt_data_close(&data);
    rt_weights_close(&weights);
    if (outcome == RT_DONE) return printed(EXIT_DONE);
    return outcome == RT_INTERRUPTED ? EXIT_INTERRUPTED : failed(model, &error, EXIT_INPUT);
}

static int benchmark(const RtModel *model, const Flags *flags, const RtSettings *settings, int64_t steps)
{
    RtBenchmark result;
    RtError error = {0};
    if (!rt_benchmark(model, settings, steps, &result, &error))
        return failed(model, &error, EXIT_INPUT);
    RtJsonWriter json = {.depth = 8};   /* on one line */
    rt_json_open(&json, NULL, '{');
    rt_json_string(&json, "name", model->name);
    rt_json_integer(&json, "steps", steps);
    rt_json_integer(&json, "batch", model->batch);
    rt_json_integer(&json, "threads", settings->threads);
    rt_json_number(&json, "min_ms", result.min_ms);
    rt_json_number(&json, "median_ms", result.median_ms);
    rt_json_number(&json, "images_per_second", result.images_per_second);
    rt_json_integer(&json, "peak_rss_bytes", rt_peak_rss());
    if (flags->json && settings->profile) model->profiler->json(settings->profile, "profile", &json);
    rt_json_close(&json, '}');
    if (flags->json && !json.text.failed) printf("%s\n", json.text.data);
    if (!flags->json)
        printf("%s: %lld steps of %d images, %d threads: min %.3f ms, median %.3f ms, %.0f images/s, peak rss %lld bytes\n",
               model->name, (long long)steps, model->batch, settings->threads, result.min_ms, result.median_ms,
               result.images_per_second, (long long)rt_peak_rss());
    rt_text_free(&json.text);
    if (!flags->json) print_profile(model, settings->profile);
    return printed(EXIT_DONE);
}

int rt_trainer_main(const RtModel *model, int argc, char **argv)
{
    Flags flags = {0};
    RtError error = {0};
    uint64_t seed = model->train.seed, epochs = (uint64_t)model->train.epochs, threads = cores(), steps = 0;
    if (!parse_flags(argc, argv, &flags, &error) || !parse_number("--seed", flags.seed, 0, INT64_MAX, &seed, &error) ||
        !parse_number("--epochs", flags.epochs, 1, 1000000, &epochs, &error) ||
        !parse_number("--threads", flags.threads, 1, MAX_THREADS, &threads, &error) ||
        !parse_number("--benchmark", flags.benchmark, 1, 10000000, &steps, &error))
        return failed(model, &error, EXIT_USAGE);
    if (flags.profile && !model->profiler) {
        rt_fail(&error, "--profile: this trainer was emitted without it (tailor train --profile, tailor emit --profile)");
        return failed(model, &error, EXIT_USAGE);
    }
    if (flags.help) {
        print_help(model);
        return printed(EXIT_DONE);
    }
    if (flags.version) {
        printf("%s, graph %s, tailor %s, %s\n", model->name, model->graph_hash, model->tailor_version, rt_compiler());
        return printed(EXIT_DONE);
    }
    RtSettings settings = {.data = flags.data ? flags.data : model->train.data,
                                 .seed = seed,
                                 .epochs = (int64_t)epochs,
                                 .threads = (int)threads};
    if (flags.profile && !(settings.profile = model->profiler->open(model, settings.threads, &error)))
        return failed(model, &error, EXIT_INPUT);
    catch_signals();
    int code = flags.benchmark ? benchmark(model, &flags, &settings, (int64_t)steps)
               : flags.eval    ? evaluate(model, &flags, &settings)
                               : train(model, &flags, settings, argv[0]);
    if (settings.profile) model->profiler->close(settings.profile);
    return code;
}
