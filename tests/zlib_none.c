/* zlib_none.c - zlib's inflate, for a trainer built for another machine on one that has no zlib for it: data sets that
 * are neither gzipped nor PNGs are all it can read. */
#include <zlib.h>

int inflateInit2_(z_streamp stream, int bits, const char *version, int size)
{
    (void)stream, (void)bits, (void)version, (void)size;
    return Z_MEM_ERROR;
}
int inflateInit_(z_streamp stream, const char *version, int size)
{
    (void)stream, (void)version, (void)size;
    return Z_MEM_ERROR;
}
int inflate(z_streamp stream, int flush) { (void)stream, (void)flush; return Z_STREAM_ERROR; }
int inflateReset(z_streamp stream) { (void)stream; return Z_STREAM_ERROR; }
int inflateEnd(z_streamp stream) { (void)stream; return Z_STREAM_ERROR; }
uLong crc32(uLong crc, const Bytef *bytes, uInt n) { (void)bytes, (void)n; return crc; }
