/* compile.c - the pipeline: every pass once, in order, each looked at with --dump. */
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

/* plan: NULL, there is none yet */
static void dump_program(const Passes *passes, const char *pass, const Program *program, const Plan *plan)
{
    if (!passes->dump || strcmp(passes->dump, pass)) return;
    Text text = text_new(program->graph->arena);
    text_add(&text, "# %s\n", program->goal->name);
    program_dump(program, plan, &text);
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

static Plan *finish(const Draft *d, const Goal *simplified, const Passes *passes)
{
    dump_goal(passes, "recompute", d->goal);
    dump_program(passes, "fuse", d->fused, NULL);
    dump_program(passes, "order", d->ordered, NULL);
    Program *better = passes->without_reorder || passes->without_order ? d->ordered : reorder(d->ordered);
    dump_program(passes, "reorder", better, NULL);
    Plan *result = plan(better, !passes->without_plan);
    if (better != d->ordered && result->workspace_bytes > result->lower_bound) {   /* a lower bound that was not reached may be above the higher one */
        Plan *other = plan(d->ordered, !passes->without_plan);
        if (other->workspace_bytes <= result->workspace_bytes) result = other;
    }
    result->simplified = simplified;
    dump_program(passes, "plan", result->program, result);
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
            return passes->dump ? finish(&d, smaller, passes) : result;
        }
        if (result->workspace_bytes < least) least = result->workspace_bytes;
    }
    fail("%s: %s takes at least %lld bytes of workspace, the budget is %lld", experiment->source.path, goal->name, (long long)least, (long long)passes->memory_budget);
}
