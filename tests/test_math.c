/* test_math.c - the elementary functions of rt_math.h over the floats: how far each is from the exact value, in units
 * in the last place (ulp), and where; and whether a loop that the compiler made vector code of has the bits of one
 * call.
 *
 *   test_math            every 1021st float, and all around the places where something changes     what make check runs
 *   test_math all        every float, which takes minutes                                          what make check-math
 *                                                                                                  runs
 *   test_math bits       only a hash of the results' bits, to compare compilers and machines
 *
 * Exact is double: libm is right to far more digits than a float has.  Where it is slow and a first term or two are as
 * good, these are used, since half of all floats are smaller than 2^-1 to the 27th.  Uses nothing of the project but
 * rt_math.h. */
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "random.h"
#include "rt_math.h"

enum { BLOCK = 4096, LANES = 32, EVERY = 1021 };
static const double MOST = 2;                    /* ulp that any function may be off */

/* ---- exact
 * ----------------------------------------------------------------------------------------------------------- */

static const double SMALL = 0x1p-14;             /* below it, terms of the fourth order vanish in a double's rounding */

static double exact_exp(double x) { return fabs(x) < SMALL ? 1 + x + x * x / 2 + x * x * x / 6 : exp(x); }
static double exact_log(double x) { return log(x); }
static double exact_tanh(double x)
{
    return fabs(x) < SMALL ? x * (1 - x * x / 3) : fabs(x) > 20 ? copysign(1, x) : tanh(x);
}
static double exact_erf(double x)
{
    return fabs(x) < SMALL ? 1.1283791670955125739 * x * (1 - x * x / 3) : fabs(x) > 6 ? copysign(1, x) : erf(x);
}
static double exact_sigmoid(double x)
{
    return fabs(x) < SMALL ? 0.5 + x / 4 - x * x * x / 48 : x > 40 ? 1 : x < -40 ? exact_exp(x) : 1 / (1 + exp(-x));
}
static double exact_softplus(double x)
{
    if (fabs(x) < SMALL) return 0.69314718055994530942 + x / 2 + x * x / 8;
    return x > 40 ? x : x < -40 ? exact_exp(x) : fmax(x, 0) + log1p(exp(-fabs(x)));
}
static double exact_rsqrt(double x) { return 1 / sqrt(x); }
static double exact_floor(double x) { return floor(x); }

/* |got - exact| in units in the last place of a float as large as exact; a huge number where one is not finite and the
 * other is. */
static double ulps(float got, double exact)
{
    if (isnan(got) || isnan(exact)) return isnan(got) && isnan(exact) ? 0 : 1e9;
    if (got == 0 && exact == 0) return !signbit(got) == !signbit(exact) ? 0 : 1e9;
    if (fabs(exact) >= 0x1p128) return isinf(got) && (got > 0) == (exact > 0) ? 0 : 1e9;
    double value = isinf(got) ? copysign(0x1p128, got) : got;                   /* what the next float would be */
    uint64_t exponent = rt_bits_double(exact) >> 52 & 0x7ff;
    if (exponent < 1023 - 126) exponent = 1023 - 126;                           /* denormal floats are evenly spaced */
    return fabs(value - exact) * rt_double((2 * 1023 + 23 - exponent) << 52);
}

/* ---- the functions
 * ------------------------------------------------------------------------------------------------------ */

#define FORMS(NAME) \
    __attribute__((noinline)) static float one_##NAME(float x) { return rt_##NAME(x); } \
    __attribute__((noinline)) static void many_##NAME(const float *restrict x, float *restrict y) \
    { \
        for (int i = 0; i < BLOCK; i++) y[i] = rt_##NAME(x[i]); \
    }
FORMS(exp) FORMS(log) FORMS(tanh) FORMS(erf) FORMS(sigmoid) FORMS(softplus) FORMS(rsqrt) FORMS(floor)

typedef struct Function {
    const char *name;
    float (*one)(float);
    void (*many)(const float *restrict, float *restrict);
    double (*exact)(double), most;
} Function;

static const Function functions[] = {{"exp", one_exp, many_exp, exact_exp, MOST},
                                     {"log", one_log, many_log, exact_log, MOST},
                                     {"tanh", one_tanh, many_tanh, exact_tanh, MOST},
                                     {"erf", one_erf, many_erf, exact_erf, MOST},
                                     {"sigmoid", one_sigmoid, many_sigmoid, exact_sigmoid, MOST},
                                     {"softplus", one_softplus, many_softplus, exact_softplus, MOST},
                                     {"rsqrt", one_rsqrt, many_rsqrt, exact_rsqrt, MOST},
                                     {"floor", one_floor, many_floor, exact_floor, 0}};
enum { N_FUNCTIONS = sizeof functions / sizeof *functions };

static int only_bits;

typedef struct Result {
    double worst;
    float at;
    uint32_t hash[LANES];
    uint64_t n, differ;
    float differs_at;
} Result;

/* One NaN is as good as another. */
static uint32_t bits_of(float y) { return isnan(y) ? 0x7fc00000u : rt_bits(y); }

/* FNV-1a of a word in place of a byte, in lanes so that it takes no time. */
static void hash_add(Result *r, const float *y, int n)
{
    for (int i = 0; i < n; i++) r->hash[i % LANES] = (r->hash[i % LANES] ^ bits_of(y[i])) * 16777619u;
}

static void measure(const Function *f, const float *x, int n, Result *r)
{
    static float y[BLOCK];
    f->many(x, y);
    hash_add(r, y, n);
    r->n += (uint64_t)n;
    for (int i = 0; i < n && !only_bits; i++) {
        if (bits_of(f->one(x[i])) != bits_of(y[i])) r->differ++, r->differs_at = x[i];
        double error = ulps(y[i], f->exact(x[i]));
        if (error > r->worst) r->worst = error, r->at = x[i];
    }
}

/* ---- which floats
 * --------------------------------------------------------------------------------------------------------- */

/* The floats to look at, a block at a time. */
typedef struct Floats {
    float x[BLOCK];
    int n;
    void (*full)(const float *x, int n);
} Floats;

static void put(Floats *to, float x)
{
    to->x[to->n++] = x;
    if (to->n == BLOCK) to->full(to->x, BLOCK), to->n = 0;
}

/* Those around +-x. */
static void put_around(Floats *to, double x, int many)
{
    uint32_t bits = rt_bits((float)x);
    for (int i = -many; i <= many; i++)
        put(to, rt_float(bits + (uint32_t)i)), put(to, rt_float((bits + (uint32_t)i) ^ 0x80000000u));
}

static void put_special(Floats *to)
{
    static const double places[] = {0.625, 10,        0.925,    4,          88.722839,  89, 87.336545, 103.97208,
                                    104,   16.635532, 17.32868, 0.70710678, 1.41421356, 1,  0x1p23,    0x1p24};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) put_around(to, places[i], 200);
    /* of exp(x) and exp(2 x) */
    for (int k = 0; k < 2 * 152; k++) put_around(to, (k + 0.5) / 2 * 0.69314718055994530942, 3);
    for (int k = -149; k < 128; k++)
        put_around(to, ldexp(1, k), 3), put_around(to, ldexp(0.70710678118654752440, k), 3);
    for (uint32_t bits = 0; bits < 200; bits++)                              /* 0, infinity, the first NaNs, the last */
        put(to, rt_float(bits)), put(to, rt_float(bits | 0x80000000u)), put(to, rt_float(0x7f800000u - 100 + bits)),
            put(to, rt_float(0xff800000u - 100 + bits)), put(to, rt_float(0x7fffffffu - bits)),
            put(to, rt_float(0xffffffffu - bits));
}

/* ---- pow, and the fused multiply-add of machines that have none
 * ---------------------------------------------------------- */

static uint32_t next(uint64_t *state) { return (uint32_t)(random_bits(state) >> 32); }

static Result measure_pow(uint64_t n)
{
    static const float special[] = {0,        1,           2,          3,          0.5f,      1.5f,    16777215,
                                    16777216, 1e30f,       1e-30f,     1e-45f,     FLT_MAX,   FLT_MIN, INFINITY,
                                    NAN,      0.99999994f, 1.0000001f, 8388609.5f, 4194303.5f};
    enum { N = 2 * sizeof special / sizeof *special };
    Result r = {.n = n};
    uint64_t state = 3;
    for (uint64_t i = 0; i < N * N + n; i++) {
        float x, y;
        if (i < N * N) {
            x = special[i / N / 2] * (i / N % 2 ? -1.0f : 1.0f), y = special[i % N / 2] * (i % 2 ? -1.0f : 1.0f);
        } else {
            /* y log x of a size that matters */
            x = rt_float(next(&state) & 0x7fffffffu), y = ((float)next(&state) / 0x1p31f - 1) * 100;
            if (i % 3 && x > 0 && x < INFINITY) y /= fabsf(logf(x)) + 0.1f;
            if (i % 5 == 0) x = -x, y = rintf(y);
        }
        float got = rt_pow(x, y);
        hash_add(&r, &got, 1);
        if (only_bits) continue;
        double error = ulps(got, pow(x, y));
        if (error > r.worst) r.worst = error, r.at = x;
    }
    r.n = N * N + n;
    return r;
}

static Result measure_fma(uint64_t n)
{
    Result r = {.n = n};
    uint64_t state = 5;
    for (uint64_t i = 0; i < n; i++) {
        uint32_t a = next(&state), b = next(&state), c = next(&state);
        if (i % 2)
            b = (b & 0x807fffffu) | ((next(&state) % 40 + 107) << 23),
            a = (a & 0x807fffffu) | ((next(&state) % 40 + 107) << 23);
        float x = rt_float(a), y = rt_float(b), z = rt_float(c);
        if (i % 4 == 1) z = -x * y;                                      /* what is left is the rounding of a product */
        /* sums that lie next to the middle of two floats */
        if (i % 4 == 3) z = x * y * ldexpf(1, (int)(c % 60) - 30);
        float got = rt_fma_by_double(x, y, z), right = fmaf(x, y, z);
        if (bits_of(got) != bits_of(right)) r.worst = 1e9, r.at = x;
        hash_add(&r, &got, 1);
    }
    return r;
}

/* The functions of double, which random numbers and schedules use: in units of double's precision, against long double
 * where that has more digits. */
static Result measure_double(int which, uint64_t n)
{
    Result r = {.n = n};
    uint64_t state = 7;
    for (uint64_t i = 0; i < n && !only_bits; i++) {
        double u = (double)next(&state) / 0x1p31 - 1, x = which == 0   ? 700 * u
                                                          : which == 1 ? ldexp(u + 1, (int)(next(&state) % 2000) - 1000)
                                                                       : 100 * u;
        double got = which == 0 ? rt_exp_double(x) : which == 1 ? rt_log_double(x) : rt_cos_double(x);
        long double exact = which == 0 ? expl(x) : which == 1 ? logl(x) : cosl(x);
        /* a cosine is near to 0 anywhere */
        double error = (double)(fabsl(got - exact) / (which == 2 ? 1 : fabsl(exact) + 1e-300L)) * 0x1p52;
        if (error > r.worst) r.worst = error, r.at = (float)x;
    }
    return r;
}

/* Square roots bit by bit are those of C: of doubles of every size, of whole numbers and of squares. */
static int roots_differ(int n)
{
    uint64_t state = 5;
    for (int i = 0; i < n; i++) {
        const uint64_t random = random_bits(&state);
        const double x = i % 4 == 0 ? rt_double(random)
                         : i % 4 == 1 ? rt_double(random >> (12 + random % 40))
                         : i % 4 == 2 ? (double)(random >> 40)
                                      : (double)(random >> 38) * (double)(random >> 38);
        const double root = rt_root_by_bits(x), should = sqrt(x);
        if (rt_bits_double(root) == rt_bits_double(should) || (isnan(root) && isnan(should))) continue;
        printf("the root of %a is %a bit by bit, not %a\n", x, root, should);
        return 1;
    }
    return rt_root_by_bits(INFINITY) != INFINITY || !signbit(rt_root_by_bits(-0.0)) || !isnan(rt_root_by_bits(-1));
}

/* Infinities, zeros with their signs, NaN: as C has them for its own functions; where C has none, a NaN is never
 * hidden. */
static int special_values(void)
{
    const float inf = INFINITY;
    const struct { const char *what; float got, right;
    } all[] = {{"exp(-inf)", one_exp(-inf), 0},
               {"exp(inf)", one_exp(inf), inf},
               {"exp(-0)", one_exp(-0.0f), 1},
               {"exp(89)", one_exp(89), inf},
               {"exp(-104)", one_exp(-104), 0},
               {"exp(denormal)", one_exp(1e-40f), 1},
               {"log(0)", one_log(0), -inf},
               {"log(-0)", one_log(-0.0f), -inf},
               {"log(-1)", one_log(-1), NAN},
               {"log(-inf)", one_log(-inf), NAN},
               {"log(inf)", one_log(inf), inf},
               {"log(1)", one_log(1), 0},
               {"log(-denormal)", one_log(-1e-40f), NAN},
               {"tanh(inf)", one_tanh(inf), 1},
               {"tanh(-inf)", one_tanh(-inf), -1},
               {"tanh(-0)", one_tanh(-0.0f), -0.0f},
               {"tanh(denormal)", one_tanh(1e-40f), 1e-40f},
               {"erf(inf)", one_erf(inf), 1},
               {"erf(-inf)", one_erf(-inf), -1},
               {"erf(-0)", one_erf(-0.0f), -0.0f},
               {"sigmoid(inf)", one_sigmoid(inf), 1},
               {"sigmoid(-inf)", one_sigmoid(-inf), 0},
               {"sigmoid(0)", one_sigmoid(0), 0.5f},
               {"softplus(inf)", one_softplus(inf), inf},
               {"softplus(-inf)", one_softplus(-inf), 0},
               {"rsqrt(0)", one_rsqrt(0), inf},
               {"rsqrt(-1)", one_rsqrt(-1), NAN},
               {"rsqrt(inf)", one_rsqrt(inf), 0},
               {"floor(-inf)", one_floor(-inf), -inf},
               {"floor(-0)", one_floor(-0.0f), -0.0f},
               {"floor(-denormal)", one_floor(-1e-40f), -1},
               {"relu(NaN)", rt_relu(NAN), NAN},
               {"relu(-3)", rt_relu(-3), 0},
               {"relu(inf)", rt_relu(inf), inf},
               {"sign(-inf)", rt_sign(-inf), -1},
               {"abs(-0)", rt_abs(-0.0f), 0},
               {"max(NaN, 1)", rt_max(NAN, 1), NAN},
               {"max(1, NaN)", rt_max(1, NAN), NAN},
               {"max(2, 1)", rt_max(2, 1), 2},
               {"min(NaN, 1)", rt_min(NAN, 1), NAN},
               {"min(1, NaN)", rt_min(1, NAN), NAN},
               {"min(2, -inf)", rt_min(2, -inf), -inf},
               {"fma(inf, 1, -inf)", rt_fma_by_double(inf, 1, -inf), NAN},
               {"fma(max, 2, -max)", rt_fma_by_double(FLT_MAX, 2, -FLT_MAX), FLT_MAX},
               {"fma(max, 2, max)", rt_fma_by_double(FLT_MAX, 2, FLT_MAX), inf}};
    int wrong = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (bits_of(all[i].got) != bits_of(all[i].right))
            printf("%s is %g, not %g\n", all[i].what, (double)all[i].got, (double)all[i].right), wrong = 1;
    for (int k = 0; k < N_FUNCTIONS; k++)
        if (!isnan(functions[k].one(NAN)) || !isnan(functions[k].one(-NAN)))
            printf("%s hides a NaN\n", functions[k].name), wrong = 1;
    return wrong;
}

/* ---- bfloat16 ---- */

/* A bfloat16 is a float whose lower half is 0.  The nearest to x is found among the two that x lies between, in double;
 * x is any float with some lower halves and every upper one. */
static int bf16_wrong(void)
{
    static const uint32_t lower[] = {0, 1, 0x7fff, 0x8000, 0x8001, 0xffff};
    int wrong = 0;
    for (uint32_t upper = 0; upper < 1 << 16; upper++)
        for (size_t i = 0; i < sizeof lower / sizeof *lower; i++) {
            const float x = rt_float(upper << 16 | lower[i]), got = rt_to_bf16(x), inner = rt_float(upper << 16);
            /* the next one away from 0; behind the largest comes 2^128, which is infinity */
            const float next = rt_float((upper + 1) << 16);
            const double outer = isinf(next) ? copysign(0x1p128, (double)x) : (double)next;
            const double to_inner = fabs((double)x - (double)inner), to_outer = fabs(outer - (double)x);
            const int up = to_outer < to_inner || (to_outer == to_inner && upper & 1);
            const float right = isnan(x) ? x : isinf(x) ? x : up ? next : inner;
            const int good = isnan(x) ? isnan(got) && isnan(rt_of_bf16(rt_bf16(got))) && signbit(got) == signbit(x)
                                      : bits_of(got) == bits_of(right);
            if (good && bits_of(rt_of_bf16(rt_bf16(got))) == bits_of(got)) continue;
            if (!wrong++) printf("%a is rounded to %a, not %a\n", (double)x, (double)got, (double)right);
        }
    return wrong > 0;
}

/* ---- all together
 * --------------------------------------------------------------------------------------------------------- */

static Result results[N_FUNCTIONS];

static void measure_all(const float *x, int n)
{
    for (int k = 0; k < N_FUNCTIONS; k++) measure(&functions[k], x, n, &results[k]);
}

static int report(const char *name, double most, Result r)
{
    int wrong = !(r.worst <= most) || r.differ;
    uint64_t hash = 0;
    for (int i = 0; i < LANES; i++) hash = (hash ^ r.hash[i]) * UINT64_C(0x9e3779b97f4a7c15);
    printf("%-9s %016llx", name, (unsigned long long)(hash ^ hash >> 32));
    if (only_bits) printf("\n");
    else
        printf("  %10llu floats, at most %.3f ulp off, at %.9g (%a)%s\n", (unsigned long long)r.n, r.worst,
               (double)r.at, (double)r.at, wrong ? "   WRONG" : "");
    if (r.differ)
        printf("%-9s %11llu floats have other bits in a loop, one is %.9g\n", name, (unsigned long long)r.differ,
               (double)r.differs_at);
    return wrong;
}

int main(int argc, char **argv)
{
    static Floats floats = {.full = measure_all};
    int all = argc > 1 && !strcmp(argv[1], "all"), wrong = 0;
    only_bits = argc > 1 && !strcmp(argv[1], "bits");
    uint64_t step = all ? 1 : only_bits ? 4 * EVERY + 1 : EVERY;
    put_special(&floats);
    for (uint64_t bits = 0; bits < UINT64_C(0x100000000); bits += step) put(&floats, rt_float((uint32_t)bits));
    measure_all(floats.x, floats.n);
    for (int k = 0; k < N_FUNCTIONS; k++) wrong |= report(functions[k].name, functions[k].most, results[k]);
    wrong |= report("pow", 0.51, measure_pow(all ? 100000000 : 300000));
    wrong |= report("fma", 0, measure_fma(all ? 1000000000 : 3000000));
    static const char *const names[] = {"d exp", "d log", "d cos"};
    for (int k = 0; k < 3 && !only_bits; k++) wrong |= report(names[k], 4, measure_double(k, 300000));
    wrong |= special_values() | bf16_wrong() | roots_differ(all ? 100000000 : 300000);
    if (!only_bits) printf(wrong ? "WRONG\n" : "every function is within %g ulp, in a loop and alone\n", MOST);
    return wrong;
}
