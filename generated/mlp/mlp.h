/* mlp.h - written by tailor 0.2.0 from mlp.lua.  Edit the graph, not this file.
 *
 *   graph       2a764a1d3daf9bd4bc2f5ff52cfe07a28dbc64940be8faaf6cc73d64dfe7c1cc
 *   parameters  101770 floats in 4 tensors
 *   train       3 kernels forward, 4 backward; workspace 2085376 bytes
 *   evaluate    3 kernels forward, 0 backward; workspace 435520 bytes
 *
 * Call mlp_train once for each batch: it changes the parameters.  A workspace is an array of as many unions
 * as there are threads, aligned to 64 bytes; nothing is allocated.  A step returns false, and has changed
 * nothing, when its loss, a gradient or a new state is not finite.
 */
#ifndef MLP_H
#define MLP_H

#include "rt.h"

RT_C_BEGIN

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

/* What mlp_train leaves behind. */
typedef struct MlpTrainResult {
    float loss;
    float accuracy[MLP_BATCH];
} MlpTrainResult;

/* Workspace of mlp_train: 2085376 bytes for one thread, 14 buffers (the schedule needs at least 2085376).
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
RT_STATIC_ASSERT(sizeof(MlpTrainWork) == 2085376, "the workspace is not the one that was planned");

bool mlp_train(MlpTrainWork *work, int threads, MlpParams *p, MlpMoments *o, const MlpBatch *in,
               const RtStep *step, MlpTrainResult *out);

/* What mlp_evaluate leaves behind. */
typedef struct MlpEvaluateResult {
    float loss;
    float accuracy[MLP_BATCH];
} MlpEvaluateResult;

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
RT_STATIC_ASSERT(sizeof(MlpEvaluateWork) == 435520, "the workspace is not the one that was planned");

bool mlp_evaluate(MlpEvaluateWork *work, int threads, const MlpParams *p, const MlpBatch *in,
                  const RtStep *step, MlpEvaluateResult *out);

extern const RtModel mlp_model;      /* the same as tables, for the trainer */

RT_C_END

#endif
