/* resnet.h - written by tailor 0.1.0 from resnet.lua.  Edit the graph, not this file.
 *
 *   graph       6c0b18eae3e6c4d94e900dfc05882910a2ef465f03ce1f33202f6689fd85a107
 *   parameters  272186 floats in 65 tensors
 *   train       147 kernels forward, 105 backward; workspace 115710720 bytes
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

/* Workspace of resnet_train: 115710720 bytes for one thread, 454 buffers (the schedule needs at least 115710720).  Buffers that are never
 * live at once share bytes; the leading char array is where a buffer starts.  Behind each: the kernels it lives for. */
typedef union ResnetTrainWork {
    struct {                    float conv2d[RESNET_BATCH][28][28][16]; };                  /* fwd_conv2d .. bwd_stem_conv_weight */
    struct { char at1[115699456];  float batch_norm[RESNET_SLICES][16]; };                  /* fwd_conv2d .. bwd_stem_conv_weight */
    struct { char at2[6422528];  float batch_norm_2[RESNET_SLICES][16]; };                  /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at3[115709312];  float stem_bn_running_mean_next[16]; };                  /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at4[115709376];  float stem_bn_running_var_next[16]; };                   /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at5[115709440];  float batch_norm_3[16]; };                               /* fwd_batch_norm_3 .. bwd_stem_conv_weight */
    struct { char at6[12845056];  float relu[RESNET_CHUNK][28][28][16]; };                  /* fwd_relu .. fwd_conv2d_2 */
    struct { char at7[6422528];  float conv2d_2[RESNET_BATCH][28][28][16]; };               /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at8[115699712];  float batch_norm_4[RESNET_SLICES][16]; };                /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at9[12845056];  float batch_norm_5[RESNET_SLICES][16]; };                 /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at10[115709504];  float stages_1_1_bn1_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at11[115709568];  float stages_1_1_bn1_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at12[115709696];  float batch_norm_6[16]; };                              /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at13[19267584];  float relu_2[RESNET_CHUNK][28][28][16]; };               /* fwd_relu .. fwd_conv2d_2 */
    struct { char at14[12845056];  float conv2d_3[RESNET_BATCH][28][28][16]; };             /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at15[115699968];  float batch_norm_7[RESNET_SLICES][16]; };               /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at16[19267584];  float batch_norm_8[RESNET_SLICES][16]; };                /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at17[115709632];  float stages_1_1_bn2_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at18[115709760];  float stages_1_1_bn2_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at19[115710016];  float batch_norm_9[16]; };                              /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at20[19267584];  float relu_3[RESNET_BATCH][28][28][16]; };               /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at21[25690112];  float conv2d_4[RESNET_BATCH][28][28][16]; };             /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at22[115700224];  float batch_norm_10[RESNET_SLICES][16]; };              /* fwd_relu_3 .. bwd_batch_norm_92 */
    struct { char at23[32112640];  float batch_norm_11[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at24[115709824];  float stages_1_2_bn1_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at25[115709888];  float stages_1_2_bn1_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at26[115710272];  float batch_norm_12[16]; };                             /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at27[38535168];  float relu_4[RESNET_CHUNK][28][28][16]; };               /* fwd_relu .. fwd_conv2d_2 */
    struct { char at28[32112640];  float conv2d_5[RESNET_BATCH][28][28][16]; };             /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at29[115700480];  float batch_norm_13[RESNET_SLICES][16]; };              /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at30[38535168];  float batch_norm_14[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at31[115709952];  float stages_1_2_bn2_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at32[115710080];  float stages_1_2_bn2_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at33[115710464];  float batch_norm_15[16]; };                             /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at34[38535168];  float relu_5[RESNET_BATCH][28][28][16]; };               /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at35[44957696];  float conv2d_6[RESNET_BATCH][28][28][16]; };             /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at36[115700736];  float batch_norm_16[RESNET_SLICES][16]; };              /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at37[51380224];  float batch_norm_17[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at38[115710144];  float stages_1_3_bn1_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at39[115710208];  float stages_1_3_bn1_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at40[115710528];  float batch_norm_18[16]; };                             /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at41[57802752];  float relu_6[RESNET_CHUNK][28][28][16]; };               /* fwd_relu .. fwd_conv2d_2 */
    struct { char at42[51380224];  float conv2d_7[RESNET_BATCH][28][28][16]; };             /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at43[115700992];  float batch_norm_19[RESNET_SLICES][16]; };              /* fwd_relu .. bwd_batch_norm_92 */
    struct { char at44[57802752];  float batch_norm_20[RESNET_SLICES][16]; };               /* fwd_batch_norm_2 .. fwd_batch_norm_3 */
    struct { char at45[115710336];  float stages_1_3_bn2_running_mean_next[16]; };          /* fwd_stem_bn_running_mean_next .. update_stem_bn_weight */
    struct { char at46[115710400];  float stages_1_3_bn2_running_var_next[16]; };           /* fwd_stem_bn_running_var_next .. update_stem_bn_weight */
    struct { char at47[115710592];  float batch_norm_21[16]; };                             /* fwd_batch_norm_3 .. bwd_batch_norm_92 */
    struct { char at48[57802752];  float relu_7[RESNET_BATCH][28][28][16]; };               /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at49[77070336];  float conv2d_8[RESNET_BATCH][14][14][32]; };             /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at50[115695872];  float batch_norm_22[RESNET_SLICES][32]; };              /* fwd_relu_5 .. bwd_batch_norm_92 */
    struct { char at51[64225792];  float batch_norm_23[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at52[115706624];  float stages_2_1_bn1_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at53[115706880];  float stages_2_1_bn1_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at54[115708416];  float batch_norm_24[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_92 */
    struct { char at55[64225280];  float relu_8[RESNET_CHUNK][14][14][32]; };               /* fwd_relu_8 .. fwd_conv2d_9 */
    struct { char at56[73859072];  float conv2d_9[RESNET_BATCH][14][14][32]; };             /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at57[115696896];  float batch_norm_25[RESNET_SLICES][32]; };              /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at58[64225280];  float batch_norm_26[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at59[115707136];  float stages_2_1_bn2_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at60[115707264];  float stages_2_1_bn2_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at61[115708672];  float batch_norm_27[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at62[70647808];  float conv2d_10[RESNET_BATCH][14][14][32]; };            /* fwd_relu_5 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at63[115696384];  float batch_norm_28[RESNET_SLICES][32]; };              /* fwd_relu_5 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at64[64225280];  float batch_norm_29[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at65[115706752];  float stages_2_1_bn_skip_running_mean_next[32]; };      /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at66[115707008];  float stages_2_1_bn_skip_running_var_next[32]; };       /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at67[115708544];  float batch_norm_30[32]; };                             /* fwd_batch_norm_24 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at68[64225280];  float relu_9[RESNET_BATCH][14][14][32]; };               /* fwd_relu_9 .. bwd_batch_norm_78 */
    struct { char at69[67436544];  float conv2d_11[RESNET_BATCH][14][14][32]; };            /* fwd_relu_9 .. bwd_batch_norm_78 */
    struct { char at70[115697408];  float batch_norm_31[RESNET_SLICES][32]; };              /* fwd_relu_9 .. bwd_batch_norm_78 */
    struct { char at71[80281600];  float batch_norm_32[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at72[115707392];  float stages_2_2_bn1_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at73[115707520];  float stages_2_2_bn1_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at74[115708800];  float batch_norm_33[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at75[83492864];  float relu_10[RESNET_CHUNK][14][14][32]; };              /* fwd_relu_8 .. fwd_conv2d_9 */
    struct { char at76[80281600];  float conv2d_12[RESNET_BATCH][14][14][32]; };            /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at77[115697920];  float batch_norm_34[RESNET_SLICES][32]; };              /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at78[83492864];  float batch_norm_35[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at79[115707648];  float stages_2_2_bn2_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at80[115707776];  float stages_2_2_bn2_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at81[115708928];  float batch_norm_36[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at82[83492864];  float relu_11[RESNET_BATCH][14][14][32]; };              /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at83[86704128];  float conv2d_13[RESNET_BATCH][14][14][32]; };            /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at84[115698432];  float batch_norm_37[RESNET_SLICES][32]; };              /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at85[89915392];  float batch_norm_38[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at86[115707904];  float stages_2_3_bn1_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at87[115708032];  float stages_2_3_bn1_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at88[115709056];  float batch_norm_39[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at89[93126656];  float relu_12[RESNET_CHUNK][14][14][32]; };              /* fwd_relu_8 .. fwd_conv2d_9 */
    struct { char at90[89915392];  float conv2d_14[RESNET_BATCH][14][14][32]; };            /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at91[115698944];  float batch_norm_40[RESNET_SLICES][32]; };              /* fwd_relu_8 .. bwd_batch_norm_78 */
    struct { char at92[93126656];  float batch_norm_41[RESNET_SLICES][32]; };               /* fwd_batch_norm_23 .. fwd_batch_norm_24 */
    struct { char at93[115708160];  float stages_2_3_bn2_running_mean_next[32]; };          /* fwd_stages_2_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at94[115708288];  float stages_2_3_bn2_running_var_next[32]; };           /* fwd_stages_2_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at95[115709184];  float batch_norm_42[32]; };                             /* fwd_batch_norm_24 .. bwd_batch_norm_78 */
    struct { char at96[93126656];  float relu_13[RESNET_BATCH][14][14][32]; };              /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at97[102760448];  float conv2d_15[RESNET_BATCH][7][7][64]; };             /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at98[115678464];  float batch_norm_43[RESNET_SLICES][64]; };              /* fwd_relu_11 .. bwd_batch_norm_78 */
    struct { char at99[96486400];  float batch_norm_44[RESNET_SLICES][64]; };               /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at100[115701248];  float stages_3_1_bn1_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at101[115701760];  float stages_3_1_bn1_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at102[115704832];  float batch_norm_45[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_78 */
    struct { char at103[96485376];  float relu_14[RESNET_CHUNK][7][7][64]; };               /* fwd_relu_14 .. fwd_conv2d_16 */
    struct { char at104[101154816];  float conv2d_16[RESNET_BATCH][7][7][64]; };            /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at105[115680512];  float batch_norm_46[RESNET_SLICES][64]; };             /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at106[96337920];  float batch_norm_47[RESNET_SLICES][64]; };              /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at107[115702272];  float stages_3_1_bn2_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at108[115702528];  float stages_3_1_bn2_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at109[115705344];  float batch_norm_48[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at110[99549184];  float conv2d_17[RESNET_BATCH][7][7][64]; };             /* fwd_relu_11 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at111[115679488];  float batch_norm_49[RESNET_SLICES][64]; };             /* fwd_relu_11 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at112[96485376];  float batch_norm_50[RESNET_SLICES][64]; };              /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at113[115701504];  float stages_3_1_bn_skip_running_mean_next[64]; };     /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at114[115702016];  float stages_3_1_bn_skip_running_var_next[64]; };      /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at115[115705088];  float batch_norm_51[64]; };                            /* fwd_batch_norm_45 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at116[96337920];  float relu_15[RESNET_BATCH][7][7][64]; };               /* fwd_relu_15 .. bwd_batch_norm_66 */
    struct { char at117[97943552];  float conv2d_18[RESNET_BATCH][7][7][64]; };             /* fwd_relu_15 .. bwd_batch_norm_66 */
    struct { char at118[115681536];  float batch_norm_52[RESNET_SLICES][64]; };             /* fwd_relu_15 .. bwd_batch_norm_66 */
    struct { char at119[104366080];  float batch_norm_53[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at120[115702784];  float stages_3_2_bn1_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at121[115703040];  float stages_3_2_bn1_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at122[115705600];  float batch_norm_54[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at123[106119168];  float relu_16[RESNET_CHUNK][7][7][64]; };              /* fwd_relu_14 .. fwd_conv2d_16 */
    struct { char at124[104366080];  float conv2d_19[RESNET_BATCH][7][7][64]; };            /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at125[115682560];  float batch_norm_55[RESNET_SLICES][64]; };             /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at126[105971712];  float batch_norm_56[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at127[115703296];  float stages_3_2_bn2_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at128[115703552];  float stages_3_2_bn2_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at129[115705856];  float batch_norm_57[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at130[105971712];  float relu_17[RESNET_BATCH][7][7][64]; };              /* fwd_relu_17 .. bwd_batch_norm_66 */
    struct { char at131[107577344];  float conv2d_20[RESNET_BATCH][7][7][64]; };            /* fwd_relu_17 .. bwd_batch_norm_66 */
    struct { char at132[115683584];  float batch_norm_58[RESNET_SLICES][64]; };             /* fwd_relu_17 .. bwd_batch_norm_66 */
    struct { char at133[109182976];  float batch_norm_59[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at134[115703808];  float stages_3_3_bn1_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at135[115704064];  float stages_3_3_bn1_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at136[115706112];  float batch_norm_60[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at137[110936064];  float relu_18[RESNET_CHUNK][7][7][64]; };              /* fwd_relu_14 .. fwd_conv2d_16 */
    struct { char at138[109182976];  float conv2d_21[RESNET_BATCH][7][7][64]; };            /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at139[115684608];  float batch_norm_61[RESNET_SLICES][64]; };             /* fwd_relu_14 .. bwd_batch_norm_66 */
    struct { char at140[110788608];  float batch_norm_62[RESNET_SLICES][64]; };             /* fwd_batch_norm_44 .. fwd_batch_norm_45 */
    struct { char at141[115704320];  float stages_3_3_bn2_running_mean_next[64]; };         /* fwd_stages_3_1_bn1_running_mean_next .. update_stem_bn_weight */
    struct { char at142[115704576];  float stages_3_3_bn2_running_var_next[64]; };          /* fwd_stages_3_1_bn1_running_var_next .. update_stem_bn_weight */
    struct { char at143[115706368];  float batch_norm_63[64]; };                            /* fwd_batch_norm_45 .. bwd_batch_norm_66 */
    struct { char at144[110798848];  float global_avg_pool[RESNET_CHUNK][64]; };            /* fwd_global_avg_pool .. bwd_logits_linear_weight */
    struct { char at145[110799552];  float logits[RESNET_CHUNK][10]; };                     /* fwd_logits .. fwd_loss */
    struct { char at146[110799680];  float loss_exp[RESNET_CHUNK][10]; };                   /* fwd_loss .. bwd_logits_linear_weight */
    struct { char at147[110799808];  float loss_sum[RESNET_CHUNK]; };                       /* fwd_loss .. bwd_logits */
    struct { char at148[115710656];  float loss[RESNET_SLICES][1]; };                       /* fwd_global_avg_pool .. update_stem_bn_weight */
    struct { char at149[110799680];  float d_logits[RESNET_CHUNK][10]; };                   /* bwd_logits .. bwd_logits_linear_weight */
    struct { char at150[110799360];  float d_logits_linear_bias[RESNET_SLICES][10]; };      /* fwd_global_avg_pool .. update_logits_linear_bias */
    struct { char at151[115474432];  float d_global_avg_pool[RESNET_BATCH][64]; };          /* fwd_global_avg_pool .. bwd_batch_norm_66 */
    struct { char at152[110788608];  float d_logits_linear_weight[RESNET_SLICES][10][64]; }; /* fwd_global_avg_pool .. update_logits_linear_weight */
    struct { char at153[115685632];  float d_stages_3_3_bn2_bias[RESNET_SLICES][64]; };     /* fwd_global_avg_pool .. update_stages_3_3_bn2_bias */
    struct { char at154[115686656];  float d_stages_3_3_bn2_weight[RESNET_SLICES][64]; };   /* fwd_global_avg_pool .. update_stages_3_3_bn2_weight */
    struct { char at155[111599360];  float d_batch_norm_63[RESNET_SLICES][64]; };           /* fwd_global_avg_pool .. bwd_batch_norm_66 */
    struct { char at156[111600384];  float batch_norm_64[RESNET_SLICES][64]; };             /* fwd_global_avg_pool .. bwd_batch_norm_66 */
    struct { char at157[111601408];  float batch_norm_65[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at158[111525888];  float d_conv2d_21[RESNET_CHUNK][7][7][64]; };          /* bwd_conv2d_21 .. bwd_stages_3_3_conv2_weight */
    struct { char at159[111550976];  float relu_18_again[RESNET_CHUNK][7][7][64]; };        /* bwd_where .. bwd_stages_3_3_conv2_weight */
    struct { char at160[111378432];  float d_stages_3_3_conv2_weight[64][64][3][3]; };      /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_3_conv2_weight */
    struct { char at161[112394240];  float d_where[RESNET_BATCH][7][7][64]; };              /* bwd_conv2d_21 .. bwd_batch_norm_66 */
    struct { char at162[111602432];  float d_stages_3_3_bn1_bias[RESNET_SLICES][64]; };     /* bwd_conv2d_21 .. update_stages_3_3_bn1_bias */
    struct { char at163[115687680];  float d_stages_3_3_bn1_weight[RESNET_SLICES][64]; };   /* bwd_conv2d_21 .. update_stages_3_3_bn1_weight */
    struct { char at164[115689728];  float d_batch_norm_60[RESNET_SLICES][64]; };           /* bwd_conv2d_21 .. bwd_batch_norm_66 */
    struct { char at165[115690752];  float batch_norm_66[RESNET_SLICES][64]; };             /* bwd_conv2d_21 .. bwd_batch_norm_66 */
    struct { char at166[115693824];  float batch_norm_67[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at167[115507200];  float d_conv2d_20[RESNET_CHUNK][7][7][64]; };          /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at168[105971712];  float d_stages_3_3_conv1_weight[64][64][3][3]; };      /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_3_conv1_weight */
    struct { char at169[110788608];  float d_relu_17[RESNET_BATCH][7][7][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at170[115694848];  float d_stages_3_2_bn2_bias[RESNET_SLICES][64]; };     /* bwd_conv2d_20 .. update_stages_3_2_bn2_bias */
    struct { char at171[115688704];  float d_stages_3_2_bn2_weight[RESNET_SLICES][64]; };   /* bwd_conv2d_20 .. update_stages_3_2_bn2_weight */
    struct { char at172[115691776];  float d_batch_norm_57[RESNET_SLICES][64]; };           /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at173[115692800];  float batch_norm_68[RESNET_SLICES][64]; };             /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at174[108243712];  float batch_norm_69[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at175[108167168];  float d_conv2d_19[RESNET_CHUNK][7][7][64]; };          /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at176[108192256];  float relu_16_again[RESNET_CHUNK][7][7][64]; };        /* bwd_where .. bwd_stages_3_3_conv2_weight */
    struct { char at177[104366080];  float d_stages_3_2_conv2_weight[64][64][3][3]; };      /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_2_conv2_weight */
    struct { char at178[105971712];  float d_where_2[RESNET_BATCH][7][7][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at179[108244736];  float d_stages_3_2_bn1_bias[RESNET_SLICES][64]; };     /* bwd_conv2d_20 .. update_stages_3_2_bn1_bias */
    struct { char at180[108240640];  float d_stages_3_2_bn1_weight[RESNET_SLICES][64]; };   /* bwd_conv2d_20 .. update_stages_3_2_bn1_weight */
    struct { char at181[108241664];  float d_batch_norm_54[RESNET_SLICES][64]; };           /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at182[108242688];  float batch_norm_70[RESNET_SLICES][64]; };             /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at183[108218624];  float batch_norm_71[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at184[108167168];  float d_conv2d_18[RESNET_CHUNK][7][7][64]; };          /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at185[96337920];  float d_stages_3_2_conv1_weight[64][64][3][3]; };       /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_2_conv1_weight */
    struct { char at186[104366080];  float d_relu_15[RESNET_BATCH][7][7][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_66 */
    struct { char at187[108219648];  float d_stages_3_1_bn2_bias[RESNET_SLICES][64]; };     /* bwd_conv2d_20 .. update_stages_3_1_bn_skip_bias */
    struct { char at188[108215552];  float d_stages_3_1_bn_skip_weight[RESNET_SLICES][64]; }; /* bwd_conv2d_20 .. update_stages_3_1_bn_skip_weight */
    struct { char at189[108216576];  float d_batch_norm_51[RESNET_SLICES][64]; };           /* bwd_conv2d_20 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at190[108217600];  float batch_norm_72[RESNET_SLICES][64]; };             /* bwd_conv2d_20 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at191[106080704];  float batch_norm_73[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at192[106055616];  float d_conv2d_17[RESNET_CHUNK][7][7][64]; };          /* bwd_batch_norm_74 .. bwd_stages_3_1_conv_skip_weight */
    struct { char at193[96337920];  float conv2d_22[RESNET_BATCH][14][14][32]; };           /* bwd_batch_norm_74 .. bwd_batch_norm_78 */
    struct { char at194[99549184];  float d_stages_3_1_conv_skip_weight[64][32]; };         /* unpack_d_stages_3_1_conv_skip_weight .. update_stages_3_1_conv_skip_weight */
    struct { char at195[107577344];  float d_stages_3_1_bn2_weight[RESNET_SLICES][64]; };   /* bwd_batch_norm_74 .. update_stages_3_1_bn2_weight */
    struct { char at196[107579392];  float d_batch_norm_48[RESNET_SLICES][64]; };           /* bwd_batch_norm_74 .. bwd_batch_norm_66 */
    struct { char at197[107580416];  float batch_norm_74[RESNET_SLICES][64]; };             /* bwd_batch_norm_74 .. bwd_batch_norm_66 */
    struct { char at198[100212480];  float batch_norm_75[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_66 */
    struct { char at199[100139008];  float d_conv2d_16[RESNET_CHUNK][7][7][64]; };          /* bwd_conv2d_20 .. bwd_stages_3_3_conv2_weight */
    struct { char at200[100164096];  float relu_14_again[RESNET_CHUNK][7][7][64]; };        /* bwd_where .. bwd_stages_3_3_conv2_weight */
    struct { char at201[100139008];  float d_stages_3_1_conv2_weight[64][64][3][3]; };      /* unpack_d_stages_3_3_conv2_weight .. update_stages_3_1_conv2_weight */
    struct { char at202[105971712];  float d_where_3[RESNET_BATCH][7][7][64]; };            /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at203[100286464];  float d_stages_3_1_bn1_bias[RESNET_SLICES][64]; };     /* bwd_conv2d_20 .. update_stages_3_1_bn1_bias */
    struct { char at204[107578368];  float d_stages_3_1_bn1_weight[RESNET_SLICES][64]; };   /* bwd_conv2d_20 .. update_stages_3_1_bn1_weight */
    struct { char at205[107581440];  float d_batch_norm_45[RESNET_SLICES][64]; };           /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at206[107582464];  float batch_norm_76[RESNET_SLICES][64]; };             /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at207[104753600];  float batch_norm_77[RESNET_SLICES][64]; };             /* bwd_batch_norm_65 .. bwd_batch_norm_78 */
    struct { char at208[104728512];  float d_conv2d_15[RESNET_CHUNK][7][7][64]; };          /* bwd_conv2d_20 .. bwd_stages_3_1_conv1_weight */
    struct { char at209[93126656];  float d_stages_3_1_conv1_weight[64][32][3][3]; };       /* unpack_d_stages_3_1_conv1_weight .. update_stages_3_1_conv1_weight */
    struct { char at210[99549184];  float d_relu_13[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at211[104756160];  float d_stages_2_3_bn2_bias[RESNET_SLICES][32]; };     /* bwd_conv2d_20 .. update_stages_2_3_bn2_bias */
    struct { char at212[104754624];  float d_stages_2_3_bn2_weight[RESNET_SLICES][32]; };   /* bwd_conv2d_20 .. update_stages_2_3_bn2_weight */
    struct { char at213[104755136];  float d_batch_norm_42[RESNET_SLICES][32]; };           /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at214[104755648];  float batch_norm_78[RESNET_SLICES][32]; };             /* bwd_conv2d_20 .. bwd_batch_norm_78 */
    struct { char at215[96622016];  float batch_norm_79[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at216[96485376];  float d_conv2d_14[RESNET_CHUNK][14][14][32]; };         /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at217[96535552];  float relu_12_again[RESNET_CHUNK][14][14][32]; };       /* bwd_where_4 .. bwd_stages_2_3_conv2_weight */
    struct { char at218[89915392];  float d_stages_2_3_conv2_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_3_conv2_weight */
    struct { char at219[93126656];  float d_where_4[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at220[96622528];  float d_stages_2_3_bn1_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_3_bn1_bias */
    struct { char at221[96620480];  float d_stages_2_3_bn1_weight[RESNET_SLICES][32]; };    /* bwd_conv2d_14 .. update_stages_2_3_bn1_weight */
    struct { char at222[96620992];  float d_batch_norm_39[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at223[96621504];  float batch_norm_80[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at224[96571840];  float batch_norm_81[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at225[96485376];  float d_conv2d_13[RESNET_CHUNK][14][14][32]; };         /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at226[83492864];  float d_stages_2_3_conv1_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_3_conv1_weight */
    struct { char at227[89915392];  float d_relu_11[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at228[96572352];  float d_stages_2_2_bn2_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_2_bn2_bias */
    struct { char at229[96570304];  float d_stages_2_2_bn2_weight[RESNET_SLICES][32]; };    /* bwd_conv2d_14 .. update_stages_2_2_bn2_weight */
    struct { char at230[96570816];  float d_batch_norm_36[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at231[96571328];  float batch_norm_82[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at232[86988224];  float batch_norm_83[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at233[86851584];  float d_conv2d_12[RESNET_CHUNK][14][14][32]; };         /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at234[86901760];  float relu_10_again[RESNET_CHUNK][14][14][32]; };       /* bwd_where_4 .. bwd_stages_2_3_conv2_weight */
    struct { char at235[80281600];  float d_stages_2_2_conv2_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_2_conv2_weight */
    struct { char at236[83492864];  float d_where_5[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at237[86988736];  float d_stages_2_2_bn1_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_2_bn1_bias */
    struct { char at238[86986688];  float d_stages_2_2_bn1_weight[RESNET_SLICES][32]; };    /* bwd_conv2d_14 .. update_stages_2_2_bn1_weight */
    struct { char at239[86987200];  float d_batch_norm_33[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at240[86987712];  float batch_norm_84[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at241[86938048];  float batch_norm_85[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at242[86851584];  float d_conv2d_11[RESNET_CHUNK][14][14][32]; };         /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at243[64225280];  float d_stages_2_2_conv1_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_2_conv1_weight */
    struct { char at244[80281600];  float d_relu_9[RESNET_BATCH][14][14][32]; };            /* bwd_conv2d_14 .. bwd_batch_norm_78 */
    struct { char at245[86938560];  float d_stages_2_1_bn2_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_1_bn_skip_bias */
    struct { char at246[86936512];  float d_stages_2_1_bn_skip_weight[RESNET_SLICES][32]; }; /* bwd_conv2d_14 .. update_stages_2_1_bn_skip_weight */
    struct { char at247[86937024];  float d_batch_norm_30[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at248[86937536];  float batch_norm_86[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at249[83654784];  float batch_norm_87[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at250[83596416];  float d_conv2d_10[RESNET_CHUNK][14][14][32]; };         /* bwd_batch_norm_88 .. bwd_stages_2_1_conv_skip_weight */
    struct { char at251[64225280];  float conv2d_23[RESNET_BATCH][28][28][16]; };           /* bwd_batch_norm_88 .. bwd_batch_norm_92 */
    struct { char at252[70647808];  float d_stages_2_1_conv_skip_weight[32][16]; };         /* unpack_d_stages_2_1_conv_skip_weight .. update_stages_2_1_conv_skip_weight */
    struct { char at253[86704128];  float d_stages_2_1_bn2_weight[RESNET_SLICES][32]; };    /* bwd_batch_norm_88 .. update_stages_2_1_bn2_weight */
    struct { char at254[86705152];  float d_batch_norm_27[RESNET_SLICES][32]; };            /* bwd_batch_norm_88 .. bwd_batch_norm_78 */
    struct { char at255[86705664];  float batch_norm_88[RESNET_SLICES][32]; };              /* bwd_batch_norm_88 .. bwd_batch_norm_78 */
    struct { char at256[70930368];  float batch_norm_89[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_batch_norm_78 */
    struct { char at257[70795264];  float d_conv2d_9[RESNET_CHUNK][14][14][32]; };          /* bwd_conv2d_14 .. bwd_stages_2_3_conv2_weight */
    struct { char at258[70845440];  float relu_8_again[RESNET_CHUNK][14][14][32]; };        /* bwd_where_4 .. bwd_stages_2_3_conv2_weight */
    struct { char at259[70795264];  float d_stages_2_1_conv2_weight[32][32][3][3]; };       /* unpack_d_stages_2_3_conv2_weight .. update_stages_2_1_conv2_weight */
    struct { char at260[83492864];  float d_where_6[RESNET_BATCH][14][14][32]; };           /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at261[70930880];  float d_stages_2_1_bn1_bias[RESNET_SLICES][32]; };      /* bwd_conv2d_14 .. update_stages_2_1_bn1_bias */
    struct { char at262[86704640];  float d_stages_2_1_bn1_weight[RESNET_SLICES][32]; };    /* bwd_conv2d_14 .. update_stages_2_1_bn1_weight */
    struct { char at263[86706176];  float d_batch_norm_24[RESNET_SLICES][32]; };            /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at264[86706688];  float batch_norm_90[RESNET_SLICES][32]; };              /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at265[80524416];  float batch_norm_91[RESNET_SLICES][32]; };              /* bwd_batch_norm_79 .. bwd_batch_norm_92 */
    struct { char at266[80474240];  float d_conv2d_8[RESNET_CHUNK][14][14][32]; };          /* bwd_conv2d_14 .. bwd_stages_2_1_conv1_weight */
    struct { char at267[57802752];  float d_stages_2_1_conv1_weight[32][16][3][3]; };       /* unpack_d_stages_2_1_conv1_weight .. update_stages_2_1_conv1_weight */
    struct { char at268[70647808];  float d_relu_7[RESNET_BATCH][28][28][16]; };            /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at269[80525696];  float d_stages_1_3_bn2_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_14 .. update_stages_1_3_bn2_bias */
    struct { char at270[80524928];  float d_stages_1_3_bn2_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_14 .. update_stages_1_3_bn2_weight */
    struct { char at271[80525184];  float d_batch_norm_21[RESNET_SLICES][16]; };            /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at272[80525440];  float batch_norm_92[RESNET_SLICES][16]; };              /* bwd_conv2d_14 .. bwd_batch_norm_92 */
    struct { char at273[64524928];  float batch_norm_93[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at274[64225280];  float d_conv2d_7[RESNET_CHUNK][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at275[64325632];  float relu_6_again[RESNET_CHUNK][28][28][16]; };        /* bwd_where_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at276[51380224];  float d_stages_1_3_conv2_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_3_conv2_weight */
    struct { char at277[57802752];  float d_where_7[RESNET_BATCH][28][28][16]; };           /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at278[64525184];  float d_stages_1_3_bn1_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_3_bn1_bias */
    struct { char at279[64524160];  float d_stages_1_3_bn1_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_3_bn1_weight */
    struct { char at280[64524416];  float d_batch_norm_18[RESNET_SLICES][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at281[64524672];  float batch_norm_94[RESNET_SLICES][16]; };              /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at282[64424576];  float batch_norm_95[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at283[64225280];  float d_conv2d_6[RESNET_CHUNK][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at284[38535168];  float d_stages_1_3_conv1_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_3_conv1_weight */
    struct { char at285[51380224];  float d_relu_5[RESNET_BATCH][28][28][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at286[64424832];  float d_stages_1_2_bn2_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_2_bn2_bias */
    struct { char at287[64423808];  float d_stages_1_2_bn2_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_2_bn2_weight */
    struct { char at288[64424064];  float d_batch_norm_15[RESNET_SLICES][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at289[64424320];  float batch_norm_96[RESNET_SLICES][16]; };              /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at290[45257344];  float batch_norm_97[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at291[44957696];  float d_conv2d_5[RESNET_CHUNK][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at292[45058048];  float relu_4_again[RESNET_CHUNK][28][28][16]; };        /* bwd_where_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at293[32112640];  float d_stages_1_2_conv2_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_2_conv2_weight */
    struct { char at294[38535168];  float d_where_8[RESNET_BATCH][28][28][16]; };           /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at295[45257600];  float d_stages_1_2_bn1_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_2_bn1_bias */
    struct { char at296[45256576];  float d_stages_1_2_bn1_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_2_bn1_weight */
    struct { char at297[45256832];  float d_batch_norm_12[RESNET_SLICES][16]; };            /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at298[45257088];  float batch_norm_98[RESNET_SLICES][16]; };              /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at299[45156992];  float batch_norm_99[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at300[44957696];  float d_conv2d_4[RESNET_CHUNK][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at301[19267584];  float d_stages_1_2_conv1_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_2_conv1_weight */
    struct { char at302[32112640];  float d_add_add[RESNET_BATCH][28][28][16]; };           /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at303[45157248];  float d_stages_1_1_bn2_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_1_bn2_bias */
    struct { char at304[45156224];  float d_stages_1_1_bn2_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_1_bn2_weight */
    struct { char at305[45156480];  float d_batch_norm_9[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at306[45156736];  float batch_norm_100[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at307[25989760];  float batch_norm_101[RESNET_SLICES][16]; };             /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at308[25690112];  float d_conv2d_3[RESNET_CHUNK][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at309[25790464];  float relu_2_again[RESNET_CHUNK][28][28][16]; };        /* bwd_where_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at310[12845056];  float d_stages_1_1_conv2_weight[16][16][3][3]; };       /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_1_conv2_weight */
    struct { char at311[19267584];  float d_where_9[RESNET_BATCH][28][28][16]; };           /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at312[25990016];  float d_stages_1_1_bn1_bias[RESNET_SLICES][16]; };      /* bwd_conv2d_7 .. update_stages_1_1_bn1_bias */
    struct { char at313[25988992];  float d_stages_1_1_bn1_weight[RESNET_SLICES][16]; };    /* bwd_conv2d_7 .. update_stages_1_1_bn1_weight */
    struct { char at314[25989248];  float d_batch_norm_6[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at315[25989504];  float batch_norm_102[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_batch_norm_92 */
    struct { char at316[25990528];  float batch_norm_103[RESNET_SLICES][16]; };             /* bwd_batch_norm_93 .. bwd_batch_norm_92 */
    struct { char at317[25690112];  float d_conv2d_2[RESNET_CHUNK][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stages_1_3_conv2_weight */
    struct { char at318[25790464];  float relu_again[RESNET_CHUNK][28][28][16]; };          /* bwd_where_10 .. bwd_stages_1_3_conv2_weight */
    struct { char at319[6422528];  float d_stages_1_1_conv1_weight[16][16][3][3]; };        /* unpack_d_stages_1_3_conv2_weight .. update_stages_1_1_conv1_weight */
    struct { char at320[12845056];  float d_where_10[RESNET_BATCH][28][28][16]; };          /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct { char at321[25990784];  float d_stem_bn_bias[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. update_stem_bn_bias */
    struct { char at322[25989760];  float d_stem_bn_weight[RESNET_SLICES][16]; };           /* bwd_conv2d_7 .. update_stem_bn_weight */
    struct { char at323[25990016];  float d_batch_norm_3[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct { char at324[25990272];  float batch_norm_104[RESNET_SLICES][16]; };             /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct { char at325[6585984];  float batch_norm_105[RESNET_SLICES][16]; };              /* bwd_batch_norm_93 .. bwd_stem_conv_weight */
    struct { char at326[6422528];  float d_conv2d[RESNET_CHUNK][28][28][16]; };             /* bwd_conv2d_7 .. bwd_stem_conv_weight */
    struct {                    float d_stem_conv_weight[16][3][3]; };                      /* unpack_d_stem_conv_weight .. update_stem_conv_weight */
    struct { char at328[6483328];  float stem_conv_weight_packed[288]; };                   /* pack_stem_conv_weight .. fwd_batch_norm */
    struct { char at329[6422528];  float fwd_conv2d_scratch[15193]; };                      /* fwd_conv2d .. fwd_conv2d */
    struct { char at330[13006720];  float stages_1_1_conv1_weight_packed[4608]; };          /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at331[12945408];  float fwd_conv2d_2_scratch[15328]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at332[19429248];  float stages_1_1_conv2_weight_packed[4608]; };          /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at333[19367936];  float fwd_conv2d_3_scratch[15328]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at334[32173952];  float stages_1_2_conv1_weight_packed[4608]; };          /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at335[32112640];  float fwd_conv2d_4_scratch[15328]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at336[38696832];  float stages_1_2_conv2_weight_packed[4608]; };          /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at337[38635520];  float fwd_conv2d_5_scratch[15328]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at338[51441536];  float stages_1_3_conv1_weight_packed[4608]; };          /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at339[51380224];  float fwd_conv2d_6_scratch[15328]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at340[57964416];  float stages_1_3_conv2_weight_packed[4608]; };          /* pack_stages_1_1_conv1_weight .. fwd_batch_norm */
    struct { char at341[57903104];  float fwd_conv2d_7_scratch[15328]; };                   /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at342[64381056];  float stages_2_1_conv1_weight_packed[4608]; };          /* pack_stages_2_1_conv1_weight .. fwd_batch_norm_22 */
    struct { char at343[64225280];  float fwd_conv2d_8_scratch[29728]; };                   /* fwd_conv2d_8 .. fwd_conv2d_8 */
    struct { char at344[64344192];  float stages_2_1_conv2_weight_packed[9216]; };          /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at345[64275456];  float fwd_conv2d_9_scratch[8676]; };                    /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at346[64399488];  float stages_2_1_conv_skip_weight_packed[512]; };       /* pack_stages_2_1_conv_skip_weight .. fwd_batch_norm_22 */
    struct { char at347[64225280];  float fwd_conv2d_10_scratch[25888]; };                  /* fwd_conv2d_10 .. fwd_conv2d_10 */
    struct { char at348[80281600];  float stages_2_2_conv1_weight_packed[9216]; };          /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at349[80318464];  float fwd_conv2d_11_scratch[8676]; };                   /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at350[83543040];  float stages_2_2_conv2_weight_packed[9216]; };          /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at351[83579904];  float fwd_conv2d_12_scratch[8676]; };                   /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at352[89915392];  float stages_2_3_conv1_weight_packed[9216]; };          /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at353[89952256];  float fwd_conv2d_13_scratch[8676]; };                   /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at354[93176832];  float stages_2_3_conv2_weight_packed[9216]; };          /* pack_stages_2_1_conv2_weight .. fwd_batch_norm_22 */
    struct { char at355[93213696];  float fwd_conv2d_14_scratch[8676]; };                   /* fwd_conv2d_9 .. fwd_conv2d_9 */
    struct { char at356[96485376];  float stages_3_1_conv1_weight_packed[18432]; };         /* pack_stages_3_1_conv1_weight .. fwd_batch_norm_43 */
    struct { char at357[96559104];  float fwd_conv2d_15_scratch[16868]; };                  /* fwd_conv2d_15 .. fwd_conv2d_15 */
    struct { char at358[96337920];  float stages_3_1_conv2_weight_packed[36864]; };         /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at359[96510464];  float fwd_conv2d_16_scratch[5809]; };                   /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at360[96626624];  float stages_3_1_conv_skip_weight_packed[2048]; };      /* pack_stages_3_1_conv_skip_weight .. fwd_batch_norm_43 */
    struct { char at361[96559104];  float fwd_conv2d_17_scratch[12772]; };                  /* fwd_conv2d_17 .. fwd_conv2d_17 */
    struct { char at362[104366080];  float stages_3_2_conv1_weight_packed[36864]; };        /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at363[104513536];  float fwd_conv2d_18_scratch[5809]; };                  /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at364[105971712];  float stages_3_2_conv2_weight_packed[36864]; };        /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at365[106144256];  float fwd_conv2d_19_scratch[5809]; };                  /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at366[109182976];  float stages_3_3_conv1_weight_packed[36864]; };        /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at367[109330432];  float fwd_conv2d_20_scratch[5809]; };                  /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at368[110788608];  float stages_3_3_conv2_weight_packed[36864]; };        /* pack_stages_3_1_conv2_weight .. fwd_batch_norm_43 */
    struct { char at369[110961152];  float fwd_conv2d_21_scratch[5809]; };                  /* fwd_conv2d_16 .. fwd_conv2d_16 */
    struct { char at370[110984448];  float logits_linear_weight_packed[2048]; };            /* pack_logits_linear_weight .. bwd_batch_norm_64 */
    struct { char at371[110992640];  float logits_linear_weight_back_packed[640]; };        /* pack_logits_linear_weight_back .. bwd_batch_norm_64 */
    struct { char at372[111378432];  float stages_3_3_conv2_weight_back_packed[36864]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at373[111576064];  float bwd_where_scratch[5809]; };                      /* bwd_where .. bwd_where */
    struct { char at374[111576064];  float bwd_stages_3_3_conv2_weight_scratch[5809]; };    /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at375[110788608];  float d_stages_3_3_conv2_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_21 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at376[115032064];  float stages_3_3_conv1_weight_back_packed[36864]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at377[115532288];  float bwd_relu_17_scratch[5809]; };                    /* bwd_relu_17 .. bwd_relu_17 */
    struct { char at378[115532288];  float bwd_stages_3_3_conv1_weight_scratch[5809]; };    /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at379[113999872];  float d_stages_3_3_conv1_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at380[114884608];  float stages_3_2_conv2_weight_back_packed[36864]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at381[108217344];  float bwd_where_2_scratch[5809]; };                    /* bwd_where .. bwd_where */
    struct { char at382[108217344];  float bwd_stages_3_2_conv2_weight_scratch[5809]; };    /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at383[107577344];  float d_stages_3_2_conv2_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at384[114737152];  float stages_3_2_conv1_weight_back_packed[36864]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at385[108192256];  float bwd_relu_15_scratch[5809]; };                    /* bwd_relu_15 .. bwd_relu_15 */
    struct { char at386[108192256];  float bwd_stages_3_2_conv1_weight_scratch[5809]; };    /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at387[107577344];  float d_stages_3_2_conv1_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at388[115666176];  float stages_3_1_conv_skip_weight_back_packed[2048]; }; /* pack_stages_3_1_conv_skip_weight_back .. bwd_stages_3_1_conv_skip_weight */
    struct { char at389[105971712];  float bwd_conv2d_22_scratch[12772]; };                 /* bwd_conv2d_22 .. bwd_conv2d_22 */
    struct { char at390[105971712];  float bwd_stages_3_1_conv_skip_weight_scratch[12772]; }; /* bwd_stages_3_1_conv_skip_weight .. bwd_stages_3_1_conv_skip_weight */
    struct { char at391[106022848];  float d_stages_3_1_conv_skip_weight_sum[RESNET_SLICES][2048]; }; /* bwd_batch_norm_74 .. unpack_d_stages_3_1_conv_skip_weight */
    struct { char at392[114589696];  float stages_3_1_conv2_weight_back_packed[36864]; };   /* pack_stages_3_3_conv2_weight_back .. bwd_batch_norm_66 */
    struct { char at393[100189184];  float bwd_where_3_scratch[5809]; };                    /* bwd_where .. bwd_where */
    struct { char at394[100189184];  float bwd_stages_3_1_conv2_weight_scratch[5809]; };    /* bwd_stages_3_3_conv2_weight .. bwd_stages_3_3_conv2_weight */
    struct { char at395[99549184];  float d_stages_3_1_conv2_weight_sum[RESNET_SLICES][36864]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_3_conv2_weight */
    struct { char at396[115179520];  float stages_3_1_conv1_weight_back_packed[18432]; };   /* pack_stages_3_1_conv1_weight_back .. bwd_batch_norm_78 */
    struct { char at397[104660992];  float bwd_relu_13_scratch[16868]; };                   /* bwd_relu_13 .. bwd_relu_13 */
    struct { char at398[104660992];  float bwd_stages_3_1_conv1_weight_scratch[16868]; };   /* bwd_stages_3_1_conv1_weight .. bwd_stages_3_1_conv1_weight */
    struct { char at399[104366080];  float d_stages_3_1_conv1_weight_sum[RESNET_SLICES][18432]; }; /* bwd_conv2d_20 .. unpack_d_stages_3_1_conv1_weight */
    struct { char at400[115437568];  float stages_2_3_conv2_weight_back_packed[9216]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at401[96585728];  float bwd_where_4_scratch[8676]; };                     /* bwd_where_4 .. bwd_where_4 */
    struct { char at402[96585728];  float bwd_stages_2_3_conv2_weight_scratch[8676]; };     /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at403[96337920];  float d_stages_2_3_conv2_weight_sum[RESNET_SLICES][9216]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at404[115400704];  float stages_2_3_conv1_weight_back_packed[9216]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at405[96535552];  float bwd_relu_11_scratch[8676]; };                     /* bwd_relu_11 .. bwd_relu_11 */
    struct { char at406[96535552];  float bwd_stages_2_3_conv1_weight_scratch[8676]; };     /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at407[96337920];  float d_stages_2_3_conv1_weight_sum[RESNET_SLICES][9216]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at408[115363840];  float stages_2_2_conv2_weight_back_packed[9216]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at409[86951936];  float bwd_where_5_scratch[8676]; };                     /* bwd_where_4 .. bwd_where_4 */
    struct { char at410[86951936];  float bwd_stages_2_2_conv2_weight_scratch[8676]; };     /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at411[86704128];  float d_stages_2_2_conv2_weight_sum[RESNET_SLICES][9216]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at412[115326976];  float stages_2_2_conv1_weight_back_packed[9216]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at413[86901760];  float bwd_relu_9_scratch[8676]; };                      /* bwd_relu_11 .. bwd_relu_11 */
    struct { char at414[86901760];  float bwd_stages_2_2_conv1_weight_scratch[8676]; };     /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at415[86704128];  float d_stages_2_2_conv1_weight_sum[RESNET_SLICES][9216]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at416[115674368];  float stages_2_1_conv_skip_weight_back_packed[1024]; }; /* pack_stages_2_1_conv_skip_weight_back .. bwd_stages_2_1_conv_skip_weight */
    struct { char at417[83492864];  float bwd_conv2d_23_scratch[25888]; };                  /* bwd_conv2d_23 .. bwd_conv2d_23 */
    struct { char at418[83492864];  float bwd_stages_2_1_conv_skip_weight_scratch[25888]; }; /* bwd_stages_2_1_conv_skip_weight .. bwd_stages_2_1_conv_skip_weight */
    struct { char at419[83646592];  float d_stages_2_1_conv_skip_weight_sum[RESNET_SLICES][512]; }; /* bwd_batch_norm_88 .. unpack_d_stages_2_1_conv_skip_weight */
    struct { char at420[115290112];  float stages_2_1_conv2_weight_back_packed[9216]; };    /* pack_stages_2_3_conv2_weight_back .. bwd_batch_norm_78 */
    struct { char at421[70895616];  float bwd_where_6_scratch[8676]; };                     /* bwd_where_4 .. bwd_where_4 */
    struct { char at422[70895616];  float bwd_stages_2_1_conv2_weight_scratch[8676]; };     /* bwd_stages_2_3_conv2_weight .. bwd_stages_2_3_conv2_weight */
    struct { char at423[70647808];  float d_stages_2_1_conv2_weight_sum[RESNET_SLICES][9216]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_3_conv2_weight */
    struct { char at424[115253248];  float stages_2_1_conv1_weight_back_packed[9216]; };    /* pack_stages_2_1_conv1_weight_back .. bwd_batch_norm_92 */
    struct { char at425[80281600];  float bwd_relu_7_scratch[29728]; };                     /* bwd_relu_7 .. bwd_relu_7 */
    struct { char at426[80281600];  float bwd_stages_2_1_conv1_weight_scratch[29728]; };    /* bwd_stages_2_1_conv1_weight .. bwd_stages_2_1_conv1_weight */
    struct { char at427[80400512];  float d_stages_2_1_conv1_weight_sum[RESNET_SLICES][4608]; }; /* bwd_conv2d_14 .. unpack_d_stages_2_1_conv1_weight */
    struct { char at428[115647744];  float stages_1_3_conv2_weight_back_packed[4608]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at429[64425984];  float bwd_where_7_scratch[15328]; };                    /* bwd_where_7 .. bwd_where_7 */
    struct { char at430[64425984];  float bwd_stages_1_3_conv2_weight_scratch[15328]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at431[64487296];  float d_stages_1_3_conv2_weight_sum[RESNET_SLICES][2304]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at432[115629312];  float stages_1_3_conv1_weight_back_packed[4608]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at433[64325632];  float bwd_relu_5_scratch[15328]; };                     /* bwd_relu_5 .. bwd_relu_5 */
    struct { char at434[64325632];  float bwd_stages_1_3_conv1_weight_scratch[15328]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at435[64386944];  float d_stages_1_3_conv1_weight_sum[RESNET_SLICES][2304]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at436[115610880];  float stages_1_2_conv2_weight_back_packed[4608]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at437[45158400];  float bwd_where_8_scratch[15328]; };                    /* bwd_where_7 .. bwd_where_7 */
    struct { char at438[45158400];  float bwd_stages_1_2_conv2_weight_scratch[15328]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at439[45219712];  float d_stages_1_2_conv2_weight_sum[RESNET_SLICES][2304]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at440[115592448];  float stages_1_2_conv1_weight_back_packed[4608]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at441[45058048];  float bwd_add_add_scratch[15328]; };                    /* bwd_relu_5 .. bwd_relu_5 */
    struct { char at442[45058048];  float bwd_stages_1_2_conv1_weight_scratch[15328]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at443[45119360];  float d_stages_1_2_conv1_weight_sum[RESNET_SLICES][2304]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at444[115574016];  float stages_1_1_conv2_weight_back_packed[4608]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at445[25890816];  float bwd_where_9_scratch[15328]; };                    /* bwd_where_7 .. bwd_where_7 */
    struct { char at446[25890816];  float bwd_stages_1_1_conv2_weight_scratch[15328]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at447[25952128];  float d_stages_1_1_conv2_weight_sum[RESNET_SLICES][2304]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at448[115555584];  float stages_1_1_conv1_weight_back_packed[4608]; };    /* pack_stages_1_3_conv2_weight_back .. bwd_batch_norm_92 */
    struct { char at449[25890816];  float bwd_where_10_scratch[15328]; };                   /* bwd_where_10 .. bwd_where_10 */
    struct { char at450[25890816];  float bwd_stages_1_1_conv1_weight_scratch[15328]; };    /* bwd_stages_1_3_conv2_weight .. bwd_stages_1_3_conv2_weight */
    struct { char at451[25952128];  float d_stages_1_1_conv1_weight_sum[RESNET_SLICES][2304]; }; /* bwd_conv2d_7 .. unpack_d_stages_1_3_conv2_weight */
    struct { char at452[6522880];  float bwd_stem_conv_weight_scratch[15193]; };            /* bwd_stem_conv_weight .. bwd_stem_conv_weight */
    struct { char at453[6583680];  float d_stem_conv_weight_sum[RESNET_SLICES][144]; };     /* bwd_conv2d_7 .. unpack_d_stem_conv_weight */
    char bytes[115710720];
} ResnetTrainWork;
_Static_assert(sizeof(ResnetTrainWork) == 115710720, "the workspace is not the one that was planned");

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
