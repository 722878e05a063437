/* chart.h - drawing: SVG, axes, marks and legends.
 *
 *   svg.c    elements of SVG, and how wide a text is at most
 *   chart.c  axes with their ticks, frames, marks, legends
 *
 * x grows to the right, y down, both in pixels of a screen.  Text is text, in the reader's own sans-serif font; places
 * are made for a wide one.  A mark has a colour (after Okabe and Ito, which the colour-blind tell apart) and a shape,
 * so that it is known in black and white, too.  The first style is the baseline's.  The same calls give the same
 * bytes. */
#ifndef CHART_H
#define CHART_H

#include "report/report.h"

/* ---- svg.c ---- */

typedef struct Svg { Arena *arena; Text text; double width; } Svg;

enum { TEXT_SIZE = 11, TITLE_SIZE = 13, HUES = 8, SHAPES = 8 };

Svg svg_new(Arena *, double width);
/* The picture, with a title and a description for those who cannot see it. */
const char *svg_finish(Svg *, double height, const char *title, const char *description);
void svg_line(Svg *, const char *class, double x1, double y1, double x2, double y2);
void svg_rectangle(Svg *, const char *class, double x, double y, double width, double height);
/* points: x and y of each of the n points; shape: polyline or polygon. */
void svg_points(Svg *, const char *shape, const char *class, int n, const double *points);
/* A line of text that stands on y.  class: begins at x, or "mid", "end" among its words.  whole: what a pointer over it
 * shows, or NULL. */
void svg_text(Svg *, const char *class, double x, double y, const char *text, const char *whole);
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

/* ---- chart.c ---- */

typedef enum AxisKind {
    AXIS_PLAIN,
    AXIS_WHOLE,                            /* of whole numbers */
    AXIS_COUNT                             /* of amounts: logarithmic where they are far apart; 1 k, 1 M */
} AxisKind;

enum { MOST_TICKS = 12 };

typedef struct Axis {
    double low, high, from, to;            /* values at its ends, and where these are */
    bool is_log;
    int n;
    double tick[MOST_TICKS];
    const char *label[MOST_TICKS];
} Axis;

/* The least and the greatest of what an axis is to show. */
typedef struct Extent { double low, high; } Extent;

Extent extent_new(void);
void extent_add(Extent *, double value);                             /* nan adds nothing */
/* from > to: a vertical axis, whose values grow upwards. */
Axis axis_new(Arena *, AxisKind, Extent, double from, double to);
double axis_at(const Axis *, double value);                          /* held inside its ends */
double axis_labels(const Axis *);                                    /* the width of its widest label */
void draw_x_axis(Svg *, const Axis *, double top, double bottom);    /* lines of a grid, ticks and labels below */
void draw_y_axis(Svg *, const Axis *, double left, double right);

/* A mark with intervals; half of one that is nan is not drawn. */
typedef struct Spot { int style; double x, y, x_half, y_half; } Spot;
typedef enum Better { BETTER_UNKNOWN, BETTER_HIGHER, BETTER_LOWER } Better;

/* A frame of spots, with the line of those that no other one is better than in both. */
typedef struct Scatter {
    const char *x_label, *y_label;
    AxisKind x_kind;
    Better x_better, y_better;
    int n;
    const Spot *spots;                     /* those with an x or y of nan are left out */
} Scatter;

int scatter_spots(const Scatter *);                                  /* how many it can show */
void draw_scatter(Svg *, const Scatter *, double x, double y, double width, double height);
/* The name of a row, in one line or two, whose middle is at y, ending at x. */
void draw_row_name(Svg *, double x, double y, const char *lines, const char *name);
/* Names beside their marks, in columns; returns the y behind them. */
double draw_legend(Svg *, double x, double y, double width, int n, const char *const *names);

#endif
