/* rt_math.h - elementary functions of one float that have the same bits everywhere, and vectorise.
 *
 * Each function is straight-line code: constants, rt_fma, selections and integer arithmetic on the bits.  It has no
 * branch, no table and no call of libm (but sqrtf, which IEEE 754 defines to the bit).  So gcc and clang turn a plain
 * loop that calls it into vector code, and their results can not differ.  Both sides of a selection are computed.
 *
 * Polynomials are minimax fits (Remez, weighted for relative error of the result) with coefficients rounded to float.
 * Largest errors over all 2^32 floats, in units in the last place (make check-math; a part of it is in make check):
 *
 *   exp 1.01   log 0.86   tanh 1.34   erf 1.56   sigmoid 1.48   softplus 1.73   rsqrt 1.49   pow 0.501   floor 0
 *
 * Special values are those of C: NaN stays NaN, exp(-inf) = 0, log(0) = -inf, log(-1) = NaN, tanh(inf) = 1, a zero
 * keeps its sign where C's does.  Denormal arguments are taken as they are, and results in the denormal range are as
 * accurate as others.  The functions of double are for random numbers and schedules; they are within one unit in the
 * last place. */
#ifndef RT_MATH_H
#define RT_MATH_H

#include <stdbool.h>

#include "rt_vec.h"

#define RT_INFINITY __builtin_inff()
#define RT_NAN __builtin_nanf("")

RT_INLINE bool rt_is_finite(double x) { return (rt_bits_double(x) >> 52 & 0x7ff) != 0x7ff; }   /* of a float too */

/* ---- selections ------------------------------------------------------------------------------------------------ */

RT_INLINE float rt_abs(float x) { return rt_float(rt_bits(x) & 0x7fffffffu); }
RT_INLINE float rt_copysign(float size, float sign)
{
    return rt_float((rt_bits(size) & 0x7fffffffu) | (rt_bits(sign) & 0x80000000u));
}
/* c ? a : b with both computed, chosen by their bits.  From a conditional, gcc 12 makes loads that depend on the
 * condition, and vectorises those wrongly (at -O3 it takes the mask of one vector for the next). */
RT_INLINE float rt_where(_Bool c, float a, float b)
{
    const uint32_t mask = -(uint32_t)c;
    return rt_float((rt_bits(a) & mask) | (rt_bits(b) & ~mask));
}
RT_INLINE int rt_where_int(_Bool c, int a, int b)
{
    const uint32_t mask = -(uint32_t)c;
    return (int)(((uint32_t)a & mask) | ((uint32_t)b & ~mask));
}
/* The nearest bfloat16, to even where two are as near, as a float. */
RT_INLINE float rt_to_bf16(float x)
{
    const uint32_t bits = rt_bits(x), up = bits + 0x7fffu + (bits >> 16 & 1u), nan = bits | 0x400000u;
    const uint32_t mask = -(uint32_t)((bits & 0x7fffffffu) > 0x7f800000u);
    return rt_float(((nan & mask) | (up & ~mask)) & 0xffff0000u);
}
/* The bits of a float that is one. */
RT_INLINE uint16_t rt_bf16(float x) { return (uint16_t)(rt_bits(x) >> 16); }
RT_INLINE float rt_of_bf16(uint16_t bits) { return rt_float((uint32_t)bits << 16); }
RT_INLINE int rt_clamp_index(int i, int n) { return i < 0 ? 0 : i < n ? i : n - 1; }
RT_INLINE float rt_relu(float x) { return x < 0 ? 0 : x; }                  /* a NaN goes through, so that it is seen */
RT_INLINE float rt_max(float a, float b) { return a >= b || a != a ? a : b; }       /* NaN when a or b is */
RT_INLINE float rt_min(float a, float b) { return a <= b || a != a ? a : b; }
RT_INLINE float rt_sign(float x) { return x > 0 ? 1.0f : x < 0 ? -1.0f : 0.0f; }
RT_INLINE float rt_sqrt(float x) { return rt_root(x); }
RT_INLINE float rt_rsqrt(float x) { return 1.0f / rt_root(x); }

/* Adding 2^23 rounds a float below 2^23 to a whole number; larger ones are whole. */
RT_INLINE float rt_floor(float x)
{
    float size = rt_abs(x), whole = rt_copysign((size + 0x1p23f) - 0x1p23f, x);
    return size < 0x1p23f ? rt_copysign(whole > x ? whole - 1.0f : whole, x) : x;
}

/* ---- exp and its relatives ------------------------------------------------------------------------------------- */

/* e^x = 2^n (p + low).  n is the whole number nearest to x / ln 2; adding 1.5 * 2^23 leaves it in the low bits of a
 * float. p + low is e^(the rest), where low is the rounding error of p. */
typedef struct RtExp { float p, low; int32_t n; } RtExp;

RT_INLINE RtExp rt_exp_parts(float x)
{
    float shifted = rt_fma(x, 0x1.715476p+0f, 0x1.8p23f), n = shifted - 0x1.8p23f;
    float r = rt_fma(n, -0x1.62e4p-1f, x);                 /* ln 2 in two parts; the first is short, so this is exact */
    r = rt_fma(n, -0x1.7f7d1cp-20f, r);
    float q = 0x1.6a25c0p-10f;
    q = rt_fma(q, r, 0x1.1239d0p-7f);
    q = rt_fma(q, r, 0x1.5558eep-5f);
    q = rt_fma(q, r, 0x1.555492p-3f);
    q = rt_fma(q, r, 0x1.fffffcp-2f);
    float rest = rt_fma(r * r, q, r), p = 1.0f + rest;
    return (RtExp){p, rest - (p - 1.0f), (int32_t)(rt_bits(shifted) - 0x4b400000u)};
}

RT_INLINE float rt_power_of_two(int32_t n) { return rt_float((uint32_t)(n + 127) << 23); }    /* -127 < n < 128 */

/* e^x where the result is a normal float. */
RT_INLINE float rt_exp_normal(float x)
{
    RtExp e = rt_exp_parts(x);
    return e.p * rt_power_of_two(e.n);
}

/* e^x with 2^n as two factors, so that the result may be denormal, 0 or infinite. */
RT_INLINE float rt_exp(float x)
{
    x = x < -104.0f ? -104.0f : x;
    x = x > 89.0f ? 89.0f : x;
    RtExp e = rt_exp_parts(x);
    int32_t half = e.n >> 1;
    return e.p * rt_power_of_two(half) * rt_power_of_two(e.n - half);
}

/* tanh x = 1 - 2 / (e^2x + 1), but x + x^3 P(x^2) near 0, where the former would cancel. */
RT_INLINE float rt_tanh(float x)
{
    float size = rt_abs(x), square = size * size;
    float q = 0x1.192894p-9f;
    q = rt_fma(q, square, -0x1.0c0a8ep-7f);
    q = rt_fma(q, square, 0x1.639052p-6f);
    q = rt_fma(q, square, -0x1.b9ef18p-5f);
    q = rt_fma(q, square, 0x1.11106ap-3f);
    q = rt_fma(q, square, -0x1.555554p-2f);
    float near_zero = rt_fma(size * square, q, size);
    float power = rt_exp_normal(2.0f * (size > 10.0f ? 10.0f : size));
    return rt_copysign(size < 0.625f ? near_zero : 1.0f - 2.0f / (power + 1.0f), x);
}

/* erf x = x + x P(x^2) near 0, else 1 - Q(x)^8.  Q fits the eighth root of erfc, which is nearly a straight line. */
RT_INLINE float rt_erf(float x)
{
    float size = rt_abs(x), square = size * size, far = size > 4.0f ? 4.0f : size;
    float p = 0x1.151296p-14f;
    p = rt_fma(p, square, -0x1.8e18cep-11f);
    p = rt_fma(p, square, 0x1.509428p-8f);
    p = rt_fma(p, square, -0x1.b77872p-6f);
    p = rt_fma(p, square, 0x1.ce246ep-4f);
    p = rt_fma(p, square, -0x1.812708p-2f);
    p = rt_fma(p, square, 0x1.06eba6p-3f);
    float q = 0x1.5ffca2p-13f;
    q = rt_fma(q, far, -0x1.5d7f8ep-9f);
    q = rt_fma(q, far, 0x1.c45308p-7f);
    q = rt_fma(q, far, -0x1.b7cec4p-7f);
    q = rt_fma(q, far, -0x1.e19b06p-5f);
    q = rt_fma(q, far, -0x1.2cb928p-3f);
    q = rt_fma(q, far, 0x1.0056d6p+0f);
    float fourth = (q * q) * (q * q);
    return rt_copysign(size < 1.1875f ? rt_fma(size, p, size) : rt_fma(-fourth, fourth, 1.0f), x);
}

/* e^x / (1 + e^x), with e = e^-|x| so that nothing overflows or cancels.  The remainder of the division puts two
 * roundings right: that of 1 + e, and that of the product with the reciprocal. */
RT_INLINE float rt_sigmoid(float x)
{
    float power = rt_exp(-rt_abs(x)), sum = 1.0f + power, lost = power - (sum - 1.0f);
    float top = x < 0 ? power : 1.0f, reciprocal = 1.0f / sum, result = top * reciprocal;
    float rest = rt_fma(-result, lost, rt_fma(-result, sum, top));
    return rt_fma(rest, reciprocal, result);
}

/* ---- log and its relatives ------------------------------------------------------------------------------------- */

/* log x for positive, normal x = 2^n (1 + f), sqrt(1/2) <= 1 + f < sqrt(2), by log(1 + f) = f - f^2 / 2 + f^3 P(f). */
RT_INLINE float rt_log_normal(float x, float n_shift)
{
    uint32_t bits = rt_bits(x);
    int32_t n = (int32_t)(bits - 0x3f3504f3u) >> 23;
    float scale = (float)n + n_shift, f = rt_float(bits - ((uint32_t)n << 23)) - 1.0f, square = f * f;
    float q = 0x1.145ddap-4f;
    q = rt_fma(q, f, -0x1.de3696p-4f);
    q = rt_fma(q, f, 0x1.e6ea2ep-4f);
    q = rt_fma(q, f, -0x1.fc2292p-4f);
    q = rt_fma(q, f, 0x1.2337ecp-3f);
    q = rt_fma(q, f, -0x1.555c4ep-3f);
    q = rt_fma(q, f, 0x1.99a4aep-3f);
    q = rt_fma(q, f, -0x1.000006p-2f);
    q = rt_fma(q, f, 0x1.555548p-2f);
    float rest = rt_fma(scale, 0x1.7f7d1cp-20f, square * rt_fma(f, q, -0.5f));
    return rt_fma(scale, 0x1.62e4p-1f, f + rest);
}

RT_INLINE float rt_log(float x)
{
    int tiny = x < 0x1p-126f;
    float result = rt_log_normal(tiny ? x * 0x1p23f : x, tiny ? -23.0f : 0.0f);
    result = x < RT_INFINITY ? result : x;
    return x > 0 ? result : x == 0 ? -RT_INFINITY : x < 0 ? RT_NAN : x;
}

/* log(1 + e^x) = max(x, 0) + log(1 + e), e = e^-|x|.  The rounding errors of e and 1 + e are put back to first
 * order. */
RT_INLINE float rt_softplus(float x)
{
    float size = rt_abs(x);
    RtExp e = rt_exp_parts(size > 104.0f ? -104.0f : -size);
    int32_t half = e.n >> 1;
    float first = rt_power_of_two(half), second = rt_power_of_two(e.n - half);
    float power = e.p * first * second, sum = 1.0f + power, lost = power - (sum - 1.0f) + e.low * first * second;
    return rt_relu(x) + (rt_log_normal(sum, 0.0f) + lost / sum);
}

/* ---- double ---------------------------------------------------------------------------------------------------- */

#define RT_ROUND_DOUBLE \
    0x1.8p52 /* added and subtracted again: rounds to a whole number, which the low bits hold in between */

RT_INLINE double rt_power_of_two_double(double n)               /* -1023 < n < 1024 */
{
    return rt_double((rt_bits_double(n + RT_ROUND_DOUBLE) + 1023) << 52);
}

RT_INLINE double rt_exp_double(double x)
{
    x = x < -750.0 ? -750.0 : x;
    x = x > 710.0 ? 710.0 : x;
    double n = (x * 0x1.71547652b82fep+0 + RT_ROUND_DOUBLE) - RT_ROUND_DOUBLE;
    double half = (n * 0.5 + RT_ROUND_DOUBLE) - RT_ROUND_DOUBLE;
    double r = (x - n * 0x1.62e42feep-1) - n * 0x1.a39ef35793c76p-33;
    double q = 1.0 / 6227020800.0;                              /* Taylor: the next term is below 1e-17 */
    q = q * r + 1.0 / 479001600.0;
    q = q * r + 1.0 / 39916800.0;
    q = q * r + 1.0 / 3628800.0;
    q = q * r + 1.0 / 362880.0;
    q = q * r + 1.0 / 40320.0;
    q = q * r + 1.0 / 5040.0;
    q = q * r + 1.0 / 720.0;
    q = q * r + 1.0 / 120.0;
    q = q * r + 1.0 / 24.0;
    q = q * r + 1.0 / 6.0;
    q = q * r + 0.5;
    return (1.0 + (r * r * q + r)) * rt_power_of_two_double(half) * rt_power_of_two_double(n - half);
}

/* x = 2^n m, and log m = 2 artanh s, s = (m - 1) / (m + 1), as a Taylor series: |s| < 0.172. */
RT_INLINE double rt_log_double(double x)
{
    int tiny = x < 0x1p-1022;
    uint64_t bits = rt_bits_double(tiny ? x * 0x1p52 : x) - 0x3fe6a09e667f3bcdu;                /* sqrt(1/2) */
    double n = rt_double(((bits + ((uint64_t)1023 << 52)) >> 52) | 0x4330000000000000u) - (0x1p52 + 1023.0);
    double m = rt_double((bits & 0x000fffffffffffffu) + 0x3fe6a09e667f3bcdu);
    double s = (m - 1.0) / (m + 1.0), square = s * s;
    double q = 1.0 / 23.0;
    q = q * square + 1.0 / 21.0;
    q = q * square + 1.0 / 19.0;
    q = q * square + 1.0 / 17.0;
    q = q * square + 1.0 / 15.0;
    q = q * square + 1.0 / 13.0;
    q = q * square + 1.0 / 11.0;
    q = q * square + 1.0 / 9.0;
    q = q * square + 1.0 / 7.0;
    q = q * square + 1.0 / 5.0;
    q = q * square + 1.0 / 3.0;
    n -= tiny ? 52.0 : 0.0;
    double result = n * 0x1.62e42feep-1 + (2.0 * s + (2.0 * s * square * q + n * 0x1.a39ef35793c76p-33));
    result = x < (double)RT_INFINITY ? result : x;
    return x > 0 ? result : x == 0 ? -(double)RT_INFINITY : x < 0 ? (double)RT_NAN : x;
}

/* For |x| < 1e6.  Quarter turns are taken off exactly, in three parts; the rest goes into a Taylor series of sine or
 * cosine. */
RT_INLINE double rt_cos_double(double x)
{
    double shifted = x * 0x1.45f306dc9c883p-1 + RT_ROUND_DOUBLE, n = shifted - RT_ROUND_DOUBLE;
    double r = ((x - n * 0x1.921fb544p+0) - n * 0x1.0b4611a6p-34) - n * 0x1.3198a2e037073p-69, square = r * r;
    double c = 1.0 / 20922789888000.0, s = 1.0 / 355687428096000.0;
    c = c * square - 1.0 / 87178291200.0;
    c = c * square + 1.0 / 479001600.0;
    c = c * square - 1.0 / 3628800.0;
    c = c * square + 1.0 / 40320.0;
    c = c * square - 1.0 / 720.0;
    c = c * square + 1.0 / 24.0;
    c = 1.0 + square * (c * square - 0.5);
    s = s * square - 1.0 / 1307674368000.0;
    s = s * square + 1.0 / 6227020800.0;
    s = s * square - 1.0 / 39916800.0;
    s = s * square + 1.0 / 362880.0;
    s = s * square - 1.0 / 5040.0;
    s = s * square + 1.0 / 120.0;
    s = r + r * square * (s * square - 1.0 / 6.0);
    uint64_t quarter = rt_bits_double(shifted);
    double size = quarter & 1 ? s : c;
    return (quarter + 1) & 2 ? -size : size;                    /* cos, -sin, -cos, sin */
}

/* ---- pow ------------------------------------------------------------------------------------------------------- */

/* x^y as in C, by exp(y log |x|) in double.  The errors of these vanish in the rounding to float. */
RT_INLINE float rt_pow(float x, float y)
{
    float power = (float)rt_exp_double((double)y * rt_log_double((double)rt_abs(x)));
    float size = rt_abs(y), whole = rt_floor(size), half = 0.5f * size;
    int odd = size == whole && half != rt_floor(half);          /* |y| >= 2^24 is even */
    power = odd ? rt_copysign(power, x) : power;
    power = x < 0 && size != whole && x > -RT_INFINITY ? RT_NAN : power;
    power = x == -1.0f && size == RT_INFINITY ? 1.0f : power;
    return x == 1.0f || y == 0 ? 1.0f : power;
}

#endif
