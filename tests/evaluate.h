/* evaluate.h - values of a graph file that a test wrote, in double, from numbers that the test gives to its inputs,
 * parameters and states. */
#ifndef EVALUATE_H
#define EVALUATE_H
#include "tailor.h"    /* before check.h, which has a macro named fail */

#include "rt_random.h"
#include "support.h"

#include <math.h>
#include <string.h>

typedef struct Given { const char *name; const double *numbers; } Given;

SUPPORT Experiment *graph_of(Arena *arena, const char *text)
{
    return load_text(arena, "graph.lua", text, strlen(text), 0, NULL);
}

SUPPORT const Node *leaf_of(const Experiment *x, const char *name)
{
    for (int i = 0; i < x->n_fields; i++)
        if (!strcmp(x->fields[i].name, name)) return graph_at(x->graph, x->fields[i].value);
    for (int i = 0; i < x->n_parameters; i++)
        if (!strcmp(x->parameters[i].name, name)) return graph_at(x->graph, x->parameters[i].value);
    for (int i = 0; i < x->n_states; i++)
        if (!strcmp(x->states[i].name, name)) return graph_at(x->graph, x->states[i].value);
    return NULL;
}

/* The list of what is given ends with a name NULL; names that the file does not have are passed over.  In `graph`, the
 * experiment's own or one made of it, a leaf is known by its op and its text. */
SUPPORT Interpreter *evaluate(Arena *arena, const Experiment *x, const Graph *graph, int64_t batch, const Given *given,
                              int n_roots, const Value *roots, bool round_to_float)
{
    Interpreter *it = interpreter_new(arena, graph, batch);
    it->statistics = true, it->round_to_float = round_to_float;
    for (; given->name; given++) {
        const Node *leaf = leaf_of(x, given->name);
        for (Value v = 1; v < graph->n && leaf; v++) {
            const Node *node = graph_at(graph, v);
            if (node->op != leaf->op || !node->attr.text || strcmp(node->attr.text, leaf->attr.text)) continue;
            const int64_t n = type_count(node->type, batch);
            it->values[v] = arena_array(arena, n, sizeof(double));
            for (int64_t i = 0; i < n; i++)
                it->values[v][i] = round_to_float ? (double)(float)given->numbers[i] : given->numbers[i];
        }
    }
    interpret(arena, it, n_roots, roots);
    return it;
}

/* All roots of a goal. */
SUPPORT Interpreter *evaluate_goal(Arena *arena, const Experiment *x, const Goal *goal, int64_t batch,
                                   const Given *given, bool round_to_float)
{
    Value *roots = arena_array(arena, goal->n_roots, sizeof *roots);
    for (int i = 0; i < goal->n_roots; i++) roots[i] = goal->roots[i].value;
    return evaluate(arena, x, goal->graph, batch, given, goal->n_roots, roots, round_to_float);
}

SUPPORT const double *root_of(const Goal *goal, const Interpreter *it, const char *name)
{
    for (int i = 0; i < goal->n_roots; i++)
        if (!strcmp(goal->roots[i].name, name)) return it->values[goal->roots[i].value];
    return NULL;
}

/* Every root is finite, in double and as float would hold it, also of the simplified graph. */
SUPPORT void check_finite(const Experiment *x, const Goal *goal, const Goal *simple, int64_t batch, const Given *given,
                          const char *what)
{
    const Goal *goals[] = {goal, simple};
    for (int i = 0; i < 4; i++) {
        const Goal *of = goals[i / 2];
        Arena *arena = arena_new();
        const Interpreter *it = evaluate_goal(arena, x, of, batch, given, i % 2);
        for (int r = 0; r < of->n_roots; r++) {
            const int64_t n = type_count(graph_at(of->graph, of->roots[r].value)->type, batch);
            for (int64_t k = 0; k < n; k++)
                if (!isfinite(it->values[of->roots[r].value][k]))      /* an assertion that holds writes to a file */
                    ck_abort_msg("%s: element %lld of %s is %g%s%s", what, (long long)k, of->roots[r].name,
                                 it->values[of->roots[r].value][k], i % 2 ? ", in float" : "",
                                 i / 2 ? ", simplified" : "");
        }
        arena_free(arena);
    }
}

/* The derivative of f(argument) by *x, from differences at two steps: off by step^4 / 30 of the fifth derivative. */
SUPPORT double derivative(double (*f)(void *argument), void *argument, double *x, double step)
{
    const double at = *x, times[] = {1, -1, 2, -2};
    double y[4];
    for (int i = 0; i < 4; i++) *x = at + times[i] * step, y[i] = f(argument);
    *x = at;
    return (8 * (y[0] - y[1]) - (y[2] - y[3])) / (12 * step);
}

SUPPORT void fill(double *numbers, int n, uint64_t seed, double low, double high)
{
    for (int i = 0; i < n; i++) numbers[i] = low + (high - low) * rt_uniform(seed, 0, 0, 0, (uint64_t)i);
}

/* Half-pixel centres: place i of n lies at (i + 1/2) size / n - 1/2 of the input, held inside it. */
SUPPORT void resized(const double *map, int h, int w, double *out, int to_h, int to_w, bool nearest)
{
    for (int i = 0; i < to_h; i++)
        for (int j = 0; j < to_w; j++) {
            const double y = (i + 0.5) * h / to_h, x = (j + 0.5) * w / to_w;
            if (nearest) {
                out[i * to_w + j] = map[(int)floor(y) * w + (int)floor(x)];
                continue;
            }
            const double v = fmin(fmax(y - 0.5, 0), h - 1), u = fmin(fmax(x - 0.5, 0), w - 1);
            const int top = (int)v, left = (int)u, bottom = top + 1 < h ? top + 1 : top,
                      right = left + 1 < w ? left + 1 : left;
            const double above = map[top * w + left] * (left + 1 - u) + map[top * w + right] * (u - left);
            const double below = map[bottom * w + left] * (left + 1 - u) + map[bottom * w + right] * (u - left);
            out[i * to_w + j] = above * (top + 1 - v) + below * (v - top);
        }
}

#endif
