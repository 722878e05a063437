/* import_point.c - pointwise ops.  What several of them are together, as exporters spell activations out, is known by
 * its form: silu, hardswish, gelu. */
#include "exchange/import.h"

#include <math.h>
#include <string.h>

static bool is_call(const Expr *e, const char *word) { return e->kind == EXPR_CALL && !strcmp(e->word, word); }
static bool is_infix(const Expr *e, const char *op) { return e->kind == EXPR_INFIX && !strcmp(e->word, op); }
static bool is_near(const Expr *e, double number)
{
    return e->kind == EXPR_NUMBER && fabs(e->number - number) <= 1e-6 * fabs(number);
}

/* 1 + erf(x / sqrt 2): x; else NULL */
static Expr *of_normal(const Expr *e)
{
    if (!is_infix(e, "+") || !is_near(e->of[1], 1) || !is_call(e->of[0], "erf")) return NULL;
    const Expr *inner = e->of[0]->of[0];
    if (is_infix(inner, "/") && is_near(inner->of[1], sqrt(2))) return inner->of[0];
    return is_infix(inner, "*") && is_near(inner->of[1], sqrt(0.5)) ? inner->of[0] : NULL;
}

/* The factors of a product of at most that many, and the number they are taken times. */
static int factors(Expr *e, Expr **to, int most, double *number)
{
    if (e->kind == EXPR_NUMBER) return *number *= e->number, 0;
    if (is_infix(e, "/") && e->of[1]->kind == EXPR_NUMBER) {
        *number /= e->of[1]->number;
        return factors(e->of[0], to, most, number);
    }
    if (is_infix(e, "*")) {
        const int n = factors(e->of[0], to, most, number);
        if (n > most) return n;
        return n + factors(e->of[1], to + n, most - n, number);
    }
    if (most > 0) *to = e;
    return 1;
}

/* The product as one activation; NULL: it is none. */
static Expr *activation(Import *m, Expr *product)
{
    Expr *of[2];
    double number = 1;
    const int n = factors(product, of, 2, &number);
    if (n == 1 && is_call(of[0], "relu6") && fabs(number * 6 - 1) < 1e-6) {
        Expr *x = of[0]->of[0];
        return is_infix(x, "+") && is_near(x->of[1], 3) ? expr_call(m, "hardsigmoid", x->of[0]) : NULL;
    }
    for (int i = 0; n == 2 && i < 2; i++) {
        Expr *x = of[i], *gate = of[1 - i];
        if (is_call(gate, "sigmoid") && gate->of[0] == x && number == 1) return expr_call(m, "silu", x);
        if (is_call(gate, "hardsigmoid") && gate->of[0] == x && number == 1) return expr_call(m, "hardswish", x);
        if (is_call(gate, "relu6") && fabs(number * 6 - 1) < 1e-6 && is_infix(gate->of[0], "+") &&
            gate->of[0]->of[0] == x && is_near(gate->of[0]->of[1], 3))
            return expr_call(m, "hardswish", x);
        if (number == 0.5 && of_normal(gate) == x) return expr_call(m, "gelu", x);
    }
    return NULL;
}

Expr *point_infix(Import *m, const char *op, Expr *a, Expr *b)
{
    const bool either = !strcmp(op, "+") || !strcmp(op, "*");
    if (either && (a->kind == EXPR_NUMBER || is_call(a, "param"))) {
        Expr *swap = a;
        a = b, b = swap;
    }
    Expr *of[] = {a, b};
    Expr *e = expr_new(m, EXPR_INFIX, op, 2, of);
    const Expr *wide = a->rank >= b->rank ? a : b, *other = wide == a ? b : a;
    expr_shape(e, wide->rank, wide->dims);
    for (int i = 0; i < other->rank; i++) {
        const int at = wide->rank - other->rank + i;
        if (e->dims[at] == 1) e->dims[at] = other->dims[i];
    }
    if (*op == '*' || *op == '/') {
        Expr *known = activation(m, e);
        if (known) return known;
    }
    return e;
}

/* Both inputs in one layout, that of the wider value, and the result's sizes. */
static void two(Import *m, Slot *a, Slot *b, Expr *of[2], Slot *like)
{
    const bool first = is_value(a) && (!is_value(b) || a->rank >= b->rank);
    *like = first ? *a : *b;
    const int rank = like->rank;
    Slot *both[] = {a, b};
    for (int k = 0; k < 2; k++) {
        Slot s = *both[k];
        if (!is_value(&s)) {
            of[k] = NULL;
            continue;
        }
        if (s.rank != rank) node_fail(m, "values of rank %d and %d", a->rank, b->rank);
        for (int i = 0; i < rank; i++) {
            if (s.dims[i] != like->dims[i] && s.dims[i] != 1 && like->dims[i] != 1)
                node_fail(m, "%lld elements beside %lld along axis %d", (long long)s.dims[i], (long long)like->dims[i],
                          i);
            if (like->dims[i] == 1) like->dims[i] = s.dims[i];
        }
        of[k] = in_layout(m, &s, like->axis);
    }
    for (int k = 0; k < 2; k++) {
        if (of[k]) continue;
        const bool shifts = !strcmp(m->node->op, "Add") || !strcmp(m->node->op, "Sub");
        const Slot s = *both[k];
        of[k] = beside(m, both[k], rank, like->axis, shifts ? "bias" : "weight");
        for (int i = 0; i < s.rank; i++) {
            const int at = rank - s.rank + i;
            if (s.dims[i] != 1 && like->dims[at] == 1) like->dims[at] = s.dims[i];
            if (s.dims[i] != 1 && s.dims[i] != like->dims[at])
                node_fail(m, "%lld elements beside %lld along axis %d", (long long)s.dims[i], (long long)like->dims[at],
                          at);
        }
    }
}

static void infix(Import *m, const char *op)
{
    Expr *of[2];
    Slot like;
    two(m, need_input(m, 0), need_input(m, 1), of, &like);
    Expr *e;
    if (*op == '^' && is_near(of[1], 2)) e = point_infix(m, "*", of[0], of[0]);
    else if (*op == '^' && is_near(of[1], 0.5)) e = expr_call(m, "sqrt", of[0]);
    else if (*op == '/' && is_near(of[0], 1) && is_call(of[1], "sqrt")) e = expr_call(m, "rsqrt", of[1]->of[0]);
    else e = point_infix(m, op, of[0], of[1]);
    set_alike(m, m->node->outputs[0], e, &like);
}

static void largest(Import *m, const char *word)
{
    if (m->node->n_inputs != 2) node_fail(m, "%d inputs, against 2", m->node->n_inputs);
    Expr *of[2];
    Slot like;
    two(m, need_input(m, 0), need_input(m, 1), of, &like);
    for (int k = 0; k < 2; k++) {
        if (of[k]->kind != EXPR_NUMBER) continue;
        Expr *e = expr_call(m, "clamp", of[1 - k]);
        expr_argument(m, e, "low", *word == 'm' && word[1] == 'a' ? of[k]->word : "nil");
        if (word[1] == 'i') expr_argument(m, e, "high", of[k]->word);
        return set_alike(m, m->node->outputs[0], e, &like);
    }
    Expr *e = expr_new(m, EXPR_CALL, word, 2, of);
    expr_shape(e, of[0]->rank, of[0]->dims);
    set_alike(m, m->node->outputs[0], e, &like);
}

/* A bound of Clip, as an attribute or as an input. */
static const double *bound(Import *m, const char *name, int input)
{
    const OnnxAttribute *a = onnx_attribute(m->node, name);
    Slot *s = slot_input(m, input);
    double *number = arena_alloc(m->arena, sizeof *number);
    if (!a && !s) return NULL;
    *number = a ? (double)a->real : *need_numbers(m, s, "a bound");
    return fabs(*number) > 3.4e38 ? NULL : number;
}

static Expr *clip(Import *m, Expr *x)
{
    const double *low = bound(m, "min", 1), *high = bound(m, "max", 2);
    if (low && *low == 0 && !high) return expr_call(m, "relu", x);
    if (low && high && *low == 0 && *high == 6) return expr_call(m, "relu6", x);
    if (!low && !high) return x;
    Expr *e = expr_call(m, "clamp", x);
    expr_argument(m, e, "low", low ? real_text(m, *low) : "nil");
    if (high) expr_argument(m, e, "high", real_text(m, *high));
    return e;
}

static Expr *hard_sigmoid(Import *m, Expr *x)
{
    const double alpha = real_attribute(m, "alpha", 0.2), beta = real_attribute(m, "beta", 0.5);
    if (fabs(alpha * 6 - 1) < 1e-6 && beta == 0.5) return expr_call(m, "hardsigmoid", x);
    Expr *e = expr_call(m, "clamp",
                        point_infix(m, "+", point_infix(m, "*", x, expr_number(m, alpha)), expr_number(m, beta)));
    expr_argument(m, e, "low", "0");
    expr_argument(m, e, "high", "1");
    return e;
}

/* NULL: the node is none of these. */
static Expr *unary(Import *m, Expr *x)
{
    static const char *const same[][2] = {{"Relu", "relu"},         {"Sigmoid", "sigmoid"},
                                          {"Tanh", "tanh"},         {"Erf", "erf"},
                                          {"Exp", "exp"},           {"Log", "log"},
                                          {"Sqrt", "sqrt"},         {"Abs", "abs"},
                                          {"Softplus", "softplus"}, {"HardSwish", "hardswish"},
                                          {"Floor", "floor"},       {"Sign", "sign"}};
    const char *op = m->node->op;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (!strcmp(op, same[i][0])) return expr_call(m, same[i][1], x);
    if (!strcmp(op, "Clip")) return clip(m, x);
    if (!strcmp(op, "HardSigmoid")) return hard_sigmoid(m, x);
    if (!strcmp(op, "Neg")) return point_infix(m, "*", x, expr_number(m, -1));
    if (!strcmp(op, "Reciprocal"))
        return is_call(x, "sqrt") ? expr_call(m, "rsqrt", x->of[0]) : point_infix(m, "/", expr_number(m, 1), x);
    if (!strcmp(op, "Gelu")) {
        Expr *e = expr_call(m, "gelu", x);
        if (text_attribute(m, "approximate", "tanh", false)) expr_argument(m, e, "form", "\"tanh\"");
        return e;
    }
    if (!strcmp(op, "LeakyRelu")) {
        Expr *e = expr_call(m, "leaky_relu", x);
        const double slope = real_attribute(m, "alpha", 0.01);
        if ((float)slope != 0.01f) expr_argument(m, e, "slope", real_text(m, slope));
        return e;
    }
    if (!strcmp(op, "Swish") && real_attribute(m, "alpha", 1) == 1) return expr_call(m, "silu", x);
    if (!strcmp(op, "Dropout")) {
        Slot *ratio = slot_input(m, 1);
        const double p = ratio ? *need_numbers(m, ratio, "the ratio") : real_attribute(m, "ratio", 0.5);
        if (p == 0) return x;
        Expr *e = expr_call(m, "dropout", x);
        expr_argument(m, e, "p", real_text(m, p));
        return e;
    }
    if (!strcmp(op, "Identity") || !strcmp(op, "Cast") || !strcmp(op, "CastLike")) return x;
    return NULL;
}

bool point_node(Import *m)
{
    static const char *const infixes[][2] = {{"Add", "+"}, {"Sub", "-"}, {"Mul", "*"}, {"Div", "/"}, {"Pow", "^"}};
    const char *op = m->node->op;
    for (size_t i = 0; i < sizeof infixes / sizeof *infixes; i++)
        if (!strcmp(op, infixes[i][0])) return infix(m, infixes[i][1]), true;
    if (!strcmp(op, "Max") || !strcmp(op, "Min")) return largest(m, op[1] == 'a' ? "max" : "min"), true;
    Slot *x = slot_input(m, 0);
    if (!is_value(x)) return false;
    const Slot like = *x;
    const int64_t type = whole_attribute(m, "to", ONNX_FLOAT);
    if (!strcmp(op, "Cast") && !onnx_is_real((OnnxType)type)) node_fail(m, "a value becomes whole numbers");
    Expr *e = unary(m, like.value);
    if (!e) return false;
    set_alike(m, m->node->outputs[0], e, &like);
    return true;
}
