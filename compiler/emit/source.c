/* source.c - the C source of a model: its kernels, and one function for each entry that calls them in order.
 *
 * An entry reads as the schedule: first the kernels that run once a step, then the loop over slices and chunks of the
 * batch, then the kernels that wait for all samples.  Kernels with the same text but for names are written once and
 * called with different buffers. */
#include "emit/emitter.h"
#include "graph/choice.h"

#include <string.h>

/* ---- calls ---- */

/* sum: the buffer is being added up, slice by slice; else it is complete and read in the place of the first slice. */
static const char *buffer_text(Emitter *m, const Program *p, int b, bool sliced, bool sum)
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
    case OWNER_SLICE: return arena_format(m->arena, sliced && sum ? "work->%s[slice]" : "work->%s[0]", name);
    case OWNER_BATCH: return arena_format(m->arena, "work->%s%s", name, offset);
    default:
        return is_single(buffer->type) ? arena_format(m->arena, "&out->%s", name)
                                       : arena_format(m->arena, "out->%s%s", name, offset);
    }
}

static const char *leaf_text(Emitter *m, const Program *p, Value v, bool sliced)
{
    const Node *node = graph_at(p->graph, v);
    if (node->op == &op_parameter)
        return arena_format(m->arena, "p->%s", p->experiment->parameters[parameter_of(p->experiment, node)].identifier);
    if (node->op == &op_state)
        return arena_format(m->arena, "s->%s", p->experiment->states[state_of(p->experiment, node)].identifier);
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

static void write_part(Emitter *m, const FilePart *part)
{
    for (int i = 0; i < m->n_parts; i++)
        if (!strcmp(m->parts[i].name, part->name)) {
            if (strcmp(m->parts[i].text, part->text)) bug("two things are called %s", part->name);
            return;
        }
    m->parts = arena_grow(m->arena, m->parts, m->n_parts, &m->parts_capacity, sizeof *m->parts);
    m->parts[m->n_parts++] = *part;
    add(m, "%s\n", part->text);
}

/* Writes each function once, at the place of the first kernel that calls it. */
static void write_functions(Emitter *m, int entry)
{
    const Plan *plan = m->e->entries[entry];
    const Program *p = plan->program;
    WriterNotes *notes = writer_notes(p);
    for (int k = 0; k < p->n_kernels; k++) {
        const KernelForm *form = &m->e->forms[entry][k];
        if (!kernel_is_function(&p->kernels[k]) || (*name_number(&m->written, form->function))++) continue;
        const KernelText text = kernel_text(plan, k, notes, form);
        for (int i = 0; i < text.n_parts; i++) write_part(m, &text.parts[i]);
        add(m, "%s\n", text.text);
    }
}

static void write_lap(Emitter *m, const Program *p, int k, const char *indent, const char *laps)
{
    if (is_timed(m, p)) add(m, "%srt_lap(%s, %d);\n", indent, laps, k);
}

static void write_call(Emitter *m, const Program *p, int k, bool sliced, const char *indent)
{
    const KernelForm *form = &m->forms[k];
    Text line = text_new(m->arena);
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
    const char *name = p->experiment->states[k->parameter].identifier;
    const char *source = k->n_reads ? buffer_text(m, p, k->reads[0], false, false)
                                    : leaf_text(m, p, k->leaves[0], false);
    add(m, "    memcpy(s->%s, %s, sizeof s->%s);\n", name, source, name);
}

static void write_once(Emitter *m, const Program *p, int k)
{
    const Kernel *kernel = &p->kernels[k];
    switch (kernel->kind) {
    case KERNEL_COMBINE:
        add(m, "    rt_combine(%s_SLICES, %lld, %s);\n", m->macro, (long long)flat_count(p, kernel->reads[0]),
            flat_text(m, p, kernel->reads[0]));
        break;
    case KERNEL_CHECK:
        if (kernel->n_reads) {
            add(m, "    out->loss = %s;\n", number_text(m, p, kernel->reads[0]));
            add(m, "    if (!isfinite(out->loss)) return false;      /* nothing has been changed yet */\n");
        }
        break;
    case KERNEL_NORM:
        add(m, "    double squares = 0;\n");
        for (int i = 0; i < kernel->n_reads; i++)
            add(m, "    squares += rt_sum_squares(%lld, %s);\n", (long long)flat_count(p, kernel->reads[i]),
                flat_text(m, p, kernel->reads[i]));
        add(m,
            "    if (!isfinite(squares)) return false;        /* nor here: a gradient is not finite */\n"
            "    const float scale = rt_clip_scale(squares, %s);\n",
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

static bool uses_my(const Emitter *m, const Segment *s)
{
    for (int k = s->first; k < s->last; k++) {
        const KernelForm *form = &m->forms[k];
        for (int i = 0; i < form->n_arguments; i++) {
            const Argument *a = &form->arguments[i];
            if (a->kind == ARGUMENT_BUFFER && m->plan->of[a->buffer].owner == OWNER_THREAD) return true;
        }
    }
    return false;
}

/* The heading of a parallel loop: whose values it computes, and on which lines of the graph file they stand. */
static void write_heading(Emitter *m, const Program *p, const Segment *s)
{
    int n = 0;
    for (int k = s->first; k < s->last; k++) n += p->kernels[k].n_kept;
    Value *values = arena_array(m->arena, n, sizeof *values);
    n = 0;
    for (int k = s->first; k < s->last; k++)
        for (int i = 0; i < p->kernels[k].n_kept; i++)
            if (p->buffer_of[p->kernels[k].kept[i]] >= 0) values[n++] = p->kernels[k].kept[i];
    const char *lines = lines_of_values(p, n, values);
    Text line = text_new(m->arena);
    text_add(&line, "    /* %s%s%s */", description(p, n, values, false), *lines ? "   " : "", lines);
    add(m, "\n%s\n", line.chars);
}

static void write_segment(Emitter *m, const Program *p, int number)
{
    const Segment *s = &p->segments[number];
    write_zeros(m, p, number, false);
    if (!s->sliced) {
        if (is_timed(m, p)) add(m, "    rt_laps_start(laps);\n");
        for (int k = s->first; k < s->last; k++) write_once(m, p, k), write_lap(m, p, k, "    ", "laps");
        return;
    }
    write_heading(m, p, s);
    add(m, "#pragma omp parallel for schedule(static) num_threads(threads)\n");
    add(m, "    for (int slice = 0; slice < %s_SLICES; slice++) {\n", m->macro);
    if (uses_my(m, s)) add(m, "        %s *const my = work + rt_thread_number();\n", entry_type(m, p, "Work"));
    add(m, "        const int last = rt_min_int(in->n, (slice + 1) * %s_SLICE);\n", m->macro);
    if (is_timed(m, p)) add(m, "        RtLaps *const my_laps = rt_laps(profile, rt_thread_number());\n");
    write_zeros(m, p, number, true);
    if (is_timed(m, p)) add(m, "        rt_laps_start(my_laps);\n");
    const long long chunk = m->plan->chunks[number];
    add(m, "        for (int first = slice * %s_SLICE; first < last; first += %lld) {\n", m->macro, chunk);
    add(m, "            const int n = rt_min_int(last - first, %lld);\n", chunk);
    for (int k = s->first; k < s->last; k++)
        write_call(m, p, k, true, "            "), write_lap(m, p, k, "            ", "my_laps");
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

static void write_entry(Emitter *m, int entry)
{
    m->plan = m->e->entries[entry];
    m->forms = m->e->forms[entry];
    const Program *p = m->plan->program;
    Text all = m->text;
    m->text = text_new(m->arena);
    for (int s = 0; s < p->n_segments; s++) write_segment(m, p, s);
    write_results(m, p);
    Text body = m->text;
    m->text = all;
    write_signature(m, p, "\n{\n");
    /* words that c_identifier gives to no value */
    static const char *const parameters[] = {"work", "threads", "p", "s", "in", "step", "out"};
    const char *code = without_comments(m->arena, body.chars);
    Text unused = text_new(m->arena);
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++) {
        const bool there = p->experiment->n_states || strcmp(parameters[i], "s");
        if (there && !text_mentions(code, parameters[i]))
            text_add(&unused, "%s(void)%s", unused.length ? ", " : "    ", parameters[i]);
    }
    if (unused.length) add(m, "%s;\n", unused.chars);
    if (uses_openblas(m->e->experiment)) add(m, "    rt_blas_one_thread();\n");
    if (is_timed(m, p)) add(m, "    RtLaps *const laps = rt_laps(profile, 0);\n");
    add(m, "%s    return true;\n}\n\n", body.chars);
}

/* ---- the source ---- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The lines that include the runtime's headers, by name. */
static const char *runtime_headers(const Emission *e)
{
    static const char *const always[] = {"rt_math.h", "rt_matmul.h", "rt_random.h", "rt_sum.h", "rt_thread.h",
                                         "rt_update.h"};
    const char *names[sizeof always / sizeof *always + MOST_ALGORITHMS + 1];
    int n = 0;
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) names[n++] = always[i];
    if (e->costs) names[n++] = "rt_profile.h";
    for (int a = 0; a < algorithm_count(); a++)
        if (!algorithm_at(a)->openblas || uses_openblas(e->experiment)) names[n++] = algorithm_at(a)->header;
    qsort(names, (size_t)n, sizeof *names, compare_names);
    Text text = text_new(e->experiment->graph->arena);
    for (int i = 0; i < n; i++)
        if (!i || strcmp(names[i], names[i - 1])) text_add(&text, "#include \"%s\"\n", names[i]);
    return text.chars;
}

const char *emit_source(const Emission *e)
{
    Emitter m = emitter_new(e);
    write_about(&m, arena_format(m.arena, "%s.c", e->experiment->source.name));
    add(&m,
        " *\n * Names are those of %s; d_h is the gradient of the loss with respect to h and has the shape of h.\n "
        "*/\n",
        e->experiment->source.base);
    add(&m,
        "#include \"%s.h\"\n\n#include <math.h>\n#include <stddef.h>\n#include <string.h>\n\n%s\n"
        "/* gcc takes members of the workspace's union for one another */\n"
        "#if defined(__GNUC__) && !defined(__clang__)\n"
        "#pragma GCC diagnostic ignored \"-Wstringop-overflow\"\n"
        "#pragma GCC diagnostic ignored \"-Wstringop-overread\"\n"
        "#pragma GCC diagnostic ignored \"-Warray-bounds\"\n#endif\n\n",
        e->experiment->source.name, runtime_headers(e));
    add(&m, "RT_KERNELS_BEGIN\n\n");
    for (int i = 0; i < e->n_entries; i++) write_functions(&m, i);
    add(&m, "RT_KERNELS_END\n\n");
    if (has_updates(e->entries[0]->program)) write_update_function(&m);
    for (int i = 0; i < e->n_entries; i++) write_entry(&m, i);
    write_tables(&m);
    return wrap_lines(m.arena, m.text.chars);
}
