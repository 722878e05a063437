/* load.h - a graph file becomes an Experiment.  These files share language.h.
 *
 *   load.c        globals, and load()
 *   limits.c      instructions and memory that a file may take
 *   source.c      texts of files, and their chunks
 *   use.c         use: graph files made of parts
 *   sandbox.c     the functions of Lua that a file sees
 *   options.c     option{}
 *   statements.c  input, labels, minimize, metric, output; scope and shared
 *   training.c    train{}
 *   experiments.c experiment{} of an experiment file: study.h
 *   values.c      values and records as userdata: arithmetic, fields
 *   primitives.c  the primitives of the prelude that make nodes, or tell about an argument
 *   leaves.c      the primitives that make parameters, states, random streams, tables
 *   functions.c   the primitives that call a function of the file: custom, models
 *   schema.c      constructors: arguments and options are checked before the prelude's function runs
 *   names.c       names of parameters and random streams, of globals, outputs and metrics
 *   errors.c      messages: place, fault, source line, operands
 *   map.c         the map that `tailor cam` adds to a file
 *   hash.c        the hash over the content of an experiment
 *   prelude*.lua  constructors, made of the primitives */
#ifndef LOAD_H
#define LOAD_H

#include "graph/experiment.h"

/* --set name=value, of any type; in an experiment file a value has the type of Lua */
typedef enum SettingType { SETTING_TEXT, SETTING_NUMBER, SETTING_BOOLEAN, SETTING_STRING } SettingType;
typedef struct Setting { const char *name, *value; SettingType type; } Setting;

Experiment *load(Arena *, const char *path, int n_settings, const Setting *);
Experiment *load_text(Arena *, const char *path, const char *text, size_t size, int n_settings, const Setting *);

/* Asks for a class activation map, one for each layer.  A further input says the class.  The model's scores must depend
 * on a feature map. */
typedef struct MapRequest {
    const char *kind;                 /* a constructor of the CAM family */
    int n_layers;                     /* 0: the layer is `features`, or the value that comes nearest */
    const char *const *layers, *logits;   /* names of values; logits NULL: `logits`, or the one that comes nearest */
    bool from_features;               /* no map: the layer's values, from which the caller makes a map */
} MapRequest;

typedef struct MapLayer {
    const char *name, *output;        /* name of the value; name of the experiment's output for it */
    int64_t height, width, channels;
} MapLayer;

typedef struct MapPlace {
    int n_layers;
    MapLayer *layers;
    int64_t classes;                               /* a score for each */
    int image_field, label_field, class_field;     /* numbers of inputs; label -1: there is none */
    const bool *used;                              /* [n_parameters]: whether the scores depend on it */
} MapPlace;

/* Is there a map of the scores `logits` when no layer is named? */
bool has_feature_map(Arena *, const Experiment *);
/* The experiment of a graph file with other outputs: scores and probabilities [batch, classes], and for each layer a
 * map [batch, H, W, 1], after ReLU and at the image's size, or its features [batch, h, w, c].  Objective, metrics and
 * the file's outputs are gone.  The same file must have been loaded before: its warnings are not repeated. */
Experiment *load_map(Arena *, const char *path, int n_settings, const Setting *, const MapRequest *, MapPlace *);

#endif
