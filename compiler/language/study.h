/* study.h - an experiment file: what its experiment{} calls ask for.  experiments.c reads it. */
#ifndef STUDY_H
#define STUDY_H

#include "language/load.h"

typedef struct StudyGraph { const char *name, *path; } StudyGraph;      /* sorted by name */

/* Options that differ from those of every cell.  A value is as --set takes it: JSON, but for strings, which have no
 * quotes. */
typedef struct StudyVariant {
    const char *name;
    int n_settings;
    Setting *settings;                 /* sorted by name */
} StudyVariant;

/* maps{}: what is measured on maps behind each run, as `tailor cam` does. */
typedef struct StudyMaps { const char *kind, *layer; int64_t images, steps; } StudyMaps;

/* One experiment{} of the file. */
typedef struct Study {
    const char *name;
    int line;
    int n_graphs, n_data, n_seeds, n_common, n_variants, n_compare;
    StudyGraph *graphs;
    const char **data;                 /* as listed; none: what the graph says */
    uint64_t *seeds;                   /* as listed */
    int64_t epochs;                    /* 0: what the graph says */
    Setting *common;                   /* options of every cell */
    StudyVariant *variants;            /* the baseline first, in the order of the tables */
    const char *match_option;          /* an integer option that gives all the baseline's parameters; or NULL */
    double match_within;               /* the largest relative difference that is allowed */
    StudyMaps *maps;                   /* NULL: no maps are measured */
    const char **compare;              /* names of metrics */
    double margin;                     /* nan: none */
    const char *init, *init_except;    /* a file of weights that all cells begin with, and what they leave; or NULL */
    bool validation;                   /* measures on the validation images, and leaves the test set alone */
} Study;

typedef struct StudyFile {
    Source source;
    int n_studies;
    Study *studies;                    /* in the order of the file */
} StudyFile;

/* In the message of load() where the file is an experiment file. */
#define EXPERIMENTS_ELSEWHERE "tailor sweep reads experiments, from a file of their own"

StudyFile *load_studies(Arena *, const char *path);

#endif
