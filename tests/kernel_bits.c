/* kernel_bits.c - hashes of what the runtime's contractions make of shapes that are constants, as emitted code calls
 * them, so that loops are unrolled: to compare compilers and machines (compilers_test.sh, aarch64_test.sh).  The
 * functions are not static, so that a compiler knows nothing of their arguments.  That the values are right,
 * test_kernels.c shows. */
#include <stdio.h>

#include "rt_depthwise.h"
#include "rt_winograd.h"

enum { IMAGES = 3, MOST = 40000 };
static float x[MOST], dy[MOST], weight[MOST], packed[MOST], y[MOST], dx[MOST], sum[MOST], dw[MOST], scratch[4 * MOST];

static void fill(float *to, int step)
{
    for (int i = 0; i < MOST; i++) to[i] = (float)(i * step % 997) / 499 - 1;
}

static uint32_t hash(uint32_t h, const float *a, int n)
{
    for (int i = 0; i < n; i++) h = (h ^ rt_bits(a[i])) * 16777619u;
    return h;
}

#define ARGUMENTS int n, const float *from, const float *with, float *to, float *space
#define CONVOLUTION(NAME, KIND, ...) \
    __attribute__((noinline)) void NAME##_forward(ARGUMENTS) \
    { \
        const RtConv c = {__VA_ARGS__}; \
        KIND(c, n, from, with, to, space); \
    } \
    __attribute__((noinline)) void NAME##_to_input(ARGUMENTS) \
    { \
        const RtConv c = {__VA_ARGS__}; \
        KIND##_grad_input(c, n, from, with, to, space); \
    } \
    __attribute__((noinline)) void NAME##_to_weight(ARGUMENTS) \
    { \
        const RtConv c = {__VA_ARGS__}; \
        KIND##_grad_weight(c, n, from, with, to, space); \
    } \
    static void NAME(void) \
    { \
        const RtConv c = {__VA_ARGS__}; \
        const int n_weights = c.co * (c.ci / c.groups) * c.kh * c.kw; \
        KIND##_pack(c, weight, packed), NAME##_forward(IMAGES, x, packed, y, scratch); \
        KIND##_grad_input_pack(c, weight, packed), NAME##_to_input(IMAGES, dy, packed, dx, scratch); \
        memset(sum, 0, sizeof sum), NAME##_to_weight(IMAGES, x, dy, sum, scratch); \
        KIND##_grad_weight_unpack(c, sum, dw); \
        printf("%-22s %08x %08x %08x\n", #NAME, hash(1, y, IMAGES *c.oh *c.ow *c.co), \
               hash(1, dx, IMAGES *c.h *c.w *c.ci), hash(1, dw, n_weights)); \
    }

CONVOLUTION(depthwise_on_2x2, rt_depthwise, .h = 2, .w = 2, .ci = 8, .oh = 2, .ow = 2, .co = 8, .kh = 7, .kw = 7,
            .stride_h = 1, .stride_w = 1, .pad_h = 3, .pad_w = 3, .dilation_h = 1, .dilation_w = 1, .groups = 8)
CONVOLUTION(depthwise_stride_2, rt_depthwise, .h = 9, .w = 7, .ci = 19, .oh = 5, .ow = 4, .co = 19, .kh = 3, .kw = 5,
            .stride_h = 2, .stride_w = 2, .pad_h = 1, .pad_w = 2, .dilation_h = 1, .dilation_w = 1, .groups = 19)
CONVOLUTION(direct_groups, rt_conv2d, .h = 6, .w = 5, .ci = 6, .oh = 3, .ow = 2, .co = 10, .kh = 3, .kw = 3,
            .stride_h = 2, .stride_w = 2, .pad_h = 1, .pad_w = 0, .dilation_h = 1, .dilation_w = 1, .groups = 2)
CONVOLUTION(minimal_filtering_f4, rt_winograd, .h = 7, .w = 6, .ci = 5, .oh = 7, .ow = 6, .co = 11, .kh = 3, .kw = 3,
            .stride_h = 1, .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,
            .tile = 4)

int main(void)
{
    fill(x, 37), fill(dy, 53), fill(weight, 71);
    depthwise_on_2x2(), depthwise_stride_2(), direct_groups(), minimal_filtering_f4();
    return 0;
}
