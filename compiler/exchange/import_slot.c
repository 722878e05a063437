/* import_slot.c - what a name of the model stands for. */
#include "exchange/import.h"

#include <math.h>
#include <string.h>

void node_fail(const Import *m, const char *format, ...)
{
    char text[RT_MAX_PATH];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    const OnnxNode *node = m->node;
    const char *source = node ? node_source((Import *)m, node) : NULL;
    if (!node) fail("%s: %s", m->model->path, text);
    fail("%s: node %d%s%s%s, op %s%s%s of operator set %lld: %s%s%s", m->model->path, (int)(node - m->model->nodes),
         *node->name ? " '" : "", shown_name(m->arena, node->name), *node->name ? "'" : "",
         shown_name(m->arena, node->domain), *node->domain ? "." : "", shown_name(m->arena, node->op),
         (long long)m->model->opset, text, source ? "; " : "", source ? shown_name(m->arena, source) : "");
}

Slot *slot_of(Import *m, const char *name)
{
    const int number = name_known(&m->slot_numbers, name);
    return number ? &m->slots[number - 1] : NULL;
}

Slot *slot_new(Import *m, const char *name, SlotKind kind)
{
    m->slots = arena_grow(m->arena, m->slots, m->n_slots, &m->slots_capacity, sizeof *m->slots);
    Slot *s = &m->slots[m->n_slots++];
    *s = (Slot){.kind = kind, .name = name};
    *name_number(&m->slot_numbers, name) = m->n_slots;
    return s;
}

Slot *slot_input(Import *m, int i)
{
    if (i >= m->node->n_inputs || !*m->node->inputs[i]) return NULL;
    Slot *s = slot_of(m, m->node->inputs[i]);
    if (!s)
        node_fail(m, "input '%s' is an output that its node does not have here",
                  shown_name(m->arena, m->node->inputs[i]));
    return s;
}

Slot *need_input(Import *m, int i)
{
    Slot *s = slot_input(m, i);
    if (!s) node_fail(m, "input %d is left out", i);
    return s;
}

int64_t slot_count(const Slot *s)
{
    int64_t n = 1;
    for (int i = 0; i < s->rank; i++) {
        if (s->dims[i] == BATCH) return -1;
        if (__builtin_mul_overflow(n, s->dims[i], &n)) return INT64_MAX;
    }
    return n;
}

const double *slot_numbers(Import *m, Slot *s)
{
    if (s->kind == SLOT_NUMBERS) return s->numbers;
    if (s->kind != SLOT_TENSOR || s->tensor->count > MOST_NUMBERS) return NULL;
    const int64_t n = s->tensor->count;
    double *numbers = arena_array(m->arena, n + 1, sizeof *numbers);
    int64_t at[AXES] = {0}, strides[AXES];
    int64_t stride = 1;
    for (int i = s->rank - 1; i >= 0; i--) strides[i] = stride, stride *= s->source[i];
    for (int64_t k = 0; k < n; k++) {
        int64_t from = 0;
        for (int i = 0; i < s->rank; i++) from += at[i] * strides[s->order[i]];
        numbers[k] = onnx_number(s->tensor, from);
        for (int i = s->rank - 1; i >= 0 && ++at[i] == s->dims[i]; i--) at[i] = 0;
    }
    s->numbers = numbers;
    return numbers;
}

const double *need_numbers(Import *m, Slot *s, const char *what)
{
    const double *numbers = slot_numbers(m, s);
    if (!numbers) node_fail(m, "%s depends on the image, or has more than %d numbers", what, MOST_NUMBERS);
    return numbers;
}

int64_t whole_attribute(const Import *m, const char *name, int64_t otherwise)
{
    const OnnxAttribute *a = onnx_attribute(m->node, name);
    return a ? a->whole : otherwise;
}

double real_attribute(const Import *m, const char *name, double otherwise)
{
    const OnnxAttribute *a = onnx_attribute(m->node, name);
    if (a && !isfinite(a->real)) node_fail(m, "attribute %s is not finite", name);
    return a ? (double)a->real : otherwise;
}

bool text_attribute(const Import *m, const char *name, const char *is, bool otherwise)
{
    const OnnxAttribute *a = onnx_attribute(m->node, name);
    return a ? a->text.n == strlen(is) && !memcmp(a->text.at, is, a->text.n) : otherwise;
}

int list_of_wholes(Import *m, const char *attribute, int input, int64_t list[AXES])
{
    const OnnxAttribute *a = onnx_attribute(m->node, attribute);
    Slot *s = input >= 0 ? slot_input(m, input) : NULL;
    if (!a && !s) return -1;
    const int64_t n = a ? a->n : slot_count(s);
    if (n < 0 || n > AXES) node_fail(m, "%s has %lld numbers, against %d at most", attribute, (long long)n, AXES);
    const double *numbers = a ? NULL : need_numbers(m, s, attribute);
    for (int i = 0; i < n; i++) {
        if (numbers && !(fabs(numbers[i]) < 0x1p53)) node_fail(m, "%s has a number that is not known", attribute);
        list[i] = a ? a->wholes[i] : (int64_t)numbers[i];
    }
    return (int)n;
}

void slot_alias(Import *m, const char *name, const Slot *from)
{
    const Slot copy = *from;
    Slot *s = slot_new(m, name, copy.kind);
    const char *own = s->name;
    *s = copy;
    s->name = copy.name;
    if (copy.kind == SLOT_TENSOR) { /* Identity gives merged weights their names back */
        s->name = own;
        if (!names_a_parameter(m, s)) s->name = copy.name;
    }
}

void slot_constant(Import *m, const char *name, int rank, const int64_t *dims, const double *numbers, bool real)
{
    Slot *s = slot_new(m, name, SLOT_NUMBERS);
    s->rank = rank;
    s->real = real;
    for (int i = 0; i < rank; i++) s->dims[i] = dims[i];
    const int64_t n = slot_count(s);
    if (n < 0 || n > MOST_NUMBERS)
        node_fail(m, "'%s' has %lld numbers, against %d at most", shown_name(m->arena, name), (long long)n,
                  MOST_NUMBERS);
    s->numbers = arena_array(m->arena, n + 1, sizeof *s->numbers);
    if (n) memcpy(s->numbers, numbers, (size_t)n * sizeof *numbers);
}

int axis_within(const Import *m, int64_t axis, int rank)
{
    if (axis < -rank || axis >= rank) node_fail(m, "axis %lld of a value of rank %d", (long long)axis, rank);
    return (int)(axis < 0 ? axis + rank : axis);
}
