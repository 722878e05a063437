/* rt_winograd.h - 3 x 3 convolution of stride 1 by minimal filtering (Winograd 1980; Lavin and Gray, 1509.09308), and
 * its adjoints.
 *
 * A tile of m x m outputs (m = c.tile: 2 or 4) takes (m + 2)^2 products a channel in place of 9 m^2:
 *
 *   output tile = A' [ (G w G') . (B' d B) ] A      d an input tile of (m + 2) x (m + 2)
 *
 *   forward          input tiles are transformed; (m + 2)^2 matrix products over the input channels follow, one for
 *                    each position of a tile; then the outputs are transformed back
 *   to the input     the same on the output's gradient, with the kernel turned around
 *   to the weight    (m + 2)^2 sums of outer products of transformed input and gradient tiles; the sum over the whole
 *                    batch is transformed only once, to the 3 x 3 weight
 *
 * Lanes hold channels.  m = 2 is as accurate as the direct sum, m = 4 loses about one decimal.  Tiles of several images
 * go through the products together, RT_WINOGRAD_TILES at a time.  Places outside of an image read as zeros. */
#ifndef RT_WINOGRAD_H
#define RT_WINOGRAD_H

#include "rt_conv.h"

enum {
    RT_WINOGRAD_TILES = 42,                             /* tiles of a round: whole register tiles of 14 and of 6 rows */
    /* an image of so many tiles has each round summed up by itself before it is added to the weight's gradient */
    RT_WINOGRAD_APART = 2 * RT_WINOGRAD_TILES,
    RT_WINOGRAD_SHORT = RT_LANES == 16 ? 8 : 4,                /* rows of the register tile for the rest of a round */
    /* floats between the planes of two positions, which otherwise would share one set of the cache */
    RT_WINOGRAD_GAP = 16,
    RT_WINOGRAD_MOST = 6                                       /* m + 2 */
};

static inline int rt_winograd_fits(RtConv c)
{
    return c.kh == 3 && c.kw == 3 && c.stride_h == 1 && c.stride_w == 1 && c.dilation_h == 1 && c.dilation_w == 1 &&
           c.groups == 1 && c.pad_h >= 0 && c.pad_w >= 0;
}

/* ---- sizes in floats ------------------------------------------------------------------------------------------- */

RT_ALWAYS_INLINE int rt_winograd_positions(const int m) { return (m + 2) * (m + 2); }
RT_ALWAYS_INLINE int rt_winograd_across(const int m, RtConv c) { return (c.ow + m - 1) / m; }
RT_ALWAYS_INLINE int rt_winograd_down(const int m, RtConv c) { return (c.oh + m - 1) / m; }
RT_INLINE int64_t rt_winograd_plane(int channels) { return (int64_t)RT_WINOGRAD_TILES * channels + RT_WINOGRAD_GAP; }

static inline int64_t rt_winograd_packed_floats(RtConv c)
{
    return rt_winograd_positions(c.tile) * rt_packed_floats(c.ci, c.co);
}
static inline int64_t rt_winograd_grad_input_packed_floats(RtConv c)
{
    return rt_winograd_positions(c.tile) * rt_packed_floats(c.co, c.ci);
}
static inline int64_t rt_winograd_sum_floats(RtConv c) { return rt_winograd_packed_floats(c); }
/* Room for transformed tiles, one panel of products, and a row of zeros. */
static inline int64_t rt_winograd_scratch_floats(RtConv c)
{
    const int most = c.ci > c.co ? c.ci : c.co;
    return rt_winograd_positions(c.tile) * (rt_winograd_plane(most) + rt_winograd_plane(RT_PANEL)) + most;
}

/* ---- transforms of one line: in place of the matrices B', G, A', and A, G' of the weight's gradient ------------ */

RT_ALWAYS_INLINE rt_vec rt_times(float a, rt_vec x) { return rt_mul(rt_broadcast(a), x); }
/* y + a x */
RT_ALWAYS_INLINE rt_vec rt_plus_times(rt_vec y, float a, rt_vec x) { return rt_vec_fma(rt_broadcast(a), x, y); }

RT_ALWAYS_INLINE void rt_winograd_input(const int m, const rt_vec *d, rt_vec *t)
{
    if (m == 2) {
        t[0] = rt_sub(d[0], d[2]), t[1] = rt_add(d[1], d[2]), t[2] = rt_sub(d[2], d[1]), t[3] = rt_sub(d[1], d[3]);
        return;
    }
    const rt_vec a = rt_plus_times(d[4], -4, d[2]), b = rt_plus_times(d[3], -4, d[1]), c = rt_sub(d[4], d[2]),
                 e = rt_sub(d[3], d[1]);
    t[0] = rt_plus_times(rt_plus_times(d[4], -5, d[2]), 4, d[0]);
    t[1] = rt_add(a, b), t[2] = rt_sub(a, b), t[3] = rt_plus_times(c, 2, e), t[4] = rt_plus_times(c, -2, e);
    t[5] = rt_plus_times(rt_plus_times(d[5], -5, d[3]), 4, d[1]);
}

RT_ALWAYS_INLINE void rt_winograd_weight(const int m, const rt_vec *g, rt_vec *t)
{
    if (m == 2) {
        const rt_vec a = rt_times(0.5f, rt_add(g[0], g[2])), b = rt_times(0.5f, g[1]);
        t[0] = g[0], t[1] = rt_add(a, b), t[2] = rt_sub(a, b), t[3] = g[2];
        return;
    }
    const rt_vec a = rt_times(-1.0f / 6, rt_add(g[0], g[2])), b = rt_times(-1.0f / 6, g[1]);
    const rt_vec c = rt_plus_times(rt_times(1.0f / 6, g[2]), 1.0f / 24, g[0]), e = rt_times(1.0f / 12, g[1]);
    t[0] = rt_times(0.25f, g[0]), t[1] = rt_add(a, b), t[2] = rt_sub(a, b), t[3] = rt_add(c, e), t[4] = rt_sub(c, e),
    t[5] = g[2];
}

RT_ALWAYS_INLINE void rt_winograd_output(const int m, const rt_vec *p, rt_vec *y)
{
    if (m == 2) {
        y[0] = rt_add(rt_add(p[0], p[1]), p[2]), y[1] = rt_sub(rt_sub(p[1], p[2]), p[3]);
        return;
    }
    const rt_vec s = rt_add(p[1], p[2]), d = rt_sub(p[1], p[2]), s2 = rt_add(p[3], p[4]), d2 = rt_sub(p[3], p[4]);
    y[0] = rt_add(rt_add(p[0], s), s2), y[1] = rt_plus_times(d, 2, d2), y[2] = rt_plus_times(s, 4, s2),
    y[3] = rt_add(rt_plus_times(d, 8, d2), p[5]);
}

RT_ALWAYS_INLINE void rt_winograd_gradient(const int m, const rt_vec *y, rt_vec *t)  /* adjoint of rt_winograd_output */
{
    if (m == 2) {
        t[0] = y[0], t[1] = rt_add(y[0], y[1]), t[2] = rt_sub(y[0], y[1]), t[3] = rt_sub(rt_broadcast(0), y[1]);
        return;
    }
    const rt_vec s = rt_add(y[0], y[2]), d = rt_add(y[1], y[3]), s2 = rt_plus_times(y[0], 4, y[2]),
                 d2 = rt_plus_times(y[1], 4, y[3]);
    t[0] = y[0], t[1] = rt_add(s, d), t[2] = rt_sub(s, d), t[3] = rt_plus_times(s2, 2, d2),
    t[4] = rt_plus_times(s2, -2, d2), t[5] = y[3];
}

RT_ALWAYS_INLINE void rt_winograd_sum(const int m, const rt_vec *t, rt_vec *g)       /* adjoint of rt_winograd_weight */
{
    if (m == 2) {
        const rt_vec s = rt_times(0.5f, rt_add(t[1], t[2]));
        g[0] = rt_add(t[0], s), g[1] = rt_times(0.5f, rt_sub(t[1], t[2])), g[2] = rt_add(s, t[3]);
        return;
    }
    const rt_vec s = rt_times(-1.0f / 6, rt_add(t[1], t[2])), s2 = rt_add(t[3], t[4]);
    g[0] = rt_plus_times(rt_plus_times(s, 0.25f, t[0]), 1.0f / 24, s2);
    g[1] = rt_plus_times(rt_times(1.0f / 6, rt_sub(t[2], t[1])), 1.0f / 12, rt_sub(t[3], t[4]));
    g[2] = rt_add(rt_plus_times(s, 1.0f / 6, s2), t[5]);
}

/* Transforms both axes of a tile: LINE(m, from, to) takes FROM vectors to TO.  READ(i, j) is a vector, WRITE(i, j,
 * vector) takes one.  COLUMN stands before the reads of a column j, ROW before the writes of a row i. */
#define RT_WINOGRAD_BOTH(LINE, m, FROM, TO, COLUMN, READ, ROW, WRITE) \
    { \
        rt_vec half_[RT_WINOGRAD_MOST][RT_WINOGRAD_MOST], line_[RT_WINOGRAD_MOST], to_[RT_WINOGRAD_MOST]; \
        RT_UNROLL_ROWS \
        for (int j = 0; j < (FROM); j++) { \
            COLUMN; \
            RT_UNROLL_ROWS \
            for (int i = 0; i < (FROM); i++) line_[i] = READ; \
            LINE(m, line_, to_); \
            RT_UNROLL_ROWS \
            for (int i = 0; i < (TO); i++) half_[i][j] = to_[i]; \
        } \
        RT_UNROLL_ROWS \
        for (int i = 0; i < (TO); i++) { \
            ROW; \
            LINE(m, half_[i], to_); \
            RT_UNROLL_ROWS \
            for (int j = 0; j < (TO); j++) { \
                const rt_vec v = to_[j]; \
                WRITE; \
            } \
        } \
    }

/* ---- tiles ----------------------------------------------------------------------------------------------------- */

/* Images and the tiles that lie over them.  Element (0, 0) of an image's first tile lies before_h rows above and
 * before_w columns to the left of the image's. */
typedef struct RtTiling { int h, w, channels, before_h, before_w, down, across; } RtTiling;

RT_ALWAYS_INLINE RtTiling rt_winograd_of_input(const int m, RtConv c)
{
    return (RtTiling){c.h, c.w, c.ci, c.pad_h, c.pad_w, rt_winograd_down(m, c), rt_winograd_across(m, c)};
}
RT_ALWAYS_INLINE RtTiling rt_winograd_of_output(const int m, RtConv c)
{
    return (RtTiling){c.oh, c.ow, c.co, 0, 0, rt_winograd_down(m, c), rt_winograd_across(m, c)};
}

/* A tile among the tiles of all images. */
typedef struct RtTile { int number, image, down, across; } RtTile;

RT_ALWAYS_INLINE RtTile rt_winograd_first(RtTiling g, int number)
{
    return (RtTile){number, number / (g.down * g.across), number / g.across % g.down, number % g.across};
}
RT_ALWAYS_INLINE void rt_winograd_next(RtTiling g, RtTile *t)
{
    t->number++;
    if (++t->across < g.across) return;
    t->across = 0;
    if (++t->down < g.down) return;
    t->down = 0;
    t->image++;
}

/* Transforms `columns` channels of `count` tiles, beginning with tile `first` among those of all images, into planes
 * [position][tile][ld].  gradient: tiles of m x m of the output's gradient; else tiles of (m + 2) x (m + 2) of the
 * input. */
RT_ALWAYS_INLINE void rt_winograd_tiles(const int gradient, const int m, const int whole, RtTiling g, int first,
                                        int count, const float *x, int columns, int ld, const float *zeros, float *to)
{
    const int size = gradient ? m : m + 2;
    const int64_t plane = rt_winograd_plane(ld), row = (int64_t)g.w * g.channels, column = g.channels;
    for (RtTile t = rt_winograd_first(g, first); t.number < first + count; rt_winograd_next(g, &t), to += ld) {
        const int y = t.down * m - g.before_h, x0 = t.across * m - g.before_w;
        const float *from = x + ((int64_t)t.image * g.h + y) * row + x0 * column;
        const int inside = y >= 0 && x0 >= 0 && y + size <= g.h && x0 + size <= g.w;
        const float *at[RT_WINOGRAD_MOST][RT_WINOGRAD_MOST];
        if (!inside)
            for (int j = 0; j < size; j++)
                for (int i = 0; i < size; i++)
                    at[j][i] = y + i >= 0 && y + i < g.h && x0 + j >= 0 && x0 + j < g.w ? from + i * row + j * column
                                                                                        : zeros;
        for (int k = 0; k < columns; k += RT_LANES) {
            const int n = whole ? RT_LANES : columns - k;
#define RT_WINOGRAD_COLUMN const float *in_ = rt_opaque(from + j * column + k)
#define RT_WINOGRAD_ROW float *out_ = rt_opaque_out(to + i * (m + 2) * plane + k)
#define RT_WINOGRAD_PUT rt_store_first(out_ + j * plane, v, n)
            if (inside) {
                if (gradient)
                    RT_WINOGRAD_BOTH(rt_winograd_gradient, m, m, m + 2, RT_WINOGRAD_COLUMN,
                                     rt_load_first(in_ + i * row, n), RT_WINOGRAD_ROW, RT_WINOGRAD_PUT)
                else
                    RT_WINOGRAD_BOTH(rt_winograd_input, m, m + 2, m + 2, RT_WINOGRAD_COLUMN,
                                     rt_load_first(in_ + i * row, n), RT_WINOGRAD_ROW, RT_WINOGRAD_PUT)
            } else {
                if (gradient)
                    RT_WINOGRAD_BOTH(rt_winograd_gradient, m, m, m + 2, , rt_load_first(at[j][i] + k, n),
                                     RT_WINOGRAD_ROW, RT_WINOGRAD_PUT)
                else
                    RT_WINOGRAD_BOTH(rt_winograd_input, m, m + 2, m + 2, , rt_load_first(at[j][i] + k, n),
                                     RT_WINOGRAD_ROW, RT_WINOGRAD_PUT)
            }
#undef RT_WINOGRAD_COLUMN
#undef RT_WINOGRAD_ROW
#undef RT_WINOGRAD_PUT
        }
    }
}

/* Transforms the products of `count` tiles back, and writes the outputs that lie inside of the image. */
RT_ALWAYS_INLINE void rt_winograd_outputs(const int m, const int whole, RtTiling g, int first, int count,
                                          const float *products, float *y, int columns)
{
    const int64_t plane = rt_winograd_plane(RT_TILE_COLUMNS), row = (int64_t)g.w * g.channels, column = g.channels;
    for (RtTile t = rt_winograd_first(g, first); t.number < first + count;
         rt_winograd_next(g, &t), products += RT_TILE_COLUMNS) {
        const int y0 = t.down * m, x0 = t.across * m;
        float *to = y + ((int64_t)t.image * g.h + y0) * row + x0 * column;
        for (int k = 0; k < columns; k += RT_LANES) {
            const int n = whole ? RT_LANES : columns - k;
            RT_WINOGRAD_BOTH(rt_winograd_output, m, m + 2, m, , rt_load(products + (i * (m + 2) + j) * plane + k),
                             float *out_ = rt_opaque_out(to + i * row + k),
                             if (y0 + i < g.h && x0 + j < g.w) rt_store_first(out_ + j * column, v, n))
        }
    }
}

/* The transforms for tiles of M x M, as functions that are the same for all sizes.  WHOLE: the channels fill
 * vectors. */
#define RT_WINOGRAD_CALLED(M, WHOLE, SUFFIX) \
    RT_CALLED void rt_winograd_read##SUFFIX(RtTiling g, int first, int count, const float *x, const float *zeros, \
                                            float *to) \
    { \
        rt_winograd_tiles(0, M, WHOLE, g, first, count, x, g.channels, g.channels, zeros, to); \
    } \
    RT_CALLED void rt_winograd_read_gradient##SUFFIX(RtTiling g, int first, int count, const float *dy, int columns, \
                                                     const float *zeros, float *to) \
    { \
        rt_winograd_tiles(1, M, WHOLE, g, first, count, dy, columns, RT_TILE_COLUMNS, zeros, to); \
    } \
    RT_CALLED void rt_winograd_write##SUFFIX(RtTiling g, int first, int count, const float *products, float *y, \
                                             int columns) \
    { \
        rt_winograd_outputs(M, WHOLE, g, first, count, products, y, columns); \
    }
RT_WINOGRAD_CALLED(2, 1, _2)
RT_WINOGRAD_CALLED(2, 0, _2_part)
RT_WINOGRAD_CALLED(4, 1, _4)
RT_WINOGRAD_CALLED(4, 0, _4_part)

#define RT_WINOGRAD_CALL(NAME, m, columns, ...) \
    ((m) == 2               ? (columns) % RT_LANES ? NAME##_2_part(__VA_ARGS__) : NAME##_2(__VA_ARGS__) \
                   : (columns) % RT_LANES ? NAME##_4_part(__VA_ARGS__) \
                            : NAME##_4(__VA_ARGS__))

/* ---- forward --------------------------------------------------------------------------------------------------- */

/* Panels [outputs / columns][position][inputs][columns] of the transformed weight.  Its tap t for input i and output o
 * is weight[o * o_stride + i * i_stride + t * t_stride]. */
RT_ALWAYS_INLINE void rt_winograd_pack_panels(const int m, const float *weight, int inputs, int outputs,
                                              int64_t i_stride, int64_t o_stride, int t_stride, float *packed)
{
    const int64_t plane = (int64_t)inputs * RT_TILE_COLUMNS;
    const int filled = (outputs + RT_TILE_COLUMNS - 1) / RT_TILE_COLUMNS * RT_TILE_COLUMNS;   /* filled up with zeros */
    for (int o = 0; o < filled; o += RT_LANES) {
        float *panel = packed + o / RT_TILE_COLUMNS * rt_winograd_positions(m) * plane + o % RT_TILE_COLUMNS;
        for (int k = 0; k < inputs; k++) {
            float lane[9][RT_LANES] = {{0}};
            for (int l = 0; l < RT_LANES && o + l < outputs; l++)
                for (int t = 0; t < 9; t++) lane[t][l] = weight[(o + l) * o_stride + k * i_stride + t * t_stride];
            RT_WINOGRAD_BOTH(rt_winograd_weight, m, 3, m + 2, , rt_load(lane[i * 3 + j]), ,
                             rt_store(panel + (i * (m + 2) + j) * plane + (int64_t)k * RT_TILE_COLUMNS, v))
        }
    }
}

static inline void rt_winograd_pack(RtConv c, const float *weight, float *packed)
{
    if (c.tile == 2) rt_winograd_pack_panels(2, weight, c.ci, c.co, 9, (int64_t)c.ci * 9, 1, packed);
    else rt_winograd_pack_panels(4, weight, c.ci, c.co, 9, (int64_t)c.ci * 9, 1, packed);
}

/* The products of `count` transformed tiles with one panel of weights, for every position of a tile.  A register tile
 * may have more rows; those are computed, but never read. */
RT_ALWAYS_INLINE void rt_winograd_products(const int positions, int inputs, int count, const float *transformed,
                                           int64_t plane, const float *w, float *products, int64_t products_plane,
                                           const int columns)
{
    for (int k = 0; k < positions;
         k++, transformed += plane, w += (int64_t)inputs * RT_TILE_COLUMNS, products += products_plane)
        for (int t = 0; t < count; t += RT_TILE_ROWS) {
            const float *from = transformed + (int64_t)t * inputs;
            float *to = products + (int64_t)t * RT_TILE_COLUMNS;
            if (count - t > RT_WINOGRAD_SHORT)
                rt_matmul_tile(RT_TILE_ROWS, inputs, from, inputs, w, to, RT_TILE_COLUMNS, columns);
            else rt_matmul_tile(RT_WINOGRAD_SHORT, inputs, from, inputs, w, to, RT_TILE_COLUMNS, columns);
        }
}

RT_ALWAYS_INLINE void rt_winograd_run(const int m, RtConv c, int n, const float *x, const float *packed, float *y,
                                      float *scratch)
{
    const int positions = rt_winograd_positions(m), tiles = n * rt_winograd_down(m, c) * rt_winograd_across(m, c);
    const int64_t plane = rt_winograd_plane(c.ci), products_plane = rt_winograd_plane(RT_TILE_COLUMNS);
    float *transformed = scratch, *products = scratch + positions * plane,
          *zeros = products + positions * products_plane;
    memset(zeros, 0, sizeof *zeros * (size_t)c.ci);
    for (int first = 0; first < tiles; first += RT_WINOGRAD_TILES) {
        const int count = tiles - first < RT_WINOGRAD_TILES ? tiles - first : RT_WINOGRAD_TILES;
        RT_WINOGRAD_CALL(rt_winograd_read, m, c.ci, rt_winograd_of_input(m, c), first, count, x, zeros, transformed);
        const float *w = packed;
        for (int o = 0; o < c.co; o += RT_TILE_COLUMNS, w += positions * (int64_t)c.ci * RT_TILE_COLUMNS) {
            const int columns = c.co - o < RT_TILE_COLUMNS ? c.co - o : RT_TILE_COLUMNS;
            if (columns == RT_TILE_COLUMNS)
                rt_winograd_products(positions, c.ci, count, transformed, plane, w, products, products_plane,
                                     RT_TILE_COLUMNS);
            else
                rt_winograd_products(positions, c.ci, count, transformed, plane, w, products, products_plane,
                                     c.co % RT_TILE_COLUMNS);
            RT_WINOGRAD_CALL(rt_winograd_write, m, c.co, rt_winograd_of_output(m, c), first, count, products, y + o,
                             columns);
        }
    }
}

/* y[n][oh][ow][co] = convolution of x[n][h][w][ci] with the weight packed by rt_winograd_pack. */
RT_INLINE void rt_winograd(RtConv c, int n, const float *x, const float *packed, float *y, float *scratch)
{
    if (c.tile == 2) rt_winograd_run(2, c, n, x, packed, y, scratch);
    else rt_winograd_run(4, c, n, x, packed, y, scratch);
}

/* ---- to the input ---------------------------------------------------------------------------------------------- */

RT_INLINE RtConv rt_winograd_back(RtConv c)
{
    RtConv back = rt_conv2d_back(c);
    back.tile = c.tile;
    return back;
}

static inline void rt_winograd_grad_input_pack(RtConv c, const float *weight, float *packed)
{
    if (c.tile == 2) rt_winograd_pack_panels(2, weight + 8, c.co, c.ci, (int64_t)c.ci * 9, 9, -1, packed);
    else rt_winograd_pack_panels(4, weight + 8, c.co, c.ci, (int64_t)c.ci * 9, 9, -1, packed);
}

RT_INLINE void rt_winograd_grad_input(RtConv c, int n, const float *dy, const float *packed, float *dx, float *scratch)
{
    rt_winograd(rt_winograd_back(c), n, dy, packed, dx, scratch);
}

/* ---- to the weight --------------------------------------------------------------------------------------------- */

/* Adds the transformed gradients of n images into sum[co / columns][position][ci][columns]. */
RT_ALWAYS_INLINE void rt_winograd_add(const int m, RtConv c, int n, const float *x, const float *dy, float *sum,
                                      float *scratch)
{
    const int positions = rt_winograd_positions(m), tiles = n * rt_winograd_down(m, c) * rt_winograd_across(m, c);
    const int64_t plane = rt_winograd_plane(c.ci), gradient_plane = rt_winograd_plane(RT_TILE_COLUMNS);
    float *transformed = scratch, *gradients = scratch + positions * plane,
          *zeros = gradients + positions * gradient_plane;
    const int image = rt_winograd_down(m, c) * rt_winograd_across(m, c), apart = image >= RT_WINOGRAD_APART;
    memset(zeros, 0, sizeof *zeros * (size_t)(c.ci > c.co ? c.ci : c.co));
    for (int first = 0, count; first < tiles; first += count) {
        const int left = apart ? image - first % image : tiles - first;
        count = left < RT_WINOGRAD_TILES ? left : RT_WINOGRAD_TILES;
        RT_WINOGRAD_CALL(rt_winograd_read, m, c.ci, rt_winograd_of_input(m, c), first, count, x, zeros, transformed);
        for (int o = 0; o < c.co; o += RT_TILE_COLUMNS) {
            const int columns = c.co - o < RT_TILE_COLUMNS ? c.co - o : RT_TILE_COLUMNS;
            RT_WINOGRAD_CALL(rt_winograd_read_gradient, m, c.co, rt_winograd_of_output(m, c), first, count, dy + o,
                             columns, zeros, gradients);
            for (int k = 0; k < positions; k++) {
                float *to = sum + ((int64_t)o * positions + (int64_t)k * RT_TILE_COLUMNS) * c.ci;
                const float *a = transformed + k * plane, *b = gradients + k * gradient_plane;
                if (columns == RT_TILE_COLUMNS) {
                    RT_FOR_TILES(c.ci, i,
                                 rt_outer_tile(rows, count, apart ? count : 0, a + i, c.ci, b, RT_TILE_COLUMNS,
                                               to + (int64_t)i * RT_TILE_COLUMNS, RT_TILE_COLUMNS, RT_TILE_COLUMNS))
                } else {
                    RT_FOR_TILES(c.ci, i,
                                 rt_outer_tile(rows, count, apart ? count : 0, a + i, c.ci, b, RT_TILE_COLUMNS,
                                               to + (int64_t)i * RT_TILE_COLUMNS, RT_TILE_COLUMNS,
                                               c.co % RT_TILE_COLUMNS))
                }
            }
        }
    }
}

RT_INLINE void rt_winograd_grad_weight(RtConv c, int n, const float *x, const float *dy, float *sum, float *scratch)
{
    if (c.tile == 2) rt_winograd_add(2, c, n, x, dy, sum, scratch);
    else rt_winograd_add(4, c, n, x, dy, sum, scratch);
}

RT_ALWAYS_INLINE void rt_winograd_weight_of(const int m, RtConv c, const float *sum, float *weight)
{
    const int64_t plane = (int64_t)c.ci * RT_TILE_COLUMNS;
    for (int o = 0; o < c.co; o += RT_LANES) {
        const float *panel = sum + o / RT_TILE_COLUMNS * rt_winograd_positions(m) * plane + o % RT_TILE_COLUMNS;
        const int n = c.co - o < RT_LANES ? c.co - o : RT_LANES;
        for (int k = 0; k < c.ci; k++) {
            float lane[9][RT_LANES];
            RT_WINOGRAD_BOTH(rt_winograd_sum, m, m + 2, 3, ,
                             rt_load_first(panel + (i * (m + 2) + j) * plane + (int64_t)k * RT_TILE_COLUMNS, n), ,
                             rt_store(lane[i * 3 + j], v))
            for (int l = 0; l < n; l++)
                for (int t = 0; t < 9; t++) weight[((int64_t)(o + l) * c.ci + k) * 9 + t] = lane[t][l];
        }
    }
}

/* Brings the sum into the layout of files: weight[co][ci][3][3]. */
static inline void rt_winograd_grad_weight_unpack(RtConv c, const float *sum, float *weight)
{
    if (c.tile == 2) rt_winograd_weight_of(2, c, sum, weight);
    else rt_winograd_weight_of(4, c, sum, weight);
}

#endif
