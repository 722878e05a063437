/* rt_npy.c - arrays in NumPy's .npy format, versions 1.0 to 3.0.
 *
 *   \x93NUMPY major minor | length of the header, little-endian, 2 bytes (from version 2.0: 4) | header | elements
 *
 * The header is the text of a Python dictionary, {'descr': '|u1', 'fortran_order': False, 'shape': (60000, 28, 28), },
 * of which nothing is believed before the length of the file agrees with it.  rt_content.c turns the elements into
 * images or labels. */
#include "rt.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_HEADER = 1 << 16, MOST_RANK = 32 };

/* The content of the header. */
typedef struct Head {
    char descr[16];
    bool fortran;
    int rank;
    int64_t dims[4];                   /* the first of the sizes */
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

/* Takes a string without escapes.  A string that is too long or not printable is refused. */
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

/* Takes a shape: (a, b, c), (a,) or (). */
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

/* Takes the dictionary: each key once, in any order. */
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

static bool take_bytes(RtStream *stream, void *to, size_t n, RtError *error)
{
    size_t got;
    return rt_stream_take(stream, to, n, &got) &&
           (got == n || rt_fail(error, "%s: ends inside its header", rt_stream_path(stream)));
}

/* Reads the header's text and puts a zero behind it. */
static bool read_text(RtStream *stream, char *text, RtError *error)
{
    uint8_t head[12];
    const char *path = rt_stream_path(stream);
    if (!take_bytes(stream, head, 8, error)) return false;
    if (memcmp(head, "\x93NUMPY", 6) != 0)
        return rt_fail(error,
                       "%s: begins with %02x %02x %02x %02x %02x %02x, against 93 4e 55 4d 50 59 of an .npy file", path,
                       head[0], head[1], head[2], head[3], head[4], head[5]);
    if (head[6] < 1 || head[6] > 3 || head[7] != 0)
        return rt_fail(error, "%s: format version %d.%d, against 1.0, 2.0 or 3.0", path, head[6], head[7]);
    const size_t width = head[6] == 1 ? 2 : 4;
    if (!take_bytes(stream, head + 8, width, error)) return false;
    uint32_t n = 0;
    for (size_t i = width; i-- > 0;) n = n << 8 | head[8 + i];
    if (n > MOST_HEADER) return rt_fail(error, "%s: a header of %u bytes, against at most %d", path, n, MOST_HEADER);
    if (!take_bytes(stream, text, n, error)) return false;
    text[n] = 0;
    return !memchr(text, 0, n) || rt_fail(error, "%s: there is a zero byte in its header", path);
}

/* Reads a type, as '<u2': order of bytes, kind, size. */
static bool find_type(const char *descr, RtLayout *layout)
{
    static const struct { const char *name; RtType type; } TYPES[] = {
        {"b1", RT_BOOL}, {"u1", RT_U8}, {"u2", RT_U16}, {"u4", RT_U32}, {"u8", RT_U64}, {"i1", RT_I8},
        {"i2", RT_I16},  {"i4", RT_I32}, {"i8", RT_I64}, {"f2", RT_F16}, {"f4", RT_F32}, {"f8", RT_F64}};
    const char order = *descr == '<' || *descr == '>' || *descr == '|' ? *descr++ : 0;
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (strcmp(TYPES[i].name, descr) == 0) {
            layout->type = TYPES[i].type;
            layout->big_endian = order == '>';
            return order == '<' || order == '>' || rt_type_bytes(layout->type) == 1;
        }
    return false;
}

static bool check_head(const char *path, const Head *head, bool labels, RtLayout *layout, RtError *error)
{
    *layout = (RtLayout){.fortran = head->fortran, .rank = head->rank};
    if (!find_type(head->descr, layout) || (labels && !rt_type_is_whole(layout->type)))
        return rt_fail(error, "%s: elements of type '%s', against %s", path, head->descr,
                       labels ? "whole numbers of labels, 'u1' to 'i8'"
                              : "whole numbers, floats or bool of images, as '|u1', '<f4', '|b1'");
    if (head->rank < (labels ? 1 : 2) || head->rank > (labels ? 2 : 4))
        return rt_fail(error, "%s: has %d dimensions, against %s", path, head->rank,
                       labels ? "1 of labels, [n] or [n, 1]"
                              : "2 to 4 of images, [n, features], [n, h, w] or [n, h, w, c]");
    if (head->overflows) return rt_fail(error, "%s: the product of its dimensions overflows", path);
    memcpy(layout->dims, head->dims, sizeof layout->dims);
    return !labels || head->rank == 1 || head->dims[1] == 1 ||
           rt_fail(error, "%s: labels of %lld columns, against [n] or [n, 1], the number of each image's class", path,
                   (long long)head->dims[1]);
}

static bool read_head_of_array(RtStream *stream, bool labels, RtLayout *layout, RtError *error)
{
    Head head = {0};
    const char *path = rt_stream_path(stream);
    char *text = malloc(MOST_HEADER + 1);
    if (!text) return rt_fail(error, "%s: out of memory", path);
    bool ok = read_text(stream, text, error);
    const char *end = text;
    if (ok && !take_dictionary(&end, &head))
        ok = rt_fail(error,
                     "%s: its header is wrong at byte %lld, against {'descr': ..., 'fortran_order': ..., 'shape': ...}",
                     path, (long long)(end - text));
    free(text);
    return ok && check_head(path, &head, labels, layout, error);
}

bool rt_npy_read(const char *path, bool labels, double scale, bool head_only, RtContent *content, RtError *error)
{
    RtLayout layout;
    *content = (RtContent){0};
    RtStream *stream = rt_stream_open(path, error);
    if (!stream) return false;
    const bool ok = read_head_of_array(stream, labels, &layout, error) &&
                    rt_content_read(stream, &layout, labels, scale, head_only, "shape asks", content, error);
    rt_stream_close(stream);
    if (!ok) rt_content_free(content);
    return ok;
}
