/* check_gradients.c - `tailor check --gradients`: the gradients of differentiate against differences, in double.
 *
 * For each parameter and float input the derivative of the loss along a random direction is computed twice: from the
 * gradient, and as a central difference of the interpreted loss.  A random sum of all gradients is treated in the same
 * way, which checks the second order.  Then each custom gradient is checked by itself, with the function's arguments as
 * the variables.  Pieces of functions meet (relu at 0), so several steps are tried and the best counts: a wrong
 * gradient is wrong at every step. */
#include "command/command.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const double steps[] = {1e-4, 1e-5, 1e-6, 1e-7};
enum { N_STEPS = sizeof steps / sizeof *steps, MOST_SAMPLES_OF_A_CHECK = 4 };
static const double most_error_1 = 1e-5, most_error_2 = 1e-4;

typedef struct Checker {
    Arena *arena;
    const Experiment *x;
    Graph *g;
    int64_t batch;
    uint64_t state;
    int n_known;                      /* number of values when base was made */
    Interpreter *base;                /* every value at the place where gradients are taken */
} Checker;

static double *random_direction(Checker *c, Value v)
{
    int64_t n = type_count(graph_at(c->g, v)->type, c->batch);
    double *d = arena_array(c->arena, n, sizeof *d);
    for (int64_t i = 0; i < n; i++) d[i] = 2 * check_random(&c->state) - 1;
    return d;
}

/* The value of s, a single element, when each x[i] moves by step * direction[i].  Values that gradients do not go
 * through keep the value that they have in base. */
static double moved(Checker *c, Arena *arena, Value s, int n, const Value *x, double *const *direction, double step)
{
    Interpreter *it = interpreter_new(arena, c->g, c->batch);
    double **values = it->values;
    *it = *c->base;
    it->values = values;
    bool *depends = arena_array(arena, c->g->n, sizeof *depends);
    for (int i = 0; i < n; i++) {
        int64_t count = type_count(graph_at(c->g, x[i])->type, c->batch);
        double *moved_values = arena_array(arena, count, sizeof *moved_values);
        for (int64_t k = 0; k < count; k++) moved_values[k] = c->base->values[x[i]][k] + step * direction[i][k];
        values[x[i]] = moved_values;
        depends[x[i]] = true;
    }
    for (Value v = 1; v < c->g->n; v++) {
        const Node *node = graph_at(c->g, v);
        for (int i = 0; i < node->n_in && node->op != &op_stop_gradient; i++)
            depends[v] = depends[v] || depends[node->in[i]];
        if (!depends[v]) values[v] = c->base->values[v];
    }
    interpret(arena, it, 1, &s);
    return values[s][0];
}

/* The error of the gradients dx of s along a random direction, relative to the larger of the gradients' and the
 * difference's result. */
static double error_of(Checker *c, Value s, int n, const Value *x, const Value *dx)
{
    double **direction = arena_array(c->arena, n, sizeof *direction), said = 0, scale = 0, best = INFINITY;
    interpret(c->arena, c->base, n, dx);
    interpret(c->arena, c->base, 1, &s);
    for (int i = 0; i < n; i++) {
        direction[i] = random_direction(c, x[i]);
        int64_t count = type_count(graph_at(c->g, x[i])->type, c->batch);
        for (int64_t k = 0; k < count; k++) {
            said += c->base->values[dx[i]][k] * direction[i][k];
            scale += fabs(c->base->values[dx[i]][k] * direction[i][k]);
        }
    }
    /* a difference of 0 may come out as large as this, since the value of s is rounded */
    const double noise = 1e-12 + 16 * DBL_EPSILON * fabs(c->base->values[s][0]) / steps[0];
    for (int i = 0; i < N_STEPS; i++) {
        Arena *arena = arena_new();
        double up = moved(c, arena, s, n, x, direction, steps[i]),
               down = moved(c, arena, s, n, x, direction, -steps[i]);
        /* terms that cancel have no relative error worth asking for */
        double found = (up - down) / (2 * steps[i]), size = scale > fabs(found) ? scale : fabs(found);
        double error = size <= noise ? 0 : fabs(found - said) / size;    /* NaN stays NaN, which is above every bound */
        if (!(error >= best)) best = error;
        arena_free(arena);
    }
    return best;
}

static bool report(const Checker *c, const char *name, Line line, const char *order, double error, double most)
{
    bool good = error <= most;
    printf("%-44s %-8s %9.1e%s\n", name, order, error, good ? "" : "  wrong");
    if (!good)
        fflush(stdout), fprintf(stderr, "%s: the gradient of %s is off by %.1e (order %s), against at most %.0e\n",
                                line_text(c->arena, line), name, error, order, most);
    return good;
}

static Value sum_all(Graph *g, Value v)
{
    int rank = graph_at(g, v)->type.rank;
    return make_reshape(g, make_sum(g, v, rank ? (1u << rank) - 1 : 0), 0, NULL);
}

/* The sum of v times random numbers, which are a leaf. */
static Value random_sum(Checker *c, Value v, Value *weights)
{
    Type type = graph_at(c->g, v)->type;
    type.elem = REAL;
    const char *name = arena_format(c->arena, "w%d", c->g->n);
    *weights = graph_add(c->g, &op_input, 0, NULL, attr_leaf(c->arena, type, name, 0, NULL));
    return sum_all(c->g, make_mul(c->g, v, *weights));
}

/* Makes the base again for a graph that has grown.  Old values stay; new leaves get random numbers. */
static void grow_base(Checker *c)
{
    Interpreter *it = interpreter_new(c->arena, c->g, c->batch);
    double **values = it->values;
    if (c->base) {
        memcpy(values, c->base->values, (size_t)c->n_known * sizeof *values);
        *it = *c->base;
        it->values = values;
    }
    c->n_known = c->g->n;
    for (Value v = 1; v < c->g->n; v++)
        if (!values[v] && graph_at(c->g, v)->op == &op_input && graph_at(c->g, v)->attr.text[0] == 'w')
            values[v] = random_direction(c, v);
    c->base = it;
}

static bool check_custom(Checker *c, Value v)
{
    const Line line = c->g->notes[v].line;
    int n_in = graph_at(c->g, v)->n_in, n = 0;
    Value weights, s = random_sum(c, graph_at(c->g, v)->in[0], &weights);
    Value *all = arena_array(c->arena, n_in, sizeof *all), *x = arena_array(c->arena, n_in, sizeof *x),
          *dx = arena_array(c->arena, n_in, sizeof *dx);
    graph_at(c->g, v)->op->gradient(c->g, v, weights, all);
    for (int i = 1; i < n_in; i++)
        if (all[i]) x[n] = graph_at(c->g, v)->in[i], dx[n++] = all[i];
    grow_base(c);
    const char *name = c->g->notes[v].name ? c->g->notes[v].name : "custom";
    return report(c, arena_format(c->arena, "%s, by its backward", name), line, "1", error_of(c, s, n, x, dx),
                  most_error_1);
}

bool check_gradients(Arena *arena, const Experiment *x)
{
    Checker c = {.arena = arena,
                 .x = x,
                 .g = graph_copy(x->graph),
                 .batch = x->batch < MOST_SAMPLES_OF_A_CHECK ? x->batch : MOST_SAMPLES_OF_A_CHECK,
                 .state = 1};
    bool good = true;
    int n = 0, most = x->n_parameters + x->n_fields;
    Value *leaves = arena_array(arena, most, sizeof *leaves), *dx = arena_array(arena, most, sizeof *dx);
    const char **names = arena_array(arena, most, sizeof *names);
    Line *lines = arena_array(arena, most, sizeof *lines);
    if (!x->loss) fail("%s: the file minimizes nothing: there is no gradient to check", x->source.path);
    for (int i = 0; i < x->n_parameters; i++)
        names[n] = x->parameters[i].name, lines[n] = x->parameters[i].line, leaves[n++] = x->parameters[i].value;
    for (int i = 0; i < x->n_fields; i++)
        if (graph_at(x->graph, x->fields[i].value)->type.elem == REAL)
            names[n] = x->fields[i].name, lines[n] = x->fields[i].line, leaves[n++] = x->fields[i].value;
    differentiate(c.g, x->loss, n, leaves, dx, false);
    int customs = x->graph->n;                       /* nodes of the file; gradients of customs come behind */
    Value second = 0, weights;
    for (int i = 0; i < n; i++) {
        Value part = random_sum(&c, dx[i], &weights);
        second = second ? make_add(c.g, second, part) : part;
    }
    Value *ddx = arena_array(arena, most, sizeof *ddx);
    if (n) differentiate(c.g, second, n, leaves, ddx, false);
    grow_base(&c);
    check_feed_give(arena, x, check_feed_new(arena, x, c.batch), c.base);
    c.base->statistics = true;
    printf("%-44s %-8s %9s\n", "gradient of", "order", "error");
    for (int i = 0; i < n; i++)
        good &= report(&c, names[i], lines[i], "1", error_of(&c, x->loss, 1, &leaves[i], &dx[i]), most_error_1);
    if (n) good &= report(&c, "all of them", x->loss_line, "2", error_of(&c, second, n, leaves, ddx), most_error_2);
    /* the value waits for the gradient that a backward is given, so it has no value */
    bool *waits = arena_array(arena, customs, sizeof *waits);
    for (Value v = 1; v < customs; v++) {
        const Node *node = graph_at(c.g, v);
        waits[v] = node->op == &op_placeholder;
        for (int i = 0; i < node->n_in; i++) waits[v] = waits[v] || waits[node->in[i]];
        if (node->op == &op_custom && !waits[v]) good &= check_custom(&c, v);
    }
    return good;
}
