/* figures.h - which images of a measured run are shown, and the files that show them. */
#ifndef FIGURES_H
#define FIGURES_H

#include "cam/measure.h"

/* Writes correct.png, the first rightly classified image of each class; wrong.png, the wrongly classified images that
 * the first run is surest of; class_means.png; and watched.png, of what --watch noted.  A figure of nothing is
 * not written, and one from an earlier call is removed.  Ends the program when a file can not be written. */
void draw_figures(Arena *, const char *folder, int runs, Network *const *, Measured *const *);
const char *run_label(const Network *);         /* the name of the run's folder */
const char *layer_text(const Network *);        /* kind of map, layer and its shape */

#endif
