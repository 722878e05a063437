/* measure.c - times the algorithms of contractions on this machine.  A program of its own is written into a temporary
 * folder, built as trainers are and run once (runtime/rt_tune.h). */
#include "tune/tune.h"

#include <errno.h>
#include <string.h>

#include "base/process.h"

static void write_text(Arena *arena, const char *folder, const char *name, const char *text, size_t n)
{
    RtError error = {0};
    if (!rt_file_write(arena_format(arena, "%s/%s", folder, name), text, n, &error)) fail("%s", error.text);
}

static int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }

static int64_t largest_of(int n, const int64_t *floats)
{
    int64_t largest = 1;
    for (int i = 0; i < n; i++) largest = most(largest, floats[i]);
    return largest;
}

/* ---- convolutions ---- */

/* Floats of the largest array that a call touches. */
static int64_t largest_of_convolution(RtConv c, const Algorithm *a, int64_t images)
{
    const int64_t floats[] = {
        images * c.h * c.w * c.ci, images * c.oh * c.ow * c.co, (int64_t)c.kh * c.kw * c.ci * c.co,
        a->scratch_floats(c),      a->packed_floats(c),         a->back_packed_floats(c),
        a->sum_floats(c)};
    return largest_of(sizeof floats / sizeof *floats, floats);
}

static int64_t add_convolution(Text *text, const Choice *choice, int number, int64_t slices)
{
    static const char *const forms[] = {[FORWARD] = "", [TO_INPUT] = "_grad_input", [TO_WEIGHT] = "_grad_weight"};
    const Algorithm *a = algorithm_at(number);
    const char *form = forms[choice->form];
    RtConv c = choice->conv;
    c.tile = a->tile;
    const char *conv = arena_format(
        text->arena,
        "    const RtConv conv = {.h = %d, .w = %d, .ci = %d, .oh = %d, .ow = %d, .co = %d, .kh = %d, .kw = %d,\n"
        "                         .stride_h = %d, .stride_w = %d, .pad_h = %d, .pad_w = %d, .dilation_h = %d, "
        ".dilation_w = %d,\n"
        "                         .groups = %d, .tile = %d};\n",
        c.h, c.w, c.ci, c.oh, c.ow, c.co, c.kh, c.kw, c.stride_h, c.stride_w, c.pad_h, c.pad_w, c.dilation_h,
        c.dilation_w, c.groups, c.tile);
    text_add(text, "#include \"%s\"\n", a->header);
    text_add(text,
             "static void call_%d(const RtTuneBuffers *t)\n{\n%s    %s%s(conv, %lld, t->in[0], %s, t->out, "
             "t->scratch);\n}\n",
             number, conv, a->prefix, form, (long long)choice->samples,
             choice->form == TO_WEIGHT ? "t->in[1]" : "t->packed");
    text_add(text, "static void once_%d(const RtTuneBuffers *t)\n{\n%s", number, conv);
    if (choice->form == TO_WEIGHT) {
        text_add(text, "    rt_tune_combine(t, %lld, %lld);\n", (long long)slices, (long long)a->sum_floats(c));
        text_add(text, "    %s_grad_weight_unpack(conv, t->out, t->weight);\n}\n", a->prefix);
    } else text_add(text, "    %s%s_pack(conv, t->weight, t->packed);\n}\n", a->prefix, form);
    return largest_of_convolution(c, a, choice->samples);
}

/* ---- matrix products ---- */

static const char *dim_text(Arena *arena, Dim dim)
{
    return dim < 0 ? arena_format(arena, "%lld * n", (long long)-dim) : arena_format(arena, "%lld", (long long)dim);
}

static int64_t matrices_of(Type type, int64_t samples)
{
    int64_t n = 1;
    for (int i = 0; i < type.rank - 2; i++) n *= dim_size(type.dims[i], samples);
    return n;
}

/* Writes the same calls as ops/matmul.c and ops/conv2d.c.  Sizes that do not change from step to step are constants;
 * the number of samples is n, since the last chunk may have fewer. */
static int64_t add_product(Text *text, const Choice *choice, int a, int64_t slices)
{
    const bool openblas = algorithm_at(a)->openblas;
    const Product *p = &choice->product;
    Arena *arena = text->arena;
    const int64_t rows = dim_size(p->m, choice->samples), columns = dim_size(p->n, choice->samples),
                  terms = dim_size(p->k, choice->samples), matrices = p->one ? 1 : matrices_of(p->out, choice->samples);
    const char *m = dim_text(arena, p->m), *n = dim_text(arena, p->n), *k = dim_text(arena, p->k);
    /* a side that the whole stack shares stays where it is */
    const char *left = matrices_of(p->left, choice->samples) == 1 || p->one
                           ? "t->in[0]"
                           : arena_format(arena, "t->in[0] + i * %lld", (long long)(rows * terms));
    const char *right = matrices_of(p->right, choice->samples) == 1
                            ? "t->in[1]"
                            : arena_format(arena, "t->in[1] + i * %lld", (long long)(columns * terms));
    const char *out = arena_format(arena, "t->out + i * %lld", (long long)(rows * columns)),
               *left_row = p->turned[0] ? m : k, *right_row = p->turned[1] ? k : n;
    const char *pack = arena_format(arena, "rt_pack(%s, %s, %s, %s, %s, t->packed);", k, n,
                                    p->packed_once ? "t->weight" : right, p->turned[1] ? "1" : n,
                                    p->turned[1] ? k : "1");
    text_add(
        text,
        "static void call_%d(const RtTuneBuffers *t)\n{\n    const int n = t->samples;\n    (void)n;\n"
        "    for (int64_t i = 0; i < %lld; i++) {\n",
        a, (long long)matrices);
    if (p->outer && openblas)
        text_add(text, "        rt_blas_matmul_tn(%s, %s, %s, %s, %s, %s, %s, %s, %s);\n", m, n, k, left, m, right, n,
                 out, n);
    else if (p->outer)
        text_add(text, "        rt_matmul_tn(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s);\n", m, n, k,
                 dim_text(arena, p->run), left, m, right, n, out, n);
    else if (openblas)
        text_add(text, "        rt_blas_matmul(%d, %d, %s, %s, %s, %s, %s, %s, %s, %s, %s);\n", p->turned[0],
                 p->turned[1], m, n, k, left, left_row, right, right_row, out, n);
    else {
        if (!p->packed_once) text_add(text, "        %s\n", pack);
        if (p->turned[0]) text_add(text, "        rt_transpose(%s, %s, %s, %s, t->scratch);\n", k, m, left, m);
        text_add(text, "        rt_matmul(%s, %s, %s, %s, %s, t->packed, %s, %s);\n", m, n, k,
                 p->turned[0] ? "t->scratch" : left, k, out, n);
    }
    text_add(text,
             "    }\n}\nstatic void once_%d(const RtTuneBuffers *t)\n{\n    const int n = t->samples;\n    (void)n;\n",
             a);
    if (p->outer)
        text_add(text, "    rt_tune_combine(t, %lld, %lld);\n", (long long)slices, (long long)(rows * columns));
    else if (p->packed_once && !openblas) text_add(text, "    %s\n", pack);
    text_add(text, "}\n");
    const int64_t floats[] = {matrices * rows * terms, matrices * columns * terms, matrices * rows * columns,
                              rt_packed_floats(terms, columns)};
    return largest_of(sizeof floats / sizeof *floats, floats);
}

/* ---- the program ---- */

static void write_group(Arena *arena, const char *folder, int number, const Choice *choice, const Tuning *t,
                        int64_t slices)
{
    Text text = text_new(arena), candidates = text_new(arena);
    int64_t floats = 0;
    int n = 0;
    text_add(&text, "#include \"rt_tune.h\"\n%s\n", t->openblas ? "#include \"rt_blas.h\"\n" : "");
    for (int a = 0; a < algorithm_count(); a++) {
        if (!(choice->allowed & 1u << a)) continue;
        floats = most(floats, choice->form == PRODUCT ? add_product(&text, choice, a, slices)
                                                      : add_convolution(&text, choice, a, slices));
        text_add(&candidates, "%s{call_%d, once_%d}", n++ ? ", " : "", a, a);
    }
    text_add(
        &text,
        "static const RtTuneCandidate candidates[] = {%s};\nextern const RtTuneGroup group_%d;\n"
        "const RtTuneGroup group_%d = {%d, candidates, %lld, %lld, %lld};\n",
        candidates.chars, number, number, n, (long long)choice->samples, (long long)choice->calls, (long long)floats);
    write_text(arena, folder, arena_format(arena, "group_%d.c", number), text.chars, text.length);
}

static void write_makefile(Arena *arena, const char *folder, bool openblas)
{
    Text text = text_new(arena);
    text_add(
        &text,
        "%s%stune: $(patsubst %%.c,%%.o,$(wildcard *.c))\n\t$(CC) $(CFLAGS) -o $@ $^%s -lm\n%%.o: %%.c\n"
        "\t$(CC) $(CFLAGS)%s -c -o $@ $<\n",
        emitted_flags, openblas ? emitted_openblas : "", openblas ? " $(OPENBLAS_LIBS)" : "",
        openblas ? " $(OPENBLAS_CFLAGS)" : "");
    write_text(arena, folder, "Makefile", text.chars, text.length);
}

static void write_program(Arena *arena, const char *folder, const Tuning *t, int64_t slices)
{
    Text text = text_new(arena);
    text_add(&text, "#include \"rt_tune.h\"\n%s\n_Static_assert(RT_TUNE_MOST >= %d, \"room for every algorithm\");\n\n",
             t->openblas ? "#include \"rt_blas.h\"\n" : "", algorithm_count());
    for (int i = 0; i < t->n; i++) {
        write_group(arena, folder, i, &t->choices[i], t, slices);
        text_add(&text, "extern const RtTuneGroup group_%d;\n", i);
    }
    text_add(&text, "static const RtTuneGroup *const groups[] = {");
    for (int i = 0; i < t->n; i++) text_add(&text, "%s&group_%d", i ? ", " : "", i);
    text_add(&text, "};\n\nint main(void)\n{\n%s    return rt_tune_main(%d, groups);\n}\n",
             t->openblas ? "    rt_blas_one_thread();\n" : "", t->n);
    write_text(arena, folder, "tune.c", text.chars, text.length);
    write_makefile(arena, folder, t->openblas != NULL);
    for (int i = 0; i < embedded_count(); i++) {
        const Embedded file = embedded_at(i);
        const size_t length = strlen(file.name);
        if (!strncmp(file.name, "rt", 2) && !strcmp(file.name + length - 2, ".h"))
            write_text(arena, folder, file.name, file.start, (size_t)(file.end - file.start));
    }
}

static void read_times(const char *at, Tuning *t)
{
    for (int i = 0; i < t->n; i++) {
        Choice *choice = &t->choices[i];
        int n = 0;
        for (int a = 0; a < algorithm_count(); a++) {
            if (!(choice->allowed & 1u << a)) continue;
            int group, candidate, length = 0;
            double ms;
            if (sscanf(at, "%d %d %lf\n%n", &group, &candidate, &ms, &length) != 3 || !length || group != i ||
                candidate != n++ || !(ms > 0))
                fail("tailor: the program that times contractions says '%.60s', against a time for %s", at,
                     choice->kernel);
            choice->ms[a] = ms * choice->kernels;
            at += length;
        }
    }
}

/* The fastest algorithm.  Where times are nearly equal the cost model's choice wins, so that measuring again gives the
 * same: medians of the same code were seen to differ by 3%.  For the same reason OpenBLAS has to be faster than the
 * best of our own by the same margin. */
static int fastest(const Choice *choice)
{
    const double margin = 0.95;
    const int openblas = openblas_number();
    int best = choice->model;
    double least = margin * choice->ms[best];
    for (int a = 0; a < algorithm_count(); a++)
        if (choice->allowed & 1u << a && a != openblas && a != choice->model && choice->ms[a] < least)
            best = a, least = choice->ms[a];
    if (choice->allowed & 1u << openblas && choice->ms[openblas] < margin * choice->ms[best]) best = openblas;
    return best;
}

/* OpenBLAS's description of itself, when it is built as trainers build it; NULL when there is none, or none that
 * several threads may call at once. */
static const char *openblas_here(Arena *arena)
{
    static const char probe[] = "#include <cblas.h>\n#include <stdio.h>\n\n"
                                "int main(void)\n{\n    printf(\"%s\", openblas_get_config());\n"
                                "    return openblas_get_parallel() != OPENBLAS_THREAD;\n}\n";
    const char *folder = temporary_folder(arena), *version = NULL;
    const char *argv[] = {arena_format(arena, "%s/tune", folder), NULL};
    RtText said = {0};
    write_text(arena, folder, "probe.c", probe, sizeof probe - 1);
    write_makefile(arena, folder, true);
    if (!build_folder(arena, folder, "tune") && run_program(argv, &said) == 0 && said.length && !said.failed)
        version = arena_copy(arena, said.data);
    remove_folder(folder);
    rt_text_free(&said);
    return version;
}

const Tuning *tuning_measure(const Emission *e, Measure measure)
{
    Arena *arena = e->experiment->graph->arena;
    const char *openblas = measure == MEASURE_OPENBLAS ? openblas_here(arena) : NULL;
    if (measure == MEASURE_OPENBLAS && !openblas)
        remark("tailor: --fast: there is no OpenBLAS here (libopenblas-dev, found by pkg-config): only tailor's own "
               "kernels are measured");
    Tuning *t = tuning_of(e, openblas);
    bool open = false;
    for (int i = 0; i < t->n; i++) open = open || t->choices[i].allowed != 1u << t->choices[i].model;
    if (open) {
        const char *folder = temporary_folder(arena);
        RtText times = {0};
        write_program(arena, folder, t, e->slicing.slices);
        const char *problem = build_folder(arena, folder, "tune");
        const char *argv[] = {arena_format(arena, "%s/tune", folder), NULL};
        const int code = problem ? 0 : run_program(argv, &times);
        if (!problem && code == NOT_STARTED) problem = why_not_started(arena, argv[0], errno);
        if (!problem && code)
            problem = arena_format(arena, "tailor: %s: the program that times contractions ended with %d", folder,
                                   code);
        if (!problem && (times.failed || !times.length))
            problem = "tailor: the program that times contractions said nothing";
        remove_folder(folder);
        if (problem) fail("%s", problem);
        read_times(times.data, t);
        rt_text_free(&times);
        for (int i = 0; i < t->n; i++) t->choices[i].chosen = fastest(&t->choices[i]);
    }
    tuning_write(arena, t);
    return t;
}

Emission *emission_tuned(Experiment *x, const Passes *passes, Measure measure, const char *file)
{
    Passes first = *passes;
    first.dump = measure || file ? NULL : passes->dump;      /* of the programs that are emitted */
    Emission *e = emission_new(x, x->batch, &first);
    if (!measure && !file) return e;
    x->graph->tuning = file ? tuning_read(e, file) : tuning_measure(e, measure);
    return emission_new(x, x->batch, passes);
}
