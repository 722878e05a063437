/* cnn.h - written by tailor 0.1.0 from cnn.lua.  Edit the graph, not this file.
 *
 *   graph       b0512bc126f2f8bd6baaaeebfac8367e640552150dadcc5a1ba13c260ca0d372
 *   parameters  130890 floats in 10 tensors
 *   train       9 kernels forward, 13 backward; workspace 5971584 bytes
 *   evaluate    9 kernels forward, 0 backward; workspace 2273664 bytes
 *
 * Call cnn_train once for each batch: it changes the parameters.  A workspace is an array of as many unions as there are threads,
 * aligned to 64 bytes; nothing is allocated.  The functions return false when the loss is not finite, before anything changed.
 */
#ifndef CNN_H
#define CNN_H

#include "rt.h"

/* A step works through the batch slice by slice; threads share the slices, each slice goes chunk by chunk. */
enum { CNN_BATCH = 128, CNN_SLICES = 4, CNN_SLICE = 32, CNN_CHUNK = 5 };

/* Parameters: a plain array of floats, in order of creation and in the layout of files. */
typedef struct CnnParams {
    float features_layer_conv2d_weight[32][1][3][3];    /* cnn.lua:24 */
    float features_layer_conv2d_bias[32];               /* cnn.lua:24 */
    float features_layer_conv2d_2_weight[64][32][3][3]; /* cnn.lua:24 */
    float features_layer_conv2d_2_bias[64];             /* cnn.lua:24 */
    float features_layer_conv2d_3_weight[64][64][3][3]; /* cnn.lua:24 */
    float features_layer_conv2d_3_bias[64];             /* cnn.lua:24 */
    float features_layer_conv2d_4_weight[128][64][3][3]; /* cnn.lua:24 */
    float features_layer_conv2d_4_bias[128];            /* cnn.lua:24 */
    float logits_linear_weight[10][128];                /* cnn.lua:36 */
    float logits_linear_bias[10];                       /* cnn.lua:36 */
} CnnParams;

/* The optimizer's running means of the gradient and of its square. */
typedef struct CnnMoments { CnnParams m, v; } CnnMoments;

/* Samples: arrays of CNN_BATCH, of which the first n are valid. */
typedef struct CnnBatch {
    int n;
    const int64_t *sample;              /* numbers in the data set */
    const float (*image)[28][28][1];
    const int32_t *label;
} CnnBatch;

/* What cnn_train leaves behind. */
typedef struct CnnTrainResult {
    float loss;
    float accuracy[CNN_BATCH];
} CnnTrainResult;

/* Workspace of cnn_train: 5971584 bytes for one thread, 55 buffers (the schedule needs at least 5971584).  Buffers that are never
 * live at once share bytes; the leading char array is where a buffer starts.  Behind each: the kernels it lives for. */
typedef union CnnTrainWork {
    struct { char at0[3776512];  float relu[CNN_CHUNK][28][28][32]; };                      /* fwd_relu .. bwd_features_layer_conv2d_2_weight */
    struct { char at1[1179648];  float relu_2[CNN_CHUNK][28][28][64]; };                    /* fwd_relu_2 .. bwd_relu_2 */
    struct { char at2[5856256];  uint8_t max_pool_window_argmax[CNN_CHUNK][14][14][64]; };  /* fwd_max_pool .. bwd_relu_2 */
    struct { char at3[2183168];  float max_pool[CNN_CHUNK][14][14][64]; };                  /* fwd_max_pool .. bwd_features_layer_conv2d_3_weight */
    struct { char at4[2434048];  float relu_3[CNN_CHUNK][14][14][64]; };                    /* fwd_relu_3 .. bwd_relu_3 */
    struct { char at5[2998528];  uint8_t max_pool_window_argmax_2[CNN_CHUNK][7][7][64]; };  /* fwd_max_pool_2 .. bwd_relu_3 */
    struct { char at6[2810368];  float max_pool_2[CNN_CHUNK][7][7][64]; };                  /* fwd_max_pool_2 .. bwd_features_layer_conv2d_4_weight */
    struct { char at7[2684928];  float features[CNN_CHUNK][7][7][128]; };                   /* fwd_features .. bwd_features_layer_conv2d_4_weight */
    struct { char at8[2873088];  float global_avg_pool[CNN_CHUNK][128]; };                  /* fwd_global_avg_pool .. bwd_logits_linear_weight */
    struct { char at9[2875648];  float logits[CNN_CHUNK][10]; };                            /* fwd_logits .. fwd_loss */
    struct { char at10[2878208];  float loss_exp[CNN_CHUNK][10]; };                         /* fwd_loss .. bwd_logits_linear_weight */
    struct { char at11[2875904];  float loss_sum[CNN_CHUNK]; };                             /* fwd_loss .. bwd_logits */
    struct { char at12[5971520];  float loss[CNN_SLICES][1]; };                             /* fwd_relu .. update_logits_linear_bias */
    struct { char at13[2878208];  float d_logits[CNN_CHUNK][10]; };                         /* bwd_logits .. bwd_logits_linear_weight */
    struct { char at14[5971328];  float d_logits_linear_bias[CNN_SLICES][10]; };            /* fwd_relu .. update_logits_linear_bias */
    struct { char at15[2875648];  float d_global_avg_pool[CNN_CHUNK][128]; };               /* bwd_global_avg_pool .. bwd_features */
    struct { char at16[5918976];  float d_logits_linear_weight[CNN_SLICES][10][128]; };     /* fwd_relu .. update_logits_linear_weight */
    struct { char at17[2684928];  float d_features[CNN_CHUNK][7][7][128]; };                /* bwd_features .. bwd_features_layer_conv2d_4_weight */
    struct { char at18[5965568];  float d_features_layer_conv2d_4_bias[CNN_SLICES][128]; }; /* fwd_relu .. update_features_layer_conv2d_4_bias */
    struct { char at19[2935808];  float d_max_pool_2[CNN_CHUNK][7][7][64]; };               /* bwd_max_pool_2 .. bwd_relu_3 */
    struct { char at20[1179648];  float d_features_layer_conv2d_4_weight[128][64][3][3]; }; /* unpack_d_features_layer_conv2d_4_weight .. update_features_layer_conv2d_4_weight */
    struct { char at21[2684928];  float d_relu_3[CNN_CHUNK][14][14][64]; };                 /* bwd_relu_3 .. bwd_features_layer_conv2d_3_weight */
    struct { char at22[5968768];  float d_features_layer_conv2d_3_bias[CNN_SLICES][64]; };  /* fwd_relu .. update_features_layer_conv2d_3_bias */
    struct { char at23[5163008];  float d_max_pool[CNN_CHUNK][14][14][64]; };               /* bwd_max_pool .. bwd_relu_2 */
    struct {                    float d_features_layer_conv2d_3_weight[64][64][3][3]; };    /* unpack_d_features_layer_conv2d_3_weight .. update_features_layer_conv2d_3_weight */
    struct { char at25[2183168];  float d_relu_2[CNN_CHUNK][28][28][64]; };                 /* bwd_relu_2 .. bwd_features_layer_conv2d_2_weight */
    struct { char at26[5969792];  float d_features_layer_conv2d_2_bias[CNN_SLICES][64]; };  /* fwd_relu .. update_features_layer_conv2d_2_bias */
    struct { char at27[147456];  float d_features_layer_conv2d_2_weight[64][32][3][3]; };   /* unpack_d_features_layer_conv2d_2_weight .. update_features_layer_conv2d_2_weight */
    struct { char at28[1179648];  float d_relu[CNN_CHUNK][28][28][32]; };                   /* bwd_relu .. bwd_features_layer_conv2d_weight */
    struct { char at29[5970816];  float d_features_layer_conv2d_bias[CNN_SLICES][32]; };    /* fwd_relu .. update_features_layer_conv2d_bias */
    struct { char at30[221184];  float d_features_layer_conv2d_weight[32][3][3]; };         /* unpack_d_features_layer_conv2d_weight .. update_features_layer_conv2d_weight */
    struct { char at31[5967616];  float features_layer_conv2d_weight_packed[288]; };        /* pack_features_layer_conv2d_weight .. bwd_features_layer_conv2d_weight */
    struct { char at32[1179648];  float fwd_relu_scratch[29593]; };                         /* fwd_relu .. fwd_relu */
    struct { char at33[5708800];  float features_layer_conv2d_2_weight_packed[18432]; };    /* pack_features_layer_conv2d_2_weight .. bwd_features_layer_conv2d_weight */
    struct { char at34[2183168];  float fwd_relu_2_scratch[58672]; };                       /* fwd_relu_2 .. fwd_relu_2 */
    struct { char at35[5413888];  float features_layer_conv2d_3_weight_packed[36864]; };    /* pack_features_layer_conv2d_3_weight .. bwd_features_layer_conv2d_weight */
    struct { char at36[2684928];  float fwd_relu_3_scratch[17156]; };                       /* fwd_relu_3 .. fwd_relu_3 */
    struct { char at37[4278272];  float features_layer_conv2d_4_weight_packed[73728]; };    /* pack_features_layer_conv2d_4_weight .. bwd_features_layer_conv2d_weight */
    struct { char at38[2873088];  float fwd_features_scratch[10993]; };                     /* fwd_features .. fwd_features */
    struct { char at39[5939456];  float logits_linear_weight_packed[4096]; };               /* pack_logits_linear_weight .. bwd_features_layer_conv2d_weight */
    struct { char at40[5955840];  float logits_linear_weight_back_packed[1280]; };          /* pack_logits_linear_weight_back .. bwd_features_layer_conv2d_weight */
    struct { char at41[4573184];  float features_layer_conv2d_4_weight_back_packed[73728]; }; /* pack_features_layer_conv2d_4_weight_back .. bwd_features_layer_conv2d_weight */
    struct { char at42[2873088];  float bwd_max_pool_2_scratch[10993]; };                   /* bwd_max_pool_2 .. bwd_max_pool_2 */
    struct { char at43[2873088];  float bwd_features_layer_conv2d_4_weight_scratch[10993]; }; /* bwd_features_layer_conv2d_4_weight .. bwd_features_layer_conv2d_4_weight */
    struct {                    float d_features_layer_conv2d_4_weight_sum[CNN_SLICES][73728]; }; /* fwd_relu .. unpack_d_features_layer_conv2d_4_weight */
    struct { char at45[5561344];  float features_layer_conv2d_3_weight_back_packed[36864]; }; /* pack_features_layer_conv2d_3_weight_back .. bwd_features_layer_conv2d_weight */
    struct { char at46[2434048];  float bwd_max_pool_scratch[17156]; };                     /* bwd_max_pool .. bwd_max_pool */
    struct { char at47[2434048];  float bwd_features_layer_conv2d_3_weight_scratch[17156]; }; /* bwd_features_layer_conv2d_3_weight .. bwd_features_layer_conv2d_3_weight */
    struct { char at48[3186688];  float d_features_layer_conv2d_3_weight_sum[CNN_SLICES][36864]; }; /* fwd_relu .. unpack_d_features_layer_conv2d_3_weight */
    struct { char at49[5782528];  float features_layer_conv2d_2_weight_back_packed[18432]; }; /* pack_features_layer_conv2d_2_weight_back .. bwd_features_layer_conv2d_weight */
    struct { char at50[1681408];  float bwd_relu_scratch[58672]; };                         /* bwd_relu .. bwd_relu */
    struct { char at51[1681408];  float bwd_features_layer_conv2d_2_weight_scratch[58672]; }; /* bwd_features_layer_conv2d_2_weight .. bwd_features_layer_conv2d_2_weight */
    struct { char at52[4868096];  float d_features_layer_conv2d_2_weight_sum[CNN_SLICES][18432]; }; /* fwd_relu .. unpack_d_features_layer_conv2d_2_weight */
    struct { char at53[1681408];  float bwd_features_layer_conv2d_weight_scratch[29593]; }; /* bwd_features_layer_conv2d_weight .. bwd_features_layer_conv2d_weight */
    struct { char at54[5960960];  float d_features_layer_conv2d_weight_sum[CNN_SLICES][288]; }; /* fwd_relu .. unpack_d_features_layer_conv2d_weight */
    char bytes[5971584];
} CnnTrainWork;
_Static_assert(sizeof(CnnTrainWork) == 5971584, "the workspace is not the one that was planned");

bool cnn_train(CnnTrainWork *work, int threads, CnnParams *p, CnnMoments *o, const CnnBatch *in,
               const RtStep *step, CnnTrainResult *out);

/* What cnn_evaluate leaves behind. */
typedef struct CnnEvaluateResult {
    float loss;
    float accuracy[CNN_BATCH];
} CnnEvaluateResult;

/* Workspace of cnn_evaluate: 2273664 bytes for one thread, 18 buffers (the schedule needs at least 2273664).  Buffers that are never
 * live at once share bytes; the leading char array is where a buffer starts.  Behind each: the kernels it lives for. */
typedef union CnnEvaluateWork {
    struct { char at0[1003520];  float relu[CNN_CHUNK][28][28][32]; };                      /* fwd_relu .. fwd_relu_2 */
    struct {                    float relu_2[CNN_CHUNK][28][28][64]; };                     /* fwd_relu_2 .. evaluate_fwd_max_pool */
    struct { char at2[1003520];  float max_pool[CNN_CHUNK][14][14][64]; };                  /* evaluate_fwd_max_pool .. fwd_relu_3 */
    struct {                    float relu_3[CNN_CHUNK][14][14][64]; };                     /* fwd_relu_3 .. evaluate_fwd_max_pool_2 */
    struct { char at4[250880];  float max_pool_2[CNN_CHUNK][7][7][64]; };                   /* evaluate_fwd_max_pool_2 .. fwd_features */
    struct {                    float features[CNN_CHUNK][7][7][128]; };                    /* fwd_features .. fwd_global_avg_pool */
    struct { char at6[125440];  float global_avg_pool[CNN_CHUNK][128]; };                   /* fwd_global_avg_pool .. fwd_logits */
    struct {                    float logits[CNN_CHUNK][10]; };                             /* fwd_logits .. evaluate_fwd_loss */
    struct { char at8[2273600];  float loss[CNN_SLICES][1]; };                              /* fwd_relu .. combine_loss */
    struct { char at9[2272448];  float features_layer_conv2d_weight_packed[288]; };         /* pack_features_layer_conv2d_weight .. evaluate_fwd_loss */
    struct {                    float fwd_relu_scratch[29593]; };                           /* fwd_relu .. fwd_relu */
    struct { char at11[2182336];  float features_layer_conv2d_2_weight_packed[18432]; };    /* pack_features_layer_conv2d_2_weight .. evaluate_fwd_loss */
    struct { char at12[1800192];  float fwd_relu_2_scratch[58672]; };                       /* fwd_relu_2 .. fwd_relu_2 */
    struct { char at13[2034880];  float features_layer_conv2d_3_weight_packed[36864]; };    /* pack_features_layer_conv2d_3_weight .. evaluate_fwd_loss */
    struct { char at14[250880];  float fwd_relu_3_scratch[17156]; };                        /* fwd_relu_3 .. fwd_relu_3 */
    struct { char at15[1505280];  float features_layer_conv2d_4_weight_packed[73728]; };    /* pack_features_layer_conv2d_4_weight .. evaluate_fwd_loss */
    struct { char at16[125440];  float fwd_features_scratch[10993]; };                      /* fwd_features .. fwd_features */
    struct { char at17[2256064];  float logits_linear_weight_packed[4096]; };               /* pack_logits_linear_weight .. evaluate_fwd_loss */
    char bytes[2273664];
} CnnEvaluateWork;
_Static_assert(sizeof(CnnEvaluateWork) == 2273664, "the workspace is not the one that was planned");

bool cnn_evaluate(CnnEvaluateWork *work, int threads, CnnParams *p, const CnnBatch *in,
                  const RtStep *step, CnnEvaluateResult *out);

extern const RtModel cnn_model;      /* the same as tables, for the trainer */

#endif
