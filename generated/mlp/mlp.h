/* mlp.h - written by tailor 0.2.0 from mlp.lua.  Edit the graph, not this file.
 *
 *   graph       2a764a1d3daf9bd4bc2f5ff52cfe07a28dbc64940be8faaf6cc73d64dfe7c1cc
 *   parameters  101770 floats in 4 tensors
 *   train       3 kernels forward, 4 backward; workspace 2085376 bytes
 *   evaluate    3 kernels forward, 0 backward; workspace 435520 bytes
 *   predict     2 kernels forward, 0 backward; workspace 434176 bytes
 *
 * A Mlp is a run: mlp_init, then mlp_step once for each batch; mlp_save and mlp_load.  Nothing is allocated,
 * and nothing but these structs is remembered.
 */
#ifndef MLP_H
#define MLP_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A step works through the batch slice by slice; threads share the slices, each slice goes some images at a
 * time. */
enum { MLP_BATCH = 128, MLP_SLICES = 4, MLP_SLICE = 32 };

/* Parameters: a plain array of floats, in order of creation and in the layout of files. */
typedef struct MlpParams {
    float fc1_weight[128][784];                         /* mlp.lua:7 */
    float fc1_bias[128];                                /* mlp.lua:7 */
    float fc2_weight[10][128];                          /* mlp.lua:8 */
    float fc2_bias[10];                                 /* mlp.lua:8 */
} MlpParams;

/* The optimizer's running means of the gradient and of its square. */
typedef struct MlpMoments { MlpParams m, v; } MlpMoments;

/* Samples: arrays of MLP_BATCH, of which the first n are valid. */
typedef struct MlpBatch {
    int n;
    const int64_t *sample;              /* numbers in the data set */
    const float (*image)[28][28][1];
    const int32_t *label;
} MlpBatch;

/* What mlp_step leaves behind. */
typedef struct MlpTrainResult {
    float loss;
    float accuracy[MLP_BATCH];
} MlpTrainResult;

/* What mlp_evaluate leaves behind. */
typedef struct MlpEvaluateResult {
    float loss;
    float accuracy[MLP_BATCH];
} MlpEvaluateResult;

/* What mlp_predict leaves behind. */
typedef struct MlpPredictResult {
    float logits[MLP_BATCH][10];
} MlpPredictResult;

/* A run: everything that the next step depends on.  A plain struct, which may be static, copied and kept. */
typedef struct Mlp {
    MlpParams params;
    MlpMoments moments;
    int64_t step;                       /* the steps done */
    int64_t steps;                      /* of the whole schedule; behind them the last rate stays */
    int64_t steps_per_epoch;
    int64_t skipped;                    /* steps that changed nothing, if the caller counts on over them */
    uint64_t seed;
} Mlp;

/* Memory of one thread, defined below.  A call is given an array of as many as there are threads, aligned to
 * 64 bytes. */
typedef union MlpWork MlpWork;

typedef enum MlpStatus {
    MLP_OK,
    MLP_NOT_FINITE,      /* the loss, a gradient or a new state; a number that is loaded */
    MLP_BAD_BATCH,       /* its size, a label that is no class, an input that is NULL and is read */
    MLP_BAD_THREADS,     /* not from 1 to 1024 */
    MLP_NOT_ALIGNED,     /* the workspace, to 64 bytes */
    MLP_BAD_FILE,        /* not a whole safetensors file */
    MLP_OTHER_MODEL      /* a tensor is missing, or has another shape or type */
} MlpStatus;

/* Each function holds for itself to round-to-nearest and subnormal numbers, whatever the caller has set, in
 * every thread that it works in.  On any status but MLP_OK only work and results may have changed. */

/* The run at its begin: initial values, and a schedule of so many steps (fewer than 1 count as 1).
 * steps_per_epoch becomes steps / 5, and may be changed. */
void mlp_init(Mlp *run, uint64_t seed, int64_t steps);

/* One step on a full batch, schedule and update included. */
MlpStatus mlp_step(Mlp *run, MlpWork *work, int threads, const MlpBatch *in, MlpTrainResult *out);

/* The gradients of the next step, before they are clipped, without the step. */
MlpStatus mlp_gradients(const Mlp *run, MlpWork *work, int threads, const MlpBatch *in, MlpParams *gradients,
                        MlpTrainResult *out);

/* Loss and metrics of 1 to MLP_BATCH samples. */
MlpStatus mlp_evaluate(const Mlp *run, MlpWork *work, int threads, const MlpBatch *in,
                       MlpEvaluateResult *out);

/* Outputs for 1 to MLP_BATCH samples. */
MlpStatus mlp_predict(const Mlp *run, MlpWork *work, int threads, const MlpBatch *in, MlpPredictResult *out);

/* The whole run as a safetensors file in memory.  Returns its size, and writes it where that is at most room;
 * mlp_save(run, NULL, 0) asks. */
size_t mlp_save(const Mlp *run, void *to, size_t room);

/* Takes over the weights of a safetensors file in memory, or the whole run of a save.  Changes nothing unless
 * all is right. */
MlpStatus mlp_load(Mlp *run, const void *bytes, size_t n);

const char *mlp_status_text(MlpStatus);

/* Workspace of mlp_step: 2085376 bytes for one thread, 14 buffers (the schedule needs at least 2085376).
 * Buffers that are never live at once share bytes; the leading char array is where a buffer starts.  Above
 * each: the kernels it lives for. */
typedef union MlpTrainWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_h1 .. bwd_fc2_weight */
    struct { char at0[2043904];  float h1[32][128]; };
    /* fwd_logits .. fwd_loss */
    struct { char at1[2060288];  float logits[32][10]; };
    /* fwd_loss .. bwd_fc2_weight */
    struct { char at2[2083840];  float cross_entropy_exp[32][10]; };
    /* fwd_loss .. bwd_logits */
    struct { char at3[2061568];  float cross_entropy_sum[32]; };
    /* fwd_h1 .. update_fc2_bias */
    struct { char at4[2085312];  float loss[MLP_SLICES][1]; };
    /* bwd_logits .. bwd_fc2_weight */
    struct { char at5[2083840];  float d_logits[32][10]; };
    /* fwd_h1 .. update_fc2_bias */
    struct { char at6[2085120];  float d_fc2_bias[MLP_SLICES][10]; };
    /* fwd_h1 .. update_fc2_weight */
    struct { char at7[2007040];  float d_fc2_weight[MLP_SLICES][10][128]; };
    /* bwd_fc1 .. bwd_fc1_weight */
    struct { char at8[2060288];  float d_fc1[32][128]; };
    /* fwd_h1 .. update_fc1_bias */
    struct { char at9[2081792];  float d_fc1_bias[MLP_SLICES][128]; };
    /* fwd_h1 .. update_fc1_weight */
    struct {                    float d_fc1_weight[MLP_SLICES][128][784]; };
    /* pack_fc1_weight .. bwd_fc1_weight */
    struct { char at11[1605632];  float fc1_weight_packed[100352]; };
    /* pack_fc2_weight .. bwd_fc1_weight */
    struct { char at12[2027520];  float fc2_weight_packed[4096]; };
    /* pack_fc2_weight_back .. bwd_fc1_weight */
    struct { char at13[2076672];  float fc2_weight_back_packed[1280]; };
#endif
    char bytes[2085376];
} MlpTrainWork;

/* Workspace of mlp_evaluate: 435520 bytes for one thread, 5 buffers (the schedule needs at least 435520).
 * Buffers that are never live at once share bytes; the leading char array is where a buffer starts.  Above
 * each: the kernels it lives for. */
typedef union MlpEvaluateWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_h1 .. fwd_logits */
    struct { char at0[417792];  float h1[32][128]; };
    /* fwd_logits .. evaluate_fwd_loss */
    struct { char at1[434176];  float logits[32][10]; };
    /* fwd_h1 .. combine_loss */
    struct { char at2[435456];  float loss[MLP_SLICES][1]; };
    /* pack_fc1_weight .. evaluate_fwd_loss */
    struct {                    float fc1_weight_packed[100352]; };
    /* pack_fc2_weight .. evaluate_fwd_loss */
    struct { char at4[401408];  float fc2_weight_packed[4096]; };
#endif
    char bytes[435520];
} MlpEvaluateWork;

/* Workspace of mlp_predict: 434176 bytes for one thread, 3 buffers (the schedule needs at least 434176).
 * Buffers that are never live at once share bytes; the leading char array is where a buffer starts.  Above
 * each: the kernels it lives for. */
typedef union MlpPredictWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_h1 .. fwd_logits */
    struct { char at0[417792];  float h1[32][128]; };
    /* pack_fc1_weight .. fwd_logits */
    struct {                    float fc1_weight_packed[100352]; };
    /* pack_fc2_weight .. fwd_logits */
    struct { char at2[401408];  float fc2_weight_packed[4096]; };
#endif
    char bytes[434176];
} MlpPredictWork;

/* Memory of one thread, for any call. */
union MlpWork {
    MlpTrainWork train;
    MlpEvaluateWork evaluate;
    MlpPredictWork predict;
#ifdef __cplusplus
    alignas(64) char bytes[2085376];
#else
    _Alignas(64) char bytes[2085376];
#endif
};

extern const struct RtModel mlp_model;      /* the same as tables, for the trainer */

#ifdef __cplusplus
}
#endif

#endif
