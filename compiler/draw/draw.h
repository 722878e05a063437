/* draw.h - pictures as SVG.
 *
 *   svg.c   elements, text and its width
 *
 * x grows to the right, y down, both in pixels of a screen.  Text is text, in the reader's own sans-serif font; places
 * are made for a wide one.  A mark has a colour (after Okabe and Ito, which the colour-blind tell apart) and a shape,
 * so that it is known in black and white, too.  The same calls give the same bytes. */
#ifndef DRAW_H
#define DRAW_H

#include "base/base.h"

const char *xml_of(Arena *, const char *text);                       /* escaped, for text and attributes */
const char *base64_of(Arena *, const void *bytes, size_t n);

typedef struct Svg { Arena *arena; Text text; double width; } Svg;

enum { TEXT_SIZE = 11, TITLE_SIZE = 13, HUES = 8, SHAPES = 8 };

Svg svg_new(Arena *, double width);
const char *svg_style(Arena *);                                     /* the style sheet that every picture has */
/* The picture, with a title and a description for those who cannot see it. */
const char *svg_finish(Svg *, double height, const char *title, const char *description);
void svg_line(Svg *, const char *class, double x1, double y1, double x2, double y2);
void svg_rectangle(Svg *, const char *class, double x, double y, double width, double height);
/* points: x and y of each of the n points; shape: polyline or polygon. */
void svg_points(Svg *, const char *shape, const char *class, int n, const double *points);
/* A line of text that stands on y.  class: begins at x, or "mid", "end" among its words.  whole: what a pointer over it
 * shows, or NULL. */
void svg_text(Svg *, const char *class, double x, double y, const char *text, const char *whole);
/* Elements up to svg_close() are one thing of that class.  attributes: "", or more of them, as XML with a blank before
 * each.  title: what a pointer over it shows. */
void svg_open(Svg *, const char *class, const char *attributes, const char *title);
void svg_close(Svg *);
void svg_box(Svg *, const char *class, double x, double y, double width, double height, double radius);
void svg_path(Svg *, const char *class, const char *path, bool dashed);       /* the outline alone */
void svg_mark(Svg *, int style, double x, double y, double radius);
const char *svg_class(Arena *, const char *kind, int style);        /* "line", "band", "seed": the class in a colour */
void svg_image(Svg *, double x, double y, double width, double height, const void *png, size_t bytes);
double text_pixels(double size, const char *text);                   /* the most that a line of text takes */
const char *text_fit(Arena *, double size, const char *text, double width);      /* loses its middle where it must */
/* Each name in at most so many lines of a width, with \n between them.  Those of which too much is lost to tell them
 * apart begin with their number. */
const char **names_within(Arena *, double size, int n, const char *const *names, double width, int most);
int lines_in(const char *text);
void svg_lines(Svg *, const char *class, double x, double y, double step, const char *lines, const char *whole);
/* Text in lines of at most `width`, each `step` below the one before; the first stands on y.  Returns the y of a line
 * that follows. */
double svg_paragraph(Svg *, const char *class, double x, double y, double width, double step, const char *text);

#endif
