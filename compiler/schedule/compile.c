/* compile.c - the table of passes, and the one way through it. */
#include "schedule/program.h"

#include "rt_settings.h"

#include <string.h>

/* A compilation under way: the results of the passes that have run. */
struct Draft {
    const Passes *passes;
    const Experiment *named;       /* the experiment whose names and leaf numbers a program has */
    const Experiment *experiment;  /* the experiment that goals are made of; only here is it known that it was folded */
    Slicing slicing;
    const Goal *goal;
    const Goal *simplified;        /* before recomputation */
    const Program *program;
    const Program *ordered;        /* before reordering */
    Plan *plan;
    int level;                     /* level of recomputation */
    int64_t most;                  /* samples of a chunk, at most */
    int64_t enough;                /* bytes that a plan may take */
    const char *shown;             /* text for --dump, made by the pass that it names */
};

static bool left_out(const Passes *passes, int pass) { return passes->without >> pass & 1; }

/* ---- the passes ---- */

static void run_fold(Draft *d, bool enabled)
{
    if (enabled) d->experiment = fold_channels(d->experiment, d->slicing.batch);
}

static void run_simplify(Draft *d, bool enabled) { d->simplified = d->goal = simplify(d->goal, enabled); }

static void run_recompute(Draft *d, bool enabled)
{
    if (enabled) d->goal = recompute(d->goal, d->program, d->level);
}

static void run_fuse(Draft *d, bool enabled)
{
    Program *fused = fuse(d->named, d->goal, d->slicing, enabled);
    name_program(fused, d->passes->qualify);
    d->program = fused;
}

static void run_order(Draft *d, bool enabled) { d->program = order(d->program, enabled); }

/* Does nothing when order is left out, too: then the sequence is meant to be arbitrary. */
static void run_reorder(Draft *d, bool enabled)
{
    d->ordered = d->program;
    if (enabled && !left_out(d->passes, pass_number("order"))) d->program = reorder(d->program);
}

/* Reordering measures sequences before chunks are chosen, and its plan may miss its lower bound.  Where the sequence
 * before it takes no more bytes, that is kept. */
static void run_plan(Draft *d, bool enabled)
{
    d->plan = plan(d->program, enabled, d->most, d->enough);
    if (d->program != d->ordered) {
        Plan *other = plan(d->ordered, enabled, d->most, d->enough);
        if (other->workspace_bytes <= d->plan->workspace_bytes) d->plan = other;
    }
    d->plan->simplified = d->simplified;
}

static void dump_experiment(const Draft *d, Text *text) { graph_dump(d->experiment->graph, text, 0, NULL); }

static void dump_goal(const Draft *d, Text *text)
{
    const Goal *goal = d->goal;
    Value *roots = arena_array(goal->graph->arena, goal->n_roots, sizeof *roots);
    for (int i = 0; i < goal->n_roots; i++) roots[i] = goal->roots[i].value;
    text_add(text, "# %s\n", goal->name);
    graph_dump(goal->graph, text, goal->n_roots, roots);
    for (int i = 0; i < goal->n_roots; i++) text_add(text, "%s: %%%d\n", goal->roots[i].name, goal->roots[i].value);
}

static void dump_program(const Draft *d, Text *text)
{
    text_add(text, "# %s\n", d->program->goal->name);
    program_dump(d->program, NULL, text);
}

static void dump_plan(const Draft *d, Text *text)
{
    text_add(text, "# %s\n", d->program->goal->name);
    program_dump(d->plan->program, d->plan, text);
}

static const Pass table[] = {
    {"load", .dump = dump_experiment},
    {"fold", run_fold, dump_experiment, .optional = true},
    {"differentiate", .dump = dump_goal},
    {"simplify", run_simplify, dump_goal, .optional = true},
    {"recompute", run_recompute, dump_goal, .optional = true, .same_bits = true},
    {"fuse", run_fuse, dump_program, .optional = true, .same_bits = true},
    {"order", run_order, dump_program, .optional = true, .same_bits = true},
    {"reorder", run_reorder, dump_program, .optional = true, .same_bits = true},
    {"plan", run_plan, dump_plan, .optional = true, .same_bits = true},
};

int pass_count(void) { return (int)(sizeof table / sizeof *table); }
const Pass *pass_at(int i) { return &table[i]; }

int pass_number(const char *name)
{
    for (int i = 0; i < pass_count(); i++)
        if (!strcmp(table[i].name, name)) return i;
    return -1;
}

/* ---- the way through them ---- */

/* Runs the passes from `first` up to, not including, `last`.  The result of a pass that runs once is printed at once,
 * so it is there even when a later pass fails. */
static void run(Draft *d, int first, int last)
{
    Arena *arena = d->experiment->graph->arena;
    for (int i = first; i < last; i++) {
        if (table[i].run) table[i].run(d, !left_out(d->passes, i));
        if (!d->passes->dump || strcmp(d->passes->dump, table[i].name)) continue;
        Text text = text_new(arena);
        table[i].dump(d, &text);
        if (d->program) d->shown = text.chars;
        else fputs(text.chars, stdout);
    }
}

const Experiment *compile_experiment(const Experiment *x, int64_t batch, const Passes *passes)
{
    Draft d = {.passes = passes, .named = x, .experiment = x, .slicing.batch = batch};
    run(&d, 0, pass_number("differentiate"));
    return d.experiment;
}

/* Recomputation may multiply the number of nodes by no more than this.  A step that computes every value again wherever
 * it is read would grow with the square of the network. */
enum { MOST_GROWTH = 10 };

/* The goal with what waits in memory rounded: of the program that all passes make, whichever are left out. */
static const Goal *stored(const Draft *first)
{
    Draft d = *first;
    run_fuse(&d, true);
    run_order(&d, true);
    run_recompute(&d, true);
    run_fuse(&d, true);
    run_order(&d, true);
    const Goal *rounded = store_bf16(d.goal, d.program);
    return rounded == d.goal ? first->goal : rounded;            /* nothing waits: as if nobody had asked */
}

/* Plans with chunks of at most `most` samples. */
static bool fits(Draft *d, int64_t most, int64_t bytes)
{
    d->most = most, d->enough = bytes;
    run(d, pass_number("plan"), pass_count());
    return d->plan->workspace_bytes <= bytes;
}

/* The fewest bytes that any of the drafts takes, with any size of chunks: tried from the smallest on. */
static int64_t least_bytes(int n, Draft *drafts)
{
    int64_t least = INT64_MAX;
    for (int i = n; i-- > 0;)
        for (int halvings = 62; halvings >= 0; halvings--) {           /* those that compile() tries */
            const int64_t most = drafts[i].slicing.slice >> halvings;
            if (most && fits(&drafts[i], most, least - 1)) least = drafts[i].plan->workspace_bytes;
        }
    return least;
}

/* Compiles a goal.  Values to compute again are found in a program that recomputes nothing.  The graph with
 * recomputation then goes through the same passes from fusion on.  With a budget of memory, chunks of fewer samples are
 * tried, and then the next level of recomputation.  The first plan that keeps to it is taken, so a smaller budget never
 * takes more memory. */
Plan *compile(const Experiment *x, const Goal *goal, Slicing slicing, const Passes *passes)
{
    const int again = pass_number("recompute"), planning = pass_number("plan");
    const int levels = passes->memory_budget && !left_out(passes, again) ? RECOMPUTE_LEVELS : 1;
    const int64_t budget = passes->memory_budget ? passes->memory_budget : INT64_MAX;
    Draft first = {.passes = passes, .named = x, .experiment = x, .slicing = slicing, .goal = goal},
          drafts[RECOMPUTE_LEVELS];
    run(&first, pass_number("differentiate"), again);
    if (!strcmp(rt_setting_word(rt_setting("storage"), &x->train), "bf16")) first.goal = stored(&first);
    run(&first, again + 1, pass_number("reorder"));
    bool plain = false;                            /* a level at which no value is computed again has been planned */
    int n = 0;
    for (int level = 0; level < levels; level++) {
        Draft *d = &drafts[n];
        *d = first;
        d->level = level;
        run(d, again, again + 1);
        const bool same = d->goal == first.goal;
        if ((same && plain) || (level && d->goal->graph->n > MOST_GROWTH * first.goal->graph->n)) continue;
        if (same) plain = true;
        else run(d, again + 1, pass_number("reorder"));
        run(d, pass_number("reorder"), planning);
        n++;
        for (int64_t most = slicing.slice; most > 0; most /= 2) {
            if (!fits(d, most, budget)) continue;
            if (d->shown) fputs(d->shown, stdout);
            return d->plan;
        }
    }
    fail("%s: %s takes at least %lld bytes of workspace, the budget is %lld", x->source.path, goal->name,
         (long long)least_bytes(n, drafts), (long long)passes->memory_budget);
}
