/* emission.c - the entries of an experiment, each of its goals compiled. */
#include "emit/emission.h"

#include "graph/choice.h"

/* Counts arithmetic operations of one sample, without those of recomputation.  A contraction says its own number; every
 * other computed element counts as one. */
static void count_flops(Emission *e, const Goal *goal)
{
    const Graph *g = goal->graph;
    const bool *forward = goal_needed(goal, true);
    double all = 0, there = 0;
    for (Value v = g->n - 1; v > 0; v--) {
        const Node *node = graph_at(g, v);
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
    *e = (Emission){.experiment = x,
                    .without = passes->without,
                    .slicing = slicing_of(batch),
                    .qualifier = passes->qualify ? arena_format(x->graph->arena, "%s_",
                                                                c_identifier(x->graph->arena, x->source.name))
                                                 : ""};
    return e;
}

static Goal *first_goal(const Experiment *x) { return x->loss ? goal_train(x) : goal_predict(x); }

Emission *emission_new(const Experiment *x, int64_t batch, const Passes *passes)
{
    if (passes->watch && !x->loss)
        fail("%s: the file does not minimize anything: there is no run to watch", x->source.path);
    const Experiment *y = compile_experiment(x, batch, passes);
    Emission *e = emission(x, batch, passes);
    e->entries[e->n_entries++] = compile(x, first_goal(y), e->slicing, passes);
    count_flops(e, y == x ? e->entries[0]->simplified : simplify(first_goal(x), true));
    if (passes->profile) e->costs = step_costs(e->entries[0]);
    if (x->loss) e->entries[e->n_entries++] = compile(x, goal_evaluate(y), e->slicing, passes);
    if (x->loss && has_predictions(x)) e->entries[e->n_entries++] = compile(x, goal_predict(y), e->slicing, passes);
    if (passes->watch) {
        e->watched = watched_of(y, passes->watch, &e->n_watched);
        e->entries[e->n_entries++] = compile(x, goal_watch(y, e->n_watched, e->watched), e->slicing, passes);
    }
    e->instance = true;
    share(e);
    return e;
}

Emission *emission_inference(const Experiment *x, int64_t batch, const Passes *passes)
{
    const Experiment *y = compile_experiment(x, batch, passes);
    Emission *e = emission(x, batch, passes);
    e->form = FORM_INFERENCE;
    e->instance = true;
    e->entries[e->n_entries++] = compile(x, goal_predict(y), e->slicing, passes);
    count_flops(e, y == x ? e->entries[0]->simplified : simplify(goal_predict(x), true));
    share(e);
    return e;
}

Emission *emission_check(const Experiment *x, int64_t batch, const Passes *passes)
{
    Emission *e = emission(x, batch, passes);
    e->slicing = (Slicing){.batch = batch, .slices = 1, .slice = batch};
    e->entries[e->n_entries++] = compile(x, goal_grad(compile_experiment(x, batch, passes), false), e->slicing, passes);
    share(e);
    return e;
}

Emission *emission_grad(const Experiment *x, int64_t batch, bool training, const Passes *passes)
{
    const Experiment *y = compile_experiment(x, batch, passes);
    Emission *e = emission(x, batch, passes);
    e->entries[e->n_entries++] = compile(x, goal_grad(y, training), e->slicing, passes);
    count_flops(e, y == x ? e->entries[0]->simplified : simplify(goal_grad(x, training), true));
    share(e);
    return e;
}

Emission *emission_map(const Experiment *x, int64_t batch, const Passes *passes)
{
    enum { PREDICTED = 2 };
    const Experiment *y = compile_experiment(x, batch, passes);
    Emission *e = emission(x, batch, passes);
    e->entries[e->n_entries++] = compile(x, goal_outputs(y, "predict", 0, PREDICTED), e->slicing, passes);
    e->entries[e->n_entries++] = compile(x, goal_outputs(y, "map", PREDICTED, x->n_outputs - PREDICTED), e->slicing,
                                         passes);
    share(e);
    return e;
}

bool is_trainer(EmittedForm form) { return form == FORM_FOLDER || form == FORM_SINGLE; }

bool uses_openblas(const Experiment *x)
{
    const Tuning *t = x->graph->tuning;
    for (int i = 0; t && i < t->n; i++)
        if (algorithm_at(t->choices[i].chosen)->openblas) return true;
    return false;
}
