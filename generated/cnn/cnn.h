/* cnn.h - written by tailor 0.2.0 from cnn.lua.  Edit the graph, not this file.
 *
 *   graph       cc5e0b5e52970b15c95989c2b9ecc122fa81b090ecfa8cc97453bbfe4e309ea8
 *   parameters  130890 floats in 10 tensors
 *   train       9 kernels forward, 13 backward; workspace 21941632 bytes
 *   evaluate    9 kernels forward, 0 backward; workspace 5878720 bytes
 *   predict     8 kernels forward, 0 backward; workspace 5878656 bytes
 *
 * A Cnn is a run: cnn_init, then cnn_step once for each batch; cnn_save and cnn_load.  Nothing is allocated,
 * and nothing but these structs is remembered.
 */
#ifndef CNN_H
#define CNN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A step works through the batch slice by slice; threads share the slices, each slice goes some images at a
 * time. */
enum { CNN_BATCH = 128, CNN_SLICES = 4, CNN_SLICE = 32 };

/* Parameters: a plain array of floats, in order of creation and in the layout of files. */
typedef struct CnnParams {
    float conv1_weight[32][1][3][3];                    /* networks/cnn.lua:20 */
    float conv1_bias[32];                               /* networks/cnn.lua:20 */
    float conv2_weight[64][32][3][3];                   /* networks/cnn.lua:20 */
    float conv2_bias[64];                               /* networks/cnn.lua:20 */
    float conv3_weight[64][64][3][3];                   /* networks/cnn.lua:20 */
    float conv3_bias[64];                               /* networks/cnn.lua:20 */
    float conv4_weight[128][64][3][3];                  /* networks/cnn.lua:20 */
    float conv4_bias[128];                              /* networks/cnn.lua:20 */
    float fc_weight[10][128];                           /* networks/cnn.lua:55 */
    float fc_bias[10];                                  /* networks/cnn.lua:55 */
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

/* What cnn_step leaves behind. */
typedef struct CnnTrainResult {
    float loss;
    float accuracy[CNN_BATCH];
} CnnTrainResult;

/* What cnn_evaluate leaves behind. */
typedef struct CnnEvaluateResult {
    float loss;
    float accuracy[CNN_BATCH];
} CnnEvaluateResult;

/* What cnn_predict leaves behind. */
typedef struct CnnPredictResult {
    float logits[CNN_BATCH][10];
} CnnPredictResult;

/* A run: everything that the next step depends on.  A plain struct, which may be static, copied and kept. */
typedef struct Cnn {
    CnnParams params;
    CnnMoments moments;
    int64_t step;                       /* the steps done */
    int64_t steps;                      /* of the whole schedule; behind them the last rate stays */
    int64_t steps_per_epoch;
    int64_t skipped;                    /* steps that changed nothing, if the caller counts on over them */
    uint64_t seed;
} Cnn;

/* Memory of one thread, defined below.  A call is given an array of as many as there are threads, aligned to
 * 64 bytes. */
typedef union CnnWork CnnWork;

typedef enum CnnStatus {
    CNN_OK,
    CNN_NOT_FINITE,      /* the loss, a gradient or a new state; a number that is loaded */
    CNN_BAD_BATCH,       /* its size, a label that is no class, an input that is NULL and is read */
    CNN_BAD_THREADS,     /* not from 1 to 1024 */
    CNN_NOT_ALIGNED,     /* the workspace, to 64 bytes */
    CNN_BAD_FILE,        /* not a whole safetensors file */
    CNN_OTHER_MODEL      /* a tensor is missing, or has another shape or type */
} CnnStatus;

/* Each function holds for itself to round-to-nearest and subnormal numbers, whatever the caller has set, in
 * every thread that it works in.  On any status but CNN_OK only work and results may have changed. */

/* The run at its begin: initial values, and a schedule of so many steps (fewer than 1 count as 1).
 * steps_per_epoch becomes steps / 3, and may be changed. */
void cnn_init(Cnn *run, uint64_t seed, int64_t steps);

/* One step on a full batch, schedule and update included. */
CnnStatus cnn_step(Cnn *run, CnnWork *work, int threads, const CnnBatch *in, CnnTrainResult *out);

/* The gradients of the next step, before they are clipped, without the step. */
CnnStatus cnn_gradients(const Cnn *run, CnnWork *work, int threads, const CnnBatch *in, CnnParams *gradients,
                        CnnTrainResult *out);

/* Loss and metrics of 1 to CNN_BATCH samples. */
CnnStatus cnn_evaluate(const Cnn *run, CnnWork *work, int threads, const CnnBatch *in,
                       CnnEvaluateResult *out);

/* Outputs for 1 to CNN_BATCH samples. */
CnnStatus cnn_predict(const Cnn *run, CnnWork *work, int threads, const CnnBatch *in, CnnPredictResult *out);

/* The whole run as a safetensors file in memory.  Returns its size, and writes it where that is at most room;
 * cnn_save(run, NULL, 0) asks. */
size_t cnn_save(const Cnn *run, void *to, size_t room);

/* Takes over the weights of a safetensors file in memory, or the whole run of a save.  Changes nothing unless
 * all is right. */
CnnStatus cnn_load(Cnn *run, const void *bytes, size_t n);

const char *cnn_status_text(CnnStatus);

/* Workspace of cnn_step: 21941632 bytes for one thread, 55 buffers (the schedule needs at least 21941632).
 * Buffers that are never live at once share bytes; the leading char array is where a buffer starts.  Above
 * each: the kernels it lives for. */
typedef union CnnTrainWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_conv1_relu .. bwd_conv1_weight */
    struct { char at0[4718592];  float conv1_relu[32][28][28][32]; };
    /* fwd_conv2_relu .. fwd_conv2_max_pool */
    struct { char at1[12054272];  float conv2_relu[1][28][28][64]; };
    /* fwd_conv1_relu .. bwd_conv1_weight */
    struct { char at2[18513920];  uint8_t conv2_max_pool_window_argmax[32][14][14][64]; };
    /* fwd_conv1_relu .. bwd_conv3_weight */
    struct { char at3[15433728];  float conv2_max_pool[32][14][14][64]; };
    /* fwd_conv3_relu .. fwd_conv3_max_pool */
    struct { char at4[18915328];  float conv3_relu[32][14][14][64]; };
    /* fwd_conv3_max_pool .. bwd_conv3 */
    struct { char at5[21788672];  uint8_t conv3_max_pool_window_argmax[32][7][7][64]; };
    /* fwd_conv3_max_pool .. bwd_conv4_weight */
    struct { char at6[20690944];  float conv3_max_pool[32][7][7][64]; };
    /* fwd_features .. bwd_conv4_weight */
    struct { char at7[18915328];  float features[32][7][7][128]; };
    /* fwd_global_avg_pool .. bwd_fc_weight */
    struct { char at8[19718144];  float global_avg_pool[32][128]; };
    /* fwd_logits .. fwd_loss */
    struct { char at9[19734528];  float logits[32][10]; };
    /* fwd_loss .. bwd_fc_weight */
    struct { char at10[19750912];  float cross_entropy_exp[32][10]; };
    /* fwd_loss .. bwd_logits */
    struct { char at11[19735808];  float cross_entropy_sum[32]; };
    /* fwd_conv1_relu .. update_fc_bias */
    struct { char at12[21941568];  float loss[CNN_SLICES][1]; };
    /* bwd_logits .. bwd_fc_weight */
    struct { char at13[19750912];  float d_logits[32][10]; };
    /* fwd_conv1_relu .. update_fc_bias */
    struct { char at14[21941376];  float d_fc_bias[CNN_SLICES][10]; };
    /* bwd_global_avg_pool .. bwd_conv4 */
    struct { char at15[19734528];  float d_global_avg_pool[32][128]; };
    /* fwd_conv1_relu .. update_fc_weight */
    struct { char at16[21889024];  float d_fc_weight[CNN_SLICES][10][128]; };
    /* bwd_conv4 .. bwd_conv4_weight */
    struct { char at17[18915328];  float d_conv4[32][7][7][128]; };
    /* fwd_conv1_relu .. update_conv4_bias */
    struct { char at18[21935616];  float d_conv4_bias[CNN_SLICES][128]; };
    /* unpack_d_conv4_weight .. update_conv4_weight */
    struct { char at19[4718592];  float d_conv4_weight[128][64][3][3]; };
    /* bwd_conv3_max_pool .. bwd_conv3 */
    struct { char at20[21092352];  float d_conv3_max_pool[32][7][7][64]; };
    /* bwd_conv3 .. bwd_conv3_weight */
    struct { char at21[18915328];  float d_conv3[32][14][14][64]; };
    /* fwd_conv1_relu .. update_conv3_bias */
    struct { char at22[21938816];  float d_conv3_bias[CNN_SLICES][64]; };
    /* unpack_d_conv3_weight .. update_conv3_weight */
    struct {                    float d_conv3_weight[64][64][3][3]; };
    /* fwd_conv3_relu .. bwd_conv1_weight */
    struct { char at24[11468800];  float d_conv2_max_pool[32][14][14][64]; };
    /* bwd_conv2 .. bwd_conv2_weight */
    struct { char at25[15433728];  float d_conv2[1][28][28][64]; };
    /* fwd_conv1_relu .. update_conv2_bias */
    struct { char at26[21939840];  float d_conv2_bias[CNN_SLICES][64]; };
    /* unpack_d_conv2_weight .. update_conv2_weight */
    struct { char at27[147456];  float d_conv2_weight[64][32][3][3]; };
    /* bwd_conv1 .. bwd_conv1_weight */
    struct { char at28[16219904];  float d_conv1[1][28][28][32]; };
    /* fwd_conv1_relu .. update_conv1_bias */
    struct { char at29[21940864];  float d_conv1_bias[CNN_SLICES][32]; };
    /* unpack_d_conv1_weight .. update_conv1_weight */
    struct { char at30[221184];  float d_conv1_weight[32][1][3][3]; };
    /* pack_conv1_weight .. bwd_conv1_weight */
    struct { char at31[21937664];  float conv1_weight_packed[288]; };
    /* fwd_conv1_relu */
    struct { char at32[11468800];  float fwd_conv1_relu_scratch[29593]; };
    /* pack_conv2_weight .. bwd_conv1_weight */
    struct { char at33[18219008];  float conv2_weight_packed[73728]; };
    /* fwd_conv2_relu */
    struct { char at34[11468800];  float fwd_conv2_relu_scratch[146368]; };
    /* pack_conv3_weight .. bwd_conv1_weight */
    struct { char at35[17039360];  float conv3_weight_packed[147456]; };
    /* fwd_conv3_relu */
    struct { char at36[20520960];  float fwd_conv3_relu_scratch[146368]; };
    /* pack_conv4_weight .. bwd_conv1_weight */
    struct { char at37[10289152];  float conv4_weight_packed[294912]; };
    /* fwd_features */
    struct { char at38[19718144];  float fwd_features_scratch[243200]; };
    /* pack_fc_weight .. bwd_conv1_weight */
    struct { char at39[21909504];  float fc_weight_packed[4096]; };
    /* pack_fc_weight_back .. bwd_conv1_weight */
    struct { char at40[21925888];  float fc_weight_back_packed[1280]; };
    /* pack_conv4_weight_back .. bwd_conv1_weight */
    struct { char at41[13074432];  float conv4_weight_back_packed[294912]; };
    /* bwd_conv3_max_pool */
    struct { char at42[19718144];  float bwd_conv3_max_pool_scratch[243200]; };
    /* bwd_conv4_weight */
    struct { char at43[19718144];  float bwd_conv4_weight_scratch[243200]; };
    /* fwd_conv1_relu .. unpack_d_conv4_weight */
    struct {                    float d_conv4_weight_sum[CNN_SLICES][294912]; };
    /* pack_conv3_weight_back .. bwd_conv1_weight */
    struct { char at45[17629184];  float conv3_weight_back_packed[147456]; };
    /* bwd_conv2_max_pool */
    struct { char at46[20520960];  float bwd_conv2_max_pool_scratch[146368]; };
    /* bwd_conv3_weight */
    struct { char at47[20520960];  float bwd_conv3_weight_scratch[146368]; };
    /* fwd_conv1_relu .. unpack_d_conv3_weight */
    struct { char at48[7929856];  float d_conv3_weight_sum[CNN_SLICES][147456]; };
    /* pack_conv2_weight_back .. bwd_conv1_weight */
    struct { char at49[21493760];  float conv2_weight_back_packed[73728]; };
    /* bwd_conv1 */
    struct { char at50[15634432];  float bwd_conv1_scratch[146368]; };
    /* bwd_conv2_weight */
    struct { char at51[15634432];  float bwd_conv2_weight_scratch[146368]; };
    /* fwd_conv1_relu .. unpack_d_conv2_weight */
    struct { char at52[14254080];  float d_conv2_weight_sum[CNN_SLICES][73728]; };
    /* bwd_conv1_weight */
    struct { char at53[15433728];  float bwd_conv1_weight_scratch[29593]; };
    /* fwd_conv1_relu .. unpack_d_conv1_weight */
    struct { char at54[21931008];  float d_conv1_weight_sum[CNN_SLICES][288]; };
#endif
    char bytes[21941632];
} CnnTrainWork;

/* Workspace of cnn_evaluate: 5878720 bytes for one thread, 18 buffers (the schedule needs at least 5878720).
 * Buffers that are never live at once share bytes; the leading char array is where a buffer starts.  Above
 * each: the kernels it lives for. */
typedef union CnnEvaluateWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_conv1_relu .. fwd_conv2_relu */
    struct { char at0[4456192];  float conv1_relu[1][28][28][32]; };
    /* fwd_conv2_relu .. evaluate_fwd_conv2_max_pool */
    struct { char at1[4255488];  float conv2_relu[1][28][28][64]; };
    /* fwd_conv1_relu .. evaluate_fwd_loss */
    struct {                    float conv2_max_pool[32][14][14][64]; };
    /* fwd_conv3_relu .. evaluate_fwd_conv3_max_pool */
    struct { char at3[3670016];  float conv3_relu[32][14][14][64]; };
    /* evaluate_fwd_conv3_max_pool .. fwd_features */
    struct { char at4[5445632];  float conv3_max_pool[32][7][7][64]; };
    /* fwd_features .. fwd_global_avg_pool */
    struct { char at5[3670016];  float features[32][7][7][128]; };
    /* fwd_global_avg_pool .. fwd_logits */
    struct { char at6[4472832];  float global_avg_pool[32][128]; };
    /* fwd_logits .. evaluate_fwd_loss */
    struct { char at7[3670016];  float logits[32][10]; };
    /* fwd_conv1_relu .. combine_loss */
    struct { char at8[5878656];  float loss[CNN_SLICES][1]; };
    /* pack_conv1_weight .. evaluate_fwd_loss */
    struct { char at9[5877504];  float conv1_weight_packed[288]; };
    /* fwd_conv1_relu */
    struct { char at10[3670016];  float fwd_conv1_relu_scratch[29593]; };
    /* pack_conv2_weight .. evaluate_fwd_loss */
    struct { char at11[3375104];  float conv2_weight_packed[73728]; };
    /* fwd_conv2_relu */
    struct { char at12[3670016];  float fwd_conv2_relu_scratch[146368]; };
    /* pack_conv3_weight .. evaluate_fwd_loss */
    struct { char at13[2785280];  float conv3_weight_packed[147456]; };
    /* fwd_conv3_relu */
    struct { char at14[5275648];  float fwd_conv3_relu_scratch[146368]; };
    /* pack_conv4_weight .. evaluate_fwd_loss */
    struct { char at15[1605632];  float conv4_weight_packed[294912]; };
    /* fwd_features */
    struct { char at16[4472832];  float fwd_features_scratch[243200]; };
    /* pack_fc_weight .. evaluate_fwd_loss */
    struct { char at17[5861120];  float fc_weight_packed[4096]; };
#endif
    char bytes[5878720];
} CnnEvaluateWork;

/* Workspace of cnn_predict: 5878656 bytes for one thread, 16 buffers (the schedule needs at least 5878656).
 * Buffers that are never live at once share bytes; the leading char array is where a buffer starts.  Above
 * each: the kernels it lives for. */
typedef union CnnPredictWork {
#ifndef __cplusplus      /* which has no structures without a name */
    /* fwd_conv1_relu .. fwd_conv2_relu */
    struct { char at0[3960576];  float conv1_relu[1][28][28][32]; };
    /* fwd_conv2_relu .. evaluate_fwd_conv2_max_pool */
    struct { char at1[4060928];  float conv2_relu[1][28][28][64]; };
    /* fwd_conv1_relu .. fwd_logits */
    struct {                    float conv2_max_pool[32][14][14][64]; };
    /* fwd_conv3_relu .. evaluate_fwd_conv3_max_pool */
    struct { char at3[3375104];  float conv3_relu[32][14][14][64]; };
    /* evaluate_fwd_conv3_max_pool .. fwd_features */
    struct { char at4[5150720];  float conv3_max_pool[32][7][7][64]; };
    /* fwd_features .. fwd_global_avg_pool */
    struct { char at5[3375104];  float features[32][7][7][128]; };
    /* fwd_global_avg_pool .. fwd_logits */
    struct { char at6[4177920];  float global_avg_pool[32][128]; };
    /* pack_conv1_weight .. fwd_logits */
    struct { char at7[5877504];  float conv1_weight_packed[288]; };
    /* fwd_conv1_relu */
    struct { char at8[3375104];  float fwd_conv1_relu_scratch[29593]; };
    /* pack_conv2_weight .. fwd_logits */
    struct { char at9[5566208];  float conv2_weight_packed[73728]; };
    /* fwd_conv2_relu */
    struct { char at10[3375104];  float fwd_conv2_relu_scratch[146368]; };
    /* pack_conv3_weight .. fwd_logits */
    struct { char at11[2785280];  float conv3_weight_packed[147456]; };
    /* fwd_conv3_relu */
    struct { char at12[4980736];  float fwd_conv3_relu_scratch[146368]; };
    /* pack_conv4_weight .. fwd_logits */
    struct { char at13[1605632];  float conv4_weight_packed[294912]; };
    /* fwd_features */
    struct { char at14[4177920];  float fwd_features_scratch[243200]; };
    /* pack_fc_weight .. fwd_logits */
    struct { char at15[5861120];  float fc_weight_packed[4096]; };
#endif
    char bytes[5878656];
} CnnPredictWork;

/* Memory of one thread, for any call. */
union CnnWork {
    CnnTrainWork train;
    CnnEvaluateWork evaluate;
    CnnPredictWork predict;
#ifdef __cplusplus
    alignas(64) char bytes[21941632];
#else
    _Alignas(64) char bytes[21941632];
#endif
};

extern const struct RtModel cnn_model;      /* the same as tables, for the trainer */

#ifdef __cplusplus
}
#endif

#endif
