/* math.c - what an element costs in a loop over floats that lie in the first-level cache, in nanoseconds: the functions
 * of rt_math.h beside those of libm (one float a call) and of its vector library, where there is one.
 *
 *     sh bench/math.sh
 *
 * Prints the best of many runs.  The floats are spread evenly over the range in brackets. */
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "rt_math.h"

enum { N = 2048, RUNS = 400 };

/* not static: else what nobody reads need not be computed */
float x[N] __attribute__((aligned(64))), y[N] __attribute__((aligned(64))), z[N] __attribute__((aligned(64)));

#define LOOP(NAME, EXPRESSION)                                                     \
    __attribute__((noinline)) static void NAME(void)                               \
    {                                                                              \
        for (int i = 0; i < N; i++) y[i] = EXPRESSION;                             \
    }

LOOP(our_exp, rt_exp(x[i]))
LOOP(our_log, rt_log(x[i]))
LOOP(our_tanh, rt_tanh(x[i]))
LOOP(our_erf, rt_erf(x[i]))
LOOP(our_sigmoid, rt_sigmoid(x[i]))
LOOP(our_softplus, rt_softplus(x[i]))
LOOP(our_rsqrt, rt_rsqrt(x[i]))
LOOP(our_floor, rt_floor(x[i]))
LOOP(our_pow, rt_pow(x[i], 1.7f))
LOOP(our_gelu, 0.5f * x[i] * (1.0f + rt_erf(0.70710677f * x[i])))

LOOP(libm_exp, expf(x[i]))
LOOP(libm_log, logf(x[i]))
LOOP(libm_tanh, tanhf(x[i]))
LOOP(libm_erf, erff(x[i]))
LOOP(libm_sigmoid, 1.0f / (1.0f + expf(-x[i])))
LOOP(libm_softplus, log1pf(expf(x[i])))
LOOP(libm_pow, powf(x[i], 1.7f))
LOOP(libm_gelu, 0.5f * x[i] * (1.0f + erff(0.70710677f * x[i])))

/* the value and its derivative */
__attribute__((noinline)) static void our_gelu_both(void)
{
    for (int i = 0; i < N; i++) {
        const float t = 0.70710677f * x[i], half = 0.5f + 0.5f * rt_erf(t);
        y[i] = x[i] * half;
        z[i] = half + 0.3989423f * x[i] * rt_exp(-(t * t));
    }
}

/* libmvec's names: _ZGV, the vectors (d: 8, e: 16), N, the lanes, v for each argument */
#if defined __AVX512F__
#define LANES 16
#define VECTOR(NAME) _ZGVeN16##NAME
typedef __m512 Vector;
#define LOAD _mm512_load_ps
#define STORE _mm512_store_ps
#elif defined __AVX2__
#define LANES 8
#define VECTOR(NAME) _ZGVdN8##NAME
typedef __m256 Vector;
#define LOAD _mm256_load_ps
#define STORE _mm256_store_ps
#endif
#ifdef LANES
#define LIBMVEC(NAME)                                                              \
    Vector VECTOR(v_##NAME##f)(Vector);                                            \
    __attribute__((noinline)) static void mvec_##NAME(void)                        \
    {                                                                              \
        for (int i = 0; i < N; i += LANES) STORE(y + i, VECTOR(v_##NAME##f)(LOAD(x + i))); \
    }
LIBMVEC(exp) LIBMVEC(log) LIBMVEC(tanh) LIBMVEC(erf)
#else
static void (*const mvec_exp)(void), (*const mvec_log)(void), (*const mvec_tanh)(void), (*const mvec_erf)(void);
#endif

static double nanoseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void print_time(void (*f)(void))
{
    double best = 1e30;
    for (int run = 0; f && run < RUNS; run++) {
        double start = nanoseconds();
        for (int repeat = 0; repeat < 4; repeat++) {
            f();
            __asm__ volatile("" ::: "memory");
        }
        double took = (nanoseconds() - start) / (4 * N);
        if (took < best) best = took;
    }
    if (f) printf(" %9.3f", best);
    else printf(" %9s", "");
}

int main(void)
{
    static const struct {
        const char *name;
        void (*ours)(void), (*libm)(void), (*mvec)(void);
        float low, high;
    } all[] = {{"exp", our_exp, libm_exp, mvec_exp, -20, 20},
               {"log", our_log, libm_log, mvec_log, 0.01f, 100},
               {"tanh", our_tanh, libm_tanh, mvec_tanh, -5, 5},
               {"erf", our_erf, libm_erf, mvec_erf, -4, 4},
               {"sigmoid", our_sigmoid, libm_sigmoid, NULL, -10, 10},
               {"softplus", our_softplus, libm_softplus, NULL, -10, 10},
               {"rsqrt", our_rsqrt, NULL, NULL, 0.01f, 100},
               {"floor", our_floor, NULL, NULL, -50, 50},
               {"pow 1.7", our_pow, libm_pow, NULL, 0.01f, 10},
               {"gelu", our_gelu, libm_gelu, NULL, -4, 4},
               {"gelu and its derivative", our_gelu_both, NULL, NULL, -4, 4}};
    printf("ns an element, %d lanes        ours      libm   libmvec\n", RT_LANES);
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        char name[64];
        for (int i = 0; i < N; i++) x[i] = all[k].low + (all[k].high - all[k].low) * (float)(i * 1103 % N) / N;
        snprintf(name, sizeof name, "%s [%g, %g]", all[k].name, (double)all[k].low, (double)all[k].high);
        printf("%-26s", name);
        print_time(all[k].ours), print_time(all[k].libm), print_time(all[k].mvec);
        printf("\n");
    }
    return 0;
}
