/* resnet.h - written by tailor 0.1.0 from resnet.lua.  Edit the graph, not this file.
 *
 *   graph       fa9a221075396e237269761d8c9ae83fb2e95db6bf02507a3a8f4de8f135bf6d
 *   parameters  272186 floats in 65 tensors
 *   train       147 kernels forward, 105 backward; workspace 117800192 bytes
 *   evaluate    24 kernels forward, 0 backward; workspace 5137664 bytes
 *
 * Call resnet_train once for each batch: it changes the parameters.  A workspace is an array of as many unions as there are threads,
 * aligned to 64 bytes; nothing is allocated.  The functions return false when the loss is not finite, before anything changed.
 */
#ifndef RESNET_H
#define RESNET_H

#include "rt.h"

/* A step works through the batch slice by slice; threads share the slices, each slice goes some images at a time. */
enum { RESNET_BATCH = 128, RESNET_SLICES = 4, RESNET_SLICE = 32 };

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

/* Workspace of resnet_train: 117800192 bytes for one thread, 454 buffers (the schedule needs at least 117800192).  Buffers that are never
 * live at once share bytes; the leading char array is where a buffer starts.  Behind each: the kernels it lives for. */
typedef union ResnetTrainWork {
    struct {                    float conv2d[RESNET_BATCH][28][28][16]; };                  /* fwd_conv2d .. bwd_stem_conv_weight */
    struct { char at1[117773056];  float batch_norm[RESNET_SLICES][16]; };                  /* fwd_conv2d .. bwd_stem_conv_weight */
    struct { char at2[6422528];  float batch_norm_2[RESNET_SLICES][16]; };                  /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at3[117787136];  float stem_bn_running_mean_next[16]; };                  /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at4[117787200];  float stem_bn_running_var_next[16]; };                   /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at5[117787264];  float batch_norm_3[16]; };                               /* fwd_batch_norm_3 .. bwd_stem_conv_weight */
    struct { char at6[12845056];  float relu[8][28][28][16]; };                             /* fwd_relu .. fwd_conv2d_2 */
    struct { char at7[6422528];  float conv2d_2[RESNET_BATCH][28][28][16]; };               /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at8[117773824];  float batch_norm_4[RESNET_SLICES][16]; };                /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at9[12845056];  float batch_norm_5[RESNET_SLICES][16]; };                 /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at10[117787328];  float stages_1_1_bn1_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at11[117787392];  float stages_1_1_bn1_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at12[117787520];  float batch_norm_6[16]; };                              /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at13[19267584];  float relu_2[8][28][28][16]; };                          /* fwd_relu .. fwd_conv2d_2 */
    struct { char at14[12845056];  float conv2d_3[RESNET_BATCH][28][28][16]; };             /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at15[117774080];  float batch_norm_7[RESNET_SLICES][16]; };               /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at16[19267584];  float batch_norm_8[RESNET_SLICES][16]; };                /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at17[117787456];  float stages_1_1_bn2_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at18[117787584];  float stages_1_1_bn2_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at19[117790016];  float batch_norm_9[16]; };                              /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at20[19267584];  float relu_3[RESNET_BATCH][28][28][16]; };               /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at21[25690112];  float conv2d_4[RESNET_BATCH][28][28][16]; };             /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at22[117774848];  float batch_norm_10[RESNET_SLICES][16]; };              /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at23[32112640];  float batch_norm_11[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at24[117787776];  float stages_1_2_bn1_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at25[117787840];  float stages_1_2_bn1_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at26[117790272];  float batch_norm_12[16]; };                             /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at27[38535168];  float relu_4[8][28][28][16]; };                          /* fwd_relu .. fwd_conv2d_2 */
    struct { char at28[32112640];  float conv2d_5[RESNET_BATCH][28][28][16]; };             /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at29[117776128];  float batch_norm_13[RESNET_SLICES][16]; };              /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at30[38535168];  float batch_norm_14[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at31[117787904];  float stages_1_2_bn2_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at32[117790080];  float stages_1_2_bn2_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at33[117790592];  float batch_norm_15[16]; };                             /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at34[38535168];  float relu_5[RESNET_BATCH][28][28][16]; };               /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at35[44957696];  float conv2d_6[RESNET_BATCH][28][28][16]; };             /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at36[117776896];  float batch_norm_16[RESNET_SLICES][16]; };              /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at37[51380224];  float batch_norm_17[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at38[117790144];  float stages_1_3_bn1_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at39[117790208];  float stages_1_3_bn1_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at40[117790656];  float batch_norm_18[16]; };                             /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at41[57802752];  float relu_6[8][28][28][16]; };                          /* fwd_relu .. fwd_conv2d_2 */
    struct { char at42[51380224];  float conv2d_7[RESNET_BATCH][28][28][16]; };             /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at43[117777152];  float batch_norm_19[RESNET_SLICES][16]; };              /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at44[57802752];  float batch_norm_20[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at45[117790336];  float stages_1_3_bn2_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at46[117790528];  float stages_1_3_bn2_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at47[117791104];  float batch_norm_21[16]; };                             /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at48[57802752];  float relu_7[RESNET_BATCH][28][28][16]; };               /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at49[64225280];  float conv2d_8[RESNET_BATCH][14][14][32]; };             /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at50[117768960];  float batch_norm_22[RESNET_SLICES][32]; };              /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at51[70648320];  float batch_norm_23[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at52[117783040];  float stages_2_1_bn1_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at53[117783296];  float stages_2_1_bn1_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at54[117785856];  float batch_norm_24[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_92 */
    struct { char at55[74006528];  float relu_8[16][14][14][32]; };                         /* fwd_relu_8 .. fwd_conv2d_9 */
    struct { char at56[70647808];  float conv2d_9[RESNET_BATCH][14][14][32]; };             /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at57[117769984];  float batch_norm_25[RESNET_SLICES][32]; };              /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at58[73859072];  float batch_norm_26[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at59[117783552];  float stages_2_1_bn2_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at60[117783680];  float stages_2_1_bn2_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at61[117786368];  float batch_norm_27[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at62[67436544];  float conv2d_10[RESNET_BATCH][14][14][32]; };            /* fwd_relu_5 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at63[117769472];  float batch_norm_28[RESNET_SLICES][32]; };              /* fwd_relu_5 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at64[70647808];  float batch_norm_29[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at65[117783168];  float stages_2_1_bn_skip_running_mean_next[32]; };      /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at66[117783424];  float stages_2_1_bn_skip_running_var_next[32]; };       /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at67[117786240];  float batch_norm_30[32]; };                             /* fwd_batch_norm_24 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at68[73859072];  float relu_9[RESNET_BATCH][14][14][32]; };               /* fwd_relu_9 .. bwd_batch_norm_78 */
    struct { char at69[77070336];  float conv2d_11[RESNET_BATCH][14][14][32]; };            /* fwd_relu_9 .. bwd_batch_norm_78 */
    struct { char at70[117772544];  float batch_norm_31[RESNET_SLICES][32]; };              /* fwd_relu_9 .. bwd_batch_norm_78 */
    struct { char at71[80281600];  float batch_norm_32[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at72[117783808];  float stages_2_2_bn1_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at73[117783936];  float stages_2_2_bn1_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at74[117786752];  float batch_norm_33[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at75[83492864];  float relu_10[16][14][14][32]; };                        /* fwd_relu_8 .. fwd_conv2d_9 */
    struct { char at76[80281600];  float conv2d_12[RESNET_BATCH][14][14][32]; };            /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at77[117773312];  float batch_norm_34[RESNET_SLICES][32]; };              /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at78[83492864];  float batch_norm_35[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at79[117784064];  float stages_2_2_bn2_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at80[117784192];  float stages_2_2_bn2_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at81[117787648];  float batch_norm_36[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at82[83492864];  float relu_11[RESNET_BATCH][14][14][32]; };              /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at83[86704128];  float conv2d_13[RESNET_BATCH][14][14][32]; };            /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at84[117774336];  float batch_norm_37[RESNET_SLICES][32]; };              /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at85[89915392];  float batch_norm_38[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at86[117784320];  float stages_2_3_bn1_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at87[117784448];  float stages_2_3_bn1_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at88[117790400];  float batch_norm_39[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at89[93126656];  float relu_12[16][14][14][32]; };                        /* fwd_relu_8 .. fwd_conv2d_9 */
    struct { char at90[89915392];  float conv2d_14[RESNET_BATCH][14][14][32]; };            /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at91[117776384];  float batch_norm_40[RESNET_SLICES][32]; };              /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at92[93126656];  float batch_norm_41[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at93[117784576];  float stages_2_3_bn2_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at94[117785728];  float stages_2_3_bn2_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at95[117790976];  float batch_norm_42[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at96[93126656];  float relu_13[RESNET_BATCH][14][14][32]; };              /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at97[96337920];  float conv2d_15[RESNET_BATCH][7][7][64]; };              /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at98[117767936];  float batch_norm_43[RESNET_SLICES][64]; };              /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at99[99550208];  float batch_norm_44[RESNET_SLICES][64]; };               /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at100[117777408];  float stages_3_1_bn1_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at101[117778944];  float stages_3_1_bn1_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at102[117785984];  float batch_norm_45[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_78 */
    struct { char at103[101744640];  float relu_14[32][7][7][64]; };                        /* fwd_relu_14 .. fwd_conv2d_16 */
    struct { char at104[99549184];  float conv2d_16[RESNET_BATCH][7][7][64]; };             /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at105[117771520];  float batch_norm_46[RESNET_SLICES][64]; };             /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at106[101154816];  float batch_norm_47[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at107[117779456];  float stages_3_1_bn2_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at108[117779712];  float stages_3_1_bn2_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at109[117786880];  float batch_norm_48[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at110[97943552];  float conv2d_17[RESNET_BATCH][7][7][64]; };             /* fwd_relu_11 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at111[117770496];  float batch_norm_49[RESNET_SLICES][64]; };             /* fwd_relu_11 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at112[99549184];  float batch_norm_50[RESNET_SLICES][64]; };              /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at113[117777664];  float stages_3_1_bn_skip_running_mean_next[64]; };     /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at114[117779200];  float stages_3_1_bn_skip_running_var_next[64]; };      /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at115[117786496];  float batch_norm_51[64]; };                            /* fwd_batch_norm_45 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at116[101154816];  float relu_15[RESNET_BATCH][7][7][64]; };              /* fwd_relu_15 .. bwd_batch_norm_66 */
    struct { char at117[102760448];  float conv2d_18[RESNET_BATCH][7][7][64]; };            /* fwd_relu_15 .. bwd_batch_norm_66 */
    struct { char at118[117775104];  float batch_norm_52[RESNET_SLICES][64]; };             /* fwd_relu_15 .. bwd_batch_norm_66 */
    struct { char at119[104366080];  float batch_norm_53[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at120[117779968];  float stages_3_2_bn1_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at121[117780224];  float stages_3_2_bn1_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at122[117790720];  float batch_norm_54[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at123[106561536];  float relu_16[32][7][7][64]; };                        /* fwd_relu_14 .. fwd_conv2d_16 */
    struct { char at124[104366080];  float conv2d_19[RESNET_BATCH][7][7][64]; };            /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at125[117777920];  float batch_norm_55[RESNET_SLICES][64]; };             /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at126[105971712];  float batch_norm_56[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at127[117780480];  float stages_3_2_bn2_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at128[117780736];  float stages_3_2_bn2_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at129[117797312];  float batch_norm_57[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at130[105971712];  float relu_17[RESNET_BATCH][7][7][64]; };              /* fwd_relu_17 .. bwd_batch_norm_66 */
    struct { char at131[107577344];  float conv2d_20[RESNET_BATCH][7][7][64]; };            /* fwd_relu_17 .. bwd_batch_norm_66 */
    struct { char at132[117782016];  float batch_norm_58[RESNET_SLICES][64]; };             /* fwd_relu_17 .. bwd_batch_norm_66 */
    struct { char at133[109182976];  float batch_norm_59[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at134[117780992];  float stages_3_3_bn1_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at135[117781248];  float stages_3_3_bn1_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at136[117797632];  float batch_norm_60[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at137[111378432];  float relu_18[32][7][7][64]; };                        /* fwd_relu_14 .. fwd_conv2d_16 */
    struct { char at138[109182976];  float conv2d_21[RESNET_BATCH][7][7][64]; };            /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at139[117784704];  float batch_norm_61[RESNET_SLICES][64]; };             /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at140[110796800];  float batch_norm_62[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at141[117781504];  float stages_3_3_bn2_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at142[117781760];  float stages_3_3_bn2_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at143[117799936];  float batch_norm_63[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at144[110807040];  float global_avg_pool[32][64]; };                      /* fwd_global_avg_pool .. bwd_logits_linear_weight */
    struct { char at145[110817792];  float logits[32][10]; };                               /* fwd_logits .. fwd_loss */
    struct { char at146[110819072];  float loss_exp[32][10]; };                             /* fwd_loss .. bwd_logits_linear_weight */
    struct { char at147[110820544];  float loss_sum[32]; };                                 /* fwd_loss .. bwd_logits */
    struct { char at148[117797568];  float loss[RESNET_SLICES][1]; };                       /* fwd_global_avg_pool .. update_stem_bn_weight */
    struct { char at149[110819072];  float d_logits[32][10]; };                             /* bwd_logits .. bwd_logits_linear_weight */
    struct { char at150[110820352];  float d_logits_linear_bias[RESNET_SLICES][10]; };      /* fwd_global_avg_pool .. update_logits_linear_bias */
    struct { char at151[117735168];  float d_global_avg_pool[RESNET_BATCH][64]; };          /* fwd_global_avg_pool .. bwd_batch_norm_66 */
    struct { char at152[110796800];  float d_logits_linear_weight[RESNET_SLICES][10][64]; }; /* fwd_global_avg_pool .. update_logits_linear_weight */
    struct { char at153[117787968];  float d_stages_3_3_bn2_bias[RESNET_SLICES][64]; };     /* fwd_global_avg_pool .. update_stages_3_3_bn2_bias */
    struct { char at154[117788992];  float d_stages_3_3_bn2_weight[RESNET_SLICES][64]; };   /* fwd_global_avg_pool .. update_stages_3_3_bn2_weight */
    struct { char at155[112365312];  float d_batch_norm_63[RESNET_SLICES][64]; };           /* fwd_global_avg_pool .. bwd_batch_norm_66 */
    struct { char at156[112366336];  float batch_norm_64[RESNET_SLICES][64]; };             /* fwd_global_avg_pool .. bwd_batch_norm_66 */
    struct { char at157[112367360];  float batch_norm_65[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at158[111378432];  float d_conv2d_21[16][7][7][64]; };                    /* bwd_conv2d_21 .. bwd_stages_3_3_conv2_weight */
    struct { char at159[112164608];  float relu_18_again[16][7][7][64]; };                  /* bwd_where .. bwd_stages_3_3_conv2_weight */
    struct { char at160[110788608];  float d_stages_3_3_conv2_weight[64][64][3][3]; };      /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_3_conv2_weight */
    struct { char at161[112394240];  float d_where[RESNET_BATCH][7][7][64]; };              /* bwd_conv2d_21 .. bwd_batch_norm_66 */
    struct { char at162[112368384];  float d_stages_3_3_bn1_bias[RESNET_SLICES][64]; };     /* bwd_conv2d_21 .. update_stages_3_3_bn1_bias */
    struct { char at163[117791168];  float d_stages_3_3_bn1_weight[RESNET_SLICES][64]; };   /* bwd_conv2d_21 .. update_stages_3_3_bn1_weight */
    struct { char at164[117793216];  float d_batch_norm_60[RESNET_SLICES][64]; };           /* bwd_conv2d_21 .. bwd_batch_norm_66 */
    struct { char at165[117794240];  float batch_norm_66[RESNET_SLICES][64]; };             /* bwd_conv2d_21 .. bwd_batch_norm_66 */
    struct { char at166[117797888];  float batch_norm_67[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at167[116948992];  float d_conv2d_20[16][7][7][64]; };                    /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at168[105971712];  float d_stages_3_3_conv1_weight[64][64][3][3]; };      /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_3_conv1_weight */
    struct { char at169[110788608];  float d_relu_17[RESNET_BATCH][7][7][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at170[117798912];  float d_stages_3_2_bn2_bias[RESNET_SLICES][64]; };     /* bwd_conv2d_20 .. update_stages_3_2_bn2_bias */
    struct { char at171[117792192];  float d_stages_3_2_bn2_weight[RESNET_SLICES][64]; };   /* bwd_conv2d_20 .. update_stages_3_2_bn2_weight */
    struct { char at172[117795264];  float d_batch_norm_57[RESNET_SLICES][64]; };           /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at173[117796288];  float batch_norm_68[RESNET_SLICES][64]; };             /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at174[110728192];  float batch_norm_69[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at175[110526464];  float d_conv2d_19[16][7][7][64]; };                    /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at176[112979712];  float relu_16_again[16][7][7][64]; };                  /* bwd_where .. bwd_stages_3_3_conv2_weight */
    struct { char at177[104366080];  float d_stages_3_2_conv2_weight[64][64][3][3]; };      /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_2_conv2_weight */
    struct { char at178[105971712];  float d_where_2[RESNET_BATCH][7][7][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at179[110731264];  float d_stages_3_2_bn1_bias[RESNET_SLICES][64]; };     /* bwd_conv2d_20 .. update_stages_3_2_bn1_bias */
    struct { char at180[110727168];  float d_stages_3_2_bn1_weight[RESNET_SLICES][64]; };   /* bwd_conv2d_20 .. update_stages_3_2_bn1_weight */
    struct { char at181[110729216];  float d_batch_norm_54[RESNET_SLICES][64]; };           /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at182[110730240];  float batch_norm_70[RESNET_SLICES][64]; };             /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at183[110733312];  float batch_norm_71[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at184[110526464];  float d_conv2d_18[16][7][7][64]; };                    /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at185[101154816];  float d_stages_3_2_conv1_weight[64][64][3][3]; };      /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_2_conv1_weight */
    struct { char at186[104366080];  float d_relu_15[RESNET_BATCH][7][7][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at187[110734336];  float d_stages_3_1_bn2_bias[RESNET_SLICES][64]; };     /* bwd_conv2d_20 .. update_stages_3_1_bn_skip_bias */
    struct { char at188[110728192];  float d_stages_3_1_bn_skip_weight[RESNET_SLICES][64]; }; /* bwd_conv2d_20 .. update_stages_3_1_bn_skip_weight */
    struct { char at189[110731264];  float d_batch_norm_51[RESNET_SLICES][64]; };           /* bwd_conv2d_20 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at190[110732288];  float batch_norm_72[RESNET_SLICES][64]; };             /* bwd_conv2d_20 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at191[106235968];  float batch_norm_73[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at192[105971712];  float d_conv2d_17[16][7][7][64]; };                    /* bwd_batch_norm_74 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at193[101154816];  float conv2d_22[RESNET_BATCH][14][14][32]; };          /* bwd_batch_norm_74 .. bwd_batch_norm_78 */
    struct { char at194[97943552];  float d_stages_3_1_conv_skip_weight[64][32]; };         /* unpack_d_stages_3_1_conv_skip_weight .. update_stages_3_1_conv_skip_weight */
    struct { char at195[109936640];  float d_stages_3_1_bn2_weight[RESNET_SLICES][64]; };   /* bwd_batch_norm_74 .. update_stages_3_1_bn2_weight */
    struct { char at196[109938688];  float d_batch_norm_48[RESNET_SLICES][64]; };           /* bwd_batch_norm_74 .. bwd_batch_norm_66 */
    struct { char at197[109939712];  float batch_norm_74[RESNET_SLICES][64]; };             /* bwd_batch_norm_74 .. bwd_batch_norm_66 */
    struct { char at198[99520256];  float batch_norm_75[RESNET_SLICES][64]; };              /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at199[98533376];  float d_conv2d_16[16][7][7][64]; };                     /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at200[99319552];  float relu_14_again[16][7][7][64]; };                   /* bwd_where .. bwd_stages_3_3_conv2_weight */
    struct { char at201[97943552];  float d_stages_3_1_conv2_weight[64][64][3][3]; };       /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_1_conv2_weight */
    struct { char at202[105971712];  float d_where_3[RESNET_BATCH][7][7][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at203[99521280];  float d_stages_3_1_bn1_bias[RESNET_SLICES][64]; };      /* bwd_conv2d_20 .. update_stages_3_1_bn1_bias */
    struct { char at204[109937664];  float d_stages_3_1_bn1_weight[RESNET_SLICES][64]; };   /* bwd_conv2d_20 .. update_stages_3_1_bn1_weight */
    struct { char at205[109940736];  float d_batch_norm_45[RESNET_SLICES][64]; };           /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at206[109941760];  float batch_norm_76[RESNET_SLICES][64]; };             /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at207[104865856];  float batch_norm_77[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_78 */
    struct { char at208[104660992];  float d_conv2d_15[8][7][7][64]; };                     /* bwd_conv2d_20 .. bwd_stages_3_1_conv1_weight */
    struct { char at209[93126656];  float d_stages_3_1_conv1_weight[64][32][3][3]; };       /* unpack_d_stages_3_1_conv1_weight .. update_stages_3_1_conv1_weight */
    struct { char at210[97943552];  float d_relu_13[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at211[104868416];  float d_stages_2_3_bn2_bias[RESNET_SLICES][32]; };     /* bwd_conv2d_20 .. update_stages_2_3_bn2_bias */
    struct { char at212[104866880];  float d_stages_2_3_bn2_weight[RESNET_SLICES][32]; };   /* bwd_conv2d_20 .. update_stages_2_3_bn2_weight */
    struct { char at213[104867392];  float d_batch_norm_42[RESNET_SLICES][32]; };           /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at214[104867904];  float batch_norm_78[RESNET_SLICES][32]; };             /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at215[97869952];  float batch_norm_79[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at216[96927744];  float d_conv2d_14[8][14][14][32]; };                    /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at217[97275904];  float relu_12_again[8][14][14][32]; };                  /* bwd_where_4 .. bwd_stages_2_3_conv2_weight */
    struct { char at218[89915392];  float d_stages_2_3_conv2_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_3_conv2_weight */
    struct { char at219[93126656];  float d_where_4[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at220[97870464];  float d_stages_2_3_bn1_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_3_bn1_bias */
    struct { char at221[97868416];  float d_stages_2_3_bn1_weight[RESNET_SLICES][32]; };    /* bwd_conv2d_14 .. update_stages_2_3_bn1_weight */
    struct { char at222[97868928];  float d_batch_norm_39[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at223[97869440];  float batch_norm_80[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at224[97669248];  float batch_norm_81[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at225[96927744];  float d_conv2d_13[8][14][14][32]; };                    /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at226[83492864];  float d_stages_2_3_conv1_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_3_conv1_weight */
    struct { char at227[89915392];  float d_relu_11[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at228[97669760];  float d_stages_2_2_bn2_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_2_bn2_bias */
    struct { char at229[97667712];  float d_stages_2_2_bn2_weight[RESNET_SLICES][32]; };    /* bwd_conv2d_14 .. update_stages_2_2_bn2_weight */
    struct { char at230[97668224];  float d_batch_norm_36[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at231[97668736];  float batch_norm_82[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at232[88236160];  float batch_norm_83[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at233[87293952];  float d_conv2d_12[8][14][14][32]; };                    /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at234[87642112];  float relu_10_again[8][14][14][32]; };                  /* bwd_where_4 .. bwd_stages_2_3_conv2_weight */
    struct { char at235[80281600];  float d_stages_2_2_conv2_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_2_conv2_weight */
    struct { char at236[83492864];  float d_where_5[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at237[88236672];  float d_stages_2_2_bn1_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_2_bn1_bias */
    struct { char at238[88234624];  float d_stages_2_2_bn1_weight[RESNET_SLICES][32]; };    /* bwd_conv2d_14 .. update_stages_2_2_bn1_weight */
    struct { char at239[88235136];  float d_batch_norm_33[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at240[88235648];  float batch_norm_84[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at241[88035456];  float batch_norm_85[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at242[87293952];  float d_conv2d_11[8][14][14][32]; };                    /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at243[73859072];  float d_stages_2_2_conv1_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_2_conv1_weight */
    struct { char at244[80281600];  float d_relu_9[RESNET_BATCH][14][14][32]; };            /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at245[88035968];  float d_stages_2_1_bn2_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_1_bn_skip_bias */
    struct { char at246[88033920];  float d_stages_2_1_bn_skip_weight[RESNET_SLICES][32]; }; /* bwd_conv2d_14 .. update_stages_2_1_bn_skip_weight */
    struct { char at247[88034432];  float d_batch_norm_30[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at248[88034944];  float batch_norm_86[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at249[83755712];  float batch_norm_87[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at250[83492864];  float d_conv2d_10[8][14][14][32]; };                    /* bwd_batch_norm_88 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at251[73859072];  float conv2d_23[RESNET_BATCH][28][28][16]; };           /* bwd_batch_norm_88 .. bwd_batch_norm_92 */
    struct { char at252[67436544];  float d_stages_2_1_conv_skip_weight[32][16]; };         /* unpack_d_stages_2_1_conv_skip_weight .. update_stages_2_1_conv_skip_weight */
    struct { char at253[86704128];  float d_stages_2_1_bn2_weight[RESNET_SLICES][32]; };    /* bwd_batch_norm_88 .. update_stages_2_1_bn2_weight */
    struct { char at254[86705152];  float d_batch_norm_27[RESNET_SLICES][32]; };            /* bwd_batch_norm_88 .. bwd_batch_norm_78 */
    struct { char at255[86705664];  float batch_norm_88[RESNET_SLICES][32]; };              /* bwd_batch_norm_88 .. bwd_batch_norm_78 */
    struct { char at256[68967040];  float batch_norm_89[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at257[68026368];  float d_conv2d_9[8][14][14][32]; };                     /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at258[68374528];  float relu_8_again[8][14][14][32]; };                   /* bwd_where_4 .. bwd_stages_2_3_conv2_weight */
    struct { char at259[68026368];  float d_stages_2_1_conv2_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_1_conv2_weight */
    struct { char at260[83492864];  float d_where_6[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at261[68967552];  float d_stages_2_1_bn1_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_1_bn1_bias */
    struct { char at262[86704640];  float d_stages_2_1_bn1_weight[RESNET_SLICES][32]; };    /* bwd_conv2d_14 .. update_stages_2_1_bn1_weight */
    struct { char at263[86706176];  float d_batch_norm_24[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at264[86706688];  float batch_norm_90[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at265[80550080];  float batch_norm_91[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_batch_norm_92 */
    struct { char at266[80281600];  float d_conv2d_8[4][14][14][32]; };                     /* bwd_conv2d_14 .. bwd_stages_2_1_conv1_weight */
    struct { char at267[57802752];  float d_stages_2_1_conv1_weight[32][16][3][3]; };       /* unpack_d_stages_2_1_conv1_weight .. update_stages_2_1_conv1_weight */
    struct { char at268[67436544];  float d_relu_7[RESNET_BATCH][28][28][16]; };            /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at269[80551360];  float d_stages_1_3_bn2_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_14 .. update_stages_1_3_bn2_bias */
    struct { char at270[80550592];  float d_stages_1_3_bn2_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_14 .. update_stages_1_3_bn2_weight */
    struct { char at271[80550848];  float d_batch_norm_21[RESNET_SLICES][16]; };            /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at272[80551104];  float batch_norm_92[RESNET_SLICES][16]; };              /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at273[65291072];  float batch_norm_93[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at274[64520192];  float d_conv2d_7[4][28][28][16]; };                     /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at275[64720896];  float relu_6_again[4][28][28][16]; };                   /* bwd_where_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at276[51380224];  float d_stages_1_3_conv2_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_3_conv2_weight */
    struct { char at277[57802752];  float d_where_7[RESNET_BATCH][28][28][16]; };           /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at278[65291328];  float d_stages_1_3_bn1_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_3_bn1_bias */
    struct { char at279[65290304];  float d_stages_1_3_bn1_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_3_bn1_weight */
    struct { char at280[65290560];  float d_batch_norm_18[RESNET_SLICES][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at281[65290816];  float batch_norm_94[RESNET_SLICES][16]; };              /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at282[65090368];  float batch_norm_95[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at283[64520192];  float d_conv2d_6[4][28][28][16]; };                     /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at284[38535168];  float d_stages_1_3_conv1_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_3_conv1_weight */
    struct { char at285[51380224];  float d_relu_5[RESNET_BATCH][28][28][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at286[65090624];  float d_stages_1_2_bn2_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_2_bn2_bias */
    struct { char at287[65089600];  float d_stages_1_2_bn2_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_2_bn2_weight */
    struct { char at288[65089856];  float d_batch_norm_15[RESNET_SLICES][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at289[65090112];  float batch_norm_96[RESNET_SLICES][16]; };              /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at290[46023488];  float batch_norm_97[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at291[45252608];  float d_conv2d_5[4][28][28][16]; };                     /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at292[45453312];  float relu_4_again[4][28][28][16]; };                   /* bwd_where_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at293[32112640];  float d_stages_1_2_conv2_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_2_conv2_weight */
    struct { char at294[38535168];  float d_where_8[RESNET_BATCH][28][28][16]; };           /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at295[46023744];  float d_stages_1_2_bn1_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_2_bn1_bias */
    struct { char at296[46022720];  float d_stages_1_2_bn1_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_2_bn1_weight */
    struct { char at297[46022976];  float d_batch_norm_12[RESNET_SLICES][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at298[46023232];  float batch_norm_98[RESNET_SLICES][16]; };              /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at299[45822784];  float batch_norm_99[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at300[45252608];  float d_conv2d_4[4][28][28][16]; };                     /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at301[19267584];  float d_stages_1_2_conv1_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_2_conv1_weight */
    struct { char at302[32112640];  float d_add_add[RESNET_BATCH][28][28][16]; };           /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at303[45823040];  float d_stages_1_1_bn2_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_1_bn2_bias */
    struct { char at304[45822016];  float d_stages_1_1_bn2_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_1_bn2_weight */
    struct { char at305[45822272];  float d_batch_norm_9[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at306[45822528];  float batch_norm_100[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at307[26755904];  float batch_norm_101[RESNET_SLICES][16]; };             /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at308[25985024];  float d_conv2d_3[4][28][28][16]; };                     /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at309[26185728];  float relu_2_again[4][28][28][16]; };                   /* bwd_where_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at310[12845056];  float d_stages_1_1_conv2_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_1_conv2_weight */
    struct { char at311[19267584];  float d_where_9[RESNET_BATCH][28][28][16]; };           /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at312[26756160];  float d_stages_1_1_bn1_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_1_bn1_bias */
    struct { char at313[26755136];  float d_stages_1_1_bn1_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_1_bn1_weight */
    struct { char at314[26755392];  float d_batch_norm_6[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at315[26755648];  float batch_norm_102[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at316[26756672];  float batch_norm_103[RESNET_SLICES][16]; };             /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at317[25985024];  float d_conv2d_2[4][28][28][16]; };                     /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at318[26185728];  float relu_again[4][28][28][16]; };                     /* bwd_where_10 .. bwd_stages_1_3_conv2_weight */
    struct { char at319[6422528];  float d_stages_1_1_conv1_weight[16][16][3][3]; };        /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_1_conv1_weight */
    struct { char at320[12845056];  float d_where_10[RESNET_BATCH][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct { char at321[26756928];  float d_stem_bn_bias[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. update_stem_bn_bias */
    struct { char at322[26755904];  float d_stem_bn_weight[RESNET_SLICES][16]; };           /* bwd_conv2d_7 .. update_stem_bn_weight */
    struct { char at323[26756160];  float d_batch_norm_3[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct { char at324[26756416];  float batch_norm_104[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct { char at325[6686336];  float batch_norm_105[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_stem_conv_weight */
    struct { char at326[6422528];  float d_conv2d[4][28][28][16]; };                        /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct {                    float d_stem_conv_weight[16][3][3]; };                      /* unpack_d_stem_conv_weight .. update_stem_conv_weight */
    struct { char at328[6483328];  float stem_conv_weight_packed[288]; };                   /* pack_stem_conv_weight .. fwd_batch_norm */
    struct { char at329[6422528];  float fwd_conv2d_scratch[15193]; };                      /* fwd_conv2d .. fwd_conv2d */
    struct { char at330[13246464];  float stages_1_1_conv1_weight_packed[18432]; };         /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at331[13320192];  float fwd_conv2d_2_scratch[73744]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at332[19668992];  float stages_1_1_conv2_weight_packed[18432]; };         /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at333[19742720];  float fwd_conv2d_3_scratch[73744]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at334[32112640];  float stages_1_2_conv1_weight_packed[18432]; };         /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at335[32186368];  float fwd_conv2d_4_scratch[73744]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at336[38936576];  float stages_1_2_conv2_weight_packed[18432]; };         /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at337[39010304];  float fwd_conv2d_5_scratch[73744]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at338[51380224];  float stages_1_3_conv1_weight_packed[18432]; };         /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at339[51453952];  float fwd_conv2d_6_scratch[73744]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at340[58204160];  float stages_1_3_conv2_weight_packed[18432]; };         /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at341[58277888];  float fwd_conv2d_7_scratch[73744]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at342[70647808];  float stages_2_1_conv1_weight_packed[4608]; };          /* pack_stages_2_1_conv1_weight .. fwd_batch_norm_22 */
    struct { char at343[70666240];  float fwd_conv2d_8_scratch[14384]; };                   /* fwd_conv2d_8 .. fwd_conv2d_8 */
    struct { char at344[73859072];  float stages_2_1_conv2_weight_packed[36864]; };         /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at345[74407936];  float fwd_conv2d_9_scratch[97952]; };                   /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at346[70723776];  float stages_2_1_conv_skip_weight_packed[512]; };       /* pack_stages_2_1_conv_skip_weight .. fwd_batch_norm_22 */
    struct { char at347[70666240];  float fwd_conv2d_10_scratch[12464]; };                  /* fwd_conv2d_10 .. fwd_conv2d_10 */
    struct { char at348[80281600];  float stages_2_2_conv1_weight_packed[36864]; };         /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at349[80429056];  float fwd_conv2d_11_scratch[97952]; };                  /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at350[83894272];  float stages_2_2_conv2_weight_packed[36864]; };         /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at351[84041728];  float fwd_conv2d_12_scratch[97952]; };                  /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at352[89915392];  float stages_2_3_conv1_weight_packed[36864]; };         /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at353[90062848];  float fwd_conv2d_13_scratch[97952]; };                  /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at354[93528064];  float stages_2_3_conv2_weight_packed[36864]; };         /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at355[93675520];  float fwd_conv2d_14_scratch[97952]; };                  /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at356[99549184];  float stages_3_1_conv1_weight_packed[18432]; };         /* pack_stages_3_1_conv1_weight .. fwd_batch_norm_43 */
    struct { char at357[99631104];  float fwd_conv2d_15_scratch[7684]; };                   /* fwd_conv2d_15 .. fwd_conv2d_15 */
    struct { char at358[101154816];  float stages_3_1_conv2_weight_packed[147456]; };       /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at359[102146048];  float fwd_conv2d_16_scratch[146368]; };                /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at360[99622912];  float stages_3_1_conv_skip_weight_packed[2048]; };      /* pack_stages_3_1_conv_skip_weight .. fwd_batch_norm_43 */
    struct { char at361[99631104];  float fwd_conv2d_17_scratch[5636]; };                   /* fwd_conv2d_17 .. fwd_conv2d_17 */
    struct { char at362[104366080];  float stages_3_2_conv1_weight_packed[147456]; };       /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at363[104955904];  float fwd_conv2d_18_scratch[146368]; };                /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at364[105971712];  float stages_3_2_conv2_weight_packed[147456]; };       /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at365[106962944];  float fwd_conv2d_19_scratch[146368]; };                /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at366[109182976];  float stages_3_3_conv1_weight_packed[147456]; };       /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at367[109772800];  float fwd_conv2d_20_scratch[146368]; };                /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at368[110788608];  float stages_3_3_conv2_weight_packed[147456]; };       /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at369[111779840];  float fwd_conv2d_21_scratch[146368]; };                /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at370[110788608];  float logits_linear_weight_packed[2048]; };            /* pack_logits_linear_weight .. bwd_batch_norm_64 */
    struct { char at371[110815232];  float logits_linear_weight_back_packed[640]; };        /* pack_logits_linear_weight_back .. bwd_batch_norm_64 */
    struct { char at372[110788608];  float stages_3_3_conv2_weight_back_packed[147456]; };  /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at373[111579136];  float bwd_where_scratch[146368]; };                    /* bwd_where .. bwd_where */
    struct { char at374[111579136];  float bwd_stages_3_3_conv2_weight_scratch[146368]; };  /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at375[113999872];  float d_stages_3_3_conv2_weight_sum[RESNET_SLICES][147456]; }; /* bwd_conv2d_21 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at376[116359168];  float stages_3_3_conv1_weight_back_packed[147456]; };  /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at377[117149696];  float bwd_relu_17_scratch[146368]; };                  /* bwd_relu_17 .. bwd_relu_17 */
    struct { char at378[117149696];  float bwd_stages_3_3_conv1_weight_scratch[146368]; };  /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at379[113999872];  float d_stages_3_3_conv1_weight_sum[RESNET_SLICES][147456]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at380[109936640];  float stages_3_2_conv2_weight_back_packed[147456]; };  /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at381[112394240];  float bwd_where_2_scratch[146368]; };                  /* bwd_where .. bwd_where */
    struct { char at382[112394240];  float bwd_stages_3_2_conv2_weight_scratch[146368]; };  /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at383[107577344];  float d_stages_3_2_conv2_weight_sum[RESNET_SLICES][147456]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at384[109936640];  float stages_3_2_conv1_weight_back_packed[147456]; };  /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at385[112394240];  float bwd_relu_15_scratch[146368]; };                  /* bwd_relu_15 .. bwd_relu_15 */
    struct { char at386[112394240];  float bwd_stages_3_2_conv1_weight_scratch[146368]; };  /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at387[107577344];  float d_stages_3_2_conv1_weight_sum[RESNET_SLICES][147456]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at388[106205184];  float stages_3_1_conv_skip_weight_back_packed[2048]; }; /* pack_stages_3_1_conv_skip_weight_back .. bwd_stages_3_1_conv_skip_weight */
    struct { char at389[106213376];  float bwd_conv2d_22_scratch[5636]; };                  /* bwd_conv2d_22 .. bwd_conv2d_22 */
    struct { char at390[106213376];  float bwd_stages_3_1_conv_skip_weight_scratch[5636]; }; /* bwd_stages_3_1_conv_skip_weight .. bwd_stages_3_1_conv_skip_weight */
    struct { char at391[106172416];  float d_stages_3_1_conv_skip_weight_sum[RESNET_SLICES][2048]; }; /* bwd_batch_norm_74 .. unpack_d_stages_3_1_conv_skip_weight */
    struct { char at392[97943552];  float stages_3_1_conv2_weight_back_packed[147456]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at393[98734080];  float bwd_where_3_scratch[146368]; };                   /* bwd_where .. bwd_where */
    struct { char at394[98734080];  float bwd_stages_3_1_conv2_weight_scratch[146368]; };   /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at395[107577344];  float d_stages_3_1_conv2_weight_sum[RESNET_SLICES][147456]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at396[104761344];  float stages_3_1_conv1_weight_back_packed[18432]; };   /* pack_stages_3_1_conv1_weight_back .. bwd_batch_norm_78 */
    struct { char at397[104835072];  float bwd_relu_13_scratch[7684]; };                    /* bwd_relu_13 .. bwd_relu_13 */
    struct { char at398[104835072];  float bwd_stages_3_1_conv1_weight_scratch[7684]; };    /* bwd_stages_3_1_conv1_weight .. bwd_stages_3_1_conv1_weight */
    struct { char at399[104366080];  float d_stages_3_1_conv1_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_1_conv1_weight */
    struct { char at400[97128448];  float stages_2_3_conv2_weight_back_packed[36864]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at401[97476608];  float bwd_where_4_scratch[97952]; };                    /* bwd_where_4 .. bwd_where_4 */
    struct { char at402[97476608];  float bwd_stages_2_3_conv2_weight_scratch[97952]; };    /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at403[96337920];  float d_stages_2_3_conv2_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at404[97128448];  float stages_2_3_conv1_weight_back_packed[36864]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at405[97275904];  float bwd_relu_11_scratch[97952]; };                    /* bwd_relu_11 .. bwd_relu_11 */
    struct { char at406[97275904];  float bwd_stages_2_3_conv1_weight_scratch[97952]; };    /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at407[96337920];  float d_stages_2_3_conv1_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at408[87494656];  float stages_2_2_conv2_weight_back_packed[36864]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at409[87842816];  float bwd_where_5_scratch[97952]; };                    /* bwd_where_4 .. bwd_where_4 */
    struct { char at410[87842816];  float bwd_stages_2_2_conv2_weight_scratch[97952]; };    /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at411[86704128];  float d_stages_2_2_conv2_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at412[87494656];  float stages_2_2_conv1_weight_back_packed[36864]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at413[87642112];  float bwd_relu_9_scratch[97952]; };                     /* bwd_relu_11 .. bwd_relu_11 */
    struct { char at414[87642112];  float bwd_stages_2_2_conv1_weight_scratch[97952]; };    /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at415[86704128];  float d_stages_2_2_conv1_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at416[83751616];  float stages_2_1_conv_skip_weight_back_packed[1024]; }; /* pack_stages_2_1_conv_skip_weight_back .. bwd_stages_2_1_conv_skip_weight */
    struct { char at417[83693568];  float bwd_conv2d_23_scratch[12464]; };                  /* bwd_conv2d_23 .. bwd_conv2d_23 */
    struct { char at418[83693568];  float bwd_stages_2_1_conv_skip_weight_scratch[12464]; }; /* bwd_stages_2_1_conv_skip_weight .. bwd_stages_2_1_conv_skip_weight */
    struct { char at419[83743424];  float d_stages_2_1_conv_skip_weight_sum[RESNET_SLICES][512]; }; /* bwd_batch_norm_88 .. unpack_d_stages_2_1_conv_skip_weight */
    struct { char at420[68227072];  float stages_2_1_conv2_weight_back_packed[36864]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at421[68575232];  float bwd_where_6_scratch[97952]; };                    /* bwd_where_4 .. bwd_where_4 */
    struct { char at422[68575232];  float bwd_stages_2_1_conv2_weight_scratch[97952]; };    /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at423[67436544];  float d_stages_2_1_conv2_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at424[80455680];  float stages_2_1_conv1_weight_back_packed[9216]; };     /* pack_stages_2_1_conv1_weight_back .. bwd_batch_norm_92 */
    struct { char at425[80492544];  float bwd_relu_7_scratch[14384]; };                     /* bwd_relu_7 .. bwd_relu_7 */
    struct { char at426[80492544];  float bwd_stages_2_1_conv1_weight_scratch[14384]; };    /* bwd_stages_2_1_conv1_weight .. bwd_stages_2_1_conv1_weight */
    struct { char at427[80381952];  float d_stages_2_1_conv1_weight_sum[RESNET_SLICES][4608]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_1_conv1_weight */
    struct { char at428[65216576];  float stages_1_3_conv2_weight_back_packed[18432]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at429[64921600];  float bwd_where_7_scratch[73744]; };                    /* bwd_where_7 .. bwd_where_7 */
    struct { char at430[64921600];  float bwd_stages_1_3_conv2_weight_scratch[73744]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at431[64225280];  float d_stages_1_3_conv2_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at432[65015872];  float stages_1_3_conv1_weight_back_packed[18432]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at433[64720896];  float bwd_relu_5_scratch[73744]; };                     /* bwd_relu_5 .. bwd_relu_5 */
    struct { char at434[64720896];  float bwd_stages_1_3_conv1_weight_scratch[73744]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at435[64225280];  float d_stages_1_3_conv1_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at436[45948992];  float stages_1_2_conv2_weight_back_packed[18432]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at437[45654016];  float bwd_where_8_scratch[73744]; };                    /* bwd_where_7 .. bwd_where_7 */
    struct { char at438[45654016];  float bwd_stages_1_2_conv2_weight_scratch[73744]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at439[44957696];  float d_stages_1_2_conv2_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at440[45748288];  float stages_1_2_conv1_weight_back_packed[18432]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at441[45453312];  float bwd_add_add_scratch[73744]; };                    /* bwd_relu_5 .. bwd_relu_5 */
    struct { char at442[45453312];  float bwd_stages_1_2_conv1_weight_scratch[73744]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at443[44957696];  float d_stages_1_2_conv1_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at444[26681408];  float stages_1_1_conv2_weight_back_packed[18432]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at445[26386432];  float bwd_where_9_scratch[73744]; };                    /* bwd_where_7 .. bwd_where_7 */
    struct { char at446[26386432];  float bwd_stages_1_1_conv2_weight_scratch[73744]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at447[25690112];  float d_stages_1_1_conv2_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at448[26681408];  float stages_1_1_conv1_weight_back_packed[18432]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at449[26386432];  float bwd_where_10_scratch[73744]; };                   /* bwd_where_10 .. bwd_where_10 */
    struct { char at450[26386432];  float bwd_stages_1_1_conv1_weight_scratch[73744]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at451[25690112];  float d_stages_1_1_conv1_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at452[6623232];  float bwd_stem_conv_weight_scratch[15193]; };            /* bwd_stem_conv_weight .. bwd_stem_conv_weight */
    struct { char at453[6684032];  float d_stem_conv_weight_sum[RESNET_SLICES][144]; };     /* bwd_conv2d_7 .. unpack_d_stem_conv_weight */
    char bytes[117800192];
} ResnetTrainWork;
_Static_assert(sizeof(ResnetTrainWork) == 117800192, "the workspace is not the one that was planned");

bool resnet_train(ResnetTrainWork *work, int threads, ResnetParams *p, ResnetState *s, ResnetMoments *o, const ResnetBatch *in,
                  const RtStep *step, ResnetTrainResult *out);

/* What resnet_evaluate leaves behind. */
typedef struct ResnetEvaluateResult {
    float loss;
    float accuracy[RESNET_BATCH];
} ResnetEvaluateResult;

/* Workspace of resnet_evaluate: 5137664 bytes for one thread, 67 buffers (the schedule needs at least 5137664).  Buffers that are never
 * live at once share bytes; the leading char array is where a buffer starts.  Behind each: the kernels it lives for. */
typedef union ResnetEvaluateWork {
    struct { char at0[4202496];  float relu[4][28][28][16]; };                              /* evaluate_fwd_relu .. evaluate_fwd_relu_3 */
    struct { char at1[4622336];  float relu_2[4][28][28][16]; };                            /* fwd_relu_2 .. evaluate_fwd_relu_3 */
    struct { char at2[4421632];  float relu_3[4][28][28][16]; };                            /* evaluate_fwd_relu_3 .. evaluate_fwd_relu_3 */
    struct { char at3[4202496];  float relu_4[4][28][28][16]; };                            /* fwd_relu_2 .. evaluate_fwd_relu_3 */
    struct { char at4[4622336];  float relu_5[4][28][28][16]; };                            /* evaluate_fwd_relu_3 .. evaluate_fwd_relu_3 */
    struct { char at5[4421632];  float relu_6[4][28][28][16]; };                            /* fwd_relu_2 .. evaluate_fwd_relu_3 */
    struct { char at6[4202496];  float relu_7[4][28][28][16]; };                            /* evaluate_fwd_relu_3 .. evaluate_fwd_relu_9 */
    struct { char at7[4813440];  float relu_8[4][14][14][32]; };                            /* evaluate_fwd_relu_8 .. fwd_conv2d_9 */
    struct { char at8[4913792];  float conv2d[4][14][14][32]; };                            /* fwd_conv2d_9 .. evaluate_fwd_relu_9 */
    struct { char at9[4813440];  float relu_9[4][14][14][32]; };                            /* evaluate_fwd_relu_9 .. evaluate_fwd_relu_11 */
    struct { char at10[4202496];  float relu_10[4][14][14][32]; };                          /* fwd_relu_10 .. evaluate_fwd_relu_11 */
    struct { char at11[4302848];  float relu_11[4][14][14][32]; };                          /* evaluate_fwd_relu_11 .. evaluate_fwd_relu_11 */
    struct { char at12[4813440];  float relu_12[4][14][14][32]; };                          /* fwd_relu_10 .. evaluate_fwd_relu_11 */
    struct { char at13[4202496];  float relu_13[4][14][14][32]; };                          /* evaluate_fwd_relu_11 .. evaluate_fwd_relu_15 */
    struct { char at14[4302848];  float relu_14[4][7][7][64]; };                            /* evaluate_fwd_relu_14 .. fwd_conv2d_16 */
    struct { char at15[4353024];  float conv2d_2[4][7][7][64]; };                           /* fwd_conv2d_16 .. evaluate_fwd_relu_15 */
    struct { char at16[4302848];  float relu_15[4][7][7][64]; };                            /* evaluate_fwd_relu_15 .. evaluate_fwd_relu_17 */
    struct { char at17[4252672];  float relu_16[4][7][7][64]; };                            /* fwd_relu_16 .. evaluate_fwd_relu_17 */
    struct { char at18[4202496];  float relu_17[4][7][7][64]; };                            /* evaluate_fwd_relu_17 .. evaluate_fwd_relu_17 */
    struct { char at19[4252672];  float relu_18[4][7][7][64]; };                            /* fwd_relu_16 .. evaluate_fwd_relu_17 */
    struct { char at20[4302848];  float features[4][7][7][64]; };                           /* evaluate_fwd_relu_17 .. evaluate_fwd_global_avg_pool */
    struct { char at21[4202496];  float global_avg_pool[4][64]; };                          /* evaluate_fwd_global_avg_pool .. fwd_logits */
    struct { char at22[4203520];  float logits[4][10]; };                                   /* fwd_logits .. evaluate_fwd_loss */
    struct { char at23[5137600];  float loss[RESNET_SLICES][1]; };                          /* evaluate_fwd_relu .. combine_loss */
    struct { char at24[5136448];  float stem_conv_weight_packed[288]; };                    /* pack_stem_conv_weight .. evaluate_fwd_loss */
    struct { char at25[4421632];  float fwd_relu_scratch[15193]; };                         /* evaluate_fwd_relu .. evaluate_fwd_relu */
    struct { char at26[3686400];  float stages_1_1_conv1_weight_packed[18432]; };           /* pack_stages_1_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at27[4823040];  float fwd_relu_2_scratch[73744]; };                       /* fwd_relu_2 .. fwd_relu_2 */
    struct { char at28[3760128];  float stages_1_1_conv2_weight_packed[18432]; };           /* pack_stages_1_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at29[4823040];  float fwd_relu_3_scratch[73744]; };                       /* evaluate_fwd_relu_3 .. evaluate_fwd_relu_3 */
    struct { char at30[3833856];  float stages_1_2_conv1_weight_packed[18432]; };           /* pack_stages_1_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at31[4622336];  float fwd_relu_4_scratch[73744]; };                       /* fwd_relu_2 .. fwd_relu_2 */
    struct { char at32[3907584];  float stages_1_2_conv2_weight_packed[18432]; };           /* pack_stages_1_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at33[4823040];  float fwd_relu_5_scratch[73744]; };                       /* evaluate_fwd_relu_3 .. evaluate_fwd_relu_3 */
    struct { char at34[3981312];  float stages_1_3_conv1_weight_packed[18432]; };           /* pack_stages_1_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at35[4823040];  float fwd_relu_6_scratch[73744]; };                       /* fwd_relu_2 .. fwd_relu_2 */
    struct { char at36[4055040];  float stages_1_3_conv2_weight_packed[18432]; };           /* pack_stages_1_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at37[4823040];  float fwd_relu_7_scratch[73744]; };                       /* evaluate_fwd_relu_3 .. evaluate_fwd_relu_3 */
    struct { char at38[4403200];  float stages_2_1_conv1_weight_packed[4608]; };            /* pack_stages_2_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at39[4421632];  float fwd_relu_8_scratch[14384]; };                       /* evaluate_fwd_relu_8 .. evaluate_fwd_relu_8 */
    struct { char at40[2949120];  float stages_2_1_conv2_weight_packed[36864]; };           /* pack_stages_2_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at41[4421632];  float fwd_conv2d_scratch[97952]; };                       /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at42[5134400];  float stages_2_1_conv_skip_weight_packed[512]; };         /* pack_stages_2_1_conv_skip_weight .. evaluate_fwd_loss */
    struct { char at43[4421632];  float fwd_relu_9_scratch[12464]; };                       /* evaluate_fwd_relu_9 .. evaluate_fwd_relu_9 */
    struct { char at44[3096576];  float stages_2_2_conv1_weight_packed[36864]; };           /* pack_stages_2_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at45[4421632];  float fwd_relu_10_scratch[97952]; };                      /* fwd_relu_10 .. fwd_relu_10 */
    struct { char at46[3244032];  float stages_2_2_conv2_weight_packed[36864]; };           /* pack_stages_2_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at47[4421632];  float fwd_relu_11_scratch[97952]; };                      /* evaluate_fwd_relu_11 .. evaluate_fwd_relu_11 */
    struct { char at48[3391488];  float stages_2_3_conv1_weight_packed[36864]; };           /* pack_stages_2_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at49[4421632];  float fwd_relu_12_scratch[97952]; };                      /* fwd_relu_10 .. fwd_relu_10 */
    struct { char at50[3538944];  float stages_2_3_conv2_weight_packed[36864]; };           /* pack_stages_2_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at51[4421632];  float fwd_relu_13_scratch[97952]; };                      /* evaluate_fwd_relu_11 .. evaluate_fwd_relu_11 */
    struct { char at52[4128768];  float stages_3_1_conv1_weight_packed[18432]; };           /* pack_stages_3_1_conv1_weight .. evaluate_fwd_loss */
    struct { char at53[4353024];  float fwd_relu_14_scratch[7684]; };                       /* evaluate_fwd_relu_14 .. evaluate_fwd_relu_14 */
    struct {                    float stages_3_1_conv2_weight_packed[147456]; };            /* pack_stages_3_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at55[4421632];  float fwd_conv2d_2_scratch[146368]; };                    /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at56[5118016];  float stages_3_1_conv_skip_weight_packed[2048]; };        /* pack_stages_3_1_conv_skip_weight .. evaluate_fwd_loss */
    struct { char at57[4421632];  float fwd_relu_15_scratch[5636]; };                       /* evaluate_fwd_relu_15 .. evaluate_fwd_relu_15 */
    struct { char at58[589824];  float stages_3_2_conv1_weight_packed[147456]; };           /* pack_stages_3_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at59[4421632];  float fwd_relu_16_scratch[146368]; };                     /* fwd_relu_16 .. fwd_relu_16 */
    struct { char at60[1179648];  float stages_3_2_conv2_weight_packed[147456]; };          /* pack_stages_3_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at61[4421632];  float fwd_relu_17_scratch[146368]; };                     /* evaluate_fwd_relu_17 .. evaluate_fwd_relu_17 */
    struct { char at62[1769472];  float stages_3_3_conv1_weight_packed[147456]; };          /* pack_stages_3_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at63[4421632];  float fwd_relu_18_scratch[146368]; };                     /* fwd_relu_16 .. fwd_relu_16 */
    struct { char at64[2359296];  float stages_3_3_conv2_weight_packed[147456]; };          /* pack_stages_3_1_conv2_weight .. evaluate_fwd_loss */
    struct { char at65[4421632];  float fwd_features_scratch[146368]; };                    /* evaluate_fwd_relu_17 .. evaluate_fwd_relu_17 */
    struct { char at66[5126208];  float logits_linear_weight_packed[2048]; };               /* pack_logits_linear_weight .. evaluate_fwd_loss */
    char bytes[5137664];
} ResnetEvaluateWork;
_Static_assert(sizeof(ResnetEvaluateWork) == 5137664, "the workspace is not the one that was planned");

bool resnet_evaluate(ResnetEvaluateWork *work, int threads, ResnetParams *p, ResnetState *s, const ResnetBatch *in,
                     const RtStep *step, ResnetEvaluateResult *out);

extern const RtModel resnet_model;      /* the same as tables, for the trainer */

#endif
