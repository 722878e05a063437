/* picture.h - pictures that tailor cam draws, from pixels up to a PNG file.
 *
 *   picture.c     Canvas          an RGB picture: rectangles, frames, images enlarged; written as PNG
 *   font.c        TextStyle       our own stroke font, drawn at any size
 *   colour.c      colour_map      the 256 colours of a map, evenly spaced to the eye
 *   panels.c      panels.h        the figures
 *   watched.c     watched.h       the figure of what a run watched
 *
 * x grows to the right, y down, both from the canvas's upper left corner.  Drawing past an edge is cut off there.  The
 * same calls give the same bytes, and no file says when it was made. */
#ifndef PICTURE_H
#define PICTURE_H

#include "rt.h"

typedef struct Colour { uint8_t r, g, b; } Colour;

/* ---- picture.c ------------------------------------------------------------------------------------------------ */

enum { MOST_SIDE = 32767, MOST_PIXELS = 1 << 26 };      /* limits of a canvas */

typedef struct Canvas { int width, height; Colour *pixels; } Canvas;     /* row by row, the upper left pixel first */

bool canvas_new(Canvas *, int64_t width, int64_t height, RtError *);    /* all white */
void canvas_free(Canvas *);
void draw_rectangle(Canvas *, int x, int y, int width, int height, Colour);
/* Draws a frame around the rectangle, outside of it. */
void draw_frame(Canvas *, int x, int y, int width, int height, int thickness, Colour);
/* Draws each of the height x width colours as a square of factor x factor pixels. */
void draw_image(Canvas *, int x, int y, int factor, int height, int width, const Colour *colours);
Colour blend(Colour under, Colour over, double share);                   /* share of `over`, 0 .. 1 */
bool canvas_png(const Canvas *, RtText *png, RtError *);                 /* adds the bytes of a PNG file */
bool canvas_write(const Canvas *, const char *path, RtError *);

/* ---- font.c ---------------------------------------------------------------------------------------------------- */

/* `size` is the height of a line without its spacing, in pixels: capitals have 0.7 of it, small letters half. */
typedef struct TextStyle { int size; bool bold; Colour colour; } TextStyle;

typedef enum Align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT } Align;

enum { LEAST_TEXT = 6, MOST_TEXT = 200 };                   /* sizes; any other size is drawn as the nearest of these */

/* Pixels that a line of text takes: from x to x + text_width.  Text that is not printable ASCII shows as ?, one for
 * each well-formed character of UTF-8 and one for each other byte. */
int64_t text_width(int size, const char *text);
/* Draws one line whose letters stand on the lower edge of pixel row y - 1, in `width` pixels from x.  A longer line is
 * cut short and ends in "..". */
void draw_text(Canvas *, int x, int y, int width, Align, const TextStyle *, const char *text);
/* Draws a line upwards, from y to y - width, with its letters standing on the right edge of column x - 1. */
void draw_text_up(Canvas *, int x, int y, int width, Align, const TextStyle *, const char *text);

/* ---- colour.c -------------------------------------------------------------------------------------------------- */

enum { COLOURS = 256 };

/* The colours from dark violet over red and orange to pale yellow.  Lightness rises all the way, and neighbours are
 * equally far apart in OKLab. */
void colour_map(Colour map[COLOURS]);
/* one colour of that path, before rounding: OKLab, sRGB 0 .. 1 */
void colour_path(double share, double lab[3], double srgb[3]);

#endif
