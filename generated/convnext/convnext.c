/* convnext.c - written by tailor 0.2.0 from convnext.lua.  Edit the graph, not this file.
 *
 *   graph       c2aa6729215b8aa55509205580990ebb1b58fc72a4e8d9e9cc5ba9a5a04445be
 *   parameters  413162 floats in 70 tensors
 *   train       48 kernels forward, 75 backward; workspace 21115328 bytes
 *   evaluate    48 kernels forward, 0 backward; workspace 3422336 bytes
 *   predict     47 kernels forward, 0 backward; workspace 3422272 bytes
 *
 * Names are those of convnext.lua; d_h is the gradient of the loss with respect to h and has the shape of h.
 */
#include "convnext.h"

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

_Static_assert(sizeof(ConvnextTrainWork) == 21115328, "the workspace is not the one that was planned");
_Static_assert(sizeof(ConvnextEvaluateWork) == 3422336, "the workspace is not the one that was planned");
_Static_assert(sizeof(ConvnextPredictWork) == 3422272, "the workspace is not the one that was planned");

RT_KERNELS_BEGIN

/* linear_sum = sum(weight * bias)
 * networks/convnext.lua:24
 * weight_scaled = weight * weight2 */
static void fwd_linear_weight_scaled_128x32(const float weight[restrict 128][32],
                                            const float bias[restrict 32], const float weight2[restrict 32],
                                            float weight_scaled[restrict 128][32],
                                            float linear_sum[restrict 128])
{
    for (int i = 0; i < 128; i++) {
        float lanes[16] = {0};
        for (int first = 0; first < 32; first += 16) {
            RT_INDEPENDENT
            for (int lane = 0; lane < 16; lane++) {
                const int j = first + lane;
                lanes[lane] += weight[i][j] * bias[j];
                weight_scaled[i][j] = weight[i][j] * weight2[j];
            }
        }
        const float sum = rt_sum16(lanes);
        linear_sum[i] = sum;
    }
}

/* weight_scaled = weight * weight2
 * networks/convnext.lua:35 */
static void fwd_weight_scaled_32x128(const float weight[restrict 32][128], const float weight2[restrict 32],
                                     float weight_scaled[restrict 32][128])
{
    for (int i = 0; i < 32; i++) {
        for (int j = 0; j < 128; j++) {
            weight_scaled[i][j] = weight[i][j] * weight2[i];
        }
    }
}

/* downsample_2_conv_sum = sum(downsample_2_conv_weight * downsample_2_norm_bias)
 * networks/convnext.lua:45
 * downsample_2_conv_weight_scaled = downsample_2_conv_weight * downsample_2_norm_weight */
static void fwd_downsample_2_conv_weight_scaled(const float downsample_2_conv_weight[restrict 64][32][2][2],
                                                const float downsample_2_norm_bias[restrict 32],
                                                const float downsample_2_norm_weight[restrict 32],
                                                float downsample_2_conv_weight_scaled[restrict 64][32][2][2],
                                                float downsample_2_conv_sum[restrict 64])
{
    for (int i = 0; i < 64; i++) {
        float downsample_2_conv_sum_tree[7];
        for (int j = 0; j < 32; j++) {
            for (int k = 0; k < 2; k++) {
                float downsample_2_conv_sum_part = 0;
                for (int l = 0; l < 2; l++) {
                    downsample_2_conv_sum_part += downsample_2_conv_weight[i][j][k][l] *
                        downsample_2_norm_bias[j];
                    downsample_2_conv_weight_scaled[i][j][k][l] = downsample_2_conv_weight[i][j][k][l] *
                                                                  downsample_2_norm_weight[j];
                }
                rt_sum_put(j * 2 + k, downsample_2_conv_sum_tree, downsample_2_conv_sum_part);
            }
        }
        const float sum = rt_sum_of(32 * 2, downsample_2_conv_sum_tree);
        downsample_2_conv_sum[i] = sum;
    }
}

/* linear_sum = sum(weight * bias)
 * networks/convnext.lua:24
 * weight_scaled = weight * weight2 */
static void fwd_linear_weight_scaled_256x64(const float weight[restrict 256][64],
                                            const float bias[restrict 64], const float weight2[restrict 64],
                                            float weight_scaled[restrict 256][64],
                                            float linear_sum[restrict 256])
{
    for (int i = 0; i < 256; i++) {
        float lanes[16] = {0};
        for (int first = 0; first < 64; first += 16) {
            RT_INDEPENDENT
            for (int lane = 0; lane < 16; lane++) {
                const int j = first + lane;
                lanes[lane] += weight[i][j] * bias[j];
                weight_scaled[i][j] = weight[i][j] * weight2[j];
            }
        }
        const float sum = rt_sum16(lanes);
        linear_sum[i] = sum;
    }
}

/* weight_scaled = weight * weight2
 * networks/convnext.lua:35 */
static void fwd_weight_scaled_64x256(const float weight[restrict 64][256], const float weight2[restrict 64],
                                     float weight_scaled[restrict 64][256])
{
    for (int i = 0; i < 64; i++) {
        for (int j = 0; j < 256; j++) {
            weight_scaled[i][j] = weight[i][j] * weight2[i];
        }
    }
}

/* downsample_3_conv_sum = sum(downsample_3_conv_weight * downsample_3_norm_bias)
 * networks/convnext.lua:45
 * downsample_3_conv_weight_scaled = downsample_3_conv_weight * downsample_3_norm_weight */
static void fwd_downsample_3_conv_weight_scaled(const float downsample_3_conv_weight[restrict 128][64][2][2],
                                                const float downsample_3_norm_bias[restrict 64],
                                                const float downsample_3_norm_weight[restrict 64],
                                                float downsample_3_conv_weight_scaled[restrict 128][64][2][2],
                                                float downsample_3_conv_sum[restrict 128])
{
    for (int i = 0; i < 128; i++) {
        float downsample_3_conv_sum_tree[8];
        for (int j = 0; j < 64; j++) {
            for (int k = 0; k < 2; k++) {
                float downsample_3_conv_sum_part = 0;
                for (int l = 0; l < 2; l++) {
                    downsample_3_conv_sum_part += downsample_3_conv_weight[i][j][k][l] *
                        downsample_3_norm_bias[j];
                    downsample_3_conv_weight_scaled[i][j][k][l] = downsample_3_conv_weight[i][j][k][l] *
                                                                  downsample_3_norm_weight[j];
                }
                rt_sum_put(j * 2 + k, downsample_3_conv_sum_tree, downsample_3_conv_sum_part);
            }
        }
        const float sum = rt_sum_of(64 * 2, downsample_3_conv_sum_tree);
        downsample_3_conv_sum[i] = sum;
    }
}

/* linear_sum = sum(weight * bias)
 * networks/convnext.lua:24
 * weight_scaled = weight * weight2 */
static void fwd_linear_weight_scaled_512x128(const float weight[restrict 512][128],
                                             const float bias[restrict 128],
                                             const float weight2[restrict 128],
                                             float weight_scaled[restrict 512][128],
                                             float linear_sum[restrict 512])
{
    for (int i = 0; i < 512; i++) {
        float lanes[16] = {0};
        for (int first = 0; first < 128; first += 16) {
            RT_INDEPENDENT
            for (int lane = 0; lane < 16; lane++) {
                const int j = first + lane;
                lanes[lane] += weight[i][j] * bias[j];
                weight_scaled[i][j] = weight[i][j] * weight2[j];
            }
        }
        const float sum = rt_sum16(lanes);
        linear_sum[i] = sum;
    }
}

/* weight_scaled = weight * weight2
 * networks/convnext.lua:35 */
static void fwd_weight_scaled_128x512(const float weight[restrict 128][512],
                                      const float weight2[restrict 128],
                                      float weight_scaled[restrict 128][512])
{
    for (int i = 0; i < 128; i++) {
        for (int j = 0; j < 512; j++) {
            weight_scaled[i][j] = weight[i][j] * weight2[i];
        }
    }
}

/* head_sum = sum(head_weight * norm_bias)
 * networks/convnext.lua:56
 * head_weight_scaled = head_weight * norm_weight */
static void fwd_head_weight_scaled(const float head_weight[restrict 10][128],
                                   const float norm_bias[restrict 128], const float norm_weight[restrict 128],
                                   float head_weight_scaled[restrict 10][128], float head_sum[restrict 10])
{
    for (int i = 0; i < 10; i++) {
        float lanes[16] = {0};
        for (int first = 0; first < 128; first += 16) {
            RT_INDEPENDENT
            for (int lane = 0; lane < 16; lane++) {
                const int j = first + lane;
                lanes[lane] += head_weight[i][j] * norm_bias[j];
                head_weight_scaled[i][j] = head_weight[i][j] * norm_weight[j];
            }
        }
        const float sum = rt_sum16(lanes);
        head_sum[i] = sum;
    }
}

static const RtConv conv_28x28x1_to_14x14x32_2x2_stride2_pad0 = {
    .h = 28, .w = 28, .ci = 1, .oh = 14, .ow = 14, .co = 32, .kh = 2, .kw = 2,
    .stride_h = 2, .stride_w = 2, .pad_h = 0, .pad_w = 0, .dilation_h = 1, .dilation_w = 1, .groups = 1,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_stem_conv_weight(const float stem_conv_weight[restrict 32][1][2][2],
                                  float stem_conv_weight_packed[restrict 128])
{
    rt_conv2d_pack(conv_28x28x1_to_14x14x32_2x2_stride2_pad0, stem_conv_weight[0][0][0],
                   stem_conv_weight_packed);
}

static const RtConv conv_14x14x32_to_14x14x32_7x7_groups32 = {
    .h = 14, .w = 14, .ci = 32, .oh = 14, .ow = 14, .co = 32, .kh = 7, .kw = 7,
    .stride_h = 1, .stride_w = 1, .pad_h = 3, .pad_w = 3, .dilation_h = 1, .dilation_w = 1, .groups = 32,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_conv2d_32x7x7(const float weight[restrict 32][1][7][7], float packed[restrict 1568])
{
    rt_depthwise_pack(conv_14x14x32_to_14x14x32_7x7_groups32, weight[0][0][0], packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_matmul_128x32(const float weight_scaled[restrict 128][32], float packed[restrict 4096])
{
    rt_pack(32, 128, weight_scaled[0], 1, 32, packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_matmul_32x128(const float weight_scaled[restrict 32][128], float packed[restrict 4096])
{
    rt_pack(128, 32, weight_scaled[0], 1, 128, packed);
}

static const RtConv conv_14x14x32_to_7x7x64_2x2_stride2_pad0 = {
    .h = 14, .w = 14, .ci = 32, .oh = 7, .ow = 7, .co = 64, .kh = 2, .kw = 2,
    .stride_h = 2, .stride_w = 2, .pad_h = 0, .pad_w = 0, .dilation_h = 1, .dilation_w = 1, .groups = 1,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_downsample_2_conv_weight_scaled(
        const float downsample_2_conv_weight_scaled[restrict 64][32][2][2],
        float downsample_2_conv_weight_scaled_packed[restrict 8192])
{
    rt_conv2d_pack(conv_14x14x32_to_7x7x64_2x2_stride2_pad0, downsample_2_conv_weight_scaled[0][0][0],
                   downsample_2_conv_weight_scaled_packed);
}

static const RtConv conv_7x7x64_to_7x7x64_7x7_groups64 = {
    .h = 7, .w = 7, .ci = 64, .oh = 7, .ow = 7, .co = 64, .kh = 7, .kw = 7,
    .stride_h = 1, .stride_w = 1, .pad_h = 3, .pad_w = 3, .dilation_h = 1, .dilation_w = 1, .groups = 64,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_conv2d_64x7x7(const float weight[restrict 64][1][7][7], float packed[restrict 3136])
{
    rt_depthwise_pack(conv_7x7x64_to_7x7x64_7x7_groups64, weight[0][0][0], packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_matmul_256x64(const float weight_scaled[restrict 256][64], float packed[restrict 16384])
{
    rt_pack(64, 256, weight_scaled[0], 1, 64, packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_matmul_64x256(const float weight_scaled[restrict 64][256], float packed[restrict 16384])
{
    rt_pack(256, 64, weight_scaled[0], 1, 256, packed);
}

static const RtConv conv_7x7x64_to_3x3x128_2x2_stride2_pad0 = {
    .h = 7, .w = 7, .ci = 64, .oh = 3, .ow = 3, .co = 128, .kh = 2, .kw = 2,
    .stride_h = 2, .stride_w = 2, .pad_h = 0, .pad_w = 0, .dilation_h = 1, .dilation_w = 1, .groups = 1,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_downsample_3_conv_weight_scaled(
        const float downsample_3_conv_weight_scaled[restrict 128][64][2][2],
        float downsample_3_conv_weight_scaled_packed[restrict 32768])
{
    rt_conv2d_pack(conv_7x7x64_to_3x3x128_2x2_stride2_pad0, downsample_3_conv_weight_scaled[0][0][0],
                   downsample_3_conv_weight_scaled_packed);
}

static const RtConv conv_3x3x128_to_3x3x128_7x7_groups128 = {
    .h = 3, .w = 3, .ci = 128, .oh = 3, .ow = 3, .co = 128, .kh = 7, .kw = 7,
    .stride_h = 1, .stride_w = 1, .pad_h = 3, .pad_w = 3, .dilation_h = 1, .dilation_w = 1, .groups = 128,
};

/* Lays a weight out for conv2d.  Once a step. */
static void pack_conv2d_128x7x7(const float weight[restrict 128][1][7][7], float packed[restrict 6272])
{
    rt_depthwise_pack(conv_3x3x128_to_3x3x128_7x7_groups128, weight[0][0][0], packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_matmul_512x128(const float weight_scaled[restrict 512][128], float packed[restrict 65536])
{
    rt_pack(128, 512, weight_scaled[0], 1, 128, packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_matmul_128x512(const float weight_scaled[restrict 128][512], float packed[restrict 65536])
{
    rt_pack(512, 128, weight_scaled[0], 1, 512, packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_head_weight_scaled(const float head_weight_scaled[restrict 10][128],
                                    float head_weight_scaled_packed[restrict 4096])
{
    rt_pack(128, 10, head_weight_scaled[0], 1, 128, head_weight_scaled_packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_head_weight_scaled_back(const float head_weight_scaled[restrict 10][128],
                                         float head_weight_scaled_back_packed[restrict 1280])
{
    rt_pack(10, 128, head_weight_scaled[0], 128, 1, head_weight_scaled_back_packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_matmul_128x512_back(const float weight_scaled[restrict 128][512],
                                     float packed[restrict 65536])
{
    rt_pack(128, 512, weight_scaled[0], 512, 1, packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_matmul_512x128_back(const float weight_scaled[restrict 512][128],
                                     float packed[restrict 65536])
{
    rt_pack(512, 128, weight_scaled[0], 128, 1, packed);
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_conv2d_grad_input_128x7x7(const float weight[restrict 128][1][7][7],
                                           float packed[restrict 6272])
{
    rt_depthwise_grad_input_pack(conv_3x3x128_to_3x3x128_7x7_groups128, weight[0][0][0], packed);
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_downsample_3_conv_weight_scaled_back(
        const float downsample_3_conv_weight_scaled[restrict 128][64][2][2],
        float downsample_3_conv_weight_scaled_back_packed[restrict 32768])
{
    rt_conv2d_grad_input_pack(conv_7x7x64_to_3x3x128_2x2_stride2_pad0,
                              downsample_3_conv_weight_scaled[0][0][0],
                              downsample_3_conv_weight_scaled_back_packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_matmul_64x256_back(const float weight_scaled[restrict 64][256], float packed[restrict 16384])
{
    rt_pack(64, 256, weight_scaled[0], 256, 1, packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_matmul_256x64_back(const float weight_scaled[restrict 256][64], float packed[restrict 16384])
{
    rt_pack(256, 64, weight_scaled[0], 64, 1, packed);
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_conv2d_grad_input_64x7x7(const float weight[restrict 64][1][7][7],
                                          float packed[restrict 3136])
{
    rt_depthwise_grad_input_pack(conv_7x7x64_to_7x7x64_7x7_groups64, weight[0][0][0], packed);
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_downsample_2_conv_weight_scaled_back(
        const float downsample_2_conv_weight_scaled[restrict 64][32][2][2],
        float downsample_2_conv_weight_scaled_back_packed[restrict 8192])
{
    rt_conv2d_grad_input_pack(conv_14x14x32_to_7x7x64_2x2_stride2_pad0,
                              downsample_2_conv_weight_scaled[0][0][0],
                              downsample_2_conv_weight_scaled_back_packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_matmul_32x128_back(const float weight_scaled[restrict 32][128], float packed[restrict 4096])
{
    rt_pack(32, 128, weight_scaled[0], 128, 1, packed);
}

/* Lays a weight out for matmul.  Once a step. */
static void pack_matmul_128x32_back(const float weight_scaled[restrict 128][32], float packed[restrict 4096])
{
    rt_pack(128, 32, weight_scaled[0], 32, 1, packed);
}

/* Lays a weight out for conv2d_grad_input.  Once a step. */
static void pack_conv2d_grad_input_32x7x7(const float weight[restrict 32][1][7][7],
                                          float packed[restrict 1568])
{
    rt_depthwise_grad_input_pack(conv_14x14x32_to_14x14x32_7x7_groups32, weight[0][0][0], packed);
}

static void run_conv2d_28x28x1_to_14x14x32_2x2_stride2_pad0(int n, const float *restrict x,
                                                            const float *restrict packed, float *restrict out,
                                                            float *restrict scratch)
{
    rt_conv2d(conv_28x28x1_to_14x14x32_2x2_stride2_pad0, n, x, packed, out, scratch);
}

/* stem_conv = conv2d(image, stem_conv_weight) + stem_conv_bias
 * networks/convnext.lua:45 */
static void fwd_stem_conv(int n, const float image[restrict][28][28][1],
                          const float stem_conv_weight_packed[restrict 128],
                          const float stem_conv_bias[restrict 32], float *restrict scratch,
                          float stem_conv[restrict][14][14][32])
{
    run_conv2d_28x28x1_to_14x14x32_2x2_stride2_pad0(n, image[0][0][0], stem_conv_weight_packed,
                                                    stem_conv[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    stem_conv[b][h][w][c] = stem_conv[b][h][w][c] + stem_conv_bias[c];
                }
            }
        }
    }
}

/* forward of stem.norm
 * networks/convnext.lua:20
 * stem_norm_sum = sum(stem_conv)
 * stem_norm = (((stem_conv - (stem_norm_sum / 32)) * stem_norm_rsqrt) * stem_norm_weight) + stem_norm_bias */
static void fwd_stem_norm(int n, const float stem_conv[restrict][14][14][32],
                          const float stem_norm_weight[restrict 32], const float stem_norm_bias[restrict 32],
                          float stem_norm_sum[restrict][14][14], float stem_norm_rsqrt[restrict][14][14],
                          float stem_norm[restrict][14][14][32])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                float lanes[16] = {0};
                for (int first = 0; first < 32; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        lanes[lane] += stem_conv[b][h][w][c];
                    }
                }
                const float sum = rt_sum16(lanes);
                stem_norm_sum[b][h][w] = sum;
                const float t = sum / 32.0f;
                float lanes2[16] = {0};
                for (int first = 0; first < 32; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t2 = stem_conv[b][h][w][c] - t;
                        lanes2[lane] += t2 * t2;
                    }
                }
                const float sum2 = rt_sum16(lanes2);
                const float t3 = rt_rsqrt(sum2 / 32.0f + 1e-06f);
                stem_norm_rsqrt[b][h][w] = t3;
                for (int c = 0; c < 32; c++) {
                    const float t4 = stem_conv[b][h][w][c] - t;
                    stem_norm[b][h][w][c] = t4 * t3 * stem_norm_weight[c] + stem_norm_bias[c];
                }
            }
        }
    }
}

static void run_conv2d_14x14x32_to_14x14x32_7x7_groups32(int n, const float *restrict x,
                                                         const float *restrict packed, float *restrict out,
                                                         float *restrict scratch)
{
    rt_depthwise(conv_14x14x32_to_14x14x32_7x7_groups32, n, x, packed, out, scratch);
}

/* conv2d = conv2d(layer_norm, weight) + bias
 * networks/convnext.lua:23 */
static void fwd_conv2d_14x14x32(int n, const float layer_norm[restrict][14][14][32],
                                const float packed[restrict 1568], const float bias[restrict 32],
                                float *restrict scratch, float conv2d[restrict][14][14][32])
{
    run_conv2d_14x14x32_to_14x14x32_7x7_groups32(n, layer_norm[0][0][0], packed, conv2d[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    conv2d[b][h][w][c] = conv2d[b][h][w][c] + bias[c];
                }
            }
        }
    }
}

/* forward of layer_norm
 * networks/convnext.lua:20
 * layer_norm_sum = sum(conv2d)
 * layer_norm = (conv2d - (layer_norm_sum / 32)) * layer_norm_rsqrt */
static void fwd_layer_norm_14x14x32(int n, const float conv2d[restrict][14][14][32],
                                    float layer_norm_sum[restrict][14][14],
                                    float layer_norm_rsqrt[restrict][14][14],
                                    float layer_norm[restrict][14][14][32])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                float lanes[16] = {0};
                for (int first = 0; first < 32; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        lanes[lane] += conv2d[b][h][w][c];
                    }
                }
                const float sum = rt_sum16(lanes);
                layer_norm_sum[b][h][w] = sum;
                const float t = sum / 32.0f;
                float lanes2[16] = {0};
                for (int first = 0; first < 32; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t2 = conv2d[b][h][w][c] - t;
                        lanes2[lane] += t2 * t2;
                    }
                }
                const float sum2 = rt_sum16(lanes2);
                const float t3 = rt_rsqrt(sum2 / 32.0f + 1e-06f);
                layer_norm_rsqrt[b][h][w] = t3;
                for (int c = 0; c < 32; c++) {
                    const float t4 = conv2d[b][h][w][c] - t;
                    layer_norm[b][h][w][c] = t4 * t3;
                }
            }
        }
    }
}

static void run_matmul_196x32_to_128(int n, const float *restrict x, const float *restrict packed,
                                     float *restrict out)
{
    rt_matmul(196 * n, 128, 32, x, 32, packed, out, 128);
}

/* linear = matmul(layer_norm, weight_scaled') + (linear_sum + bias)
 * networks/convnext.lua:24
 * gelu_erf = erf(0.707107 * linear)
 * gelu = (0.5 * linear) * (1 + gelu_erf) */
static void fwd_linear_gelu_14x14x128(int n, const float layer_norm[restrict][14][14][32],
                                      const float packed[restrict 4096], const float linear_sum[restrict 128],
                                      const float bias[restrict 128], float linear[restrict][14][14][128],
                                      float gelu_erf[restrict][14][14][128],
                                      float gelu[restrict][14][14][128])
{
    run_matmul_196x32_to_128(n, layer_norm[0][0][0], packed, linear[0][0][0]);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 128; c++) {
                    const float t = linear[b][h][w][c];
                    const float t2 = t + (linear_sum[c] + bias[c]);
                    linear[b][h][w][c] = t2;
                    const float t3 = rt_erf(0.70710677f * t2);
                    gelu_erf[b][h][w][c] = t3;
                    gelu[b][h][w][c] = 0.5f * t2 * (1.0f + t3);
                }
            }
        }
    }
}

static void run_matmul_196x128_to_32(int n, const float *restrict x, const float *restrict packed,
                                     float *restrict out)
{
    rt_matmul(196 * n, 32, 128, x, 128, packed, out, 32);
}

/* add = layer_norm + (matmul(gelu, weight_scaled') + (bias * weight))
 * networks/convnext.lua:35, 36 */
static void fwd_add_14x14x32(int n, const float gelu[restrict][14][14][128],
                             const float packed[restrict 4096], const float layer_norm[restrict][14][14][32],
                             const float bias[restrict 32], const float weight[restrict 32],
                             float add[restrict][14][14][32])
{
    run_matmul_196x128_to_32(n, gelu[0][0][0], packed, add[0][0][0]);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    add[b][h][w][c] = layer_norm[b][h][w][c] + (add[b][h][w][c] + bias[c] * weight[c]);
                }
            }
        }
    }
}

static void run_conv2d_14x14x32_to_7x7x64_2x2_stride2_pad0(int n, const float *restrict x,
                                                           const float *restrict packed, float *restrict out,
                                                           float *restrict scratch)
{
    rt_conv2d(conv_14x14x32_to_7x7x64_2x2_stride2_pad0, n, x, packed, out, scratch);
}

/* forward of downsample.2.conv
 * networks/convnext.lua:45 */
static void fwd_downsample_2_conv(int n, const float downsample_2_norm[restrict][14][14][32],
                                  const float downsample_2_conv_weight_scaled_packed[restrict 8192],
                                  const float downsample_2_conv_sum[restrict 64],
                                  const float downsample_2_conv_bias[restrict 64], float *restrict scratch,
                                  float downsample_2_conv[restrict][7][7][64])
{
    run_conv2d_14x14x32_to_7x7x64_2x2_stride2_pad0(n, downsample_2_norm[0][0][0],
                                                   downsample_2_conv_weight_scaled_packed,
                                                   downsample_2_conv[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    downsample_2_conv[b][h][w][c] = downsample_2_conv[b][h][w][c] +
                                                    (downsample_2_conv_sum[c] + downsample_2_conv_bias[c]);
                }
            }
        }
    }
}

static void run_conv2d_7x7x64_to_7x7x64_7x7_groups64(int n, const float *restrict x,
                                                     const float *restrict packed, float *restrict out,
                                                     float *restrict scratch)
{
    rt_depthwise(conv_7x7x64_to_7x7x64_7x7_groups64, n, x, packed, out, scratch);
}

/* conv2d2 = conv2d(conv2d, weight) + bias
 * networks/convnext.lua:23 */
static void fwd_conv2d_7x7x64(int n, const float conv2d[restrict][7][7][64],
                              const float packed[restrict 3136], const float bias[restrict 64],
                              float *restrict scratch, float conv2d2[restrict][7][7][64])
{
    run_conv2d_7x7x64_to_7x7x64_7x7_groups64(n, conv2d[0][0][0], packed, conv2d2[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    conv2d2[b][h][w][c] = conv2d2[b][h][w][c] + bias[c];
                }
            }
        }
    }
}

/* forward of layer_norm
 * networks/convnext.lua:20
 * layer_norm_sum = sum(conv2d)
 * layer_norm = (conv2d - (layer_norm_sum / 64)) * layer_norm_rsqrt */
static void fwd_layer_norm_7x7x64(int n, const float conv2d[restrict][7][7][64],
                                  float layer_norm_sum[restrict][7][7],
                                  float layer_norm_rsqrt[restrict][7][7],
                                  float layer_norm[restrict][7][7][64])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                float lanes[16] = {0};
                for (int first = 0; first < 64; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        lanes[lane] += conv2d[b][h][w][c];
                    }
                }
                const float sum = rt_sum16(lanes);
                layer_norm_sum[b][h][w] = sum;
                const float t = sum / 64.0f;
                float lanes2[16] = {0};
                for (int first = 0; first < 64; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t2 = conv2d[b][h][w][c] - t;
                        lanes2[lane] += t2 * t2;
                    }
                }
                const float sum2 = rt_sum16(lanes2);
                const float t3 = rt_rsqrt(sum2 / 64.0f + 1e-06f);
                layer_norm_rsqrt[b][h][w] = t3;
                for (int c = 0; c < 64; c++) {
                    const float t4 = conv2d[b][h][w][c] - t;
                    layer_norm[b][h][w][c] = t4 * t3;
                }
            }
        }
    }
}

static void run_matmul_49x64_to_256(int n, const float *restrict x, const float *restrict packed,
                                    float *restrict out)
{
    rt_matmul(49 * n, 256, 64, x, 64, packed, out, 256);
}

/* linear = matmul(layer_norm, weight_scaled') + (linear_sum + bias)
 * networks/convnext.lua:24
 * gelu_erf = erf(0.707107 * linear)
 * gelu = (0.5 * linear) * (1 + gelu_erf) */
static void fwd_linear_gelu_7x7x256(int n, const float layer_norm[restrict][7][7][64],
                                    const float packed[restrict 16384], const float linear_sum[restrict 256],
                                    const float bias[restrict 256], float linear[restrict][7][7][256],
                                    float gelu_erf[restrict][7][7][256], float gelu[restrict][7][7][256])
{
    run_matmul_49x64_to_256(n, layer_norm[0][0][0], packed, linear[0][0][0]);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 256; c++) {
                    const float t = linear[b][h][w][c];
                    const float t2 = t + (linear_sum[c] + bias[c]);
                    linear[b][h][w][c] = t2;
                    const float t3 = rt_erf(0.70710677f * t2);
                    gelu_erf[b][h][w][c] = t3;
                    gelu[b][h][w][c] = 0.5f * t2 * (1.0f + t3);
                }
            }
        }
    }
}

static void run_matmul_49x256_to_64(int n, const float *restrict x, const float *restrict packed,
                                    float *restrict out)
{
    rt_matmul(49 * n, 64, 256, x, 256, packed, out, 64);
}

/* add = conv2d + (matmul(gelu, weight_scaled') + (bias * weight))
 * networks/convnext.lua:35, 36 */
static void fwd_add_7x7x64(int n, const float gelu[restrict][7][7][256], const float packed[restrict 16384],
                           const float conv2d[restrict][7][7][64], const float bias[restrict 64],
                           const float weight[restrict 64], float add[restrict][7][7][64])
{
    run_matmul_49x256_to_64(n, gelu[0][0][0], packed, add[0][0][0]);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    add[b][h][w][c] = conv2d[b][h][w][c] + (add[b][h][w][c] + bias[c] * weight[c]);
                }
            }
        }
    }
}

static void run_conv2d_7x7x64_to_3x3x128_2x2_stride2_pad0(int n, const float *restrict x,
                                                          const float *restrict packed, float *restrict out,
                                                          float *restrict scratch)
{
    rt_conv2d(conv_7x7x64_to_3x3x128_2x2_stride2_pad0, n, x, packed, out, scratch);
}

/* forward of downsample.3.conv
 * networks/convnext.lua:45 */
static void fwd_downsample_3_conv(int n, const float downsample_3_norm[restrict][7][7][64],
                                  const float downsample_3_conv_weight_scaled_packed[restrict 32768],
                                  const float downsample_3_conv_sum[restrict 128],
                                  const float downsample_3_conv_bias[restrict 128], float *restrict scratch,
                                  float downsample_3_conv[restrict][3][3][128])
{
    run_conv2d_7x7x64_to_3x3x128_2x2_stride2_pad0(n, downsample_3_norm[0][0][0],
                                                  downsample_3_conv_weight_scaled_packed,
                                                  downsample_3_conv[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 128; c++) {
                    downsample_3_conv[b][h][w][c] = downsample_3_conv[b][h][w][c] +
                                                    (downsample_3_conv_sum[c] + downsample_3_conv_bias[c]);
                }
            }
        }
    }
}

static void run_conv2d_3x3x128_to_3x3x128_7x7_groups128(int n, const float *restrict x,
                                                        const float *restrict packed, float *restrict out,
                                                        float *restrict scratch)
{
    rt_depthwise(conv_3x3x128_to_3x3x128_7x7_groups128, n, x, packed, out, scratch);
}

/* conv2d2 = conv2d(conv2d, weight) + bias
 * networks/convnext.lua:23 */
static void fwd_conv2d_3x3x128(int n, const float conv2d[restrict][3][3][128],
                               const float packed[restrict 6272], const float bias[restrict 128],
                               float *restrict scratch, float conv2d2[restrict][3][3][128])
{
    run_conv2d_3x3x128_to_3x3x128_7x7_groups128(n, conv2d[0][0][0], packed, conv2d2[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 128; c++) {
                    conv2d2[b][h][w][c] = conv2d2[b][h][w][c] + bias[c];
                }
            }
        }
    }
}

/* forward of layer_norm
 * networks/convnext.lua:20
 * layer_norm_sum = sum(conv2d)
 * layer_norm = (conv2d - (layer_norm_sum / 128)) * layer_norm_rsqrt */
static void fwd_layer_norm_3x3x128(int n, const float conv2d[restrict][3][3][128],
                                   float layer_norm_sum[restrict][3][3],
                                   float layer_norm_rsqrt[restrict][3][3],
                                   float layer_norm[restrict][3][3][128])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                float lanes[16] = {0};
                for (int first = 0; first < 128; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        lanes[lane] += conv2d[b][h][w][c];
                    }
                }
                const float sum = rt_sum16(lanes);
                layer_norm_sum[b][h][w] = sum;
                const float t = sum / 128.0f;
                float lanes2[16] = {0};
                for (int first = 0; first < 128; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t2 = conv2d[b][h][w][c] - t;
                        lanes2[lane] += t2 * t2;
                    }
                }
                const float sum2 = rt_sum16(lanes2);
                const float t3 = rt_rsqrt(sum2 / 128.0f + 1e-06f);
                layer_norm_rsqrt[b][h][w] = t3;
                for (int c = 0; c < 128; c++) {
                    const float t4 = conv2d[b][h][w][c] - t;
                    layer_norm[b][h][w][c] = t4 * t3;
                }
            }
        }
    }
}

static void run_matmul_9x128_to_512(int n, const float *restrict x, const float *restrict packed,
                                    float *restrict out)
{
    rt_matmul(9 * n, 512, 128, x, 128, packed, out, 512);
}

/* linear = matmul(layer_norm, weight_scaled') + (linear_sum + bias)
 * networks/convnext.lua:24
 * gelu_erf = erf(0.707107 * linear)
 * gelu = (0.5 * linear) * (1 + gelu_erf) */
static void fwd_linear_gelu_3x3x512(int n, const float layer_norm[restrict][3][3][128],
                                    const float packed[restrict 65536], const float linear_sum[restrict 512],
                                    const float bias[restrict 512], float linear[restrict][3][3][512],
                                    float gelu_erf[restrict][3][3][512], float gelu[restrict][3][3][512])
{
    run_matmul_9x128_to_512(n, layer_norm[0][0][0], packed, linear[0][0][0]);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 512; c++) {
                    const float t = linear[b][h][w][c];
                    const float t2 = t + (linear_sum[c] + bias[c]);
                    linear[b][h][w][c] = t2;
                    const float t3 = rt_erf(0.70710677f * t2);
                    gelu_erf[b][h][w][c] = t3;
                    gelu[b][h][w][c] = 0.5f * t2 * (1.0f + t3);
                }
            }
        }
    }
}

static void run_matmul_9x512_to_128(int n, const float *restrict x, const float *restrict packed,
                                    float *restrict out)
{
    rt_matmul(9 * n, 128, 512, x, 512, packed, out, 128);
}

/* add = conv2d + (matmul(gelu, weight_scaled') + (bias * weight))
 * networks/convnext.lua:35, 36 */
static void fwd_add_3x3x128(int n, const float gelu[restrict][3][3][512], const float packed[restrict 65536],
                            const float conv2d[restrict][3][3][128], const float bias[restrict 128],
                            const float weight[restrict 128], float add[restrict][3][3][128])
{
    run_matmul_9x512_to_128(n, gelu[0][0][0], packed, add[0][0][0]);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 128; c++) {
                    add[b][h][w][c] = conv2d[b][h][w][c] + (add[b][h][w][c] + bias[c] * weight[c]);
                }
            }
        }
    }
}

/* forward of norm
 * networks/convnext.lua:56, 20
 * global_avg_pool_sum = sum(features)
 * norm_sum = sum(global_avg_pool_sum / 9)
 * norm = ((global_avg_pool_sum / 9) - (norm_sum / 128)) * norm_rsqrt */
static void fwd_norm(int n, const float features[restrict][3][3][128],
                     float global_avg_pool_sum[restrict][128], float norm_sum[restrict],
                     float norm_rsqrt[restrict], float norm[restrict][128])
{
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 128; c++) {
            global_avg_pool_sum[b][c] = 0;
        }
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 128; c++) {
                    global_avg_pool_sum[b][c] += features[b][h][w][c];
                }
            }
        }
        float lanes[16] = {0};
        for (int first = 0; first < 128; first += 16) {
            RT_INDEPENDENT
            for (int lane = 0; lane < 16; lane++) {
                const int c = first + lane;
                lanes[lane] += global_avg_pool_sum[b][c] / 9.0f;
            }
        }
        const float sum = rt_sum16(lanes);
        norm_sum[b] = sum;
        const float t = sum / 128.0f;
        float lanes2[16] = {0};
        for (int first = 0; first < 128; first += 16) {
            RT_INDEPENDENT
            for (int lane = 0; lane < 16; lane++) {
                const int c = first + lane;
                const float t2 = global_avg_pool_sum[b][c] / 9.0f - t;
                lanes2[lane] += t2 * t2;
            }
        }
        const float sum2 = rt_sum16(lanes2);
        const float t3 = rt_rsqrt(sum2 / 128.0f + 1e-06f);
        norm_rsqrt[b] = t3;
        for (int c = 0; c < 128; c++) {
            const float t4 = global_avg_pool_sum[b][c] / 9.0f - t;
            norm[b][c] = t4 * t3;
        }
    }
}

/* logits = matmul(norm, head_weight_scaled') + (head_sum + head_bias)
 * networks/convnext.lua:56 */
static void fwd_logits(int n, const float norm[restrict][128],
                       const float head_weight_scaled_packed[restrict 4096],
                       const float head_sum[restrict 10], const float head_bias[restrict 10],
                       float logits[restrict][10])
{
    rt_matmul(n, 10, 128, norm[0], 128, head_weight_scaled_packed, logits[0], 10);
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 10; c++) {
            logits[b][c] = logits[b][c] + (head_sum[c] + head_bias[c]);
        }
    }
}

/* cross_entropy_exp = exp(logits - max(logits))                                        convnext.lua:24, 25
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

/* backward of cross_entropy                                                            convnext.lua:24
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

/* d_norm = matmul(d_logits, head_weight_scaled)
 * networks/convnext.lua:56 */
static void bwd_norm(int n, const float d_logits[restrict][10],
                     const float head_weight_scaled_back_packed[restrict 1280], float d_norm[restrict][128])
{
    rt_matmul(n, 128, 10, d_logits[0], 10, head_weight_scaled_back_packed, d_norm[0], 128);
}

/* d_head_weight_scaled = matmul(d_logits', norm)
 * networks/convnext.lua:56
 * d_head_bias = sum(d_logits) */
static void bwd_head_weight_scaled(int n, const float d_logits[restrict][10], const float norm[restrict][128],
                                   float d_head_weight_scaled[restrict 10][128],
                                   float d_head_bias[restrict 10])
{
    rt_matmul_tn(10, 128, n, 0, d_logits[0], 10, norm[0], 128, d_head_weight_scaled[0], 128);
    for (int b = 0; b < n; b++) {
        for (int c = 0; c < 10; c++) {
            d_head_bias[c] += d_logits[b][c];
        }
    }
}

/* backward of norm, global_avg_pool, stages.3.1.gamma
 * networks/convnext.lua:20, 56, 35
 * d_norm_rsqrt = sum(d_norm * ((global_avg_pool_sum / 9) - (norm_sum / 128))) */
static void bwd_stages_3_1_gamma(int n, const float norm_sum[restrict], const float d_norm[restrict][128],
                                 const float global_avg_pool_sum[restrict][128],
                                 const float norm_rsqrt[restrict], float d_norm_rsqrt[restrict],
                                 float d_norm_sum[restrict], float d_features[restrict][3][3][128],
                                 float d_stages_3_1_gamma_sum[restrict 128])
{
    for (int b = 0; b < n; b++) {
        const float t = norm_sum[b] / 128.0f;
        float lanes[16] = {0};
        for (int first = 0; first < 128; first += 16) {
            RT_INDEPENDENT
            for (int lane = 0; lane < 16; lane++) {
                const int c = first + lane;
                const float t2 = global_avg_pool_sum[b][c] / 9.0f - t;
                lanes[lane] += d_norm[b][c] * t2;
            }
        }
        const float sum = rt_sum16(lanes);
        d_norm_rsqrt[b] = sum;
        const float t3 = -0.5f * sum * (norm_rsqrt[b] * (norm_rsqrt[b] * norm_rsqrt[b])) / 128.0f;
        float lanes2[16] = {0};
        for (int first = 0; first < 128; first += 16) {
            RT_INDEPENDENT
            for (int lane = 0; lane < 16; lane++) {
                const int c = first + lane;
                const float t4 = global_avg_pool_sum[b][c] / 9.0f - t;
                const float t5 = t3 * t4;
                const float t6 = d_norm[b][c] * norm_rsqrt[b] + t5 + t5;
                lanes2[lane] += t6;
            }
        }
        const float sum2 = rt_sum16(lanes2);
        d_norm_sum[b] = sum2;
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 128; c++) {
                    const float t7 = global_avg_pool_sum[b][c] / 9.0f - t;
                    const float t8 = t3 * t7;
                    const float t9 = d_norm[b][c] * norm_rsqrt[b] + t8 + t8;
                    const float t10 = (t9 + sum2 / -128.0f) / 9.0f;
                    d_features[b][h][w][c] = t10;
                }
            }
        }
        for (int c = 0; c < 128; c++) {
            const float t11 = global_avg_pool_sum[b][c] / 9.0f - t;
            const float t12 = t3 * t11;
            const float t13 = d_norm[b][c] * norm_rsqrt[b] + t12 + t12;
            const float t14 = (t13 + sum2 / -128.0f) / 9.0f;
            d_stages_3_1_gamma_sum[c] += t14;
        }
    }
}

/* backward of stages.3.1.gamma
 * networks/convnext.lua:35
 * d_stages_3_1_pwconv2_weight_scaled = matmul(d_features', stages_3_1_pwconv1_gelu) */
static void bwd_stages_3_1_pwconv2_weight_scaled(int n, const float d_features[restrict][3][3][128],
                                                 const float stages_3_1_pwconv1_gelu[restrict][3][3][512],
                                                 float d_stages_3_1_pwconv2_weight_scaled[restrict 128][512])
{
    rt_matmul_tn(128, 512, 9 * n, 0, d_features[0][0][0], 128, stages_3_1_pwconv1_gelu[0][0][0], 512,
                 d_stages_3_1_pwconv2_weight_scaled[0], 512);
}

/* backward of gelu
 * networks/convnext.lua:35, 24 */
static void bwd_linear_3x3x512(int n, const float d_add[restrict][3][3][128],
                               const float packed[restrict 65536], const float linear[restrict][3][3][512],
                               const float gelu_erf[restrict][3][3][512], float d_linear[restrict][3][3][512])
{
    run_matmul_9x128_to_512(n, d_add[0][0][0], packed, d_linear[0][0][0]);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 512; c++) {
                    const float t = 0.70710677f * linear[b][h][w][c];
                    const float t2 = d_linear[b][h][w][c] * (0.5f * linear[b][h][w][c]) *
                                     (1.1283792f * rt_exp(-(t * t))) * 0.70710677f;
                    d_linear[b][h][w][c] = t2 + d_linear[b][h][w][c] * (1.0f + gelu_erf[b][h][w][c]) * 0.5f;
                }
            }
        }
    }
}

/* d_layer_norm = matmul(d_linear, weight_scaled)
 * networks/convnext.lua:24 */
static void bwd_linear_layer_norm_3x3x128(int n, const float d_linear[restrict][3][3][512],
                                          const float packed[restrict 65536],
                                          float d_layer_norm[restrict][3][3][128])
{
    run_matmul_9x512_to_128(n, d_linear[0][0][0], packed, d_layer_norm[0][0][0]);
}

/* d_weight_scaled = matmul(d_linear', layer_norm)
 * networks/convnext.lua:24
 * d_linear_add = sum(d_linear) */
static void bwd_linear_3x3x512_2(int n, const float d_linear[restrict][3][3][512],
                                 const float layer_norm[restrict][3][3][128],
                                 float d_weight_scaled[restrict 512][128], float d_linear_add[restrict 512])
{
    rt_matmul_tn(512, 128, 9 * n, 0, d_linear[0][0][0], 512, layer_norm[0][0][0], 128, d_weight_scaled[0],
                 128);
    for (int b = 0; b < n; b++) {
        float d_linear_add_part[512] = {0};
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 512; c++) {
                    d_linear_add_part[c] += d_linear[b][h][w][c];
                }
            }
        }
        for (int c = 0; c < 512; c++) {
            d_linear_add[c] += d_linear_add_part[c];
        }
    }
}

/* backward of layer_norm
 * networks/convnext.lua:20 */
static void bwd_conv2d_3x3x128(int n, const float layer_norm_sum[restrict][3][3],
                               const float d_layer_norm[restrict][3][3][128],
                               const float conv2d[restrict][3][3][128],
                               const float layer_norm_rsqrt[restrict][3][3],
                               float d_conv2d[restrict][3][3][128])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                const float t = layer_norm_sum[b][h][w] / 128.0f;
                float lanes[16] = {0};
                for (int first = 0; first < 128; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t2 = conv2d[b][h][w][c] - t;
                        lanes[lane] += d_layer_norm[b][h][w][c] * t2;
                    }
                }
                const float sum = rt_sum16(lanes);
                const float t3 = -0.5f * sum *
                                 (layer_norm_rsqrt[b][h][w] *
                                  (layer_norm_rsqrt[b][h][w] * layer_norm_rsqrt[b][h][w]));
                const float t4 = t3 / 128.0f;
                float lanes2[16] = {0};
                for (int first = 0; first < 128; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t5 = conv2d[b][h][w][c] - t;
                        const float t6 = t4 * t5;
                        const float t7 = d_layer_norm[b][h][w][c] * layer_norm_rsqrt[b][h][w] + t6 + t6;
                        lanes2[lane] += t7;
                    }
                }
                const float sum2 = rt_sum16(lanes2);
                const float t8 = sum2 / -128.0f;
                for (int c = 0; c < 128; c++) {
                    const float t9 = conv2d[b][h][w][c] - t;
                    const float t10 = t4 * t9;
                    const float t11 = d_layer_norm[b][h][w][c] * layer_norm_rsqrt[b][h][w] + t10 + t10;
                    d_conv2d[b][h][w][c] = t11 + t8;
                }
            }
        }
    }
}

static void run_conv2d_grad_input_3x3x128_to_3x3x128_7x7_groups128(int n, const float *restrict x,
                                                                   const float *restrict packed,
                                                                   float *restrict out,
                                                                   float *restrict scratch)
{
    rt_depthwise_grad_input(conv_3x3x128_to_3x3x128_7x7_groups128, n, x, packed, out, scratch);
}

/* backward of stages.3.1.dwconv
 * networks/convnext.lua:23 */
static void bwd_stages_3_0_add(int n, const float d_stages_3_1_dwconv[restrict][3][3][128],
                               const float stages_3_1_dwconv_weight_back_packed[restrict 6272],
                               const float d_norm[restrict][128], const float norm_rsqrt[restrict],
                               const float d_norm_rsqrt[restrict],
                               const float global_avg_pool_sum[restrict][128], const float norm_sum[restrict],
                               const float d_norm_sum[restrict], float *restrict scratch,
                               float d_stages_3_0_add[restrict][3][3][128])
{
    run_conv2d_grad_input_3x3x128_to_3x3x128_7x7_groups128(n, d_stages_3_1_dwconv[0][0][0],
                                                           stages_3_1_dwconv_weight_back_packed,
                                                           d_stages_3_0_add[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 128; c++) {
                    const float t = -0.5f * d_norm_rsqrt[b] *
                                    (norm_rsqrt[b] * (norm_rsqrt[b] * norm_rsqrt[b])) / 128.0f *
                                    (global_avg_pool_sum[b][c] / 9.0f - norm_sum[b] / 128.0f);
                    d_stages_3_0_add[b][h][w][c] = (d_norm[b][c] * norm_rsqrt[b] + t + t +
                                                    d_norm_sum[b] / -128.0f) / 9.0f +
                                                   d_stages_3_0_add[b][h][w][c];
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_3x3x128_to_3x3x128_7x7_groups128(int n, const float *restrict x,
                                                                    const float *restrict dy,
                                                                    float *restrict out,
                                                                    float *restrict scratch)
{
    rt_depthwise_grad_weight(conv_3x3x128_to_3x3x128_7x7_groups128, n, x, dy, out, scratch);
}

/* (null) = conv2d_grad_weight(add, d_conv2d)
 * networks/convnext.lua:23
 * d_bias = sum(d_conv2d) */
static void bwd_conv2d_128x7x7(int n, const float add[restrict][3][3][128],
                               const float d_conv2d[restrict][3][3][128], float *restrict scratch,
                               float sum[restrict 6272], float d_bias[restrict 128])
{
    run_conv2d_grad_weight_3x3x128_to_3x3x128_7x7_groups128(n, add[0][0][0], d_conv2d[0][0][0], sum, scratch);
    for (int b = 0; b < n; b++) {
        float d_bias_part[128] = {0};
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 128; c++) {
                    d_bias_part[c] += d_conv2d[b][h][w][c];
                }
            }
        }
        for (int c = 0; c < 128; c++) {
            d_bias[c] += d_bias_part[c];
        }
    }
}

/* backward of stages.3.0.gamma
 * networks/convnext.lua:35
 * d_stages_3_0_pwconv2_weight_scaled = matmul(d_stages_3_0_add', stages_3_0_pwconv1_gelu)
 * d_stages_3_0_gamma_mul = sum(d_stages_3_0_add) */
static void bwd_stages_3_0_pwconv2_weight_scaled(int n, const float d_stages_3_0_add[restrict][3][3][128],
                                                 const float stages_3_0_pwconv1_gelu[restrict][3][3][512],
                                                 float d_stages_3_0_pwconv2_weight_scaled[restrict 128][512],
                                                 float d_stages_3_0_gamma_mul[restrict 128])
{
    rt_matmul_tn(128, 512, 9 * n, 0, d_stages_3_0_add[0][0][0], 128, stages_3_0_pwconv1_gelu[0][0][0], 512,
                 d_stages_3_0_pwconv2_weight_scaled[0], 512);
    for (int b = 0; b < n; b++) {
        float d_stages_3_0_gamma_mul_part[128] = {0};
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 128; c++) {
                    d_stages_3_0_gamma_mul_part[c] += d_stages_3_0_add[b][h][w][c];
                }
            }
        }
        for (int c = 0; c < 128; c++) {
            d_stages_3_0_gamma_mul[c] += d_stages_3_0_gamma_mul_part[c];
        }
    }
}

/* backward of stages.3.0.dwconv
 * networks/convnext.lua:23 */
static void bwd_downsample_3_conv(int n, const float d_stages_3_0_dwconv[restrict][3][3][128],
                                  const float stages_3_0_dwconv_weight_back_packed[restrict 6272],
                                  const float d_stages_3_0_add[restrict][3][3][128], float *restrict scratch,
                                  float d_downsample_3_conv[restrict][3][3][128])
{
    run_conv2d_grad_input_3x3x128_to_3x3x128_7x7_groups128(n, d_stages_3_0_dwconv[0][0][0],
                                                           stages_3_0_dwconv_weight_back_packed,
                                                           d_downsample_3_conv[0][0][0], scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 128; c++) {
                    d_downsample_3_conv[b][h][w][c] = d_stages_3_0_add[b][h][w][c] +
                                                      d_downsample_3_conv[b][h][w][c];
                }
            }
        }
    }
}

static void run_conv2d_grad_input_7x7x64_to_3x3x128_2x2_stride2_pad0(int n, const float *restrict x,
                                                                     const float *restrict packed,
                                                                     float *restrict out,
                                                                     float *restrict scratch)
{
    rt_conv2d_grad_input(conv_7x7x64_to_3x3x128_2x2_stride2_pad0, n, x, packed, out, scratch);
}

/* backward of downsample.3.conv
 * networks/convnext.lua:45
 * d_downsample_3_norm = conv2d_grad_input(d_downsample_3_conv, downsample_3_conv_weight_scaled) */
static void bwd_downsample_3_norm(int n, const float d_downsample_3_conv[restrict][3][3][128],
                                  const float downsample_3_conv_weight_scaled_back_packed[restrict 32768],
                                  float *restrict scratch, float d_downsample_3_norm[restrict][7][7][64])
{
    run_conv2d_grad_input_7x7x64_to_3x3x128_2x2_stride2_pad0(n, d_downsample_3_conv[0][0][0],
                                                             downsample_3_conv_weight_scaled_back_packed,
                                                             d_downsample_3_norm[0][0][0], scratch);
}

static void run_conv2d_grad_weight_7x7x64_to_3x3x128_2x2_stride2_pad0(int n, const float *restrict x,
                                                                      const float *restrict dy,
                                                                      float *restrict out,
                                                                      float *restrict scratch)
{
    rt_conv2d_grad_weight(conv_7x7x64_to_3x3x128_2x2_stride2_pad0, n, x, dy, out, scratch);
}

/* backward of downsample.3.conv
 * networks/convnext.lua:45
 * d_downsample_3_conv_weight_scaled = conv2d_grad_weight(downsample_3_norm, d_downsample_3_conv)
 * d_downsample_3_conv_bias = sum(d_downsample_3_conv) */
static void bwd_downsample_3_conv_weight_scaled(int n, const float downsample_3_norm[restrict][7][7][64],
                                                const float d_downsample_3_conv[restrict][3][3][128],
                                                float *restrict scratch,
                                                float d_downsample_3_conv_weight_scaled_sum[restrict 32768],
                                                float d_downsample_3_conv_bias[restrict 128])
{
    run_conv2d_grad_weight_7x7x64_to_3x3x128_2x2_stride2_pad0(n, downsample_3_norm[0][0][0],
                                                              d_downsample_3_conv[0][0][0],
                                                              d_downsample_3_conv_weight_scaled_sum, scratch);
    for (int b = 0; b < n; b++) {
        float d_downsample_3_conv_bias_part[128] = {0};
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 128; c++) {
                    d_downsample_3_conv_bias_part[c] += d_downsample_3_conv[b][h][w][c];
                }
            }
        }
        for (int c = 0; c < 128; c++) {
            d_downsample_3_conv_bias[c] += d_downsample_3_conv_bias_part[c];
        }
    }
}

/* backward of layer_norm
 * networks/convnext.lua:20 */
static void bwd_add_7x7x64(int n, const float layer_norm_sum[restrict][7][7],
                           const float d_layer_norm[restrict][7][7][64], const float add[restrict][7][7][64],
                           const float layer_norm_rsqrt[restrict][7][7], float d_add[restrict][7][7][64])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                const float t = layer_norm_sum[b][h][w] / 64.0f;
                float lanes[16] = {0};
                for (int first = 0; first < 64; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t2 = add[b][h][w][c] - t;
                        lanes[lane] += d_layer_norm[b][h][w][c] * t2;
                    }
                }
                const float sum = rt_sum16(lanes);
                const float t3 = -0.5f * sum *
                                 (layer_norm_rsqrt[b][h][w] *
                                  (layer_norm_rsqrt[b][h][w] * layer_norm_rsqrt[b][h][w]));
                const float t4 = t3 / 64.0f;
                float lanes2[16] = {0};
                for (int first = 0; first < 64; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t5 = add[b][h][w][c] - t;
                        const float t6 = t4 * t5;
                        const float t7 = d_layer_norm[b][h][w][c] * layer_norm_rsqrt[b][h][w] + t6 + t6;
                        lanes2[lane] += t7;
                    }
                }
                const float sum2 = rt_sum16(lanes2);
                const float t8 = sum2 / -64.0f;
                for (int c = 0; c < 64; c++) {
                    const float t9 = add[b][h][w][c] - t;
                    const float t10 = t4 * t9;
                    const float t11 = d_layer_norm[b][h][w][c] * layer_norm_rsqrt[b][h][w] + t10 + t10;
                    d_add[b][h][w][c] = t11 + t8;
                }
            }
        }
    }
}

/* backward of gelu
 * networks/convnext.lua:35, 24 */
static void bwd_linear_7x7x256(int n, const float d_add[restrict][7][7][64],
                               const float packed[restrict 16384], const float linear[restrict][7][7][256],
                               const float gelu_erf[restrict][7][7][256], float d_linear[restrict][7][7][256])
{
    run_matmul_49x64_to_256(n, d_add[0][0][0], packed, d_linear[0][0][0]);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 256; c++) {
                    const float t = 0.70710677f * linear[b][h][w][c];
                    const float t2 = d_linear[b][h][w][c] * (0.5f * linear[b][h][w][c]) *
                                     (1.1283792f * rt_exp(-(t * t))) * 0.70710677f;
                    d_linear[b][h][w][c] = t2 + d_linear[b][h][w][c] * (1.0f + gelu_erf[b][h][w][c]) * 0.5f;
                }
            }
        }
    }
}

/* d_weight_scaled = matmul(d_add', gelu)
 * networks/convnext.lua:35
 * d_layer_scale_mul = sum(d_add) */
static void bwd_layer_scale_7x7x64(int n, const float d_add[restrict][7][7][64],
                                   const float gelu[restrict][7][7][256],
                                   float d_weight_scaled[restrict 64][256],
                                   float d_layer_scale_mul[restrict 64])
{
    rt_matmul_tn(64, 256, 49 * n, 49, d_add[0][0][0], 64, gelu[0][0][0], 256, d_weight_scaled[0], 256);
    for (int b = 0; b < n; b++) {
        float d_layer_scale_mul_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float d_layer_scale_mul_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    d_layer_scale_mul_part[c] += d_add[b][h][w][c];
                }
            }
            rt_sums_put(h, 64, d_layer_scale_mul_tree[0], d_layer_scale_mul_part);
        }
        rt_sums_add(7, 64, d_layer_scale_mul_tree[0], d_layer_scale_mul);
    }
}

/* d_layer_norm = matmul(d_linear, weight_scaled)
 * networks/convnext.lua:24 */
static void bwd_linear_layer_norm_7x7x64(int n, const float d_linear[restrict][7][7][256],
                                         const float packed[restrict 16384],
                                         float d_layer_norm[restrict][7][7][64])
{
    run_matmul_49x256_to_64(n, d_linear[0][0][0], packed, d_layer_norm[0][0][0]);
}

/* d_weight_scaled = matmul(d_linear', layer_norm)
 * networks/convnext.lua:24
 * d_linear_add = sum(d_linear) */
static void bwd_linear_7x7x256_2(int n, const float d_linear[restrict][7][7][256],
                                 const float layer_norm[restrict][7][7][64],
                                 float d_weight_scaled[restrict 256][64], float d_linear_add[restrict 256])
{
    rt_matmul_tn(256, 64, 49 * n, 49, d_linear[0][0][0], 256, layer_norm[0][0][0], 64, d_weight_scaled[0],
                 64);
    for (int b = 0; b < n; b++) {
        float d_linear_add_tree[3][256];
        for (int h = 0; h < 7; h++) {
            float d_linear_add_part[256] = {0};
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 256; c++) {
                    d_linear_add_part[c] += d_linear[b][h][w][c];
                }
            }
            rt_sums_put(h, 256, d_linear_add_tree[0], d_linear_add_part);
        }
        rt_sums_add(7, 256, d_linear_add_tree[0], d_linear_add);
    }
}

static void run_conv2d_grad_input_7x7x64_to_7x7x64_7x7_groups64(int n, const float *restrict x,
                                                                const float *restrict packed,
                                                                float *restrict out, float *restrict scratch)
{
    rt_depthwise_grad_input(conv_7x7x64_to_7x7x64_7x7_groups64, n, x, packed, out, scratch);
}

/* d_add2 = d_add + conv2d_grad_input(d_conv2d, weight)
 * networks/convnext.lua:23 */
static void bwd_add_7x7x64_2(int n, const float d_conv2d[restrict][7][7][64],
                             const float packed[restrict 3136], const float d_add[restrict][7][7][64],
                             float *restrict scratch, float d_add2[restrict][7][7][64])
{
    run_conv2d_grad_input_7x7x64_to_7x7x64_7x7_groups64(n, d_conv2d[0][0][0], packed, d_add2[0][0][0],
                                                        scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    d_add2[b][h][w][c] = d_add[b][h][w][c] + d_add2[b][h][w][c];
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_7x7x64_to_7x7x64_7x7_groups64(int n, const float *restrict x,
                                                                 const float *restrict dy,
                                                                 float *restrict out, float *restrict scratch)
{
    rt_depthwise_grad_weight(conv_7x7x64_to_7x7x64_7x7_groups64, n, x, dy, out, scratch);
}

/* (null) = conv2d_grad_weight(add, d_conv2d)
 * networks/convnext.lua:23
 * d_bias = sum(d_conv2d) */
static void bwd_conv2d_64x7x7(int n, const float add[restrict][7][7][64],
                              const float d_conv2d[restrict][7][7][64], float *restrict scratch,
                              float sum[restrict 3136], float d_bias[restrict 64])
{
    run_conv2d_grad_weight_7x7x64_to_7x7x64_7x7_groups64(n, add[0][0][0], d_conv2d[0][0][0], sum, scratch);
    for (int b = 0; b < n; b++) {
        float d_bias_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float d_bias_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    d_bias_part[c] += d_conv2d[b][h][w][c];
                }
            }
            rt_sums_put(h, 64, d_bias_tree[0], d_bias_part);
        }
        rt_sums_add(7, 64, d_bias_tree[0], d_bias);
    }
}

static void run_conv2d_grad_input_14x14x32_to_7x7x64_2x2_stride2_pad0(int n, const float *restrict x,
                                                                      const float *restrict packed,
                                                                      float *restrict out,
                                                                      float *restrict scratch)
{
    rt_conv2d_grad_input(conv_14x14x32_to_7x7x64_2x2_stride2_pad0, n, x, packed, out, scratch);
}

/* backward of downsample.2.conv
 * networks/convnext.lua:45
 * d_downsample_2_norm = conv2d_grad_input(d_downsample_2_conv, downsample_2_conv_weight_scaled) */
static void bwd_downsample_2_norm(int n, const float d_downsample_2_conv[restrict][7][7][64],
                                  const float downsample_2_conv_weight_scaled_back_packed[restrict 8192],
                                  float *restrict scratch, float d_downsample_2_norm[restrict][14][14][32])
{
    run_conv2d_grad_input_14x14x32_to_7x7x64_2x2_stride2_pad0(n, d_downsample_2_conv[0][0][0],
                                                              downsample_2_conv_weight_scaled_back_packed,
                                                              d_downsample_2_norm[0][0][0], scratch);
}

static void run_conv2d_grad_weight_14x14x32_to_7x7x64_2x2_stride2_pad0(int n, const float *restrict x,
                                                                       const float *restrict dy,
                                                                       float *restrict out,
                                                                       float *restrict scratch)
{
    rt_conv2d_grad_weight(conv_14x14x32_to_7x7x64_2x2_stride2_pad0, n, x, dy, out, scratch);
}

/* backward of downsample.2.conv
 * networks/convnext.lua:45
 * d_downsample_2_conv_weight_scaled = conv2d_grad_weight(downsample_2_norm, d_downsample_2_conv)
 * d_downsample_2_conv_bias = sum(d_downsample_2_conv) */
static void bwd_downsample_2_conv_weight_scaled(int n, const float downsample_2_norm[restrict][14][14][32],
                                                const float d_downsample_2_conv[restrict][7][7][64],
                                                float *restrict scratch,
                                                float d_downsample_2_conv_weight_scaled_sum[restrict 8192],
                                                float d_downsample_2_conv_bias[restrict 64])
{
    run_conv2d_grad_weight_14x14x32_to_7x7x64_2x2_stride2_pad0(n, downsample_2_norm[0][0][0],
                                                               d_downsample_2_conv[0][0][0],
                                                               d_downsample_2_conv_weight_scaled_sum,
                                                               scratch);
    for (int b = 0; b < n; b++) {
        float d_downsample_2_conv_bias_tree[3][64];
        for (int h = 0; h < 7; h++) {
            float d_downsample_2_conv_bias_part[64] = {0};
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 64; c++) {
                    d_downsample_2_conv_bias_part[c] += d_downsample_2_conv[b][h][w][c];
                }
            }
            rt_sums_put(h, 64, d_downsample_2_conv_bias_tree[0], d_downsample_2_conv_bias_part);
        }
        rt_sums_add(7, 64, d_downsample_2_conv_bias_tree[0], d_downsample_2_conv_bias);
    }
}

/* backward of layer_norm
 * networks/convnext.lua:20 */
static void bwd_add_14x14x32(int n, const float layer_norm_sum[restrict][14][14],
                             const float d_layer_norm[restrict][14][14][32],
                             const float add[restrict][14][14][32],
                             const float layer_norm_rsqrt[restrict][14][14],
                             float d_add[restrict][14][14][32])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                const float t = layer_norm_sum[b][h][w] / 32.0f;
                float lanes[16] = {0};
                for (int first = 0; first < 32; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t2 = add[b][h][w][c] - t;
                        lanes[lane] += d_layer_norm[b][h][w][c] * t2;
                    }
                }
                const float sum = rt_sum16(lanes);
                const float t3 = -0.5f * sum *
                                 (layer_norm_rsqrt[b][h][w] *
                                  (layer_norm_rsqrt[b][h][w] * layer_norm_rsqrt[b][h][w]));
                const float t4 = t3 / 32.0f;
                float lanes2[16] = {0};
                for (int first = 0; first < 32; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t5 = add[b][h][w][c] - t;
                        const float t6 = t4 * t5;
                        const float t7 = d_layer_norm[b][h][w][c] * layer_norm_rsqrt[b][h][w] + t6 + t6;
                        lanes2[lane] += t7;
                    }
                }
                const float sum2 = rt_sum16(lanes2);
                const float t8 = sum2 / -32.0f;
                for (int c = 0; c < 32; c++) {
                    const float t9 = add[b][h][w][c] - t;
                    const float t10 = t4 * t9;
                    const float t11 = d_layer_norm[b][h][w][c] * layer_norm_rsqrt[b][h][w] + t10 + t10;
                    d_add[b][h][w][c] = t11 + t8;
                }
            }
        }
    }
}

/* backward of gelu
 * networks/convnext.lua:35, 24 */
static void bwd_linear_14x14x128(int n, const float d_add[restrict][14][14][32],
                                 const float packed[restrict 4096], const float linear[restrict][14][14][128],
                                 const float gelu_erf[restrict][14][14][128],
                                 float d_linear[restrict][14][14][128])
{
    run_matmul_196x32_to_128(n, d_add[0][0][0], packed, d_linear[0][0][0]);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 128; c++) {
                    const float t = 0.70710677f * linear[b][h][w][c];
                    const float t2 = d_linear[b][h][w][c] * (0.5f * linear[b][h][w][c]) *
                                     (1.1283792f * rt_exp(-(t * t))) * 0.70710677f;
                    d_linear[b][h][w][c] = t2 + d_linear[b][h][w][c] * (1.0f + gelu_erf[b][h][w][c]) * 0.5f;
                }
            }
        }
    }
}

/* d_weight_scaled = matmul(d_add', gelu)
 * networks/convnext.lua:35
 * d_layer_scale_mul = sum(d_add) */
static void bwd_layer_scale_14x14x32(int n, const float d_add[restrict][14][14][32],
                                     const float gelu[restrict][14][14][128],
                                     float d_weight_scaled[restrict 32][128],
                                     float d_layer_scale_mul[restrict 32])
{
    rt_matmul_tn(32, 128, 196 * n, 196, d_add[0][0][0], 32, gelu[0][0][0], 128, d_weight_scaled[0], 128);
    for (int b = 0; b < n; b++) {
        float d_layer_scale_mul_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float d_layer_scale_mul_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    d_layer_scale_mul_part[c] += d_add[b][h][w][c];
                }
            }
            rt_sums_put(h, 32, d_layer_scale_mul_tree[0], d_layer_scale_mul_part);
        }
        rt_sums_add(14, 32, d_layer_scale_mul_tree[0], d_layer_scale_mul);
    }
}

/* d_layer_norm = matmul(d_linear, weight_scaled)
 * networks/convnext.lua:24 */
static void bwd_linear_layer_norm_14x14x32(int n, const float d_linear[restrict][14][14][128],
                                           const float packed[restrict 4096],
                                           float d_layer_norm[restrict][14][14][32])
{
    run_matmul_196x128_to_32(n, d_linear[0][0][0], packed, d_layer_norm[0][0][0]);
}

/* d_weight_scaled = matmul(d_linear', layer_norm)
 * networks/convnext.lua:24
 * d_linear_add = sum(d_linear) */
static void bwd_linear_14x14x128_2(int n, const float d_linear[restrict][14][14][128],
                                   const float layer_norm[restrict][14][14][32],
                                   float d_weight_scaled[restrict 128][32], float d_linear_add[restrict 128])
{
    rt_matmul_tn(128, 32, 196 * n, 196, d_linear[0][0][0], 128, layer_norm[0][0][0], 32, d_weight_scaled[0],
                 32);
    for (int b = 0; b < n; b++) {
        float d_linear_add_tree[4][128];
        for (int h = 0; h < 14; h++) {
            float d_linear_add_part[128] = {0};
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 128; c++) {
                    d_linear_add_part[c] += d_linear[b][h][w][c];
                }
            }
            rt_sums_put(h, 128, d_linear_add_tree[0], d_linear_add_part);
        }
        rt_sums_add(14, 128, d_linear_add_tree[0], d_linear_add);
    }
}

static void run_conv2d_grad_input_14x14x32_to_14x14x32_7x7_groups32(int n, const float *restrict x,
                                                                    const float *restrict packed,
                                                                    float *restrict out,
                                                                    float *restrict scratch)
{
    rt_depthwise_grad_input(conv_14x14x32_to_14x14x32_7x7_groups32, n, x, packed, out, scratch);
}

/* d_add2 = d_add + conv2d_grad_input(d_conv2d, weight)
 * networks/convnext.lua:23 */
static void bwd_add_14x14x32_2(int n, const float d_conv2d[restrict][14][14][32],
                               const float packed[restrict 1568], const float d_add[restrict][14][14][32],
                               float *restrict scratch, float d_add2[restrict][14][14][32])
{
    run_conv2d_grad_input_14x14x32_to_14x14x32_7x7_groups32(n, d_conv2d[0][0][0], packed, d_add2[0][0][0],
                                                            scratch);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    d_add2[b][h][w][c] = d_add[b][h][w][c] + d_add2[b][h][w][c];
                }
            }
        }
    }
}

static void run_conv2d_grad_weight_14x14x32_to_14x14x32_7x7_groups32(int n, const float *restrict x,
                                                                     const float *restrict dy,
                                                                     float *restrict out,
                                                                     float *restrict scratch)
{
    rt_depthwise_grad_weight(conv_14x14x32_to_14x14x32_7x7_groups32, n, x, dy, out, scratch);
}

/* (null) = conv2d_grad_weight(add, d_conv2d)
 * networks/convnext.lua:23
 * d_bias = sum(d_conv2d) */
static void bwd_conv2d_32x7x7(int n, const float add[restrict][14][14][32],
                              const float d_conv2d[restrict][14][14][32], float *restrict scratch,
                              float sum[restrict 1568], float d_bias[restrict 32])
{
    run_conv2d_grad_weight_14x14x32_to_14x14x32_7x7_groups32(n, add[0][0][0], d_conv2d[0][0][0], sum,
                                                             scratch);
    for (int b = 0; b < n; b++) {
        float d_bias_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float d_bias_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    d_bias_part[c] += d_conv2d[b][h][w][c];
                }
            }
            rt_sums_put(h, 32, d_bias_tree[0], d_bias_part);
        }
        rt_sums_add(14, 32, d_bias_tree[0], d_bias);
    }
}

/* backward of stem.norm
 * networks/convnext.lua:20
 * d_stem_norm_bias = sum(d_stem_norm)
 * d_stem_norm_weight = sum(d_stem_norm * ((stem_conv - (stem_norm_sum / 32)) * stem_norm_rsqrt)) */
static void bwd_stem_norm_weight(int n, const float stem_norm_sum[restrict][14][14],
                                 const float d_stem_norm[restrict][14][14][32],
                                 const float stem_norm_weight[restrict 32],
                                 const float stem_conv[restrict][14][14][32],
                                 const float stem_norm_rsqrt[restrict][14][14],
                                 float d_stem_conv[restrict][14][14][32], float d_stem_norm_bias[restrict 32],
                                 float d_stem_norm_weight[restrict 32])
{
    for (int b = 0; b < n; b++) {
        float d_stem_norm_bias_tree[4][32];
        float d_stem_norm_weight_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float d_stem_norm_bias_part[32] = {0};
            float d_stem_norm_weight_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                const float t = stem_norm_sum[b][h][w] / 32.0f;
                float lanes[16] = {0};
                for (int first = 0; first < 32; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t2 = d_stem_norm[b][h][w][c] * stem_norm_weight[c];
                        const float t3 = stem_conv[b][h][w][c] - t;
                        lanes[lane] += t2 * t3;
                        d_stem_norm_bias_part[c] += d_stem_norm[b][h][w][c];
                        d_stem_norm_weight_part[c] += d_stem_norm[b][h][w][c] *
                            (t3 * stem_norm_rsqrt[b][h][w]);
                    }
                }
                const float sum = rt_sum16(lanes);
                const float t4 = -0.5f * sum *
                                 (stem_norm_rsqrt[b][h][w] *
                                  (stem_norm_rsqrt[b][h][w] * stem_norm_rsqrt[b][h][w])) / 32.0f;
                float lanes2[16] = {0};
                for (int first = 0; first < 32; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t5 = d_stem_norm[b][h][w][c] * stem_norm_weight[c];
                        const float t6 = stem_conv[b][h][w][c] - t;
                        const float t7 = t4 * t6;
                        const float t8 = t5 * stem_norm_rsqrt[b][h][w] + t7 + t7;
                        lanes2[lane] += t8;
                    }
                }
                const float sum2 = rt_sum16(lanes2);
                const float t9 = sum2 / -32.0f;
                for (int c = 0; c < 32; c++) {
                    const float t10 = d_stem_norm[b][h][w][c] * stem_norm_weight[c];
                    const float t11 = stem_conv[b][h][w][c] - t;
                    const float t12 = t4 * t11;
                    const float t13 = t10 * stem_norm_rsqrt[b][h][w] + t12 + t12;
                    d_stem_conv[b][h][w][c] = t13 + t9;
                }
            }
            rt_sums_put(h, 32, d_stem_norm_bias_tree[0], d_stem_norm_bias_part);
            rt_sums_put(h, 32, d_stem_norm_weight_tree[0], d_stem_norm_weight_part);
        }
        rt_sums_add(14, 32, d_stem_norm_bias_tree[0], d_stem_norm_bias);
        rt_sums_add(14, 32, d_stem_norm_weight_tree[0], d_stem_norm_weight);
    }
}

static void run_conv2d_grad_weight_28x28x1_to_14x14x32_2x2_stride2_pad0(int n, const float *restrict x,
                                                                        const float *restrict dy,
                                                                        float *restrict out,
                                                                        float *restrict scratch)
{
    rt_conv2d_grad_weight(conv_28x28x1_to_14x14x32_2x2_stride2_pad0, n, x, dy, out, scratch);
}

/* d_stem_conv_weight = conv2d_grad_weight(image, d_stem_conv)
 * networks/convnext.lua:45
 * d_stem_conv_bias = sum(d_stem_conv) */
static void bwd_stem_conv_weight(int n, const float image[restrict][28][28][1],
                                 const float d_stem_conv[restrict][14][14][32], float *restrict scratch,
                                 float d_stem_conv_weight_sum[restrict 128],
                                 float d_stem_conv_bias[restrict 32])
{
    run_conv2d_grad_weight_28x28x1_to_14x14x32_2x2_stride2_pad0(n, image[0][0][0], d_stem_conv[0][0][0],
                                                                d_stem_conv_weight_sum, scratch);
    for (int b = 0; b < n; b++) {
        float d_stem_conv_bias_tree[4][32];
        for (int h = 0; h < 14; h++) {
            float d_stem_conv_bias_part[32] = {0};
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 32; c++) {
                    d_stem_conv_bias_part[c] += d_stem_conv[b][h][w][c];
                }
            }
            rt_sums_put(h, 32, d_stem_conv_bias_tree[0], d_stem_conv_bias_part);
        }
        rt_sums_add(14, 32, d_stem_conv_bias_tree[0], d_stem_conv_bias);
    }
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_conv2d_grad_weight_128x7x7(const float sum[restrict 6272],
                                              float d_weight[restrict 128][1][7][7])
{
    rt_depthwise_grad_weight_unpack(conv_3x3x128_to_3x3x128_7x7_groups128, sum, d_weight[0][0][0]);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_downsample_3_conv_weight_scaled(
        const float d_downsample_3_conv_weight_scaled_sum[restrict 32768],
        float d_downsample_3_conv_weight_scaled[restrict 128][64][2][2])
{
    rt_conv2d_grad_weight_unpack(conv_7x7x64_to_3x3x128_2x2_stride2_pad0,
                                 d_downsample_3_conv_weight_scaled_sum,
                                 d_downsample_3_conv_weight_scaled[0][0][0]);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_conv2d_grad_weight_64x7x7(const float sum[restrict 3136],
                                             float d_weight[restrict 64][1][7][7])
{
    rt_depthwise_grad_weight_unpack(conv_7x7x64_to_7x7x64_7x7_groups64, sum, d_weight[0][0][0]);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_downsample_2_conv_weight_scaled(
        const float d_downsample_2_conv_weight_scaled_sum[restrict 8192],
        float d_downsample_2_conv_weight_scaled[restrict 64][32][2][2])
{
    rt_conv2d_grad_weight_unpack(conv_14x14x32_to_7x7x64_2x2_stride2_pad0,
                                 d_downsample_2_conv_weight_scaled_sum,
                                 d_downsample_2_conv_weight_scaled[0][0][0]);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_conv2d_grad_weight_32x7x7(const float sum[restrict 1568],
                                             float d_weight[restrict 32][1][7][7])
{
    rt_depthwise_grad_weight_unpack(conv_14x14x32_to_14x14x32_7x7_groups32, sum, d_weight[0][0][0]);
}

/* Brings a gradient into the layout of files, for conv2d_grad_weight.  Once a step. */
static void unpack_d_stem_conv_weight(const float d_stem_conv_weight_sum[restrict 128],
                                      float d_stem_conv_weight[restrict 32][1][2][2])
{
    rt_conv2d_grad_weight_unpack(conv_28x28x1_to_14x14x32_2x2_stride2_pad0, d_stem_conv_weight_sum,
                                 d_stem_conv_weight[0][0][0]);
}

/* d_norm_weight = sum(d_head_weight_scaled * head_weight)
 * networks/convnext.lua:56
 * d_head_weight = (d_head_weight_scaled * norm_weight) + (d_head_bias * norm_bias)
 * d_norm_bias = sum(d_head_bias * head_weight) */
static void bwd_norm_bias(const float d_head_weight_scaled[restrict 10][128],
                          const float head_weight[restrict 10][128], const float norm_weight[restrict 128],
                          const float d_head_bias[restrict 10], const float norm_bias[restrict 128],
                          float d_head_weight[restrict 10][128], float d_norm_weight[restrict 128],
                          float d_norm_bias[restrict 128])
{
    float d_norm_weight_part[128] = {0};
    float d_norm_bias_part[128] = {0};
    for (int i = 0; i < 10; i++) {
        for (int j = 0; j < 128; j++) {
            d_norm_weight_part[j] += d_head_weight_scaled[i][j] * head_weight[i][j];
            d_head_weight[i][j] = d_head_weight_scaled[i][j] * norm_weight[j] + d_head_bias[i] * norm_bias[j];
            d_norm_bias_part[j] += d_head_bias[i] * head_weight[i][j];
        }
    }
    for (int j = 0; j < 128; j++) {
        d_norm_weight[j] += d_norm_weight_part[j];
    }
    for (int j = 0; j < 128; j++) {
        d_norm_bias[j] += d_norm_bias_part[j];
    }
}

/* backward of stages.3.1.gamma
 * networks/convnext.lua:35
 * d_stages_3_1_pwconv2_bias = (d_stages_3_1_gamma_sum * 9) * stages_3_1_gamma_weight */
static void bwd_stages_3_1_pwconv2_bias(const float d_stages_3_1_gamma_sum[restrict 128],
                                        const float stages_3_1_gamma_weight[restrict 128],
                                        float d_stages_3_1_pwconv2_bias[restrict 128])
{
    for (int l = 0; l < 128; l++) {
        d_stages_3_1_pwconv2_bias[l] = d_stages_3_1_gamma_sum[l] * 9.0f * stages_3_1_gamma_weight[l];
    }
}

/* backward of stages.3.1.pwconv2.weight_scaled, stages.3.1.gamma
 * networks/convnext.lua:35
 * d_stages_3_1_pwconv2_weight = d_stages_3_1_pwconv2_weight_scaled * stages_3_1_gamma_weight */
static void bwd_stages_3_1_gamma_weight(const float d_stages_3_1_pwconv2_weight_scaled[restrict 128][512],
                                        const float stages_3_1_gamma_weight[restrict 128],
                                        const float stages_3_1_pwconv2_weight[restrict 128][512],
                                        const float d_stages_3_1_gamma_sum[restrict 128],
                                        const float stages_3_1_pwconv2_bias[restrict 128],
                                        float d_stages_3_1_pwconv2_weight[restrict 128][512],
                                        float d_stages_3_1_gamma_weight[restrict 128])
{
    for (int i = 0; i < 128; i++) {
        float lanes[16] = {0};
        for (int first = 0; first < 512; first += 16) {
            RT_INDEPENDENT
            for (int lane = 0; lane < 16; lane++) {
                const int j = first + lane;
                d_stages_3_1_pwconv2_weight[i][j] = d_stages_3_1_pwconv2_weight_scaled[i][j] *
                                                    stages_3_1_gamma_weight[i];
                lanes[lane] += d_stages_3_1_pwconv2_weight_scaled[i][j] * stages_3_1_pwconv2_weight[i][j];
            }
        }
        const float sum = rt_sum16(lanes);
        d_stages_3_1_gamma_weight[i] = sum + d_stages_3_1_gamma_sum[i] * 9.0f * stages_3_1_pwconv2_bias[i];
    }
}

/* d_weight = sum(d_weight_scaled * weight)
 * networks/convnext.lua:24
 * d_weight2 = (d_weight_scaled * weight2) + (d_linear_add * bias)
 * d_bias = sum(d_linear_add * weight) */
static void bwd_weight_scaled_weight_shifted_512x128(const float d_weight_scaled[restrict 512][128],
                                                     const float weight[restrict 512][128],
                                                     const float weight2[restrict 128],
                                                     const float d_linear_add[restrict 512],
                                                     const float bias[restrict 128],
                                                     float d_weight2[restrict 512][128],
                                                     float d_weight[restrict 128], float d_bias[restrict 128])
{
    float d_weight_tree[5][128];
    float d_bias_tree[5][128];
    for (int i_block = 0; i_block < 512; i_block += 32) {
        float d_weight_part[128] = {0};
        float d_bias_part[128] = {0};
        for (int i = i_block; i < i_block + 32; i++) {
            for (int j = 0; j < 128; j++) {
                d_weight_part[j] += d_weight_scaled[i][j] * weight[i][j];
                d_weight2[i][j] = d_weight_scaled[i][j] * weight2[j] + d_linear_add[i] * bias[j];
                d_bias_part[j] += d_linear_add[i] * weight[i][j];
            }
        }
        rt_sums_put(i_block / 32, 128, d_weight_tree[0], d_weight_part);
        rt_sums_put(i_block / 32, 128, d_bias_tree[0], d_bias_part);
    }
    rt_sums_add(16, 128, d_weight_tree[0], d_weight);
    rt_sums_add(16, 128, d_bias_tree[0], d_bias);
}

/* d_stages_3_0_pwconv2_bias = d_stages_3_0_gamma_mul * stages_3_0_gamma_weight
 * networks/convnext.lua:35 */
static void bwd_stages_3_0_pwconv2_bias(const float d_stages_3_0_gamma_mul[restrict 128],
                                        const float stages_3_0_gamma_weight[restrict 128],
                                        float d_stages_3_0_pwconv2_bias[restrict 128])
{
    for (int l = 0; l < 128; l++) {
        d_stages_3_0_pwconv2_bias[l] = d_stages_3_0_gamma_mul[l] * stages_3_0_gamma_weight[l];
    }
}

/* backward of stages.3.0.pwconv2.weight_scaled, stages.3.0.gamma
 * networks/convnext.lua:35
 * d_stages_3_0_pwconv2_weight = d_stages_3_0_pwconv2_weight_scaled * stages_3_0_gamma_weight */
static void bwd_stages_3_0_gamma_weight(const float d_stages_3_0_pwconv2_weight_scaled[restrict 128][512],
                                        const float stages_3_0_gamma_weight[restrict 128],
                                        const float stages_3_0_pwconv2_weight[restrict 128][512],
                                        const float d_stages_3_0_gamma_mul[restrict 128],
                                        const float stages_3_0_pwconv2_bias[restrict 128],
                                        float d_stages_3_0_pwconv2_weight[restrict 128][512],
                                        float d_stages_3_0_gamma_weight[restrict 128])
{
    for (int i = 0; i < 128; i++) {
        float lanes[16] = {0};
        for (int first = 0; first < 512; first += 16) {
            RT_INDEPENDENT
            for (int lane = 0; lane < 16; lane++) {
                const int j = first + lane;
                d_stages_3_0_pwconv2_weight[i][j] = d_stages_3_0_pwconv2_weight_scaled[i][j] *
                                                    stages_3_0_gamma_weight[i];
                lanes[lane] += d_stages_3_0_pwconv2_weight_scaled[i][j] * stages_3_0_pwconv2_weight[i][j];
            }
        }
        const float sum = rt_sum16(lanes);
        d_stages_3_0_gamma_weight[i] = sum + d_stages_3_0_gamma_mul[i] * stages_3_0_pwconv2_bias[i];
    }
}

/* backward of downsample.3.conv.weight_scaled, downsample.3.conv.weight_shifted
 * networks/convnext.lua:45
 * d_downsample_3_norm_weight = sum(d_downsample_3_conv_weight_scaled * downsample_3_conv_weight)
 * d_downsample_3_norm_bias = sum(d_downsample_3_conv_bias * downsample_3_conv_weight) */
static void bwd_downsample_3_norm_bias(const float d_downsample_3_conv_weight_scaled[restrict 128][64][2][2],
                                       const float downsample_3_conv_weight[restrict 128][64][2][2],
                                       const float downsample_3_norm_weight[restrict 64],
                                       const float d_downsample_3_conv_bias[restrict 128],
                                       const float downsample_3_norm_bias[restrict 64],
                                       float d_downsample_3_conv_weight[restrict 128][64][2][2],
                                       float d_downsample_3_norm_weight[restrict 64],
                                       float d_downsample_3_norm_bias[restrict 64])
{
    float d_downsample_3_norm_weight_tree[3][64];
    float d_downsample_3_norm_bias_tree[3][64];
    for (int i_block = 0; i_block < 128; i_block += 32) {
        float d_downsample_3_norm_weight_part[64] = {0};
        float d_downsample_3_norm_bias_part[64] = {0};
        for (int i = i_block; i < i_block + 32; i++) {
            for (int j = 0; j < 64; j++) {
                float d_downsample_3_norm_weight_part2 = 0;
                float d_downsample_3_norm_bias_part2 = 0;
                for (int k = 0; k < 2; k++) {
                    for (int l = 0; l < 2; l++) {
                        d_downsample_3_norm_weight_part2 += d_downsample_3_conv_weight_scaled[i][j][k][l] *
                            downsample_3_conv_weight[i][j][k][l];
                        d_downsample_3_conv_weight[i][j][k][l] =
                                d_downsample_3_conv_weight_scaled[i][j][k][l] * downsample_3_norm_weight[j] +
                                d_downsample_3_conv_bias[i] * downsample_3_norm_bias[j];
                        d_downsample_3_norm_bias_part2 += d_downsample_3_conv_bias[i] *
                            downsample_3_conv_weight[i][j][k][l];
                    }
                }
                d_downsample_3_norm_weight_part[j] += d_downsample_3_norm_weight_part2;
                d_downsample_3_norm_bias_part[j] += d_downsample_3_norm_bias_part2;
            }
        }
        rt_sums_put(i_block / 32, 64, d_downsample_3_norm_weight_tree[0], d_downsample_3_norm_weight_part);
        rt_sums_put(i_block / 32, 64, d_downsample_3_norm_bias_tree[0], d_downsample_3_norm_bias_part);
    }
    rt_sums_add(4, 64, d_downsample_3_norm_weight_tree[0], d_downsample_3_norm_weight);
    rt_sums_add(4, 64, d_downsample_3_norm_bias_tree[0], d_downsample_3_norm_bias);
}

/* d_bias = d_layer_scale_mul * weight
 * networks/convnext.lua:35 */
static void bwd_bias_64(const float d_layer_scale_mul[restrict 64], const float weight[restrict 64],
                        float d_bias[restrict 64])
{
    for (int l = 0; l < 64; l++) {
        d_bias[l] = d_layer_scale_mul[l] * weight[l];
    }
}

/* d_weight = d_weight_scaled * weight
 * networks/convnext.lua:35
 * d_weight2 = sum(d_weight_scaled * weight2) + (d_layer_scale_mul * bias) */
static void bwd_weight_scaled_layer_scale_64x256(const float d_weight_scaled[restrict 64][256],
                                                 const float weight[restrict 64],
                                                 const float weight2[restrict 64][256],
                                                 const float d_layer_scale_mul[restrict 64],
                                                 const float bias[restrict 64],
                                                 float d_weight[restrict 64][256],
                                                 float d_weight2[restrict 64])
{
    for (int i = 0; i < 64; i++) {
        float lanes[16] = {0};
        for (int first = 0; first < 256; first += 16) {
            RT_INDEPENDENT
            for (int lane = 0; lane < 16; lane++) {
                const int j = first + lane;
                d_weight[i][j] = d_weight_scaled[i][j] * weight[i];
                lanes[lane] += d_weight_scaled[i][j] * weight2[i][j];
            }
        }
        const float sum = rt_sum16(lanes);
        d_weight2[i] = sum + d_layer_scale_mul[i] * bias[i];
    }
}

/* d_weight = sum(d_weight_scaled * weight)
 * networks/convnext.lua:24
 * d_weight2 = (d_weight_scaled * weight2) + (d_linear_add * bias)
 * d_bias = sum(d_linear_add * weight) */
static void bwd_weight_scaled_weight_shifted_256x64(const float d_weight_scaled[restrict 256][64],
                                                    const float weight[restrict 256][64],
                                                    const float weight2[restrict 64],
                                                    const float d_linear_add[restrict 256],
                                                    const float bias[restrict 64],
                                                    float d_weight2[restrict 256][64],
                                                    float d_weight[restrict 64], float d_bias[restrict 64])
{
    float d_weight_tree[4][64];
    float d_bias_tree[4][64];
    for (int i_block = 0; i_block < 256; i_block += 32) {
        float d_weight_part[64] = {0};
        float d_bias_part[64] = {0};
        for (int i = i_block; i < i_block + 32; i++) {
            for (int j = 0; j < 64; j++) {
                d_weight_part[j] += d_weight_scaled[i][j] * weight[i][j];
                d_weight2[i][j] = d_weight_scaled[i][j] * weight2[j] + d_linear_add[i] * bias[j];
                d_bias_part[j] += d_linear_add[i] * weight[i][j];
            }
        }
        rt_sums_put(i_block / 32, 64, d_weight_tree[0], d_weight_part);
        rt_sums_put(i_block / 32, 64, d_bias_tree[0], d_bias_part);
    }
    rt_sums_add(8, 64, d_weight_tree[0], d_weight);
    rt_sums_add(8, 64, d_bias_tree[0], d_bias);
}

/* backward of downsample.2.conv.weight_scaled, downsample.2.conv.weight_shifted
 * networks/convnext.lua:45
 * d_downsample_2_norm_weight = sum(d_downsample_2_conv_weight_scaled * downsample_2_conv_weight)
 * d_downsample_2_norm_bias = sum(d_downsample_2_conv_bias * downsample_2_conv_weight) */
static void bwd_downsample_2_norm_bias(const float d_downsample_2_conv_weight_scaled[restrict 64][32][2][2],
                                       const float downsample_2_conv_weight[restrict 64][32][2][2],
                                       const float downsample_2_norm_weight[restrict 32],
                                       const float d_downsample_2_conv_bias[restrict 64],
                                       const float downsample_2_norm_bias[restrict 32],
                                       float d_downsample_2_conv_weight[restrict 64][32][2][2],
                                       float d_downsample_2_norm_weight[restrict 32],
                                       float d_downsample_2_norm_bias[restrict 32])
{
    float d_downsample_2_norm_weight_tree[2][32];
    float d_downsample_2_norm_bias_tree[2][32];
    for (int i_block = 0; i_block < 64; i_block += 32) {
        float d_downsample_2_norm_weight_part[32] = {0};
        float d_downsample_2_norm_bias_part[32] = {0};
        for (int i = i_block; i < i_block + 32; i++) {
            for (int j = 0; j < 32; j++) {
                float d_downsample_2_norm_weight_part2 = 0;
                float d_downsample_2_norm_bias_part2 = 0;
                for (int k = 0; k < 2; k++) {
                    for (int l = 0; l < 2; l++) {
                        d_downsample_2_norm_weight_part2 += d_downsample_2_conv_weight_scaled[i][j][k][l] *
                            downsample_2_conv_weight[i][j][k][l];
                        d_downsample_2_conv_weight[i][j][k][l] =
                                d_downsample_2_conv_weight_scaled[i][j][k][l] * downsample_2_norm_weight[j] +
                                d_downsample_2_conv_bias[i] * downsample_2_norm_bias[j];
                        d_downsample_2_norm_bias_part2 += d_downsample_2_conv_bias[i] *
                            downsample_2_conv_weight[i][j][k][l];
                    }
                }
                d_downsample_2_norm_weight_part[j] += d_downsample_2_norm_weight_part2;
                d_downsample_2_norm_bias_part[j] += d_downsample_2_norm_bias_part2;
            }
        }
        rt_sums_put(i_block / 32, 32, d_downsample_2_norm_weight_tree[0], d_downsample_2_norm_weight_part);
        rt_sums_put(i_block / 32, 32, d_downsample_2_norm_bias_tree[0], d_downsample_2_norm_bias_part);
    }
    rt_sums_add(2, 32, d_downsample_2_norm_weight_tree[0], d_downsample_2_norm_weight);
    rt_sums_add(2, 32, d_downsample_2_norm_bias_tree[0], d_downsample_2_norm_bias);
}

/* d_bias = d_layer_scale_mul * weight
 * networks/convnext.lua:35 */
static void bwd_bias_32(const float d_layer_scale_mul[restrict 32], const float weight[restrict 32],
                        float d_bias[restrict 32])
{
    for (int l = 0; l < 32; l++) {
        d_bias[l] = d_layer_scale_mul[l] * weight[l];
    }
}

/* d_weight = d_weight_scaled * weight
 * networks/convnext.lua:35
 * d_weight2 = sum(d_weight_scaled * weight2) + (d_layer_scale_mul * bias) */
static void bwd_weight_scaled_layer_scale_32x128(const float d_weight_scaled[restrict 32][128],
                                                 const float weight[restrict 32],
                                                 const float weight2[restrict 32][128],
                                                 const float d_layer_scale_mul[restrict 32],
                                                 const float bias[restrict 32],
                                                 float d_weight[restrict 32][128],
                                                 float d_weight2[restrict 32])
{
    for (int i = 0; i < 32; i++) {
        float lanes[16] = {0};
        for (int first = 0; first < 128; first += 16) {
            RT_INDEPENDENT
            for (int lane = 0; lane < 16; lane++) {
                const int j = first + lane;
                d_weight[i][j] = d_weight_scaled[i][j] * weight[i];
                lanes[lane] += d_weight_scaled[i][j] * weight2[i][j];
            }
        }
        const float sum = rt_sum16(lanes);
        d_weight2[i] = sum + d_layer_scale_mul[i] * bias[i];
    }
}

/* d_weight = sum(d_weight_scaled * weight)
 * networks/convnext.lua:24
 * d_weight2 = (d_weight_scaled * weight2) + (d_linear_add * bias)
 * d_bias = sum(d_linear_add * weight) */
static void bwd_weight_scaled_weight_shifted_128x32(const float d_weight_scaled[restrict 128][32],
                                                    const float weight[restrict 128][32],
                                                    const float weight2[restrict 32],
                                                    const float d_linear_add[restrict 128],
                                                    const float bias[restrict 32],
                                                    float d_weight2[restrict 128][32],
                                                    float d_weight[restrict 32], float d_bias[restrict 32])
{
    float d_weight_tree[3][32];
    float d_bias_tree[3][32];
    for (int i_block = 0; i_block < 128; i_block += 32) {
        float d_weight_part[32] = {0};
        float d_bias_part[32] = {0};
        for (int i = i_block; i < i_block + 32; i++) {
            for (int j = 0; j < 32; j++) {
                d_weight_part[j] += d_weight_scaled[i][j] * weight[i][j];
                d_weight2[i][j] = d_weight_scaled[i][j] * weight2[j] + d_linear_add[i] * bias[j];
                d_bias_part[j] += d_linear_add[i] * weight[i][j];
            }
        }
        rt_sums_put(i_block / 32, 32, d_weight_tree[0], d_weight_part);
        rt_sums_put(i_block / 32, 32, d_bias_tree[0], d_bias_part);
    }
    rt_sums_add(4, 32, d_weight_tree[0], d_weight);
    rt_sums_add(4, 32, d_bias_tree[0], d_bias);
}

/* forward of stem.norm
 * networks/convnext.lua:20 */
static void evaluate_fwd_stem_norm(int n, const float stem_conv[restrict][14][14][32],
                                   const float stem_norm_weight[restrict 32],
                                   const float stem_norm_bias[restrict 32],
                                   float stem_norm[restrict][14][14][32])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                float lanes[16] = {0};
                for (int first = 0; first < 32; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        lanes[lane] += stem_conv[b][h][w][c];
                    }
                }
                const float sum = rt_sum16(lanes);
                const float t = sum / 32.0f;
                float lanes2[16] = {0};
                for (int first = 0; first < 32; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t2 = stem_conv[b][h][w][c] - t;
                        lanes2[lane] += t2 * t2;
                    }
                }
                const float sum2 = rt_sum16(lanes2);
                const float t3 = rt_rsqrt(sum2 / 32.0f + 1e-06f);
                for (int c = 0; c < 32; c++) {
                    const float t4 = stem_conv[b][h][w][c] - t;
                    stem_norm[b][h][w][c] = t4 * t3 * stem_norm_weight[c] + stem_norm_bias[c];
                }
            }
        }
    }
}

/* forward of layer_norm
 * networks/convnext.lua:20 */
static void evaluate_fwd_layer_norm_14x14x32(int n, const float conv2d[restrict][14][14][32],
                                             float layer_norm[restrict][14][14][32])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                float lanes[16] = {0};
                for (int first = 0; first < 32; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        lanes[lane] += conv2d[b][h][w][c];
                    }
                }
                const float sum = rt_sum16(lanes);
                const float t = sum / 32.0f;
                float lanes2[16] = {0};
                for (int first = 0; first < 32; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t2 = conv2d[b][h][w][c] - t;
                        lanes2[lane] += t2 * t2;
                    }
                }
                const float sum2 = rt_sum16(lanes2);
                const float t3 = rt_rsqrt(sum2 / 32.0f + 1e-06f);
                for (int c = 0; c < 32; c++) {
                    const float t4 = conv2d[b][h][w][c] - t;
                    layer_norm[b][h][w][c] = t4 * t3;
                }
            }
        }
    }
}

/* linear = matmul(layer_norm, mul') + (linear_sum + bias)
 * networks/convnext.lua:24
 * gelu = (0.5 * linear) * (1 + erf(0.707107 * linear)) */
static void evaluate_fwd_linear_gelu_14x14x128(int n, const float layer_norm[restrict][14][14][32],
                                               const float packed[restrict 4096],
                                               const float linear_sum[restrict 128],
                                               const float bias[restrict 128],
                                               float linear[restrict][14][14][128],
                                               float gelu[restrict][14][14][128])
{
    run_matmul_196x32_to_128(n, layer_norm[0][0][0], packed, linear[0][0][0]);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 14; h++) {
            for (int w = 0; w < 14; w++) {
                for (int c = 0; c < 128; c++) {
                    const float t = linear[b][h][w][c];
                    const float t2 = t + (linear_sum[c] + bias[c]);
                    linear[b][h][w][c] = t2;
                    gelu[b][h][w][c] = 0.5f * t2 * (1.0f + rt_erf(0.70710677f * t2));
                }
            }
        }
    }
}

/* forward of layer_norm
 * networks/convnext.lua:20 */
static void evaluate_fwd_layer_norm_7x7x64(int n, const float conv2d[restrict][7][7][64],
                                           float layer_norm[restrict][7][7][64])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                float lanes[16] = {0};
                for (int first = 0; first < 64; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        lanes[lane] += conv2d[b][h][w][c];
                    }
                }
                const float sum = rt_sum16(lanes);
                const float t = sum / 64.0f;
                float lanes2[16] = {0};
                for (int first = 0; first < 64; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t2 = conv2d[b][h][w][c] - t;
                        lanes2[lane] += t2 * t2;
                    }
                }
                const float sum2 = rt_sum16(lanes2);
                const float t3 = rt_rsqrt(sum2 / 64.0f + 1e-06f);
                for (int c = 0; c < 64; c++) {
                    const float t4 = conv2d[b][h][w][c] - t;
                    layer_norm[b][h][w][c] = t4 * t3;
                }
            }
        }
    }
}

/* linear = matmul(layer_norm, mul') + (linear_sum + bias)
 * networks/convnext.lua:24
 * gelu = (0.5 * linear) * (1 + erf(0.707107 * linear)) */
static void evaluate_fwd_linear_gelu_7x7x256(int n, const float layer_norm[restrict][7][7][64],
                                             const float packed[restrict 16384],
                                             const float linear_sum[restrict 256],
                                             const float bias[restrict 256],
                                             float linear[restrict][7][7][256],
                                             float gelu[restrict][7][7][256])
{
    run_matmul_49x64_to_256(n, layer_norm[0][0][0], packed, linear[0][0][0]);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 7; h++) {
            for (int w = 0; w < 7; w++) {
                for (int c = 0; c < 256; c++) {
                    const float t = linear[b][h][w][c];
                    const float t2 = t + (linear_sum[c] + bias[c]);
                    linear[b][h][w][c] = t2;
                    gelu[b][h][w][c] = 0.5f * t2 * (1.0f + rt_erf(0.70710677f * t2));
                }
            }
        }
    }
}

/* forward of layer_norm
 * networks/convnext.lua:20 */
static void evaluate_fwd_layer_norm_3x3x128(int n, const float conv2d[restrict][3][3][128],
                                            float layer_norm[restrict][3][3][128])
{
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                float lanes[16] = {0};
                for (int first = 0; first < 128; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        lanes[lane] += conv2d[b][h][w][c];
                    }
                }
                const float sum = rt_sum16(lanes);
                const float t = sum / 128.0f;
                float lanes2[16] = {0};
                for (int first = 0; first < 128; first += 16) {
                    RT_INDEPENDENT
                    for (int lane = 0; lane < 16; lane++) {
                        const int c = first + lane;
                        const float t2 = conv2d[b][h][w][c] - t;
                        lanes2[lane] += t2 * t2;
                    }
                }
                const float sum2 = rt_sum16(lanes2);
                const float t3 = rt_rsqrt(sum2 / 128.0f + 1e-06f);
                for (int c = 0; c < 128; c++) {
                    const float t4 = conv2d[b][h][w][c] - t;
                    layer_norm[b][h][w][c] = t4 * t3;
                }
            }
        }
    }
}

/* linear = matmul(layer_norm, mul') + (linear_sum + bias)
 * networks/convnext.lua:24
 * gelu = (0.5 * linear) * (1 + erf(0.707107 * linear)) */
static void evaluate_fwd_linear_gelu_3x3x512(int n, const float layer_norm[restrict][3][3][128],
                                             const float packed[restrict 65536],
                                             const float linear_sum[restrict 512],
                                             const float bias[restrict 512],
                                             float linear[restrict][3][3][512],
                                             float gelu[restrict][3][3][512])
{
    run_matmul_9x128_to_512(n, layer_norm[0][0][0], packed, linear[0][0][0]);
    for (int b = 0; b < n; b++) {
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 512; c++) {
                    const float t = linear[b][h][w][c];
                    const float t2 = t + (linear_sum[c] + bias[c]);
                    linear[b][h][w][c] = t2;
                    gelu[b][h][w][c] = 0.5f * t2 * (1.0f + rt_erf(0.70710677f * t2));
                }
            }
        }
    }
}

/* forward of norm
 * networks/convnext.lua:56, 20 */
static void evaluate_fwd_norm(int n, const float features[restrict][3][3][128], float norm[restrict][128])
{
    for (int b = 0; b < n; b++) {
        float sum[128] = {0};
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 3; w++) {
                for (int c = 0; c < 128; c++) {
                    sum[c] += features[b][h][w][c];
                }
            }
        }
        float lanes[16] = {0};
        for (int first = 0; first < 128; first += 16) {
            RT_INDEPENDENT
            for (int lane = 0; lane < 16; lane++) {
                const int c = first + lane;
                lanes[lane] += sum[c] / 9.0f;
            }
        }
        const float sum2 = rt_sum16(lanes);
        const float t = sum2 / 128.0f;
        float lanes2[16] = {0};
        for (int first = 0; first < 128; first += 16) {
            RT_INDEPENDENT
            for (int lane = 0; lane < 16; lane++) {
                const int c = first + lane;
                const float t2 = sum[c] / 9.0f - t;
                lanes2[lane] += t2 * t2;
            }
        }
        const float sum3 = rt_sum16(lanes2);
        const float t3 = rt_rsqrt(sum3 / 128.0f + 1e-06f);
        for (int c = 0; c < 128; c++) {
            const float t4 = sum[c] / 9.0f - t;
            norm[b][c] = t4 * t3;
        }
    }
}

/* accuracy = argmax(logits) == label                                                   convnext.lua:24, 25
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
static bool train_batch(ConvnextTrainWork *work, int threads, const ConvnextParams *p,
                        const ConvnextBatch *in, const RtStep *step, ConvnextTrainResult *out)
{
    (void)step;
    fwd_linear_weight_scaled_128x32(p->stages_1_0_pwconv1_weight, p->stages_1_0_norm_bias,
                                    p->stages_1_0_norm_weight, work->stages_1_0_pwconv1_weight_scaled,
                                    work->stages_1_0_pwconv1_sum);
    fwd_weight_scaled_32x128(p->stages_1_0_pwconv2_weight, p->stages_1_0_gamma_weight,
                             work->stages_1_0_pwconv2_weight_scaled);
    fwd_linear_weight_scaled_128x32(p->stages_1_1_pwconv1_weight, p->stages_1_1_norm_bias,
                                    p->stages_1_1_norm_weight, work->stages_1_1_pwconv1_weight_scaled,
                                    work->stages_1_1_pwconv1_sum);
    fwd_weight_scaled_32x128(p->stages_1_1_pwconv2_weight, p->stages_1_1_gamma_weight,
                             work->stages_1_1_pwconv2_weight_scaled);
    fwd_downsample_2_conv_weight_scaled(p->downsample_2_conv_weight, p->downsample_2_norm_bias,
                                        p->downsample_2_norm_weight, work->downsample_2_conv_weight_scaled,
                                        work->downsample_2_conv_sum);
    fwd_linear_weight_scaled_256x64(p->stages_2_0_pwconv1_weight, p->stages_2_0_norm_bias,
                                    p->stages_2_0_norm_weight, work->stages_2_0_pwconv1_weight_scaled,
                                    work->stages_2_0_pwconv1_sum);
    fwd_weight_scaled_64x256(p->stages_2_0_pwconv2_weight, p->stages_2_0_gamma_weight,
                             work->stages_2_0_pwconv2_weight_scaled);
    fwd_linear_weight_scaled_256x64(p->stages_2_1_pwconv1_weight, p->stages_2_1_norm_bias,
                                    p->stages_2_1_norm_weight, work->stages_2_1_pwconv1_weight_scaled,
                                    work->stages_2_1_pwconv1_sum);
    fwd_weight_scaled_64x256(p->stages_2_1_pwconv2_weight, p->stages_2_1_gamma_weight,
                             work->stages_2_1_pwconv2_weight_scaled);
    fwd_downsample_3_conv_weight_scaled(p->downsample_3_conv_weight, p->downsample_3_norm_bias,
                                        p->downsample_3_norm_weight, work->downsample_3_conv_weight_scaled,
                                        work->downsample_3_conv_sum);
    fwd_linear_weight_scaled_512x128(p->stages_3_0_pwconv1_weight, p->stages_3_0_norm_bias,
                                     p->stages_3_0_norm_weight, work->stages_3_0_pwconv1_weight_scaled,
                                     work->stages_3_0_pwconv1_sum);
    fwd_weight_scaled_128x512(p->stages_3_0_pwconv2_weight, p->stages_3_0_gamma_weight,
                              work->stages_3_0_pwconv2_weight_scaled);
    fwd_linear_weight_scaled_512x128(p->stages_3_1_pwconv1_weight, p->stages_3_1_norm_bias,
                                     p->stages_3_1_norm_weight, work->stages_3_1_pwconv1_weight_scaled,
                                     work->stages_3_1_pwconv1_sum);
    fwd_weight_scaled_128x512(p->stages_3_1_pwconv2_weight, p->stages_3_1_gamma_weight,
                              work->stages_3_1_pwconv2_weight_scaled);
    fwd_head_weight_scaled(p->head_weight, p->norm_bias, p->norm_weight, work->head_weight_scaled,
                           work->head_sum);
    pack_stem_conv_weight(p->stem_conv_weight, work->stem_conv_weight_packed);
    pack_conv2d_32x7x7(p->stages_1_0_dwconv_weight, work->stages_1_0_dwconv_weight_packed);
    pack_matmul_128x32(work->stages_1_0_pwconv1_weight_scaled, work->stages_1_0_pwconv1_weight_scaled_packed);
    pack_matmul_32x128(work->stages_1_0_pwconv2_weight_scaled, work->stages_1_0_pwconv2_weight_scaled_packed);
    pack_conv2d_32x7x7(p->stages_1_1_dwconv_weight, work->stages_1_1_dwconv_weight_packed);
    pack_matmul_128x32(work->stages_1_1_pwconv1_weight_scaled, work->stages_1_1_pwconv1_weight_scaled_packed);
    pack_matmul_32x128(work->stages_1_1_pwconv2_weight_scaled, work->stages_1_1_pwconv2_weight_scaled_packed);
    pack_downsample_2_conv_weight_scaled(work->downsample_2_conv_weight_scaled,
                                         work->downsample_2_conv_weight_scaled_packed);
    pack_conv2d_64x7x7(p->stages_2_0_dwconv_weight, work->stages_2_0_dwconv_weight_packed);
    pack_matmul_256x64(work->stages_2_0_pwconv1_weight_scaled, work->stages_2_0_pwconv1_weight_scaled_packed);
    pack_matmul_64x256(work->stages_2_0_pwconv2_weight_scaled, work->stages_2_0_pwconv2_weight_scaled_packed);
    pack_conv2d_64x7x7(p->stages_2_1_dwconv_weight, work->stages_2_1_dwconv_weight_packed);
    pack_matmul_256x64(work->stages_2_1_pwconv1_weight_scaled, work->stages_2_1_pwconv1_weight_scaled_packed);
    pack_matmul_64x256(work->stages_2_1_pwconv2_weight_scaled, work->stages_2_1_pwconv2_weight_scaled_packed);
    pack_downsample_3_conv_weight_scaled(work->downsample_3_conv_weight_scaled,
                                         work->downsample_3_conv_weight_scaled_packed);
    pack_conv2d_128x7x7(p->stages_3_0_dwconv_weight, work->stages_3_0_dwconv_weight_packed);
    pack_matmul_512x128(work->stages_3_0_pwconv1_weight_scaled,
                        work->stages_3_0_pwconv1_weight_scaled_packed);
    pack_matmul_128x512(work->stages_3_0_pwconv2_weight_scaled,
                        work->stages_3_0_pwconv2_weight_scaled_packed);
    pack_conv2d_128x7x7(p->stages_3_1_dwconv_weight, work->stages_3_1_dwconv_weight_packed);
    pack_matmul_512x128(work->stages_3_1_pwconv1_weight_scaled,
                        work->stages_3_1_pwconv1_weight_scaled_packed);
    pack_matmul_128x512(work->stages_3_1_pwconv2_weight_scaled,
                        work->stages_3_1_pwconv2_weight_scaled_packed);
    pack_head_weight_scaled(work->head_weight_scaled, work->head_weight_scaled_packed);
    pack_head_weight_scaled_back(work->head_weight_scaled, work->head_weight_scaled_back_packed);
    pack_matmul_128x512_back(work->stages_3_1_pwconv2_weight_scaled,
                             work->stages_3_1_pwconv2_weight_scaled_back_packed);
    pack_matmul_512x128_back(work->stages_3_1_pwconv1_weight_scaled,
                             work->stages_3_1_pwconv1_weight_scaled_back_packed);
    pack_conv2d_grad_input_128x7x7(p->stages_3_1_dwconv_weight, work->stages_3_1_dwconv_weight_back_packed);
    pack_matmul_128x512_back(work->stages_3_0_pwconv2_weight_scaled,
                             work->stages_3_0_pwconv2_weight_scaled_back_packed);
    pack_matmul_512x128_back(work->stages_3_0_pwconv1_weight_scaled,
                             work->stages_3_0_pwconv1_weight_scaled_back_packed);
    pack_conv2d_grad_input_128x7x7(p->stages_3_0_dwconv_weight, work->stages_3_0_dwconv_weight_back_packed);
    pack_downsample_3_conv_weight_scaled_back(work->downsample_3_conv_weight_scaled,
                                              work->downsample_3_conv_weight_scaled_back_packed);
    pack_matmul_64x256_back(work->stages_2_1_pwconv2_weight_scaled,
                            work->stages_2_1_pwconv2_weight_scaled_back_packed);
    pack_matmul_256x64_back(work->stages_2_1_pwconv1_weight_scaled,
                            work->stages_2_1_pwconv1_weight_scaled_back_packed);
    pack_conv2d_grad_input_64x7x7(p->stages_2_1_dwconv_weight, work->stages_2_1_dwconv_weight_back_packed);
    pack_matmul_64x256_back(work->stages_2_0_pwconv2_weight_scaled,
                            work->stages_2_0_pwconv2_weight_scaled_back_packed);
    pack_matmul_256x64_back(work->stages_2_0_pwconv1_weight_scaled,
                            work->stages_2_0_pwconv1_weight_scaled_back_packed);
    pack_conv2d_grad_input_64x7x7(p->stages_2_0_dwconv_weight, work->stages_2_0_dwconv_weight_back_packed);
    pack_downsample_2_conv_weight_scaled_back(work->downsample_2_conv_weight_scaled,
                                              work->downsample_2_conv_weight_scaled_back_packed);
    pack_matmul_32x128_back(work->stages_1_1_pwconv2_weight_scaled,
                            work->stages_1_1_pwconv2_weight_scaled_back_packed);
    pack_matmul_128x32_back(work->stages_1_1_pwconv1_weight_scaled,
                            work->stages_1_1_pwconv1_weight_scaled_back_packed);
    pack_conv2d_grad_input_32x7x7(p->stages_1_1_dwconv_weight, work->stages_1_1_dwconv_weight_back_packed);
    pack_matmul_32x128_back(work->stages_1_0_pwconv2_weight_scaled,
                            work->stages_1_0_pwconv2_weight_scaled_back_packed);
    pack_matmul_128x32_back(work->stages_1_0_pwconv1_weight_scaled,
                            work->stages_1_0_pwconv1_weight_scaled_back_packed);
    pack_conv2d_grad_input_32x7x7(p->stages_1_0_dwconv_weight, work->stages_1_0_dwconv_weight_back_packed);

    /* forward of stem.conv .. loss; backward of cross_entropy .. stem.conv   networks/convnext.lua:45, 20,
     * 23, 24 */
    RT_PARALLEL(rt_min_int(threads, CONVNEXT_SLICES))
    for (int slice = 0; slice < CONVNEXT_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ConvnextTrainWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * CONVNEXT_SLICE);
        RT_ZERO(work->loss[slice]);
        RT_ZERO(work->d_head_weight_scaled[slice]);
        RT_ZERO(work->d_head_bias[slice]);
        RT_ZERO(work->d_stages_3_1_gamma_sum[slice]);
        RT_ZERO(work->d_stages_3_1_pwconv2_weight_scaled[slice]);
        RT_ZERO(work->d_stages_3_1_pwconv1_weight_scaled[slice]);
        RT_ZERO(work->d_stages_3_1_pwconv1_bias[slice]);
        RT_ZERO(work->d_stages_3_1_dwconv_weight_sum[slice]);
        RT_ZERO(work->d_stages_3_1_dwconv_bias[slice]);
        RT_ZERO(work->d_stages_3_0_pwconv2_weight_scaled[slice]);
        RT_ZERO(work->d_stages_3_0_gamma_mul[slice]);
        RT_ZERO(work->d_stages_3_0_pwconv1_weight_scaled[slice]);
        RT_ZERO(work->d_stages_3_0_pwconv1_bias[slice]);
        RT_ZERO(work->d_stages_3_0_dwconv_weight_sum[slice]);
        RT_ZERO(work->d_stages_3_0_dwconv_bias[slice]);
        RT_ZERO(work->d_downsample_3_conv_weight_scaled_sum[slice]);
        RT_ZERO(work->d_downsample_3_conv_bias[slice]);
        RT_ZERO(work->d_stages_2_1_pwconv2_weight_scaled[slice]);
        RT_ZERO(work->d_stages_2_1_gamma_mul[slice]);
        RT_ZERO(work->d_stages_2_1_pwconv1_weight_scaled[slice]);
        RT_ZERO(work->d_stages_2_1_pwconv1_bias[slice]);
        RT_ZERO(work->d_stages_2_1_dwconv_weight_sum[slice]);
        RT_ZERO(work->d_stages_2_1_dwconv_bias[slice]);
        RT_ZERO(work->d_stages_2_0_pwconv2_weight_scaled[slice]);
        RT_ZERO(work->d_stages_2_0_gamma_mul[slice]);
        RT_ZERO(work->d_stages_2_0_pwconv1_weight_scaled[slice]);
        RT_ZERO(work->d_stages_2_0_pwconv1_bias[slice]);
        RT_ZERO(work->d_stages_2_0_dwconv_weight_sum[slice]);
        RT_ZERO(work->d_stages_2_0_dwconv_bias[slice]);
        RT_ZERO(work->d_downsample_2_conv_weight_scaled_sum[slice]);
        RT_ZERO(work->d_downsample_2_conv_bias[slice]);
        RT_ZERO(work->d_stages_1_1_pwconv2_weight_scaled[slice]);
        RT_ZERO(work->d_stages_1_1_gamma_mul[slice]);
        RT_ZERO(work->d_stages_1_1_pwconv1_weight_scaled[slice]);
        RT_ZERO(work->d_stages_1_1_pwconv1_bias[slice]);
        RT_ZERO(work->d_stages_1_1_dwconv_weight_sum[slice]);
        RT_ZERO(work->d_stages_1_1_dwconv_bias[slice]);
        RT_ZERO(work->d_stages_1_0_pwconv2_weight_scaled[slice]);
        RT_ZERO(work->d_stages_1_0_gamma_mul[slice]);
        RT_ZERO(work->d_stages_1_0_pwconv1_weight_scaled[slice]);
        RT_ZERO(work->d_stages_1_0_pwconv1_bias[slice]);
        RT_ZERO(work->d_stages_1_0_dwconv_weight_sum[slice]);
        RT_ZERO(work->d_stages_1_0_dwconv_bias[slice]);
        RT_ZERO(work->d_stem_norm_bias[slice]);
        RT_ZERO(work->d_stem_norm_weight[slice]);
        RT_ZERO(work->d_stem_conv_weight_sum[slice]);
        RT_ZERO(work->d_stem_conv_bias[slice]);
        for (int chunk = slice * CONVNEXT_SLICE; chunk < last; chunk += 8) {
            const int end = rt_min_int(last, chunk + 8);
            /* forward of stem.conv .. downsample.2.norm   networks/convnext.lua:45, 20, 23, 24 */
            for (int first = chunk; first < end; first += 1) {
                const int n = rt_min_int(end - first, 1), at = first - chunk;
                fwd_stem_conv(n, in->image + first, work->stem_conv_weight_packed, p->stem_conv_bias,
                              my->fwd_stem_conv_scratch, my->stem_conv + at);
                fwd_stem_norm(n, my->stem_conv + at, p->stem_norm_weight, p->stem_norm_bias,
                              my->stem_norm_sum + at, my->stem_norm_rsqrt + at, my->stem_norm + at);
                fwd_conv2d_14x14x32(n, my->stem_norm + at, work->stages_1_0_dwconv_weight_packed,
                                    p->stages_1_0_dwconv_bias, my->fwd_stages_1_0_dwconv_scratch,
                                    my->stages_1_0_dwconv + at);
                fwd_layer_norm_14x14x32(n, my->stages_1_0_dwconv + at, my->stages_1_0_norm_sum + at,
                                        my->stages_1_0_norm_rsqrt + at, my->stages_1_0_norm + at);
                fwd_linear_gelu_14x14x128(n, my->stages_1_0_norm + at,
                                          work->stages_1_0_pwconv1_weight_scaled_packed,
                                          work->stages_1_0_pwconv1_sum, p->stages_1_0_pwconv1_bias,
                                          my->stages_1_0_pwconv1 + at, my->stages_1_0_pwconv1_gelu_erf + at,
                                          my->stages_1_0_pwconv1_gelu + at);
                fwd_add_14x14x32(n, my->stages_1_0_pwconv1_gelu + at,
                                 work->stages_1_0_pwconv2_weight_scaled_packed, my->stem_norm + at,
                                 p->stages_1_0_pwconv2_bias, p->stages_1_0_gamma_weight,
                                 my->stages_1_0_add + at);
                fwd_conv2d_14x14x32(n, my->stages_1_0_add + at, work->stages_1_1_dwconv_weight_packed,
                                    p->stages_1_1_dwconv_bias, my->fwd_stages_1_1_dwconv_scratch,
                                    my->stages_1_1_dwconv + at);
                fwd_layer_norm_14x14x32(n, my->stages_1_1_dwconv + at, my->stages_1_1_norm_sum + at,
                                        my->stages_1_1_norm_rsqrt + at, my->stages_1_1_norm + at);
                fwd_linear_gelu_14x14x128(n, my->stages_1_1_norm + at,
                                          work->stages_1_1_pwconv1_weight_scaled_packed,
                                          work->stages_1_1_pwconv1_sum, p->stages_1_1_pwconv1_bias,
                                          my->stages_1_1_pwconv1 + at, my->stages_1_1_pwconv1_gelu_erf + at,
                                          my->stages_1_1_pwconv1_gelu + at);
                fwd_add_14x14x32(n, my->stages_1_1_pwconv1_gelu + at,
                                 work->stages_1_1_pwconv2_weight_scaled_packed, my->stages_1_0_add + at,
                                 p->stages_1_1_pwconv2_bias, p->stages_1_1_gamma_weight,
                                 my->stages_1_1_add + at);
                fwd_layer_norm_14x14x32(n, my->stages_1_1_add + at, my->downsample_2_norm_sum + at,
                                        my->downsample_2_norm_rsqrt + at, my->downsample_2_norm + at);
            }
            /* forward of downsample.2.conv .. loss; backward of cross_entropy .. downsample.2.conv
             * networks/convnext.lua:45, 23, 20, 24 */
            for (int first = chunk; first < end; first += 8) {
                const int n = rt_min_int(end - first, 8);
                fwd_downsample_2_conv(n, my->downsample_2_norm, work->downsample_2_conv_weight_scaled_packed,
                                      work->downsample_2_conv_sum, p->downsample_2_conv_bias,
                                      my->fwd_downsample_2_conv_scratch, my->downsample_2_conv);
                fwd_conv2d_7x7x64(n, my->downsample_2_conv, work->stages_2_0_dwconv_weight_packed,
                                  p->stages_2_0_dwconv_bias, my->fwd_stages_2_0_dwconv_scratch,
                                  my->stages_2_0_dwconv);
                fwd_layer_norm_7x7x64(n, my->stages_2_0_dwconv, my->stages_2_0_norm_sum,
                                      my->stages_2_0_norm_rsqrt, my->stages_2_0_norm);
                fwd_linear_gelu_7x7x256(n, my->stages_2_0_norm, work->stages_2_0_pwconv1_weight_scaled_packed,
                                        work->stages_2_0_pwconv1_sum, p->stages_2_0_pwconv1_bias,
                                        my->stages_2_0_pwconv1, my->stages_2_0_pwconv1_gelu_erf,
                                        my->stages_2_0_pwconv1_gelu);
                fwd_add_7x7x64(n, my->stages_2_0_pwconv1_gelu, work->stages_2_0_pwconv2_weight_scaled_packed,
                               my->downsample_2_conv, p->stages_2_0_pwconv2_bias, p->stages_2_0_gamma_weight,
                               my->stages_2_0_add);
                fwd_conv2d_7x7x64(n, my->stages_2_0_add, work->stages_2_1_dwconv_weight_packed,
                                  p->stages_2_1_dwconv_bias, my->fwd_stages_2_1_dwconv_scratch,
                                  my->stages_2_1_dwconv);
                fwd_layer_norm_7x7x64(n, my->stages_2_1_dwconv, my->stages_2_1_norm_sum,
                                      my->stages_2_1_norm_rsqrt, my->stages_2_1_norm);
                fwd_linear_gelu_7x7x256(n, my->stages_2_1_norm, work->stages_2_1_pwconv1_weight_scaled_packed,
                                        work->stages_2_1_pwconv1_sum, p->stages_2_1_pwconv1_bias,
                                        my->stages_2_1_pwconv1, my->stages_2_1_pwconv1_gelu_erf,
                                        my->stages_2_1_pwconv1_gelu);
                fwd_add_7x7x64(n, my->stages_2_1_pwconv1_gelu, work->stages_2_1_pwconv2_weight_scaled_packed,
                               my->stages_2_0_add, p->stages_2_1_pwconv2_bias, p->stages_2_1_gamma_weight,
                               my->stages_2_1_add);
                fwd_layer_norm_7x7x64(n, my->stages_2_1_add, my->downsample_3_norm_sum,
                                      my->downsample_3_norm_rsqrt, my->downsample_3_norm);
                fwd_downsample_3_conv(n, my->downsample_3_norm, work->downsample_3_conv_weight_scaled_packed,
                                      work->downsample_3_conv_sum, p->downsample_3_conv_bias,
                                      my->fwd_downsample_3_conv_scratch, my->downsample_3_conv);
                fwd_conv2d_3x3x128(n, my->downsample_3_conv, work->stages_3_0_dwconv_weight_packed,
                                   p->stages_3_0_dwconv_bias, my->fwd_stages_3_0_dwconv_scratch,
                                   my->stages_3_0_dwconv);
                fwd_layer_norm_3x3x128(n, my->stages_3_0_dwconv, my->stages_3_0_norm_sum,
                                       my->stages_3_0_norm_rsqrt, my->stages_3_0_norm);
                fwd_linear_gelu_3x3x512(n, my->stages_3_0_norm, work->stages_3_0_pwconv1_weight_scaled_packed,
                                        work->stages_3_0_pwconv1_sum, p->stages_3_0_pwconv1_bias,
                                        my->stages_3_0_pwconv1, my->stages_3_0_pwconv1_gelu_erf,
                                        my->stages_3_0_pwconv1_gelu);
                fwd_add_3x3x128(n, my->stages_3_0_pwconv1_gelu, work->stages_3_0_pwconv2_weight_scaled_packed,
                                my->downsample_3_conv, p->stages_3_0_pwconv2_bias, p->stages_3_0_gamma_weight,
                                my->stages_3_0_add);
                fwd_conv2d_3x3x128(n, my->stages_3_0_add, work->stages_3_1_dwconv_weight_packed,
                                   p->stages_3_1_dwconv_bias, my->fwd_stages_3_1_dwconv_scratch,
                                   my->stages_3_1_dwconv);
                fwd_layer_norm_3x3x128(n, my->stages_3_1_dwconv, my->stages_3_1_norm_sum,
                                       my->stages_3_1_norm_rsqrt, my->stages_3_1_norm);
                fwd_linear_gelu_3x3x512(n, my->stages_3_1_norm, work->stages_3_1_pwconv1_weight_scaled_packed,
                                        work->stages_3_1_pwconv1_sum, p->stages_3_1_pwconv1_bias,
                                        my->stages_3_1_pwconv1, my->stages_3_1_pwconv1_gelu_erf,
                                        my->stages_3_1_pwconv1_gelu);
                fwd_add_3x3x128(n, my->stages_3_1_pwconv1_gelu, work->stages_3_1_pwconv2_weight_scaled_packed,
                                my->stages_3_0_add, p->stages_3_1_pwconv2_bias, p->stages_3_1_gamma_weight,
                                my->features);
                fwd_norm(n, my->features, my->global_avg_pool_sum, my->norm_sum, my->norm_rsqrt, my->norm);
                fwd_logits(n, my->norm, work->head_weight_scaled_packed, work->head_sum, p->head_bias,
                           my->logits);
                fwd_loss(n, (float)in->n, my->logits, in->label + first, work->loss[slice],
                         my->cross_entropy_exp, my->cross_entropy_sum, out->accuracy + first);
                bwd_logits(n, (float)in->n, my->cross_entropy_sum, in->label + first, my->d_logits);
                bwd_norm(n, my->d_logits, work->head_weight_scaled_back_packed, my->d_norm);
                bwd_head_weight_scaled(n, my->d_logits, my->norm, work->d_head_weight_scaled[slice],
                                       work->d_head_bias[slice]);
                bwd_stages_3_1_gamma(n, my->norm_sum, my->d_norm, my->global_avg_pool_sum, my->norm_rsqrt,
                                     my->d_norm_rsqrt, my->d_norm_sum, my->d_features,
                                     work->d_stages_3_1_gamma_sum[slice]);
                bwd_stages_3_1_pwconv2_weight_scaled(n, my->d_features, my->stages_3_1_pwconv1_gelu,
                                                     work->d_stages_3_1_pwconv2_weight_scaled[slice]);
                bwd_linear_3x3x512(n, my->d_features, work->stages_3_1_pwconv2_weight_scaled_back_packed,
                                   my->stages_3_1_pwconv1, my->stages_3_1_pwconv1_gelu_erf,
                                   my->d_stages_3_1_pwconv1);
                bwd_linear_layer_norm_3x3x128(n, my->d_stages_3_1_pwconv1,
                                              work->stages_3_1_pwconv1_weight_scaled_back_packed,
                                              my->d_stages_3_1_norm);
                bwd_linear_3x3x512_2(n, my->d_stages_3_1_pwconv1, my->stages_3_1_norm,
                                     work->d_stages_3_1_pwconv1_weight_scaled[slice],
                                     work->d_stages_3_1_pwconv1_bias[slice]);
                bwd_conv2d_3x3x128(n, my->stages_3_1_norm_sum, my->d_stages_3_1_norm, my->stages_3_1_dwconv,
                                   my->stages_3_1_norm_rsqrt, my->d_stages_3_1_dwconv);
                bwd_stages_3_0_add(n, my->d_stages_3_1_dwconv, work->stages_3_1_dwconv_weight_back_packed,
                                   my->d_norm, my->norm_rsqrt, my->d_norm_rsqrt, my->global_avg_pool_sum,
                                   my->norm_sum, my->d_norm_sum, my->bwd_stages_3_0_add_scratch,
                                   my->d_stages_3_0_add);
                bwd_conv2d_128x7x7(n, my->stages_3_0_add, my->d_stages_3_1_dwconv,
                                   my->bwd_stages_3_1_dwconv_weight_scratch,
                                   work->d_stages_3_1_dwconv_weight_sum[slice],
                                   work->d_stages_3_1_dwconv_bias[slice]);
                bwd_linear_3x3x512(n, my->d_stages_3_0_add,
                                   work->stages_3_0_pwconv2_weight_scaled_back_packed, my->stages_3_0_pwconv1,
                                   my->stages_3_0_pwconv1_gelu_erf, my->d_stages_3_0_pwconv1);
                bwd_stages_3_0_pwconv2_weight_scaled(n, my->d_stages_3_0_add, my->stages_3_0_pwconv1_gelu,
                                                     work->d_stages_3_0_pwconv2_weight_scaled[slice],
                                                     work->d_stages_3_0_gamma_mul[slice]);
                bwd_linear_layer_norm_3x3x128(n, my->d_stages_3_0_pwconv1,
                                              work->stages_3_0_pwconv1_weight_scaled_back_packed,
                                              my->d_stages_3_0_norm);
                bwd_linear_3x3x512_2(n, my->d_stages_3_0_pwconv1, my->stages_3_0_norm,
                                     work->d_stages_3_0_pwconv1_weight_scaled[slice],
                                     work->d_stages_3_0_pwconv1_bias[slice]);
                bwd_conv2d_3x3x128(n, my->stages_3_0_norm_sum, my->d_stages_3_0_norm, my->stages_3_0_dwconv,
                                   my->stages_3_0_norm_rsqrt, my->d_stages_3_0_dwconv);
                bwd_downsample_3_conv(n, my->d_stages_3_0_dwconv, work->stages_3_0_dwconv_weight_back_packed,
                                      my->d_stages_3_0_add, my->bwd_downsample_3_conv_scratch,
                                      my->d_downsample_3_conv);
                bwd_conv2d_128x7x7(n, my->downsample_3_conv, my->d_stages_3_0_dwconv,
                                   my->bwd_stages_3_0_dwconv_weight_scratch,
                                   work->d_stages_3_0_dwconv_weight_sum[slice],
                                   work->d_stages_3_0_dwconv_bias[slice]);
                bwd_downsample_3_norm(n, my->d_downsample_3_conv,
                                      work->downsample_3_conv_weight_scaled_back_packed,
                                      my->bwd_downsample_3_norm_scratch, my->d_downsample_3_norm);
                bwd_downsample_3_conv_weight_scaled(n, my->downsample_3_norm, my->d_downsample_3_conv,
                                                    my->bwd_downsample_3_conv_weight_scaled_scratch,
                                                    work->d_downsample_3_conv_weight_scaled_sum[slice],
                                                    work->d_downsample_3_conv_bias[slice]);
                bwd_add_7x7x64(n, my->downsample_3_norm_sum, my->d_downsample_3_norm, my->stages_2_1_add,
                               my->downsample_3_norm_rsqrt, my->d_stages_2_1_add);
                bwd_linear_7x7x256(n, my->d_stages_2_1_add,
                                   work->stages_2_1_pwconv2_weight_scaled_back_packed, my->stages_2_1_pwconv1,
                                   my->stages_2_1_pwconv1_gelu_erf, my->d_stages_2_1_pwconv1);
                bwd_layer_scale_7x7x64(n, my->d_stages_2_1_add, my->stages_2_1_pwconv1_gelu,
                                       work->d_stages_2_1_pwconv2_weight_scaled[slice],
                                       work->d_stages_2_1_gamma_mul[slice]);
                bwd_linear_layer_norm_7x7x64(n, my->d_stages_2_1_pwconv1,
                                             work->stages_2_1_pwconv1_weight_scaled_back_packed,
                                             my->d_stages_2_1_norm);
                bwd_linear_7x7x256_2(n, my->d_stages_2_1_pwconv1, my->stages_2_1_norm,
                                     work->d_stages_2_1_pwconv1_weight_scaled[slice],
                                     work->d_stages_2_1_pwconv1_bias[slice]);
                bwd_add_7x7x64(n, my->stages_2_1_norm_sum, my->d_stages_2_1_norm, my->stages_2_1_dwconv,
                               my->stages_2_1_norm_rsqrt, my->d_stages_2_1_dwconv);
                bwd_add_7x7x64_2(n, my->d_stages_2_1_dwconv, work->stages_2_1_dwconv_weight_back_packed,
                                 my->d_stages_2_1_add, my->bwd_stages_2_0_add_scratch, my->d_stages_2_0_add);
                bwd_conv2d_64x7x7(n, my->stages_2_0_add, my->d_stages_2_1_dwconv,
                                  my->bwd_stages_2_1_dwconv_weight_scratch,
                                  work->d_stages_2_1_dwconv_weight_sum[slice],
                                  work->d_stages_2_1_dwconv_bias[slice]);
                bwd_linear_7x7x256(n, my->d_stages_2_0_add,
                                   work->stages_2_0_pwconv2_weight_scaled_back_packed, my->stages_2_0_pwconv1,
                                   my->stages_2_0_pwconv1_gelu_erf, my->d_stages_2_0_pwconv1);
                bwd_layer_scale_7x7x64(n, my->d_stages_2_0_add, my->stages_2_0_pwconv1_gelu,
                                       work->d_stages_2_0_pwconv2_weight_scaled[slice],
                                       work->d_stages_2_0_gamma_mul[slice]);
                bwd_linear_layer_norm_7x7x64(n, my->d_stages_2_0_pwconv1,
                                             work->stages_2_0_pwconv1_weight_scaled_back_packed,
                                             my->d_stages_2_0_norm);
                bwd_linear_7x7x256_2(n, my->d_stages_2_0_pwconv1, my->stages_2_0_norm,
                                     work->d_stages_2_0_pwconv1_weight_scaled[slice],
                                     work->d_stages_2_0_pwconv1_bias[slice]);
                bwd_add_7x7x64(n, my->stages_2_0_norm_sum, my->d_stages_2_0_norm, my->stages_2_0_dwconv,
                               my->stages_2_0_norm_rsqrt, my->d_stages_2_0_dwconv);
                bwd_add_7x7x64_2(n, my->d_stages_2_0_dwconv, work->stages_2_0_dwconv_weight_back_packed,
                                 my->d_stages_2_0_add, my->bwd_downsample_2_conv_scratch,
                                 my->d_downsample_2_conv);
                bwd_conv2d_64x7x7(n, my->downsample_2_conv, my->d_stages_2_0_dwconv,
                                  my->bwd_stages_2_0_dwconv_weight_scratch,
                                  work->d_stages_2_0_dwconv_weight_sum[slice],
                                  work->d_stages_2_0_dwconv_bias[slice]);
                bwd_downsample_2_norm(n, my->d_downsample_2_conv,
                                      work->downsample_2_conv_weight_scaled_back_packed,
                                      my->bwd_downsample_2_norm_scratch, my->d_downsample_2_norm);
                bwd_downsample_2_conv_weight_scaled(n, my->downsample_2_norm, my->d_downsample_2_conv,
                                                    my->bwd_downsample_2_conv_weight_scaled_scratch,
                                                    work->d_downsample_2_conv_weight_scaled_sum[slice],
                                                    work->d_downsample_2_conv_bias[slice]);
            }
            /* backward of downsample.2.norm .. stem.conv   networks/convnext.lua:20, 24, 35, 23 */
            for (int first = chunk; first < end; first += 1) {
                const int n = rt_min_int(end - first, 1), at = first - chunk;
                bwd_add_14x14x32(n, my->downsample_2_norm_sum + at, my->d_downsample_2_norm + at,
                                 my->stages_1_1_add + at, my->downsample_2_norm_rsqrt + at,
                                 my->d_stages_1_1_add);
                bwd_linear_14x14x128(n, my->d_stages_1_1_add,
                                     work->stages_1_1_pwconv2_weight_scaled_back_packed,
                                     my->stages_1_1_pwconv1 + at, my->stages_1_1_pwconv1_gelu_erf + at,
                                     my->d_stages_1_1_pwconv1);
                bwd_layer_scale_14x14x32(n, my->d_stages_1_1_add, my->stages_1_1_pwconv1_gelu + at,
                                         work->d_stages_1_1_pwconv2_weight_scaled[slice],
                                         work->d_stages_1_1_gamma_mul[slice]);
                bwd_linear_layer_norm_14x14x32(n, my->d_stages_1_1_pwconv1,
                                               work->stages_1_1_pwconv1_weight_scaled_back_packed,
                                               my->d_stages_1_1_norm);
                bwd_linear_14x14x128_2(n, my->d_stages_1_1_pwconv1, my->stages_1_1_norm + at,
                                       work->d_stages_1_1_pwconv1_weight_scaled[slice],
                                       work->d_stages_1_1_pwconv1_bias[slice]);
                bwd_add_14x14x32(n, my->stages_1_1_norm_sum + at, my->d_stages_1_1_norm,
                                 my->stages_1_1_dwconv + at, my->stages_1_1_norm_rsqrt + at,
                                 my->d_stages_1_1_dwconv);
                bwd_add_14x14x32_2(n, my->d_stages_1_1_dwconv, work->stages_1_1_dwconv_weight_back_packed,
                                   my->d_stages_1_1_add, my->bwd_stages_1_0_add_scratch,
                                   my->d_stages_1_0_add);
                bwd_conv2d_32x7x7(n, my->stages_1_0_add + at, my->d_stages_1_1_dwconv,
                                  my->bwd_stages_1_1_dwconv_weight_scratch,
                                  work->d_stages_1_1_dwconv_weight_sum[slice],
                                  work->d_stages_1_1_dwconv_bias[slice]);
                bwd_linear_14x14x128(n, my->d_stages_1_0_add,
                                     work->stages_1_0_pwconv2_weight_scaled_back_packed,
                                     my->stages_1_0_pwconv1 + at, my->stages_1_0_pwconv1_gelu_erf + at,
                                     my->d_stages_1_0_pwconv1);
                bwd_layer_scale_14x14x32(n, my->d_stages_1_0_add, my->stages_1_0_pwconv1_gelu + at,
                                         work->d_stages_1_0_pwconv2_weight_scaled[slice],
                                         work->d_stages_1_0_gamma_mul[slice]);
                bwd_linear_layer_norm_14x14x32(n, my->d_stages_1_0_pwconv1,
                                               work->stages_1_0_pwconv1_weight_scaled_back_packed,
                                               my->d_stages_1_0_norm);
                bwd_linear_14x14x128_2(n, my->d_stages_1_0_pwconv1, my->stages_1_0_norm + at,
                                       work->d_stages_1_0_pwconv1_weight_scaled[slice],
                                       work->d_stages_1_0_pwconv1_bias[slice]);
                bwd_add_14x14x32(n, my->stages_1_0_norm_sum + at, my->d_stages_1_0_norm,
                                 my->stages_1_0_dwconv + at, my->stages_1_0_norm_rsqrt + at,
                                 my->d_stages_1_0_dwconv);
                bwd_add_14x14x32_2(n, my->d_stages_1_0_dwconv, work->stages_1_0_dwconv_weight_back_packed,
                                   my->d_stages_1_0_add, my->bwd_stem_norm_scratch, my->d_stem_norm);
                bwd_conv2d_32x7x7(n, my->stem_norm + at, my->d_stages_1_0_dwconv,
                                  my->bwd_stages_1_0_dwconv_weight_scratch,
                                  work->d_stages_1_0_dwconv_weight_sum[slice],
                                  work->d_stages_1_0_dwconv_bias[slice]);
                bwd_stem_norm_weight(n, my->stem_norm_sum + at, my->d_stem_norm, p->stem_norm_weight,
                                     my->stem_conv + at, my->stem_norm_rsqrt + at, my->d_stem_conv,
                                     work->d_stem_norm_bias[slice], work->d_stem_norm_weight[slice]);
                bwd_stem_conv_weight(n, in->image + first, my->d_stem_conv, my->bwd_stem_conv_weight_scratch,
                                     work->d_stem_conv_weight_sum[slice], work->d_stem_conv_bias[slice]);
            }
        }
        rt_exact_end(found);
    }

    RT_ZERO(work->d_norm_weight);
    RT_ZERO(work->d_norm_bias);
    RT_ZERO(work->d_stages_3_1_norm_weight);
    RT_ZERO(work->d_stages_3_1_norm_bias);
    RT_ZERO(work->d_stages_3_0_norm_weight);
    RT_ZERO(work->d_stages_3_0_norm_bias);
    RT_ZERO(work->d_downsample_3_norm_weight);
    RT_ZERO(work->d_downsample_3_norm_bias);
    RT_ZERO(work->d_stages_2_1_norm_weight);
    RT_ZERO(work->d_stages_2_1_norm_bias);
    RT_ZERO(work->d_stages_2_0_norm_weight);
    RT_ZERO(work->d_stages_2_0_norm_bias);
    RT_ZERO(work->d_downsample_2_norm_weight);
    RT_ZERO(work->d_downsample_2_norm_bias);
    RT_ZERO(work->d_stages_1_1_norm_weight);
    RT_ZERO(work->d_stages_1_1_norm_bias);
    RT_ZERO(work->d_stages_1_0_norm_weight);
    RT_ZERO(work->d_stages_1_0_norm_bias);
    rt_combine(CONVNEXT_SLICES, 1, work->loss[0]);
    rt_combine(CONVNEXT_SLICES, 1280, work->d_head_weight_scaled[0][0]);
    rt_combine(CONVNEXT_SLICES, 10, work->d_head_bias[0]);
    rt_combine(CONVNEXT_SLICES, 128, work->d_stages_3_1_gamma_sum[0]);
    rt_combine(CONVNEXT_SLICES, 65536, work->d_stages_3_1_pwconv2_weight_scaled[0][0]);
    rt_combine(CONVNEXT_SLICES, 65536, work->d_stages_3_1_pwconv1_weight_scaled[0][0]);
    rt_combine(CONVNEXT_SLICES, 512, work->d_stages_3_1_pwconv1_bias[0]);
    rt_combine(CONVNEXT_SLICES, 6272, work->d_stages_3_1_dwconv_weight_sum[0]);
    unpack_conv2d_grad_weight_128x7x7(work->d_stages_3_1_dwconv_weight_sum[0],
                                      work->d_stages_3_1_dwconv_weight);
    rt_combine(CONVNEXT_SLICES, 128, work->d_stages_3_1_dwconv_bias[0]);
    rt_combine(CONVNEXT_SLICES, 65536, work->d_stages_3_0_pwconv2_weight_scaled[0][0]);
    rt_combine(CONVNEXT_SLICES, 128, work->d_stages_3_0_gamma_mul[0]);
    rt_combine(CONVNEXT_SLICES, 65536, work->d_stages_3_0_pwconv1_weight_scaled[0][0]);
    rt_combine(CONVNEXT_SLICES, 512, work->d_stages_3_0_pwconv1_bias[0]);
    rt_combine(CONVNEXT_SLICES, 6272, work->d_stages_3_0_dwconv_weight_sum[0]);
    unpack_conv2d_grad_weight_128x7x7(work->d_stages_3_0_dwconv_weight_sum[0],
                                      work->d_stages_3_0_dwconv_weight);
    rt_combine(CONVNEXT_SLICES, 128, work->d_stages_3_0_dwconv_bias[0]);
    rt_combine(CONVNEXT_SLICES, 32768, work->d_downsample_3_conv_weight_scaled_sum[0]);
    unpack_d_downsample_3_conv_weight_scaled(work->d_downsample_3_conv_weight_scaled_sum[0],
                                             work->d_downsample_3_conv_weight_scaled);
    rt_combine(CONVNEXT_SLICES, 128, work->d_downsample_3_conv_bias[0]);
    rt_combine(CONVNEXT_SLICES, 16384, work->d_stages_2_1_pwconv2_weight_scaled[0][0]);
    rt_combine(CONVNEXT_SLICES, 64, work->d_stages_2_1_gamma_mul[0]);
    rt_combine(CONVNEXT_SLICES, 16384, work->d_stages_2_1_pwconv1_weight_scaled[0][0]);
    rt_combine(CONVNEXT_SLICES, 256, work->d_stages_2_1_pwconv1_bias[0]);
    rt_combine(CONVNEXT_SLICES, 3136, work->d_stages_2_1_dwconv_weight_sum[0]);
    unpack_conv2d_grad_weight_64x7x7(work->d_stages_2_1_dwconv_weight_sum[0],
                                     work->d_stages_2_1_dwconv_weight);
    rt_combine(CONVNEXT_SLICES, 64, work->d_stages_2_1_dwconv_bias[0]);
    rt_combine(CONVNEXT_SLICES, 16384, work->d_stages_2_0_pwconv2_weight_scaled[0][0]);
    rt_combine(CONVNEXT_SLICES, 64, work->d_stages_2_0_gamma_mul[0]);
    rt_combine(CONVNEXT_SLICES, 16384, work->d_stages_2_0_pwconv1_weight_scaled[0][0]);
    rt_combine(CONVNEXT_SLICES, 256, work->d_stages_2_0_pwconv1_bias[0]);
    rt_combine(CONVNEXT_SLICES, 3136, work->d_stages_2_0_dwconv_weight_sum[0]);
    unpack_conv2d_grad_weight_64x7x7(work->d_stages_2_0_dwconv_weight_sum[0],
                                     work->d_stages_2_0_dwconv_weight);
    rt_combine(CONVNEXT_SLICES, 64, work->d_stages_2_0_dwconv_bias[0]);
    rt_combine(CONVNEXT_SLICES, 8192, work->d_downsample_2_conv_weight_scaled_sum[0]);
    unpack_d_downsample_2_conv_weight_scaled(work->d_downsample_2_conv_weight_scaled_sum[0],
                                             work->d_downsample_2_conv_weight_scaled);
    rt_combine(CONVNEXT_SLICES, 64, work->d_downsample_2_conv_bias[0]);
    rt_combine(CONVNEXT_SLICES, 4096, work->d_stages_1_1_pwconv2_weight_scaled[0][0]);
    rt_combine(CONVNEXT_SLICES, 32, work->d_stages_1_1_gamma_mul[0]);
    rt_combine(CONVNEXT_SLICES, 4096, work->d_stages_1_1_pwconv1_weight_scaled[0][0]);
    rt_combine(CONVNEXT_SLICES, 128, work->d_stages_1_1_pwconv1_bias[0]);
    rt_combine(CONVNEXT_SLICES, 1568, work->d_stages_1_1_dwconv_weight_sum[0]);
    unpack_conv2d_grad_weight_32x7x7(work->d_stages_1_1_dwconv_weight_sum[0],
                                     work->d_stages_1_1_dwconv_weight);
    rt_combine(CONVNEXT_SLICES, 32, work->d_stages_1_1_dwconv_bias[0]);
    rt_combine(CONVNEXT_SLICES, 4096, work->d_stages_1_0_pwconv2_weight_scaled[0][0]);
    rt_combine(CONVNEXT_SLICES, 32, work->d_stages_1_0_gamma_mul[0]);
    rt_combine(CONVNEXT_SLICES, 4096, work->d_stages_1_0_pwconv1_weight_scaled[0][0]);
    rt_combine(CONVNEXT_SLICES, 128, work->d_stages_1_0_pwconv1_bias[0]);
    rt_combine(CONVNEXT_SLICES, 1568, work->d_stages_1_0_dwconv_weight_sum[0]);
    unpack_conv2d_grad_weight_32x7x7(work->d_stages_1_0_dwconv_weight_sum[0],
                                     work->d_stages_1_0_dwconv_weight);
    rt_combine(CONVNEXT_SLICES, 32, work->d_stages_1_0_dwconv_bias[0]);
    rt_combine(CONVNEXT_SLICES, 32, work->d_stem_norm_bias[0]);
    rt_combine(CONVNEXT_SLICES, 32, work->d_stem_norm_weight[0]);
    rt_combine(CONVNEXT_SLICES, 128, work->d_stem_conv_weight_sum[0]);
    unpack_d_stem_conv_weight(work->d_stem_conv_weight_sum[0], work->d_stem_conv_weight);
    rt_combine(CONVNEXT_SLICES, 32, work->d_stem_conv_bias[0]);
    out->loss = work->loss[0][0];
    if (!rt_is_finite(out->loss)) return false;      /* nothing has been changed yet */
    bwd_norm_bias(work->d_head_weight_scaled[0], p->head_weight, p->norm_weight, work->d_head_bias[0],
                  p->norm_bias, work->d_head_weight, work->d_norm_weight, work->d_norm_bias);
    bwd_stages_3_1_pwconv2_bias(work->d_stages_3_1_gamma_sum[0], p->stages_3_1_gamma_weight,
                                work->d_stages_3_1_pwconv2_bias);
    bwd_stages_3_1_gamma_weight(work->d_stages_3_1_pwconv2_weight_scaled[0], p->stages_3_1_gamma_weight,
                                p->stages_3_1_pwconv2_weight, work->d_stages_3_1_gamma_sum[0],
                                p->stages_3_1_pwconv2_bias, work->d_stages_3_1_pwconv2_weight,
                                work->d_stages_3_1_gamma_weight);
    bwd_weight_scaled_weight_shifted_512x128(work->d_stages_3_1_pwconv1_weight_scaled[0],
                                             p->stages_3_1_pwconv1_weight, p->stages_3_1_norm_weight,
                                             work->d_stages_3_1_pwconv1_bias[0], p->stages_3_1_norm_bias,
                                             work->d_stages_3_1_pwconv1_weight,
                                             work->d_stages_3_1_norm_weight, work->d_stages_3_1_norm_bias);
    bwd_stages_3_0_pwconv2_bias(work->d_stages_3_0_gamma_mul[0], p->stages_3_0_gamma_weight,
                                work->d_stages_3_0_pwconv2_bias);
    bwd_stages_3_0_gamma_weight(work->d_stages_3_0_pwconv2_weight_scaled[0], p->stages_3_0_gamma_weight,
                                p->stages_3_0_pwconv2_weight, work->d_stages_3_0_gamma_mul[0],
                                p->stages_3_0_pwconv2_bias, work->d_stages_3_0_pwconv2_weight,
                                work->d_stages_3_0_gamma_weight);
    bwd_weight_scaled_weight_shifted_512x128(work->d_stages_3_0_pwconv1_weight_scaled[0],
                                             p->stages_3_0_pwconv1_weight, p->stages_3_0_norm_weight,
                                             work->d_stages_3_0_pwconv1_bias[0], p->stages_3_0_norm_bias,
                                             work->d_stages_3_0_pwconv1_weight,
                                             work->d_stages_3_0_norm_weight, work->d_stages_3_0_norm_bias);
    bwd_downsample_3_norm_bias(work->d_downsample_3_conv_weight_scaled, p->downsample_3_conv_weight,
                               p->downsample_3_norm_weight, work->d_downsample_3_conv_bias[0],
                               p->downsample_3_norm_bias, work->d_downsample_3_conv_weight,
                               work->d_downsample_3_norm_weight, work->d_downsample_3_norm_bias);
    bwd_bias_64(work->d_stages_2_1_gamma_mul[0], p->stages_2_1_gamma_weight, work->d_stages_2_1_pwconv2_bias);
    bwd_weight_scaled_layer_scale_64x256(work->d_stages_2_1_pwconv2_weight_scaled[0],
                                         p->stages_2_1_gamma_weight, p->stages_2_1_pwconv2_weight,
                                         work->d_stages_2_1_gamma_mul[0], p->stages_2_1_pwconv2_bias,
                                         work->d_stages_2_1_pwconv2_weight, work->d_stages_2_1_gamma_weight);
    bwd_weight_scaled_weight_shifted_256x64(work->d_stages_2_1_pwconv1_weight_scaled[0],
                                            p->stages_2_1_pwconv1_weight, p->stages_2_1_norm_weight,
                                            work->d_stages_2_1_pwconv1_bias[0], p->stages_2_1_norm_bias,
                                            work->d_stages_2_1_pwconv1_weight, work->d_stages_2_1_norm_weight,
                                            work->d_stages_2_1_norm_bias);
    bwd_bias_64(work->d_stages_2_0_gamma_mul[0], p->stages_2_0_gamma_weight, work->d_stages_2_0_pwconv2_bias);
    bwd_weight_scaled_layer_scale_64x256(work->d_stages_2_0_pwconv2_weight_scaled[0],
                                         p->stages_2_0_gamma_weight, p->stages_2_0_pwconv2_weight,
                                         work->d_stages_2_0_gamma_mul[0], p->stages_2_0_pwconv2_bias,
                                         work->d_stages_2_0_pwconv2_weight, work->d_stages_2_0_gamma_weight);
    bwd_weight_scaled_weight_shifted_256x64(work->d_stages_2_0_pwconv1_weight_scaled[0],
                                            p->stages_2_0_pwconv1_weight, p->stages_2_0_norm_weight,
                                            work->d_stages_2_0_pwconv1_bias[0], p->stages_2_0_norm_bias,
                                            work->d_stages_2_0_pwconv1_weight, work->d_stages_2_0_norm_weight,
                                            work->d_stages_2_0_norm_bias);
    bwd_downsample_2_norm_bias(work->d_downsample_2_conv_weight_scaled, p->downsample_2_conv_weight,
                               p->downsample_2_norm_weight, work->d_downsample_2_conv_bias[0],
                               p->downsample_2_norm_bias, work->d_downsample_2_conv_weight,
                               work->d_downsample_2_norm_weight, work->d_downsample_2_norm_bias);
    bwd_bias_32(work->d_stages_1_1_gamma_mul[0], p->stages_1_1_gamma_weight, work->d_stages_1_1_pwconv2_bias);
    bwd_weight_scaled_layer_scale_32x128(work->d_stages_1_1_pwconv2_weight_scaled[0],
                                         p->stages_1_1_gamma_weight, p->stages_1_1_pwconv2_weight,
                                         work->d_stages_1_1_gamma_mul[0], p->stages_1_1_pwconv2_bias,
                                         work->d_stages_1_1_pwconv2_weight, work->d_stages_1_1_gamma_weight);
    bwd_weight_scaled_weight_shifted_128x32(work->d_stages_1_1_pwconv1_weight_scaled[0],
                                            p->stages_1_1_pwconv1_weight, p->stages_1_1_norm_weight,
                                            work->d_stages_1_1_pwconv1_bias[0], p->stages_1_1_norm_bias,
                                            work->d_stages_1_1_pwconv1_weight, work->d_stages_1_1_norm_weight,
                                            work->d_stages_1_1_norm_bias);
    bwd_bias_32(work->d_stages_1_0_gamma_mul[0], p->stages_1_0_gamma_weight, work->d_stages_1_0_pwconv2_bias);
    bwd_weight_scaled_layer_scale_32x128(work->d_stages_1_0_pwconv2_weight_scaled[0],
                                         p->stages_1_0_gamma_weight, p->stages_1_0_pwconv2_weight,
                                         work->d_stages_1_0_gamma_mul[0], p->stages_1_0_pwconv2_bias,
                                         work->d_stages_1_0_pwconv2_weight, work->d_stages_1_0_gamma_weight);
    bwd_weight_scaled_weight_shifted_128x32(work->d_stages_1_0_pwconv1_weight_scaled[0],
                                            p->stages_1_0_pwconv1_weight, p->stages_1_0_norm_weight,
                                            work->d_stages_1_0_pwconv1_bias[0], p->stages_1_0_norm_bias,
                                            work->d_stages_1_0_pwconv1_weight, work->d_stages_1_0_norm_weight,
                                            work->d_stages_1_0_norm_bias);
    /* all of these are finite, or nothing changes */
    if (!rt_finite(128, work->d_stem_conv_weight[0][0][0])) return false;
    if (!rt_finite(32, work->d_stem_conv_bias[0])) return false;
    if (!rt_finite(32, work->d_stem_norm_weight[0])) return false;
    if (!rt_finite(32, work->d_stem_norm_bias[0])) return false;
    if (!rt_finite(1568, work->d_stages_1_0_dwconv_weight[0][0][0])) return false;
    if (!rt_finite(32, work->d_stages_1_0_dwconv_bias[0])) return false;
    if (!rt_finite(32, work->d_stages_1_0_norm_weight)) return false;
    if (!rt_finite(32, work->d_stages_1_0_norm_bias)) return false;
    if (!rt_finite(4096, work->d_stages_1_0_pwconv1_weight[0])) return false;
    if (!rt_finite(128, work->d_stages_1_0_pwconv1_bias[0])) return false;
    if (!rt_finite(4096, work->d_stages_1_0_pwconv2_weight[0])) return false;
    if (!rt_finite(32, work->d_stages_1_0_pwconv2_bias)) return false;
    if (!rt_finite(32, work->d_stages_1_0_gamma_weight)) return false;
    if (!rt_finite(1568, work->d_stages_1_1_dwconv_weight[0][0][0])) return false;
    if (!rt_finite(32, work->d_stages_1_1_dwconv_bias[0])) return false;
    if (!rt_finite(32, work->d_stages_1_1_norm_weight)) return false;
    if (!rt_finite(32, work->d_stages_1_1_norm_bias)) return false;
    if (!rt_finite(4096, work->d_stages_1_1_pwconv1_weight[0])) return false;
    if (!rt_finite(128, work->d_stages_1_1_pwconv1_bias[0])) return false;
    if (!rt_finite(4096, work->d_stages_1_1_pwconv2_weight[0])) return false;
    if (!rt_finite(32, work->d_stages_1_1_pwconv2_bias)) return false;
    if (!rt_finite(32, work->d_stages_1_1_gamma_weight)) return false;
    if (!rt_finite(32, work->d_downsample_2_norm_weight)) return false;
    if (!rt_finite(32, work->d_downsample_2_norm_bias)) return false;
    if (!rt_finite(8192, work->d_downsample_2_conv_weight[0][0][0])) return false;
    if (!rt_finite(64, work->d_downsample_2_conv_bias[0])) return false;
    if (!rt_finite(3136, work->d_stages_2_0_dwconv_weight[0][0][0])) return false;
    if (!rt_finite(64, work->d_stages_2_0_dwconv_bias[0])) return false;
    if (!rt_finite(64, work->d_stages_2_0_norm_weight)) return false;
    if (!rt_finite(64, work->d_stages_2_0_norm_bias)) return false;
    if (!rt_finite(16384, work->d_stages_2_0_pwconv1_weight[0])) return false;
    if (!rt_finite(256, work->d_stages_2_0_pwconv1_bias[0])) return false;
    if (!rt_finite(16384, work->d_stages_2_0_pwconv2_weight[0])) return false;
    if (!rt_finite(64, work->d_stages_2_0_pwconv2_bias)) return false;
    if (!rt_finite(64, work->d_stages_2_0_gamma_weight)) return false;
    if (!rt_finite(3136, work->d_stages_2_1_dwconv_weight[0][0][0])) return false;
    if (!rt_finite(64, work->d_stages_2_1_dwconv_bias[0])) return false;
    if (!rt_finite(64, work->d_stages_2_1_norm_weight)) return false;
    if (!rt_finite(64, work->d_stages_2_1_norm_bias)) return false;
    if (!rt_finite(16384, work->d_stages_2_1_pwconv1_weight[0])) return false;
    if (!rt_finite(256, work->d_stages_2_1_pwconv1_bias[0])) return false;
    if (!rt_finite(16384, work->d_stages_2_1_pwconv2_weight[0])) return false;
    if (!rt_finite(64, work->d_stages_2_1_pwconv2_bias)) return false;
    if (!rt_finite(64, work->d_stages_2_1_gamma_weight)) return false;
    if (!rt_finite(64, work->d_downsample_3_norm_weight)) return false;
    if (!rt_finite(64, work->d_downsample_3_norm_bias)) return false;
    if (!rt_finite(32768, work->d_downsample_3_conv_weight[0][0][0])) return false;
    if (!rt_finite(128, work->d_downsample_3_conv_bias[0])) return false;
    if (!rt_finite(6272, work->d_stages_3_0_dwconv_weight[0][0][0])) return false;
    if (!rt_finite(128, work->d_stages_3_0_dwconv_bias[0])) return false;
    if (!rt_finite(128, work->d_stages_3_0_norm_weight)) return false;
    if (!rt_finite(128, work->d_stages_3_0_norm_bias)) return false;
    if (!rt_finite(65536, work->d_stages_3_0_pwconv1_weight[0])) return false;
    if (!rt_finite(512, work->d_stages_3_0_pwconv1_bias[0])) return false;
    if (!rt_finite(65536, work->d_stages_3_0_pwconv2_weight[0])) return false;
    if (!rt_finite(128, work->d_stages_3_0_pwconv2_bias)) return false;
    if (!rt_finite(128, work->d_stages_3_0_gamma_weight)) return false;
    if (!rt_finite(6272, work->d_stages_3_1_dwconv_weight[0][0][0])) return false;
    if (!rt_finite(128, work->d_stages_3_1_dwconv_bias[0])) return false;
    if (!rt_finite(128, work->d_stages_3_1_norm_weight)) return false;
    if (!rt_finite(128, work->d_stages_3_1_norm_bias)) return false;
    if (!rt_finite(65536, work->d_stages_3_1_pwconv1_weight[0])) return false;
    if (!rt_finite(512, work->d_stages_3_1_pwconv1_bias[0])) return false;
    if (!rt_finite(65536, work->d_stages_3_1_pwconv2_weight[0])) return false;
    if (!rt_finite(128, work->d_stages_3_1_pwconv2_bias)) return false;
    if (!rt_finite(128, work->d_stages_3_1_gamma_weight)) return false;
    if (!rt_finite(128, work->d_norm_weight)) return false;
    if (!rt_finite(128, work->d_norm_bias)) return false;
    if (!rt_finite(1280, work->d_head_weight[0])) return false;
    if (!rt_finite(10, work->d_head_bias[0])) return false;
    return true;
}

/* Changes nothing but the workspace. */
static bool evaluate_batch(ConvnextEvaluateWork *work, int threads, const ConvnextParams *p,
                           const ConvnextBatch *in, const RtStep *step, ConvnextEvaluateResult *out)
{
    (void)step;
    fwd_linear_weight_scaled_128x32(p->stages_1_0_pwconv1_weight, p->stages_1_0_norm_bias,
                                    p->stages_1_0_norm_weight, work->stages_1_0_pwconv1_weight_scaled,
                                    work->stages_1_0_pwconv1_sum);
    fwd_weight_scaled_32x128(p->stages_1_0_pwconv2_weight, p->stages_1_0_gamma_weight,
                             work->stages_1_0_pwconv2_weight_scaled);
    fwd_linear_weight_scaled_128x32(p->stages_1_1_pwconv1_weight, p->stages_1_1_norm_bias,
                                    p->stages_1_1_norm_weight, work->stages_1_1_pwconv1_weight_scaled,
                                    work->stages_1_1_pwconv1_sum);
    fwd_weight_scaled_32x128(p->stages_1_1_pwconv2_weight, p->stages_1_1_gamma_weight,
                             work->stages_1_1_pwconv2_weight_scaled);
    fwd_downsample_2_conv_weight_scaled(p->downsample_2_conv_weight, p->downsample_2_norm_bias,
                                        p->downsample_2_norm_weight, work->downsample_2_conv_weight_scaled,
                                        work->downsample_2_conv_sum);
    fwd_linear_weight_scaled_256x64(p->stages_2_0_pwconv1_weight, p->stages_2_0_norm_bias,
                                    p->stages_2_0_norm_weight, work->stages_2_0_pwconv1_weight_scaled,
                                    work->stages_2_0_pwconv1_sum);
    fwd_weight_scaled_64x256(p->stages_2_0_pwconv2_weight, p->stages_2_0_gamma_weight,
                             work->stages_2_0_pwconv2_weight_scaled);
    fwd_linear_weight_scaled_256x64(p->stages_2_1_pwconv1_weight, p->stages_2_1_norm_bias,
                                    p->stages_2_1_norm_weight, work->stages_2_1_pwconv1_weight_scaled,
                                    work->stages_2_1_pwconv1_sum);
    fwd_weight_scaled_64x256(p->stages_2_1_pwconv2_weight, p->stages_2_1_gamma_weight,
                             work->stages_2_1_pwconv2_weight_scaled);
    fwd_downsample_3_conv_weight_scaled(p->downsample_3_conv_weight, p->downsample_3_norm_bias,
                                        p->downsample_3_norm_weight, work->downsample_3_conv_weight_scaled,
                                        work->downsample_3_conv_sum);
    fwd_linear_weight_scaled_512x128(p->stages_3_0_pwconv1_weight, p->stages_3_0_norm_bias,
                                     p->stages_3_0_norm_weight, work->stages_3_0_pwconv1_weight_scaled,
                                     work->stages_3_0_pwconv1_sum);
    fwd_weight_scaled_128x512(p->stages_3_0_pwconv2_weight, p->stages_3_0_gamma_weight,
                              work->stages_3_0_pwconv2_weight_scaled);
    fwd_linear_weight_scaled_512x128(p->stages_3_1_pwconv1_weight, p->stages_3_1_norm_bias,
                                     p->stages_3_1_norm_weight, work->stages_3_1_pwconv1_weight_scaled,
                                     work->stages_3_1_pwconv1_sum);
    fwd_weight_scaled_128x512(p->stages_3_1_pwconv2_weight, p->stages_3_1_gamma_weight,
                              work->stages_3_1_pwconv2_weight_scaled);
    fwd_head_weight_scaled(p->head_weight, p->norm_bias, p->norm_weight, work->head_weight_scaled,
                           work->head_sum);
    pack_stem_conv_weight(p->stem_conv_weight, work->stem_conv_weight_packed);
    pack_conv2d_32x7x7(p->stages_1_0_dwconv_weight, work->stages_1_0_dwconv_weight_packed);
    pack_matmul_128x32(work->stages_1_0_pwconv1_weight_scaled, work->stages_1_0_pwconv1_weight_scaled_packed);
    pack_matmul_32x128(work->stages_1_0_pwconv2_weight_scaled, work->stages_1_0_pwconv2_weight_scaled_packed);
    pack_conv2d_32x7x7(p->stages_1_1_dwconv_weight, work->stages_1_1_dwconv_weight_packed);
    pack_matmul_128x32(work->stages_1_1_pwconv1_weight_scaled, work->stages_1_1_pwconv1_weight_scaled_packed);
    pack_matmul_32x128(work->stages_1_1_pwconv2_weight_scaled, work->stages_1_1_pwconv2_weight_scaled_packed);
    pack_downsample_2_conv_weight_scaled(work->downsample_2_conv_weight_scaled,
                                         work->downsample_2_conv_weight_scaled_packed);
    pack_conv2d_64x7x7(p->stages_2_0_dwconv_weight, work->stages_2_0_dwconv_weight_packed);
    pack_matmul_256x64(work->stages_2_0_pwconv1_weight_scaled, work->stages_2_0_pwconv1_weight_scaled_packed);
    pack_matmul_64x256(work->stages_2_0_pwconv2_weight_scaled, work->stages_2_0_pwconv2_weight_scaled_packed);
    pack_conv2d_64x7x7(p->stages_2_1_dwconv_weight, work->stages_2_1_dwconv_weight_packed);
    pack_matmul_256x64(work->stages_2_1_pwconv1_weight_scaled, work->stages_2_1_pwconv1_weight_scaled_packed);
    pack_matmul_64x256(work->stages_2_1_pwconv2_weight_scaled, work->stages_2_1_pwconv2_weight_scaled_packed);
    pack_downsample_3_conv_weight_scaled(work->downsample_3_conv_weight_scaled,
                                         work->downsample_3_conv_weight_scaled_packed);
    pack_conv2d_128x7x7(p->stages_3_0_dwconv_weight, work->stages_3_0_dwconv_weight_packed);
    pack_matmul_512x128(work->stages_3_0_pwconv1_weight_scaled,
                        work->stages_3_0_pwconv1_weight_scaled_packed);
    pack_matmul_128x512(work->stages_3_0_pwconv2_weight_scaled,
                        work->stages_3_0_pwconv2_weight_scaled_packed);
    pack_conv2d_128x7x7(p->stages_3_1_dwconv_weight, work->stages_3_1_dwconv_weight_packed);
    pack_matmul_512x128(work->stages_3_1_pwconv1_weight_scaled,
                        work->stages_3_1_pwconv1_weight_scaled_packed);
    pack_matmul_128x512(work->stages_3_1_pwconv2_weight_scaled,
                        work->stages_3_1_pwconv2_weight_scaled_packed);
    pack_head_weight_scaled(work->head_weight_scaled, work->head_weight_scaled_packed);

    /* forward of stem.conv .. loss   networks/convnext.lua:45, 20, 23, 24 */
    RT_PARALLEL(rt_min_int(threads, CONVNEXT_SLICES))
    for (int slice = 0; slice < CONVNEXT_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ConvnextEvaluateWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * CONVNEXT_SLICE);
        RT_ZERO(work->loss[slice]);
        for (int chunk = slice * CONVNEXT_SLICE; chunk < last; chunk += 32) {
            const int end = rt_min_int(last, chunk + 32);
            /* forward of stem.conv .. downsample.2.conv   networks/convnext.lua:45, 20, 23, 24 */
            for (int first = chunk; first < end; first += 1) {
                const int n = rt_min_int(end - first, 1), at = first - chunk;
                fwd_stem_conv(n, in->image + first, work->stem_conv_weight_packed, p->stem_conv_bias,
                              my->fwd_stem_conv_scratch, my->stem_conv);
                evaluate_fwd_stem_norm(n, my->stem_conv, p->stem_norm_weight, p->stem_norm_bias,
                                       my->stem_norm);
                fwd_conv2d_14x14x32(n, my->stem_norm, work->stages_1_0_dwconv_weight_packed,
                                    p->stages_1_0_dwconv_bias, my->fwd_stages_1_0_dwconv_scratch,
                                    my->stages_1_0_dwconv);
                evaluate_fwd_layer_norm_14x14x32(n, my->stages_1_0_dwconv, my->stages_1_0_norm);
                evaluate_fwd_linear_gelu_14x14x128(n, my->stages_1_0_norm,
                                                   work->stages_1_0_pwconv1_weight_scaled_packed,
                                                   work->stages_1_0_pwconv1_sum, p->stages_1_0_pwconv1_bias,
                                                   my->stages_1_0_pwconv1, my->stages_1_0_pwconv1_gelu);
                fwd_add_14x14x32(n, my->stages_1_0_pwconv1_gelu,
                                 work->stages_1_0_pwconv2_weight_scaled_packed, my->stem_norm,
                                 p->stages_1_0_pwconv2_bias, p->stages_1_0_gamma_weight, my->stages_1_0_add);
                fwd_conv2d_14x14x32(n, my->stages_1_0_add, work->stages_1_1_dwconv_weight_packed,
                                    p->stages_1_1_dwconv_bias, my->fwd_stages_1_1_dwconv_scratch,
                                    my->stages_1_1_dwconv);
                evaluate_fwd_layer_norm_14x14x32(n, my->stages_1_1_dwconv, my->stages_1_1_norm);
                evaluate_fwd_linear_gelu_14x14x128(n, my->stages_1_1_norm,
                                                   work->stages_1_1_pwconv1_weight_scaled_packed,
                                                   work->stages_1_1_pwconv1_sum, p->stages_1_1_pwconv1_bias,
                                                   my->stages_1_1_pwconv1, my->stages_1_1_pwconv1_gelu);
                fwd_add_14x14x32(n, my->stages_1_1_pwconv1_gelu,
                                 work->stages_1_1_pwconv2_weight_scaled_packed, my->stages_1_0_add,
                                 p->stages_1_1_pwconv2_bias, p->stages_1_1_gamma_weight, my->stages_1_1_add);
                evaluate_fwd_layer_norm_14x14x32(n, my->stages_1_1_add, my->downsample_2_norm);
                fwd_downsample_2_conv(n, my->downsample_2_norm, work->downsample_2_conv_weight_scaled_packed,
                                      work->downsample_2_conv_sum, p->downsample_2_conv_bias,
                                      my->fwd_downsample_2_conv_scratch, my->downsample_2_conv + at);
            }
            /* forward of stages.2.0.dwconv .. stages.3.0.dwconv   networks/convnext.lua:23, 20, 24, 36 */
            for (int first = chunk; first < end; first += 4) {
                const int n = rt_min_int(end - first, 4), at = first - chunk;
                fwd_conv2d_7x7x64(n, my->downsample_2_conv + at, work->stages_2_0_dwconv_weight_packed,
                                  p->stages_2_0_dwconv_bias, my->fwd_stages_2_0_dwconv_scratch,
                                  my->stages_2_0_dwconv);
                evaluate_fwd_layer_norm_7x7x64(n, my->stages_2_0_dwconv, my->stages_2_0_norm);
                evaluate_fwd_linear_gelu_7x7x256(n, my->stages_2_0_norm,
                                                 work->stages_2_0_pwconv1_weight_scaled_packed,
                                                 work->stages_2_0_pwconv1_sum, p->stages_2_0_pwconv1_bias,
                                                 my->stages_2_0_pwconv1, my->stages_2_0_pwconv1_gelu);
                fwd_add_7x7x64(n, my->stages_2_0_pwconv1_gelu, work->stages_2_0_pwconv2_weight_scaled_packed,
                               my->downsample_2_conv + at, p->stages_2_0_pwconv2_bias,
                               p->stages_2_0_gamma_weight, my->stages_2_0_add);
                fwd_conv2d_7x7x64(n, my->stages_2_0_add, work->stages_2_1_dwconv_weight_packed,
                                  p->stages_2_1_dwconv_bias, my->fwd_stages_2_1_dwconv_scratch,
                                  my->stages_2_1_dwconv);
                evaluate_fwd_layer_norm_7x7x64(n, my->stages_2_1_dwconv, my->stages_2_1_norm);
                evaluate_fwd_linear_gelu_7x7x256(n, my->stages_2_1_norm,
                                                 work->stages_2_1_pwconv1_weight_scaled_packed,
                                                 work->stages_2_1_pwconv1_sum, p->stages_2_1_pwconv1_bias,
                                                 my->stages_2_1_pwconv1, my->stages_2_1_pwconv1_gelu);
                fwd_add_7x7x64(n, my->stages_2_1_pwconv1_gelu, work->stages_2_1_pwconv2_weight_scaled_packed,
                               my->stages_2_0_add, p->stages_2_1_pwconv2_bias, p->stages_2_1_gamma_weight,
                               my->stages_2_1_add);
                evaluate_fwd_layer_norm_7x7x64(n, my->stages_2_1_add, my->downsample_3_norm);
                fwd_downsample_3_conv(n, my->downsample_3_norm, work->downsample_3_conv_weight_scaled_packed,
                                      work->downsample_3_conv_sum, p->downsample_3_conv_bias,
                                      my->fwd_downsample_3_conv_scratch, my->downsample_3_conv + at);
                fwd_conv2d_3x3x128(n, my->downsample_3_conv + at, work->stages_3_0_dwconv_weight_packed,
                                   p->stages_3_0_dwconv_bias, my->fwd_stages_3_0_dwconv_scratch,
                                   my->stages_3_0_dwconv + at);
            }
            /* forward of stages.3.0.norm .. loss   networks/convnext.lua:20, 24, 36, 23 */
            for (int first = chunk; first < end; first += 32) {
                const int n = rt_min_int(end - first, 32);
                evaluate_fwd_layer_norm_3x3x128(n, my->stages_3_0_dwconv, my->stages_3_0_norm);
                evaluate_fwd_linear_gelu_3x3x512(n, my->stages_3_0_norm,
                                                 work->stages_3_0_pwconv1_weight_scaled_packed,
                                                 work->stages_3_0_pwconv1_sum, p->stages_3_0_pwconv1_bias,
                                                 my->stages_3_0_pwconv1, my->stages_3_0_pwconv1_gelu);
                fwd_add_3x3x128(n, my->stages_3_0_pwconv1_gelu, work->stages_3_0_pwconv2_weight_scaled_packed,
                                my->downsample_3_conv, p->stages_3_0_pwconv2_bias, p->stages_3_0_gamma_weight,
                                my->stages_3_0_add);
                fwd_conv2d_3x3x128(n, my->stages_3_0_add, work->stages_3_1_dwconv_weight_packed,
                                   p->stages_3_1_dwconv_bias, my->fwd_stages_3_1_dwconv_scratch,
                                   my->stages_3_1_dwconv);
                evaluate_fwd_layer_norm_3x3x128(n, my->stages_3_1_dwconv, my->stages_3_1_norm);
                evaluate_fwd_linear_gelu_3x3x512(n, my->stages_3_1_norm,
                                                 work->stages_3_1_pwconv1_weight_scaled_packed,
                                                 work->stages_3_1_pwconv1_sum, p->stages_3_1_pwconv1_bias,
                                                 my->stages_3_1_pwconv1, my->stages_3_1_pwconv1_gelu);
                fwd_add_3x3x128(n, my->stages_3_1_pwconv1_gelu, work->stages_3_1_pwconv2_weight_scaled_packed,
                                my->stages_3_0_add, p->stages_3_1_pwconv2_bias, p->stages_3_1_gamma_weight,
                                my->features);
                evaluate_fwd_norm(n, my->features, my->norm);
                fwd_logits(n, my->norm, work->head_weight_scaled_packed, work->head_sum, p->head_bias,
                           my->logits);
                evaluate_fwd_loss(n, (float)in->n, my->logits, in->label + first, work->loss[slice],
                                  out->accuracy + first);
            }
        }
        rt_exact_end(found);
    }

    rt_combine(CONVNEXT_SLICES, 1, work->loss[0]);
    out->loss = work->loss[0][0];
    return true;
}

/* Changes nothing but the workspace. */
static bool predict_batch(ConvnextPredictWork *work, int threads, const ConvnextParams *p,
                          const ConvnextBatch *in, const RtStep *step, ConvnextPredictResult *out)
{
    (void)step;
    fwd_linear_weight_scaled_128x32(p->stages_1_0_pwconv1_weight, p->stages_1_0_norm_bias,
                                    p->stages_1_0_norm_weight, work->stages_1_0_pwconv1_weight_scaled,
                                    work->stages_1_0_pwconv1_sum);
    fwd_weight_scaled_32x128(p->stages_1_0_pwconv2_weight, p->stages_1_0_gamma_weight,
                             work->stages_1_0_pwconv2_weight_scaled);
    fwd_linear_weight_scaled_128x32(p->stages_1_1_pwconv1_weight, p->stages_1_1_norm_bias,
                                    p->stages_1_1_norm_weight, work->stages_1_1_pwconv1_weight_scaled,
                                    work->stages_1_1_pwconv1_sum);
    fwd_weight_scaled_32x128(p->stages_1_1_pwconv2_weight, p->stages_1_1_gamma_weight,
                             work->stages_1_1_pwconv2_weight_scaled);
    fwd_downsample_2_conv_weight_scaled(p->downsample_2_conv_weight, p->downsample_2_norm_bias,
                                        p->downsample_2_norm_weight, work->downsample_2_conv_weight_scaled,
                                        work->downsample_2_conv_sum);
    fwd_linear_weight_scaled_256x64(p->stages_2_0_pwconv1_weight, p->stages_2_0_norm_bias,
                                    p->stages_2_0_norm_weight, work->stages_2_0_pwconv1_weight_scaled,
                                    work->stages_2_0_pwconv1_sum);
    fwd_weight_scaled_64x256(p->stages_2_0_pwconv2_weight, p->stages_2_0_gamma_weight,
                             work->stages_2_0_pwconv2_weight_scaled);
    fwd_linear_weight_scaled_256x64(p->stages_2_1_pwconv1_weight, p->stages_2_1_norm_bias,
                                    p->stages_2_1_norm_weight, work->stages_2_1_pwconv1_weight_scaled,
                                    work->stages_2_1_pwconv1_sum);
    fwd_weight_scaled_64x256(p->stages_2_1_pwconv2_weight, p->stages_2_1_gamma_weight,
                             work->stages_2_1_pwconv2_weight_scaled);
    fwd_downsample_3_conv_weight_scaled(p->downsample_3_conv_weight, p->downsample_3_norm_bias,
                                        p->downsample_3_norm_weight, work->downsample_3_conv_weight_scaled,
                                        work->downsample_3_conv_sum);
    fwd_linear_weight_scaled_512x128(p->stages_3_0_pwconv1_weight, p->stages_3_0_norm_bias,
                                     p->stages_3_0_norm_weight, work->stages_3_0_pwconv1_weight_scaled,
                                     work->stages_3_0_pwconv1_sum);
    fwd_weight_scaled_128x512(p->stages_3_0_pwconv2_weight, p->stages_3_0_gamma_weight,
                              work->stages_3_0_pwconv2_weight_scaled);
    fwd_linear_weight_scaled_512x128(p->stages_3_1_pwconv1_weight, p->stages_3_1_norm_bias,
                                     p->stages_3_1_norm_weight, work->stages_3_1_pwconv1_weight_scaled,
                                     work->stages_3_1_pwconv1_sum);
    fwd_weight_scaled_128x512(p->stages_3_1_pwconv2_weight, p->stages_3_1_gamma_weight,
                              work->stages_3_1_pwconv2_weight_scaled);
    fwd_head_weight_scaled(p->head_weight, p->norm_bias, p->norm_weight, work->head_weight_scaled,
                           work->head_sum);
    pack_stem_conv_weight(p->stem_conv_weight, work->stem_conv_weight_packed);
    pack_conv2d_32x7x7(p->stages_1_0_dwconv_weight, work->stages_1_0_dwconv_weight_packed);
    pack_matmul_128x32(work->stages_1_0_pwconv1_weight_scaled, work->stages_1_0_pwconv1_weight_scaled_packed);
    pack_matmul_32x128(work->stages_1_0_pwconv2_weight_scaled, work->stages_1_0_pwconv2_weight_scaled_packed);
    pack_conv2d_32x7x7(p->stages_1_1_dwconv_weight, work->stages_1_1_dwconv_weight_packed);
    pack_matmul_128x32(work->stages_1_1_pwconv1_weight_scaled, work->stages_1_1_pwconv1_weight_scaled_packed);
    pack_matmul_32x128(work->stages_1_1_pwconv2_weight_scaled, work->stages_1_1_pwconv2_weight_scaled_packed);
    pack_downsample_2_conv_weight_scaled(work->downsample_2_conv_weight_scaled,
                                         work->downsample_2_conv_weight_scaled_packed);
    pack_conv2d_64x7x7(p->stages_2_0_dwconv_weight, work->stages_2_0_dwconv_weight_packed);
    pack_matmul_256x64(work->stages_2_0_pwconv1_weight_scaled, work->stages_2_0_pwconv1_weight_scaled_packed);
    pack_matmul_64x256(work->stages_2_0_pwconv2_weight_scaled, work->stages_2_0_pwconv2_weight_scaled_packed);
    pack_conv2d_64x7x7(p->stages_2_1_dwconv_weight, work->stages_2_1_dwconv_weight_packed);
    pack_matmul_256x64(work->stages_2_1_pwconv1_weight_scaled, work->stages_2_1_pwconv1_weight_scaled_packed);
    pack_matmul_64x256(work->stages_2_1_pwconv2_weight_scaled, work->stages_2_1_pwconv2_weight_scaled_packed);
    pack_downsample_3_conv_weight_scaled(work->downsample_3_conv_weight_scaled,
                                         work->downsample_3_conv_weight_scaled_packed);
    pack_conv2d_128x7x7(p->stages_3_0_dwconv_weight, work->stages_3_0_dwconv_weight_packed);
    pack_matmul_512x128(work->stages_3_0_pwconv1_weight_scaled,
                        work->stages_3_0_pwconv1_weight_scaled_packed);
    pack_matmul_128x512(work->stages_3_0_pwconv2_weight_scaled,
                        work->stages_3_0_pwconv2_weight_scaled_packed);
    pack_conv2d_128x7x7(p->stages_3_1_dwconv_weight, work->stages_3_1_dwconv_weight_packed);
    pack_matmul_512x128(work->stages_3_1_pwconv1_weight_scaled,
                        work->stages_3_1_pwconv1_weight_scaled_packed);
    pack_matmul_128x512(work->stages_3_1_pwconv2_weight_scaled,
                        work->stages_3_1_pwconv2_weight_scaled_packed);
    pack_head_weight_scaled(work->head_weight_scaled, work->head_weight_scaled_packed);

    /* forward of stem.conv .. logits   networks/convnext.lua:45, 20, 23, 24 */
    RT_PARALLEL(rt_min_int(threads, CONVNEXT_SLICES))
    for (int slice = 0; slice < CONVNEXT_SLICES; slice++) {
        const uint64_t found = rt_exact_begin();
        ConvnextPredictWork *const my = work + rt_thread_number();
        const int last = rt_min_int(in->n, (slice + 1) * CONVNEXT_SLICE);
        for (int chunk = slice * CONVNEXT_SLICE; chunk < last; chunk += 32) {
            const int end = rt_min_int(last, chunk + 32);
            /* forward of stem.conv .. downsample.2.conv   networks/convnext.lua:45, 20, 23, 24 */
            for (int first = chunk; first < end; first += 1) {
                const int n = rt_min_int(end - first, 1), at = first - chunk;
                fwd_stem_conv(n, in->image + first, work->stem_conv_weight_packed, p->stem_conv_bias,
                              my->fwd_stem_conv_scratch, my->stem_conv);
                evaluate_fwd_stem_norm(n, my->stem_conv, p->stem_norm_weight, p->stem_norm_bias,
                                       my->stem_norm);
                fwd_conv2d_14x14x32(n, my->stem_norm, work->stages_1_0_dwconv_weight_packed,
                                    p->stages_1_0_dwconv_bias, my->fwd_stages_1_0_dwconv_scratch,
                                    my->stages_1_0_dwconv);
                evaluate_fwd_layer_norm_14x14x32(n, my->stages_1_0_dwconv, my->stages_1_0_norm);
                evaluate_fwd_linear_gelu_14x14x128(n, my->stages_1_0_norm,
                                                   work->stages_1_0_pwconv1_weight_scaled_packed,
                                                   work->stages_1_0_pwconv1_sum, p->stages_1_0_pwconv1_bias,
                                                   my->stages_1_0_pwconv1, my->stages_1_0_pwconv1_gelu);
                fwd_add_14x14x32(n, my->stages_1_0_pwconv1_gelu,
                                 work->stages_1_0_pwconv2_weight_scaled_packed, my->stem_norm,
                                 p->stages_1_0_pwconv2_bias, p->stages_1_0_gamma_weight, my->stages_1_0_add);
                fwd_conv2d_14x14x32(n, my->stages_1_0_add, work->stages_1_1_dwconv_weight_packed,
                                    p->stages_1_1_dwconv_bias, my->fwd_stages_1_1_dwconv_scratch,
                                    my->stages_1_1_dwconv);
                evaluate_fwd_layer_norm_14x14x32(n, my->stages_1_1_dwconv, my->stages_1_1_norm);
                evaluate_fwd_linear_gelu_14x14x128(n, my->stages_1_1_norm,
                                                   work->stages_1_1_pwconv1_weight_scaled_packed,
                                                   work->stages_1_1_pwconv1_sum, p->stages_1_1_pwconv1_bias,
                                                   my->stages_1_1_pwconv1, my->stages_1_1_pwconv1_gelu);
                fwd_add_14x14x32(n, my->stages_1_1_pwconv1_gelu,
                                 work->stages_1_1_pwconv2_weight_scaled_packed, my->stages_1_0_add,
                                 p->stages_1_1_pwconv2_bias, p->stages_1_1_gamma_weight, my->stages_1_1_add);
                evaluate_fwd_layer_norm_14x14x32(n, my->stages_1_1_add, my->downsample_2_norm);
                fwd_downsample_2_conv(n, my->downsample_2_norm, work->downsample_2_conv_weight_scaled_packed,
                                      work->downsample_2_conv_sum, p->downsample_2_conv_bias,
                                      my->fwd_downsample_2_conv_scratch, my->downsample_2_conv + at);
            }
            /* forward of stages.2.0.dwconv .. stages.3.0.dwconv   networks/convnext.lua:23, 20, 24, 36 */
            for (int first = chunk; first < end; first += 4) {
                const int n = rt_min_int(end - first, 4), at = first - chunk;
                fwd_conv2d_7x7x64(n, my->downsample_2_conv + at, work->stages_2_0_dwconv_weight_packed,
                                  p->stages_2_0_dwconv_bias, my->fwd_stages_2_0_dwconv_scratch,
                                  my->stages_2_0_dwconv);
                evaluate_fwd_layer_norm_7x7x64(n, my->stages_2_0_dwconv, my->stages_2_0_norm);
                evaluate_fwd_linear_gelu_7x7x256(n, my->stages_2_0_norm,
                                                 work->stages_2_0_pwconv1_weight_scaled_packed,
                                                 work->stages_2_0_pwconv1_sum, p->stages_2_0_pwconv1_bias,
                                                 my->stages_2_0_pwconv1, my->stages_2_0_pwconv1_gelu);
                fwd_add_7x7x64(n, my->stages_2_0_pwconv1_gelu, work->stages_2_0_pwconv2_weight_scaled_packed,
                               my->downsample_2_conv + at, p->stages_2_0_pwconv2_bias,
                               p->stages_2_0_gamma_weight, my->stages_2_0_add);
                fwd_conv2d_7x7x64(n, my->stages_2_0_add, work->stages_2_1_dwconv_weight_packed,
                                  p->stages_2_1_dwconv_bias, my->fwd_stages_2_1_dwconv_scratch,
                                  my->stages_2_1_dwconv);
                evaluate_fwd_layer_norm_7x7x64(n, my->stages_2_1_dwconv, my->stages_2_1_norm);
                evaluate_fwd_linear_gelu_7x7x256(n, my->stages_2_1_norm,
                                                 work->stages_2_1_pwconv1_weight_scaled_packed,
                                                 work->stages_2_1_pwconv1_sum, p->stages_2_1_pwconv1_bias,
                                                 my->stages_2_1_pwconv1, my->stages_2_1_pwconv1_gelu);
                fwd_add_7x7x64(n, my->stages_2_1_pwconv1_gelu, work->stages_2_1_pwconv2_weight_scaled_packed,
                               my->stages_2_0_add, p->stages_2_1_pwconv2_bias, p->stages_2_1_gamma_weight,
                               my->stages_2_1_add);
                evaluate_fwd_layer_norm_7x7x64(n, my->stages_2_1_add, my->downsample_3_norm);
                fwd_downsample_3_conv(n, my->downsample_3_norm, work->downsample_3_conv_weight_scaled_packed,
                                      work->downsample_3_conv_sum, p->downsample_3_conv_bias,
                                      my->fwd_downsample_3_conv_scratch, my->downsample_3_conv + at);
                fwd_conv2d_3x3x128(n, my->downsample_3_conv + at, work->stages_3_0_dwconv_weight_packed,
                                   p->stages_3_0_dwconv_bias, my->fwd_stages_3_0_dwconv_scratch,
                                   my->stages_3_0_dwconv + at);
            }
            /* forward of stages.3.0.norm .. logits   networks/convnext.lua:20, 24, 36, 23 */
            for (int first = chunk; first < end; first += 32) {
                const int n = rt_min_int(end - first, 32);
                evaluate_fwd_layer_norm_3x3x128(n, my->stages_3_0_dwconv, my->stages_3_0_norm);
                evaluate_fwd_linear_gelu_3x3x512(n, my->stages_3_0_norm,
                                                 work->stages_3_0_pwconv1_weight_scaled_packed,
                                                 work->stages_3_0_pwconv1_sum, p->stages_3_0_pwconv1_bias,
                                                 my->stages_3_0_pwconv1, my->stages_3_0_pwconv1_gelu);
                fwd_add_3x3x128(n, my->stages_3_0_pwconv1_gelu, work->stages_3_0_pwconv2_weight_scaled_packed,
                                my->downsample_3_conv, p->stages_3_0_pwconv2_bias, p->stages_3_0_gamma_weight,
                                my->stages_3_0_add);
                fwd_conv2d_3x3x128(n, my->stages_3_0_add, work->stages_3_1_dwconv_weight_packed,
                                   p->stages_3_1_dwconv_bias, my->fwd_stages_3_1_dwconv_scratch,
                                   my->stages_3_1_dwconv);
                evaluate_fwd_layer_norm_3x3x128(n, my->stages_3_1_dwconv, my->stages_3_1_norm);
                evaluate_fwd_linear_gelu_3x3x512(n, my->stages_3_1_norm,
                                                 work->stages_3_1_pwconv1_weight_scaled_packed,
                                                 work->stages_3_1_pwconv1_sum, p->stages_3_1_pwconv1_bias,
                                                 my->stages_3_1_pwconv1, my->stages_3_1_pwconv1_gelu);
                fwd_add_3x3x128(n, my->stages_3_1_pwconv1_gelu, work->stages_3_1_pwconv2_weight_scaled_packed,
                                my->stages_3_0_add, p->stages_3_1_pwconv2_bias, p->stages_3_1_gamma_weight,
                                my->features);
                evaluate_fwd_norm(n, my->features, my->norm);
                fwd_logits(n, my->norm, work->head_weight_scaled_packed, work->head_sum, p->head_bias,
                           out->logits + first);
            }
        }
        rt_exact_end(found);
    }

    return true;
}

/* What train_batch has left becomes the weights of the next step. */
static void change_weights(ConvnextTrainWork *work, ConvnextParams *p, ConvnextMoments *o, const RtStep *step)
{
    update(128, p->stem_conv_weight[0][0][0], work->d_stem_conv_weight[0][0][0],
           o->m.stem_conv_weight[0][0][0], o->v.stem_conv_weight[0][0][0], 0.05, step);
    update(32, p->stem_conv_bias, work->d_stem_conv_bias[0], o->m.stem_conv_bias, o->v.stem_conv_bias, 0,
           step);
    update(32, p->stem_norm_weight, work->d_stem_norm_weight[0], o->m.stem_norm_weight, o->v.stem_norm_weight,
           0, step);
    update(32, p->stem_norm_bias, work->d_stem_norm_bias[0], o->m.stem_norm_bias, o->v.stem_norm_bias, 0,
           step);
    update(1568, p->stages_1_0_dwconv_weight[0][0][0], work->d_stages_1_0_dwconv_weight[0][0][0],
           o->m.stages_1_0_dwconv_weight[0][0][0], o->v.stages_1_0_dwconv_weight[0][0][0], 0.05, step);
    update(32, p->stages_1_0_dwconv_bias, work->d_stages_1_0_dwconv_bias[0], o->m.stages_1_0_dwconv_bias,
           o->v.stages_1_0_dwconv_bias, 0, step);
    update(32, p->stages_1_0_norm_weight, work->d_stages_1_0_norm_weight, o->m.stages_1_0_norm_weight,
           o->v.stages_1_0_norm_weight, 0, step);
    update(32, p->stages_1_0_norm_bias, work->d_stages_1_0_norm_bias, o->m.stages_1_0_norm_bias,
           o->v.stages_1_0_norm_bias, 0, step);
    update(4096, p->stages_1_0_pwconv1_weight[0], work->d_stages_1_0_pwconv1_weight[0],
           o->m.stages_1_0_pwconv1_weight[0], o->v.stages_1_0_pwconv1_weight[0], 0.05, step);
    update(128, p->stages_1_0_pwconv1_bias, work->d_stages_1_0_pwconv1_bias[0], o->m.stages_1_0_pwconv1_bias,
           o->v.stages_1_0_pwconv1_bias, 0, step);
    update(4096, p->stages_1_0_pwconv2_weight[0], work->d_stages_1_0_pwconv2_weight[0],
           o->m.stages_1_0_pwconv2_weight[0], o->v.stages_1_0_pwconv2_weight[0], 0.05, step);
    update(32, p->stages_1_0_pwconv2_bias, work->d_stages_1_0_pwconv2_bias, o->m.stages_1_0_pwconv2_bias,
           o->v.stages_1_0_pwconv2_bias, 0, step);
    update(32, p->stages_1_0_gamma_weight, work->d_stages_1_0_gamma_weight, o->m.stages_1_0_gamma_weight,
           o->v.stages_1_0_gamma_weight, 0, step);
    update(1568, p->stages_1_1_dwconv_weight[0][0][0], work->d_stages_1_1_dwconv_weight[0][0][0],
           o->m.stages_1_1_dwconv_weight[0][0][0], o->v.stages_1_1_dwconv_weight[0][0][0], 0.05, step);
    update(32, p->stages_1_1_dwconv_bias, work->d_stages_1_1_dwconv_bias[0], o->m.stages_1_1_dwconv_bias,
           o->v.stages_1_1_dwconv_bias, 0, step);
    update(32, p->stages_1_1_norm_weight, work->d_stages_1_1_norm_weight, o->m.stages_1_1_norm_weight,
           o->v.stages_1_1_norm_weight, 0, step);
    update(32, p->stages_1_1_norm_bias, work->d_stages_1_1_norm_bias, o->m.stages_1_1_norm_bias,
           o->v.stages_1_1_norm_bias, 0, step);
    update(4096, p->stages_1_1_pwconv1_weight[0], work->d_stages_1_1_pwconv1_weight[0],
           o->m.stages_1_1_pwconv1_weight[0], o->v.stages_1_1_pwconv1_weight[0], 0.05, step);
    update(128, p->stages_1_1_pwconv1_bias, work->d_stages_1_1_pwconv1_bias[0], o->m.stages_1_1_pwconv1_bias,
           o->v.stages_1_1_pwconv1_bias, 0, step);
    update(4096, p->stages_1_1_pwconv2_weight[0], work->d_stages_1_1_pwconv2_weight[0],
           o->m.stages_1_1_pwconv2_weight[0], o->v.stages_1_1_pwconv2_weight[0], 0.05, step);
    update(32, p->stages_1_1_pwconv2_bias, work->d_stages_1_1_pwconv2_bias, o->m.stages_1_1_pwconv2_bias,
           o->v.stages_1_1_pwconv2_bias, 0, step);
    update(32, p->stages_1_1_gamma_weight, work->d_stages_1_1_gamma_weight, o->m.stages_1_1_gamma_weight,
           o->v.stages_1_1_gamma_weight, 0, step);
    update(32, p->downsample_2_norm_weight, work->d_downsample_2_norm_weight, o->m.downsample_2_norm_weight,
           o->v.downsample_2_norm_weight, 0, step);
    update(32, p->downsample_2_norm_bias, work->d_downsample_2_norm_bias, o->m.downsample_2_norm_bias,
           o->v.downsample_2_norm_bias, 0, step);
    update(8192, p->downsample_2_conv_weight[0][0][0], work->d_downsample_2_conv_weight[0][0][0],
           o->m.downsample_2_conv_weight[0][0][0], o->v.downsample_2_conv_weight[0][0][0], 0.05, step);
    update(64, p->downsample_2_conv_bias, work->d_downsample_2_conv_bias[0], o->m.downsample_2_conv_bias,
           o->v.downsample_2_conv_bias, 0, step);
    update(3136, p->stages_2_0_dwconv_weight[0][0][0], work->d_stages_2_0_dwconv_weight[0][0][0],
           o->m.stages_2_0_dwconv_weight[0][0][0], o->v.stages_2_0_dwconv_weight[0][0][0], 0.05, step);
    update(64, p->stages_2_0_dwconv_bias, work->d_stages_2_0_dwconv_bias[0], o->m.stages_2_0_dwconv_bias,
           o->v.stages_2_0_dwconv_bias, 0, step);
    update(64, p->stages_2_0_norm_weight, work->d_stages_2_0_norm_weight, o->m.stages_2_0_norm_weight,
           o->v.stages_2_0_norm_weight, 0, step);
    update(64, p->stages_2_0_norm_bias, work->d_stages_2_0_norm_bias, o->m.stages_2_0_norm_bias,
           o->v.stages_2_0_norm_bias, 0, step);
    update(16384, p->stages_2_0_pwconv1_weight[0], work->d_stages_2_0_pwconv1_weight[0],
           o->m.stages_2_0_pwconv1_weight[0], o->v.stages_2_0_pwconv1_weight[0], 0.05, step);
    update(256, p->stages_2_0_pwconv1_bias, work->d_stages_2_0_pwconv1_bias[0], o->m.stages_2_0_pwconv1_bias,
           o->v.stages_2_0_pwconv1_bias, 0, step);
    update(16384, p->stages_2_0_pwconv2_weight[0], work->d_stages_2_0_pwconv2_weight[0],
           o->m.stages_2_0_pwconv2_weight[0], o->v.stages_2_0_pwconv2_weight[0], 0.05, step);
    update(64, p->stages_2_0_pwconv2_bias, work->d_stages_2_0_pwconv2_bias, o->m.stages_2_0_pwconv2_bias,
           o->v.stages_2_0_pwconv2_bias, 0, step);
    update(64, p->stages_2_0_gamma_weight, work->d_stages_2_0_gamma_weight, o->m.stages_2_0_gamma_weight,
           o->v.stages_2_0_gamma_weight, 0, step);
    update(3136, p->stages_2_1_dwconv_weight[0][0][0], work->d_stages_2_1_dwconv_weight[0][0][0],
           o->m.stages_2_1_dwconv_weight[0][0][0], o->v.stages_2_1_dwconv_weight[0][0][0], 0.05, step);
    update(64, p->stages_2_1_dwconv_bias, work->d_stages_2_1_dwconv_bias[0], o->m.stages_2_1_dwconv_bias,
           o->v.stages_2_1_dwconv_bias, 0, step);
    update(64, p->stages_2_1_norm_weight, work->d_stages_2_1_norm_weight, o->m.stages_2_1_norm_weight,
           o->v.stages_2_1_norm_weight, 0, step);
    update(64, p->stages_2_1_norm_bias, work->d_stages_2_1_norm_bias, o->m.stages_2_1_norm_bias,
           o->v.stages_2_1_norm_bias, 0, step);
    update(16384, p->stages_2_1_pwconv1_weight[0], work->d_stages_2_1_pwconv1_weight[0],
           o->m.stages_2_1_pwconv1_weight[0], o->v.stages_2_1_pwconv1_weight[0], 0.05, step);
    update(256, p->stages_2_1_pwconv1_bias, work->d_stages_2_1_pwconv1_bias[0], o->m.stages_2_1_pwconv1_bias,
           o->v.stages_2_1_pwconv1_bias, 0, step);
    update(16384, p->stages_2_1_pwconv2_weight[0], work->d_stages_2_1_pwconv2_weight[0],
           o->m.stages_2_1_pwconv2_weight[0], o->v.stages_2_1_pwconv2_weight[0], 0.05, step);
    update(64, p->stages_2_1_pwconv2_bias, work->d_stages_2_1_pwconv2_bias, o->m.stages_2_1_pwconv2_bias,
           o->v.stages_2_1_pwconv2_bias, 0, step);
    update(64, p->stages_2_1_gamma_weight, work->d_stages_2_1_gamma_weight, o->m.stages_2_1_gamma_weight,
           o->v.stages_2_1_gamma_weight, 0, step);
    update(64, p->downsample_3_norm_weight, work->d_downsample_3_norm_weight, o->m.downsample_3_norm_weight,
           o->v.downsample_3_norm_weight, 0, step);
    update(64, p->downsample_3_norm_bias, work->d_downsample_3_norm_bias, o->m.downsample_3_norm_bias,
           o->v.downsample_3_norm_bias, 0, step);
    update(32768, p->downsample_3_conv_weight[0][0][0], work->d_downsample_3_conv_weight[0][0][0],
           o->m.downsample_3_conv_weight[0][0][0], o->v.downsample_3_conv_weight[0][0][0], 0.05, step);
    update(128, p->downsample_3_conv_bias, work->d_downsample_3_conv_bias[0], o->m.downsample_3_conv_bias,
           o->v.downsample_3_conv_bias, 0, step);
    update(6272, p->stages_3_0_dwconv_weight[0][0][0], work->d_stages_3_0_dwconv_weight[0][0][0],
           o->m.stages_3_0_dwconv_weight[0][0][0], o->v.stages_3_0_dwconv_weight[0][0][0], 0.05, step);
    update(128, p->stages_3_0_dwconv_bias, work->d_stages_3_0_dwconv_bias[0], o->m.stages_3_0_dwconv_bias,
           o->v.stages_3_0_dwconv_bias, 0, step);
    update(128, p->stages_3_0_norm_weight, work->d_stages_3_0_norm_weight, o->m.stages_3_0_norm_weight,
           o->v.stages_3_0_norm_weight, 0, step);
    update(128, p->stages_3_0_norm_bias, work->d_stages_3_0_norm_bias, o->m.stages_3_0_norm_bias,
           o->v.stages_3_0_norm_bias, 0, step);
    update(65536, p->stages_3_0_pwconv1_weight[0], work->d_stages_3_0_pwconv1_weight[0],
           o->m.stages_3_0_pwconv1_weight[0], o->v.stages_3_0_pwconv1_weight[0], 0.05, step);
    update(512, p->stages_3_0_pwconv1_bias, work->d_stages_3_0_pwconv1_bias[0], o->m.stages_3_0_pwconv1_bias,
           o->v.stages_3_0_pwconv1_bias, 0, step);
    update(65536, p->stages_3_0_pwconv2_weight[0], work->d_stages_3_0_pwconv2_weight[0],
           o->m.stages_3_0_pwconv2_weight[0], o->v.stages_3_0_pwconv2_weight[0], 0.05, step);
    update(128, p->stages_3_0_pwconv2_bias, work->d_stages_3_0_pwconv2_bias, o->m.stages_3_0_pwconv2_bias,
           o->v.stages_3_0_pwconv2_bias, 0, step);
    update(128, p->stages_3_0_gamma_weight, work->d_stages_3_0_gamma_weight, o->m.stages_3_0_gamma_weight,
           o->v.stages_3_0_gamma_weight, 0, step);
    update(6272, p->stages_3_1_dwconv_weight[0][0][0], work->d_stages_3_1_dwconv_weight[0][0][0],
           o->m.stages_3_1_dwconv_weight[0][0][0], o->v.stages_3_1_dwconv_weight[0][0][0], 0.05, step);
    update(128, p->stages_3_1_dwconv_bias, work->d_stages_3_1_dwconv_bias[0], o->m.stages_3_1_dwconv_bias,
           o->v.stages_3_1_dwconv_bias, 0, step);
    update(128, p->stages_3_1_norm_weight, work->d_stages_3_1_norm_weight, o->m.stages_3_1_norm_weight,
           o->v.stages_3_1_norm_weight, 0, step);
    update(128, p->stages_3_1_norm_bias, work->d_stages_3_1_norm_bias, o->m.stages_3_1_norm_bias,
           o->v.stages_3_1_norm_bias, 0, step);
    update(65536, p->stages_3_1_pwconv1_weight[0], work->d_stages_3_1_pwconv1_weight[0],
           o->m.stages_3_1_pwconv1_weight[0], o->v.stages_3_1_pwconv1_weight[0], 0.05, step);
    update(512, p->stages_3_1_pwconv1_bias, work->d_stages_3_1_pwconv1_bias[0], o->m.stages_3_1_pwconv1_bias,
           o->v.stages_3_1_pwconv1_bias, 0, step);
    update(65536, p->stages_3_1_pwconv2_weight[0], work->d_stages_3_1_pwconv2_weight[0],
           o->m.stages_3_1_pwconv2_weight[0], o->v.stages_3_1_pwconv2_weight[0], 0.05, step);
    update(128, p->stages_3_1_pwconv2_bias, work->d_stages_3_1_pwconv2_bias, o->m.stages_3_1_pwconv2_bias,
           o->v.stages_3_1_pwconv2_bias, 0, step);
    update(128, p->stages_3_1_gamma_weight, work->d_stages_3_1_gamma_weight, o->m.stages_3_1_gamma_weight,
           o->v.stages_3_1_gamma_weight, 0, step);
    update(128, p->norm_weight, work->d_norm_weight, o->m.norm_weight, o->v.norm_weight, 0, step);
    update(128, p->norm_bias, work->d_norm_bias, o->m.norm_bias, o->v.norm_bias, 0, step);
    update(1280, p->head_weight[0], work->d_head_weight[0], o->m.head_weight[0], o->v.head_weight[0], 0.05,
           step);
    update(10, p->head_bias, work->d_head_bias[0], o->m.head_bias, o->v.head_bias, 0, step);
}

/* ---- the tensors of a run, as tables ---- */

static const RtTensor parameters[] = {
    {"stem.conv.weight", 4, {32, 1, 2, 2}, offsetof(ConvnextParams, stem_conv_weight) / sizeof(float), 128,
     RT_INIT_TRUNCATED_NORMAL, 0.02, true},
    {"stem.conv.bias", 1, {32}, offsetof(ConvnextParams, stem_conv_bias) / sizeof(float), 32, RT_INIT_UNIFORM,
     0.5, false},
    {"stem.norm.weight", 1, {32}, offsetof(ConvnextParams, stem_norm_weight) / sizeof(float), 32,
     RT_INIT_CONSTANT, 1, false},
    {"stem.norm.bias", 1, {32}, offsetof(ConvnextParams, stem_norm_bias) / sizeof(float), 32,
     RT_INIT_CONSTANT, 0, false},
    {"stages.1.0.dwconv.weight", 4, {32, 1, 7, 7},
     offsetof(ConvnextParams, stages_1_0_dwconv_weight) / sizeof(float), 1568, RT_INIT_TRUNCATED_NORMAL, 0.02,
     true},
    {"stages.1.0.dwconv.bias", 1, {32}, offsetof(ConvnextParams, stages_1_0_dwconv_bias) / sizeof(float), 32,
     RT_INIT_UNIFORM, 0.14285714285714285, false},
    {"stages.1.0.norm.weight", 1, {32}, offsetof(ConvnextParams, stages_1_0_norm_weight) / sizeof(float), 32,
     RT_INIT_CONSTANT, 1, false},
    {"stages.1.0.norm.bias", 1, {32}, offsetof(ConvnextParams, stages_1_0_norm_bias) / sizeof(float), 32,
     RT_INIT_CONSTANT, 0, false},
    {"stages.1.0.pwconv1.weight", 2, {128, 32},
     offsetof(ConvnextParams, stages_1_0_pwconv1_weight) / sizeof(float), 4096, RT_INIT_TRUNCATED_NORMAL,
     0.02, true},
    {"stages.1.0.pwconv1.bias", 1, {128}, offsetof(ConvnextParams, stages_1_0_pwconv1_bias) / sizeof(float),
     128, RT_INIT_UNIFORM, 0.17677669529663687, false},
    {"stages.1.0.pwconv2.weight", 2, {32, 128},
     offsetof(ConvnextParams, stages_1_0_pwconv2_weight) / sizeof(float), 4096, RT_INIT_TRUNCATED_NORMAL,
     0.02, true},
    {"stages.1.0.pwconv2.bias", 1, {32}, offsetof(ConvnextParams, stages_1_0_pwconv2_bias) / sizeof(float),
     32, RT_INIT_UNIFORM, 0.08838834764831843, false},
    {"stages.1.0.gamma.weight", 1, {32}, offsetof(ConvnextParams, stages_1_0_gamma_weight) / sizeof(float),
     32, RT_INIT_CONSTANT, 1, false},
    {"stages.1.1.dwconv.weight", 4, {32, 1, 7, 7},
     offsetof(ConvnextParams, stages_1_1_dwconv_weight) / sizeof(float), 1568, RT_INIT_TRUNCATED_NORMAL, 0.02,
     true},
    {"stages.1.1.dwconv.bias", 1, {32}, offsetof(ConvnextParams, stages_1_1_dwconv_bias) / sizeof(float), 32,
     RT_INIT_UNIFORM, 0.14285714285714285, false},
    {"stages.1.1.norm.weight", 1, {32}, offsetof(ConvnextParams, stages_1_1_norm_weight) / sizeof(float), 32,
     RT_INIT_CONSTANT, 1, false},
    {"stages.1.1.norm.bias", 1, {32}, offsetof(ConvnextParams, stages_1_1_norm_bias) / sizeof(float), 32,
     RT_INIT_CONSTANT, 0, false},
    {"stages.1.1.pwconv1.weight", 2, {128, 32},
     offsetof(ConvnextParams, stages_1_1_pwconv1_weight) / sizeof(float), 4096, RT_INIT_TRUNCATED_NORMAL,
     0.02, true},
    {"stages.1.1.pwconv1.bias", 1, {128}, offsetof(ConvnextParams, stages_1_1_pwconv1_bias) / sizeof(float),
     128, RT_INIT_UNIFORM, 0.17677669529663687, false},
    {"stages.1.1.pwconv2.weight", 2, {32, 128},
     offsetof(ConvnextParams, stages_1_1_pwconv2_weight) / sizeof(float), 4096, RT_INIT_TRUNCATED_NORMAL,
     0.02, true},
    {"stages.1.1.pwconv2.bias", 1, {32}, offsetof(ConvnextParams, stages_1_1_pwconv2_bias) / sizeof(float),
     32, RT_INIT_UNIFORM, 0.08838834764831843, false},
    {"stages.1.1.gamma.weight", 1, {32}, offsetof(ConvnextParams, stages_1_1_gamma_weight) / sizeof(float),
     32, RT_INIT_CONSTANT, 1, false},
    {"downsample.2.norm.weight", 1, {32}, offsetof(ConvnextParams, downsample_2_norm_weight) / sizeof(float),
     32, RT_INIT_CONSTANT, 1, false},
    {"downsample.2.norm.bias", 1, {32}, offsetof(ConvnextParams, downsample_2_norm_bias) / sizeof(float), 32,
     RT_INIT_CONSTANT, 0, false},
    {"downsample.2.conv.weight", 4, {64, 32, 2, 2},
     offsetof(ConvnextParams, downsample_2_conv_weight) / sizeof(float), 8192, RT_INIT_TRUNCATED_NORMAL, 0.02,
     true},
    {"downsample.2.conv.bias", 1, {64}, offsetof(ConvnextParams, downsample_2_conv_bias) / sizeof(float), 64,
     RT_INIT_UNIFORM, 0.08838834764831843, false},
    {"stages.2.0.dwconv.weight", 4, {64, 1, 7, 7},
     offsetof(ConvnextParams, stages_2_0_dwconv_weight) / sizeof(float), 3136, RT_INIT_TRUNCATED_NORMAL, 0.02,
     true},
    {"stages.2.0.dwconv.bias", 1, {64}, offsetof(ConvnextParams, stages_2_0_dwconv_bias) / sizeof(float), 64,
     RT_INIT_UNIFORM, 0.14285714285714285, false},
    {"stages.2.0.norm.weight", 1, {64}, offsetof(ConvnextParams, stages_2_0_norm_weight) / sizeof(float), 64,
     RT_INIT_CONSTANT, 1, false},
    {"stages.2.0.norm.bias", 1, {64}, offsetof(ConvnextParams, stages_2_0_norm_bias) / sizeof(float), 64,
     RT_INIT_CONSTANT, 0, false},
    {"stages.2.0.pwconv1.weight", 2, {256, 64},
     offsetof(ConvnextParams, stages_2_0_pwconv1_weight) / sizeof(float), 16384, RT_INIT_TRUNCATED_NORMAL,
     0.02, true},
    {"stages.2.0.pwconv1.bias", 1, {256}, offsetof(ConvnextParams, stages_2_0_pwconv1_bias) / sizeof(float),
     256, RT_INIT_UNIFORM, 0.125, false},
    {"stages.2.0.pwconv2.weight", 2, {64, 256},
     offsetof(ConvnextParams, stages_2_0_pwconv2_weight) / sizeof(float), 16384, RT_INIT_TRUNCATED_NORMAL,
     0.02, true},
    {"stages.2.0.pwconv2.bias", 1, {64}, offsetof(ConvnextParams, stages_2_0_pwconv2_bias) / sizeof(float),
     64, RT_INIT_UNIFORM, 0.0625, false},
    {"stages.2.0.gamma.weight", 1, {64}, offsetof(ConvnextParams, stages_2_0_gamma_weight) / sizeof(float),
     64, RT_INIT_CONSTANT, 1, false},
    {"stages.2.1.dwconv.weight", 4, {64, 1, 7, 7},
     offsetof(ConvnextParams, stages_2_1_dwconv_weight) / sizeof(float), 3136, RT_INIT_TRUNCATED_NORMAL, 0.02,
     true},
    {"stages.2.1.dwconv.bias", 1, {64}, offsetof(ConvnextParams, stages_2_1_dwconv_bias) / sizeof(float), 64,
     RT_INIT_UNIFORM, 0.14285714285714285, false},
    {"stages.2.1.norm.weight", 1, {64}, offsetof(ConvnextParams, stages_2_1_norm_weight) / sizeof(float), 64,
     RT_INIT_CONSTANT, 1, false},
    {"stages.2.1.norm.bias", 1, {64}, offsetof(ConvnextParams, stages_2_1_norm_bias) / sizeof(float), 64,
     RT_INIT_CONSTANT, 0, false},
    {"stages.2.1.pwconv1.weight", 2, {256, 64},
     offsetof(ConvnextParams, stages_2_1_pwconv1_weight) / sizeof(float), 16384, RT_INIT_TRUNCATED_NORMAL,
     0.02, true},
    {"stages.2.1.pwconv1.bias", 1, {256}, offsetof(ConvnextParams, stages_2_1_pwconv1_bias) / sizeof(float),
     256, RT_INIT_UNIFORM, 0.125, false},
    {"stages.2.1.pwconv2.weight", 2, {64, 256},
     offsetof(ConvnextParams, stages_2_1_pwconv2_weight) / sizeof(float), 16384, RT_INIT_TRUNCATED_NORMAL,
     0.02, true},
    {"stages.2.1.pwconv2.bias", 1, {64}, offsetof(ConvnextParams, stages_2_1_pwconv2_bias) / sizeof(float),
     64, RT_INIT_UNIFORM, 0.0625, false},
    {"stages.2.1.gamma.weight", 1, {64}, offsetof(ConvnextParams, stages_2_1_gamma_weight) / sizeof(float),
     64, RT_INIT_CONSTANT, 1, false},
    {"downsample.3.norm.weight", 1, {64}, offsetof(ConvnextParams, downsample_3_norm_weight) / sizeof(float),
     64, RT_INIT_CONSTANT, 1, false},
    {"downsample.3.norm.bias", 1, {64}, offsetof(ConvnextParams, downsample_3_norm_bias) / sizeof(float), 64,
     RT_INIT_CONSTANT, 0, false},
    {"downsample.3.conv.weight", 4, {128, 64, 2, 2},
     offsetof(ConvnextParams, downsample_3_conv_weight) / sizeof(float), 32768, RT_INIT_TRUNCATED_NORMAL,
     0.02, true},
    {"downsample.3.conv.bias", 1, {128}, offsetof(ConvnextParams, downsample_3_conv_bias) / sizeof(float),
     128, RT_INIT_UNIFORM, 0.0625, false},
    {"stages.3.0.dwconv.weight", 4, {128, 1, 7, 7},
     offsetof(ConvnextParams, stages_3_0_dwconv_weight) / sizeof(float), 6272, RT_INIT_TRUNCATED_NORMAL, 0.02,
     true},
    {"stages.3.0.dwconv.bias", 1, {128}, offsetof(ConvnextParams, stages_3_0_dwconv_bias) / sizeof(float),
     128, RT_INIT_UNIFORM, 0.14285714285714285, false},
    {"stages.3.0.norm.weight", 1, {128}, offsetof(ConvnextParams, stages_3_0_norm_weight) / sizeof(float),
     128, RT_INIT_CONSTANT, 1, false},
    {"stages.3.0.norm.bias", 1, {128}, offsetof(ConvnextParams, stages_3_0_norm_bias) / sizeof(float), 128,
     RT_INIT_CONSTANT, 0, false},
    {"stages.3.0.pwconv1.weight", 2, {512, 128},
     offsetof(ConvnextParams, stages_3_0_pwconv1_weight) / sizeof(float), 65536, RT_INIT_TRUNCATED_NORMAL,
     0.02, true},
    {"stages.3.0.pwconv1.bias", 1, {512}, offsetof(ConvnextParams, stages_3_0_pwconv1_bias) / sizeof(float),
     512, RT_INIT_UNIFORM, 0.08838834764831843, false},
    {"stages.3.0.pwconv2.weight", 2, {128, 512},
     offsetof(ConvnextParams, stages_3_0_pwconv2_weight) / sizeof(float), 65536, RT_INIT_TRUNCATED_NORMAL,
     0.02, true},
    {"stages.3.0.pwconv2.bias", 1, {128}, offsetof(ConvnextParams, stages_3_0_pwconv2_bias) / sizeof(float),
     128, RT_INIT_UNIFORM, 0.044194173824159216, false},
    {"stages.3.0.gamma.weight", 1, {128}, offsetof(ConvnextParams, stages_3_0_gamma_weight) / sizeof(float),
     128, RT_INIT_CONSTANT, 1, false},
    {"stages.3.1.dwconv.weight", 4, {128, 1, 7, 7},
     offsetof(ConvnextParams, stages_3_1_dwconv_weight) / sizeof(float), 6272, RT_INIT_TRUNCATED_NORMAL, 0.02,
     true},
    {"stages.3.1.dwconv.bias", 1, {128}, offsetof(ConvnextParams, stages_3_1_dwconv_bias) / sizeof(float),
     128, RT_INIT_UNIFORM, 0.14285714285714285, false},
    {"stages.3.1.norm.weight", 1, {128}, offsetof(ConvnextParams, stages_3_1_norm_weight) / sizeof(float),
     128, RT_INIT_CONSTANT, 1, false},
    {"stages.3.1.norm.bias", 1, {128}, offsetof(ConvnextParams, stages_3_1_norm_bias) / sizeof(float), 128,
     RT_INIT_CONSTANT, 0, false},
    {"stages.3.1.pwconv1.weight", 2, {512, 128},
     offsetof(ConvnextParams, stages_3_1_pwconv1_weight) / sizeof(float), 65536, RT_INIT_TRUNCATED_NORMAL,
     0.02, true},
    {"stages.3.1.pwconv1.bias", 1, {512}, offsetof(ConvnextParams, stages_3_1_pwconv1_bias) / sizeof(float),
     512, RT_INIT_UNIFORM, 0.08838834764831843, false},
    {"stages.3.1.pwconv2.weight", 2, {128, 512},
     offsetof(ConvnextParams, stages_3_1_pwconv2_weight) / sizeof(float), 65536, RT_INIT_TRUNCATED_NORMAL,
     0.02, true},
    {"stages.3.1.pwconv2.bias", 1, {128}, offsetof(ConvnextParams, stages_3_1_pwconv2_bias) / sizeof(float),
     128, RT_INIT_UNIFORM, 0.044194173824159216, false},
    {"stages.3.1.gamma.weight", 1, {128}, offsetof(ConvnextParams, stages_3_1_gamma_weight) / sizeof(float),
     128, RT_INIT_CONSTANT, 1, false},
    {"norm.weight", 1, {128}, offsetof(ConvnextParams, norm_weight) / sizeof(float), 128, RT_INIT_CONSTANT, 1,
     false},
    {"norm.bias", 1, {128}, offsetof(ConvnextParams, norm_bias) / sizeof(float), 128, RT_INIT_CONSTANT, 0,
     false},
    {"head.weight", 2, {10, 128}, offsetof(ConvnextParams, head_weight) / sizeof(float), 1280,
     RT_INIT_TRUNCATED_NORMAL, 0.02, true},
    {"head.bias", 1, {10}, offsetof(ConvnextParams, head_bias) / sizeof(float), 10, RT_INIT_UNIFORM,
     0.08838834764831843, false},
};

/* ---- what programs call ---- */

static ConvnextStatus check_train(const ConvnextWork *work, int threads, const ConvnextBatch *in)
{
    if (threads < 1 || threads > 1024) return CONVNEXT_BAD_THREADS;
    if (!work || (uintptr_t)work % 64) return CONVNEXT_NOT_ALIGNED;
    if (in->n != CONVNEXT_BATCH) return CONVNEXT_BAD_BATCH;
    if (!in->image || !in->label) return CONVNEXT_BAD_BATCH;
    for (int i = 0; i < in->n; i++)
        if (in->label[i] < 0 || in->label[i] >= 10) return CONVNEXT_BAD_BATCH;
    return CONVNEXT_OK;
}

static ConvnextStatus check_evaluate(const ConvnextWork *work, int threads, const ConvnextBatch *in)
{
    if (threads < 1 || threads > 1024) return CONVNEXT_BAD_THREADS;
    if (!work || (uintptr_t)work % 64) return CONVNEXT_NOT_ALIGNED;
    if (in->n < 1 || in->n > CONVNEXT_BATCH) return CONVNEXT_BAD_BATCH;
    if (!in->image || !in->label) return CONVNEXT_BAD_BATCH;
    for (int i = 0; i < in->n; i++)
        if (in->label[i] < 0 || in->label[i] >= 10) return CONVNEXT_BAD_BATCH;
    return CONVNEXT_OK;
}

static ConvnextStatus check_predict(const ConvnextWork *work, int threads, const ConvnextBatch *in)
{
    if (threads < 1 || threads > 1024) return CONVNEXT_BAD_THREADS;
    if (!work || (uintptr_t)work % 64) return CONVNEXT_NOT_ALIGNED;
    if (in->n < 1 || in->n > CONVNEXT_BATCH) return CONVNEXT_BAD_BATCH;
    if (!in->image) return CONVNEXT_BAD_BATCH;
    return CONVNEXT_OK;
}

static RtStep next_step(const Convnext *run)
{
    const int64_t steps = run->steps < 1 ? 1 : run->steps, number = run->step < steps ? run->step : steps - 1;
    return (RtStep){
        .seed = run->seed, .step = run->step, .skipped = run->skipped, .progress = rt_progress(number, steps),
        .learning_rate = (float)rt_one_cycle(0.003, number, steps),
        .correction1 = rt_correction(0.9, run->step), .correction2 = rt_correction(0.999, run->step)};
}

void convnext_init(Convnext *run, uint64_t seed, int64_t steps)
{
    const uint64_t found = rt_exact_begin();
    memset(run, 0, sizeof *run);
    run->seed = seed;
    run->steps = steps < 1 ? 1 : steps;
    run->steps_per_epoch = run->steps < 12 ? 1 : run->steps / 12;
    for (int i = 0; i < 70; i++)
        rt_initial_values(&parameters[i], seed, (float *)&run->params + parameters[i].offset);
    rt_exact_end(found);
}

ConvnextStatus convnext_step(Convnext *run, ConvnextWork *work, int threads, const ConvnextBatch *in,
                             ConvnextTrainResult *out)
{
    const ConvnextStatus status = check_train(work, threads, in);
    if (status != CONVNEXT_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = next_step(run);
    const bool finite = train_batch(&work->train, threads, &run->params, in, &step, out);
    if (finite) {
        change_weights(&work->train, &run->params, &run->moments, &step);
        run->step++;
    }
    rt_exact_end(found);
    return finite ? CONVNEXT_OK : CONVNEXT_NOT_FINITE;
}

ConvnextStatus convnext_gradients(const Convnext *run, ConvnextWork *work, int threads,
                                  const ConvnextBatch *in, ConvnextParams *gradients,
                                  ConvnextTrainResult *out)
{
    const ConvnextStatus status = check_train(work, threads, in);
    if (status != CONVNEXT_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = next_step(run);
    const bool finite = train_batch(&work->train, threads, &run->params, in, &step, out);
    if (finite) {
        memcpy(gradients->stem_conv_weight, work->train.d_stem_conv_weight,
               sizeof gradients->stem_conv_weight);
        memcpy(gradients->stem_conv_bias, work->train.d_stem_conv_bias[0], sizeof gradients->stem_conv_bias);
        memcpy(gradients->stem_norm_weight, work->train.d_stem_norm_weight[0],
               sizeof gradients->stem_norm_weight);
        memcpy(gradients->stem_norm_bias, work->train.d_stem_norm_bias[0], sizeof gradients->stem_norm_bias);
        memcpy(gradients->stages_1_0_dwconv_weight, work->train.d_stages_1_0_dwconv_weight,
               sizeof gradients->stages_1_0_dwconv_weight);
        memcpy(gradients->stages_1_0_dwconv_bias, work->train.d_stages_1_0_dwconv_bias[0],
               sizeof gradients->stages_1_0_dwconv_bias);
        memcpy(gradients->stages_1_0_norm_weight, work->train.d_stages_1_0_norm_weight,
               sizeof gradients->stages_1_0_norm_weight);
        memcpy(gradients->stages_1_0_norm_bias, work->train.d_stages_1_0_norm_bias,
               sizeof gradients->stages_1_0_norm_bias);
        memcpy(gradients->stages_1_0_pwconv1_weight, work->train.d_stages_1_0_pwconv1_weight,
               sizeof gradients->stages_1_0_pwconv1_weight);
        memcpy(gradients->stages_1_0_pwconv1_bias, work->train.d_stages_1_0_pwconv1_bias[0],
               sizeof gradients->stages_1_0_pwconv1_bias);
        memcpy(gradients->stages_1_0_pwconv2_weight, work->train.d_stages_1_0_pwconv2_weight,
               sizeof gradients->stages_1_0_pwconv2_weight);
        memcpy(gradients->stages_1_0_pwconv2_bias, work->train.d_stages_1_0_pwconv2_bias,
               sizeof gradients->stages_1_0_pwconv2_bias);
        memcpy(gradients->stages_1_0_gamma_weight, work->train.d_stages_1_0_gamma_weight,
               sizeof gradients->stages_1_0_gamma_weight);
        memcpy(gradients->stages_1_1_dwconv_weight, work->train.d_stages_1_1_dwconv_weight,
               sizeof gradients->stages_1_1_dwconv_weight);
        memcpy(gradients->stages_1_1_dwconv_bias, work->train.d_stages_1_1_dwconv_bias[0],
               sizeof gradients->stages_1_1_dwconv_bias);
        memcpy(gradients->stages_1_1_norm_weight, work->train.d_stages_1_1_norm_weight,
               sizeof gradients->stages_1_1_norm_weight);
        memcpy(gradients->stages_1_1_norm_bias, work->train.d_stages_1_1_norm_bias,
               sizeof gradients->stages_1_1_norm_bias);
        memcpy(gradients->stages_1_1_pwconv1_weight, work->train.d_stages_1_1_pwconv1_weight,
               sizeof gradients->stages_1_1_pwconv1_weight);
        memcpy(gradients->stages_1_1_pwconv1_bias, work->train.d_stages_1_1_pwconv1_bias[0],
               sizeof gradients->stages_1_1_pwconv1_bias);
        memcpy(gradients->stages_1_1_pwconv2_weight, work->train.d_stages_1_1_pwconv2_weight,
               sizeof gradients->stages_1_1_pwconv2_weight);
        memcpy(gradients->stages_1_1_pwconv2_bias, work->train.d_stages_1_1_pwconv2_bias,
               sizeof gradients->stages_1_1_pwconv2_bias);
        memcpy(gradients->stages_1_1_gamma_weight, work->train.d_stages_1_1_gamma_weight,
               sizeof gradients->stages_1_1_gamma_weight);
        memcpy(gradients->downsample_2_norm_weight, work->train.d_downsample_2_norm_weight,
               sizeof gradients->downsample_2_norm_weight);
        memcpy(gradients->downsample_2_norm_bias, work->train.d_downsample_2_norm_bias,
               sizeof gradients->downsample_2_norm_bias);
        memcpy(gradients->downsample_2_conv_weight, work->train.d_downsample_2_conv_weight,
               sizeof gradients->downsample_2_conv_weight);
        memcpy(gradients->downsample_2_conv_bias, work->train.d_downsample_2_conv_bias[0],
               sizeof gradients->downsample_2_conv_bias);
        memcpy(gradients->stages_2_0_dwconv_weight, work->train.d_stages_2_0_dwconv_weight,
               sizeof gradients->stages_2_0_dwconv_weight);
        memcpy(gradients->stages_2_0_dwconv_bias, work->train.d_stages_2_0_dwconv_bias[0],
               sizeof gradients->stages_2_0_dwconv_bias);
        memcpy(gradients->stages_2_0_norm_weight, work->train.d_stages_2_0_norm_weight,
               sizeof gradients->stages_2_0_norm_weight);
        memcpy(gradients->stages_2_0_norm_bias, work->train.d_stages_2_0_norm_bias,
               sizeof gradients->stages_2_0_norm_bias);
        memcpy(gradients->stages_2_0_pwconv1_weight, work->train.d_stages_2_0_pwconv1_weight,
               sizeof gradients->stages_2_0_pwconv1_weight);
        memcpy(gradients->stages_2_0_pwconv1_bias, work->train.d_stages_2_0_pwconv1_bias[0],
               sizeof gradients->stages_2_0_pwconv1_bias);
        memcpy(gradients->stages_2_0_pwconv2_weight, work->train.d_stages_2_0_pwconv2_weight,
               sizeof gradients->stages_2_0_pwconv2_weight);
        memcpy(gradients->stages_2_0_pwconv2_bias, work->train.d_stages_2_0_pwconv2_bias,
               sizeof gradients->stages_2_0_pwconv2_bias);
        memcpy(gradients->stages_2_0_gamma_weight, work->train.d_stages_2_0_gamma_weight,
               sizeof gradients->stages_2_0_gamma_weight);
        memcpy(gradients->stages_2_1_dwconv_weight, work->train.d_stages_2_1_dwconv_weight,
               sizeof gradients->stages_2_1_dwconv_weight);
        memcpy(gradients->stages_2_1_dwconv_bias, work->train.d_stages_2_1_dwconv_bias[0],
               sizeof gradients->stages_2_1_dwconv_bias);
        memcpy(gradients->stages_2_1_norm_weight, work->train.d_stages_2_1_norm_weight,
               sizeof gradients->stages_2_1_norm_weight);
        memcpy(gradients->stages_2_1_norm_bias, work->train.d_stages_2_1_norm_bias,
               sizeof gradients->stages_2_1_norm_bias);
        memcpy(gradients->stages_2_1_pwconv1_weight, work->train.d_stages_2_1_pwconv1_weight,
               sizeof gradients->stages_2_1_pwconv1_weight);
        memcpy(gradients->stages_2_1_pwconv1_bias, work->train.d_stages_2_1_pwconv1_bias[0],
               sizeof gradients->stages_2_1_pwconv1_bias);
        memcpy(gradients->stages_2_1_pwconv2_weight, work->train.d_stages_2_1_pwconv2_weight,
               sizeof gradients->stages_2_1_pwconv2_weight);
        memcpy(gradients->stages_2_1_pwconv2_bias, work->train.d_stages_2_1_pwconv2_bias,
               sizeof gradients->stages_2_1_pwconv2_bias);
        memcpy(gradients->stages_2_1_gamma_weight, work->train.d_stages_2_1_gamma_weight,
               sizeof gradients->stages_2_1_gamma_weight);
        memcpy(gradients->downsample_3_norm_weight, work->train.d_downsample_3_norm_weight,
               sizeof gradients->downsample_3_norm_weight);
        memcpy(gradients->downsample_3_norm_bias, work->train.d_downsample_3_norm_bias,
               sizeof gradients->downsample_3_norm_bias);
        memcpy(gradients->downsample_3_conv_weight, work->train.d_downsample_3_conv_weight,
               sizeof gradients->downsample_3_conv_weight);
        memcpy(gradients->downsample_3_conv_bias, work->train.d_downsample_3_conv_bias[0],
               sizeof gradients->downsample_3_conv_bias);
        memcpy(gradients->stages_3_0_dwconv_weight, work->train.d_stages_3_0_dwconv_weight,
               sizeof gradients->stages_3_0_dwconv_weight);
        memcpy(gradients->stages_3_0_dwconv_bias, work->train.d_stages_3_0_dwconv_bias[0],
               sizeof gradients->stages_3_0_dwconv_bias);
        memcpy(gradients->stages_3_0_norm_weight, work->train.d_stages_3_0_norm_weight,
               sizeof gradients->stages_3_0_norm_weight);
        memcpy(gradients->stages_3_0_norm_bias, work->train.d_stages_3_0_norm_bias,
               sizeof gradients->stages_3_0_norm_bias);
        memcpy(gradients->stages_3_0_pwconv1_weight, work->train.d_stages_3_0_pwconv1_weight,
               sizeof gradients->stages_3_0_pwconv1_weight);
        memcpy(gradients->stages_3_0_pwconv1_bias, work->train.d_stages_3_0_pwconv1_bias[0],
               sizeof gradients->stages_3_0_pwconv1_bias);
        memcpy(gradients->stages_3_0_pwconv2_weight, work->train.d_stages_3_0_pwconv2_weight,
               sizeof gradients->stages_3_0_pwconv2_weight);
        memcpy(gradients->stages_3_0_pwconv2_bias, work->train.d_stages_3_0_pwconv2_bias,
               sizeof gradients->stages_3_0_pwconv2_bias);
        memcpy(gradients->stages_3_0_gamma_weight, work->train.d_stages_3_0_gamma_weight,
               sizeof gradients->stages_3_0_gamma_weight);
        memcpy(gradients->stages_3_1_dwconv_weight, work->train.d_stages_3_1_dwconv_weight,
               sizeof gradients->stages_3_1_dwconv_weight);
        memcpy(gradients->stages_3_1_dwconv_bias, work->train.d_stages_3_1_dwconv_bias[0],
               sizeof gradients->stages_3_1_dwconv_bias);
        memcpy(gradients->stages_3_1_norm_weight, work->train.d_stages_3_1_norm_weight,
               sizeof gradients->stages_3_1_norm_weight);
        memcpy(gradients->stages_3_1_norm_bias, work->train.d_stages_3_1_norm_bias,
               sizeof gradients->stages_3_1_norm_bias);
        memcpy(gradients->stages_3_1_pwconv1_weight, work->train.d_stages_3_1_pwconv1_weight,
               sizeof gradients->stages_3_1_pwconv1_weight);
        memcpy(gradients->stages_3_1_pwconv1_bias, work->train.d_stages_3_1_pwconv1_bias[0],
               sizeof gradients->stages_3_1_pwconv1_bias);
        memcpy(gradients->stages_3_1_pwconv2_weight, work->train.d_stages_3_1_pwconv2_weight,
               sizeof gradients->stages_3_1_pwconv2_weight);
        memcpy(gradients->stages_3_1_pwconv2_bias, work->train.d_stages_3_1_pwconv2_bias,
               sizeof gradients->stages_3_1_pwconv2_bias);
        memcpy(gradients->stages_3_1_gamma_weight, work->train.d_stages_3_1_gamma_weight,
               sizeof gradients->stages_3_1_gamma_weight);
        memcpy(gradients->norm_weight, work->train.d_norm_weight, sizeof gradients->norm_weight);
        memcpy(gradients->norm_bias, work->train.d_norm_bias, sizeof gradients->norm_bias);
        memcpy(gradients->head_weight, work->train.d_head_weight, sizeof gradients->head_weight);
        memcpy(gradients->head_bias, work->train.d_head_bias[0], sizeof gradients->head_bias);
    }
    rt_exact_end(found);
    return finite ? CONVNEXT_OK : CONVNEXT_NOT_FINITE;
}

ConvnextStatus convnext_evaluate(const Convnext *run, ConvnextWork *work, int threads,
                                 const ConvnextBatch *in, ConvnextEvaluateResult *out)
{
    const ConvnextStatus status = check_evaluate(work, threads, in);
    if (status != CONVNEXT_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = {.seed = run->seed, .progress = 1, .correction1 = 1, .correction2 = 1};
    const bool finite = evaluate_batch(&work->evaluate, threads, &run->params, in, &step, out) &&
                        rt_is_finite(out->loss);
    rt_exact_end(found);
    return finite ? CONVNEXT_OK : CONVNEXT_NOT_FINITE;
}

ConvnextStatus convnext_predict(const Convnext *run, ConvnextWork *work, int threads, const ConvnextBatch *in,
                                ConvnextPredictResult *out)
{
    const ConvnextStatus status = check_predict(work, threads, in);
    if (status != CONVNEXT_OK) return status;
    const uint64_t found = rt_exact_begin();
    const RtStep step = {.seed = run->seed, .progress = 1, .correction1 = 1, .correction2 = 1};
    const bool finite = predict_batch(&work->predict, threads, &run->params, in, &step, out);
    rt_exact_end(found);
    return finite ? CONVNEXT_OK : CONVNEXT_NOT_FINITE;
}

static RtSaved saved(const Convnext *run)
{
    return (RtSaved){
        .graph_hash = "c2aa6729215b8aa55509205580990ebb1b58fc72a4e8d9e9cc5ba9a5a04445be",
        .n_parameters = 70, .parameters = parameters, .values = (float *)&run->params,
        .floats = sizeof run->params / sizeof(float),
        .n_moments = 2, .average = false, .moment_values = (float *)&run->moments,
    };
}

size_t convnext_save(const Convnext *run, void *to, size_t room)
{
    const RtSaved save = saved(run);
    const RtPosition at = {.step = run->step, .steps = run->steps, .steps_per_epoch = run->steps_per_epoch,
                           .skipped = run->skipped, .seed = run->seed};
    return rt_save_write(&save, &at, to, room);
}

ConvnextStatus convnext_load(Convnext *run, const void *bytes, size_t n)
{
    const RtSaved save = saved(run);
    size_t found[210];
    RtPosition at = {.step = run->step, .steps = run->steps, .steps_per_epoch = run->steps_per_epoch,
                     .skipped = run->skipped, .seed = run->seed};
    switch (rt_save_read(&save, &at, bytes, n, found)) {
    case RT_LOADED_NOT_FINITE: return CONVNEXT_NOT_FINITE;
    case RT_LOADED_BAD_FILE: return CONVNEXT_BAD_FILE;
    case RT_LOADED_OTHER_MODEL: return CONVNEXT_OTHER_MODEL;
    default: break;
    }
    run->step = at.step;
    run->steps = at.steps;
    run->steps_per_epoch = at.steps_per_epoch;
    run->skipped = at.skipped;
    run->seed = at.seed;
    return CONVNEXT_OK;
}

const char *convnext_status_text(ConvnextStatus status)
{
    switch (status) {
    case CONVNEXT_OK:
        return "all is well";
    case CONVNEXT_NOT_FINITE:
        return "the loss, a gradient, a new state or a number of the file is not finite";
    case CONVNEXT_BAD_BATCH:
        return "a wrong number of samples, a label that is no class, or an input missing";
    case CONVNEXT_BAD_THREADS:
        return "the number of threads is not from 1 to 1024";
    case CONVNEXT_NOT_ALIGNED:
        return "the workspace is not aligned to 64 bytes";
    case CONVNEXT_BAD_FILE:
        return "the bytes are not a whole safetensors file";
    case CONVNEXT_OTHER_MODEL:
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
static const RtOption options[] = {{"block", "\"inverted\""}, {"depth", "2"}, {"dim", "32"}, {"drop", "0"},
                                   {"feature_map", "0"}, {"flip", "false"}, {"init", "\"trunc_normal\""},
                                   {"kernel", "7"}, {"norm", "true"}, {"scale", "1"}, {"shift", "2"},
                                   {"skip", "true"}, {"stem", "2"}, {"version", "1"}};
static const RtKernelChoice choices[] = {
    {"fwd_stem_conv", "direct"},
    {"fwd_stages_1_0_dwconv", "depthwise"},
    {"fwd_stages_1_0_pwconv1_gelu", "matmul"},
    {"fwd_stages_1_0_add", "matmul"},
    {"fwd_stages_1_1_dwconv", "depthwise"},
    {"fwd_stages_1_1_pwconv1_gelu", "matmul"},
    {"fwd_stages_1_1_add", "matmul"},
    {"fwd_downsample_2_conv", "direct"},
    {"fwd_stages_2_0_dwconv", "depthwise"},
    {"fwd_stages_2_0_pwconv1_gelu", "matmul"},
    {"fwd_stages_2_0_add", "matmul"},
    {"fwd_stages_2_1_dwconv", "depthwise"},
    {"fwd_stages_2_1_pwconv1_gelu", "matmul"},
    {"fwd_stages_2_1_add", "matmul"},
    {"fwd_downsample_3_conv", "direct"},
    {"fwd_stages_3_0_dwconv", "depthwise"},
    {"fwd_stages_3_0_pwconv1_gelu", "matmul"},
    {"fwd_stages_3_0_add", "matmul"},
    {"fwd_stages_3_1_dwconv", "depthwise"},
    {"fwd_stages_3_1_pwconv1_gelu", "matmul"},
    {"fwd_features", "matmul"},
    {"fwd_logits", "matmul"},
    {"bwd_norm", "matmul"},
    {"bwd_head_weight_scaled", "outer products"},
    {"bwd_stages_3_1_pwconv2_weight_scaled", "outer products"},
    {"bwd_stages_3_1_pwconv1", "matmul"},
    {"bwd_stages_3_1_norm", "matmul"},
    {"bwd_stages_3_1_pwconv1_weight_scaled", "outer products"},
    {"bwd_stages_3_0_add", "depthwise"},
    {"bwd_stages_3_1_dwconv_weight", "depthwise"},
    {"bwd_stages_3_0_pwconv1", "matmul"},
    {"bwd_stages_3_0_pwconv2_weight_scaled", "outer products"},
    {"bwd_stages_3_0_norm", "matmul"},
    {"bwd_stages_3_0_pwconv1_weight_scaled", "outer products"},
    {"bwd_downsample_3_conv", "depthwise"},
    {"bwd_stages_3_0_dwconv_weight", "depthwise"},
    {"bwd_downsample_3_norm", "direct"},
    {"bwd_downsample_3_conv_weight_scaled", "direct"},
    {"bwd_stages_2_1_pwconv1", "matmul"},
    {"bwd_stages_2_1_pwconv2_weight_scaled", "outer products"},
    {"bwd_stages_2_1_norm", "matmul"},
    {"bwd_stages_2_1_pwconv1_weight_scaled", "outer products"},
    {"bwd_stages_2_0_add", "depthwise"},
    {"bwd_stages_2_1_dwconv_weight", "depthwise"},
    {"bwd_stages_2_0_pwconv1", "matmul"},
    {"bwd_stages_2_0_pwconv2_weight_scaled", "outer products"},
    {"bwd_stages_2_0_norm", "matmul"},
    {"bwd_stages_2_0_pwconv1_weight_scaled", "outer products"},
    {"bwd_downsample_2_conv", "depthwise"},
    {"bwd_stages_2_0_dwconv_weight", "depthwise"},
    {"bwd_downsample_2_norm", "direct"},
    {"bwd_downsample_2_conv_weight_scaled", "direct"},
    {"bwd_stages_1_1_pwconv1", "matmul"},
    {"bwd_stages_1_1_pwconv2_weight_scaled", "outer products"},
    {"bwd_stages_1_1_norm", "matmul"},
    {"bwd_stages_1_1_pwconv1_weight_scaled", "outer products"},
    {"bwd_stages_1_0_add", "depthwise"},
    {"bwd_stages_1_1_dwconv_weight", "depthwise"},
    {"bwd_stages_1_0_pwconv1", "matmul"},
    {"bwd_stages_1_0_pwconv2_weight_scaled", "outer products"},
    {"bwd_stages_1_0_norm", "matmul"},
    {"bwd_stages_1_0_pwconv1_weight_scaled", "outer products"},
    {"bwd_stem_norm", "depthwise"},
    {"bwd_stages_1_0_dwconv_weight", "depthwise"},
    {"bwd_stem_conv_weight", "direct"},
};

static const RtValue train_values[] = {
    {"loss", RT_F32, false, 0, {0}, offsetof(ConvnextTrainResult, loss)},
    {"accuracy", RT_F32, true, 1, {128}, offsetof(ConvnextTrainResult, accuracy)},
};
static bool run_train(const RtCall *call)
{
    const ConvnextBatch in = {.n = call->batch->n, .sample = call->batch->sample,
                              .image = call->batch->field[0], .label = call->batch->field[1]};
    if (!train_batch(call->work, call->threads, (const ConvnextParams *)call->parameters, &in, call->step,
                     call->result)) return false;
    change_weights(call->work, (ConvnextParams *)call->parameters, (ConvnextMoments *)call->optimizer,
                   call->step);
    return true;
}

static const RtValue evaluate_values[] = {
    {"loss", RT_F32, false, 0, {0}, offsetof(ConvnextEvaluateResult, loss)},
    {"accuracy", RT_F32, true, 1, {128}, offsetof(ConvnextEvaluateResult, accuracy)},
};
static bool run_evaluate(const RtCall *call)
{
    const ConvnextBatch in = {.n = call->batch->n, .sample = call->batch->sample,
                              .image = call->batch->field[0], .label = call->batch->field[1]};
    return evaluate_batch(call->work, call->threads, (const ConvnextParams *)call->parameters, &in,
                          call->step, call->result);
}

static const RtValue predict_values[] = {
    {"logits", RT_F32, true, 2, {128, 10}, offsetof(ConvnextPredictResult, logits)},
};
static bool run_predict(const RtCall *call)
{
    const ConvnextBatch in = {.n = call->batch->n, .sample = call->batch->sample,
                              .image = call->batch->field[0], .label = call->batch->field[1]};
    return predict_batch(call->work, call->threads, (const ConvnextParams *)call->parameters, &in, call->step,
                         call->result);
}

static const RtEntry entries[] = {
    {"train", sizeof(ConvnextTrainWork), sizeof(ConvnextTrainResult), 2, train_values, run_train},
    {"evaluate", sizeof(ConvnextEvaluateWork), sizeof(ConvnextEvaluateResult), 2, evaluate_values,
     run_evaluate},
    {"predict", sizeof(ConvnextPredictWork), sizeof(ConvnextPredictResult), 1, predict_values, run_predict},
};

const RtModel convnext_model = {
    .name = "convnext", .graph_file = "convnext.lua",
    .graph_hash = "c2aa6729215b8aa55509205580990ebb1b58fc72a4e8d9e9cc5ba9a5a04445be",
    .tailor_version = "0.2.0",
    .batch = CONVNEXT_BATCH,
    .n_options = 14, .options = options,
    .n_parameters = 70, .parameters = parameters,
    .n_fields = 2, .fields = fields,
    .n_metrics = 1, .metrics = metrics,
    .n_moments = 2, .n_entries = 3, .entries = entries,
    .n_kernels = 65, .kernels = choices,
    .flops_forward = 21944345, .flops_step = 65567314,
    .workspace_bytes = 21115328, .workspace_lower_bound = 21115328,
    .train = {
        .data = "mnist", .epochs = 12, .seed = 1, .optimizer = "adamw", .lr = 0.003, .beta1 = 0.9,
        .beta2 = 0.999, .eps = 1e-08, .weight_decay = 0.05, .schedule = RT_ONE_CYCLE, .peak = 0.003,
        .validation = 0.08333333333333333, .augment = {.shift = 2},
    },
};
