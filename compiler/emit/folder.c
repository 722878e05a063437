/* folder.c - the folder of an emitted model: its source, plan, record, Makefile and a copy of the runtime, so that it
 * builds by itself. */
#include "emit/evidence.h"
#include "emit/where.h"

#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "graph/choice.h"
#include "rt_settings.h"

const char *emit_plan_csv(const Emission *e)
{
    static const char *const kinds[] = {"value", "gradient", "state", "scratch"};
    const Plan *plan = e->entries[0];
    const Program *p = plan->program;
    Text text = text_new(p->graph->arena);
    text_add(&text, "name,lower,upper,size,offset,kind\n");
    for (int b = 0; b < p->n_buffers; b++) {
        const Placed *at = &plan->of[b];
        if (at->owner == OWNER_RESULT || at->upper == 0 || at->in_place_of >= 0) continue;
        text_add(&text, "%s,%d,%d,%lld,%lld,%s\n", p->buffers[b].name, at->lower, at->upper, (long long)at->bytes,
                 (long long)at->offset, kinds[p->buffers[b].kind]);
    }
    return text.chars;
}

static void json_shape(RtJsonWriter *w, Type type, bool batch)
{
    rt_json_open(w, "shape", '[');
    for (int i = batch ? 0 : 1; i < type.rank; i++) {
        if (type.dims[i] == BATCH_DIM) rt_json_string(w, NULL, "batch");
        else if (type.dims[i] < 0) rt_json_string(w, NULL, "");
        else rt_json_integer(w, NULL, type.dims[i]);
    }
    rt_json_close(w, ']');
}

static void json_line(RtJsonWriter *w, Line line)
{
    rt_json_integer(w, "line", line.number);
    if (line.source && line.source->used.source) rt_json_string(w, "file", line.source->base);
}

const char *emit_json(const Emission *e, const Where *where)
{
    const Experiment *x = e->experiment;
    const Program *p = e->entries[0]->program;
    RtJsonWriter w = {0};
    rt_json_open(&w, NULL, '{');
    rt_json_string(&w, "name", x->source.name);
    rt_json_string(&w, "tailor_version", TAILOR_VERSION);
    rt_json_integer(&w, "numerics", TAILOR_NUMERICS);
    rt_json_string(&w, "graph_hash", x->graph_hash);
    rt_json_open(&w, "options", '{');
    for (int i = 0; i < x->n_options; i++) rt_json_raw(&w, x->options[i].name, x->options[i].json);
    rt_json_close(&w, '}');
    static const char *const kinds[] = {"image", "label", "mask", "view", "number"};
    rt_json_open(&w, "inputs", '[');
    for (int i = 0; i < x->n_fields; i++) {
        Type type = graph_at(x->graph, x->fields[i].value)->type;
        rt_json_open(&w, NULL, '{');
        rt_json_string(&w, "name", x->fields[i].name);
        rt_json_string(&w, "kind", kinds[x->fields[i].kind]);
        json_shape(&w, type, false);
        if (x->fields[i].classes) rt_json_integer(&w, "classes", x->fields[i].classes);
        json_line(&w, x->fields[i].line);
        rt_json_close(&w, '}');
    }
    rt_json_close(&w, ']');
    int64_t count = 0;
    rt_json_open(&w, "parameters", '[');
    for (int i = 0; i < x->n_parameters; i++) {
        Type type = graph_at(x->graph, x->parameters[i].value)->type;
        rt_json_open(&w, NULL, '{');
        rt_json_string(&w, "name", x->parameters[i].name);
        json_shape(&w, type, true);
        if (x->parameters[i].frozen) rt_json_bool(&w, "frozen", true);
        json_line(&w, x->parameters[i].line);
        rt_json_close(&w, '}');
        count += type_count(type, 1);
    }
    rt_json_close(&w, ']');
    if (x->n_states) {
        rt_json_open(&w, "states", '[');
        for (int i = 0; i < x->n_states; i++) {
            rt_json_open(&w, NULL, '{');
            rt_json_string(&w, "name", x->states[i].name);
            json_shape(&w, graph_at(x->graph, x->states[i].value)->type, true);
            json_line(&w, x->states[i].line);
            rt_json_close(&w, '}');
        }
        rt_json_close(&w, ']');
    }
    rt_json_open(&w, "values", '[');
    for (int i = 0; i < x->n_values; i++) {
        rt_json_open(&w, NULL, '{');
        rt_json_string(&w, "name", x->values[i].name);
        json_shape(&w, graph_at(x->graph, x->values[i].value)->type, true);
        json_line(&w, x->values[i].line);
        rt_json_close(&w, '}');
    }
    rt_json_close(&w, ']');
    rt_json_integer(&w, "parameter_count", count);
    if (parameter_floats(x, true) < count) rt_json_integer(&w, "trainable_parameter_count", parameter_floats(x, true));
    rt_json_integer(&w, "flops_forward", e->flops_forward);
    rt_json_integer(&w, "flops_step", e->flops_step);
    rt_json_integer(&w, "batch", e->slicing.batch);
    rt_json_integer(&w, "slices", e->slicing.slices);
    rt_json_integer(&w, "workspace_bytes", e->entries[0]->workspace_bytes);
    rt_json_integer(&w, "workspace_lower_bound", e->entries[0]->lower_bound);
    rt_json_integer(&w, "kernels_forward", count_kernels(p, KERNEL_COMPUTE, 0));
    rt_json_integer(&w, "kernels_backward", count_kernels(p, KERNEL_COMPUTE, 1));
    rt_json_integer(&w, "kernels_update", count_kernels(p, KERNEL_UPDATE, -1));
    rt_json_open(&w, "kernels", '[');
    for (int k = 0; k < p->n_kernels; k++) {
        const Value v = p->kernels[k].contraction;
        if (p->kernels[k].kind != KERNEL_COMPUTE) continue;
        rt_json_open(&w, NULL, '{');
        rt_json_string(&w, "layer", p->kernels[k].name);
        rt_json_string(&w, "algorithm",
                       v ? graph_at(p->graph, v)->op->contraction(p->graph, v, p->slicing.batch).algorithm : "loops");
        rt_json_integer(&w, "images", samples_of(e->entries[0], k));      /* samples at a time */
        rt_json_close(&w, '}');
    }
    rt_json_close(&w, ']');
    const RtSetting *storage = rt_setting("storage");
    if (!rt_setting_is_default(storage, &x->train)) rt_json_string(&w, storage->name, x->train.storage);
    if (x->graph->tuning) rt_json_string(&w, "tuned", x->graph->tuning->sha256);
    if (where) where_write(&w, where);
    rt_json_close(&w, '}');
    if (w.text.failed) fail("tailor: out of memory");
    const char *result = arena_format(x->graph->arena, "%s\n", w.text.data);
    rt_text_free(&w.text);
    return result;
}

const char emitted_flags[] = "CC ?= cc\nMARCH ?= native\nOPTIMIZE ?= -O3\n"
                             "CFLAGS = -std=gnu11 $(OPTIMIZE) -march=$(MARCH) -ffp-contract=off -fno-math-errno "
                             "-fno-trapping-math -fopenmp -Wall -Wextra\n";

const char emitted_openblas[] = "OPENBLAS_CFLAGS := $(shell pkg-config --cflags openblas 2>/dev/null)\n"
                                "OPENBLAS_LIBS := $(shell pkg-config --libs openblas 2>/dev/null)\n"
                                "ifeq ($(OPENBLAS_LIBS),)\nifneq ($(MAKECMDGOALS),clean)\n"
                                "$(error OpenBLAS is not there: pkg-config knows no openblas.  On Debian and Ubuntu: "
                                "apt-get install libopenblas-dev pkg-config)\n"
                                "endif\nendif\n";

const char *emitted_opening(EmittedForm form)
{
    static const char *const openings[] = {
        [FORM_FOLDER] = "# Builds the trainer of ",
        [FORM_SINGLE] = "# Builds from one file the trainer of ",
        [FORM_LIBRARY] = "# Builds the library of ", [FORM_INFERENCE] = "# Builds the inference library of "};
    return openings[form];
}

static const char *library_makefile(const Emission *e)
{
    const char *name = e->experiment->source.name;
    Text text = text_new(e->experiment->graph->arena);
    text_add(&text, "%s%s.lua.  cc -O3 does too: the bits are the same.\n"
                    "CC ?= cc\nMARCH ?= native\nCFLAGS ?= -O3 -march=$(MARCH) -fopenmp -fno-math-errno "
                    "-fno-trapping-math\n\n", emitted_opening(e->form), name);
    text_add(&text, "%s.o: %s.c %s.h\n\t$(CC) $(CFLAGS) -c -o $@ $<\n\n", name, name, name);
    text_add(&text, "# what it needs and does here: %s.evidence.machine.txt; for another machine's compiler, RUN=no "
                    "or its emulator\ncheck:\n\t@CC='$(CC)' CFLAGS='$(CFLAGS)' RUN='$(RUN)' sh ./check.sh %s\n\n",
             name, name);
    text_add(&text, "clean:\n\trm -f %s.o %s.evidence.machine.txt\n\n.PHONY: check clean\n", name, name);
    return text.chars;
}

static const char *single_makefile(const Emission *e)
{
    const char *name = e->experiment->source.name;
    Text text = text_new(e->experiment->graph->arena);
    text_add(&text, "%s%s.lua.  cc -O3 %s.c -lm does too: the bits are the same.\n"
                    "# make ZLIB=1 for one that reads gzip data and PNG files.\n"
                    "CC ?= cc\nMARCH ?= native\nCFLAGS ?= -O3 -march=$(MARCH) -fopenmp -fno-math-errno "
                    "-fno-trapping-math\n"
                    "ifdef ZLIB\nWITH = -DRT_ZLIB\nLIBS = -lz\nendif\n\n", emitted_opening(e->form), name, name);
    text_add(&text, "%s: %s.c %s.h\n\t$(CC) $(CFLAGS) $(WITH) -o $@ $< $(LIBS) -lm\n\n", name, name, name);
    text_add(&text, "clean:\n\trm -f %s\n\n.PHONY: clean\n", name);
    return text.chars;
}

const char *emit_makefile(const Emission *e)
{
    if (e->form == FORM_SINGLE) return single_makefile(e);
    if (e->form != FORM_FOLDER) return library_makefile(e);
    const char *name = e->experiment->source.name;
    const bool openblas = uses_openblas(e->experiment);
    const char *cflags = openblas ? " $(OPENBLAS_CFLAGS)" : "", *libs = openblas ? " $(OPENBLAS_LIBS)" : "";
    Text text = text_new(e->experiment->graph->arena);
    text_add(&text, "%s%s.lua: make, then ./%s --help.  Needs a C compiler%s and zlib.\n", emitted_opening(e->form),
             name, name, openblas ? ", OpenBLAS" : "");
    text_add(
        &text,
        openblas
            ? "# The bits of the weights depend on OpenBLAS and on the machine, for which it chooses its kernels.\n"
            : "# For other machines: make MARCH=x86-64-v3, or CC=aarch64-linux-gnu-gcc MARCH=armv8-a; the bits of the "
              "weights are the same.\n");
    text_add(&text,
             "%s%sRUNTIME = $(patsubst %%.c,%%.o,$(filter-out runtime/rt_trainer.c,$(wildcard runtime/*.c)))\n\n",
             emitted_flags, openblas ? emitted_openblas : "");
    text_add(&text, "# libdeflate, where this compiler finds it: gzip data in half the time; looked for\n"
                    "# when it is needed, and once\n"
                    "DEFLATE = $(eval DEFLATE := $(shell echo 'int main(void) { return 0; }' | \\\n"
                    "  $(CC) -include libdeflate.h -x c -o /dev/null - -ldeflate 2>/dev/null && "
                    "echo -ldeflate))$(DEFLATE)\n"
                    "runtime/rt_stream.o: WITH = $(DEFLATE:-ldeflate=-DRT_LIBDEFLATE)\n\n");
    text_add(&text, "%s: %s.o %s-main.o $(RUNTIME)\n\t$(CC) $(CFLAGS) -o $@ $^%s $(DEFLATE) -lz -lm -lpthread\n\n",
             name, name, name, libs);
    text_add(&text,
             "%s.o: %s.h\n%%.o: %%.c $(wildcard runtime/*.h)\n"
             "\t$(CC) $(CFLAGS)%s $(WITH) -Iruntime -DRT_COMPILER_FLAGS='\"$(CFLAGS)\"' -c -o $@ $<\n\n", name, name,
             cflags);
    text_add(&text, "%s-main.o: runtime/rt_trainer.c runtime/rt.h\n"
                    "\t$(CC) $(CFLAGS) -Iruntime -DRT_MODEL=%s_model -c -o $@ $<\n\n", name,
             c_identifier(e->experiment->graph->arena, name));
    text_add(&text, "# these know nothing of a model: several may share them\nruntime: $(RUNTIME)\n\n");
    text_add(&text, "# for one batch, built quickly: the bits are those of the trainer, whatever the optimization\n"
                    "%s.so: OPTIMIZE = -O1 -DRT_QUICK_BUILD\n", name);
    text_add(&text, "%s.so: %s.c %s.h\n\t$(CC) $(CFLAGS)%s -Iruntime -fPIC -shared -o $@ $<%s -lm\n\n", name, name,
             name, cflags, libs);
    text_add(&text, "clean:\n\trm -f %s %s.so *.o runtime/*.o\n\n.PHONY: clean runtime\n", name, name);
    return text.chars;
}

/* Files on their way.  All are written before the first is synced, and all are synced before the first takes its
 * place. */
typedef struct Outgoing {
    Arena *arena;
    int n, capacity;
    RtFile **files;
} Outgoing;

static _Noreturn void give_up(const Outgoing *out, const RtError *error)
{
    for (int i = 0; i < out->n; i++) rt_file_abandon(out->files[i]);
    fail("%s", error->text);
}

/* A file that has the text already keeps its time, so that make does nothing for it. */
static void write_file(Outgoing *out, const char *folder, const char *name, const char *text, size_t n)
{
    const char *path = arena_format(out->arena, "%s/%s", folder, name);
    RtError error = {0}, unread = {0};              /* a file that cannot be read is written */
    RtText there = {0};
    const bool same = access(path, F_OK) == 0 && rt_file_read(path, n, &there, &unread) && there.length == n &&
                      !memcmp(there.data, text, n);
    rt_text_free(&there);
    if (same) return;
    RtFile *file = arena_alloc(out->arena, sizeof *file);
    if (!rt_file_begin(file, path, &error) || !rt_file_add(file, text, n, &error)) give_up(out, &error);
    out->files = arena_grow(out->arena, out->files, out->n, &out->capacity, sizeof *out->files);
    out->files[out->n++] = file;
}

/* Syncs that several threads wait for at once.  A sync only waits: for the device, and then for a processor that others
 * keep busy.  Forty syncs one behind the other take longer than all that was compiled.  The threads end here.  OpenMP's
 * threads would stay, and a process that forks with them hangs in the child's first parallel loop. */
typedef struct Waits {
    int n, next;
    void (*wait)(void *context, int i);
    void *context;
} Waits;

static void *wait_for_next(void *argument)
{
    Waits *w = argument;
    for (int i; (i = __atomic_fetch_add(&w->next, 1, __ATOMIC_RELAXED)) < w->n;) w->wait(w->context, i);
    return NULL;
}

static void wait_together(int n, void (*wait)(void *context, int i), void *context)
{
    enum { HELPERS = 7 };
    Waits w = {n, 0, wait, context};
    pthread_t threads[HELPERS];
    int started = 0;
    while (started < HELPERS && started < n - 1 && pthread_create(&threads[started], NULL, wait_for_next, &w) == 0)
        started++;
    wait_for_next(&w);
    for (int i = 0; i < started; i++) pthread_join(threads[i], NULL);
}

typedef struct Syncing {
    RtFile **files;
    const char *const *folders;
    bool *done;
    RtError *errors;
} Syncing;

static void sync_file(void *context, int i)
{
    const Syncing *s = context;
    s->done[i] = rt_file_sync(s->files[i], &s->errors[i]);
}

static void sync_folder(void *context, int i)
{
    const Syncing *s = context;
    s->done[i] = rt_folder_sync(s->folders[i], &s->errors[i]);
}

static void place_files(Outgoing *out, const char *const folders[2])
{
    const int n = out->n > 2 ? out->n : 2;
    Syncing s = {out->files, folders, arena_array(out->arena, n, sizeof *s.done),
                 arena_array(out->arena, n, sizeof *s.errors)};
    wait_together(out->n, sync_file, &s);
    for (int i = 0; i < out->n; i++)
        if (!s.done[i] || !rt_file_place(out->files[i], &s.errors[i])) give_up(out, &s.errors[i]);
    wait_together(2, sync_folder, &s);
    for (int i = 0; i < 2; i++)
        if (!s.done[i]) fail("%s", s.errors[i].text);
}

const char *tuning_path(Arena *arena, const char *folder, const char *name)
{
    return arena_format(arena, "%s/%s.tune.json", folder, name);
}

/* The runtime's sources, and what else a trainer's folder has. */
static void write_trainer(Outgoing *out, const Emission *e, const char *folder, const char *runtime)
{
    const char *name = e->experiment->source.name, *csv = emit_plan_csv(e);
    RtError error = {0};
    if (!rt_folder_make(runtime, &error)) fail("%s", error.text);
    for (int i = 0; i < embedded_count(); i++) {
        Embedded file = embedded_at(i);
        if (strncmp(file.name, "rt", 2) || !strcmp(file.name, "rt_tune.h") || !strcmp(file.name, "rt_check.h"))
            continue;                                             /* of tailor's own work, and of a library's check */
        const bool of_openblas = !strcmp(file.name, "rt_blas.h") || !strcmp(file.name, "rt_im2col.h");
        if ((!e->costs && !strncmp(file.name, "rt_profile", 10)) ||
            (!e->n_watched && !strcmp(file.name, "rt_watch.c")) || (of_openblas && !uses_openblas(e->experiment))) {
            /* left from an earlier emit: the Makefile takes every file there */
            unlink(arena_format(out->arena, "%s/%s", runtime, file.name));
            continue;
        }
        write_file(out, runtime, file.name, file.start, (size_t)(file.end - file.start));
    }
    write_file(out, folder, arena_format(out->arena, "%s.plan.csv", name), csv, strlen(csv));
}

void emit_folder(const Emission *e, const char *folder)
{
    Arena *arena = e->experiment->graph->arena;
    RtError error = {0};
    const char *name = e->experiment->source.name;
    Where *where;
    const char *source = emit_source_where(e, &where), *header = emit_header(e);   /* all texts before the first file */
    const char *makefile = emit_makefile(e), *json = emit_json(e, where);
    const char *runtime = e->form == FORM_FOLDER ? arena_format(arena, "%s/runtime", folder) : folder;
    const char *evidence = is_trainer(e->form) ? NULL : emit_evidence(e, header, source);
    const char *check = is_trainer(e->form) ? NULL : emit_check(e);
    Outgoing out = {.arena = arena};
    if (e->form == FORM_FOLDER) write_trainer(&out, e, folder, runtime);
    else if (!rt_folder_make(folder, &error)) fail("%s", error.text);
    write_file(&out, folder, arena_format(arena, "%s.c", name), source, strlen(source));
    write_file(&out, folder, arena_format(arena, "%s.h", name), header, strlen(header));
    write_file(&out, folder, arena_format(arena, "%s.json", name), json, strlen(json));
    write_file(&out, folder, "Makefile", makefile, strlen(makefile));
    if (evidence) {
        write_file(&out, folder, arena_format(arena, "%s.evidence.txt", name), evidence, strlen(evidence));
        write_file(&out, folder, arena_format(arena, "%s.check.c", name), check, strlen(check));
        const Embedded script = embedded_named("check.sh");
        write_file(&out, folder, script.name, script.start, (size_t)(script.end - script.start));
    }
    const char *tuned = tuning_path(arena, folder, name);
    const Tuning *tuning = e->experiment->graph->tuning;
    if (tuning) write_file(&out, folder, arena_format(arena, "%s.tune.json", name), tuning->text, strlen(tuning->text));
    else unlink(tuned);                             /* left from an earlier emit */
    place_files(&out, (const char *const[]){runtime, folder});
}
