/* check.c - `tailor check`: what a graph file says. */
#include "command/command.h"
#include "tune/tune.h"

#include <stdlib.h>
#include <string.h>

typedef struct CheckArguments {
    Arguments all;
    bool cost, validate, gradients;
    double peak, cache, bandwidth;           /* 1e9 a second */
} CheckArguments;

#define AT(field) .at = offsetof(CheckArguments, field)

/* The defaults of --cost were measured on one thread of AMD Zen 3 with AVX2 in long loops, and rounded. */
static const Flag check_flags[] = {
    {.group = "The graph"},
    {.shared = &flag_set},
    {.shared = &flag_budget},
    {.shared = &flag_without},
    {.group = "Instead of the summary"},
    {.shared = &flag_json, .help = "the same for programs, also of --cost"},
    {.shared = &flag_dump},
    {.name = "--cost", .help = "what each kernel of a step costs, and the least time of it",
     .more = "On a thread of the machine that the next three describe.", AT(cost)},
    {.name = "--peak", .value = "GFLOPS", .help = "operations", .initial = "100", .take = take_positive, AT(peak)},
    {.name = "--cache", .value = "GBS", .help = "read and written in the cache", .initial = "60", .take = take_positive,
     AT(cache)},
    {.name = "--bandwidth", .value = "GBS", .help = "the same in memory", .initial = "15", .take = take_positive,
     AT(bandwidth)},
    {.group = "Tests of what is emitted"},
    {.name = "--validate", .help = "builds the C and compares every value with the interpreter, and without passes",
     AT(validate)},
    {.name = "--gradients", .help = "compares gradients of order 1 and 2, custom ones included, with differences",
     AT(gradients)},
    {0}};

const CommandLine check_line = {
    "check", "GRAPH",
    "Parses and checks a graph file and prints what it is: layers, shapes, parameters, FLOPs, kernels, memory.\n"
    "GRAPH may be -: the file comes from standard input, and is called stdin.\n",
    check_flags,
    .examples = "tailor check digits.lua\n"
                "tailor check digits.lua --set width=16 --cost",
    .uses = USES_COMPILER};

/* 1234567 -> 1,234,567 */
static const char *grouped(Arena *arena, int64_t n)
{
    char *plain = arena_format(arena, "%lld", (long long)n);
    Text text = text_new(arena);
    size_t length = strlen(plain);
    for (size_t i = 0; i < length; i++) text_add(&text, "%s%c", i && (length - i) % 3 == 0 ? "," : "", plain[i]);
    return text.chars;
}

/* Parameters whose names have one prefix.  row: the value whose row of the table shows them; 0: nothing reads them. */
typedef struct Group { const char *name; int64_t parameters; Value row; } Group;

/* The table of layers.  Its rows are contractions, windows, inputs, named values, and the results of all other calls
 * that made parameters. */
typedef struct Table {
    const Experiment *x;
    const Graph *g;
    Arena *arena;
    const bool *needed;            /* [g->n] */
    bool *shown;                   /* [g->n] */
    int *read;        /* [g->n]: group, from 1, of a value that is a parameter, as it is or in another shape; 0: none */
    int n_groups;
    Group *groups;                 /* [parameters] */
} Table;

static void find_needed(Table *t)
{
    const Experiment *x = t->x;
    int n = 0;
    Value *roots = arena_array(t->arena, 1 + x->n_outputs + x->n_values, sizeof *roots);
    roots[n++] = x->loss;
    for (int i = 0; i < x->n_outputs; i++) roots[n++] = x->outputs[i].value;
    for (int i = 0; i < x->n_values; i++) roots[n++] = x->values[i].value;
    t->needed = graph_needed(t->arena, t->g, n, roots, NULL);
    for (Value v = t->g->n - 1; v > 0; v--) {
        const Node *node = graph_at(t->g, v);
        const bool is_layer = node->op->kind == CONTRACTION || node->op == &op_window_gather ||
                              node->op == &op_window_sum || node->op == &op_input || t->g->notes[v].name;
        t->shown[v] = t->needed[v] && is_layer && node->op != &op_parameter;
    }
}

static void find_groups(Table *t)
{
    NameTable numbers = name_table_new(t->arena);
    for (int i = 0; i < t->x->n_parameters; i++) {
        const Parameter *p = &t->x->parameters[i];
        const char *dot = strrchr(p->name, '.'),
                   *name = dot ? arena_format(t->arena, "%.*s", (int)(dot - p->name), p->name) : p->name;
        /* a name without a prefix is a group of its own */
        int *number = name_number(&numbers, dot ? name : arena_format(t->arena, "%s.", name));
        if (!*number) t->groups[t->n_groups].name = name, *number = ++t->n_groups;
        t->groups[*number - 1].parameters += type_count(graph_at(t->g, p->value)->type, 1);
        t->read[p->value] = *number;
    }
}

/* The result of the call that made v: the last value behind v that belongs to the same call. */
static Value end_of_call(const Table *t, Value v)
{
    const Note *notes = t->g->notes;
    while (v + 1 < t->g->n && line_equal(notes[v + 1].line, notes[v].line) && notes[v + 1].label == notes[v].label &&
           !t->shown[v])
        v++;
    return v;
}

static void find_rows(Table *t)
{
    for (Value v = 1; v < t->g->n; v++) {
        const Node *node = graph_at(t->g, v);
        if (!t->needed[v]) continue;
        if (node->op->kind == VIEW && node->n_in == 1 && !t->shown[v]) t->read[v] = t->read[node->in[0]];
        for (int i = 0; i < node->n_in && !t->read[v]; i++) {
            Group *group = t->read[node->in[i]] ? &t->groups[t->read[node->in[i]] - 1] : NULL;
            if (group && !group->row) t->shown[group->row = t->shown[v] ? v : end_of_call(t, v)] = true;
        }
    }
}

static void print_layers(const Emission *e)
{
    const Experiment *x = e->experiment;
    const Graph *g = x->graph;
    Arena *arena = g->arena;
    Table t = {.x = x,
               .g = g,
               .arena = arena,
               .shown = arena_array(arena, g->n, sizeof(bool)),
               .read = arena_array(arena, g->n, sizeof(int)),
               .groups = arena_array(arena, x->n_parameters, sizeof(Group))};
    find_needed(&t);
    find_groups(&t);
    find_rows(&t);
    int64_t *parameters = arena_array(arena, g->n, sizeof *parameters), all_flops = 0;
    const char **layer = arena_array(arena, g->n, sizeof *layer);
    for (int i = 0; i < t.n_groups; i++) {
        parameters[t.groups[i].row] += t.groups[i].parameters;
        if (!layer[t.groups[i].row]) layer[t.groups[i].row] = t.groups[i].name;
    }
    printf("%-34s %-22s %12s %14s\n", "layer", "output", "parameters", "FLOPs");
    for (Value v = 1; v < g->n; v++) {
        const Node *node = graph_at(g, v);
        if (!t.shown[v]) continue;
        for (int i = 0; i < node->n_in && !layer[v]; i++)
            if (t.read[node->in[i]]) layer[v] = t.groups[t.read[node->in[i]] - 1].name;
        const Note *note = &g->notes[v];
        const char *name = note->name ? note->name : layer[v] ? layer[v] : label_text(g, v);
        if (layer[v] && !parameters[v] && !note->name && note->gradient_of)
            name = arena_format(arena, "%s, gradient", name);
        int64_t flops = node->op->cost ? (int64_t)node->op->cost(g, v, 1).flops : 0;
        all_flops += flops;
        printf("%-34s %-22s %12s %14s\n", name, type_text(arena, node->type),
               parameters[v] ? grouped(arena, parameters[v]) : "", flops ? grouped(arena, flops) : "");
    }
    for (int i = 0; i < t.n_groups; i++)
        if (!t.groups[i].row)
            printf("%-34s %-22s %12s %14s\n", t.groups[i].name, "read by nothing",
                   grouped(arena, t.groups[i].parameters), "");
    if (e->flops_forward > all_flops)
        printf("%-34s %-22s %12s %14s\n", "element by element, sums", "", "",
               grouped(arena, e->flops_forward - all_flops));
}

/* The fewest and the most samples at a time, over the parts of a step. */
static const char *images_at_a_time(const Plan *plan)
{
    const Program *p = plan->program;
    int64_t least = p->slicing.batch, most = 0;
    for (int i = 0; i < plan->n_parts; i++) {
        if (plan->parts[i].samples < least) least = plan->parts[i].samples;
        if (plan->parts[i].samples > most) most = plan->parts[i].samples;
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
    const int64_t all = parameter_floats(x, false), trained = parameter_floats(x, true);
    printf("\nparameters  %s in %d tensors", grouped(arena, all), x->n_parameters);
    if (trained < all) printf("; %s are trained, %s frozen", grouped(arena, trained), grouped(arena, all - trained));
    printf("\n");
    printf("FLOPs       %s forward, %s a step, for one image\n", grouped(arena, e->flops_forward),
           grouped(arena, e->flops_step));
    printf("kernels     %d forward, %d backward, %d updates\n", count_kernels(p, KERNEL_COMPUTE, 0),
           count_kernels(p, KERNEL_COMPUTE, 1), count_kernels(p, KERNEL_UPDATE, -1));
    printf("batch       %lld in %lld slices, %s at a time\n", (long long)e->slicing.batch, (long long)e->slicing.slices,
           images_at_a_time(plan));
    printf("workspace   %s bytes; lower bound %s (%.2f%% above)\n", grouped(arena, plan->workspace_bytes),
           grouped(arena, plan->lower_bound),
           plan->lower_bound ? 100.0 * (double)(plan->workspace_bytes - plan->lower_bound) / (double)plan->lower_bound
                             : 0.0);
    printf("graph       %s\n", x->graph_hash);
}

int command_check(int argc, char **argv)
{
    CheckArguments c = {0};
    Arguments *a = &c.all;
    arguments_parse(argc, argv, &check_line, &c);
    const bool machine = flag_given(a, "--peak") || flag_given(a, "--cache") || flag_given(a, "--bandwidth");
    if (machine && !c.cost) usage_error("check: --peak, --cache and --bandwidth are of --cost");
    if (c.cost && (c.validate || c.gradients || a->passes.dump))
        usage_error("check: --cost goes with neither --validate, --gradients nor --dump");
    if (a->json && (c.validate || c.gradients || a->passes.dump))
        usage_error("check: --json goes with neither --validate, --gradients nor --dump, which print text");
    const RtMachine described = {.flops = 1e9 * c.peak, .cache = 1e9 * c.cache, .memory = 1e9 * c.bandwidth};
    if (c.cost) return check_cost(a, &described);
    Arena *arena = arena_new();
    Experiment *x = load(arena, a->argument, a->n_settings, a->settings);
    bool good = true;
    if (c.gradients) good = check_gradients(arena, x) && good;
    if (c.validate) good = check_values(arena, x, &a->passes) && good;
    if (!c.gradients && !c.validate) {
        Emission *e = emission_new(x, x->batch, &a->passes);
        if (a->passes.dump) {
        } else if (a->json) fputs(emit_json(e, NULL), stdout);
        else print_summary(e);
    }
    arena_free(arena);
    return good ? 0 : 1;
}
