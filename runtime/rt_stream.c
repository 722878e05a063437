/* rt_stream.c - the content of a file, plain or gzipped, checked and hashed while it is read.
 *
 * The content decides whether it is gzip data, not the name.  PATH may be gzip data.  PATH.gz, which is looked for
 * where there is no PATH, may be plain.  Gzip data may be several members end to end, with zero bytes behind them, as
 * tapes leave them.
 *
 * Sizes in a header are believed only after rt_stream_expect().  A plain file must have exactly those bytes.  Deflate
 * shrinks nothing to less than 1/1032, so that a small file cannot ask for all the memory there is. */
#include "rt.h"
#include "rt_zlib.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CHUNK = 1 << 16,
    AT_ONCE = 1 << 20                  /* bytes from which it is worth while to inflate a file as a whole */
};

struct RtStream {
    char path[RT_MAX_PATH];            /* path of the file that is read */
    int descriptor;
    bool zipped, ended;                /* ended: the last gzip member is complete */
    int64_t size, taken;               /* bytes of the file; bytes of content so far */
    z_stream zlib;                     /* next_in, avail_in: the unused bytes of the chunk, zipped or not */
    RtSha256 hash;
    RtError *error;
    uint8_t chunk[CHUNK];
};

const char *rt_stream_path(const RtStream *stream) { return stream->path; }

static bool refill(RtStream *stream)
{
    size_t got = 0;
    if (stream->zlib.avail_in) return true;
    if (!rt_file_take(stream->descriptor, stream->path, stream->chunk, CHUNK, &got, stream->error)) return false;
    stream->zlib.next_in = stream->chunk;
    stream->zlib.avail_in = (uInt)got;
    return true;
}

static bool take_plain(RtStream *stream, uint8_t *to, size_t n, size_t *got)
{
    z_stream *rest = &stream->zlib;
    while (*got < n) {
        size_t part = n - *got;
        if (!rest->avail_in && part >= CHUNK) {
            if (!rt_file_take(stream->descriptor, stream->path, to + *got, part, &part, stream->error)) return false;
            *got += part;
            return true;
        }
        if (!refill(stream)) return false;
        if (!rest->avail_in) return true;
        if (part > rest->avail_in) part = rest->avail_in;
        memcpy(to + *got, rest->next_in, part);
        rest->next_in += part;
        rest->avail_in -= (uInt)part;
        *got += part;
    }
    return true;
}

/* Behind a member there is another one, or zero bytes to the end of the file, or the end itself. */
static bool next_member(RtStream *stream, bool *more)
{
    z_stream *rest = &stream->zlib;
    *more = rest->avail_in > 0;
    if (!*more) return true;
    if (rest->next_in[0] == 0x1f) {
        stream->ended = false;
        return inflateReset(rest) == Z_OK || rt_fail(stream->error, "%s: damaged gzip data", stream->path);
    }
    for (*more = false; rest->avail_in;) {
        for (; rest->avail_in; rest->avail_in--, rest->next_in++)
            if (*rest->next_in) return rt_fail(stream->error, "%s: more bytes after the gzip data", stream->path);
        if (!refill(stream)) return false;
    }
    return true;
}

static bool take_zipped(RtStream *stream, uint8_t *to, size_t n, size_t *got)
{
    z_stream *zlib = &stream->zlib;
    while (*got < n) {
        const size_t room = n - *got < CHUNK ? n - *got : CHUNK;
        bool more = true;
        if (!refill(stream) || (stream->ended && !next_member(stream, &more))) return false;
        if (!more) return true;
        if (!zlib->avail_in) return rt_fail(stream->error, "%s: the gzip data end early", stream->path);
        zlib->next_out = to + *got;
        zlib->avail_out = (uInt)room;
        const int code = inflate(zlib, Z_NO_FLUSH);
        *got += room - zlib->avail_out;
        stream->ended = code == Z_STREAM_END;
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
            return rt_fail(stream->error, "%s: damaged gzip data: %s", stream->path,
                           zlib->msg ? zlib->msg : "no reason given");
    }
    return true;
}

/* Takes the rest of a gzip file, n bytes, by inflating the file anew as a whole.  False: it has another size, or is not
 * one sound member; nothing is taken then. */
static bool take_rest(RtStream *stream, uint8_t *to, size_t n)
{
    const size_t size = (size_t)stream->size, before = (size_t)stream->taken, all = before + n;
    uint8_t *gzip = rt_bytes(size), *content = rt_bytes(all);
    size_t at = 0;
    for (ssize_t part = 1; gzip && content && at < size && part > 0; at += part > 0 ? (size_t)part : 0)
        part = pread(stream->descriptor, gzip + at, size - at, (off_t)at);
    const bool ok = gzip && content && at == size && rt_inflate_at_once(gzip, size, content, all) &&
                    lseek(stream->descriptor, 0, SEEK_END) == (off_t)size;
    if (ok) {
        memcpy(to, content + before, n);
        stream->zlib.avail_in = 0;
        stream->ended = true;
    }
    free(gzip);
    free(content);
    return ok;
}

bool rt_stream_take(RtStream *stream, void *to, size_t n, size_t *got)
{
    *got = 0;
    if (RT_LIBDEFLATE && stream->zipped && n >= AT_ONCE && take_rest(stream, to, n)) *got = n;
    else if (!(stream->zipped ? take_zipped : take_plain)(stream, to, n, got)) return false;
    rt_sha256_add(&stream->hash, to, *got);
    stream->taken += (int64_t)*got;
    return true;
}

int64_t rt_stream_left(const RtStream *stream) { return stream->zipped ? -1 : stream->size - stream->taken; }

bool rt_stream_expect(RtStream *stream, int64_t bytes, const char *what)
{
    if (!stream->zipped)
        return stream->size - stream->taken == bytes ||
               rt_fail(stream->error, "%s: %lld bytes after the header, against %lld that its %s for", stream->path,
                       (long long)(stream->size - stream->taken), (long long)bytes, what);
    return bytes / RT_MOST_INFLATED <= stream->size ||
           rt_fail(stream->error, "%s: %lld bytes of gzip data, against the %lld bytes that its %s for", stream->path,
                   (long long)stream->size, (long long)bytes, what);
}

bool rt_stream_end(RtStream *stream, char sha256[65])
{
    uint8_t extra;
    size_t more;
    const int64_t bytes = stream->taken;
    /* this also checks the sum at the end of gzip data */
    if (!rt_stream_take(stream, &extra, 1, &more)) return false;
    if (more)
        return rt_fail(stream->error, "%s: has more bytes than the %lld that it should have", stream->path,
                       (long long)bytes);
    rt_sha256_end(&stream->hash, sha256);
    return true;
}

/* Is it a regular file?  Pipes and devices need not end. */
static bool open_file(RtStream *stream, const char *path, const char *end, int *code)
{
    struct stat about;
    const int n = snprintf(stream->path, RT_MAX_PATH, "%s%s", path, end);
    *code = n < RT_MAX_PATH ? 0 : ENAMETOOLONG;
    if (*code) return false;
    stream->descriptor = open(stream->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (stream->descriptor < 0) *code = errno;
    else if (fstat(stream->descriptor, &about) == 0 && S_ISREG(about.st_mode)) {
        stream->size = about.st_size;
        return true;
    } else {
        close(stream->descriptor);
        stream->descriptor = -1;
    }
    return false;
}

/* Finds PATH, else PATH.gz.  When neither is a file, the message is about the one that exists. */
static bool find_file(RtStream *stream, const char *path)
{
    int code, zipped_code;
    if (open_file(stream, path, "", &code)) return true;
    if ((code == 0 || code == ENOENT) && open_file(stream, path, ".gz", &zipped_code)) return true;
    if (code == ENOENT && zipped_code == ENOENT)
        return rt_fail(stream->error, "%s: neither this file nor its .gz is there", path);
    if (code == ENOENT) code = zipped_code;
    else snprintf(stream->path, RT_MAX_PATH, "%s", path);
    if (code) return rt_fail(stream->error, "%s: cannot open: %s", stream->path, strerror(code));
    return rt_fail(stream->error, "%s: not a file", stream->path);
}

RtStream *rt_stream_open(const char *path, RtError *error)
{
    RtStream *stream = calloc(1, sizeof *stream);
    if (!stream) {
        rt_fail(error, "%s: out of memory", path);
        return NULL;
    }
    stream->descriptor = -1;
    stream->error = error;
    rt_sha256_begin(&stream->hash);
    bool ok = find_file(stream, path) && refill(stream);
    if (ok && stream->zlib.avail_in >= 2 && stream->chunk[0] == 0x1f && stream->chunk[1] == 0x8b) {
        stream->zipped = RT_ZLIB && inflateInit2(&stream->zlib, 16 + MAX_WBITS) == Z_OK;
        ok = stream->zipped || rt_fail(error, RT_ZLIB ? "%s: out of memory" : "%s: gzip data, " RT_ZLIB_HINT,
                                       stream->path);
    }
    if (ok) return stream;
    rt_stream_close(stream);
    return NULL;
}

void rt_stream_close(RtStream *stream)
{
    if (!stream) return;
    if (stream->zipped) inflateEnd(&stream->zlib);
    if (stream->descriptor >= 0) close(stream->descriptor);
    free(stream);
}
