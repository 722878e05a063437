/* kernel_element.c - one element of a value as a C expression.
 *
 * An element of a kept value is loaded from where it lies.  Any other element is written into the expression that uses
 * it, and gets a name when it is used more than once.  Element [i] of a view is an element of its input, so views cost
 * nothing here. */
#include "emit/kernel_write.h"

#include <string.h>

enum { LONGEST = 96 };   /* characters of an expression before it gets a name */

const Graph *kernel_graph(const KernelWriter *w) { return w->g; }

/* ---- text ---- */

const char *kernel_format(KernelWriter *w, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_format_v(w->arena, format, arguments);
    va_end(arguments);
    return text;
}

static void add_line(KernelWriter *w, const char *format, va_list arguments)
{
    text_add(&w->body, "%*s", 4 * w->indent, "");
    text_add_v(&w->body, format, arguments);
}

void kernel_line(KernelWriter *w, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_line(w, format, arguments);
    va_end(arguments);
    text_add(&w->body, "\n");
}

void kernel_open(KernelWriter *w, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_line(w, format, arguments);
    va_end(arguments);
    text_add(&w->body, " {\n");
    w->indent++;
}

void kernel_close(KernelWriter *w)
{
    w->indent--;
    text_add(&w->body, "%*s}\n", 4 * w->indent, "");
}

void write_reserve(KernelWriter *w, const char *name)
{
    int *next = name_number(&w->taken, name);
    if (!*next) *next = 2;
}

const char *kernel_local(KernelWriter *w, const char *hint)
{
    if (w->canonical) hint = "t";
    const char *candidate = hint;
    while (*name_number(&w->taken, candidate)) {
        const int suffix = (*name_number(&w->taken, hint))++;
        candidate = kernel_format(w, "%s%d", hint, suffix);
    }
    write_reserve(w, candidate);
    return candidate;
}

const char *kernel_stride(KernelWriter *w, Dim dim)
{
    if (dim == BATCH_DIM) return kernel_format(w, "%s_BATCH", w->p->macro);
    return dim < 0 ? kernel_format(w, "%lld * %s_BATCH", (long long)-dim, w->p->macro)
                   : kernel_format(w, "%lld", (long long)dim);
}

const char *kernel_dim(KernelWriter *w, Dim dim)
{
    if (dim == BATCH_DIM) return "n";
    return dim < 0 ? kernel_format(w, "%lld * n", (long long)-dim) : kernel_format(w, "%lld", (long long)dim);
}

/* ---- arguments ---- */

static const char *dims_text(KernelWriter *w, Type type, bool squeeze)
{
    Text text = text_new(w->arena);
    int shown = 0;
    for (int i = 0; i < type.rank; i++) {
        if (squeeze && type.dims[i] == 1) continue;
        if (shown == 0 && type.dims[i] < 0) text_add(&text, "[restrict]");
        else if (shown == 0) text_add(&text, "[restrict %lld]", (long long)type.dims[i]);
        else if (type.dims[i] < 0) text_add(&text, "[%lld * %s_BATCH]", (long long)-type.dims[i], w->p->macro);
        else text_add(&text, "[%lld]", (long long)type.dims[i]);
        shown++;
    }
    return shown ? text.chars : "[restrict 1]";
}

static int add_argument(KernelWriter *w, Argument argument)
{
    for (int i = 0; i < w->n_arguments; i++) {
        Argument *a = &w->arguments[i];
        if (a->kind == argument.kind && a->buffer == argument.buffer && a->leaf == argument.leaf) {
            a->written |= argument.written;
            return i;
        }
    }
    w->arguments = arena_grow(w->arena, w->arguments, w->n_arguments, &w->arguments_capacity, sizeof *w->arguments);
    if (w->canonical) argument.name = kernel_format(w, "a%d", w->n_arguments);
    w->arguments[w->n_arguments] = argument;
    write_reserve(w, argument.name);
    return w->n_arguments++;
}

const char *scalar_argument(KernelWriter *w, ArgumentKind kind, const char *type, const char *name)
{
    int i = add_argument(w, (Argument){.kind = kind, .buffer = -1, .name = name, .type = type, .dims = ""});
    write_reserve(w, name);
    w->arguments[i].name = name;     /* texts here and in ops use this name: it is fixed */
    return name;
}

/* A value that is written over another lies in that one's buffer.  The function has one parameter for both, named after
 * the value that it leaves there. */
int same_memory(const KernelWriter *w, int buffer)
{
    const int over = w->plan->of[buffer].in_place_of, host = over >= 0 ? over : buffer;
    for (int i = 0; i < w->k->n_writes; i++) {
        const int written = w->k->writes[i];
        const bool takes_over = w->plan->of[written].in_place_of == host && written != buffer;
        if (takes_over && w->p->buffers[buffer].value) return written;
    }
    return buffer;
}

const char *write_buffer(const KernelWriter *w, int buffer)
{
    if (w->p->buffers[buffer].value) return w->names[w->p->buffers[buffer].value];
    return buffer == w->k->scratch ? "scratch" : buffer == w->k->packed ? w->packed : w->sum;
}

const char *buffer_argument(KernelWriter *w, int buffer, bool written)
{
    buffer = same_memory(w, buffer);
    const Buffer *b = &w->p->buffers[buffer];
    const bool scratch = buffer == w->k->scratch;
    int i = add_argument(w, (Argument){.kind = ARGUMENT_BUFFER,
                                       .buffer = buffer,
                                       .name = write_buffer(w, buffer),
                                       .written = written,
                                       .type = scratch ? "float *restrict " : c_type(b->storage),
                                       .dims = scratch ? "" : dims_text(w, b->type, !b->whole)});
    return w->arguments[i].name;
}

const char *leaf_argument(KernelWriter *w, Value v)
{
    const Node *node = writer_at(w, v);
    int i = add_argument(w, (Argument){.kind = ARGUMENT_LEAF,
                                       .buffer = -1,
                                       .leaf = v,
                                       .name = w->names[v],
                                       .type = node->type.elem == REAL ? "float" : "int32_t",
                                       .dims = dims_text(w, node->type, false)});
    return w->arguments[i].name;
}

/* ---- elements ---- */

const char *write_place(KernelWriter *w, int buffer, const Index *index)
{
    return write_subscripts(w, w->p->buffers[buffer].type, index, !w->p->buffers[buffer].whole);
}

const char *write_subscripts(KernelWriter *w, Type type, const Index *index, bool squeeze)
{
    Text text = text_new(w->arena);
    int shown = 0;
    for (int i = 0; i < type.rank; i++) {
        if (squeeze && type.dims[i] == 1) continue;
        text_add(&text, "[%s]", index->at[i]);
        shown++;
    }
    if (!shown) text_add(&text, "[0]");
    return text.chars;
}

/* The numbers of a table, a row a line: { {1.0f, 2.0f}, ... } */
static const char *table_numbers(KernelWriter *w, const Node *node)
{
    Text text = text_new(w->arena);
    int64_t row = node->type.rank > 1 ? node->type.dims[node->type.rank - 1] : node->attr.n_reals;
    text_add(&text, "{\n");
    for (int i = 0; i < node->attr.n_reals; i++) {
        bool starts = i % row == 0, ends = i % row == row - 1;
        for (int d = 1; starts && d < node->type.rank; d++) {
            int64_t block = 1;
            for (int m = d; m < node->type.rank; m++) block *= node->type.dims[m];
            if (i % block == 0) text_add(&text, "{");
        }
        text_add(&text, "%s%s", c_number(w->arena, node->attr.reals[i]), ends ? "" : i % 16 == 15 ? ",\n " : ", ");
        for (int d = node->type.rank - 1; ends && d >= 1; d--) {
            int64_t block = 1;
            for (int m = d; m < node->type.rank; m++) block *= node->type.dims[m];
            if ((i + 1) % block == 0) text_add(&text, "}");
        }
        if (ends) text_add(&text, ",\n");
    }
    text_add(&text, "}");
    return text.chars;
}

/* The name of a table of numbers.  The table is written once in a file, before the first function that uses it.  Its
 * name depends on its numbers. */
const char *write_table(KernelWriter *w, Value v)
{
    const Node *node = writer_at(w, v);
    for (int i = 0; i < w->n_parts; i++)
        if (w->parts[i].value == v) return w->parts[i].name;
    Text dims = text_new(w->arena);
    for (int i = 0; i < node->type.rank; i++) text_add(&dims, "[%lld]", (long long)node->type.dims[i]);
    const char *numbers = table_numbers(w, node), *all = kernel_format(w, "%s = %s", dims.chars, numbers);
    char hash[65];
    rt_sha256(all, strlen(all), hash);
    const Label *label = w->g->notes[v].label;
    const char *called = c_identifier(w->arena, label && !w->canonical ? label->constructor : "number");
    return kernel_constant(w, v, "float", kernel_format(w, "%s_table_%.6s", called, hash), dims.chars, numbers);
}

const char *kernel_constant(KernelWriter *w, Value v, const char *type, const char *name, const char *dims,
                            const char *text)
{
    name = kernel_format(w, "%s%s", w->p->qualifier, name);
    write_before(w, v, name, kernel_format(w, "static const %s %s%s = %s;\n", type, name, dims, text));
    return name;
}

void write_before(KernelWriter *w, Value v, const char *name, const char *text)
{
    w->parts = arena_grow(w->arena, w->parts, w->n_parts, &w->parts_capacity, sizeof *w->parts);
    w->parts[w->n_parts++] = (FilePart){v, name, text};
}

Index write_normal(const KernelWriter *w, Value v, const Index *index)
{
    Index result = {{0}};
    Type type = writer_at(w, v)->type;
    for (int i = 0; i < type.rank; i++) result.at[i] = type.dims[i] == 1 ? "0" : index->at[i];
    return result;
}

static bool same_index(int rank, const Index *a, const Index *b)
{
    for (int i = 0; i < rank; i++)
        if (strcmp(a->at[i], b->at[i])) return false;
    return true;
}

const Expr *write_recall(const KernelWriter *w, Value v, const Index *index)
{
    for (int i = mark_of(w, v)->memo; i > 0; i = w->memos[i - 1].before)
        if (same_index(writer_at(w, v)->type.rank, &w->memos[i - 1].index, index)) return &w->memos[i - 1].expr;
    return NULL;
}

static void remember(KernelWriter *w, Value v, const Index *index, Expr expr)
{
    w->memos = arena_grow(w->arena, w->memos, w->n_memos, &w->memos_capacity, sizeof *w->memos);
    w->memos[w->n_memos++] = (Memo){v, write_normal(w, v, index), expr, mark_of(w, v)->memo};
    mark_of(w, v)->memo = w->n_memos;
}

void write_forget(KernelWriter *w, int memos)
{
    for (; w->n_memos > memos; w->n_memos--)
        mark_of(w, w->memos[w->n_memos - 1].value)->memo = w->memos[w->n_memos - 1].before;
}

void kernel_remember(KernelWriter *w, Value v, const Index *index, const char *text)
{
    remember(w, v, index, (Expr){text, ATOM, false});
}

bool kernel_computes(const KernelWriter *w, Value v) { return w->p->kernel_of[v] == w->number; }

Value kernel_partner(const KernelWriter *w, const Op *op, Value first, Value second)
{
    for (int i = 0; i < w->k->n_kept; i++) {
        const Node *node = writer_at(w, w->k->kept[i]);
        if (node->op == op && node->n_in == 2 && node->in[0] == first && node->in[1] == second) return w->k->kept[i];
    }
    return 0;
}

static const char *wrapped(KernelWriter *w, Expr e, int at_least)
{
    return e.precedence >= at_least ? e.text : kernel_format(w, "(%s)", e.text);
}

const char *kernel_element(KernelWriter *w, Value v, const Index *index)
{
    return wrapped(w, write_element(w, v, index), ATOM);
}

static Expr pointwise(KernelWriter *w, Value v, const Index *index)
{
    const Node *node = writer_at(w, v);
    Expr in[3];
    for (int i = 0; i < node->n_in; i++) in[i] = write_element(w, node->in[i], index);
    const bool same_number = !strcmp(node->op->c, "%0"),
               comparison = node->op->precedence <= COMPARISON_LEVEL && !same_number;
    if (node->op->c_same && writer_at(w, node->in[0])->type.elem == INT && !strcmp(in[0].text, in[1].text))
        return (Expr){node->op->c_same, ATOM, false};
    Text text = text_new(w->arena);
    bool call = node->op->precedence == ATOM, all_whole = !call && !comparison && !same_number;
    for (int i = 0; i < node->n_in; i++) all_whole = all_whole && in[i].whole;
    /* C would divide ints, and ints have no -0 */
    if (all_whole) in[0] = (Expr){kernel_format(w, "(float)%s", wrapped(w, in[0], ATOM)), ATOM, false};
    for (const char *c = node->op->c; *c; c++) {
        if (*c != '%') {
            text_add(&text, "%c", *c);
            continue;
        }
        int i = *++c - '0';
        /* the left side of + - * / may be of the same level: C groups from the left, as the graph does */
        bool groups = i == 0 && node->n_in == 2 && node->op->precedence > COMPARISON_LEVEL;
        int level = call ? 0 : groups ? node->op->precedence : node->op->precedence + 1;
        if (!call && node->op->precedence <= COMPARISON_LEVEL) level = COMPARISON_LEVEL + 1;
        if (same_number) level = 0;
        text_add(&text, "%s", wrapped(w, in[i], level));
    }
    Expr result = {text.chars, same_number ? in[0].precedence : node->op->precedence,
                   comparison || (same_number && (in[0].whole || writer_at(w, node->in[0])->type.elem == INT))};
    return result;
}

/* An element that comes from one input here and from another there: all of these are computed and one is selected.
 * Indices are held inside of their arrays: see rt_where. */
static Expr view(KernelWriter *w, Value v, const Index *index)
{
    const Node *node = writer_at(w, v);
    int sources = node->op->n_sources ? node->op->n_sources : node->n_in, open = 0;
    const char *where = node->type.elem == REAL ? "rt_where" : "rt_where_int";
    Text text = text_new(w->arena);
    for (int i = 0; i < sources; i++) {
        Index in = {{0}};
        const char *condition = node->op->index(w, v, index, i, &in);
        Expr source = write_element(w, node->in[i], &in);
        if (!condition && !open) return source;
        if (condition) text_add(&text, "%s(%s, %s, ", where, condition, source.text), open++;
        else text_add(&text, "%s", source.text);
        if (!condition) break;
        if (i == sources - 1) text_add(&text, "%s", c_number(w->arena, node->attr.n_reals ? node->attr.reals[0] : 0));
    }
    while (open-- > 0) text_add(&text, ")");
    return (Expr){text.chars, ATOM, false};
}

/* The expression that computes the element, even if it could be loaded. */
Expr write_computed(KernelWriter *w, Value v, const Index *index)
{
    const Node *node = writer_at(w, v);
    switch (node->op->kind) {
    case POINTWISE: return pointwise(w, v, index);
    case VIEW: return view(w, v, index);
    case STENCIL: return (Expr){node->op->element(w, v, index), ATOM, false};
    case LEAF:
        if (node->op == &op_batch_size)
            return (Expr){scalar_argument(w, ARGUMENT_BATCH_SIZE, "float ", "batch_size"), ATOM, false};
        if (node->op == &op_constant)
            return (Expr){c_number(w->arena, node->attr.reals[0]), node->attr.reals[0] < 0 ? 8 : ATOM, false};
        if (node->op->reads_step) scalar_argument(w, ARGUMENT_STEP, "const RtStep *", "step");
        if (node->op->reads_step && type_has_batch(node->type))
            scalar_argument(w, ARGUMENT_SAMPLE, "const int64_t *", "sample");
        if (node->op->element) return (Expr){node->op->element(w, v, index), node->op == &op_index ? 6 : ATOM, false};
        break;
    default: break;
    }
    bug("kernel: %s can not be written as an expression", node->op->name);
}

const char *write_hint(const KernelWriter *w, Value v)
{
    const char *name = w->g->notes[v].name;
    return name ? c_identifier(w->arena, name) : "t";
}

Expr write_name(KernelWriter *w, Value v, const Index *index, Expr e)
{
    const char *name = kernel_local(w, write_hint(w, v));
    kernel_line(w, "const %s %s = %s;", writer_at(w, v)->type.elem == INT ? "int" : "float", name, e.text);
    Expr result = {name, ATOM, false};
    remember(w, v, index, result);
    return result;
}

Expr write_element(KernelWriter *w, Value v, const Index *given)
{
    const Node *node = writer_at(w, v);
    Index index = write_normal(w, v, given);
    const Expr *known = write_recall(w, v, &index);
    if (known) return *known;
    if (node->op == &op_constant && node->attr.n_reals > 1)
        return (Expr){kernel_format(w, "%s%s", write_table(w, v), write_subscripts(w, node->type, &index, false)), ATOM,
                      false};
    if (is_stored_leaf(w->g, v))
        return (Expr){kernel_format(w, "%s%s", leaf_argument(w, v), write_subscripts(w, node->type, &index, false)),
                      ATOM, false};
    bool here = w->p->kernel_of[v] == w->number;
    if (v == w->raw)
        return (Expr){
            kernel_format(w, "%s%s", buffer_argument(w, w->raw_buffer, true), write_place(w, w->raw_buffer, &index)),
            ATOM, false};
    if (here && mark_of(w, v)->done && mark_of(w, v)->local_of) {
        Text text = text_new(w->arena);
        text_add(&text, "%s", mark_of(w, v)->local_of);
        for (int i = w->k->outer; i < node->type.rank; i++)
            if (node->type.dims[i] != 1) text_add(&text, "[%s]", index.at[i]);
        return (Expr){text.chars, ATOM, false};
    }
    if (w->p->buffer_of[v] >= 0 && (!here || mark_of(w, v)->done)) {
        const int buffer = w->p->buffer_of[v];
        const char *form = w->p->buffers[buffer].storage == RT_BF16 ? "rt_of_bf16(%s%s)" : "%s%s";
        return (Expr){kernel_format(w, form, buffer_argument(w, buffer, false), write_place(w, buffer, &index)), ATOM,
                      false};
    }
    if (here && node->op->kind == REDUCE) bug("kernel: a sum is read before it is complete");
    Expr e = write_computed(w, v, &index);
    bool used_often = node->op->kind == POINTWISE && mark_of(w, v)->refs > 1, is_long = strlen(e.text) > LONGEST;
    const bool is_name = e.precedence == ATOM && !strchr(e.text, '(');
    if (node->n_in > 0 && (used_often || is_long) && !is_name) return write_name(w, v, &index, e);
    return e;
}
