/* rt_blas.h - matrix products and convolutions through OpenBLAS, for kernels where `tailor train --fast` measured that
 * it is faster.
 *
 *   rt_blas_matmul      y = x w      either side as it lies in memory or transposed; nothing is laid out anew
 *   rt_blas_matmul_tn   c += a' b
 *   rt_blas_conv2d      and its two adjoints, of one group: products over the taps that rt_im2col.h lays side by side
 *
 * Kernels call it from several threads at once, so each call must stay on its own thread: rt_blas_one_thread.  Then the
 * bits do not depend on the number of threads.  They do depend on OpenBLAS, and on the machine, for which it chooses
 * its own kernels.  So only folders that ask for OpenBLAS hold this file. */
#ifndef RT_BLAS_H
#define RT_BLAS_H

#include <cblas.h>

#include "rt_im2col.h"

/* From now on OpenBLAS computes each product of this thread, and of the threads that it starts, on the calling thread
 * alone.  Each entry begins with this call: an OpenBLAS that is built with OpenMP keeps the number for each calling
 * thread. */
static inline void rt_blas_one_thread(void) { openblas_set_num_threads(1); }

/* The version of OpenBLAS, its build, and the machine that it takes this one for: "OpenBLAS 0.3.21 ...  Haswell
 * MAX_THREADS=64". */
static inline const char *rt_blas_version(void) { return openblas_get_config(); }

/* ---- products -------------------------------------------------------------------------------------------------- */

/* y[m * ldy + n] = sum over k of x[m][k] w[k][n], M x N.  A turned side lies in memory transposed: x as K rows of M, w
 * as N rows of K.  ldx and ldw are the distances of their rows in memory.  M may be 0. */
static inline void rt_blas_matmul(int x_turned, int w_turned, int M, int N, int K, const float *x, int64_t ldx,
                                  const float *w, int64_t ldw, float *y, int64_t ldy)
{
    cblas_sgemm(CblasRowMajor, x_turned ? CblasTrans : CblasNoTrans, w_turned ? CblasTrans : CblasNoTrans, M, N, K, 1,
                x, (blasint)ldx, w, (blasint)ldw, 0, y, (blasint)ldy);
}

/* c[m * ldc + n] += sum over k of a[k * lda + m] * b[k * ldb + n]. */
static inline void rt_blas_matmul_tn(int M, int N, int K, const float *a, int64_t lda, const float *b, int64_t ldb,
                                     float *c, int64_t ldc)
{
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, M, N, K, 1, a, (blasint)lda, b, (blasint)ldb, 1, c,
                (blasint)ldc);
}

/* ---- a convolution and its adjoints ---------------------------------------------------------------------------- */

/* Lays out a weight, differently for each direction; rt_im2col_weight_floats. */
static inline void rt_blas_conv2d_pack(RtConv c, const float *weight, float *packed)
{
    rt_im2col_pack(c, weight, packed);
}
static inline void rt_blas_conv2d_grad_input_pack(RtConv c, const float *weight, float *packed)
{
    rt_im2col_pack(c, weight, packed);
}

/* Runs CALL for ROWS rows of the result from FIRST on, until those of n images are done. */
#define RT_BLAS_FOR_ROWS(n, FIRST, ROWS, CALL) \
    for (int64_t FIRST = 0, all_ = (int64_t)(n)*c.oh, most_ = rt_im2col_rows(c); FIRST < all_; FIRST += most_) { \
        const int ROWS = (int)(all_ - FIRST < most_ ? all_ - FIRST : most_); \
        CALL; \
    }

/* y[n][oh][ow][co] of x[n][h][w][ci]; scratch of rt_im2col_scratch_floats. */
static inline void rt_blas_conv2d(RtConv c, int n, const float *x, const float *packed, float *y, float *scratch)
{
    const int K = rt_im2col_taps(c);
    if (rt_im2col_is_image(c)) {
        rt_blas_matmul(0, 0, n * c.h * c.w, c.co, K, x, K, packed, c.co, y, c.co);
        return;
    }
    RT_BLAS_FOR_ROWS(n, first, rows, {
        rt_im2col_gather(c, first, rows, x, scratch);
        rt_blas_matmul(0, 0, rows * c.ow, c.co, K, scratch, K, packed, c.co, y + first * c.ow * c.co, c.co);
    })
}

/* dx[n][h][w][ci] of dy[n][oh][ow][co]. */
static inline void rt_blas_conv2d_grad_input(RtConv c, int n, const float *dy, const float *packed, float *dx,
                                             float *scratch)
{
    const int K = rt_im2col_taps(c);
    if (rt_im2col_is_image(c)) {
        rt_blas_matmul(0, 1, n * c.h * c.w, K, c.co, dy, c.co, packed, c.co, dx, K);
        return;
    }
    memset(dx, 0, sizeof *dx * (size_t)n * (size_t)c.h * (size_t)c.w * (size_t)c.ci);
    RT_BLAS_FOR_ROWS(n, first, rows, {
        rt_blas_matmul(0, 1, rows * c.ow, K, c.co, dy + first * c.ow * c.co, c.co, packed, c.co, scratch, K);
        rt_im2col_scatter(c, first, rows, scratch, dx);
    })
}

/* sum[kh][kw][ci][co] += over the pixels of n images; rt_im2col_weight_floats. */
static inline void rt_blas_conv2d_grad_weight(RtConv c, int n, const float *x, const float *dy, float *sum,
                                              float *scratch)
{
    const int K = rt_im2col_taps(c);
    if (rt_im2col_is_image(c)) {
        rt_blas_matmul_tn(K, c.co, n * c.h * c.w, x, K, dy, c.co, sum, c.co);
        return;
    }
    RT_BLAS_FOR_ROWS(n, first, rows, {
        rt_im2col_gather(c, first, rows, x, scratch);
        rt_blas_matmul_tn(K, c.co, rows * c.ow, scratch, K, dy + first * c.ow * c.co, c.co, sum, c.co);
    })
}

/* Brings the sum into the layout of files: weight[co][ci][kh][kw]. */
static inline void rt_blas_conv2d_grad_weight_unpack(RtConv c, const float *sum, float *weight)
{
    rt_conv2d_grad_weight_unpack(c, sum, weight);
}

#endif
