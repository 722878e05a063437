/* convnext.h - written by tailor 0.2.0 from convnext.lua.  Edit the graph, not this file.
 *
 *   graph       c2aa6729215b8aa55509205580990ebb1b58fc72a4e8d9e9cc5ba9a5a04445be
 *   parameters  413162 floats in 70 tensors
 *   train       48 kernels forward, 75 backward; workspace 12630464 bytes
 *   evaluate    48 kernels forward, 0 backward; workspace 2656384 bytes
 *   predict     47 kernels forward, 0 backward; workspace 2656320 bytes
 *
 * A Convnext is a run: convnext_init, then convnext_step once for each batch; convnext_save and
 * convnext_load.  Nothing is allocated, and nothing but these structs is remembered.
 */
#ifndef CONVNEXT_H
#define CONVNEXT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A step works through the batch slice by slice; threads share the slices, each slice goes some images at a
 * time. */
enum { CONVNEXT_BATCH = 128, CONVNEXT_SLICES = 4, CONVNEXT_SLICE = 32 };

/* Parameters: a plain array of floats, in order of creation and in the layout of files. */
typedef struct ConvnextParams {
    float stem_conv_weight[32][1][2][2];                /* networks/convnext.lua:45 */
    float stem_conv_bias[32];                           /* networks/convnext.lua:45 */
    float stem_norm_weight[32];                         /* networks/convnext.lua:20 */
    float stem_norm_bias[32];                           /* networks/convnext.lua:20 */
    float stages_1_0_dwconv_weight[32][1][7][7];        /* networks/convnext.lua:23 */
    float stages_1_0_dwconv_bias[32];                   /* networks/convnext.lua:23 */
    float stages_1_0_norm_weight[32];                   /* networks/convnext.lua:20 */
    float stages_1_0_norm_bias[32];                     /* networks/convnext.lua:20 */
    float stages_1_0_pwconv1_weight[128][32];           /* networks/convnext.lua:24 */
    float stages_1_0_pwconv1_bias[128];                 /* networks/convnext.lua:24 */
    float stages_1_0_pwconv2_weight[32][128];           /* networks/convnext.lua:26 */
    float stages_1_0_pwconv2_bias[32];                  /* networks/convnext.lua:26 */
    float stages_1_0_gamma_weight[32];                  /* networks/convnext.lua:35 */
    float stages_1_1_dwconv_weight[32][1][7][7];        /* networks/convnext.lua:23 */
    float stages_1_1_dwconv_bias[32];                   /* networks/convnext.lua:23 */
    float stages_1_1_norm_weight[32];                   /* networks/convnext.lua:20 */
    float stages_1_1_norm_bias[32];                     /* networks/convnext.lua:20 */
    float stages_1_1_pwconv1_weight[128][32];           /* networks/convnext.lua:24 */
    float stages_1_1_pwconv1_bias[128];                 /* networks/convnext.lua:24 */
    float stages_1_1_pwconv2_weight[32][128];           /* networks/convnext.lua:26 */
    float stages_1_1_pwconv2_bias[32];                  /* networks/convnext.lua:26 */
    float stages_1_1_gamma_weight[32];                  /* networks/convnext.lua:35 */
    float downsample_2_norm_weight[32];                 /* networks/convnext.lua:20 */
    float downsample_2_norm_bias[32];                   /* networks/convnext.lua:20 */
    float downsample_2_conv_weight[64][32][2][2];       /* networks/convnext.lua:45 */
    float downsample_2_conv_bias[64];                   /* networks/convnext.lua:45 */
    float stages_2_0_dwconv_weight[64][1][7][7];        /* networks/convnext.lua:23 */
    float stages_2_0_dwconv_bias[64];                   /* networks/convnext.lua:23 */
    float stages_2_0_norm_weight[64];                   /* networks/convnext.lua:20 */
    float stages_2_0_norm_bias[64];                     /* networks/convnext.lua:20 */
    float stages_2_0_pwconv1_weight[256][64];           /* networks/convnext.lua:24 */
    float stages_2_0_pwconv1_bias[256];                 /* networks/convnext.lua:24 */
    float stages_2_0_pwconv2_weight[64][256];           /* networks/convnext.lua:26 */
    float stages_2_0_pwconv2_bias[64];                  /* networks/convnext.lua:26 */
    float stages_2_0_gamma_weight[64];                  /* networks/convnext.lua:35 */
    float stages_2_1_dwconv_weight[64][1][7][7];        /* networks/convnext.lua:23 */
    float stages_2_1_dwconv_bias[64];                   /* networks/convnext.lua:23 */
    float stages_2_1_norm_weight[64];                   /* networks/convnext.lua:20 */
    float stages_2_1_norm_bias[64];                     /* networks/convnext.lua:20 */
    float stages_2_1_pwconv1_weight[256][64];           /* networks/convnext.lua:24 */
    float stages_2_1_pwconv1_bias[256];                 /* networks/convnext.lua:24 */
    float stages_2_1_pwconv2_weight[64][256];           /* networks/convnext.lua:26 */
    float stages_2_1_pwconv2_bias[64];                  /* networks/convnext.lua:26 */
    float stages_2_1_gamma_weight[64];                  /* networks/convnext.lua:35 */
    float downsample_3_norm_weight[64];                 /* networks/convnext.lua:20 */
    float downsample_3_norm_bias[64];                   /* networks/convnext.lua:20 */
    float downsample_3_conv_weight[128][64][2][2];      /* networks/convnext.lua:45 */
    float downsample_3_conv_bias[128];                  /* networks/convnext.lua:45 */
    float stages_3_0_dwconv_weight[128][1][7][7];       /* networks/convnext.lua:23 */
    float stages_3_0_dwconv_bias[128];                  /* networks/convnext.lua:23 */
    float stages_3_0_norm_weight[128];                  /* networks/convnext.lua:20 */
    float stages_3_0_norm_bias[128];                    /* networks/convnext.lua:20 */
    float stages_3_0_pwconv1_weight[512][128];          /* networks/convnext.lua:24 */
    float stages_3_0_pwconv1_bias[512];                 /* networks/convnext.lua:24 */
    float stages_3_0_pwconv2_weight[128][512];          /* networks/convnext.lua:26 */
    float stages_3_0_pwconv2_bias[128];                 /* networks/convnext.lua:26 */
    float stages_3_0_gamma_weight[128];                 /* networks/convnext.lua:35 */
    float stages_3_1_dwconv_weight[128][1][7][7];       /* networks/convnext.lua:23 */
    float stages_3_1_dwconv_bias[128];                  /* networks/convnext.lua:23 */
    float stages_3_1_norm_weight[128];                  /* networks/convnext.lua:20 */
    float stages_3_1_norm_bias[128];                    /* networks/convnext.lua:20 */
    float stages_3_1_pwconv1_weight[512][128];          /* networks/convnext.lua:24 */
    float stages_3_1_pwconv1_bias[512];                 /* networks/convnext.lua:24 */
    float stages_3_1_pwconv2_weight[128][512];          /* networks/convnext.lua:26 */
    float stages_3_1_pwconv2_bias[128];                 /* networks/convnext.lua:26 */
    float stages_3_1_gamma_weight[128];                 /* networks/convnext.lua:35 */
    float norm_weight[128];                             /* networks/convnext.lua:20 */
    float norm_bias[128];                               /* networks/convnext.lua:20 */
    float head_weight[10][128];                         /* networks/convnext.lua:56 */
    float head_bias[10];                                /* networks/convnext.lua:56 */
} ConvnextParams;

/* The optimizer's running means of the gradient and of its square. */
typedef struct ConvnextMoments { ConvnextParams m, v; } ConvnextMoments;

/* Samples: arrays of CONVNEXT_BATCH, of which the first n are valid. */
typedef struct ConvnextBatch {
    int n;
    const int64_t *sample;              /* numbers in the data set */
    const float (*image)[28][28][1];
    const int32_t *label;
} ConvnextBatch;

/* What convnext_step leaves behind. */
typedef struct ConvnextTrainResult {
    float loss;
    float accuracy[CONVNEXT_BATCH];
} ConvnextTrainResult;

/* What convnext_evaluate leaves behind. */
typedef struct ConvnextEvaluateResult {
    float loss;
    float accuracy[CONVNEXT_BATCH];
} ConvnextEvaluateResult;

/* What convnext_predict leaves behind. */
typedef struct ConvnextPredictResult {
    float logits[CONVNEXT_BATCH][10];
} ConvnextPredictResult;

/* A run: everything that the next step depends on.  A plain struct, which may be static, copied and kept. */
typedef struct Convnext {
    ConvnextParams params;
    ConvnextMoments moments;
    int64_t step;                       /* the steps done */
    int64_t steps;                      /* of the whole schedule; behind them the last rate stays */
    int64_t steps_per_epoch;
    int64_t skipped;                    /* steps that changed nothing, if the caller counts on over them */
    uint64_t seed;
} Convnext;

/* Memory of one thread, defined below.  A call is given an array of as many as there are threads, aligned to
 * 64 bytes. */
typedef union ConvnextWork ConvnextWork;

typedef enum ConvnextStatus {
    CONVNEXT_OK,
    CONVNEXT_NOT_FINITE,      /* the loss, a gradient or a new state; a number that is loaded */
    CONVNEXT_BAD_BATCH,       /* its size, a label that is no class, an input that is NULL and is read */
    CONVNEXT_BAD_THREADS,     /* not from 1 to 1024 */
    CONVNEXT_NOT_ALIGNED,     /* the workspace, to 64 bytes */
    CONVNEXT_BAD_FILE,        /* not a whole safetensors file */
    CONVNEXT_OTHER_MODEL      /* a tensor is missing, or has another shape or type */
} ConvnextStatus;

/* Each function holds for itself to round-to-nearest and subnormal numbers, whatever the caller has set, in
 * every thread that it works in.  On any status but CONVNEXT_OK only work and results may have changed. */

/* The run at its begin: initial values, and a schedule of so many steps (fewer than 1 count as 1).
 * steps_per_epoch becomes steps / 12, and may be changed. */
void convnext_init(Convnext *run, uint64_t seed, int64_t steps);

/* One step on a full batch, schedule and update included. */
ConvnextStatus convnext_step(Convnext *run, ConvnextWork *work, int threads, const ConvnextBatch *in,
                             ConvnextTrainResult *out);

/* The gradients of the next step, before they are clipped, without the step. */
ConvnextStatus convnext_gradients(const Convnext *run, ConvnextWork *work, int threads,
                                  const ConvnextBatch *in, ConvnextParams *gradients,
                                  ConvnextTrainResult *out);

/* Loss and metrics of 1 to CONVNEXT_BATCH samples. */
ConvnextStatus convnext_evaluate(const Convnext *run, ConvnextWork *work, int threads,
                                 const ConvnextBatch *in, ConvnextEvaluateResult *out);

/* Outputs for 1 to CONVNEXT_BATCH samples. */
ConvnextStatus convnext_predict(const Convnext *run, ConvnextWork *work, int threads, const ConvnextBatch *in,
                                ConvnextPredictResult *out);

/* The whole run as a safetensors file in memory.  Returns its size, and writes it where that is at most room;
 * convnext_save(run, NULL, 0) asks. */
size_t convnext_save(const Convnext *run, void *to, size_t room);

/* Takes over the weights of a safetensors file in memory, or the whole run of a save.  Changes nothing unless
 * all is right. */
ConvnextStatus convnext_load(Convnext *run, const void *bytes, size_t n);

const char *convnext_status_text(ConvnextStatus);

/* Workspace of convnext_step: 12630464 bytes for one thread, 295 buffers (the schedule needs at least
 * 12630464).  Buffers that are never live at once share bytes; the leading char array is where a buffer
 * starts.  Above each: the kernels it lives for. */
typedef union ConvnextTrainWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_stem_conv .. bwd_stem_norm_weight */
    struct { char at0[10850304];  float stem_conv[2][14][14][32]; };
    /* fwd_stem_norm .. bwd_stem_norm_weight */
    struct { char at1[12573184];  float stem_norm_sum[2][14][14]; };
    /* fwd_stem_norm .. bwd_stem_norm_weight */
    struct { char at2[12574784];  float stem_norm_rsqrt[2][14][14]; };
    /* fwd_stem_norm .. bwd_stages_1_0_dwconv_weight */
    struct { char at3[10933248];  float stem_norm[2][14][14][32]; };
    /* fwd_stages_1_0_dwconv .. bwd_stages_1_0_dwconv */
    struct { char at4[10983424];  float stages_1_0_dwconv[2][14][14][32]; };
    /* fwd_stages_1_0_norm .. bwd_stages_1_0_dwconv */
    struct { char at5[12588672];  float stages_1_0_norm_sum[2][14][14]; };
    /* fwd_stages_1_0_norm .. bwd_stages_1_0_dwconv */
    struct { char at6[12590272];  float stages_1_0_norm_rsqrt[2][14][14]; };
    /* fwd_stages_1_0_norm .. bwd_stages_1_0_pwconv1_weight_scaled */
    struct { char at7[11033600];  float stages_1_0_norm[2][14][14][32]; };
    /* fwd_stages_1_0_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at8[12609536];  float stages_1_0_pwconv1_sum[128]; };
    /* fwd_stages_1_0_pwconv1_weight_scaled .. pack_stages_1_0_pwconv1_weight_scaled_back */
    struct { char at9[950272];  float stages_1_0_pwconv1_weight_scaled[128][32]; };
    /* fwd_stages_1_0_pwconv1_gelu .. bwd_stages_1_0_pwconv1 */
    struct { char at10[7995392];  float stages_1_0_pwconv1[2][14][14][128]; };
    /* fwd_stages_1_0_pwconv1_gelu .. bwd_stages_1_0_pwconv1 */
    struct { char at11[8196096];  float stages_1_0_pwconv1_gelu_erf[2][14][14][128]; };
    /* fwd_stages_1_0_pwconv1_gelu .. bwd_stages_1_0_pwconv2_weight_scaled */
    struct { char at12[8396800];  float stages_1_0_pwconv1_gelu[2][14][14][128]; };
    /* fwd_stages_1_0_pwconv2_weight_scaled .. pack_stages_1_0_pwconv2_weight_scaled_back */
    struct { char at13[966656];  float stages_1_0_pwconv2_weight_scaled[32][128]; };
    /* fwd_stages_1_0_add .. bwd_stages_1_1_dwconv_weight */
    struct { char at14[11384832];  float stages_1_0_add[2][14][14][32]; };
    /* fwd_stages_1_1_dwconv .. bwd_stages_1_1_dwconv */
    struct { char at15[11435008];  float stages_1_1_dwconv[2][14][14][32]; };
    /* fwd_stages_1_1_norm .. bwd_stages_1_1_dwconv */
    struct { char at16[12603136];  float stages_1_1_norm_sum[2][14][14]; };
    /* fwd_stages_1_1_norm .. bwd_stages_1_1_dwconv */
    struct { char at17[12604736];  float stages_1_1_norm_rsqrt[2][14][14]; };
    /* fwd_stages_1_1_norm .. bwd_stages_1_1_pwconv1_weight_scaled */
    struct { char at18[11485184];  float stages_1_1_norm[2][14][14][32]; };
    /* fwd_stages_1_1_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at19[12610048];  float stages_1_1_pwconv1_sum[128]; };
    /* fwd_stages_1_1_pwconv1_weight_scaled .. pack_stages_1_1_pwconv1_weight_scaled_back */
    struct { char at20[983040];  float stages_1_1_pwconv1_weight_scaled[128][32]; };
    /* fwd_stages_1_1_pwconv1_gelu .. bwd_stages_1_1_pwconv1 */
    struct { char at21[8728576];  float stages_1_1_pwconv1[2][14][14][128]; };
    /* fwd_stages_1_1_pwconv1_gelu .. bwd_stages_1_1_pwconv1 */
    struct { char at22[8929280];  float stages_1_1_pwconv1_gelu_erf[2][14][14][128]; };
    /* fwd_stages_1_1_pwconv1_gelu .. bwd_stages_1_1_pwconv2_weight_scaled */
    struct { char at23[9129984];  float stages_1_1_pwconv1_gelu[2][14][14][128]; };
    /* fwd_stages_1_1_pwconv2_weight_scaled .. pack_stages_1_1_pwconv2_weight_scaled_back */
    struct { char at24[999424];  float stages_1_1_pwconv2_weight_scaled[32][128]; };
    /* fwd_stages_1_1_add .. bwd_stages_1_1_add */
    struct { char at25[11568128];  float stages_1_1_add[2][14][14][32]; };
    /* fwd_downsample_2_norm .. bwd_stages_1_1_add */
    struct { char at26[12606336];  float downsample_2_norm_sum[2][14][14]; };
    /* fwd_downsample_2_norm .. bwd_stages_1_1_add */
    struct { char at27[12607936];  float downsample_2_norm_rsqrt[2][14][14]; };
    /* fwd_downsample_2_norm .. bwd_downsample_2_conv_weight_scaled */
    struct { char at28[11643392];  float downsample_2_norm[2][14][14][32]; };
    /* fwd_downsample_2_conv_weight_scaled .. bwd_stem_conv_weight */
    struct { char at29[12615168];  float downsample_2_conv_sum[64]; };
    /* fwd_downsample_2_conv_weight_scaled .. pack_downsample_2_conv_weight_scaled_back */
    struct { char at30[917504];  float downsample_2_conv_weight_scaled[64][32][2][2]; };
    /* fwd_downsample_2_conv .. bwd_stages_2_0_dwconv_weight */
    struct { char at31[12012032];  float downsample_2_conv[2][7][7][64]; };
    /* fwd_stages_2_0_dwconv .. bwd_stages_2_0_dwconv */
    struct { char at32[12037120];  float stages_2_0_dwconv[2][7][7][64]; };
    /* fwd_stages_2_0_norm .. bwd_stages_2_0_dwconv */
    struct { char at33[12615616];  float stages_2_0_norm_sum[2][7][7]; };
    /* fwd_stages_2_0_norm .. bwd_stages_2_0_dwconv */
    struct { char at34[12616064];  float stages_2_0_norm_rsqrt[2][7][7]; };
    /* fwd_stages_2_0_norm .. bwd_stages_2_0_pwconv1_weight_scaled */
    struct { char at35[12074752];  float stages_2_0_norm[2][7][7][64]; };
    /* fwd_stages_2_0_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at36[12571136];  float stages_2_0_pwconv1_sum[256]; };
    /* fwd_stages_2_0_pwconv1_weight_scaled .. pack_stages_2_0_pwconv1_weight_scaled_back */
    struct { char at37[655360];  float stages_2_0_pwconv1_weight_scaled[256][64]; };
    /* fwd_stages_2_0_pwconv1_gelu .. bwd_stages_2_0_pwconv1 */
    struct { char at38[10448896];  float stages_2_0_pwconv1[2][7][7][256]; };
    /* fwd_stages_2_0_pwconv1_gelu .. bwd_stages_2_0_pwconv1 */
    struct { char at39[10549248];  float stages_2_0_pwconv1_gelu_erf[2][7][7][256]; };
    /* fwd_stages_2_0_pwconv1_gelu .. bwd_stages_2_0_pwconv2_weight_scaled */
    struct { char at40[10649600];  float stages_2_0_pwconv1_gelu[2][7][7][256]; };
    /* fwd_stages_2_0_pwconv2_weight_scaled .. pack_stages_2_0_pwconv2_weight_scaled_back */
    struct { char at41[720896];  float stages_2_0_pwconv2_weight_scaled[64][256]; };
    /* fwd_stages_2_0_add .. bwd_stages_2_1_dwconv_weight */
    struct { char at42[12112384];  float stages_2_0_add[2][7][7][64]; };
    /* fwd_stages_2_1_dwconv .. bwd_stages_2_1_dwconv */
    struct { char at43[12137472];  float stages_2_1_dwconv[2][7][7][64]; };
    /* fwd_stages_2_1_norm .. bwd_stages_2_1_dwconv */
    struct { char at44[12626752];  float stages_2_1_norm_sum[2][7][7]; };
    /* fwd_stages_2_1_norm .. bwd_stages_2_1_dwconv */
    struct { char at45[12627200];  float stages_2_1_norm_rsqrt[2][7][7]; };
    /* fwd_stages_2_1_norm .. bwd_stages_2_1_pwconv1_weight_scaled */
    struct { char at46[12178944];  float stages_2_1_norm[2][7][7][64]; };
    /* fwd_stages_2_1_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at47[12572160];  float stages_2_1_pwconv1_sum[256]; };
    /* fwd_stages_2_1_pwconv1_weight_scaled .. pack_stages_2_1_pwconv1_weight_scaled_back */
    struct { char at48[786432];  float stages_2_1_pwconv1_weight_scaled[256][64]; };
    /* fwd_stages_2_1_pwconv1_gelu .. bwd_stages_2_1_pwconv1 */
    struct { char at49[11083776];  float stages_2_1_pwconv1[2][7][7][256]; };
    /* fwd_stages_2_1_pwconv1_gelu .. bwd_stages_2_1_pwconv1 */
    struct { char at50[11184128];  float stages_2_1_pwconv1_gelu_erf[2][7][7][256]; };
    /* fwd_stages_2_1_pwconv1_gelu .. bwd_stages_2_1_pwconv2_weight_scaled */
    struct { char at51[11284480];  float stages_2_1_pwconv1_gelu[2][7][7][256]; };
    /* fwd_stages_2_1_pwconv2_weight_scaled .. pack_stages_2_1_pwconv2_weight_scaled_back */
    struct { char at52[851968];  float stages_2_1_pwconv2_weight_scaled[64][256]; };
    /* fwd_stages_2_1_add .. bwd_stages_2_1_add */
    struct { char at53[12204032];  float stages_2_1_add[2][7][7][64]; };
    /* fwd_downsample_3_norm .. bwd_stages_2_1_add */
    struct { char at54[12627648];  float downsample_3_norm_sum[2][7][7]; };
    /* fwd_downsample_3_norm .. bwd_stages_2_1_add */
    struct { char at55[12628096];  float downsample_3_norm_rsqrt[2][7][7]; };
    /* fwd_downsample_3_norm .. bwd_downsample_3_conv_weight_scaled */
    struct { char at56[12229120];  float downsample_3_norm[2][7][7][64]; };
    /* fwd_downsample_3_conv_weight_scaled .. bwd_stem_conv_weight */
    struct { char at57[12610560];  float downsample_3_conv_sum[128]; };
    /* fwd_downsample_3_conv_weight_scaled .. pack_downsample_3_conv_weight_scaled_back */
    struct { char at58[524288];  float downsample_3_conv_weight_scaled[128][64][2][2]; };
    /* fwd_downsample_3_conv .. bwd_stages_3_0_dwconv_weight */
    struct { char at59[12517888];  float downsample_3_conv[2][3][3][128]; };
    /* fwd_stages_3_0_dwconv .. bwd_stages_3_0_dwconv */
    struct { char at60[12537344];  float stages_3_0_dwconv[2][3][3][128]; };
    /* fwd_stages_3_0_norm .. bwd_stages_3_0_dwconv */
    struct { char at61[12629696];  float stages_3_0_norm_sum[2][3][3]; };
    /* fwd_stages_3_0_norm .. bwd_stages_3_0_dwconv */
    struct { char at62[12629824];  float stages_3_0_norm_rsqrt[2][3][3]; };
    /* fwd_stages_3_0_norm .. bwd_stages_3_0_pwconv1_weight_scaled */
    struct { char at63[12550656];  float stages_3_0_norm[2][3][3][128]; };
    /* fwd_stages_3_0_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at64[12513792];  float stages_3_0_pwconv1_sum[512]; };
    /* fwd_stages_3_0_pwconv1_weight_scaled .. pack_stages_3_0_pwconv1_weight_scaled_back */
    struct {                    float stages_3_0_pwconv1_weight_scaled[512][128]; };
    /* fwd_stages_3_0_pwconv1_gelu .. bwd_stages_3_0_pwconv1 */
    struct { char at66[12254208];  float stages_3_0_pwconv1[2][3][3][512]; };
    /* fwd_stages_3_0_pwconv1_gelu .. bwd_stages_3_0_pwconv1 */
    struct { char at67[12291072];  float stages_3_0_pwconv1_gelu_erf[2][3][3][512]; };
    /* fwd_stages_3_0_pwconv1_gelu .. bwd_stages_3_0_pwconv2_weight_scaled */
    struct { char at68[12327936];  float stages_3_0_pwconv1_gelu[2][3][3][512]; };
    /* fwd_stages_3_0_pwconv2_weight_scaled .. pack_stages_3_0_pwconv2_weight_scaled_back */
    struct { char at69[262144];  float stages_3_0_pwconv2_weight_scaled[128][512]; };
    /* fwd_stages_3_0_add .. bwd_stages_3_1_dwconv_weight */
    struct { char at70[12561920];  float stages_3_0_add[2][3][3][128]; };
    /* fwd_stages_3_1_dwconv .. bwd_stages_3_1_dwconv */
    struct { char at71[12576384];  float stages_3_1_dwconv[2][3][3][128]; };
    /* fwd_stages_3_1_norm .. bwd_stages_3_1_dwconv */
    struct { char at72[12629952];  float stages_3_1_norm_sum[2][3][3]; };
    /* fwd_stages_3_1_norm .. bwd_stages_3_1_dwconv */
    struct { char at73[12630080];  float stages_3_1_norm_rsqrt[2][3][3]; };
    /* fwd_stages_3_1_norm .. bwd_stages_3_1_pwconv1_weight_scaled */
    struct { char at74[12593920];  float stages_3_1_norm[2][3][3][128]; };
    /* fwd_stages_3_1_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at75[12515840];  float stages_3_1_pwconv1_sum[512]; };
    /* fwd_stages_3_1_pwconv1_weight_scaled .. pack_stages_3_1_pwconv1_weight_scaled_back */
    struct { char at76[1015808];  float stages_3_1_pwconv1_weight_scaled[512][128]; };
    /* fwd_stages_3_1_pwconv1_gelu .. bwd_stages_3_1_pwconv1 */
    struct { char at77[12403200];  float stages_3_1_pwconv1[2][3][3][512]; };
    /* fwd_stages_3_1_pwconv1_gelu .. bwd_stages_3_1_pwconv1 */
    struct { char at78[12440064];  float stages_3_1_pwconv1_gelu_erf[2][3][3][512]; };
    /* fwd_stages_3_1_pwconv1_gelu .. bwd_stages_3_1_pwconv2_weight_scaled */
    struct { char at79[12476928];  float stages_3_1_pwconv1_gelu[2][3][3][512]; };
    /* fwd_stages_3_1_pwconv2_weight_scaled .. pack_stages_3_1_pwconv2_weight_scaled_back */
    struct { char at80[1277952];  float stages_3_1_pwconv2_weight_scaled[128][512]; };
    /* fwd_features .. fwd_norm */
    struct { char at81[12617536];  float features[2][3][3][128]; };
    /* fwd_norm .. bwd_stages_3_0_add */
    struct { char at82[12628544];  float global_avg_pool_sum[2][128]; };
    /* fwd_norm .. bwd_stages_3_0_add */
    struct { char at83[12630208];  float norm_sum[2]; };
    /* fwd_norm .. bwd_stages_3_0_add */
    struct { char at84[12630272];  float norm_rsqrt[2]; };
    /* fwd_norm .. bwd_head_weight_scaled */
    struct { char at85[12616512];  float norm[2][128]; };
    /* fwd_head_weight_scaled .. bwd_stem_conv_weight */
    struct { char at86[12629568];  float head_sum[10]; };
    /* fwd_head_weight_scaled .. pack_head_weight_scaled_back */
    struct { char at87[1540096];  float head_weight_scaled[10][128]; };
    /* fwd_logits .. fwd_loss */
    struct { char at88[12617664];  float logits[2][10]; };
    /* fwd_loss .. bwd_head_weight_scaled */
    struct { char at89[12617536];  float cross_entropy_exp[2][10]; };
    /* fwd_loss .. bwd_logits */
    struct { char at90[12617792];  float cross_entropy_sum[2]; };
    /* fwd_stem_conv .. update_head_bias */
    struct { char at91[12629632];  float loss[CONVNEXT_SLICES][1]; };
    /* bwd_logits .. bwd_head_weight_scaled */
    struct { char at92[12617536];  float d_logits[2][10]; };
    /* fwd_stem_conv .. update_head_bias */
    struct { char at93[12615424];  float d_head_bias[CONVNEXT_SLICES][10]; };
    /* bwd_norm .. bwd_stages_3_0_add */
    struct { char at94[12625728];  float d_norm[2][128]; };
    /* fwd_stem_conv .. bwd_norm_bias */
    struct { char at95[11884544];  float d_head_weight_scaled[CONVNEXT_SLICES][10][128]; };
    /* combine_loss .. update_norm_weight */
    struct { char at96[4743680];  float d_norm_weight[128]; };
    /* bwd_norm_bias .. update_head_weight */
    struct { char at97[4526848];  float d_head_weight[10][128]; };
    /* combine_loss .. update_norm_bias */
    struct { char at98[4744192];  float d_norm_bias[128]; };
    /* bwd_stages_3_1_gamma .. bwd_stages_3_0_add */
    struct { char at99[12630336];  float d_norm_rsqrt[2]; };
    /* bwd_stages_3_1_gamma .. bwd_stages_3_0_add */
    struct { char at100[12630400];  float d_norm_sum[2]; };
    /* bwd_stages_3_1_gamma .. bwd_stages_3_1_pwconv1 */
    struct { char at101[12616512];  float d_features[2][3][3][128]; };
    /* fwd_stem_conv .. bwd_stages_3_1_gamma_weight */
    struct { char at102[12548608];  float d_stages_3_1_gamma_sum[CONVNEXT_SLICES][128]; };
    /* fwd_stem_conv .. bwd_stages_3_1_gamma_weight */
    struct { char at103[3145728];  float d_stages_3_1_pwconv2_weight_scaled[CONVNEXT_SLICES][128][512]; };
    /* bwd_stages_3_1_pwconv2_bias .. update_stages_3_1_pwconv2_bias */
    struct { char at104[4532480];  float d_stages_3_1_pwconv2_bias[128]; };
    /* bwd_stages_3_1_gamma_weight .. update_stages_3_1_pwconv2_weight */
    struct { char at105[4194304];  float d_stages_3_1_pwconv2_weight[128][512]; };
    /* bwd_stages_3_1_gamma_weight .. update_stages_3_1_gamma_weight */
    struct { char at106[4532992];  float d_stages_3_1_gamma_weight[128]; };
    /* bwd_stages_3_1_pwconv1 .. bwd_stages_3_1_pwconv1_weight_scaled */
    struct { char at107[12476928];  float d_stages_3_1_pwconv1[2][3][3][512]; };
    /* fwd_stem_conv .. update_stages_3_1_pwconv1_bias */
    struct { char at108[12162560];  float d_stages_3_1_pwconv1_bias[CONVNEXT_SLICES][512]; };
    /* bwd_stages_3_1_norm .. bwd_stages_3_1_dwconv */
    struct { char at109[12403200];  float d_stages_3_1_norm[2][3][3][128]; };
    /* fwd_stem_conv .. bwd_stages_3_1_norm_bias */
    struct { char at110[2097152];  float d_stages_3_1_pwconv1_weight_scaled[CONVNEXT_SLICES][512][128]; };
    /* combine_loss .. update_stages_3_1_norm_weight */
    struct { char at111[4744704];  float d_stages_3_1_norm_weight[128]; };
    /* bwd_stages_3_1_norm_bias .. update_stages_3_1_pwconv1_weight */
    struct { char at112[3145728];  float d_stages_3_1_pwconv1_weight[512][128]; };
    /* combine_loss .. update_stages_3_1_norm_bias */
    struct { char at113[4745216];  float d_stages_3_1_norm_bias[128]; };
    /* bwd_stages_3_1_dwconv .. bwd_stages_3_1_dwconv_weight */
    struct { char at114[12453888];  float d_stages_3_1_dwconv[2][3][3][128]; };
    /* fwd_stem_conv .. update_stages_3_1_dwconv_bias */
    struct { char at115[12527104];  float d_stages_3_1_dwconv_bias[CONVNEXT_SLICES][128]; };
    /* unpack_d_stages_3_1_dwconv_weight .. update_stages_3_1_dwconv_weight */
    struct { char at116[4718592];  float d_stages_3_1_dwconv_weight[128][1][7][7]; };
    /* bwd_stages_3_0_add .. bwd_downsample_3_conv */
    struct { char at117[12403200];  float d_stages_3_0_add[2][3][3][128]; };
    /* fwd_stem_conv .. bwd_stages_3_0_gamma_weight */
    struct { char at118[12546560];  float d_stages_3_0_gamma_mul[CONVNEXT_SLICES][128]; };
    /* fwd_stem_conv .. bwd_stages_3_0_gamma_weight */
    struct { char at119[1048576];  float d_stages_3_0_pwconv2_weight_scaled[CONVNEXT_SLICES][128][512]; };
    /* bwd_stages_3_0_pwconv2_bias .. update_stages_3_0_pwconv2_bias */
    struct { char at120[2359296];  float d_stages_3_0_pwconv2_bias[128]; };
    /* bwd_stages_3_0_gamma_weight .. update_stages_3_0_pwconv2_weight */
    struct { char at121[2097152];  float d_stages_3_0_pwconv2_weight[128][512]; };
    /* bwd_stages_3_0_gamma_weight .. update_stages_3_0_gamma_weight */
    struct { char at122[2359808];  float d_stages_3_0_gamma_weight[128]; };
    /* bwd_stages_3_0_pwconv1 .. bwd_stages_3_0_pwconv1_weight_scaled */
    struct { char at123[12412416];  float d_stages_3_0_pwconv1[2][3][3][512]; };
    /* fwd_stem_conv .. update_stages_3_0_pwconv1_bias */
    struct { char at124[12170752];  float d_stages_3_0_pwconv1_bias[CONVNEXT_SLICES][512]; };
    /* bwd_stages_3_0_norm .. bwd_stages_3_0_dwconv */
    struct { char at125[12254208];  float d_stages_3_0_norm[2][3][3][128]; };
    /* fwd_stem_conv .. bwd_stages_3_0_norm_bias */
    struct {                    float d_stages_3_0_pwconv1_weight_scaled[CONVNEXT_SLICES][512][128]; };
    /* combine_loss .. update_stages_3_0_norm_weight */
    struct { char at127[4745728];  float d_stages_3_0_norm_weight[128]; };
    /* bwd_stages_3_0_norm_bias .. update_stages_3_0_pwconv1_weight */
    struct { char at128[1048576];  float d_stages_3_0_pwconv1_weight[512][128]; };
    /* combine_loss .. update_stages_3_0_norm_bias */
    struct { char at129[4746240];  float d_stages_3_0_norm_bias[128]; };
    /* bwd_stages_3_0_dwconv .. bwd_stages_3_0_dwconv_weight */
    struct { char at130[12304896];  float d_stages_3_0_dwconv[2][3][3][128]; };
    /* fwd_stem_conv .. update_stages_3_0_dwconv_bias */
    struct { char at131[12529152];  float d_stages_3_0_dwconv_bias[CONVNEXT_SLICES][128]; };
    /* unpack_d_stages_3_0_dwconv_weight .. update_stages_3_0_dwconv_weight */
    struct { char at132[4880128];  float d_stages_3_0_dwconv_weight[128][1][7][7]; };
    /* bwd_downsample_3_conv .. bwd_downsample_3_conv_weight_scaled */
    struct { char at133[12295680];  float d_downsample_3_conv[2][3][3][128]; };
    /* fwd_stem_conv .. update_downsample_3_conv_bias */
    struct { char at134[12531200];  float d_downsample_3_conv_bias[CONVNEXT_SLICES][128]; };
    /* bwd_downsample_3_norm .. bwd_stages_2_1_add */
    struct { char at135[12254208];  float d_downsample_3_norm[2][7][7][64]; };
    /* unpack_d_downsample_3_conv_weight_scaled .. bwd_downsample_3_norm_bias */
    struct { char at136[4749056];  float d_downsample_3_conv_weight_scaled[128][64][2][2]; };
    /* combine_loss .. update_downsample_3_norm_weight */
    struct { char at137[4746752];  float d_downsample_3_norm_weight[64]; };
    /* bwd_downsample_3_norm_bias .. update_downsample_3_conv_weight */
    struct {                    float d_downsample_3_conv_weight[128][64][2][2]; };
    /* combine_loss .. update_downsample_3_norm_bias */
    struct { char at139[4747008];  float d_downsample_3_norm_bias[64]; };
    /* bwd_stages_2_1_add .. bwd_stages_2_0_add */
    struct { char at140[12304384];  float d_stages_2_1_add[2][7][7][64]; };
    /* fwd_stem_conv .. bwd_stages_2_1_gamma_weight */
    struct { char at141[12592896];  float d_stages_2_1_gamma_mul[CONVNEXT_SLICES][64]; };
    /* fwd_stem_conv .. bwd_stages_2_1_gamma_weight */
    struct { char at142[6815744];  float d_stages_2_1_pwconv2_weight_scaled[CONVNEXT_SLICES][64][256]; };
    /* bwd_stages_2_1_pwconv2_bias .. update_stages_2_1_pwconv2_bias */
    struct { char at143[196608];  float d_stages_2_1_pwconv2_bias[64]; };
    /* bwd_stages_2_1_gamma_weight .. update_stages_2_1_pwconv2_weight */
    struct { char at144[131072];  float d_stages_2_1_pwconv2_weight[64][256]; };
    /* bwd_stages_2_1_gamma_weight .. update_stages_2_1_gamma_weight */
    struct { char at145[196864];  float d_stages_2_1_gamma_weight[64]; };
    /* bwd_stages_2_1_pwconv1 .. bwd_stages_2_1_pwconv1_weight_scaled */
    struct { char at146[12204032];  float d_stages_2_1_pwconv1[2][7][7][256]; };
    /* fwd_stem_conv .. update_stages_2_1_pwconv1_bias */
    struct { char at147[12395008];  float d_stages_2_1_pwconv1_bias[CONVNEXT_SLICES][256]; };
    /* bwd_stages_2_1_norm .. bwd_stages_2_1_dwconv */
    struct { char at148[11083776];  float d_stages_2_1_norm[2][7][7][64]; };
    /* fwd_stem_conv .. bwd_stages_2_1_norm_bias */
    struct { char at149[6291456];  float d_stages_2_1_pwconv1_weight_scaled[CONVNEXT_SLICES][256][64]; };
    /* combine_loss .. update_stages_2_1_norm_weight */
    struct { char at150[4747264];  float d_stages_2_1_norm_weight[64]; };
    /* bwd_stages_2_1_norm_bias .. update_stages_2_1_pwconv1_weight */
    struct { char at151[197120];  float d_stages_2_1_pwconv1_weight[256][64]; };
    /* combine_loss .. update_stages_2_1_norm_bias */
    struct { char at152[4747520];  float d_stages_2_1_norm_bias[64]; };
    /* bwd_stages_2_1_dwconv .. bwd_stages_2_1_dwconv_weight */
    struct { char at153[11108864];  float d_stages_2_1_dwconv[2][7][7][64]; };
    /* fwd_stem_conv .. update_stages_2_1_dwconv_bias */
    struct { char at154[12585600];  float d_stages_2_1_dwconv_bias[CONVNEXT_SLICES][64]; };
    /* unpack_d_stages_2_1_dwconv_weight .. update_stages_2_1_dwconv_weight */
    struct { char at155[4489216];  float d_stages_2_1_dwconv_weight[64][1][7][7]; };
    /* bwd_stages_2_0_add .. bwd_downsample_2_conv */
    struct { char at156[11083776];  float d_stages_2_0_add[2][7][7][64]; };
    /* fwd_stem_conv .. bwd_stages_2_0_gamma_weight */
    struct { char at157[12591872];  float d_stages_2_0_gamma_mul[CONVNEXT_SLICES][64]; };
    /* fwd_stem_conv .. bwd_stages_2_0_gamma_weight */
    struct { char at158[6029312];  float d_stages_2_0_pwconv2_weight_scaled[CONVNEXT_SLICES][64][256]; };
    /* bwd_stages_2_0_pwconv2_bias .. update_stages_2_0_pwconv2_bias */
    struct { char at159[328192];  float d_stages_2_0_pwconv2_bias[64]; };
    /* bwd_stages_2_0_gamma_weight .. update_stages_2_0_pwconv2_weight */
    struct { char at160[262656];  float d_stages_2_0_pwconv2_weight[64][256]; };
    /* bwd_stages_2_0_gamma_weight .. update_stages_2_0_gamma_weight */
    struct { char at161[328448];  float d_stages_2_0_gamma_weight[64]; };
    /* bwd_stages_2_0_pwconv1 .. bwd_stages_2_0_pwconv1_weight_scaled */
    struct { char at162[11108864];  float d_stages_2_0_pwconv1[2][7][7][256]; };
    /* fwd_stem_conv .. update_stages_2_0_pwconv1_bias */
    struct { char at163[12399104];  float d_stages_2_0_pwconv1_bias[CONVNEXT_SLICES][256]; };
    /* bwd_stages_2_0_norm .. bwd_stages_2_0_dwconv */
    struct { char at164[10448896];  float d_stages_2_0_norm[2][7][7][64]; };
    /* fwd_stem_conv .. bwd_stages_2_0_norm_bias */
    struct { char at165[5505024];  float d_stages_2_0_pwconv1_weight_scaled[CONVNEXT_SLICES][256][64]; };
    /* combine_loss .. update_stages_2_0_norm_weight */
    struct { char at166[4747776];  float d_stages_2_0_norm_weight[64]; };
    /* bwd_stages_2_0_norm_bias .. update_stages_2_0_pwconv1_weight */
    struct { char at167[328704];  float d_stages_2_0_pwconv1_weight[256][64]; };
    /* combine_loss .. update_stages_2_0_norm_bias */
    struct { char at168[4748032];  float d_stages_2_0_norm_bias[64]; };
    /* bwd_stages_2_0_dwconv .. bwd_stages_2_0_dwconv_weight */
    struct { char at169[10473984];  float d_stages_2_0_dwconv[2][7][7][64]; };
    /* fwd_stem_conv .. update_stages_2_0_dwconv_bias */
    struct { char at170[12586624];  float d_stages_2_0_dwconv_bias[CONVNEXT_SLICES][64]; };
    /* unpack_d_stages_2_0_dwconv_weight .. update_stages_2_0_dwconv_weight */
    struct { char at171[4501760];  float d_stages_2_0_dwconv_weight[64][1][7][7]; };
    /* bwd_downsample_2_conv .. bwd_downsample_2_conv_weight_scaled */
    struct { char at172[10448896];  float d_downsample_2_conv[2][7][7][64]; };
    /* fwd_stem_conv .. update_downsample_2_conv_bias */
    struct { char at173[12587648];  float d_downsample_2_conv_bias[CONVNEXT_SLICES][64]; };
    /* bwd_downsample_2_norm .. bwd_stages_1_1_add */
    struct { char at174[10473984];  float d_downsample_2_norm[2][14][14][32]; };
    /* unpack_d_downsample_2_conv_weight_scaled .. bwd_downsample_2_norm_bias */
    struct { char at175[4456448];  float d_downsample_2_conv_weight_scaled[64][32][2][2]; };
    /* combine_loss .. update_downsample_2_norm_weight */
    struct { char at176[4748288];  float d_downsample_2_norm_weight[32]; };
    /* bwd_downsample_2_norm_bias .. update_downsample_2_conv_weight */
    struct { char at177[394240];  float d_downsample_2_conv_weight[64][32][2][2]; };
    /* combine_loss .. update_downsample_2_norm_bias */
    struct { char at178[4748416];  float d_downsample_2_norm_bias[32]; };
    /* bwd_stages_1_1_add .. bwd_stages_1_0_add */
    struct { char at179[10649600];  float d_stages_1_1_add[2][14][14][32]; };
    /* fwd_stem_conv .. bwd_stages_1_1_gamma_weight */
    struct { char at180[12614656];  float d_stages_1_1_gamma_mul[CONVNEXT_SLICES][32]; };
    /* fwd_stem_conv .. bwd_stages_1_1_gamma_weight */
    struct { char at181[10121216];  float d_stages_1_1_pwconv2_weight_scaled[CONVNEXT_SLICES][32][128]; };
    /* bwd_stages_1_1_pwconv2_bias .. update_stages_1_1_pwconv2_bias */
    struct { char at182[443392];  float d_stages_1_1_pwconv2_bias[32]; };
    /* bwd_stages_1_1_gamma_weight .. update_stages_1_1_pwconv2_weight */
    struct { char at183[427008];  float d_stages_1_1_pwconv2_weight[32][128]; };
    /* bwd_stages_1_1_gamma_weight .. update_stages_1_1_gamma_weight */
    struct { char at184[443520];  float d_stages_1_1_gamma_weight[32]; };
    /* bwd_stages_1_1_pwconv1 .. bwd_stages_1_1_pwconv1_weight_scaled */
    struct { char at185[10448896];  float d_stages_1_1_pwconv1[2][14][14][128]; };
    /* fwd_stem_conv .. update_stages_1_1_pwconv1_bias */
    struct { char at186[12533248];  float d_stages_1_1_pwconv1_bias[CONVNEXT_SLICES][128]; };
    /* bwd_stages_1_1_norm .. bwd_stages_1_1_dwconv */
    struct { char at187[8728576];  float d_stages_1_1_norm[2][14][14][32]; };
    /* fwd_stem_conv .. bwd_stages_1_1_norm_bias */
    struct { char at188[10055680];  float d_stages_1_1_pwconv1_weight_scaled[CONVNEXT_SLICES][128][32]; };
    /* combine_loss .. update_stages_1_1_norm_weight */
    struct { char at189[4748544];  float d_stages_1_1_norm_weight[32]; };
    /* bwd_stages_1_1_norm_bias .. update_stages_1_1_pwconv1_weight */
    struct { char at190[443648];  float d_stages_1_1_pwconv1_weight[128][32]; };
    /* combine_loss .. update_stages_1_1_norm_bias */
    struct { char at191[4748672];  float d_stages_1_1_norm_bias[32]; };
    /* bwd_stages_1_1_dwconv .. bwd_stages_1_1_dwconv_weight */
    struct { char at192[8778752];  float d_stages_1_1_dwconv[2][14][14][32]; };
    /* fwd_stem_conv .. update_stages_1_1_dwconv_bias */
    struct { char at193[12611584];  float d_stages_1_1_dwconv_bias[CONVNEXT_SLICES][32]; };
    /* unpack_d_stages_1_1_dwconv_weight .. update_stages_1_1_dwconv_weight */
    struct { char at194[4514304];  float d_stages_1_1_dwconv_weight[32][1][7][7]; };
    /* bwd_stages_1_0_add .. bwd_stem_norm */
    struct { char at195[8728576];  float d_stages_1_0_add[2][14][14][32]; };
    /* fwd_stem_conv .. bwd_stages_1_0_gamma_weight */
    struct { char at196[12614144];  float d_stages_1_0_gamma_mul[CONVNEXT_SLICES][32]; };
    /* fwd_stem_conv .. bwd_stages_1_0_gamma_weight */
    struct { char at197[9990144];  float d_stages_1_0_pwconv2_weight_scaled[CONVNEXT_SLICES][32][128]; };
    /* bwd_stages_1_0_pwconv2_bias .. update_stages_1_0_pwconv2_bias */
    struct { char at198[476416];  float d_stages_1_0_pwconv2_bias[32]; };
    /* bwd_stages_1_0_gamma_weight .. update_stages_1_0_pwconv2_weight */
    struct { char at199[460032];  float d_stages_1_0_pwconv2_weight[32][128]; };
    /* bwd_stages_1_0_gamma_weight .. update_stages_1_0_gamma_weight */
    struct { char at200[476544];  float d_stages_1_0_gamma_weight[32]; };
    /* bwd_stages_1_0_pwconv1 .. bwd_stages_1_0_pwconv1_weight_scaled */
    struct { char at201[8778752];  float d_stages_1_0_pwconv1[2][14][14][128]; };
    /* fwd_stem_conv .. update_stages_1_0_pwconv1_bias */
    struct { char at202[12535296];  float d_stages_1_0_pwconv1_bias[CONVNEXT_SLICES][128]; };
    /* bwd_stages_1_0_norm .. bwd_stages_1_0_dwconv */
    struct { char at203[7995392];  float d_stages_1_0_norm[2][14][14][32]; };
    /* fwd_stem_conv .. bwd_stages_1_0_norm_bias */
    struct { char at204[9859072];  float d_stages_1_0_pwconv1_weight_scaled[CONVNEXT_SLICES][128][32]; };
    /* combine_loss .. update_stages_1_0_norm_weight */
    struct { char at205[4748800];  float d_stages_1_0_norm_weight[32]; };
    /* bwd_stages_1_0_norm_bias .. update_stages_1_0_pwconv1_weight */
    struct { char at206[476672];  float d_stages_1_0_pwconv1_weight[128][32]; };
    /* combine_loss .. update_stages_1_0_norm_bias */
    struct { char at207[4748928];  float d_stages_1_0_norm_bias[32]; };
    /* bwd_stages_1_0_dwconv .. bwd_stages_1_0_dwconv_weight */
    struct { char at208[8045568];  float d_stages_1_0_dwconv[2][14][14][32]; };
    /* fwd_stem_conv .. update_stages_1_0_dwconv_bias */
    struct { char at209[12612096];  float d_stages_1_0_dwconv_bias[CONVNEXT_SLICES][32]; };
    /* unpack_d_stages_1_0_dwconv_weight .. update_stages_1_0_dwconv_weight */
    struct { char at210[4520576];  float d_stages_1_0_dwconv_weight[32][1][7][7]; };
    /* bwd_stem_norm .. bwd_stem_norm_weight */
    struct { char at211[7995392];  float d_stem_norm[2][14][14][32]; };
    /* fwd_stem_conv .. update_stem_norm_bias */
    struct { char at212[12612608];  float d_stem_norm_bias[CONVNEXT_SLICES][32]; };
    /* fwd_stem_conv .. update_stem_norm_weight */
    struct { char at213[12613120];  float d_stem_norm_weight[CONVNEXT_SLICES][32]; };
    /* bwd_stem_norm_weight .. bwd_stem_conv_weight */
    struct { char at214[8045568];  float d_stem_conv[2][14][14][32]; };
    /* fwd_stem_conv .. update_stem_conv_bias */
    struct { char at215[12613632];  float d_stem_conv_bias[CONVNEXT_SLICES][32]; };
    /* unpack_d_stem_conv_weight .. update_stem_conv_weight */
    struct { char at216[4531968];  float d_stem_conv_weight[32][1][2][2]; };
    /* pack_stem_conv_weight .. bwd_stem_conv_weight */
    struct { char at217[12611072];  float stem_conv_weight_packed[128]; };
    /* fwd_stem_conv */
    struct { char at218[7995392];  float fwd_stem_conv_scratch[7060]; };
    /* pack_stages_1_0_dwconv_weight .. bwd_stem_conv_weight */
    struct { char at219[12364800];  float stages_1_0_dwconv_weight_packed[1568]; };
    /* fwd_stages_1_0_dwconv */
    struct { char at220[7995392];  float fwd_stages_1_0_dwconv_scratch[12800]; };
    /* pack_stages_1_0_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at221[11819008];  float stages_1_0_pwconv1_weight_scaled_packed[4096]; };
    /* pack_stages_1_0_pwconv2_weight_scaled .. bwd_stem_conv_weight */
    struct { char at222[11835392];  float stages_1_0_pwconv2_weight_scaled_packed[4096]; };
    /* pack_stages_1_1_dwconv_weight .. bwd_stem_conv_weight */
    struct { char at223[12371072];  float stages_1_1_dwconv_weight_packed[1568]; };
    /* fwd_stages_1_1_dwconv */
    struct { char at224[8728576];  float fwd_stages_1_1_dwconv_scratch[12800]; };
    /* pack_stages_1_1_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at225[11851776];  float stages_1_1_pwconv1_weight_scaled_packed[4096]; };
    /* pack_stages_1_1_pwconv2_weight_scaled .. bwd_stem_conv_weight */
    struct { char at226[11868160];  float stages_1_1_pwconv2_weight_scaled_packed[4096]; };
    /* pack_downsample_2_conv_weight_scaled .. bwd_stem_conv_weight */
    struct { char at227[10900480];  float downsample_2_conv_weight_scaled_packed[8192]; };
    /* fwd_downsample_2_conv */
    struct { char at228[10448896];  float fwd_downsample_2_conv_scratch[6596]; };
    /* pack_stages_2_0_dwconv_weight .. bwd_stem_conv_weight */
    struct { char at229[11921408];  float stages_2_0_dwconv_weight_packed[3136]; };
    /* fwd_stages_2_0_dwconv */
    struct { char at230[10448896];  float fwd_stages_2_0_dwconv_scratch[10816]; };
    /* pack_stages_2_0_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at231[9662464];  float stages_2_0_pwconv1_weight_scaled_packed[16384]; };
    /* pack_stages_2_0_pwconv2_weight_scaled .. bwd_stem_conv_weight */
    struct { char at232[9728000];  float stages_2_0_pwconv2_weight_scaled_packed[16384]; };
    /* pack_stages_2_1_dwconv_weight .. bwd_stem_conv_weight */
    struct { char at233[11933952];  float stages_2_1_dwconv_weight_packed[3136]; };
    /* fwd_stages_2_1_dwconv */
    struct { char at234[11083776];  float fwd_stages_2_1_dwconv_scratch[10816]; };
    /* pack_stages_2_1_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at235[9793536];  float stages_2_1_pwconv1_weight_scaled_packed[16384]; };
    /* pack_stages_2_1_pwconv2_weight_scaled .. bwd_stem_conv_weight */
    struct { char at236[9924608];  float stages_2_1_pwconv2_weight_scaled_packed[16384]; };
    /* pack_downsample_3_conv_weight_scaled .. bwd_stem_conv_weight */
    struct { char at237[7864320];  float downsample_3_conv_weight_scaled_packed[32768]; };
    /* fwd_downsample_3_conv */
    struct { char at238[12254208];  float fwd_downsample_3_conv_scratch[2609]; };
    /* pack_stages_3_0_dwconv_weight .. bwd_stem_conv_weight */
    struct { char at239[11618304];  float stages_3_0_dwconv_weight_packed[6272]; };
    /* fwd_stages_3_0_dwconv */
    struct { char at240[12254208];  float fwd_stages_3_0_dwconv_scratch[10368]; };
    /* pack_stages_3_0_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at241[4718592];  float stages_3_0_pwconv1_weight_scaled_packed[65536]; };
    /* pack_stages_3_0_pwconv2_weight_scaled .. bwd_stem_conv_weight */
    struct { char at242[4980736];  float stages_3_0_pwconv2_weight_scaled_packed[65536]; };
    /* pack_stages_3_1_dwconv_weight .. bwd_stem_conv_weight */
    struct { char at243[11693568];  float stages_3_1_dwconv_weight_packed[6272]; };
    /* fwd_stages_3_1_dwconv */
    struct { char at244[12403200];  float fwd_stages_3_1_dwconv_scratch[10368]; };
    /* pack_stages_3_1_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at245[5242880];  float stages_3_1_pwconv1_weight_scaled_packed[65536]; };
    /* pack_stages_3_1_pwconv2_weight_scaled .. bwd_stem_conv_weight */
    struct { char at246[5767168];  float stages_3_1_pwconv2_weight_scaled_packed[65536]; };
    /* pack_head_weight_scaled .. bwd_stem_conv_weight */
    struct { char at247[11905024];  float head_weight_scaled_packed[4096]; };
    /* pack_head_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at248[12383616];  float head_weight_scaled_back_packed[1280]; };
    /* pack_stages_3_1_pwconv2_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at249[6553600];  float stages_3_1_pwconv2_weight_scaled_back_packed[65536]; };
    /* pack_stages_3_1_pwconv1_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at250[7077888];  float stages_3_1_pwconv1_weight_scaled_back_packed[65536]; };
    /* pack_stages_3_1_dwconv_weight_back .. bwd_stem_conv_weight */
    struct { char at251[11718656];  float stages_3_1_dwconv_weight_back_packed[6272]; };
    /* bwd_stages_3_0_add */
    struct { char at252[12412416];  float bwd_stages_3_0_add_scratch[10368]; };
    /* bwd_stages_3_1_dwconv_weight */
    struct { char at253[12412416];  float bwd_stages_3_1_dwconv_weight_scratch[10368]; };
    /* fwd_stem_conv .. unpack_d_stages_3_1_dwconv_weight */
    struct { char at254[9562112];  float d_stages_3_1_dwconv_weight_sum[CONVNEXT_SLICES][6272]; };
    /* pack_stages_3_0_pwconv2_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at255[7340032];  float stages_3_0_pwconv2_weight_scaled_back_packed[65536]; };
    /* pack_stages_3_0_pwconv1_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at256[7602176];  float stages_3_0_pwconv1_weight_scaled_back_packed[65536]; };
    /* pack_stages_3_0_dwconv_weight_back .. bwd_stem_conv_weight */
    struct { char at257[11743744];  float stages_3_0_dwconv_weight_back_packed[6272]; };
    /* bwd_downsample_3_conv */
    struct { char at258[12254208];  float bwd_downsample_3_conv_scratch[10368]; };
    /* bwd_stages_3_0_dwconv_weight */
    struct { char at259[12254208];  float bwd_stages_3_0_dwconv_weight_scratch[10368]; };
    /* fwd_stem_conv .. unpack_d_stages_3_0_dwconv_weight */
    struct { char at260[9461760];  float d_stages_3_0_dwconv_weight_sum[CONVNEXT_SLICES][6272]; };
    /* pack_downsample_3_conv_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at261[8597504];  float downsample_3_conv_weight_scaled_back_packed[32768]; };
    /* bwd_downsample_3_norm */
    struct { char at262[12279296];  float bwd_downsample_3_norm_scratch[2609]; };
    /* bwd_downsample_3_conv_weight_scaled */
    struct { char at263[12279296];  float bwd_downsample_3_conv_weight_scaled_scratch[2609]; };
    /* fwd_stem_conv .. unpack_d_downsample_3_conv_weight_scaled */
    struct { char at264[4194304];  float d_downsample_3_conv_weight_scaled_sum[CONVNEXT_SLICES][32768]; };
    /* pack_stages_2_1_pwconv2_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at265[10186752];  float stages_2_1_pwconv2_weight_scaled_back_packed[16384]; };
    /* pack_stages_2_1_pwconv1_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at266[10252288];  float stages_2_1_pwconv1_weight_scaled_back_packed[16384]; };
    /* pack_stages_2_1_dwconv_weight_back .. bwd_stem_conv_weight */
    struct { char at267[12062208];  float stages_2_1_dwconv_weight_back_packed[3136]; };
    /* bwd_stages_2_0_add */
    struct { char at268[11133952];  float bwd_stages_2_0_add_scratch[10816]; };
    /* bwd_stages_2_1_dwconv_weight */
    struct { char at269[11133952];  float bwd_stages_2_1_dwconv_weight_scratch[10816]; };
    /* fwd_stem_conv .. unpack_d_stages_2_1_dwconv_weight */
    struct { char at270[10800128];  float d_stages_2_1_dwconv_weight_sum[CONVNEXT_SLICES][3136]; };
    /* pack_stages_2_0_pwconv2_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at271[10317824];  float stages_2_0_pwconv2_weight_scaled_back_packed[16384]; };
    /* pack_stages_2_0_pwconv1_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at272[10383360];  float stages_2_0_pwconv1_weight_scaled_back_packed[16384]; };
    /* pack_stages_2_0_dwconv_weight_back .. bwd_stem_conv_weight */
    struct { char at273[12099840];  float stages_2_0_dwconv_weight_back_packed[3136]; };
    /* bwd_downsample_2_conv */
    struct { char at274[10499072];  float bwd_downsample_2_conv_scratch[10816]; };
    /* bwd_stages_2_0_dwconv_weight */
    struct { char at275[10499072];  float bwd_stages_2_0_dwconv_weight_scratch[10816]; };
    /* fwd_stem_conv .. unpack_d_stages_2_0_dwconv_weight */
    struct { char at276[10749952];  float d_stages_2_0_dwconv_weight_sum[CONVNEXT_SLICES][3136]; };
    /* pack_downsample_2_conv_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at277[11535360];  float downsample_2_conv_weight_scaled_back_packed[8192]; };
    /* bwd_downsample_2_norm */
    struct { char at278[10524160];  float bwd_downsample_2_norm_scratch[6596]; };
    /* bwd_downsample_2_conv_weight_scaled */
    struct { char at279[10524160];  float bwd_downsample_2_conv_weight_scaled_scratch[6596]; };
    /* fwd_stem_conv .. unpack_d_downsample_2_conv_weight_scaled */
    struct { char at280[9330688];  float d_downsample_2_conv_weight_scaled_sum[CONVNEXT_SLICES][8192]; };
    /* pack_stages_1_1_pwconv2_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at281[11946496];  float stages_1_1_pwconv2_weight_scaled_back_packed[4096]; };
    /* pack_stages_1_1_pwconv1_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at282[11962880];  float stages_1_1_pwconv1_weight_scaled_back_packed[4096]; };
    /* pack_stages_1_1_dwconv_weight_back .. bwd_stem_conv_weight */
    struct { char at283[12377344];  float stages_1_1_dwconv_weight_back_packed[1568]; };
    /* bwd_stages_1_0_add */
    struct { char at284[8828928];  float bwd_stages_1_0_add_scratch[12800]; };
    /* bwd_stages_1_1_dwconv_weight */
    struct { char at285[8828928];  float bwd_stages_1_1_dwconv_weight_scratch[12800]; };
    /* fwd_stem_conv .. unpack_d_stages_1_1_dwconv_weight */
    struct { char at286[11793920];  float d_stages_1_1_dwconv_weight_sum[CONVNEXT_SLICES][1568]; };
    /* pack_stages_1_0_pwconv2_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at287[11979264];  float stages_1_0_pwconv2_weight_scaled_back_packed[4096]; };
    /* pack_stages_1_0_pwconv1_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at288[11995648];  float stages_1_0_pwconv1_weight_scaled_back_packed[4096]; };
    /* pack_stages_1_0_dwconv_weight_back .. bwd_stem_conv_weight */
    struct { char at289[12388736];  float stages_1_0_dwconv_weight_back_packed[1568]; };
    /* bwd_stem_norm */
    struct { char at290[8095744];  float bwd_stem_norm_scratch[12800]; };
    /* bwd_stages_1_0_dwconv_weight */
    struct { char at291[8095744];  float bwd_stages_1_0_dwconv_weight_scratch[12800]; };
    /* fwd_stem_conv .. unpack_d_stages_1_0_dwconv_weight */
    struct { char at292[11768832];  float d_stages_1_0_dwconv_weight_sum[CONVNEXT_SLICES][1568]; };
    /* bwd_stem_conv_weight */
    struct { char at293[7995392];  float bwd_stem_conv_weight_scratch[7060]; };
    /* fwd_stem_conv .. unpack_d_stem_conv_weight */
    struct { char at294[12559872];  float d_stem_conv_weight_sum[CONVNEXT_SLICES][128]; };
#endif
    char bytes[12630464];
} ConvnextTrainWork;

/* Workspace of convnext_evaluate: 2656384 bytes for one thread, 94 buffers (the schedule needs at least
 * 2656384).  Buffers that are never live at once share bytes; the leading char array is where a buffer
 * starts.  Above each: the kernels it lives for. */
typedef union ConvnextEvaluateWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_stem_conv .. evaluate_fwd_stem_norm */
    struct {                    float stem_conv[4][14][14][32]; };
    /* evaluate_fwd_stem_norm .. fwd_stages_1_0_add */
    struct { char at1[1982464];  float stem_norm[4][14][14][32]; };
    /* fwd_stages_1_0_dwconv .. fwd_stages_1_0_norm */
    struct {                    float stages_1_0_dwconv[4][14][14][32]; };
    /* fwd_stages_1_0_norm .. fwd_stages_1_0_pwconv1_gelu */
    struct { char at3[2082816];  float stages_1_0_norm[4][14][14][32]; };
    /* fwd_stages_1_0_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at4[2653952];  float stages_1_0_pwconv1_sum[128]; };
    /* fwd_stages_1_0_pwconv1_weight_scaled .. pack_stages_1_0_pwconv1_weight_scaled */
    struct { char at5[1245184];  float stages_1_0_pwconv1_weight_scaled[128][32]; };
    /* fwd_stages_1_0_pwconv1_gelu */
    struct { char at6[401408];  float stages_1_0_pwconv1[4][14][14][128]; };
    /* fwd_stages_1_0_pwconv1_gelu .. fwd_stages_1_0_add */
    struct {                    float stages_1_0_pwconv1_gelu[4][14][14][128]; };
    /* fwd_stages_1_0_pwconv2_weight_scaled .. pack_stages_1_0_pwconv2_weight_scaled */
    struct { char at8[1261568];  float stages_1_0_pwconv2_weight_scaled[32][128]; };
    /* fwd_stages_1_0_add .. fwd_stages_1_1_add */
    struct { char at9[2082816];  float stages_1_0_add[4][14][14][32]; };
    /* fwd_stages_1_1_dwconv .. fwd_stages_1_1_norm */
    struct {                    float stages_1_1_dwconv[4][14][14][32]; };
    /* fwd_stages_1_1_norm .. fwd_stages_1_1_pwconv1_gelu */
    struct { char at11[1982464];  float stages_1_1_norm[4][14][14][32]; };
    /* fwd_stages_1_1_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at12[2654464];  float stages_1_1_pwconv1_sum[128]; };
    /* fwd_stages_1_1_pwconv1_weight_scaled .. pack_stages_1_1_pwconv1_weight_scaled */
    struct { char at13[1212416];  float stages_1_1_pwconv1_weight_scaled[128][32]; };
    /* fwd_stages_1_1_pwconv1_gelu */
    struct { char at14[401408];  float stages_1_1_pwconv1[4][14][14][128]; };
    /* fwd_stages_1_1_pwconv1_gelu .. fwd_stages_1_1_add */
    struct {                    float stages_1_1_pwconv1_gelu[4][14][14][128]; };
    /* fwd_stages_1_1_pwconv2_weight_scaled .. pack_stages_1_1_pwconv2_weight_scaled */
    struct { char at16[1228800];  float stages_1_1_pwconv2_weight_scaled[32][128]; };
    /* fwd_stages_1_1_add .. fwd_downsample_2_norm */
    struct { char at17[401408];  float stages_1_1_add[4][14][14][32]; };
    /* fwd_downsample_2_norm .. fwd_downsample_2_conv */
    struct {                    float downsample_2_norm[4][14][14][32]; };
    /* fwd_downsample_2_conv_weight_scaled .. evaluate_fwd_loss */
    struct { char at19[2656000];  float downsample_2_conv_sum[64]; };
    /* fwd_downsample_2_conv_weight_scaled .. pack_downsample_2_conv_weight_scaled */
    struct { char at20[1179648];  float downsample_2_conv_weight_scaled[64][32][2][2]; };
    /* fwd_downsample_2_conv .. fwd_stages_2_0_add */
    struct { char at21[401408];  float downsample_2_conv[4][7][7][64]; };
    /* fwd_stages_2_0_dwconv .. fwd_stages_2_0_norm */
    struct {                    float stages_2_0_dwconv[4][7][7][64]; };
    /* fwd_stages_2_0_norm .. fwd_stages_2_0_pwconv1_gelu */
    struct { char at23[451584];  float stages_2_0_norm[4][7][7][64]; };
    /* fwd_stages_2_0_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at24[2651904];  float stages_2_0_pwconv1_sum[256]; };
    /* fwd_stages_2_0_pwconv1_weight_scaled .. pack_stages_2_0_pwconv1_weight_scaled */
    struct { char at25[1048576];  float stages_2_0_pwconv1_weight_scaled[256][64]; };
    /* fwd_stages_2_0_pwconv1_gelu */
    struct { char at26[200704];  float stages_2_0_pwconv1[4][7][7][256]; };
    /* fwd_stages_2_0_pwconv1_gelu .. fwd_stages_2_0_add */
    struct {                    float stages_2_0_pwconv1_gelu[4][7][7][256]; };
    /* fwd_stages_2_0_pwconv2_weight_scaled .. pack_stages_2_0_pwconv2_weight_scaled */
    struct { char at28[1114112];  float stages_2_0_pwconv2_weight_scaled[64][256]; };
    /* fwd_stages_2_0_add .. fwd_stages_2_1_add */
    struct { char at29[451584];  float stages_2_0_add[4][7][7][64]; };
    /* fwd_stages_2_1_dwconv .. fwd_stages_2_1_norm */
    struct {                    float stages_2_1_dwconv[4][7][7][64]; };
    /* fwd_stages_2_1_norm .. fwd_stages_2_1_pwconv1_gelu */
    struct { char at31[401408];  float stages_2_1_norm[4][7][7][64]; };
    /* fwd_stages_2_1_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at32[2652928];  float stages_2_1_pwconv1_sum[256]; };
    /* fwd_stages_2_1_pwconv1_weight_scaled .. pack_stages_2_1_pwconv1_weight_scaled */
    struct { char at33[917504];  float stages_2_1_pwconv1_weight_scaled[256][64]; };
    /* fwd_stages_2_1_pwconv1_gelu */
    struct { char at34[200704];  float stages_2_1_pwconv1[4][7][7][256]; };
    /* fwd_stages_2_1_pwconv1_gelu .. fwd_stages_2_1_add */
    struct {                    float stages_2_1_pwconv1_gelu[4][7][7][256]; };
    /* fwd_stages_2_1_pwconv2_weight_scaled .. pack_stages_2_1_pwconv2_weight_scaled */
    struct { char at36[983040];  float stages_2_1_pwconv2_weight_scaled[64][256]; };
    /* fwd_stages_2_1_add .. fwd_downsample_3_norm */
    struct { char at37[200704];  float stages_2_1_add[4][7][7][64]; };
    /* fwd_downsample_3_norm .. fwd_downsample_3_conv */
    struct {                    float downsample_3_norm[4][7][7][64]; };
    /* fwd_downsample_3_conv_weight_scaled .. evaluate_fwd_loss */
    struct { char at39[2654976];  float downsample_3_conv_sum[128]; };
    /* fwd_downsample_3_conv_weight_scaled .. pack_downsample_3_conv_weight_scaled */
    struct { char at40[786432];  float downsample_3_conv_weight_scaled[128][64][2][2]; };
    /* fwd_downsample_3_conv .. fwd_stages_3_0_add */
    struct { char at41[147456];  float downsample_3_conv[4][3][3][128]; };
    /* fwd_stages_3_0_dwconv .. fwd_stages_3_0_norm */
    struct { char at42[41472];  float stages_3_0_dwconv[4][3][3][128]; };
    /* fwd_stages_3_0_norm .. fwd_stages_3_0_pwconv1_gelu */
    struct { char at43[165888];  float stages_3_0_norm[4][3][3][128]; };
    /* fwd_stages_3_0_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at44[2647808];  float stages_3_0_pwconv1_sum[512]; };
    /* fwd_stages_3_0_pwconv1_weight_scaled .. pack_stages_3_0_pwconv1_weight_scaled */
    struct { char at45[524288];  float stages_3_0_pwconv1_weight_scaled[512][128]; };
    /* fwd_stages_3_0_pwconv1_gelu */
    struct { char at46[73728];  float stages_3_0_pwconv1[4][3][3][512]; };
    /* fwd_stages_3_0_pwconv1_gelu .. fwd_stages_3_0_add */
    struct {                    float stages_3_0_pwconv1_gelu[4][3][3][512]; };
    /* fwd_stages_3_0_pwconv2_weight_scaled .. pack_stages_3_0_pwconv2_weight_scaled */
    struct { char at48[1327104];  float stages_3_0_pwconv2_weight_scaled[128][512]; };
    /* fwd_stages_3_0_add .. fwd_features */
    struct { char at49[165888];  float stages_3_0_add[4][3][3][128]; };
    /* fwd_stages_3_1_dwconv .. fwd_stages_3_1_norm */
    struct { char at50[41472];  float stages_3_1_dwconv[4][3][3][128]; };
    /* fwd_stages_3_1_norm .. fwd_stages_3_1_pwconv1_gelu */
    struct { char at51[147456];  float stages_3_1_norm[4][3][3][128]; };
    /* fwd_stages_3_1_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at52[2649856];  float stages_3_1_pwconv1_sum[512]; };
    /* fwd_stages_3_1_pwconv1_weight_scaled .. pack_stages_3_1_pwconv1_weight_scaled */
    struct {                    float stages_3_1_pwconv1_weight_scaled[512][128]; };
    /* fwd_stages_3_1_pwconv1_gelu */
    struct { char at54[73728];  float stages_3_1_pwconv1[4][3][3][512]; };
    /* fwd_stages_3_1_pwconv1_gelu .. fwd_features */
    struct {                    float stages_3_1_pwconv1_gelu[4][3][3][512]; };
    /* fwd_stages_3_1_pwconv2_weight_scaled .. pack_stages_3_1_pwconv2_weight_scaled */
    struct { char at56[262144];  float stages_3_1_pwconv2_weight_scaled[128][512]; };
    /* fwd_features .. evaluate_fwd_norm */
    struct { char at57[73728];  float features[4][3][3][128]; };
    /* evaluate_fwd_norm .. fwd_logits */
    struct {                    float norm[4][128]; };
    /* fwd_head_weight_scaled .. evaluate_fwd_loss */
    struct { char at59[2656256];  float head_sum[10]; };
    /* fwd_head_weight_scaled .. pack_head_weight_scaled */
    struct { char at60[1982464];  float head_weight_scaled[10][128]; };
    /* fwd_logits .. evaluate_fwd_loss */
    struct { char at61[2048];   float logits[4][10]; };
    /* fwd_stem_conv .. combine_loss */
    struct { char at62[2656320];  float loss[CONVNEXT_SLICES][1]; };
    /* pack_stem_conv_weight .. evaluate_fwd_loss */
    struct { char at63[2655488];  float stem_conv_weight_packed[128]; };
    /* fwd_stem_conv */
    struct { char at64[100352];  float fwd_stem_conv_scratch[7060]; };
    /* pack_stages_1_0_dwconv_weight .. evaluate_fwd_loss */
    struct { char at65[2635264];  float stages_1_0_dwconv_weight_packed[1568]; };
    /* fwd_stages_1_0_dwconv */
    struct { char at66[100352];  float fwd_stages_1_0_dwconv_scratch[12800]; };
    /* pack_stages_1_0_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at67[2528256];  float stages_1_0_pwconv1_weight_scaled_packed[4096]; };
    /* pack_stages_1_0_pwconv2_weight_scaled .. evaluate_fwd_loss */
    struct { char at68[2544640];  float stages_1_0_pwconv2_weight_scaled_packed[4096]; };
    /* pack_stages_1_1_dwconv_weight .. evaluate_fwd_loss */
    struct { char at69[2641536];  float stages_1_1_dwconv_weight_packed[1568]; };
    /* fwd_stages_1_1_dwconv */
    struct { char at70[100352];  float fwd_stages_1_1_dwconv_scratch[12800]; };
    /* pack_stages_1_1_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at71[2561024];  float stages_1_1_pwconv1_weight_scaled_packed[4096]; };
    /* pack_stages_1_1_pwconv2_weight_scaled .. evaluate_fwd_loss */
    struct { char at72[2577408];  float stages_1_1_pwconv2_weight_scaled_packed[4096]; };
    /* pack_downsample_2_conv_weight_scaled .. evaluate_fwd_loss */
    struct { char at73[2445312];  float downsample_2_conv_weight_scaled_packed[8192]; };
    /* fwd_downsample_2_conv */
    struct { char at74[100352];  float fwd_downsample_2_conv_scratch[6596]; };
    /* pack_stages_2_0_dwconv_weight .. evaluate_fwd_loss */
    struct { char at75[2610176];  float stages_2_0_dwconv_weight_packed[3136]; };
    /* fwd_stages_2_0_dwconv */
    struct { char at76[50176];  float fwd_stages_2_0_dwconv_scratch[10816]; };
    /* pack_stages_2_0_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at77[2183168];  float stages_2_0_pwconv1_weight_scaled_packed[16384]; };
    /* pack_stages_2_0_pwconv2_weight_scaled .. evaluate_fwd_loss */
    struct { char at78[2248704];  float stages_2_0_pwconv2_weight_scaled_packed[16384]; };
    /* pack_stages_2_1_dwconv_weight .. evaluate_fwd_loss */
    struct { char at79[2622720];  float stages_2_1_dwconv_weight_packed[3136]; };
    /* fwd_stages_2_1_dwconv */
    struct { char at80[50176];  float fwd_stages_2_1_dwconv_scratch[10816]; };
    /* pack_stages_2_1_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at81[2314240];  float stages_2_1_pwconv1_weight_scaled_packed[16384]; };
    /* pack_stages_2_1_pwconv2_weight_scaled .. evaluate_fwd_loss */
    struct { char at82[2379776];  float stages_2_1_pwconv2_weight_scaled_packed[16384]; };
    /* pack_downsample_3_conv_weight_scaled .. evaluate_fwd_loss */
    struct { char at83[1851392];  float downsample_3_conv_weight_scaled_packed[32768]; };
    /* fwd_downsample_3_conv */
    struct { char at84[50176];  float fwd_downsample_3_conv_scratch[2609]; };
    /* pack_stages_3_0_dwconv_weight .. evaluate_fwd_loss */
    struct { char at85[2478080];  float stages_3_0_dwconv_weight_packed[6272]; };
    /* fwd_stages_3_0_dwconv */
    struct {                    float fwd_stages_3_0_dwconv_scratch[10368]; };
    /* pack_stages_3_0_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at87[802816];  float stages_3_0_pwconv1_weight_scaled_packed[65536]; };
    /* pack_stages_3_0_pwconv2_weight_scaled .. evaluate_fwd_loss */
    struct { char at88[1064960];  float stages_3_0_pwconv2_weight_scaled_packed[65536]; };
    /* pack_stages_3_1_dwconv_weight .. evaluate_fwd_loss */
    struct { char at89[2503168];  float stages_3_1_dwconv_weight_packed[6272]; };
    /* fwd_stages_3_1_dwconv */
    struct {                    float fwd_stages_3_1_dwconv_scratch[10368]; };
    /* pack_stages_3_1_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at91[1327104];  float stages_3_1_pwconv1_weight_scaled_packed[65536]; };
    /* pack_stages_3_1_pwconv2_weight_scaled .. evaluate_fwd_loss */
    struct { char at92[1589248];  float stages_3_1_pwconv2_weight_scaled_packed[65536]; };
    /* pack_head_weight_scaled .. evaluate_fwd_loss */
    struct { char at93[2593792];  float head_weight_scaled_packed[4096]; };
#endif
    char bytes[2656384];
} ConvnextEvaluateWork;

/* Workspace of convnext_predict: 2656320 bytes for one thread, 92 buffers (the schedule needs at least
 * 2656320).  Buffers that are never live at once share bytes; the leading char array is where a buffer
 * starts.  Above each: the kernels it lives for. */
typedef union ConvnextPredictWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_stem_conv .. evaluate_fwd_stem_norm */
    struct {                    float stem_conv[4][14][14][32]; };
    /* evaluate_fwd_stem_norm .. fwd_stages_1_0_add */
    struct { char at1[1982464];  float stem_norm[4][14][14][32]; };
    /* fwd_stages_1_0_dwconv .. fwd_stages_1_0_norm */
    struct {                    float stages_1_0_dwconv[4][14][14][32]; };
    /* fwd_stages_1_0_norm .. fwd_stages_1_0_pwconv1_gelu */
    struct { char at3[2082816];  float stages_1_0_norm[4][14][14][32]; };
    /* fwd_stages_1_0_pwconv1_weight_scaled .. fwd_logits */
    struct { char at4[2653952];  float stages_1_0_pwconv1_sum[128]; };
    /* fwd_stages_1_0_pwconv1_weight_scaled .. pack_stages_1_0_pwconv1_weight_scaled */
    struct { char at5[1245184];  float stages_1_0_pwconv1_weight_scaled[128][32]; };
    /* fwd_stages_1_0_pwconv1_gelu */
    struct { char at6[401408];  float stages_1_0_pwconv1[4][14][14][128]; };
    /* fwd_stages_1_0_pwconv1_gelu .. fwd_stages_1_0_add */
    struct {                    float stages_1_0_pwconv1_gelu[4][14][14][128]; };
    /* fwd_stages_1_0_pwconv2_weight_scaled .. pack_stages_1_0_pwconv2_weight_scaled */
    struct { char at8[1261568];  float stages_1_0_pwconv2_weight_scaled[32][128]; };
    /* fwd_stages_1_0_add .. fwd_stages_1_1_add */
    struct { char at9[2082816];  float stages_1_0_add[4][14][14][32]; };
    /* fwd_stages_1_1_dwconv .. fwd_stages_1_1_norm */
    struct {                    float stages_1_1_dwconv[4][14][14][32]; };
    /* fwd_stages_1_1_norm .. fwd_stages_1_1_pwconv1_gelu */
    struct { char at11[1982464];  float stages_1_1_norm[4][14][14][32]; };
    /* fwd_stages_1_1_pwconv1_weight_scaled .. fwd_logits */
    struct { char at12[2654464];  float stages_1_1_pwconv1_sum[128]; };
    /* fwd_stages_1_1_pwconv1_weight_scaled .. pack_stages_1_1_pwconv1_weight_scaled */
    struct { char at13[1212416];  float stages_1_1_pwconv1_weight_scaled[128][32]; };
    /* fwd_stages_1_1_pwconv1_gelu */
    struct { char at14[401408];  float stages_1_1_pwconv1[4][14][14][128]; };
    /* fwd_stages_1_1_pwconv1_gelu .. fwd_stages_1_1_add */
    struct {                    float stages_1_1_pwconv1_gelu[4][14][14][128]; };
    /* fwd_stages_1_1_pwconv2_weight_scaled .. pack_stages_1_1_pwconv2_weight_scaled */
    struct { char at16[1228800];  float stages_1_1_pwconv2_weight_scaled[32][128]; };
    /* fwd_stages_1_1_add .. fwd_downsample_2_norm */
    struct { char at17[401408];  float stages_1_1_add[4][14][14][32]; };
    /* fwd_downsample_2_norm .. fwd_downsample_2_conv */
    struct {                    float downsample_2_norm[4][14][14][32]; };
    /* fwd_downsample_2_conv_weight_scaled .. fwd_logits */
    struct { char at19[2656000];  float downsample_2_conv_sum[64]; };
    /* fwd_downsample_2_conv_weight_scaled .. pack_downsample_2_conv_weight_scaled */
    struct { char at20[1179648];  float downsample_2_conv_weight_scaled[64][32][2][2]; };
    /* fwd_downsample_2_conv .. fwd_stages_2_0_add */
    struct { char at21[401408];  float downsample_2_conv[4][7][7][64]; };
    /* fwd_stages_2_0_dwconv .. fwd_stages_2_0_norm */
    struct {                    float stages_2_0_dwconv[4][7][7][64]; };
    /* fwd_stages_2_0_norm .. fwd_stages_2_0_pwconv1_gelu */
    struct { char at23[451584];  float stages_2_0_norm[4][7][7][64]; };
    /* fwd_stages_2_0_pwconv1_weight_scaled .. fwd_logits */
    struct { char at24[2651904];  float stages_2_0_pwconv1_sum[256]; };
    /* fwd_stages_2_0_pwconv1_weight_scaled .. pack_stages_2_0_pwconv1_weight_scaled */
    struct { char at25[1048576];  float stages_2_0_pwconv1_weight_scaled[256][64]; };
    /* fwd_stages_2_0_pwconv1_gelu */
    struct { char at26[200704];  float stages_2_0_pwconv1[4][7][7][256]; };
    /* fwd_stages_2_0_pwconv1_gelu .. fwd_stages_2_0_add */
    struct {                    float stages_2_0_pwconv1_gelu[4][7][7][256]; };
    /* fwd_stages_2_0_pwconv2_weight_scaled .. pack_stages_2_0_pwconv2_weight_scaled */
    struct { char at28[1114112];  float stages_2_0_pwconv2_weight_scaled[64][256]; };
    /* fwd_stages_2_0_add .. fwd_stages_2_1_add */
    struct { char at29[451584];  float stages_2_0_add[4][7][7][64]; };
    /* fwd_stages_2_1_dwconv .. fwd_stages_2_1_norm */
    struct {                    float stages_2_1_dwconv[4][7][7][64]; };
    /* fwd_stages_2_1_norm .. fwd_stages_2_1_pwconv1_gelu */
    struct { char at31[401408];  float stages_2_1_norm[4][7][7][64]; };
    /* fwd_stages_2_1_pwconv1_weight_scaled .. fwd_logits */
    struct { char at32[2652928];  float stages_2_1_pwconv1_sum[256]; };
    /* fwd_stages_2_1_pwconv1_weight_scaled .. pack_stages_2_1_pwconv1_weight_scaled */
    struct { char at33[917504];  float stages_2_1_pwconv1_weight_scaled[256][64]; };
    /* fwd_stages_2_1_pwconv1_gelu */
    struct { char at34[200704];  float stages_2_1_pwconv1[4][7][7][256]; };
    /* fwd_stages_2_1_pwconv1_gelu .. fwd_stages_2_1_add */
    struct {                    float stages_2_1_pwconv1_gelu[4][7][7][256]; };
    /* fwd_stages_2_1_pwconv2_weight_scaled .. pack_stages_2_1_pwconv2_weight_scaled */
    struct { char at36[983040];  float stages_2_1_pwconv2_weight_scaled[64][256]; };
    /* fwd_stages_2_1_add .. fwd_downsample_3_norm */
    struct { char at37[200704];  float stages_2_1_add[4][7][7][64]; };
    /* fwd_downsample_3_norm .. fwd_downsample_3_conv */
    struct {                    float downsample_3_norm[4][7][7][64]; };
    /* fwd_downsample_3_conv_weight_scaled .. fwd_logits */
    struct { char at39[2654976];  float downsample_3_conv_sum[128]; };
    /* fwd_downsample_3_conv_weight_scaled .. pack_downsample_3_conv_weight_scaled */
    struct { char at40[786432];  float downsample_3_conv_weight_scaled[128][64][2][2]; };
    /* fwd_downsample_3_conv .. fwd_stages_3_0_add */
    struct { char at41[147456];  float downsample_3_conv[4][3][3][128]; };
    /* fwd_stages_3_0_dwconv .. fwd_stages_3_0_norm */
    struct { char at42[41472];  float stages_3_0_dwconv[4][3][3][128]; };
    /* fwd_stages_3_0_norm .. fwd_stages_3_0_pwconv1_gelu */
    struct { char at43[165888];  float stages_3_0_norm[4][3][3][128]; };
    /* fwd_stages_3_0_pwconv1_weight_scaled .. fwd_logits */
    struct { char at44[2647808];  float stages_3_0_pwconv1_sum[512]; };
    /* fwd_stages_3_0_pwconv1_weight_scaled .. pack_stages_3_0_pwconv1_weight_scaled */
    struct { char at45[524288];  float stages_3_0_pwconv1_weight_scaled[512][128]; };
    /* fwd_stages_3_0_pwconv1_gelu */
    struct { char at46[73728];  float stages_3_0_pwconv1[4][3][3][512]; };
    /* fwd_stages_3_0_pwconv1_gelu .. fwd_stages_3_0_add */
    struct {                    float stages_3_0_pwconv1_gelu[4][3][3][512]; };
    /* fwd_stages_3_0_pwconv2_weight_scaled .. pack_stages_3_0_pwconv2_weight_scaled */
    struct { char at48[1327104];  float stages_3_0_pwconv2_weight_scaled[128][512]; };
    /* fwd_stages_3_0_add .. fwd_features */
    struct { char at49[165888];  float stages_3_0_add[4][3][3][128]; };
    /* fwd_stages_3_1_dwconv .. fwd_stages_3_1_norm */
    struct { char at50[41472];  float stages_3_1_dwconv[4][3][3][128]; };
    /* fwd_stages_3_1_norm .. fwd_stages_3_1_pwconv1_gelu */
    struct { char at51[147456];  float stages_3_1_norm[4][3][3][128]; };
    /* fwd_stages_3_1_pwconv1_weight_scaled .. fwd_logits */
    struct { char at52[2649856];  float stages_3_1_pwconv1_sum[512]; };
    /* fwd_stages_3_1_pwconv1_weight_scaled .. pack_stages_3_1_pwconv1_weight_scaled */
    struct {                    float stages_3_1_pwconv1_weight_scaled[512][128]; };
    /* fwd_stages_3_1_pwconv1_gelu */
    struct { char at54[73728];  float stages_3_1_pwconv1[4][3][3][512]; };
    /* fwd_stages_3_1_pwconv1_gelu .. fwd_features */
    struct {                    float stages_3_1_pwconv1_gelu[4][3][3][512]; };
    /* fwd_stages_3_1_pwconv2_weight_scaled .. pack_stages_3_1_pwconv2_weight_scaled */
    struct { char at56[262144];  float stages_3_1_pwconv2_weight_scaled[128][512]; };
    /* fwd_features .. evaluate_fwd_norm */
    struct { char at57[73728];  float features[4][3][3][128]; };
    /* evaluate_fwd_norm .. fwd_logits */
    struct {                    float norm[4][128]; };
    /* fwd_head_weight_scaled .. fwd_logits */
    struct { char at59[2656256];  float head_sum[10]; };
    /* fwd_head_weight_scaled .. pack_head_weight_scaled */
    struct { char at60[1982464];  float head_weight_scaled[10][128]; };
    /* pack_stem_conv_weight .. fwd_logits */
    struct { char at61[2655488];  float stem_conv_weight_packed[128]; };
    /* fwd_stem_conv */
    struct { char at62[100352];  float fwd_stem_conv_scratch[7060]; };
    /* pack_stages_1_0_dwconv_weight .. fwd_logits */
    struct { char at63[2635264];  float stages_1_0_dwconv_weight_packed[1568]; };
    /* fwd_stages_1_0_dwconv */
    struct { char at64[100352];  float fwd_stages_1_0_dwconv_scratch[12800]; };
    /* pack_stages_1_0_pwconv1_weight_scaled .. fwd_logits */
    struct { char at65[2528256];  float stages_1_0_pwconv1_weight_scaled_packed[4096]; };
    /* pack_stages_1_0_pwconv2_weight_scaled .. fwd_logits */
    struct { char at66[2544640];  float stages_1_0_pwconv2_weight_scaled_packed[4096]; };
    /* pack_stages_1_1_dwconv_weight .. fwd_logits */
    struct { char at67[2641536];  float stages_1_1_dwconv_weight_packed[1568]; };
    /* fwd_stages_1_1_dwconv */
    struct { char at68[100352];  float fwd_stages_1_1_dwconv_scratch[12800]; };
    /* pack_stages_1_1_pwconv1_weight_scaled .. fwd_logits */
    struct { char at69[2561024];  float stages_1_1_pwconv1_weight_scaled_packed[4096]; };
    /* pack_stages_1_1_pwconv2_weight_scaled .. fwd_logits */
    struct { char at70[2577408];  float stages_1_1_pwconv2_weight_scaled_packed[4096]; };
    /* pack_downsample_2_conv_weight_scaled .. fwd_logits */
    struct { char at71[2445312];  float downsample_2_conv_weight_scaled_packed[8192]; };
    /* fwd_downsample_2_conv */
    struct { char at72[100352];  float fwd_downsample_2_conv_scratch[6596]; };
    /* pack_stages_2_0_dwconv_weight .. fwd_logits */
    struct { char at73[2610176];  float stages_2_0_dwconv_weight_packed[3136]; };
    /* fwd_stages_2_0_dwconv */
    struct { char at74[50176];  float fwd_stages_2_0_dwconv_scratch[10816]; };
    /* pack_stages_2_0_pwconv1_weight_scaled .. fwd_logits */
    struct { char at75[2183168];  float stages_2_0_pwconv1_weight_scaled_packed[16384]; };
    /* pack_stages_2_0_pwconv2_weight_scaled .. fwd_logits */
    struct { char at76[2248704];  float stages_2_0_pwconv2_weight_scaled_packed[16384]; };
    /* pack_stages_2_1_dwconv_weight .. fwd_logits */
    struct { char at77[2622720];  float stages_2_1_dwconv_weight_packed[3136]; };
    /* fwd_stages_2_1_dwconv */
    struct { char at78[50176];  float fwd_stages_2_1_dwconv_scratch[10816]; };
    /* pack_stages_2_1_pwconv1_weight_scaled .. fwd_logits */
    struct { char at79[2314240];  float stages_2_1_pwconv1_weight_scaled_packed[16384]; };
    /* pack_stages_2_1_pwconv2_weight_scaled .. fwd_logits */
    struct { char at80[2379776];  float stages_2_1_pwconv2_weight_scaled_packed[16384]; };
    /* pack_downsample_3_conv_weight_scaled .. fwd_logits */
    struct { char at81[1851392];  float downsample_3_conv_weight_scaled_packed[32768]; };
    /* fwd_downsample_3_conv */
    struct { char at82[50176];  float fwd_downsample_3_conv_scratch[2609]; };
    /* pack_stages_3_0_dwconv_weight .. fwd_logits */
    struct { char at83[2478080];  float stages_3_0_dwconv_weight_packed[6272]; };
    /* fwd_stages_3_0_dwconv */
    struct {                    float fwd_stages_3_0_dwconv_scratch[10368]; };
    /* pack_stages_3_0_pwconv1_weight_scaled .. fwd_logits */
    struct { char at85[802816];  float stages_3_0_pwconv1_weight_scaled_packed[65536]; };
    /* pack_stages_3_0_pwconv2_weight_scaled .. fwd_logits */
    struct { char at86[1064960];  float stages_3_0_pwconv2_weight_scaled_packed[65536]; };
    /* pack_stages_3_1_dwconv_weight .. fwd_logits */
    struct { char at87[2503168];  float stages_3_1_dwconv_weight_packed[6272]; };
    /* fwd_stages_3_1_dwconv */
    struct {                    float fwd_stages_3_1_dwconv_scratch[10368]; };
    /* pack_stages_3_1_pwconv1_weight_scaled .. fwd_logits */
    struct { char at89[1327104];  float stages_3_1_pwconv1_weight_scaled_packed[65536]; };
    /* pack_stages_3_1_pwconv2_weight_scaled .. fwd_logits */
    struct { char at90[1589248];  float stages_3_1_pwconv2_weight_scaled_packed[65536]; };
    /* pack_head_weight_scaled .. fwd_logits */
    struct { char at91[2593792];  float head_weight_scaled_packed[4096]; };
#endif
    char bytes[2656320];
} ConvnextPredictWork;

/* Memory of one thread, for any call. */
union ConvnextWork {
    ConvnextTrainWork train;
    ConvnextEvaluateWork evaluate;
    ConvnextPredictWork predict;
#ifdef __cplusplus
    alignas(64) char bytes[12630464];
#else
    _Alignas(64) char bytes[12630464];
#endif
};

extern const struct RtModel convnext_model;      /* the same as tables, for the trainer */

#ifdef __cplusplus
}
#endif

#endif
