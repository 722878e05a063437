/* rt_idx.c - IDX files, plain or gzipped, checked and hashed while they are read.
 *
 *   0 0 8 rank | rank big-endian 32-bit sizes | one byte an element
 *
 * The sizes are believed only after the length of the file allows them: a plain file must have exactly the bytes that they
 * ask for, and deflate shrinks nothing to less than 1/1032, so that a small file cannot ask for all the memory there is.
 */
#include "rt.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { CHUNK = 1 << 16, MOST_INFLATED = 1032 };

typedef struct Source {
    const char *path;
    int descriptor;
    bool zipped, ended;                /* ended: the last gzip member is complete, or the plain file has no more */
    int64_t size;                      /* of the file */
    z_stream zlib;
    RtSha256 hash;
    uint8_t *chunk;
    RtError *error;
} Source;

/* Fills the chunk; *got is 0 at the end of the file. */
static bool refill(Source *source, void *to, size_t n, size_t *got)
{
    ssize_t result;
    while ((result = read(source->descriptor, to, n)) < 0 && errno == EINTR) continue;
    if (result < 0) return rt_fail(source->error, "%s: cannot read: %s", source->path, strerror(errno));
    *got = (size_t)result;
    return true;
}

static bool refill_zlib(Source *source)
{
    size_t got = 0;
    if (source->zlib.avail_in) return true;
    if (!refill(source, source->chunk, CHUNK, &got)) return false;
    source->zlib.next_in = source->chunk;
    source->zlib.avail_in = (uInt)got;
    return true;
}

/* Up to n bytes of uncompressed content. */
static bool source_read(Source *source, void *to, size_t n, size_t *got)
{
    *got = 0;
    if (!source->zipped) {
        for (size_t part = 1; *got < n && part; *got += part)
            if (!refill(source, (uint8_t *)to + *got, n - *got, &part)) return false;
    } else {
        while (*got < n) {
            size_t room = n - *got < CHUNK ? n - *got : CHUNK;
            if (!refill_zlib(source)) return false;
            if (source->ended) {
                if (!source->zlib.avail_in) break;
                if (source->zlib.next_in[0] != 0x1f)
                    return rt_fail(source->error, "%s: more bytes after the gzip data", source->path);
                inflateReset(&source->zlib);   /* gzip files may be put end to end */
                source->ended = false;
            }
            if (!source->zlib.avail_in) return rt_fail(source->error, "%s: the gzip data end early", source->path);
            source->zlib.next_out = (uint8_t *)to + *got;
            source->zlib.avail_out = (uInt)room;
            int code = inflate(&source->zlib, Z_NO_FLUSH);
            *got += room - source->zlib.avail_out;
            source->ended = code == Z_STREAM_END;
            if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
                return rt_fail(source->error, "%s: damaged gzip data: %s", source->path,
                               source->zlib.msg ? source->zlib.msg : "no reason given");
        }
    }
    rt_sha256_add(&source->hash, to, *got);
    return true;
}

/* The header, and what it says about the rest. */
static bool read_header(Source *source, int min_rank, int max_rank, RtIdx *idx, int64_t *bytes)
{
    uint8_t head[20];
    size_t got = 0;
    const char *path = source->path;
    if (!source_read(source, head, 4, &got)) return false;
    if (got < 4) return rt_fail(source->error, "%s: %zu bytes, against at least 4 of an IDX file", path, got);
    if (head[0] || head[1] || head[2] != 8 || head[3] < min_rank || head[3] > max_rank) {
        char range[16] = "";
        if (max_rank > min_rank) snprintf(range, sizeof range, "..%02x", max_rank);
        return rt_fail(source->error, "%s: begins with %02x %02x %02x %02x, against 00 00 08 %02x%s of an IDX file of %s",
                       path, head[0], head[1], head[2], head[3], min_rank, range, min_rank > 1 ? "images" : "labels");
    }
    idx->rank = head[3];
    if (!source_read(source, head + 4, 4 * (size_t)idx->rank, &got)) return false;
    if (got < 4 * (size_t)idx->rank) return rt_fail(source->error, "%s: ends inside its header", path);
    *bytes = 1;
    for (int i = 0; i < idx->rank; i++) {
        const uint8_t *at = head + 4 + 4 * i;
        idx->dims[i] = (int64_t)((uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3]);
        if (idx->dims[i] == 0) return rt_fail(source->error, "%s: dimension %d is 0, against at least 1", path, i + 1);
        if (__builtin_mul_overflow(*bytes, idx->dims[i], bytes))
            return rt_fail(source->error, "%s: the product of its dimensions overflows", path);
    }
    int64_t header = 4 + 4 * idx->rank, there = source->size - header;
    if (!source->zipped && there != *bytes)
        return rt_fail(source->error, "%s: %lld bytes after the header, against %lld that its sizes ask for", path,
                       (long long)there, (long long)*bytes);
    if (source->zipped && *bytes / MOST_INFLATED > source->size)
        return rt_fail(source->error, "%s: %lld bytes of gzip data, against the %lld bytes that its sizes ask for", path,
                       (long long)source->size, (long long)*bytes);
    return true;
}

static bool read_content(Source *source, RtIdx *idx, int64_t bytes)
{
    size_t got, more;
    uint8_t extra;
    idx->bytes = malloc((size_t)bytes);
    if (!idx->bytes) return rt_fail(source->error, "%s: out of memory for %lld bytes", source->path, (long long)bytes);
    if (!source_read(source, idx->bytes, (size_t)bytes, &got)) return false;
    if (got < (size_t)bytes)
        return rt_fail(source->error, "%s: ends after %zu bytes, against %lld that its sizes ask for", source->path, got,
                       (long long)bytes);
    if (!source_read(source, &extra, 1, &more)) return false;   /* this also checks the sum at the end of gzip data */
    if (more)
        return rt_fail(source->error, "%s: has more bytes than the %lld that its sizes ask for", source->path,
                       (long long)bytes);
    rt_sha256_end(&source->hash, idx->sha256);
    return true;
}

/* The plain file, else the gzipped one. */
static bool source_open(Source *source, const char *path, char zipped_path[RT_MAX_PATH])
{
    struct stat about;
    source->path = path;
    source->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    int code = errno, n = snprintf(zipped_path, RT_MAX_PATH, "%s.gz", path);
    if (source->descriptor < 0 && code == ENOENT && n < RT_MAX_PATH) {
        source->descriptor = open(zipped_path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (source->descriptor < 0 && errno == ENOENT)
            return rt_fail(source->error, "%s: neither this file nor its .gz is there", path);
        source->path = zipped_path;
    }
    if (source->descriptor < 0) return rt_fail(source->error, "%s: cannot open: %s", source->path, strerror(errno));
    if (fstat(source->descriptor, &about) != 0 || !S_ISREG(about.st_mode))
        return rt_fail(source->error, "%s: not a file", source->path);
    source->size = about.st_size;
    source->zipped = source->path == zipped_path;
    source->chunk = source->zipped ? malloc(CHUNK) : NULL;
    if (source->zipped && (!source->chunk || inflateInit2(&source->zlib, 16 + MAX_WBITS) != Z_OK))
        return rt_fail(source->error, "%s: out of memory", source->path);
    return true;
}

bool rt_idx_read(const char *path, int min_rank, int max_rank, bool head_only, RtIdx *idx, RtError *error)
{
    char zipped_path[RT_MAX_PATH];
    int64_t bytes = 0;
    Source source = {.descriptor = -1, .error = error};
    *idx = (RtIdx){0};
    rt_sha256_begin(&source.hash);
    bool ok = source_open(&source, path, zipped_path) && read_header(&source, min_rank, max_rank, idx, &bytes) &&
              (head_only || read_content(&source, idx, bytes));
    if (source.zlib.state) inflateEnd(&source.zlib);
    free(source.chunk);
    if (source.descriptor >= 0) close(source.descriptor);
    if (!ok) rt_idx_free(idx);
    return ok;
}

void rt_idx_free(RtIdx *idx)
{
    free(idx->bytes);
    *idx = (RtIdx){0};
}
