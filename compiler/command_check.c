/* command_check.c - `tailor check` and `tailor emit`: what a graph file says, and the C that it becomes. */
#include "command.h"
#include "tune.h"

#include <stdlib.h>
#include <string.h>

static const char check_usage[] =
    "usage: tailor check GRAPH [--set name=value]... [--json] [--cost] [--validate] [--gradients] [--dump=PASS] [--without=PASS]\n\n"
    "Parses and checks a graph file and prints what it is: layers, shapes, parameters, FLOPs, kernels, memory.\n"
    "  --set name=value   changes an option of the file\n"
    "  --json             the same for programs\n"
    "  --cost             instead: what each kernel of a step costs, and the least time of it on a thread of the machine that these describe:\n"
    "  --peak GFLOPS      (default 100)  --cache GBS, --bandwidth GBS  read and written, in the cache (60) and in memory (15)\n"
    "  --validate         builds the emitted C and compares every value with the interpreter, and with passes left out\n"
    "  --gradients        compares gradients of order 1 and 2, custom ones included, with differences\n"
    "  --memory-budget N  computes again what would not fit into N bytes of workspace; the bits stay, the time grows\n"
    "  --dump=PASS        prints what a pass made: load fold differentiate simplify recompute fuse order reorder plan\n"
    "  --without=PASS     leaves an optional pass out: fold simplify recompute fuse order reorder plan\n";

static const char emit_usage[] =
    "usage: tailor emit GRAPH -o DIR [--set name=value]... [--tune | --fast | --tuned FILE] [--profile] [--memory-budget N] [--dump=PASS] [--without=PASS]\n\n"
    "Writes NAME.c, NAME.h, NAME.plan.csv, NAME.json, a Makefile and the runtime's sources into DIR, which then builds by itself.\n"
    "  --profile          the training step times its kernels: the trainer's --profile prints a table\n"
    "  --tune             measures which algorithm of those that accuracy allows is the fastest here for each convolution; writes NAME.tune.json\n"
    "  --fast             --tune, and of every matrix product and every convolution of one group also OpenBLAS, where it is clearly faster\n"
    "  --tuned FILE       the choices of such a file, without measuring: the same C on any machine\n"
    "  --memory-budget N  computes again what would not fit into N bytes of workspace; the bits stay, the time grows\n";

/* 1234567 -> 1,234,567 */
static const char *grouped(Arena *arena, int64_t n)
{
    char *plain = arena_format(arena, "%lld", (long long)n);
    Text text = text_new(arena);
    size_t length = strlen(plain);
    for (size_t i = 0; i < length; i++) text_add(&text, "%s%c", i && (length - i) % 3 == 0 ? "," : "", plain[i]);
    return text.chars;
}

/* The layers of the model: the contractions and windows of the loss or outputs, in order. */
static void print_layers(const Emission *e)
{
    const Experiment *x = e->experiment;
    const Graph *g = x->graph;
    Arena *arena = g->arena;
    bool *needed = arena_array(arena, g->n, sizeof *needed);
    if (x->loss) needed[x->loss] = true;
    for (int i = 0; i < x->n_outputs; i++) needed[x->outputs[i].value] = true;
    for (int i = 0; i < x->n_values; i++) needed[x->values[i].value] = true;
    for (Value v = g->n - 1; v > 0; v--)
        for (int i = 0; needed[v] && i < graph_at(g, v)->n_in; i++) needed[graph_at(g, v)->in[i]] = true;
    printf("%-34s %-22s %12s %14s\n", "layer", "output", "parameters", "FLOPs");
    bool *counted = arena_array(arena, x->n_parameters, sizeof *counted);
    for (Value v = 1; v < g->n; v++) {
        const Node *node = graph_at(g, v);
        bool shown = node->op->kind == CONTRACTION || node->op == &op_window_gather || node->op == &op_window_sum || node->op == &op_input || g->notes[v].name;
        if (!needed[v] || !shown || node->op == &op_parameter) continue;
        int64_t parameters = 0;
        const char *layer = g->notes[v].name;
        for (int i = 0; i < x->n_parameters; i++) {   /* a weight that the node reads, and the bias of the same prefix */
            bool read = false;
            for (int k = 0; k < node->n_in; k++) read = read || base_of(g, node->in[k]) == x->parameters[i].value;
            if (!read) continue;
            const char *dot = strrchr(x->parameters[i].name, '.');
            size_t prefix = dot ? (size_t)(dot - x->parameters[i].name) : strlen(x->parameters[i].name);
            if (!layer) layer = arena_format(arena, "%.*s", (int)prefix, x->parameters[i].name);
            for (int j = 0; j < x->n_parameters; j++)
                if (!counted[j] && (j == i || (dot && !strncmp(x->parameters[j].name, x->parameters[i].name, prefix + 1) && !strchr(x->parameters[j].name + prefix + 1, '.')))) {
                    parameters += type_count(graph_at(g, x->parameters[j].value)->type, 1);
                    counted[j] = true;
                }
        }
        if (layer && !parameters && !g->notes[v].name && g->notes[v].gradient_of) layer = arena_format(arena, "%s, gradient", layer);
        const char *what = g->notes[v].label ? g->notes[v].label : node->op->name;
        int64_t flops = node->op->cost ? (int64_t)node->op->cost(g, v, 1).flops : 0;
        printf("%-34s %-22s %12s %14s\n", layer ? layer : what, type_text(arena, node->type), parameters ? grouped(arena, parameters) : "", flops ? grouped(arena, flops) : "");
    }
}

static int64_t parameter_count(const Experiment *x)
{
    int64_t n = 0;
    for (int i = 0; i < x->n_parameters; i++) n += type_count(graph_at(x->graph, x->parameters[i].value)->type, 1);
    return n;
}

/* Fewest and most, of the parts of a step. */
static const char *images_at_a_time(const Program *p)
{
    int64_t least = p->slicing.batch, most = 0;
    for (int s = 0; s < p->n_segments; s++) {
        if (!p->segments[s].sliced) continue;
        if (p->segments[s].chunk < least) least = p->segments[s].chunk;
        if (p->segments[s].chunk > most) most = p->segments[s].chunk;
    }
    if (least < most) return arena_format(p->graph->arena, "%lld to %lld images", (long long)least, (long long)most);
    return arena_format(p->graph->arena, "%lld %s", (long long)least, least == 1 ? "image" : "images");
}

static void print_summary(const Emission *e)
{
    const Experiment *x = e->experiment;
    const Plan *plan = e->entries[0];
    const Program *p = plan->program;
    Arena *arena = x->graph->arena;
    print_layers(e);
    printf("\nparameters  %s in %d tensors\n", grouped(arena, parameter_count(x)), x->n_parameters);
    printf("FLOPs       %s forward, %s a step, for one image\n", grouped(arena, e->flops_forward), grouped(arena, e->flops_step));
    printf("kernels     %d forward, %d backward, %d updates\n", count_kernels(p, KERNEL_COMPUTE, 0), count_kernels(p, KERNEL_COMPUTE, 1), count_kernels(p, KERNEL_UPDATE, -1));
    printf("batch       %lld in %lld slices, %s at a time\n", (long long)e->slicing.batch, (long long)e->slicing.slices, images_at_a_time(p));
    printf("workspace   %s bytes; lower bound %s (%.2f%% above)\n", grouped(arena, plan->workspace_bytes), grouped(arena, plan->lower_bound),
           plan->lower_bound ? 100.0 * (double)(plan->workspace_bytes - plan->lower_bound) / (double)plan->lower_bound : 0.0);
    printf("graph       %s\n", x->graph_hash);
}

static void dump_load(const Experiment *x)
{
    Text text = text_new(x->graph->arena);
    graph_dump(x->graph, &text, 0, NULL);
    fputs(text.chars, stdout);
}

int command_check(int argc, char **argv)
{
    Arguments a = arguments_parse(argc, argv, "sjpvgckB", check_usage, 1, 1);
    if ((a.peak || a.cache || a.bandwidth) && !a.cost) usage_error("check: --peak, --cache and --bandwidth are of --cost");
    if (a.cost && (a.validate || a.gradients || a.passes.dump)) usage_error("check: --cost goes with neither --validate, --gradients nor --dump");
    if (a.cost) return check_cost(&a);
    Arena *arena = arena_new();
    Experiment *x = load(arena, a.positional[0], a.n_settings, a.settings);
    bool good = true;
    if (a.gradients) good = check_gradients(arena, x) && good;
    if (a.validate) good = check_values(arena, x, &a.passes) && good;
    if (a.gradients || a.validate) {
    } else if (a.passes.dump && !strcmp(a.passes.dump, "load")) dump_load(x);
    else {
        Emission *e = emission_new(x, x->batch, &a.passes);
        if (a.passes.dump) {
        } else if (a.json) fputs(emit_json(e), stdout);
        else print_summary(e);
    }
    arena_free(arena);
    return good ? 0 : 1;
}

int command_emit(int argc, char **argv)
{
    Arguments a = arguments_parse(argc, argv, "sopPBuUF", emit_usage, 1, 1);
    if (!a.out) usage_error("emit: -o DIR is missing");
    Arena *arena = arena_new();
    Experiment *x = load(arena, a.positional[0], a.n_settings, a.settings);
    if (a.passes.profile && !x->loss) fail("%s: the file does not minimize anything: there is no step to profile", x->source.path);
    bool empty;
    RtError error = {0};
    RtText makefile = {0};
    if (!rt_folder_empty(a.out, &empty, &error)) fail("%s", error.text);
    /* what an earlier emit left may be written anew */
    bool ours = !empty && rt_file_read(arena_format(arena, "%s/Makefile", a.out), 1 << 20, &makefile, &error) && strstr(makefile.data, EMITTED_MAKEFILE) == makefile.data;
    if (!empty && !ours) fail("%s: the folder is not empty, and not one that emit wrote", a.out);
    rt_text_free(&makefile);
    emit_folder(emission_tuned(x, &a.passes, measure_of(&a), a.tuned), a.out);
    arena_free(arena);
    return 0;
}
