/* rt_profile.c - the times of a training step's kernels, beside the least times that the machine allows.
 *
 * Times are sums over threads: with two threads at work a step of 10 ms has 20 ms to share out.  The machine is
 * measured as the steps used it, with the same number of threads at once: multiplications and additions in registers, a
 * copy that stays in the cache, a copy far larger than the last-level cache. */
#include "rt_profile.h"
#include "rt_thread.h"
#include "rt_vec.h"

#include <stdlib.h>
#include <unistd.h>

/* The number of last steps that are kept.  Their faster half counts: time that another program took from the machine, a
 * first step's new pages and a cold cache are in the slower half.  All rows are means over the same steps, so that they
 * add up. */
enum { KEPT = 64 };

typedef struct Step { double seconds; uint64_t ticks, *kernel; } Step;     /* kernel[i]: ticks, summed over threads */

struct RtProfile {
    const RtModel *model;
    int threads;
    size_t stride;                     /* bytes from the laps of a thread to those of the next */
    char *laps;
    int64_t steps;                     /* number of steps so far */
    Step kept[KEPT];                   /* step i is in kept[i % KEPT] */
    uint64_t *ticks;                   /* sums over all kept steps */
    double began;                      /* begin of the step under way, by rt_seconds() and by rt_ticks() */
    uint64_t began_ticks;
    bool measured;
    RtMachine machine;
    double memory_bytes;               /* bytes of the copy */
};

RtLaps *rt_laps(RtProfile *profile, int thread)
{
    return profile ? (RtLaps *)(void *)(profile->laps + (size_t)thread * profile->stride) : NULL;
}

static void close_profile(RtProfile *profile)
{
    if (!profile) return;
    rt_release(profile->laps);
    rt_release(profile->ticks);
    rt_release(profile);
}

static RtProfile *open_profile(const RtModel *model, int threads, RtError *error)
{
    enum { LINE = 128 };             /* threads write to cache lines of their own, also where two are fetched at once */
    const size_t n = (size_t)model->n_costs;
    RtProfile *profile = rt_allocate(1, sizeof *profile, "the profile", error);
    if (!profile) return NULL;
    *profile = (RtProfile){.model = model, .threads = threads};
    profile->stride = (sizeof(RtLaps) + n * sizeof(uint64_t) + 2 * LINE - 1) / LINE * LINE;
    profile->laps = rt_allocate((size_t)threads, profile->stride, "the profile", error);
    profile->ticks = rt_allocate(KEPT * n, sizeof *profile->ticks, "the profile", error);
    if (!profile->laps || !profile->ticks) {
        close_profile(profile);
        return NULL;
    }
    for (size_t i = 0; i < KEPT; i++) profile->kept[i].kernel = profile->ticks + i * n;
    return profile;
}

void rt_profile_begin(RtProfile *profile)
{
    if (!profile) return;
    for (int t = 0; t < profile->threads; t++) memset(rt_laps(profile, t), 0, profile->stride);
    profile->began = rt_seconds();
    profile->began_ticks = rt_ticks();
}

void rt_profile_end(RtProfile *profile)
{
    if (!profile) return;
    Step *step = &profile->kept[profile->steps++ % KEPT];
    step->ticks = rt_ticks() - profile->began_ticks;
    step->seconds = rt_seconds() - profile->began;
    for (int k = 0; k < profile->model->n_costs; k++) {
        step->kernel[k] = 0;
        for (int t = 0; t < profile->threads; t++) step->kernel[k] += rt_laps(profile, t)->ticks[k];
    }
}

/* ---- the machine ---- */

enum { TRIES = 5 };

/* Operations a second of this thread.  Twelve sums run at once: more than the latency of an addition times the number
 * of units that add. */
static double flops_once(void)
{
    enum { SUMS = 12, ROUNDS = 1000000 };
    rt_vec sum[SUMS], a = rt_broadcast(0.5f), b = rt_broadcast(1.0f);
    float last[RT_LANES];
    volatile float used;
    for (int i = 0; i < SUMS; i++) sum[i] = rt_broadcast((float)i);
    const double before = rt_seconds();
    for (int round = 0; round < ROUNDS; round++)
        RT_UNROLL_ROWS for (int i = 0; i < SUMS; i++) sum[i] = rt_vec_fma(sum[i], a, b);
    const double seconds = rt_seconds() - before;
    for (int i = 1; i < SUMS; i++) sum[0] = rt_add(sum[0], sum[i]);
    rt_store(last, sum[0]);
    used = last[0];
    (void)used;
    return 2.0 * RT_LANES * SUMS * ROUNDS / seconds;
}

/* Bytes a second, read and written, when a copy of n bytes is made `rounds` times. */
static double copy_once(char *to, const char *from, size_t n, int rounds)
{
    const double before = rt_seconds();
    for (int round = 0; round < rounds; round++) {
        memcpy(to, from, n);
        __asm__ volatile("" : : "r"(to) : "memory");      /* no copy may be left out */
    }
    return 2.0 * (double)n * rounds / (rt_seconds() - before);
}

/* Takes the mean over threads of the best of a few tries, with all threads at work at the same time. */
static void measure_machine(RtProfile *profile)
{
    enum { CACHE_BYTES = 3 << 20, CACHE_ROUNDS = 64 };    /* about the bytes of a chunk; compiler/schedule/fuse.c */
    const int threads = profile->threads;
    long last_level = sysconf(_SC_LEVEL3_CACHE_SIZE);
    if (last_level < (32 << 20)) last_level = 32 << 20;
    /* hosts report the last-level caches of all their cores together */
    if (last_level > (128 << 20)) last_level = 128 << 20;
    const size_t bytes = 4 * (size_t)last_level / (size_t)threads, half = bytes / 2, cached = CACHE_BYTES / 2;
    RtMachine sum = {0};
    RtError error = {0};
    char *memory = rt_allocate((size_t)threads, bytes, "the copy", &error);
    char *cache = rt_allocate((size_t)threads, CACHE_BYTES, "the copy", &error);
    if (memory && cache) {
#pragma omp parallel num_threads(threads)
        {
            char *my = memory + (size_t)rt_thread_number() * bytes,
                 *my_cache = cache + (size_t)rt_thread_number() * CACHE_BYTES;
            RtMachine best = {0};
            memset(my, 1, bytes);                         /* pages that were never written are all one page */
            memset(my_cache, 1, CACHE_BYTES);
            for (int try = 0; try < TRIES; try++) {
#pragma omp barrier
                const double flops = flops_once();
#pragma omp barrier
                const double in_cache = copy_once(my_cache + cached, my_cache, cached, CACHE_ROUNDS);
#pragma omp barrier
                const double in_memory = copy_once(my + half, my, half, 1);
                if (flops > best.flops) best.flops = flops;
                if (in_cache > best.cache) best.cache = in_cache;
                if (in_memory > best.memory) best.memory = in_memory;
            }
#pragma omp critical
            sum.flops += best.flops, sum.cache += best.cache, sum.memory += best.memory;
        }
    }
    profile->memory_bytes = (double)bytes * threads;
    profile->machine = (RtMachine){sum.flops / threads, sum.cache / threads, sum.memory / threads};
    profile->measured = true;
    rt_release(memory);
    rt_release(cache);
}

double rt_roofline(const RtKernelCost *cost, const RtMachine *machine, const char **bound)
{
    const double compute = machine->flops > 0 ? cost->executed / machine->flops : 0;
    const double cache = machine->cache > 0 ? cost->cache_bytes / machine->cache : 0;
    const double memory = machine->memory > 0 ? cost->memory_bytes / machine->memory : 0;
    *bound = compute >= cache + memory ? "compute" : memory >= cache ? "memory" : "cache";
    return compute >= cache + memory ? compute : cache + memory;
}

/* ---- what is moved ---- */

static int by_memory(const void *a, const void *b)
{
    const RtTensorTraffic *x = *(const RtTensorTraffic *const *)a, *y = *(const RtTensorTraffic *const *)b;
    return x->memory_bytes > y->memory_bytes ? -1 : x->memory_bytes < y->memory_bytes ? 1 : (x > y) - (x < y);
}

static void add_traffic(RtText *text, int wide, const char *name, const RtTensorTraffic *t)
{
    rt_text_add(text, "%-*s %10.3f %8.0f %6.0f %10.3f %10.3f %10.3f\n", wide, name, 1e-6 * t->bytes, t->written,
                t->read, 1e-6 * t->cache_bytes, 1e-6 * t->memory_bytes, 1e-6 * t->least_bytes);
}

void rt_traffic_table(RtText *text, int n, const RtTensorTraffic *tensors)
{
    RtError error = {0};
    const RtTensorTraffic **rows = rt_allocate((size_t)n + 1, sizeof *rows, "the table of tensors", &error);
    RtTensorTraffic near = {0}, all = {0};
    int wide = (int)strlen("999 that stay in the cache"), n_rows = 0;
    if (!rows) return;
    for (int i = 0; i < n; i++) {
        const RtTensorTraffic *t = &tensors[i];
        RtTensorTraffic *sums[] = {&all, t->memory_bytes > 0 ? NULL : &near};
        for (int j = 0; j < 2; j++) {
            if (!sums[j]) continue;
            sums[j]->bytes += t->bytes, sums[j]->written += t->written, sums[j]->read += t->read;
            sums[j]->cache_bytes += t->cache_bytes, sums[j]->memory_bytes += t->memory_bytes;
            sums[j]->least_bytes += t->least_bytes;
        }
        if (!(t->memory_bytes > 0)) continue;
        rows[n_rows++] = t;
        if ((int)strlen(t->tensor) > wide) wide = (int)strlen(t->tensor);
    }
    qsort(rows, (size_t)n_rows, sizeof *rows, by_memory);
    rt_text_add(text, "%-*s %10s %8s %6s %10s %10s %10s\n", wide, "tensor", "MB", "written", "read", "MB cache",
                "MB memory", "MB least");
    for (int i = 0; i < n_rows; i++) add_traffic(text, wide, rows[i]->tensor, rows[i]);
    char others[64];
    snprintf(others, sizeof others, "%d that stay in the cache", n - n_rows);
    if (n > n_rows) add_traffic(text, wide, others, &near);
    add_traffic(text, wide, "all tensors", &all);
    rt_release(rows);
}

void rt_traffic_json(RtJsonWriter *json, int n, const RtTensorTraffic *tensors)
{
    rt_json_open(json, "tensors", '[');
    for (int i = 0; i < n; i++) {
        const RtTensorTraffic *t = &tensors[i];
        rt_json_open(json, NULL, '{');
        rt_json_string(json, "tensor", t->tensor);
        rt_json_number(json, "bytes", t->bytes);
        rt_json_number(json, "written", t->written);
        rt_json_number(json, "read", t->read);
        rt_json_number(json, "cache_bytes", t->cache_bytes);
        rt_json_number(json, "memory_bytes", t->memory_bytes);
        rt_json_number(json, "least_memory_bytes", t->least_bytes);
        rt_json_close(json, '}');
    }
    rt_json_close(json, ']');
}

/* ---- what came out ---- */

typedef struct Row { int kernel; double seconds; } Row;

static int by_row(const void *a, const void *b)       /* the slowest first */
{
    const Row *x = a, *y = b;
    return x->seconds > y->seconds ? -1 : x->seconds < y->seconds ? 1 : x->kernel - y->kernel;
}

static int compare_seconds(const void *a, const void *b)      /* the fastest first */
{
    const Step *x = a, *y = b;
    return x->seconds < y->seconds ? -1 : x->seconds > y->seconds;
}

/* Times of one step in seconds, summed over threads. */
typedef struct Report {
    int steps, kept;                   /* number of steps in the faster half, and of kept steps */
    Row *rows;                         /* of kernels, the slowest first; NULL: there is nothing to report */
    double kernels, step;              /* time of all kernels; time of the whole step */
} Report;

static Report report_of(RtProfile *profile)
{
    const int n = profile->model->n_costs;
    Report r = {.kept = profile->steps < KEPT ? (int)profile->steps : KEPT};
    Step kept[KEPT];
    RtError error = {0};
    r.steps = (r.kept + 1) / 2;
    if (r.steps) r.rows = rt_allocate((size_t)n, sizeof *r.rows, "the profile", &error);
    if (!r.rows) return r;
    if (!profile->measured) measure_machine(profile);
    memcpy(kept, profile->kept, sizeof kept);
    qsort(kept, (size_t)r.kept, sizeof *kept, compare_seconds);
    double seconds = 0, ticks = 0;
    for (int i = 0; i < r.steps; i++) seconds += kept[i].seconds, ticks += (double)kept[i].ticks;
    r.step = seconds / r.steps * profile->threads;
    for (int k = 0; k < n; k++) {
        double sum = 0;
        for (int i = 0; i < r.steps; i++) sum += (double)kept[i].kernel[k];
        r.rows[k] = (Row){k, ticks > 0 ? sum * seconds / ticks / r.steps : 0};
        r.kernels += r.rows[k].seconds;
    }
    qsort(r.rows, (size_t)n, sizeof *r.rows, by_row);
    return r;
}

static RtKernelCost sum_of_costs(const RtModel *model)
{
    RtKernelCost sum = {.kernel = "kernels", .lines = ""};
    for (int k = 0; k < model->n_costs; k++) {
        const RtKernelCost *cost = &model->costs[k];
        sum.calls += cost->calls, sum.flops += cost->flops, sum.executed += cost->executed;
        sum.cache_bytes += cost->cache_bytes, sum.memory_bytes += cost->memory_bytes;
    }
    return sum;
}

/* The sum of the least times of all kernels. */
static double roofline_of_all(const RtModel *model, const RtMachine *machine)
{
    const char *bound;
    double seconds = 0;
    for (int k = 0; k < model->n_costs; k++) seconds += rt_roofline(&model->costs[k], machine, &bound);
    return seconds;
}

static double ratio(double a, double b) { return b > 0 ? a / b : 0; }

static void add_row(RtText *text, const RtProfile *profile, const RtKernelCost *cost, double seconds, double step,
                    double roofline, const char *bound)
{
    const RtMachine *machine = &profile->machine;
    const double flops = ratio(cost->flops, seconds), bytes = ratio(cost->cache_bytes + cost->memory_bytes, seconds);
    rt_text_add(text, " %9.3f %6.2f%% %9.1f %7.1f %5.0f%% %9.0f%% %8.0f%%", 1e3 * seconds, 100 * ratio(seconds, step),
                flops / 1e9, bytes / 1e9, 100 * ratio(flops, machine->flops), 100 * ratio(bytes, machine->memory),
                100 * ratio(roofline, seconds));
    rt_text_add(text, bound ? "  %s\n" : "\n", bound);
}

static void table(RtProfile *profile, RtText *text)
{
    const RtModel *model = profile->model;
    const RtMachine *machine = &profile->machine;
    const Report r = report_of(profile);
    const char *bound;
    int wide = (int)strlen("outside kernels"), far = (int)strlen("lines");
    if (!r.rows) {
        rt_text_add(text, "no step was timed\n");
        return;
    }
    for (int k = 0; k < model->n_costs; k++) {
        if ((int)strlen(model->costs[k].kernel) > wide) wide = (int)strlen(model->costs[k].kernel);
        if ((int)strlen(model->costs[k].lines) > far) far = (int)strlen(model->costs[k].lines);
    }
    rt_text_add(text, "%-*s  %-*s %9s %7s %9s %7s %6s %10s %9s  %s\n", wide, "kernel", far, "lines", "ms", "share",
                "GFLOP/s", "GB/s", "peak", "bandwidth", "roofline", "bound");
    for (int i = 0; i < model->n_costs; i++) {
        const RtKernelCost *cost = &model->costs[r.rows[i].kernel];
        const double roofline = rt_roofline(cost, machine, &bound);
        rt_text_add(text, "%-*s  %-*s", wide, cost->kernel, far, cost->lines);
        add_row(text, profile, cost, r.rows[i].seconds, r.step, roofline, bound);
    }
    const RtKernelCost all = sum_of_costs(model);
    const double outside = r.step - r.kernels;
    rt_text_add(text, "%-*s  %-*s", wide, "all kernels", far, "");
    add_row(text, profile, &all, r.kernels, r.step, roofline_of_all(model, machine), NULL);
    rt_text_add(text, "%-*s  %-*s %9.3f %6.2f%%\n", wide, "outside kernels", far, "", 1e3 * outside,
                100 * ratio(outside, r.step));
    rt_text_add(text, "%-*s  %-*s %9.3f %6.2f%%\n\n", wide, "step", far, "", 1e3 * r.step, 100.0);
    rt_text_add(
        text,
        "ms is the sum over %d thread%s, the mean of the %d fastest of the last %d steps; such a step took %.3f ms.\n",
        profile->threads, profile->threads == 1 ? "" : "s", r.steps, r.kept, 1e3 * r.step / profile->threads);
    rt_text_add(text,
                "A thread of this machine, measured with %d at work: peak %.1f GFLOP/s; copies: %.1f GB/s in the "
                "cache, %.1f GB/s in memory (%.0f MB).\n",
                profile->threads, machine->flops / 1e9, machine->cache / 1e9, machine->memory / 1e9,
                profile->memory_bytes / (1 << 20));
    rt_text_add(text, "GFLOP/s are of the plain algorithm, which minimal filtering undercuts; GB/s of every buffer "
                      "once a call, wherever it lies; roofline: the\n"
                      "least time that these rates allow, against the time taken.  docs/profile.md says more.\n\n");
    rt_traffic_table(text, model->n_tensors, model->tensors);
    rt_release(r.rows);
}

void rt_cost_lines(RtJsonWriter *json, const RtKernelCost *cost, const char *graph_file)
{
    RtText places = {0};
    const size_t own = strlen(graph_file);
    const char *file = "";
    size_t length = 0;
    rt_json_open(json, "lines", '[');
    for (const char *item = cost->lines, *end; *item; item = *end ? end + 2 : end) {      /* FILE:1, 2, FILE:3 */
        const bool ours = !strncmp(item, graph_file, own) && item[own] == ':';   /* its name may have a comma in it */
        end = item + (ours ? own : 0) + strcspn(item + (ours ? own : 0), ",");
        const char *colon = ours ? item + own : memchr(item, ':', (size_t)(end - item));
        if (colon) file = item, length = (size_t)(colon - item), item = colon + 1;
        if (length == own && !memcmp(file, graph_file, own)) rt_json_integer(json, NULL, strtoll(item, NULL, 10));
        else                                       /* a name with nothing in it that JSON would quote */
            rt_text_add(&places, "%s\"%.*s:%.*s\"", places.length ? ", " : "[", (int)length, file, (int)(end - item),
                        item);
    }
    rt_json_close(json, ']');
    if (places.length) rt_text_add(&places, "]"), rt_json_raw(json, "places", places.failed ? "[]" : places.data);
    rt_text_free(&places);
}

static void json_row(RtJsonWriter *json, const RtProfile *profile, const Row *row, double step)
{
    const RtKernelCost *cost = &profile->model->costs[row->kernel];
    const RtMachine *machine = &profile->machine;
    const char *bound;
    const double roofline = rt_roofline(cost, machine, &bound), bytes = cost->cache_bytes + cost->memory_bytes;
    const double flops_rate = ratio(cost->flops, row->seconds), bytes_rate = ratio(bytes, row->seconds);
    rt_json_open(json, NULL, '{');
    rt_json_string(json, "kernel", cost->kernel);
    rt_json_string(json, "function", cost->function);
    rt_cost_lines(json, cost, profile->model->graph_file);
    rt_json_integer(json, "calls", cost->calls);
    rt_json_number(json, "ms", 1e3 * row->seconds);
    rt_json_number(json, "share", ratio(row->seconds, step));
    rt_json_number(json, "flops", cost->flops);
    rt_json_number(json, "flops_executed", cost->executed);
    rt_json_number(json, "bytes", bytes);
    rt_json_number(json, "memory_bytes", cost->memory_bytes);
    rt_json_number(json, "gflops", flops_rate / 1e9);
    rt_json_number(json, "gbytes", bytes_rate / 1e9);
    rt_json_number(json, "peak", ratio(flops_rate, machine->flops));
    rt_json_number(json, "bandwidth", ratio(bytes_rate, machine->memory));
    rt_json_number(json, "roofline_ms", 1e3 * roofline);
    rt_json_string(json, "bound", bound);
    rt_json_close(json, '}');
}

static void write_json(RtProfile *profile, const char *key, RtJsonWriter *json)
{
    const Report r = report_of(profile);
    if (!r.rows) {
        rt_json_raw(json, key, "null");
        return;
    }
    rt_json_open(json, key, '{');
    rt_json_integer(json, "steps", r.steps);
    rt_json_integer(json, "threads", profile->threads);
    rt_json_number(json, "step_ms", 1e3 * r.step / profile->threads);
    rt_json_number(json, "thread_ms", 1e3 * r.step);
    rt_json_number(json, "kernels_ms", 1e3 * r.kernels);
    rt_json_number(json, "outside_ms", 1e3 * (r.step - r.kernels));
    rt_json_number(json, "peak_gflops", profile->machine.flops / 1e9);
    rt_json_number(json, "cache_gbytes", profile->machine.cache / 1e9);
    rt_json_number(json, "memory_gbytes", profile->machine.memory / 1e9);
    rt_json_open(json, "kernels", '[');
    for (int i = 0; i < profile->model->n_costs; i++) json_row(json, profile, &r.rows[i], r.step);
    rt_json_close(json, ']');
    rt_traffic_json(json, profile->model->n_tensors, profile->model->tensors);
    rt_json_close(json, '}');
    rt_release(r.rows);
}

const RtProfiler rt_profiler = {open_profile, table, write_json, close_profile};
