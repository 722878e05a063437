/* rt_watch.c - watch.csv: statistics of values and of their gradients after each epoch of a run.
 *
 * They are of one batch, the same after each epoch: the first images of the training split, as many as a batch has,
 * not augmented.  It goes through the model as a step's batch would, with the weights that the epoch has left and the
 * schedule and random draws of its last step.
 *
 * Everything is added up in double, in the order of the elements.  Numbers that are not finite are in no statistic but
 * `zeros`, the share of zeros among all elements. */
#include "rt.h"

#include <math.h>

enum { BINS = 32 };

static const char WATCH[] = "watch.csv";

/* The bins are equal parts from min to max, of which the last one includes max; where these are equal, all is in the
 * first.  Without a finite element all but zeros is nan. */
typedef struct Statistics {
    double min, max, mean, sd, zeros;
    int64_t bins[BINS];
} Statistics;

static Statistics statistics_of(RtType type, const void *data, int64_t n)
{
    Statistics s = {.min = INFINITY, .max = -INFINITY};
    int64_t finite = 0, zeros = 0;
    double sum = 0, squares = 0;
    for (int64_t i = 0; i < n; i++) {
        const double x = rt_number(type, data, i);
        if (x == 0) zeros++;
        if (!isfinite(x)) continue;
        if (x < s.min) s.min = x;
        if (x > s.max) s.max = x;
        sum += x;
        finite++;
    }
    s.zeros = n ? (double)zeros / (double)n : NAN;
    if (!finite) s.min = s.max = NAN;
    s.mean = finite ? sum / (double)finite : NAN;
    for (int64_t i = 0; i < n; i++) {
        const double x = rt_number(type, data, i), off = x - s.mean;
        if (!isfinite(x)) continue;
        squares += off * off;
        int bin = s.max > s.min ? (int)((x - s.min) / (s.max - s.min) * BINS) : 0;
        s.bins[bin < BINS ? bin : BINS - 1]++;
    }
    s.sd = finite ? sqrt(squares / (double)finite) : NAN;
    return s;
}

/* A NaN may have a sign, which says nothing. */
static void add_statistic(RtText *text, double x)
{
    if (isnan(x)) rt_text_add(text, ",nan");
    else rt_text_add(text, ",%.9g", x == 0 ? 0.0 : x);
}

static void add_watched(RtRun *run, const RtEntry *entry, const char *name, const char *of, int number)
{
    const RtValue *value = &entry->values[number];
    int64_t n = 1;
    for (int i = 0; i < value->rank; i++) n *= value->dims[i];
    const Statistics s = statistics_of(value->type, (const char *)run->call.result + value->offset, n);
    const double numbers[] = {s.min, s.max, s.mean, s.sd, s.zeros};
    rt_text_add(&run->watch, "%lld,%s,%s", (long long)run->epoch, name, of);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) add_statistic(&run->watch, numbers[i]);
    for (int i = 0; i < BINS; i++) rt_text_add(&run->watch, ",%lld", (long long)s.bins[i]);
    rt_text_add(&run->watch, "\n");
}

/* Runs the entry `watch` on the batch, whose results run->call.result then has. */
static bool compute_watched(RtRun *run, const RtEntry *entry, RtError *error)
{
    const RtLoaderPlan plan = {
        .model = run->model, .images = &run->data.train, .samples = run->data.training, .n = run->model->batch};
    RtStep step = {.seed = run->settings.seed, .step = run->step - 1, .skipped = run->skipped};
    RtCall call = run->call;
    RtLoader *loader = rt_loader_open(&plan, error);
    if (!loader) return false;
    rt_schedule(&run->model->train, run->step - 1, run->steps, run->steps_per_epoch, &step);
    call.batch = rt_loader_next(loader);
    call.step = &step;
    entry->run(&call);
    rt_loader_close(loader);
    return true;
}

static bool begin_watch(RtRun *run, RtError *error)
{
    char path[RT_MAX_PATH];
    if (!rt_path(path, run->settings.folder, WATCH, error)) return false;
    if (!run->watch.length) {
        rt_text_add(&run->watch, "epoch,name,of,min,max,mean,sd,zeros");
        for (int i = 0; i < BINS; i++) rt_text_add(&run->watch, ",b%d", i);
        rt_text_add(&run->watch, "\n");
    }
    if (run->watch.failed) return rt_fail(error, "%s: out of memory", path);
    return rt_file_write(path, run->watch.data, run->watch.length, error);
}

static bool watch_epoch(RtRun *run, RtError *error)
{
    char path[RT_MAX_PATH];
    const RtWatch *watch = run->model->watch;
    const RtEntry *entry = rt_entry(run->model, "watch");
    const size_t before = run->watch.length;
    if (!rt_path(path, run->settings.folder, WATCH, error) || !compute_watched(run, entry, error)) return false;
    for (int i = 0; i < watch->n; i++) {
        const RtWatched *of = &watch->of[i];
        add_watched(run, entry, of->name, "value", of->value);
        if (of->gradient >= 0) add_watched(run, entry, of->name, "gradient", of->gradient);
    }
    if (run->watch.failed) return rt_fail(error, "%s: out of memory", path);
    return rt_file_append(path, run->watch.data + before, run->watch.length - before, error);
}

const RtWatcher rt_watcher = {begin_watch, watch_epoch};
