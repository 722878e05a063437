/* measure.h - the maps of a run over its test set: their quality, their mean for each class, and the run's
 * predictions. */
#ifndef MEASURE_H
#define MEASURE_H

#include "cam/metrics.h"
#include "cam/network.h"

typedef enum ClassKind { CLASS_LABEL, CLASS_PREDICTION, CLASS_RUNNER_UP, CLASS_GIVEN } ClassKind;
/* the class whose map an image gets; given: the class of CLASS_GIVEN, else 0 */
typedef struct ClassChoice { ClassKind kind; int32_t given; } ClassChoice;

typedef struct MeasureRequest {
    int64_t images;                 /* number of images, from the beginning of the test set; 0: all */
    int64_t steps;                  /* steps of insertion and deletion, 1 or more */
    ClassChoice class;
    bool metrics_only;              /* neither means of classes nor layers made random */
} MeasureRequest;

/* Model parameter randomisation test (1810.03292).  The layers get new initial values one after another, from the last
 * one down, and each time the maps are compared with those of the trained model.  Maps that stay alike do not explain
 * the model.  Parameters that the scores do not depend on, as those of an objective, are no layers. */
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
    /* [classes][height][width]: mean gray image; mean of the maps, each divided by its maximum */
    float *mean_image, *mean_map;
} Measured;

Measured *measure(Arena *, Network *, const MeasureRequest *);
const char *class_kind_name(ClassKind);          /* for all kinds but CLASS_GIVEN */
/* the class with the largest score apart from class `but`; the first of equal ones */
int32_t best_class(const float *scores, int classes, int32_t but);

#endif
