/* random.h - the random numbers of tests: splitmix64, so that a case is a function of its seed. */
#ifndef RANDOM_H
#define RANDOM_H
#include <stdint.h>

static inline uint64_t random_bits(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* From 0 to n - 1; n 0: 0. */
static inline int64_t random_below(uint64_t *state, int64_t n)
{
    return n ? (int64_t)(random_bits(state) % (uint64_t)n) : 0;
}
static inline int64_t random_from(uint64_t *state, int64_t least, int64_t most)
{
    return least + random_below(state, most - least + 1);
}

/* [0, 1) */
static inline double random_real(uint64_t *state) { return (double)(random_bits(state) >> 11) * 0x1p-53; }
/* [-1, 1) */
static inline double random_signed(uint64_t *state) { return (double)(random_bits(state) >> 11) * 0x1p-52 - 1; }

#endif
