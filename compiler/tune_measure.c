/* tune_measure.c - which algorithm of a convolution is the fastest on this machine: a program of its own, written into a temporary
 * folder, built as trainers are and run once (runtime/rt_tune.h). */
#include "command.h"
#include "tune.h"

#include <string.h>

static void write_text(Arena *arena, const char *folder, const char *name, const char *text, size_t n)
{
    RtError error = {0};
    if (!rt_file_write(arena_format(arena, "%s/%s", folder, name), text, n, &error)) fail("%s", error.text);
}

static int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }

/* Floats of the largest thing that a call of this form touches. */
static int64_t largest_buffer(RtConv c, int64_t images)
{
    int64_t floats = most(most((int64_t)c.h * c.w * c.ci, (int64_t)c.oh * c.ow * c.co) * images, (int64_t)9 * c.ci * c.co);
    floats = most(floats, c.tile ? rt_winograd_scratch_floats(c) : rt_conv2d_scratch_floats(c));
    floats = most(floats, c.tile ? rt_winograd_packed_floats(c) : rt_conv2d_packed_floats(c));
    floats = most(floats, c.tile ? rt_winograd_grad_input_packed_floats(c) : rt_conv2d_grad_input_packed_floats(c));
    return most(floats, c.tile ? rt_winograd_sum_floats(c) : rt_conv2d_sum_floats(c));
}

static void add_candidate(Text *text, const Choice *choice, int tile, int64_t slices)
{
    RtConv c = choice->conv;
    c.tile = tile;
    const char *conv = arena_format(text->arena,
                                    "    const RtConv conv = {.h = %d, .w = %d, .ci = %d, .oh = %d, .ow = %d, .co = %d, .kh = 3, .kw = 3, .stride_h = 1, .stride_w = 1, .pad_h = %d,\n"
                                    "                         .pad_w = %d, .dilation_h = 1, .dilation_w = 1, .groups = 1, .tile = %d};\n",
                                    c.h, c.w, c.ci, c.oh, c.ow, c.co, c.pad_h, c.pad_w, tile);
    const char *name = tile ? "rt_winograd" : "rt_conv2d", *form = choice->form == FORWARD ? "" : choice->form == TO_INPUT ? "_grad_input" : "_grad_weight";
    text_add(text, "static void call_%d(const RtTuneBuffers *t)\n{\n%s    %s%s(conv, %lld, t->in[0], %s, t->out, t->scratch);\n}\n", tile, conv, name, form,
             (long long)choice->images, choice->form == TO_WEIGHT ? "t->in[1]" : "t->packed");
    text_add(text, "static void once_%d(const RtTuneBuffers *t)\n{\n%s", tile, conv);
    if (choice->form == TO_WEIGHT)
        text_add(text, "    rt_tune_combine(t, %lld, %lld);\n    %s_grad_weight_unpack(conv, t->out, t->weight);\n}\n", (long long)slices,
                 (long long)(tile ? rt_winograd_sum_floats(c) : rt_conv2d_sum_floats(c)), name);
    else text_add(text, "    %s%s_pack(conv, t->weight, t->packed);\n}\n", name, form);
}

static void write_group(Arena *arena, const char *folder, int number, const Choice *choice, int largest_tile, int64_t slices)
{
    Text text = text_new(arena);
    int64_t floats = 0;
    text_add(&text, "#include \"rt_tune.h\"\n\n");
    for (int tile = 0; tile <= largest_tile; tile += 2) {
        RtConv c = choice->conv;
        c.tile = tile;
        floats = most(floats, largest_buffer(c, choice->images));
        add_candidate(&text, choice, tile, slices);
    }
    text_add(&text, "static const RtTuneCandidate candidates[] = {");
    for (int tile = 0; tile <= largest_tile; tile += 2) text_add(&text, "%s{call_%d, once_%d}", tile ? ", " : "", tile, tile);
    text_add(&text, "};\nextern const RtTuneGroup group_%d;\nconst RtTuneGroup group_%d = {%d, candidates, %lld, %lld};\n", number, number, largest_tile / 2 + 1,
             (long long)choice->calls, (long long)floats);
    write_text(arena, folder, arena_format(arena, "group_%d.c", number), text.chars, text.length);
}

static void write_program(Arena *arena, const char *folder, const Tuning *t, int largest_tile, int64_t slices)
{
    Text text = text_new(arena), makefile = text_new(arena);
    text_add(&text, "#include \"rt_tune.h\"\n\n");
    for (int i = 0; i < t->n; i++) {
        write_group(arena, folder, i, &t->choices[i], largest_tile, slices);
        text_add(&text, "extern const RtTuneGroup group_%d;\n", i);
    }
    text_add(&text, "static const RtTuneGroup *const groups[] = {");
    for (int i = 0; i < t->n; i++) text_add(&text, "%s&group_%d", i ? ", " : "", i);
    text_add(&text, "};\n\nint main(void) { return rt_tune_main(%d, groups); }\n", t->n);
    write_text(arena, folder, "tune.c", text.chars, text.length);
    text_add(&makefile, "%stune: $(patsubst %%.c,%%.o,$(wildcard *.c))\n\t$(CC) $(CFLAGS) -o $@ $^ -lm\n%%.o: %%.c\n\t$(CC) $(CFLAGS) -c -o $@ $<\n", emitted_flags);
    write_text(arena, folder, "Makefile", makefile.chars, makefile.length);
    for (int i = 0; i < embedded_count(); i++) {
        const Embedded file = embedded_at(i);
        const size_t length = strlen(file.name);
        if (!strncmp(file.name, "rt", 2) && !strcmp(file.name + length - 2, ".h")) write_text(arena, folder, file.name, file.start, (size_t)(file.end - file.start));
    }
}

static void read_times(const char *path, Tuning *t, int largest_tile)
{
    RtError error = {0};
    RtText text = {0};
    if (!rt_file_read(path, 1 << 24, &text, &error)) fail("%s", error.text);
    const char *at = text.data;
    for (int i = 0; i < t->n; i++)
        for (int k = 0; k <= largest_tile / 2; k++) {
            int group, candidate, length = 0;
            double ms;
            if (sscanf(at, "%d %d %lf\n%n", &group, &candidate, &ms, &length) != 3 || !length || group != i || candidate != k || !(ms > 0))
                fail("tailor: the program that times convolutions says '%.60s', against a time for %s", at, t->choices[i].kernel);
            t->choices[i].ms[k] = ms * t->choices[i].kernels;
            at += length;
        }
    rt_text_free(&text);
}

/* Of times that are nearly equal that of the cost model's choice counts as the least, so that measuring again gives the same: medians of
 * the same code were seen to differ by 3%. */
static int fastest(const Choice *choice, int largest_tile)
{
    const double margin = 0.95;
    int tile = choice->model_tile;
    double least = margin * choice->ms[tile / 2];
    for (int other = 0; other <= largest_tile; other += 2)
        if (other != choice->model_tile && choice->ms[other / 2] < least) tile = other, least = choice->ms[other / 2];
    return tile;
}

const Tuning *tuning_measure(const Emission *e)
{
    Arena *arena = e->experiment->graph->arena;
    Tuning *t = tuning_of(e);
    const int largest_tile = e->experiment->graph->largest_tile;
    if (t->n && largest_tile) {
        const char *folder = temporary_folder(arena), *times = arena_format(arena, "%s/times", folder);
        write_program(arena, folder, t, largest_tile, e->slicing.slices);
        const char *problem = build_folder(arena, folder, "tune");
        const char *argv[] = {arena_format(arena, "%s/tune", folder), NULL};
        const int code = problem ? 0 : run_program(argv, times);
        if (!problem && code) problem = arena_format(arena, "tailor: %s: the program that times convolutions ended with %d", folder, code);
        if (!problem) read_times(times, t, largest_tile);
        remove_folder(arena, folder);
        if (problem) fail("%s", problem);
        for (int i = 0; i < t->n; i++) t->choices[i].conv.tile = fastest(&t->choices[i], largest_tile);
    }
    tuning_write(arena, t);
    return t;
}
