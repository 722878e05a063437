/* pack.c - the files of a packed run: the trainer in one file, the weights, the lock, test vectors, and how to build
 * and check them. */
#include "pack/pack.h"

#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cam/network.h"
#include "pack/vectors.h"

/* ---- vectors ---- */

/* A copy of a batch, which the loader takes back. */
static RtBatch copy_batch(Arena *arena, const RtModel *model, const RtBatch *from)
{
    RtBatch batch = {.n = from->n};
    int64_t *sample = arena_array(arena, from->n, sizeof *sample);
    memcpy(sample, from->sample, (size_t)from->n * sizeof *sample);
    batch.sample = sample;
    for (int f = 0; f < model->n_fields; f++) {
        const RtField *field = &model->fields[f];
        int64_t row = 1;
        for (int i = 0; i < field->rank; i++) row *= field->dims[i];
        const size_t bytes = (size_t)(row * from->n) * rt_type_bytes(field->type);
        RtError error = {0};
        void *copy = rt_allocate(bytes, 1, "a batch", &error);           /* aligned; lives as long as this process */
        if (!copy) fail("%s", error.text);
        memcpy(copy, from->field[f], bytes);
        batch.field[f] = copy;
    }
    return batch;
}

static void take_batches(Arena *arena, const RtRun *run, Vectors *v)
{
    RtError error = {0};
    RtLoader *loader = rt_run_loader(run, 0, VECTOR_BATCHES, &error);
    if (!loader) fail("%s", error.text);
    for (int i = 0; i < VECTOR_BATCHES; i++) v->batch[i] = copy_batch(arena, run->model, rt_loader_next(loader));
    rt_loader_close(loader);
}

/* The epochs that the run's schedule began with: those of its first part, where it was made longer. */
static int64_t first_epochs(const RunRecord *r)
{
    const RtJsonNode *top = r->json.nodes, *epochs = rt_json_get(&r->json, top, "epochs"),
                     *lineage = rt_json_get(&r->json, top, "lineage");
    if (lineage && lineage->kind == RT_JSON_ARRAY && lineage->n) {
        const RtJsonNode *part = &r->json.nodes[lineage->first];
        if (part->kind == RT_JSON_ARRAY && part->n == 2) epochs = &r->json.nodes[part->first];
    }
    if (!epochs || !epochs->is_integer || epochs->integer < 1) fail("%s: no epochs in it", r->path);
    return epochs->integer;
}

/* The run's own trace must begin with these losses, as far as they are of its batches. */
static void check_losses(Arena *arena, const RunRecord *r, const Vectors *v)
{
    const char *path = arena_format(arena, "%s/trace.csv", r->folder);
    RtText text = {0};
    RtError error = {0};
    if (!rt_file_read(path, 1 << 24, &text, &error)) fail("%s", error.text);
    const char *at = arena_format(arena, "%.*s", (int)text.length, text.length ? text.data : "");
    rt_text_free(&text);
    for (int i = 0; i < VECTOR_BATCHES; i++) {
        const char *line = isnan(v->loss[i]) ? arena_format(arena, "loss,%d,nan\n", i + 1)
                                             : arena_format(arena, "loss,%d,%a\n", i + 1, (double)v->loss[i]);
        if (strncmp(at, line, strlen(line)))
            fail("%s:%d: %.*s, against %.*s that the run's C gives here", path, i + 1, (int)strcspn(at, "\n"), at,
                 (int)strcspn(line, "\n"), line);
        at += strlen(line);
    }
}

/* What the run left out of the weights that it began with; NULL: nothing. */
static const char *left_out(const RunRecord *r)
{
    const RtJsonNode *init = rt_json_get(&r->json, r->json.nodes, "init"),
                     *except = rt_json_get(&r->json, init, "except");
    return except && except->kind == RT_JSON_STRING ? except->string : NULL;
}

static void write_vectors(Arena *arena, const char *path, const Emission *e, const RunRecord *r, const char *weights,
                          const char *data, const char *init)
{
    void *code;
    Vectors v = {.seed = r->seed, .init = init, .init_except = init ? left_out(r) : NULL};
    RtWeights trained;
    RtRun run;
    RtError error = {0};
    const RtModel *model = load_emission(arena, e, "OPTIMIZE=-O1", &code);
    const RtSettings settings = {.data = data ? data : r->data, .seed = r->seed, .epochs = first_epochs(r),
                                 .threads = 1, .folder = r->folder, .validation = r->validation,
                                 .init = v.init, .init_except = v.init_except};
    if (!rt_run_open(&run, model, &settings, NULL, &error)) fail("%s", error.text);
    if (run.steps_per_epoch < VECTOR_BATCHES)
        fail("%s: %lld batches an epoch, against %d that vectors take", run.data.name, (long long)run.steps_per_epoch,
             VECTOR_BATCHES);
    take_batches(arena, &run, &v);
    v.steps = run.steps;
    v.steps_per_epoch = run.steps_per_epoch;
    v.state = run.weights.state;
    if (!vectors_train(model, &v, &error)) fail("%s", error.text);
    check_losses(arena, r, &v);
    if (!rt_weights_open(&trained, model, &error) || !rt_weights_read(weights, &trained, model, &error) ||
        !rt_weights_are(&trained, model, weights, r->weights_sha256, r->path, &error) ||
        !vectors_write(path, model, &v, &trained, &error))
        fail("%s", error.text);
    rt_weights_close(&trained);
    rt_run_close(&run);
    dlclose(code);
}

/* ---- texts ---- */

static const char *makefile_text(Arena *arena, const char *name)
{
    Text text = text_new(arena);
    text_add(&text, "# Builds the trainer of %s.lua, and checks it.  Needs a C compiler and make; ZLIB=1 also zlib.\n"
                    "CC ?= cc\nMARCH ?= native\nCFLAGS ?= -O3 -march=$(MARCH) -fopenmp -fno-math-errno "
                    "-fno-trapping-math\n"
                    "ifdef ZLIB\nWITH = -DRT_ZLIB\nLIBS = -lz\nendif\n\n", name);
    text_add(&text, "%s: %s.c %s.h\n\t$(CC) $(CFLAGS) $(WITH) -o $@ $< $(LIBS) -lm\n\n", name, name, name);
    text_add(&text, "# training and prediction against the vectors, bit for bit\n"
                    "check: %s-check\n\t./%s-check\n\n", name, name);
    text_add(&text, "%s-check: check.c %s.c %s.h\n\t$(CC) $(CFLAGS) -O1 -o $@ $< -lm\n\n", name, name, name);
    text_add(&text, "clean:\n\trm -f %s %s-check\n\n.PHONY: check clean\n", name, name);
    return text.chars;
}

/* Adds a file of tailor's own without its #include lines. */
static void add_embedded(Text *text, Arena *arena, const char *name)
{
    const Embedded file = embedded_named(name);
    const char *all = arena_format(arena, "%.*s", (int)(file.end - file.start), file.start);
    for (const char *c = all; *c;) {
        const size_t n = strcspn(c, "\n");
        if (strncmp(c, "#include", 8)) text_add(text, "%.*s\n", (int)n, c);
        c += n + (c[n] != 0);
    }
}

static const char *check_text(Arena *arena, const char *name)
{
    Text text = text_new(arena);
    text_add(&text, "/* check.c - compares training and prediction with %s.vectors.safetensors: make check.\n"
                    " *\n * It is the trainer's own file with another main. */\n"
                    "#define main trainer_main\n#include \"%s.c\"\n#undef main\n\n", name, name);
    add_embedded(&text, arena, "vectors.h");
    text_add(&text, "\n");
    add_embedded(&text, arena, "vectors.c");
    text_add(&text,
             "\nint main(void)\n{\n    RtError error = {0};\n"
             "    if (vectors_check(\"%s.vectors.safetensors\", \"%s.safetensors\", &RT_MODEL, &error)) return 0;\n"
             "    fprintf(stderr, \"%%s\\n\", error.text);\n    return 1;\n}\n", name, name);
    return text.chars;
}

static const char *readme_text(Arena *arena, const Experiment *x, const RunRecord *r, const char *graph,
                               const char *begin)
{
    const char *name = x->source.name;
    const RtJsonNode *metrics = rt_json_get(&r->json, r->json.nodes, "metrics"),
                     *epochs = rt_json_get(&r->json, r->json.nodes, "epochs");
    const RtJsonNode *accuracy =
        metrics && metrics->kind == RT_JSON_OBJECT ? rt_json_get(&r->json, metrics, "test_accuracy") : NULL;
    const bool alone = !strchr(graph, '/');                         /* beside the lock, where verify looks for it */
    Text text = text_new(arena);
    text_add(&text, "# %s, trained\n\nA network as tailor %s made it of %s.lua: the C that trains it, and the weights "
                    "it came to.\n\n", name, TAILOR_VERSION, name);
    text_add(&text, "    make          # the trainer, ./%s --help\n"
                    "    make check    # training and prediction against the vectors, bit for bit\n\n"
                    "Both need a C compiler and make, nothing else, and no network.  The bits are the same with every\n"
                    "compiler, on every machine, by any number of threads: `make clean check CC=clang CFLAGS=-O0`.\n\n"
                    "    ./%s --eval . --weights %s.safetensors --data digits    # or a folder of data files\n\n"
                    "| file | what it is |\n|---|---|\n", name, name, name);
    text_add(&text, "| `%s.c`, `%s.h` | the trainer in one file; the functions that a program calls are in `%s.h` |\n",
             name, name, name);
    text_add(&text, "| `%s.safetensors` | the weights of the run, sha256 %s of their numbers |\n", name,
             r->weights_sha256);
    text_add(&text, "| `%s.vectors.safetensors` | inputs of the run's first batches, losses of its first steps, "
                    "results of the weights |\n", name);
    if (begin) text_add(&text, "| `%s` | the weights that the run began with |\n", begin);
    text_add(&text, "| `check.c` | compares with them |\n| `%s.lock` | what the run was made of and which numbers came "
                    "out |\n| `%s` | the graph |\n\n", name, graph);
    text_add(&text, "The run:\n\n- graph hash %s\n- data set %s, seed %llu, %lld epoch%s", r->graph_hash, r->data,
             (unsigned long long)r->seed, epochs ? (long long)epochs->integer : 0,
             epochs && epochs->integer == 1 ? "" : "s");
    if (accuracy && accuracy->kind == RT_JSON_NUMBER) text_add(&text, "\n- test accuracy %.4f", accuracy->number);
    text_add(&text,
             "\n\ntailor makes it again and compares every recorded step:\n\n    tailor verify %s.lock%s%s%s%s\n",
             name, alone ? "" : " --graph ", alone ? "" : graph, begin ? " --init " : "", begin ? begin : "");
    return text.chars;
}

/* ---- the folder ---- */

static void write_text(Arena *arena, const char *folder, const char *name, const char *text)
{
    RtError error = {0};
    if (!rt_file_write(arena_format(arena, "%s/%s", folder, name), text, strlen(text), &error)) fail("%s", error.text);
}

static void copy_file(Arena *arena, const char *from, const char *folder, const char *name)
{
    RtText text = {0};
    RtError error = {0};
    if (!rt_file_read(from, 1 << 30, &text, &error) ||
        !rt_file_write(arena_format(arena, "%s/%s", folder, name), text.data ? text.data : "", text.length, &error))
        fail("%s", error.text);
    rt_text_free(&text);
}

void pack_folder(Arena *arena, const char *folder, Emission *e, const char *run, const char *lock, const char *data,
                 const char *init)
{
    const RunRecord r = read_record(arena, run);
    const Experiment *x = e->experiment;
    const char *name = x->source.name, *weights = arena_format(arena, "%s/weights.safetensors", run);
    const char *graph = copy_sources(arena, x, folder) + strlen(folder) + 1, *begin = NULL;
    unlink(arena_format(arena, "%s/graph.txt", folder));                  /* the archive's README says it */
    if (init) {
        RtError error = {0};
        const RtJsonNode *of = rt_json_get(&r.json, r.json.nodes, "init");
        begin = arena_format(arena, "%s/%s", vectors_begin, rt_json_get(&r.json, of, "file")->string);
        if (!rt_folder_make(arena_format(arena, "%s/%s", folder, vectors_begin), &error)) fail("%s", error.text);
        copy_file(arena, init, folder, begin);
    }
    write_vectors(arena, arena_format(arena, "%s/%s.vectors.safetensors", folder, name), e, &r, weights, data,
                  begin ? arena_format(arena, "%s/%s", folder, begin) : NULL);
    e->form = FORM_SINGLE;
    write_text(arena, folder, arena_format(arena, "%s.c", name), emit_source(e));
    write_text(arena, folder, arena_format(arena, "%s.h", name), emit_header(e));
    write_text(arena, folder, arena_format(arena, "%s.lock", name), lock);
    write_text(arena, folder, "Makefile", makefile_text(arena, name));
    write_text(arena, folder, "README.md", readme_text(arena, x, &r, graph, begin));
    write_text(arena, folder, "check.c", check_text(arena, name));
    copy_file(arena, weights, folder, arena_format(arena, "%s.safetensors", name));
}
