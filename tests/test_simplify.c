/* test_simplify.c - what simplify leaves is what the graph says, at the ends of float's range: random expressions of
 * numbers, infinities and what is no number, simplified against as they are, every node rounded to a float.
 *
 * Both are legal only up to rounding.  What rounding can do is found out by trying: the graph as it is is computed
 * several times with each node off by an ulp, another subnormal, another zero.  The simplified one must lie among
 * these, and be infinite or no number only where one of them is.  A failure prints the seed, the graph and what it
 * became.  FIRST_SEED and GRAPHS choose others. */
#include "tailor.h"    /* before check.h, which has a macro named fail */

#include "support.h"

#include <float.h>
#include <math.h>

enum {
    GRAPHS = 6000,
    FIRST_SEED = 1,
    BATCH = 10,
    COLUMNS = 4,
    MOST_NODES = 12,
    TRIES = 24,
    ELEMENTS = BATCH * COLUMNS
};

static const double numbers[] = {0,           1,           -1,      2,        -2,      0.5,   3,        1.0 / 3,
                                 0.1,         196,         1e-3,    1e10,     -1e10,   1e-10, 1e19,     1e20,
                                 1e-20,       1e25,        -1e25,   1e-25,    1e30,    1e-30, 3e38,     1e38,
                                 1e-38,       FLT_MIN,     FLT_MAX, 1e-40,    1e-45,   1e-50, 16777216, 16777217,
                                 1.000000001, 0.999999999, 0x1p127, 0x1p-126, 0x1p-128};
static const double inputs[] = {0, 1e-45, 1e-40, FLT_MIN, 1e-30, 1e-25, 1e-20,   1e-10,    0.5, 1,
                                3, 1e10,  1e20,  1e25,    1e30,  1e38,  FLT_MAX, INFINITY, NAN};
#define COUNT(list) (int)(sizeof(list) / sizeof *(list))
enum { FINITE = 15 };              /* the first so many inputs, whose sums stay finite */

typedef struct Counts { int64_t finite, infinite, no_number, vague; } Counts;

static uint64_t state;
static int below(int n) { return (int)random_below(&state, n); }

/* ---- a random expression ---- */

static Value number(Graph *g) { return make_constant(g, numbers[below(COUNT(numbers))]); }

static Value leaf(Graph *g, const char *name)
{
    Attr attr = attr_ints(g->arena, 4, (int64_t[]){REAL, 2, BATCH_DIM, COLUMNS});
    attr.text = name;
    return graph_add(g, &op_input, 0, NULL, attr);
}

static Value random_node(Graph *g, Value a, Value b)
{
    const Op *const unary[] = {&op_neg, &op_neg, &op_relu,  &op_abs,  &op_sqrt, &op_rsqrt,
                               &op_exp, &op_log, &op_floor, &op_sign, &op_tanh, &op_sigmoid};
    const Op *const binary[] = {&op_add, &op_sub, &op_mul, &op_mul, &op_div, &op_maximum, &op_minimum};
    const Op *const comparison[] = {&op_equal, &op_less, &op_less_equal, &op_greater, &op_greater_equal};
    const double powers[] = {0, 1, 2, 3, -1, 0.5, -0.5, 1.5};
    const int rank = graph_at(g, a)->type.rank;
    switch (below(18)) {
    case 0: case 1: case 2: case 3: return make_mul(g, a, number(g));
    case 4: case 5: case 6: return make_div(g, a, number(g));
    case 7: return make_binary(g, binary[below(COUNT(binary))], number(g), a);
    case 8: return make_binary(g, binary[below(3)], a, number(g));
    case 9: return make_unary(g, unary[below(COUNT(unary))], a);
    case 10: return make_binary(g, &op_pow, a, make_constant(g, powers[below(COUNT(powers))]));
    case 11: return make_where(g, make_binary(g, comparison[below(5)], a, number(g)), b, below(2) ? a : number(g));
    case 12: return make_binary(g, binary[below(COUNT(binary))], number(g), number(g));
    case 13: return make_where(g, make_binary(g, comparison[below(5)], number(g), number(g)), a, b);
    case 14:
        return below(2) && rank ? make_sum(g, a, 1 + (uint32_t)below((1 << rank) - 1))
                                : make_mean(g, a, 1 + (uint32_t)below(3));
    case 15:
        return rank ? make_div(g, make_sum(g, a, (1u << rank) - 1),
                               below(2) ? number(g) : make_count(g, graph_at(g, a)->type, 1))
                    : a;
    case 16: return make_broadcast(g, a, (Type){.elem = REAL, .rank = 2, .dims = {BATCH_DIM, COLUMNS}});
    default: return make_binary(g, binary[below(COUNT(binary))], a, b);
    }
}

static Goal *random_goal(Graph *g)
{
    Value values[MOST_NODES + 3] = {leaf(g, "x"), leaf(g, "y"), number(g)};
    int n = 3;
    for (int nodes = 2 + below(MOST_NODES - 1); n < nodes + 3; n++)
        values[n] = random_node(g, below(3) ? values[n - 1] : values[below(n)], values[below(n)]);
    Goal *goal = arena_alloc(g->arena, sizeof *goal);
    *goal = (Goal){.name = "grad", .graph = g, .n_roots = 1, .roots = arena_alloc(g->arena, sizeof(Root))};
    goal->roots[0] = (Root){
        .kind = ROOT_VALUE, .name = "value", .value = values[n - 1], .type = graph_at(g, values[n - 1])->type};
    return goal;
}

/* ---- its value, with what rounding may do ---- */

/* Another float that rounding may have led to, of a sum of terms of a size; they may have overflowed in any order.  A
 * zero may have either sign, that of `zero` unless this is 0. */
static double shaken(const Op *op, double exact, double largest_term, double zero)
{
    if (op == &op_equal || op == &op_less || op == &op_less_equal || op == &op_greater || op == &op_greater_equal ||
        op == &op_constant || op == &op_batch_size)
        return exact;
    if (largest_term * ELEMENTS > FLT_MAX)
        return (double[]){INFINITY, -INFINITY, NAN, 0, FLT_MAX * random_signed(&state)}[below(5)];
    if (fabs(exact) < FLT_MIN && (below(3) == 0 || (exact == 0 && largest_term == 0)))
        return copysign(0, zero ? zero : random_signed(&state));
    if (fabs(exact) < FLT_MIN) exact += FLT_MIN * random_signed(&state);
    return exact * (1 + 0x1p-22 * random_signed(&state)) + largest_term * 0x1p-20 * random_signed(&state);
}

static const double *value_of(Arena *arena, const Goal *goal, double (*given)[ELEMENTS], bool shake)
{
    const Graph *g = goal->graph;
    const Value root = goal->roots[0].value;
    Interpreter *it = interpreter_new(arena, g, BATCH);
    for (Value v = 1; v <= root; v++) {
        const Node *node = graph_at(g, v);
        if (node->op == &op_input) it->values[v] = given[!strcmp(node->attr.text, "y")];
        else interpret(arena, it, 1, &v);
        double *values = it->values[v], largest = 0;
        const int64_t terms = node->op == &op_sum ? type_count(graph_at(g, node->in[0])->type, BATCH) : 0;
        for (int64_t i = 0; i < terms; i++)
            if (isfinite(it->values[node->in[0]][i])) largest = fmax(largest, fabs(it->values[node->in[0]][i]));
        const double zero = shake ? below(3) - 1 : 0;
        for (int64_t i = 0; i < type_count(node->type, BATCH) && node->op != &op_input; i++)
            values[i] = (float)(shake ? shaken(node->op, values[i], largest, zero) : values[i]);
    }
    return it->values[root];
}

/* Is it among the values that rounding may lead to? */
static bool is_among(double is, const double *tries, int n, Counts *counts)
{
    double low = INFINITY, high = -INFINITY;
    int finite = 0, same_kind = 0;
    for (int i = 0; i < n; i++) {
        if (isfinite(tries[i])) low = fmin(low, tries[i]), high = fmax(high, tries[i]), finite++;
        same_kind += isnan(is) ? isnan(tries[i]) : isinf(is) ? tries[i] == is : isfinite(tries[i]);
    }
    counts->vague += finite && finite < n;
    if (finite == n) counts->finite++;
    else if (!finite) isnan(tries[0]) ? counts->no_number++ : counts->infinite++;
    if (!isfinite(is) || !finite) return same_kind > 0;
    if (finite < n) return true;
    const double margin = 2 * (high - low) + 1e-6 * fmax(fabs(low), fabs(high)) + FLT_MIN;
    return is >= low - margin && is <= high + margin;
}

static void show(const Goal *goal)
{
    Text text = text_new(goal->graph->arena);
    graph_dump(goal->graph, &text, 1, &goal->roots[0].value);
    fprintf(stderr, "%s\n", text.chars);
}

static bool holds(int seed, Counts *counts)
{
    Arena *arena = arena_new();
    state = (uint64_t)seed * 7919 + 17;
    Graph *g = graph_new(arena);
    const Goal *goal = random_goal(g), *smaller = simplify(goal, true);
    double given[2][ELEMENTS];
    const double *tries[TRIES];
    for (int i = 0; i < 2 * ELEMENTS; i++)
        given[i / ELEMENTS][i % ELEMENTS] = (float)inputs[below(seed % 2 ? FINITE : COUNT(inputs))] *
                                            (below(2) ? 1 : -1);
    for (int k = 0; k < TRIES; k++) tries[k] = value_of(arena, goal, given, k > 0);
    const double *is = value_of(arena, smaller, given, false);
    const int64_t n = type_count(goal->roots[0].type, BATCH);
    bool good = true;
    for (int64_t i = 0; i < n && good; i++) {
        double rounded[TRIES];
        for (int k = 0; k < TRIES; k++) rounded[k] = tries[k][i];
        good = is_among(is[i], rounded, TRIES, counts);
        if (!good)
            fprintf(stderr, "graph %d: element %d (x = %g, y = %g) is %.9g, not %.9g\n", seed, (int)i, given[0][i],
                    given[1][i], is[i], rounded[0]);
    }
    if (!good) show(goal), show(smaller);
    arena_free(arena);
    return good;
}

START_TEST(ends_of_the_range)
{
    const char *given = getenv("GRAPHS"), *first_given = getenv("FIRST_SEED");
    const int n = given ? atoi(given) : GRAPHS, first = first_given ? atoi(first_given) : FIRST_SEED;
    int wrong = 0;
    Counts counts = {0};
    for (int seed = first; seed < first + n; seed++) wrong += !holds(seed, &counts);
    const int64_t all = counts.finite + counts.infinite + counts.no_number + counts.vague;
    printf("%d graphs: %lld elements finite, %lld infinite, %lld no number, %lld by rounding\n", n,
           (long long)counts.finite, (long long)counts.infinite, (long long)counts.no_number, (long long)counts.vague);
    fflush(stdout);
    ck_assert_msg(wrong == 0, "%d of %d graphs differ", wrong, n);
    ck_assert_msg(10 * counts.infinite > all && 20 * counts.no_number > all && 10 * counts.vague < all,
                  "too little is compared");
}
END_TEST

/* ---- where no gradient flows ---- */

static int count_ops(const Goal *goal, const char *name)
{
    const Graph *g = goal->graph;
    bool *needed = arena_array(g->arena, g->n, sizeof *needed);
    int n = 0;
    for (int i = 0; i < goal->n_roots; i++) needed[goal->roots[i].value] = true;
    for (Value v = g->n - 1; v > 0; v--) {
        if (!needed[v]) continue;
        n += !strcmp(graph_at(g, v)->op->name, name);
        for (int i = 0; i < graph_at(g, v)->n_in; i++) needed[graph_at(g, v)->in[i]] = true;
    }
    return n;
}

/* A branch that is not taken, and what does not depend on a value, leave no work behind; what the file multiplies by 0
 * is computed. */
START_TEST(no_gradient_is_no_work)
{
    static const struct Case { const char *body, *op; bool train, predict;
    } cases[] = {
        {"output('y', grad(sum(exp(batch_norm(x))), x))", "batch_size", true, false},
        {"output('y', grad(sum(exp(batch_norm(x))), x))", "sum", true, false},
        {"output('y', grad(sum(dropout(x * x, 0.5)), x))", "greater_equal", true, false},
        {"output('y', grad(sum(dropout(x * x, 0.5)), x))", "random", true, false},
        {"output('y', grad(sum(where(equal(1, 1), x, exp(matmul(x, param { 4, 4 })))), x) * x)", "matmul", false,
         false},
        {"output('y', grad(sum(stop_gradient(exp(x)) + x), x))", "exp", false, false},
        {"output('y', exp(x) * 0)", "exp", true, true},
        {"output('y', 0 / exp(x))", "exp", true, true},
        {"output('y', matmul(x, param { 4, 4 }) * 0)", "matmul", true, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const char *text = arena_format(arena, "x = input { 4 }\n%s\n", cases[i].body);
        const Experiment *e = load_text(arena, "case.lua", text, strlen(text), 0, NULL);
        Goal *predict = goal_predict(e), *train = goal_predict(e);
        train->training = train->statistics = true;
        const bool trained = count_ops(simplify(train, true), cases[i].op),
                   predicted = count_ops(simplify(predict, true), cases[i].op);
        ck_assert_msg(trained == cases[i].train && predicted == cases[i].predict,
                      "%s: %s is there in training %d, else %d, not %d and %d", cases[i].body, cases[i].op, trained,
                      predicted, cases[i].train, cases[i].predict);
        arena_free(arena);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("simplify");
    TCase *tests = tcase_create("values");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, ends_of_the_range);
    tcase_add_test(tests, no_gradient_is_no_work);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
