/* source.c - the C source of a model, from its opening comment to the runtime's sources. */
#include "emit/emitter.h"

/* The unions of the header have the sizes that were planned. */
static void write_sizes(Emitter *m)
{
    for (int i = 0; i < m->e->n_entries; i++) {
        const Plan *plan = m->e->entries[i];
        add(m, "_Static_assert(sizeof(%s) == %lld, \"the workspace is not the one that was planned\");\n",
            entry_type(m, plan->program, "Work"), plan->workspace_bytes ? (long long)plan->workspace_bytes : 64);
    }
    add(m, "\n");
}

/* For a trainer in one file: what its runtime is built with. */
static void write_switches(Emitter *m)
{
    add(m,
        "#ifndef RT_ZLIB\n"
        "#define RT_ZLIB 0                   /* -DRT_ZLIB and -lz: gzip data and PNG files */\n#endif\n"
        "#ifdef _OPENMP                      /* -fopenmp: threads */\n#define RT_LOADER_THREAD 1\n#else\n"
        "#define RT_LOADER_THREAD 0\n#endif\n#define RT_MODEL %s_model\n\n", m->prefix);
}

/* How the file begins, up to the text of the runtime. */
static const char *opening_text(Emitter *m)
{
    const Experiment *x = m->e->experiment;
    m->text = text_new(m->arena);
    write_about(m, arena_format(m->arena, "%s.c", x->source.name));
    add(m,
        " *\n * Names are those of %s; d_h is the gradient of the loss with respect to h and has the shape of h.\n",
        x->source.base);
    if (m->e->form == FORM_SINGLE)
        add(m,
            " *\n * The trainer with all of its runtime: cc -O3 %s.c -lm.  The runtime's headers stand first, then "
            "the model, then the runtime's sources; each opens with a comment that has its name.\n",
            x->source.name);
    add(m, " */\n");
    if (m->e->form == FORM_SINGLE) add(m, "#ifndef _GNU_SOURCE\n#define _GNU_SOURCE\n#endif\n");
    add(m, "#include \"%s.h\"\n\n", x->source.name);
    if (m->e->form == FORM_SINGLE) write_switches(m);
    /* of functions that are inlined and stand in a header no compiler says that some are not called */
    if (m->e->form != FORM_FOLDER)
        add(m, "#ifdef __clang__\n#pragma clang diagnostic ignored \"-Wunused-function\"\n#endif\n\n");
    return wrap_lines(m->arena, m->text.chars);
}

static const char *pragmas_text(Emitter *m)
{
    m->text = text_new(m->arena);
    add(m,
        "/* gcc takes members of the workspace's union for one another; C before 2023 wants a cast where an array goes "
        "to a parameter that is const */\n"
        "#if defined(__GNUC__) && !defined(__clang__)\n"
        "#pragma GCC diagnostic ignored \"-Wstringop-overflow\"\n"
        "#pragma GCC diagnostic ignored \"-Wstringop-overread\"\n"
        "#pragma GCC diagnostic ignored \"-Warray-bounds\"\n"
        "#pragma GCC diagnostic ignored \"-Wpedantic\"\n#endif\n");
    add(m, "\n");
    write_sizes(m);
    return wrap_lines(m->arena, m->text.chars);
}

/* The model itself, with marks. */
static void write_model(Emitter *m)
{
    const Emission *e = m->e;
    const bool updates = has_updates(e->entries[0]->program), tables = is_trainer(e->form);
    mark(m, MARK_AREA, AREA_KERNELS, 0);
    add(m, "RT_KERNELS_BEGIN\n\n");
    for (int i = 0; i < e->n_entries; i++) write_functions(m, i);
    add(m, "RT_KERNELS_END\n\n");
    mark_end(m);
    mark(m, MARK_AREA, AREA_ENTRIES, 0);
    if (updates) {
        mark(m, MARK_UPDATE, 0, 0);
        write_update_function(m);
        mark_end(m);
        add(m, "\n");
    }
    for (int i = 0; i < e->n_entries; i++) write_entry(m, i);
    if (updates) write_change(m);
    mark_end(m);
    mark(m, MARK_AREA, AREA_TENSORS, 0);
    if (tables || e->instance) write_tensors(m);
    mark_end(m);
    mark(m, MARK_AREA, AREA_INSTANCE, 0);
    if (e->instance) write_instance(m);
    mark_end(m);
    mark(m, MARK_AREA, AREA_TABLES, 0);
    if (tables) write_tables(m);
    mark_end(m);
}

static const char *source_text(const Emission *e, Where *where)
{
    Emitter m = emitter_new(e);
    write_model(&m);
    const char *marked = wrap_lines(m.arena, m.text.chars), *sources = "", *opening = opening_text(&m);
    const char *code = where_take(e, marked, 0, NULL);
    const char *runtime = e->form == FORM_FOLDER ? runtime_includes(e, is_trainer(e->form))
                                                 : runtime_text(e, code, &sources);
    const char *pragmas = pragmas_text(&m);
    const char *all = arena_format(m.arena, "%s%s%s%s%s", opening, runtime, pragmas, code, sources);
    if (!where) return all;
    const char *const parts[] = {opening, runtime, pragmas};
    static const int areas[] = {AREA_OPENING, AREA_RUNTIME, AREA_CHECKS};
    int before = 0;
    for (int i = 0; i < 3; i++) {
        const int n = count_lines(parts[i]);
        where_area(where, areas[i], before + 1, before + n);
        before += n;
    }
    where_take(e, marked, before, where);
    where_end(where, all);
    where_area(where, AREA_SOURCES, before + count_lines(code) + 1, where->n_lines);
    return all;
}

const char *emit_source(const Emission *e) { return source_text(e, NULL); }

const char *emit_source_where(const Emission *e, Where **where)
{
    return source_text(e, *where = where_new(e));
}
