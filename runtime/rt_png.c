/* rt_png.c - PNG files (ISO/IEC 15948) as bytes of one or three channels.
 *
 *   89 PNG \r \n 1a \n | chunks: 4 bytes length, 4 bytes type, data, 4 bytes CRC, all big-endian
 *
 * It reads gray of 1, 2, 4 and 8 bits, colours, palettes, and alpha where it hides nothing.  It refuses 16 bits a
 * channel, which a byte cannot hold, and interlaced images, which nobody who makes a data set needs.  Every size is
 * checked against the file before memory is taken. */
#include "rt.h"
#include "rt_zlib.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SIGNATURE = 8, HEAD = SIGNATURE + 8 + 13 + 4, MOST_SIDE = 1 << 20, MOST_FILE = 1 << 30 };
enum { GRAY = 0, RGB = 2, PALETTE = 3, GRAY_ALPHA = 4, RGB_ALPHA = 6 };

typedef struct Png {
    const char *path;
    RtError *error;
    const uint8_t *bytes;
    size_t n;
    int64_t size;                      /* size of the file; bytes holds its first n bytes */
    int64_t width, height;
    int depth, colour, samples;        /* samples of a pixel in the file */
    uint8_t palette[256][4];           /* red, green, blue, alpha */
    int n_palette;
    size_t row;                        /* bytes of a row, without the filter's number before it */
    uint8_t *rows;                     /* [height][1 + row] */
} Png;

static uint32_t big(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* ---- the header ---- */

static bool read_head(Png *png)
{
    static const uint8_t signature[SIGNATURE] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    const uint8_t *at = png->bytes;
    if (png->n < SIGNATURE || memcmp(at, signature, SIGNATURE) != 0) {
        if (png->n < 4)
            return rt_fail(png->error, "%s: %zu bytes, against at least %d of a PNG file", png->path, png->n, HEAD);
        return rt_fail(png->error, "%s: begins with %02x %02x %02x %02x, against 89 50 4e 47 of a PNG file", png->path,
                       at[0], at[1], at[2], at[3]);
    }
    if (png->n < HEAD) return rt_fail(png->error, "%s: ends inside its header", png->path);
    if (!RT_ZLIB) return rt_fail(png->error, "%s: a PNG file, " RT_ZLIB_HINT, png->path);
    if (big(at + 8) != 13 || memcmp(at + 12, "IHDR", 4) != 0)
        return rt_fail(png->error, "%s: does not begin with an IHDR chunk of 13 bytes", png->path);
    if (crc32(0, at + 12, 17) != big(at + 29))
        return rt_fail(png->error, "%s: damaged: the CRC of its IHDR chunk is wrong", png->path);
    png->width = big(at + 16);
    png->height = big(at + 20);
    png->depth = at[24];
    png->colour = at[25];
    static const int samples[] = {[GRAY] = 1, [RGB] = 3, [PALETTE] = 1, [GRAY_ALPHA] = 2, [RGB_ALPHA] = 4};
    png->samples = png->colour <= RGB_ALPHA ? samples[png->colour] : 0;
    const bool small = (png->colour == GRAY || png->colour == PALETTE) &&
                       (png->depth == 1 || png->depth == 2 || png->depth == 4);
    if (png->samples && png->depth == 16)
        return rt_fail(
            png->error,
            "%s: 16 bits a channel, against at most 8: write it with 8, or the set as float arrays in .npy files",
            png->path);
    if (!png->samples || !(small || png->depth == 8) || at[26] || at[27] || at[28] > 1)
        return rt_fail(png->error,
                       "%s: colour type %d of %d bits, compression %d, filter %d, interlace %d: PNG has no such image",
                       png->path, png->colour, png->depth, at[26], at[27], at[28]);
    if (at[28]) return rt_fail(png->error, "%s: is interlaced, against images that are not", png->path);
    if (png->width < 1 || png->height < 1 || png->width > MOST_SIDE || png->height > MOST_SIDE)
        return rt_fail(png->error, "%s: %lld x %lld pixels, against sides of 1 to %d", png->path,
                       (long long)png->height, (long long)png->width, MOST_SIDE);
    png->row = (size_t)(png->width * png->samples * png->depth + 7) / 8;
    const int64_t all = png->height * (int64_t)(png->row + 1);
    return (all / RT_MOST_INFLATED <= png->size && all <= UINT32_MAX) ||
           rt_fail(png->error, "%s: a file of %lld bytes, against the %lld bytes that its size asks for", png->path,
                   (long long)png->size, (long long)all);
}

static RtPng head_of(const Png *png)
{
    return (RtPng){png->width, png->height, png->colour == GRAY || png->colour == GRAY_ALPHA ? 1 : 3};
}

/* At most `limit` bytes of the file, to be freed.  NULL: the message says why. */
static uint8_t *read_bytes(Png *png, size_t limit)
{
    const int descriptor = rt_file_open(png->path, &png->size, png->error);
    uint8_t *bytes = NULL;
    if (descriptor < 0) return NULL;
    const size_t wanted = png->size < (int64_t)limit ? (size_t)png->size : limit;
    if (png->size > MOST_FILE)
        rt_fail(png->error, "%s: %lld bytes, against %d at most of an image", png->path, (long long)png->size,
                MOST_FILE);
    else if (!(bytes = malloc(wanted + 1))) rt_fail(png->error, "%s: out of memory for %zu bytes", png->path, wanted);
    else if (!rt_file_take(descriptor, png->path, bytes, wanted, &png->n, png->error)) {
        free(bytes);
        bytes = NULL;
    }
    close(descriptor);
    png->bytes = bytes;
    return bytes;
}

bool rt_png_head(const char *path, RtPng *head, RtError *error)
{
    Png png = {.path = path, .error = error};
    uint8_t *bytes = read_bytes(&png, HEAD);
    const bool ok = bytes && read_head(&png);
    if (ok) *head = head_of(&png);
    free(bytes);
    return ok;
}

/* ---- the rows ---- */

static bool read_palette(Png *png, const uint8_t *data, uint32_t n)
{
    if (n % 3 || n == 0 || n > 3 * 256 || png->n_palette)
        return rt_fail(png->error, "%s: damaged: a palette of %u bytes", png->path, n);
    png->n_palette = (int)(n / 3);
    for (int i = 0; i < png->n_palette; i++) {
        memcpy(png->palette[i], data + 3 * i, 3);
        png->palette[i][3] = 255;
    }
    return true;
}

static bool read_transparency(Png *png, const uint8_t *data, uint32_t n)
{
    if (png->colour != PALETTE)
        return rt_fail(png->error, "%s: one of its colours is transparent, against images without transparent pixels",
                       png->path);
    if (n > (uint32_t)png->n_palette)
        return rt_fail(png->error, "%s: damaged: %u transparent colours of %d", png->path, n, png->n_palette);
    for (uint32_t i = 0; i < n; i++) png->palette[i][3] = data[i];
    return true;
}

static bool inflate_part(Png *png, z_stream *zlib, const uint8_t *data, uint32_t n, bool *ended)
{
    zlib->next_in = (Bytef *)(uintptr_t)data;
    zlib->avail_in = n;
    while (zlib->avail_in && !*ended) {
        const int code = inflate(zlib, Z_NO_FLUSH);
        *ended = code == Z_STREAM_END;
        if (code != Z_OK && !*ended)
            return rt_fail(png->error, "%s: damaged image data: %s", png->path,
                           zlib->msg ? zlib->msg : "more than its size asks for");
    }
    return true;
}

/* Reads all chunks.  The data of IDAT chunks goes through zlib into the rows. */
static bool read_chunks(Png *png, z_stream *zlib)
{
    bool ended = false, last = false;
    for (size_t at = SIGNATURE; !last;) {
        if (png->n - at < 12) return rt_fail(png->error, "%s: ends early", png->path);
        const uint32_t n = big(png->bytes + at);
        const uint8_t *type = png->bytes + at + 4, *data = type + 4;
        if (n > png->n - at - 12)
            return rt_fail(png->error, "%s: a chunk of %u bytes, against %zu left in the file", png->path, n,
                           png->n - at - 12);
        if (crc32(0, type, n + 4) != big(data + n))
            return rt_fail(png->error, "%s: damaged: the CRC of the chunk at byte %zu is wrong", png->path, at);
        bool ok = true;
        if (!memcmp(type, "PLTE", 4)) ok = png->colour != PALETTE || read_palette(png, data, n);
        else if (!memcmp(type, "tRNS", 4)) ok = read_transparency(png, data, n);
        else if (!memcmp(type, "IDAT", 4)) ok = inflate_part(png, zlib, data, n, &ended);
        else if (!memcmp(type, "IEND", 4)) last = true;
        else if (!(type[0] & 32) && (at != SIGNATURE || memcmp(type, "IHDR", 4)))
            ok = rt_fail(png->error, "%s: the chunk at byte %zu is none that a PNG image has here", png->path, at);
        if (!ok) return false;
        at += 12 + (size_t)n;
    }
    const size_t is = zlib->total_out, wanted = is + zlib->avail_out;
    return (ended && is == wanted) ||
           rt_fail(png->error, "%s: %zu bytes of image data, against %zu that its size asks for", png->path, is,
                   wanted);
}

static uint8_t paeth(int left, int above, int corner)
{
    const int guess = left + above - corner, a = abs(guess - left), b = abs(guess - above), c = abs(guess - corner);
    return (uint8_t)(a <= b && a <= c ? left : b <= c ? above : corner);
}

/* Undoes the filters.  Each byte was written as its difference from a prediction by its neighbours. */
static bool unfilter(Png *png)
{
    const size_t step = (size_t)(png->samples * png->depth + 7) / 8, n = png->row;
    for (int64_t y = 0; y < png->height; y++) {
        uint8_t *row = png->rows + (size_t)y * (n + 1) + 1;
        const uint8_t *above = y ? row - n - 1 : NULL;
        const int filter = row[-1];
        if (filter > 4)
            return rt_fail(png->error, "%s: damaged: filter %d in row %lld", png->path, filter, (long long)y);
        for (size_t i = 0; i < n && filter; i++) {
            const int a = i < step ? 0 : row[i - step], b = above ? above[i] : 0,
                      c = i < step || !above ? 0 : above[i - step];
            const int add = filter == 1 ? a : filter == 2 ? b : filter == 3 ? (a + b) / 2 : paeth(a, b, c);
            row[i] = (uint8_t)(row[i] + add);
        }
    }
    return true;
}

/* ---- pixels ---- */

static int sample_of_row(const Png *png, const uint8_t *row, int64_t i)
{
    if (png->depth == 8) return row[i];
    const int64_t bit = i * png->depth;
    return row[bit / 8] >> (8 - png->depth - bit % 8) & ((1 << png->depth) - 1);
}

/* colour[3]: alpha. */
static bool pixel_at(const Png *png, const uint8_t *row, int64_t x, uint8_t colour[4])
{
    colour[3] = 255;
    if (png->colour == PALETTE) {
        const int i = sample_of_row(png, row, x);
        if (i >= png->n_palette)
            return rt_fail(png->error, "%s: colour %d, against %d of its palette", png->path, i, png->n_palette);
        memcpy(colour, png->palette[i], 4);
    } else if (png->colour == GRAY || png->colour == GRAY_ALPHA) {
        colour[0] = colour[1] = colour[2] = (uint8_t)(sample_of_row(png, row, x * png->samples) * 255 /
                                                      ((1 << png->depth) - 1));
        if (png->colour == GRAY_ALPHA) colour[3] = row[2 * x + 1];
    } else
        memcpy(colour, row + x * png->samples, (size_t)png->samples);
    return true;
}

static bool read_pixels(Png *png, int channels, uint8_t *pixels)
{
    for (int64_t y = 0; y < png->height; y++)
        for (int64_t x = 0; x < png->width; x++, pixels += channels) {
            uint8_t colour[4];
            if (!pixel_at(png, png->rows + (size_t)y * (png->row + 1) + 1, x, colour)) return false;
            if (colour[3] != 255)
                return rt_fail(
                    png->error,
                    "%s: the pixel in row %lld, column %lld is transparent, against images without transparent pixels",
                    png->path, (long long)y, (long long)x);
            memcpy(pixels, colour, (size_t)channels);
        }
    return true;
}

static bool read_image(Png *png, const RtPng *wanted, uint8_t *pixels)
{
    if (!read_head(png)) return false;
    const RtPng head = head_of(png);
    if (head.width != wanted->width || head.height != wanted->height || head.channels > wanted->channels)
        return rt_fail(png->error,
                       "%s: %lld x %lld x %d, against %lld x %lld x %d of the first image: all of a set have one size",
                       png->path, (long long)head.height, (long long)head.width, head.channels,
                       (long long)wanted->height, (long long)wanted->width, wanted->channels);
    const size_t all = (size_t)png->height * (png->row + 1);
    png->rows = malloc(all);
    if (!png->rows) return rt_fail(png->error, "%s: out of memory for %zu bytes", png->path, all);
    z_stream zlib = {.next_out = png->rows, .avail_out = (uInt)all};
    if (inflateInit(&zlib) != Z_OK) return rt_fail(png->error, "%s: out of memory", png->path);
    const bool ok = read_chunks(png, &zlib);
    inflateEnd(&zlib);
    return ok && unfilter(png) && read_pixels(png, wanted->channels, pixels);
}

bool rt_png_read(const char *path, const RtPng *wanted, uint8_t *pixels, RtError *error)
{
    Png png = {.path = path, .error = error};
    uint8_t *bytes = read_bytes(&png, MOST_FILE);
    const bool ok = bytes && read_image(&png, wanted, pixels);
    free(png.rows);
    free(bytes);
    return ok;
}
