/* resnet.h - written by tailor 0.1.0 from resnet.lua.  Edit the graph, not this file.
 *
 *   graph       fa9a221075396e237269761d8c9ae83fb2e95db6bf02507a3a8f4de8f135bf6d
 *   parameters  272186 floats in 65 tensors
 *   train       147 kernels forward, 107 backward; workspace 99998976 bytes
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

/* Workspace of resnet_train: 99998976 bytes for one thread, 466 buffers (the schedule needs at least 99998976).  Buffers that are never
 * live at once share bytes; the leading char array is where a buffer starts.  Behind each: the kernels it lives for. */
typedef union ResnetTrainWork {
    struct {                    float conv2d[RESNET_BATCH][28][28][16]; };                  /* fwd_conv2d .. bwd_stem_conv_weight */
    struct { char at1[99971840];  float batch_norm[RESNET_SLICES][16]; };                   /* fwd_conv2d .. bwd_stem_conv_weight */
    struct { char at2[6422528];  float batch_norm_2[RESNET_SLICES][16]; };                  /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at3[99985664];  float stem_bn_running_mean_next[16]; };                   /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at4[99985728];  float stem_bn_running_var_next[16]; };                    /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at5[99985792];  float batch_norm_3[16]; };                                /* fwd_batch_norm_3 .. bwd_stem_conv_weight */
    struct { char at6[12918784];  float relu[8][28][28][16]; };                             /* fwd_relu .. fwd_conv2d_2 */
    struct { char at7[6422528];  float conv2d_2[RESNET_BATCH][28][28][16]; };               /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at8[99972608];  float batch_norm_4[RESNET_SLICES][16]; };                 /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at9[12845056];  float batch_norm_5[RESNET_SLICES][16]; };                 /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at10[99986112];  float stages_1_1_bn1_running_mean_next[16]; };           /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at11[99986176];  float stages_1_1_bn1_running_var_next[16]; };            /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at12[99986304];  float batch_norm_6[16]; };                               /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at13[19341312];  float relu_2[8][28][28][16]; };                          /* fwd_relu .. fwd_conv2d_2 */
    struct { char at14[12845056];  float conv2d_3[RESNET_BATCH][28][28][16]; };             /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at15[99972864];  float batch_norm_7[RESNET_SLICES][16]; };                /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at16[19267584];  float batch_norm_8[RESNET_SLICES][16]; };                /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at17[99986240];  float stages_1_1_bn2_running_mean_next[16]; };           /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at18[99986368];  float stages_1_1_bn2_running_var_next[16]; };            /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at19[99988800];  float batch_norm_9[16]; };                               /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at20[25763840];  float relu_3[4][28][28][16]; };                          /* fwd_relu_3 .. fwd_conv2d_2 */
    struct { char at21[19267584];  float conv2d_4[RESNET_BATCH][28][28][16]; };             /* fwd_relu_3 .. bwd_stages_1_3_conv2_weight */
    struct { char at22[99973632];  float batch_norm_10[RESNET_SLICES][16]; };               /* fwd_relu_3 .. bwd_stages_1_3_conv2_weight */
    struct { char at23[25690112];  float batch_norm_11[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at24[99986432];  float stages_1_2_bn1_running_mean_next[16]; };           /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at25[99986624];  float stages_1_2_bn1_running_var_next[16]; };            /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at26[99989056];  float batch_norm_12[16]; };                              /* fwd_batch_norm_3 .. bwd_stages_1_3_conv2_weight */
    struct { char at27[32186368];  float relu_4[8][28][28][16]; };                          /* fwd_relu .. fwd_conv2d_2 */
    struct { char at28[25690112];  float conv2d_5[RESNET_BATCH][28][28][16]; };             /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at29[99973888];  float batch_norm_13[RESNET_SLICES][16]; };               /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at30[32112640];  float batch_norm_14[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at31[99986688];  float stages_1_2_bn2_running_mean_next[16]; };           /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at32[99988864];  float stages_1_2_bn2_running_var_next[16]; };            /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at33[99989376];  float batch_norm_15[16]; };                              /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at34[32112640];  float relu_5[RESNET_BATCH][28][28][16]; };               /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at35[38535168];  float conv2d_6[RESNET_BATCH][28][28][16]; };             /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at36[99975680];  float batch_norm_16[RESNET_SLICES][16]; };               /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at37[44957696];  float batch_norm_17[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at38[99988928];  float stages_1_3_bn1_running_mean_next[16]; };           /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at39[99988992];  float stages_1_3_bn1_running_var_next[16]; };            /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at40[99989440];  float batch_norm_18[16]; };                              /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at41[51453952];  float relu_6[8][28][28][16]; };                          /* fwd_relu .. fwd_conv2d_2 */
    struct { char at42[44957696];  float conv2d_7[RESNET_BATCH][28][28][16]; };             /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at43[99975936];  float batch_norm_19[RESNET_SLICES][16]; };               /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at44[51380224];  float batch_norm_20[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at45[99989120];  float stages_1_3_bn2_running_mean_next[16]; };           /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at46[99989184];  float stages_1_3_bn2_running_var_next[16]; };            /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at47[99989888];  float batch_norm_21[16]; };                              /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at48[57821184];  float relu_7[4][28][28][16]; };                          /* fwd_relu_7 .. fwd_conv2d_10 */
    struct { char at49[51380224];  float conv2d_8[RESNET_BATCH][14][14][32]; };             /* fwd_relu_7 .. bwd_stages_2_1_conv1_weight */
    struct { char at50[99967744];  float batch_norm_22[RESNET_SLICES][32]; };               /* fwd_relu_7 .. bwd_stages_2_1_conv1_weight */
    struct { char at51[57803264];  float batch_norm_23[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at52[99981824];  float stages_2_1_bn1_running_mean_next[32]; };           /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at53[99982080];  float stages_2_1_bn1_running_var_next[32]; };            /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at54[99983616];  float batch_norm_24[32]; };                              /* fwd_batch_norm_24 .. bwd_stages_2_1_conv1_weight */
    struct { char at55[61161472];  float relu_8[16][14][14][32]; };                         /* fwd_relu_8 .. fwd_conv2d_9 */
    struct { char at56[57802752];  float conv2d_9[RESNET_BATCH][14][14][32]; };             /* fwd_relu_8 .. bwd_batch_norm_79 */
    struct { char at57[99969792];  float batch_norm_25[RESNET_SLICES][32]; };               /* fwd_relu_8 .. bwd_batch_norm_79 */
    struct { char at58[61014016];  float batch_norm_26[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at59[99982336];  float stages_2_1_bn2_running_mean_next[32]; };           /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at60[99982464];  float stages_2_1_bn2_running_var_next[32]; };            /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at61[99985152];  float batch_norm_27[32]; };                              /* fwd_batch_norm_24 .. bwd_batch_norm_79 */
    struct { char at62[54591488];  float conv2d_10[RESNET_BATCH][14][14][32]; };            /* fwd_relu_7 .. bwd_batch_norm_79 */
    struct { char at63[99968256];  float batch_norm_28[RESNET_SLICES][32]; };               /* fwd_relu_7 .. bwd_batch_norm_79 */
    struct { char at64[57802752];  float batch_norm_29[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at65[99981952];  float stages_2_1_bn_skip_running_mean_next[32]; };       /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at66[99982208];  float stages_2_1_bn_skip_running_var_next[32]; };        /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at67[99985024];  float batch_norm_30[32]; };                              /* fwd_batch_norm_24 .. bwd_batch_norm_79 */
    struct { char at68[64372736];  float relu_9[11][14][14][32]; };                         /* fwd_relu_9 .. fwd_conv2d_9 */
    struct { char at69[61014016];  float conv2d_11[RESNET_BATCH][14][14][32]; };            /* fwd_relu_9 .. bwd_stages_2_3_conv2_weight */
    struct { char at70[99970304];  float batch_norm_31[RESNET_SLICES][32]; };               /* fwd_relu_9 .. bwd_stages_2_3_conv2_weight */
    struct { char at71[64225280];  float batch_norm_32[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at72[99982592];  float stages_2_2_bn1_running_mean_next[32]; };           /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at73[99982720];  float stages_2_2_bn1_running_var_next[32]; };            /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at74[99985536];  float batch_norm_33[32]; };                              /* fwd_batch_norm_24 .. bwd_stages_2_3_conv2_weight */
    struct { char at75[67584000];  float relu_10[16][14][14][32]; };                        /* fwd_relu_8 .. fwd_conv2d_9 */
    struct { char at76[64225280];  float conv2d_12[RESNET_BATCH][14][14][32]; };            /* fwd_relu_8 .. bwd_batch_norm_79 */
    struct { char at77[99972096];  float batch_norm_34[RESNET_SLICES][32]; };               /* fwd_relu_8 .. bwd_batch_norm_79 */
    struct { char at78[67436544];  float batch_norm_35[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at79[99982848];  float stages_2_2_bn2_running_mean_next[32]; };           /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at80[99982976];  float stages_2_2_bn2_running_var_next[32]; };            /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at81[99986496];  float batch_norm_36[32]; };                              /* fwd_batch_norm_24 .. bwd_batch_norm_79 */
    struct { char at82[67436544];  float relu_11[RESNET_BATCH][14][14][32]; };              /* fwd_relu_11 .. bwd_batch_norm_79 */
    struct { char at83[70647808];  float conv2d_13[RESNET_BATCH][14][14][32]; };            /* fwd_relu_11 .. bwd_batch_norm_79 */
    struct { char at84[99973120];  float batch_norm_37[RESNET_SLICES][32]; };               /* fwd_relu_11 .. bwd_batch_norm_79 */
    struct { char at85[73859072];  float batch_norm_38[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at86[99983104];  float stages_2_3_bn1_running_mean_next[32]; };           /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at87[99983232];  float stages_2_3_bn1_running_var_next[32]; };            /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at88[99989248];  float batch_norm_39[32]; };                              /* fwd_batch_norm_24 .. bwd_batch_norm_79 */
    struct { char at89[77217792];  float relu_12[16][14][14][32]; };                        /* fwd_relu_8 .. fwd_conv2d_9 */
    struct { char at90[73859072];  float conv2d_14[RESNET_BATCH][14][14][32]; };            /* fwd_relu_8 .. bwd_batch_norm_79 */
    struct { char at91[99975168];  float batch_norm_40[RESNET_SLICES][32]; };               /* fwd_relu_8 .. bwd_batch_norm_79 */
    struct { char at92[77070336];  float batch_norm_41[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at93[99983360];  float stages_2_3_bn2_running_mean_next[32]; };           /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at94[99983488];  float stages_2_3_bn2_running_var_next[32]; };            /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at95[99989504];  float batch_norm_42[32]; };                              /* fwd_batch_norm_24 .. bwd_batch_norm_79 */
    struct { char at96[80363520];  float relu_13[11][14][14][32]; };                        /* fwd_relu_13 .. fwd_conv2d_17 */
    struct { char at97[77070336];  float conv2d_15[RESNET_BATCH][7][7][64]; };              /* fwd_relu_13 .. bwd_stages_3_1_conv1_weight */
    struct { char at98[99966720];  float batch_norm_43[RESNET_SLICES][64]; };               /* fwd_relu_13 .. bwd_stages_3_1_conv1_weight */
    struct { char at99[80282624];  float batch_norm_44[RESNET_SLICES][64]; };               /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at100[99976192];  float stages_3_1_bn1_running_mean_next[64]; };          /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at101[99976704];  float stages_3_1_bn1_running_var_next[64]; };           /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at102[99983744];  float batch_norm_45[64]; };                             /* fwd_batch_norm_45 .. bwd_stages_3_1_conv1_weight */
    struct { char at103[84836352];  float relu_14[32][7][7][64]; };                         /* fwd_relu_14 .. fwd_conv2d_16 */
    struct { char at104[80281600];  float conv2d_16[RESNET_BATCH][7][7][64]; };             /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at105[99970816];  float batch_norm_46[RESNET_SLICES][64]; };              /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at106[84246528];  float batch_norm_47[RESNET_SLICES][64]; };              /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at107[99977216];  float stages_3_1_bn2_running_mean_next[64]; };          /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at108[99978496];  float stages_3_1_bn2_running_var_next[64]; };           /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at109[99985856];  float batch_norm_48[64]; };                             /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at110[78675968];  float conv2d_17[RESNET_BATCH][7][7][64]; };             /* fwd_relu_13 .. bwd_batch_norm_66 */
    struct { char at111[99968768];  float batch_norm_49[RESNET_SLICES][64]; };              /* fwd_relu_13 .. bwd_batch_norm_66 */
    struct { char at112[80281600];  float batch_norm_50[RESNET_SLICES][64]; };              /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at113[99976448];  float stages_3_1_bn_skip_running_mean_next[64]; };      /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at114[99976960];  float stages_3_1_bn_skip_running_var_next[64]; };       /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at115[99985280];  float batch_norm_51[64]; };                             /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at116[87027456];  float relu_15[16][7][7][64]; };                         /* fwd_relu_15 .. fwd_conv2d_16 */
    struct { char at117[84246528];  float conv2d_18[RESNET_BATCH][7][7][64]; };             /* fwd_relu_15 .. bwd_stages_3_3_conv2_weight */
    struct { char at118[99974144];  float batch_norm_52[RESNET_SLICES][64]; };              /* fwd_relu_15 .. bwd_stages_3_3_conv2_weight */
    struct { char at119[85852160];  float batch_norm_53[RESNET_SLICES][64]; };              /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at120[99978752];  float stages_3_2_bn1_running_mean_next[64]; };          /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at121[99979008];  float stages_3_2_bn1_running_var_next[64]; };           /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at122[99989632];  float batch_norm_54[64]; };                             /* fwd_batch_norm_45 .. bwd_stages_3_3_conv2_weight */
    struct { char at123[88047616];  float relu_16[32][7][7][64]; };                         /* fwd_relu_14 .. fwd_conv2d_16 */
    struct { char at124[85852160];  float conv2d_19[RESNET_BATCH][7][7][64]; };             /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at125[99977472];  float batch_norm_55[RESNET_SLICES][64]; };              /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at126[87457792];  float batch_norm_56[RESNET_SLICES][64]; };              /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at127[99979264];  float stages_3_2_bn2_running_mean_next[64]; };          /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at128[99979520];  float stages_3_2_bn2_running_var_next[64]; };           /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at129[99996096];  float batch_norm_57[64]; };                             /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at130[87457792];  float relu_17[RESNET_BATCH][7][7][64]; };               /* fwd_relu_17 .. bwd_batch_norm_66 */
    struct { char at131[89063424];  float conv2d_20[RESNET_BATCH][7][7][64]; };             /* fwd_relu_17 .. bwd_batch_norm_66 */
    struct { char at132[99980800];  float batch_norm_58[RESNET_SLICES][64]; };              /* fwd_relu_17 .. bwd_batch_norm_66 */
    struct { char at133[90816512];  float batch_norm_59[RESNET_SLICES][64]; };              /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at134[99979776];  float stages_3_3_bn1_running_mean_next[64]; };          /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at135[99980032];  float stages_3_3_bn1_running_var_next[64]; };           /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at136[99996416];  float batch_norm_60[64]; };                             /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at137[94199808];  float relu_18[32][7][7][64]; };                         /* fwd_relu_14 .. fwd_conv2d_16 */
    struct { char at138[90816512];  float conv2d_21[RESNET_BATCH][7][7][64]; };             /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at139[99984000];  float batch_norm_61[RESNET_SLICES][64]; };              /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at140[93601792];  float batch_norm_62[RESNET_SLICES][64]; };              /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at141[99980288];  float stages_3_3_bn2_running_mean_next[64]; };          /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at142[99980544];  float stages_3_3_bn2_running_var_next[64]; };           /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at143[99998720];  float batch_norm_63[64]; };                             /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at144[93612032];  float global_avg_pool[32][64]; };                       /* fwd_global_avg_pool .. bwd_logits_linear_weight */
    struct { char at145[93620224];  float logits[32][10]; };                                /* fwd_logits .. fwd_loss */
    struct { char at146[93621504];  float loss_exp[32][10]; };                              /* fwd_loss .. bwd_logits_linear_weight */
    struct { char at147[93622976];  float loss_sum[32]; };                                  /* fwd_loss .. bwd_logits */
    struct { char at148[99996352];  float loss[RESNET_SLICES][1]; };                        /* fwd_global_avg_pool .. update_stem_bn_weight */
    struct { char at149[93621504];  float d_logits[32][10]; };                              /* bwd_logits .. bwd_logits_linear_weight */
    struct { char at150[93622784];  float d_logits_linear_bias[RESNET_SLICES][10]; };       /* fwd_global_avg_pool .. update_logits_linear_bias */
    struct { char at151[99933952];  float d_global_avg_pool[RESNET_BATCH][64]; };           /* fwd_global_avg_pool .. bwd_batch_norm_66 */
    struct { char at152[93601792];  float d_logits_linear_weight[RESNET_SLICES][10][64]; }; /* fwd_global_avg_pool .. update_logits_linear_weight */
    struct { char at153[99986752];  float d_stages_3_3_bn2_bias[RESNET_SLICES][64]; };      /* fwd_global_avg_pool .. update_stages_3_3_bn2_bias */
    struct { char at154[99987776];  float d_stages_3_3_bn2_weight[RESNET_SLICES][64]; };    /* fwd_global_avg_pool .. update_stages_3_3_bn2_weight */
    struct { char at155[94588672];  float d_batch_norm_63[RESNET_SLICES][64]; };            /* fwd_global_avg_pool .. bwd_batch_norm_66 */
    struct { char at156[94589696];  float batch_norm_64[RESNET_SLICES][64]; };              /* fwd_global_avg_pool .. bwd_batch_norm_66 */
    struct { char at157[94590720];  float batch_norm_65[RESNET_SLICES][64]; };              /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at158[93601792];  float d_conv2d_21[16][7][7][64]; };                     /* bwd_conv2d_21 .. bwd_stages_3_3_conv2_weight */
    struct { char at159[94387968];  float relu_18_again[16][7][7][64]; };                   /* bwd_where .. bwd_stages_3_3_conv2_weight */
    struct { char at160[93011968];  float d_stages_3_3_conv2_weight[64][64][3][3]; };       /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_3_conv2_weight */
    struct { char at161[95059968];  float d_where[RESNET_BATCH][7][7][64]; };               /* bwd_conv2d_21 .. bwd_batch_norm_66 */
    struct { char at162[94591744];  float d_stages_3_3_bn1_bias[RESNET_SLICES][64]; };      /* bwd_conv2d_21 .. update_stages_3_3_bn1_bias */
    struct { char at163[99989952];  float d_stages_3_3_bn1_weight[RESNET_SLICES][64]; };    /* bwd_conv2d_21 .. update_stages_3_3_bn1_weight */
    struct { char at164[99992000];  float d_batch_norm_60[RESNET_SLICES][64]; };            /* bwd_conv2d_21 .. bwd_batch_norm_66 */
    struct { char at165[99993024];  float batch_norm_66[RESNET_SLICES][64]; };              /* bwd_conv2d_21 .. bwd_batch_norm_66 */
    struct { char at166[99996672];  float batch_norm_67[RESNET_SLICES][64]; };              /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at167[99147776];  float d_conv2d_20[16][7][7][64]; };                     /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at168[83656704];  float d_stages_3_3_conv1_weight[64][64][3][3]; };       /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_3_conv1_weight */
    struct { char at169[93011968];  float d_add_add[RESNET_BATCH][7][7][64]; };             /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at170[99997696];  float d_stages_3_2_bn2_bias[RESNET_SLICES][64]; };      /* bwd_conv2d_20 .. update_stages_3_2_bn2_bias */
    struct { char at171[99990976];  float d_stages_3_2_bn2_weight[RESNET_SLICES][64]; };    /* bwd_conv2d_20 .. update_stages_3_2_bn2_weight */
    struct { char at172[99994048];  float d_batch_norm_57[RESNET_SLICES][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at173[99995072];  float batch_norm_68[RESNET_SLICES][64]; };              /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at174[84061184];  float batch_norm_69[RESNET_SLICES][64]; };              /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at175[83656704];  float d_conv2d_19[16][7][7][64]; };                     /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at176[83857408];  float relu_16_again[16][7][7][64]; };                   /* bwd_where .. bwd_stages_3_3_conv2_weight */
    struct { char at177[83066880];  float d_stages_3_2_conv2_weight[64][64][3][3]; };       /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_2_conv2_weight */
    struct { char at178[87457792];  float d_where_2[RESNET_BATCH][7][7][64]; };             /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at179[84062208];  float d_stages_3_2_bn1_bias[RESNET_SLICES][64]; };      /* bwd_conv2d_20 .. update_stages_3_2_bn1_bias */
    struct { char at180[84058112];  float d_stages_3_2_bn1_weight[RESNET_SLICES][64]; };    /* bwd_conv2d_20 .. update_stages_3_2_bn1_weight */
    struct { char at181[84059136];  float d_batch_norm_54[RESNET_SLICES][64]; };            /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at182[84060160];  float batch_norm_70[RESNET_SLICES][64]; };              /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at183[83934464];  float batch_norm_71[RESNET_SLICES][64]; };              /* bwd_batch_norm_65 .. bwd_stages_3_3_conv2_weight */
    struct { char at184[83652352];  float d_conv2d_18[11][7][7][64]; };                     /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at185[83790336];  float conv2d_22[11][7][7][64]; };                       /* bwd_conv2d_22 .. bwd_batch_norm_73 */
    struct { char at186[84061184];  float relu_15_again[11][7][7][64]; };                   /* bwd_batch_norm_73 .. bwd_stages_3_3_conv2_weight */
    struct { char at187[82477056];  float d_stages_3_2_conv1_weight[64][64][3][3]; };       /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_2_conv1_weight */
    struct { char at188[85852160];  float d_batch_norm[RESNET_BATCH][7][7][64]; };          /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at189[83935488];  float d_stages_3_1_bn2_bias[RESNET_SLICES][64]; };      /* bwd_conv2d_20 .. update_stages_3_1_bn_skip_bias */
    struct { char at190[83928320];  float d_stages_3_1_bn_skip_weight[RESNET_SLICES][64]; }; /* bwd_conv2d_20 .. update_stages_3_1_bn_skip_weight */
    struct { char at191[83930368];  float d_batch_norm_51[RESNET_SLICES][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at192[83931392];  float batch_norm_sum[RESNET_SLICES][64]; };             /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at193[83375360];  float batch_norm_72[RESNET_SLICES][64]; };              /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at194[82477056];  float d_conv2d_17[11][7][7][64]; };                     /* bwd_conv2d_20 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at195[87457792];  float conv2d_23[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_20 .. bwd_stages_3_1_conv1_weight */
    struct { char at196[82615040];  float relu_13_again[11][14][14][32]; };                 /* fwd_relu_13 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at197[78823424];  float d_stages_3_1_conv_skip_weight[64][32]; };         /* unpack_d_stages_3_1_conv_skip_weight .. update_stages_3_1_conv_skip_weight */
    struct { char at198[83929344];  float d_stages_3_1_bn2_weight[RESNET_SLICES][64]; };    /* bwd_conv2d_20 .. update_stages_3_1_bn2_weight */
    struct { char at199[83932416];  float d_batch_norm_48[RESNET_SLICES][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at200[83933440];  float batch_norm_73[RESNET_SLICES][64]; };              /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at201[83376384];  float batch_norm_74[RESNET_SLICES][64]; };              /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at202[83062528];  float d_conv2d_16[11][7][7][64]; };                     /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at203[83200512];  float relu_14_again[11][7][7][64]; };                   /* bwd_where .. bwd_stages_3_3_conv2_weight */
    struct { char at204[78675968];  float d_stages_3_1_conv2_weight[64][64][3][3]; };       /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_1_conv2_weight */
    struct { char at205[83934464];  float d_where_3[RESNET_BATCH][7][7][64]; };             /* bwd_conv2d_20 .. bwd_stages_3_1_conv1_weight */
    struct { char at206[83374336];  float d_stages_3_1_bn1_bias[RESNET_SLICES][64]; };      /* bwd_conv2d_20 .. update_stages_3_1_bn1_bias */
    struct { char at207[83371264];  float d_stages_3_1_bn1_weight[RESNET_SLICES][64]; };    /* bwd_conv2d_20 .. update_stages_3_1_bn1_weight */
    struct { char at208[83372288];  float d_batch_norm_45[RESNET_SLICES][64]; };            /* bwd_conv2d_20 .. bwd_stages_3_1_conv1_weight */
    struct { char at209[83373312];  float batch_norm_75[RESNET_SLICES][64]; };              /* bwd_conv2d_20 .. bwd_stages_3_1_conv1_weight */
    struct { char at210[82433024];  float batch_norm_76[RESNET_SLICES][64]; };              /* bwd_batch_norm_65 .. bwd_stages_3_1_conv1_weight */
    struct { char at211[82182144];  float d_conv2d_15[4][7][7][64]; };                      /* bwd_conv2d_20 .. bwd_stages_3_1_conv1_weight */
    struct { char at212[82232320];  float conv2d_24[4][14][14][32]; };                      /* bwd_conv2d_24 .. bwd_batch_norm_77 */
    struct { char at213[82332672];  float relu_13_again_2[4][14][14][32]; };                /* bwd_batch_norm_77 .. bwd_stages_3_1_conv1_weight */
    struct { char at214[77070336];  float d_stages_3_1_conv1_weight[64][32][3][3]; };       /* unpack_d_stages_3_1_conv1_weight .. update_stages_3_1_conv1_weight */
    struct { char at215[78675968];  float d_batch_norm_2[RESNET_BATCH][14][14][32]; };      /* bwd_conv2d_20 .. bwd_batch_norm_79 */
    struct { char at216[82435584];  float d_stages_2_3_bn2_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_20 .. update_stages_2_3_bn2_bias */
    struct { char at217[82434048];  float d_stages_2_3_bn2_weight[RESNET_SLICES][32]; };    /* bwd_conv2d_20 .. update_stages_2_3_bn2_weight */
    struct { char at218[82434560];  float d_batch_norm_42[RESNET_SLICES][32]; };            /* bwd_conv2d_20 .. bwd_batch_norm_79 */
    struct { char at219[82435072];  float batch_norm_77[RESNET_SLICES][32]; };              /* bwd_conv2d_20 .. bwd_batch_norm_79 */
    struct { char at220[78454912];  float batch_norm_78[RESNET_SLICES][32]; };              /* bwd_batch_norm_78 .. bwd_batch_norm_79 */
    struct { char at221[77660160];  float d_conv2d_14[8][14][14][32]; };                    /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at222[77860864];  float relu_12_again[8][14][14][32]; };                  /* bwd_where_4 .. bwd_stages_2_3_conv2_weight */
    struct { char at223[73859072];  float d_stages_2_3_conv2_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_3_conv2_weight */
    struct { char at224[82435584];  float d_where_4[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_79 */
    struct { char at225[78455424];  float d_stages_2_3_bn1_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_3_bn1_bias */
    struct { char at226[78453376];  float d_stages_2_3_bn1_weight[RESNET_SLICES][32]; };    /* bwd_conv2d_14 .. update_stages_2_3_bn1_weight */
    struct { char at227[78453888];  float d_batch_norm_39[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_batch_norm_79 */
    struct { char at228[78454400];  float batch_norm_79[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_batch_norm_79 */
    struct { char at229[78254208];  float batch_norm_80[RESNET_SLICES][32]; };              /* bwd_batch_norm_78 .. bwd_batch_norm_79 */
    struct { char at230[77660160];  float d_conv2d_13[8][14][14][32]; };                    /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at231[67436544];  float d_stages_2_3_conv1_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_3_conv1_weight */
    struct { char at232[73859072];  float d_add_add_2[RESNET_BATCH][14][14][32]; };         /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at233[78254720];  float d_stages_2_2_bn2_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_2_bn2_bias */
    struct { char at234[78252672];  float d_stages_2_2_bn2_weight[RESNET_SLICES][32]; };    /* bwd_conv2d_14 .. update_stages_2_2_bn2_weight */
    struct { char at235[78253184];  float d_batch_norm_36[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_batch_norm_79 */
    struct { char at236[78253696];  float batch_norm_81[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_batch_norm_79 */
    struct { char at237[72032384];  float batch_norm_82[RESNET_SLICES][32]; };              /* bwd_batch_norm_78 .. bwd_batch_norm_79 */
    struct { char at238[71237632];  float d_conv2d_12[8][14][14][32]; };                    /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at239[71438336];  float relu_10_again[8][14][14][32]; };                  /* bwd_where_4 .. bwd_stages_2_3_conv2_weight */
    struct { char at240[64225280];  float d_stages_2_2_conv2_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_2_conv2_weight */
    struct { char at241[67436544];  float d_where_5[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at242[72032896];  float d_stages_2_2_bn1_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_2_bn1_bias */
    struct { char at243[72030848];  float d_stages_2_2_bn1_weight[RESNET_SLICES][32]; };    /* bwd_conv2d_14 .. update_stages_2_2_bn1_weight */
    struct { char at244[72031360];  float d_batch_norm_33[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at245[72031872];  float batch_norm_83[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at246[71933568];  float batch_norm_84[RESNET_SLICES][32]; };              /* bwd_batch_norm_78 .. bwd_stages_2_3_conv2_weight */
    struct { char at247[71237632];  float d_conv2d_11[4][14][14][32]; };                    /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at248[71729792];  float conv2d_25[4][14][14][32]; };                      /* bwd_conv2d_25 .. bwd_batch_norm_86 */
    struct { char at249[71830144];  float relu_9_again[4][14][14][32]; };                   /* bwd_batch_norm_86 .. bwd_stages_2_3_conv2_weight */
    struct { char at250[61014016];  float d_stages_2_2_conv1_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_2_conv1_weight */
    struct { char at251[64225280];  float d_batch_norm_3[RESNET_BATCH][14][14][32]; };      /* bwd_conv2d_14 .. bwd_batch_norm_79 */
    struct { char at252[71934080];  float d_stages_2_1_bn2_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_1_bn_skip_bias */
    struct { char at253[71930496];  float d_stages_2_1_bn_skip_weight[RESNET_SLICES][32]; }; /* bwd_conv2d_14 .. update_stages_2_1_bn_skip_weight */
    struct { char at254[71931520];  float d_batch_norm_30[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_batch_norm_79 */
    struct { char at255[71932032];  float batch_norm_sum_2[RESNET_SLICES][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_79 */
    struct { char at256[68629120];  float batch_norm_85[RESNET_SLICES][32]; };              /* bwd_batch_norm_78 .. bwd_batch_norm_79 */
    struct { char at257[68026368];  float d_conv2d_10[4][14][14][32]; };                    /* bwd_conv2d_14 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at258[71933568];  float conv2d_26[RESNET_BATCH][28][28][16]; };           /* bwd_conv2d_14 .. bwd_stages_2_1_conv1_weight */
    struct { char at259[68126720];  float relu_7_again[4][28][28][16]; };                   /* fwd_relu_7 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at260[54628352];  float d_stages_2_1_conv_skip_weight[32][16]; };         /* unpack_d_stages_2_1_conv_skip_weight .. update_stages_2_1_conv_skip_weight */
    struct { char at261[71931008];  float d_stages_2_1_bn2_weight[RESNET_SLICES][32]; };    /* bwd_conv2d_14 .. update_stages_2_1_bn2_weight */
    struct { char at262[71932544];  float d_batch_norm_27[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_batch_norm_79 */
    struct { char at263[71933056];  float batch_norm_86[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_batch_norm_79 */
    struct { char at264[68629632];  float batch_norm_87[RESNET_SLICES][32]; };              /* bwd_batch_norm_78 .. bwd_batch_norm_79 */
    struct { char at265[68418176];  float d_conv2d_9[4][14][14][32]; };                     /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at266[68518528];  float relu_8_again[4][14][14][32]; };                   /* bwd_where_4 .. bwd_stages_2_3_conv2_weight */
    struct { char at267[54591488];  float d_stages_2_1_conv2_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_1_conv2_weight */
    struct { char at268[61014016];  float d_where_6[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_14 .. bwd_stages_2_1_conv1_weight */
    struct { char at269[68628608];  float d_stages_2_1_bn1_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_1_bn1_bias */
    struct { char at270[68627072];  float d_stages_2_1_bn1_weight[RESNET_SLICES][32]; };    /* bwd_conv2d_14 .. update_stages_2_1_bn1_weight */
    struct { char at271[68627584];  float d_batch_norm_24[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_stages_2_1_conv1_weight */
    struct { char at272[68628096];  float batch_norm_88[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_stages_2_1_conv1_weight */
    struct { char at273[64549888];  float batch_norm_89[RESNET_SLICES][32]; };              /* bwd_batch_norm_78 .. bwd_stages_2_1_conv1_weight */
    struct { char at274[64299008];  float d_conv2d_8[2][14][14][32]; };                     /* bwd_conv2d_14 .. bwd_stages_2_1_conv1_weight */
    struct { char at275[64349184];  float conv2d_27[2][28][28][16]; };                      /* bwd_conv2d_27 .. bwd_batch_norm_90 */
    struct { char at276[64449536];  float relu_7_again_2[2][28][28][16]; };                 /* bwd_batch_norm_90 .. bwd_stages_2_1_conv1_weight */
    struct { char at277[51380224];  float d_stages_2_1_conv1_weight[32][16][3][3]; };       /* unpack_d_stages_2_1_conv1_weight .. update_stages_2_1_conv1_weight */
    struct { char at278[54591488];  float d_batch_norm_4[RESNET_BATCH][28][28][16]; };      /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at279[64551168];  float d_stages_1_3_bn2_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_14 .. update_stages_1_3_bn2_bias */
    struct { char at280[64550400];  float d_stages_1_3_bn2_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_14 .. update_stages_1_3_bn2_weight */
    struct { char at281[64550656];  float d_batch_norm_21[RESNET_SLICES][16]; };            /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at282[64550912];  float batch_norm_90[RESNET_SLICES][16]; };              /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at283[52372288];  float batch_norm_91[RESNET_SLICES][16]; };              /* bwd_batch_norm_91 .. bwd_batch_norm_92 */
    struct { char at284[51675136];  float d_conv2d_7[4][28][28][16]; };                     /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at285[51875840];  float relu_6_again[4][28][28][16]; };                   /* bwd_where_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at286[44957696];  float d_stages_1_3_conv2_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_3_conv2_weight */
    struct { char at287[64551168];  float d_where_7[RESNET_BATCH][28][28][16]; };           /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at288[52372544];  float d_stages_1_3_bn1_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_3_bn1_bias */
    struct { char at289[52371520];  float d_stages_1_3_bn1_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_3_bn1_weight */
    struct { char at290[52371776];  float d_batch_norm_18[RESNET_SLICES][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at291[52372032];  float batch_norm_92[RESNET_SLICES][16]; };              /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at292[52171584];  float batch_norm_93[RESNET_SLICES][16]; };              /* bwd_batch_norm_91 .. bwd_batch_norm_92 */
    struct { char at293[51675136];  float d_conv2d_6[4][28][28][16]; };                     /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at294[32112640];  float d_stages_1_3_conv1_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_3_conv1_weight */
    struct { char at295[44957696];  float d_add_add_3[RESNET_BATCH][28][28][16]; };         /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at296[52171840];  float d_stages_1_2_bn2_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_2_bn2_bias */
    struct { char at297[52170816];  float d_stages_1_2_bn2_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_2_bn2_weight */
    struct { char at298[52171072];  float d_batch_norm_15[RESNET_SLICES][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at299[52171328];  float batch_norm_94[RESNET_SLICES][16]; };              /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at300[39527232];  float batch_norm_95[RESNET_SLICES][16]; };              /* bwd_batch_norm_91 .. bwd_batch_norm_92 */
    struct { char at301[38830080];  float d_conv2d_5[4][28][28][16]; };                     /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at302[39030784];  float relu_4_again[4][28][28][16]; };                   /* bwd_where_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at303[25690112];  float d_stages_1_2_conv2_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_2_conv2_weight */
    struct { char at304[32112640];  float d_where_8[RESNET_BATCH][28][28][16]; };           /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at305[39527488];  float d_stages_1_2_bn1_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_2_bn1_bias */
    struct { char at306[39526464];  float d_stages_1_2_bn1_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_2_bn1_weight */
    struct { char at307[39526720];  float d_batch_norm_12[RESNET_SLICES][16]; };            /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at308[39526976];  float batch_norm_96[RESNET_SLICES][16]; };              /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at309[39426880];  float batch_norm_97[RESNET_SLICES][16]; };              /* bwd_batch_norm_91 .. bwd_stages_1_3_conv2_weight */
    struct { char at310[38830080];  float d_conv2d_4[2][28][28][16]; };                     /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at311[39225408];  float conv2d_28[2][28][28][16]; };                      /* bwd_conv2d_28 .. bwd_batch_norm_98 */
    struct { char at312[39325760];  float relu_3_again[2][28][28][16]; };                   /* bwd_batch_norm_98 .. bwd_stages_1_3_conv2_weight */
    struct { char at313[19267584];  float d_stages_1_2_conv1_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_2_conv1_weight */
    struct { char at314[25690112];  float d_add_add_4[RESNET_BATCH][28][28][16]; };         /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at315[39427136];  float d_stages_1_1_bn2_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_1_bn2_bias */
    struct { char at316[39426112];  float d_stages_1_1_bn2_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_1_bn2_weight */
    struct { char at317[39426368];  float d_batch_norm_9[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at318[39426624];  float batch_norm_98[RESNET_SLICES][16]; };              /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at319[33104704];  float batch_norm_99[RESNET_SLICES][16]; };              /* bwd_batch_norm_91 .. bwd_batch_norm_92 */
    struct { char at320[32407552];  float d_conv2d_3[4][28][28][16]; };                     /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at321[32608256];  float relu_2_again[4][28][28][16]; };                   /* bwd_where_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at322[12845056];  float d_stages_1_1_conv2_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_1_conv2_weight */
    struct { char at323[19267584];  float d_where_9[RESNET_BATCH][28][28][16]; };           /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at324[33104960];  float d_stages_1_1_bn1_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_1_bn1_bias */
    struct { char at325[33103936];  float d_stages_1_1_bn1_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_1_bn1_weight */
    struct { char at326[33104192];  float d_batch_norm_6[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at327[33104448];  float batch_norm_100[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at328[33105472];  float batch_norm_101[RESNET_SLICES][16]; };             /* bwd_batch_norm_91 .. bwd_batch_norm_92 */
    struct { char at329[32407552];  float d_conv2d_2[4][28][28][16]; };                     /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at330[32608256];  float relu_again[4][28][28][16]; };                     /* bwd_where_10 .. bwd_stages_1_3_conv2_weight */
    struct { char at331[6422528];  float d_stages_1_1_conv1_weight[16][16][3][3]; };        /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_1_conv1_weight */
    struct { char at332[12845056];  float d_where_10[RESNET_BATCH][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct { char at333[33105728];  float d_stem_bn_bias[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. update_stem_bn_bias */
    struct { char at334[33104704];  float d_stem_bn_weight[RESNET_SLICES][16]; };           /* bwd_conv2d_7 .. update_stem_bn_weight */
    struct { char at335[33104960];  float d_batch_norm_3_2[RESNET_SLICES][16]; };           /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct { char at336[33105216];  float batch_norm_102[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct { char at337[6686336];  float batch_norm_103[RESNET_SLICES][16]; };              /* bwd_batch_norm_91 .. bwd_stem_conv_weight */
    struct { char at338[6422528];  float d_conv2d[4][28][28][16]; };                        /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct {                    float d_stem_conv_weight[16][3][3]; };                      /* unpack_d_stem_conv_weight .. update_stem_conv_weight */
    struct { char at340[6483328];  float stem_conv_weight_packed[288]; };                   /* pack_stem_conv_weight .. fwd_batch_norm */
    struct { char at341[6422528];  float fwd_conv2d_scratch[15193]; };                      /* fwd_conv2d .. fwd_conv2d */
    struct { char at342[12845056];  float stages_1_1_conv1_weight_packed[18432]; };         /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at343[13320192];  float fwd_conv2d_2_scratch[73744]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at344[19267584];  float stages_1_1_conv2_weight_packed[18432]; };         /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at345[19742720];  float fwd_conv2d_3_scratch[73744]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at346[25690112];  float stages_1_2_conv1_weight_packed[18432]; };         /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at347[25964544];  float fwd_conv2d_4_scratch[73744]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at348[32112640];  float stages_1_2_conv2_weight_packed[18432]; };         /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at349[32587776];  float fwd_conv2d_5_scratch[73744]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at350[44957696];  float stages_1_3_conv1_weight_packed[18432]; };         /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at351[45031424];  float fwd_conv2d_6_scratch[73744]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at352[51380224];  float stages_1_3_conv2_weight_packed[18432]; };         /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at353[51855360];  float fwd_conv2d_7_scratch[73744]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at354[57802752];  float stages_2_1_conv1_weight_packed[4608]; };          /* pack_stages_2_1_conv1_weight .. fwd_batch_norm_22 */
    struct { char at355[58023936];  float fwd_conv2d_8_scratch[14384]; };                   /* fwd_conv2d_8 .. fwd_conv2d_8 */
    struct { char at356[61014016];  float stages_2_1_conv2_weight_packed[36864]; };         /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at357[61562880];  float fwd_conv2d_9_scratch[97952]; };                   /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at358[58021888];  float stages_2_1_conv_skip_weight_packed[512]; };       /* pack_stages_2_1_conv_skip_weight .. fwd_batch_norm_22 */
    struct { char at359[58023936];  float fwd_conv2d_10_scratch[12464]; };                  /* fwd_conv2d_10 .. fwd_conv2d_10 */
    struct { char at360[64225280];  float stages_2_2_conv1_weight_packed[36864]; };         /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at361[64648704];  float fwd_conv2d_11_scratch[97952]; };                  /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at362[67436544];  float stages_2_2_conv2_weight_packed[36864]; };         /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at363[67985408];  float fwd_conv2d_12_scratch[97952]; };                  /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at364[73859072];  float stages_2_3_conv1_weight_packed[36864]; };         /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at365[74006528];  float fwd_conv2d_13_scratch[97952]; };                  /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at366[77070336];  float stages_2_3_conv2_weight_packed[36864]; };         /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at367[77619200];  float fwd_conv2d_14_scratch[97952]; };                  /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at368[80281600];  float stages_3_1_conv1_weight_packed[18432]; };         /* pack_stages_3_1_conv1_weight .. fwd_batch_norm_43 */
    struct { char at369[80639488];  float fwd_conv2d_15_scratch[7684]; };                   /* fwd_conv2d_15 .. fwd_conv2d_15 */
    struct { char at370[84246528];  float stages_3_1_conv2_weight_packed[147456]; };        /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at371[85237760];  float fwd_conv2d_16_scratch[146368]; };                 /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at372[80355328];  float stages_3_1_conv_skip_weight_packed[2048]; };      /* pack_stages_3_1_conv_skip_weight .. fwd_batch_norm_43 */
    struct { char at373[80639488];  float fwd_conv2d_17_scratch[5636]; };                   /* fwd_conv2d_17 .. fwd_conv2d_17 */
    struct { char at374[85852160];  float stages_3_2_conv1_weight_packed[147456]; };        /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at375[86441984];  float fwd_conv2d_18_scratch[146368]; };                 /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at376[87457792];  float stages_3_2_conv2_weight_packed[147456]; };        /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at377[88449024];  float fwd_conv2d_19_scratch[146368]; };                 /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at378[90816512];  float stages_3_3_conv1_weight_packed[147456]; };        /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at379[91406336];  float fwd_conv2d_20_scratch[146368]; };                 /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at380[93601792];  float stages_3_3_conv2_weight_packed[147456]; };        /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at381[95059968];  float fwd_conv2d_21_scratch[146368]; };                 /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at382[94191616];  float logits_linear_weight_packed[2048]; };             /* pack_logits_linear_weight .. bwd_batch_norm_64 */
    struct { char at383[94601216];  float logits_linear_weight_back_packed[640]; };         /* pack_logits_linear_weight_back .. bwd_batch_norm_64 */
    struct { char at384[93011968];  float stages_3_3_conv2_weight_back_packed[147456]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at385[93802496];  float bwd_where_scratch[146368]; };                     /* bwd_where .. bwd_where */
    struct { char at386[93802496];  float bwd_stages_3_3_conv2_weight_scratch[146368]; };   /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at387[96739328];  float d_stages_3_3_conv2_weight_sum[RESNET_SLICES][147456]; }; /* bwd_conv2d_21 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at388[83656704];  float stages_3_3_conv1_weight_back_packed[147456]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at389[99348480];  float bwd_add_add_scratch[146368]; };                   /* bwd_add_add .. bwd_add_add */
    struct { char at390[99348480];  float bwd_stages_3_3_conv1_weight_scratch[146368]; };   /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at391[96739328];  float d_stages_3_3_conv1_weight_sum[RESNET_SLICES][147456]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at392[83066880];  float stages_3_2_conv2_weight_back_packed[147456]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at393[89063424];  float bwd_where_2_scratch[146368]; };                   /* bwd_where .. bwd_where */
    struct { char at394[89063424];  float bwd_stages_3_2_conv2_weight_scratch[146368]; };   /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at395[96739328];  float d_stages_3_2_conv2_weight_sum[RESNET_SLICES][147456]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at396[82477056];  float stages_3_2_conv1_weight_back_packed[147456]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_stages_3_3_conv2_weight */
    struct { char at397[83066880];  float bwd_conv2d_22_scratch[146368]; };                 /* bwd_conv2d_22 .. bwd_conv2d_22 */
    struct { char at398[83066880];  float bwd_stages_3_2_conv1_weight_scratch[146368]; };   /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at399[96739328];  float d_stages_3_2_conv1_weight_sum[RESNET_SLICES][147456]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at400[99135488];  float stages_3_1_conv_skip_weight_back_packed[2048]; }; /* pack_stages_3_1_conv_skip_weight_back .. bwd_batch_norm_66 */
    struct { char at401[82615040];  float bwd_conv2d_23_scratch[5636]; };                   /* bwd_conv2d_23 .. bwd_conv2d_23 */
    struct { char at402[82891008];  float bwd_stages_3_1_conv_skip_weight_scratch[5636]; }; /* bwd_stages_3_1_conv_skip_weight .. bwd_stages_3_1_conv_skip_weight */
    struct { char at403[83338496];  float d_stages_3_1_conv_skip_weight_sum[RESNET_SLICES][2048]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_1_conv_skip_weight */
    struct { char at404[81887232];  float stages_3_1_conv2_weight_back_packed[147456]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at405[82477056];  float bwd_where_3_scratch[146368]; };                   /* bwd_where .. bwd_where */
    struct { char at406[82477056];  float bwd_stages_3_1_conv2_weight_scratch[146368]; };   /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at407[96739328];  float d_stages_3_1_conv2_weight_sum[RESNET_SLICES][147456]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at408[96665600];  float stages_3_1_conv1_weight_back_packed[18432]; };    /* pack_stages_3_1_conv1_weight_back .. bwd_stages_3_1_conv1_weight */
    struct { char at409[82332672];  float bwd_conv2d_24_scratch[7684]; };                   /* bwd_conv2d_24 .. bwd_conv2d_24 */
    struct { char at410[82232320];  float bwd_stages_3_1_conv1_weight_scratch[7684]; };     /* bwd_stages_3_1_conv1_weight .. bwd_stages_3_1_conv1_weight */
    struct { char at411[81887232];  float d_stages_3_1_conv1_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_1_conv1_weight */
    struct { char at412[92864512];  float stages_2_3_conv2_weight_back_packed[36864]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_79 */
    struct { char at413[78061568];  float bwd_where_4_scratch[97952]; };                    /* bwd_where_4 .. bwd_where_4 */
    struct { char at414[78061568];  float bwd_stages_2_3_conv2_weight_scratch[97952]; };    /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at415[77070336];  float d_stages_2_3_conv2_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at416[92717056];  float stages_2_3_conv1_weight_back_packed[36864]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_79 */
    struct { char at417[77860864];  float bwd_add_add_2_scratch[97952]; };                  /* bwd_add_add_2 .. bwd_add_add_2 */
    struct { char at418[77860864];  float bwd_stages_2_3_conv1_weight_scratch[97952]; };    /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at419[77070336];  float d_stages_2_3_conv1_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at420[92569600];  float stages_2_2_conv2_weight_back_packed[36864]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_79 */
    struct { char at421[71639040];  float bwd_where_5_scratch[97952]; };                    /* bwd_where_4 .. bwd_where_4 */
    struct { char at422[71639040];  float bwd_stages_2_2_conv2_weight_scratch[97952]; };    /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at423[70647808];  float d_stages_2_2_conv2_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at424[92422144];  float stages_2_2_conv1_weight_back_packed[36864]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_stages_2_3_conv2_weight */
    struct { char at425[71337984];  float bwd_conv2d_25_scratch[97952]; };                  /* bwd_conv2d_25 .. bwd_conv2d_25 */
    struct { char at426[71337984];  float bwd_stages_2_2_conv1_weight_scratch[97952]; };    /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at427[70647808];  float d_stages_2_2_conv1_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at428[99143680];  float stages_2_1_conv_skip_weight_back_packed[1024]; }; /* pack_stages_2_1_conv_skip_weight_back .. bwd_batch_norm_79 */
    struct { char at429[68126720];  float bwd_conv2d_26_scratch[12464]; };                  /* bwd_conv2d_26 .. bwd_conv2d_26 */
    struct { char at430[68327424];  float bwd_stages_2_1_conv_skip_weight_scratch[12464]; }; /* bwd_stages_2_1_conv_skip_weight .. bwd_stages_2_1_conv_skip_weight */
    struct { char at431[68618880];  float d_stages_2_1_conv_skip_weight_sum[RESNET_SLICES][512]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_1_conv_skip_weight */
    struct { char at432[90669056];  float stages_2_1_conv2_weight_back_packed[36864]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_79 */
    struct { char at433[68026368];  float bwd_where_6_scratch[97952]; };                    /* bwd_where_4 .. bwd_where_4 */
    struct { char at434[68026368];  float bwd_stages_2_1_conv2_weight_scratch[97952]; };    /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at435[67436544];  float d_stages_2_1_conv2_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at436[99098624];  float stages_2_1_conv1_weight_back_packed[9216]; };     /* pack_stages_2_1_conv1_weight_back .. bwd_stages_2_1_conv1_weight */
    struct { char at437[64449536];  float bwd_conv2d_27_scratch[14384]; };                  /* bwd_conv2d_27 .. bwd_conv2d_27 */
    struct { char at438[64349184];  float bwd_stages_2_1_conv1_weight_scratch[14384]; };    /* bwd_stages_2_1_conv1_weight .. bwd_stages_2_1_conv1_weight */
    struct { char at439[64225280];  float d_stages_2_1_conv1_weight_sum[RESNET_SLICES][4608]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_1_conv1_weight */
    struct { char at440[94986240];  float stages_1_3_conv2_weight_back_packed[18432]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at441[52076544];  float bwd_where_7_scratch[73744]; };                    /* bwd_where_7 .. bwd_where_7 */
    struct { char at442[52076544];  float bwd_stages_1_3_conv2_weight_scratch[73744]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at443[51380224];  float d_stages_1_3_conv2_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at444[94912512];  float stages_1_3_conv1_weight_back_packed[18432]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at445[51875840];  float bwd_add_add_3_scratch[73744]; };                  /* bwd_add_add_3 .. bwd_add_add_3 */
    struct { char at446[51875840];  float bwd_stages_1_3_conv1_weight_scratch[73744]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at447[51380224];  float d_stages_1_3_conv1_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at448[94838784];  float stages_1_2_conv2_weight_back_packed[18432]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at449[39231488];  float bwd_where_8_scratch[73744]; };                    /* bwd_where_7 .. bwd_where_7 */
    struct { char at450[39231488];  float bwd_stages_1_2_conv2_weight_scratch[73744]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at451[38535168];  float d_stages_1_2_conv2_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at452[94765056];  float stages_1_2_conv1_weight_back_packed[18432]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_stages_1_3_conv2_weight */
    struct { char at453[38930432];  float bwd_conv2d_28_scratch[73744]; };                  /* bwd_conv2d_28 .. bwd_conv2d_28 */
    struct { char at454[38930432];  float bwd_stages_1_2_conv1_weight_scratch[73744]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at455[38535168];  float d_stages_1_2_conv1_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at456[94691328];  float stages_1_1_conv2_weight_back_packed[18432]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at457[32808960];  float bwd_where_9_scratch[73744]; };                    /* bwd_where_7 .. bwd_where_7 */
    struct { char at458[32808960];  float bwd_stages_1_1_conv2_weight_scratch[73744]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at459[32112640];  float d_stages_1_1_conv2_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at460[94617600];  float stages_1_1_conv1_weight_back_packed[18432]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at461[32808960];  float bwd_where_10_scratch[73744]; };                   /* bwd_where_10 .. bwd_where_10 */
    struct { char at462[32808960];  float bwd_stages_1_1_conv1_weight_scratch[73744]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at463[32112640];  float d_stages_1_1_conv1_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at464[6623232];  float bwd_stem_conv_weight_scratch[15193]; };            /* bwd_stem_conv_weight .. bwd_stem_conv_weight */
    struct { char at465[6684032];  float d_stem_conv_weight_sum[RESNET_SLICES][144]; };     /* bwd_conv2d_7 .. unpack_d_stem_conv_weight */
    char bytes[99998976];
} ResnetTrainWork;
_Static_assert(sizeof(ResnetTrainWork) == 99998976, "the workspace is not the one that was planned");

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
