/* fixture_mlp.c - a model in the form of emitted code, written by hand: what the trainer is tested with.
 *
 *   h1 = relu(image @ w1' + b1)    logits = h1 @ w2' + b2    loss = mean cross-entropy    AdamW with clipping
 *
 * The batch is cut into SLICES; threads share them out, each slice has its own gradients, and a fixed tree combines
 * them.  The loops are plain: this is about the trainer, not about speed.
 */
#include "fixture_mlp.h"
#include "rt_math.h"
#include "rt_update.h"

#include <string.h>

enum { BATCH = 64, PIXELS = 784, HIDDEN = 64, CLASSES = 10, SLICES = 4, ROWS = BATCH / SLICES };

typedef struct MlpParameters {
    float w1[HIDDEN][PIXELS], b1[HIDDEN], w2[CLASSES][HIDDEN], b2[CLASSES];
} MlpParameters;

enum { N_PARAMETERS = sizeof(MlpParameters) / sizeof(float) };

typedef struct MlpState { float steps; } MlpState;   /* counts, so that state is saved and restored for real */

typedef struct MlpResult { float loss, accuracy[BATCH], spread; } MlpResult;

/* Whole-batch buffers lie in the first workspace. */
typedef struct MlpWork {
    float h1[BATCH][HIDDEN], probs[BATCH][CLASSES], loss[BATCH], d_h1[BATCH][HIDDEN];
    _Alignas(64) MlpParameters d[SLICES];
} MlpWork;

/* Samples first .. last-1. */
static void forward(const MlpParameters *p, const float image[][PIXELS], const int32_t *label, int first, int last,
                    MlpWork *work, MlpResult *result)
{
    for (int b = first; b < last; b++) {
        float logits[CLASSES], top = 0, sum = 0;
        int best = 0;
        for (int j = 0; j < HIDDEN; j++) {
            float lane[16] = {0}, t = 0;
            for (int k = 0; k < PIXELS; k += 16)
                for (int l = 0; l < 16; l++) lane[l] += image[b][k + l] * p->w1[j][k + l];
            for (int l = 0; l < 16; l++) t += lane[l];
            t += p->b1[j];
            work->h1[b][j] = t > 0 ? t : 0;
        }
        for (int c = 0; c < CLASSES; c++) {
            logits[c] = p->b2[c];
            for (int j = 0; j < HIDDEN; j++) logits[c] += work->h1[b][j] * p->w2[c][j];
            if (logits[c] > logits[best]) best = c;
        }
        top = logits[best];
        for (int c = 0; c < CLASSES; c++) sum += work->probs[b][c] = rt_exp(logits[c] - top);
        for (int c = 0; c < CLASSES; c++) work->probs[b][c] /= sum;
        work->loss[b] = rt_log(sum) + top - logits[label[b]];
        result->accuracy[b] = best == label[b];
    }
}

static void backward(const MlpParameters *p, const float image[][PIXELS], const int32_t *label, int first, int last,
                     MlpWork *work, MlpParameters *d)
{
    memset(d, 0, sizeof *d);
    for (int b = first; b < last; b++) {
        float d_logits[CLASSES];
        for (int c = 0; c < CLASSES; c++) d_logits[c] = (work->probs[b][c] - (c == label[b])) / BATCH;
        for (int j = 0; j < HIDDEN; j++) {
            float t = 0;
            for (int c = 0; c < CLASSES; c++) t += d_logits[c] * p->w2[c][j];
            work->d_h1[b][j] = work->h1[b][j] > 0 ? t : 0;
        }
        for (int c = 0; c < CLASSES; c++) {
            d->b2[c] += d_logits[c];
            for (int j = 0; j < HIDDEN; j++) d->w2[c][j] += d_logits[c] * work->h1[b][j];
        }
        for (int j = 0; j < HIDDEN; j++) {
            d->b1[j] += work->d_h1[b][j];
            if (work->d_h1[b][j] != 0)
                for (int k = 0; k < PIXELS; k++) d->w1[j][k] += work->d_h1[b][j] * image[b][k];
        }
    }
}

static bool close_result(const MlpWork *work, int n, MlpResult *result)
{
    float sum = 0;
    for (int b = 0; b < n; b++) sum += work->loss[b];
    result->loss = sum / (float)n;
    result->spread = work->h1[0][0];
    return result->loss - result->loss == 0;
}

static bool run_train(const RtCall *call)
{
    MlpParameters *p = (MlpParameters *)call->parameters, *m = (MlpParameters *)call->optimizer, *v = m + 1;
    MlpWork *work = call->work;
    MlpResult *result = call->result;
    const RtStep *step = call->step;
    const RtTrain *train = &fixture_mlp.train;
    const float(*image)[PIXELS] = call->batch->field[0];
    const int32_t *label = call->batch->field[1];
#pragma omp parallel for schedule(static) num_threads(call->threads)
    for (int s = 0; s < SLICES; s++) {
        forward(p, image, label, s * ROWS, (s + 1) * ROWS, work, result);
        backward(p, image, label, s * ROWS, (s + 1) * ROWS, work, &work->d[s]);
    }
    if (!close_result(work, BATCH, result)) return false;
    rt_combine(SLICES, N_PARAMETERS, (float *)work->d);
    const double squares = rt_sum_squares(N_PARAMETERS, (float *)work->d);
    if (squares - squares != 0) return false;
    const float scale = rt_clip_scale(squares, train->clip);
    rt_update_adam(N_PARAMETERS, (float *)p, (float *)work->d, (float *)m, (float *)v, step->learning_rate,
                   train->beta1, train->beta2, train->eps, train->weight_decay, step->correction1, step->correction2,
                   scale);
    ((MlpState *)call->state)->steps += 1;
    return true;
}

static bool run_evaluate(const RtCall *call)
{
    const MlpParameters *p = (const MlpParameters *)call->parameters;
    MlpWork *work = call->work;
    const int n = call->batch->n;
#pragma omp parallel for schedule(static) num_threads(call->threads)
    for (int s = 0; s < SLICES; s++)
        if (s * ROWS < n)
            forward(p, call->batch->field[0], call->batch->field[1], s * ROWS, (s + 1) * ROWS < n ? (s + 1) * ROWS : n,
                    work, call->result);
    return close_result(work, n, call->result);
}

/* ---- tables ---- */

static const RtTensor PARAMETERS[] = {
    {"h1.linear.weight",
     2,
     {HIDDEN, PIXELS},
     offsetof(MlpParameters, w1) / 4,
     HIDDEN *PIXELS,
     RT_INIT_UNIFORM,
     0.035714285714285712,
     true},
    {"h1.linear.bias",
     1,
     {HIDDEN},
     offsetof(MlpParameters, b1) / 4,
     HIDDEN,
     RT_INIT_UNIFORM,
     0.035714285714285712,
     false},
    {"logits.linear.weight",
     2,
     {CLASSES, HIDDEN},
     offsetof(MlpParameters, w2) / 4,
     CLASSES *HIDDEN,
     RT_INIT_UNIFORM,
     0.125,
     true},
    {"logits.linear.bias", 1, {CLASSES}, offsetof(MlpParameters, b2) / 4, CLASSES, RT_INIT_UNIFORM, 0.125, false},
};

static const RtTensor STATES[] = {{.name = "steps", .rank = 1, .dims = {1}, .count = 1}};

static const RtField FIELDS[] = {
    {"image", RT_FIELD_IMAGE, RT_F32, 3, {28, 28, 1}, 0},
    {"label", RT_FIELD_LABEL, RT_I32, 0, {0}, CLASSES},
};

static const RtValue VALUES[] = {
    {"loss", RT_F32, false, 0, {0}, offsetof(MlpResult, loss)},
    {"accuracy", RT_F32, true, 1, {BATCH}, offsetof(MlpResult, accuracy)},
    {"spread", RT_F32, false, 0, {0}, offsetof(MlpResult, spread)},
};

static const RtEntry ENTRIES[] = {
    {"train", sizeof(MlpWork), sizeof(MlpResult), 3, VALUES, run_train},
    {"evaluate", sizeof(MlpWork), sizeof(MlpResult), 3, VALUES, run_evaluate},
};

static const char *const METRICS[] = {"accuracy", "spread"};
static const RtOption OPTIONS[] = {{"hidden", "64"}};
static const RtKernelChoice KERNELS[] = {{"h1.linear", "plain"}, {"logits.linear", "plain"}};

const RtModel fixture_mlp = {
    .name = "fixture_mlp",
    .graph_file = "fixture_mlp.lua",
    .graph_hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    .tailor_version = "0.0",
    .batch = BATCH,
    .n_options = 1,
    .options = OPTIONS,
    .n_parameters = 4,
    .parameters = PARAMETERS,
    .n_states = 1,
    .states = STATES,
    .n_fields = 2,
    .fields = FIELDS,
    .n_metrics = 2,
    .metrics = METRICS,
    .n_moments = 2,
    .n_entries = 2,
    .entries = ENTRIES,
    .n_kernels = 2,
    .kernels = KERNELS,
    .flops_forward = 2 * HIDDEN * (PIXELS + CLASSES),
    .flops_step = 6 * HIDDEN * (PIXELS + CLASSES),
    .workspace_bytes = sizeof(MlpWork),
    .workspace_lower_bound = sizeof(MlpWork),
    .train = {.data = "digits",
              .epochs = 3,
              .seed = 1,
              .validation = 1.0 / 12,
              .optimizer = "adamw",
              .lr = 1e-3,
              .beta1 = 0.9,
              .beta2 = 0.999,
              .eps = 1e-8,
              .weight_decay = 0.01,
              .clip = 1,
              .schedule = RT_COSINE,
              .warmup = 0.05},
};
