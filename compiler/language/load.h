/* load.h - a graph file becomes an Experiment.  language.h is what these files share.
 *
 *   load.c        globals, and load()
 *   limits.c      instructions and memory that a file may take
 *   sandbox.c     the functions of Lua that a file sees
 *   options.c     option{}
 *   statements.c  input, labels, minimize, metric, output; scope and shared
 *   training.c    train{}
 *   values.c      values and records as userdata: arithmetic, fields
 *   primitives.c  the primitives of the prelude: nodes, and what an argument is
 *   leaves.c      those that make parameters, states, random streams, tables
 *   functions.c   those that call a function of the file: custom, models
 *   schema.c      constructors: arguments and options are checked before the prelude's function runs
 *   names.c       names of parameters and random streams, of globals, outputs and metrics
 *   errors.c      messages: place, what is wrong, source line, operands
 *   map.c         the map that `tailor cam` adds to a file
 *   hash.c        what an experiment says, as a hash
 *   prelude*.lua  constructors, made of the primitives */
#ifndef LOAD_H
#define LOAD_H

#include "graph/experiment.h"

typedef struct Setting { const char *name, *value; } Setting;   /* --set name=value */

Experiment *load(Arena *, const char *path, int n_settings, const Setting *);
Experiment *load_text(Arena *, const char *path, const char *text, size_t size, int n_settings, const Setting *);

/* A map of the class that a further input says, for every model whose scores depend on a feature map; one for each
 * layer. */
typedef struct MapRequest {
    const char *kind;                 /* a constructor of the CAM family */
    int n_layers;                     /* 0: features, or what comes nearest */
    const char *const *layers, *logits;            /* names of values; logits NULL: logits, or what comes nearest */
    bool from_features;               /* no map: the layer's values, of which the caller makes one */
} MapRequest;

typedef struct MapLayer {
    const char *name, *output;        /* of the value, of what the experiment gives of it */
    int64_t height, width, channels;
} MapLayer;

typedef struct MapPlace {
    int n_layers;
    MapLayer *layers;
    int64_t classes;                               /* of the scores */
    int image_field, label_field, class_field;     /* numbers of inputs; label -1: there is none */
    const bool *used;                              /* [n_parameters]: whether the scores depend on it */
} MapPlace;

/* The experiment of a graph file with the outputs scores and probabilities [batch, classes], and for each layer map
 * [batch, H, W, 1], after ReLU and at the image's size, or features [batch, h, w, c]; its objective, metrics and other
 * outputs are gone.  After load of the same file, whose warnings it does not repeat. */
Experiment *load_map(Arena *, const char *path, int n_settings, const Setting *, const MapRequest *, MapPlace *);

#endif
