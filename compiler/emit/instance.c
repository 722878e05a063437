/* instance.c - a run as a plain struct, and the functions that a program calls with it: initial values, steps,
 * gradients, evaluation, predictions, saves.  They check what they are given, and call the entries of source.c. */
#include "emit/emitter.h"

#include <string.h>

#include "graph/op.h"
#include "graph/optimizer.h"

static const Program *entry_named(const Emission *e, const char *name)
{
    for (int i = 0; i < e->n_entries; i++)
        if (!strcmp(e->entries[i]->program->goal->name, name)) return e->entries[i]->program;
    return NULL;
}

static bool trains(const Emission *e) { return entry_named(e, "train") != NULL; }
static int kept_moments(const Emission *e) { return trains(e) ? moments(&e->experiment->train) : 0; }
static bool has_average(const Emission *e) { return trains(e) && e->experiment->train.ema > 0; }

static bool has_class_means(const Emission *e)
{
    bool some = false;
    for (int i = 0; i < e->experiment->n_states; i++)
        some = some || e->experiment->states[i].init == RT_INIT_CLASS_MEANS;
    return some;
}

/* ---- the header ---- */

static void write_struct(Emitter *m)
{
    const Emission *e = m->e;
    add(m,
        "/* A run: everything that the next step depends on.  A plain struct, which may be static, copied and kept. "
        "*/\ntypedef struct %s {\n    %sParams params;\n",
        m->type, m->type);
    if (e->experiment->n_states) add(m, "    %sState state;\n", m->type);
    if (kept_moments(e)) add(m, "    %sMoments moments;\n", m->type);
    if (trains(e))
        add(m,
            "    int64_t step;                       /* the steps done */\n"
            "    int64_t steps;                      /* of the whole schedule; behind them the last rate stays */\n"
            "    int64_t steps_per_epoch;\n"
            "    int64_t skipped;                    /* steps that changed nothing, if the caller counts on over them "
            "*/\n");
    add(m, "    uint64_t seed;\n} %s;\n\n", m->type);
}

void write_instance_memory(Emitter *m)
{
    long long most = 64;
    add(m, "/* Memory of one thread, for any call. */\nunion %sWork {\n", m->type);
    for (int i = 0; i < shipped_entries(m->e); i++) {
        const Plan *plan = m->e->entries[i];
        if (plan->workspace_bytes > most) most = plan->workspace_bytes;
        add(m, "    %s %s;\n", entry_type(m, plan->program, "Work"), plan->program->goal->name);
    }
    add(m,
        "#ifdef __cplusplus\n    alignas(64) char bytes[%lld];\n#else\n    _Alignas(64) char bytes[%lld];\n#endif\n"
        "};\n\n",
        most, most);
}

static void write_statuses(Emitter *m)
{
    const char *M = m->macro;
    add(m, "typedef enum %sStatus {\n    %s_OK,\n", m->type, M);
    add(m, "    %s_NOT_FINITE,      /* the loss, a gradient or a new state; a number that is loaded */\n", M);
    add(m, "    %s_BAD_BATCH,       /* its size, a label that is no class, an input that is NULL and is read */\n", M);
    add(m, "    %s_BAD_THREADS,     /* not from 1 to 1024 */\n", M);
    add(m, "    %s_NOT_ALIGNED,     /* the workspace, to 64 bytes */\n", M);
    add(m, "    %s_BAD_FILE,        /* not a whole safetensors file */\n", M);
    add(m, "    %s_OTHER_MODEL      /* a tensor is missing, or has another shape or type */\n", M);
    add(m, "} %sStatus;\n\n", m->type);
}

void write_instance_types(Emitter *m)
{
    const Emission *e = m->e;
    const char *name = m->prefix, *type = m->type, *M = m->macro;
    write_struct(m);
    add(m,
        "/* Memory of one thread, defined below.  A call is given an array of as many as there are threads, aligned to "
        "64 bytes. */\ntypedef union %sWork %sWork;\n\n",
        type, type);
    write_statuses(m);
    add(m,
        "/* Each function holds for itself to round-to-nearest and subnormal numbers, whatever the caller has set, in "
        "every thread that it works in.  On any status but %s_OK only work and results may have changed. */\n\n",
        M);
    if (trains(e)) {
        add(m,
            "/* The run at its begin: initial values, and a schedule of so many steps (fewer than 1 count as 1). "
            "steps_per_epoch becomes steps / %lld, and may be changed. */\n",
            (long long)e->experiment->train.epochs);
        add(m, "void %s_init(%s *run, uint64_t seed, int64_t steps);\n\n", name, type);
        if (has_class_means(e)) {
            add(m, "/* Fills in the mean image of each class, of the training images in ascending order, as they are "
                   "before they are normalized. */\n");
            add(m, "void %s_prepare(%s *run, const %sBatch *batches, int64_t n);\n\n", name, type, type);
        }
        add(m, "/* One step on a full batch, schedule and update included. */\n");
        add(m, "%sStatus %s_step(%s *run, %sWork *work, int threads, const %sBatch *in, %sTrainResult *out);\n\n", type,
            name, type, type, type, type);
        add(m, "/* The gradients of the next step, before they are clipped, without the step. */\n");
        add(m,
            "%sStatus %s_gradients(const %s *run, %sWork *work, int threads, const %sBatch *in, %sParams *gradients, "
            "%sTrainResult *out);\n\n",
            type, name, type, type, type, type, type);
        add(m, "/* Loss and metrics of 1 to %s_BATCH samples%s. */\n", M,
            has_average(e) ? ", by the averages of the parameters" : "");
        add(m,
            "%sStatus %s_evaluate(const %s *run, %sWork *work, int threads, const %sBatch *in, %sEvaluateResult "
            "*out);\n\n",
            type, name, type, type, type, type);
    }
    if (entry_named(e, "predict")) {
        add(m, "/* Outputs for 1 to %s_BATCH samples%s. */\n", M,
            has_average(e) ? ", by the averages of the parameters" : "");
        add(m,
            "%sStatus %s_predict(const %s *run, %sWork *work, int threads, const %sBatch *in, %sPredictResult *out);"
            "\n\n",
            type, name, type, type, type, type);
    }
    if (trains(e)) {
        add(m,
            "/* The whole run as a safetensors file in memory.  Returns its size, and writes it where that is at most "
            "room; %s_save(run, NULL, 0) asks. */\n",
            name);
        add(m, "size_t %s_save(const %s *run, void *to, size_t room);\n\n", name, type);
    }
    add(m, "/* Takes over the weights of a safetensors file in memory%s.  Changes nothing unless all is right. */\n",
        trains(e) ? ", or the whole run of a save" : "");
    add(m, "%sStatus %s_load(%s *run, const void *bytes, size_t n);\n\n", type, name, type);
    add(m, "const char *%s_status_text(%sStatus);\n\n", name, type);
}

/* ---- what a call is given ---- */

/* The inputs that an entry reads. */
static bool *fields_read(const Emitter *m, int entry, bool *samples)
{
    const Program *p = m->e->entries[entry]->program;
    bool *read = arena_array(m->arena, p->experiment->n_fields + 1, sizeof *read);
    *samples = false;
    for (int k = 0; k < p->n_kernels; k++) {
        const KernelForm *form = &m->e->forms[entry][k];
        for (int i = 0; i < form->n_arguments; i++) {
            const Argument *a = &form->arguments[i];
            *samples = *samples || a->kind == ARGUMENT_SAMPLE;
            if (a->kind == ARGUMENT_LEAF && graph_at(p->graph, a->leaf)->op == &op_input)
                read[field_of(p->experiment, graph_at(p->graph, a->leaf))] = true;
        }
    }
    for (int i = 0; i < p->goal->n_roots; i++) {
        const Node *node = graph_at(p->graph, p->goal->roots[i].value);
        if (node->op == &op_input) read[field_of(p->experiment, node)] = true;
    }
    return read;
}

/* Writes the check of an entry's call. */
static void write_check(Emitter *m, int entry)
{
    const Program *p = m->e->entries[entry]->program;
    const Experiment *x = p->experiment;
    bool samples;
    const bool *read = fields_read(m, entry, &samples);
    Text nulls = text_new(m->arena);
    add(m, "static %sStatus %scheck_%s(const %sWork *work, int threads, const %sBatch *in)\n{\n", m->type,
        m->e->qualifier, p->goal->name, m->type, m->type);
    add(m, "    if (threads < 1 || threads > 1024) return %s_BAD_THREADS;\n", m->macro);
    add(m, "    if (!work || (uintptr_t)work %% 64) return %s_NOT_ALIGNED;\n", m->macro);
    if (has_updates(p)) add(m, "    if (in->n != %s_BATCH) return %s_BAD_BATCH;\n", m->macro, m->macro);
    else add(m, "    if (in->n < 1 || in->n > %s_BATCH) return %s_BAD_BATCH;\n", m->macro, m->macro);
    if (samples) text_add(&nulls, "!in->sample");
    for (int i = 0; i < x->n_fields; i++)
        if (read[i]) text_add(&nulls, "%s!in->%s", nulls.length ? " || " : "", x->fields[i].identifier);
    if (nulls.length) add(m, "    if (%s) return %s_BAD_BATCH;\n", nulls.chars, m->macro);
    for (int i = 0; i < x->n_fields; i++)
        if (read[i] && x->fields[i].kind == RT_FIELD_LABEL) {
            const char *label = x->fields[i].identifier;
            add(m,
                "    for (int i = 0; i < in->n; i++)\n        if (in->%s[i] < 0 || in->%s[i] >= %lld) return "
                "%s_BAD_BATCH;\n",
                label, label, (long long)x->fields[i].classes, m->macro);
        }
    add(m, "    return %s_OK;\n}\n\n", m->macro);
}

/* ---- steps ---- */

/* Writes the function that gives the scalars of the next step. */
static void write_scalars(Emitter *m)
{
    const RtTrain *t = &m->e->experiment->train;
    const char *lr = c_double(m->arena, t->lr);
    add(m, "static RtStep %snext_step(const %s *run)\n{\n", m->e->qualifier, m->type);
    add(m,
        "    const int64_t steps = run->steps < 1 ? 1 : run->steps, number = run->step < steps ? run->step : steps - "
        "1;\n");
    if (t->warmup > 0) add(m, "    const int64_t warm = rt_warm_steps(%s, steps);\n", c_double(m->arena, t->warmup));
    const char *rate = lr, *warm = t->warmup > 0 ? "warm" : "0";
    if (t->schedule == RT_STEPPED)
        rate = arena_format(m->arena, "rt_stepped(%s, %s, %lld, number, run->steps_per_epoch)", lr,
                            c_double(m->arena, t->factor), (long long)t->every);
    if (t->schedule == RT_COSINE)
        rate = arena_format(m->arena, "rt_cosine(%s, %s, number, steps, %s)", lr, c_double(m->arena, t->final), warm);
    if (t->schedule == RT_ONE_CYCLE)
        rate = arena_format(m->arena, "rt_one_cycle(%s, number, steps)", c_double(m->arena, t->peak));
    if (t->warmup > 0) rate = arena_format(m->arena, "rt_warm_up(%s, number, warm)", rate);
    add(m,
        "    return (RtStep){\n"
        "        .seed = run->seed, .step = run->step, .skipped = run->skipped, .progress = rt_progress(number, "
        "steps),\n"
        "        .learning_rate = (float)%s,\n"
        "        .correction1 = rt_correction(%s, run->step), .correction2 = rt_correction(%s, run->step)};\n}\n\n",
        rate, c_double(m->arena, t->beta1), c_double(m->arena, t->beta2));
}

/* The arguments of an entry's function before `in`, and behind it. */
static const char *call_text(Emitter *m, const Program *p, const char *params)
{
    const bool clips = has_updates(p) && p->experiment->train.clip > 0;
    return arena_format(m->arena, "%s%s_batch(&work->%s, threads, %s%s, in, &step, out%s%s)", m->e->qualifier,
                        p->goal->name, p->goal->name, params, p->experiment->n_states ? ", &run->state" : "",
                        clips ? ", &scale" : "", is_timed(m, p) ? ", NULL" : "");
}

static void write_open_call(Emitter *m, const char *function, const char *run, const char *more, const char *result,
                            const char *check)
{
    add(m, "%sStatus %s_%s(%s%s *run, %sWork *work, int threads, const %sBatch *in, %s%s *out)\n{\n", m->type,
        m->prefix, function, run, m->type, m->type, m->type, more, result);
    add(m,
        "    const %sStatus status = %scheck_%s(work, threads, in);\n    if (status != %s_OK) return status;\n"
        "    const uint64_t found = rt_exact_begin();\n",
        m->type, m->e->qualifier, check, m->macro);
}

static void write_close_call(Emitter *m)
{
    add(m, "    rt_exact_end(found);\n    return finite ? %s_OK : %s_NOT_FINITE;\n}\n\n", m->macro, m->macro);
}

static void write_step(Emitter *m)
{
    const Program *p = entry_named(m->e, "train");
    const Experiment *x = p->experiment;
    const char *result = entry_type(m, p, "Result");
    const bool clips = x->train.clip > 0;
    write_open_call(m, "step", "", "", result, "train");
    add(m, "    const RtStep step = %snext_step(run);\n%s", m->e->qualifier, clips ? "    float scale;\n" : "");
    add(m, "    const bool finite = %s;\n", call_text(m, p, "&run->params"));
    if (has_updates(p))
        add(m,
            "    if (finite) {\n        %schange_weights(&work->train, &run->params, %s%s&step%s%s);\n"
            "        run->step++;\n    }\n",
            m->e->qualifier, x->n_states ? "&run->state, " : "", moments(&x->train) ? "&run->moments, " : "",
            clips ? ", scale" : "", is_timed(m, p) ? ", NULL" : "");
    else add(m, "    if (finite) run->step++;\n");
    write_close_call(m);
}

static void write_gradients(Emitter *m)
{
    const Program *p = entry_named(m->e, "train");
    const Experiment *x = p->experiment;
    write_open_call(m, "gradients", "const ", arena_format(m->arena, "%sParams *gradients, ", m->type),
                    entry_type(m, p, "Result"), "train");
    add(m, "    const RtStep step = %snext_step(run);\n%s", m->e->qualifier,
        x->train.clip > 0 ? "    float scale;\n" : "");
    add(m, "    const bool finite = %s;\n    if (finite) {\n", call_text(m, p, "&run->params"));
    if (!x->n_parameters) add(m, "        memset(gradients, 0, sizeof *gradients);\n");
    for (int k = 0; k < p->n_kernels; k++) {
        const Kernel *kernel = &p->kernels[k];
        if (kernel->kind != KERNEL_UPDATE) continue;
        const Parameter *parameter = &x->parameters[kernel->parameter];
        add(m, "        memcpy(%sgradients->%s, %s, sizeof gradients->%s);\n",
            graph_at(x->graph, parameter->value)->type.rank ? "" : "&", parameter->identifier,
            gradient_text(m, kernel->reads[0]), parameter->identifier);
    }
    for (int i = 0; i < x->n_parameters; i++)
        if (x->parameters[i].frozen)
            add(m, "        memset(&gradients->%s, 0, sizeof gradients->%s);\n", x->parameters[i].identifier,
                x->parameters[i].identifier);
    add(m, "    }\n");
    write_close_call(m);
}

static void write_reading(Emitter *m, const char *name) /* evaluate and predict */
{
    const Program *p = entry_named(m->e, name);
    write_open_call(m, name, "const ", "", entry_type(m, p, "Result"), name);
    add(m, "    const RtStep step = {.seed = run->seed, .progress = 1, .correction1 = 1, .correction2 = 1};\n");
    add(m, "    const bool finite = %s%s;\n",
        call_text(m, p, has_average(m->e) ? "&run->moments.average" : "&run->params"),
        !strcmp(name, "evaluate") ? " && rt_is_finite(out->loss)" : "");
    write_close_call(m);
}

/* ---- initial values, saves ---- */

static void write_init(Emitter *m)
{
    const Experiment *x = m->e->experiment;
    const char *q = m->e->qualifier;
    add(m, "void %s_init(%s *run, uint64_t seed, int64_t steps)\n{\n", m->prefix, m->type);
    add(m,
        "    const uint64_t found = rt_exact_begin();\n    memset(run, 0, sizeof *run);\n    run->seed = seed;\n"
        "    run->steps = steps < 1 ? 1 : steps;\n"
        "    run->steps_per_epoch = run->steps < %lld ? 1 : run->steps / %lld;\n",
        (long long)x->train.epochs, (long long)x->train.epochs);
    if (x->n_parameters)
        add(m,
            "    for (int i = 0; i < %d; i++)\n        rt_initial_values(&%sparameters[i], seed, (float *)&run->params "
            "+ %sparameters[i].offset);\n",
            x->n_parameters, q, q);
    if (x->n_states)
        add(m,
            "    for (int i = 0; i < %d; i++)\n        rt_initial_values(&%sstates[i], seed, (float *)&run->state + "
            "%sstates[i].offset);\n",
            x->n_states, q, q);
    if (has_average(m->e)) add(m, "    run->moments.average = run->params;\n");
    add(m, "    rt_exact_end(found);\n}\n\n");
}

static const Field *field_of_kind(const Experiment *x, RtFieldKind kind)
{
    for (int i = 0; i < x->n_fields; i++)
        if (x->fields[i].kind == kind) return &x->fields[i];
    return NULL;
}

/* Fills in the states that are mean images of the classes.  A class's largest element is known when all of its sums
 * are, so they are taken twice: nothing holds them all. */
static void write_prepare(Emitter *m)
{
    const Experiment *x = m->e->experiment;
    const Field *image = field_of_kind(x, RT_FIELD_IMAGE), *label = field_of_kind(x, RT_FIELD_LABEL);
    if (!has_class_means(m->e) || !image || !label) return;
    const char *images = arena_format(m->arena, "(const float *)batches[i].%s", image->identifier);
    const long long pixels = type_count(graph_at(x->graph, image->value)->type, 1);
    add(m,
        "void %s_prepare(%s *run, const %sBatch *batches, int64_t n)\n{\n    const uint64_t found = rt_exact_begin();"
        "\n    bool bytes = true;\n    for (int64_t i = 0; i < n && bytes; i++) bytes = rt_are_bytes(batches[i].n * "
        "INT64_C(%lld), %s);\n",
        m->prefix, m->type, m->type, pixels, images);
    for (int i = 0; i < x->n_states; i++) {
        const Parameter *state = &x->states[i];
        const Type type = graph_at(x->graph, state->value)->type;
        if (state->init != RT_INIT_CLASS_MEANS) continue;
        add(m, "    for (int c = 0; c < %lld; c++) {\n        double largest = 0;\n", (long long)type.dims[0]);
        add(m,
            "        for (int pass = 0; pass < 2; pass++)\n"
            "            for (int64_t first = 0; first < %lld; first += RT_PIXELS) {\n"
            "                double sum[RT_PIXELS] = {0};\n"
            "                for (int64_t i = 0; i < n; i++)\n"
            "                    rt_class_sum(batches[i].n, %s, batches[i].%s, c, %lld, first, bytes, sum);\n"
            "                float *mean = (float *)run->state.%s + c * INT64_C(%lld) + first;\n"
            "                for (int k = 0; k < RT_PIXELS && first + k < %lld; k++) {\n"
            "                    if (pass) mean[k] = largest > 0 ? (float)(sum[k] / largest) : 0;\n"
            "                    else if (sum[k] > largest) largest = sum[k];\n"
            "                }\n            }\n    }\n",
            pixels, images, label->identifier, pixels, state->identifier, pixels, pixels);
    }
    add(m, "    rt_exact_end(found);\n}\n\n");
}

/* Writes what a save and a load are told of the run. */
static void write_saved(Emitter *m)
{
    const Emission *e = m->e;
    const Experiment *x = e->experiment;
    const long long trained = parameter_floats(x, true);
    const bool average = x->train.ema > 0; /* of a run that does not train too: its weights are the averages */
    add(m, "static RtSaved %ssaved(const %s *run)\n{\n    return (RtSaved){\n", e->qualifier, m->type);
    add(m, "        .graph_hash = \"%s\",\n", x->graph_hash);
    if (x->n_parameters)
        add(m,
            "        .n_parameters = %d, .parameters = %sparameters, .values = (float *)&run->params,\n"
            "        .floats = %s,\n",
            x->n_parameters, e->qualifier,
            trained < parameter_floats(x, false) ? arena_format(m->arena, "%lld", trained)
                                                 : "sizeof run->params / sizeof(float)");
    if (x->n_states)
        add(m, "        .n_states = %d, .states = %sstates, .state_values = (float *)&run->state,\n", x->n_states,
            e->qualifier);
    if (kept_moments(e))
        add(m, "        .n_moments = %d, .average = %s, .moment_values = (float *)&run->moments,\n", kept_moments(e),
            average ? "true" : "false");
    else if (average && !trains(e))
        add(m, "        .n_moments = 1, .average = true, .moment_values = (float *)&run->params,\n");
    add(m, "    };\n}\n\n");
}

static void write_save(Emitter *m)
{
    add(m, "size_t %s_save(const %s *run, void *to, size_t room)\n{\n", m->prefix, m->type);
    add(m,
        "    const RtSaved save = %ssaved(run);\n"
        "    const RtPosition at = {.step = run->step, .steps = run->steps, .steps_per_epoch = run->steps_per_epoch,\n"
        "                           .skipped = run->skipped, .seed = run->seed};\n"
        "    return rt_save_write(&save, &at, to, room);\n}\n\n",
        m->e->qualifier);
}

static void write_load(Emitter *m)
{
    const Experiment *x = m->e->experiment;
    const int arrays = 1 + (trains(m->e) ? kept_moments(m->e) : x->train.ema > 0);
    const int count = x->n_parameters * arrays + x->n_states;
    add(m, "%sStatus %s_load(%s *run, const void *bytes, size_t n)\n{\n", m->type, m->prefix, m->type);
    add(m, "    const RtSaved save = %ssaved(run);\n    size_t found[%d];\n", m->e->qualifier, count ? count : 1);
    if (trains(m->e))
        add(m, "    RtPosition at = {.step = run->step, .steps = run->steps, .steps_per_epoch = run->steps_per_epoch,\n"
               "                     .skipped = run->skipped, .seed = run->seed};\n");
    else add(m, "    RtPosition at = {.seed = run->seed};\n");
    add(m, "    switch (rt_save_read(&save, &at, bytes, n, found)) {\n");
    add(m, "    case RT_LOADED_NOT_FINITE: return %s_NOT_FINITE;\n", m->macro);
    add(m, "    case RT_LOADED_BAD_FILE: return %s_BAD_FILE;\n", m->macro);
    add(m, "    case RT_LOADED_OTHER_MODEL: return %s_OTHER_MODEL;\n    default: break;\n    }\n", m->macro);
    if (trains(m->e))
        add(m, "    run->step = at.step;\n    run->steps = at.steps;\n    run->steps_per_epoch = at.steps_per_epoch;\n"
               "    run->skipped = at.skipped;\n");
    add(m, "    run->seed = at.seed;\n    return %s_OK;\n}\n\n", m->macro);
}

static void write_status_text(Emitter *m)
{
    static const char *const texts[][2] = {
        {"OK", "all is well"},
        {"NOT_FINITE", "the loss, a gradient, a new state or a number of the file is not finite"},
        {"BAD_BATCH", "a wrong number of samples, a label that is no class, or an input missing"},
        {"BAD_THREADS", "the number of threads is not from 1 to 1024"},
        {"NOT_ALIGNED", "the workspace is not aligned to 64 bytes"},
        {"BAD_FILE", "the bytes are not a whole safetensors file"},
        {"OTHER_MODEL", "a tensor is missing, or has another shape or type"},
    };
    add(m, "const char *%s_status_text(%sStatus status)\n{\n    switch (status) {\n", m->prefix, m->type);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        add(m, "    case %s_%s:\n        return \"%s\";\n", m->macro, texts[i][0], texts[i][1]);
    add(m, "    }\n    return \"no status\";\n}\n\n");
}

void write_instance(Emitter *m)
{
    const Emission *e = m->e;
    add(m, "/* ---- what programs call ---- */\n\n");
    for (int i = 0; i < shipped_entries(e); i++) write_check(m, i);
    if (trains(e)) {
        write_scalars(m);
        write_init(m);
        write_prepare(m);
        write_step(m);
        write_gradients(m);
        write_reading(m, "evaluate");
    }
    if (entry_named(e, "predict")) write_reading(m, "predict");
    write_saved(m);
    if (trains(e)) write_save(m);
    write_load(m);
    write_status_text(m);
}
