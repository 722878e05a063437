/* kernel.c - one kernel as a C function: a call of the runtime and the loops behind it, or loops alone. */
#include "emit/kernel_write.h"

#include <string.h>

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
    return start_of(w, buffer_argument(w, buffer, written), w->p->buffers[buffer].type, !w->p->buffers[buffer].whole);
}

static const char *value_start(KernelWriter *w, Value v)
{
    v = base_of(w->g, v);
    if (writer_at(w, v)->op == &op_constant && writer_at(w, v)->attr.n_reals > 1)
        return start_of(w, write_table(w, v), writer_at(w, v)->type, false);
    if (is_stored_leaf(w->g, v)) return start_of(w, leaf_argument(w, v), writer_at(w, v)->type, false);
    return buffer_start(w, w->p->buffer_of[v], false);
}

/* Writes the call of the runtime.  It stands in a function of its own, which all kernels of these sizes share.  The
 * runtime's functions are specialised by the sizes of the call, and the C compiler is to do that only once. */
static void call_sized(KernelWriter *w, Value v, const char *name, const ContractionCall *call)
{
    const char *const given[] = {call->in[0], call->in[1], call->packed, call->out, call->scratch};
    static const char *const names[] = {"x", "dy", "packed", "out", "scratch"};
    const bool samples = !strcmp(call->n, "n");
    ContractionCall inner = *call;
    const char **const inside[] = {&inner.in[0], &inner.in[1], &inner.packed, &inner.out, &inner.scratch};
    Text parameters = text_new(w->arena), arguments = text_new(w->arena), body = w->body;
    if (samples) text_add(&parameters, "int n"), text_add(&arguments, "n");
    for (int i = 0; i < 5; i++) {
        if (!given[i] || !strcmp(given[i], "NULL")) continue;
        *inside[i] = names[i];
        text_add(&parameters, "%s%sfloat *restrict %s", parameters.length ? ", " : "", i < 3 ? "const " : "", names[i]);
        text_add(&arguments, "%s%s", arguments.length ? ", " : "", given[i]);
    }
    const int indent = w->indent;
    w->body = text_new(w->arena), w->indent = 0;
    kernel_line(w, "static void %s(%s)", name, parameters.chars);
    kernel_line(w, "{");
    w->indent = 1;
    graph_at(w->g, v)->op->call(w, v, &inner);
    w->indent = 0;
    kernel_line(w, "}");
    write_before(w, v, name, w->body.chars);
    w->body = body, w->indent = indent;
    kernel_line(w, "%s(%s);", name, arguments.chars);
}

/* The buffer for a contraction's result: its own, else that of the value which is computed from it element by
 * element. */
static int result_buffer(const KernelWriter *w, Value v)
{
    if (w->p->buffer_of[v] >= 0) return w->p->buffer_of[v];
    int lent = -1;
    for (int i = 0; i < w->k->n_kept; i++) {
        const Value u = w->k->kept[i];
        if (w->p->buffer_of[u] < 0 || !same_dims(writer_at(w, u)->type, writer_at(w, v)->type)) continue;
        if (w->p->buffers[w->p->buffer_of[u]].storage != RT_F32) continue;
        if (lent < 0) lent = w->p->buffer_of[u];
        const Reach *reads;
        const int n = reaches(w->p, u, &reads);
        for (int j = 0; j < n; j++)
            if (reads[j].value == v) return w->p->buffer_of[u];
    }
    return lent;
}

static void write_contraction(KernelWriter *w)
{
    Value v = w->k->contraction;
    const Node *node = writer_at(w, v);
    Contraction c = node->op->contraction(w->g, v, w->p->slicing.batch);
    if (type_has_batch(node->type) || type_has_batch(writer_at(w, node->in[0])->type) ||
        type_has_batch(writer_at(w, node->in[1])->type))
        scalar_argument(w, ARGUMENT_SAMPLES, "int ", "n");
    w->raw_buffer = result_buffer(w, v);
    int target = c.sum_floats ? w->k->sum : w->raw_buffer;
    ContractionCall call = {.n = type_has_batch(writer_at(w, node->in[0])->type)
                                     ? "n"
                                     : kernel_dim(w, writer_at(w, node->in[0])->type.dims[0]),
                            .scratch = "NULL"};
    for (int i = 0; i < 2; i++)
        if (i != c.packed || w->k->packed < 0) call.in[i] = value_start(w, node->in[i]);
    if (w->k->packed >= 0) call.packed = buffer_start(w, w->k->packed, false);
    if (w->k->scratch >= 0) call.scratch = buffer_start(w, w->k->scratch, true);
    if (c.packed >= 0 && w->k->packed < 0) {     /* laid out on the spot, behind the call's own scratch */
        call.packed = c.scratch_floats ? kernel_format(w, "%s + %lld", call.scratch, (long long)c.scratch_floats)
                                       : call.scratch;
        node->op->pack(w, v, &call);
    }
    call.out = buffer_start(w, target, true);
    const bool apart = c.packed < 0 || w->k->packed >= 0;      /* else the weight lies in the scratch */
    const char *sized = apart && node->op->sized ? node->op->sized(w, v, &call) : NULL;
    if (sized) call_sized(w, v, kernel_format(w, "%s%s", w->p->qualifier, sized), &call);
    else node->op->call(w, v, &call);
    w->raw = w->p->buffer_of[v] < 0 ? v : 0;
    mark_of(w, v)->done = true;
    int n = 0, n_sums = 0;
    Value *epilogue = arena_array(w->arena, w->k->n_kept, sizeof *epilogue),
          *sums = arena_array(w->arena, w->k->n_kept, sizeof *sums);
    for (int i = 0; i < w->k->n_kept; i++)
        if (w->k->kept[i] != v) {
            if (writer_at(w, w->k->kept[i])->op->kind == REDUCE) sums[n_sums++] = w->k->kept[i];
            else epilogue[n++] = w->k->kept[i];
        }
    if (n) write_loops(w, n, epilogue);
    for (int i = 0; i < n_sums; i++) write_loops(w, 1, &sums[i]);
}

static void write_pack(KernelWriter *w)
{
    Value v = w->k->contraction;
    const Node *node = writer_at(w, v);
    int which = node->op->contraction(w->g, v, w->p->slicing.batch).packed;
    ContractionCall call = {.n = "n", .packed = buffer_start(w, w->k->packed, true)};
    call.in[which] = value_start(w, node->in[which]);
    node->op->pack(w, v, &call);
}

static void write_unpack(KernelWriter *w)
{
    Value v = w->k->contraction;
    const char *sum = buffer_start(w, w->k->sum, false);
    writer_at(w, v)->op->unpack(w, v, sum, buffer_start(w, w->p->buffer_of[v], true));
}

/* ---- the function ---- */

const char *lines_of_values(const Program *p, int n_values, const Value *values)
{
    Line lines[4];
    int n = 0;
    for (int i = 0; i < n_values; i++) {
        const Line line = p->graph->notes[values[i]].line;
        bool new = line.number > 0 && n < 4;
        for (int j = 0; j < n; j++) new = new && !line_equal(lines[j], line);
        if (new) lines[n++] = line;
    }
    return lines_text(p->graph->arena, n, lines);
}

const char *kernel_lines(const Program *p, int kernel)
{
    return lines_of_values(p, p->kernels[kernel].n_kept, p->kernels[kernel].kept);
}

/* Each value with its formula, where that fits on a line.  Before the formulas stands a description of the values whose
 * formulas do not fit. */
static void write_comment(KernelWriter *w, Text *out)
{
    enum { PLACE = 88 };         /* column of the place in the graph file */
    const char *place = kernel_lines(w->p, w->number);
    if (w->k->kind == KERNEL_PACK || w->k->kind == KERNEL_UNPACK) {
        Value v = w->k->contraction;
        text_add(out, "/* %s for %s.  Once a step. */\n",
                 w->k->kind == KERNEL_PACK ? "Lays a weight out" : "Brings a gradient into the layout of files,",
                 writer_at(w, v)->op->name);
        return;
    }
    int n = 0, n_long = 0;
    const char **said = arena_array(w->arena, w->k->n_kept + 1, sizeof *said);
    Value *longer = arena_array(w->arena, w->k->n_kept, sizeof *longer);
    for (int i = 0; i < w->k->n_kept; i++) {
        const Value v = w->k->kept[i];
        if (w->p->buffer_of[v] < 0) continue;
        const char *how = formula(w->p, w->names, w->number, v),
                   *text = arena_format(w->arena, "%s = %s", w->names[v], how);
        const bool fits = formula_is_whole(how) && strlen(text) + strlen("/*  */") <= TEXT_WIDTH;
        const bool beside = n || strlen(text) + strlen("/*   */") + strlen(place) <= TEXT_WIDTH;
        if (fits) said[++n] = text;
        if (!fits || !beside) longer[n_long++] = v;
    }
    if (n_long) said[0] = description(w->p, n_long, longer, w->names != w->p->names);
    else if (!n) said[0] = w->k->name;
    for (int i = said[0] ? 0 : 1; i <= n; i++) {
        const bool first = i == (said[0] ? 0 : 1);
        text_add(out, first ? "/* %s" : "\n * %s", said[i]);
        if (first && *place) text_pad(out, PLACE), text_add(out, "%s", place);
    }
    for (int i = 0; i < w->k->n_reads; i++) {
        int same = same_memory(w, w->k->reads[i]);
        if (same != w->k->reads[i])
            text_add(out, "\n *   %s arrives as %s.", write_buffer(w, same), write_buffer(w, w->k->reads[i]));
    }
    text_add(out, " */\n");
}

/* Reserves the names of arguments before the first local is named. */
static void take_names(KernelWriter *w)
{
    w->names = w->p->names;
    if (w->k->packed >= 0) w->packed = w->p->buffers[w->k->packed].name;
    if (w->k->sum >= 0) w->sum = w->p->buffers[w->k->sum].name;
    for (int i = 0; i < w->k->n_reads; i++) write_reserve(w, write_buffer(w, w->k->reads[i]));
    for (int i = 0; i < w->k->n_writes; i++) write_reserve(w, write_buffer(w, w->k->writes[i]));
    for (int i = 0; i < w->k->n_leaves; i++) write_reserve(w, w->names[w->k->leaves[i]]);
}

static void take_role(KernelWriter *w, int buffer)
{
    const Value v = w->p->buffers[buffer].value;
    if (v) w->notes->roles[v] = kernel_local(w, w->p->roles[v]);
}

/* take_names() for a function that many layers share: an argument is named by its role, which is the same in all
 * layers. */
static void take_roles(KernelWriter *w)
{
    w->names = w->notes->roles;
    if (w->k->packed >= 0) w->packed = kernel_local(w, "packed");
    if (w->k->sum >= 0) w->sum = kernel_local(w, "sum");
    for (int i = 0; i < w->k->n_leaves; i++) {
        const Value leaf = w->k->leaves[i];
        w->notes->roles[leaf] = kernel_local(w, w->p->roles[leaf]);
    }
    for (int i = 0; i < w->k->n_reads; i++) take_role(w, w->k->reads[i]);
    for (int i = 0; i < w->k->n_writes; i++) take_role(w, w->k->writes[i]);
}

/* form: how the function is called; NULL: it is written only to be compared. */
static KernelWriter *writer_new(const Plan *plan, int kernel, WriterNotes *notes, const KernelForm *form)
{
    const Program *p = plan->program;
    Arena *arena = p->graph->arena;
    KernelWriter *w = arena_alloc(arena, sizeof *w);
    *w = (KernelWriter){.plan = plan,
                        .p = p,
                        .g = p->graph,
                        .arena = arena,
                        .k = &p->kernels[kernel],
                        .number = kernel,
                        .notes = notes,
                        .canonical = !form,
                        .body = text_new(arena),
                        .taken = name_table_new(arena),
                        .indent = 1,
                        .raw_buffer = -1,
                        .tag = ++notes->writers};
    for (int i = 0; i < w->k->n_kept; i++) count_uses(w, w->k->kept[i], true);
    if (form && form->shared) take_roles(w);
    else take_names(w);
    return w;
}

static void write_body(KernelWriter *w)
{
    if (w->k->kind == KERNEL_PACK) write_pack(w);
    else if (w->k->kind == KERNEL_UNPACK) write_unpack(w);
    else if (w->k->contraction) write_contraction(w);
    else write_loops(w, w->k->n_kept, w->k->kept);
}

static bool is_array(const Argument *a) { return a->kind == ARGUMENT_BUFFER || a->kind == ARGUMENT_LEAF; }

/* Parameters: the number of samples, scalars, arrays to read, arrays to write.  A buffer that the text does not
 * mention, as in a comparison with itself, is left out. */
static const char *write_signature(KernelWriter *w, const char *name)
{
    Text text = text_new(w->arena);
    int n = 0;
    Argument *sorted = arena_array(w->arena, w->n_arguments, sizeof *sorted);
    for (int round = 0; round < 4; round++)
        for (int i = 0; i < w->n_arguments; i++) {
            const Argument *a = &w->arguments[i];
            const bool array = is_array(a);
            int place = a->kind == ARGUMENT_SAMPLES ? 0 : !array ? 1 : !a->written ? 2 : 3;
            if (place == round && (place != 2 || text_mentions(w->body.chars, a->name))) sorted[n++] = *a;
        }
    w->arguments = sorted;
    w->n_arguments = n;
    text_add(&text, "static void %s(", name);
    for (int i = 0; i < n; i++) {
        const Argument *a = &sorted[i];
        const bool array = is_array(a);
        text_add(&text, "%s%s%s%s%s%s", i ? ", " : "", array && !a->written ? "const " : "", a->type,
                 *a->dims ? " " : "", a->name, a->dims);
    }
    text_add(&text, n ? ")" : "void)");
    text_add(&text, "\n{\n");
    return text.chars;
}

WriterNotes *writer_notes(const Program *p)
{
    Arena *arena = p->graph->arena;
    WriterNotes *notes = arena_alloc(arena, sizeof *notes);
    *notes = (WriterNotes){.of = arena_array(arena, p->graph->n, sizeof *notes->of),
                           .roles = arena_array(arena, p->graph->n, sizeof *notes->roles)};
    return notes;
}

bool kernel_is_function(const Kernel *k)
{
    return k->kind == KERNEL_COMPUTE || k->kind == KERNEL_PACK || k->kind == KERNEL_UNPACK;
}

KernelForm kernel_form(const Plan *plan, int kernel, WriterNotes *notes)
{
    KernelWriter *w = writer_new(plan, kernel, notes, NULL);
    write_body(w);
    const char *signature = write_signature(w, "kernel");
    return (KernelForm){.canonical = arena_format(w->arena, "%s%s}\n", signature, w->body.chars),
                        .n_arguments = w->n_arguments,
                        .arguments = w->arguments};
}

KernelText kernel_text(const Plan *plan, int kernel, WriterNotes *notes, const KernelForm *form)
{
    KernelWriter *w = writer_new(plan, kernel, notes, form);
    write_body(w);
    Text text = text_new(w->arena);
    write_comment(w, &text);
    const char *signature = write_signature(w, form->function);
    text_add(&text, "%s%s}\n", signature, w->body.chars);
    if (w->n_arguments != form->n_arguments)
        bug("%s: has %d parameters, its calls %d", form->function, w->n_arguments, form->n_arguments);
    return (KernelText){text.chars, w->n_parts, w->parts};
}

const char *c_dims(const Program *p, Type type, bool whole, Owner owner, int64_t samples)
{
    Arena *arena = p->graph->arena;
    Text text = text_new(arena);
    if (owner == OWNER_SLICE) text_add(&text, "[%s_SLICES]", p->macro);
    int shown = 0;
    for (int i = 0; i < type.rank; i++) {
        if (type.dims[i] == 1 && !whole) continue;
        if (type.dims[i] < 0 && (owner == OWNER_THREAD || owner == OWNER_CHUNK))
            text_add(&text, "[%lld]", (long long)dim_size(type.dims[i], samples));
        else if (type.dims[i] == BATCH_DIM) text_add(&text, "[%s_BATCH]", p->macro);
        else if (type.dims[i] < 0) text_add(&text, "[%lld * %s_BATCH]", (long long)-type.dims[i], p->macro);
        else text_add(&text, "[%lld]", (long long)type.dims[i]);
        shown++;
    }
    if (!shown) text_add(&text, "[1]");
    return text.chars;
}
