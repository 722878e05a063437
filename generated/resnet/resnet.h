/* resnet.h - written by tailor 0.2.0 from resnet.lua.  Edit the graph, not this file.
 *
 *   graph       7a629ed997a2630dbdd35eb6730a33c07c5d97155d6dfdf5e6f7d72f4fc7935f
 *   parameters  272186 floats in 65 tensors
 *   train       147 kernels forward, 82 backward; workspace 96077248 bytes
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

/* Workspace of resnet_step: 96077248 bytes for one thread, 445 buffers (the schedule needs at least
 * 96077248).  Buffers that are never live at once share bytes; the leading char array is where a buffer
 * starts.  Above each: the kernels it lives for. */
typedef union ResnetTrainWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct {                    float stem_conv[RESNET_BATCH][28][28][16]; };
    /* fwd_stem_conv .. fwd_stem_bn_sum_3 */
    struct { char at1[6483328];  float stem_bn_sum[RESNET_BATCH][16]; };
    /* fwd_stem_conv .. fwd_stem_bn_sum_3 */
    struct { char at2[6491520];  float stem_bn_squares[RESNET_BATCH][16]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at3[96060160];  float stem_bn_sum_2[RESNET_SLICES][16]; };
    /* fwd_stem_bn_sum_3 .. fwd_stem_bn_rsqrt */
    struct { char at4[6422528];  float stem_bn_sum_3[RESNET_SLICES][16]; };
    /* fwd_stem_bn_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at5[96074176];  float stem_bn_running_mean_next[16]; };
    /* fwd_stem_bn_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at6[96074240];  float stem_bn_running_var_next[16]; };
    /* fwd_stem_bn_rsqrt .. bwd_stem_conv_weight */
    struct { char at7[96074560];  float stem_bn_rsqrt[16]; };
    /* fwd_stem_bn_relu .. fwd_stages_1_1_conv1 */
    struct { char at8[13213760];  float stem_bn_relu[2][28][28][16]; };
    /* fwd_stem_bn_relu .. bwd_stem_bn_weight */
    struct { char at9[6422528];  float stages_1_1_conv1[RESNET_BATCH][28][28][16]; };
    /* fwd_stem_bn_relu .. fwd_stages_1_1_bn1_sum_3 */
    struct { char at10[13314112];  float stages_1_1_bn1_sum[RESNET_BATCH][16]; };
    /* fwd_stem_bn_relu .. fwd_stages_1_1_bn1_sum_3 */
    struct { char at11[13322304];  float stages_1_1_bn1_squares[RESNET_BATCH][16]; };
    /* fwd_stem_bn_relu .. bwd_stem_bn_weight */
    struct { char at12[96060928];  float stages_1_1_bn1_sum_2[RESNET_SLICES][16]; };
    /* fwd_stages_1_1_bn1_sum_3 .. fwd_stages_1_1_bn1_rsqrt */
    struct { char at13[12845056];  float stages_1_1_bn1_sum_3[RESNET_SLICES][16]; };
    /* fwd_stages_1_1_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at14[96074624];  float stages_1_1_bn1_running_mean_next[16]; };
    /* fwd_stages_1_1_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at15[96074688];  float stages_1_1_bn1_running_var_next[16]; };
    /* fwd_stages_1_1_bn1_rsqrt .. bwd_stem_bn_weight */
    struct { char at16[96074816];  float stages_1_1_bn1_rsqrt[16]; };
    /* fwd_stages_1_1_bn1_relu .. fwd_stages_1_1_conv2 */
    struct { char at17[19636288];  float stages_1_1_bn1_relu[2][28][28][16]; };
    /* fwd_stages_1_1_bn1_relu .. bwd_stages_1_1_bn1_weight */
    struct { char at18[12845056];  float stages_1_1_conv2[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_1_bn1_relu .. fwd_stages_1_1_bn2_sum_3 */
    struct { char at19[19736640];  float stages_1_1_bn2_sum[RESNET_BATCH][16]; };
    /* fwd_stages_1_1_bn1_relu .. fwd_stages_1_1_bn2_sum_3 */
    struct { char at20[19744832];  float stages_1_1_bn2_squares[RESNET_BATCH][16]; };
    /* fwd_stages_1_1_bn1_relu .. bwd_stages_1_1_bn1_weight */
    struct { char at21[96061184];  float stages_1_1_bn2_sum_2[RESNET_SLICES][16]; };
    /* fwd_stages_1_1_bn2_sum_3 .. fwd_stages_1_1_bn2_rsqrt */
    struct { char at22[19267584];  float stages_1_1_bn2_sum_3[RESNET_SLICES][16]; };
    /* fwd_stages_1_1_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at23[96074752];  float stages_1_1_bn2_running_mean_next[16]; };
    /* fwd_stages_1_1_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at24[96074880];  float stages_1_1_bn2_running_var_next[16]; };
    /* fwd_stages_1_1_bn2_rsqrt .. bwd_stages_1_1_bn1_weight */
    struct { char at25[96075200];  float stages_1_1_bn2_rsqrt[16]; };
    /* fwd_stages_1_1_bn2_relu .. fwd_stages_1_2_conv1 */
    struct { char at26[26058816];  float stages_1_1_bn2_relu[2][28][28][16]; };
    /* fwd_stages_1_1_bn2_relu .. bwd_stages_1_2_conv1_weight */
    struct { char at27[19267584];  float stages_1_2_conv1[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_1_bn2_relu .. fwd_stages_1_2_bn1_sum_3 */
    struct { char at28[26159168];  float stages_1_2_bn1_sum[RESNET_BATCH][16]; };
    /* fwd_stages_1_1_bn2_relu .. fwd_stages_1_2_bn1_sum_3 */
    struct { char at29[26167360];  float stages_1_2_bn1_squares[RESNET_BATCH][16]; };
    /* fwd_stages_1_1_bn2_relu .. bwd_stages_1_2_conv1_weight */
    struct { char at30[96061952];  float stages_1_2_bn1_sum_2[RESNET_SLICES][16]; };
    /* fwd_stages_1_2_bn1_sum_3 .. fwd_stages_1_2_bn1_rsqrt */
    struct { char at31[25690112];  float stages_1_2_bn1_sum_3[RESNET_SLICES][16]; };
    /* fwd_stages_1_2_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at32[96075072];  float stages_1_2_bn1_running_mean_next[16]; };
    /* fwd_stages_1_2_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at33[96075136];  float stages_1_2_bn1_running_var_next[16]; };
    /* fwd_stages_1_2_bn1_rsqrt .. bwd_stages_1_2_conv1_weight */
    struct { char at34[96075520];  float stages_1_2_bn1_rsqrt[16]; };
    /* fwd_stages_1_2_bn1_relu .. fwd_stages_1_2_conv2 */
    struct { char at35[32481344];  float stages_1_2_bn1_relu[2][28][28][16]; };
    /* fwd_stages_1_2_bn1_relu .. bwd_stages_1_2_bn1_weight */
    struct { char at36[25690112];  float stages_1_2_conv2[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_2_bn1_relu .. fwd_stages_1_2_bn2_sum_3 */
    struct { char at37[32581696];  float stages_1_2_bn2_sum[RESNET_BATCH][16]; };
    /* fwd_stages_1_2_bn1_relu .. fwd_stages_1_2_bn2_sum_3 */
    struct { char at38[32589888];  float stages_1_2_bn2_squares[RESNET_BATCH][16]; };
    /* fwd_stages_1_2_bn1_relu .. bwd_stages_1_2_bn1_weight */
    struct { char at39[96063232];  float stages_1_2_bn2_sum_2[RESNET_SLICES][16]; };
    /* fwd_stages_1_2_bn2_sum_3 .. fwd_stages_1_2_bn2_rsqrt */
    struct { char at40[32112640];  float stages_1_2_bn2_sum_3[RESNET_SLICES][16]; };
    /* fwd_stages_1_2_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at41[96075264];  float stages_1_2_bn2_running_mean_next[16]; };
    /* fwd_stages_1_2_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at42[96075328];  float stages_1_2_bn2_running_var_next[16]; };
    /* fwd_stages_1_2_bn2_rsqrt .. bwd_stages_1_2_bn1_weight */
    struct { char at43[96075840];  float stages_1_2_bn2_rsqrt[16]; };
    /* fwd_stages_1_2_bn2_relu .. fwd_stages_1_3_conv1 */
    struct { char at44[38903872];  float stages_1_2_bn2_relu[1][28][28][16]; };
    /* fwd_stages_1_2_bn2_relu .. bwd_stages_1_3_conv1_weight */
    struct { char at45[32112640];  float stages_1_3_conv1[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_2_bn2_relu .. fwd_stages_1_3_bn1_sum_3 */
    struct { char at46[38954048];  float stages_1_3_bn1_sum[RESNET_BATCH][16]; };
    /* fwd_stages_1_2_bn2_relu .. fwd_stages_1_3_bn1_sum_3 */
    struct { char at47[38962240];  float stages_1_3_bn1_squares[RESNET_BATCH][16]; };
    /* fwd_stages_1_2_bn2_relu .. bwd_stages_1_3_conv1_weight */
    struct { char at48[96064000];  float stages_1_3_bn1_sum_2[RESNET_SLICES][16]; };
    /* fwd_stages_1_3_bn1_sum_3 .. fwd_stages_1_3_bn1_rsqrt */
    struct { char at49[38535168];  float stages_1_3_bn1_sum_3[RESNET_SLICES][16]; };
    /* fwd_stages_1_3_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at50[96075392];  float stages_1_3_bn1_running_mean_next[16]; };
    /* fwd_stages_1_3_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at51[96075456];  float stages_1_3_bn1_running_var_next[16]; };
    /* fwd_stages_1_3_bn1_rsqrt .. bwd_stages_1_3_conv1_weight */
    struct { char at52[96075904];  float stages_1_3_bn1_rsqrt[16]; };
    /* fwd_stages_1_3_bn1_relu .. fwd_stages_1_3_conv2 */
    struct { char at53[45326400];  float stages_1_3_bn1_relu[2][28][28][16]; };
    /* fwd_stages_1_3_bn1_relu .. bwd_stages_1_3_bn1_weight */
    struct { char at54[38535168];  float stages_1_3_conv2[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_3_bn1_relu .. fwd_stages_1_3_bn2_sum_3 */
    struct { char at55[45426752];  float stages_1_3_bn2_sum[RESNET_BATCH][16]; };
    /* fwd_stages_1_3_bn1_relu .. fwd_stages_1_3_bn2_sum_3 */
    struct { char at56[45434944];  float stages_1_3_bn2_squares[RESNET_BATCH][16]; };
    /* fwd_stages_1_3_bn1_relu .. bwd_stages_1_3_bn1_weight */
    struct { char at57[96064256];  float stages_1_3_bn2_sum_2[RESNET_SLICES][16]; };
    /* fwd_stages_1_3_bn2_sum_3 .. fwd_stages_1_3_bn2_rsqrt */
    struct { char at58[44957696];  float stages_1_3_bn2_sum_3[RESNET_SLICES][16]; };
    /* fwd_stages_1_3_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at59[96075584];  float stages_1_3_bn2_running_mean_next[16]; };
    /* fwd_stages_1_3_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at60[96075776];  float stages_1_3_bn2_running_var_next[16]; };
    /* fwd_stages_1_3_bn2_rsqrt .. bwd_stages_1_3_bn1_weight */
    struct { char at61[96076352];  float stages_1_3_bn2_rsqrt[16]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_1_3_bn2_weight */
    struct { char at62[44957696];  float stages_1_3_bn2_relu[RESNET_BATCH][28][28][16]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_1_3_bn2_weight */
    struct { char at63[51380224];  float stages_2_1_conv1[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_1_3_bn2_relu .. fwd_stages_2_1_bn_skip_sum_3 */
    struct { char at64[57821184];  float stages_2_1_bn1_sum[RESNET_BATCH][32]; };
    /* fwd_stages_1_3_bn2_relu .. fwd_stages_2_1_bn_skip_sum_3 */
    struct { char at65[57837568];  float stages_2_1_bn1_squares[RESNET_BATCH][32]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_1_3_bn2_weight */
    struct { char at66[96056064];  float stages_2_1_bn1_sum_2[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn1_sum_3 .. fwd_stages_2_1_bn1_rsqrt */
    struct { char at67[57803264];  float stages_2_1_bn1_sum_3[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at68[96070144];  float stages_2_1_bn1_running_mean_next[32]; };
    /* fwd_stages_2_1_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at69[96070400];  float stages_2_1_bn1_running_var_next[32]; };
    /* fwd_stages_2_1_bn1_rsqrt .. bwd_stages_1_3_bn2_weight */
    struct { char at70[96073024];  float stages_2_1_bn1_rsqrt[32]; };
    /* fwd_stages_2_1_bn1_relu .. fwd_stages_2_1_conv2 */
    struct { char at71[61553280];  float stages_2_1_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_1_bn1_relu .. bwd_stages_2_1_bn1_weight */
    struct { char at72[57802752];  float stages_2_1_conv2[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_1_bn1_relu .. fwd_stages_2_1_bn2_sum_3 */
    struct { char at73[61653632];  float stages_2_1_bn2_sum[RESNET_BATCH][32]; };
    /* fwd_stages_2_1_bn1_relu .. fwd_stages_2_1_bn2_sum_3 */
    struct { char at74[61670016];  float stages_2_1_bn2_squares[RESNET_BATCH][32]; };
    /* fwd_stages_2_1_bn1_relu .. bwd_stages_2_1_bn1_weight */
    struct { char at75[96058112];  float stages_2_1_bn2_sum_2[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn2_sum_3 .. fwd_stages_2_1_bn2_rsqrt */
    struct { char at76[61014016];  float stages_2_1_bn2_sum_3[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at77[96070656];  float stages_2_1_bn2_running_mean_next[32]; };
    /* fwd_stages_2_1_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at78[96070784];  float stages_2_1_bn2_running_var_next[32]; };
    /* fwd_stages_2_1_bn2_rsqrt .. bwd_stages_2_1_bn1_weight */
    struct { char at79[96073664];  float stages_2_1_bn2_rsqrt[32]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_2_1_bn1_weight */
    struct { char at80[54591488];  float stages_2_1_conv_skip[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_1_3_bn2_relu .. fwd_stages_2_1_bn_skip_sum_3 */
    struct { char at81[57853952];  float stages_2_1_bn_skip_sum[RESNET_BATCH][32]; };
    /* fwd_stages_1_3_bn2_relu .. fwd_stages_2_1_bn_skip_sum_3 */
    struct { char at82[57870336];  float stages_2_1_bn_skip_squares[RESNET_BATCH][32]; };
    /* fwd_stages_1_3_bn2_relu .. bwd_stages_2_1_bn1_weight */
    struct { char at83[96056576];  float stages_2_1_bn_skip_sum_2[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn1_sum_3 .. fwd_stages_2_1_bn_skip_rsqrt */
    struct { char at84[57802752];  float stages_2_1_bn_skip_sum_3[RESNET_SLICES][32]; };
    /* fwd_stages_2_1_bn_skip_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at85[96070272];  float stages_2_1_bn_skip_running_mean_next[32]; };
    /* fwd_stages_2_1_bn_skip_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at86[96070528];  float stages_2_1_bn_skip_running_var_next[32]; };
    /* fwd_stages_2_1_bn_skip_rsqrt .. bwd_stages_2_1_bn1_weight */
    struct { char at87[96073536];  float stages_2_1_bn_skip_rsqrt[32]; };
    /* fwd_stages_2_1_bn2_relu .. fwd_stages_2_2_conv1 */
    struct { char at88[64764544];  float stages_2_1_bn2_relu[2][14][14][32]; };
    /* fwd_stages_2_1_bn2_relu .. bwd_stages_2_2_conv1_weight */
    struct { char at89[61014016];  float stages_2_2_conv1[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_1_bn2_relu .. fwd_stages_2_2_bn1_sum_3 */
    struct { char at90[64814720];  float stages_2_2_bn1_sum[RESNET_BATCH][32]; };
    /* fwd_stages_2_1_bn2_relu .. fwd_stages_2_2_bn1_sum_3 */
    struct { char at91[64831104];  float stages_2_2_bn1_squares[RESNET_BATCH][32]; };
    /* fwd_stages_2_1_bn2_relu .. bwd_stages_2_2_conv1_weight */
    struct { char at92[96058624];  float stages_2_2_bn1_sum_2[RESNET_SLICES][32]; };
    /* fwd_stages_2_2_bn1_sum_3 .. fwd_stages_2_2_bn1_rsqrt */
    struct { char at93[64225280];  float stages_2_2_bn1_sum_3[RESNET_SLICES][32]; };
    /* fwd_stages_2_2_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at94[96070912];  float stages_2_2_bn1_running_mean_next[32]; };
    /* fwd_stages_2_2_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at95[96071040];  float stages_2_2_bn1_running_var_next[32]; };
    /* fwd_stages_2_2_bn1_rsqrt .. bwd_stages_2_2_conv1_weight */
    struct { char at96[96074048];  float stages_2_2_bn1_rsqrt[32]; };
    /* fwd_stages_2_2_bn1_relu .. fwd_stages_2_2_conv2 */
    struct { char at97[67975808];  float stages_2_2_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_2_bn1_relu .. bwd_stages_2_2_bn1_weight */
    struct { char at98[64225280];  float stages_2_2_conv2[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_2_bn1_relu .. fwd_stages_2_2_bn2_sum_3 */
    struct { char at99[68076160];  float stages_2_2_bn2_sum[RESNET_BATCH][32]; };
    /* fwd_stages_2_2_bn1_relu .. fwd_stages_2_2_bn2_sum_3 */
    struct { char at100[68092544];  float stages_2_2_bn2_squares[RESNET_BATCH][32]; };
    /* fwd_stages_2_2_bn1_relu .. bwd_stages_2_2_bn1_weight */
    struct { char at101[96060416];  float stages_2_2_bn2_sum_2[RESNET_SLICES][32]; };
    /* fwd_stages_2_2_bn2_sum_3 .. fwd_stages_2_2_bn2_rsqrt */
    struct { char at102[67436544];  float stages_2_2_bn2_sum_3[RESNET_SLICES][32]; };
    /* fwd_stages_2_2_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at103[96071168];  float stages_2_2_bn2_running_mean_next[32]; };
    /* fwd_stages_2_2_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at104[96071296];  float stages_2_2_bn2_running_var_next[32]; };
    /* fwd_stages_2_2_bn2_rsqrt .. bwd_stages_2_2_bn1_weight */
    struct { char at105[96074944];  float stages_2_2_bn2_rsqrt[32]; };
    /* fwd_stages_2_2_bn2_relu .. fwd_stages_2_3_conv1 */
    struct { char at106[71187072];  float stages_2_2_bn2_relu[2][14][14][32]; };
    /* fwd_stages_2_2_bn2_relu .. bwd_stages_2_3_conv1_weight */
    struct { char at107[67436544];  float stages_2_3_conv1[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_2_bn2_relu .. fwd_stages_2_3_bn1_sum_3 */
    struct { char at108[71237248];  float stages_2_3_bn1_sum[RESNET_BATCH][32]; };
    /* fwd_stages_2_2_bn2_relu .. fwd_stages_2_3_bn1_sum_3 */
    struct { char at109[71253632];  float stages_2_3_bn1_squares[RESNET_BATCH][32]; };
    /* fwd_stages_2_2_bn2_relu .. bwd_stages_2_3_conv1_weight */
    struct { char at110[96061440];  float stages_2_3_bn1_sum_2[RESNET_SLICES][32]; };
    /* fwd_stages_2_3_bn1_sum_3 .. fwd_stages_2_3_bn1_rsqrt */
    struct { char at111[70647808];  float stages_2_3_bn1_sum_3[RESNET_SLICES][32]; };
    /* fwd_stages_2_3_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at112[96071424];  float stages_2_3_bn1_running_mean_next[32]; };
    /* fwd_stages_2_3_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at113[96072576];  float stages_2_3_bn1_running_var_next[32]; };
    /* fwd_stages_2_3_bn1_rsqrt .. bwd_stages_2_3_conv1_weight */
    struct { char at114[96075648];  float stages_2_3_bn1_rsqrt[32]; };
    /* fwd_stages_2_3_bn1_relu .. fwd_stages_2_3_conv2 */
    struct { char at115[74398336];  float stages_2_3_bn1_relu[4][14][14][32]; };
    /* fwd_stages_2_3_bn1_relu .. bwd_stages_2_3_bn1_weight */
    struct { char at116[70647808];  float stages_2_3_conv2[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_3_bn1_relu .. fwd_stages_2_3_bn2_sum_3 */
    struct { char at117[74498688];  float stages_2_3_bn2_sum[RESNET_BATCH][32]; };
    /* fwd_stages_2_3_bn1_relu .. fwd_stages_2_3_bn2_sum_3 */
    struct { char at118[74515072];  float stages_2_3_bn2_squares[RESNET_BATCH][32]; };
    /* fwd_stages_2_3_bn1_relu .. bwd_stages_2_3_bn1_weight */
    struct { char at119[96063488];  float stages_2_3_bn2_sum_2[RESNET_SLICES][32]; };
    /* fwd_stages_2_3_bn2_sum_3 .. fwd_stages_2_3_bn2_rsqrt */
    struct { char at120[73859072];  float stages_2_3_bn2_sum_3[RESNET_SLICES][32]; };
    /* fwd_stages_2_3_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at121[96072896];  float stages_2_3_bn2_running_mean_next[32]; };
    /* fwd_stages_2_3_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at122[96073152];  float stages_2_3_bn2_running_var_next[32]; };
    /* fwd_stages_2_3_bn2_rsqrt .. bwd_stages_2_3_bn1_weight */
    struct { char at123[96076224];  float stages_2_3_bn2_rsqrt[32]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_2_3_bn2_weight */
    struct { char at124[73859072];  float stages_2_3_bn2_relu[RESNET_BATCH][14][14][32]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_2_3_bn2_weight */
    struct { char at125[77070336];  float stages_3_1_conv1[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_2_3_bn2_relu .. fwd_stages_3_1_bn_skip_sum_3 */
    struct { char at126[80355328];  float stages_3_1_bn1_sum[RESNET_BATCH][64]; };
    /* fwd_stages_2_3_bn2_relu .. fwd_stages_3_1_bn_skip_sum_3 */
    struct { char at127[80388096];  float stages_3_1_bn1_squares[RESNET_BATCH][64]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_2_3_bn2_weight */
    struct { char at128[96055040];  float stages_3_1_bn1_sum_2[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn1_sum_3 .. fwd_stages_3_1_bn1_rsqrt */
    struct { char at129[80282624];  float stages_3_1_bn1_sum_3[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at130[96065536];  float stages_3_1_bn1_running_mean_next[64]; };
    /* fwd_stages_3_1_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at131[96066048];  float stages_3_1_bn1_running_var_next[64]; };
    /* fwd_stages_3_1_bn1_rsqrt .. bwd_stages_2_3_bn2_weight */
    struct { char at132[96073280];  float stages_3_1_bn1_rsqrt[64]; };
    /* fwd_stages_3_1_bn1_relu .. fwd_stages_3_1_conv2 */
    struct { char at133[82477056];  float stages_3_1_bn1_relu[32][7][7][64]; };
    /* fwd_stages_3_1_bn1_relu .. bwd_stages_3_1_bn1_weight */
    struct { char at134[80281600];  float stages_3_1_conv2[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_1_bn1_relu .. fwd_stages_3_1_bn2_sum_3 */
    struct { char at135[83463936];  float stages_3_1_bn2_sum[RESNET_BATCH][64]; };
    /* fwd_stages_3_1_bn1_relu .. fwd_stages_3_1_bn2_sum_3 */
    struct { char at136[83496704];  float stages_3_1_bn2_squares[RESNET_BATCH][64]; };
    /* fwd_stages_3_1_bn1_relu .. bwd_stages_3_1_bn1_weight */
    struct { char at137[96059136];  float stages_3_1_bn2_sum_2[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn2_sum_3 .. fwd_stages_3_1_bn2_rsqrt */
    struct { char at138[81887232];  float stages_3_1_bn2_sum_3[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at139[96066560];  float stages_3_1_bn2_running_mean_next[64]; };
    /* fwd_stages_3_1_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at140[96066816];  float stages_3_1_bn2_running_var_next[64]; };
    /* fwd_stages_3_1_bn2_rsqrt .. bwd_stages_3_1_bn1_weight */
    struct { char at141[96074304];  float stages_3_1_bn2_rsqrt[64]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_3_1_bn1_weight */
    struct { char at142[78675968];  float stages_3_1_conv_skip[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_2_3_bn2_relu .. fwd_stages_3_1_bn_skip_sum_3 */
    struct { char at143[80420864];  float stages_3_1_bn_skip_sum[RESNET_BATCH][64]; };
    /* fwd_stages_2_3_bn2_relu .. fwd_stages_3_1_bn_skip_sum_3 */
    struct { char at144[80453632];  float stages_3_1_bn_skip_squares[RESNET_BATCH][64]; };
    /* fwd_stages_2_3_bn2_relu .. bwd_stages_3_1_bn1_weight */
    struct { char at145[96057088];  float stages_3_1_bn_skip_sum_2[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn1_sum_3 .. fwd_stages_3_1_bn_skip_rsqrt */
    struct { char at146[80281600];  float stages_3_1_bn_skip_sum_3[RESNET_SLICES][64]; };
    /* fwd_stages_3_1_bn_skip_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at147[96065792];  float stages_3_1_bn_skip_running_mean_next[64]; };
    /* fwd_stages_3_1_bn_skip_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at148[96066304];  float stages_3_1_bn_skip_running_var_next[64]; };
    /* fwd_stages_3_1_bn_skip_rsqrt .. bwd_stages_3_1_bn1_weight */
    struct { char at149[96073792];  float stages_3_1_bn_skip_rsqrt[64]; };
    /* fwd_stages_3_1_bn2_relu .. fwd_stages_3_2_conv1 */
    struct { char at150[84082688];  float stages_3_1_bn2_relu[32][7][7][64]; };
    /* fwd_stages_3_1_bn2_relu .. bwd_stages_3_2_conv1_weight */
    struct { char at151[81887232];  float stages_3_2_conv1[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_1_bn2_relu .. fwd_stages_3_2_bn1_sum_3 */
    struct { char at152[85069568];  float stages_3_2_bn1_sum[RESNET_BATCH][64]; };
    /* fwd_stages_3_1_bn2_relu .. fwd_stages_3_2_bn1_sum_3 */
    struct { char at153[85102336];  float stages_3_2_bn1_squares[RESNET_BATCH][64]; };
    /* fwd_stages_3_1_bn2_relu .. bwd_stages_3_2_conv1_weight */
    struct { char at154[96062208];  float stages_3_2_bn1_sum_2[RESNET_SLICES][64]; };
    /* fwd_stages_3_2_bn1_sum_3 .. fwd_stages_3_2_bn1_rsqrt */
    struct { char at155[83492864];  float stages_3_2_bn1_sum_3[RESNET_SLICES][64]; };
    /* fwd_stages_3_2_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at156[96067072];  float stages_3_2_bn1_running_mean_next[64]; };
    /* fwd_stages_3_2_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at157[96067328];  float stages_3_2_bn1_running_var_next[64]; };
    /* fwd_stages_3_2_bn1_rsqrt .. bwd_stages_3_2_conv1_weight */
    struct { char at158[96075968];  float stages_3_2_bn1_rsqrt[64]; };
    /* fwd_stages_3_2_bn1_relu .. fwd_stages_3_2_conv2 */
    struct { char at159[85688320];  float stages_3_2_bn1_relu[32][7][7][64]; };
    /* fwd_stages_3_2_bn1_relu .. bwd_stages_3_2_bn1_weight */
    struct { char at160[83492864];  float stages_3_2_conv2[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_2_bn1_relu .. fwd_stages_3_2_bn2_sum_3 */
    struct { char at161[86675200];  float stages_3_2_bn2_sum[RESNET_BATCH][64]; };
    /* fwd_stages_3_2_bn1_relu .. fwd_stages_3_2_bn2_sum_3 */
    struct { char at162[86707968];  float stages_3_2_bn2_squares[RESNET_BATCH][64]; };
    /* fwd_stages_3_2_bn1_relu .. bwd_stages_3_2_bn1_weight */
    struct { char at163[96064512];  float stages_3_2_bn2_sum_2[RESNET_SLICES][64]; };
    /* fwd_stages_3_2_bn2_sum_3 .. fwd_stages_3_2_bn2_rsqrt */
    struct { char at164[85098496];  float stages_3_2_bn2_sum_3[RESNET_SLICES][64]; };
    /* fwd_stages_3_2_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at165[96067584];  float stages_3_2_bn2_running_mean_next[64]; };
    /* fwd_stages_3_2_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at166[96067840];  float stages_3_2_bn2_running_var_next[64]; };
    /* fwd_stages_3_2_bn2_rsqrt .. bwd_stages_3_2_bn1_weight */
    struct { char at167[96076416];  float stages_3_2_bn2_rsqrt[64]; };
    /* fwd_stages_3_2_bn2_relu .. fwd_stages_3_3_conv1 */
    struct { char at168[87293952];  float stages_3_2_bn2_relu[32][7][7][64]; };
    /* fwd_stages_3_2_bn2_relu .. bwd_stages_3_3_conv1_weight */
    struct { char at169[85098496];  float stages_3_3_conv1[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_2_bn2_relu .. fwd_stages_3_3_bn1_sum_3 */
    struct { char at170[88280832];  float stages_3_3_bn1_sum[RESNET_BATCH][64]; };
    /* fwd_stages_3_2_bn2_relu .. fwd_stages_3_3_bn1_sum_3 */
    struct { char at171[88313600];  float stages_3_3_bn1_squares[RESNET_BATCH][64]; };
    /* fwd_stages_3_2_bn2_relu .. bwd_stages_3_3_conv1_weight */
    struct { char at172[96068864];  float stages_3_3_bn1_sum_2[RESNET_SLICES][64]; };
    /* fwd_stages_3_3_bn1_sum_3 .. fwd_stages_3_3_bn1_rsqrt */
    struct { char at173[86704128];  float stages_3_3_bn1_sum_3[RESNET_SLICES][64]; };
    /* fwd_stages_3_3_bn1_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at174[96068096];  float stages_3_3_bn1_running_mean_next[64]; };
    /* fwd_stages_3_3_bn1_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at175[96068352];  float stages_3_3_bn1_running_var_next[64]; };
    /* fwd_stages_3_3_bn1_rsqrt .. bwd_stages_3_3_conv1_weight */
    struct { char at176[96076736];  float stages_3_3_bn1_rsqrt[64]; };
    /* fwd_stages_3_3_bn1_relu .. fwd_stages_3_3_conv2 */
    struct { char at177[88899584];  float stages_3_3_bn1_relu[32][7][7][64]; };
    /* fwd_stages_3_3_bn1_relu .. bwd_stages_3_3_conv1_weight */
    struct { char at178[86704128];  float stages_3_3_conv2[RESNET_BATCH][7][7][64]; };
    /* fwd_stages_3_3_bn1_relu .. fwd_stages_3_3_bn2_sum_3 */
    struct { char at179[89886464];  float stages_3_3_bn2_sum[RESNET_BATCH][64]; };
    /* fwd_stages_3_3_bn1_relu .. fwd_stages_3_3_bn2_sum_3 */
    struct { char at180[89919232];  float stages_3_3_bn2_squares[RESNET_BATCH][64]; };
    /* fwd_stages_3_3_bn1_relu .. bwd_stages_3_3_conv1_weight */
    struct { char at181[96071552];  float stages_3_3_bn2_sum_2[RESNET_SLICES][64]; };
    /* fwd_stages_3_3_bn2_sum_3 .. fwd_stages_3_3_bn2_rsqrt */
    struct { char at182[88309760];  float stages_3_3_bn2_sum_3[RESNET_SLICES][64]; };
    /* fwd_stages_3_3_bn2_running_mean_next .. commit_stages_3_3_bn2_running_var */
    struct { char at183[96068608];  float stages_3_3_bn2_running_mean_next[64]; };
    /* fwd_stages_3_3_bn2_running_var_next .. commit_stages_3_3_bn2_running_var */
    struct { char at184[96069888];  float stages_3_3_bn2_running_var_next[64]; };
    /* fwd_stages_3_3_bn2_rsqrt .. bwd_stages_3_3_conv1_weight */
    struct { char at185[96076992];  float stages_3_3_bn2_rsqrt[64]; };
    /* fwd_global_avg_pool .. bwd_fc_weight */
    struct { char at186[88309760];  float global_avg_pool[4][64]; };
    /* fwd_logits .. fwd_loss */
    struct { char at187[88321536];  float logits[4][10]; };
    /* fwd_loss .. bwd_fc_weight */
    struct { char at188[88321728];  float cross_entropy_exp[4][10]; };
    /* fwd_loss .. bwd_logits */
    struct { char at189[88321920];  float cross_entropy_sum[4]; };
    /* fwd_global_avg_pool .. commit_stages_3_3_bn2_running_var */
    struct { char at190[96076672];  float loss[RESNET_SLICES][1]; };
    /* bwd_logits .. bwd_fc_weight */
    struct { char at191[88321728];  float d_logits[4][10]; };
    /* fwd_global_avg_pool .. update_fc_bias */
    struct { char at192[96072704];  float d_fc_bias[RESNET_SLICES][10]; };
    /* fwd_global_avg_pool .. bwd_stages_3_3_conv1_weight */
    struct { char at193[96016128];  float d_global_avg_pool[RESNET_BATCH][64]; };
    /* fwd_global_avg_pool .. update_fc_weight */
    struct { char at194[95019008];  float d_fc_weight[RESNET_SLICES][10][64]; };
    /* fwd_global_avg_pool .. update_stages_3_3_bn2_bias */
    struct { char at195[96048896];  float d_stages_3_3_bn2_bias[RESNET_SLICES][64]; };
    /* fwd_global_avg_pool .. update_stages_3_3_bn2_weight */
    struct { char at196[96049920];  float d_stages_3_3_bn2_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv2 .. bwd_stages_3_3_conv2_weight */
    struct { char at197[92864512];  float d_stages_3_3_conv2[32][7][7][64]; };
    /* bwd_stages_3_3_bn1 .. bwd_stages_3_3_conv2_weight */
    struct { char at198[93265920];  float stages_3_3_bn1_relu_again[32][7][7][64]; };
    /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_3_conv2_weight */
    struct { char at199[93880320];  float d_stages_3_3_conv2_weight[64][64][3][3]; };
    /* bwd_stages_3_3_conv2 .. bwd_stages_3_3_conv1_weight */
    struct { char at200[88309760];  float d_stages_3_3_bn1[RESNET_BATCH][7][7][64]; };
    /* bwd_stages_3_3_conv2 .. update_stages_3_3_bn1_bias */
    struct { char at201[96050944];  float d_stages_3_3_bn1_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv2 .. update_stages_3_3_bn1_weight */
    struct { char at202[96051968];  float d_stages_3_3_bn1_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv1 .. bwd_stages_3_3_conv1_weight */
    struct { char at203[94617600];  float d_stages_3_3_conv1[32][7][7][64]; };
    /* bwd_stages_3_3_conv1_input .. bwd_stages_3_2_bn2_weight */
    struct { char at204[95029248];  float d_stages_3_3_conv1_input[32][7][7][64]; };
    /* bwd_stages_3_2_bn2_weight .. bwd_stages_3_3_conv1_weight */
    struct { char at205[95614720];  float stages_3_2_bn2_relu_again[32][7][7][64]; };
    /* unpack_d_stages_3_3_conv1_weight .. update_stages_3_3_conv1_weight */
    struct { char at206[94027776];  float d_stages_3_3_conv1_weight[64][64][3][3]; };
    /* bwd_stages_3_3_conv1 .. bwd_stages_3_2_conv1_weight */
    struct { char at207[92274688];  float d_stages_3_2_bn2_add[RESNET_BATCH][7][7][64]; };
    /* bwd_stages_3_3_conv1 .. update_stages_3_2_bn2_bias */
    struct { char at208[96052992];  float d_stages_3_2_bn2_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_3_conv1 .. update_stages_3_2_bn2_weight */
    struct { char at209[96054016];  float d_stages_3_2_bn2_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv2 .. bwd_stages_3_2_conv2_weight */
    struct { char at210[88047616];  float d_stages_3_2_conv2[32][7][7][64]; };
    /* bwd_stages_3_2_bn1 .. bwd_stages_3_2_conv2_weight */
    struct { char at211[88449024];  float stages_3_2_bn1_relu_again[32][7][7][64]; };
    /* unpack_d_stages_3_2_conv2_weight .. update_stages_3_2_conv2_weight */
    struct { char at212[91406336];  float d_stages_3_2_conv2_weight[64][64][3][3]; };
    /* bwd_stages_3_2_conv2 .. bwd_stages_3_2_conv1_weight */
    struct { char at213[89653248];  float d_stages_3_2_bn1[RESNET_BATCH][7][7][64]; };
    /* bwd_stages_3_2_conv2 .. update_stages_3_2_bn1_bias */
    struct { char at214[94175232];  float d_stages_3_2_bn1_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv2 .. update_stages_3_2_bn1_weight */
    struct { char at215[94176256];  float d_stages_3_2_bn1_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv1 .. bwd_stages_3_2_conv1_weight */
    struct { char at216[85852160];  float d_stages_3_2_conv1[32][7][7][64]; };
    /* bwd_stages_3_2_conv1_input .. bwd_stages_3_1_bn2_weight */
    struct { char at217[86253568];  float d_stages_3_2_conv1_input[32][7][7][64]; };
    /* bwd_stages_3_1_bn2_weight .. bwd_stages_3_2_conv1_weight */
    struct { char at218[86839040];  float stages_3_1_bn2_relu_again[32][7][7][64]; };
    /* unpack_d_stages_3_2_conv1_weight .. update_stages_3_2_conv1_weight */
    struct { char at219[90669056];  float d_stages_3_2_conv1_weight[64][64][3][3]; };
    /* bwd_stages_3_2_conv1 .. bwd_stages_3_1_bn1_weight */
    struct { char at220[87457792];  float d_stages_3_1_bn2_add[RESNET_BATCH][7][7][64]; };
    /* bwd_stages_3_2_conv1 .. update_stages_3_1_bn_skip_bias */
    struct { char at221[94177280];  float d_stages_3_1_bn2_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_2_conv1 .. update_stages_3_1_bn_skip_weight */
    struct { char at222[94178304];  float d_stages_3_1_bn_skip_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv2 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at223[91955200];  float d_stages_3_1_conv_skip[32][7][7][64]; };
    /* bwd_stages_3_1_conv2 .. bwd_stages_2_3_bn2_weight */
    struct { char at224[81887232];  float d_stages_3_1_conv_skip_input[RESNET_BATCH][14][14][32]; };
    /* unpack_d_stages_3_1_conv_skip_weight .. update_stages_3_1_conv_skip_weight */
    struct { char at225[87605248];  float d_stages_3_1_conv_skip_weight[64][32][1][1]; };
    /* bwd_stages_3_2_conv1 .. update_stages_3_1_bn2_weight */
    struct { char at226[94179328];  float d_stages_3_1_bn2_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv2 .. bwd_stages_3_1_conv2_weight */
    struct { char at227[91553792];  float d_stages_3_1_conv2[32][7][7][64]; };
    /* bwd_stages_3_1_bn1 .. bwd_stages_3_1_conv2_weight */
    struct { char at228[91955200];  float stages_3_1_bn1_relu_again[32][7][7][64]; };
    /* unpack_d_stages_3_1_conv2_weight .. update_stages_3_1_conv2_weight */
    struct { char at229[87457792];  float d_stages_3_1_conv2_weight[64][64][3][3]; };
    /* bwd_stages_3_1_conv2 .. bwd_stages_2_3_bn2_weight */
    struct { char at230[89063424];  float d_stages_3_1_bn1[RESNET_BATCH][7][7][64]; };
    /* bwd_stages_3_1_conv2 .. update_stages_3_1_bn1_bias */
    struct { char at231[92974848];  float d_stages_3_1_bn1_bias[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv2 .. update_stages_3_1_bn1_weight */
    struct { char at232[92975872];  float d_stages_3_1_bn1_weight[RESNET_SLICES][64]; };
    /* bwd_stages_3_1_conv1 .. bwd_stages_3_1_conv1_weight */
    struct { char at233[85393408];  float d_stages_3_1_conv1[4][7][7][64]; };
    /* unpack_d_stages_3_1_conv1_weight .. update_stages_3_1_conv1_weight */
    struct { char at234[77070336];  float d_stages_3_1_conv1_weight[64][32][3][3]; };
    /* bwd_stages_3_1_conv1 .. bwd_stages_2_3_conv1_weight */
    struct { char at235[78675968];  float d_stages_2_3_bn2_add[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_3_1_conv1 .. update_stages_2_3_bn2_bias */
    struct { char at236[85443584];  float d_stages_2_3_bn2_bias[RESNET_SLICES][32]; };
    /* bwd_stages_3_1_conv1 .. update_stages_2_3_bn2_weight */
    struct { char at237[85444096];  float d_stages_2_3_bn2_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv2 .. bwd_stages_2_3_conv2_weight */
    struct { char at238[78273152];  float d_stages_2_3_conv2[4][14][14][32]; };
    /* bwd_stages_2_3_bn1 .. bwd_stages_2_3_conv2_weight */
    struct { char at239[78373504];  float stages_2_3_bn1_relu_again[4][14][14][32]; };
    /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_3_conv2_weight */
    struct { char at240[77733888];  float d_stages_2_3_conv2_weight[32][32][3][3]; };
    /* bwd_stages_2_3_conv2 .. bwd_stages_2_3_conv1_weight */
    struct { char at241[73859072];  float d_stages_2_3_bn1[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_2_3_conv2 .. update_stages_2_3_bn1_bias */
    struct { char at242[78611072];  float d_stages_2_3_bn1_bias[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv2 .. update_stages_2_3_bn1_weight */
    struct { char at243[78611584];  float d_stages_2_3_bn1_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv1 .. bwd_stages_2_3_conv1_weight */
    struct { char at244[77918208];  float d_stages_2_3_conv1[4][14][14][32]; };
    /* bwd_stages_2_3_conv1_input .. bwd_stages_2_2_bn2_weight */
    struct { char at245[78410368];  float d_stages_2_3_conv1_input[4][14][14][32]; };
    /* bwd_stages_2_2_bn2_weight .. bwd_stages_2_3_conv1_weight */
    struct { char at246[78510720];  float stages_2_2_bn2_relu_again[4][14][14][32]; };
    /* unpack_d_stages_2_3_conv1_weight .. update_stages_2_3_conv1_weight */
    struct { char at247[77770752];  float d_stages_2_3_conv1_weight[32][32][3][3]; };
    /* bwd_stages_2_3_conv1 .. bwd_stages_2_2_conv1_weight */
    struct { char at248[70647808];  float d_stages_2_2_bn2_add[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_2_3_conv1 .. update_stages_2_2_bn2_bias */
    struct { char at249[78612096];  float d_stages_2_2_bn2_bias[RESNET_SLICES][32]; };
    /* bwd_stages_2_3_conv1 .. update_stages_2_2_bn2_weight */
    struct { char at250[78612608];  float d_stages_2_2_bn2_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv2 .. bwd_stages_2_2_conv2_weight */
    struct { char at251[68565632];  float d_stages_2_2_conv2[4][14][14][32]; };
    /* bwd_stages_2_2_bn1 .. bwd_stages_2_2_conv2_weight */
    struct { char at252[68665984];  float stages_2_2_bn1_relu_again[4][14][14][32]; };
    /* unpack_d_stages_2_2_conv2_weight .. update_stages_2_2_conv2_weight */
    struct { char at253[77144064];  float d_stages_2_2_conv2_weight[32][32][3][3]; };
    /* bwd_stages_2_2_conv2 .. bwd_stages_2_2_conv1_weight */
    struct { char at254[73859072];  float d_stages_2_2_bn1[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_2_2_conv2 .. update_stages_2_2_bn1_bias */
    struct { char at255[77180928];  float d_stages_2_2_bn1_bias[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv2 .. update_stages_2_2_bn1_weight */
    struct { char at256[77181440];  float d_stages_2_2_bn1_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv1 .. bwd_stages_2_2_conv1_weight */
    struct { char at257[64962560];  float d_stages_2_2_conv1[4][14][14][32]; };
    /* bwd_stages_2_2_conv1_input .. bwd_stages_2_1_bn2_weight */
    struct { char at258[65454720];  float d_stages_2_2_conv1_input[4][14][14][32]; };
    /* bwd_stages_2_1_bn2_weight .. bwd_stages_2_2_conv1_weight */
    struct { char at259[65555072];  float stages_2_1_bn2_relu_again[4][14][14][32]; };
    /* unpack_d_stages_2_2_conv1_weight .. update_stages_2_2_conv1_weight */
    struct { char at260[74448896];  float d_stages_2_2_conv1_weight[32][32][3][3]; };
    /* bwd_stages_2_2_conv1 .. bwd_stages_2_1_bn1_weight */
    struct { char at261[67436544];  float d_stages_2_1_bn2_add[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_2_2_conv1 .. update_stages_2_1_bn_skip_bias */
    struct { char at262[77181952];  float d_stages_2_1_bn2_bias[RESNET_SLICES][32]; };
    /* bwd_stages_2_2_conv1 .. update_stages_2_1_bn_skip_weight */
    struct { char at263[77182464];  float d_stages_2_1_bn_skip_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv2 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at264[74733568];  float d_stages_2_1_conv_skip[4][14][14][32]; };
    /* bwd_stages_2_1_conv2 .. bwd_stages_1_3_bn2_weight */
    struct { char at265[61014016];  float d_stages_2_1_conv_skip_input[RESNET_BATCH][28][28][16]; };
    /* unpack_d_stages_2_1_conv_skip_weight .. update_stages_2_1_conv_skip_weight */
    struct { char at266[67584000];  float d_stages_2_1_conv_skip_weight[32][16][1][1]; };
    /* bwd_stages_2_2_conv1 .. update_stages_2_1_bn2_weight */
    struct { char at267[77182976];  float d_stages_2_1_bn2_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv2 .. bwd_stages_2_1_conv2_weight */
    struct { char at268[74633216];  float d_stages_2_1_conv2[4][14][14][32]; };
    /* bwd_stages_2_1_bn1 .. bwd_stages_2_1_conv2_weight */
    struct { char at269[75125376];  float stages_2_1_bn1_relu_again[4][14][14][32]; };
    /* unpack_d_stages_2_1_conv2_weight .. update_stages_2_1_conv2_weight */
    struct { char at270[67436544];  float d_stages_2_1_conv2_weight[32][32][3][3]; };
    /* bwd_stages_2_1_conv2 .. bwd_stages_1_3_bn2_weight */
    struct { char at271[70647808];  float d_stages_2_1_bn1[RESNET_BATCH][14][14][32]; };
    /* bwd_stages_2_1_conv2 .. update_stages_2_1_bn1_bias */
    struct { char at272[75238016];  float d_stages_2_1_bn1_bias[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv2 .. update_stages_2_1_bn1_weight */
    struct { char at273[75238528];  float d_stages_2_1_bn1_weight[RESNET_SLICES][32]; };
    /* bwd_stages_2_1_conv1 .. bwd_stages_2_1_conv1_weight */
    struct { char at274[67586048];  float d_stages_2_1_conv1[1][14][14][32]; };
    /* unpack_d_stages_2_1_conv1_weight .. update_stages_2_1_conv1_weight */
    struct { char at275[51675136];  float d_stages_2_1_conv1_weight[32][16][3][3]; };
    /* bwd_stages_2_1_conv1 .. bwd_stages_1_3_conv1_weight */
    struct { char at276[54591488];  float d_stages_1_3_bn2_add[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_2_1_conv1 .. update_stages_1_3_bn2_bias */
    struct { char at277[67668672];  float d_stages_1_3_bn2_bias[RESNET_SLICES][16]; };
    /* bwd_stages_2_1_conv1 .. update_stages_1_3_bn2_weight */
    struct { char at278[67668928];  float d_stages_1_3_bn2_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv2 .. bwd_stages_1_3_conv2_weight */
    struct { char at279[51767296];  float d_stages_1_3_conv2[2][28][28][16]; };
    /* bwd_stages_1_3_bn1 .. bwd_stages_1_3_conv2_weight */
    struct { char at280[52162624];  float stages_1_3_bn1_relu_again[2][28][28][16]; };
    /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_3_conv2_weight */
    struct { char at281[52062272];  float d_stages_1_3_conv2_weight[16][16][3][3]; };
    /* bwd_stages_1_3_conv2 .. bwd_stages_1_3_conv1_weight */
    struct { char at282[44957696];  float d_stages_1_3_bn1[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_3_conv2 .. update_stages_1_3_bn1_bias */
    struct { char at283[52262976];  float d_stages_1_3_bn1_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv2 .. update_stages_1_3_bn1_weight */
    struct { char at284[52263232];  float d_stages_1_3_bn1_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv1 .. bwd_stages_1_3_conv1_weight */
    struct { char at285[52071488];  float d_stages_1_3_conv1[1][28][28][16]; };
    /* bwd_stages_1_3_conv1_input .. bwd_stages_1_2_bn2_weight */
    struct { char at286[52121664];  float d_stages_1_3_conv1_input[1][28][28][16]; };
    /* bwd_stages_1_2_bn2_weight .. bwd_stages_1_3_conv1_weight */
    struct { char at287[52171840];  float stages_1_2_bn2_relu_again[1][28][28][16]; };
    /* unpack_d_stages_1_3_conv1_weight .. update_stages_1_3_conv1_weight */
    struct { char at288[45822016];  float d_stages_1_3_conv1_weight[16][16][3][3]; };
    /* bwd_stages_1_3_conv1 .. bwd_stages_1_2_conv1_weight */
    struct { char at289[38535168];  float d_stages_1_2_bn2_add[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_3_conv1 .. update_stages_1_2_bn2_bias */
    struct { char at290[52222016];  float d_stages_1_2_bn2_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_3_conv1 .. update_stages_1_2_bn2_weight */
    struct { char at291[52222272];  float d_stages_1_2_bn2_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv2 .. bwd_stages_1_2_conv2_weight */
    struct { char at292[45326336];  float d_stages_1_2_conv2[2][28][28][16]; };
    /* bwd_stages_1_2_bn1 .. bwd_stages_1_2_conv2_weight */
    struct { char at293[45721664];  float stages_1_2_bn1_relu_again[2][28][28][16]; };
    /* unpack_d_stages_1_2_conv2_weight .. update_stages_1_2_conv2_weight */
    struct { char at294[45671488];  float d_stages_1_2_conv2_weight[16][16][3][3]; };
    /* bwd_stages_1_2_conv2 .. bwd_stages_1_2_conv1_weight */
    struct { char at295[32112640];  float d_stages_1_2_bn1[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_2_conv2 .. update_stages_1_2_bn1_bias */
    struct { char at296[45831232];  float d_stages_1_2_bn1_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv2 .. update_stages_1_2_bn1_weight */
    struct { char at297[45831488];  float d_stages_1_2_bn1_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv1 .. bwd_stages_1_2_conv1_weight */
    struct { char at298[45621312];  float d_stages_1_2_conv1[1][28][28][16]; };
    /* bwd_stages_1_2_conv1_input .. bwd_stages_1_1_bn2_weight */
    struct { char at299[45680704];  float d_stages_1_2_conv1_input[1][28][28][16]; };
    /* bwd_stages_1_1_bn2_weight .. bwd_stages_1_2_conv1_weight */
    struct { char at300[45730880];  float stages_1_1_bn2_relu_again[1][28][28][16]; };
    /* unpack_d_stages_1_2_conv1_weight .. update_stages_1_2_conv1_weight */
    struct { char at301[32976960];  float d_stages_1_2_conv1_weight[16][16][3][3]; };
    /* bwd_stages_1_2_conv1 .. bwd_stem_bn_weight */
    struct { char at302[25690112];  float d_stages_1_1_bn2_add[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_2_conv1 .. update_stages_1_1_bn2_bias */
    struct { char at303[45781056];  float d_stages_1_1_bn2_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_2_conv1 .. update_stages_1_1_bn2_weight */
    struct { char at304[45781312];  float d_stages_1_1_bn2_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv2 .. bwd_stages_1_1_conv2_weight */
    struct { char at305[32481280];  float d_stages_1_1_conv2[2][28][28][16]; };
    /* bwd_stages_1_1_bn1 .. bwd_stages_1_1_conv2_weight */
    struct { char at306[32876608];  float stages_1_1_bn1_relu_again[2][28][28][16]; };
    /* unpack_d_stages_1_1_conv2_weight .. update_stages_1_1_conv2_weight */
    struct { char at307[32876608];  float d_stages_1_1_conv2_weight[16][16][3][3]; };
    /* bwd_stages_1_1_conv2 .. bwd_stem_bn_weight */
    struct { char at308[19267584];  float d_stages_1_1_bn1[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_1_conv2 .. update_stages_1_1_bn1_bias */
    struct { char at309[32986176];  float d_stages_1_1_bn1_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv2 .. update_stages_1_1_bn1_weight */
    struct { char at310[32986432];  float d_stages_1_1_bn1_weight[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv1 .. bwd_stages_1_1_conv1_weight */
    struct { char at311[32776256];  float d_stages_1_1_conv1[1][28][28][16]; };
    /* bwd_stem_bn .. bwd_stages_1_1_conv1_weight */
    struct { char at312[32826432];  float stem_bn_relu_again[1][28][28][16]; };
    /* unpack_d_stages_1_1_conv1_weight .. update_stages_1_1_conv1_weight */
    struct { char at313[6422528];  float d_stages_1_1_conv1_weight[16][16][3][3]; };
    /* bwd_stages_1_1_conv1 .. bwd_stem_conv_weight */
    struct { char at314[12845056];  float d_stem_bn[RESNET_BATCH][28][28][16]; };
    /* bwd_stages_1_1_conv1 .. update_stem_bn_bias */
    struct { char at315[32885824];  float d_stem_bn_bias[RESNET_SLICES][16]; };
    /* bwd_stages_1_1_conv1 .. update_stem_bn_weight */
    struct { char at316[32886080];  float d_stem_bn_weight[RESNET_SLICES][16]; };
    /* bwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at317[6431744];  float d_stem_conv[2][28][28][16]; };
    /* unpack_d_stem_conv_weight .. update_stem_conv_weight */
    struct {                    float d_stem_conv_weight[16][1][3][3]; };
    /* pack_stem_conv_weight .. fwd_stem_bn */
    struct { char at319[6499712];  float stem_conv_weight_packed[288]; };
    /* fwd_stem_conv */
    struct { char at320[6422528];  float fwd_stem_conv_scratch[15193]; };
    /* pack_stages_1_1_conv1_weight .. fwd_stages_1_1_bn1 */
    struct { char at321[12845056];  float stages_1_1_conv1_weight_packed[18432]; };
    /* fwd_stages_1_1_conv1 */
    struct { char at322[12918784];  float fwd_stages_1_1_conv1_scratch[73744]; };
    /* pack_stages_1_1_conv2_weight .. fwd_stages_1_1_bn2 */
    struct { char at323[19267584];  float stages_1_1_conv2_weight_packed[18432]; };
    /* fwd_stages_1_1_conv2 */
    struct { char at324[19341312];  float fwd_stages_1_1_conv2_scratch[73744]; };
    /* pack_stages_1_2_conv1_weight .. fwd_stages_1_2_bn1 */
    struct { char at325[25690112];  float stages_1_2_conv1_weight_packed[18432]; };
    /* fwd_stages_1_2_conv1 */
    struct { char at326[25763840];  float fwd_stages_1_2_conv1_scratch[73744]; };
    /* pack_stages_1_2_conv2_weight .. fwd_stages_1_2_bn2 */
    struct { char at327[32112640];  float stages_1_2_conv2_weight_packed[18432]; };
    /* fwd_stages_1_2_conv2 */
    struct { char at328[32186368];  float fwd_stages_1_2_conv2_scratch[73744]; };
    /* pack_stages_1_3_conv1_weight .. fwd_stages_1_3_bn1 */
    struct { char at329[38535168];  float stages_1_3_conv1_weight_packed[18432]; };
    /* fwd_stages_1_3_conv1 */
    struct { char at330[38608896];  float fwd_stages_1_3_conv1_scratch[73744]; };
    /* pack_stages_1_3_conv2_weight .. fwd_stages_1_3_bn2 */
    struct { char at331[44957696];  float stages_1_3_conv2_weight_packed[18432]; };
    /* fwd_stages_1_3_conv2 */
    struct { char at332[45031424];  float fwd_stages_1_3_conv2_scratch[73744]; };
    /* pack_stages_2_1_conv1_weight .. fwd_stages_2_1_bn_skip */
    struct { char at333[57802752];  float stages_2_1_conv1_weight_packed[4608]; };
    /* fwd_stages_2_1_conv1 */
    struct { char at334[57886720];  float fwd_stages_2_1_conv1_scratch[14384]; };
    /* pack_stages_2_1_conv2_weight .. fwd_stages_2_1_bn2 */
    struct { char at335[61014016];  float stages_2_1_conv2_weight_packed[36864]; };
    /* fwd_stages_2_1_conv2 */
    struct { char at336[61161472];  float fwd_stages_2_1_conv2_scratch[97952]; };
    /* pack_stages_2_1_conv_skip_weight .. fwd_stages_2_1_bn_skip */
    struct { char at337[57944256];  float stages_2_1_conv_skip_weight_packed[512]; };
    /* fwd_stages_2_1_conv_skip */
    struct { char at338[57886720];  float fwd_stages_2_1_conv_skip_scratch[12464]; };
    /* pack_stages_2_2_conv1_weight .. fwd_stages_2_2_bn1 */
    struct { char at339[64225280];  float stages_2_2_conv1_weight_packed[36864]; };
    /* fwd_stages_2_2_conv1 */
    struct { char at340[64372736];  float fwd_stages_2_2_conv1_scratch[97952]; };
    /* pack_stages_2_2_conv2_weight .. fwd_stages_2_2_bn2 */
    struct { char at341[67436544];  float stages_2_2_conv2_weight_packed[36864]; };
    /* fwd_stages_2_2_conv2 */
    struct { char at342[67584000];  float fwd_stages_2_2_conv2_scratch[97952]; };
    /* pack_stages_2_3_conv1_weight .. fwd_stages_2_3_bn1 */
    struct { char at343[70647808];  float stages_2_3_conv1_weight_packed[36864]; };
    /* fwd_stages_2_3_conv1 */
    struct { char at344[70795264];  float fwd_stages_2_3_conv1_scratch[97952]; };
    /* pack_stages_2_3_conv2_weight .. fwd_stages_2_3_bn2 */
    struct { char at345[73859072];  float stages_2_3_conv2_weight_packed[36864]; };
    /* fwd_stages_2_3_conv2 */
    struct { char at346[74006528];  float fwd_stages_2_3_conv2_scratch[97952]; };
    /* pack_stages_3_1_conv1_weight .. fwd_stages_3_1_bn_skip */
    struct { char at347[80281600];  float stages_3_1_conv1_weight_packed[18432]; };
    /* fwd_stages_3_1_conv1 */
    struct { char at348[80494592];  float fwd_stages_3_1_conv1_scratch[7684]; };
    /* pack_stages_3_1_conv2_weight .. fwd_stages_3_1_bn2 */
    struct { char at349[81887232];  float stages_3_1_conv2_weight_packed[147456]; };
    /* fwd_stages_3_1_conv2 */
    struct { char at350[82878464];  float fwd_stages_3_1_conv2_scratch[146368]; };
    /* pack_stages_3_1_conv_skip_weight .. fwd_stages_3_1_bn_skip */
    struct { char at351[80486400];  float stages_3_1_conv_skip_weight_packed[2048]; };
    /* fwd_stages_3_1_conv_skip */
    struct { char at352[80494592];  float fwd_stages_3_1_conv_skip_scratch[5636]; };
    /* pack_stages_3_2_conv1_weight .. fwd_stages_3_2_bn1 */
    struct { char at353[83492864];  float stages_3_2_conv1_weight_packed[147456]; };
    /* fwd_stages_3_2_conv1 */
    struct { char at354[84484096];  float fwd_stages_3_2_conv1_scratch[146368]; };
    /* pack_stages_3_2_conv2_weight .. fwd_stages_3_2_bn2 */
    struct { char at355[85098496];  float stages_3_2_conv2_weight_packed[147456]; };
    /* fwd_stages_3_2_conv2 */
    struct { char at356[86089728];  float fwd_stages_3_2_conv2_scratch[146368]; };
    /* pack_stages_3_3_conv1_weight .. fwd_stages_3_3_bn1 */
    struct { char at357[86704128];  float stages_3_3_conv1_weight_packed[147456]; };
    /* fwd_stages_3_3_conv1 */
    struct { char at358[87695360];  float fwd_stages_3_3_conv1_scratch[146368]; };
    /* pack_stages_3_3_conv2_weight .. fwd_stages_3_3_bn2 */
    struct { char at359[88309760];  float stages_3_3_conv2_weight_packed[147456]; };
    /* fwd_stages_3_3_conv2 */
    struct { char at360[89300992];  float fwd_stages_3_3_conv2_scratch[146368]; };
    /* pack_fc_weight .. bwd_stages_3_3_bn2_weight */
    struct { char at361[88310784];  float fc_weight_packed[2048]; };
    /* pack_fc_weight_back .. bwd_stages_3_3_bn2_weight */
    struct { char at362[88318976];  float fc_weight_back_packed[640]; };
    /* pack_stages_3_3_conv2_weight_back .. bwd_stages_3_3_bn1_weight */
    struct { char at363[92274688];  float stages_3_3_conv2_weight_back_packed[147456]; };
    /* bwd_stages_3_3_bn1 */
    struct { char at364[93667328];  float bwd_stages_3_3_bn1_scratch[146368]; };
    /* bwd_stages_3_3_conv2_weight */
    struct { char at365[93667328];  float bwd_stages_3_3_conv2_weight_scratch[146368]; };
    /* bwd_stages_3_3_conv2 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at366[89915392];  float d_stages_3_3_conv2_weight_sum[RESNET_SLICES][147456]; };
    /* pack_stages_3_3_conv1_weight_back .. bwd_stages_3_3_conv1_weight */
    struct { char at367[94027776];  float stages_3_3_conv1_weight_back_packed[147456]; };
    /* bwd_stages_3_3_conv1_input */
    struct { char at368[95430656];  float bwd_stages_3_3_conv1_input_scratch[146368]; };
    /* bwd_stages_3_3_conv1_weight */
    struct { char at369[95029248];  float bwd_stages_3_3_conv1_weight_scratch[146368]; };
    /* bwd_stages_3_3_conv1 .. unpack_d_stages_3_3_conv1_weight */
    struct { char at370[89915392];  float d_stages_3_3_conv1_weight_sum[RESNET_SLICES][147456]; };
    /* pack_stages_3_2_conv2_weight_back .. bwd_stages_3_2_bn1_weight */
    struct { char at371[87457792];  float stages_3_2_conv2_weight_back_packed[147456]; };
    /* bwd_stages_3_2_bn1 */
    struct { char at372[88850432];  float bwd_stages_3_2_bn1_scratch[146368]; };
    /* bwd_stages_3_2_conv2_weight */
    struct { char at373[88850432];  float bwd_stages_3_2_conv2_weight_scratch[146368]; };
    /* bwd_stages_3_2_conv2 .. unpack_d_stages_3_2_conv2_weight */
    struct { char at374[85098496];  float d_stages_3_2_conv2_weight_sum[RESNET_SLICES][147456]; };
    /* pack_stages_3_2_conv1_weight_back .. bwd_stages_3_2_conv1_weight */
    struct { char at375[89063424];  float stages_3_2_conv1_weight_back_packed[147456]; };
    /* bwd_stages_3_2_conv1_input */
    struct { char at376[86654976];  float bwd_stages_3_2_conv1_input_scratch[146368]; };
    /* bwd_stages_3_2_conv1_weight */
    struct { char at377[86253568];  float bwd_stages_3_2_conv1_weight_scratch[146368]; };
    /* bwd_stages_3_2_conv1 .. unpack_d_stages_3_2_conv1_weight */
    struct { char at378[83492864];  float d_stages_3_2_conv1_weight_sum[RESNET_SLICES][147456]; };
    /* pack_stages_3_1_conv_skip_weight_back .. bwd_stages_3_1_bn1_weight */
    struct { char at379[92976896];  float stages_3_1_conv_skip_weight_back_packed[2048]; };
    /* bwd_stages_3_1_conv_skip_input */
    struct { char at380[92356608];  float bwd_stages_3_1_conv_skip_input_scratch[5636]; };
    /* bwd_stages_3_1_conv_skip_weight */
    struct { char at381[92356608];  float bwd_stages_3_1_conv_skip_weight_scratch[5636]; };
    /* bwd_stages_3_1_conv2 .. unpack_d_stages_3_1_conv_skip_weight */
    struct { char at382[92942080];  float d_stages_3_1_conv_skip_weight_sum[RESNET_SLICES][2048]; };
    /* pack_stages_3_1_conv2_weight_back .. bwd_stages_3_1_bn1_weight */
    struct { char at383[90816512];  float stages_3_1_conv2_weight_back_packed[147456]; };
    /* bwd_stages_3_1_bn1 */
    struct { char at384[92356608];  float bwd_stages_3_1_bn1_scratch[146368]; };
    /* bwd_stages_3_1_conv2_weight */
    struct { char at385[92356608];  float bwd_stages_3_1_conv2_weight_scratch[146368]; };
    /* bwd_stages_3_1_conv2 .. unpack_d_stages_3_1_conv2_weight */
    struct { char at386[85098496];  float d_stages_3_1_conv2_weight_sum[RESNET_SLICES][147456]; };
    /* pack_stages_3_1_conv1_weight_back .. bwd_stages_2_3_bn2_weight */
    struct { char at387[87613440];  float stages_3_1_conv1_weight_back_packed[18432]; };
    /* bwd_stages_2_3_bn2_add */
    struct { char at388[85444608];  float bwd_stages_2_3_bn2_add_scratch[7684]; };
    /* bwd_stages_3_1_conv1_weight */
    struct { char at389[85444608];  float bwd_stages_3_1_conv1_weight_scratch[7684]; };
    /* bwd_stages_3_1_conv1 .. unpack_d_stages_3_1_conv1_weight */
    struct { char at390[85098496];  float d_stages_3_1_conv1_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_2_3_conv2_weight_back .. bwd_stages_2_3_bn1_weight */
    struct { char at391[77733888];  float stages_2_3_conv2_weight_back_packed[36864]; };
    /* bwd_stages_2_3_bn1 */
    struct { char at392[77881344];  float bwd_stages_2_3_bn1_scratch[97952]; };
    /* bwd_stages_2_3_conv2_weight */
    struct { char at393[77881344];  float bwd_stages_2_3_conv2_weight_scratch[97952]; };
    /* bwd_stages_2_3_conv2 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at394[77144064];  float d_stages_2_3_conv2_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_3_conv1_weight_back .. bwd_stages_2_3_conv1_weight */
    struct { char at395[77770752];  float stages_2_3_conv1_weight_back_packed[36864]; };
    /* bwd_stages_2_3_conv1_input */
    struct { char at396[78018560];  float bwd_stages_2_3_conv1_input_scratch[97952]; };
    /* bwd_stages_2_3_conv1_weight */
    struct { char at397[78018560];  float bwd_stages_2_3_conv1_weight_scratch[97952]; };
    /* bwd_stages_2_3_conv1 .. unpack_d_stages_2_3_conv1_weight */
    struct { char at398[77144064];  float d_stages_2_3_conv1_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_2_conv2_weight_back .. bwd_stages_2_2_bn1_weight */
    struct { char at399[68026368];  float stages_2_2_conv2_weight_back_packed[36864]; };
    /* bwd_stages_2_2_bn1 */
    struct { char at400[68173824];  float bwd_stages_2_2_bn1_scratch[97952]; };
    /* bwd_stages_2_2_conv2_weight */
    struct { char at401[68173824];  float bwd_stages_2_2_conv2_weight_scratch[97952]; };
    /* bwd_stages_2_2_conv2 .. unpack_d_stages_2_2_conv2_weight */
    struct { char at402[67436544];  float d_stages_2_2_conv2_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_2_conv1_weight_back .. bwd_stages_2_2_conv1_weight */
    struct { char at403[64815104];  float stages_2_2_conv1_weight_back_packed[36864]; };
    /* bwd_stages_2_2_conv1_input */
    struct { char at404[65062912];  float bwd_stages_2_2_conv1_input_scratch[97952]; };
    /* bwd_stages_2_2_conv1_weight */
    struct { char at405[65062912];  float bwd_stages_2_2_conv1_weight_scratch[97952]; };
    /* bwd_stages_2_2_conv1 .. unpack_d_stages_2_2_conv1_weight */
    struct { char at406[64225280];  float d_stages_2_2_conv1_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_1_conv_skip_weight_back .. bwd_stages_2_1_bn1_weight */
    struct { char at407[75233920];  float stages_2_1_conv_skip_weight_back_packed[1024]; };
    /* bwd_stages_2_1_conv_skip_input */
    struct { char at408[74833920];  float bwd_stages_2_1_conv_skip_input_scratch[12464]; };
    /* bwd_stages_2_1_conv_skip_weight */
    struct { char at409[74833920];  float bwd_stages_2_1_conv_skip_weight_scratch[12464]; };
    /* bwd_stages_2_1_conv2 .. unpack_d_stages_2_1_conv_skip_weight */
    struct { char at410[75225728];  float d_stages_2_1_conv_skip_weight_sum[RESNET_SLICES][512]; };
    /* pack_stages_2_1_conv2_weight_back .. bwd_stages_2_1_bn1_weight */
    struct { char at411[74485760];  float stages_2_1_conv2_weight_back_packed[36864]; };
    /* bwd_stages_2_1_bn1 */
    struct { char at412[74733568];  float bwd_stages_2_1_bn1_scratch[97952]; };
    /* bwd_stages_2_1_conv2_weight */
    struct { char at413[74733568];  float bwd_stages_2_1_conv2_weight_scratch[97952]; };
    /* bwd_stages_2_1_conv2 .. unpack_d_stages_2_1_conv2_weight */
    struct { char at414[73859072];  float d_stages_2_1_conv2_weight_sum[RESNET_SLICES][36864]; };
    /* pack_stages_2_1_conv1_weight_back .. bwd_stages_1_3_bn2_weight */
    struct { char at415[67547136];  float stages_2_1_conv1_weight_back_packed[9216]; };
    /* bwd_stages_1_3_bn2_add */
    struct { char at416[67611136];  float bwd_stages_1_3_bn2_add_scratch[14384]; };
    /* bwd_stages_2_1_conv1_weight */
    struct { char at417[67611136];  float bwd_stages_2_1_conv1_weight_scratch[14384]; };
    /* bwd_stages_2_1_conv1 .. unpack_d_stages_2_1_conv1_weight */
    struct { char at418[67473408];  float d_stages_2_1_conv1_weight_sum[RESNET_SLICES][4608]; };
    /* pack_stages_1_3_conv2_weight_back .. bwd_stages_1_3_bn1_weight */
    struct { char at419[51693568];  float stages_1_3_conv2_weight_back_packed[18432]; };
    /* bwd_stages_1_3_bn1 */
    struct { char at420[51867648];  float bwd_stages_1_3_bn1_scratch[73744]; };
    /* bwd_stages_1_3_conv2_weight */
    struct { char at421[51867648];  float bwd_stages_1_3_conv2_weight_scratch[73744]; };
    /* bwd_stages_1_3_conv2 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at422[51380224];  float d_stages_1_3_conv2_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_3_conv1_weight_back .. bwd_stages_1_3_conv1_weight */
    struct { char at423[51693568];  float stages_1_3_conv1_weight_back_packed[18432]; };
    /* bwd_stages_1_3_conv1_input */
    struct { char at424[51767296];  float bwd_stages_1_3_conv1_input_scratch[73744]; };
    /* bwd_stages_1_3_conv1_weight */
    struct { char at425[51767296];  float bwd_stages_1_3_conv1_weight_scratch[73744]; };
    /* bwd_stages_1_3_conv1 .. unpack_d_stages_1_3_conv1_weight */
    struct { char at426[51380224];  float d_stages_1_3_conv1_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_2_conv2_weight_back .. bwd_stages_1_2_bn1_weight */
    struct { char at427[45252608];  float stages_1_2_conv2_weight_back_packed[18432]; };
    /* bwd_stages_1_2_bn1 */
    struct { char at428[45426688];  float bwd_stages_1_2_bn1_scratch[73744]; };
    /* bwd_stages_1_2_conv2_weight */
    struct { char at429[45426688];  float bwd_stages_1_2_conv2_weight_scratch[73744]; };
    /* bwd_stages_1_2_conv2 .. unpack_d_stages_1_2_conv2_weight */
    struct { char at430[44957696];  float d_stages_1_2_conv2_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_2_conv1_weight_back .. bwd_stages_1_2_conv1_weight */
    struct { char at431[45252608];  float stages_1_2_conv1_weight_back_packed[18432]; };
    /* bwd_stages_1_2_conv1_input */
    struct { char at432[45326336];  float bwd_stages_1_2_conv1_input_scratch[73744]; };
    /* bwd_stages_1_2_conv1_weight */
    struct { char at433[45326336];  float bwd_stages_1_2_conv1_weight_scratch[73744]; };
    /* bwd_stages_1_2_conv1 .. unpack_d_stages_1_2_conv1_weight */
    struct { char at434[44957696];  float d_stages_1_2_conv1_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_1_conv2_weight_back .. bwd_stages_1_1_bn1_weight */
    struct { char at435[32407552];  float stages_1_1_conv2_weight_back_packed[18432]; };
    /* bwd_stages_1_1_bn1 */
    struct { char at436[32581632];  float bwd_stages_1_1_bn1_scratch[73744]; };
    /* bwd_stages_1_1_conv2_weight */
    struct { char at437[32581632];  float bwd_stages_1_1_conv2_weight_scratch[73744]; };
    /* bwd_stages_1_1_conv2 .. unpack_d_stages_1_1_conv2_weight */
    struct { char at438[32112640];  float d_stages_1_1_conv2_weight_sum[RESNET_SLICES][18432]; };
    /* pack_stages_1_1_conv1_weight_back .. bwd_stem_bn_weight */
    struct { char at439[32407552];  float stages_1_1_conv1_weight_back_packed[18432]; };
    /* bwd_stem_bn */
    struct { char at440[32481280];  float bwd_stem_bn_scratch[73744]; };
    /* bwd_stages_1_1_conv1_weight */
    struct { char at441[32481280];  float bwd_stages_1_1_conv1_weight_scratch[73744]; };
    /* bwd_stages_1_1_conv1 .. unpack_d_stages_1_1_conv1_weight */
    struct { char at442[32112640];  float d_stages_1_1_conv1_weight_sum[RESNET_SLICES][18432]; };
    /* bwd_stem_conv_weight */
    struct { char at443[6532096];  float bwd_stem_conv_weight_scratch[15193]; };
    /* bwd_stem_conv .. unpack_d_stem_conv_weight */
    struct { char at444[6592896];  float d_stem_conv_weight_sum[RESNET_SLICES][144]; };
#endif
    char bytes[96077248];
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
    alignas(64) char bytes[96077248];
#else
    _Alignas(64) char bytes[96077248];
#endif
};

extern const struct RtModel resnet_model;      /* the same as tables, for the trainer */

#ifdef __cplusplus
}
#endif

#endif
