/* cnn.c - written by tailor 0.2.0 from cnn.lua.  Edit the graph, not this file.
 *
 *   graph       cc5e0b5e52970b15c95989c2b9ecc122fa81b090ecfa8cc97453bbfe4e309ea8
 *   parameters  130890 floats in 10 tensors
 *   train       9 kernels forward, 13 backward; workspace 21941632 bytes
 *   evaluate    9 kernels forward, 0 backward; workspace 5878720 bytes
 *   predict     8 kernels forward, 0 backward; workspace 5878656 bytes
 *
 * Names are those of cnn.lua; d_h is the gradient of the loss with respect to h and has the shape of h.
 */
#include "cnn.h"

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

_Static_assert(sizeof(CnnTrainWork) == 21941632, "the workspace is not the one that was planned");
_Static_assert(sizeof(CnnEvaluateWork) == 5878720, "the workspace is not the one that was planned");
_Static_assert(sizeof(CnnPredictWork) == 5878656, "the workspace is not the one that was planned");

RT_KERNELS_BEGIN

static const RtConv conv_28x28x1_to_28x28x32_3x3 = {
    .h = 28, .w = 28, .ci = 1, .oh = 28, .ow = 28, .co = 32, .kh = 3, .kw = 3,
    .stride_h = 1, .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_conv1_weight(const float conv1_weight[restrict 32][1][3][3],
                              float conv1_weight_packed[restrict 288])
{
    rt_conv2d_pack(conv_28x28x1_to_28x28x32_3x3, conv1_weight[0][0][0], conv1_weight_packed);
}

static const RtConv conv_28x28x32_to_28x28x64_3x3_f4 = {
    .h = 28, .w = 28, .ci = 32, .oh = 28, .ow = 28, .co = 64, .kh = 3, .kw = 3,
    .stride_h = 1, .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,
    .tile = 4,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_conv2_weight(const float conv2_weight[restrict 64][32][3][3],
                              float conv2_weight_packed[restrict 73728])
{
    rt_winograd_pack(conv_28x28x32_to_28x28x64_3x3_f4, conv2_weight[0][0][0], conv2_weight_packed);
}

static const RtConv conv_14x14x64_to_14x14x64_3x3_f4 = {
    .h = 14, .w = 14, .ci = 64, .oh = 14, .ow = 14, .co = 64, .kh = 3, .kw = 3,
    .stride_h = 1, .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,
    .tile = 4,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_conv3_weight(const float conv3_weight[restrict 64][64][3][3],
                              float conv3_weight_packed[restrict 147456])
{
    rt_winograd_pack(conv_14x14x64_to_14x14x64_3x3_f4, conv3_weight[0][0][0], conv3_weight_packed);
}

static const RtConv conv_7x7x64_to_7x7x128_3x3_f4 = {
    .h = 7, .w = 7, .ci = 64, .oh = 7, .ow = 7, .co = 128, .kh = 3, .kw = 3,
    .stride_h = 1, .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,
    .tile = 4,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_conv4_weight(const float conv4_weight[restrict 128][64][3][3],
                              float conv4_weight_packed[restrict 294912])
{
    rt_winograd_pack(conv_7x7x64_to_7x7x128_3x3_f4, conv4_weight[0][0][0], conv4_weight_packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_fc_weight(const float fc_weight[restrict 10][128], float fc_weight_packed[restrict 4096])
{
    rt_pack(128, 10, fc_weight[0], 1, 128, fc_weight_packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_fc_weight_back(const float fc_weight[restrict 10][128],
                                float fc_weight_back_packed[restrict 1280])
{
    rt_pack(10, 128, fc_weight[0], 128, 1, fc_weight_back_packed);
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_conv4_weight_back(const float conv4_weight[restrict 128][64][3][3],
                                   float conv4_weight_back_packed[restrict 294912])
{
    rt_winograd_grad_input_pack(conv_7x7x64_to_7x7x128_3x3_f4, conv4_weight[0][0][0],
                                conv4_weight_back_packed);
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_conv3_weight_back(const float conv3_weight[restrict 64][64][3][3],
                                   float conv3_weight_back_packed[restrict 147456])
{
    rt_winograd_grad_input_pack(conv_14x14x64_to_14x14x64_3x3_f4, conv3_weight[0][0][0],
                                conv3_weight_back_packed);
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_conv2_weight_back(const float conv2_weight[restrict 64][32][3][3],
                                   float conv2_weight_back_packed[restrict 73728])
{
    rt_winograd_grad_input_pack(conv_28x28x32_to_28x28x64_3x3_f4, conv2_weight[0][0][0],
                                conv2_weight_back_packed);
}

static void run_conv2d_28x28x1_to_28x28x32_3x3(int n, const float *restrict x, const float *restrict packed,
                                               float *restrict out, float *restrict scratch)
{
    rt_conv2d(conv_28x28x1_to_28x28x32_3x3, n, x, packed, out, scratch);
}

/* conv1_relu = relu(conv2d(image, conv1_weight) + conv1_bias)                          networks/cnn.lua:20,
 * 42 */
static void fwd_conv1_relu(int n, const float image[restrict][28][28][1],
                           const float conv1_weight_packed[restrict 288], const float conv1_bias[restrict 32],
                           float *restrict scratch, float conv1_relu[restrict][28][28][32])
{
    run_conv2d_28x28x1_to_28x28x32_3x3(n, image[0][0][0], conv1_weight_packed, conv1_relu[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 32; c++) {
                    conv1_relu[b][h][w][c] = rt_relu(conv1_relu[b][h][w][c] + conv1_bias[c]);
                }
            }
        }
    }
}

static void run_conv2d_28x28x32_to_28x28x64_3x3_f4(int n, const float *restrict x,
                                                   const float *restrict packed, float *restrict out,
                                                   float *restrict scratch)
{
    rt_winograd(conv_28x28x32_to_28x28x64_3x3_f4, n, x, packed, out, scratch);
}

/* conv2_relu = relu(conv2d(conv1_relu, conv2_weight) + conv2_bias)                     networks/cnn.lua:20,
 * 42 */
static void fwd_conv2_relu(int n, const float conv1_relu[restrict][28][28][32],
                           const float conv2_weight_packed[restrict 73728],
                           const float conv2_bias[restrict 64], float *restrict scratch,
                           float conv2_relu[restrict][28][28][64])
{
    run_conv2d_28x28x32_to_28x28x64_3x3_f4(n, conv1_relu[0][0][0], conv2_weight_packed, conv2_relu[0][0][0],
                                           scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 64; c++) {
                    conv2_relu[b][h][w][c] = rt_relu(conv2_relu[b][h][w][c] + conv2_bias[c]);
                }
            }
        }
    }
}

/* conv2_max_pool_window_argmax = window_argmax(conv2_relu)                             networks/cnn.lua:51
 * conv2_max_pool = window_gather(conv2_relu, conv2_max_pool_window_argmax) */
static void fwd_conv2_max_pool(int n, const float conv2_relu[restrict][28][28][64],
                               uint8_t conv2_max_pool_window_argmax[restrict][14][14][64],
                               float conv2_max_pool[restrict][14][14][64])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 64; c++) {
                    float best = -RT_INFINITY;
                    int where = 0;
                    for (int kh = 0; kh < 2; kh++) {
                        for (int kw = 0; kw < 2; kw++) {
                            const float value = conv2_relu[b][h * 2 + kh][w * 2 + kw][c];
                            where = value > best || value != value ? kh * 2 + kw : where;
                            best = value > best || value != value ? value : best;
                        }
                    }
                    conv2_max_pool_window_argmax[b][h][w][c] = where;
                    conv2_max_pool[b][h][w][c] = best;
                }
            }
        }
    }
}

static void run_conv2d_14x14x64_to_14x14x64_3x3_f4(int n, const float *restrict x,
                                                   const float *restrict packed, float *restrict out,
                                                   float *restrict scratch)
{
    rt_winograd(conv_14x14x64_to_14x14x64_3x3_f4, n, x, packed, out, scratch);
}

/* conv3_relu = relu(conv2d(conv2_max_pool, conv3_weight) + conv3_bias)                 networks/cnn.lua:20,
 * 42 */
static void fwd_conv3_relu(int n, const float conv2_max_pool[restrict][14][14][64],
                           const float conv3_weight_packed[restrict 147456],
                           const float conv3_bias[restrict 64], float *restrict scratch,
                           float conv3_relu[restrict][14][14][64])
{
    run_conv2d_14x14x64_to_14x14x64_3x3_f4(n, conv2_max_pool[0][0][0], conv3_weight_packed,
                                           conv3_relu[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 64; c++) {
                    conv3_relu[b][h][w][c] = rt_relu(conv3_relu[b][h][w][c] + conv3_bias[c]);
                }
            }
        }
    }
}

/* conv3_max_pool_window_argmax = window_argmax(conv3_relu)                             networks/cnn.lua:51
 * conv3_max_pool = window_gather(conv3_relu, conv3_max_pool_window_argmax) */
static void fwd_conv3_max_pool(int n, const float conv3_relu[restrict][14][14][64],
                               uint8_t conv3_max_pool_window_argmax[restrict][7][7][64],
                               float conv3_max_pool[restrict][7][7][64])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    float best = -RT_INFINITY;
                    int where = 0;
                    for (int kh = 0; kh < 2; kh++) {
                        for (int kw = 0; kw < 2; kw++) {
                            const float value = conv3_relu[b][h * 2 + kh][w * 2 + kw][c];
                            where = value > best || value != value ? kh * 2 + kw : where;
                            best = value > best || value != value ? value : best;
                        }
                    }
                    conv3_max_pool_window_argmax[b][h][w][c] = where;
                    conv3_max_pool[b][h][w][c] = best;
                }
            }
        }
    }
}

static void run_conv2d_7x7x64_to_7x7x128_3x3_f4(int n, const float *restrict x, const float *restrict packed,
                                                float *restrict out, float *restrict scratch)
{
    rt_winograd(conv_7x7x64_to_7x7x128_3x3_f4, n, x, packed, out, scratch);
}

/* features = relu(conv2d(conv3_max_pool, conv4_weight) + conv4_bias)                   networks/cnn.lua:20,
 * 42 */
static void fwd_features(int n, const float conv3_max_pool[restrict][7][7][64],
                         const float conv4_weight_packed[restrict 294912],
                         const float conv4_bias[restrict 128], float *restrict scratch,
                         float features[restrict][7][7][128])
{
    run_conv2d_7x7x64_to_7x7x128_3x3_f4(n, conv3_max_pool[0][0][0], conv4_weight_packed, features[0][0][0],
                                        scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 128; c++) {
                    features[b][h][w][c] = rt_relu(features[b][h][w][c] + conv4_bias[c]);
                }
            }
        }
    }
}

/* global_avg_pool = sum(features) / 49                                                 networks/cnn.lua:55 */
static void fwd_global_avg_pool(int n, const float features[restrict][7][7][128],
                                float global_avg_pool[restrict][128])
{
    for (int b = 0; b < n; b++) {
        float sum[128];
        float sum_tree[3][128];
        for (int h = 0; h < 7; h++) {
            float sum_part[128] = {0};
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 128; c++) {
                    sum_part[c] += features[b][h][w][c];
                }
            }
            rt_sums_put(h, 128, sum_tree[0], sum_part);
        }
        rt_sums_of(7, 128, sum_tree[0], sum);
        for (int c = 0; c < 128; c++) {
            global_avg_pool[b][c] = sum[c] / 49.0f;
        }
    }
}

/* logits = matmul(global_avg_pool, fc_weight') + fc_bias                               networks/cnn.lua:55 */
static void fwd_logits(int n, const float global_avg_pool[restrict][128],
                       const float fc_weight_packed[restrict 4096], const float fc_bias[restrict 10],
                       float logits[restrict][10])
{
    rt_matmul(n, 10, 128, global_avg_pool[0], 128, fc_weight_packed, logits[0], 10);
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 10; c++) {
            logits[b][c] = logits[b][c] + fc_bias[c];
        }
    }
}

/* cross_entropy_exp = exp(logits - max(logits))                                        cnn.lua:21, 22
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

/* backward of cross_entropy                                                            cnn.lua:21
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

/* d_global_avg_pool = matmul(d_logits, fc_weight)                                      networks/cnn.lua:55 */
static void bwd_global_avg_pool(int n, const float d_logits[restrict][10],
                                const float fc_weight_back_packed[restrict 1280],
                                float d_global_avg_pool[restrict][128])
{
    rt_matmul(n, 128, 10, d_logits[0], 10, fc_weight_back_packed, d_global_avg_pool[0], 128);
}

/* d_fc_weight = matmul(d_logits', global_avg_pool)                                     networks/cnn.lua:55
 * d_fc_bias = sum(d_logits) */
static void bwd_fc_weight(int n, const float d_logits[restrict][10],
                          const float global_avg_pool[restrict][128], float d_fc_weight[restrict 10][128],
                          float d_fc_bias[restrict 10])
{
    rt_matmul_tn(10, 128, n, 0, d_logits[0], 10, global_avg_pool[0], 128, d_fc_weight[0], 128);
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 10; c++) {
            d_fc_bias[c] += d_logits[b][c];
        }
    }
}

/* d_conv4 = where(features > 0, d_global_avg_pool / 49, 0)                             networks/cnn.lua:42
 *   d_conv4 arrives as features. */
static void bwd_conv4(int n, const float d_global_avg_pool[restrict][128], float d_conv4[restrict][7][7][128])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 128; c++) {
                    d_conv4[b][h][w][c] = rt_where(d_conv4[b][h][w][c] > 0.0f,
                                                   d_global_avg_pool[b][c] / 49.0f, 0.0f);
                }
            }
        }
    }
}

static const RtConv conv_7x7x128_to_7x7x64_3x3_f4 = {
    .h = 7, .w = 7, .ci = 128, .oh = 7, .ow = 7, .co = 64, .kh = 3, .kw = 3,
    .stride_h = 1, .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,
    .tile = 4,
};

static void run_conv2d_7x7x128_to_7x7x64_3x3_f4(int n, const float *restrict x, const float *restrict packed,
                                                float *restrict out, float *restrict scratch)
{
    rt_winograd(conv_7x7x128_to_7x7x64_3x3_f4, n, x, packed, out, scratch);
}

/* backward of max_pool                                                                 networks/cnn.lua:20,
 * 42
 * d_conv3_max_pool = where(conv3_max_pool > 0, conv2d_grad_input(d_conv4, conv4_weight), 0) */
static void bwd_conv3_max_pool(int n, const float d_conv4[restrict][7][7][128],
                               const float conv4_weight_back_packed[restrict 294912],
                               const float conv3_max_pool[restrict][7][7][64], float *restrict scratch,
                               float d_conv3_max_pool[restrict][7][7][64])
{
    run_conv2d_7x7x128_to_7x7x64_3x3_f4(n, d_conv4[0][0][0], conv4_weight_back_packed,
                                        d_conv3_max_pool[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    d_conv3_max_pool[b][h][w][c] = rt_where(conv3_max_pool[b][h][w][c] > 0.0f,
                                                            d_conv3_max_pool[b][h][w][c], 0.0f);
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_7x7x64_to_7x7x128_3x3_f4(int n, const float *restrict x,
                                                            const float *restrict dy, float *restrict out,
                                                            float *restrict scratch)
{
    rt_winograd_grad_weight(conv_7x7x64_to_7x7x128_3x3_f4, n, x, dy, out, scratch);
}

/* d_conv4_weight = conv2d_grad_weight(conv3_max_pool, d_conv4)                         networks/cnn.lua:20
 * d_conv4_bias = sum(d_conv4) */
static void bwd_conv4_weight(int n, const float conv3_max_pool[restrict][7][7][64],
                             const float d_conv4[restrict][7][7][128], float *restrict scratch,
                             float d_conv4_weight_sum[restrict 294912], float d_conv4_bias[restrict 128])
{
    run_conv2d_grad_weight_7x7x64_to_7x7x128_3x3_f4(n, conv3_max_pool[0][0][0], d_conv4[0][0][0],
                                                    d_conv4_weight_sum, scratch);
    for (int b = 0; b < n; b++) {
        float d_conv4_bias_tree[3][128];
        for (int h = 0; h < 7; h++) {
            float d_conv4_bias_part[128] = {0};
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 128; c++) {
                    d_conv4_bias_part[c] += d_conv4[b][h][w][c];
                }
            }
            rt_sums_put(h, 128, d_conv4_bias_tree[0], d_conv4_bias_part);
        }
        rt_sums_add(7, 128, d_conv4_bias_tree[0], d_conv4_bias);
    }
}

/* d_conv3 = window_scatter(d_conv3_max_pool, conv3_max_pool_window_argmax)             networks/cnn.lua:42 */
static void bwd_conv3(int n, const float d_conv3_max_pool[restrict][7][7][64],
                      const uint8_t conv3_max_pool_window_argmax[restrict][7][7][64],
                      float d_conv3[restrict][14][14][64])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 64; c++) {
                    const float gradient = rt_where(conv3_max_pool_window_argmax[b][h / 2][w / 2][c] ==
                                                    h % 2 * 2 + w % 2, d_conv3_max_pool[b][h / 2][w / 2][c],
                                                    0);
                    d_conv3[b][h][w][c] = gradient;
                }
            }
        }
    }
}

/* backward of max_pool                                                                 networks/cnn.lua:20,
 * 42
 * d_conv2_max_pool = where(conv2_max_pool > 0, conv2d_grad_input(d_conv3, conv3_weight), 0) */
static void bwd_conv2_max_pool(int n, const float d_conv3[restrict][14][14][64],
                               const float conv3_weight_back_packed[restrict 147456],
                               const float conv2_max_pool[restrict][14][14][64], float *restrict scratch,
                               float d_conv2_max_pool[restrict][14][14][64])
{
    run_conv2d_14x14x64_to_14x14x64_3x3_f4(n, d_conv3[0][0][0], conv3_weight_back_packed,
                                           d_conv2_max_pool[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 64; c++) {
                    d_conv2_max_pool[b][h][w][c] = rt_where(conv2_max_pool[b][h][w][c] > 0.0f,
                                                            d_conv2_max_pool[b][h][w][c], 0.0f);
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_14x14x64_to_14x14x64_3x3_f4(int n, const float *restrict x,
                                                               const float *restrict dy, float *restrict out,
                                                               float *restrict scratch)
{
    rt_winograd_grad_weight(conv_14x14x64_to_14x14x64_3x3_f4, n, x, dy, out, scratch);
}

/* d_conv3_weight = conv2d_grad_weight(conv2_max_pool, d_conv3)                         networks/cnn.lua:20
 * d_conv3_bias = sum(d_conv3) */
static void bwd_conv3_weight(int n, const float conv2_max_pool[restrict][14][14][64],
                             const float d_conv3[restrict][14][14][64], float *restrict scratch,
                             float d_conv3_weight_sum[restrict 147456], float d_conv3_bias[restrict 64])
{
    run_conv2d_grad_weight_14x14x64_to_14x14x64_3x3_f4(n, conv2_max_pool[0][0][0], d_conv3[0][0][0],
                                                       d_conv3_weight_sum, scratch);
    for (int b = 0; b < n; b++) {
        float d_conv3_bias_tree[4][64];
        for (int h = 0; h < 14; h++) {
            float d_conv3_bias_part[64] = {0};
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 64; c++) {
                    d_conv3_bias_part[c] += d_conv3[b][h][w][c];
                }
            }
            rt_sums_put(h, 64, d_conv3_bias_tree[0], d_conv3_bias_part);
        }
        rt_sums_add(14, 64, d_conv3_bias_tree[0], d_conv3_bias);
    }
}

/* d_conv2 = window_scatter(d_conv2_max_pool, conv2_max_pool_window_argmax)             networks/cnn.lua:42 */
static void bwd_conv2(int n, const float d_conv2_max_pool[restrict][14][14][64],
                      const uint8_t conv2_max_pool_window_argmax[restrict][14][14][64],
                      float d_conv2[restrict][28][28][64])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 64; c++) {
                    const float gradient = rt_where(conv2_max_pool_window_argmax[b][h / 2][w / 2][c] ==
                                                    h % 2 * 2 + w % 2, d_conv2_max_pool[b][h / 2][w / 2][c],
                                                    0);
                    d_conv2[b][h][w][c] = gradient;
                }
            }
        }
    }
}

static const RtConv conv_28x28x64_to_28x28x32_3x3_f4 = {
    .h = 28, .w = 28, .ci = 64, .oh = 28, .ow = 28, .co = 32, .kh = 3, .kw = 3,
    .stride_h = 1, .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,
    .tile = 4,
};

static void run_conv2d_28x28x64_to_28x28x32_3x3_f4(int n, const float *restrict x,
                                                   const float *restrict packed, float *restrict out,
                                                   float *restrict scratch)
{
    rt_winograd(conv_28x28x64_to_28x28x32_3x3_f4, n, x, packed, out, scratch);
}

/* d_conv1 = where(conv1_relu > 0, conv2d_grad_input(d_conv2, conv2_weight), 0)         networks/cnn.lua:20,
 * 42 */
static void bwd_conv1(int n, const float d_conv2[restrict][28][28][64],
                      const float conv2_weight_back_packed[restrict 73728],
                      const float conv1_relu[restrict][28][28][32], float *restrict scratch,
                      float d_conv1[restrict][28][28][32])
{
    run_conv2d_28x28x64_to_28x28x32_3x3_f4(n, d_conv2[0][0][0], conv2_weight_back_packed, d_conv1[0][0][0],
                                           scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 28; h++) {
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 32; c++) {
                    d_conv1[b][h][w][c] = rt_where(conv1_relu[b][h][w][c] > 0.0f, d_conv1[b][h][w][c], 0.0f);
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_28x28x32_to_28x28x64_3x3_f4(int n, const float *restrict x,
                                                               const float *restrict dy, float *restrict out,
                                                               float *restrict scratch)
{
    rt_winograd_grad_weight(conv_28x28x32_to_28x28x64_3x3_f4, n, x, dy, out, scratch);
}

/* d_conv2_weight = conv2d_grad_weight(conv1_relu, d_conv2)                             networks/cnn.lua:20
 * d_conv2_bias = sum(d_conv2) */
static void bwd_conv2_weight(int n, const float conv1_relu[restrict][28][28][32],
                             const float d_conv2[restrict][28][28][64], float *restrict scratch,
                             float d_conv2_weight_sum[restrict 73728], float d_conv2_bias[restrict 64])
{
    run_conv2d_grad_weight_28x28x32_to_28x28x64_3x3_f4(n, conv1_relu[0][0][0], d_conv2[0][0][0],
                                                       d_conv2_weight_sum, scratch);
    for (int b = 0; b < n; b++) {
        float d_conv2_bias_tree[5][64];
        for (int h = 0; h < 28; h++) {
            float d_conv2_bias_part[64] = {0};
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 64; c++) {
                    d_conv2_bias_part[c] += d_conv2[b][h][w][c];
                }
            }
            rt_sums_put(h, 64, d_conv2_bias_tree[0], d_conv2_bias_part);
        }
        rt_sums_add(28, 64, d_conv2_bias_tree[0], d_conv2_bias);
    }
}

static void run_conv2d_grad_weight_28x28x1_to_28x28x32_3x3(int n, const float *restrict x,
                                                           const float *restrict dy, float *restrict out,
                                                           float *restrict scratch)
{
    rt_conv2d_grad_weight(conv_28x28x1_to_28x28x32_3x3, n, x, dy, out, scratch);
}

/* d_conv1_weight = conv2d_grad_weight(image, d_conv1)                                  networks/cnn.lua:20
 * d_conv1_bias = sum(d_conv1) */
static void bwd_conv1_weight(int n, const float image[restrict][28][28][1],
                             const float d_conv1[restrict][28][28][32], float *restrict scratch,
                             float d_conv1_weight_sum[restrict 288], float d_conv1_bias[restrict 32])
{
    run_conv2d_grad_weight_28x28x1_to_28x28x32_3x3(n, image[0][0][0], d_conv1[0][0][0], d_conv1_weight_sum,
                                                   scratch);
    for (int b = 0; b < n; b++) {
        float d_conv1_bias_tree[5][32];
        for (int h = 0; h < 28; h++) {
            float d_conv1_bias_part[32] = {0};
            for (int w = 0; w < 28; w++) {
                for (int c = 0; c < 32; c++) {
                    d_conv1_bias_part[c] += d_conv1[b][h][w][c];
                }
            }
            rt_sums_put(h, 32, d_conv1_bias_tree[0], d_conv1_bias_part);
        }
        rt_sums_add(28, 32, d_conv1_bias_tree[0], d_conv1_bias);
    }
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_conv4_weight(const float d_conv4_weight_sum[restrict 294912],
                                  float d_conv4_weight[restrict 128][64][3][3])
{
    rt_winograd_grad_weight_unpack(conv_7x7x64_to_7x7x128_3x3_f4, d_conv4_weight_sum,
                                   d_conv4_weight[0][0][0]);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_conv3_weight(const float d_conv3_weight_sum[restrict 147456],
                                  float d_conv3_weight[restrict 64][64][3][3])
{
    rt_winograd_grad_weight_unpack(conv_14x14x64_to_14x14x64_3x3_f4, d_conv3_weight_sum,
                                   d_conv3_weight[0][0][0]);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_conv2_weight(const float d_conv2_weight_sum[restrict 73728],
                                  float d_conv2_weight[restrict 64][32][3][3])
{
    rt_winograd_grad_weight_unpack(conv_28x28x32_to_28x28x64_3x3_f4, d_conv2_weight_sum,
                                   d_conv2_weight[0][0][0]);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_conv1_weight(const float d_conv1_weight_sum[restrict 288],
                                  float d_conv1_weight[restrict 32][1][3][3])
{
    rt_conv2d_grad_weight_unpack(conv_28x28x1_to_28x28x32_3x3, d_conv1_weight_sum, d_conv1_weight[0][0][0]);
}

/* conv2_max_pool = window_gather(conv2_relu, window_argmax(conv2_relu))                networks/cnn.lua:51 */
static void evaluate_fwd_conv2_max_pool(int n, const float conv2_relu[restrict][28][28][64],
                                        float conv2_max_pool[restrict][14][14][64])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 64; c++) {
                    float best = -RT_INFINITY;
                    for (int kh = 0; kh < 2; kh++) {
                        for (int kw = 0; kw < 2; kw++) {
                            const float value = conv2_relu[b][h * 2 + kh][w * 2 + kw][c];
                            best = value > best || value != value ? value : best;
                        }
                    }
                    conv2_max_pool[b][h][w][c] = best;
                }
            }
        }
    }
}

/* conv3_max_pool = window_gather(conv3_relu, window_argmax(conv3_relu))                networks/cnn.lua:51 */
static void evaluate_fwd_conv3_max_pool(int n, const float conv3_relu[restrict][14][14][64],
                                        float conv3_max_pool[restrict][7][7][64])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    float best = -RT_INFINITY;
                    for (int kh = 0; kh < 2; kh++) {
                        for (int kw = 0; kw < 2; kw++) {
                            const float value = conv3_relu[b][h * 2 + kh][w * 2 + kw][c];
                            best = value > best || value != value ? value : best;
                        }
                    }
                    conv3_max_pool[b][h][w][c] = best;
                }
            }
        }
    }
}

/* accuracy = argmax(logits) == label                                                   cnn.lua:21, 22
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
static void update(int64_t count, float *restrict weights, const float *restrict gradient, float *restrict m,
                   float *restrict v, double decay, const RtStep *step)
{
    rt_update_adam(count, weights, gradient, m, v, step->learning_rate, 0.9, 0.999, 1e-08, decay,
                   step->correction1, step->correction2, 1.0f);
}

/* Forward, backward and all checks: leaves gradients and new states in the workspace, and changes nothing
 * else. */
static bool train_batch(CnnTrainWork *work, int threads, const CnnParams *p, const CnnBatch *in,
                        const RtStep *step, CnnTrainResult *out)
{
    (void)step;
    pack_conv1_weight(p->conv1_weight, work->conv1_weight_packed);
    pack_conv2_weight(p->conv2_weight, work->conv2_weight_packed);
    pack_conv3_weight(p->conv3_weight, work->conv3_weight_packed);
    pack_conv4_weight(p->conv4_weight, work->conv4_weight_packed);
    pack_fc_weight(p->fc_weight, work->fc_weight_packed);
    pack_fc_weight_back(p->fc_weight, work->fc_weight_back_packed);
    pack_conv4_weight_back(p->conv4_weight, work->conv4_weight_back_packed);
    pack_conv3_weight_back(p->conv3_weight, work->conv3_weight_back_packed);
    pack_conv2_weight_back(p->conv2_weight, work->conv2_weight_back_packed);

    /* forward of conv1.relu .. loss; backward of cross_entropy .. conv1   networks/cnn.lua:42, 51, 55,
     * cnn.lua:21 */
    RT_PARALLEL(rt_min_int(threads, CNN_SLICES))
    for (int slice = 0; slice < CNN_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        CnnTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * CNN_SLICE);
        RT_ZERO(work->loss[slice]);
        RT_ZERO(work->d_fc_weight[slice]);
        RT_ZERO(work->d_fc_bias[slice]);
        RT_ZERO(work->d_conv4_weight_sum[slice]);
        RT_ZERO(work->d_conv4_bias[slice]);
        RT_ZERO(work->d_conv3_weight_sum[slice]);
        RT_ZERO(work->d_conv3_bias[slice]);
        RT_ZERO(work->d_conv2_weight_sum[slice]);
        RT_ZERO(work->d_conv2_bias[slice]);
        RT_ZERO(work->d_conv1_weight_sum[slice]);
        RT_ZERO(work->d_conv1_bias[slice]);
        for (int chunk = slice * CNN_SLICE; chunk < last; chunk += 32) {
            const int end = rt_min_int(last, chunk + 32);
            /* forward of conv1.relu, conv2.relu, conv2.max_pool   networks/cnn.lua:42, 51 */
            for (int first = chunk; first < end; first += 1) {
                const int n = rt_min_int(end - first, 1), at = first - chunk;
                fwd_conv1_relu(n, in->image + first, work->conv1_weight_packed, p->conv1_bias,
                               my->fwd_conv1_relu_scratch, my->conv1_relu + at);
                fwd_conv2_relu(n, my->conv1_relu + at, work->conv2_weight_packed, p->conv2_bias,
                               my->fwd_conv2_relu_scratch, my->conv2_relu);
                fwd_conv2_max_pool(n, my->conv2_relu, my->conv2_max_pool_window_argmax + at,
                                   my->conv2_max_pool + at);
            }
            /* forward of conv3.relu .. loss; backward of cross_entropy .. conv3   networks/cnn.lua:42, 51,
             * 55, cnn.lua:21 */
            for (int first = chunk; first < end; first += 32) {
                const int n = rt_min_int(end - first, 32);
                fwd_conv3_relu(n, my->conv2_max_pool, work->conv3_weight_packed, p->conv3_bias,
                               my->fwd_conv3_relu_scratch, my->conv3_relu);
                fwd_conv3_max_pool(n, my->conv3_relu, my->conv3_max_pool_window_argmax, my->conv3_max_pool);
                fwd_features(n, my->conv3_max_pool, work->conv4_weight_packed, p->conv4_bias,
                             my->fwd_features_scratch, my->features);
                fwd_global_avg_pool(n, my->features, my->global_avg_pool);
                fwd_logits(n, my->global_avg_pool, work->fc_weight_packed, p->fc_bias, my->logits);
                fwd_loss(n, (float)in->n, my->logits, in->label + first, work->loss[slice],
                         my->cross_entropy_exp, my->cross_entropy_sum, out->accuracy + first);
                bwd_logits(n, (float)in->n, my->cross_entropy_sum, in->label + first, my->d_logits);
                bwd_global_avg_pool(n, my->d_logits, work->fc_weight_back_packed, my->d_global_avg_pool);
                bwd_fc_weight(n, my->d_logits, my->global_avg_pool, work->d_fc_weight[slice],
                              work->d_fc_bias[slice]);
                bwd_conv4(n, my->d_global_avg_pool, my->d_conv4);
                bwd_conv3_max_pool(n, my->d_conv4, work->conv4_weight_back_packed, my->conv3_max_pool,
                                   my->bwd_conv3_max_pool_scratch, my->d_conv3_max_pool);
                bwd_conv4_weight(n, my->conv3_max_pool, my->d_conv4, my->bwd_conv4_weight_scratch,
                                 work->d_conv4_weight_sum[slice], work->d_conv4_bias[slice]);
                bwd_conv3(n, my->d_conv3_max_pool, my->conv3_max_pool_window_argmax, my->d_conv3);
                bwd_conv2_max_pool(n, my->d_conv3, work->conv3_weight_back_packed, my->conv2_max_pool,
                                   my->bwd_conv2_max_pool_scratch, my->d_conv2_max_pool);
                bwd_conv3_weight(n, my->conv2_max_pool, my->d_conv3, my->bwd_conv3_weight_scratch,
                                 work->d_conv3_weight_sum[slice], work->d_conv3_bias[slice]);
            }
            /* backward of conv2.relu, conv1.relu, conv2, conv1   networks/cnn.lua:42, 20 */
            for (int first = chunk; first < end; first += 1) {
                const int n = rt_min_int(end - first, 1), at = first - chunk;
                bwd_conv2(n, my->d_conv2_max_pool + at, my->conv2_max_pool_window_argmax + at, my->d_conv2);
                bwd_conv1(n, my->d_conv2, work->conv2_weight_back_packed, my->conv1_relu + at,
                          my->bwd_conv1_scratch, my->d_conv1);
                bwd_conv2_weight(n, my->conv1_relu + at, my->d_conv2, my->bwd_conv2_weight_scratch,
                                 work->d_conv2_weight_sum[slice], work->d_conv2_bias[slice]);
                bwd_conv1_weight(n, in->image + first, my->d_conv1, my->bwd_conv1_weight_scratch,
                                 work->d_conv1_weight_sum[slice], work->d_conv1_bias[slice]);
            }
        }
        rt_exact_end(found);
    }

    rt_combine(CNN_SLICES, 1, work->loss[0]);
    rt_combine(CNN_SLICES, 1280, work->d_fc_weight[0][0]);
    rt_combine(CNN_SLICES, 10, work->d_fc_bias[0]);
    rt_combine(CNN_SLICES, 294912, work->d_conv4_weight_sum[0]);
    unpack_d_conv4_weight(work->d_conv4_weight_sum[0], work->d_conv4_weight);
    rt_combine(CNN_SLICES, 128, work->d_conv4_bias[0]);
    rt_combine(CNN_SLICES, 147456, work->d_conv3_weight_sum[0]);
    unpack_d_conv3_weight(work->d_conv3_weight_sum[0], work->d_conv3_weight);
    rt_combine(CNN_SLICES, 64, work->d_conv3_bias[0]);
    rt_combine(CNN_SLICES, 73728, work->d_conv2_weight_sum[0]);
    unpack_d_conv2_weight(work->d_conv2_weight_sum[0], work->d_conv2_weight);
    rt_combine(CNN_SLICES, 64, work->d_conv2_bias[0]);
    rt_combine(CNN_SLICES, 288, work->d_conv1_weight_sum[0]);
    unpack_d_conv1_weight(work->d_conv1_weight_sum[0], work->d_conv1_weight);
    rt_combine(CNN_SLICES, 32, work->d_conv1_bias[0]);
    out->loss = work->loss[0][0];
    if (!rt_is_finite(out->loss)) return false;      /* nothing has been changed yet */
    /* all of these are finite, or nothing changes */
    if (!rt_finite(288, work->d_conv1_weight[0][0][0])) return false;
    if (!rt_finite(32, work->d_conv1_bias[0])) return false;
    if (!rt_finite(18432, work->d_conv2_weight[0][0][0])) return false;
    if (!rt_finite(64, work->d_conv2_bias[0])) return false;
    if (!rt_finite(36864, work->d_conv3_weight[0][0][0])) return false;
    if (!rt_finite(64, work->d_conv3_bias[0])) return false;
    if (!rt_finite(73728, work->d_conv4_weight[0][0][0])) return false;
    if (!rt_finite(128, work->d_conv4_bias[0])) return false;
    if (!rt_finite(1280, work->d_fc_weight[0][0])) return false;
    if (!rt_finite(10, work->d_fc_bias[0])) return false;
    return true;
}

/* Changes nothing but the workspace. */
static bool evaluate_batch(CnnEvaluateWork *work, int threads, const CnnParams *p, const CnnBatch *in,
                           const RtStep *step, CnnEvaluateResult *out)
{
    (void)step;
    pack_conv1_weight(p->conv1_weight, work->conv1_weight_packed);
    pack_conv2_weight(p->conv2_weight, work->conv2_weight_packed);
    pack_conv3_weight(p->conv3_weight, work->conv3_weight_packed);
    pack_conv4_weight(p->conv4_weight, work->conv4_weight_packed);
    pack_fc_weight(p->fc_weight, work->fc_weight_packed);

    /* forward of conv1.relu .. loss   networks/cnn.lua:42, 51, 55, cnn.lua:22 */
    RT_PARALLEL(rt_min_int(threads, CNN_SLICES))
    for (int slice = 0; slice < CNN_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        CnnEvaluateWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * CNN_SLICE);
        RT_ZERO(work->loss[slice]);
        for (int chunk = slice * CNN_SLICE; chunk < last; chunk += 32) {
            const int end = rt_min_int(last, chunk + 32);
            /* forward of conv1.relu, conv2.relu, conv2.max_pool   networks/cnn.lua:42, 51 */
            for (int first = chunk; first < end; first += 1) {
                const int n = rt_min_int(end - first, 1), at = first - chunk;
                fwd_conv1_relu(n, in->image + first, work->conv1_weight_packed, p->conv1_bias,
                               my->fwd_conv1_relu_scratch, my->conv1_relu);
                fwd_conv2_relu(n, my->conv1_relu, work->conv2_weight_packed, p->conv2_bias,
                               my->fwd_conv2_relu_scratch, my->conv2_relu);
                evaluate_fwd_conv2_max_pool(n, my->conv2_relu, my->conv2_max_pool + at);
            }
            /* forward of conv3.relu .. loss   networks/cnn.lua:42, 51, 55, cnn.lua:22 */
            for (int first = chunk; first < end; first += 32) {
                const int n = rt_min_int(end - first, 32);
                fwd_conv3_relu(n, my->conv2_max_pool, work->conv3_weight_packed, p->conv3_bias,
                               my->fwd_conv3_relu_scratch, my->conv3_relu);
                evaluate_fwd_conv3_max_pool(n, my->conv3_relu, my->conv3_max_pool);
                fwd_features(n, my->conv3_max_pool, work->conv4_weight_packed, p->conv4_bias,
                             my->fwd_features_scratch, my->features);
                fwd_global_avg_pool(n, my->features, my->global_avg_pool);
                fwd_logits(n, my->global_avg_pool, work->fc_weight_packed, p->fc_bias, my->logits);
                evaluate_fwd_loss(n, (float)in->n, my->logits, in->label + first, work->loss[slice],
                                  out->accuracy + first);
            }
        }
        rt_exact_end(found);
    }

    rt_combine(CNN_SLICES, 1, work->loss[0]);
    out->loss = work->loss[0][0];
    return true;
}

/* Changes nothing but the workspace. */
static bool predict_batch(CnnPredictWork *work, int threads, const CnnParams *p, const CnnBatch *in,
                          const RtStep *step, CnnPredictResult *out)
{
    (void)step;
    pack_conv1_weight(p->conv1_weight, work->conv1_weight_packed);
    pack_conv2_weight(p->conv2_weight, work->conv2_weight_packed);
    pack_conv3_weight(p->conv3_weight, work->conv3_weight_packed);
    pack_conv4_weight(p->conv4_weight, work->conv4_weight_packed);
    pack_fc_weight(p->fc_weight, work->fc_weight_packed);

    /* forward of conv1.relu .. logits   networks/cnn.lua:42, 51, 55 */
    RT_PARALLEL(rt_min_int(threads, CNN_SLICES))
    for (int slice = 0; slice < CNN_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        CnnPredictWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * CNN_SLICE);
        for (int chunk = slice * CNN_SLICE; chunk < last; chunk += 32) {
            const int end = rt_min_int(last, chunk + 32);
            /* forward of conv1.relu, conv2.relu, conv2.max_pool   networks/cnn.lua:42, 51 */
            for (int first = chunk; first < end; first += 1) {
                const int n = rt_min_int(end - first, 1), at = first - chunk;
                fwd_conv1_relu(n, in->image + first, work->conv1_weight_packed, p->conv1_bias,
                               my->fwd_conv1_relu_scratch, my->conv1_relu);
                fwd_conv2_relu(n, my->conv1_relu, work->conv2_weight_packed, p->conv2_bias,
                               my->fwd_conv2_relu_scratch, my->conv2_relu);
                evaluate_fwd_conv2_max_pool(n, my->conv2_relu, my->conv2_max_pool + at);
            }
            /* forward of conv3.relu .. logits   networks/cnn.lua:42, 51, 55 */
            for (int first = chunk; first < end; first += 32) {
                const int n = rt_min_int(end - first, 32);
                fwd_conv3_relu(n, my->conv2_max_pool, work->conv3_weight_packed, p->conv3_bias,
                               my->fwd_conv3_relu_scratch, my->conv3_relu);
                evaluate_fwd_conv3_max_pool(n, my->conv3_relu, my->conv3_max_pool);
                fwd_features(n, my->conv3_max_pool, work->conv4_weight_packed, p->conv4_bias,
                             my->fwd_features_scratch, my->features);
                fwd_global_avg_pool(n, my->features, my->global_avg_pool);
                fwd_logits(n, my->global_avg_pool, work->fc_weight_packed, p->fc_bias, out->logits + first);
            }
        }
        rt_exact_end(found);
    }

    return true;
}

/* What train_batch has left becomes the weights of the next step. */
static void change_weights(CnnTrainWork *work, CnnParams *p, CnnMoments *o, const RtStep *step)
{
    update(288, p->conv1_weight[0][0][0], work->d_conv1_weight[0][0][0], o->m.conv1_weight[0][0][0],
           o->v.conv1_weight[0][0][0], 0.05, step);
    update(32, p->conv1_bias, work->d_conv1_bias[0], o->m.conv1_bias, o->v.conv1_bias, 0, step);
    update(18432, p->conv2_weight[0][0][0], work->d_conv2_weight[0][0][0], o->m.conv2_weight[0][0][0],
           o->v.conv2_weight[0][0][0], 0.05, step);
    update(64, p->conv2_bias, work->d_conv2_bias[0], o->m.conv2_bias, o->v.conv2_bias, 0, step);
    update(36864, p->conv3_weight[0][0][0], work->d_conv3_weight[0][0][0], o->m.conv3_weight[0][0][0],
           o->v.conv3_weight[0][0][0], 0.05, step);
    update(64, p->conv3_bias, work->d_conv3_bias[0], o->m.conv3_bias, o->v.conv3_bias, 0, step);
    update(73728, p->conv4_weight[0][0][0], work->d_conv4_weight[0][0][0], o->m.conv4_weight[0][0][0],
           o->v.conv4_weight[0][0][0], 0.05, step);
    update(128, p->conv4_bias, work->d_conv4_bias[0], o->m.conv4_bias, o->v.conv4_bias, 0, step);
    update(1280, p->fc_weight[0], work->d_fc_weight[0][0], o->m.fc_weight[0], o->v.fc_weight[0], 0.05, step);
    update(10, p->fc_bias, work->d_fc_bias[0], o->m.fc_bias, o->v.fc_bias, 0, step);
}

/* ---- the tensors of a run, as tables ---- */

static const RtTensor parameters[] = {
    {"conv1.weight", 4, {32, 1, 3, 3}, offsetof(CnnParams, conv1_weight) / sizeof(float), 288, RT_INIT_NORMAL,
     0.4714045207910317, true},
    {"conv1.bias", 1, {32}, offsetof(CnnParams, conv1_bias) / sizeof(float), 32, RT_INIT_UNIFORM,
     0.3333333333333333, false},
    {"conv2.weight", 4, {64, 32, 3, 3}, offsetof(CnnParams, conv2_weight) / sizeof(float), 18432,
     RT_INIT_NORMAL, 0.08333333333333333, true},
    {"conv2.bias", 1, {64}, offsetof(CnnParams, conv2_bias) / sizeof(float), 64, RT_INIT_UNIFORM,
     0.05892556509887897, false},
    {"conv3.weight", 4, {64, 64, 3, 3}, offsetof(CnnParams, conv3_weight) / sizeof(float), 36864,
     RT_INIT_NORMAL, 0.05892556509887896, true},
    {"conv3.bias", 1, {64}, offsetof(CnnParams, conv3_bias) / sizeof(float), 64, RT_INIT_UNIFORM,
     0.041666666666666664, false},
    {"conv4.weight", 4, {128, 64, 3, 3}, offsetof(CnnParams, conv4_weight) / sizeof(float), 73728,
     RT_INIT_NORMAL, 0.05892556509887896, true},
    {"conv4.bias", 1, {128}, offsetof(CnnParams, conv4_bias) / sizeof(float), 128, RT_INIT_UNIFORM,
     0.041666666666666664, false},
    {"fc.weight", 2, {10, 128}, offsetof(CnnParams, fc_weight) / sizeof(float), 1280, RT_INIT_UNIFORM,
     0.08838834764831843, true},
    {"fc.bias", 1, {10}, offsetof(CnnParams, fc_bias) / sizeof(float), 10, RT_INIT_UNIFORM,
     0.08838834764831843, false},
};

/* ---- what programs call ---- */

static CnnStatus check_train(const CnnWork *work, int threads, const CnnBatch *in)
{
    if (threads < 1 || threads > 1024) return CNN_BAD_THREADS;
    if (!work || (uintptr_t)work % 64) return CNN_NOT_ALIGNED;
    if (in->n != CNN_BATCH) return CNN_BAD_BATCH;
    if (!in->image || !in->label) return CNN_BAD_BATCH;
    for (int i = 0; i < in->n; i++)
        if (in->label[i] < 0 || in->label[i] >= 10) return CNN_BAD_BATCH;
    return CNN_OK;
}

static CnnStatus check_evaluate(const CnnWork *work, int threads, const CnnBatch *in)
{
    if (threads < 1 || threads > 1024) return CNN_BAD_THREADS;
    if (!work || (uintptr_t)work % 64) return CNN_NOT_ALIGNED;
    if (in->n < 1 || in->n > CNN_BATCH) return CNN_BAD_BATCH;
    if (!in->image || !in->label) return CNN_BAD_BATCH;
    for (int i = 0; i < in->n; i++)
        if (in->label[i] < 0 || in->label[i] >= 10) return CNN_BAD_BATCH;
    return CNN_OK;
}

static CnnStatus check_predict(const CnnWork *work, int threads, const CnnBatch *in)
{
    if (threads < 1 || threads > 1024) return CNN_BAD_THREADS;
    if (!work || (uintptr_t)work % 64) return CNN_NOT_ALIGNED;
    if (in->n < 1 || in->n > CNN_BATCH) return CNN_BAD_BATCH;
    if (!in->image) return CNN_BAD_BATCH;
    return CNN_OK;
}

static RtStep next_step(const Cnn *run)
{
    const int64_t steps = run->steps < 1 ? 1 : run->steps, number = run->step < steps ? run->step : steps - 1;
    return (RtStep){
        .seed = run->seed, .step = run->step, .skipped = run->skipped, .progress = rt_progress(number, steps),
        .learning_rate = (float)rt_one_cycle(0.008, number, steps),
        .correction1 = rt_correction(0.9, run->step), .correction2 = rt_correction(0.999, run->step)};
}

void cnn_init(Cnn *run, uint64_t seed, int64_t steps)
{
    const uint64_t found = rt_exact_begin();
    memset(run, 0, sizeof *run);
    run->seed = seed;
    run->steps = steps < 1 ? 1 : steps;
    run->steps_per_epoch = run->steps < 3 ? 1 : run->steps / 3;
    for (int i = 0; i < 10; i++)
        rt_initial_values(&parameters[i], seed, (float *)&run->params + parameters[i].offset);
    rt_exact_end(found);
}

CnnStatus cnn_step(Cnn *run, CnnWork *work, int threads, const CnnBatch *in, CnnTrainResult *out)
{
    const CnnStatus status = check_train(work, threads, in);
    if (status != CNN_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = next_step(run);
    const bool finite = train_batch(&work->train, threads, &run->params, in, &step, out);
    if (finite) {
        change_weights(&work->train, &run->params, &run->moments, &step);
        run->step++;
    }
    rt_exact_end(found);
    return finite ? CNN_OK : CNN_NOT_FINITE;
}

CnnStatus cnn_gradients(const Cnn *run, CnnWork *work, int threads, const CnnBatch *in, CnnParams *gradients,
                        CnnTrainResult *out)
{
    const CnnStatus status = check_train(work, threads, in);
    if (status != CNN_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = next_step(run);
    const bool finite = train_batch(&work->train, threads, &run->params, in, &step, out);
    if (finite) {
        memcpy(gradients->conv1_weight, work->train.d_conv1_weight, sizeof gradients->conv1_weight);
        memcpy(gradients->conv1_bias, work->train.d_conv1_bias[0], sizeof gradients->conv1_bias);
        memcpy(gradients->conv2_weight, work->train.d_conv2_weight, sizeof gradients->conv2_weight);
        memcpy(gradients->conv2_bias, work->train.d_conv2_bias[0], sizeof gradients->conv2_bias);
        memcpy(gradients->conv3_weight, work->train.d_conv3_weight, sizeof gradients->conv3_weight);
        memcpy(gradients->conv3_bias, work->train.d_conv3_bias[0], sizeof gradients->conv3_bias);
        memcpy(gradients->conv4_weight, work->train.d_conv4_weight, sizeof gradients->conv4_weight);
        memcpy(gradients->conv4_bias, work->train.d_conv4_bias[0], sizeof gradients->conv4_bias);
        memcpy(gradients->fc_weight, work->train.d_fc_weight[0], sizeof gradients->fc_weight);
        memcpy(gradients->fc_bias, work->train.d_fc_bias[0], sizeof gradients->fc_bias);
    }
    rt_exact_end(found);
    return finite ? CNN_OK : CNN_NOT_FINITE;
}

CnnStatus cnn_evaluate(const Cnn *run, CnnWork *work, int threads, const CnnBatch *in, CnnEvaluateResult *out)
{
    const CnnStatus status = check_evaluate(work, threads, in);
    if (status != CNN_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = {.seed = run->seed, .progress = 1, .correction1 = 1, .correction2 = 1};
    const bool finite = evaluate_batch(&work->evaluate, threads, &run->params, in, &step, out) &&
                        rt_is_finite(out->loss);
    rt_exact_end(found);
    return finite ? CNN_OK : CNN_NOT_FINITE;
}

CnnStatus cnn_predict(const Cnn *run, CnnWork *work, int threads, const CnnBatch *in, CnnPredictResult *out)
{
    const CnnStatus status = check_predict(work, threads, in);
    if (status != CNN_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = {.seed = run->seed, .progress = 1, .correction1 = 1, .correction2 = 1};
    const bool finite = predict_batch(&work->predict, threads, &run->params, in, &step, out);
    rt_exact_end(found);
    return finite ? CNN_OK : CNN_NOT_FINITE;
}

static RtSaved saved(const Cnn *run)
{
    return (RtSaved){
        .graph_hash = "cc5e0b5e52970b15c95989c2b9ecc122fa81b090ecfa8cc97453bbfe4e309ea8",
        .n_parameters = 10, .parameters = parameters, .values = (float *)&run->params,
        .floats = sizeof run->params / sizeof(float),
        .n_moments = 2, .average = false, .moment_values = (float *)&run->moments,
    };
}

size_t cnn_save(const Cnn *run, void *to, size_t room)
{
    const RtSaved save = saved(run);
    const RtPosition at = {.step = run->step, .steps = run->steps, .steps_per_epoch = run->steps_per_epoch,
                           .skipped = run->skipped, .seed = run->seed};
    return rt_save_write(&save, &at, to, room);
}

CnnStatus cnn_load(Cnn *run, const void *bytes, size_t n)
{
    const RtSaved save = saved(run);
    size_t found[30];
    RtPosition at = {.step = run->step, .steps = run->steps, .steps_per_epoch = run->steps_per_epoch,
                     .skipped = run->skipped, .seed = run->seed};
    switch (rt_save_read(&save, &at, bytes, n, found)) {
    case RT_LOADED_NOT_FINITE: return CNN_NOT_FINITE;
    case RT_LOADED_BAD_FILE: return CNN_BAD_FILE;
    case RT_LOADED_OTHER_MODEL: return CNN_OTHER_MODEL;
    default: break;
    }
    run->step = at.step;
    run->steps = at.steps;
    run->steps_per_epoch = at.steps_per_epoch;
    run->skipped = at.skipped;
    run->seed = at.seed;
    return CNN_OK;
}

const char *cnn_status_text(CnnStatus status)
{
    switch (status) {
    case CNN_OK:
        return "all is well";
    case CNN_NOT_FINITE:
        return "the loss, a gradient, a new state or a number of the file is not finite";
    case CNN_BAD_BATCH:
        return "a wrong number of samples, a label that is no class, or an input missing";
    case CNN_BAD_THREADS:
        return "the number of threads is not from 1 to 1024";
    case CNN_NOT_ALIGNED:
        return "the workspace is not aligned to 64 bytes";
    case CNN_BAD_FILE:
        return "the bytes are not a whole safetensors file";
    case CNN_OTHER_MODEL:
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
static const RtOption options[] = {{"block", "\"plain\""}, {"depth", "4"}, {"feature_map", "7"},
                                   {"head", "\"gap\""}, {"kernel", "3"}, {"norm", "false"},
                                   {"pooling", "\"max\""}, {"skip", "false"}, {"width", "32"}};
static const RtKernelChoice choices[] = {
    {"fwd_conv1_relu", "direct"},
    {"fwd_conv2_relu", "winograd f4"},
    {"fwd_conv3_relu", "winograd f4"},
    {"fwd_features", "winograd f4"},
    {"fwd_logits", "matmul"},
    {"bwd_global_avg_pool", "matmul"},
    {"bwd_fc_weight", "outer products"},
    {"bwd_conv3_max_pool", "winograd f4"},
    {"bwd_conv4_weight", "winograd f4"},
    {"bwd_conv2_max_pool", "winograd f4"},
    {"bwd_conv3_weight", "winograd f4"},
    {"bwd_conv1", "winograd f4"},
    {"bwd_conv2_weight", "winograd f4"},
    {"bwd_conv1_weight", "direct"},
};

static const RtValue train_values[] = {
    {"loss", RT_F32, false, 0, {0}, offsetof(CnnTrainResult, loss)},
    {"accuracy", RT_F32, true, 1, {128}, offsetof(CnnTrainResult, accuracy)},
};
static bool run_train(const RtCall *call)
{
    const CnnBatch in = {.n = call->batch->n, .sample = call->batch->sample, .image = call->batch->field[0],
                         .label = call->batch->field[1]};
    if (!train_batch(call->work, call->threads, (const CnnParams *)call->parameters, &in, call->step,
                     call->result)) return false;
    change_weights(call->work, (CnnParams *)call->parameters, (CnnMoments *)call->optimizer, call->step);
    return true;
}

static const RtValue evaluate_values[] = {
    {"loss", RT_F32, false, 0, {0}, offsetof(CnnEvaluateResult, loss)},
    {"accuracy", RT_F32, true, 1, {128}, offsetof(CnnEvaluateResult, accuracy)},
};
static bool run_evaluate(const RtCall *call)
{
    const CnnBatch in = {.n = call->batch->n, .sample = call->batch->sample, .image = call->batch->field[0],
                         .label = call->batch->field[1]};
    return evaluate_batch(call->work, call->threads, (const CnnParams *)call->parameters, &in, call->step,
                          call->result);
}

static const RtValue predict_values[] = {
    {"logits", RT_F32, true, 2, {128, 10}, offsetof(CnnPredictResult, logits)},
};
static bool run_predict(const RtCall *call)
{
    const CnnBatch in = {.n = call->batch->n, .sample = call->batch->sample, .image = call->batch->field[0],
                         .label = call->batch->field[1]};
    return predict_batch(call->work, call->threads, (const CnnParams *)call->parameters, &in, call->step,
                         call->result);
}

static const RtEntry entries[] = {
    {"train", sizeof(CnnTrainWork), sizeof(CnnTrainResult), 2, train_values, run_train},
    {"evaluate", sizeof(CnnEvaluateWork), sizeof(CnnEvaluateResult), 2, evaluate_values, run_evaluate},
    {"predict", sizeof(CnnPredictWork), sizeof(CnnPredictResult), 1, predict_values, run_predict},
};

const RtModel cnn_model = {
    .name = "cnn", .graph_file = "cnn.lua",
    .graph_hash = "cc5e0b5e52970b15c95989c2b9ecc122fa81b090ecfa8cc97453bbfe4e309ea8",
    .tailor_version = "0.2.0",
    .batch = CNN_BATCH,
    .n_options = 9, .options = options,
    .n_parameters = 10, .parameters = parameters,
    .n_fields = 2, .fields = fields,
    .n_metrics = 1, .metrics = metrics,
    .n_moments = 2, .n_entries = 3, .entries = entries,
    .n_kernels = 14, .kernels = choices,
    .flops_forward = 51257537, .flops_step = 153120118,
    .workspace_bytes = 21941632, .workspace_lower_bound = 21941632,
    .train = {
        .data = "mnist", .epochs = 3, .seed = 1, .optimizer = "adamw", .lr = 0.008, .beta1 = 0.9,
        .beta2 = 0.999, .eps = 1e-08, .weight_decay = 0.05, .schedule = RT_ONE_CYCLE, .peak = 0.008,
        .validation = 0.08333333333333333,
    },
};
