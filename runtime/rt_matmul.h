/* rt_matmul.h - matrix products.
 *
 *   rt_matmul      y = x w      w laid out in panels by rt_pack: a panel's columns are the lanes of a register tile
 *   rt_matmul_tn   c += a' b    a sum of outer products; nothing is laid out anew
 *
 * One register tile of RT_TILE_ROWS x RT_TILE_COLUMNS outputs does all the work.  Rows are shared out evenly, so that
 * no tile is left with few rows, whose additions would wait for one another.  Each output is summed up in the order of
 * k, one fused multiply-add after the other, whatever the tile, so the bits do not depend on the number of lanes.  A
 * sum of many terms is cut into parts.  Each part begins in the registers at 0 and is added to the earlier parts in
 * memory.  Rounding errors then grow with the length of a part and the number of parts, not with the number of terms.
 *
 * Operations that follow element by element (bias, activation) are a loop of the caller's over the result.  Compared
 * with a loop inside the tile, through a callback, that cost nothing and was faster where K is small
 * (bench/epilogue.c). */
#ifndef RT_MATMUL_H
#define RT_MATMUL_H

#include "rt_vec.h"

enum {
    RT_PANEL = 32,                   /* the number of packed columns is a multiple of this, for every number of lanes */
    RT_TILE_COLUMNS = 2 * RT_LANES,
    /* accumulators, two vectors of weights and a broadcast fill the registers */
    RT_TILE_ROWS = RT_LANES == 16 ? 14 : 6
};

static inline int64_t rt_packed_floats(int64_t k, int64_t n) { return k * ((n + RT_PANEL - 1) / RT_PANEL * RT_PANEL); }

/* Lays w[k * k_stride + n * n_stride], K x N, out in panels [N / columns][K][columns], filled up with zeros. */
static inline void rt_pack(int K, int N, const float *w, int64_t k_stride, int64_t n_stride, float *packed)
{
    for (int n0 = 0; n0 < N; n0 += RT_TILE_COLUMNS) {
        int columns = N - n0 < RT_TILE_COLUMNS ? N - n0 : RT_TILE_COLUMNS;
        for (int k = 0; k < K; k++, packed += RT_TILE_COLUMNS) {
            for (int n = 0; n < columns; n++) packed[n] = w[k * k_stride + (n0 + n) * n_stride];
            for (int n = columns; n < RT_TILE_COLUMNS; n++) packed[n] = 0;
        }
    }
}

/* b = a', where a is K x M. */
static inline void rt_transpose(int K, int M, const float *a, int64_t lda, float *b)
{
    for (int m = 0; m < M; m++)
        for (int k = 0; k < K; k++) b[(int64_t)m * K + k] = a[k * lda + m];
}

/* Terms that are summed up in the registers: all of them in a sum of at most RT_SUM_MOST terms, else equal parts of
 * about RT_SUM_PART. */
enum { RT_SUM_PART = 256, RT_SUM_MOST = 384 };
RT_INLINE int rt_sum_part(int terms)
{
    const int parts = (terms + RT_SUM_PART / 2) / RT_SUM_PART;
    return terms <= RT_SUM_MOST ? terms : (terms + parts - 1) / parts;
}

/* ---- register tiles -------------------------------------------------------------------------------------------- */

RT_INLINE void rt_tile_zero(const int rows, rt_vec *low, rt_vec *high)
{
    RT_UNROLL_ROWS
    for (int p = 0; p < rows; p++) low[p] = high[p] = rt_broadcast(0);
}

/* low, high += a[p][k] * w[k] for k < K.  Rows of the left side are contiguous; w is a panel.  In a tile that is one
 * vector wide, high is left alone: its lanes would be the zeros that fill up the panel. */
RT_INLINE void rt_tile_add(const int rows, int K, const float *const *a, const float *w, rt_vec *low, rt_vec *high,
                           int columns)
{
    RT_UNROLL_SUM
    for (int k = 0; k < K; k++) {
        rt_vec w0 = rt_load(w + (int64_t)k * RT_TILE_COLUMNS),
               w1 = columns > RT_LANES ? rt_load(w + (int64_t)k * RT_TILE_COLUMNS + RT_LANES) : w0;
        RT_UNROLL_ROWS
        for (int p = 0; p < rows; p++) {
            rt_vec s = rt_broadcast(a[p][k]);
            low[p] = rt_vec_fma(s, w0, low[p]);
            if (columns > RT_LANES) high[p] = rt_vec_fma(s, w1, high[p]);
        }
    }
}

RT_INLINE void rt_tile_store(const int rows, const rt_vec *low, const rt_vec *high, float *y, int64_t ldy, int columns)
{
    if (columns >= RT_TILE_COLUMNS) {
        RT_UNROLL_ROWS
        for (int p = 0; p < rows; p++) rt_store(y + p * ldy, low[p]), rt_store(y + p * ldy + RT_LANES, high[p]);
        return;
    }
    RT_UNROLL_ROWS
    for (int p = 0; p < rows; p++) {
        rt_store_first(y + p * ldy, low[p], columns);
        if (columns > RT_LANES) rt_store_first(y + p * ldy + RT_LANES, high[p], columns - RT_LANES);
    }
}

RT_INLINE void rt_tile_load(const int rows, rt_vec *low, rt_vec *high, const float *c, int64_t ldc, int columns)
{
    RT_UNROLL_ROWS
    for (int p = 0; p < rows; p++) {
        low[p] = rt_load_first(c + p * ldc, columns);
        high[p] = columns > RT_LANES ? rt_load_first(c + p * ldc + RT_LANES, columns - RT_LANES) : rt_broadcast(0);
    }
}

/* y += low, high */
RT_INLINE void rt_tile_store_added(const int rows, rt_vec *low, rt_vec *high, float *y, int64_t ldy, int columns)
{
    RT_UNROLL_ROWS
    for (int p = 0; p < rows; p++) {
        low[p] = rt_add(rt_load_first(y + p * ldy, columns), low[p]);
        if (columns > RT_LANES) high[p] = rt_add(rt_load_first(y + p * ldy + RT_LANES, columns - RT_LANES), high[p]);
    }
    rt_tile_store(rows, low, high, y, ldy, columns);
}

/* Stores the first part of a sum, and adds the others to it. */
RT_INLINE void rt_tile_put(const int rows, int added, rt_vec *low, rt_vec *high, float *y, int64_t ldy, int columns)
{
    if (added) rt_tile_store_added(rows, low, high, y, ldy, columns);
    else rt_tile_store(rows, low, high, y, ldy, columns);
}

/* The number of tiles that share n rows evenly. */
RT_INLINE int rt_tiles(int n) { return (n + RT_TILE_ROWS - 1) / RT_TILE_ROWS; }

/* Runs CALL for tiles that cover rows 0 ..  N-1.  ROW is the first row of a tile.  `rows` is its height, a constant, so
 * that its loops are unrolled.  A constant N is shared out evenly, which takes two heights.  For any other N,
 * RT_FOR_ANY_TILES takes the rest in halves. */
#define RT_TILE_OF(N, ROW, HEIGHT, CALL) \
    if (RT_TILE_ROWS > HEIGHT && ROW + HEIGHT <= N) { \
        enum { rows = RT_TILE_ROWS > HEIGHT ? HEIGHT : 1 }; \
        CALL; \
        ROW += rows; \
    }
#define RT_FOR_ANY_TILES(N, ROW, CALL) \
    { \
        int ROW = 0; \
        for (; ROW + RT_TILE_ROWS <= (N); ROW += RT_TILE_ROWS) { \
            enum { rows = RT_TILE_ROWS }; \
            CALL; \
        } \
        RT_TILE_OF(N, ROW, 8, CALL) \
        RT_TILE_OF(N, ROW, 4, CALL) RT_TILE_OF(N, ROW, 2, CALL) RT_TILE_OF(N, ROW, 1, CALL) \
    }
#define RT_FOR_TILES(N, ROW, CALL) \
    if (__builtin_constant_p(N) && (N) > 0) { \
        const int tiles_ = rt_tiles(N), taller_ = (N) % tiles_; \
        int ROW = 0; \
        for (int i_ = 0; i_ < taller_; i_++) { \
            const int rows = (N) / tiles_ + 1; \
            CALL; \
            ROW += rows; \
        } \
        for (int i_ = taller_; i_ < tiles_; i_++) { \
            const int rows = (N) / tiles_; \
            CALL; \
            ROW += rows; \
        } \
    } else RT_FOR_ANY_TILES(N, ROW, CALL)

/* ---- y = x w --------------------------------------------------------------------------------------------------- */

RT_INLINE void rt_matmul_tile(const int rows, int K, const float *x, int64_t ldx, const float *w, float *y, int64_t ldy,
                              int columns)
{
    rt_vec low[RT_TILE_ROWS], high[RT_TILE_ROWS];
    const float *a[RT_TILE_ROWS];
    const int part = rt_sum_part(K);
    RT_UNROLL_ROWS
    for (int p = 0; p < rows; p++) a[p] = x + p * ldx;
    rt_tile_zero(rows, low, high);
    rt_tile_add(rows, part, a, w, low, high, columns);
    rt_tile_store(rows, low, high, y, ldy, columns);
    for (int k = part; k < K; k += part) {
        RT_UNROLL_ROWS
        for (int p = 0; p < rows; p++) a[p] += part;
        rt_tile_zero(rows, low, high);
        rt_tile_add(rows, K - k < part ? K - k : part, a, w + (int64_t)k * RT_TILE_COLUMNS, low, high, columns);
        rt_tile_store_added(rows, low, high, y, ldy, columns);
    }
}

/* The last rows of a panel, fewer than RT_TILE_ROWS. */
RT_CALLED void rt_matmul_few(int M, int K, const float *x, int64_t ldx, const float *w, float *y, int64_t ldy)
{
    int m = 0;
    RT_TILE_OF(M, m, 8, rt_matmul_tile(rows, K, x + m * ldx, ldx, w, y + m * ldy, ldy, RT_TILE_COLUMNS))
    RT_TILE_OF(M, m, 4, rt_matmul_tile(rows, K, x + m * ldx, ldx, w, y + m * ldy, ldy, RT_TILE_COLUMNS))
    RT_TILE_OF(M, m, 2, rt_matmul_tile(rows, K, x + m * ldx, ldx, w, y + m * ldy, ldy, RT_TILE_COLUMNS))
    RT_TILE_OF(M, m, 1, rt_matmul_tile(rows, K, x + m * ldx, ldx, w, y + m * ldy, ldy, RT_TILE_COLUMNS))
}

/* y[m * ldy + n] = sum over k of x[m * ldx + k] * w[k][n]; w packed by rt_pack(K, N, ...).  M may be 0. */
RT_INLINE void rt_matmul(int M, int N, int K, const float *x, int64_t ldx, const float *packed, float *y, int64_t ldy)
{
    const int rest = N % RT_TILE_COLUMNS;
    for (int n = 0; n + RT_TILE_COLUMNS <= N; n += RT_TILE_COLUMNS) {
        const float *w = packed + (int64_t)n * K;
        if (__builtin_constant_p(M)) {
            RT_FOR_TILES(M, m, rt_matmul_tile(rows, K, x + m * ldx, ldx, w, y + m * ldy + n, ldy, RT_TILE_COLUMNS))
        } else {
            int m = 0;
            for (; m + RT_TILE_ROWS <= M; m += RT_TILE_ROWS)
                rt_matmul_tile(RT_TILE_ROWS, K, x + m * ldx, ldx, w, y + m * ldy + n, ldy, RT_TILE_COLUMNS);
            if (m < M) rt_matmul_few(M - m, K, x + m * ldx, ldx, w, y + m * ldy + n, ldy);
        }
    }
    if (rest) {
        const float *w = packed + (int64_t)(N - rest) * K;
        RT_FOR_TILES(M, m, rt_matmul_tile(rows, K, x + m * ldx, ldx, w, y + m * ldy + N - rest, ldy, rest))
    }
}

/* ---- c += a' b ------------------------------------------------------------------------------------------------- */

/* low, high += sum over k < K of a[k * lda + p] * b[k * ldb]. */
RT_INLINE void rt_outer_add(const int rows, int K, const float *a, int64_t lda, const float *b, int64_t ldb,
                            rt_vec *low, rt_vec *high, int columns)
{
    RT_UNROLL_SUM
    for (int k = 0; k < K; k++, a += lda, b += ldb) {
        rt_vec b0 = rt_load_first(b, columns),
               b1 = columns > RT_LANES ? rt_load_first(b + RT_LANES, columns - RT_LANES) : rt_broadcast(0);
        RT_UNROLL_ROWS
        for (int p = 0; p < rows; p++) {
            rt_vec s = rt_broadcast(a[p]);
            low[p] = rt_vec_fma(s, b0, low[p]);
            if (columns > RT_LANES) high[p] = rt_vec_fma(s, b1, high[p]);
        }
    }
}

RT_INLINE void rt_outer_tile(const int rows, int K, int run, const float *a, int64_t lda, const float *b, int64_t ldb,
                             float *c, int64_t ldc, int columns)
{
    rt_vec low[RT_TILE_ROWS], high[RT_TILE_ROWS];
    if (run == 0) {
        rt_tile_load(rows, low, high, c, ldc, columns);
        rt_outer_add(rows, K, a, lda, b, ldb, low, high, columns);
        rt_tile_store(rows, low, high, c, ldc, columns);
        return;
    }
    const int part = rt_sum_part(run);
    for (int first = 0; first < K; first += run)
        for (int k = 0; k < run; k += part) {
            const int terms = run - k < part ? run - k : part;
            rt_tile_zero(rows, low, high);
            rt_outer_add(rows, terms, a, lda, b, ldb, low, high, columns);
            rt_tile_store_added(rows, low, high, c, ldc, columns);
            a += terms * lda, b += terms * ldb;
        }
}

/* c[m * ldc + n] += sum over k of a[k * lda + m] * b[k * ldb + n].  Runs of `run` terms of the K are summed up before
 * they are added to c.  run 0: every term is added to c by itself, so the bits do not depend on how the terms are
 * divided among calls. */
RT_INLINE void rt_matmul_tn(int M, int N, int K, int run, const float *a, int64_t lda, const float *b, int64_t ldb,
                            float *c, int64_t ldc)
{
    const int rest = N % RT_TILE_COLUMNS;
    for (int n = 0; n + RT_TILE_COLUMNS <= N; n += RT_TILE_COLUMNS)
        RT_FOR_TILES(M, m, rt_outer_tile(rows, K, run, a + m, lda, b + n, ldb, c + m * ldc + n, ldc, RT_TILE_COLUMNS))
    if (rest) {
        RT_FOR_TILES(M, m,
                     rt_outer_tile(rows, K, run, a + m, lda, b + N - rest, ldb, c + m * ldc + N - rest, ldc, rest))
    }
}

#endif
