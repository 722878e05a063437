/* test_last_batch.c - evaluation of a batch that is not full, of values that couple its samples: the entry "evaluate"
 * of tests/last_batch.lua against the interpreter with a batch of just those samples.  What lies behind the valid
 * samples is NaN and labels that no table has. */
#include "command/command.h"   /* before check.h, which has a macro named fail */

#include <check.h>
#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 11, NO_LABEL = 1 << 28 };      /* slices of 3, 3, 3 and 2 samples */
static const double BOUND = 1e-4;          /* of the largest element; gradients of gradients, in float against double */

static Arena *arena;
static Experiment *x;
static const RtEntry *entry;
static const RtModel *model;

static void build(void)
{
    arena = arena_new();
    x = load(arena, "tests/last_batch.lua", 0, NULL);
    const char *where = temporary_folder(arena);
    emit_folder(emission_new(x, BATCH, &(Passes){0}), where);
    const char *problem = build_folder(arena, where, "last_batch.so");
    ck_assert_msg(!problem, "%s", problem);
    void *library = dlopen(arena_format(arena, "%s/last_batch.so", where), RTLD_NOW | RTLD_LOCAL);
    ck_assert_msg(library != NULL, "%s", dlerror());
    remove_folder(where);
    model = dlsym(library, "last_batch_model");
    ck_assert_ptr_nonnull(model);
    entry = rt_entry(model, "evaluate");
}

static void forget(void) { arena_free(arena); }

/* The values of the first n samples alone, in double. */
static const Interpreter *expected(const CheckFeed *feed, const Goal *goal, int n)
{
    CheckFeed part = *feed;
    part.batch = n;
    Interpreter *it = interpreter_new(arena, goal->graph, n);
    it->seed = 1, it->progress = 1;
    check_feed_give(arena, x, &part, it);
    Value *roots = arena_array(arena, goal->n_roots, sizeof *roots);
    for (int i = 0; i < goal->n_roots; i++) roots[i] = goal->roots[i].value;
    interpret(arena, it, goal->n_roots, roots);
    return it;
}

static void *evaluate(const CheckFeed *feed, int n, int threads)
{
    RtError error = {0};
    RtBatch batch = {.n = n, .sample = feed->sample};
    for (int i = 0; i < x->n_fields; i++) {
        const Type type = graph_at(x->graph, x->fields[i].value)->type;
        const int64_t all = type_count(type, BATCH), valid = type_count(type, n);
        int32_t *words = arena_array(arena, all, sizeof *words);
        memcpy(words, feed->field[i], (size_t)all * sizeof *words);
        /* -1 is the bits of a NaN */
        for (int64_t k = valid; k < all; k++) words[k] = type.elem == INT ? NO_LABEL : -1;
        batch.field[i] = words;
    }
    const RtStep step = {.seed = 1, .progress = 1, .correction1 = 1, .correction2 = 1};
    RtCall call = {.threads = threads,
                   .parameters = feed->parameters,
                   .state = feed->state,
                   .batch = &batch,
                   .step = &step,
                   .work = rt_allocate((size_t)threads, entry->work_bytes, "workspace", &error),
                   .result = rt_allocate(1, entry->result_bytes, "results", &error)};
    ck_assert_msg(call.work && call.result, "%s", error.text);
    memset(call.work, 0xff, (size_t)threads * entry->work_bytes);
    memset(call.result, 0xff, entry->result_bytes);
    ck_assert(entry->run(&call));
    rt_release(call.work);
    return call.result;
}

START_TEST(as_a_batch_of_just_those)
{
    const int n = _i;
    const Goal *goal = goal_evaluate(x);
    const CheckFeed *feed = check_feed_new(arena, x, BATCH);
    const Interpreter *want = expected(feed, goal, n), *full = expected(feed, goal, BATCH);
    ck_assert_int_eq(goal->n_roots, entry->n_values);
    double worst = 0;
    for (int threads = 1; threads <= 3; threads += 2) {
        void *result = evaluate(feed, n, threads);
        for (int i = 0; i < goal->n_roots; i++) {
            const Root *root = &goal->roots[i];
            const RtValue *value = rt_value(entry, root->name);
            const int64_t count = type_count(root->type, n);
            const float *got = (const float *)((const char *)result + value->offset);
            const double *w = want->values[root->value], *f = full->values[root->value];
            double largest = 1e-2, off = 0, moved = 0;
            ck_assert(value->type == RT_F32);
            for (int64_t k = 0; k < count; k++) {
                largest = fmax(largest, fabs(w[k])), moved = fmax(moved, fabs(w[k] - f[k]));
                if (!(fabs(got[k] - w[k]) <= off)) off = isnan(got[k]) ? INFINITY : fabs(got[k] - w[k]);
            }
            if (getenv("VERBOSE"))
                printf("%2d %-24s %10.4g off by %.1e, full batch %.1e\n", n, root->name, w[0], off, moved);
            ck_assert_msg(
                off <= BOUND * largest,
                "%d of %d samples, %d threads: %s is off by %.3g of %.3g; of the full batch it is off by %.3g", n,
                BATCH, threads, root->name, off, largest, moved);
            ck_assert_msg(n > 3 || moved > 2 * BOUND * largest, "%s of %d samples is that of %d: it tests nothing",
                          root->name, n, BATCH);
            worst = fmax(worst, off / largest);
        }
        rt_release(result);
    }
    printf("%2d of %d samples: %d values, the worst is off by %.1e\n", n, BATCH, goal->n_roots, worst);
    fflush(stdout);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("last batch");
    TCase *tests = tcase_create("evaluate");
    tcase_set_timeout(tests, 300);
    tcase_add_unchecked_fixture(tests, build, forget);
    tcase_add_loop_test(tests, as_a_batch_of_just_those, 1, BATCH + 1);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
