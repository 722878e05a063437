/* export_pattern.c - parts of patterns: see export_pattern.h. */
#include "exchange/export_pattern.h"

#include <math.h>

bool pattern_is_op(const Export *e, Value v, const Op *op) { return node_of(e, v)->op == op; }

bool pattern_number_of(const Export *e, Value v, double *number)
{
    const Node *node = node_of(e, v);
    if (node->op != &op_constant || node->attr.n_reals != 1) return false;
    *number = node->attr.reals[0];
    return true;
}

bool pattern_is_number(const Export *e, Value v, double wanted)
{
    double number;
    return pattern_number_of(e, v, &number) && fabs(number - wanted) <= 1e-6 * fabs(wanted);
}

/* v = rest op number, or number op rest, of an op that commutes. */
bool pattern_with_number(const Export *e, Value v, const Op *op, double *number, Value *rest)
{
    const Node *node = node_of(e, v);
    if (node->op != op) return false;
    const int first = pattern_number_of(e, node->in[0], number)   ? 0
                      : pattern_number_of(e, node->in[1], number) ? 1
                                                                  : -1;
    if (first >= 0) *rest = node->in[1 - first];
    return first >= 0;
}

bool pattern_with_this(const Export *e, Value v, const Op *op, double wanted, Value *rest)
{
    double number;
    return pattern_with_number(e, v, op, &number, rest) && fabs(number - wanted) <= 1e-6 * fabs(wanted);
}

bool pattern_is_square(const Export *e, Value v, Value of)
{
    const Node *node = node_of(e, v);
    return node->op == &op_mul && node->in[0] == of && node->in[1] == of;
}

/* v = mean of *x over *axes, of sizes that are known. */
bool pattern_is_mean(const Export *e, Value v, Value *x, uint32_t *axes)
{
    const Node *node = node_of(e, v), *sum = node->op == &op_div ? node_of(e, node->in[0]) : NULL;
    double count = 1;
    if (!sum || sum->op != &op_sum) return false;
    const Type from = type_of(e, sum->in[0]);
    for (int i = 0; i < from.rank; i++)
        if (sum->attr.ints[0] >> i & 1) count *= from.dims[i] < 0 ? NAN : (double)from.dims[i];
    if (!pattern_is_number(e, node->in[1], count)) return false;
    *x = sum->in[0];
    *axes = (uint32_t)sum->attr.ints[0];
    return true;
}

/* A value of one number a channel, [c], in the rank of something that has channels as its last axis: that value, else
 * 0. */
Value pattern_channels_in(const Export *e, Value v)
{
    const Node *node = node_of(e, v);
    if (node->op != &op_reshape || node->type.rank < 2) return 0;
    const Type from = type_of(e, node->in[0]);
    for (int i = 0; i < node->type.rank - 1; i++)
        if (node->type.dims[i] != 1) return 0;
    return from.rank == 1 && from.dims[0] == node->type.dims[node->type.rank - 1] ? node->in[0] : 0;
}

/* v = *rest op channels, where *channels has one number for each. */
bool pattern_by_channel(const Export *e, Value v, const Op *op, Value *rest, Value *channels)
{
    const Node *node = node_of(e, v);
    if (node->op != op) return false;
    for (int i = 1; i >= 0; i--)
        if ((*channels = pattern_channels_in(e, node->in[i])) &&
            type_of(e, *channels).dims[0] == node->type.dims[node->type.rank - 1]) {
            *rest = node->in[1 - i];
            return type_equal(type_of(e, *rest), node->type);
        }
    return false;
}

int64_t pattern_largest_index(const Export *e, Value v)
{
    const Node *node = node_of(e, v);
    while (node->op == &op_reshape || node->op == &op_broadcast) node = node_of(e, node->in[0]);
    const int more = 2 + node->type.rank; /* attributes behind the type: of labels, how many classes */
    if (node->op == &op_input && node->attr.n_ints > more && node->attr.ints[more] > 0)
        return node->attr.ints[more] - 1;
    if (node->op != &op_argmax) return INT64_MAX;
    const Type type = type_of(e, node->in[0]);
    int64_t n = 1;
    for (int i = 0; i < type.rank; i++)
        if (node->attr.ints[0] >> i & 1) n = type.dims[i] < 0 || n == INT64_MAX ? INT64_MAX : n * type.dims[i];
    return n == INT64_MAX ? n : n - 1;
}
