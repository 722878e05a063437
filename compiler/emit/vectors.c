/* vectors.c - NAME.check.c: a program that takes the emitted library through some steps on drawn digits and prints what
 * comes out, bit for bit. */
#include "emit/evidence.h"

#include <string.h>

#include "emit/emitter.h"

static const Program *entry_of(const Emission *e, const char *name)
{
    for (int i = 0; i < e->n_entries; i++)
        if (!strcmp(e->entries[i]->program->goal->name, name)) return e->entries[i]->program;
    return NULL;
}

/* Writes the arrays of a batch, and how they are filled. */
static void write_batch(Emitter *m)
{
    const Experiment *x = m->e->experiment;
    Text fill = text_new(m->arena), batch = text_new(m->arena);
    add(m, "static int64_t samples[%s_BATCH];\n", m->macro);
    for (int i = 0; i < x->n_fields; i++) {
        const Field *field = &x->fields[i];
        const Type type = graph_at(x->graph, field->value)->type;
        const long long count = (long long)type_count(type, 1);
        long long h = 1, w, c = 1;
        if (type.rank == 4) h = type.dims[1], w = type.dims[2], c = type.dims[3];
        else {                                           /* a row, laid out as nearly square as it can be */
            for (long long k = 2; k * k <= count; k++)
                if (count % k == 0) h = k;
            w = count / h;
        }
        add(m, "static %s in_%s[%s_BATCH][%lld];\n", type.elem == REAL ? "float" : "int32_t", field->identifier,
            m->macro, count);
        text_add(&batch, ", .%s = (void *)in_%s", field->identifier, field->identifier);
        switch (field->kind) {
        case RT_FIELD_LABEL:
            text_add(&fill, "        in_%s[i][0] = (int32_t)(samples[i] %% %lld);\n", field->identifier,
                     (long long)field->classes);
            break;
        case RT_FIELD_NUMBER:
            text_add(&fill, "        in_%s[i][0] = (int32_t)samples[i];\n", field->identifier);
            break;
        default:                                         /* a view is another drawing of the same digit */
            text_add(&fill, "        rt_check_image(samples[i]%s, %lld, %lld, %lld, %d, in_%s[i]);\n",
                     field->kind == RT_FIELD_VIEW ? " + 1000000" : "", h, w, c,
                     field->kind == RT_FIELD_MASK ? 127 : -1, field->identifier);
        }
    }
    add(m,
        "\nstatic %sBatch draw_batch(int64_t number)\n{\n    for (int i = 0; i < %s_BATCH; i++) {\n"
        "        samples[i] = number * %s_BATCH + i;\n%s    }\n"
        "    return (%sBatch){.n = %s_BATCH, .sample = samples%s};\n}\n\n",
        m->type, m->macro, m->macro, fill.chars, m->type, m->macro, batch.chars);
}

/* Writes a call that leaves the result of the last batch in a struct, whose hash makes a line. */
static void write_reading(Emitter *m, const char *function)
{
    if (!entry_of(m->e, function)) return;
    add(m,
        "    status = AROUND_CALL(%s, %s_%s(&run, &work, 1, &in, &%s_result));\n"
        "    digest = rt_digest();\n    rt_digest_add(&digest, &%s_result, sizeof %s_result);\n"
        "    rt_line_text(&line, \"%s \");\n    rt_line_digest(&line, &digest);\n"
        "    if (status != %s_OK) rt_line_text(&line, %s_status_text(status));\n    rt_line_end(&line, put);\n",
        function, m->prefix, function, function, function, function, function, m->macro, m->prefix);
}

static void write_training(Emitter *m, const Program *train)
{
    const char *loss = "loss";
    for (int i = 0; i < train->goal->n_roots; i++)
        if (train->goal->roots[i].kind == ROOT_LOSS) loss = root_field(m, train, i);
    add(m, "    rt_line_text(&line, \"seed 1 steps \");\n    rt_line_number(&line, steps);\n"
           "    rt_line_end(&line, put);\n    %s_init(&run, 1, steps);\n", m->prefix);
    bool means = false;
    for (int i = 0; i < m->e->experiment->n_states; i++)
        means = means || m->e->experiment->states[i].init == RT_INIT_CLASS_MEANS;
    if (means) add(m, "    %s_prepare(&run, &in, 1);\n", m->prefix);
    add(m,
        "    for (int k = 0; k < steps; k++) {\n        in = draw_batch(k);\n"
        "        status = AROUND_CALL(step, %s_step(&run, &work, 1, &in, &train_result));\n"
        "        rt_line_text(&line, \"loss \");\n        rt_line_number(&line, k + 1);\n"
        "        rt_line_text(&line, \" \");\n        rt_line_float(&line, train_result.%s);\n"
        "        if (status != %s_OK) rt_line_text(&line, \" \"), rt_line_text(&line, %s_status_text(status));\n"
        "        rt_line_end(&line, put);\n    }\n",
        m->prefix, loss, m->macro, m->prefix);
}

/* Weights that are given, where none are made. */
static void write_weights(Emitter *m)
{
    add(m, "    (void)steps;\n    rt_check_fill(0, -0.0625f, (int64_t)(sizeof run.params / sizeof(float)), (float "
           "*)&run.params);\n");
    if (m->e->experiment->n_states)
        add(m, "    rt_check_fill(1, 0.5f, (int64_t)(sizeof run.state / sizeof(float)), (float *)&run.state);\n");
}

const char *emit_check(const Emission *e)
{
    Emitter m = emitter_new(e);
    const Program *train = entry_of(e, "train");
    add(&m, "#ifndef AROUND_CALL                /* a board may measure what a call takes */\n"
            "#define AROUND_CALL(function, call) (call)\n#endif\n\nstatic %s run;\nstatic %sWork work;\n", m.type,
        m.type);
    for (int i = 0; i < e->n_entries; i++)
        add(&m, "static %s %s_result;\n", entry_type(&m, e->entries[i]->program, "Result"),
            e->entries[i]->program->goal->name);
    write_batch(&m);
    add(&m,
        "_Static_assert(sizeof run == %lld, \"the run has another size than the evidence says\");\n"
        "_Static_assert(sizeof work == %lld, \"the workspace has another size than the evidence says\");\n\n",
        (long long)run_bytes(e), (long long)work_bytes(e));
    add(&m,
        "/* Puts a line for each thing that came out.  The run takes so many steps, a batch of digits each. */\n"
        "void %s_check(int steps, void (*put)(const char *line));\n"
        "void %s_check(int steps, void (*put)(const char *line))\n{\n    RtLine line = {.n = 0};\n"
        "    RtDigest digest = rt_digest();\n    %sStatus status;\n    %sBatch in = draw_batch(0);\n",
        m.prefix, m.prefix, m.type, m.type);
    if (train) write_training(&m, train);
    else write_weights(&m);
    add(&m, "    rt_digest_add(&digest, &run.params, sizeof run.params);\n");
    if (e->experiment->n_states) add(&m, "    rt_digest_add(&digest, &run.state, sizeof run.state);\n");
    add(&m, "    rt_line_text(&line, \"weights \");\n    rt_line_digest(&line, &digest);\n"
            "    rt_line_end(&line, put);\n");
    write_reading(&m, "evaluate");
    write_reading(&m, "predict");
    add(&m, "}\n\n#if __STDC_HOSTED__                /* else the board calls it */\n#include <stdio.h>\n"
            "#include <stdlib.h>\n\nstatic void print(const char *line) { fputs(line, stdout); }\n\n"
            "int main(int argc, char **argv)\n{\n    %s_check(argc > 1 ? (int)strtol(argv[1], NULL, 10) : 10, print);\n"
            "    return fflush(stdout) != 0;\n}\n#endif\n", m.prefix);
    const char *code = wrap_lines(m.arena, m.text.chars);
    m.text = text_new(m.arena);
    write_about(&m, arena_format(m.arena, "%s.check.c", e->experiment->source.name));
    add(&m, " *\n * make check builds it: the library on drawn digits, and what comes out, bit for bit. */\n"
            "#include \"%s.h\"\n\n#ifdef __clang__\n#pragma clang diagnostic ignored \"-Wunused-function\"\n#endif\n\n",
        e->experiment->source.name);
    return arena_format(m.arena, "%s%s%s", wrap_lines(m.arena, m.text.chars),
                        header_text(m.arena, "rt_check.h", code), code);
}
