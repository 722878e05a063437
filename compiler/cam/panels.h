/* panels.h - the figures of tailor cam: maps beside their images, and the mean map of each class.
 *
 * Images are [height][width][channels] of 0 .. 1, with 1 or 3 channels.  Maps are [height][width] on any scale, each
 * shown relative to its own maximum.  An element that is not finite or below 0 counts as 0.  A map of nothing but 0,
 * and a map that is NULL, shows as "no map".  Names are text of any length; a name that does not fit ends in "..". */
#ifndef PANELS_H
#define PANELS_H

#include "cam/picture.h"

enum { MOST_RUNS = 2 };

/* The text above a figure. */
typedef struct PanelText {
    const char *title, *subtitle;              /* NULL: none */
    int runs;                                  /* 1, or 2: a run and the run that it is compared with */
    const char *run[MOST_RUNS];                /* names of the runs, shown only when there are two */
    bool given;                              /* the other class was asked for; else it is the most confusing one */
} PanelText;

typedef struct PanelMap {
    const float *map;
    const char *class_name;                    /* the class whose score it explains */
    double probability;                        /* of that class; a number outside 0 .. 1 is not shown */
} PanelMap;

/* One image; [0] is the run, [1] the run that it is compared with. */
typedef struct PanelRow {
    const float *image;
    const char *true_name;
    const char *predicted[MOST_RUNS];
    bool correct[MOST_RUNS];
    /* maps of the true class; of the other class: the most confusing wrong one, or the given one */
    PanelMap of_true[MOST_RUNS], of_other[MOST_RUNS];
} PanelRow;

typedef struct PanelClass {
    const char *name;
    int64_t images;                            /* number of images that the means are over */
    const float *image, *map[MOST_RUNS];
} PanelClass;

/* Draws an image in each row, and beside it, for each run, map and overlay of the true class and of the other one.  The
 * canvas is the caller's to free, and is empty when the result is false. */
bool draw_panels(const PanelText *, const RtShape *, int64_t n, const PanelRow *, Canvas *, RtError *);

/* Draws a class in each column, at most 20 side by side: its mean image, and for each run its mean map. */
bool draw_class_means(const PanelText *, const RtShape *, int64_t n, const PanelClass *, Canvas *, RtError *);

#endif
