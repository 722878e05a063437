/* test_passes.c - what the passes are for: memory that is computed again or reordered away, weights that take in what
 * stands beside them, values that nobody reads.  That they change no value, test_random.c shows. */
#include "tailor.h"    /* before check.h, which has a macro named fail */

#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "random_graph.h"

enum { BATCH = 6 };

static Passes without(const char *pass) { return (Passes){.without = 1u << pass_number(pass)}; }

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
    static const char head[] = "image = input { 12, 12, 4 }\nlabel = labels(3)\nlocal x = image\n",
                      tail[] = "train { optimizer = sgd { lr = 0.1 } }\n";
    static const struct Case { const char *body; bool again; double at_most;
    } cases[] = {
        {"for i = 1, 3 do x = relu(batch_norm(conv2d(x, 16))) end\nminimize(cross_entropy(linear(global_avg_pool(x), "
         "3), label))\n",
         true, 0.8},
        {"for i = 1, 3 do x = relu(layer_norm(conv2d(x, 16))) end\nminimize(cross_entropy(linear(global_avg_pool(x), "
         "3), label))\n",
         false, 1},
        {"x = gelu(conv2d(x, 16))\nx = gelu(conv2d(x, 16))\n"
         "minimize(sup_con(flatten(normalize(sum(x, \"c\"), \"l2\")), label))\n",
         true, 0.9},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const Passes all = {0}, stored = without("recompute");
        const char *text = arena_format(arena, "%s%s%s", head, cases[i].body, tail);
        const Emission *with = training(arena, text, &all), *without = training(arena, text, &stored);
        ck_assert_int_eq(count_again(with) > 0, cases[i].again);
        ck_assert_int_eq(count_again(without), 0);
        ck_assert_int_eq(with->flops_step, without->flops_step);
        ck_assert_msg((double)with->entries[0]->workspace_bytes <=
                          cases[i].at_most * (double)without->entries[0]->workspace_bytes,
                      "case %zu: %lld bytes against %lld", i, (long long)with->entries[0]->workspace_bytes,
                      (long long)without->entries[0]->workspace_bytes);
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

/* Does every kernel stand where nothing that it reads is yet to come?  Knows nothing of edges: a buffer is complete
 * behind its last writer, and what slices add up behind the segment. */
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

/* Knows nothing of lives: a buffer belongs to the part that alone touches it, or to the chunk that several parts of one
 * segment hand it through, and has room for as many samples; what a chunk holds stays throughout each of those parts.
 * Returns the number of parts beside the first of a segment. */
static int check_parts(const Plan *plan)
{
    const Program *p = plan->program;
    int part = 0, nested = 0;
    int (*touched)[3] = arena_array(p->graph->arena, p->n_buffers, sizeof *touched);     /* [buffers]: first part, last
                                                                                          * part, segment, from 1 */
    for (int s = 0; s < p->n_segments; s++) {
        const Segment *segment = &p->segments[s];
        for (int at = segment->first; segment->sliced && at < segment->last; at = plan->parts[part++].last) {
            const Part *of = &plan->parts[part];
            ck_assert(part < plan->n_parts && of->first == at && of->last > at && of->last <= segment->last);
            ck_assert(of->samples >= 1 && of->samples <= plan->chunks[s] && plan->chunks[s] <= p->slicing.slice);
            nested += at > segment->first;
            for (int k = of->first; k < of->last; k++) {
                const Kernel *kernel = &p->kernels[k];
                for (int i = 0; i < kernel->n_reads + kernel->n_writes; i++) {
                    const int b = i < kernel->n_reads ? kernel->reads[i] : kernel->writes[i - kernel->n_reads];
                    const Placed *is = &plan->of[b];
                    ck_assert(part_of(plan, k) == of && samples_of(plan, k) == of->samples);
                    if (is->owner != OWNER_THREAD && is->owner != OWNER_CHUNK) continue;
                    const bool chunk = is->owner == OWNER_CHUNK;
                    ck_assert_msg(!touched[b][2] || touched[b][2] == s + 1, "%s", p->buffers[b].name);
                    ck_assert_msg(!touched[b][2] || chunk || touched[b][0] == part, "%s", p->buffers[b].name);
                    if (type_has_batch(p->buffers[b].type))
                        ck_assert_int_eq(is->samples, chunk ? plan->chunks[s] : of->samples);
                    if (chunk) ck_assert(is->lower <= of->first && is->upper >= of->last);
                    if (!touched[b][2]) touched[b][0] = part;
                    touched[b][1] = part, touched[b][2] = s + 1;
                }
            }
        }
    }
    ck_assert_int_eq(part, plan->n_parts);
    for (int b = 0; b < p->n_buffers; b++)
        ck_assert_msg(plan->of[b].owner != OWNER_CHUNK || touched[b][1] > touched[b][0], "%s", p->buffers[b].name);
    return nested;
}

/* Never more bytes than in the sequence as it was, nor more passes over the batch; the same for the same graph.
 * GRAPHS, FIRST_SEED: of others. */
START_TEST(reordering)
{
    const char *graphs = getenv("GRAPHS"), *first_seed = getenv("FIRST_SEED");
    const int count = graphs ? atoi(graphs) : 300;
    const uint64_t first = first_seed ? strtoull(first_seed, NULL, 10) : 1;
    const Passes all = {0}, early = without("reorder");
    int fewer = 0;
    for (uint64_t seed = first; seed < first + (uint64_t)count; seed++) {
        Arena *arena = arena_new();
        RandomGraph g;
        random_graph(&g, seed);
        const Emission *with = emission_grad(random_experiment(arena, &g, "g", BATCH), BATCH, false, &all),
                       *again = emission_grad(random_experiment(arena, &g, "g", BATCH), BATCH, false, &all),
                       *without = emission_grad(random_experiment(arena, &g, "g", BATCH), BATCH, false, &early);
        const Plan *a = with->entries[0], *b = without->entries[0];
        ck_assert_msg(a->lower_bound <= b->lower_bound && a->workspace_bytes <= b->workspace_bytes,
                      "graph %d: %lld bytes, %lld as it was", (int)seed, (long long)a->workspace_bytes,
                      (long long)b->workspace_bytes);
        ck_assert_int_le(count_passes(a->program), count_passes(b->program));
        ck_assert_int_eq(a->program->n_kernels, b->program->n_kernels);
        check_parts(a), check_parts(b);
        ck_assert_msg(is_legal(a->program), "graph %d: a kernel reads what is not there yet", (int)seed);
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
    static const char head[] = "image = input { 12, 12, 4 }\nlabel = labels(3)\nlocal x, sum = image\n",
                      tail[] = "train { optimizer = sgd { lr = 0.1 } }\n";
    static const struct Case { const char *body; double at_most;
    } cases[] = {
        {"local a = relu(conv2d(x, 32))\noutput(\"means\", global_avg_pool(a))\nfor i = 1, 4 do\n local y = "
         "mean(conv2d(conv2d(x, 32), 2), \"h\")\n sum = sum and sum + y or y\nend\n"
         "minimize(cross_entropy(linear(flatten(sum), 3), label))\n",
         0.9},
        {"for i = 1, 3 do x = relu(batch_norm(conv2d(x, 16))) end\nminimize(cross_entropy(linear(global_avg_pool(x), "
         "3), label))\n",
         0.99},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const Passes all = {0}, early = without("reorder");
        const char *text = arena_format(arena, "%s%s%s", head, cases[i].body, tail);
        const Plan *with = training(arena, text, &all)->entries[0],
                   *without = training(arena, text, &early)->entries[0];
        ck_assert_msg((double)with->workspace_bytes <= cases[i].at_most * (double)without->workspace_bytes,
                      "case %zu: %lld bytes against %lld", i, (long long)with->workspace_bytes,
                      (long long)without->workspace_bytes);
        ck_assert(is_legal(with->program));
        arena_free(arena);
    }
}
END_TEST

/* Early layers take few samples at a time, and late ones many; a smaller budget of memory takes chunks of fewer. */
START_TEST(chunks_of_chunks)
{
    static const char text[] =
        "image = input { 32, 32, 3 }\nlabel = labels(3)\nearly = relu(conv2d(image, 32))\n"
        "middle = relu(conv2d(max_pool(early, 2), 64))\nlate = relu(conv2d(max_pool(middle, 4), 256))\n"
        "minimize(cross_entropy(linear(global_avg_pool(relu(conv2d(late, 256))), 3), label))\n"
        "train { batch = 100, optimizer = sgd { lr = 0.1 } }\n";
    Arena *arena = arena_new();
    const Experiment *x = load_text(arena, "net.lua", text, strlen(text), 0, NULL);
    Passes passes = {0};
    const Emission *e = emission_new(x, 100, &passes);
    for (int i = 0; i < e->n_entries; i++) ck_assert_int_gt(check_parts(e->entries[i]), 0);
    const Plan *plan = e->entries[0];
    int early = -1, late = -1, backward = -1;
    for (int k = 0; k < plan->program->n_kernels; k++) {
        const char *name = plan->program->kernels[k].name;
        if (!name) continue;
        if (!strcmp(name, "fwd_early")) early = k;
        if (!strcmp(name, "fwd_late")) late = k;
        if (!strcmp(name, "bwd_early_conv2d")) backward = k;
    }
    ck_assert_int_ge(early < late && late < backward ? early : -1, 0);
    ck_assert_int_lt(samples_of(plan, early), samples_of(plan, late));
    ck_assert_int_lt(samples_of(plan, backward), samples_of(plan, late));
    ck_assert_int_eq(calls_of_kernel(plan, late), 4 * ((25 + samples_of(plan, late) - 1) / samples_of(plan, late)));
    const int64_t bytes = plan->workspace_bytes;
    passes.memory_budget = bytes - 1;
    const Plan *smaller = emission_new(x, 100, &passes)->entries[0];
    ck_assert(smaller->workspace_bytes < bytes && smaller->chunks[1] < plan->chunks[1]);
    check_parts(smaller);
    arena_free(arena);
}
END_TEST

/* What waits for the backward pass at points where samples meet is kept as bfloat16, and only that: no float beside it,
 * no result, no gradient.  Which values these are does not depend on passes or on memory. */
static int count_stored(const Plan *plan, RtType storage)
{
    const Program *p = plan->program;
    int n = 0;
    for (int b = 0; b < p->n_buffers; b++) {
        const Buffer *buffer = &p->buffers[b];
        n += plan->of[b].owner == OWNER_BATCH && buffer->storage == storage && buffer->kind == BUFFER_VALUE &&
             buffer->value && type_has_batch(buffer->type) && type_count(buffer->type, 1) > 16;      /* images */
    }
    return n;
}
static int count_rounded(const Plan *plan)
{
    const Program *p = plan->program;
    int n = 0;
    for (int b = 0; b < p->n_buffers; b++) {
        const bool rounded = p->buffers[b].storage == RT_BF16;
        ck_assert(!rounded || (p->buffers[b].kind == BUFFER_VALUE && plan->of[b].owner != OWNER_RESULT));
        n += rounded;
    }
    return n;
}
START_TEST(storage)
{
    static const char body[] =
        "image = input { 12, 12, 4 }\nlabel = labels(3)\nlocal x = image\n"
        "for i = 1, 3 do\n local y = batch_norm(conv2d(conv2d(x, 4), 4))\n"
        " x = relu(x + max_pool(y, 3, { stride = 1, padding = 1 }))\n"
        "end\n"
        "seen = global_avg_pool(x)\noutput(\"seen\", seen)\n"
        "minimize(cross_entropy(linear(seen, 3), label))\ntrain { %soptimizer = sgd { lr = 0.1 } }\n";
    Arena *arena = arena_new();
    const char *text = arena_format(arena, body, ""), *narrow = arena_format(arena, body, "storage = \"bf16\", ");
    const Passes all = {0}, stored = without("recompute"), apart = without("fuse");
    const Plan *floats = training(arena, text, &all)->entries[0], *plan = training(arena, narrow, &all)->entries[0];
    ck_assert_int_eq(count_stored(floats, RT_BF16), 0);
    ck_assert_int_gt(count_stored(floats, RT_F32), 2);
    ck_assert_int_eq(count_stored(plan, RT_BF16), count_stored(floats, RT_F32));
    ck_assert_int_eq(count_stored(plan, RT_F32), 0);
    ck_assert((double)plan->workspace_bytes < 0.8 * (double)floats->workspace_bytes);
    ck_assert_int_eq(count_rounded(plan), count_stored(plan, RT_BF16));
    ck_assert_int_eq(count_rounded(training(arena, narrow, &stored)->entries[0]), count_rounded(plan));
    ck_assert_int_eq(count_rounded(training(arena, narrow, &apart)->entries[0]), count_rounded(plan));
    for (int entry = 1; entry < 3; entry++)
        ck_assert_int_eq(count_rounded(training(arena, narrow, &all)->entries[entry]), 0);
    arena_free(arena);
}
END_TEST

static int count_places(const Program *p)
{
    int n = 0;
    for (Value v = 1; v < p->graph->n; v++)
        n += p->kernel_of[v] >= 0 && graph_at(p->graph, v)->op == &op_window_argmax;
    return n;
}

/* The places of a pool's maxima are computed where a gradient goes back to them, and nowhere else. */
START_TEST(unread)
{
    static const char head[] = "image = input { 12, 12, 4 }\nlabel = labels(3)\n",
                      tail[] = "minimize(cross_entropy(linear(global_avg_pool(x), 3), label))\n"
                               "train { optimizer = sgd { lr = 0.1 } }\n";
    static const struct Case { const char *body; int training; } cases[] = {
        {"local x = max_pool(conv2d(image, 8), 2)\n", 1},
        {"local x = max_pool(image, 3, { stride = 2, padding = 1 })\n", 0},
        {"local x = max_pool(max_pool(conv2d(image, 8), 2), 2)\n", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const Passes all = {0};
        const Emission *e = training(arena, arena_format(arena, "%s%s%s", head, cases[i].body, tail), &all);
        ck_assert_int_eq(count_places(e->entries[0]->program), cases[i].training);
        ck_assert_int_eq(count_places(e->entries[1]->program), 0);
        arena_free(arena);
    }
}
END_TEST

/* What is folded into weights, and what is not: read elsewhere, at a border, dearer than it spares. */
static bool folds(const char *body, int batch)
{
    static const char head[] = "image = input { 12, 12, 4 }\nlabel = labels(3)\nlocal x = image\n",
                      tail[] = "\nminimize(cross_entropy(linear(global_avg_pool(x), 3), label))\n";
    Arena *arena = arena_new();
    const char *text = arena_format(arena, "%s%s%strain { batch = %d, optimizer = sgd { lr = 0.1 } }\n", head, body,
                                    tail, batch);
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
        /* times a weight it may be none of float's numbers */
        {"x = linear(x * constant { 1e25, 1, 1, 1 }, 8)", false},
        {"x = layer_scale(relu(linear(x, 8)))", false},
        {"local y = linear(x, 4) x = layer_scale(y) + y", false},
        {"local y = layer_norm(x) x = linear(y, 4) + y", false},
        {"kept = layer_norm(x) x = linear(kept, 4)", false},
        {"x = linear(x * mean(x, { 'h', 'w' }), 8)", false},                     /* a number a channel of each sample */
        {"x = linear(x * mean(x, { 1, 2, 3 }), 8)", false},                     /* of all samples */
        {"x = linear(layer_norm(global_avg_pool(x)), 100) x = reshape(x, { 10, 10, 1 })", true},
        /* more columns than rows */
        {"x = linear(layer_norm(global_avg_pool(x)), 144) x = reshape(x, { 12, 12, 1 })", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(folds(cases[i].body, 128) == cases[i].folds, "%s: folded is %d", cases[i].body, !cases[i].folds);
    /* a weight of which the batch is an axis, be there one sample only */
    ck_assert(!folds("local a, p = global_avg_pool(x), param({ 4 }) x = x * mean(matmul(a * p + p, grad(sum(a * p), "
                     "a), { transpose_b = true }))",
                     1));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("passes");
    TCase *tests = tcase_create("passes");
    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, recomputation);
    tcase_add_test(tests, chunks_of_chunks);
    tcase_add_test(tests, storage);
    tcase_add_test(tests, reordering);
    tcase_add_test(tests, folding);
    tcase_add_test(tests, less_memory);
    tcase_add_test(tests, unread);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
