/* panels.h - the figures of tailor cam: what its maps look like on images, and on the mean of each class.
 *
 * Images are [height][width][channels] of 0 .. 1, with 1 or 3 channels; maps [height][width] on any scale, each shown
 * relative to its own maximum.  What is not finite or below 0 counts as 0; a map of nothing but 0, and a map that is
 * NULL, shows as "no map".  Names are text of any length: what does not fit ends in "..".
 */
#ifndef PANELS_H
#define PANELS_H

#include "cam/picture.h"

enum { MOST_RUNS = 2 };

/* What stands above a figure. */
typedef struct PanelText {
    const char *title, *subtitle;              /* NULL: none */
    int runs;                                  /* 1, or 2: a run and the one that it is compared with */
    const char *run[MOST_RUNS];                /* their names, which are shown only when there are two */
    bool given;                              /* the other class is one that was asked for, not the most confusing one */
} PanelText;

typedef struct PanelMap {
    const float *map;
    const char *class_name;                    /* the class whose score it explains */
    double probability;                        /* of that class; outside 0 .. 1 it is left out */
} PanelMap;

/* One image; [0] is the run, [1] the one it is compared with. */
typedef struct PanelRow {
    const float *image;
    const char *true_name;
    const char *predicted[MOST_RUNS];
    bool correct[MOST_RUNS];
    /* of the true class; of the most confusing wrong one, or the given one */
    PanelMap of_true[MOST_RUNS], of_other[MOST_RUNS];
} PanelRow;

typedef struct PanelClass {
    const char *name;
    int64_t images;                            /* that the means are over */
    const float *image, *map[MOST_RUNS];
} PanelClass;

/* A row an image: the image, and for each run map and overlay of the true class and of the other.  The canvas is
 * the caller's to free, and empty when false is returned. */
bool draw_panels(const PanelText *, const RtShape *, int64_t n, const PanelRow *, Canvas *, RtError *);

/* A column a class, at most 20 side by side: its mean image, and for each run its mean map. */
bool draw_class_means(const PanelText *, const RtShape *, int64_t n, const PanelClass *, Canvas *, RtError *);

#endif
