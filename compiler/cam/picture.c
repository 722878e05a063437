/* picture.c - the canvas, and writing it as a PNG file. */
#include "cam/picture.h"

#include <png.h>

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

bool canvas_new(Canvas *canvas, int64_t width, int64_t height, RtError *error)
{
    *canvas = (Canvas){0};
    if (width < 1 || height < 1 || width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS)
        return rt_fail(error,
                       "a picture of %lld x %lld pixels, against 1 x 1 at least, %d a side and %d in all at most",
                       (long long)width, (long long)height, MOST_SIDE, MOST_PIXELS);
    const size_t n = (size_t)width * (size_t)height;
    canvas->pixels = malloc(n * sizeof *canvas->pixels);
    if (!canvas->pixels)
        return rt_fail(error, "out of memory for a picture of %lld x %lld pixels", (long long)width, (long long)height);
    canvas->width = (int)width, canvas->height = (int)height;
    memset(canvas->pixels, 255, n * sizeof *canvas->pixels);
    return true;
}

void canvas_free(Canvas *canvas)
{
    free(canvas->pixels);
    *canvas = (Canvas){0};
}

/* ---- drawing ---- */

static int64_t within(int64_t at, int64_t limit) { return at < 0 ? 0 : at > limit ? limit : at; }

void draw_rectangle(Canvas *canvas, int x, int y, int width, int height, Colour colour)
{
    const int64_t left = within(x, canvas->width), right = within((int64_t)x + width, canvas->width);
    const int64_t top = within(y, canvas->height), bottom = within((int64_t)y + height, canvas->height);
    for (int64_t row = top; row < bottom; row++)
        for (int64_t column = left; column < right; column++) canvas->pixels[row * canvas->width + column] = colour;
}

void draw_frame(Canvas *canvas, int x, int y, int width, int height, int thickness, Colour colour)
{
    const int t = thickness;
    draw_rectangle(canvas, x - t, y - t, width + 2 * t, t, colour);
    draw_rectangle(canvas, x - t, y + height, width + 2 * t, t, colour);
    draw_rectangle(canvas, x - t, y, t, height, colour);
    draw_rectangle(canvas, x + width, y, t, height, colour);
}

void draw_image(Canvas *canvas, int x, int y, int factor, int height, int width, const Colour *colours)
{
    for (int row = 0; row < height; row++)
        for (int column = 0; column < width; column++)
            draw_rectangle(canvas, x + column * factor, y + row * factor, factor, factor, *colours++);
}

static uint8_t between(uint8_t under, uint8_t over, double share)
{
    return (uint8_t)(under + (over - under) * share + 0.5);
}

Colour blend(Colour under, Colour over, double share)
{
    share = share > 0 ? share < 1 ? share : 1 : 0;
    return (Colour){between(under.r, over.r, share), between(under.g, over.g, share), between(under.b, over.b, share)};
}

/* ---- PNG ---- */

typedef struct Writing { jmp_buf back; char message[200]; RtText *png; } Writing;

static _Noreturn void png_stops(png_structp png, png_const_charp message)
{
    Writing *writing = png_get_error_ptr(png);
    snprintf(writing->message, sizeof writing->message, "%s", message);
    longjmp(writing->back, 1);
}

static void png_warns(png_structp png, png_const_charp message) { (void)png, (void)message; }

static void png_adds(png_structp png, png_bytep bytes, size_t n)
{
    RtText *text = ((Writing *)png_get_io_ptr(png))->png;
    rt_text_bytes(text, (const char *)bytes, n);
    if (text->failed) png_error(png, "out of memory");
}

static void png_flushes(png_structp png) { (void)png; }

/* libpng's errors jump to this function, so none of its variables changes after setjmp. */
static bool encode(const Canvas *canvas, png_structp png, png_infop info, Writing *writing)
{
    if (setjmp(writing->back)) return false;
    png_set_write_fn(png, writing, png_adds, png_flushes);
    png_set_IHDR(png, info, (png_uint_32)canvas->width, (png_uint_32)canvas->height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_write_info(png, info);
    for (int y = 0; y < canvas->height; y++)
        png_write_row(png, (png_const_bytep)(canvas->pixels + (size_t)y * (size_t)canvas->width));
    png_write_end(png, NULL);
    return true;
}

bool canvas_png(const Canvas *canvas, RtText *png, RtError *error)
{
    _Static_assert(sizeof(Colour) == 3, "a canvas is not laid out as PNG wants its rows");
    Writing writing = {.message = "out of memory", .png = png};
    png_structp state = png_create_write_struct(PNG_LIBPNG_VER_STRING, &writing, png_stops, png_warns);
    png_infop info = state ? png_create_info_struct(state) : NULL;
    const bool ok = info && encode(canvas, state, info, &writing);
    if (state) png_destroy_write_struct(&state, &info);
    return ok || rt_fail(error, "cannot make a PNG picture: %s", writing.message);
}

bool canvas_write(const Canvas *canvas, const char *path, RtError *error)
{
    RtText png = {0};
    const bool ok = canvas_png(canvas, &png, error) && rt_file_write(path, png.data, png.length, error);
    rt_text_free(&png);
    return ok;
}
