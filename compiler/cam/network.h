/* network.h - the model of a finished run: probabilities and maps of any images.  The files of the room:
 *
 *   network.c       the model of a run
 *   forward_maps.c  maps that need no gradient
 *   metrics.c       how good a map is: metrics.h, for the three files below and forward_maps.c too
 *   scratch.c       memory that these work in
 *   similarity.c    a map against an image or another map
 *   perturb.c       images of insertion and deletion
 *   measure.c       the metrics over a test set: measure.h
 *   figures.c       which images are drawn: figures.h
 *   panels.c        figures: where everything stands: panels.h
 *   picture.c       the canvas, and its PNG file: picture.h, for the two files below too
 *   font.c          letters
 *   colour.c        the colours of a map
 *
 * The run's graph file gets a map (load_map), is compiled, built and loaded.  Weights and data are the run's. */
#ifndef NETWORK_H
#define NETWORK_H

#include "emit/built.h"
#include "language/load.h"

typedef struct RunRecord {              /* the content of a run.json */
    const char *folder, *path, *name, *graph_hash, *data, *weights_sha256;
    uint64_t seed;
    bool validation;                    /* it left the test set alone */
    int n_settings;
    Setting *settings;                  /* the options, as --set takes them */
    RtJson json;
} RunRecord;

/* The i-th kind of map: a constructor, score_cam or eigen_cam; NULL behind the last. */
const char *map_kind(int i);
/* The names in a list NAME[,NAME]..., as they stand there; a list that is NULL has none. */
const char *const *layer_names(Arena *, const char *list, int *n);
MapRequest map_request(const char *kind, int n_layers, const char *const *layers, const char *logits);

typedef struct NetworkRequest {
    const char *run, *graph;            /* folder of the run; graph file, NULL: the one in that folder */
    const char *data;                   /* data set; NULL: the run's */
    const char *kind, *logits;          /* kind: a constructor of the CAM family, score_cam or eigen_cam */
    int n_layers;
    const char *const *layers;       /* names of layers; with none: "features", or the value that comes nearest to it */
    int threads;
    bool best;                      /* the weights of the best epoch by validation loss, else those of the last epoch */
    const char *split;              /* test or validation: the images that are measured; NULL: as the run was */
    const char *kept;               /* folder where the code that is built is kept for other runs; NULL: it is not */
    /* only few images follow: code that is built quickly and runs slowly, with the same bits, is done sooner */
    bool few;
} NetworkRequest;

typedef struct Network {
    Arena *arena;
    RunRecord record;
    MapPlace place;
    const char *kind;
    const RtModel *model;
    RtData data;                        /* training split and, but with validation, test set */
    bool validation;
    const RtImages *images_of;          /* the images that are measured: these of a set; numbers NULL: all */
    const int64_t *numbers;
    int64_t n_images;
    RtWeights weights;
    int batch, classes;
    int64_t height, width, channels;    /* of images */
    float *prototypes;    /* [classes][height][width]: mean training images, each scaled to a maximum of 1, then gray */
    /* results of the last call, [batch][...]: */
    const float *scores, *probabilities;
    /* [height][width], after ReLU.  With several layers it is the mean of their maps, each divided by its maximum; a
     * dead one counts as 0 */
    float *map;
    /* internal: */
    void *library;
    RtCall call;
    RtBatch fields;
    RtStep step;
    int64_t *sample;
    float *mean;                        /* [batch][height][width]: mean over the layers so far */
    float *images;                      /* as the model takes them, [batch][height][width][channels] */
    int32_t *asked;                     /* class of each map */
} Network;

/* The settings of a record, from its member `options`, an object. */
void record_settings(Arena *, RunRecord *, const RtJsonNode *options);
/* The name of a class of a data set that people know; NULL: it has none. */
const char *known_class(const char *data, int class);
/* Reads RUN/run.json.  Ends the program with a message when the file is no record of a run. */
RunRecord read_record(Arena *, const char *run);

/* Whether the graph file lies in the folder of the run. */
bool network_has_graph(Arena *, const char *run);

/* Anything wrong with the run ends the program with a message.  The network lasts until network_close. */
Network *network_open(Arena *, const NetworkRequest *);
void network_close(Network *);

/* Gives images that are measured, which count from 0, before normalize: [n][height][width][channels].  Other inputs of
 * these are kept for later calls. n <= batch. */
void network_images(Network *, int n, const int64_t *which, float *images);
/* Fills in scores and probabilities of n images, in the form of network_images. */
void network_predict(Network *, int n, const float *images);
/* Fills in map, for one class of each image.  Scores and probabilities may change. */
void network_map(Network *, int n, const float *images, const int32_t *classes);
/* Gray values [n][height][width], the mean over channels. */
void network_gray(const Network *, int n, const float *images, float *gray);
/* Masks of an image, [height][width] each.  object: 1 where a channel is above 0.1 and no patch of a decoy set lies.
 * decoy: 1 on the patch, if the data has patches. */
void network_masks(const Network *, int64_t image, float *object, float *decoy);
bool network_has_decoy(const Network *);
int32_t network_label(const Network *, int64_t image);
const char *network_class_name(const Network *, int class);          /* as folders may be called: any bytes */
enum { LONGEST_NAME = 40 };                                           /* of a class, where people see it */

#endif
