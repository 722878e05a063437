/* rt_sha256.c - SHA-256 (FIPS 180-4), incremental.
 *
 * A data set is hashed each time that it is read, so hashing is most of a trainer's work before its first step.  So
 * x86's instructions for it are used where the compiler may. */
#include "rt_sha256.h"
#include "rt.h"

#include <string.h>
#if defined __SHA__ && defined __SSE4_1__
#include <immintrin.h>
#endif

#if defined __SHA__ && defined __SSE4_1__

/* The instructions have no form of AVX.  While the upper parts of its registers hold something, as vector code may
 * leave them, each one waits for those too: ten times as slow. */
static void make_ready(void)
{
#ifdef __AVX__
    _mm256_zeroupper();
#endif
}

/* The instructions hold the state as two vectors, {a b e f} and {c d g h} from the highest lane down.  Each instruction
 * does two rounds. */
static void take_block(uint32_t state[8], const uint8_t block[64])
{
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    const __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xb1);            /* c d a b */
    const __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1b);     /* e f g h */
    __m128i abef = _mm_alignr_epi8(low, high, 8), cdgh = _mm_blend_epi16(high, low, 0xf0), w[4];
    const __m128i abef_before = abef, cdgh_before = cdgh;
    for (int i = 0; i < 16; i++) {       /* four rounds */
        __m128i *next = &w[i % 4];
        if (i < 4) *next = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(block + 16 * i)), big_endian);
        else {
            const __m128i last = w[(i + 3) % 4], seven_ago = _mm_alignr_epi8(last, w[(i + 2) % 4], 4);
            *next = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(*next, w[(i + 1) % 4]), seven_ago), last);
        }
        const __m128i added = _mm_add_epi32(*next, _mm_loadu_si128((const __m128i *)(rt_sha256_round + 4 * i)));
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, added);
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(added, 0x0e));
    }
    const __m128i feba = _mm_shuffle_epi32(_mm_add_epi32(abef, abef_before), 0x1b),
                  dchg = _mm_shuffle_epi32(_mm_add_epi32(cdgh, cdgh_before), 0xb1);
    _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#else

static void make_ready(void) { }
static void take_block(uint32_t state[8], const uint8_t block[64]) { rt_sha256_block(state, block); }

#endif

void rt_sha256_begin(RtSha256 *hash)
{
    *hash = (RtSha256){
        .state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

void rt_sha256_add(RtSha256 *hash, const void *bytes, size_t n)
{
    const uint8_t *from = bytes;
    size_t held = hash->length % 64;
    hash->length += n;
    make_ready();
    if (held) {
        size_t part = n < 64 - held ? n : 64 - held;
        memcpy(hash->block + held, from, part);
        if (held + part < 64) return;
        take_block(hash->state, hash->block);
        from += part;
        n -= part;
    }
    for (; n >= 64; from += 64, n -= 64) take_block(hash->state, from);
    if (n) memcpy(hash->block, from, n);
}

void rt_sha256_end(RtSha256 *hash, char hex[65])
{
    uint64_t bits = hash->length * 8;
    uint8_t length[8], padding[64] = {0x80};
    for (int i = 0; i < 8; i++) length[i] = (uint8_t)(bits >> (56 - 8 * i));
    rt_sha256_add(hash, padding, 1 + (119 - hash->length % 64) % 64);
    rt_sha256_add(hash, length, 8);
    for (int i = 0; i < 8; i++) snprintf(hex + 8 * i, 9, "%08x", (unsigned)hash->state[i]);
}

void rt_sha256(const void *bytes, size_t n, char hex[65])
{
    RtSha256 hash;
    rt_sha256_begin(&hash);
    rt_sha256_add(&hash, bytes, n);
    rt_sha256_end(&hash, hex);
}
