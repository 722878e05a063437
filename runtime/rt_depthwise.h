/* rt_depthwise.h - depthwise 2-d convolution of NHWC images (one input and one output channel a group) and its two
 * adjoints.
 *
 * Lanes hold channels, so nothing is broadcast: every product is a vector of the frame (rt_conv.h) times a vector of
 * the weight.
 *
 *   forward          a register tile is a few pixels of an output row; its taps run over (kh, kw)
 *   to the input     the same on the output's gradient, with the kernel turned around
 *   to the weight    a register tile is a few taps of a kernel row, summed over the pixels of an image
 *
 * Taps that fall on the frame's zeros for the whole tile are left out: of a 7 x 7 kernel on a 3 x 3 image that is most
 * of the work. */
#ifndef RT_DEPTHWISE_H
#define RT_DEPTHWISE_H

#include "rt_conv.h"

static inline int rt_is_depthwise(RtConv c) { return c.groups > 1 && c.groups == c.ci && c.ci == c.co; }
static inline int64_t rt_depthwise_packed_floats(RtConv c) { return (int64_t)c.kh * c.kw * c.ci; }
static inline int64_t rt_depthwise_sum_floats(RtConv c) { return (int64_t)c.kh * c.kw * c.ci; }

/* Room for a frame, for any of the three directions. */
static inline int64_t rt_depthwise_scratch_floats(RtConv c)
{
    const RtFrame a = rt_conv2d_frame(c), b = rt_conv2d_back_frame(c);
    const int64_t forward = (int64_t)a.height * a.width, back = (int64_t)b.height * b.width;
    return (forward > back ? forward : back) * c.ci;
}

/* Lays weight[c][1][kh][kw] out as [kh][kw][c], turned around for the gradient of the input. */
static inline void rt_depthwise_pack(RtConv c, const float *weight, float *packed)
{
    const int taps = c.kh * c.kw;
    for (int t = 0; t < taps; t++)
        for (int i = 0; i < c.ci; i++) *packed++ = weight[(int64_t)i * taps + t];
}

static inline void rt_depthwise_grad_input_pack(RtConv c, const float *weight, float *packed)
{
    const int taps = c.kh * c.kw;
    for (int t = taps - 1; t >= 0; t--)
        for (int i = 0; i < c.ci; i++) *packed++ = weight[(int64_t)i * taps + t];
}

/* The taps k of `n` that reach a row or column of the image from one of the places first .. last: low <= k < high. */
RT_INLINE void rt_taps_inside(int first, int last, int n, int dilation, int pad, int size, int gap, int *low, int *high)
{
    *low = 0, *high = n;
    while (*low < n && last + *low * dilation < pad) ++*low;
    while (*high > *low && first + (*high - 1) * dilation > pad + (size - 1) * gap) --*high;
}

/* ---- pixels ---------------------------------------------------------------------------------------------------- */

/* The number of rows, of `across` terms each, that are summed up in the registers, among `down` rows.  See rt_sum_part,
 * which also cuts a row that is too long by itself. */
RT_INLINE int rt_depthwise_part(int down, int across)
{
    const int parts = (down * across + RT_SUM_PART / 2) / RT_SUM_PART;
    return down * across <= RT_SUM_MOST ? down : (down + parts - 1) / parts;
}

/* to[p] = sum[p], or to[p] += sum[p] when added. */
RT_INLINE void rt_depthwise_put(const int rows, int added, const rt_vec *sum, float *to, int64_t ld, const int columns)
{
    RT_UNROLL_ROWS
    for (int p = 0; p < rows; p++)
        rt_store_first(to + p * ld, added ? rt_add(rt_load_first(to + p * ld, columns), sum[p]) : sum[p], columns);
}

/* `rows` output pixels of a row, `columns` channels; frame points at the first tap of the first pixel. */
RT_INLINE void rt_depthwise_tile(const int rows, RtConv c, const float *frame, int64_t frame_row, const float *w,
                                 int low_h, int high_h, int low_w, int high_w, float *y, const int columns)
{
    const int part = rt_depthwise_part(c.kh, c.kw), across = rt_sum_part(c.kw);
    int stored = 0;
    rt_vec sum[RT_TILE_ROWS];
    RT_UNROLL_ROWS
    for (int p = 0; p < rows; p++) sum[p] = rt_broadcast(0);
    for (int kh = low_h; kh < high_h; kh++)
        for (int from = low_w, to; from < high_w; from = to) {
            to = across < c.kw && from - from % across + across < high_w ? from - from % across + across : high_w;
            if (from > low_w || (part < c.kh && kh > low_h && kh % part == 0)) {
                rt_depthwise_put(rows, stored, sum, y, (int64_t)c.ci, columns);
                stored = 1;
                RT_UNROLL_ROWS
                for (int p = 0; p < rows; p++) sum[p] = rt_broadcast(0);
            }
            for (int kw = from; kw < to; kw++) {
                const float *taps = frame + kh * c.dilation_h * frame_row + (int64_t)(kw * c.dilation_w) * c.ci;
                const rt_vec weight = rt_load_first(w + (int64_t)(kh * c.kw + kw) * c.ci, columns);
                RT_UNROLL_ROWS
                for (int p = 0; p < rows; p++)
                    sum[p] = rt_vec_fma(rt_load_first(taps + (int64_t)p * c.stride_w * c.ci, columns), weight, sum[p]);
            }
        }
    rt_depthwise_put(rows, stored, sum, y, (int64_t)c.ci, columns);
}

/* Convolves one image, which lies in its frame. */
RT_INLINE void rt_depthwise_image(RtConv c, RtFrame f, const float *frame, const float *packed, float *y, int channel,
                                  const int columns)
{
    const int64_t frame_row = (int64_t)f.width * c.ci;
    for (int oh = 0; oh < c.oh; oh++) {
        int low_h, high_h, low_w, high_w;
        rt_taps_inside(oh * c.stride_h, oh * c.stride_h, c.kh, c.dilation_h, f.pad_h, c.h, f.gap_h, &low_h, &high_h);
        const float *row = frame + oh * c.stride_h * frame_row + channel;
        float *to = y + (int64_t)oh * c.ow * c.ci + channel;
        RT_FOR_TILES(c.ow, ow, {
            rt_taps_inside(ow * c.stride_w, (ow + rows - 1) * c.stride_w, c.kw, c.dilation_w, f.pad_w, c.w, f.gap_w,
                           &low_w, &high_w);
            rt_depthwise_tile(rows, c, row + (int64_t)(ow * c.stride_w) * c.ci, frame_row, packed + channel, low_h,
                              high_h, low_w, high_w, to + (int64_t)ow * c.ci, columns);
        })
    }
}

RT_INLINE void rt_depthwise_run(RtConv c, RtFrame f, int n, const float *x, const float *packed, float *y,
                                float *scratch)
{
    for (int b = 0; b < n; b++, x += (int64_t)c.h * c.w * c.ci, y += (int64_t)c.oh * c.ow * c.ci) {
        const float *frame = x;
        if (!rt_frame_is_image(f, c.h, c.w)) {
            rt_frame_fill(f, c.h, c.w, c.ci, x, scratch);
            frame = scratch;
        }
        for (int channel = 0; channel + RT_LANES <= c.ci; channel += RT_LANES)
            rt_depthwise_image(c, f, frame, packed, y, channel, RT_LANES);
        if (c.ci % RT_LANES) rt_depthwise_image(c, f, frame, packed, y, c.ci - c.ci % RT_LANES, c.ci % RT_LANES);
    }
}

/* y[n][oh][ow][c] = convolution of x[n][h][w][c] with the weight packed by rt_depthwise_pack. */
RT_INLINE void rt_depthwise(RtConv c, int n, const float *x, const float *packed, float *y, float *scratch)
{
    rt_depthwise_run(c, rt_conv2d_frame(c), n, x, packed, y, scratch);
}

/* dx[n][h][w][c] = the gradient that dy[n][oh][ow][c] sends to the image; the weight packed by
 * rt_depthwise_grad_input_pack. */
RT_INLINE void rt_depthwise_grad_input(RtConv c, int n, const float *dy, const float *packed, float *dx, float *scratch)
{
    rt_depthwise_run(rt_conv2d_back(c), rt_conv2d_back_frame(c), n, dy, packed, dx, scratch);
}

/* ---- to the weight --------------------------------------------------------------------------------------------- */

/* Adds taps (kh, kw .. kw + rows) of `columns` channels to `to`, summed over the output rows first .. last, from which
 * kh reaches the image. */
RT_INLINE void rt_depthwise_tap_tile(const int rows, RtConv c, const float *frame, int64_t frame_row, int first,
                                     int last, const float *dy, float *to, const int columns)
{
    const int part = rt_depthwise_part(c.oh, c.ow), across = rt_sum_part(c.ow);
    rt_vec sum[RT_TILE_ROWS];
    for (int from = first; from < last; from += part)
        for (int left = 0; left < c.ow; left += across) {
            const int end = c.ow - left < across ? c.ow : left + across;
            RT_UNROLL_ROWS
            for (int p = 0; p < rows; p++) sum[p] = rt_broadcast(0);
            for (int oh = from; oh < last && oh < from + part; oh++) {
                const float *taps = frame + oh * c.stride_h * frame_row + (int64_t)(left * c.stride_w) * c.ci,
                            *d = dy + ((int64_t)oh * c.ow + left) * c.ci;
                for (int ow = left; ow < end; ow++, taps += (int64_t)c.stride_w * c.ci, d += c.ci) {
                    const rt_vec gradient = rt_load_first(d, columns);
                    RT_UNROLL_ROWS
                    for (int p = 0; p < rows; p++)
                        sum[p] = rt_vec_fma(rt_load_first(taps + (int64_t)(p * c.dilation_w) * c.ci, columns), gradient,
                                            sum[p]);
                }
            }
            rt_depthwise_put(rows, 1, sum, to, c.ci, columns);
        }
}

RT_INLINE void rt_depthwise_taps(RtConv c, RtFrame f, const float *frame, const float *dy, float *sum, int channel,
                                 const int columns)
{
    const int64_t frame_row = (int64_t)f.width * c.ci;
    for (int kh = 0; kh < c.kh; kh++) {
        int first, last;
        rt_taps_inside(kh * c.dilation_h, kh * c.dilation_h, c.oh, c.stride_h, f.pad_h, c.h, 1, &first, &last);
        const float *row = frame + kh * c.dilation_h * frame_row + channel;
        float *to = sum + (int64_t)kh * c.kw * c.ci + channel;
        RT_FOR_TILES(c.kw, kw,
                     rt_depthwise_tap_tile(rows, c, row + (int64_t)(kw * c.dilation_w) * c.ci, frame_row, first, last,
                                           dy + channel, to + (int64_t)kw * c.ci, columns))
    }
}

/* Adds the weight's gradient of n images into sum[kh][kw][c]. */
RT_INLINE void rt_depthwise_grad_weight(RtConv c, int n, const float *x, const float *dy, float *sum, float *scratch)
{
    const RtFrame f = rt_conv2d_frame(c);
    for (int b = 0; b < n; b++, x += (int64_t)c.h * c.w * c.ci, dy += (int64_t)c.oh * c.ow * c.ci) {
        const float *frame = x;
        if (!rt_frame_is_image(f, c.h, c.w)) {
            rt_frame_fill(f, c.h, c.w, c.ci, x, scratch);
            frame = scratch;
        }
        for (int channel = 0; channel + RT_LANES <= c.ci; channel += RT_LANES)
            rt_depthwise_taps(c, f, frame, dy, sum, channel, RT_LANES);
        if (c.ci % RT_LANES) rt_depthwise_taps(c, f, frame, dy, sum, c.ci - c.ci % RT_LANES, c.ci % RT_LANES);
    }
}

/* Brings the sum into the layout of files: weight[c][1][kh][kw]. */
static inline void rt_depthwise_grad_weight_unpack(RtConv c, const float *sum, float *weight)
{
    const int taps = c.kh * c.kw;
    for (int t = 0; t < taps; t++)
        for (int i = 0; i < c.ci; i++) weight[(int64_t)i * taps + t] = *sum++;
}

#endif
