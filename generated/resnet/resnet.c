/* resnet.c - written by tailor 0.2.0 from resnet.lua.  Edit the graph, not this file.
 *
 *   graph       22ec39460567f80f13619da40a9e16aa85284cdf8605a76a260959dc0b93aef6
 *   parameters  272186 floats in 65 tensors
 *   train       147 kernels forward, 105 backward; workspace 95480256 bytes
 *   evaluate    24 kernels forward, 0 backward; workspace 5137664 bytes
 *
 * Names are those of resnet.lua; d_h is the gradient of the loss with respect to h and has the shape of h.
 */
#include "resnet.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "rt_conv.h"
#include "rt_depthwise.h"
#include "rt_math.h"
#include "rt_matmul.h"
#include "rt_random.h"
#include "rt_sum.h"
#include "rt_thread.h"
#include "rt_update.h"
#include "rt_winograd.h"

#if defined(__GNUC__) && !defined(__clang__)      /* gcc takes members of the workspace's union for one another */
#pragma GCC diagnostic ignored "-Wstringop-overflow"
#pragma GCC diagnostic ignored "-Wstringop-overread"
#pragma GCC diagnostic ignored "-Warray-bounds"
#endif

RT_KERNELS_BEGIN

static const RtConv conv_28x28x1_to_28x28x16_3x3 = {
    .h = 28, .w = 28, .ci = 1, .oh = 28, .ow = 28, .co = 16, .kh = 3, .kw = 3,
    .stride_h = 1, .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_stem_conv_weight(const float stem_conv_weight[restrict 16][1][3][3],
                                  float stem_conv_weight_packed[restrict 288])
{
    rt_conv2d_pack(conv_28x28x1_to_28x28x16_3x3, stem_conv_weight[0][0][0], stem_conv_weight_packed);
}

static void run_conv2d_28x28x1_to_28x28x16_3x3(int n, const float *restrict x, const float *restrict packed,
                                               float *restrict out, float *restrict scratch)
{
    rt_conv2d(conv_28x28x1_to_28x28x16_3x3, n, x, packed, out, scratch);
}

/* conv2d = conv2d(image, stem_conv_weight)                                             resnet.lua:19 */
static void fwd_conv2d(int n, const float image[restrict][28][28][1],
                       const float stem_conv_weight_packed[restrict 288],
                       float fwd_conv2d_scratch[restrict 15193], float conv2d[restrict][28][28][16])
{
    run_conv2d_28x28x1_to_28x28x16_3x3(n, image[0][0][0], stem_conv_weight_packed, conv2d[0][0][0],
                                       fwd_conv2d_scratch);
}

/* batch_norm = sum(conv2d)                                                             resnet.lua:20 */
static void fwd_batch_norm(int n, const float conv2d[restrict][28][28][16], float batch_norm[restrict 16])
{
    for (int b = 0; b < n; b++) {
        float batch_norm_tree[5][16];
        for (int h = 0; h < 28; h++) {
            float batch_norm_part[16] = {0};
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    batch_norm_part[c] += conv2d[b][h][w][c];
                }
            }
            rt_sums_put(h, 16, batch_norm_tree[0], batch_norm_part);
        }
        rt_sums_add(28, 16, batch_norm_tree[0], batch_norm);
    }
}

/* stem_bn_running_mean_next = (0.9 * stem_bn_running_mean) + (0.1 * (batch_norm / (784 * batch_size))) resnet.lua:20 */
static void fwd_stem_bn_running_mean_next(float batch_size, const float stem_bn_running_mean[restrict 16],
                                          const float batch_norm[restrict 16],
                                          float stem_bn_running_mean_next[restrict 16])
{
    const float t = 784.0f * batch_size;
    for (int i = 0; i < 16; i++) {
        stem_bn_running_mean_next[i] = 0.9f * stem_bn_running_mean[i] + 0.1f * (batch_norm[i] / t);
    }
}

/* batch_norm_2 = sum((conv2d - (batch_norm / (784 * batch_size))) * (conv2d - (batch_norm / (784 * batch_size)))) resnet.lua:20 */
static void fwd_batch_norm_2(int n, float batch_size, const float conv2d[restrict][28][28][16],
                             const float batch_norm[restrict 16], float batch_norm_2[restrict 16])
{
    const float t = 784.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float batch_norm_2_tree[5][16];
        for (int h = 0; h < 28; h++) {
            float batch_norm_2_part[16] = {0};
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t2 = conv2d[b][h][w][c] - batch_norm[c] / t;
                    batch_norm_2_part[c] += t2 * t2;
                }
            }
            rt_sums_put(h, 16, batch_norm_2_tree[0], batch_norm_2_part);
        }
        rt_sums_add(28, 16, batch_norm_2_tree[0], batch_norm_2);
    }
}

static const RtConv conv_28x28x16_to_28x28x16_3x3_f4 = {
    .h = 28, .w = 28, .ci = 16, .oh = 28, .ow = 28, .co = 16, .kh = 3, .kw = 3,
    .stride_h = 1, .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1, .tile = 4,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_stages_1_1_conv1_weight(const float stages_1_1_conv1_weight[restrict 16][16][3][3],
                                         float stages_1_1_conv1_weight_packed[restrict 18432])
{
    rt_winograd_pack(conv_28x28x16_to_28x28x16_3x3_f4, stages_1_1_conv1_weight[0][0][0],
                     stages_1_1_conv1_weight_packed);
}

/* stem_bn_running_var_next = (0.9 * stem_bn_running_var) + (0.1 * ((batch_norm_2 / (784 * batch_size)) * ((784 * batch_size) / maximum((784 * ...) - ..., ...)))) resnet.lua:20 */
static void fwd_stem_bn_running_var_next(float batch_size, const float stem_bn_running_var[restrict 16],
                                         const float batch_norm_2[restrict 16],
                                         float stem_bn_running_var_next[restrict 16])
{
    const float t = 784.0f * batch_size;
    const float t2 = t / rt_max(t - 1.0f, 1.0f);
    for (int i = 0; i < 16; i++) {
        stem_bn_running_var_next[i] = 0.9f * stem_bn_running_var[i] + 0.1f * (batch_norm_2[i] / t * t2);
    }
}

/* batch_norm_3 = rsqrt((batch_norm_2 / (784 * batch_size)) + 1e-05)                    resnet.lua:20 */
static void fwd_batch_norm_3(float batch_size, const float batch_norm_2[restrict 16],
                             float batch_norm_3[restrict 16])
{
    const float t = 784.0f * batch_size;
    for (int l = 0; l < 16; l++) {
        batch_norm_3[l] = rt_rsqrt(batch_norm_2[l] / t + 1e-05f);
    }
}

/* relu = relu((((conv2d - (batch_norm / (784 * batch_size))) * batch_norm_3) * stem_bn_weight) + stem_bn_bias) resnet.lua:33 */
static void fwd_relu(int n, float batch_size, const float conv2d[restrict][28][28][16],
                     const float batch_norm[restrict 16], const float batch_norm_3[restrict 16],
                     const float stem_bn_weight[restrict 16], const float stem_bn_bias[restrict 16],
                     float relu[restrict][28][28][16])
{
    const float t = 784.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    relu[b][h][w][c] = rt_relu((conv2d[b][h][w][c] - batch_norm[c] / t) * batch_norm_3[c] * stem_bn_weight[c] + stem_bn_bias[c]);
                }
            }
        }
    }
}

static void run_conv2d_28x28x16_to_28x28x16_3x3_f4(int n, const float *restrict x, const float *restrict packed,
                                                   float *restrict out, float *restrict scratch)
{
    rt_winograd(conv_28x28x16_to_28x28x16_3x3_f4, n, x, packed, out, scratch);
}

/* conv2d_2 = conv2d(relu, stages_1_1_conv1_weight)                                     resnet.lua:19 */
static void fwd_conv2d_2(int n, const float relu[restrict][28][28][16],
                         const float stages_1_1_conv1_weight_packed[restrict 18432],
                         float fwd_conv2d_2_scratch[restrict 73744], float conv2d_2[restrict][28][28][16])
{
    run_conv2d_28x28x16_to_28x28x16_3x3_f4(n, relu[0][0][0], stages_1_1_conv1_weight_packed, conv2d_2[0][0][0],
                                           fwd_conv2d_2_scratch);
}

/* relu_3 = relu(((((conv2d_3 - (batch_norm_7 / (784 * batch_size))) * batch_norm_9) * stages_1_1_bn2_weight) + stages_1_1_bn2_bias) + ...) resnet.lua:30 */
static void fwd_relu_3(int n, float batch_size, const float conv2d_3[restrict][28][28][16],
                       const float batch_norm_7[restrict 16], const float batch_norm_9[restrict 16],
                       const float stages_1_1_bn2_weight[restrict 16], const float stages_1_1_bn2_bias[restrict 16],
                       const float conv2d[restrict][28][28][16], const float batch_norm[restrict 16],
                       const float batch_norm_3[restrict 16], const float stem_bn_weight[restrict 16],
                       const float stem_bn_bias[restrict 16], float relu_3[restrict][28][28][16])
{
    const float t = 784.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t2 = (conv2d_3[b][h][w][c] - batch_norm_7[c] / t) * batch_norm_9[c] * stages_1_1_bn2_weight[c] + stages_1_1_bn2_bias[c];
                    const float t3 = rt_relu((conv2d[b][h][w][c] - batch_norm[c] / t) * batch_norm_3[c] * stem_bn_weight[c] + stem_bn_bias[c]);
                    relu_3[b][h][w][c] = rt_relu(t2 + t3);
                }
            }
        }
    }
}

/* relu_5 = relu(((((conv2d_5 - (batch_norm_13 / (784 * batch_size))) * batch_norm_15) * stages_1_2_bn2_weight) + stages_1_2_bn2_bias) + ...) resnet.lua:30 */
static void fwd_relu_5(int n, float batch_size, const float conv2d_5[restrict][28][28][16],
                       const float batch_norm_13[restrict 16], const float batch_norm_15[restrict 16],
                       const float stages_1_2_bn2_weight[restrict 16], const float stages_1_2_bn2_bias[restrict 16],
                       const float conv2d_3[restrict][28][28][16], const float batch_norm_7[restrict 16],
                       const float batch_norm_9[restrict 16], const float stages_1_1_bn2_weight[restrict 16],
                       const float stages_1_1_bn2_bias[restrict 16], const float conv2d[restrict][28][28][16],
                       const float batch_norm[restrict 16], const float batch_norm_3[restrict 16],
                       const float stem_bn_weight[restrict 16], const float stem_bn_bias[restrict 16],
                       float relu_5[restrict][28][28][16])
{
    const float t = 784.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t2 = (conv2d_5[b][h][w][c] - batch_norm_13[c] / t) * batch_norm_15[c] * stages_1_2_bn2_weight[c] + stages_1_2_bn2_bias[c];
                    const float t3 = (conv2d_3[b][h][w][c] - batch_norm_7[c] / t) * batch_norm_9[c] * stages_1_1_bn2_weight[c] + stages_1_1_bn2_bias[c];
                    const float t4 = rt_relu((conv2d[b][h][w][c] - batch_norm[c] / t) * batch_norm_3[c] * stem_bn_weight[c] + stem_bn_bias[c]);
                    relu_5[b][h][w][c] = rt_relu(t2 + rt_relu(t3 + t4));
                }
            }
        }
    }
}

static const RtConv conv_28x28x16_to_14x14x32_3x3_stride2 = {
    .h = 28, .w = 28, .ci = 16, .oh = 14, .ow = 14, .co = 32, .kh = 3, .kw = 3,
    .stride_h = 2, .stride_w = 2, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_stages_2_1_conv1_weight(const float stages_2_1_conv1_weight[restrict 32][16][3][3],
                                         float stages_2_1_conv1_weight_packed[restrict 4608])
{
    rt_conv2d_pack(conv_28x28x16_to_14x14x32_3x3_stride2, stages_2_1_conv1_weight[0][0][0],
                   stages_2_1_conv1_weight_packed);
}

static const RtConv conv_28x28x16_to_14x14x32_1x1_stride2 = {
    .h = 28, .w = 28, .ci = 16, .oh = 14, .ow = 14, .co = 32, .kh = 1, .kw = 1,
    .stride_h = 2, .stride_w = 2, .pad_h = 0, .pad_w = 0, .dilation_h = 1, .dilation_w = 1, .groups = 1,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_stages_2_1_conv_skip_weight(const float stages_2_1_conv_skip_weight[restrict 32][16][1][1],
                                             float stages_2_1_conv_skip_weight_packed[restrict 512])
{
    rt_conv2d_pack(conv_28x28x16_to_14x14x32_1x1_stride2, stages_2_1_conv_skip_weight[0][0][0],
                   stages_2_1_conv_skip_weight_packed);
}

/* relu_7 = relu(((((conv2d_7 - (batch_norm_19 / (784 * batch_size))) * batch_norm_21) * stages_1_3_bn2_weight) + stages_1_3_bn2_bias) + ...) resnet.lua:30 */
static void fwd_relu_7(int n, float batch_size, const float conv2d_7[restrict][28][28][16],
                       const float batch_norm_19[restrict 16], const float batch_norm_21[restrict 16],
                       const float stages_1_3_bn2_weight[restrict 16], const float stages_1_3_bn2_bias[restrict 16],
                       const float conv2d_5[restrict][28][28][16], const float batch_norm_13[restrict 16],
                       const float batch_norm_15[restrict 16], const float stages_1_2_bn2_weight[restrict 16],
                       const float stages_1_2_bn2_bias[restrict 16], const float conv2d_3[restrict][28][28][16],
                       const float batch_norm_7[restrict 16], const float batch_norm_9[restrict 16],
                       const float stages_1_1_bn2_weight[restrict 16], const float stages_1_1_bn2_bias[restrict 16],
                       const float conv2d[restrict][28][28][16], const float batch_norm[restrict 16],
                       const float batch_norm_3[restrict 16], const float stem_bn_weight[restrict 16],
                       const float stem_bn_bias[restrict 16], float relu_7[restrict][28][28][16])
{
    const float t = 784.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t2 = (conv2d_7[b][h][w][c] - batch_norm_19[c] / t) * batch_norm_21[c] * stages_1_3_bn2_weight[c] + stages_1_3_bn2_bias[c];
                    const float t3 = (conv2d_5[b][h][w][c] - batch_norm_13[c] / t) * batch_norm_15[c] * stages_1_2_bn2_weight[c] + stages_1_2_bn2_bias[c];
                    const float t4 = (conv2d_3[b][h][w][c] - batch_norm_7[c] / t) * batch_norm_9[c] * stages_1_1_bn2_weight[c] + stages_1_1_bn2_bias[c];
                    const float t5 = rt_relu((conv2d[b][h][w][c] - batch_norm[c] / t) * batch_norm_3[c] * stem_bn_weight[c] + stem_bn_bias[c]);
                    relu_7[b][h][w][c] = rt_relu(t2 + rt_relu(t3 + rt_relu(t4 + t5)));
                }
            }
        }
    }
}

static void run_conv2d_28x28x16_to_14x14x32_3x3_stride2(int n, const float *restrict x, const float *restrict packed,
                                                        float *restrict out, float *restrict scratch)
{
    rt_conv2d(conv_28x28x16_to_14x14x32_3x3_stride2, n, x, packed, out, scratch);
}

/* conv2d_8 = conv2d(relu_7, stages_2_1_conv1_weight)                                   resnet.lua:19 */
static void fwd_conv2d_8(int n, const float relu_7[restrict][28][28][16],
                         const float stages_2_1_conv1_weight_packed[restrict 4608],
                         float fwd_conv2d_8_scratch[restrict 14384], float conv2d_8[restrict][14][14][32])
{
    run_conv2d_28x28x16_to_14x14x32_3x3_stride2(n, relu_7[0][0][0], stages_2_1_conv1_weight_packed, conv2d_8[0][0][0],
                                                fwd_conv2d_8_scratch);
}

/* batch_norm_22 = sum(conv2d_8)                                                        resnet.lua:20 */
static void fwd_batch_norm_22(int n, const float conv2d_8[restrict][14][14][32],
                              float batch_norm_22[restrict 32])
{
    for (int b = 0; b < n; b++) {
        float batch_norm_22_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float batch_norm_22_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    batch_norm_22_part[c] += conv2d_8[b][h][w][c];
                }
            }
            rt_sums_put(h, 32, batch_norm_22_tree[0], batch_norm_22_part);
        }
        rt_sums_add(14, 32, batch_norm_22_tree[0], batch_norm_22);
    }
}

static void run_conv2d_28x28x16_to_14x14x32_1x1_stride2(int n, const float *restrict x, const float *restrict packed,
                                                        float *restrict out, float *restrict scratch)
{
    rt_conv2d(conv_28x28x16_to_14x14x32_1x1_stride2, n, x, packed, out, scratch);
}

/* conv2d_10 = conv2d(relu_7, stages_2_1_conv_skip_weight)                              resnet.lua:19 */
static void fwd_conv2d_10(int n, const float relu_7[restrict][28][28][16],
                          const float stages_2_1_conv_skip_weight_packed[restrict 512],
                          float fwd_conv2d_10_scratch[restrict 12464], float conv2d_10[restrict][14][14][32])
{
    run_conv2d_28x28x16_to_14x14x32_1x1_stride2(n, relu_7[0][0][0], stages_2_1_conv_skip_weight_packed,
                                                conv2d_10[0][0][0], fwd_conv2d_10_scratch);
}

/* stages_2_1_bn1_running_mean_next = (0.9 * stages_2_1_bn1_running_mean) + (0.1 * (batch_norm_22 / (196 * batch_size))) resnet.lua:20 */
static void fwd_stages_2_1_bn1_running_mean_next(float batch_size,
                                                 const float stages_2_1_bn1_running_mean[restrict 32],
                                                 const float batch_norm_22[restrict 32],
                                                 float stages_2_1_bn1_running_mean_next[restrict 32])
{
    const float t = 196.0f * batch_size;
    for (int i = 0; i < 32; i++) {
        stages_2_1_bn1_running_mean_next[i] = 0.9f * stages_2_1_bn1_running_mean[i] + 0.1f * (batch_norm_22[i] / t);
    }
}

/* batch_norm_23 = sum((conv2d_8 - (batch_norm_22 / (196 * batch_size))) * (conv2d_8 - (batch_norm_22 / (196 * batch_size)))) resnet.lua:20 */
static void fwd_batch_norm_23(int n, float batch_size, const float conv2d_8[restrict][14][14][32],
                              const float batch_norm_22[restrict 32], float batch_norm_23[restrict 32])
{
    const float t = 196.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float batch_norm_23_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float batch_norm_23_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&conv2d_8[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t2 = conv2d_8[b][h][w][c] - batch_norm_22[c] / t;
                    batch_norm_23_part[c] += t2 * t2;
                }
            }
            rt_sums_put(h, 32, batch_norm_23_tree[0], batch_norm_23_part);
        }
        rt_sums_add(14, 32, batch_norm_23_tree[0], batch_norm_23);
    }
}

static const RtConv conv_14x14x32_to_14x14x32_3x3_f4 = {
    .h = 14, .w = 14, .ci = 32, .oh = 14, .ow = 14, .co = 32, .kh = 3, .kw = 3,
    .stride_h = 1, .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1, .tile = 4,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_stages_2_1_conv2_weight(const float stages_2_1_conv2_weight[restrict 32][32][3][3],
                                         float stages_2_1_conv2_weight_packed[restrict 36864])
{
    rt_winograd_pack(conv_14x14x32_to_14x14x32_3x3_f4, stages_2_1_conv2_weight[0][0][0],
                     stages_2_1_conv2_weight_packed);
}

/* stages_2_1_bn1_running_var_next = (0.9 * stages_2_1_bn1_running_var) + (0.1 * ((batch_norm_23 / (196 * batch_size)) * ((196 * batch_size) / maximum(..., ...)))) resnet.lua:20 */
static void fwd_stages_2_1_bn1_running_var_next(float batch_size, const float stages_2_1_bn1_running_var[restrict 32],
                                                const float batch_norm_23[restrict 32],
                                                float stages_2_1_bn1_running_var_next[restrict 32])
{
    const float t = 196.0f * batch_size;
    const float t2 = t / rt_max(t - 1.0f, 1.0f);
    for (int i = 0; i < 32; i++) {
        stages_2_1_bn1_running_var_next[i] = 0.9f * stages_2_1_bn1_running_var[i] + 0.1f * (batch_norm_23[i] / t * t2);
    }
}

/* batch_norm_24 = rsqrt((batch_norm_23 / (196 * batch_size)) + 1e-05)                  resnet.lua:20 */
static void fwd_batch_norm_24(float batch_size, const float batch_norm_23[restrict 32],
                              float batch_norm_24[restrict 32])
{
    const float t = 196.0f * batch_size;
    for (int l = 0; l < 32; l++) {
        batch_norm_24[l] = rt_rsqrt(batch_norm_23[l] / t + 1e-05f);
    }
}

/* relu_8 = relu((((conv2d_8 - (batch_norm_22 / (196 * batch_size))) * batch_norm_24) * stages_2_1_bn1_weight) + stages_2_1_bn1_bias) resnet.lua:24 */
static void fwd_relu_8(int n, float batch_size, const float conv2d_8[restrict][14][14][32],
                       const float batch_norm_22[restrict 32], const float batch_norm_24[restrict 32],
                       const float stages_2_1_bn1_weight[restrict 32], const float stages_2_1_bn1_bias[restrict 32],
                       float relu_8[restrict][14][14][32])
{
    const float t = 196.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&conv2d_8[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t2 = (conv2d_8[b][h][w][c] - batch_norm_22[c] / t) * batch_norm_24[c] * stages_2_1_bn1_weight[c] + stages_2_1_bn1_bias[c];
                    relu_8[b][h][w][c] = rt_relu(t2);
                }
            }
        }
    }
}

static void run_conv2d_14x14x32_to_14x14x32_3x3_f4(int n, const float *restrict x, const float *restrict packed,
                                                   float *restrict out, float *restrict scratch)
{
    rt_winograd(conv_14x14x32_to_14x14x32_3x3_f4, n, x, packed, out, scratch);
}

/* conv2d_9 = conv2d(relu_8, stages_2_1_conv2_weight)                                   resnet.lua:19 */
static void fwd_conv2d_9(int n, const float relu_8[restrict][14][14][32],
                         const float stages_2_1_conv2_weight_packed[restrict 36864],
                         float fwd_conv2d_9_scratch[restrict 97952], float conv2d_9[restrict][14][14][32])
{
    run_conv2d_14x14x32_to_14x14x32_3x3_f4(n, relu_8[0][0][0], stages_2_1_conv2_weight_packed, conv2d_9[0][0][0],
                                           fwd_conv2d_9_scratch);
}

/* relu_9 = relu(((((conv2d_9 - (batch_norm_25 / (196 * batch_size))) * batch_norm_27) * stages_2_1_bn2_weight) + stages_2_1_bn2_bias) + ...) resnet.lua:30 */
static void fwd_relu_9(int n, float batch_size, const float conv2d_9[restrict][14][14][32],
                       const float conv2d_10[restrict][14][14][32], const float batch_norm_25[restrict 32],
                       const float batch_norm_27[restrict 32], const float stages_2_1_bn2_weight[restrict 32],
                       const float stages_2_1_bn2_bias[restrict 32], const float batch_norm_28[restrict 32],
                       const float batch_norm_30[restrict 32], const float stages_2_1_bn_skip_weight[restrict 32],
                       const float stages_2_1_bn_skip_bias[restrict 32], float relu_9[restrict][14][14][32])
{
    const float t = 196.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&conv2d_9[b][h][w][0], 32);
                rt_read_ahead(&conv2d_10[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t2 = (conv2d_9[b][h][w][c] - batch_norm_25[c] / t) * batch_norm_27[c] * stages_2_1_bn2_weight[c] + stages_2_1_bn2_bias[c];
                    const float t3 = (conv2d_10[b][h][w][c] - batch_norm_28[c] / t) * batch_norm_30[c] * stages_2_1_bn_skip_weight[c] + stages_2_1_bn_skip_bias[c];
                    relu_9[b][h][w][c] = rt_relu(t2 + t3);
                }
            }
        }
    }
}

/* relu_11 = relu(((((conv2d_12 - (batch_norm_34 / (196 * batch_size))) * batch_norm_36) * stages_2_2_bn2_weight) + stages_2_2_bn2_bias) + ...) resnet.lua:30 */
static void fwd_relu_11(int n, float batch_size, const float conv2d_12[restrict][14][14][32],
                        const float conv2d_9[restrict][14][14][32], const float conv2d_10[restrict][14][14][32],
                        const float batch_norm_34[restrict 32], const float batch_norm_36[restrict 32],
                        const float stages_2_2_bn2_weight[restrict 32], const float stages_2_2_bn2_bias[restrict 32],
                        const float batch_norm_25[restrict 32], const float batch_norm_27[restrict 32],
                        const float stages_2_1_bn2_weight[restrict 32], const float stages_2_1_bn2_bias[restrict 32],
                        const float batch_norm_28[restrict 32], const float batch_norm_30[restrict 32],
                        const float stages_2_1_bn_skip_weight[restrict 32],
                        const float stages_2_1_bn_skip_bias[restrict 32], float relu_11[restrict][14][14][32])
{
    const float t = 196.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&conv2d_12[b][h][w][0], 32);
                rt_read_ahead(&conv2d_9[b][h][w][0], 32);
                rt_read_ahead(&conv2d_10[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t2 = (conv2d_12[b][h][w][c] - batch_norm_34[c] / t) * batch_norm_36[c] * stages_2_2_bn2_weight[c] + stages_2_2_bn2_bias[c];
                    const float t3 = (conv2d_9[b][h][w][c] - batch_norm_25[c] / t) * batch_norm_27[c] * stages_2_1_bn2_weight[c] + stages_2_1_bn2_bias[c];
                    const float t4 = (conv2d_10[b][h][w][c] - batch_norm_28[c] / t) * batch_norm_30[c] * stages_2_1_bn_skip_weight[c] + stages_2_1_bn_skip_bias[c];
                    relu_11[b][h][w][c] = rt_relu(t2 + rt_relu(t3 + t4));
                }
            }
        }
    }
}

static const RtConv conv_14x14x32_to_7x7x64_3x3_stride2 = {
    .h = 14, .w = 14, .ci = 32, .oh = 7, .ow = 7, .co = 64, .kh = 3, .kw = 3,
    .stride_h = 2, .stride_w = 2, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_stages_3_1_conv1_weight(const float stages_3_1_conv1_weight[restrict 64][32][3][3],
                                         float stages_3_1_conv1_weight_packed[restrict 18432])
{
    rt_conv2d_pack(conv_14x14x32_to_7x7x64_3x3_stride2, stages_3_1_conv1_weight[0][0][0],
                   stages_3_1_conv1_weight_packed);
}

static const RtConv conv_14x14x32_to_7x7x64_1x1_stride2 = {
    .h = 14, .w = 14, .ci = 32, .oh = 7, .ow = 7, .co = 64, .kh = 1, .kw = 1,
    .stride_h = 2, .stride_w = 2, .pad_h = 0, .pad_w = 0, .dilation_h = 1, .dilation_w = 1, .groups = 1,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_stages_3_1_conv_skip_weight(const float stages_3_1_conv_skip_weight[restrict 64][32][1][1],
                                             float stages_3_1_conv_skip_weight_packed[restrict 2048])
{
    rt_conv2d_pack(conv_14x14x32_to_7x7x64_1x1_stride2, stages_3_1_conv_skip_weight[0][0][0],
                   stages_3_1_conv_skip_weight_packed);
}

/* relu_13 = relu(((((conv2d_14 - (batch_norm_40 / (196 * batch_size))) * batch_norm_42) * stages_2_3_bn2_weight) + stages_2_3_bn2_bias) + ...) resnet.lua:30 */
static void fwd_relu_13(int n, float batch_size, const float conv2d_14[restrict][14][14][32],
                        const float conv2d_12[restrict][14][14][32], const float conv2d_9[restrict][14][14][32],
                        const float conv2d_10[restrict][14][14][32], const float batch_norm_40[restrict 32],
                        const float batch_norm_42[restrict 32], const float stages_2_3_bn2_weight[restrict 32],
                        const float stages_2_3_bn2_bias[restrict 32], const float batch_norm_34[restrict 32],
                        const float batch_norm_36[restrict 32], const float stages_2_2_bn2_weight[restrict 32],
                        const float stages_2_2_bn2_bias[restrict 32], const float batch_norm_25[restrict 32],
                        const float batch_norm_27[restrict 32], const float stages_2_1_bn2_weight[restrict 32],
                        const float stages_2_1_bn2_bias[restrict 32], const float batch_norm_28[restrict 32],
                        const float batch_norm_30[restrict 32], const float stages_2_1_bn_skip_weight[restrict 32],
                        const float stages_2_1_bn_skip_bias[restrict 32], float relu_13[restrict][14][14][32])
{
    const float t = 196.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&conv2d_14[b][h][w][0], 32);
                rt_read_ahead(&conv2d_12[b][h][w][0], 32);
                rt_read_ahead(&conv2d_9[b][h][w][0], 32);
                rt_read_ahead(&conv2d_10[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t2 = (conv2d_14[b][h][w][c] - batch_norm_40[c] / t) * batch_norm_42[c] * stages_2_3_bn2_weight[c] + stages_2_3_bn2_bias[c];
                    const float t3 = (conv2d_12[b][h][w][c] - batch_norm_34[c] / t) * batch_norm_36[c] * stages_2_2_bn2_weight[c] + stages_2_2_bn2_bias[c];
                    const float t4 = (conv2d_9[b][h][w][c] - batch_norm_25[c] / t) * batch_norm_27[c] * stages_2_1_bn2_weight[c] + stages_2_1_bn2_bias[c];
                    const float t5 = (conv2d_10[b][h][w][c] - batch_norm_28[c] / t) * batch_norm_30[c] * stages_2_1_bn_skip_weight[c] + stages_2_1_bn_skip_bias[c];
                    relu_13[b][h][w][c] = rt_relu(t2 + rt_relu(t3 + rt_relu(t4 + t5)));
                }
            }
        }
    }
}

static void run_conv2d_14x14x32_to_7x7x64_3x3_stride2(int n, const float *restrict x, const float *restrict packed,
                                                      float *restrict out, float *restrict scratch)
{
    rt_conv2d(conv_14x14x32_to_7x7x64_3x3_stride2, n, x, packed, out, scratch);
}

/* conv2d_15 = conv2d(relu_13, stages_3_1_conv1_weight)                                 resnet.lua:19 */
static void fwd_conv2d_15(int n, const float relu_13[restrict][14][14][32],
                          const float stages_3_1_conv1_weight_packed[restrict 18432],
                          float fwd_conv2d_15_scratch[restrict 7684], float conv2d_15[restrict][7][7][64])
{
    run_conv2d_14x14x32_to_7x7x64_3x3_stride2(n, relu_13[0][0][0], stages_3_1_conv1_weight_packed, conv2d_15[0][0][0],
                                              fwd_conv2d_15_scratch);
}

/* batch_norm_43 = sum(conv2d_15)                                                       resnet.lua:20 */
static void fwd_batch_norm_43(int n, const float conv2d_15[restrict][7][7][64],
                              float batch_norm_43[restrict 64])
{
    for (int b = 0; b < n; b++) {
        float batch_norm_43_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float batch_norm_43_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    batch_norm_43_part[c] += conv2d_15[b][h][w][c];
                }
            }
            rt_sums_put(h, 64, batch_norm_43_tree[0], batch_norm_43_part);
        }
        rt_sums_add(7, 64, batch_norm_43_tree[0], batch_norm_43);
    }
}

static void run_conv2d_14x14x32_to_7x7x64_1x1_stride2(int n, const float *restrict x, const float *restrict packed,
                                                      float *restrict out, float *restrict scratch)
{
    rt_conv2d(conv_14x14x32_to_7x7x64_1x1_stride2, n, x, packed, out, scratch);
}

/* conv2d_17 = conv2d(relu_13, stages_3_1_conv_skip_weight)                             resnet.lua:19 */
static void fwd_conv2d_17(int n, const float relu_13[restrict][14][14][32],
                          const float stages_3_1_conv_skip_weight_packed[restrict 2048],
                          float fwd_conv2d_17_scratch[restrict 5636], float conv2d_17[restrict][7][7][64])
{
    run_conv2d_14x14x32_to_7x7x64_1x1_stride2(n, relu_13[0][0][0], stages_3_1_conv_skip_weight_packed,
                                              conv2d_17[0][0][0], fwd_conv2d_17_scratch);
}

/* stages_3_1_bn1_running_mean_next = (0.9 * stages_3_1_bn1_running_mean) + (0.1 * (batch_norm_43 / (49 * batch_size))) resnet.lua:20 */
static void fwd_stages_3_1_bn1_running_mean_next(float batch_size,
                                                 const float stages_3_1_bn1_running_mean[restrict 64],
                                                 const float batch_norm_43[restrict 64],
                                                 float stages_3_1_bn1_running_mean_next[restrict 64])
{
    const float t = 49.0f * batch_size;
    for (int i = 0; i < 64; i++) {
        stages_3_1_bn1_running_mean_next[i] = 0.9f * stages_3_1_bn1_running_mean[i] + 0.1f * (batch_norm_43[i] / t);
    }
}

/* batch_norm_44 = sum((conv2d_15 - (batch_norm_43 / (49 * batch_size))) * (conv2d_15 - (batch_norm_43 / (49 * batch_size)))) resnet.lua:20 */
static void fwd_batch_norm_44(int n, float batch_size, const float conv2d_15[restrict][7][7][64],
                              const float batch_norm_43[restrict 64], float batch_norm_44[restrict 64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float batch_norm_44_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float batch_norm_44_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d_15[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = conv2d_15[b][h][w][c] - batch_norm_43[c] / t;
                    batch_norm_44_part[c] += t2 * t2;
                }
            }
            rt_sums_put(h, 64, batch_norm_44_tree[0], batch_norm_44_part);
        }
        rt_sums_add(7, 64, batch_norm_44_tree[0], batch_norm_44);
    }
}

static const RtConv conv_7x7x64_to_7x7x64_3x3_f4 = {
    .h = 7, .w = 7, .ci = 64, .oh = 7, .ow = 7, .co = 64, .kh = 3, .kw = 3,
    .stride_h = 1, .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1, .tile = 4,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_stages_3_1_conv2_weight(const float stages_3_1_conv2_weight[restrict 64][64][3][3],
                                         float stages_3_1_conv2_weight_packed[restrict 147456])
{
    rt_winograd_pack(conv_7x7x64_to_7x7x64_3x3_f4, stages_3_1_conv2_weight[0][0][0], stages_3_1_conv2_weight_packed);
}

/* stages_3_1_bn1_running_var_next = (0.9 * stages_3_1_bn1_running_var) + (0.1 * ((batch_norm_44 / (49 * batch_size)) * ((49 * batch_size) / maximum(..., ...)))) resnet.lua:20 */
static void fwd_stages_3_1_bn1_running_var_next(float batch_size, const float stages_3_1_bn1_running_var[restrict 64],
                                                const float batch_norm_44[restrict 64],
                                                float stages_3_1_bn1_running_var_next[restrict 64])
{
    const float t = 49.0f * batch_size;
    const float t2 = t / rt_max(t - 1.0f, 1.0f);
    for (int i = 0; i < 64; i++) {
        stages_3_1_bn1_running_var_next[i] = 0.9f * stages_3_1_bn1_running_var[i] + 0.1f * (batch_norm_44[i] / t * t2);
    }
}

/* batch_norm_45 = rsqrt((batch_norm_44 / (49 * batch_size)) + 1e-05)                   resnet.lua:20 */
static void fwd_batch_norm_45(float batch_size, const float batch_norm_44[restrict 64],
                              float batch_norm_45[restrict 64])
{
    const float t = 49.0f * batch_size;
    for (int l = 0; l < 64; l++) {
        batch_norm_45[l] = rt_rsqrt(batch_norm_44[l] / t + 1e-05f);
    }
}

/* relu_14 = relu((((conv2d_15 - (batch_norm_43 / (49 * batch_size))) * batch_norm_45) * stages_3_1_bn1_weight) + stages_3_1_bn1_bias) resnet.lua:24 */
static void fwd_relu_14(int n, float batch_size, const float conv2d_15[restrict][7][7][64],
                        const float batch_norm_43[restrict 64], const float batch_norm_45[restrict 64],
                        const float stages_3_1_bn1_weight[restrict 64], const float stages_3_1_bn1_bias[restrict 64],
                        float relu_14[restrict][7][7][64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d_15[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = (conv2d_15[b][h][w][c] - batch_norm_43[c] / t) * batch_norm_45[c] * stages_3_1_bn1_weight[c] + stages_3_1_bn1_bias[c];
                    relu_14[b][h][w][c] = rt_relu(t2);
                }
            }
        }
    }
}

static void run_conv2d_7x7x64_to_7x7x64_3x3_f4(int n, const float *restrict x, const float *restrict packed,
                                               float *restrict out, float *restrict scratch)
{
    rt_winograd(conv_7x7x64_to_7x7x64_3x3_f4, n, x, packed, out, scratch);
}

/* conv2d_16 = conv2d(relu_14, stages_3_1_conv2_weight)                                 resnet.lua:19 */
static void fwd_conv2d_16(int n, const float relu_14[restrict][7][7][64],
                          const float stages_3_1_conv2_weight_packed[restrict 147456],
                          float fwd_conv2d_16_scratch[restrict 146368], float conv2d_16[restrict][7][7][64])
{
    run_conv2d_7x7x64_to_7x7x64_3x3_f4(n, relu_14[0][0][0], stages_3_1_conv2_weight_packed, conv2d_16[0][0][0],
                                       fwd_conv2d_16_scratch);
}

/* relu_15 = relu(((((conv2d_16 - (batch_norm_46 / (49 * batch_size))) * batch_norm_48) * stages_3_1_bn2_weight) + stages_3_1_bn2_bias) + ...) resnet.lua:30 */
static void fwd_relu_15(int n, float batch_size, const float conv2d_16[restrict][7][7][64],
                        const float conv2d_17[restrict][7][7][64], const float batch_norm_46[restrict 64],
                        const float batch_norm_48[restrict 64], const float stages_3_1_bn2_weight[restrict 64],
                        const float stages_3_1_bn2_bias[restrict 64], const float batch_norm_49[restrict 64],
                        const float batch_norm_51[restrict 64], const float stages_3_1_bn_skip_weight[restrict 64],
                        const float stages_3_1_bn_skip_bias[restrict 64], float relu_15[restrict][7][7][64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d_16[b][h][w][0], 64);
                rt_read_ahead(&conv2d_17[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = (conv2d_16[b][h][w][c] - batch_norm_46[c] / t) * batch_norm_48[c] * stages_3_1_bn2_weight[c] + stages_3_1_bn2_bias[c];
                    const float t3 = (conv2d_17[b][h][w][c] - batch_norm_49[c] / t) * batch_norm_51[c] * stages_3_1_bn_skip_weight[c] + stages_3_1_bn_skip_bias[c];
                    relu_15[b][h][w][c] = rt_relu(t2 + t3);
                }
            }
        }
    }
}

/* relu_17 = relu(((((conv2d_19 - (batch_norm_55 / (49 * batch_size))) * batch_norm_57) * stages_3_2_bn2_weight) + stages_3_2_bn2_bias) + ...) resnet.lua:30 */
static void fwd_relu_17(int n, float batch_size, const float conv2d_19[restrict][7][7][64],
                        const float conv2d_16[restrict][7][7][64], const float conv2d_17[restrict][7][7][64],
                        const float batch_norm_55[restrict 64], const float batch_norm_57[restrict 64],
                        const float stages_3_2_bn2_weight[restrict 64], const float stages_3_2_bn2_bias[restrict 64],
                        const float batch_norm_46[restrict 64], const float batch_norm_48[restrict 64],
                        const float stages_3_1_bn2_weight[restrict 64], const float stages_3_1_bn2_bias[restrict 64],
                        const float batch_norm_49[restrict 64], const float batch_norm_51[restrict 64],
                        const float stages_3_1_bn_skip_weight[restrict 64],
                        const float stages_3_1_bn_skip_bias[restrict 64], float relu_17[restrict][7][7][64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d_19[b][h][w][0], 64);
                rt_read_ahead(&conv2d_16[b][h][w][0], 64);
                rt_read_ahead(&conv2d_17[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = (conv2d_19[b][h][w][c] - batch_norm_55[c] / t) * batch_norm_57[c] * stages_3_2_bn2_weight[c] + stages_3_2_bn2_bias[c];
                    const float t3 = (conv2d_16[b][h][w][c] - batch_norm_46[c] / t) * batch_norm_48[c] * stages_3_1_bn2_weight[c] + stages_3_1_bn2_bias[c];
                    const float t4 = (conv2d_17[b][h][w][c] - batch_norm_49[c] / t) * batch_norm_51[c] * stages_3_1_bn_skip_weight[c] + stages_3_1_bn_skip_bias[c];
                    relu_17[b][h][w][c] = rt_relu(t2 + rt_relu(t3 + t4));
                }
            }
        }
    }
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_fc_weight(const float fc_weight[restrict 10][64], float fc_weight_packed[restrict 2048])
{
    rt_pack(64, 10, fc_weight[0], 1, 64, fc_weight_packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_fc_weight_back(const float fc_weight[restrict 10][64],
                                float fc_weight_back_packed[restrict 640])
{
    rt_pack(10, 64, fc_weight[0], 64, 1, fc_weight_back_packed);
}

/* global_avg_pool = sum(relu(((((conv2d_21 - (batch_norm_61 / (49 * batch_size))) * batch_norm_63) * stages_3_3_bn2_weight) + stages_3_3_bn2_bias) + ...)) / ... resnet.lua:42 */
static void fwd_global_avg_pool(int n, float batch_size, const float conv2d_21[restrict][7][7][64],
                                const float conv2d_19[restrict][7][7][64], const float conv2d_16[restrict][7][7][64],
                                const float conv2d_17[restrict][7][7][64], const float batch_norm_61[restrict 64],
                                const float batch_norm_63[restrict 64],
                                const float stages_3_3_bn2_weight[restrict 64],
                                const float stages_3_3_bn2_bias[restrict 64], const float batch_norm_55[restrict 64],
                                const float batch_norm_57[restrict 64],
                                const float stages_3_2_bn2_weight[restrict 64],
                                const float stages_3_2_bn2_bias[restrict 64], const float batch_norm_46[restrict 64],
                                const float batch_norm_48[restrict 64],
                                const float stages_3_1_bn2_weight[restrict 64],
                                const float stages_3_1_bn2_bias[restrict 64], const float batch_norm_49[restrict 64],
                                const float batch_norm_51[restrict 64],
                                const float stages_3_1_bn_skip_weight[restrict 64],
                                const float stages_3_1_bn_skip_bias[restrict 64],
                                float global_avg_pool[restrict][64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float sum[64];
        float sum_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float sum_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d_21[b][h][w][0], 64);
                rt_read_ahead(&conv2d_19[b][h][w][0], 64);
                rt_read_ahead(&conv2d_16[b][h][w][0], 64);
                rt_read_ahead(&conv2d_17[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = (conv2d_21[b][h][w][c] - batch_norm_61[c] / t) * batch_norm_63[c] * stages_3_3_bn2_weight[c] + stages_3_3_bn2_bias[c];
                    const float t3 = (conv2d_19[b][h][w][c] - batch_norm_55[c] / t) * batch_norm_57[c] * stages_3_2_bn2_weight[c] + stages_3_2_bn2_bias[c];
                    const float t4 = (conv2d_16[b][h][w][c] - batch_norm_46[c] / t) * batch_norm_48[c] * stages_3_1_bn2_weight[c] + stages_3_1_bn2_bias[c];
                    const float t5 = (conv2d_17[b][h][w][c] - batch_norm_49[c] / t) * batch_norm_51[c] * stages_3_1_bn_skip_weight[c] + stages_3_1_bn_skip_bias[c];
                    sum_part[c] += rt_relu(t2 + rt_relu(t3 + rt_relu(t4 + t5)));
                }
            }
            rt_sums_put(h, 64, sum_tree[0], sum_part);
        }
        rt_sums_of(7, 64, sum_tree[0], sum);
        for (int c = 0; c < 64; c++) {
            global_avg_pool[b][c] = sum[c] / 49.0f;
        }
    }
}

/* logits = matmul(global_avg_pool, fc_weight') + fc_bias                               resnet.lua:42 */
static void fwd_logits(int n, const float global_avg_pool[restrict][64], const float fc_weight_packed[restrict 2048],
                       const float fc_bias[restrict 10], float logits[restrict][10])
{
    rt_matmul(n, 10, 64, global_avg_pool[0], 64, fc_weight_packed, logits[0], 10);
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 10; c++) {
            logits[b][c] = logits[b][c] + fc_bias[c];
        }
    }
}

/* loss_exp = exp(logits - max(logits))                                                 resnet.lua:44, 45
 * loss_sum = sum(loss_exp)
 * accuracy = argmax(logits) == label
 * loss = sum((log(loss_sum) - pick(logits - max(logits), label)) / batch_size) */
static void fwd_loss(int n, float batch_size, const float logits[restrict][10], const int32_t label[restrict],
                     float loss[restrict 1], float loss_exp[restrict][10], float loss_sum[restrict],
                     float accuracy[restrict])
{
    float loss_total = loss[0];
    for (int b = 0; b < n; b++) {
        float max = -INFINITY;
        int argmax = 0;
        float best = -INFINITY;
        for (int c = 0; c < 10; c++) {
            max = rt_max(max, logits[b][c]);
            argmax = rt_where_int(logits[b][c] > best, c, argmax);
            best = rt_max(best, logits[b][c]);
        }
        float sum = 0;
        for (int c = 0; c < 10; c++) {
            const float t = logits[b][c] - max;
            const float t2 = rt_exp(t);
            loss_exp[b][c] = t2;
            sum += t2;
        }
        loss_sum[b] = sum;
        accuracy[b] = argmax == label[b];
        const float t3 = logits[b][label[b]] - max;
        loss_total += (rt_log(sum) - t3) / batch_size;
    }
    loss[0] = loss_total;
}

/* d_logits = where(index == label, neg(1 / batch_size), 0) + (((1 / batch_size) / loss_sum) * loss_exp) resnet.lua:44
 *   d_logits arrives as loss_exp. */
static void bwd_logits(int n, float batch_size, const float loss_sum[restrict], const int32_t label[restrict],
                       float d_logits[restrict][10])
{
    const float t = 1.0f / batch_size;
    for (int b = 0; b < n; b++) {
        const float t2 = t / loss_sum[b];
        for (int c = 0; c < 10; c++) {
            d_logits[b][c] = rt_where(c == label[b], -t, 0.0f) + t2 * d_logits[b][c];
        }
    }
}

/* d_global_avg_pool = matmul(d_logits, fc_weight)                                      resnet.lua:42 */
static void bwd_global_avg_pool(int n, const float d_logits[restrict][10],
                                const float fc_weight_back_packed[restrict 640],
                                float d_global_avg_pool[restrict][64])
{
    rt_matmul(n, 64, 10, d_logits[0], 10, fc_weight_back_packed, d_global_avg_pool[0], 64);
}

/* d_fc_weight = matmul(d_logits', global_avg_pool)                                     resnet.lua:42
 * d_fc_bias = sum(d_logits) */
static void bwd_fc_weight(int n, const float d_logits[restrict][10], const float global_avg_pool[restrict][64],
                          float d_fc_weight[restrict 10][64], float d_fc_bias[restrict 10])
{
    rt_matmul_tn(10, 64, n, 0, d_logits[0], 10, global_avg_pool[0], 64, d_fc_weight[0], 64);
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 10; c++) {
            d_fc_bias[c] += d_logits[b][c];
        }
    }
}

/* d_stages_3_3_bn2_bias = sum(where(relu(((((conv2d_21 - (batch_norm_61 / (49 * batch_size))) * batch_norm_63) * stages_3_3_bn2_weight) + ...) + ...) > ..., ..., ...)) resnet.lua:20
 * d_stages_3_3_bn2_weight = sum(where(relu(((((conv2d_21 - (batch_norm_61 / (49 * batch_size))) * batch_norm_63) * stages_3_3_bn2_weight) + ...) + ...) > ..., ..., ...) * ...)
 * d_batch_norm_63 = sum((where(relu(((((conv2d_21 - (batch_norm_61 / (... * ...))) * batch_norm_63) * stages_3_3_bn2_weight) + stages_3_3_bn2_bias) + ...) > ..., ..., ...) * ...) * ...)
 * batch_norm_64 = sum((where(relu(((((conv2d_21 - (batch_norm_61 / (... * ...))) * batch_norm_63) * stages_3_3_bn2_weight) + stages_3_3_bn2_bias) + ...) > ..., ..., ...) * ...) * ...) */
static void bwd_batch_norm_64(int n, float batch_size, const float conv2d_21[restrict][7][7][64],
                              const float conv2d_19[restrict][7][7][64], const float conv2d_16[restrict][7][7][64],
                              const float conv2d_17[restrict][7][7][64], const float batch_norm_61[restrict 64],
                              const float batch_norm_63[restrict 64], const float stages_3_3_bn2_weight[restrict 64],
                              const float stages_3_3_bn2_bias[restrict 64], const float batch_norm_55[restrict 64],
                              const float batch_norm_57[restrict 64], const float stages_3_2_bn2_weight[restrict 64],
                              const float stages_3_2_bn2_bias[restrict 64], const float batch_norm_46[restrict 64],
                              const float batch_norm_48[restrict 64], const float stages_3_1_bn2_weight[restrict 64],
                              const float stages_3_1_bn2_bias[restrict 64], const float batch_norm_49[restrict 64],
                              const float batch_norm_51[restrict 64],
                              const float stages_3_1_bn_skip_weight[restrict 64],
                              const float stages_3_1_bn_skip_bias[restrict 64],
                              const float d_global_avg_pool[restrict][64],
                              float d_stages_3_3_bn2_bias[restrict 64],
                              float d_stages_3_3_bn2_weight[restrict 64], float d_batch_norm_63[restrict 64],
                              float batch_norm_64[restrict 64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float d_stages_3_3_bn2_bias_tree[3][64];
        float d_stages_3_3_bn2_weight_tree[3][64];
        float d_batch_norm_63_tree[3][64];
        float batch_norm_64_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float d_stages_3_3_bn2_bias_part[64] = {0};
            float d_stages_3_3_bn2_weight_part[64] = {0};
            float d_batch_norm_63_part[64] = {0};
            float batch_norm_64_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d_21[b][h][w][0], 64);
                rt_read_ahead(&conv2d_19[b][h][w][0], 64);
                rt_read_ahead(&conv2d_16[b][h][w][0], 64);
                rt_read_ahead(&conv2d_17[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = conv2d_21[b][h][w][c] - batch_norm_61[c] / t;
                    const float t3 = t2 * batch_norm_63[c];
                    const float t4 = (conv2d_19[b][h][w][c] - batch_norm_55[c] / t) * batch_norm_57[c] * stages_3_2_bn2_weight[c] + stages_3_2_bn2_bias[c];
                    const float t5 = (conv2d_16[b][h][w][c] - batch_norm_46[c] / t) * batch_norm_48[c] * stages_3_1_bn2_weight[c] + stages_3_1_bn2_bias[c];
                    const float t6 = (conv2d_17[b][h][w][c] - batch_norm_49[c] / t) * batch_norm_51[c] * stages_3_1_bn_skip_weight[c] + stages_3_1_bn_skip_bias[c];
                    const float t7 = rt_relu(t3 * stages_3_3_bn2_weight[c] + stages_3_3_bn2_bias[c] + rt_relu(t4 + rt_relu(t5 + t6))) > 0.0f;
                    d_stages_3_3_bn2_bias_part[c] += rt_where(t7, d_global_avg_pool[b][c] / 49.0f, 0.0f);
                    d_stages_3_3_bn2_weight_part[c] += rt_where(t7, d_global_avg_pool[b][c] / 49.0f, 0.0f) * t3;
                    const float t8 = rt_where(t7, d_global_avg_pool[b][c] / 49.0f, 0.0f) * stages_3_3_bn2_weight[c];
                    d_batch_norm_63_part[c] += t8 * t2;
                    batch_norm_64_part[c] += t8 * batch_norm_63[c];
                }
            }
            rt_sums_put(h, 64, d_stages_3_3_bn2_bias_tree[0], d_stages_3_3_bn2_bias_part);
            rt_sums_put(h, 64, d_stages_3_3_bn2_weight_tree[0], d_stages_3_3_bn2_weight_part);
            rt_sums_put(h, 64, d_batch_norm_63_tree[0], d_batch_norm_63_part);
            rt_sums_put(h, 64, batch_norm_64_tree[0], batch_norm_64_part);
        }
        rt_sums_add(7, 64, d_stages_3_3_bn2_bias_tree[0], d_stages_3_3_bn2_bias);
        rt_sums_add(7, 64, d_stages_3_3_bn2_weight_tree[0], d_stages_3_3_bn2_weight);
        rt_sums_add(7, 64, d_batch_norm_63_tree[0], d_batch_norm_63);
        rt_sums_add(7, 64, batch_norm_64_tree[0], batch_norm_64);
    }
}

/* batch_norm_65 = sum(((((-0.5 * d_batch_norm_63) * (batch_norm_63 * (batch_norm_63 * batch_norm_63))) / (49 * batch_size)) * (conv2d_21 - ...)) + ...) resnet.lua:20 */
static void bwd_batch_norm_65(int n, float batch_size, const float conv2d_21[restrict][7][7][64],
                              const float d_batch_norm_63[restrict 64], const float batch_norm_63[restrict 64],
                              const float batch_norm_61[restrict 64], float batch_norm_65[restrict 64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float batch_norm_65_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float batch_norm_65_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d_21[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = -0.5f * d_batch_norm_63[c] * (batch_norm_63[c] * (batch_norm_63[c] * batch_norm_63[c])) / t * (conv2d_21[b][h][w][c] - batch_norm_61[c] / t);
                    batch_norm_65_part[c] += t2 + t2;
                }
            }
            rt_sums_put(h, 64, batch_norm_65_tree[0], batch_norm_65_part);
        }
        rt_sums_add(7, 64, batch_norm_65_tree[0], batch_norm_65);
    }
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_stages_3_3_conv2_weight_back(const float stages_3_3_conv2_weight[restrict 64][64][3][3],
                                              float stages_3_3_conv2_weight_back_packed[restrict 147456])
{
    rt_winograd_grad_input_pack(conv_7x7x64_to_7x7x64_3x3_f4, stages_3_3_conv2_weight[0][0][0],
                                stages_3_3_conv2_weight_back_packed);
}

/* d_conv2d_21 = (((where(relu(((((conv2d_21 - (... / ...)) * batch_norm_63) * stages_3_3_bn2_weight) + stages_3_3_bn2_bias) + relu(...)) > ..., ..., ...) * ...) * ...) + ...) + ... resnet.lua:20 */
static void bwd_conv2d_21(int n, float batch_size, const float conv2d_21[restrict][7][7][64],
                          const float conv2d_19[restrict][7][7][64], const float conv2d_16[restrict][7][7][64],
                          const float conv2d_17[restrict][7][7][64], const float batch_norm_61[restrict 64],
                          const float batch_norm_63[restrict 64], const float stages_3_3_bn2_weight[restrict 64],
                          const float stages_3_3_bn2_bias[restrict 64], const float batch_norm_55[restrict 64],
                          const float batch_norm_57[restrict 64], const float stages_3_2_bn2_weight[restrict 64],
                          const float stages_3_2_bn2_bias[restrict 64], const float batch_norm_46[restrict 64],
                          const float batch_norm_48[restrict 64], const float stages_3_1_bn2_weight[restrict 64],
                          const float stages_3_1_bn2_bias[restrict 64], const float batch_norm_49[restrict 64],
                          const float batch_norm_51[restrict 64], const float stages_3_1_bn_skip_weight[restrict 64],
                          const float stages_3_1_bn_skip_bias[restrict 64],
                          const float d_global_avg_pool[restrict][64], const float d_batch_norm_63[restrict 64],
                          const float batch_norm_64[restrict 64], const float batch_norm_65[restrict 64],
                          float d_conv2d_21[restrict][7][7][64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d_21[b][h][w][0], 64);
                rt_read_ahead(&conv2d_19[b][h][w][0], 64);
                rt_read_ahead(&conv2d_16[b][h][w][0], 64);
                rt_read_ahead(&conv2d_17[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = conv2d_21[b][h][w][c] - batch_norm_61[c] / t;
                    const float t3 = (conv2d_19[b][h][w][c] - batch_norm_55[c] / t) * batch_norm_57[c] * stages_3_2_bn2_weight[c] + stages_3_2_bn2_bias[c];
                    const float t4 = (conv2d_16[b][h][w][c] - batch_norm_46[c] / t) * batch_norm_48[c] * stages_3_1_bn2_weight[c] + stages_3_1_bn2_bias[c];
                    const float t5 = (conv2d_17[b][h][w][c] - batch_norm_49[c] / t) * batch_norm_51[c] * stages_3_1_bn_skip_weight[c] + stages_3_1_bn_skip_bias[c];
                    const float t6 = t2 * batch_norm_63[c] * stages_3_3_bn2_weight[c] + stages_3_3_bn2_bias[c] + rt_relu(t3 + rt_relu(t4 + t5));
                    const float t7 = rt_where(rt_relu(t6) > 0.0f, d_global_avg_pool[b][c] / 49.0f, 0.0f) * stages_3_3_bn2_weight[c] * batch_norm_63[c];
                    const float t8 = -0.5f * d_batch_norm_63[c] * (batch_norm_63[c] * (batch_norm_63[c] * batch_norm_63[c])) / t * t2;
                    d_conv2d_21[b][h][w][c] = t7 + (t8 + t8) + (-batch_norm_64[c] - batch_norm_65[c]) / t;
                }
            }
        }
    }
}

/* relu_18_again = relu((((conv2d_20 - (batch_norm_58 / (49 * batch_size))) * batch_norm_60) * stages_3_3_bn1_weight) + stages_3_3_bn1_bias) resnet.lua:19, 24
 * d_where = where(relu_18_again > 0, conv2d_grad_input(d_conv2d_21, stages_3_3_conv2_weight), 0) */
static void bwd_where(int n, float batch_size, const float d_conv2d_21[restrict][7][7][64],
                      const float stages_3_3_conv2_weight_back_packed[restrict 147456],
                      const float conv2d_20[restrict][7][7][64], const float batch_norm_58[restrict 64],
                      const float batch_norm_60[restrict 64], const float stages_3_3_bn1_weight[restrict 64],
                      const float stages_3_3_bn1_bias[restrict 64], float bwd_where_scratch[restrict 146368],
                      float d_where[restrict][7][7][64], float relu_18_again[restrict][7][7][64])
{
    run_conv2d_7x7x64_to_7x7x64_3x3_f4(n, d_conv2d_21[0][0][0], stages_3_3_conv2_weight_back_packed, d_where[0][0][0],
                                       bwd_where_scratch);
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d_20[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = d_where[b][h][w][c];
                    const float t3 = (conv2d_20[b][h][w][c] - batch_norm_58[c] / t) * batch_norm_60[c] * stages_3_3_bn1_weight[c] + stages_3_3_bn1_bias[c];
                    const float t4 = rt_relu(t3);
                    relu_18_again[b][h][w][c] = t4;
                    d_where[b][h][w][c] = rt_where(t4 > 0.0f, t2, 0.0f);
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_7x7x64_to_7x7x64_3x3_f4(int n, const float *restrict x, const float *restrict dy,
                                                           float *restrict out, float *restrict scratch)
{
    rt_winograd_grad_weight(conv_7x7x64_to_7x7x64_3x3_f4, n, x, dy, out, scratch);
}

/* d_stages_3_3_conv2_weight = conv2d_grad_weight(relu_18_again, d_conv2d_21)           resnet.lua:19 */
static void bwd_stages_3_3_conv2_weight(int n, const float relu_18_again[restrict][7][7][64],
                                        const float d_conv2d_21[restrict][7][7][64],
                                        float bwd_stages_3_3_conv2_weight_scratch[restrict 146368],
                                        float d_stages_3_3_conv2_weight_sum[restrict 147456])
{
    run_conv2d_grad_weight_7x7x64_to_7x7x64_3x3_f4(n, relu_18_again[0][0][0], d_conv2d_21[0][0][0],
                                                   d_stages_3_3_conv2_weight_sum,
                                                   bwd_stages_3_3_conv2_weight_scratch);
}

/* d_stages_3_3_bn1_bias = sum(d_where)                                                 resnet.lua:20
 * d_stages_3_3_bn1_weight = sum(d_where * ((conv2d_20 - (batch_norm_58 / (49 * batch_size))) * batch_norm_60))
 * d_batch_norm_60 = sum((d_where * stages_3_3_bn1_weight) * (conv2d_20 - (batch_norm_58 / (49 * batch_size))))
 * batch_norm_66 = sum((d_where * stages_3_3_bn1_weight) * batch_norm_60) */
static void bwd_batch_norm_66(int n, float batch_size, const float conv2d_20[restrict][7][7][64],
                              const float d_where[restrict][7][7][64], const float batch_norm_58[restrict 64],
                              const float batch_norm_60[restrict 64], const float stages_3_3_bn1_weight[restrict 64],
                              float d_stages_3_3_bn1_bias[restrict 64],
                              float d_stages_3_3_bn1_weight[restrict 64], float d_batch_norm_60[restrict 64],
                              float batch_norm_66[restrict 64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float d_stages_3_3_bn1_bias_tree[3][64];
        float d_stages_3_3_bn1_weight_tree[3][64];
        float d_batch_norm_60_tree[3][64];
        float batch_norm_66_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float d_stages_3_3_bn1_bias_part[64] = {0};
            float d_stages_3_3_bn1_weight_part[64] = {0};
            float d_batch_norm_60_part[64] = {0};
            float batch_norm_66_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d_20[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    d_stages_3_3_bn1_bias_part[c] += d_where[b][h][w][c];
                    const float t2 = conv2d_20[b][h][w][c] - batch_norm_58[c] / t;
                    d_stages_3_3_bn1_weight_part[c] += d_where[b][h][w][c] * (t2 * batch_norm_60[c]);
                    const float t3 = d_where[b][h][w][c] * stages_3_3_bn1_weight[c];
                    d_batch_norm_60_part[c] += t3 * t2;
                    batch_norm_66_part[c] += t3 * batch_norm_60[c];
                }
            }
            rt_sums_put(h, 64, d_stages_3_3_bn1_bias_tree[0], d_stages_3_3_bn1_bias_part);
            rt_sums_put(h, 64, d_stages_3_3_bn1_weight_tree[0], d_stages_3_3_bn1_weight_part);
            rt_sums_put(h, 64, d_batch_norm_60_tree[0], d_batch_norm_60_part);
            rt_sums_put(h, 64, batch_norm_66_tree[0], batch_norm_66_part);
        }
        rt_sums_add(7, 64, d_stages_3_3_bn1_bias_tree[0], d_stages_3_3_bn1_bias);
        rt_sums_add(7, 64, d_stages_3_3_bn1_weight_tree[0], d_stages_3_3_bn1_weight);
        rt_sums_add(7, 64, d_batch_norm_60_tree[0], d_batch_norm_60);
        rt_sums_add(7, 64, batch_norm_66_tree[0], batch_norm_66);
    }
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_stages_3_3_conv2_weight(const float d_stages_3_3_conv2_weight_sum[restrict 147456],
                                             float d_stages_3_3_conv2_weight[restrict 64][64][3][3])
{
    rt_winograd_grad_weight_unpack(conv_7x7x64_to_7x7x64_3x3_f4, d_stages_3_3_conv2_weight_sum,
                                   d_stages_3_3_conv2_weight[0][0][0]);
}

/* d_conv2d_20 = (((d_where * stages_3_3_bn1_weight) * batch_norm_60) + (((((-0.5 * d_batch_norm_60) * (batch_norm_60 * (batch_norm_60 * ...))) / ...) * ...) + ...)) + ... resnet.lua:20 */
static void bwd_conv2d_20(int n, float batch_size, const float d_where[restrict][7][7][64],
                          const float conv2d_20[restrict][7][7][64], const float stages_3_3_bn1_weight[restrict 64],
                          const float batch_norm_60[restrict 64], const float d_batch_norm_60[restrict 64],
                          const float batch_norm_58[restrict 64], const float batch_norm_66[restrict 64],
                          const float batch_norm_67[restrict 64], float d_conv2d_20[restrict][7][7][64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&d_where[b][h][w][0], 64);
                rt_read_ahead(&conv2d_20[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = -0.5f * d_batch_norm_60[c] * (batch_norm_60[c] * (batch_norm_60[c] * batch_norm_60[c])) / t * (conv2d_20[b][h][w][c] - batch_norm_58[c] / t);
                    d_conv2d_20[b][h][w][c] = d_where[b][h][w][c] * stages_3_3_bn1_weight[c] * batch_norm_60[c] + (t2 + t2) + (-batch_norm_66[c] - batch_norm_67[c]) / t;
                }
            }
        }
    }
}

/* relu_17_again = relu(((((conv2d_19 - (batch_norm_55 / (49 * batch_size))) * batch_norm_57) * stages_3_2_bn2_weight) + stages_3_2_bn2_bias) + ...) resnet.lua:30, 20
 * d_add_add = where(relu_17_again > 0, where(relu(((((conv2d_21 - (batch_norm_61 / (49 * batch_size))) * batch_norm_63) * stages_3_3_bn2_weight) + ...) + ...) > ..., ..., ...) + ..., ...)
 * d_stages_3_2_bn2_bias = sum(d_add_add)
 * d_stages_3_2_bn2_weight = sum(d_add_add * ((conv2d_19 - (batch_norm_55 / (49 * batch_size))) * batch_norm_57))
 * d_batch_norm_57 = sum((d_add_add * stages_3_2_bn2_weight) * (conv2d_19 - (batch_norm_55 / (49 * batch_size))))
 * batch_norm_68 = sum((d_add_add * stages_3_2_bn2_weight) * batch_norm_57) */
static void bwd_batch_norm_68(int n, float batch_size, const float conv2d_19[restrict][7][7][64],
                              const float conv2d_16[restrict][7][7][64], const float conv2d_17[restrict][7][7][64],
                              const float conv2d_21[restrict][7][7][64], const float batch_norm_55[restrict 64],
                              const float batch_norm_57[restrict 64], const float stages_3_2_bn2_weight[restrict 64],
                              const float stages_3_2_bn2_bias[restrict 64], const float batch_norm_46[restrict 64],
                              const float batch_norm_48[restrict 64], const float stages_3_1_bn2_weight[restrict 64],
                              const float stages_3_1_bn2_bias[restrict 64], const float batch_norm_49[restrict 64],
                              const float batch_norm_51[restrict 64],
                              const float stages_3_1_bn_skip_weight[restrict 64],
                              const float stages_3_1_bn_skip_bias[restrict 64],
                              const float batch_norm_61[restrict 64], const float batch_norm_63[restrict 64],
                              const float stages_3_3_bn2_weight[restrict 64],
                              const float stages_3_3_bn2_bias[restrict 64],
                              const float d_global_avg_pool[restrict][64], const float conv2d_22[restrict][7][7][64],
                              float relu_17_again[restrict][7][7][64], float d_add_add[restrict][7][7][64],
                              float d_stages_3_2_bn2_bias[restrict 64],
                              float d_stages_3_2_bn2_weight[restrict 64], float d_batch_norm_57[restrict 64],
                              float batch_norm_68[restrict 64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float d_stages_3_2_bn2_bias_tree[3][64];
        float d_stages_3_2_bn2_weight_tree[3][64];
        float d_batch_norm_57_tree[3][64];
        float batch_norm_68_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float d_stages_3_2_bn2_bias_part[64] = {0};
            float d_stages_3_2_bn2_weight_part[64] = {0};
            float d_batch_norm_57_part[64] = {0};
            float batch_norm_68_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d_19[b][h][w][0], 64);
                rt_read_ahead(&conv2d_16[b][h][w][0], 64);
                rt_read_ahead(&conv2d_17[b][h][w][0], 64);
                rt_read_ahead(&conv2d_21[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = conv2d_19[b][h][w][c] - batch_norm_55[c] / t;
                    const float t3 = t2 * batch_norm_57[c];
                    const float t4 = (conv2d_16[b][h][w][c] - batch_norm_46[c] / t) * batch_norm_48[c] * stages_3_1_bn2_weight[c] + stages_3_1_bn2_bias[c];
                    const float t5 = (conv2d_17[b][h][w][c] - batch_norm_49[c] / t) * batch_norm_51[c] * stages_3_1_bn_skip_weight[c] + stages_3_1_bn_skip_bias[c];
                    const float t6 = rt_relu(t3 * stages_3_2_bn2_weight[c] + stages_3_2_bn2_bias[c] + rt_relu(t4 + t5));
                    relu_17_again[b][h][w][c] = t6;
                    const float t7 = (conv2d_21[b][h][w][c] - batch_norm_61[c] / t) * batch_norm_63[c] * stages_3_3_bn2_weight[c] + stages_3_3_bn2_bias[c];
                    const float t8 = rt_where(t6 > 0.0f, rt_where(rt_relu(t7 + t6) > 0.0f, d_global_avg_pool[b][c] / 49.0f, 0.0f) + conv2d_22[b][h][w][c], 0.0f);
                    d_add_add[b][h][w][c] = t8;
                    d_stages_3_2_bn2_bias_part[c] += t8;
                    d_stages_3_2_bn2_weight_part[c] += t8 * t3;
                    const float t9 = t8 * stages_3_2_bn2_weight[c];
                    d_batch_norm_57_part[c] += t9 * t2;
                    batch_norm_68_part[c] += t9 * batch_norm_57[c];
                }
            }
            rt_sums_put(h, 64, d_stages_3_2_bn2_bias_tree[0], d_stages_3_2_bn2_bias_part);
            rt_sums_put(h, 64, d_stages_3_2_bn2_weight_tree[0], d_stages_3_2_bn2_weight_part);
            rt_sums_put(h, 64, d_batch_norm_57_tree[0], d_batch_norm_57_part);
            rt_sums_put(h, 64, batch_norm_68_tree[0], batch_norm_68_part);
        }
        rt_sums_add(7, 64, d_stages_3_2_bn2_bias_tree[0], d_stages_3_2_bn2_bias);
        rt_sums_add(7, 64, d_stages_3_2_bn2_weight_tree[0], d_stages_3_2_bn2_weight);
        rt_sums_add(7, 64, d_batch_norm_57_tree[0], d_batch_norm_57);
        rt_sums_add(7, 64, batch_norm_68_tree[0], batch_norm_68);
    }
}

/* relu_15_again = relu(((((conv2d_16 - (batch_norm_46 / (49 * batch_size))) * batch_norm_48) * stages_3_1_bn2_weight) + stages_3_1_bn2_bias) + ...) resnet.lua:30, 20
 * d_batch_norm = where(relu_15_again > 0, d_add_add + conv2d_23, 0)
 * d_stages_3_1_bn2_bias = sum(d_batch_norm)
 * d_stages_3_1_bn_skip_weight = sum(d_batch_norm * ((conv2d_17 - (batch_norm_49 / (49 * batch_size))) * batch_norm_51))
 * d_batch_norm_51 = sum((d_batch_norm * stages_3_1_bn_skip_weight) * (conv2d_17 - (batch_norm_49 / (49 * batch_size))))
 * batch_norm_sum = sum((d_batch_norm * stages_3_1_bn_skip_weight) * batch_norm_51)
 * d_stages_3_1_bn2_weight = sum(d_batch_norm * ((conv2d_16 - (batch_norm_46 / (49 * batch_size))) * batch_norm_48))
 * d_batch_norm_48 = sum((d_batch_norm * stages_3_1_bn2_weight) * (conv2d_16 - (batch_norm_46 / (49 * batch_size))))
 * batch_norm_73 = sum((d_batch_norm * stages_3_1_bn2_weight) * batch_norm_48) */
static void bwd_batch_norm_73(int n, float batch_size, const float conv2d_16[restrict][7][7][64],
                              const float conv2d_17[restrict][7][7][64], const float d_add_add[restrict][7][7][64],
                              const float batch_norm_46[restrict 64], const float batch_norm_48[restrict 64],
                              const float stages_3_1_bn2_weight[restrict 64],
                              const float stages_3_1_bn2_bias[restrict 64], const float batch_norm_49[restrict 64],
                              const float batch_norm_51[restrict 64],
                              const float stages_3_1_bn_skip_weight[restrict 64],
                              const float stages_3_1_bn_skip_bias[restrict 64],
                              const float conv2d_23[restrict][7][7][64],
                              float relu_15_again[restrict][7][7][64], float d_batch_norm[restrict][7][7][64],
                              float d_stages_3_1_bn2_bias[restrict 64],
                              float d_stages_3_1_bn_skip_weight[restrict 64],
                              float d_batch_norm_51[restrict 64], float batch_norm_sum[restrict 64],
                              float d_stages_3_1_bn2_weight[restrict 64], float d_batch_norm_48[restrict 64],
                              float batch_norm_73[restrict 64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float d_stages_3_1_bn2_bias_tree[3][64];
        float d_stages_3_1_bn_skip_weight_tree[3][64];
        float d_batch_norm_51_tree[3][64];
        float batch_norm_sum_tree[3][64];
        float d_stages_3_1_bn2_weight_tree[3][64];
        float d_batch_norm_48_tree[3][64];
        float batch_norm_73_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float d_stages_3_1_bn2_bias_part[64] = {0};
            float d_stages_3_1_bn_skip_weight_part[64] = {0};
            float d_batch_norm_51_part[64] = {0};
            float batch_norm_sum_part[64] = {0};
            float d_stages_3_1_bn2_weight_part[64] = {0};
            float d_batch_norm_48_part[64] = {0};
            float batch_norm_73_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d_16[b][h][w][0], 64);
                rt_read_ahead(&conv2d_17[b][h][w][0], 64);
                rt_read_ahead(&d_add_add[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = conv2d_16[b][h][w][c] - batch_norm_46[c] / t;
                    const float t3 = t2 * batch_norm_48[c];
                    const float t4 = conv2d_17[b][h][w][c] - batch_norm_49[c] / t;
                    const float t5 = t4 * batch_norm_51[c];
                    const float t6 = t3 * stages_3_1_bn2_weight[c] + stages_3_1_bn2_bias[c] + (t5 * stages_3_1_bn_skip_weight[c] + stages_3_1_bn_skip_bias[c]);
                    const float t7 = rt_relu(t6);
                    relu_15_again[b][h][w][c] = t7;
                    const float t8 = rt_where(t7 > 0.0f, d_add_add[b][h][w][c] + conv2d_23[b][h][w][c], 0.0f);
                    d_batch_norm[b][h][w][c] = t8;
                    d_stages_3_1_bn2_bias_part[c] += t8;
                    d_stages_3_1_bn_skip_weight_part[c] += t8 * t5;
                    const float t9 = t8 * stages_3_1_bn_skip_weight[c];
                    d_batch_norm_51_part[c] += t9 * t4;
                    batch_norm_sum_part[c] += t9 * batch_norm_51[c];
                    d_stages_3_1_bn2_weight_part[c] += t8 * t3;
                    const float t10 = t8 * stages_3_1_bn2_weight[c];
                    d_batch_norm_48_part[c] += t10 * t2;
                    batch_norm_73_part[c] += t10 * batch_norm_48[c];
                }
            }
            rt_sums_put(h, 64, d_stages_3_1_bn2_bias_tree[0], d_stages_3_1_bn2_bias_part);
            rt_sums_put(h, 64, d_stages_3_1_bn_skip_weight_tree[0], d_stages_3_1_bn_skip_weight_part);
            rt_sums_put(h, 64, d_batch_norm_51_tree[0], d_batch_norm_51_part);
            rt_sums_put(h, 64, batch_norm_sum_tree[0], batch_norm_sum_part);
            rt_sums_put(h, 64, d_stages_3_1_bn2_weight_tree[0], d_stages_3_1_bn2_weight_part);
            rt_sums_put(h, 64, d_batch_norm_48_tree[0], d_batch_norm_48_part);
            rt_sums_put(h, 64, batch_norm_73_tree[0], batch_norm_73_part);
        }
        rt_sums_add(7, 64, d_stages_3_1_bn2_bias_tree[0], d_stages_3_1_bn2_bias);
        rt_sums_add(7, 64, d_stages_3_1_bn_skip_weight_tree[0], d_stages_3_1_bn_skip_weight);
        rt_sums_add(7, 64, d_batch_norm_51_tree[0], d_batch_norm_51);
        rt_sums_add(7, 64, batch_norm_sum_tree[0], batch_norm_sum);
        rt_sums_add(7, 64, d_stages_3_1_bn2_weight_tree[0], d_stages_3_1_bn2_weight);
        rt_sums_add(7, 64, d_batch_norm_48_tree[0], d_batch_norm_48);
        rt_sums_add(7, 64, batch_norm_73_tree[0], batch_norm_73);
    }
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_stages_3_1_conv_skip_weight_back(const float stages_3_1_conv_skip_weight[restrict 64][32][1][1],
                                                  float stages_3_1_conv_skip_weight_back_packed[restrict 2048])
{
    rt_conv2d_grad_input_pack(conv_14x14x32_to_7x7x64_1x1_stride2, stages_3_1_conv_skip_weight[0][0][0],
                              stages_3_1_conv_skip_weight_back_packed);
}

static void run_conv2d_grad_input_14x14x32_to_7x7x64_1x1_stride2(int n, const float *restrict x,
                                                                 const float *restrict packed, float *restrict out,
                                                                 float *restrict scratch)
{
    rt_conv2d_grad_input(conv_14x14x32_to_7x7x64_1x1_stride2, n, x, packed, out, scratch);
}

/* conv2d_24 = conv2d_grad_input(d_conv2d_17, stages_3_1_conv_skip_weight)              resnet.lua:19 */
static void bwd_conv2d_24(int n, const float d_conv2d_17[restrict][7][7][64],
                          const float stages_3_1_conv_skip_weight_back_packed[restrict 2048],
                          float bwd_conv2d_24_scratch[restrict 5636], float conv2d_24[restrict][14][14][32])
{
    run_conv2d_grad_input_14x14x32_to_7x7x64_1x1_stride2(n, d_conv2d_17[0][0][0],
                                                         stages_3_1_conv_skip_weight_back_packed, conv2d_24[0][0][0],
                                                         bwd_conv2d_24_scratch);
}

static void run_conv2d_grad_weight_14x14x32_to_7x7x64_1x1_stride2(int n, const float *restrict x,
                                                                  const float *restrict dy, float *restrict out,
                                                                  float *restrict scratch)
{
    rt_conv2d_grad_weight(conv_14x14x32_to_7x7x64_1x1_stride2, n, x, dy, out, scratch);
}

/* d_stages_3_1_conv_skip_weight = conv2d_grad_weight(relu_13, d_conv2d_17)             resnet.lua:19 */
static void bwd_stages_3_1_conv_skip_weight(int n, const float relu_13[restrict][14][14][32],
                                            const float d_conv2d_17[restrict][7][7][64],
                                            float bwd_stages_3_1_conv_skip_weight_scratch[restrict 5636],
                                            float d_stages_3_1_conv_skip_weight_sum[restrict 2048])
{
    run_conv2d_grad_weight_14x14x32_to_7x7x64_1x1_stride2(n, relu_13[0][0][0], d_conv2d_17[0][0][0],
                                                          d_stages_3_1_conv_skip_weight_sum,
                                                          bwd_stages_3_1_conv_skip_weight_scratch);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_stages_3_1_conv_skip_weight(const float d_stages_3_1_conv_skip_weight_sum[restrict 2048],
                                                 float d_stages_3_1_conv_skip_weight[restrict 64][32])
{
    rt_conv2d_grad_weight_unpack(conv_14x14x32_to_7x7x64_1x1_stride2, d_stages_3_1_conv_skip_weight_sum,
                                 d_stages_3_1_conv_skip_weight[0]);
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_stages_3_1_conv1_weight_back(const float stages_3_1_conv1_weight[restrict 64][32][3][3],
                                              float stages_3_1_conv1_weight_back_packed[restrict 18432])
{
    rt_conv2d_grad_input_pack(conv_14x14x32_to_7x7x64_3x3_stride2, stages_3_1_conv1_weight[0][0][0],
                              stages_3_1_conv1_weight_back_packed);
}

static void run_conv2d_grad_input_14x14x32_to_7x7x64_3x3_stride2(int n, const float *restrict x,
                                                                 const float *restrict packed, float *restrict out,
                                                                 float *restrict scratch)
{
    rt_conv2d_grad_input(conv_14x14x32_to_7x7x64_3x3_stride2, n, x, packed, out, scratch);
}

/* d_add_add_2 = where(relu_13 > 0, conv2d_24 + conv2d_grad_input(d_conv2d_15, stages_3_1_conv1_weight), 0) resnet.lua:19, 30 */
static void bwd_add_add_2(int n, const float d_conv2d_15[restrict][7][7][64],
                          const float stages_3_1_conv1_weight_back_packed[restrict 18432],
                          const float relu_13[restrict][14][14][32], const float conv2d_24[restrict][14][14][32],
                          float bwd_add_add_2_scratch[restrict 7684], float d_add_add_2[restrict][14][14][32])
{
    run_conv2d_grad_input_14x14x32_to_7x7x64_3x3_stride2(n, d_conv2d_15[0][0][0], stages_3_1_conv1_weight_back_packed,
                                                         d_add_add_2[0][0][0], bwd_add_add_2_scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&relu_13[b][h][w][0], 32);
                rt_read_ahead(&conv2d_24[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    d_add_add_2[b][h][w][c] = rt_where(relu_13[b][h][w][c] > 0.0f, conv2d_24[b][h][w][c] + d_add_add_2[b][h][w][c], 0.0f);
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_14x14x32_to_7x7x64_3x3_stride2(int n, const float *restrict x,
                                                                  const float *restrict dy, float *restrict out,
                                                                  float *restrict scratch)
{
    rt_conv2d_grad_weight(conv_14x14x32_to_7x7x64_3x3_stride2, n, x, dy, out, scratch);
}

/* d_stages_3_1_conv1_weight = conv2d_grad_weight(relu_13, d_conv2d_15)                 resnet.lua:19 */
static void bwd_stages_3_1_conv1_weight(int n, const float relu_13[restrict][14][14][32],
                                        const float d_conv2d_15[restrict][7][7][64],
                                        float bwd_stages_3_1_conv1_weight_scratch[restrict 7684],
                                        float d_stages_3_1_conv1_weight_sum[restrict 18432])
{
    run_conv2d_grad_weight_14x14x32_to_7x7x64_3x3_stride2(n, relu_13[0][0][0], d_conv2d_15[0][0][0],
                                                          d_stages_3_1_conv1_weight_sum,
                                                          bwd_stages_3_1_conv1_weight_scratch);
}

/* d_stages_2_3_bn2_bias = sum(d_add_add_2)                                             resnet.lua:20
 * d_stages_2_3_bn2_weight = sum(d_add_add_2 * ((conv2d_14 - (batch_norm_40 / (196 * batch_size))) * batch_norm_42))
 * d_batch_norm_42 = sum((d_add_add_2 * stages_2_3_bn2_weight) * (conv2d_14 - (batch_norm_40 / (196 * batch_size))))
 * batch_norm_77 = sum((d_add_add_2 * stages_2_3_bn2_weight) * batch_norm_42) */
static void bwd_batch_norm_77(int n, float batch_size, const float conv2d_14[restrict][14][14][32],
                              const float d_add_add_2[restrict][14][14][32], const float batch_norm_40[restrict 32],
                              const float batch_norm_42[restrict 32], const float stages_2_3_bn2_weight[restrict 32],
                              float d_stages_2_3_bn2_bias[restrict 32],
                              float d_stages_2_3_bn2_weight[restrict 32], float d_batch_norm_42[restrict 32],
                              float batch_norm_77[restrict 32])
{
    const float t = 196.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float d_stages_2_3_bn2_bias_tree[4][32];
        float d_stages_2_3_bn2_weight_tree[4][32];
        float d_batch_norm_42_tree[4][32];
        float batch_norm_77_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float d_stages_2_3_bn2_bias_part[32] = {0};
            float d_stages_2_3_bn2_weight_part[32] = {0};
            float d_batch_norm_42_part[32] = {0};
            float batch_norm_77_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&conv2d_14[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    d_stages_2_3_bn2_bias_part[c] += d_add_add_2[b][h][w][c];
                    const float t2 = conv2d_14[b][h][w][c] - batch_norm_40[c] / t;
                    d_stages_2_3_bn2_weight_part[c] += d_add_add_2[b][h][w][c] * (t2 * batch_norm_42[c]);
                    const float t3 = d_add_add_2[b][h][w][c] * stages_2_3_bn2_weight[c];
                    d_batch_norm_42_part[c] += t3 * t2;
                    batch_norm_77_part[c] += t3 * batch_norm_42[c];
                }
            }
            rt_sums_put(h, 32, d_stages_2_3_bn2_bias_tree[0], d_stages_2_3_bn2_bias_part);
            rt_sums_put(h, 32, d_stages_2_3_bn2_weight_tree[0], d_stages_2_3_bn2_weight_part);
            rt_sums_put(h, 32, d_batch_norm_42_tree[0], d_batch_norm_42_part);
            rt_sums_put(h, 32, batch_norm_77_tree[0], batch_norm_77_part);
        }
        rt_sums_add(14, 32, d_stages_2_3_bn2_bias_tree[0], d_stages_2_3_bn2_bias);
        rt_sums_add(14, 32, d_stages_2_3_bn2_weight_tree[0], d_stages_2_3_bn2_weight);
        rt_sums_add(14, 32, d_batch_norm_42_tree[0], d_batch_norm_42);
        rt_sums_add(14, 32, batch_norm_77_tree[0], batch_norm_77);
    }
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_stages_3_1_conv1_weight(const float d_stages_3_1_conv1_weight_sum[restrict 18432],
                                             float d_stages_3_1_conv1_weight[restrict 64][32][3][3])
{
    rt_conv2d_grad_weight_unpack(conv_14x14x32_to_7x7x64_3x3_stride2, d_stages_3_1_conv1_weight_sum,
                                 d_stages_3_1_conv1_weight[0][0][0]);
}

/* batch_norm_78 = sum(((((-0.5 * d_batch_norm_42) * (batch_norm_42 * (batch_norm_42 * batch_norm_42))) / (196 * batch_size)) * (conv2d_14 - ...)) + ...) resnet.lua:20 */
static void bwd_batch_norm_78(int n, float batch_size, const float conv2d_14[restrict][14][14][32],
                              const float d_batch_norm_42[restrict 32], const float batch_norm_42[restrict 32],
                              const float batch_norm_40[restrict 32], float batch_norm_78[restrict 32])
{
    const float t = 196.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float batch_norm_78_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float batch_norm_78_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&conv2d_14[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t2 = -0.5f * d_batch_norm_42[c] * (batch_norm_42[c] * (batch_norm_42[c] * batch_norm_42[c])) / t * (conv2d_14[b][h][w][c] - batch_norm_40[c] / t);
                    batch_norm_78_part[c] += t2 + t2;
                }
            }
            rt_sums_put(h, 32, batch_norm_78_tree[0], batch_norm_78_part);
        }
        rt_sums_add(14, 32, batch_norm_78_tree[0], batch_norm_78);
    }
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_stages_2_3_conv2_weight_back(const float stages_2_3_conv2_weight[restrict 32][32][3][3],
                                              float stages_2_3_conv2_weight_back_packed[restrict 36864])
{
    rt_winograd_grad_input_pack(conv_14x14x32_to_14x14x32_3x3_f4, stages_2_3_conv2_weight[0][0][0],
                                stages_2_3_conv2_weight_back_packed);
}

/* d_conv2d_14 = (((d_add_add_2 * stages_2_3_bn2_weight) * batch_norm_42) + (((((-0.5 * d_batch_norm_42) * (batch_norm_42 * (batch_norm_42 * ...))) / ...) * ...) + ...)) + ... resnet.lua:20 */
static void bwd_conv2d_14(int n, float batch_size, const float d_add_add_2[restrict][14][14][32],
                          const float conv2d_14[restrict][14][14][32], const float stages_2_3_bn2_weight[restrict 32],
                          const float batch_norm_42[restrict 32], const float d_batch_norm_42[restrict 32],
                          const float batch_norm_40[restrict 32], const float batch_norm_77[restrict 32],
                          const float batch_norm_78[restrict 32], float d_conv2d_14[restrict][14][14][32])
{
    const float t = 196.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&d_add_add_2[b][h][w][0], 32);
                rt_read_ahead(&conv2d_14[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t2 = -0.5f * d_batch_norm_42[c] * (batch_norm_42[c] * (batch_norm_42[c] * batch_norm_42[c])) / t * (conv2d_14[b][h][w][c] - batch_norm_40[c] / t);
                    d_conv2d_14[b][h][w][c] = d_add_add_2[b][h][w][c] * stages_2_3_bn2_weight[c] * batch_norm_42[c] + (t2 + t2) + (-batch_norm_77[c] - batch_norm_78[c]) / t;
                }
            }
        }
    }
}

/* relu_12_again = relu((((conv2d_13 - (batch_norm_37 / (196 * batch_size))) * batch_norm_39) * stages_2_3_bn1_weight) + stages_2_3_bn1_bias) resnet.lua:19, 24
 * d_where_4 = where(relu_12_again > 0, conv2d_grad_input(d_conv2d_14, stages_2_3_conv2_weight), 0) */
static void bwd_where_4(int n, float batch_size, const float d_conv2d_14[restrict][14][14][32],
                        const float stages_2_3_conv2_weight_back_packed[restrict 36864],
                        const float conv2d_13[restrict][14][14][32], const float batch_norm_37[restrict 32],
                        const float batch_norm_39[restrict 32], const float stages_2_3_bn1_weight[restrict 32],
                        const float stages_2_3_bn1_bias[restrict 32], float bwd_where_4_scratch[restrict 97952],
                        float d_where_4[restrict][14][14][32], float relu_12_again[restrict][14][14][32])
{
    run_conv2d_14x14x32_to_14x14x32_3x3_f4(n, d_conv2d_14[0][0][0], stages_2_3_conv2_weight_back_packed,
                                           d_where_4[0][0][0], bwd_where_4_scratch);
    const float t = 196.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&conv2d_13[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t2 = d_where_4[b][h][w][c];
                    const float t3 = (conv2d_13[b][h][w][c] - batch_norm_37[c] / t) * batch_norm_39[c] * stages_2_3_bn1_weight[c] + stages_2_3_bn1_bias[c];
                    const float t4 = rt_relu(t3);
                    relu_12_again[b][h][w][c] = t4;
                    d_where_4[b][h][w][c] = rt_where(t4 > 0.0f, t2, 0.0f);
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_14x14x32_to_14x14x32_3x3_f4(int n, const float *restrict x,
                                                               const float *restrict dy, float *restrict out,
                                                               float *restrict scratch)
{
    rt_winograd_grad_weight(conv_14x14x32_to_14x14x32_3x3_f4, n, x, dy, out, scratch);
}

/* d_stages_2_3_conv2_weight = conv2d_grad_weight(relu_12_again, d_conv2d_14)           resnet.lua:19 */
static void bwd_stages_2_3_conv2_weight(int n, const float relu_12_again[restrict][14][14][32],
                                        const float d_conv2d_14[restrict][14][14][32],
                                        float bwd_stages_2_3_conv2_weight_scratch[restrict 97952],
                                        float d_stages_2_3_conv2_weight_sum[restrict 36864])
{
    run_conv2d_grad_weight_14x14x32_to_14x14x32_3x3_f4(n, relu_12_again[0][0][0], d_conv2d_14[0][0][0],
                                                       d_stages_2_3_conv2_weight_sum,
                                                       bwd_stages_2_3_conv2_weight_scratch);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_stages_2_3_conv2_weight(const float d_stages_2_3_conv2_weight_sum[restrict 36864],
                                             float d_stages_2_3_conv2_weight[restrict 32][32][3][3])
{
    rt_winograd_grad_weight_unpack(conv_14x14x32_to_14x14x32_3x3_f4, d_stages_2_3_conv2_weight_sum,
                                   d_stages_2_3_conv2_weight[0][0][0]);
}

/* relu_11_again = relu(((((conv2d_12 - (batch_norm_34 / (196 * batch_size))) * batch_norm_36) * stages_2_2_bn2_weight) + stages_2_2_bn2_bias) + ...) resnet.lua:30, 20
 * d_add_add_3 = where(relu_11_again > 0, d_add_add_2 + conv2d_25, 0)
 * d_stages_2_2_bn2_bias = sum(d_add_add_3)
 * d_stages_2_2_bn2_weight = sum(d_add_add_3 * ((conv2d_12 - (batch_norm_34 / (196 * batch_size))) * batch_norm_36))
 * d_batch_norm_36 = sum((d_add_add_3 * stages_2_2_bn2_weight) * (conv2d_12 - (batch_norm_34 / (196 * batch_size))))
 * batch_norm_81 = sum((d_add_add_3 * stages_2_2_bn2_weight) * batch_norm_36) */
static void bwd_batch_norm_81(int n, float batch_size, const float conv2d_12[restrict][14][14][32],
                              const float conv2d_9[restrict][14][14][32], const float conv2d_10[restrict][14][14][32],
                              const float d_add_add_2[restrict][14][14][32], const float batch_norm_34[restrict 32],
                              const float batch_norm_36[restrict 32], const float stages_2_2_bn2_weight[restrict 32],
                              const float stages_2_2_bn2_bias[restrict 32], const float batch_norm_25[restrict 32],
                              const float batch_norm_27[restrict 32], const float stages_2_1_bn2_weight[restrict 32],
                              const float stages_2_1_bn2_bias[restrict 32], const float batch_norm_28[restrict 32],
                              const float batch_norm_30[restrict 32],
                              const float stages_2_1_bn_skip_weight[restrict 32],
                              const float stages_2_1_bn_skip_bias[restrict 32],
                              const float conv2d_25[restrict][14][14][32],
                              float relu_11_again[restrict][14][14][32],
                              float d_add_add_3[restrict][14][14][32], float d_stages_2_2_bn2_bias[restrict 32],
                              float d_stages_2_2_bn2_weight[restrict 32], float d_batch_norm_36[restrict 32],
                              float batch_norm_81[restrict 32])
{
    const float t = 196.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float d_stages_2_2_bn2_bias_tree[4][32];
        float d_stages_2_2_bn2_weight_tree[4][32];
        float d_batch_norm_36_tree[4][32];
        float batch_norm_81_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float d_stages_2_2_bn2_bias_part[32] = {0};
            float d_stages_2_2_bn2_weight_part[32] = {0};
            float d_batch_norm_36_part[32] = {0};
            float batch_norm_81_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&conv2d_12[b][h][w][0], 32);
                rt_read_ahead(&conv2d_9[b][h][w][0], 32);
                rt_read_ahead(&conv2d_10[b][h][w][0], 32);
                rt_read_ahead(&d_add_add_2[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t2 = conv2d_12[b][h][w][c] - batch_norm_34[c] / t;
                    const float t3 = t2 * batch_norm_36[c];
                    const float t4 = (conv2d_9[b][h][w][c] - batch_norm_25[c] / t) * batch_norm_27[c] * stages_2_1_bn2_weight[c] + stages_2_1_bn2_bias[c];
                    const float t5 = (conv2d_10[b][h][w][c] - batch_norm_28[c] / t) * batch_norm_30[c] * stages_2_1_bn_skip_weight[c] + stages_2_1_bn_skip_bias[c];
                    const float t6 = rt_relu(t3 * stages_2_2_bn2_weight[c] + stages_2_2_bn2_bias[c] + rt_relu(t4 + t5));
                    relu_11_again[b][h][w][c] = t6;
                    const float t7 = rt_where(t6 > 0.0f, d_add_add_2[b][h][w][c] + conv2d_25[b][h][w][c], 0.0f);
                    d_add_add_3[b][h][w][c] = t7;
                    d_stages_2_2_bn2_bias_part[c] += t7;
                    d_stages_2_2_bn2_weight_part[c] += t7 * t3;
                    const float t8 = t7 * stages_2_2_bn2_weight[c];
                    d_batch_norm_36_part[c] += t8 * t2;
                    batch_norm_81_part[c] += t8 * batch_norm_36[c];
                }
            }
            rt_sums_put(h, 32, d_stages_2_2_bn2_bias_tree[0], d_stages_2_2_bn2_bias_part);
            rt_sums_put(h, 32, d_stages_2_2_bn2_weight_tree[0], d_stages_2_2_bn2_weight_part);
            rt_sums_put(h, 32, d_batch_norm_36_tree[0], d_batch_norm_36_part);
            rt_sums_put(h, 32, batch_norm_81_tree[0], batch_norm_81_part);
        }
        rt_sums_add(14, 32, d_stages_2_2_bn2_bias_tree[0], d_stages_2_2_bn2_bias);
        rt_sums_add(14, 32, d_stages_2_2_bn2_weight_tree[0], d_stages_2_2_bn2_weight);
        rt_sums_add(14, 32, d_batch_norm_36_tree[0], d_batch_norm_36);
        rt_sums_add(14, 32, batch_norm_81_tree[0], batch_norm_81);
    }
}

/* relu_9_again = relu(((((conv2d_9 - (batch_norm_25 / (196 * batch_size))) * batch_norm_27) * stages_2_1_bn2_weight) + stages_2_1_bn2_bias) + ...) resnet.lua:30, 20
 * d_batch_norm_2 = where(relu_9_again > 0, d_add_add_3 + conv2d_26, 0)
 * d_stages_2_1_bn2_bias = sum(d_batch_norm_2)
 * d_stages_2_1_bn_skip_weight = sum(d_batch_norm_2 * ((conv2d_10 - (batch_norm_28 / (196 * batch_size))) * batch_norm_30))
 * d_batch_norm_30 = sum((d_batch_norm_2 * stages_2_1_bn_skip_weight) * (conv2d_10 - (batch_norm_28 / (196 * batch_size))))
 * batch_norm_sum_2 = sum((d_batch_norm_2 * stages_2_1_bn_skip_weight) * batch_norm_30)
 * d_stages_2_1_bn2_weight = sum(d_batch_norm_2 * ((conv2d_9 - (batch_norm_25 / (196 * batch_size))) * batch_norm_27))
 * d_batch_norm_27 = sum((d_batch_norm_2 * stages_2_1_bn2_weight) * (conv2d_9 - (batch_norm_25 / (196 * batch_size))))
 * batch_norm_86 = sum((d_batch_norm_2 * stages_2_1_bn2_weight) * batch_norm_27) */
static void bwd_batch_norm_86(int n, float batch_size, const float conv2d_9[restrict][14][14][32],
                              const float conv2d_10[restrict][14][14][32],
                              const float d_add_add_3[restrict][14][14][32], const float batch_norm_25[restrict 32],
                              const float batch_norm_27[restrict 32], const float stages_2_1_bn2_weight[restrict 32],
                              const float stages_2_1_bn2_bias[restrict 32], const float batch_norm_28[restrict 32],
                              const float batch_norm_30[restrict 32],
                              const float stages_2_1_bn_skip_weight[restrict 32],
                              const float stages_2_1_bn_skip_bias[restrict 32],
                              const float conv2d_26[restrict][14][14][32],
                              float relu_9_again[restrict][14][14][32],
                              float d_batch_norm_2[restrict][14][14][32],
                              float d_stages_2_1_bn2_bias[restrict 32],
                              float d_stages_2_1_bn_skip_weight[restrict 32],
                              float d_batch_norm_30[restrict 32], float batch_norm_sum_2[restrict 32],
                              float d_stages_2_1_bn2_weight[restrict 32], float d_batch_norm_27[restrict 32],
                              float batch_norm_86[restrict 32])
{
    const float t = 196.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float d_stages_2_1_bn2_bias_tree[4][32];
        float d_stages_2_1_bn_skip_weight_tree[4][32];
        float d_batch_norm_30_tree[4][32];
        float batch_norm_sum_2_tree[4][32];
        float d_stages_2_1_bn2_weight_tree[4][32];
        float d_batch_norm_27_tree[4][32];
        float batch_norm_86_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float d_stages_2_1_bn2_bias_part[32] = {0};
            float d_stages_2_1_bn_skip_weight_part[32] = {0};
            float d_batch_norm_30_part[32] = {0};
            float batch_norm_sum_2_part[32] = {0};
            float d_stages_2_1_bn2_weight_part[32] = {0};
            float d_batch_norm_27_part[32] = {0};
            float batch_norm_86_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&conv2d_9[b][h][w][0], 32);
                rt_read_ahead(&conv2d_10[b][h][w][0], 32);
                rt_read_ahead(&d_add_add_3[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t2 = conv2d_9[b][h][w][c] - batch_norm_25[c] / t;
                    const float t3 = t2 * batch_norm_27[c];
                    const float t4 = conv2d_10[b][h][w][c] - batch_norm_28[c] / t;
                    const float t5 = t4 * batch_norm_30[c];
                    const float t6 = t3 * stages_2_1_bn2_weight[c] + stages_2_1_bn2_bias[c] + (t5 * stages_2_1_bn_skip_weight[c] + stages_2_1_bn_skip_bias[c]);
                    const float t7 = rt_relu(t6);
                    relu_9_again[b][h][w][c] = t7;
                    const float t8 = rt_where(t7 > 0.0f, d_add_add_3[b][h][w][c] + conv2d_26[b][h][w][c], 0.0f);
                    d_batch_norm_2[b][h][w][c] = t8;
                    d_stages_2_1_bn2_bias_part[c] += t8;
                    d_stages_2_1_bn_skip_weight_part[c] += t8 * t5;
                    const float t9 = t8 * stages_2_1_bn_skip_weight[c];
                    d_batch_norm_30_part[c] += t9 * t4;
                    batch_norm_sum_2_part[c] += t9 * batch_norm_30[c];
                    d_stages_2_1_bn2_weight_part[c] += t8 * t3;
                    const float t10 = t8 * stages_2_1_bn2_weight[c];
                    d_batch_norm_27_part[c] += t10 * t2;
                    batch_norm_86_part[c] += t10 * batch_norm_27[c];
                }
            }
            rt_sums_put(h, 32, d_stages_2_1_bn2_bias_tree[0], d_stages_2_1_bn2_bias_part);
            rt_sums_put(h, 32, d_stages_2_1_bn_skip_weight_tree[0], d_stages_2_1_bn_skip_weight_part);
            rt_sums_put(h, 32, d_batch_norm_30_tree[0], d_batch_norm_30_part);
            rt_sums_put(h, 32, batch_norm_sum_2_tree[0], batch_norm_sum_2_part);
            rt_sums_put(h, 32, d_stages_2_1_bn2_weight_tree[0], d_stages_2_1_bn2_weight_part);
            rt_sums_put(h, 32, d_batch_norm_27_tree[0], d_batch_norm_27_part);
            rt_sums_put(h, 32, batch_norm_86_tree[0], batch_norm_86_part);
        }
        rt_sums_add(14, 32, d_stages_2_1_bn2_bias_tree[0], d_stages_2_1_bn2_bias);
        rt_sums_add(14, 32, d_stages_2_1_bn_skip_weight_tree[0], d_stages_2_1_bn_skip_weight);
        rt_sums_add(14, 32, d_batch_norm_30_tree[0], d_batch_norm_30);
        rt_sums_add(14, 32, batch_norm_sum_2_tree[0], batch_norm_sum_2);
        rt_sums_add(14, 32, d_stages_2_1_bn2_weight_tree[0], d_stages_2_1_bn2_weight);
        rt_sums_add(14, 32, d_batch_norm_27_tree[0], d_batch_norm_27);
        rt_sums_add(14, 32, batch_norm_86_tree[0], batch_norm_86);
    }
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_stages_2_1_conv_skip_weight_back(const float stages_2_1_conv_skip_weight[restrict 32][16][1][1],
                                                  float stages_2_1_conv_skip_weight_back_packed[restrict 1024])
{
    rt_conv2d_grad_input_pack(conv_28x28x16_to_14x14x32_1x1_stride2, stages_2_1_conv_skip_weight[0][0][0],
                              stages_2_1_conv_skip_weight_back_packed);
}

static void run_conv2d_grad_input_28x28x16_to_14x14x32_1x1_stride2(int n, const float *restrict x,
                                                                   const float *restrict packed, float *restrict out,
                                                                   float *restrict scratch)
{
    rt_conv2d_grad_input(conv_28x28x16_to_14x14x32_1x1_stride2, n, x, packed, out, scratch);
}

/* conv2d_27 = conv2d_grad_input(d_conv2d_10, stages_2_1_conv_skip_weight)              resnet.lua:19 */
static void bwd_conv2d_27(int n, const float d_conv2d_10[restrict][14][14][32],
                          const float stages_2_1_conv_skip_weight_back_packed[restrict 1024],
                          float bwd_conv2d_27_scratch[restrict 12464], float conv2d_27[restrict][28][28][16])
{
    run_conv2d_grad_input_28x28x16_to_14x14x32_1x1_stride2(n, d_conv2d_10[0][0][0],
                                                           stages_2_1_conv_skip_weight_back_packed,
                                                           conv2d_27[0][0][0], bwd_conv2d_27_scratch);
}

static void run_conv2d_grad_weight_28x28x16_to_14x14x32_1x1_stride2(int n, const float *restrict x,
                                                                    const float *restrict dy, float *restrict out,
                                                                    float *restrict scratch)
{
    rt_conv2d_grad_weight(conv_28x28x16_to_14x14x32_1x1_stride2, n, x, dy, out, scratch);
}

/* d_stages_2_1_conv_skip_weight = conv2d_grad_weight(relu_7, d_conv2d_10)              resnet.lua:19 */
static void bwd_stages_2_1_conv_skip_weight(int n, const float relu_7[restrict][28][28][16],
                                            const float d_conv2d_10[restrict][14][14][32],
                                            float bwd_stages_2_1_conv_skip_weight_scratch[restrict 12464],
                                            float d_stages_2_1_conv_skip_weight_sum[restrict 512])
{
    run_conv2d_grad_weight_28x28x16_to_14x14x32_1x1_stride2(n, relu_7[0][0][0], d_conv2d_10[0][0][0],
                                                            d_stages_2_1_conv_skip_weight_sum,
                                                            bwd_stages_2_1_conv_skip_weight_scratch);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_stages_2_1_conv_skip_weight(const float d_stages_2_1_conv_skip_weight_sum[restrict 512],
                                                 float d_stages_2_1_conv_skip_weight[restrict 32][16])
{
    rt_conv2d_grad_weight_unpack(conv_28x28x16_to_14x14x32_1x1_stride2, d_stages_2_1_conv_skip_weight_sum,
                                 d_stages_2_1_conv_skip_weight[0]);
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_stages_2_1_conv1_weight_back(const float stages_2_1_conv1_weight[restrict 32][16][3][3],
                                              float stages_2_1_conv1_weight_back_packed[restrict 9216])
{
    rt_conv2d_grad_input_pack(conv_28x28x16_to_14x14x32_3x3_stride2, stages_2_1_conv1_weight[0][0][0],
                              stages_2_1_conv1_weight_back_packed);
}

static void run_conv2d_grad_input_28x28x16_to_14x14x32_3x3_stride2(int n, const float *restrict x,
                                                                   const float *restrict packed, float *restrict out,
                                                                   float *restrict scratch)
{
    rt_conv2d_grad_input(conv_28x28x16_to_14x14x32_3x3_stride2, n, x, packed, out, scratch);
}

/* d_add_add_4 = where(relu_7 > 0, conv2d_27 + conv2d_grad_input(d_conv2d_8, stages_2_1_conv1_weight), 0) resnet.lua:19, 30 */
static void bwd_add_add_4(int n, const float d_conv2d_8[restrict][14][14][32],
                          const float stages_2_1_conv1_weight_back_packed[restrict 9216],
                          const float relu_7[restrict][28][28][16], const float conv2d_27[restrict][28][28][16],
                          float bwd_add_add_4_scratch[restrict 14384], float d_add_add_4[restrict][28][28][16])
{
    run_conv2d_grad_input_28x28x16_to_14x14x32_3x3_stride2(n, d_conv2d_8[0][0][0],
                                                           stages_2_1_conv1_weight_back_packed, d_add_add_4[0][0][0],
                                                           bwd_add_add_4_scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    d_add_add_4[b][h][w][c] = rt_where(relu_7[b][h][w][c] > 0.0f, conv2d_27[b][h][w][c] + d_add_add_4[b][h][w][c], 0.0f);
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_28x28x16_to_14x14x32_3x3_stride2(int n, const float *restrict x,
                                                                    const float *restrict dy, float *restrict out,
                                                                    float *restrict scratch)
{
    rt_conv2d_grad_weight(conv_28x28x16_to_14x14x32_3x3_stride2, n, x, dy, out, scratch);
}

/* d_stages_2_1_conv1_weight = conv2d_grad_weight(relu_7, d_conv2d_8)                   resnet.lua:19 */
static void bwd_stages_2_1_conv1_weight(int n, const float relu_7[restrict][28][28][16],
                                        const float d_conv2d_8[restrict][14][14][32],
                                        float bwd_stages_2_1_conv1_weight_scratch[restrict 14384],
                                        float d_stages_2_1_conv1_weight_sum[restrict 4608])
{
    run_conv2d_grad_weight_28x28x16_to_14x14x32_3x3_stride2(n, relu_7[0][0][0], d_conv2d_8[0][0][0],
                                                            d_stages_2_1_conv1_weight_sum,
                                                            bwd_stages_2_1_conv1_weight_scratch);
}

/* d_stages_1_3_bn2_bias = sum(d_add_add_4)                                             resnet.lua:20
 * d_stages_1_3_bn2_weight = sum(d_add_add_4 * ((conv2d_7 - (batch_norm_19 / (784 * batch_size))) * batch_norm_21))
 * d_batch_norm_21 = sum((d_add_add_4 * stages_1_3_bn2_weight) * (conv2d_7 - (batch_norm_19 / (784 * batch_size))))
 * batch_norm_90 = sum((d_add_add_4 * stages_1_3_bn2_weight) * batch_norm_21) */
static void bwd_batch_norm_90(int n, float batch_size, const float d_add_add_4[restrict][28][28][16],
                              const float conv2d_7[restrict][28][28][16], const float batch_norm_19[restrict 16],
                              const float batch_norm_21[restrict 16], const float stages_1_3_bn2_weight[restrict 16],
                              float d_stages_1_3_bn2_bias[restrict 16],
                              float d_stages_1_3_bn2_weight[restrict 16], float d_batch_norm_21[restrict 16],
                              float batch_norm_90[restrict 16])
{
    const float t = 784.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float d_stages_1_3_bn2_bias_tree[5][16];
        float d_stages_1_3_bn2_weight_tree[5][16];
        float d_batch_norm_21_tree[5][16];
        float batch_norm_90_tree[5][16];
        for (int h = 0; h < 28; h++) {
            float d_stages_1_3_bn2_bias_part[16] = {0};
            float d_stages_1_3_bn2_weight_part[16] = {0};
            float d_batch_norm_21_part[16] = {0};
            float batch_norm_90_part[16] = {0};
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    d_stages_1_3_bn2_bias_part[c] += d_add_add_4[b][h][w][c];
                    const float t2 = conv2d_7[b][h][w][c] - batch_norm_19[c] / t;
                    d_stages_1_3_bn2_weight_part[c] += d_add_add_4[b][h][w][c] * (t2 * batch_norm_21[c]);
                    const float t3 = d_add_add_4[b][h][w][c] * stages_1_3_bn2_weight[c];
                    d_batch_norm_21_part[c] += t3 * t2;
                    batch_norm_90_part[c] += t3 * batch_norm_21[c];
                }
            }
            rt_sums_put(h, 16, d_stages_1_3_bn2_bias_tree[0], d_stages_1_3_bn2_bias_part);
            rt_sums_put(h, 16, d_stages_1_3_bn2_weight_tree[0], d_stages_1_3_bn2_weight_part);
            rt_sums_put(h, 16, d_batch_norm_21_tree[0], d_batch_norm_21_part);
            rt_sums_put(h, 16, batch_norm_90_tree[0], batch_norm_90_part);
        }
        rt_sums_add(28, 16, d_stages_1_3_bn2_bias_tree[0], d_stages_1_3_bn2_bias);
        rt_sums_add(28, 16, d_stages_1_3_bn2_weight_tree[0], d_stages_1_3_bn2_weight);
        rt_sums_add(28, 16, d_batch_norm_21_tree[0], d_batch_norm_21);
        rt_sums_add(28, 16, batch_norm_90_tree[0], batch_norm_90);
    }
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_stages_2_1_conv1_weight(const float d_stages_2_1_conv1_weight_sum[restrict 4608],
                                             float d_stages_2_1_conv1_weight[restrict 32][16][3][3])
{
    rt_conv2d_grad_weight_unpack(conv_28x28x16_to_14x14x32_3x3_stride2, d_stages_2_1_conv1_weight_sum,
                                 d_stages_2_1_conv1_weight[0][0][0]);
}

/* batch_norm_91 = sum(((((-0.5 * d_batch_norm_21) * (batch_norm_21 * (batch_norm_21 * batch_norm_21))) / (784 * batch_size)) * (conv2d_7 - ...)) + ...) resnet.lua:20 */
static void bwd_batch_norm_91(int n, float batch_size, const float d_batch_norm_21[restrict 16],
                              const float batch_norm_21[restrict 16], const float conv2d_7[restrict][28][28][16],
                              const float batch_norm_19[restrict 16], float batch_norm_91[restrict 16])
{
    const float t = 784.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float batch_norm_91_tree[5][16];
        for (int h = 0; h < 28; h++) {
            float batch_norm_91_part[16] = {0};
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t2 = -0.5f * d_batch_norm_21[c] * (batch_norm_21[c] * (batch_norm_21[c] * batch_norm_21[c])) / t * (conv2d_7[b][h][w][c] - batch_norm_19[c] / t);
                    batch_norm_91_part[c] += t2 + t2;
                }
            }
            rt_sums_put(h, 16, batch_norm_91_tree[0], batch_norm_91_part);
        }
        rt_sums_add(28, 16, batch_norm_91_tree[0], batch_norm_91);
    }
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_stages_1_3_conv2_weight_back(const float stages_1_3_conv2_weight[restrict 16][16][3][3],
                                              float stages_1_3_conv2_weight_back_packed[restrict 18432])
{
    rt_winograd_grad_input_pack(conv_28x28x16_to_28x28x16_3x3_f4, stages_1_3_conv2_weight[0][0][0],
                                stages_1_3_conv2_weight_back_packed);
}

/* d_conv2d_7 = (((d_add_add_4 * stages_1_3_bn2_weight) * batch_norm_21) + (((((-0.5 * d_batch_norm_21) * (batch_norm_21 * (batch_norm_21 * ...))) / ...) * ...) + ...)) + ... resnet.lua:20 */
static void bwd_conv2d_7(int n, float batch_size, const float d_add_add_4[restrict][28][28][16],
                         const float stages_1_3_bn2_weight[restrict 16], const float batch_norm_21[restrict 16],
                         const float d_batch_norm_21[restrict 16], const float conv2d_7[restrict][28][28][16],
                         const float batch_norm_19[restrict 16], const float batch_norm_90[restrict 16],
                         const float batch_norm_91[restrict 16], float d_conv2d_7[restrict][28][28][16])
{
    const float t = 784.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t2 = -0.5f * d_batch_norm_21[c] * (batch_norm_21[c] * (batch_norm_21[c] * batch_norm_21[c])) / t * (conv2d_7[b][h][w][c] - batch_norm_19[c] / t);
                    d_conv2d_7[b][h][w][c] = d_add_add_4[b][h][w][c] * stages_1_3_bn2_weight[c] * batch_norm_21[c] + (t2 + t2) + (-batch_norm_90[c] - batch_norm_91[c]) / t;
                }
            }
        }
    }
}

/* relu_6_again = relu((((conv2d_6 - (batch_norm_16 / (784 * batch_size))) * batch_norm_18) * stages_1_3_bn1_weight) + stages_1_3_bn1_bias) resnet.lua:19, 24
 * d_where_7 = where(relu_6_again > 0, conv2d_grad_input(d_conv2d_7, stages_1_3_conv2_weight), 0) */
static void bwd_where_7(int n, float batch_size, const float d_conv2d_7[restrict][28][28][16],
                        const float stages_1_3_conv2_weight_back_packed[restrict 18432],
                        const float conv2d_6[restrict][28][28][16], const float batch_norm_16[restrict 16],
                        const float batch_norm_18[restrict 16], const float stages_1_3_bn1_weight[restrict 16],
                        const float stages_1_3_bn1_bias[restrict 16], float bwd_where_7_scratch[restrict 73744],
                        float d_where_7[restrict][28][28][16], float relu_6_again[restrict][28][28][16])
{
    run_conv2d_28x28x16_to_28x28x16_3x3_f4(n, d_conv2d_7[0][0][0], stages_1_3_conv2_weight_back_packed,
                                           d_where_7[0][0][0], bwd_where_7_scratch);
    const float t = 784.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t2 = d_where_7[b][h][w][c];
                    const float t3 = (conv2d_6[b][h][w][c] - batch_norm_16[c] / t) * batch_norm_18[c] * stages_1_3_bn1_weight[c] + stages_1_3_bn1_bias[c];
                    const float t4 = rt_relu(t3);
                    relu_6_again[b][h][w][c] = t4;
                    d_where_7[b][h][w][c] = rt_where(t4 > 0.0f, t2, 0.0f);
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_28x28x16_to_28x28x16_3x3_f4(int n, const float *restrict x,
                                                               const float *restrict dy, float *restrict out,
                                                               float *restrict scratch)
{
    rt_winograd_grad_weight(conv_28x28x16_to_28x28x16_3x3_f4, n, x, dy, out, scratch);
}

/* d_stages_1_3_conv2_weight = conv2d_grad_weight(relu_6_again, d_conv2d_7)             resnet.lua:19 */
static void bwd_stages_1_3_conv2_weight(int n, const float relu_6_again[restrict][28][28][16],
                                        const float d_conv2d_7[restrict][28][28][16],
                                        float bwd_stages_1_3_conv2_weight_scratch[restrict 73744],
                                        float d_stages_1_3_conv2_weight_sum[restrict 18432])
{
    run_conv2d_grad_weight_28x28x16_to_28x28x16_3x3_f4(n, relu_6_again[0][0][0], d_conv2d_7[0][0][0],
                                                       d_stages_1_3_conv2_weight_sum,
                                                       bwd_stages_1_3_conv2_weight_scratch);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_stages_1_3_conv2_weight(const float d_stages_1_3_conv2_weight_sum[restrict 18432],
                                             float d_stages_1_3_conv2_weight[restrict 16][16][3][3])
{
    rt_winograd_grad_weight_unpack(conv_28x28x16_to_28x28x16_3x3_f4, d_stages_1_3_conv2_weight_sum,
                                   d_stages_1_3_conv2_weight[0][0][0]);
}

/* relu_5_again = relu(((((conv2d_5 - (batch_norm_13 / (784 * batch_size))) * batch_norm_15) * stages_1_2_bn2_weight) + stages_1_2_bn2_bias) + ...) resnet.lua:30, 20
 * d_add_add_5 = where(relu_5_again > 0, d_add_add_4 + conv2d_28, 0)
 * d_stages_1_2_bn2_bias = sum(d_add_add_5)
 * d_stages_1_2_bn2_weight = sum(d_add_add_5 * ((conv2d_5 - (batch_norm_13 / (784 * batch_size))) * batch_norm_15))
 * d_batch_norm_15 = sum((d_add_add_5 * stages_1_2_bn2_weight) * (conv2d_5 - (batch_norm_13 / (784 * batch_size))))
 * batch_norm_94 = sum((d_add_add_5 * stages_1_2_bn2_weight) * batch_norm_15) */
static void bwd_batch_norm_94(int n, float batch_size, const float conv2d_5[restrict][28][28][16],
                              const float batch_norm_13[restrict 16], const float batch_norm_15[restrict 16],
                              const float stages_1_2_bn2_weight[restrict 16],
                              const float stages_1_2_bn2_bias[restrict 16],
                              const float conv2d_3[restrict][28][28][16], const float batch_norm_7[restrict 16],
                              const float batch_norm_9[restrict 16], const float stages_1_1_bn2_weight[restrict 16],
                              const float stages_1_1_bn2_bias[restrict 16], const float conv2d[restrict][28][28][16],
                              const float batch_norm[restrict 16], const float batch_norm_3[restrict 16],
                              const float stem_bn_weight[restrict 16], const float stem_bn_bias[restrict 16],
                              const float d_add_add_4[restrict][28][28][16],
                              const float conv2d_28[restrict][28][28][16],
                              float relu_5_again[restrict][28][28][16], float d_add_add_5[restrict][28][28][16],
                              float d_stages_1_2_bn2_bias[restrict 16],
                              float d_stages_1_2_bn2_weight[restrict 16], float d_batch_norm_15[restrict 16],
                              float batch_norm_94[restrict 16])
{
    const float t = 784.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float d_stages_1_2_bn2_bias_tree[5][16];
        float d_stages_1_2_bn2_weight_tree[5][16];
        float d_batch_norm_15_tree[5][16];
        float batch_norm_94_tree[5][16];
        for (int h = 0; h < 28; h++) {
            float d_stages_1_2_bn2_bias_part[16] = {0};
            float d_stages_1_2_bn2_weight_part[16] = {0};
            float d_batch_norm_15_part[16] = {0};
            float batch_norm_94_part[16] = {0};
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t2 = conv2d_5[b][h][w][c] - batch_norm_13[c] / t;
                    const float t3 = t2 * batch_norm_15[c];
                    const float t4 = (conv2d_3[b][h][w][c] - batch_norm_7[c] / t) * batch_norm_9[c] * stages_1_1_bn2_weight[c] + stages_1_1_bn2_bias[c];
                    const float t5 = rt_relu((conv2d[b][h][w][c] - batch_norm[c] / t) * batch_norm_3[c] * stem_bn_weight[c] + stem_bn_bias[c]);
                    const float t6 = rt_relu(t3 * stages_1_2_bn2_weight[c] + stages_1_2_bn2_bias[c] + rt_relu(t4 + t5));
                    relu_5_again[b][h][w][c] = t6;
                    const float t7 = rt_where(t6 > 0.0f, d_add_add_4[b][h][w][c] + conv2d_28[b][h][w][c], 0.0f);
                    d_add_add_5[b][h][w][c] = t7;
                    d_stages_1_2_bn2_bias_part[c] += t7;
                    d_stages_1_2_bn2_weight_part[c] += t7 * t3;
                    const float t8 = t7 * stages_1_2_bn2_weight[c];
                    d_batch_norm_15_part[c] += t8 * t2;
                    batch_norm_94_part[c] += t8 * batch_norm_15[c];
                }
            }
            rt_sums_put(h, 16, d_stages_1_2_bn2_bias_tree[0], d_stages_1_2_bn2_bias_part);
            rt_sums_put(h, 16, d_stages_1_2_bn2_weight_tree[0], d_stages_1_2_bn2_weight_part);
            rt_sums_put(h, 16, d_batch_norm_15_tree[0], d_batch_norm_15_part);
            rt_sums_put(h, 16, batch_norm_94_tree[0], batch_norm_94_part);
        }
        rt_sums_add(28, 16, d_stages_1_2_bn2_bias_tree[0], d_stages_1_2_bn2_bias);
        rt_sums_add(28, 16, d_stages_1_2_bn2_weight_tree[0], d_stages_1_2_bn2_weight);
        rt_sums_add(28, 16, d_batch_norm_15_tree[0], d_batch_norm_15);
        rt_sums_add(28, 16, batch_norm_94_tree[0], batch_norm_94);
    }
}

/* relu_3_again = relu(((((conv2d_3 - (batch_norm_7 / (784 * batch_size))) * batch_norm_9) * stages_1_1_bn2_weight) + stages_1_1_bn2_bias) + ...) resnet.lua:30, 20
 * d_add_add_6 = where(relu_3_again > 0, d_add_add_5 + conv2d_29, 0)
 * d_stages_1_1_bn2_bias = sum(d_add_add_6)
 * d_stages_1_1_bn2_weight = sum(d_add_add_6 * ((conv2d_3 - (batch_norm_7 / (784 * batch_size))) * batch_norm_9))
 * d_batch_norm_9 = sum((d_add_add_6 * stages_1_1_bn2_weight) * (conv2d_3 - (batch_norm_7 / (784 * batch_size))))
 * batch_norm_98 = sum((d_add_add_6 * stages_1_1_bn2_weight) * batch_norm_9) */
static void bwd_batch_norm_98(int n, float batch_size, const float conv2d_3[restrict][28][28][16],
                              const float batch_norm_7[restrict 16], const float batch_norm_9[restrict 16],
                              const float stages_1_1_bn2_weight[restrict 16],
                              const float stages_1_1_bn2_bias[restrict 16], const float conv2d[restrict][28][28][16],
                              const float batch_norm[restrict 16], const float batch_norm_3[restrict 16],
                              const float stem_bn_weight[restrict 16], const float stem_bn_bias[restrict 16],
                              const float d_add_add_5[restrict][28][28][16],
                              const float conv2d_29[restrict][28][28][16],
                              float relu_3_again[restrict][28][28][16], float d_add_add_6[restrict][28][28][16],
                              float d_stages_1_1_bn2_bias[restrict 16],
                              float d_stages_1_1_bn2_weight[restrict 16], float d_batch_norm_9[restrict 16],
                              float batch_norm_98[restrict 16])
{
    const float t = 784.0f * batch_size;
    for (int b = 0; b < n; b++) {
        float d_stages_1_1_bn2_bias_tree[5][16];
        float d_stages_1_1_bn2_weight_tree[5][16];
        float d_batch_norm_9_tree[5][16];
        float batch_norm_98_tree[5][16];
        for (int h = 0; h < 28; h++) {
            float d_stages_1_1_bn2_bias_part[16] = {0};
            float d_stages_1_1_bn2_weight_part[16] = {0};
            float d_batch_norm_9_part[16] = {0};
            float batch_norm_98_part[16] = {0};
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t2 = conv2d_3[b][h][w][c] - batch_norm_7[c] / t;
                    const float t3 = t2 * batch_norm_9[c];
                    const float t4 = rt_relu((conv2d[b][h][w][c] - batch_norm[c] / t) * batch_norm_3[c] * stem_bn_weight[c] + stem_bn_bias[c]);
                    const float t5 = rt_relu(t3 * stages_1_1_bn2_weight[c] + stages_1_1_bn2_bias[c] + t4);
                    relu_3_again[b][h][w][c] = t5;
                    const float t6 = rt_where(t5 > 0.0f, d_add_add_5[b][h][w][c] + conv2d_29[b][h][w][c], 0.0f);
                    d_add_add_6[b][h][w][c] = t6;
                    d_stages_1_1_bn2_bias_part[c] += t6;
                    d_stages_1_1_bn2_weight_part[c] += t6 * t3;
                    const float t7 = t6 * stages_1_1_bn2_weight[c];
                    d_batch_norm_9_part[c] += t7 * t2;
                    batch_norm_98_part[c] += t7 * batch_norm_9[c];
                }
            }
            rt_sums_put(h, 16, d_stages_1_1_bn2_bias_tree[0], d_stages_1_1_bn2_bias_part);
            rt_sums_put(h, 16, d_stages_1_1_bn2_weight_tree[0], d_stages_1_1_bn2_weight_part);
            rt_sums_put(h, 16, d_batch_norm_9_tree[0], d_batch_norm_9_part);
            rt_sums_put(h, 16, batch_norm_98_tree[0], batch_norm_98_part);
        }
        rt_sums_add(28, 16, d_stages_1_1_bn2_bias_tree[0], d_stages_1_1_bn2_bias);
        rt_sums_add(28, 16, d_stages_1_1_bn2_weight_tree[0], d_stages_1_1_bn2_weight);
        rt_sums_add(28, 16, d_batch_norm_9_tree[0], d_batch_norm_9);
        rt_sums_add(28, 16, batch_norm_98_tree[0], batch_norm_98);
    }
}

/* relu_again = relu((((conv2d - (batch_norm / (784 * batch_size))) * batch_norm_3) * stem_bn_weight) + stem_bn_bias) resnet.lua:19, 33
 * d_where_10 = where(relu_again > 0, d_add_add_6 + conv2d_grad_input(d_conv2d_2, stages_1_1_conv1_weight), 0) */
static void bwd_where_10(int n, float batch_size, const float d_conv2d_2[restrict][28][28][16],
                         const float stages_1_1_conv1_weight_back_packed[restrict 18432],
                         const float conv2d[restrict][28][28][16], const float batch_norm[restrict 16],
                         const float batch_norm_3[restrict 16], const float stem_bn_weight[restrict 16],
                         const float stem_bn_bias[restrict 16], const float d_add_add_6[restrict][28][28][16],
                         float bwd_where_10_scratch[restrict 73744], float d_where_10[restrict][28][28][16],
                         float relu_again[restrict][28][28][16])
{
    run_conv2d_28x28x16_to_28x28x16_3x3_f4(n, d_conv2d_2[0][0][0], stages_1_1_conv1_weight_back_packed,
                                           d_where_10[0][0][0], bwd_where_10_scratch);
    const float t = 784.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t2 = d_where_10[b][h][w][c];
                    const float t3 = rt_relu((conv2d[b][h][w][c] - batch_norm[c] / t) * batch_norm_3[c] * stem_bn_weight[c] + stem_bn_bias[c]);
                    relu_again[b][h][w][c] = t3;
                    d_where_10[b][h][w][c] = rt_where(t3 > 0.0f, d_add_add_6[b][h][w][c] + t2, 0.0f);
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_28x28x1_to_28x28x16_3x3(int n, const float *restrict x, const float *restrict dy,
                                                           float *restrict out, float *restrict scratch)
{
    rt_conv2d_grad_weight(conv_28x28x1_to_28x28x16_3x3, n, x, dy, out, scratch);
}

/* d_stem_conv_weight = conv2d_grad_weight(image, d_conv2d)                             resnet.lua:19 */
static void bwd_stem_conv_weight(int n, const float image[restrict][28][28][1],
                                 const float d_conv2d[restrict][28][28][16],
                                 float bwd_stem_conv_weight_scratch[restrict 15193],
                                 float d_stem_conv_weight_sum[restrict 144])
{
    run_conv2d_grad_weight_28x28x1_to_28x28x16_3x3(n, image[0][0][0], d_conv2d[0][0][0], d_stem_conv_weight_sum,
                                                   bwd_stem_conv_weight_scratch);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_stem_conv_weight(const float d_stem_conv_weight_sum[restrict 144],
                                      float d_stem_conv_weight[restrict 16][3][3])
{
    rt_conv2d_grad_weight_unpack(conv_28x28x1_to_28x28x16_3x3, d_stem_conv_weight_sum, d_stem_conv_weight[0][0]);
}

/* relu = relu((((conv2d(image, stem_conv_weight) - stem_bn_running_mean) * rsqrt(stem_bn_running_var + 1e-05)) * stem_bn_weight) + ...) resnet.lua:19, 33 */
static void evaluate_fwd_relu(int n, const float image[restrict][28][28][1],
                              const float stem_conv_weight_packed[restrict 288],
                              const float stem_bn_running_mean[restrict 16],
                              const float stem_bn_running_var[restrict 16], const float stem_bn_weight[restrict 16],
                              const float stem_bn_bias[restrict 16], float fwd_relu_scratch[restrict 15193],
                              float relu[restrict][28][28][16])
{
    run_conv2d_28x28x1_to_28x28x16_3x3(n, image[0][0][0], stem_conv_weight_packed, relu[0][0][0], fwd_relu_scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t = (relu[b][h][w][c] - stem_bn_running_mean[c]) * rt_rsqrt(stem_bn_running_var[c] + 1e-05f) * stem_bn_weight[c];
                    relu[b][h][w][c] = rt_relu(t + stem_bn_bias[c]);
                }
            }
        }
    }
}

/* relu_2 = relu((((conv2d(relu, stages_1_1_conv1_weight) - stages_1_1_bn1_running_mean) * rsqrt(stages_1_1_bn1_running_var + ...)) * ...) + ...) resnet.lua:19, 24 */
static void evaluate_fwd_relu_2(int n, const float relu[restrict][28][28][16],
                                const float stages_1_1_conv1_weight_packed[restrict 18432],
                                const float stages_1_1_bn1_running_mean[restrict 16],
                                const float stages_1_1_bn1_running_var[restrict 16],
                                const float stages_1_1_bn1_weight[restrict 16],
                                const float stages_1_1_bn1_bias[restrict 16],
                                float fwd_relu_2_scratch[restrict 73744], float relu_2[restrict][28][28][16])
{
    run_conv2d_28x28x16_to_28x28x16_3x3_f4(n, relu[0][0][0], stages_1_1_conv1_weight_packed, relu_2[0][0][0],
                                           fwd_relu_2_scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t = (relu_2[b][h][w][c] - stages_1_1_bn1_running_mean[c]) * rt_rsqrt(stages_1_1_bn1_running_var[c] + 1e-05f);
                    relu_2[b][h][w][c] = rt_relu(t * stages_1_1_bn1_weight[c] + stages_1_1_bn1_bias[c]);
                }
            }
        }
    }
}

/* relu_3 = relu(((((conv2d(relu_2, stages_1_1_conv2_weight) - stages_1_1_bn2_running_mean) * rsqrt(stages_1_1_bn2_running_var + ...)) * ...) + ...) + ...) resnet.lua:19, 30 */
static void evaluate_fwd_relu_3(int n, const float relu_2[restrict][28][28][16],
                                const float stages_1_1_conv2_weight_packed[restrict 18432],
                                const float stages_1_1_bn2_running_mean[restrict 16],
                                const float stages_1_1_bn2_running_var[restrict 16],
                                const float stages_1_1_bn2_weight[restrict 16],
                                const float stages_1_1_bn2_bias[restrict 16], const float relu[restrict][28][28][16],
                                float fwd_relu_3_scratch[restrict 73744], float relu_3[restrict][28][28][16])
{
    run_conv2d_28x28x16_to_28x28x16_3x3_f4(n, relu_2[0][0][0], stages_1_1_conv2_weight_packed, relu_3[0][0][0],
                                           fwd_relu_3_scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t = (relu_3[b][h][w][c] - stages_1_1_bn2_running_mean[c]) * rt_rsqrt(stages_1_1_bn2_running_var[c] + 1e-05f);
                    relu_3[b][h][w][c] = rt_relu(t * stages_1_1_bn2_weight[c] + stages_1_1_bn2_bias[c] + relu[b][h][w][c]);
                }
            }
        }
    }
}

/* relu_8 = relu((((conv2d(relu_7, stages_2_1_conv1_weight) - stages_2_1_bn1_running_mean) * rsqrt(stages_2_1_bn1_running_var + ...)) * ...) + ...) resnet.lua:19, 24 */
static void evaluate_fwd_relu_8(int n, const float relu_7[restrict][28][28][16],
                                const float stages_2_1_conv1_weight_packed[restrict 4608],
                                const float stages_2_1_bn1_running_mean[restrict 32],
                                const float stages_2_1_bn1_running_var[restrict 32],
                                const float stages_2_1_bn1_weight[restrict 32],
                                const float stages_2_1_bn1_bias[restrict 32],
                                float fwd_relu_8_scratch[restrict 14384], float relu_8[restrict][14][14][32])
{
    run_conv2d_28x28x16_to_14x14x32_3x3_stride2(n, relu_7[0][0][0], stages_2_1_conv1_weight_packed, relu_8[0][0][0],
                                                fwd_relu_8_scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    const float t = (relu_8[b][h][w][c] - stages_2_1_bn1_running_mean[c]) * rt_rsqrt(stages_2_1_bn1_running_var[c] + 1e-05f);
                    relu_8[b][h][w][c] = rt_relu(t * stages_2_1_bn1_weight[c] + stages_2_1_bn1_bias[c]);
                }
            }
        }
    }
}

/* relu_9 = relu(((((conv2d - stages_2_1_bn2_running_mean) * rsqrt(stages_2_1_bn2_running_var + 1e-05)) * stages_2_1_bn2_weight) + ...) + ...) resnet.lua:19, 30 */
static void evaluate_fwd_relu_9(int n, const float relu_7[restrict][28][28][16],
                                const float stages_2_1_conv_skip_weight_packed[restrict 512],
                                const float conv2d[restrict][14][14][32],
                                const float stages_2_1_bn2_running_mean[restrict 32],
                                const float stages_2_1_bn2_running_var[restrict 32],
                                const float stages_2_1_bn2_weight[restrict 32],
                                const float stages_2_1_bn2_bias[restrict 32],
                                const float stages_2_1_bn_skip_running_mean[restrict 32],
                                const float stages_2_1_bn_skip_running_var[restrict 32],
                                const float stages_2_1_bn_skip_weight[restrict 32],
                                const float stages_2_1_bn_skip_bias[restrict 32],
                                float fwd_relu_9_scratch[restrict 12464], float relu_9[restrict][14][14][32])
{
    run_conv2d_28x28x16_to_14x14x32_1x1_stride2(n, relu_7[0][0][0], stages_2_1_conv_skip_weight_packed,
                                                relu_9[0][0][0], fwd_relu_9_scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    const float t = (conv2d[b][h][w][c] - stages_2_1_bn2_running_mean[c]) * rt_rsqrt(stages_2_1_bn2_running_var[c] + 1e-05f);
                    const float t2 = (relu_9[b][h][w][c] - stages_2_1_bn_skip_running_mean[c]) * rt_rsqrt(stages_2_1_bn_skip_running_var[c] + 1e-05f);
                    const float t3 = t * stages_2_1_bn2_weight[c] + stages_2_1_bn2_bias[c] + (t2 * stages_2_1_bn_skip_weight[c] + stages_2_1_bn_skip_bias[c]);
                    relu_9[b][h][w][c] = rt_relu(t3);
                }
            }
        }
    }
}

/* relu_10 = relu((((conv2d(relu_9, stages_2_2_conv1_weight) - stages_2_2_bn1_running_mean) * rsqrt(stages_2_2_bn1_running_var + ...)) * ...) + ...) resnet.lua:19, 24 */
static void evaluate_fwd_relu_10(int n, const float relu_9[restrict][14][14][32],
                                 const float stages_2_2_conv1_weight_packed[restrict 36864],
                                 const float stages_2_2_bn1_running_mean[restrict 32],
                                 const float stages_2_2_bn1_running_var[restrict 32],
                                 const float stages_2_2_bn1_weight[restrict 32],
                                 const float stages_2_2_bn1_bias[restrict 32],
                                 float fwd_relu_10_scratch[restrict 97952], float relu_10[restrict][14][14][32])
{
    run_conv2d_14x14x32_to_14x14x32_3x3_f4(n, relu_9[0][0][0], stages_2_2_conv1_weight_packed, relu_10[0][0][0],
                                           fwd_relu_10_scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    const float t = (relu_10[b][h][w][c] - stages_2_2_bn1_running_mean[c]) * rt_rsqrt(stages_2_2_bn1_running_var[c] + 1e-05f);
                    relu_10[b][h][w][c] = rt_relu(t * stages_2_2_bn1_weight[c] + stages_2_2_bn1_bias[c]);
                }
            }
        }
    }
}

/* relu_11 = relu(((((conv2d(relu_10, stages_2_2_conv2_weight) - stages_2_2_bn2_running_mean) * rsqrt(stages_2_2_bn2_running_var + ...)) * ...) + ...) + ...) resnet.lua:19, 30 */
static void evaluate_fwd_relu_11(int n, const float relu_10[restrict][14][14][32],
                                 const float stages_2_2_conv2_weight_packed[restrict 36864],
                                 const float stages_2_2_bn2_running_mean[restrict 32],
                                 const float stages_2_2_bn2_running_var[restrict 32],
                                 const float stages_2_2_bn2_weight[restrict 32],
                                 const float stages_2_2_bn2_bias[restrict 32],
                                 const float relu_9[restrict][14][14][32],
                                 float fwd_relu_11_scratch[restrict 97952], float relu_11[restrict][14][14][32])
{
    run_conv2d_14x14x32_to_14x14x32_3x3_f4(n, relu_10[0][0][0], stages_2_2_conv2_weight_packed, relu_11[0][0][0],
                                           fwd_relu_11_scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    const float t = (relu_11[b][h][w][c] - stages_2_2_bn2_running_mean[c]) * rt_rsqrt(stages_2_2_bn2_running_var[c] + 1e-05f);
                    relu_11[b][h][w][c] = rt_relu(t * stages_2_2_bn2_weight[c] + stages_2_2_bn2_bias[c] + relu_9[b][h][w][c]);
                }
            }
        }
    }
}

/* relu_14 = relu((((conv2d(relu_13, stages_3_1_conv1_weight) - stages_3_1_bn1_running_mean) * rsqrt(stages_3_1_bn1_running_var + ...)) * ...) + ...) resnet.lua:19, 24 */
static void evaluate_fwd_relu_14(int n, const float relu_13[restrict][14][14][32],
                                 const float stages_3_1_conv1_weight_packed[restrict 18432],
                                 const float stages_3_1_bn1_running_mean[restrict 64],
                                 const float stages_3_1_bn1_running_var[restrict 64],
                                 const float stages_3_1_bn1_weight[restrict 64],
                                 const float stages_3_1_bn1_bias[restrict 64],
                                 float fwd_relu_14_scratch[restrict 7684], float relu_14[restrict][7][7][64])
{
    run_conv2d_14x14x32_to_7x7x64_3x3_stride2(n, relu_13[0][0][0], stages_3_1_conv1_weight_packed, relu_14[0][0][0],
                                              fwd_relu_14_scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    const float t = (relu_14[b][h][w][c] - stages_3_1_bn1_running_mean[c]) * rt_rsqrt(stages_3_1_bn1_running_var[c] + 1e-05f);
                    relu_14[b][h][w][c] = rt_relu(t * stages_3_1_bn1_weight[c] + stages_3_1_bn1_bias[c]);
                }
            }
        }
    }
}

/* relu_15 = relu(((((conv2d_2 - stages_3_1_bn2_running_mean) * rsqrt(stages_3_1_bn2_running_var + 1e-05)) * stages_3_1_bn2_weight) + ...) + ...) resnet.lua:19, 30 */
static void evaluate_fwd_relu_15(int n, const float relu_13[restrict][14][14][32],
                                 const float stages_3_1_conv_skip_weight_packed[restrict 2048],
                                 const float conv2d_2[restrict][7][7][64],
                                 const float stages_3_1_bn2_running_mean[restrict 64],
                                 const float stages_3_1_bn2_running_var[restrict 64],
                                 const float stages_3_1_bn2_weight[restrict 64],
                                 const float stages_3_1_bn2_bias[restrict 64],
                                 const float stages_3_1_bn_skip_running_mean[restrict 64],
                                 const float stages_3_1_bn_skip_running_var[restrict 64],
                                 const float stages_3_1_bn_skip_weight[restrict 64],
                                 const float stages_3_1_bn_skip_bias[restrict 64],
                                 float fwd_relu_15_scratch[restrict 5636], float relu_15[restrict][7][7][64])
{
    run_conv2d_14x14x32_to_7x7x64_1x1_stride2(n, relu_13[0][0][0], stages_3_1_conv_skip_weight_packed,
                                              relu_15[0][0][0], fwd_relu_15_scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    const float t = (conv2d_2[b][h][w][c] - stages_3_1_bn2_running_mean[c]) * rt_rsqrt(stages_3_1_bn2_running_var[c] + 1e-05f);
                    const float t2 = (relu_15[b][h][w][c] - stages_3_1_bn_skip_running_mean[c]) * rt_rsqrt(stages_3_1_bn_skip_running_var[c] + 1e-05f);
                    const float t3 = t * stages_3_1_bn2_weight[c] + stages_3_1_bn2_bias[c] + (t2 * stages_3_1_bn_skip_weight[c] + stages_3_1_bn_skip_bias[c]);
                    relu_15[b][h][w][c] = rt_relu(t3);
                }
            }
        }
    }
}

/* relu_16 = relu((((conv2d(relu_15, stages_3_2_conv1_weight) - stages_3_2_bn1_running_mean) * rsqrt(stages_3_2_bn1_running_var + ...)) * ...) + ...) resnet.lua:19, 24 */
static void evaluate_fwd_relu_16(int n, const float relu_15[restrict][7][7][64],
                                 const float stages_3_2_conv1_weight_packed[restrict 147456],
                                 const float stages_3_2_bn1_running_mean[restrict 64],
                                 const float stages_3_2_bn1_running_var[restrict 64],
                                 const float stages_3_2_bn1_weight[restrict 64],
                                 const float stages_3_2_bn1_bias[restrict 64],
                                 float fwd_relu_16_scratch[restrict 146368], float relu_16[restrict][7][7][64])
{
    run_conv2d_7x7x64_to_7x7x64_3x3_f4(n, relu_15[0][0][0], stages_3_2_conv1_weight_packed, relu_16[0][0][0],
                                       fwd_relu_16_scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    const float t = (relu_16[b][h][w][c] - stages_3_2_bn1_running_mean[c]) * rt_rsqrt(stages_3_2_bn1_running_var[c] + 1e-05f);
                    relu_16[b][h][w][c] = rt_relu(t * stages_3_2_bn1_weight[c] + stages_3_2_bn1_bias[c]);
                }
            }
        }
    }
}

/* relu_17 = relu(((((conv2d(relu_16, stages_3_2_conv2_weight) - stages_3_2_bn2_running_mean) * rsqrt(stages_3_2_bn2_running_var + ...)) * ...) + ...) + ...) resnet.lua:19, 30 */
static void evaluate_fwd_relu_17(int n, const float relu_16[restrict][7][7][64],
                                 const float stages_3_2_conv2_weight_packed[restrict 147456],
                                 const float stages_3_2_bn2_running_mean[restrict 64],
                                 const float stages_3_2_bn2_running_var[restrict 64],
                                 const float stages_3_2_bn2_weight[restrict 64],
                                 const float stages_3_2_bn2_bias[restrict 64],
                                 const float relu_15[restrict][7][7][64],
                                 float fwd_relu_17_scratch[restrict 146368], float relu_17[restrict][7][7][64])
{
    run_conv2d_7x7x64_to_7x7x64_3x3_f4(n, relu_16[0][0][0], stages_3_2_conv2_weight_packed, relu_17[0][0][0],
                                       fwd_relu_17_scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    const float t = (relu_17[b][h][w][c] - stages_3_2_bn2_running_mean[c]) * rt_rsqrt(stages_3_2_bn2_running_var[c] + 1e-05f);
                    relu_17[b][h][w][c] = rt_relu(t * stages_3_2_bn2_weight[c] + stages_3_2_bn2_bias[c] + relu_15[b][h][w][c]);
                }
            }
        }
    }
}

/* global_avg_pool = sum(features) / 49                                                 resnet.lua:42 */
static void evaluate_fwd_global_avg_pool(int n, const float features[restrict][7][7][64],
                                         float global_avg_pool[restrict][64])
{
    for (int b = 0; b < n; b++) {
        float sum[64];
        float sum_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float sum_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    sum_part[c] += features[b][h][w][c];
                }
            }
            rt_sums_put(h, 64, sum_tree[0], sum_part);
        }
        rt_sums_of(7, 64, sum_tree[0], sum);
        for (int c = 0; c < 64; c++) {
            global_avg_pool[b][c] = sum[c] / 49.0f;
        }
    }
}

/* accuracy = argmax(logits) == label                                                   resnet.lua:44, 45
 * loss = sum((log(sum(exp(logits - max(logits)))) - pick(logits - max(logits), label)) / batch_size) */
static void evaluate_fwd_loss(int n, float batch_size, const float logits[restrict][10],
                              const int32_t label[restrict], float loss[restrict 1], float accuracy[restrict])
{
    float loss_total = loss[0];
    for (int b = 0; b < n; b++) {
        float max = -INFINITY;
        int argmax = 0;
        float best = -INFINITY;
        for (int c = 0; c < 10; c++) {
            max = rt_max(max, logits[b][c]);
            argmax = rt_where_int(logits[b][c] > best, c, argmax);
            best = rt_max(best, logits[b][c]);
        }
        float sum = 0;
        for (int c = 0; c < 10; c++) {
            const float t = logits[b][c] - max;
            sum += rt_exp(t);
        }
        accuracy[b] = argmax == label[b];
        const float t2 = logits[b][label[b]] - max;
        loss_total += (rt_log(sum) - t2) / batch_size;
    }
    loss[0] = loss_total;
}

RT_KERNELS_END

bool resnet_train(ResnetTrainWork *work, int threads, ResnetParams *p, ResnetState *s, ResnetMoments *o, const ResnetBatch *in,
                  const RtStep *step, ResnetTrainResult *out)
{
    pack_stem_conv_weight(p->stem_conv_weight, work->stem_conv_weight_packed);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm[slice], 0, sizeof work->batch_norm[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            fwd_conv2d(n, in->image + first, work->stem_conv_weight_packed, my->fwd_conv2d_scratch,
                       work->conv2d + first);
            fwd_batch_norm(n, work->conv2d + first, work->batch_norm[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 16, work->batch_norm[0]);
    fwd_stem_bn_running_mean_next((float)in->n, s->stem_bn_running_mean, work->batch_norm[0],
                                  work->stem_bn_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_2[slice], 0, sizeof work->batch_norm_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            fwd_batch_norm_2(n, (float)in->n, work->conv2d + first, work->batch_norm[0], work->batch_norm_2[slice]);
        }
    }

    pack_stages_1_1_conv1_weight(p->stages_1_1_conv1_weight, work->stages_1_1_conv1_weight_packed);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_2[0]);
    fwd_stem_bn_running_var_next((float)in->n, s->stem_bn_running_var, work->batch_norm_2[0],
                                 work->stem_bn_running_var_next);
    fwd_batch_norm_3((float)in->n, work->batch_norm_2[0], work->batch_norm_3);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_4[slice], 0, sizeof work->batch_norm_4[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 8) {
            const int n = rt_min_int(last - first, 8);
            fwd_relu(n, (float)in->n, work->conv2d + first, work->batch_norm[0], work->batch_norm_3,
                     p->stem_bn_weight, p->stem_bn_bias, my->relu);
            fwd_conv2d_2(n, my->relu, work->stages_1_1_conv1_weight_packed, my->fwd_conv2d_2_scratch,
                         work->conv2d_2 + first);
            fwd_batch_norm(n, work->conv2d_2 + first, work->batch_norm_4[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 16, work->batch_norm_4[0]);
    fwd_stem_bn_running_mean_next((float)in->n, s->stages_1_1_bn1_running_mean, work->batch_norm_4[0],
                                  work->stages_1_1_bn1_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_5[slice], 0, sizeof work->batch_norm_5[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            fwd_batch_norm_2(n, (float)in->n, work->conv2d_2 + first, work->batch_norm_4[0],
                             work->batch_norm_5[slice]);
        }
    }

    pack_stages_1_1_conv1_weight(p->stages_1_1_conv2_weight, work->stages_1_1_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_5[0]);
    fwd_stem_bn_running_var_next((float)in->n, s->stages_1_1_bn1_running_var, work->batch_norm_5[0],
                                 work->stages_1_1_bn1_running_var_next);
    fwd_batch_norm_3((float)in->n, work->batch_norm_5[0], work->batch_norm_6);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_7[slice], 0, sizeof work->batch_norm_7[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 8) {
            const int n = rt_min_int(last - first, 8);
            fwd_relu(n, (float)in->n, work->conv2d_2 + first, work->batch_norm_4[0], work->batch_norm_6,
                     p->stages_1_1_bn1_weight, p->stages_1_1_bn1_bias, my->relu_2);
            fwd_conv2d_2(n, my->relu_2, work->stages_1_1_conv2_weight_packed, my->fwd_conv2d_3_scratch,
                         work->conv2d_3 + first);
            fwd_batch_norm(n, work->conv2d_3 + first, work->batch_norm_7[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 16, work->batch_norm_7[0]);
    fwd_stem_bn_running_mean_next((float)in->n, s->stages_1_1_bn2_running_mean, work->batch_norm_7[0],
                                  work->stages_1_1_bn2_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_8[slice], 0, sizeof work->batch_norm_8[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            fwd_batch_norm_2(n, (float)in->n, work->conv2d_3 + first, work->batch_norm_7[0],
                             work->batch_norm_8[slice]);
        }
    }

    pack_stages_1_1_conv1_weight(p->stages_1_2_conv1_weight, work->stages_1_2_conv1_weight_packed);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_8[0]);
    fwd_stem_bn_running_var_next((float)in->n, s->stages_1_1_bn2_running_var, work->batch_norm_8[0],
                                 work->stages_1_1_bn2_running_var_next);
    fwd_batch_norm_3((float)in->n, work->batch_norm_8[0], work->batch_norm_9);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_10[slice], 0, sizeof work->batch_norm_10[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            fwd_relu_3(n, (float)in->n, work->conv2d_3 + first, work->batch_norm_7[0], work->batch_norm_9,
                       p->stages_1_1_bn2_weight, p->stages_1_1_bn2_bias, work->conv2d + first, work->batch_norm[0],
                       work->batch_norm_3, p->stem_bn_weight, p->stem_bn_bias, my->relu_3);
            fwd_conv2d_2(n, my->relu_3, work->stages_1_2_conv1_weight_packed, my->fwd_conv2d_4_scratch,
                         work->conv2d_4 + first);
            fwd_batch_norm(n, work->conv2d_4 + first, work->batch_norm_10[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 16, work->batch_norm_10[0]);
    fwd_stem_bn_running_mean_next((float)in->n, s->stages_1_2_bn1_running_mean, work->batch_norm_10[0],
                                  work->stages_1_2_bn1_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_11[slice], 0, sizeof work->batch_norm_11[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            fwd_batch_norm_2(n, (float)in->n, work->conv2d_4 + first, work->batch_norm_10[0],
                             work->batch_norm_11[slice]);
        }
    }

    pack_stages_1_1_conv1_weight(p->stages_1_2_conv2_weight, work->stages_1_2_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_11[0]);
    fwd_stem_bn_running_var_next((float)in->n, s->stages_1_2_bn1_running_var, work->batch_norm_11[0],
                                 work->stages_1_2_bn1_running_var_next);
    fwd_batch_norm_3((float)in->n, work->batch_norm_11[0], work->batch_norm_12);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_13[slice], 0, sizeof work->batch_norm_13[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 8) {
            const int n = rt_min_int(last - first, 8);
            fwd_relu(n, (float)in->n, work->conv2d_4 + first, work->batch_norm_10[0], work->batch_norm_12,
                     p->stages_1_2_bn1_weight, p->stages_1_2_bn1_bias, my->relu_4);
            fwd_conv2d_2(n, my->relu_4, work->stages_1_2_conv2_weight_packed, my->fwd_conv2d_5_scratch,
                         work->conv2d_5 + first);
            fwd_batch_norm(n, work->conv2d_5 + first, work->batch_norm_13[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 16, work->batch_norm_13[0]);
    fwd_stem_bn_running_mean_next((float)in->n, s->stages_1_2_bn2_running_mean, work->batch_norm_13[0],
                                  work->stages_1_2_bn2_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_14[slice], 0, sizeof work->batch_norm_14[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            fwd_batch_norm_2(n, (float)in->n, work->conv2d_5 + first, work->batch_norm_13[0],
                             work->batch_norm_14[slice]);
        }
    }

    pack_stages_1_1_conv1_weight(p->stages_1_3_conv1_weight, work->stages_1_3_conv1_weight_packed);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_14[0]);
    fwd_stem_bn_running_var_next((float)in->n, s->stages_1_2_bn2_running_var, work->batch_norm_14[0],
                                 work->stages_1_2_bn2_running_var_next);
    fwd_batch_norm_3((float)in->n, work->batch_norm_14[0], work->batch_norm_15);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_16[slice], 0, sizeof work->batch_norm_16[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            fwd_relu_5(n, (float)in->n, work->conv2d_5 + first, work->batch_norm_13[0], work->batch_norm_15,
                       p->stages_1_2_bn2_weight, p->stages_1_2_bn2_bias, work->conv2d_3 + first,
                       work->batch_norm_7[0], work->batch_norm_9, p->stages_1_1_bn2_weight, p->stages_1_1_bn2_bias,
                       work->conv2d + first, work->batch_norm[0], work->batch_norm_3, p->stem_bn_weight,
                       p->stem_bn_bias, my->relu_5);
            fwd_conv2d_2(n, my->relu_5, work->stages_1_3_conv1_weight_packed, my->fwd_conv2d_6_scratch,
                         work->conv2d_6 + first);
            fwd_batch_norm(n, work->conv2d_6 + first, work->batch_norm_16[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 16, work->batch_norm_16[0]);
    fwd_stem_bn_running_mean_next((float)in->n, s->stages_1_3_bn1_running_mean, work->batch_norm_16[0],
                                  work->stages_1_3_bn1_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_17[slice], 0, sizeof work->batch_norm_17[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            fwd_batch_norm_2(n, (float)in->n, work->conv2d_6 + first, work->batch_norm_16[0],
                             work->batch_norm_17[slice]);
        }
    }

    pack_stages_1_1_conv1_weight(p->stages_1_3_conv2_weight, work->stages_1_3_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_17[0]);
    fwd_stem_bn_running_var_next((float)in->n, s->stages_1_3_bn1_running_var, work->batch_norm_17[0],
                                 work->stages_1_3_bn1_running_var_next);
    fwd_batch_norm_3((float)in->n, work->batch_norm_17[0], work->batch_norm_18);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_19[slice], 0, sizeof work->batch_norm_19[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 8) {
            const int n = rt_min_int(last - first, 8);
            fwd_relu(n, (float)in->n, work->conv2d_6 + first, work->batch_norm_16[0], work->batch_norm_18,
                     p->stages_1_3_bn1_weight, p->stages_1_3_bn1_bias, my->relu_6);
            fwd_conv2d_2(n, my->relu_6, work->stages_1_3_conv2_weight_packed, my->fwd_conv2d_7_scratch,
                         work->conv2d_7 + first);
            fwd_batch_norm(n, work->conv2d_7 + first, work->batch_norm_19[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 16, work->batch_norm_19[0]);
    fwd_stem_bn_running_mean_next((float)in->n, s->stages_1_3_bn2_running_mean, work->batch_norm_19[0],
                                  work->stages_1_3_bn2_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_20[slice], 0, sizeof work->batch_norm_20[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            fwd_batch_norm_2(n, (float)in->n, work->conv2d_7 + first, work->batch_norm_19[0],
                             work->batch_norm_20[slice]);
        }
    }

    pack_stages_2_1_conv1_weight(p->stages_2_1_conv1_weight, work->stages_2_1_conv1_weight_packed);
    pack_stages_2_1_conv_skip_weight(p->stages_2_1_conv_skip_weight, work->stages_2_1_conv_skip_weight_packed);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_20[0]);
    fwd_stem_bn_running_var_next((float)in->n, s->stages_1_3_bn2_running_var, work->batch_norm_20[0],
                                 work->stages_1_3_bn2_running_var_next);
    fwd_batch_norm_3((float)in->n, work->batch_norm_20[0], work->batch_norm_21);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_22[slice], 0, sizeof work->batch_norm_22[slice]);
        memset(work->batch_norm_28[slice], 0, sizeof work->batch_norm_28[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            fwd_relu_7(n, (float)in->n, work->conv2d_7 + first, work->batch_norm_19[0], work->batch_norm_21,
                       p->stages_1_3_bn2_weight, p->stages_1_3_bn2_bias, work->conv2d_5 + first,
                       work->batch_norm_13[0], work->batch_norm_15, p->stages_1_2_bn2_weight,
                       p->stages_1_2_bn2_bias, work->conv2d_3 + first, work->batch_norm_7[0], work->batch_norm_9,
                       p->stages_1_1_bn2_weight, p->stages_1_1_bn2_bias, work->conv2d + first, work->batch_norm[0],
                       work->batch_norm_3, p->stem_bn_weight, p->stem_bn_bias, work->relu_7 + first);
            fwd_conv2d_8(n, work->relu_7 + first, work->stages_2_1_conv1_weight_packed, my->fwd_conv2d_8_scratch,
                         work->conv2d_8 + first);
            fwd_batch_norm_22(n, work->conv2d_8 + first, work->batch_norm_22[slice]);
            fwd_conv2d_10(n, work->relu_7 + first, work->stages_2_1_conv_skip_weight_packed,
                          my->fwd_conv2d_10_scratch, work->conv2d_10 + first);
            fwd_batch_norm_22(n, work->conv2d_10 + first, work->batch_norm_28[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 32, work->batch_norm_22[0]);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_28[0]);
    fwd_stages_2_1_bn1_running_mean_next((float)in->n, s->stages_2_1_bn1_running_mean, work->batch_norm_22[0],
                                         work->stages_2_1_bn1_running_mean_next);
    fwd_stages_2_1_bn1_running_mean_next((float)in->n, s->stages_2_1_bn_skip_running_mean, work->batch_norm_28[0],
                                         work->stages_2_1_bn_skip_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_23[slice], 0, sizeof work->batch_norm_23[slice]);
        memset(work->batch_norm_29[slice], 0, sizeof work->batch_norm_29[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_23(n, (float)in->n, work->conv2d_8 + first, work->batch_norm_22[0],
                              work->batch_norm_23[slice]);
            fwd_batch_norm_23(n, (float)in->n, work->conv2d_10 + first, work->batch_norm_28[0],
                              work->batch_norm_29[slice]);
        }
    }

    pack_stages_2_1_conv2_weight(p->stages_2_1_conv2_weight, work->stages_2_1_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_23[0]);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_29[0]);
    fwd_stages_2_1_bn1_running_var_next((float)in->n, s->stages_2_1_bn1_running_var, work->batch_norm_23[0],
                                        work->stages_2_1_bn1_running_var_next);
    fwd_batch_norm_24((float)in->n, work->batch_norm_23[0], work->batch_norm_24);
    fwd_stages_2_1_bn1_running_var_next((float)in->n, s->stages_2_1_bn_skip_running_var, work->batch_norm_29[0],
                                        work->stages_2_1_bn_skip_running_var_next);
    fwd_batch_norm_24((float)in->n, work->batch_norm_29[0], work->batch_norm_30);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_25[slice], 0, sizeof work->batch_norm_25[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            fwd_relu_8(n, (float)in->n, work->conv2d_8 + first, work->batch_norm_22[0], work->batch_norm_24,
                       p->stages_2_1_bn1_weight, p->stages_2_1_bn1_bias, my->relu_8);
            fwd_conv2d_9(n, my->relu_8, work->stages_2_1_conv2_weight_packed, my->fwd_conv2d_9_scratch,
                         work->conv2d_9 + first);
            fwd_batch_norm_22(n, work->conv2d_9 + first, work->batch_norm_25[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 32, work->batch_norm_25[0]);
    fwd_stages_2_1_bn1_running_mean_next((float)in->n, s->stages_2_1_bn2_running_mean, work->batch_norm_25[0],
                                         work->stages_2_1_bn2_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_26[slice], 0, sizeof work->batch_norm_26[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_23(n, (float)in->n, work->conv2d_9 + first, work->batch_norm_25[0],
                              work->batch_norm_26[slice]);
        }
    }

    pack_stages_2_1_conv2_weight(p->stages_2_2_conv1_weight, work->stages_2_2_conv1_weight_packed);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_26[0]);
    fwd_stages_2_1_bn1_running_var_next((float)in->n, s->stages_2_1_bn2_running_var, work->batch_norm_26[0],
                                        work->stages_2_1_bn2_running_var_next);
    fwd_batch_norm_24((float)in->n, work->batch_norm_26[0], work->batch_norm_27);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_31[slice], 0, sizeof work->batch_norm_31[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 11) {
            const int n = rt_min_int(last - first, 11);
            fwd_relu_9(n, (float)in->n, work->conv2d_9 + first, work->conv2d_10 + first, work->batch_norm_25[0],
                       work->batch_norm_27, p->stages_2_1_bn2_weight, p->stages_2_1_bn2_bias,
                       work->batch_norm_28[0], work->batch_norm_30, p->stages_2_1_bn_skip_weight,
                       p->stages_2_1_bn_skip_bias, my->relu_9);
            fwd_conv2d_9(n, my->relu_9, work->stages_2_2_conv1_weight_packed, my->fwd_conv2d_11_scratch,
                         work->conv2d_11 + first);
            fwd_batch_norm_22(n, work->conv2d_11 + first, work->batch_norm_31[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 32, work->batch_norm_31[0]);
    fwd_stages_2_1_bn1_running_mean_next((float)in->n, s->stages_2_2_bn1_running_mean, work->batch_norm_31[0],
                                         work->stages_2_2_bn1_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_32[slice], 0, sizeof work->batch_norm_32[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_23(n, (float)in->n, work->conv2d_11 + first, work->batch_norm_31[0],
                              work->batch_norm_32[slice]);
        }
    }

    pack_stages_2_1_conv2_weight(p->stages_2_2_conv2_weight, work->stages_2_2_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_32[0]);
    fwd_stages_2_1_bn1_running_var_next((float)in->n, s->stages_2_2_bn1_running_var, work->batch_norm_32[0],
                                        work->stages_2_2_bn1_running_var_next);
    fwd_batch_norm_24((float)in->n, work->batch_norm_32[0], work->batch_norm_33);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_34[slice], 0, sizeof work->batch_norm_34[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            fwd_relu_8(n, (float)in->n, work->conv2d_11 + first, work->batch_norm_31[0], work->batch_norm_33,
                       p->stages_2_2_bn1_weight, p->stages_2_2_bn1_bias, my->relu_10);
            fwd_conv2d_9(n, my->relu_10, work->stages_2_2_conv2_weight_packed, my->fwd_conv2d_12_scratch,
                         work->conv2d_12 + first);
            fwd_batch_norm_22(n, work->conv2d_12 + first, work->batch_norm_34[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 32, work->batch_norm_34[0]);
    fwd_stages_2_1_bn1_running_mean_next((float)in->n, s->stages_2_2_bn2_running_mean, work->batch_norm_34[0],
                                         work->stages_2_2_bn2_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_35[slice], 0, sizeof work->batch_norm_35[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_23(n, (float)in->n, work->conv2d_12 + first, work->batch_norm_34[0],
                              work->batch_norm_35[slice]);
        }
    }

    pack_stages_2_1_conv2_weight(p->stages_2_3_conv1_weight, work->stages_2_3_conv1_weight_packed);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_35[0]);
    fwd_stages_2_1_bn1_running_var_next((float)in->n, s->stages_2_2_bn2_running_var, work->batch_norm_35[0],
                                        work->stages_2_2_bn2_running_var_next);
    fwd_batch_norm_24((float)in->n, work->batch_norm_35[0], work->batch_norm_36);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_37[slice], 0, sizeof work->batch_norm_37[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 8) {
            const int n = rt_min_int(last - first, 8);
            fwd_relu_11(n, (float)in->n, work->conv2d_12 + first, work->conv2d_9 + first, work->conv2d_10 + first,
                        work->batch_norm_34[0], work->batch_norm_36, p->stages_2_2_bn2_weight,
                        p->stages_2_2_bn2_bias, work->batch_norm_25[0], work->batch_norm_27,
                        p->stages_2_1_bn2_weight, p->stages_2_1_bn2_bias, work->batch_norm_28[0],
                        work->batch_norm_30, p->stages_2_1_bn_skip_weight, p->stages_2_1_bn_skip_bias, my->relu_11);
            fwd_conv2d_9(n, my->relu_11, work->stages_2_3_conv1_weight_packed, my->fwd_conv2d_13_scratch,
                         work->conv2d_13 + first);
            fwd_batch_norm_22(n, work->conv2d_13 + first, work->batch_norm_37[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 32, work->batch_norm_37[0]);
    fwd_stages_2_1_bn1_running_mean_next((float)in->n, s->stages_2_3_bn1_running_mean, work->batch_norm_37[0],
                                         work->stages_2_3_bn1_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_38[slice], 0, sizeof work->batch_norm_38[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_23(n, (float)in->n, work->conv2d_13 + first, work->batch_norm_37[0],
                              work->batch_norm_38[slice]);
        }
    }

    pack_stages_2_1_conv2_weight(p->stages_2_3_conv2_weight, work->stages_2_3_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_38[0]);
    fwd_stages_2_1_bn1_running_var_next((float)in->n, s->stages_2_3_bn1_running_var, work->batch_norm_38[0],
                                        work->stages_2_3_bn1_running_var_next);
    fwd_batch_norm_24((float)in->n, work->batch_norm_38[0], work->batch_norm_39);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_40[slice], 0, sizeof work->batch_norm_40[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            fwd_relu_8(n, (float)in->n, work->conv2d_13 + first, work->batch_norm_37[0], work->batch_norm_39,
                       p->stages_2_3_bn1_weight, p->stages_2_3_bn1_bias, my->relu_12);
            fwd_conv2d_9(n, my->relu_12, work->stages_2_3_conv2_weight_packed, my->fwd_conv2d_14_scratch,
                         work->conv2d_14 + first);
            fwd_batch_norm_22(n, work->conv2d_14 + first, work->batch_norm_40[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 32, work->batch_norm_40[0]);
    fwd_stages_2_1_bn1_running_mean_next((float)in->n, s->stages_2_3_bn2_running_mean, work->batch_norm_40[0],
                                         work->stages_2_3_bn2_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_41[slice], 0, sizeof work->batch_norm_41[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_23(n, (float)in->n, work->conv2d_14 + first, work->batch_norm_40[0],
                              work->batch_norm_41[slice]);
        }
    }

    pack_stages_3_1_conv1_weight(p->stages_3_1_conv1_weight, work->stages_3_1_conv1_weight_packed);
    pack_stages_3_1_conv_skip_weight(p->stages_3_1_conv_skip_weight, work->stages_3_1_conv_skip_weight_packed);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_41[0]);
    fwd_stages_2_1_bn1_running_var_next((float)in->n, s->stages_2_3_bn2_running_var, work->batch_norm_41[0],
                                        work->stages_2_3_bn2_running_var_next);
    fwd_batch_norm_24((float)in->n, work->batch_norm_41[0], work->batch_norm_42);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_43[slice], 0, sizeof work->batch_norm_43[slice]);
        memset(work->batch_norm_49[slice], 0, sizeof work->batch_norm_49[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 8) {
            const int n = rt_min_int(last - first, 8);
            fwd_relu_13(n, (float)in->n, work->conv2d_14 + first, work->conv2d_12 + first, work->conv2d_9 + first,
                        work->conv2d_10 + first, work->batch_norm_40[0], work->batch_norm_42,
                        p->stages_2_3_bn2_weight, p->stages_2_3_bn2_bias, work->batch_norm_34[0],
                        work->batch_norm_36, p->stages_2_2_bn2_weight, p->stages_2_2_bn2_bias,
                        work->batch_norm_25[0], work->batch_norm_27, p->stages_2_1_bn2_weight,
                        p->stages_2_1_bn2_bias, work->batch_norm_28[0], work->batch_norm_30,
                        p->stages_2_1_bn_skip_weight, p->stages_2_1_bn_skip_bias, work->relu_13 + first);
            fwd_conv2d_15(n, work->relu_13 + first, work->stages_3_1_conv1_weight_packed,
                          my->fwd_conv2d_15_scratch, work->conv2d_15 + first);
            fwd_batch_norm_43(n, work->conv2d_15 + first, work->batch_norm_43[slice]);
            fwd_conv2d_17(n, work->relu_13 + first, work->stages_3_1_conv_skip_weight_packed,
                          my->fwd_conv2d_17_scratch, work->conv2d_17 + first);
            fwd_batch_norm_43(n, work->conv2d_17 + first, work->batch_norm_49[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 64, work->batch_norm_43[0]);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_49[0]);
    fwd_stages_3_1_bn1_running_mean_next((float)in->n, s->stages_3_1_bn1_running_mean, work->batch_norm_43[0],
                                         work->stages_3_1_bn1_running_mean_next);
    fwd_stages_3_1_bn1_running_mean_next((float)in->n, s->stages_3_1_bn_skip_running_mean, work->batch_norm_49[0],
                                         work->stages_3_1_bn_skip_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_44[slice], 0, sizeof work->batch_norm_44[slice]);
        memset(work->batch_norm_50[slice], 0, sizeof work->batch_norm_50[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_44(n, (float)in->n, work->conv2d_15 + first, work->batch_norm_43[0],
                              work->batch_norm_44[slice]);
            fwd_batch_norm_44(n, (float)in->n, work->conv2d_17 + first, work->batch_norm_49[0],
                              work->batch_norm_50[slice]);
        }
    }

    pack_stages_3_1_conv2_weight(p->stages_3_1_conv2_weight, work->stages_3_1_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_44[0]);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_50[0]);
    fwd_stages_3_1_bn1_running_var_next((float)in->n, s->stages_3_1_bn1_running_var, work->batch_norm_44[0],
                                        work->stages_3_1_bn1_running_var_next);
    fwd_batch_norm_45((float)in->n, work->batch_norm_44[0], work->batch_norm_45);
    fwd_stages_3_1_bn1_running_var_next((float)in->n, s->stages_3_1_bn_skip_running_var, work->batch_norm_50[0],
                                        work->stages_3_1_bn_skip_running_var_next);
    fwd_batch_norm_45((float)in->n, work->batch_norm_50[0], work->batch_norm_51);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_46[slice], 0, sizeof work->batch_norm_46[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_relu_14(n, (float)in->n, work->conv2d_15 + first, work->batch_norm_43[0], work->batch_norm_45,
                        p->stages_3_1_bn1_weight, p->stages_3_1_bn1_bias, my->relu_14);
            fwd_conv2d_16(n, my->relu_14, work->stages_3_1_conv2_weight_packed, my->fwd_conv2d_16_scratch,
                          work->conv2d_16 + first);
            fwd_batch_norm_43(n, work->conv2d_16 + first, work->batch_norm_46[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 64, work->batch_norm_46[0]);
    fwd_stages_3_1_bn1_running_mean_next((float)in->n, s->stages_3_1_bn2_running_mean, work->batch_norm_46[0],
                                         work->stages_3_1_bn2_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_47[slice], 0, sizeof work->batch_norm_47[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_44(n, (float)in->n, work->conv2d_16 + first, work->batch_norm_46[0],
                              work->batch_norm_47[slice]);
        }
    }

    pack_stages_3_1_conv2_weight(p->stages_3_2_conv1_weight, work->stages_3_2_conv1_weight_packed);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_47[0]);
    fwd_stages_3_1_bn1_running_var_next((float)in->n, s->stages_3_1_bn2_running_var, work->batch_norm_47[0],
                                        work->stages_3_1_bn2_running_var_next);
    fwd_batch_norm_45((float)in->n, work->batch_norm_47[0], work->batch_norm_48);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_52[slice], 0, sizeof work->batch_norm_52[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            fwd_relu_15(n, (float)in->n, work->conv2d_16 + first, work->conv2d_17 + first, work->batch_norm_46[0],
                        work->batch_norm_48, p->stages_3_1_bn2_weight, p->stages_3_1_bn2_bias,
                        work->batch_norm_49[0], work->batch_norm_51, p->stages_3_1_bn_skip_weight,
                        p->stages_3_1_bn_skip_bias, my->relu_15);
            fwd_conv2d_16(n, my->relu_15, work->stages_3_2_conv1_weight_packed, my->fwd_conv2d_18_scratch,
                          work->conv2d_18 + first);
            fwd_batch_norm_43(n, work->conv2d_18 + first, work->batch_norm_52[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 64, work->batch_norm_52[0]);
    fwd_stages_3_1_bn1_running_mean_next((float)in->n, s->stages_3_2_bn1_running_mean, work->batch_norm_52[0],
                                         work->stages_3_2_bn1_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_53[slice], 0, sizeof work->batch_norm_53[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_44(n, (float)in->n, work->conv2d_18 + first, work->batch_norm_52[0],
                              work->batch_norm_53[slice]);
        }
    }

    pack_stages_3_1_conv2_weight(p->stages_3_2_conv2_weight, work->stages_3_2_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_53[0]);
    fwd_stages_3_1_bn1_running_var_next((float)in->n, s->stages_3_2_bn1_running_var, work->batch_norm_53[0],
                                        work->stages_3_2_bn1_running_var_next);
    fwd_batch_norm_45((float)in->n, work->batch_norm_53[0], work->batch_norm_54);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_55[slice], 0, sizeof work->batch_norm_55[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_relu_14(n, (float)in->n, work->conv2d_18 + first, work->batch_norm_52[0], work->batch_norm_54,
                        p->stages_3_2_bn1_weight, p->stages_3_2_bn1_bias, my->relu_16);
            fwd_conv2d_16(n, my->relu_16, work->stages_3_2_conv2_weight_packed, my->fwd_conv2d_19_scratch,
                          work->conv2d_19 + first);
            fwd_batch_norm_43(n, work->conv2d_19 + first, work->batch_norm_55[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 64, work->batch_norm_55[0]);
    fwd_stages_3_1_bn1_running_mean_next((float)in->n, s->stages_3_2_bn2_running_mean, work->batch_norm_55[0],
                                         work->stages_3_2_bn2_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_56[slice], 0, sizeof work->batch_norm_56[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_44(n, (float)in->n, work->conv2d_19 + first, work->batch_norm_55[0],
                              work->batch_norm_56[slice]);
        }
    }

    pack_stages_3_1_conv2_weight(p->stages_3_3_conv1_weight, work->stages_3_3_conv1_weight_packed);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_56[0]);
    fwd_stages_3_1_bn1_running_var_next((float)in->n, s->stages_3_2_bn2_running_var, work->batch_norm_56[0],
                                        work->stages_3_2_bn2_running_var_next);
    fwd_batch_norm_45((float)in->n, work->batch_norm_56[0], work->batch_norm_57);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_58[slice], 0, sizeof work->batch_norm_58[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            fwd_relu_17(n, (float)in->n, work->conv2d_19 + first, work->conv2d_16 + first, work->conv2d_17 + first,
                        work->batch_norm_55[0], work->batch_norm_57, p->stages_3_2_bn2_weight,
                        p->stages_3_2_bn2_bias, work->batch_norm_46[0], work->batch_norm_48,
                        p->stages_3_1_bn2_weight, p->stages_3_1_bn2_bias, work->batch_norm_49[0],
                        work->batch_norm_51, p->stages_3_1_bn_skip_weight, p->stages_3_1_bn_skip_bias, my->relu_17);
            fwd_conv2d_16(n, my->relu_17, work->stages_3_3_conv1_weight_packed, my->fwd_conv2d_20_scratch,
                          work->conv2d_20 + first);
            fwd_batch_norm_43(n, work->conv2d_20 + first, work->batch_norm_58[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 64, work->batch_norm_58[0]);
    fwd_stages_3_1_bn1_running_mean_next((float)in->n, s->stages_3_3_bn1_running_mean, work->batch_norm_58[0],
                                         work->stages_3_3_bn1_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_59[slice], 0, sizeof work->batch_norm_59[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_44(n, (float)in->n, work->conv2d_20 + first, work->batch_norm_58[0],
                              work->batch_norm_59[slice]);
        }
    }

    pack_stages_3_1_conv2_weight(p->stages_3_3_conv2_weight, work->stages_3_3_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_59[0]);
    fwd_stages_3_1_bn1_running_var_next((float)in->n, s->stages_3_3_bn1_running_var, work->batch_norm_59[0],
                                        work->stages_3_3_bn1_running_var_next);
    fwd_batch_norm_45((float)in->n, work->batch_norm_59[0], work->batch_norm_60);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_61[slice], 0, sizeof work->batch_norm_61[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_relu_14(n, (float)in->n, work->conv2d_20 + first, work->batch_norm_58[0], work->batch_norm_60,
                        p->stages_3_3_bn1_weight, p->stages_3_3_bn1_bias, my->relu_18);
            fwd_conv2d_16(n, my->relu_18, work->stages_3_3_conv2_weight_packed, my->fwd_conv2d_21_scratch,
                          work->conv2d_21 + first);
            fwd_batch_norm_43(n, work->conv2d_21 + first, work->batch_norm_61[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 64, work->batch_norm_61[0]);
    fwd_stages_3_1_bn1_running_mean_next((float)in->n, s->stages_3_3_bn2_running_mean, work->batch_norm_61[0],
                                         work->stages_3_3_bn2_running_mean_next);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_62[slice], 0, sizeof work->batch_norm_62[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_44(n, (float)in->n, work->conv2d_21 + first, work->batch_norm_61[0],
                              work->batch_norm_62[slice]);
        }
    }

    pack_fc_weight(p->fc_weight, work->fc_weight_packed);
    pack_fc_weight_back(p->fc_weight, work->fc_weight_back_packed);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_62[0]);
    fwd_stages_3_1_bn1_running_var_next((float)in->n, s->stages_3_3_bn2_running_var, work->batch_norm_62[0],
                                        work->stages_3_3_bn2_running_var_next);
    fwd_batch_norm_45((float)in->n, work->batch_norm_62[0], work->batch_norm_63);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->loss[slice], 0, sizeof work->loss[slice]);
        memset(work->d_fc_weight[slice], 0, sizeof work->d_fc_weight[slice]);
        memset(work->d_fc_bias[slice], 0, sizeof work->d_fc_bias[slice]);
        memset(work->d_stages_3_3_bn2_bias[slice], 0, sizeof work->d_stages_3_3_bn2_bias[slice]);
        memset(work->d_stages_3_3_bn2_weight[slice], 0, sizeof work->d_stages_3_3_bn2_weight[slice]);
        memset(work->d_batch_norm_63[slice], 0, sizeof work->d_batch_norm_63[slice]);
        memset(work->batch_norm_64[slice], 0, sizeof work->batch_norm_64[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            fwd_global_avg_pool(n, (float)in->n, work->conv2d_21 + first, work->conv2d_19 + first,
                                work->conv2d_16 + first, work->conv2d_17 + first, work->batch_norm_61[0],
                                work->batch_norm_63, p->stages_3_3_bn2_weight, p->stages_3_3_bn2_bias,
                                work->batch_norm_55[0], work->batch_norm_57, p->stages_3_2_bn2_weight,
                                p->stages_3_2_bn2_bias, work->batch_norm_46[0], work->batch_norm_48,
                                p->stages_3_1_bn2_weight, p->stages_3_1_bn2_bias, work->batch_norm_49[0],
                                work->batch_norm_51, p->stages_3_1_bn_skip_weight, p->stages_3_1_bn_skip_bias,
                                my->global_avg_pool);
            fwd_logits(n, my->global_avg_pool, work->fc_weight_packed, p->fc_bias, my->logits);
            fwd_loss(n, (float)in->n, my->logits, in->label + first, work->loss[slice], my->loss_exp, my->loss_sum,
                     out->accuracy + first);
            bwd_logits(n, (float)in->n, my->loss_sum, in->label + first, my->d_logits);
            bwd_global_avg_pool(n, my->d_logits, work->fc_weight_back_packed, work->d_global_avg_pool + first);
            bwd_fc_weight(n, my->d_logits, my->global_avg_pool, work->d_fc_weight[slice], work->d_fc_bias[slice]);
            bwd_batch_norm_64(n, (float)in->n, work->conv2d_21 + first, work->conv2d_19 + first,
                              work->conv2d_16 + first, work->conv2d_17 + first, work->batch_norm_61[0],
                              work->batch_norm_63, p->stages_3_3_bn2_weight, p->stages_3_3_bn2_bias,
                              work->batch_norm_55[0], work->batch_norm_57, p->stages_3_2_bn2_weight,
                              p->stages_3_2_bn2_bias, work->batch_norm_46[0], work->batch_norm_48,
                              p->stages_3_1_bn2_weight, p->stages_3_1_bn2_bias, work->batch_norm_49[0],
                              work->batch_norm_51, p->stages_3_1_bn_skip_weight, p->stages_3_1_bn_skip_bias,
                              work->d_global_avg_pool + first, work->d_stages_3_3_bn2_bias[slice],
                              work->d_stages_3_3_bn2_weight[slice], work->d_batch_norm_63[slice],
                              work->batch_norm_64[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 1, work->loss[0]);
    rt_combine(RESNET_SLICES, 640, work->d_fc_weight[0][0]);
    rt_combine(RESNET_SLICES, 10, work->d_fc_bias[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_3_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_3_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 64, work->d_batch_norm_63[0]);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_64[0]);
    out->loss = work->loss[0][0];
    if (!isfinite(out->loss)) return false;      /* nothing has been changed yet */

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_65[slice], 0, sizeof work->batch_norm_65[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_batch_norm_65(n, (float)in->n, work->conv2d_21 + first, work->d_batch_norm_63[0],
                              work->batch_norm_63, work->batch_norm_61[0], work->batch_norm_65[slice]);
        }
    }

    pack_stages_3_3_conv2_weight_back(p->stages_3_3_conv2_weight, work->stages_3_3_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_65[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_3_3_conv2_weight_sum[slice], 0, sizeof work->d_stages_3_3_conv2_weight_sum[slice]);
        memset(work->d_stages_3_3_bn1_bias[slice], 0, sizeof work->d_stages_3_3_bn1_bias[slice]);
        memset(work->d_stages_3_3_bn1_weight[slice], 0, sizeof work->d_stages_3_3_bn1_weight[slice]);
        memset(work->d_batch_norm_60[slice], 0, sizeof work->d_batch_norm_60[slice]);
        memset(work->batch_norm_66[slice], 0, sizeof work->batch_norm_66[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            bwd_conv2d_21(n, (float)in->n, work->conv2d_21 + first, work->conv2d_19 + first,
                          work->conv2d_16 + first, work->conv2d_17 + first, work->batch_norm_61[0],
                          work->batch_norm_63, p->stages_3_3_bn2_weight, p->stages_3_3_bn2_bias,
                          work->batch_norm_55[0], work->batch_norm_57, p->stages_3_2_bn2_weight,
                          p->stages_3_2_bn2_bias, work->batch_norm_46[0], work->batch_norm_48,
                          p->stages_3_1_bn2_weight, p->stages_3_1_bn2_bias, work->batch_norm_49[0],
                          work->batch_norm_51, p->stages_3_1_bn_skip_weight, p->stages_3_1_bn_skip_bias,
                          work->d_global_avg_pool + first, work->d_batch_norm_63[0], work->batch_norm_64[0],
                          work->batch_norm_65[0], my->d_conv2d_21);
            bwd_where(n, (float)in->n, my->d_conv2d_21, work->stages_3_3_conv2_weight_back_packed,
                      work->conv2d_20 + first, work->batch_norm_58[0], work->batch_norm_60,
                      p->stages_3_3_bn1_weight, p->stages_3_3_bn1_bias, my->bwd_where_scratch,
                      work->d_where + first, my->relu_18_again);
            bwd_stages_3_3_conv2_weight(n, my->relu_18_again, my->d_conv2d_21,
                                        my->bwd_stages_3_3_conv2_weight_scratch,
                                        work->d_stages_3_3_conv2_weight_sum[slice]);
            bwd_batch_norm_66(n, (float)in->n, work->conv2d_20 + first, work->d_where + first,
                              work->batch_norm_58[0], work->batch_norm_60, p->stages_3_3_bn1_weight,
                              work->d_stages_3_3_bn1_bias[slice], work->d_stages_3_3_bn1_weight[slice],
                              work->d_batch_norm_60[slice], work->batch_norm_66[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 147456, work->d_stages_3_3_conv2_weight_sum[0]);
    unpack_d_stages_3_3_conv2_weight(work->d_stages_3_3_conv2_weight_sum[0], work->d_stages_3_3_conv2_weight);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_3_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_3_bn1_weight[0]);
    rt_combine(RESNET_SLICES, 64, work->d_batch_norm_60[0]);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_66[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_67[slice], 0, sizeof work->batch_norm_67[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_batch_norm_65(n, (float)in->n, work->conv2d_20 + first, work->d_batch_norm_60[0],
                              work->batch_norm_60, work->batch_norm_58[0], work->batch_norm_67[slice]);
        }
    }

    pack_stages_3_3_conv2_weight_back(p->stages_3_3_conv1_weight, work->stages_3_3_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_67[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_3_2_bn2_bias[slice], 0, sizeof work->d_stages_3_2_bn2_bias[slice]);
        memset(work->d_stages_3_2_bn2_weight[slice], 0, sizeof work->d_stages_3_2_bn2_weight[slice]);
        memset(work->d_batch_norm_57[slice], 0, sizeof work->d_batch_norm_57[slice]);
        memset(work->batch_norm_68[slice], 0, sizeof work->batch_norm_68[slice]);
        memset(work->d_stages_3_3_conv1_weight_sum[slice], 0, sizeof work->d_stages_3_3_conv1_weight_sum[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 8) {
            const int n = rt_min_int(last - first, 8);
            bwd_conv2d_20(n, (float)in->n, work->d_where + first, work->conv2d_20 + first,
                          p->stages_3_3_bn1_weight, work->batch_norm_60, work->d_batch_norm_60[0],
                          work->batch_norm_58[0], work->batch_norm_66[0], work->batch_norm_67[0], my->d_conv2d_20);
            fwd_conv2d_16(n, my->d_conv2d_20, work->stages_3_3_conv1_weight_back_packed, my->bwd_conv2d_22_scratch,
                          my->conv2d_22);
            bwd_batch_norm_68(n, (float)in->n, work->conv2d_19 + first, work->conv2d_16 + first,
                              work->conv2d_17 + first, work->conv2d_21 + first, work->batch_norm_55[0],
                              work->batch_norm_57, p->stages_3_2_bn2_weight, p->stages_3_2_bn2_bias,
                              work->batch_norm_46[0], work->batch_norm_48, p->stages_3_1_bn2_weight,
                              p->stages_3_1_bn2_bias, work->batch_norm_49[0], work->batch_norm_51,
                              p->stages_3_1_bn_skip_weight, p->stages_3_1_bn_skip_bias, work->batch_norm_61[0],
                              work->batch_norm_63, p->stages_3_3_bn2_weight, p->stages_3_3_bn2_bias,
                              work->d_global_avg_pool + first, my->conv2d_22, my->relu_17_again,
                              work->d_add_add + first, work->d_stages_3_2_bn2_bias[slice],
                              work->d_stages_3_2_bn2_weight[slice], work->d_batch_norm_57[slice],
                              work->batch_norm_68[slice]);
            bwd_stages_3_3_conv2_weight(n, my->relu_17_again, my->d_conv2d_20,
                                        my->bwd_stages_3_3_conv1_weight_scratch,
                                        work->d_stages_3_3_conv1_weight_sum[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 64, work->d_stages_3_2_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_2_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 64, work->d_batch_norm_57[0]);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_68[0]);
    rt_combine(RESNET_SLICES, 147456, work->d_stages_3_3_conv1_weight_sum[0]);
    unpack_d_stages_3_3_conv2_weight(work->d_stages_3_3_conv1_weight_sum[0], work->d_stages_3_3_conv1_weight);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_69[slice], 0, sizeof work->batch_norm_69[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_batch_norm_65(n, (float)in->n, work->conv2d_19 + first, work->d_batch_norm_57[0],
                              work->batch_norm_57, work->batch_norm_55[0], work->batch_norm_69[slice]);
        }
    }

    pack_stages_3_3_conv2_weight_back(p->stages_3_2_conv2_weight, work->stages_3_2_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_69[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_3_2_conv2_weight_sum[slice], 0, sizeof work->d_stages_3_2_conv2_weight_sum[slice]);
        memset(work->d_stages_3_2_bn1_bias[slice], 0, sizeof work->d_stages_3_2_bn1_bias[slice]);
        memset(work->d_stages_3_2_bn1_weight[slice], 0, sizeof work->d_stages_3_2_bn1_weight[slice]);
        memset(work->d_batch_norm_54[slice], 0, sizeof work->d_batch_norm_54[slice]);
        memset(work->batch_norm_70[slice], 0, sizeof work->batch_norm_70[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            bwd_conv2d_20(n, (float)in->n, work->d_add_add + first, work->conv2d_19 + first,
                          p->stages_3_2_bn2_weight, work->batch_norm_57, work->d_batch_norm_57[0],
                          work->batch_norm_55[0], work->batch_norm_68[0], work->batch_norm_69[0], my->d_conv2d_19);
            bwd_where(n, (float)in->n, my->d_conv2d_19, work->stages_3_2_conv2_weight_back_packed,
                      work->conv2d_18 + first, work->batch_norm_52[0], work->batch_norm_54,
                      p->stages_3_2_bn1_weight, p->stages_3_2_bn1_bias, my->bwd_where_2_scratch,
                      work->d_where_2 + first, my->relu_16_again);
            bwd_stages_3_3_conv2_weight(n, my->relu_16_again, my->d_conv2d_19,
                                        my->bwd_stages_3_2_conv2_weight_scratch,
                                        work->d_stages_3_2_conv2_weight_sum[slice]);
            bwd_batch_norm_66(n, (float)in->n, work->conv2d_18 + first, work->d_where_2 + first,
                              work->batch_norm_52[0], work->batch_norm_54, p->stages_3_2_bn1_weight,
                              work->d_stages_3_2_bn1_bias[slice], work->d_stages_3_2_bn1_weight[slice],
                              work->d_batch_norm_54[slice], work->batch_norm_70[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 147456, work->d_stages_3_2_conv2_weight_sum[0]);
    unpack_d_stages_3_3_conv2_weight(work->d_stages_3_2_conv2_weight_sum[0], work->d_stages_3_2_conv2_weight);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_2_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_2_bn1_weight[0]);
    rt_combine(RESNET_SLICES, 64, work->d_batch_norm_54[0]);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_70[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_71[slice], 0, sizeof work->batch_norm_71[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_batch_norm_65(n, (float)in->n, work->conv2d_18 + first, work->d_batch_norm_54[0],
                              work->batch_norm_54, work->batch_norm_52[0], work->batch_norm_71[slice]);
        }
    }

    pack_stages_3_3_conv2_weight_back(p->stages_3_2_conv1_weight, work->stages_3_2_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_71[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_3_1_bn2_bias[slice], 0, sizeof work->d_stages_3_1_bn2_bias[slice]);
        memset(work->d_stages_3_1_bn_skip_weight[slice], 0, sizeof work->d_stages_3_1_bn_skip_weight[slice]);
        memset(work->d_batch_norm_51[slice], 0, sizeof work->d_batch_norm_51[slice]);
        memset(work->batch_norm_sum[slice], 0, sizeof work->batch_norm_sum[slice]);
        memset(work->d_stages_3_1_bn2_weight[slice], 0, sizeof work->d_stages_3_1_bn2_weight[slice]);
        memset(work->d_batch_norm_48[slice], 0, sizeof work->d_batch_norm_48[slice]);
        memset(work->batch_norm_73[slice], 0, sizeof work->batch_norm_73[slice]);
        memset(work->d_stages_3_2_conv1_weight_sum[slice], 0, sizeof work->d_stages_3_2_conv1_weight_sum[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 11) {
            const int n = rt_min_int(last - first, 11);
            bwd_conv2d_20(n, (float)in->n, work->d_where_2 + first, work->conv2d_18 + first,
                          p->stages_3_2_bn1_weight, work->batch_norm_54, work->d_batch_norm_54[0],
                          work->batch_norm_52[0], work->batch_norm_70[0], work->batch_norm_71[0], my->d_conv2d_18);
            fwd_conv2d_16(n, my->d_conv2d_18, work->stages_3_2_conv1_weight_back_packed, my->bwd_conv2d_23_scratch,
                          my->conv2d_23);
            bwd_batch_norm_73(n, (float)in->n, work->conv2d_16 + first, work->conv2d_17 + first,
                              work->d_add_add + first, work->batch_norm_46[0], work->batch_norm_48,
                              p->stages_3_1_bn2_weight, p->stages_3_1_bn2_bias, work->batch_norm_49[0],
                              work->batch_norm_51, p->stages_3_1_bn_skip_weight, p->stages_3_1_bn_skip_bias,
                              my->conv2d_23, my->relu_15_again, work->d_batch_norm + first,
                              work->d_stages_3_1_bn2_bias[slice], work->d_stages_3_1_bn_skip_weight[slice],
                              work->d_batch_norm_51[slice], work->batch_norm_sum[slice],
                              work->d_stages_3_1_bn2_weight[slice], work->d_batch_norm_48[slice],
                              work->batch_norm_73[slice]);
            bwd_stages_3_3_conv2_weight(n, my->relu_15_again, my->d_conv2d_18,
                                        my->bwd_stages_3_2_conv1_weight_scratch,
                                        work->d_stages_3_2_conv1_weight_sum[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 64, work->d_stages_3_1_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_1_bn_skip_weight[0]);
    rt_combine(RESNET_SLICES, 64, work->d_batch_norm_51[0]);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_sum[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_1_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 64, work->d_batch_norm_48[0]);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_73[0]);
    rt_combine(RESNET_SLICES, 147456, work->d_stages_3_2_conv1_weight_sum[0]);
    unpack_d_stages_3_3_conv2_weight(work->d_stages_3_2_conv1_weight_sum[0], work->d_stages_3_2_conv1_weight);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_72[slice], 0, sizeof work->batch_norm_72[slice]);
        memset(work->batch_norm_74[slice], 0, sizeof work->batch_norm_74[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_batch_norm_65(n, (float)in->n, work->conv2d_17 + first, work->d_batch_norm_51[0],
                              work->batch_norm_51, work->batch_norm_49[0], work->batch_norm_72[slice]);
            bwd_batch_norm_65(n, (float)in->n, work->conv2d_16 + first, work->d_batch_norm_48[0],
                              work->batch_norm_48, work->batch_norm_46[0], work->batch_norm_74[slice]);
        }
    }

    pack_stages_3_1_conv_skip_weight_back(p->stages_3_1_conv_skip_weight,
                                          work->stages_3_1_conv_skip_weight_back_packed);
    pack_stages_3_3_conv2_weight_back(p->stages_3_1_conv2_weight, work->stages_3_1_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_72[0]);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_74[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_3_1_conv_skip_weight_sum[slice], 0, sizeof work->d_stages_3_1_conv_skip_weight_sum[slice]);
        memset(work->d_stages_3_1_conv2_weight_sum[slice], 0, sizeof work->d_stages_3_1_conv2_weight_sum[slice]);
        memset(work->d_stages_3_1_bn1_bias[slice], 0, sizeof work->d_stages_3_1_bn1_bias[slice]);
        memset(work->d_stages_3_1_bn1_weight[slice], 0, sizeof work->d_stages_3_1_bn1_weight[slice]);
        memset(work->d_batch_norm_45[slice], 0, sizeof work->d_batch_norm_45[slice]);
        memset(work->batch_norm_75[slice], 0, sizeof work->batch_norm_75[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            bwd_conv2d_20(n, (float)in->n, work->d_batch_norm + first, work->conv2d_17 + first,
                          p->stages_3_1_bn_skip_weight, work->batch_norm_51, work->d_batch_norm_51[0],
                          work->batch_norm_49[0], work->batch_norm_sum[0], work->batch_norm_72[0], my->d_conv2d_17);
            bwd_conv2d_24(n, my->d_conv2d_17, work->stages_3_1_conv_skip_weight_back_packed,
                          my->bwd_conv2d_24_scratch, work->conv2d_24 + first);
            bwd_stages_3_1_conv_skip_weight(n, work->relu_13 + first, my->d_conv2d_17,
                                            my->bwd_stages_3_1_conv_skip_weight_scratch,
                                            work->d_stages_3_1_conv_skip_weight_sum[slice]);
            bwd_conv2d_20(n, (float)in->n, work->d_batch_norm + first, work->conv2d_16 + first,
                          p->stages_3_1_bn2_weight, work->batch_norm_48, work->d_batch_norm_48[0],
                          work->batch_norm_46[0], work->batch_norm_73[0], work->batch_norm_74[0], my->d_conv2d_16);
            bwd_where(n, (float)in->n, my->d_conv2d_16, work->stages_3_1_conv2_weight_back_packed,
                      work->conv2d_15 + first, work->batch_norm_43[0], work->batch_norm_45,
                      p->stages_3_1_bn1_weight, p->stages_3_1_bn1_bias, my->bwd_where_3_scratch,
                      work->d_where_3 + first, my->relu_14_again);
            bwd_stages_3_3_conv2_weight(n, my->relu_14_again, my->d_conv2d_16,
                                        my->bwd_stages_3_1_conv2_weight_scratch,
                                        work->d_stages_3_1_conv2_weight_sum[slice]);
            bwd_batch_norm_66(n, (float)in->n, work->conv2d_15 + first, work->d_where_3 + first,
                              work->batch_norm_43[0], work->batch_norm_45, p->stages_3_1_bn1_weight,
                              work->d_stages_3_1_bn1_bias[slice], work->d_stages_3_1_bn1_weight[slice],
                              work->d_batch_norm_45[slice], work->batch_norm_75[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 2048, work->d_stages_3_1_conv_skip_weight_sum[0]);
    unpack_d_stages_3_1_conv_skip_weight(work->d_stages_3_1_conv_skip_weight_sum[0],
                                         work->d_stages_3_1_conv_skip_weight);
    rt_combine(RESNET_SLICES, 147456, work->d_stages_3_1_conv2_weight_sum[0]);
    unpack_d_stages_3_3_conv2_weight(work->d_stages_3_1_conv2_weight_sum[0], work->d_stages_3_1_conv2_weight);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_1_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_1_bn1_weight[0]);
    rt_combine(RESNET_SLICES, 64, work->d_batch_norm_45[0]);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_75[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_76[slice], 0, sizeof work->batch_norm_76[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_batch_norm_65(n, (float)in->n, work->conv2d_15 + first, work->d_batch_norm_45[0],
                              work->batch_norm_45, work->batch_norm_43[0], work->batch_norm_76[slice]);
        }
    }

    pack_stages_3_1_conv1_weight_back(p->stages_3_1_conv1_weight, work->stages_3_1_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 64, work->batch_norm_76[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_3_1_conv1_weight_sum[slice], 0, sizeof work->d_stages_3_1_conv1_weight_sum[slice]);
        memset(work->d_stages_2_3_bn2_bias[slice], 0, sizeof work->d_stages_2_3_bn2_bias[slice]);
        memset(work->d_stages_2_3_bn2_weight[slice], 0, sizeof work->d_stages_2_3_bn2_weight[slice]);
        memset(work->d_batch_norm_42[slice], 0, sizeof work->d_batch_norm_42[slice]);
        memset(work->batch_norm_77[slice], 0, sizeof work->batch_norm_77[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 8) {
            const int n = rt_min_int(last - first, 8);
            bwd_conv2d_20(n, (float)in->n, work->d_where_3 + first, work->conv2d_15 + first,
                          p->stages_3_1_bn1_weight, work->batch_norm_45, work->d_batch_norm_45[0],
                          work->batch_norm_43[0], work->batch_norm_75[0], work->batch_norm_76[0], my->d_conv2d_15);
            bwd_add_add_2(n, my->d_conv2d_15, work->stages_3_1_conv1_weight_back_packed, work->relu_13 + first,
                          work->conv2d_24 + first, my->bwd_add_add_2_scratch, work->d_add_add_2 + first);
            bwd_stages_3_1_conv1_weight(n, work->relu_13 + first, my->d_conv2d_15,
                                        my->bwd_stages_3_1_conv1_weight_scratch,
                                        work->d_stages_3_1_conv1_weight_sum[slice]);
            bwd_batch_norm_77(n, (float)in->n, work->conv2d_14 + first, work->d_add_add_2 + first,
                              work->batch_norm_40[0], work->batch_norm_42, p->stages_2_3_bn2_weight,
                              work->d_stages_2_3_bn2_bias[slice], work->d_stages_2_3_bn2_weight[slice],
                              work->d_batch_norm_42[slice], work->batch_norm_77[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 18432, work->d_stages_3_1_conv1_weight_sum[0]);
    unpack_d_stages_3_1_conv1_weight(work->d_stages_3_1_conv1_weight_sum[0], work->d_stages_3_1_conv1_weight);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_3_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_3_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 32, work->d_batch_norm_42[0]);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_77[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_78[slice], 0, sizeof work->batch_norm_78[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_batch_norm_78(n, (float)in->n, work->conv2d_14 + first, work->d_batch_norm_42[0],
                              work->batch_norm_42, work->batch_norm_40[0], work->batch_norm_78[slice]);
        }
    }

    pack_stages_2_3_conv2_weight_back(p->stages_2_3_conv2_weight, work->stages_2_3_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_78[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_2_3_conv2_weight_sum[slice], 0, sizeof work->d_stages_2_3_conv2_weight_sum[slice]);
        memset(work->d_stages_2_3_bn1_bias[slice], 0, sizeof work->d_stages_2_3_bn1_bias[slice]);
        memset(work->d_stages_2_3_bn1_weight[slice], 0, sizeof work->d_stages_2_3_bn1_weight[slice]);
        memset(work->d_batch_norm_39[slice], 0, sizeof work->d_batch_norm_39[slice]);
        memset(work->batch_norm_79[slice], 0, sizeof work->batch_norm_79[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 8) {
            const int n = rt_min_int(last - first, 8);
            bwd_conv2d_14(n, (float)in->n, work->d_add_add_2 + first, work->conv2d_14 + first,
                          p->stages_2_3_bn2_weight, work->batch_norm_42, work->d_batch_norm_42[0],
                          work->batch_norm_40[0], work->batch_norm_77[0], work->batch_norm_78[0], my->d_conv2d_14);
            bwd_where_4(n, (float)in->n, my->d_conv2d_14, work->stages_2_3_conv2_weight_back_packed,
                        work->conv2d_13 + first, work->batch_norm_37[0], work->batch_norm_39,
                        p->stages_2_3_bn1_weight, p->stages_2_3_bn1_bias, my->bwd_where_4_scratch,
                        work->d_where_4 + first, my->relu_12_again);
            bwd_stages_2_3_conv2_weight(n, my->relu_12_again, my->d_conv2d_14,
                                        my->bwd_stages_2_3_conv2_weight_scratch,
                                        work->d_stages_2_3_conv2_weight_sum[slice]);
            bwd_batch_norm_77(n, (float)in->n, work->conv2d_13 + first, work->d_where_4 + first,
                              work->batch_norm_37[0], work->batch_norm_39, p->stages_2_3_bn1_weight,
                              work->d_stages_2_3_bn1_bias[slice], work->d_stages_2_3_bn1_weight[slice],
                              work->d_batch_norm_39[slice], work->batch_norm_79[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 36864, work->d_stages_2_3_conv2_weight_sum[0]);
    unpack_d_stages_2_3_conv2_weight(work->d_stages_2_3_conv2_weight_sum[0], work->d_stages_2_3_conv2_weight);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_3_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_3_bn1_weight[0]);
    rt_combine(RESNET_SLICES, 32, work->d_batch_norm_39[0]);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_79[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_80[slice], 0, sizeof work->batch_norm_80[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_batch_norm_78(n, (float)in->n, work->conv2d_13 + first, work->d_batch_norm_39[0],
                              work->batch_norm_39, work->batch_norm_37[0], work->batch_norm_80[slice]);
        }
    }

    pack_stages_2_3_conv2_weight_back(p->stages_2_3_conv1_weight, work->stages_2_3_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_80[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_2_2_bn2_bias[slice], 0, sizeof work->d_stages_2_2_bn2_bias[slice]);
        memset(work->d_stages_2_2_bn2_weight[slice], 0, sizeof work->d_stages_2_2_bn2_weight[slice]);
        memset(work->d_batch_norm_36[slice], 0, sizeof work->d_batch_norm_36[slice]);
        memset(work->batch_norm_81[slice], 0, sizeof work->batch_norm_81[slice]);
        memset(work->d_stages_2_3_conv1_weight_sum[slice], 0, sizeof work->d_stages_2_3_conv1_weight_sum[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            bwd_conv2d_14(n, (float)in->n, work->d_where_4 + first, work->conv2d_13 + first,
                          p->stages_2_3_bn1_weight, work->batch_norm_39, work->d_batch_norm_39[0],
                          work->batch_norm_37[0], work->batch_norm_79[0], work->batch_norm_80[0], my->d_conv2d_13);
            fwd_conv2d_9(n, my->d_conv2d_13, work->stages_2_3_conv1_weight_back_packed, my->bwd_conv2d_25_scratch,
                         my->conv2d_25);
            bwd_batch_norm_81(n, (float)in->n, work->conv2d_12 + first, work->conv2d_9 + first,
                              work->conv2d_10 + first, work->d_add_add_2 + first, work->batch_norm_34[0],
                              work->batch_norm_36, p->stages_2_2_bn2_weight, p->stages_2_2_bn2_bias,
                              work->batch_norm_25[0], work->batch_norm_27, p->stages_2_1_bn2_weight,
                              p->stages_2_1_bn2_bias, work->batch_norm_28[0], work->batch_norm_30,
                              p->stages_2_1_bn_skip_weight, p->stages_2_1_bn_skip_bias, my->conv2d_25,
                              my->relu_11_again, work->d_add_add_3 + first, work->d_stages_2_2_bn2_bias[slice],
                              work->d_stages_2_2_bn2_weight[slice], work->d_batch_norm_36[slice],
                              work->batch_norm_81[slice]);
            bwd_stages_2_3_conv2_weight(n, my->relu_11_again, my->d_conv2d_13,
                                        my->bwd_stages_2_3_conv1_weight_scratch,
                                        work->d_stages_2_3_conv1_weight_sum[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 32, work->d_stages_2_2_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_2_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 32, work->d_batch_norm_36[0]);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_81[0]);
    rt_combine(RESNET_SLICES, 36864, work->d_stages_2_3_conv1_weight_sum[0]);
    unpack_d_stages_2_3_conv2_weight(work->d_stages_2_3_conv1_weight_sum[0], work->d_stages_2_3_conv1_weight);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_82[slice], 0, sizeof work->batch_norm_82[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_batch_norm_78(n, (float)in->n, work->conv2d_12 + first, work->d_batch_norm_36[0],
                              work->batch_norm_36, work->batch_norm_34[0], work->batch_norm_82[slice]);
        }
    }

    pack_stages_2_3_conv2_weight_back(p->stages_2_2_conv2_weight, work->stages_2_2_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_82[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_2_2_conv2_weight_sum[slice], 0, sizeof work->d_stages_2_2_conv2_weight_sum[slice]);
        memset(work->d_stages_2_2_bn1_bias[slice], 0, sizeof work->d_stages_2_2_bn1_bias[slice]);
        memset(work->d_stages_2_2_bn1_weight[slice], 0, sizeof work->d_stages_2_2_bn1_weight[slice]);
        memset(work->d_batch_norm_33[slice], 0, sizeof work->d_batch_norm_33[slice]);
        memset(work->batch_norm_83[slice], 0, sizeof work->batch_norm_83[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 8) {
            const int n = rt_min_int(last - first, 8);
            bwd_conv2d_14(n, (float)in->n, work->d_add_add_3 + first, work->conv2d_12 + first,
                          p->stages_2_2_bn2_weight, work->batch_norm_36, work->d_batch_norm_36[0],
                          work->batch_norm_34[0], work->batch_norm_81[0], work->batch_norm_82[0], my->d_conv2d_12);
            bwd_where_4(n, (float)in->n, my->d_conv2d_12, work->stages_2_2_conv2_weight_back_packed,
                        work->conv2d_11 + first, work->batch_norm_31[0], work->batch_norm_33,
                        p->stages_2_2_bn1_weight, p->stages_2_2_bn1_bias, my->bwd_where_5_scratch,
                        work->d_where_5 + first, my->relu_10_again);
            bwd_stages_2_3_conv2_weight(n, my->relu_10_again, my->d_conv2d_12,
                                        my->bwd_stages_2_2_conv2_weight_scratch,
                                        work->d_stages_2_2_conv2_weight_sum[slice]);
            bwd_batch_norm_77(n, (float)in->n, work->conv2d_11 + first, work->d_where_5 + first,
                              work->batch_norm_31[0], work->batch_norm_33, p->stages_2_2_bn1_weight,
                              work->d_stages_2_2_bn1_bias[slice], work->d_stages_2_2_bn1_weight[slice],
                              work->d_batch_norm_33[slice], work->batch_norm_83[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 36864, work->d_stages_2_2_conv2_weight_sum[0]);
    unpack_d_stages_2_3_conv2_weight(work->d_stages_2_2_conv2_weight_sum[0], work->d_stages_2_2_conv2_weight);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_2_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_2_bn1_weight[0]);
    rt_combine(RESNET_SLICES, 32, work->d_batch_norm_33[0]);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_83[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_84[slice], 0, sizeof work->batch_norm_84[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_batch_norm_78(n, (float)in->n, work->conv2d_11 + first, work->d_batch_norm_33[0],
                              work->batch_norm_33, work->batch_norm_31[0], work->batch_norm_84[slice]);
        }
    }

    pack_stages_2_3_conv2_weight_back(p->stages_2_2_conv1_weight, work->stages_2_2_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_84[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_2_1_bn2_bias[slice], 0, sizeof work->d_stages_2_1_bn2_bias[slice]);
        memset(work->d_stages_2_1_bn_skip_weight[slice], 0, sizeof work->d_stages_2_1_bn_skip_weight[slice]);
        memset(work->d_batch_norm_30[slice], 0, sizeof work->d_batch_norm_30[slice]);
        memset(work->batch_norm_sum_2[slice], 0, sizeof work->batch_norm_sum_2[slice]);
        memset(work->d_stages_2_1_bn2_weight[slice], 0, sizeof work->d_stages_2_1_bn2_weight[slice]);
        memset(work->d_batch_norm_27[slice], 0, sizeof work->d_batch_norm_27[slice]);
        memset(work->batch_norm_86[slice], 0, sizeof work->batch_norm_86[slice]);
        memset(work->d_stages_2_2_conv1_weight_sum[slice], 0, sizeof work->d_stages_2_2_conv1_weight_sum[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            bwd_conv2d_14(n, (float)in->n, work->d_where_5 + first, work->conv2d_11 + first,
                          p->stages_2_2_bn1_weight, work->batch_norm_33, work->d_batch_norm_33[0],
                          work->batch_norm_31[0], work->batch_norm_83[0], work->batch_norm_84[0], my->d_conv2d_11);
            fwd_conv2d_9(n, my->d_conv2d_11, work->stages_2_2_conv1_weight_back_packed, my->bwd_conv2d_26_scratch,
                         my->conv2d_26);
            bwd_batch_norm_86(n, (float)in->n, work->conv2d_9 + first, work->conv2d_10 + first,
                              work->d_add_add_3 + first, work->batch_norm_25[0], work->batch_norm_27,
                              p->stages_2_1_bn2_weight, p->stages_2_1_bn2_bias, work->batch_norm_28[0],
                              work->batch_norm_30, p->stages_2_1_bn_skip_weight, p->stages_2_1_bn_skip_bias,
                              my->conv2d_26, my->relu_9_again, work->d_batch_norm_2 + first,
                              work->d_stages_2_1_bn2_bias[slice], work->d_stages_2_1_bn_skip_weight[slice],
                              work->d_batch_norm_30[slice], work->batch_norm_sum_2[slice],
                              work->d_stages_2_1_bn2_weight[slice], work->d_batch_norm_27[slice],
                              work->batch_norm_86[slice]);
            bwd_stages_2_3_conv2_weight(n, my->relu_9_again, my->d_conv2d_11,
                                        my->bwd_stages_2_2_conv1_weight_scratch,
                                        work->d_stages_2_2_conv1_weight_sum[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 32, work->d_stages_2_1_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_1_bn_skip_weight[0]);
    rt_combine(RESNET_SLICES, 32, work->d_batch_norm_30[0]);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_sum_2[0]);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_1_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 32, work->d_batch_norm_27[0]);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_86[0]);
    rt_combine(RESNET_SLICES, 36864, work->d_stages_2_2_conv1_weight_sum[0]);
    unpack_d_stages_2_3_conv2_weight(work->d_stages_2_2_conv1_weight_sum[0], work->d_stages_2_2_conv1_weight);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_85[slice], 0, sizeof work->batch_norm_85[slice]);
        memset(work->batch_norm_87[slice], 0, sizeof work->batch_norm_87[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_batch_norm_78(n, (float)in->n, work->conv2d_10 + first, work->d_batch_norm_30[0],
                              work->batch_norm_30, work->batch_norm_28[0], work->batch_norm_85[slice]);
            bwd_batch_norm_78(n, (float)in->n, work->conv2d_9 + first, work->d_batch_norm_27[0],
                              work->batch_norm_27, work->batch_norm_25[0], work->batch_norm_87[slice]);
        }
    }

    pack_stages_2_1_conv_skip_weight_back(p->stages_2_1_conv_skip_weight,
                                          work->stages_2_1_conv_skip_weight_back_packed);
    pack_stages_2_3_conv2_weight_back(p->stages_2_1_conv2_weight, work->stages_2_1_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_85[0]);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_87[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_2_1_conv_skip_weight_sum[slice], 0, sizeof work->d_stages_2_1_conv_skip_weight_sum[slice]);
        memset(work->d_stages_2_1_conv2_weight_sum[slice], 0, sizeof work->d_stages_2_1_conv2_weight_sum[slice]);
        memset(work->d_stages_2_1_bn1_bias[slice], 0, sizeof work->d_stages_2_1_bn1_bias[slice]);
        memset(work->d_stages_2_1_bn1_weight[slice], 0, sizeof work->d_stages_2_1_bn1_weight[slice]);
        memset(work->d_batch_norm_24[slice], 0, sizeof work->d_batch_norm_24[slice]);
        memset(work->batch_norm_88[slice], 0, sizeof work->batch_norm_88[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 8) {
            const int n = rt_min_int(last - first, 8);
            bwd_conv2d_14(n, (float)in->n, work->d_batch_norm_2 + first, work->conv2d_10 + first,
                          p->stages_2_1_bn_skip_weight, work->batch_norm_30, work->d_batch_norm_30[0],
                          work->batch_norm_28[0], work->batch_norm_sum_2[0], work->batch_norm_85[0],
                          my->d_conv2d_10);
            bwd_conv2d_27(n, my->d_conv2d_10, work->stages_2_1_conv_skip_weight_back_packed,
                          my->bwd_conv2d_27_scratch, work->conv2d_27 + first);
            bwd_stages_2_1_conv_skip_weight(n, work->relu_7 + first, my->d_conv2d_10,
                                            my->bwd_stages_2_1_conv_skip_weight_scratch,
                                            work->d_stages_2_1_conv_skip_weight_sum[slice]);
            bwd_conv2d_14(n, (float)in->n, work->d_batch_norm_2 + first, work->conv2d_9 + first,
                          p->stages_2_1_bn2_weight, work->batch_norm_27, work->d_batch_norm_27[0],
                          work->batch_norm_25[0], work->batch_norm_86[0], work->batch_norm_87[0], my->d_conv2d_9);
            bwd_where_4(n, (float)in->n, my->d_conv2d_9, work->stages_2_1_conv2_weight_back_packed,
                        work->conv2d_8 + first, work->batch_norm_22[0], work->batch_norm_24,
                        p->stages_2_1_bn1_weight, p->stages_2_1_bn1_bias, my->bwd_where_6_scratch,
                        work->d_where_6 + first, my->relu_8_again);
            bwd_stages_2_3_conv2_weight(n, my->relu_8_again, my->d_conv2d_9,
                                        my->bwd_stages_2_1_conv2_weight_scratch,
                                        work->d_stages_2_1_conv2_weight_sum[slice]);
            bwd_batch_norm_77(n, (float)in->n, work->conv2d_8 + first, work->d_where_6 + first,
                              work->batch_norm_22[0], work->batch_norm_24, p->stages_2_1_bn1_weight,
                              work->d_stages_2_1_bn1_bias[slice], work->d_stages_2_1_bn1_weight[slice],
                              work->d_batch_norm_24[slice], work->batch_norm_88[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 512, work->d_stages_2_1_conv_skip_weight_sum[0]);
    unpack_d_stages_2_1_conv_skip_weight(work->d_stages_2_1_conv_skip_weight_sum[0],
                                         work->d_stages_2_1_conv_skip_weight);
    rt_combine(RESNET_SLICES, 36864, work->d_stages_2_1_conv2_weight_sum[0]);
    unpack_d_stages_2_3_conv2_weight(work->d_stages_2_1_conv2_weight_sum[0], work->d_stages_2_1_conv2_weight);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_1_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_1_bn1_weight[0]);
    rt_combine(RESNET_SLICES, 32, work->d_batch_norm_24[0]);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_88[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_89[slice], 0, sizeof work->batch_norm_89[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_batch_norm_78(n, (float)in->n, work->conv2d_8 + first, work->d_batch_norm_24[0],
                              work->batch_norm_24, work->batch_norm_22[0], work->batch_norm_89[slice]);
        }
    }

    pack_stages_2_1_conv1_weight_back(p->stages_2_1_conv1_weight, work->stages_2_1_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 32, work->batch_norm_89[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_2_1_conv1_weight_sum[slice], 0, sizeof work->d_stages_2_1_conv1_weight_sum[slice]);
        memset(work->d_stages_1_3_bn2_bias[slice], 0, sizeof work->d_stages_1_3_bn2_bias[slice]);
        memset(work->d_stages_1_3_bn2_weight[slice], 0, sizeof work->d_stages_1_3_bn2_weight[slice]);
        memset(work->d_batch_norm_21[slice], 0, sizeof work->d_batch_norm_21[slice]);
        memset(work->batch_norm_90[slice], 0, sizeof work->batch_norm_90[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            bwd_conv2d_14(n, (float)in->n, work->d_where_6 + first, work->conv2d_8 + first,
                          p->stages_2_1_bn1_weight, work->batch_norm_24, work->d_batch_norm_24[0],
                          work->batch_norm_22[0], work->batch_norm_88[0], work->batch_norm_89[0], my->d_conv2d_8);
            bwd_add_add_4(n, my->d_conv2d_8, work->stages_2_1_conv1_weight_back_packed, work->relu_7 + first,
                          work->conv2d_27 + first, my->bwd_add_add_4_scratch, work->d_add_add_4 + first);
            bwd_stages_2_1_conv1_weight(n, work->relu_7 + first, my->d_conv2d_8,
                                        my->bwd_stages_2_1_conv1_weight_scratch,
                                        work->d_stages_2_1_conv1_weight_sum[slice]);
            bwd_batch_norm_90(n, (float)in->n, work->d_add_add_4 + first, work->conv2d_7 + first,
                              work->batch_norm_19[0], work->batch_norm_21, p->stages_1_3_bn2_weight,
                              work->d_stages_1_3_bn2_bias[slice], work->d_stages_1_3_bn2_weight[slice],
                              work->d_batch_norm_21[slice], work->batch_norm_90[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 4608, work->d_stages_2_1_conv1_weight_sum[0]);
    unpack_d_stages_2_1_conv1_weight(work->d_stages_2_1_conv1_weight_sum[0], work->d_stages_2_1_conv1_weight);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_3_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_3_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 16, work->d_batch_norm_21[0]);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_90[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_91[slice], 0, sizeof work->batch_norm_91[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            bwd_batch_norm_91(n, (float)in->n, work->d_batch_norm_21[0], work->batch_norm_21,
                              work->conv2d_7 + first, work->batch_norm_19[0], work->batch_norm_91[slice]);
        }
    }

    pack_stages_1_3_conv2_weight_back(p->stages_1_3_conv2_weight, work->stages_1_3_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_91[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_1_3_conv2_weight_sum[slice], 0, sizeof work->d_stages_1_3_conv2_weight_sum[slice]);
        memset(work->d_stages_1_3_bn1_bias[slice], 0, sizeof work->d_stages_1_3_bn1_bias[slice]);
        memset(work->d_stages_1_3_bn1_weight[slice], 0, sizeof work->d_stages_1_3_bn1_weight[slice]);
        memset(work->d_batch_norm_18[slice], 0, sizeof work->d_batch_norm_18[slice]);
        memset(work->batch_norm_92[slice], 0, sizeof work->batch_norm_92[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            bwd_conv2d_7(n, (float)in->n, work->d_add_add_4 + first, p->stages_1_3_bn2_weight, work->batch_norm_21,
                         work->d_batch_norm_21[0], work->conv2d_7 + first, work->batch_norm_19[0],
                         work->batch_norm_90[0], work->batch_norm_91[0], my->d_conv2d_7);
            bwd_where_7(n, (float)in->n, my->d_conv2d_7, work->stages_1_3_conv2_weight_back_packed,
                        work->conv2d_6 + first, work->batch_norm_16[0], work->batch_norm_18,
                        p->stages_1_3_bn1_weight, p->stages_1_3_bn1_bias, my->bwd_where_7_scratch,
                        work->d_where_7 + first, my->relu_6_again);
            bwd_stages_1_3_conv2_weight(n, my->relu_6_again, my->d_conv2d_7,
                                        my->bwd_stages_1_3_conv2_weight_scratch,
                                        work->d_stages_1_3_conv2_weight_sum[slice]);
            bwd_batch_norm_90(n, (float)in->n, work->d_where_7 + first, work->conv2d_6 + first,
                              work->batch_norm_16[0], work->batch_norm_18, p->stages_1_3_bn1_weight,
                              work->d_stages_1_3_bn1_bias[slice], work->d_stages_1_3_bn1_weight[slice],
                              work->d_batch_norm_18[slice], work->batch_norm_92[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 18432, work->d_stages_1_3_conv2_weight_sum[0]);
    unpack_d_stages_1_3_conv2_weight(work->d_stages_1_3_conv2_weight_sum[0], work->d_stages_1_3_conv2_weight);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_3_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_3_bn1_weight[0]);
    rt_combine(RESNET_SLICES, 16, work->d_batch_norm_18[0]);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_92[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_93[slice], 0, sizeof work->batch_norm_93[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            bwd_batch_norm_91(n, (float)in->n, work->d_batch_norm_18[0], work->batch_norm_18,
                              work->conv2d_6 + first, work->batch_norm_16[0], work->batch_norm_93[slice]);
        }
    }

    pack_stages_1_3_conv2_weight_back(p->stages_1_3_conv1_weight, work->stages_1_3_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_93[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_1_2_bn2_bias[slice], 0, sizeof work->d_stages_1_2_bn2_bias[slice]);
        memset(work->d_stages_1_2_bn2_weight[slice], 0, sizeof work->d_stages_1_2_bn2_weight[slice]);
        memset(work->d_batch_norm_15[slice], 0, sizeof work->d_batch_norm_15[slice]);
        memset(work->batch_norm_94[slice], 0, sizeof work->batch_norm_94[slice]);
        memset(work->d_stages_1_3_conv1_weight_sum[slice], 0, sizeof work->d_stages_1_3_conv1_weight_sum[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            bwd_conv2d_7(n, (float)in->n, work->d_where_7 + first, p->stages_1_3_bn1_weight, work->batch_norm_18,
                         work->d_batch_norm_18[0], work->conv2d_6 + first, work->batch_norm_16[0],
                         work->batch_norm_92[0], work->batch_norm_93[0], my->d_conv2d_6);
            fwd_conv2d_2(n, my->d_conv2d_6, work->stages_1_3_conv1_weight_back_packed, my->bwd_conv2d_28_scratch,
                         my->conv2d_28);
            bwd_batch_norm_94(n, (float)in->n, work->conv2d_5 + first, work->batch_norm_13[0], work->batch_norm_15,
                              p->stages_1_2_bn2_weight, p->stages_1_2_bn2_bias, work->conv2d_3 + first,
                              work->batch_norm_7[0], work->batch_norm_9, p->stages_1_1_bn2_weight,
                              p->stages_1_1_bn2_bias, work->conv2d + first, work->batch_norm[0],
                              work->batch_norm_3, p->stem_bn_weight, p->stem_bn_bias, work->d_add_add_4 + first,
                              my->conv2d_28, my->relu_5_again, work->d_add_add_5 + first,
                              work->d_stages_1_2_bn2_bias[slice], work->d_stages_1_2_bn2_weight[slice],
                              work->d_batch_norm_15[slice], work->batch_norm_94[slice]);
            bwd_stages_1_3_conv2_weight(n, my->relu_5_again, my->d_conv2d_6,
                                        my->bwd_stages_1_3_conv1_weight_scratch,
                                        work->d_stages_1_3_conv1_weight_sum[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 16, work->d_stages_1_2_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_2_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 16, work->d_batch_norm_15[0]);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_94[0]);
    rt_combine(RESNET_SLICES, 18432, work->d_stages_1_3_conv1_weight_sum[0]);
    unpack_d_stages_1_3_conv2_weight(work->d_stages_1_3_conv1_weight_sum[0], work->d_stages_1_3_conv1_weight);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_95[slice], 0, sizeof work->batch_norm_95[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            bwd_batch_norm_91(n, (float)in->n, work->d_batch_norm_15[0], work->batch_norm_15,
                              work->conv2d_5 + first, work->batch_norm_13[0], work->batch_norm_95[slice]);
        }
    }

    pack_stages_1_3_conv2_weight_back(p->stages_1_2_conv2_weight, work->stages_1_2_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_95[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_1_2_conv2_weight_sum[slice], 0, sizeof work->d_stages_1_2_conv2_weight_sum[slice]);
        memset(work->d_stages_1_2_bn1_bias[slice], 0, sizeof work->d_stages_1_2_bn1_bias[slice]);
        memset(work->d_stages_1_2_bn1_weight[slice], 0, sizeof work->d_stages_1_2_bn1_weight[slice]);
        memset(work->d_batch_norm_12[slice], 0, sizeof work->d_batch_norm_12[slice]);
        memset(work->batch_norm_96[slice], 0, sizeof work->batch_norm_96[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            bwd_conv2d_7(n, (float)in->n, work->d_add_add_5 + first, p->stages_1_2_bn2_weight, work->batch_norm_15,
                         work->d_batch_norm_15[0], work->conv2d_5 + first, work->batch_norm_13[0],
                         work->batch_norm_94[0], work->batch_norm_95[0], my->d_conv2d_5);
            bwd_where_7(n, (float)in->n, my->d_conv2d_5, work->stages_1_2_conv2_weight_back_packed,
                        work->conv2d_4 + first, work->batch_norm_10[0], work->batch_norm_12,
                        p->stages_1_2_bn1_weight, p->stages_1_2_bn1_bias, my->bwd_where_8_scratch,
                        work->d_where_8 + first, my->relu_4_again);
            bwd_stages_1_3_conv2_weight(n, my->relu_4_again, my->d_conv2d_5,
                                        my->bwd_stages_1_2_conv2_weight_scratch,
                                        work->d_stages_1_2_conv2_weight_sum[slice]);
            bwd_batch_norm_90(n, (float)in->n, work->d_where_8 + first, work->conv2d_4 + first,
                              work->batch_norm_10[0], work->batch_norm_12, p->stages_1_2_bn1_weight,
                              work->d_stages_1_2_bn1_bias[slice], work->d_stages_1_2_bn1_weight[slice],
                              work->d_batch_norm_12[slice], work->batch_norm_96[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 18432, work->d_stages_1_2_conv2_weight_sum[0]);
    unpack_d_stages_1_3_conv2_weight(work->d_stages_1_2_conv2_weight_sum[0], work->d_stages_1_2_conv2_weight);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_2_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_2_bn1_weight[0]);
    rt_combine(RESNET_SLICES, 16, work->d_batch_norm_12[0]);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_96[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_97[slice], 0, sizeof work->batch_norm_97[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            bwd_batch_norm_91(n, (float)in->n, work->d_batch_norm_12[0], work->batch_norm_12,
                              work->conv2d_4 + first, work->batch_norm_10[0], work->batch_norm_97[slice]);
        }
    }

    pack_stages_1_3_conv2_weight_back(p->stages_1_2_conv1_weight, work->stages_1_2_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_97[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_1_1_bn2_bias[slice], 0, sizeof work->d_stages_1_1_bn2_bias[slice]);
        memset(work->d_stages_1_1_bn2_weight[slice], 0, sizeof work->d_stages_1_1_bn2_weight[slice]);
        memset(work->d_batch_norm_9[slice], 0, sizeof work->d_batch_norm_9[slice]);
        memset(work->batch_norm_98[slice], 0, sizeof work->batch_norm_98[slice]);
        memset(work->d_stages_1_2_conv1_weight_sum[slice], 0, sizeof work->d_stages_1_2_conv1_weight_sum[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            bwd_conv2d_7(n, (float)in->n, work->d_where_8 + first, p->stages_1_2_bn1_weight, work->batch_norm_12,
                         work->d_batch_norm_12[0], work->conv2d_4 + first, work->batch_norm_10[0],
                         work->batch_norm_96[0], work->batch_norm_97[0], my->d_conv2d_4);
            fwd_conv2d_2(n, my->d_conv2d_4, work->stages_1_2_conv1_weight_back_packed, my->bwd_conv2d_29_scratch,
                         my->conv2d_29);
            bwd_batch_norm_98(n, (float)in->n, work->conv2d_3 + first, work->batch_norm_7[0], work->batch_norm_9,
                              p->stages_1_1_bn2_weight, p->stages_1_1_bn2_bias, work->conv2d + first,
                              work->batch_norm[0], work->batch_norm_3, p->stem_bn_weight, p->stem_bn_bias,
                              work->d_add_add_5 + first, my->conv2d_29, my->relu_3_again,
                              work->d_add_add_6 + first, work->d_stages_1_1_bn2_bias[slice],
                              work->d_stages_1_1_bn2_weight[slice], work->d_batch_norm_9[slice],
                              work->batch_norm_98[slice]);
            bwd_stages_1_3_conv2_weight(n, my->relu_3_again, my->d_conv2d_4,
                                        my->bwd_stages_1_2_conv1_weight_scratch,
                                        work->d_stages_1_2_conv1_weight_sum[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 16, work->d_stages_1_1_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_1_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 16, work->d_batch_norm_9[0]);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_98[0]);
    rt_combine(RESNET_SLICES, 18432, work->d_stages_1_2_conv1_weight_sum[0]);
    unpack_d_stages_1_3_conv2_weight(work->d_stages_1_2_conv1_weight_sum[0], work->d_stages_1_2_conv1_weight);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_99[slice], 0, sizeof work->batch_norm_99[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            bwd_batch_norm_91(n, (float)in->n, work->d_batch_norm_9[0], work->batch_norm_9, work->conv2d_3 + first,
                              work->batch_norm_7[0], work->batch_norm_99[slice]);
        }
    }

    pack_stages_1_3_conv2_weight_back(p->stages_1_1_conv2_weight, work->stages_1_1_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_99[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_1_1_conv2_weight_sum[slice], 0, sizeof work->d_stages_1_1_conv2_weight_sum[slice]);
        memset(work->d_stages_1_1_bn1_bias[slice], 0, sizeof work->d_stages_1_1_bn1_bias[slice]);
        memset(work->d_stages_1_1_bn1_weight[slice], 0, sizeof work->d_stages_1_1_bn1_weight[slice]);
        memset(work->d_batch_norm_6[slice], 0, sizeof work->d_batch_norm_6[slice]);
        memset(work->batch_norm_100[slice], 0, sizeof work->batch_norm_100[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            bwd_conv2d_7(n, (float)in->n, work->d_add_add_6 + first, p->stages_1_1_bn2_weight, work->batch_norm_9,
                         work->d_batch_norm_9[0], work->conv2d_3 + first, work->batch_norm_7[0],
                         work->batch_norm_98[0], work->batch_norm_99[0], my->d_conv2d_3);
            bwd_where_7(n, (float)in->n, my->d_conv2d_3, work->stages_1_1_conv2_weight_back_packed,
                        work->conv2d_2 + first, work->batch_norm_4[0], work->batch_norm_6,
                        p->stages_1_1_bn1_weight, p->stages_1_1_bn1_bias, my->bwd_where_9_scratch,
                        work->d_where_9 + first, my->relu_2_again);
            bwd_stages_1_3_conv2_weight(n, my->relu_2_again, my->d_conv2d_3,
                                        my->bwd_stages_1_1_conv2_weight_scratch,
                                        work->d_stages_1_1_conv2_weight_sum[slice]);
            bwd_batch_norm_90(n, (float)in->n, work->d_where_9 + first, work->conv2d_2 + first,
                              work->batch_norm_4[0], work->batch_norm_6, p->stages_1_1_bn1_weight,
                              work->d_stages_1_1_bn1_bias[slice], work->d_stages_1_1_bn1_weight[slice],
                              work->d_batch_norm_6[slice], work->batch_norm_100[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 18432, work->d_stages_1_1_conv2_weight_sum[0]);
    unpack_d_stages_1_3_conv2_weight(work->d_stages_1_1_conv2_weight_sum[0], work->d_stages_1_1_conv2_weight);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_1_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_1_bn1_weight[0]);
    rt_combine(RESNET_SLICES, 16, work->d_batch_norm_6[0]);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_100[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_101[slice], 0, sizeof work->batch_norm_101[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            bwd_batch_norm_91(n, (float)in->n, work->d_batch_norm_6[0], work->batch_norm_6, work->conv2d_2 + first,
                              work->batch_norm_4[0], work->batch_norm_101[slice]);
        }
    }

    pack_stages_1_3_conv2_weight_back(p->stages_1_1_conv1_weight, work->stages_1_1_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_101[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stages_1_1_conv1_weight_sum[slice], 0, sizeof work->d_stages_1_1_conv1_weight_sum[slice]);
        memset(work->d_stem_bn_bias[slice], 0, sizeof work->d_stem_bn_bias[slice]);
        memset(work->d_stem_bn_weight[slice], 0, sizeof work->d_stem_bn_weight[slice]);
        memset(work->d_batch_norm_3[slice], 0, sizeof work->d_batch_norm_3[slice]);
        memset(work->batch_norm_102[slice], 0, sizeof work->batch_norm_102[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            bwd_conv2d_7(n, (float)in->n, work->d_where_9 + first, p->stages_1_1_bn1_weight, work->batch_norm_6,
                         work->d_batch_norm_6[0], work->conv2d_2 + first, work->batch_norm_4[0],
                         work->batch_norm_100[0], work->batch_norm_101[0], my->d_conv2d_2);
            bwd_where_10(n, (float)in->n, my->d_conv2d_2, work->stages_1_1_conv1_weight_back_packed,
                         work->conv2d + first, work->batch_norm[0], work->batch_norm_3, p->stem_bn_weight,
                         p->stem_bn_bias, work->d_add_add_6 + first, my->bwd_where_10_scratch,
                         work->d_where_10 + first, my->relu_again);
            bwd_stages_1_3_conv2_weight(n, my->relu_again, my->d_conv2d_2, my->bwd_stages_1_1_conv1_weight_scratch,
                                        work->d_stages_1_1_conv1_weight_sum[slice]);
            bwd_batch_norm_90(n, (float)in->n, work->d_where_10 + first, work->conv2d + first, work->batch_norm[0],
                              work->batch_norm_3, p->stem_bn_weight, work->d_stem_bn_bias[slice],
                              work->d_stem_bn_weight[slice], work->d_batch_norm_3[slice],
                              work->batch_norm_102[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 18432, work->d_stages_1_1_conv1_weight_sum[0]);
    unpack_d_stages_1_3_conv2_weight(work->d_stages_1_1_conv1_weight_sum[0], work->d_stages_1_1_conv1_weight);
    rt_combine(RESNET_SLICES, 16, work->d_stem_bn_bias[0]);
    rt_combine(RESNET_SLICES, 16, work->d_stem_bn_weight[0]);
    rt_combine(RESNET_SLICES, 16, work->d_batch_norm_3[0]);
    rt_combine(RESNET_SLICES, 16, work->batch_norm_102[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->batch_norm_103[slice], 0, sizeof work->batch_norm_103[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 16) {
            const int n = rt_min_int(last - first, 16);
            bwd_batch_norm_91(n, (float)in->n, work->d_batch_norm_3[0], work->batch_norm_3, work->conv2d + first,
                              work->batch_norm[0], work->batch_norm_103[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 16, work->batch_norm_103[0]);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->d_stem_conv_weight_sum[slice], 0, sizeof work->d_stem_conv_weight_sum[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            bwd_conv2d_7(n, (float)in->n, work->d_where_10 + first, p->stem_bn_weight, work->batch_norm_3,
                         work->d_batch_norm_3[0], work->conv2d + first, work->batch_norm[0],
                         work->batch_norm_102[0], work->batch_norm_103[0], my->d_conv2d);
            bwd_stem_conv_weight(n, in->image + first, my->d_conv2d, my->bwd_stem_conv_weight_scratch,
                                 work->d_stem_conv_weight_sum[slice]);
        }
    }

    rt_combine(RESNET_SLICES, 144, work->d_stem_conv_weight_sum[0]);
    unpack_d_stem_conv_weight(work->d_stem_conv_weight_sum[0], work->d_stem_conv_weight);
    /* all of these are finite, or nothing changes */
    if (!rt_finite(144, work->d_stem_conv_weight[0][0])) return false;
    if (!rt_finite(16, work->d_stem_bn_weight[0])) return false;
    if (!rt_finite(16, work->d_stem_bn_bias[0])) return false;
    if (!rt_finite(2304, work->d_stages_1_1_conv1_weight[0][0][0])) return false;
    if (!rt_finite(16, work->d_stages_1_1_bn1_weight[0])) return false;
    if (!rt_finite(16, work->d_stages_1_1_bn1_bias[0])) return false;
    if (!rt_finite(2304, work->d_stages_1_1_conv2_weight[0][0][0])) return false;
    if (!rt_finite(16, work->d_stages_1_1_bn2_weight[0])) return false;
    if (!rt_finite(16, work->d_stages_1_1_bn2_bias[0])) return false;
    if (!rt_finite(2304, work->d_stages_1_2_conv1_weight[0][0][0])) return false;
    if (!rt_finite(16, work->d_stages_1_2_bn1_weight[0])) return false;
    if (!rt_finite(16, work->d_stages_1_2_bn1_bias[0])) return false;
    if (!rt_finite(2304, work->d_stages_1_2_conv2_weight[0][0][0])) return false;
    if (!rt_finite(16, work->d_stages_1_2_bn2_weight[0])) return false;
    if (!rt_finite(16, work->d_stages_1_2_bn2_bias[0])) return false;
    if (!rt_finite(2304, work->d_stages_1_3_conv1_weight[0][0][0])) return false;
    if (!rt_finite(16, work->d_stages_1_3_bn1_weight[0])) return false;
    if (!rt_finite(16, work->d_stages_1_3_bn1_bias[0])) return false;
    if (!rt_finite(2304, work->d_stages_1_3_conv2_weight[0][0][0])) return false;
    if (!rt_finite(16, work->d_stages_1_3_bn2_weight[0])) return false;
    if (!rt_finite(16, work->d_stages_1_3_bn2_bias[0])) return false;
    if (!rt_finite(4608, work->d_stages_2_1_conv1_weight[0][0][0])) return false;
    if (!rt_finite(32, work->d_stages_2_1_bn1_weight[0])) return false;
    if (!rt_finite(32, work->d_stages_2_1_bn1_bias[0])) return false;
    if (!rt_finite(9216, work->d_stages_2_1_conv2_weight[0][0][0])) return false;
    if (!rt_finite(32, work->d_stages_2_1_bn2_weight[0])) return false;
    if (!rt_finite(32, work->d_stages_2_1_bn2_bias[0])) return false;
    if (!rt_finite(512, work->d_stages_2_1_conv_skip_weight[0])) return false;
    if (!rt_finite(32, work->d_stages_2_1_bn_skip_weight[0])) return false;
    if (!rt_finite(9216, work->d_stages_2_2_conv1_weight[0][0][0])) return false;
    if (!rt_finite(32, work->d_stages_2_2_bn1_weight[0])) return false;
    if (!rt_finite(32, work->d_stages_2_2_bn1_bias[0])) return false;
    if (!rt_finite(9216, work->d_stages_2_2_conv2_weight[0][0][0])) return false;
    if (!rt_finite(32, work->d_stages_2_2_bn2_weight[0])) return false;
    if (!rt_finite(32, work->d_stages_2_2_bn2_bias[0])) return false;
    if (!rt_finite(9216, work->d_stages_2_3_conv1_weight[0][0][0])) return false;
    if (!rt_finite(32, work->d_stages_2_3_bn1_weight[0])) return false;
    if (!rt_finite(32, work->d_stages_2_3_bn1_bias[0])) return false;
    if (!rt_finite(9216, work->d_stages_2_3_conv2_weight[0][0][0])) return false;
    if (!rt_finite(32, work->d_stages_2_3_bn2_weight[0])) return false;
    if (!rt_finite(32, work->d_stages_2_3_bn2_bias[0])) return false;
    if (!rt_finite(18432, work->d_stages_3_1_conv1_weight[0][0][0])) return false;
    if (!rt_finite(64, work->d_stages_3_1_bn1_weight[0])) return false;
    if (!rt_finite(64, work->d_stages_3_1_bn1_bias[0])) return false;
    if (!rt_finite(36864, work->d_stages_3_1_conv2_weight[0][0][0])) return false;
    if (!rt_finite(64, work->d_stages_3_1_bn2_weight[0])) return false;
    if (!rt_finite(64, work->d_stages_3_1_bn2_bias[0])) return false;
    if (!rt_finite(2048, work->d_stages_3_1_conv_skip_weight[0])) return false;
    if (!rt_finite(64, work->d_stages_3_1_bn_skip_weight[0])) return false;
    if (!rt_finite(36864, work->d_stages_3_2_conv1_weight[0][0][0])) return false;
    if (!rt_finite(64, work->d_stages_3_2_bn1_weight[0])) return false;
    if (!rt_finite(64, work->d_stages_3_2_bn1_bias[0])) return false;
    if (!rt_finite(36864, work->d_stages_3_2_conv2_weight[0][0][0])) return false;
    if (!rt_finite(64, work->d_stages_3_2_bn2_weight[0])) return false;
    if (!rt_finite(64, work->d_stages_3_2_bn2_bias[0])) return false;
    if (!rt_finite(36864, work->d_stages_3_3_conv1_weight[0][0][0])) return false;
    if (!rt_finite(64, work->d_stages_3_3_bn1_weight[0])) return false;
    if (!rt_finite(64, work->d_stages_3_3_bn1_bias[0])) return false;
    if (!rt_finite(36864, work->d_stages_3_3_conv2_weight[0][0][0])) return false;
    if (!rt_finite(64, work->d_stages_3_3_bn2_weight[0])) return false;
    if (!rt_finite(64, work->d_stages_3_3_bn2_bias[0])) return false;
    if (!rt_finite(640, work->d_fc_weight[0][0])) return false;
    if (!rt_finite(10, work->d_fc_bias[0])) return false;
    if (!rt_finite(16, work->stem_bn_running_mean_next)) return false;
    if (!rt_finite(16, work->stem_bn_running_var_next)) return false;
    if (!rt_finite(16, work->stages_1_1_bn1_running_mean_next)) return false;
    if (!rt_finite(16, work->stages_1_1_bn1_running_var_next)) return false;
    if (!rt_finite(16, work->stages_1_1_bn2_running_mean_next)) return false;
    if (!rt_finite(16, work->stages_1_1_bn2_running_var_next)) return false;
    if (!rt_finite(16, work->stages_1_2_bn1_running_mean_next)) return false;
    if (!rt_finite(16, work->stages_1_2_bn1_running_var_next)) return false;
    if (!rt_finite(16, work->stages_1_2_bn2_running_mean_next)) return false;
    if (!rt_finite(16, work->stages_1_2_bn2_running_var_next)) return false;
    if (!rt_finite(16, work->stages_1_3_bn1_running_mean_next)) return false;
    if (!rt_finite(16, work->stages_1_3_bn1_running_var_next)) return false;
    if (!rt_finite(16, work->stages_1_3_bn2_running_mean_next)) return false;
    if (!rt_finite(16, work->stages_1_3_bn2_running_var_next)) return false;
    if (!rt_finite(32, work->stages_2_1_bn1_running_mean_next)) return false;
    if (!rt_finite(32, work->stages_2_1_bn1_running_var_next)) return false;
    if (!rt_finite(32, work->stages_2_1_bn2_running_mean_next)) return false;
    if (!rt_finite(32, work->stages_2_1_bn2_running_var_next)) return false;
    if (!rt_finite(32, work->stages_2_1_bn_skip_running_mean_next)) return false;
    if (!rt_finite(32, work->stages_2_1_bn_skip_running_var_next)) return false;
    if (!rt_finite(32, work->stages_2_2_bn1_running_mean_next)) return false;
    if (!rt_finite(32, work->stages_2_2_bn1_running_var_next)) return false;
    if (!rt_finite(32, work->stages_2_2_bn2_running_mean_next)) return false;
    if (!rt_finite(32, work->stages_2_2_bn2_running_var_next)) return false;
    if (!rt_finite(32, work->stages_2_3_bn1_running_mean_next)) return false;
    if (!rt_finite(32, work->stages_2_3_bn1_running_var_next)) return false;
    if (!rt_finite(32, work->stages_2_3_bn2_running_mean_next)) return false;
    if (!rt_finite(32, work->stages_2_3_bn2_running_var_next)) return false;
    if (!rt_finite(64, work->stages_3_1_bn1_running_mean_next)) return false;
    if (!rt_finite(64, work->stages_3_1_bn1_running_var_next)) return false;
    if (!rt_finite(64, work->stages_3_1_bn2_running_mean_next)) return false;
    if (!rt_finite(64, work->stages_3_1_bn2_running_var_next)) return false;
    if (!rt_finite(64, work->stages_3_1_bn_skip_running_mean_next)) return false;
    if (!rt_finite(64, work->stages_3_1_bn_skip_running_var_next)) return false;
    if (!rt_finite(64, work->stages_3_2_bn1_running_mean_next)) return false;
    if (!rt_finite(64, work->stages_3_2_bn1_running_var_next)) return false;
    if (!rt_finite(64, work->stages_3_2_bn2_running_mean_next)) return false;
    if (!rt_finite(64, work->stages_3_2_bn2_running_var_next)) return false;
    if (!rt_finite(64, work->stages_3_3_bn1_running_mean_next)) return false;
    if (!rt_finite(64, work->stages_3_3_bn1_running_var_next)) return false;
    if (!rt_finite(64, work->stages_3_3_bn2_running_mean_next)) return false;
    if (!rt_finite(64, work->stages_3_3_bn2_running_var_next)) return false;
    rt_update_sgd(144, p->stem_conv_weight[0][0][0], work->d_stem_conv_weight[0][0],
                  o->velocity.stem_conv_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(16, p->stem_bn_weight, work->d_stem_bn_weight[0],
                  o->velocity.stem_bn_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(16, p->stem_bn_bias, work->d_stem_bn_bias[0],
                  o->velocity.stem_bn_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(2304, p->stages_1_1_conv1_weight[0][0][0], work->d_stages_1_1_conv1_weight[0][0][0],
                  o->velocity.stages_1_1_conv1_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(16, p->stages_1_1_bn1_weight, work->d_stages_1_1_bn1_weight[0],
                  o->velocity.stages_1_1_bn1_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(16, p->stages_1_1_bn1_bias, work->d_stages_1_1_bn1_bias[0],
                  o->velocity.stages_1_1_bn1_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(2304, p->stages_1_1_conv2_weight[0][0][0], work->d_stages_1_1_conv2_weight[0][0][0],
                  o->velocity.stages_1_1_conv2_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(16, p->stages_1_1_bn2_weight, work->d_stages_1_1_bn2_weight[0],
                  o->velocity.stages_1_1_bn2_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(16, p->stages_1_1_bn2_bias, work->d_stages_1_1_bn2_bias[0],
                  o->velocity.stages_1_1_bn2_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(2304, p->stages_1_2_conv1_weight[0][0][0], work->d_stages_1_2_conv1_weight[0][0][0],
                  o->velocity.stages_1_2_conv1_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(16, p->stages_1_2_bn1_weight, work->d_stages_1_2_bn1_weight[0],
                  o->velocity.stages_1_2_bn1_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(16, p->stages_1_2_bn1_bias, work->d_stages_1_2_bn1_bias[0],
                  o->velocity.stages_1_2_bn1_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(2304, p->stages_1_2_conv2_weight[0][0][0], work->d_stages_1_2_conv2_weight[0][0][0],
                  o->velocity.stages_1_2_conv2_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(16, p->stages_1_2_bn2_weight, work->d_stages_1_2_bn2_weight[0],
                  o->velocity.stages_1_2_bn2_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(16, p->stages_1_2_bn2_bias, work->d_stages_1_2_bn2_bias[0],
                  o->velocity.stages_1_2_bn2_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(2304, p->stages_1_3_conv1_weight[0][0][0], work->d_stages_1_3_conv1_weight[0][0][0],
                  o->velocity.stages_1_3_conv1_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(16, p->stages_1_3_bn1_weight, work->d_stages_1_3_bn1_weight[0],
                  o->velocity.stages_1_3_bn1_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(16, p->stages_1_3_bn1_bias, work->d_stages_1_3_bn1_bias[0],
                  o->velocity.stages_1_3_bn1_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(2304, p->stages_1_3_conv2_weight[0][0][0], work->d_stages_1_3_conv2_weight[0][0][0],
                  o->velocity.stages_1_3_conv2_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(16, p->stages_1_3_bn2_weight, work->d_stages_1_3_bn2_weight[0],
                  o->velocity.stages_1_3_bn2_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(16, p->stages_1_3_bn2_bias, work->d_stages_1_3_bn2_bias[0],
                  o->velocity.stages_1_3_bn2_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(4608, p->stages_2_1_conv1_weight[0][0][0], work->d_stages_2_1_conv1_weight[0][0][0],
                  o->velocity.stages_2_1_conv1_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(32, p->stages_2_1_bn1_weight, work->d_stages_2_1_bn1_weight[0],
                  o->velocity.stages_2_1_bn1_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(32, p->stages_2_1_bn1_bias, work->d_stages_2_1_bn1_bias[0],
                  o->velocity.stages_2_1_bn1_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(9216, p->stages_2_1_conv2_weight[0][0][0], work->d_stages_2_1_conv2_weight[0][0][0],
                  o->velocity.stages_2_1_conv2_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(32, p->stages_2_1_bn2_weight, work->d_stages_2_1_bn2_weight[0],
                  o->velocity.stages_2_1_bn2_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(32, p->stages_2_1_bn2_bias, work->d_stages_2_1_bn2_bias[0],
                  o->velocity.stages_2_1_bn2_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(512, p->stages_2_1_conv_skip_weight[0][0][0], work->d_stages_2_1_conv_skip_weight[0],
                  o->velocity.stages_2_1_conv_skip_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(32, p->stages_2_1_bn_skip_weight, work->d_stages_2_1_bn_skip_weight[0],
                  o->velocity.stages_2_1_bn_skip_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(32, p->stages_2_1_bn_skip_bias, work->d_stages_2_1_bn2_bias[0],
                  o->velocity.stages_2_1_bn_skip_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(9216, p->stages_2_2_conv1_weight[0][0][0], work->d_stages_2_2_conv1_weight[0][0][0],
                  o->velocity.stages_2_2_conv1_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(32, p->stages_2_2_bn1_weight, work->d_stages_2_2_bn1_weight[0],
                  o->velocity.stages_2_2_bn1_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(32, p->stages_2_2_bn1_bias, work->d_stages_2_2_bn1_bias[0],
                  o->velocity.stages_2_2_bn1_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(9216, p->stages_2_2_conv2_weight[0][0][0], work->d_stages_2_2_conv2_weight[0][0][0],
                  o->velocity.stages_2_2_conv2_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(32, p->stages_2_2_bn2_weight, work->d_stages_2_2_bn2_weight[0],
                  o->velocity.stages_2_2_bn2_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(32, p->stages_2_2_bn2_bias, work->d_stages_2_2_bn2_bias[0],
                  o->velocity.stages_2_2_bn2_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(9216, p->stages_2_3_conv1_weight[0][0][0], work->d_stages_2_3_conv1_weight[0][0][0],
                  o->velocity.stages_2_3_conv1_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(32, p->stages_2_3_bn1_weight, work->d_stages_2_3_bn1_weight[0],
                  o->velocity.stages_2_3_bn1_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(32, p->stages_2_3_bn1_bias, work->d_stages_2_3_bn1_bias[0],
                  o->velocity.stages_2_3_bn1_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(9216, p->stages_2_3_conv2_weight[0][0][0], work->d_stages_2_3_conv2_weight[0][0][0],
                  o->velocity.stages_2_3_conv2_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(32, p->stages_2_3_bn2_weight, work->d_stages_2_3_bn2_weight[0],
                  o->velocity.stages_2_3_bn2_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(32, p->stages_2_3_bn2_bias, work->d_stages_2_3_bn2_bias[0],
                  o->velocity.stages_2_3_bn2_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(18432, p->stages_3_1_conv1_weight[0][0][0], work->d_stages_3_1_conv1_weight[0][0][0],
                  o->velocity.stages_3_1_conv1_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(64, p->stages_3_1_bn1_weight, work->d_stages_3_1_bn1_weight[0],
                  o->velocity.stages_3_1_bn1_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(64, p->stages_3_1_bn1_bias, work->d_stages_3_1_bn1_bias[0],
                  o->velocity.stages_3_1_bn1_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(36864, p->stages_3_1_conv2_weight[0][0][0], work->d_stages_3_1_conv2_weight[0][0][0],
                  o->velocity.stages_3_1_conv2_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(64, p->stages_3_1_bn2_weight, work->d_stages_3_1_bn2_weight[0],
                  o->velocity.stages_3_1_bn2_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(64, p->stages_3_1_bn2_bias, work->d_stages_3_1_bn2_bias[0],
                  o->velocity.stages_3_1_bn2_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(2048, p->stages_3_1_conv_skip_weight[0][0][0], work->d_stages_3_1_conv_skip_weight[0],
                  o->velocity.stages_3_1_conv_skip_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(64, p->stages_3_1_bn_skip_weight, work->d_stages_3_1_bn_skip_weight[0],
                  o->velocity.stages_3_1_bn_skip_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(64, p->stages_3_1_bn_skip_bias, work->d_stages_3_1_bn2_bias[0],
                  o->velocity.stages_3_1_bn_skip_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(36864, p->stages_3_2_conv1_weight[0][0][0], work->d_stages_3_2_conv1_weight[0][0][0],
                  o->velocity.stages_3_2_conv1_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(64, p->stages_3_2_bn1_weight, work->d_stages_3_2_bn1_weight[0],
                  o->velocity.stages_3_2_bn1_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(64, p->stages_3_2_bn1_bias, work->d_stages_3_2_bn1_bias[0],
                  o->velocity.stages_3_2_bn1_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(36864, p->stages_3_2_conv2_weight[0][0][0], work->d_stages_3_2_conv2_weight[0][0][0],
                  o->velocity.stages_3_2_conv2_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(64, p->stages_3_2_bn2_weight, work->d_stages_3_2_bn2_weight[0],
                  o->velocity.stages_3_2_bn2_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(64, p->stages_3_2_bn2_bias, work->d_stages_3_2_bn2_bias[0],
                  o->velocity.stages_3_2_bn2_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(36864, p->stages_3_3_conv1_weight[0][0][0], work->d_stages_3_3_conv1_weight[0][0][0],
                  o->velocity.stages_3_3_conv1_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(64, p->stages_3_3_bn1_weight, work->d_stages_3_3_bn1_weight[0],
                  o->velocity.stages_3_3_bn1_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(64, p->stages_3_3_bn1_bias, work->d_stages_3_3_bn1_bias[0],
                  o->velocity.stages_3_3_bn1_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(36864, p->stages_3_3_conv2_weight[0][0][0], work->d_stages_3_3_conv2_weight[0][0][0],
                  o->velocity.stages_3_3_conv2_weight[0][0][0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(64, p->stages_3_3_bn2_weight, work->d_stages_3_3_bn2_weight[0],
                  o->velocity.stages_3_3_bn2_weight, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(64, p->stages_3_3_bn2_bias, work->d_stages_3_3_bn2_bias[0],
                  o->velocity.stages_3_3_bn2_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(640, p->fc_weight[0], work->d_fc_weight[0][0],
                  o->velocity.fc_weight[0], step->learning_rate, 0.9, true, 0.0005, 1.0f);
    rt_update_sgd(10, p->fc_bias, work->d_fc_bias[0],
                  o->velocity.fc_bias, step->learning_rate, 0.9, true, 0.0005, 1.0f);
    memcpy(s->stem_bn_running_mean, work->stem_bn_running_mean_next, sizeof s->stem_bn_running_mean);
    memcpy(s->stem_bn_running_var, work->stem_bn_running_var_next, sizeof s->stem_bn_running_var);
    memcpy(s->stages_1_1_bn1_running_mean, work->stages_1_1_bn1_running_mean_next, sizeof s->stages_1_1_bn1_running_mean);
    memcpy(s->stages_1_1_bn1_running_var, work->stages_1_1_bn1_running_var_next, sizeof s->stages_1_1_bn1_running_var);
    memcpy(s->stages_1_1_bn2_running_mean, work->stages_1_1_bn2_running_mean_next, sizeof s->stages_1_1_bn2_running_mean);
    memcpy(s->stages_1_1_bn2_running_var, work->stages_1_1_bn2_running_var_next, sizeof s->stages_1_1_bn2_running_var);
    memcpy(s->stages_1_2_bn1_running_mean, work->stages_1_2_bn1_running_mean_next, sizeof s->stages_1_2_bn1_running_mean);
    memcpy(s->stages_1_2_bn1_running_var, work->stages_1_2_bn1_running_var_next, sizeof s->stages_1_2_bn1_running_var);
    memcpy(s->stages_1_2_bn2_running_mean, work->stages_1_2_bn2_running_mean_next, sizeof s->stages_1_2_bn2_running_mean);
    memcpy(s->stages_1_2_bn2_running_var, work->stages_1_2_bn2_running_var_next, sizeof s->stages_1_2_bn2_running_var);
    memcpy(s->stages_1_3_bn1_running_mean, work->stages_1_3_bn1_running_mean_next, sizeof s->stages_1_3_bn1_running_mean);
    memcpy(s->stages_1_3_bn1_running_var, work->stages_1_3_bn1_running_var_next, sizeof s->stages_1_3_bn1_running_var);
    memcpy(s->stages_1_3_bn2_running_mean, work->stages_1_3_bn2_running_mean_next, sizeof s->stages_1_3_bn2_running_mean);
    memcpy(s->stages_1_3_bn2_running_var, work->stages_1_3_bn2_running_var_next, sizeof s->stages_1_3_bn2_running_var);
    memcpy(s->stages_2_1_bn1_running_mean, work->stages_2_1_bn1_running_mean_next, sizeof s->stages_2_1_bn1_running_mean);
    memcpy(s->stages_2_1_bn1_running_var, work->stages_2_1_bn1_running_var_next, sizeof s->stages_2_1_bn1_running_var);
    memcpy(s->stages_2_1_bn2_running_mean, work->stages_2_1_bn2_running_mean_next, sizeof s->stages_2_1_bn2_running_mean);
    memcpy(s->stages_2_1_bn2_running_var, work->stages_2_1_bn2_running_var_next, sizeof s->stages_2_1_bn2_running_var);
    memcpy(s->stages_2_1_bn_skip_running_mean, work->stages_2_1_bn_skip_running_mean_next, sizeof s->stages_2_1_bn_skip_running_mean);
    memcpy(s->stages_2_1_bn_skip_running_var, work->stages_2_1_bn_skip_running_var_next, sizeof s->stages_2_1_bn_skip_running_var);
    memcpy(s->stages_2_2_bn1_running_mean, work->stages_2_2_bn1_running_mean_next, sizeof s->stages_2_2_bn1_running_mean);
    memcpy(s->stages_2_2_bn1_running_var, work->stages_2_2_bn1_running_var_next, sizeof s->stages_2_2_bn1_running_var);
    memcpy(s->stages_2_2_bn2_running_mean, work->stages_2_2_bn2_running_mean_next, sizeof s->stages_2_2_bn2_running_mean);
    memcpy(s->stages_2_2_bn2_running_var, work->stages_2_2_bn2_running_var_next, sizeof s->stages_2_2_bn2_running_var);
    memcpy(s->stages_2_3_bn1_running_mean, work->stages_2_3_bn1_running_mean_next, sizeof s->stages_2_3_bn1_running_mean);
    memcpy(s->stages_2_3_bn1_running_var, work->stages_2_3_bn1_running_var_next, sizeof s->stages_2_3_bn1_running_var);
    memcpy(s->stages_2_3_bn2_running_mean, work->stages_2_3_bn2_running_mean_next, sizeof s->stages_2_3_bn2_running_mean);
    memcpy(s->stages_2_3_bn2_running_var, work->stages_2_3_bn2_running_var_next, sizeof s->stages_2_3_bn2_running_var);
    memcpy(s->stages_3_1_bn1_running_mean, work->stages_3_1_bn1_running_mean_next, sizeof s->stages_3_1_bn1_running_mean);
    memcpy(s->stages_3_1_bn1_running_var, work->stages_3_1_bn1_running_var_next, sizeof s->stages_3_1_bn1_running_var);
    memcpy(s->stages_3_1_bn2_running_mean, work->stages_3_1_bn2_running_mean_next, sizeof s->stages_3_1_bn2_running_mean);
    memcpy(s->stages_3_1_bn2_running_var, work->stages_3_1_bn2_running_var_next, sizeof s->stages_3_1_bn2_running_var);
    memcpy(s->stages_3_1_bn_skip_running_mean, work->stages_3_1_bn_skip_running_mean_next, sizeof s->stages_3_1_bn_skip_running_mean);
    memcpy(s->stages_3_1_bn_skip_running_var, work->stages_3_1_bn_skip_running_var_next, sizeof s->stages_3_1_bn_skip_running_var);
    memcpy(s->stages_3_2_bn1_running_mean, work->stages_3_2_bn1_running_mean_next, sizeof s->stages_3_2_bn1_running_mean);
    memcpy(s->stages_3_2_bn1_running_var, work->stages_3_2_bn1_running_var_next, sizeof s->stages_3_2_bn1_running_var);
    memcpy(s->stages_3_2_bn2_running_mean, work->stages_3_2_bn2_running_mean_next, sizeof s->stages_3_2_bn2_running_mean);
    memcpy(s->stages_3_2_bn2_running_var, work->stages_3_2_bn2_running_var_next, sizeof s->stages_3_2_bn2_running_var);
    memcpy(s->stages_3_3_bn1_running_mean, work->stages_3_3_bn1_running_mean_next, sizeof s->stages_3_3_bn1_running_mean);
    memcpy(s->stages_3_3_bn1_running_var, work->stages_3_3_bn1_running_var_next, sizeof s->stages_3_3_bn1_running_var);
    memcpy(s->stages_3_3_bn2_running_mean, work->stages_3_3_bn2_running_mean_next, sizeof s->stages_3_3_bn2_running_mean);
    memcpy(s->stages_3_3_bn2_running_var, work->stages_3_3_bn2_running_var_next, sizeof s->stages_3_3_bn2_running_var);
    return true;
}

bool resnet_evaluate(ResnetEvaluateWork *work, int threads, ResnetParams *p, ResnetState *s, const ResnetBatch *in,
                     const RtStep *step, ResnetEvaluateResult *out)
{
    (void)step;
    pack_stem_conv_weight(p->stem_conv_weight, work->stem_conv_weight_packed);
    pack_stages_1_1_conv1_weight(p->stages_1_1_conv1_weight, work->stages_1_1_conv1_weight_packed);
    pack_stages_1_1_conv1_weight(p->stages_1_1_conv2_weight, work->stages_1_1_conv2_weight_packed);
    pack_stages_1_1_conv1_weight(p->stages_1_2_conv1_weight, work->stages_1_2_conv1_weight_packed);
    pack_stages_1_1_conv1_weight(p->stages_1_2_conv2_weight, work->stages_1_2_conv2_weight_packed);
    pack_stages_1_1_conv1_weight(p->stages_1_3_conv1_weight, work->stages_1_3_conv1_weight_packed);
    pack_stages_1_1_conv1_weight(p->stages_1_3_conv2_weight, work->stages_1_3_conv2_weight_packed);
    pack_stages_2_1_conv1_weight(p->stages_2_1_conv1_weight, work->stages_2_1_conv1_weight_packed);
    pack_stages_2_1_conv2_weight(p->stages_2_1_conv2_weight, work->stages_2_1_conv2_weight_packed);
    pack_stages_2_1_conv_skip_weight(p->stages_2_1_conv_skip_weight, work->stages_2_1_conv_skip_weight_packed);
    pack_stages_2_1_conv2_weight(p->stages_2_2_conv1_weight, work->stages_2_2_conv1_weight_packed);
    pack_stages_2_1_conv2_weight(p->stages_2_2_conv2_weight, work->stages_2_2_conv2_weight_packed);
    pack_stages_2_1_conv2_weight(p->stages_2_3_conv1_weight, work->stages_2_3_conv1_weight_packed);
    pack_stages_2_1_conv2_weight(p->stages_2_3_conv2_weight, work->stages_2_3_conv2_weight_packed);
    pack_stages_3_1_conv1_weight(p->stages_3_1_conv1_weight, work->stages_3_1_conv1_weight_packed);
    pack_stages_3_1_conv2_weight(p->stages_3_1_conv2_weight, work->stages_3_1_conv2_weight_packed);
    pack_stages_3_1_conv_skip_weight(p->stages_3_1_conv_skip_weight, work->stages_3_1_conv_skip_weight_packed);
    pack_stages_3_1_conv2_weight(p->stages_3_2_conv1_weight, work->stages_3_2_conv1_weight_packed);
    pack_stages_3_1_conv2_weight(p->stages_3_2_conv2_weight, work->stages_3_2_conv2_weight_packed);
    pack_stages_3_1_conv2_weight(p->stages_3_3_conv1_weight, work->stages_3_3_conv1_weight_packed);
    pack_stages_3_1_conv2_weight(p->stages_3_3_conv2_weight, work->stages_3_3_conv2_weight_packed);
    pack_fc_weight(p->fc_weight, work->fc_weight_packed);

#pragma omp parallel for schedule(static) num_threads(threads)
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        ResnetEvaluateWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        memset(work->loss[slice], 0, sizeof work->loss[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            evaluate_fwd_relu(n, in->image + first, work->stem_conv_weight_packed, s->stem_bn_running_mean,
                              s->stem_bn_running_var, p->stem_bn_weight, p->stem_bn_bias, my->fwd_relu_scratch,
                              my->relu);
            evaluate_fwd_relu_2(n, my->relu, work->stages_1_1_conv1_weight_packed, s->stages_1_1_bn1_running_mean,
                                s->stages_1_1_bn1_running_var, p->stages_1_1_bn1_weight, p->stages_1_1_bn1_bias,
                                my->fwd_relu_2_scratch, my->relu_2);
            evaluate_fwd_relu_3(n, my->relu_2, work->stages_1_1_conv2_weight_packed,
                                s->stages_1_1_bn2_running_mean, s->stages_1_1_bn2_running_var,
                                p->stages_1_1_bn2_weight, p->stages_1_1_bn2_bias, my->relu, my->fwd_relu_3_scratch,
                                my->relu_3);
            evaluate_fwd_relu_2(n, my->relu_3, work->stages_1_2_conv1_weight_packed,
                                s->stages_1_2_bn1_running_mean, s->stages_1_2_bn1_running_var,
                                p->stages_1_2_bn1_weight, p->stages_1_2_bn1_bias, my->fwd_relu_4_scratch,
                                my->relu_4);
            evaluate_fwd_relu_3(n, my->relu_4, work->stages_1_2_conv2_weight_packed,
                                s->stages_1_2_bn2_running_mean, s->stages_1_2_bn2_running_var,
                                p->stages_1_2_bn2_weight, p->stages_1_2_bn2_bias, my->relu_3,
                                my->fwd_relu_5_scratch, my->relu_5);
            evaluate_fwd_relu_2(n, my->relu_5, work->stages_1_3_conv1_weight_packed,
                                s->stages_1_3_bn1_running_mean, s->stages_1_3_bn1_running_var,
                                p->stages_1_3_bn1_weight, p->stages_1_3_bn1_bias, my->fwd_relu_6_scratch,
                                my->relu_6);
            evaluate_fwd_relu_3(n, my->relu_6, work->stages_1_3_conv2_weight_packed,
                                s->stages_1_3_bn2_running_mean, s->stages_1_3_bn2_running_var,
                                p->stages_1_3_bn2_weight, p->stages_1_3_bn2_bias, my->relu_5,
                                my->fwd_relu_7_scratch, my->relu_7);
            evaluate_fwd_relu_8(n, my->relu_7, work->stages_2_1_conv1_weight_packed,
                                s->stages_2_1_bn1_running_mean, s->stages_2_1_bn1_running_var,
                                p->stages_2_1_bn1_weight, p->stages_2_1_bn1_bias, my->fwd_relu_8_scratch,
                                my->relu_8);
            fwd_conv2d_9(n, my->relu_8, work->stages_2_1_conv2_weight_packed, my->fwd_conv2d_scratch, my->conv2d);
            evaluate_fwd_relu_9(n, my->relu_7, work->stages_2_1_conv_skip_weight_packed, my->conv2d,
                                s->stages_2_1_bn2_running_mean, s->stages_2_1_bn2_running_var,
                                p->stages_2_1_bn2_weight, p->stages_2_1_bn2_bias,
                                s->stages_2_1_bn_skip_running_mean, s->stages_2_1_bn_skip_running_var,
                                p->stages_2_1_bn_skip_weight, p->stages_2_1_bn_skip_bias, my->fwd_relu_9_scratch,
                                my->relu_9);
            evaluate_fwd_relu_10(n, my->relu_9, work->stages_2_2_conv1_weight_packed,
                                 s->stages_2_2_bn1_running_mean, s->stages_2_2_bn1_running_var,
                                 p->stages_2_2_bn1_weight, p->stages_2_2_bn1_bias, my->fwd_relu_10_scratch,
                                 my->relu_10);
            evaluate_fwd_relu_11(n, my->relu_10, work->stages_2_2_conv2_weight_packed,
                                 s->stages_2_2_bn2_running_mean, s->stages_2_2_bn2_running_var,
                                 p->stages_2_2_bn2_weight, p->stages_2_2_bn2_bias, my->relu_9,
                                 my->fwd_relu_11_scratch, my->relu_11);
            evaluate_fwd_relu_10(n, my->relu_11, work->stages_2_3_conv1_weight_packed,
                                 s->stages_2_3_bn1_running_mean, s->stages_2_3_bn1_running_var,
                                 p->stages_2_3_bn1_weight, p->stages_2_3_bn1_bias, my->fwd_relu_12_scratch,
                                 my->relu_12);
            evaluate_fwd_relu_11(n, my->relu_12, work->stages_2_3_conv2_weight_packed,
                                 s->stages_2_3_bn2_running_mean, s->stages_2_3_bn2_running_var,
                                 p->stages_2_3_bn2_weight, p->stages_2_3_bn2_bias, my->relu_11,
                                 my->fwd_relu_13_scratch, my->relu_13);
            evaluate_fwd_relu_14(n, my->relu_13, work->stages_3_1_conv1_weight_packed,
                                 s->stages_3_1_bn1_running_mean, s->stages_3_1_bn1_running_var,
                                 p->stages_3_1_bn1_weight, p->stages_3_1_bn1_bias, my->fwd_relu_14_scratch,
                                 my->relu_14);
            fwd_conv2d_16(n, my->relu_14, work->stages_3_1_conv2_weight_packed, my->fwd_conv2d_2_scratch,
                          my->conv2d_2);
            evaluate_fwd_relu_15(n, my->relu_13, work->stages_3_1_conv_skip_weight_packed, my->conv2d_2,
                                 s->stages_3_1_bn2_running_mean, s->stages_3_1_bn2_running_var,
                                 p->stages_3_1_bn2_weight, p->stages_3_1_bn2_bias,
                                 s->stages_3_1_bn_skip_running_mean, s->stages_3_1_bn_skip_running_var,
                                 p->stages_3_1_bn_skip_weight, p->stages_3_1_bn_skip_bias, my->fwd_relu_15_scratch,
                                 my->relu_15);
            evaluate_fwd_relu_16(n, my->relu_15, work->stages_3_2_conv1_weight_packed,
                                 s->stages_3_2_bn1_running_mean, s->stages_3_2_bn1_running_var,
                                 p->stages_3_2_bn1_weight, p->stages_3_2_bn1_bias, my->fwd_relu_16_scratch,
                                 my->relu_16);
            evaluate_fwd_relu_17(n, my->relu_16, work->stages_3_2_conv2_weight_packed,
                                 s->stages_3_2_bn2_running_mean, s->stages_3_2_bn2_running_var,
                                 p->stages_3_2_bn2_weight, p->stages_3_2_bn2_bias, my->relu_15,
                                 my->fwd_relu_17_scratch, my->relu_17);
            evaluate_fwd_relu_16(n, my->relu_17, work->stages_3_3_conv1_weight_packed,
                                 s->stages_3_3_bn1_running_mean, s->stages_3_3_bn1_running_var,
                                 p->stages_3_3_bn1_weight, p->stages_3_3_bn1_bias, my->fwd_relu_18_scratch,
                                 my->relu_18);
            evaluate_fwd_relu_17(n, my->relu_18, work->stages_3_3_conv2_weight_packed,
                                 s->stages_3_3_bn2_running_mean, s->stages_3_3_bn2_running_var,
                                 p->stages_3_3_bn2_weight, p->stages_3_3_bn2_bias, my->relu_17,
                                 my->fwd_features_scratch, my->features);
            evaluate_fwd_global_avg_pool(n, my->features, my->global_avg_pool);
            fwd_logits(n, my->global_avg_pool, work->fc_weight_packed, p->fc_bias, my->logits);
            evaluate_fwd_loss(n, (float)in->n, my->logits, in->label + first, work->loss[slice],
                              out->accuracy + first);
        }
    }

    rt_combine(RESNET_SLICES, 1, work->loss[0]);
    out->loss = *(work->loss[0]);
    return true;
}

/* ---- the model as tables ---- */

static const RtTensor parameters[] = {
    {"stem.conv.weight", 4, {16, 1, 3, 3}, offsetof(ResnetParams, stem_conv_weight) / sizeof(float), 144, RT_INIT_NORMAL, 0.4714045207910317, true},
    {"stem.bn.weight", 1, {16}, offsetof(ResnetParams, stem_bn_weight) / sizeof(float), 16, RT_INIT_CONSTANT, 1, true},
    {"stem.bn.bias", 1, {16}, offsetof(ResnetParams, stem_bn_bias) / sizeof(float), 16, RT_INIT_CONSTANT, 0, true},
    {"stages.1.1.conv1.weight", 4, {16, 16, 3, 3}, offsetof(ResnetParams, stages_1_1_conv1_weight) / sizeof(float), 2304, RT_INIT_NORMAL, 0.11785113019775792, true},
    {"stages.1.1.bn1.weight", 1, {16}, offsetof(ResnetParams, stages_1_1_bn1_weight) / sizeof(float), 16, RT_INIT_CONSTANT, 1, true},
    {"stages.1.1.bn1.bias", 1, {16}, offsetof(ResnetParams, stages_1_1_bn1_bias) / sizeof(float), 16, RT_INIT_CONSTANT, 0, true},
    {"stages.1.1.conv2.weight", 4, {16, 16, 3, 3}, offsetof(ResnetParams, stages_1_1_conv2_weight) / sizeof(float), 2304, RT_INIT_NORMAL, 0.11785113019775792, true},
    {"stages.1.1.bn2.weight", 1, {16}, offsetof(ResnetParams, stages_1_1_bn2_weight) / sizeof(float), 16, RT_INIT_CONSTANT, 1, true},
    {"stages.1.1.bn2.bias", 1, {16}, offsetof(ResnetParams, stages_1_1_bn2_bias) / sizeof(float), 16, RT_INIT_CONSTANT, 0, true},
    {"stages.1.2.conv1.weight", 4, {16, 16, 3, 3}, offsetof(ResnetParams, stages_1_2_conv1_weight) / sizeof(float), 2304, RT_INIT_NORMAL, 0.11785113019775792, true},
    {"stages.1.2.bn1.weight", 1, {16}, offsetof(ResnetParams, stages_1_2_bn1_weight) / sizeof(float), 16, RT_INIT_CONSTANT, 1, true},
    {"stages.1.2.bn1.bias", 1, {16}, offsetof(ResnetParams, stages_1_2_bn1_bias) / sizeof(float), 16, RT_INIT_CONSTANT, 0, true},
    {"stages.1.2.conv2.weight", 4, {16, 16, 3, 3}, offsetof(ResnetParams, stages_1_2_conv2_weight) / sizeof(float), 2304, RT_INIT_NORMAL, 0.11785113019775792, true},
    {"stages.1.2.bn2.weight", 1, {16}, offsetof(ResnetParams, stages_1_2_bn2_weight) / sizeof(float), 16, RT_INIT_CONSTANT, 1, true},
    {"stages.1.2.bn2.bias", 1, {16}, offsetof(ResnetParams, stages_1_2_bn2_bias) / sizeof(float), 16, RT_INIT_CONSTANT, 0, true},
    {"stages.1.3.conv1.weight", 4, {16, 16, 3, 3}, offsetof(ResnetParams, stages_1_3_conv1_weight) / sizeof(float), 2304, RT_INIT_NORMAL, 0.11785113019775792, true},
    {"stages.1.3.bn1.weight", 1, {16}, offsetof(ResnetParams, stages_1_3_bn1_weight) / sizeof(float), 16, RT_INIT_CONSTANT, 1, true},
    {"stages.1.3.bn1.bias", 1, {16}, offsetof(ResnetParams, stages_1_3_bn1_bias) / sizeof(float), 16, RT_INIT_CONSTANT, 0, true},
    {"stages.1.3.conv2.weight", 4, {16, 16, 3, 3}, offsetof(ResnetParams, stages_1_3_conv2_weight) / sizeof(float), 2304, RT_INIT_NORMAL, 0.11785113019775792, true},
    {"stages.1.3.bn2.weight", 1, {16}, offsetof(ResnetParams, stages_1_3_bn2_weight) / sizeof(float), 16, RT_INIT_CONSTANT, 1, true},
    {"stages.1.3.bn2.bias", 1, {16}, offsetof(ResnetParams, stages_1_3_bn2_bias) / sizeof(float), 16, RT_INIT_CONSTANT, 0, true},
    {"stages.2.1.conv1.weight", 4, {32, 16, 3, 3}, offsetof(ResnetParams, stages_2_1_conv1_weight) / sizeof(float), 4608, RT_INIT_NORMAL, 0.11785113019775792, true},
    {"stages.2.1.bn1.weight", 1, {32}, offsetof(ResnetParams, stages_2_1_bn1_weight) / sizeof(float), 32, RT_INIT_CONSTANT, 1, true},
    {"stages.2.1.bn1.bias", 1, {32}, offsetof(ResnetParams, stages_2_1_bn1_bias) / sizeof(float), 32, RT_INIT_CONSTANT, 0, true},
    {"stages.2.1.conv2.weight", 4, {32, 32, 3, 3}, offsetof(ResnetParams, stages_2_1_conv2_weight) / sizeof(float), 9216, RT_INIT_NORMAL, 0.08333333333333333, true},
    {"stages.2.1.bn2.weight", 1, {32}, offsetof(ResnetParams, stages_2_1_bn2_weight) / sizeof(float), 32, RT_INIT_CONSTANT, 1, true},
    {"stages.2.1.bn2.bias", 1, {32}, offsetof(ResnetParams, stages_2_1_bn2_bias) / sizeof(float), 32, RT_INIT_CONSTANT, 0, true},
    {"stages.2.1.conv_skip.weight", 4, {32, 16, 1, 1}, offsetof(ResnetParams, stages_2_1_conv_skip_weight) / sizeof(float), 512, RT_INIT_NORMAL, 0.3535533905932738, true},
    {"stages.2.1.bn_skip.weight", 1, {32}, offsetof(ResnetParams, stages_2_1_bn_skip_weight) / sizeof(float), 32, RT_INIT_CONSTANT, 1, true},
    {"stages.2.1.bn_skip.bias", 1, {32}, offsetof(ResnetParams, stages_2_1_bn_skip_bias) / sizeof(float), 32, RT_INIT_CONSTANT, 0, true},
    {"stages.2.2.conv1.weight", 4, {32, 32, 3, 3}, offsetof(ResnetParams, stages_2_2_conv1_weight) / sizeof(float), 9216, RT_INIT_NORMAL, 0.08333333333333333, true},
    {"stages.2.2.bn1.weight", 1, {32}, offsetof(ResnetParams, stages_2_2_bn1_weight) / sizeof(float), 32, RT_INIT_CONSTANT, 1, true},
    {"stages.2.2.bn1.bias", 1, {32}, offsetof(ResnetParams, stages_2_2_bn1_bias) / sizeof(float), 32, RT_INIT_CONSTANT, 0, true},
    {"stages.2.2.conv2.weight", 4, {32, 32, 3, 3}, offsetof(ResnetParams, stages_2_2_conv2_weight) / sizeof(float), 9216, RT_INIT_NORMAL, 0.08333333333333333, true},
    {"stages.2.2.bn2.weight", 1, {32}, offsetof(ResnetParams, stages_2_2_bn2_weight) / sizeof(float), 32, RT_INIT_CONSTANT, 1, true},
    {"stages.2.2.bn2.bias", 1, {32}, offsetof(ResnetParams, stages_2_2_bn2_bias) / sizeof(float), 32, RT_INIT_CONSTANT, 0, true},
    {"stages.2.3.conv1.weight", 4, {32, 32, 3, 3}, offsetof(ResnetParams, stages_2_3_conv1_weight) / sizeof(float), 9216, RT_INIT_NORMAL, 0.08333333333333333, true},
    {"stages.2.3.bn1.weight", 1, {32}, offsetof(ResnetParams, stages_2_3_bn1_weight) / sizeof(float), 32, RT_INIT_CONSTANT, 1, true},
    {"stages.2.3.bn1.bias", 1, {32}, offsetof(ResnetParams, stages_2_3_bn1_bias) / sizeof(float), 32, RT_INIT_CONSTANT, 0, true},
    {"stages.2.3.conv2.weight", 4, {32, 32, 3, 3}, offsetof(ResnetParams, stages_2_3_conv2_weight) / sizeof(float), 9216, RT_INIT_NORMAL, 0.08333333333333333, true},
    {"stages.2.3.bn2.weight", 1, {32}, offsetof(ResnetParams, stages_2_3_bn2_weight) / sizeof(float), 32, RT_INIT_CONSTANT, 1, true},
    {"stages.2.3.bn2.bias", 1, {32}, offsetof(ResnetParams, stages_2_3_bn2_bias) / sizeof(float), 32, RT_INIT_CONSTANT, 0, true},
    {"stages.3.1.conv1.weight", 4, {64, 32, 3, 3}, offsetof(ResnetParams, stages_3_1_conv1_weight) / sizeof(float), 18432, RT_INIT_NORMAL, 0.08333333333333333, true},
    {"stages.3.1.bn1.weight", 1, {64}, offsetof(ResnetParams, stages_3_1_bn1_weight) / sizeof(float), 64, RT_INIT_CONSTANT, 1, true},
    {"stages.3.1.bn1.bias", 1, {64}, offsetof(ResnetParams, stages_3_1_bn1_bias) / sizeof(float), 64, RT_INIT_CONSTANT, 0, true},
    {"stages.3.1.conv2.weight", 4, {64, 64, 3, 3}, offsetof(ResnetParams, stages_3_1_conv2_weight) / sizeof(float), 36864, RT_INIT_NORMAL, 0.05892556509887896, true},
    {"stages.3.1.bn2.weight", 1, {64}, offsetof(ResnetParams, stages_3_1_bn2_weight) / sizeof(float), 64, RT_INIT_CONSTANT, 1, true},
    {"stages.3.1.bn2.bias", 1, {64}, offsetof(ResnetParams, stages_3_1_bn2_bias) / sizeof(float), 64, RT_INIT_CONSTANT, 0, true},
    {"stages.3.1.conv_skip.weight", 4, {64, 32, 1, 1}, offsetof(ResnetParams, stages_3_1_conv_skip_weight) / sizeof(float), 2048, RT_INIT_NORMAL, 0.25, true},
    {"stages.3.1.bn_skip.weight", 1, {64}, offsetof(ResnetParams, stages_3_1_bn_skip_weight) / sizeof(float), 64, RT_INIT_CONSTANT, 1, true},
    {"stages.3.1.bn_skip.bias", 1, {64}, offsetof(ResnetParams, stages_3_1_bn_skip_bias) / sizeof(float), 64, RT_INIT_CONSTANT, 0, true},
    {"stages.3.2.conv1.weight", 4, {64, 64, 3, 3}, offsetof(ResnetParams, stages_3_2_conv1_weight) / sizeof(float), 36864, RT_INIT_NORMAL, 0.05892556509887896, true},
    {"stages.3.2.bn1.weight", 1, {64}, offsetof(ResnetParams, stages_3_2_bn1_weight) / sizeof(float), 64, RT_INIT_CONSTANT, 1, true},
    {"stages.3.2.bn1.bias", 1, {64}, offsetof(ResnetParams, stages_3_2_bn1_bias) / sizeof(float), 64, RT_INIT_CONSTANT, 0, true},
    {"stages.3.2.conv2.weight", 4, {64, 64, 3, 3}, offsetof(ResnetParams, stages_3_2_conv2_weight) / sizeof(float), 36864, RT_INIT_NORMAL, 0.05892556509887896, true},
    {"stages.3.2.bn2.weight", 1, {64}, offsetof(ResnetParams, stages_3_2_bn2_weight) / sizeof(float), 64, RT_INIT_CONSTANT, 1, true},
    {"stages.3.2.bn2.bias", 1, {64}, offsetof(ResnetParams, stages_3_2_bn2_bias) / sizeof(float), 64, RT_INIT_CONSTANT, 0, true},
    {"stages.3.3.conv1.weight", 4, {64, 64, 3, 3}, offsetof(ResnetParams, stages_3_3_conv1_weight) / sizeof(float), 36864, RT_INIT_NORMAL, 0.05892556509887896, true},
    {"stages.3.3.bn1.weight", 1, {64}, offsetof(ResnetParams, stages_3_3_bn1_weight) / sizeof(float), 64, RT_INIT_CONSTANT, 1, true},
    {"stages.3.3.bn1.bias", 1, {64}, offsetof(ResnetParams, stages_3_3_bn1_bias) / sizeof(float), 64, RT_INIT_CONSTANT, 0, true},
    {"stages.3.3.conv2.weight", 4, {64, 64, 3, 3}, offsetof(ResnetParams, stages_3_3_conv2_weight) / sizeof(float), 36864, RT_INIT_NORMAL, 0.05892556509887896, true},
    {"stages.3.3.bn2.weight", 1, {64}, offsetof(ResnetParams, stages_3_3_bn2_weight) / sizeof(float), 64, RT_INIT_CONSTANT, 1, true},
    {"stages.3.3.bn2.bias", 1, {64}, offsetof(ResnetParams, stages_3_3_bn2_bias) / sizeof(float), 64, RT_INIT_CONSTANT, 0, true},
    {"fc.weight", 2, {10, 64}, offsetof(ResnetParams, fc_weight) / sizeof(float), 640, RT_INIT_UNIFORM, 0.125, true},
    {"fc.bias", 1, {10}, offsetof(ResnetParams, fc_bias) / sizeof(float), 10, RT_INIT_UNIFORM, 0.125, true},
};
static const RtTensor states[] = {
    {"stem.bn.running_mean", 1, {16}, offsetof(ResnetState, stem_bn_running_mean) / sizeof(float), 16, RT_INIT_CONSTANT, 0, false},
    {"stem.bn.running_var", 1, {16}, offsetof(ResnetState, stem_bn_running_var) / sizeof(float), 16, RT_INIT_CONSTANT, 1, false},
    {"stages.1.1.bn1.running_mean", 1, {16}, offsetof(ResnetState, stages_1_1_bn1_running_mean) / sizeof(float), 16, RT_INIT_CONSTANT, 0, false},
    {"stages.1.1.bn1.running_var", 1, {16}, offsetof(ResnetState, stages_1_1_bn1_running_var) / sizeof(float), 16, RT_INIT_CONSTANT, 1, false},
    {"stages.1.1.bn2.running_mean", 1, {16}, offsetof(ResnetState, stages_1_1_bn2_running_mean) / sizeof(float), 16, RT_INIT_CONSTANT, 0, false},
    {"stages.1.1.bn2.running_var", 1, {16}, offsetof(ResnetState, stages_1_1_bn2_running_var) / sizeof(float), 16, RT_INIT_CONSTANT, 1, false},
    {"stages.1.2.bn1.running_mean", 1, {16}, offsetof(ResnetState, stages_1_2_bn1_running_mean) / sizeof(float), 16, RT_INIT_CONSTANT, 0, false},
    {"stages.1.2.bn1.running_var", 1, {16}, offsetof(ResnetState, stages_1_2_bn1_running_var) / sizeof(float), 16, RT_INIT_CONSTANT, 1, false},
    {"stages.1.2.bn2.running_mean", 1, {16}, offsetof(ResnetState, stages_1_2_bn2_running_mean) / sizeof(float), 16, RT_INIT_CONSTANT, 0, false},
    {"stages.1.2.bn2.running_var", 1, {16}, offsetof(ResnetState, stages_1_2_bn2_running_var) / sizeof(float), 16, RT_INIT_CONSTANT, 1, false},
    {"stages.1.3.bn1.running_mean", 1, {16}, offsetof(ResnetState, stages_1_3_bn1_running_mean) / sizeof(float), 16, RT_INIT_CONSTANT, 0, false},
    {"stages.1.3.bn1.running_var", 1, {16}, offsetof(ResnetState, stages_1_3_bn1_running_var) / sizeof(float), 16, RT_INIT_CONSTANT, 1, false},
    {"stages.1.3.bn2.running_mean", 1, {16}, offsetof(ResnetState, stages_1_3_bn2_running_mean) / sizeof(float), 16, RT_INIT_CONSTANT, 0, false},
    {"stages.1.3.bn2.running_var", 1, {16}, offsetof(ResnetState, stages_1_3_bn2_running_var) / sizeof(float), 16, RT_INIT_CONSTANT, 1, false},
    {"stages.2.1.bn1.running_mean", 1, {32}, offsetof(ResnetState, stages_2_1_bn1_running_mean) / sizeof(float), 32, RT_INIT_CONSTANT, 0, false},
    {"stages.2.1.bn1.running_var", 1, {32}, offsetof(ResnetState, stages_2_1_bn1_running_var) / sizeof(float), 32, RT_INIT_CONSTANT, 1, false},
    {"stages.2.1.bn2.running_mean", 1, {32}, offsetof(ResnetState, stages_2_1_bn2_running_mean) / sizeof(float), 32, RT_INIT_CONSTANT, 0, false},
    {"stages.2.1.bn2.running_var", 1, {32}, offsetof(ResnetState, stages_2_1_bn2_running_var) / sizeof(float), 32, RT_INIT_CONSTANT, 1, false},
    {"stages.2.1.bn_skip.running_mean", 1, {32}, offsetof(ResnetState, stages_2_1_bn_skip_running_mean) / sizeof(float), 32, RT_INIT_CONSTANT, 0, false},
    {"stages.2.1.bn_skip.running_var", 1, {32}, offsetof(ResnetState, stages_2_1_bn_skip_running_var) / sizeof(float), 32, RT_INIT_CONSTANT, 1, false},
    {"stages.2.2.bn1.running_mean", 1, {32}, offsetof(ResnetState, stages_2_2_bn1_running_mean) / sizeof(float), 32, RT_INIT_CONSTANT, 0, false},
    {"stages.2.2.bn1.running_var", 1, {32}, offsetof(ResnetState, stages_2_2_bn1_running_var) / sizeof(float), 32, RT_INIT_CONSTANT, 1, false},
    {"stages.2.2.bn2.running_mean", 1, {32}, offsetof(ResnetState, stages_2_2_bn2_running_mean) / sizeof(float), 32, RT_INIT_CONSTANT, 0, false},
    {"stages.2.2.bn2.running_var", 1, {32}, offsetof(ResnetState, stages_2_2_bn2_running_var) / sizeof(float), 32, RT_INIT_CONSTANT, 1, false},
    {"stages.2.3.bn1.running_mean", 1, {32}, offsetof(ResnetState, stages_2_3_bn1_running_mean) / sizeof(float), 32, RT_INIT_CONSTANT, 0, false},
    {"stages.2.3.bn1.running_var", 1, {32}, offsetof(ResnetState, stages_2_3_bn1_running_var) / sizeof(float), 32, RT_INIT_CONSTANT, 1, false},
    {"stages.2.3.bn2.running_mean", 1, {32}, offsetof(ResnetState, stages_2_3_bn2_running_mean) / sizeof(float), 32, RT_INIT_CONSTANT, 0, false},
    {"stages.2.3.bn2.running_var", 1, {32}, offsetof(ResnetState, stages_2_3_bn2_running_var) / sizeof(float), 32, RT_INIT_CONSTANT, 1, false},
    {"stages.3.1.bn1.running_mean", 1, {64}, offsetof(ResnetState, stages_3_1_bn1_running_mean) / sizeof(float), 64, RT_INIT_CONSTANT, 0, false},
    {"stages.3.1.bn1.running_var", 1, {64}, offsetof(ResnetState, stages_3_1_bn1_running_var) / sizeof(float), 64, RT_INIT_CONSTANT, 1, false},
    {"stages.3.1.bn2.running_mean", 1, {64}, offsetof(ResnetState, stages_3_1_bn2_running_mean) / sizeof(float), 64, RT_INIT_CONSTANT, 0, false},
    {"stages.3.1.bn2.running_var", 1, {64}, offsetof(ResnetState, stages_3_1_bn2_running_var) / sizeof(float), 64, RT_INIT_CONSTANT, 1, false},
    {"stages.3.1.bn_skip.running_mean", 1, {64}, offsetof(ResnetState, stages_3_1_bn_skip_running_mean) / sizeof(float), 64, RT_INIT_CONSTANT, 0, false},
    {"stages.3.1.bn_skip.running_var", 1, {64}, offsetof(ResnetState, stages_3_1_bn_skip_running_var) / sizeof(float), 64, RT_INIT_CONSTANT, 1, false},
    {"stages.3.2.bn1.running_mean", 1, {64}, offsetof(ResnetState, stages_3_2_bn1_running_mean) / sizeof(float), 64, RT_INIT_CONSTANT, 0, false},
    {"stages.3.2.bn1.running_var", 1, {64}, offsetof(ResnetState, stages_3_2_bn1_running_var) / sizeof(float), 64, RT_INIT_CONSTANT, 1, false},
    {"stages.3.2.bn2.running_mean", 1, {64}, offsetof(ResnetState, stages_3_2_bn2_running_mean) / sizeof(float), 64, RT_INIT_CONSTANT, 0, false},
    {"stages.3.2.bn2.running_var", 1, {64}, offsetof(ResnetState, stages_3_2_bn2_running_var) / sizeof(float), 64, RT_INIT_CONSTANT, 1, false},
    {"stages.3.3.bn1.running_mean", 1, {64}, offsetof(ResnetState, stages_3_3_bn1_running_mean) / sizeof(float), 64, RT_INIT_CONSTANT, 0, false},
    {"stages.3.3.bn1.running_var", 1, {64}, offsetof(ResnetState, stages_3_3_bn1_running_var) / sizeof(float), 64, RT_INIT_CONSTANT, 1, false},
    {"stages.3.3.bn2.running_mean", 1, {64}, offsetof(ResnetState, stages_3_3_bn2_running_mean) / sizeof(float), 64, RT_INIT_CONSTANT, 0, false},
    {"stages.3.3.bn2.running_var", 1, {64}, offsetof(ResnetState, stages_3_3_bn2_running_var) / sizeof(float), 64, RT_INIT_CONSTANT, 1, false},
};
static const RtField fields[] = {
    {"image", RT_FIELD_IMAGE, RT_F32, 3, {28, 28, 1}, 0},
    {"label", RT_FIELD_LABEL, RT_I32, 0, {0}, 10},
};
static const char *const metrics[] = {"accuracy"};
static const RtOption options[] = {{"cutout", "0"}, {"depth", "2e+01"}, {"flip", "false"}, {"late", "false"}, {"norm", "true"}, {"shift", "2"}, {"skip", "true"}, {"stem", "1"}, {"width", "16"}};
static const RtKernelChoice choices[] = {
    {"fwd_conv2d", "direct"},
    {"fwd_conv2d_2", "winograd f4"},
    {"fwd_conv2d_3", "winograd f4"},
    {"fwd_conv2d_4", "winograd f4"},
    {"fwd_conv2d_5", "winograd f4"},
    {"fwd_conv2d_6", "winograd f4"},
    {"fwd_conv2d_7", "winograd f4"},
    {"fwd_conv2d_8", "direct"},
    {"fwd_conv2d_10", "direct"},
    {"fwd_conv2d_9", "winograd f4"},
    {"fwd_conv2d_11", "winograd f4"},
    {"fwd_conv2d_12", "winograd f4"},
    {"fwd_conv2d_13", "winograd f4"},
    {"fwd_conv2d_14", "winograd f4"},
    {"fwd_conv2d_15", "direct"},
    {"fwd_conv2d_17", "direct"},
    {"fwd_conv2d_16", "winograd f4"},
    {"fwd_conv2d_18", "winograd f4"},
    {"fwd_conv2d_19", "winograd f4"},
    {"fwd_conv2d_20", "winograd f4"},
    {"fwd_conv2d_21", "winograd f4"},
    {"fwd_logits", "matmul"},
    {"bwd_global_avg_pool", "matmul"},
    {"bwd_fc_weight", "outer products"},
    {"bwd_where", "winograd f4"},
    {"bwd_stages_3_3_conv2_weight", "winograd f4"},
    {"bwd_conv2d_22", "winograd f4"},
    {"bwd_stages_3_3_conv1_weight", "winograd f4"},
    {"bwd_where_2", "winograd f4"},
    {"bwd_stages_3_2_conv2_weight", "winograd f4"},
    {"bwd_conv2d_23", "winograd f4"},
    {"bwd_stages_3_2_conv1_weight", "winograd f4"},
    {"bwd_conv2d_24", "direct"},
    {"bwd_stages_3_1_conv_skip_weight", "direct"},
    {"bwd_where_3", "winograd f4"},
    {"bwd_stages_3_1_conv2_weight", "winograd f4"},
    {"bwd_add_add_2", "direct"},
    {"bwd_stages_3_1_conv1_weight", "direct"},
    {"bwd_where_4", "winograd f4"},
    {"bwd_stages_2_3_conv2_weight", "winograd f4"},
    {"bwd_conv2d_25", "winograd f4"},
    {"bwd_stages_2_3_conv1_weight", "winograd f4"},
    {"bwd_where_5", "winograd f4"},
    {"bwd_stages_2_2_conv2_weight", "winograd f4"},
    {"bwd_conv2d_26", "winograd f4"},
    {"bwd_stages_2_2_conv1_weight", "winograd f4"},
    {"bwd_conv2d_27", "direct"},
    {"bwd_stages_2_1_conv_skip_weight", "direct"},
    {"bwd_where_6", "winograd f4"},
    {"bwd_stages_2_1_conv2_weight", "winograd f4"},
    {"bwd_add_add_4", "direct"},
    {"bwd_stages_2_1_conv1_weight", "direct"},
    {"bwd_where_7", "winograd f4"},
    {"bwd_stages_1_3_conv2_weight", "winograd f4"},
    {"bwd_conv2d_28", "winograd f4"},
    {"bwd_stages_1_3_conv1_weight", "winograd f4"},
    {"bwd_where_8", "winograd f4"},
    {"bwd_stages_1_2_conv2_weight", "winograd f4"},
    {"bwd_conv2d_29", "winograd f4"},
    {"bwd_stages_1_2_conv1_weight", "winograd f4"},
    {"bwd_where_9", "winograd f4"},
    {"bwd_stages_1_1_conv2_weight", "winograd f4"},
    {"bwd_where_10", "winograd f4"},
    {"bwd_stages_1_1_conv1_weight", "winograd f4"},
    {"bwd_stem_conv_weight", "direct"},
};

static const RtValue train_values[] = {
    {"loss", RT_F32, false, 0, {0}, offsetof(ResnetTrainResult, loss)},
    {"accuracy", RT_F32, true, 1, {128}, offsetof(ResnetTrainResult, accuracy)},
};
static bool run_train(const RtCall *call)
{
    const ResnetBatch in = {.n = call->batch->n, .sample = call->batch->sample, .image = call->batch->field[0], .label = call->batch->field[1]};
    return resnet_train(call->work, call->threads, (ResnetParams *)call->parameters, (ResnetState *)call->state, (ResnetMoments *)call->optimizer, &in, call->step, call->result);
}

static const RtValue evaluate_values[] = {
    {"loss", RT_F32, false, 0, {0}, offsetof(ResnetEvaluateResult, loss)},
    {"accuracy", RT_F32, true, 1, {128}, offsetof(ResnetEvaluateResult, accuracy)},
};
static bool run_evaluate(const RtCall *call)
{
    const ResnetBatch in = {.n = call->batch->n, .sample = call->batch->sample, .image = call->batch->field[0], .label = call->batch->field[1]};
    return resnet_evaluate(call->work, call->threads, (ResnetParams *)call->parameters, (ResnetState *)call->state, &in, call->step, call->result);
}

static const RtEntry entries[] = {
    {"train", sizeof(ResnetTrainWork), sizeof(ResnetTrainResult), 2, train_values, run_train},
    {"evaluate", sizeof(ResnetEvaluateWork), sizeof(ResnetEvaluateResult), 2, evaluate_values, run_evaluate},
};

const RtModel resnet_model = {
    .name = "resnet", .graph_file = "resnet.lua",
    .graph_hash = "22ec39460567f80f13619da40a9e16aa85284cdf8605a76a260959dc0b93aef6", .tailor_version = "0.2.0",
    .batch = RESNET_BATCH,
    .n_options = 9, .options = options,
    .n_parameters = 65, .parameters = parameters,
    .n_states = 42, .states = states,
    .n_fields = 2, .fields = fields,
    .n_metrics = 1, .metrics = metrics,
    .n_moments = 1, .n_entries = 2, .entries = entries,
    .n_kernels = 65, .kernels = choices,
    .flops_forward = 63341565, .flops_step = 189561970,
    .workspace_bytes = 95480256, .workspace_lower_bound = 95480256,
    .train = {
        .data = "mnist", .epochs = 20, .seed = 1, .optimizer = RT_SGD, .lr = 0.1, .momentum = 0.9,
        .nesterov = true, .weight_decay = 0.0005, .schedule = RT_ONE_CYCLE, .peak = 0.15,
        .validation = 0.08333333333333333, .augment = {.shift = 2},
    },
};
