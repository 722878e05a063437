/* watched.h - what `tailor train --watch` noted of values and their gradients: watch.csv of a run, and its figure. */
#ifndef WATCHED_H
#define WATCHED_H

#include "cam/picture.h"
#include "base/base.h"

enum { BINS = 32, FIRST_BIN = 8, MOST_WATCHED = 64 };

/* A value, or its gradient, after the last epoch that names it; before: after the first one. */
typedef struct Noted {
    const char *name, *of;             /* of: value or gradient */
    double epoch, first_epoch;
    double first[FIRST_BIN], last[FIRST_BIN], bins[BINS];      /* by column: 3 min, 4 max, 5 mean, 6 sd, 7 zeros */
} Noted;

/* Returns how many there are in the run's folder, MOST_WATCHED at most; 0 where nothing was watched.  A table that is
 * damaged ends the program. */
int read_watched(Arena *, const char *folder, Noted *list);
/* How high the bar of a bin is, 0 .. 1: the root of its share of the fullest, so that few are seen beside many. */
double bar_height_of(const Noted *, int bin);

/* Draws a histogram for each: a value and its gradient side by side, or, of two runs, a column for each run.  The
 * canvas is the caller's to free, and is empty when the result is false. */
bool draw_watched(const char *title, int runs, const char *const *labels, const int *n, Noted *const *lists, Canvas *,
                  RtError *);

#endif
