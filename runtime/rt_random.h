/* rt_random.h - random numbers that need no state: Philox 4x32-10.
 *
 * Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).  A number is a pure function of
 * (seed, stream, step, sample, element).  So slicing, recomputation, resuming and any number of threads repeat it, and
 * two variants of a graph share the numbers of their common parts.  A stream is named after its purpose and serves one
 * kind of draw.
 *
 * Ranges: element < 2^34, step and sample < 2^48.  No branches, so that loops over elements vectorise. */
#ifndef RT_RANDOM_H
#define RT_RANDOM_H

#include "rt_math.h"

#include <stdint.h>

typedef struct RtRandom { uint32_t word[4]; } RtRandom;

static inline RtRandom rt_philox(uint32_t c0, uint32_t c1, uint32_t c2, uint32_t c3, uint32_t k0, uint32_t k1)
{
    for (int round = 0; round < 10; round++) {
        uint64_t product0 = (uint64_t)0xD2511F53u * c0, product1 = (uint64_t)0xCD9E8D57u * c2;
        c0 = (uint32_t)(product1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)product1;
        c2 = (uint32_t)(product0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)product0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return (RtRandom){{c0, c1, c2, c3}};
}

/* A bijection that spreads every bit over the word: the last steps of MurmurHash3 (Stafford's variant 13). */
static inline uint64_t rt_mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* The key of a stream's name: FNV-1a, mixed. */
static inline uint64_t rt_stream(const char *name)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (; *name; name++) hash = (hash ^ (unsigned char)*name) * 0x100000001B3u;
    return rt_mix(hash);
}

/* Four independent words at a counter of 34 + 48 + 48 bits. */
static inline RtRandom rt_random(uint64_t seed, uint64_t stream, int64_t step, int64_t sample, int64_t block)
{
    uint64_t key = rt_mix(seed + 0x9E3779B97F4A7C15u) ^ stream;
    uint32_t high = ((uint32_t)((uint64_t)step >> 32) << 16) ^ (uint32_t)((uint64_t)sample >> 32);
    return rt_philox((uint32_t)block, (uint32_t)sample, (uint32_t)step, high, (uint32_t)key, (uint32_t)(key >> 32));
}

/* Uniform in [0, 1), a multiple of 2^-24.  Four neighbouring elements share a block. */
static inline float rt_uniform(uint64_t seed, uint64_t stream, int64_t step, int64_t sample, int64_t element)
{
    RtRandom r = rt_random(seed, stream, step, sample, element >> 2);
    uint32_t low = element & 1 ? r.word[1] : r.word[0], high = element & 1 ? r.word[3] : r.word[2];
    return (float)(int32_t)((element & 2 ? high : low) >> 8) * 0x1p-24f;
}

/* Mean 0, standard deviation 1, by Box and Muller in double; the tail reaches 6.6. */
static inline float rt_normal(uint64_t seed, uint64_t stream, int64_t step, int64_t sample, int64_t element)
{
    RtRandom r = rt_random(seed, stream, step, sample, element);
    double u = ((double)r.word[0] + 0.5) * 0x1p-32, v = (double)r.word[1] * 0x1p-32;
    return (float)(rt_root_double(-2.0 * rt_log_double(u)) * rt_cos_double(6.283185307179586476925 * v));
}

/* A whole number in [0, n), n < 2^32; the bias is below n / 2^64. */
static inline int64_t rt_below(uint64_t seed, uint64_t stream, int64_t step, int64_t element, int64_t n)
{
    RtRandom r = rt_random(seed, stream, step, 0, element);
    uint64_t high = (uint64_t)r.word[1] * (uint64_t)n, low = ((uint64_t)r.word[0] * (uint64_t)n) >> 32;
    return (int64_t)((high + low) >> 32);
}

#endif
