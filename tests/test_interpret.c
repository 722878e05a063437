/* test_interpret.c - the interpreter and the ops' functions in double against values worked out by hand, and linear ops
 * against their adjoints: <f(x), u> = <x, f'(u)>. */
#include "tailor.h"

#include "support.h"

#include <math.h>
#include <string.h>

static Arena *arena;
static Graph *g;

static void setup(void) { g = graph_new(arena = arena_new()); }
static void teardown(void) { arena_free(arena); }

static Type type_of(Elem elem, int rank, const Dim *dims)
{
    Type type = {.elem = elem, .rank = rank};
    for (int i = 0; i < rank; i++) type.dims[i] = dims[i];
    return type;
}
#define DIMS(...) (int)(sizeof(Dim[]){__VA_ARGS__} / sizeof(Dim)), (Dim[]){__VA_ARGS__}
#define REALS(...) (double[]){__VA_ARGS__}
#define INTS(...) attr_ints(arena, (int)(sizeof(int64_t[]){__VA_ARGS__} / sizeof(int64_t)), (int64_t[]){__VA_ARGS__})

static Value table(int rank, const Dim *dims, const double *numbers)
{
    return make_table(g, type_of(REAL, rank, dims), numbers);
}
static Value whole(int rank, const Dim *dims, const double *numbers)
{
    return make_table(g, type_of(INT, rank, dims), numbers);
}
static Value leaf(const Op *op, const char *name, Type type)
{
    return graph_add(g, op, 0, NULL, attr_leaf(arena, type, name, 0, NULL));
}
static Value noise(uint64_t seed, int rank, const Dim *dims)
{
    Type type = type_of(REAL, rank, dims);
    int64_t n = type_count(type, 1);
    double *numbers = arena_array(arena, n, sizeof *numbers);
    for (int64_t i = 0; i < n; i++) numbers[i] = random_signed(&seed);
    return make_table(g, type, numbers);
}
static Value node(const Op *op, int n, const Value *in, Attr attr) { return graph_add(g, op, n, in, attr); }

static const double *values_of(Value v)
{
    Interpreter *it = interpreter_new(arena, g, 1);
    interpret(arena, it, 1, &v);
    return it->values[v];
}

static void expect(Value v, int rank, const Dim *dims, const double *numbers)
{
    Type want = type_of(graph_at(g, v)->type.elem, rank, dims);
    ck_assert_msg(type_equal(graph_at(g, v)->type, want), "%s, not %s", type_text(arena, graph_at(g, v)->type),
                  type_text(arena, want));
    const double *values = values_of(v);
    for (int64_t i = 0; i < type_count(want, 1); i++)
        ck_assert_msg(fabs(values[i] - numbers[i]) <= 1e-14 * (1 + fabs(numbers[i])),
                      "%s: element %lld is %.17g, not %.17g", graph_at(g, v)->op->name, (long long)i, values[i],
                      numbers[i]);
}

static double dot(Value a, Value b)
{
    double sum = 0;
    const double *x = values_of(a), *y = values_of(b);
    ck_assert(type_equal(graph_at(g, a)->type, graph_at(g, b)->type));
    for (int64_t i = 0; i < type_count(graph_at(g, a)->type, 1); i++) sum += x[i] * y[i];
    ck_assert(fabs(sum) > 1e-3);
    return sum;
}

/* ---- pointwise ---- */

START_TEST(functions)
{
    static const struct { const Op *op; double x[3], y;
    } cases[] = {
        {&op_add, {2, 3}, 5},
        {&op_sub, {2, 3}, -1},
        {&op_mul, {2, 3}, 6},
        {&op_div, {3, 2}, 1.5},
        {&op_neg, {2}, -2},
        {&op_pow, {2, 3}, 8},
        {&op_pow, {0, 0}, 1},
        {&op_pow, {-2, 3}, -8},
        {&op_exp, {1}, 2.718281828459045},
        {&op_log, {10}, 2.302585092994046},
        {&op_sqrt, {9}, 3},
        {&op_rsqrt, {4}, 0.5},
        {&op_tanh, {0.5}, 0.46211715726000975},
        {&op_erf, {0.5}, 0.5204998778130465},
        {&op_sigmoid, {1}, 0.7310585786300049},
        {&op_sigmoid, {-800}, 0},
        {&op_sigmoid, {800}, 1},
        {&op_softplus, {0}, 0.6931471805599453},
        {&op_softplus, {900}, 900},
        {&op_softplus, {-900}, 0},
        {&op_abs, {-2}, 2},
        {&op_relu, {-2}, 0},
        {&op_relu, {2}, 2},
        {&op_maximum, {1, 2}, 2},
        {&op_maximum, {2, 1}, 2},
        {&op_minimum, {1, 2}, 1},
        {&op_minimum, {2, 1}, 1},
        {&op_where, {1, 2, 3}, 2},
        {&op_where, {0, 2, 3}, 3},
        {&op_where, {-0.5, 2, 3}, 2},
        {&op_sign, {-3}, -1},
        {&op_sign, {0}, 0},
        {&op_sign, {3}, 1},
        {&op_floor, {-1.5}, -2},
        {&op_floor, {1.5}, 1},
        {&op_equal, {2, 2}, 1},
        {&op_equal, {2, 3}, 0},
        {&op_less, {2, 3}, 1},
        {&op_less, {2, 2}, 0},
        {&op_less_equal, {2, 2}, 1},
        {&op_less_equal, {3, 2}, 0},
        {&op_greater, {3, 2}, 1},
        {&op_greater, {2, 2}, 0},
        {&op_greater_equal, {2, 2}, 1},
        {&op_greater_equal, {1, 2}, 0},
        {&op_stop_gradient, {4}, 4},
        {&op_bfloat16, {1.00390625}, 1},          /* half way between 1 and the next: to even */
        {&op_bfloat16, {-1.01171875}, -1.015625},
        {&op_widened, {4}, 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Value in[3];
        for (int k = 0; k < 3; k++) in[k] = make_constant(g, cases[i].x[k]);
        expect(node(cases[i].op, cases[i].op->arity, in, (Attr){0}), 0, NULL, &cases[i].y);
    }
    for (int i = 0; i < op_count(); i++) {
        if (op_at(i)->kind != POINTWISE || op_at(i) == &op_to_real) continue;
        bool found = false;
        for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) found = found || cases[k].op == op_at(i);
        ck_assert_msg(found, "%s has no value worked out by hand", op_at(i)->name);
    }
    expect(make_unary(g, &op_to_real, whole(DIMS(2), REALS(3, -4))), DIMS(2), REALS(3, -4));
}
END_TEST

START_TEST(not_a_number_goes_through)
{
    Value nan = make_constant(g, NAN), two = make_constant(g, 2);
    ck_assert(isnan(*values_of(make_unary(g, &op_relu, nan))));
    ck_assert(isnan(*values_of(make_binary(g, &op_maximum, nan, two))));
    ck_assert(isnan(*values_of(make_binary(g, &op_maximum, two, nan))));
    ck_assert(isnan(*values_of(make_binary(g, &op_minimum, nan, two))));
    ck_assert(isnan(*values_of(make_binary(g, &op_minimum, two, nan))));
    Value row = table(DIMS(3), REALS(1, NAN, 5));
    ck_assert(isnan(*values_of(make_max(g, row, 1))));
    expect(make_argmax(g, row, 1), DIMS(1), REALS(1));
}
END_TEST

START_TEST(broadcasting)
{
    Value a = table(DIMS(2, 3), REALS(1, 2, 3, 4, 5, 6)), row = table(DIMS(3), REALS(10, 20, 30)),
          column = table(DIMS(2, 1), REALS(100, 200));
    expect(make_add(g, a, row), DIMS(2, 3), REALS(11, 22, 33, 14, 25, 36));
    expect(make_add(g, column, a), DIMS(2, 3), REALS(101, 102, 103, 204, 205, 206));
    expect(make_sub(g, column, row), DIMS(2, 3), REALS(90, 80, 70, 190, 180, 170));
    expect(make_mul(g, make_constant(g, 2), a), DIMS(2, 3), REALS(2, 4, 6, 8, 10, 12));
    expect(make_where(g, make_binary(g, &op_less, row, make_constant(g, 25)), column, a), DIMS(2, 3),
           REALS(100, 100, 3, 200, 200, 6));
    Value middle = table(DIMS(2, 1, 2), REALS(1, 2, 3, 4)), last = table(DIMS(3, 1), REALS(10, 20, 30));
    expect(make_add(g, middle, last), DIMS(2, 3, 2), REALS(11, 12, 21, 22, 31, 32, 13, 14, 23, 24, 33, 34));
    expect(make_broadcast(g, column, type_of(REAL, DIMS(2, 3))), DIMS(2, 3), REALS(100, 100, 100, 200, 200, 200));
    expect(make_broadcast(g, make_constant(g, 7), type_of(REAL, DIMS(2, 2))), DIMS(2, 2), REALS(7, 7, 7, 7));
    expect(make_sum_to(g, a, type_of(REAL, DIMS(2, 1))), DIMS(2, 1), REALS(6, 15));
    expect(make_sum_to(g, a, type_of(REAL, 0, NULL)), 0, NULL, REALS(21));
}
END_TEST

/* ---- reductions ---- */

START_TEST(reductions)
{
    Value a = table(DIMS(2, 3), REALS(1, 5, 5, -1, -7, -1)), b = table(DIMS(2, 2, 2), REALS(1, 2, 3, 4, 5, 6, 7, 8));
    expect(make_sum(g, a, 1), DIMS(1, 3), REALS(0, -2, 4));
    expect(make_sum(g, a, 2), DIMS(2, 1), REALS(11, -9));
    expect(make_sum(g, a, 3), DIMS(1, 1), REALS(2));
    expect(make_sum(g, b, 5), DIMS(1, 2, 1), REALS(14, 22));
    expect(make_mean(g, b, 2), DIMS(2, 1, 2), REALS(2, 3, 6, 7));
    expect(make_max(g, a, 2), DIMS(2, 1), REALS(5, -1));
    expect(make_max(g, b, 6), DIMS(2, 1, 1), REALS(4, 8));
    expect(make_argmax(g, a, 2), DIMS(2, 1), REALS(1, 0));       /* the first of equals */
    expect(make_argmax(g, a, 3), DIMS(1, 1), REALS(1));
    expect(make_argmax(g, b, 5), DIMS(1, 2, 1), REALS(3, 3));
}
END_TEST

/* ---- views ---- */

START_TEST(views)
{
    Value a = table(DIMS(2, 3), REALS(1, 2, 3, 4, 5, 6)), b = table(DIMS(2, 1, 2), REALS(1, 2, 3, 4));
    expect(make_reshape(g, a, DIMS(3, 2)), DIMS(3, 2), REALS(1, 2, 3, 4, 5, 6));
    expect(make_permute(g, a, (int[]){1, 0}), DIMS(3, 2), REALS(1, 4, 2, 5, 3, 6));
    expect(make_permute(g, b, (int[]){2, 0, 1}), DIMS(2, 2, 1), REALS(1, 3, 2, 4));
    expect(make_slice(g, a, 1, 1, 2), DIMS(2, 2), REALS(2, 3, 5, 6));
    expect(make_slice(g, a, 0, 1, 1), DIMS(1, 3), REALS(4, 5, 6));
    expect(make_pad(g, a, 0, 1, 0, -1), DIMS(3, 3), REALS(-1, -1, -1, 1, 2, 3, 4, 5, 6));
    expect(make_pad(g, a, 1, 1, 2, 0), DIMS(2, 6), REALS(0, 1, 2, 3, 0, 0, 0, 4, 5, 6, 0, 0));
    Value column = table(DIMS(2, 1), REALS(7, 8));
    expect(make_concat(g, 3, (Value[]){a, column, a}, 1), DIMS(2, 7), REALS(1, 2, 3, 7, 1, 2, 3, 4, 5, 6, 8, 4, 5, 6));
    expect(make_concat(g, 2, (Value[]){a, a}, 0), DIMS(4, 3), REALS(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6));
    expect(make_pick(g, a, whole(DIMS(2), REALS(2, 0))), DIMS(2), REALS(3, 4));
    expect(make_pick(g, a, whole(DIMS(2), REALS(-3, 99))), DIMS(2), REALS(0, 0));   /* as a product with one_hot */
    expect(make_one_hot(g, whole(DIMS(2), REALS(2, 0)), 3), DIMS(2, 3), REALS(0, 0, 1, 1, 0, 0));
}
END_TEST

START_TEST(reshape_of_two_batch_axes)
{
    Value pairs = leaf(&op_input, "pairs", type_of(REAL, DIMS(BATCH_DIM, BATCH_DIM, 6)));
    Type type = graph_at(g, make_reshape(g, pairs, DIMS(BATCH_DIM, 1, BATCH_DIM, 2, 3)))->type;
    ck_assert_int_eq(type.rank, 5);
    Value flat = make_reshape(g, leaf(&op_input, "x", type_of(REAL, DIMS(BATCH_DIM, 7, 7))), DIMS(-49));
    ck_assert_int_eq(graph_at(g, flat)->type.dims[0], -49);
}
END_TEST

START_TEST(reshape_to_other_count)
{
    make_reshape(g, table(DIMS(2, 3), REALS(1, 2, 3, 4, 5, 6)), DIMS(2, 2));
}
END_TEST

START_TEST(reshape_of_batch_to_number)
{
    make_reshape(g, leaf(&op_input, "x", type_of(REAL, DIMS(BATCH_DIM, BATCH_DIM))), DIMS(BATCH_DIM, 8));
}
END_TEST

/* ---- matrix products ---- */

START_TEST(matrix_products)
{
    Value a = table(DIMS(2, 3), REALS(1, 2, 3, 4, 5, 6)), at = make_permute(g, a, (int[]){1, 0});
    Value b = table(DIMS(3, 2), REALS(1, 0, 2, 1, 0, 3)), bt = make_permute(g, b, (int[]){1, 0});
    const double ab[] = {5, 11, 14, 23};
    expect(make_matmul(g, a, b, false, false), DIMS(2, 2), ab);
    expect(make_matmul(g, at, b, true, false), DIMS(2, 2), ab);
    expect(make_matmul(g, a, bt, false, true), DIMS(2, 2), ab);
    expect(make_matmul(g, at, bt, true, true), DIMS(2, 2), ab);
    Value stack = table(DIMS(2, 1, 2), REALS(1, 2, 3, 4)), one = table(DIMS(1, 2, 3), REALS(1, 2, 3, 4, 5, 6));
    expect(make_matmul(g, stack, one, false, false), DIMS(2, 1, 3), REALS(9, 12, 15, 19, 26, 33));
    expect(make_matmul(g, one, stack, true, true), DIMS(2, 3, 1), REALS(9, 12, 15, 19, 26, 33));
    Value left = table(DIMS(1, 2, 1, 2), REALS(1, 2, 3, 4)), right = table(DIMS(2, 1, 2, 1), REALS(1, 2, 3, 4));
    expect(make_matmul(g, left, right, false, false), DIMS(2, 2, 1, 1), REALS(5, 11, 11, 25));
}
END_TEST

/* ---- convolutions ---- */

typedef struct Convolution { int64_t h, w, kh, kw, sh, sw, ph, pw, dh, dw, groups, oh, ow; } Convolution;

static Attr conv_attr(Convolution c)
{
    int64_t ints[13];
    memcpy(ints, &c, sizeof ints);
    return attr_ints(arena, 13, ints);
}
static Value two(const Op *op, Value a, Value b, Attr attr) { return node(op, 2, (Value[]){a, b}, attr); }

START_TEST(convolution_by_hand)
{
    Value x = table(DIMS(1, 3, 3, 1), REALS(1, 2, 3, 4, 5, 6, 7, 8, 9)), w = table(DIMS(1, 1, 2, 2), REALS(1, 2, 3, 4));
    expect(two(&op_conv2d, x, w, conv_attr((Convolution){3, 3, 2, 2, 1, 1, 0, 0, 1, 1, 1, 2, 2})), DIMS(1, 2, 2, 1),
           REALS(37, 47, 67, 77));
    /* stride 2, one row and column of padding in front */
    expect(two(&op_conv2d, x, w, conv_attr((Convolution){3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 2, 2})), DIMS(1, 2, 2, 1),
           REALS(4, 18, 36, 77));
    /* dilation 2: corners */
    expect(two(&op_conv2d, x, w, conv_attr((Convolution){3, 3, 2, 2, 1, 1, 0, 0, 2, 2, 1, 1, 1})), DIMS(1, 1, 1, 1),
           REALS(1 + 6 + 21 + 36));
    /* two channels in, two out; then the same in two groups */
    Value image = table(DIMS(1, 1, 2, 2), REALS(1, 2, 3, 4)), mix = table(DIMS(2, 2, 1, 1), REALS(1, 10, 100, 1000));
    expect(two(&op_conv2d, image, mix, conv_attr((Convolution){1, 2, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 2})),
           DIMS(1, 1, 2, 2), REALS(21, 2100, 43, 4300));
    Value each = table(DIMS(2, 1, 1, 1), REALS(5, 7));
    expect(two(&op_conv2d, image, each, conv_attr((Convolution){1, 2, 1, 1, 1, 1, 0, 0, 1, 1, 2, 1, 2})),
           DIMS(1, 1, 2, 2), REALS(5, 14, 15, 28));
}
END_TEST

static const Convolution convolutions[] = {
    {5, 4, 3, 3, 1, 1, 1, 1, 1, 1, 1, 5, 4}, {7, 6, 3, 2, 2, 2, 1, 0, 1, 1, 1, 4, 3},
    {6, 7, 2, 3, 1, 2, 0, 2, 2, 2, 2, 4, 4}, {5, 5, 3, 3, 3, 1, 0, 2, 1, 2, 4, 1, 5},
    {9, 3, 5, 1, 2, 3, 4, 0, 1, 1, 2, 7, 1},
};

START_TEST(adjoints_of_convolutions)
{
    Convolution c = convolutions[_i];
    Attr attr = conv_attr(c);
    Value x = noise(1, DIMS(2, c.h, c.w, 4)), w = noise(2, DIMS(8, 4 / c.groups, c.kh, c.kw)),
          u = noise(3, DIMS(2, c.oh, c.ow, 8));
    double forward = dot(two(&op_conv2d, x, w, attr), u);
    ck_assert_double_eq_tol(dot(two(&op_conv2d_grad_input, u, w, attr), x), forward, 1e-11);
    ck_assert_double_eq_tol(dot(two(&op_conv2d_grad_weight, x, u, attr), w), forward, 1e-11);
}
END_TEST

START_TEST(convolution_takes_no_ages)
{
    Convolution c = {28, 28, 3, 3, 1, 1, 1, 1, 1, 1, 1, 28, 28};
    Value x = noise(1, DIMS(4, 28, 28, 32)), w = noise(2, DIMS(32, 32, 3, 3)), y = two(&op_conv2d, x, w, conv_attr(c));
    double forward = dot(y, y);
    ck_assert_double_eq_tol(dot(two(&op_conv2d_grad_input, y, w, conv_attr(c)), x) / forward, 1, 1e-12);
    ck_assert_double_eq_tol(dot(two(&op_conv2d_grad_weight, x, y, conv_attr(c)), w) / forward, 1, 1e-12);
}
END_TEST

/* ---- windows: kernel, stride, padding, result, image ---- */

START_TEST(pooling_by_hand)
{
    Value x = table(DIMS(1, 3, 4, 1), REALS(1, 3, 3, 2, 3, 0, 2, 3, -1, -2, -3, -4));
    Attr attr = INTS(2, 2, 2, 2, 0, 0, 1, 2, 3, 4);
    Value at = node(&op_window_argmax, 1, &x, attr);
    expect(at, DIMS(1, 1, 2, 1), REALS(1, 0));     /* ties: the first */
    expect(two(&op_window_gather, x, at, attr), DIMS(1, 1, 2, 1), REALS(3, 3));
    expect(node(&op_window_sum, 1, &x, attr), DIMS(1, 1, 2, 1), REALS(7, 10));
    Value u = table(DIMS(1, 1, 2, 1), REALS(10, 20));
    expect(two(&op_window_scatter, u, at, attr), DIMS(1, 3, 4, 1), REALS(0, 10, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    expect(node(&op_window_spread, 1, &u, attr), DIMS(1, 3, 4, 1), REALS(10, 10, 20, 20, 10, 10, 20, 20, 0, 0, 0, 0));

    /* 3 x 3 by steps of 2 with padding: what lies outside is no candidate, and adds nothing */
    Value y = table(DIMS(1, 3, 3, 1), REALS(-1, -2, -3, -4, -5, -6, -7, -8, -9));
    Attr padded = INTS(3, 3, 2, 2, 1, 1, 2, 2, 3, 3);
    at = node(&op_window_argmax, 1, &y, padded);
    expect(at, DIMS(1, 2, 2, 1), REALS(4, 3, 1, 0));
    expect(two(&op_window_gather, y, at, padded), DIMS(1, 2, 2, 1), REALS(-1, -2, -4, -5));
    expect(node(&op_window_sum, 1, &y, padded), DIMS(1, 2, 2, 1), REALS(-12, -16, -24, -28));
    u = table(DIMS(1, 2, 2, 1), REALS(1, 2, 4, 8));
    expect(two(&op_window_scatter, u, at, padded), DIMS(1, 3, 3, 1), REALS(1, 2, 0, 4, 8, 0, 0, 0, 0));
    expect(node(&op_window_spread, 1, &u, padded), DIMS(1, 3, 3, 1), REALS(1, 3, 2, 5, 15, 10, 4, 12, 8));
}
END_TEST

START_TEST(adjoints_of_windows)
{
    static const int64_t windows[][10] = {{2, 2, 2, 2, 0, 0, 3, 2, 7, 5},
                                          {3, 3, 2, 2, 1, 1, 3, 3, 5, 6},
                                          {3, 2, 1, 1, 0, 0, 3, 4, 5, 5},
                                          {2, 3, 3, 2, 1, 0, 2, 2, 5, 5}};
    for (int i = 0; i < 4; i++) {
        const int64_t *a = windows[i];
        Attr attr = attr_ints(arena, 10, a);
        Value x = noise(1, DIMS(2, a[8], a[9], 3)), u = noise(2, DIMS(2, a[6], a[7], 3)),
              at = node(&op_window_argmax, 1, &x, attr);
        ck_assert_double_eq_tol(dot(two(&op_window_gather, x, at, attr), u),
                                dot(two(&op_window_scatter, u, at, attr), x), 1e-12);
        ck_assert_double_eq_tol(dot(node(&op_window_sum, 1, &x, attr), u), dot(node(&op_window_spread, 1, &u, attr), x),
                                1e-12);
    }
}
END_TEST

/* ---- leaves and the interpreter itself ---- */

START_TEST(leaves)
{
    Value x = leaf(&op_input, "x", type_of(REAL, DIMS(BATCH_DIM, 2))),
          p = leaf(&op_parameter, "p", type_of(REAL, DIMS(2)));
    Value n = node(&op_batch_size, 0, NULL, (Attr){0}), training = node(&op_training, 0, NULL, (Attr){0});
    Value y = make_add(g, make_mul(g, x, p), make_mul(g, n, training)), mean = make_mean(g, x, 1);
    Value index = make_index(g, type_of(INT, DIMS(BATCH_DIM, 2))),
          filled = make_filled(g, type_of(REAL, DIMS(BATCH_DIM)), 0.1);
    Interpreter *it = interpreter_new(arena, g, 3);
    it->values[x] = (double[]){1, 2, 3, 4, 5, 6};
    it->values[p] = (double[]){10, 100};
    it->training = true;
    interpret(arena, it, 4, (Value[]){y, mean, index, filled});
    static const double want[] = {13, 203, 33, 403, 53, 603};
    for (int i = 0; i < 6; i++) ck_assert_double_eq(it->values[y][i], want[i]);
    for (int i = 0; i < 6; i++) ck_assert_double_eq(it->values[index][i], i);
    for (int i = 0; i < 3; i++) ck_assert_double_eq(it->values[filled][i], 0.1);
    ck_assert_double_eq(it->values[mean][0], 3);
    ck_assert_double_eq(it->values[mean][1], 4);
}
END_TEST

START_TEST(random_numbers_belong_to_samples)
{
    Value r = leaf(&op_random, "noise", type_of(REAL, DIMS(BATCH_DIM, 5))),
          other = leaf(&op_random, "other", type_of(REAL, DIMS(BATCH_DIM, 5)));
    Interpreter *plain = interpreter_new(arena, g, 4), *permuted = interpreter_new(arena, g, 2);
    plain->seed = permuted->seed = 7;
    permuted->sample = (int64_t[]){3, 1};
    interpret(arena, plain, 2, (Value[]){r, other});
    interpret(arena, permuted, 1, &r);
    for (int i = 0; i < 5; i++) {
        ck_assert_double_eq(permuted->values[r][i], plain->values[r][15 + i]);
        ck_assert_double_eq(permuted->values[r][5 + i], plain->values[r][5 + i]);
        ck_assert(plain->values[r][i] != plain->values[other][i]);
        ck_assert(plain->values[r][i] >= 0 && plain->values[r][i] < 1);
    }
    Interpreter *later = interpreter_new(arena, g, 4);
    later->seed = 7, later->step = 1;
    interpret(arena, later, 1, &r);
    ck_assert(later->values[r][0] != plain->values[r][0]);
}
END_TEST

START_TEST(what_is_given_stays)
{
    Value a = make_constant(g, 3), b = make_unary(g, &op_exp, a), c = make_mul(g, b, b);
    Interpreter *it = interpreter_new(arena, g, 1);
    it->values[b] = (double[]){5};
    interpret(arena, it, 1, &c);
    ck_assert_double_eq(it->values[c][0], 25);
    ck_assert_ptr_null(it->values[a]);     /* nobody needed it */
}
END_TEST

START_TEST(rounding)
{
    Value a = make_constant(g, 0.1), big = make_constant(g, 1e30), square = make_mul(g, big, big);
    Value index = make_index(g, type_of(INT, DIMS(1))), picked = make_slice(g, index, 0, 0, 1);
    Interpreter *it = interpreter_new(arena, g, 1);
    int64_t element = -1;
    it->round_to_float = true;
    interpret(arena, it, 3, (Value[]){a, square, picked});
    ck_assert_double_eq(it->values[a][0], (double)0.1f);
    ck_assert(isinf(it->values[square][0]));
    ck_assert_int_eq(interpret_first_not_finite(it, &element), square);
    ck_assert_int_eq(element, 0);
}
END_TEST

START_TEST(first_not_finite)
{
    Value a = table(DIMS(3), REALS(4, 0, -1)), b = make_unary(g, &op_sqrt, a), c = make_sum(g, b, 1);
    Interpreter *it = interpreter_new(arena, g, 1);
    interpret(arena, it, 1, &a);
    int64_t element = -1;
    ck_assert_int_eq(interpret_first_not_finite(it, &element), 0);
    interpret(arena, it, 1, &c);
    ck_assert_int_eq(interpret_first_not_finite(it, &element), b);
    ck_assert_int_eq(element, 2);
    ck_assert_int_eq(interpret_first_not_finite(it, NULL), b);
}
END_TEST

/* What a root's comes from, past values that are not finite and have no part in it; what is computed on the way is
 * given back. */
START_TEST(not_finite)
{
    Value a = table(DIMS(3), REALS(4, 0, -1)), masked = make_unary(g, &op_sqrt, a),
          zero = make_unary(g, &op_abs, make_constant(g, 0));
    Value fine = make_where(g, make_binary(g, &op_greater, a, make_constant(g, -0.5)), masked, a),
          log = make_unary(g, &op_log, zero);
    Value c = make_add(g, make_sum(g, fine, 1), log), d = make_neg(g, c);
    Interpreter *it = interpreter_new(arena, g, 1);
    int64_t element = -1;
    ck_assert_int_eq(interpret_not_finite(arena, it, 1, (Value[]){make_sum(g, fine, 1)}, &element), 0);
    ck_assert_int_eq(interpret_not_finite(arena, it, 2, (Value[]){fine, d}, &element), log);
    ck_assert_int_eq(element, 0);
    ck_assert(!it->values[log] && !it->values[masked] && !it->values[d]);
    interpret(arena, it, 1, &log);                                       /* has a value already, and keeps it */
    ck_assert_int_eq(interpret_not_finite(arena, it, 1, &d, NULL), log);
    ck_assert(isinf(*it->values[log]));
    ck_assert_int_eq(interpret_not_finite(arena, it, 1, &masked, &element), masked);
    ck_assert_int_eq(element, 2);
}
END_TEST

START_TEST(too_large)
{
    Value v = make_filled(g, type_of(REAL, DIMS(BATCH_DIM, 1 << 20, 1 << 10)), 1);
    Interpreter *it = interpreter_new(arena, g, 1 << 20);
    interpret(arena, it, 1, &v);
}
END_TEST

START_TEST(no_samples) { interpreter_new(arena, g, 0); }
END_TEST

/* ---- differentiate, where there is nothing to differentiate ---- */

START_TEST(piecewise_constant_is_no_error)
{
    Value x = leaf(&op_parameter, "x", type_of(REAL, DIMS(3))), y = make_unary(g, &op_sign, x), dx;
    differentiate(g, y, 1, &x, &dx, true);
    expect(dx, DIMS(3), REALS(0, 0, 0));
}
END_TEST

START_TEST(no_gradient_is_an_error)
{
    Value x = leaf(&op_parameter, "x", type_of(REAL, DIMS(3))),
          y = make_mul(g, make_argmax(g, x, 1), make_constant(g, 2)), dx;
    differentiate(g, y, 1, &x, &dx, true);
}
END_TEST

START_TEST(independence_is_an_error)
{
    Value x = leaf(&op_parameter, "x", type_of(REAL, DIMS(3))),
          y = make_unary(g, &op_exp, leaf(&op_parameter, "z", type_of(REAL, DIMS(3)))), dx;
    differentiate(g, y, 1, &x, &dx, true);
}
END_TEST

START_TEST(independence_of_one_is_an_error)
{
    Value x[2] = {leaf(&op_parameter, "x", type_of(REAL, DIMS(3))), leaf(&op_parameter, "z", type_of(REAL, DIMS(3)))},
          dx[2];
    differentiate(g, make_unary(g, &op_exp, x[1]), 2, x, dx, false);
    expect(dx[0], DIMS(3), REALS(0, 0, 0));
    differentiate(g, make_unary(g, &op_exp, x[1]), 2, x, dx, true);
}
END_TEST

/* x^2 at 0, three times: 2 x, 2, 0 */
START_TEST(powers_at_zero)
{
    Value x = make_constant(g, 0), y = make_binary(g, &op_pow, x, make_constant(g, 2));
    for (int i = 0; i < 3; i++) {
        differentiate(g, y, 1, &x, &y, false);
        expect(y, 0, NULL, REALS(i == 1 ? 2 : 0));
    }
}
END_TEST

START_TEST(gradient_of_an_intermediate_value)
{
    Value x = table(DIMS(2), REALS(2, 3)), h = make_mul(g, x, x), y = make_mul(g, h, x), in[] = {x, h}, dx[2];
    differentiate(g, make_sum(g, y, 1), 2, in, dx, true);
    expect(dx[0], DIMS(2), REALS(12, 27));   /* of x^3, through h too */
    expect(dx[1], DIMS(2), REALS(2, 3));
}
END_TEST

/* ---- weights that follow training ---- */

START_TEST(ramps)
{
    static const char text[] =
        "up = ramp(2, 10)\n"
        "down = ramp(1, -3, { start = 0.25, stop = 0.75 })\n"
        "late = ramp(0.5, 4.5, { start = 0.5 })\n"
        "early = ramp(0, 6, { stop = 0.125 })\n"
        "flat = ramp(7, 7)\n"
        "minimize(up + down + late + early + flat)\n";
    enum { TIMES = 9, RAMPS = 5 };
    static const double progress[TIMES] = {0, 0.0625, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 1};
    static const double want[RAMPS][TIMES] = {{2, 2.5, 3, 4, 5, 6, 7, 8, 10},
                                              {1, 1, 1, 1, 0, -1, -2, -3, -3},
                                              {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1.5, 2.5, 4.5},
                                              {0, 3, 6, 6, 6, 6, 6, 6, 6},
                                              {7, 7, 7, 7, 7, 7, 7, 7, 7}};
    const Experiment *x = load_text(arena, "ramps.lua", text, strlen(text), 0, NULL);
    ck_assert_int_eq(x->n_values, RAMPS);
    for (int t = 0; t < TIMES; t++) {
        Interpreter *it = interpreter_new(arena, x->graph, 1);
        it->progress = progress[t];
        interpret(arena, it, 1, &x->loss);
        double sum = 0;
        for (int r = 0; r < RAMPS; sum += want[r++][t])
            ck_assert_msg(it->values[x->values[r].value][0] == want[r][t], "%s is %.17g at %g, not %g",
                          x->values[r].name, it->values[x->values[r].value][0], progress[t], want[r][t]);
        ck_assert_double_eq(it->values[x->loss][0], sum);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("interpret");
    TCase *tests = tcase_create("interpret");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, functions);
    tcase_add_test(tests, not_a_number_goes_through);
    tcase_add_test(tests, broadcasting);
    tcase_add_test(tests, reductions);
    tcase_add_test(tests, views);
    tcase_add_test(tests, reshape_of_two_batch_axes);
    tcase_add_exit_test(tests, reshape_to_other_count, 3);
    tcase_add_exit_test(tests, reshape_of_batch_to_number, 3);
    tcase_add_test(tests, matrix_products);
    tcase_add_test(tests, convolution_by_hand);
    tcase_add_loop_test(tests, adjoints_of_convolutions, 0, (int)(sizeof convolutions / sizeof *convolutions));
    tcase_add_test(tests, convolution_takes_no_ages);
    tcase_add_test(tests, pooling_by_hand);
    tcase_add_test(tests, adjoints_of_windows);
    tcase_add_test(tests, leaves);
    tcase_add_test(tests, random_numbers_belong_to_samples);
    tcase_add_test(tests, what_is_given_stays);
    tcase_add_test(tests, rounding);
    tcase_add_test(tests, first_not_finite);
    tcase_add_test(tests, not_finite);
    tcase_add_exit_test(tests, too_large, 1);
    tcase_add_exit_test(tests, no_samples, 1);
    tcase_add_test(tests, piecewise_constant_is_no_error);
    tcase_add_exit_test(tests, no_gradient_is_an_error, 3);
    tcase_add_exit_test(tests, independence_is_an_error, 3);
    tcase_add_exit_test(tests, independence_of_one_is_an_error, 3);
    tcase_add_test(tests, powers_at_zero);
    tcase_add_test(tests, gradient_of_an_intermediate_value);
    tcase_add_test(tests, ramps);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
