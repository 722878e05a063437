/* tune.c - the algorithm of each convolution, where measuring chose it: a table in place of the cost model of ops/contraction.c.
 *
 * The table covers every form of every convolution of the programs to which minimal filtering applies.  It is written beside the emitted C,
 * one choice a line, and read back from there: the bits of the weights depend on the choices, on nothing else that was measured.
 * A file is taken only if it says exactly what the programs ask: one choice for each, none that `accuracy` forbids. */
#include "tune.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 22 };

static const char *const forms[] = {"conv2d", "conv2d_grad_input", "conv2d_grad_weight"};

const char *tile_name(int tile) { return tile == 4 ? "winograd f4" : tile == 2 ? "winograd f2" : "direct"; }

const char *tuning_path(Arena *arena, const char *folder, const char *name) { return arena_format(arena, "%s/%s.tune.json", folder, name); }

static bool same_sizes(RtConv a, RtConv b)
{
    a.tile = b.tile;
    return !memcmp(&a, &b, sizeof a);
}

static Choice *choice_for(const Tuning *t, Form form, RtConv conv)
{
    for (int i = 0; i < t->n; i++)
        if (t->choices[i].form == form && same_sizes(t->choices[i].conv, conv)) return &t->choices[i];
    return NULL;
}

int tuned_tile(const Tuning *t, Form form, RtConv conv)
{
    const Choice *choice = choice_for(t, form, conv);
    return choice ? choice->conv.tile : -1;
}

Tuning *tuning_of(const Emission *e)
{
    Arena *arena = e->experiment->graph->arena;
    Tuning *t = arena_alloc(arena, sizeof *t);
    int capacity = 0;
    for (int i = 0; i < e->n_entries; i++) {
        const Program *p = e->entries[i]->program;
        for (int k = 0; k < p->n_kernels; k++) {
            Choice choice = {.kernel = p->kernels[k].name};
            const Value v = p->kernels[k].contraction;
            if (!v || p->kernels[k].kind != KERNEL_COMPUTE || !convolution_of(p->graph, v, &choice.form, &choice.conv)) continue;
            Choice *known = choice_for(t, choice.form, choice.conv);
            if (known) {
                known->kernels += i == 0;               /* of the training step alone */
                continue;
            }
            choice.model_tile = choice.conv.tile;
            const Segment *segment = segment_of(p, k);
            const int64_t chunk = segment->sliced ? segment->chunk : p->slicing.slice;
            choice.images = dim_size(graph_at(p->graph, graph_at(p->graph, v)->in[0])->type.dims[0], chunk);
            choice.calls = p->slicing.slices * ((p->slicing.slice + chunk - 1) / chunk);
            choice.kernels = i == 0;
            t->choices = arena_grow(arena, t->choices, t->n, &capacity, sizeof *t->choices);
            t->choices[t->n++] = choice;
        }
    }
    return t;
}

/* ---- writing ---- */

static void json_sizes(RtJsonWriter *w, const char *key, int n, const int *sizes)
{
    rt_json_open(w, key, '[');
    for (int i = 0; i < n; i++) rt_json_integer(w, NULL, sizes[i]);
    rt_json_close(w, ']');
}

static double rounded(double ms)
{
    char text[32];
    snprintf(text, sizeof text, "%.3g", ms);
    return strtod(text, NULL);
}

static int compare_texts(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* Of the choices, whatever the order of the kernels that they are for. */
static void hash_choices(Arena *arena, Tuning *t)
{
    const char **lines = arena_array(arena, t->n + 1, sizeof *lines);
    for (int i = 0; i < t->n; i++) {
        const RtConv c = t->choices[i].conv;
        lines[i] = arena_format(arena, "%s %d %d %d %d %d %d %d %d %d\n", forms[t->choices[i].form], c.h, c.w, c.ci, c.oh, c.ow, c.co, c.pad_h, c.pad_w, c.tile);
    }
    qsort(lines, (size_t)t->n, sizeof *lines, compare_texts);
    RtSha256 hash;
    rt_sha256_begin(&hash);
    for (int i = 0; i < t->n; i++) rt_sha256_add(&hash, lines[i], strlen(lines[i]));
    rt_sha256_end(&hash, t->sha256);
}

void tuning_write(Arena *arena, Tuning *t)
{
    RtJsonWriter w = {0};
    rt_json_open(&w, NULL, '{');
    rt_json_string(&w, "tailor_version", TAILOR_VERSION);
    rt_json_open(&w, "convolutions", '[');
    for (int i = 0; i < t->n; i++) {
        const Choice *choice = &t->choices[i];
        const RtConv c = choice->conv;
        rt_json_open(&w, NULL, '{');
        rt_json_string(&w, "op", forms[choice->form]);
        json_sizes(&w, "image", 3, (int[]){c.h, c.w, c.ci});
        json_sizes(&w, "result", 3, (int[]){c.oh, c.ow, c.co});
        json_sizes(&w, "padding", 2, (int[]){c.pad_h, c.pad_w});
        rt_json_string(&w, "algorithm", tile_name(c.tile));
        rt_json_string(&w, "cost_model", tile_name(choice->model_tile));
        rt_json_string(&w, "kernel", choice->kernel);
        rt_json_open(&w, "ms", '{');
        for (int k = 0; k < TILES; k++)
            if (choice->ms[k] > 0) rt_json_number(&w, tile_name(2 * k), rounded(choice->ms[k]));
        rt_json_close(&w, '}');
        rt_json_close(&w, '}');
    }
    rt_json_close(&w, ']');
    rt_json_close(&w, '}');
    hash_choices(arena, t);
    if (w.text.failed) fail("tailor: out of memory");
    t->text = arena_copy(arena, w.text.data);
    rt_text_free(&w.text);
}

/* ---- reading ---- */

typedef struct Reading { Arena *arena; const char *path; const RtJson *json; const Experiment *x; } Reading;

static const char *what_it_is(Arena *arena, Form form, RtConv c)
{
    return arena_format(arena, "%s of image [%d, %d, %d], result [%d, %d, %d], padding [%d, %d]", forms[form], c.h, c.w, c.ci, c.oh, c.ow, c.co, c.pad_h, c.pad_w);
}

static const RtJsonNode *member(const Reading *r, const RtJsonNode *object, const char *key, RtJsonKind kind, const char *kind_text)
{
    const RtJsonNode *node = rt_json_get(r->json, object, key);
    if (!node) fail("%s:%d: there is no %s, against %s", r->path, object->line, key, kind_text);
    if (node->kind != kind) fail("%s:%d: %s is not %s", r->path, node->line, key, kind_text);
    return node;
}

/* Which of n texts a member is. */
static int word(const Reading *r, const RtJsonNode *object, const char *key, int n, const char *const *words)
{
    const RtJsonNode *node = member(r, object, key, RT_JSON_STRING, "a text");
    for (int i = 0; i < n; i++)
        if (!strcmp(node->string, words[i])) return i;
    fail("%s:%d: %s is '%.60s', against %s, %s or %s", r->path, node->line, key, node->string, words[0], words[1], words[2]);
}

static void sizes(const Reading *r, const RtJsonNode *object, const char *key, int n, int least, int **to)
{
    enum { MOST = 1 << 24 };
    const RtJsonNode *node = member(r, object, key, RT_JSON_ARRAY, "a list");
    if (node->n != n) fail("%s:%d: %s has %d numbers, against %d", r->path, node->line, key, node->n, n);
    for (int i = 0, at = node->first; i < n; i++, at = r->json->nodes[at].next) {
        const RtJsonNode *number = &r->json->nodes[at];
        if (number->kind != RT_JSON_NUMBER || !number->is_integer || number->integer < least || number->integer > MOST)
            fail("%s:%d: number %d of %s is not a whole one from %d to %d", r->path, number->line, i + 1, key, least, MOST);
        *to[i] = (int)number->integer;
    }
}

static void read_choice(const Reading *r, Tuning *t, const RtJsonNode *node)
{
    static const char *const algorithms[] = {"direct", "winograd f2", "winograd f4"};
    if (node->kind != RT_JSON_OBJECT) fail("%s:%d: a convolution is not an object", r->path, node->line);
    const Form form = (Form)word(r, node, "op", 3, forms);
    RtConv c = {.kh = 3, .kw = 3, .stride_h = 1, .stride_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1};
    sizes(r, node, "image", 3, 1, (int *[]){&c.h, &c.w, &c.ci});
    sizes(r, node, "result", 3, 1, (int *[]){&c.oh, &c.ow, &c.co});
    sizes(r, node, "padding", 2, 0, (int *[]){&c.pad_h, &c.pad_w});
    c.tile = 2 * word(r, node, "algorithm", TILES, algorithms);
    Choice *choice = choice_for(t, form, c);
    if (!choice) fail("%s:%d: %s, against none of these sizes in %s", r->path, node->line, what_it_is(r->arena, form, c), r->x->source.path);
    if (choice->line) fail("%s:%d: %s stands twice, first in line %d", r->path, node->line, what_it_is(r->arena, form, c), choice->line);
    const int most = r->x->graph->largest_tile;
    if (c.tile > most)
        fail("%s:%d: algorithm is %s, against %s at most with accuracy = \"%s\"", r->path, node->line, tile_name(c.tile), tile_name(most), most == 4 ? "f4" : most ? "f2" : "exact");
    choice->conv.tile = c.tile;
    choice->line = node->line;
}

const Tuning *tuning_read(const Emission *e, const char *path)
{
    Arena *arena = e->experiment->graph->arena;
    Tuning *t = tuning_of(e);
    RtError error = {0};
    RtText text = {0};
    RtJson json = {0};
    if (!rt_file_read(path, MOST_BYTES, &text, &error)) fail("%s", error.text);
    if (!rt_json_parse(text.data, text.length, "choices", &json, &error)) fail("%s:%d: %s", path, json.wrong_line, error.text);
    const Reading r = {arena, path, &json, e->experiment};
    if (json.nodes[0].kind != RT_JSON_OBJECT) fail("%s:%d: not an object with choices", path, json.nodes[0].line);
    const RtJsonNode *list = member(&r, &json.nodes[0], "convolutions", RT_JSON_ARRAY, "a list");
    for (int i = list->first; i; i = json.nodes[i].next) read_choice(&r, t, &json.nodes[i]);
    for (int i = 0; i < t->n; i++)
        if (!t->choices[i].line) fail("%s:%d: no choice for %s of %s", path, list->line, what_it_is(arena, t->choices[i].form, t->choices[i].conv), e->experiment->source.path);
    tuning_write(arena, t);
    t->text = arena_copy(arena, text.data);         /* goes along as it is, with what was measured where it was written */
    rt_json_free(&json);
    rt_text_free(&text);
    return t;
}

Emission *emission_tuned(Experiment *x, const Passes *passes, bool measure, const char *file)
{
    Passes first = *passes;
    first.dump = measure || file ? NULL : passes->dump;      /* of the programs that are emitted */
    Emission *e = emission_new(x, x->batch, &first);
    if (!measure && !file) return e;
    x->graph->tuning = file ? tuning_read(e, file) : tuning_measure(e);
    return emission_new(x, x->batch, passes);
}
