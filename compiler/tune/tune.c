/* tune.c - the algorithm of each contraction, where measuring chose it: a table in place of the model of
 * graph/algorithms.c.
 *
 * With --tune the table covers every form of every convolution of the programs to which minimal filtering applies.
 * Where OpenBLAS may be chosen as well, it covers every matrix product and every convolution of one group.  It is
 * written beside the emitted C, one choice a line, and read back from there.  The bits of the weights depend on the
 * choices (and on OpenBLAS, where it is chosen), but on no other measurement.  A file is taken only if it answers
 * exactly the programs' questions: one choice for each, none that `accuracy` forbids. */
#include "tune/tune.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 22 };

/* Fills in samples of a call, and calls in a step. */
static void count_calls(const Plan *plan, int kernel, Choice *choice)
{
    choice->samples = samples_of(plan, kernel);
    choice->calls = calls_of_kernel(plan, kernel);
}

Tuning *tuning_of(const Emission *e, const char *openblas)
{
    Arena *arena = e->experiment->graph->arena;
    Tuning *t = arena_alloc(arena, sizeof *t);
    int capacity = 0;
    t->openblas = openblas;
    for (int i = 0; i < shipped_entries(e); i++) {
        const Program *p = e->entries[i]->program;
        for (int k = 0; k < p->n_kernels; k++) {
            Choice choice;
            const Value v = p->kernels[k].contraction;
            if (!v || p->kernels[k].kind != KERNEL_COMPUTE || !choice_of(p->graph, v, openblas != NULL, &choice))
                continue;
            Choice *known = choice_for(t, &choice);
            if (known) {
                known->kernels += i == 0;               /* kernels of the training step alone */
                continue;
            }
            choice.kernel = p->kernels[k].name;
            count_calls(e->entries[i], k, &choice);
            if (choice.form != PRODUCT)
                choice.samples = dim_size(graph_at(p->graph, graph_at(p->graph, v)->in[0])->type.dims[0],
                                          choice.samples);
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

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Is it a convolution to which minimal filtering applies?  The text of its choice leaves out kernel size, stride and
 * dilation. */
static bool is_plain(RtConv c)
{
    return c.kh == 3 && c.kw == 3 && c.stride_h == 1 && c.stride_w == 1 && c.dilation_h == 1 && c.dilation_w == 1;
}

static const char *choice_line(Arena *arena, const Choice *choice)
{
    const RtConv c = choice->conv;
    const Product *p = &choice->product;
    const char *algorithm = algorithm_name(choice, choice->chosen);
    if (choice->form == PRODUCT)
        return arena_format(arena, "matmul %s %s %d %d %s\n", type_text(arena, p->left), type_text(arena, p->right),
                            p->turned[0], p->turned[1], algorithm);
    const char *sizes = arena_format(arena, "%s %d %d %d %d %d %d %d %d", form_names[choice->form], c.h, c.w, c.ci,
                                     c.oh, c.ow, c.co, c.pad_h, c.pad_w);
    if (!is_plain(c))
        return arena_format(arena, "%s %d %d %d %d %d %d %s\n", sizes, c.kh, c.kw, c.stride_h, c.stride_w, c.dilation_h,
                            c.dilation_w, algorithm);
    const int tile = algorithm_at(choice->chosen)->tile;
    if (choice->chosen != OWN && !tile) return arena_format(arena, "%s %s\n", sizes, algorithm);
    return arena_format(arena, "%s %d\n", sizes, tile);
}

/* Hashes the choices, in an order that does not depend on the kernels' order. */
static void hash_choices(Arena *arena, Tuning *t)
{
    const char **lines = arena_array(arena, t->n + 1, sizeof *lines);
    for (int i = 0; i < t->n; i++) lines[i] = choice_line(arena, &t->choices[i]);
    qsort(lines, (size_t)t->n, sizeof *lines, compare_texts);
    RtSha256 hash;
    rt_sha256_begin(&hash);
    for (int i = 0; i < t->n; i++) rt_sha256_add(&hash, lines[i], strlen(lines[i]));
    rt_sha256_end(&hash, t->sha256);
}

static void json_choice(RtJsonWriter *w, Arena *arena, const Choice *choice)
{
    const RtConv c = choice->conv;
    const Product *p = &choice->product;
    rt_json_open(w, NULL, '{');
    rt_json_string(w, "op", form_names[choice->form]);
    if (choice->form == PRODUCT) {
        rt_json_string(w, "left", type_text(arena, p->left));
        rt_json_string(w, "right", type_text(arena, p->right));
        json_sizes(w, "transposed", 2, (int[]){p->turned[0], p->turned[1]});
    } else {
        json_sizes(w, "image", 3, (int[]){c.h, c.w, c.ci});
        json_sizes(w, "result", 3, (int[]){c.oh, c.ow, c.co});
        json_sizes(w, "padding", 2, (int[]){c.pad_h, c.pad_w});
        if (!is_plain(c)) {
            json_sizes(w, "window", 2, (int[]){c.kh, c.kw});
            json_sizes(w, "stride", 2, (int[]){c.stride_h, c.stride_w});
            json_sizes(w, "dilation", 2, (int[]){c.dilation_h, c.dilation_w});
        }
    }
    rt_json_string(w, "algorithm", algorithm_name(choice, choice->chosen));
    rt_json_string(w, "cost_model", algorithm_name(choice, choice->model));
    rt_json_string(w, "kernel", choice->kernel);
    rt_json_open(w, "ms", '{');
    for (int a = 0; a < algorithm_count(); a++)
        if (choice->ms[a] > 0) rt_json_number(w, algorithm_name(choice, a), rounded(choice->ms[a]));
    rt_json_close(w, '}');
    rt_json_close(w, '}');
}

static void json_choices(RtJsonWriter *w, Arena *arena, const char *key, const Tuning *t, bool products)
{
    rt_json_open(w, key, '[');
    for (int i = 0; i < t->n; i++)
        if ((t->choices[i].form == PRODUCT) == products) json_choice(w, arena, &t->choices[i]);
    rt_json_close(w, ']');
}

void tuning_write(Arena *arena, Tuning *t)
{
    RtJsonWriter w = {0};
    rt_json_open(&w, NULL, '{');
    rt_json_string(&w, "tailor_version", TAILOR_VERSION);
    if (t->openblas) rt_json_string(&w, "openblas", t->openblas);
    json_choices(&w, arena, "convolutions", t, false);
    if (t->openblas) json_choices(&w, arena, "products", t, true);
    rt_json_close(&w, '}');
    hash_choices(arena, t);
    if (w.text.failed) fail("tailor: out of memory");
    t->text = arena_copy(arena, w.text.data);
    rt_text_free(&w.text);
}

/* ---- reading ---- */

typedef struct Reading { Arena *arena; const char *path; const RtJson *json; const Experiment *x; } Reading;

static const char *what_it_is(Arena *arena, const Choice *choice)
{
    const RtConv c = choice->conv;
    const Product *p = &choice->product;
    if (choice->form == PRODUCT)
        return arena_format(arena, "matmul of left %s, right %s, transposed [%d, %d]", type_text(arena, p->left),
                            type_text(arena, p->right), p->turned[0], p->turned[1]);
    const char *sizes = arena_format(arena, "%s of image [%d, %d, %d], result [%d, %d, %d], padding [%d, %d]",
                                     form_names[choice->form], c.h, c.w, c.ci, c.oh, c.ow, c.co, c.pad_h, c.pad_w);
    if (is_plain(c)) return sizes;
    return arena_format(arena, "%s, window [%d, %d], stride [%d, %d], dilation [%d, %d]", sizes, c.kh, c.kw, c.stride_h,
                        c.stride_w, c.dilation_h, c.dilation_w);
}

static const RtJsonNode *member(const Reading *r, const RtJsonNode *object, const char *key, RtJsonKind kind,
                                const char *kind_text)
{
    const RtJsonNode *node = rt_json_get(r->json, object, key);
    if (!node) fail("%s:%d: there is no %s, against %s", r->path, object->line, key, kind_text);
    if (node->kind != kind) fail("%s:%d: %s is not %s", r->path, node->line, key, kind_text);
    return node;
}

/* The beginning of a text from outside, without characters that a terminal would obey. */
static const char *shown(Arena *arena, const char *text)
{
    char *copy = arena_copy(arena, arena_format(arena, "%.60s", text));
    for (char *c = copy; *c; c++)
        if ((unsigned char)*c < 32 || *c == 127) *c = '?';
    return copy;
}

/* "a, b or c" */
static const char *any_of(Arena *arena, int n, const char *const *words)
{
    Text text = text_new(arena);
    for (int i = 0; i < n; i++) text_add(&text, "%s%s", i == 0 ? "" : i == n - 1 ? " or " : ", ", words[i]);
    return text.chars;
}

/* Which of n texts a member is. */
static int word(const Reading *r, const RtJsonNode *object, const char *key, int n, const char *const *words)
{
    const RtJsonNode *node = member(r, object, key, RT_JSON_STRING, "a text");
    for (int i = 0; i < n; i++)
        if (!strcmp(node->string, words[i])) return i;
    fail("%s:%d: %s is '%s', against %s", r->path, node->line, key, shown(r->arena, node->string),
         any_of(r->arena, n, words));
}

static void sizes(const Reading *r, const RtJsonNode *object, const char *key, int n, int least, int most, int **to)
{
    const RtJsonNode *node = member(r, object, key, RT_JSON_ARRAY, "a list");
    if (node->n != n) fail("%s:%d: %s has %d numbers, against %d", r->path, node->line, key, node->n, n);
    for (int i = 0, at = node->first; i < n; i++, at = r->json->nodes[at].next) {
        const RtJsonNode *number = &r->json->nodes[at];
        if (number->kind != RT_JSON_NUMBER || !number->is_integer || number->integer < least || number->integer > most)
            fail("%s:%d: number %d of %s is not a whole one from %d to %d", r->path, number->line, i + 1, key, least,
                 most);
        *to[i] = (int)number->integer;
    }
}

static Choice *find_convolution(const Reading *r, const Tuning *t, const RtJsonNode *node)
{
    enum { MOST = 1 << 24 };
    Choice asked = {
        .form = (Form)word(r, node, "op", 3, form_names),
        .conv = {.kh = 3, .kw = 3, .stride_h = 1, .stride_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1}};
    RtConv *c = &asked.conv;
    sizes(r, node, "image", 3, 1, MOST, (int *[]){&c->h, &c->w, &c->ci});
    sizes(r, node, "result", 3, 1, MOST, (int *[]){&c->oh, &c->ow, &c->co});
    sizes(r, node, "padding", 2, 0, MOST, (int *[]){&c->pad_h, &c->pad_w});
    if (rt_json_get(r->json, node, "window")) {
        sizes(r, node, "window", 2, 1, MOST, (int *[]){&c->kh, &c->kw});
        sizes(r, node, "stride", 2, 1, MOST, (int *[]){&c->stride_h, &c->stride_w});
        sizes(r, node, "dilation", 2, 1, MOST, (int *[]){&c->dilation_h, &c->dilation_w});
    }
    Choice *choice = choice_for(t, &asked);
    if (!choice)
        fail("%s:%d: %s, against none of these sizes in %s", r->path, node->line, what_it_is(r->arena, &asked),
             r->x->source.path);
    return choice;
}

static Choice *find_product(const Reading *r, const Tuning *t, const RtJsonNode *node)
{
    int turned[2];
    word(r, node, "op", 1, &form_names[PRODUCT]);
    const char *left = member(r, node, "left", RT_JSON_STRING, "a text")->string,
               *right = member(r, node, "right", RT_JSON_STRING, "a text")->string;
    sizes(r, node, "transposed", 2, 0, 1, (int *[]){&turned[0], &turned[1]});
    for (int i = 0; i < t->n; i++) {
        const Product *p = &t->choices[i].product;
        if (t->choices[i].form == PRODUCT && p->turned[0] == turned[0] && p->turned[1] == turned[1] &&
            !strcmp(type_text(r->arena, p->left), left) && !strcmp(type_text(r->arena, p->right), right))
            return &t->choices[i];
    }
    fail("%s:%d: matmul of left %s, right %s, transposed [%d, %d], against none of these in %s", r->path, node->line,
         shown(r->arena, left), shown(r->arena, right), turned[0], turned[1], r->x->source.path);
}

/* The first algorithm of a tile; tile 0: the direct one. */
static const char *name_of_tile(int tile)
{
    int a = OWN;
    while (algorithm_at(a)->tile != tile) a++;
    return algorithm_at(a)->name;
}

static void read_choice(const Reading *r, const Tuning *t, const RtJsonNode *node, bool product)
{
    if (node->kind != RT_JSON_OBJECT)
        fail("%s:%d: a %s is not an object", r->path, node->line, product ? "product" : "convolution");
    Choice *choice = product ? find_product(r, t, node) : find_convolution(r, t, node);
    if (choice->line)
        fail("%s:%d: %s stands twice, first in line %d", r->path, node->line, what_it_is(r->arena, choice),
             choice->line);
    const char *words[MOST_ALGORITHMS], *allowed[MOST_ALGORITHMS];
    int of_word[MOST_ALGORITHMS];
    int n = 0, n_allowed = 0;
    for (int a = 0; a < algorithm_count(); a++) {
        const Algorithm *row = algorithm_at(a);
        if (row->openblas ? !t->openblas : !row->cost || (product && a != OWN)) continue;
        if (choice->allowed & 1u << a) allowed[n_allowed++] = algorithm_name(choice, a);
        words[n] = algorithm_name(choice, a);
        of_word[n++] = a;
    }
    const int a = of_word[word(r, node, "algorithm", n, words)], most = r->x->graph->largest_tile;
    const int line = member(r, node, "algorithm", RT_JSON_STRING, "a text")->line;
    if (algorithm_at(a)->tile > most) {
        const char *accuracy = most == 4 ? "f4" : most ? "f2" : "exact";
        fail("%s:%d: algorithm is %s, against %s at most with accuracy = \"%s\"", r->path, line,
             algorithm_name(choice, a), name_of_tile(most), accuracy);
    }
    if (!(choice->allowed & 1u << a))
        fail("%s:%d: algorithm is %s, against %s for %s", r->path, line, algorithm_name(choice, a),
             any_of(r->arena, n_allowed, allowed), what_it_is(r->arena, choice));
    choice->chosen = a;
    choice->line = node->line;
}

static void read_choices(const Reading *r, const Tuning *t, const char *key, bool products)
{
    const RtJsonNode *list = member(r, &r->json->nodes[0], key, RT_JSON_ARRAY, "a list");
    for (int i = list->first; i; i = r->json->nodes[i].next) read_choice(r, t, &r->json->nodes[i], products);
    for (int i = 0; i < t->n; i++)
        if (!t->choices[i].line && (t->choices[i].form == PRODUCT) == products)
            fail("%s:%d: no choice for %s of %s", r->path, list->line, what_it_is(r->arena, &t->choices[i]),
                 r->x->source.path);
}

const Tuning *tuning_of_text(const Emission *e, const char *path, const char *text, size_t n, int line)
{
    Arena *arena = e->experiment->graph->arena;
    RtError error = {0};
    RtJson json = {0};
    char *padded = arena_alloc(arena, (size_t)line + n);                /* nodes then know their lines in the file */
    memset(padded, '\n', (size_t)line - 1);
    memcpy(padded + line - 1, text, n);
    if (!rt_json_parse(padded, (size_t)line - 1 + n, "choices", &json, &error))
        fail("%s:%d: %s", path, json.wrong_line, error.text);
    const Reading r = {arena, path, &json, e->experiment};
    if (json.nodes[0].kind != RT_JSON_OBJECT) fail("%s:%d: not an object with choices", path, json.nodes[0].line);
    const bool openblas = rt_json_get(&json, &json.nodes[0], "openblas") != NULL;
    Tuning *t = tuning_of(
        e,
        openblas ? arena_copy(arena, member(&r, &json.nodes[0], "openblas", RT_JSON_STRING, "a text")->string) : NULL);
    read_choices(&r, t, "convolutions", false);
    if (openblas) read_choices(&r, t, "products", true);
    tuning_write(arena, t);
    /* copied as it is, with the times that were measured where it was written */
    t->text = padded + line - 1;
    rt_json_free(&json);
    return t;
}

const Tuning *tuning_read(const Emission *e, const char *path)
{
    RtError error = {0};
    RtText text = {0};
    if (!rt_file_read(path, MOST_BYTES, &text, &error)) fail("%s", error.text);
    const Tuning *t = tuning_of_text(e, path, text.length ? text.data : "", text.length, 1);
    rt_text_free(&text);
    return t;
}
