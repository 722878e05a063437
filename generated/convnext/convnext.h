/* convnext.h - written by tailor 0.1.0 from convnext.lua.  Edit the graph, not this file.
 *
 *   graph       d77ba06feead4daccb5b952e8496f016385e015df991ea82eea53fddfb64e9bb
 *   parameters  413162 floats in 70 tensors
 *   train       33 kernels forward, 60 backward; workspace 12744832 bytes
 *   evaluate    33 kernels forward, 0 backward; workspace 2648384 bytes
 *
 * Call convnext_train once for each batch: it changes the parameters.  A workspace is an array of as many unions as there are threads,
 * aligned to 64 bytes; nothing is allocated.  The functions return false when the loss is not finite, before anything changed.
 */
#ifndef CONVNEXT_H
#define CONVNEXT_H

#include "rt.h"

/* A step works through the batch slice by slice; threads share the slices, each slice goes some images at a time. */
enum { CONVNEXT_BATCH = 128, CONVNEXT_SLICES = 4, CONVNEXT_SLICE = 32 };

/* Parameters: a plain array of floats, in order of creation and in the layout of files. */
typedef struct ConvnextParams {
    float stem_conv_weight[32][1][2][2];                /* convnext.lua:34 */
    float stem_conv_bias[32];                           /* convnext.lua:34 */
    float stem_norm_weight[32];                         /* convnext.lua:35 */
    float stem_norm_bias[32];                           /* convnext.lua:35 */
    float stages_1_0_dwconv_weight[32][1][7][7];        /* convnext.lua:20 */
    float stages_1_0_dwconv_bias[32];                   /* convnext.lua:20 */
    float stages_1_0_norm_weight[32];                   /* convnext.lua:21 */
    float stages_1_0_norm_bias[32];                     /* convnext.lua:21 */
    float stages_1_0_pwconv1_weight[128][32];           /* convnext.lua:21 */
    float stages_1_0_pwconv1_bias[128];                 /* convnext.lua:21 */
    float stages_1_0_pwconv2_weight[32][128];           /* convnext.lua:23 */
    float stages_1_0_pwconv2_bias[32];                  /* convnext.lua:23 */
    float stages_1_0_gamma_weight[32];                  /* convnext.lua:24 */
    float stages_1_1_dwconv_weight[32][1][7][7];        /* convnext.lua:20 */
    float stages_1_1_dwconv_bias[32];                   /* convnext.lua:20 */
    float stages_1_1_norm_weight[32];                   /* convnext.lua:21 */
    float stages_1_1_norm_bias[32];                     /* convnext.lua:21 */
    float stages_1_1_pwconv1_weight[128][32];           /* convnext.lua:21 */
    float stages_1_1_pwconv1_bias[128];                 /* convnext.lua:21 */
    float stages_1_1_pwconv2_weight[32][128];           /* convnext.lua:23 */
    float stages_1_1_pwconv2_bias[32];                  /* convnext.lua:23 */
    float stages_1_1_gamma_weight[32];                  /* convnext.lua:24 */
    float downsample_2_norm_weight[32];                 /* convnext.lua:33 */
    float downsample_2_norm_bias[32];                   /* convnext.lua:33 */
    float downsample_2_conv_weight[64][32][2][2];       /* convnext.lua:34 */
    float downsample_2_conv_bias[64];                   /* convnext.lua:34 */
    float stages_2_0_dwconv_weight[64][1][7][7];        /* convnext.lua:20 */
    float stages_2_0_dwconv_bias[64];                   /* convnext.lua:20 */
    float stages_2_0_norm_weight[64];                   /* convnext.lua:21 */
    float stages_2_0_norm_bias[64];                     /* convnext.lua:21 */
    float stages_2_0_pwconv1_weight[256][64];           /* convnext.lua:21 */
    float stages_2_0_pwconv1_bias[256];                 /* convnext.lua:21 */
    float stages_2_0_pwconv2_weight[64][256];           /* convnext.lua:23 */
    float stages_2_0_pwconv2_bias[64];                  /* convnext.lua:23 */
    float stages_2_0_gamma_weight[64];                  /* convnext.lua:24 */
    float stages_2_1_dwconv_weight[64][1][7][7];        /* convnext.lua:20 */
    float stages_2_1_dwconv_bias[64];                   /* convnext.lua:20 */
    float stages_2_1_norm_weight[64];                   /* convnext.lua:21 */
    float stages_2_1_norm_bias[64];                     /* convnext.lua:21 */
    float stages_2_1_pwconv1_weight[256][64];           /* convnext.lua:21 */
    float stages_2_1_pwconv1_bias[256];                 /* convnext.lua:21 */
    float stages_2_1_pwconv2_weight[64][256];           /* convnext.lua:23 */
    float stages_2_1_pwconv2_bias[64];                  /* convnext.lua:23 */
    float stages_2_1_gamma_weight[64];                  /* convnext.lua:24 */
    float downsample_3_norm_weight[64];                 /* convnext.lua:33 */
    float downsample_3_norm_bias[64];                   /* convnext.lua:33 */
    float downsample_3_conv_weight[128][64][2][2];      /* convnext.lua:34 */
    float downsample_3_conv_bias[128];                  /* convnext.lua:34 */
    float stages_3_0_dwconv_weight[128][1][7][7];       /* convnext.lua:20 */
    float stages_3_0_dwconv_bias[128];                  /* convnext.lua:20 */
    float stages_3_0_norm_weight[128];                  /* convnext.lua:21 */
    float stages_3_0_norm_bias[128];                    /* convnext.lua:21 */
    float stages_3_0_pwconv1_weight[512][128];          /* convnext.lua:21 */
    float stages_3_0_pwconv1_bias[512];                 /* convnext.lua:21 */
    float stages_3_0_pwconv2_weight[128][512];          /* convnext.lua:23 */
    float stages_3_0_pwconv2_bias[128];                 /* convnext.lua:23 */
    float stages_3_0_gamma_weight[128];                 /* convnext.lua:24 */
    float stages_3_1_dwconv_weight[128][1][7][7];       /* convnext.lua:20 */
    float stages_3_1_dwconv_bias[128];                  /* convnext.lua:20 */
    float stages_3_1_norm_weight[128];                  /* convnext.lua:21 */
    float stages_3_1_norm_bias[128];                    /* convnext.lua:21 */
    float stages_3_1_pwconv1_weight[512][128];          /* convnext.lua:21 */
    float stages_3_1_pwconv1_bias[512];                 /* convnext.lua:21 */
    float stages_3_1_pwconv2_weight[128][512];          /* convnext.lua:23 */
    float stages_3_1_pwconv2_bias[128];                 /* convnext.lua:23 */
    float stages_3_1_gamma_weight[128];                 /* convnext.lua:24 */
    float norm_weight[128];                             /* convnext.lua:43 */
    float norm_bias[128];                               /* convnext.lua:43 */
    float logits_linear_weight[10][128];                /* convnext.lua:43 */
    float logits_linear_bias[10];                       /* convnext.lua:43 */
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

/* What convnext_train leaves behind. */
typedef struct ConvnextTrainResult {
    float loss;
    float accuracy[CONVNEXT_BATCH];
} ConvnextTrainResult;

/* Workspace of convnext_train: 12744832 bytes for one thread, 260 buffers (the schedule needs at least 12744832).  Buffers that are never
 * live at once share bytes; the leading char array is where a buffer starts.  Behind each: the kernels it lives for. */
typedef union ConvnextTrainWork {
    struct { char at0[10850304];  float conv2d[2][14][14][32]; };                           /* fwd_conv2d .. bwd_stages_1_1_norm_weight */
    struct { char at1[12667904];  float layer_norm_sum[2][14][14]; };                       /* fwd_layer_norm .. bwd_stages_1_1_norm_weight */
    struct { char at2[12669504];  float layer_norm_rsqrt[2][14][14]; };                     /* fwd_layer_norm .. bwd_stages_1_1_norm_weight */
    struct { char at3[10933248];  float layer_norm[2][14][14][32]; };                       /* fwd_layer_norm .. bwd_stages_1_0_dwconv_weight */
    struct { char at4[11033600];  float conv2d_2[2][14][14][32]; };                         /* fwd_conv2d_2 .. bwd_stages_1_1_norm_weight */
    struct { char at5[12680320];  float layer_norm_sum_2[2][14][14]; };                     /* fwd_layer_norm .. bwd_stages_1_1_norm_weight */
    struct { char at6[12681920];  float layer_norm_rsqrt_2[2][14][14]; };                   /* fwd_layer_norm .. bwd_stages_1_1_norm_weight */
    struct { char at7[11083776];  float layer_norm_2[2][14][14][32]; };                     /* fwd_layer_norm .. bwd_stages_1_1_pwconv1_weight */
    struct { char at8[7995392];  float gelu_add[2][14][14][128]; };                         /* fwd_gelu .. bwd_gelu_add_2 */
    struct { char at9[8196096];  float gelu_erf[2][14][14][128]; };                         /* fwd_gelu .. bwd_gelu_add_2 */
    struct { char at10[8396800];  float gelu[2][14][14][128]; };                            /* fwd_gelu .. bwd_stages_1_1_pwconv2_weight */
    struct { char at11[10983424];  float add_add[2][14][14][32]; };                         /* fwd_add .. bwd_stages_1_0_gamma_weight */
    struct { char at12[11435008];  float add[2][14][14][32]; };                             /* fwd_add .. bwd_stages_1_1_dwconv_weight */
    struct { char at13[11485184];  float conv2d_3[2][14][14][32]; };                        /* fwd_conv2d_2 .. bwd_stages_1_1_norm_weight */
    struct { char at14[12692736];  float layer_norm_sum_3[2][14][14]; };                    /* fwd_layer_norm .. bwd_stages_1_1_norm_weight */
    struct { char at15[12694336];  float layer_norm_rsqrt_3[2][14][14]; };                  /* fwd_layer_norm .. bwd_stages_1_1_norm_weight */
    struct { char at16[11585536];  float layer_norm_3[2][14][14][32]; };                    /* fwd_layer_norm .. bwd_stages_1_1_pwconv1_weight */
    struct { char at17[8728576];  float gelu_add_2[2][14][14][128]; };                      /* fwd_gelu .. bwd_gelu_add_2 */
    struct { char at18[8929280];  float gelu_erf_2[2][14][14][128]; };                      /* fwd_gelu .. bwd_gelu_add_2 */
    struct { char at19[9129984];  float gelu_2[2][14][14][128]; };                          /* fwd_gelu .. bwd_stages_1_1_pwconv2_weight */
    struct { char at20[11535360];  float linear[2][14][14][32]; };                          /* fwd_linear .. bwd_stages_1_1_dwconv_weight */
    struct { char at21[12695936];  float layer_norm_sum_4[2][14][14]; };                    /* fwd_layer_norm_4 .. bwd_stages_1_1_dwconv_weight */
    struct { char at22[12697536];  float layer_norm_rsqrt_4[2][14][14]; };                  /* fwd_layer_norm_4 .. bwd_stages_1_1_dwconv_weight */
    struct { char at23[11693568];  float layer_norm_4[2][14][14][32]; };                    /* fwd_layer_norm_4 .. bwd_downsample_2_conv_weight */
    struct { char at24[12087296];  float conv2d_4[2][7][7][64]; };                          /* fwd_conv2d_4 .. bwd_stages_2_0_dwconv_weight */
    struct { char at25[12112384];  float conv2d_5[2][7][7][64]; };                          /* fwd_conv2d_5 .. bwd_stages_2_1_norm_weight */
    struct { char at26[12731904];  float layer_norm_sum_5[2][7][7]; };                      /* fwd_layer_norm_5 .. bwd_stages_2_1_norm_weight */
    struct { char at27[12732352];  float layer_norm_rsqrt_5[2][7][7]; };                    /* fwd_layer_norm_5 .. bwd_stages_2_1_norm_weight */
    struct { char at28[12150016];  float layer_norm_5[2][7][7][64]; };                      /* fwd_layer_norm_5 .. bwd_stages_2_1_pwconv1_weight */
    struct { char at29[10448896];  float gelu_add_3[2][7][7][256]; };                       /* fwd_gelu_3 .. bwd_gelu_add_4 */
    struct { char at30[10549248];  float gelu_erf_3[2][7][7][256]; };                       /* fwd_gelu_3 .. bwd_gelu_add_4 */
    struct { char at31[10649600];  float gelu_3[2][7][7][256]; };                           /* fwd_gelu_3 .. bwd_stages_2_1_pwconv2_weight */
    struct { char at32[11971584];  float add_add_2[2][7][7][64]; };                         /* fwd_add_2 .. bwd_stages_2_0_gamma_weight */
    struct { char at33[12187648];  float add_2[2][7][7][64]; };                             /* fwd_add_2 .. bwd_stages_2_1_dwconv_weight */
    struct { char at34[12212736];  float conv2d_6[2][7][7][64]; };                          /* fwd_conv2d_5 .. bwd_stages_2_1_norm_weight */
    struct { char at35[12742208];  float layer_norm_sum_6[2][7][7]; };                      /* fwd_layer_norm_5 .. bwd_stages_2_1_norm_weight */
    struct { char at36[12742656];  float layer_norm_rsqrt_6[2][7][7]; };                    /* fwd_layer_norm_5 .. bwd_stages_2_1_norm_weight */
    struct { char at37[12262912];  float layer_norm_6[2][7][7][64]; };                      /* fwd_layer_norm_5 .. bwd_stages_2_1_pwconv1_weight */
    struct { char at38[11133952];  float gelu_add_4[2][7][7][256]; };                       /* fwd_gelu_3 .. bwd_gelu_add_4 */
    struct { char at39[11234304];  float gelu_erf_4[2][7][7][256]; };                       /* fwd_gelu_3 .. bwd_gelu_add_4 */
    struct { char at40[11334656];  float gelu_4[2][7][7][256]; };                           /* fwd_gelu_3 .. bwd_stages_2_1_pwconv2_weight */
    struct { char at41[12237824];  float linear_2[2][7][7][64]; };                          /* fwd_linear_2 .. bwd_stages_2_1_dwconv_weight */
    struct { char at42[12743104];  float layer_norm_sum_7[2][7][7]; };                      /* fwd_layer_norm_7 .. bwd_stages_2_1_dwconv_weight */
    struct { char at43[12743552];  float layer_norm_rsqrt_7[2][7][7]; };                    /* fwd_layer_norm_7 .. bwd_stages_2_1_dwconv_weight */
    struct { char at44[12300544];  float layer_norm_7[2][7][7][64]; };                      /* fwd_layer_norm_7 .. bwd_downsample_3_conv_weight */
    struct { char at45[12598272];  float conv2d_7[2][3][3][128]; };                         /* fwd_conv2d_7 .. bwd_stages_3_1_dwconv_weight */
    struct { char at46[12607488];  float conv2d_8[2][3][3][128]; };                         /* fwd_conv2d_8 .. bwd_stages_3_1_norm_weight */
    struct { char at47[12744192];  float layer_norm_sum_8[2][3][3]; };                      /* fwd_layer_norm_8 .. bwd_stages_3_1_norm_weight */
    struct { char at48[12744320];  float layer_norm_rsqrt_8[2][3][3]; };                    /* fwd_layer_norm_8 .. bwd_stages_3_1_norm_weight */
    struct { char at49[12616704];  float layer_norm_8[2][3][3][128]; };                     /* fwd_layer_norm_8 .. bwd_stages_3_1_pwconv1_weight */
    struct { char at50[12342016];  float gelu_add_5[2][3][3][512]; };                       /* fwd_gelu_5 .. bwd_gelu_add_6 */
    struct { char at51[12378880];  float gelu_erf_5[2][3][3][512]; };                       /* fwd_gelu_5 .. bwd_gelu_add_6 */
    struct { char at52[12415744];  float gelu_5[2][3][3][512]; };                           /* fwd_gelu_5 .. bwd_stages_3_1_pwconv2_weight */
    struct { char at53[12470272];  float add_add_3[2][3][3][128]; };                        /* fwd_add_3 .. bwd_stages_3_0_gamma_weight */
    struct { char at54[12658688];  float add_3[2][3][3][128]; };                            /* fwd_add_3 .. bwd_stages_3_1_dwconv_weight */
    struct { char at55[12671104];  float conv2d_9[2][3][3][128]; };                         /* fwd_conv2d_8 .. bwd_stages_3_1_norm_weight */
    struct { char at56[12744448];  float layer_norm_sum_9[2][3][3]; };                      /* fwd_layer_norm_8 .. bwd_stages_3_1_norm_weight */
    struct { char at57[12744576];  float layer_norm_rsqrt_9[2][3][3]; };                    /* fwd_layer_norm_8 .. bwd_stages_3_1_norm_weight */
    struct { char at58[12683520];  float layer_norm_9[2][3][3][128]; };                     /* fwd_layer_norm_8 .. bwd_stages_3_1_pwconv1_weight */
    struct { char at59[12487680];  float gelu_add_6[2][3][3][512]; };                       /* fwd_gelu_5 .. bwd_gelu_add_6 */
    struct { char at60[12524544];  float gelu_erf_6[2][3][3][512]; };                       /* fwd_gelu_5 .. bwd_gelu_add_6 */
    struct { char at61[12561408];  float gelu_6[2][3][3][512]; };                           /* fwd_gelu_5 .. bwd_stages_3_1_pwconv2_weight */
    struct { char at62[12712960];  float linear_3[2][3][3][128]; };                         /* fwd_linear_3 .. bwd_stages_3_1_gamma_weight */
    struct { char at63[12722176];  float layer_norm_sum_10[2][128]; };                      /* fwd_layer_norm_10 .. bwd_norm_weight */
    struct { char at64[12744064];  float layer_norm_sum_11[2]; };                           /* fwd_layer_norm_10 .. bwd_norm_weight */
    struct { char at65[12744128];  float layer_norm_rsqrt_10[2]; };                         /* fwd_layer_norm_10 .. bwd_norm_weight */
    struct { char at66[12732800];  float layer_norm_10[2][128]; };                          /* fwd_layer_norm_10 .. bwd_logits_linear_weight */
    struct { char at67[12730880];  float logits[2][10]; };                                  /* fwd_logits .. fwd_loss */
    struct { char at68[12733824];  float loss_exp[2][10]; };                                /* fwd_loss .. bwd_logits_linear_weight */
    struct { char at69[12731008];  float loss_sum[2]; };                                    /* fwd_loss .. bwd_logits */
    struct { char at70[12744000];  float loss[CONVNEXT_SLICES][1]; };                       /* fwd_conv2d .. update_logits_linear_bias */
    struct { char at71[12733824];  float d_logits[2][10]; };                                /* bwd_logits .. bwd_logits_linear_weight */
    struct { char at72[12742016];  float d_logits_linear_bias[CONVNEXT_SLICES][10]; };      /* fwd_conv2d .. update_logits_linear_bias */
    struct { char at73[12730880];  float d_layer_norm_10[2][128]; };                        /* bwd_layer_norm_10 .. bwd_norm_weight */
    struct { char at74[11934720];  float d_logits_linear_weight[CONVNEXT_SLICES][10][128]; }; /* fwd_conv2d .. update_logits_linear_weight */
    struct { char at75[12625920];  float d_norm_bias[CONVNEXT_SLICES][128]; };              /* fwd_conv2d .. update_norm_bias */
    struct { char at76[12627968];  float d_norm_weight[CONVNEXT_SLICES][128]; };            /* fwd_conv2d .. update_norm_weight */
    struct { char at77[12744704];  float d_layer_norm_rsqrt_10[2]; };                       /* bwd_stages_3_1_gamma_weight .. bwd_add_add_3 */
    struct { char at78[12744768];  float d_stages_3_1_gamma_weight_sum[2]; };               /* bwd_stages_3_1_gamma_weight .. bwd_add_add_3 */
    struct { char at79[12732800];  float d_linear_3[2][3][3][128]; };                       /* bwd_stages_3_1_gamma_weight .. bwd_gelu_add_6 */
    struct { char at80[12630016];  float d_stages_3_1_gamma_weight[CONVNEXT_SLICES][128]; }; /* fwd_conv2d .. update_stages_3_1_gamma_weight */
    struct { char at81[12632064];  float d_stages_3_1_pwconv2_bias[CONVNEXT_SLICES][128]; }; /* fwd_conv2d .. update_stages_3_1_pwconv2_bias */
    struct {                    float d_stages_3_1_pwconv2_weight[CONVNEXT_SLICES][128][512]; }; /* fwd_conv2d .. update_stages_3_1_pwconv2_weight */
    struct { char at83[12561408];  float d_gelu_add_6[2][3][3][512]; };                     /* bwd_gelu_add_6 .. bwd_stages_3_1_pwconv1_weight */
    struct { char at84[12325632];  float d_stages_3_1_pwconv1_bias[CONVNEXT_SLICES][512]; }; /* fwd_conv2d .. update_stages_3_1_pwconv1_bias */
    struct { char at85[12487680];  float d_layer_norm_9[2][3][3][128]; };                   /* bwd_layer_norm_9 .. bwd_stages_3_1_norm_weight */
    struct { char at86[1048576];  float d_stages_3_1_pwconv1_weight[CONVNEXT_SLICES][512][128]; }; /* fwd_conv2d .. update_stages_3_1_pwconv1_weight */
    struct { char at87[12634112];  float d_stages_3_1_norm_bias[CONVNEXT_SLICES][128]; };   /* fwd_conv2d .. update_stages_3_1_norm_bias */
    struct { char at88[12636160];  float d_stages_3_1_norm_weight[CONVNEXT_SLICES][128]; }; /* fwd_conv2d .. update_stages_3_1_norm_weight */
    struct { char at89[12538368];  float d_conv2d_9[2][3][3][128]; };                       /* bwd_stages_3_1_norm_weight .. bwd_stages_3_1_dwconv_weight */
    struct { char at90[12638208];  float d_stages_3_1_dwconv_bias[CONVNEXT_SLICES][128]; }; /* fwd_conv2d .. update_stages_3_1_dwconv_bias */
    struct { char at91[4718592];  float d_stages_3_1_dwconv_weight[128][7][7]; };           /* unpack_d_stages_3_1_dwconv_weight .. update_stages_3_1_dwconv_weight */
    struct { char at92[12487680];  float d_add_3[2][3][3][128]; };                          /* bwd_add_add_3 .. bwd_stages_3_0_gamma_weight */
    struct { char at93[12547584];  float d_add_add_3[2][3][3][128]; };                      /* bwd_add_add_3 .. bwd_stages_3_1_pwconv2_weight */
    struct { char at94[12640256];  float d_stages_3_0_gamma_weight[CONVNEXT_SLICES][128]; }; /* fwd_conv2d .. update_stages_3_0_gamma_weight */
    struct { char at95[12642304];  float d_stages_3_0_pwconv2_bias[CONVNEXT_SLICES][128]; }; /* fwd_conv2d .. update_stages_3_0_pwconv2_bias */
    struct { char at96[2097152];  float d_stages_3_0_pwconv2_weight[CONVNEXT_SLICES][128][512]; }; /* fwd_conv2d .. update_stages_3_0_pwconv2_weight */
    struct { char at97[12496896];  float d_gelu_add_5[2][3][3][512]; };                     /* bwd_gelu_add_6 .. bwd_stages_3_1_pwconv1_weight */
    struct { char at98[12333824];  float d_stages_3_0_pwconv1_bias[CONVNEXT_SLICES][512]; }; /* fwd_conv2d .. update_stages_3_0_pwconv1_bias */
    struct { char at99[12342016];  float d_layer_norm_8[2][3][3][128]; };                   /* bwd_layer_norm_9 .. bwd_stages_3_1_norm_weight */
    struct { char at100[3145728];  float d_stages_3_0_pwconv1_weight[CONVNEXT_SLICES][512][128]; }; /* fwd_conv2d .. update_stages_3_0_pwconv1_weight */
    struct { char at101[12644352];  float d_stages_3_0_norm_bias[CONVNEXT_SLICES][128]; };  /* fwd_conv2d .. update_stages_3_0_norm_bias */
    struct { char at102[12646400];  float d_stages_3_0_norm_weight[CONVNEXT_SLICES][128]; }; /* fwd_conv2d .. update_stages_3_0_norm_weight */
    struct { char at103[12392704];  float d_conv2d_8[2][3][3][128]; };                      /* bwd_stages_3_1_norm_weight .. bwd_stages_3_1_dwconv_weight */
    struct { char at104[12648448];  float d_stages_3_0_dwconv_bias[CONVNEXT_SLICES][128]; }; /* fwd_conv2d .. update_stages_3_0_dwconv_bias */
    struct { char at105[4874752];  float d_stages_3_0_dwconv_weight[128][7][7]; };          /* unpack_d_stages_3_1_dwconv_weight .. update_stages_3_0_dwconv_weight */
    struct { char at106[12383488];  float d_conv2d_7[2][3][3][128]; };                      /* bwd_conv2d_7 .. bwd_downsample_3_conv_weight */
    struct { char at107[12650496];  float d_downsample_3_conv_bias[CONVNEXT_SLICES][128]; }; /* fwd_conv2d .. update_downsample_3_conv_bias */
    struct { char at108[12342016];  float d_layer_norm_7[2][7][7][64]; };                   /* bwd_layer_norm_7 .. bwd_downsample_3_norm_bias */
    struct { char at109[4743680];  float d_downsample_3_conv_weight[128][64][2][2]; };      /* unpack_d_downsample_3_conv_weight .. update_downsample_3_conv_weight */
    struct { char at110[12699136];  float d_downsample_3_norm_bias[CONVNEXT_SLICES][64]; }; /* fwd_conv2d .. update_downsample_3_norm_bias */
    struct { char at111[12700160];  float d_downsample_3_norm_weight[CONVNEXT_SLICES][64]; }; /* fwd_conv2d .. update_downsample_3_norm_weight */
    struct { char at112[12367104];  float d_layer_norm_rsqrt_7[2][7][7]; };                 /* bwd_linear_2 .. bwd_stages_2_1_dwconv_weight */
    struct { char at113[12367552];  float d_linear_2_sum[2][7][7]; };                       /* bwd_linear_2 .. bwd_stages_2_1_dwconv_weight */
    struct { char at114[12300544];  float d_linear_2[2][7][7][64]; };                       /* bwd_linear_2 .. bwd_stages_2_1_pwconv2_weight */
    struct { char at115[12701184];  float d_stages_2_1_gamma_weight[CONVNEXT_SLICES][64]; }; /* fwd_conv2d .. update_stages_2_1_gamma_weight */
    struct { char at116[12702208];  float d_stages_2_1_pwconv2_bias[CONVNEXT_SLICES][64]; }; /* fwd_conv2d .. update_stages_2_1_pwconv2_bias */
    struct { char at117[6815744];  float d_stages_2_1_pwconv2_weight[CONVNEXT_SLICES][64][256]; }; /* fwd_conv2d .. update_stages_2_1_pwconv2_weight */
    struct { char at118[12496896];  float d_gelu_add_4[2][7][7][256]; };                    /* bwd_gelu_add_4 .. bwd_stages_2_1_pwconv1_weight */
    struct { char at119[12479488];  float d_stages_2_1_pwconv1_bias[CONVNEXT_SLICES][256]; }; /* fwd_conv2d .. update_stages_2_1_pwconv1_bias */
    struct { char at120[11133952];  float d_layer_norm_6[2][7][7][64]; };                   /* bwd_layer_norm_6 .. bwd_stages_2_1_norm_weight */
    struct { char at121[7077888];  float d_stages_2_1_pwconv1_weight[CONVNEXT_SLICES][256][64]; }; /* fwd_conv2d .. update_stages_2_1_pwconv1_weight */
    struct { char at122[12703232];  float d_stages_2_1_norm_bias[CONVNEXT_SLICES][64]; };   /* fwd_conv2d .. update_stages_2_1_norm_bias */
    struct { char at123[12704256];  float d_stages_2_1_norm_weight[CONVNEXT_SLICES][64]; }; /* fwd_conv2d .. update_stages_2_1_norm_weight */
    struct { char at124[11159040];  float d_conv2d_6[2][7][7][64]; };                       /* bwd_stages_2_1_norm_weight .. bwd_stages_2_1_dwconv_weight */
    struct { char at125[12705280];  float d_stages_2_1_dwconv_bias[CONVNEXT_SLICES][64]; }; /* fwd_conv2d .. update_stages_2_1_dwconv_bias */
    struct { char at126[4194304];  float d_stages_2_1_dwconv_weight[64][7][7]; };           /* unpack_d_stages_2_1_dwconv_weight .. update_stages_2_1_dwconv_weight */
    struct { char at127[11133952];  float d_add_2[2][7][7][64]; };                          /* bwd_add_add_2 .. bwd_stages_2_0_gamma_weight */
    struct { char at128[11184128];  float d_add_add_2[2][7][7][64]; };                      /* bwd_add_add_2 .. bwd_stages_2_1_pwconv2_weight */
    struct { char at129[12706304];  float d_stages_2_0_gamma_weight[CONVNEXT_SLICES][64]; }; /* fwd_conv2d .. update_stages_2_0_gamma_weight */
    struct { char at130[12707328];  float d_stages_2_0_pwconv2_bias[CONVNEXT_SLICES][64]; }; /* fwd_conv2d .. update_stages_2_0_pwconv2_bias */
    struct { char at131[7340032];  float d_stages_2_0_pwconv2_weight[CONVNEXT_SLICES][64][256]; }; /* fwd_conv2d .. update_stages_2_0_pwconv2_weight */
    struct { char at132[11209216];  float d_gelu_add_3[2][7][7][256]; };                    /* bwd_gelu_add_4 .. bwd_stages_2_1_pwconv1_weight */
    struct { char at133[12483584];  float d_stages_2_0_pwconv1_bias[CONVNEXT_SLICES][256]; }; /* fwd_conv2d .. update_stages_2_0_pwconv1_bias */
    struct { char at134[10448896];  float d_layer_norm_5[2][7][7][64]; };                   /* bwd_layer_norm_6 .. bwd_stages_2_1_norm_weight */
    struct { char at135[7602176];  float d_stages_2_0_pwconv1_weight[CONVNEXT_SLICES][256][64]; }; /* fwd_conv2d .. update_stages_2_0_pwconv1_weight */
    struct { char at136[12708352];  float d_stages_2_0_norm_bias[CONVNEXT_SLICES][64]; };   /* fwd_conv2d .. update_stages_2_0_norm_bias */
    struct { char at137[12709376];  float d_stages_2_0_norm_weight[CONVNEXT_SLICES][64]; }; /* fwd_conv2d .. update_stages_2_0_norm_weight */
    struct { char at138[10473984];  float d_conv2d_5[2][7][7][64]; };                       /* bwd_stages_2_1_norm_weight .. bwd_stages_2_0_dwconv_weight */
    struct { char at139[12710400];  float d_stages_2_0_dwconv_bias[CONVNEXT_SLICES][64]; }; /* fwd_conv2d .. update_stages_2_0_dwconv_bias */
    struct { char at140[4206848];  float d_stages_2_0_dwconv_weight[64][7][7]; };           /* unpack_d_stages_2_1_dwconv_weight .. update_stages_2_0_dwconv_weight */
    struct { char at141[10499072];  float d_conv2d_4[2][7][7][64]; };                       /* bwd_conv2d_4 .. bwd_downsample_2_conv_weight */
    struct { char at142[12711424];  float d_downsample_2_conv_bias[CONVNEXT_SLICES][64]; }; /* fwd_conv2d .. update_downsample_2_conv_bias */
    struct { char at143[10448896];  float d_layer_norm_4[2][14][14][32]; };                 /* bwd_layer_norm_4 .. bwd_downsample_2_norm_bias */
    struct { char at144[4219392];  float d_downsample_2_conv_weight[64][32][2][2]; };       /* unpack_d_downsample_2_conv_weight .. update_downsample_2_conv_weight */
    struct { char at145[12723200];  float d_downsample_2_norm_bias[CONVNEXT_SLICES][32]; }; /* fwd_conv2d .. update_downsample_2_norm_bias */
    struct { char at146[12723712];  float d_downsample_2_norm_weight[CONVNEXT_SLICES][32]; }; /* fwd_conv2d .. update_downsample_2_norm_weight */
    struct { char at147[11159040];  float d_layer_norm_rsqrt_4[2][14][14]; };               /* bwd_linear .. bwd_stages_1_1_dwconv_weight */
    struct { char at148[11160640];  float d_linear_sum[2][14][14]; };                       /* bwd_linear .. bwd_stages_1_1_dwconv_weight */
    struct { char at149[10699776];  float d_linear[2][14][14][32]; };                       /* bwd_linear .. bwd_stages_1_1_pwconv2_weight */
    struct { char at150[12724224];  float d_stages_1_1_gamma_weight[CONVNEXT_SLICES][32]; }; /* fwd_conv2d .. update_stages_1_1_gamma_weight */
    struct { char at151[12724736];  float d_stages_1_1_pwconv2_bias[CONVNEXT_SLICES][32]; }; /* fwd_conv2d .. update_stages_1_1_pwconv2_bias */
    struct { char at152[10186752];  float d_stages_1_1_pwconv2_weight[CONVNEXT_SLICES][32][128]; }; /* fwd_conv2d .. update_stages_1_1_pwconv2_weight */
    struct { char at153[10499072];  float d_gelu_add_2[2][14][14][128]; };                  /* bwd_gelu_add_2 .. bwd_stages_1_1_pwconv1_weight */
    struct { char at154[12652544];  float d_stages_1_1_pwconv1_bias[CONVNEXT_SLICES][128]; }; /* fwd_conv2d .. update_stages_1_1_pwconv1_bias */
    struct { char at155[8728576];  float d_layer_norm_3[2][14][14][32]; };                  /* bwd_layer_norm_3 .. bwd_stages_1_1_norm_weight */
    struct { char at156[10252288];  float d_stages_1_1_pwconv1_weight[CONVNEXT_SLICES][128][32]; }; /* fwd_conv2d .. update_stages_1_1_pwconv1_weight */
    struct { char at157[12725248];  float d_stages_1_1_norm_bias[CONVNEXT_SLICES][32]; };   /* fwd_conv2d .. update_stages_1_1_norm_bias */
    struct { char at158[12725760];  float d_stages_1_1_norm_weight[CONVNEXT_SLICES][32]; }; /* fwd_conv2d .. update_stages_1_1_norm_weight */
    struct { char at159[8778752];  float d_conv2d_3[2][14][14][32]; };                      /* bwd_stages_1_1_norm_weight .. bwd_stages_1_1_dwconv_weight */
    struct { char at160[12726272];  float d_stages_1_1_dwconv_bias[CONVNEXT_SLICES][32]; }; /* fwd_conv2d .. update_stages_1_1_dwconv_bias */
    struct { char at161[4252160];  float d_stages_1_1_dwconv_weight[32][7][7]; };           /* unpack_d_stages_1_1_dwconv_weight .. update_stages_1_1_dwconv_weight */
    struct { char at162[8728576];  float d_add[2][14][14][32]; };                           /* bwd_add_add .. bwd_stages_1_0_gamma_weight */
    struct { char at163[8828928];  float d_add_add[2][14][14][32]; };                       /* bwd_add_add .. bwd_stages_1_1_pwconv2_weight */
    struct { char at164[12726784];  float d_stages_1_0_gamma_weight[CONVNEXT_SLICES][32]; }; /* fwd_conv2d .. update_stages_1_0_gamma_weight */
    struct { char at165[12727296];  float d_stages_1_0_pwconv2_bias[CONVNEXT_SLICES][32]; }; /* fwd_conv2d .. update_stages_1_0_pwconv2_bias */
    struct { char at166[10317824];  float d_stages_1_0_pwconv2_weight[CONVNEXT_SLICES][32][128]; }; /* fwd_conv2d .. update_stages_1_0_pwconv2_weight */
    struct { char at167[8879104];  float d_gelu_add[2][14][14][128]; };                     /* bwd_gelu_add_2 .. bwd_stages_1_1_pwconv1_weight */
    struct { char at168[12654592];  float d_stages_1_0_pwconv1_bias[CONVNEXT_SLICES][128]; }; /* fwd_conv2d .. update_stages_1_0_pwconv1_bias */
    struct { char at169[7995392];  float d_layer_norm_2[2][14][14][32]; };                  /* bwd_layer_norm_3 .. bwd_stages_1_1_norm_weight */
    struct { char at170[10383360];  float d_stages_1_0_pwconv1_weight[CONVNEXT_SLICES][128][32]; }; /* fwd_conv2d .. update_stages_1_0_pwconv1_weight */
    struct { char at171[12727808];  float d_stages_1_0_norm_bias[CONVNEXT_SLICES][32]; };   /* fwd_conv2d .. update_stages_1_0_norm_bias */
    struct { char at172[12728320];  float d_stages_1_0_norm_weight[CONVNEXT_SLICES][32]; }; /* fwd_conv2d .. update_stages_1_0_norm_weight */
    struct { char at173[8045568];  float d_conv2d_2[2][14][14][32]; };                      /* bwd_stages_1_1_norm_weight .. bwd_stages_1_0_dwconv_weight */
    struct { char at174[12728832];  float d_stages_1_0_dwconv_bias[CONVNEXT_SLICES][32]; }; /* fwd_conv2d .. update_stages_1_0_dwconv_bias */
    struct { char at175[4258432];  float d_stages_1_0_dwconv_weight[32][7][7]; };           /* unpack_d_stages_1_1_dwconv_weight .. update_stages_1_0_dwconv_weight */
    struct { char at176[7995392];  float d_layer_norm[2][14][14][32]; };                    /* bwd_layer_norm .. bwd_stages_1_1_norm_weight */
    struct { char at177[12729344];  float d_stem_norm_bias[CONVNEXT_SLICES][32]; };         /* fwd_conv2d .. update_stem_norm_bias */
    struct { char at178[12729856];  float d_stem_norm_weight[CONVNEXT_SLICES][32]; };       /* fwd_conv2d .. update_stem_norm_weight */
    struct { char at179[8045568];  float d_conv2d[2][14][14][32]; };                        /* bwd_stages_1_1_norm_weight .. bwd_stem_conv_weight */
    struct { char at180[12730368];  float d_stem_conv_bias[CONVNEXT_SLICES][32]; };         /* fwd_conv2d .. update_stem_conv_bias */
    struct { char at181[4264704];  float d_stem_conv_weight[32][2][2]; };                   /* unpack_d_stem_conv_weight .. update_stem_conv_weight */
    struct { char at182[12712448];  float stem_conv_weight_packed[128]; };                  /* pack_stem_conv_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at183[7995392];  float fwd_conv2d_scratch[7060]; };                       /* fwd_conv2d .. fwd_conv2d */
    struct { char at184[12288000];  float stages_1_0_dwconv_weight_packed[1568]; };         /* pack_stages_1_0_dwconv_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at185[7995392];  float fwd_conv2d_2_scratch[12800]; };                    /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at186[11869184];  float stages_1_0_pwconv1_weight_packed[4096]; };        /* pack_stages_1_0_pwconv1_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at187[11885568];  float stages_1_0_pwconv2_weight_packed[4096]; };        /* pack_stages_1_0_pwconv2_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at188[12294272];  float stages_1_1_dwconv_weight_packed[1568]; };         /* pack_stages_1_0_dwconv_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at189[8728576];  float fwd_conv2d_3_scratch[12800]; };                    /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at190[11901952];  float stages_1_1_pwconv1_weight_packed[4096]; };        /* pack_stages_1_0_pwconv1_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at191[11918336];  float stages_1_1_pwconv2_weight_packed[4096]; };        /* pack_stages_1_0_pwconv2_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at192[10900480];  float downsample_2_conv_weight_packed[8192]; };         /* pack_downsample_2_conv_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at193[10448896];  float fwd_conv2d_4_scratch[6596]; };                    /* fwd_conv2d_4 .. fwd_conv2d_4 */
    struct { char at194[11996672];  float stages_2_0_dwconv_weight_packed[3136]; };         /* pack_stages_2_0_dwconv_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at195[10448896];  float fwd_conv2d_5_scratch[10816]; };                   /* fwd_conv2d_5 .. fwd_conv2d_5 */
    struct { char at196[9662464];  float stages_2_0_pwconv1_weight_packed[16384]; };        /* pack_stages_2_0_pwconv1_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at197[9728000];  float stages_2_0_pwconv2_weight_packed[16384]; };        /* pack_stages_2_0_pwconv2_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at198[12009216];  float stages_2_1_dwconv_weight_packed[3136]; };         /* pack_stages_2_0_dwconv_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at199[11133952];  float fwd_conv2d_6_scratch[10816]; };                   /* fwd_conv2d_5 .. fwd_conv2d_5 */
    struct { char at200[9793536];  float stages_2_1_pwconv1_weight_packed[16384]; };        /* pack_stages_2_0_pwconv1_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at201[9859072];  float stages_2_1_pwconv2_weight_packed[16384]; };        /* pack_stages_2_0_pwconv2_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at202[7864320];  float downsample_3_conv_weight_packed[32768]; };         /* pack_downsample_3_conv_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at203[12342016];  float fwd_conv2d_7_scratch[2609]; };                    /* fwd_conv2d_7 .. fwd_conv2d_7 */
    struct { char at204[11668480];  float stages_3_0_dwconv_weight_packed[6272]; };         /* pack_stages_3_0_dwconv_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at205[12342016];  float fwd_conv2d_8_scratch[10368]; };                   /* fwd_conv2d_8 .. fwd_conv2d_8 */
    struct { char at206[4718592];  float stages_3_0_pwconv1_weight_packed[65536]; };        /* pack_stages_3_0_pwconv1_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at207[4980736];  float stages_3_0_pwconv2_weight_packed[65536]; };        /* pack_stages_3_0_pwconv2_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at208[11743744];  float stages_3_1_dwconv_weight_packed[6272]; };         /* pack_stages_3_0_dwconv_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at209[12487680];  float fwd_conv2d_9_scratch[10368]; };                   /* fwd_conv2d_8 .. fwd_conv2d_8 */
    struct { char at210[5242880];  float stages_3_1_pwconv1_weight_packed[65536]; };        /* pack_stages_3_0_pwconv1_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at211[5505024];  float stages_3_1_pwconv2_weight_packed[65536]; };        /* pack_stages_3_0_pwconv2_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at212[11955200];  float logits_linear_weight_packed[4096]; };             /* pack_logits_linear_weight .. bwd_stages_1_0_gamma_weight */
    struct { char at213[12458880];  float logits_linear_weight_back_packed[1280]; };        /* pack_logits_linear_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at214[5767168];  float stages_3_1_pwconv2_weight_back_packed[65536]; };   /* pack_stages_3_1_pwconv2_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at215[6029312];  float stages_3_1_pwconv1_weight_back_packed[65536]; };   /* pack_stages_3_1_pwconv1_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at216[11768832];  float stages_3_1_dwconv_weight_back_packed[6272]; };    /* pack_stages_3_1_dwconv_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at217[12496896];  float bwd_add_add_3_scratch[10368]; };                  /* bwd_add_add_3 .. bwd_add_add_3 */
    struct { char at218[12496896];  float bwd_stages_3_1_dwconv_weight_scratch[10368]; };   /* bwd_stages_3_1_dwconv_weight .. bwd_stages_3_1_dwconv_weight */
    struct { char at219[9562112];  float d_stages_3_1_dwconv_weight_sum[CONVNEXT_SLICES][6272]; }; /* fwd_conv2d .. unpack_d_stages_3_1_dwconv_weight */
    struct { char at220[6291456];  float stages_3_0_pwconv2_weight_back_packed[65536]; };   /* pack_stages_3_1_pwconv2_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at221[6553600];  float stages_3_0_pwconv1_weight_back_packed[65536]; };   /* pack_stages_3_1_pwconv1_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at222[11793920];  float stages_3_0_dwconv_weight_back_packed[6272]; };    /* pack_stages_3_1_dwconv_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at223[12342016];  float bwd_conv2d_7_scratch[10368]; };                   /* bwd_conv2d_7 .. bwd_conv2d_7 */
    struct { char at224[12342016];  float bwd_stages_3_0_dwconv_weight_scratch[10368]; };   /* bwd_stages_3_1_dwconv_weight .. bwd_stages_3_1_dwconv_weight */
    struct { char at225[9461760];  float d_stages_3_0_dwconv_weight_sum[CONVNEXT_SLICES][6272]; }; /* fwd_conv2d .. unpack_d_stages_3_1_dwconv_weight */
    struct { char at226[8597504];  float downsample_3_conv_weight_back_packed[32768]; };    /* pack_downsample_3_conv_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at227[12367104];  float bwd_layer_norm_7_scratch[2609]; };                /* bwd_layer_norm_7 .. bwd_layer_norm_7 */
    struct { char at228[12367104];  float bwd_downsample_3_conv_weight_scratch[2609]; };    /* bwd_downsample_3_conv_weight .. bwd_downsample_3_conv_weight */
    struct { char at229[4194304];  float d_downsample_3_conv_weight_sum[CONVNEXT_SLICES][32768]; }; /* fwd_conv2d .. unpack_d_downsample_3_conv_weight */
    struct { char at230[9924608];  float stages_2_1_pwconv2_weight_back_packed[16384]; };   /* pack_stages_2_1_pwconv2_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at231[9990144];  float stages_2_1_pwconv1_weight_back_packed[16384]; };   /* pack_stages_2_1_pwconv1_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at232[12137472];  float stages_2_1_dwconv_weight_back_packed[3136]; };    /* pack_stages_2_1_dwconv_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at233[11209216];  float bwd_add_add_2_scratch[10816]; };                  /* bwd_add_add_2 .. bwd_add_add_2 */
    struct { char at234[11209216];  float bwd_stages_2_1_dwconv_weight_scratch[10816]; };   /* bwd_stages_2_1_dwconv_weight .. bwd_stages_2_1_dwconv_weight */
    struct { char at235[10800128];  float d_stages_2_1_dwconv_weight_sum[CONVNEXT_SLICES][3136]; }; /* fwd_conv2d .. unpack_d_stages_2_1_dwconv_weight */
    struct { char at236[10055680];  float stages_2_0_pwconv2_weight_back_packed[16384]; };  /* pack_stages_2_1_pwconv2_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at237[10121216];  float stages_2_0_pwconv1_weight_back_packed[16384]; };  /* pack_stages_2_1_pwconv1_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at238[12175104];  float stages_2_0_dwconv_weight_back_packed[3136]; };    /* pack_stages_2_1_dwconv_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at239[10524160];  float bwd_conv2d_4_scratch[10816]; };                   /* bwd_conv2d_4 .. bwd_conv2d_4 */
    struct { char at240[10524160];  float bwd_stages_2_0_dwconv_weight_scratch[10816]; };   /* bwd_stages_2_0_dwconv_weight .. bwd_stages_2_0_dwconv_weight */
    struct { char at241[10749952];  float d_stages_2_0_dwconv_weight_sum[CONVNEXT_SLICES][3136]; }; /* fwd_conv2d .. unpack_d_stages_2_1_dwconv_weight */
    struct { char at242[11635712];  float downsample_2_conv_weight_back_packed[8192]; };    /* pack_downsample_2_conv_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at243[10524160];  float bwd_layer_norm_4_scratch[6596]; };                /* bwd_layer_norm_4 .. bwd_layer_norm_4 */
    struct { char at244[10524160];  float bwd_downsample_2_conv_weight_scratch[6596]; };    /* bwd_downsample_2_conv_weight .. bwd_downsample_2_conv_weight */
    struct { char at245[9330688];  float d_downsample_2_conv_weight_sum[CONVNEXT_SLICES][8192]; }; /* fwd_conv2d .. unpack_d_downsample_2_conv_weight */
    struct { char at246[12021760];  float stages_1_1_pwconv2_weight_back_packed[4096]; };   /* pack_stages_1_1_pwconv2_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at247[12038144];  float stages_1_1_pwconv1_weight_back_packed[4096]; };   /* pack_stages_1_1_pwconv1_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at248[12452608];  float stages_1_1_dwconv_weight_back_packed[1568]; };    /* pack_stages_1_1_dwconv_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at249[8879104];  float bwd_add_add_scratch[12800]; };                     /* bwd_add_add .. bwd_add_add */
    struct { char at250[8879104];  float bwd_stages_1_1_dwconv_weight_scratch[12800]; };    /* bwd_stages_1_1_dwconv_weight .. bwd_stages_1_1_dwconv_weight */
    struct { char at251[11844096];  float d_stages_1_1_dwconv_weight_sum[CONVNEXT_SLICES][1568]; }; /* fwd_conv2d .. unpack_d_stages_1_1_dwconv_weight */
    struct { char at252[12054528];  float stages_1_0_pwconv2_weight_back_packed[4096]; };   /* pack_stages_1_1_pwconv2_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at253[12070912];  float stages_1_0_pwconv1_weight_back_packed[4096]; };   /* pack_stages_1_1_pwconv1_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at254[12464000];  float stages_1_0_dwconv_weight_back_packed[1568]; };    /* pack_stages_1_1_dwconv_weight_back .. bwd_stages_1_0_gamma_weight */
    struct { char at255[8095744];  float bwd_layer_norm_scratch[12800]; };                  /* bwd_layer_norm .. bwd_layer_norm */
    struct { char at256[8095744];  float bwd_stages_1_0_dwconv_weight_scratch[12800]; };    /* bwd_stages_1_0_dwconv_weight .. bwd_stages_1_0_dwconv_weight */
    struct { char at257[11819008];  float d_stages_1_0_dwconv_weight_sum[CONVNEXT_SLICES][1568]; }; /* fwd_conv2d .. unpack_d_stages_1_1_dwconv_weight */
    struct { char at258[7995392];  float bwd_stem_conv_weight_scratch[7060]; };             /* bwd_stem_conv_weight .. bwd_stem_conv_weight */
    struct { char at259[12656640];  float d_stem_conv_weight_sum[CONVNEXT_SLICES][128]; };  /* fwd_conv2d .. unpack_d_stem_conv_weight */
    char bytes[12744832];
} ConvnextTrainWork;
_Static_assert(sizeof(ConvnextTrainWork) == 12744832, "the workspace is not the one that was planned");

bool convnext_train(ConvnextTrainWork *work, int threads, ConvnextParams *p, ConvnextMoments *o, const ConvnextBatch *in,
                    const RtStep *step, ConvnextTrainResult *out);

/* What convnext_evaluate leaves behind. */
typedef struct ConvnextEvaluateResult {
    float loss;
    float accuracy[CONVNEXT_BATCH];
} ConvnextEvaluateResult;

/* Workspace of convnext_evaluate: 2648384 bytes for one thread, 70 buffers (the schedule needs at least 2648384).  Buffers that are never
 * live at once share bytes; the leading char array is where a buffer starts.  Behind each: the kernels it lives for. */
typedef union ConvnextEvaluateWork {
    struct {                    float conv2d[4][14][14][32]; };                             /* fwd_conv2d .. evaluate_fwd_layer_norm */
    struct { char at1[1982464];  float layer_norm[4][14][14][32]; };                        /* evaluate_fwd_layer_norm .. evaluate_fwd_add */
    struct {                    float conv2d_2[4][14][14][32]; };                           /* fwd_conv2d_2 .. evaluate_fwd_layer_norm */
    struct { char at3[2082816];  float layer_norm_2[4][14][14][32]; };                      /* evaluate_fwd_layer_norm .. evaluate_fwd_gelu */
    struct { char at4[401408];  float gelu_add[4][14][14][128]; };                          /* evaluate_fwd_gelu .. evaluate_fwd_gelu */
    struct {                    float gelu[4][14][14][128]; };                              /* evaluate_fwd_gelu .. evaluate_fwd_add */
    struct { char at6[2082816];  float add[4][14][14][32]; };                               /* evaluate_fwd_add .. evaluate_fwd_add */
    struct {                    float conv2d_3[4][14][14][32]; };                           /* fwd_conv2d_2 .. evaluate_fwd_layer_norm */
    struct { char at8[1982464];  float layer_norm_3[4][14][14][32]; };                      /* evaluate_fwd_layer_norm .. evaluate_fwd_gelu */
    struct { char at9[401408];  float gelu_add_2[4][14][14][128]; };                        /* evaluate_fwd_gelu .. evaluate_fwd_gelu */
    struct {                    float gelu_2[4][14][14][128]; };                            /* evaluate_fwd_gelu .. evaluate_fwd_add */
    struct { char at11[401408];  float add_2[4][14][14][32]; };                             /* evaluate_fwd_add .. evaluate_fwd_layer_norm */
    struct {                    float layer_norm_4[4][14][14][32]; };                       /* evaluate_fwd_layer_norm .. fwd_conv2d_4 */
    struct { char at13[401408];  float conv2d_4[4][7][7][64]; };                            /* fwd_conv2d_4 .. evaluate_fwd_add_3 */
    struct {                    float conv2d_5[4][7][7][64]; };                             /* fwd_conv2d_5 .. evaluate_fwd_layer_norm_5 */
    struct { char at15[451584];  float layer_norm_5[4][7][7][64]; };                        /* evaluate_fwd_layer_norm_5 .. evaluate_fwd_gelu_3 */
    struct { char at16[200704];  float gelu_add_3[4][7][7][256]; };                         /* evaluate_fwd_gelu_3 .. evaluate_fwd_gelu_3 */
    struct {                    float gelu_3[4][7][7][256]; };                              /* evaluate_fwd_gelu_3 .. evaluate_fwd_add_3 */
    struct { char at18[451584];  float add_3[4][7][7][64]; };                               /* evaluate_fwd_add_3 .. evaluate_fwd_add_3 */
    struct {                    float conv2d_6[4][7][7][64]; };                             /* fwd_conv2d_5 .. evaluate_fwd_layer_norm_5 */
    struct { char at20[401408];  float layer_norm_6[4][7][7][64]; };                        /* evaluate_fwd_layer_norm_5 .. evaluate_fwd_gelu_3 */
    struct { char at21[200704];  float gelu_add_4[4][7][7][256]; };                         /* evaluate_fwd_gelu_3 .. evaluate_fwd_gelu_3 */
    struct {                    float gelu_4[4][7][7][256]; };                              /* evaluate_fwd_gelu_3 .. evaluate_fwd_add_3 */
    struct { char at23[200704];  float add_4[4][7][7][64]; };                               /* evaluate_fwd_add_3 .. evaluate_fwd_layer_norm_5 */
    struct {                    float layer_norm_7[4][7][7][64]; };                         /* evaluate_fwd_layer_norm_5 .. fwd_conv2d_7 */
    struct { char at25[147456];  float conv2d_7[4][3][3][128]; };                           /* fwd_conv2d_7 .. fwd_add_5 */
    struct { char at26[41472];  float conv2d_8[4][3][3][128]; };                            /* fwd_conv2d_8 .. evaluate_fwd_layer_norm_8 */
    struct { char at27[165888];  float layer_norm_8[4][3][3][128]; };                       /* evaluate_fwd_layer_norm_8 .. evaluate_fwd_gelu_5 */
    struct { char at28[73728];  float gelu_add_5[4][3][3][512]; };                          /* evaluate_fwd_gelu_5 .. evaluate_fwd_gelu_5 */
    struct {                    float gelu_5[4][3][3][512]; };                              /* evaluate_fwd_gelu_5 .. fwd_add_5 */
    struct { char at30[165888];  float add_5[4][3][3][128]; };                              /* fwd_add_5 .. fwd_add_5 */
    struct { char at31[41472];  float conv2d_9[4][3][3][128]; };                            /* fwd_conv2d_8 .. evaluate_fwd_layer_norm_8 */
    struct { char at32[147456];  float layer_norm_9[4][3][3][128]; };                       /* evaluate_fwd_layer_norm_8 .. evaluate_fwd_gelu_5 */
    struct { char at33[73728];  float gelu_add_6[4][3][3][512]; };                          /* evaluate_fwd_gelu_5 .. evaluate_fwd_gelu_5 */
    struct {                    float gelu_6[4][3][3][512]; };                              /* evaluate_fwd_gelu_5 .. fwd_add_5 */
    struct { char at35[73728];  float features[4][3][3][128]; };                            /* fwd_add_5 .. evaluate_fwd_layer_norm_10 */
    struct {                    float layer_norm_10[4][128]; };                             /* evaluate_fwd_layer_norm_10 .. fwd_logits */
    struct { char at37[2048];   float logits[4][10]; };                                     /* fwd_logits .. evaluate_fwd_loss */
    struct { char at38[2648320];  float loss[CONVNEXT_SLICES][1]; };                        /* fwd_conv2d .. combine_loss */
    struct { char at39[2647808];  float stem_conv_weight_packed[128]; };                    /* pack_stem_conv_weight .. evaluate_fwd_loss */
    struct { char at40[100352];  float fwd_conv2d_scratch[7060]; };                         /* fwd_conv2d .. fwd_conv2d */
    struct { char at41[2635264];  float stages_1_0_dwconv_weight_packed[1568]; };           /* pack_stages_1_0_dwconv_weight .. evaluate_fwd_loss */
    struct { char at42[100352];  float fwd_conv2d_2_scratch[12800]; };                      /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at43[2528256];  float stages_1_0_pwconv1_weight_packed[4096]; };          /* pack_stages_1_0_pwconv1_weight .. evaluate_fwd_loss */
    struct { char at44[2544640];  float stages_1_0_pwconv2_weight_packed[4096]; };          /* pack_stages_1_0_pwconv2_weight .. evaluate_fwd_loss */
    struct { char at45[2641536];  float stages_1_1_dwconv_weight_packed[1568]; };           /* pack_stages_1_0_dwconv_weight .. evaluate_fwd_loss */
    struct { char at46[100352];  float fwd_conv2d_3_scratch[12800]; };                      /* fwd_conv2d_2 .. fwd_conv2d_2 */
    struct { char at47[2561024];  float stages_1_1_pwconv1_weight_packed[4096]; };          /* pack_stages_1_0_pwconv1_weight .. evaluate_fwd_loss */
    struct { char at48[2577408];  float stages_1_1_pwconv2_weight_packed[4096]; };          /* pack_stages_1_0_pwconv2_weight .. evaluate_fwd_loss */
    struct { char at49[2445312];  float downsample_2_conv_weight_packed[8192]; };           /* pack_downsample_2_conv_weight .. evaluate_fwd_loss */
    struct { char at50[100352];  float fwd_conv2d_4_scratch[6596]; };                       /* fwd_conv2d_4 .. fwd_conv2d_4 */
    struct { char at51[2610176];  float stages_2_0_dwconv_weight_packed[3136]; };           /* pack_stages_2_0_dwconv_weight .. evaluate_fwd_loss */
    struct { char at52[50176];  float fwd_conv2d_5_scratch[10816]; };                       /* fwd_conv2d_5 .. fwd_conv2d_5 */
    struct { char at53[2183168];  float stages_2_0_pwconv1_weight_packed[16384]; };         /* pack_stages_2_0_pwconv1_weight .. evaluate_fwd_loss */
    struct { char at54[2248704];  float stages_2_0_pwconv2_weight_packed[16384]; };         /* pack_stages_2_0_pwconv2_weight .. evaluate_fwd_loss */
    struct { char at55[2622720];  float stages_2_1_dwconv_weight_packed[3136]; };           /* pack_stages_2_0_dwconv_weight .. evaluate_fwd_loss */
    struct { char at56[50176];  float fwd_conv2d_6_scratch[10816]; };                       /* fwd_conv2d_5 .. fwd_conv2d_5 */
    struct { char at57[2314240];  float stages_2_1_pwconv1_weight_packed[16384]; };         /* pack_stages_2_0_pwconv1_weight .. evaluate_fwd_loss */
    struct { char at58[2379776];  float stages_2_1_pwconv2_weight_packed[16384]; };         /* pack_stages_2_0_pwconv2_weight .. evaluate_fwd_loss */
    struct { char at59[1851392];  float downsample_3_conv_weight_packed[32768]; };          /* pack_downsample_3_conv_weight .. evaluate_fwd_loss */
    struct { char at60[50176];  float fwd_conv2d_7_scratch[2609]; };                        /* fwd_conv2d_7 .. fwd_conv2d_7 */
    struct { char at61[2478080];  float stages_3_0_dwconv_weight_packed[6272]; };           /* pack_stages_3_0_dwconv_weight .. evaluate_fwd_loss */
    struct {                    float fwd_conv2d_8_scratch[10368]; };                       /* fwd_conv2d_8 .. fwd_conv2d_8 */
    struct { char at63[802816];  float stages_3_0_pwconv1_weight_packed[65536]; };          /* pack_stages_3_0_pwconv1_weight .. evaluate_fwd_loss */
    struct { char at64[1064960];  float stages_3_0_pwconv2_weight_packed[65536]; };         /* pack_stages_3_0_pwconv2_weight .. evaluate_fwd_loss */
    struct { char at65[2503168];  float stages_3_1_dwconv_weight_packed[6272]; };           /* pack_stages_3_0_dwconv_weight .. evaluate_fwd_loss */
    struct {                    float fwd_conv2d_9_scratch[10368]; };                       /* fwd_conv2d_8 .. fwd_conv2d_8 */
    struct { char at67[1327104];  float stages_3_1_pwconv1_weight_packed[65536]; };         /* pack_stages_3_0_pwconv1_weight .. evaluate_fwd_loss */
    struct { char at68[1589248];  float stages_3_1_pwconv2_weight_packed[65536]; };         /* pack_stages_3_0_pwconv2_weight .. evaluate_fwd_loss */
    struct { char at69[2593792];  float logits_linear_weight_packed[4096]; };               /* pack_logits_linear_weight .. evaluate_fwd_loss */
    char bytes[2648384];
} ConvnextEvaluateWork;
_Static_assert(sizeof(ConvnextEvaluateWork) == 2648384, "the workspace is not the one that was planned");

bool convnext_evaluate(ConvnextEvaluateWork *work, int threads, ConvnextParams *p, const ConvnextBatch *in,
                       const RtStep *step, ConvnextEvaluateResult *out);

extern const RtModel convnext_model;      /* the same as tables, for the trainer */

#endif
