/* rt_idx.c - IDX files: 0 0 type rank | rank big-endian 32-bit sizes | elements, big-endian
 *
 * Labels are [n], or [n, 8] of 32-bit numbers in QMNIST, with the class first.  QMNIST's other numbers of a digit are
 * left out. */
#include "rt.h"

#include <string.h>

enum { QMNIST_COLUMNS = 8 };

/* The type with that code in the third byte. */
static bool type_of(uint8_t code, RtType *type)
{
    static const struct {
        uint8_t code;
        RtType type;
    } TYPES[] = {{0x08, RT_U8}, {0x09, RT_I8}, {0x0b, RT_I16}, {0x0c, RT_I32}, {0x0d, RT_F32}, {0x0e, RT_F64}};
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (TYPES[i].code == code) {
            *type = TYPES[i].type;
            return true;
        }
    return false;
}

static bool read_head_of_idx(RtStream *stream, bool labels, RtLayout *layout, RtError *error)
{
    uint8_t head[20];
    size_t got = 0;
    const char *path = rt_stream_path(stream);
    const int min_rank = labels ? 1 : 2, max_rank = labels ? 2 : 4;
    *layout = (RtLayout){.big_endian = true};
    if (!rt_stream_take(stream, head, 4, &got)) return false;
    if (got < 4) return rt_fail(error, "%s: %zu bytes, against at least 4 of an IDX file", path, got);
    if (head[0] || head[1] || !type_of(head[2], &layout->type) || head[3] < min_rank || head[3] > max_rank ||
        (labels && !rt_type_is_whole(layout->type)))
        return rt_fail(error, "%s: begins with %02x %02x %02x %02x, against 00 00 08 %02x of an IDX file of %s", path,
                       head[0], head[1], head[2], head[3], labels ? 1 : 3, labels ? "labels" : "images");
    layout->rank = head[3];
    if (!rt_stream_take(stream, head + 4, 4 * (size_t)layout->rank, &got)) return false;
    if (got < 4 * (size_t)layout->rank) return rt_fail(error, "%s: ends inside its header", path);
    for (int i = 0; i < layout->rank; i++) {
        const uint8_t *at = head + 4 + 4 * i;
        layout->dims[i] = (int64_t)((uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3]);
    }
    if (labels && layout->rank == 2 && layout->dims[1] != 1 &&
        (layout->dims[1] != QMNIST_COLUMNS || layout->type != RT_I32))
        return rt_fail(error, "%s: labels of %lld columns, against [n], or [n, %d] of 32 bits as QMNIST has them", path,
                       (long long)layout->dims[1], QMNIST_COLUMNS);
    return true;
}

bool rt_idx_read(const char *path, bool labels, double scale, bool head_only, RtContent *content, RtError *error)
{
    RtLayout layout;
    *content = (RtContent){0};
    RtStream *stream = rt_stream_open(path, error);
    if (!stream) return false;
    const bool ok = read_head_of_idx(stream, labels, &layout, error) &&
                    rt_content_read(stream, &layout, labels, scale, head_only, "sizes ask", content, error);
    rt_stream_close(stream);
    if (!ok) rt_content_free(content);
    return ok;
}
