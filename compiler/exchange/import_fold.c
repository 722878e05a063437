/* import_fold.c - ops on numbers.  What exporters write to compute shapes is computed here, and leaves nothing behind.
 * The size of the batch is a number that is not known, and that is carried along. */
#include "exchange/import.h"

#include <math.h>
#include <string.h>

static bool is_op(const Import *m, const char *op) { return !strcmp(m->node->op, op); }

/* ---- ops that take values too ---- */

static void shape_of(Import *m)
{
    const Slot *x = need_input(m, 0);
    double dims[AXES];
    int64_t first = whole_attribute(m, "start", 0), end = whole_attribute(m, "end", x->rank);
    if (first < 0) first += x->rank;
    if (end < 0) end += x->rank;
    first = first < 0 ? 0 : first;
    end = end > x->rank ? x->rank : end;
    int64_t n = 0;
    for (int64_t i = first; i < end; i++) dims[n++] = x->dims[i] == BATCH ? batch_number : (double)x->dims[i];
    slot_constant(m, m->node->outputs[0], 1, &n, dims, false);
}

static void constant(Import *m)
{
    const OnnxNode *node = m->node;
    const OnnxAttribute *a = NULL;
    if (node->n_attributes == 1) a = &node->attributes[0];
    if (a && a->tensor) {
        Slot *s = slot_new(m, node->outputs[0], SLOT_NUMBERS);
        s->kind = SLOT_TENSOR;
        s->tensor = a->tensor;
        s->rank = a->tensor->rank;
        s->real = onnx_is_real(a->tensor->type);
        s->name = "constant"; /* it is no parameter, whatever its output is called */
        for (int i = 0; i < s->rank; i++) s->dims[i] = s->source[i] = a->tensor->dims[i], s->order[i] = i;
        if (!slot_numbers(m, s)) return;
        s->kind = SLOT_NUMBERS;
        return;
    }
    if (!a || (strncmp(a->name, "value_int", 9) && strncmp(a->name, "value_float", 11)))
        node_fail(m, "a constant of this kind is not known");
    const bool list = a->name[strlen(a->name) - 1] == 's', real = a->name[6] == 'f';
    const int64_t n = list ? a->n : 1;
    double *numbers = arena_array(m->arena, n + 1, sizeof *numbers);
    for (int64_t i = 0; i < n; i++)
        numbers[i] = !list  ? (real ? (double)a->real : (double)a->whole)
                     : real ? (double)a->reals[i]
                            : (double)a->wholes[i];
    slot_constant(m, node->outputs[0], list, &n, numbers, real);
}

/* ---- tensors of weights: their axes change their order, or are cut anew ---- */

static bool turn_tensor(Import *m)
{
    Slot *x = slot_input(m, 0);
    if (!x || x->kind != SLOT_TENSOR) return false;
    if (is_op(m, "Transpose")) {
        int64_t list[AXES];
        const int n = list_of_wholes(m, "perm", -1, list);
        Slot turned = *x;
        if (n >= 0 && n != x->rank) node_fail(m, "perm has %d axes, against %d", n, x->rank);
        bool seen[AXES] = {0};
        for (int i = 0; i < x->rank; i++) {
            const int from = n < 0 ? x->rank - 1 - i : axis_within(m, list[i], x->rank);
            if (seen[from]) node_fail(m, "perm has axis %d twice", from);
            seen[from] = true;
            turned.order[i] = x->order[from];
            turned.dims[i] = x->dims[from];
        }
        slot_alias(m, m->node->outputs[0], &turned);
        return true;
    }
    if (is_op(m, "Cast") || is_op(m, "CastLike") || is_op(m, "Identity")) {
        slot_alias(m, m->node->outputs[0], x);
        return true;
    }
    return false;
}

/* ---- ops on numbers alone ---- */

static double result(const char *op, double a, double b, bool real)
{
    const bool unknown = a == batch_number || b == batch_number;
    if (!strcmp(op, "Equal")) return unknown ? a == b : a == b;
    if (unknown) {
        if (!strcmp(op, "Mul")) return a == 1 ? b : b == 1 ? a : NAN;
        if (!strcmp(op, "Div")) return b == 1 ? a : NAN;
        if (!strcmp(op, "Add")) return a == 0 ? b : b == 0 ? a : NAN;
        if (!strcmp(op, "Sub")) return b == 0 ? a : NAN;
        return NAN;
    }
    if (!strcmp(op, "Add")) return a + b;
    if (!strcmp(op, "Sub")) return a - b;
    if (!strcmp(op, "Mul")) return a * b;
    if (!strcmp(op, "Div")) return real ? a / b : b == 0 ? NAN : trunc(a / b);
    if (!strcmp(op, "Pow")) return pow(a, b);
    if (!strcmp(op, "Max")) return a > b ? a : b;
    if (!strcmp(op, "Min")) return a < b ? a : b;
    if (!strcmp(op, "Less")) return a < b;
    return a > b;
}

/* Element i of an array of those axes, each of which is read again and again where it has one element. */
static int64_t spread(int rank, const int64_t *dims, const Slot *s, int64_t i)
{
    int64_t place = 0, stride = 1;
    for (int k = rank - 1; k >= 0; k--) {
        const int own = k - (rank - s->rank);
        const int64_t at = dims[k] ? i % dims[k] : 0;
        if (dims[k]) i /= dims[k];
        if (own < 0) continue;
        if (s->dims[own] != 1) place += at * stride;
        stride *= s->dims[own];
    }
    return place;
}

static int broadcast(Import *m, int n, Slot *const *of, int64_t dims[AXES], int64_t *count)
{
    int rank = 0;
    for (int i = 0; i < n; i++) rank = of[i]->rank > rank ? of[i]->rank : rank;
    *count = 1;
    for (int k = 0; k < rank; k++) {
        dims[k] = 1;
        for (int i = 0; i < n; i++) {
            const int own = k - (rank - of[i]->rank);
            if (own < 0 || of[i]->dims[own] == 1) continue;
            if (dims[k] != 1 && dims[k] != of[i]->dims[own]) node_fail(m, "sizes of its inputs do not fit");
            dims[k] = of[i]->dims[own];
        }
        if (__builtin_mul_overflow(*count, dims[k], count) || *count > MOST_NUMBERS)
            node_fail(m, "its result has more than %d numbers", MOST_NUMBERS);
    }
    return rank;
}

static void pointwise(Import *m, int n, Slot *const *of)
{
    int64_t dims[AXES], count;
    const int rank = broadcast(m, n, of, dims, &count);
    double *out = arena_array(m->arena, count + 1, sizeof *out);
    bool real = of[n == 3]->real;
    for (int64_t i = 0; i < count; i++) {
        double a[3];
        for (int k = 0; k < n; k++) a[k] = of[k]->numbers[spread(rank, dims, of[k], i)];
        out[i] = n == 3 ? (a[0] != 0 ? a[1] : a[2]) : n == 2 ? result(m->node->op, a[0], a[1], real) : a[0];
        if (n > 1) continue;
        if (is_op(m, "Sqrt")) out[i] = sqrt(a[0]);
        if (is_op(m, "Neg")) out[i] = -a[0];
        if (is_op(m, "Floor")) out[i] = floor(a[0]);
        if (is_op(m, "Ceil")) out[i] = ceil(a[0]);
        if (is_op(m, "Reciprocal")) out[i] = 1 / a[0];
        if (is_op(m, "Exp")) out[i] = exp(a[0]);
    }
    bool of_batch = false;
    for (int k = 0; k < n; k++) of_batch |= of[k]->of_batch;
    slot_constant(m, m->node->outputs[0], rank, dims, out, real);
    slot_of(m, m->node->outputs[0])->of_batch = of_batch;
}

static void expand(Import *m, Slot *x, int shape_input)
{
    int64_t list[AXES], count;
    const int n = list_of_wholes(m, "shape", shape_input, list);
    Slot shape = {.rank = n < 0 ? 0 : n};
    for (int i = 0; i < n; i++) {
        if (list[i] < 0) node_fail(m, "its shape has %lld elements", (long long)list[i]);
        shape.dims[i] = list[i];
    }
    Slot *both[] = {x, &shape};
    int64_t dims[AXES];
    const int rank = broadcast(m, 2, both, dims, &count);
    double *out = arena_array(m->arena, count + 1, sizeof *out);
    for (int64_t i = 0; i < count; i++) out[i] = x->numbers[spread(rank, dims, x, i)];
    slot_constant(m, m->node->outputs[0], rank, dims, out, x->real);
}

static void range(Import *m)
{
    const double first = *need_numbers(m, need_input(m, 0), "start"), end = *need_numbers(m, need_input(m, 1), "limit"),
                 step = *need_numbers(m, need_input(m, 2), "delta");
    if (end == batch_number && first == 0 && step == 1) {
        const double two[] = {0, 1};
        const int64_t n = 2;
        slot_constant(m, m->node->outputs[0], 1, &n, two, false);
        slot_of(m, m->node->outputs[0])->of_batch = true;
        return;
    }
    const double count = ceil((end - first) / step);
    if (!(count <= MOST_NUMBERS) || fabs(first) > 0x1p53) node_fail(m, "a range of more than %d numbers", MOST_NUMBERS);
    const int64_t n = count > 0 ? (int64_t)count : 0;
    double *out = arena_array(m->arena, n + 1, sizeof *out);
    for (int64_t i = 0; i < n; i++) out[i] = first + (double)i * step;
    slot_constant(m, m->node->outputs[0], 1, &n, out, need_input(m, 0)->real);
}

static void gather(Import *m, Slot *x)
{
    Slot *index = need_input(m, 1);
    const double *at = need_numbers(m, index, "the index");
    const int axis = axis_within(m, whole_attribute(m, "axis", 0), x->rank);
    int64_t dims[AXES], before = 1, behind = 1, count = slot_count(index);
    int rank = 0;
    if (x->rank - 1 + index->rank > AXES) node_fail(m, "its result has more than %d axes", AXES);
    for (int i = 0; i < axis; i++) dims[rank++] = x->dims[i], before *= x->dims[i];
    for (int i = 0; i < index->rank; i++) dims[rank++] = index->dims[i];
    for (int i = axis + 1; i < x->rank; i++) dims[rank++] = x->dims[i], behind *= x->dims[i];
    if (count > MOST_NUMBERS || before * behind > MOST_NUMBERS || before * behind * count > MOST_NUMBERS)
        node_fail(m, "its result has more than %d numbers", MOST_NUMBERS);
    double *out = arena_array(m->arena, before * behind * count + 1, sizeof *out);
    for (int64_t i = 0; i < before; i++)
        for (int64_t k = 0; k < count; k++) {
            const double place = at[k] < 0 ? at[k] + (double)x->dims[axis] : at[k];
            if (!(place >= 0 && place < (double)x->dims[axis])) node_fail(m, "an index is out of range");
            for (int64_t j = 0; j < behind; j++)
                out[(i * count + k) * behind + j] = x->numbers[(i * x->dims[axis] + (int64_t)place) * behind + j];
        }
    slot_constant(m, m->node->outputs[0], rank, dims, out, x->real);
}

static void concat(Import *m)
{
    const int n = m->node->n_inputs;
    int64_t total = 0;
    for (int i = 0; i < n; i++) {
        if (need_input(m, i)->rank != 1) node_fail(m, "numbers of rank %d, against 1", need_input(m, i)->rank);
        total += need_input(m, i)->dims[0];
        if (total > MOST_NUMBERS) node_fail(m, "its result has more than %d numbers", MOST_NUMBERS);
    }
    double *out = arena_array(m->arena, total + 1, sizeof *out);
    int64_t at = 0;
    for (int i = 0; i < n; i++)
        for (int64_t k = 0; k < need_input(m, i)->dims[0]; k++) out[at++] = need_input(m, i)->numbers[k];
    slot_constant(m, m->node->outputs[0], 1, &total, out, need_input(m, 0)->real);
}

static void slice(Import *m, Slot *x)
{
    int64_t first[AXES], end[AXES], axes[AXES], step[AXES];
    const int n = list_of_wholes(m, "starts", 1, first);
    Slot *ends = slot_input(m, 2);
    if (ends && slot_count(ends) == 1 && *need_numbers(m, ends, "ends") >= 0x1p53) end[0] = INT32_MAX;
    else if (list_of_wholes(m, "ends", 2, end) != n) node_fail(m, "starts and ends differ in number");
    if (x->rank != 1 || n != 1 || list_of_wholes(m, "axes", 3, axes) > 1 ||
        (list_of_wholes(m, "steps", 4, step) == 1 && step[0] != 1))
        node_fail(m, "a slice of this kind is not known");
    const int64_t size = x->dims[0];
    int64_t from = first[0] < 0 ? first[0] + size : first[0], to = end[0] < 0 ? end[0] + size : end[0];
    from = from < 0 ? 0 : from > size ? size : from;
    to = to < from ? from : to > size ? size : to;
    const int64_t count = to - from;
    slot_constant(m, m->node->outputs[0], 1, &count, x->numbers + from, x->real);
}

static void reduce_prod(Import *m, Slot *x)
{
    double all = 1;
    for (int64_t i = 0; i < slot_count(x); i++) all = result("Mul", all, x->numbers[i], true);
    const int64_t one = 1;
    slot_constant(m, m->node->outputs[0], whole_attribute(m, "keepdims", 1) != 0, &one, &all, x->real);
}

static bool on_numbers(Import *m)
{
    static const char *const points[] = {"Add", "Sub",   "Mul",  "Div",        "Pow",   "Max",
                                         "Min", "Equal", "Less", "Greater",    "Where", "Sqrt",
                                         "Neg", "Floor", "Ceil", "Reciprocal", "Exp"};
    Slot *of[3];
    for (int i = 0; i < m->node->n_inputs; i++) {
        Slot *s = slot_input(m, i);
        if (!s) continue;
        if (!slot_numbers(m, s)) return false;
        if (i < 3) of[i] = s;
    }
    Slot *x = need_input(m, 0);
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        if (is_op(m, points[i]) && m->node->n_inputs <= 3) return pointwise(m, m->node->n_inputs, of), true;
    for (int i = 0; i < m->node->n_inputs && i < 3; i++)
        if (slot_input(m, i) && slot_input(m, i)->of_batch) node_fail(m, "an index of samples is not known here");
    if (is_op(m, "Expand")) return expand(m, x, 1), true;
    if (is_op(m, "Range")) return range(m), true;
    if (is_op(m, "Gather")) return gather(m, x), true;
    if (is_op(m, "Concat")) return concat(m), true;
    if (is_op(m, "Slice")) return slice(m, x), true;
    if (is_op(m, "ReduceProd")) return reduce_prod(m, x), true;
    if (is_op(m, "ConstantOfShape")) {
        const OnnxAttribute *a = onnx_attribute(m->node, "value");
        double value = a && a->tensor && a->tensor->count == 1 ? onnx_number(a->tensor, 0) : 0;
        Slot one = {.kind = SLOT_NUMBERS, .numbers = &value, .real = true};
        return expand(m, &one, 0), true;
    }
    return false;
}

/* Numbers and tensors in another shape, with the same order. */
static bool reshaped(Import *m)
{
    Slot *x = slot_input(m, 0);
    if (!x || (x->kind != SLOT_NUMBERS && x->kind != SLOT_TENSOR)) return false;
    int64_t list[AXES], dims[AXES], count = slot_count(x), known = 1;
    int rank = 0, open = -1;
    if (is_op(m, "Unsqueeze") || is_op(m, "Squeeze")) {
        const int n = list_of_wholes(m, "axes", 1, list);
        const bool adds = is_op(m, "Unsqueeze");
        const int whole = x->rank + (adds ? n : 0);
        bool named[AXES] = {0};
        if (whole > AXES) node_fail(m, "its result has more than %d axes", AXES);
        for (int i = 0; i < n; i++) named[axis_within(m, list[i], whole)] = true;
        for (int i = 0, from = 0; i < whole; i++) {
            if (adds && named[i]) dims[rank++] = 1;
            else if (adds) dims[rank++] = x->dims[from++];
            else if (!(n < 0 ? x->dims[i] == 1 : named[i])) dims[rank++] = x->dims[i];
        }
    } else if (is_op(m, "Reshape") || is_op(m, "Flatten")) {
        if (is_op(m, "Flatten")) return false;
        rank = list_of_wholes(m, "shape", 1, list);
        for (int i = 0; i < rank; i++) {
            dims[i] = list[i] == 0 && i < x->rank && !whole_attribute(m, "allowzero", 0) ? x->dims[i] : list[i];
            if (dims[i] == -1) open = i;
            else if (dims[i] < 0 || __builtin_mul_overflow(known, dims[i], &known)) node_fail(m, "its shape is wrong");
        }
        if (open >= 0) dims[open] = known ? count / known : 0;
    } else return false;
    int64_t all = 1;
    for (int i = 0; i < rank; i++)
        if (__builtin_mul_overflow(all, dims[i], &all)) all = -1;
    if (all != count) node_fail(m, "%lld elements as %s", (long long)count, list_text(m, rank, dims));
    Slot copy = *x;
    bool plain = true;
    for (int i = 0; i < x->rank; i++) plain &= copy.order[i] == i;
    if (x->kind == SLOT_TENSOR && !plain) {
        if (!slot_numbers(m, x)) node_fail(m, "weights that are turned and cut anew are not known");
        copy.kind = SLOT_NUMBERS;
        copy.numbers = x->numbers;
    }
    copy.rank = rank;
    for (int i = 0; i < rank; i++) copy.dims[i] = copy.source[i] = dims[i], copy.order[i] = i;
    slot_alias(m, m->node->outputs[0], &copy);
    return true;
}

bool fold_node(Import *m)
{
    if (m->node->n_outputs < 1) node_fail(m, "it has no output");
    if (is_op(m, "Constant")) return constant(m), true;
    if (is_op(m, "Shape")) return shape_of(m), true;
    if (m->node->n_inputs < 1) return false;
    Slot *x = slot_input(m, 0);
    if (x && x->kind == SLOT_NUMBERS && (is_op(m, "Cast") || is_op(m, "CastLike") || is_op(m, "Identity"))) {
        slot_alias(m, m->node->outputs[0], x);
        return true;
    }
    return turn_tensor(m) || reshaped(m) || on_numbers(m);
}
