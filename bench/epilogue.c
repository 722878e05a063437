/* epilogue.c - where bias and ReLU of a convolution are best computed.
 *
 *     for cc in gcc clang; do $cc -O3 -march=native -ffp-contract=off -Iruntime bench/epilogue.c -o build/epilogue &&
 *     build/epilogue; done
 *
 *   none      the convolution alone
 *   chunk     a loop over all images after it, as tailor emits
 *   image     a loop over each image after it
 *   tile      a callback after each register tile, while it is in L1
 *
 * Prints the best of many runs, taken in turn. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "rt_conv.h"
#include "rt_math.h"

enum { IMAGES = 6, ROUNDS = 60 };

typedef struct Layer { const float *x, *packed, *bias; float *scratch, *y; } Layer;

static double milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static inline void bias_relu(const Layer *l, int co, int64_t row, int rows, int column, int columns)
{
    for (int p = 0; p < rows; p++)
        for (int j = column; j < column + columns; j++) {
            float *y = l->y + (row + p) * co + j;
            *y = rt_relu(*y + l->bias[j]);
        }
}

/* rt_conv2d with a callback */
RT_INLINE void by_tile(RtConv c, const Layer *l, void (*after)(const Layer *, int, int64_t, int, int, int))
{
    RtFrame f = rt_conv2d_frame(c);
    const int pixels = c.oh * c.ow;
    int32_t *offset = (int32_t *)(l->scratch + (int64_t)f.height * f.width * c.ci);
    rt_pixel_offsets(c, f.width, offset);
    for (int b = 0; b < IMAGES; b++) {
        const float *w = l->packed;
        rt_frame_fill(f, c.h, c.w, c.ci, l->x + (int64_t)b * c.h * c.w * c.ci, l->scratch);
        for (int o = 0; o < c.co; o += RT_TILE_COLUMNS, w += c.kh * c.kw * c.ci * RT_TILE_COLUMNS)
            RT_FOR_TILES(pixels, p, {
                rt_conv2d_tile(rows, c, l->scratch, f.width, offset + p, w, l->y + ((int64_t)b * pixels + p) * c.co + o,
                               RT_TILE_COLUMNS);
                after(l, c.co, (int64_t)b * pixels + p, rows, o, RT_TILE_COLUMNS);
            })
    }
}

#define LAYER(SIZE, CI, CO) \
    { \
        .h = SIZE, .w = SIZE, .ci = CI, .oh = SIZE, .ow = SIZE, .co = CO, .kh = 3, .kw = 3, .stride_h = 1, \
        .stride_w = 1, .pad_h = 1, .pad_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1 \
    }
#define FORMS(NAME, SIZE, CI, CO) \
    static const RtConv NAME = LAYER(SIZE, CI, CO); \
    __attribute__((noinline)) static void NAME##_none(const Layer *l) \
    { \
        const RtConv c = LAYER(SIZE, CI, CO); \
        rt_conv2d(c, IMAGES, l->x, l->packed, l->y, l->scratch); \
    } \
    __attribute__((noinline)) static void NAME##_chunk(const Layer *l) \
    { \
        const RtConv c = LAYER(SIZE, CI, CO); \
        rt_conv2d(c, IMAGES, l->x, l->packed, l->y, l->scratch); \
        bias_relu(l, CO, 0, IMAGES *SIZE *SIZE, 0, CO); \
    } \
    __attribute__((noinline)) static void NAME##_image(const Layer *l) \
    { \
        const RtConv c = LAYER(SIZE, CI, CO); \
        for (int64_t b = 0; b < IMAGES; b++) { \
            rt_conv2d(c, 1, l->x + b * SIZE * SIZE * CI, l->packed, l->y + b * SIZE * SIZE * CO, l->scratch); \
            bias_relu(l, CO, b *SIZE *SIZE, SIZE *SIZE, 0, CO); \
        } \
    } \
    __attribute__((noinline)) static void NAME##_tile(const Layer *l) \
    { \
        const RtConv c = LAYER(SIZE, CI, CO); \
        by_tile(c, l, bias_relu); \
    }

FORMS(first, 28, 1, 32)
FORMS(second, 28, 32, 64)
FORMS(third, 14, 64, 64)

static float *numbers(int64_t n)
{
    float *x = malloc((size_t)n * sizeof *x);
    for (int64_t i = 0; x && i < n; i++) x[i] = (float)(i % 17) * 0.1f - 0.8f;
    return x;
}

static void compare(const char *name, RtConv c, void (*const forms[4])(const Layer *))
{
    static const char *const names[] = {"none", "chunk", "image", "tile"};
    int64_t n_out = (int64_t)IMAGES * c.oh * c.ow * c.co;
    float *x = numbers((int64_t)IMAGES * c.h * c.w * c.ci), *weight = numbers((int64_t)c.kh * c.kw * c.ci * c.co),
          *bias = numbers(c.co);
    float *packed = numbers(rt_conv2d_packed_floats(c)), *scratch = numbers(rt_conv2d_scratch_floats(c)),
          *y = numbers(n_out);
    double best[4] = {1e9, 1e9, 1e9, 1e9};
    if (!x || !weight || !bias || !packed || !scratch || !y) exit(1);
    rt_conv2d_pack(c, weight, packed);
    Layer layer = {x, packed, bias, scratch, y};
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < 4; i++) {
            double start = milliseconds();
            for (int repeat = 0; repeat < 4; repeat++) forms[i](&layer);
            double time = (milliseconds() - start) / 4;
            if (time < best[i]) best[i] = time;
        }
    printf("%-24s", name);
    for (int i = 0; i < 4; i++)
        printf("  %s %.3f ms (%.1f GF/s)", names[i], best[i], 2e-6 * (double)n_out * c.kh * c.kw * c.ci / best[i]);
    printf("\n");
    free(x), free(weight), free(bias), free(packed), free(scratch), free(y);
}

int main(void)
{
    compare("28 x 28, 1 to 32", first,
            (void (*const[])(const Layer *)){first_none, first_chunk, first_image, first_tile});
    compare("28 x 28, 32 to 64", second,
            (void (*const[])(const Layer *)){second_none, second_chunk, second_image, second_tile});
    compare("14 x 14, 64 to 64", third,
            (void (*const[])(const Layer *)){third_none, third_chunk, third_image, third_tile});
    return 0;
}
