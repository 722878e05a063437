/* measure.h - the maps of a run over its test set: how good they are, their mean for each class, and what the run
 * predicts. */
#ifndef MEASURE_H
#define MEASURE_H

#include "cam/metrics.h"
#include "cam/network.h"

typedef enum ClassKind { CLASS_LABEL, CLASS_PREDICTION, CLASS_RUNNER_UP, CLASS_GIVEN } ClassKind;
/* whose map an image gets; given: of CLASS_GIVEN, else 0 */
typedef struct ClassChoice { ClassKind kind; int32_t given; } ClassChoice;

typedef struct MeasureRequest {
    int64_t images;                 /* the first so many of the test set; 0: all */
    int64_t steps;                  /* of insertion and deletion, 1 or more */
    ClassChoice class;
} MeasureRequest;

/* Model parameter randomisation test (1810.03292): the layers get new initial values, from the last one down and adding
 * up, and the maps are compared with those of the trained model.  Maps that stay alike do not explain the model.
 * Parameters that the scores do not depend on, as those of an objective, are no layers. */
typedef struct Randomised { const char *layer; double ssim, spearman; } Randomised;

typedef struct Measured {
    CamMeans metrics;
    ClassChoice class;              /* as it was asked for */
    double accuracy;
    int64_t images, randomised_images;
    int n_randomised;
    Randomised *randomised;
    int32_t *predicted, *runner_up; /* [images]; runner_up: the best class that is not the label */
    float *confidence;              /* [images] probability of the predicted class */
    int64_t *count;                 /* [classes] images of each */
    float *mean_image, *mean_map;   /* [classes][height][width]: gray; of the maps divided by their maxima */
} Measured;

Measured *measure(Arena *, Network *, const MeasureRequest *);
const char *class_kind_name(ClassKind);          /* not of CLASS_GIVEN */
int32_t best_class(const float *scores, int classes, int32_t but);   /* the first of the largest that is not `but` */

#endif
