/* resnet.h - written by tailor 0.2.0 from resnet.lua.  Edit the graph, not this file.
 *
 *   graph       22ec39460567f80f13619da40a9e16aa85284cdf8605a76a260959dc0b93aef6
 *   parameters  272186 floats in 65 tensors
 *   train       147 kernels forward, 105 backward; workspace 95480256 bytes
 *   evaluate    24 kernels forward, 0 backward; workspace 5137664 bytes
 *   predict     23 kernels forward, 0 backward; workspace 5137600 bytes
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

/* Workspace of resnet_step: 95480256 bytes for one thread, 466 buffers (the schedule needs at least
 * 95480256).  Buffers that are never live at once share bytes; the leading char array is where a buffer
 * starts.  Above each: the kernels it lives for. */
typedef union ResnetTrainWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct {                    float stem_conv[RESNET_BATCH][28][28][16]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at1[95458048];  float stem_bn_sum[RESNET_SLICES][16]; };
    /* fwd_stem_bn_squares .. fwd_stem_bn_rsqrt */
    struct { char at2[6422528];  float stem_bn_squares[RESNET_SLICES][16]; };
    /* fwd_stem_bn_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at3[95472064];  float stem_bn_running_mean_next[16]; };
    /* fwd_stem_bn_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at4[95472384];  float stem_bn_running_var_next[16]; };
    /* fwd_stem_bn_rsqrt .. bwd_stem_conv_weight */
    struct { char at5[95472448];  float stem_bn_rsqrt[16]; };
    /* fwd_stem_bn_relu .. fwd_stages_1_1_conv1 */
    struct { char at6[12845056];  float stem_bn_relu[8][28][28][16]; };
    /* fwd_stem_bn_relu .. bwd_stem_bn_2 */
    struct { char at7[6422528];  float stages_1_1_conv1[RESNET_BATCH][28][28][16]; };
    /* fwd_stem_bn_relu .. bwd_stem_bn_2 */
    struct { char at8[95458816];  float stages_1_1_bn1_sum[RESNET_SLICES][16]; };
    /* fwd_stages_1_1_bn1_squares .. fwd_stages_1_1_bn1_rsqrt */
    struct { char at9[12845056];  float stages_1_1_bn1_squares[RESNET_SLICES][16]; };
    /* fwd_stages_1_1_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at10[95472512];  float stages_1_1_bn1_running_mean_next[16]; };
    /* fwd_stages_1_1_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at11[95472576];  float stages_1_1_bn1_running_var_next[16]; };
    /* fwd_stages_1_1_bn1_rsqrt .. bwd_stem_bn_2 */
    struct { char at12[95472704];  float stages_1_1_bn1_rsqrt[16]; };
    /* fwd_stages_1_1_bn1_relu .. fwd_stages_1_1_conv2 */
    struct { char at13[19267584];  float stages_1_1_bn1_relu[8][28][28][16]; };
    /* fwd_stages_1_1_bn1_relu .. bwd_stages_1_1_bn1_2 */
    struct { char at14[12845056];  float stages_1_1_conv2[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_1_bn1_relu .. bwd_stages_1_1_bn1_2 */
    struct { char at15[95459072];  float stages_1_1_bn2_sum[RESNET_SLICES][16]; };
    /* fwd_stages_1_1_bn2_squares .. fwd_stages_1_1_bn2_rsqrt */
    struct { char at16[19267584];  float stages_1_1_bn2_squares[RESNET_SLICES][16]; };
    /* fwd_stages_1_1_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at17[95472640];  float stages_1_1_bn2_running_mean_next[16]; };
    /* fwd_stages_1_1_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at18[95472768];  float stages_1_1_bn2_running_var_next[16]; };
    /* fwd_stages_1_1_bn2_rsqrt .. bwd_stages_1_1_bn1_2 */
    struct { char at19[95473152];  float stages_1_1_bn2_rsqrt[16]; };
    /* fwd_stages_1_1_bn2_relu .. fwd_stages_1_2_conv1 */
    struct { char at20[25690112];  float stages_1_1_bn2_relu[4][28][28][16]; };
    /* fwd_stages_1_1_bn2_relu .. bwd_stages_1_2_conv1_weight */
    struct { char at21[19267584];  float stages_1_2_conv1[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_1_bn2_relu .. bwd_stages_1_2_conv1_weight */
    struct { char at22[95459840];  float stages_1_2_bn1_sum[RESNET_SLICES][16]; };
    /* fwd_stages_1_2_bn1_squares .. fwd_stages_1_2_bn1_rsqrt */
    struct { char at23[25690112];  float stages_1_2_bn1_squares[RESNET_SLICES][16]; };
    /* fwd_stages_1_2_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at24[95472960];  float stages_1_2_bn1_running_mean_next[16]; };
    /* fwd_stages_1_2_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at25[95473024];  float stages_1_2_bn1_running_var_next[16]; };
    /* fwd_stages_1_2_bn1_rsqrt .. bwd_stages_1_2_conv1_weight */
    struct { char at26[95473408];  float stages_1_2_bn1_rsqrt[16]; };
    /* fwd_stages_1_2_bn1_relu .. fwd_stages_1_2_conv2 */
    struct { char at27[32112640];  float stages_1_2_bn1_relu[8][28][28][16]; };
    /* fwd_stages_1_2_bn1_relu .. bwd_stages_1_2_bn1_2 */
    struct { char at28[25690112];  float stages_1_2_conv2[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_2_bn1_relu .. bwd_stages_1_2_bn1_2 */
    struct { char at29[95461120];  float stages_1_2_bn2_sum[RESNET_SLICES][16]; };
    /* fwd_stages_1_2_bn2_squares .. fwd_stages_1_2_bn2_rsqrt */
    struct { char at30[32112640];  float stages_1_2_bn2_squares[RESNET_SLICES][16]; };
    /* fwd_stages_1_2_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at31[95473088];  float stages_1_2_bn2_running_mean_next[16]; };
    /* fwd_stages_1_2_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at32[95473216];  float stages_1_2_bn2_running_var_next[16]; };
    /* fwd_stages_1_2_bn2_rsqrt .. bwd_stages_1_2_bn1_2 */
    struct { char at33[95473728];  float stages_1_2_bn2_rsqrt[16]; };
    /* fwd_stages_1_2_bn2_relu .. fwd_stages_1_3_conv1 */
    struct { char at34[38535168];  float stages_1_2_bn2_relu[4][28][28][16]; };
    /* fwd_stages_1_2_bn2_relu .. bwd_stages_1_3_conv1_weight */
    struct { char at35[32112640];  float stages_1_3_conv1[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_2_bn2_relu .. bwd_stages_1_3_conv1_weight */
    struct { char at36[95461888];  float stages_1_3_bn1_sum[RESNET_SLICES][16]; };
    /* fwd_stages_1_3_bn1_squares .. fwd_stages_1_3_bn1_rsqrt */
    struct { char at37[38535168];  float stages_1_3_bn1_squares[RESNET_SLICES][16]; };
    /* fwd_stages_1_3_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at38[95473280];  float stages_1_3_bn1_running_mean_next[16]; };
    /* fwd_stages_1_3_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at39[95473344];  float stages_1_3_bn1_running_var_next[16]; };
    /* fwd_stages_1_3_bn1_rsqrt .. bwd_stages_1_3_conv1_weight */
    struct { char at40[95473792];  float stages_1_3_bn1_rsqrt[16]; };
    /* fwd_stages_1_3_bn1_relu .. fwd_stages_1_3_conv2 */
    struct { char at41[44957696];  float stages_1_3_bn1_relu[8][28][28][16]; };
    /* fwd_stages_1_3_bn1_relu .. bwd_stages_1_3_bn1_2 */
    struct { char at42[38535168];  float stages_1_3_conv2[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_3_bn1_relu .. bwd_stages_1_3_bn1_2 */
    struct { char at43[95462144];  float stages_1_3_bn2_sum[RESNET_SLICES][16]; };
    /* fwd_stages_1_3_bn2_squares .. fwd_stages_1_3_bn2_rsqrt */
    struct { char at44[44957696];  float stages_1_3_bn2_squares[RESNET_SLICES][16]; };
    /* fwd_stages_1_3_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at45[95473472];  float stages_1_3_bn2_running_mean_next[16]; };
    /* fwd_stages_1_3_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at46[95473664];  float stages_1_3_bn2_running_var_next[16]; };
    /* fwd_stages_1_3_bn2_rsqrt .. bwd_stages_1_3_bn1_2 */
    struct { char at47[95474240];  float stages_1_3_bn2_rsqrt[16]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_1_3_bn2 */
    struct { char at48[44957696];  float stages_1_3_bn2_relu[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_1_3_bn2 */
    struct { char at49[51380224];  float stages_2_1_conv1[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_1_3_bn2 */
    struct { char at50[95453952];  float stages_2_1_bn1_sum[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn1_squares .. fwd_stages_2_1_bn1_rsqrt */
    struct { char at51[57803264];  float stages_2_1_bn1_squares[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at52[95468032];  float stages_2_1_bn1_running_mean_next[32]; };
    /* fwd_stages_2_1_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at53[95468288];  float stages_2_1_bn1_running_var_next[32]; };
    /* fwd_stages_2_1_bn1_rsqrt .. bwd_stages_1_3_bn2 */
    struct { char at54[95471040];  float stages_2_1_bn1_rsqrt[32]; };
    /* fwd_stages_2_1_bn1_relu .. fwd_stages_2_1_conv2 */
    struct { char at55[61161472];  float stages_2_1_bn1_relu[16][14][14][32]; };
    /* fwd_stages_2_1_bn1_relu .. bwd_stages_2_1_bn1_2 */
    struct { char at56[57802752];  float stages_2_1_conv2[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_1_bn1_relu .. bwd_stages_2_1_bn1_2 */
    struct { char at57[95456000];  float stages_2_1_bn2_sum[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn2_squares .. fwd_stages_2_1_bn2_rsqrt */
    struct { char at58[61014016];  float stages_2_1_bn2_squares[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at59[95468544];  float stages_2_1_bn2_running_mean_next[32]; };
    /* fwd_stages_2_1_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at60[95468672];  float stages_2_1_bn2_running_var_next[32]; };
    /* fwd_stages_2_1_bn2_rsqrt .. bwd_stages_2_1_bn1_2 */
    struct { char at61[95471552];  float stages_2_1_bn2_rsqrt[32]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_2_1_bn1_2 */
    struct { char at62[54591488];  float stages_2_1_conv_skip[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_2_1_bn1_2 */
    struct { char at63[95454464];  float stages_2_1_bn_skip_sum[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn1_squares .. fwd_stages_2_1_bn_skip_rsqrt */
    struct { char at64[57802752];  float stages_2_1_bn_skip_squares[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn_skip_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at65[95468160];  float stages_2_1_bn_skip_running_mean_next[32]; };
    /* fwd_stages_2_1_bn_skip_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at66[95468416];  float stages_2_1_bn_skip_running_var_next[32]; };
    /* fwd_stages_2_1_bn_skip_rsqrt .. bwd_stages_2_1_bn1_2 */
    struct { char at67[95471424];  float stages_2_1_bn_skip_rsqrt[32]; };
    /* fwd_stages_2_1_bn2_relu .. fwd_stages_2_2_conv1 */
    struct { char at68[64372736];  float stages_2_1_bn2_relu[11][14][14][32]; };
    /* fwd_stages_2_1_bn2_relu .. bwd_stages_2_2_conv1_weight */
    struct { char at69[61014016];  float stages_2_2_conv1[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_1_bn2_relu .. bwd_stages_2_2_conv1_weight */
    struct { char at70[95457536];  float stages_2_2_bn1_sum[RESNET_SLICES][32]; };
    /* fwd_stages_2_2_bn1_squares .. fwd_stages_2_2_bn1_rsqrt */
    struct { char at71[64225280];  float stages_2_2_bn1_squares[RESNET_SLICES][32]; };
    /* fwd_stages_2_2_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at72[95468800];  float stages_2_2_bn1_running_mean_next[32]; };
    /* fwd_stages_2_2_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at73[95468928];  float stages_2_2_bn1_running_var_next[32]; };
    /* fwd_stages_2_2_bn1_rsqrt .. bwd_stages_2_2_conv1_weight */
    struct { char at74[95471936];  float stages_2_2_bn1_rsqrt[32]; };
    /* fwd_stages_2_2_bn1_relu .. fwd_stages_2_2_conv2 */
    struct { char at75[67436544];  float stages_2_2_bn1_relu[16][14][14][32]; };
    /* fwd_stages_2_2_bn1_relu .. bwd_stages_2_2_bn1_2 */
    struct { char at76[64225280];  float stages_2_2_conv2[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_2_bn1_relu .. bwd_stages_2_2_bn1_2 */
    struct { char at77[95458304];  float stages_2_2_bn2_sum[RESNET_SLICES][32]; };
    /* fwd_stages_2_2_bn2_squares .. fwd_stages_2_2_bn2_rsqrt */
    struct { char at78[67436544];  float stages_2_2_bn2_squares[RESNET_SLICES][32]; };
    /* fwd_stages_2_2_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at79[95469056];  float stages_2_2_bn2_running_mean_next[32]; };
    /* fwd_stages_2_2_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at80[95469376];  float stages_2_2_bn2_running_var_next[32]; };
    /* fwd_stages_2_2_bn2_rsqrt .. bwd_stages_2_2_bn1_2 */
    struct { char at81[95472832];  float stages_2_2_bn2_rsqrt[32]; };
    /* fwd_stages_2_2_bn2_relu .. fwd_stages_2_3_conv1 */
    struct { char at82[70795264];  float stages_2_2_bn2_relu[8][14][14][32]; };
    /* fwd_stages_2_2_bn2_relu .. bwd_stages_2_3_conv1_weight */
    struct { char at83[67436544];  float stages_2_3_conv1[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_2_bn2_relu .. bwd_stages_2_3_conv1_weight */
    struct { char at84[95459328];  float stages_2_3_bn1_sum[RESNET_SLICES][32]; };
    /* fwd_stages_2_3_bn1_squares .. fwd_stages_2_3_bn1_rsqrt */
    struct { char at85[70647808];  float stages_2_3_bn1_squares[RESNET_SLICES][32]; };
    /* fwd_stages_2_3_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at86[95469504];  float stages_2_3_bn1_running_mean_next[32]; };
    /* fwd_stages_2_3_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at87[95469632];  float stages_2_3_bn1_running_var_next[32]; };
    /* fwd_stages_2_3_bn1_rsqrt .. bwd_stages_2_3_conv1_weight */
    struct { char at88[95473536];  float stages_2_3_bn1_rsqrt[32]; };
    /* fwd_stages_2_3_bn1_relu .. fwd_stages_2_3_conv2 */
    struct { char at89[73859072];  float stages_2_3_bn1_relu[16][14][14][32]; };
    /* fwd_stages_2_3_bn1_relu .. bwd_stages_2_3_bn1_2 */
    struct { char at90[70647808];  float stages_2_3_conv2[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_3_bn1_relu .. bwd_stages_2_3_bn1_2 */
    struct { char at91[95461376];  float stages_2_3_bn2_sum[RESNET_SLICES][32]; };
    /* fwd_stages_2_3_bn2_squares .. fwd_stages_2_3_bn2_rsqrt */
    struct { char at92[73859072];  float stages_2_3_bn2_squares[RESNET_SLICES][32]; };
    /* fwd_stages_2_3_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at93[95469760];  float stages_2_3_bn2_running_mean_next[32]; };
    /* fwd_stages_2_3_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at94[95470912];  float stages_2_3_bn2_running_var_next[32]; };
    /* fwd_stages_2_3_bn2_rsqrt .. bwd_stages_2_3_bn1_2 */
    struct { char at95[95474112];  float stages_2_3_bn2_rsqrt[32]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_2_3_bn2 */
    struct { char at96[73859072];  float stages_2_3_bn2_relu[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_2_3_bn2 */
    struct { char at97[77070336];  float stages_3_1_conv1[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_2_3_bn2 */
    struct { char at98[95452928];  float stages_3_1_bn1_sum[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn1_squares .. fwd_stages_3_1_bn1_rsqrt */
    struct { char at99[80282624];  float stages_3_1_bn1_squares[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at100[95462400];  float stages_3_1_bn1_running_mean_next[64]; };
    /* fwd_stages_3_1_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at101[95463936];  float stages_3_1_bn1_running_var_next[64]; };
    /* fwd_stages_3_1_bn1_rsqrt .. bwd_stages_2_3_bn2 */
    struct { char at102[95471168];  float stages_3_1_bn1_rsqrt[64]; };
    /* fwd_stages_3_1_bn1_relu .. fwd_stages_3_1_conv2 */
    struct { char at103[82477056];  float stages_3_1_bn1_relu[32][7][7][64]; };
    /* fwd_stages_3_1_bn1_relu .. bwd_stages_3_1_bn1_2 */
    struct { char at104[80281600];  float stages_3_1_conv2[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_1_bn1_relu .. bwd_stages_3_1_bn1_2 */
    struct { char at105[95456512];  float stages_3_1_bn2_sum[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn2_squares .. fwd_stages_3_1_bn2_rsqrt */
    struct { char at106[81887232];  float stages_3_1_bn2_squares[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at107[95464448];  float stages_3_1_bn2_running_mean_next[64]; };
    /* fwd_stages_3_1_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at108[95464704];  float stages_3_1_bn2_running_var_next[64]; };
    /* fwd_stages_3_1_bn2_rsqrt .. bwd_stages_3_1_bn1_2 */
    struct { char at109[95472128];  float stages_3_1_bn2_rsqrt[64]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_3_1_bn1_2 */
    struct { char at110[78675968];  float stages_3_1_conv_skip[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_3_1_bn1_2 */
    struct { char at111[95454976];  float stages_3_1_bn_skip_sum[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn1_squares .. fwd_stages_3_1_bn_skip_rsqrt */
    struct { char at112[80281600];  float stages_3_1_bn_skip_squares[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn_skip_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at113[95462656];  float stages_3_1_bn_skip_running_mean_next[64]; };
    /* fwd_stages_3_1_bn_skip_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at114[95464192];  float stages_3_1_bn_skip_running_var_next[64]; };
    /* fwd_stages_3_1_bn_skip_rsqrt .. bwd_stages_3_1_bn1_2 */
    struct { char at115[95471680];  float stages_3_1_bn_skip_rsqrt[64]; };
    /* fwd_stages_3_1_bn2_relu .. fwd_stages_3_2_conv1 */
    struct { char at116[84668160];  float stages_3_1_bn2_relu[16][7][7][64]; };
    /* fwd_stages_3_1_bn2_relu .. bwd_stages_3_2_conv1_weight */
    struct { char at117[81887232];  float stages_3_2_conv1[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_1_bn2_relu .. bwd_stages_3_2_conv1_weight */
    struct { char at118[95460096];  float stages_3_2_bn1_sum[RESNET_SLICES][64]; };
    /* fwd_stages_3_2_bn1_squares .. fwd_stages_3_2_bn1_rsqrt */
    struct { char at119[83492864];  float stages_3_2_bn1_squares[RESNET_SLICES][64]; };
    /* fwd_stages_3_2_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at120[95464960];  float stages_3_2_bn1_running_mean_next[64]; };
    /* fwd_stages_3_2_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at121[95465216];  float stages_3_2_bn1_running_var_next[64]; };
    /* fwd_stages_3_2_bn1_rsqrt .. bwd_stages_3_2_conv1_weight */
    struct { char at122[95473856];  float stages_3_2_bn1_rsqrt[64]; };
    /* fwd_stages_3_2_bn1_relu .. fwd_stages_3_2_conv2 */
    struct { char at123[85688320];  float stages_3_2_bn1_relu[32][7][7][64]; };
    /* fwd_stages_3_2_bn1_relu .. bwd_stages_3_2_bn1_2 */
    struct { char at124[83492864];  float stages_3_2_conv2[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_2_bn1_relu .. bwd_stages_3_2_bn1_2 */
    struct { char at125[95462912];  float stages_3_2_bn2_sum[RESNET_SLICES][64]; };
    /* fwd_stages_3_2_bn2_squares .. fwd_stages_3_2_bn2_rsqrt */
    struct { char at126[85098496];  float stages_3_2_bn2_squares[RESNET_SLICES][64]; };
    /* fwd_stages_3_2_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at127[95465472];  float stages_3_2_bn2_running_mean_next[64]; };
    /* fwd_stages_3_2_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at128[95465728];  float stages_3_2_bn2_running_var_next[64]; };
    /* fwd_stages_3_2_bn2_rsqrt .. bwd_stages_3_2_bn1_2 */
    struct { char at129[95478400];  float stages_3_2_bn2_rsqrt[64]; };
    /* fwd_stages_3_2_bn2_relu .. fwd_stages_3_3_conv1 */
    struct { char at130[87879424];  float stages_3_2_bn2_relu[16][7][7][64]; };
    /* fwd_stages_3_2_bn2_relu .. bwd_stages_3_3_conv1_weight */
    struct { char at131[85098496];  float stages_3_3_conv1[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_2_bn2_relu .. bwd_stages_3_3_conv1_weight */
    struct { char at132[95467008];  float stages_3_3_bn1_sum[RESNET_SLICES][64]; };
    /* fwd_stages_3_3_bn1_squares .. fwd_stages_3_3_bn1_rsqrt */
    struct { char at133[86704128];  float stages_3_3_bn1_squares[RESNET_SLICES][64]; };
    /* fwd_stages_3_3_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at134[95465984];  float stages_3_3_bn1_running_mean_next[64]; };
    /* fwd_stages_3_3_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at135[95466240];  float stages_3_3_bn1_running_var_next[64]; };
    /* fwd_stages_3_3_bn1_rsqrt .. bwd_stages_3_3_conv1_weight */
    struct { char at136[95478720];  float stages_3_3_bn1_rsqrt[64]; };
    /* fwd_stages_3_3_bn1_relu .. fwd_stages_3_3_conv2 */
    struct { char at137[88899584];  float stages_3_3_bn1_relu[32][7][7][64]; };
    /* fwd_stages_3_3_bn1_relu .. bwd_stages_3_3_conv1_weight */
    struct { char at138[86704128];  float stages_3_3_conv2[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_3_bn1_relu .. bwd_stages_3_3_conv1_weight */
    struct { char at139[95469888];  float stages_3_3_bn2_sum[RESNET_SLICES][64]; };
    /* fwd_stages_3_3_bn2_squares .. fwd_stages_3_3_bn2_rsqrt */
    struct { char at140[88320512];  float stages_3_3_bn2_squares[RESNET_SLICES][64]; };
    /* fwd_stages_3_3_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at141[95466496];  float stages_3_3_bn2_running_mean_next[64]; };
    /* fwd_stages_3_3_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at142[95466752];  float stages_3_3_bn2_running_var_next[64]; };
    /* fwd_stages_3_3_bn2_rsqrt .. bwd_stages_3_3_conv1_weight */
    struct { char at143[95480000];  float stages_3_3_bn2_rsqrt[64]; };
    /* fwd_global_avg_pool .. bwd_fc_weight */
    struct { char at144[88320512];  float global_avg_pool[16][64]; };
    /* fwd_logits .. fwd_loss */
    struct { char at145[88324608];  float logits[16][10]; };
    /* fwd_loss .. bwd_fc_weight */
    struct { char at146[88325248];  float cross_entropy_exp[16][10]; };
    /* fwd_loss .. bwd_logits */
    struct { char at147[88325888];  float cross_entropy_sum[16]; };
    /* fwd_global_avg_pool .. commit_stages_3_3_bn2_running_var */
    struct { char at148[95478656];  float loss[RESNET_SLICES][1]; };
    /* bwd_logits .. bwd_fc_weight */
    struct { char at149[88325248];  float d_logits[16][10]; };
    /* fwd_global_avg_pool .. update_fc_bias */
    struct { char at150[95469184];  float d_fc_bias[RESNET_SLICES][10]; };
    /* fwd_global_avg_pool .. bwd_stages_3_3_conv1_weight */
    struct { char at151[95313664];  float d_global_avg_pool[RESNET_BATCH][64]; };
    /* fwd_global_avg_pool .. update_fc_weight */
    struct { char at152[94617600];  float d_fc_weight[RESNET_SLICES][10][64]; };
    /* fwd_global_avg_pool .. update_stages_3_3_bn2_bias */
    struct { char at153[95446784];  float d_stages_3_3_bn2_bias[RESNET_SLICES][64]; };
    /* fwd_global_avg_pool .. update_stages_3_3_bn2_weight */
    struct { char at154[95447808];  float d_stages_3_3_bn2_weight[RESNET_SLICES][64]; };
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
    struct { char at162[95448832];  float d_stages_3_3_bn1_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv2 .. update_stages_3_3_bn1_weight */
    struct { char at163[95449856];  float d_stages_3_3_bn1_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv2 .. bwd_stages_3_3_conv1_weight */
    struct { char at164[95474304];  float d_stages_3_3_bn1_rsqrt[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv2 .. bwd_stages_3_3_conv1_weight */
    struct { char at165[95475328];  float d_stages_3_3_bn1_sum[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_bn1_sum_2 .. bwd_stages_3_3_conv1_weight */
    struct { char at166[95478976];  float d_stages_3_3_bn1_sum_2[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv1 .. bwd_stages_3_3_conv1_weight */
    struct { char at167[95346432];  float d_stages_3_3_conv1[8][7][7][64]; };
    /* bwd_stages_3_3_conv1_input .. bwd_stages_3_2_bn2 */
    struct { char at168[95213312];  float d_stages_3_3_conv1_input[8][7][7][64]; };
    /* bwd_stages_3_2_bn2 .. bwd_stages_3_3_conv1_weight */
    struct { char at169[94627840];  float stages_3_2_bn2_relu_again[8][7][7][64]; };
    /* unpack_d_stages_3_3_conv1_weight .. update_stages_3_3_conv1_weight */
    struct { char at170[94027776];  float d_stages_3_3_conv1_weight[64][64][3][3]; };
    /* bwd_stages_3_3_conv1 .. bwd_stages_3_2_conv1_weight */
    struct { char at171[92274688];  float d_stages_3_2_bn2_add[RESNET_BATCH][7][7][64]; };
    /* bwd_stages_3_3_conv1 .. update_stages_3_2_bn2_bias */
    struct { char at172[95450880];  float d_stages_3_2_bn2_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv1 .. update_stages_3_2_bn2_weight */
    struct { char at173[95451904];  float d_stages_3_2_bn2_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv1 .. bwd_stages_3_2_bn1_2 */
    struct { char at174[95476352];  float d_stages_3_2_bn2_rsqrt[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv1 .. bwd_stages_3_2_bn1_2 */
    struct { char at175[95477376];  float d_stages_3_2_bn2_sum[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_bn2_sum_2 .. bwd_stages_3_2_bn1_2 */
    struct { char at176[89034496];  float d_stages_3_2_bn2_sum_2[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv2 .. bwd_stages_3_2_conv2_weight */
    struct { char at177[88047616];  float d_stages_3_2_conv2[16][7][7][64]; };
    /* bwd_stages_3_2_bn1 .. bwd_stages_3_2_conv2_weight */
    struct { char at178[88833792];  float stages_3_2_bn1_relu_again[16][7][7][64]; };
    /* unpack_d_stages_3_2_conv2_weight .. update_stages_3_2_conv2_weight */
    struct { char at179[90669056];  float d_stages_3_2_conv2_weight[64][64][3][3]; };
    /* bwd_stages_3_2_conv2 .. bwd_stages_3_2_conv1_weight */
    struct { char at180[89063424];  float d_stages_3_2_bn1[RESNET_BATCH][7][7][64]; };
    /* bwd_stages_3_2_conv2 .. update_stages_3_2_bn1_bias */
    struct { char at181[94175232];  float d_stages_3_2_bn1_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv2 .. update_stages_3_2_bn1_weight */
    struct { char at182[94176256];  float d_stages_3_2_bn1_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv2 .. bwd_stages_3_2_conv1_weight */
    struct { char at183[90816512];  float d_stages_3_2_bn1_rsqrt[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv2 .. bwd_stages_3_2_conv1_weight */
    struct { char at184[90817536];  float d_stages_3_2_bn1_sum[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_bn1_sum_2 .. bwd_stages_3_2_conv1_weight */
    struct { char at185[87441408];  float d_stages_3_2_bn1_sum_2[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv1 .. bwd_stages_3_2_conv1_weight */
    struct { char at186[87027456];  float d_stages_3_2_conv1[11][7][7][64]; };
    /* bwd_stages_3_2_conv1_input .. bwd_stages_3_1_bn2 */
    struct { char at187[87165440];  float d_stages_3_2_conv1_input[11][7][7][64]; };
    /* bwd_stages_3_1_bn2 .. bwd_stages_3_2_conv1_weight */
    struct { char at188[87303424];  float stages_3_1_bn2_relu_again[11][7][7][64]; };
    /* unpack_d_stages_3_2_conv1_weight .. update_stages_3_2_conv1_weight */
    struct { char at189[90816512];  float d_stages_3_2_conv1_weight[64][64][3][3]; };
    /* bwd_stages_3_2_conv1 .. bwd_stages_3_1_bn1_2 */
    struct { char at190[87457792];  float d_stages_3_1_bn2_add[RESNET_BATCH][7][7][64]; };
    /* bwd_stages_3_2_conv1 .. update_stages_3_1_bn_skip_bias */
    struct { char at191[94177280];  float d_stages_3_1_bn2_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv1 .. update_stages_3_1_bn_skip_weight */
    struct { char at192[94178304];  float d_stages_3_1_bn_skip_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv1 .. bwd_stages_3_1_bn1_2 */
    struct { char at193[94180352];  float d_stages_3_1_bn_skip_rsqrt[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv1 .. bwd_stages_3_1_bn1_2 */
    struct { char at194[94181376];  float d_stages_3_1_bn_skip_sum[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_bn_skip_sum_2 .. bwd_stages_3_1_bn1_2 */
    struct { char at195[92585728];  float d_stages_3_1_bn_skip_sum_2[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv_skip .. bwd_stages_3_1_conv_skip_weight */
    struct { char at196[91553792];  float d_stages_3_1_conv_skip[16][7][7][64]; };
    /* bwd_stages_3_1_conv_skip .. bwd_stages_2_3_bn2 */
    struct { char at197[84246528];  float d_stages_3_1_conv_skip_input[RESNET_BATCH][14][14][32]; };
    /* unpack_d_stages_3_1_conv_skip_weight .. update_stages_3_1_conv_skip_weight */
    struct { char at198[87605248];  float d_stages_3_1_conv_skip_weight[64][32][1][1]; };
    /* bwd_stages_3_2_conv1 .. update_stages_3_1_bn2_weight */
    struct { char at199[94179328];  float d_stages_3_1_bn2_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv1 .. bwd_stages_3_1_bn1_2 */
    struct { char at200[94182400];  float d_stages_3_1_bn2_rsqrt[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv1 .. bwd_stages_3_1_bn1_2 */
    struct { char at201[94183424];  float d_stages_3_1_bn2_sum[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_bn_skip_sum_2 .. bwd_stages_3_1_bn1_2 */
    struct { char at202[92586752];  float d_stages_3_1_bn2_sum_2[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv2 .. bwd_stages_3_1_conv2_weight */
    struct { char at203[91553792];  float d_stages_3_1_conv2[16][7][7][64]; };
    /* bwd_stages_3_1_bn1 .. bwd_stages_3_1_conv2_weight */
    struct { char at204[92339968];  float stages_3_1_bn1_relu_again[16][7][7][64]; };
    /* unpack_d_stages_3_1_conv2_weight .. update_stages_3_1_conv2_weight */
    struct { char at205[87457792];  float d_stages_3_1_conv2_weight[64][64][3][3]; };
    /* bwd_stages_3_1_conv_skip .. bwd_stages_2_3_bn2 */
    struct { char at206[89063424];  float d_stages_3_1_bn1[RESNET_BATCH][7][7][64]; };
    /* bwd_stages_3_1_conv_skip .. update_stages_3_1_bn1_bias */
    struct { char at207[92573440];  float d_stages_3_1_bn1_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv_skip .. update_stages_3_1_bn1_weight */
    struct { char at208[92574464];  float d_stages_3_1_bn1_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv_skip .. bwd_stages_2_3_bn2 */
    struct { char at209[92583680];  float d_stages_3_1_bn1_rsqrt[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv_skip .. bwd_stages_2_3_bn2 */
    struct { char at210[92584704];  float d_stages_3_1_bn1_sum[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_bn1_sum_2 .. bwd_stages_2_3_bn2 */
    struct { char at211[82388032];  float d_stages_3_1_bn1_sum_2[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv1 .. bwd_stages_3_1_conv1_weight */
    struct { char at212[82182144];  float d_stages_3_1_conv1[8][7][7][64]; };
    /* unpack_d_stages_3_1_conv1_weight .. update_stages_3_1_conv1_weight */
    struct { char at213[77070336];  float d_stages_3_1_conv1_weight[64][32][3][3]; };
    /* bwd_stages_3_1_conv1 .. bwd_stages_2_3_conv1_weight */
    struct { char at214[78970880];  float d_stages_2_3_bn2_add[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_3_1_conv1 .. update_stages_2_3_bn2_bias */
    struct { char at215[82356224];  float d_stages_2_3_bn2_bias[RESNET_SLICES][32]; };
    /* bwd_stages_3_1_conv1 .. update_stages_2_3_bn2_weight */
    struct { char at216[82356736];  float d_stages_2_3_bn2_weight[RESNET_SLICES][32]; };
    /* bwd_stages_3_1_conv1 .. bwd_stages_2_3_bn1_2 */
    struct { char at217[82389056];  float d_stages_2_3_bn2_rsqrt[RESNET_SLICES][32]; };
    /* bwd_stages_3_1_conv1 .. bwd_stages_2_3_bn1_2 */
    struct { char at218[82389568];  float d_stages_2_3_bn2_sum[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_bn2_sum_2 .. bwd_stages_2_3_bn1_2 */
    struct { char at219[78676608];  float d_stages_2_3_bn2_sum_2[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv2 .. bwd_stages_2_3_conv2_weight */
    struct { char at220[77733888];  float d_stages_2_3_conv2[8][14][14][32]; };
    /* bwd_stages_2_3_bn1 .. bwd_stages_2_3_conv2_weight */
    struct { char at221[78082048];  float stages_2_3_bn1_relu_again[8][14][14][32]; };
    /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_3_conv2_weight */
    struct { char at222[77733888];  float d_stages_2_3_conv2_weight[32][32][3][3]; };
    /* bwd_stages_2_3_conv2 .. bwd_stages_2_3_conv1_weight */
    struct { char at223[73859072];  float d_stages_2_3_bn1[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_2_3_conv2 .. update_stages_2_3_bn1_bias */
    struct { char at224[78674560];  float d_stages_2_3_bn1_bias[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv2 .. update_stages_2_3_bn1_weight */
    struct { char at225[78675072];  float d_stages_2_3_bn1_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv2 .. bwd_stages_2_3_conv1_weight */
    struct { char at226[78675584];  float d_stages_2_3_bn1_rsqrt[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv2 .. bwd_stages_2_3_conv1_weight */
    struct { char at227[78676096];  float d_stages_2_3_bn1_sum[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_bn1_sum_2 .. bwd_stages_2_3_conv1_weight */
    struct { char at228[78613120];  float d_stages_2_3_bn1_sum_2[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv1 .. bwd_stages_2_3_conv1_weight */
    struct { char at229[77918208];  float d_stages_2_3_conv1[4][14][14][32]; };
    /* bwd_stages_2_3_conv1_input .. bwd_stages_2_2_bn2 */
    struct { char at230[78410368];  float d_stages_2_3_conv1_input[4][14][14][32]; };
    /* bwd_stages_2_2_bn2 .. bwd_stages_2_3_conv1_weight */
    struct { char at231[78510720];  float stages_2_2_bn2_relu_again[4][14][14][32]; };
    /* unpack_d_stages_2_3_conv1_weight .. update_stages_2_3_conv1_weight */
    struct { char at232[77770752];  float d_stages_2_3_conv1_weight[32][32][3][3]; };
    /* bwd_stages_2_3_conv1 .. bwd_stages_2_2_conv1_weight */
    struct { char at233[70647808];  float d_stages_2_2_bn2_add[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_2_3_conv1 .. update_stages_2_2_bn2_bias */
    struct { char at234[78611072];  float d_stages_2_2_bn2_bias[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv1 .. update_stages_2_2_bn2_weight */
    struct { char at235[78611584];  float d_stages_2_2_bn2_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv1 .. bwd_stages_2_2_bn1_2 */
    struct { char at236[78612096];  float d_stages_2_2_bn2_rsqrt[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv1 .. bwd_stages_2_2_bn1_2 */
    struct { char at237[78612608];  float d_stages_2_2_bn2_sum[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_bn2_sum_2 .. bwd_stages_2_2_bn1_2 */
    struct { char at238[68967040];  float d_stages_2_2_bn2_sum_2[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv2 .. bwd_stages_2_2_conv2_weight */
    struct { char at239[68026368];  float d_stages_2_2_conv2[8][14][14][32]; };
    /* bwd_stages_2_2_bn1 .. bwd_stages_2_2_conv2_weight */
    struct { char at240[68374528];  float stages_2_2_bn1_relu_again[8][14][14][32]; };
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
    struct { char at247[65655424];  float d_stages_2_2_bn1_sum_2[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv1 .. bwd_stages_2_2_conv1_weight */
    struct { char at248[64962560];  float d_stages_2_2_conv1[4][14][14][32]; };
    /* bwd_stages_2_2_conv1_input .. bwd_stages_2_1_bn2 */
    struct { char at249[65454720];  float d_stages_2_2_conv1_input[4][14][14][32]; };
    /* bwd_stages_2_1_bn2 .. bwd_stages_2_2_conv1_weight */
    struct { char at250[65555072];  float stages_2_1_bn2_relu_again[4][14][14][32]; };
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
    struct { char at257[75440768];  float d_stages_2_1_bn_skip_sum_2[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv_skip .. bwd_stages_2_1_conv_skip_weight */
    struct { char at258[74633216];  float d_stages_2_1_conv_skip[8][14][14][32]; };
    /* bwd_stages_2_1_conv_skip .. bwd_stages_1_3_bn2 */
    struct { char at259[61014016];  float d_stages_2_1_conv_skip_input[RESNET_BATCH][28][28][16]; };
    /* unpack_d_stages_2_1_conv_skip_weight .. update_stages_2_1_conv_skip_weight */
    struct { char at260[67684352];  float d_stages_2_1_conv_skip_weight[32][16][1][1]; };
    /* bwd_stages_2_2_conv1 .. update_stages_2_1_bn2_weight */
    struct { char at261[77182976];  float d_stages_2_1_bn2_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv1 .. bwd_stages_2_1_bn1_2 */
    struct { char at262[77184512];  float d_stages_2_1_bn2_rsqrt[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv1 .. bwd_stages_2_1_bn1_2 */
    struct { char at263[77185024];  float d_stages_2_1_bn2_sum[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_bn_skip_sum_2 .. bwd_stages_2_1_bn1_2 */
    struct { char at264[75441280];  float d_stages_2_1_bn2_sum_2[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv2 .. bwd_stages_2_1_conv2_weight */
    struct { char at265[74633216];  float d_stages_2_1_conv2[8][14][14][32]; };
    /* bwd_stages_2_1_bn1 .. bwd_stages_2_1_conv2_weight */
    struct { char at266[74833920];  float stages_2_1_bn1_relu_again[8][14][14][32]; };
    /* unpack_d_stages_2_1_conv2_weight .. update_stages_2_1_conv2_weight */
    struct { char at267[67436544];  float d_stages_2_1_conv2_weight[32][32][3][3]; };
    /* bwd_stages_2_1_conv_skip .. bwd_stages_1_3_bn2 */
    struct { char at268[70647808];  float d_stages_2_1_bn1[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_2_1_conv_skip .. update_stages_2_1_bn1_bias */
    struct { char at269[75438720];  float d_stages_2_1_bn1_bias[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv_skip .. update_stages_2_1_bn1_weight */
    struct { char at270[75439232];  float d_stages_2_1_bn1_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv_skip .. bwd_stages_1_3_bn2 */
    struct { char at271[75439744];  float d_stages_2_1_bn1_rsqrt[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv_skip .. bwd_stages_1_3_bn2 */
    struct { char at272[75440256];  float d_stages_2_1_bn1_sum[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_bn1_sum_2 .. bwd_stages_1_3_bn2 */
    struct { char at273[67744448];  float d_stages_2_1_bn1_sum_2[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv1 .. bwd_stages_2_1_conv1_weight */
    struct { char at274[67473408];  float d_stages_2_1_conv1[4][14][14][32]; };
    /* unpack_d_stages_2_1_conv1_weight .. update_stages_2_1_conv1_weight */
    struct { char at275[51675136];  float d_stages_2_1_conv1_weight[32][16][3][3]; };
    /* bwd_stages_2_1_conv1 .. bwd_stages_1_3_conv1_weight */
    struct { char at276[54591488];  float d_stages_1_3_bn2_add[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_2_1_conv1 .. update_stages_1_3_bn2_bias */
    struct { char at277[67743936];  float d_stages_1_3_bn2_bias[RESNET_SLICES][16]; };
    /* bwd_stages_2_1_conv1 .. update_stages_1_3_bn2_weight */
    struct { char at278[67744192];  float d_stages_1_3_bn2_weight[RESNET_SLICES][16]; };
    /* bwd_stages_2_1_conv1 .. bwd_stages_1_3_bn1_2 */
    struct { char at279[67744960];  float d_stages_1_3_bn2_rsqrt[RESNET_SLICES][16]; };
    /* bwd_stages_2_1_conv1 .. bwd_stages_1_3_bn1_2 */
    struct { char at280[67745216];  float d_stages_1_3_bn2_sum[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_bn2_sum_2 .. bwd_stages_1_3_bn1_2 */
    struct { char at281[52464704];  float d_stages_1_3_bn2_sum_2[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv2 .. bwd_stages_1_3_conv2_weight */
    struct { char at282[51693568];  float d_stages_1_3_conv2[4][28][28][16]; };
    /* bwd_stages_1_3_bn1 .. bwd_stages_1_3_conv2_weight */
    struct { char at283[51894272];  float stages_1_3_bn1_relu_again[4][28][28][16]; };
    /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_3_conv2_weight */
    struct { char at284[51867648];  float d_stages_1_3_conv2_weight[16][16][3][3]; };
    /* bwd_stages_1_3_conv2 .. bwd_stages_1_3_conv1_weight */
    struct { char at285[44957696];  float d_stages_1_3_bn1[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_3_conv2 .. update_stages_1_3_bn1_bias */
    struct { char at286[52463680];  float d_stages_1_3_bn1_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv2 .. update_stages_1_3_bn1_weight */
    struct { char at287[52463936];  float d_stages_1_3_bn1_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv2 .. bwd_stages_1_3_conv1_weight */
    struct { char at288[52464192];  float d_stages_1_3_bn1_rsqrt[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv2 .. bwd_stages_1_3_conv1_weight */
    struct { char at289[52464448];  float d_stages_1_3_bn1_sum[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_bn1_sum_2 .. bwd_stages_1_3_conv1_weight */
    struct { char at290[52373568];  float d_stages_1_3_bn1_sum_2[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv1 .. bwd_stages_1_3_conv1_weight */
    struct { char at291[51693568];  float d_stages_1_3_conv1[2][28][28][16]; };
    /* bwd_stages_1_3_conv1_input .. bwd_stages_1_2_bn2 */
    struct { char at292[52171840];  float d_stages_1_3_conv1_input[2][28][28][16]; };
    /* bwd_stages_1_2_bn2 .. bwd_stages_1_3_conv1_weight */
    struct { char at293[52272192];  float stages_1_2_bn2_relu_again[2][28][28][16]; };
    /* unpack_d_stages_1_3_conv1_weight .. update_stages_1_3_conv1_weight */
    struct { char at294[46022720];  float d_stages_1_3_conv1_weight[16][16][3][3]; };
    /* bwd_stages_1_3_conv1 .. bwd_stages_1_2_conv1_weight */
    struct { char at295[38535168];  float d_stages_1_2_bn2_add[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_3_conv1 .. update_stages_1_2_bn2_bias */
    struct { char at296[52372544];  float d_stages_1_2_bn2_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv1 .. update_stages_1_2_bn2_weight */
    struct { char at297[52372800];  float d_stages_1_2_bn2_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv1 .. bwd_stages_1_2_bn1_2 */
    struct { char at298[52373056];  float d_stages_1_2_bn2_rsqrt[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv1 .. bwd_stages_1_2_bn1_2 */
    struct { char at299[52373312];  float d_stages_1_2_bn2_sum[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_bn2_sum_2 .. bwd_stages_1_2_bn1_2 */
    struct { char at300[46032960];  float d_stages_1_2_bn2_sum_2[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv2 .. bwd_stages_1_2_conv2_weight */
    struct { char at301[45252608];  float d_stages_1_2_conv2[4][28][28][16]; };
    /* bwd_stages_1_2_bn1 .. bwd_stages_1_2_conv2_weight */
    struct { char at302[45453312];  float stages_1_2_bn1_relu_again[4][28][28][16]; };
    /* unpack_d_stages_1_2_conv2_weight .. update_stages_1_2_conv2_weight */
    struct { char at303[45721664];  float d_stages_1_2_conv2_weight[16][16][3][3]; };
    /* bwd_stages_1_2_conv2 .. bwd_stages_1_2_conv1_weight */
    struct { char at304[32112640];  float d_stages_1_2_bn1[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_2_conv2 .. update_stages_1_2_bn1_bias */
    struct { char at305[46031936];  float d_stages_1_2_bn1_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv2 .. update_stages_1_2_bn1_weight */
    struct { char at306[46032192];  float d_stages_1_2_bn1_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv2 .. bwd_stages_1_2_conv1_weight */
    struct { char at307[46032448];  float d_stages_1_2_bn1_rsqrt[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv2 .. bwd_stages_1_2_conv1_weight */
    struct { char at308[46032704];  float d_stages_1_2_bn1_sum[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_bn1_sum_2 .. bwd_stages_1_2_conv1_weight */
    struct { char at309[45932608];  float d_stages_1_2_bn1_sum_2[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv1 .. bwd_stages_1_2_conv1_weight */
    struct { char at310[45252608];  float d_stages_1_2_conv1[2][28][28][16]; };
    /* bwd_stages_1_2_conv1_input .. bwd_stages_1_1_bn2 */
    struct { char at311[45730880];  float d_stages_1_2_conv1_input[2][28][28][16]; };
    /* bwd_stages_1_1_bn2 .. bwd_stages_1_2_conv1_weight */
    struct { char at312[45831232];  float stages_1_1_bn2_relu_again[2][28][28][16]; };
    /* unpack_d_stages_1_2_conv1_weight .. update_stages_1_2_conv1_weight */
    struct { char at313[33177664];  float d_stages_1_2_conv1_weight[16][16][3][3]; };
    /* bwd_stages_1_2_conv1 .. bwd_stem_bn_2 */
    struct { char at314[25690112];  float d_stages_1_1_bn2_add[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_2_conv1 .. update_stages_1_1_bn2_bias */
    struct { char at315[45931584];  float d_stages_1_1_bn2_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv1 .. update_stages_1_1_bn2_weight */
    struct { char at316[45931840];  float d_stages_1_1_bn2_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv1 .. bwd_stages_1_1_bn1_2 */
    struct { char at317[45932096];  float d_stages_1_1_bn2_rsqrt[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv1 .. bwd_stages_1_1_bn1_2 */
    struct { char at318[45932352];  float d_stages_1_1_bn2_sum[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_bn2_sum_2 .. bwd_stages_1_1_bn1_2 */
    struct { char at319[33186880];  float d_stages_1_1_bn2_sum_2[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv2 .. bwd_stages_1_1_conv2_weight */
    struct { char at320[32407552];  float d_stages_1_1_conv2[4][28][28][16]; };
    /* bwd_stages_1_1_bn1 .. bwd_stages_1_1_conv2_weight */
    struct { char at321[32608256];  float stages_1_1_bn1_relu_again[4][28][28][16]; };
    /* unpack_d_stages_1_1_conv2_weight .. update_stages_1_1_conv2_weight */
    struct { char at322[33186880];  float d_stages_1_1_conv2_weight[16][16][3][3]; };
    /* bwd_stages_1_1_conv2 .. bwd_stem_bn_2 */
    struct { char at323[19267584];  float d_stages_1_1_bn1[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_1_conv2 .. update_stages_1_1_bn1_bias */
    struct { char at324[33196096];  float d_stages_1_1_bn1_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv2 .. update_stages_1_1_bn1_weight */
    struct { char at325[33196352];  float d_stages_1_1_bn1_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv2 .. bwd_stem_bn_2 */
    struct { char at326[33196608];  float d_stages_1_1_bn1_rsqrt[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv2 .. bwd_stem_bn_2 */
    struct { char at327[33196864];  float d_stages_1_1_bn1_sum[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_bn1_sum_2 .. bwd_stem_bn_2 */
    struct { char at328[33198144];  float d_stages_1_1_bn1_sum_2[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv1 .. bwd_stages_1_1_conv1_weight */
    struct { char at329[32407552];  float d_stages_1_1_conv1[4][28][28][16]; };
    /* bwd_stem_bn .. bwd_stages_1_1_conv1_weight */
    struct { char at330[32608256];  float stem_bn_relu_again[4][28][28][16]; };
    /* unpack_d_stages_1_1_conv1_weight .. update_stages_1_1_conv1_weight */
    struct { char at331[6422528];  float d_stages_1_1_conv1_weight[16][16][3][3]; };
    /* bwd_stages_1_1_conv1 .. bwd_stem_conv_weight */
    struct { char at332[12845056];  float d_stem_bn[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_1_conv1 .. update_stem_bn_bias */
    struct { char at333[33197120];  float d_stem_bn_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv1 .. update_stem_bn_weight */
    struct { char at334[33197376];  float d_stem_bn_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv1 .. bwd_stem_conv_weight */
    struct { char at335[33197632];  float d_stem_bn_rsqrt[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv1 .. bwd_stem_conv_weight */
    struct { char at336[33197888];  float d_stem_bn_sum[RESNET_SLICES][16]; };
    /* bwd_stem_bn_sum_2 .. bwd_stem_conv_weight */
    struct { char at337[6695552];  float d_stem_bn_sum_2[RESNET_SLICES][16]; };
    /* bwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at338[6431744];  float d_stem_conv[4][28][28][16]; };
    /* unpack_d_stem_conv_weight .. update_stem_conv_weight */
    struct {                    float d_stem_conv_weight[16][1][3][3]; };
    /* pack_stem_conv_weight .. fwd_stem_bn_sum */
    struct { char at340[6483328];  float stem_conv_weight_packed[288]; };
    /* fwd_stem_conv */
    struct { char at341[6422528];  float fwd_stem_conv_scratch[15193]; };
    /* pack_stages_1_1_conv1_weight .. fwd_stages_1_1_bn1_sum */
    struct { char at342[13246464];  float stages_1_1_conv1_weight_packed[18432]; };
    /* fwd_stages_1_1_conv1 */
    struct { char at343[13320192];  float fwd_stages_1_1_conv1_scratch[73744]; };
    /* pack_stages_1_1_conv2_weight .. fwd_stages_1_1_bn2_sum */
    struct { char at344[19668992];  float stages_1_1_conv2_weight_packed[18432]; };
    /* fwd_stages_1_1_conv2 */
    struct { char at345[19742720];  float fwd_stages_1_1_conv2_scratch[73744]; };
    /* pack_stages_1_2_conv1_weight .. fwd_stages_1_2_bn1_sum */
    struct { char at346[25890816];  float stages_1_2_conv1_weight_packed[18432]; };
    /* fwd_stages_1_2_conv1 */
    struct { char at347[25964544];  float fwd_stages_1_2_conv1_scratch[73744]; };
    /* pack_stages_1_2_conv2_weight .. fwd_stages_1_2_bn2_sum */
    struct { char at348[32514048];  float stages_1_2_conv2_weight_packed[18432]; };
    /* fwd_stages_1_2_conv2 */
    struct { char at349[32587776];  float fwd_stages_1_2_conv2_scratch[73744]; };
    /* pack_stages_1_3_conv1_weight .. fwd_stages_1_3_bn1_sum */
    struct { char at350[38735872];  float stages_1_3_conv1_weight_packed[18432]; };
    /* fwd_stages_1_3_conv1 */
    struct { char at351[38809600];  float fwd_stages_1_3_conv1_scratch[73744]; };
    /* pack_stages_1_3_conv2_weight .. fwd_stages_1_3_bn2_sum */
    struct { char at352[45359104];  float stages_1_3_conv2_weight_packed[18432]; };
    /* fwd_stages_1_3_conv2 */
    struct { char at353[45432832];  float fwd_stages_1_3_conv2_scratch[73744]; };
    /* pack_stages_2_1_conv1_weight .. fwd_stages_2_1_bn_skip_sum */
    struct { char at354[57802752];  float stages_2_1_conv1_weight_packed[4608]; };
    /* fwd_stages_2_1_conv1 */
    struct { char at355[57821184];  float fwd_stages_2_1_conv1_scratch[14384]; };
    /* pack_stages_2_1_conv2_weight .. fwd_stages_2_1_bn2_sum */
    struct { char at356[61014016];  float stages_2_1_conv2_weight_packed[36864]; };
    /* fwd_stages_2_1_conv2 */
    struct { char at357[61562880];  float fwd_stages_2_1_conv2_scratch[97952]; };
    /* pack_stages_2_1_conv_skip_weight .. fwd_stages_2_1_bn_skip_sum */
    struct { char at358[57878720];  float stages_2_1_conv_skip_weight_packed[512]; };
    /* fwd_stages_2_1_conv_skip */
    struct { char at359[57821184];  float fwd_stages_2_1_conv_skip_scratch[12464]; };
    /* pack_stages_2_2_conv1_weight .. fwd_stages_2_2_bn1_sum */
    struct { char at360[64225280];  float stages_2_2_conv1_weight_packed[36864]; };
    /* fwd_stages_2_2_conv1 */
    struct { char at361[64648704];  float fwd_stages_2_2_conv1_scratch[97952]; };
    /* pack_stages_2_2_conv2_weight .. fwd_stages_2_2_bn2_sum */
    struct { char at362[67837952];  float stages_2_2_conv2_weight_packed[36864]; };
    /* fwd_stages_2_2_conv2 */
    struct { char at363[67985408];  float fwd_stages_2_2_conv2_scratch[97952]; };
    /* pack_stages_2_3_conv1_weight .. fwd_stages_2_3_bn1_sum */
    struct { char at364[70647808];  float stages_2_3_conv1_weight_packed[36864]; };
    /* fwd_stages_2_3_conv1 */
    struct { char at365[70995968];  float fwd_stages_2_3_conv1_scratch[97952]; };
    /* pack_stages_2_3_conv2_weight .. fwd_stages_2_3_bn2_sum */
    struct { char at366[74260480];  float stages_2_3_conv2_weight_packed[36864]; };
    /* fwd_stages_2_3_conv2 */
    struct { char at367[74407936];  float fwd_stages_2_3_conv2_scratch[97952]; };
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
    struct { char at375[84082688];  float fwd_stages_3_2_conv1_scratch[146368]; };
    /* pack_stages_3_2_conv2_weight .. fwd_stages_3_2_bn2_sum */
    struct { char at376[85098496];  float stages_3_2_conv2_weight_packed[147456]; };
    /* fwd_stages_3_2_conv2 */
    struct { char at377[86089728];  float fwd_stages_3_2_conv2_scratch[146368]; };
    /* pack_stages_3_3_conv1_weight .. fwd_stages_3_3_bn1_sum */
    struct { char at378[86704128];  float stages_3_3_conv1_weight_packed[147456]; };
    /* fwd_stages_3_3_conv1 */
    struct { char at379[87293952];  float fwd_stages_3_3_conv1_scratch[146368]; };
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
    struct { char at389[94627840];  float bwd_stages_3_3_conv1_input_scratch[146368]; };
    /* bwd_stages_3_3_conv1_weight */
    struct { char at390[94728192];  float bwd_stages_3_3_conv1_weight_scratch[146368]; };
    /* bwd_stages_3_3_conv1 .. unpack_d_stages_3_3_conv1_weight */
    struct { char at391[89915392];  float d_stages_3_3_conv1_weight_sum[RESNET_SLICES][147456]; };
    /* pack_stages_3_2_conv2_weight_back .. bwd_stages_3_2_bn1_2 */
    struct { char at392[87457792];  float stages_3_2_conv2_weight_back_packed[147456]; };
    /* bwd_stages_3_2_bn1 */
    struct { char at393[88248320];  float bwd_stages_3_2_bn1_scratch[146368]; };
    /* bwd_stages_3_2_conv2_weight */
    struct { char at394[88248320];  float bwd_stages_3_2_conv2_weight_scratch[146368]; };
    /* bwd_stages_3_2_conv2 .. unpack_d_stages_3_2_conv2_weight */
    struct { char at395[85098496];  float d_stages_3_2_conv2_weight_sum[RESNET_SLICES][147456]; };
    /* pack_stages_3_2_conv1_weight_back .. bwd_stages_3_2_conv1_weight */
    struct { char at396[85852160];  float stages_3_2_conv1_weight_back_packed[147456]; };
    /* bwd_stages_3_2_conv1_input */
    struct { char at397[86441984];  float bwd_stages_3_2_conv1_input_scratch[146368]; };
    /* bwd_stages_3_2_conv1_weight */
    struct { char at398[86441984];  float bwd_stages_3_2_conv1_weight_scratch[146368]; };
    /* bwd_stages_3_2_conv1 .. unpack_d_stages_3_2_conv1_weight */
    struct { char at399[83492864];  float d_stages_3_2_conv1_weight_sum[RESNET_SLICES][147456]; };
    /* pack_stages_3_1_conv_skip_weight_back .. bwd_stages_3_1_bn1_2 */
    struct { char at400[92575488];  float stages_3_1_conv_skip_weight_back_packed[2048]; };
    /* bwd_stages_3_1_conv_skip_input */
    struct { char at401[91754496];  float bwd_stages_3_1_conv_skip_input_scratch[5636]; };
    /* bwd_stages_3_1_conv_skip_weight */
    struct { char at402[91754496];  float bwd_stages_3_1_conv_skip_weight_scratch[5636]; };
    /* bwd_stages_3_1_conv_skip .. unpack_d_stages_3_1_conv_skip_weight */
    struct { char at403[92540672];  float d_stages_3_1_conv_skip_weight_sum[RESNET_SLICES][2048]; };
    /* pack_stages_3_1_conv2_weight_back .. bwd_stages_3_1_bn1_2 */
    struct { char at404[90963968];  float stages_3_1_conv2_weight_back_packed[147456]; };
    /* bwd_stages_3_1_bn1 */
    struct { char at405[91754496];  float bwd_stages_3_1_bn1_scratch[146368]; };
    /* bwd_stages_3_1_conv2_weight */
    struct { char at406[91754496];  float bwd_stages_3_1_conv2_weight_scratch[146368]; };
    /* bwd_stages_3_1_conv_skip .. unpack_d_stages_3_1_conv2_weight */
    struct { char at407[81887232];  float d_stages_3_1_conv2_weight_sum[RESNET_SLICES][147456]; };
    /* pack_stages_3_1_conv1_weight_back .. bwd_stages_2_3_bn2 */
    struct { char at408[82282496];  float stages_3_1_conv1_weight_back_packed[18432]; };
    /* bwd_stages_2_3_bn2_add */
    struct { char at409[82357248];  float bwd_stages_2_3_bn2_add_scratch[7684]; };
    /* bwd_stages_3_1_conv1_weight */
    struct { char at410[82357248];  float bwd_stages_3_1_conv1_weight_scratch[7684]; };
    /* bwd_stages_3_1_conv1 .. unpack_d_stages_3_1_conv1_weight */
    struct { char at411[78675968];  float d_stages_3_1_conv1_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_2_3_conv2_weight_back .. bwd_stages_2_3_bn1_2 */
    struct { char at412[77934592];  float stages_2_3_conv2_weight_back_packed[36864]; };
    /* bwd_stages_2_3_bn1 */
    struct { char at413[78282752];  float bwd_stages_2_3_bn1_scratch[97952]; };
    /* bwd_stages_2_3_conv2_weight */
    struct { char at414[78282752];  float bwd_stages_2_3_conv2_weight_scratch[97952]; };
    /* bwd_stages_2_3_conv2 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at415[77144064];  float d_stages_2_3_conv2_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_3_conv1_weight_back .. bwd_stages_2_3_conv1_weight */
    struct { char at416[77770752];  float stages_2_3_conv1_weight_back_packed[36864]; };
    /* bwd_stages_2_3_conv1_input */
    struct { char at417[78018560];  float bwd_stages_2_3_conv1_input_scratch[97952]; };
    /* bwd_stages_2_3_conv1_weight */
    struct { char at418[78018560];  float bwd_stages_2_3_conv1_weight_scratch[97952]; };
    /* bwd_stages_2_3_conv1 .. unpack_d_stages_2_3_conv1_weight */
    struct { char at419[77144064];  float d_stages_2_3_conv1_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_2_conv2_weight_back .. bwd_stages_2_2_bn1_2 */
    struct { char at420[68227072];  float stages_2_2_conv2_weight_back_packed[36864]; };
    /* bwd_stages_2_2_bn1 */
    struct { char at421[68575232];  float bwd_stages_2_2_bn1_scratch[97952]; };
    /* bwd_stages_2_2_conv2_weight */
    struct { char at422[68575232];  float bwd_stages_2_2_conv2_weight_scratch[97952]; };
    /* bwd_stages_2_2_conv2 .. unpack_d_stages_2_2_conv2_weight */
    struct { char at423[67436544];  float d_stages_2_2_conv2_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_2_conv1_weight_back .. bwd_stages_2_2_conv1_weight */
    struct { char at424[64815104];  float stages_2_2_conv1_weight_back_packed[36864]; };
    /* bwd_stages_2_2_conv1_input */
    struct { char at425[65062912];  float bwd_stages_2_2_conv1_input_scratch[97952]; };
    /* bwd_stages_2_2_conv1_weight */
    struct { char at426[65062912];  float bwd_stages_2_2_conv1_weight_scratch[97952]; };
    /* bwd_stages_2_2_conv1 .. unpack_d_stages_2_2_conv1_weight */
    struct { char at427[64225280];  float d_stages_2_2_conv1_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_1_conv_skip_weight_back .. bwd_stages_2_1_bn1_2 */
    struct { char at428[75434624];  float stages_2_1_conv_skip_weight_back_packed[1024]; };
    /* bwd_stages_2_1_conv_skip_input */
    struct { char at429[74833920];  float bwd_stages_2_1_conv_skip_input_scratch[12464]; };
    /* bwd_stages_2_1_conv_skip_weight */
    struct { char at430[74833920];  float bwd_stages_2_1_conv_skip_weight_scratch[12464]; };
    /* bwd_stages_2_1_conv_skip .. unpack_d_stages_2_1_conv_skip_weight */
    struct { char at431[75426432];  float d_stages_2_1_conv_skip_weight_sum[RESNET_SLICES][512]; };
    /* pack_stages_2_1_conv2_weight_back .. bwd_stages_2_1_bn1_2 */
    struct { char at432[74485760];  float stages_2_1_conv2_weight_back_packed[36864]; };
    /* bwd_stages_2_1_bn1 */
    struct { char at433[75034624];  float bwd_stages_2_1_bn1_scratch[97952]; };
    /* bwd_stages_2_1_conv2_weight */
    struct { char at434[75034624];  float bwd_stages_2_1_conv2_weight_scratch[97952]; };
    /* bwd_stages_2_1_conv_skip .. unpack_d_stages_2_1_conv2_weight */
    struct { char at435[73859072];  float d_stages_2_1_conv2_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_1_conv1_weight_back .. bwd_stages_1_3_bn2 */
    struct { char at436[67647488];  float stages_2_1_conv1_weight_back_packed[9216]; };
    /* bwd_stages_1_3_bn2_add */
    struct { char at437[67686400];  float bwd_stages_1_3_bn2_add_scratch[14384]; };
    /* bwd_stages_2_1_conv1_weight */
    struct { char at438[67686400];  float bwd_stages_2_1_conv1_weight_scratch[14384]; };
    /* bwd_stages_2_1_conv1 .. unpack_d_stages_2_1_conv1_weight */
    struct { char at439[67573760];  float d_stages_2_1_conv1_weight_sum[RESNET_SLICES][4608]; };
    /* pack_stages_1_3_conv2_weight_back .. bwd_stages_1_3_bn1_2 */
    struct { char at440[52389952];  float stages_1_3_conv2_weight_back_packed[18432]; };
    /* bwd_stages_1_3_bn1 */
    struct { char at441[52094976];  float bwd_stages_1_3_bn1_scratch[73744]; };
    /* bwd_stages_1_3_conv2_weight */
    struct { char at442[52094976];  float bwd_stages_1_3_conv2_weight_scratch[73744]; };
    /* bwd_stages_1_3_conv2 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at443[51380224];  float d_stages_1_3_conv2_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_3_conv1_weight_back .. bwd_stages_1_3_conv1_weight */
    struct { char at444[51793920];  float stages_1_3_conv1_weight_back_packed[18432]; };
    /* bwd_stages_1_3_conv1_input */
    struct { char at445[51876864];  float bwd_stages_1_3_conv1_input_scratch[73744]; };
    /* bwd_stages_1_3_conv1_weight */
    struct { char at446[51876864];  float bwd_stages_1_3_conv1_weight_scratch[73744]; };
    /* bwd_stages_1_3_conv1 .. unpack_d_stages_1_3_conv1_weight */
    struct { char at447[51380224];  float d_stages_1_3_conv1_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_2_conv2_weight_back .. bwd_stages_1_2_bn1_2 */
    struct { char at448[45948992];  float stages_1_2_conv2_weight_back_packed[18432]; };
    /* bwd_stages_1_2_bn1 */
    struct { char at449[45654016];  float bwd_stages_1_2_bn1_scratch[73744]; };
    /* bwd_stages_1_2_conv2_weight */
    struct { char at450[45654016];  float bwd_stages_1_2_conv2_weight_scratch[73744]; };
    /* bwd_stages_1_2_conv2 .. unpack_d_stages_1_2_conv2_weight */
    struct { char at451[44957696];  float d_stages_1_2_conv2_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_2_conv1_weight_back .. bwd_stages_1_2_conv1_weight */
    struct { char at452[45352960];  float stages_1_2_conv1_weight_back_packed[18432]; };
    /* bwd_stages_1_2_conv1_input */
    struct { char at453[45426688];  float bwd_stages_1_2_conv1_input_scratch[73744]; };
    /* bwd_stages_1_2_conv1_weight */
    struct { char at454[45426688];  float bwd_stages_1_2_conv1_weight_scratch[73744]; };
    /* bwd_stages_1_2_conv1 .. unpack_d_stages_1_2_conv1_weight */
    struct { char at455[44957696];  float d_stages_1_2_conv1_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_1_conv2_weight_back .. bwd_stages_1_1_bn1_2 */
    struct { char at456[33103936];  float stages_1_1_conv2_weight_back_packed[18432]; };
    /* bwd_stages_1_1_bn1 */
    struct { char at457[32808960];  float bwd_stages_1_1_bn1_scratch[73744]; };
    /* bwd_stages_1_1_conv2_weight */
    struct { char at458[32808960];  float bwd_stages_1_1_conv2_weight_scratch[73744]; };
    /* bwd_stages_1_1_conv2 .. unpack_d_stages_1_1_conv2_weight */
    struct { char at459[32112640];  float d_stages_1_1_conv2_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_1_conv1_weight_back .. bwd_stem_bn_2 */
    struct { char at460[33103936];  float stages_1_1_conv1_weight_back_packed[18432]; };
    /* bwd_stem_bn */
    struct { char at461[32808960];  float bwd_stem_bn_scratch[73744]; };
    /* bwd_stages_1_1_conv1_weight */
    struct { char at462[32808960];  float bwd_stages_1_1_conv1_weight_scratch[73744]; };
    /* bwd_stages_1_1_conv1 .. unpack_d_stages_1_1_conv1_weight */
    struct { char at463[32112640];  float d_stages_1_1_conv1_weight_sum[RESNET_SLICES][18432]; };
    /* bwd_stem_conv_weight */
    struct { char at464[6632448];  float bwd_stem_conv_weight_scratch[15193]; };
    /* bwd_stem_conv .. unpack_d_stem_conv_weight */
    struct { char at465[6693248];  float d_stem_conv_weight_sum[RESNET_SLICES][144]; };
#endif
    char bytes[95480256];
} ResnetTrainWork;

/* Workspace of resnet_evaluate: 5137664 bytes for one thread, 67 buffers (the schedule needs at least
 * 5137664).  Buffers that are never live at once share bytes; the leading char array is where a buffer
 * starts.  Above each: the kernels it lives for. */
typedef union ResnetEvaluateWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* evaluate_fwd_stem_bn_relu .. fwd_stages_1_1_bn2_relu */
    struct { char at0[4202496];  float stem_bn_relu[4][28][28][16]; };
    /* fwd_stages_1_1_bn1_relu .. fwd_stages_1_1_bn2_relu */
    struct { char at1[4622336];  float stages_1_1_bn1_relu[4][28][28][16]; };
    /* fwd_stages_1_1_bn2_relu .. fwd_stages_1_2_bn2_relu */
    struct { char at2[4421632];  float stages_1_1_bn2_relu[4][28][28][16]; };
    /* fwd_stages_1_2_bn1_relu .. fwd_stages_1_2_bn2_relu */
    struct { char at3[4202496];  float stages_1_2_bn1_relu[4][28][28][16]; };
    /* fwd_stages_1_2_bn2_relu .. fwd_stages_1_3_bn2_relu */
    struct { char at4[4622336];  float stages_1_2_bn2_relu[4][28][28][16]; };
    /* fwd_stages_1_3_bn1_relu .. fwd_stages_1_3_bn2_relu */
    struct { char at5[4421632];  float stages_1_3_bn1_relu[4][28][28][16]; };
    /* fwd_stages_1_3_bn2_relu .. evaluate_fwd_stages_2_1_bn2_relu */
    struct { char at6[4202496];  float stages_1_3_bn2_relu[4][28][28][16]; };
    /* evaluate_fwd_stages_2_1_bn1_relu .. fwd_stages_2_1_conv2 */
    struct { char at7[4813440];  float stages_2_1_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_1_conv2 .. evaluate_fwd_stages_2_1_bn2_relu */
    struct { char at8[4913792];  float stages_2_1_conv2[4][14][14][32]; };
    /* evaluate_fwd_stages_2_1_bn2_relu .. fwd_stages_2_2_bn2_relu */
    struct { char at9[4813440];  float stages_2_1_bn2_relu[4][14][14][32]; };
    /* fwd_stages_2_2_bn1_relu .. fwd_stages_2_2_bn2_relu */
    struct { char at10[4202496];  float stages_2_2_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_2_bn2_relu .. fwd_stages_2_3_bn2_relu */
    struct { char at11[4302848];  float stages_2_2_bn2_relu[4][14][14][32]; };
    /* fwd_stages_2_3_bn1_relu .. fwd_stages_2_3_bn2_relu */
    struct { char at12[4813440];  float stages_2_3_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_3_bn2_relu .. evaluate_fwd_stages_3_1_bn2_relu */
    struct { char at13[4202496];  float stages_2_3_bn2_relu[4][14][14][32]; };
    /* evaluate_fwd_stages_3_1_bn1_relu .. fwd_stages_3_1_conv2 */
    struct { char at14[4302848];  float stages_3_1_bn1_relu[4][7][7][64]; };
    /* fwd_stages_3_1_conv2 .. evaluate_fwd_stages_3_1_bn2_relu */
    struct { char at15[4353024];  float stages_3_1_conv2[4][7][7][64]; };
    /* evaluate_fwd_stages_3_1_bn2_relu .. fwd_stages_3_2_bn2_relu */
    struct { char at16[4302848];  float stages_3_1_bn2_relu[4][7][7][64]; };
    /* fwd_stages_3_2_bn1_relu .. fwd_stages_3_2_bn2_relu */
    struct { char at17[4252672];  float stages_3_2_bn1_relu[4][7][7][64]; };
    /* fwd_stages_3_2_bn2_relu .. fwd_features */
    struct { char at18[4202496];  float stages_3_2_bn2_relu[4][7][7][64]; };
    /* fwd_stages_3_3_bn1_relu .. fwd_features */
    struct { char at19[4252672];  float stages_3_3_bn1_relu[4][7][7][64]; };
    /* fwd_features .. evaluate_fwd_global_avg_pool */
    struct { char at20[4302848];  float features[4][7][7][64]; };
    /* evaluate_fwd_global_avg_pool .. fwd_logits */
    struct { char at21[4202496];  float global_avg_pool[4][64]; };
    /* fwd_logits .. evaluate_fwd_loss */
    struct { char at22[4203520];  float logits[4][10]; };
    /* evaluate_fwd_stem_bn_relu .. combine_loss */
    struct { char at23[5137600];  float loss[RESNET_SLICES][1]; };
    /* pack_stem_conv_weight .. evaluate_fwd_loss */
    struct { char at24[5136448];  float stem_conv_weight_packed[288]; };
    /* evaluate_fwd_stem_bn_relu */
    struct { char at25[4421632];  float fwd_stem_bn_relu_scratch[15193]; };
    /* pack_stages_1_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at26[3686400];  float stages_1_1_conv1_weight_packed[18432]; };
    /* fwd_stages_1_1_bn1_relu */
    struct { char at27[4823040];  float fwd_stages_1_1_bn1_relu_scratch[73744]; };
    /* pack_stages_1_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at28[3760128];  float stages_1_1_conv2_weight_packed[18432]; };
    /* fwd_stages_1_1_bn2_relu */
    struct { char at29[4823040];  float fwd_stages_1_1_bn2_relu_scratch[73744]; };
    /* pack_stages_1_2_conv1_weight .. evaluate_fwd_loss */
    struct { char at30[3833856];  float stages_1_2_conv1_weight_packed[18432]; };
    /* fwd_stages_1_2_bn1_relu */
    struct { char at31[4622336];  float fwd_stages_1_2_bn1_relu_scratch[73744]; };
    /* pack_stages_1_2_conv2_weight .. evaluate_fwd_loss */
    struct { char at32[3907584];  float stages_1_2_conv2_weight_packed[18432]; };
    /* fwd_stages_1_2_bn2_relu */
    struct { char at33[4823040];  float fwd_stages_1_2_bn2_relu_scratch[73744]; };
    /* pack_stages_1_3_conv1_weight .. evaluate_fwd_loss */
    struct { char at34[3981312];  float stages_1_3_conv1_weight_packed[18432]; };
    /* fwd_stages_1_3_bn1_relu */
    struct { char at35[4823040];  float fwd_stages_1_3_bn1_relu_scratch[73744]; };
    /* pack_stages_1_3_conv2_weight .. evaluate_fwd_loss */
    struct { char at36[4055040];  float stages_1_3_conv2_weight_packed[18432]; };
    /* fwd_stages_1_3_bn2_relu */
    struct { char at37[4823040];  float fwd_stages_1_3_bn2_relu_scratch[73744]; };
    /* pack_stages_2_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at38[4403200];  float stages_2_1_conv1_weight_packed[4608]; };
    /* evaluate_fwd_stages_2_1_bn1_relu */
    struct { char at39[4421632];  float fwd_stages_2_1_bn1_relu_scratch[14384]; };
    /* pack_stages_2_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at40[2949120];  float stages_2_1_conv2_weight_packed[36864]; };
    /* fwd_stages_2_1_conv2 */
    struct { char at41[4421632];  float fwd_stages_2_1_conv2_scratch[97952]; };
    /* pack_stages_2_1_conv_skip_weight .. evaluate_fwd_loss */
    struct { char at42[5134400];  float stages_2_1_conv_skip_weight_packed[512]; };
    /* evaluate_fwd_stages_2_1_bn2_relu */
    struct { char at43[4421632];  float fwd_stages_2_1_bn2_relu_scratch[12464]; };
    /* pack_stages_2_2_conv1_weight .. evaluate_fwd_loss */
    struct { char at44[3096576];  float stages_2_2_conv1_weight_packed[36864]; };
    /* fwd_stages_2_2_bn1_relu */
    struct { char at45[4421632];  float fwd_stages_2_2_bn1_relu_scratch[97952]; };
    /* pack_stages_2_2_conv2_weight .. evaluate_fwd_loss */
    struct { char at46[3244032];  float stages_2_2_conv2_weight_packed[36864]; };
    /* fwd_stages_2_2_bn2_relu */
    struct { char at47[4421632];  float fwd_stages_2_2_bn2_relu_scratch[97952]; };
    /* pack_stages_2_3_conv1_weight .. evaluate_fwd_loss */
    struct { char at48[3391488];  float stages_2_3_conv1_weight_packed[36864]; };
    /* fwd_stages_2_3_bn1_relu */
    struct { char at49[4421632];  float fwd_stages_2_3_bn1_relu_scratch[97952]; };
    /* pack_stages_2_3_conv2_weight .. evaluate_fwd_loss */
    struct { char at50[3538944];  float stages_2_3_conv2_weight_packed[36864]; };
    /* fwd_stages_2_3_bn2_relu */
    struct { char at51[4421632];  float fwd_stages_2_3_bn2_relu_scratch[97952]; };
    /* pack_stages_3_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at52[4128768];  float stages_3_1_conv1_weight_packed[18432]; };
    /* evaluate_fwd_stages_3_1_bn1_relu */
    struct { char at53[4353024];  float fwd_stages_3_1_bn1_relu_scratch[7684]; };
    /* pack_stages_3_1_conv2_weight .. evaluate_fwd_loss */
    struct {                    float stages_3_1_conv2_weight_packed[147456]; };
    /* fwd_stages_3_1_conv2 */
    struct { char at55[4421632];  float fwd_stages_3_1_conv2_scratch[146368]; };
    /* pack_stages_3_1_conv_skip_weight .. evaluate_fwd_loss */
    struct { char at56[5118016];  float stages_3_1_conv_skip_weight_packed[2048]; };
    /* evaluate_fwd_stages_3_1_bn2_relu */
    struct { char at57[4421632];  float fwd_stages_3_1_bn2_relu_scratch[5636]; };
    /* pack_stages_3_2_conv1_weight .. evaluate_fwd_loss */
    struct { char at58[589824];  float stages_3_2_conv1_weight_packed[147456]; };
    /* fwd_stages_3_2_bn1_relu */
    struct { char at59[4421632];  float fwd_stages_3_2_bn1_relu_scratch[146368]; };
    /* pack_stages_3_2_conv2_weight .. evaluate_fwd_loss */
    struct { char at60[1179648];  float stages_3_2_conv2_weight_packed[147456]; };
    /* fwd_stages_3_2_bn2_relu */
    struct { char at61[4421632];  float fwd_stages_3_2_bn2_relu_scratch[146368]; };
    /* pack_stages_3_3_conv1_weight .. evaluate_fwd_loss */
    struct { char at62[1769472];  float stages_3_3_conv1_weight_packed[147456]; };
    /* fwd_stages_3_3_bn1_relu */
    struct { char at63[4421632];  float fwd_stages_3_3_bn1_relu_scratch[146368]; };
    /* pack_stages_3_3_conv2_weight .. evaluate_fwd_loss */
    struct { char at64[2359296];  float stages_3_3_conv2_weight_packed[147456]; };
    /* fwd_features */
    struct { char at65[4421632];  float fwd_features_scratch[146368]; };
    /* pack_fc_weight .. evaluate_fwd_loss */
    struct { char at66[5126208];  float fc_weight_packed[2048]; };
#endif
    char bytes[5137664];
} ResnetEvaluateWork;

/* Workspace of resnet_predict: 5137600 bytes for one thread, 65 buffers (the schedule needs at least
 * 5137600).  Buffers that are never live at once share bytes; the leading char array is where a buffer
 * starts.  Above each: the kernels it lives for. */
typedef union ResnetPredictWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* evaluate_fwd_stem_bn_relu .. fwd_stages_1_1_bn2_relu */
    struct { char at0[4202496];  float stem_bn_relu[4][28][28][16]; };
    /* fwd_stages_1_1_bn1_relu .. fwd_stages_1_1_bn2_relu */
    struct { char at1[4622336];  float stages_1_1_bn1_relu[4][28][28][16]; };
    /* fwd_stages_1_1_bn2_relu .. fwd_stages_1_2_bn2_relu */
    struct { char at2[4421632];  float stages_1_1_bn2_relu[4][28][28][16]; };
    /* fwd_stages_1_2_bn1_relu .. fwd_stages_1_2_bn2_relu */
    struct { char at3[4202496];  float stages_1_2_bn1_relu[4][28][28][16]; };
    /* fwd_stages_1_2_bn2_relu .. fwd_stages_1_3_bn2_relu */
    struct { char at4[4622336];  float stages_1_2_bn2_relu[4][28][28][16]; };
    /* fwd_stages_1_3_bn1_relu .. fwd_stages_1_3_bn2_relu */
    struct { char at5[4421632];  float stages_1_3_bn1_relu[4][28][28][16]; };
    /* fwd_stages_1_3_bn2_relu .. evaluate_fwd_stages_2_1_bn2_relu */
    struct { char at6[4202496];  float stages_1_3_bn2_relu[4][28][28][16]; };
    /* evaluate_fwd_stages_2_1_bn1_relu .. fwd_stages_2_1_conv2 */
    struct { char at7[4813440];  float stages_2_1_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_1_conv2 .. evaluate_fwd_stages_2_1_bn2_relu */
    struct { char at8[4913792];  float stages_2_1_conv2[4][14][14][32]; };
    /* evaluate_fwd_stages_2_1_bn2_relu .. fwd_stages_2_2_bn2_relu */
    struct { char at9[4813440];  float stages_2_1_bn2_relu[4][14][14][32]; };
    /* fwd_stages_2_2_bn1_relu .. fwd_stages_2_2_bn2_relu */
    struct { char at10[4202496];  float stages_2_2_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_2_bn2_relu .. fwd_stages_2_3_bn2_relu */
    struct { char at11[4302848];  float stages_2_2_bn2_relu[4][14][14][32]; };
    /* fwd_stages_2_3_bn1_relu .. fwd_stages_2_3_bn2_relu */
    struct { char at12[4813440];  float stages_2_3_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_3_bn2_relu .. evaluate_fwd_stages_3_1_bn2_relu */
    struct { char at13[4202496];  float stages_2_3_bn2_relu[4][14][14][32]; };
    /* evaluate_fwd_stages_3_1_bn1_relu .. fwd_stages_3_1_conv2 */
    struct { char at14[4302848];  float stages_3_1_bn1_relu[4][7][7][64]; };
    /* fwd_stages_3_1_conv2 .. evaluate_fwd_stages_3_1_bn2_relu */
    struct { char at15[4353024];  float stages_3_1_conv2[4][7][7][64]; };
    /* evaluate_fwd_stages_3_1_bn2_relu .. fwd_stages_3_2_bn2_relu */
    struct { char at16[4302848];  float stages_3_1_bn2_relu[4][7][7][64]; };
    /* fwd_stages_3_2_bn1_relu .. fwd_stages_3_2_bn2_relu */
    struct { char at17[4252672];  float stages_3_2_bn1_relu[4][7][7][64]; };
    /* fwd_stages_3_2_bn2_relu .. fwd_features */
    struct { char at18[4202496];  float stages_3_2_bn2_relu[4][7][7][64]; };
    /* fwd_stages_3_3_bn1_relu .. fwd_features */
    struct { char at19[4252672];  float stages_3_3_bn1_relu[4][7][7][64]; };
    /* fwd_features .. evaluate_fwd_global_avg_pool */
    struct { char at20[4302848];  float features[4][7][7][64]; };
    /* evaluate_fwd_global_avg_pool .. fwd_logits */
    struct { char at21[4202496];  float global_avg_pool[4][64]; };
    /* pack_stem_conv_weight .. fwd_logits */
    struct { char at22[5136448];  float stem_conv_weight_packed[288]; };
    /* evaluate_fwd_stem_bn_relu */
    struct { char at23[4421632];  float fwd_stem_bn_relu_scratch[15193]; };
    /* pack_stages_1_1_conv1_weight .. fwd_logits */
    struct { char at24[3686400];  float stages_1_1_conv1_weight_packed[18432]; };
    /* fwd_stages_1_1_bn1_relu */
    struct { char at25[4823040];  float fwd_stages_1_1_bn1_relu_scratch[73744]; };
    /* pack_stages_1_1_conv2_weight .. fwd_logits */
    struct { char at26[3760128];  float stages_1_1_conv2_weight_packed[18432]; };
    /* fwd_stages_1_1_bn2_relu */
    struct { char at27[4823040];  float fwd_stages_1_1_bn2_relu_scratch[73744]; };
    /* pack_stages_1_2_conv1_weight .. fwd_logits */
    struct { char at28[3833856];  float stages_1_2_conv1_weight_packed[18432]; };
    /* fwd_stages_1_2_bn1_relu */
    struct { char at29[4622336];  float fwd_stages_1_2_bn1_relu_scratch[73744]; };
    /* pack_stages_1_2_conv2_weight .. fwd_logits */
    struct { char at30[3907584];  float stages_1_2_conv2_weight_packed[18432]; };
    /* fwd_stages_1_2_bn2_relu */
    struct { char at31[4823040];  float fwd_stages_1_2_bn2_relu_scratch[73744]; };
    /* pack_stages_1_3_conv1_weight .. fwd_logits */
    struct { char at32[3981312];  float stages_1_3_conv1_weight_packed[18432]; };
    /* fwd_stages_1_3_bn1_relu */
    struct { char at33[4823040];  float fwd_stages_1_3_bn1_relu_scratch[73744]; };
    /* pack_stages_1_3_conv2_weight .. fwd_logits */
    struct { char at34[4055040];  float stages_1_3_conv2_weight_packed[18432]; };
    /* fwd_stages_1_3_bn2_relu */
    struct { char at35[4823040];  float fwd_stages_1_3_bn2_relu_scratch[73744]; };
    /* pack_stages_2_1_conv1_weight .. fwd_logits */
    struct { char at36[4403200];  float stages_2_1_conv1_weight_packed[4608]; };
    /* evaluate_fwd_stages_2_1_bn1_relu */
    struct { char at37[4421632];  float fwd_stages_2_1_bn1_relu_scratch[14384]; };
    /* pack_stages_2_1_conv2_weight .. fwd_logits */
    struct { char at38[2949120];  float stages_2_1_conv2_weight_packed[36864]; };
    /* fwd_stages_2_1_conv2 */
    struct { char at39[4421632];  float fwd_stages_2_1_conv2_scratch[97952]; };
    /* pack_stages_2_1_conv_skip_weight .. fwd_logits */
    struct { char at40[5134400];  float stages_2_1_conv_skip_weight_packed[512]; };
    /* evaluate_fwd_stages_2_1_bn2_relu */
    struct { char at41[4421632];  float fwd_stages_2_1_bn2_relu_scratch[12464]; };
    /* pack_stages_2_2_conv1_weight .. fwd_logits */
    struct { char at42[3096576];  float stages_2_2_conv1_weight_packed[36864]; };
    /* fwd_stages_2_2_bn1_relu */
    struct { char at43[4421632];  float fwd_stages_2_2_bn1_relu_scratch[97952]; };
    /* pack_stages_2_2_conv2_weight .. fwd_logits */
    struct { char at44[3244032];  float stages_2_2_conv2_weight_packed[36864]; };
    /* fwd_stages_2_2_bn2_relu */
    struct { char at45[4421632];  float fwd_stages_2_2_bn2_relu_scratch[97952]; };
    /* pack_stages_2_3_conv1_weight .. fwd_logits */
    struct { char at46[3391488];  float stages_2_3_conv1_weight_packed[36864]; };
    /* fwd_stages_2_3_bn1_relu */
    struct { char at47[4421632];  float fwd_stages_2_3_bn1_relu_scratch[97952]; };
    /* pack_stages_2_3_conv2_weight .. fwd_logits */
    struct { char at48[3538944];  float stages_2_3_conv2_weight_packed[36864]; };
    /* fwd_stages_2_3_bn2_relu */
    struct { char at49[4421632];  float fwd_stages_2_3_bn2_relu_scratch[97952]; };
    /* pack_stages_3_1_conv1_weight .. fwd_logits */
    struct { char at50[4128768];  float stages_3_1_conv1_weight_packed[18432]; };
    /* evaluate_fwd_stages_3_1_bn1_relu */
    struct { char at51[4353024];  float fwd_stages_3_1_bn1_relu_scratch[7684]; };
    /* pack_stages_3_1_conv2_weight .. fwd_logits */
    struct {                    float stages_3_1_conv2_weight_packed[147456]; };
    /* fwd_stages_3_1_conv2 */
    struct { char at53[4421632];  float fwd_stages_3_1_conv2_scratch[146368]; };
    /* pack_stages_3_1_conv_skip_weight .. fwd_logits */
    struct { char at54[5118016];  float stages_3_1_conv_skip_weight_packed[2048]; };
    /* evaluate_fwd_stages_3_1_bn2_relu */
    struct { char at55[4421632];  float fwd_stages_3_1_bn2_relu_scratch[5636]; };
    /* pack_stages_3_2_conv1_weight .. fwd_logits */
    struct { char at56[589824];  float stages_3_2_conv1_weight_packed[147456]; };
    /* fwd_stages_3_2_bn1_relu */
    struct { char at57[4421632];  float fwd_stages_3_2_bn1_relu_scratch[146368]; };
    /* pack_stages_3_2_conv2_weight .. fwd_logits */
    struct { char at58[1179648];  float stages_3_2_conv2_weight_packed[147456]; };
    /* fwd_stages_3_2_bn2_relu */
    struct { char at59[4421632];  float fwd_stages_3_2_bn2_relu_scratch[146368]; };
    /* pack_stages_3_3_conv1_weight .. fwd_logits */
    struct { char at60[1769472];  float stages_3_3_conv1_weight_packed[147456]; };
    /* fwd_stages_3_3_bn1_relu */
    struct { char at61[4421632];  float fwd_stages_3_3_bn1_relu_scratch[146368]; };
    /* pack_stages_3_3_conv2_weight .. fwd_logits */
    struct { char at62[2359296];  float stages_3_3_conv2_weight_packed[147456]; };
    /* fwd_features */
    struct { char at63[4421632];  float fwd_features_scratch[146368]; };
    /* pack_fc_weight .. fwd_logits */
    struct { char at64[5126208];  float fc_weight_packed[2048]; };
#endif
    char bytes[5137600];
} ResnetPredictWork;

/* Memory of one thread, for any call. */
union ResnetWork {
    ResnetTrainWork train;
    ResnetEvaluateWork evaluate;
    ResnetPredictWork predict;
#ifdef __cplusplus
    alignas(64) char bytes[95480256];
#else
    _Alignas(64) char bytes[95480256];
#endif
};

extern const struct RtModel resnet_model;      /* the same as tables, for the trainer */

#ifdef __cplusplus
}
#endif

#endif
