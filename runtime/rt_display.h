/* rt_display.h - a line of stderr that is made of fields, none of which reaches beyond the edge of a terminal.
 *
 * A live line is written again and again in its place, and is gone when it is cleared.  It needs a terminal that
 * understands "\r\033[K"; where there is none, nothing of it is written. */
#ifndef RT_DISPLAY_H
#define RT_DISPLAY_H

#include "rt.h"

RT_C_BEGIN

typedef enum RtColour { RT_PLAIN, RT_BOLD, RT_RED, RT_YELLOW } RtColour;

typedef struct RtDisplay {
    bool live;                         /* stderr is a terminal that moves its cursor as it is told */
    bool colours;
    bool shown;                        /* a live line is on the screen */
    double time;                       /* of its last writing */
    int columns, column;               /* of the screen, 0: no terminal; of the line so far */
    bool folds;                        /* a field without room begins another line; else it is left out */
    RtText text;
} RtDisplay;

void rt_display_open(RtDisplay *line);       /* looks at stderr, $TERM and $NO_COLOR */
bool rt_display_due(const RtDisplay *line);  /* is it live, and its last writing a tenth of a second ago? */
void rt_display_begin(RtDisplay *line, bool folds);
/* Adds a field behind `gap` spaces.  A character outside ASCII is taken for as wide as it has bytes: none is wider. */
void rt_display_add(RtDisplay *line, int gap, RtColour colour, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void rt_display_show(RtDisplay *line);       /* writes it in place of what is shown */
void rt_display_print(RtDisplay *line);      /* writes it to stay */
void rt_display_clear(RtDisplay *line);      /* before anything else is printed */
void rt_display_close(RtDisplay *line);
extern const char rt_display_wipe[];      /* clears a live line, from wherever the cursor is in it; "\r\033[K" */

typedef struct RtClock { char text[32]; } RtClock;
RtClock rt_clock(double seconds);      /* 0:07, 12:30, 1:02:03 */

RT_C_END

#endif
