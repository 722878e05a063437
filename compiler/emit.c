/* emit.c - the C source of a model: its kernels, and one function for each entry that calls them in order.
 *
 * An entry reads as the schedule: what happens once a step, then the loop over slices and chunks of the batch, then what waits
 * for all samples.  Kernels with the same text but for names are written once and called with different buffers. */
#include "tailor.h"

#include <string.h>

typedef struct Written { const char *canonical, *name; } Written;

typedef struct Emitter {
    const Emission *e;
    Arena *arena;
    Text text;
    const char *macro, *type, *prefix;      /* MLP, Mlp, mlp */
    int n_written, written_capacity;
    Written *written;
} Emitter;

static const char *camel(Arena *arena, const char *name)
{
    char *result = arena_copy(arena, name);
    size_t n = 0;
    bool up = true;
    for (const char *c = name; *c; c++) {
        if (*c == '_') up = true;
        else result[n++] = up && *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c, up = false;
    }
    result[n] = 0;
    return result;
}

static Emitter emitter_new(const Emission *e)
{
    Arena *arena = e->experiment->graph->arena;
    const char *prefix = c_identifier(arena, e->experiment->source.name);
    return (Emitter){.e = e, .arena = arena, .text = text_new(arena), .macro = upper_case(arena, prefix), .type = camel(arena, prefix), .prefix = prefix};
}

static void add(Emitter *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(Emitter *m, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_add_v(&m->text, format, arguments);
    va_end(arguments);
}

static const char *entry_type(Emitter *m, const Program *p, const char *what)
{
    return arena_format(m->arena, "%s%s%s", m->type, camel(m->arena, p->goal->name), what);
}

static bool has_updates(const Program *p)
{
    for (int i = 0; i < p->goal->n_roots; i++)
        if (p->goal->roots[i].kind == ROOT_UPDATE) return true;
    return false;
}

static int moments(const RtTrain *train)
{
    return train->optimizer == RT_SGD ? train->momentum != 0 : 2;
}

/* ---- roots: fields of the result ---- */

/* The result field of root i, NULL for an update. */
static const char *root_field(Emitter *m, const Program *p, int i)
{
    const Root *root = &p->goal->roots[i];
    if (root->kind == ROOT_UPDATE) return NULL;
    int b = p->buffer_of[root->value];
    bool first = true;
    for (int j = 0; j < i; j++) first = first && p->goal->roots[j].value != root->value;
    if (first && b >= 0 && p->buffers[b].owner == OWNER_RESULT) return p->buffers[b].name;
    const char *name = c_identifier(m->arena, root->name);
    int same = 0;
    for (int j = 0; j < p->goal->n_roots; j++) {
        int other = p->buffer_of[p->goal->roots[j].value];
        if (other >= 0 && p->buffers[other].owner == OWNER_RESULT && !strcmp(p->buffers[other].name, name)) same++;
        if (j < i && p->goal->roots[j].kind != ROOT_UPDATE && !strcmp(c_identifier(m->arena, p->goal->roots[j].name), name)) same++;
    }
    return same ? arena_format(m->arena, "%s_%d", name, same + i + 1) : name;
}

static Buffer root_shape(const Program *p, int i)   /* as a buffer, for its dims */
{
    Type type = p->goal->roots[i].type;
    return (Buffer){.type = type, .storage = type.elem == REAL ? RT_F32 : RT_I32, .owner = OWNER_RESULT};
}

static bool is_single(Type type) { return type_count(type, 1) == 1 && !type_has_batch(type); }

/* ---- calls ---- */

/* sum: it is being added up, by slice; else it is read, complete, in the place of the first slice. */
static const char *buffer_text(Emitter *m, const Program *p, int b, bool sliced, bool sum)
{
    const Buffer *buffer = &p->buffers[b];
    const char *name = buffer->name;
    bool samples = buffer->type.rank > 0 && buffer->type.dims[0] < 0;
    const char *offset = sliced && samples ? buffer->type.dims[0] == BATCH_DIM ? " + first" : arena_format(m->arena, " + first * %lld", (long long)-buffer->type.dims[0]) : "";
    switch (buffer->owner) {
    case OWNER_THREAD: return arena_format(m->arena, "%s->%s", sliced ? "my" : "work", name);
    case OWNER_SLICE: return arena_format(m->arena, sliced && sum ? "work->%s[slice]" : "work->%s[0]", name);
    case OWNER_BATCH: return arena_format(m->arena, "work->%s%s", name, offset);
    default: return is_single(buffer->type) ? arena_format(m->arena, "&out->%s", name) : arena_format(m->arena, "out->%s%s", name, offset);
    }
}

static const char *leaf_text(Emitter *m, const Program *p, Value v, bool sliced)
{
    const Node *node = graph_at(p->graph, v);
    if (node->op == &op_parameter) return arena_format(m->arena, "p->%s", c_identifier(m->arena, p->experiment->parameters[parameter_of(p, v)].name));
    const char *name = c_identifier(m->arena, p->experiment->fields[field_of(p, v)].name);
    return arena_format(m->arena, sliced ? "in->%s + first" : "in->%s", name);
}

static const char *argument_text(Emitter *m, const Program *p, const Argument *a, bool sliced)
{
    switch (a->kind) {
    case ARGUMENT_SAMPLES: return sliced ? "n" : "in->n";
    case ARGUMENT_BATCH_SIZE: return "(float)in->n";
    case ARGUMENT_STEP: return "step";
    case ARGUMENT_SAMPLE: return sliced ? "in->sample + first" : "in->sample";
    case ARGUMENT_BUFFER: return buffer_text(m, p, a->buffer, sliced, a->written);
    case ARGUMENT_LEAF: return leaf_text(m, p, a->leaf, sliced);
    }
    bug("an argument of no kind");
}

/* The name under which a kernel stands in the file; writes it there when it is new. */
static const char *kernel_function(Emitter *m, const Program *p, int k, const KernelText *text)
{
    for (int i = 0; i < m->n_written; i++)
        if (!strcmp(m->written[i].canonical, text->canonical)) return m->written[i].name;
    (void)p, (void)k;
    return NULL;
}

static void write_kernels(Emitter *m, Program *p)
{
    for (int k = 0; k < p->n_kernels; k++) {
        Kernel *kernel = &p->kernels[k];
        if (kernel->kind != KERNEL_COMPUTE && kernel->kind != KERNEL_PACK && kernel->kind != KERNEL_UNPACK) continue;
        KernelText text = kernel_text(p, k);
        const char *known = kernel_function(m, p, k, &text);
        if (known) {
            kernel->name = known;
            continue;
        }
        bool taken = false;
        for (int i = 0; i < m->n_written; i++) taken = taken || !strcmp(m->written[i].name, kernel->name);
        if (taken) {
            kernel->name = arena_format(m->arena, "%s_%s", p->goal->name, kernel->name);
            text = kernel_text(p, k);
        }
        m->written = arena_grow(m->arena, m->written, m->n_written, &m->written_capacity, sizeof *m->written);
        m->written[m->n_written++] = (Written){text.canonical, kernel->name};
        add(m, "%s\n", text.text);
    }
}

static void write_call(Emitter *m, const Program *p, int k, bool sliced, const char *indent)
{
    KernelText text = kernel_text(p, k);
    Text line = text_new(m->arena);
    text_add(&line, "%s%s(", indent, p->kernels[k].name);
    size_t column = line.length;
    for (int i = 0; i < text.n_arguments; i++) {
        const char *argument = argument_text(m, p, &text.arguments[i], sliced);
        size_t start = line.length;
        while (start > 0 && line.chars[start - 1] != '\n') start--;
        if (i) text_add(&line, line.length - start + strlen(argument) > 112 ? ",\n%*s" : ", ", (int)column, "");
        text_add(&line, "%s", argument);
    }
    add(m, "%s);\n", line.chars);
}

static void write_update(Emitter *m, const Program *p, const Kernel *k)
{
    const RtTrain *t = &p->experiment->train;
    const Parameter *parameter = &p->experiment->parameters[k->parameter];
    const char *name = c_identifier(m->arena, parameter->name), *scale = t->clip > 0 ? "scale" : "1.0f";
    Type type = graph_at(p->experiment->graph, parameter->value)->type;
    Text zeros = text_new(m->arena);
    for (int i = 1; i < type.rank; i++) text_add(&zeros, "[0]");
    const Buffer *b = &p->buffers[k->reads[0]];
    Text gradient_zeros = text_new(m->arena);
    int shown = 0;
    for (int i = 0; i < b->type.rank; i++) shown += b->type.dims[i] != 1;
    for (int i = 1; i < shown; i++) text_add(&gradient_zeros, "[0]");
    const char *gradient = arena_format(m->arena, "%s%s", buffer_text(m, p, k->reads[0], false, false), gradient_zeros.chars);
    int64_t count = type_count(type, 1);
    double decay = parameter->decay ? t->weight_decay : 0;
    if (t->optimizer == RT_SGD)
        add(m, "    rt_update_sgd(%lld, p->%s%s, %s,\n                  %s, step->learning_rate, %s, %s, %s, %s);\n", (long long)count, name, zeros.chars, gradient,
            moments(t) ? arena_format(m->arena, "o->velocity.%s%s", name, zeros.chars) : "NULL", c_double(m->arena, t->momentum), t->nesterov ? "true" : "false", c_double(m->arena, decay), scale);
    else
        add(m, "    rt_update_adam(%lld, p->%s%s, %s,\n                   o->m.%s%s, o->v.%s%s,\n                   step->learning_rate, %s, %s, %s, %s, step->correction1, step->correction2, %s);\n",
            (long long)count, name, zeros.chars, gradient, name, zeros.chars, name, zeros.chars, c_double(m->arena, t->beta1), c_double(m->arena, t->beta2), c_double(m->arena, t->eps), c_double(m->arena, decay), scale);
}

static int64_t flat_count(const Program *p, int b) { return type_count(p->buffers[b].type, p->slicing.batch); }

static const char *flat_text(Emitter *m, const Program *p, int b)
{
    Text zeros = text_new(m->arena);
    const Buffer *buffer = &p->buffers[b];
    int shown = 0;
    for (int i = 0; i < buffer->type.rank; i++) shown += buffer->type.dims[i] != 1;
    for (int i = 1; i < shown; i++) text_add(&zeros, "[0]");
    return arena_format(m->arena, "%s%s", buffer_text(m, p, b, false, false), zeros.chars);
}

static void write_once(Emitter *m, const Program *p, int k)
{
    const Kernel *kernel = &p->kernels[k];
    switch (kernel->kind) {
    case KERNEL_COMBINE: add(m, "    rt_combine(%s_SLICES, %lld, %s);\n", m->macro, (long long)flat_count(p, kernel->reads[0]), flat_text(m, p, kernel->reads[0])); break;
    case KERNEL_CHECK:
        if (kernel->n_reads) {
            const Buffer *b = &p->buffers[kernel->reads[0]];
            add(m, "    out->loss = %s%s;\n", b->owner == OWNER_RESULT ? "out->" : arena_format(m->arena, "work->"), b->owner == OWNER_RESULT ? b->name : arena_format(m->arena, "%s%s", b->name, b->owner == OWNER_SLICE ? "[0][0]" : "[0]"));
            add(m, "    if (!isfinite(out->loss)) return false;      /* nothing has been changed yet */\n");
        }
        break;
    case KERNEL_NORM:
        add(m, "    double squares = 0;\n");
        for (int i = 0; i < kernel->n_reads; i++) add(m, "    squares += rt_sum_squares(%lld, %s);\n", (long long)flat_count(p, kernel->reads[i]), flat_text(m, p, kernel->reads[i]));
        add(m, "    const float scale = rt_clip_scale(squares, %s);\n", c_double(m->arena, p->experiment->train.clip));
        break;
    case KERNEL_UPDATE: write_update(m, p, kernel); break;
    default: write_call(m, p, k, false, "    ");
    }
}

/* Accumulators start from zero where their segment begins. */
static void write_zeros(Emitter *m, const Program *p, int segment, bool slices)
{
    const Segment *s = &p->segments[segment];
    for (int b = 0; b < p->n_buffers; b++) {
        const Buffer *buffer = &p->buffers[b];
        if (!buffer->zeroed || buffer->lower < s->first || buffer->lower >= s->last) continue;
        bool of_slice = s->sliced && buffer->owner == OWNER_SLICE;
        if (of_slice != slices) continue;
        if (of_slice) add(m, "        memset(work->%s[slice], 0, sizeof work->%s[slice]);\n", buffer->name, buffer->name);
        else add(m, "    memset(work->%s, 0, sizeof work->%s);\n", buffer->name, buffer->name);
    }
}

static bool uses_my(const Program *p, const Segment *s)
{
    for (int k = s->first; k < s->last; k++) {
        KernelText text = kernel_text(p, k);
        for (int i = 0; i < text.n_arguments; i++)
            if (text.arguments[i].kind == ARGUMENT_BUFFER && p->buffers[text.arguments[i].buffer].owner == OWNER_THREAD) return true;
    }
    return false;
}

static void write_segment(Emitter *m, const Program *p, int number)
{
    const Segment *s = &p->segments[number];
    write_zeros(m, p, number, false);
    if (!s->sliced) {
        for (int k = s->first; k < s->last; k++) write_once(m, p, k);
        return;
    }
    add(m, "\n#pragma omp parallel for schedule(static) num_threads(threads)\n");
    add(m, "    for (int slice = 0; slice < %s_SLICES; slice++) {\n", m->macro);
    if (uses_my(p, s)) add(m, "        %s *const my = work + rt_thread_number();\n", entry_type(m, p, "Work"));
    add(m, "        const int last = rt_min_int(in->n, (slice + 1) * %s_SLICE);\n", m->macro);
    write_zeros(m, p, number, true);
    add(m, "        for (int first = slice * %s_SLICE; first < last; first += %s_CHUNK) {\n", m->macro, m->macro);
    add(m, "            const int n = rt_min_int(last - first, %s_CHUNK);\n", m->macro);
    for (int k = s->first; k < s->last; k++) write_call(m, p, k, true, "            ");
    add(m, "        }\n    }\n\n");
}

static void write_results(Emitter *m, const Program *p)
{
    for (int i = 0; i < p->goal->n_roots; i++) {
        const Root *root = &p->goal->roots[i];
        const char *field = root_field(m, p, i);
        if (!field) continue;
        int b = p->buffer_of[root->value];
        if (b >= 0 && p->buffers[b].owner == OWNER_RESULT && !strcmp(p->buffers[b].name, field)) continue;
        if (root->kind == ROOT_LOSS && has_updates(p)) continue;     /* looked at before the updates */
        Type type = root->type;
        bool leaf = is_stored_leaf(p->graph, root->value);
        const Node *node = graph_at(p->graph, root->value);
        if (is_single(type) && !leaf) {
            add(m, "    out->%s = *(%s);\n", field, flat_text(m, p, b));
            continue;
        }
        const char *source = leaf ? node->op == &op_constant ? NULL : leaf_text(m, p, root->value, false) : buffer_text(m, p, b, false, false);
        if (!source) {
            add(m, "    static const float %s_numbers[] = {", field);
            for (int k = 0; k < node->attr.n_reals; k++) add(m, "%s%s", k ? ", " : "", c_number(m->arena, node->attr.reals[k]));
            add(m, "};\n    memcpy(out->%s, %s_numbers, sizeof out->%s);\n", field, field, field);
            continue;
        }
        bool samples = type.rank > 0 && type.dims[0] < 0;
        if (samples) add(m, "    memcpy(out->%s, %s, (size_t)in->n * sizeof *out->%s);\n", field, source, field);
        else add(m, "    memcpy(%sout->%s, %s, sizeof out->%s);\n", is_single(type) ? "&" : "", field, source, field);
    }
}

static void write_signature(Emitter *m, const Program *p, const char *end)
{
    add(m, "bool %s_%s(%s *work, int threads, %sParams *p,%s const %sBatch *in,\n", m->prefix, p->goal->name, entry_type(m, p, "Work"), m->type,
        has_updates(p) && moments(&p->experiment->train) ? arena_format(m->arena, " %sMoments *o,", m->type) : "", m->type);
    add(m, "%*sconst RtStep *step, %s *out)%s", (int)(strlen(m->prefix) + strlen(p->goal->name) + 7), "", entry_type(m, p, "Result"), end);
}

static void write_entry(Emitter *m, const Program *p)
{
    Text all = m->text;
    m->text = text_new(m->arena);
    for (int s = 0; s < p->n_segments; s++) write_segment(m, p, s);
    write_results(m, p);
    Text body = m->text;
    m->text = all;
    write_signature(m, p, "\n{\n");
    static const char *const parameters[][2] = {{"work", "work"}, {"threads", "(threads)"}, {"p", "p->"}, {"in", "in->"}, {"step", "step"}, {"out", "out->"}};
    Text unused = text_new(m->arena);
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
        if (!strstr(body.chars, parameters[i][1])) text_add(&unused, "%s(void)%s", unused.length ? ", " : "    ", parameters[i][0]);
    if (unused.length) add(m, "%s;\n", unused.chars);
    add(m, "%s    return true;\n}\n\n", body.chars);
}

/* ---- the header ---- */

static void write_work(Emitter *m, const Plan *plan)
{
    const Program *p = plan->program;
    int n = 0, *sorted = arena_array(m->arena, p->n_buffers, sizeof *sorted);
    for (int b = 0; b < p->n_buffers; b++)
        if (p->buffers[b].owner != OWNER_RESULT && p->buffers[b].upper > 0) sorted[n++] = b;
    add(m, "/* Workspace of %s_%s: %lld bytes for one thread, %d buffers (the schedule needs at least %lld).  Buffers that are never\n * live at once share bytes; the leading char array is where a buffer starts.  Behind each: the kernels it lives for. */\n",
        m->prefix, p->goal->name, (long long)plan->workspace_bytes, n, (long long)plan->lower_bound);
    add(m, "typedef union %s {\n", entry_type(m, p, "Work"));
    for (int i = 0; i < n; i++) {
        const Buffer *b = &p->buffers[sorted[i]];
        Text line = text_new(m->arena);
        text_add(&line, "    struct { ");
        if (b->offset) text_add(&line, "char at%d[%lld]; ", i, (long long)b->offset);
        text_pad(&line, 32);
        text_add(&line, "%s %s%s; };", c_type(b->storage), b->name, c_dims(p, b));
        text_pad(&line, 92);
        text_add(&line, "/* %s .. %s */", p->kernels[b->lower].name, p->kernels[b->upper - 1 < p->n_kernels ? b->upper - 1 : p->n_kernels - 1].name);
        add(m, "%s\n", line.chars);
    }
    long long bytes = plan->workspace_bytes ? plan->workspace_bytes : 64;
    add(m, "    char bytes[%lld];\n} %s;\n", bytes, entry_type(m, p, "Work"));
    add(m, "_Static_assert(sizeof(%s) == %lld, \"the workspace is not the one that was planned\");\n\n", entry_type(m, p, "Work"), bytes);
}

static void write_result(Emitter *m, const Program *p)
{
    add(m, "/* What %s_%s leaves behind. */\ntypedef struct %s {\n", m->prefix, p->goal->name, entry_type(m, p, "Result"));
    int n = 0;
    for (int i = 0; i < p->goal->n_roots; i++) {
        const char *field = root_field(m, p, i);
        if (!field) continue;
        Buffer shape = root_shape(p, i);
        add(m, "    %s %s%s;\n", c_type(shape.storage), field, is_single(shape.type) ? "" : c_dims(p, &shape));
        n++;
    }
    if (!n) add(m, "    char nothing;\n");
    add(m, "} %s;\n\n", entry_type(m, p, "Result"));
}

static const char *full_dims(Emitter *m, Type type, int from)
{
    Text text = text_new(m->arena);
    for (int i = from; i < type.rank; i++) text_add(&text, "[%lld]", (long long)type.dims[i]);
    return text.chars;
}

static int64_t parameter_count(const Experiment *x)
{
    int64_t n = 0;
    for (int i = 0; i < x->n_parameters; i++) n += type_count(graph_at(x->graph, x->parameters[i].value)->type, 1);
    return n;
}

static void write_inputs(Emitter *m)
{
    const Experiment *x = m->e->experiment;
    add(m, "/* Parameters: a plain array of floats, in order of creation and in the layout of files. */\ntypedef struct %sParams {\n", m->type);
    for (int i = 0; i < x->n_parameters; i++) {
        const char *name = c_identifier(m->arena, x->parameters[i].name);
        Text line = text_new(m->arena);
        text_add(&line, "    float %s%s;", name, full_dims(m, graph_at(x->graph, x->parameters[i].value)->type, 0));
        text_pad(&line, 56);
        text_add(&line, "/* %s:%d */", x->source.base, x->parameters[i].line);
        add(m, "%s\n", line.chars);
    }
    if (!x->n_parameters) add(m, "    float nothing[1];\n");
    add(m, "} %sParams;\n\n", m->type);
    if (x->has_train && moments(&x->train) == 2)
        add(m, "/* The optimizer's running means of the gradient and of its square. */\ntypedef struct %sMoments { %sParams m, v; } %sMoments;\n\n", m->type, m->type, m->type);
    else if (x->has_train && moments(&x->train) == 1)
        add(m, "/* The optimizer's velocity. */\ntypedef struct %sMoments { %sParams velocity; } %sMoments;\n\n", m->type, m->type, m->type);
    add(m, "/* Samples: arrays of %s_BATCH, of which the first n are valid. */\ntypedef struct %sBatch {\n    int n;\n    const int64_t *sample;              /* numbers in the data set */\n", m->macro, m->type);
    for (int i = 0; i < x->n_fields; i++) {
        Type type = graph_at(x->graph, x->fields[i].value)->type;
        const char *name = c_identifier(m->arena, x->fields[i].name), *c = type.elem == REAL ? "float" : "int32_t";
        if (type.rank > 1) add(m, "    const %s (*%s)%s;\n", c, name, full_dims(m, type, 1));
        else add(m, "    const %s *%s;\n", c, name);
    }
    add(m, "} %sBatch;\n\n", m->type);
}

static void write_about(Emitter *m, const char *what)
{
    const Experiment *x = m->e->experiment;
    add(m, "/* %s - written by tailor %s from %s.  Edit the graph, not this file.\n *\n", what, TAILOR_VERSION, x->source.base);
    add(m, " *   graph       %s\n", x->graph_hash);
    add(m, " *   parameters  %lld floats in %d tensors\n", (long long)parameter_count(x), x->n_parameters);
    for (int i = 0; i < m->e->n_entries; i++) {
        const Plan *plan = m->e->entries[i];
        const Program *p = plan->program;
        add(m, " *   %-10s  %d kernels forward, %d backward; workspace %lld bytes\n", p->goal->name,
            count_kernels(p, KERNEL_COMPUTE, 0), count_kernels(p, KERNEL_COMPUTE, 1), (long long)plan->workspace_bytes);
    }
}

const char *emit_header(const Emission *e)
{
    Emitter m = emitter_new(e);
    write_about(&m, arena_format(m.arena, "%s.h", e->experiment->source.name));
    add(&m, " *\n * Call %s_train once for each batch: it changes the parameters.  A workspace is an array of as many unions as there are threads,\n"
            " * aligned to 64 bytes; nothing is allocated.  The functions return false when the loss is not finite, before anything changed.\n */\n",
        m.prefix);
    add(&m, "#ifndef %s_H\n#define %s_H\n\n#include \"rt.h\"\n\n", m.macro, m.macro);
    add(&m, "/* A step works through the batch slice by slice; threads share the slices, each slice goes chunk by chunk. */\n");
    add(&m, "enum { %s_BATCH = %lld, %s_SLICES = %lld, %s_SLICE = %lld, %s_CHUNK = %lld };\n\n", m.macro, (long long)e->slicing.batch, m.macro,
        (long long)e->slicing.slices, m.macro, (long long)e->slicing.slice, m.macro, (long long)e->slicing.chunk);
    write_inputs(&m);
    for (int i = 0; i < e->n_entries; i++) {
        write_result(&m, e->entries[i]->program);
        write_work(&m, e->entries[i]);
        write_signature(&m, e->entries[i]->program, ";\n\n");
    }
    add(&m, "extern const RtModel %s_model;      /* the same as tables, for the trainer */\n\n#endif\n", m.prefix);
    return m.text.chars;
}

/* ---- tables for the trainer ---- */

static const char *quoted(Emitter *m, const char *text)   /* a C string literal */
{
    Text out = text_new(m->arena);
    text_add(&out, "\"");
    for (const char *c = text; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte == '"' || byte == '\\') text_add(&out, "\\%c", byte);
        else if (byte < 32 || byte > 126 || byte == '?') text_add(&out, "\\%03o", byte);
        else text_add(&out, "%c", byte);
    }
    text_add(&out, "\"");
    return out.chars;
}

static const char *dims_list(Emitter *m, Type type, int from, int64_t batch)
{
    Text text = text_new(m->arena);
    for (int i = from; i < type.rank; i++) text_add(&text, i > from ? ", %lld" : "%lld", (long long)dim_size(type.dims[i], batch));
    return text.length ? text.chars : "0";
}

static void write_tables(Emitter *m)
{
    const Experiment *x = m->e->experiment;
    const RtTrain *t = &x->train;
    static const char *const inits[] = {"RT_INIT_CONSTANT", "RT_INIT_UNIFORM", "RT_INIT_NORMAL", "RT_INIT_TRUNCATED_NORMAL"};
    static const char *const optimizers[] = {"RT_SGD", "RT_ADAM", "RT_ADAMW"};
    static const char *const schedules[] = {"RT_CONSTANT", "RT_STEPPED", "RT_COSINE", "RT_ONE_CYCLE"};
    add(m, "/* ---- the model as tables ---- */\n\n");
    if (x->n_parameters) {
        add(m, "static const RtTensor %sparameters[] = {\n", m->e->qualifier);
        for (int i = 0; i < x->n_parameters; i++) {
            const Parameter *p = &x->parameters[i];
            Type type = graph_at(x->graph, p->value)->type;
            add(m, "    {%s, %d, {%s}, offsetof(%sParams, %s) / sizeof(float), %lld, %s, %s, %s},\n", quoted(m, p->name), type.rank, dims_list(m, type, 0, 1), m->type,
                c_identifier(m->arena, p->name), (long long)type_count(type, 1), inits[p->init], c_double(m->arena, p->init_value), p->decay ? "true" : "false");
        }
        add(m, "};\n");
    }
    if (x->n_fields) {
        add(m, "static const RtField %sfields[] = {\n", m->e->qualifier);
        for (int i = 0; i < x->n_fields; i++) {
            Type type = graph_at(x->graph, x->fields[i].value)->type;
            add(m, "    {%s, %s, %s, %d, {%s}, %lld},\n", quoted(m, x->fields[i].name), x->fields[i].kind == RT_FIELD_IMAGE ? "RT_FIELD_IMAGE" : "RT_FIELD_LABEL",
                type.elem == REAL ? "RT_F32" : "RT_I32", type.rank - 1, dims_list(m, type, 1, 1), (long long)x->fields[i].classes);
        }
        add(m, "};\n");
    }
    if (x->n_metrics) {
        add(m, "static const char *const %smetrics[] = {", m->e->qualifier);
        for (int i = 0; i < x->n_metrics; i++) add(m, "%s%s", i ? ", " : "", quoted(m, x->metrics[i].name));
        add(m, "};\n");
    }
    if (x->n_options) {
        add(m, "static const RtOption %soptions[] = {", m->e->qualifier);
        for (int i = 0; i < x->n_options; i++) add(m, "%s{%s, %s}", i ? ", " : "", quoted(m, x->options[i].name), quoted(m, x->options[i].json));
        add(m, "};\n");
    }
    int n_choices = 0;
    Text choices = text_new(m->arena);
    const Program *first = m->e->entries[0]->program;
    for (int k = 0; k < first->n_kernels; k++) {
        Value v = first->kernels[k].contraction;
        if (!v || first->kernels[k].kind != KERNEL_COMPUTE) continue;
        text_add(&choices, "    {%s, %s},\n", quoted(m, first->kernels[k].name), quoted(m, graph_at(first->graph, v)->op->contraction(first->graph, v, first->slicing.batch).algorithm));
        n_choices++;
    }
    if (n_choices) add(m, "static const RtKernelChoice %schoices[] = {\n%s};\n", m->e->qualifier, choices.chars);
    for (int i = 0; i < m->e->n_entries; i++) {
        const Program *p = m->e->entries[i]->program;
        const char *result = entry_type(m, p, "Result"), *name = p->goal->name;
        add(m, "\nstatic const RtValue %s%s_values[] = {\n", m->e->qualifier, name);
        int n = 0;
        for (int r = 0; r < p->goal->n_roots; r++) {
            const char *field = root_field(m, p, r);
            if (!field) continue;
            Type type = p->goal->roots[r].type;
            add(m, "    {%s, %s, %s, %d, {%s}, offsetof(%s, %s)},\n", quoted(m, p->goal->roots[r].name), type.elem == REAL ? "RT_F32" : "RT_I32",
                type.rank > 0 && type.dims[0] < 0 ? "true" : "false", type.rank, dims_list(m, type, 0, m->e->slicing.batch), result, field);
            n++;
        }
        if (!n) add(m, "    {0},\n");
        add(m, "};\nstatic bool %srun_%s(const RtCall *call)\n{\n", m->e->qualifier, name);
        add(m, "    const %sBatch in = {.n = call->batch->n, .sample = call->batch->sample", m->type);
        for (int f = 0; f < x->n_fields; f++) add(m, ", .%s = call->batch->field[%d]", c_identifier(m->arena, x->fields[f].name), f);
        add(m, "};\n    return %s_%s(call->work, call->threads, (%sParams *)call->parameters,%s &in, call->step, call->result);\n}\n", m->prefix, name, m->type,
            has_updates(p) && moments(t) ? arena_format(m->arena, " (%sMoments *)call->optimizer,", m->type) : "");
    }
    add(m, "\nstatic const RtEntry %sentries[] = {\n", m->e->qualifier);
    for (int i = 0; i < m->e->n_entries; i++) {
        const Program *p = m->e->entries[i]->program;
        int n = 0;
        for (int r = 0; r < p->goal->n_roots; r++) n += p->goal->roots[r].kind != ROOT_UPDATE;
        add(m, "    {\"%s\", sizeof(%s), sizeof(%s), %d, %s%s_values, %srun_%s},\n", p->goal->name, entry_type(m, p, "Work"), entry_type(m, p, "Result"), n, m->e->qualifier, p->goal->name, m->e->qualifier, p->goal->name);
    }
    add(m, "};\n\nconst RtModel %s_model = {\n", m->prefix);
    add(m, "    .name = %s, .graph_file = %s,\n    .graph_hash = \"%s\", .tailor_version = \"%s\",\n    .batch = %s_BATCH,\n", quoted(m, x->source.name), quoted(m, x->source.base),
        x->graph_hash, TAILOR_VERSION, m->macro);
    if (x->n_options) add(m, "    .n_options = %d, .options = %soptions,\n", x->n_options, m->e->qualifier);
    if (x->n_parameters) add(m, "    .n_parameters = %d, .parameters = %sparameters,\n", x->n_parameters, m->e->qualifier);
    if (x->n_fields) add(m, "    .n_fields = %d, .fields = %sfields,\n", x->n_fields, m->e->qualifier);
    if (x->n_metrics) add(m, "    .n_metrics = %d, .metrics = %smetrics,\n", x->n_metrics, m->e->qualifier);
    add(m, "    .n_moments = %d, .n_entries = %d, .entries = %sentries,\n", x->has_train ? moments(t) : 0, m->e->n_entries, m->e->qualifier);
    if (n_choices) add(m, "    .n_kernels = %d, .kernels = %schoices,\n", n_choices, m->e->qualifier);
    add(m, "    .flops_forward = %lld, .flops_step = %lld,\n", (long long)m->e->flops_forward, (long long)m->e->flops_step);
    add(m, "    .workspace_bytes = %lld, .workspace_lower_bound = %lld,\n", (long long)m->e->entries[0]->workspace_bytes, (long long)m->e->entries[0]->lower_bound);
    add(m, "    .train = {\n        .data = %s, .epochs = %lld, .seed = %llu, .validation = %s,\n", quoted(m, t->data ? t->data : ""), (long long)t->epochs, (unsigned long long)t->seed, c_double(m->arena, t->validation));
    add(m, "        .optimizer = %s, .schedule = %s,", optimizers[t->optimizer], schedules[t->schedule]);
    const struct { const char *name; double value; } numbers[] = {{"lr", t->lr}, {"momentum", t->momentum}, {"beta1", t->beta1}, {"beta2", t->beta2}, {"eps", t->eps}, {"weight_decay", t->weight_decay},
        {"clip", t->clip}, {"warmup", t->warmup}, {"final", t->final}, {"peak", t->peak}, {"factor", t->factor}};
    int shown = 0;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i].value != 0) add(m, "%s.%s = %s,", shown++ % 6 ? " " : "\n        ", numbers[i].name, c_double(m->arena, numbers[i].value));
    if (t->nesterov) add(m, " .nesterov = true,");
    if (t->every) add(m, " .every = %lld,", (long long)t->every);
    add(m, "\n    },\n};\n");
}

const char *emit_source(const Emission *e)
{
    Emitter m = emitter_new(e);
    write_about(&m, arena_format(m.arena, "%s.c", e->experiment->source.name));
    add(&m, " *\n * Names are those of %s; d_h is the gradient of the loss with respect to h and has the shape of h.\n */\n", e->experiment->source.base);
    add(&m, "#include \"%s.h\"\n\n#include <math.h>\n#include <stddef.h>\n#include <string.h>\n\n#include \"rt_conv.h\"\n#include \"rt_math.h\"\n#include \"rt_matmul.h\"\n#include \"rt_random.h\"\n#include \"rt_thread.h\"\n#include \"rt_update.h\"\n\n"
            "#if defined(__GNUC__) && !defined(__clang__)      /* gcc takes members of the workspace's union for one another */\n"
            "#pragma GCC diagnostic ignored \"-Wstringop-overflow\"\n#pragma GCC diagnostic ignored \"-Wstringop-overread\"\n#endif\n\n",
        e->experiment->source.name);
    for (int i = 0; i < e->n_entries; i++) write_kernels(&m, (Program *)e->entries[i]->program);
    for (int i = 0; i < e->n_entries; i++) write_entry(&m, e->entries[i]->program);
    write_tables(&m);
    return m.text.chars;
}
