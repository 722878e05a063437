/* export_goal.c - the graph that is exported: what `predict` gives, and the map of the class that it predicts. */
#include "exchange/export.h"

#include <string.h>
#include <unistd.h>

#include "cam/network.h"

static const char *graph_path(Arena *arena, const RunRecord *r)
{
    const char *path = graph_of_run(arena, r->folder, r->name);
    if (access(path, F_OK)) fail("%s: there is no such file: the graph file of the run is missing", path);
    return path;
}

/* In place of the input that says a class stands the class with the largest score. */
static Goal *with_predicted_class(const Goal *goal, Value class, Value scores)
{
    Rebuild r = rebuild_new(goal->graph, goal->graph->n);
    const bool *needed = goal_needed(goal, false);
    bool *made = arena_array(r.g->arena, goal->graph->n, sizeof *made);
    for (Value v = 1; v < goal->graph->n; v++) {
        rebuild_at(&r, v);
        if (v == class) {
            const Value largest = make_argmax(r.g, r.now[scores], 2);
            rebuild_as(&r, v, make_reshape_like(r.g, largest, graph_at(goal->graph, v)->type));
        } else if (needed[v] || v == scores || !made[v]) rebuild_as(&r, v, rebuild_node(&r, v, NULL));
        made[v] = true;
    }
    return rebuild_goal(&r, goal);
}

/* A name that no root has. */
static const char *map_name(Arena *arena, const Goal *goal)
{
    NameTable used = name_table_new(arena);
    for (int i = 0; i < goal->n_roots; i++) unique(&used, goal->roots[i].name);
    return unique(&used, "grad_cam");
}

/* The same file with a map: its values come behind those of the file, so that roots of the plain one are roots here. */
static Goal *goal_with_map(Arena *arena, const RunRecord *r, const Goal *plain, const Experiment **of)
{
    const MapRequest request = map_request("grad_cam", 0, NULL, NULL);
    MapPlace place;
    Experiment *x = load_map(arena, graph_path(arena, r), r->n_settings, r->settings, &request, &place);
    const Goal *goal = goal_outputs(x, "predict", 0, x->n_outputs);
    Goal *both = arena_alloc(arena, sizeof *both);
    *both = *plain;
    both->graph = goal->graph;
    both->roots = arena_array(arena, plain->n_roots + 1, sizeof *both->roots);
    memcpy(both->roots, plain->roots, (size_t)plain->n_roots * sizeof *both->roots);
    Value scores = 0;
    for (int i = 0; i < goal->n_roots; i++) {
        if (!strcmp(goal->roots[i].name, "scores")) scores = goal->roots[i].value;
        if (strcmp(goal->roots[i].name, place.layers[0].output)) continue;
        both->roots[both->n_roots] = goal->roots[i];
        both->roots[both->n_roots++].name = map_name(arena, plain);
    }
    *of = x;
    identify_leaves(x);
    return with_predicted_class(both, x->fields[place.class_field].value, scores);
}

/* Where a file has no output, `predict` gives each value that it names; inputs are known to who gives them. */
static void leave_out_inputs(Goal *goal)
{
    int n = 0;
    for (int i = 0; i < goal->n_roots; i++)
        if (goal->roots[i].kind != ROOT_VALUE || graph_at(goal->graph, goal->roots[i].value)->op != &op_input)
            goal->roots[n++] = goal->roots[i];
    goal->n_roots = n;
}

Goal *export_goal(Arena *arena, const char *run, bool maps, const Experiment **of)
{
    const RunRecord r = read_record(arena, run);
    const char *graph = graph_path(arena, &r);
    Experiment *x = load(arena, graph, r.n_settings, r.settings);
    if (strcmp(x->graph_hash, r.graph_hash))
        fail("%s: graph_hash is %.64s, against %s of %s with the run's options", r.path, r.graph_hash, x->graph_hash,
             graph);
    identify_leaves(x);
    Goal *goal = goal_predict(x);
    leave_out_inputs(goal);
    if (!goal->n_roots) fail("%s: the file has no output and names no value: there is nothing to export", graph);
    *of = x;
    if (maps) goal = goal_with_map(arena, &r, goal, of);
    return simplify(goal, true);
}
