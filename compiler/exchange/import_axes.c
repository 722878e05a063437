/* import_axes.c - ops that move, cut or sum up axes. */
#include "exchange/import.h"

#include <math.h>
#include <string.h>

static bool is_op(const Import *m, const char *op) { return !strcmp(m->node->op, op); }

/* ---- another shape with the same order of elements ---- */

/* Do axes of more than one element stand in that order of the value? */
static bool fits(int rank, const int64_t *dims, const int *axis, int n, const int *wanted)
{
    int at[AXES], k = 0;
    for (int i = 0; i < rank; i++) at[axis[i]] = i;
    for (int i = 0; i < rank; i++) {
        if (dims[at[i]] == 1) continue;
        if (k == n || wanted[k++] != at[i]) return false;
    }
    return k == n;
}

/* The axes of a reshaped value that has its elements where they are: groups of axes whose products are equal must lie
 * together, in their order.  false: there is no such layout. */
static bool layout_kept(const Slot *x, int rank, const int64_t *dims, int axis[AXES])
{
    struct {
        int first, n, place;
    } groups[AXES];
    int n_groups = 0, i = 0, k = 0, wanted[AXES], n = 0;
    while (i < x->rank || k < rank) {
        while (i < x->rank && x->dims[i] == 1) i++;
        while (k < rank && dims[k] == 1) k++;
        if (i == x->rank || k == rank) break;
        int64_t from = x->dims[i], to = dims[k];
        int first = k, last = x->axis[i++];
        groups[n_groups].place = last;
        for (k++; from != to;) {
            if (from == BATCH || to == BATCH) return false;
            if (from < to) {
                while (i < x->rank && x->dims[i] == 1) i++;
                if (i == x->rank) return false;
                for (int at = last + 1; at < x->axis[i]; at++) /* between them only axes of one element */
                    for (int j = 0; j < x->rank; j++)
                        if (x->axis[j] == at && x->dims[j] != 1) return false;
                if (x->axis[i] < last) return false;
                last = x->axis[i];
                from *= x->dims[i++];
            } else {
                if (k == rank) return false;
                to *= dims[k++];
            }
        }
        groups[n_groups].first = first;
        groups[n_groups++].n = k - first;
    }
    if (i < x->rank || k < rank) return false;
    for (int place = 0; place < x->rank; place++)
        for (int g = 0; g < n_groups; g++)
            for (int j = 0; groups[g].place == place && j < groups[g].n; j++)
                if (dims[groups[g].first + j] != 1) wanted[n++] = groups[g].first + j;
    layout_channels(rank, axis);
    if (fits(rank, dims, axis, n, wanted)) return true;
    layout_plain(axis);
    if (fits(rank, dims, axis, n, wanted)) return true;
    bool set[AXES] = {0};
    int at = 0;
    for (int j = 0; j < n; j++) axis[wanted[j]] = at++, set[wanted[j]] = true;
    for (int j = 0; j < rank; j++)
        if (!set[j]) axis[j] = at++;
    return axis[0] == 0;
}

static void reshape_to(Import *m, const Slot *given, int rank, const int64_t *dims)
{
    Slot x = *given;
    int axis[AXES], plain[AXES];
    int64_t all = 1, own = 1;
    for (int i = 1; i < rank; i++)
        if (dims[i] < 1 || __builtin_mul_overflow(all, dims[i], &all)) node_fail(m, "its shape is wrong");
    for (int i = 1; i < x.rank; i++) own *= x.dims[i];
    if (rank < 1 || dims[0] != BATCH || all != own)
        node_fail(m, "%lld elements a sample become %lld, or the batch is moved", (long long)own, (long long)all);
    if (!layout_kept(&x, rank, dims, axis)) {
        layout_plain(plain);
        x.value = in_layout(m, &x, plain);
        memcpy(x.axis, plain, sizeof plain);
        layout_plain(axis);
    }
    int64_t shape[AXES];
    for (int i = 0; i < rank; i++) shape[axis[i]] = dims[i];
    Expr *e = x.value;
    bool same = e->rank == rank;
    for (int i = 0; same && i < rank; i++) same = e->dims[i] == shape[i];
    if (!same && rank == 2 && e->kind == EXPR_CALL && !strcmp(e->word, "mean") && e->rank == 4 && e->dims[1] == 1 &&
        e->dims[2] == 1 && e->dims[3] == e->of[0]->dims[3]) {
        e = expr_call(m, "global_avg_pool", e->of[0]);
    } else if (!same && rank == 2) {
        e = expr_call(m, "flatten", e);
    } else if (!same) {
        e = expr_call(m, "reshape", e);
        expr_argument(m, e, "shape", list_text(m, rank - 1, shape + 1));
    }
    if (e == x.value && !same) bug("a reshape was lost");
    set_value(m, m->node->outputs[0], e, rank, dims, axis);
}

static void reshape(Import *m)
{
    Slot *x = need_value(m, 0), *shape = slot_input(m, 1);
    const OnnxAttribute *a = onnx_attribute(m->node, "shape");
    const int64_t n = shape ? slot_count(shape) : a ? a->n : -1;
    if (n < 1 || n > AXES) node_fail(m, "its shape has %lld axes, against 1 to %d", (long long)n, AXES);
    const double *numbers = shape ? need_numbers(m, shape, "the shape") : NULL;
    int64_t dims[AXES], known = 1, own = 1;
    int open = -1;
    for (int i = 1; i < x->rank; i++) own *= x->dims[i];
    for (int i = 0; i < n; i++) {
        const double number = numbers ? numbers[i] : (double)a->wholes[i];
        if (!(fabs(number) < 0x1p62) && number != batch_number) node_fail(m, "axis %d of its shape is not known", i);
        dims[i] = number == batch_number ? BATCH : (int64_t)number;
        if (number == -1) open = open >= 0 ? AXES : i;
        if (number == 0 && i < x->rank && !whole_attribute(m, "allowzero", 0)) dims[i] = x->dims[i];
        if (i && number != -1 && __builtin_mul_overflow(known, dims[i], &known)) node_fail(m, "its shape is wrong");
    }
    if (open == AXES) node_fail(m, "its shape has -1 twice");
    if (n == 1 && open == 0) { /* all samples in a row, for a Gather that takes them apart again */
        const Slot row = *x;
        Slot *flat = slot_new(m, m->node->outputs[0], SLOT_FLAT);
        const char *name = flat->name;
        *flat = row;
        flat->kind = SLOT_FLAT;
        flat->name = name;
        return;
    }
    if (open > 0) dims[open] = known > 0 ? own / known : 0;
    /* a fixed batch: its size, or what -1 stands for */
    if (dims[0] != BATCH && (dims[0] == m->batch || open == 0)) dims[0] = BATCH;
    reshape_to(m, x, (int)n, dims);
}

static void flatten(Import *m)
{
    Slot *x = need_value(m, 0);
    int64_t dims[] = {BATCH, 1};
    if (axis_within(m, whole_attribute(m, "axis", 1), x->rank) != 1) node_fail(m, "an axis other than 1 is not known");
    for (int i = 1; i < x->rank; i++) dims[1] *= x->dims[i];
    reshape_to(m, x, 2, dims);
}

static void squeeze(Import *m, bool adds)
{
    Slot *x = need_value(m, 0);
    int64_t list[AXES], dims[AXES];
    const int n = list_of_wholes(m, "axes", 1, list), whole = x->rank + (adds ? n : 0);
    bool named[AXES] = {0};
    int rank = 0;
    if (whole > AXES || (adds && n < 0)) node_fail(m, "its result has more than %d axes", AXES);
    for (int i = 0; i < n; i++) named[axis_within(m, list[i], whole)] = true;
    for (int i = 0, from = 0; i < whole; i++) {
        if (adds) dims[rank++] = named[i] ? 1 : x->dims[from++];
        else if (!(n < 0 ? x->dims[i] == 1 : named[i])) dims[rank++] = x->dims[i];
        else if (x->dims[i] != 1) node_fail(m, "axis %d has %lld elements, against 1", i, (long long)x->dims[i]);
    }
    reshape_to(m, x, rank, dims);
}

static void transpose(Import *m)
{
    Slot *x = need_value(m, 0);
    int64_t list[AXES], dims[AXES];
    int axis[AXES];
    const int n = list_of_wholes(m, "perm", -1, list);
    bool seen[AXES] = {0};
    if (n >= 0 && n != x->rank) node_fail(m, "perm has %d axes, against %d", n, x->rank);
    for (int i = 0; i < x->rank; i++) {
        const int from = n < 0 ? x->rank - 1 - i : axis_within(m, list[i], x->rank);
        if (seen[from]) node_fail(m, "perm has axis %d twice", from);
        seen[from] = true;
        dims[i] = x->dims[from];
        axis[i] = x->axis[from];
    }
    if (axis[0] != 0) node_fail(m, "the batch is moved away from the front");
    set_value(m, m->node->outputs[0], x->value, x->rank, dims, axis);
}

/* ---- reductions ---- */

static void reduce(Import *m, const char *word, int n, const int64_t *axes, bool keep)
{
    Slot *x = need_value(m, 0);
    const Slot in = *x;
    bool summed[AXES] = {0};
    int64_t dims[AXES], positions[AXES];
    int axis[AXES], rank = 0, n_positions = 0, place[AXES];
    if (n < 0)
        for (int i = 0; i < in.rank; i++) summed[i] = true;
    for (int i = 0; i < n; i++) summed[axis_within(m, axes[i], in.rank)] = true;
    if (summed[0]) node_fail(m, "it goes over the batch");
    for (int k = 0, left = 0; k < in.rank; k++)
        for (int i = 0; i < in.rank; i++)
            if (in.axis[i] == k) {
                place[k] = left;
                if (summed[i]) positions[n_positions++] = k + 1;
                if (!summed[i] || keep) left++;
            }
    for (int i = 0; i < in.rank; i++) {
        if (summed[i] && !keep) continue;
        dims[rank] = summed[i] ? 1 : in.dims[i];
        axis[rank++] = place[in.axis[i]];
    }
    const bool images = in.rank == 4 && n_positions == 2 && positions[0] == 2 && positions[1] == 3;
    Expr *e = expr_call(m, images && !keep && !strcmp(word, "mean") ? "global_avg_pool" : word, in.value);
    if (strcmp(e->word, "global_avg_pool")) {
        expr_argument(m, e, "axes",
                      n_positions == 1 ? whole_text(m, positions[0]) : list_text(m, n_positions, positions));
        if (!keep) expr_option(m, e, "keep", "false", NULL);
    }
    set_value(m, m->node->outputs[0], e, rank, dims, axis);
}

static bool reduction(Import *m)
{
    static const char *const words[][2] = {
        {"ReduceMean", "mean"}, {"ReduceSum", "sum"}, {"ReduceL2", "norm"}, {"ReduceMax", "max"}, {"ReduceMin", "min"}};
    int64_t axes[AXES] = {2, 3};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!is_op(m, words[i][0])) continue;
        int n = list_of_wholes(m, "axes", 1, axes);
        if (n < 1 && whole_attribute(m, "noop_with_empty_axes", 0)) node_fail(m, "it goes over no axis");
        reduce(m, words[i][1], n ? n : -1, axes, whole_attribute(m, "keepdims", 1) != 0);
        return true;
    }
    if (!is_op(m, "GlobalAveragePool") && !is_op(m, "GlobalMaxPool")) return false;
    if (need_value(m, 0)->rank != 4)
        node_fail(m, "its input is of rank %d, against 4 of images", need_value(m, 0)->rank);
    reduce(m, is_op(m, "GlobalMaxPool") ? "max" : "mean", 2, axes, true);
    return true;
}

static void softmax(Import *m, const char *word)
{
    Slot *x = need_value(m, 0);
    const Slot in = *x;
    const int axis = axis_within(m, whole_attribute(m, "axis", m->model->opset < 13 ? 1 : -1), in.rank);
    if (axis == 0 || (m->model->opset < 13 && axis != in.rank - 1)) node_fail(m, "over axis %d is not known", axis);
    Expr *e = expr_call(m, word, in.value);
    if (in.axis[axis] != in.rank - 1) expr_argument(m, e, "axis", whole_text(m, in.axis[axis] + 1));
    set_alike(m, m->node->outputs[0], e, &in);
}

/* ---- parts ---- */

static Expr *cut(Import *m, Expr *x, int place, int64_t first, int64_t last)
{
    if (first == 1 && last == x->dims[place]) return x;
    Expr *e = expr_call(m, "slice", x);
    expr_argument(m, e, "axis", whole_text(m, place + 1));
    expr_argument(m, e, "first", whole_text(m, first));
    expr_argument(m, e, "last", whole_text(m, last));
    e->dims[place] = last - first + 1;
    return e;
}

/* A bound of a slice; exporters write 2^63 - 1 for the end. */
static int64_t bound(double number, int64_t size)
{
    if (number < 0) number += (double)size;
    return number < 0 ? 0 : number > (double)size ? size : (int64_t)number;
}

static void slice(Import *m)
{
    Slot like = *need_value(m, 0);
    double numbers[2][AXES];
    int64_t axes[AXES], steps[AXES];
    int n[2];
    for (int k = 0; k < 2; k++) {
        const OnnxAttribute *a = onnx_attribute(m->node, k ? "ends" : "starts");
        Slot *s = slot_input(m, 1 + k);
        if (!a && !s) node_fail(m, "it does not say from where to where");
        n[k] = a ? a->n : slot_count(s) <= AXES ? (int)slot_count(s) : AXES + 1;
        if (n[k] > AXES) node_fail(m, "more than %d axes are cut", AXES);
        for (int i = 0; i < n[k]; i++) numbers[k][i] = a ? (double)a->wholes[i] : need_numbers(m, s, "a bound")[i];
    }
    const int named = list_of_wholes(m, "axes", 3, axes), stepped = list_of_wholes(m, "steps", 4, steps);
    if (n[0] != n[1] || (named >= 0 && named != n[0])) node_fail(m, "starts, ends and axes differ in number");
    Expr *e = like.value;
    for (int i = 0; i < n[0]; i++) {
        const int axis = axis_within(m, named >= 0 ? axes[i] : i, like.rank);
        if (stepped > i && steps[i] != 1) node_fail(m, "a step of %lld is not known", (long long)steps[i]);
        if (like.dims[axis] == BATCH) {
            if (numbers[0][i] == 0 && (numbers[1][i] >= 0x1p31 - 1 || numbers[1][i] == batch_number)) continue;
            node_fail(m, "a part of the batch");
        }
        const int64_t first = bound(numbers[0][i], like.dims[axis]), end = bound(numbers[1][i], like.dims[axis]);
        if (end <= first) node_fail(m, "its result is empty along axis %d", axis);
        e = cut(m, e, like.axis[axis], first + 1, end);
        like.dims[axis] = end - first;
    }
    set_alike(m, m->node->outputs[0], e, &like);
}

static void split(Import *m)
{
    const Slot in = *need_value(m, 0);
    const int axis = axis_within(m, whole_attribute(m, "axis", 0), in.rank), n = m->node->n_outputs;
    int64_t sizes[AXES], at = 0;
    const int given = list_of_wholes(m, "split", 1, sizes);
    if (axis == 0 || (given >= 0 && given != n)) node_fail(m, "it does not fit its outputs");
    for (int i = 0; i < n; i++) {
        const int64_t each = (in.dims[axis] + n - 1) / n;
        const int64_t size = given >= 0 ? sizes[i] : each < in.dims[axis] - at ? each : in.dims[axis] - at;
        if (size < 1 || size > in.dims[axis] - at) node_fail(m, "a part of %lld elements", (long long)size);
        Slot part = in;
        part.dims[axis] = size;
        set_alike(m, m->node->outputs[i], cut(m, in.value, in.axis[axis], at + 1, at + size), &part);
        at += size;
    }
}

/* as_strided of a value whose elements already lie so: all elements of the first two samples, in order. */
static void regather(Import *m)
{
    const Slot row = *need_input(m, 0);
    Slot *index = need_input(m, 1);
    const double *at = need_numbers(m, index, "the index");
    int64_t dims[AXES], own = 1;
    for (int i = 1; i < row.rank; i++) own *= row.dims[i];
    bool same = index->of_batch && index->rank > 0 && index->dims[0] == 2 && slot_count(index) == 2 * own;
    for (int64_t i = 0; same && i < 2 * own; i++) same = at[i] == (double)i;
    if (!same) node_fail(m, "elements that are taken from all samples in another order are not known");
    for (int i = 0; i < index->rank; i++) dims[i] = i ? index->dims[i] : BATCH;
    reshape_to(m, &row, index->rank, dims);
}

static void gather(Import *m)
{
    if (need_input(m, 0)->kind == SLOT_FLAT) return regather(m);
    const Slot in = *need_value(m, 0);
    Slot *index = need_input(m, 1);
    const int axis = axis_within(m, whole_attribute(m, "axis", 0), in.rank);
    const double at = *need_numbers(m, index, "the index");
    if (axis == 0 || slot_count(index) != 1) node_fail(m, "only one element of an axis can be taken");
    const int64_t place = bound(at, in.dims[axis] - (at >= 0));
    Slot one = in;
    one.value = cut(m, in.value, in.axis[axis], place + 1, place + 1);
    one.dims[axis] = 1;
    int64_t dims[AXES];
    int rank = 0;
    for (int i = 0; i < in.rank; i++)
        if (i != axis) dims[rank++] = in.dims[i];
        else if (index->rank) dims[rank++] = 1;
    reshape_to(m, &one, rank, dims);
}

static void concat(Import *m)
{
    const int n = m->node->n_inputs;
    Slot like = *need_value(m, 0);
    const int axis = axis_within(m, whole_attribute(m, "axis", 0), like.rank);
    if (axis == 0) node_fail(m, "along the batch");
    Expr **of = arena_array(m->arena, n, sizeof *of);
    int64_t sum = 0;
    for (int i = 0; i < n; i++) {
        const Slot s = *need_value(m, i);
        if (s.rank != like.rank) node_fail(m, "values of rank %d and %d", s.rank, like.rank);
        of[i] = in_layout(m, &s, like.axis);
        sum += s.dims[axis];
    }
    Expr *e = expr_new(m, EXPR_CALL, "concat", n, of);
    e->list = true;
    expr_argument(m, e, "axis", whole_text(m, like.axis[axis] + 1));
    like.dims[axis] = sum;
    set_alike(m, m->node->outputs[0], e, &like);
}

static void pad(Import *m)
{
    Slot like = *need_value(m, 0);
    if (!text_attribute(m, "mode", "constant", true)) node_fail(m, "a mode other than constant is not known");
    double by[2 * AXES] = {0};
    const OnnxAttribute *a = onnx_attribute(m->node, "pads");
    Slot *s = slot_input(m, 1), *filled = slot_input(m, 2), *axes_slot = slot_input(m, 3);
    int64_t axes[AXES];
    const int named = axes_slot ? list_of_wholes(m, "axes", 3, axes) : like.rank;
    const int64_t n = a ? a->n : s ? slot_count(s) : -1;
    if (n != 2 * named) node_fail(m, "pads has %lld numbers, against %d", (long long)n, 2 * named);
    for (int i = 0; i < n; i++) by[i] = a ? (double)a->wholes[i] : need_numbers(m, s, "pads")[i];
    const double value = filled ? *need_numbers(m, filled, "the padding") : real_attribute(m, "value", 0);
    Text amounts = text_new(m->arena);
    for (int i = 0; i < named; i++) {
        const int axis = axes_slot ? axis_within(m, axes[i], like.rank) : i;
        const double before = by[i], after = by[i + named];
        if (before == 0 && after == 0) continue;
        if (axis == 0 || !(before >= 0 && after >= 0 && before < 1 << 15 && after < 1 << 15))
            node_fail(m, "padding of %g and %g along axis %d", before, after, axis);
        text_add(&amounts, "%s[%d] = { %.0f, %.0f }", amounts.length ? ", " : "", like.axis[axis] + 1, before, after);
        like.dims[axis] += (int64_t)(before + after);
    }
    if (!amounts.length) return set_alike(m, m->node->outputs[0], like.value, &like);
    Expr *e = expr_call(m, "pad", like.value);
    expr_argument(m, e, "amounts", arena_format(m->arena, "{ %s }", amounts.chars));
    if (value != 0) expr_argument(m, e, "value", real_text(m, value));
    set_alike(m, m->node->outputs[0], e, &like);
}

static void resize(Import *m)
{
    const Slot in = *need_value(m, 0);
    Slot *scales = slot_input(m, m->model->opset < 11 ? 1 : 2), *sizes = slot_input(m, 3);
    Slot *given = sizes ? sizes : scales;
    int images[AXES];
    if (in.rank != 4 || !given || slot_count(given) != 4) node_fail(m, "only images can be resized, by 4 numbers");
    const double *numbers = need_numbers(m, given, "the size");
    int64_t dims[AXES] = {BATCH, in.dims[1]};
    for (int i = 2; i < 4; i++) {
        const double size = sizes ? numbers[i] : floor(numbers[i] * (double)in.dims[i]);
        if (!(size >= 1 && size <= 1 << 15)) node_fail(m, "to a size of %g", size);
        dims[i] = (int64_t)size;
    }
    if (!sizes && numbers[1] != 1) node_fail(m, "channels cannot be resized");
    const char *how = "coordinate_transformation_mode";
    const bool nearest = text_attribute(m, "mode", "nearest", true),
               linear = text_attribute(m, "mode", "linear", false),
               half = text_attribute(m, how, "half_pixel", true) || text_attribute(m, how, "pytorch_half_pixel", false),
               corners = text_attribute(m, how, "align_corners", false),
               floored = text_attribute(m, how, "asymmetric", false) &&
                         text_attribute(m, "nearest_mode", "floor", false);
    if (whole_attribute(m, "antialias", 0) || !((nearest && (half || floored)) || (linear && (half || corners))))
        node_fail(m, "this way of resizing is not known");
    layout_images(images);
    Expr *e = expr_call(m, "resize", in_layout(m, &in, images));
    expr_argument(m, e, "h", whole_text(m, dims[2]));
    expr_argument(m, e, "w", whole_text(m, dims[3]));
    expr_argument(m, e, "kind", nearest ? (half ? "\"nearest\"" : "\"nearest_floor\"") : "\"bilinear\"");
    if (corners) expr_option(m, e, "align_corners", "true", NULL);
    set_value(m, m->node->outputs[0], e, 4, dims, images);
}

static void expand(Import *m)
{
    Slot *x = need_value(m, 0), *shape = need_input(m, 1);
    const double *numbers = need_numbers(m, shape, "the shape");
    const int64_t n = slot_count(shape);
    for (int64_t i = 0; i < n; i++) {
        const int64_t axis = x->rank - n + i;
        if (axis < 0 || !(numbers[i] == 1 || numbers[i] == batch_number || numbers[i] == (double)x->dims[axis]))
            node_fail(m, "a value that is repeated is not known");
    }
    set_alike(m, m->node->outputs[0], x->value, x);
}

bool axes_node(Import *m)
{
    if (is_op(m, "Reshape")) return reshape(m), true;
    if (is_op(m, "Flatten")) return flatten(m), true;
    if (is_op(m, "Squeeze") || is_op(m, "Unsqueeze")) return squeeze(m, is_op(m, "Unsqueeze")), true;
    if (is_op(m, "Transpose")) return transpose(m), true;
    if (is_op(m, "Softmax") || is_op(m, "LogSoftmax"))
        return softmax(m, is_op(m, "Softmax") ? "softmax" : "log_softmax"), true;
    if (is_op(m, "Slice")) return slice(m), true;
    if (is_op(m, "Split")) return split(m), true;
    if (is_op(m, "Gather")) return gather(m), true;
    if (is_op(m, "Concat")) return concat(m), true;
    if (is_op(m, "Pad")) return pad(m), true;
    if (is_op(m, "Resize")) return resize(m), true;
    if (is_op(m, "Expand")) return expand(m), true;
    return reduction(m);
}
