/* import_value.c - values in our layout.  ONNX has channels first; a value of the graph file has them last, and each
 * slot says which axis of ONNX's is which axis of its value.  A Transpose then changes that alone, and nothing is moved
 * until an op needs its axes in an order that they are not in. */
#include "exchange/import.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- numbers as text ---- */

const char *whole_text(Import *m, int64_t n) { return arena_format(m->arena, "%lld", (long long)n); }

/* The shortest text that is the same float. */
const char *real_text(Import *m, double number)
{
    if (!isfinite(number)) node_fail(m, "a constant is not finite");
    if (number == floor(number) && fabs(number) < 1e15) return arena_format(m->arena, "%.0f", number);
    for (int digits = 1; digits < 9; digits++) {
        const char *text = arena_format(m->arena, "%.*g", digits, number);
        if ((float)strtod(text, NULL) == (float)number) return text;
    }
    return arena_format(m->arena, "%.9g", number);
}

const char *pair_text(Import *m, int64_t a, int64_t b)
{
    return a == b ? whole_text(m, a) : arena_format(m->arena, "{ %lld, %lld }", (long long)a, (long long)b);
}

const char *list_text(Import *m, int n, const int64_t *list)
{
    Text t = text_new(m->arena);
    text_add(&t, "{ ");
    for (int i = 0; i < n; i++) text_add(&t, "%s%lld", i ? ", " : "", (long long)list[i]);
    text_add(&t, " }");
    return t.chars;
}

/* ---- values ---- */

Expr *expr_new(Import *m, ExprKind kind, const char *word, int n, Expr *const *of)
{
    Expr *e = arena_alloc(m->arena, sizeof *e);
    *e = (Expr){.kind = kind, .word = word, .n = n};
    e->of = arena_array(m->arena, n + 1, sizeof *e->of);
    for (int i = 0; i < n; i++) e->of[i] = of[i];
    e->module = m->module;
    for (int i = 0; i < n && !e->module; i++) /* nobody says where it belongs: to what it is computed from */
        if (of[i]->kind != EXPR_INPUT) e->module = of[i]->module;
    if (!e->module) e->module = "";
    if (kind == EXPR_NUMBER || kind == EXPR_CONSTANT) return e;
    m->exprs = arena_grow(m->arena, m->exprs, m->n_exprs, &m->exprs_capacity, sizeof *m->exprs);
    m->exprs[m->n_exprs++] = e;
    return e;
}

Expr *expr_call(Import *m, const char *word, Expr *x)
{
    Expr *e = expr_new(m, EXPR_CALL, word, 1, &x);
    expr_shape(e, x->rank, x->dims);
    return e;
}

Expr *expr_number(Import *m, double number)
{
    Expr *e = expr_new(m, EXPR_NUMBER, real_text(m, number), 0, NULL);
    e->number = number;
    return e;
}

static void piece_add(Import *m, Expr *e, Piece piece)
{
    Piece *grown = arena_array(m->arena, e->n_pieces + 1, sizeof *grown);
    for (int i = 0; i < e->n_pieces; i++) grown[i] = e->pieces[i];
    grown[e->n_pieces++] = piece;
    e->pieces = grown;
}

void expr_argument(Import *m, Expr *e, const char *key, const char *text)
{
    piece_add(m, e, (Piece){key, text, NULL, false});
}

void expr_option(Import *m, Expr *e, const char *key, const char *text, const char *otherwise)
{
    piece_add(m, e, (Piece){key, text, otherwise, true});
}

void expr_shape(Expr *e, int rank, const int64_t *dims)
{
    e->rank = rank;
    for (int i = 0; i < rank; i++) e->dims[i] = dims[i];
}

/* ---- layouts ---- */

void layout_images(int axis[AXES]) { layout_channels(4, axis); }

void layout_plain(int axis[AXES])
{
    for (int i = 0; i < AXES; i++) axis[i] = i;
}

void layout_channels(int rank, int axis[AXES])
{
    layout_plain(axis);
    if (rank < 2) return;
    axis[1] = rank - 1;
    for (int i = 2; i < rank; i++) axis[i] = i - 1;
}

void set_value(Import *m, const char *name, Expr *e, int rank, const int64_t *dims, const int *axis)
{
    Slot *s = slot_new(m, name, SLOT_VALUE);
    s->rank = rank;
    s->real = true;
    s->value = e;
    for (int i = 0; i < rank; i++) {
        s->dims[i] = dims[i];
        s->axis[i] = axis[i];
        e->dims[axis[i]] = dims[i];
    }
    e->rank = rank;
    if (rank < 1 || dims[0] != BATCH || axis[0] != 0) node_fail(m, "its result does not begin with the batch");
    for (int i = 1; i < rank; i++)
        if (dims[i] < 1) node_fail(m, "its result has %lld elements along axis %d", (long long)dims[i], i);
}

void set_alike(Import *m, const char *name, Expr *e, const Slot *like)
{
    const Slot copy = *like;
    set_value(m, name, e, copy.rank, copy.dims, copy.axis);
}

bool is_value(const Slot *s) { return s && s->kind == SLOT_VALUE; }

Slot *need_value(Import *m, int i)
{
    Slot *s = need_input(m, i);
    if (s->kind != SLOT_VALUE) node_fail(m, "input %d is a constant, against a value that depends on the image", i);
    return s;
}

Expr *in_layout(Import *m, const Slot *s, const int axis[AXES])
{
    int64_t positions[AXES], dims[AXES];
    bool same = true, moved = false;
    for (int i = 0; i < s->rank; i++) {
        same &= s->axis[i] == axis[i];
        positions[axis[i]] = s->axis[i] + 1;
        dims[axis[i]] = s->dims[i];
    }
    if (same) return s->value;
    int64_t last = 0; /* do axes of more than one element change their order? */
    for (int k = 0; k < s->rank; k++) {
        if (dims[k] == 1) continue;
        moved |= positions[k] < last;
        last = positions[k];
    }
    Expr *e = expr_call(m, moved ? "permute" : "reshape", s->value);
    e->rank = s->rank;
    for (int k = 0; k < s->rank; k++) e->dims[k] = dims[k];
    expr_argument(m, e, moved ? "positions" : "shape",
                  moved ? list_text(m, s->rank, positions) : list_text(m, s->rank - 1, dims + 1));
    return e;
}

/* ---- constants and parameters beside values ---- */

static void nested(Text *t, int rank, const int64_t *dims, const double **numbers, Import *m)
{
    text_add(t, "{ ");
    for (int64_t i = 0; i < dims[0]; i++) {
        if (i) text_add(t, ", ");
        if (rank > 1) nested(t, rank - 1, dims + 1, numbers, m);
        else text_add(t, "%s", real_text(m, *(*numbers)++));
    }
    text_add(t, " }");
}

Expr *beside(Import *m, Slot *s, int rank, const int axis[AXES], const char *otherwise)
{
    enum { MOST_WRITTEN = 4096 };
    const bool parameter = s->kind == SLOT_TENSOR && onnx_is_real(s->tensor->type) && names_a_parameter(m, s) &&
                           (m->n_targets || s->tensor->count > 1);
    const int64_t count = slot_count(s);
    if (s->of_batch) node_fail(m, "an index of samples is not known here");
    if (!parameter && count == 1) return expr_number(m, *need_numbers(m, s, "an operand"));
    if (s->rank > rank) node_fail(m, "an operand of rank %d beside a value of rank %d", s->rank, rank);
    /* its axes, with those of one element that are left out in front, in the order of the value's */
    int64_t dims[AXES] = {0}, whole[AXES];
    int from[AXES] = {0}, order[AXES], first = rank, lead = rank - s->rank;
    for (int i = 0; i < rank; i++) {
        dims[axis[i]] = i < lead ? 1 : s->dims[i - lead];
        from[axis[i]] = i - lead;
    }
    for (int k = rank - 1; k >= 0; k--)
        if (dims[k] != 1) first = k;
    if (first == rank) first = rank - 1;
    if (dims[0] == BATCH) node_fail(m, "an operand has the batch's size");
    const int shown = rank - first;
    for (int k = 0; k < shown; k++) whole[k] = dims[first + k];
    /* axes of one element may be anywhere */
    int n = 0;
    bool taken[AXES] = {0};
    for (int k = first; k < rank; k++)
        if (from[k] >= 0 && dims[k] != 1) order[n++] = from[k], taken[from[k]] = true;
    for (int i = 0; i < s->rank; i++)
        if (!taken[i]) order[n++] = i;
    if (parameter) {
        const char *path = parameter_path(m, s, otherwise);
        Expr *there = parameter_named(m, path);
        if (there && m->weights[name_known(&m->weights_known, path) - 1].tensor == s->tensor) return there;
        double all = count ? onnx_number(s->tensor, 0) : 0;
        for (int64_t i = 1; i < s->tensor->count; i++)
            if (onnx_number(s->tensor, i) != all) all = NAN;
        Expr *e = expr_new(m, EXPR_CALL, "param", 0, NULL);
        e->layer = path;
        e->module = path_parent(m, path);
        expr_shape(e, shown, whole);
        expr_argument(m, e, "shape", list_text(m, shown, whole));
        expr_option(m, e, "init", isfinite(all) ? real_text(m, all) : *otherwise == 'b' ? "0" : "1", NULL);
        weight_add(m, path, s, shown, whole, order);
        return e;
    }
    const double *numbers = need_numbers(m, s, "an operand");
    if (count > MOST_WRITTEN)
        node_fail(m, "a constant has %lld numbers, against %d at most", (long long)count, MOST_WRITTEN);
    double *moved = arena_array(m->arena, count + 1, sizeof *moved);
    int64_t at[AXES] = {0}, strides[AXES], stride = 1;
    for (int i = s->rank - 1; i >= 0; i--) strides[i] = stride, stride *= s->dims[i];
    for (int64_t k = 0; k < count; k++) {
        int64_t place = 0;
        for (int i = 0; i < s->rank; i++) place += at[i] * strides[order[i]];
        moved[k] = numbers[place];
        for (int i = s->rank - 1; i >= 0 && ++at[i] == s->dims[order[i]]; i--) at[i] = 0;
    }
    Text text = text_new(m->arena);
    const double *next = moved;
    text_add(&text, "constant(");
    nested(&text, shown, whole, &next, m);
    text_add(&text, ")");
    Expr *e = expr_new(m, EXPR_CONSTANT, text.chars, 0, NULL);
    expr_shape(e, shown, whole);
    return e;
}
