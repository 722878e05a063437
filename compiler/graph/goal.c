/* goal.c - the results that are wanted of an experiment: one graph, several entries.
 *
 *   train      the loss, the metrics, the new values of the states; the gradient of every parameter that is not
 *              frozen, for its update
 *   evaluate   the loss and the metrics
 *   predict    the outputs, and the value logits; where there is neither, every named value
 *   grad       every named value, every output, the loss, the metrics, the new values of the states; the gradient of
 *              every parameter and float input
 *   watch      values and parameters by name, each followed by the gradient of the loss by it
 *
 * Normalisation uses the statistics of the batch in train, grad and watch, those of the state in evaluate and
 * predict. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "graph/experiment.h"
#include "graph/op.h"

#include <string.h>

static Goal *goal_new(const Experiment *e, const char *name, bool training)
{
    Goal *goal = arena_alloc(e->graph->arena, sizeof *goal);
    goal->name = name;
    goal->training = training;
    goal->graph = graph_copy(e->graph);
    int most = 2 * e->n_parameters + e->n_states + e->n_fields + e->n_metrics + e->n_values + e->n_outputs + 1;
    goal->roots = arena_array(e->graph->arena, most, sizeof *goal->roots);
    return goal;
}

static void add_root(Goal *goal, RootKind kind, const char *name, Value value, int index)
{
    goal->roots[goal->n_roots++] = (Root){kind, name, value, graph_at(goal->graph, value)->type, index};
}

static void add_loss(Goal *goal, const Experiment *e)
{
    if (e->loss) add_root(goal, ROOT_LOSS, "loss", e->loss, 0);
}

static void add_loss_and_metrics(Goal *goal, const Experiment *e)
{
    add_loss(goal, e);
    for (int i = 0; i < e->n_metrics; i++) add_root(goal, ROOT_METRIC, e->metrics[i].name, e->metrics[i].value, i);
}

/* Adds the gradients of the loss by the parameters and, for `grad`, by the float inputs. */
static void add_gradients(Goal *goal, const Experiment *e, RootKind kind, bool inputs)
{
    if (!e->loss) return;
    int n = 0, most = e->n_parameters + e->n_fields;
    Value *x = arena_array(goal->graph->arena, most, sizeof *x),
          *dx = arena_array(goal->graph->arena, most, sizeof *dx);
    const char **names = arena_array(goal->graph->arena, most, sizeof *names);
    int *index = arena_array(goal->graph->arena, most, sizeof *index);
    for (int i = 0; i < e->n_parameters; i++) {
        if (kind == ROOT_UPDATE && e->parameters[i].frozen) continue;
        names[n] = e->parameters[i].name, index[n] = i, x[n++] = e->parameters[i].value;
    }
    for (int i = 0; inputs && i < e->n_fields; i++)
        if (graph_at(e->graph, e->fields[i].value)->type.elem == REAL)
            names[n] = e->fields[i].name, index[n] = n, x[n] = e->fields[i].value, n++;
    differentiate(goal->graph, e->loss, n, x, dx, false);
    for (int i = 0; i < n; i++)
        add_root(goal, kind, arena_format(goal->graph->arena, "d_%s", names[i]), dx[i], index[i]);
}

static void add_states(Goal *goal, const Experiment *e, RootKind kind)
{
    goal->statistics = true;
    for (int i = 0; i < e->n_states; i++)
        if (e->states[i].next) add_root(goal, kind, e->states[i].name, e->states[i].next, i);
}

Goal *goal_train(const Experiment *e)
{
    Goal *goal = goal_new(e, "train", true);
    add_loss_and_metrics(goal, e);
    add_gradients(goal, e, ROOT_UPDATE, false);
    add_states(goal, e, ROOT_STATE);
    return goal;
}

Goal *goal_evaluate(const Experiment *e)
{
    Goal *goal = goal_new(e, "evaluate", false);
    add_loss_and_metrics(goal, e);
    return goal;
}

static bool has_root(const Goal *goal, const char *name)
{
    for (int i = 0; i < goal->n_roots; i++)
        if (!strcmp(goal->roots[i].name, name)) return true;
    return false;
}

/* The value that is called logits; NULL: there is none. */
static const Named *logits(const Experiment *e)
{
    for (int i = 0; i < e->n_values; i++)
        if (!strcmp(e->values[i].name, "logits")) return &e->values[i];
    return NULL;
}

bool has_predictions(const Experiment *e) { return e->n_outputs || logits(e); }

Goal *goal_predict(const Experiment *e)
{
    Goal *goal = goal_new(e, "predict", false);
    const Named *scores = logits(e);
    for (int i = 0; i < e->n_outputs; i++) add_root(goal, ROOT_OUTPUT, e->outputs[i].name, e->outputs[i].value, i);
    if (scores && !has_root(goal, "logits"))
        add_root(goal, ROOT_VALUE, "logits", scores->value, (int)(scores - e->values));
    for (int i = 0; i < e->n_values && !has_predictions(e); i++)
        add_root(goal, ROOT_VALUE, e->values[i].name, e->values[i].value, i);
    return goal;
}

Goal *goal_outputs(const Experiment *e, const char *name, int first, int n)
{
    Goal *goal = goal_new(e, name, false);
    for (int i = first; i < first + n; i++) add_root(goal, ROOT_OUTPUT, e->outputs[i].name, e->outputs[i].value, i);
    return goal;
}

Goal *goal_grad(const Experiment *e, bool training)
{
    Goal *goal = goal_new(e, "grad", training);
    add_loss(goal, e);
    for (int i = 0; i < e->n_values; i++) add_root(goal, ROOT_VALUE, e->values[i].name, e->values[i].value, i);
    for (int i = 0; i < e->n_outputs; i++)
        if (!has_root(goal, e->outputs[i].name))
            add_root(goal, ROOT_OUTPUT, e->outputs[i].name, e->outputs[i].value, i);
    add_gradients(goal, e, ROOT_GRADIENT, true);
    add_states(goal, e, ROOT_VALUE);
    /* The names of metrics are apart from those of values: where both have one, `grad` gives the value. */
    for (int i = 0; i < e->n_metrics; i++)
        if (!has_root(goal, e->metrics[i].name))
            add_root(goal, ROOT_METRIC, e->metrics[i].name, e->metrics[i].value, i);
    return goal;
}

/* ---- what is watched ---- */

/* The value or parameter of that name; 0: there is none. */
static Value value_named(const Experiment *e, const char *name, const char **own)
{
    for (int i = 0; i < e->n_values; i++)
        if (!strcmp(e->values[i].name, name)) return *own = e->values[i].name, e->values[i].value;
    for (int i = 0; i < e->n_parameters; i++)
        if (!strcmp(e->parameters[i].name, name)) return *own = e->parameters[i].name, e->parameters[i].value;
    return 0;
}

static _Noreturn void not_known(const Experiment *e, const char *name)
{
    Arena *arena = e->graph->arena;
    const char **known = arena_array(arena, e->n_values + e->n_parameters, sizeof *known);
    int n = 0;
    for (int i = 0; i < e->n_values; i++) known[n++] = e->values[i].name;
    for (int i = 0; i < e->n_parameters; i++) known[n++] = e->parameters[i].name;
    fail("%s: no value or parameter is called %.200s, which is to be watched%s", e->source.path, name,
         did_you_mean(arena, name, n, known, ""));
}

Watched *watched_of(const Experiment *e, const char *names, int *n)
{
    Arena *arena = e->graph->arena;
    Watched *list = arena_array(arena, (int64_t)strlen(names) + 1, sizeof *list);
    char *rest = arena_copy(arena, names);
    int roots = 0;
    *n = 0;
    for (char *name; (name = strsep(&rest, ","));) {
        Watched *w = &list[*n];
        w->value = value_named(e, name, &w->name);
        if (!w->value) not_known(e, name);
        for (int i = 0; i < *n; i++)
            if (!strcmp(list[i].name, name)) fail("%s: %s is to be watched twice", e->source.path, name);
        w->root = roots++;
        w->gradient = graph_at(e->graph, w->value)->type.elem == REAL ? roots++ : -1;
        ++*n;
    }
    return list;
}

Goal *goal_watch(const Experiment *e, int n, const Watched *watched)
{
    Arena *arena = e->graph->arena;
    Goal *goal = goal_new(e, "watch", true);
    Value *x = arena_array(arena, n, sizeof *x), *dx = arena_array(arena, n, sizeof *dx);
    int n_real = 0;
    goal->statistics = true;
    goal->roots = arena_array(arena, 2 * (int64_t)n, sizeof *goal->roots);
    for (int i = 0; i < n; i++)
        if (watched[i].gradient >= 0) x[n_real++] = watched[i].value;
    differentiate(goal->graph, e->loss, n_real, x, dx, false);
    n_real = 0;
    for (int i = 0; i < n; i++) {
        add_root(goal, ROOT_VALUE, watched[i].name, watched[i].value, i);
        if (watched[i].gradient >= 0)
            add_root(goal, ROOT_GRADIENT, arena_format(arena, "d_%s", watched[i].name), dx[n_real++], i);
    }
    return goal;
}

bool *goal_needed(const Goal *goal, bool forward)
{
    Arena *arena = goal->graph->arena;
    Value *roots = arena_array(arena, goal->n_roots, sizeof *roots);
    for (int i = 0; i < goal->n_roots; i++)
        if (!forward || goal->roots[i].kind < ROOT_GRADIENT || goal->roots[i].kind == ROOT_STATE)
            roots[i] = goal->roots[i].value;
    return graph_needed(arena, goal->graph, goal->n_roots, roots, NULL);
}
