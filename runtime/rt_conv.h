/* rt_conv.h - direct 2-d convolution of NHWC images and its two adjoints.
 *
 * Each image is first placed in a frame of zeros, wide enough that no tap of the kernel leaves it.  Then all three
 * directions are register tiles of rt_matmul.h over tables of offsets:
 *
 *   forward          a row of a tile is an output pixel; its taps (kw, ci) lie side by side in the frame
 *   to the input     the forward kernel on the output's gradient, with weights turned around.  With a stride, pixels
 *                    that lie equally between its steps form a phase, which only some taps reach: each phase is a
 *                    dense convolution (with a dilation as well, the frame has gaps of zeros instead)
 *   to the weight    a row of a tile is a tap (kh, kw, ci), summed over pixels
 *
 * Pixels are taken in one sequence over the image, so that a 7 x 7 image makes nearly even tiles of 5 and 6 pixels. */
#ifndef RT_CONV_H
#define RT_CONV_H

#include "rt_matmul.h"

/* Sizes of a convolution: image, result, kernel.  Padding is the number of rows and columns before the image.  tile is
 * for rt_winograd.h; it is 0 here. */
typedef struct RtConv {
    int h, w, ci, oh, ow, co, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups, tile;
} RtConv;

/* A frame of height x width.  Element (y, x) of its h x w x c image stands at (y * gap_h + pad_h, x * gap_w +
 * pad_w). */
typedef struct RtFrame { int height, width, pad_h, pad_w, gap_h, gap_w; } RtFrame;

RT_INLINE RtFrame rt_conv2d_frame(RtConv c)
{
    return (RtFrame){(c.oh - 1) * c.stride_h + (c.kh - 1) * c.dilation_h + 1,
                     (c.ow - 1) * c.stride_w + (c.kw - 1) * c.dilation_w + 1,
                     c.pad_h,
                     c.pad_w,
                     1,
                     1};
}

/* The convolution from the result's gradient to the image's: stride 1, the kernel turned around, and a frame with
 * gaps. */
RT_INLINE RtConv rt_conv2d_back(RtConv c)
{
    return (RtConv){.h = c.oh,
                    .w = c.ow,
                    .ci = c.co,
                    .oh = c.h,
                    .ow = c.w,
                    .co = c.ci,
                    .kh = c.kh,
                    .kw = c.kw,
                    .stride_h = 1,
                    .stride_w = 1,
                    .pad_h = c.dilation_h * (c.kh - 1) - c.pad_h,
                    .pad_w = c.dilation_w * (c.kw - 1) - c.pad_w,
                    .dilation_h = c.dilation_h,
                    .dilation_w = c.dilation_w,
                    .groups = c.groups};
}

RT_INLINE RtFrame rt_conv2d_back_frame(RtConv c)
{
    RtFrame frame = rt_conv2d_frame(rt_conv2d_back(c));
    frame.gap_h = c.stride_h;
    frame.gap_w = c.stride_w;
    return frame;
}

/* One phase of the adjoint of a strided convolution, along one axis.  It has the image's elements first, first +
 * stride, ... and the taps phase, phase + stride, ...  Element i of them needs the result's elements base + i - taps +
 * 1 .. base + i.  taps may be 0. */
typedef struct RtPhase { int first, count, taps, base; } RtPhase;

RT_INLINE RtPhase rt_phase(int phase, int size, int kernel, int stride, int pad)
{
    const int first = ((phase - pad) % stride + stride) % stride;
    return (RtPhase){first, size > first ? (size - first + stride - 1) / stride : 0,
                     kernel > phase ? (kernel - phase + stride - 1) / stride : 0, (first + pad - phase) / stride};
}

RT_INLINE int rt_conv2d_has_phases(RtConv c)
{
    return (c.stride_h > 1 || c.stride_w > 1) && c.dilation_h == 1 && c.dilation_w == 1;
}

/* The result's elements along an axis that the phases read: from `before` up to, not including, `end`. */
RT_INLINE void rt_phases_span(int size, int kernel, int stride, int pad, int *before, int *end)
{
    *before = *end = 0;
    for (int i = 0; i < stride; i++) {
        const RtPhase p = rt_phase(i, size, kernel, stride, pad);
        if (p.taps - 1 - p.base > *before) *before = p.taps - 1 - p.base;
        if (p.base + p.count > *end) *end = p.base + p.count;
    }
}

/* The frame of the result's gradient, with a margin of zeros that all phases share. */
RT_INLINE RtFrame rt_conv2d_phases_frame(RtConv c)
{
    RtFrame f = {.gap_h = 1, .gap_w = 1};
    int height, width;
    rt_phases_span(c.h, c.kh, c.stride_h, c.pad_h, &f.pad_h, &height);
    rt_phases_span(c.w, c.kw, c.stride_w, c.pad_w, &f.pad_w, &width);
    f.height = f.pad_h + height;
    f.width = f.pad_w + width;
    return f;
}

/* ---- sizes in floats ------------------------------------------------------------------------------------------- */

static inline int64_t rt_conv2d_packed_floats(RtConv c)
{
    return c.groups * rt_packed_floats((int64_t)c.kh * c.kw * (c.ci / c.groups), c.co / c.groups);
}
static inline int64_t rt_conv2d_grad_input_packed_floats(RtConv c)
{
    return rt_conv2d_packed_floats(rt_conv2d_back(c));
}
static inline int64_t rt_conv2d_sum_floats(RtConv c) { return (int64_t)c.kh * c.kw * (c.ci / c.groups) * c.co; }

/* Room for a frame and a table of offsets, for any of the three directions. */
static inline int64_t rt_conv2d_scratch_floats(RtConv c)
{
    RtFrame a = rt_conv2d_frame(c), b = rt_conv2d_back_frame(c);
    int64_t forward = (int64_t)a.height * a.width * c.ci, back = (int64_t)b.height * b.width * c.co;
    int64_t pixels = (int64_t)c.oh * c.ow > (int64_t)c.h * c.w ? (int64_t)c.oh * c.ow : (int64_t)c.h * c.w;
    /* offsets for the largest phase: where its pixels are read and where they are written */
    if (rt_conv2d_has_phases(c)) {
        RtFrame p = rt_conv2d_phases_frame(c);
        back = (int64_t)p.height * p.width * c.co;
        const int64_t both = 2 * (int64_t)((c.h + c.stride_h - 1) / c.stride_h) * ((c.w + c.stride_w - 1) / c.stride_w);
        if (both > pixels) pixels = both;
    }
    return (forward > back ? forward : back) + pixels + (int64_t)c.kh * c.kw * c.ci;
}

/* ---- the frame ------------------------------------------------------------------------------------------------- */

RT_INLINE int rt_frame_is_image(RtFrame f, int h, int w)
{
    return f.pad_h == 0 && f.pad_w == 0 && f.gap_h == 1 && f.gap_w == 1 && f.width == w && f.height <= h;
}

/* Copies one image into its frame.  Rows and columns outside the frame, with a negative padding or a short frame, are
 * left out. */
RT_INLINE void rt_frame_fill(RtFrame f, int h, int w, int c, const float *image, float *frame)
{
    for (int y = 0; y < f.height; y++) {
        float *row = frame + (int64_t)y * f.width * c;
        int from = y - f.pad_h, inside = from >= 0 && from % f.gap_h == 0 && from / f.gap_h < h;
        if (!inside) {
            memset(row, 0, sizeof *row * (size_t)f.width * (size_t)c);
            continue;
        }
        const float *source = image + (int64_t)(from / f.gap_h) * w * c;
        if (f.gap_w == 1) {
            int before = f.pad_w > 0 ? f.pad_w : 0, skip = f.pad_w < 0 ? -f.pad_w : 0, count = w - skip;
            if (before > f.width) before = f.width;
            if (count > f.width - before) count = f.width - before;
            if (count < 0) count = 0;
            memset(row, 0, sizeof *row * (size_t)before * (size_t)c);
            if (count)
                memcpy(row + (int64_t)before * c, source + (int64_t)skip * c, sizeof *row * (size_t)count * (size_t)c);
            memset(row + (int64_t)(before + count) * c, 0,
                   sizeof *row * (size_t)(f.width - before - count) * (size_t)c);
            continue;
        }
        memset(row, 0, sizeof *row * (size_t)f.width * (size_t)c);
        for (int x = 0; x < w; x++) {
            int to = x * f.gap_w + f.pad_w;
            if (to >= 0 && to < f.width)
                memcpy(row + (int64_t)to * c, source + (int64_t)x * c, sizeof *row * (size_t)c);
        }
    }
}

/* The offset in the frame of each output pixel's first tap. */
RT_INLINE void rt_pixel_offsets(RtConv c, int width, int32_t *offset)
{
    for (int y = 0; y < c.oh; y++)
        for (int x = 0; x < c.ow; x++) offset[y * c.ow + x] = (y * c.stride_h * width + x * c.stride_w) * c.ci;
}

/* ---- forward --------------------------------------------------------------------------------------------------- */

/* Lays weight[co][ci/groups][kh][kw] out in panels over the output channels of a group; k runs over (kh, kw, ci). */
static inline void rt_conv2d_pack(RtConv c, const float *weight, float *packed)
{
    int inputs = c.ci / c.groups, outputs = c.co / c.groups, taps = c.kh * c.kw;
    for (int g = 0; g < c.groups; g++)
        for (int n0 = 0; n0 < outputs; n0 += RT_TILE_COLUMNS)
            for (int t = 0; t < taps; t++)
                for (int i = 0; i < inputs; i++)
                    for (int n = n0; n < n0 + RT_TILE_COLUMNS; n++)
                        *packed++ = n < outputs ? weight[((int64_t)(g * outputs + n) * inputs + i) * taps + t] : 0;
}

RT_INLINE void rt_conv2d_tile(const int rows, RtConv c, const float *frame, int width, const int32_t *offset,
                              const float *w, float *y, int columns)
{
    const int inputs = c.ci / c.groups, whole = c.groups == 1 && c.dilation_w == 1, run = whole ? c.kw * c.ci : inputs;
    const int part = rt_sum_part(run), terms = c.kh * c.kw * inputs;
    int summed = 0, stored = 0;
    rt_vec low[RT_TILE_ROWS], high[RT_TILE_ROWS];
    rt_tile_zero(rows, low, high);
    for (int kh = 0; kh < c.kh; kh++)
        for (int kw = 0; kw < (whole ? 1 : c.kw); kw++)
            for (int k = 0; k < run; k += part) {
                const int more = run - k < part ? run - k : part;
                const float *taps = frame + (int64_t)(kh * c.dilation_h * width + kw * c.dilation_w) * c.ci + k,
                            *a[RT_TILE_ROWS];
                RT_UNROLL_ROWS
                for (int p = 0; p < rows; p++) a[p] = taps + offset[p];
                if (terms > RT_SUM_MOST && summed + more > RT_SUM_MOST) {
                    rt_tile_put(rows, stored, low, high, y, c.co, columns);
                    rt_tile_zero(rows, low, high);
                    stored = 1, summed = 0;
                }
                rt_tile_add(rows, more, a, w, low, high, columns);
                summed += more, w += (int64_t)more * RT_TILE_COLUMNS;
            }
    rt_tile_put(rows, stored, low, high, y, c.co, columns);
}

/* Convolves n images, whose frames are `f`.  Both directions that end in pixels use it. */
RT_INLINE void rt_conv2d_run(RtConv c, RtFrame f, int n, const float *x, const float *packed, float *y, float *scratch)
{
    const int pixels = c.oh * c.ow, outputs = c.co / c.groups, inputs = c.ci / c.groups,
              rest = outputs % RT_TILE_COLUMNS;
    const int64_t panel = (int64_t)c.kh * c.kw * inputs * RT_TILE_COLUMNS;
    float *space = scratch;
    int32_t *offset = (int32_t *)(scratch + (int64_t)f.height * f.width * c.ci);
    rt_pixel_offsets(c, f.width, offset);
    for (int b = 0; b < n; b++, x += (int64_t)c.h * c.w * c.ci, y += (int64_t)pixels * c.co) {
        const float *frame = x, *w = packed;
        if (!rt_frame_is_image(f, c.h, c.w)) {
            rt_frame_fill(f, c.h, c.w, c.ci, x, space);
            frame = space;
        }
        for (int g = 0; g < c.groups; g++) {
            const float *from = frame + g * inputs;
            float *to = y + g * outputs;
            for (int o = 0; o + RT_TILE_COLUMNS <= outputs; o += RT_TILE_COLUMNS, w += panel)
                RT_FOR_TILES(
                    pixels, p,
                    rt_conv2d_tile(rows, c, from, f.width, offset + p, w, to + (int64_t)p * c.co + o, RT_TILE_COLUMNS))
            if (rest) {
                RT_FOR_TILES(pixels, p,
                             rt_conv2d_tile(rows, c, from, f.width, offset + p, w,
                                            to + (int64_t)p * c.co + outputs - rest, rest))
                w += panel;
            }
        }
    }
}

/* y[n][oh][ow][co] = convolution of x[n][h][w][ci] with the weight packed by rt_conv2d_pack. */
RT_INLINE void rt_conv2d(RtConv c, int n, const float *x, const float *packed, float *y, float *scratch)
{
    rt_conv2d_run(c, rt_conv2d_frame(c), n, x, packed, y, scratch);
}

/* ---- to the input ---------------------------------------------------------------------------------------------- */

/* Lays the weight out for rt_conv2d_grad_input: inputs and outputs are exchanged, the kernel is turned around, and the
 * taps of a phase are together. */
static inline void rt_conv2d_grad_input_pack(RtConv c, const float *weight, float *packed)
{
    const int inputs = c.ci / c.groups, outputs = c.co / c.groups, taps = c.kh * c.kw;
    const int step_h = rt_conv2d_has_phases(c) ? c.stride_h : 1, step_w = rt_conv2d_has_phases(c) ? c.stride_w : 1;
    for (int phase = 0; phase < step_h * step_w; phase++)
        for (int g = 0; g < c.groups; g++)
            for (int n0 = 0; n0 < inputs; n0 += RT_TILE_COLUMNS)
                for (int t = taps - 1; t >= 0; t--) {
                    if (t / c.kw % step_h != phase / step_w || t % c.kw % step_w != phase % step_w) continue;
                    for (int o = 0; o < outputs; o++)
                        for (int n = n0; n < n0 + RT_TILE_COLUMNS; n++)
                            *packed++ = n < inputs ? weight[((int64_t)(g * outputs + o) * inputs + n) * taps + t] : 0;
                }
}

RT_INLINE void rt_conv2d_phase_put(const int rows, int added, rt_vec *low, rt_vec *high, float *dx, const int32_t *to,
                                   int columns)
{
    RT_UNROLL_ROWS
    for (int p = 0; p < rows; p++) rt_tile_put(1, added, low + p, high + p, dx + to[p], 0, columns);
}

/* Computes `rows` pixels of a phase, read at offset[p] and written at to[p].  A run of taps in a row of the frame is
 * contiguous, except with groups. */
RT_INLINE void rt_conv2d_phase_tile(const int rows, const int taps_h, const int taps_w, const int co, const int groups,
                                    const float *frame, int width, const int32_t *offset, const float *w, float *dx,
                                    const int32_t *to, int columns)
{
    const int outputs = co / groups, run = groups == 1 ? taps_w * co : outputs, part = rt_sum_part(run);
    int summed = 0, stored = 0;
    rt_vec low[RT_TILE_ROWS], high[RT_TILE_ROWS];
    rt_tile_zero(rows, low, high);
    for (int kh = 0; kh < taps_h; kh++)
        for (int kw = 0; kw < (groups == 1 ? 1 : taps_w); kw++)
            for (int k = 0; k < run; k += part) {
                const int more = run - k < part ? run - k : part;
                const float *taps = frame + (int64_t)(kh * width + kw) * co + k, *a[RT_TILE_ROWS];
                RT_UNROLL_ROWS
                for (int p = 0; p < rows; p++) a[p] = taps + offset[p];
                if (summed + more > RT_SUM_MOST) {
                    rt_conv2d_phase_put(rows, stored, low, high, dx, to, columns);
                    rt_tile_zero(rows, low, high);
                    stored = 1, summed = 0;
                }
                rt_tile_add(rows, more, a, w, low, high, columns);
                summed += more, w += (int64_t)more * RT_TILE_COLUMNS;
            }
    rt_conv2d_phase_put(rows, stored, low, high, dx, to, columns);
}

/* One panel of one phase of a group.  These functions are shared by all sizes: one for a whole panel, one for a panel
 * that is one vector wide. */
RT_CALLED void rt_conv2d_phase_panel(int pixels, int taps_h, int taps_w, int co, const float *frame, int width,
                                     const int32_t *offset, const float *w, float *dx, const int32_t *to){
    RT_FOR_ANY_TILES(pixels, p,
                     rt_conv2d_phase_tile(rows, taps_h, taps_w, co, 1, frame, width, offset + p, w, dx, to + p,
                                          RT_TILE_COLUMNS))} RT_CALLED
    void rt_conv2d_phase_vector(int pixels, int taps_h, int taps_w, int co, const float *frame, int width,
                                const int32_t *offset, const float *w, float *dx, const int32_t *to){
        RT_FOR_ANY_TILES(pixels, p,
                         rt_conv2d_phase_tile(rows, taps_h, taps_w, co, 1, frame, width, offset + p, w, dx, to + p,
                                              RT_LANES))}

/* The pixels of one phase, for one image, whose frame `f` is filled. */
RT_INLINE void rt_conv2d_phase(RtConv c, RtFrame f, RtPhase ph, RtPhase pw, const float *frame, const float *packed,
                               float *dx, int32_t *offset)
{
    const int pixels = ph.count * pw.count, inputs = c.ci / c.groups, outputs = c.co / c.groups,
              rest = inputs % RT_TILE_COLUMNS;
    const int64_t panel = (int64_t)ph.taps * pw.taps * outputs * RT_TILE_COLUMNS;
    int32_t *to = offset + pixels;
    for (int y = 0, p = 0; y < ph.count; y++)
        for (int x = 0; x < pw.count; x++, p++) {
            offset[p] = ((f.pad_h + ph.base - ph.taps + 1 + y) * f.width + f.pad_w + pw.base - pw.taps + 1 + x) * c.co;
            to[p] = ((ph.first + y * c.stride_h) * c.w + pw.first + x * c.stride_w) * c.ci;
        }
    for (int g = 0; g < c.groups; g++) {
        const float *from = frame + g * outputs;
        float *image = dx + g * inputs;
        for (int i = 0; i + RT_TILE_COLUMNS <= inputs; i += RT_TILE_COLUMNS, packed += panel)
            if (c.groups == 1)
                rt_conv2d_phase_panel(pixels, ph.taps, pw.taps, c.co, from, f.width, offset, packed, image + i, to);
            else
                RT_FOR_ANY_TILES(pixels, p,
                                 rt_conv2d_phase_tile(rows, ph.taps, pw.taps, c.co, c.groups, from, f.width, offset + p,
                                                      packed, image + i, to + p, RT_TILE_COLUMNS))
        if (rest) {
            if (c.groups == 1 && rest == RT_LANES)
                rt_conv2d_phase_vector(pixels, ph.taps, pw.taps, c.co, from, f.width, offset, packed,
                                       image + inputs - rest, to);
            else
                RT_FOR_ANY_TILES(pixels, p,
                                 rt_conv2d_phase_tile(rows, ph.taps, pw.taps, c.co, c.groups, from, f.width, offset + p,
                                                      packed, image + inputs - rest, to + p, rest))
            packed += panel;
        }
    }
}

RT_INLINE void rt_conv2d_phases(RtConv c, int n, const float *dy, const float *packed, float *dx, float *scratch)
{
    const RtFrame f = rt_conv2d_phases_frame(c);
    const int inputs = c.ci / c.groups, columns = (inputs + RT_TILE_COLUMNS - 1) / RT_TILE_COLUMNS * RT_TILE_COLUMNS;
    /* size as packed: filled up to whole tiles, of which RT_PANEL may hold several */
    const int64_t tap = (int64_t)c.co * columns;
    int32_t *offset = (int32_t *)(scratch + (int64_t)f.height * f.width * c.co);
    for (int b = 0; b < n; b++, dy += (int64_t)c.oh * c.ow * c.co, dx += (int64_t)c.h * c.w * c.ci) {
        const float *frame = dy, *w = packed;
        if (!rt_frame_is_image(f, c.oh, c.ow)) {
            rt_frame_fill(f, c.oh, c.ow, c.co, dy, scratch);
            frame = scratch;
        }
        for (int y = 0; y < c.stride_h; y++)
            for (int x = 0; x < c.stride_w; x++) {
                const RtPhase ph = rt_phase(y, c.h, c.kh, c.stride_h, c.pad_h),
                              pw = rt_phase(x, c.w, c.kw, c.stride_w, c.pad_w);
                rt_conv2d_phase(c, f, ph, pw, frame, w, dx, offset);
                w += ph.taps * pw.taps * tap;
            }
    }
}

/* dx[n][h][w][ci] = the gradient that dy[n][oh][ow][co] sends to the image. */
RT_INLINE void rt_conv2d_grad_input(RtConv c, int n, const float *dy, const float *packed, float *dx, float *scratch)
{
    if (rt_conv2d_has_phases(c)) rt_conv2d_phases(c, n, dy, packed, dx, scratch);
    else rt_conv2d_run(rt_conv2d_back(c), rt_conv2d_back_frame(c), n, dy, packed, dx, scratch);
}

/* ---- to the weight --------------------------------------------------------------------------------------------- */

/* sum[p] += frame[tap p of pixel k] * dy[k] over the pixels of an image. */
RT_INLINE void rt_conv2d_tap_tile(const int rows, int pixels, const float *frame, const int32_t *tap,
                                  const int32_t *offset, const float *dy, int64_t ldy, float *sum, int64_t ldsum,
                                  int columns)
{
    rt_vec low[RT_TILE_ROWS], high[RT_TILE_ROWS];
    const float *a[RT_TILE_ROWS];
    const int part = rt_sum_part(pixels);
    RT_UNROLL_ROWS
    for (int p = 0; p < rows; p++) a[p] = frame + tap[p];
    for (int first = 0; first < pixels; first += part) {
        const int end = pixels - first < part ? pixels : first + part;
        rt_tile_zero(rows, low, high);
        RT_UNROLL_SUM
        for (int k = first; k < end; k++, dy += ldy) {
            int64_t at = offset[k];
            rt_vec d0 = rt_load_first(dy, columns),
                   d1 = columns > RT_LANES ? rt_load_first(dy + RT_LANES, columns - RT_LANES) : rt_broadcast(0);
            RT_UNROLL_ROWS
            for (int p = 0; p < rows; p++) {
                rt_vec s = rt_broadcast(a[p][at]);
                low[p] = rt_vec_fma(s, d0, low[p]);
                if (columns > RT_LANES) high[p] = rt_vec_fma(s, d1, high[p]);
            }
        }
        rt_tile_store_added(rows, low, high, sum, ldsum, columns);
    }
}

/* Adds the weight's gradient of n images into sum[groups][kh][kw][ci/groups][co/groups]. */
RT_INLINE void rt_conv2d_grad_weight(RtConv c, int n, const float *x, const float *dy, float *sum, float *scratch)
{
    const RtFrame f = rt_conv2d_frame(c);
    const int pixels = c.oh * c.ow, inputs = c.ci / c.groups, outputs = c.co / c.groups, taps = c.kh * c.kw * inputs,
              rest = outputs % RT_TILE_COLUMNS;
    float *space = scratch;
    int32_t *offset = (int32_t *)(scratch + (int64_t)f.height * f.width * c.ci), *tap = offset + pixels;
    rt_pixel_offsets(c, f.width, offset);
    for (int kh = 0, t = 0; kh < c.kh; kh++)
        for (int kw = 0; kw < c.kw; kw++)
            for (int i = 0; i < inputs; i++) tap[t++] = (kh * c.dilation_h * f.width + kw * c.dilation_w) * c.ci + i;
    for (int b = 0; b < n; b++, x += (int64_t)c.h * c.w * c.ci, dy += (int64_t)pixels * c.co) {
        const float *frame = x;
        if (!rt_frame_is_image(f, c.h, c.w)) {
            rt_frame_fill(f, c.h, c.w, c.ci, x, space);
            frame = space;
        }
        for (int g = 0; g < c.groups; g++) {
            float *to = sum + (int64_t)g * taps * outputs;
            const float *from = dy + g * outputs, *part = frame + g * inputs;
            for (int o = 0; o + RT_TILE_COLUMNS <= outputs; o += RT_TILE_COLUMNS)
                RT_FOR_TILES(taps, t,
                             rt_conv2d_tap_tile(rows, pixels, part, tap + t, offset, from + o, c.co,
                                                to + (int64_t)t * outputs + o, outputs, RT_TILE_COLUMNS))
            if (rest) {
                from += outputs - rest, to += outputs - rest;
                RT_FOR_TILES(taps, t,
                             rt_conv2d_tap_tile(rows, pixels, part, tap + t, offset, from, c.co,
                                                to + (int64_t)t * outputs, outputs, rest))
            }
        }
    }
}

/* Brings the sum into the layout of files: weight[co][ci/groups][kh][kw]. */
static inline void rt_conv2d_grad_weight_unpack(RtConv c, const float *sum, float *weight)
{
    int inputs = c.ci / c.groups, outputs = c.co / c.groups, taps = c.kh * c.kw;
    for (int g = 0; g < c.groups; g++)
        for (int t = 0; t < taps; t++)
            for (int i = 0; i < inputs; i++)
                for (int o = 0; o < outputs; o++) weight[((int64_t)(g * outputs + o) * inputs + i) * taps + t] = *sum++;
}

#endif
