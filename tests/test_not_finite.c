/* test_not_finite.c - a training step whose loss, a gradient or a new state is not finite changes nothing: no bit of
 * parameters, moments, average or state.  The graph has a trap for each: samples of certain numbers.  What comes next
 * goes on as if that step had not been. */
#include "command/command.h"   /* before check.h, which has a macro named fail */
#include "rt_update.h"

#include <check.h>
#include <math.h>
#include <string.h>

enum { BATCH = 11, ROOT = 7, LOGARITHM = 8, LARGE = 9 };      /* slices of 3, 3, 3 and 2 samples */

static const char graph[] =
    "image = input { 6, 6, 2 }\n"
    "label = labels(4)\n"
    "number = sample_number()\n"
    "local function unless(n) return where(equal(number, n), 0, 1) end\n"
    "z = linear(flatten(relu(conv2d(image, 5))), 6)\n"
    "root = sqrt(sum(z * z, 2) * reshape(unless(7), { 1 }))                     -- its gradient is 0 * infinity\n"
    "logarithm = log(unless(8))\n"
    "mean_image = batch_norm(image * reshape(where(equal(number, 9), 1e30, 1), { 1, 1, 1 })) -- its variance is "
    "infinite, and it has no part in the loss\n"
    "logits = linear(tanh(z), 4)\n"
    "minimize(cross_entropy(logits, label) + mean(root) - mean(logarithm))\n"
    "metric('image', mean(mean_image))\n";

static const char *const recipes[] = {
    "optimizer = sgd { lr = 0.1 }",
    "optimizer = sgd { lr = 0.1, momentum = 0.9 }, clip = 1",
    "optimizer = adam { lr = 0.01 }, ema = 0.5",
    "optimizer = adamw { lr = 0.01 }, clip = 0.5, ema = 0.5, not_finite = 'skip'",
};

typedef struct Memory { int64_t n[3]; float *part[3]; } Memory;      /* parameters, state, the optimizer's */

static Memory memory_copy(Arena *arena, const Memory *m)
{
    Memory copy = *m;
    for (int i = 0; i < 3; i++) {
        copy.part[i] = arena_array(arena, m->n[i], sizeof(float));
        if (m->n[i]) memcpy(copy.part[i], m->part[i], (size_t)m->n[i] * sizeof(float));
    }
    return copy;
}

static bool same(const Memory *a, const Memory *b, int part)
{
    return !a->n[part] || !memcmp(a->part[part], b->part[part], (size_t)a->n[part] * sizeof(float));
}

typedef struct Model { const RtModel *model; const Experiment *x; CheckFeed *feed; Memory memory; RtCall call; } Model;

/* One step in which the fifth sample has that number; what it says. */
static bool step_of(const Model *m, int64_t number, int64_t step_number, int64_t skipped, int threads)
{
    RtStep step = {.seed = 1, .step = step_number, .skipped = skipped};
    RtBatch batch = {.n = BATCH, .sample = m->feed->sample};
    RtCall call = m->call;
    rt_schedule(&m->model->train, step_number, 10, 10, &step);
    for (int i = 0; i < m->x->n_fields; i++) {
        batch.field[i] = m->feed->field[i];
        for (int k = 0; k < BATCH && m->x->fields[i].kind == RT_FIELD_NUMBER; k++)
            ((int32_t *)m->feed->field[i])[k] = 20 + k;
        if (m->x->fields[i].kind == RT_FIELD_NUMBER) ((int32_t *)m->feed->field[i])[4] = (int32_t)number;
    }
    call.batch = &batch, call.step = &step, call.threads = threads;
    memset(call.work, 0xff, (size_t)threads * rt_entry(m->model, "train")->work_bytes);
    return rt_entry(m->model, "train")->run(&call);
}

static float loss_of(const Model *m)
{
    float loss;
    const RtEntry *entry = rt_entry(m->model, "train");
    memcpy(&loss, (const char *)m->call.result + rt_value(entry, "loss")->offset, sizeof loss);
    return loss;
}

START_TEST(nothing_changes)
{
    enum { THREADS = 3 };
    Arena *arena = arena_new();
    const char *text = arena_format(arena, "%strain { data = 'digits', batch = %d, %s }\n", graph, BATCH, recipes[_i]);
    Experiment *x = load_text(arena, "trap.lua", text, strlen(text), 0, NULL);
    void *code;
    Model m = {.x = x,
               .model = load_emission(arena, emission_new(x, BATCH, &(Passes){0}), NULL, &code),
               .feed = check_feed_new(arena, x, BATCH)};
    const RtEntry *entry = rt_entry(m.model, "train");
    const int64_t floats = rt_tensor_floats(m.model->n_parameters, m.model->parameters);
    RtError error = {0};
    m.memory = (Memory){
        {floats, rt_tensor_floats(m.model->n_states, m.model->states), floats * m.model->n_moments},
        {m.feed->parameters, m.feed->state, arena_array(arena, floats * m.model->n_moments, sizeof(float))}};
    m.call = (RtCall){.parameters = m.memory.part[0],
                      .state = m.memory.part[1],
                      .optimizer = m.memory.part[2],
                      .work = rt_allocate(THREADS, entry->work_bytes, "workspace", &error),
                      .result = rt_allocate(1, entry->result_bytes, "results", &error)};
    ck_assert_msg(m.call.work && m.call.result, "%s", error.text);
    ck_assert_int_gt(m.memory.n[1], 0);
    const struct {
        int number;
        const char *what;
        bool loss_is_finite;
    } traps[] = {{ROOT, "a gradient", true}, {LOGARITHM, "the loss", false}, {LARGE, "a new state", true}};
    for (int round = 0; round < 2; round++) {          /* before any update, and after one */
        for (int t = 0; t < 3; t++)
            for (int threads = 1; threads <= THREADS; threads += THREADS - 1) {
                const Memory before = memory_copy(arena, &m.memory);
                ck_assert_msg(!step_of(&m, traps[t].number, 3 * round + t, 3 * round + t - (round > 0), threads),
                              "%s: %s that is not finite is let pass", recipes[_i], traps[t].what);
                ck_assert_msg(!!isfinite(loss_of(&m)) == traps[t].loss_is_finite, "%s: %s, the loss is %g", recipes[_i],
                              traps[t].what, (double)loss_of(&m));
                for (int part = 0; part < 3; part++)
                    ck_assert_msg(same(&before, &m.memory, part), "%s: %s that is not finite, part %d changed",
                                  recipes[_i], traps[t].what, part);
            }
        const Memory before = memory_copy(arena, &m.memory);
        ck_assert(step_of(&m, 20, 3 + 4 * round, 3 + 3 * round, 2));
        for (int part = 0; part < 3; part++)
            ck_assert_msg(!m.memory.n[part] || !same(&before, &m.memory, part),
                          "%s: a step that is finite does not change part %d", recipes[_i], part);
        for (int part = 0; part < 3; part++) ck_assert(rt_finite(m.memory.n[part], m.memory.part[part]));
        /* the first weights that there are begin the average, however many steps were skipped */
        if (m.model->train.ema > 0)
            ck_assert_int_eq(!memcmp(m.memory.part[2] + floats * (m.model->n_moments - 1), m.memory.part[0],
                                     (size_t)floats * sizeof(float)),
                             round == 0);
    }
    rt_release(m.call.work);
    rt_release(m.call.result);
    arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("not finite");
    TCase *tests = tcase_create("step");
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, nothing_changes, 0, (int)(sizeof recipes / sizeof *recipes));
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
