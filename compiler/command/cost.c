/* cost.c - `tailor check --cost`: the costs of a step's kernels, and the least time that a machine allows them. */
#include "command/command.h"

#include <stdlib.h>
#include <string.h>

typedef struct CostRow { const RtKernelCost *cost; const char *bound; double seconds; } CostRow;

static int by_seconds(const void *a, const void *b)
{
    const CostRow *x = a, *y = b;
    return x->seconds > y->seconds ? -1 : x->seconds < y->seconds ? 1 : (x->cost > y->cost) - (x->cost < y->cost);
}

static double bytes_of(const RtKernelCost *cost) { return cost->cache_bytes + cost->memory_bytes; }

static void print_cost_table(const Emission *e, const RtMachine *machine, int n, const CostRow *rows,
                             const RtKernelCost *all, double seconds)
{
    size_t wide = strlen("all kernels"), far = strlen("lines");
    for (int i = 0; i < n; i++) {
        const size_t name = strlen(rows[i].cost->kernel), lines = strlen(rows[i].cost->lines);
        if (name > wide) wide = name;
        if (lines > far) far = lines;
    }
    printf("%-*s  %-*s %5s %10s %10s %8s %9s %7s  %s\n", (int)wide, "kernel", (int)far, "lines", "calls", "MFLOP", "MB",
           "FLOP/B", "ms", "share", "bound");
    for (int i = 0; i <= n; i++) {
        const RtKernelCost *c = i < n ? rows[i].cost : all;
        const double ms = 1e3 * (i < n ? rows[i].seconds : seconds);
        printf("%-*s  %-*s %5lld %10.3f %10.3f %8.2f %9.3f %6.2f%%%s%s\n", (int)wide, c->kernel, (int)far, c->lines,
               (long long)c->calls,
               1e-6 * c->flops, 1e-6 * bytes_of(c), bytes_of(c) > 0 ? c->flops / bytes_of(c) : 0, ms,
               seconds > 0 ? 0.1 * ms / seconds : 0, i < n ? "  " : "", i < n ? rows[i].bound : "");
    }
    printf("\n"
           "%s of %lld images, from the model alone: ms is the least time on one thread that does %.4g GFLOP/s and "
           "copies %.4g GB/s in the cache,\n"
           "%.4g GB/s in memory; MFLOP are of the plain algorithm, which minimal filtering undercuts.  docs/profile.md "
           "says more.\n",
           e->experiment->loss ? "A step" : "The outputs", (long long)e->slicing.batch, machine->flops / 1e9,
           machine->cache / 1e9, machine->memory / 1e9);
    RtText traffic = {0};
    rt_traffic_table(&traffic, e->costs->n_tensors, e->costs->tensors);
    if (traffic.failed) fail("tailor: out of memory");
    printf("\n%s", traffic.data);
    rt_text_free(&traffic);
}

static void json_cost(RtJsonWriter *w, const CostRow *row, double seconds, const char *graph_file)
{
    const RtKernelCost *c = row->cost;
    rt_json_open(w, NULL, '{');
    rt_json_string(w, "kernel", c->kernel);
    rt_json_string(w, "function", c->function);
    rt_cost_lines(w, c, graph_file);
    rt_json_integer(w, "calls", c->calls);
    rt_json_number(w, "flops", c->flops);
    rt_json_number(w, "flops_executed", c->executed);
    rt_json_number(w, "bytes", bytes_of(c));
    rt_json_number(w, "memory_bytes", c->memory_bytes);
    rt_json_number(w, "intensity", bytes_of(c) > 0 ? c->flops / bytes_of(c) : 0);
    rt_json_number(w, "roofline_ms", 1e3 * row->seconds);
    rt_json_number(w, "share", seconds > 0 ? row->seconds / seconds : 0);
    rt_json_string(w, "bound", row->bound);
    rt_json_close(w, '}');
}

static void print_cost_json(const Emission *e, const RtMachine *machine, int n, const CostRow *rows, double seconds)
{
    RtJsonWriter w = {0};
    rt_json_open(&w, NULL, '{');
    rt_json_string(&w, "name", e->experiment->source.name);
    rt_json_string(&w, "graph_hash", e->experiment->graph_hash);
    rt_json_integer(&w, "batch", e->slicing.batch);
    rt_json_integer(&w, "flops_step", e->flops_step);
    rt_json_number(&w, "peak_gflops", machine->flops / 1e9);
    rt_json_number(&w, "cache_gbytes", machine->cache / 1e9);
    rt_json_number(&w, "memory_gbytes", machine->memory / 1e9);
    rt_json_number(&w, "kernels_ms", 1e3 * seconds);
    rt_json_open(&w, "kernels", '[');
    for (int i = 0; i < n; i++) json_cost(&w, &rows[i], seconds, e->experiment->source.base);
    rt_json_close(&w, ']');
    rt_traffic_json(&w, e->costs->n_tensors, e->costs->tensors);
    rt_json_close(&w, '}');
    if (w.text.failed) fail("tailor: out of memory");
    puts(w.text.data);
    rt_text_free(&w.text);
}

static void print_cost(const Emission *e, const RtMachine *machine, bool json)
{
    const Program *p = e->entries[0]->program;
    const int n = p->n_kernels;
    CostRow *rows = arena_array(e->experiment->graph->arena, n, sizeof *rows);
    RtKernelCost all = {.kernel = "all kernels", .lines = ""};
    double seconds = 0;
    for (int k = 0; k < n; k++) {
        RtKernelCost *c = &e->costs->kernels[k];
        rows[k].cost = c;
        seconds += rows[k].seconds = rt_roofline(c, machine, &rows[k].bound);
        all.calls += c->calls, all.flops += c->flops, all.cache_bytes += c->cache_bytes,
            all.memory_bytes += c->memory_bytes;
    }
    qsort(rows, (size_t)n, sizeof *rows, by_seconds);
    if (json) print_cost_json(e, machine, n, rows, seconds);
    else print_cost_table(e, machine, n, rows, &all, seconds);
}

int check_cost(Arguments *a, const RtMachine *machine)
{
    Arena *arena = arena_new();
    a->passes.profile = true;
    const Experiment *x = load(arena, a->argument, a->n_settings, a->settings);
    print_cost(emission_new(x, x->batch, &a->passes), machine, a->json);
    arena_free(arena);
    return 0;
}
