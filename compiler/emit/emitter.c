/* emitter.c - the file being written: text that grows, names of types, fields of results, places of buffers, how an
 * entry and a file open. */
#include "emit/emitter.h"

#include <string.h>

#include "graph/optimizer.h"

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

Emitter emitter_new(const Emission *e)
{
    Arena *arena = e->experiment->graph->arena;
    const char *prefix = c_identifier(arena, e->experiment->source.name);
    return (Emitter){.e = e, .arena = arena, .text = text_new(arena), .written = name_table_new(arena),
                     .macro = upper_case(arena, prefix), .type = camel(arena, prefix), .prefix = prefix};
}

void add(Emitter *m, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_add_v(&m->text, format, arguments);
    va_end(arguments);
}

void mark(Emitter *m, MarkKind kind, int entry, int kernel)
{
    add(m, "%s", where_mark(m->arena, kind, entry, kernel));
}

void mark_end(Emitter *m) { mark(m, MARK_END, 0, 0); }

const char *entry_type(Emitter *m, const Program *p, const char *what)
{
    return arena_format(m->arena, "%s%s%s", m->type, camel(m->arena, p->goal->name), what);
}

bool has_updates(const Program *p)
{
    for (int i = 0; i < p->goal->n_roots; i++)
        if (p->goal->roots[i].kind == ROOT_UPDATE) return true;
    return false;
}

/* The step of a profile looks at the clock behind every kernel.  The entry with costs is that step. */
bool is_timed(const Emitter *m, const Program *p) { return m->e->costs && p == m->e->entries[0]->program; }

/* The result field of root i, NULL for an update. */
const char *root_field(Emitter *m, const Program *p, int i)
{
    const Root *root = &p->goal->roots[i];
    if (root->kind >= ROOT_UPDATE) return NULL;
    int b = p->buffer_of[root->value];
    bool first = true;
    for (int j = 0; j < i; j++) first = first && p->goal->roots[j].value != root->value;
    if (first && b >= 0 && p->buffers[b].owner == OWNER_RESULT) return p->buffers[b].name;
    const char *name = c_identifier(m->arena, root->name);
    int same = 0;
    for (int j = 0; j < p->goal->n_roots; j++) {
        int other = p->buffer_of[p->goal->roots[j].value];
        if (other >= 0 && p->buffers[other].owner == OWNER_RESULT && !strcmp(p->buffers[other].name, name)) same++;
        if (j < i && p->goal->roots[j].kind < ROOT_UPDATE &&
            !strcmp(c_identifier(m->arena, p->goal->roots[j].name), name))
            same++;
    }
    return same ? arena_format(m->arena, "%s_%d", name, same + i + 1) : name;
}

/* The parameters that a step's functions share: scale is the factor that clips the gradients. */
static const char *step_parameters(const Emitter *m, const Program *p, const char *scale)
{
    return arena_format(m->arena, "%s%s", p->experiment->train.clip > 0 && has_updates(p) ? scale : "",
                        is_timed(m, p) ? ", RtProfile *profile" : "");
}

void write_signature(Emitter *m, const Program *p)
{
    add(m, "/* %s */\n",
        has_updates(p) ? "Forward, backward and all checks: leaves gradients and new states in the workspace, and "
                         "changes nothing else."
                       : "Changes nothing but the workspace.");
    Text line = text_new(m->arena);
    text_add(&line, "static bool %s%s_batch(%s *work, int threads, const %sParams *p, ", m->e->qualifier, p->goal->name,
             entry_type(m, p, "Work"), m->type);
    if (p->experiment->n_states) text_add(&line, "const %sState *s, ", m->type);
    text_add(&line, "const %sBatch *in, const RtStep *step, %s *out%s)", m->type, entry_type(m, p, "Result"),
             step_parameters(m, p, ", float *scale"));
    add(m, "%s\n{\n", line.chars);
}

void write_change_signature(Emitter *m, const Program *p)
{
    const Experiment *x = p->experiment;
    Text line = text_new(m->arena);
    text_add(&line, "static void %schange_weights(%s *work, %sParams *p, ", m->e->qualifier, entry_type(m, p, "Work"),
             m->type);
    if (x->n_states) text_add(&line, "%sState *s, ", m->type);
    if (moments(&x->train)) text_add(&line, "%sMoments *o, ", m->type);
    text_add(&line, "const RtStep *step%s)", step_parameters(m, p, ", float scale"));
    add(m, "/* What %s_batch has left becomes the weights of the next step. */\n%s\n{\n", p->goal->name, line.chars);
}

/* sum: the buffer is being added up, slice by slice; else it is complete and read in the place of the first slice. */
const char *buffer_text(Emitter *m, const Program *p, int b, bool sliced, bool sum)
{
    const Buffer *buffer = &p->buffers[b];
    const char *name = buffer->name;
    bool samples = buffer->type.rank > 0 && buffer->type.dims[0] < 0;
    const char *offset = sliced && samples
                             ? buffer->type.dims[0] == BATCH_DIM
                                   ? " + first"
                                   : arena_format(m->arena, " + first * %lld", (long long)-buffer->type.dims[0])
                             : "";
    switch (m->plan->of[b].owner) {
    case OWNER_THREAD: return arena_format(m->arena, "%s->%s", sliced ? "my" : "work", name);
    case OWNER_CHUNK:
        if (m->whole_chunk) return arena_format(m->arena, "my->%s", name);
        return buffer->type.dims[0] == BATCH_DIM
                   ? arena_format(m->arena, "my->%s + at", name)
                   : arena_format(m->arena, "my->%s + at * %lld", name, (long long)-buffer->type.dims[0]);
    case OWNER_SLICE: return arena_format(m->arena, sliced && sum ? "work->%s[slice]" : "work->%s[0]", name);
    case OWNER_BATCH: return arena_format(m->arena, "work->%s%s", name, offset);
    default:
        return is_single(buffer->type) ? arena_format(m->arena, "&out->%s", name)
                                       : arena_format(m->arena, "out->%s%s", name, offset);
    }
}

const char *gradient_text(Emitter *m, int b)
{
    m->plan = m->e->entries[0];
    const char *text = buffer_text(m, m->plan->program, b, false, false);
    return arena_format(m->arena, "work->train.%s", text + strlen("work->"));
}

void write_about(Emitter *m, const char *what)
{
    const Experiment *x = m->e->experiment;
    add(m, "/* %s - written by tailor %s from %s.  Edit the graph, not this file.\n *\n", what, TAILOR_VERSION,
        x->source.base);
    add(m, " *   graph       %s\n", x->graph_hash);
    const long long all = parameter_floats(x, false), trained = parameter_floats(x, true);
    add(m, " *   parameters  %lld floats in %d tensors", all, x->n_parameters);
    if (trained < all) add(m, "; %lld are trained, %lld frozen", trained, all - trained);
    add(m, "\n");
    for (int i = 0; i < m->e->n_entries; i++) {
        const Plan *plan = m->e->entries[i];
        const Program *p = plan->program;
        add(m, " *   %-10s  %d kernels forward, %d backward; workspace %lld bytes\n", p->goal->name,
            count_kernels(p, KERNEL_COMPUTE, 0), count_kernels(p, KERNEL_COMPUTE, 1), (long long)plan->workspace_bytes);
    }
}
