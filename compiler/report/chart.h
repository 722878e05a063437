/* chart.h - axes with their ticks, frames, marks and legends (chart.c), of the elements in draw.h.  The first style of
 * a mark is the baseline's. */
#ifndef CHART_H
#define CHART_H

#include "draw/draw.h"
#include "report/report.h"

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
