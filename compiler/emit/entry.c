/* entry.c - the functions of kernels, and one function for each entry that calls them in order.
 *
 * An entry reads as the schedule: first the kernels that run once a step, then the loop over slices and chunks of the
 * batch, then the kernels that wait for all samples.  Kernels with the same text but for names are written once and
 * called with different buffers. */
#include "emit/emitter.h"
#include "graph/choice.h"
#include "graph/optimizer.h"

#include <string.h>

/* ---- calls ---- */

static const char *leaf_text(Emitter *m, const Program *p, Value v, bool sliced)
{
    const Node *node = graph_at(p->graph, v);
    const char *address = node->type.rank ? "" : "&";                 /* one number is no array */
    if (node->op == &op_parameter)
        return arena_format(m->arena, "%sp->%s", address,
                            p->experiment->parameters[parameter_of(p->experiment, node)].identifier);
    if (node->op == &op_state)
        return arena_format(m->arena, "%ss->%s", address,
                            p->experiment->states[state_of(p->experiment, node)].identifier);
    const char *name = p->experiment->fields[field_of(p->experiment, node)].identifier;
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

/* Writes a part of the file where it is needed first; returns its number. */
static int write_file_part(Emitter *m, const FilePart *part)
{
    for (int i = 0; i < m->n_parts; i++)
        if (!strcmp(m->parts[i].name, part->name)) {
            if (strcmp(m->parts[i].text, part->text)) bug("two things are called %s", part->name);
            return i;
        }
    m->parts = arena_grow(m->arena, m->parts, m->n_parts, &m->parts_capacity, sizeof *m->parts);
    m->parts[m->n_parts++] = *part;
    mark(m, MARK_PART, 0, 0);
    add(m, "%s", part->text);
    mark_end(m);
    add(m, "\n");
    return m->n_parts - 1;
}

/* Writes each function once, at the place of the first kernel that calls it. */
void write_functions(Emitter *m, int entry)
{
    const Plan *plan = m->e->entries[entry];
    const Program *p = plan->program;
    WriterNotes *notes = writer_notes(p);
    for (int k = 0; k < p->n_kernels; k++) {
        const KernelForm *form = &m->e->forms[entry][k];
        if (!kernel_is_function(&p->kernels[k]) || (*name_number(&m->written, form->function))++) continue;
        const KernelText text = kernel_text(plan, k, notes, form);
        int *parts = arena_array(m->arena, text.n_parts, sizeof *parts);
        for (int i = 0; i < text.n_parts; i++) parts[i] = write_file_part(m, &text.parts[i]);
        mark(m, MARK_KERNEL, entry, k);
        for (int i = 0; i < text.n_parts; i++) mark(m, MARK_USE, parts[i], 0);
        add(m, "%s", text.text);
        mark_end(m);
        add(m, "\n");
    }
}

/* Opens the statement of a kernel, which ends behind its lap. */
static void mark_statement(Emitter *m, int k) { mark(m, MARK_STATEMENT, m->entry, k); }

static void write_lap(Emitter *m, const Program *p, int k, const char *indent, const char *laps)
{
    if (is_timed(m, p)) add(m, "%srt_lap(%s, %d);\n", indent, laps, k);
    mark_end(m);
}

static void write_call(Emitter *m, const Program *p, int k, bool sliced, const char *indent)
{
    const KernelForm *form = &m->forms[k];
    Text line = text_new(m->arena);
    mark_statement(m, k);
    text_add(&line, "%s%s(", indent, form->function);
    for (int i = 0; i < form->n_arguments; i++)
        text_add(&line, "%s%s", i ? ", " : "", argument_text(m, p, &form->arguments[i], sliced));
    text_add(&line, ");");
    add(m, "%s\n", line.chars);
}

static int64_t flat_count(const Program *p, int b) { return type_count(p->buffers[b].type, p->slicing.batch); }

/* A pointer to the first element. */
static const char *flat_text(Emitter *m, const Program *p, int b)
{
    Text zeros = text_new(m->arena);
    const Buffer *buffer = &p->buffers[b];
    int shown = 0;
    for (int i = 0; i < buffer->type.rank; i++) shown += buffer->whole || buffer->type.dims[i] != 1;
    for (int i = 1; i < shown; i++) text_add(&zeros, "[0]");
    return arena_format(m->arena, "%s%s", buffer_text(m, p, b, false, false), zeros.chars);
}

/* The number that a buffer of one element holds. */
static const char *number_text(Emitter *m, const Program *p, int b)
{
    const char *first = flat_text(m, p, b);
    return *first == '&' ? first + 1 : arena_format(m->arena, "%s[0]", first);
}

/* Copies a state's new value over the old one. */
static void write_commit(Emitter *m, const Program *p, const Kernel *k)
{
    const Parameter *state = &p->experiment->states[k->parameter];
    const char *source = k->n_reads ? buffer_text(m, p, k->reads[0], false, false)
                                    : leaf_text(m, p, k->leaves[0], false);
    add(m, "    memcpy(%ss->%s, %s, sizeof s->%s);\n",
        graph_at(p->experiment->graph, state->value)->type.rank ? "" : "&", state->identifier, source,
        state->identifier);
}

static void write_once(Emitter *m, const Program *p, int k)
{
    const Kernel *kernel = &p->kernels[k];
    if (!kernel_is_function(kernel)) mark_statement(m, k);
    switch (kernel->kind) {
    case KERNEL_COMBINE:
        add(m, "    rt_combine(%s_SLICES, %lld, %s);\n", m->macro, (long long)flat_count(p, kernel->reads[0]),
            flat_text(m, p, kernel->reads[0]));
        break;
    case KERNEL_CHECK:
        if (kernel->n_reads) {
            const char *loss = number_text(m, p, kernel->reads[0]);
            if (strcmp(loss, "out->loss")) add(m, "    out->loss = %s;\n", loss);        /* else it is computed there */
            add(m, "    if (!rt_is_finite(out->loss)) return false;      /* nothing has been changed yet */\n");
        }
        break;
    case KERNEL_NORM:
        add(m, "    double squares = 0;\n");
        for (int i = 0; i < kernel->n_reads; i++)
            add(m, "    squares += rt_sum_squares(%lld, %s);\n", (long long)flat_count(p, kernel->reads[i]),
                flat_text(m, p, kernel->reads[i]));
        add(m,
            "    if (!rt_is_finite(squares)) return false;        /* nor here: a gradient is not finite */\n"
            "    *scale = rt_clip_scale(squares, %s);\n",
            c_double(m->arena, p->experiment->train.clip));
        break;
    case KERNEL_FINITE:
        add(m, "    /* all of these are finite, or nothing changes */\n");
        for (int i = 0; i < kernel->n_reads; i++)
            add(m, "    if (!rt_finite(%lld, %s)) return false;\n", (long long)flat_count(p, kernel->reads[i]),
                flat_text(m, p, kernel->reads[i]));
        break;
    case KERNEL_UPDATE:
        write_update(m, &p->experiment->parameters[kernel->parameter], flat_text(m, p, kernel->reads[0]));
        break;
    case KERNEL_COMMIT: write_commit(m, p, kernel); break;
    default: write_call(m, p, k, false, "    ");
    }
}

/* Sets accumulators to zero where their segment begins. */
static void write_zeros(Emitter *m, const Program *p, int segment, bool slices)
{
    const Segment *s = &p->segments[segment];
    for (int k = s->first; k < s->last; k++)
        for (int i = 0; i < p->kernels[k].n_writes; i++) {
            const Buffer *buffer = &p->buffers[p->kernels[k].writes[i]];
            const Placed *at = &m->plan->of[p->kernels[k].writes[i]];
            if (!buffer->zeroed || at->lower < s->first || p->kernels[k].kind == KERNEL_COMBINE) continue;
            bool of_slice = s->sliced && at->owner == OWNER_SLICE;
            if (of_slice != slices) continue;
            if (of_slice) add(m, "        RT_ZERO(work->%s[slice]);\n", buffer->name);
            else add(m, "    RT_ZERO(work->%s);\n", buffer->name);
        }
}

/* The heading of a loop: whose values its kernels compute, and on which lines of the graph file they stand. */
static void write_heading(Emitter *m, const Program *p, int first, int last, const char *indent)
{
    int n = 0;
    for (int k = first; k < last; k++) n += p->kernels[k].n_kept;
    Value *values = arena_array(m->arena, n, sizeof *values);
    n = 0;
    for (int k = first; k < last; k++)
        for (int i = 0; i < p->kernels[k].n_kept; i++)
            if (p->buffer_of[p->kernels[k].kept[i]] >= 0) values[n++] = p->kernels[k].kept[i];
    const char *lines = lines_of_values(p, n, values);
    add(m, "%s/* %s%s%s */\n", indent, description(p, n, values, false), *lines ? "   " : "", lines);
}

/* Does the kernel change parameters or states?  Such kernels come last. */
static bool changes(const Kernel *k) { return k->kind == KERNEL_UPDATE || k->kind == KERNEL_COMMIT; }

static bool uses(const Emitter *m, int first, int last, Owner owner)
{
    for (int k = first; k < last; k++) {
        const KernelForm *form = &m->forms[k];
        for (int i = 0; i < form->n_arguments; i++) {
            const Argument *a = &form->arguments[i];
            if (a->kind == ARGUMENT_BUFFER && m->plan->of[a->buffer].owner == owner) return true;
        }
    }
    return false;
}

/* The samples of a slice, or of a chunk of it, go through a part of a segment. */
static void write_part(Emitter *m, const Program *p, const Part *part, bool of_chunk)
{
    const char *indent = of_chunk ? "            " : "        ", *inner = arena_format(m->arena, "%s    ", indent),
               *start = of_chunk ? "chunk" : arena_format(m->arena, "slice * %s_SLICE", m->macro),
               *end = of_chunk ? "end" : "last";
    add(m, "%sfor (int first = %s; first < %s; first += %lld) {\n", indent, start, end, (long long)part->samples);
    add(m, "%sconst int n = rt_min_int(%s - first, %lld)%s;\n", inner, end, (long long)part->samples,
        !m->whole_chunk && uses(m, part->first, part->last, OWNER_CHUNK) ? ", at = first - chunk" : "");
    for (int k = part->first; k < part->last; k++)
        write_call(m, p, k, true, inner), write_lap(m, p, k, inner, "my_laps");
    add(m, "%s}\n", indent);
}

static void write_segment(Emitter *m, const Program *p, int number)
{
    const Segment *s = &p->segments[number];
    write_zeros(m, p, number, false);
    if (!s->sliced) {
        if (is_timed(m, p)) add(m, "    rt_laps_start(laps);\n");
        for (int k = s->first; k < s->last && !changes(&p->kernels[k]); k++)
            write_once(m, p, k), write_lap(m, p, k, "    ", "laps");
        return;
    }
    add(m, "\n");
    write_heading(m, p, s->first, s->last, "    ");
    add(m, "    RT_PARALLEL(rt_min_int(threads, %s_SLICES))\n    for (int slice = 0; slice < %s_SLICES; slice++) {\n",
        m->macro, m->macro);
    add(m, "        const uint64_t found = rt_exact_begin();\n");
    if (uses(m, s->first, s->last, OWNER_THREAD) || uses(m, s->first, s->last, OWNER_CHUNK))
        add(m, "        %s *const my = work + rt_thread_number();\n", entry_type(m, p, "Work"));
    add(m, "        const int last = rt_min_int(in->n, (slice + 1) * %s_SLICE);\n", m->macro);
    if (is_timed(m, p)) add(m, "        RtLaps *const my_laps = rt_laps(profile, rt_thread_number());\n");
    write_zeros(m, p, number, true);
    if (is_timed(m, p)) add(m, "        rt_laps_start(my_laps);\n");
    const long long chunk = m->plan->chunks[number];
    const Part *part = part_of(m->plan, s->first);
    const bool nested = part->last < s->last;
    if (nested)
        add(m,
            "        for (int chunk = slice * %s_SLICE; chunk < last; chunk += %lld) {\n"
            "            const int end = rt_min_int(last, chunk + %lld);\n", m->macro, chunk, chunk);
    for (; part < m->plan->parts + m->plan->n_parts && part->first < s->last; part++) {
        if (nested) write_heading(m, p, part->first, part->last, "            ");
        m->whole_chunk = part->samples == chunk;
        write_part(m, p, part, nested);
    }
    if (nested) add(m, "        }\n");
    add(m, "        rt_exact_end(found);\n    }\n\n");
}

static void write_results(Emitter *m, const Program *p)
{
    for (int i = 0; i < p->goal->n_roots; i++) {
        const Root *root = &p->goal->roots[i];
        const char *field = root_field(m, p, i);
        if (!field) continue;
        int b = p->buffer_of[root->value];
        if (b >= 0 && p->buffers[b].owner == OWNER_RESULT && !strcmp(p->buffers[b].name, field)) continue;
        if (root->kind == ROOT_LOSS && has_updates(p)) continue;     /* checked before the updates */
        Type type = root->type;
        bool leaf = is_stored_leaf(p->graph, root->value);
        const Node *node = graph_at(p->graph, root->value);
        if (is_single(type) && !leaf) {
            add(m, "    out->%s = %s;\n", field, number_text(m, p, b));
            continue;
        }
        const char *source = leaf ? node->op == &op_constant ? NULL : leaf_text(m, p, root->value, false)
                                  : buffer_text(m, p, b, false, false);
        if (!source) {
            add(m, "    static const float %s_numbers[] = {", field);
            for (int k = 0; k < node->attr.n_reals; k++)
                add(m, "%s%s", k ? ", " : "", c_number(m->arena, node->attr.reals[k]));
            add(m, "};\n    memcpy(out->%s, %s_numbers, sizeof out->%s);\n", field, field, field);
            continue;
        }
        bool samples = type.rank > 0 && type.dims[0] < 0;
        if (samples) add(m, "    memcpy(out->%s, %s, (size_t)in->n * sizeof *out->%s);\n", field, source, field);
        else add(m, "    memcpy(%sout->%s, %s, sizeof out->%s);\n", is_single(type) ? "&" : "", field, source, field);
    }
}

/* C alone: comments have the graph's own names. */
static const char *without_comments(Arena *arena, const char *text)
{
    char *result = arena_copy(arena, text), *end = result;
    for (const char *c = text; *c;) {
        const char *behind = !strncmp(c, "/*", 2) ? strstr(c, "*/") : NULL;
        if (behind) c = behind + 2;
        else *end++ = *c++;
    }
    *end = 0;
    return result;
}

/* Writes `(void)x;` for each parameter that the text of a function does not mention. */
static void write_unused(Emitter *m, int n, const char *const *parameters, const char *text)
{
    const char *code = without_comments(m->arena, text);
    Text unused = text_new(m->arena);
    for (int i = 0; i < n; i++)
        if (!text_mentions(code, parameters[i]))
            text_add(&unused, "%s(void)%s", unused.length ? ", " : "    ", parameters[i]);
    if (unused.length) add(m, "%s;\n", unused.chars);
}

static void write_laps(Emitter *m, const Program *p)
{
    if (is_timed(m, p)) add(m, "    RtLaps *const laps = rt_laps(profile, 0);\n");
}

void write_entry(Emitter *m, int entry)
{
    m->entry = entry;
    m->plan = m->e->entries[entry];
    m->forms = m->e->forms[entry];
    const Program *p = m->plan->program;
    Text all = m->text;
    m->text = text_new(m->arena);
    for (int s = 0; s < p->n_segments; s++) write_segment(m, p, s);
    write_results(m, p);
    Text body = m->text;
    m->text = all;
    mark(m, MARK_ENTRY, entry, 0);
    write_signature(m, p);
    /* words that c_identifier gives to no value */
    const char *const parameters[] = {"work", "threads", "p", "in", "step", "out", "s"};
    write_unused(m, p->experiment->n_states ? 7 : 6, parameters, body.chars);
    if (uses_openblas(m->e->experiment)) add(m, "    rt_blas_one_thread();\n");
    write_laps(m, p);
    add(m, "%s    return true;\n}\n", body.chars);
    mark_end(m);
    add(m, "\n");
}

/* The function that changes the weights: of the gradients and states that the step's function has left in the
 * workspace. */
void write_change(Emitter *m)
{
    m->entry = 0;
    m->plan = m->e->entries[0];
    m->forms = m->e->forms[0];
    const Program *p = m->plan->program;
    Text all = m->text;
    m->text = text_new(m->arena);
    bool changed = false;
    for (int k = 0; k < p->n_kernels; k++) {
        if (changed && !changes(&p->kernels[k])) bug("%s comes after an update", p->kernels[k].name);
        if (!changes(&p->kernels[k])) continue;
        changed = true;
        write_once(m, p, k), write_lap(m, p, k, "    ", "laps");
    }
    Text body = m->text;
    m->text = all;
    mark(m, MARK_CHANGE, 0, 0);
    write_change_signature(m, p);
    const char *parameters[6] = {"work", "p", "step"};
    int n = 3;
    if (p->experiment->train.clip > 0) parameters[n++] = "scale";
    if (p->experiment->n_states) parameters[n++] = "s";
    if (moments(&p->experiment->train)) parameters[n++] = "o";
    write_unused(m, n, parameters, body.chars);
    write_laps(m, p);
    if (is_timed(m, p)) add(m, "    rt_laps_start(laps);\n");
    add(m, "%s}\n", body.chars);
    mark_end(m);
    add(m, "\n");
}
