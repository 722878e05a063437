/* tables.c - the model as tables, for the trainer: parameters, fields, metrics, options, entries, how to train. */
#include "emit/emitter.h"

#include "graph/choice.h"
#include "graph/optimizer.h"

#include "rt_settings.h"

#include <string.h>

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
    for (int i = from; i < type.rank; i++)
        text_add(&text, i > from ? ", %lld" : "%lld", (long long)dim_size(type.dims[i], batch));
    return text.length ? text.chars : "0";
}

static void write_tensor_table(Emitter *m, const char *what, const char *type_name, int n, const Parameter *tensors)
{
    static const char *const inits[] = {"RT_INIT_CONSTANT", "RT_INIT_UNIFORM", "RT_INIT_NORMAL",
                                        "RT_INIT_TRUNCATED_NORMAL", "RT_INIT_CLASS_MEANS"};
    if (!n) return;
    add(m, "static const RtTensor %s%s[] = {\n", m->e->qualifier, what);
    for (int i = 0; i < n; i++) {
        const Parameter *p = &tensors[i];
        Type type = graph_at(m->e->experiment->graph, p->value)->type;
        add(m, "    {%s, %d, {%s}, offsetof(%s%s, %s) / sizeof(float), %lld, %s, %s, %s},\n", quoted(m, p->name),
            type.rank, dims_list(m, type, 0, 1), m->type, type_name, p->identifier, (long long)type_count(type, 1),
            inits[p->init], c_double(m->arena, p->init_value), p->frozen ? "RT_FROZEN" : p->decay ? "true" : "false");
    }
    add(m, "};\n");
}

void write_tensors(Emitter *m)
{
    const Experiment *x = m->e->experiment;
    if (x->n_parameters || x->n_states) add(m, "/* ---- the tensors of a run, as tables ---- */\n\n");
    write_tensor_table(m, "parameters", "Params", x->n_parameters, x->parameters);
    write_tensor_table(m, "states", "State", x->n_states, x->states);
    if (x->n_parameters || x->n_states) add(m, "\n");
}

static const char *number_list(Emitter *m, int n, const double *numbers)
{
    Text text = text_new(m->arena);
    for (int i = 0; i < n; i++) text_add(&text, i ? ", %s" : "%s", c_double(m->arena, numbers[i]));
    return text.chars;
}

/* ---- train{}: what is not 0 in it ---- */

/* The C text of a setting that is one number or word; NULL where it is 0. */
static const char *setting_text(Emitter *m, const RtSetting *s, const RtTrain *t)
{
    const double number = rt_setting_number(s, t);
    switch (s->kind) {
    case RT_SETTING_WORD: return quoted(m, rt_setting_word(s, t));
    case RT_SETTING_MAKER: return s->words ? s->words[(int)number].c : quoted(m, rt_setting_word(s, t));
    case RT_SETTING_FLAG: return number != 0 ? "true" : NULL;
    case RT_SETTING_INTEGER: return number != 0 ? arena_format(m->arena, "%.0f", number) : NULL;
    default: return number != 0 ? c_double(m->arena, number) : NULL;
    }
}

static const char *group_text(Emitter *m, const RtSetting *group, const RtTrain *t)
{
    Text text = text_new(m->arena);
    for (const RtSetting *s = rt_settings; s->name; s++) {
        const char *value = s->of && !strcmp(s->of, group->name) ? setting_text(m, s, t) : NULL;
        if (value) text_add(&text, "%s.%s = %s", text.length ? ", " : "", strchr(s->member, '.') + 1, value);
    }
    return text.length ? arena_format(m->arena, "{%s}", text.chars) : NULL;
}

static const char *channels_text(Emitter *m, const RtNormalize *normalize)
{
    if (normalize->by_name) return "{.by_name = true}";
    if (!normalize->n) return NULL;
    return arena_format(m->arena, "{.n = %d, .mean = (const double[]){%s}, .sd = (const double[]){%s}}", normalize->n,
                        number_list(m, normalize->n, normalize->mean), number_list(m, normalize->n, normalize->sd));
}

static void write_train(Emitter *m, const RtTrain *t)
{
    enum { WIDTH = 110 };
    size_t column = WIDTH;
    add(m, "    .train = {");
    for (const RtSetting *s = rt_settings; s->name; s++) {
        if (s->compiler_only || strchr(s->member, '.')) continue;
        const char *text = s->kind == RT_SETTING_GROUP ? group_text(m, s, t)
                           : s->kind == RT_SETTING_CHANNELS ? channels_text(m, &t->normalize) : setting_text(m, s, t);
        if (!text) continue;
        const char *line = arena_format(m->arena, ".%s = %s,", s->member, text);
        const bool wraps = column + 1 + strlen(line) > WIDTH;
        add(m, wraps ? "\n        %s" : " %s", line);
        column = (wraps ? 8 : column + 1) + strlen(line);
    }
    add(m, "\n    },\n");
}

/* Writes the costs of the step's kernels, by number. */
static void write_costs(Emitter *m)
{
    const Program *p = m->e->entries[0]->program;
    add(m,
        "\n"
        "/* kernels of a step: name, C function, lines of the graph file, calls; operations of the plain algorithm and "
        "carried out; bytes\n"
        " * from the cache and from memory */\nstatic const RtKernelCost %scosts[] = {\n",
        m->e->qualifier);
    for (int k = 0; k < p->n_kernels; k++) {
        const RtKernelCost *c = &m->e->costs->kernels[k];
        add(m, "    {%s, %s, \"%s\", %lld, %.0f, %.0f, %.0f, %.0f},\n", quoted(m, c->kernel), quoted(m, c->function),
            c->lines, (long long)c->calls, c->flops, c->executed, c->cache_bytes, c->memory_bytes);
    }
    add(m,
        "};\n"
        "\n"
        "/* tensors: name, bytes; how often a step writes and reads them; bytes that this moves in the cache and in "
        "memory, and\n"
        " * the least in memory */\nstatic const RtTensorTraffic %stensors[] = {\n",
        m->e->qualifier);
    for (int i = 0; i < m->e->costs->n_tensors; i++) {
        const RtTensorTraffic *t = &m->e->costs->tensors[i];
        add(m, "    {%s, %.0f, %.0f, %.0f, %.0f, %.0f, %.0f},\n", quoted(m, t->tensor), t->bytes, t->written, t->read,
            t->cache_bytes, t->memory_bytes, t->least_bytes);
    }
    add(m, "};\n");
}

/* Which results of the entry watch are a value and its gradient. */
static void write_watched(Emitter *m)
{
    add(m, "\nstatic const RtWatched %swatched[] = {\n", m->e->qualifier);
    for (int i = 0; i < m->e->n_watched; i++) {
        const Watched *w = &m->e->watched[i];
        add(m, "    {%s, %d, %d},\n", quoted(m, w->name), w->root, w->gradient);
    }
    add(m, "};\nstatic const RtWatch %swatching = {%d, %swatched, &rt_watcher};\n", m->e->qualifier, m->e->n_watched,
        m->e->qualifier);
}

void write_tables(Emitter *m)
{
    const Experiment *x = m->e->experiment;
    const RtTrain *t = &x->train;
    add(m, "/* ---- the model as tables, for the trainer ---- */\n\n");
    if (x->n_fields) {
        static const char *const kinds[] = {"RT_FIELD_IMAGE", "RT_FIELD_LABEL", "RT_FIELD_MASK", "RT_FIELD_VIEW",
                                            "RT_FIELD_NUMBER"};
        add(m, "static const RtField %sfields[] = {\n", m->e->qualifier);
        for (int i = 0; i < x->n_fields; i++) {
            Type type = graph_at(x->graph, x->fields[i].value)->type;
            add(m, "    {%s, %s, %s, %d, {%s}, %lld},\n", quoted(m, x->fields[i].name), kinds[x->fields[i].kind],
                type.elem == REAL ? "RT_F32" : "RT_I32", type.rank - 1, dims_list(m, type, 1, 1),
                (long long)x->fields[i].classes);
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
        for (int i = 0; i < x->n_options; i++)
            add(m, "%s{%s, %s}", i ? ", " : "", quoted(m, x->options[i].name), quoted(m, x->options[i].json));
        add(m, "};\n");
    }
    int n_choices = 0;
    Text choices = text_new(m->arena);
    const Program *first = m->e->entries[0]->program;
    for (int k = 0; k < first->n_kernels; k++) {
        Value v = first->kernels[k].contraction;
        if (!v || first->kernels[k].kind != KERNEL_COMPUTE) continue;
        text_add(
            &choices, "    {%s, %s},\n", quoted(m, first->kernels[k].name),
            quoted(m, graph_at(first->graph, v)->op->contraction(first->graph, v, first->slicing.batch).algorithm));
        n_choices++;
    }
    if (n_choices) add(m, "static const RtKernelChoice %schoices[] = {\n%s};\n", m->e->qualifier, choices.chars);
    for (int i = 0; i < m->e->n_entries; i++) {
        const Program *p = m->e->entries[i]->program;
        const char *result = entry_type(m, p, "Result"), *name = p->goal->name;
        const bool timed = is_timed(m, p);
        add(m, "\nstatic const RtValue %s%s_values[] = {\n", m->e->qualifier, name);
        int n = 0;
        for (int r = 0; r < p->goal->n_roots; r++) {
            const char *field = root_field(m, p, r);
            if (!field) continue;
            Type type = p->goal->roots[r].type;
            add(m, "    {%s, %s, %s, %d, {%s}, offsetof(%s, %s)},\n", quoted(m, p->goal->roots[r].name),
                type.elem == REAL ? "RT_F32" : "RT_I32", type.rank > 0 && type.dims[0] < 0 ? "true" : "false",
                type.rank, dims_list(m, type, 0, m->e->slicing.batch), result, field);
            n++;
        }
        if (!n) add(m, "    {0},\n");
        add(m, "};\nstatic bool %srun_%s(const RtCall *call)\n{\n", m->e->qualifier, name);
        add(m, "    const %sBatch in = {.n = call->batch->n, .sample = call->batch->sample", m->type);
        for (int f = 0; f < x->n_fields; f++) add(m, ", .%s = call->batch->field[%d]", x->fields[f].identifier, f);
        add(m, "};\n");
        const char *state = x->n_states ? arena_format(m->arena, "(%sState *)call->state, ", m->type) : "";
        const bool clips = has_updates(p) && t->clip > 0;
        if (clips) add(m, "    float scale;\n");
        if (timed) add(m, "    rt_profile_begin(call->profile);\n");
        add(m, "    %s%s%s_batch(call->work, call->threads, (const %sParams *)call->parameters, %s&in, call->step, "
               "call->result%s%s)%s;\n",
            has_updates(p) ? "if (!" : "return ", m->e->qualifier, name, m->type, state, clips ? ", &scale" : "",
            timed ? ", call->profile" : "", has_updates(p) ? ") return false" : "");
        if (has_updates(p))
            add(m, "    %schange_weights(call->work, (%sParams *)call->parameters, %s%scall->step%s%s);\n",
                m->e->qualifier, m->type, state,
                moments(t) ? arena_format(m->arena, "(%sMoments *)call->optimizer, ", m->type) : "",
                clips ? ", scale" : "", timed ? ", call->profile" : "");
        if (timed) add(m, "    rt_profile_end(call->profile);\n");
        if (has_updates(p)) add(m, "    return true;\n");
        add(m, "}\n");
    }
    add(m, "\nstatic const RtEntry %sentries[] = {\n", m->e->qualifier);
    for (int i = 0; i < m->e->n_entries; i++) {
        const Program *p = m->e->entries[i]->program;
        int n = 0;
        for (int r = 0; r < p->goal->n_roots; r++) n += p->goal->roots[r].kind < ROOT_UPDATE;
        add(m, "    {\"%s\", sizeof(%s), sizeof(%s), %d, %s%s_values, %srun_%s},\n", p->goal->name,
            entry_type(m, p, "Work"), entry_type(m, p, "Result"), n, m->e->qualifier, p->goal->name, m->e->qualifier,
            p->goal->name);
    }
    add(m, "};\n");
    if (m->e->costs) write_costs(m);
    if (m->e->n_watched) write_watched(m);
    add(m, "\nconst RtModel %s_model = {\n", m->prefix);
    add(m,
        "    .name = %s, .graph_file = %s,\n    .graph_hash = \"%s\", .tailor_version = \"%s\",\n"
        "    .batch = %s_BATCH,\n",
        quoted(m, x->source.name), quoted(m, x->source.base), x->graph_hash, TAILOR_VERSION, m->macro);
    if (x->n_options) add(m, "    .n_options = %d, .options = %soptions,\n", x->n_options, m->e->qualifier);
    if (x->n_parameters)
        add(m, "    .n_parameters = %d, .parameters = %sparameters,\n", x->n_parameters, m->e->qualifier);
    if (x->n_states) add(m, "    .n_states = %d, .states = %sstates,\n", x->n_states, m->e->qualifier);
    if (x->n_fields) add(m, "    .n_fields = %d, .fields = %sfields,\n", x->n_fields, m->e->qualifier);
    if (x->n_metrics) add(m, "    .n_metrics = %d, .metrics = %smetrics,\n", x->n_metrics, m->e->qualifier);
    add(m, "    .n_moments = %d, .n_entries = %d, .entries = %sentries,\n", x->has_train ? moments(t) : 0,
        m->e->n_entries, m->e->qualifier);
    if (m->e->costs)
        add(m,
            "    .n_costs = %d, .costs = %scosts, .n_tensors = %d, .tensors = %stensors,\n"
            "    .profiler = &rt_profiler,\n",
            m->e->costs->n_kernels, m->e->qualifier, m->e->costs->n_tensors, m->e->qualifier);
    if (m->e->n_watched) add(m, "    .watch = &%swatching,\n", m->e->qualifier);
    if (n_choices) add(m, "    .n_kernels = %d, .kernels = %schoices,\n", n_choices, m->e->qualifier);
    if (uses_openblas(x)) add(m, "    .openblas = rt_blas_version,\n");
    if (x->graph->tuning) add(m, "    .tuned = \"%s\",\n", x->graph->tuning->sha256);
    add(m, "    .flops_forward = %lld, .flops_step = %lld,\n", (long long)m->e->flops_forward,
        (long long)m->e->flops_step);
    add(m, "    .workspace_bytes = %lld, .workspace_lower_bound = %lld,\n",
        (long long)m->e->entries[0]->workspace_bytes, (long long)m->e->entries[0]->lower_bound);
    write_train(m, t);
    add(m, "};\n");
}
