/* test_ops.c - every sample of every op: values, gradients of order 1 and 2, and that a wrong gradient rule would be
 * noticed.
 *
 * A gradient is checked by one number: for random weights r, s = sum(y * r); the derivative of s along a random
 * direction is what differentiate says, summed up, and what a central difference says.  The second order repeats this
 * for the sum of the gradients.  All in double; the arguments are kept away from each other and from 0, where pieces of
 * functions meet. */
#include "tailor.h"

#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BATCH = 3, MOST_LEAVES = 16 };


/* Numbers in [-1, 1] in random order, spaced, none near 0. */
static double *spaced_numbers(Arena *arena, int64_t n, uint64_t *state)
{
    double *x = arena_array(arena, n, sizeof *x);
    for (int64_t i = 0; i < n; i++) {
        int64_t k = (int64_t)(random_bits(state) % (uint64_t)(i + 1));
        double number = -0.95 + 1.9 * ((double)i + 0.25 + 0.5 * random_real(state)) / (double)n;
        x[i] = x[k];
        x[k] = number < 0 ? number - 0.05 : number + 0.05;
    }
    return x;
}

static double *random_numbers(Arena *arena, int64_t n, uint64_t *state)
{
    double *x = arena_array(arena, n, sizeof *x);
    for (int64_t i = 0; i < n; i++) x[i] = 2 * random_real(state) - 1;
    return x;
}

/* ---- one check ---- */

/* A sample as a graph, with the numbers that its inputs and parameters get. */
typedef struct Case {
    Arena *arena;
    Graph *graph;
    Value y;
    int n_leaves, n_real;              /* the first n_real are differentiated by */
    Value leaves[MOST_LEAVES];
    double *numbers[MOST_LEAVES];
    uint64_t state;
} Case;

static int64_t count_of(const Case *c, Value v) { return type_count(graph_at(c->graph, v)->type, BATCH); }

static Value add_leaf(Case *c, const char *name, Type type)
{
    Value v = graph_add(c->graph, &op_input, 0, NULL, attr_leaf(c->arena, type, name, 0, NULL));
    ck_assert_int_lt(c->n_leaves, MOST_LEAVES);
    c->leaves[c->n_leaves] = v;
    c->numbers[c->n_leaves++] = random_numbers(c->arena, count_of(c, v), &c->state);
    return v;
}

static Interpreter *evaluate(const Case *c, Arena *arena, Value root, const Interpreter *frozen, double step,
                             double *const *direction)
{
    Interpreter *it = interpreter_new(arena, c->graph, BATCH);
    it->seed = 5;
    it->training = true;
    for (int i = 0; i < c->n_leaves; i++) {
        int64_t n = count_of(c, c->leaves[i]);
        double *x = arena_array(arena, n, sizeof *x);
        for (int64_t k = 0; k < n; k++) x[k] = c->numbers[i][k] + (i < c->n_real ? step * direction[i][k] : 0);
        it->values[c->leaves[i]] = x;
    }
    /* what gradients do not go through does not move either */
    for (Value v = 1; frozen && v < c->graph->n; v++)
        if (!strcmp(graph_at(c->graph, v)->op->name, op_stop_gradient.name)) it->values[v] = frozen->values[v];
    interpret(arena, it, 1, &root);
    return it;
}

/* relative error; the size of what was compared, 0: vacuous */
typedef struct Derivative { double error, scale; } Derivative;

/* The derivative of s, of one element, along a random direction against what its gradients dx say. */
static Derivative compare(Case *c, Value s, const Value *dx)
{
    Arena *arena = arena_new();
    double *direction[MOST_LEAVES], said = 0, scale = 0, step = 3e-6;
    for (int i = 0; i < c->n_real; i++) direction[i] = random_numbers(arena, count_of(c, c->leaves[i]), &c->state);
    Interpreter *here = evaluate(c, arena, s, NULL, 0, direction);
    interpret(arena, here, c->n_real, dx);
    for (int i = 0; i < c->n_real; i++) {
        ck_assert(type_equal(graph_at(c->graph, dx[i])->type, graph_at(c->graph, c->leaves[i])->type));
        for (int64_t k = 0; k < count_of(c, dx[i]); k++) {
            said += here->values[dx[i]][k] * direction[i][k];
            scale += fabs(here->values[dx[i]][k] * direction[i][k]);
        }
    }
    double up = evaluate(c, arena, s, here, step, direction)->values[s][0],
           down = evaluate(c, arena, s, here, -step, direction)->values[s][0];
    double found = (up - down) / (2 * step), size = scale > fabs(found) ? scale : fabs(found);
    arena_free(arena);
    return (Derivative){size > 0 ? fabs(found - said) / size : 0, scale};
}

static Value sum_all(Graph *g, Value v)
{
    int rank = graph_at(g, v)->type.rank;
    return make_reshape(g, make_sum(g, v, rank ? (1u << rank) - 1 : 0), 0, NULL);
}

typedef struct Result { Derivative first, second; } Result;

static Result check_gradients(Case *c)
{
    Graph *g = c->graph;
    Value first[MOST_LEAVES], second[MOST_LEAVES], s2 = make_constant(g, 0);
    Value s = sum_all(g, make_mul(g, c->y, add_leaf(c, "r", graph_at(g, c->y)->type)));
    differentiate(g, s, c->n_real, c->leaves, first, false);
    for (int i = 0; i < c->n_real; i++) {
        char name[16];
        snprintf(name, sizeof name, "r%d", i);
        Value r = add_leaf(c, arena_copy(c->arena, name), graph_at(g, first[i])->type);
        s2 = make_add(g, s2, sum_all(g, make_mul(g, first[i], r)));
    }
    differentiate(g, s2, c->n_real, c->leaves, second, false);
    return (Result){compare(c, s, first), compare(c, s2, second)};
}

/* ---- samples ---- */

static Experiment *load_sample(Arena *arena, const Op *op, int sample)
{
    const char *path = arena_format(arena, "%s sample %d", op->name, sample + 1);
    return load_text(arena, path, op->samples[sample], strlen(op->samples[sample]), 0, NULL);
}

/* The sample with every node of op `from` made a node of op `to`. */
static Case case_of(Arena *arena, const Op *op, int sample, const Op *from, const Op *to)
{
    Experiment *experiment = load_sample(arena, op, sample);
    Case c = {.arena = arena, .graph = graph_new(arena), .state = 1 + (uint64_t)sample};
    Value y = 0, *image = arena_array(arena, experiment->graph->n, sizeof *image), whole[MOST_LEAVES];
    int64_t classes[MOST_LEAVES];
    int n_whole = 0;
    for (int i = 0; i < experiment->n_values; i++)
        if (!strcmp(experiment->values[i].name, "y")) y = experiment->values[i].value;
    ck_assert_msg(y, "%s sample %d assigns no y", op->name, sample + 1);
    for (Value v = 1; v <= y; v++) {
        const Node *node = graph_at(experiment->graph, v);
        Value *in = arena_array(arena, node->n_in, sizeof *in);
        for (int i = 0; i < node->n_in; i++) in[i] = image[node->in[i]];
        image[v] = graph_add(c.graph, node->op == from ? to : node->op, node->n_in, in, node->attr);
        if (node->op != &op_input && node->op != &op_parameter && node->op != &op_state) continue;
        if (node->type.elem == REAL) {
            ck_assert_int_lt(c.n_real, MOST_LEAVES);
            c.leaves[c.n_real++] = image[v];
            continue;
        }
        classes[n_whole] = 2;
        for (int i = 0; i < experiment->n_fields; i++)
            if (experiment->fields[i].value == v && experiment->fields[i].classes > 0)
                classes[n_whole] = experiment->fields[i].classes;
        whole[n_whole++] = image[v];
    }
    c.n_leaves = c.n_real;
    for (int i = 0; i < n_whole; i++) c.leaves[c.n_leaves++] = whole[i];
    for (int i = 0; i < c.n_leaves; i++) {
        int64_t n = count_of(&c, c.leaves[i]);
        c.numbers[i] = spaced_numbers(arena, n, &c.state);
        for (int64_t k = 0; i >= c.n_real && k < n; k++)
            c.numbers[i][k] = (double)(random_bits(&c.state) % (uint64_t)classes[i - c.n_real]);
    }
    c.y = image[y];
    if (graph_at(c.graph, c.y)->type.elem == INT) c.y = make_unary(c.graph, &op_to_real, c.y);
    return c;
}

static int count_samples(const Op *op)
{
    int n = 0;
    while (n < MOST_SAMPLES && op->samples[n]) n++;
    return n;
}

static bool uses(const Graph *g, Value root, const Op *op)
{
    for (Value v = 1; v <= root; v++)
        if (graph_at(g, v)->op == op && graph_reaches(g, v, root)) return true;
    return false;
}

/* ---- tests: one of each for every op ---- */

START_TEST(block_is_complete)
{
    const Op *op = op_at(_i);
    ck_assert_ptr_nonnull(op->name);
    ck_assert_msg(op->doc && *op->doc, "%s has no doc", op->name);
    for (int i = 0; i < op_count(); i++)
        ck_assert_msg(i == _i || strcmp(op_at(i)->name, op->name), "two ops are called %s", op->name);
    ck_assert_msg(op->kind == LEAF || op->late || count_samples(op) > 0, "%s has no samples", op->name);
    ck_assert_msg(!op->late || (!op->gradient && !op->word), "%s has a gradient, or a constructor", op->name);
    ck_assert_msg(op->kind == LEAF || op->gradient_doc, "%s does not say what its gradient is", op->name);
    ck_assert_msg(op->kind == POINTWISE ? op->c && op->f && op->arity > 0 && !op->interpret
                                        : op->interpret && op->shape,
                  "%s can not be computed", op->name);
    ck_assert_msg(op->kind != VIEW || op->index, "%s has no index", op->name);
    ck_assert_msg(op->kind != STENCIL || op->element, "%s has no element", op->name);
    ck_assert_msg(op->kind != CONTRACTION || (op->batch && op->contraction && op->call), "%s has no call", op->name);
    ck_assert_msg(!op->zero_gradient || !op->gradient, "%s has a gradient and has none", op->name);
}
END_TEST

START_TEST(samples_have_values)
{
    const Op *op = op_at(_i);
    for (int sample = 0; sample < count_samples(op); sample++) {
        Arena *arena = arena_new();
        Case c = case_of(arena, op, sample, NULL, NULL);
        ck_assert_msg(uses(c.graph, c.y, op), "%s sample %d does not use it", op->name, sample + 1);
        Interpreter *it = evaluate(&c, arena, c.y, NULL, 0, c.numbers);
        int64_t element, n = count_of(&c, c.y), different = 0;
        Value wrong = interpret_first_not_finite(it, &element);
        ck_assert_msg(!wrong, "%s sample %d: element %lld of %s is not finite", op->name, sample + 1,
                      (long long)element, wrong ? graph_at(c.graph, wrong)->op->name : "");
        for (int64_t i = 0; i < n; i++) different += it->values[c.y][i] != it->values[c.y][0];
        ck_assert_msg(different > 0 || n == 1, "%s sample %d: all elements are %g", op->name, sample + 1,
                      it->values[c.y][0]);
        arena_free(arena);
    }
}
END_TEST

START_TEST(gradients_of_samples)
{
    const Op *op = op_at(_i);
    double first = 0, second = 0;
    int n = count_samples(op);
    for (int sample = 0; sample < n; sample++) {
        Arena *arena = arena_new();
        Case c = case_of(arena, op, sample, NULL, NULL);
        Result result = check_gradients(&c);
        ck_assert_msg(result.first.error < 1e-7, "%s sample %d: gradient is off by %.1e", op->name, sample + 1,
                      result.first.error);
        ck_assert_msg(result.second.error < 1e-7, "%s sample %d: gradient of order 2 is off by %.1e", op->name,
                      sample + 1, result.second.error);
        first += result.first.scale;
        second += result.second.scale;
        arena_free(arena);
    }
    ck_assert_msg(n == 0 || first > 1e-6, "%s: gradients are zero in every sample", op->name);
    ck_assert_msg(n == 0 || second > 1e-6, "%s: gradients of order 2 are zero in every sample", op->name);
}
END_TEST

/* ---- mutated gradient rules ----
 *
 * Mutant k of an op is its rule with one change.  First, for each input: the other sign, 1.01 times as much, nothing.
 * Then, for each sum, difference, product and quotient that the rule builds: its first operand alone, its second
 * operand alone, which drops a term or a factor.  A rule that lets nothing through has one mutant: dy goes to the first
 * input. */

typedef struct Mutation {
    const Op *op;
    int number;                /* of the mutant */
    bool applied;              /* the rule ran and had what the mutant changes */
} Mutation;

static Mutation mutation;

/* v with the node `old` replaced by `by`; nodes from before the rule ran stay as they are. */
static Value replaced(Graph *g, Value v, Value first_new, Value old, Value by)
{
    if (v == old) return by;
    if (v < first_new || v < old) return v;
    const Node node = *graph_at(g, v);
    Value *in = arena_array(g->arena, node.n_in, sizeof *in);
    for (int i = 0; i < node.n_in; i++) in[i] = replaced(g, node.in[i], first_new, old, by);
    return graph_add(g, node.op, node.n_in, in, node.attr);
}

static void mutated_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    const int n_in = graph_at(g, y)->n_in;
    const Value first_new = g->n;
    int k = mutation.number;
    bool any = false;
    if (mutation.op->gradient) mutation.op->gradient(g, y, dy, dx);
    for (int i = 0; i < n_in; i++) any = any || dx[i];
    if (!any) {
        dx[0] = dy;
        mutation.applied = k == 0;
        return;
    }
    for (int i = 0; i < n_in; i++) {
        if (!dx[i] || graph_at(g, graph_at(g, y)->in[i])->type.elem != REAL) continue;
        if (k < 3) {
            dx[i] = k == 0   ? make_neg(g, dx[i])
                    : k == 1 ? make_mul(g, dx[i], make_constant(g, 1.01))
                             : make_mul(g, dx[i], make_constant(g, 0));
            mutation.applied = true;
            return;
        }
        k -= 3;
    }
    const Value last_new = g->n;
    for (Value v = first_new; v < last_new && k >= 0; v++)
        for (int side = 0; side < 2; side++) {
            const Node *node = graph_at(g, v);
            const bool arithmetic = node->op == &op_add || node->op == &op_sub || node->op == &op_mul ||
                                    node->op == &op_div;
            if (!arithmetic || !type_equal(graph_at(g, node->in[side])->type, node->type)) continue;
            bool reached = false;
            for (int i = 0; i < n_in; i++) reached = reached || (dx[i] && graph_reaches(g, v, dx[i]));
            if (!reached || k--) continue;
            const Value by = node->in[side];
            for (int i = 0; i < n_in; i++)
                if (dx[i]) dx[i] = replaced(g, dx[i], first_new, v, by);
            mutation.applied = true;
            return;
        }
}

/* The largest error that a sample shows for mutant `number`; applied says whether there is such a mutant. */
static double error_of_mutant(const Op *op, int number, bool *applied)
{
    Op mutant = *op;
    mutant.gradient = mutated_gradient;
    double worst = 0;
    *applied = false;
    for (int sample = 0; sample < count_samples(op); sample++) {
        Arena *arena = arena_new();
        mutation = (Mutation){op, number, false};
        Case c = case_of(arena, op, sample, op, &mutant);
        const Result result = check_gradients(&c);
        if (result.first.error > worst) worst = result.first.error;
        *applied = *applied || mutation.applied;
        arena_free(arena);
    }
    return worst;
}

START_TEST(mutants_are_noticed)
{
    const Op *op = op_at(_i);
    /* whole numbers take no gradient, right or wrong */
    bool possible = (op->kind == POINTWISE || op->gradient) && op != &op_to_real;
    int mutants = 0, caught = 0;
    for (bool applied = possible; applied;) {
        const double error = error_of_mutant(op, mutants, &applied);
        if (!applied) break;
        if (error > 1e-5) caught++;      /* what gradients_of_samples lets pass is 1e-7 */
        else printf("%s: mutant %d of its gradient is off by %.1e only\n", op->name, mutants, error), fflush(stdout);
        mutants++;
    }
    FILE *score = fopen("build/mutants.txt", "a");
    ck_assert_ptr_nonnull(score);
    fprintf(score, "%d %d\n", caught, mutants);
    fclose(score);
    ck_assert_msg(!possible || count_samples(op) == 0 || mutants > 0, "%s has no mutants", op->name);
    ck_assert_msg(caught == mutants, "%s: %d of %d mutants of its gradient are noticed", op->name, caught, mutants);
}
END_TEST

static pid_t whole_run;

static void print_score(void)
{
    if (getpid() != whole_run) return;
    int caught, mutants, all_caught = 0, all = 0;
    FILE *score = fopen("build/mutants.txt", "r");
    while (score && fscanf(score, "%d %d", &caught, &mutants) == 2) all_caught += caught, all += mutants;
    if (score) fclose(score);
    printf("mutated gradient rules: %d of %d noticed\n", all_caught, all);
    fflush(stdout);
}

int main(void)
{
    Suite *suite = suite_create("ops");
    TCase *tests = tcase_create("ops");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, block_is_complete, 0, op_count());
    tcase_add_loop_test(tests, samples_have_values, 0, op_count());
    tcase_add_loop_test(tests, gradients_of_samples, 0, op_count());
    tcase_add_loop_test(tests, mutants_are_noticed, 0, op_count());
    suite_add_tcase(suite, tests);
    remove("build/mutants.txt");
    whole_run = getpid();
    atexit(print_score);
    return run_suite(suite);
}
