/* rt_matmul.h - matrix products.
 *
 *   rt_matmul      y = x w      w laid out in panels by rt_pack: the columns of a panel are the lanes of a register tile
 *   rt_matmul_tn   c += a' b    a sum of outer products; nothing is laid out anew
 *
 * One register tile of RT_TILE_ROWS x RT_TILE_COLUMNS outputs does all the work.  Rows are shared out evenly, so that no tile is
 * left with few rows, whose additions would wait for one another.  Each output is summed up in the order of k, one fused
 * multiply-add after the other, whatever the tile: the bits do not depend on the number of lanes.
 *
 * What follows element by element (bias, activation) is a loop of the caller's over the result: beside a loop inside the tile,
 * through a callback, that cost nothing and came out faster where K is small (bench/epilogue.c). */
#ifndef RT_MATMUL_H
#define RT_MATMUL_H

#include "rt_vec.h"

enum {
    RT_PANEL = 32,                                   /* packed columns are a multiple of this, for every number of lanes */
    RT_TILE_COLUMNS = 2 * RT_LANES,
    RT_TILE_ROWS = RT_LANES == 16 ? 14 : 6           /* accumulators, two weights and a broadcast fill the registers */
};

static inline int64_t rt_packed_floats(int64_t k, int64_t n) { return k * ((n + RT_PANEL - 1) / RT_PANEL * RT_PANEL); }

/* w[k * k_stride + n * n_stride], K x N, into panels [N / columns][K][columns], filled up with zeros. */
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

/* b = a', a is K x M. */
static inline void rt_transpose(int K, int M, const float *a, int64_t lda, float *b)
{
    for (int m = 0; m < M; m++)
        for (int k = 0; k < K; k++) b[(int64_t)m * K + k] = a[k * lda + m];
}

/* ---- register tiles -------------------------------------------------------------------------------------------------- */

RT_INLINE void rt_tile_zero(const int rows, rt_vec *low, rt_vec *high)
{
    RT_UNROLL_ROWS
    for (int p = 0; p < rows; p++) low[p] = high[p] = rt_broadcast(0);
}

/* low, high += a[p][k] * w[k] for k < K: a row of the left side is contiguous, w is a panel. */
RT_INLINE void rt_tile_add(const int rows, int K, const float *const *a, const float *restrict w, rt_vec *low, rt_vec *high)
{
    RT_UNROLL_SUM
    for (int k = 0; k < K; k++) {
        rt_vec w0 = rt_load(w + (int64_t)k * RT_TILE_COLUMNS), w1 = rt_load(w + (int64_t)k * RT_TILE_COLUMNS + RT_LANES);
        RT_UNROLL_ROWS
        for (int p = 0; p < rows; p++) {
            rt_vec s = rt_broadcast(a[p][k]);
            low[p] = rt_vec_fma(s, w0, low[p]);
            high[p] = rt_vec_fma(s, w1, high[p]);
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

/* Runs CALL with the constant `rows` equal to N, so that a tile of any height is unrolled. */
#define RT_CASE(N, CALL) case N: { enum { rows = N }; CALL; } break;
#if RT_LANES == 16
#define RT_FOR_ROWS(N, CALL)                                                                                              \
    switch (N) {                                                                                                          \
        RT_CASE(1, CALL) RT_CASE(2, CALL) RT_CASE(3, CALL) RT_CASE(4, CALL) RT_CASE(5, CALL) RT_CASE(6, CALL)             \
        RT_CASE(7, CALL) RT_CASE(8, CALL) RT_CASE(9, CALL) RT_CASE(10, CALL) RT_CASE(11, CALL) RT_CASE(12, CALL)          \
        RT_CASE(13, CALL) RT_CASE(14, CALL)                                                                               \
    }
#else
#define RT_FOR_ROWS(N, CALL)                                                                                              \
    switch (N) { RT_CASE(1, CALL) RT_CASE(2, CALL) RT_CASE(3, CALL) RT_CASE(4, CALL) RT_CASE(5, CALL) RT_CASE(6, CALL) }
#endif

/* Rows of the i-th of the tiles that share n rows evenly; how many tiles there are. */
RT_INLINE int rt_tiles(int n) { return (n + RT_TILE_ROWS - 1) / RT_TILE_ROWS; }
RT_INLINE int rt_tile_height(int n, int i) { return n / rt_tiles(n) + (i < n % rt_tiles(n)); }

/* ---- y = x w --------------------------------------------------------------------------------------------------------- */

RT_INLINE void rt_matmul_tile(const int rows, int K, const float *x, int64_t ldx, const float *w, float *y, int64_t ldy, int columns)
{
    rt_vec low[RT_TILE_ROWS], high[RT_TILE_ROWS];
    const float *a[RT_TILE_ROWS];
    RT_UNROLL_ROWS
    for (int p = 0; p < rows; p++) a[p] = x + p * ldx;
    rt_tile_zero(rows, low, high);
    rt_tile_add(rows, K, a, w, low, high);
    rt_tile_store(rows, low, high, y, ldy, columns);
}

/* y[m * ldy + n] = sum over k of x[m * ldx + k] * w[k][n]; w packed by rt_pack(K, N, ...).  M may be 0. */
RT_INLINE void rt_matmul(int M, int N, int K, const float *restrict x, int64_t ldx, const float *restrict packed, float *restrict y, int64_t ldy)
{
    for (int n = 0; n < N; n += RT_TILE_COLUMNS) {
        const float *w = packed + (int64_t)n * K;
        int columns = N - n < RT_TILE_COLUMNS ? N - n : RT_TILE_COLUMNS;
        for (int i = 0, m = 0; i < rt_tiles(M); i++) {
            int height = rt_tile_height(M, i);
            RT_FOR_ROWS(height, rt_matmul_tile(rows, K, x + m * ldx, ldx, w, y + m * ldy + n, ldy, columns))
            m += height;
        }
    }
}

/* ---- c += a' b ------------------------------------------------------------------------------------------------------- */

RT_INLINE void rt_outer_tile(const int rows, int K, const float *restrict a, int64_t lda, const float *restrict b, int64_t ldb, float *restrict c,
                             int64_t ldc, int columns)
{
    rt_vec low[RT_TILE_ROWS], high[RT_TILE_ROWS];
    rt_tile_load(rows, low, high, c, ldc, columns);
    RT_UNROLL_SUM
    for (int k = 0; k < K; k++, a += lda, b += ldb) {
        rt_vec b0 = rt_load_first(b, columns), b1 = columns > RT_LANES ? rt_load_first(b + RT_LANES, columns - RT_LANES) : rt_broadcast(0);
        RT_UNROLL_ROWS
        for (int p = 0; p < rows; p++) {
            rt_vec s = rt_broadcast(a[p]);
            low[p] = rt_vec_fma(s, b0, low[p]);
            high[p] = rt_vec_fma(s, b1, high[p]);
        }
    }
    rt_tile_store(rows, low, high, c, ldc, columns);
}

/* c[m * ldc + n] += sum over k of a[k * lda + m] * b[k * ldb + n]. */
RT_INLINE void rt_matmul_tn(int M, int N, int K, const float *restrict a, int64_t lda, const float *restrict b, int64_t ldb, float *restrict c, int64_t ldc)
{
    for (int n = 0; n < N; n += RT_TILE_COLUMNS) {
        int columns = N - n;
        for (int i = 0, m = 0; i < rt_tiles(M); i++) {
            int height = rt_tile_height(M, i);
            float *at = c + m * ldc + n;
            if (columns >= RT_TILE_COLUMNS) { RT_FOR_ROWS(height, rt_outer_tile(rows, K, a + m, lda, b + n, ldb, at, ldc, RT_TILE_COLUMNS)) }
            else { RT_FOR_ROWS(height, rt_outer_tile(rows, K, a + m, lda, b + n, ldb, at, ldc, columns)) }
            m += height;
        }
    }
}

#endif
