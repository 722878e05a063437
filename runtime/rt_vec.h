/* rt_vec.h - a vector of 4, 8 or 16 floats, and the few operations that kernels need.
 *
 * Kernels are written once over RT_LANES.  A lane always holds an output, so the order in which an output is summed up,
 * and with it every bit, is the same for any number of lanes.  Multiplications and additions that belong together are
 * fused explicitly (rt_fma rounds once everywhere).  The compiler must not fuse others: compile with -ffp-contract=off.
 *
 *   16 lanes  AVX-512F              4 lanes   SSE2, NEON
 *    8 lanes  AVX2 and FMA          4 lanes   WebAssembly's simd128
 *                                   any       plain C, for every other target, with -DRT_PORTABLE, and where
 *                                             -DRT_LANES=n asks for more lanes than the target has */
#ifndef RT_VEC_H
#define RT_VEC_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "rt_exact.h"

/* Loops over elements become vectors by the compiler's doing.  gcc makes them half as long as AVX-512 allows, unless it
 * is told; with all of it, exp, erf and their like take a third less time. */
#if defined __AVX512F__ && defined __GNUC__ && !defined __clang__
#pragma GCC target("prefer-vector-width=512")
#endif

#ifndef RT_LANES
#if defined __AVX512F__
#define RT_LANES 16
#elif defined __AVX2__ && defined __FMA__
#define RT_LANES 8
#else
#define RT_LANES 4
#endif
#endif

/* A kernel is specialised by its constant arguments, so it must be inlined.  With -DRT_QUICK_BUILD it need not be: the
 * same bits, compiled faster, running slowly. */
#ifdef RT_QUICK_BUILD
#define RT_INLINE static inline
#else
#define RT_INLINE static inline __attribute__((always_inline))
#endif
#define RT_ALWAYS_INLINE \
    static inline __attribute__((always_inline)) /* where loops make sense only with a constant argument */
/* For work that one function does for all sizes: in an emitted file of many kernels, that saves seconds of
 * compiling. */
#if defined __clang__
#define RT_CALLED __attribute__((noinline, unused)) static
#else
#define RT_CALLED __attribute__((noinline, noclone, unused)) static
#endif
/* The accumulators of a register tile stay in registers only when the loops over its rows are unrolled completely.
 * clang unrolls with `unroll(full)` alone; gcc needs a bound.  gcc is told to unroll the loop over the summed index a
 * little; clang does it unasked. */
#if defined RT_QUICK_BUILD
#define RT_UNROLL_ROWS
#define RT_UNROLL_SUM
#elif defined __clang__
#define RT_UNROLL_ROWS _Pragma("clang loop unroll(full)")
#define RT_UNROLL_SUM
#else
#define RT_UNROLL_ROWS _Pragma("GCC unroll 16")
#define RT_UNROLL_SUM _Pragma("GCC unroll 4")
#endif

/* Returns p, and hides from the compiler where it comes from.  Otherwise, in a loop with many addresses, the compiler
 * keeps each address in a register of its own and adds to it, and there are not that many registers. */
RT_ALWAYS_INLINE const float *rt_opaque(const float *p)
{
    __asm__("" : "+r"(p));
    return p;
}
RT_ALWAYS_INLINE float *rt_opaque_out(float *p)
{
    __asm__("" : "+r"(p));
    return p;
}

/* `restrict` is only for functions that are called.  Where such a function is inlined, clang (14 at least) notes for
 * every load and store which restrict arguments its address can not come from.  To find out, it looks back only six
 * steps of address arithmetic.  Loads with longer arithmetic, as in rt_depthwise_tile, were moved before the stores
 * that they need.  So functions marked RT_INLINE have no restrict.  Kernels have restrict, and stand between these
 * two. */
#if defined __clang__
#define RT_KERNELS_BEGIN _Pragma("clang attribute push(__attribute__((noinline)), apply_to = function)")
#define RT_KERNELS_END _Pragma("clang attribute pop")
#else
#define RT_KERNELS_BEGIN
#if defined __OPTIMIZE__ /* behind this the file only calls kernels, some hundred times */
#define RT_KERNELS_END _Pragma("GCC optimize(\"O1\")")
#else
#define RT_KERNELS_END
#endif
#endif

/* ---- one float ------------------------------------------------------------------------------------------------- */

static inline uint32_t rt_bits(float x) { uint32_t bits; memcpy(&bits, &x, sizeof bits); return bits; }
static inline float rt_float(uint32_t bits) { float x; memcpy(&x, &bits, sizeof x); return x; }
static inline uint64_t rt_bits_double(double x) { uint64_t bits; memcpy(&bits, &x, sizeof bits); return bits; }
static inline double rt_double(uint64_t bits) { double x; memcpy(&x, &bits, sizeof x); return x; }

/* a * b + c, rounded once, for machines without the instruction.
 *
 * The product is exact in double.  When the sum is not exact, it is rounded to odd: of the two doubles around it, the
 * odd one is kept.  Rounding that to float gives the same as rounding the exact sum (Boldo and Melquiond, "Emulation of
 * FMA and correctly rounded sums", 2008).  There is no branch, so that loops still vectorise; libm's fmaf would be a
 * call. */
static inline float rt_fma_by_double(float a, float b, float c)
{
    double product = (double)a * (double)b, sum = product + (double)c;
    double part = sum - product, error = (product - (sum - part)) + ((double)c - part);
    uint64_t bits = rt_bits_double(sum), sign_differs = (bits ^ rt_bits_double(error)) >> 63;
    uint64_t inexact = (error < 0) | (error > 0);                       /* 0 for the NaN beside an infinite sum */
    uint64_t move = inexact & ~bits & 1;                            /* an even sum moves by one towards the exact one */
    return (float)rt_double(bits + move - 2 * (move & sign_differs));
}

/* a * b + c, rounded once. */
static inline float rt_fma(float a, float b, float c)
{
#if defined __FMA__ || defined __aarch64__ || defined __FP_FAST_FMAF
    return __builtin_fmaf(a, b, c);
#else
    return rt_fma_by_double(a, b, c);
#endif
}

/* The square root, rounded once, for machines without the instruction: bit by bit, of a significand of 54 bits and as
 * many zeros. */
static inline double rt_root_by_bits(double x)
{
    const uint64_t bits = rt_bits_double(x);
    if (!(x > 0)) return x == 0 ? x : rt_double(0x7ff8000000000000u);
    if (bits >> 52 == 0x7ff) return x;
    int exponent = (int)(bits >> 52) - 1023;
    uint64_t significand = bits & 0xfffffffffffffu, root = 0, rest = 0;
    if (exponent == -1023)
        for (exponent++; !(significand >> 52); exponent--) significand <<= 1;
    else significand |= (uint64_t)1 << 52;
    if (exponent & 1) significand <<= 1, exponent--;
    for (int i = 0; i < 54; i++) {
        rest = rest << 2 | (significand >> 52 & 3);
        significand <<= 2, root <<= 1;
        if (rest > root << 1) rest -= root << 1 | 1, root |= 1;
    }
    /* the last bit rounds: a root of so many bits is never halfway */
    return rt_double(((uint64_t)(exponent / 2 + 1022) << 52) + ((root + 1) >> 1));
}

/* Square roots, rounded once.  With a library at hand they are left to the compiler, which has a call for errno at
 * most. */
static inline float rt_root(float x)
{
#if __STDC_HOSTED__ || defined __SSE__ || defined __aarch64__ || defined __riscv_flen || \
    (defined __ARM_FP && __ARM_FP & 4)
    return __builtin_sqrtf(x);
#else
    return (float)rt_root_by_bits(x);                  /* twice as many bits and two more: rounding again is no harm */
#endif
}

static inline double rt_root_double(double x)
{
#if __STDC_HOSTED__ || defined __SSE2__ || defined __aarch64__ || (defined __riscv_flen && __riscv_flen >= 64) || \
    (defined __ARM_FP && __ARM_FP & 8)
    return __builtin_sqrt(x);
#else
    return rt_root_by_bits(x);
#endif
}

/* The sum of 16 lanes, in the one tree that all sums over lanes use.  Compilers split the vectors into those of the
 * target. */
typedef float rt_lanes4 __attribute__((vector_size(16)));
typedef float rt_lanes8 __attribute__((vector_size(32)));
static inline float rt_sum16(const float lane[16])
{
    rt_lanes8 low, high;
    memcpy(&low, lane, sizeof low), memcpy(&high, lane + 8, sizeof high);
    low += high;
    rt_lanes4 first, second;
    memcpy(&first, &low, sizeof first), memcpy(&second, (const char *)&low + sizeof first, sizeof second);
    first += second;
    return (first[0] + first[2]) + (first[1] + first[3]);
}

/* Prefetches n floats that lie a page behind `row`, for a loop over rows that will come to them.  An address without
 * memory does no harm. */
static inline void rt_read_ahead(const float *row, int n)
{
    enum { AHEAD = 4096, LINE = 64 };
    for (int i = 0; i < n; i += LINE / 4) __builtin_prefetch((const void *)((uintptr_t)row + AHEAD + 4 * (uintptr_t)i));
}

/* Stands above a loop whose steps write different places.  The compiler may then vectorise the loop where it would
 * rather unroll it. */
#if defined _OPENMP
#define RT_INDEPENDENT _Pragma("omp simd")
#elif defined __clang__
#define RT_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#else
#define RT_INDEPENDENT _Pragma("GCC ivdep")
#endif

/* ---- a vector --------------------------------------------------------------------------------------------------
 *
 * load, store    RT_LANES floats, any alignment           load_first   the first n lanes, the others 0; reads n floats
 * broadcast      the same float in every lane             store_first  the first n lanes; writes n floats; 0 < n
 * fma            a * b + c, rounded once                               n == RT_LANES is the plain load or store
 * add, sub, mul  lane by lane
 */
#if RT_LANES == 16 && defined __AVX512F__ && !defined RT_PORTABLE

#include <immintrin.h>

typedef __m512 rt_vec;

RT_INLINE rt_vec rt_load(const float *p) { return _mm512_loadu_ps(p); }
RT_INLINE void rt_store(float *p, rt_vec v) { _mm512_storeu_ps(p, v); }
RT_INLINE rt_vec rt_broadcast(float x) { return _mm512_set1_ps(x); }
RT_INLINE rt_vec rt_vec_fma(rt_vec a, rt_vec b, rt_vec c) { return _mm512_fmadd_ps(a, b, c); }
RT_INLINE rt_vec rt_add(rt_vec a, rt_vec b) { return _mm512_add_ps(a, b); }
RT_INLINE rt_vec rt_sub(rt_vec a, rt_vec b) { return _mm512_sub_ps(a, b); }
RT_INLINE rt_vec rt_mul(rt_vec a, rt_vec b) { return _mm512_mul_ps(a, b); }
RT_INLINE rt_vec rt_load_part(const float *p, int n) { return _mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p); }
RT_INLINE void rt_store_part(float *p, rt_vec v, int n) { _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), v); }

#elif RT_LANES == 8 && defined __AVX2__ && defined __FMA__ && !defined RT_PORTABLE

#include <immintrin.h>

typedef __m256 rt_vec;

RT_INLINE rt_vec rt_load(const float *p) { return _mm256_loadu_ps(p); }
RT_INLINE void rt_store(float *p, rt_vec v) { _mm256_storeu_ps(p, v); }
RT_INLINE rt_vec rt_broadcast(float x) { return _mm256_set1_ps(x); }
RT_INLINE rt_vec rt_vec_fma(rt_vec a, rt_vec b, rt_vec c) { return _mm256_fmadd_ps(a, b, c); }
RT_INLINE rt_vec rt_add(rt_vec a, rt_vec b) { return _mm256_add_ps(a, b); }
RT_INLINE rt_vec rt_sub(rt_vec a, rt_vec b) { return _mm256_sub_ps(a, b); }
RT_INLINE rt_vec rt_mul(rt_vec a, rt_vec b) { return _mm256_mul_ps(a, b); }
RT_INLINE __m256i rt_first(int n)      /* all ones in lanes below n */
{
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
RT_INLINE rt_vec rt_load_part(const float *p, int n) { return _mm256_maskload_ps(p, rt_first(n)); }
RT_INLINE void rt_store_part(float *p, rt_vec v, int n) { _mm256_maskstore_ps(p, rt_first(n), v); }

#else

#if RT_LANES == 4 && defined __SSE2__ && !defined RT_PORTABLE

#include <immintrin.h>

typedef __m128 rt_vec;

RT_INLINE rt_vec rt_load(const float *p) { return _mm_loadu_ps(p); }
RT_INLINE void rt_store(float *p, rt_vec v) { _mm_storeu_ps(p, v); }
RT_INLINE rt_vec rt_broadcast(float x) { return _mm_set1_ps(x); }
RT_INLINE rt_vec rt_add(rt_vec a, rt_vec b) { return _mm_add_ps(a, b); }
RT_INLINE rt_vec rt_sub(rt_vec a, rt_vec b) { return _mm_sub_ps(a, b); }
RT_INLINE rt_vec rt_mul(rt_vec a, rt_vec b) { return _mm_mul_ps(a, b); }
#if defined __FMA__
RT_INLINE rt_vec rt_vec_fma(rt_vec a, rt_vec b, rt_vec c) { return _mm_fmadd_ps(a, b, c); }
#else
RT_INLINE __m128d rt_fma_pair(__m128d a, __m128d b, __m128d c)         /* rt_fma for two lanes; see there */
{
    __m128d zero = _mm_setzero_pd(), product = _mm_mul_pd(a, b), sum = _mm_add_pd(product, c),
            part = _mm_sub_pd(sum, product);
    __m128d error = _mm_add_pd(_mm_sub_pd(product, _mm_sub_pd(sum, part)), _mm_sub_pd(c, part));
    __m128i bits = _mm_castpd_si128(sum),
            sign_differs = _mm_srli_epi64(_mm_xor_si128(bits, _mm_castpd_si128(error)), 63);
    __m128d inexact = _mm_or_pd(_mm_cmplt_pd(error, zero), _mm_cmplt_pd(zero, error));
    __m128i move = _mm_andnot_si128(bits, _mm_srli_epi64(_mm_castpd_si128(inexact), 63));
    bits = _mm_sub_epi64(_mm_add_epi64(bits, move), _mm_slli_epi64(_mm_and_si128(move, sign_differs), 1));
    return _mm_castsi128_pd(bits);
}
/* Called, not inlined: it is some thirty instructions.  Inlining them made a kernel with many calls take three times as
 * long to compile, for 5% of its speed. */
__attribute__((noinline, unused)) static rt_vec rt_vec_fma(rt_vec a, rt_vec b, rt_vec c)
{
    __m128 low = _mm_cvtpd_ps(rt_fma_pair(_mm_cvtps_pd(a), _mm_cvtps_pd(b), _mm_cvtps_pd(c)));
    a = _mm_movehl_ps(a, a), b = _mm_movehl_ps(b, b), c = _mm_movehl_ps(c, c);
    return _mm_movelh_ps(low, _mm_cvtpd_ps(rt_fma_pair(_mm_cvtps_pd(a), _mm_cvtps_pd(b), _mm_cvtps_pd(c))));
}
#endif

#elif RT_LANES == 4 && defined __aarch64__ && !defined RT_PORTABLE

#include <arm_neon.h>

typedef float32x4_t rt_vec;

RT_INLINE rt_vec rt_load(const float *p) { return vld1q_f32(p); }
RT_INLINE void rt_store(float *p, rt_vec v) { vst1q_f32(p, v); }
RT_INLINE rt_vec rt_broadcast(float x) { return vdupq_n_f32(x); }
RT_INLINE rt_vec rt_vec_fma(rt_vec a, rt_vec b, rt_vec c) { return vfmaq_f32(c, a, b); }
RT_INLINE rt_vec rt_add(rt_vec a, rt_vec b) { return vaddq_f32(a, b); }
RT_INLINE rt_vec rt_sub(rt_vec a, rt_vec b) { return vsubq_f32(a, b); }
RT_INLINE rt_vec rt_mul(rt_vec a, rt_vec b) { return vmulq_f32(a, b); }

#elif RT_LANES == 4 && defined __wasm_simd128__ && defined RT_FMA_CALL && !defined RT_PORTABLE

typedef rt_lanes4 rt_vec;

/* RT_FMA_CALL: a function of that name, a call of which can be replaced by an instruction once the machine is known;
 * relaxed_madd rounds once on some alone. */
__attribute__((const)) rt_vec RT_FMA_CALL(rt_vec a, rt_vec b, rt_vec c);
RT_INLINE rt_vec rt_load(const float *p) { rt_vec v; memcpy(&v, p, sizeof v); return v; }
RT_INLINE void rt_store(float *p, rt_vec v) { memcpy(p, &v, sizeof v); }
RT_INLINE rt_vec rt_broadcast(float x) { return (rt_vec){x, x, x, x}; }
RT_INLINE rt_vec rt_vec_fma(rt_vec a, rt_vec b, rt_vec c) { return RT_FMA_CALL(a, b, c); }
RT_INLINE rt_vec rt_add(rt_vec a, rt_vec b) { return a + b; }
RT_INLINE rt_vec rt_sub(rt_vec a, rt_vec b) { return a - b; }
RT_INLINE rt_vec rt_mul(rt_vec a, rt_vec b) { return a * b; }

#else

typedef struct rt_vec { float lane[RT_LANES]; } rt_vec;

RT_INLINE rt_vec rt_load(const float *p) { rt_vec v; memcpy(&v, p, sizeof v); return v; }
RT_INLINE void rt_store(float *p, rt_vec v) { memcpy(p, &v, sizeof v); }
RT_INLINE rt_vec rt_broadcast(float x)
{
    rt_vec v;
    for (int i = 0; i < RT_LANES; i++) v.lane[i] = x;
    return v;
}
RT_INLINE rt_vec rt_vec_fma(rt_vec a, rt_vec b, rt_vec c)
{
    for (int i = 0; i < RT_LANES; i++) c.lane[i] = rt_fma(a.lane[i], b.lane[i], c.lane[i]);
    return c;
}
RT_INLINE rt_vec rt_add(rt_vec a, rt_vec b)
{
    for (int i = 0; i < RT_LANES; i++) a.lane[i] += b.lane[i];
    return a;
}
RT_INLINE rt_vec rt_sub(rt_vec a, rt_vec b)
{
    for (int i = 0; i < RT_LANES; i++) a.lane[i] -= b.lane[i];
    return a;
}
RT_INLINE rt_vec rt_mul(rt_vec a, rt_vec b)
{
    for (int i = 0; i < RT_LANES; i++) a.lane[i] *= b.lane[i];
    return a;
}

#endif

RT_INLINE rt_vec rt_load_part(const float *p, int n)
{
    float lane[RT_LANES] = {0};
    for (int i = 0; i < RT_LANES; i++)
        if (i < n) lane[i] = p[i];
    return rt_load(lane);
}
RT_INLINE void rt_store_part(float *p, rt_vec v, int n)
{
    float lane[RT_LANES];
    rt_store(lane, v);
    for (int i = 0; i < RT_LANES; i++)
        if (i < n) p[i] = lane[i];
}

#endif

RT_INLINE rt_vec rt_load_first(const float *p, int n) { return n >= RT_LANES ? rt_load(p) : rt_load_part(p, n); }
RT_INLINE void rt_store_first(float *p, rt_vec v, int n)
{
    if (n >= RT_LANES) rt_store(p, v);
    else rt_store_part(p, v, n);
}

#endif
