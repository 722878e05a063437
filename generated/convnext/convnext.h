/* convnext.h - written by tailor 0.2.0 from convnext.lua.  Edit the graph, not this file.
 *
 *   graph       c2aa6729215b8aa55509205580990ebb1b58fc72a4e8d9e9cc5ba9a5a04445be
 *   parameters  413162 floats in 70 tensors
 *   train       48 kernels forward, 75 backward; workspace 21115328 bytes
 *   evaluate    48 kernels forward, 0 backward; workspace 3422336 bytes
 *   predict     47 kernels forward, 0 backward; workspace 3422272 bytes
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

/* Workspace of convnext_step: 21115328 bytes for one thread, 295 buffers (the schedule needs at least
 * 21115328).  Buffers that are never live at once share bytes; the leading char array is where a buffer
 * starts.  Above each: the kernels it lives for. */
typedef union ConvnextTrainWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at0[13885440];  float stem_conv[8][14][14][32]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at1[20930048];  float stem_norm_sum[8][14][14]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at2[20936320];  float stem_norm_rsqrt[8][14][14]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at3[14086144];  float stem_norm[8][14][14][32]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at4[14286848];  float stages_1_0_dwconv[8][14][14][32]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at5[20942592];  float stages_1_0_norm_sum[8][14][14]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at6[20948864];  float stages_1_0_norm_rsqrt[8][14][14]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at7[14487552];  float stages_1_0_norm[8][14][14][32]; };
    /* fwd_stages_1_0_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at8[21097088];  float stages_1_0_pwconv1_sum[128]; };
    /* fwd_stages_1_0_pwconv1_weight_scaled .. pack_stages_1_0_pwconv1_weight_scaled_back */
    struct { char at9[950272];  float stages_1_0_pwconv1_weight_scaled[128][32]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at10[4194304];  float stages_1_0_pwconv1[8][14][14][128]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at11[4997120];  float stages_1_0_pwconv1_gelu_erf[8][14][14][128]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at12[5799936];  float stages_1_0_pwconv1_gelu[8][14][14][128]; };
    /* fwd_stages_1_0_pwconv2_weight_scaled .. pack_stages_1_0_pwconv2_weight_scaled_back */
    struct { char at13[966656];  float stages_1_0_pwconv2_weight_scaled[32][128]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at14[14688256];  float stages_1_0_add[8][14][14][32]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at15[14888960];  float stages_1_1_dwconv[8][14][14][32]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at16[20955136];  float stages_1_1_norm_sum[8][14][14]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at17[20961408];  float stages_1_1_norm_rsqrt[8][14][14]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at18[15089664];  float stages_1_1_norm[8][14][14][32]; };
    /* fwd_stages_1_1_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at19[21097600];  float stages_1_1_pwconv1_sum[128]; };
    /* fwd_stages_1_1_pwconv1_weight_scaled .. pack_stages_1_1_pwconv1_weight_scaled_back */
    struct { char at20[983040];  float stages_1_1_pwconv1_weight_scaled[128][32]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at21[6602752];  float stages_1_1_pwconv1[8][14][14][128]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at22[7405568];  float stages_1_1_pwconv1_gelu_erf[8][14][14][128]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at23[8208384];  float stages_1_1_pwconv1_gelu[8][14][14][128]; };
    /* fwd_stages_1_1_pwconv2_weight_scaled .. pack_stages_1_1_pwconv2_weight_scaled_back */
    struct { char at24[999424];  float stages_1_1_pwconv2_weight_scaled[32][128]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at25[15290368];  float stages_1_1_add[8][14][14][32]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at26[20967680];  float downsample_2_norm_sum[8][14][14]; };
    /* fwd_stem_conv .. bwd_stem_conv_weight */
    struct { char at27[20973952];  float downsample_2_norm_rsqrt[8][14][14]; };
    /* fwd_stem_conv .. bwd_downsample_2_conv_weight_scaled */
    struct { char at28[17027072];  float downsample_2_norm[8][14][14][32]; };
    /* fwd_downsample_2_conv_weight_scaled .. bwd_stem_conv_weight */
    struct { char at29[21113216];  float downsample_2_conv_sum[64]; };
    /* fwd_downsample_2_conv_weight_scaled .. pack_downsample_2_conv_weight_scaled_back */
    struct { char at30[917504];  float downsample_2_conv_weight_scaled[64][32][2][2]; };
    /* fwd_downsample_2_conv .. bwd_stages_2_0_dwconv_weight */
    struct { char at31[18477056];  float downsample_2_conv[8][7][7][64]; };
    /* fwd_stages_2_0_dwconv .. bwd_stages_2_0_dwconv */
    struct { char at32[18577408];  float stages_2_0_dwconv[8][7][7][64]; };
    /* fwd_stages_2_0_norm .. bwd_stages_2_0_dwconv */
    struct { char at33[21093888];  float stages_2_0_norm_sum[8][7][7]; };
    /* fwd_stages_2_0_norm .. bwd_stages_2_0_dwconv */
    struct { char at34[21095488];  float stages_2_0_norm_rsqrt[8][7][7]; };
    /* fwd_stages_2_0_norm .. bwd_stages_2_0_pwconv1_weight_scaled */
    struct { char at35[18677760];  float stages_2_0_norm[8][7][7][64]; };
    /* fwd_stages_2_0_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at36[21045760];  float stages_2_0_pwconv1_sum[256]; };
    /* fwd_stages_2_0_pwconv1_weight_scaled .. pack_stages_2_0_pwconv1_weight_scaled_back */
    struct { char at37[655360];  float stages_2_0_pwconv1_weight_scaled[256][64]; };
    /* fwd_stages_2_0_pwconv1_gelu .. bwd_stages_2_0_pwconv1 */
    struct { char at38[12681216];  float stages_2_0_pwconv1[8][7][7][256]; };
    /* fwd_stages_2_0_pwconv1_gelu .. bwd_stages_2_0_pwconv1 */
    struct { char at39[13082624];  float stages_2_0_pwconv1_gelu_erf[8][7][7][256]; };
    /* fwd_stages_2_0_pwconv1_gelu .. bwd_stages_2_0_pwconv2_weight_scaled */
    struct { char at40[13484032];  float stages_2_0_pwconv1_gelu[8][7][7][256]; };
    /* fwd_stages_2_0_pwconv2_weight_scaled .. pack_stages_2_0_pwconv2_weight_scaled_back */
    struct { char at41[720896];  float stages_2_0_pwconv2_weight_scaled[64][256]; };
    /* fwd_stages_2_0_add .. bwd_stages_2_1_dwconv_weight */
    struct { char at42[18778112];  float stages_2_0_add[8][7][7][64]; };
    /* fwd_stages_2_1_dwconv .. bwd_stages_2_1_dwconv */
    struct { char at43[18978816];  float stages_2_1_dwconv[8][7][7][64]; };
    /* fwd_stages_2_1_norm .. bwd_stages_2_1_dwconv */
    struct { char at44[21099136];  float stages_2_1_norm_sum[8][7][7]; };
    /* fwd_stages_2_1_norm .. bwd_stages_2_1_dwconv */
    struct { char at45[21100736];  float stages_2_1_norm_rsqrt[8][7][7]; };
    /* fwd_stages_2_1_norm .. bwd_stages_2_1_pwconv1_weight_scaled */
    struct { char at46[19079168];  float stages_2_1_norm[8][7][7][64]; };
    /* fwd_stages_2_1_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at47[21046784];  float stages_2_1_pwconv1_sum[256]; };
    /* fwd_stages_2_1_pwconv1_weight_scaled .. pack_stages_2_1_pwconv1_weight_scaled_back */
    struct { char at48[786432];  float stages_2_1_pwconv1_weight_scaled[256][64]; };
    /* fwd_stages_2_1_pwconv1_gelu .. bwd_stages_2_1_pwconv1 */
    struct { char at49[15691776];  float stages_2_1_pwconv1[8][7][7][256]; };
    /* fwd_stages_2_1_pwconv1_gelu .. bwd_stages_2_1_pwconv1 */
    struct { char at50[16093184];  float stages_2_1_pwconv1_gelu_erf[8][7][7][256]; };
    /* fwd_stages_2_1_pwconv1_gelu .. bwd_stages_2_1_pwconv2_weight_scaled */
    struct { char at51[16494592];  float stages_2_1_pwconv1_gelu[8][7][7][256]; };
    /* fwd_stages_2_1_pwconv2_weight_scaled .. pack_stages_2_1_pwconv2_weight_scaled_back */
    struct { char at52[851968];  float stages_2_1_pwconv2_weight_scaled[64][256]; };
    /* fwd_stages_2_1_add .. bwd_stages_2_1_add */
    struct { char at53[19212288];  float stages_2_1_add[8][7][7][64]; };
    /* fwd_downsample_3_norm .. bwd_stages_2_1_add */
    struct { char at54[21105920];  float downsample_3_norm_sum[8][7][7]; };
    /* fwd_downsample_3_norm .. bwd_stages_2_1_add */
    struct { char at55[21107520];  float downsample_3_norm_rsqrt[8][7][7]; };
    /* fwd_downsample_3_norm .. bwd_downsample_3_conv_weight_scaled */
    struct { char at56[19312640];  float downsample_3_norm[8][7][7][64]; };
    /* fwd_downsample_3_conv_weight_scaled .. bwd_stem_conv_weight */
    struct { char at57[21098112];  float downsample_3_conv_sum[128]; };
    /* fwd_downsample_3_conv_weight_scaled .. pack_downsample_3_conv_weight_scaled_back */
    struct { char at58[524288];  float downsample_3_conv_weight_scaled[128][64][2][2]; };
    /* fwd_downsample_3_conv .. bwd_stages_3_0_dwconv_weight */
    struct { char at59[20699136];  float downsample_3_conv[8][3][3][128]; };
    /* fwd_stages_3_0_dwconv .. bwd_stages_3_0_dwconv */
    struct { char at60[20752384];  float stages_3_0_dwconv[8][3][3][128]; };
    /* fwd_stages_3_0_norm .. bwd_stages_3_0_dwconv */
    struct { char at61[21113728];  float stages_3_0_norm_sum[8][3][3]; };
    /* fwd_stages_3_0_norm .. bwd_stages_3_0_dwconv */
    struct { char at62[21114048];  float stages_3_0_norm_rsqrt[8][3][3]; };
    /* fwd_stages_3_0_norm .. bwd_stages_3_0_pwconv1_weight_scaled */
    struct { char at63[20789248];  float stages_3_0_norm[8][3][3][128]; };
    /* fwd_stages_3_0_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at64[21025280];  float stages_3_0_pwconv1_sum[512]; };
    /* fwd_stages_3_0_pwconv1_weight_scaled .. pack_stages_3_0_pwconv1_weight_scaled_back */
    struct {                    float stages_3_0_pwconv1_weight_scaled[512][128]; };
    /* fwd_stages_3_0_pwconv1_gelu .. bwd_stages_3_0_pwconv1 */
    struct { char at66[19412992];  float stages_3_0_pwconv1[8][3][3][512]; };
    /* fwd_stages_3_0_pwconv1_gelu .. bwd_stages_3_0_pwconv1 */
    struct { char at67[19560448];  float stages_3_0_pwconv1_gelu_erf[8][3][3][512]; };
    /* fwd_stages_3_0_pwconv1_gelu .. bwd_stages_3_0_pwconv2_weight_scaled */
    struct { char at68[19707904];  float stages_3_0_pwconv1_gelu[8][3][3][512]; };
    /* fwd_stages_3_0_pwconv2_weight_scaled .. pack_stages_3_0_pwconv2_weight_scaled_back */
    struct { char at69[262144];  float stages_3_0_pwconv2_weight_scaled[128][512]; };
    /* fwd_stages_3_0_add .. bwd_stages_3_1_dwconv_weight */
    struct { char at70[20838656];  float stages_3_0_add[8][3][3][128]; };
    /* fwd_stages_3_1_dwconv .. bwd_stages_3_1_dwconv */
    struct { char at71[20875520];  float stages_3_1_dwconv[8][3][3][128]; };
    /* fwd_stages_3_1_norm .. bwd_stages_3_1_dwconv */
    struct { char at72[21114432];  float stages_3_1_norm_sum[8][3][3]; };
    /* fwd_stages_3_1_norm .. bwd_stages_3_1_dwconv */
    struct { char at73[21114752];  float stages_3_1_norm_rsqrt[8][3][3]; };
    /* fwd_stages_3_1_norm .. bwd_stages_3_1_pwconv1_weight_scaled */
    struct { char at74[20988416];  float stages_3_1_norm[8][3][3][128]; };
    /* fwd_stages_3_1_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at75[21027328];  float stages_3_1_pwconv1_sum[512]; };
    /* fwd_stages_3_1_pwconv1_weight_scaled .. pack_stages_3_1_pwconv1_weight_scaled_back */
    struct { char at76[1015808];  float stages_3_1_pwconv1_weight_scaled[512][128]; };
    /* fwd_stages_3_1_pwconv1_gelu .. bwd_stages_3_1_pwconv1 */
    struct { char at77[20166144];  float stages_3_1_pwconv1[8][3][3][512]; };
    /* fwd_stages_3_1_pwconv1_gelu .. bwd_stages_3_1_pwconv1 */
    struct { char at78[20313600];  float stages_3_1_pwconv1_gelu_erf[8][3][3][512]; };
    /* fwd_stages_3_1_pwconv1_gelu .. bwd_stages_3_1_pwconv2_weight_scaled */
    struct { char at79[20526592];  float stages_3_1_pwconv1_gelu[8][3][3][512]; };
    /* fwd_stages_3_1_pwconv2_weight_scaled .. pack_stages_3_1_pwconv2_weight_scaled_back */
    struct { char at80[1277952];  float stages_3_1_pwconv2_weight_scaled[128][512]; };
    /* fwd_features .. fwd_norm */
    struct { char at81[21057024];  float features[8][3][3][128]; };
    /* fwd_norm .. bwd_stages_3_0_add */
    struct { char at82[21109120];  float global_avg_pool_sum[8][128]; };
    /* fwd_norm .. bwd_stages_3_0_add */
    struct { char at83[21115072];  float norm_sum[8]; };
    /* fwd_norm .. bwd_stages_3_0_add */
    struct { char at84[21115136];  float norm_rsqrt[8]; };
    /* fwd_norm .. bwd_head_weight_scaled */
    struct { char at85[21052928];  float norm[8][128]; };
    /* fwd_head_weight_scaled .. bwd_stem_conv_weight */
    struct { char at86[21113664];  float head_sum[10]; };
    /* fwd_head_weight_scaled .. pack_head_weight_scaled_back */
    struct { char at87[1540096];  float head_weight_scaled[10][128]; };
    /* fwd_logits .. fwd_loss */
    struct { char at88[21057344];  float logits[8][10]; };
    /* fwd_loss .. bwd_head_weight_scaled */
    struct { char at89[21057024];  float cross_entropy_exp[8][10]; };
    /* fwd_loss .. bwd_logits */
    struct { char at90[21057664];  float cross_entropy_sum[8]; };
    /* fwd_stem_conv .. update_head_bias */
    struct { char at91[21114368];  float loss[CONVNEXT_SLICES][1]; };
    /* bwd_logits .. bwd_head_weight_scaled */
    struct { char at92[21057024];  float d_logits[8][10]; };
    /* fwd_stem_conv .. update_head_bias */
    struct { char at93[21113472];  float d_head_bias[CONVNEXT_SLICES][10]; };
    /* bwd_norm .. bwd_stages_3_0_add */
    struct { char at94[21089792];  float d_norm[8][128]; };
    /* fwd_stem_conv .. bwd_norm_bias */
    struct { char at95[20104192];  float d_head_weight_scaled[CONVNEXT_SLICES][10][128]; };
    /* combine_loss .. update_norm_weight */
    struct { char at96[4219392];  float d_norm_weight[128]; };
    /* bwd_norm_bias .. update_head_weight */
    struct { char at97[4713472];  float d_head_weight[10][128]; };
    /* combine_loss .. update_norm_bias */
    struct { char at98[4219904];  float d_norm_bias[128]; };
    /* bwd_stages_3_1_gamma .. bwd_stages_3_0_add */
    struct { char at99[21115200];  float d_norm_rsqrt[8]; };
    /* bwd_stages_3_1_gamma .. bwd_stages_3_0_add */
    struct { char at100[21115264];  float d_norm_sum[8]; };
    /* bwd_stages_3_1_gamma .. bwd_stages_3_1_pwconv1 */
    struct { char at101[21052928];  float d_features[8][3][3][128]; };
    /* fwd_stem_conv .. bwd_stages_3_1_gamma_weight */
    struct { char at102[21041664];  float d_stages_3_1_gamma_sum[CONVNEXT_SLICES][128]; };
    /* fwd_stem_conv .. bwd_stages_3_1_gamma_weight */
    struct { char at103[3145728];  float d_stages_3_1_pwconv2_weight_scaled[CONVNEXT_SLICES][128][512]; };
    /* bwd_stages_3_1_pwconv2_bias .. update_stages_3_1_pwconv2_bias */
    struct { char at104[4719104];  float d_stages_3_1_pwconv2_bias[128]; };
    /* bwd_stages_3_1_gamma_weight .. update_stages_3_1_pwconv2_weight */
    struct { char at105[4380928];  float d_stages_3_1_pwconv2_weight[128][512]; };
    /* bwd_stages_3_1_gamma_weight .. update_stages_3_1_gamma_weight */
    struct { char at106[4719616];  float d_stages_3_1_gamma_weight[128]; };
    /* bwd_stages_3_1_pwconv1 .. bwd_stages_3_1_pwconv1_weight_scaled */
    struct { char at107[20526592];  float d_stages_3_1_pwconv1[8][3][3][512]; };
    /* fwd_stem_conv .. update_stages_3_1_pwconv1_bias */
    struct { char at108[20736000];  float d_stages_3_1_pwconv1_bias[CONVNEXT_SLICES][512]; };
    /* bwd_stages_3_1_norm .. bwd_stages_3_1_dwconv */
    struct { char at109[20166144];  float d_stages_3_1_norm[8][3][3][128]; };
    /* fwd_stem_conv .. bwd_stages_3_1_norm_bias */
    struct { char at110[2097152];  float d_stages_3_1_pwconv1_weight_scaled[CONVNEXT_SLICES][512][128]; };
    /* combine_loss .. update_stages_3_1_norm_weight */
    struct { char at111[4220416];  float d_stages_3_1_norm_weight[128]; };
    /* bwd_stages_3_1_norm_bias .. update_stages_3_1_pwconv1_weight */
    struct { char at112[3145728];  float d_stages_3_1_pwconv1_weight[512][128]; };
    /* combine_loss .. update_stages_3_1_norm_bias */
    struct { char at113[4220928];  float d_stages_3_1_norm_bias[128]; };
    /* bwd_stages_3_1_dwconv .. bwd_stages_3_1_dwconv_weight */
    struct { char at114[20207616];  float d_stages_3_1_dwconv[8][3][3][128]; };
    /* fwd_stem_conv .. update_stages_3_1_dwconv_bias */
    struct { char at115[21029376];  float d_stages_3_1_dwconv_bias[CONVNEXT_SLICES][128]; };
    /* unpack_d_stages_3_1_dwconv_weight .. update_stages_3_1_dwconv_weight */
    struct { char at116[4194304];  float d_stages_3_1_dwconv_weight[128][1][7][7]; };
    /* bwd_stages_3_0_add .. bwd_downsample_3_conv */
    struct { char at117[20313600];  float d_stages_3_0_add[8][3][3][128]; };
    /* fwd_stem_conv .. bwd_stages_3_0_gamma_weight */
    struct { char at118[21039616];  float d_stages_3_0_gamma_mul[CONVNEXT_SLICES][128]; };
    /* fwd_stem_conv .. bwd_stages_3_0_gamma_weight */
    struct { char at119[1048576];  float d_stages_3_0_pwconv2_weight_scaled[CONVNEXT_SLICES][128][512]; };
    /* bwd_stages_3_0_pwconv2_bias .. update_stages_3_0_pwconv2_bias */
    struct { char at120[2359296];  float d_stages_3_0_pwconv2_bias[128]; };
    /* bwd_stages_3_0_gamma_weight .. update_stages_3_0_pwconv2_weight */
    struct { char at121[2097152];  float d_stages_3_0_pwconv2_weight[128][512]; };
    /* bwd_stages_3_0_gamma_weight .. update_stages_3_0_gamma_weight */
    struct { char at122[2359808];  float d_stages_3_0_gamma_weight[128]; };
    /* bwd_stages_3_0_pwconv1 .. bwd_stages_3_0_pwconv1_weight_scaled */
    struct { char at123[20166144];  float d_stages_3_0_pwconv1[8][3][3][512]; };
    /* fwd_stem_conv .. update_stages_3_0_pwconv1_bias */
    struct { char at124[20744192];  float d_stages_3_0_pwconv1_bias[CONVNEXT_SLICES][512]; };
    /* bwd_stages_3_0_norm .. bwd_stages_3_0_dwconv */
    struct { char at125[19412992];  float d_stages_3_0_norm[8][3][3][128]; };
    /* fwd_stem_conv .. bwd_stages_3_0_norm_bias */
    struct {                    float d_stages_3_0_pwconv1_weight_scaled[CONVNEXT_SLICES][512][128]; };
    /* combine_loss .. update_stages_3_0_norm_weight */
    struct { char at127[4221440];  float d_stages_3_0_norm_weight[128]; };
    /* bwd_stages_3_0_norm_bias .. update_stages_3_0_pwconv1_weight */
    struct { char at128[1048576];  float d_stages_3_0_pwconv1_weight[512][128]; };
    /* combine_loss .. update_stages_3_0_norm_bias */
    struct { char at129[4221952];  float d_stages_3_0_norm_bias[128]; };
    /* bwd_stages_3_0_dwconv .. bwd_stages_3_0_dwconv_weight */
    struct { char at130[19449856];  float d_stages_3_0_dwconv[8][3][3][128]; };
    /* fwd_stem_conv .. update_stages_3_0_dwconv_bias */
    struct { char at131[21031424];  float d_stages_3_0_dwconv_bias[CONVNEXT_SLICES][128]; };
    /* unpack_d_stages_3_0_dwconv_weight .. update_stages_3_0_dwconv_weight */
    struct { char at132[4355840];  float d_stages_3_0_dwconv_weight[128][1][7][7]; };
    /* bwd_downsample_3_conv .. bwd_downsample_3_conv_weight_scaled */
    struct { char at133[19412992];  float d_downsample_3_conv[8][3][3][128]; };
    /* fwd_stem_conv .. update_downsample_3_conv_bias */
    struct { char at134[21033472];  float d_downsample_3_conv_bias[CONVNEXT_SLICES][128]; };
    /* bwd_downsample_3_norm .. bwd_stages_2_1_add */
    struct { char at135[19449856];  float d_downsample_3_norm[8][7][7][64]; };
    /* unpack_d_downsample_3_conv_weight_scaled .. bwd_downsample_3_norm_bias */
    struct { char at136[4224768];  float d_downsample_3_conv_weight_scaled[128][64][2][2]; };
    /* combine_loss .. update_downsample_3_norm_weight */
    struct { char at137[4222464];  float d_downsample_3_norm_weight[64]; };
    /* bwd_downsample_3_norm_bias .. update_downsample_3_conv_weight */
    struct {                    float d_downsample_3_conv_weight[128][64][2][2]; };
    /* combine_loss .. update_downsample_3_norm_bias */
    struct { char at139[4222720];  float d_downsample_3_norm_bias[64]; };
    /* bwd_stages_2_1_add .. bwd_stages_2_0_add */
    struct { char at140[19613696];  float d_stages_2_1_add[8][7][7][64]; };
    /* fwd_stem_conv .. bwd_stages_2_1_gamma_weight */
    struct { char at141[21051904];  float d_stages_2_1_gamma_mul[CONVNEXT_SLICES][64]; };
    /* fwd_stem_conv .. bwd_stages_2_1_gamma_weight */
    struct { char at142[11632640];  float d_stages_2_1_pwconv2_weight_scaled[CONVNEXT_SLICES][64][256]; };
    /* bwd_stages_2_1_pwconv2_bias .. update_stages_2_1_pwconv2_bias */
    struct { char at143[196608];  float d_stages_2_1_pwconv2_bias[64]; };
    /* bwd_stages_2_1_gamma_weight .. update_stages_2_1_pwconv2_weight */
    struct { char at144[131072];  float d_stages_2_1_pwconv2_weight[64][256]; };
    /* bwd_stages_2_1_gamma_weight .. update_stages_2_1_gamma_weight */
    struct { char at145[196864];  float d_stages_2_1_gamma_weight[64]; };
    /* bwd_stages_2_1_pwconv1 .. bwd_stages_2_1_pwconv1_weight_scaled */
    struct { char at146[19212288];  float d_stages_2_1_pwconv1[8][7][7][256]; };
    /* fwd_stem_conv .. update_stages_2_1_pwconv1_bias */
    struct { char at147[20980224];  float d_stages_2_1_pwconv1_bias[CONVNEXT_SLICES][256]; };
    /* bwd_stages_2_1_norm .. bwd_stages_2_1_dwconv */
    struct { char at148[15691776];  float d_stages_2_1_norm[8][7][7][64]; };
    /* fwd_stem_conv .. bwd_stages_2_1_norm_bias */
    struct { char at149[11108352];  float d_stages_2_1_pwconv1_weight_scaled[CONVNEXT_SLICES][256][64]; };
    /* combine_loss .. update_stages_2_1_norm_weight */
    struct { char at150[4222976];  float d_stages_2_1_norm_weight[64]; };
    /* bwd_stages_2_1_norm_bias .. update_stages_2_1_pwconv1_weight */
    struct { char at151[197120];  float d_stages_2_1_pwconv1_weight[256][64]; };
    /* combine_loss .. update_stages_2_1_norm_bias */
    struct { char at152[4223232];  float d_stages_2_1_norm_bias[64]; };
    /* bwd_stages_2_1_dwconv .. bwd_stages_2_1_dwconv_weight */
    struct { char at153[15792128];  float d_stages_2_1_dwconv[8][7][7][64]; };
    /* fwd_stem_conv .. update_stages_2_1_dwconv_bias */
    struct { char at154[21047808];  float d_stages_2_1_dwconv_bias[CONVNEXT_SLICES][64]; };
    /* unpack_d_stages_2_1_dwconv_weight .. update_stages_2_1_dwconv_weight */
    struct { char at155[4675840];  float d_stages_2_1_dwconv_weight[64][1][7][7]; };
    /* bwd_stages_2_0_add .. bwd_downsample_2_conv */
    struct { char at156[16093184];  float d_stages_2_0_add[8][7][7][64]; };
    /* fwd_stem_conv .. bwd_stages_2_0_gamma_weight */
    struct { char at157[21050880];  float d_stages_2_0_gamma_mul[CONVNEXT_SLICES][64]; };
    /* fwd_stem_conv .. bwd_stages_2_0_gamma_weight */
    struct { char at158[10846208];  float d_stages_2_0_pwconv2_weight_scaled[CONVNEXT_SLICES][64][256]; };
    /* bwd_stages_2_0_pwconv2_bias .. update_stages_2_0_pwconv2_bias */
    struct { char at159[328192];  float d_stages_2_0_pwconv2_bias[64]; };
    /* bwd_stages_2_0_gamma_weight .. update_stages_2_0_pwconv2_weight */
    struct { char at160[262656];  float d_stages_2_0_pwconv2_weight[64][256]; };
    /* bwd_stages_2_0_gamma_weight .. update_stages_2_0_gamma_weight */
    struct { char at161[328448];  float d_stages_2_0_gamma_weight[64]; };
    /* bwd_stages_2_0_pwconv1 .. bwd_stages_2_0_pwconv1_weight_scaled */
    struct { char at162[15691776];  float d_stages_2_0_pwconv1[8][7][7][256]; };
    /* fwd_stem_conv .. update_stages_2_0_pwconv1_bias */
    struct { char at163[20984320];  float d_stages_2_0_pwconv1_bias[CONVNEXT_SLICES][256]; };
    /* bwd_stages_2_0_norm .. bwd_stages_2_0_dwconv */
    struct { char at164[12681216];  float d_stages_2_0_norm[8][7][7][64]; };
    /* fwd_stem_conv .. bwd_stages_2_0_norm_bias */
    struct { char at165[10321920];  float d_stages_2_0_pwconv1_weight_scaled[CONVNEXT_SLICES][256][64]; };
    /* combine_loss .. update_stages_2_0_norm_weight */
    struct { char at166[4223488];  float d_stages_2_0_norm_weight[64]; };
    /* bwd_stages_2_0_norm_bias .. update_stages_2_0_pwconv1_weight */
    struct { char at167[328704];  float d_stages_2_0_pwconv1_weight[256][64]; };
    /* combine_loss .. update_stages_2_0_norm_bias */
    struct { char at168[4223744];  float d_stages_2_0_norm_bias[64]; };
    /* bwd_stages_2_0_dwconv .. bwd_stages_2_0_dwconv_weight */
    struct { char at169[12781568];  float d_stages_2_0_dwconv[8][7][7][64]; };
    /* fwd_stem_conv .. update_stages_2_0_dwconv_bias */
    struct { char at170[21048832];  float d_stages_2_0_dwconv_bias[CONVNEXT_SLICES][64]; };
    /* unpack_d_stages_2_0_dwconv_weight .. update_stages_2_0_dwconv_weight */
    struct { char at171[4688384];  float d_stages_2_0_dwconv_weight[64][1][7][7]; };
    /* bwd_downsample_2_conv .. bwd_downsample_2_conv_weight_scaled */
    struct { char at172[12681216];  float d_downsample_2_conv[8][7][7][64]; };
    /* fwd_stem_conv .. update_downsample_2_conv_bias */
    struct { char at173[21049856];  float d_downsample_2_conv_bias[CONVNEXT_SLICES][64]; };
    /* fwd_downsample_2_conv .. bwd_stem_conv_weight */
    struct { char at174[15491072];  float d_downsample_2_norm[8][14][14][32]; };
    /* unpack_d_downsample_2_conv_weight_scaled .. bwd_downsample_2_norm_bias */
    struct { char at175[4643072];  float d_downsample_2_conv_weight_scaled[64][32][2][2]; };
    /* combine_loss .. update_downsample_2_norm_weight */
    struct { char at176[4224000];  float d_downsample_2_norm_weight[32]; };
    /* bwd_downsample_2_norm_bias .. update_downsample_2_conv_weight */
    struct { char at177[394240];  float d_downsample_2_conv_weight[64][32][2][2]; };
    /* combine_loss .. update_downsample_2_norm_bias */
    struct { char at178[4224128];  float d_downsample_2_norm_bias[32]; };
    /* bwd_stages_1_1_add .. bwd_stages_1_0_add */
    struct { char at179[12781568];  float d_stages_1_1_add[1][14][14][32]; };
    /* fwd_stem_conv .. bwd_stages_1_1_gamma_weight */
    struct { char at180[21105408];  float d_stages_1_1_gamma_mul[CONVNEXT_SLICES][32]; };
    /* fwd_stem_conv .. bwd_stages_1_1_gamma_weight */
    struct { char at181[18149376];  float d_stages_1_1_pwconv2_weight_scaled[CONVNEXT_SLICES][32][128]; };
    /* bwd_stages_1_1_pwconv2_bias .. update_stages_1_1_pwconv2_bias */
    struct { char at182[443392];  float d_stages_1_1_pwconv2_bias[32]; };
    /* bwd_stages_1_1_gamma_weight .. update_stages_1_1_pwconv2_weight */
    struct { char at183[427008];  float d_stages_1_1_pwconv2_weight[32][128]; };
    /* bwd_stages_1_1_gamma_weight .. update_stages_1_1_gamma_weight */
    struct { char at184[443520];  float d_stages_1_1_gamma_weight[32]; };
    /* bwd_stages_1_1_pwconv1 .. bwd_stages_1_1_pwconv1_weight_scaled */
    struct { char at185[12681216];  float d_stages_1_1_pwconv1[1][14][14][128]; };
    /* fwd_stem_conv .. update_stages_1_1_pwconv1_bias */
    struct { char at186[21035520];  float d_stages_1_1_pwconv1_bias[CONVNEXT_SLICES][128]; };
    /* bwd_stages_1_1_norm .. bwd_stages_1_1_dwconv */
    struct { char at187[12806656];  float d_stages_1_1_norm[1][14][14][32]; };
    /* fwd_stem_conv .. bwd_stages_1_1_norm_bias */
    struct { char at188[18083840];  float d_stages_1_1_pwconv1_weight_scaled[CONVNEXT_SLICES][128][32]; };
    /* combine_loss .. update_stages_1_1_norm_weight */
    struct { char at189[4224256];  float d_stages_1_1_norm_weight[32]; };
    /* bwd_stages_1_1_norm_bias .. update_stages_1_1_pwconv1_weight */
    struct { char at190[443648];  float d_stages_1_1_pwconv1_weight[128][32]; };
    /* combine_loss .. update_stages_1_1_norm_bias */
    struct { char at191[4224384];  float d_stages_1_1_norm_bias[32]; };
    /* bwd_stages_1_1_dwconv .. bwd_stages_1_1_dwconv_weight */
    struct { char at192[12681216];  float d_stages_1_1_dwconv[1][14][14][32]; };
    /* fwd_stem_conv .. update_stages_1_1_dwconv_bias */
    struct { char at193[21102336];  float d_stages_1_1_dwconv_bias[CONVNEXT_SLICES][32]; };
    /* unpack_d_stages_1_1_dwconv_weight .. update_stages_1_1_dwconv_weight */
    struct { char at194[4700928];  float d_stages_1_1_dwconv_weight[32][1][7][7]; };
    /* bwd_stages_1_0_add .. bwd_stem_norm */
    struct { char at195[12806656];  float d_stages_1_0_add[1][14][14][32]; };
    /* fwd_stem_conv .. bwd_stages_1_0_gamma_weight */
    struct { char at196[21104896];  float d_stages_1_0_gamma_mul[CONVNEXT_SLICES][32]; };
    /* fwd_stem_conv .. bwd_stages_1_0_gamma_weight */
    struct { char at197[18018304];  float d_stages_1_0_pwconv2_weight_scaled[CONVNEXT_SLICES][32][128]; };
    /* bwd_stages_1_0_pwconv2_bias .. update_stages_1_0_pwconv2_bias */
    struct { char at198[476416];  float d_stages_1_0_pwconv2_bias[32]; };
    /* bwd_stages_1_0_gamma_weight .. update_stages_1_0_pwconv2_weight */
    struct { char at199[460032];  float d_stages_1_0_pwconv2_weight[32][128]; };
    /* bwd_stages_1_0_gamma_weight .. update_stages_1_0_gamma_weight */
    struct { char at200[476544];  float d_stages_1_0_gamma_weight[32]; };
    /* bwd_stages_1_0_pwconv1 .. bwd_stages_1_0_pwconv1_weight_scaled */
    struct { char at201[12681216];  float d_stages_1_0_pwconv1[1][14][14][128]; };
    /* fwd_stem_conv .. update_stages_1_0_pwconv1_bias */
    struct { char at202[21037568];  float d_stages_1_0_pwconv1_bias[CONVNEXT_SLICES][128]; };
    /* bwd_stages_1_0_norm .. bwd_stages_1_0_dwconv */
    struct { char at203[12781568];  float d_stages_1_0_norm[1][14][14][32]; };
    /* fwd_stem_conv .. bwd_stages_1_0_norm_bias */
    struct { char at204[17887232];  float d_stages_1_0_pwconv1_weight_scaled[CONVNEXT_SLICES][128][32]; };
    /* combine_loss .. update_stages_1_0_norm_weight */
    struct { char at205[4224512];  float d_stages_1_0_norm_weight[32]; };
    /* bwd_stages_1_0_norm_bias .. update_stages_1_0_pwconv1_weight */
    struct { char at206[476672];  float d_stages_1_0_pwconv1_weight[128][32]; };
    /* combine_loss .. update_stages_1_0_norm_bias */
    struct { char at207[4224640];  float d_stages_1_0_norm_bias[32]; };
    /* bwd_stages_1_0_dwconv .. bwd_stages_1_0_dwconv_weight */
    struct { char at208[12681216];  float d_stages_1_0_dwconv[1][14][14][32]; };
    /* fwd_stem_conv .. update_stages_1_0_dwconv_bias */
    struct { char at209[21102848];  float d_stages_1_0_dwconv_bias[CONVNEXT_SLICES][32]; };
    /* unpack_d_stages_1_0_dwconv_weight .. update_stages_1_0_dwconv_weight */
    struct { char at210[4707200];  float d_stages_1_0_dwconv_weight[32][1][7][7]; };
    /* bwd_stem_norm .. bwd_stem_norm_weight */
    struct { char at211[12706304];  float d_stem_norm[1][14][14][32]; };
    /* fwd_stem_conv .. update_stem_norm_bias */
    struct { char at212[21103360];  float d_stem_norm_bias[CONVNEXT_SLICES][32]; };
    /* fwd_stem_conv .. update_stem_norm_weight */
    struct { char at213[21103872];  float d_stem_norm_weight[CONVNEXT_SLICES][32]; };
    /* bwd_stem_norm_weight .. bwd_stem_conv_weight */
    struct { char at214[12681216];  float d_stem_conv[1][14][14][32]; };
    /* fwd_stem_conv .. update_stem_conv_bias */
    struct { char at215[21104384];  float d_stem_conv_bias[CONVNEXT_SLICES][32]; };
    /* unpack_d_stem_conv_weight .. update_stem_conv_weight */
    struct { char at216[4718592];  float d_stem_conv_weight[32][1][2][2]; };
    /* pack_stem_conv_weight .. bwd_stem_conv_weight */
    struct { char at217[21098624];  float stem_conv_weight_packed[128]; };
    /* fwd_stem_conv */
    struct { char at218[12681216];  float fwd_stem_conv_scratch[7060]; };
    /* pack_stages_1_0_dwconv_weight .. bwd_stem_conv_weight */
    struct { char at219[20826112];  float stages_1_0_dwconv_weight_packed[1568]; };
    /* fwd_stages_1_0_dwconv */
    struct { char at220[12681216];  float fwd_stages_1_0_dwconv_scratch[12800]; };
    /* pack_stages_1_0_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at221[20038656];  float stages_1_0_pwconv1_weight_scaled_packed[4096]; };
    /* pack_stages_1_0_pwconv2_weight_scaled .. bwd_stem_conv_weight */
    struct { char at222[20055040];  float stages_1_0_pwconv2_weight_scaled_packed[4096]; };
    /* pack_stages_1_1_dwconv_weight .. bwd_stem_conv_weight */
    struct { char at223[20832384];  float stages_1_1_dwconv_weight_packed[1568]; };
    /* fwd_stages_1_1_dwconv */
    struct { char at224[12681216];  float fwd_stages_1_1_dwconv_scratch[12800]; };
    /* pack_stages_1_1_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at225[20071424];  float stages_1_1_pwconv1_weight_scaled_packed[4096]; };
    /* pack_stages_1_1_pwconv2_weight_scaled .. bwd_stem_conv_weight */
    struct { char at226[20087808];  float stages_1_1_pwconv2_weight_scaled_packed[4096]; };
    /* pack_downsample_2_conv_weight_scaled .. bwd_stem_conv_weight */
    struct { char at227[19179520];  float downsample_2_conv_weight_scaled_packed[8192]; };
    /* fwd_downsample_2_conv */
    struct { char at228[12681216];  float fwd_downsample_2_conv_scratch[6596]; };
    /* pack_stages_2_0_dwconv_weight .. bwd_stem_conv_weight */
    struct { char at229[20141056];  float stages_2_0_dwconv_weight_packed[3136]; };
    /* fwd_stages_2_0_dwconv */
    struct { char at230[12681216];  float fwd_stages_2_0_dwconv_scratch[10816]; };
    /* pack_stages_2_0_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at231[17690624];  float stages_2_0_pwconv1_weight_scaled_packed[16384]; };
    /* pack_stages_2_0_pwconv2_weight_scaled .. bwd_stem_conv_weight */
    struct { char at232[17756160];  float stages_2_0_pwconv2_weight_scaled_packed[16384]; };
    /* pack_stages_2_1_dwconv_weight .. bwd_stem_conv_weight */
    struct { char at233[20153600];  float stages_2_1_dwconv_weight_packed[3136]; };
    /* fwd_stages_2_1_dwconv */
    struct { char at234[15691776];  float fwd_stages_2_1_dwconv_scratch[10816]; };
    /* pack_stages_2_1_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at235[17821696];  float stages_2_1_pwconv1_weight_scaled_packed[16384]; };
    /* pack_stages_2_1_pwconv2_weight_scaled .. bwd_stem_conv_weight */
    struct { char at236[17952768];  float stages_2_1_pwconv2_weight_scaled_packed[16384]; };
    /* pack_downsample_3_conv_weight_scaled .. bwd_stem_conv_weight */
    struct { char at237[16896000];  float downsample_3_conv_weight_scaled_packed[32768]; };
    /* fwd_downsample_3_conv */
    struct { char at238[19412992];  float fwd_downsample_3_conv_scratch[2609]; };
    /* pack_stages_3_0_dwconv_weight .. bwd_stem_conv_weight */
    struct { char at239[19888128];  float stages_3_0_dwconv_weight_packed[6272]; };
    /* fwd_stages_3_0_dwconv */
    struct { char at240[19412992];  float fwd_stages_3_0_dwconv_scratch[10368]; };
    /* pack_stages_3_0_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at241[9535488];  float stages_3_0_pwconv1_weight_scaled_packed[65536]; };
    /* pack_stages_3_0_pwconv2_weight_scaled .. bwd_stem_conv_weight */
    struct { char at242[9797632];  float stages_3_0_pwconv2_weight_scaled_packed[65536]; };
    /* pack_stages_3_1_dwconv_weight .. bwd_stem_conv_weight */
    struct { char at243[19913216];  float stages_3_1_dwconv_weight_packed[6272]; };
    /* fwd_stages_3_1_dwconv */
    struct { char at244[20166144];  float fwd_stages_3_1_dwconv_scratch[10368]; };
    /* pack_stages_3_1_pwconv1_weight_scaled .. bwd_stem_conv_weight */
    struct { char at245[10059776];  float stages_3_1_pwconv1_weight_scaled_packed[65536]; };
    /* pack_stages_3_1_pwconv2_weight_scaled .. bwd_stem_conv_weight */
    struct { char at246[10584064];  float stages_3_1_pwconv2_weight_scaled_packed[65536]; };
    /* pack_head_weight_scaled .. bwd_stem_conv_weight */
    struct { char at247[20124672];  float head_weight_scaled_packed[4096]; };
    /* pack_head_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at248[20912384];  float head_weight_scaled_back_packed[1280]; };
    /* pack_stages_3_1_pwconv2_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at249[11370496];  float stages_3_1_pwconv2_weight_scaled_back_packed[65536]; };
    /* pack_stages_3_1_pwconv1_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at250[11894784];  float stages_3_1_pwconv1_weight_scaled_back_packed[65536]; };
    /* pack_stages_3_1_dwconv_weight_back .. bwd_stem_conv_weight */
    struct { char at251[19938304];  float stages_3_1_dwconv_weight_back_packed[6272]; };
    /* bwd_stages_3_0_add */
    struct { char at252[20166144];  float bwd_stages_3_0_add_scratch[10368]; };
    /* bwd_stages_3_1_dwconv_weight */
    struct { char at253[20166144];  float bwd_stages_3_1_dwconv_weight_scratch[10368]; };
    /* fwd_stem_conv .. unpack_d_stages_3_1_dwconv_weight */
    struct { char at254[17590272];  float d_stages_3_1_dwconv_weight_sum[CONVNEXT_SLICES][6272]; };
    /* pack_stages_3_0_pwconv2_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at255[12156928];  float stages_3_0_pwconv2_weight_scaled_back_packed[65536]; };
    /* pack_stages_3_0_pwconv1_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at256[12419072];  float stages_3_0_pwconv1_weight_scaled_back_packed[65536]; };
    /* pack_stages_3_0_dwconv_weight_back .. bwd_stem_conv_weight */
    struct { char at257[19963392];  float stages_3_0_dwconv_weight_back_packed[6272]; };
    /* bwd_downsample_3_conv */
    struct { char at258[19486720];  float bwd_downsample_3_conv_scratch[10368]; };
    /* bwd_stages_3_0_dwconv_weight */
    struct { char at259[19486720];  float bwd_stages_3_0_dwconv_weight_scratch[10368]; };
    /* fwd_stem_conv .. unpack_d_stages_3_0_dwconv_weight */
    struct { char at260[17489920];  float d_stages_3_0_dwconv_weight_sum[CONVNEXT_SLICES][6272]; };
    /* pack_downsample_3_conv_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at261[17227776];  float downsample_3_conv_weight_scaled_back_packed[32768]; };
    /* bwd_downsample_3_norm */
    struct { char at262[19550208];  float bwd_downsample_3_norm_scratch[2609]; };
    /* bwd_downsample_3_conv_weight_scaled */
    struct { char at263[19550208];  float bwd_downsample_3_conv_weight_scaled_scratch[2609]; };
    /* fwd_stem_conv .. unpack_d_downsample_3_conv_weight_scaled */
    struct { char at264[9011200];  float d_downsample_3_conv_weight_scaled_sum[CONVNEXT_SLICES][32768]; };
    /* pack_stages_2_1_pwconv2_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at265[18214912];  float stages_2_1_pwconv2_weight_scaled_back_packed[16384]; };
    /* pack_stages_2_1_pwconv1_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at266[18280448];  float stages_2_1_pwconv1_weight_scaled_back_packed[16384]; };
    /* pack_stages_2_1_dwconv_weight_back .. bwd_stem_conv_weight */
    struct { char at267[20674048];  float stages_2_1_dwconv_weight_back_packed[3136]; };
    /* bwd_stages_2_0_add */
    struct { char at268[15691776];  float bwd_stages_2_0_add_scratch[10816]; };
    /* bwd_stages_2_1_dwconv_weight */
    struct { char at269[15691776];  float bwd_stages_2_1_dwconv_weight_scratch[10816]; };
    /* fwd_stem_conv .. unpack_d_stages_2_1_dwconv_weight */
    struct { char at270[18928640];  float d_stages_2_1_dwconv_weight_sum[CONVNEXT_SLICES][3136]; };
    /* pack_stages_2_0_pwconv2_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at271[18345984];  float stages_2_0_pwconv2_weight_scaled_back_packed[16384]; };
    /* pack_stages_2_0_pwconv1_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at272[18411520];  float stages_2_0_pwconv1_weight_scaled_back_packed[16384]; };
    /* pack_stages_2_0_dwconv_weight_back .. bwd_stem_conv_weight */
    struct { char at273[20686592];  float stages_2_0_dwconv_weight_back_packed[3136]; };
    /* bwd_downsample_2_conv */
    struct { char at274[12881920];  float bwd_downsample_2_conv_scratch[10816]; };
    /* bwd_stages_2_0_dwconv_weight */
    struct { char at275[12881920];  float bwd_stages_2_0_dwconv_weight_scratch[10816]; };
    /* fwd_stem_conv .. unpack_d_stages_2_0_dwconv_weight */
    struct { char at276[18878464];  float d_stages_2_0_dwconv_weight_sum[CONVNEXT_SLICES][3136]; };
    /* pack_downsample_2_conv_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at277[19855360];  float downsample_2_conv_weight_scaled_back_packed[8192]; };
    /* bwd_downsample_2_norm */
    struct { char at278[12781568];  float bwd_downsample_2_norm_scratch[6596]; };
    /* bwd_downsample_2_conv_weight_scaled */
    struct { char at279[12781568];  float bwd_downsample_2_conv_weight_scaled_scratch[6596]; };
    /* fwd_stem_conv .. unpack_d_downsample_2_conv_weight_scaled */
    struct { char at280[17358848];  float d_downsample_2_conv_weight_scaled_sum[CONVNEXT_SLICES][8192]; };
    /* pack_stages_1_1_pwconv2_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at281[20461056];  float stages_1_1_pwconv2_weight_scaled_back_packed[4096]; };
    /* pack_stages_1_1_pwconv1_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at282[20477440];  float stages_1_1_pwconv1_weight_scaled_back_packed[4096]; };
    /* pack_stages_1_1_dwconv_weight_back .. bwd_stem_conv_weight */
    struct { char at283[20917504];  float stages_1_1_dwconv_weight_back_packed[1568]; };
    /* bwd_stages_1_0_add */
    struct { char at284[12706304];  float bwd_stages_1_0_add_scratch[12800]; };
    /* bwd_stages_1_1_dwconv_weight */
    struct { char at285[12706304];  float bwd_stages_1_1_dwconv_weight_scratch[12800]; };
    /* fwd_stem_conv .. unpack_d_stages_1_1_dwconv_weight */
    struct { char at286[20013568];  float d_stages_1_1_dwconv_weight_sum[CONVNEXT_SLICES][1568]; };
    /* pack_stages_1_0_pwconv2_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at287[20493824];  float stages_1_0_pwconv2_weight_scaled_back_packed[4096]; };
    /* pack_stages_1_0_pwconv1_weight_scaled_back .. bwd_stem_conv_weight */
    struct { char at288[20510208];  float stages_1_0_pwconv1_weight_scaled_back_packed[4096]; };
    /* pack_stages_1_0_dwconv_weight_back .. bwd_stem_conv_weight */
    struct { char at289[20923776];  float stages_1_0_dwconv_weight_back_packed[1568]; };
    /* bwd_stem_norm */
    struct { char at290[12731392];  float bwd_stem_norm_scratch[12800]; };
    /* bwd_stages_1_0_dwconv_weight */
    struct { char at291[12731392];  float bwd_stages_1_0_dwconv_weight_scratch[12800]; };
    /* fwd_stem_conv .. unpack_d_stages_1_0_dwconv_weight */
    struct { char at292[19988480];  float d_stages_1_0_dwconv_weight_sum[CONVNEXT_SLICES][1568]; };
    /* bwd_stem_conv_weight */
    struct { char at293[12706304];  float bwd_stem_conv_weight_scratch[7060]; };
    /* fwd_stem_conv .. unpack_d_stem_conv_weight */
    struct { char at294[21043712];  float d_stem_conv_weight_sum[CONVNEXT_SLICES][128]; };
#endif
    char bytes[21115328];
} ConvnextTrainWork;

/* Workspace of convnext_evaluate: 3422336 bytes for one thread, 94 buffers (the schedule needs at least
 * 3422336).  Buffers that are never live at once share bytes; the leading char array is where a buffer
 * starts.  Above each: the kernels it lives for. */
typedef union ConvnextEvaluateWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_stem_conv .. evaluate_fwd_stem_norm */
    struct { char at0[429696];  float stem_conv[1][14][14][32]; };
    /* evaluate_fwd_stem_norm .. fwd_stages_1_0_add */
    struct { char at1[602112];  float stem_norm[1][14][14][32]; };
    /* fwd_stages_1_0_dwconv .. fwd_stages_1_0_norm */
    struct { char at2[452608];  float stages_1_0_dwconv[1][14][14][32]; };
    /* fwd_stages_1_0_norm .. fwd_stages_1_0_pwconv1_gelu */
    struct { char at3[627200];  float stages_1_0_norm[1][14][14][32]; };
    /* fwd_stages_1_0_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at4[3419904];  float stages_1_0_pwconv1_sum[128]; };
    /* fwd_stages_1_0_pwconv1_weight_scaled .. pack_stages_1_0_pwconv1_weight_scaled */
    struct { char at5[1507328];  float stages_1_0_pwconv1_weight_scaled[128][32]; };
    /* fwd_stages_1_0_pwconv1_gelu */
    struct { char at6[501760];  float stages_1_0_pwconv1[1][14][14][128]; };
    /* fwd_stages_1_0_pwconv1_gelu .. fwd_stages_1_0_add */
    struct { char at7[401408];  float stages_1_0_pwconv1_gelu[1][14][14][128]; };
    /* fwd_stages_1_0_pwconv2_weight_scaled .. pack_stages_1_0_pwconv2_weight_scaled */
    struct { char at8[1523712];  float stages_1_0_pwconv2_weight_scaled[32][128]; };
    /* fwd_stages_1_0_add .. fwd_stages_1_1_add */
    struct { char at9[627200];  float stages_1_0_add[1][14][14][32]; };
    /* fwd_stages_1_1_dwconv .. fwd_stages_1_1_norm */
    struct { char at10[452608];  float stages_1_1_dwconv[1][14][14][32]; };
    /* fwd_stages_1_1_norm .. fwd_stages_1_1_pwconv1_gelu */
    struct { char at11[602112];  float stages_1_1_norm[1][14][14][32]; };
    /* fwd_stages_1_1_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at12[3420416];  float stages_1_1_pwconv1_sum[128]; };
    /* fwd_stages_1_1_pwconv1_weight_scaled .. pack_stages_1_1_pwconv1_weight_scaled */
    struct { char at13[1474560];  float stages_1_1_pwconv1_weight_scaled[128][32]; };
    /* fwd_stages_1_1_pwconv1_gelu */
    struct { char at14[501760];  float stages_1_1_pwconv1[1][14][14][128]; };
    /* fwd_stages_1_1_pwconv1_gelu .. fwd_stages_1_1_add */
    struct { char at15[401408];  float stages_1_1_pwconv1_gelu[1][14][14][128]; };
    /* fwd_stages_1_1_pwconv2_weight_scaled .. pack_stages_1_1_pwconv2_weight_scaled */
    struct { char at16[1490944];  float stages_1_1_pwconv2_weight_scaled[32][128]; };
    /* fwd_stages_1_1_add .. fwd_downsample_2_norm */
    struct { char at17[501760];  float stages_1_1_add[1][14][14][32]; };
    /* fwd_downsample_2_norm .. fwd_downsample_2_conv */
    struct { char at18[427840];  float downsample_2_norm[1][14][14][32]; };
    /* fwd_downsample_2_conv_weight_scaled .. evaluate_fwd_loss */
    struct { char at19[3421952];  float downsample_2_conv_sum[64]; };
    /* fwd_downsample_2_conv_weight_scaled .. pack_downsample_2_conv_weight_scaled */
    struct { char at20[1441792];  float downsample_2_conv_weight_scaled[64][32][2][2]; };
    /* fwd_stem_conv .. fwd_stages_3_0_dwconv */
    struct {                    float downsample_2_conv[32][7][7][64]; };
    /* fwd_stages_2_0_dwconv .. fwd_stages_2_0_norm */
    struct { char at22[401408];  float stages_2_0_dwconv[4][7][7][64]; };
    /* fwd_stages_2_0_norm .. fwd_stages_2_0_pwconv1_gelu */
    struct { char at23[802816];  float stages_2_0_norm[4][7][7][64]; };
    /* fwd_stages_2_0_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at24[3417856];  float stages_2_0_pwconv1_sum[256]; };
    /* fwd_stages_2_0_pwconv1_weight_scaled .. pack_stages_2_0_pwconv1_weight_scaled */
    struct { char at25[1310720];  float stages_2_0_pwconv1_weight_scaled[256][64]; };
    /* fwd_stages_2_0_pwconv1_gelu */
    struct { char at26[602112];  float stages_2_0_pwconv1[4][7][7][256]; };
    /* fwd_stages_2_0_pwconv1_gelu .. fwd_stages_2_0_add */
    struct { char at27[401408];  float stages_2_0_pwconv1_gelu[4][7][7][256]; };
    /* fwd_stages_2_0_pwconv2_weight_scaled .. pack_stages_2_0_pwconv2_weight_scaled */
    struct { char at28[1376256];  float stages_2_0_pwconv2_weight_scaled[64][256]; };
    /* fwd_stages_2_0_add .. fwd_stages_2_1_add */
    struct { char at29[802816];  float stages_2_0_add[4][7][7][64]; };
    /* fwd_stages_2_1_dwconv .. fwd_stages_2_1_norm */
    struct { char at30[401408];  float stages_2_1_dwconv[4][7][7][64]; };
    /* fwd_stages_2_1_norm .. fwd_stages_2_1_pwconv1_gelu */
    struct { char at31[852992];  float stages_2_1_norm[4][7][7][64]; };
    /* fwd_stages_2_1_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at32[3418880];  float stages_2_1_pwconv1_sum[256]; };
    /* fwd_stages_2_1_pwconv1_weight_scaled .. pack_stages_2_1_pwconv1_weight_scaled */
    struct { char at33[1179648];  float stages_2_1_pwconv1_weight_scaled[256][64]; };
    /* fwd_stages_2_1_pwconv1_gelu */
    struct { char at34[602112];  float stages_2_1_pwconv1[4][7][7][256]; };
    /* fwd_stages_2_1_pwconv1_gelu .. fwd_stages_2_1_add */
    struct { char at35[401408];  float stages_2_1_pwconv1_gelu[4][7][7][256]; };
    /* fwd_stages_2_1_pwconv2_weight_scaled .. pack_stages_2_1_pwconv2_weight_scaled */
    struct { char at36[1245184];  float stages_2_1_pwconv2_weight_scaled[64][256]; };
    /* fwd_stages_2_1_add .. fwd_downsample_3_norm */
    struct { char at37[602112];  float stages_2_1_add[4][7][7][64]; };
    /* fwd_downsample_3_norm .. fwd_downsample_3_conv */
    struct { char at38[401408];  float downsample_3_norm[4][7][7][64]; };
    /* fwd_downsample_3_conv_weight_scaled .. evaluate_fwd_loss */
    struct { char at39[3420928];  float downsample_3_conv_sum[128]; };
    /* fwd_downsample_3_conv_weight_scaled .. pack_downsample_3_conv_weight_scaled */
    struct { char at40[1048576];  float downsample_3_conv_weight_scaled[128][64][2][2]; };
    /* fwd_stages_2_0_dwconv .. evaluate_fwd_loss */
    struct { char at41[2228224];  float downsample_3_conv[32][3][3][128]; };
    /* fwd_stages_2_0_dwconv .. evaluate_fwd_loss */
    struct { char at42[2375680];  float stages_3_0_dwconv[32][3][3][128]; };
    /* fwd_stages_3_0_norm .. fwd_stages_3_0_pwconv1_gelu */
    struct { char at43[2523136];  float stages_3_0_norm[32][3][3][128]; };
    /* fwd_stages_3_0_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at44[3413760];  float stages_3_0_pwconv1_sum[512]; };
    /* fwd_stages_3_0_pwconv1_weight_scaled .. pack_stages_3_0_pwconv1_weight_scaled */
    struct { char at45[524288];  float stages_3_0_pwconv1_weight_scaled[512][128]; };
    /* fwd_stages_3_0_pwconv1_gelu */
    struct { char at46[589824];  float stages_3_0_pwconv1[32][3][3][512]; };
    /* fwd_stages_3_0_pwconv1_gelu .. fwd_stages_3_0_add */
    struct {                    float stages_3_0_pwconv1_gelu[32][3][3][512]; };
    /* fwd_stages_3_0_pwconv2_weight_scaled .. pack_stages_3_0_pwconv2_weight_scaled */
    struct { char at48[786432];  float stages_3_0_pwconv2_weight_scaled[128][512]; };
    /* fwd_stages_3_0_add .. fwd_features */
    struct { char at49[2523136];  float stages_3_0_add[32][3][3][128]; };
    /* fwd_stages_3_1_dwconv .. fwd_stages_3_1_norm */
    struct {                    float stages_3_1_dwconv[32][3][3][128]; };
    /* fwd_stages_3_1_norm .. fwd_stages_3_1_pwconv1_gelu */
    struct { char at51[2670592];  float stages_3_1_norm[32][3][3][128]; };
    /* fwd_stages_3_1_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at52[3415808];  float stages_3_1_pwconv1_sum[512]; };
    /* fwd_stages_3_1_pwconv1_weight_scaled .. pack_stages_3_1_pwconv1_weight_scaled */
    struct {                    float stages_3_1_pwconv1_weight_scaled[512][128]; };
    /* fwd_stages_3_1_pwconv1_gelu */
    struct { char at54[589824];  float stages_3_1_pwconv1[32][3][3][512]; };
    /* fwd_stages_3_1_pwconv1_gelu .. fwd_features */
    struct {                    float stages_3_1_pwconv1_gelu[32][3][3][512]; };
    /* fwd_stages_3_1_pwconv2_weight_scaled .. pack_stages_3_1_pwconv2_weight_scaled */
    struct { char at56[262144];  float stages_3_1_pwconv2_weight_scaled[128][512]; };
    /* fwd_features .. evaluate_fwd_norm */
    struct { char at57[589824];  float features[32][3][3][128]; };
    /* evaluate_fwd_norm .. fwd_logits */
    struct {                    float norm[32][128]; };
    /* fwd_head_weight_scaled .. evaluate_fwd_loss */
    struct { char at59[3422208];  float head_sum[10]; };
    /* fwd_head_weight_scaled .. pack_head_weight_scaled */
    struct { char at60[2228224];  float head_weight_scaled[10][128]; };
    /* fwd_logits .. evaluate_fwd_loss */
    struct { char at61[16384];  float logits[32][10]; };
    /* fwd_stem_conv .. combine_loss */
    struct { char at62[3422272];  float loss[CONVNEXT_SLICES][1]; };
    /* pack_stem_conv_weight .. evaluate_fwd_loss */
    struct { char at63[3421440];  float stem_conv_weight_packed[128]; };
    /* fwd_stem_conv */
    struct { char at64[401408];  float fwd_stem_conv_scratch[7060]; };
    /* pack_stages_1_0_dwconv_weight .. evaluate_fwd_loss */
    struct { char at65[3401216];  float stages_1_0_dwconv_weight_packed[1568]; };
    /* fwd_stages_1_0_dwconv */
    struct { char at66[401408];  float fwd_stages_1_0_dwconv_scratch[12800]; };
    /* pack_stages_1_0_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at67[3294208];  float stages_1_0_pwconv1_weight_scaled_packed[4096]; };
    /* pack_stages_1_0_pwconv2_weight_scaled .. evaluate_fwd_loss */
    struct { char at68[3310592];  float stages_1_0_pwconv2_weight_scaled_packed[4096]; };
    /* pack_stages_1_1_dwconv_weight .. evaluate_fwd_loss */
    struct { char at69[3407488];  float stages_1_1_dwconv_weight_packed[1568]; };
    /* fwd_stages_1_1_dwconv */
    struct { char at70[401408];  float fwd_stages_1_1_dwconv_scratch[12800]; };
    /* pack_stages_1_1_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at71[3326976];  float stages_1_1_pwconv1_weight_scaled_packed[4096]; };
    /* pack_stages_1_1_pwconv2_weight_scaled .. evaluate_fwd_loss */
    struct { char at72[3343360];  float stages_1_1_pwconv2_weight_scaled_packed[4096]; };
    /* pack_downsample_2_conv_weight_scaled .. evaluate_fwd_loss */
    struct { char at73[3211264];  float downsample_2_conv_weight_scaled_packed[8192]; };
    /* fwd_downsample_2_conv */
    struct { char at74[401408];  float fwd_downsample_2_conv_scratch[6596]; };
    /* pack_stages_2_0_dwconv_weight .. evaluate_fwd_loss */
    struct { char at75[3376128];  float stages_2_0_dwconv_weight_packed[3136]; };
    /* fwd_stages_2_0_dwconv */
    struct { char at76[451584];  float fwd_stages_2_0_dwconv_scratch[10816]; };
    /* pack_stages_2_0_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at77[2949120];  float stages_2_0_pwconv1_weight_scaled_packed[16384]; };
    /* pack_stages_2_0_pwconv2_weight_scaled .. evaluate_fwd_loss */
    struct { char at78[3014656];  float stages_2_0_pwconv2_weight_scaled_packed[16384]; };
    /* pack_stages_2_1_dwconv_weight .. evaluate_fwd_loss */
    struct { char at79[3388672];  float stages_2_1_dwconv_weight_packed[3136]; };
    /* fwd_stages_2_1_dwconv */
    struct { char at80[451584];  float fwd_stages_2_1_dwconv_scratch[10816]; };
    /* pack_stages_2_1_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at81[3080192];  float stages_2_1_pwconv1_weight_scaled_packed[16384]; };
    /* pack_stages_2_1_pwconv2_weight_scaled .. evaluate_fwd_loss */
    struct { char at82[3145728];  float stages_2_1_pwconv2_weight_scaled_packed[16384]; };
    /* pack_downsample_3_conv_weight_scaled .. evaluate_fwd_loss */
    struct { char at83[2818048];  float downsample_3_conv_weight_scaled_packed[32768]; };
    /* fwd_downsample_3_conv */
    struct { char at84[451584];  float fwd_downsample_3_conv_scratch[2609]; };
    /* pack_stages_3_0_dwconv_weight .. evaluate_fwd_loss */
    struct { char at85[3244032];  float stages_3_0_dwconv_weight_packed[6272]; };
    /* fwd_stages_3_0_dwconv */
    struct { char at86[401408];  float fwd_stages_3_0_dwconv_scratch[10368]; };
    /* pack_stages_3_0_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at87[1179648];  float stages_3_0_pwconv1_weight_scaled_packed[65536]; };
    /* pack_stages_3_0_pwconv2_weight_scaled .. evaluate_fwd_loss */
    struct { char at88[1441792];  float stages_3_0_pwconv2_weight_scaled_packed[65536]; };
    /* pack_stages_3_1_dwconv_weight .. evaluate_fwd_loss */
    struct { char at89[3269120];  float stages_3_1_dwconv_weight_packed[6272]; };
    /* fwd_stages_3_1_dwconv */
    struct { char at90[147456];  float fwd_stages_3_1_dwconv_scratch[10368]; };
    /* pack_stages_3_1_pwconv1_weight_scaled .. evaluate_fwd_loss */
    struct { char at91[1703936];  float stages_3_1_pwconv1_weight_scaled_packed[65536]; };
    /* pack_stages_3_1_pwconv2_weight_scaled .. evaluate_fwd_loss */
    struct { char at92[1966080];  float stages_3_1_pwconv2_weight_scaled_packed[65536]; };
    /* pack_head_weight_scaled .. evaluate_fwd_loss */
    struct { char at93[3359744];  float head_weight_scaled_packed[4096]; };
#endif
    char bytes[3422336];
} ConvnextEvaluateWork;

/* Workspace of convnext_predict: 3422272 bytes for one thread, 92 buffers (the schedule needs at least
 * 3422272).  Buffers that are never live at once share bytes; the leading char array is where a buffer
 * starts.  Above each: the kernels it lives for. */
typedef union ConvnextPredictWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_stem_conv .. evaluate_fwd_stem_norm */
    struct { char at0[429696];  float stem_conv[1][14][14][32]; };
    /* evaluate_fwd_stem_norm .. fwd_stages_1_0_add */
    struct { char at1[602112];  float stem_norm[1][14][14][32]; };
    /* fwd_stages_1_0_dwconv .. fwd_stages_1_0_norm */
    struct { char at2[452608];  float stages_1_0_dwconv[1][14][14][32]; };
    /* fwd_stages_1_0_norm .. fwd_stages_1_0_pwconv1_gelu */
    struct { char at3[627200];  float stages_1_0_norm[1][14][14][32]; };
    /* fwd_stages_1_0_pwconv1_weight_scaled .. fwd_logits */
    struct { char at4[3419904];  float stages_1_0_pwconv1_sum[128]; };
    /* fwd_stages_1_0_pwconv1_weight_scaled .. pack_stages_1_0_pwconv1_weight_scaled */
    struct { char at5[1507328];  float stages_1_0_pwconv1_weight_scaled[128][32]; };
    /* fwd_stages_1_0_pwconv1_gelu */
    struct { char at6[501760];  float stages_1_0_pwconv1[1][14][14][128]; };
    /* fwd_stages_1_0_pwconv1_gelu .. fwd_stages_1_0_add */
    struct { char at7[401408];  float stages_1_0_pwconv1_gelu[1][14][14][128]; };
    /* fwd_stages_1_0_pwconv2_weight_scaled .. pack_stages_1_0_pwconv2_weight_scaled */
    struct { char at8[1523712];  float stages_1_0_pwconv2_weight_scaled[32][128]; };
    /* fwd_stages_1_0_add .. fwd_stages_1_1_add */
    struct { char at9[627200];  float stages_1_0_add[1][14][14][32]; };
    /* fwd_stages_1_1_dwconv .. fwd_stages_1_1_norm */
    struct { char at10[452608];  float stages_1_1_dwconv[1][14][14][32]; };
    /* fwd_stages_1_1_norm .. fwd_stages_1_1_pwconv1_gelu */
    struct { char at11[602112];  float stages_1_1_norm[1][14][14][32]; };
    /* fwd_stages_1_1_pwconv1_weight_scaled .. fwd_logits */
    struct { char at12[3420416];  float stages_1_1_pwconv1_sum[128]; };
    /* fwd_stages_1_1_pwconv1_weight_scaled .. pack_stages_1_1_pwconv1_weight_scaled */
    struct { char at13[1474560];  float stages_1_1_pwconv1_weight_scaled[128][32]; };
    /* fwd_stages_1_1_pwconv1_gelu */
    struct { char at14[501760];  float stages_1_1_pwconv1[1][14][14][128]; };
    /* fwd_stages_1_1_pwconv1_gelu .. fwd_stages_1_1_add */
    struct { char at15[401408];  float stages_1_1_pwconv1_gelu[1][14][14][128]; };
    /* fwd_stages_1_1_pwconv2_weight_scaled .. pack_stages_1_1_pwconv2_weight_scaled */
    struct { char at16[1490944];  float stages_1_1_pwconv2_weight_scaled[32][128]; };
    /* fwd_stages_1_1_add .. fwd_downsample_2_norm */
    struct { char at17[501760];  float stages_1_1_add[1][14][14][32]; };
    /* fwd_downsample_2_norm .. fwd_downsample_2_conv */
    struct { char at18[427840];  float downsample_2_norm[1][14][14][32]; };
    /* fwd_downsample_2_conv_weight_scaled .. fwd_logits */
    struct { char at19[3421952];  float downsample_2_conv_sum[64]; };
    /* fwd_downsample_2_conv_weight_scaled .. pack_downsample_2_conv_weight_scaled */
    struct { char at20[1441792];  float downsample_2_conv_weight_scaled[64][32][2][2]; };
    /* fwd_stem_conv .. fwd_stages_3_0_dwconv */
    struct {                    float downsample_2_conv[32][7][7][64]; };
    /* fwd_stages_2_0_dwconv .. fwd_stages_2_0_norm */
    struct { char at22[401408];  float stages_2_0_dwconv[4][7][7][64]; };
    /* fwd_stages_2_0_norm .. fwd_stages_2_0_pwconv1_gelu */
    struct { char at23[802816];  float stages_2_0_norm[4][7][7][64]; };
    /* fwd_stages_2_0_pwconv1_weight_scaled .. fwd_logits */
    struct { char at24[3417856];  float stages_2_0_pwconv1_sum[256]; };
    /* fwd_stages_2_0_pwconv1_weight_scaled .. pack_stages_2_0_pwconv1_weight_scaled */
    struct { char at25[1310720];  float stages_2_0_pwconv1_weight_scaled[256][64]; };
    /* fwd_stages_2_0_pwconv1_gelu */
    struct { char at26[602112];  float stages_2_0_pwconv1[4][7][7][256]; };
    /* fwd_stages_2_0_pwconv1_gelu .. fwd_stages_2_0_add */
    struct { char at27[401408];  float stages_2_0_pwconv1_gelu[4][7][7][256]; };
    /* fwd_stages_2_0_pwconv2_weight_scaled .. pack_stages_2_0_pwconv2_weight_scaled */
    struct { char at28[1376256];  float stages_2_0_pwconv2_weight_scaled[64][256]; };
    /* fwd_stages_2_0_add .. fwd_stages_2_1_add */
    struct { char at29[802816];  float stages_2_0_add[4][7][7][64]; };
    /* fwd_stages_2_1_dwconv .. fwd_stages_2_1_norm */
    struct { char at30[401408];  float stages_2_1_dwconv[4][7][7][64]; };
    /* fwd_stages_2_1_norm .. fwd_stages_2_1_pwconv1_gelu */
    struct { char at31[852992];  float stages_2_1_norm[4][7][7][64]; };
    /* fwd_stages_2_1_pwconv1_weight_scaled .. fwd_logits */
    struct { char at32[3418880];  float stages_2_1_pwconv1_sum[256]; };
    /* fwd_stages_2_1_pwconv1_weight_scaled .. pack_stages_2_1_pwconv1_weight_scaled */
    struct { char at33[1179648];  float stages_2_1_pwconv1_weight_scaled[256][64]; };
    /* fwd_stages_2_1_pwconv1_gelu */
    struct { char at34[602112];  float stages_2_1_pwconv1[4][7][7][256]; };
    /* fwd_stages_2_1_pwconv1_gelu .. fwd_stages_2_1_add */
    struct { char at35[401408];  float stages_2_1_pwconv1_gelu[4][7][7][256]; };
    /* fwd_stages_2_1_pwconv2_weight_scaled .. pack_stages_2_1_pwconv2_weight_scaled */
    struct { char at36[1245184];  float stages_2_1_pwconv2_weight_scaled[64][256]; };
    /* fwd_stages_2_1_add .. fwd_downsample_3_norm */
    struct { char at37[602112];  float stages_2_1_add[4][7][7][64]; };
    /* fwd_downsample_3_norm .. fwd_downsample_3_conv */
    struct { char at38[401408];  float downsample_3_norm[4][7][7][64]; };
    /* fwd_downsample_3_conv_weight_scaled .. fwd_logits */
    struct { char at39[3420928];  float downsample_3_conv_sum[128]; };
    /* fwd_downsample_3_conv_weight_scaled .. pack_downsample_3_conv_weight_scaled */
    struct { char at40[1048576];  float downsample_3_conv_weight_scaled[128][64][2][2]; };
    /* fwd_stages_2_0_dwconv .. fwd_logits */
    struct { char at41[2228224];  float downsample_3_conv[32][3][3][128]; };
    /* fwd_stages_2_0_dwconv .. fwd_logits */
    struct { char at42[2375680];  float stages_3_0_dwconv[32][3][3][128]; };
    /* fwd_stages_3_0_norm .. fwd_stages_3_0_pwconv1_gelu */
    struct { char at43[2523136];  float stages_3_0_norm[32][3][3][128]; };
    /* fwd_stages_3_0_pwconv1_weight_scaled .. fwd_logits */
    struct { char at44[3413760];  float stages_3_0_pwconv1_sum[512]; };
    /* fwd_stages_3_0_pwconv1_weight_scaled .. pack_stages_3_0_pwconv1_weight_scaled */
    struct { char at45[524288];  float stages_3_0_pwconv1_weight_scaled[512][128]; };
    /* fwd_stages_3_0_pwconv1_gelu */
    struct { char at46[589824];  float stages_3_0_pwconv1[32][3][3][512]; };
    /* fwd_stages_3_0_pwconv1_gelu .. fwd_stages_3_0_add */
    struct {                    float stages_3_0_pwconv1_gelu[32][3][3][512]; };
    /* fwd_stages_3_0_pwconv2_weight_scaled .. pack_stages_3_0_pwconv2_weight_scaled */
    struct { char at48[786432];  float stages_3_0_pwconv2_weight_scaled[128][512]; };
    /* fwd_stages_3_0_add .. fwd_features */
    struct { char at49[2523136];  float stages_3_0_add[32][3][3][128]; };
    /* fwd_stages_3_1_dwconv .. fwd_stages_3_1_norm */
    struct {                    float stages_3_1_dwconv[32][3][3][128]; };
    /* fwd_stages_3_1_norm .. fwd_stages_3_1_pwconv1_gelu */
    struct { char at51[2670592];  float stages_3_1_norm[32][3][3][128]; };
    /* fwd_stages_3_1_pwconv1_weight_scaled .. fwd_logits */
    struct { char at52[3415808];  float stages_3_1_pwconv1_sum[512]; };
    /* fwd_stages_3_1_pwconv1_weight_scaled .. pack_stages_3_1_pwconv1_weight_scaled */
    struct {                    float stages_3_1_pwconv1_weight_scaled[512][128]; };
    /* fwd_stages_3_1_pwconv1_gelu */
    struct { char at54[589824];  float stages_3_1_pwconv1[32][3][3][512]; };
    /* fwd_stages_3_1_pwconv1_gelu .. fwd_features */
    struct {                    float stages_3_1_pwconv1_gelu[32][3][3][512]; };
    /* fwd_stages_3_1_pwconv2_weight_scaled .. pack_stages_3_1_pwconv2_weight_scaled */
    struct { char at56[262144];  float stages_3_1_pwconv2_weight_scaled[128][512]; };
    /* fwd_features .. evaluate_fwd_norm */
    struct { char at57[589824];  float features[32][3][3][128]; };
    /* evaluate_fwd_norm .. fwd_logits */
    struct {                    float norm[32][128]; };
    /* fwd_head_weight_scaled .. fwd_logits */
    struct { char at59[3422208];  float head_sum[10]; };
    /* fwd_head_weight_scaled .. pack_head_weight_scaled */
    struct { char at60[2228224];  float head_weight_scaled[10][128]; };
    /* pack_stem_conv_weight .. fwd_logits */
    struct { char at61[3421440];  float stem_conv_weight_packed[128]; };
    /* fwd_stem_conv */
    struct { char at62[401408];  float fwd_stem_conv_scratch[7060]; };
    /* pack_stages_1_0_dwconv_weight .. fwd_logits */
    struct { char at63[3401216];  float stages_1_0_dwconv_weight_packed[1568]; };
    /* fwd_stages_1_0_dwconv */
    struct { char at64[401408];  float fwd_stages_1_0_dwconv_scratch[12800]; };
    /* pack_stages_1_0_pwconv1_weight_scaled .. fwd_logits */
    struct { char at65[3294208];  float stages_1_0_pwconv1_weight_scaled_packed[4096]; };
    /* pack_stages_1_0_pwconv2_weight_scaled .. fwd_logits */
    struct { char at66[3310592];  float stages_1_0_pwconv2_weight_scaled_packed[4096]; };
    /* pack_stages_1_1_dwconv_weight .. fwd_logits */
    struct { char at67[3407488];  float stages_1_1_dwconv_weight_packed[1568]; };
    /* fwd_stages_1_1_dwconv */
    struct { char at68[401408];  float fwd_stages_1_1_dwconv_scratch[12800]; };
    /* pack_stages_1_1_pwconv1_weight_scaled .. fwd_logits */
    struct { char at69[3326976];  float stages_1_1_pwconv1_weight_scaled_packed[4096]; };
    /* pack_stages_1_1_pwconv2_weight_scaled .. fwd_logits */
    struct { char at70[3343360];  float stages_1_1_pwconv2_weight_scaled_packed[4096]; };
    /* pack_downsample_2_conv_weight_scaled .. fwd_logits */
    struct { char at71[3211264];  float downsample_2_conv_weight_scaled_packed[8192]; };
    /* fwd_downsample_2_conv */
    struct { char at72[401408];  float fwd_downsample_2_conv_scratch[6596]; };
    /* pack_stages_2_0_dwconv_weight .. fwd_logits */
    struct { char at73[3376128];  float stages_2_0_dwconv_weight_packed[3136]; };
    /* fwd_stages_2_0_dwconv */
    struct { char at74[451584];  float fwd_stages_2_0_dwconv_scratch[10816]; };
    /* pack_stages_2_0_pwconv1_weight_scaled .. fwd_logits */
    struct { char at75[2949120];  float stages_2_0_pwconv1_weight_scaled_packed[16384]; };
    /* pack_stages_2_0_pwconv2_weight_scaled .. fwd_logits */
    struct { char at76[3014656];  float stages_2_0_pwconv2_weight_scaled_packed[16384]; };
    /* pack_stages_2_1_dwconv_weight .. fwd_logits */
    struct { char at77[3388672];  float stages_2_1_dwconv_weight_packed[3136]; };
    /* fwd_stages_2_1_dwconv */
    struct { char at78[451584];  float fwd_stages_2_1_dwconv_scratch[10816]; };
    /* pack_stages_2_1_pwconv1_weight_scaled .. fwd_logits */
    struct { char at79[3080192];  float stages_2_1_pwconv1_weight_scaled_packed[16384]; };
    /* pack_stages_2_1_pwconv2_weight_scaled .. fwd_logits */
    struct { char at80[3145728];  float stages_2_1_pwconv2_weight_scaled_packed[16384]; };
    /* pack_downsample_3_conv_weight_scaled .. fwd_logits */
    struct { char at81[2818048];  float downsample_3_conv_weight_scaled_packed[32768]; };
    /* fwd_downsample_3_conv */
    struct { char at82[451584];  float fwd_downsample_3_conv_scratch[2609]; };
    /* pack_stages_3_0_dwconv_weight .. fwd_logits */
    struct { char at83[3244032];  float stages_3_0_dwconv_weight_packed[6272]; };
    /* fwd_stages_3_0_dwconv */
    struct { char at84[401408];  float fwd_stages_3_0_dwconv_scratch[10368]; };
    /* pack_stages_3_0_pwconv1_weight_scaled .. fwd_logits */
    struct { char at85[1179648];  float stages_3_0_pwconv1_weight_scaled_packed[65536]; };
    /* pack_stages_3_0_pwconv2_weight_scaled .. fwd_logits */
    struct { char at86[1441792];  float stages_3_0_pwconv2_weight_scaled_packed[65536]; };
    /* pack_stages_3_1_dwconv_weight .. fwd_logits */
    struct { char at87[3269120];  float stages_3_1_dwconv_weight_packed[6272]; };
    /* fwd_stages_3_1_dwconv */
    struct { char at88[147456];  float fwd_stages_3_1_dwconv_scratch[10368]; };
    /* pack_stages_3_1_pwconv1_weight_scaled .. fwd_logits */
    struct { char at89[1703936];  float stages_3_1_pwconv1_weight_scaled_packed[65536]; };
    /* pack_stages_3_1_pwconv2_weight_scaled .. fwd_logits */
    struct { char at90[1966080];  float stages_3_1_pwconv2_weight_scaled_packed[65536]; };
    /* pack_head_weight_scaled .. fwd_logits */
    struct { char at91[3359744];  float head_weight_scaled_packed[4096]; };
#endif
    char bytes[3422272];
} ConvnextPredictWork;

/* Memory of one thread, for any call. */
union ConvnextWork {
    ConvnextTrainWork train;
    ConvnextEvaluateWork evaluate;
    ConvnextPredictWork predict;
#ifdef __cplusplus
    alignas(64) char bytes[21115328];
#else
    _Alignas(64) char bytes[21115328];
#endif
};

extern const struct RtModel convnext_model;      /* the same as tables, for the trainer */

#ifdef __cplusplus
}
#endif

#endif
