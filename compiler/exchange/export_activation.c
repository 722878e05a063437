/* export_activation.c - activations, softmax and reductions that are one node of ONNX. */
#include "exchange/export.h"
#include "exchange/export_pattern.h"

#include <math.h>

/* half = 0.5 x; v = half * (1 + f), in either order.  Returns f. */
static Value gate_of(const Export *e, Value v, Value *x)
{
    Value f;
    const Node *node = node_of(e, v);
    if (node->op != &op_mul) return 0;
    for (int i = 0; i < 2; i++)
        if (pattern_with_this(e, node->in[i], &op_mul, 0.5, x) && pattern_with_this(e, node->in[1 - i], &op_add, 1, &f))
            return f;
    return 0;
}

enum { GELU_OPSET = 20 }; /* from which on there is such an op */

/* axis: 1 of the form with tanh */
static bool match_gelu(const Export *e, Value v, Match *m)
{
    Value x, of, cube, square, inner;
    const Value f = gate_of(e, v, &x);
    if (!f) return false;
    m->in[0] = x;
    m->n_in = 1;
    m->axis = pattern_is_op(e, f, &op_tanh);
    if (pattern_is_op(e, f, &op_erf))
        return pattern_with_this(e, node_of(e, f)->in[0], &op_mul, M_SQRT1_2, &of) && of == x;
    if (!m->axis || e->model.opset < GELU_OPSET ||
        !pattern_with_this(e, node_of(e, f)->in[0], &op_mul, 0.7978845608028654, &inner))
        return false;
    const Node *sum = node_of(e, inner);
    if (sum->op != &op_add || sum->in[0] != x) return false;
    cube = sum->in[1];
    if (!pattern_is_op(e, cube, &op_mul) || node_of(e, cube)->in[1] != x) return false;
    square = node_of(e, cube)->in[0];
    return pattern_is_op(e, square, &op_mul) && node_of(e, square)->in[1] == x &&
           pattern_with_this(e, node_of(e, square)->in[0], &op_mul, 0.044715, &of) && of == x;
}

/* x / sqrt(2), erf, + 1, * x, * 0.5: as torch.onnx has it where there is no such op. */
static void write_erf_gelu(Export *e, Value v, const char *x, const int *order)
{
    static const char *const names[] = {"scaled", "erf", "gate", "gated"};
    const Type type = type_of(e, v);
    Dim dims[MAX_RANK];
    const char *between[4];
    for (int i = 0; i < type.rank; i++) dims[i] = type.dims[order[i]];
    for (int i = 0; i < 4; i++) between[i] = tensor_between(e, v, names[i], ONNX_FLOAT, type.rank, dims);
    const char *root = constant_number(e, M_SQRT2), *one = constant_number(e, 1), *half = constant_number(e, 0.5);
    onnx_add_node(e, "Div", between[0], READS(x, root));
    onnx_add_node(e, "Erf", between[1], READS(between[0]));
    onnx_add_node(e, "Add", between[2], READS(between[1], one));
    onnx_add_node(e, "Mul", between[3], READS(x, between[2]));
    onnx_add_node(e, "Mul", tensor_made(e, v, order), READS(between[3], half));
}

static void write_gelu(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    tensor_order(e, m->in[0], order);
    const char *x = tensor_in(e, m->in[0], order);
    if (e->model.opset < GELU_OPSET) {
        write_erf_gelu(e, v, x, order);
        return;
    }
    OnnxNodeWriter node = onnx_node_of(e, "Gelu", tensor_made(e, v, order), READS(x));
    if (m->axis) onnx_set_text(&node, "approximate", "tanh");
    onnx_end_node(&node);
}

/* v = number where x is beyond it, else *rest */
static bool is_bound(const Export *e, Value v, const Op *beyond, double *number, Value *x, Value *rest)
{
    const Node *node = node_of(e, v), *test = node->op == &op_where ? node_of(e, node->in[0]) : NULL;
    double same;
    if (!test || test->op != beyond || !pattern_number_of(e, test->in[1], number) ||
        !pattern_number_of(e, node->in[1], &same))
        return false;
    *x = test->in[0];
    *rest = node->in[2];
    return same == *number && type_equal(type_of(e, *x), node->type);
}

/* number: the bounds; axis: 1 there is a lower, 2 an upper one, 3 both */
static bool match_clip(const Export *e, Value v, Match *m)
{
    Value x, rest, low_x;
    m->axis = 0;
    if (is_bound(e, v, &op_greater, &m->number[1], &x, &rest)) m->axis = 2;
    else x = 0, rest = v;
    if (rest != x && is_bound(e, rest, &op_less, &m->number[0], &low_x, &rest)) {
        if (x && low_x != x) return false;
        m->axis |= 1;
        x = low_x;
    }
    m->in[0] = x;
    m->n_in = 1;
    return m->axis && rest == x;
}

static void write_clip(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    tensor_order(e, m->in[0], order);
    const char *x = tensor_in(e, m->in[0], order), *low = m->axis & 1 ? constant_number(e, m->number[0]) : "",
               *high = m->axis & 2 ? constant_number(e, m->number[1]) : NULL;
    onnx_add_node(e, "Clip", tensor_made(e, v, order), READS(x, low, high));
}

/* v = low where x <= below, high where x >= above, else *between: what is flat on its bounds too. */
static bool is_held(const Export *e, Value v, double low, double below, double high, double above, Value *x,
                    Value *between)
{
    const Node *outer = node_of(e, v), *inner = outer->op == &op_where ? node_of(e, outer->in[2]) : NULL;
    if (!inner || inner->op != &op_where) return false;
    const Node *first = node_of(e, outer->in[0]), *second = node_of(e, inner->in[0]);
    *x = first->n_in ? first->in[0] : 0;
    *between = inner->in[2];
    return first->op == &op_less_equal && pattern_is_number(e, first->in[1], below) &&
           pattern_is_number(e, outer->in[1], low) && second->op == &op_greater_equal && second->in[0] == *x &&
           pattern_is_number(e, second->in[1], above) && pattern_is_number(e, inner->in[1], high) &&
           type_equal(type_of(e, *x), outer->type);
}

static bool match_relu6(const Export *e, Value v, Match *m)
{
    Value between;
    m->n_in = 1;
    m->axis = 3;
    m->number[0] = 0, m->number[1] = 6;
    return is_held(e, v, 0, 0, 6, 6, &m->in[0], &between) && between == m->in[0];
}

/* v = 6 hardsigmoid(x): x + 3, held between 0 and 6 */
static bool is_hard_gate(const Export *e, Value v, Value *x)
{
    Value between, of;
    return is_held(e, v, 0, -3, 6, 3, x, &between) && pattern_with_this(e, between, &op_add, 3, &of) && of == *x;
}

static bool match_hardsigmoid(const Export *e, Value v, Match *m)
{
    const Node *node = node_of(e, v);
    m->n_in = 1;
    return node->op == &op_div && pattern_is_number(e, node->in[1], 6) && is_hard_gate(e, node->in[0], &m->in[0]);
}

static bool match_hardswish(const Export *e, Value v, Match *m)
{
    const Node *node = node_of(e, v), *product = node->op == &op_div ? node_of(e, node->in[0]) : NULL;
    m->n_in = 1;
    if (!product || product->op != &op_mul || !pattern_is_number(e, node->in[1], 6)) return false;
    for (int i = 0; i < 2; i++)
        if (is_hard_gate(e, product->in[i], &m->in[0]) && product->in[1 - i] == m->in[0]) return true;
    return false;
}

/* number: the slope below 0 */
static bool match_leaky_relu(const Export *e, Value v, Match *m)
{
    const Node *node = node_of(e, v);
    m->n_in = 1;
    for (int i = 0; i < 2 && node->op == &op_mul; i++) {
        const Node *slope = node_of(e, node->in[i]), *test = slope->op == &op_where ? node_of(e, slope->in[0]) : NULL;
        m->in[0] = node->in[1 - i];
        if (test && test->op == &op_greater && test->in[0] == m->in[0] && pattern_is_number(e, test->in[1], 0) &&
            pattern_is_number(e, slope->in[1], 1) && pattern_number_of(e, slope->in[2], &m->number[0]) &&
            type_equal(type_of(e, m->in[0]), node->type))
            return true;
    }
    return false;
}

static void hard_sigmoid(Export *e, const char *x, const char *to)
{
    OnnxNodeWriter node = onnx_node_of(e, "HardSigmoid", to, READS(x));
    onnx_set_float(&node, "alpha", 1.0 / 6);
    onnx_set_float(&node, "beta", 0.5);
    onnx_end_node(&node);
}

static void write_hardsigmoid(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    tensor_order(e, m->in[0], order);
    const char *x = tensor_in(e, m->in[0], order);
    hard_sigmoid(e, x, tensor_made(e, v, order));
}

static void write_hardswish(Export *e, Value v, const Match *m)
{
    enum { HARDSWISH_OPSET = 14 }; /* from which on there is such an op */
    int order[MAX_RANK];
    const Type type = type_of(e, v);
    Dim dims[MAX_RANK];
    tensor_order(e, m->in[0], order);
    for (int i = 0; i < type.rank; i++) dims[i] = type.dims[order[i]];
    const char *x = tensor_in(e, m->in[0], order);
    if (e->model.opset >= HARDSWISH_OPSET) {
        onnx_add_node(e, "HardSwish", tensor_made(e, v, order), READS(x));
        return;
    }
    const char *gate = tensor_between(e, v, "gate", ONNX_FLOAT, type.rank, dims);
    hard_sigmoid(e, x, gate);
    onnx_add_node(e, "Mul", tensor_made(e, v, order), READS(x, gate));
}

static void write_leaky_relu(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    tensor_order(e, m->in[0], order);
    const char *x = tensor_in(e, m->in[0], order);
    OnnxNodeWriter node = onnx_node_of(e, "LeakyRelu", tensor_made(e, v, order), READS(x));
    onnx_set_float(&node, "alpha", m->number[0]);
    onnx_end_node(&node);
}

/* v = x - max(x) over one axis.  Its gradient does not go through the maximum. */
static bool is_lowered(const Export *e, Value v, Value *x, uint32_t *axes)
{
    const Node *node = node_of(e, v), *most = node->op == &op_sub ? node_of(e, node->in[1]) : NULL;
    while (most && most->op == &op_stop_gradient) most = node_of(e, most->in[0]);
    if (!most || most->op != &op_max || most->in[0] != node->in[0]) return false;
    *x = node->in[0];
    *axes = (uint32_t)most->attr.ints[0];
    return (*axes & (*axes - 1)) == 0;
}

/* v = sum of exp(lowered) over the same axis */
static bool is_total(const Export *e, Value v, Value powers, uint32_t axes)
{
    const Node *sum = node_of(e, v);
    return sum->op == &op_sum && sum->in[0] == powers && sum->attr.ints[0] == axes;
}

static bool match_softmax(const Export *e, Value v, Match *m)
{
    const Node *node = node_of(e, v);
    uint32_t axes;
    if (node->op != &op_div || !pattern_is_op(e, node->in[0], &op_exp)) return false;
    m->n_in = 1;
    if (!is_lowered(e, node_of(e, node->in[0])->in[0], &m->in[0], &axes)) return false;
    m->axis = axes;
    return is_total(e, node->in[1], node->in[0], axes);
}

static bool match_log_softmax(const Export *e, Value v, Match *m)
{
    const Node *node = node_of(e, v);
    uint32_t axes;
    if (node->op != &op_sub || !pattern_is_op(e, node->in[1], &op_log) || !is_lowered(e, node->in[0], &m->in[0], &axes))
        return false;
    const Value total = node_of(e, node->in[1])->in[0];
    m->n_in = 1;
    m->axis = axes;
    return pattern_is_op(e, total, &op_sum) && pattern_is_op(e, node_of(e, total)->in[0], &op_exp) &&
           node_of(e, node_of(e, total)->in[0])->in[0] == node->in[0] &&
           is_total(e, total, node_of(e, total)->in[0], axes);
}

static void softmax(Export *e, const char *op, Value v, const Match *m)
{
    int order[MAX_RANK];
    tensor_order(e, m->in[0], order);
    const char *x = tensor_in(e, m->in[0], order);
    OnnxNodeWriter node = onnx_node_of(e, op, tensor_made(e, v, order), READS(x));
    for (int i = 0; i < type_of(e, v).rank; i++)
        if (m->axis >> order[i] & 1) onnx_set_int(&node, "axis", i);
    onnx_end_node(&node);
}
static void write_softmax(Export *e, Value v, const Match *m) { softmax(e, "Softmax", v, m); }
static void write_log_softmax(Export *e, Value v, const Match *m) { softmax(e, "LogSoftmax", v, m); }

/* ---- reductions ---- */

static bool match_mean(const Export *e, Value v, Match *m)
{
    uint32_t axes;
    if (!pattern_is_mean(e, v, &m->in[0], &axes)) return false;
    m->n_in = 1;
    m->axis = axes;
    return true;
}

static void write_mean(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    tensor_order(e, m->in[0], order);
    const char *x = tensor_in(e, m->in[0], order);
    if (type_is_image(type_of(e, m->in[0])) && m->axis == 6 && order[1] == 3)
        onnx_add_node(e, "GlobalAveragePool", tensor_made(e, v, order), READS(x));
    else write_reduce(e, "ReduceMean", x, v, order, (uint32_t)m->axis);
}

/* The norm, with its gradient of 0 at 0: where(s = 0, 0, sqrt(where(s = 0, 1, s))), s the sum of squares. */
static bool match_norm(const Export *e, Value v, Match *m)
{
    const Node *node = node_of(e, v);
    if (node->op != &op_where || !pattern_is_op(e, node->in[0], &op_equal) || !pattern_is_op(e, node->in[2], &op_sqrt))
        return false;
    const Node *safe = node_of(e, node_of(e, node->in[2])->in[0]), *zero = node_of(e, node->in[0]);
    if (safe->op != &op_where || safe->in[0] != node->in[0] || !pattern_is_number(e, safe->in[1], 1)) return false;
    const Value sum = safe->in[2];
    if (!pattern_is_op(e, sum, &op_sum) || zero->in[0] != sum || !pattern_is_number(e, zero->in[1], 0) ||
        !pattern_is_number(e, node->in[1], 0))
        return false;
    const Value squares = node_of(e, sum)->in[0];
    m->in[0] = pattern_is_op(e, squares, &op_mul) ? node_of(e, squares)->in[0] : 0;
    m->n_in = 1;
    m->axis = node_of(e, sum)->attr.ints[0];
    return m->in[0] && pattern_is_square(e, squares, m->in[0]);
}

static void write_norm(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    tensor_order(e, m->in[0], order);
    const char *x = tensor_in(e, m->in[0], order);
    write_reduce(e, "ReduceL2", x, v, order, (uint32_t)m->axis);
}

const ExportForm export_activations[] = {{"gelu", match_gelu, write_gelu},
                                         {"clip", match_clip, write_clip},
                                         {"relu6", match_relu6, write_clip},
                                         {"hardswish", match_hardswish, write_hardswish},
                                         {"hardsigmoid", match_hardsigmoid, write_hardsigmoid},
                                         {"leaky_relu", match_leaky_relu, write_leaky_relu},
                                         {"softmax", match_softmax, write_softmax},
                                         {"log_softmax", match_log_softmax, write_log_softmax},
                                         {"mean", match_mean, write_mean},
                                         {"norm", match_norm, write_norm},
                                         {0}};
