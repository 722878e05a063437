/* font.c - a stroke font: letters are lines and quarter ellipses, drawn with a round pen.
 *
 * A glyph is written on a grid of 40 units to the line's size: letters stand on y = 0, small ones reach to 20, capitals
 * to 28, descenders to -8.  A glyph's text is a list of strokes with ; between them, and a stroke is a list of points
 * x y.  A point by itself is joined to the point before it by a line.  A point after h or v is joined by a quarter of
 * an ellipse that leaves horizontally or vertically.  A stroke of a single point is a dot.
 *
 * Figures need small sizes, so points are moved to whole pixels: bars and stems then are equally sharp wherever they
 * stand.  The ink of a pixel is the distance of the pen's edge from the pixel's centre, taken over all strokes of a
 * glyph at once, so strokes do not darken where they meet. */
#include "cam/picture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { UNITS = 40, FIRST = ' ', LAST = '~', ARC = 8, MOST_LINES = 128 };

static const double PEN = 0.048, LEAST_PEN = 0.56;      /* radius: as a share of the size, and in pixels */
static const double BOLD = 1.35, DOT = 1.3;             /* factors of the radius */

static const struct { int advance; const char *strokes; } GLYPHS[LAST - FIRST + 1] = {
    {11, ""},
    {10, "5 28 5 9; 5 1"},                                                      /* ! */
    {15, "4 28 4 20; 11 28 11 20"},                                             /* " */
    {24, "10 27 6 1; 18 27 14 1; 4 19 21 19; 3 9 20 9"},                        /* # */
    {22, "18 21 v 11 25 h 4 20 v 11 14 h 18 8 v 11 3 h 4 7; 11 30 11 -2"},      /* $ */
    {30, "3 21 v 7 28 h 11 21 v 7 14 h 3 21; 19 7 v 23 14 h 27 7 v 23 0 h 19 7; 23 28 7 0"},
    {27, "24 0 7 18 6 22 v 11 28 h 16 22 15 18 5 11 3 7 v 10 0 h 22 12"},       /* & */
    {8, "4 28 4 20"},                                                           /* ' */
    {12, "9 31 6 25 4 18 4 9 6 2 9 -4"},
    {12, "3 31 6 25 8 18 8 9 6 2 3 -4"},
    {18, "9 28 9 16; 4 25 14 19; 14 25 4 19"},                                  /* * */
    {24, "4 12 20 12; 12 20 12 4"},
    {10, "5 1 3 -6"},
    {15, "3 11 12 11"},
    {10, "5 1"},
    {16, "3 -4 13 31"},                                                         /* / */
    {22, "3 14 v 11 28 h 19 14 v 11 0 h 3 14"},
    {22, "5 22 12 28 12 0"},
    {22, "4 21 v 11 28 h 18 20 16 14 3 0 19 0"},
    {22, "4 23 v 11 28 h 18 21 v 11 15 8 15; 11 15 h 19 8 v 11 0 h 3 5"},
    {22, "15 0 15 28 3 9 19 9"},
    {22, "17 28 6 28 5 14 v 11 18 h 19 9 v 11 0 h 3 5"},                        /* 5 */
    {22, "17 28 15 28 h 3 9 v 11 0 h 19 9 v 11 18 h 3 9"},
    {22, "3 28 19 28 9 0"},
    {22, "11 28 h 18 21 v 11 15 h 4 21 v 11 28; 11 15 h 19 7 v 11 0 h 3 7 v 11 15"},
    {22, "5 0 7 0 h 19 19 v 11 28 h 3 19 v 11 10 h 19 19"},
    {10, "5 1; 5 17"},
    {10, "5 17; 5 1 3 -6"},
    {23, "19 20 4 12 19 4"},                                                    /* < */
    {24, "4 16 20 16; 4 8 20 8"},
    {23, "4 20 19 12 4 4"},
    {20, "3 22 v 10 28 h 17 21 15 16 10 12 10 9; 10 1"},                        /* ? */
    {35, "23 11 v 17 18 h 11 11 v 17 4 h 23 11; 23 18 23 8 v 27 4 h 32 12 v 17 27 h 3 11 v 17 -5 h 25 -2"},
    {26, "3 0 13 28 23 0; 6 9 20 9"},                                           /* A */
    {25, "5 0 5 28 13 28 h 20 21 v 13 15 5 15; 13 15 h 22 7 v 13 0 5 0"},
    {27, "24 21 v 15 28 h 3 14 v 15 0 h 24 7"},
    {27, "5 0 5 28 11 28 h 24 14 v 11 0 5 0"},
    {22, "19 28 5 28 5 0 19 0; 5 15 17 15"},                                    /* E */
    {22, "19 28 5 28 5 0; 5 14 17 14"},
    {28, "24 21 v 15 28 h 3 14 v 15 0 24 0 24 13 16 13"},
    {28, "5 0 5 28; 23 0 23 28; 5 15 23 15"},
    {10, "5 0 5 28"},                                                           /* I */
    {19, "14 28 14 8 v 8 0 h 3 5"},
    {24, "5 28 5 0; 21 28 5 11; 10 16 21 0"},
    {20, "5 28 5 0 17 0"},
    {32, "5 0 5 28 16 6 27 28 27 0"},                                           /* M */
    {28, "5 0 5 28 23 0 23 28"},
    {30, "3 14 v 15 28 h 27 14 v 15 0 h 3 14"},
    {23, "5 0 5 28 13 28 h 20 20 v 13 12 5 12"},                                /* P */
    {30, "3 14 v 15 28 h 27 14 v 15 0 h 3 14; 18 7 26 -3"},
    {24, "5 0 5 28 13 28 h 20 20 v 13 12 5 12; 13 12 21 0"},
    {24, "20 22 v 12 28 h 4 21 v 12 15 h 20 7 v 12 0 h 3 6"},                   /* S */
    {22, "3 28 19 28; 11 28 11 0"},
    {28, "5 28 5 10 v 14 0 h 23 10 23 28"},
    {26, "3 28 13 0 23 28"},                                                    /* V */
    {38, "3 28 11 0 19 28 27 0 35 28"},
    {25, "3 28 22 0; 22 28 3 0"},
    {26, "3 28 13 13 23 28; 13 13 13 0"},
    {24, "3 28 20 28 3 0 21 0"},                                                /* Z */
    {12, "9 31 5 31 5 -4 9 -4"},
    {16, "3 31 13 -4"},                                                         /* backslash */
    {12, "3 31 7 31 7 -4 3 -4"},
    {20, "4 18 10 28 16 18"},                                                   /* ^ */
    {20, "3 -4 17 -4"},
    {12, "3 28 8 23"},                                                          /* ` */
    {22, "4 17 v 11 20 h 18 14 18 0; 18 12 10 12 h 3 6 v 9 0 h 18 7"},
    {23, "5 28 5 0; 5 10 v 12 20 h 20 10 v 12 0 h 5 10"},
    {20, "17 16 v 11 20 h 3 10 v 11 0 h 17 4"},
    {23, "18 28 18 0; 18 10 v 11 20 h 3 10 v 11 0 h 18 10"},
    {22, "3 11 19 11 v 11 20 h 3 10 v 11 0 h 18 4"},                            /* e */
    {14, "11 28 h 6 23 6 0; 3 20 11 20"},
    {23, "18 20 18 -2 v 11 -8 h 4 -5; 18 10 v 11 20 h 3 10 v 11 0 h 18 10"},
    {24, "5 28 5 0; 5 12 v 12 20 h 19 13 19 0"},
    {10, "5 20 5 0; 5 27"},                                                     /* i */
    {11, "6 20 6 -4 v 3 -8; 6 27"},
    {21, "5 28 5 0; 17 20 5 8; 9 12 18 0"},
    {12, "5 28 5 4 v 9 0"},                                                     /* l */
    {34, "5 20 5 0; 5 13 v 11 20 h 17 13 17 0; 17 13 v 23 20 h 29 13 29 0"},
    {24, "5 20 5 0; 5 12 v 12 20 h 19 13 19 0"},
    {22, "3 10 v 11 20 h 19 10 v 11 0 h 3 10"},
    {23, "5 20 5 -8; 5 10 v 12 20 h 20 10 v 12 0 h 5 10"},                      /* p */
    {23, "18 20 18 -8; 18 10 v 11 20 h 3 10 v 11 0 h 18 10"},
    {15, "5 20 5 0; 5 12 v 12 20"},
    {20, "16 16 v 10 20 h 4 15 v 10 10 h 17 5 v 10 0 h 3 4"},                   /* s */
    {15, "7 26 7 5 v 12 0; 3 20 12 20"},
    {24, "5 20 5 7 v 12 0 h 19 8; 19 20 19 0"},
    {21, "3 20 10 0 18 20"},                                                    /* v */
    {31, "3 20 9 0 15 20 21 0 28 20"},
    {20, "3 20 17 0; 17 20 3 0"},
    {21, "3 20 10 0; 18 20 7 -8"},
    {20, "3 20 16 20 3 0 17 0"},                                                /* z */
    {13, "10 31 h 7 27 7 17 v 3 14 h 7 11 7 0 v 10 -4"},
    {10, "5 31 5 -6"},
    {13, "3 31 h 6 27 6 17 v 10 14 h 6 11 6 0 v 3 -4"},
    {24, "3 9 5 13 8 14 12 12 16 10 19 11 21 15"},                              /* ~ */
};

/* sin(k pi / 16): libraries of mathematics differ in the last bit. */
static const double SINE[ARC + 1] = {0,
                                     0.19509032201612825,
                                     0.38268343236508977,
                                     0.55557023301960218,
                                     0.70710678118654752,
                                     0.83146961230254524,
                                     0.92387953251128674,
                                     0.98078528040323044,
                                     1};

/* ---- a glyph's lines, in pixels from its origin; y up ---- */

typedef struct Line { double x0, y0, x1, y1, radius; } Line;

typedef struct Outline { int n; Line lines[MOST_LINES]; } Outline;

static int size_of(int size) { return size < LEAST_TEXT ? LEAST_TEXT : size > MOST_TEXT ? MOST_TEXT : size; }

static int pixels(int size, int units) { return (int)floor((double)units * size / UNITS + 0.5); }

static void add_line(Outline *outline, double x, double y, double to_x, double to_y, double radius)
{
    if (outline->n < MOST_LINES) outline->lines[outline->n++] = (Line){x, y, to_x, to_y, radius};
}

static void outline_glyph(int which, int size, double radius, Outline *outline)
{
    int points = 0, x = 0, y = 0;
    outline->n = 0;
    for (const char *at = GLYPHS[which].strokes; *at;) {
        if (*at == ';') at++, points = 0;
        at += strspn(at, " ");
        const char arc = *at == 'h' || *at == 'v' ? *at++ : 0;
        char *end;
        const int to_x = pixels(size, (int)strtol(at, &end, 10)), to_y = pixels(size, (int)strtol(end, &end, 10));
        at = end;
        if (!points && (!*at || *at == ';')) add_line(outline, to_x, to_y, to_x, to_y, DOT * radius);
        double from_x = x, from_y = y;
        for (int i = 1; points && i <= (arc ? ARC : 1); i++) {
            const double early = arc ? SINE[i] : 1, late = arc ? 1 - SINE[ARC - i] : 1;
            const double next_x = x + (to_x - x) * (arc == 'v' ? late : early);
            const double next_y = y + (to_y - y) * (arc == 'v' ? early : late);
            add_line(outline, from_x, from_y, next_x, next_y, radius);
            from_x = next_x, from_y = next_y;
        }
        x = to_x, y = to_y, points++;
    }
}

static double distance(const Line *line, double x, double y)
{
    const double dx = line->x1 - line->x0, dy = line->y1 - line->y0, length = dx * dx + dy * dy;
    double along = length > 0 ? ((x - line->x0) * dx + (y - line->y0) * dy) / length : 0;
    along = along < 0 ? 0 : along > 1 ? 1 : along;
    const double ex = line->x0 + along * dx - x, ey = line->y0 + along * dy - y;
    return sqrt(ex * ex + ey * ey);
}

/* ---- text ---- */

static int next_glyph(const char **text)
{
    const unsigned char c = (unsigned char)**text;
    const size_t n = rt_utf8(*text, strnlen(*text, 4));
    *text += n ? n : 1;
    return (c < FIRST || c > LAST ? '?' : c) - FIRST;
}

/* The distance to the next glyph.  The space after the last stem is rounded by itself: else letters would touch within
 * words. */
static int advance(int which, int size)
{
    Outline outline;
    outline_glyph(which, UNITS, 0, &outline);
    double right = 0;
    for (int i = 0; i < outline.n; i++) right = fmax(right, fmax(outline.lines[i].x0, outline.lines[i].x1));
    const int space = pixels(size, GLYPHS[which].advance - (int)right);
    return pixels(size, (int)right) + (space > 1 ? space : 1);
}

int64_t text_width(int size, const char *text)
{
    int64_t width = 1;              /* the pen's width, to the right of the last glyph */
    while (*text) width += advance(next_glyph(&text), size_of(size));
    return width;
}

/* The place of a text on the canvas: the pixel at (right, up) of the line. */
typedef struct Pen { Canvas *canvas; int x, y; bool upwards; } Pen;

static void draw_glyph(const Pen *pen, int64_t from, int which, int size, const TextStyle *style)
{
    const double radius = fmax(size * PEN, LEAST_PEN) * (style->bold ? BOLD : 1);
    Outline outline;
    outline_glyph(which, size, radius, &outline);
    const int edge = (int)ceil(DOT * radius), width = advance(which, size);
    for (int up = pixels(size, -8) - edge; up <= pixels(size, 31) + edge; up++)
        for (int right = -edge; right <= width + edge; right++) {
            double ink = 0;
            for (int i = 0; i < outline.n; i++) {
                const double depth = outline.lines[i].radius + 0.5 - distance(&outline.lines[i], right, up);
                if (depth > ink) ink = depth;
            }
            const int64_t x = pen->upwards ? pen->x - 1 - up : pen->x + from + right;
            const int64_t y = pen->upwards ? pen->y - 1 - from - right : pen->y - 1 - up;
            if (ink <= 0 || x < 0 || y < 0 || x >= pen->canvas->width || y >= pen->canvas->height) continue;
            Colour *to = &pen->canvas->pixels[y * pen->canvas->width + x];
            *to = blend(*to, style->colour, ink);
        }
}

static void draw_line(Pen pen, int width, Align align, const TextStyle *style, const char *text)
{
    const int size = size_of(style->size), dot = advance('.' - FIRST, size);
    int64_t taken = text_width(size, text), from = 0;
    const char *end = NULL;         /* end of the text that is drawn before the dots */
    if (taken > width) {
        taken = 2 * dot + 1;
        end = text;
        for (const char *next = text; *next;) {
            const int more = advance(next_glyph(&next), size);
            if (taken + more > width) break;
            taken += more, end = next;
        }
        if (taken > width) return;  /* there is no room even for the dots */
    }
    if (align == ALIGN_CENTRE) from = (width - taken) / 2;
    if (align == ALIGN_RIGHT) from = width - taken;
    for (const char *next = text; end ? next < end : *next;) {
        const int which = next_glyph(&next);
        draw_glyph(&pen, from, which, size, style);
        from += advance(which, size);
    }
    for (int i = 0; end && i < 2; i++, from += dot) draw_glyph(&pen, from, '.' - FIRST, size, style);
}

void draw_text(Canvas *canvas, int x, int y, int width, Align align, const TextStyle *style, const char *text)
{
    draw_line((Pen){canvas, x, y, false}, width, align, style, text);
}

void draw_text_up(Canvas *canvas, int x, int y, int width, Align align, const TextStyle *style, const char *text)
{
    draw_line((Pen){canvas, x, y, true}, width, align, style, text);
}
