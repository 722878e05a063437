/* export_layer.c - layers that are one node of ONNX: convolution, linear layers, normalisation.
 *
 * The patterns are those of the constructors (language/prelude*.lua) behind simplify(); whoever writes a layer out of
 * its parts gets the same node. */
#include "exchange/export.h"
#include "exchange/export_pattern.h"

#include <string.h>

/* v = *inner * weight + bias by channels; weight and bias are 0 where there is none. */
static Value without_affine(const Export *e, Value v, Value *weight, Value *bias)
{
    Value product, inner;
    *weight = *bias = 0;
    if (pattern_by_channel(e, v, &op_add, &product, bias) && pattern_by_channel(e, product, &op_mul, &inner, weight))
        return inner;
    *weight = *bias = 0;
    return v;
}

/* v = (x - mean) / sqrt(variance + eps), both over *axes of x itself. */
static bool is_standardized(const Export *e, Value v, Value *x, uint32_t *axes, double *eps)
{
    const Node *node = node_of(e, v);
    Value variance, squares, of;
    uint32_t over;
    if (node->op != &op_mul || !pattern_is_op(e, node->in[0], &op_sub) || !pattern_is_op(e, node->in[1], &op_rsqrt))
        return false;
    const Value centred = node->in[0];
    *x = node_of(e, centred)->in[0];
    return pattern_with_number(e, node_of(e, node->in[1])->in[0], &op_add, eps, &variance) &&
           pattern_is_mean(e, variance, &squares, &over) && pattern_is_square(e, squares, centred) &&
           pattern_is_mean(e, node_of(e, centred)->in[1], &of, axes) && of == *x && over == *axes;
}

static int last_axis(Type type) { return type.rank - 1; }
static int64_t channels_of(Type type) { return type.dims[type.rank - 1]; }

/* The order in which channels are the second axis. */
static void channels_second(int rank, int order[MAX_RANK])
{
    memset(order, 0, MAX_RANK * sizeof *order);
    order[1] = rank - 1;
    for (int i = 2; i < rank; i++) order[i] = i - 1;
}

static const char *channel_numbers(Export *e, Value v, double otherwise, int64_t n)
{
    return v ? tensor_plain(e, v) : constant_filled(e, otherwise, n);
}

/* ---- convolution and linear layers ---- */

/* in: x, weight, bias or 0.  The node is found again by the pattern's value, conv2d or conv2d_grad_input. */
static bool match_convolution(const Export *e, Value v, Match *m)
{
    Value product = v, bias = 0;
    if (!pattern_by_channel(e, v, &op_add, &product, &bias)) product = v, bias = 0;
    if (!pattern_is_op(e, product, &op_conv2d) && !pattern_is_op(e, product, &op_conv2d_grad_input)) return false;
    m->in[0] = node_of(e, product)->in[0], m->in[1] = node_of(e, product)->in[1], m->in[2] = bias;
    m->n_in = 3;
    m->axis = product;
    return true;
}

/* in: a, b, c; a layer's bias, or any other value that is added to each row. */
static bool match_gemm(const Export *e, Value v, Match *m)
{
    const Node *sum = node_of(e, v);
    if (sum->op != &op_add || sum->type.rank != 2) return false;
    const Node *product = node_of(e, sum->in[0]);
    const Type added = type_of(e, sum->in[1]);
    if (product->op != &op_matmul || type_of(e, product->in[0]).rank != 2 || type_of(e, product->in[1]).rank != 2 ||
        !same_dims(product->type, sum->type) || added.rank != 2 || added.dims[0] != 1)
        return false;
    m->in[0] = product->in[0], m->in[1] = product->in[1], m->in[2] = sum->in[1];
    m->n_in = 3;
    m->axis = sum->in[0];
    return true;
}

static void write_linear(Export *e, Value v, const Match *m)
{
    const char *a = tensor_plain(e, m->in[0]), *b = tensor_plain(e, m->in[1]),
               *c = tensor_operand(e, m->in[2], order_plain);
    write_gemm(e, v, a, b, c, node_of(e, (Value)m->axis)->attr.ints);
}

/* Rows of a matrix, by an index that each sample has: the gradient of pick(linear(x), index).  in: matrix, index. */
static bool match_rows(const Export *e, Value v, Match *m)
{
    const Node *pick = node_of(e, v);
    if (pick->op != &op_pick || pick->type.rank != 2) return false;
    const Node *wide = node_of(e, pick->in[0]), *index = node_of(e, pick->in[1]);
    if (wide->op != &op_broadcast || index->op != &op_broadcast) return false;
    const Node *raised = node_of(e, wide->in[0]);
    const Value matrix = raised->op == &op_reshape ? raised->in[0] : 0;
    if (!matrix || !pattern_is_op(e, matrix, &op_permute) || type_of(e, matrix).rank != 2) return false;
    const Type turned = type_of(e, matrix), to = pick->type, at_row = type_of(e, index->in[0]);
    const bool fits = raised->type.rank == 3 && raised->type.dims[0] == 1 && raised->type.dims[1] == turned.dims[0] &&
                      turned.dims[0] == to.dims[1] && at_row.rank == 2 && at_row.dims[0] == to.dims[0] &&
                      pattern_largest_index(e, pick->in[1]) < turned.dims[1] && at_row.dims[1] == 1;
    m->in[0] = node_of(e, matrix)->in[0], m->in[1] = index->in[0];
    m->n_in = 2;
    return fits;
}

static void write_rows(Export *e, Value v, const Match *m)
{
    const Dim rows = type_of(e, v).dims[0];
    const char *matrix = tensor_plain(e, m->in[0]), *index = tensor_plain(e, m->in[1]),
               *shape = shape_tensor(e, 1, &rows), *at_row = tensor_between(e, v, "index", ONNX_INT64, 1, &rows),
               *to = tensor_made(e, v, order_plain);
    onnx_add_node(e, "Reshape", at_row, READS(index, shape));
    onnx_add_node(e, "Gather", to, READS(matrix, at_row));
}

/* ---- normalisation ---- */

/* in: x, weight, bias, mean, variance; weight and bias may be 0.  number: eps. */
static bool match_batch_norm(const Export *e, Value v, Match *m)
{
    Value weight, bias, variance;
    const Node *node = node_of(e, without_affine(e, v, &weight, &bias));
    if (node->op != &op_mul || !pattern_is_op(e, node->in[0], &op_sub) || !pattern_is_op(e, node->in[1], &op_rsqrt))
        return false;
    const Node *centred = node_of(e, node->in[0]);
    if (!pattern_with_number(e, node_of(e, node->in[1])->in[0], &op_add, &m->number[0], &variance)) return false;
    m->in[0] = centred->in[0], m->in[1] = weight, m->in[2] = bias;
    m->in[3] = pattern_channels_in(e, centred->in[1]), m->in[4] = pattern_channels_in(e, variance);
    m->n_in = 5;
    return m->in[3] && m->in[4] && type_equal(type_of(e, m->in[0]), node->type) && node->type.dims[0] == BATCH_DIM &&
           channels_of(type_of(e, m->in[3])) == channels_of(node->type);
}

static void write_batch_norm(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    const Type type = type_of(e, v);
    channels_second(type.rank, order);
    const char *x = tensor_in(e, m->in[0], order), *weight = channel_numbers(e, m->in[1], 1, channels_of(type)),
               *bias = channel_numbers(e, m->in[2], 0, channels_of(type)), *mean = tensor_plain(e, m->in[3]),
               *variance = tensor_plain(e, m->in[4]);
    OnnxNodeWriter node = onnx_node_of(e, "BatchNormalization", tensor_made(e, v, order),
                                       READS(x, weight, bias, mean, variance));
    onnx_set_float(&node, "epsilon", m->number[0]);
    onnx_end_node(&node);
}

static bool match_normalized(const Export *e, Value v, Match *m, uint32_t *axes)
{
    const Value inner = without_affine(e, v, &m->in[1], &m->in[2]);
    m->n_in = 3;
    return is_standardized(e, inner, &m->in[0], axes, &m->number[0]);
}

static bool match_layer_norm(const Export *e, Value v, Match *m)
{
    uint32_t axes;
    return e->model.opset >= 17 && match_normalized(e, v, m, &axes) && axes == 1u << last_axis(type_of(e, v)) &&
           channels_of(type_of(e, v)) > 0;
}

static void write_layer_norm(Export *e, Value v, const Match *m)
{
    const char *x = tensor_plain(e, m->in[0]), *weight = channel_numbers(e, m->in[1], 1, channels_of(type_of(e, v))),
               *bias = m->in[2] ? tensor_plain(e, m->in[2]) : NULL;
    OnnxNodeWriter node = onnx_node_of(e, "LayerNormalization", tensor_made(e, v, order_plain), READS(x, weight, bias));
    onnx_set_int(&node, "axis", -1);
    onnx_set_float(&node, "epsilon", m->number[0]);
    onnx_end_node(&node);
}

static bool match_instance_norm(const Export *e, Value v, Match *m)
{
    uint32_t axes;
    const Type type = type_of(e, v);
    return type.rank > 2 && type.dims[0] == BATCH_DIM && match_normalized(e, v, m, &axes) &&
           axes == (1u << last_axis(type)) - 2;
}

static void write_instance_norm(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    const Type type = type_of(e, v);
    channels_second(type.rank, order);
    const char *x = tensor_in(e, m->in[0], order), *weight = channel_numbers(e, m->in[1], 1, channels_of(type)),
               *bias = channel_numbers(e, m->in[2], 0, channels_of(type));
    OnnxNodeWriter node = onnx_node_of(e, "InstanceNormalization", tensor_made(e, v, order), READS(x, weight, bias));
    onnx_set_float(&node, "epsilon", m->number[0]);
    onnx_end_node(&node);
}

/* The value itself is x in groups of channels, standardized; weight and bias follow as nodes of their own.  axis: the
 * number of groups. */
static bool match_group_norm(const Export *e, Value v, Match *m)
{
    uint32_t axes;
    Value split;
    const Node *joined = node_of(e, v);
    if (joined->op != &op_reshape || !type_is_image(joined->type)) return false;
    if (!is_standardized(e, joined->in[0], &split, &axes, &m->number[0]) || !pattern_is_op(e, split, &op_reshape))
        return false;
    const Type type = joined->type, groups = type_of(e, split);
    m->in[0] = node_of(e, split)->in[0];
    m->n_in = 1;
    m->axis = groups.dims[2];
    return axes == (2 | 8) && groups.rank == 4 && groups.dims[0] == BATCH_DIM &&
           groups.dims[1] == type.dims[1] * type.dims[2] && groups.dims[2] * groups.dims[3] == type.dims[3] &&
           type_equal(type_of(e, m->in[0]), type);
}

/* As torch.onnx has it: each group is a channel of an InstanceNormalization. */
static void write_group_norm(Export *e, Value v, const Match *m)
{
    const Type t = type_of(e, v);
    const Dim rows[3] = {BATCH_DIM, m->axis, t.dims[1] * t.dims[2] * t.dims[3] / m->axis},
              image[4] = {BATCH_DIM, t.dims[3], t.dims[1], t.dims[2]};
    const char *x = tensor_image(e, m->in[0]), *split = tensor_between(e, v, "groups", ONNX_FLOAT, 3, rows),
               *unit = tensor_between(e, v, "unit", ONNX_FLOAT, 3, rows), *groups = shape_tensor(e, 3, rows),
               *ones = constant_filled(e, 1, m->axis), *zeros = constant_filled(e, 0, m->axis),
               *shape = shape_tensor(e, 4, image), *to = tensor_made(e, v, order_image);
    onnx_add_node(e, "Reshape", split, READS(x, groups));
    OnnxNodeWriter node = onnx_node_of(e, "InstanceNormalization", unit, READS(split, ones, zeros));
    onnx_set_float(&node, "epsilon", m->number[0]);
    onnx_end_node(&node);
    onnx_add_node(e, "Reshape", to, READS(unit, shape));
}

const ExportForm export_layers[] = {{"convolution", match_convolution, write_convolution},
                                    {"gemm", match_gemm, write_linear},
                                    {"rows", match_rows, write_rows},
                                    {"batch_norm", match_batch_norm, write_batch_norm},
                                    {"layer_norm", match_layer_norm, write_layer_norm},
                                    {"instance_norm", match_instance_norm, write_instance_norm},
                                    {"group_norm", match_group_norm, write_group_norm},
                                    {0}};
