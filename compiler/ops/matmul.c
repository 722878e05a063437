/* matmul.c - matrix products, by the kernels of runtime/rt_matmul.h, or by OpenBLAS (rt_blas.h) if the graph's tuning
 * chooses it. */
#include "graph/op.h"

#include "graph/choice.h"

static Type type_of(const Graph *g, Value v) { return graph_at(g, v)->type; }

/* Attributes: transpose a, transpose b.
 * The axes before the last two are equal or are broadcast.  A right side of rank 2 is one matrix for all rows, as in a
 * linear layer, when the left side has a higher rank and is not transposed. */

static bool is_linear(Type a, Type b) { return b.rank == 2 && a.rank > 2; }

static bool matmul_shape(Shape *shape)
{
    Type a = shape->in[0], b = shape->in[1];
    int r = a.rank;
    bool ta = shape->attr->ints[0], tb = shape->attr->ints[1], linear = is_linear(a, b);
    bool fits = a.rank >= 2 && (linear ? !ta : a.rank == b.rank) && a.elem == REAL && b.elem == REAL;
    shape->out = a;
    for (int i = 0; fits && !linear && i < r - 2; i++) {
        if (a.dims[i] == 1) shape->out.dims[i] = b.dims[i];
        else fits = b.dims[i] == 1 || b.dims[i] == a.dims[i];
    }
    if (fits) fits = a.dims[ta ? r - 2 : r - 1] == b.dims[tb ? b.rank - 1 : b.rank - 2];
    if (!fits) {
        snprintf(shape->error, sizeof shape->error, "%s%s does not multiply %s%s", type_text(shape->graph->arena, a),
                 ta ? " transposed" : "", type_text(shape->graph->arena, b), tb ? " transposed" : "");
        return false;
    }
    shape->out.dims[r - 2] = a.dims[ta ? r - 1 : r - 2];
    shape->out.dims[r - 1] = b.dims[tb ? b.rank - 2 : b.rank - 1];
    return true;
}

/* The value with all axes but the last joined into one; the value itself when they can not be one Dim. */
static Value make_rows(Graph *g, Value v)
{
    Type type = type_of(g, v);
    return !dim_product(type.rank - 1, type.dims)
               ? v
               : make_reshape(g, v, 2, (Dim[]){dim_product(type.rank - 1, type.dims), type.dims[type.rank - 1]});
}

static void matmul_gradient(Graph *g, Value y, Value dy, Value *dx)
{
    const Node *node = graph_at(g, y);
    Value a = node->in[0], b = node->in[1];
    bool ta = node->attr.ints[0], tb = node->attr.ints[1];
    dx[0] = ta ? make_matmul(g, b, dy, tb, true) : make_matmul(g, dy, b, false, !tb);
    if (is_linear(type_of(g, a), type_of(g, b))) a = make_rows(g, a), dy = make_rows(g, dy);
    dx[1] = tb ? make_matmul(g, dy, a, true, ta) : make_matmul(g, a, dy, !ta, false);
    Type stack = type_of(g, dx[1]), right = type_of(g, b);
    if (stack.rank > right.rank)      /* one matrix for all */
        dx[1] = make_reshape_like(g, make_sum(g, dx[1], (1u << (stack.rank - right.rank)) - 1), right);
}

/* The matrix of input `which` that an index of the result belongs to. */
static const double *matrix_of(const Interpretation *it, int which, const int64_t *index)
{
    const Type *type = &it->in_type[which];
    int64_t number = 0;
    for (int i = 0; i < type->rank - 2; i++)
        if (type->dims[i] != 1) number = number * type->dims[i] + index[i];
    return it->in[which] + number * type->dims[type->rank - 2] * type->dims[type->rank - 1];
}
static double matmul_element(const Interpretation *it, const int64_t *index)
{
    int r = it->type.rank;
    bool ta = it->node->attr.ints[0], tb = it->node->attr.ints[1];
    int64_t row = index[r - 2], column = index[r - 1];
    int64_t a_row = it->in_type[0].dims[r - 1], b_row = it->in_type[1].dims[it->in_type[1].rank - 1],
            n = it->in_type[0].dims[ta ? r - 2 : r - 1];
    const double *a = matrix_of(it, 0, index) + (ta ? row : row * a_row),
                 *b = matrix_of(it, 1, index) + (tb ? column * b_row : column);
    double sum = 0;
    for (int64_t k = 0; k < n; k++) sum += a[ta ? k * a_row : k] * b[tb ? k : k * b_row];
    return sum;
}
static void matmul(const Interpretation *it) { interpret_each(it, matmul_element); }

static BatchMode matmul_batch(const Graph *g, Value v)
{
    const Node *node = graph_at(g, v);
    Type a = type_of(g, node->in[0]), b = type_of(g, node->in[1]), out = node->type;
    if (!type_has_batch(a) && !type_has_batch(b)) return BATCH_NONE;
    int batches_a = 0, batches_b = 0, batches_out = 0;
    for (int i = 0; i < out.rank; i++)
        batches_a += a.dims[i] < 0, batches_b += b.dims[i] < 0, batches_out += out.dims[i] < 0;
    bool ta = node->attr.ints[0], tb = node->attr.ints[1];
    if (batches_out == 0 && out.rank == 2 && ta && !tb) return BATCH_REDUCE;            /* x' y, summed over samples */
    if (batches_out != 1 || out.dims[0] >= 0) return BATCH_WHOLE;
    if (batches_a > 1 || batches_b > 1) return BATCH_WHOLE;
    if (is_linear(a, b)) return batches_b == 0 ? BATCH_SAMPLE : BATCH_WHOLE;
    if (out.rank == 2) return !ta && batches_b == 0 ? BATCH_SAMPLE : BATCH_WHOLE;
    return BATCH_SAMPLE;
}

static int matmul_weight_axis(const Graph *g, Value v, bool result)
{
    const Node *node = graph_at(g, v);
    return node->attr.ints[0] || type_of(g, node->in[1]).rank != 2 ? -1 : result != (node->attr.ints[1] != 0);
}

/* Is it x' y?  That adds outer products and lays nothing out anew; any other product packs its right side. */
static bool outer(const Graph *g, Value v)
{
    const Node *node = graph_at(g, v);
    return node->type.rank == 2 && node->attr.ints[0] && !node->attr.ints[1];
}

/* The number of terms of x' y that are summed up before they are added to the sum of earlier calls: those of a sample,
 * which may come in a call of its own.  0: each term is added by itself, since for few terms a sum of their own would
 * only move the result to and fro. */
static Dim outer_run(const Graph *g, Value v)
{
    enum { FEW = 32 };
    const Dim terms = type_of(g, graph_at(g, v)->in[0]).dims[0];
    return matmul_batch(g, v) != BATCH_REDUCE ? terms : -terms < FEW ? 0 : -terms;
}

static int64_t leading(Type type, int64_t batch)   /* matrices in the stack */
{
    int64_t n = 1;
    for (int i = 0; i < type.rank - 2; i++) n *= dim_size(type.dims[i], batch);
    return n;
}

static Contraction matmul_contraction(const Graph *g, Value v, int64_t batch)
{
    const Node *node = graph_at(g, v);
    if (algorithm_at(algorithm_of(g, v))->openblas)
        return (Contraction){.algorithm = "openblas", .packed = -1, .accumulates = outer(g, v)};
    if (outer(g, v)) return (Contraction){.algorithm = "outer products", .packed = -1, .accumulates = true};
    int r = node->type.rank;
    bool ta = node->attr.ints[0], tb = node->attr.ints[1];
    Type a = type_of(g, node->in[0]), b = type_of(g, node->in[1]);
    if (is_linear(a, b)) {
        int64_t n = b.dims[tb ? 0 : 1], k = b.dims[tb ? 1 : 0];
        if (type_has_batch(b))
            return (Contraction){.algorithm = "matmul",
                                 .packed = -1,
                                 .scratch_floats = rt_packed_floats(dim_size(k, batch), dim_size(n, batch))};
        return (Contraction){.algorithm = "matmul", .packed = 1, .packed_floats = rt_packed_floats(k, n)};
    }
    int64_t m = dim_size(node->type.dims[r - 2], batch), n = dim_size(node->type.dims[r - 1], batch),
            k = dim_size(a.dims[ta ? r - 2 : r - 1], batch);
    Contraction result = {.algorithm = "matmul", .packed = -1};
    if (!type_has_batch(b) && leading(node->type, batch) == 1)
        result.packed = 1, result.packed_floats = rt_packed_floats(k, n);
    else result.scratch_floats = rt_packed_floats(k, n);
    if (ta) result.scratch_floats += m * k;
    return result;
}

static void matmul_pack(KernelWriter *w, Value v, const ContractionCall *call)
{
    const Graph *g = kernel_graph(w);
    const Node *node = graph_at(g, v);
    Type type = node->type, a = type_of(g, node->in[0]);
    bool tb = node->attr.ints[1];
    const char *n = kernel_dim(w, type.dims[type.rank - 1]),
               *k = kernel_dim(w, a.dims[node->attr.ints[0] ? type.rank - 2 : type.rank - 1]);
    const char *row = kernel_stride(w, type_of(g, node->in[1]).dims[type_of(g, node->in[1]).rank - 1]);
    kernel_line(w, "rt_pack(%s, %s, %s, %s, %s, %s);", k, n, call->in[1], tb ? "1" : row, tb ? row : "1", call->packed);
}

/* C text of the start of a matrix in a stack.  A broadcast axis does not move it. */
static const char *matrix_at(KernelWriter *w, const char *start, Type type, int n, const char *const *index)
{
    const char *offset = NULL;
    for (int i = 0; i < n; i++) {
        if (type.dims[i] == 1) continue;
        offset = offset ? kernel_format(w, "(%s) * %s + %s", offset, kernel_stride(w, type.dims[i]), index[i])
                        : index[i];
    }
    if (!offset) return start;
    return kernel_format(w, "%s + (ptrdiff_t)(%s) * (%s) * (%s)", start, offset, kernel_stride(w, type.dims[n]),
                         kernel_stride(w, type.dims[n + 1]));
}

/* Only a product of the samples' rows with one weight gets a function of its own. */
static const char *matmul_sized(KernelWriter *w, Value v, const ContractionCall *call)
{
    const Graph *g = kernel_graph(w);
    const Node *node = graph_at(g, v);
    const Type a = type_of(g, node->in[0]), b = type_of(g, node->in[1]), out = node->type;
    if (outer(g, v) || node->attr.ints[0] || !call->packed || !is_linear(a, b) || !is_dense(a) || !is_dense(out) ||
        type_has_batch(b))
        return NULL;
    if (out.dims[0] != BATCH_DIM || out.rank < 2) return NULL;
    int64_t rows = 1;
    for (int i = 1; i < out.rank - 1; i++) rows *= out.dims[i];
    return rows < 0 ? NULL
                    : kernel_format(w, "run_matmul_%lldx%lld_to_%lld", (long long)rows, (long long)a.dims[a.rank - 1],
                                    (long long)out.dims[out.rank - 1]);
}

static void matmul_call(KernelWriter *w, Value v, const ContractionCall *call)
{
    const Graph *g = kernel_graph(w);
    const Node *node = graph_at(g, v);
    int r = node->type.rank;
    bool ta = node->attr.ints[0], tb = node->attr.ints[1];
    Type a = type_of(g, node->in[0]), b = type_of(g, node->in[1]);
    const char *m = kernel_dim(w, node->type.dims[r - 2]), *n = kernel_dim(w, node->type.dims[r - 1]),
               *k = kernel_dim(w, a.dims[ta ? r - 2 : r - 1]);
    const char *a_row = kernel_stride(w, a.dims[a.rank - 1]), *b_row = kernel_stride(w, b.dims[b.rank - 1]),
               *out_row = kernel_stride(w, node->type.dims[r - 1]);
    const bool openblas = algorithm_at(algorithm_of(g, v))->openblas;
    if (outer(g, v)) {
        if (openblas)
            kernel_line(w, "rt_blas_matmul_tn(%s, %s, %s, %s, %s, %s, %s, %s, %s);", m, n, k, call->in[0], a_row,
                        call->in[1], b_row, call->out, out_row);
        else
            kernel_line(w, "rt_matmul_tn(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s);", m, n, k,
                        kernel_dim(w, outer_run(g, v)), call->in[0], a_row, call->in[1], b_row, call->out, out_row);
        return;
    }
    const char *index[MAX_RANK];
    int opened = 0, stacked = is_linear(a, b) && is_dense(a) && is_dense(node->type) ? 0 : r - 2;
    if (!stacked) m = kernel_dim(w, dim_product(r - 1, node->type.dims));
    for (int i = 0; i < stacked; i++) {
        index[i] = "0";
        if (node->type.dims[i] == 1) continue;
        index[i] = kernel_local(w, "matrix");
        kernel_open(w, "for (int %s = 0; %s < %s; %s++)", index[i], index[i], kernel_dim(w, node->type.dims[i]),
                    index[i]);
        opened++;
    }
    const char *left = matrix_at(w, call->in[0], a, stacked, index),
               *out = matrix_at(w, call->out, node->type, stacked, index);
    const char *packed = call->packed, *scratch = call->scratch;
    const char *right = packed ? NULL : matrix_at(w, call->in[1], b, is_linear(a, b) ? 0 : stacked, index);
    if (openblas)
        kernel_line(w, "rt_blas_matmul(%d, %d, %s, %s, %s, %s, %s, %s, %s, %s, %s);", ta, tb, m, n, k, left, a_row,
                    right, b_row, out, out_row);
    if (!openblas && !packed) {
        kernel_line(w, "rt_pack(%s, %s, %s, %s, %s, %s);", k, n, right, tb ? "1" : b_row, tb ? b_row : "1", scratch);
        packed = scratch;
        scratch = kernel_format(w, "%s + rt_packed_floats(%s, %s)", scratch, k, n);
    }
    if (!openblas && ta) {
        kernel_line(w, "rt_transpose(%s, %s, %s, %s, %s);", k, m, left, a_row, scratch);
        left = scratch;
        a_row = k;
    }
    if (!openblas)
        kernel_line(w, "rt_matmul(%s, %s, %s, %s, %s, %s, %s, %s);", m, n, k, left, a_row, packed, out, out_row);
    for (int i = 0; i < opened; i++) kernel_close(w);
}

static Cost matmul_cost(const Graph *g, Value v, int64_t batch)
{
    const Node *node = graph_at(g, v);
    Type a = type_of(g, node->in[0]);
    double flops = 2;
    for (int i = 0; i < node->type.rank; i++) flops *= (double)dim_size(node->type.dims[i], batch);
    return (Cost){.flops = flops * (double)dim_size(a.dims[node->attr.ints[0] ? a.rank - 2 : a.rank - 1], batch)};
}

static bool matmul_choice(const Graph *g, Value v, bool openblas, Choice *choice)
{
    if (!openblas) return false;
    const Node *node = graph_at(g, v);
    const int r = node->type.rank;
    Product *p = &choice->product;
    *p = (Product){.left = type_of(g, node->in[0]), .right = type_of(g, node->in[1]), .out = node->type,
                   .turned = {node->attr.ints[0] != 0, node->attr.ints[1] != 0}, .outer = outer(g, v)};
    const bool linear = is_linear(p->left, p->right);
    p->one = r == 2 || (linear && is_dense(p->left) && is_dense(node->type));
    p->m = p->one ? dim_product(r - 1, node->type.dims) : node->type.dims[r - 2];
    p->n = node->type.dims[r - 1];
    p->k = p->left.dims[p->turned[0] ? r - 2 : r - 1];
    p->run = p->outer ? outer_run(g, v) : 0;
    /* like matmul_contraction's, except for stacks of one */
    p->packed_once = !p->outer && !type_has_batch(p->right) && (linear || r == 2);
    choice->form = PRODUCT;
    choice->allowed |= 1u << openblas_number();
    return true;
}

OP(matmul){
    .name = "matmul",
    .kind = CONTRACTION,
    .arity = 2,
    .doc = "matrix product over the last two axes, each side transposed or not",
    .gradient_doc = "da = dy b', db = a' dy",
    .shape = matmul_shape,
    .gradient = matmul_gradient,
    .interpret = matmul,
    .batch = matmul_batch,
    .weight_axis = matmul_weight_axis,
    .choice = matmul_choice,
    .contraction = matmul_contraction,
    .pack = matmul_pack,
    .call = matmul_call,
    .sized = matmul_sized,
    .cost = matmul_cost,
    .samples =
        {"local a = input{5}; y = exp(linear(a, 3))",
         "local a, w = input{4}, param({3, 4}); y = exp(matmul(a, w, {transpose_b = true}))",
         "local a, b = input{4}, input{3}; y = exp(matmul(a, b, {transpose_a = true}))",
         "local a, b = input{2, 4}, input{4, 3}; y = exp(matmul(a, b))",
         "local a, b = input{4, 2}, input{3, 4}; y = exp(matmul(a, b, {transpose_a = true, transpose_b = true}))",
         "local a = input{6}; y = exp(matmul(a, a, {transpose_b = true}))",
         "local a, b = input{2, 3, 4}, param({4, 2}); y = exp(matmul(a, b))",
         "local a = input{2, 3, 4}; y = exp(linear(a, 2))",
         "local a = input{3, 2, 2}; y = exp(resize(a, 4, 3, \"bilinear\", {align_corners = true}))",
         "local a = input{2, 3, 2}; y = exp(resize(a, 3, 5, \"nearest_floor\"))"},
};
