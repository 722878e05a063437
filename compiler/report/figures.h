/* figures.h - the figures of a block, each a whole SVG text, or NULL where the record has nothing to show in it. */
#ifndef FIGURES_OF_REPORT_H
#define FIGURES_OF_REPORT_H

#include "report/chart.h"

/* What the figures of a block and a metric have in common; names and labels as they are shown. */
typedef struct BlockFigure {
    const ReportStudy *study;
    const ReportBlock *block;
    const char *metric;
    const Statistics *statistics;
    bool percent;
    int n;
    const char **names;                    /* [n] of variants */
    const char *title, *metric_label;
    const char *missing;                   /* a sentence on runs that are not in it, or "" */
} BlockFigure;

/* Takes a figure; what: the end of its name. */
typedef void FigureTake(void *context, const BlockFigure *, const char *what, const char *svg);

/* Gives every figure of a record, or of one of its experiments, in a fixed order.  Maps are drawn of runs whose folders
 * are in the record's. */
void each_figure(Arena *, const Record *, const Results *, int threads, const ReportStudy *only, FigureTake *,
                 void *context);

BlockFigure block_figure(Arena *, const ReportStudy *, const ReportBlock *, const char *metric);

Better metric_better(const char *metric);                    /* is more of it better? */

const char *figure_dots(Arena *, const BlockFigure *);
const char *figure_costs(Arena *, const BlockFigure *);
const char *figure_maps(Arena *, const BlockFigure *, bool compared);     /* all metrics of maps, or those compared */
/* Every variant against every other one; NULL for two variants, and for more than can be read. */
const char *figure_pairs(Arena *, const BlockFigure *);
/* The curves of a name, as val_loss. */
const char *figure_curves(Arena *, const BlockFigure *, const char *name);
bool is_below(const char *folder);            /* a folder of a record lies below that of the record */
/* Maps of some images, a row for each variant: of one seed, where the folder of its run is in that of the record.
 * *why says why there is no figure, where the experiment measures maps. */
const char *figure_images(Arena *, const BlockFigure *, const char *folder, int threads, const char **why);

#endif
