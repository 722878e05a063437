/* elementwise.c - ops that compute each element from the elements at the same place.
 *
 * A block gives the C text, the same function in double, and the gradient.  Inputs may have axes of size 1, which are
 * broadcast.  Gradient rules need not know: autodiff sums a gradient back to the input's shape.  For an op with `.word`
 * the prelude makes a constructor of the graph language from the block. */
#include "graph/op.h"

#include <math.h>

#include "rt_math.h"

enum { EQUALITY = 4, RELATION = 5, SUM = 6, PRODUCT = 7, UNARY = 8, CALL = 9 };

static Value input(const Graph *g, Value node, int i) { return graph_at(g, node)->in[i]; }
static Value half(Graph *g) { return make_constant(g, 0.5); }
static Value zero(Graph *g) { return make_constant(g, 0); }
static Value one(Graph *g) { return make_constant(g, 1); }
static Value nothing(Graph *g) { return make_nothing(g, (Type){.elem = REAL}); }

/* ---- arithmetic ---- */

static double add(const double *x) { return x[0] + x[1]; }
static void add_gradient(Graph *g, Value y, Value dy, Value *dx) { (void)g, (void)y, dx[0] = dx[1] = dy; }
OP(add) {
    .name = "add", .kind = POINTWISE, .arity = 2, .doc = "a + b", .gradient_doc = "da = dy, db = dy",
    .c = "%0 + %1", .precedence = SUM, .f = add, .gradient = add_gradient,
    .samples = {"local a, b = input{3, 4}, param({4}); y = exp(a + b)", "local x = input{3, 4}; y = exp(2 + x)"},
};

static double sub(const double *x) { return x[0] - x[1]; }
static void sub_gradient(Graph *g, Value y, Value dy, Value *dx) { (void)y, dx[0] = dy, dx[1] = make_neg(g, dy); }
OP(sub) {
    .name = "sub", .kind = POINTWISE, .arity = 2, .doc = "a - b", .gradient_doc = "da = dy, db = -dy",
    .c = "%0 - %1", .precedence = SUM, .f = sub, .gradient = sub_gradient,
    .samples = {"local a, b = input{3, 1}, param({1, 4}); y = exp(a - b)"},
};

static double mul(const double *x) { return x[0] * x[1]; }
static void mul_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    dx[0] = make_mul(g, dy, input(g, y, 1));
    dx[1] = make_mul(g, dy, input(g, y, 0));
}
OP(mul) {
    .name = "mul", .kind = POINTWISE, .arity = 2, .doc = "a * b", .gradient_doc = "da = dy * b, db = dy * a",
    .c = "%0 * %1", .precedence = PRODUCT, .f = mul, .gradient = mul_gradient,
    .samples = {"local a, b = input{3, 4}, param({4}); y = a * b", "local a = input{5}; y = a * a"},
};

static double divide(const double *x) { return x[0] / x[1]; }
static void div_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    Value by_b = make_div(g, dy, input(g, y, 1));
    dx[0] = by_b;
    dx[1] = make_neg(g, make_mul(g, by_b, y));
}
OP(div) {
    .name = "div", .kind = POINTWISE, .arity = 2, .doc = "a / b", .gradient_doc = "da = dy / b, db = -dy / b * y",
    .c = "%0 / %1", .precedence = PRODUCT, .f = divide, .gradient = div_gradient,
    .samples = {"local a, b = input{3, 4}, param({4}); y = a / (b * b + 0.5)"},
};

static double neg(const double *x) { return -x[0]; }
static void neg_gradient(Graph *g, Value y, Value dy, Value *dx) { (void)y, dx[0] = make_neg(g, dy); }
OP(neg) {
    .name = "neg", .kind = POINTWISE, .arity = 1, .doc = "-a", .gradient_doc = "da = -dy",
    .c = "-%0", .precedence = UNARY, .f = neg, .gradient = neg_gradient, .samples = {"local a = input{5}; y = exp(-a)"},
};

static double power(const double *x) { return pow(x[0], x[1]); }
static void pow_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    Value a = input(g, y, 0), b = input(g, y, 1);
    const Node *exponent = graph_at(g, b);
    if (exponent->op == &op_constant && exponent->attr.n_reals == 1) {   /* a^0 has no gradient, not 0 * a^-1 */
        double number = exponent->attr.reals[0];
        Value less_one = make_filled(g, exponent->type, number - 1);
        if (number != 0) dx[0] = make_mul(g, dy, make_mul(g, b, make_binary(g, &op_pow, a, less_one)));
        return;
    }
    /* a^0 is 1 for any a: its slope is 0, where b * a^(b-1) would be 0 times infinity if 1 / a is beyond floats. */
    Value far = make_binary(g, &op_greater, make_unary(g, &op_abs, a), make_constant(g, 0x1p-128));
    Value flat = make_where(g, far, zero(g), make_binary(g, &op_equal, b, zero(g)));
    Value less_one = make_sub(g, make_where(g, flat, one(g), b), one(g));
    dx[0] = make_mul(g, dy, make_where(g, flat, nothing(g), make_mul(g, b, make_binary(g, &op_pow, a, less_one))));
    /* By b, 0^b has no slope for b > 0, where it is 0, and is infinite for b < 0.  A negative a has powers only at
     * whole b, so it has no slope either. */
    Value none = make_where(g, make_binary(g, &op_less, b, zero(g)), make_binary(g, &op_less, a, zero(g)),
                            make_binary(g, &op_less_equal, a, zero(g)));
    Value logarithm = make_unary(g, &op_log, make_where(g, none, one(g), a));
    dx[1] = make_where(g, none, nothing(g), make_mul(g, make_mul(g, dy, y), logarithm));
}
OP(pow){
    .name = "pow",
    .kind = POINTWISE,
    .arity = 2,
    .doc = "a to the power b",
    .gradient_doc =
        "da = dy * b * a^(b-1), 0 where b = 0; db = dy * y * log a, 0 where a < 0 or where a = 0 and b >= 0",
    .c = "rt_pow(%0, %1)",
    .precedence = CALL,
    .f = power,
    .gradient = pow_gradient,
    .heavy = true,
    .slow = true,
    .samples = {"local a = input{5}; y = (a * a + 0.5) ^ 1.7", "local a, b = input{5}, input{5}; y = (a * a + 0.5) ^ b",
                "local a = input{5}; y = a ^ 3"},
};

/* ---- functions ---- */

static double exponential(const double *x) { return exp(x[0]); }
static void exp_gradient(Graph *g, Value y, Value dy, Value *dx) { dx[0] = make_mul(g, dy, y); }
OP(exp){
    .name = "exp",
    .word = true,
    .kind = POINTWISE,
    .arity = 1,
    .doc = "e to the power a",
    .gradient_doc = "da = dy * y",
    .c = "rt_exp(%0)",
    .precedence = CALL,
    .f = exponential,
    .gradient = exp_gradient,
    .heavy = true,
    .samples = {"local a = input{7}; y = exp(a)"},
};

static double logarithm(const double *x) { return log(x[0]); }
static void log_gradient(Graph *g, Value y, Value dy, Value *dx) { dx[0] = make_div(g, dy, input(g, y, 0)); }
OP(log){
    .name = "log",
    .word = true,
    .kind = POINTWISE,
    .arity = 1,
    .doc = "natural logarithm of a",
    .gradient_doc = "da = dy / a",
    .c = "rt_log(%0)",
    .precedence = CALL,
    .f = logarithm,
    .gradient = log_gradient,
    .heavy = true,
    .samples = {"local a = input{7}; y = log(a * a + 0.3)"},
};

static double square_root(const double *x) { return sqrt(x[0]); }
static void sqrt_gradient(Graph *g, Value y, Value dy, Value *dx) { dx[0] = make_div(g, make_mul(g, half(g), dy), y); }
OP(sqrt){
    .name = "sqrt",
    .word = true,
    .kind = POINTWISE,
    .arity = 1,
    .doc = "square root of a",
    .gradient_doc = "da = dy / 2 / y",
    .c = "rt_sqrt(%0)",
    .precedence = CALL,
    .f = square_root,
    .gradient = sqrt_gradient,
    .heavy = true,
    .samples = {"local a = input{7}; y = sqrt(a * a + 0.3)"},
};

static double reciprocal_root(const double *x) { return 1 / sqrt(x[0]); }
static void rsqrt_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    Value cube = make_mul(g, y, make_mul(g, y, y));
    dx[0] = make_mul(g, make_mul(g, make_constant(g, -0.5), dy), cube);
}
OP(rsqrt){
    .name = "rsqrt",
    .word = true,
    .kind = POINTWISE,
    .arity = 1,
    .doc = "1 / sqrt(a)",
    .gradient_doc = "da = -dy / 2 * y^3",
    .c = "rt_rsqrt(%0)",
    .precedence = CALL,
    .f = reciprocal_root,
    .gradient = rsqrt_gradient,
    .heavy = true,
    .samples = {"local a = input{7}; y = rsqrt(a * a + 0.3)"},
};

static double hyperbolic_tangent(const double *x) { return tanh(x[0]); }
static void tanh_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    dx[0] = make_mul(g, dy, make_sub(g, one(g), make_mul(g, y, y)));
}
OP(tanh){
    .name = "tanh",
    .word = true,
    .kind = POINTWISE,
    .arity = 1,
    .doc = "hyperbolic tangent of a",
    .gradient_doc = "da = dy * (1 - y^2)",
    .c = "rt_tanh(%0)",
    .precedence = CALL,
    .f = hyperbolic_tangent,
    .gradient = tanh_gradient,
    .heavy = true,
    .samples = {"local a = input{7}; y = tanh(a)"},
};

static double error_function(const double *x) { return erf(x[0]); }
static void erf_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    Value a = input(g, y, 0);
    Value bell = make_unary(g, &op_exp, make_neg(g, make_mul(g, a, a)));
    dx[0] = make_mul(g, dy, make_mul(g, make_constant(g, 1.1283791670955126), bell));
}
OP(erf){
    .name = "erf",
    .word = true,
    .kind = POINTWISE,
    .arity = 1,
    .doc = "error function of a",
    .gradient_doc = "da = dy * 2 / sqrt(pi) * exp(-a^2)",
    .c = "rt_erf(%0)",
    .precedence = CALL,
    .f = error_function,
    .gradient = erf_gradient,
    .heavy = true,
    .samples = {"local a = input{7}; y = erf(a)"},
};

static double sigmoid(const double *x) { return x[0] < 0 ? exp(x[0]) / (1 + exp(x[0])) : 1 / (1 + exp(-x[0])); }
static void sigmoid_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    dx[0] = make_mul(g, dy, make_mul(g, y, make_sub(g, one(g), y)));
}
OP(sigmoid){
    .name = "sigmoid",
    .word = true,
    .kind = POINTWISE,
    .arity = 1,
    .doc = "1 / (1 + exp(-a))",
    .gradient_doc = "da = dy * y * (1 - y)",
    .c = "rt_sigmoid(%0)",
    .precedence = CALL,
    .f = sigmoid,
    .gradient = sigmoid_gradient,
    .heavy = true,
    .samples = {"local a = input{7}; y = sigmoid(a)"},
};

static double softplus(const double *x) { return fmax(x[0], 0) + log1p(exp(-fabs(x[0]))); }
static void softplus_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    dx[0] = make_mul(g, dy, make_unary(g, &op_sigmoid, input(g, y, 0)));
}
OP(softplus){
    .name = "softplus",
    .word = true,
    .kind = POINTWISE,
    .arity = 1,
    .doc = "log(1 + exp(a))",
    .gradient_doc = "da = dy * sigmoid(a)",
    .c = "rt_softplus(%0)",
    .precedence = CALL,
    .f = softplus,
    .gradient = softplus_gradient,
    .heavy = true,
    .slow = true,
    .samples = {"local a = input{7}; y = softplus(a)"},
};

static double absolute(const double *x) { return fabs(x[0]); }
static void abs_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    dx[0] = make_mul(g, dy, make_unary(g, &op_sign, input(g, y, 0)));
}
OP(abs) {
    .name = "abs", .word = true, .kind = POINTWISE, .arity = 1, .doc = "|a|", .gradient_doc = "da = dy * sign(a)",
    .c = "rt_abs(%0)", .precedence = CALL, .f = absolute, .gradient = abs_gradient,
    .samples = {"local a = input{7}; y = abs(a) * a"},
};

/* ---- pieces: relu, maximum, minimum, selection ---- */

static double relu(const double *x) { return x[0] < 0 ? 0 : x[0]; }   /* a NaN goes through: it must be seen */
static void relu_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    /* y > 0 exactly where a > 0, so a need not be kept */
    dx[0] = make_where(g, make_binary(g, &op_greater, y, zero(g)), dy, nothing(g));
}
OP(relu){
    .name = "relu",
    .word = true,
    .kind = POINTWISE,
    .arity = 1,
    .doc = "a where a > 0, else 0",
    .gradient_doc = "da = dy where y > 0, else 0",
    .c = "rt_relu(%0)",
    .precedence = CALL,
    .f = relu,
    .gradient = relu_gradient,
    .samples = {"local a = input{9}; y = relu(a) * a"},
};

static double maximum(const double *x) { return x[0] >= x[1] || x[0] != x[0] ? x[0] : x[1]; }
static void maximum_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    Value first = make_binary(g, &op_greater_equal, input(g, y, 0), input(g, y, 1));
    dx[0] = make_where(g, first, dy, nothing(g));
    dx[1] = make_where(g, first, nothing(g), dy);
}
OP(maximum) {
    .name = "maximum", .kind = POINTWISE, .arity = 2, .doc = "the larger of a and b",
    .gradient_doc = "dy goes to a where a >= b, else to b",
    .c = "rt_max(%0, %1)", .precedence = CALL, .f = maximum, .gradient = maximum_gradient,
    .samples = {"local a, b = input{9}, input{9}; y = max(a, b) * a"},
};

static double minimum(const double *x) { return x[0] <= x[1] || x[0] != x[0] ? x[0] : x[1]; }
static void minimum_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    Value first = make_binary(g, &op_less_equal, input(g, y, 0), input(g, y, 1));
    dx[0] = make_where(g, first, dy, nothing(g));
    dx[1] = make_where(g, first, nothing(g), dy);
}
OP(minimum) {
    .name = "minimum", .kind = POINTWISE, .arity = 2, .doc = "the smaller of a and b",
    .gradient_doc = "dy goes to a where a <= b, else to b",
    .c = "rt_min(%0, %1)", .precedence = CALL, .f = minimum, .gradient = minimum_gradient,
    .samples = {"local a, b = input{9}, input{9}; y = min(a, b) * a"},
};

static double where(const double *x) { return x[0] != 0 ? x[1] : x[2]; }
static void where_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    dx[1] = make_where(g, input(g, y, 0), dy, nothing(g));
    dx[2] = make_where(g, input(g, y, 0), nothing(g), dy);
}
OP(where) {
    .name = "where", .kind = POINTWISE, .arity = 3, .doc = "a where the condition is not 0, else b",
    .gradient_doc = "dy goes to a where the condition is not 0, else to b; none to the condition",
    .c = "rt_where(%0, %1, %2)", .precedence = CALL, .f = where, .gradient = where_gradient,
    .samples = {"local a, b = input{9}, input{9}; y = where(greater(a, b), a * a, b)"},
};

/* ---- piecewise constant: the gradient is zero ---- */

static double sign(const double *x) { return (x[0] > 0) - (x[0] < 0); }
OP(sign){
    .name = "sign",
    .word = true,
    .kind = POINTWISE,
    .arity = 1,
    .doc = "1, 0 or -1",
    .gradient_doc = "0",
    .c = "rt_sign(%0)",
    .precedence = CALL,
    .f = sign,
    .zero_gradient = true,
    .samples = {"local a = input{9}; y = sign(a) * a * a"},
};

static double floor_of(const double *x) { return floor(x[0]); }
OP(floor){
    .name = "floor",
    .word = true,
    .kind = POINTWISE,
    .arity = 1,
    .doc = "the largest whole number that is not larger",
    .gradient_doc = "0",
    .c = "rt_floor(%0)",
    .precedence = CALL,
    .f = floor_of,
    .zero_gradient = true,
    .samples = {"local a = input{9}; y = floor(3 * a) * a * a"},
};

static double equal(const double *x) { return x[0] == x[1]; }
OP(equal) {
    .name = "equal", .word = true, .kind = POINTWISE, .arity = 2, .doc = "1 where a = b, else 0", .gradient_doc = "0",
    .c = "%0 == %1", .c_same = "1.0f", .precedence = EQUALITY, .f = equal, .zero_gradient = true,
    .samples = {"local a = input{9}; y = equal(a, relu(a)) * a * a + a"},
};

static double less(const double *x) { return x[0] < x[1]; }
OP(less) {
    .name = "less", .word = true, .kind = POINTWISE, .arity = 2, .doc = "1 where a < b, else 0", .gradient_doc = "0",
    .c = "%0 < %1", .c_same = "0.0f", .precedence = RELATION, .f = less, .zero_gradient = true,
    .samples = {"local a, b = input{9}, input{9}; y = less(a, b) * a * b"},
};

static double less_equal(const double *x) { return x[0] <= x[1]; }
OP(less_equal){
    .name = "less_equal",
    .word = true,
    .kind = POINTWISE,
    .arity = 2,
    .doc = "1 where a <= b, else 0",
    .gradient_doc = "0",
    .c = "%0 <= %1",
    .c_same = "1.0f",
    .precedence = RELATION,
    .f = less_equal,
    .zero_gradient = true,
    .samples = {"local a, b = input{9}, input{9}; y = less_equal(a, b) * a * b"},
};

static double greater(const double *x) { return x[0] > x[1]; }
OP(greater) {
    .name = "greater", .word = true, .kind = POINTWISE, .arity = 2, .doc = "1 where a > b, else 0", .gradient_doc = "0",
    .c = "%0 > %1", .c_same = "0.0f", .precedence = RELATION, .f = greater, .zero_gradient = true,
    .samples = {"local a, b = input{9}, input{9}; y = greater(a, b) * a * b"},
};

static double greater_equal(const double *x) { return x[0] >= x[1]; }
OP(greater_equal){
    .name = "greater_equal",
    .word = true,
    .kind = POINTWISE,
    .arity = 2,
    .doc = "1 where a >= b, else 0",
    .gradient_doc = "0",
    .c = "%0 >= %1",
    .c_same = "1.0f",
    .precedence = RELATION,
    .f = greater_equal,
    .zero_gradient = true,
    .samples = {"local a, b = input{9}, input{9}; y = greater_equal(a, b) * a * b"},
};

static double same(const double *x) { return x[0]; }
OP(to_real) {
    .name = "to_real", .kind = POINTWISE, .arity = 1, .doc = "a whole number as a real one", .gradient_doc = "none",
    .c = "(float)%0", .precedence = UNARY, .f = same, .zero_gradient = true,
    .samples = {"local a = input{5}; y = exp(pick(a, argmax(a))) * (argmax(a) + 0.5)"},
};

static void stop_gradient_of(Graph *g, Value y, Value dy, Value *dx) { (void)g, (void)y, (void)dy, (void)dx; }
OP(stop_gradient){
    .name = "stop_gradient",
    .word = true,
    .kind = POINTWISE,
    .arity = 1,
    .doc = "a, as if it were a constant",
    .gradient_doc = "0",
    .c = "%0",
    .precedence = CALL,
    .f = same,
    .gradient = stop_gradient_of,
    .samples = {"local a = input{5}; y = stop_gradient(a * a) * a + a * a"},
};

/* ---- storage ---- */

static double to_bf16(const double *x) { return (double)rt_to_bf16((float)x[0]); }
OP(bfloat16){
    .name = "bfloat16",
    .kind = POINTWISE,
    .arity = 1,
    .doc = "a rounded to bfloat16, nearest even; train{ storage = \"bf16\" } rounds so what waits in memory",
    .gradient_doc = "none is asked for: gradients have been taken",
    .late = true,
    .c = "rt_to_bf16(%0)",
    .precedence = CALL,
    .f = to_bf16,
};
OP(widened){
    .name = "widened",
    .kind = POINTWISE,
    .arity = 1,
    .doc = "a, which lies in memory as bfloat16, as floats for whom reads arrays of floats",
    .gradient_doc = "none is asked for: gradients have been taken",
    .late = true,
    .c = "%0",
    .precedence = CALL,
    .f = same,
};
