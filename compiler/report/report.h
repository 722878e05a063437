/* report.h - tables and figures of what a sweep recorded.
 *
 *   results.c  a record, read into memory
 *   shown.c    names and numbers as they are shown in Markdown, LaTeX and CSV
 *   table.c    the table of a block and a metric, and its notes
 *   format.c   tables as text, Markdown, LaTeX, CSV and JSON
 *   figures.c  which figures there are, and their files
 *   dots.c     figures: a metric, seed by seed, and differences: figures.h, for the four files below too
 *   scatter.c  figures: what a metric costs, and metrics of maps against it
 *   pairs.c    figures: every variant against every other one
 *   curves.c   figures: learning curves
 *   maps.c     figures: maps of the same images
 *   chart.c    axes, spots, legends: chart.h
 *
 * A record is input from outside: its names may hold any bytes, its values may have any type. */
#ifndef REPORT_H
#define REPORT_H

#include "statistics/statistics.h"
#include "sweep/record.h"

/* ---- results.c ---- */

typedef struct ReportMetric { const char *maps, *name; double value; } ReportMetric;

/* A mean curve's point: the value of a name after an epoch. */
typedef struct ReportPoint { const char *name; int64_t epoch; double value; } ReportPoint;

/* A number that is not in the record, or is no number, is nan. */
typedef struct ReportCell {
    const char *key, *state, *reason, *folder, *cpu;
    int64_t epochs, numerics;
    double parameters, flops_forward, flops_step, workspace_bytes, peak_rss_bytes;
    double image_seconds;                  /* training time of an image */
    int n_metrics, n_points;
    ReportMetric *metrics;                 /* sorted by maps, then name */
    ReportPoint *points;                   /* sorted by epoch, then name */
} ReportCell;

typedef struct ReportRun { int variant; const char *seed; const ReportCell *cell; } ReportRun;

/* A graph on a data set: variants are compared inside of it. */
typedef struct ReportBlock {
    const char *graph, *data;
    int n_runs;
    ReportRun *runs;                       /* by variant, then seed */
    int *first;                            /* [n_variants + 1]: where the runs of a variant begin */
    int64_t numerics;                      /* of the cells that count: the newest of all that are done */
} ReportBlock;

typedef struct ReportStudy {
    const char *name, *maps;               /* maps: the setting of its maps as in the table `metric`, "" without */
    int n_variants, n_blocks, n_compare;
    const char **variants;                 /* the baseline first */
    ReportBlock *blocks;
    const char **compare;                  /* names of metrics */
    double margin;                         /* of accuracy; nan: none */
    StudyMaps *measured;                   /* what `maps` says; NULL: no maps */
    bool validation;                       /* it leaves the test set alone */
} ReportStudy;

typedef struct Results { int n_studies; ReportStudy *studies; } Results;

/* The experiments of a record, or the one called `only`; with the points of curves, if asked for.  Any fault of the
 * record ends the program with a message. */
Results *results_of(Arena *, Record *, const char *only, bool curves);

bool run_is_done(const ReportRun *);
/* A reason that begins with the place of a graph file, without the folder of the machine that it was in. */
const char *reason_without_folder(const char *reason);
bool run_counts(const ReportBlock *, const ReportRun *);             /* it is done, and of the block's numerics */
/* The value of a metric, of the study's maps where they have it; nan where there is none. */
double run_metric(const ReportStudy *, const ReportRun *, const char *metric);
/* The values of runs that count and have a finite one, in the order of the runs. */
StatisticsRun *block_values(Arena *, const ReportStudy *, const ReportBlock *, const char *metric, int *n);
/* The same, compared with the study's baseline. */
Statistics *block_statistics(Arena *, const ReportStudy *, const ReportBlock *, const char *metric);
/* Is the metric of the block a share that is shown in %?  An accuracy from 0 to 1 is. */
bool metric_in_percent(const ReportStudy *, const ReportBlock *, const char *metric);
double metric_margin(const ReportStudy *, const char *metric);       /* nan: none */
/* The median over a variant's runs that count of a number of their cells, at an offset in ReportCell. */
double variant_median(Arena *, const ReportBlock *, int variant, size_t at);

/* ---- shown.c ---- */

const char *markdown_of(Arena *, const char *text);
const char *latex_of(Arena *, const char *text);
const char *csv_of(Arena *, const char *text);                       /* RFC 4180, in quotes where it needs them */
/* The name of a variant, from 0; one that is too wide loses its middle and begins with its number, from 1, so that no
 * two are alike. */
const char *variant_within(Arena *, const char *name, int variant, int width);
const char *number_text(Arena *, double, int decimals);              /* "" for nan */
const char *difference_text(Arena *, double, int decimals);          /* with its sign; what is rounded to 0 has none */
int decimals_of_means(Arena *, const Statistics *, bool percent);            /* so that spreads have two digits */
int decimals_of_differences(Arena *, const Statistics *, bool percent);     /* at least those of the means */

/* ---- table.c ---- */

enum { MOST_COLUMNS = 20 };

/* A variant in each row; the names and numbers as they are shown, before any escape.  No rows: no run of the block is
 * done, and a note says so. */
typedef struct Table {
    const char *title;
    int n_columns, n_rows, n_notes, notes_capacity;
    const char *heads[MOST_COLUMNS];       /* the first column holds the names of variants */
    const char *(*cells)[MOST_COLUMNS];    /* [n_rows] */
    const char **notes;
} Table;

/* What a variant of a block takes: medians over its runs that count.  nan: not known. */
typedef struct VariantCost {
    double parameters, flops_forward, flops_step, workspace_bytes, image_seconds, time_ratio;
} VariantCost;

VariantCost cost_of(Arena *, const ReportBlock *, int variant);
/* first: the table also has the notes that are the same for every metric of the block. */
Table *table_of(Arena *, const ReportStudy *, const ReportBlock *, const char *metric, const Statistics *, bool first);
const char *table_legend(void);            /* what the columns are */

/* ---- format.c ---- */

const char *table_format(int i);                                     /* text, md, csv, latex, json; NULL behind them */
/* All tables in one of the formats; width: columns of the terminal.  *notes: lines for which csv and json have no
 * place. */
const char *tables_text(Arena *, const Results *, const char *format, int width, const char **notes);

/* ---- figures.c ---- */

/* Writes the figures into a folder that is there, and prints their names; returns how many there are.  Maps are drawn
 * of runs that are in the record's folder, as many threads at work. */
int write_figures(Arena *, const Record *, const Results *, const char *folder, int threads);

#endif
