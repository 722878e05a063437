/* interpret.c - every value of a graph in double, slowly and plainly.  Emitted code is compared with it.
 *
 * Nodes are computed in the order of their numbers, each whole, by the op's function in double; nothing is fused,
 * shared or freed.  Values always lie in row-major order, so that an op may also index the arrays itself. */
#include "graph/op.h"

#include "rt_random.h"

#include <math.h>

/* No value of a model that fits a machine is larger; below it, sums of products of axes can not overflow. */
static const int64_t most_elements = (int64_t)1 << 32;

static int64_t count_of(Type type) { return type_count(type, 1); }   /* the type must have the batch filled in */

static Type filled_in(Type type, int64_t batch)
{
    for (int i = 0; i < type.rank; i++)
        if (__builtin_mul_overflow(type.dims[i] < 0 ? -type.dims[i] : 1, type.dims[i] < 0 ? batch : type.dims[i],
                                   &type.dims[i]))
            type.dims[i] = INT64_MAX;
    return type;
}

double interpret_at(const Interpretation *it, int which, const int64_t *index)
{
    const Type *type = &it->in_type[which];
    int64_t at = 0;
    for (int i = 0; i < type->rank; i++)
        if (type->dims[i] != 1) at = at * type->dims[i] + index[i];
    return it->in[which][at];
}

/* Moves to the next index in row-major order.  false: that was the last. */
static bool advance(const Type *type, int64_t *index)
{
    for (int i = type->rank - 1; i >= 0; i--) {
        if (++index[i] < type->dims[i]) return true;
        index[i] = 0;
    }
    return false;
}

void interpret_each(const Interpretation *it, double (*element)(const Interpretation *, const int64_t *index))
{
    int64_t index[MAX_RANK] = {0}, n = 0;
    do it->out[n++] = element(it, index);
    while (advance(&it->type, index));
}

/* Row by row: along the last axis an input moves by one element, or stays. */
static void pointwise(const Interpretation *it)
{
    const Node *node = it->node;
    enum { MOST = 8 };
    int rank = it->type.rank;
    int64_t index[MAX_RANK] = {0}, row = rank ? it->type.dims[rank - 1] : 1, n = 0;
    Type rows = it->type;
    if (rank) rows.rank--;
    if (node->n_in > MOST) bug("interpret: %s of %d inputs", node->op->name, node->n_in);
    do {
        const double *from[MOST];
        int64_t step[MOST];
        double x[MOST];
        for (int k = 0; k < node->n_in; k++) {
            const Type *type = &it->in_type[k];
            int64_t at = 0;
            for (int i = 0; i < type->rank - 1; i++)
                if (type->dims[i] != 1) at = at * type->dims[i] + index[i];
            step[k] = type->rank && type->dims[type->rank - 1] != 1;
            from[k] = it->in[k] + (step[k] ? at * row : at);
        }
        for (int64_t i = 0; i < row; i++) {
            for (int k = 0; k < node->n_in; k++) x[k] = from[k][i * step[k]];
            it->out[n++] = node->op->f(x);
        }
    } while (advance(&rows, index));
}

static void compute(Arena *arena, Interpreter *interpreter, Value v)
{
    const Graph *g = interpreter->graph;
    const Node *node = graph_at(g, v);
    const double **in = arena_array(arena, node->n_in, sizeof *in);
    Type *in_type = arena_array(arena, node->n_in, sizeof *in_type);
    for (int i = 0; i < node->n_in; i++) {
        in[i] = interpreter->values[node->in[i]];
        in_type[i] = filled_in(graph_at(g, node->in[i])->type, interpreter->batch);
    }
    Interpretation it = {.node = node,
                         .batch = interpreter->batch,
                         .in = in,
                         .in_type = in_type,
                         .type = filled_in(node->type, interpreter->batch),
                         .seed = interpreter->seed,
                         .step = interpreter->step,
                         .progress = interpreter->progress,
                         .sample = interpreter->sample,
                         .training = interpreter->training,
                         .statistics = interpreter->statistics};
    int64_t n = count_of(it.type);
    if (n < 0 || n > most_elements)
        fail("%s: %s of shape %s with a batch of %lld is too large to be computed in double",
             line_short(arena, g->notes[v].line), node->op->name, type_text(arena, node->type),
             (long long)interpreter->batch);
    it.out = arena_array(arena, n, sizeof *it.out);
    if (node->op->interpret) node->op->interpret(&it);
    else if (node->op->f) pointwise(&it);
    else bug("interpret: %s says nothing about its values", node->op->name);
    if (interpreter->uneven_sums && (node->op == &op_sum || node->op->kind == CONTRACTION))
        for (int64_t i = 0; i < n; i++) it.out[i] *= 1 + 0x1p-23 * (rt_uniform(0, (uint64_t)v, 0, 0, i) - 0.5);
    if (interpreter->round_to_float && node->type.elem == REAL)
        for (int64_t i = 0; i < n; i++) it.out[i] = (float)it.out[i];
    interpreter->values[v] = it.out;
}

/* Computes the roots and all that they are computed from.  A node that has a value already keeps it. */
void interpret(Arena *arena, Interpreter *interpreter, int n_roots, const Value *roots)
{
    const bool *needed = graph_needed(arena, interpreter->graph, n_roots, roots, interpreter->values);
    for (Value v = 1; v < interpreter->graph->n; v++)
        if (needed[v]) compute(arena, interpreter, v);
}

/* ---- values that are not finite ---- */

/* The first element of v that is not finite; -1: all are. */
static int64_t element_not_finite(const Interpreter *interpreter, Value v)
{
    const int64_t n = count_of(filled_in(interpreter->graph->nodes[v].type, interpreter->batch));
    for (int64_t i = 0; i < n; i++)
        if (!isfinite(interpreter->values[v][i])) return i;
    return -1;
}

Value interpret_first_not_finite(const Interpreter *interpreter, int64_t *element)
{
    for (Value v = 1; v < interpreter->graph->n; v++) {
        const int64_t at = interpreter->values[v] ? element_not_finite(interpreter, v) : -1;
        if (at < 0) continue;
        if (element) *element = at;
        return v;
    }
    return 0;
}

/* A value is freed after its last reader: in double, all values of a backward pass may be more than the machine has. */
Value interpret_not_finite(Arena *arena, Interpreter *interpreter, int n_roots, const Value *roots, int64_t *element)
{
    const Graph *g = interpreter->graph;
    const bool *needed = graph_needed(arena, interpreter->graph, n_roots, roots, interpreter->values);
    bool *is_root = arena_array(arena, g->n, sizeof *is_root);
    Value *last = arena_array(arena, g->n, sizeof *last), *cause = arena_array(arena, g->n, sizeof *cause), found = 0;
    Arena **own = arena_array(arena, g->n, sizeof *own);             /* memory of a value computed here */
    int64_t *at = arena_array(arena, g->n, sizeof *at);
    for (int i = 0; i < n_roots; i++) is_root[roots[i]] = true;
    for (Value v = 1; v < g->n; v++)
        for (int i = 0; needed[v] && i < g->nodes[v].n_in; i++) last[g->nodes[v].in[i]] = v;
    for (Value v = 1; v < g->n && !found; v++) {
        const Node *node = &g->nodes[v];
        if (!needed[v] && !interpreter->values[v]) continue;
        if (needed[v]) compute(own[v] = arena_new(), interpreter, v);
        at[v] = element_not_finite(interpreter, v);
        if (at[v] >= 0) cause[v] = v;
        for (int i = 0; i < node->n_in && at[v] >= 0; i++)
            if (cause[node->in[i]] && cause[node->in[i]] < cause[v]) cause[v] = cause[node->in[i]];
        if (is_root[v]) found = cause[v];
        for (int i = 0; i < node->n_in && needed[v]; i++) {
            const Value in = node->in[i];
            if (last[in] != v || !own[in]) continue;
            arena_free(own[in]);
            own[in] = NULL, interpreter->values[in] = NULL;
        }
    }
    for (Value v = 1; v < g->n; v++)
        if (own[v]) arena_free(own[v]), interpreter->values[v] = NULL;
    if (found && element) *element = at[found];
    return found;
}

/* A sum may itself be a term of additions, which are followed `adds` deep. */
static double largest_term(const Interpreter *it, Value v, int adds)
{
    const Node *node = graph_at(it->graph, v);
    double largest = 0;
    for (int i = 0; i < node->n_in && (node->op->kind == VIEW || node->op == &op_add) && adds; i++)
        largest = fmax(largest, largest_term(it, node->in[i], adds - 1));
    for (int i = 0; i < node->n_in && node->op->kind == REDUCE; i++) {
        Value in = node->in[i];
        int64_t n = count_of(filled_in(graph_at(it->graph, in)->type, it->batch));
        for (int64_t k = 0; k < n && it->values[in]; k++) largest = fmax(largest, fabs(it->values[in][k]));
    }
    return largest;
}

double interpret_largest_term(const Interpreter *interpreter, Value v)
{
    enum { MOST_ADDS = 8 };
    return largest_term(interpreter, v, MOST_ADDS);
}

Interpreter *interpreter_new(Arena *arena, const Graph *graph, int64_t batch)
{
    if (batch < 1 || batch > INT32_MAX) fail("a batch of %lld samples", (long long)batch);
    Interpreter *interpreter = arena_alloc(arena, sizeof *interpreter);
    *interpreter = (Interpreter){
        .graph = graph, .batch = batch, .values = arena_array(arena, graph->n, sizeof(double *))};
    return interpreter;
}
