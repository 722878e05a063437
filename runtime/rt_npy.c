/* rt_npy.c - arrays in NumPy's .npy format, versions 1.0 to 3.0, checked and hashed while they are read.
 *
 *   \x93NUMPY major minor | length of the header, little-endian, 2 bytes (from version 2.0: 4) | header | elements
 *
 * The header is the text of a Python dictionary, {'descr': '|u1', 'fortran_order': False, 'shape': (60000, 28, 28), }, of which
 * nothing is believed before the length of the file agrees with it.  Images are uint8; labels may be int32 or int64 as well and
 * become bytes.
 */
#include "rt.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_HEADER = 1 << 16, MOST_RANK = 32, CHUNK = 1 << 13 };

/* What the header says. */
typedef struct Head {
    char descr[16];
    bool fortran;
    int rank;
    int64_t dims[4];                   /* the first of them */
    bool overflows;
    bool has_descr, has_order, has_shape;
} Head;

/* ---- the header's text ---- */

static void skip_spaces(const char **at) { *at += strspn(*at, " \t\n"); }

static bool take(const char **at, const char *text)
{
    skip_spaces(at);
    if (strncmp(*at, text, strlen(text)) != 0) return false;
    *at += strlen(text);
    return true;
}

/* A string without escapes; one that is too long or not printable is none. */
static bool take_string(const char **at, char *to, size_t room)
{
    skip_spaces(at);
    const char quote = **at;
    size_t n = 0;
    if (quote != '\'' && quote != '"') return false;
    for (++*at; **at && **at != quote; ++*at) {
        if (n + 1 >= room || **at < 32 || **at > 126 || **at == '\\') return false;
        to[n++] = **at;
    }
    to[n] = 0;
    return take(at, quote == '"' ? "\"" : "'");
}

/* (a, b, c), (a,) or () */
static bool take_shape(const char **at, Head *head)
{
    head->rank = 0;
    if (!take(at, "(")) return false;
    while (!take(at, ")")) {
        int64_t n = 0;
        if (**at < '0' || **at > '9') return false;
        for (; **at >= '0' && **at <= '9'; ++*at)
            if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, **at - '0', &n)) head->overflows = true;
        if (head->rank < 4) head->dims[head->rank] = n;
        if (++head->rank > MOST_RANK) return false;
        skip_spaces(at);
        if (!take(at, ",") && **at != ')') return false;
    }
    return true;
}

/* Each key once, in any order. */
static bool take_dictionary(const char **at, Head *head)
{
    if (!take(at, "{")) return false;
    while (!take(at, "}")) {
        char key[16];
        if (!take_string(at, key, sizeof key) || !take(at, ":")) return false;
        if (!strcmp(key, "descr") && !head->has_descr) {
            head->has_descr = take_string(at, head->descr, sizeof head->descr);
            if (!head->has_descr) return false;
        } else if (!strcmp(key, "fortran_order") && !head->has_order) {
            head->fortran = take(at, "True");
            head->has_order = head->fortran || take(at, "False");
            if (!head->has_order) return false;
        } else if (!strcmp(key, "shape") && !head->has_shape) {
            head->has_shape = take_shape(at, head);
            if (!head->has_shape) return false;
        } else {
            return false;
        }
        skip_spaces(at);
        if (!take(at, ",") && **at != '}') return false;
    }
    skip_spaces(at);
    return !**at && head->has_descr && head->has_order && head->has_shape;
}

/* ---- the file ---- */

typedef struct Source { const char *path; int descriptor; RtSha256 hash; RtError *error; } Source;

static bool source_read(Source *source, void *to, size_t n, const char *what)
{
    size_t got;
    if (!rt_file_take(source->descriptor, source->path, to, n, &got, source->error)) return false;
    if (got < n) return rt_fail(source->error, "%s: ends inside its %s", source->path, what);
    rt_sha256_add(&source->hash, to, n);
    return true;
}

/* The header's text, with a zero behind it; *at is where the elements begin. */
static bool read_text(Source *source, char *text, int64_t *at)
{
    uint8_t head[12];
    if (!source_read(source, head, 8, "header")) return false;
    if (memcmp(head, "\x93NUMPY", 6) != 0)
        return rt_fail(source->error, "%s: begins with %02x %02x %02x %02x %02x %02x, against 93 4e 55 4d 50 59 of an .npy file",
                       source->path, head[0], head[1], head[2], head[3], head[4], head[5]);
    if (head[6] < 1 || head[6] > 3 || head[7] != 0)
        return rt_fail(source->error, "%s: format version %d.%d, against 1.0, 2.0 or 3.0", source->path, head[6], head[7]);
    const size_t width = head[6] == 1 ? 2 : 4;
    if (!source_read(source, head + 8, width, "header")) return false;
    uint32_t n = 0;
    for (size_t i = width; i-- > 0;) n = n << 8 | head[8 + i];
    if (n > MOST_HEADER)
        return rt_fail(source->error, "%s: a header of %u bytes, against at most %d", source->path, n, MOST_HEADER);
    if (!source_read(source, text, n, "header")) return false;
    text[n] = 0;
    *at = (int64_t)(8 + width + n);
    if (memchr(text, 0, n)) return rt_fail(source->error, "%s: there is a zero byte in its header", source->path);
    return true;
}

/* Bytes of an element; 0 when the type is not wanted. */
static size_t element_bytes(const char *descr, bool labels)
{
    if (!strcmp(descr, "|u1") || !strcmp(descr, "<u1") || !strcmp(descr, "u1")) return 1;
    return !labels ? 0 : !strcmp(descr, "<i4") ? 4 : !strcmp(descr, "<i8") ? 8 : 0;
}

static bool check_head(Source *source, const Head *head, int min_rank, int max_rank, RtIdx *idx, size_t *item, int64_t *n)
{
    const char *path = source->path;
    const bool labels = max_rank == 1;
    *item = element_bytes(head->descr, labels);
    if (!*item)
        return rt_fail(source->error, "%s: elements of type '%s', against %s", path, head->descr,
                       labels ? "'|u1', '<i4' or '<i8' of labels (uint8, int32, int64)" : "'|u1' of images (uint8)");
    if (head->fortran) return rt_fail(source->error, "%s: is in Fortran order, against C order", path);
    if (head->rank < min_rank || head->rank > max_rank)
        return rt_fail(source->error, "%s: has %d dimensions, against %s", path, head->rank,
                       labels ? "1 of labels, [n]" : "3 or 4 of images, [n, h, w] or [n, h, w, c]");
    *n = 1;
    idx->rank = head->rank;
    for (int i = 0; i < head->rank; i++) {
        idx->dims[i] = head->dims[i];
        if (head->dims[i] == 0) return rt_fail(source->error, "%s: dimension %d is 0, against at least 1", path, i + 1);
        if (head->overflows || __builtin_mul_overflow(*n, head->dims[i], n) || *n > INT64_MAX / 8)
            return rt_fail(source->error, "%s: the product of its dimensions overflows", path);
    }
    return true;
}

/* Whole numbers, little-endian, that have to be those of a byte. */
static bool read_labels(Source *source, size_t item, int64_t n, uint8_t *to)
{
    uint8_t chunk[CHUNK];
    for (int64_t first = 0; first < n;) {
        const int64_t rest = n - first, m = rest < (int64_t)(CHUNK / item) ? rest : (int64_t)(CHUNK / item);
        if (!source_read(source, chunk, (size_t)m * item, "elements")) return false;
        for (int64_t i = 0; i < m; i++) {
            uint64_t bits = 0;
            for (size_t k = item; k-- > 0;) bits = bits << 8 | chunk[(size_t)i * item + k];
            const int64_t label = item == 4 ? (int32_t)(uint32_t)bits : (int64_t)bits;
            if (label < 0 || label > 255)
                return rt_fail(source->error, "%s: label %lld of image %lld, against labels 0 to 255", source->path,
                               (long long)label, (long long)(first + i));
            to[first + i] = (uint8_t)label;
        }
        first += m;
    }
    return true;
}

static bool read_elements(Source *source, RtIdx *idx, size_t item, int64_t n)
{
    uint8_t extra;
    size_t more;
    idx->bytes = malloc((size_t)n);
    if (!idx->bytes) return rt_fail(source->error, "%s: out of memory for %lld bytes", source->path, (long long)n);
    if (item == 1 ? !source_read(source, idx->bytes, (size_t)n, "elements") : !read_labels(source, item, n, idx->bytes))
        return false;
    if (!rt_file_take(source->descriptor, source->path, &extra, 1, &more, source->error)) return false;
    if (more) return rt_fail(source->error, "%s: grows while it is read", source->path);
    rt_sha256_end(&source->hash, idx->sha256);
    return true;
}

static bool read_array(Source *source, int64_t size, int min_rank, int max_rank, bool head_only, RtIdx *idx)
{
    Head head = {0};
    int64_t at = 0, n = 0;
    size_t item = 0;
    char *text = malloc(MOST_HEADER + 1);
    if (!text) return rt_fail(source->error, "%s: out of memory", source->path);
    bool ok = read_text(source, text, &at);
    const char *end = text;
    if (ok && !take_dictionary(&end, &head))
        ok = rt_fail(source->error,
                     "%s: its header is wrong at byte %lld, against {'descr': ..., 'fortran_order': ..., 'shape': ...}",
                     source->path, (long long)(end - text));
    free(text);
    ok = ok && check_head(source, &head, min_rank, max_rank, idx, &item, &n);
    if (ok && size - at != n * (int64_t)item)
        ok = rt_fail(source->error, "%s: %lld bytes after the header, against %lld that its shape asks for", source->path,
                     (long long)(size - at), (long long)n * (long long)item);
    return ok && (head_only || read_elements(source, idx, item, n));
}

bool rt_npy_read(const char *path, int min_rank, int max_rank, bool head_only, RtIdx *idx, RtError *error)
{
    int64_t size;
    *idx = (RtIdx){0};
    Source source = {.path = path, .descriptor = rt_file_open(path, &size, error), .error = error};
    if (source.descriptor < 0) return false;
    rt_sha256_begin(&source.hash);
    const bool ok = read_array(&source, size, min_rank, max_rank, head_only, idx);
    close(source.descriptor);
    if (!ok) rt_idx_free(idx);
    return ok;
}
