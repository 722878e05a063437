/* rt_types.h - what emitted code and its tables are made of: tensors, and the scalars of a step. */
#ifndef RT_TYPES_H
#define RT_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RT_MAX_RANK = 8 };

typedef enum RtInitKind {
    RT_INIT_CONSTANT,         /* value */
    RT_INIT_UNIFORM,          /* uniform in [-value, value) */
    RT_INIT_NORMAL,           /* mean 0, standard deviation value */
    RT_INIT_TRUNCATED_NORMAL, /* as RT_INIT_NORMAL, redrawn outside two standard deviations */
    RT_INIT_CLASS_MEANS       /* a state [classes][h][w][c]: the mean image of each class, once the data is there */
} RtInitKind;

/* A parameter, or a state that a step updates.  Its floats lie at `offset` of the model's parameter (state) struct.
 * That struct is a plain array of floats in order of creation, in the layout of files. */
typedef struct RtTensor {
    const char *name;                  /* dotted path: names the tensor in files and keys its random stream */
    int rank;
    int64_t dims[RT_MAX_RANK];
    int64_t offset, count;             /* in floats */
    RtInitKind init;
    double value;
    int update;                        /* true: with weight decay; false: without; RT_FROZEN: none */
} RtTensor;

/* What training leaves as it is: it has no moments. */
enum { RT_FROZEN = 2 };
static inline bool rt_is_frozen(const RtTensor *parameter) { return parameter->update == RT_FROZEN; }

/* Floats of the first n parameters that training changes: where the moments of the next one lie in an array of them. */
static inline int64_t rt_trained_floats(int n, const RtTensor *parameters)
{
    int64_t floats = 0;
    for (int i = 0; i < n; i++)
        if (!rt_is_frozen(&parameters[i])) floats += parameters[i].count;
    return floats;
}

/* Run-time scalars of a step: rt_schedule.h has those that depend on its number. */
typedef struct RtStep {
    uint64_t seed;
    int64_t step;                      /* from 0 */
    float progress;                    /* share of the run's steps that are done, 0 .. 1 */
    float learning_rate;
    float correction1, correction2;    /* Adam: 1 / (1 - beta^(step+1)) */
    int64_t skipped;                   /* number of the steps before this one that changed nothing */
} RtStep;

#endif
