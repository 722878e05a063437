/* export_op.c - each op as nodes of ONNX, where no layer has been recognised. */
#include "exchange/export.h"
#include "exchange/export_pattern.h"

#include <string.h>

/* ---- pointwise ---- */

static const struct {
    const Op *op;
    const char *name;
} pointwise[] = {
    {&op_add, "Add"},           {&op_sub, "Sub"},   {&op_mul, "Mul"},     {&op_div, "Div"},
    {&op_neg, "Neg"},           {&op_pow, "Pow"},   {&op_exp, "Exp"},     {&op_log, "Log"},
    {&op_sqrt, "Sqrt"},         {&op_tanh, "Tanh"}, {&op_erf, "Erf"},     {&op_sigmoid, "Sigmoid"},
    {&op_softplus, "Softplus"}, {&op_abs, "Abs"},   {&op_relu, "Relu"},   {&op_maximum, "Max"},
    {&op_minimum, "Min"},       {&op_sign, "Sign"}, {&op_floor, "Floor"},
};

static const struct {
    const Op *op;
    const char *name;
} comparisons[] = {
    {&op_equal, "Equal"},
    {&op_less, "Less"},
    {&op_less_equal, "LessOrEqual"},
    {&op_greater, "Greater"},
    {&op_greater_equal, "GreaterOrEqual"},
};

static const char *pointwise_name(const Op *op)
{
    for (size_t i = 0; i < sizeof pointwise / sizeof *pointwise; i++)
        if (pointwise[i].op == op) return pointwise[i].name;
    return NULL;
}

static const char *comparison_name(const Op *op)
{
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++)
        if (comparisons[i].op == op) return comparisons[i].name;
    return NULL;
}

/* The order of axes that most of the inputs have already: that of images where one of them has it. */
static void common_order(const Export *e, Value v, int n, const Value *in, int order[MAX_RANK])
{
    const int rank = type_of(e, v).rank;
    bool found = false;
    memcpy(order, order_plain, sizeof order_plain);
    for (int i = 0; i < n; i++) {
        const Type type = type_of(e, in[i]);
        int own[MAX_RANK], wide = 0;
        for (int k = 0; k < type.rank; k++) wide += type.dims[k] != 1;
        if (type.rank != rank || wide < 2 || (is_leaf(e->g, in[i]) && node_of(e, in[i])->op != &op_input)) continue;
        tensor_order(e, in[i], own);
        if (found && (rank != 4 || memcmp(own, order_image, 4 * sizeof *own))) continue;
        memcpy(order, own, sizeof own);
        found = true;
    }
}

static void write_pointwise(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    const Op *op = node_of(e, v)->op;
    const char *reads[4] = {NULL}, *compare = comparison_name(op);
    common_order(e, v, m->n_in, m->in, order);
    for (int i = 0; i < m->n_in; i++) reads[i] = tensor_operand(e, m->in[i], order);
    if (compare) onnx_add_node(e, compare, truth_made(e, v, order), reads);
    else onnx_add_node(e, pointwise_name(op), tensor_made(e, v, order), reads);
}

static void write_where(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    common_order(e, v, m->n_in, m->in, order);
    const char *condition = truth_in(e, m->in[0], type_of(e, m->in[0]).rank ? order : order_plain),
               *a = tensor_operand(e, m->in[1], order), *b = tensor_operand(e, m->in[2], order);
    onnx_add_node(e, "Where", tensor_made(e, v, order), READS(condition, a, b));
}

static void write_rsqrt(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    const Type type = type_of(e, v);
    Dim dims[MAX_RANK];
    common_order(e, v, 1, m->in, order);
    for (int i = 0; i < type.rank; i++) dims[i] = type.dims[order[i]];
    const char *x = tensor_operand(e, m->in[0], order),
               *root = tensor_between(e, v, "root", ONNX_FLOAT, type.rank, dims);
    onnx_add_node(e, "Sqrt", root, READS(x));
    onnx_add_node(e, "Reciprocal", tensor_made(e, v, order), READS(root));
}

static void cast(Export *e, const char *from, const char *to, OnnxType type)
{
    OnnxNodeWriter node = onnx_node_of(e, "Cast", to, READS(from));
    onnx_set_int(&node, "to", type);
    onnx_end_node(&node);
}

static void write_cast(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    const Type type = type_of(e, v);
    Dim dims[MAX_RANK];
    tensor_order(e, m->in[0], order);
    for (int i = 0; i < type.rank; i++) dims[i] = type.dims[order[i]];
    const char *x = tensor_in(e, m->in[0], order);
    if (node_of(e, v)->op == &op_bfloat16) {
        const char *half = tensor_between(e, v, "bf16", ONNX_BFLOAT16, type.rank, dims);
        cast(e, x, half, ONNX_BFLOAT16);
        x = half;
    }
    cast(e, x, tensor_made(e, v, order), ONNX_FLOAT);
}

/* ---- reductions ---- */

static void write_reduction(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    const Node *node = node_of(e, v);
    tensor_order(e, m->in[0], order);
    const char *x = tensor_in(e, m->in[0], order);
    write_reduce(e, node->op == &op_sum ? "ReduceSum" : "ReduceMax", x, v, order, (uint32_t)node->attr.ints[0]);
}

void write_reduce(Export *e, const char *op, const char *x, Value v, const int *order, uint32_t axes)
{
    int64_t list[MAX_RANK];
    int n = 0;
    for (int i = 0; i < type_of(e, v).rank; i++)
        if (axes >> order[i] & 1) list[n++] = i;
    const bool input = e->model.opset >= 18 || !strcmp(op, "ReduceSum");
    const char *reads[] = {x, input ? constant_ints(e, n, list) : NULL, NULL};
    OnnxNodeWriter node = onnx_node_of(e, op, tensor_made(e, v, order), reads);
    if (!input) onnx_set_ints(&node, "axes", n, list);
    onnx_set_int(&node, "keepdims", 1);
    onnx_end_node(&node);
}

/* Several axes become one, the last, before their maximum is looked for. */
static void write_argmax(Export *e, Value v, const Match *m)
{
    const uint32_t axes = (uint32_t)node_of(e, v)->attr.ints[0];
    const Type from = type_of(e, m->in[0]), to = type_of(e, v);
    int order[MAX_RANK] = {0}, n = 0, kept;
    Dim dims[MAX_RANK], inside = 1;
    if ((axes & (axes - 1)) == 0) {
        tensor_order(e, m->in[0], order);
        const char *x = tensor_in(e, m->in[0], order);
        OnnxNodeWriter node = onnx_node_of(e, "ArgMax", tensor_made(e, v, order), READS(x));
        for (int i = 0; i < from.rank; i++)
            if (axes >> order[i] & 1) onnx_set_int(&node, "axis", i);
        onnx_set_int(&node, "keepdims", 1);
        onnx_end_node(&node);
        return;
    }
    for (int i = 0; i < from.rank; i++)
        if (!(axes >> i & 1)) dims[n] = from.dims[i], order[n++] = i;
    kept = n;
    for (int i = 0; i < from.rank; i++)
        if (axes >> i & 1) inside = dim_product(2, (Dim[]){inside, from.dims[i]}), order[n++] = i;
    if (!inside) export_refuse(e, v, "looks among the pairs of samples of a batch");
    dims[kept] = inside;
    const char *x = tensor_in(e, m->in[0], order), *rows = tensor_between(e, v, "rows", ONNX_FLOAT, kept + 1, dims),
               *where = tensor_between(e, v, "where", ONNX_INT64, kept, dims);
    onnx_add_node(e, "Reshape", rows, READS(x, shape_tensor(e, kept + 1, dims)));
    OnnxNodeWriter node = onnx_node_of(e, "ArgMax", where, READS(rows));
    onnx_set_int(&node, "axis", kept);
    onnx_set_int(&node, "keepdims", 0);
    onnx_end_node(&node);
    const char *shape = shape_tensor(e, to.rank, to.dims);
    onnx_add_node(e, "Reshape", tensor_made(e, v, order_plain), READS(where, shape));
}

/* ---- views ---- */

static void write_nothing(Export *e, Value v, const Match *m) { (void)e, (void)v, (void)m; }

static void write_reshape(Export *e, Value v, const Match *m)
{
    const Type to = type_of(e, v);
    const char *x = tensor_sequence(e, m->in[0], order_plain);
    if (to.rank == 2 && to.dims[0] == BATCH_DIM && type_of(e, m->in[0]).dims[0] == BATCH_DIM) {
        OnnxNodeWriter node = onnx_node_of(e, "Flatten", tensor_made(e, v, order_plain), READS(x));
        onnx_set_int(&node, "axis", 1);
        onnx_end_node(&node);
    } else {
        const char *shape = shape_tensor(e, to.rank, to.dims);
        onnx_add_node(e, "Reshape", tensor_made(e, v, order_plain), READS(x, shape));
    }
}

static void write_broadcast(Export *e, Value v, const Match *m)
{
    const Type to = type_of(e, v), from = type_of(e, m->in[0]);
    Dim dims[MAX_RANK];
    for (int i = 0; i < to.rank; i++) dims[i] = from.rank && from.dims[i] == to.dims[i] ? 1 : to.dims[i];
    const char *x = tensor_plain(e, m->in[0]), *sizes = sizes_tensor(e, to.rank, dims);
    onnx_add_node(e, "Expand", tensor_made(e, v, order_plain), READS(x, sizes));
}

static void write_slice(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    const int64_t *a = node_of(e, v)->attr.ints;
    tensor_order(e, m->in[0], order);
    const char *x = tensor_in(e, m->in[0], order);
    const int axis = order_axis(order, type_of(e, v).rank, (int)a[0]);
    const char *first = constant_int(e, a[1]), *last = constant_int(e, a[1] + a[2]), *along = constant_int(e, axis);
    onnx_add_node(e, "Slice", tensor_made(e, v, order), READS(x, first, last, along));
}

static void write_pad(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    const Node *node = node_of(e, v);
    const int rank = node->type.rank;
    int64_t amounts[2 * MAX_RANK] = {0};
    tensor_order(e, m->in[0], order);
    const char *x = tensor_in(e, m->in[0], order);
    const int axis = order_axis(order, rank, (int)node->attr.ints[0]);
    amounts[axis] = node->attr.ints[1];
    amounts[rank + axis] = node->attr.ints[2];
    const char *around = constant_ints(e, 2 * rank, amounts), *fill = constant_number(e, node->attr.reals[0]);
    onnx_add_node(e, "Pad", tensor_made(e, v, order), READS(x, around, fill));
}

static void write_concat(Export *e, Value v, const Match *m)
{
    int order[MAX_RANK];
    const char **reads = arena_array(e->arena, m->n_in + 1, sizeof *reads);
    common_order(e, v, m->n_in, m->more, order);
    for (int i = 0; i < m->n_in; i++) reads[i] = tensor_in(e, m->more[i], order);
    OnnxNodeWriter node = onnx_node_of(e, "Concat", tensor_made(e, v, order), reads);
    onnx_set_int(&node, "axis", order_axis(order, type_of(e, v).rank, (int)node_of(e, v)->attr.ints[0]));
    onnx_end_node(&node);
}

/* An index that may be out of range gives 0 there, and is compared with each place. */
static void pick_if_there(Export *e, Value v, const char *x, const char *at, const Dim *column)
{
    const Type to = type_of(e, v);
    const Value from = node_of(e, v)->in[0];
    const int64_t n = type_of(e, from).dims[to.rank], last = to.rank;
    int64_t *places = arena_array(e->arena, n, sizeof *places);
    for (int64_t i = 0; i < n; i++) places[i] = i;
    Dim wide[MAX_RANK];
    memcpy(wide, column, sizeof wide);
    wide[to.rank] = n;
    const char *all = constant_ints(e, (int)n, places), *zero = constant_number(e, 0), *axis = constant_int(e, last),
               *here = tensor_between(e, v, "here", ONNX_BOOL, to.rank + 1, wide),
               *there = tensor_between(e, v, "there", tensor_type(to), to.rank + 1, wide);
    onnx_add_node(e, "Equal", here, READS(at, all));
    onnx_add_node(e, "Where", there, READS(here, x, zero));
    OnnxNodeWriter node = onnx_node_of(e, "ReduceSum", tensor_made(e, v, order_plain), READS(there, axis));
    onnx_set_int(&node, "keepdims", 0);
    onnx_end_node(&node);
}

static void write_pick(Export *e, Value v, const Match *m)
{
    const Type to = type_of(e, v), from = type_of(e, m->in[0]);
    Dim column[MAX_RANK] = {0};
    if (to.rank) memcpy(column, to.dims, (size_t)to.rank * sizeof *column);
    column[to.rank] = 1;
    const char *x = tensor_plain(e, m->in[0]), *index = tensor_plain(e, m->in[1]),
               *columns = shape_tensor(e, to.rank + 1, column),
               *at = tensor_between(e, v, "index", ONNX_INT64, to.rank + 1, column);
    onnx_add_node(e, "Reshape", at, READS(index, columns));
    if (from.elem == REAL && from.dims[to.rank] > 0 && pattern_largest_index(e, m->in[1]) >= from.dims[to.rank]) {
        pick_if_there(e, v, x, at, column);
        return;
    }
    const char *picked = tensor_between(e, v, "column", tensor_type(to), to.rank + 1, column);
    OnnxNodeWriter node = onnx_node_of(e, "GatherElements", picked, READS(x, at));
    onnx_set_int(&node, "axis", to.rank);
    onnx_end_node(&node);
    const char *shape = shape_tensor(e, to.rank, to.dims);
    onnx_add_node(e, "Reshape", tensor_made(e, v, order_plain), READS(picked, shape));
}

/* ---- products ---- */

static const char *matrices(Export *e, Value v, bool transposed)
{
    const int rank = type_of(e, v).rank;
    int order[MAX_RANK];
    memcpy(order, order_plain, sizeof order);
    if (transposed) order[rank - 2] = rank - 1, order[rank - 1] = rank - 2;
    return tensor_in(e, v, order);
}

static void write_matmul(Export *e, Value v, const Match *m)
{
    const int64_t *transposed = node_of(e, v)->attr.ints;
    if (type_of(e, m->in[0]).rank == 2 && type_of(e, m->in[1]).rank == 2) {
        const char *a = tensor_plain(e, m->in[0]), *b = tensor_plain(e, m->in[1]),
                   *c = m->n_in > 2 ? tensor_operand(e, m->in[2], order_plain) : NULL;
        write_gemm(e, v, a, b, c, transposed);
        return;
    }
    const char *a = matrices(e, m->in[0], transposed[0]), *b = matrices(e, m->in[1], transposed[1]);
    onnx_add_node(e, "MatMul", tensor_made(e, v, order_plain), READS(a, b));
}

void write_gemm(Export *e, Value v, const char *a, const char *b, const char *c, const int64_t transposed[2])
{
    OnnxNodeWriter node = onnx_node_of(e, "Gemm", tensor_made(e, v, order_plain), READS(a, b, c));
    if (transposed[0]) onnx_set_int(&node, "transA", 1);
    if (transposed[1]) onnx_set_int(&node, "transB", 1);
    onnx_end_node(&node);
}

/* ---- the table ---- */

static const struct {
    const Op *op;
    void (*write)(Export *, Value, const Match *);
} ops[] = {
    {&op_where, write_where},   {&op_rsqrt, write_rsqrt},     {&op_to_real, write_cast},
    {&op_bfloat16, write_cast}, {&op_sum, write_reduction},   {&op_max, write_reduction},
    {&op_argmax, write_argmax}, {&op_reshape, write_reshape}, {&op_broadcast, write_broadcast},
    {&op_slice, write_slice},   {&op_pad, write_pad},         {&op_concat, write_concat},
    {&op_pick, write_pick},     {&op_matmul, write_matmul},
};

Match export_op(Export *e, Value v)
{
    const Node *node = node_of(e, v);
    Match m = {.n_in = node->n_in, .more = node->in};
    for (int i = 0; i < node->n_in && i < (int)(sizeof m.in / sizeof *m.in); i++) m.in[i] = node->in[i];
    if (is_leaf(e->g, v) || tensor_is_alias(e->g, v)) m.write = write_nothing;
    else if (pointwise_name(node->op) || comparison_name(node->op)) m.write = write_pointwise;
    for (size_t i = 0; i < sizeof ops / sizeof *ops && !m.write; i++)
        if (ops[i].op == node->op) m.write = ops[i].write;
    if (!m.write) export_refuse(e, v, "has no form there");
    return m;
}
