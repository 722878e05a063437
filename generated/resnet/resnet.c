/* resnet.c - written by tailor 0.2.0 from resnet.lua.  Edit the graph, not this file.
 *
 *   graph       7a629ed997a2630dbdd35eb6730a33c07c5d97155d6dfdf5e6f7d72f4fc7935f
 *   parameters  272186 floats in 65 tensors
 *   train       147 kernels forward, 82 backward; workspace 96077248 bytes
 *   evaluate    24 kernels forward, 0 backward; workspace 7234496 bytes
 *   predict     23 kernels forward, 0 backward; workspace 7234432 bytes
 *
 * Names are those of resnet.lua; d_h is the gradient of the loss with respect to h and has the shape of h.
 */
#include "resnet.h"

#include <stddef.h>
#include <string.h>

#include "rt.h"
#include "rt_class_means.h"
#include "rt_conv.h"
#include "rt_depthwise.h"
#include "rt_exact.h"
#include "rt_init.h"
#include "rt_math.h"
#include "rt_matmul.h"
#include "rt_random.h"
#include "rt_save.h"
#include "rt_schedule.h"
#include "rt_sum.h"
#include "rt_thread.h"
#include "rt_types.h"
#include "rt_update.h"
#include "rt_winograd.h"

/* gcc takes members of the workspace's union for one another; C before 2023 wants a cast where an array goes
 * to a parameter that is const */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wstringop-overflow"
#pragma GCC diagnostic ignored "-Wstringop-overread"
#pragma GCC diagnostic ignored "-Warray-bounds"
#pragma GCC diagnostic ignored "-Wpedantic"
#endif

_Static_assert(sizeof(ResnetTrainWork) == 96077248, "the workspace is not the one that was planned");
_Static_assert(sizeof(ResnetEvaluateWork) == 7234496, "the workspace is not the one that was planned");
_Static_assert(sizeof(ResnetPredictWork) == 7234432, "the workspace is not the one that was planned");

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

/* stem_conv = conv2d(image, stem_conv_weight)
 * networks/resnet.lua:14 */
static void fwd_stem_conv(int n, const float image[restrict][28][28][1],
                          const float stem_conv_weight_packed[restrict 288], float *restrict scratch,
                          float stem_conv[restrict][28][28][16])
{
    run_conv2d_28x28x1_to_28x28x16_3x3(n, image[0][0][0], stem_conv_weight_packed, stem_conv[0][0][0],
                                       scratch);
}

/* batch_norm_sum = sum(conv2d)                                                         networks/resnet.lua:16
 * batch_norm_squares = sum((conv2d - (batch_norm_sum / 784)) * (conv2d - (batch_norm_sum / 784)))
 * batch_norm_sum2 = sum(batch_norm_sum / 784) */
static void fwd_batch_norm_sums_28x28x16(int n, const float conv2d[restrict][28][28][16],
                                         float batch_norm_sum[restrict][16],
                                         float batch_norm_squares[restrict][16],
                                         float batch_norm_sum2[restrict 16])
{
    for (int b = 0; b < n; b++) {
        float batch_norm_sum_tree[5][16];
        for (int h = 0; h < 28; h++) {
            float batch_norm_sum_part[16] = {0};
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    batch_norm_sum_part[c] += conv2d[b][h][w][c];
                }
            }
            rt_sums_put(h, 16, batch_norm_sum_tree[0], batch_norm_sum_part);
        }
        rt_sums_of(28, 16, batch_norm_sum_tree[0], batch_norm_sum[b]);
        float batch_norm_squares_tree[5][16];
        for (int h = 0; h < 28; h++) {
            float batch_norm_squares_part[16] = {0};
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t = batch_norm_sum[b][c] / 784.0f;
                    const float t2 = conv2d[b][h][w][c] - t;
                    batch_norm_squares_part[c] += t2 * t2;
                }
            }
            rt_sums_put(h, 16, batch_norm_squares_tree[0], batch_norm_squares_part);
        }
        rt_sums_of(28, 16, batch_norm_squares_tree[0], batch_norm_squares[b]);
        for (int c = 0; c < 16; c++) {
            const float t3 = batch_norm_sum[b][c] / 784.0f;
            batch_norm_sum2[c] += t3;
        }
    }
}

/* running_mean_next = (0.9 * running_mean) + (0.1 * (batch_norm_sum / batch_size))
 * networks/resnet.lua:16 */
static void fwd_running_mean_next_16(float batch_size, const float running_mean[restrict 16],
                                     const float batch_norm_sum[restrict 16],
                                     float running_mean_next[restrict 16])
{
    for (int i = 0; i < 16; i++) {
        running_mean_next[i] = 0.9f * running_mean[i] + 0.1f * (batch_norm_sum[i] / batch_size);
    }
}

/* forward of batch_norm: sums over the batch
 * networks/resnet.lua:16 */
static void fwd_batch_norm_sum_16(int n, float batch_size, const float batch_norm_squares[restrict][16],
                                  const float batch_norm_sum[restrict][16],
                                  const float batch_norm_sum2[restrict 16],
                                  float batch_norm_sum3[restrict 16])
{
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 16; c++) {
            const float t = batch_norm_sum[b][c] / 784.0f - batch_norm_sum2[c] / batch_size;
            batch_norm_sum3[c] += batch_norm_squares[b][c] / 784.0f + t * t;
        }
    }
}

static const RtConv conv_28x28x16_to_28x28x16_3x3_f4 = {
    .h = 28, .w = 28, .ci = 16, .oh = 28, .ow = 28, .co = 16, .kh = 3, .kw = 3,
    .stride_h = 1, .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,
    .tile = 4,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_conv2d_16x16x3x3(const float weight[restrict 16][16][3][3], float packed[restrict 18432])
{
    rt_winograd_pack(conv_28x28x16_to_28x28x16_3x3_f4, weight[0][0][0], packed);
}

/* forward of batch_norm
 * networks/resnet.lua:16 */
static void fwd_running_var_next_16(float batch_size, const float running_var[restrict 16],
                                    const float batch_norm_sum[restrict 16],
                                    float running_var_next[restrict 16])
{
    const float t = 784.0f * batch_size;
    const float t2 = t / rt_max(t - 1.0f, 1.0f);
    for (int i = 0; i < 16; i++) {
        running_var_next[i] = 0.9f * running_var[i] + 0.1f * (batch_norm_sum[i] / batch_size * t2);
    }
}

/* batch_norm_rsqrt = rsqrt((batch_norm_sum / batch_size) + 1e-05)
 * networks/resnet.lua:16 */
static void fwd_batch_norm_rsqrt_16(float batch_size, const float batch_norm_sum[restrict 16],
                                    float batch_norm_rsqrt[restrict 16])
{
    for (int l = 0; l < 16; l++) {
        batch_norm_rsqrt[l] = rt_rsqrt(batch_norm_sum[l] / batch_size + 1e-05f);
    }
}

/* forward of relu                                                                      networks/resnet.lua:30
 * relu = relu((((conv2d - (batch_norm_sum / batch_size)) * batch_norm_rsqrt) * weight) + bias) */
static void fwd_relu_28x28x16(int n, float batch_size, const float conv2d[restrict][28][28][16],
                              const float batch_norm_sum[restrict 16],
                              const float batch_norm_rsqrt[restrict 16], const float weight[restrict 16],
                              const float bias[restrict 16], float relu[restrict][28][28][16])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t = (conv2d[b][h][w][c] - batch_norm_sum[c] / batch_size) *
                                    batch_norm_rsqrt[c] * weight[c] + bias[c];
                    relu[b][h][w][c] = rt_relu(t);
                }
            }
        }
    }
}

static void run_conv2d_28x28x16_to_28x28x16_3x3_f4(int n, const float *restrict x,
                                                   const float *restrict packed, float *restrict out,
                                                   float *restrict scratch)
{
    rt_winograd(conv_28x28x16_to_28x28x16_3x3_f4, n, x, packed, out, scratch);
}

/* conv2d = conv2d(relu, weight)
 * networks/resnet.lua:14 */
static void fwd_conv2d_28x28x16(int n, const float relu[restrict][28][28][16],
                                const float packed[restrict 18432], float *restrict scratch,
                                float conv2d[restrict][28][28][16])
{
    run_conv2d_28x28x16_to_28x28x16_3x3_f4(n, relu[0][0][0], packed, conv2d[0][0][0], scratch);
}

/* forward of stages.1.1.bn2.relu
 * networks/resnet.lua:25 */
static void fwd_stages_1_1_bn2_relu(int n, float batch_size,
                                    const float stages_1_1_conv2[restrict][28][28][16],
                                    const float stages_1_1_bn2_sum_2[restrict 16],
                                    const float stages_1_1_bn2_rsqrt[restrict 16],
                                    const float stages_1_1_bn2_weight[restrict 16],
                                    const float stages_1_1_bn2_bias[restrict 16],
                                    const float stem_conv[restrict][28][28][16],
                                    const float stem_bn_sum_2[restrict 16],
                                    const float stem_bn_rsqrt[restrict 16],
                                    const float stem_bn_weight[restrict 16],
                                    const float stem_bn_bias[restrict 16],
                                    float stages_1_1_bn2_relu[restrict][28][28][16])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t = (stages_1_1_conv2[b][h][w][c] - stages_1_1_bn2_sum_2[c] / batch_size) *
                                    stages_1_1_bn2_rsqrt[c] * stages_1_1_bn2_weight[c];
                    const float t2 = (stem_conv[b][h][w][c] - stem_bn_sum_2[c] / batch_size) *
                                     stem_bn_rsqrt[c] * stem_bn_weight[c] + stem_bn_bias[c];
                    stages_1_1_bn2_relu[b][h][w][c] = rt_relu(t + stages_1_1_bn2_bias[c] + rt_relu(t2));
                }
            }
        }
    }
}

/* forward of stages.1.2.bn2.relu
 * networks/resnet.lua:25 */
static void fwd_stages_1_2_bn2_relu(int n, float batch_size,
                                    const float stages_1_2_conv2[restrict][28][28][16],
                                    const float stages_1_2_bn2_sum_2[restrict 16],
                                    const float stages_1_2_bn2_rsqrt[restrict 16],
                                    const float stages_1_2_bn2_weight[restrict 16],
                                    const float stages_1_2_bn2_bias[restrict 16],
                                    const float stages_1_1_conv2[restrict][28][28][16],
                                    const float stages_1_1_bn2_sum_2[restrict 16],
                                    const float stages_1_1_bn2_rsqrt[restrict 16],
                                    const float stages_1_1_bn2_weight[restrict 16],
                                    const float stages_1_1_bn2_bias[restrict 16],
                                    const float stem_conv[restrict][28][28][16],
                                    const float stem_bn_sum_2[restrict 16],
                                    const float stem_bn_rsqrt[restrict 16],
                                    const float stem_bn_weight[restrict 16],
                                    const float stem_bn_bias[restrict 16],
                                    float stages_1_2_bn2_relu[restrict][28][28][16])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t = (stages_1_2_conv2[b][h][w][c] - stages_1_2_bn2_sum_2[c] / batch_size) *
                                    stages_1_2_bn2_rsqrt[c] * stages_1_2_bn2_weight[c];
                    const float t2 = (stages_1_1_conv2[b][h][w][c] - stages_1_1_bn2_sum_2[c] / batch_size) *
                                     stages_1_1_bn2_rsqrt[c] * stages_1_1_bn2_weight[c];
                    const float t3 = (stem_conv[b][h][w][c] - stem_bn_sum_2[c] / batch_size) *
                                     stem_bn_rsqrt[c] * stem_bn_weight[c] + stem_bn_bias[c];
                    stages_1_2_bn2_relu[b][h][w][c] = rt_relu(t + stages_1_2_bn2_bias[c] +
                                                              rt_relu(t2 + stages_1_1_bn2_bias[c] +
                                                                      rt_relu(t3)));
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

/* forward of stages.1.3.bn2.relu
 * networks/resnet.lua:25 */
static void fwd_stages_1_3_bn2_relu(int n, float batch_size,
                                    const float stages_1_3_conv2[restrict][28][28][16],
                                    const float stages_1_3_bn2_sum_2[restrict 16],
                                    const float stages_1_3_bn2_rsqrt[restrict 16],
                                    const float stages_1_3_bn2_weight[restrict 16],
                                    const float stages_1_3_bn2_bias[restrict 16],
                                    const float stages_1_2_conv2[restrict][28][28][16],
                                    const float stages_1_2_bn2_sum_2[restrict 16],
                                    const float stages_1_2_bn2_rsqrt[restrict 16],
                                    const float stages_1_2_bn2_weight[restrict 16],
                                    const float stages_1_2_bn2_bias[restrict 16],
                                    const float stages_1_1_conv2[restrict][28][28][16],
                                    const float stages_1_1_bn2_sum_2[restrict 16],
                                    const float stages_1_1_bn2_rsqrt[restrict 16],
                                    const float stages_1_1_bn2_weight[restrict 16],
                                    const float stages_1_1_bn2_bias[restrict 16],
                                    const float stem_conv[restrict][28][28][16],
                                    const float stem_bn_sum_2[restrict 16],
                                    const float stem_bn_rsqrt[restrict 16],
                                    const float stem_bn_weight[restrict 16],
                                    const float stem_bn_bias[restrict 16],
                                    float stages_1_3_bn2_relu[restrict][28][28][16])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t = (stages_1_3_conv2[b][h][w][c] - stages_1_3_bn2_sum_2[c] / batch_size) *
                                    stages_1_3_bn2_rsqrt[c] * stages_1_3_bn2_weight[c];
                    const float t2 = (stages_1_2_conv2[b][h][w][c] - stages_1_2_bn2_sum_2[c] / batch_size) *
                                     stages_1_2_bn2_rsqrt[c] * stages_1_2_bn2_weight[c];
                    const float t3 = (stages_1_1_conv2[b][h][w][c] - stages_1_1_bn2_sum_2[c] / batch_size) *
                                     stages_1_1_bn2_rsqrt[c] * stages_1_1_bn2_weight[c];
                    const float t4 = (stem_conv[b][h][w][c] - stem_bn_sum_2[c] / batch_size) *
                                     stem_bn_rsqrt[c] * stem_bn_weight[c] + stem_bn_bias[c];
                    const float t5 = t + stages_1_3_bn2_bias[c] +
                                     rt_relu(t2 + stages_1_2_bn2_bias[c] +
                                             rt_relu(t3 + stages_1_1_bn2_bias[c] + rt_relu(t4)));
                    stages_1_3_bn2_relu[b][h][w][c] = rt_relu(t5);
                }
            }
        }
    }
}

static void run_conv2d_28x28x16_to_14x14x32_3x3_stride2(int n, const float *restrict x,
                                                        const float *restrict packed, float *restrict out,
                                                        float *restrict scratch)
{
    rt_conv2d(conv_28x28x16_to_14x14x32_3x3_stride2, n, x, packed, out, scratch);
}

/* stages_2_1_conv1 = conv2d(stages_1_3_bn2_relu, stages_2_1_conv1_weight)
 * networks/resnet.lua:14 */
static void fwd_stages_2_1_conv1(int n, const float stages_1_3_bn2_relu[restrict][28][28][16],
                                 const float stages_2_1_conv1_weight_packed[restrict 4608],
                                 float *restrict scratch, float stages_2_1_conv1[restrict][14][14][32])
{
    run_conv2d_28x28x16_to_14x14x32_3x3_stride2(n, stages_1_3_bn2_relu[0][0][0],
                                                stages_2_1_conv1_weight_packed, stages_2_1_conv1[0][0][0],
                                                scratch);
}

/* batch_norm_sum = sum(conv2d)                                                         networks/resnet.lua:16
 * batch_norm_squares = sum((conv2d - (batch_norm_sum / 196)) * (conv2d - (batch_norm_sum / 196)))
 * batch_norm_sum2 = sum(batch_norm_sum / 196) */
static void fwd_batch_norm_sums_14x14x32(int n, const float conv2d[restrict][14][14][32],
                                         float batch_norm_sum[restrict][32],
                                         float batch_norm_squares[restrict][32],
                                         float batch_norm_sum2[restrict 32])
{
    for (int b = 0; b < n; b++) {
        float batch_norm_sum_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float batch_norm_sum_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    batch_norm_sum_part[c] += conv2d[b][h][w][c];
                }
            }
            rt_sums_put(h, 32, batch_norm_sum_tree[0], batch_norm_sum_part);
        }
        rt_sums_of(14, 32, batch_norm_sum_tree[0], batch_norm_sum[b]);
        float batch_norm_squares_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float batch_norm_squares_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    const float t = batch_norm_sum[b][c] / 196.0f;
                    const float t2 = conv2d[b][h][w][c] - t;
                    batch_norm_squares_part[c] += t2 * t2;
                }
            }
            rt_sums_put(h, 32, batch_norm_squares_tree[0], batch_norm_squares_part);
        }
        rt_sums_of(14, 32, batch_norm_squares_tree[0], batch_norm_squares[b]);
        for (int c = 0; c < 32; c++) {
            const float t3 = batch_norm_sum[b][c] / 196.0f;
            batch_norm_sum2[c] += t3;
        }
    }
}

static void run_conv2d_28x28x16_to_14x14x32_1x1_stride2(int n, const float *restrict x,
                                                        const float *restrict packed, float *restrict out,
                                                        float *restrict scratch)
{
    rt_conv2d(conv_28x28x16_to_14x14x32_1x1_stride2, n, x, packed, out, scratch);
}

/* stages_2_1_conv_skip = conv2d(stages_1_3_bn2_relu, stages_2_1_conv_skip_weight)
 * networks/resnet.lua:14 */
static void fwd_stages_2_1_conv_skip(int n, const float stages_1_3_bn2_relu[restrict][28][28][16],
                                     const float stages_2_1_conv_skip_weight_packed[restrict 512],
                                     float *restrict scratch,
                                     float stages_2_1_conv_skip[restrict][14][14][32])
{
    run_conv2d_28x28x16_to_14x14x32_1x1_stride2(n, stages_1_3_bn2_relu[0][0][0],
                                                stages_2_1_conv_skip_weight_packed,
                                                stages_2_1_conv_skip[0][0][0], scratch);
}

/* running_mean_next = (0.9 * running_mean) + (0.1 * (batch_norm_sum / batch_size))
 * networks/resnet.lua:16 */
static void fwd_running_mean_next_32(float batch_size, const float running_mean[restrict 32],
                                     const float batch_norm_sum[restrict 32],
                                     float running_mean_next[restrict 32])
{
    for (int i = 0; i < 32; i++) {
        running_mean_next[i] = 0.9f * running_mean[i] + 0.1f * (batch_norm_sum[i] / batch_size);
    }
}

/* forward of batch_norm: sums over the batch
 * networks/resnet.lua:16 */
static void fwd_batch_norm_sum_32(int n, float batch_size, const float batch_norm_squares[restrict][32],
                                  const float batch_norm_sum[restrict][32],
                                  const float batch_norm_sum2[restrict 32],
                                  float batch_norm_sum3[restrict 32])
{
    for (int b = 0; b < n; b++) {
        rt_read_ahead(&batch_norm_squares[b][0], 32);
        rt_read_ahead(&batch_norm_sum[b][0], 32);
        for (int c = 0; c < 32; c++) {
            const float t = batch_norm_sum[b][c] / 196.0f - batch_norm_sum2[c] / batch_size;
            batch_norm_sum3[c] += batch_norm_squares[b][c] / 196.0f + t * t;
        }
    }
}

static const RtConv conv_14x14x32_to_14x14x32_3x3_f4 = {
    .h = 14, .w = 14, .ci = 32, .oh = 14, .ow = 14, .co = 32, .kh = 3, .kw = 3,
    .stride_h = 1, .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,
    .tile = 4,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_conv2d_32x32x3x3(const float weight[restrict 32][32][3][3], float packed[restrict 36864])
{
    rt_winograd_pack(conv_14x14x32_to_14x14x32_3x3_f4, weight[0][0][0], packed);
}

/* forward of batch_norm
 * networks/resnet.lua:16 */
static void fwd_running_var_next_32(float batch_size, const float running_var[restrict 32],
                                    const float batch_norm_sum[restrict 32],
                                    float running_var_next[restrict 32])
{
    const float t = 196.0f * batch_size;
    const float t2 = t / rt_max(t - 1.0f, 1.0f);
    for (int i = 0; i < 32; i++) {
        running_var_next[i] = 0.9f * running_var[i] + 0.1f * (batch_norm_sum[i] / batch_size * t2);
    }
}

/* batch_norm_rsqrt = rsqrt((batch_norm_sum / batch_size) + 1e-05)
 * networks/resnet.lua:16 */
static void fwd_batch_norm_rsqrt_32(float batch_size, const float batch_norm_sum[restrict 32],
                                    float batch_norm_rsqrt[restrict 32])
{
    for (int l = 0; l < 32; l++) {
        batch_norm_rsqrt[l] = rt_rsqrt(batch_norm_sum[l] / batch_size + 1e-05f);
    }
}

/* forward of relu                                                                      networks/resnet.lua:19
 * relu = relu((((conv2d - (batch_norm_sum / batch_size)) * batch_norm_rsqrt) * weight) + bias) */
static void fwd_relu_14x14x32(int n, float batch_size, const float conv2d[restrict][14][14][32],
                              const float batch_norm_sum[restrict 32],
                              const float batch_norm_rsqrt[restrict 32], const float weight[restrict 32],
                              const float bias[restrict 32], float relu[restrict][14][14][32])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&conv2d[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t = (conv2d[b][h][w][c] - batch_norm_sum[c] / batch_size) *
                                    batch_norm_rsqrt[c] * weight[c] + bias[c];
                    relu[b][h][w][c] = rt_relu(t);
                }
            }
        }
    }
}

static void run_conv2d_14x14x32_to_14x14x32_3x3_f4(int n, const float *restrict x,
                                                   const float *restrict packed, float *restrict out,
                                                   float *restrict scratch)
{
    rt_winograd(conv_14x14x32_to_14x14x32_3x3_f4, n, x, packed, out, scratch);
}

/* conv2d = conv2d(relu, weight)
 * networks/resnet.lua:14 */
static void fwd_conv2d_14x14x32(int n, const float relu[restrict][14][14][32],
                                const float packed[restrict 36864], float *restrict scratch,
                                float conv2d[restrict][14][14][32])
{
    run_conv2d_14x14x32_to_14x14x32_3x3_f4(n, relu[0][0][0], packed, conv2d[0][0][0], scratch);
}

/* forward of stages.2.1.bn2.relu
 * networks/resnet.lua:25 */
static void fwd_stages_2_1_bn2_relu(int n, float batch_size,
                                    const float stages_2_1_conv2[restrict][14][14][32],
                                    const float stages_2_1_conv_skip[restrict][14][14][32],
                                    const float stages_2_1_bn2_sum_2[restrict 32],
                                    const float stages_2_1_bn2_rsqrt[restrict 32],
                                    const float stages_2_1_bn2_weight[restrict 32],
                                    const float stages_2_1_bn2_bias[restrict 32],
                                    const float stages_2_1_bn_skip_sum_2[restrict 32],
                                    const float stages_2_1_bn_skip_rsqrt[restrict 32],
                                    const float stages_2_1_bn_skip_weight[restrict 32],
                                    const float stages_2_1_bn_skip_bias[restrict 32],
                                    float stages_2_1_bn2_relu[restrict][14][14][32])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&stages_2_1_conv2[b][h][w][0], 32);
                rt_read_ahead(&stages_2_1_conv_skip[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t = (stages_2_1_conv2[b][h][w][c] - stages_2_1_bn2_sum_2[c] / batch_size) *
                                    stages_2_1_bn2_rsqrt[c] * stages_2_1_bn2_weight[c];
                    const float t2 = (stages_2_1_conv_skip[b][h][w][c] -
                                      stages_2_1_bn_skip_sum_2[c] / batch_size) * stages_2_1_bn_skip_rsqrt[c];
                    stages_2_1_bn2_relu[b][h][w][c] = rt_relu(t + stages_2_1_bn2_bias[c] +
                                                              (t2 * stages_2_1_bn_skip_weight[c] +
                                                               stages_2_1_bn_skip_bias[c]));
                }
            }
        }
    }
}

/* forward of stages.2.2.bn2.relu
 * networks/resnet.lua:25 */
static void fwd_stages_2_2_bn2_relu(int n, float batch_size,
                                    const float stages_2_2_conv2[restrict][14][14][32],
                                    const float stages_2_1_conv2[restrict][14][14][32],
                                    const float stages_2_1_conv_skip[restrict][14][14][32],
                                    const float stages_2_2_bn2_sum_2[restrict 32],
                                    const float stages_2_2_bn2_rsqrt[restrict 32],
                                    const float stages_2_2_bn2_weight[restrict 32],
                                    const float stages_2_2_bn2_bias[restrict 32],
                                    const float stages_2_1_bn2_sum_2[restrict 32],
                                    const float stages_2_1_bn2_rsqrt[restrict 32],
                                    const float stages_2_1_bn2_weight[restrict 32],
                                    const float stages_2_1_bn2_bias[restrict 32],
                                    const float stages_2_1_bn_skip_sum_2[restrict 32],
                                    const float stages_2_1_bn_skip_rsqrt[restrict 32],
                                    const float stages_2_1_bn_skip_weight[restrict 32],
                                    const float stages_2_1_bn_skip_bias[restrict 32],
                                    float stages_2_2_bn2_relu[restrict][14][14][32])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&stages_2_2_conv2[b][h][w][0], 32);
                rt_read_ahead(&stages_2_1_conv2[b][h][w][0], 32);
                rt_read_ahead(&stages_2_1_conv_skip[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t = (stages_2_2_conv2[b][h][w][c] - stages_2_2_bn2_sum_2[c] / batch_size) *
                                    stages_2_2_bn2_rsqrt[c] * stages_2_2_bn2_weight[c];
                    const float t2 = (stages_2_1_conv2[b][h][w][c] - stages_2_1_bn2_sum_2[c] / batch_size) *
                                     stages_2_1_bn2_rsqrt[c] * stages_2_1_bn2_weight[c];
                    const float t3 = (stages_2_1_conv_skip[b][h][w][c] -
                                      stages_2_1_bn_skip_sum_2[c] / batch_size) * stages_2_1_bn_skip_rsqrt[c];
                    const float t4 = rt_relu(t2 + stages_2_1_bn2_bias[c] +
                                             (t3 * stages_2_1_bn_skip_weight[c] +
                                              stages_2_1_bn_skip_bias[c]));
                    stages_2_2_bn2_relu[b][h][w][c] = rt_relu(t + stages_2_2_bn2_bias[c] + t4);
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

/* forward of stages.2.3.bn2.relu
 * networks/resnet.lua:25 */
static void fwd_stages_2_3_bn2_relu(int n, float batch_size,
                                    const float stages_2_3_conv2[restrict][14][14][32],
                                    const float stages_2_2_conv2[restrict][14][14][32],
                                    const float stages_2_1_conv2[restrict][14][14][32],
                                    const float stages_2_1_conv_skip[restrict][14][14][32],
                                    const float stages_2_3_bn2_sum_2[restrict 32],
                                    const float stages_2_3_bn2_rsqrt[restrict 32],
                                    const float stages_2_3_bn2_weight[restrict 32],
                                    const float stages_2_3_bn2_bias[restrict 32],
                                    const float stages_2_2_bn2_sum_2[restrict 32],
                                    const float stages_2_2_bn2_rsqrt[restrict 32],
                                    const float stages_2_2_bn2_weight[restrict 32],
                                    const float stages_2_2_bn2_bias[restrict 32],
                                    const float stages_2_1_bn2_sum_2[restrict 32],
                                    const float stages_2_1_bn2_rsqrt[restrict 32],
                                    const float stages_2_1_bn2_weight[restrict 32],
                                    const float stages_2_1_bn2_bias[restrict 32],
                                    const float stages_2_1_bn_skip_sum_2[restrict 32],
                                    const float stages_2_1_bn_skip_rsqrt[restrict 32],
                                    const float stages_2_1_bn_skip_weight[restrict 32],
                                    const float stages_2_1_bn_skip_bias[restrict 32],
                                    float stages_2_3_bn2_relu[restrict][14][14][32])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&stages_2_3_conv2[b][h][w][0], 32);
                rt_read_ahead(&stages_2_2_conv2[b][h][w][0], 32);
                rt_read_ahead(&stages_2_1_conv2[b][h][w][0], 32);
                rt_read_ahead(&stages_2_1_conv_skip[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t = (stages_2_3_conv2[b][h][w][c] - stages_2_3_bn2_sum_2[c] / batch_size) *
                                    stages_2_3_bn2_rsqrt[c] * stages_2_3_bn2_weight[c];
                    const float t2 = (stages_2_2_conv2[b][h][w][c] - stages_2_2_bn2_sum_2[c] / batch_size) *
                                     stages_2_2_bn2_rsqrt[c] * stages_2_2_bn2_weight[c];
                    const float t3 = (stages_2_1_conv2[b][h][w][c] - stages_2_1_bn2_sum_2[c] / batch_size) *
                                     stages_2_1_bn2_rsqrt[c] * stages_2_1_bn2_weight[c];
                    const float t4 = (stages_2_1_conv_skip[b][h][w][c] -
                                      stages_2_1_bn_skip_sum_2[c] / batch_size) * stages_2_1_bn_skip_rsqrt[c];
                    const float t5 = rt_relu(t3 + stages_2_1_bn2_bias[c] +
                                             (t4 * stages_2_1_bn_skip_weight[c] +
                                              stages_2_1_bn_skip_bias[c]));
                    stages_2_3_bn2_relu[b][h][w][c] = rt_relu(t + stages_2_3_bn2_bias[c] +
                                                              rt_relu(t2 + stages_2_2_bn2_bias[c] + t5));
                }
            }
        }
    }
}

static void run_conv2d_14x14x32_to_7x7x64_3x3_stride2(int n, const float *restrict x,
                                                      const float *restrict packed, float *restrict out,
                                                      float *restrict scratch)
{
    rt_conv2d(conv_14x14x32_to_7x7x64_3x3_stride2, n, x, packed, out, scratch);
}

/* stages_3_1_conv1 = conv2d(stages_2_3_bn2_relu, stages_3_1_conv1_weight)
 * networks/resnet.lua:14 */
static void fwd_stages_3_1_conv1(int n, const float stages_2_3_bn2_relu[restrict][14][14][32],
                                 const float stages_3_1_conv1_weight_packed[restrict 18432],
                                 float *restrict scratch, float stages_3_1_conv1[restrict][7][7][64])
{
    run_conv2d_14x14x32_to_7x7x64_3x3_stride2(n, stages_2_3_bn2_relu[0][0][0], stages_3_1_conv1_weight_packed,
                                              stages_3_1_conv1[0][0][0], scratch);
}

/* batch_norm_sum = sum(conv2d)                                                         networks/resnet.lua:16
 * batch_norm_squares = sum((conv2d - (batch_norm_sum / 49)) * (conv2d - (batch_norm_sum / 49)))
 * batch_norm_sum2 = sum(batch_norm_sum / 49) */
static void fwd_batch_norm_sums_7x7x64(int n, const float conv2d[restrict][7][7][64],
                                       float batch_norm_sum[restrict][64],
                                       float batch_norm_squares[restrict][64],
                                       float batch_norm_sum2[restrict 64])
{
    for (int b = 0; b < n; b++) {
        float batch_norm_sum_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float batch_norm_sum_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    batch_norm_sum_part[c] += conv2d[b][h][w][c];
                }
            }
            rt_sums_put(h, 64, batch_norm_sum_tree[0], batch_norm_sum_part);
        }
        rt_sums_of(7, 64, batch_norm_sum_tree[0], batch_norm_sum[b]);
        float batch_norm_squares_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float batch_norm_squares_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    const float t = batch_norm_sum[b][c] / 49.0f;
                    const float t2 = conv2d[b][h][w][c] - t;
                    batch_norm_squares_part[c] += t2 * t2;
                }
            }
            rt_sums_put(h, 64, batch_norm_squares_tree[0], batch_norm_squares_part);
        }
        rt_sums_of(7, 64, batch_norm_squares_tree[0], batch_norm_squares[b]);
        for (int c = 0; c < 64; c++) {
            const float t3 = batch_norm_sum[b][c] / 49.0f;
            batch_norm_sum2[c] += t3;
        }
    }
}

static void run_conv2d_14x14x32_to_7x7x64_1x1_stride2(int n, const float *restrict x,
                                                      const float *restrict packed, float *restrict out,
                                                      float *restrict scratch)
{
    rt_conv2d(conv_14x14x32_to_7x7x64_1x1_stride2, n, x, packed, out, scratch);
}

/* stages_3_1_conv_skip = conv2d(stages_2_3_bn2_relu, stages_3_1_conv_skip_weight)
 * networks/resnet.lua:14 */
static void fwd_stages_3_1_conv_skip(int n, const float stages_2_3_bn2_relu[restrict][14][14][32],
                                     const float stages_3_1_conv_skip_weight_packed[restrict 2048],
                                     float *restrict scratch, float stages_3_1_conv_skip[restrict][7][7][64])
{
    run_conv2d_14x14x32_to_7x7x64_1x1_stride2(n, stages_2_3_bn2_relu[0][0][0],
                                              stages_3_1_conv_skip_weight_packed,
                                              stages_3_1_conv_skip[0][0][0], scratch);
}

/* running_mean_next = (0.9 * running_mean) + (0.1 * (batch_norm_sum / batch_size))
 * networks/resnet.lua:16 */
static void fwd_running_mean_next_64(float batch_size, const float running_mean[restrict 64],
                                     const float batch_norm_sum[restrict 64],
                                     float running_mean_next[restrict 64])
{
    for (int i = 0; i < 64; i++) {
        running_mean_next[i] = 0.9f * running_mean[i] + 0.1f * (batch_norm_sum[i] / batch_size);
    }
}

/* forward of batch_norm: sums over the batch
 * networks/resnet.lua:16 */
static void fwd_batch_norm_sum_64(int n, float batch_size, const float batch_norm_squares[restrict][64],
                                  const float batch_norm_sum[restrict][64],
                                  const float batch_norm_sum2[restrict 64],
                                  float batch_norm_sum3[restrict 64])
{
    for (int b = 0; b < n; b++) {
        rt_read_ahead(&batch_norm_squares[b][0], 64);
        rt_read_ahead(&batch_norm_sum[b][0], 64);
        for (int c = 0; c < 64; c++) {
            const float t = batch_norm_sum[b][c] / 49.0f - batch_norm_sum2[c] / batch_size;
            batch_norm_sum3[c] += batch_norm_squares[b][c] / 49.0f + t * t;
        }
    }
}

static const RtConv conv_7x7x64_to_7x7x64_3x3_f4 = {
    .h = 7, .w = 7, .ci = 64, .oh = 7, .ow = 7, .co = 64, .kh = 3, .kw = 3,
    .stride_h = 1, .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,
    .tile = 4,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_conv2d_64x64x3x3(const float weight[restrict 64][64][3][3], float packed[restrict 147456])
{
    rt_winograd_pack(conv_7x7x64_to_7x7x64_3x3_f4, weight[0][0][0], packed);
}

/* forward of batch_norm
 * networks/resnet.lua:16 */
static void fwd_running_var_next_64(float batch_size, const float running_var[restrict 64],
                                    const float batch_norm_sum[restrict 64],
                                    float running_var_next[restrict 64])
{
    const float t = 49.0f * batch_size;
    const float t2 = t / rt_max(t - 1.0f, 1.0f);
    for (int i = 0; i < 64; i++) {
        running_var_next[i] = 0.9f * running_var[i] + 0.1f * (batch_norm_sum[i] / batch_size * t2);
    }
}

/* batch_norm_rsqrt = rsqrt((batch_norm_sum / batch_size) + 1e-05)
 * networks/resnet.lua:16 */
static void fwd_batch_norm_rsqrt_64(float batch_size, const float batch_norm_sum[restrict 64],
                                    float batch_norm_rsqrt[restrict 64])
{
    for (int l = 0; l < 64; l++) {
        batch_norm_rsqrt[l] = rt_rsqrt(batch_norm_sum[l] / batch_size + 1e-05f);
    }
}

/* forward of relu                                                                      networks/resnet.lua:19
 * relu = relu((((conv2d - (batch_norm_sum / batch_size)) * batch_norm_rsqrt) * weight) + bias) */
static void fwd_relu_7x7x64(int n, float batch_size, const float conv2d[restrict][7][7][64],
                            const float batch_norm_sum[restrict 64],
                            const float batch_norm_rsqrt[restrict 64], const float weight[restrict 64],
                            const float bias[restrict 64], float relu[restrict][7][7][64])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t = (conv2d[b][h][w][c] - batch_norm_sum[c] / batch_size) *
                                    batch_norm_rsqrt[c] * weight[c] + bias[c];
                    relu[b][h][w][c] = rt_relu(t);
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

/* conv2d = conv2d(relu, weight)
 * networks/resnet.lua:14 */
static void fwd_conv2d_7x7x64(int n, const float relu[restrict][7][7][64],
                              const float packed[restrict 147456], float *restrict scratch,
                              float conv2d[restrict][7][7][64])
{
    run_conv2d_7x7x64_to_7x7x64_3x3_f4(n, relu[0][0][0], packed, conv2d[0][0][0], scratch);
}

/* forward of stages.3.1.bn2.relu
 * networks/resnet.lua:25 */
static void fwd_stages_3_1_bn2_relu(int n, float batch_size, const float stages_3_1_conv2[restrict][7][7][64],
                                    const float stages_3_1_conv_skip[restrict][7][7][64],
                                    const float stages_3_1_bn2_sum_2[restrict 64],
                                    const float stages_3_1_bn2_rsqrt[restrict 64],
                                    const float stages_3_1_bn2_weight[restrict 64],
                                    const float stages_3_1_bn2_bias[restrict 64],
                                    const float stages_3_1_bn_skip_sum_2[restrict 64],
                                    const float stages_3_1_bn_skip_rsqrt[restrict 64],
                                    const float stages_3_1_bn_skip_weight[restrict 64],
                                    const float stages_3_1_bn_skip_bias[restrict 64],
                                    float stages_3_1_bn2_relu[restrict][7][7][64])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&stages_3_1_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_1_conv_skip[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t = (stages_3_1_conv2[b][h][w][c] - stages_3_1_bn2_sum_2[c] / batch_size) *
                                    stages_3_1_bn2_rsqrt[c] * stages_3_1_bn2_weight[c];
                    const float t2 = (stages_3_1_conv_skip[b][h][w][c] -
                                      stages_3_1_bn_skip_sum_2[c] / batch_size) * stages_3_1_bn_skip_rsqrt[c];
                    stages_3_1_bn2_relu[b][h][w][c] = rt_relu(t + stages_3_1_bn2_bias[c] +
                                                              (t2 * stages_3_1_bn_skip_weight[c] +
                                                               stages_3_1_bn_skip_bias[c]));
                }
            }
        }
    }
}

/* forward of stages.3.2.bn2.relu
 * networks/resnet.lua:25 */
static void fwd_stages_3_2_bn2_relu(int n, float batch_size, const float stages_3_2_conv2[restrict][7][7][64],
                                    const float stages_3_1_conv2[restrict][7][7][64],
                                    const float stages_3_1_conv_skip[restrict][7][7][64],
                                    const float stages_3_2_bn2_sum_2[restrict 64],
                                    const float stages_3_2_bn2_rsqrt[restrict 64],
                                    const float stages_3_2_bn2_weight[restrict 64],
                                    const float stages_3_2_bn2_bias[restrict 64],
                                    const float stages_3_1_bn2_sum_2[restrict 64],
                                    const float stages_3_1_bn2_rsqrt[restrict 64],
                                    const float stages_3_1_bn2_weight[restrict 64],
                                    const float stages_3_1_bn2_bias[restrict 64],
                                    const float stages_3_1_bn_skip_sum_2[restrict 64],
                                    const float stages_3_1_bn_skip_rsqrt[restrict 64],
                                    const float stages_3_1_bn_skip_weight[restrict 64],
                                    const float stages_3_1_bn_skip_bias[restrict 64],
                                    float stages_3_2_bn2_relu[restrict][7][7][64])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&stages_3_2_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_1_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_1_conv_skip[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t = (stages_3_2_conv2[b][h][w][c] - stages_3_2_bn2_sum_2[c] / batch_size) *
                                    stages_3_2_bn2_rsqrt[c] * stages_3_2_bn2_weight[c];
                    const float t2 = (stages_3_1_conv2[b][h][w][c] - stages_3_1_bn2_sum_2[c] / batch_size) *
                                     stages_3_1_bn2_rsqrt[c] * stages_3_1_bn2_weight[c];
                    const float t3 = (stages_3_1_conv_skip[b][h][w][c] -
                                      stages_3_1_bn_skip_sum_2[c] / batch_size) * stages_3_1_bn_skip_rsqrt[c];
                    const float t4 = rt_relu(t2 + stages_3_1_bn2_bias[c] +
                                             (t3 * stages_3_1_bn_skip_weight[c] +
                                              stages_3_1_bn_skip_bias[c]));
                    stages_3_2_bn2_relu[b][h][w][c] = rt_relu(t + stages_3_2_bn2_bias[c] + t4);
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

/* forward of global_avg_pool
 * networks/resnet.lua:41 */
static void fwd_global_avg_pool(int n, float batch_size, const float stages_3_3_conv2[restrict][7][7][64],
                                const float stages_3_2_conv2[restrict][7][7][64],
                                const float stages_3_1_conv2[restrict][7][7][64],
                                const float stages_3_1_conv_skip[restrict][7][7][64],
                                const float stages_3_3_bn2_sum_2[restrict 64],
                                const float stages_3_3_bn2_rsqrt[restrict 64],
                                const float stages_3_3_bn2_weight[restrict 64],
                                const float stages_3_3_bn2_bias[restrict 64],
                                const float stages_3_2_bn2_sum_2[restrict 64],
                                const float stages_3_2_bn2_rsqrt[restrict 64],
                                const float stages_3_2_bn2_weight[restrict 64],
                                const float stages_3_2_bn2_bias[restrict 64],
                                const float stages_3_1_bn2_sum_2[restrict 64],
                                const float stages_3_1_bn2_rsqrt[restrict 64],
                                const float stages_3_1_bn2_weight[restrict 64],
                                const float stages_3_1_bn2_bias[restrict 64],
                                const float stages_3_1_bn_skip_sum_2[restrict 64],
                                const float stages_3_1_bn_skip_rsqrt[restrict 64],
                                const float stages_3_1_bn_skip_weight[restrict 64],
                                const float stages_3_1_bn_skip_bias[restrict 64],
                                float global_avg_pool[restrict][64])
{
    for (int b = 0; b < n; b++) {
        float sum[64];
        float sum_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float sum_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&stages_3_3_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_2_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_1_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_1_conv_skip[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t = (stages_3_3_conv2[b][h][w][c] - stages_3_3_bn2_sum_2[c] / batch_size) *
                                    stages_3_3_bn2_rsqrt[c] * stages_3_3_bn2_weight[c];
                    const float t2 = (stages_3_2_conv2[b][h][w][c] - stages_3_2_bn2_sum_2[c] / batch_size) *
                                     stages_3_2_bn2_rsqrt[c] * stages_3_2_bn2_weight[c];
                    const float t3 = (stages_3_1_conv2[b][h][w][c] - stages_3_1_bn2_sum_2[c] / batch_size) *
                                     stages_3_1_bn2_rsqrt[c] * stages_3_1_bn2_weight[c];
                    const float t4 = (stages_3_1_conv_skip[b][h][w][c] -
                                      stages_3_1_bn_skip_sum_2[c] / batch_size) * stages_3_1_bn_skip_rsqrt[c];
                    const float t5 = rt_relu(t3 + stages_3_1_bn2_bias[c] +
                                             (t4 * stages_3_1_bn_skip_weight[c] +
                                              stages_3_1_bn_skip_bias[c]));
                    sum_part[c] += rt_relu(t + stages_3_3_bn2_bias[c] +
                                           rt_relu(t2 + stages_3_2_bn2_bias[c] + t5));
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

/* logits = matmul(global_avg_pool, fc_weight') + fc_bias
 * networks/resnet.lua:41 */
static void fwd_logits(int n, const float global_avg_pool[restrict][64],
                       const float fc_weight_packed[restrict 2048], const float fc_bias[restrict 10],
                       float logits[restrict][10])
{
    rt_matmul(n, 10, 64, global_avg_pool[0], 64, fc_weight_packed, logits[0], 10);
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 10; c++) {
            logits[b][c] = logits[b][c] + fc_bias[c];
        }
    }
}

/* cross_entropy_exp = exp(logits - max(logits))                                        resnet.lua:20, 21
 * cross_entropy_sum = sum(cross_entropy_exp)
 * accuracy = argmax(logits) == label
 * loss = sum((log(cross_entropy_sum) - pick(logits - max(logits), label)) / batch_size) */
static void fwd_loss(int n, float batch_size, const float logits[restrict][10], const int32_t label[restrict],
                     float loss[restrict 1], float cross_entropy_exp[restrict][10],
                     float cross_entropy_sum[restrict], float accuracy[restrict])
{
    float loss_total = loss[0];
    for (int b = 0; b < n; b++) {
        float max = -RT_INFINITY;
        int argmax = 0;
        float best = -RT_INFINITY;
        for (int c = 0; c < 10; c++) {
            max = rt_max(max, logits[b][c]);
            argmax = rt_where_int(logits[b][c] > best, c, argmax);
            best = rt_max(best, logits[b][c]);
        }
        float sum = 0;
        for (int c = 0; c < 10; c++) {
            const float t = logits[b][c] - max;
            const float t2 = rt_exp(t);
            cross_entropy_exp[b][c] = t2;
            sum += t2;
        }
        cross_entropy_sum[b] = sum;
        accuracy[b] = argmax == label[b];
        const float t3 = logits[b][label[b]] - max;
        loss_total += (rt_log(sum) - t3) / batch_size;
    }
    loss[0] = loss_total;
}

/* backward of cross_entropy                                                            resnet.lua:20
 *   d_logits arrives as cross_entropy_exp. */
static void bwd_logits(int n, float batch_size, const float cross_entropy_sum[restrict],
                       const int32_t label[restrict], float d_logits[restrict][10])
{
    const float t = 1.0f / batch_size;
    for (int b = 0; b < n; b++) {
        const float t2 = t / cross_entropy_sum[b];
        for (int c = 0; c < 10; c++) {
            d_logits[b][c] = rt_where(c == label[b], -t, 0.0f) + t2 * d_logits[b][c];
        }
    }
}

/* d_global_avg_pool = matmul(d_logits, fc_weight)
 * networks/resnet.lua:41 */
static void bwd_global_avg_pool(int n, const float d_logits[restrict][10],
                                const float fc_weight_back_packed[restrict 640],
                                float d_global_avg_pool[restrict][64])
{
    rt_matmul(n, 64, 10, d_logits[0], 10, fc_weight_back_packed, d_global_avg_pool[0], 64);
}

/* d_fc_weight = matmul(d_logits', global_avg_pool)                                     networks/resnet.lua:41
 * d_fc_bias = sum(d_logits) */
static void bwd_fc_weight(int n, const float d_logits[restrict][10],
                          const float global_avg_pool[restrict][64], float d_fc_weight[restrict 10][64],
                          float d_fc_bias[restrict 10])
{
    rt_matmul_tn(10, 64, n, 0, d_logits[0], 10, global_avg_pool[0], 64, d_fc_weight[0], 64);
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 10; c++) {
            d_fc_bias[c] += d_logits[b][c];
        }
    }
}

/* backward of stages.3.3.bn2: sums over the batch
 * networks/resnet.lua:16 */
static void bwd_stages_3_3_bn2_weight(int n, float batch_size,
                                      const float stages_3_3_conv2[restrict][7][7][64],
                                      const float stages_3_2_conv2[restrict][7][7][64],
                                      const float stages_3_1_conv2[restrict][7][7][64],
                                      const float stages_3_1_conv_skip[restrict][7][7][64],
                                      const float stages_3_3_bn2_sum_2[restrict 64],
                                      const float stages_3_3_bn2_rsqrt[restrict 64],
                                      const float stages_3_3_bn2_weight[restrict 64],
                                      const float stages_3_3_bn2_bias[restrict 64],
                                      const float stages_3_2_bn2_sum_2[restrict 64],
                                      const float stages_3_2_bn2_rsqrt[restrict 64],
                                      const float stages_3_2_bn2_weight[restrict 64],
                                      const float stages_3_2_bn2_bias[restrict 64],
                                      const float stages_3_1_bn2_sum_2[restrict 64],
                                      const float stages_3_1_bn2_rsqrt[restrict 64],
                                      const float stages_3_1_bn2_weight[restrict 64],
                                      const float stages_3_1_bn2_bias[restrict 64],
                                      const float stages_3_1_bn_skip_sum_2[restrict 64],
                                      const float stages_3_1_bn_skip_rsqrt[restrict 64],
                                      const float stages_3_1_bn_skip_weight[restrict 64],
                                      const float stages_3_1_bn_skip_bias[restrict 64],
                                      const float d_global_avg_pool[restrict][64],
                                      float d_stages_3_3_bn2_bias[restrict 64],
                                      float d_stages_3_3_bn2_weight[restrict 64])
{
    for (int b = 0; b < n; b++) {
        float d_stages_3_3_bn2_bias_tree[3][64];
        float d_stages_3_3_bn2_weight_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float d_stages_3_3_bn2_bias_part[64] = {0};
            float d_stages_3_3_bn2_weight_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&stages_3_3_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_2_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_1_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_1_conv_skip[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t = (stages_3_3_conv2[b][h][w][c] - stages_3_3_bn2_sum_2[c] / batch_size) *
                                    stages_3_3_bn2_rsqrt[c];
                    const float t2 = (stages_3_2_conv2[b][h][w][c] - stages_3_2_bn2_sum_2[c] / batch_size) *
                                     stages_3_2_bn2_rsqrt[c] * stages_3_2_bn2_weight[c];
                    const float t3 = (stages_3_1_conv2[b][h][w][c] - stages_3_1_bn2_sum_2[c] / batch_size) *
                                     stages_3_1_bn2_rsqrt[c] * stages_3_1_bn2_weight[c];
                    const float t4 = (stages_3_1_conv_skip[b][h][w][c] -
                                      stages_3_1_bn_skip_sum_2[c] / batch_size) * stages_3_1_bn_skip_rsqrt[c];
                    const float t5 = rt_relu(t3 + stages_3_1_bn2_bias[c] +
                                             (t4 * stages_3_1_bn_skip_weight[c] +
                                              stages_3_1_bn_skip_bias[c]));
                    const float t6 = t * stages_3_3_bn2_weight[c] + stages_3_3_bn2_bias[c] +
                                     rt_relu(t2 + stages_3_2_bn2_bias[c] + t5);
                    const float t7 = rt_where(rt_relu(t6) > 0.0f, d_global_avg_pool[b][c] / 49.0f, 0.0f);
                    d_stages_3_3_bn2_bias_part[c] += t7;
                    d_stages_3_3_bn2_weight_part[c] += t7 * t;
                }
            }
            rt_sums_put(h, 64, d_stages_3_3_bn2_bias_tree[0], d_stages_3_3_bn2_bias_part);
            rt_sums_put(h, 64, d_stages_3_3_bn2_weight_tree[0], d_stages_3_3_bn2_weight_part);
        }
        rt_sums_add(7, 64, d_stages_3_3_bn2_bias_tree[0], d_stages_3_3_bn2_bias);
        rt_sums_add(7, 64, d_stages_3_3_bn2_weight_tree[0], d_stages_3_3_bn2_weight);
    }
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_conv2d_grad_input_64x64x3x3(const float weight[restrict 64][64][3][3],
                                             float packed[restrict 147456])
{
    rt_winograd_grad_input_pack(conv_7x7x64_to_7x7x64_3x3_f4, weight[0][0][0], packed);
}

/* backward of stages.3.3.bn2
 * networks/resnet.lua:16 */
static void bwd_stages_3_3_conv2(int n, float batch_size, const float stages_3_3_conv2[restrict][7][7][64],
                                 const float stages_3_2_conv2[restrict][7][7][64],
                                 const float stages_3_1_conv2[restrict][7][7][64],
                                 const float stages_3_1_conv_skip[restrict][7][7][64],
                                 const float stages_3_3_bn2_sum_2[restrict 64],
                                 const float stages_3_3_bn2_rsqrt[restrict 64],
                                 const float stages_3_3_bn2_weight[restrict 64],
                                 const float stages_3_3_bn2_bias[restrict 64],
                                 const float stages_3_2_bn2_sum_2[restrict 64],
                                 const float stages_3_2_bn2_rsqrt[restrict 64],
                                 const float stages_3_2_bn2_weight[restrict 64],
                                 const float stages_3_2_bn2_bias[restrict 64],
                                 const float stages_3_1_bn2_sum_2[restrict 64],
                                 const float stages_3_1_bn2_rsqrt[restrict 64],
                                 const float stages_3_1_bn2_weight[restrict 64],
                                 const float stages_3_1_bn2_bias[restrict 64],
                                 const float stages_3_1_bn_skip_sum_2[restrict 64],
                                 const float stages_3_1_bn_skip_rsqrt[restrict 64],
                                 const float stages_3_1_bn_skip_weight[restrict 64],
                                 const float stages_3_1_bn_skip_bias[restrict 64],
                                 const float d_global_avg_pool[restrict][64],
                                 const float d_stages_3_3_bn2_bias[restrict 64],
                                 const float d_stages_3_3_bn2_weight[restrict 64],
                                 float d_stages_3_3_conv2[restrict][7][7][64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&stages_3_3_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_2_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_1_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_1_conv_skip[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = (stages_3_3_conv2[b][h][w][c] - stages_3_3_bn2_sum_2[c] / batch_size) *
                                     stages_3_3_bn2_rsqrt[c];
                    const float t3 = (stages_3_2_conv2[b][h][w][c] - stages_3_2_bn2_sum_2[c] / batch_size) *
                                     stages_3_2_bn2_rsqrt[c] * stages_3_2_bn2_weight[c];
                    const float t4 = (stages_3_1_conv2[b][h][w][c] - stages_3_1_bn2_sum_2[c] / batch_size) *
                                     stages_3_1_bn2_rsqrt[c] * stages_3_1_bn2_weight[c];
                    const float t5 = (stages_3_1_conv_skip[b][h][w][c] -
                                      stages_3_1_bn_skip_sum_2[c] / batch_size) * stages_3_1_bn_skip_rsqrt[c];
                    const float t6 = rt_relu(t4 + stages_3_1_bn2_bias[c] +
                                             (t5 * stages_3_1_bn_skip_weight[c] +
                                              stages_3_1_bn_skip_bias[c]));
                    const float t7 = t2 * stages_3_3_bn2_weight[c] + stages_3_3_bn2_bias[c] +
                                     rt_relu(t3 + stages_3_2_bn2_bias[c] + t6);
                    const float t8 = rt_where(rt_relu(t7) > 0.0f, d_global_avg_pool[b][c] / 49.0f, 0.0f) -
                                     (d_stages_3_3_bn2_bias[c] + t2 * d_stages_3_3_bn2_weight[c]) / t;
                    d_stages_3_3_conv2[b][h][w][c] = t8 *
                                                     (stages_3_3_bn2_rsqrt[c] * stages_3_3_bn2_weight[c]);
                }
            }
        }
    }
}

/* once more relu
 * networks/resnet.lua:14, 19
 * relu = relu((((conv2d - (batch_norm_sum / batch_size)) * batch_norm_rsqrt) * weight) + bias)
 * d_batch_norm = where(relu > 0, conv2d_grad_input(d_conv2d, weight), 0) */
static void bwd_relu_7x7x64(int n, float batch_size, const float d_conv2d[restrict][7][7][64],
                            const float packed[restrict 147456], const float conv2d[restrict][7][7][64],
                            const float batch_norm_sum[restrict 64],
                            const float batch_norm_rsqrt[restrict 64], const float weight[restrict 64],
                            const float bias[restrict 64], float *restrict scratch,
                            float d_batch_norm[restrict][7][7][64], float relu[restrict][7][7][64])
{
    run_conv2d_7x7x64_to_7x7x64_3x3_f4(n, d_conv2d[0][0][0], packed, d_batch_norm[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t = d_batch_norm[b][h][w][c];
                    const float t2 = (conv2d[b][h][w][c] - batch_norm_sum[c] / batch_size) *
                                     batch_norm_rsqrt[c] * weight[c] + bias[c];
                    const float t3 = rt_relu(t2);
                    relu[b][h][w][c] = t3;
                    d_batch_norm[b][h][w][c] = rt_where(t3 > 0.0f, t, 0.0f);
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_7x7x64_to_7x7x64_3x3_f4(int n, const float *restrict x,
                                                           const float *restrict dy, float *restrict out,
                                                           float *restrict scratch)
{
    rt_winograd_grad_weight(conv_7x7x64_to_7x7x64_3x3_f4, n, x, dy, out, scratch);
}

/* (null) = conv2d_grad_weight(relu, d_conv2d)
 * networks/resnet.lua:14 */
static void bwd_conv2d_weight_64x64x3x3(int n, const float relu[restrict][7][7][64],
                                        const float d_conv2d[restrict][7][7][64], float *restrict scratch,
                                        float sum[restrict 147456])
{
    run_conv2d_grad_weight_7x7x64_to_7x7x64_3x3_f4(n, relu[0][0][0], d_conv2d[0][0][0], sum, scratch);
}

/* d_batch_norm2 = sum(d_batch_norm)                                                    networks/resnet.lua:16
 * d_batch_norm3 = sum(d_batch_norm * ((conv2d - (batch_norm_sum / batch_size)) * batch_norm_rsqrt)) */
static void bwd_batch_norm_sums_7x7x64(int n, float batch_size, const float conv2d[restrict][7][7][64],
                                       const float d_batch_norm[restrict][7][7][64],
                                       const float batch_norm_sum[restrict 64],
                                       const float batch_norm_rsqrt[restrict 64],
                                       float d_batch_norm2[restrict 64], float d_batch_norm3[restrict 64])
{
    for (int b = 0; b < n; b++) {
        float d_batch_norm2_tree[3][64];
        float d_batch_norm3_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float d_batch_norm2_part[64] = {0};
            float d_batch_norm3_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&conv2d[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    d_batch_norm2_part[c] += d_batch_norm[b][h][w][c];
                    const float t = d_batch_norm[b][h][w][c] *
                                    ((conv2d[b][h][w][c] - batch_norm_sum[c] / batch_size) *
                                     batch_norm_rsqrt[c]);
                    d_batch_norm3_part[c] += t;
                }
            }
            rt_sums_put(h, 64, d_batch_norm2_tree[0], d_batch_norm2_part);
            rt_sums_put(h, 64, d_batch_norm3_tree[0], d_batch_norm3_part);
        }
        rt_sums_add(7, 64, d_batch_norm2_tree[0], d_batch_norm2);
        rt_sums_add(7, 64, d_batch_norm3_tree[0], d_batch_norm3);
    }
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_conv2d_grad_weight_64x64x3x3(const float sum[restrict 147456],
                                                float d_weight[restrict 64][64][3][3])
{
    rt_winograd_grad_weight_unpack(conv_7x7x64_to_7x7x64_3x3_f4, sum, d_weight[0][0][0]);
}

/* backward of batch_norm
 * networks/resnet.lua:16 */
static void bwd_conv2d_7x7x64(int n, float batch_size, const float d_batch_norm[restrict][7][7][64],
                              const float conv2d[restrict][7][7][64], const float d_batch_norm2[restrict 64],
                              const float batch_norm_sum[restrict 64],
                              const float batch_norm_rsqrt[restrict 64],
                              const float d_batch_norm3[restrict 64], const float weight[restrict 64],
                              float d_conv2d[restrict][7][7][64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&d_batch_norm[b][h][w][0], 64);
                rt_read_ahead(&conv2d[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = d_batch_norm2[c] +
                                     (conv2d[b][h][w][c] - batch_norm_sum[c] / batch_size) *
                                     batch_norm_rsqrt[c] * d_batch_norm3[c];
                    d_conv2d[b][h][w][c] = (d_batch_norm[b][h][w][c] - t2 / t) *
                                           (batch_norm_rsqrt[c] * weight[c]);
                }
            }
        }
    }
}

/* once more stages.3.2.bn2.relu; backward of stages.3.2.bn2.relu, stages.3.2.bn2
 * networks/resnet.lua:25, 16
 * d_stages_3_2_bn2_bias = sum(d_stages_3_2_bn2_add) */
static void bwd_stages_3_2_bn2_weight(int n, float batch_size,
                                      const float stages_3_2_conv2[restrict][7][7][64],
                                      const float stages_3_1_conv2[restrict][7][7][64],
                                      const float stages_3_1_conv_skip[restrict][7][7][64],
                                      const float stages_3_3_conv2[restrict][7][7][64],
                                      const float stages_3_2_bn2_sum_2[restrict 64],
                                      const float stages_3_2_bn2_rsqrt[restrict 64],
                                      const float stages_3_2_bn2_weight[restrict 64],
                                      const float stages_3_2_bn2_bias[restrict 64],
                                      const float stages_3_1_bn2_sum_2[restrict 64],
                                      const float stages_3_1_bn2_rsqrt[restrict 64],
                                      const float stages_3_1_bn2_weight[restrict 64],
                                      const float stages_3_1_bn2_bias[restrict 64],
                                      const float stages_3_1_bn_skip_sum_2[restrict 64],
                                      const float stages_3_1_bn_skip_rsqrt[restrict 64],
                                      const float stages_3_1_bn_skip_weight[restrict 64],
                                      const float stages_3_1_bn_skip_bias[restrict 64],
                                      const float stages_3_3_bn2_sum_2[restrict 64],
                                      const float stages_3_3_bn2_rsqrt[restrict 64],
                                      const float stages_3_3_bn2_weight[restrict 64],
                                      const float stages_3_3_bn2_bias[restrict 64],
                                      const float d_global_avg_pool[restrict][64],
                                      const float d_stages_3_3_conv1_input[restrict][7][7][64],
                                      float stages_3_2_bn2_relu_again[restrict][7][7][64],
                                      float d_stages_3_2_bn2_add[restrict][7][7][64],
                                      float d_stages_3_2_bn2_bias[restrict 64],
                                      float d_stages_3_2_bn2_weight[restrict 64])
{
    for (int b = 0; b < n; b++) {
        float d_stages_3_2_bn2_bias_tree[3][64];
        float d_stages_3_2_bn2_weight_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float d_stages_3_2_bn2_bias_part[64] = {0};
            float d_stages_3_2_bn2_weight_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&stages_3_2_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_1_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_1_conv_skip[b][h][w][0], 64);
                rt_read_ahead(&stages_3_3_conv2[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t = (stages_3_2_conv2[b][h][w][c] - stages_3_2_bn2_sum_2[c] / batch_size) *
                                    stages_3_2_bn2_rsqrt[c];
                    const float t2 = (stages_3_1_conv2[b][h][w][c] - stages_3_1_bn2_sum_2[c] / batch_size) *
                                     stages_3_1_bn2_rsqrt[c] * stages_3_1_bn2_weight[c];
                    const float t3 = (stages_3_1_conv_skip[b][h][w][c] -
                                      stages_3_1_bn_skip_sum_2[c] / batch_size) * stages_3_1_bn_skip_rsqrt[c];
                    const float t4 = rt_relu(t2 + stages_3_1_bn2_bias[c] +
                                             (t3 * stages_3_1_bn_skip_weight[c] +
                                              stages_3_1_bn_skip_bias[c]));
                    const float t5 = rt_relu(t * stages_3_2_bn2_weight[c] + stages_3_2_bn2_bias[c] + t4);
                    stages_3_2_bn2_relu_again[b][h][w][c] = t5;
                    const float t6 = (stages_3_3_conv2[b][h][w][c] - stages_3_3_bn2_sum_2[c] / batch_size) *
                                     stages_3_3_bn2_rsqrt[c] * stages_3_3_bn2_weight[c];
                    const float t7 = rt_where(rt_relu(t6 + stages_3_3_bn2_bias[c] + t5) > 0.0f,
                                              d_global_avg_pool[b][c] / 49.0f, 0.0f);
                    const float t8 = rt_where(t5 > 0.0f, t7 + d_stages_3_3_conv1_input[b][h][w][c], 0.0f);
                    d_stages_3_2_bn2_add[b][h][w][c] = t8;
                    d_stages_3_2_bn2_bias_part[c] += t8;
                    d_stages_3_2_bn2_weight_part[c] += t8 * t;
                }
            }
            rt_sums_put(h, 64, d_stages_3_2_bn2_bias_tree[0], d_stages_3_2_bn2_bias_part);
            rt_sums_put(h, 64, d_stages_3_2_bn2_weight_tree[0], d_stages_3_2_bn2_weight_part);
        }
        rt_sums_add(7, 64, d_stages_3_2_bn2_bias_tree[0], d_stages_3_2_bn2_bias);
        rt_sums_add(7, 64, d_stages_3_2_bn2_weight_tree[0], d_stages_3_2_bn2_weight);
    }
}

/* once more stages.3.1.bn2.relu; backward of stages.3.1.bn2.relu, stages.3.1.bn_skip, stages.3.1.bn2
 * networks/resnet.lua:25, 16
 * d_stages_3_1_bn2_bias = sum(d_stages_3_1_bn2_add) */
static void bwd_stages_3_1_bn2_weight(int n, float batch_size,
                                      const float stages_3_1_conv2[restrict][7][7][64],
                                      const float stages_3_1_conv_skip[restrict][7][7][64],
                                      const float d_stages_3_2_bn2_add[restrict][7][7][64],
                                      const float stages_3_1_bn2_sum_2[restrict 64],
                                      const float stages_3_1_bn2_rsqrt[restrict 64],
                                      const float stages_3_1_bn2_weight[restrict 64],
                                      const float stages_3_1_bn2_bias[restrict 64],
                                      const float stages_3_1_bn_skip_sum_2[restrict 64],
                                      const float stages_3_1_bn_skip_rsqrt[restrict 64],
                                      const float stages_3_1_bn_skip_weight[restrict 64],
                                      const float stages_3_1_bn_skip_bias[restrict 64],
                                      const float d_stages_3_2_conv1_input[restrict][7][7][64],
                                      float stages_3_1_bn2_relu_again[restrict][7][7][64],
                                      float d_stages_3_1_bn2_add[restrict][7][7][64],
                                      float d_stages_3_1_bn2_bias[restrict 64],
                                      float d_stages_3_1_bn_skip_weight[restrict 64],
                                      float d_stages_3_1_bn2_weight[restrict 64])
{
    for (int b = 0; b < n; b++) {
        float d_stages_3_1_bn2_bias_tree[3][64];
        float d_stages_3_1_bn_skip_weight_tree[3][64];
        float d_stages_3_1_bn2_weight_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float d_stages_3_1_bn2_bias_part[64] = {0};
            float d_stages_3_1_bn_skip_weight_part[64] = {0};
            float d_stages_3_1_bn2_weight_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&stages_3_1_conv2[b][h][w][0], 64);
                rt_read_ahead(&stages_3_1_conv_skip[b][h][w][0], 64);
                rt_read_ahead(&d_stages_3_2_bn2_add[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t = (stages_3_1_conv2[b][h][w][c] - stages_3_1_bn2_sum_2[c] / batch_size) *
                                    stages_3_1_bn2_rsqrt[c];
                    const float t2 = (stages_3_1_conv_skip[b][h][w][c] -
                                      stages_3_1_bn_skip_sum_2[c] / batch_size) * stages_3_1_bn_skip_rsqrt[c];
                    const float t3 = t * stages_3_1_bn2_weight[c] + stages_3_1_bn2_bias[c] +
                                     (t2 * stages_3_1_bn_skip_weight[c] + stages_3_1_bn_skip_bias[c]);
                    const float t4 = rt_relu(t3);
                    stages_3_1_bn2_relu_again[b][h][w][c] = t4;
                    const float t5 = rt_where(t4 > 0.0f,
                                              d_stages_3_2_bn2_add[b][h][w][c] +
                                              d_stages_3_2_conv1_input[b][h][w][c], 0.0f);
                    d_stages_3_1_bn2_add[b][h][w][c] = t5;
                    d_stages_3_1_bn2_bias_part[c] += t5;
                    d_stages_3_1_bn_skip_weight_part[c] += t5 * t2;
                    d_stages_3_1_bn2_weight_part[c] += t5 * t;
                }
            }
            rt_sums_put(h, 64, d_stages_3_1_bn2_bias_tree[0], d_stages_3_1_bn2_bias_part);
            rt_sums_put(h, 64, d_stages_3_1_bn_skip_weight_tree[0], d_stages_3_1_bn_skip_weight_part);
            rt_sums_put(h, 64, d_stages_3_1_bn2_weight_tree[0], d_stages_3_1_bn2_weight_part);
        }
        rt_sums_add(7, 64, d_stages_3_1_bn2_bias_tree[0], d_stages_3_1_bn2_bias);
        rt_sums_add(7, 64, d_stages_3_1_bn_skip_weight_tree[0], d_stages_3_1_bn_skip_weight);
        rt_sums_add(7, 64, d_stages_3_1_bn2_weight_tree[0], d_stages_3_1_bn2_weight);
    }
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_stages_3_1_conv_skip_weight_back(
        const float stages_3_1_conv_skip_weight[restrict 64][32][1][1],
        float stages_3_1_conv_skip_weight_back_packed[restrict 2048])
{
    rt_conv2d_grad_input_pack(conv_14x14x32_to_7x7x64_1x1_stride2, stages_3_1_conv_skip_weight[0][0][0],
                              stages_3_1_conv_skip_weight_back_packed);
}

/* backward of stages.3.1.bn_skip, stages.3.1.bn2
 * networks/resnet.lua:16 */
static void bwd_stages_3_1_conv2(int n, float batch_size,
                                 const float d_stages_3_1_bn2_add[restrict][7][7][64],
                                 const float stages_3_1_conv_skip[restrict][7][7][64],
                                 const float stages_3_1_conv2[restrict][7][7][64],
                                 const float d_stages_3_1_bn2_bias[restrict 64],
                                 const float stages_3_1_bn_skip_sum_2[restrict 64],
                                 const float stages_3_1_bn_skip_rsqrt[restrict 64],
                                 const float d_stages_3_1_bn_skip_weight[restrict 64],
                                 const float stages_3_1_bn_skip_weight[restrict 64],
                                 const float stages_3_1_bn2_sum_2[restrict 64],
                                 const float stages_3_1_bn2_rsqrt[restrict 64],
                                 const float d_stages_3_1_bn2_weight[restrict 64],
                                 const float stages_3_1_bn2_weight[restrict 64],
                                 float d_stages_3_1_conv_skip[restrict][7][7][64],
                                 float d_stages_3_1_conv2[restrict][7][7][64])
{
    const float t = 49.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                rt_read_ahead(&d_stages_3_1_bn2_add[b][h][w][0], 64);
                rt_read_ahead(&stages_3_1_conv_skip[b][h][w][0], 64);
                rt_read_ahead(&stages_3_1_conv2[b][h][w][0], 64);
                for (int c = 0; c < 64; c++) {
                    const float t2 = (stages_3_1_conv_skip[b][h][w][c] -
                                      stages_3_1_bn_skip_sum_2[c] / batch_size) * stages_3_1_bn_skip_rsqrt[c];
                    const float t3 = d_stages_3_1_bn2_add[b][h][w][c] -
                                     (d_stages_3_1_bn2_bias[c] + t2 * d_stages_3_1_bn_skip_weight[c]) / t;
                    d_stages_3_1_conv_skip[b][h][w][c] = t3 *
                                                         (stages_3_1_bn_skip_rsqrt[c] *
                                                          stages_3_1_bn_skip_weight[c]);
                    const float t4 = (stages_3_1_conv2[b][h][w][c] - stages_3_1_bn2_sum_2[c] / batch_size) *
                                     stages_3_1_bn2_rsqrt[c] * d_stages_3_1_bn2_weight[c];
                    d_stages_3_1_conv2[b][h][w][c] = (d_stages_3_1_bn2_add[b][h][w][c] -
                                                      (d_stages_3_1_bn2_bias[c] + t4) / t) *
                                                     (stages_3_1_bn2_rsqrt[c] * stages_3_1_bn2_weight[c]);
                }
            }
        }
    }
}

static void run_conv2d_grad_input_14x14x32_to_7x7x64_1x1_stride2(int n, const float *restrict x,
                                                                 const float *restrict packed,
                                                                 float *restrict out, float *restrict scratch)
{
    rt_conv2d_grad_input(conv_14x14x32_to_7x7x64_1x1_stride2, n, x, packed, out, scratch);
}

/* backward of stages.3.1.conv_skip                                                     networks/resnet.lua:14
 * d_stages_3_1_conv_skip_input = conv2d_grad_input(d_stages_3_1_conv_skip, stages_3_1_conv_skip_weight) */
static void bwd_stages_3_1_conv_skip_input(int n, const float d_stages_3_1_conv_skip[restrict][7][7][64],
                                           const float stages_3_1_conv_skip_weight_back_packed[restrict 2048],
                                           float *restrict scratch,
                                           float d_stages_3_1_conv_skip_input[restrict][14][14][32])
{
    run_conv2d_grad_input_14x14x32_to_7x7x64_1x1_stride2(n, d_stages_3_1_conv_skip[0][0][0],
                                                         stages_3_1_conv_skip_weight_back_packed,
                                                         d_stages_3_1_conv_skip_input[0][0][0], scratch);
}

static void run_conv2d_grad_weight_14x14x32_to_7x7x64_1x1_stride2(int n, const float *restrict x,
                                                                  const float *restrict dy,
                                                                  float *restrict out,
                                                                  float *restrict scratch)
{
    rt_conv2d_grad_weight(conv_14x14x32_to_7x7x64_1x1_stride2, n, x, dy, out, scratch);
}

/* backward of stages.3.1.conv_skip                                                     networks/resnet.lua:14
 * d_stages_3_1_conv_skip_weight = conv2d_grad_weight(stages_2_3_bn2_relu, d_stages_3_1_conv_skip) */
static void bwd_stages_3_1_conv_skip_weight(int n, const float stages_2_3_bn2_relu[restrict][14][14][32],
                                            const float d_stages_3_1_conv_skip[restrict][7][7][64],
                                            float *restrict scratch,
                                            float d_stages_3_1_conv_skip_weight_sum[restrict 2048])
{
    run_conv2d_grad_weight_14x14x32_to_7x7x64_1x1_stride2(n, stages_2_3_bn2_relu[0][0][0],
                                                          d_stages_3_1_conv_skip[0][0][0],
                                                          d_stages_3_1_conv_skip_weight_sum, scratch);
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_stages_3_1_conv1_weight_back(const float stages_3_1_conv1_weight[restrict 64][32][3][3],
                                              float stages_3_1_conv1_weight_back_packed[restrict 18432])
{
    rt_conv2d_grad_input_pack(conv_14x14x32_to_7x7x64_3x3_stride2, stages_3_1_conv1_weight[0][0][0],
                              stages_3_1_conv1_weight_back_packed);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_stages_3_1_conv_skip_weight(const float d_stages_3_1_conv_skip_weight_sum[restrict 2048],
                                                 float d_stages_3_1_conv_skip_weight[restrict 64][32][1][1])
{
    rt_conv2d_grad_weight_unpack(conv_14x14x32_to_7x7x64_1x1_stride2, d_stages_3_1_conv_skip_weight_sum,
                                 d_stages_3_1_conv_skip_weight[0][0][0]);
}

static void run_conv2d_grad_input_14x14x32_to_7x7x64_3x3_stride2(int n, const float *restrict x,
                                                                 const float *restrict packed,
                                                                 float *restrict out, float *restrict scratch)
{
    rt_conv2d_grad_input(conv_14x14x32_to_7x7x64_3x3_stride2, n, x, packed, out, scratch);
}

/* backward of stages.2.3.bn2.relu
 * networks/resnet.lua:14, 25 */
static void bwd_stages_2_3_bn2_add(int n, const float d_stages_3_1_conv1[restrict][7][7][64],
                                   const float stages_3_1_conv1_weight_back_packed[restrict 18432],
                                   const float stages_2_3_bn2_relu[restrict][14][14][32],
                                   const float d_stages_3_1_conv_skip_input[restrict][14][14][32],
                                   float *restrict scratch, float d_stages_2_3_bn2_add[restrict][14][14][32])
{
    run_conv2d_grad_input_14x14x32_to_7x7x64_3x3_stride2(n, d_stages_3_1_conv1[0][0][0],
                                                         stages_3_1_conv1_weight_back_packed,
                                                         d_stages_2_3_bn2_add[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&stages_2_3_bn2_relu[b][h][w][0], 32);
                rt_read_ahead(&d_stages_3_1_conv_skip_input[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    d_stages_2_3_bn2_add[b][h][w][c] = rt_where(stages_2_3_bn2_relu[b][h][w][c] > 0.0f,
                                                                d_stages_3_1_conv_skip_input[b][h][w][c] +
                                                                d_stages_2_3_bn2_add[b][h][w][c], 0.0f);
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_14x14x32_to_7x7x64_3x3_stride2(int n, const float *restrict x,
                                                                  const float *restrict dy,
                                                                  float *restrict out,
                                                                  float *restrict scratch)
{
    rt_conv2d_grad_weight(conv_14x14x32_to_7x7x64_3x3_stride2, n, x, dy, out, scratch);
}

/* backward of stages.3.1.conv1                                                         networks/resnet.lua:14
 * d_stages_3_1_conv1_weight = conv2d_grad_weight(stages_2_3_bn2_relu, d_stages_3_1_conv1) */
static void bwd_stages_3_1_conv1_weight(int n, const float stages_2_3_bn2_relu[restrict][14][14][32],
                                        const float d_stages_3_1_conv1[restrict][7][7][64],
                                        float *restrict scratch,
                                        float d_stages_3_1_conv1_weight_sum[restrict 18432])
{
    run_conv2d_grad_weight_14x14x32_to_7x7x64_3x3_stride2(n, stages_2_3_bn2_relu[0][0][0],
                                                          d_stages_3_1_conv1[0][0][0],
                                                          d_stages_3_1_conv1_weight_sum, scratch);
}

/* d_batch_norm = sum(d_add)                                                            networks/resnet.lua:16
 * d_batch_norm2 = sum(d_add * ((conv2d - (batch_norm_sum / batch_size)) * batch_norm_rsqrt)) */
static void bwd_batch_norm_sums_14x14x32(int n, float batch_size, const float conv2d[restrict][14][14][32],
                                         const float d_add[restrict][14][14][32],
                                         const float batch_norm_sum[restrict 32],
                                         const float batch_norm_rsqrt[restrict 32],
                                         float d_batch_norm[restrict 32], float d_batch_norm2[restrict 32])
{
    for (int b = 0; b < n; b++) {
        float d_batch_norm_tree[4][32];
        float d_batch_norm2_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float d_batch_norm_part[32] = {0};
            float d_batch_norm2_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&conv2d[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    d_batch_norm_part[c] += d_add[b][h][w][c];
                    const float t = d_add[b][h][w][c] *
                                    ((conv2d[b][h][w][c] - batch_norm_sum[c] / batch_size) *
                                     batch_norm_rsqrt[c]);
                    d_batch_norm2_part[c] += t;
                }
            }
            rt_sums_put(h, 32, d_batch_norm_tree[0], d_batch_norm_part);
            rt_sums_put(h, 32, d_batch_norm2_tree[0], d_batch_norm2_part);
        }
        rt_sums_add(14, 32, d_batch_norm_tree[0], d_batch_norm);
        rt_sums_add(14, 32, d_batch_norm2_tree[0], d_batch_norm2);
    }
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_conv2d_grad_input_32x32x3x3(const float weight[restrict 32][32][3][3],
                                             float packed[restrict 36864])
{
    rt_winograd_grad_input_pack(conv_14x14x32_to_14x14x32_3x3_f4, weight[0][0][0], packed);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_stages_3_1_conv1_weight(const float d_stages_3_1_conv1_weight_sum[restrict 18432],
                                             float d_stages_3_1_conv1_weight[restrict 64][32][3][3])
{
    rt_conv2d_grad_weight_unpack(conv_14x14x32_to_7x7x64_3x3_stride2, d_stages_3_1_conv1_weight_sum,
                                 d_stages_3_1_conv1_weight[0][0][0]);
}

/* backward of batch_norm
 * networks/resnet.lua:16 */
static void bwd_conv2d_14x14x32(int n, float batch_size, const float d_add[restrict][14][14][32],
                                const float conv2d[restrict][14][14][32],
                                const float d_batch_norm[restrict 32],
                                const float batch_norm_sum[restrict 32],
                                const float batch_norm_rsqrt[restrict 32],
                                const float d_batch_norm2[restrict 32], const float weight[restrict 32],
                                float d_conv2d[restrict][14][14][32])
{
    const float t = 196.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&d_add[b][h][w][0], 32);
                rt_read_ahead(&conv2d[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t2 = d_batch_norm[c] +
                                     (conv2d[b][h][w][c] - batch_norm_sum[c] / batch_size) *
                                     batch_norm_rsqrt[c] * d_batch_norm2[c];
                    d_conv2d[b][h][w][c] = (d_add[b][h][w][c] - t2 / t) * (batch_norm_rsqrt[c] * weight[c]);
                }
            }
        }
    }
}

/* once more relu
 * networks/resnet.lua:14, 19
 * relu = relu((((conv2d - (batch_norm_sum / batch_size)) * batch_norm_rsqrt) * weight) + bias)
 * d_batch_norm = where(relu > 0, conv2d_grad_input(d_conv2d, weight), 0) */
static void bwd_relu_14x14x32(int n, float batch_size, const float d_conv2d[restrict][14][14][32],
                              const float packed[restrict 36864], const float conv2d[restrict][14][14][32],
                              const float batch_norm_sum[restrict 32],
                              const float batch_norm_rsqrt[restrict 32], const float weight[restrict 32],
                              const float bias[restrict 32], float *restrict scratch,
                              float d_batch_norm[restrict][14][14][32], float relu[restrict][14][14][32])
{
    run_conv2d_14x14x32_to_14x14x32_3x3_f4(n, d_conv2d[0][0][0], packed, d_batch_norm[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&conv2d[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t = d_batch_norm[b][h][w][c];
                    const float t2 = (conv2d[b][h][w][c] - batch_norm_sum[c] / batch_size) *
                                     batch_norm_rsqrt[c] * weight[c] + bias[c];
                    const float t3 = rt_relu(t2);
                    relu[b][h][w][c] = t3;
                    d_batch_norm[b][h][w][c] = rt_where(t3 > 0.0f, t, 0.0f);
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

/* (null) = conv2d_grad_weight(relu, d_conv2d)
 * networks/resnet.lua:14 */
static void bwd_conv2d_weight_32x32x3x3(int n, const float relu[restrict][14][14][32],
                                        const float d_conv2d[restrict][14][14][32], float *restrict scratch,
                                        float sum[restrict 36864])
{
    run_conv2d_grad_weight_14x14x32_to_14x14x32_3x3_f4(n, relu[0][0][0], d_conv2d[0][0][0], sum, scratch);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_conv2d_grad_weight_32x32x3x3(const float sum[restrict 36864],
                                                float d_weight[restrict 32][32][3][3])
{
    rt_winograd_grad_weight_unpack(conv_14x14x32_to_14x14x32_3x3_f4, sum, d_weight[0][0][0]);
}

/* once more stages.2.2.bn2.relu; backward of stages.2.2.bn2.relu, stages.2.2.bn2
 * networks/resnet.lua:25, 16
 * d_stages_2_2_bn2_bias = sum(d_stages_2_2_bn2_add) */
static void bwd_stages_2_2_bn2_weight(int n, float batch_size,
                                      const float stages_2_2_conv2[restrict][14][14][32],
                                      const float stages_2_1_conv2[restrict][14][14][32],
                                      const float stages_2_1_conv_skip[restrict][14][14][32],
                                      const float d_stages_2_3_bn2_add[restrict][14][14][32],
                                      const float stages_2_2_bn2_sum_2[restrict 32],
                                      const float stages_2_2_bn2_rsqrt[restrict 32],
                                      const float stages_2_2_bn2_weight[restrict 32],
                                      const float stages_2_2_bn2_bias[restrict 32],
                                      const float stages_2_1_bn2_sum_2[restrict 32],
                                      const float stages_2_1_bn2_rsqrt[restrict 32],
                                      const float stages_2_1_bn2_weight[restrict 32],
                                      const float stages_2_1_bn2_bias[restrict 32],
                                      const float stages_2_1_bn_skip_sum_2[restrict 32],
                                      const float stages_2_1_bn_skip_rsqrt[restrict 32],
                                      const float stages_2_1_bn_skip_weight[restrict 32],
                                      const float stages_2_1_bn_skip_bias[restrict 32],
                                      const float d_stages_2_3_conv1_input[restrict][14][14][32],
                                      float stages_2_2_bn2_relu_again[restrict][14][14][32],
                                      float d_stages_2_2_bn2_add[restrict][14][14][32],
                                      float d_stages_2_2_bn2_bias[restrict 32],
                                      float d_stages_2_2_bn2_weight[restrict 32])
{
    for (int b = 0; b < n; b++) {
        float d_stages_2_2_bn2_bias_tree[4][32];
        float d_stages_2_2_bn2_weight_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float d_stages_2_2_bn2_bias_part[32] = {0};
            float d_stages_2_2_bn2_weight_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&stages_2_2_conv2[b][h][w][0], 32);
                rt_read_ahead(&stages_2_1_conv2[b][h][w][0], 32);
                rt_read_ahead(&stages_2_1_conv_skip[b][h][w][0], 32);
                rt_read_ahead(&d_stages_2_3_bn2_add[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t = (stages_2_2_conv2[b][h][w][c] - stages_2_2_bn2_sum_2[c] / batch_size) *
                                    stages_2_2_bn2_rsqrt[c];
                    const float t2 = (stages_2_1_conv2[b][h][w][c] - stages_2_1_bn2_sum_2[c] / batch_size) *
                                     stages_2_1_bn2_rsqrt[c] * stages_2_1_bn2_weight[c];
                    const float t3 = (stages_2_1_conv_skip[b][h][w][c] -
                                      stages_2_1_bn_skip_sum_2[c] / batch_size) * stages_2_1_bn_skip_rsqrt[c];
                    const float t4 = rt_relu(t2 + stages_2_1_bn2_bias[c] +
                                             (t3 * stages_2_1_bn_skip_weight[c] +
                                              stages_2_1_bn_skip_bias[c]));
                    const float t5 = rt_relu(t * stages_2_2_bn2_weight[c] + stages_2_2_bn2_bias[c] + t4);
                    stages_2_2_bn2_relu_again[b][h][w][c] = t5;
                    const float t6 = rt_where(t5 > 0.0f,
                                              d_stages_2_3_bn2_add[b][h][w][c] +
                                              d_stages_2_3_conv1_input[b][h][w][c], 0.0f);
                    d_stages_2_2_bn2_add[b][h][w][c] = t6;
                    d_stages_2_2_bn2_bias_part[c] += t6;
                    d_stages_2_2_bn2_weight_part[c] += t6 * t;
                }
            }
            rt_sums_put(h, 32, d_stages_2_2_bn2_bias_tree[0], d_stages_2_2_bn2_bias_part);
            rt_sums_put(h, 32, d_stages_2_2_bn2_weight_tree[0], d_stages_2_2_bn2_weight_part);
        }
        rt_sums_add(14, 32, d_stages_2_2_bn2_bias_tree[0], d_stages_2_2_bn2_bias);
        rt_sums_add(14, 32, d_stages_2_2_bn2_weight_tree[0], d_stages_2_2_bn2_weight);
    }
}

/* once more stages.2.1.bn2.relu; backward of stages.2.1.bn2.relu, stages.2.1.bn_skip, stages.2.1.bn2
 * networks/resnet.lua:25, 16
 * d_stages_2_1_bn2_bias = sum(d_stages_2_1_bn2_add) */
static void bwd_stages_2_1_bn2_weight(int n, float batch_size,
                                      const float stages_2_1_conv2[restrict][14][14][32],
                                      const float stages_2_1_conv_skip[restrict][14][14][32],
                                      const float d_stages_2_2_bn2_add[restrict][14][14][32],
                                      const float stages_2_1_bn2_sum_2[restrict 32],
                                      const float stages_2_1_bn2_rsqrt[restrict 32],
                                      const float stages_2_1_bn2_weight[restrict 32],
                                      const float stages_2_1_bn2_bias[restrict 32],
                                      const float stages_2_1_bn_skip_sum_2[restrict 32],
                                      const float stages_2_1_bn_skip_rsqrt[restrict 32],
                                      const float stages_2_1_bn_skip_weight[restrict 32],
                                      const float stages_2_1_bn_skip_bias[restrict 32],
                                      const float d_stages_2_2_conv1_input[restrict][14][14][32],
                                      float stages_2_1_bn2_relu_again[restrict][14][14][32],
                                      float d_stages_2_1_bn2_add[restrict][14][14][32],
                                      float d_stages_2_1_bn2_bias[restrict 32],
                                      float d_stages_2_1_bn_skip_weight[restrict 32],
                                      float d_stages_2_1_bn2_weight[restrict 32])
{
    for (int b = 0; b < n; b++) {
        float d_stages_2_1_bn2_bias_tree[4][32];
        float d_stages_2_1_bn_skip_weight_tree[4][32];
        float d_stages_2_1_bn2_weight_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float d_stages_2_1_bn2_bias_part[32] = {0};
            float d_stages_2_1_bn_skip_weight_part[32] = {0};
            float d_stages_2_1_bn2_weight_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&stages_2_1_conv2[b][h][w][0], 32);
                rt_read_ahead(&stages_2_1_conv_skip[b][h][w][0], 32);
                rt_read_ahead(&d_stages_2_2_bn2_add[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t = (stages_2_1_conv2[b][h][w][c] - stages_2_1_bn2_sum_2[c] / batch_size) *
                                    stages_2_1_bn2_rsqrt[c];
                    const float t2 = (stages_2_1_conv_skip[b][h][w][c] -
                                      stages_2_1_bn_skip_sum_2[c] / batch_size) * stages_2_1_bn_skip_rsqrt[c];
                    const float t3 = t * stages_2_1_bn2_weight[c] + stages_2_1_bn2_bias[c] +
                                     (t2 * stages_2_1_bn_skip_weight[c] + stages_2_1_bn_skip_bias[c]);
                    const float t4 = rt_relu(t3);
                    stages_2_1_bn2_relu_again[b][h][w][c] = t4;
                    const float t5 = rt_where(t4 > 0.0f,
                                              d_stages_2_2_bn2_add[b][h][w][c] +
                                              d_stages_2_2_conv1_input[b][h][w][c], 0.0f);
                    d_stages_2_1_bn2_add[b][h][w][c] = t5;
                    d_stages_2_1_bn2_bias_part[c] += t5;
                    d_stages_2_1_bn_skip_weight_part[c] += t5 * t2;
                    d_stages_2_1_bn2_weight_part[c] += t5 * t;
                }
            }
            rt_sums_put(h, 32, d_stages_2_1_bn2_bias_tree[0], d_stages_2_1_bn2_bias_part);
            rt_sums_put(h, 32, d_stages_2_1_bn_skip_weight_tree[0], d_stages_2_1_bn_skip_weight_part);
            rt_sums_put(h, 32, d_stages_2_1_bn2_weight_tree[0], d_stages_2_1_bn2_weight_part);
        }
        rt_sums_add(14, 32, d_stages_2_1_bn2_bias_tree[0], d_stages_2_1_bn2_bias);
        rt_sums_add(14, 32, d_stages_2_1_bn_skip_weight_tree[0], d_stages_2_1_bn_skip_weight);
        rt_sums_add(14, 32, d_stages_2_1_bn2_weight_tree[0], d_stages_2_1_bn2_weight);
    }
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_stages_2_1_conv_skip_weight_back(
        const float stages_2_1_conv_skip_weight[restrict 32][16][1][1],
        float stages_2_1_conv_skip_weight_back_packed[restrict 1024])
{
    rt_conv2d_grad_input_pack(conv_28x28x16_to_14x14x32_1x1_stride2, stages_2_1_conv_skip_weight[0][0][0],
                              stages_2_1_conv_skip_weight_back_packed);
}

/* backward of stages.2.1.bn_skip, stages.2.1.bn2
 * networks/resnet.lua:16 */
static void bwd_stages_2_1_conv2(int n, float batch_size,
                                 const float d_stages_2_1_bn2_add[restrict][14][14][32],
                                 const float stages_2_1_conv_skip[restrict][14][14][32],
                                 const float stages_2_1_conv2[restrict][14][14][32],
                                 const float d_stages_2_1_bn2_bias[restrict 32],
                                 const float stages_2_1_bn_skip_sum_2[restrict 32],
                                 const float stages_2_1_bn_skip_rsqrt[restrict 32],
                                 const float d_stages_2_1_bn_skip_weight[restrict 32],
                                 const float stages_2_1_bn_skip_weight[restrict 32],
                                 const float stages_2_1_bn2_sum_2[restrict 32],
                                 const float stages_2_1_bn2_rsqrt[restrict 32],
                                 const float d_stages_2_1_bn2_weight[restrict 32],
                                 const float stages_2_1_bn2_weight[restrict 32],
                                 float d_stages_2_1_conv_skip[restrict][14][14][32],
                                 float d_stages_2_1_conv2[restrict][14][14][32])
{
    const float t = 196.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                rt_read_ahead(&d_stages_2_1_bn2_add[b][h][w][0], 32);
                rt_read_ahead(&stages_2_1_conv_skip[b][h][w][0], 32);
                rt_read_ahead(&stages_2_1_conv2[b][h][w][0], 32);
                for (int c = 0; c < 32; c++) {
                    const float t2 = (stages_2_1_conv_skip[b][h][w][c] -
                                      stages_2_1_bn_skip_sum_2[c] / batch_size) * stages_2_1_bn_skip_rsqrt[c];
                    const float t3 = d_stages_2_1_bn2_add[b][h][w][c] -
                                     (d_stages_2_1_bn2_bias[c] + t2 * d_stages_2_1_bn_skip_weight[c]) / t;
                    d_stages_2_1_conv_skip[b][h][w][c] = t3 *
                                                         (stages_2_1_bn_skip_rsqrt[c] *
                                                          stages_2_1_bn_skip_weight[c]);
                    const float t4 = (stages_2_1_conv2[b][h][w][c] - stages_2_1_bn2_sum_2[c] / batch_size) *
                                     stages_2_1_bn2_rsqrt[c] * d_stages_2_1_bn2_weight[c];
                    d_stages_2_1_conv2[b][h][w][c] = (d_stages_2_1_bn2_add[b][h][w][c] -
                                                      (d_stages_2_1_bn2_bias[c] + t4) / t) *
                                                     (stages_2_1_bn2_rsqrt[c] * stages_2_1_bn2_weight[c]);
                }
            }
        }
    }
}

static void run_conv2d_grad_input_28x28x16_to_14x14x32_1x1_stride2(int n, const float *restrict x,
                                                                   const float *restrict packed,
                                                                   float *restrict out,
                                                                   float *restrict scratch)
{
    rt_conv2d_grad_input(conv_28x28x16_to_14x14x32_1x1_stride2, n, x, packed, out, scratch);
}

/* backward of stages.2.1.conv_skip                                                     networks/resnet.lua:14
 * d_stages_2_1_conv_skip_input = conv2d_grad_input(d_stages_2_1_conv_skip, stages_2_1_conv_skip_weight) */
static void bwd_stages_2_1_conv_skip_input(int n, const float d_stages_2_1_conv_skip[restrict][14][14][32],
                                           const float stages_2_1_conv_skip_weight_back_packed[restrict 1024],
                                           float *restrict scratch,
                                           float d_stages_2_1_conv_skip_input[restrict][28][28][16])
{
    run_conv2d_grad_input_28x28x16_to_14x14x32_1x1_stride2(n, d_stages_2_1_conv_skip[0][0][0],
                                                           stages_2_1_conv_skip_weight_back_packed,
                                                           d_stages_2_1_conv_skip_input[0][0][0], scratch);
}

static void run_conv2d_grad_weight_28x28x16_to_14x14x32_1x1_stride2(int n, const float *restrict x,
                                                                    const float *restrict dy,
                                                                    float *restrict out,
                                                                    float *restrict scratch)
{
    rt_conv2d_grad_weight(conv_28x28x16_to_14x14x32_1x1_stride2, n, x, dy, out, scratch);
}

/* backward of stages.2.1.conv_skip                                                     networks/resnet.lua:14
 * d_stages_2_1_conv_skip_weight = conv2d_grad_weight(stages_1_3_bn2_relu, d_stages_2_1_conv_skip) */
static void bwd_stages_2_1_conv_skip_weight(int n, const float stages_1_3_bn2_relu[restrict][28][28][16],
                                            const float d_stages_2_1_conv_skip[restrict][14][14][32],
                                            float *restrict scratch,
                                            float d_stages_2_1_conv_skip_weight_sum[restrict 512])
{
    run_conv2d_grad_weight_28x28x16_to_14x14x32_1x1_stride2(n, stages_1_3_bn2_relu[0][0][0],
                                                            d_stages_2_1_conv_skip[0][0][0],
                                                            d_stages_2_1_conv_skip_weight_sum, scratch);
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_stages_2_1_conv1_weight_back(const float stages_2_1_conv1_weight[restrict 32][16][3][3],
                                              float stages_2_1_conv1_weight_back_packed[restrict 9216])
{
    rt_conv2d_grad_input_pack(conv_28x28x16_to_14x14x32_3x3_stride2, stages_2_1_conv1_weight[0][0][0],
                              stages_2_1_conv1_weight_back_packed);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_stages_2_1_conv_skip_weight(const float d_stages_2_1_conv_skip_weight_sum[restrict 512],
                                                 float d_stages_2_1_conv_skip_weight[restrict 32][16][1][1])
{
    rt_conv2d_grad_weight_unpack(conv_28x28x16_to_14x14x32_1x1_stride2, d_stages_2_1_conv_skip_weight_sum,
                                 d_stages_2_1_conv_skip_weight[0][0][0]);
}

static void run_conv2d_grad_input_28x28x16_to_14x14x32_3x3_stride2(int n, const float *restrict x,
                                                                   const float *restrict packed,
                                                                   float *restrict out,
                                                                   float *restrict scratch)
{
    rt_conv2d_grad_input(conv_28x28x16_to_14x14x32_3x3_stride2, n, x, packed, out, scratch);
}

/* backward of stages.1.3.bn2.relu
 * networks/resnet.lua:14, 25 */
static void bwd_stages_1_3_bn2_add(int n, const float d_stages_2_1_conv1[restrict][14][14][32],
                                   const float stages_2_1_conv1_weight_back_packed[restrict 9216],
                                   const float stages_1_3_bn2_relu[restrict][28][28][16],
                                   const float d_stages_2_1_conv_skip_input[restrict][28][28][16],
                                   float *restrict scratch, float d_stages_1_3_bn2_add[restrict][28][28][16])
{
    run_conv2d_grad_input_28x28x16_to_14x14x32_3x3_stride2(n, d_stages_2_1_conv1[0][0][0],
                                                           stages_2_1_conv1_weight_back_packed,
                                                           d_stages_1_3_bn2_add[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    d_stages_1_3_bn2_add[b][h][w][c] = rt_where(stages_1_3_bn2_relu[b][h][w][c] > 0.0f,
                                                                d_stages_2_1_conv_skip_input[b][h][w][c] +
                                                                d_stages_1_3_bn2_add[b][h][w][c], 0.0f);
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_28x28x16_to_14x14x32_3x3_stride2(int n, const float *restrict x,
                                                                    const float *restrict dy,
                                                                    float *restrict out,
                                                                    float *restrict scratch)
{
    rt_conv2d_grad_weight(conv_28x28x16_to_14x14x32_3x3_stride2, n, x, dy, out, scratch);
}

/* backward of stages.2.1.conv1                                                         networks/resnet.lua:14
 * d_stages_2_1_conv1_weight = conv2d_grad_weight(stages_1_3_bn2_relu, d_stages_2_1_conv1) */
static void bwd_stages_2_1_conv1_weight(int n, const float stages_1_3_bn2_relu[restrict][28][28][16],
                                        const float d_stages_2_1_conv1[restrict][14][14][32],
                                        float *restrict scratch,
                                        float d_stages_2_1_conv1_weight_sum[restrict 4608])
{
    run_conv2d_grad_weight_28x28x16_to_14x14x32_3x3_stride2(n, stages_1_3_bn2_relu[0][0][0],
                                                            d_stages_2_1_conv1[0][0][0],
                                                            d_stages_2_1_conv1_weight_sum, scratch);
}

/* d_batch_norm = sum(d_add)                                                            networks/resnet.lua:16
 * d_batch_norm2 = sum(d_add * ((conv2d - (batch_norm_sum / batch_size)) * batch_norm_rsqrt)) */
static void bwd_batch_norm_sums_28x28x16(int n, float batch_size, const float d_add[restrict][28][28][16],
                                         const float conv2d[restrict][28][28][16],
                                         const float batch_norm_sum[restrict 16],
                                         const float batch_norm_rsqrt[restrict 16],
                                         float d_batch_norm[restrict 16], float d_batch_norm2[restrict 16])
{
    for (int b = 0; b < n; b++) {
        float d_batch_norm_tree[5][16];
        float d_batch_norm2_tree[5][16];
        for (int h = 0; h < 28; h++) {
            float d_batch_norm_part[16] = {0};
            float d_batch_norm2_part[16] = {0};
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    d_batch_norm_part[c] += d_add[b][h][w][c];
                    const float t = d_add[b][h][w][c] *
                                    ((conv2d[b][h][w][c] - batch_norm_sum[c] / batch_size) *
                                     batch_norm_rsqrt[c]);
                    d_batch_norm2_part[c] += t;
                }
            }
            rt_sums_put(h, 16, d_batch_norm_tree[0], d_batch_norm_part);
            rt_sums_put(h, 16, d_batch_norm2_tree[0], d_batch_norm2_part);
        }
        rt_sums_add(28, 16, d_batch_norm_tree[0], d_batch_norm);
        rt_sums_add(28, 16, d_batch_norm2_tree[0], d_batch_norm2);
    }
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_conv2d_grad_input_16x16x3x3(const float weight[restrict 16][16][3][3],
                                             float packed[restrict 18432])
{
    rt_winograd_grad_input_pack(conv_28x28x16_to_28x28x16_3x3_f4, weight[0][0][0], packed);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_stages_2_1_conv1_weight(const float d_stages_2_1_conv1_weight_sum[restrict 4608],
                                             float d_stages_2_1_conv1_weight[restrict 32][16][3][3])
{
    rt_conv2d_grad_weight_unpack(conv_28x28x16_to_14x14x32_3x3_stride2, d_stages_2_1_conv1_weight_sum,
                                 d_stages_2_1_conv1_weight[0][0][0]);
}

/* backward of batch_norm
 * networks/resnet.lua:16 */
static void bwd_conv2d_28x28x16(int n, float batch_size, const float d_add[restrict][28][28][16],
                                const float d_batch_norm[restrict 16],
                                const float conv2d[restrict][28][28][16],
                                const float batch_norm_sum[restrict 16],
                                const float batch_norm_rsqrt[restrict 16],
                                const float d_batch_norm2[restrict 16], const float weight[restrict 16],
                                float d_conv2d[restrict][28][28][16])
{
    const float t = 784.0f * batch_size;
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t2 = d_batch_norm[c] +
                                     (conv2d[b][h][w][c] - batch_norm_sum[c] / batch_size) *
                                     batch_norm_rsqrt[c] * d_batch_norm2[c];
                    d_conv2d[b][h][w][c] = (d_add[b][h][w][c] - t2 / t) * (batch_norm_rsqrt[c] * weight[c]);
                }
            }
        }
    }
}

/* once more relu
 * networks/resnet.lua:14, 19
 * relu = relu((((conv2d - (batch_norm_sum / batch_size)) * batch_norm_rsqrt) * weight) + bias)
 * d_batch_norm = where(relu > 0, conv2d_grad_input(d_conv2d, weight), 0) */
static void bwd_relu_28x28x16(int n, float batch_size, const float d_conv2d[restrict][28][28][16],
                              const float packed[restrict 18432], const float conv2d[restrict][28][28][16],
                              const float batch_norm_sum[restrict 16],
                              const float batch_norm_rsqrt[restrict 16], const float weight[restrict 16],
                              const float bias[restrict 16], float *restrict scratch,
                              float d_batch_norm[restrict][28][28][16], float relu[restrict][28][28][16])
{
    run_conv2d_28x28x16_to_28x28x16_3x3_f4(n, d_conv2d[0][0][0], packed, d_batch_norm[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t = d_batch_norm[b][h][w][c];
                    const float t2 = (conv2d[b][h][w][c] - batch_norm_sum[c] / batch_size) *
                                     batch_norm_rsqrt[c] * weight[c] + bias[c];
                    const float t3 = rt_relu(t2);
                    relu[b][h][w][c] = t3;
                    d_batch_norm[b][h][w][c] = rt_where(t3 > 0.0f, t, 0.0f);
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

/* (null) = conv2d_grad_weight(relu, d_conv2d)
 * networks/resnet.lua:14 */
static void bwd_conv2d_weight_16x16x3x3(int n, const float relu[restrict][28][28][16],
                                        const float d_conv2d[restrict][28][28][16], float *restrict scratch,
                                        float sum[restrict 18432])
{
    run_conv2d_grad_weight_28x28x16_to_28x28x16_3x3_f4(n, relu[0][0][0], d_conv2d[0][0][0], sum, scratch);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_conv2d_grad_weight_16x16x3x3(const float sum[restrict 18432],
                                                float d_weight[restrict 16][16][3][3])
{
    rt_winograd_grad_weight_unpack(conv_28x28x16_to_28x28x16_3x3_f4, sum, d_weight[0][0][0]);
}

/* once more stages.1.2.bn2.relu; backward of stages.1.2.bn2.relu, stages.1.2.bn2
 * networks/resnet.lua:25, 16
 * d_stages_1_2_bn2_bias = sum(d_stages_1_2_bn2_add) */
static void bwd_stages_1_2_bn2_weight(int n, float batch_size,
                                      const float stages_1_2_conv2[restrict][28][28][16],
                                      const float stages_1_2_bn2_sum_2[restrict 16],
                                      const float stages_1_2_bn2_rsqrt[restrict 16],
                                      const float stages_1_2_bn2_weight[restrict 16],
                                      const float stages_1_2_bn2_bias[restrict 16],
                                      const float stages_1_1_conv2[restrict][28][28][16],
                                      const float stages_1_1_bn2_sum_2[restrict 16],
                                      const float stages_1_1_bn2_rsqrt[restrict 16],
                                      const float stages_1_1_bn2_weight[restrict 16],
                                      const float stages_1_1_bn2_bias[restrict 16],
                                      const float stem_conv[restrict][28][28][16],
                                      const float stem_bn_sum_2[restrict 16],
                                      const float stem_bn_rsqrt[restrict 16],
                                      const float stem_bn_weight[restrict 16],
                                      const float stem_bn_bias[restrict 16],
                                      const float d_stages_1_3_bn2_add[restrict][28][28][16],
                                      const float d_stages_1_3_conv1_input[restrict][28][28][16],
                                      float stages_1_2_bn2_relu_again[restrict][28][28][16],
                                      float d_stages_1_2_bn2_add[restrict][28][28][16],
                                      float d_stages_1_2_bn2_bias[restrict 16],
                                      float d_stages_1_2_bn2_weight[restrict 16])
{
    for (int b = 0; b < n; b++) {
        float d_stages_1_2_bn2_bias_tree[5][16];
        float d_stages_1_2_bn2_weight_tree[5][16];
        for (int h = 0; h < 28; h++) {
            float d_stages_1_2_bn2_bias_part[16] = {0};
            float d_stages_1_2_bn2_weight_part[16] = {0};
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t = (stages_1_2_conv2[b][h][w][c] - stages_1_2_bn2_sum_2[c] / batch_size) *
                                    stages_1_2_bn2_rsqrt[c];
                    const float t2 = (stages_1_1_conv2[b][h][w][c] - stages_1_1_bn2_sum_2[c] / batch_size) *
                                     stages_1_1_bn2_rsqrt[c] * stages_1_1_bn2_weight[c];
                    const float t3 = (stem_conv[b][h][w][c] - stem_bn_sum_2[c] / batch_size) *
                                     stem_bn_rsqrt[c] * stem_bn_weight[c] + stem_bn_bias[c];
                    const float t4 = t * stages_1_2_bn2_weight[c] + stages_1_2_bn2_bias[c] +
                                     rt_relu(t2 + stages_1_1_bn2_bias[c] + rt_relu(t3));
                    const float t5 = rt_relu(t4);
                    stages_1_2_bn2_relu_again[b][h][w][c] = t5;
                    const float t6 = rt_where(t5 > 0.0f,
                                              d_stages_1_3_bn2_add[b][h][w][c] +
                                              d_stages_1_3_conv1_input[b][h][w][c], 0.0f);
                    d_stages_1_2_bn2_add[b][h][w][c] = t6;
                    d_stages_1_2_bn2_bias_part[c] += t6;
                    d_stages_1_2_bn2_weight_part[c] += t6 * t;
                }
            }
            rt_sums_put(h, 16, d_stages_1_2_bn2_bias_tree[0], d_stages_1_2_bn2_bias_part);
            rt_sums_put(h, 16, d_stages_1_2_bn2_weight_tree[0], d_stages_1_2_bn2_weight_part);
        }
        rt_sums_add(28, 16, d_stages_1_2_bn2_bias_tree[0], d_stages_1_2_bn2_bias);
        rt_sums_add(28, 16, d_stages_1_2_bn2_weight_tree[0], d_stages_1_2_bn2_weight);
    }
}

/* once more stages.1.1.bn2.relu; backward of stages.1.1.bn2.relu, stages.1.1.bn2
 * networks/resnet.lua:25, 16
 * d_stages_1_1_bn2_bias = sum(d_stages_1_1_bn2_add) */
static void bwd_stages_1_1_bn2_weight(int n, float batch_size,
                                      const float stages_1_1_conv2[restrict][28][28][16],
                                      const float stages_1_1_bn2_sum_2[restrict 16],
                                      const float stages_1_1_bn2_rsqrt[restrict 16],
                                      const float stages_1_1_bn2_weight[restrict 16],
                                      const float stages_1_1_bn2_bias[restrict 16],
                                      const float stem_conv[restrict][28][28][16],
                                      const float stem_bn_sum_2[restrict 16],
                                      const float stem_bn_rsqrt[restrict 16],
                                      const float stem_bn_weight[restrict 16],
                                      const float stem_bn_bias[restrict 16],
                                      const float d_stages_1_2_bn2_add[restrict][28][28][16],
                                      const float d_stages_1_2_conv1_input[restrict][28][28][16],
                                      float stages_1_1_bn2_relu_again[restrict][28][28][16],
                                      float d_stages_1_1_bn2_add[restrict][28][28][16],
                                      float d_stages_1_1_bn2_bias[restrict 16],
                                      float d_stages_1_1_bn2_weight[restrict 16])
{
    for (int b = 0; b < n; b++) {
        float d_stages_1_1_bn2_bias_tree[5][16];
        float d_stages_1_1_bn2_weight_tree[5][16];
        for (int h = 0; h < 28; h++) {
            float d_stages_1_1_bn2_bias_part[16] = {0};
            float d_stages_1_1_bn2_weight_part[16] = {0};
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t = (stages_1_1_conv2[b][h][w][c] - stages_1_1_bn2_sum_2[c] / batch_size) *
                                    stages_1_1_bn2_rsqrt[c];
                    const float t2 = (stem_conv[b][h][w][c] - stem_bn_sum_2[c] / batch_size) *
                                     stem_bn_rsqrt[c] * stem_bn_weight[c] + stem_bn_bias[c];
                    const float t3 = rt_relu(t * stages_1_1_bn2_weight[c] + stages_1_1_bn2_bias[c] +
                                             rt_relu(t2));
                    stages_1_1_bn2_relu_again[b][h][w][c] = t3;
                    const float t4 = rt_where(t3 > 0.0f,
                                              d_stages_1_2_bn2_add[b][h][w][c] +
                                              d_stages_1_2_conv1_input[b][h][w][c], 0.0f);
                    d_stages_1_1_bn2_add[b][h][w][c] = t4;
                    d_stages_1_1_bn2_bias_part[c] += t4;
                    d_stages_1_1_bn2_weight_part[c] += t4 * t;
                }
            }
            rt_sums_put(h, 16, d_stages_1_1_bn2_bias_tree[0], d_stages_1_1_bn2_bias_part);
            rt_sums_put(h, 16, d_stages_1_1_bn2_weight_tree[0], d_stages_1_1_bn2_weight_part);
        }
        rt_sums_add(28, 16, d_stages_1_1_bn2_bias_tree[0], d_stages_1_1_bn2_bias);
        rt_sums_add(28, 16, d_stages_1_1_bn2_weight_tree[0], d_stages_1_1_bn2_weight);
    }
}

/* once more stem.bn.relu; backward of stem.bn.relu
 * networks/resnet.lua:14, 30 */
static void bwd_stem_bn(int n, float batch_size, const float d_stages_1_1_conv1[restrict][28][28][16],
                        const float stages_1_1_conv1_weight_back_packed[restrict 18432],
                        const float stem_conv[restrict][28][28][16], const float stem_bn_sum_2[restrict 16],
                        const float stem_bn_rsqrt[restrict 16], const float stem_bn_weight[restrict 16],
                        const float stem_bn_bias[restrict 16],
                        const float d_stages_1_1_bn2_add[restrict][28][28][16], float *restrict scratch,
                        float d_stem_bn[restrict][28][28][16], float stem_bn_relu_again[restrict][28][28][16])
{
    run_conv2d_28x28x16_to_28x28x16_3x3_f4(n, d_stages_1_1_conv1[0][0][0],
                                           stages_1_1_conv1_weight_back_packed, d_stem_bn[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t = d_stem_bn[b][h][w][c];
                    const float t2 = (stem_conv[b][h][w][c] - stem_bn_sum_2[c] / batch_size) *
                                     stem_bn_rsqrt[c] * stem_bn_weight[c] + stem_bn_bias[c];
                    const float t3 = rt_relu(t2);
                    stem_bn_relu_again[b][h][w][c] = t3;
                    d_stem_bn[b][h][w][c] = rt_where(t3 > 0.0f, d_stages_1_1_bn2_add[b][h][w][c] + t, 0.0f);
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_28x28x1_to_28x28x16_3x3(int n, const float *restrict x,
                                                           const float *restrict dy, float *restrict out,
                                                           float *restrict scratch)
{
    rt_conv2d_grad_weight(conv_28x28x1_to_28x28x16_3x3, n, x, dy, out, scratch);
}

/* d_stem_conv_weight = conv2d_grad_weight(image, d_stem_conv)
 * networks/resnet.lua:14 */
static void bwd_stem_conv_weight(int n, const float image[restrict][28][28][1],
                                 const float d_stem_conv[restrict][28][28][16], float *restrict scratch,
                                 float d_stem_conv_weight_sum[restrict 144])
{
    run_conv2d_grad_weight_28x28x1_to_28x28x16_3x3(n, image[0][0][0], d_stem_conv[0][0][0],
                                                   d_stem_conv_weight_sum, scratch);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_stem_conv_weight(const float d_stem_conv_weight_sum[restrict 144],
                                      float d_stem_conv_weight[restrict 16][1][3][3])
{
    rt_conv2d_grad_weight_unpack(conv_28x28x1_to_28x28x16_3x3, d_stem_conv_weight_sum,
                                 d_stem_conv_weight[0][0][0]);
}

/* forward of stem.bn.relu
 * networks/resnet.lua:14, 30 */
static void evaluate_fwd_stem_bn_relu(int n, const float image[restrict][28][28][1],
                                      const float stem_conv_weight_packed[restrict 288],
                                      const float stem_bn_running_mean[restrict 16],
                                      const float stem_bn_running_var[restrict 16],
                                      const float stem_bn_weight[restrict 16],
                                      const float stem_bn_bias[restrict 16], float *restrict scratch,
                                      float stem_bn_relu[restrict][28][28][16])
{
    run_conv2d_28x28x1_to_28x28x16_3x3(n, image[0][0][0], stem_conv_weight_packed, stem_bn_relu[0][0][0],
                                       scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t = (stem_bn_relu[b][h][w][c] - stem_bn_running_mean[c]) *
                                    rt_rsqrt(stem_bn_running_var[c] + 1e-05f) * stem_bn_weight[c];
                    stem_bn_relu[b][h][w][c] = rt_relu(t + stem_bn_bias[c]);
                }
            }
        }
    }
}

/* forward of relu
 * networks/resnet.lua:14, 19
 * relu2 = relu((((conv2d(relu, parameter) - running_mean) * rsqrt(running_var + 1e-05)) * weight) + bias) */
static void evaluate_fwd_relu_28x28x16(int n, const float relu[restrict][28][28][16],
                                       const float packed[restrict 18432],
                                       const float running_mean[restrict 16],
                                       const float running_var[restrict 16], const float weight[restrict 16],
                                       const float bias[restrict 16], float *restrict scratch,
                                       float relu2[restrict][28][28][16])
{
    run_conv2d_28x28x16_to_28x28x16_3x3_f4(n, relu[0][0][0], packed, relu2[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    relu2[b][h][w][c] = rt_relu((relu2[b][h][w][c] - running_mean[c]) *
                                                rt_rsqrt(running_var[c] + 1e-05f) * weight[c] + bias[c]);
                }
            }
        }
    }
}

/* forward of relu
 * networks/resnet.lua:14, 25 */
static void evaluate_fwd_relu_28x28x16_2(int n, const float relu[restrict][28][28][16],
                                         const float packed[restrict 18432],
                                         const float running_mean[restrict 16],
                                         const float running_var[restrict 16],
                                         const float weight[restrict 16], const float bias[restrict 16],
                                         const float relu2[restrict][28][28][16], float *restrict scratch,
                                         float relu3[restrict][28][28][16])
{
    run_conv2d_28x28x16_to_28x28x16_3x3_f4(n, relu[0][0][0], packed, relu3[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 16; c++) {
                    const float t = (relu3[b][h][w][c] - running_mean[c]) *
                                    rt_rsqrt(running_var[c] + 1e-05f) * weight[c] + bias[c] +
                                    relu2[b][h][w][c];
                    relu3[b][h][w][c] = rt_relu(t);
                }
            }
        }
    }
}

/* forward of stages.2.1.bn1.relu
 * networks/resnet.lua:14, 19 */
static void evaluate_fwd_stages_2_1_bn1_relu(int n, const float stages_1_3_bn2_relu[restrict][28][28][16],
                                             const float stages_2_1_conv1_weight_packed[restrict 4608],
                                             const float stages_2_1_bn1_running_mean[restrict 32],
                                             const float stages_2_1_bn1_running_var[restrict 32],
                                             const float stages_2_1_bn1_weight[restrict 32],
                                             const float stages_2_1_bn1_bias[restrict 32],
                                             float *restrict scratch,
                                             float stages_2_1_bn1_relu[restrict][14][14][32])
{
    run_conv2d_28x28x16_to_14x14x32_3x3_stride2(n, stages_1_3_bn2_relu[0][0][0],
                                                stages_2_1_conv1_weight_packed, stages_2_1_bn1_relu[0][0][0],
                                                scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    const float t = (stages_2_1_bn1_relu[b][h][w][c] - stages_2_1_bn1_running_mean[c]) *
                                    rt_rsqrt(stages_2_1_bn1_running_var[c] + 1e-05f);
                    stages_2_1_bn1_relu[b][h][w][c] = rt_relu(t * stages_2_1_bn1_weight[c] +
                                                              stages_2_1_bn1_bias[c]);
                }
            }
        }
    }
}

/* forward of stages.2.1.bn2.relu
 * networks/resnet.lua:14, 25 */
static void evaluate_fwd_stages_2_1_bn2_relu(int n, const float stages_1_3_bn2_relu[restrict][28][28][16],
                                             const float stages_2_1_conv_skip_weight_packed[restrict 512],
                                             const float stages_2_1_conv2[restrict][14][14][32],
                                             const float stages_2_1_bn2_running_mean[restrict 32],
                                             const float stages_2_1_bn2_running_var[restrict 32],
                                             const float stages_2_1_bn2_weight[restrict 32],
                                             const float stages_2_1_bn2_bias[restrict 32],
                                             const float stages_2_1_bn_skip_running_mean[restrict 32],
                                             const float stages_2_1_bn_skip_running_var[restrict 32],
                                             const float stages_2_1_bn_skip_weight[restrict 32],
                                             const float stages_2_1_bn_skip_bias[restrict 32],
                                             float *restrict scratch,
                                             float stages_2_1_bn2_relu[restrict][14][14][32])
{
    run_conv2d_28x28x16_to_14x14x32_1x1_stride2(n, stages_1_3_bn2_relu[0][0][0],
                                                stages_2_1_conv_skip_weight_packed,
                                                stages_2_1_bn2_relu[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    const float t = (stages_2_1_conv2[b][h][w][c] - stages_2_1_bn2_running_mean[c]) *
                                    rt_rsqrt(stages_2_1_bn2_running_var[c] + 1e-05f);
                    const float t2 = (stages_2_1_bn2_relu[b][h][w][c] - stages_2_1_bn_skip_running_mean[c]) *
                                     rt_rsqrt(stages_2_1_bn_skip_running_var[c] + 1e-05f);
                    const float t3 = t * stages_2_1_bn2_weight[c] + stages_2_1_bn2_bias[c] +
                                     (t2 * stages_2_1_bn_skip_weight[c] + stages_2_1_bn_skip_bias[c]);
                    stages_2_1_bn2_relu[b][h][w][c] = rt_relu(t3);
                }
            }
        }
    }
}

/* forward of relu
 * networks/resnet.lua:14, 19
 * relu2 = relu((((conv2d(relu, parameter) - running_mean) * rsqrt(running_var + 1e-05)) * weight) + bias) */
static void evaluate_fwd_relu_14x14x32(int n, const float relu[restrict][14][14][32],
                                       const float packed[restrict 36864],
                                       const float running_mean[restrict 32],
                                       const float running_var[restrict 32], const float weight[restrict 32],
                                       const float bias[restrict 32], float *restrict scratch,
                                       float relu2[restrict][14][14][32])
{
    run_conv2d_14x14x32_to_14x14x32_3x3_f4(n, relu[0][0][0], packed, relu2[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    relu2[b][h][w][c] = rt_relu((relu2[b][h][w][c] - running_mean[c]) *
                                                rt_rsqrt(running_var[c] + 1e-05f) * weight[c] + bias[c]);
                }
            }
        }
    }
}

/* forward of relu
 * networks/resnet.lua:14, 25 */
static void evaluate_fwd_relu_14x14x32_2(int n, const float relu[restrict][14][14][32],
                                         const float packed[restrict 36864],
                                         const float running_mean[restrict 32],
                                         const float running_var[restrict 32],
                                         const float weight[restrict 32], const float bias[restrict 32],
                                         const float relu2[restrict][14][14][32], float *restrict scratch,
                                         float relu3[restrict][14][14][32])
{
    run_conv2d_14x14x32_to_14x14x32_3x3_f4(n, relu[0][0][0], packed, relu3[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    const float t = (relu3[b][h][w][c] - running_mean[c]) *
                                    rt_rsqrt(running_var[c] + 1e-05f) * weight[c] + bias[c] +
                                    relu2[b][h][w][c];
                    relu3[b][h][w][c] = rt_relu(t);
                }
            }
        }
    }
}

/* forward of stages.3.1.bn1.relu
 * networks/resnet.lua:14, 19 */
static void evaluate_fwd_stages_3_1_bn1_relu(int n, const float stages_2_3_bn2_relu[restrict][14][14][32],
                                             const float stages_3_1_conv1_weight_packed[restrict 18432],
                                             const float stages_3_1_bn1_running_mean[restrict 64],
                                             const float stages_3_1_bn1_running_var[restrict 64],
                                             const float stages_3_1_bn1_weight[restrict 64],
                                             const float stages_3_1_bn1_bias[restrict 64],
                                             float *restrict scratch,
                                             float stages_3_1_bn1_relu[restrict][7][7][64])
{
    run_conv2d_14x14x32_to_7x7x64_3x3_stride2(n, stages_2_3_bn2_relu[0][0][0], stages_3_1_conv1_weight_packed,
                                              stages_3_1_bn1_relu[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    const float t = (stages_3_1_bn1_relu[b][h][w][c] - stages_3_1_bn1_running_mean[c]) *
                                    rt_rsqrt(stages_3_1_bn1_running_var[c] + 1e-05f);
                    stages_3_1_bn1_relu[b][h][w][c] = rt_relu(t * stages_3_1_bn1_weight[c] +
                                                              stages_3_1_bn1_bias[c]);
                }
            }
        }
    }
}

/* forward of stages.3.1.bn2.relu
 * networks/resnet.lua:14, 25 */
static void evaluate_fwd_stages_3_1_bn2_relu(int n, const float stages_2_3_bn2_relu[restrict][14][14][32],
                                             const float stages_3_1_conv_skip_weight_packed[restrict 2048],
                                             const float stages_3_1_conv2[restrict][7][7][64],
                                             const float stages_3_1_bn2_running_mean[restrict 64],
                                             const float stages_3_1_bn2_running_var[restrict 64],
                                             const float stages_3_1_bn2_weight[restrict 64],
                                             const float stages_3_1_bn2_bias[restrict 64],
                                             const float stages_3_1_bn_skip_running_mean[restrict 64],
                                             const float stages_3_1_bn_skip_running_var[restrict 64],
                                             const float stages_3_1_bn_skip_weight[restrict 64],
                                             const float stages_3_1_bn_skip_bias[restrict 64],
                                             float *restrict scratch,
                                             float stages_3_1_bn2_relu[restrict][7][7][64])
{
    run_conv2d_14x14x32_to_7x7x64_1x1_stride2(n, stages_2_3_bn2_relu[0][0][0],
                                              stages_3_1_conv_skip_weight_packed,
                                              stages_3_1_bn2_relu[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    const float t = (stages_3_1_conv2[b][h][w][c] - stages_3_1_bn2_running_mean[c]) *
                                    rt_rsqrt(stages_3_1_bn2_running_var[c] + 1e-05f);
                    const float t2 = (stages_3_1_bn2_relu[b][h][w][c] - stages_3_1_bn_skip_running_mean[c]) *
                                     rt_rsqrt(stages_3_1_bn_skip_running_var[c] + 1e-05f);
                    const float t3 = t * stages_3_1_bn2_weight[c] + stages_3_1_bn2_bias[c] +
                                     (t2 * stages_3_1_bn_skip_weight[c] + stages_3_1_bn_skip_bias[c]);
                    stages_3_1_bn2_relu[b][h][w][c] = rt_relu(t3);
                }
            }
        }
    }
}

/* forward of relu
 * networks/resnet.lua:14, 19
 * relu2 = relu((((conv2d(relu, parameter) - running_mean) * rsqrt(running_var + 1e-05)) * weight) + bias) */
static void evaluate_fwd_relu_7x7x64(int n, const float relu[restrict][7][7][64],
                                     const float packed[restrict 147456],
                                     const float running_mean[restrict 64],
                                     const float running_var[restrict 64], const float weight[restrict 64],
                                     const float bias[restrict 64], float *restrict scratch,
                                     float relu2[restrict][7][7][64])
{
    run_conv2d_7x7x64_to_7x7x64_3x3_f4(n, relu[0][0][0], packed, relu2[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    relu2[b][h][w][c] = rt_relu((relu2[b][h][w][c] - running_mean[c]) *
                                                rt_rsqrt(running_var[c] + 1e-05f) * weight[c] + bias[c]);
                }
            }
        }
    }
}

/* forward of relu
 * networks/resnet.lua:14, 25 */
static void evaluate_fwd_relu_7x7x64_2(int n, const float relu[restrict][7][7][64],
                                       const float packed[restrict 147456],
                                       const float running_mean[restrict 64],
                                       const float running_var[restrict 64], const float weight[restrict 64],
                                       const float bias[restrict 64], const float relu2[restrict][7][7][64],
                                       float *restrict scratch, float relu3[restrict][7][7][64])
{
    run_conv2d_7x7x64_to_7x7x64_3x3_f4(n, relu[0][0][0], packed, relu3[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    const float t = (relu3[b][h][w][c] - running_mean[c]) *
                                    rt_rsqrt(running_var[c] + 1e-05f) * weight[c] + bias[c] +
                                    relu2[b][h][w][c];
                    relu3[b][h][w][c] = rt_relu(t);
                }
            }
        }
    }
}

/* global_avg_pool = sum(features) / 49
 * networks/resnet.lua:41 */
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

/* accuracy = argmax(logits) == label                                                   resnet.lua:20, 21
 * loss = sum((log(sum(exp(logits - max(logits)))) - pick(logits - max(logits), label)) / batch_size) */
static void evaluate_fwd_loss(int n, float batch_size, const float logits[restrict][10],
                              const int32_t label[restrict], float loss[restrict 1], float accuracy[restrict])
{
    float loss_total = loss[0];
    for (int b = 0; b < n; b++) {
        float max = -RT_INFINITY;
        int argmax = 0;
        float best = -RT_INFINITY;
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

/* How a step changes a parameter. */
static void update(int64_t count, float *restrict weights, const float *restrict gradient,
                   float *restrict velocity, double decay, const RtStep *step)
{
    rt_update_sgd(count, weights, gradient, velocity, step->learning_rate, 0.9, true, decay, 1.0f);
}

/* Forward, backward and all checks: leaves gradients and new states in the workspace, and changes nothing
 * else. */
static bool train_batch(ResnetTrainWork *work, int threads, const ResnetParams *p, const ResnetState *s,
                        const ResnetBatch *in, const RtStep *step, ResnetTrainResult *out)
{
    (void)step;
    pack_stem_conv_weight(p->stem_conv_weight, work->stem_conv_weight_packed);

    /* forward of stem.conv, stem.bn   networks/resnet.lua:14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stem_bn_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            fwd_stem_conv(n, in->image + first, work->stem_conv_weight_packed, my->fwd_stem_conv_scratch,
                          work->stem_conv + first);
            fwd_batch_norm_sums_28x28x16(n, work->stem_conv + first, work->stem_bn_sum + first,
                                         work->stem_bn_squares + first, work->stem_bn_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 16, work->stem_bn_sum_2[0]);
    fwd_running_mean_next_16((float)in->n, s->stem_bn_running_mean, work->stem_bn_sum_2[0],
                             work->stem_bn_running_mean_next);

    /* forward of stem.bn: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stem_bn_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_16(n, (float)in->n, work->stem_bn_squares + first, work->stem_bn_sum + first,
                                  work->stem_bn_sum_2[0], work->stem_bn_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_16x16x3x3(p->stages_1_1_conv1_weight, work->stages_1_1_conv1_weight_packed);
    rt_combine(RESNET_SLICES, 16, work->stem_bn_sum_3[0]);
    fwd_running_var_next_16((float)in->n, s->stem_bn_running_var, work->stem_bn_sum_3[0],
                            work->stem_bn_running_var_next);
    fwd_batch_norm_rsqrt_16((float)in->n, work->stem_bn_sum_3[0], work->stem_bn_rsqrt);

    /* forward of stem.bn.relu, stages.1.1.conv1, stages.1.1.bn1   networks/resnet.lua:30, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_1_1_bn1_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            fwd_relu_28x28x16(n, (float)in->n, work->stem_conv + first, work->stem_bn_sum_2[0],
                              work->stem_bn_rsqrt, p->stem_bn_weight, p->stem_bn_bias, my->stem_bn_relu);
            fwd_conv2d_28x28x16(n, my->stem_bn_relu, work->stages_1_1_conv1_weight_packed,
                                my->fwd_stages_1_1_conv1_scratch, work->stages_1_1_conv1 + first);
            fwd_batch_norm_sums_28x28x16(n, work->stages_1_1_conv1 + first, work->stages_1_1_bn1_sum + first,
                                         work->stages_1_1_bn1_squares + first,
                                         work->stages_1_1_bn1_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 16, work->stages_1_1_bn1_sum_2[0]);
    fwd_running_mean_next_16((float)in->n, s->stages_1_1_bn1_running_mean, work->stages_1_1_bn1_sum_2[0],
                             work->stages_1_1_bn1_running_mean_next);

    /* forward of stages.1.1.bn1: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_1_1_bn1_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_16(n, (float)in->n, work->stages_1_1_bn1_squares + first,
                                  work->stages_1_1_bn1_sum + first, work->stages_1_1_bn1_sum_2[0],
                                  work->stages_1_1_bn1_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_16x16x3x3(p->stages_1_1_conv2_weight, work->stages_1_1_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 16, work->stages_1_1_bn1_sum_3[0]);
    fwd_running_var_next_16((float)in->n, s->stages_1_1_bn1_running_var, work->stages_1_1_bn1_sum_3[0],
                            work->stages_1_1_bn1_running_var_next);
    fwd_batch_norm_rsqrt_16((float)in->n, work->stages_1_1_bn1_sum_3[0], work->stages_1_1_bn1_rsqrt);

    /* forward of stages.1.1.bn1.relu, stages.1.1.conv2, stages.1.1.bn2   networks/resnet.lua:19, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_1_1_bn2_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            fwd_relu_28x28x16(n, (float)in->n, work->stages_1_1_conv1 + first, work->stages_1_1_bn1_sum_2[0],
                              work->stages_1_1_bn1_rsqrt, p->stages_1_1_bn1_weight, p->stages_1_1_bn1_bias,
                              my->stages_1_1_bn1_relu);
            fwd_conv2d_28x28x16(n, my->stages_1_1_bn1_relu, work->stages_1_1_conv2_weight_packed,
                                my->fwd_stages_1_1_conv2_scratch, work->stages_1_1_conv2 + first);
            fwd_batch_norm_sums_28x28x16(n, work->stages_1_1_conv2 + first, work->stages_1_1_bn2_sum + first,
                                         work->stages_1_1_bn2_squares + first,
                                         work->stages_1_1_bn2_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 16, work->stages_1_1_bn2_sum_2[0]);
    fwd_running_mean_next_16((float)in->n, s->stages_1_1_bn2_running_mean, work->stages_1_1_bn2_sum_2[0],
                             work->stages_1_1_bn2_running_mean_next);

    /* forward of stages.1.1.bn2: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_1_1_bn2_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_16(n, (float)in->n, work->stages_1_1_bn2_squares + first,
                                  work->stages_1_1_bn2_sum + first, work->stages_1_1_bn2_sum_2[0],
                                  work->stages_1_1_bn2_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_16x16x3x3(p->stages_1_2_conv1_weight, work->stages_1_2_conv1_weight_packed);
    rt_combine(RESNET_SLICES, 16, work->stages_1_1_bn2_sum_3[0]);
    fwd_running_var_next_16((float)in->n, s->stages_1_1_bn2_running_var, work->stages_1_1_bn2_sum_3[0],
                            work->stages_1_1_bn2_running_var_next);
    fwd_batch_norm_rsqrt_16((float)in->n, work->stages_1_1_bn2_sum_3[0], work->stages_1_1_bn2_rsqrt);

    /* forward of stages.1.1.bn2.relu, stages.1.2.conv1, stages.1.2.bn1   networks/resnet.lua:25, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_1_2_bn1_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            fwd_stages_1_1_bn2_relu(n, (float)in->n, work->stages_1_1_conv2 + first,
                                    work->stages_1_1_bn2_sum_2[0], work->stages_1_1_bn2_rsqrt,
                                    p->stages_1_1_bn2_weight, p->stages_1_1_bn2_bias, work->stem_conv + first,
                                    work->stem_bn_sum_2[0], work->stem_bn_rsqrt, p->stem_bn_weight,
                                    p->stem_bn_bias, my->stages_1_1_bn2_relu);
            fwd_conv2d_28x28x16(n, my->stages_1_1_bn2_relu, work->stages_1_2_conv1_weight_packed,
                                my->fwd_stages_1_2_conv1_scratch, work->stages_1_2_conv1 + first);
            fwd_batch_norm_sums_28x28x16(n, work->stages_1_2_conv1 + first, work->stages_1_2_bn1_sum + first,
                                         work->stages_1_2_bn1_squares + first,
                                         work->stages_1_2_bn1_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 16, work->stages_1_2_bn1_sum_2[0]);
    fwd_running_mean_next_16((float)in->n, s->stages_1_2_bn1_running_mean, work->stages_1_2_bn1_sum_2[0],
                             work->stages_1_2_bn1_running_mean_next);

    /* forward of stages.1.2.bn1: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_1_2_bn1_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_16(n, (float)in->n, work->stages_1_2_bn1_squares + first,
                                  work->stages_1_2_bn1_sum + first, work->stages_1_2_bn1_sum_2[0],
                                  work->stages_1_2_bn1_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_16x16x3x3(p->stages_1_2_conv2_weight, work->stages_1_2_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 16, work->stages_1_2_bn1_sum_3[0]);
    fwd_running_var_next_16((float)in->n, s->stages_1_2_bn1_running_var, work->stages_1_2_bn1_sum_3[0],
                            work->stages_1_2_bn1_running_var_next);
    fwd_batch_norm_rsqrt_16((float)in->n, work->stages_1_2_bn1_sum_3[0], work->stages_1_2_bn1_rsqrt);

    /* forward of stages.1.2.bn1.relu, stages.1.2.conv2, stages.1.2.bn2   networks/resnet.lua:19, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_1_2_bn2_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            fwd_relu_28x28x16(n, (float)in->n, work->stages_1_2_conv1 + first, work->stages_1_2_bn1_sum_2[0],
                              work->stages_1_2_bn1_rsqrt, p->stages_1_2_bn1_weight, p->stages_1_2_bn1_bias,
                              my->stages_1_2_bn1_relu);
            fwd_conv2d_28x28x16(n, my->stages_1_2_bn1_relu, work->stages_1_2_conv2_weight_packed,
                                my->fwd_stages_1_2_conv2_scratch, work->stages_1_2_conv2 + first);
            fwd_batch_norm_sums_28x28x16(n, work->stages_1_2_conv2 + first, work->stages_1_2_bn2_sum + first,
                                         work->stages_1_2_bn2_squares + first,
                                         work->stages_1_2_bn2_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 16, work->stages_1_2_bn2_sum_2[0]);
    fwd_running_mean_next_16((float)in->n, s->stages_1_2_bn2_running_mean, work->stages_1_2_bn2_sum_2[0],
                             work->stages_1_2_bn2_running_mean_next);

    /* forward of stages.1.2.bn2: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_1_2_bn2_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_16(n, (float)in->n, work->stages_1_2_bn2_squares + first,
                                  work->stages_1_2_bn2_sum + first, work->stages_1_2_bn2_sum_2[0],
                                  work->stages_1_2_bn2_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_16x16x3x3(p->stages_1_3_conv1_weight, work->stages_1_3_conv1_weight_packed);
    rt_combine(RESNET_SLICES, 16, work->stages_1_2_bn2_sum_3[0]);
    fwd_running_var_next_16((float)in->n, s->stages_1_2_bn2_running_var, work->stages_1_2_bn2_sum_3[0],
                            work->stages_1_2_bn2_running_var_next);
    fwd_batch_norm_rsqrt_16((float)in->n, work->stages_1_2_bn2_sum_3[0], work->stages_1_2_bn2_rsqrt);

    /* forward of stages.1.2.bn2.relu, stages.1.3.conv1, stages.1.3.bn1   networks/resnet.lua:25, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_1_3_bn1_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 1) {
            const int n = rt_min_int(last - first, 1);
            fwd_stages_1_2_bn2_relu(n, (float)in->n, work->stages_1_2_conv2 + first,
                                    work->stages_1_2_bn2_sum_2[0], work->stages_1_2_bn2_rsqrt,
                                    p->stages_1_2_bn2_weight, p->stages_1_2_bn2_bias,
                                    work->stages_1_1_conv2 + first, work->stages_1_1_bn2_sum_2[0],
                                    work->stages_1_1_bn2_rsqrt, p->stages_1_1_bn2_weight,
                                    p->stages_1_1_bn2_bias, work->stem_conv + first, work->stem_bn_sum_2[0],
                                    work->stem_bn_rsqrt, p->stem_bn_weight, p->stem_bn_bias,
                                    my->stages_1_2_bn2_relu);
            fwd_conv2d_28x28x16(n, my->stages_1_2_bn2_relu, work->stages_1_3_conv1_weight_packed,
                                my->fwd_stages_1_3_conv1_scratch, work->stages_1_3_conv1 + first);
            fwd_batch_norm_sums_28x28x16(n, work->stages_1_3_conv1 + first, work->stages_1_3_bn1_sum + first,
                                         work->stages_1_3_bn1_squares + first,
                                         work->stages_1_3_bn1_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 16, work->stages_1_3_bn1_sum_2[0]);
    fwd_running_mean_next_16((float)in->n, s->stages_1_3_bn1_running_mean, work->stages_1_3_bn1_sum_2[0],
                             work->stages_1_3_bn1_running_mean_next);

    /* forward of stages.1.3.bn1: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_1_3_bn1_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_16(n, (float)in->n, work->stages_1_3_bn1_squares + first,
                                  work->stages_1_3_bn1_sum + first, work->stages_1_3_bn1_sum_2[0],
                                  work->stages_1_3_bn1_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_16x16x3x3(p->stages_1_3_conv2_weight, work->stages_1_3_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 16, work->stages_1_3_bn1_sum_3[0]);
    fwd_running_var_next_16((float)in->n, s->stages_1_3_bn1_running_var, work->stages_1_3_bn1_sum_3[0],
                            work->stages_1_3_bn1_running_var_next);
    fwd_batch_norm_rsqrt_16((float)in->n, work->stages_1_3_bn1_sum_3[0], work->stages_1_3_bn1_rsqrt);

    /* forward of stages.1.3.bn1.relu, stages.1.3.conv2, stages.1.3.bn2   networks/resnet.lua:19, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_1_3_bn2_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            fwd_relu_28x28x16(n, (float)in->n, work->stages_1_3_conv1 + first, work->stages_1_3_bn1_sum_2[0],
                              work->stages_1_3_bn1_rsqrt, p->stages_1_3_bn1_weight, p->stages_1_3_bn1_bias,
                              my->stages_1_3_bn1_relu);
            fwd_conv2d_28x28x16(n, my->stages_1_3_bn1_relu, work->stages_1_3_conv2_weight_packed,
                                my->fwd_stages_1_3_conv2_scratch, work->stages_1_3_conv2 + first);
            fwd_batch_norm_sums_28x28x16(n, work->stages_1_3_conv2 + first, work->stages_1_3_bn2_sum + first,
                                         work->stages_1_3_bn2_squares + first,
                                         work->stages_1_3_bn2_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 16, work->stages_1_3_bn2_sum_2[0]);
    fwd_running_mean_next_16((float)in->n, s->stages_1_3_bn2_running_mean, work->stages_1_3_bn2_sum_2[0],
                             work->stages_1_3_bn2_running_mean_next);

    /* forward of stages.1.3.bn2: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_1_3_bn2_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_16(n, (float)in->n, work->stages_1_3_bn2_squares + first,
                                  work->stages_1_3_bn2_sum + first, work->stages_1_3_bn2_sum_2[0],
                                  work->stages_1_3_bn2_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_stages_2_1_conv1_weight(p->stages_2_1_conv1_weight, work->stages_2_1_conv1_weight_packed);
    pack_stages_2_1_conv_skip_weight(p->stages_2_1_conv_skip_weight,
                                     work->stages_2_1_conv_skip_weight_packed);
    rt_combine(RESNET_SLICES, 16, work->stages_1_3_bn2_sum_3[0]);
    fwd_running_var_next_16((float)in->n, s->stages_1_3_bn2_running_var, work->stages_1_3_bn2_sum_3[0],
                            work->stages_1_3_bn2_running_var_next);
    fwd_batch_norm_rsqrt_16((float)in->n, work->stages_1_3_bn2_sum_3[0], work->stages_1_3_bn2_rsqrt);

    /* forward of stages.1.3.bn2.relu .. stages.2.1.bn_skip   networks/resnet.lua:25, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_2_1_bn1_sum_2[slice]);
        RT_ZERO(work->stages_2_1_bn_skip_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            fwd_stages_1_3_bn2_relu(n, (float)in->n, work->stages_1_3_conv2 + first,
                                    work->stages_1_3_bn2_sum_2[0], work->stages_1_3_bn2_rsqrt,
                                    p->stages_1_3_bn2_weight, p->stages_1_3_bn2_bias,
                                    work->stages_1_2_conv2 + first, work->stages_1_2_bn2_sum_2[0],
                                    work->stages_1_2_bn2_rsqrt, p->stages_1_2_bn2_weight,
                                    p->stages_1_2_bn2_bias, work->stages_1_1_conv2 + first,
                                    work->stages_1_1_bn2_sum_2[0], work->stages_1_1_bn2_rsqrt,
                                    p->stages_1_1_bn2_weight, p->stages_1_1_bn2_bias, work->stem_conv + first,
                                    work->stem_bn_sum_2[0], work->stem_bn_rsqrt, p->stem_bn_weight,
                                    p->stem_bn_bias, work->stages_1_3_bn2_relu + first);
            fwd_stages_2_1_conv1(n, work->stages_1_3_bn2_relu + first, work->stages_2_1_conv1_weight_packed,
                                 my->fwd_stages_2_1_conv1_scratch, work->stages_2_1_conv1 + first);
            fwd_batch_norm_sums_14x14x32(n, work->stages_2_1_conv1 + first, work->stages_2_1_bn1_sum + first,
                                         work->stages_2_1_bn1_squares + first,
                                         work->stages_2_1_bn1_sum_2[slice]);
            fwd_stages_2_1_conv_skip(n, work->stages_1_3_bn2_relu + first,
                                     work->stages_2_1_conv_skip_weight_packed,
                                     my->fwd_stages_2_1_conv_skip_scratch,
                                     work->stages_2_1_conv_skip + first);
            fwd_batch_norm_sums_14x14x32(n, work->stages_2_1_conv_skip + first,
                                         work->stages_2_1_bn_skip_sum + first,
                                         work->stages_2_1_bn_skip_squares + first,
                                         work->stages_2_1_bn_skip_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 32, work->stages_2_1_bn1_sum_2[0]);
    rt_combine(RESNET_SLICES, 32, work->stages_2_1_bn_skip_sum_2[0]);
    fwd_running_mean_next_32((float)in->n, s->stages_2_1_bn1_running_mean, work->stages_2_1_bn1_sum_2[0],
                             work->stages_2_1_bn1_running_mean_next);
    fwd_running_mean_next_32((float)in->n, s->stages_2_1_bn_skip_running_mean,
                             work->stages_2_1_bn_skip_sum_2[0], work->stages_2_1_bn_skip_running_mean_next);

    /* forward of stages.2.1.bn1, stages.2.1.bn_skip: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_2_1_bn1_sum_3[slice]);
        RT_ZERO(work->stages_2_1_bn_skip_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_32(n, (float)in->n, work->stages_2_1_bn1_squares + first,
                                  work->stages_2_1_bn1_sum + first, work->stages_2_1_bn1_sum_2[0],
                                  work->stages_2_1_bn1_sum_3[slice]);
            fwd_batch_norm_sum_32(n, (float)in->n, work->stages_2_1_bn_skip_squares + first,
                                  work->stages_2_1_bn_skip_sum + first, work->stages_2_1_bn_skip_sum_2[0],
                                  work->stages_2_1_bn_skip_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_32x32x3x3(p->stages_2_1_conv2_weight, work->stages_2_1_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 32, work->stages_2_1_bn1_sum_3[0]);
    rt_combine(RESNET_SLICES, 32, work->stages_2_1_bn_skip_sum_3[0]);
    fwd_running_var_next_32((float)in->n, s->stages_2_1_bn1_running_var, work->stages_2_1_bn1_sum_3[0],
                            work->stages_2_1_bn1_running_var_next);
    fwd_batch_norm_rsqrt_32((float)in->n, work->stages_2_1_bn1_sum_3[0], work->stages_2_1_bn1_rsqrt);
    fwd_running_var_next_32((float)in->n, s->stages_2_1_bn_skip_running_var,
                            work->stages_2_1_bn_skip_sum_3[0], work->stages_2_1_bn_skip_running_var_next);
    fwd_batch_norm_rsqrt_32((float)in->n, work->stages_2_1_bn_skip_sum_3[0], work->stages_2_1_bn_skip_rsqrt);

    /* forward of stages.2.1.bn1.relu, stages.2.1.conv2, stages.2.1.bn2   networks/resnet.lua:19, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_2_1_bn2_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            fwd_relu_14x14x32(n, (float)in->n, work->stages_2_1_conv1 + first, work->stages_2_1_bn1_sum_2[0],
                              work->stages_2_1_bn1_rsqrt, p->stages_2_1_bn1_weight, p->stages_2_1_bn1_bias,
                              my->stages_2_1_bn1_relu);
            fwd_conv2d_14x14x32(n, my->stages_2_1_bn1_relu, work->stages_2_1_conv2_weight_packed,
                                my->fwd_stages_2_1_conv2_scratch, work->stages_2_1_conv2 + first);
            fwd_batch_norm_sums_14x14x32(n, work->stages_2_1_conv2 + first, work->stages_2_1_bn2_sum + first,
                                         work->stages_2_1_bn2_squares + first,
                                         work->stages_2_1_bn2_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 32, work->stages_2_1_bn2_sum_2[0]);
    fwd_running_mean_next_32((float)in->n, s->stages_2_1_bn2_running_mean, work->stages_2_1_bn2_sum_2[0],
                             work->stages_2_1_bn2_running_mean_next);

    /* forward of stages.2.1.bn2: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_2_1_bn2_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_32(n, (float)in->n, work->stages_2_1_bn2_squares + first,
                                  work->stages_2_1_bn2_sum + first, work->stages_2_1_bn2_sum_2[0],
                                  work->stages_2_1_bn2_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_32x32x3x3(p->stages_2_2_conv1_weight, work->stages_2_2_conv1_weight_packed);
    rt_combine(RESNET_SLICES, 32, work->stages_2_1_bn2_sum_3[0]);
    fwd_running_var_next_32((float)in->n, s->stages_2_1_bn2_running_var, work->stages_2_1_bn2_sum_3[0],
                            work->stages_2_1_bn2_running_var_next);
    fwd_batch_norm_rsqrt_32((float)in->n, work->stages_2_1_bn2_sum_3[0], work->stages_2_1_bn2_rsqrt);

    /* forward of stages.2.1.bn2.relu, stages.2.2.conv1, stages.2.2.bn1   networks/resnet.lua:25, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_2_2_bn1_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            fwd_stages_2_1_bn2_relu(n, (float)in->n, work->stages_2_1_conv2 + first,
                                    work->stages_2_1_conv_skip + first, work->stages_2_1_bn2_sum_2[0],
                                    work->stages_2_1_bn2_rsqrt, p->stages_2_1_bn2_weight,
                                    p->stages_2_1_bn2_bias, work->stages_2_1_bn_skip_sum_2[0],
                                    work->stages_2_1_bn_skip_rsqrt, p->stages_2_1_bn_skip_weight,
                                    p->stages_2_1_bn_skip_bias, my->stages_2_1_bn2_relu);
            fwd_conv2d_14x14x32(n, my->stages_2_1_bn2_relu, work->stages_2_2_conv1_weight_packed,
                                my->fwd_stages_2_2_conv1_scratch, work->stages_2_2_conv1 + first);
            fwd_batch_norm_sums_14x14x32(n, work->stages_2_2_conv1 + first, work->stages_2_2_bn1_sum + first,
                                         work->stages_2_2_bn1_squares + first,
                                         work->stages_2_2_bn1_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 32, work->stages_2_2_bn1_sum_2[0]);
    fwd_running_mean_next_32((float)in->n, s->stages_2_2_bn1_running_mean, work->stages_2_2_bn1_sum_2[0],
                             work->stages_2_2_bn1_running_mean_next);

    /* forward of stages.2.2.bn1: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_2_2_bn1_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_32(n, (float)in->n, work->stages_2_2_bn1_squares + first,
                                  work->stages_2_2_bn1_sum + first, work->stages_2_2_bn1_sum_2[0],
                                  work->stages_2_2_bn1_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_32x32x3x3(p->stages_2_2_conv2_weight, work->stages_2_2_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 32, work->stages_2_2_bn1_sum_3[0]);
    fwd_running_var_next_32((float)in->n, s->stages_2_2_bn1_running_var, work->stages_2_2_bn1_sum_3[0],
                            work->stages_2_2_bn1_running_var_next);
    fwd_batch_norm_rsqrt_32((float)in->n, work->stages_2_2_bn1_sum_3[0], work->stages_2_2_bn1_rsqrt);

    /* forward of stages.2.2.bn1.relu, stages.2.2.conv2, stages.2.2.bn2   networks/resnet.lua:19, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_2_2_bn2_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            fwd_relu_14x14x32(n, (float)in->n, work->stages_2_2_conv1 + first, work->stages_2_2_bn1_sum_2[0],
                              work->stages_2_2_bn1_rsqrt, p->stages_2_2_bn1_weight, p->stages_2_2_bn1_bias,
                              my->stages_2_2_bn1_relu);
            fwd_conv2d_14x14x32(n, my->stages_2_2_bn1_relu, work->stages_2_2_conv2_weight_packed,
                                my->fwd_stages_2_2_conv2_scratch, work->stages_2_2_conv2 + first);
            fwd_batch_norm_sums_14x14x32(n, work->stages_2_2_conv2 + first, work->stages_2_2_bn2_sum + first,
                                         work->stages_2_2_bn2_squares + first,
                                         work->stages_2_2_bn2_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 32, work->stages_2_2_bn2_sum_2[0]);
    fwd_running_mean_next_32((float)in->n, s->stages_2_2_bn2_running_mean, work->stages_2_2_bn2_sum_2[0],
                             work->stages_2_2_bn2_running_mean_next);

    /* forward of stages.2.2.bn2: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_2_2_bn2_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_32(n, (float)in->n, work->stages_2_2_bn2_squares + first,
                                  work->stages_2_2_bn2_sum + first, work->stages_2_2_bn2_sum_2[0],
                                  work->stages_2_2_bn2_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_32x32x3x3(p->stages_2_3_conv1_weight, work->stages_2_3_conv1_weight_packed);
    rt_combine(RESNET_SLICES, 32, work->stages_2_2_bn2_sum_3[0]);
    fwd_running_var_next_32((float)in->n, s->stages_2_2_bn2_running_var, work->stages_2_2_bn2_sum_3[0],
                            work->stages_2_2_bn2_running_var_next);
    fwd_batch_norm_rsqrt_32((float)in->n, work->stages_2_2_bn2_sum_3[0], work->stages_2_2_bn2_rsqrt);

    /* forward of stages.2.2.bn2.relu, stages.2.3.conv1, stages.2.3.bn1   networks/resnet.lua:25, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_2_3_bn1_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            fwd_stages_2_2_bn2_relu(n, (float)in->n, work->stages_2_2_conv2 + first,
                                    work->stages_2_1_conv2 + first, work->stages_2_1_conv_skip + first,
                                    work->stages_2_2_bn2_sum_2[0], work->stages_2_2_bn2_rsqrt,
                                    p->stages_2_2_bn2_weight, p->stages_2_2_bn2_bias,
                                    work->stages_2_1_bn2_sum_2[0], work->stages_2_1_bn2_rsqrt,
                                    p->stages_2_1_bn2_weight, p->stages_2_1_bn2_bias,
                                    work->stages_2_1_bn_skip_sum_2[0], work->stages_2_1_bn_skip_rsqrt,
                                    p->stages_2_1_bn_skip_weight, p->stages_2_1_bn_skip_bias,
                                    my->stages_2_2_bn2_relu);
            fwd_conv2d_14x14x32(n, my->stages_2_2_bn2_relu, work->stages_2_3_conv1_weight_packed,
                                my->fwd_stages_2_3_conv1_scratch, work->stages_2_3_conv1 + first);
            fwd_batch_norm_sums_14x14x32(n, work->stages_2_3_conv1 + first, work->stages_2_3_bn1_sum + first,
                                         work->stages_2_3_bn1_squares + first,
                                         work->stages_2_3_bn1_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 32, work->stages_2_3_bn1_sum_2[0]);
    fwd_running_mean_next_32((float)in->n, s->stages_2_3_bn1_running_mean, work->stages_2_3_bn1_sum_2[0],
                             work->stages_2_3_bn1_running_mean_next);

    /* forward of stages.2.3.bn1: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_2_3_bn1_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_32(n, (float)in->n, work->stages_2_3_bn1_squares + first,
                                  work->stages_2_3_bn1_sum + first, work->stages_2_3_bn1_sum_2[0],
                                  work->stages_2_3_bn1_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_32x32x3x3(p->stages_2_3_conv2_weight, work->stages_2_3_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 32, work->stages_2_3_bn1_sum_3[0]);
    fwd_running_var_next_32((float)in->n, s->stages_2_3_bn1_running_var, work->stages_2_3_bn1_sum_3[0],
                            work->stages_2_3_bn1_running_var_next);
    fwd_batch_norm_rsqrt_32((float)in->n, work->stages_2_3_bn1_sum_3[0], work->stages_2_3_bn1_rsqrt);

    /* forward of stages.2.3.bn1.relu, stages.2.3.conv2, stages.2.3.bn2   networks/resnet.lua:19, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_2_3_bn2_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            fwd_relu_14x14x32(n, (float)in->n, work->stages_2_3_conv1 + first, work->stages_2_3_bn1_sum_2[0],
                              work->stages_2_3_bn1_rsqrt, p->stages_2_3_bn1_weight, p->stages_2_3_bn1_bias,
                              my->stages_2_3_bn1_relu);
            fwd_conv2d_14x14x32(n, my->stages_2_3_bn1_relu, work->stages_2_3_conv2_weight_packed,
                                my->fwd_stages_2_3_conv2_scratch, work->stages_2_3_conv2 + first);
            fwd_batch_norm_sums_14x14x32(n, work->stages_2_3_conv2 + first, work->stages_2_3_bn2_sum + first,
                                         work->stages_2_3_bn2_squares + first,
                                         work->stages_2_3_bn2_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 32, work->stages_2_3_bn2_sum_2[0]);
    fwd_running_mean_next_32((float)in->n, s->stages_2_3_bn2_running_mean, work->stages_2_3_bn2_sum_2[0],
                             work->stages_2_3_bn2_running_mean_next);

    /* forward of stages.2.3.bn2: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_2_3_bn2_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_32(n, (float)in->n, work->stages_2_3_bn2_squares + first,
                                  work->stages_2_3_bn2_sum + first, work->stages_2_3_bn2_sum_2[0],
                                  work->stages_2_3_bn2_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_stages_3_1_conv1_weight(p->stages_3_1_conv1_weight, work->stages_3_1_conv1_weight_packed);
    pack_stages_3_1_conv_skip_weight(p->stages_3_1_conv_skip_weight,
                                     work->stages_3_1_conv_skip_weight_packed);
    rt_combine(RESNET_SLICES, 32, work->stages_2_3_bn2_sum_3[0]);
    fwd_running_var_next_32((float)in->n, s->stages_2_3_bn2_running_var, work->stages_2_3_bn2_sum_3[0],
                            work->stages_2_3_bn2_running_var_next);
    fwd_batch_norm_rsqrt_32((float)in->n, work->stages_2_3_bn2_sum_3[0], work->stages_2_3_bn2_rsqrt);

    /* forward of stages.2.3.bn2.relu .. stages.3.1.bn_skip   networks/resnet.lua:25, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_3_1_bn1_sum_2[slice]);
        RT_ZERO(work->stages_3_1_bn_skip_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            fwd_stages_2_3_bn2_relu(n, (float)in->n, work->stages_2_3_conv2 + first,
                                    work->stages_2_2_conv2 + first, work->stages_2_1_conv2 + first,
                                    work->stages_2_1_conv_skip + first, work->stages_2_3_bn2_sum_2[0],
                                    work->stages_2_3_bn2_rsqrt, p->stages_2_3_bn2_weight,
                                    p->stages_2_3_bn2_bias, work->stages_2_2_bn2_sum_2[0],
                                    work->stages_2_2_bn2_rsqrt, p->stages_2_2_bn2_weight,
                                    p->stages_2_2_bn2_bias, work->stages_2_1_bn2_sum_2[0],
                                    work->stages_2_1_bn2_rsqrt, p->stages_2_1_bn2_weight,
                                    p->stages_2_1_bn2_bias, work->stages_2_1_bn_skip_sum_2[0],
                                    work->stages_2_1_bn_skip_rsqrt, p->stages_2_1_bn_skip_weight,
                                    p->stages_2_1_bn_skip_bias, work->stages_2_3_bn2_relu + first);
            fwd_stages_3_1_conv1(n, work->stages_2_3_bn2_relu + first, work->stages_3_1_conv1_weight_packed,
                                 my->fwd_stages_3_1_conv1_scratch, work->stages_3_1_conv1 + first);
            fwd_batch_norm_sums_7x7x64(n, work->stages_3_1_conv1 + first, work->stages_3_1_bn1_sum + first,
                                       work->stages_3_1_bn1_squares + first,
                                       work->stages_3_1_bn1_sum_2[slice]);
            fwd_stages_3_1_conv_skip(n, work->stages_2_3_bn2_relu + first,
                                     work->stages_3_1_conv_skip_weight_packed,
                                     my->fwd_stages_3_1_conv_skip_scratch,
                                     work->stages_3_1_conv_skip + first);
            fwd_batch_norm_sums_7x7x64(n, work->stages_3_1_conv_skip + first,
                                       work->stages_3_1_bn_skip_sum + first,
                                       work->stages_3_1_bn_skip_squares + first,
                                       work->stages_3_1_bn_skip_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 64, work->stages_3_1_bn1_sum_2[0]);
    rt_combine(RESNET_SLICES, 64, work->stages_3_1_bn_skip_sum_2[0]);
    fwd_running_mean_next_64((float)in->n, s->stages_3_1_bn1_running_mean, work->stages_3_1_bn1_sum_2[0],
                             work->stages_3_1_bn1_running_mean_next);
    fwd_running_mean_next_64((float)in->n, s->stages_3_1_bn_skip_running_mean,
                             work->stages_3_1_bn_skip_sum_2[0], work->stages_3_1_bn_skip_running_mean_next);

    /* forward of stages.3.1.bn1, stages.3.1.bn_skip: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_3_1_bn1_sum_3[slice]);
        RT_ZERO(work->stages_3_1_bn_skip_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_64(n, (float)in->n, work->stages_3_1_bn1_squares + first,
                                  work->stages_3_1_bn1_sum + first, work->stages_3_1_bn1_sum_2[0],
                                  work->stages_3_1_bn1_sum_3[slice]);
            fwd_batch_norm_sum_64(n, (float)in->n, work->stages_3_1_bn_skip_squares + first,
                                  work->stages_3_1_bn_skip_sum + first, work->stages_3_1_bn_skip_sum_2[0],
                                  work->stages_3_1_bn_skip_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_64x64x3x3(p->stages_3_1_conv2_weight, work->stages_3_1_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 64, work->stages_3_1_bn1_sum_3[0]);
    rt_combine(RESNET_SLICES, 64, work->stages_3_1_bn_skip_sum_3[0]);
    fwd_running_var_next_64((float)in->n, s->stages_3_1_bn1_running_var, work->stages_3_1_bn1_sum_3[0],
                            work->stages_3_1_bn1_running_var_next);
    fwd_batch_norm_rsqrt_64((float)in->n, work->stages_3_1_bn1_sum_3[0], work->stages_3_1_bn1_rsqrt);
    fwd_running_var_next_64((float)in->n, s->stages_3_1_bn_skip_running_var,
                            work->stages_3_1_bn_skip_sum_3[0], work->stages_3_1_bn_skip_running_var_next);
    fwd_batch_norm_rsqrt_64((float)in->n, work->stages_3_1_bn_skip_sum_3[0], work->stages_3_1_bn_skip_rsqrt);

    /* forward of stages.3.1.bn1.relu, stages.3.1.conv2, stages.3.1.bn2   networks/resnet.lua:19, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_3_1_bn2_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_relu_7x7x64(n, (float)in->n, work->stages_3_1_conv1 + first, work->stages_3_1_bn1_sum_2[0],
                            work->stages_3_1_bn1_rsqrt, p->stages_3_1_bn1_weight, p->stages_3_1_bn1_bias,
                            my->stages_3_1_bn1_relu);
            fwd_conv2d_7x7x64(n, my->stages_3_1_bn1_relu, work->stages_3_1_conv2_weight_packed,
                              my->fwd_stages_3_1_conv2_scratch, work->stages_3_1_conv2 + first);
            fwd_batch_norm_sums_7x7x64(n, work->stages_3_1_conv2 + first, work->stages_3_1_bn2_sum + first,
                                       work->stages_3_1_bn2_squares + first,
                                       work->stages_3_1_bn2_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 64, work->stages_3_1_bn2_sum_2[0]);
    fwd_running_mean_next_64((float)in->n, s->stages_3_1_bn2_running_mean, work->stages_3_1_bn2_sum_2[0],
                             work->stages_3_1_bn2_running_mean_next);

    /* forward of stages.3.1.bn2: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_3_1_bn2_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_64(n, (float)in->n, work->stages_3_1_bn2_squares + first,
                                  work->stages_3_1_bn2_sum + first, work->stages_3_1_bn2_sum_2[0],
                                  work->stages_3_1_bn2_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_64x64x3x3(p->stages_3_2_conv1_weight, work->stages_3_2_conv1_weight_packed);
    rt_combine(RESNET_SLICES, 64, work->stages_3_1_bn2_sum_3[0]);
    fwd_running_var_next_64((float)in->n, s->stages_3_1_bn2_running_var, work->stages_3_1_bn2_sum_3[0],
                            work->stages_3_1_bn2_running_var_next);
    fwd_batch_norm_rsqrt_64((float)in->n, work->stages_3_1_bn2_sum_3[0], work->stages_3_1_bn2_rsqrt);

    /* forward of stages.3.1.bn2.relu, stages.3.2.conv1, stages.3.2.bn1   networks/resnet.lua:25, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_3_2_bn1_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_stages_3_1_bn2_relu(n, (float)in->n, work->stages_3_1_conv2 + first,
                                    work->stages_3_1_conv_skip + first, work->stages_3_1_bn2_sum_2[0],
                                    work->stages_3_1_bn2_rsqrt, p->stages_3_1_bn2_weight,
                                    p->stages_3_1_bn2_bias, work->stages_3_1_bn_skip_sum_2[0],
                                    work->stages_3_1_bn_skip_rsqrt, p->stages_3_1_bn_skip_weight,
                                    p->stages_3_1_bn_skip_bias, my->stages_3_1_bn2_relu);
            fwd_conv2d_7x7x64(n, my->stages_3_1_bn2_relu, work->stages_3_2_conv1_weight_packed,
                              my->fwd_stages_3_2_conv1_scratch, work->stages_3_2_conv1 + first);
            fwd_batch_norm_sums_7x7x64(n, work->stages_3_2_conv1 + first, work->stages_3_2_bn1_sum + first,
                                       work->stages_3_2_bn1_squares + first,
                                       work->stages_3_2_bn1_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 64, work->stages_3_2_bn1_sum_2[0]);
    fwd_running_mean_next_64((float)in->n, s->stages_3_2_bn1_running_mean, work->stages_3_2_bn1_sum_2[0],
                             work->stages_3_2_bn1_running_mean_next);

    /* forward of stages.3.2.bn1: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_3_2_bn1_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_64(n, (float)in->n, work->stages_3_2_bn1_squares + first,
                                  work->stages_3_2_bn1_sum + first, work->stages_3_2_bn1_sum_2[0],
                                  work->stages_3_2_bn1_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_64x64x3x3(p->stages_3_2_conv2_weight, work->stages_3_2_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 64, work->stages_3_2_bn1_sum_3[0]);
    fwd_running_var_next_64((float)in->n, s->stages_3_2_bn1_running_var, work->stages_3_2_bn1_sum_3[0],
                            work->stages_3_2_bn1_running_var_next);
    fwd_batch_norm_rsqrt_64((float)in->n, work->stages_3_2_bn1_sum_3[0], work->stages_3_2_bn1_rsqrt);

    /* forward of stages.3.2.bn1.relu, stages.3.2.conv2, stages.3.2.bn2   networks/resnet.lua:19, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_3_2_bn2_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_relu_7x7x64(n, (float)in->n, work->stages_3_2_conv1 + first, work->stages_3_2_bn1_sum_2[0],
                            work->stages_3_2_bn1_rsqrt, p->stages_3_2_bn1_weight, p->stages_3_2_bn1_bias,
                            my->stages_3_2_bn1_relu);
            fwd_conv2d_7x7x64(n, my->stages_3_2_bn1_relu, work->stages_3_2_conv2_weight_packed,
                              my->fwd_stages_3_2_conv2_scratch, work->stages_3_2_conv2 + first);
            fwd_batch_norm_sums_7x7x64(n, work->stages_3_2_conv2 + first, work->stages_3_2_bn2_sum + first,
                                       work->stages_3_2_bn2_squares + first,
                                       work->stages_3_2_bn2_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 64, work->stages_3_2_bn2_sum_2[0]);
    fwd_running_mean_next_64((float)in->n, s->stages_3_2_bn2_running_mean, work->stages_3_2_bn2_sum_2[0],
                             work->stages_3_2_bn2_running_mean_next);

    /* forward of stages.3.2.bn2: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_3_2_bn2_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_64(n, (float)in->n, work->stages_3_2_bn2_squares + first,
                                  work->stages_3_2_bn2_sum + first, work->stages_3_2_bn2_sum_2[0],
                                  work->stages_3_2_bn2_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_64x64x3x3(p->stages_3_3_conv1_weight, work->stages_3_3_conv1_weight_packed);
    rt_combine(RESNET_SLICES, 64, work->stages_3_2_bn2_sum_3[0]);
    fwd_running_var_next_64((float)in->n, s->stages_3_2_bn2_running_var, work->stages_3_2_bn2_sum_3[0],
                            work->stages_3_2_bn2_running_var_next);
    fwd_batch_norm_rsqrt_64((float)in->n, work->stages_3_2_bn2_sum_3[0], work->stages_3_2_bn2_rsqrt);

    /* forward of stages.3.2.bn2.relu, stages.3.3.conv1, stages.3.3.bn1   networks/resnet.lua:25, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_3_3_bn1_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_stages_3_2_bn2_relu(n, (float)in->n, work->stages_3_2_conv2 + first,
                                    work->stages_3_1_conv2 + first, work->stages_3_1_conv_skip + first,
                                    work->stages_3_2_bn2_sum_2[0], work->stages_3_2_bn2_rsqrt,
                                    p->stages_3_2_bn2_weight, p->stages_3_2_bn2_bias,
                                    work->stages_3_1_bn2_sum_2[0], work->stages_3_1_bn2_rsqrt,
                                    p->stages_3_1_bn2_weight, p->stages_3_1_bn2_bias,
                                    work->stages_3_1_bn_skip_sum_2[0], work->stages_3_1_bn_skip_rsqrt,
                                    p->stages_3_1_bn_skip_weight, p->stages_3_1_bn_skip_bias,
                                    my->stages_3_2_bn2_relu);
            fwd_conv2d_7x7x64(n, my->stages_3_2_bn2_relu, work->stages_3_3_conv1_weight_packed,
                              my->fwd_stages_3_3_conv1_scratch, work->stages_3_3_conv1 + first);
            fwd_batch_norm_sums_7x7x64(n, work->stages_3_3_conv1 + first, work->stages_3_3_bn1_sum + first,
                                       work->stages_3_3_bn1_squares + first,
                                       work->stages_3_3_bn1_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 64, work->stages_3_3_bn1_sum_2[0]);
    fwd_running_mean_next_64((float)in->n, s->stages_3_3_bn1_running_mean, work->stages_3_3_bn1_sum_2[0],
                             work->stages_3_3_bn1_running_mean_next);

    /* forward of stages.3.3.bn1: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_3_3_bn1_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_64(n, (float)in->n, work->stages_3_3_bn1_squares + first,
                                  work->stages_3_3_bn1_sum + first, work->stages_3_3_bn1_sum_2[0],
                                  work->stages_3_3_bn1_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_64x64x3x3(p->stages_3_3_conv2_weight, work->stages_3_3_conv2_weight_packed);
    rt_combine(RESNET_SLICES, 64, work->stages_3_3_bn1_sum_3[0]);
    fwd_running_var_next_64((float)in->n, s->stages_3_3_bn1_running_var, work->stages_3_3_bn1_sum_3[0],
                            work->stages_3_3_bn1_running_var_next);
    fwd_batch_norm_rsqrt_64((float)in->n, work->stages_3_3_bn1_sum_3[0], work->stages_3_3_bn1_rsqrt);

    /* forward of stages.3.3.bn1.relu, stages.3.3.conv2, stages.3.3.bn2   networks/resnet.lua:19, 14, 16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_3_3_bn2_sum_2[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_relu_7x7x64(n, (float)in->n, work->stages_3_3_conv1 + first, work->stages_3_3_bn1_sum_2[0],
                            work->stages_3_3_bn1_rsqrt, p->stages_3_3_bn1_weight, p->stages_3_3_bn1_bias,
                            my->stages_3_3_bn1_relu);
            fwd_conv2d_7x7x64(n, my->stages_3_3_bn1_relu, work->stages_3_3_conv2_weight_packed,
                              my->fwd_stages_3_3_conv2_scratch, work->stages_3_3_conv2 + first);
            fwd_batch_norm_sums_7x7x64(n, work->stages_3_3_conv2 + first, work->stages_3_3_bn2_sum + first,
                                       work->stages_3_3_bn2_squares + first,
                                       work->stages_3_3_bn2_sum_2[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 64, work->stages_3_3_bn2_sum_2[0]);
    fwd_running_mean_next_64((float)in->n, s->stages_3_3_bn2_running_mean, work->stages_3_3_bn2_sum_2[0],
                             work->stages_3_3_bn2_running_mean_next);

    /* forward of stages.3.3.bn2: sums over the batch   networks/resnet.lua:16 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->stages_3_3_bn2_sum_3[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            fwd_batch_norm_sum_64(n, (float)in->n, work->stages_3_3_bn2_squares + first,
                                  work->stages_3_3_bn2_sum + first, work->stages_3_3_bn2_sum_2[0],
                                  work->stages_3_3_bn2_sum_3[slice]);
        }
        rt_exact_end(found);
    }

    pack_fc_weight(p->fc_weight, work->fc_weight_packed);
    pack_fc_weight_back(p->fc_weight, work->fc_weight_back_packed);
    rt_combine(RESNET_SLICES, 64, work->stages_3_3_bn2_sum_3[0]);
    fwd_running_var_next_64((float)in->n, s->stages_3_3_bn2_running_var, work->stages_3_3_bn2_sum_3[0],
                            work->stages_3_3_bn2_running_var_next);
    fwd_batch_norm_rsqrt_64((float)in->n, work->stages_3_3_bn2_sum_3[0], work->stages_3_3_bn2_rsqrt);

    /* forward of global_avg_pool .. loss; backward of cross_entropy, fc, stages.3.3.bn2
     * networks/resnet.lua:41, 16, resnet.lua:20, 21 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->loss[slice]);
        RT_ZERO(work->d_fc_weight[slice]);
        RT_ZERO(work->d_fc_bias[slice]);
        RT_ZERO(work->d_stages_3_3_bn2_bias[slice]);
        RT_ZERO(work->d_stages_3_3_bn2_weight[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            fwd_global_avg_pool(n, (float)in->n, work->stages_3_3_conv2 + first,
                                work->stages_3_2_conv2 + first, work->stages_3_1_conv2 + first,
                                work->stages_3_1_conv_skip + first, work->stages_3_3_bn2_sum_2[0],
                                work->stages_3_3_bn2_rsqrt, p->stages_3_3_bn2_weight, p->stages_3_3_bn2_bias,
                                work->stages_3_2_bn2_sum_2[0], work->stages_3_2_bn2_rsqrt,
                                p->stages_3_2_bn2_weight, p->stages_3_2_bn2_bias,
                                work->stages_3_1_bn2_sum_2[0], work->stages_3_1_bn2_rsqrt,
                                p->stages_3_1_bn2_weight, p->stages_3_1_bn2_bias,
                                work->stages_3_1_bn_skip_sum_2[0], work->stages_3_1_bn_skip_rsqrt,
                                p->stages_3_1_bn_skip_weight, p->stages_3_1_bn_skip_bias,
                                my->global_avg_pool);
            fwd_logits(n, my->global_avg_pool, work->fc_weight_packed, p->fc_bias, my->logits);
            fwd_loss(n, (float)in->n, my->logits, in->label + first, work->loss[slice], my->cross_entropy_exp,
                     my->cross_entropy_sum, out->accuracy + first);
            bwd_logits(n, (float)in->n, my->cross_entropy_sum, in->label + first, my->d_logits);
            bwd_global_avg_pool(n, my->d_logits, work->fc_weight_back_packed,
                                work->d_global_avg_pool + first);
            bwd_fc_weight(n, my->d_logits, my->global_avg_pool, work->d_fc_weight[slice],
                          work->d_fc_bias[slice]);
            bwd_stages_3_3_bn2_weight(n, (float)in->n, work->stages_3_3_conv2 + first,
                                      work->stages_3_2_conv2 + first, work->stages_3_1_conv2 + first,
                                      work->stages_3_1_conv_skip + first, work->stages_3_3_bn2_sum_2[0],
                                      work->stages_3_3_bn2_rsqrt, p->stages_3_3_bn2_weight,
                                      p->stages_3_3_bn2_bias, work->stages_3_2_bn2_sum_2[0],
                                      work->stages_3_2_bn2_rsqrt, p->stages_3_2_bn2_weight,
                                      p->stages_3_2_bn2_bias, work->stages_3_1_bn2_sum_2[0],
                                      work->stages_3_1_bn2_rsqrt, p->stages_3_1_bn2_weight,
                                      p->stages_3_1_bn2_bias, work->stages_3_1_bn_skip_sum_2[0],
                                      work->stages_3_1_bn_skip_rsqrt, p->stages_3_1_bn_skip_weight,
                                      p->stages_3_1_bn_skip_bias, work->d_global_avg_pool + first,
                                      work->d_stages_3_3_bn2_bias[slice],
                                      work->d_stages_3_3_bn2_weight[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_grad_input_64x64x3x3(p->stages_3_3_conv2_weight, work->stages_3_3_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 1, work->loss[0]);
    rt_combine(RESNET_SLICES, 640, work->d_fc_weight[0][0]);
    rt_combine(RESNET_SLICES, 10, work->d_fc_bias[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_3_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_3_bn2_weight[0]);
    out->loss = work->loss[0][0];
    if (!rt_is_finite(out->loss)) return false;      /* nothing has been changed yet */

    /* once more stages.3.3.bn1.relu; backward of stages.3.3.bn2, stages.3.3.bn1.relu, stages.3.3.conv2,
     * stages.3.3.bn1   networks/resnet.lua:16, 19, 14 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_3_3_conv2_weight_sum[slice]);
        RT_ZERO(work->d_stages_3_3_bn1_bias[slice]);
        RT_ZERO(work->d_stages_3_3_bn1_weight[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_stages_3_3_conv2(n, (float)in->n, work->stages_3_3_conv2 + first,
                                 work->stages_3_2_conv2 + first, work->stages_3_1_conv2 + first,
                                 work->stages_3_1_conv_skip + first, work->stages_3_3_bn2_sum_2[0],
                                 work->stages_3_3_bn2_rsqrt, p->stages_3_3_bn2_weight, p->stages_3_3_bn2_bias,
                                 work->stages_3_2_bn2_sum_2[0], work->stages_3_2_bn2_rsqrt,
                                 p->stages_3_2_bn2_weight, p->stages_3_2_bn2_bias,
                                 work->stages_3_1_bn2_sum_2[0], work->stages_3_1_bn2_rsqrt,
                                 p->stages_3_1_bn2_weight, p->stages_3_1_bn2_bias,
                                 work->stages_3_1_bn_skip_sum_2[0], work->stages_3_1_bn_skip_rsqrt,
                                 p->stages_3_1_bn_skip_weight, p->stages_3_1_bn_skip_bias,
                                 work->d_global_avg_pool + first, work->d_stages_3_3_bn2_bias[0],
                                 work->d_stages_3_3_bn2_weight[0], my->d_stages_3_3_conv2);
            bwd_relu_7x7x64(n, (float)in->n, my->d_stages_3_3_conv2,
                            work->stages_3_3_conv2_weight_back_packed, work->stages_3_3_conv1 + first,
                            work->stages_3_3_bn1_sum_2[0], work->stages_3_3_bn1_rsqrt,
                            p->stages_3_3_bn1_weight, p->stages_3_3_bn1_bias, my->bwd_stages_3_3_bn1_scratch,
                            work->d_stages_3_3_bn1 + first, my->stages_3_3_bn1_relu_again);
            bwd_conv2d_weight_64x64x3x3(n, my->stages_3_3_bn1_relu_again, my->d_stages_3_3_conv2,
                                        my->bwd_stages_3_3_conv2_weight_scratch,
                                        work->d_stages_3_3_conv2_weight_sum[slice]);
            bwd_batch_norm_sums_7x7x64(n, (float)in->n, work->stages_3_3_conv1 + first,
                                       work->d_stages_3_3_bn1 + first, work->stages_3_3_bn1_sum_2[0],
                                       work->stages_3_3_bn1_rsqrt, work->d_stages_3_3_bn1_bias[slice],
                                       work->d_stages_3_3_bn1_weight[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_grad_input_64x64x3x3(p->stages_3_3_conv1_weight, work->stages_3_3_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 147456, work->d_stages_3_3_conv2_weight_sum[0]);
    unpack_conv2d_grad_weight_64x64x3x3(work->d_stages_3_3_conv2_weight_sum[0],
                                        work->d_stages_3_3_conv2_weight);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_3_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_3_bn1_weight[0]);

    /* once more stages.3.2.bn2.relu; backward of stages.3.3.bn1, stages.3.3.conv1, stages.3.2.bn2.relu,
     * stages.3.2.bn2   networks/resnet.lua:16, 14, 25 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_3_2_bn2_bias[slice]);
        RT_ZERO(work->d_stages_3_2_bn2_weight[slice]);
        RT_ZERO(work->d_stages_3_3_conv1_weight_sum[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_conv2d_7x7x64(n, (float)in->n, work->d_stages_3_3_bn1 + first, work->stages_3_3_conv1 + first,
                              work->d_stages_3_3_bn1_bias[0], work->stages_3_3_bn1_sum_2[0],
                              work->stages_3_3_bn1_rsqrt, work->d_stages_3_3_bn1_weight[0],
                              p->stages_3_3_bn1_weight, my->d_stages_3_3_conv1);
            fwd_conv2d_7x7x64(n, my->d_stages_3_3_conv1, work->stages_3_3_conv1_weight_back_packed,
                              my->bwd_stages_3_3_conv1_input_scratch, my->d_stages_3_3_conv1_input);
            bwd_stages_3_2_bn2_weight(n, (float)in->n, work->stages_3_2_conv2 + first,
                                      work->stages_3_1_conv2 + first, work->stages_3_1_conv_skip + first,
                                      work->stages_3_3_conv2 + first, work->stages_3_2_bn2_sum_2[0],
                                      work->stages_3_2_bn2_rsqrt, p->stages_3_2_bn2_weight,
                                      p->stages_3_2_bn2_bias, work->stages_3_1_bn2_sum_2[0],
                                      work->stages_3_1_bn2_rsqrt, p->stages_3_1_bn2_weight,
                                      p->stages_3_1_bn2_bias, work->stages_3_1_bn_skip_sum_2[0],
                                      work->stages_3_1_bn_skip_rsqrt, p->stages_3_1_bn_skip_weight,
                                      p->stages_3_1_bn_skip_bias, work->stages_3_3_bn2_sum_2[0],
                                      work->stages_3_3_bn2_rsqrt, p->stages_3_3_bn2_weight,
                                      p->stages_3_3_bn2_bias, work->d_global_avg_pool + first,
                                      my->d_stages_3_3_conv1_input, my->stages_3_2_bn2_relu_again,
                                      work->d_stages_3_2_bn2_add + first, work->d_stages_3_2_bn2_bias[slice],
                                      work->d_stages_3_2_bn2_weight[slice]);
            bwd_conv2d_weight_64x64x3x3(n, my->stages_3_2_bn2_relu_again, my->d_stages_3_3_conv1,
                                        my->bwd_stages_3_3_conv1_weight_scratch,
                                        work->d_stages_3_3_conv1_weight_sum[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_grad_input_64x64x3x3(p->stages_3_2_conv2_weight, work->stages_3_2_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_2_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_2_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 147456, work->d_stages_3_3_conv1_weight_sum[0]);
    unpack_conv2d_grad_weight_64x64x3x3(work->d_stages_3_3_conv1_weight_sum[0],
                                        work->d_stages_3_3_conv1_weight);

    /* once more stages.3.2.bn1.relu; backward of stages.3.2.bn2, stages.3.2.bn1.relu, stages.3.2.conv2,
     * stages.3.2.bn1   networks/resnet.lua:16, 19, 14 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_3_2_conv2_weight_sum[slice]);
        RT_ZERO(work->d_stages_3_2_bn1_bias[slice]);
        RT_ZERO(work->d_stages_3_2_bn1_weight[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_conv2d_7x7x64(n, (float)in->n, work->d_stages_3_2_bn2_add + first,
                              work->stages_3_2_conv2 + first, work->d_stages_3_2_bn2_bias[0],
                              work->stages_3_2_bn2_sum_2[0], work->stages_3_2_bn2_rsqrt,
                              work->d_stages_3_2_bn2_weight[0], p->stages_3_2_bn2_weight,
                              my->d_stages_3_2_conv2);
            bwd_relu_7x7x64(n, (float)in->n, my->d_stages_3_2_conv2,
                            work->stages_3_2_conv2_weight_back_packed, work->stages_3_2_conv1 + first,
                            work->stages_3_2_bn1_sum_2[0], work->stages_3_2_bn1_rsqrt,
                            p->stages_3_2_bn1_weight, p->stages_3_2_bn1_bias, my->bwd_stages_3_2_bn1_scratch,
                            work->d_stages_3_2_bn1 + first, my->stages_3_2_bn1_relu_again);
            bwd_conv2d_weight_64x64x3x3(n, my->stages_3_2_bn1_relu_again, my->d_stages_3_2_conv2,
                                        my->bwd_stages_3_2_conv2_weight_scratch,
                                        work->d_stages_3_2_conv2_weight_sum[slice]);
            bwd_batch_norm_sums_7x7x64(n, (float)in->n, work->stages_3_2_conv1 + first,
                                       work->d_stages_3_2_bn1 + first, work->stages_3_2_bn1_sum_2[0],
                                       work->stages_3_2_bn1_rsqrt, work->d_stages_3_2_bn1_bias[slice],
                                       work->d_stages_3_2_bn1_weight[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_grad_input_64x64x3x3(p->stages_3_2_conv1_weight, work->stages_3_2_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 147456, work->d_stages_3_2_conv2_weight_sum[0]);
    unpack_conv2d_grad_weight_64x64x3x3(work->d_stages_3_2_conv2_weight_sum[0],
                                        work->d_stages_3_2_conv2_weight);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_2_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_2_bn1_weight[0]);

    /* once more stages.3.1.bn2.relu; backward of stages.3.2.bn1 .. stages.3.1.bn2   networks/resnet.lua:16,
     * 14, 25 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_3_1_bn2_bias[slice]);
        RT_ZERO(work->d_stages_3_1_bn_skip_weight[slice]);
        RT_ZERO(work->d_stages_3_1_bn2_weight[slice]);
        RT_ZERO(work->d_stages_3_2_conv1_weight_sum[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_conv2d_7x7x64(n, (float)in->n, work->d_stages_3_2_bn1 + first, work->stages_3_2_conv1 + first,
                              work->d_stages_3_2_bn1_bias[0], work->stages_3_2_bn1_sum_2[0],
                              work->stages_3_2_bn1_rsqrt, work->d_stages_3_2_bn1_weight[0],
                              p->stages_3_2_bn1_weight, my->d_stages_3_2_conv1);
            fwd_conv2d_7x7x64(n, my->d_stages_3_2_conv1, work->stages_3_2_conv1_weight_back_packed,
                              my->bwd_stages_3_2_conv1_input_scratch, my->d_stages_3_2_conv1_input);
            bwd_stages_3_1_bn2_weight(n, (float)in->n, work->stages_3_1_conv2 + first,
                                      work->stages_3_1_conv_skip + first, work->d_stages_3_2_bn2_add + first,
                                      work->stages_3_1_bn2_sum_2[0], work->stages_3_1_bn2_rsqrt,
                                      p->stages_3_1_bn2_weight, p->stages_3_1_bn2_bias,
                                      work->stages_3_1_bn_skip_sum_2[0], work->stages_3_1_bn_skip_rsqrt,
                                      p->stages_3_1_bn_skip_weight, p->stages_3_1_bn_skip_bias,
                                      my->d_stages_3_2_conv1_input, my->stages_3_1_bn2_relu_again,
                                      work->d_stages_3_1_bn2_add + first, work->d_stages_3_1_bn2_bias[slice],
                                      work->d_stages_3_1_bn_skip_weight[slice],
                                      work->d_stages_3_1_bn2_weight[slice]);
            bwd_conv2d_weight_64x64x3x3(n, my->stages_3_1_bn2_relu_again, my->d_stages_3_2_conv1,
                                        my->bwd_stages_3_2_conv1_weight_scratch,
                                        work->d_stages_3_2_conv1_weight_sum[slice]);
        }
        rt_exact_end(found);
    }

    pack_stages_3_1_conv_skip_weight_back(p->stages_3_1_conv_skip_weight,
                                          work->stages_3_1_conv_skip_weight_back_packed);
    pack_conv2d_grad_input_64x64x3x3(p->stages_3_1_conv2_weight, work->stages_3_1_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_1_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_1_bn_skip_weight[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_1_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 147456, work->d_stages_3_2_conv1_weight_sum[0]);
    unpack_conv2d_grad_weight_64x64x3x3(work->d_stages_3_2_conv1_weight_sum[0],
                                        work->d_stages_3_2_conv1_weight);

    /* once more stages.3.1.bn1.relu; backward of stages.3.1.bn_skip .. stages.3.1.bn1
     * networks/resnet.lua:16, 14, 19 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_3_1_conv_skip_weight_sum[slice]);
        RT_ZERO(work->d_stages_3_1_conv2_weight_sum[slice]);
        RT_ZERO(work->d_stages_3_1_bn1_bias[slice]);
        RT_ZERO(work->d_stages_3_1_bn1_weight[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 32) {
            const int n = rt_min_int(last - first, 32);
            bwd_stages_3_1_conv2(n, (float)in->n, work->d_stages_3_1_bn2_add + first,
                                 work->stages_3_1_conv_skip + first, work->stages_3_1_conv2 + first,
                                 work->d_stages_3_1_bn2_bias[0], work->stages_3_1_bn_skip_sum_2[0],
                                 work->stages_3_1_bn_skip_rsqrt, work->d_stages_3_1_bn_skip_weight[0],
                                 p->stages_3_1_bn_skip_weight, work->stages_3_1_bn2_sum_2[0],
                                 work->stages_3_1_bn2_rsqrt, work->d_stages_3_1_bn2_weight[0],
                                 p->stages_3_1_bn2_weight, my->d_stages_3_1_conv_skip,
                                 my->d_stages_3_1_conv2);
            bwd_stages_3_1_conv_skip_input(n, my->d_stages_3_1_conv_skip,
                                           work->stages_3_1_conv_skip_weight_back_packed,
                                           my->bwd_stages_3_1_conv_skip_input_scratch,
                                           work->d_stages_3_1_conv_skip_input + first);
            bwd_stages_3_1_conv_skip_weight(n, work->stages_2_3_bn2_relu + first, my->d_stages_3_1_conv_skip,
                                            my->bwd_stages_3_1_conv_skip_weight_scratch,
                                            work->d_stages_3_1_conv_skip_weight_sum[slice]);
            bwd_relu_7x7x64(n, (float)in->n, my->d_stages_3_1_conv2,
                            work->stages_3_1_conv2_weight_back_packed, work->stages_3_1_conv1 + first,
                            work->stages_3_1_bn1_sum_2[0], work->stages_3_1_bn1_rsqrt,
                            p->stages_3_1_bn1_weight, p->stages_3_1_bn1_bias, my->bwd_stages_3_1_bn1_scratch,
                            work->d_stages_3_1_bn1 + first, my->stages_3_1_bn1_relu_again);
            bwd_conv2d_weight_64x64x3x3(n, my->stages_3_1_bn1_relu_again, my->d_stages_3_1_conv2,
                                        my->bwd_stages_3_1_conv2_weight_scratch,
                                        work->d_stages_3_1_conv2_weight_sum[slice]);
            bwd_batch_norm_sums_7x7x64(n, (float)in->n, work->stages_3_1_conv1 + first,
                                       work->d_stages_3_1_bn1 + first, work->stages_3_1_bn1_sum_2[0],
                                       work->stages_3_1_bn1_rsqrt, work->d_stages_3_1_bn1_bias[slice],
                                       work->d_stages_3_1_bn1_weight[slice]);
        }
        rt_exact_end(found);
    }

    pack_stages_3_1_conv1_weight_back(p->stages_3_1_conv1_weight, work->stages_3_1_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 2048, work->d_stages_3_1_conv_skip_weight_sum[0]);
    unpack_d_stages_3_1_conv_skip_weight(work->d_stages_3_1_conv_skip_weight_sum[0],
                                         work->d_stages_3_1_conv_skip_weight);
    rt_combine(RESNET_SLICES, 147456, work->d_stages_3_1_conv2_weight_sum[0]);
    unpack_conv2d_grad_weight_64x64x3x3(work->d_stages_3_1_conv2_weight_sum[0],
                                        work->d_stages_3_1_conv2_weight);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_1_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 64, work->d_stages_3_1_bn1_weight[0]);

    /* backward of stages.3.1.bn1, stages.2.3.bn2.relu, stages.3.1.conv1, stages.2.3.bn2
     * networks/resnet.lua:16, 25, 14 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_3_1_conv1_weight_sum[slice]);
        RT_ZERO(work->d_stages_2_3_bn2_bias[slice]);
        RT_ZERO(work->d_stages_2_3_bn2_weight[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            bwd_conv2d_7x7x64(n, (float)in->n, work->d_stages_3_1_bn1 + first, work->stages_3_1_conv1 + first,
                              work->d_stages_3_1_bn1_bias[0], work->stages_3_1_bn1_sum_2[0],
                              work->stages_3_1_bn1_rsqrt, work->d_stages_3_1_bn1_weight[0],
                              p->stages_3_1_bn1_weight, my->d_stages_3_1_conv1);
            bwd_stages_2_3_bn2_add(n, my->d_stages_3_1_conv1, work->stages_3_1_conv1_weight_back_packed,
                                   work->stages_2_3_bn2_relu + first,
                                   work->d_stages_3_1_conv_skip_input + first,
                                   my->bwd_stages_2_3_bn2_add_scratch, work->d_stages_2_3_bn2_add + first);
            bwd_stages_3_1_conv1_weight(n, work->stages_2_3_bn2_relu + first, my->d_stages_3_1_conv1,
                                        my->bwd_stages_3_1_conv1_weight_scratch,
                                        work->d_stages_3_1_conv1_weight_sum[slice]);
            bwd_batch_norm_sums_14x14x32(n, (float)in->n, work->stages_2_3_conv2 + first,
                                         work->d_stages_2_3_bn2_add + first, work->stages_2_3_bn2_sum_2[0],
                                         work->stages_2_3_bn2_rsqrt, work->d_stages_2_3_bn2_bias[slice],
                                         work->d_stages_2_3_bn2_weight[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_grad_input_32x32x3x3(p->stages_2_3_conv2_weight, work->stages_2_3_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 18432, work->d_stages_3_1_conv1_weight_sum[0]);
    unpack_d_stages_3_1_conv1_weight(work->d_stages_3_1_conv1_weight_sum[0], work->d_stages_3_1_conv1_weight);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_3_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_3_bn2_weight[0]);

    /* once more stages.2.3.bn1.relu; backward of stages.2.3.bn2, stages.2.3.bn1.relu, stages.2.3.conv2,
     * stages.2.3.bn1   networks/resnet.lua:16, 19, 14 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_2_3_conv2_weight_sum[slice]);
        RT_ZERO(work->d_stages_2_3_bn1_bias[slice]);
        RT_ZERO(work->d_stages_2_3_bn1_weight[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            bwd_conv2d_14x14x32(n, (float)in->n, work->d_stages_2_3_bn2_add + first,
                                work->stages_2_3_conv2 + first, work->d_stages_2_3_bn2_bias[0],
                                work->stages_2_3_bn2_sum_2[0], work->stages_2_3_bn2_rsqrt,
                                work->d_stages_2_3_bn2_weight[0], p->stages_2_3_bn2_weight,
                                my->d_stages_2_3_conv2);
            bwd_relu_14x14x32(n, (float)in->n, my->d_stages_2_3_conv2,
                              work->stages_2_3_conv2_weight_back_packed, work->stages_2_3_conv1 + first,
                              work->stages_2_3_bn1_sum_2[0], work->stages_2_3_bn1_rsqrt,
                              p->stages_2_3_bn1_weight, p->stages_2_3_bn1_bias,
                              my->bwd_stages_2_3_bn1_scratch, work->d_stages_2_3_bn1 + first,
                              my->stages_2_3_bn1_relu_again);
            bwd_conv2d_weight_32x32x3x3(n, my->stages_2_3_bn1_relu_again, my->d_stages_2_3_conv2,
                                        my->bwd_stages_2_3_conv2_weight_scratch,
                                        work->d_stages_2_3_conv2_weight_sum[slice]);
            bwd_batch_norm_sums_14x14x32(n, (float)in->n, work->stages_2_3_conv1 + first,
                                         work->d_stages_2_3_bn1 + first, work->stages_2_3_bn1_sum_2[0],
                                         work->stages_2_3_bn1_rsqrt, work->d_stages_2_3_bn1_bias[slice],
                                         work->d_stages_2_3_bn1_weight[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_grad_input_32x32x3x3(p->stages_2_3_conv1_weight, work->stages_2_3_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 36864, work->d_stages_2_3_conv2_weight_sum[0]);
    unpack_conv2d_grad_weight_32x32x3x3(work->d_stages_2_3_conv2_weight_sum[0],
                                        work->d_stages_2_3_conv2_weight);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_3_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_3_bn1_weight[0]);

    /* once more stages.2.2.bn2.relu; backward of stages.2.3.bn1, stages.2.3.conv1, stages.2.2.bn2.relu,
     * stages.2.2.bn2   networks/resnet.lua:16, 14, 25 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_2_2_bn2_bias[slice]);
        RT_ZERO(work->d_stages_2_2_bn2_weight[slice]);
        RT_ZERO(work->d_stages_2_3_conv1_weight_sum[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            bwd_conv2d_14x14x32(n, (float)in->n, work->d_stages_2_3_bn1 + first,
                                work->stages_2_3_conv1 + first, work->d_stages_2_3_bn1_bias[0],
                                work->stages_2_3_bn1_sum_2[0], work->stages_2_3_bn1_rsqrt,
                                work->d_stages_2_3_bn1_weight[0], p->stages_2_3_bn1_weight,
                                my->d_stages_2_3_conv1);
            fwd_conv2d_14x14x32(n, my->d_stages_2_3_conv1, work->stages_2_3_conv1_weight_back_packed,
                                my->bwd_stages_2_3_conv1_input_scratch, my->d_stages_2_3_conv1_input);
            bwd_stages_2_2_bn2_weight(n, (float)in->n, work->stages_2_2_conv2 + first,
                                      work->stages_2_1_conv2 + first, work->stages_2_1_conv_skip + first,
                                      work->d_stages_2_3_bn2_add + first, work->stages_2_2_bn2_sum_2[0],
                                      work->stages_2_2_bn2_rsqrt, p->stages_2_2_bn2_weight,
                                      p->stages_2_2_bn2_bias, work->stages_2_1_bn2_sum_2[0],
                                      work->stages_2_1_bn2_rsqrt, p->stages_2_1_bn2_weight,
                                      p->stages_2_1_bn2_bias, work->stages_2_1_bn_skip_sum_2[0],
                                      work->stages_2_1_bn_skip_rsqrt, p->stages_2_1_bn_skip_weight,
                                      p->stages_2_1_bn_skip_bias, my->d_stages_2_3_conv1_input,
                                      my->stages_2_2_bn2_relu_again, work->d_stages_2_2_bn2_add + first,
                                      work->d_stages_2_2_bn2_bias[slice],
                                      work->d_stages_2_2_bn2_weight[slice]);
            bwd_conv2d_weight_32x32x3x3(n, my->stages_2_2_bn2_relu_again, my->d_stages_2_3_conv1,
                                        my->bwd_stages_2_3_conv1_weight_scratch,
                                        work->d_stages_2_3_conv1_weight_sum[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_grad_input_32x32x3x3(p->stages_2_2_conv2_weight, work->stages_2_2_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_2_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_2_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 36864, work->d_stages_2_3_conv1_weight_sum[0]);
    unpack_conv2d_grad_weight_32x32x3x3(work->d_stages_2_3_conv1_weight_sum[0],
                                        work->d_stages_2_3_conv1_weight);

    /* once more stages.2.2.bn1.relu; backward of stages.2.2.bn2, stages.2.2.bn1.relu, stages.2.2.conv2,
     * stages.2.2.bn1   networks/resnet.lua:16, 19, 14 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_2_2_conv2_weight_sum[slice]);
        RT_ZERO(work->d_stages_2_2_bn1_bias[slice]);
        RT_ZERO(work->d_stages_2_2_bn1_weight[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            bwd_conv2d_14x14x32(n, (float)in->n, work->d_stages_2_2_bn2_add + first,
                                work->stages_2_2_conv2 + first, work->d_stages_2_2_bn2_bias[0],
                                work->stages_2_2_bn2_sum_2[0], work->stages_2_2_bn2_rsqrt,
                                work->d_stages_2_2_bn2_weight[0], p->stages_2_2_bn2_weight,
                                my->d_stages_2_2_conv2);
            bwd_relu_14x14x32(n, (float)in->n, my->d_stages_2_2_conv2,
                              work->stages_2_2_conv2_weight_back_packed, work->stages_2_2_conv1 + first,
                              work->stages_2_2_bn1_sum_2[0], work->stages_2_2_bn1_rsqrt,
                              p->stages_2_2_bn1_weight, p->stages_2_2_bn1_bias,
                              my->bwd_stages_2_2_bn1_scratch, work->d_stages_2_2_bn1 + first,
                              my->stages_2_2_bn1_relu_again);
            bwd_conv2d_weight_32x32x3x3(n, my->stages_2_2_bn1_relu_again, my->d_stages_2_2_conv2,
                                        my->bwd_stages_2_2_conv2_weight_scratch,
                                        work->d_stages_2_2_conv2_weight_sum[slice]);
            bwd_batch_norm_sums_14x14x32(n, (float)in->n, work->stages_2_2_conv1 + first,
                                         work->d_stages_2_2_bn1 + first, work->stages_2_2_bn1_sum_2[0],
                                         work->stages_2_2_bn1_rsqrt, work->d_stages_2_2_bn1_bias[slice],
                                         work->d_stages_2_2_bn1_weight[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_grad_input_32x32x3x3(p->stages_2_2_conv1_weight, work->stages_2_2_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 36864, work->d_stages_2_2_conv2_weight_sum[0]);
    unpack_conv2d_grad_weight_32x32x3x3(work->d_stages_2_2_conv2_weight_sum[0],
                                        work->d_stages_2_2_conv2_weight);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_2_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_2_bn1_weight[0]);

    /* once more stages.2.1.bn2.relu; backward of stages.2.2.bn1 .. stages.2.1.bn2   networks/resnet.lua:16,
     * 14, 25 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_2_1_bn2_bias[slice]);
        RT_ZERO(work->d_stages_2_1_bn_skip_weight[slice]);
        RT_ZERO(work->d_stages_2_1_bn2_weight[slice]);
        RT_ZERO(work->d_stages_2_2_conv1_weight_sum[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            bwd_conv2d_14x14x32(n, (float)in->n, work->d_stages_2_2_bn1 + first,
                                work->stages_2_2_conv1 + first, work->d_stages_2_2_bn1_bias[0],
                                work->stages_2_2_bn1_sum_2[0], work->stages_2_2_bn1_rsqrt,
                                work->d_stages_2_2_bn1_weight[0], p->stages_2_2_bn1_weight,
                                my->d_stages_2_2_conv1);
            fwd_conv2d_14x14x32(n, my->d_stages_2_2_conv1, work->stages_2_2_conv1_weight_back_packed,
                                my->bwd_stages_2_2_conv1_input_scratch, my->d_stages_2_2_conv1_input);
            bwd_stages_2_1_bn2_weight(n, (float)in->n, work->stages_2_1_conv2 + first,
                                      work->stages_2_1_conv_skip + first, work->d_stages_2_2_bn2_add + first,
                                      work->stages_2_1_bn2_sum_2[0], work->stages_2_1_bn2_rsqrt,
                                      p->stages_2_1_bn2_weight, p->stages_2_1_bn2_bias,
                                      work->stages_2_1_bn_skip_sum_2[0], work->stages_2_1_bn_skip_rsqrt,
                                      p->stages_2_1_bn_skip_weight, p->stages_2_1_bn_skip_bias,
                                      my->d_stages_2_2_conv1_input, my->stages_2_1_bn2_relu_again,
                                      work->d_stages_2_1_bn2_add + first, work->d_stages_2_1_bn2_bias[slice],
                                      work->d_stages_2_1_bn_skip_weight[slice],
                                      work->d_stages_2_1_bn2_weight[slice]);
            bwd_conv2d_weight_32x32x3x3(n, my->stages_2_1_bn2_relu_again, my->d_stages_2_2_conv1,
                                        my->bwd_stages_2_2_conv1_weight_scratch,
                                        work->d_stages_2_2_conv1_weight_sum[slice]);
        }
        rt_exact_end(found);
    }

    pack_stages_2_1_conv_skip_weight_back(p->stages_2_1_conv_skip_weight,
                                          work->stages_2_1_conv_skip_weight_back_packed);
    pack_conv2d_grad_input_32x32x3x3(p->stages_2_1_conv2_weight, work->stages_2_1_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_1_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_1_bn_skip_weight[0]);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_1_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 36864, work->d_stages_2_2_conv1_weight_sum[0]);
    unpack_conv2d_grad_weight_32x32x3x3(work->d_stages_2_2_conv1_weight_sum[0],
                                        work->d_stages_2_2_conv1_weight);

    /* once more stages.2.1.bn1.relu; backward of stages.2.1.bn_skip .. stages.2.1.bn1
     * networks/resnet.lua:16, 14, 19 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_2_1_conv_skip_weight_sum[slice]);
        RT_ZERO(work->d_stages_2_1_conv2_weight_sum[slice]);
        RT_ZERO(work->d_stages_2_1_bn1_bias[slice]);
        RT_ZERO(work->d_stages_2_1_bn1_weight[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 4) {
            const int n = rt_min_int(last - first, 4);
            bwd_stages_2_1_conv2(n, (float)in->n, work->d_stages_2_1_bn2_add + first,
                                 work->stages_2_1_conv_skip + first, work->stages_2_1_conv2 + first,
                                 work->d_stages_2_1_bn2_bias[0], work->stages_2_1_bn_skip_sum_2[0],
                                 work->stages_2_1_bn_skip_rsqrt, work->d_stages_2_1_bn_skip_weight[0],
                                 p->stages_2_1_bn_skip_weight, work->stages_2_1_bn2_sum_2[0],
                                 work->stages_2_1_bn2_rsqrt, work->d_stages_2_1_bn2_weight[0],
                                 p->stages_2_1_bn2_weight, my->d_stages_2_1_conv_skip,
                                 my->d_stages_2_1_conv2);
            bwd_stages_2_1_conv_skip_input(n, my->d_stages_2_1_conv_skip,
                                           work->stages_2_1_conv_skip_weight_back_packed,
                                           my->bwd_stages_2_1_conv_skip_input_scratch,
                                           work->d_stages_2_1_conv_skip_input + first);
            bwd_stages_2_1_conv_skip_weight(n, work->stages_1_3_bn2_relu + first, my->d_stages_2_1_conv_skip,
                                            my->bwd_stages_2_1_conv_skip_weight_scratch,
                                            work->d_stages_2_1_conv_skip_weight_sum[slice]);
            bwd_relu_14x14x32(n, (float)in->n, my->d_stages_2_1_conv2,
                              work->stages_2_1_conv2_weight_back_packed, work->stages_2_1_conv1 + first,
                              work->stages_2_1_bn1_sum_2[0], work->stages_2_1_bn1_rsqrt,
                              p->stages_2_1_bn1_weight, p->stages_2_1_bn1_bias,
                              my->bwd_stages_2_1_bn1_scratch, work->d_stages_2_1_bn1 + first,
                              my->stages_2_1_bn1_relu_again);
            bwd_conv2d_weight_32x32x3x3(n, my->stages_2_1_bn1_relu_again, my->d_stages_2_1_conv2,
                                        my->bwd_stages_2_1_conv2_weight_scratch,
                                        work->d_stages_2_1_conv2_weight_sum[slice]);
            bwd_batch_norm_sums_14x14x32(n, (float)in->n, work->stages_2_1_conv1 + first,
                                         work->d_stages_2_1_bn1 + first, work->stages_2_1_bn1_sum_2[0],
                                         work->stages_2_1_bn1_rsqrt, work->d_stages_2_1_bn1_bias[slice],
                                         work->d_stages_2_1_bn1_weight[slice]);
        }
        rt_exact_end(found);
    }

    pack_stages_2_1_conv1_weight_back(p->stages_2_1_conv1_weight, work->stages_2_1_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 512, work->d_stages_2_1_conv_skip_weight_sum[0]);
    unpack_d_stages_2_1_conv_skip_weight(work->d_stages_2_1_conv_skip_weight_sum[0],
                                         work->d_stages_2_1_conv_skip_weight);
    rt_combine(RESNET_SLICES, 36864, work->d_stages_2_1_conv2_weight_sum[0]);
    unpack_conv2d_grad_weight_32x32x3x3(work->d_stages_2_1_conv2_weight_sum[0],
                                        work->d_stages_2_1_conv2_weight);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_1_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 32, work->d_stages_2_1_bn1_weight[0]);

    /* backward of stages.2.1.bn1, stages.1.3.bn2.relu, stages.2.1.conv1, stages.1.3.bn2
     * networks/resnet.lua:16, 25, 14 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_2_1_conv1_weight_sum[slice]);
        RT_ZERO(work->d_stages_1_3_bn2_bias[slice]);
        RT_ZERO(work->d_stages_1_3_bn2_weight[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 1) {
            const int n = rt_min_int(last - first, 1);
            bwd_conv2d_14x14x32(n, (float)in->n, work->d_stages_2_1_bn1 + first,
                                work->stages_2_1_conv1 + first, work->d_stages_2_1_bn1_bias[0],
                                work->stages_2_1_bn1_sum_2[0], work->stages_2_1_bn1_rsqrt,
                                work->d_stages_2_1_bn1_weight[0], p->stages_2_1_bn1_weight,
                                my->d_stages_2_1_conv1);
            bwd_stages_1_3_bn2_add(n, my->d_stages_2_1_conv1, work->stages_2_1_conv1_weight_back_packed,
                                   work->stages_1_3_bn2_relu + first,
                                   work->d_stages_2_1_conv_skip_input + first,
                                   my->bwd_stages_1_3_bn2_add_scratch, work->d_stages_1_3_bn2_add + first);
            bwd_stages_2_1_conv1_weight(n, work->stages_1_3_bn2_relu + first, my->d_stages_2_1_conv1,
                                        my->bwd_stages_2_1_conv1_weight_scratch,
                                        work->d_stages_2_1_conv1_weight_sum[slice]);
            bwd_batch_norm_sums_28x28x16(n, (float)in->n, work->d_stages_1_3_bn2_add + first,
                                         work->stages_1_3_conv2 + first, work->stages_1_3_bn2_sum_2[0],
                                         work->stages_1_3_bn2_rsqrt, work->d_stages_1_3_bn2_bias[slice],
                                         work->d_stages_1_3_bn2_weight[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_grad_input_16x16x3x3(p->stages_1_3_conv2_weight, work->stages_1_3_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 4608, work->d_stages_2_1_conv1_weight_sum[0]);
    unpack_d_stages_2_1_conv1_weight(work->d_stages_2_1_conv1_weight_sum[0], work->d_stages_2_1_conv1_weight);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_3_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_3_bn2_weight[0]);

    /* once more stages.1.3.bn1.relu; backward of stages.1.3.bn2, stages.1.3.bn1.relu, stages.1.3.conv2,
     * stages.1.3.bn1   networks/resnet.lua:16, 19, 14 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_1_3_conv2_weight_sum[slice]);
        RT_ZERO(work->d_stages_1_3_bn1_bias[slice]);
        RT_ZERO(work->d_stages_1_3_bn1_weight[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            bwd_conv2d_28x28x16(n, (float)in->n, work->d_stages_1_3_bn2_add + first,
                                work->d_stages_1_3_bn2_bias[0], work->stages_1_3_conv2 + first,
                                work->stages_1_3_bn2_sum_2[0], work->stages_1_3_bn2_rsqrt,
                                work->d_stages_1_3_bn2_weight[0], p->stages_1_3_bn2_weight,
                                my->d_stages_1_3_conv2);
            bwd_relu_28x28x16(n, (float)in->n, my->d_stages_1_3_conv2,
                              work->stages_1_3_conv2_weight_back_packed, work->stages_1_3_conv1 + first,
                              work->stages_1_3_bn1_sum_2[0], work->stages_1_3_bn1_rsqrt,
                              p->stages_1_3_bn1_weight, p->stages_1_3_bn1_bias,
                              my->bwd_stages_1_3_bn1_scratch, work->d_stages_1_3_bn1 + first,
                              my->stages_1_3_bn1_relu_again);
            bwd_conv2d_weight_16x16x3x3(n, my->stages_1_3_bn1_relu_again, my->d_stages_1_3_conv2,
                                        my->bwd_stages_1_3_conv2_weight_scratch,
                                        work->d_stages_1_3_conv2_weight_sum[slice]);
            bwd_batch_norm_sums_28x28x16(n, (float)in->n, work->d_stages_1_3_bn1 + first,
                                         work->stages_1_3_conv1 + first, work->stages_1_3_bn1_sum_2[0],
                                         work->stages_1_3_bn1_rsqrt, work->d_stages_1_3_bn1_bias[slice],
                                         work->d_stages_1_3_bn1_weight[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_grad_input_16x16x3x3(p->stages_1_3_conv1_weight, work->stages_1_3_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 18432, work->d_stages_1_3_conv2_weight_sum[0]);
    unpack_conv2d_grad_weight_16x16x3x3(work->d_stages_1_3_conv2_weight_sum[0],
                                        work->d_stages_1_3_conv2_weight);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_3_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_3_bn1_weight[0]);

    /* once more stages.1.2.bn2.relu; backward of stages.1.3.bn1, stages.1.3.conv1, stages.1.2.bn2.relu,
     * stages.1.2.bn2   networks/resnet.lua:16, 14, 25 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_1_2_bn2_bias[slice]);
        RT_ZERO(work->d_stages_1_2_bn2_weight[slice]);
        RT_ZERO(work->d_stages_1_3_conv1_weight_sum[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 1) {
            const int n = rt_min_int(last - first, 1);
            bwd_conv2d_28x28x16(n, (float)in->n, work->d_stages_1_3_bn1 + first,
                                work->d_stages_1_3_bn1_bias[0], work->stages_1_3_conv1 + first,
                                work->stages_1_3_bn1_sum_2[0], work->stages_1_3_bn1_rsqrt,
                                work->d_stages_1_3_bn1_weight[0], p->stages_1_3_bn1_weight,
                                my->d_stages_1_3_conv1);
            fwd_conv2d_28x28x16(n, my->d_stages_1_3_conv1, work->stages_1_3_conv1_weight_back_packed,
                                my->bwd_stages_1_3_conv1_input_scratch, my->d_stages_1_3_conv1_input);
            bwd_stages_1_2_bn2_weight(n, (float)in->n, work->stages_1_2_conv2 + first,
                                      work->stages_1_2_bn2_sum_2[0], work->stages_1_2_bn2_rsqrt,
                                      p->stages_1_2_bn2_weight, p->stages_1_2_bn2_bias,
                                      work->stages_1_1_conv2 + first, work->stages_1_1_bn2_sum_2[0],
                                      work->stages_1_1_bn2_rsqrt, p->stages_1_1_bn2_weight,
                                      p->stages_1_1_bn2_bias, work->stem_conv + first, work->stem_bn_sum_2[0],
                                      work->stem_bn_rsqrt, p->stem_bn_weight, p->stem_bn_bias,
                                      work->d_stages_1_3_bn2_add + first, my->d_stages_1_3_conv1_input,
                                      my->stages_1_2_bn2_relu_again, work->d_stages_1_2_bn2_add + first,
                                      work->d_stages_1_2_bn2_bias[slice],
                                      work->d_stages_1_2_bn2_weight[slice]);
            bwd_conv2d_weight_16x16x3x3(n, my->stages_1_2_bn2_relu_again, my->d_stages_1_3_conv1,
                                        my->bwd_stages_1_3_conv1_weight_scratch,
                                        work->d_stages_1_3_conv1_weight_sum[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_grad_input_16x16x3x3(p->stages_1_2_conv2_weight, work->stages_1_2_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_2_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_2_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 18432, work->d_stages_1_3_conv1_weight_sum[0]);
    unpack_conv2d_grad_weight_16x16x3x3(work->d_stages_1_3_conv1_weight_sum[0],
                                        work->d_stages_1_3_conv1_weight);

    /* once more stages.1.2.bn1.relu; backward of stages.1.2.bn2, stages.1.2.bn1.relu, stages.1.2.conv2,
     * stages.1.2.bn1   networks/resnet.lua:16, 19, 14 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_1_2_conv2_weight_sum[slice]);
        RT_ZERO(work->d_stages_1_2_bn1_bias[slice]);
        RT_ZERO(work->d_stages_1_2_bn1_weight[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            bwd_conv2d_28x28x16(n, (float)in->n, work->d_stages_1_2_bn2_add + first,
                                work->d_stages_1_2_bn2_bias[0], work->stages_1_2_conv2 + first,
                                work->stages_1_2_bn2_sum_2[0], work->stages_1_2_bn2_rsqrt,
                                work->d_stages_1_2_bn2_weight[0], p->stages_1_2_bn2_weight,
                                my->d_stages_1_2_conv2);
            bwd_relu_28x28x16(n, (float)in->n, my->d_stages_1_2_conv2,
                              work->stages_1_2_conv2_weight_back_packed, work->stages_1_2_conv1 + first,
                              work->stages_1_2_bn1_sum_2[0], work->stages_1_2_bn1_rsqrt,
                              p->stages_1_2_bn1_weight, p->stages_1_2_bn1_bias,
                              my->bwd_stages_1_2_bn1_scratch, work->d_stages_1_2_bn1 + first,
                              my->stages_1_2_bn1_relu_again);
            bwd_conv2d_weight_16x16x3x3(n, my->stages_1_2_bn1_relu_again, my->d_stages_1_2_conv2,
                                        my->bwd_stages_1_2_conv2_weight_scratch,
                                        work->d_stages_1_2_conv2_weight_sum[slice]);
            bwd_batch_norm_sums_28x28x16(n, (float)in->n, work->d_stages_1_2_bn1 + first,
                                         work->stages_1_2_conv1 + first, work->stages_1_2_bn1_sum_2[0],
                                         work->stages_1_2_bn1_rsqrt, work->d_stages_1_2_bn1_bias[slice],
                                         work->d_stages_1_2_bn1_weight[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_grad_input_16x16x3x3(p->stages_1_2_conv1_weight, work->stages_1_2_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 18432, work->d_stages_1_2_conv2_weight_sum[0]);
    unpack_conv2d_grad_weight_16x16x3x3(work->d_stages_1_2_conv2_weight_sum[0],
                                        work->d_stages_1_2_conv2_weight);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_2_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_2_bn1_weight[0]);

    /* once more stages.1.1.bn2.relu; backward of stages.1.2.bn1, stages.1.2.conv1, stages.1.1.bn2.relu,
     * stages.1.1.bn2   networks/resnet.lua:16, 14, 25 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_1_1_bn2_bias[slice]);
        RT_ZERO(work->d_stages_1_1_bn2_weight[slice]);
        RT_ZERO(work->d_stages_1_2_conv1_weight_sum[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 1) {
            const int n = rt_min_int(last - first, 1);
            bwd_conv2d_28x28x16(n, (float)in->n, work->d_stages_1_2_bn1 + first,
                                work->d_stages_1_2_bn1_bias[0], work->stages_1_2_conv1 + first,
                                work->stages_1_2_bn1_sum_2[0], work->stages_1_2_bn1_rsqrt,
                                work->d_stages_1_2_bn1_weight[0], p->stages_1_2_bn1_weight,
                                my->d_stages_1_2_conv1);
            fwd_conv2d_28x28x16(n, my->d_stages_1_2_conv1, work->stages_1_2_conv1_weight_back_packed,
                                my->bwd_stages_1_2_conv1_input_scratch, my->d_stages_1_2_conv1_input);
            bwd_stages_1_1_bn2_weight(n, (float)in->n, work->stages_1_1_conv2 + first,
                                      work->stages_1_1_bn2_sum_2[0], work->stages_1_1_bn2_rsqrt,
                                      p->stages_1_1_bn2_weight, p->stages_1_1_bn2_bias,
                                      work->stem_conv + first, work->stem_bn_sum_2[0], work->stem_bn_rsqrt,
                                      p->stem_bn_weight, p->stem_bn_bias, work->d_stages_1_2_bn2_add + first,
                                      my->d_stages_1_2_conv1_input, my->stages_1_1_bn2_relu_again,
                                      work->d_stages_1_1_bn2_add + first, work->d_stages_1_1_bn2_bias[slice],
                                      work->d_stages_1_1_bn2_weight[slice]);
            bwd_conv2d_weight_16x16x3x3(n, my->stages_1_1_bn2_relu_again, my->d_stages_1_2_conv1,
                                        my->bwd_stages_1_2_conv1_weight_scratch,
                                        work->d_stages_1_2_conv1_weight_sum[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_grad_input_16x16x3x3(p->stages_1_1_conv2_weight, work->stages_1_1_conv2_weight_back_packed);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_1_bn2_bias[0]);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_1_bn2_weight[0]);
    rt_combine(RESNET_SLICES, 18432, work->d_stages_1_2_conv1_weight_sum[0]);
    unpack_conv2d_grad_weight_16x16x3x3(work->d_stages_1_2_conv1_weight_sum[0],
                                        work->d_stages_1_2_conv1_weight);

    /* once more stages.1.1.bn1.relu; backward of stages.1.1.bn2, stages.1.1.bn1.relu, stages.1.1.conv2,
     * stages.1.1.bn1   networks/resnet.lua:16, 19, 14 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_1_1_conv2_weight_sum[slice]);
        RT_ZERO(work->d_stages_1_1_bn1_bias[slice]);
        RT_ZERO(work->d_stages_1_1_bn1_weight[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            bwd_conv2d_28x28x16(n, (float)in->n, work->d_stages_1_1_bn2_add + first,
                                work->d_stages_1_1_bn2_bias[0], work->stages_1_1_conv2 + first,
                                work->stages_1_1_bn2_sum_2[0], work->stages_1_1_bn2_rsqrt,
                                work->d_stages_1_1_bn2_weight[0], p->stages_1_1_bn2_weight,
                                my->d_stages_1_1_conv2);
            bwd_relu_28x28x16(n, (float)in->n, my->d_stages_1_1_conv2,
                              work->stages_1_1_conv2_weight_back_packed, work->stages_1_1_conv1 + first,
                              work->stages_1_1_bn1_sum_2[0], work->stages_1_1_bn1_rsqrt,
                              p->stages_1_1_bn1_weight, p->stages_1_1_bn1_bias,
                              my->bwd_stages_1_1_bn1_scratch, work->d_stages_1_1_bn1 + first,
                              my->stages_1_1_bn1_relu_again);
            bwd_conv2d_weight_16x16x3x3(n, my->stages_1_1_bn1_relu_again, my->d_stages_1_1_conv2,
                                        my->bwd_stages_1_1_conv2_weight_scratch,
                                        work->d_stages_1_1_conv2_weight_sum[slice]);
            bwd_batch_norm_sums_28x28x16(n, (float)in->n, work->d_stages_1_1_bn1 + first,
                                         work->stages_1_1_conv1 + first, work->stages_1_1_bn1_sum_2[0],
                                         work->stages_1_1_bn1_rsqrt, work->d_stages_1_1_bn1_bias[slice],
                                         work->d_stages_1_1_bn1_weight[slice]);
        }
        rt_exact_end(found);
    }

    pack_conv2d_grad_input_16x16x3x3(p->stages_1_1_conv1_weight, work->stages_1_1_conv1_weight_back_packed);
    rt_combine(RESNET_SLICES, 18432, work->d_stages_1_1_conv2_weight_sum[0]);
    unpack_conv2d_grad_weight_16x16x3x3(work->d_stages_1_1_conv2_weight_sum[0],
                                        work->d_stages_1_1_conv2_weight);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_1_bn1_bias[0]);
    rt_combine(RESNET_SLICES, 16, work->d_stages_1_1_bn1_weight[0]);

    /* once more stem.bn.relu; backward of stages.1.1.bn1, stem.bn.relu, stages.1.1.conv1, stem.bn
     * networks/resnet.lua:16, 30, 14 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stages_1_1_conv1_weight_sum[slice]);
        RT_ZERO(work->d_stem_bn_bias[slice]);
        RT_ZERO(work->d_stem_bn_weight[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 1) {
            const int n = rt_min_int(last - first, 1);
            bwd_conv2d_28x28x16(n, (float)in->n, work->d_stages_1_1_bn1 + first,
                                work->d_stages_1_1_bn1_bias[0], work->stages_1_1_conv1 + first,
                                work->stages_1_1_bn1_sum_2[0], work->stages_1_1_bn1_rsqrt,
                                work->d_stages_1_1_bn1_weight[0], p->stages_1_1_bn1_weight,
                                my->d_stages_1_1_conv1);
            bwd_stem_bn(n, (float)in->n, my->d_stages_1_1_conv1, work->stages_1_1_conv1_weight_back_packed,
                        work->stem_conv + first, work->stem_bn_sum_2[0], work->stem_bn_rsqrt,
                        p->stem_bn_weight, p->stem_bn_bias, work->d_stages_1_1_bn2_add + first,
                        my->bwd_stem_bn_scratch, work->d_stem_bn + first, my->stem_bn_relu_again);
            bwd_conv2d_weight_16x16x3x3(n, my->stem_bn_relu_again, my->d_stages_1_1_conv1,
                                        my->bwd_stages_1_1_conv1_weight_scratch,
                                        work->d_stages_1_1_conv1_weight_sum[slice]);
            bwd_batch_norm_sums_28x28x16(n, (float)in->n, work->d_stem_bn + first, work->stem_conv + first,
                                         work->stem_bn_sum_2[0], work->stem_bn_rsqrt,
                                         work->d_stem_bn_bias[slice], work->d_stem_bn_weight[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 18432, work->d_stages_1_1_conv1_weight_sum[0]);
    unpack_conv2d_grad_weight_16x16x3x3(work->d_stages_1_1_conv1_weight_sum[0],
                                        work->d_stages_1_1_conv1_weight);
    rt_combine(RESNET_SLICES, 16, work->d_stem_bn_bias[0]);
    rt_combine(RESNET_SLICES, 16, work->d_stem_bn_weight[0]);

    /* backward of stem.bn, stem.conv   networks/resnet.lua:16, 14 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->d_stem_conv_weight_sum[slice]);
        for (int first = slice * RESNET_SLICE; first < last; first += 2) {
            const int n = rt_min_int(last - first, 2);
            bwd_conv2d_28x28x16(n, (float)in->n, work->d_stem_bn + first, work->d_stem_bn_bias[0],
                                work->stem_conv + first, work->stem_bn_sum_2[0], work->stem_bn_rsqrt,
                                work->d_stem_bn_weight[0], p->stem_bn_weight, my->d_stem_conv);
            bwd_stem_conv_weight(n, in->image + first, my->d_stem_conv, my->bwd_stem_conv_weight_scratch,
                                 work->d_stem_conv_weight_sum[slice]);
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 144, work->d_stem_conv_weight_sum[0]);
    unpack_d_stem_conv_weight(work->d_stem_conv_weight_sum[0], work->d_stem_conv_weight);
    /* all of these are finite, or nothing changes */
    if (!rt_finite(144, work->d_stem_conv_weight[0][0][0])) return false;
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
    if (!rt_finite(512, work->d_stages_2_1_conv_skip_weight[0][0][0])) return false;
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
    if (!rt_finite(2048, work->d_stages_3_1_conv_skip_weight[0][0][0])) return false;
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
    return true;
}

/* Changes nothing but the workspace. */
static bool evaluate_batch(ResnetEvaluateWork *work, int threads, const ResnetParams *p, const ResnetState *s,
                           const ResnetBatch *in, const RtStep *step, ResnetEvaluateResult *out)
{
    (void)step;
    pack_stem_conv_weight(p->stem_conv_weight, work->stem_conv_weight_packed);
    pack_conv2d_16x16x3x3(p->stages_1_1_conv1_weight, work->stages_1_1_conv1_weight_packed);
    pack_conv2d_16x16x3x3(p->stages_1_1_conv2_weight, work->stages_1_1_conv2_weight_packed);
    pack_conv2d_16x16x3x3(p->stages_1_2_conv1_weight, work->stages_1_2_conv1_weight_packed);
    pack_conv2d_16x16x3x3(p->stages_1_2_conv2_weight, work->stages_1_2_conv2_weight_packed);
    pack_conv2d_16x16x3x3(p->stages_1_3_conv1_weight, work->stages_1_3_conv1_weight_packed);
    pack_conv2d_16x16x3x3(p->stages_1_3_conv2_weight, work->stages_1_3_conv2_weight_packed);
    pack_stages_2_1_conv1_weight(p->stages_2_1_conv1_weight, work->stages_2_1_conv1_weight_packed);
    pack_conv2d_32x32x3x3(p->stages_2_1_conv2_weight, work->stages_2_1_conv2_weight_packed);
    pack_stages_2_1_conv_skip_weight(p->stages_2_1_conv_skip_weight,
                                     work->stages_2_1_conv_skip_weight_packed);
    pack_conv2d_32x32x3x3(p->stages_2_2_conv1_weight, work->stages_2_2_conv1_weight_packed);
    pack_conv2d_32x32x3x3(p->stages_2_2_conv2_weight, work->stages_2_2_conv2_weight_packed);
    pack_conv2d_32x32x3x3(p->stages_2_3_conv1_weight, work->stages_2_3_conv1_weight_packed);
    pack_conv2d_32x32x3x3(p->stages_2_3_conv2_weight, work->stages_2_3_conv2_weight_packed);
    pack_stages_3_1_conv1_weight(p->stages_3_1_conv1_weight, work->stages_3_1_conv1_weight_packed);
    pack_conv2d_64x64x3x3(p->stages_3_1_conv2_weight, work->stages_3_1_conv2_weight_packed);
    pack_stages_3_1_conv_skip_weight(p->stages_3_1_conv_skip_weight,
                                     work->stages_3_1_conv_skip_weight_packed);
    pack_conv2d_64x64x3x3(p->stages_3_2_conv1_weight, work->stages_3_2_conv1_weight_packed);
    pack_conv2d_64x64x3x3(p->stages_3_2_conv2_weight, work->stages_3_2_conv2_weight_packed);
    pack_conv2d_64x64x3x3(p->stages_3_3_conv1_weight, work->stages_3_3_conv1_weight_packed);
    pack_conv2d_64x64x3x3(p->stages_3_3_conv2_weight, work->stages_3_3_conv2_weight_packed);
    pack_fc_weight(p->fc_weight, work->fc_weight_packed);

    /* forward of stem.bn.relu .. loss   networks/resnet.lua:30, 19, 25, 14 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetEvaluateWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        RT_ZERO(work->loss[slice]);
        for (int chunk = slice * RESNET_SLICE; chunk < last; chunk += 32) {
            const int end = rt_min_int(last, chunk + 32);
            /* forward of stem.bn.relu .. stages.2.1.bn2.relu   networks/resnet.lua:30, 19, 25, 14 */
            for (int first = chunk; first < end; first += 2) {
                const int n = rt_min_int(end - first, 2), at = first - chunk;
                evaluate_fwd_stem_bn_relu(n, in->image + first, work->stem_conv_weight_packed,
                                          s->stem_bn_running_mean, s->stem_bn_running_var, p->stem_bn_weight,
                                          p->stem_bn_bias, my->fwd_stem_bn_relu_scratch, my->stem_bn_relu);
                evaluate_fwd_relu_28x28x16(n, my->stem_bn_relu, work->stages_1_1_conv1_weight_packed,
                                           s->stages_1_1_bn1_running_mean, s->stages_1_1_bn1_running_var,
                                           p->stages_1_1_bn1_weight, p->stages_1_1_bn1_bias,
                                           my->fwd_stages_1_1_bn1_relu_scratch, my->stages_1_1_bn1_relu);
                evaluate_fwd_relu_28x28x16_2(n, my->stages_1_1_bn1_relu, work->stages_1_1_conv2_weight_packed,
                                             s->stages_1_1_bn2_running_mean, s->stages_1_1_bn2_running_var,
                                             p->stages_1_1_bn2_weight, p->stages_1_1_bn2_bias,
                                             my->stem_bn_relu, my->fwd_stages_1_1_bn2_relu_scratch,
                                             my->stages_1_1_bn2_relu);
                evaluate_fwd_relu_28x28x16(n, my->stages_1_1_bn2_relu, work->stages_1_2_conv1_weight_packed,
                                           s->stages_1_2_bn1_running_mean, s->stages_1_2_bn1_running_var,
                                           p->stages_1_2_bn1_weight, p->stages_1_2_bn1_bias,
                                           my->fwd_stages_1_2_bn1_relu_scratch, my->stages_1_2_bn1_relu);
                evaluate_fwd_relu_28x28x16_2(n, my->stages_1_2_bn1_relu, work->stages_1_2_conv2_weight_packed,
                                             s->stages_1_2_bn2_running_mean, s->stages_1_2_bn2_running_var,
                                             p->stages_1_2_bn2_weight, p->stages_1_2_bn2_bias,
                                             my->stages_1_1_bn2_relu, my->fwd_stages_1_2_bn2_relu_scratch,
                                             my->stages_1_2_bn2_relu);
                evaluate_fwd_relu_28x28x16(n, my->stages_1_2_bn2_relu, work->stages_1_3_conv1_weight_packed,
                                           s->stages_1_3_bn1_running_mean, s->stages_1_3_bn1_running_var,
                                           p->stages_1_3_bn1_weight, p->stages_1_3_bn1_bias,
                                           my->fwd_stages_1_3_bn1_relu_scratch, my->stages_1_3_bn1_relu);
                evaluate_fwd_relu_28x28x16_2(n, my->stages_1_3_bn1_relu, work->stages_1_3_conv2_weight_packed,
                                             s->stages_1_3_bn2_running_mean, s->stages_1_3_bn2_running_var,
                                             p->stages_1_3_bn2_weight, p->stages_1_3_bn2_bias,
                                             my->stages_1_2_bn2_relu, my->fwd_stages_1_3_bn2_relu_scratch,
                                             my->stages_1_3_bn2_relu);
                evaluate_fwd_stages_2_1_bn1_relu(n, my->stages_1_3_bn2_relu,
                                                 work->stages_2_1_conv1_weight_packed,
                                                 s->stages_2_1_bn1_running_mean,
                                                 s->stages_2_1_bn1_running_var, p->stages_2_1_bn1_weight,
                                                 p->stages_2_1_bn1_bias, my->fwd_stages_2_1_bn1_relu_scratch,
                                                 my->stages_2_1_bn1_relu);
                fwd_conv2d_14x14x32(n, my->stages_2_1_bn1_relu, work->stages_2_1_conv2_weight_packed,
                                    my->fwd_stages_2_1_conv2_scratch, my->stages_2_1_conv2);
                evaluate_fwd_stages_2_1_bn2_relu(n, my->stages_1_3_bn2_relu,
                                                 work->stages_2_1_conv_skip_weight_packed,
                                                 my->stages_2_1_conv2, s->stages_2_1_bn2_running_mean,
                                                 s->stages_2_1_bn2_running_var, p->stages_2_1_bn2_weight,
                                                 p->stages_2_1_bn2_bias, s->stages_2_1_bn_skip_running_mean,
                                                 s->stages_2_1_bn_skip_running_var,
                                                 p->stages_2_1_bn_skip_weight, p->stages_2_1_bn_skip_bias,
                                                 my->fwd_stages_2_1_bn2_relu_scratch,
                                                 my->stages_2_1_bn2_relu + at);
            }
            /* forward of stages.2.2.bn1.relu .. stages.3.1.bn1.relu   networks/resnet.lua:19, 25 */
            for (int first = chunk; first < end; first += 4) {
                const int n = rt_min_int(end - first, 4), at = first - chunk;
                evaluate_fwd_relu_14x14x32(n, my->stages_2_1_bn2_relu + at,
                                           work->stages_2_2_conv1_weight_packed,
                                           s->stages_2_2_bn1_running_mean, s->stages_2_2_bn1_running_var,
                                           p->stages_2_2_bn1_weight, p->stages_2_2_bn1_bias,
                                           my->fwd_stages_2_2_bn1_relu_scratch, my->stages_2_2_bn1_relu);
                evaluate_fwd_relu_14x14x32_2(n, my->stages_2_2_bn1_relu, work->stages_2_2_conv2_weight_packed,
                                             s->stages_2_2_bn2_running_mean, s->stages_2_2_bn2_running_var,
                                             p->stages_2_2_bn2_weight, p->stages_2_2_bn2_bias,
                                             my->stages_2_1_bn2_relu + at,
                                             my->fwd_stages_2_2_bn2_relu_scratch, my->stages_2_2_bn2_relu);
                evaluate_fwd_relu_14x14x32(n, my->stages_2_2_bn2_relu, work->stages_2_3_conv1_weight_packed,
                                           s->stages_2_3_bn1_running_mean, s->stages_2_3_bn1_running_var,
                                           p->stages_2_3_bn1_weight, p->stages_2_3_bn1_bias,
                                           my->fwd_stages_2_3_bn1_relu_scratch, my->stages_2_3_bn1_relu);
                evaluate_fwd_relu_14x14x32_2(n, my->stages_2_3_bn1_relu, work->stages_2_3_conv2_weight_packed,
                                             s->stages_2_3_bn2_running_mean, s->stages_2_3_bn2_running_var,
                                             p->stages_2_3_bn2_weight, p->stages_2_3_bn2_bias,
                                             my->stages_2_2_bn2_relu, my->fwd_stages_2_3_bn2_relu_scratch,
                                             my->stages_2_3_bn2_relu + at);
                evaluate_fwd_stages_3_1_bn1_relu(n, my->stages_2_3_bn2_relu + at,
                                                 work->stages_3_1_conv1_weight_packed,
                                                 s->stages_3_1_bn1_running_mean,
                                                 s->stages_3_1_bn1_running_var, p->stages_3_1_bn1_weight,
                                                 p->stages_3_1_bn1_bias, my->fwd_stages_3_1_bn1_relu_scratch,
                                                 my->stages_3_1_bn1_relu + at);
            }
            /* forward of stages.3.1.conv2 .. loss   networks/resnet.lua:14, 25, 19, 41 */
            for (int first = chunk; first < end; first += 32) {
                const int n = rt_min_int(end - first, 32);
                fwd_conv2d_7x7x64(n, my->stages_3_1_bn1_relu, work->stages_3_1_conv2_weight_packed,
                                  my->fwd_stages_3_1_conv2_scratch, my->stages_3_1_conv2);
                evaluate_fwd_stages_3_1_bn2_relu(n, my->stages_2_3_bn2_relu,
                                                 work->stages_3_1_conv_skip_weight_packed,
                                                 my->stages_3_1_conv2, s->stages_3_1_bn2_running_mean,
                                                 s->stages_3_1_bn2_running_var, p->stages_3_1_bn2_weight,
                                                 p->stages_3_1_bn2_bias, s->stages_3_1_bn_skip_running_mean,
                                                 s->stages_3_1_bn_skip_running_var,
                                                 p->stages_3_1_bn_skip_weight, p->stages_3_1_bn_skip_bias,
                                                 my->fwd_stages_3_1_bn2_relu_scratch,
                                                 my->stages_3_1_bn2_relu);
                evaluate_fwd_relu_7x7x64(n, my->stages_3_1_bn2_relu, work->stages_3_2_conv1_weight_packed,
                                         s->stages_3_2_bn1_running_mean, s->stages_3_2_bn1_running_var,
                                         p->stages_3_2_bn1_weight, p->stages_3_2_bn1_bias,
                                         my->fwd_stages_3_2_bn1_relu_scratch, my->stages_3_2_bn1_relu);
                evaluate_fwd_relu_7x7x64_2(n, my->stages_3_2_bn1_relu, work->stages_3_2_conv2_weight_packed,
                                           s->stages_3_2_bn2_running_mean, s->stages_3_2_bn2_running_var,
                                           p->stages_3_2_bn2_weight, p->stages_3_2_bn2_bias,
                                           my->stages_3_1_bn2_relu, my->fwd_stages_3_2_bn2_relu_scratch,
                                           my->stages_3_2_bn2_relu);
                evaluate_fwd_relu_7x7x64(n, my->stages_3_2_bn2_relu, work->stages_3_3_conv1_weight_packed,
                                         s->stages_3_3_bn1_running_mean, s->stages_3_3_bn1_running_var,
                                         p->stages_3_3_bn1_weight, p->stages_3_3_bn1_bias,
                                         my->fwd_stages_3_3_bn1_relu_scratch, my->stages_3_3_bn1_relu);
                evaluate_fwd_relu_7x7x64_2(n, my->stages_3_3_bn1_relu, work->stages_3_3_conv2_weight_packed,
                                           s->stages_3_3_bn2_running_mean, s->stages_3_3_bn2_running_var,
                                           p->stages_3_3_bn2_weight, p->stages_3_3_bn2_bias,
                                           my->stages_3_2_bn2_relu, my->fwd_features_scratch, my->features);
                evaluate_fwd_global_avg_pool(n, my->features, my->global_avg_pool);
                fwd_logits(n, my->global_avg_pool, work->fc_weight_packed, p->fc_bias, my->logits);
                evaluate_fwd_loss(n, (float)in->n, my->logits, in->label + first, work->loss[slice],
                                  out->accuracy + first);
            }
        }
        rt_exact_end(found);
    }

    rt_combine(RESNET_SLICES, 1, work->loss[0]);
    out->loss = work->loss[0][0];
    return true;
}

/* Changes nothing but the workspace. */
static bool predict_batch(ResnetPredictWork *work, int threads, const ResnetParams *p, const ResnetState *s,
                          const ResnetBatch *in, const RtStep *step, ResnetPredictResult *out)
{
    (void)step;
    pack_stem_conv_weight(p->stem_conv_weight, work->stem_conv_weight_packed);
    pack_conv2d_16x16x3x3(p->stages_1_1_conv1_weight, work->stages_1_1_conv1_weight_packed);
    pack_conv2d_16x16x3x3(p->stages_1_1_conv2_weight, work->stages_1_1_conv2_weight_packed);
    pack_conv2d_16x16x3x3(p->stages_1_2_conv1_weight, work->stages_1_2_conv1_weight_packed);
    pack_conv2d_16x16x3x3(p->stages_1_2_conv2_weight, work->stages_1_2_conv2_weight_packed);
    pack_conv2d_16x16x3x3(p->stages_1_3_conv1_weight, work->stages_1_3_conv1_weight_packed);
    pack_conv2d_16x16x3x3(p->stages_1_3_conv2_weight, work->stages_1_3_conv2_weight_packed);
    pack_stages_2_1_conv1_weight(p->stages_2_1_conv1_weight, work->stages_2_1_conv1_weight_packed);
    pack_conv2d_32x32x3x3(p->stages_2_1_conv2_weight, work->stages_2_1_conv2_weight_packed);
    pack_stages_2_1_conv_skip_weight(p->stages_2_1_conv_skip_weight,
                                     work->stages_2_1_conv_skip_weight_packed);
    pack_conv2d_32x32x3x3(p->stages_2_2_conv1_weight, work->stages_2_2_conv1_weight_packed);
    pack_conv2d_32x32x3x3(p->stages_2_2_conv2_weight, work->stages_2_2_conv2_weight_packed);
    pack_conv2d_32x32x3x3(p->stages_2_3_conv1_weight, work->stages_2_3_conv1_weight_packed);
    pack_conv2d_32x32x3x3(p->stages_2_3_conv2_weight, work->stages_2_3_conv2_weight_packed);
    pack_stages_3_1_conv1_weight(p->stages_3_1_conv1_weight, work->stages_3_1_conv1_weight_packed);
    pack_conv2d_64x64x3x3(p->stages_3_1_conv2_weight, work->stages_3_1_conv2_weight_packed);
    pack_stages_3_1_conv_skip_weight(p->stages_3_1_conv_skip_weight,
                                     work->stages_3_1_conv_skip_weight_packed);
    pack_conv2d_64x64x3x3(p->stages_3_2_conv1_weight, work->stages_3_2_conv1_weight_packed);
    pack_conv2d_64x64x3x3(p->stages_3_2_conv2_weight, work->stages_3_2_conv2_weight_packed);
    pack_conv2d_64x64x3x3(p->stages_3_3_conv1_weight, work->stages_3_3_conv1_weight_packed);
    pack_conv2d_64x64x3x3(p->stages_3_3_conv2_weight, work->stages_3_3_conv2_weight_packed);
    pack_fc_weight(p->fc_weight, work->fc_weight_packed);

    /* forward of stem.bn.relu .. logits   networks/resnet.lua:30, 19, 25, 14 */
    RT_PARALLEL(rt_min_int(threads, RESNET_SLICES))
    for (int slice = 0; slice < RESNET_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ResnetPredictWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * RESNET_SLICE);
        for (int chunk = slice * RESNET_SLICE; chunk < last; chunk += 32) {
            const int end = rt_min_int(last, chunk + 32);
            /* forward of stem.bn.relu .. stages.2.1.bn2.relu   networks/resnet.lua:30, 19, 25, 14 */
            for (int first = chunk; first < end; first += 2) {
                const int n = rt_min_int(end - first, 2), at = first - chunk;
                evaluate_fwd_stem_bn_relu(n, in->image + first, work->stem_conv_weight_packed,
                                          s->stem_bn_running_mean, s->stem_bn_running_var, p->stem_bn_weight,
                                          p->stem_bn_bias, my->fwd_stem_bn_relu_scratch, my->stem_bn_relu);
                evaluate_fwd_relu_28x28x16(n, my->stem_bn_relu, work->stages_1_1_conv1_weight_packed,
                                           s->stages_1_1_bn1_running_mean, s->stages_1_1_bn1_running_var,
                                           p->stages_1_1_bn1_weight, p->stages_1_1_bn1_bias,
                                           my->fwd_stages_1_1_bn1_relu_scratch, my->stages_1_1_bn1_relu);
                evaluate_fwd_relu_28x28x16_2(n, my->stages_1_1_bn1_relu, work->stages_1_1_conv2_weight_packed,
                                             s->stages_1_1_bn2_running_mean, s->stages_1_1_bn2_running_var,
                                             p->stages_1_1_bn2_weight, p->stages_1_1_bn2_bias,
                                             my->stem_bn_relu, my->fwd_stages_1_1_bn2_relu_scratch,
                                             my->stages_1_1_bn2_relu);
                evaluate_fwd_relu_28x28x16(n, my->stages_1_1_bn2_relu, work->stages_1_2_conv1_weight_packed,
                                           s->stages_1_2_bn1_running_mean, s->stages_1_2_bn1_running_var,
                                           p->stages_1_2_bn1_weight, p->stages_1_2_bn1_bias,
                                           my->fwd_stages_1_2_bn1_relu_scratch, my->stages_1_2_bn1_relu);
                evaluate_fwd_relu_28x28x16_2(n, my->stages_1_2_bn1_relu, work->stages_1_2_conv2_weight_packed,
                                             s->stages_1_2_bn2_running_mean, s->stages_1_2_bn2_running_var,
                                             p->stages_1_2_bn2_weight, p->stages_1_2_bn2_bias,
                                             my->stages_1_1_bn2_relu, my->fwd_stages_1_2_bn2_relu_scratch,
                                             my->stages_1_2_bn2_relu);
                evaluate_fwd_relu_28x28x16(n, my->stages_1_2_bn2_relu, work->stages_1_3_conv1_weight_packed,
                                           s->stages_1_3_bn1_running_mean, s->stages_1_3_bn1_running_var,
                                           p->stages_1_3_bn1_weight, p->stages_1_3_bn1_bias,
                                           my->fwd_stages_1_3_bn1_relu_scratch, my->stages_1_3_bn1_relu);
                evaluate_fwd_relu_28x28x16_2(n, my->stages_1_3_bn1_relu, work->stages_1_3_conv2_weight_packed,
                                             s->stages_1_3_bn2_running_mean, s->stages_1_3_bn2_running_var,
                                             p->stages_1_3_bn2_weight, p->stages_1_3_bn2_bias,
                                             my->stages_1_2_bn2_relu, my->fwd_stages_1_3_bn2_relu_scratch,
                                             my->stages_1_3_bn2_relu);
                evaluate_fwd_stages_2_1_bn1_relu(n, my->stages_1_3_bn2_relu,
                                                 work->stages_2_1_conv1_weight_packed,
                                                 s->stages_2_1_bn1_running_mean,
                                                 s->stages_2_1_bn1_running_var, p->stages_2_1_bn1_weight,
                                                 p->stages_2_1_bn1_bias, my->fwd_stages_2_1_bn1_relu_scratch,
                                                 my->stages_2_1_bn1_relu);
                fwd_conv2d_14x14x32(n, my->stages_2_1_bn1_relu, work->stages_2_1_conv2_weight_packed,
                                    my->fwd_stages_2_1_conv2_scratch, my->stages_2_1_conv2);
                evaluate_fwd_stages_2_1_bn2_relu(n, my->stages_1_3_bn2_relu,
                                                 work->stages_2_1_conv_skip_weight_packed,
                                                 my->stages_2_1_conv2, s->stages_2_1_bn2_running_mean,
                                                 s->stages_2_1_bn2_running_var, p->stages_2_1_bn2_weight,
                                                 p->stages_2_1_bn2_bias, s->stages_2_1_bn_skip_running_mean,
                                                 s->stages_2_1_bn_skip_running_var,
                                                 p->stages_2_1_bn_skip_weight, p->stages_2_1_bn_skip_bias,
                                                 my->fwd_stages_2_1_bn2_relu_scratch,
                                                 my->stages_2_1_bn2_relu + at);
            }
            /* forward of stages.2.2.bn1.relu .. stages.3.1.bn1.relu   networks/resnet.lua:19, 25 */
            for (int first = chunk; first < end; first += 4) {
                const int n = rt_min_int(end - first, 4), at = first - chunk;
                evaluate_fwd_relu_14x14x32(n, my->stages_2_1_bn2_relu + at,
                                           work->stages_2_2_conv1_weight_packed,
                                           s->stages_2_2_bn1_running_mean, s->stages_2_2_bn1_running_var,
                                           p->stages_2_2_bn1_weight, p->stages_2_2_bn1_bias,
                                           my->fwd_stages_2_2_bn1_relu_scratch, my->stages_2_2_bn1_relu);
                evaluate_fwd_relu_14x14x32_2(n, my->stages_2_2_bn1_relu, work->stages_2_2_conv2_weight_packed,
                                             s->stages_2_2_bn2_running_mean, s->stages_2_2_bn2_running_var,
                                             p->stages_2_2_bn2_weight, p->stages_2_2_bn2_bias,
                                             my->stages_2_1_bn2_relu + at,
                                             my->fwd_stages_2_2_bn2_relu_scratch, my->stages_2_2_bn2_relu);
                evaluate_fwd_relu_14x14x32(n, my->stages_2_2_bn2_relu, work->stages_2_3_conv1_weight_packed,
                                           s->stages_2_3_bn1_running_mean, s->stages_2_3_bn1_running_var,
                                           p->stages_2_3_bn1_weight, p->stages_2_3_bn1_bias,
                                           my->fwd_stages_2_3_bn1_relu_scratch, my->stages_2_3_bn1_relu);
                evaluate_fwd_relu_14x14x32_2(n, my->stages_2_3_bn1_relu, work->stages_2_3_conv2_weight_packed,
                                             s->stages_2_3_bn2_running_mean, s->stages_2_3_bn2_running_var,
                                             p->stages_2_3_bn2_weight, p->stages_2_3_bn2_bias,
                                             my->stages_2_2_bn2_relu, my->fwd_stages_2_3_bn2_relu_scratch,
                                             my->stages_2_3_bn2_relu + at);
                evaluate_fwd_stages_3_1_bn1_relu(n, my->stages_2_3_bn2_relu + at,
                                                 work->stages_3_1_conv1_weight_packed,
                                                 s->stages_3_1_bn1_running_mean,
                                                 s->stages_3_1_bn1_running_var, p->stages_3_1_bn1_weight,
                                                 p->stages_3_1_bn1_bias, my->fwd_stages_3_1_bn1_relu_scratch,
                                                 my->stages_3_1_bn1_relu + at);
            }
            /* forward of stages.3.1.conv2 .. logits   networks/resnet.lua:14, 25, 19, 41 */
            for (int first = chunk; first < end; first += 32) {
                const int n = rt_min_int(end - first, 32);
                fwd_conv2d_7x7x64(n, my->stages_3_1_bn1_relu, work->stages_3_1_conv2_weight_packed,
                                  my->fwd_stages_3_1_conv2_scratch, my->stages_3_1_conv2);
                evaluate_fwd_stages_3_1_bn2_relu(n, my->stages_2_3_bn2_relu,
                                                 work->stages_3_1_conv_skip_weight_packed,
                                                 my->stages_3_1_conv2, s->stages_3_1_bn2_running_mean,
                                                 s->stages_3_1_bn2_running_var, p->stages_3_1_bn2_weight,
                                                 p->stages_3_1_bn2_bias, s->stages_3_1_bn_skip_running_mean,
                                                 s->stages_3_1_bn_skip_running_var,
                                                 p->stages_3_1_bn_skip_weight, p->stages_3_1_bn_skip_bias,
                                                 my->fwd_stages_3_1_bn2_relu_scratch,
                                                 my->stages_3_1_bn2_relu);
                evaluate_fwd_relu_7x7x64(n, my->stages_3_1_bn2_relu, work->stages_3_2_conv1_weight_packed,
                                         s->stages_3_2_bn1_running_mean, s->stages_3_2_bn1_running_var,
                                         p->stages_3_2_bn1_weight, p->stages_3_2_bn1_bias,
                                         my->fwd_stages_3_2_bn1_relu_scratch, my->stages_3_2_bn1_relu);
                evaluate_fwd_relu_7x7x64_2(n, my->stages_3_2_bn1_relu, work->stages_3_2_conv2_weight_packed,
                                           s->stages_3_2_bn2_running_mean, s->stages_3_2_bn2_running_var,
                                           p->stages_3_2_bn2_weight, p->stages_3_2_bn2_bias,
                                           my->stages_3_1_bn2_relu, my->fwd_stages_3_2_bn2_relu_scratch,
                                           my->stages_3_2_bn2_relu);
                evaluate_fwd_relu_7x7x64(n, my->stages_3_2_bn2_relu, work->stages_3_3_conv1_weight_packed,
                                         s->stages_3_3_bn1_running_mean, s->stages_3_3_bn1_running_var,
                                         p->stages_3_3_bn1_weight, p->stages_3_3_bn1_bias,
                                         my->fwd_stages_3_3_bn1_relu_scratch, my->stages_3_3_bn1_relu);
                evaluate_fwd_relu_7x7x64_2(n, my->stages_3_3_bn1_relu, work->stages_3_3_conv2_weight_packed,
                                           s->stages_3_3_bn2_running_mean, s->stages_3_3_bn2_running_var,
                                           p->stages_3_3_bn2_weight, p->stages_3_3_bn2_bias,
                                           my->stages_3_2_bn2_relu, my->fwd_features_scratch, my->features);
                evaluate_fwd_global_avg_pool(n, my->features, my->global_avg_pool);
                fwd_logits(n, my->global_avg_pool, work->fc_weight_packed, p->fc_bias, out->logits + first);
            }
        }
        rt_exact_end(found);
    }

    return true;
}

/* What train_batch has left becomes the weights of the next step. */
static void change_weights(ResnetTrainWork *work, ResnetParams *p, ResnetState *s, ResnetMoments *o,
                           const RtStep *step)
{
    update(144, p->stem_conv_weight[0][0][0], work->d_stem_conv_weight[0][0][0],
           o->velocity.stem_conv_weight[0][0][0], 0.0005, step);
    update(16, p->stem_bn_weight, work->d_stem_bn_weight[0], o->velocity.stem_bn_weight, 0.0005, step);
    update(16, p->stem_bn_bias, work->d_stem_bn_bias[0], o->velocity.stem_bn_bias, 0.0005, step);
    update(2304, p->stages_1_1_conv1_weight[0][0][0], work->d_stages_1_1_conv1_weight[0][0][0],
           o->velocity.stages_1_1_conv1_weight[0][0][0], 0.0005, step);
    update(16, p->stages_1_1_bn1_weight, work->d_stages_1_1_bn1_weight[0], o->velocity.stages_1_1_bn1_weight,
           0.0005, step);
    update(16, p->stages_1_1_bn1_bias, work->d_stages_1_1_bn1_bias[0], o->velocity.stages_1_1_bn1_bias,
           0.0005, step);
    update(2304, p->stages_1_1_conv2_weight[0][0][0], work->d_stages_1_1_conv2_weight[0][0][0],
           o->velocity.stages_1_1_conv2_weight[0][0][0], 0.0005, step);
    update(16, p->stages_1_1_bn2_weight, work->d_stages_1_1_bn2_weight[0], o->velocity.stages_1_1_bn2_weight,
           0.0005, step);
    update(16, p->stages_1_1_bn2_bias, work->d_stages_1_1_bn2_bias[0], o->velocity.stages_1_1_bn2_bias,
           0.0005, step);
    update(2304, p->stages_1_2_conv1_weight[0][0][0], work->d_stages_1_2_conv1_weight[0][0][0],
           o->velocity.stages_1_2_conv1_weight[0][0][0], 0.0005, step);
    update(16, p->stages_1_2_bn1_weight, work->d_stages_1_2_bn1_weight[0], o->velocity.stages_1_2_bn1_weight,
           0.0005, step);
    update(16, p->stages_1_2_bn1_bias, work->d_stages_1_2_bn1_bias[0], o->velocity.stages_1_2_bn1_bias,
           0.0005, step);
    update(2304, p->stages_1_2_conv2_weight[0][0][0], work->d_stages_1_2_conv2_weight[0][0][0],
           o->velocity.stages_1_2_conv2_weight[0][0][0], 0.0005, step);
    update(16, p->stages_1_2_bn2_weight, work->d_stages_1_2_bn2_weight[0], o->velocity.stages_1_2_bn2_weight,
           0.0005, step);
    update(16, p->stages_1_2_bn2_bias, work->d_stages_1_2_bn2_bias[0], o->velocity.stages_1_2_bn2_bias,
           0.0005, step);
    update(2304, p->stages_1_3_conv1_weight[0][0][0], work->d_stages_1_3_conv1_weight[0][0][0],
           o->velocity.stages_1_3_conv1_weight[0][0][0], 0.0005, step);
    update(16, p->stages_1_3_bn1_weight, work->d_stages_1_3_bn1_weight[0], o->velocity.stages_1_3_bn1_weight,
           0.0005, step);
    update(16, p->stages_1_3_bn1_bias, work->d_stages_1_3_bn1_bias[0], o->velocity.stages_1_3_bn1_bias,
           0.0005, step);
    update(2304, p->stages_1_3_conv2_weight[0][0][0], work->d_stages_1_3_conv2_weight[0][0][0],
           o->velocity.stages_1_3_conv2_weight[0][0][0], 0.0005, step);
    update(16, p->stages_1_3_bn2_weight, work->d_stages_1_3_bn2_weight[0], o->velocity.stages_1_3_bn2_weight,
           0.0005, step);
    update(16, p->stages_1_3_bn2_bias, work->d_stages_1_3_bn2_bias[0], o->velocity.stages_1_3_bn2_bias,
           0.0005, step);
    update(4608, p->stages_2_1_conv1_weight[0][0][0], work->d_stages_2_1_conv1_weight[0][0][0],
           o->velocity.stages_2_1_conv1_weight[0][0][0], 0.0005, step);
    update(32, p->stages_2_1_bn1_weight, work->d_stages_2_1_bn1_weight[0], o->velocity.stages_2_1_bn1_weight,
           0.0005, step);
    update(32, p->stages_2_1_bn1_bias, work->d_stages_2_1_bn1_bias[0], o->velocity.stages_2_1_bn1_bias,
           0.0005, step);
    update(9216, p->stages_2_1_conv2_weight[0][0][0], work->d_stages_2_1_conv2_weight[0][0][0],
           o->velocity.stages_2_1_conv2_weight[0][0][0], 0.0005, step);
    update(32, p->stages_2_1_bn2_weight, work->d_stages_2_1_bn2_weight[0], o->velocity.stages_2_1_bn2_weight,
           0.0005, step);
    update(32, p->stages_2_1_bn2_bias, work->d_stages_2_1_bn2_bias[0], o->velocity.stages_2_1_bn2_bias,
           0.0005, step);
    update(512, p->stages_2_1_conv_skip_weight[0][0][0], work->d_stages_2_1_conv_skip_weight[0][0][0],
           o->velocity.stages_2_1_conv_skip_weight[0][0][0], 0.0005, step);
    update(32, p->stages_2_1_bn_skip_weight, work->d_stages_2_1_bn_skip_weight[0],
           o->velocity.stages_2_1_bn_skip_weight, 0.0005, step);
    update(32, p->stages_2_1_bn_skip_bias, work->d_stages_2_1_bn2_bias[0],
           o->velocity.stages_2_1_bn_skip_bias, 0.0005, step);
    update(9216, p->stages_2_2_conv1_weight[0][0][0], work->d_stages_2_2_conv1_weight[0][0][0],
           o->velocity.stages_2_2_conv1_weight[0][0][0], 0.0005, step);
    update(32, p->stages_2_2_bn1_weight, work->d_stages_2_2_bn1_weight[0], o->velocity.stages_2_2_bn1_weight,
           0.0005, step);
    update(32, p->stages_2_2_bn1_bias, work->d_stages_2_2_bn1_bias[0], o->velocity.stages_2_2_bn1_bias,
           0.0005, step);
    update(9216, p->stages_2_2_conv2_weight[0][0][0], work->d_stages_2_2_conv2_weight[0][0][0],
           o->velocity.stages_2_2_conv2_weight[0][0][0], 0.0005, step);
    update(32, p->stages_2_2_bn2_weight, work->d_stages_2_2_bn2_weight[0], o->velocity.stages_2_2_bn2_weight,
           0.0005, step);
    update(32, p->stages_2_2_bn2_bias, work->d_stages_2_2_bn2_bias[0], o->velocity.stages_2_2_bn2_bias,
           0.0005, step);
    update(9216, p->stages_2_3_conv1_weight[0][0][0], work->d_stages_2_3_conv1_weight[0][0][0],
           o->velocity.stages_2_3_conv1_weight[0][0][0], 0.0005, step);
    update(32, p->stages_2_3_bn1_weight, work->d_stages_2_3_bn1_weight[0], o->velocity.stages_2_3_bn1_weight,
           0.0005, step);
    update(32, p->stages_2_3_bn1_bias, work->d_stages_2_3_bn1_bias[0], o->velocity.stages_2_3_bn1_bias,
           0.0005, step);
    update(9216, p->stages_2_3_conv2_weight[0][0][0], work->d_stages_2_3_conv2_weight[0][0][0],
           o->velocity.stages_2_3_conv2_weight[0][0][0], 0.0005, step);
    update(32, p->stages_2_3_bn2_weight, work->d_stages_2_3_bn2_weight[0], o->velocity.stages_2_3_bn2_weight,
           0.0005, step);
    update(32, p->stages_2_3_bn2_bias, work->d_stages_2_3_bn2_bias[0], o->velocity.stages_2_3_bn2_bias,
           0.0005, step);
    update(18432, p->stages_3_1_conv1_weight[0][0][0], work->d_stages_3_1_conv1_weight[0][0][0],
           o->velocity.stages_3_1_conv1_weight[0][0][0], 0.0005, step);
    update(64, p->stages_3_1_bn1_weight, work->d_stages_3_1_bn1_weight[0], o->velocity.stages_3_1_bn1_weight,
           0.0005, step);
    update(64, p->stages_3_1_bn1_bias, work->d_stages_3_1_bn1_bias[0], o->velocity.stages_3_1_bn1_bias,
           0.0005, step);
    update(36864, p->stages_3_1_conv2_weight[0][0][0], work->d_stages_3_1_conv2_weight[0][0][0],
           o->velocity.stages_3_1_conv2_weight[0][0][0], 0.0005, step);
    update(64, p->stages_3_1_bn2_weight, work->d_stages_3_1_bn2_weight[0], o->velocity.stages_3_1_bn2_weight,
           0.0005, step);
    update(64, p->stages_3_1_bn2_bias, work->d_stages_3_1_bn2_bias[0], o->velocity.stages_3_1_bn2_bias,
           0.0005, step);
    update(2048, p->stages_3_1_conv_skip_weight[0][0][0], work->d_stages_3_1_conv_skip_weight[0][0][0],
           o->velocity.stages_3_1_conv_skip_weight[0][0][0], 0.0005, step);
    update(64, p->stages_3_1_bn_skip_weight, work->d_stages_3_1_bn_skip_weight[0],
           o->velocity.stages_3_1_bn_skip_weight, 0.0005, step);
    update(64, p->stages_3_1_bn_skip_bias, work->d_stages_3_1_bn2_bias[0],
           o->velocity.stages_3_1_bn_skip_bias, 0.0005, step);
    update(36864, p->stages_3_2_conv1_weight[0][0][0], work->d_stages_3_2_conv1_weight[0][0][0],
           o->velocity.stages_3_2_conv1_weight[0][0][0], 0.0005, step);
    update(64, p->stages_3_2_bn1_weight, work->d_stages_3_2_bn1_weight[0], o->velocity.stages_3_2_bn1_weight,
           0.0005, step);
    update(64, p->stages_3_2_bn1_bias, work->d_stages_3_2_bn1_bias[0], o->velocity.stages_3_2_bn1_bias,
           0.0005, step);
    update(36864, p->stages_3_2_conv2_weight[0][0][0], work->d_stages_3_2_conv2_weight[0][0][0],
           o->velocity.stages_3_2_conv2_weight[0][0][0], 0.0005, step);
    update(64, p->stages_3_2_bn2_weight, work->d_stages_3_2_bn2_weight[0], o->velocity.stages_3_2_bn2_weight,
           0.0005, step);
    update(64, p->stages_3_2_bn2_bias, work->d_stages_3_2_bn2_bias[0], o->velocity.stages_3_2_bn2_bias,
           0.0005, step);
    update(36864, p->stages_3_3_conv1_weight[0][0][0], work->d_stages_3_3_conv1_weight[0][0][0],
           o->velocity.stages_3_3_conv1_weight[0][0][0], 0.0005, step);
    update(64, p->stages_3_3_bn1_weight, work->d_stages_3_3_bn1_weight[0], o->velocity.stages_3_3_bn1_weight,
           0.0005, step);
    update(64, p->stages_3_3_bn1_bias, work->d_stages_3_3_bn1_bias[0], o->velocity.stages_3_3_bn1_bias,
           0.0005, step);
    update(36864, p->stages_3_3_conv2_weight[0][0][0], work->d_stages_3_3_conv2_weight[0][0][0],
           o->velocity.stages_3_3_conv2_weight[0][0][0], 0.0005, step);
    update(64, p->stages_3_3_bn2_weight, work->d_stages_3_3_bn2_weight[0], o->velocity.stages_3_3_bn2_weight,
           0.0005, step);
    update(64, p->stages_3_3_bn2_bias, work->d_stages_3_3_bn2_bias[0], o->velocity.stages_3_3_bn2_bias,
           0.0005, step);
    update(640, p->fc_weight[0], work->d_fc_weight[0][0], o->velocity.fc_weight[0], 0.0005, step);
    update(10, p->fc_bias, work->d_fc_bias[0], o->velocity.fc_bias, 0.0005, step);
    memcpy(s->stem_bn_running_mean, work->stem_bn_running_mean_next, sizeof s->stem_bn_running_mean);
    memcpy(s->stem_bn_running_var, work->stem_bn_running_var_next, sizeof s->stem_bn_running_var);
    memcpy(s->stages_1_1_bn1_running_mean, work->stages_1_1_bn1_running_mean_next,
           sizeof s->stages_1_1_bn1_running_mean);
    memcpy(s->stages_1_1_bn1_running_var, work->stages_1_1_bn1_running_var_next,
           sizeof s->stages_1_1_bn1_running_var);
    memcpy(s->stages_1_1_bn2_running_mean, work->stages_1_1_bn2_running_mean_next,
           sizeof s->stages_1_1_bn2_running_mean);
    memcpy(s->stages_1_1_bn2_running_var, work->stages_1_1_bn2_running_var_next,
           sizeof s->stages_1_1_bn2_running_var);
    memcpy(s->stages_1_2_bn1_running_mean, work->stages_1_2_bn1_running_mean_next,
           sizeof s->stages_1_2_bn1_running_mean);
    memcpy(s->stages_1_2_bn1_running_var, work->stages_1_2_bn1_running_var_next,
           sizeof s->stages_1_2_bn1_running_var);
    memcpy(s->stages_1_2_bn2_running_mean, work->stages_1_2_bn2_running_mean_next,
           sizeof s->stages_1_2_bn2_running_mean);
    memcpy(s->stages_1_2_bn2_running_var, work->stages_1_2_bn2_running_var_next,
           sizeof s->stages_1_2_bn2_running_var);
    memcpy(s->stages_1_3_bn1_running_mean, work->stages_1_3_bn1_running_mean_next,
           sizeof s->stages_1_3_bn1_running_mean);
    memcpy(s->stages_1_3_bn1_running_var, work->stages_1_3_bn1_running_var_next,
           sizeof s->stages_1_3_bn1_running_var);
    memcpy(s->stages_1_3_bn2_running_mean, work->stages_1_3_bn2_running_mean_next,
           sizeof s->stages_1_3_bn2_running_mean);
    memcpy(s->stages_1_3_bn2_running_var, work->stages_1_3_bn2_running_var_next,
           sizeof s->stages_1_3_bn2_running_var);
    memcpy(s->stages_2_1_bn1_running_mean, work->stages_2_1_bn1_running_mean_next,
           sizeof s->stages_2_1_bn1_running_mean);
    memcpy(s->stages_2_1_bn1_running_var, work->stages_2_1_bn1_running_var_next,
           sizeof s->stages_2_1_bn1_running_var);
    memcpy(s->stages_2_1_bn2_running_mean, work->stages_2_1_bn2_running_mean_next,
           sizeof s->stages_2_1_bn2_running_mean);
    memcpy(s->stages_2_1_bn2_running_var, work->stages_2_1_bn2_running_var_next,
           sizeof s->stages_2_1_bn2_running_var);
    memcpy(s->stages_2_1_bn_skip_running_mean, work->stages_2_1_bn_skip_running_mean_next,
           sizeof s->stages_2_1_bn_skip_running_mean);
    memcpy(s->stages_2_1_bn_skip_running_var, work->stages_2_1_bn_skip_running_var_next,
           sizeof s->stages_2_1_bn_skip_running_var);
    memcpy(s->stages_2_2_bn1_running_mean, work->stages_2_2_bn1_running_mean_next,
           sizeof s->stages_2_2_bn1_running_mean);
    memcpy(s->stages_2_2_bn1_running_var, work->stages_2_2_bn1_running_var_next,
           sizeof s->stages_2_2_bn1_running_var);
    memcpy(s->stages_2_2_bn2_running_mean, work->stages_2_2_bn2_running_mean_next,
           sizeof s->stages_2_2_bn2_running_mean);
    memcpy(s->stages_2_2_bn2_running_var, work->stages_2_2_bn2_running_var_next,
           sizeof s->stages_2_2_bn2_running_var);
    memcpy(s->stages_2_3_bn1_running_mean, work->stages_2_3_bn1_running_mean_next,
           sizeof s->stages_2_3_bn1_running_mean);
    memcpy(s->stages_2_3_bn1_running_var, work->stages_2_3_bn1_running_var_next,
           sizeof s->stages_2_3_bn1_running_var);
    memcpy(s->stages_2_3_bn2_running_mean, work->stages_2_3_bn2_running_mean_next,
           sizeof s->stages_2_3_bn2_running_mean);
    memcpy(s->stages_2_3_bn2_running_var, work->stages_2_3_bn2_running_var_next,
           sizeof s->stages_2_3_bn2_running_var);
    memcpy(s->stages_3_1_bn1_running_mean, work->stages_3_1_bn1_running_mean_next,
           sizeof s->stages_3_1_bn1_running_mean);
    memcpy(s->stages_3_1_bn1_running_var, work->stages_3_1_bn1_running_var_next,
           sizeof s->stages_3_1_bn1_running_var);
    memcpy(s->stages_3_1_bn2_running_mean, work->stages_3_1_bn2_running_mean_next,
           sizeof s->stages_3_1_bn2_running_mean);
    memcpy(s->stages_3_1_bn2_running_var, work->stages_3_1_bn2_running_var_next,
           sizeof s->stages_3_1_bn2_running_var);
    memcpy(s->stages_3_1_bn_skip_running_mean, work->stages_3_1_bn_skip_running_mean_next,
           sizeof s->stages_3_1_bn_skip_running_mean);
    memcpy(s->stages_3_1_bn_skip_running_var, work->stages_3_1_bn_skip_running_var_next,
           sizeof s->stages_3_1_bn_skip_running_var);
    memcpy(s->stages_3_2_bn1_running_mean, work->stages_3_2_bn1_running_mean_next,
           sizeof s->stages_3_2_bn1_running_mean);
    memcpy(s->stages_3_2_bn1_running_var, work->stages_3_2_bn1_running_var_next,
           sizeof s->stages_3_2_bn1_running_var);
    memcpy(s->stages_3_2_bn2_running_mean, work->stages_3_2_bn2_running_mean_next,
           sizeof s->stages_3_2_bn2_running_mean);
    memcpy(s->stages_3_2_bn2_running_var, work->stages_3_2_bn2_running_var_next,
           sizeof s->stages_3_2_bn2_running_var);
    memcpy(s->stages_3_3_bn1_running_mean, work->stages_3_3_bn1_running_mean_next,
           sizeof s->stages_3_3_bn1_running_mean);
    memcpy(s->stages_3_3_bn1_running_var, work->stages_3_3_bn1_running_var_next,
           sizeof s->stages_3_3_bn1_running_var);
    memcpy(s->stages_3_3_bn2_running_mean, work->stages_3_3_bn2_running_mean_next,
           sizeof s->stages_3_3_bn2_running_mean);
    memcpy(s->stages_3_3_bn2_running_var, work->stages_3_3_bn2_running_var_next,
           sizeof s->stages_3_3_bn2_running_var);
}

/* ---- the tensors of a run, as tables ---- */

static const RtTensor parameters[] = {
    {"stem.conv.weight", 4, {16, 1, 3, 3}, offsetof(ResnetParams, stem_conv_weight) / sizeof(float), 144,
     RT_INIT_NORMAL, 0.4714045207910317, true},
    {"stem.bn.weight", 1, {16}, offsetof(ResnetParams, stem_bn_weight) / sizeof(float), 16, RT_INIT_CONSTANT,
     1, true},
    {"stem.bn.bias", 1, {16}, offsetof(ResnetParams, stem_bn_bias) / sizeof(float), 16, RT_INIT_CONSTANT, 0,
     true},
    {"stages.1.1.conv1.weight", 4, {16, 16, 3, 3},
     offsetof(ResnetParams, stages_1_1_conv1_weight) / sizeof(float), 2304, RT_INIT_NORMAL,
     0.11785113019775792, true},
    {"stages.1.1.bn1.weight", 1, {16}, offsetof(ResnetParams, stages_1_1_bn1_weight) / sizeof(float), 16,
     RT_INIT_CONSTANT, 1, true},
    {"stages.1.1.bn1.bias", 1, {16}, offsetof(ResnetParams, stages_1_1_bn1_bias) / sizeof(float), 16,
     RT_INIT_CONSTANT, 0, true},
    {"stages.1.1.conv2.weight", 4, {16, 16, 3, 3},
     offsetof(ResnetParams, stages_1_1_conv2_weight) / sizeof(float), 2304, RT_INIT_NORMAL,
     0.11785113019775792, true},
    {"stages.1.1.bn2.weight", 1, {16}, offsetof(ResnetParams, stages_1_1_bn2_weight) / sizeof(float), 16,
     RT_INIT_CONSTANT, 1, true},
    {"stages.1.1.bn2.bias", 1, {16}, offsetof(ResnetParams, stages_1_1_bn2_bias) / sizeof(float), 16,
     RT_INIT_CONSTANT, 0, true},
    {"stages.1.2.conv1.weight", 4, {16, 16, 3, 3},
     offsetof(ResnetParams, stages_1_2_conv1_weight) / sizeof(float), 2304, RT_INIT_NORMAL,
     0.11785113019775792, true},
    {"stages.1.2.bn1.weight", 1, {16}, offsetof(ResnetParams, stages_1_2_bn1_weight) / sizeof(float), 16,
     RT_INIT_CONSTANT, 1, true},
    {"stages.1.2.bn1.bias", 1, {16}, offsetof(ResnetParams, stages_1_2_bn1_bias) / sizeof(float), 16,
     RT_INIT_CONSTANT, 0, true},
    {"stages.1.2.conv2.weight", 4, {16, 16, 3, 3},
     offsetof(ResnetParams, stages_1_2_conv2_weight) / sizeof(float), 2304, RT_INIT_NORMAL,
     0.11785113019775792, true},
    {"stages.1.2.bn2.weight", 1, {16}, offsetof(ResnetParams, stages_1_2_bn2_weight) / sizeof(float), 16,
     RT_INIT_CONSTANT, 1, true},
    {"stages.1.2.bn2.bias", 1, {16}, offsetof(ResnetParams, stages_1_2_bn2_bias) / sizeof(float), 16,
     RT_INIT_CONSTANT, 0, true},
    {"stages.1.3.conv1.weight", 4, {16, 16, 3, 3},
     offsetof(ResnetParams, stages_1_3_conv1_weight) / sizeof(float), 2304, RT_INIT_NORMAL,
     0.11785113019775792, true},
    {"stages.1.3.bn1.weight", 1, {16}, offsetof(ResnetParams, stages_1_3_bn1_weight) / sizeof(float), 16,
     RT_INIT_CONSTANT, 1, true},
    {"stages.1.3.bn1.bias", 1, {16}, offsetof(ResnetParams, stages_1_3_bn1_bias) / sizeof(float), 16,
     RT_INIT_CONSTANT, 0, true},
    {"stages.1.3.conv2.weight", 4, {16, 16, 3, 3},
     offsetof(ResnetParams, stages_1_3_conv2_weight) / sizeof(float), 2304, RT_INIT_NORMAL,
     0.11785113019775792, true},
    {"stages.1.3.bn2.weight", 1, {16}, offsetof(ResnetParams, stages_1_3_bn2_weight) / sizeof(float), 16,
     RT_INIT_CONSTANT, 1, true},
    {"stages.1.3.bn2.bias", 1, {16}, offsetof(ResnetParams, stages_1_3_bn2_bias) / sizeof(float), 16,
     RT_INIT_CONSTANT, 0, true},
    {"stages.2.1.conv1.weight", 4, {32, 16, 3, 3},
     offsetof(ResnetParams, stages_2_1_conv1_weight) / sizeof(float), 4608, RT_INIT_NORMAL,
     0.11785113019775792, true},
    {"stages.2.1.bn1.weight", 1, {32}, offsetof(ResnetParams, stages_2_1_bn1_weight) / sizeof(float), 32,
     RT_INIT_CONSTANT, 1, true},
    {"stages.2.1.bn1.bias", 1, {32}, offsetof(ResnetParams, stages_2_1_bn1_bias) / sizeof(float), 32,
     RT_INIT_CONSTANT, 0, true},
    {"stages.2.1.conv2.weight", 4, {32, 32, 3, 3},
     offsetof(ResnetParams, stages_2_1_conv2_weight) / sizeof(float), 9216, RT_INIT_NORMAL,
     0.08333333333333333, true},
    {"stages.2.1.bn2.weight", 1, {32}, offsetof(ResnetParams, stages_2_1_bn2_weight) / sizeof(float), 32,
     RT_INIT_CONSTANT, 1, true},
    {"stages.2.1.bn2.bias", 1, {32}, offsetof(ResnetParams, stages_2_1_bn2_bias) / sizeof(float), 32,
     RT_INIT_CONSTANT, 0, true},
    {"stages.2.1.conv_skip.weight", 4, {32, 16, 1, 1},
     offsetof(ResnetParams, stages_2_1_conv_skip_weight) / sizeof(float), 512, RT_INIT_NORMAL,
     0.3535533905932738, true},
    {"stages.2.1.bn_skip.weight", 1, {32}, offsetof(ResnetParams, stages_2_1_bn_skip_weight) / sizeof(float),
     32, RT_INIT_CONSTANT, 1, true},
    {"stages.2.1.bn_skip.bias", 1, {32}, offsetof(ResnetParams, stages_2_1_bn_skip_bias) / sizeof(float), 32,
     RT_INIT_CONSTANT, 0, true},
    {"stages.2.2.conv1.weight", 4, {32, 32, 3, 3},
     offsetof(ResnetParams, stages_2_2_conv1_weight) / sizeof(float), 9216, RT_INIT_NORMAL,
     0.08333333333333333, true},
    {"stages.2.2.bn1.weight", 1, {32}, offsetof(ResnetParams, stages_2_2_bn1_weight) / sizeof(float), 32,
     RT_INIT_CONSTANT, 1, true},
    {"stages.2.2.bn1.bias", 1, {32}, offsetof(ResnetParams, stages_2_2_bn1_bias) / sizeof(float), 32,
     RT_INIT_CONSTANT, 0, true},
    {"stages.2.2.conv2.weight", 4, {32, 32, 3, 3},
     offsetof(ResnetParams, stages_2_2_conv2_weight) / sizeof(float), 9216, RT_INIT_NORMAL,
     0.08333333333333333, true},
    {"stages.2.2.bn2.weight", 1, {32}, offsetof(ResnetParams, stages_2_2_bn2_weight) / sizeof(float), 32,
     RT_INIT_CONSTANT, 1, true},
    {"stages.2.2.bn2.bias", 1, {32}, offsetof(ResnetParams, stages_2_2_bn2_bias) / sizeof(float), 32,
     RT_INIT_CONSTANT, 0, true},
    {"stages.2.3.conv1.weight", 4, {32, 32, 3, 3},
     offsetof(ResnetParams, stages_2_3_conv1_weight) / sizeof(float), 9216, RT_INIT_NORMAL,
     0.08333333333333333, true},
    {"stages.2.3.bn1.weight", 1, {32}, offsetof(ResnetParams, stages_2_3_bn1_weight) / sizeof(float), 32,
     RT_INIT_CONSTANT, 1, true},
    {"stages.2.3.bn1.bias", 1, {32}, offsetof(ResnetParams, stages_2_3_bn1_bias) / sizeof(float), 32,
     RT_INIT_CONSTANT, 0, true},
    {"stages.2.3.conv2.weight", 4, {32, 32, 3, 3},
     offsetof(ResnetParams, stages_2_3_conv2_weight) / sizeof(float), 9216, RT_INIT_NORMAL,
     0.08333333333333333, true},
    {"stages.2.3.bn2.weight", 1, {32}, offsetof(ResnetParams, stages_2_3_bn2_weight) / sizeof(float), 32,
     RT_INIT_CONSTANT, 1, true},
    {"stages.2.3.bn2.bias", 1, {32}, offsetof(ResnetParams, stages_2_3_bn2_bias) / sizeof(float), 32,
     RT_INIT_CONSTANT, 0, true},
    {"stages.3.1.conv1.weight", 4, {64, 32, 3, 3},
     offsetof(ResnetParams, stages_3_1_conv1_weight) / sizeof(float), 18432, RT_INIT_NORMAL,
     0.08333333333333333, true},
    {"stages.3.1.bn1.weight", 1, {64}, offsetof(ResnetParams, stages_3_1_bn1_weight) / sizeof(float), 64,
     RT_INIT_CONSTANT, 1, true},
    {"stages.3.1.bn1.bias", 1, {64}, offsetof(ResnetParams, stages_3_1_bn1_bias) / sizeof(float), 64,
     RT_INIT_CONSTANT, 0, true},
    {"stages.3.1.conv2.weight", 4, {64, 64, 3, 3},
     offsetof(ResnetParams, stages_3_1_conv2_weight) / sizeof(float), 36864, RT_INIT_NORMAL,
     0.05892556509887896, true},
    {"stages.3.1.bn2.weight", 1, {64}, offsetof(ResnetParams, stages_3_1_bn2_weight) / sizeof(float), 64,
     RT_INIT_CONSTANT, 1, true},
    {"stages.3.1.bn2.bias", 1, {64}, offsetof(ResnetParams, stages_3_1_bn2_bias) / sizeof(float), 64,
     RT_INIT_CONSTANT, 0, true},
    {"stages.3.1.conv_skip.weight", 4, {64, 32, 1, 1},
     offsetof(ResnetParams, stages_3_1_conv_skip_weight) / sizeof(float), 2048, RT_INIT_NORMAL, 0.25, true},
    {"stages.3.1.bn_skip.weight", 1, {64}, offsetof(ResnetParams, stages_3_1_bn_skip_weight) / sizeof(float),
     64, RT_INIT_CONSTANT, 1, true},
    {"stages.3.1.bn_skip.bias", 1, {64}, offsetof(ResnetParams, stages_3_1_bn_skip_bias) / sizeof(float), 64,
     RT_INIT_CONSTANT, 0, true},
    {"stages.3.2.conv1.weight", 4, {64, 64, 3, 3},
     offsetof(ResnetParams, stages_3_2_conv1_weight) / sizeof(float), 36864, RT_INIT_NORMAL,
     0.05892556509887896, true},
    {"stages.3.2.bn1.weight", 1, {64}, offsetof(ResnetParams, stages_3_2_bn1_weight) / sizeof(float), 64,
     RT_INIT_CONSTANT, 1, true},
    {"stages.3.2.bn1.bias", 1, {64}, offsetof(ResnetParams, stages_3_2_bn1_bias) / sizeof(float), 64,
     RT_INIT_CONSTANT, 0, true},
    {"stages.3.2.conv2.weight", 4, {64, 64, 3, 3},
     offsetof(ResnetParams, stages_3_2_conv2_weight) / sizeof(float), 36864, RT_INIT_NORMAL,
     0.05892556509887896, true},
    {"stages.3.2.bn2.weight", 1, {64}, offsetof(ResnetParams, stages_3_2_bn2_weight) / sizeof(float), 64,
     RT_INIT_CONSTANT, 1, true},
    {"stages.3.2.bn2.bias", 1, {64}, offsetof(ResnetParams, stages_3_2_bn2_bias) / sizeof(float), 64,
     RT_INIT_CONSTANT, 0, true},
    {"stages.3.3.conv1.weight", 4, {64, 64, 3, 3},
     offsetof(ResnetParams, stages_3_3_conv1_weight) / sizeof(float), 36864, RT_INIT_NORMAL,
     0.05892556509887896, true},
    {"stages.3.3.bn1.weight", 1, {64}, offsetof(ResnetParams, stages_3_3_bn1_weight) / sizeof(float), 64,
     RT_INIT_CONSTANT, 1, true},
    {"stages.3.3.bn1.bias", 1, {64}, offsetof(ResnetParams, stages_3_3_bn1_bias) / sizeof(float), 64,
     RT_INIT_CONSTANT, 0, true},
    {"stages.3.3.conv2.weight", 4, {64, 64, 3, 3},
     offsetof(ResnetParams, stages_3_3_conv2_weight) / sizeof(float), 36864, RT_INIT_NORMAL,
     0.05892556509887896, true},
    {"stages.3.3.bn2.weight", 1, {64}, offsetof(ResnetParams, stages_3_3_bn2_weight) / sizeof(float), 64,
     RT_INIT_CONSTANT, 1, true},
    {"stages.3.3.bn2.bias", 1, {64}, offsetof(ResnetParams, stages_3_3_bn2_bias) / sizeof(float), 64,
     RT_INIT_CONSTANT, 0, true},
    {"fc.weight", 2, {10, 64}, offsetof(ResnetParams, fc_weight) / sizeof(float), 640, RT_INIT_UNIFORM, 0.125,
     true},
    {"fc.bias", 1, {10}, offsetof(ResnetParams, fc_bias) / sizeof(float), 10, RT_INIT_UNIFORM, 0.125, true},
};
static const RtTensor states[] = {
    {"stem.bn.running_mean", 1, {16}, offsetof(ResnetState, stem_bn_running_mean) / sizeof(float), 16,
     RT_INIT_CONSTANT, 0, false},
    {"stem.bn.running_var", 1, {16}, offsetof(ResnetState, stem_bn_running_var) / sizeof(float), 16,
     RT_INIT_CONSTANT, 1, false},
    {"stages.1.1.bn1.running_mean", 1, {16},
     offsetof(ResnetState, stages_1_1_bn1_running_mean) / sizeof(float), 16, RT_INIT_CONSTANT, 0, false},
    {"stages.1.1.bn1.running_var", 1, {16}, offsetof(ResnetState, stages_1_1_bn1_running_var) / sizeof(float),
     16, RT_INIT_CONSTANT, 1, false},
    {"stages.1.1.bn2.running_mean", 1, {16},
     offsetof(ResnetState, stages_1_1_bn2_running_mean) / sizeof(float), 16, RT_INIT_CONSTANT, 0, false},
    {"stages.1.1.bn2.running_var", 1, {16}, offsetof(ResnetState, stages_1_1_bn2_running_var) / sizeof(float),
     16, RT_INIT_CONSTANT, 1, false},
    {"stages.1.2.bn1.running_mean", 1, {16},
     offsetof(ResnetState, stages_1_2_bn1_running_mean) / sizeof(float), 16, RT_INIT_CONSTANT, 0, false},
    {"stages.1.2.bn1.running_var", 1, {16}, offsetof(ResnetState, stages_1_2_bn1_running_var) / sizeof(float),
     16, RT_INIT_CONSTANT, 1, false},
    {"stages.1.2.bn2.running_mean", 1, {16},
     offsetof(ResnetState, stages_1_2_bn2_running_mean) / sizeof(float), 16, RT_INIT_CONSTANT, 0, false},
    {"stages.1.2.bn2.running_var", 1, {16}, offsetof(ResnetState, stages_1_2_bn2_running_var) / sizeof(float),
     16, RT_INIT_CONSTANT, 1, false},
    {"stages.1.3.bn1.running_mean", 1, {16},
     offsetof(ResnetState, stages_1_3_bn1_running_mean) / sizeof(float), 16, RT_INIT_CONSTANT, 0, false},
    {"stages.1.3.bn1.running_var", 1, {16}, offsetof(ResnetState, stages_1_3_bn1_running_var) / sizeof(float),
     16, RT_INIT_CONSTANT, 1, false},
    {"stages.1.3.bn2.running_mean", 1, {16},
     offsetof(ResnetState, stages_1_3_bn2_running_mean) / sizeof(float), 16, RT_INIT_CONSTANT, 0, false},
    {"stages.1.3.bn2.running_var", 1, {16}, offsetof(ResnetState, stages_1_3_bn2_running_var) / sizeof(float),
     16, RT_INIT_CONSTANT, 1, false},
    {"stages.2.1.bn1.running_mean", 1, {32},
     offsetof(ResnetState, stages_2_1_bn1_running_mean) / sizeof(float), 32, RT_INIT_CONSTANT, 0, false},
    {"stages.2.1.bn1.running_var", 1, {32}, offsetof(ResnetState, stages_2_1_bn1_running_var) / sizeof(float),
     32, RT_INIT_CONSTANT, 1, false},
    {"stages.2.1.bn2.running_mean", 1, {32},
     offsetof(ResnetState, stages_2_1_bn2_running_mean) / sizeof(float), 32, RT_INIT_CONSTANT, 0, false},
    {"stages.2.1.bn2.running_var", 1, {32}, offsetof(ResnetState, stages_2_1_bn2_running_var) / sizeof(float),
     32, RT_INIT_CONSTANT, 1, false},
    {"stages.2.1.bn_skip.running_mean", 1, {32},
     offsetof(ResnetState, stages_2_1_bn_skip_running_mean) / sizeof(float), 32, RT_INIT_CONSTANT, 0, false},
    {"stages.2.1.bn_skip.running_var", 1, {32},
     offsetof(ResnetState, stages_2_1_bn_skip_running_var) / sizeof(float), 32, RT_INIT_CONSTANT, 1, false},
    {"stages.2.2.bn1.running_mean", 1, {32},
     offsetof(ResnetState, stages_2_2_bn1_running_mean) / sizeof(float), 32, RT_INIT_CONSTANT, 0, false},
    {"stages.2.2.bn1.running_var", 1, {32}, offsetof(ResnetState, stages_2_2_bn1_running_var) / sizeof(float),
     32, RT_INIT_CONSTANT, 1, false},
    {"stages.2.2.bn2.running_mean", 1, {32},
     offsetof(ResnetState, stages_2_2_bn2_running_mean) / sizeof(float), 32, RT_INIT_CONSTANT, 0, false},
    {"stages.2.2.bn2.running_var", 1, {32}, offsetof(ResnetState, stages_2_2_bn2_running_var) / sizeof(float),
     32, RT_INIT_CONSTANT, 1, false},
    {"stages.2.3.bn1.running_mean", 1, {32},
     offsetof(ResnetState, stages_2_3_bn1_running_mean) / sizeof(float), 32, RT_INIT_CONSTANT, 0, false},
    {"stages.2.3.bn1.running_var", 1, {32}, offsetof(ResnetState, stages_2_3_bn1_running_var) / sizeof(float),
     32, RT_INIT_CONSTANT, 1, false},
    {"stages.2.3.bn2.running_mean", 1, {32},
     offsetof(ResnetState, stages_2_3_bn2_running_mean) / sizeof(float), 32, RT_INIT_CONSTANT, 0, false},
    {"stages.2.3.bn2.running_var", 1, {32}, offsetof(ResnetState, stages_2_3_bn2_running_var) / sizeof(float),
     32, RT_INIT_CONSTANT, 1, false},
    {"stages.3.1.bn1.running_mean", 1, {64},
     offsetof(ResnetState, stages_3_1_bn1_running_mean) / sizeof(float), 64, RT_INIT_CONSTANT, 0, false},
    {"stages.3.1.bn1.running_var", 1, {64}, offsetof(ResnetState, stages_3_1_bn1_running_var) / sizeof(float),
     64, RT_INIT_CONSTANT, 1, false},
    {"stages.3.1.bn2.running_mean", 1, {64},
     offsetof(ResnetState, stages_3_1_bn2_running_mean) / sizeof(float), 64, RT_INIT_CONSTANT, 0, false},
    {"stages.3.1.bn2.running_var", 1, {64}, offsetof(ResnetState, stages_3_1_bn2_running_var) / sizeof(float),
     64, RT_INIT_CONSTANT, 1, false},
    {"stages.3.1.bn_skip.running_mean", 1, {64},
     offsetof(ResnetState, stages_3_1_bn_skip_running_mean) / sizeof(float), 64, RT_INIT_CONSTANT, 0, false},
    {"stages.3.1.bn_skip.running_var", 1, {64},
     offsetof(ResnetState, stages_3_1_bn_skip_running_var) / sizeof(float), 64, RT_INIT_CONSTANT, 1, false},
    {"stages.3.2.bn1.running_mean", 1, {64},
     offsetof(ResnetState, stages_3_2_bn1_running_mean) / sizeof(float), 64, RT_INIT_CONSTANT, 0, false},
    {"stages.3.2.bn1.running_var", 1, {64}, offsetof(ResnetState, stages_3_2_bn1_running_var) / sizeof(float),
     64, RT_INIT_CONSTANT, 1, false},
    {"stages.3.2.bn2.running_mean", 1, {64},
     offsetof(ResnetState, stages_3_2_bn2_running_mean) / sizeof(float), 64, RT_INIT_CONSTANT, 0, false},
    {"stages.3.2.bn2.running_var", 1, {64}, offsetof(ResnetState, stages_3_2_bn2_running_var) / sizeof(float),
     64, RT_INIT_CONSTANT, 1, false},
    {"stages.3.3.bn1.running_mean", 1, {64},
     offsetof(ResnetState, stages_3_3_bn1_running_mean) / sizeof(float), 64, RT_INIT_CONSTANT, 0, false},
    {"stages.3.3.bn1.running_var", 1, {64}, offsetof(ResnetState, stages_3_3_bn1_running_var) / sizeof(float),
     64, RT_INIT_CONSTANT, 1, false},
    {"stages.3.3.bn2.running_mean", 1, {64},
     offsetof(ResnetState, stages_3_3_bn2_running_mean) / sizeof(float), 64, RT_INIT_CONSTANT, 0, false},
    {"stages.3.3.bn2.running_var", 1, {64}, offsetof(ResnetState, stages_3_3_bn2_running_var) / sizeof(float),
     64, RT_INIT_CONSTANT, 1, false},
};

/* ---- what programs call ---- */

static ResnetStatus check_train(const ResnetWork *work, int threads, const ResnetBatch *in)
{
    if (threads < 1 || threads > 1024) return RESNET_BAD_THREADS;
    if (!work || (uintptr_t)work % 64) return RESNET_NOT_ALIGNED;
    if (in->n != RESNET_BATCH) return RESNET_BAD_BATCH;
    if (!in->image || !in->label) return RESNET_BAD_BATCH;
    for (int i = 0; i < in->n; i++)
        if (in->label[i] < 0 || in->label[i] >= 10) return RESNET_BAD_BATCH;
    return RESNET_OK;
}

static ResnetStatus check_evaluate(const ResnetWork *work, int threads, const ResnetBatch *in)
{
    if (threads < 1 || threads > 1024) return RESNET_BAD_THREADS;
    if (!work || (uintptr_t)work % 64) return RESNET_NOT_ALIGNED;
    if (in->n < 1 || in->n > RESNET_BATCH) return RESNET_BAD_BATCH;
    if (!in->image || !in->label) return RESNET_BAD_BATCH;
    for (int i = 0; i < in->n; i++)
        if (in->label[i] < 0 || in->label[i] >= 10) return RESNET_BAD_BATCH;
    return RESNET_OK;
}

static ResnetStatus check_predict(const ResnetWork *work, int threads, const ResnetBatch *in)
{
    if (threads < 1 || threads > 1024) return RESNET_BAD_THREADS;
    if (!work || (uintptr_t)work % 64) return RESNET_NOT_ALIGNED;
    if (in->n < 1 || in->n > RESNET_BATCH) return RESNET_BAD_BATCH;
    if (!in->image) return RESNET_BAD_BATCH;
    return RESNET_OK;
}

static RtStep next_step(const Resnet *run)
{
    const int64_t steps = run->steps < 1 ? 1 : run->steps, number = run->step < steps ? run->step : steps - 1;
    return (RtStep){
        .seed = run->seed, .step = run->step, .skipped = run->skipped, .progress = rt_progress(number, steps),
        .learning_rate = (float)rt_one_cycle(0.15, number, steps),
        .correction1 = rt_correction(0, run->step), .correction2 = rt_correction(0, run->step)};
}

void resnet_init(Resnet *run, uint64_t seed, int64_t steps)
{
    const uint64_t found = rt_exact_begin();
    memset(run, 0, sizeof *run);
    run->seed = seed;
    run->steps = steps < 1 ? 1 : steps;
    run->steps_per_epoch = run->steps < 20 ? 1 : run->steps / 20;
    for (int i = 0; i < 65; i++)
        rt_initial_values(&parameters[i], seed, (float *)&run->params + parameters[i].offset);
    for (int i = 0; i < 42; i++)
        rt_initial_values(&states[i], seed, (float *)&run->state + states[i].offset);
    rt_exact_end(found);
}

ResnetStatus resnet_step(Resnet *run, ResnetWork *work, int threads, const ResnetBatch *in,
                         ResnetTrainResult *out)
{
    const ResnetStatus status = check_train(work, threads, in);
    if (status != RESNET_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = next_step(run);
    const bool finite = train_batch(&work->train, threads, &run->params, &run->state, in, &step, out);
    if (finite) {
        change_weights(&work->train, &run->params, &run->state, &run->moments, &step);
        run->step++;
    }
    rt_exact_end(found);
    return finite ? RESNET_OK : RESNET_NOT_FINITE;
}

ResnetStatus resnet_gradients(const Resnet *run, ResnetWork *work, int threads, const ResnetBatch *in,
                              ResnetParams *gradients, ResnetTrainResult *out)
{
    const ResnetStatus status = check_train(work, threads, in);
    if (status != RESNET_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = next_step(run);
    const bool finite = train_batch(&work->train, threads, &run->params, &run->state, in, &step, out);
    if (finite) {
        memcpy(gradients->stem_conv_weight, work->train.d_stem_conv_weight,
               sizeof gradients->stem_conv_weight);
        memcpy(gradients->stem_bn_weight, work->train.d_stem_bn_weight[0], sizeof gradients->stem_bn_weight);
        memcpy(gradients->stem_bn_bias, work->train.d_stem_bn_bias[0], sizeof gradients->stem_bn_bias);
        memcpy(gradients->stages_1_1_conv1_weight, work->train.d_stages_1_1_conv1_weight,
               sizeof gradients->stages_1_1_conv1_weight);
        memcpy(gradients->stages_1_1_bn1_weight, work->train.d_stages_1_1_bn1_weight[0],
               sizeof gradients->stages_1_1_bn1_weight);
        memcpy(gradients->stages_1_1_bn1_bias, work->train.d_stages_1_1_bn1_bias[0],
               sizeof gradients->stages_1_1_bn1_bias);
        memcpy(gradients->stages_1_1_conv2_weight, work->train.d_stages_1_1_conv2_weight,
               sizeof gradients->stages_1_1_conv2_weight);
        memcpy(gradients->stages_1_1_bn2_weight, work->train.d_stages_1_1_bn2_weight[0],
               sizeof gradients->stages_1_1_bn2_weight);
        memcpy(gradients->stages_1_1_bn2_bias, work->train.d_stages_1_1_bn2_bias[0],
               sizeof gradients->stages_1_1_bn2_bias);
        memcpy(gradients->stages_1_2_conv1_weight, work->train.d_stages_1_2_conv1_weight,
               sizeof gradients->stages_1_2_conv1_weight);
        memcpy(gradients->stages_1_2_bn1_weight, work->train.d_stages_1_2_bn1_weight[0],
               sizeof gradients->stages_1_2_bn1_weight);
        memcpy(gradients->stages_1_2_bn1_bias, work->train.d_stages_1_2_bn1_bias[0],
               sizeof gradients->stages_1_2_bn1_bias);
        memcpy(gradients->stages_1_2_conv2_weight, work->train.d_stages_1_2_conv2_weight,
               sizeof gradients->stages_1_2_conv2_weight);
        memcpy(gradients->stages_1_2_bn2_weight, work->train.d_stages_1_2_bn2_weight[0],
               sizeof gradients->stages_1_2_bn2_weight);
        memcpy(gradients->stages_1_2_bn2_bias, work->train.d_stages_1_2_bn2_bias[0],
               sizeof gradients->stages_1_2_bn2_bias);
        memcpy(gradients->stages_1_3_conv1_weight, work->train.d_stages_1_3_conv1_weight,
               sizeof gradients->stages_1_3_conv1_weight);
        memcpy(gradients->stages_1_3_bn1_weight, work->train.d_stages_1_3_bn1_weight[0],
               sizeof gradients->stages_1_3_bn1_weight);
        memcpy(gradients->stages_1_3_bn1_bias, work->train.d_stages_1_3_bn1_bias[0],
               sizeof gradients->stages_1_3_bn1_bias);
        memcpy(gradients->stages_1_3_conv2_weight, work->train.d_stages_1_3_conv2_weight,
               sizeof gradients->stages_1_3_conv2_weight);
        memcpy(gradients->stages_1_3_bn2_weight, work->train.d_stages_1_3_bn2_weight[0],
               sizeof gradients->stages_1_3_bn2_weight);
        memcpy(gradients->stages_1_3_bn2_bias, work->train.d_stages_1_3_bn2_bias[0],
               sizeof gradients->stages_1_3_bn2_bias);
        memcpy(gradients->stages_2_1_conv1_weight, work->train.d_stages_2_1_conv1_weight,
               sizeof gradients->stages_2_1_conv1_weight);
        memcpy(gradients->stages_2_1_bn1_weight, work->train.d_stages_2_1_bn1_weight[0],
               sizeof gradients->stages_2_1_bn1_weight);
        memcpy(gradients->stages_2_1_bn1_bias, work->train.d_stages_2_1_bn1_bias[0],
               sizeof gradients->stages_2_1_bn1_bias);
        memcpy(gradients->stages_2_1_conv2_weight, work->train.d_stages_2_1_conv2_weight,
               sizeof gradients->stages_2_1_conv2_weight);
        memcpy(gradients->stages_2_1_bn2_weight, work->train.d_stages_2_1_bn2_weight[0],
               sizeof gradients->stages_2_1_bn2_weight);
        memcpy(gradients->stages_2_1_bn2_bias, work->train.d_stages_2_1_bn2_bias[0],
               sizeof gradients->stages_2_1_bn2_bias);
        memcpy(gradients->stages_2_1_conv_skip_weight, work->train.d_stages_2_1_conv_skip_weight,
               sizeof gradients->stages_2_1_conv_skip_weight);
        memcpy(gradients->stages_2_1_bn_skip_weight, work->train.d_stages_2_1_bn_skip_weight[0],
               sizeof gradients->stages_2_1_bn_skip_weight);
        memcpy(gradients->stages_2_1_bn_skip_bias, work->train.d_stages_2_1_bn2_bias[0],
               sizeof gradients->stages_2_1_bn_skip_bias);
        memcpy(gradients->stages_2_2_conv1_weight, work->train.d_stages_2_2_conv1_weight,
               sizeof gradients->stages_2_2_conv1_weight);
        memcpy(gradients->stages_2_2_bn1_weight, work->train.d_stages_2_2_bn1_weight[0],
               sizeof gradients->stages_2_2_bn1_weight);
        memcpy(gradients->stages_2_2_bn1_bias, work->train.d_stages_2_2_bn1_bias[0],
               sizeof gradients->stages_2_2_bn1_bias);
        memcpy(gradients->stages_2_2_conv2_weight, work->train.d_stages_2_2_conv2_weight,
               sizeof gradients->stages_2_2_conv2_weight);
        memcpy(gradients->stages_2_2_bn2_weight, work->train.d_stages_2_2_bn2_weight[0],
               sizeof gradients->stages_2_2_bn2_weight);
        memcpy(gradients->stages_2_2_bn2_bias, work->train.d_stages_2_2_bn2_bias[0],
               sizeof gradients->stages_2_2_bn2_bias);
        memcpy(gradients->stages_2_3_conv1_weight, work->train.d_stages_2_3_conv1_weight,
               sizeof gradients->stages_2_3_conv1_weight);
        memcpy(gradients->stages_2_3_bn1_weight, work->train.d_stages_2_3_bn1_weight[0],
               sizeof gradients->stages_2_3_bn1_weight);
        memcpy(gradients->stages_2_3_bn1_bias, work->train.d_stages_2_3_bn1_bias[0],
               sizeof gradients->stages_2_3_bn1_bias);
        memcpy(gradients->stages_2_3_conv2_weight, work->train.d_stages_2_3_conv2_weight,
               sizeof gradients->stages_2_3_conv2_weight);
        memcpy(gradients->stages_2_3_bn2_weight, work->train.d_stages_2_3_bn2_weight[0],
               sizeof gradients->stages_2_3_bn2_weight);
        memcpy(gradients->stages_2_3_bn2_bias, work->train.d_stages_2_3_bn2_bias[0],
               sizeof gradients->stages_2_3_bn2_bias);
        memcpy(gradients->stages_3_1_conv1_weight, work->train.d_stages_3_1_conv1_weight,
               sizeof gradients->stages_3_1_conv1_weight);
        memcpy(gradients->stages_3_1_bn1_weight, work->train.d_stages_3_1_bn1_weight[0],
               sizeof gradients->stages_3_1_bn1_weight);
        memcpy(gradients->stages_3_1_bn1_bias, work->train.d_stages_3_1_bn1_bias[0],
               sizeof gradients->stages_3_1_bn1_bias);
        memcpy(gradients->stages_3_1_conv2_weight, work->train.d_stages_3_1_conv2_weight,
               sizeof gradients->stages_3_1_conv2_weight);
        memcpy(gradients->stages_3_1_bn2_weight, work->train.d_stages_3_1_bn2_weight[0],
               sizeof gradients->stages_3_1_bn2_weight);
        memcpy(gradients->stages_3_1_bn2_bias, work->train.d_stages_3_1_bn2_bias[0],
               sizeof gradients->stages_3_1_bn2_bias);
        memcpy(gradients->stages_3_1_conv_skip_weight, work->train.d_stages_3_1_conv_skip_weight,
               sizeof gradients->stages_3_1_conv_skip_weight);
        memcpy(gradients->stages_3_1_bn_skip_weight, work->train.d_stages_3_1_bn_skip_weight[0],
               sizeof gradients->stages_3_1_bn_skip_weight);
        memcpy(gradients->stages_3_1_bn_skip_bias, work->train.d_stages_3_1_bn2_bias[0],
               sizeof gradients->stages_3_1_bn_skip_bias);
        memcpy(gradients->stages_3_2_conv1_weight, work->train.d_stages_3_2_conv1_weight,
               sizeof gradients->stages_3_2_conv1_weight);
        memcpy(gradients->stages_3_2_bn1_weight, work->train.d_stages_3_2_bn1_weight[0],
               sizeof gradients->stages_3_2_bn1_weight);
        memcpy(gradients->stages_3_2_bn1_bias, work->train.d_stages_3_2_bn1_bias[0],
               sizeof gradients->stages_3_2_bn1_bias);
        memcpy(gradients->stages_3_2_conv2_weight, work->train.d_stages_3_2_conv2_weight,
               sizeof gradients->stages_3_2_conv2_weight);
        memcpy(gradients->stages_3_2_bn2_weight, work->train.d_stages_3_2_bn2_weight[0],
               sizeof gradients->stages_3_2_bn2_weight);
        memcpy(gradients->stages_3_2_bn2_bias, work->train.d_stages_3_2_bn2_bias[0],
               sizeof gradients->stages_3_2_bn2_bias);
        memcpy(gradients->stages_3_3_conv1_weight, work->train.d_stages_3_3_conv1_weight,
               sizeof gradients->stages_3_3_conv1_weight);
        memcpy(gradients->stages_3_3_bn1_weight, work->train.d_stages_3_3_bn1_weight[0],
               sizeof gradients->stages_3_3_bn1_weight);
        memcpy(gradients->stages_3_3_bn1_bias, work->train.d_stages_3_3_bn1_bias[0],
               sizeof gradients->stages_3_3_bn1_bias);
        memcpy(gradients->stages_3_3_conv2_weight, work->train.d_stages_3_3_conv2_weight,
               sizeof gradients->stages_3_3_conv2_weight);
        memcpy(gradients->stages_3_3_bn2_weight, work->train.d_stages_3_3_bn2_weight[0],
               sizeof gradients->stages_3_3_bn2_weight);
        memcpy(gradients->stages_3_3_bn2_bias, work->train.d_stages_3_3_bn2_bias[0],
               sizeof gradients->stages_3_3_bn2_bias);
        memcpy(gradients->fc_weight, work->train.d_fc_weight[0], sizeof gradients->fc_weight);
        memcpy(gradients->fc_bias, work->train.d_fc_bias[0], sizeof gradients->fc_bias);
    }
    rt_exact_end(found);
    return finite ? RESNET_OK : RESNET_NOT_FINITE;
}

ResnetStatus resnet_evaluate(const Resnet *run, ResnetWork *work, int threads, const ResnetBatch *in,
                             ResnetEvaluateResult *out)
{
    const ResnetStatus status = check_evaluate(work, threads, in);
    if (status != RESNET_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = {.seed = run->seed, .progress = 1, .correction1 = 1, .correction2 = 1};
    const bool finite = evaluate_batch(&work->evaluate, threads, &run->params, &run->state, in, &step, out) &&
                        rt_is_finite(out->loss);
    rt_exact_end(found);
    return finite ? RESNET_OK : RESNET_NOT_FINITE;
}

ResnetStatus resnet_predict(const Resnet *run, ResnetWork *work, int threads, const ResnetBatch *in,
                            ResnetPredictResult *out)
{
    const ResnetStatus status = check_predict(work, threads, in);
    if (status != RESNET_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = {.seed = run->seed, .progress = 1, .correction1 = 1, .correction2 = 1};
    const bool finite = predict_batch(&work->predict, threads, &run->params, &run->state, in, &step, out);
    rt_exact_end(found);
    return finite ? RESNET_OK : RESNET_NOT_FINITE;
}

static RtSaved saved(const Resnet *run)
{
    return (RtSaved){
        .graph_hash = "7a629ed997a2630dbdd35eb6730a33c07c5d97155d6dfdf5e6f7d72f4fc7935f",
        .n_parameters = 65, .parameters = parameters, .values = (float *)&run->params,
        .floats = sizeof run->params / sizeof(float),
        .n_states = 42, .states = states, .state_values = (float *)&run->state,
        .n_moments = 1, .average = false, .moment_values = (float *)&run->moments,
    };
}

size_t resnet_save(const Resnet *run, void *to, size_t room)
{
    const RtSaved save = saved(run);
    const RtPosition at = {.step = run->step, .steps = run->steps, .steps_per_epoch = run->steps_per_epoch,
                           .skipped = run->skipped, .seed = run->seed};
    return rt_save_write(&save, &at, to, room);
}

ResnetStatus resnet_load(Resnet *run, const void *bytes, size_t n)
{
    const RtSaved save = saved(run);
    size_t found[172];
    RtPosition at = {.step = run->step, .steps = run->steps, .steps_per_epoch = run->steps_per_epoch,
                     .skipped = run->skipped, .seed = run->seed};
    switch (rt_save_read(&save, &at, bytes, n, found)) {
    case RT_LOADED_NOT_FINITE: return RESNET_NOT_FINITE;
    case RT_LOADED_BAD_FILE: return RESNET_BAD_FILE;
    case RT_LOADED_OTHER_MODEL: return RESNET_OTHER_MODEL;
    default: break;
    }
    run->step = at.step;
    run->steps = at.steps;
    run->steps_per_epoch = at.steps_per_epoch;
    run->skipped = at.skipped;
    run->seed = at.seed;
    return RESNET_OK;
}

const char *resnet_status_text(ResnetStatus status)
{
    switch (status) {
    case RESNET_OK:
        return "all is well";
    case RESNET_NOT_FINITE:
        return "the loss, a gradient, a new state or a number of the file is not finite";
    case RESNET_BAD_BATCH:
        return "a wrong number of samples, a label that is no class, or an input missing";
    case RESNET_BAD_THREADS:
        return "the number of threads is not from 1 to 1024";
    case RESNET_NOT_ALIGNED:
        return "the workspace is not aligned to 64 bytes";
    case RESNET_BAD_FILE:
        return "the bytes are not a whole safetensors file";
    case RESNET_OTHER_MODEL:
        return "a tensor is missing, or has another shape or type";
    }
    return "no status";
}

/* ---- the model as tables, for the trainer ---- */

static const RtField fields[] = {
    {"image", RT_FIELD_IMAGE, RT_F32, 3, {28, 28, 1}, 0},
    {"label", RT_FIELD_LABEL, RT_I32, 0, {0}, 10},
};
static const char *const metrics[] = {"accuracy"};
static const RtOption options[] = {{"cutout", "0"}, {"depth", "20"}, {"flip", "false"}, {"late", "false"},
                                   {"norm", "true"}, {"shift", "2"}, {"skip", "true"}, {"stem", "1"},
                                   {"storage", "\"fp32\""}, {"width", "16"}};
static const RtKernelChoice choices[] = {
    {"fwd_stem_conv", "direct"},
    {"fwd_stages_1_1_conv1", "winograd f4"},
    {"fwd_stages_1_1_conv2", "winograd f4"},
    {"fwd_stages_1_2_conv1", "winograd f4"},
    {"fwd_stages_1_2_conv2", "winograd f4"},
    {"fwd_stages_1_3_conv1", "winograd f4"},
    {"fwd_stages_1_3_conv2", "winograd f4"},
    {"fwd_stages_2_1_conv1", "direct"},
    {"fwd_stages_2_1_conv_skip", "direct"},
    {"fwd_stages_2_1_conv2", "winograd f4"},
    {"fwd_stages_2_2_conv1", "winograd f4"},
    {"fwd_stages_2_2_conv2", "winograd f4"},
    {"fwd_stages_2_3_conv1", "winograd f4"},
    {"fwd_stages_2_3_conv2", "winograd f4"},
    {"fwd_stages_3_1_conv1", "direct"},
    {"fwd_stages_3_1_conv_skip", "direct"},
    {"fwd_stages_3_1_conv2", "winograd f4"},
    {"fwd_stages_3_2_conv1", "winograd f4"},
    {"fwd_stages_3_2_conv2", "winograd f4"},
    {"fwd_stages_3_3_conv1", "winograd f4"},
    {"fwd_stages_3_3_conv2", "winograd f4"},
    {"fwd_logits", "matmul"},
    {"bwd_global_avg_pool", "matmul"},
    {"bwd_fc_weight", "outer products"},
    {"bwd_stages_3_3_bn1", "winograd f4"},
    {"bwd_stages_3_3_conv2_weight", "winograd f4"},
    {"bwd_stages_3_3_conv1_input", "winograd f4"},
    {"bwd_stages_3_3_conv1_weight", "winograd f4"},
    {"bwd_stages_3_2_bn1", "winograd f4"},
    {"bwd_stages_3_2_conv2_weight", "winograd f4"},
    {"bwd_stages_3_2_conv1_input", "winograd f4"},
    {"bwd_stages_3_2_conv1_weight", "winograd f4"},
    {"bwd_stages_3_1_conv_skip_input", "direct"},
    {"bwd_stages_3_1_conv_skip_weight", "direct"},
    {"bwd_stages_3_1_bn1", "winograd f4"},
    {"bwd_stages_3_1_conv2_weight", "winograd f4"},
    {"bwd_stages_2_3_bn2_add", "direct"},
    {"bwd_stages_3_1_conv1_weight", "direct"},
    {"bwd_stages_2_3_bn1", "winograd f4"},
    {"bwd_stages_2_3_conv2_weight", "winograd f4"},
    {"bwd_stages_2_3_conv1_input", "winograd f4"},
    {"bwd_stages_2_3_conv1_weight", "winograd f4"},
    {"bwd_stages_2_2_bn1", "winograd f4"},
    {"bwd_stages_2_2_conv2_weight", "winograd f4"},
    {"bwd_stages_2_2_conv1_input", "winograd f4"},
    {"bwd_stages_2_2_conv1_weight", "winograd f4"},
    {"bwd_stages_2_1_conv_skip_input", "direct"},
    {"bwd_stages_2_1_conv_skip_weight", "direct"},
    {"bwd_stages_2_1_bn1", "winograd f4"},
    {"bwd_stages_2_1_conv2_weight", "winograd f4"},
    {"bwd_stages_1_3_bn2_add", "direct"},
    {"bwd_stages_2_1_conv1_weight", "direct"},
    {"bwd_stages_1_3_bn1", "winograd f4"},
    {"bwd_stages_1_3_conv2_weight", "winograd f4"},
    {"bwd_stages_1_3_conv1_input", "winograd f4"},
    {"bwd_stages_1_3_conv1_weight", "winograd f4"},
    {"bwd_stages_1_2_bn1", "winograd f4"},
    {"bwd_stages_1_2_conv2_weight", "winograd f4"},
    {"bwd_stages_1_2_conv1_input", "winograd f4"},
    {"bwd_stages_1_2_conv1_weight", "winograd f4"},
    {"bwd_stages_1_1_bn1", "winograd f4"},
    {"bwd_stages_1_1_conv2_weight", "winograd f4"},
    {"bwd_stem_bn", "winograd f4"},
    {"bwd_stages_1_1_conv1_weight", "winograd f4"},
    {"bwd_stem_conv_weight", "direct"},
};

static const RtValue train_values[] = {
    {"loss", RT_F32, false, 0, {0}, offsetof(ResnetTrainResult, loss)},
    {"accuracy", RT_F32, true, 1, {128}, offsetof(ResnetTrainResult, accuracy)},
};
static bool run_train(const RtCall *call)
{
    const ResnetBatch in = {.n = call->batch->n, .sample = call->batch->sample,
                            .image = call->batch->field[0], .label = call->batch->field[1]};
    if (!train_batch(call->work, call->threads, (const ResnetParams *)call->parameters,
                     (ResnetState *)call->state, &in, call->step, call->result)) return false;
    change_weights(call->work, (ResnetParams *)call->parameters, (ResnetState *)call->state,
                   (ResnetMoments *)call->optimizer, call->step);
    return true;
}

static const RtValue evaluate_values[] = {
    {"loss", RT_F32, false, 0, {0}, offsetof(ResnetEvaluateResult, loss)},
    {"accuracy", RT_F32, true, 1, {128}, offsetof(ResnetEvaluateResult, accuracy)},
};
static bool run_evaluate(const RtCall *call)
{
    const ResnetBatch in = {.n = call->batch->n, .sample = call->batch->sample,
                            .image = call->batch->field[0], .label = call->batch->field[1]};
    return evaluate_batch(call->work, call->threads, (const ResnetParams *)call->parameters,
                          (ResnetState *)call->state, &in, call->step, call->result);
}

static const RtValue predict_values[] = {
    {"logits", RT_F32, true, 2, {128, 10}, offsetof(ResnetPredictResult, logits)},
};
static bool run_predict(const RtCall *call)
{
    const ResnetBatch in = {.n = call->batch->n, .sample = call->batch->sample,
                            .image = call->batch->field[0], .label = call->batch->field[1]};
    return predict_batch(call->work, call->threads, (const ResnetParams *)call->parameters,
                         (ResnetState *)call->state, &in, call->step, call->result);
}

static const RtEntry entries[] = {
    {"train", sizeof(ResnetTrainWork), sizeof(ResnetTrainResult), 2, train_values, run_train},
    {"evaluate", sizeof(ResnetEvaluateWork), sizeof(ResnetEvaluateResult), 2, evaluate_values, run_evaluate},
    {"predict", sizeof(ResnetPredictWork), sizeof(ResnetPredictResult), 1, predict_values, run_predict},
};

const RtModel resnet_model = {
    .name = "resnet", .graph_file = "resnet.lua",
    .graph_hash = "7a629ed997a2630dbdd35eb6730a33c07c5d97155d6dfdf5e6f7d72f4fc7935f",
    .tailor_version = "0.2.0",
    .batch = RESNET_BATCH,
    .n_options = 10, .options = options,
    .n_parameters = 65, .parameters = parameters,
    .n_states = 42, .states = states,
    .n_fields = 2, .fields = fields,
    .n_metrics = 1, .metrics = metrics,
    .n_moments = 1, .n_entries = 3, .entries = entries,
    .n_kernels = 65, .kernels = choices,
    .flops_forward = 63500717, .flops_step = 188947314,
    .workspace_bytes = 96077248, .workspace_lower_bound = 96077248,
    .train = {
        .data = "mnist", .epochs = 20, .seed = 1, .optimizer = "sgd", .lr = 0.1, .momentum = 0.9,
        .nesterov = true, .weight_decay = 0.0005, .schedule = RT_ONE_CYCLE, .peak = 0.15,
        .validation = 0.08333333333333333, .augment = {.shift = 2},
    },
};
