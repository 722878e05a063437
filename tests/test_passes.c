/* test_passes.c - random graphs through every pass, off against on, and the emitted code against the interpreter.
 *
 * Each graph is a function of its seed.  Many are written into one C file, each with all passes and without each that is optional.  Which
 * of them may change rounding, and which no bit, the table of passes says; all must agree with the interpreter, in double, within float's
 * accuracy.  A failure prints the seed and the graph. */
#include "tailor.h"    /* before check.h, which has a macro named fail */

#include "support.h"

#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BATCH = 6, GRAPHS = 60, MOST_VARIANTS = 33, MOST_VALUES = 40, FIRST_SEED = 1 };

/* All passes; then without one. */
typedef struct Variant { const char *pass; Passes passes; bool same_bits; } Variant;

static int variants_of(Variant variants[MOST_VARIANTS])
{
    int n = 1;
    variants[0] = (Variant){"none", {.qualify = true}, true};
    for (int i = 0; i < pass_count(); i++)
        if (pass_at(i)->optional)
            variants[n++] = (Variant){pass_at(i)->name, {.qualify = true, .without = 1u << i}, pass_at(i)->same_bits};
    return n;
}

static Passes without(const char *pass) { return (Passes){.without = 1u << pass_number(pass)}; }

typedef struct Random { uint64_t state; } Random;

static uint32_t next(Random *r)
{
    r->state = r->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(r->state >> 33);
}
static int below(Random *r, int n) { return (int)(next(r) % (uint32_t)n); }
static double uniform(Random *r) { return (double)next(r) / 2147483648.0 * 2 - 1; }

/* ---- a random graph ---- */

typedef struct Builder {
    Random random;
    Arena *arena;
    Graph *g;
    Experiment *x;
    int n;
    Value values[MOST_VALUES];
    Value label;
} Builder;

static Value leaf(Builder *b, const Op *op, const char *name, Type type)
{
    int64_t ints[2 + MAX_RANK] = {type.elem, type.rank};
    for (int i = 0; i < type.rank; i++) ints[2 + i] = type.dims[i];
    Attr attr = attr_ints(b->arena, 2 + type.rank, ints);
    attr.text = name;
    return graph_add(b->g, op, 0, NULL, attr);
}

static Value parameter(Builder *b, Type type)
{
    const char *name = arena_format(b->arena, "w%d", b->x->n_parameters);
    Value v = leaf(b, &op_parameter, name, type);
    b->x->parameters[b->x->n_parameters++] = (Parameter){.name = name, .value = v, .init = RT_INIT_UNIFORM, .init_value = 0.5};
    return v;
}

static Type type_of(const Builder *b, Value v) { return graph_at(b->g, v)->type; }
static Value pick_value(Builder *b) { return b->values[below(&b->random, b->n)]; }

static Value number(Builder *b, double x) { return make_constant(b->g, x); }

static Value unary(Builder *b, Value v)
{
    Graph *g = b->g;
    Value square = make_mul(g, v, v);
    switch (below(&b->random, 9)) {
    case 0: return make_unary(g, &op_exp, make_mul(g, number(b, 0.3), make_unary(g, &op_tanh, v)));
    case 1: return make_unary(g, &op_tanh, v);
    case 2: return make_unary(g, &op_sigmoid, v);
    case 3: return make_unary(g, &op_relu, v);
    case 4: return make_unary(g, &op_softplus, make_unary(g, &op_tanh, v));
    case 5: return make_unary(g, &op_erf, v);
    case 6: return make_unary(g, &op_log, make_add(g, square, number(b, 0.5)));
    case 7: return make_unary(g, &op_rsqrt, make_add(g, square, number(b, 0.7)));
    default: return make_mul(g, v, make_unary(g, &op_abs, make_unary(g, &op_tanh, v)));
    }
}

static bool broadcasts(Type a, Type b)
{
    for (int i = 1; i <= a.rank && i <= b.rank; i++) {
        Dim x = a.dims[a.rank - i], y = b.dims[b.rank - i];
        if (x != y && x != 1 && y != 1) return false;
    }
    return true;
}

static Value binary(Builder *b, Value v)
{
    Graph *g = b->g;
    Value u = 0;
    for (int tries = 0; tries < 8 && !u; tries++) {
        Value other = pick_value(b);
        if (broadcasts(type_of(b, v), type_of(b, other))) u = other;
    }
    if (!u) return unary(b, v);
    u = make_unary(g, &op_tanh, u);
    switch (below(&b->random, 6)) {
    case 0: return make_add(g, v, u);
    case 1: return make_sub(g, u, v);
    case 2: return make_mul(g, make_unary(g, &op_tanh, v), u);
    case 3: return make_div(g, v, make_add(g, make_mul(g, u, u), number(b, 0.8)));
    case 4: return make_binary(g, &op_maximum, v, u);
    default: /* continuous where u = v: a rounding that decides otherwise must not show */
        return make_where(g, make_binary(g, &op_greater, u, v), u, make_mul(g, number(b, 0.5), make_add(g, u, v)));
    }
}

static uint32_t some_axes(Builder *b, Type type) { return type.rank ? 1u + (uint32_t)below(&b->random, (1 << type.rank) - 1) : 0; }

static Value reduction(Builder *b, Value v)
{
    Graph *g = b->g;
    Type type = type_of(b, v);
    uint32_t axes = some_axes(b, type);
    Value spread;
    switch (below(&b->random, 5)) {
    case 0: return make_mean(g, v, axes);
    case 1: return make_max(g, v, axes & ~1u ? axes & ~1u : 1u);
    case 2: return make_sub(g, v, make_mean(g, v, axes));
    case 3: /* softmax over the last axis */
        if (type.rank == 0) return v;
        axes = 1u << (type.rank - 1);
        spread = make_unary(g, &op_exp, make_sub(g, v, make_max(g, v, axes)));
        return make_div(g, spread, make_sum(g, spread, axes));
    default: /* normalised by its root mean square */
        return make_mul(g, v, make_unary(g, &op_rsqrt, make_add(g, make_mean(g, make_mul(g, v, v), axes), number(b, 0.1))));
    }
}

static Value rearranged(Builder *b, Value v)
{
    Graph *g = b->g;
    Type type = type_of(b, v);
    int axis = type.rank > 1 ? 1 + below(&b->random, type.rank - 1) : 0;
    if (type.rank < 2 || type.dims[axis] < 0) return unary(b, v);
    int64_t n = type.dims[axis];
    switch (below(&b->random, 5)) {
    case 0: {
        int positions[MAX_RANK];
        for (int i = 0; i < type.rank; i++) positions[i] = i;
        int other = 1 + below(&b->random, type.rank - 1);
        if (type.dims[other] < 0) return v;
        positions[axis] = other;
        positions[other] = axis;
        return make_permute(g, v, positions);
    }
    case 1: {
        int64_t first = below(&b->random, (int)n);
        return make_slice(g, v, axis, first, 1 + below(&b->random, (int)(n - first)));
    }
    case 2: return n < 12 ? make_pad(g, v, axis, below(&b->random, 3), below(&b->random, 2), 0.25) : v;
    case 3: return n < 12 ? make_concat(g, 2, (Value[]){v, make_unary(g, &op_tanh, v)}, axis) : v;
    default: {
        for (int i = 1; i < type.rank; i++)
            if (type.dims[i] < 0) return v;
        return make_reshape(g, v, 2, (Dim[]){type.dims[0], dim_product(type.rank - 1, type.dims + 1)});
    }
    }
}

static bool batch_first(Type type)
{
    for (int i = 1; i < type.rank; i++)
        if (type.dims[i] < 0) return false;
    return type.rank >= 2 && type.dims[0] == BATCH_DIM;
}

static Value image_op(Builder *b, Value v)
{
    Graph *g = b->g;
    Type t = type_of(b, v);
    int64_t h = t.dims[1], w = t.dims[2], c = t.dims[3];
    if (below(&b->random, 2)) {
        int64_t stride = 1 + below(&b->random, 2), pad = below(&b->random, 2), oh = (h + 2 * pad - 3) / stride + 1, ow = (w + 2 * pad - 3) / stride + 1, co = 1 + below(&b->random, 4);
        if (h + 2 * pad < 3 || w + 2 * pad < 3) return unary(b, v);
        Value weight = parameter(b, (Type){.rank = 4, .dims = {co, c, 3, 3}}), bias = parameter(b, (Type){.rank = 1, .dims = {co}});
        int64_t ints[] = {h, w, 3, 3, stride, stride, pad, pad, 1, 1, 1, oh, ow};
        return make_add(g, graph_add(g, &op_conv2d, 2, (Value[]){v, weight}, attr_ints(b->arena, 13, ints)), bias);
    }
    int64_t k = 2, stride = 1 + below(&b->random, 2);
    if (h < k || w < k) return unary(b, v);
    int64_t ints[] = {k, k, stride, stride, 0, 0, (h - k) / stride + 1, (w - k) / stride + 1, h, w};
    Attr attr = attr_ints(b->arena, 10, ints);
    if (below(&b->random, 2)) return make_mul(g, number(b, 0.25), graph_add(g, &op_window_sum, 1, &v, attr));
    Value where = graph_add(g, &op_window_argmax, 1, &v, attr);
    return graph_add(g, &op_window_gather, 2, (Value[]){v, where}, attr);
}

static Value contraction(Builder *b, Value v)
{
    Graph *g = b->g;
    Type t = type_of(b, v);
    if (!batch_first(t)) return unary(b, v);
    if (t.rank == 4 && below(&b->random, 3)) return image_op(b, v);
    Value rows = make_reshape(g, v, 2, (Dim[]){t.dims[0], dim_product(t.rank - 1, t.dims + 1)});
    int64_t n = type_of(b, rows).dims[1];
    if (below(&b->random, 3) == 0) {     /* numbers of channels in front of a product and behind it */
        const Type row = {.rank = 1, .dims = {n}};
        Value affine = make_add(g, make_mul(g, rows, parameter(b, row)), parameter(b, row));
        return make_mul(g, make_matmul(g, affine, parameter(b, (Type){.rank = 2, .dims = {n, 3}}), false, false), parameter(b, (Type){.rank = 1, .dims = {3}}));
    }
    switch (below(&b->random, 4)) {
    case 0: return make_mul(g, number(b, 1.0 / (double)n), make_matmul(g, rows, rows, false, true));   /* samples meet */
    case 1: {
        Value z = make_mul(g, number(b, 0.2), make_matmul(g, rows, rows, true, false));                  /* summed over samples */
        return n <= 40 ? z : unary(b, v);
    }
    default: {
        int64_t out = 1 + below(&b->random, 5);
        Value y = make_add(g, make_matmul(g, rows, parameter(b, (Type){.rank = 2, .dims = {out, n}}), false, true), parameter(b, (Type){.rank = 1, .dims = {out}}));
        return below(&b->random, 2) ? make_unary(g, &op_relu, y) : y;
    }
    }
}

static Value gradient(Builder *b, Value v)
{
    Value x = b->values[below(&b->random, b->n)], dx;
    differentiate(b->g, v, 1, &x, &dx, false);
    return make_unary(b->g, &op_tanh, dx);
}

static Value picked(Builder *b, Value v)
{
    Type t = type_of(b, v);
    if (t.rank != 2 || !batch_first(t) || t.dims[1] < 3) return binary(b, v);
    Value p = make_pick(b->g, v, b->label);
    return make_reshape(b->g, p, 2, (Dim[]){BATCH_DIM, 1});
}

static Experiment *random_experiment(Arena *arena, int seed)
{
    Builder b = {.random = {(uint64_t)seed * 7919 + 17}, .arena = arena, .g = graph_new(arena)};
    for (int i = 0; i < 4; i++) next(&b.random);
    Experiment *x = b.x = arena_alloc(arena, sizeof *x);
    *x = (Experiment){.graph = b.g, .parameters = arena_array(arena, 2 * MOST_VALUES, sizeof(Parameter)), .fields = arena_array(arena, 3, sizeof(Field)),
                      .values = arena_array(arena, MOST_VALUES, sizeof(Named)), .batch = BATCH};
    x->source.name = arena_format(arena, "g%d", seed);
    x->source.base = x->source.path = arena_format(arena, "g%d.lua", seed);
    Type image = {.rank = 4, .dims = {BATCH_DIM, 4 + below(&b.random, 3), 4, 1 + below(&b.random, 3)}};
    b.values[b.n++] = leaf(&b, &op_input, "image", image);
    b.label = leaf(&b, &op_input, "label", (Type){.elem = INT, .rank = 1, .dims = {BATCH_DIM}});
    x->fields[x->n_fields++] = (Field){"image", RT_FIELD_IMAGE, b.values[0], 0, 1, NULL};
    x->fields[x->n_fields++] = (Field){"label", RT_FIELD_LABEL, b.label, 3, 1, NULL};
    b.values[b.n++] = parameter(&b, (Type){.rank = 1, .dims = {image.dims[3]}});
    int steps = 3 + below(&b.random, 12);
    for (int i = 0; i < steps; i++) {
        Value v = below(&b.random, 3) ? b.values[b.n - 1] : pick_value(&b), made;
        b.g->line = i + 3;
        switch (below(&b.random, 9)) {
        case 0: case 1: made = unary(&b, v); break;
        case 2: case 3: made = binary(&b, v); break;
        case 4: made = reduction(&b, v); break;
        case 5: made = rearranged(&b, v); break;
        case 6: made = contraction(&b, v); break;
        case 7: made = picked(&b, v); break;
        default: made = gradient(&b, v); break;
        }
        if (type_count(type_of(&b, made), BATCH) > 4000) continue;
        b.values[b.n++] = made;
        if (below(&b.random, 3) == 0) {
            const char *name = arena_format(arena, "v%d", i);
            bool named = b.g->notes[made].name != NULL;
            for (int k = 0; k < x->n_values; k++) named = named || x->values[k].value == made;
            if (!named) b.g->notes[made].name = name, x->values[x->n_values++] = (Named){name, made, i + 3};
        }
    }
    Value last = b.values[b.n - 1];
    uint32_t all = (1u << type_of(&b, last).rank) - 1;
    x->loss = make_reshape(b.g, make_mean(b.g, make_mul(b.g, last, last), all), 0, NULL);
    memset(x->graph_hash, '0', 64);
    identify_leaves(x);
    return x;
}

/* ---- running it ---- */

typedef struct Feed { float image[BATCH * 6 * 4 * 3]; int32_t label[BATCH]; int64_t sample[BATCH]; float *parameters; int64_t n_parameters; } Feed;

static Feed feed_of(Arena *arena, const Experiment *x, int seed)
{
    Feed feed = {0};
    Random r = {(uint64_t)seed * 31 + 5};
    for (size_t i = 0; i < sizeof feed.image / sizeof *feed.image; i++) feed.image[i] = (float)uniform(&r);
    for (int i = 0; i < BATCH; i++) feed.label[i] = below(&r, 3), feed.sample[i] = i;
    for (int i = 0; i < x->n_parameters; i++) feed.n_parameters += type_count(graph_at(x->graph, x->parameters[i].value)->type, 1);
    feed.parameters = arena_array(arena, feed.n_parameters, sizeof(float));
    for (int64_t i = 0; i < feed.n_parameters; i++) feed.parameters[i] = (float)(0.6 * uniform(&r));
    return feed;
}

static double *interpret_root(Arena *arena, const Experiment *x, const Goal *goal, const Feed *feed, Interpreter **kept, int root)
{
    if (!*kept) {
        Interpreter *it = *kept = interpreter_new(arena, goal->graph, BATCH);
        const float *p = feed->parameters;
        for (int i = 0; i < x->n_parameters; i++) {
            Value v = x->parameters[i].value;
            int64_t n = type_count(graph_at(goal->graph, v)->type, 1);
            it->values[v] = arena_array(arena, n, sizeof(double));
            for (int64_t k = 0; k < n; k++) it->values[v][k] = *p++;
        }
        for (int i = 0; i < x->n_fields; i++) {
            Value v = x->fields[i].value;
            int64_t n = type_count(graph_at(goal->graph, v)->type, BATCH);
            it->values[v] = arena_array(arena, n, sizeof(double));
            for (int64_t k = 0; k < n; k++) it->values[v][k] = i == 0 ? feed->image[k] : feed->label[k];
        }
        Value *roots = arena_array(arena, goal->n_roots, sizeof *roots);
        for (int i = 0; i < goal->n_roots; i++) roots[i] = goal->roots[i].value;
        interpret(arena, it, goal->n_roots, roots);
    }
    return (*kept)->values[goal->roots[root].value];
}

static void shell(const char *command) { ck_assert_msg(system(command) == 0, "%s", command); }

static void *run(Arena *arena, void *library, const Experiment *x, int variant, const Feed *feed, const RtEntry **entry, int threads)
{
    const RtModel *model = dlsym(library, arena_format(arena, "%s_%d_model", x->source.name, variant));
    ck_assert_msg(model != NULL, "%s", dlerror());
    *entry = &model->entries[0];
    RtError error = {0};
    void *work = rt_allocate((size_t)threads, (*entry)->work_bytes, "workspace", &error), *result = rt_allocate(1, (*entry)->result_bytes, "results", &error);
    memset(work, 0xff, (size_t)threads * (*entry)->work_bytes);      /* what is read before it is written is NaN */
    RtBatch batch = {.n = BATCH, .sample = feed->sample, .field = {feed->image, feed->label}};
    RtStep step = {.seed = 1};
    RtCall call = {.work = work, .threads = threads, .parameters = feed->parameters, .batch = &batch, .step = &step, .result = result};
    (*entry)->run(&call);
    rt_release(work);
    return result;
}

static void show(const Experiment *x, const Goal *goal)
{
    Text text = text_new(x->graph->arena);
    Value *roots = arena_array(x->graph->arena, goal->n_roots, sizeof *roots);
    for (int i = 0; i < goal->n_roots; i++) roots[i] = goal->roots[i].value;
    graph_dump(goal->graph, &text, goal->n_roots, roots);
    fputs(text.chars, stderr);
}

static int compare(Arena *arena, void *library, int seed)
{
    Experiment *x = random_experiment(arena, seed);
    const Goal *goal = goal_grad(x, false);
    Feed feed = feed_of(arena, x, seed);
    Interpreter *it = NULL;
    const RtEntry *entries[MOST_VARIANTS];
    void *results[MOST_VARIANTS];
    Variant variants[MOST_VARIANTS];
    const int n_variants = variants_of(variants);
    int wrong = 0;
    for (int v = 0; v < n_variants; v++) results[v] = run(arena, library, x, v, &feed, &entries[v], 1 + v % 2);
    for (int i = 0; i < goal->n_roots; i++) {
        int here = 0;
        const double *expected = interpret_root(arena, x, goal, &feed, &it, i);
        Type type = goal->roots[i].type;
        int64_t n = type_count(type, BATCH);
        double largest = 1e-3;
        for (int64_t k = 0; k < n; k++) largest = fmax(largest, fabs(expected[k]));
        for (int v = 0; v < n_variants && !here; v++) {
            const RtValue *value = rt_value(entries[v], goal->roots[i].name);
            ck_assert_msg(value != NULL, "graph %d: no result %s", seed, goal->roots[i].name);
            const float *got = (const float *)((const char *)results[v] + value->offset);
            const float *first = (const float *)((const char *)results[0] + rt_value(entries[0], value->name)->offset);
            for (int64_t k = 0; k < n && !here; k++) {
                double real = type.elem == INT ? ((const int32_t *)got)[k] : got[k];
                if (!(fabs(real - expected[k]) <= 2e-3 * largest)) {
                    fprintf(stderr, "graph %d, without %s: %s[%lld] is %.9g, the interpreter says %.9g\n", seed,
                            variants[v].pass, value->name, (long long)k, real, expected[k]);
                    here = wrong = 1;
                } else if (variants[v].same_bits && memcmp(&got[k], &first[k], sizeof *got)) {
                    fprintf(stderr, "graph %d, without %s: %s[%lld] is %.9g, with all passes %.9g\n", seed,
                            variants[v].pass, value->name, (long long)k, (double)got[k], (double)first[k]);
                    here = wrong = 1;
                }
            }
        }
    }
    if (wrong) show(x, goal);
    for (int v = 0; v < n_variants; v++) rt_release(results[v]);
    return wrong;
}

START_TEST(random_graphs)
{
    const char *given = getenv("GRAPHS"), *first_given = getenv("FIRST_SEED"), *cc = getenv("CC") ? getenv("CC") : "cc";
    int count = given ? atoi(given) : GRAPHS, first = first_given ? atoi(first_given) : FIRST_SEED;
    char folder[] = "/tmp/tailor-passes-XXXXXX";
    ck_assert(mkdtemp(folder) != NULL);
    Arena *arena = arena_new();
    Variant variants[MOST_VARIANTS];
    const int n_variants = variants_of(variants);
    Text all = text_new(arena);
    for (int seed = first; seed < first + count; seed++)
        for (int v = 0; v < n_variants; v++) {
            Experiment *x = random_experiment(arena, seed);
            x->source.name = arena_format(arena, "%s_%d", x->source.name, v);
            Emission *e = emission_grad(x, BATCH, false, &variants[v].passes);
            RtError error = {0};
            const char *source = emit_source(e), *header = emit_header(e);
            ck_assert(rt_file_write(arena_format(arena, "%s/%s.c", folder, x->source.name), source, strlen(source), &error));
            ck_assert(rt_file_write(arena_format(arena, "%s/%s.h", folder, x->source.name), header, strlen(header), &error));
            text_add(&all, "#include \"%s.c\"\n", x->source.name);
        }
    RtError error = {0};
    ck_assert(rt_file_write(arena_format(arena, "%s/all.c", folder), all.chars, all.length, &error));
    shell(arena_format(arena, "%s -std=gnu11 -O3 -march=native -ffp-contract=off -fno-math-errno -fno-trapping-math -fopenmp -Wall -Wextra -Werror %s -Iruntime -shared -fPIC -o %s/all.so %s/all.c -lm",
                       cc, getenv("EXTRA_CFLAGS") ? getenv("EXTRA_CFLAGS") : "", folder, folder));
    void *library = dlopen(arena_format(arena, "%s/all.so", folder), RTLD_NOW | RTLD_LOCAL);
    ck_assert_msg(library != NULL, "%s", dlerror());
    int wrong = 0;
    for (int seed = first; seed < first + count; seed++) wrong += compare(arena, library, seed);
    if (!wrong || !getenv("KEEP")) shell(arena_format(arena, "rm -rf %s", folder));
    ck_assert_msg(wrong == 0, "%d of %d graphs differ", wrong, count);
    arena_free(arena);
}
END_TEST

static Emission *training(Arena *arena, const char *text, const Passes *passes)
{
    return emission_new(load_text(arena, "net.lua", text, strlen(text), 0, NULL), 32, passes);
}

/* Nodes of the train step that compute again what some other computes. */
static int count_again(const Emission *e)
{
    const Graph *g = e->entries[0]->program->graph;
    int n = 0;
    for (Value v = 1; v < g->n; v++) n += g->notes[v].again_of != 0;
    return n;
}

/* What crosses a point where samples meet is stored once; where none meet nothing is computed again. */
START_TEST(recomputation)
{
    static const char head[] = "image = input { 12, 12, 4 }\nlabel = labels(3)\nlocal x = image\n", tail[] = "train { optimizer = sgd { lr = 0.1 } }\n";
    static const struct Case { const char *body; bool again; double at_most; } cases[] = {
        {"for i = 1, 3 do x = relu(batch_norm(conv2d(x, 16))) end\nminimize(cross_entropy(linear(global_avg_pool(x), 3), label))\n", true, 0.8},
        {"for i = 1, 3 do x = relu(layer_norm(conv2d(x, 16))) end\nminimize(cross_entropy(linear(global_avg_pool(x), 3), label))\n", false, 1},
        {"x = gelu(conv2d(x, 16))\nx = gelu(conv2d(x, 16))\n"
         "minimize(sup_con(flatten(normalize(sum(x, \"c\"), \"l2\")), label))\n", true, 0.9},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const Passes all = {0}, stored = without("recompute");
        const char *text = arena_format(arena, "%s%s%s", head, cases[i].body, tail);
        const Emission *with = training(arena, text, &all), *without = training(arena, text, &stored);
        ck_assert_int_eq(count_again(with) > 0, cases[i].again);
        ck_assert_int_eq(count_again(without), 0);
        ck_assert_int_eq(with->flops_step, without->flops_step);
        ck_assert_msg((double)with->entries[0]->workspace_bytes <= cases[i].at_most * (double)without->entries[0]->workspace_bytes, "case %zu: %lld bytes against %lld", i,
                      (long long)with->entries[0]->workspace_bytes, (long long)without->entries[0]->workspace_bytes);
        arena_free(arena);
    }
}
END_TEST

static int count_passes(const Program *p)
{
    int n = 0;
    for (int s = 0; s < p->n_segments; s++) n += p->segments[s].sliced;
    return n;
}

/* Does every kernel stand where nothing that it reads is yet to come?  Knows nothing of edges: a buffer is complete behind its last writer,
 * and what slices add up behind the segment. */
static bool is_legal(const Program *p)
{
    int *complete = arena_array(p->graph->arena, p->n_buffers, sizeof *complete);
    for (int s = 0; s < p->n_segments; s++)
        for (int k = p->segments[s].first; k < p->segments[s].last; k++)
            for (int i = 0; i < p->kernels[k].n_writes; i++) {
                const int b = p->kernels[k].writes[i];
                complete[b] = p->segments[s].sliced && p->buffers[b].owner == OWNER_SLICE ? p->segments[s].last : k + 1;
            }
    for (int s = 0; s < p->n_segments; s++)
        for (int k = p->segments[s].first; k < p->segments[s].last; k++)
            for (int i = 0; i < p->kernels[k].n_reads; i++)
                if (complete[p->kernels[k].reads[i]] > (p->kernels[k].kind == KERNEL_COMBINE ? k + 1 : k)) return false;
    return true;
}

/* Never more bytes than in the sequence as it was, nor more passes over the batch; the same for the same graph. */
START_TEST(reordering)
{
    enum { SEEDS = 300 };
    const Passes all = {0}, early = without("reorder");
    int fewer = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        Arena *arena = arena_new();
        const Emission *with = emission_grad(random_experiment(arena, seed), BATCH, false, &all), *again = emission_grad(random_experiment(arena, seed), BATCH, false, &all),
                       *without = emission_grad(random_experiment(arena, seed), BATCH, false, &early);
        const Plan *a = with->entries[0], *b = without->entries[0];
        ck_assert_msg(a->lower_bound <= b->lower_bound && a->workspace_bytes <= b->workspace_bytes, "graph %d: %lld bytes, %lld as it was", seed, (long long)a->workspace_bytes, (long long)b->workspace_bytes);
        ck_assert_int_le(count_passes(a->program), count_passes(b->program));
        ck_assert_int_eq(a->program->n_kernels, b->program->n_kernels);
        ck_assert_msg(is_legal(a->program), "graph %d: a kernel reads what is not there yet", seed);
        ck_assert_str_eq(emit_source(with), emit_source(again));
        fewer += a->workspace_bytes < b->workspace_bytes;
        arena_free(arena);
    }
    ck_assert_int_gt(fewer, 0);
}
END_TEST

/* What there is to gain: branches one after the other, weights laid out for their segment. */
START_TEST(less_memory)
{
    static const char head[] = "image = input { 12, 12, 4 }\nlabel = labels(3)\nlocal x, sum = image\n", tail[] = "train { optimizer = sgd { lr = 0.1 } }\n";
    static const struct Case { const char *body; double at_most; } cases[] = {
        {"local a = relu(conv2d(x, 32))\noutput(\"means\", global_avg_pool(a))\nfor i = 1, 4 do\n local y = mean(conv2d(conv2d(x, 32), 2), \"h\")\n sum = sum and sum + y or y\nend\n"
         "minimize(cross_entropy(linear(flatten(sum), 3), label))\n", 0.9},
        {"for i = 1, 3 do x = relu(batch_norm(conv2d(x, 16))) end\nminimize(cross_entropy(linear(global_avg_pool(x), 3), label))\n", 0.99},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const Passes all = {0}, early = without("reorder");
        const char *text = arena_format(arena, "%s%s%s", head, cases[i].body, tail);
        const Plan *with = training(arena, text, &all)->entries[0], *without = training(arena, text, &early)->entries[0];
        ck_assert_msg((double)with->workspace_bytes <= cases[i].at_most * (double)without->workspace_bytes, "case %zu: %lld bytes against %lld", i, (long long)with->workspace_bytes, (long long)without->workspace_bytes);
        ck_assert(is_legal(with->program));
        arena_free(arena);
    }
}
END_TEST

/* What is folded into weights, and what is not: read elsewhere, at a border, dearer than it spares. */
static bool folds(const char *body, int batch)
{
    static const char head[] = "image = input { 12, 12, 4 }\nlabel = labels(3)\nlocal x = image\n", tail[] = "\nminimize(cross_entropy(linear(global_avg_pool(x), 3), label))\n";
    Arena *arena = arena_new();
    const char *text = arena_format(arena, "%s%s%strain { batch = %d, optimizer = sgd { lr = 0.1 } }\n", head, body, tail, batch);
    const Experiment *x = load_text(arena, "case.lua", text, strlen(text), 0, NULL);
    const bool result = fold_channels(x, batch) != x;
    arena_free(arena);
    return result;
}
START_TEST(folding)
{
    static const struct Case { const char *body; bool folds; } cases[] = {
        {"x = linear(layer_norm(x), 8)", true},
        {"x = conv2d(layer_norm(x), 8, { kernel = 2, stride = 2, padding = 'valid' })", true},
        {"x = conv2d(layer_norm(x), 8)", false},                                /* a border of zeros has no shift */
        {"x = conv2d(layer_scale(x), 8)", true},
        {"x = conv2d(layer_scale(x), 8, { groups = 2 })", false},
        {"x = layer_scale(conv2d(x, 8, { groups = 2 }))", true},
        {"x = layer_scale(linear(x, 8))", true},
        {"x = linear(x * constant { 2, 0, 1, -0.5 }, 8)", true},
        {"x = linear(x * constant { 1e25, 1, 1, 1 }, 8)", false},                 /* times a weight it may be none of float's numbers */
        {"x = layer_scale(relu(linear(x, 8)))", false},
        {"local y = linear(x, 4) x = layer_scale(y) + y", false},
        {"local y = layer_norm(x) x = linear(y, 4) + y", false},
        {"kept = layer_norm(x) x = linear(kept, 4)", false},
        {"x = linear(x * mean(x, { 'h', 'w' }), 8)", false},                       /* a number a channel of each sample */
        {"x = linear(x * mean(x, { 1, 2, 3 }), 8)", false},                     /* of all samples */
        {"x = linear(layer_norm(global_avg_pool(x)), 100) x = reshape(x, { 10, 10, 1 })", true},
        {"x = linear(layer_norm(global_avg_pool(x)), 144) x = reshape(x, { 12, 12, 1 })", false},      /* more columns than rows */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) ck_assert_msg(folds(cases[i].body, 128) == cases[i].folds, "%s: folded is %d", cases[i].body, !cases[i].folds);
    /* a weight of which the batch is an axis, be there one sample only */
    ck_assert(!folds("local a, p = global_avg_pool(x), param({ 4 }) x = x * mean(matmul(a * p + p, grad(sum(a * p), a), { transpose_b = true }))", 1));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("passes");
    TCase *tests = tcase_create("random graphs");
    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, random_graphs);
    tcase_add_test(tests, recomputation);
    tcase_add_test(tests, reordering);
    tcase_add_test(tests, folding);
    tcase_add_test(tests, less_memory);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
