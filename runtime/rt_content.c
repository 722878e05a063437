/* rt_content.c - turns the elements of an array in a file into images or labels, whatever their type and order.
 *
 * Without a scale, whole numbers of images are bytes, 0 to 255, which arrive as byte / 255; false and true are 0 and 1;
 * floats are taken as they are and have to lie in 0 to 1.  Anything else would be a guess, so it is an error.  So are
 * numbers wider than a byte of which none is above 1.  In all these cases the file scale.txt says by which number all
 * values are divided.  Labels are whole numbers of any type. */
#include "rt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PART = 1 << 13, MOST_LABEL = 65535 };

const char *const rt_scale_file = "scale.txt";

/* A walk through an array in the order of the file.  `at` is the element's place in C order. */
typedef struct Walk { int rank; bool fortran; int64_t dims[4], stride[4], index[4], at; } Walk;

static Walk walk_new(const RtLayout *layout)
{
    Walk walk = {.rank = layout->rank, .fortran = layout->fortran};
    int64_t stride = 1;
    for (int i = layout->rank - 1; i >= 0; i--) {
        walk.dims[i] = layout->dims[i];
        walk.stride[i] = stride;
        stride *= layout->dims[i];
    }
    return walk;
}

static void walk_on(Walk *walk)
{
    if (!walk->fortran) {
        walk->at++;
        return;
    }
    for (int i = 0; i < walk->rank; i++) {
        walk->at += walk->stride[i];
        if (++walk->index[i] < walk->dims[i]) return;
        walk->at -= walk->dims[i] * walk->stride[i];
        walk->index[i] = 0;
    }
}

static int64_t count_of(const RtLayout *layout)
{
    int64_t n = 1;
    for (int i = 0; i < layout->rank; i++) n *= layout->dims[i];
    return n;
}

/* ---- one element ---- */

static bool add_label(const char *path, const RtLayout *layout, const void *chunk, int64_t i, int64_t at,
                      RtContent *content, RtError *error)
{
    const int64_t columns = layout->rank == 2 ? layout->dims[1] : 1;
    int64_t label;
    char text[32];
    if (at % columns) return true;
    if (!rt_number_whole(layout->type, chunk, i, MOST_LABEL, &label)) {
        rt_number_text(text, layout->type, chunk, i);
        return rt_fail(error, "%s: label %s of image %lld, against labels 0 to %d", path, text,
                       (long long)(at / columns), MOST_LABEL);
    }
    content->labels[at / columns] = (uint16_t)label;
    return true;
}

static bool add_pixel(const char *path, const RtLayout *layout, double scale, const void *chunk, int64_t i, int64_t at,
                      RtContent *content, RtError *error)
{
    const bool whole = rt_type_is_whole(layout->type);
    const double value = rt_number(layout->type, chunk, i);
    bool fits;
    if (scale > 0) {
        content->floats[at] = (float)(value / scale);
        fits = isfinite(content->floats[at]);
    } else if (whole) {
        const double byte = layout->type == RT_BOOL ? 255 * value : value;
        fits = byte >= 0 && byte <= 255;
        content->bytes[at] = fits ? (uint8_t)byte : 0;
    } else {
        fits = value >= 0 && value <= 1;
        content->floats[at] = (float)value;
    }
    if (fits) return true;
    char text[32];
    rt_number_text(text, layout->type, chunk, i);
    const long long image = (long long)(at / (count_of(layout) / layout->dims[0]));
    if (scale > 0)
        return rt_fail(error, "%s: image %lld holds %s, which by the %g of %s is no finite float", path, image, text,
                       scale, rt_scale_file);
    return rt_fail(
        error,
        "%s: image %lld holds %s, against %s; the number in a file %s beside it says what all values are divided by%s",
        path, image, text, whole ? "whole numbers from 0 to 255, which are divided by 255" : "floats from 0 to 1",
        rt_scale_file, whole ? "" : " (255 for floats from 0 to 255, 1 for any floats as they are)");
}

/* ---- all of them ---- */

static bool allocate(const char *path, const RtLayout *layout, bool labels, double scale, int64_t n, RtContent *content,
                     RtError *error)
{
    const bool bytes = !(scale > 0) && rt_type_is_whole(layout->type);
    if (labels) content->labels = malloc((size_t)layout->dims[0] * sizeof *content->labels);
    else if (bytes) content->bytes = rt_bytes((size_t)n);
    else content->floats = rt_bytes((size_t)n * sizeof *content->floats);
    return content->labels || content->bytes || content->floats ||
           rt_fail(error, "%s: out of memory for %lld elements", path, (long long)n);
}

static bool ends_early(const char *path, size_t got, int64_t bytes, RtError *error)
{
    return rt_fail(error, "%s: ends after %zu bytes, against %lld that its sizes ask for", path, got, (long long)bytes);
}

static bool read_elements(RtStream *stream, const RtLayout *layout, bool labels, double scale, int64_t n,
                          RtContent *content, RtError *error)
{
    union { uint8_t bytes[PART]; int64_t aligned; } chunk;
    const char *path = rt_stream_path(stream);
    const int64_t item = (int64_t)rt_type_bytes(layout->type);
    Walk walk = walk_new(layout);
    size_t got;
    if (content->bytes && layout->type == RT_U8 && !layout->fortran)
        return rt_stream_take(stream, content->bytes, (size_t)n, &got) &&
               (got == (size_t)n || ends_early(path, got, n, error));
    for (int64_t first = 0, m; first < n; first += m) {
        m = n - first < PART / item ? n - first : PART / item;
        if (!rt_stream_take(stream, chunk.bytes, (size_t)(m * item), &got)) return false;
        if (got < (size_t)(m * item)) return ends_early(path, (size_t)(first * item) + got, n * item, error);
        if (layout->big_endian) rt_numbers_swap(layout->type, chunk.bytes, m);
        for (int64_t i = 0; i < m; i++, walk_on(&walk))
            if (!(labels ? add_label(path, layout, chunk.bytes, i, walk.at, content, error)
                         : add_pixel(path, layout, scale, chunk.bytes, i, walk.at, content, error)))
                return false;
    }
    return true;
}

/* Bytes are stored as bytes, so 0 and 1 in wider numbers may be what they are. */
static bool check_range(const char *path, const RtLayout *layout, int64_t n, const RtContent *content, RtError *error)
{
    if (!content->bytes || layout->type == RT_U8 || layout->type == RT_BOOL) return true;
    for (int64_t i = 0; i < n; i++)
        if (content->bytes[i] > 1) return true;
    return rt_fail(error,
                   "%s: holds numbers of which none is above 1, against whole numbers from 0 to 255; the number in a "
                   "file %s beside it says what "
                   "all values are divided by (1: as they are)",
                   path, rt_scale_file);
}

bool rt_content_read(RtStream *stream, const RtLayout *layout, bool labels, double scale, bool head_only,
                     const char *what, RtContent *content, RtError *error)
{
    const char *path = rt_stream_path(stream);
    int64_t n = 1;
    for (int i = 0; i < layout->rank; i++) {
        if (layout->dims[i] == 0) return rt_fail(error, "%s: dimension %d is 0, against at least 1", path, i + 1);
        if (layout->dims[i] < 0 || __builtin_mul_overflow(n, layout->dims[i], &n) || n > INT64_MAX / 8)
            return rt_fail(error, "%s: the product of its dimensions overflows", path);
    }
    content->rank = layout->rank;
    memcpy(content->dims, layout->dims, sizeof content->dims);
    if (!rt_stream_expect(stream, n * (int64_t)rt_type_bytes(layout->type), what)) return false;
    return head_only || (allocate(path, layout, labels, scale, n, content, error) &&
                         read_elements(stream, layout, labels, scale, n, content, error) &&
                         check_range(path, layout, n, content, error) && rt_stream_end(stream, content->sha256));
}

void rt_content_free(RtContent *content)
{
    free(content->bytes);
    free(content->floats);
    free(content->labels);
    *content = (RtContent){0};
}
