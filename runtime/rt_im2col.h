/* rt_im2col.h - a convolution of one group as a matrix product: a row has the taps (kh, kw, ci) of a result pixel side
 * by side.
 *
 * Taps are laid out for some rows of the result at a time, counted through all images.  The image of a 1 x 1 kernel
 * with stride 1 has this layout already, so nothing is laid out.  rt_blas.h has the products themselves. */
#ifndef RT_IM2COL_H
#define RT_IM2COL_H

#include "rt_conv.h"

enum { RT_IM2COL_FLOATS = 1 << 15 };       /* floats laid out at a time: 128 KB, which the cache next to a core holds */

/* Does the image, as it is, hold the taps? */
RT_INLINE int rt_im2col_is_image(RtConv c)
{
    return c.kh == 1 && c.kw == 1 && c.stride_h == 1 && c.stride_w == 1 && c.pad_h == 0 && c.pad_w == 0 &&
           c.oh == c.h && c.ow == c.w;
}

/* Terms of the product: the taps of a pixel. */
RT_INLINE int rt_im2col_taps(RtConv c) { return c.kh * c.kw * c.ci; }

/* Rows of the result that are laid out at a time. */
RT_INLINE int rt_im2col_rows(RtConv c)
{
    const int64_t row = (int64_t)c.ow * rt_im2col_taps(c);
    return row < RT_IM2COL_FLOATS ? (int)(RT_IM2COL_FLOATS / row) : 1;
}

static inline int64_t rt_im2col_scratch_floats(RtConv c)
{
    return rt_im2col_is_image(c) ? 0 : (int64_t)rt_im2col_rows(c) * c.ow * rt_im2col_taps(c);
}

/* Floats of a weight that is laid out, and of the sum over slices. */
static inline int64_t rt_im2col_weight_floats(RtConv c) { return (int64_t)rt_im2col_taps(c) * c.co; }

/* Lays weight[co][ci][kh][kw] out as packed[kh][kw][ci][co]. */
static inline void rt_im2col_pack(RtConv c, const float *weight, float *packed)
{
    const int taps = c.kh * c.kw;
    for (int t = 0; t < taps; t++)
        for (int i = 0; i < c.ci; i++)
            for (int o = 0; o < c.co; o++) *packed++ = weight[((int64_t)o * c.ci + i) * taps + t];
}

/* The row of all images together that tap kh of result row `row` meets; -1: it lies outside of its image. */
RT_INLINE int64_t rt_im2col_image_row(RtConv c, int64_t row, int kh)
{
    const int64_t y = row % c.oh * c.stride_h + kh * c.dilation_h - c.pad_h;
    return y >= 0 && y < c.h ? row / c.oh * c.h + y : -1;
}

/* Fills in taps[row][ow][kh][kw][ci] for the result's rows first .. first + rows - 1. */
RT_INLINE void rt_im2col_gather(RtConv c, int64_t first, int rows, const float *image, float *taps)
{
    const size_t bytes = sizeof *taps * (size_t)c.ci;
    for (int64_t row = first; row < first + rows; row++)
        for (int ow = 0; ow < c.ow; ow++)
            for (int kh = 0; kh < c.kh; kh++) {
                const int64_t y = rt_im2col_image_row(c, row, kh);
                for (int kw = 0; kw < c.kw; kw++, taps += c.ci) {
                    const int x = ow * c.stride_w + kw * c.dilation_w - c.pad_w;
                    if (y < 0 || x < 0 || x >= c.w) memset(taps, 0, bytes);
                    else memcpy(taps, image + (y * c.w + x) * c.ci, bytes);
                }
            }
}

/* The adjoint of rt_im2col_gather: adds each tap to the element of the image that it was taken from. */
RT_INLINE void rt_im2col_scatter(RtConv c, int64_t first, int rows, const float *taps, float *image)
{
    for (int64_t row = first; row < first + rows; row++)
        for (int ow = 0; ow < c.ow; ow++)
            for (int kh = 0; kh < c.kh; kh++) {
                const int64_t y = rt_im2col_image_row(c, row, kh);
                for (int kw = 0; kw < c.kw; kw++, taps += c.ci) {
                    const int x = ow * c.stride_w + kw * c.dilation_w - c.pad_w;
                    if (y < 0 || x < 0 || x >= c.w) continue;
                    float *to = image + (y * c.w + x) * c.ci;
                    for (int i = 0; i < c.ci; i++) to[i] += taps[i];
                }
            }
}

#endif
