/* ops.c - `tailor ops`: the references of ops and of metrics of maps, from the op blocks and the table of metrics. */
#include "cam/metrics.h"
#include "command/command.h"
#include "graph/choice.h"

#include <string.h>

typedef struct OpsArguments { Arguments all; bool metrics; } OpsArguments;

static const Flag ops_flags[] = {
    {.name = "--metrics", .help = "the metrics of tailor cam instead; docs/metrics.md is this",
     .at = offsetof(OpsArguments, metrics)},
    {0}};

const CommandLine ops_line = {
    "ops", NULL,
    "Prints the reference of every op as Markdown: what it computes, its gradient, how it behaves along the batch,\n"
    "its cost.  docs/ops.md is this.\n",
    ops_flags,
    .examples = "tailor ops >ops.md"};

typedef struct Chapter { OpKind kind; const char *title, *what; } Chapter;

static const Chapter chapters[] = {
    {LEAF, "Leaves",
     "Computed by no kernel from other values: what is fed, numbers, run-time scalars, random numbers. An input and "
     "random numbers that\n"
     "begin with the batch have a row for each sample; everything else is the same for all samples. Gradients end "
     "here."},
    {POINTWISE, "Pointwise",
     "Every element from the elements at the same place; axes of size 1 are broadcast. Along the batch: each sample by "
     "itself.\n"
     "They are expressions inside of kernels; those that are *heavy* are kept in memory rather than computed twice."},
    {VIEW, "Views",
     "Every element is an element of an input, found by an index, or one number; no arithmetic, and no memory of their "
     "own where the\n"
     "reader can index through them. Along the batch: each sample by itself, as long as the batch stays the first "
     "axis."},
    {STENCIL, "Stencils", "Every element from a neighbourhood in the inputs. Along the batch: each sample by itself."},
    {REDUCE, "Reductions",
     "Axes are folded and stay, with size 1. Along the batch: each sample by itself; where the batch is among the "
     "folded axes a sum\n"
     "is added up slice by slice, in a fixed tree, and everything else needs the whole batch at once."},
    {CONTRACTION, "Contractions",
     "Kernels of the runtime (`runtime/rt_matmul.h`, `runtime/rt_conv.h`), into which what follows them may be fused. "
     "How they behave\n"
     "along the batch depends on their inputs; below is what their samples do."},
};

static const char *const modes[] = {[BATCH_NONE] = "without samples: once a step",
                                    [BATCH_SAMPLE] = "each sample by itself",
                                    [BATCH_REDUCE] = "each sample by itself, then summed over the samples",
                                    [BATCH_WHOLE] = "samples meet: the whole batch at once"};

static const char *arity_text(Arena *arena, const Op *op)
{
    static const char *const words[] = {"no input", "one input", "two inputs", "three inputs"};
    if (op->arity < 0) return "any number of inputs";
    return op->arity < 4 ? words[op->arity] : arena_format(arena, "%d inputs", op->arity);
}

/* The op's first node in a sample, which is a graph file; 0: the sample has none. */
static Value first_node(const Experiment *x, const Op *op)
{
    for (Value v = 1; v < x->graph->n; v++)
        if (graph_at(x->graph, v)->op == op) return v;
    return 0;
}

static const Experiment *load_sample(Arena *arena, const Op *op, int i)
{
    return load_text(arena, arena_format(arena, "%s.lua", op->name), op->samples[i], strlen(op->samples[i]), 0, NULL);
}

/* Prints, from the first sample, the inputs' shapes, the result's shape and the cost. */
static void print_example(Arena *arena, const Op *op)
{
    const Experiment *x = load_sample(arena, op, 0);
    Value v = first_node(x, op);
    if (!v) bug("the first sample of %s has none", op->name);
    const Node *node = graph_at(x->graph, v);
    printf("- sample: `%s`\n- there:", op->samples[0]);
    for (int i = 0; i < node->n_in; i++) {
        const Type in = graph_at(x->graph, node->in[i])->type;
        printf("%s `%s`",
               i == 0                ? ""
               : i == node->n_in - 1 ? " and"
                                     : ",",
               in.rank ? type_text(arena, in) : "a number");
    }
    printf(" %s `%s`", node->n_in > 1 ? "give" : "gives", node->type.rank ? type_text(arena, node->type) : "a number");
    if (op->cost) printf(", %.0f FLOPs a sample", op->cost(x->graph, v, 1).flops);
    printf("\n");
}

/* Prints each way in which the op's nodes treat the batch, once, over all samples. */
static void print_modes(Arena *arena, const Op *op)
{
    bool seen[sizeof modes / sizeof *modes] = {false};
    for (int i = 0; i < MOST_SAMPLES && op->samples[i]; i++) {
        const Experiment *x = load_sample(arena, op, i);
        for (Value v = 1; v < x->graph->n; v++)
            if (graph_at(x->graph, v)->op == op) seen[op->batch(x->graph, v)] = true;
    }
    const char *before = "- along the batch: ";
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (seen[i]) printf("%s%s", before, modes[i]), before = "; or ";
    printf("\n");
}

static void print_algorithms(void)
{
    const char *before = "- algorithms, of it and of its adjoints: ";
    for (int i = 0; i < algorithm_count(); i++, before = "; ") {
        const Algorithm *a = algorithm_at(i);
        printf("%s%s (`%s`), %s", before, a->name, a->header, a->doc);
    }
    printf("\n");
}

static void print_op(Arena *arena, const Op *op)
{
    printf("### %s\n\n%s\n\n", op->name, op->doc);
    if (op->kind == LEAF) return;
    printf("- %s%s\n", arity_text(arena, op), op->heavy ? ", heavy" : "");
    if (op->c) printf("- C: `%s`\n", op->c);
    printf("- gradient: %s\n", op->gradient_doc);
    if (op->batch) print_modes(arena, op);
    if (op == &op_conv2d) print_algorithms();
    if (op->samples[0]) print_example(arena, op);
    printf("\n");
}

static int print_metrics(void)
{
    static const char *const better[] = {[CAM_NEITHER] = "", [CAM_HIGHER] = "higher", [CAM_LOWER] = "lower"};
    printf("# Metrics of maps\n\n"
           "What `tailor cam` measures of a run's maps ([objectives.md](objectives.md)), under these keys of `metrics` "
           "in\n"
           "`cam_metrics.json`. Written by `tailor ops --metrics` from the table in `compiler/cam/metrics.c`; `make "
           "generated`\n"
           "does it. Energies, pointing game and IoU are means over the images whose map is not 0 everywhere, the "
           "others over\n"
           "all; a metric that is not defined for the data is null.\n\n"
           "| key | printed as | better | definition |\n|---|---|---|---|\n");
    for (const CamMetric *m = cam_metrics; m->key; m++)
        printf("| `%s` | %s | %s | %s |\n", m->key, m->title, better[m->better], m->definition);
    return 0;
}

int command_ops(int argc, char **argv)
{
    OpsArguments a = {0};
    arguments_parse(argc, argv, &ops_line, &a.all);
    if (a.metrics) return print_metrics();
    Arena *arena = arena_new();
    printf("# Ops\n\n"
           "What the compiler's graph is made of. The constructors of [the graph language](language.md) are these, or "
           "are made of them in\n"
           "`compiler/language/prelude*.lua`. Written by `tailor ops` from the blocks in `compiler/ops/`; `make "
           "generated` does it.\n"
           "\n"
           "In a gradient `y` is the result, `dy` the gradient that arrives at it and `da`, `db`, ... what goes on to "
           "the inputs; asking for the gradient\n"
           "through an op that has none is an error. Where no cost is given it is one operation an element. Shapes are "
           "those of the first sample, a\n"
           "graph file that the tests compile, differentiate twice and compare with the interpreter.\n\n");
    for (size_t k = 0; k < sizeof chapters / sizeof *chapters; k++) {
        const char *before = "";
        printf("[%s](#%s):", chapters[k].title,
               arena_format(arena, "%c%s", chapters[k].title[0] | 32, chapters[k].title + 1));
        for (int i = 0; i < op_count(); i++)
            if (op_at(i)->kind == chapters[k].kind)
                printf("%s [%s](#%s)", before, op_at(i)->name, op_at(i)->name), before = ",";
        printf("%s\n", k + 1 < sizeof chapters / sizeof *chapters ? "  " : "");
    }
    for (size_t k = 0; k < sizeof chapters / sizeof *chapters; k++) {
        printf("\n## %s\n\n%s\n\n", chapters[k].title, chapters[k].what);
        for (int i = 0; i < op_count(); i++)
            if (op_at(i)->kind == chapters[k].kind) print_op(arena, op_at(i));
    }
    arena_free(arena);
    return 0;
}
