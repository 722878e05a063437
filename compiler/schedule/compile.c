/* compile.c - the pipeline: every pass once, in order, each looked at with --dump. */
#include "emit/emission.h"
#include "schedule/program.h"

#include <string.h>

static void dump(const Passes *passes, const char *pass, const Text *text)
{
    if (passes->dump && !strcmp(passes->dump, pass)) fputs(text->chars, stdout);
}

static void dump_goal(const Passes *passes, const char *pass, const Goal *goal)
{
    if (!passes->dump || strcmp(passes->dump, pass)) return;
    Text text = text_new(goal->graph->arena);
    Value *roots = arena_array(goal->graph->arena, goal->n_roots, sizeof *roots);
    for (int i = 0; i < goal->n_roots; i++) roots[i] = goal->roots[i].value;
    text_add(&text, "# %s\n", goal->name);
    graph_dump(goal->graph, &text, goal->n_roots, roots);
    for (int i = 0; i < goal->n_roots; i++) text_add(&text, "%s: %%%d\n", goal->roots[i].name, goal->roots[i].value);
    dump(passes, pass, &text);
}

static void dump_program(const Passes *passes, const char *pass, const Program *program)
{
    if (!passes->dump || strcmp(passes->dump, pass)) return;
    Text text = text_new(program->graph->arena);
    text_add(&text, "# %s\n", program->goal->name);
    program_dump(program, &text);
    dump(passes, pass, &text);
}

/* A goal as far as it needs no memory yet: named kernels, and a sequence of them. */
typedef struct Draft {
    const Goal *goal;
    Program *fused, *ordered;
} Draft;

static Draft draft(const Experiment *experiment, const Goal *goal, Slicing slicing, const Passes *passes)
{
    Draft d = {.goal = goal, .fused = fuse(experiment, goal, slicing, !passes->without_fuse)};
    name_program(d.fused, passes->qualify);
    d.ordered = order(d.fused, !passes->without_order);
    return d;
}

/* Once for a draft: plan() writes into its buffers. */
static Plan *finish(const Draft *d, const Goal *simplified, const Passes *passes)
{
    dump_goal(passes, "recompute", d->goal);
    dump_program(passes, "fuse", d->fused);
    dump_program(passes, "order", d->ordered);
    Program *better = passes->without_reorder || passes->without_order ? d->ordered : reorder(d->ordered);
    dump_program(passes, "reorder", better);
    Plan *result = plan(better, !passes->without_plan);
    if (better != d->ordered && result->workspace_bytes > result->lower_bound) {   /* a lower bound that was not reached may be above the higher one */
        Plan *other = plan(d->ordered, !passes->without_plan);
        if (other->workspace_bytes <= result->workspace_bytes) result = other;
    }
    result->simplified = simplified;
    dump_program(passes, "plan", result->program);
    return result;
}

/* A step that computes everything again wherever it is read would grow with the square of the network. */
enum { MOST_GROWTH = 10 };

/* The draft with what this level of recomputation computes again: itself where that is nothing.  false: the step would be too long. */
static bool compute_again(Draft *d, const Draft *first, const Passes *passes, int level)
{
    const Goal *again = passes->without_recompute ? first->goal : recompute(first->goal, first->ordered, level);
    if (level && again->graph->n > MOST_GROWTH * first->goal->graph->n) return false;
    *d = again == first->goal ? *first : draft(first->fused->experiment, again, first->fused->slicing, passes);
    return true;
}

/* Within a budget of memory: the first level of recomputation that keeps to it, so a smaller budget never takes more memory. */
Plan *compile(const Experiment *experiment, const Goal *goal, Slicing slicing, const Passes *passes)
{
    dump_goal(passes, "differentiate", goal);
    const Goal *smaller = simplify(goal, !passes->without_simplify);
    dump_goal(passes, "simplify", smaller);
    const Draft first = draft(experiment, smaller, slicing, passes);
    Plan *plain = NULL;                            /* of the first draft, where a level computes nothing again */
    int64_t least = INT64_MAX;
    Passes quiet = *passes;
    if (passes->memory_budget) quiet.dump = NULL;
    for (int level = 0; level < (passes->without_recompute || !passes->memory_budget ? 1 : RECOMPUTE_LEVELS); level++) {
        Draft d;
        if (!compute_again(&d, &first, passes, level)) continue;
        const bool same = d.fused == first.fused;
        Plan *result = same && plain ? plain : finish(&d, smaller, &quiet);
        if (same) plain = result;
        if (!passes->memory_budget) return result;
        if (result->workspace_bytes <= passes->memory_budget) {
            if (!passes->dump) return result;
            Draft shown = draft(experiment, d.goal, slicing, passes);
            return finish(&shown, smaller, passes);
        }
        if (result->workspace_bytes < least) least = result->workspace_bytes;
    }
    fail("%s: %s takes at least %lld bytes of workspace, the budget is %lld", experiment->source.path, goal->name, (long long)least, (long long)passes->memory_budget);
}

/* ---- dumps and counts ---- */

static const char *const kind_names[] = {"compute", "pack", "combine", "unpack", "check", "norm", "finite", "update", "commit"};

void program_dump(const Program *p, Text *text)
{
    static const char *const modes[] = {"once", "sample", "reduce", "whole"}, *const owners[] = {"thread", "slice", "batch", "result"};
    for (int k = 0; k < p->n_kernels; k++) {
        const Kernel *kernel = &p->kernels[k];
        for (int s = 0; s < p->n_segments; s++)
            if (p->segments[s].first == k) text_add(text, "segment %s\n", p->segments[s].sliced ? "slices" : "once");
        text_add(text, "%3d %-7s %-6s %s", k, kind_names[kernel->kind], modes[kernel->mode], kernel->name ? kernel->name : "");
        text_pad(text, 48);
        for (int i = 0; i < kernel->n_reads; i++) text_add(text, i ? ", %s" : "%s", p->buffers[kernel->reads[i]].name);
        text_add(text, " ->");
        for (int i = 0; i < kernel->n_writes; i++) text_add(text, i ? ", %s" : " %s", p->buffers[kernel->writes[i]].name);
        text_add(text, "\n");
        for (int i = 0; i < kernel->n_kept; i++) {
            Value v = kernel->kept[i];
            text_add(text, "        %%%d %s = %s\n", v, p->buffer_of[v] >= 0 ? p->buffers[p->buffer_of[v]].name : "(local)", formula(p, k, v));
        }
    }
    for (int b = 0; b < p->n_buffers; b++) {
        const Buffer *buffer = &p->buffers[b];
        text_add(text, "buffer %s", buffer->name ? buffer->name : "?");
        text_pad(text, 40);
        text_add(text, "%-7s %s", owners[buffer->owner], type_text(p->graph->arena, buffer->type));
        text_pad(text, 72);
        text_add(text, "[%d, %d) %lld bytes at %lld", buffer->lower, buffer->upper, (long long)buffer->bytes, (long long)buffer->offset);
        if (buffer->in_place_of >= 0) text_add(text, " in place of %s", p->buffers[buffer->in_place_of].name);
        text_add(text, "\n");
    }
}

const Segment *segment_of(const Program *p, int kernel)
{
    int first = 0, last = p->n_segments - 1;
    while (first < last) {
        const int middle = (first + last) / 2;
        if (kernel < p->segments[middle].last) last = middle;
        else first = middle + 1;
    }
    return &p->segments[first];
}

int count_kernels(const Program *p, KernelKind kind, int backward)
{
    int n = 0;
    for (int k = 0; k < p->n_kernels; k++) n += p->kernels[k].kind == kind && (backward < 0 || p->kernels[k].backward == backward);
    return n;
}

/* ---- entries ---- */

/* Arithmetic operations of a sample, none counted again: a contraction says its own, every other computed element counts as one. */
static void count_flops(Emission *e, const Goal *goal)
{
    const Graph *g = goal->graph;
    bool *forward = arena_array(g->arena, g->n, sizeof *forward);
    for (int i = 0; i < goal->n_roots; i++)
        if (goal->roots[i].kind < ROOT_GRADIENT || goal->roots[i].kind == ROOT_STATE) forward[goal->roots[i].value] = true;
    double all = 0, there = 0;
    for (Value v = g->n - 1; v > 0; v--) {
        const Node *node = graph_at(g, v);
        for (int i = 0; i < node->n_in; i++) forward[node->in[i]] |= forward[v];
        if (node->op->kind == LEAF || node->op->kind == VIEW) continue;
        Type loops = node->op->kind == REDUCE ? graph_at(g, node->in[0])->type : node->type;
        double flops = node->op->cost ? node->op->cost(g, v, 1).flops : (double)type_count(loops, 1);
        all += flops;
        if (forward[v]) there += flops;
    }
    e->flops_step = (int64_t)all;
    e->flops_forward = (int64_t)there;
}

static Emission *emission(const Experiment *x, int64_t batch, const Passes *passes)
{
    Emission *e = arena_alloc(x->graph->arena, sizeof *e);
    *e = (Emission){.experiment = x, .slicing = slicing_of(batch),
                     .qualifier = passes->qualify ? arena_format(x->graph->arena, "%s_", c_identifier(x->graph->arena, x->source.name)) : ""};
    return e;
}

/* What goals are made of: nothing else of an experiment knows that it was folded. */
static const Experiment *folded(const Experiment *x, int64_t batch, const Passes *passes)
{
    const Experiment *result = passes->without_fold ? x : fold_channels(x, batch);
    if (passes->dump && !strcmp(passes->dump, "fold")) {
        Text text = text_new(x->graph->arena);
        graph_dump(result->graph, &text, 0, NULL);
        dump(passes, "fold", &text);
    }
    return result;
}

static Goal *first_goal(const Experiment *x) { return x->loss ? goal_train(x) : goal_predict(x); }

Emission *emission_new(const Experiment *x, int64_t batch, const Passes *passes)
{
    const Experiment *y = folded(x, batch, passes);
    Emission *e = emission(x, batch, passes);
    e->entries[e->n_entries++] = compile(x, first_goal(y), e->slicing, passes);
    count_flops(e, y == x ? e->entries[0]->simplified : simplify(first_goal(x), true));
    if (passes->profile) e->costs = kernel_costs(e->entries[0]->program);
    if (x->loss) e->entries[e->n_entries++] = compile(x, goal_evaluate(y), e->slicing, passes);
    if (x->loss && x->n_outputs) e->entries[e->n_entries++] = compile(x, goal_predict(y), e->slicing, passes);
    share(e);
    return e;
}

Emission *emission_check(const Experiment *x, int64_t batch, const Passes *passes)
{
    Emission *e = emission(x, batch, passes);
    e->slicing = (Slicing){.batch = batch, .slices = 1, .slice = batch};
    e->entries[e->n_entries++] = compile(x, goal_grad(folded(x, batch, passes), false), e->slicing, passes);
    share(e);
    return e;
}

Emission *emission_grad(const Experiment *x, int64_t batch, bool training, const Passes *passes)
{
    const Experiment *y = folded(x, batch, passes);
    Emission *e = emission(x, batch, passes);
    e->entries[e->n_entries++] = compile(x, goal_grad(y, training), e->slicing, passes);
    count_flops(e, y == x ? e->entries[0]->simplified : simplify(goal_grad(x, training), true));
    share(e);
    return e;
}

Emission *emission_map(const Experiment *x, int64_t batch, const Passes *passes)
{
    enum { PREDICTED = 2 };
    const Experiment *y = folded(x, batch, passes);
    Emission *e = emission(x, batch, passes);
    e->entries[e->n_entries++] = compile(x, goal_outputs(y, "predict", 0, PREDICTED), e->slicing, passes);
    e->entries[e->n_entries++] = compile(x, goal_outputs(y, "map", PREDICTED, x->n_outputs - PREDICTED), e->slicing, passes);
    share(e);
    return e;
}
