/* rt_zlib.h - zlib, or, where a trainer is built without it, its names without its work.
 *
 * RT_ZLIB is 0 or 1.  At 0 whoever meets compressed data says so, and no function here is reached. */
#ifndef RT_ZLIB_H
#define RT_ZLIB_H

#ifndef RT_ZLIB
#define RT_ZLIB 1
#endif

#if RT_ZLIB
#include <zlib.h>
#else
typedef unsigned char Bytef;
typedef unsigned uInt;
typedef struct z_stream {
    const Bytef *next_in;
    Bytef *next_out;
    uInt avail_in, avail_out;
    unsigned long total_out;
    const char *msg;
} z_stream;
enum { Z_OK = 0, Z_STREAM_END = 1, Z_NO_FLUSH = 0, Z_STREAM_ERROR = -2, Z_BUF_ERROR = -5, MAX_WBITS = 15 };
static inline int inflateInit(z_stream *stream) { (void)stream; return Z_STREAM_ERROR; }
static inline int inflateInit2(z_stream *stream, int bits) { (void)stream, (void)bits; return Z_STREAM_ERROR; }
static inline int inflate(z_stream *stream, int flush) { (void)stream, (void)flush; return Z_STREAM_ERROR; }
static inline int inflateReset(z_stream *stream) { (void)stream; return Z_STREAM_ERROR; }
static inline int inflateEnd(z_stream *stream) { (void)stream; return Z_STREAM_ERROR; }
static inline unsigned long crc32(unsigned long crc, const Bytef *bytes, uInt n) { (void)bytes, (void)n; return crc; }
#endif

/* libdeflate, where a trainer is built with it: inflates what is in memory as a whole, in half the time. */
#ifndef RT_LIBDEFLATE
#define RT_LIBDEFLATE 0
#endif

#if RT_LIBDEFLATE
#include <libdeflate.h>
/* Inflates one gzip member of `size` bytes to exactly n bytes, and checks its sum.  False: it is not that, or there is
 * no memory; zlib then says what it is. */
static inline int rt_inflate_at_once(const void *gzip, size_t size, void *to, size_t n)
{
    size_t used = 0, made = 0;
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    const int ok = d && libdeflate_gzip_decompress_ex(d, gzip, size, to, n, &used, &made) == LIBDEFLATE_SUCCESS &&
                   used == size && made == n;
    libdeflate_free_decompressor(d);
    return ok;
}
#else
static inline int rt_inflate_at_once(const void *gzip, size_t size, void *to, size_t n)
{
    (void)gzip, (void)size, (void)to, (void)n;
    return 0;
}
#endif

/* How a trainer without zlib gets it, for messages. */
#define RT_ZLIB_HINT "against a trainer built without zlib: build it with -DRT_ZLIB and -lz"

#endif
