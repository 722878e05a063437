/* resnet.h - written by tailor 0.1.0 from resnet.lua.  Edit the graph, not this file.
 *
 *   graph       6c0b18eae3e6c4d94e900dfc05882910a2ef465f03ce1f33202f6689fd85a107
 *   parameters  272186 floats in 65 tensors
 *   train       147 kernels forward, 105 backward; workspace 154392320 bytes
 *   evaluate    24 kernels forward, 0 backward; workspace 1506368 bytes
 *
 * Call resnet_train once for each batch: it changes the parameters.  A workspace is an array of as many unions as there are threads,
 * aligned to 64 bytes; nothing is allocated.  The functions return false when the loss is not finite, before anything changed.
 */
#ifndef RESNET_H
#define RESNET_H

#include "rt.h"

/* A step works through the batch slice by slice; threads share the slices, each slice goes chunk by chunk. */
enum { RESNET_BATCH = 128, RESNET_SLICES = 4, RESNET_SLICE = 32, RESNET_CHUNK = 2 };

/* Parameters: a plain array of floats, in order of creation and in the layout of files. */
typedef struct ResnetParams {
    float stem_conv_weight[16][1][3][3];                /* resnet.lua:19 */
    float stem_bn_weight[16];                           /* resnet.lua:20 */
    float stem_bn_bias[16];                             /* resnet.lua:20 */
    float stages_1_1_conv1_weight[16][16][3][3];        /* resnet.lua:19 */
    float stages_1_1_bn1_weight[16];                    /* resnet.lua:20 */
    float stages_1_1_bn1_bias[16];                      /* resnet.lua:20 */
    float stages_1_1_conv2_weight[16][16][3][3];        /* resnet.lua:19 */
    float stages_1_1_bn2_weight[16];                    /* resnet.lua:20 */
    float stages_1_1_bn2_bias[16];                      /* resnet.lua:20 */
    float stages_1_2_conv1_weight[16][16][3][3];        /* resnet.lua:19 */
    float stages_1_2_bn1_weight[16];                    /* resnet.lua:20 */
    float stages_1_2_bn1_bias[16];                      /* resnet.lua:20 */
    float stages_1_2_conv2_weight[16][16][3][3];        /* resnet.lua:19 */
    float stages_1_2_bn2_weight[16];                    /* resnet.lua:20 */
    float stages_1_2_bn2_bias[16];                      /* resnet.lua:20 */
    float stages_1_3_conv1_weight[16][16][3][3];        /* resnet.lua:19 */
    float stages_1_3_bn1_weight[16];                    /* resnet.lua:20 */
    float stages_1_3_bn1_bias[16];                      /* resnet.lua:20 */
    float stages_1_3_conv2_weight[16][16][3][3];        /* resnet.lua:19 */
    float stages_1_3_bn2_weight[16];                    /* resnet.lua:20 */
    float stages_1_3_bn2_bias[16];                      /* resnet.lua:20 */
    float stages_2_1_conv1_weight[32][16][3][3];        /* resnet.lua:19 */
    float stages_2_1_bn1_weight[32];                    /* resnet.lua:20 */
    float stages_2_1_bn1_bias[32];                      /* resnet.lua:20 */
    float stages_2_1_conv2_weight[32][32][3][3];        /* resnet.lua:19 */
    float stages_2_1_bn2_weight[32];                    /* resnet.lua:20 */
    float stages_2_1_bn2_bias[32];                      /* resnet.lua:20 */
    float stages_2_1_conv_skip_weight[32][16][1][1];    /* resnet.lua:19 */
    float stages_2_1_bn_skip_weight[32];                /* resnet.lua:20 */
    float stages_2_1_bn_skip_bias[32];                  /* resnet.lua:20 */
    float stages_2_2_conv1_weight[32][32][3][3];        /* resnet.lua:19 */
    float stages_2_2_bn1_weight[32];                    /* resnet.lua:20 */
    float stages_2_2_bn1_bias[32];                      /* resnet.lua:20 */
    float stages_2_2_conv2_weight[32][32][3][3];        /* resnet.lua:19 */
    float stages_2_2_bn2_weight[32];                    /* resnet.lua:20 */
    float stages_2_2_bn2_bias[32];                      /* resnet.lua:20 */
    float stages_2_3_conv1_weight[32][32][3][3];        /* resnet.lua:19 */
    float stages_2_3_bn1_weight[32];                    /* resnet.lua:20 */
    float stages_2_3_bn1_bias[32];                      /* resnet.lua:20 */
    float stages_2_3_conv2_weight[32][32][3][3];        /* resnet.lua:19 */
    float stages_2_3_bn2_weight[32];                    /* resnet.lua:20 */
    float stages_2_3_bn2_bias[32];                      /* resnet.lua:20 */
    float stages_3_1_conv1_weight[64][32][3][3];        /* resnet.lua:19 */
    float stages_3_1_bn1_weight[64];                    /* resnet.lua:20 */
    float stages_3_1_bn1_bias[64];                      /* resnet.lua:20 */
    float stages_3_1_conv2_weight[64][64][3][3];        /* resnet.lua:19 */
    float stages_3_1_bn2_weight[64];                    /* resnet.lua:20 */
    float stages_3_1_bn2_bias[64];                      /* resnet.lua:20 */
    float stages_3_1_conv_skip_weight[64][32][1][1];    /* resnet.lua:19 */
    float stages_3_1_bn_skip_weight[64];                /* resnet.lua:20 */
    float stages_3_1_bn_skip_bias[64];                  /* resnet.lua:20 */
    float stages_3_2_conv1_weight[64][64][3][3];        /* resnet.lua:19 */
    float stages_3_2_bn1_weight[64];                    /* resnet.lua:20 */
    float stages_3_2_bn1_bias[64];                      /* resnet.lua:20 */
    float stages_3_2_conv2_weight[64][64][3][3];        /* resnet.lua:19 */
    float stages_3_2_bn2_weight[64];                    /* resnet.lua:20 */
    float stages_3_2_bn2_bias[64];                      /* resnet.lua:20 */
    float stages_3_3_conv1_weight[64][64][3][3];        /* resnet.lua:19 */
    float stages_3_3_bn1_weight[64];                    /* resnet.lua:20 */
    float stages_3_3_bn1_bias[64];                      /* resnet.lua:20 */
    float stages_3_3_conv2_weight[64][64][3][3];        /* resnet.lua:19 */
    float stages_3_3_bn2_weight[64];                    /* resnet.lua:20 */
    float stages_3_3_bn2_bias[64];                      /* resnet.lua:20 */
    float logits_linear_weight[10][64];                 /* resnet.lua:42 */
    float logits_linear_bias[10];                       /* resnet.lua:42 */
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

/* What resnet_train leaves behind. */
typedef struct ResnetTrainResult {
    float loss;
    float accuracy[RESNET_BATCH];
} ResnetTrainResult;

/* Workspace of resnet_train: 154392320 bytes for one thread, 444 buffers (the schedule needs at least 154392320).  Buffers that are never
 * live at once share bytes; the leading char array is where a buffer starts.  Behind each: the kernels it lives for. */
typedef union ResnetTrainWork {
    struct {                    float conv2d[RESNET_BATCH][28][28][16]; };                  /* fwd_conv2d .. bwd_stem_conv_weight */
    struct { char at1[154381056];  float batch_norm[RESNET_SLICES][16]; };                  /* fwd_conv2d .. bwd_stem_conv_weight */
    struct { char at2[6422528];  float batch_norm_2[RESNET_SLICES][16]; };                  /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at3[154390912];  float stem_bn_running_mean_next[16]; };                  /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at4[154390976];  float stem_bn_running_var_next[16]; };                   /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at5[154391040];  float batch_norm_3[16]; };                               /* fwd_batch_norm_3 .. bwd_stem_conv_weight */
    struct { char at6[6422528];  float relu[RESNET_BATCH][28][28][16]; };                   /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at7[12845056];  float conv2d_2[RESNET_BATCH][28][28][16]; };              /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at8[154381312];  float batch_norm_4[RESNET_SLICES][16]; };                /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at9[19267584];  float batch_norm_5[RESNET_SLICES][16]; };                 /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at10[154391104];  float stages_1_1_bn1_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at11[154391168];  float stages_1_1_bn1_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at12[154391296];  float batch_norm_6[16]; };                              /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at13[19267584];  float relu_2[RESNET_BATCH][28][28][16]; };               /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at14[25690112];  float conv2d_3[RESNET_BATCH][28][28][16]; };             /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at15[154381568];  float batch_norm_7[RESNET_SLICES][16]; };               /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at16[32112640];  float batch_norm_8[RESNET_SLICES][16]; };                /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at17[154391232];  float stages_1_1_bn2_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at18[154391360];  float stages_1_1_bn2_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at19[154391616];  float batch_norm_9[16]; };                              /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at20[32112640];  float relu_3[RESNET_BATCH][28][28][16]; };               /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at21[38535168];  float conv2d_4[RESNET_BATCH][28][28][16]; };             /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at22[154381824];  float batch_norm_10[RESNET_SLICES][16]; };              /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at23[44957696];  float batch_norm_11[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at24[154391424];  float stages_1_2_bn1_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at25[154391488];  float stages_1_2_bn1_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at26[154391872];  float batch_norm_12[16]; };                             /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at27[44957696];  float relu_4[RESNET_BATCH][28][28][16]; };               /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at28[51380224];  float conv2d_5[RESNET_BATCH][28][28][16]; };             /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at29[154382080];  float batch_norm_13[RESNET_SLICES][16]; };              /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at30[57802752];  float batch_norm_14[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at31[154391552];  float stages_1_2_bn2_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at32[154391680];  float stages_1_2_bn2_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at33[154392064];  float batch_norm_15[16]; };                             /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at34[57802752];  float relu_5[RESNET_BATCH][28][28][16]; };               /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at35[64225280];  float conv2d_6[RESNET_BATCH][28][28][16]; };             /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at36[154382336];  float batch_norm_16[RESNET_SLICES][16]; };              /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at37[70647808];  float batch_norm_17[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at38[154391744];  float stages_1_3_bn1_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at39[154391808];  float stages_1_3_bn1_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at40[154392128];  float batch_norm_18[16]; };                             /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at41[70647808];  float relu_6[RESNET_BATCH][28][28][16]; };               /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at42[77070336];  float conv2d_7[RESNET_BATCH][28][28][16]; };             /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at43[154382592];  float batch_norm_19[RESNET_SLICES][16]; };              /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at44[83492864];  float batch_norm_20[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at45[154391936];  float stages_1_3_bn2_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at46[154392000];  float stages_1_3_bn2_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at47[154392192];  float batch_norm_21[16]; };                             /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at48[83492864];  float relu_7[RESNET_BATCH][28][28][16]; };               /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at49[102760448];  float conv2d_8[RESNET_BATCH][14][14][32]; };            /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at50[154377472];  float batch_norm_22[RESNET_SLICES][32]; };              /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at51[89915904];  float batch_norm_23[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at52[154388224];  float stages_2_1_bn1_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at53[154388480];  float stages_2_1_bn1_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at54[154390016];  float batch_norm_24[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_92 */
    struct { char at55[99549184];  float relu_8[RESNET_BATCH][14][14][32]; };               /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at56[105971712];  float conv2d_9[RESNET_BATCH][14][14][32]; };            /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at57[154378496];  float batch_norm_25[RESNET_SLICES][32]; };              /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at58[89915392];  float batch_norm_26[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at59[154388736];  float stages_2_1_bn2_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at60[154388864];  float stages_2_1_bn2_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at61[154390272];  float batch_norm_27[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at62[96337920];  float conv2d_10[RESNET_BATCH][14][14][32]; };            /* fwd_relu_3 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at63[154377984];  float batch_norm_28[RESNET_SLICES][32]; };              /* fwd_relu_3 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at64[89915392];  float batch_norm_29[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at65[154388352];  float stages_2_1_bn_skip_running_mean_next[32]; };      /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at66[154388608];  float stages_2_1_bn_skip_running_var_next[32]; };       /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at67[154390144];  float batch_norm_30[32]; };                             /* fwd_batch_norm_24 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at68[89915392];  float relu_9[RESNET_BATCH][14][14][32]; };               /* fwd_relu_9 .. bwd_batch_norm_78 */
    struct { char at69[93126656];  float conv2d_11[RESNET_BATCH][14][14][32]; };            /* fwd_relu_9 .. bwd_batch_norm_78 */
    struct { char at70[154379008];  float batch_norm_31[RESNET_SLICES][32]; };              /* fwd_relu_9 .. bwd_batch_norm_78 */
    struct { char at71[109182976];  float batch_norm_32[RESNET_SLICES][32]; };              /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at72[154388992];  float stages_2_2_bn1_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at73[154389120];  float stages_2_2_bn1_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at74[154390400];  float batch_norm_33[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at75[109182976];  float relu_10[RESNET_BATCH][14][14][32]; };             /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at76[112394240];  float conv2d_12[RESNET_BATCH][14][14][32]; };           /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at77[154379520];  float batch_norm_34[RESNET_SLICES][32]; };              /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at78[115605504];  float batch_norm_35[RESNET_SLICES][32]; };              /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at79[154389248];  float stages_2_2_bn2_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at80[154389376];  float stages_2_2_bn2_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at81[154390528];  float batch_norm_36[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at82[115605504];  float relu_11[RESNET_BATCH][14][14][32]; };             /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at83[118816768];  float conv2d_13[RESNET_BATCH][14][14][32]; };           /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at84[154380032];  float batch_norm_37[RESNET_SLICES][32]; };              /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at85[122028032];  float batch_norm_38[RESNET_SLICES][32]; };              /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at86[154389504];  float stages_2_3_bn1_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at87[154389632];  float stages_2_3_bn1_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at88[154390656];  float batch_norm_39[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at89[122028032];  float relu_12[RESNET_BATCH][14][14][32]; };             /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at90[125239296];  float conv2d_14[RESNET_BATCH][14][14][32]; };           /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at91[154380544];  float batch_norm_40[RESNET_SLICES][32]; };              /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at92[128450560];  float batch_norm_41[RESNET_SLICES][32]; };              /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at93[154389760];  float stages_2_3_bn2_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at94[154389888];  float stages_2_3_bn2_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at95[154390784];  float batch_norm_42[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at96[128450560];  float relu_13[RESNET_BATCH][14][14][32]; };             /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at97[138084352];  float conv2d_15[RESNET_BATCH][7][7][64]; };             /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at98[154361088];  float batch_norm_43[RESNET_SLICES][64]; };              /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at99[131810304];  float batch_norm_44[RESNET_SLICES][64]; };              /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at100[154382848];  float stages_3_1_bn1_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at101[154383360];  float stages_3_1_bn1_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at102[154386432];  float batch_norm_45[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_78 */
    struct { char at103[136478720];  float relu_14[RESNET_BATCH][7][7][64]; };              /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at104[139689984];  float conv2d_16[RESNET_BATCH][7][7][64]; };            /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at105[154363136];  float batch_norm_46[RESNET_SLICES][64]; };             /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at106[131661824];  float batch_norm_47[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at107[154383872];  float stages_3_1_bn2_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at108[154384128];  float stages_3_1_bn2_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at109[154386944];  float batch_norm_48[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at110[134873088];  float conv2d_17[RESNET_BATCH][7][7][64]; };            /* fwd_relu_11 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at111[154362112];  float batch_norm_49[RESNET_SLICES][64]; };             /* fwd_relu_11 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at112[131809280];  float batch_norm_50[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at113[154383104];  float stages_3_1_bn_skip_running_mean_next[64]; };     /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at114[154383616];  float stages_3_1_bn_skip_running_var_next[64]; };      /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at115[154386688];  float batch_norm_51[64]; };                            /* fwd_batch_norm_45 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at116[131661824];  float relu_15[RESNET_BATCH][7][7][64]; };              /* fwd_relu_15 .. bwd_batch_norm_66 */
    struct { char at117[133267456];  float conv2d_18[RESNET_BATCH][7][7][64]; };            /* fwd_relu_15 .. bwd_batch_norm_66 */
    struct { char at118[154364160];  float batch_norm_52[RESNET_SLICES][64]; };             /* fwd_relu_15 .. bwd_batch_norm_66 */
    struct { char at119[141295616];  float batch_norm_53[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at120[154384384];  float stages_3_2_bn1_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at121[154384640];  float stages_3_2_bn1_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at122[154387200];  float batch_norm_54[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at123[141295616];  float relu_16[RESNET_BATCH][7][7][64]; };              /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at124[142901248];  float conv2d_19[RESNET_BATCH][7][7][64]; };            /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at125[154365184];  float batch_norm_55[RESNET_SLICES][64]; };             /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at126[144506880];  float batch_norm_56[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at127[154384896];  float stages_3_2_bn2_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at128[154385152];  float stages_3_2_bn2_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at129[154387456];  float batch_norm_57[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at130[144506880];  float relu_17[RESNET_BATCH][7][7][64]; };              /* fwd_relu_17 .. bwd_batch_norm_66 */
    struct { char at131[146112512];  float conv2d_20[RESNET_BATCH][7][7][64]; };            /* fwd_relu_17 .. bwd_batch_norm_66 */
    struct { char at132[154366208];  float batch_norm_58[RESNET_SLICES][64]; };             /* fwd_relu_17 .. bwd_batch_norm_66 */
    struct { char at133[147718144];  float batch_norm_59[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at134[154385408];  float stages_3_3_bn1_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at135[154385664];  float stages_3_3_bn1_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at136[154387712];  float batch_norm_60[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at137[149323776];  float relu_18[RESNET_BATCH][7][7][64]; };              /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at138[147718144];  float conv2d_21[RESNET_BATCH][7][7][64]; };            /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at139[154367232];  float batch_norm_61[RESNET_SLICES][64]; };             /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at140[150929408];  float batch_norm_62[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at141[154385920];  float stages_3_3_bn2_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at142[154386176];  float stages_3_3_bn2_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at143[154387968];  float batch_norm_63[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at144[150939648];  float global_avg_pool[RESNET_CHUNK][64]; };            /* fwd_global_avg_pool .. bwd_logits_linear_weight */
    struct { char at145[150940352];  float logits[RESNET_CHUNK][10]; };                     /* fwd_logits .. fwd_loss */
    struct { char at146[150940480];  float loss_exp[RESNET_CHUNK][10]; };                   /* fwd_loss .. bwd_logits_linear_weight */
    struct { char at147[150940608];  float loss_sum[RESNET_CHUNK]; };                       /* fwd_loss .. bwd_logits */
    struct { char at148[154392256];  float loss[RESNET_SLICES][1]; };                       /* fwd_global_avg_pool .. update_stem_bn_weight */
    struct { char at149[150940480];  float d_logits[RESNET_CHUNK][10]; };                   /* bwd_logits .. bwd_logits_linear_weight */
    struct { char at150[150940160];  float d_logits_linear_bias[RESNET_SLICES][10]; };      /* fwd_global_avg_pool .. update_logits_linear_bias */
    struct { char at151[154157056];  float d_global_avg_pool[RESNET_BATCH][64]; };          /* fwd_global_avg_pool .. bwd_batch_norm_66 */
    struct { char at152[150929408];  float d_logits_linear_weight[RESNET_SLICES][10][64]; }; /* fwd_global_avg_pool .. update_logits_linear_weight */
    struct { char at153[154368256];  float d_stages_3_3_bn2_bias[RESNET_SLICES][64]; };     /* fwd_global_avg_pool .. update_stages_3_3_bn2_bias */
    struct { char at154[154369280];  float d_stages_3_3_bn2_weight[RESNET_SLICES][64]; };   /* fwd_global_avg_pool .. update_stages_3_3_bn2_weight */
    struct { char at155[154373376];  float d_batch_norm_63[RESNET_SLICES][64]; };           /* fwd_global_avg_pool .. bwd_batch_norm_66 */
    struct { char at156[154374400];  float batch_norm_64[RESNET_SLICES][64]; };             /* fwd_global_avg_pool .. bwd_batch_norm_66 */
    struct { char at157[154375424];  float batch_norm_65[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at158[154189824];  float d_conv2d_21[RESNET_CHUNK][7][7][64]; };          /* bwd_conv2d_21 .. bwd_stages_3_3_conv2_weight */
    struct { char at159[149323776];  float d_stages_3_3_conv2_weight[64][64][3][3]; };      /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_3_conv2_weight */
    struct { char at160[150929408];  float d_relu_18[RESNET_BATCH][7][7][64]; };            /* bwd_conv2d_21 .. bwd_batch_norm_66 */
    struct { char at161[154376448];  float d_stages_3_3_bn1_bias[RESNET_SLICES][64]; };     /* bwd_conv2d_21 .. update_stages_3_3_bn1_bias */
    struct { char at162[154370304];  float d_stages_3_3_bn1_weight[RESNET_SLICES][64]; };   /* bwd_conv2d_21 .. update_stages_3_3_bn1_weight */
    struct { char at163[154371328];  float d_batch_norm_60[RESNET_SLICES][64]; };           /* bwd_conv2d_21 .. bwd_batch_norm_66 */
    struct { char at164[154372352];  float batch_norm_66[RESNET_SLICES][64]; };             /* bwd_conv2d_21 .. bwd_batch_norm_66 */
    struct { char at165[153766144];  float batch_norm_67[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at166[153714688];  float d_conv2d_20[RESNET_CHUNK][7][7][64]; };          /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at167[144506880];  float d_stages_3_3_conv1_weight[64][64][3][3]; };      /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_3_conv1_weight */
    struct { char at168[149323776];  float d_relu_17[RESNET_BATCH][7][7][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at169[153767168];  float d_stages_3_2_bn2_bias[RESNET_SLICES][64]; };     /* bwd_conv2d_20 .. update_stages_3_2_bn2_bias */
    struct { char at170[153763072];  float d_stages_3_2_bn2_weight[RESNET_SLICES][64]; };   /* bwd_conv2d_20 .. update_stages_3_2_bn2_weight */
    struct { char at171[153764096];  float d_batch_norm_57[RESNET_SLICES][64]; };           /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at172[153765120];  float batch_norm_68[RESNET_SLICES][64]; };             /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at173[146753792];  float batch_norm_69[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at174[146702336];  float d_conv2d_19[RESNET_CHUNK][7][7][64]; };          /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at175[141295616];  float d_stages_3_2_conv2_weight[64][64][3][3]; };      /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_2_conv2_weight */
    struct { char at176[144506880];  float d_relu_16[RESNET_BATCH][7][7][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at177[146754816];  float d_stages_3_2_bn1_bias[RESNET_SLICES][64]; };     /* bwd_conv2d_20 .. update_stages_3_2_bn1_bias */
    struct { char at178[146750720];  float d_stages_3_2_bn1_weight[RESNET_SLICES][64]; };   /* bwd_conv2d_20 .. update_stages_3_2_bn1_weight */
    struct { char at179[146751744];  float d_batch_norm_54[RESNET_SLICES][64]; };           /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at180[146752768];  float batch_norm_70[RESNET_SLICES][64]; };             /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at181[143542528];  float batch_norm_71[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at182[143491072];  float d_conv2d_18[RESNET_CHUNK][7][7][64]; };          /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at183[131661824];  float d_stages_3_2_conv1_weight[64][64][3][3]; };      /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_2_conv1_weight */
    struct { char at184[141295616];  float d_relu_15[RESNET_BATCH][7][7][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at185[143543552];  float d_stages_3_1_bn2_bias[RESNET_SLICES][64]; };     /* bwd_conv2d_20 .. update_stages_3_1_bn_skip_bias */
    struct { char at186[143539456];  float d_stages_3_1_bn_skip_weight[RESNET_SLICES][64]; }; /* bwd_conv2d_20 .. update_stages_3_1_bn_skip_weight */
    struct { char at187[143540480];  float d_batch_norm_51[RESNET_SLICES][64]; };           /* bwd_conv2d_20 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at188[143541504];  float batch_norm_72[RESNET_SLICES][64]; };             /* bwd_conv2d_20 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at189[143010240];  float batch_norm_73[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at190[142985152];  float d_conv2d_17[RESNET_CHUNK][7][7][64]; };          /* bwd_batch_norm_74 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at191[131661824];  float conv2d_22[RESNET_BATCH][14][14][32]; };          /* bwd_batch_norm_74 .. bwd_batch_norm_78 */
    struct { char at192[134873088];  float d_stages_3_1_conv_skip_weight[64][32]; };        /* unpack_d_stages_3_1_conv_skip_weight .. update_stages_3_1_conv_skip_weight */
    struct { char at193[144506880];  float d_stages_3_1_bn2_weight[RESNET_SLICES][64]; };   /* bwd_batch_norm_74 .. update_stages_3_1_bn2_weight */
    struct { char at194[144508928];  float d_batch_norm_48[RESNET_SLICES][64]; };           /* bwd_batch_norm_74 .. bwd_batch_norm_66 */
    struct { char at195[144509952];  float batch_norm_74[RESNET_SLICES][64]; };             /* bwd_batch_norm_74 .. bwd_batch_norm_66 */
    struct { char at196[135511296];  float batch_norm_75[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at197[135462912];  float d_conv2d_16[RESNET_CHUNK][7][7][64]; };          /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at198[135462912];  float d_stages_3_1_conv2_weight[64][64][3][3]; };      /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_1_conv2_weight */
    struct { char at199[142901248];  float d_relu_14[RESNET_BATCH][7][7][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at200[135610368];  float d_stages_3_1_bn1_bias[RESNET_SLICES][64]; };     /* bwd_conv2d_20 .. update_stages_3_1_bn1_bias */
    struct { char at201[144507904];  float d_stages_3_1_bn1_weight[RESNET_SLICES][64]; };   /* bwd_conv2d_20 .. update_stages_3_1_bn1_weight */
    struct { char at202[144510976];  float d_batch_norm_45[RESNET_SLICES][64]; };           /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at203[144512000];  float batch_norm_76[RESNET_SLICES][64]; };             /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at204[140077504];  float batch_norm_77[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_78 */
    struct { char at205[140052416];  float d_conv2d_15[RESNET_CHUNK][7][7][64]; };          /* bwd_conv2d_20 .. bwd_stages_3_1_conv1_weight */
    struct { char at206[128450560];  float d_stages_3_1_conv1_weight[64][32][3][3]; };      /* unpack_d_stages_3_1_conv1_weight .. update_stages_3_1_conv1_weight */
    struct { char at207[134873088];  float d_relu_13[RESNET_BATCH][14][14][32]; };          /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at208[140080064];  float d_stages_2_3_bn2_bias[RESNET_SLICES][32]; };     /* bwd_conv2d_20 .. update_stages_2_3_bn2_bias */
    struct { char at209[140078528];  float d_stages_2_3_bn2_weight[RESNET_SLICES][32]; };   /* bwd_conv2d_20 .. update_stages_2_3_bn2_weight */
    struct { char at210[140079040];  float d_batch_norm_42[RESNET_SLICES][32]; };           /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at211[140079552];  float batch_norm_78[RESNET_SLICES][32]; };             /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at212[131895744];  float batch_norm_79[RESNET_SLICES][32]; };             /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at213[131809280];  float d_conv2d_14[RESNET_CHUNK][14][14][32]; };        /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at214[122028032];  float d_stages_2_3_conv2_weight[32][32][3][3]; };      /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_3_conv2_weight */
    struct { char at215[128450560];  float d_relu_12[RESNET_BATCH][14][14][32]; };          /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at216[131896256];  float d_stages_2_3_bn1_bias[RESNET_SLICES][32]; };     /* bwd_conv2d_14 .. update_stages_2_3_bn1_bias */
    struct { char at217[131894208];  float d_stages_2_3_bn1_weight[RESNET_SLICES][32]; };   /* bwd_conv2d_14 .. update_stages_2_3_bn1_weight */
    struct { char at218[131894720];  float d_batch_norm_39[RESNET_SLICES][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at219[131895232];  float batch_norm_80[RESNET_SLICES][32]; };             /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at220[125473216];  float batch_norm_81[RESNET_SLICES][32]; };             /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at221[125386752];  float d_conv2d_13[RESNET_CHUNK][14][14][32]; };        /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at222[115605504];  float d_stages_2_3_conv1_weight[32][32][3][3]; };      /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_3_conv1_weight */
    struct { char at223[122028032];  float d_relu_11[RESNET_BATCH][14][14][32]; };          /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at224[125473728];  float d_stages_2_2_bn2_bias[RESNET_SLICES][32]; };     /* bwd_conv2d_14 .. update_stages_2_2_bn2_bias */
    struct { char at225[125471680];  float d_stages_2_2_bn2_weight[RESNET_SLICES][32]; };   /* bwd_conv2d_14 .. update_stages_2_2_bn2_weight */
    struct { char at226[125472192];  float d_batch_norm_36[RESNET_SLICES][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at227[125472704];  float batch_norm_82[RESNET_SLICES][32]; };             /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at228[119050688];  float batch_norm_83[RESNET_SLICES][32]; };             /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at229[118964224];  float d_conv2d_12[RESNET_CHUNK][14][14][32]; };        /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at230[109182976];  float d_stages_2_2_conv2_weight[32][32][3][3]; };      /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_2_conv2_weight */
    struct { char at231[115605504];  float d_relu_10[RESNET_BATCH][14][14][32]; };          /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at232[119051200];  float d_stages_2_2_bn1_bias[RESNET_SLICES][32]; };     /* bwd_conv2d_14 .. update_stages_2_2_bn1_bias */
    struct { char at233[119049152];  float d_stages_2_2_bn1_weight[RESNET_SLICES][32]; };   /* bwd_conv2d_14 .. update_stages_2_2_bn1_weight */
    struct { char at234[119049664];  float d_batch_norm_33[RESNET_SLICES][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at235[119050176];  float batch_norm_84[RESNET_SLICES][32]; };             /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at236[112628160];  float batch_norm_85[RESNET_SLICES][32]; };             /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at237[112541696];  float d_conv2d_11[RESNET_CHUNK][14][14][32]; };        /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at238[89915392];  float d_stages_2_2_conv1_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_2_conv1_weight */
    struct { char at239[109182976];  float d_relu_9[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at240[112628672];  float d_stages_2_1_bn2_bias[RESNET_SLICES][32]; };     /* bwd_conv2d_14 .. update_stages_2_1_bn_skip_bias */
    struct { char at241[112626624];  float d_stages_2_1_bn_skip_weight[RESNET_SLICES][32]; }; /* bwd_conv2d_14 .. update_stages_2_1_bn_skip_weight */
    struct { char at242[112627136];  float d_batch_norm_30[RESNET_SLICES][32]; };           /* bwd_conv2d_14 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at243[112627648];  float batch_norm_86[RESNET_SLICES][32]; };             /* bwd_conv2d_14 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at244[112556160];  float batch_norm_87[RESNET_SLICES][32]; };             /* bwd_batch_norm_79 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at245[112497792];  float d_conv2d_10[RESNET_CHUNK][14][14][32]; };        /* bwd_batch_norm_88 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at246[89915392];  float conv2d_23[RESNET_BATCH][28][28][16]; };           /* bwd_batch_norm_88 .. bwd_batch_norm_92 */
    struct { char at247[96337920];  float d_stages_2_1_conv_skip_weight[32][16]; };         /* unpack_d_stages_2_1_conv_skip_weight .. update_stages_2_1_conv_skip_weight */
    struct { char at248[115605504];  float d_stages_2_1_bn2_weight[RESNET_SLICES][32]; };   /* bwd_batch_norm_88 .. update_stages_2_1_bn2_weight */
    struct { char at249[115606528];  float d_batch_norm_27[RESNET_SLICES][32]; };           /* bwd_batch_norm_88 .. bwd_batch_norm_78 */
    struct { char at250[115607040];  float batch_norm_88[RESNET_SLICES][32]; };             /* bwd_batch_norm_88 .. bwd_batch_norm_78 */
    struct { char at251[96570304];  float batch_norm_89[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at252[96485376];  float d_conv2d_9[RESNET_CHUNK][14][14][32]; };          /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at253[96485376];  float d_stages_2_1_conv2_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_1_conv2_weight */
    struct { char at254[112394240];  float d_relu_8[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at255[96570816];  float d_stages_2_1_bn1_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_1_bn1_bias */
    struct { char at256[115606016];  float d_stages_2_1_bn1_weight[RESNET_SLICES][32]; };   /* bwd_conv2d_14 .. update_stages_2_1_bn1_weight */
    struct { char at257[115607552];  float d_batch_norm_24[RESNET_SLICES][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at258[115608064];  float batch_norm_90[RESNET_SLICES][32]; };             /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at259[106214528];  float batch_norm_91[RESNET_SLICES][32]; };             /* bwd_batch_norm_79 .. bwd_batch_norm_92 */
    struct { char at260[106164352];  float d_conv2d_8[RESNET_CHUNK][14][14][32]; };         /* bwd_conv2d_14 .. bwd_stages_2_1_conv1_weight */
    struct { char at261[83492864];  float d_stages_2_1_conv1_weight[32][16][3][3]; };       /* unpack_d_stages_2_1_conv1_weight .. update_stages_2_1_conv1_weight */
    struct { char at262[96337920];  float d_relu_7[RESNET_BATCH][28][28][16]; };            /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at263[106215808];  float d_stages_1_3_bn2_bias[RESNET_SLICES][16]; };     /* bwd_conv2d_14 .. update_stages_1_3_bn2_bias */
    struct { char at264[106215040];  float d_stages_1_3_bn2_weight[RESNET_SLICES][16]; };   /* bwd_conv2d_14 .. update_stages_1_3_bn2_weight */
    struct { char at265[106215296];  float d_batch_norm_21[RESNET_SLICES][16]; };           /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at266[106215552];  float batch_norm_92[RESNET_SLICES][16]; };             /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at267[90114688];  float batch_norm_93[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at268[89915392];  float d_conv2d_7[RESNET_CHUNK][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at269[70647808];  float d_stages_1_3_conv2_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_3_conv2_weight */
    struct { char at270[83492864];  float d_relu_6[RESNET_BATCH][28][28][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at271[90114944];  float d_stages_1_3_bn1_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_3_bn1_bias */
    struct { char at272[90113920];  float d_stages_1_3_bn1_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_3_bn1_weight */
    struct { char at273[90114176];  float d_batch_norm_18[RESNET_SLICES][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at274[90114432];  float batch_norm_94[RESNET_SLICES][16]; };              /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at275[77269632];  float batch_norm_95[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at276[77070336];  float d_conv2d_6[RESNET_CHUNK][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at277[57802752];  float d_stages_1_3_conv1_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_3_conv1_weight */
    struct { char at278[70647808];  float d_relu_5[RESNET_BATCH][28][28][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at279[77269888];  float d_stages_1_2_bn2_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_2_bn2_bias */
    struct { char at280[77268864];  float d_stages_1_2_bn2_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_2_bn2_weight */
    struct { char at281[77269120];  float d_batch_norm_15[RESNET_SLICES][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at282[77269376];  float batch_norm_96[RESNET_SLICES][16]; };              /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at283[64424576];  float batch_norm_97[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at284[64225280];  float d_conv2d_5[RESNET_CHUNK][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at285[44957696];  float d_stages_1_2_conv2_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_2_conv2_weight */
    struct { char at286[57802752];  float d_relu_4[RESNET_BATCH][28][28][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at287[64424832];  float d_stages_1_2_bn1_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_2_bn1_bias */
    struct { char at288[64423808];  float d_stages_1_2_bn1_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_2_bn1_weight */
    struct { char at289[64424064];  float d_batch_norm_12[RESNET_SLICES][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at290[64424320];  float batch_norm_98[RESNET_SLICES][16]; };              /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at291[51579520];  float batch_norm_99[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at292[51380224];  float d_conv2d_4[RESNET_CHUNK][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at293[32112640];  float d_stages_1_2_conv1_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_2_conv1_weight */
    struct { char at294[44957696];  float d_relu_3[RESNET_BATCH][28][28][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at295[51579776];  float d_stages_1_1_bn2_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_1_bn2_bias */
    struct { char at296[51578752];  float d_stages_1_1_bn2_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_1_bn2_weight */
    struct { char at297[51579008];  float d_batch_norm_9[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at298[51579264];  float batch_norm_100[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at299[38734464];  float batch_norm_101[RESNET_SLICES][16]; };             /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at300[38535168];  float d_conv2d_3[RESNET_CHUNK][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at301[19267584];  float d_stages_1_1_conv2_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_1_conv2_weight */
    struct { char at302[32112640];  float d_relu_2[RESNET_BATCH][28][28][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at303[38734720];  float d_stages_1_1_bn1_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_1_bn1_bias */
    struct { char at304[38733696];  float d_stages_1_1_bn1_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_1_bn1_weight */
    struct { char at305[38733952];  float d_batch_norm_6[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at306[38734208];  float batch_norm_102[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at307[25889408];  float batch_norm_103[RESNET_SLICES][16]; };             /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at308[25690112];  float d_conv2d_2[RESNET_CHUNK][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at309[6422528];  float d_stages_1_1_conv1_weight[16][16][3][3]; };        /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_1_conv1_weight */
    struct { char at310[19267584];  float d_relu[RESNET_BATCH][28][28][16]; };              /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct { char at311[25889664];  float d_stem_bn_bias[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. update_stem_bn_bias */
    struct { char at312[25888640];  float d_stem_bn_weight[RESNET_SLICES][16]; };           /* bwd_conv2d_7 .. update_stem_bn_weight */
    struct { char at313[25888896];  float d_batch_norm_3[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct { char at314[25889152];  float batch_norm_104[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct { char at315[6585984];  float batch_norm_105[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_stem_conv_weight */
    struct { char at316[6422528];  float d_conv2d[RESNET_CHUNK][28][28][16]; };             /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct {                    float d_stem_conv_weight[16][3][3]; };                      /* unpack_d_stem_conv_weight .. update_stem_conv_weight */
    struct { char at318[6483328];  float stem_conv_weight_packed[288]; };                   /* pack_stem_conv_weight .. fwd_batch_norm */
    struct { char at319[6422528];  float fwd_conv2d_scratch[15193]; };                      /* fwd_conv2d .. fwd_conv2d */
    struct { char at320[19328896];  float stages_1_1_conv1_weight_packed[4608]; };          /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at321[19267584];  float fwd_conv2d_2_scratch[15328]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at322[32173952];  float stages_1_1_conv2_weight_packed[4608]; };          /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at323[32112640];  float fwd_conv2d_3_scratch[15328]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at324[45019008];  float stages_1_2_conv1_weight_packed[4608]; };          /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at325[44957696];  float fwd_conv2d_4_scratch[15328]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at326[57864064];  float stages_1_2_conv2_weight_packed[4608]; };          /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at327[57802752];  float fwd_conv2d_5_scratch[15328]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at328[70709120];  float stages_1_3_conv1_weight_packed[4608]; };          /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at329[70647808];  float fwd_conv2d_6_scratch[15328]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at330[83554176];  float stages_1_3_conv2_weight_packed[4608]; };          /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at331[83492864];  float fwd_conv2d_7_scratch[15328]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at332[90071168];  float stages_2_1_conv1_weight_packed[4608]; };          /* pack_stages_2_1_conv1_weight .. fwd_batch_norm_22 */
    struct { char at333[89915392];  float fwd_conv2d_8_scratch[29728]; };                   /* fwd_conv2d_8 .. fwd_conv2d_8 */
    struct { char at334[90034304];  float stages_2_1_conv2_weight_packed[9216]; };          /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at335[89915392];  float fwd_conv2d_9_scratch[8676]; };                    /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at336[90089600];  float stages_2_1_conv_skip_weight_packed[512]; };       /* pack_stages_2_1_conv_skip_weight .. fwd_batch_norm_22 */
    struct { char at337[89915392];  float fwd_conv2d_10_scratch[25888]; };                  /* fwd_conv2d_10 .. fwd_conv2d_10 */
    struct { char at338[109182976];  float stages_2_2_conv1_weight_packed[9216]; };         /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at339[109219840];  float fwd_conv2d_11_scratch[8676]; };                  /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at340[115605504];  float stages_2_2_conv2_weight_packed[9216]; };         /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at341[115642368];  float fwd_conv2d_12_scratch[8676]; };                  /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at342[122028032];  float stages_2_3_conv1_weight_packed[9216]; };         /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at343[122064896];  float fwd_conv2d_13_scratch[8676]; };                  /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at344[128450560];  float stages_2_3_conv2_weight_packed[9216]; };         /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at345[128487424];  float fwd_conv2d_14_scratch[8676]; };                  /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at346[131809280];  float stages_3_1_conv1_weight_packed[18432]; };        /* pack_stages_3_1_conv1_weight .. fwd_batch_norm_43 */
    struct { char at347[131883008];  float fwd_conv2d_15_scratch[16868]; };                 /* fwd_conv2d_15 .. fwd_conv2d_15 */
    struct { char at348[131661824];  float stages_3_1_conv2_weight_packed[36864]; };        /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at349[131809280];  float fwd_conv2d_16_scratch[5809]; };                  /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at350[131950528];  float stages_3_1_conv_skip_weight_packed[2048]; };     /* pack_stages_3_1_conv_skip_weight .. fwd_batch_norm_43 */
    struct { char at351[131883008];  float fwd_conv2d_17_scratch[12772]; };                 /* fwd_conv2d_17 .. fwd_conv2d_17 */
    struct { char at352[141295616];  float stages_3_2_conv1_weight_packed[36864]; };        /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at353[141443072];  float fwd_conv2d_18_scratch[5809]; };                  /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at354[144506880];  float stages_3_2_conv2_weight_packed[36864]; };        /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at355[144654336];  float fwd_conv2d_19_scratch[5809]; };                  /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at356[147718144];  float stages_3_3_conv1_weight_packed[36864]; };        /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at357[147865600];  float fwd_conv2d_20_scratch[5809]; };                  /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at358[150929408];  float stages_3_3_conv2_weight_packed[36864]; };        /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at359[151076864];  float fwd_conv2d_21_scratch[5809]; };                  /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at360[151100160];  float logits_linear_weight_packed[2048]; };            /* pack_logits_linear_weight .. bwd_batch_norm_64 */
    struct { char at361[151108352];  float logits_linear_weight_back_packed[640]; };        /* pack_logits_linear_weight_back .. bwd_batch_norm_64 */
    struct { char at362[153714688];  float stages_3_3_conv2_weight_back_packed[36864]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at363[154214912];  float bwd_relu_18_scratch[5809]; };                    /* bwd_relu_18 .. bwd_relu_18 */
    struct { char at364[154214912];  float bwd_stages_3_3_conv2_weight_scratch[5809]; };    /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at365[152535040];  float d_stages_3_3_conv2_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_21 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at366[153567232];  float stages_3_3_conv1_weight_back_packed[36864]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at367[153739776];  float bwd_relu_17_scratch[5809]; };                    /* bwd_relu_17 .. bwd_relu_17 */
    struct { char at368[153739776];  float bwd_stages_3_3_conv1_weight_scratch[5809]; };    /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at369[152535040];  float d_stages_3_3_conv1_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at370[153419776];  float stages_3_2_conv2_weight_back_packed[36864]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at371[146727424];  float bwd_relu_16_scratch[5809]; };                    /* bwd_relu_18 .. bwd_relu_18 */
    struct { char at372[146727424];  float bwd_stages_3_2_conv2_weight_scratch[5809]; };    /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at373[146112512];  float d_stages_3_2_conv2_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at374[153272320];  float stages_3_2_conv1_weight_back_packed[36864]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at375[143516160];  float bwd_relu_15_scratch[5809]; };                    /* bwd_relu_15 .. bwd_relu_15 */
    struct { char at376[143516160];  float bwd_stages_3_2_conv1_weight_scratch[5809]; };    /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at377[142901248];  float d_stages_3_2_conv1_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at378[154348800];  float stages_3_1_conv_skip_weight_back_packed[2048]; }; /* pack_stages_3_1_conv_skip_weight_back .. bwd_stages_3_1_conv_skip_weight */
    struct { char at379[142901248];  float bwd_conv2d_22_scratch[12772]; };                 /* bwd_conv2d_22 .. bwd_conv2d_22 */
    struct { char at380[142901248];  float bwd_stages_3_1_conv_skip_weight_scratch[12772]; }; /* bwd_stages_3_1_conv_skip_weight .. bwd_stages_3_1_conv_skip_weight */
    struct { char at381[142952384];  float d_stages_3_1_conv_skip_weight_sum[RESNET_SLICES][2048]; }; /* bwd_batch_norm_74 .. unpack_d_stages_3_1_conv_skip_weight */
    struct { char at382[153124864];  float stages_3_1_conv2_weight_back_packed[36864]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at383[135488000];  float bwd_relu_14_scratch[5809]; };                    /* bwd_relu_18 .. bwd_relu_18 */
    struct { char at384[135488000];  float bwd_stages_3_1_conv2_weight_scratch[5809]; };    /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at385[134873088];  float d_stages_3_1_conv2_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at386[153862144];  float stages_3_1_conv1_weight_back_packed[18432]; };   /* pack_stages_3_1_conv1_weight_back .. bwd_batch_norm_78 */
    struct { char at387[139984896];  float bwd_relu_13_scratch[16868]; };                   /* bwd_relu_13 .. bwd_relu_13 */
    struct { char at388[139984896];  float bwd_stages_3_1_conv1_weight_scratch[16868]; };   /* bwd_stages_3_1_conv1_weight .. bwd_stages_3_1_conv1_weight */
    struct { char at389[139689984];  float d_stages_3_1_conv1_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_1_conv1_weight */
    struct { char at390[154120192];  float stages_2_3_conv2_weight_back_packed[9216]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at391[131859456];  float bwd_relu_12_scratch[8676]; };                    /* bwd_relu_12 .. bwd_relu_12 */
    struct { char at392[131859456];  float bwd_stages_2_3_conv2_weight_scratch[8676]; };    /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at393[131661824];  float d_stages_2_3_conv2_weight_sum[RESNET_SLICES][9216]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at394[154083328];  float stages_2_3_conv1_weight_back_packed[9216]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at395[125436928];  float bwd_relu_11_scratch[8676]; };                    /* bwd_relu_11 .. bwd_relu_11 */
    struct { char at396[125436928];  float bwd_stages_2_3_conv1_weight_scratch[8676]; };    /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at397[125239296];  float d_stages_2_3_conv1_weight_sum[RESNET_SLICES][9216]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at398[154046464];  float stages_2_2_conv2_weight_back_packed[9216]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at399[119014400];  float bwd_relu_10_scratch[8676]; };                    /* bwd_relu_12 .. bwd_relu_12 */
    struct { char at400[119014400];  float bwd_stages_2_2_conv2_weight_scratch[8676]; };    /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at401[118816768];  float d_stages_2_2_conv2_weight_sum[RESNET_SLICES][9216]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at402[154009600];  float stages_2_2_conv1_weight_back_packed[9216]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at403[112591872];  float bwd_relu_9_scratch[8676]; };                     /* bwd_relu_11 .. bwd_relu_11 */
    struct { char at404[112591872];  float bwd_stages_2_2_conv1_weight_scratch[8676]; };    /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at405[112394240];  float d_stages_2_2_conv1_weight_sum[RESNET_SLICES][9216]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at406[154356992];  float stages_2_1_conv_skip_weight_back_packed[1024]; }; /* pack_stages_2_1_conv_skip_weight_back .. bwd_stages_2_1_conv_skip_weight */
    struct { char at407[112394240];  float bwd_conv2d_23_scratch[25888]; };                 /* bwd_conv2d_23 .. bwd_conv2d_23 */
    struct { char at408[112394240];  float bwd_stages_2_1_conv_skip_weight_scratch[25888]; }; /* bwd_stages_2_1_conv_skip_weight .. bwd_stages_2_1_conv_skip_weight */
    struct { char at409[112547968];  float d_stages_2_1_conv_skip_weight_sum[RESNET_SLICES][512]; }; /* bwd_batch_norm_88 .. unpack_d_stages_2_1_conv_skip_weight */
    struct { char at410[153972736];  float stages_2_1_conv2_weight_back_packed[9216]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at411[96535552];  float bwd_relu_8_scratch[8676]; };                      /* bwd_relu_12 .. bwd_relu_12 */
    struct { char at412[96535552];  float bwd_stages_2_1_conv2_weight_scratch[8676]; };     /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at413[96337920];  float d_stages_2_1_conv2_weight_sum[RESNET_SLICES][9216]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at414[153935872];  float stages_2_1_conv1_weight_back_packed[9216]; };    /* pack_stages_2_1_conv1_weight_back .. bwd_batch_norm_92 */
    struct { char at415[105971712];  float bwd_relu_7_scratch[29728]; };                    /* bwd_relu_7 .. bwd_relu_7 */
    struct { char at416[105971712];  float bwd_stages_2_1_conv1_weight_scratch[29728]; };   /* bwd_stages_2_1_conv1_weight .. bwd_stages_2_1_conv1_weight */
    struct { char at417[106090624];  float d_stages_2_1_conv1_weight_sum[RESNET_SLICES][4608]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_1_conv1_weight */
    struct { char at418[154330368];  float stages_1_3_conv2_weight_back_packed[4608]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at419[90015744];  float bwd_relu_6_scratch[15328]; };                     /* bwd_relu_6 .. bwd_relu_6 */
    struct { char at420[90015744];  float bwd_stages_1_3_conv2_weight_scratch[15328]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at421[90077056];  float d_stages_1_3_conv2_weight_sum[RESNET_SLICES][2304]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at422[154311936];  float stages_1_3_conv1_weight_back_packed[4608]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at423[77170688];  float bwd_relu_5_scratch[15328]; };                     /* bwd_relu_5 .. bwd_relu_5 */
    struct { char at424[77170688];  float bwd_stages_1_3_conv1_weight_scratch[15328]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at425[77232000];  float d_stages_1_3_conv1_weight_sum[RESNET_SLICES][2304]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at426[154293504];  float stages_1_2_conv2_weight_back_packed[4608]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at427[64325632];  float bwd_relu_4_scratch[15328]; };                     /* bwd_relu_6 .. bwd_relu_6 */
    struct { char at428[64325632];  float bwd_stages_1_2_conv2_weight_scratch[15328]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at429[64386944];  float d_stages_1_2_conv2_weight_sum[RESNET_SLICES][2304]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at430[154275072];  float stages_1_2_conv1_weight_back_packed[4608]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at431[51480576];  float bwd_relu_3_scratch[15328]; };                     /* bwd_relu_5 .. bwd_relu_5 */
    struct { char at432[51480576];  float bwd_stages_1_2_conv1_weight_scratch[15328]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at433[51541888];  float d_stages_1_2_conv1_weight_sum[RESNET_SLICES][2304]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at434[154256640];  float stages_1_1_conv2_weight_back_packed[4608]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at435[38635520];  float bwd_relu_2_scratch[15328]; };                     /* bwd_relu_6 .. bwd_relu_6 */
    struct { char at436[38635520];  float bwd_stages_1_1_conv2_weight_scratch[15328]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at437[38696832];  float d_stages_1_1_conv2_weight_sum[RESNET_SLICES][2304]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at438[154238208];  float stages_1_1_conv1_weight_back_packed[4608]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at439[25790464];  float bwd_relu_scratch[15328]; };                       /* bwd_relu_5 .. bwd_relu_5 */
    struct { char at440[25790464];  float bwd_stages_1_1_conv1_weight_scratch[15328]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at441[25851776];  float d_stages_1_1_conv1_weight_sum[RESNET_SLICES][2304]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at442[6522880];  float bwd_stem_conv_weight_scratch[15193]; };            /* bwd_stem_conv_weight .. bwd_stem_conv_weight */
    struct { char at443[6583680];  float d_stem_conv_weight_sum[RESNET_SLICES][144]; };     /* bwd_conv2d_7 .. unpack_d_stem_conv_weight */
    char bytes[154392320];
} ResnetTrainWork;
_Static_assert(sizeof(ResnetTrainWork) == 154392320, "the workspace is not the one that was planned");

bool resnet_train(ResnetTrainWork *work, int threads, ResnetParams *p, ResnetState *s, ResnetMoments *o, const ResnetBatch *in,
                  const RtStep *step, ResnetTrainResult *out);

/* What resnet_evaluate leaves behind. */
typedef struct ResnetEvaluateResult {
    float loss;
    float accuracy[RESNET_BATCH];
} ResnetEvaluateResult;

/* Workspace of resnet_evaluate: 1506368 bytes for one thread, 67 buffers (the schedule needs at least 1506368).  Buffers that are never
 * live at once share bytes; the leading char array is where a buffer starts.  Behind each: the kernels it lives for. */
typedef union ResnetEvaluateWork {
    struct { char at0[1124352];  float relu[RESNET_CHUNK][28][28][16]; };                   /* evaluate_fwd_relu .. evaluate_fwd_relu_3 */
    struct { char at1[1325056];  float relu_2[RESNET_CHUNK][28][28][16]; };                 /* fwd_relu_2 .. evaluate_fwd_relu_3 */
    struct { char at2[1224704];  float relu_3[RESNET_CHUNK][28][28][16]; };                 /* evaluate_fwd_relu_3 .. evaluate_fwd_relu_3 */
    struct { char at3[1124352];  float relu_4[RESNET_CHUNK][28][28][16]; };                 /* fwd_relu_2 .. evaluate_fwd_relu_3 */
    struct { char at4[1325056];  float relu_5[RESNET_CHUNK][28][28][16]; };                 /* evaluate_fwd_relu_3 .. evaluate_fwd_relu_3 */
    struct { char at5[1224704];  float relu_6[RESNET_CHUNK][28][28][16]; };                 /* fwd_relu_2 .. evaluate_fwd_relu_3 */
    struct { char at6[1124352];  float relu_7[RESNET_CHUNK][28][28][16]; };                 /* evaluate_fwd_relu_3 .. evaluate_fwd_relu_9 */
    struct { char at7[1343616];  float relu_8[RESNET_CHUNK][14][14][32]; };                 /* evaluate_fwd_relu_8 .. fwd_conv2d_9 */
    struct { char at8[1443840];  float conv2d[RESNET_CHUNK][14][14][32]; };                 /* fwd_conv2d_9 .. evaluate_fwd_relu_9 */
    struct { char at9[1224704];  float relu_9[RESNET_CHUNK][14][14][32]; };                 /* evaluate_fwd_relu_9 .. evaluate_fwd_relu_11 */
    struct { char at10[1124352];  float relu_10[RESNET_CHUNK][14][14][32]; };               /* fwd_relu_10 .. evaluate_fwd_relu_11 */
    struct { char at11[1174528];  float relu_11[RESNET_CHUNK][14][14][32]; };               /* evaluate_fwd_relu_11 .. evaluate_fwd_relu_11 */
    struct { char at12[1224704];  float relu_12[RESNET_CHUNK][14][14][32]; };               /* fwd_relu_10 .. evaluate_fwd_relu_11 */
    struct { char at13[1124352];  float relu_13[RESNET_CHUNK][14][14][32]; };               /* evaluate_fwd_relu_11 .. evaluate_fwd_relu_15 */
    struct { char at14[1275840];  float relu_14[RESNET_CHUNK][7][7][64]; };                 /* evaluate_fwd_relu_14 .. fwd_conv2d_16 */
    struct { char at15[1250752];  float conv2d_2[RESNET_CHUNK][7][7][64]; };                /* fwd_conv2d_16 .. evaluate_fwd_relu_15 */
    struct { char at16[1174528];  float relu_15[RESNET_CHUNK][7][7][64]; };                 /* evaluate_fwd_relu_15 .. evaluate_fwd_relu_17 */
    struct { char at17[1149440];  float relu_16[RESNET_CHUNK][7][7][64]; };                 /* fwd_relu_16 .. evaluate_fwd_relu_17 */
    struct { char at18[1124352];  float relu_17[RESNET_CHUNK][7][7][64]; };                 /* evaluate_fwd_relu_17 .. evaluate_fwd_relu_17 */
    struct { char at19[1149440];  float relu_18[RESNET_CHUNK][7][7][64]; };                 /* fwd_relu_16 .. evaluate_fwd_relu_17 */
    struct { char at20[1174528];  float features[RESNET_CHUNK][7][7][64]; };                /* evaluate_fwd_relu_17 .. evaluate_fwd_global_avg_pool */
    struct { char at21[1124352];  float global_avg_pool[RESNET_CHUNK][64]; };               /* evaluate_fwd_global_avg_pool .. fwd_logits */
    struct { char at22[1124864];  float logits[RESNET_CHUNK][10]; };                        /* fwd_logits .. evaluate_fwd_loss */
    struct { char at23[1506304];  float loss[RESNET_SLICES][1]; };                          /* evaluate_fwd_relu .. combine_loss */
    struct { char at24[1505152];  float stem_conv_weight_packed[288]; };                    /* pack_stem_conv_weight .. evaluate_fwd_loss */
    struct { char at25[1224704];  float fwd_relu_scratch[15193]; };                         /* evaluate_fwd_relu .. evaluate_fwd_relu */
    struct { char at26[995328];  float stages_1_1_conv1_weight_packed[4608]; };             /* pack_stages_1_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at27[1224704];  float fwd_relu_2_scratch[15328]; };                       /* fwd_relu_2 .. fwd_relu_2 */
    struct { char at28[1013760];  float stages_1_1_conv2_weight_packed[4608]; };            /* pack_stages_1_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at29[1443840];  float fwd_relu_3_scratch[15328]; };                       /* evaluate_fwd_relu_3 .. evaluate_fwd_relu_3 */
    struct { char at30[1032192];  float stages_1_2_conv1_weight_packed[4608]; };            /* pack_stages_1_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at31[1325056];  float fwd_relu_4_scratch[15328]; };                       /* fwd_relu_2 .. fwd_relu_2 */
    struct { char at32[1050624];  float stages_1_2_conv2_weight_packed[4608]; };            /* pack_stages_1_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at33[1443840];  float fwd_relu_5_scratch[15328]; };                       /* evaluate_fwd_relu_3 .. evaluate_fwd_relu_3 */
    struct { char at34[1069056];  float stages_1_3_conv1_weight_packed[4608]; };            /* pack_stages_1_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at35[1124352];  float fwd_relu_6_scratch[15328]; };                       /* fwd_relu_2 .. fwd_relu_2 */
    struct { char at36[1087488];  float stages_1_3_conv2_weight_packed[4608]; };            /* pack_stages_1_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at37[1443840];  float fwd_relu_7_scratch[15328]; };                       /* evaluate_fwd_relu_3 .. evaluate_fwd_relu_3 */
    struct { char at38[1105920];  float stages_2_1_conv1_weight_packed[4608]; };            /* pack_stages_2_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at39[1224704];  float fwd_relu_8_scratch[29728]; };                       /* evaluate_fwd_relu_8 .. evaluate_fwd_relu_8 */
    struct { char at40[811008];  float stages_2_1_conv2_weight_packed[9216]; };             /* pack_stages_2_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at41[1224704];  float fwd_conv2d_scratch[8676]; };                        /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at42[1441792];  float stages_2_1_conv_skip_weight_packed[512]; };         /* pack_stages_2_1_conv_skip_weight .. evaluate_fwd_loss */
    struct { char at43[1274880];  float fwd_relu_9_scratch[25888]; };                       /* evaluate_fwd_relu_9 .. evaluate_fwd_relu_9 */
    struct { char at44[847872];  float stages_2_2_conv1_weight_packed[9216]; };             /* pack_stages_2_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at45[1174528];  float fwd_relu_10_scratch[8676]; };                       /* fwd_relu_10 .. fwd_relu_10 */
    struct { char at46[884736];  float stages_2_2_conv2_weight_packed[9216]; };             /* pack_stages_2_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at47[1274880];  float fwd_relu_11_scratch[8676]; };                       /* evaluate_fwd_relu_11 .. evaluate_fwd_relu_11 */
    struct { char at48[921600];  float stages_2_3_conv1_weight_packed[9216]; };             /* pack_stages_2_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at49[1124352];  float fwd_relu_12_scratch[8676]; };                       /* fwd_relu_10 .. fwd_relu_10 */
    struct { char at50[958464];  float stages_2_3_conv2_weight_packed[9216]; };             /* pack_stages_2_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at51[1274880];  float fwd_relu_13_scratch[8676]; };                       /* evaluate_fwd_relu_11 .. evaluate_fwd_relu_11 */
    struct { char at52[737280];  float stages_3_1_conv1_weight_packed[18432]; };            /* pack_stages_3_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at53[1174528];  float fwd_relu_14_scratch[16868]; };                      /* evaluate_fwd_relu_14 .. evaluate_fwd_relu_14 */
    struct {                    float stages_3_1_conv2_weight_packed[36864]; };             /* pack_stages_3_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at55[1174528];  float fwd_conv2d_2_scratch[5809]; };                      /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at56[1425408];  float stages_3_1_conv_skip_weight_packed[2048]; };        /* pack_stages_3_1_conv_skip_weight .. evaluate_fwd_loss */
    struct { char at57[1199616];  float fwd_relu_15_scratch[12772]; };                      /* evaluate_fwd_relu_15 .. evaluate_fwd_relu_15 */
    struct { char at58[147456];  float stages_3_2_conv1_weight_packed[36864]; };            /* pack_stages_3_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at59[1124352];  float fwd_relu_16_scratch[5809]; };                       /* fwd_relu_16 .. fwd_relu_16 */
    struct { char at60[294912];  float stages_3_2_conv2_weight_packed[36864]; };            /* pack_stages_3_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at61[1199616];  float fwd_relu_17_scratch[5809]; };                       /* evaluate_fwd_relu_17 .. evaluate_fwd_relu_17 */
    struct { char at62[442368];  float stages_3_3_conv1_weight_packed[36864]; };            /* pack_stages_3_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at63[1174528];  float fwd_relu_18_scratch[5809]; };                       /* fwd_relu_16 .. fwd_relu_16 */
    struct { char at64[589824];  float stages_3_3_conv2_weight_packed[36864]; };            /* pack_stages_3_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at65[1199616];  float fwd_features_scratch[5809]; };                      /* evaluate_fwd_relu_17 .. evaluate_fwd_relu_17 */
    struct { char at66[1433600];  float logits_linear_weight_packed[2048]; };               /* pack_logits_linear_weight .. evaluate_fwd_loss */
    char bytes[1506368];
} ResnetEvaluateWork;
_Static_assert(sizeof(ResnetEvaluateWork) == 1506368, "the workspace is not the one that was planned");

bool resnet_evaluate(ResnetEvaluateWork *work, int threads, ResnetParams *p, ResnetState *s, const ResnetBatch *in,
                     const RtStep *step, ResnetEvaluateResult *out);

extern const RtModel resnet_model;      /* the same as tables, for the trainer */

#endif
