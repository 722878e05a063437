/* reading.c - graph files, each read in a process of its own, which answers in JSON. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "sweep/reading.h"

#include "base/process.h"
#include "cam/network.h"
#include "emit/emission.h"
#include "rt_profile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A child and the files in memory that it writes into: its answer, and its messages. */
typedef struct Reader { pid_t process; int answer, messages; } Reader;

/* ---- the child ---- */

static void write_options(RtJsonWriter *w, const Experiment *x)
{
    rt_json_open(w, "options", '[');
    for (int i = 0; i < x->n_options; i++) {
        rt_json_open(w, NULL, '{');
        rt_json_string(w, "name", x->options[i].name);
        rt_json_string(w, "json", x->options[i].json);
        rt_json_bool(w, "whole", x->options[i].whole);
        rt_json_close(w, '}');
    }
    rt_json_close(w, ']');
}

/* The machine is the one that `tailor check --cost` takes when none is described. */
static void write_costs(RtJsonWriter *w, const Experiment *x)
{
    const RtMachine machine = {.flops = 100e9, .cache = 60e9, .memory = 15e9};
    const Emission *e = emission_new(x, x->batch, &(Passes){0});
    const RtKernelCost *costs = step_costs(e->entries[0])->kernels;
    const char *bound;
    double seconds = 0;
    for (int k = 0; k < e->entries[0]->program->n_kernels; k++) seconds += rt_roofline(&costs[k], &machine, &bound);
    rt_json_integer(w, "flops_forward", e->flops_forward);
    rt_json_integer(w, "flops_step", e->flops_step);
    rt_json_integer(w, "workspace_bytes", e->entries[0]->workspace_bytes);
    rt_json_number(w, "step_seconds", seconds);
}

static RtText answer(Arena *arena, const Question *q)
{
    const Experiment *x = load(arena, q->path, q->n_settings, q->settings);
    RtJsonWriter w = {0};
    int64_t parameters = 0;
    for (int i = 0; i < x->n_parameters; i++)
        parameters += type_count(graph_at(x->graph, x->parameters[i].value)->type, 1);
    rt_json_open(&w, NULL, '{');
    rt_json_string(&w, "graph_hash", x->graph_hash);
    write_options(&w, x);
    rt_json_open(&w, "metrics", '[');
    for (int i = 0; i < x->n_metrics; i++) rt_json_string(&w, NULL, x->metrics[i].name);
    rt_json_close(&w, ']');
    rt_json_bool(&w, "trains", x->loss && x->has_train);
    rt_json_string(&w, "data", x->train.data ? x->train.data : "");
    rt_json_integer(&w, "epochs", x->train.epochs);
    rt_json_integer(&w, "batch", x->batch);
    rt_json_integer(&w, "parameters", parameters);
    rt_json_number(&w, "validation", x->train.validation);
    if (q->costs) write_costs(&w, x);
    rt_json_close(&w, '}');
    if (w.text.failed) fail("tailor: out of memory");
    return w.text;
}

/* The maps that will be made behind the run: a fault of them is better known before it. */
static void try_maps(Arena *arena, const Question *q)
{
    int n;
    const char *const *layers = layer_names(arena, q->maps->layer, &n);
    const MapRequest request = map_request(q->maps->kind, n, layers, NULL);
    MapPlace place;
    load_map(arena, q->path, q->n_settings, q->settings, &request, &place);
}

static _Noreturn void be_reader(const Question *q, const Reader *r)
{
    if (dup2(r->messages, 1) < 0 || dup2(r->messages, 2) < 0) _exit(1);
    Arena *arena = arena_new();
    const RtText text = answer(arena, q);
    if (q->init) check_init(arena, load(arena, q->path, q->n_settings, q->settings), q->init, q->init_except);
    if (q->maps) try_maps(arena, q);
    for (size_t done = 0; done < text.length;) {
        const ssize_t n = write(r->answer, text.data + done, text.length - done);
        if (n < 0 && errno != EINTR) fail("tailor: cannot hand over what %s says: %s", q->path, strerror(errno));
        if (n > 0) done += (size_t)n;
    }
    fflush(NULL);
    _exit(0);
}

/* ---- its parent ---- */

static Reader start(const Question *q)
{
    Reader r = {.answer = memfd_create("answer", MFD_CLOEXEC), .messages = memfd_create("messages", MFD_CLOEXEC)};
    fflush(NULL);
    r.process = r.answer < 0 || r.messages < 0 ? -1 : fork();
    if (r.process == 0) be_reader(q, &r);
    if (r.process < 0) fail("tailor: cannot start a process that reads %s: %s", q->path, strerror(errno));
    return r;
}

/* The content of a file in memory, which is closed. */
static char *content(Arena *arena, int descriptor)
{
    struct stat about;
    const size_t n = fstat(descriptor, &about) == 0 ? (size_t)about.st_size : 0;
    char *text = arena_alloc(arena, n + 1);
    for (size_t done = 0; done < n;) {
        const ssize_t got = pread(descriptor, text + done, n - done, (off_t)done);
        if (got <= 0) fail("tailor: cannot read what a process says: %s", strerror(errno));
        done += (size_t)got;
    }
    close(descriptor);
    return text;
}

static const char *text_of(Arena *arena, const RtJson *json, const RtJsonNode *of, const char *key)
{
    return arena_copy(arena, rt_json_get(json, of, key)->string);
}

static double number_of(const RtJson *json, const char *key)
{
    const RtJsonNode *node = rt_json_get(json, &json->nodes[0], key);
    return node ? node->number : 0;
}

static int64_t integer_of(const RtJson *json, const char *key)
{
    const RtJsonNode *node = rt_json_get(json, &json->nodes[0], key);
    return node ? node->integer : 0;
}

/* An answer that is no JSON is a bug: this program wrote it. */
static void take(Arena *arena, const char *text, Facts *facts)
{
    RtJson json;
    RtError error = {0};
    if (!rt_json_parse(text, strlen(text), "the answer of a reader", &json, &error)) bug("%s", error.text);
    const RtJsonNode *top = &json.nodes[0], *options = rt_json_get(&json, top, "options"),
                     *metrics = rt_json_get(&json, top, "metrics");
    snprintf(facts->graph_hash, sizeof facts->graph_hash, "%s", rt_json_get(&json, top, "graph_hash")->string);
    facts->options = arena_array(arena, options->n, sizeof *facts->options);
    facts->metrics = arena_array(arena, metrics->n, sizeof *facts->metrics);
    for (int i = options->first; i; i = json.nodes[i].next)
        facts->options[facts->n_options++] =
            (Option){text_of(arena, &json, &json.nodes[i], "name"), text_of(arena, &json, &json.nodes[i], "json"),
                     rt_json_get(&json, &json.nodes[i], "whole")->boolean};
    for (int i = metrics->first; i; i = json.nodes[i].next)
        facts->metrics[facts->n_metrics++] = arena_copy(arena, json.nodes[i].string);
    facts->trains = rt_json_get(&json, top, "trains")->boolean;
    facts->data = text_of(arena, &json, top, "data");
    facts->epochs = integer_of(&json, "epochs"), facts->batch = integer_of(&json, "batch");
    facts->parameters = integer_of(&json, "parameters"), facts->validation = number_of(&json, "validation");
    facts->flops_forward = integer_of(&json, "flops_forward"), facts->flops_step = integer_of(&json, "flops_step");
    facts->workspace_bytes = integer_of(&json, "workspace_bytes");
    facts->step_seconds = number_of(&json, "step_seconds");
    rt_json_free(&json);
}

static void finish(Arena *arena, const Reader *r, const Question *q, Facts *facts)
{
    enum { BUG = 3 };
    int status = 0;
    while (waitpid(r->process, &status, 0) < 0)
        if (errno != EINTR) fail("tailor: lost the process that reads %s: %s", q->path, strerror(errno));
    const char *said = content(arena, r->answer);
    char *messages = content(arena, r->messages);
    *facts = (Facts){.warnings = messages};
    if (WIFSIGNALED(status)) fail("tailor: the process that reads %s ended by signal %d", q->path, WTERMSIG(status));
    if (WEXITSTATUS(status) == BUG) {
        fputs(messages, stderr);
        exit(BUG);
    }
    if (WEXITSTATUS(status) == 0) take(arena, said, facts);
    else facts->fault = messages, facts->warnings = "";
}

void read_graphs(Arena *arena, int n, const Question *questions, Facts *facts)
{
    enum { MOST_READERS = 64 };
    Reader readers[MOST_READERS];
    const int most = cores() < MOST_READERS ? cores() : MOST_READERS;
    for (int started = 0, done = 0; done < n; done++) {
        for (; started < n && started < done + most; started++) readers[started % most] = start(&questions[started]);
        finish(arena, &readers[done % most], &questions[done], &facts[done]);
    }
}
