/* mlp.c - written by tailor 0.2.0 from mlp.lua.  Edit the graph, not this file.
 *
 *   graph       2a764a1d3daf9bd4bc2f5ff52cfe07a28dbc64940be8faaf6cc73d64dfe7c1cc
 *   parameters  101770 floats in 4 tensors
 *   train       3 kernels forward, 4 backward; workspace 2085376 bytes
 *   evaluate    3 kernels forward, 0 backward; workspace 435520 bytes
 *   predict     2 kernels forward, 0 backward; workspace 434176 bytes
 *
 * Names are those of mlp.lua; d_h is the gradient of the loss with respect to h and has the shape of h.
 */
#include "mlp.h"

#include <stddef.h>
#include <string.h>

#include "rt.h"
#include "rt_class_means.h"
#include "rt_conv.h"
#include "rt_depthwise.h"
#include "rt_exact.h"
#include "rt_init.h"
#include "rt_math.h"
#include "rt_matmul.h"
#include "rt_random.h"
#include "rt_save.h"
#include "rt_schedule.h"
#include "rt_sum.h"
#include "rt_thread.h"
#include "rt_types.h"
#include "rt_update.h"
#include "rt_winograd.h"

/* gcc takes members of the workspace's union for one another; C before 2023 wants a cast where an array goes
 * to a parameter that is const */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wstringop-overflow"
#pragma GCC diagnostic ignored "-Wstringop-overread"
#pragma GCC diagnostic ignored "-Warray-bounds"
#pragma GCC diagnostic ignored "-Wpedantic"
#endif

_Static_assert(sizeof(MlpTrainWork) == 2085376, "the workspace is not the one that was planned");
_Static_assert(sizeof(MlpEvaluateWork) == 435520, "the workspace is not the one that was planned");
_Static_assert(sizeof(MlpPredictWork) == 434176, "the workspace is not the one that was planned");

RT_KERNELS_BEGIN

/* Lays a weight out for matmul.  Once a step. */
static void pack_fc1_weight(const float fc1_weight[restrict 128][784],
                            float fc1_weight_packed[restrict 100352])
{
    rt_pack(784, 128, fc1_weight[0], 1, 784, fc1_weight_packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_fc2_weight(const float fc2_weight[restrict 10][128], float fc2_weight_packed[restrict 4096])
{
    rt_pack(128, 10, fc2_weight[0], 1, 128, fc2_weight_packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_fc2_weight_back(const float fc2_weight[restrict 10][128],
                                 float fc2_weight_back_packed[restrict 1280])
{
    rt_pack(10, 128, fc2_weight[0], 128, 1, fc2_weight_back_packed);
}

/* h1 = relu(matmul(image, fc1_weight') + fc1_bias)                                     mlp.lua:7 */
static void fwd_h1(int n, const float image[restrict][28][28][1],
                   const float fc1_weight_packed[restrict 100352], const float fc1_bias[restrict 128],
                   float h1[restrict][128])
{
    rt_matmul(n, 128, 784, image[0][0][0], 784, fc1_weight_packed, h1[0], 128);
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 128; c++) {
            h1[b][c] = rt_relu(h1[b][c] + fc1_bias[c]);
        }
    }
}

/* logits = matmul(h1, fc2_weight') + fc2_bias                                          mlp.lua:8 */
static void fwd_logits(int n, const float h1[restrict][128], const float fc2_weight_packed[restrict 4096],
                       const float fc2_bias[restrict 10], float logits[restrict][10])
{
    rt_matmul(n, 10, 128, h1[0], 128, fc2_weight_packed, logits[0], 10);
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 10; c++) {
            logits[b][c] = logits[b][c] + fc2_bias[c];
        }
    }
}

/* cross_entropy_exp = exp(logits - max(logits))                                        mlp.lua:10, 11
 * cross_entropy_sum = sum(cross_entropy_exp)
 * accuracy = argmax(logits) == label
 * loss = sum((log(cross_entropy_sum) - pick(logits - max(logits), label)) / batch_size) */
static void fwd_loss(int n, float batch_size, const float logits[restrict][10], const int32_t label[restrict],
                     float loss[restrict 1], float cross_entropy_exp[restrict][10],
                     float cross_entropy_sum[restrict], float accuracy[restrict])
{
    float loss_total = loss[0];
    for (int b = 0; b < n; b++) {
        float max = -RT_INFINITY;
        int argmax = 0;
        float best = -RT_INFINITY;
        for (int c = 0; c < 10; c++) {
            max = rt_max(max, logits[b][c]);
            argmax = rt_where_int(logits[b][c] > best, c, argmax);
            best = rt_max(best, logits[b][c]);
        }
        float sum = 0;
        for (int c = 0; c < 10; c++) {
            const float t = logits[b][c] - max;
            const float t2 = rt_exp(t);
            cross_entropy_exp[b][c] = t2;
            sum += t2;
        }
        cross_entropy_sum[b] = sum;
        accuracy[b] = argmax == label[b];
        const float t3 = logits[b][label[b]] - max;
        loss_total += (rt_log(sum) - t3) / batch_size;
    }
    loss[0] = loss_total;
}

/* backward of cross_entropy                                                            mlp.lua:10
 *   d_logits arrives as cross_entropy_exp. */
static void bwd_logits(int n, float batch_size, const float cross_entropy_sum[restrict],
                       const int32_t label[restrict], float d_logits[restrict][10])
{
    const float t = 1.0f / batch_size;
    for (int b = 0; b < n; b++) {
        const float t2 = t / cross_entropy_sum[b];
        for (int c = 0; c < 10; c++) {
            d_logits[b][c] = rt_where(c == label[b], -t, 0.0f) + t2 * d_logits[b][c];
        }
    }
}

/* d_fc1 = where(h1 > 0, matmul(d_logits, fc2_weight), 0)                               mlp.lua:8, 7 */
static void bwd_fc1(int n, const float d_logits[restrict][10],
                    const float fc2_weight_back_packed[restrict 1280], const float h1[restrict][128],
                    float d_fc1[restrict][128])
{
    rt_matmul(n, 128, 10, d_logits[0], 10, fc2_weight_back_packed, d_fc1[0], 128);
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 128; c++) {
            d_fc1[b][c] = rt_where(h1[b][c] > 0.0f, d_fc1[b][c], 0.0f);
        }
    }
}

/* d_fc2_weight = matmul(d_logits', h1)                                                 mlp.lua:8
 * d_fc2_bias = sum(d_logits) */
static void bwd_fc2_weight(int n, const float d_logits[restrict][10], const float h1[restrict][128],
                           float d_fc2_weight[restrict 10][128], float d_fc2_bias[restrict 10])
{
    rt_matmul_tn(10, 128, n, 0, d_logits[0], 10, h1[0], 128, d_fc2_weight[0], 128);
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 10; c++) {
            d_fc2_bias[c] += d_logits[b][c];
        }
    }
}

/* d_fc1_weight = matmul(d_fc1', image)                                                 mlp.lua:7
 * d_fc1_bias = sum(d_fc1) */
static void bwd_fc1_weight(int n, const float d_fc1[restrict][128], const float image[restrict][28][28][1],
                           float d_fc1_weight[restrict 128][784], float d_fc1_bias[restrict 128])
{
    rt_matmul_tn(128, 784, n, 0, d_fc1[0], 128, image[0][0][0], 784, d_fc1_weight[0], 784);
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 128; c++) {
            d_fc1_bias[c] += d_fc1[b][c];
        }
    }
}

/* accuracy = argmax(logits) == label                                                   mlp.lua:10, 11
 * loss = sum((log(sum(exp(logits - max(logits)))) - pick(logits - max(logits), label)) / batch_size) */
static void evaluate_fwd_loss(int n, float batch_size, const float logits[restrict][10],
                              const int32_t label[restrict], float loss[restrict 1], float accuracy[restrict])
{
    float loss_total = loss[0];
    for (int b = 0; b < n; b++) {
        float max = -RT_INFINITY;
        int argmax = 0;
        float best = -RT_INFINITY;
        for (int c = 0; c < 10; c++) {
            max = rt_max(max, logits[b][c]);
            argmax = rt_where_int(logits[b][c] > best, c, argmax);
            best = rt_max(best, logits[b][c]);
        }
        float sum = 0;
        for (int c = 0; c < 10; c++) {
            const float t = logits[b][c] - max;
            sum += rt_exp(t);
        }
        accuracy[b] = argmax == label[b];
        const float t2 = logits[b][label[b]] - max;
        loss_total += (rt_log(sum) - t2) / batch_size;
    }
    loss[0] = loss_total;
}

RT_KERNELS_END

/* How a step changes a parameter. */
static void update(int64_t count, float *restrict weights, const float *restrict gradient, float *restrict m,
                   float *restrict v, double decay, const RtStep *step)
{
    rt_update_adam(count, weights, gradient, m, v, step->learning_rate, 0.9, 0.999, 1e-08, decay,
                   step->correction1, step->correction2, 1.0f);
}

/* Forward, backward and all checks: leaves gradients and new states in the workspace, and changes nothing
 * else. */
static bool train_batch(MlpTrainWork *work, int threads, const MlpParams *p, const MlpBatch *in,
                        const RtStep *step, MlpTrainResult *out)
{
    (void)step;
    pack_fc1_weight(p->fc1_weight, work->fc1_weight_packed);
    pack_fc2_weight(p->fc2_weight, work->fc2_weight_packed);
    pack_fc2_weight_back(p->fc2_weight, work->fc2_weight_back_packed);

    /* forward of h1 .. loss; backward of cross_entropy, fc1.relu, fc2, fc1   mlp.lua:7, 8, 10, 11 */
    RT_PARALLEL(rt_min_int(threads, MLP_SLICES))
    for (int slice = 0; slice < MLP_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        MlpTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * MLP_SLICE);
        RT_ZERO(work->loss[slice]);
        RT_ZERO(work->d_fc2_weight[slice]);
        RT_ZERO(work->d_fc2_bias[slice]);
        RT_ZERO(work->d_fc1_weight[slice]);
        RT_ZERO(work->d_fc1_bias[slice]);
        for (int first = slice * MLP_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_h1(n, in->image + first, work->fc1_weight_packed, p->fc1_bias, my->h1);
            fwd_logits(n, my->h1, work->fc2_weight_packed, p->fc2_bias, my->logits);
            fwd_loss(n, (float)in->n, my->logits, in->label + first, work->loss[slice], my->cross_entropy_exp,
                     my->cross_entropy_sum, out->accuracy + first);
            bwd_logits(n, (float)in->n, my->cross_entropy_sum, in->label + first, my->d_logits);
            bwd_fc1(n, my->d_logits, work->fc2_weight_back_packed, my->h1, my->d_fc1);
            bwd_fc2_weight(n, my->d_logits, my->h1, work->d_fc2_weight[slice], work->d_fc2_bias[slice]);
            bwd_fc1_weight(n, my->d_fc1, in->image + first, work->d_fc1_weight[slice],
                           work->d_fc1_bias[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(MLP_SLICES, 1, work->loss[0]);
    rt_combine(MLP_SLICES, 1280, work->d_fc2_weight[0][0]);
    rt_combine(MLP_SLICES, 10, work->d_fc2_bias[0]);
    rt_combine(MLP_SLICES, 100352, work->d_fc1_weight[0][0]);
    rt_combine(MLP_SLICES, 128, work->d_fc1_bias[0]);
    out->loss = work->loss[0][0];
    if (!rt_is_finite(out->loss)) return false;      /* nothing has been changed yet */
    /* all of these are finite, or nothing changes */
    if (!rt_finite(100352, work->d_fc1_weight[0][0])) return false;
    if (!rt_finite(128, work->d_fc1_bias[0])) return false;
    if (!rt_finite(1280, work->d_fc2_weight[0][0])) return false;
    if (!rt_finite(10, work->d_fc2_bias[0])) return false;
    return true;
}

/* Changes nothing but the workspace. */
static bool evaluate_batch(MlpEvaluateWork *work, int threads, const MlpParams *p, const MlpBatch *in,
                           const RtStep *step, MlpEvaluateResult *out)
{
    (void)step;
    pack_fc1_weight(p->fc1_weight, work->fc1_weight_packed);
    pack_fc2_weight(p->fc2_weight, work->fc2_weight_packed);

    /* forward of h1, logits, accuracy, loss   mlp.lua:7, 8, 11, 10 */
    RT_PARALLEL(rt_min_int(threads, MLP_SLICES))
    for (int slice = 0; slice < MLP_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        MlpEvaluateWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * MLP_SLICE);
        RT_ZERO(work->loss[slice]);
        for (int first = slice * MLP_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_h1(n, in->image + first, work->fc1_weight_packed, p->fc1_bias, my->h1);
            fwd_logits(n, my->h1, work->fc2_weight_packed, p->fc2_bias, my->logits);
            evaluate_fwd_loss(n, (float)in->n, my->logits, in->label + first, work->loss[slice],
                              out->accuracy + first);
        }
        rt_exact_end(found);
    }

    rt_combine(MLP_SLICES, 1, work->loss[0]);
    out->loss = work->loss[0][0];
    return true;
}

/* Changes nothing but the workspace. */
static bool predict_batch(MlpPredictWork *work, int threads, const MlpParams *p, const MlpBatch *in,
                          const RtStep *step, MlpPredictResult *out)
{
    (void)step;
    pack_fc1_weight(p->fc1_weight, work->fc1_weight_packed);
    pack_fc2_weight(p->fc2_weight, work->fc2_weight_packed);

    /* forward of h1, logits   mlp.lua:7, 8 */
    RT_PARALLEL(rt_min_int(threads, MLP_SLICES))
    for (int slice = 0; slice < MLP_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        MlpPredictWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * MLP_SLICE);
        for (int first = slice * MLP_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_h1(n, in->image + first, work->fc1_weight_packed, p->fc1_bias, my->h1);
            fwd_logits(n, my->h1, work->fc2_weight_packed, p->fc2_bias, out->logits + first);
        }
        rt_exact_end(found);
    }

    return true;
}

/* What train_batch has left becomes the weights of the next step. */
static void change_weights(MlpTrainWork *work, MlpParams *p, MlpMoments *o, const RtStep *step)
{
    update(100352, p->fc1_weight[0], work->d_fc1_weight[0][0], o->m.fc1_weight[0], o->v.fc1_weight[0], 0.01,
           step);
    update(128, p->fc1_bias, work->d_fc1_bias[0], o->m.fc1_bias, o->v.fc1_bias, 0, step);
    update(1280, p->fc2_weight[0], work->d_fc2_weight[0][0], o->m.fc2_weight[0], o->v.fc2_weight[0], 0.01,
           step);
    update(10, p->fc2_bias, work->d_fc2_bias[0], o->m.fc2_bias, o->v.fc2_bias, 0, step);
}

/* ---- the tensors of a run, as tables ---- */

static const RtTensor parameters[] = {
    {"fc1.weight", 2, {128, 784}, offsetof(MlpParams, fc1_weight) / sizeof(float), 100352, RT_INIT_UNIFORM,
     0.03571428571428571, true},
    {"fc1.bias", 1, {128}, offsetof(MlpParams, fc1_bias) / sizeof(float), 128, RT_INIT_UNIFORM,
     0.03571428571428571, false},
    {"fc2.weight", 2, {10, 128}, offsetof(MlpParams, fc2_weight) / sizeof(float), 1280, RT_INIT_UNIFORM,
     0.08838834764831843, true},
    {"fc2.bias", 1, {10}, offsetof(MlpParams, fc2_bias) / sizeof(float), 10, RT_INIT_UNIFORM,
     0.08838834764831843, false},
};

/* ---- what programs call ---- */

static MlpStatus check_train(const MlpWork *work, int threads, const MlpBatch *in)
{
    if (threads < 1 || threads > 1024) return MLP_BAD_THREADS;
    if (!work || (uintptr_t)work % 64) return MLP_NOT_ALIGNED;
    if (in->n != MLP_BATCH) return MLP_BAD_BATCH;
    if (!in->image || !in->label) return MLP_BAD_BATCH;
    for (int i = 0; i < in->n; i++)
        if (in->label[i] < 0 || in->label[i] >= 10) return MLP_BAD_BATCH;
    return MLP_OK;
}

static MlpStatus check_evaluate(const MlpWork *work, int threads, const MlpBatch *in)
{
    if (threads < 1 || threads > 1024) return MLP_BAD_THREADS;
    if (!work || (uintptr_t)work % 64) return MLP_NOT_ALIGNED;
    if (in->n < 1 || in->n > MLP_BATCH) return MLP_BAD_BATCH;
    if (!in->image || !in->label) return MLP_BAD_BATCH;
    for (int i = 0; i < in->n; i++)
        if (in->label[i] < 0 || in->label[i] >= 10) return MLP_BAD_BATCH;
    return MLP_OK;
}

static MlpStatus check_predict(const MlpWork *work, int threads, const MlpBatch *in)
{
    if (threads < 1 || threads > 1024) return MLP_BAD_THREADS;
    if (!work || (uintptr_t)work % 64) return MLP_NOT_ALIGNED;
    if (in->n < 1 || in->n > MLP_BATCH) return MLP_BAD_BATCH;
    if (!in->image) return MLP_BAD_BATCH;
    return MLP_OK;
}

static RtStep next_step(const Mlp *run)
{
    const int64_t steps = run->steps < 1 ? 1 : run->steps, number = run->step < steps ? run->step : steps - 1;
    return (RtStep){
        .seed = run->seed, .step = run->step, .skipped = run->skipped, .progress = rt_progress(number, steps),
        .learning_rate = (float)rt_one_cycle(0.003, number, steps),
        .correction1 = rt_correction(0.9, run->step), .correction2 = rt_correction(0.999, run->step)};
}

void mlp_init(Mlp *run, uint64_t seed, int64_t steps)
{
    const uint64_t found = rt_exact_begin();
    memset(run, 0, sizeof *run);
    run->seed = seed;
    run->steps = steps < 1 ? 1 : steps;
    run->steps_per_epoch = run->steps < 5 ? 1 : run->steps / 5;
    for (int i = 0; i < 4; i++)
        rt_initial_values(&parameters[i], seed, (float *)&run->params + parameters[i].offset);
    rt_exact_end(found);
}

MlpStatus mlp_step(Mlp *run, MlpWork *work, int threads, const MlpBatch *in, MlpTrainResult *out)
{
    const MlpStatus status = check_train(work, threads, in);
    if (status != MLP_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = next_step(run);
    const bool finite = train_batch(&work->train, threads, &run->params, in, &step, out);
    if (finite) {
        change_weights(&work->train, &run->params, &run->moments, &step);
        run->step++;
    }
    rt_exact_end(found);
    return finite ? MLP_OK : MLP_NOT_FINITE;
}

MlpStatus mlp_gradients(const Mlp *run, MlpWork *work, int threads, const MlpBatch *in, MlpParams *gradients,
                        MlpTrainResult *out)
{
    const MlpStatus status = check_train(work, threads, in);
    if (status != MLP_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = next_step(run);
    const bool finite = train_batch(&work->train, threads, &run->params, in, &step, out);
    if (finite) {
        memcpy(gradients->fc1_weight, work->train.d_fc1_weight[0], sizeof gradients->fc1_weight);
        memcpy(gradients->fc1_bias, work->train.d_fc1_bias[0], sizeof gradients->fc1_bias);
        memcpy(gradients->fc2_weight, work->train.d_fc2_weight[0], sizeof gradients->fc2_weight);
        memcpy(gradients->fc2_bias, work->train.d_fc2_bias[0], sizeof gradients->fc2_bias);
    }
    rt_exact_end(found);
    return finite ? MLP_OK : MLP_NOT_FINITE;
}

MlpStatus mlp_evaluate(const Mlp *run, MlpWork *work, int threads, const MlpBatch *in, MlpEvaluateResult *out)
{
    const MlpStatus status = check_evaluate(work, threads, in);
    if (status != MLP_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = {.seed = run->seed, .progress = 1, .correction1 = 1, .correction2 = 1};
    const bool finite = evaluate_batch(&work->evaluate, threads, &run->params, in, &step, out) &&
                        rt_is_finite(out->loss);
    rt_exact_end(found);
    return finite ? MLP_OK : MLP_NOT_FINITE;
}

MlpStatus mlp_predict(const Mlp *run, MlpWork *work, int threads, const MlpBatch *in, MlpPredictResult *out)
{
    const MlpStatus status = check_predict(work, threads, in);
    if (status != MLP_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = {.seed = run->seed, .progress = 1, .correction1 = 1, .correction2 = 1};
    const bool finite = predict_batch(&work->predict, threads, &run->params, in, &step, out);
    rt_exact_end(found);
    return finite ? MLP_OK : MLP_NOT_FINITE;
}

static RtSaved saved(const Mlp *run)
{
    return (RtSaved){
        .graph_hash = "2a764a1d3daf9bd4bc2f5ff52cfe07a28dbc64940be8faaf6cc73d64dfe7c1cc",
        .n_parameters = 4, .parameters = parameters, .values = (float *)&run->params,
        .floats = sizeof run->params / sizeof(float),
        .n_moments = 2, .average = false, .moment_values = (float *)&run->moments,
    };
}

size_t mlp_save(const Mlp *run, void *to, size_t room)
{
    const RtSaved save = saved(run);
    const RtPosition at = {.step = run->step, .steps = run->steps, .steps_per_epoch = run->steps_per_epoch,
                           .skipped = run->skipped, .seed = run->seed};
    return rt_save_write(&save, &at, to, room);
}

MlpStatus mlp_load(Mlp *run, const void *bytes, size_t n)
{
    const RtSaved save = saved(run);
    size_t found[12];
    RtPosition at = {.step = run->step, .steps = run->steps, .steps_per_epoch = run->steps_per_epoch,
                     .skipped = run->skipped, .seed = run->seed};
    switch (rt_save_read(&save, &at, bytes, n, found)) {
    case RT_LOADED_NOT_FINITE: return MLP_NOT_FINITE;
    case RT_LOADED_BAD_FILE: return MLP_BAD_FILE;
    case RT_LOADED_OTHER_MODEL: return MLP_OTHER_MODEL;
    default: break;
    }
    run->step = at.step;
    run->steps = at.steps;
    run->steps_per_epoch = at.steps_per_epoch;
    run->skipped = at.skipped;
    run->seed = at.seed;
    return MLP_OK;
}

const char *mlp_status_text(MlpStatus status)
{
    switch (status) {
    case MLP_OK:
        return "all is well";
    case MLP_NOT_FINITE:
        return "the loss, a gradient, a new state or a number of the file is not finite";
    case MLP_BAD_BATCH:
        return "a wrong number of samples, a label that is no class, or an input missing";
    case MLP_BAD_THREADS:
        return "the number of threads is not from 1 to 1024";
    case MLP_NOT_ALIGNED:
        return "the workspace is not aligned to 64 bytes";
    case MLP_BAD_FILE:
        return "the bytes are not a whole safetensors file";
    case MLP_OTHER_MODEL:
        return "a tensor is missing, or has another shape or type";
    }
    return "no status";
}

/* ---- the model as tables, for the trainer ---- */

static const RtField fields[] = {
    {"image", RT_FIELD_IMAGE, RT_F32, 3, {28, 28, 1}, 0},
    {"label", RT_FIELD_LABEL, RT_I32, 0, {0}, 10},
};
static const char *const metrics[] = {"accuracy"};
static const RtOption options[] = {{"width", "128"}};
static const RtKernelChoice choices[] = {
    {"fwd_h1", "matmul"},
    {"fwd_logits", "matmul"},
    {"bwd_fc1", "matmul"},
    {"bwd_fc2_weight", "outer products"},
    {"bwd_fc1_weight", "outer products"},
};

static const RtValue train_values[] = {
    {"loss", RT_F32, false, 0, {0}, offsetof(MlpTrainResult, loss)},
    {"accuracy", RT_F32, true, 1, {128}, offsetof(MlpTrainResult, accuracy)},
};
static bool run_train(const RtCall *call)
{
    const MlpBatch in = {.n = call->batch->n, .sample = call->batch->sample, .image = call->batch->field[0],
                         .label = call->batch->field[1]};
    if (!train_batch(call->work, call->threads, (const MlpParams *)call->parameters, &in, call->step,
                     call->result)) return false;
    change_weights(call->work, (MlpParams *)call->parameters, (MlpMoments *)call->optimizer, call->step);
    return true;
}

static const RtValue evaluate_values[] = {
    {"loss", RT_F32, false, 0, {0}, offsetof(MlpEvaluateResult, loss)},
    {"accuracy", RT_F32, true, 1, {128}, offsetof(MlpEvaluateResult, accuracy)},
};
static bool run_evaluate(const RtCall *call)
{
    const MlpBatch in = {.n = call->batch->n, .sample = call->batch->sample, .image = call->batch->field[0],
                         .label = call->batch->field[1]};
    return evaluate_batch(call->work, call->threads, (const MlpParams *)call->parameters, &in, call->step,
                          call->result);
}

static const RtValue predict_values[] = {
    {"logits", RT_F32, true, 2, {128, 10}, offsetof(MlpPredictResult, logits)},
};
static bool run_predict(const RtCall *call)
{
    const MlpBatch in = {.n = call->batch->n, .sample = call->batch->sample, .image = call->batch->field[0],
                         .label = call->batch->field[1]};
    return predict_batch(call->work, call->threads, (const MlpParams *)call->parameters, &in, call->step,
                         call->result);
}

static const RtEntry entries[] = {
    {"train", sizeof(MlpTrainWork), sizeof(MlpTrainResult), 2, train_values, run_train},
    {"evaluate", sizeof(MlpEvaluateWork), sizeof(MlpEvaluateResult), 2, evaluate_values, run_evaluate},
    {"predict", sizeof(MlpPredictWork), sizeof(MlpPredictResult), 1, predict_values, run_predict},
};

const RtModel mlp_model = {
    .name = "mlp", .graph_file = "mlp.lua",
    .graph_hash = "2a764a1d3daf9bd4bc2f5ff52cfe07a28dbc64940be8faaf6cc73d64dfe7c1cc",
    .tailor_version = "0.2.0",
    .batch = MLP_BATCH,
    .n_options = 1, .options = options,
    .n_parameters = 4, .parameters = parameters,
    .n_fields = 2, .fields = fields,
    .n_metrics = 1, .metrics = metrics,
    .n_moments = 2, .n_entries = 3, .entries = entries,
    .n_kernels = 5, .kernels = choices,
    .flops_forward = 203585, .flops_step = 409846,
    .workspace_bytes = 2085376, .workspace_lower_bound = 2085376,
    .train = {
        .data = "mnist", .epochs = 5, .seed = 1, .optimizer = "adamw", .lr = 0.003, .beta1 = 0.9,
        .beta2 = 0.999, .eps = 1e-08, .weight_decay = 0.01, .schedule = RT_ONE_CYCLE, .peak = 0.003,
        .validation = 0.08333333333333333,
    },
};
