/* import_norm.c - normalisation.  ONNX's momentum is one minus PyTorch's, which is ours. */
#include "exchange/import.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_parameter(Import *m, Slot *s)
{
    return s && s->kind == SLOT_TENSOR && onnx_is_real(s->tensor->type) && names_a_parameter(m, s);
}

static bool is_constant(Import *m, Slot *s, double number)
{
    if (!s) return true;
    const double *numbers = is_parameter(m, s) ? NULL : slot_numbers(m, s);
    for (int64_t i = 0; numbers && i < slot_count(s); i++)
        if (numbers[i] != number) return false;
    return numbers != NULL;
}

static void weight_of(Import *m, Slot *s, const char *path, const char *last, int64_t c)
{
    if (!s || s->kind != SLOT_TENSOR || s->rank != 1 || s->dims[0] != c)
        node_fail(m, "its %s is no tensor of %lld numbers of the file", last, (long long)c);
    weight_add(m, arena_format(m->arena, "%s.%s", path, last), s, 1, &c, NULL);
}

/* The norm `word` of x, whose channels lie last, with its weight and bias; states and further options are the
 * caller's. */
static Expr *norm(Import *m, const char *word, Expr *x, Slot *weight, Slot *bias, double eps, const char *eps_otherwise,
                  bool states, const char **path)
{
    const int64_t c = x->dims[x->rank - 1];
    Expr *e = expr_call(m, word, x);
    const bool both = is_parameter(m, weight) && is_parameter(m, bias) && !is_tied(m, weight);
    const bool none = is_constant(m, weight, 1) && is_constant(m, bias, 0);
    if (states && !both && !none) node_fail(m, "a norm with only one of weight and bias is not known");
    if (states && is_tied(m, weight)) node_fail(m, "a norm with states that is called twice is not known");
    *path = NULL;
    if (both || states) {
        e->layer = *path = layer_path(m, both ? weight : NULL, "weight", "norm");
        e->module = path_parent(m, e->layer);
    }
    if (both) {
        weight_of(m, weight, e->layer, "weight", c);
        weight_of(m, bias, e->layer, "bias", c);
    }
    expr_option(m, e, "eps", real_text(m, (double)(float)eps), eps_otherwise);
    if (!both) expr_option(m, e, "affine", "false", "true");
    if (both || none) return e;
    int plain[AXES];
    layout_plain(plain);
    Expr *scaled = is_constant(m, weight, 1) ? e : point_infix(m, "*", e, beside(m, weight, x->rank, plain, "weight"));
    return is_constant(m, bias, 0) ? scaled : point_infix(m, "+", scaled, beside(m, bias, x->rank, plain, "bias"));
}

static void batch_norm(Import *m)
{
    Slot *x = need_value(m, 0), *mean = need_input(m, 3), *var = need_input(m, 4);
    const Slot input = *x;
    int axis[AXES];
    layout_channels(input.rank, axis);
    const char *path;
    Expr *e = norm(m, "batch_norm", in_layout(m, &input, axis), need_input(m, 1), need_input(m, 2),
                   real_attribute(m, "epsilon", 1e-5), "1e-05", true, &path);
    weight_of(m, mean, path, "running_mean", input.dims[1]);
    weight_of(m, var, path, "running_var", input.dims[1]);
    const double given = real_attribute(m, "momentum", (double)0.9f);
    const char *momentum = real_text(m, 1 - given);
    for (int digits = 1; digits < 9; digits++) { /* the shortest whose difference to 1 is the float that is given */
        const char *text = arena_format(m->arena, "%.*g", digits, 1 - given);
        if ((float)(1 - strtod(text, NULL)) != (float)given) continue;
        momentum = text;
        break;
    }
    expr_option(m, e, "momentum", momentum, "0.1");
    set_value(m, m->node->outputs[0], e, input.rank, input.dims, axis);
}

static void layer_norm(Import *m)
{
    Slot *x = need_value(m, 0);
    const Slot input = *x;
    if (axis_within(m, whole_attribute(m, "axis", -1), input.rank) != input.rank - 1)
        node_fail(m, "a norm over more than the last axis is not known");
    int axis[AXES];
    memcpy(axis, input.axis, sizeof axis);
    if (axis[input.rank - 1] != input.rank - 1) layout_plain(axis);
    const char *path;
    Expr *e = norm(m, "layer_norm", in_layout(m, &input, axis), need_input(m, 1), slot_input(m, 2),
                   real_attribute(m, "epsilon", 1e-5), "1e-06", false, &path);
    set_value(m, m->node->outputs[0], e, input.rank, input.dims, axis);
}

static void instance_norm(Import *m)
{
    Slot *x = need_value(m, 0);
    const Slot input = *x;
    if (input.rank < 3) node_fail(m, "its input is of rank %d, against 3 at least", input.rank);
    int axis[AXES];
    layout_channels(input.rank, axis);
    const char *path;
    Expr *e = norm(m, "instance_norm", in_layout(m, &input, axis), need_input(m, 1), need_input(m, 2),
                   real_attribute(m, "epsilon", 1e-5), "1e-05", false, &path);
    set_value(m, m->node->outputs[0], e, input.rank, input.dims, axis);
}

static void group_norm(Import *m)
{
    Slot *x = need_value(m, 0);
    const Slot input = *x;
    int axis[AXES];
    layout_channels(input.rank, axis);
    const char *path;
    Expr *e = norm(m, "group_norm", in_layout(m, &input, axis), need_input(m, 1), need_input(m, 2),
                   real_attribute(m, "epsilon", 1e-5), "1e-05", false, &path);
    Expr *inner = e;
    while (inner->kind == EXPR_INFIX) inner = inner->of[0];
    expr_argument(m, inner, "groups", whole_text(m, whole_attribute(m, "num_groups", 1)));
    set_value(m, m->node->outputs[0], e, input.rank, input.dims, axis);
}

bool norm_node(Import *m)
{
    const char *op = m->node->op;
    if (!strcmp(op, "BatchNormalization")) return batch_norm(m), true;
    if (!strcmp(op, "LayerNormalization")) return layer_norm(m), true;
    if (!strcmp(op, "InstanceNormalization")) return instance_norm(m), true;
    if (!strcmp(op, "GroupNormalization")) return group_norm(m), true;
    return false;
}
