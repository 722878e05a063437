/* header.c - the C header of a model, which is its documentation: sizes, parameters, the batch, the workspace buffer by
 * buffer, the results and the functions of the entries. */
#include "emit/emitter.h"
#include "graph/optimizer.h"

#include <string.h>

/* The name for a kernel: its function if no other kernel calls that, else the kernel's own. */
static const char *kernel_title(const Emission *e, int entry, int k)
{
    return e->forms[entry][k].shared ? e->entries[entry]->program->kernels[k].name : e->forms[entry][k].function;
}

/* The function that calls an entry. */
static const char *called(const Emitter *m, const Program *p)
{
    if (!m->e->instance || !strcmp(p->goal->name, "watch")) return arena_format(m->arena, "%s_batch", p->goal->name);
    return arena_format(m->arena, "%s_%s", m->prefix, has_updates(p) ? "step" : p->goal->name);
}

static void write_work(Emitter *m, int entry)
{
    const Plan *plan = m->e->entries[entry];
    const Program *p = plan->program;
    int n = 0, *sorted = arena_array(m->arena, p->n_buffers, sizeof *sorted);
    for (int b = 0; b < p->n_buffers; b++)
        if (plan->of[b].owner != OWNER_RESULT && plan->of[b].upper > 0) sorted[n++] = b;
    add(m,
        "/* Workspace of %s: %lld bytes for one thread, %d buffers (the schedule needs at least %lld).  Buffers "
        "that are never live at once share bytes; the leading char array is where a buffer starts.  Above each: the "
        "kernels it lives for. */\n",
        called(m, p), (long long)plan->workspace_bytes, n, (long long)plan->lower_bound);
    add(m, "typedef union %s {\n#ifndef __cplusplus      /* which has no structures without a name */\n",
        entry_type(m, p, "Work"));
    for (int i = 0; i < n; i++) {
        const Buffer *b = &p->buffers[sorted[i]];
        const Placed *at = &plan->of[sorted[i]];
        const int last = at->upper - 1 < p->n_kernels ? at->upper - 1 : p->n_kernels - 1;
        add(m, "    /* %s", kernel_title(m->e, entry, at->lower));
        add(m, last > at->lower ? " .. %s */\n" : " */\n", kernel_title(m->e, entry, last));
        Text line = text_new(m->arena);
        text_add(&line, "    struct { ");
        if (at->offset) text_add(&line, "char at%d[%lld]; ", i, (long long)at->offset);
        text_pad(&line, 32);
        text_add(&line, "%s %s%s; };", c_type(b->storage), b->name,
                 c_dims(p, b->type, b->whole, at->owner, at->samples));
        add(m, "%s\n", line.chars);
    }
    long long bytes = plan->workspace_bytes ? plan->workspace_bytes : 64;
    add(m, "#endif\n    char bytes[%lld];\n} %s;\n", bytes, entry_type(m, p, "Work"));
    add(m, "\n");
}

static void write_result(Emitter *m, const Program *p)
{
    add(m, "/* What %s leaves behind. */\ntypedef struct %s {\n", called(m, p), entry_type(m, p, "Result"));
    int n = 0;
    for (int i = 0; i < p->goal->n_roots; i++) {
        const char *field = root_field(m, p, i);
        if (!field) continue;
        const Type type = p->goal->roots[i].type;
        add(m, "    %s %s%s;\n", c_type(type.elem == REAL ? RT_F32 : RT_I32), field,
            is_single(type) ? "" : c_dims(p, type, false, OWNER_RESULT, 0));
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

static void write_parameters(Emitter *m, bool frozen_too)
{
    const Experiment *x = m->e->experiment;
    for (int i = 0; i < x->n_parameters; i++) {
        const Parameter *p = &x->parameters[i];
        Text line = text_new(m->arena);
        if (p->frozen && !frozen_too) continue;
        text_add(&line, "    float %s%s;", p->identifier, full_dims(m, graph_at(x->graph, p->value)->type, 0));
        text_pad(&line, 56);
        text_add(&line, "/* %s%s */", lines_text(m->arena, 1, &p->line), p->frozen ? ", frozen" : "");
        add(m, "%s\n", line.chars);
    }
}

/* The arrays of an optimizer.  Where parameters are frozen, moments have a struct of their own, without these. */
static void write_moments(Emitter *m)
{
    const Experiment *x = m->e->experiment;
    const char *names[MOST_MOMENTS];
    const bool average = x->train.ema > 0, frozen = parameter_floats(x, true) < parameter_floats(x, false);
    const int n = optimizer_moments(&x->train, names);
    const char *about = n ? optimizer_of(x->train.optimizer)->about : "", *like = frozen ? "Trained" : "Params";
    if (frozen && n) {
        add(m, "/* An array like the parameters that are trained. */\ntypedef struct %sTrained {\n", m->type);
        write_parameters(m, false);
        add(m, "} %sTrained;\n\n", m->type);
    }
    add(m, "/* %s%s%s. */\ntypedef struct %sMoments { ", about, n && average ? "; " : "",
        average ? "the moving average of the parameters, for evaluation" : "", m->type);
    if (n) add(m, "%s%s %s", m->type, like, names[0]);
    for (int i = 1; i < n; i++) add(m, ", %s", names[i]);
    if (average && (frozen || !n)) add(m, "%s%sParams average", n ? "; " : "", m->type);
    else if (average) add(m, ", average");
    add(m, "; } %sMoments;\n\n", m->type);
}

static void write_inputs(Emitter *m)
{
    const Experiment *x = m->e->experiment;
    add(m,
        "/* Parameters: a plain array of floats, in order of creation and in the layout of files. */\n"
        "typedef struct %sParams {\n",
        m->type);
    write_parameters(m, true);
    if (!x->n_parameters) add(m, "    float nothing[1];\n");
    add(m, "} %sParams;\n\n", m->type);
    if (x->n_states) {
        add(m, "/* State: what a step leaves behind for the next, and evaluation uses. */\ntypedef struct %sState {\n",
            m->type);
        for (int i = 0; i < x->n_states; i++)
            add(m, "    float %s%s;\n", x->states[i].identifier,
                full_dims(m, graph_at(x->graph, x->states[i].value)->type, 0));
        add(m, "} %sState;\n\n", m->type);
    }
    if (x->has_train && moments(&x->train)) write_moments(m);
    add(m,
        "/* Samples: arrays of %s_BATCH, of which the first n are valid. */\ntypedef struct %sBatch {\n    int n;\n"
        "    const int64_t *sample;              /* numbers in the data set */\n",
        m->macro, m->type);
    for (int i = 0; i < x->n_fields; i++) {
        Type type = graph_at(x->graph, x->fields[i].value)->type;
        const char *name = x->fields[i].identifier, *c = type.elem == REAL ? "float" : "int32_t";
        if (type.rank > 1) add(m, "    const %s (*%s)%s;\n", c, name, full_dims(m, type, 1));
        else add(m, "    const %s *%s;\n", c, name);
    }
    add(m, "} %sBatch;\n\n", m->type);
}

const char *emit_header(const Emission *e)
{
    Emitter m = emitter_new(e);
    write_about(&m, arena_format(m.arena, "%s.h", e->experiment->source.name));
    if (e->instance && e->experiment->loss)
        add(&m, " *\n * A %s is a run: %s_init, then %s_step once for each batch; %s_save and %s_load.  Nothing is "
                "allocated, and nothing but these structs is remembered.\n", m.type, m.prefix, m.prefix, m.prefix,
            m.prefix);
    add(&m, " */\n#ifndef %s_H\n#define %s_H\n\n#include <stddef.h>\n#include <stdint.h>\n\n"
            "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n", m.macro, m.macro);
    add(&m, "/* A step works through the batch slice by slice; threads share the slices, each slice goes some images "
            "at a time. */\n");
    add(&m, "enum { %s_BATCH = %lld, %s_SLICES = %lld, %s_SLICE = %lld };\n\n", m.macro, (long long)e->slicing.batch,
        m.macro, (long long)e->slicing.slices, m.macro, (long long)e->slicing.slice);
    write_inputs(&m);
    for (int i = 0; i < e->n_entries; i++) write_result(&m, e->entries[i]->program);
    if (e->instance) write_instance_types(&m);
    for (int i = 0; i < e->n_entries; i++) write_work(&m, i);
    if (e->instance) write_instance_memory(&m);
    if (is_trainer(e->form))
        add(&m, "extern const struct RtModel %s_model;      /* the same as tables, for the trainer */\n\n", m.prefix);
    add(&m, "#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
    return wrap_lines(m.arena, m.text.chars);
}
