/* resnet.h - written by tailor 0.2.0 from resnet.lua.  Edit the graph, not this file.
 *
 *   graph       22ec39460567f80f13619da40a9e16aa85284cdf8605a76a260959dc0b93aef6
 *   parameters  272186 floats in 65 tensors
 *   train       147 kernels forward, 105 backward; workspace 95680960 bytes
 *   evaluate    24 kernels forward, 0 backward; workspace 7234496 bytes
 *   predict     23 kernels forward, 0 backward; workspace 7234432 bytes
 *
 * A Resnet is a run: resnet_init, then resnet_step once for each batch; resnet_save and resnet_load.  Nothing
 * is allocated, and nothing but these structs is remembered.
 */
#ifndef RESNET_H
#define RESNET_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A step works through the batch slice by slice; threads share the slices, each slice goes some images at a
 * time. */
enum { RESNET_BATCH = 128, RESNET_SLICES = 4, RESNET_SLICE = 32 };

/* Parameters: a plain array of floats, in order of creation and in the layout of files. */
typedef struct ResnetParams {
    float stem_conv_weight[16][1][3][3];                /* networks/resnet.lua:14 */
    float stem_bn_weight[16];                           /* networks/resnet.lua:16 */
    float stem_bn_bias[16];                             /* networks/resnet.lua:16 */
    float stages_1_1_conv1_weight[16][16][3][3];        /* networks/resnet.lua:14 */
    float stages_1_1_bn1_weight[16];                    /* networks/resnet.lua:16 */
    float stages_1_1_bn1_bias[16];                      /* networks/resnet.lua:16 */
    float stages_1_1_conv2_weight[16][16][3][3];        /* networks/resnet.lua:14 */
    float stages_1_1_bn2_weight[16];                    /* networks/resnet.lua:16 */
    float stages_1_1_bn2_bias[16];                      /* networks/resnet.lua:16 */
    float stages_1_2_conv1_weight[16][16][3][3];        /* networks/resnet.lua:14 */
    float stages_1_2_bn1_weight[16];                    /* networks/resnet.lua:16 */
    float stages_1_2_bn1_bias[16];                      /* networks/resnet.lua:16 */
    float stages_1_2_conv2_weight[16][16][3][3];        /* networks/resnet.lua:14 */
    float stages_1_2_bn2_weight[16];                    /* networks/resnet.lua:16 */
    float stages_1_2_bn2_bias[16];                      /* networks/resnet.lua:16 */
    float stages_1_3_conv1_weight[16][16][3][3];        /* networks/resnet.lua:14 */
    float stages_1_3_bn1_weight[16];                    /* networks/resnet.lua:16 */
    float stages_1_3_bn1_bias[16];                      /* networks/resnet.lua:16 */
    float stages_1_3_conv2_weight[16][16][3][3];        /* networks/resnet.lua:14 */
    float stages_1_3_bn2_weight[16];                    /* networks/resnet.lua:16 */
    float stages_1_3_bn2_bias[16];                      /* networks/resnet.lua:16 */
    float stages_2_1_conv1_weight[32][16][3][3];        /* networks/resnet.lua:14 */
    float stages_2_1_bn1_weight[32];                    /* networks/resnet.lua:16 */
    float stages_2_1_bn1_bias[32];                      /* networks/resnet.lua:16 */
    float stages_2_1_conv2_weight[32][32][3][3];        /* networks/resnet.lua:14 */
    float stages_2_1_bn2_weight[32];                    /* networks/resnet.lua:16 */
    float stages_2_1_bn2_bias[32];                      /* networks/resnet.lua:16 */
    float stages_2_1_conv_skip_weight[32][16][1][1];    /* networks/resnet.lua:14 */
    float stages_2_1_bn_skip_weight[32];                /* networks/resnet.lua:16 */
    float stages_2_1_bn_skip_bias[32];                  /* networks/resnet.lua:16 */
    float stages_2_2_conv1_weight[32][32][3][3];        /* networks/resnet.lua:14 */
    float stages_2_2_bn1_weight[32];                    /* networks/resnet.lua:16 */
    float stages_2_2_bn1_bias[32];                      /* networks/resnet.lua:16 */
    float stages_2_2_conv2_weight[32][32][3][3];        /* networks/resnet.lua:14 */
    float stages_2_2_bn2_weight[32];                    /* networks/resnet.lua:16 */
    float stages_2_2_bn2_bias[32];                      /* networks/resnet.lua:16 */
    float stages_2_3_conv1_weight[32][32][3][3];        /* networks/resnet.lua:14 */
    float stages_2_3_bn1_weight[32];                    /* networks/resnet.lua:16 */
    float stages_2_3_bn1_bias[32];                      /* networks/resnet.lua:16 */
    float stages_2_3_conv2_weight[32][32][3][3];        /* networks/resnet.lua:14 */
    float stages_2_3_bn2_weight[32];                    /* networks/resnet.lua:16 */
    float stages_2_3_bn2_bias[32];                      /* networks/resnet.lua:16 */
    float stages_3_1_conv1_weight[64][32][3][3];        /* networks/resnet.lua:14 */
    float stages_3_1_bn1_weight[64];                    /* networks/resnet.lua:16 */
    float stages_3_1_bn1_bias[64];                      /* networks/resnet.lua:16 */
    float stages_3_1_conv2_weight[64][64][3][3];        /* networks/resnet.lua:14 */
    float stages_3_1_bn2_weight[64];                    /* networks/resnet.lua:16 */
    float stages_3_1_bn2_bias[64];                      /* networks/resnet.lua:16 */
    float stages_3_1_conv_skip_weight[64][32][1][1];    /* networks/resnet.lua:14 */
    float stages_3_1_bn_skip_weight[64];                /* networks/resnet.lua:16 */
    float stages_3_1_bn_skip_bias[64];                  /* networks/resnet.lua:16 */
    float stages_3_2_conv1_weight[64][64][3][3];        /* networks/resnet.lua:14 */
    float stages_3_2_bn1_weight[64];                    /* networks/resnet.lua:16 */
    float stages_3_2_bn1_bias[64];                      /* networks/resnet.lua:16 */
    float stages_3_2_conv2_weight[64][64][3][3];        /* networks/resnet.lua:14 */
    float stages_3_2_bn2_weight[64];                    /* networks/resnet.lua:16 */
    float stages_3_2_bn2_bias[64];                      /* networks/resnet.lua:16 */
    float stages_3_3_conv1_weight[64][64][3][3];        /* networks/resnet.lua:14 */
    float stages_3_3_bn1_weight[64];                    /* networks/resnet.lua:16 */
    float stages_3_3_bn1_bias[64];                      /* networks/resnet.lua:16 */
    float stages_3_3_conv2_weight[64][64][3][3];        /* networks/resnet.lua:14 */
    float stages_3_3_bn2_weight[64];                    /* networks/resnet.lua:16 */
    float stages_3_3_bn2_bias[64];                      /* networks/resnet.lua:16 */
    float fc_weight[10][64];                            /* networks/resnet.lua:41 */
    float fc_bias[10];                                  /* networks/resnet.lua:41 */
} ResnetParams;

/* State: what a step leaves behind for the next, and evaluation uses. */
typedef struct ResnetState {
    float stem_bn_running_mean[16];
    float stem_bn_running_var[16];
    float stages_1_1_bn1_running_mean[16];
    float stages_1_1_bn1_running_var[16];
    float stages_1_1_bn2_running_mean[16];
    float stages_1_1_bn2_running_var[16];
    float stages_1_2_bn1_running_mean[16];
    float stages_1_2_bn1_running_var[16];
    float stages_1_2_bn2_running_mean[16];
    float stages_1_2_bn2_running_var[16];
    float stages_1_3_bn1_running_mean[16];
    float stages_1_3_bn1_running_var[16];
    float stages_1_3_bn2_running_mean[16];
    float stages_1_3_bn2_running_var[16];
    float stages_2_1_bn1_running_mean[32];
    float stages_2_1_bn1_running_var[32];
    float stages_2_1_bn2_running_mean[32];
    float stages_2_1_bn2_running_var[32];
    float stages_2_1_bn_skip_running_mean[32];
    float stages_2_1_bn_skip_running_var[32];
    float stages_2_2_bn1_running_mean[32];
    float stages_2_2_bn1_running_var[32];
    float stages_2_2_bn2_running_mean[32];
    float stages_2_2_bn2_running_var[32];
    float stages_2_3_bn1_running_mean[32];
    float stages_2_3_bn1_running_var[32];
    float stages_2_3_bn2_running_mean[32];
    float stages_2_3_bn2_running_var[32];
    float stages_3_1_bn1_running_mean[64];
    float stages_3_1_bn1_running_var[64];
    float stages_3_1_bn2_running_mean[64];
    float stages_3_1_bn2_running_var[64];
    float stages_3_1_bn_skip_running_mean[64];
    float stages_3_1_bn_skip_running_var[64];
    float stages_3_2_bn1_running_mean[64];
    float stages_3_2_bn1_running_var[64];
    float stages_3_2_bn2_running_mean[64];
    float stages_3_2_bn2_running_var[64];
    float stages_3_3_bn1_running_mean[64];
    float stages_3_3_bn1_running_var[64];
    float stages_3_3_bn2_running_mean[64];
    float stages_3_3_bn2_running_var[64];
} ResnetState;

/* The optimizer's velocity. */
typedef struct ResnetMoments { ResnetParams velocity; } ResnetMoments;

/* Samples: arrays of RESNET_BATCH, of which the first n are valid. */
typedef struct ResnetBatch {
    int n;
    const int64_t *sample;              /* numbers in the data set */
    const float (*image)[28][28][1];
    const int32_t *label;
} ResnetBatch;

/* What resnet_step leaves behind. */
typedef struct ResnetTrainResult {
    float loss;
    float accuracy[RESNET_BATCH];
} ResnetTrainResult;

/* What resnet_evaluate leaves behind. */
typedef struct ResnetEvaluateResult {
    float loss;
    float accuracy[RESNET_BATCH];
} ResnetEvaluateResult;

/* What resnet_predict leaves behind. */
typedef struct ResnetPredictResult {
    float logits[RESNET_BATCH][10];
} ResnetPredictResult;

/* A run: everything that the next step depends on.  A plain struct, which may be static, copied and kept. */
typedef struct Resnet {
    ResnetParams params;
    ResnetState state;
    ResnetMoments moments;
    int64_t step;                       /* the steps done */
    int64_t steps;                      /* of the whole schedule; behind them the last rate stays */
    int64_t steps_per_epoch;
    int64_t skipped;                    /* steps that changed nothing, if the caller counts on over them */
    uint64_t seed;
} Resnet;

/* Memory of one thread, defined below.  A call is given an array of as many as there are threads, aligned to
 * 64 bytes. */
typedef union ResnetWork ResnetWork;

typedef enum ResnetStatus {
    RESNET_OK,
    RESNET_NOT_FINITE,      /* the loss, a gradient or a new state; a number that is loaded */
    RESNET_BAD_BATCH,       /* its size, a label that is no class, an input that is NULL and is read */
    RESNET_BAD_THREADS,     /* not from 1 to 1024 */
    RESNET_NOT_ALIGNED,     /* the workspace, to 64 bytes */
    RESNET_BAD_FILE,        /* not a whole safetensors file */
    RESNET_OTHER_MODEL      /* a tensor is missing, or has another shape or type */
} ResnetStatus;

/* Each function holds for itself to round-to-nearest and subnormal numbers, whatever the caller has set, in
 * every thread that it works in.  On any status but RESNET_OK only work and results may have changed. */

/* The run at its begin: initial values, and a schedule of so many steps (fewer than 1 count as 1).
 * steps_per_epoch becomes steps / 20, and may be changed. */
void resnet_init(Resnet *run, uint64_t seed, int64_t steps);

/* One step on a full batch, schedule and update included. */
ResnetStatus resnet_step(Resnet *run, ResnetWork *work, int threads, const ResnetBatch *in,
                         ResnetTrainResult *out);

/* The gradients of the next step, before they are clipped, without the step. */
ResnetStatus resnet_gradients(const Resnet *run, ResnetWork *work, int threads, const ResnetBatch *in,
                              ResnetParams *gradients, ResnetTrainResult *out);

/* Loss and metrics of 1 to RESNET_BATCH samples. */
ResnetStatus resnet_evaluate(const Resnet *run, ResnetWork *work, int threads, const ResnetBatch *in,
                             ResnetEvaluateResult *out);

/* Outputs for 1 to RESNET_BATCH samples. */
ResnetStatus resnet_predict(const Resnet *run, ResnetWork *work, int threads, const ResnetBatch *in,
                            ResnetPredictResult *out);

/* The whole run as a safetensors file in memory.  Returns its size, and writes it where that is at most room;
 * resnet_save(run, NULL, 0) asks. */
size_t resnet_save(const Resnet *run, void *to, size_t room);

/* Takes over the weights of a safetensors file in memory, or the whole run of a save.  Changes nothing unless
 * all is right. */
ResnetStatus resnet_load(Resnet *run, const void *bytes, size_t n);

const char *resnet_status_text(ResnetStatus);

/* Workspace of resnet_step: 95680960 bytes for one thread, 466 buffers (the schedule needs at least
 * 95680960).  Buffers that are never live at once share bytes; the leading char array is where a buffer
 * starts.  Above each: the kernels it lives for. */
typedef union ResnetTrainWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct {                    float stem_conv[RESNET_BATCH][28][28][16]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at1[95658752];  float stem_bn_sum[RESNET_SLICES][16]; };
    /* fwd_stem_bn_squares .. fwd_stem_bn_rsqrt */
    struct { char at2[6422528];  float stem_bn_squares[RESNET_SLICES][16]; };
    /* fwd_stem_bn_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at3[95672768];  float stem_bn_running_mean_next[16]; };
    /* fwd_stem_bn_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at4[95673088];  float stem_bn_running_var_next[16]; };
    /* fwd_stem_bn_rsqrt .. bwd_stem_conv_weight */
    struct { char at5[95673152];  float stem_bn_rsqrt[16]; };
    /* fwd_stem_bn_relu .. fwd_stages_1_1_conv1 */
    struct { char at6[13213760];  float stem_bn_relu[2][28][28][16]; };
    /* fwd_stem_bn_relu .. bwd_stem_bn_2 */
    struct { char at7[6422528];  float stages_1_1_conv1[RESNET_BATCH][28][28][16]; };
    /* fwd_stem_bn_relu .. bwd_stem_bn_2 */
    struct { char at8[95659520];  float stages_1_1_bn1_sum[RESNET_SLICES][16]; };
    /* fwd_stages_1_1_bn1_squares .. fwd_stages_1_1_bn1_rsqrt */
    struct { char at9[12845056];  float stages_1_1_bn1_squares[RESNET_SLICES][16]; };
    /* fwd_stages_1_1_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at10[95673216];  float stages_1_1_bn1_running_mean_next[16]; };
    /* fwd_stages_1_1_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at11[95673280];  float stages_1_1_bn1_running_var_next[16]; };
    /* fwd_stages_1_1_bn1_rsqrt .. bwd_stem_bn_2 */
    struct { char at12[95673408];  float stages_1_1_bn1_rsqrt[16]; };
    /* fwd_stages_1_1_bn1_relu .. fwd_stages_1_1_conv2 */
    struct { char at13[19636288];  float stages_1_1_bn1_relu[2][28][28][16]; };
    /* fwd_stages_1_1_bn1_relu .. bwd_stages_1_1_bn1_2 */
    struct { char at14[12845056];  float stages_1_1_conv2[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_1_bn1_relu .. bwd_stages_1_1_bn1_2 */
    struct { char at15[95659776];  float stages_1_1_bn2_sum[RESNET_SLICES][16]; };
    /* fwd_stages_1_1_bn2_squares .. fwd_stages_1_1_bn2_rsqrt */
    struct { char at16[19267584];  float stages_1_1_bn2_squares[RESNET_SLICES][16]; };
    /* fwd_stages_1_1_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at17[95673344];  float stages_1_1_bn2_running_mean_next[16]; };
    /* fwd_stages_1_1_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at18[95673472];  float stages_1_1_bn2_running_var_next[16]; };
    /* fwd_stages_1_1_bn2_rsqrt .. bwd_stages_1_1_bn1_2 */
    struct { char at19[95673856];  float stages_1_1_bn2_rsqrt[16]; };
    /* fwd_stages_1_1_bn2_relu .. fwd_stages_1_2_conv1 */
    struct { char at20[26058816];  float stages_1_1_bn2_relu[2][28][28][16]; };
    /* fwd_stages_1_1_bn2_relu .. bwd_stages_1_2_conv1_weight */
    struct { char at21[19267584];  float stages_1_2_conv1[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_1_bn2_relu .. bwd_stages_1_2_conv1_weight */
    struct { char at22[95660544];  float stages_1_2_bn1_sum[RESNET_SLICES][16]; };
    /* fwd_stages_1_2_bn1_squares .. fwd_stages_1_2_bn1_rsqrt */
    struct { char at23[25690112];  float stages_1_2_bn1_squares[RESNET_SLICES][16]; };
    /* fwd_stages_1_2_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at24[95673664];  float stages_1_2_bn1_running_mean_next[16]; };
    /* fwd_stages_1_2_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at25[95673728];  float stages_1_2_bn1_running_var_next[16]; };
    /* fwd_stages_1_2_bn1_rsqrt .. bwd_stages_1_2_conv1_weight */
    struct { char at26[95674112];  float stages_1_2_bn1_rsqrt[16]; };
    /* fwd_stages_1_2_bn1_relu .. fwd_stages_1_2_conv2 */
    struct { char at27[32481344];  float stages_1_2_bn1_relu[2][28][28][16]; };
    /* fwd_stages_1_2_bn1_relu .. bwd_stages_1_2_bn1_2 */
    struct { char at28[25690112];  float stages_1_2_conv2[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_2_bn1_relu .. bwd_stages_1_2_bn1_2 */
    struct { char at29[95661824];  float stages_1_2_bn2_sum[RESNET_SLICES][16]; };
    /* fwd_stages_1_2_bn2_squares .. fwd_stages_1_2_bn2_rsqrt */
    struct { char at30[32112640];  float stages_1_2_bn2_squares[RESNET_SLICES][16]; };
    /* fwd_stages_1_2_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at31[95673792];  float stages_1_2_bn2_running_mean_next[16]; };
    /* fwd_stages_1_2_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at32[95673920];  float stages_1_2_bn2_running_var_next[16]; };
    /* fwd_stages_1_2_bn2_rsqrt .. bwd_stages_1_2_bn1_2 */
    struct { char at33[95674432];  float stages_1_2_bn2_rsqrt[16]; };
    /* fwd_stages_1_2_bn2_relu .. fwd_stages_1_3_conv1 */
    struct { char at34[38903872];  float stages_1_2_bn2_relu[1][28][28][16]; };
    /* fwd_stages_1_2_bn2_relu .. bwd_stages_1_3_conv1_weight */
    struct { char at35[32112640];  float stages_1_3_conv1[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_2_bn2_relu .. bwd_stages_1_3_conv1_weight */
    struct { char at36[95662592];  float stages_1_3_bn1_sum[RESNET_SLICES][16]; };
    /* fwd_stages_1_3_bn1_squares .. fwd_stages_1_3_bn1_rsqrt */
    struct { char at37[38535168];  float stages_1_3_bn1_squares[RESNET_SLICES][16]; };
    /* fwd_stages_1_3_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at38[95673984];  float stages_1_3_bn1_running_mean_next[16]; };
    /* fwd_stages_1_3_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at39[95674048];  float stages_1_3_bn1_running_var_next[16]; };
    /* fwd_stages_1_3_bn1_rsqrt .. bwd_stages_1_3_conv1_weight */
    struct { char at40[95674496];  float stages_1_3_bn1_rsqrt[16]; };
    /* fwd_stages_1_3_bn1_relu .. fwd_stages_1_3_conv2 */
    struct { char at41[45326400];  float stages_1_3_bn1_relu[2][28][28][16]; };
    /* fwd_stages_1_3_bn1_relu .. bwd_stages_1_3_bn1_2 */
    struct { char at42[38535168];  float stages_1_3_conv2[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_3_bn1_relu .. bwd_stages_1_3_bn1_2 */
    struct { char at43[95662848];  float stages_1_3_bn2_sum[RESNET_SLICES][16]; };
    /* fwd_stages_1_3_bn2_squares .. fwd_stages_1_3_bn2_rsqrt */
    struct { char at44[44957696];  float stages_1_3_bn2_squares[RESNET_SLICES][16]; };
    /* fwd_stages_1_3_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at45[95674176];  float stages_1_3_bn2_running_mean_next[16]; };
    /* fwd_stages_1_3_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at46[95674368];  float stages_1_3_bn2_running_var_next[16]; };
    /* fwd_stages_1_3_bn2_rsqrt .. bwd_stages_1_3_bn1_2 */
    struct { char at47[95674944];  float stages_1_3_bn2_rsqrt[16]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_1_3_bn2 */
    struct { char at48[44957696];  float stages_1_3_bn2_relu[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_1_3_bn2 */
    struct { char at49[51380224];  float stages_2_1_conv1[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_1_3_bn2 */
    struct { char at50[95654656];  float stages_2_1_bn1_sum[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn1_squares .. fwd_stages_2_1_bn1_rsqrt */
    struct { char at51[57803264];  float stages_2_1_bn1_squares[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at52[95668736];  float stages_2_1_bn1_running_mean_next[32]; };
    /* fwd_stages_2_1_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at53[95668992];  float stages_2_1_bn1_running_var_next[32]; };
    /* fwd_stages_2_1_bn1_rsqrt .. bwd_stages_1_3_bn2 */
    struct { char at54[95671744];  float stages_2_1_bn1_rsqrt[32]; };
    /* fwd_stages_2_1_bn1_relu .. fwd_stages_2_1_conv2 */
    struct { char at55[61553280];  float stages_2_1_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_1_bn1_relu .. bwd_stages_2_1_bn1_2 */
    struct { char at56[57802752];  float stages_2_1_conv2[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_1_bn1_relu .. bwd_stages_2_1_bn1_2 */
    struct { char at57[95656704];  float stages_2_1_bn2_sum[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn2_squares .. fwd_stages_2_1_bn2_rsqrt */
    struct { char at58[61014016];  float stages_2_1_bn2_squares[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at59[95669248];  float stages_2_1_bn2_running_mean_next[32]; };
    /* fwd_stages_2_1_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at60[95669376];  float stages_2_1_bn2_running_var_next[32]; };
    /* fwd_stages_2_1_bn2_rsqrt .. bwd_stages_2_1_bn1_2 */
    struct { char at61[95672256];  float stages_2_1_bn2_rsqrt[32]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_2_1_bn1_2 */
    struct { char at62[54591488];  float stages_2_1_conv_skip[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_2_1_bn1_2 */
    struct { char at63[95655168];  float stages_2_1_bn_skip_sum[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn1_squares .. fwd_stages_2_1_bn_skip_rsqrt */
    struct { char at64[57802752];  float stages_2_1_bn_skip_squares[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn_skip_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at65[95668864];  float stages_2_1_bn_skip_running_mean_next[32]; };
    /* fwd_stages_2_1_bn_skip_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at66[95669120];  float stages_2_1_bn_skip_running_var_next[32]; };
    /* fwd_stages_2_1_bn_skip_rsqrt .. bwd_stages_2_1_bn1_2 */
    struct { char at67[95672128];  float stages_2_1_bn_skip_rsqrt[32]; };
    /* fwd_stages_2_1_bn2_relu .. fwd_stages_2_2_conv1 */
    struct { char at68[64764544];  float stages_2_1_bn2_relu[2][14][14][32]; };
    /* fwd_stages_2_1_bn2_relu .. bwd_stages_2_2_conv1_weight */
    struct { char at69[61014016];  float stages_2_2_conv1[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_1_bn2_relu .. bwd_stages_2_2_conv1_weight */
    struct { char at70[95658240];  float stages_2_2_bn1_sum[RESNET_SLICES][32]; };
    /* fwd_stages_2_2_bn1_squares .. fwd_stages_2_2_bn1_rsqrt */
    struct { char at71[64225280];  float stages_2_2_bn1_squares[RESNET_SLICES][32]; };
    /* fwd_stages_2_2_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at72[95669504];  float stages_2_2_bn1_running_mean_next[32]; };
    /* fwd_stages_2_2_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at73[95669632];  float stages_2_2_bn1_running_var_next[32]; };
    /* fwd_stages_2_2_bn1_rsqrt .. bwd_stages_2_2_conv1_weight */
    struct { char at74[95672640];  float stages_2_2_bn1_rsqrt[32]; };
    /* fwd_stages_2_2_bn1_relu .. fwd_stages_2_2_conv2 */
    struct { char at75[67975808];  float stages_2_2_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_2_bn1_relu .. bwd_stages_2_2_bn1_2 */
    struct { char at76[64225280];  float stages_2_2_conv2[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_2_bn1_relu .. bwd_stages_2_2_bn1_2 */
    struct { char at77[95659008];  float stages_2_2_bn2_sum[RESNET_SLICES][32]; };
    /* fwd_stages_2_2_bn2_squares .. fwd_stages_2_2_bn2_rsqrt */
    struct { char at78[67436544];  float stages_2_2_bn2_squares[RESNET_SLICES][32]; };
    /* fwd_stages_2_2_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at79[95669760];  float stages_2_2_bn2_running_mean_next[32]; };
    /* fwd_stages_2_2_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at80[95670080];  float stages_2_2_bn2_running_var_next[32]; };
    /* fwd_stages_2_2_bn2_rsqrt .. bwd_stages_2_2_bn1_2 */
    struct { char at81[95673536];  float stages_2_2_bn2_rsqrt[32]; };
    /* fwd_stages_2_2_bn2_relu .. fwd_stages_2_3_conv1 */
    struct { char at82[71187072];  float stages_2_2_bn2_relu[2][14][14][32]; };
    /* fwd_stages_2_2_bn2_relu .. bwd_stages_2_3_conv1_weight */
    struct { char at83[67436544];  float stages_2_3_conv1[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_2_bn2_relu .. bwd_stages_2_3_conv1_weight */
    struct { char at84[95660032];  float stages_2_3_bn1_sum[RESNET_SLICES][32]; };
    /* fwd_stages_2_3_bn1_squares .. fwd_stages_2_3_bn1_rsqrt */
    struct { char at85[70647808];  float stages_2_3_bn1_squares[RESNET_SLICES][32]; };
    /* fwd_stages_2_3_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at86[95670208];  float stages_2_3_bn1_running_mean_next[32]; };
    /* fwd_stages_2_3_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at87[95670336];  float stages_2_3_bn1_running_var_next[32]; };
    /* fwd_stages_2_3_bn1_rsqrt .. bwd_stages_2_3_conv1_weight */
    struct { char at88[95674240];  float stages_2_3_bn1_rsqrt[32]; };
    /* fwd_stages_2_3_bn1_relu .. fwd_stages_2_3_conv2 */
    struct { char at89[74398336];  float stages_2_3_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_3_bn1_relu .. bwd_stages_2_3_bn1_2 */
    struct { char at90[70647808];  float stages_2_3_conv2[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_3_bn1_relu .. bwd_stages_2_3_bn1_2 */
    struct { char at91[95662080];  float stages_2_3_bn2_sum[RESNET_SLICES][32]; };
    /* fwd_stages_2_3_bn2_squares .. fwd_stages_2_3_bn2_rsqrt */
    struct { char at92[73859072];  float stages_2_3_bn2_squares[RESNET_SLICES][32]; };
    /* fwd_stages_2_3_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at93[95670464];  float stages_2_3_bn2_running_mean_next[32]; };
    /* fwd_stages_2_3_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at94[95671616];  float stages_2_3_bn2_running_var_next[32]; };
    /* fwd_stages_2_3_bn2_rsqrt .. bwd_stages_2_3_bn1_2 */
    struct { char at95[95674816];  float stages_2_3_bn2_rsqrt[32]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_2_3_bn2 */
    struct { char at96[73859072];  float stages_2_3_bn2_relu[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_2_3_bn2 */
    struct { char at97[77070336];  float stages_3_1_conv1[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_2_3_bn2 */
    struct { char at98[95653632];  float stages_3_1_bn1_sum[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn1_squares .. fwd_stages_3_1_bn1_rsqrt */
    struct { char at99[80282624];  float stages_3_1_bn1_squares[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at100[95663104];  float stages_3_1_bn1_running_mean_next[64]; };
    /* fwd_stages_3_1_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at101[95664640];  float stages_3_1_bn1_running_var_next[64]; };
    /* fwd_stages_3_1_bn1_rsqrt .. bwd_stages_2_3_bn2 */
    struct { char at102[95671872];  float stages_3_1_bn1_rsqrt[64]; };
    /* fwd_stages_3_1_bn1_relu .. fwd_stages_3_1_conv2 */
    struct { char at103[82477056];  float stages_3_1_bn1_relu[32][7][7][64]; };
    /* fwd_stages_3_1_bn1_relu .. bwd_stages_3_1_bn1_2 */
    struct { char at104[80281600];  float stages_3_1_conv2[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_1_bn1_relu .. bwd_stages_3_1_bn1_2 */
    struct { char at105[95657216];  float stages_3_1_bn2_sum[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn2_squares .. fwd_stages_3_1_bn2_rsqrt */
    struct { char at106[81887232];  float stages_3_1_bn2_squares[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at107[95665152];  float stages_3_1_bn2_running_mean_next[64]; };
    /* fwd_stages_3_1_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at108[95665408];  float stages_3_1_bn2_running_var_next[64]; };
    /* fwd_stages_3_1_bn2_rsqrt .. bwd_stages_3_1_bn1_2 */
    struct { char at109[95672832];  float stages_3_1_bn2_rsqrt[64]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_3_1_bn1_2 */
    struct { char at110[78675968];  float stages_3_1_conv_skip[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_3_1_bn1_2 */
    struct { char at111[95655680];  float stages_3_1_bn_skip_sum[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn1_squares .. fwd_stages_3_1_bn_skip_rsqrt */
    struct { char at112[80281600];  float stages_3_1_bn_skip_squares[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn_skip_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at113[95663360];  float stages_3_1_bn_skip_running_mean_next[64]; };
    /* fwd_stages_3_1_bn_skip_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at114[95664896];  float stages_3_1_bn_skip_running_var_next[64]; };
    /* fwd_stages_3_1_bn_skip_rsqrt .. bwd_stages_3_1_bn1_2 */
    struct { char at115[95672384];  float stages_3_1_bn_skip_rsqrt[64]; };
    /* fwd_stages_3_1_bn2_relu .. fwd_stages_3_2_conv1 */
    struct { char at116[84082688];  float stages_3_1_bn2_relu[32][7][7][64]; };
    /* fwd_stages_3_1_bn2_relu .. bwd_stages_3_2_conv1_weight */
    struct { char at117[81887232];  float stages_3_2_conv1[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_1_bn2_relu .. bwd_stages_3_2_conv1_weight */
    struct { char at118[95660800];  float stages_3_2_bn1_sum[RESNET_SLICES][64]; };
    /* fwd_stages_3_2_bn1_squares .. fwd_stages_3_2_bn1_rsqrt */
    struct { char at119[83492864];  float stages_3_2_bn1_squares[RESNET_SLICES][64]; };
    /* fwd_stages_3_2_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at120[95665664];  float stages_3_2_bn1_running_mean_next[64]; };
    /* fwd_stages_3_2_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at121[95665920];  float stages_3_2_bn1_running_var_next[64]; };
    /* fwd_stages_3_2_bn1_rsqrt .. bwd_stages_3_2_conv1_weight */
    struct { char at122[95674560];  float stages_3_2_bn1_rsqrt[64]; };
    /* fwd_stages_3_2_bn1_relu .. fwd_stages_3_2_conv2 */
    struct { char at123[85688320];  float stages_3_2_bn1_relu[32][7][7][64]; };
    /* fwd_stages_3_2_bn1_relu .. bwd_stages_3_2_bn1_2 */
    struct { char at124[83492864];  float stages_3_2_conv2[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_2_bn1_relu .. bwd_stages_3_2_bn1_2 */
    struct { char at125[95663616];  float stages_3_2_bn2_sum[RESNET_SLICES][64]; };
    /* fwd_stages_3_2_bn2_squares .. fwd_stages_3_2_bn2_rsqrt */
    struct { char at126[85098496];  float stages_3_2_bn2_squares[RESNET_SLICES][64]; };
    /* fwd_stages_3_2_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at127[95666176];  float stages_3_2_bn2_running_mean_next[64]; };
    /* fwd_stages_3_2_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at128[95666432];  float stages_3_2_bn2_running_var_next[64]; };
    /* fwd_stages_3_2_bn2_rsqrt .. bwd_stages_3_2_bn1_2 */
    struct { char at129[95679104];  float stages_3_2_bn2_rsqrt[64]; };
    /* fwd_stages_3_2_bn2_relu .. fwd_stages_3_3_conv1 */
    struct { char at130[87293952];  float stages_3_2_bn2_relu[32][7][7][64]; };
    /* fwd_stages_3_2_bn2_relu .. bwd_stages_3_3_conv1_weight */
    struct { char at131[85098496];  float stages_3_3_conv1[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_2_bn2_relu .. bwd_stages_3_3_conv1_weight */
    struct { char at132[95667712];  float stages_3_3_bn1_sum[RESNET_SLICES][64]; };
    /* fwd_stages_3_3_bn1_squares .. fwd_stages_3_3_bn1_rsqrt */
    struct { char at133[86704128];  float stages_3_3_bn1_squares[RESNET_SLICES][64]; };
    /* fwd_stages_3_3_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at134[95666688];  float stages_3_3_bn1_running_mean_next[64]; };
    /* fwd_stages_3_3_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at135[95666944];  float stages_3_3_bn1_running_var_next[64]; };
    /* fwd_stages_3_3_bn1_rsqrt .. bwd_stages_3_3_conv1_weight */
    struct { char at136[95679424];  float stages_3_3_bn1_rsqrt[64]; };
    /* fwd_stages_3_3_bn1_relu .. fwd_stages_3_3_conv2 */
    struct { char at137[88899584];  float stages_3_3_bn1_relu[32][7][7][64]; };
    /* fwd_stages_3_3_bn1_relu .. bwd_stages_3_3_conv1_weight */
    struct { char at138[86704128];  float stages_3_3_conv2[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_3_bn1_relu .. bwd_stages_3_3_conv1_weight */
    struct { char at139[95670592];  float stages_3_3_bn2_sum[RESNET_SLICES][64]; };
    /* fwd_stages_3_3_bn2_squares .. fwd_stages_3_3_bn2_rsqrt */
    struct { char at140[88320512];  float stages_3_3_bn2_squares[RESNET_SLICES][64]; };
    /* fwd_stages_3_3_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at141[95667200];  float stages_3_3_bn2_running_mean_next[64]; };
    /* fwd_stages_3_3_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at142[95667456];  float stages_3_3_bn2_running_var_next[64]; };
    /* fwd_stages_3_3_bn2_rsqrt .. bwd_stages_3_3_conv1_weight */
    struct { char at143[95680704];  float stages_3_3_bn2_rsqrt[64]; };
    /* fwd_global_avg_pool .. bwd_fc_weight */
    struct { char at144[88320512];  float global_avg_pool[4][64]; };
    /* fwd_logits .. fwd_loss */
    struct { char at145[88321536];  float logits[4][10]; };
    /* fwd_loss .. bwd_fc_weight */
    struct { char at146[88321728];  float cross_entropy_exp[4][10]; };
    /* fwd_loss .. bwd_logits */
    struct { char at147[88321920];  float cross_entropy_sum[4]; };
    /* fwd_global_avg_pool .. commit_stages_3_3_bn2_running_var */
    struct { char at148[95679360];  float loss[RESNET_SLICES][1]; };
    /* bwd_logits .. bwd_fc_weight */
    struct { char at149[88321728];  float d_logits[4][10]; };
    /* fwd_global_avg_pool .. update_fc_bias */
    struct { char at150[95669888];  float d_fc_bias[RESNET_SLICES][10]; };
    /* fwd_global_avg_pool .. bwd_stages_3_3_conv1_weight */
    struct { char at151[95614720];  float d_global_avg_pool[RESNET_BATCH][64]; };
    /* fwd_global_avg_pool .. update_fc_weight */
    struct { char at152[94617600];  float d_fc_weight[RESNET_SLICES][10][64]; };
    /* fwd_global_avg_pool .. update_stages_3_3_bn2_bias */
    struct { char at153[95647488];  float d_stages_3_3_bn2_bias[RESNET_SLICES][64]; };
    /* fwd_global_avg_pool .. update_stages_3_3_bn2_weight */
    struct { char at154[95648512];  float d_stages_3_3_bn2_weight[RESNET_SLICES][64]; };
    /* fwd_global_avg_pool .. bwd_stages_3_3_bn1_2 */
    struct { char at155[93851392];  float d_stages_3_3_bn2_rsqrt[RESNET_SLICES][64]; };
    /* fwd_global_avg_pool .. bwd_stages_3_3_bn1_2 */
    struct { char at156[93852416];  float d_stages_3_3_bn2_sum[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_bn2_sum_2 .. bwd_stages_3_3_bn1_2 */
    struct { char at157[93853440];  float d_stages_3_3_bn2_sum_2[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv2 .. bwd_stages_3_3_conv2_weight */
    struct { char at158[92864512];  float d_stages_3_3_conv2[16][7][7][64]; };
    /* bwd_stages_3_3_bn1 .. bwd_stages_3_3_conv2_weight */
    struct { char at159[93650688];  float stages_3_3_bn1_relu_again[16][7][7][64]; };
    /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_3_conv2_weight */
    struct { char at160[93880320];  float d_stages_3_3_conv2_weight[64][64][3][3]; };
    /* bwd_stages_3_3_conv2 .. bwd_stages_3_3_conv1_weight */
    struct { char at161[88309760];  float d_stages_3_3_bn1[RESNET_BATCH][7][7][64]; };
    /* bwd_stages_3_3_conv2 .. update_stages_3_3_bn1_bias */
    struct { char at162[95649536];  float d_stages_3_3_bn1_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv2 .. update_stages_3_3_bn1_weight */
    struct { char at163[95650560];  float d_stages_3_3_bn1_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv2 .. bwd_stages_3_3_conv1_weight */
    struct { char at164[95675008];  float d_stages_3_3_bn1_rsqrt[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv2 .. bwd_stages_3_3_conv1_weight */
    struct { char at165[95676032];  float d_stages_3_3_bn1_sum[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_bn1_sum_2 .. bwd_stages_3_3_conv1_weight */
    struct { char at166[95679680];  float d_stages_3_3_bn1_sum_2[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv1 .. bwd_stages_3_3_conv1_weight */
    struct { char at167[94627840];  float d_stages_3_3_conv1[16][7][7][64]; };
    /* bwd_stages_3_3_conv1_input .. bwd_stages_3_2_bn2 */
    struct { char at168[95414016];  float d_stages_3_3_conv1_input[16][7][7][64]; };
    /* bwd_stages_3_2_bn2 .. bwd_stages_3_3_conv1_weight */
    struct { char at169[94828544];  float stages_3_2_bn2_relu_again[16][7][7][64]; };
    /* unpack_d_stages_3_3_conv1_weight .. update_stages_3_3_conv1_weight */
    struct { char at170[94027776];  float d_stages_3_3_conv1_weight[64][64][3][3]; };
    /* bwd_stages_3_3_conv1 .. bwd_stages_3_2_conv1_weight */
    struct { char at171[92274688];  float d_stages_3_2_bn2_add[RESNET_BATCH][7][7][64]; };
    /* bwd_stages_3_3_conv1 .. update_stages_3_2_bn2_bias */
    struct { char at172[95651584];  float d_stages_3_2_bn2_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv1 .. update_stages_3_2_bn2_weight */
    struct { char at173[95652608];  float d_stages_3_2_bn2_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv1 .. bwd_stages_3_2_bn1_2 */
    struct { char at174[95677056];  float d_stages_3_2_bn2_rsqrt[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv1 .. bwd_stages_3_2_bn1_2 */
    struct { char at175[95678080];  float d_stages_3_2_bn2_sum[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_bn2_sum_2 .. bwd_stages_3_2_bn1_2 */
    struct { char at176[90441472];  float d_stages_3_2_bn2_sum_2[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv2 .. bwd_stages_3_2_conv2_weight */
    struct { char at177[90240768];  float d_stages_3_2_conv2[8][7][7][64]; };
    /* bwd_stages_3_2_bn1 .. bwd_stages_3_2_conv2_weight */
    struct { char at178[90341120];  float stages_3_2_bn1_relu_again[8][7][7][64]; };
    /* unpack_d_stages_3_2_conv2_weight .. update_stages_3_2_conv2_weight */
    struct { char at179[91406336];  float d_stages_3_2_conv2_weight[64][64][3][3]; };
    /* bwd_stages_3_2_conv2 .. bwd_stages_3_2_conv1_weight */
    struct { char at180[88047616];  float d_stages_3_2_bn1[RESNET_BATCH][7][7][64]; };
    /* bwd_stages_3_2_conv2 .. update_stages_3_2_bn1_bias */
    struct { char at181[91553792];  float d_stages_3_2_bn1_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv2 .. update_stages_3_2_bn1_weight */
    struct { char at182[91554816];  float d_stages_3_2_bn1_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv2 .. bwd_stages_3_2_conv1_weight */
    struct { char at183[89653248];  float d_stages_3_2_bn1_rsqrt[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv2 .. bwd_stages_3_2_conv1_weight */
    struct { char at184[89654272];  float d_stages_3_2_bn1_sum[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_bn1_sum_2 .. bwd_stages_3_2_conv1_weight */
    struct { char at185[87629568];  float d_stages_3_2_bn1_sum_2[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv1 .. bwd_stages_3_2_conv1_weight */
    struct { char at186[86441984];  float d_stages_3_2_conv1[16][7][7][64]; };
    /* bwd_stages_3_2_conv1_input .. bwd_stages_3_1_bn2 */
    struct { char at187[87228160];  float d_stages_3_2_conv1_input[16][7][7][64]; };
    /* bwd_stages_3_1_bn2 .. bwd_stages_3_2_conv1_weight */
    struct { char at188[87428864];  float stages_3_1_bn2_relu_again[16][7][7][64]; };
    /* unpack_d_stages_3_2_conv1_weight .. update_stages_3_2_conv1_weight */
    struct { char at189[89063424];  float d_stages_3_2_conv1_weight[64][64][3][3]; };
    /* bwd_stages_3_2_conv1 .. bwd_stages_3_1_bn1_2 */
    struct { char at190[89800704];  float d_stages_3_1_bn2_add[RESNET_BATCH][7][7][64]; };
    /* bwd_stages_3_2_conv1 .. update_stages_3_1_bn_skip_bias */
    struct { char at191[91555840];  float d_stages_3_1_bn2_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv1 .. update_stages_3_1_bn_skip_weight */
    struct { char at192[91556864];  float d_stages_3_1_bn_skip_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv1 .. bwd_stages_3_1_bn1_2 */
    struct { char at193[91558912];  float d_stages_3_1_bn_skip_rsqrt[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv1 .. bwd_stages_3_1_bn1_2 */
    struct { char at194[91559936];  float d_stages_3_1_bn_skip_sum[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_bn_skip_sum_2 .. bwd_stages_3_1_bn1_2 */
    struct { char at195[92394240];  float d_stages_3_1_bn_skip_sum_2[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv_skip .. bwd_stages_3_1_conv_skip_weight */
    struct { char at196[91563008];  float d_stages_3_1_conv_skip[8][7][7][64]; };
    /* bwd_stages_3_1_conv_skip .. bwd_stages_2_3_bn2 */
    struct { char at197[81887232];  float d_stages_3_1_conv_skip_input[RESNET_BATCH][14][14][32]; };
    /* unpack_d_stages_3_1_conv_skip_weight .. update_stages_3_1_conv_skip_weight */
    struct { char at198[89358336];  float d_stages_3_1_conv_skip_weight[64][32][1][1]; };
    /* bwd_stages_3_2_conv1 .. update_stages_3_1_bn2_weight */
    struct { char at199[91557888];  float d_stages_3_1_bn2_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv1 .. bwd_stages_3_1_bn1_2 */
    struct { char at200[91560960];  float d_stages_3_1_bn2_rsqrt[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv1 .. bwd_stages_3_1_bn1_2 */
    struct { char at201[91561984];  float d_stages_3_1_bn2_sum[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_bn_skip_sum_2 .. bwd_stages_3_1_bn1_2 */
    struct { char at202[92395264];  float d_stages_3_1_bn2_sum_2[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv2 .. bwd_stages_3_1_conv2_weight */
    struct { char at203[92148480];  float d_stages_3_1_conv2[8][7][7][64]; };
    /* bwd_stages_3_1_bn1 .. bwd_stages_3_1_conv2_weight */
    struct { char at204[92281600];  float stages_3_1_bn1_relu_again[8][7][7][64]; };
    /* unpack_d_stages_3_1_conv2_weight .. update_stages_3_1_conv2_weight */
    struct { char at205[89210880];  float d_stages_3_1_conv2_weight[64][64][3][3]; };
    /* bwd_stages_3_1_conv_skip .. bwd_stages_2_3_bn2 */
    struct { char at206[85098496];  float d_stages_3_1_bn1[RESNET_BATCH][7][7][64]; };
    /* bwd_stages_3_1_conv_skip .. update_stages_3_1_bn1_bias */
    struct { char at207[92381952];  float d_stages_3_1_bn1_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv_skip .. update_stages_3_1_bn1_weight */
    struct { char at208[92382976];  float d_stages_3_1_bn1_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv_skip .. bwd_stages_2_3_bn2 */
    struct { char at209[92392192];  float d_stages_3_1_bn1_rsqrt[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv_skip .. bwd_stages_2_3_bn2 */
    struct { char at210[92393216];  float d_stages_3_1_bn1_sum[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_bn1_sum_2 .. bwd_stages_2_3_bn2 */
    struct { char at211[87129664];  float d_stages_3_1_bn1_sum_2[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv1 .. bwd_stages_3_1_conv1_weight */
    struct { char at212[87072768];  float d_stages_3_1_conv1[2][7][7][64]; };
    /* unpack_d_stages_3_1_conv1_weight .. update_stages_3_1_conv1_weight */
    struct { char at213[77070336];  float d_stages_3_1_conv1_weight[64][32][3][3]; };
    /* bwd_stages_3_1_conv1 .. bwd_stages_2_3_conv1_weight */
    struct { char at214[78675968];  float d_stages_2_3_bn2_add[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_3_1_conv1 .. update_stages_2_3_bn2_bias */
    struct { char at215[87097856];  float d_stages_2_3_bn2_bias[RESNET_SLICES][32]; };
    /* bwd_stages_3_1_conv1 .. update_stages_2_3_bn2_weight */
    struct { char at216[87098368];  float d_stages_2_3_bn2_weight[RESNET_SLICES][32]; };
    /* bwd_stages_3_1_conv1 .. bwd_stages_2_3_bn1_2 */
    struct { char at217[87130688];  float d_stages_2_3_bn2_rsqrt[RESNET_SLICES][32]; };
    /* bwd_stages_3_1_conv1 .. bwd_stages_2_3_bn1_2 */
    struct { char at218[87131200];  float d_stages_2_3_bn2_sum[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_bn2_sum_2 .. bwd_stages_2_3_bn1_2 */
    struct { char at219[78373504];  float d_stages_2_3_bn2_sum_2[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv2 .. bwd_stages_2_3_conv2_weight */
    struct { char at220[78273152];  float d_stages_2_3_conv2[2][14][14][32]; };
    /* bwd_stages_2_3_bn1 .. bwd_stages_2_3_conv2_weight */
    struct { char at221[78323328];  float stages_2_3_bn1_relu_again[2][14][14][32]; };
    /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_3_conv2_weight */
    struct { char at222[77733888];  float d_stages_2_3_conv2_weight[32][32][3][3]; };
    /* bwd_stages_2_3_conv2 .. bwd_stages_2_3_conv1_weight */
    struct { char at223[73859072];  float d_stages_2_3_bn1[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_2_3_conv2 .. update_stages_2_3_bn1_bias */
    struct { char at224[78385280];  float d_stages_2_3_bn1_bias[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv2 .. update_stages_2_3_bn1_weight */
    struct { char at225[78385792];  float d_stages_2_3_bn1_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv2 .. bwd_stages_2_3_conv1_weight */
    struct { char at226[78386304];  float d_stages_2_3_bn1_rsqrt[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv2 .. bwd_stages_2_3_conv1_weight */
    struct { char at227[78386816];  float d_stages_2_3_bn1_sum[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_bn1_sum_2 .. bwd_stages_2_3_conv1_weight */
    struct { char at228[78389376];  float d_stages_2_3_bn1_sum_2[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv1 .. bwd_stages_2_3_conv1_weight */
    struct { char at229[78310016];  float d_stages_2_3_conv1[1][14][14][32]; };
    /* bwd_stages_2_3_conv1_input .. bwd_stages_2_2_bn2 */
    struct { char at230[78335104];  float d_stages_2_3_conv1_input[1][14][14][32]; };
    /* bwd_stages_2_2_bn2 .. bwd_stages_2_3_conv1_weight */
    struct { char at231[78360192];  float stages_2_2_bn2_relu_again[1][14][14][32]; };
    /* unpack_d_stages_2_3_conv1_weight .. update_stages_2_3_conv1_weight */
    struct { char at232[77770752];  float d_stages_2_3_conv1_weight[32][32][3][3]; };
    /* bwd_stages_2_3_conv1 .. bwd_stages_2_2_conv1_weight */
    struct { char at233[70647808];  float d_stages_2_2_bn2_add[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_2_3_conv1 .. update_stages_2_2_bn2_bias */
    struct { char at234[78387328];  float d_stages_2_2_bn2_bias[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv1 .. update_stages_2_2_bn2_weight */
    struct { char at235[78387840];  float d_stages_2_2_bn2_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv1 .. bwd_stages_2_2_bn1_2 */
    struct { char at236[78388352];  float d_stages_2_2_bn2_rsqrt[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv1 .. bwd_stages_2_2_bn1_2 */
    struct { char at237[78388864];  float d_stages_2_2_bn2_sum[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_bn2_sum_2 .. bwd_stages_2_2_bn1_2 */
    struct { char at238[68665984];  float d_stages_2_2_bn2_sum_2[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv2 .. bwd_stages_2_2_conv2_weight */
    struct { char at239[68565632];  float d_stages_2_2_conv2[2][14][14][32]; };
    /* bwd_stages_2_2_bn1 .. bwd_stages_2_2_conv2_weight */
    struct { char at240[68615808];  float stages_2_2_bn1_relu_again[2][14][14][32]; };
    /* unpack_d_stages_2_2_conv2_weight .. update_stages_2_2_conv2_weight */
    struct { char at241[77144064];  float d_stages_2_2_conv2_weight[32][32][3][3]; };
    /* bwd_stages_2_2_conv2 .. bwd_stages_2_2_conv1_weight */
    struct { char at242[73859072];  float d_stages_2_2_bn1[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_2_2_conv2 .. update_stages_2_2_bn1_bias */
    struct { char at243[77180928];  float d_stages_2_2_bn1_bias[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv2 .. update_stages_2_2_bn1_weight */
    struct { char at244[77181440];  float d_stages_2_2_bn1_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv2 .. bwd_stages_2_2_conv1_weight */
    struct { char at245[77185536];  float d_stages_2_2_bn1_rsqrt[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv2 .. bwd_stages_2_2_conv1_weight */
    struct { char at246[77186048];  float d_stages_2_2_bn1_sum[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_bn1_sum_2 .. bwd_stages_2_2_conv1_weight */
    struct { char at247[65429632];  float d_stages_2_2_bn1_sum_2[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv1 .. bwd_stages_2_2_conv1_weight */
    struct { char at248[65354368];  float d_stages_2_2_conv1[1][14][14][32]; };
    /* bwd_stages_2_2_conv1_input .. bwd_stages_2_1_bn2 */
    struct { char at249[65379456];  float d_stages_2_2_conv1_input[1][14][14][32]; };
    /* bwd_stages_2_1_bn2 .. bwd_stages_2_2_conv1_weight */
    struct { char at250[65404544];  float stages_2_1_bn2_relu_again[1][14][14][32]; };
    /* unpack_d_stages_2_2_conv1_weight .. update_stages_2_2_conv1_weight */
    struct { char at251[74448896];  float d_stages_2_2_conv1_weight[32][32][3][3]; };
    /* bwd_stages_2_2_conv1 .. bwd_stages_2_1_bn1_2 */
    struct { char at252[67436544];  float d_stages_2_1_bn2_add[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_2_2_conv1 .. update_stages_2_1_bn_skip_bias */
    struct { char at253[77181952];  float d_stages_2_1_bn2_bias[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv1 .. update_stages_2_1_bn_skip_weight */
    struct { char at254[77182464];  float d_stages_2_1_bn_skip_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv1 .. bwd_stages_2_1_bn1_2 */
    struct { char at255[77183488];  float d_stages_2_1_bn_skip_rsqrt[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv1 .. bwd_stages_2_1_bn1_2 */
    struct { char at256[77184000];  float d_stages_2_1_bn_skip_sum[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_bn_skip_sum_2 .. bwd_stages_2_1_bn1_2 */
    struct { char at257[75139712];  float d_stages_2_1_bn_skip_sum_2[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv_skip .. bwd_stages_2_1_conv_skip_weight */
    struct { char at258[74633216];  float d_stages_2_1_conv_skip[2][14][14][32]; };
    /* bwd_stages_2_1_conv_skip .. bwd_stages_1_3_bn2 */
    struct { char at259[61014016];  float d_stages_2_1_conv_skip_input[RESNET_BATCH][28][28][16]; };
    /* unpack_d_stages_2_1_conv_skip_weight .. update_stages_2_1_conv_skip_weight */
    struct { char at260[67634176];  float d_stages_2_1_conv_skip_weight[32][16][1][1]; };
    /* bwd_stages_2_2_conv1 .. update_stages_2_1_bn2_weight */
    struct { char at261[77182976];  float d_stages_2_1_bn2_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv1 .. bwd_stages_2_1_bn1_2 */
    struct { char at262[77184512];  float d_stages_2_1_bn2_rsqrt[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv1 .. bwd_stages_2_1_bn1_2 */
    struct { char at263[77185024];  float d_stages_2_1_bn2_sum[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_bn_skip_sum_2 .. bwd_stages_2_1_bn1_2 */
    struct { char at264[75140224];  float d_stages_2_1_bn2_sum_2[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv2 .. bwd_stages_2_1_conv2_weight */
    struct { char at265[75025024];  float d_stages_2_1_conv2[2][14][14][32]; };
    /* bwd_stages_2_1_bn1 .. bwd_stages_2_1_conv2_weight */
    struct { char at266[75075200];  float stages_2_1_bn1_relu_again[2][14][14][32]; };
    /* unpack_d_stages_2_1_conv2_weight .. update_stages_2_1_conv2_weight */
    struct { char at267[67436544];  float d_stages_2_1_conv2_weight[32][32][3][3]; };
    /* bwd_stages_2_1_conv_skip .. bwd_stages_1_3_bn2 */
    struct { char at268[70647808];  float d_stages_2_1_bn1[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_2_1_conv_skip .. update_stages_2_1_bn1_bias */
    struct { char at269[75137664];  float d_stages_2_1_bn1_bias[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv_skip .. update_stages_2_1_bn1_weight */
    struct { char at270[75138176];  float d_stages_2_1_bn1_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv_skip .. bwd_stages_1_3_bn2 */
    struct { char at271[75138688];  float d_stages_2_1_bn1_rsqrt[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv_skip .. bwd_stages_1_3_bn2 */
    struct { char at272[75139200];  float d_stages_2_1_bn1_sum[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_bn1_sum_2 .. bwd_stages_1_3_bn2 */
    struct { char at273[67694272];  float d_stages_2_1_bn1_sum_2[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv1 .. bwd_stages_2_1_conv1_weight */
    struct { char at274[67547136];  float d_stages_2_1_conv1[2][14][14][32]; };
    /* unpack_d_stages_2_1_conv1_weight .. update_stages_2_1_conv1_weight */
    struct { char at275[51675136];  float d_stages_2_1_conv1_weight[32][16][3][3]; };
    /* bwd_stages_2_1_conv1 .. bwd_stages_1_3_conv1_weight */
    struct { char at276[54591488];  float d_stages_1_3_bn2_add[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_2_1_conv1 .. update_stages_1_3_bn2_bias */
    struct { char at277[67693760];  float d_stages_1_3_bn2_bias[RESNET_SLICES][16]; };
    /* bwd_stages_2_1_conv1 .. update_stages_1_3_bn2_weight */
    struct { char at278[67694016];  float d_stages_1_3_bn2_weight[RESNET_SLICES][16]; };
    /* bwd_stages_2_1_conv1 .. bwd_stages_1_3_bn1_2 */
    struct { char at279[67694784];  float d_stages_1_3_bn2_rsqrt[RESNET_SLICES][16]; };
    /* bwd_stages_2_1_conv1 .. bwd_stages_1_3_bn1_2 */
    struct { char at280[67695040];  float d_stages_1_3_bn2_sum[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_bn2_sum_2 .. bwd_stages_1_3_bn1_2 */
    struct { char at281[52162624];  float d_stages_1_3_bn2_sum_2[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv2 .. bwd_stages_1_3_conv2_weight */
    struct { char at282[52062272];  float d_stages_1_3_conv2[1][28][28][16]; };
    /* bwd_stages_1_3_bn1 .. bwd_stages_1_3_conv2_weight */
    struct { char at283[52112448];  float stages_1_3_bn1_relu_again[1][28][28][16]; };
    /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_3_conv2_weight */
    struct { char at284[51767296];  float d_stages_1_3_conv2_weight[16][16][3][3]; };
    /* bwd_stages_1_3_conv2 .. bwd_stages_1_3_conv1_weight */
    struct { char at285[44957696];  float d_stages_1_3_bn1[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_3_conv2 .. update_stages_1_3_bn1_bias */
    struct { char at286[52222016];  float d_stages_1_3_bn1_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv2 .. update_stages_1_3_bn1_weight */
    struct { char at287[52222272];  float d_stages_1_3_bn1_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv2 .. bwd_stages_1_3_conv1_weight */
    struct { char at288[52223040];  float d_stages_1_3_bn1_rsqrt[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv2 .. bwd_stages_1_3_conv1_weight */
    struct { char at289[52223296];  float d_stages_1_3_bn1_sum[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_bn1_sum_2 .. bwd_stages_1_3_conv1_weight */
    struct { char at290[52224064];  float d_stages_1_3_bn1_sum_2[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv1 .. bwd_stages_1_3_conv1_weight */
    struct { char at291[52071488];  float d_stages_1_3_conv1[1][28][28][16]; };
    /* bwd_stages_1_3_conv1_input .. bwd_stages_1_2_bn2 */
    struct { char at292[52121664];  float d_stages_1_3_conv1_input[1][28][28][16]; };
    /* bwd_stages_1_2_bn2 .. bwd_stages_1_3_conv1_weight */
    struct { char at293[52171840];  float stages_1_2_bn2_relu_again[1][28][28][16]; };
    /* unpack_d_stages_1_3_conv1_weight .. update_stages_1_3_conv1_weight */
    struct { char at294[45621312];  float d_stages_1_3_conv1_weight[16][16][3][3]; };
    /* bwd_stages_1_3_conv1 .. bwd_stages_1_2_conv1_weight */
    struct { char at295[38535168];  float d_stages_1_2_bn2_add[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_3_conv1 .. update_stages_1_2_bn2_bias */
    struct { char at296[52222528];  float d_stages_1_2_bn2_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv1 .. update_stages_1_2_bn2_weight */
    struct { char at297[52222784];  float d_stages_1_2_bn2_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv1 .. bwd_stages_1_2_bn1_2 */
    struct { char at298[52223552];  float d_stages_1_2_bn2_rsqrt[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv1 .. bwd_stages_1_2_bn1_2 */
    struct { char at299[52223808];  float d_stages_1_2_bn2_sum[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_bn2_sum_2 .. bwd_stages_1_2_bn1_2 */
    struct { char at300[45730880];  float d_stages_1_2_bn2_sum_2[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv2 .. bwd_stages_1_2_conv2_weight */
    struct { char at301[45630528];  float d_stages_1_2_conv2[1][28][28][16]; };
    /* bwd_stages_1_2_bn1 .. bwd_stages_1_2_conv2_weight */
    struct { char at302[45680704];  float stages_1_2_bn1_relu_again[1][28][28][16]; };
    /* unpack_d_stages_1_2_conv2_weight .. update_stages_1_2_conv2_weight */
    struct { char at303[45630528];  float d_stages_1_2_conv2_weight[16][16][3][3]; };
    /* bwd_stages_1_2_conv2 .. bwd_stages_1_2_conv1_weight */
    struct { char at304[32112640];  float d_stages_1_2_bn1[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_2_conv2 .. update_stages_1_2_bn1_bias */
    struct { char at305[45790272];  float d_stages_1_2_bn1_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv2 .. update_stages_1_2_bn1_weight */
    struct { char at306[45790528];  float d_stages_1_2_bn1_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv2 .. bwd_stages_1_2_conv1_weight */
    struct { char at307[45791296];  float d_stages_1_2_bn1_rsqrt[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv2 .. bwd_stages_1_2_conv1_weight */
    struct { char at308[45791552];  float d_stages_1_2_bn1_sum[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_bn1_sum_2 .. bwd_stages_1_2_conv1_weight */
    struct { char at309[45792320];  float d_stages_1_2_bn1_sum_2[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv1 .. bwd_stages_1_2_conv1_weight */
    struct { char at310[45639744];  float d_stages_1_2_conv1[1][28][28][16]; };
    /* bwd_stages_1_2_conv1_input .. bwd_stages_1_1_bn2 */
    struct { char at311[45689920];  float d_stages_1_2_conv1_input[1][28][28][16]; };
    /* bwd_stages_1_1_bn2 .. bwd_stages_1_2_conv1_weight */
    struct { char at312[45740096];  float stages_1_1_bn2_relu_again[1][28][28][16]; };
    /* unpack_d_stages_1_2_conv1_weight .. update_stages_1_2_conv1_weight */
    struct { char at313[32776256];  float d_stages_1_2_conv1_weight[16][16][3][3]; };
    /* bwd_stages_1_2_conv1 .. bwd_stem_bn_2 */
    struct { char at314[25690112];  float d_stages_1_1_bn2_add[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_2_conv1 .. update_stages_1_1_bn2_bias */
    struct { char at315[45790784];  float d_stages_1_1_bn2_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv1 .. update_stages_1_1_bn2_weight */
    struct { char at316[45791040];  float d_stages_1_1_bn2_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv1 .. bwd_stages_1_1_bn1_2 */
    struct { char at317[45791808];  float d_stages_1_1_bn2_rsqrt[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv1 .. bwd_stages_1_1_bn1_2 */
    struct { char at318[45792064];  float d_stages_1_1_bn2_sum[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_bn2_sum_2 .. bwd_stages_1_1_bn1_2 */
    struct { char at319[32885824];  float d_stages_1_1_bn2_sum_2[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv2 .. bwd_stages_1_1_conv2_weight */
    struct { char at320[32785472];  float d_stages_1_1_conv2[1][28][28][16]; };
    /* bwd_stages_1_1_bn1 .. bwd_stages_1_1_conv2_weight */
    struct { char at321[32835648];  float stages_1_1_bn1_relu_again[1][28][28][16]; };
    /* unpack_d_stages_1_1_conv2_weight .. update_stages_1_1_conv2_weight */
    struct { char at322[32835648];  float d_stages_1_1_conv2_weight[16][16][3][3]; };
    /* bwd_stages_1_1_conv2 .. bwd_stem_bn_2 */
    struct { char at323[19267584];  float d_stages_1_1_bn1[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_1_conv2 .. update_stages_1_1_bn1_bias */
    struct { char at324[32895040];  float d_stages_1_1_bn1_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv2 .. update_stages_1_1_bn1_weight */
    struct { char at325[32895296];  float d_stages_1_1_bn1_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv2 .. bwd_stem_bn_2 */
    struct { char at326[32895552];  float d_stages_1_1_bn1_rsqrt[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv2 .. bwd_stem_bn_2 */
    struct { char at327[32895808];  float d_stages_1_1_bn1_sum[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_bn1_sum_2 .. bwd_stem_bn_2 */
    struct { char at328[32897088];  float d_stages_1_1_bn1_sum_2[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv1 .. bwd_stages_1_1_conv1_weight */
    struct { char at329[32785472];  float d_stages_1_1_conv1[1][28][28][16]; };
    /* bwd_stem_bn .. bwd_stages_1_1_conv1_weight */
    struct { char at330[32844864];  float stem_bn_relu_again[1][28][28][16]; };
    /* unpack_d_stages_1_1_conv1_weight .. update_stages_1_1_conv1_weight */
    struct { char at331[6422528];  float d_stages_1_1_conv1_weight[16][16][3][3]; };
    /* bwd_stages_1_1_conv1 .. bwd_stem_conv_weight */
    struct { char at332[12845056];  float d_stem_bn[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_1_conv1 .. update_stem_bn_bias */
    struct { char at333[32896064];  float d_stem_bn_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv1 .. update_stem_bn_weight */
    struct { char at334[32896320];  float d_stem_bn_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv1 .. bwd_stem_conv_weight */
    struct { char at335[32896576];  float d_stem_bn_rsqrt[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv1 .. bwd_stem_conv_weight */
    struct { char at336[32896832];  float d_stem_bn_sum[RESNET_SLICES][16]; };
    /* bwd_stem_bn_sum_2 .. bwd_stem_conv_weight */
    struct { char at337[6595200];  float d_stem_bn_sum_2[RESNET_SLICES][16]; };
    /* bwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at338[6431744];  float d_stem_conv[2][28][28][16]; };
    /* unpack_d_stem_conv_weight .. update_stem_conv_weight */
    struct {                    float d_stem_conv_weight[16][1][3][3]; };
    /* pack_stem_conv_weight .. fwd_stem_bn_sum */
    struct { char at340[6483328];  float stem_conv_weight_packed[288]; };
    /* fwd_stem_conv */
    struct { char at341[6422528];  float fwd_stem_conv_scratch[15193]; };
    /* pack_stages_1_1_conv1_weight .. fwd_stages_1_1_bn1_sum */
    struct { char at342[12845056];  float stages_1_1_conv1_weight_packed[18432]; };
    /* fwd_stages_1_1_conv1 */
    struct { char at343[12918784];  float fwd_stages_1_1_conv1_scratch[73744]; };
    /* pack_stages_1_1_conv2_weight .. fwd_stages_1_1_bn2_sum */
    struct { char at344[19267584];  float stages_1_1_conv2_weight_packed[18432]; };
    /* fwd_stages_1_1_conv2 */
    struct { char at345[19341312];  float fwd_stages_1_1_conv2_scratch[73744]; };
    /* pack_stages_1_2_conv1_weight .. fwd_stages_1_2_bn1_sum */
    struct { char at346[25690112];  float stages_1_2_conv1_weight_packed[18432]; };
    /* fwd_stages_1_2_conv1 */
    struct { char at347[25763840];  float fwd_stages_1_2_conv1_scratch[73744]; };
    /* pack_stages_1_2_conv2_weight .. fwd_stages_1_2_bn2_sum */
    struct { char at348[32112640];  float stages_1_2_conv2_weight_packed[18432]; };
    /* fwd_stages_1_2_conv2 */
    struct { char at349[32186368];  float fwd_stages_1_2_conv2_scratch[73744]; };
    /* pack_stages_1_3_conv1_weight .. fwd_stages_1_3_bn1_sum */
    struct { char at350[38535168];  float stages_1_3_conv1_weight_packed[18432]; };
    /* fwd_stages_1_3_conv1 */
    struct { char at351[38608896];  float fwd_stages_1_3_conv1_scratch[73744]; };
    /* pack_stages_1_3_conv2_weight .. fwd_stages_1_3_bn2_sum */
    struct { char at352[44957696];  float stages_1_3_conv2_weight_packed[18432]; };
    /* fwd_stages_1_3_conv2 */
    struct { char at353[45031424];  float fwd_stages_1_3_conv2_scratch[73744]; };
    /* pack_stages_2_1_conv1_weight .. fwd_stages_2_1_bn_skip_sum */
    struct { char at354[57802752];  float stages_2_1_conv1_weight_packed[4608]; };
    /* fwd_stages_2_1_conv1 */
    struct { char at355[57821184];  float fwd_stages_2_1_conv1_scratch[14384]; };
    /* pack_stages_2_1_conv2_weight .. fwd_stages_2_1_bn2_sum */
    struct { char at356[61014016];  float stages_2_1_conv2_weight_packed[36864]; };
    /* fwd_stages_2_1_conv2 */
    struct { char at357[61161472];  float fwd_stages_2_1_conv2_scratch[97952]; };
    /* pack_stages_2_1_conv_skip_weight .. fwd_stages_2_1_bn_skip_sum */
    struct { char at358[57878720];  float stages_2_1_conv_skip_weight_packed[512]; };
    /* fwd_stages_2_1_conv_skip */
    struct { char at359[57821184];  float fwd_stages_2_1_conv_skip_scratch[12464]; };
    /* pack_stages_2_2_conv1_weight .. fwd_stages_2_2_bn1_sum */
    struct { char at360[64225280];  float stages_2_2_conv1_weight_packed[36864]; };
    /* fwd_stages_2_2_conv1 */
    struct { char at361[64372736];  float fwd_stages_2_2_conv1_scratch[97952]; };
    /* pack_stages_2_2_conv2_weight .. fwd_stages_2_2_bn2_sum */
    struct { char at362[67436544];  float stages_2_2_conv2_weight_packed[36864]; };
    /* fwd_stages_2_2_conv2 */
    struct { char at363[67584000];  float fwd_stages_2_2_conv2_scratch[97952]; };
    /* pack_stages_2_3_conv1_weight .. fwd_stages_2_3_bn1_sum */
    struct { char at364[70647808];  float stages_2_3_conv1_weight_packed[36864]; };
    /* fwd_stages_2_3_conv1 */
    struct { char at365[70795264];  float fwd_stages_2_3_conv1_scratch[97952]; };
    /* pack_stages_2_3_conv2_weight .. fwd_stages_2_3_bn2_sum */
    struct { char at366[73859072];  float stages_2_3_conv2_weight_packed[36864]; };
    /* fwd_stages_2_3_conv2 */
    struct { char at367[74006528];  float fwd_stages_2_3_conv2_scratch[97952]; };
    /* pack_stages_3_1_conv1_weight .. fwd_stages_3_1_bn_skip_sum */
    struct { char at368[80281600];  float stages_3_1_conv1_weight_packed[18432]; };
    /* fwd_stages_3_1_conv1 */
    struct { char at369[80363520];  float fwd_stages_3_1_conv1_scratch[7684]; };
    /* pack_stages_3_1_conv2_weight .. fwd_stages_3_1_bn2_sum */
    struct { char at370[81887232];  float stages_3_1_conv2_weight_packed[147456]; };
    /* fwd_stages_3_1_conv2 */
    struct { char at371[82878464];  float fwd_stages_3_1_conv2_scratch[146368]; };
    /* pack_stages_3_1_conv_skip_weight .. fwd_stages_3_1_bn_skip_sum */
    struct { char at372[80355328];  float stages_3_1_conv_skip_weight_packed[2048]; };
    /* fwd_stages_3_1_conv_skip */
    struct { char at373[80363520];  float fwd_stages_3_1_conv_skip_scratch[5636]; };
    /* pack_stages_3_2_conv1_weight .. fwd_stages_3_2_bn1_sum */
    struct { char at374[83492864];  float stages_3_2_conv1_weight_packed[147456]; };
    /* fwd_stages_3_2_conv1 */
    struct { char at375[84484096];  float fwd_stages_3_2_conv1_scratch[146368]; };
    /* pack_stages_3_2_conv2_weight .. fwd_stages_3_2_bn2_sum */
    struct { char at376[85098496];  float stages_3_2_conv2_weight_packed[147456]; };
    /* fwd_stages_3_2_conv2 */
    struct { char at377[86089728];  float fwd_stages_3_2_conv2_scratch[146368]; };
    /* pack_stages_3_3_conv1_weight .. fwd_stages_3_3_bn1_sum */
    struct { char at378[86704128];  float stages_3_3_conv1_weight_packed[147456]; };
    /* fwd_stages_3_3_conv1 */
    struct { char at379[87695360];  float fwd_stages_3_3_conv1_scratch[146368]; };
    /* pack_stages_3_3_conv2_weight .. fwd_stages_3_3_bn2_sum */
    struct { char at380[88309760];  float stages_3_3_conv2_weight_packed[147456]; };
    /* fwd_stages_3_3_conv2 */
    struct { char at381[89300992];  float fwd_stages_3_3_conv2_scratch[146368]; };
    /* pack_fc_weight .. bwd_stages_3_3_bn2 */
    struct { char at382[88309760];  float fc_weight_packed[2048]; };
    /* pack_fc_weight_back .. bwd_stages_3_3_bn2 */
    struct { char at383[88317952];  float fc_weight_back_packed[640]; };
    /* pack_stages_3_3_conv2_weight_back .. bwd_stages_3_3_bn1_2 */
    struct { char at384[92274688];  float stages_3_3_conv2_weight_back_packed[147456]; };
    /* bwd_stages_3_3_bn1 */
    struct { char at385[93065216];  float bwd_stages_3_3_bn1_scratch[146368]; };
    /* bwd_stages_3_3_conv2_weight */
    struct { char at386[93065216];  float bwd_stages_3_3_conv2_weight_scratch[146368]; };
    /* bwd_stages_3_3_conv2 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at387[89915392];  float d_stages_3_3_conv2_weight_sum[RESNET_SLICES][147456]; };
    /* pack_stages_3_3_conv1_weight_back .. bwd_stages_3_3_conv1_weight */
    struct { char at388[94027776];  float stages_3_3_conv1_weight_back_packed[147456]; };
    /* bwd_stages_3_3_conv1_input */
    struct { char at389[94828544];  float bwd_stages_3_3_conv1_input_scratch[146368]; };
    /* bwd_stages_3_3_conv1_weight */
    struct { char at390[95029248];  float bwd_stages_3_3_conv1_weight_scratch[146368]; };
    /* bwd_stages_3_3_conv1 .. unpack_d_stages_3_3_conv1_weight */
    struct { char at391[89915392];  float d_stages_3_3_conv1_weight_sum[RESNET_SLICES][147456]; };
    /* pack_stages_3_2_conv2_weight_back .. bwd_stages_3_2_bn1_2 */
    struct { char at392[87457792];  float stages_3_2_conv2_weight_back_packed[147456]; };
    /* bwd_stages_3_2_bn1 */
    struct { char at393[89655296];  float bwd_stages_3_2_bn1_scratch[146368]; };
    /* bwd_stages_3_2_conv2_weight */
    struct { char at394[89655296];  float bwd_stages_3_2_conv2_weight_scratch[146368]; };
    /* bwd_stages_3_2_conv2 .. unpack_d_stages_3_2_conv2_weight */
    struct { char at395[85098496];  float d_stages_3_2_conv2_weight_sum[RESNET_SLICES][147456]; };
    /* pack_stages_3_2_conv1_weight_back .. bwd_stages_3_2_conv1_weight */
    struct { char at396[85852160];  float stages_3_2_conv1_weight_back_packed[147456]; };
    /* bwd_stages_3_2_conv1_input */
    struct { char at397[86642688];  float bwd_stages_3_2_conv1_input_scratch[146368]; };
    /* bwd_stages_3_2_conv1_weight */
    struct { char at398[86642688];  float bwd_stages_3_2_conv1_weight_scratch[146368]; };
    /* bwd_stages_3_2_conv1 .. unpack_d_stages_3_2_conv1_weight */
    struct { char at399[83492864];  float d_stages_3_2_conv1_weight_sum[RESNET_SLICES][147456]; };
    /* pack_stages_3_1_conv_skip_weight_back .. bwd_stages_3_1_bn1_2 */
    struct { char at400[92384000];  float stages_3_1_conv_skip_weight_back_packed[2048]; };
    /* bwd_stages_3_1_conv_skip_input */
    struct { char at401[91663360];  float bwd_stages_3_1_conv_skip_input_scratch[5636]; };
    /* bwd_stages_3_1_conv_skip_weight */
    struct { char at402[91663360];  float bwd_stages_3_1_conv_skip_weight_scratch[5636]; };
    /* bwd_stages_3_1_conv_skip .. unpack_d_stages_3_1_conv_skip_weight */
    struct { char at403[92248832];  float d_stages_3_1_conv_skip_weight_sum[RESNET_SLICES][2048]; };
    /* pack_stages_3_1_conv2_weight_back .. bwd_stages_3_1_bn1_2 */
    struct { char at404[89210880];  float stages_3_1_conv2_weight_back_packed[147456]; };
    /* bwd_stages_3_1_bn1 */
    struct { char at405[91563008];  float bwd_stages_3_1_bn1_scratch[146368]; };
    /* bwd_stages_3_1_conv2_weight */
    struct { char at406[91563008];  float bwd_stages_3_1_conv2_weight_scratch[146368]; };
    /* bwd_stages_3_1_conv_skip .. unpack_d_stages_3_1_conv2_weight */
    struct { char at407[86704128];  float d_stages_3_1_conv2_weight_sum[RESNET_SLICES][147456]; };
    /* pack_stages_3_1_conv1_weight_back .. bwd_stages_2_3_bn2 */
    struct { char at408[86999040];  float stages_3_1_conv1_weight_back_packed[18432]; };
    /* bwd_stages_2_3_bn2_add */
    struct { char at409[87098880];  float bwd_stages_2_3_bn2_add_scratch[7684]; };
    /* bwd_stages_3_1_conv1_weight */
    struct { char at410[87098880];  float bwd_stages_3_1_conv1_weight_scratch[7684]; };
    /* bwd_stages_3_1_conv1 .. unpack_d_stages_3_1_conv1_weight */
    struct { char at411[86704128];  float d_stages_3_1_conv1_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_2_3_conv2_weight_back .. bwd_stages_2_3_bn1_2 */
    struct { char at412[77733888];  float stages_2_3_conv2_weight_back_packed[36864]; };
    /* bwd_stages_2_3_bn1 */
    struct { char at413[77881344];  float bwd_stages_2_3_bn1_scratch[97952]; };
    /* bwd_stages_2_3_conv2_weight */
    struct { char at414[77881344];  float bwd_stages_2_3_conv2_weight_scratch[97952]; };
    /* bwd_stages_2_3_conv2 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at415[77144064];  float d_stages_2_3_conv2_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_3_conv1_weight_back .. bwd_stages_2_3_conv1_weight */
    struct { char at416[77770752];  float stages_2_3_conv1_weight_back_packed[36864]; };
    /* bwd_stages_2_3_conv1_input */
    struct { char at417[77918208];  float bwd_stages_2_3_conv1_input_scratch[97952]; };
    /* bwd_stages_2_3_conv1_weight */
    struct { char at418[77918208];  float bwd_stages_2_3_conv1_weight_scratch[97952]; };
    /* bwd_stages_2_3_conv1 .. unpack_d_stages_2_3_conv1_weight */
    struct { char at419[77144064];  float d_stages_2_3_conv1_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_2_conv2_weight_back .. bwd_stages_2_2_bn1_2 */
    struct { char at420[68026368];  float stages_2_2_conv2_weight_back_packed[36864]; };
    /* bwd_stages_2_2_bn1 */
    struct { char at421[68173824];  float bwd_stages_2_2_bn1_scratch[97952]; };
    /* bwd_stages_2_2_conv2_weight */
    struct { char at422[68173824];  float bwd_stages_2_2_conv2_weight_scratch[97952]; };
    /* bwd_stages_2_2_conv2 .. unpack_d_stages_2_2_conv2_weight */
    struct { char at423[67436544];  float d_stages_2_2_conv2_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_2_conv1_weight_back .. bwd_stages_2_2_conv1_weight */
    struct { char at424[64815104];  float stages_2_2_conv1_weight_back_packed[36864]; };
    /* bwd_stages_2_2_conv1_input */
    struct { char at425[64962560];  float bwd_stages_2_2_conv1_input_scratch[97952]; };
    /* bwd_stages_2_2_conv1_weight */
    struct { char at426[64962560];  float bwd_stages_2_2_conv1_weight_scratch[97952]; };
    /* bwd_stages_2_2_conv1 .. unpack_d_stages_2_2_conv1_weight */
    struct { char at427[64225280];  float d_stages_2_2_conv1_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_1_conv_skip_weight_back .. bwd_stages_2_1_bn1_2 */
    struct { char at428[75133568];  float stages_2_1_conv_skip_weight_back_packed[1024]; };
    /* bwd_stages_2_1_conv_skip_input */
    struct { char at429[74683392];  float bwd_stages_2_1_conv_skip_input_scratch[12464]; };
    /* bwd_stages_2_1_conv_skip_weight */
    struct { char at430[74683392];  float bwd_stages_2_1_conv_skip_weight_scratch[12464]; };
    /* bwd_stages_2_1_conv_skip .. unpack_d_stages_2_1_conv_skip_weight */
    struct { char at431[75125376];  float d_stages_2_1_conv_skip_weight_sum[RESNET_SLICES][512]; };
    /* pack_stages_2_1_conv2_weight_back .. bwd_stages_2_1_bn1_2 */
    struct { char at432[74485760];  float stages_2_1_conv2_weight_back_packed[36864]; };
    /* bwd_stages_2_1_bn1 */
    struct { char at433[74633216];  float bwd_stages_2_1_bn1_scratch[97952]; };
    /* bwd_stages_2_1_conv2_weight */
    struct { char at434[74633216];  float bwd_stages_2_1_conv2_weight_scratch[97952]; };
    /* bwd_stages_2_1_conv_skip .. unpack_d_stages_2_1_conv2_weight */
    struct { char at435[73859072];  float d_stages_2_1_conv2_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_1_conv1_weight_back .. bwd_stages_1_3_bn2 */
    struct { char at436[67597312];  float stages_2_1_conv1_weight_back_packed[9216]; };
    /* bwd_stages_1_3_bn2_add */
    struct { char at437[67636224];  float bwd_stages_1_3_bn2_add_scratch[14384]; };
    /* bwd_stages_2_1_conv1_weight */
    struct { char at438[67636224];  float bwd_stages_2_1_conv1_weight_scratch[14384]; };
    /* bwd_stages_2_1_conv1 .. unpack_d_stages_2_1_conv1_weight */
    struct { char at439[67473408];  float d_stages_2_1_conv1_weight_sum[RESNET_SLICES][4608]; };
    /* pack_stages_1_3_conv2_weight_back .. bwd_stages_1_3_bn1_2 */
    struct { char at440[51988544];  float stages_1_3_conv2_weight_back_packed[18432]; };
    /* bwd_stages_1_3_bn1 */
    struct { char at441[51693568];  float bwd_stages_1_3_bn1_scratch[73744]; };
    /* bwd_stages_1_3_conv2_weight */
    struct { char at442[51693568];  float bwd_stages_1_3_conv2_weight_scratch[73744]; };
    /* bwd_stages_1_3_conv2 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at443[51380224];  float d_stages_1_3_conv2_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_3_conv1_weight_back .. bwd_stages_1_3_conv1_weight */
    struct { char at444[51693568];  float stages_1_3_conv1_weight_back_packed[18432]; };
    /* bwd_stages_1_3_conv1_input */
    struct { char at445[51776512];  float bwd_stages_1_3_conv1_input_scratch[73744]; };
    /* bwd_stages_1_3_conv1_weight */
    struct { char at446[51776512];  float bwd_stages_1_3_conv1_weight_scratch[73744]; };
    /* bwd_stages_1_3_conv1 .. unpack_d_stages_1_3_conv1_weight */
    struct { char at447[51380224];  float d_stages_1_3_conv1_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_2_conv2_weight_back .. bwd_stages_1_2_bn1_2 */
    struct { char at448[45547584];  float stages_1_2_conv2_weight_back_packed[18432]; };
    /* bwd_stages_1_2_bn1 */
    struct { char at449[45252608];  float bwd_stages_1_2_bn1_scratch[73744]; };
    /* bwd_stages_1_2_conv2_weight */
    struct { char at450[45252608];  float bwd_stages_1_2_conv2_weight_scratch[73744]; };
    /* bwd_stages_1_2_conv2 .. unpack_d_stages_1_2_conv2_weight */
    struct { char at451[44957696];  float d_stages_1_2_conv2_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_2_conv1_weight_back .. bwd_stages_1_2_conv1_weight */
    struct { char at452[45252608];  float stages_1_2_conv1_weight_back_packed[18432]; };
    /* bwd_stages_1_2_conv1_input */
    struct { char at453[45326336];  float bwd_stages_1_2_conv1_input_scratch[73744]; };
    /* bwd_stages_1_2_conv1_weight */
    struct { char at454[45326336];  float bwd_stages_1_2_conv1_weight_scratch[73744]; };
    /* bwd_stages_1_2_conv1 .. unpack_d_stages_1_2_conv1_weight */
    struct { char at455[44957696];  float d_stages_1_2_conv1_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_1_conv2_weight_back .. bwd_stages_1_1_bn1_2 */
    struct { char at456[32702528];  float stages_1_1_conv2_weight_back_packed[18432]; };
    /* bwd_stages_1_1_bn1 */
    struct { char at457[32407552];  float bwd_stages_1_1_bn1_scratch[73744]; };
    /* bwd_stages_1_1_conv2_weight */
    struct { char at458[32407552];  float bwd_stages_1_1_conv2_weight_scratch[73744]; };
    /* bwd_stages_1_1_conv2 .. unpack_d_stages_1_1_conv2_weight */
    struct { char at459[32112640];  float d_stages_1_1_conv2_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_1_conv1_weight_back .. bwd_stem_bn_2 */
    struct { char at460[32702528];  float stages_1_1_conv1_weight_back_packed[18432]; };
    /* bwd_stem_bn */
    struct { char at461[32407552];  float bwd_stem_bn_scratch[73744]; };
    /* bwd_stages_1_1_conv1_weight */
    struct { char at462[32407552];  float bwd_stages_1_1_conv1_weight_scratch[73744]; };
    /* bwd_stages_1_1_conv1 .. unpack_d_stages_1_1_conv1_weight */
    struct { char at463[32112640];  float d_stages_1_1_conv1_weight_sum[RESNET_SLICES][18432]; };
    /* bwd_stem_conv_weight */
    struct { char at464[6532096];  float bwd_stem_conv_weight_scratch[15193]; };
    /* bwd_stem_conv .. unpack_d_stem_conv_weight */
    struct { char at465[6592896];  float d_stem_conv_weight_sum[RESNET_SLICES][144]; };
#endif
    char bytes[95680960];
} ResnetTrainWork;

/* Workspace of resnet_evaluate: 7234496 bytes for one thread, 67 buffers (the schedule needs at least
 * 7234496).  Buffers that are never live at once share bytes; the leading char array is where a buffer
 * starts.  Above each: the kernels it lives for. */
typedef union ResnetEvaluateWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* evaluate_fwd_stem_bn_relu .. fwd_stages_1_1_bn2_relu */
    struct { char at0[3751936];  float stem_bn_relu[2][28][28][16]; };
    /* fwd_stages_1_1_bn1_relu .. fwd_stages_1_1_bn2_relu */
    struct { char at1[4247616];  float stages_1_1_bn1_relu[2][28][28][16]; };
    /* fwd_stages_1_1_bn2_relu .. fwd_stages_1_2_bn2_relu */
    struct { char at2[3852288];  float stages_1_1_bn2_relu[2][28][28][16]; };
    /* fwd_stages_1_2_bn1_relu .. fwd_stages_1_2_bn2_relu */
    struct { char at3[3751936];  float stages_1_2_bn1_relu[2][28][28][16]; };
    /* fwd_stages_1_2_bn2_relu .. fwd_stages_1_3_bn2_relu */
    struct { char at4[3952640];  float stages_1_2_bn2_relu[2][28][28][16]; };
    /* fwd_stages_1_3_bn1_relu .. fwd_stages_1_3_bn2_relu */
    struct { char at5[3852288];  float stages_1_3_bn1_relu[2][28][28][16]; };
    /* fwd_stages_1_3_bn2_relu .. evaluate_fwd_stages_2_1_bn2_relu */
    struct { char at6[3751936];  float stages_1_3_bn2_relu[2][28][28][16]; };
    /* evaluate_fwd_stages_2_1_bn1_relu .. fwd_stages_2_1_conv2 */
    struct { char at7[4244096];  float stages_2_1_bn1_relu[2][14][14][32]; };
    /* fwd_stages_2_1_conv2 .. evaluate_fwd_stages_2_1_bn2_relu */
    struct { char at8[4294272];  float stages_2_1_conv2[2][14][14][32]; };
    /* evaluate_fwd_stem_bn_relu .. evaluate_fwd_stages_3_1_bn1_relu */
    struct { char at9[2949120];  float stages_2_1_bn2_relu[32][14][14][32]; };
    /* fwd_stages_2_2_bn1_relu .. fwd_stages_2_2_bn2_relu */
    struct { char at10[6729728];  float stages_2_2_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_2_bn2_relu .. fwd_stages_2_3_bn2_relu */
    struct { char at11[6629376];  float stages_2_2_bn2_relu[4][14][14][32]; };
    /* fwd_stages_2_3_bn1_relu .. fwd_stages_2_3_bn2_relu */
    struct { char at12[6729728];  float stages_2_3_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_2_bn1_relu .. evaluate_fwd_loss */
    struct { char at13[3751936];  float stages_2_3_bn2_relu[32][14][14][32]; };
    /* fwd_stages_2_2_bn1_relu .. evaluate_fwd_loss */
    struct { char at14[4702208];  float stages_3_1_bn1_relu[32][7][7][64]; };
    /* fwd_stages_3_1_conv2 .. evaluate_fwd_stages_3_1_bn2_relu */
    struct { char at15[3350528];  float stages_3_1_conv2[32][7][7][64]; };
    /* evaluate_fwd_stages_3_1_bn2_relu .. fwd_stages_3_2_bn2_relu */
    struct { char at16[2949120];  float stages_3_1_bn2_relu[32][7][7][64]; };
    /* fwd_stages_3_2_bn1_relu .. fwd_stages_3_2_bn2_relu */
    struct { char at17[6209536];  float stages_3_2_bn1_relu[32][7][7][64]; };
    /* fwd_stages_3_2_bn2_relu .. fwd_features */
    struct { char at18[3350528];  float stages_3_2_bn2_relu[32][7][7][64]; };
    /* fwd_stages_3_3_bn1_relu .. fwd_features */
    struct { char at19[2949120];  float stages_3_3_bn1_relu[32][7][7][64]; };
    /* fwd_features .. evaluate_fwd_global_avg_pool */
    struct { char at20[6209536];  float features[32][7][7][64]; };
    /* evaluate_fwd_global_avg_pool .. fwd_logits */
    struct { char at21[2949120];  float global_avg_pool[32][64]; };
    /* fwd_logits .. evaluate_fwd_loss */
    struct { char at22[2957312];  float logits[32][10]; };
    /* evaluate_fwd_stem_bn_relu .. combine_loss */
    struct { char at23[7234432];  float loss[RESNET_SLICES][1]; };
    /* pack_stem_conv_weight .. evaluate_fwd_loss */
    struct { char at24[7233280];  float stem_conv_weight_packed[288]; };
    /* evaluate_fwd_stem_bn_relu */
    struct { char at25[3852288];  float fwd_stem_bn_relu_scratch[15193]; };
    /* pack_stages_1_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at26[5693440];  float stages_1_1_conv1_weight_packed[18432]; };
    /* fwd_stages_1_1_bn1_relu */
    struct { char at27[3852288];  float fwd_stages_1_1_bn1_relu_scratch[73744]; };
    /* pack_stages_1_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at28[5767168];  float stages_1_1_conv2_weight_packed[18432]; };
    /* fwd_stages_1_1_bn2_relu */
    struct { char at29[3952640];  float fwd_stages_1_1_bn2_relu_scratch[73744]; };
    /* pack_stages_1_2_conv1_weight .. evaluate_fwd_loss */
    struct { char at30[5840896];  float stages_1_2_conv1_weight_packed[18432]; };
    /* fwd_stages_1_2_bn1_relu */
    struct { char at31[3952640];  float fwd_stages_1_2_bn1_relu_scratch[73744]; };
    /* pack_stages_1_2_conv2_weight .. evaluate_fwd_loss */
    struct { char at32[5914624];  float stages_1_2_conv2_weight_packed[18432]; };
    /* fwd_stages_1_2_bn2_relu */
    struct { char at33[4052992];  float fwd_stages_1_2_bn2_relu_scratch[73744]; };
    /* pack_stages_1_3_conv1_weight .. evaluate_fwd_loss */
    struct { char at34[5988352];  float stages_1_3_conv1_weight_packed[18432]; };
    /* fwd_stages_1_3_bn1_relu */
    struct { char at35[4052992];  float fwd_stages_1_3_bn1_relu_scratch[73744]; };
    /* pack_stages_1_3_conv2_weight .. evaluate_fwd_loss */
    struct { char at36[6062080];  float stages_1_3_conv2_weight_packed[18432]; };
    /* fwd_stages_1_3_bn2_relu */
    struct { char at37[4052992];  float fwd_stages_1_3_bn2_relu_scratch[73744]; };
    /* pack_stages_2_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at38[6610944];  float stages_2_1_conv1_weight_packed[4608]; };
    /* evaluate_fwd_stages_2_1_bn1_relu */
    struct { char at39[3852288];  float fwd_stages_2_1_bn1_relu_scratch[14384]; };
    /* pack_stages_2_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at40[4554752];  float stages_2_1_conv2_weight_packed[36864]; };
    /* fwd_stages_2_1_conv2 */
    struct { char at41[3852288];  float fwd_stages_2_1_conv2_scratch[97952]; };
    /* pack_stages_2_1_conv_skip_weight .. evaluate_fwd_loss */
    struct { char at42[7231232];  float stages_2_1_conv_skip_weight_packed[512]; };
    /* evaluate_fwd_stages_2_1_bn2_relu */
    struct { char at43[3852288];  float fwd_stages_2_1_bn2_relu_scratch[12464]; };
    /* pack_stages_2_2_conv1_weight .. evaluate_fwd_loss */
    struct { char at44[5103616];  float stages_2_2_conv1_weight_packed[36864]; };
    /* fwd_stages_2_2_bn1_relu */
    struct { char at45[6209536];  float fwd_stages_2_2_bn1_relu_scratch[97952]; };
    /* pack_stages_2_2_conv2_weight .. evaluate_fwd_loss */
    struct { char at46[5251072];  float stages_2_2_conv2_weight_packed[36864]; };
    /* fwd_stages_2_2_bn2_relu */
    struct { char at47[6209536];  float fwd_stages_2_2_bn2_relu_scratch[97952]; };
    /* pack_stages_2_3_conv1_weight .. evaluate_fwd_loss */
    struct { char at48[5398528];  float stages_2_3_conv1_weight_packed[36864]; };
    /* fwd_stages_2_3_bn1_relu */
    struct { char at49[6209536];  float fwd_stages_2_3_bn1_relu_scratch[97952]; };
    /* pack_stages_2_3_conv2_weight .. evaluate_fwd_loss */
    struct { char at50[5545984];  float stages_2_3_conv2_weight_packed[36864]; };
    /* fwd_stages_2_3_bn2_relu */
    struct { char at51[6209536];  float fwd_stages_2_3_bn2_relu_scratch[97952]; };
    /* pack_stages_3_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at52[6135808];  float stages_3_1_conv1_weight_packed[18432]; };
    /* evaluate_fwd_stages_3_1_bn1_relu */
    struct { char at53[6209536];  float fwd_stages_3_1_bn1_relu_scratch[7684]; };
    /* pack_stages_3_1_conv2_weight .. evaluate_fwd_loss */
    struct {                    float stages_3_1_conv2_weight_packed[147456]; };
    /* fwd_stages_3_1_conv2 */
    struct { char at55[6629376];  float fwd_stages_3_1_conv2_scratch[146368]; };
    /* pack_stages_3_1_conv_skip_weight .. evaluate_fwd_loss */
    struct { char at56[7214848];  float stages_3_1_conv_skip_weight_packed[2048]; };
    /* evaluate_fwd_stages_3_1_bn2_relu */
    struct { char at57[6209536];  float fwd_stages_3_1_bn2_relu_scratch[5636]; };
    /* pack_stages_3_2_conv1_weight .. evaluate_fwd_loss */
    struct { char at58[589824];  float stages_3_2_conv1_weight_packed[147456]; };
    /* fwd_stages_3_2_bn1_relu */
    struct { char at59[6629376];  float fwd_stages_3_2_bn1_relu_scratch[146368]; };
    /* pack_stages_3_2_conv2_weight .. evaluate_fwd_loss */
    struct { char at60[1179648];  float stages_3_2_conv2_weight_packed[147456]; };
    /* fwd_stages_3_2_bn2_relu */
    struct { char at61[6629376];  float fwd_stages_3_2_bn2_relu_scratch[146368]; };
    /* pack_stages_3_3_conv1_weight .. evaluate_fwd_loss */
    struct { char at62[1769472];  float stages_3_3_conv1_weight_packed[147456]; };
    /* fwd_stages_3_3_bn1_relu */
    struct { char at63[6629376];  float fwd_stages_3_3_bn1_relu_scratch[146368]; };
    /* pack_stages_3_3_conv2_weight .. evaluate_fwd_loss */
    struct { char at64[2359296];  float stages_3_3_conv2_weight_packed[147456]; };
    /* fwd_features */
    struct { char at65[6629376];  float fwd_features_scratch[146368]; };
    /* pack_fc_weight .. evaluate_fwd_loss */
    struct { char at66[7223040];  float fc_weight_packed[2048]; };
#endif
    char bytes[7234496];
} ResnetEvaluateWork;

/* Workspace of resnet_predict: 7234432 bytes for one thread, 65 buffers (the schedule needs at least
 * 7234432).  Buffers that are never live at once share bytes; the leading char array is where a buffer
 * starts.  Above each: the kernels it lives for. */
typedef union ResnetPredictWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* evaluate_fwd_stem_bn_relu .. fwd_stages_1_1_bn2_relu */
    struct { char at0[3751936];  float stem_bn_relu[2][28][28][16]; };
    /* fwd_stages_1_1_bn1_relu .. fwd_stages_1_1_bn2_relu */
    struct { char at1[4247616];  float stages_1_1_bn1_relu[2][28][28][16]; };
    /* fwd_stages_1_1_bn2_relu .. fwd_stages_1_2_bn2_relu */
    struct { char at2[3852288];  float stages_1_1_bn2_relu[2][28][28][16]; };
    /* fwd_stages_1_2_bn1_relu .. fwd_stages_1_2_bn2_relu */
    struct { char at3[3751936];  float stages_1_2_bn1_relu[2][28][28][16]; };
    /* fwd_stages_1_2_bn2_relu .. fwd_stages_1_3_bn2_relu */
    struct { char at4[3952640];  float stages_1_2_bn2_relu[2][28][28][16]; };
    /* fwd_stages_1_3_bn1_relu .. fwd_stages_1_3_bn2_relu */
    struct { char at5[3852288];  float stages_1_3_bn1_relu[2][28][28][16]; };
    /* fwd_stages_1_3_bn2_relu .. evaluate_fwd_stages_2_1_bn2_relu */
    struct { char at6[3751936];  float stages_1_3_bn2_relu[2][28][28][16]; };
    /* evaluate_fwd_stages_2_1_bn1_relu .. fwd_stages_2_1_conv2 */
    struct { char at7[4244096];  float stages_2_1_bn1_relu[2][14][14][32]; };
    /* fwd_stages_2_1_conv2 .. evaluate_fwd_stages_2_1_bn2_relu */
    struct { char at8[4294272];  float stages_2_1_conv2[2][14][14][32]; };
    /* evaluate_fwd_stem_bn_relu .. evaluate_fwd_stages_3_1_bn1_relu */
    struct { char at9[2949120];  float stages_2_1_bn2_relu[32][14][14][32]; };
    /* fwd_stages_2_2_bn1_relu .. fwd_stages_2_2_bn2_relu */
    struct { char at10[6729728];  float stages_2_2_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_2_bn2_relu .. fwd_stages_2_3_bn2_relu */
    struct { char at11[6629376];  float stages_2_2_bn2_relu[4][14][14][32]; };
    /* fwd_stages_2_3_bn1_relu .. fwd_stages_2_3_bn2_relu */
    struct { char at12[6729728];  float stages_2_3_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_2_bn1_relu .. fwd_logits */
    struct { char at13[3751936];  float stages_2_3_bn2_relu[32][14][14][32]; };
    /* fwd_stages_2_2_bn1_relu .. fwd_logits */
    struct { char at14[4997120];  float stages_3_1_bn1_relu[32][7][7][64]; };
    /* fwd_stages_3_1_conv2 .. evaluate_fwd_stages_3_1_bn2_relu */
    struct { char at15[3350528];  float stages_3_1_conv2[32][7][7][64]; };
    /* evaluate_fwd_stages_3_1_bn2_relu .. fwd_stages_3_2_bn2_relu */
    struct { char at16[2949120];  float stages_3_1_bn2_relu[32][7][7][64]; };
    /* fwd_stages_3_2_bn1_relu .. fwd_stages_3_2_bn2_relu */
    struct { char at17[6209536];  float stages_3_2_bn1_relu[32][7][7][64]; };
    /* fwd_stages_3_2_bn2_relu .. fwd_features */
    struct { char at18[3350528];  float stages_3_2_bn2_relu[32][7][7][64]; };
    /* fwd_stages_3_3_bn1_relu .. fwd_features */
    struct { char at19[2949120];  float stages_3_3_bn1_relu[32][7][7][64]; };
    /* fwd_features .. evaluate_fwd_global_avg_pool */
    struct { char at20[6209536];  float features[32][7][7][64]; };
    /* evaluate_fwd_global_avg_pool .. fwd_logits */
    struct { char at21[2949120];  float global_avg_pool[32][64]; };
    /* pack_stem_conv_weight .. fwd_logits */
    struct { char at22[7233280];  float stem_conv_weight_packed[288]; };
    /* evaluate_fwd_stem_bn_relu */
    struct { char at23[3852288];  float fwd_stem_bn_relu_scratch[15193]; };
    /* pack_stages_1_1_conv1_weight .. fwd_logits */
    struct { char at24[5693440];  float stages_1_1_conv1_weight_packed[18432]; };
    /* fwd_stages_1_1_bn1_relu */
    struct { char at25[3852288];  float fwd_stages_1_1_bn1_relu_scratch[73744]; };
    /* pack_stages_1_1_conv2_weight .. fwd_logits */
    struct { char at26[5767168];  float stages_1_1_conv2_weight_packed[18432]; };
    /* fwd_stages_1_1_bn2_relu */
    struct { char at27[3952640];  float fwd_stages_1_1_bn2_relu_scratch[73744]; };
    /* pack_stages_1_2_conv1_weight .. fwd_logits */
    struct { char at28[5840896];  float stages_1_2_conv1_weight_packed[18432]; };
    /* fwd_stages_1_2_bn1_relu */
    struct { char at29[3952640];  float fwd_stages_1_2_bn1_relu_scratch[73744]; };
    /* pack_stages_1_2_conv2_weight .. fwd_logits */
    struct { char at30[5914624];  float stages_1_2_conv2_weight_packed[18432]; };
    /* fwd_stages_1_2_bn2_relu */
    struct { char at31[4052992];  float fwd_stages_1_2_bn2_relu_scratch[73744]; };
    /* pack_stages_1_3_conv1_weight .. fwd_logits */
    struct { char at32[5988352];  float stages_1_3_conv1_weight_packed[18432]; };
    /* fwd_stages_1_3_bn1_relu */
    struct { char at33[4052992];  float fwd_stages_1_3_bn1_relu_scratch[73744]; };
    /* pack_stages_1_3_conv2_weight .. fwd_logits */
    struct { char at34[6062080];  float stages_1_3_conv2_weight_packed[18432]; };
    /* fwd_stages_1_3_bn2_relu */
    struct { char at35[4052992];  float fwd_stages_1_3_bn2_relu_scratch[73744]; };
    /* pack_stages_2_1_conv1_weight .. fwd_logits */
    struct { char at36[6610944];  float stages_2_1_conv1_weight_packed[4608]; };
    /* evaluate_fwd_stages_2_1_bn1_relu */
    struct { char at37[3852288];  float fwd_stages_2_1_bn1_relu_scratch[14384]; };
    /* pack_stages_2_1_conv2_weight .. fwd_logits */
    struct { char at38[4554752];  float stages_2_1_conv2_weight_packed[36864]; };
    /* fwd_stages_2_1_conv2 */
    struct { char at39[3852288];  float fwd_stages_2_1_conv2_scratch[97952]; };
    /* pack_stages_2_1_conv_skip_weight .. fwd_logits */
    struct { char at40[7231232];  float stages_2_1_conv_skip_weight_packed[512]; };
    /* evaluate_fwd_stages_2_1_bn2_relu */
    struct { char at41[3852288];  float fwd_stages_2_1_bn2_relu_scratch[12464]; };
    /* pack_stages_2_2_conv1_weight .. fwd_logits */
    struct { char at42[4702208];  float stages_2_2_conv1_weight_packed[36864]; };
    /* fwd_stages_2_2_bn1_relu */
    struct { char at43[6209536];  float fwd_stages_2_2_bn1_relu_scratch[97952]; };
    /* pack_stages_2_2_conv2_weight .. fwd_logits */
    struct { char at44[4849664];  float stages_2_2_conv2_weight_packed[36864]; };
    /* fwd_stages_2_2_bn2_relu */
    struct { char at45[6209536];  float fwd_stages_2_2_bn2_relu_scratch[97952]; };
    /* pack_stages_2_3_conv1_weight .. fwd_logits */
    struct { char at46[5398528];  float stages_2_3_conv1_weight_packed[36864]; };
    /* fwd_stages_2_3_bn1_relu */
    struct { char at47[6209536];  float fwd_stages_2_3_bn1_relu_scratch[97952]; };
    /* pack_stages_2_3_conv2_weight .. fwd_logits */
    struct { char at48[5545984];  float stages_2_3_conv2_weight_packed[36864]; };
    /* fwd_stages_2_3_bn2_relu */
    struct { char at49[6209536];  float fwd_stages_2_3_bn2_relu_scratch[97952]; };
    /* pack_stages_3_1_conv1_weight .. fwd_logits */
    struct { char at50[6135808];  float stages_3_1_conv1_weight_packed[18432]; };
    /* evaluate_fwd_stages_3_1_bn1_relu */
    struct { char at51[6209536];  float fwd_stages_3_1_bn1_relu_scratch[7684]; };
    /* pack_stages_3_1_conv2_weight .. fwd_logits */
    struct {                    float stages_3_1_conv2_weight_packed[147456]; };
    /* fwd_stages_3_1_conv2 */
    struct { char at53[6629376];  float fwd_stages_3_1_conv2_scratch[146368]; };
    /* pack_stages_3_1_conv_skip_weight .. fwd_logits */
    struct { char at54[7214848];  float stages_3_1_conv_skip_weight_packed[2048]; };
    /* evaluate_fwd_stages_3_1_bn2_relu */
    struct { char at55[6209536];  float fwd_stages_3_1_bn2_relu_scratch[5636]; };
    /* pack_stages_3_2_conv1_weight .. fwd_logits */
    struct { char at56[589824];  float stages_3_2_conv1_weight_packed[147456]; };
    /* fwd_stages_3_2_bn1_relu */
    struct { char at57[6629376];  float fwd_stages_3_2_bn1_relu_scratch[146368]; };
    /* pack_stages_3_2_conv2_weight .. fwd_logits */
    struct { char at58[1179648];  float stages_3_2_conv2_weight_packed[147456]; };
    /* fwd_stages_3_2_bn2_relu */
    struct { char at59[6629376];  float fwd_stages_3_2_bn2_relu_scratch[146368]; };
    /* pack_stages_3_3_conv1_weight .. fwd_logits */
    struct { char at60[1769472];  float stages_3_3_conv1_weight_packed[147456]; };
    /* fwd_stages_3_3_bn1_relu */
    struct { char at61[6629376];  float fwd_stages_3_3_bn1_relu_scratch[146368]; };
    /* pack_stages_3_3_conv2_weight .. fwd_logits */
    struct { char at62[2359296];  float stages_3_3_conv2_weight_packed[147456]; };
    /* fwd_features */
    struct { char at63[6629376];  float fwd_features_scratch[146368]; };
    /* pack_fc_weight .. fwd_logits */
    struct { char at64[7223040];  float fc_weight_packed[2048]; };
#endif
    char bytes[7234432];
} ResnetPredictWork;

/* Memory of one thread, for any call. */
union ResnetWork {
    ResnetTrainWork train;
    ResnetEvaluateWork evaluate;
    ResnetPredictWork predict;
#ifdef __cplusplus
    alignas(64) char bytes[95680960];
#else
    _Alignas(64) char bytes[95680960];
#endif
};

extern const struct RtModel resnet_model;      /* the same as tables, for the trainer */

#ifdef __cplusplus
}
#endif

#endif
