/* rt_main.c - the main of a trainer: its modes, signals, exit codes.
 *
 * SIGINT, SIGTERM and SIGHUP set a flag that the training loop looks at after each step.  Another signal, half a second
 * later or more, ends the process at once.  A signal that comes sooner is the same wish again: a terminal, timeout and
 * batch systems signal a whole group of processes, of which the parent hands the signal on. */
#include "rt_main.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef _OPENMP
#include <omp.h>
#endif

enum { EXIT_DONE = 0, EXIT_INPUT = 1, EXIT_USAGE = 2, EXIT_NOT_FINITE = 4, EXIT_INTERRUPTED = 130 };

/* The only mutable statics: a handler can reach nothing else. */
static volatile sig_atomic_t stop_requested;
static volatile double stop_time;              /* time of the first request */
static volatile sig_atomic_t line_shown;       /* a terminal may show a line that is to be cleared */

static void request_stop(int number)
{
    const double now = rt_seconds();
    if (!stop_requested) stop_time = now;
    else if (now - stop_time >= 0.5) {
        if (line_shown && write(STDERR_FILENO, rt_display_wipe, strlen(rt_display_wipe)) < 0) line_shown = 0;
        signal(number, SIG_DFL);
        raise(number);                         /* takes effect when the handler has returned */
    }
    stop_requested = 1;
}

static void catch_signals(void)
{
    struct sigaction stop = {.sa_handler = request_stop}, ignore = {.sa_handler = SIG_IGN}, is;
    sigemptyset(&stop.sa_mask);
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGTERM, &stop, NULL);
    /* nohup ignores it */
    if (sigaction(SIGHUP, NULL, &is) == 0 && is.sa_handler == SIG_DFL) sigaction(SIGHUP, &stop, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);         /* writes say EFBIG instead */
    sigaction(SIGPIPE, &ignore, NULL);         /* output without a reader is no reason to lose a run */
}

/* Threads that wait for each other at the end of a loop spin for milliseconds, unless they are told otherwise before
 * the process begins.  With one busy neighbour on the machine a step then takes twenty times as long (measured: 16 ms
 * for 0.8), because the spinning thread holds the core that the other one needs.  A thousand turns are some
 * microseconds: without a neighbour nothing is lost. */
void rt_wait_politely(char **argv)
{
    if (getenv("GOMP_SPINCOUNT") || getenv("KMP_BLOCKTIME") || getenv("OMP_WAIT_POLICY"))
        return; /* the environment says so already, or this is the second time */
    if (setenv("GOMP_SPINCOUNT", "1000", 1) == 0 && setenv("KMP_BLOCKTIME", "0", 1) == 0) execv("/proc/self/exe", argv);
}

/* After each step.  A run that a sweep began, whose number is in $TAILOR_PARENT, stops when the sweep is gone. */
static void step_done(void *screen, const RtRun *run)
{
    const char *parent = getenv("TAILOR_PARENT");
    if (parent && strtol(parent, NULL, 10) != (long)getppid()) stop_requested = 1;
    rt_screen_step(screen, run);
    line_shown = ((RtScreen *)screen)->line.shown;
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

/* ---- what a trainer does ---- */

/* Takes the run's folder for this process.  It does not wait: if the folder is another process's, it stays as it is. */
static bool enter_folder(const RtRun *run, const RtFlags *flags, RtLock *lock, RtError *error)
{
    bool empty = true;
    if (!rt_folder_make(run->settings.folder, error) || !rt_lock_take(lock, run->settings.folder, error)) return false;
    if (flags->resume) return true;
    return rt_folder_empty(run->settings.folder, &empty, error) &&
           (empty || rt_fail(error, "%s: another process began a run in this folder", run->settings.folder));
}

/* Until a longer run is finished, its record is that of the shorter one. */
static void print_already(const RtRun *run)
{
    const long long is = run->settings.epochs, longer = rt_checkpoint_epochs(run);
    fprintf(stderr, "%s: the run is finished already", run->settings.folder);
    if (longer > is)
        fprintf(stderr, ", with %lld epochs; it was interrupted on its way to %lld: --epochs %lld goes on", is, longer,
                longer);
    fprintf(stderr, "\n");
}

static int train_in(RtRun *run, const RtFlags *flags, const char *program)
{
    RtScreen *screen = run->listener.context;
    RtError error = {0};
    RtText record = {0};
    RtLock lock = {.descriptor = -1};
    bool finished = false;
    int code = EXIT_INPUT;
    bool ok = enter_folder(run, flags, &lock, &error) &&
              (!flags->resume || rt_record_finished(run, &finished, &record, &error));
    if (ok && !finished && run->data.no_test && !flags->quiet)
        fprintf(stderr, "data set %s: there is no test set in %s, only training images: no test metrics\n",
                run->data.name, run->data.folder);
    RtOutcome outcome = !ok ? RT_FAILED : finished ? RT_DONE : rt_run(run, &error);
    if (outcome == RT_DONE && !finished && !rt_record_write(run, &record, &error)) outcome = RT_FAILED;
    rt_display_clear(&screen->line);
    switch (outcome) {
    case RT_DONE:
        if (finished && !flags->quiet) print_already(run);
        if (!rt_print_finished(run->model, &record, run->settings.folder, flags, &error)) {
            code = failed(run->model, &error, EXIT_INPUT);
            break;
        }
        if (!finished) rt_print_profile(run->model, flags);
        code = printed(EXIT_DONE);
        break;
    case RT_INTERRUPTED:
        rt_print_how_to_resume(run, flags, program);
        rt_print_profile(run->model, flags);
        code = EXIT_INTERRUPTED;
        break;
    case RT_FAILED: code = failed(run->model, &error, EXIT_INPUT); break;
    case RT_NOT_FINITE: code = failed(run->model, &error, EXIT_NOT_FINITE); break;
    }
    rt_text_free(&record);
    rt_lock_release(&lock);
    return code;
}

static int train(const RtModel *model, const RtFlags *flags, const char *program)
{
    RtSettings settings = flags->settings;
    char folder[512];
    RtRun run;
    RtError error = {0};
    RtScreen screen = {.quiet = flags->quiet};
    const RtListener listener = {&screen, step_done, rt_screen_epoch, &stop_requested};
    bool empty = true;
    rt_display_open(&screen.line);
    snprintf(folder, sizeof folder, "runs/%s-seed%llu", model->name, (unsigned long long)settings.seed);
    settings.folder = flags->resume ? flags->resume : flags->out ? flags->out : folder;
    if (!rt_folder_empty(settings.folder, &empty, &error)) return failed(model, &error, EXIT_INPUT);
    if (!empty && !flags->resume) {
        RtText quoted = {0};
        rt_text_word(&quoted, settings.folder);
        rt_fail(&error, "%s: the folder is not empty (--resume %s goes on with a run, --out names another folder)",
                settings.folder, quoted.failed ? "DIR" : quoted.data);
        rt_text_free(&quoted);
        return failed(model, &error, EXIT_INPUT);
    }
    if (!rt_run_open(&run, model, &settings, &listener, &error)) return failed(model, &error, EXIT_INPUT);
    int code = train_in(&run, flags, program);
    rt_run_close(&run);
    rt_display_close(&screen.line);
    return code;
}

/* What the record of a run says of its data and its weights; "", 0 and false where it says nothing. */
typedef struct Recorded {
    char path[RT_MAX_PATH], data[256], sha256[65];
    uint64_t seed;
    bool validation;
} Recorded;

static Recorded read_recorded(const char *folder, bool best)
{
    Recorded r = {0};
    RtError error = {0};
    RtText text = {0};
    RtJson json;
    if (rt_path(r.path, folder, "run.json", &error) && rt_file_read(r.path, 16 << 20, &text, &error) &&
        rt_json_parse(text.data, text.length, r.path, &json, &error)) {
        const RtJsonNode *top = &json.nodes[0], *name = rt_json_get(&json, rt_json_get(&json, top, "data"), "name"),
                         *seed = rt_json_get(&json, top, "seed"), *split = rt_json_get(&json, top, "split"),
                         *hash = best ? rt_json_get(&json, rt_json_get(&json, top, "best"), "sha256")
                                      : rt_json_get(&json, top, "weights_sha256");
        if (hash && hash->kind == RT_JSON_STRING) snprintf(r.sha256, sizeof r.sha256, "%s", hash->string);
        if (name && name->kind == RT_JSON_STRING && strlen(name->string) < sizeof r.data) strcpy(r.data, name->string);
        if (seed && seed->is_integer) r.seed = (uint64_t)seed->integer;
        r.validation = split && split->kind == RT_JSON_STRING && !strcmp(split->string, "validation");
        rt_json_free(&json);
    }
    rt_text_free(&text);
    return r;
}

static int evaluate(const RtModel *model, const RtFlags *flags)
{
    const RtSettings *settings = &flags->settings;
    char path[RT_MAX_PATH], hash[65];
    RtError error = {0};
    RtWeights weights = {0};
    RtCall call = {0};
    RtData data = {0};
    RtMeans means = {0};
    const Recorded run = read_recorded(flags->eval, flags->best);
    const bool validation = flags->split ? settings->validation : run.validation;
    const char *set = flags->data ? flags->data : run.data[0] ? run.data : model->train.data;
    RtOutcome outcome = RT_FAILED;
    const char *own = flags->best ? "best.safetensors" : "weights.safetensors";
    if ((flags->weights || rt_path(path, flags->eval, own, &error)) && rt_weights_open(&weights, model, &error) &&
        rt_weights_read(flags->weights ? flags->weights : path, &weights, model, &error) &&
        (flags->weights || !run.sha256[0] || rt_weights_are(&weights, model, path, run.sha256, run.path, &error)) &&
        (validation ? rt_data_open_training(&data, set, model, flags->seed ? settings->seed : run.seed, &error)
                    : rt_data_test(&data, set, model, &error)) &&
        rt_call_open(&call, model, settings->threads, &weights, &error) && rt_means_open(&means, model, &error) &&
        (!settings->correct || rt_means_keep_correct(&means, model, validation ? data.n_validation : data.test.n,
                                                     &error)))
        outcome = rt_evaluate(model, &call, validation ? &data.train : &data.test, validation ? data.validation : NULL,
                              validation ? data.n_validation : data.test.n, settings->seed, &stop_requested, &means,
                              NULL, &error);
    if (outcome == RT_DONE && settings->correct && !rt_means_write_correct(&means, settings->correct, &error))
        outcome = RT_FAILED;
    if (outcome == RT_DONE) {
        rt_weights_sha256(&weights, model, hash);
        rt_print_evaluation(model, &data, &means, validation ? "val" : "test", hash, flags);
    }
    rt_means_close(&means);
    rt_call_close(&call);
    rt_data_close(&data);
    rt_weights_close(&weights);
    if (outcome == RT_DONE) return printed(EXIT_DONE);
    return outcome == RT_INTERRUPTED ? EXIT_INTERRUPTED : failed(model, &error, EXIT_INPUT);
}

static int benchmark(const RtModel *model, const RtFlags *flags)
{
    RtBenchmark result;
    RtError error = {0};
    if (!rt_benchmark(model, &flags->settings, flags->steps, &result, &error)) return failed(model, &error, EXIT_INPUT);
    rt_print_benchmark(model, flags, &result);
    return printed(EXIT_DONE);
}

int rt_trainer_main(const RtModel *model, int argc, char **argv)
{
    RtFlags flags;
    RtError error = {0};
    if (!rt_flags_parse(argc, argv, model, &flags, &error)) return failed(model, &error, EXIT_USAGE);
    if (flags.help) {
        rt_flags_help(model);
        return printed(EXIT_DONE);
    }
    if (flags.version) {
        printf("%s, graph %s, tailor %s, %s\n", model->name, model->graph_hash, model->tailor_version, rt_compiler());
        return printed(EXIT_DONE);
    }
    RtProfile **profile = &flags.settings.profile;
    if (flags.profile && !(*profile = model->profiler->open(model, flags.settings.threads, &error)))
        return failed(model, &error, EXIT_INPUT);
#ifdef _OPENMP
    omp_set_num_threads(flags.settings.threads);       /* for loops that are not told */
#endif
    catch_signals();
    int code = flags.benchmark ? benchmark(model, &flags)
               : flags.eval    ? evaluate(model, &flags)
                               : train(model, &flags, argv[0]);
    if (*profile) model->profiler->close(*profile);
    return code;
}
