/* kernel.c - one kernel as a C function: loops around the values that it keeps.
 *
 *     for the axes that all its loops share                          (outer)
 *         for each stage                                             (what follows a sum over the row is the next stage)
 *             what is the same for the whole row, once
 *             for the axes of the row
 *                 each kept value: an expression, stored or added up
 *
 * A value that is not kept is written into the expression that uses it, and given a name when it is used more than once.
 * Element [i] of a view is an element of its input, so views cost nothing here. */
#include "tailor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TERNARY_LEVEL = 1, ATOM = 9, LONGEST = 96 };

typedef struct Expr { const char *text; int precedence; } Expr;

typedef struct Memo { Value value; Index index; Expr expr; } Memo;

struct KernelWriter {
    const Program *p;
    const Graph *g;
    Arena *arena;
    const Kernel *k;
    int number;
    bool canonical;              /* neutral names, to compare kernels */
    Text body, tables;
    int indent;
    int n_arguments, arguments_capacity;
    Argument *arguments;
    int n_memos, memos_capacity;
    Memo *memos;
    int n_locals, locals_capacity;
    const char **locals;
    int *refs;                   /* [graph->n]: how often an expression is used */
    int *stage;                  /* [graph->n]: of a kept value */
    const char **best_of;        /* [graph->n]: of an argmax: the variable or array that holds the maximum itself */
    const char **local_of;       /* [graph->n]: a kept value without buffer: its variable or array */
    bool *done;                  /* [graph->n]: a kept value that can be loaded */
    int conditional;             /* inside `condition ? here : 0` nothing may be computed beforehand */
    Value raw;                   /* a contraction whose result lies in the buffer of another value */
    int raw_buffer;
};

static const Node *at(const KernelWriter *w, Value v) { return graph_at(w->g, v); }
const Graph *kernel_graph(const KernelWriter *w) { return w->g; }

/* ---- text ---- */

const char *kernel_format(KernelWriter *w, const char *format, ...)
{
    Text text = text_new(w->arena);
    va_list arguments;
    va_start(arguments, format);
    text_add_v(&text, format, arguments);
    va_end(arguments);
    return text.chars;
}

static void add_line(KernelWriter *w, const char *format, va_list arguments)
{
    text_add(&w->body, "%*s", 4 * w->indent, "");
    text_add_v(&w->body, format, arguments);
}

/* A call that is too long for a line goes on below its first argument. */
static void wrap(KernelWriter *w, size_t start)
{
    enum { WIDTH = 118 };
    const char *line = w->body.chars + start, *paren = strchr(line, '(');
    if (w->body.length - start <= WIDTH || !paren || !strchr(line, ',') || strncmp(line + strspn(line, " "), "rt_", 3)) return;
    char *copy = arena_copy(w->arena, line);
    size_t column = (size_t)(paren - line) + 1, at = 0;
    w->body.length = start;
    w->body.chars[start] = 0;
    for (char *piece = copy; *piece;) {
        char *comma = strstr(piece, ", ");
        size_t length = comma ? (size_t)(comma - piece) + 1 : strlen(piece);
        if (at > column && at + length > WIDTH) {
            while (w->body.chars[w->body.length - 1] == ' ') w->body.chars[--w->body.length] = 0;
            text_add(&w->body, "\n%*s", (int)column, "");
            at = column;
        }
        text_add(&w->body, "%.*s%s", (int)length, piece, comma ? " " : "");
        at += length + 1;
        piece += length + (comma ? 1 : 0);
    }
}

void kernel_line(KernelWriter *w, const char *format, ...)
{
    size_t start = w->body.length;
    va_list arguments;
    va_start(arguments, format);
    add_line(w, format, arguments);
    va_end(arguments);
    text_add(&w->body, "\n");
    wrap(w, start);
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

const char *kernel_local(KernelWriter *w, const char *hint)
{
    if (w->canonical) hint = "t";
    const char *candidate = hint;
    for (int suffix = 2;; suffix++) {
        bool taken = false;
        for (int i = 0; i < w->n_locals && !taken; i++) taken = !strcmp(w->locals[i], candidate);
        for (int i = 0; i < w->n_arguments && !taken; i++) taken = !strcmp(w->arguments[i].name, candidate);
        if (!taken) break;
        candidate = kernel_format(w, "%s%d", hint, suffix);
    }
    w->locals = arena_grow(w->arena, w->locals, w->n_locals, &w->locals_capacity, sizeof *w->locals);
    return w->locals[w->n_locals++] = candidate;
}

const char *c_number(Arena *arena, double number)
{
    float f = (float)number;
    if (isnan(f)) return "NAN";
    if (isinf(f)) return f > 0 ? "INFINITY" : "-INFINITY";
    for (int digits = 1; digits <= 9; digits++) {
        const char *text = arena_format(arena, "%.*g", digits, (double)f);
        if (strtof(text, NULL) != f) continue;
        if (f == (float)(int)f && fabsf(f) < 1e6f && !signbit(f)) return arena_format(arena, "%d.0f", (int)f);
        return arena_format(arena, strpbrk(text, ".e") ? "%sf" : "%s.0f", text);
    }
    bug("a float that does not print");
}

const char *c_double(Arena *arena, double number)
{
    for (int digits = 1; digits < 17; digits++) {
        const char *text = arena_format(arena, "%.*g", digits, number);
        if (strtod(text, NULL) == number) return text;
    }
    return arena_format(arena, "%.17g", number);
}

const char *c_type(RtType type) { return type == RT_F32 ? "float" : type == RT_I32 ? "int32_t" : type == RT_U8 ? "uint8_t" : "int64_t"; }

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
    return w->n_arguments++;
}

static const char *scalar_argument(KernelWriter *w, ArgumentKind kind, const char *type, const char *name)
{
    int i = add_argument(w, (Argument){.kind = kind, .buffer = -1, .name = name, .type = type, .dims = ""});
    w->arguments[i].name = name;     /* the texts that use it are written here and in ops: its name is fixed */
    return name;
}

/* A value written over another is that other: the function has one parameter for both, named after what it leaves. */
static int same_memory(const KernelWriter *w, int buffer)
{
    int host = w->p->buffers[buffer].in_place_of >= 0 ? w->p->buffers[buffer].in_place_of : buffer;
    for (int i = 0; i < w->k->n_writes; i++) {
        int written = w->k->writes[i];
        if (w->p->buffers[written].in_place_of == host && written != buffer && w->p->buffers[buffer].value) return written;
    }
    return buffer;
}

static const char *buffer_argument(KernelWriter *w, int buffer, bool written)
{
    buffer = same_memory(w, buffer);
    const Buffer *b = &w->p->buffers[buffer];
    int i = add_argument(w, (Argument){.kind = ARGUMENT_BUFFER, .buffer = buffer, .name = b->name, .written = written,
                                       .type = c_type(b->storage), .dims = dims_text(w, b->type, true)});
    return w->arguments[i].name;
}

static const char *leaf_argument(KernelWriter *w, Value v)
{
    const Node *node = at(w, v);
    int i = add_argument(w, (Argument){.kind = ARGUMENT_LEAF, .buffer = -1, .leaf = v, .name = w->p->names[v],
                                       .type = node->type.elem == REAL ? "float" : "int32_t", .dims = dims_text(w, node->type, false)});
    return w->arguments[i].name;
}

/* ---- elements ---- */

static const char *subscripts(KernelWriter *w, Type type, const Index *index, bool squeeze)
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

/* The name of a table of numbers, written before the function once. */
static const char *table(KernelWriter *w, Value v)
{
    const Node *node = at(w, v);
    const char *name = kernel_format(w, "table_%d", v);
    if (strstr(w->tables.chars, kernel_format(w, " %s[", name))) return name;
    text_add(&w->tables, "static const float %s", name);
    for (int i = 0; i < node->type.rank; i++) text_add(&w->tables, "[%lld]", (long long)node->type.dims[i]);
    int64_t row = node->type.rank > 1 ? node->type.dims[node->type.rank - 1] : node->attr.n_reals;
    text_add(&w->tables, " = {\n");
    for (int i = 0; i < node->attr.n_reals; i++) {
        bool starts = i % row == 0, ends = i % row == row - 1;
        for (int d = 1; starts && d < node->type.rank; d++) {
            int64_t block = 1;
            for (int m = d; m < node->type.rank; m++) block *= node->type.dims[m];
            if (i % block == 0) text_add(&w->tables, "{");
        }
        text_add(&w->tables, "%s%s", c_number(w->arena, node->attr.reals[i]), ends ? "" : ", ");
        for (int d = node->type.rank - 1; ends && d >= 1; d--) {
            int64_t block = 1;
            for (int m = d; m < node->type.rank; m++) block *= node->type.dims[m];
            if ((i + 1) % block == 0) text_add(&w->tables, "}");
        }
        if (ends) text_add(&w->tables, ",\n");
    }
    text_add(&w->tables, "};\n");
    return name;
}

static Index normal(const KernelWriter *w, Value v, const Index *index)
{
    Index result = {{0}};
    Type type = at(w, v)->type;
    for (int i = 0; i < type.rank; i++) result.at[i] = type.dims[i] == 1 ? "0" : index->at[i];
    return result;
}

static bool same_index(int rank, const Index *a, const Index *b)
{
    for (int i = 0; i < rank; i++)
        if (strcmp(a->at[i], b->at[i])) return false;
    return true;
}

static const Expr *recall(const KernelWriter *w, Value v, const Index *index)
{
    for (int i = w->n_memos - 1; i >= 0; i--)
        if (w->memos[i].value == v && same_index(at(w, v)->type.rank, &w->memos[i].index, index)) return &w->memos[i].expr;
    return NULL;
}

static void remember(KernelWriter *w, Value v, const Index *index, Expr expr)
{
    if (w->conditional) return;
    w->memos = arena_grow(w->arena, w->memos, w->n_memos, &w->memos_capacity, sizeof *w->memos);
    w->memos[w->n_memos++] = (Memo){v, normal(w, v, index), expr};
}

void kernel_remember(KernelWriter *w, Value v, const Index *index, const char *text) { remember(w, v, index, (Expr){text, ATOM}); }

bool kernel_computes(const KernelWriter *w, Value v) { return w->p->kernel_of[v] == w->number; }

Value kernel_partner(const KernelWriter *w, const Op *op, Value first, Value second)
{
    for (int i = 0; i < w->k->n_kept; i++) {
        const Node *node = at(w, w->k->kept[i]);
        if (node->op == op && node->n_in == 2 && node->in[0] == first && node->in[1] == second) return w->k->kept[i];
    }
    return 0;
}

static Expr element(KernelWriter *w, Value v, const Index *index);

static const char *wrapped(KernelWriter *w, Expr e, int at_least)
{
    return e.precedence >= at_least ? e.text : kernel_format(w, "(%s)", e.text);
}

const char *kernel_element(KernelWriter *w, Value v, const Index *index) { return wrapped(w, element(w, v, index), ATOM); }

static Expr pointwise(KernelWriter *w, Value v, const Index *index)
{
    const Node *node = at(w, v);
    Expr in[3];
    for (int i = 0; i < node->n_in; i++) in[i] = element(w, node->in[i], index);
    Text text = text_new(w->arena);
    bool call = node->op->precedence == ATOM;
    for (const char *c = node->op->c; *c; c++) {
        if (*c != '%') {
            text_add(&text, "%c", *c);
            continue;
        }
        int i = *++c - '0';
        /* the left side of + - * / may be of the same level: C groups from the left, as the graph does */
        int level = call ? 0 : i == 0 && node->n_in == 2 ? node->op->precedence : node->op->precedence + 1;
        if (!strcmp(node->op->c, "%0")) level = 0;
        text_add(&text, "%s", wrapped(w, in[i], level));
    }
    Expr result = {text.chars, !strcmp(node->op->c, "%0") ? in[0].precedence : node->op->precedence};
    return result;
}

static Expr view(KernelWriter *w, Value v, const Index *index)
{
    const Node *node = at(w, v);
    int sources = node->op->n_sources ? node->op->n_sources : node->n_in;
    Text text = text_new(w->arena);
    for (int i = 0; i < sources; i++) {
        Index in = {{0}};
        const char *condition = node->op->index(w, v, index, i, &in);
        if (!condition) {
            Expr last = element(w, node->in[i], &in);
            if (text.length == 0) return last;
            text_add(&text, "%s", wrapped(w, last, TERNARY_LEVEL + 1));
            return (Expr){text.chars, TERNARY_LEVEL};
        }
        w->conditional++;
        text_add(&text, "%s ? %s : ", condition, wrapped(w, element(w, node->in[i], &in), TERNARY_LEVEL + 1));
        w->conditional--;
    }
    text_add(&text, "%s", c_number(w->arena, node->attr.n_reals ? node->attr.reals[0] : 0));
    return (Expr){text.chars, TERNARY_LEVEL};
}

/* How the element is computed, whether or not it could be loaded. */
static Expr computed(KernelWriter *w, Value v, const Index *index)
{
    const Node *node = at(w, v);
    switch (node->op->kind) {
    case POINTWISE: return pointwise(w, v, index);
    case VIEW: return view(w, v, index);
    case STENCIL: return (Expr){node->op->element(w, v, index), ATOM};
    case LEAF:
        if (node->op == &op_batch_size) return (Expr){scalar_argument(w, ARGUMENT_BATCH_SIZE, "float ", "batch_size"), ATOM};
        if (node->op == &op_constant) return (Expr){c_number(w->arena, node->attr.reals[0]), node->attr.reals[0] < 0 ? 8 : ATOM};
        if (node->op == &op_random) {
            scalar_argument(w, ARGUMENT_STEP, "const RtStep *", "step");
            if (node->type.rank && node->type.dims[0] < 0) scalar_argument(w, ARGUMENT_SAMPLE, "const int64_t *", "sample");
        }
        if (node->op->element) return (Expr){node->op->element(w, v, index), node->op == &op_index ? 6 : ATOM};
        break;
    default: break;
    }
    bug("kernel: %s can not be written as an expression", node->op->name);
}

static const char *hint_of(const KernelWriter *w, Value v)
{
    const char *name = w->g->notes[v].name;
    return name ? c_identifier(w->arena, name) : "t";
}

static Expr name_it(KernelWriter *w, Value v, const Index *index, Expr e)
{
    const char *name = kernel_local(w, hint_of(w, v));
    kernel_line(w, "const %s %s = %s;", at(w, v)->type.elem == INT ? "int" : "float", name, e.text);
    Expr result = {name, ATOM};
    remember(w, v, index, result);
    return result;
}

static Expr element(KernelWriter *w, Value v, const Index *given)
{
    const Node *node = at(w, v);
    Index index = normal(w, v, given);
    const Expr *known = recall(w, v, &index);
    if (known) return *known;
    if (node->op == &op_constant && node->attr.n_reals > 1) return (Expr){kernel_format(w, "%s%s", table(w, v), subscripts(w, node->type, &index, false)), ATOM};
    if (is_stored_leaf(w->g, v)) return (Expr){kernel_format(w, "%s%s", leaf_argument(w, v), subscripts(w, node->type, &index, false)), ATOM};
    bool here = w->p->kernel_of[v] == w->number;
    if (v == w->raw) return (Expr){kernel_format(w, "%s%s", buffer_argument(w, w->raw_buffer, true), subscripts(w, node->type, &index, true)), ATOM};
    if (here && w->done[v] && w->local_of[v]) {
        Text text = text_new(w->arena);
        text_add(&text, "%s", w->local_of[v]);
        for (int i = w->k->outer; i < node->type.rank; i++)
            if (node->type.dims[i] != 1) text_add(&text, "[%s]", index.at[i]);
        return (Expr){text.chars, ATOM};
    }
    if (w->p->buffer_of[v] >= 0 && (!here || w->done[v]))
        return (Expr){kernel_format(w, "%s%s", buffer_argument(w, w->p->buffer_of[v], false), subscripts(w, node->type, &index, true)), ATOM};
    if (here && node->op->kind == REDUCE) bug("kernel: a sum is read before it is complete");
    Expr e = computed(w, v, &index);
    bool used_often = node->op->kind == POINTWISE && w->refs[v] > 1, is_long = strlen(e.text) > LONGEST;
    if (!w->conditional && node->n_in > 0 && (used_often || is_long) && e.precedence < ATOM + (node->op->heavy || is_long)) return name_it(w, v, &index, e);
    return e;
}

/* ---- loops ---- */

static const char *axis_name(KernelWriter *w, Type type, int axis)
{
    (void)w;
    static const char *const image[] = {"b", "h", "w", "c"}, *const row[] = {"b", "c"}, *const any[] = {"i", "j", "k", "l", "i4", "i5", "i6", "i7"};
    bool batch = type.dims[0] < 0;
    if (type.rank == 4 && batch) return image[axis];
    if (type.rank == 2 && batch) return axis == 1 && type.dims[1] < 0 ? "a" : row[axis];
    return axis == 0 && batch ? "b" : any[axis];
}

static Type loops_of(const KernelWriter *w, Value v) { return at(w, v)->op->kind == REDUCE ? at(w, at(w, v)->in[0])->type : at(w, v)->type; }

static Index index_of(KernelWriter *w, Type loops)
{
    Index index = {{0}};
    for (int i = 0; i < loops.rank; i++) index.at[i] = loops.dims[i] == 1 ? "0" : axis_name(w, loops, i);
    return index;
}

static int open_axes(KernelWriter *w, Type loops, int from, int to)
{
    int opened = 0;
    for (int i = from; i < to && i < loops.rank; i++) {
        if (loops.dims[i] == 1) continue;
        const char *name = axis_name(w, loops, i);
        if (loops.dims[i] < 0) scalar_argument(w, ARGUMENT_SAMPLES, "int ", "n");
        kernel_open(w, "for (int %s = 0; %s < %s; %s++)", name, name, kernel_dim(w, loops.dims[i]), name);
        opened++;
    }
    return opened;
}

static void close_axes(KernelWriter *w, int opened, int memos)
{
    while (opened-- > 0) kernel_close(w);
    w->n_memos = memos;      /* what was named inside is not known outside */
}

/* ---- what is used how often, and in which stage ---- */

static void count_uses(KernelWriter *w, Value v, bool start)
{
    const Node *node = at(w, v);
    if (!start) {
        w->refs[v]++;
        if (w->refs[v] > 1 || w->p->kernel_of[v] >= 0 || is_stored_leaf(w->g, v)) return;
    }
    for (int i = 0; i < node->n_in; i++) count_uses(w, node->in[i], false);
}

static bool row_result(const KernelWriter *w, Value v)   /* folded within the row, so complete when its loops end */
{
    const Node *node = at(w, v);
    if (node->op->kind != REDUCE) return false;
    int buffer = w->p->buffer_of[v];
    return buffer < 0 || !w->p->buffers[buffer].zeroed;
}

static int find_stages(KernelWriter *w)
{
    int last = 0;
    for (int i = 0; i < w->k->n_kept; i++) {
        Value v = w->k->kept[i];
        Reach *reads;
        int n = reaches(w->p, v, &reads);
        for (int j = 0; j < n; j++) {
            Value r = reads[j].value;
            if (w->p->kernel_of[r] != w->number || r == v) continue;
            int stage = w->stage[r] + (at(w, r)->op->kind == REDUCE);
            if (stage > w->stage[v]) w->stage[v] = stage;
        }
        if (w->stage[v] > last) last = w->stage[v];
    }
    return last;
}

static bool needed_later(const KernelWriter *w, Value v)
{
    for (int i = 0; i < w->k->n_kept; i++) {
        Value u = w->k->kept[i];
        if (u <= v || w->stage[u] == w->stage[v]) continue;
        Reach *reads;
        int n = reaches(w->p, u, &reads);
        for (int j = 0; j < n; j++)
            if (reads[j].value == v) return true;
    }
    return false;
}

/* ---- one kept value ---- */

static const char *row_dims(KernelWriter *w, Value v)
{
    Type type = at(w, v)->type;
    Text text = text_new(w->arena);
    for (int i = w->k->outer; i < type.rank; i++)
        if (type.dims[i] < 0) text_add(&text, "[%lld * %s_BATCH]", (long long)-type.dims[i], w->p->macro);
        else if (type.dims[i] != 1) text_add(&text, "[%lld]", (long long)type.dims[i]);
    return text.chars;
}

static const char *stored(KernelWriter *w, Value v, const Index *index)
{
    Index own = normal(w, v, index);
    return kernel_format(w, "%s%s", buffer_argument(w, w->p->buffer_of[v], true), subscripts(w, at(w, v)->type, &own, true));
}

static const char *row_element(KernelWriter *w, const char *name, Type type, const Index *index)
{
    Text text = text_new(w->arena);
    text_add(&text, "%s", name);
    for (int i = w->k->outer; i < type.rank; i++)
        if (type.dims[i] != 1) text_add(&text, "[%s]", index->at[i]);
    return text.chars;
}

/* Where a fold within the row adds up: a variable, an array of the row, or its buffer. */
static const char *accumulator(KernelWriter *w, Value v, const Index *index)
{
    return w->local_of[v] ? row_element(w, w->local_of[v], at(w, v)->type, index) : stored(w, v, index);
}

/* name = first, or all of the row's array */
static void start_at(KernelWriter *w, Value v, const char *name, const char *first)
{
    Type type = at(w, v)->type;
    Index index = index_of(w, type);
    int memos = w->n_memos, opened = open_axes(w, type, w->k->outer, type.rank);
    kernel_line(w, "%s = %s;", name ? row_element(w, name, type, &index) : stored(w, v, &index), first);
    close_axes(w, opened, memos);
}

static void declare(KernelWriter *w, Value v, const char *type, const char *name, const char *first)
{
    const char *dims = row_dims(w, v);
    if (!*dims) kernel_line(w, "%s %s = %s;", type, name, first);
    else if (!strcmp(first, "0")) kernel_line(w, "%s %s%s = {0};", type, name, dims);
    else {
        kernel_line(w, "%s %s%s;", type, name, dims);
        start_at(w, v, name, first);
    }
}

static void start_fold(KernelWriter *w, Value v)
{
    const Node *node = at(w, v);
    const char *first = node->op == &op_max ? "-INFINITY" : "0";
    if (*row_dims(w, v) && w->p->buffer_of[v] >= 0) start_at(w, v, NULL, first);      /* in its buffer */
    else {
        w->local_of[v] = kernel_local(w, w->g->notes[v].name && w->p->buffer_of[v] < 0 ? c_identifier(w->arena, w->g->notes[v].name) : node->op->name);
        declare(w, v, node->type.elem == INT ? "int" : "float", w->local_of[v], first);
    }
    if (node->op == &op_argmax) declare(w, v, "float", w->best_of[v] = kernel_local(w, "best"), "-INFINITY");
}

static void fold(KernelWriter *w, Value v, const Index *index)
{
    const Node *node = at(w, v);
    Expr in = element(w, node->in[0], index);
    int buffer = w->p->buffer_of[v];
    if (buffer >= 0 && w->p->buffers[buffer].zeroed) {
        kernel_line(w, "%s += %s;", w->local_of[v] ? w->local_of[v] : stored(w, v, index), in.text);
        return;
    }
    Index own = normal(w, v, index);
    const char *sum = accumulator(w, v, &own);
    if (node->op == &op_sum) {
        kernel_line(w, "%s += %s;", sum, in.text);
        return;
    }
    if (in.precedence < ATOM || strchr(in.text, '(')) {
        const char *name = kernel_local(w, "t");
        kernel_line(w, "const float %s = %s;", name, in.text);
        in.text = name;
    }
    if (node->op == &op_max) kernel_line(w, "%s = rt_max(%s, %s);", sum, sum, in.text);
    else {
        Type loops = loops_of(w, v);
        const char *where = "0";
        for (int i = 0; i < loops.rank; i++)
            if ((node->attr.ints[0] >> i & 1) && loops.dims[i] != 1)
                where = !strcmp(where, "0") ? index->at[i] : kernel_format(w, "(%s) * %s + %s", where, kernel_dim(w, loops.dims[i]), index->at[i]);
        const char *best = row_element(w, w->best_of[v], node->type, &own);
        kernel_line(w, "%s = %s > %s ? %s : %s;", sum, in.text, best, where, sum);
        kernel_line(w, "%s = rt_max(%s, %s);", best, best, in.text);
    }
}

static void keep(KernelWriter *w, Value v, const Index *index)
{
    const Node *node = at(w, v);
    if (node->op->kind == REDUCE) {
        fold(w, v, index);
        return;
    }
    bool read_here = false, later = needed_later(w, v), has_buffer = w->p->buffer_of[v] >= 0;
    for (int i = 0; i < w->k->n_kept && !read_here; i++) {
        Reach *reads;
        int n = reaches(w->p, w->k->kept[i], &reads);
        for (int j = 0; j < n; j++) read_here = read_here || (reads[j].value == v && w->k->kept[i] != v);
    }
    const Expr *known = recall(w, v, index);
    Expr e = known ? *known : computed(w, v, index);
    if (read_here && !recall(w, v, index)) e = name_it(w, v, index, e);
    if (has_buffer) kernel_line(w, "%s = %s;", stored(w, v, index), e.text);
    else if (later) kernel_line(w, "%s = %s;", accumulator(w, v, index), e.text);
}

/* What is the same for the whole row is computed once, before its loops. */
static void hoist(KernelWriter *w, Value v, const Index *index, bool start)
{
    const Node *node = at(w, v);
    if (!start && (node->n_in == 0 && !is_stored_leaf(w->g, v))) return;
    Index here = normal(w, v, index);
    if (!start && recall(w, v, &here)) return;
    bool constant_in_row = true;
    Type type = node->type;
    for (int i = w->k->outer; i < type.rank; i++) constant_in_row = constant_in_row && type.dims[i] == 1;
    bool follows = true;
    for (int i = 0; i < type.rank && i < w->k->outer; i++) follows = follows && (type.dims[i] == 1 || index->at[i]);
    if (!start && type.rank > 0 && constant_in_row && follows && node->op->kind == POINTWISE && node->op != &op_neg && node->op != &op_to_real && w->p->kernel_of[v] < 0) {
        Index own = normal(w, v, index);
        if (recall(w, v, &own) || type.rank < w->k->outer) return;
        Expr e = element(w, v, &own);
        if (!recall(w, v, &own)) name_it(w, v, &own, e);
        return;
    }
    if (!start && (w->p->kernel_of[v] >= 0 || is_stored_leaf(w->g, v))) return;
    if (node->op->kind != POINTWISE && node->op->kind != REDUCE) return;   /* an index changes on the way: leave it */
    for (int i = 0; i < node->n_in; i++) hoist(w, node->in[i], index, false);
}

/* Numbers that are the same everywhere are computed before all loops. */
static void hoist_scalars(KernelWriter *w, Value v, bool start)
{
    const Node *node = at(w, v);
    static const Index nowhere = {{"0", "0", "0", "0", "0", "0", "0", "0"}};
    if (!start && (w->p->kernel_of[v] >= 0 || node->n_in == 0)) return;
    if (!start && node->op->kind == POINTWISE && type_count(node->type, 1) == 1 && !type_has_batch(node->type)) {
        Value reads = 0;
        Reach *list;
        int n = reaches(w->p, v, &list);
        for (int i = 0; i < n && !reads; i++)
            if (w->p->kernel_of[list[i].value] == w->number) reads = list[i].value;
        if (!reads && !recall(w, v, &nowhere)) {
            Expr e = element(w, v, &nowhere);
            if (!recall(w, v, &nowhere)) name_it(w, v, &nowhere, e);
        }
        return;
    }
    if (node->op->kind == CONTRACTION || node->op->kind == STENCIL) return;
    for (int i = 0; i < node->n_in; i++) hoist_scalars(w, node->in[i], false);
}

static bool same_loops(Type a, Type b) { return a.rank == b.rank && !memcmp(a.dims, b.dims, (size_t)a.rank * sizeof *a.dims); }

/* All kept values of a stage that share loops, in one nest. */
static void write_nest(KernelWriter *w, int n, const Value *values)
{
    Type loops = loops_of(w, values[0]);
    Index index = index_of(w, loops);
    int outer = w->k->outer;
    bool rows = false;
    for (int i = outer; i < loops.rank; i++) rows = rows || loops.dims[i] != 1;
    for (int i = 0; i < n; i++) {
        Value v = values[i];
        if (row_result(w, v)) start_fold(w, v);
        else if (w->p->buffer_of[v] < 0 && needed_later(w, v)) {
            w->local_of[v] = kernel_local(w, hint_of(w, v));
            kernel_line(w, "float %s%s;", w->local_of[v], row_dims(w, v));
        }
    }
    for (int i = 0; i < n && rows; i++) hoist(w, values[i], &index, true);
    int memos = w->n_memos, opened = open_axes(w, loops, outer, loops.rank);
    for (int i = 0; i < n; i++) keep(w, values[i], &index);
    close_axes(w, opened, opened ? memos : w->n_memos);
    for (int i = 0; i < n; i++) {
        Value v = values[i];
        if (row_result(w, v) && w->local_of[v] && w->p->buffer_of[v] >= 0)
            kernel_line(w, "%s = %s;", stored(w, v, &index), w->local_of[v]);
    }
    for (int i = 0; i < n; i++) w->done[values[i]] = true;
}

/* Loops over the given kept values.  totals: sums over all loops into one number are added up in a variable. */
static void write_loops(KernelWriter *w, int n, const Value *values)
{
    int stages = find_stages(w), outer = w->k->outer;
    Type widest = loops_of(w, values[0]);
    for (int i = 1; i < n; i++)
        if (loops_of(w, values[i]).rank > widest.rank) widest = loops_of(w, values[i]);
    Value *totals = arena_array(w->arena, n, sizeof *totals);
    int n_totals = 0;
    for (int i = 0; i < n; i++) {
        int buffer = w->p->buffer_of[values[i]];
        if (buffer < 0 || !w->p->buffers[buffer].zeroed || at(w, values[i])->op != &op_sum || type_count(at(w, values[i])->type, 1) != 1) continue;
        w->local_of[values[i]] = kernel_local(w, kernel_format(w, "%s_total", w->canonical ? "t" : w->p->names[values[i]]));
        kernel_line(w, "float %s = 0;", w->local_of[values[i]]);
        totals[n_totals++] = values[i];
    }
    bool any_loops = type_count(widest, 1) > 1 || type_has_batch(widest);
    for (int i = 0; i < n && any_loops; i++) hoist_scalars(w, values[i], true);
    int memos = w->n_memos, opened = open_axes(w, widest, 0, outer);
    for (int stage = 0; stage <= stages; stage++) {
        bool *written = arena_array(w->arena, n, sizeof *written);
        for (int i = 0; i < n; i++) {
            if (written[i] || w->stage[values[i]] != stage) continue;
            Value *group = arena_array(w->arena, n, sizeof *group);
            int size = 0;
            for (int j = i; j < n; j++)
                if (!written[j] && w->stage[values[j]] == stage && same_loops(loops_of(w, values[i]), loops_of(w, values[j])))
                    group[size++] = values[j], written[j] = true;
            write_nest(w, size, group);
        }
    }
    close_axes(w, opened, memos);
    for (int i = 0; i < n_totals; i++) {
        Index index = {{"0", "0", "0", "0", "0", "0", "0", "0"}};
        const char *total = w->local_of[totals[i]];
        kernel_line(w, "%s += %s;", stored(w, totals[i], &index), total);
    }
}

/* ---- contractions ---- */

static const char *start_of(KernelWriter *w, const char *name, Type type, bool squeeze)
{
    int rank = 0;
    for (int i = 0; i < type.rank; i++) rank += !squeeze || type.dims[i] != 1;
    Text text = text_new(w->arena);
    text_add(&text, "%s", name);
    for (int i = 1; i < rank; i++) text_add(&text, "[0]");
    return text.chars;
}

static const char *buffer_start(KernelWriter *w, int buffer, bool written)
{
    return start_of(w, buffer_argument(w, buffer, written), w->p->buffers[buffer].type, true);
}

static const char *value_start(KernelWriter *w, Value v)
{
    v = base_of(w->g, v);
    if (at(w, v)->op == &op_constant && at(w, v)->attr.n_reals > 1) return start_of(w, table(w, v), at(w, v)->type, false);
    if (is_stored_leaf(w->g, v)) return start_of(w, leaf_argument(w, v), at(w, v)->type, false);
    return buffer_start(w, w->p->buffer_of[v], false);
}

static void write_contraction(KernelWriter *w)
{
    Value v = w->k->contraction;
    const Node *node = at(w, v);
    Contraction c = node->op->contraction(w->g, v, w->p->slicing.batch);
    if (type_has_batch(node->type) || type_has_batch(at(w, node->in[0])->type) || type_has_batch(at(w, node->in[1])->type))
        scalar_argument(w, ARGUMENT_SAMPLES, "int ", "n");
    w->raw_buffer = w->p->buffer_of[v];
    for (int i = 0; i < w->k->n_kept && w->raw_buffer < 0; i++)
        if (w->p->buffer_of[w->k->kept[i]] >= 0 && same_loops(at(w, w->k->kept[i])->type, node->type)) w->raw_buffer = w->p->buffer_of[w->k->kept[i]];
    int target = c.sum_floats ? w->k->sum : w->raw_buffer;
    ContractionCall call = {.n = type_has_batch(at(w, node->in[0])->type) ? "n" : kernel_dim(w, at(w, node->in[0])->type.dims[0]), .scratch = "NULL"};
    for (int i = 0; i < 2; i++)
        if (i != c.packed || w->k->packed < 0) call.in[i] = value_start(w, node->in[i]);
    if (w->k->packed >= 0) call.packed = buffer_start(w, w->k->packed, false);
    if (w->k->scratch >= 0) call.scratch = buffer_start(w, w->k->scratch, true);
    if (c.packed >= 0 && w->k->packed < 0) {     /* laid out on the spot, behind the call's own scratch */
        call.packed = c.scratch_floats ? kernel_format(w, "%s + %lld", call.scratch, (long long)c.scratch_floats) : call.scratch;
        node->op->pack(w, v, &call);
    }
    call.out = buffer_start(w, target, true);
    node->op->call(w, v, &call);
    w->raw = w->p->buffer_of[v] < 0 ? v : 0;
    w->done[v] = true;
    int n = 0, n_sums = 0;
    Value *epilogue = arena_array(w->arena, w->k->n_kept, sizeof *epilogue), *sums = arena_array(w->arena, w->k->n_kept, sizeof *sums);
    for (int i = 0; i < w->k->n_kept; i++)
        if (w->k->kept[i] != v) {
            if (at(w, w->k->kept[i])->op->kind == REDUCE) sums[n_sums++] = w->k->kept[i];
            else epilogue[n++] = w->k->kept[i];
        }
    if (n) write_loops(w, n, epilogue);
    for (int i = 0; i < n_sums; i++) write_loops(w, 1, &sums[i]);
}

static void write_pack(KernelWriter *w)
{
    Value v = w->k->contraction;
    const Node *node = at(w, v);
    int which = node->op->contraction(w->g, v, w->p->slicing.batch).packed;
    ContractionCall call = {.n = "n", .packed = buffer_start(w, w->k->packed, true)};
    call.in[which] = value_start(w, node->in[which]);
    node->op->pack(w, v, &call);
}

static void write_unpack(KernelWriter *w)
{
    Value v = w->k->contraction;
    const char *sum = buffer_start(w, w->k->sum, false);
    at(w, v)->op->unpack(w, v, sum, buffer_start(w, w->p->buffer_of[v], true));
}

/* ---- the function ---- */

static const char *place_text(const KernelWriter *w)
{
    int lines[4], n = 0;
    for (int i = 0; i < w->k->n_kept; i++) {
        int line = w->g->notes[w->k->kept[i]].line;
        bool new = line > 0 && n < 4;
        for (int j = 0; j < n; j++) new = new && lines[j] != line;
        if (new) lines[n++] = line;
    }
    Text text = text_new(w->arena);
    if (n) text_add(&text, "%s:", w->p->experiment->source.base);
    for (int i = 0; i < n; i++) text_add(&text, i ? ", %d" : "%d", lines[i]);
    return text.chars;
}

static void write_comment(KernelWriter *w, Text *out)
{
    const char *place = place_text(w);
    if (w->k->kind == KERNEL_PACK || w->k->kind == KERNEL_UNPACK) {
        Value v = w->k->contraction;
        text_add(out, "/* %s for %s.  Once a step. */\n",
                 w->k->kind == KERNEL_PACK ? "Lays a weight out" : "Brings a gradient into the layout of files,", at(w, v)->op->name);
        return;
    }
    bool first = true;
    for (int i = 0; i < w->k->n_kept; i++) {
        Value v = w->k->kept[i];
        if (w->p->buffer_of[v] < 0) continue;
        text_add(out, first ? "/* " : "\n * ");
        text_add(out, "%s = %s", w->p->names[v], formula(w->p, w->number, v));
        if (first && *place) text_pad(out, 88), text_add(out, "%s", place);
        first = false;
    }
    if (first) text_add(out, "/* %s", w->k->name);
    for (int i = 0; i < w->k->n_reads; i++) {
        int same = same_memory(w, w->k->reads[i]);
        if (same != w->k->reads[i]) text_add(out, "\n *   %s arrives as %s.", w->p->buffers[same].name, w->p->buffers[w->k->reads[i]].name);
    }
    text_add(out, " */\n");
}

/* Names of arguments are taken before the first local is named. */
static void reserve(KernelWriter *w, const char *name)
{
    w->locals = arena_grow(w->arena, w->locals, w->n_locals, &w->locals_capacity, sizeof *w->locals);
    w->locals[w->n_locals++] = name;
}

static KernelWriter *writer_new(const Program *p, int kernel, bool canonical)
{
    Arena *arena = p->graph->arena;
    KernelWriter *w = arena_alloc(arena, sizeof *w);
    *w = (KernelWriter){.p = p, .g = p->graph, .arena = arena, .k = &p->kernels[kernel], .number = kernel, .canonical = canonical,
                        .body = text_new(arena), .tables = text_new(arena), .indent = 1, .raw_buffer = -1,
                        .refs = arena_array(arena, p->graph->n, sizeof(int)), .stage = arena_array(arena, p->graph->n, sizeof(int)),
                        .local_of = arena_array(arena, p->graph->n, sizeof(char *)), .best_of = arena_array(arena, p->graph->n, sizeof(char *)), .done = arena_array(arena, p->graph->n, sizeof(bool))};
    for (int i = 0; i < w->k->n_kept; i++) count_uses(w, w->k->kept[i], true);
    for (int i = 0; i < w->k->n_reads; i++) reserve(w, p->buffers[w->k->reads[i]].name);
    for (int i = 0; i < w->k->n_writes; i++) reserve(w, p->buffers[w->k->writes[i]].name);
    for (int i = 0; i < w->k->n_leaves; i++) reserve(w, p->names[w->k->leaves[i]]);
    return w;
}

static void write_body(KernelWriter *w)
{
    if (w->k->kind == KERNEL_PACK) write_pack(w);
    else if (w->k->kind == KERNEL_UNPACK) write_unpack(w);
    else if (w->k->contraction) write_contraction(w);
    else write_loops(w, w->k->n_kept, w->k->kept);
}

/* Parameters: the number of samples, scalars, what is read, what is written. */
static const char *write_signature(KernelWriter *w, const char *name)
{
    Text text = text_new(w->arena);
    int n = 0;
    Argument *sorted = arena_array(w->arena, w->n_arguments, sizeof *sorted);
    for (int round = 0; round < 4; round++)
        for (int i = 0; i < w->n_arguments; i++) {
            const Argument *a = &w->arguments[i];
            bool array = a->kind == ARGUMENT_BUFFER || a->kind == ARGUMENT_LEAF;
            int place = a->kind == ARGUMENT_SAMPLES ? 0 : !array ? 1 : !a->written ? 2 : 3;
            if (place == round) sorted[n++] = *a;
        }
    w->arguments = sorted;
    w->n_arguments = n;
    text_add(&text, "static void %s(", name);
    size_t start = text.length;
    for (int i = 0; i < n; i++) {
        const Argument *a = &sorted[i];
        bool array = a->kind == ARGUMENT_BUFFER || a->kind == ARGUMENT_LEAF;
        const char *declaration = arena_format(w->arena, "%s%s%s%s", a->type, array ? " " : "", a->name, a->dims);
        if (i) text_add(&text, ",");
        size_t line_start = text.length;
        while (line_start > 0 && text.chars[line_start - 1] != '\n') line_start--;
        if (i && text.length - line_start + strlen(declaration) > 110) text_add(&text, "\n%*s", (int)start, "");
        else if (i) text_add(&text, " ");
        text_add(&text, "%s%s", array && !a->written ? "const " : "", declaration);
    }
    if (n == 0) text_add(&text, "void");
    text_add(&text, ")\n{\n");
    return text.chars;
}

KernelText kernel_text(const Program *p, int kernel)
{
    Arena *arena = p->graph->arena;
    KernelWriter *neutral = writer_new(p, kernel, true);
    write_body(neutral);
    const char *signature = write_signature(neutral, "kernel");
    const char *canonical = arena_format(arena, "%s%s%s}\n", neutral->tables.chars, signature, neutral->body.chars);

    KernelWriter *w = writer_new(p, kernel, false);
    write_body(w);
    Text text = text_new(arena);
    text_add(&text, "%s", w->tables.chars);
    write_comment(w, &text);
    signature = write_signature(w, w->k->name);
    text_add(&text, "%s%s}\n", signature, w->body.chars);
    return (KernelText){.text = text.chars, .canonical = canonical, .n_arguments = w->n_arguments, .arguments = w->arguments};
}

const char *c_dims(const Program *p, const Buffer *b)
{
    Arena *arena = p->graph->arena;
    Text text = text_new(arena);
    const char *samples = b->owner == OWNER_THREAD ? "CHUNK" : "BATCH";
    if (b->owner == OWNER_SLICE) text_add(&text, "[%s_SLICES]", p->macro);
    int shown = 0;
    for (int i = 0; i < b->type.rank; i++) {
        if (b->type.dims[i] == 1) continue;
        if (b->type.dims[i] == BATCH_DIM) text_add(&text, "[%s_%s]", p->macro, samples);
        else if (b->type.dims[i] < 0) text_add(&text, "[%lld * %s_%s]", (long long)-b->type.dims[i], p->macro, samples);
        else text_add(&text, "[%lld]", (long long)b->type.dims[i]);
        shown++;
    }
    if (!shown) text_add(&text, "[1]");
    return text.chars;
}
