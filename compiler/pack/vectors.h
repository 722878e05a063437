/* vectors.h - test vectors of a packed run: what its first steps give, and what its weights say of a batch. */
#ifndef VECTORS_H
#define VECTORS_H

#include "rt.h"

enum { VECTOR_BATCHES = 2, VECTOR_STEPS = 4 };         /* the batches are used in turn */

/* What the numbers below follow from. */
typedef struct Vectors {
    uint64_t seed;
    int64_t steps, steps_per_epoch;                    /* of the schedule */
    RtBatch batch[VECTOR_BATCHES];                     /* the run's first batches */
    const char *init, *init_except;                    /* the file of weights that they begin with, or NULL */
    const float *state;                                /* states before the first step, as they lie in memory */
    float loss[VECTOR_STEPS];
    char trained[65];                                  /* sha256 of the weights behind the steps */
} Vectors;

extern const char vectors_begin[];                     /* the folder of that file, in an archive */

/* Trains from the initial values; fills in loss and trained. */
bool vectors_train(const RtModel *, Vectors *, RtError *);
/* What an entry says of the first batch with these weights.  result: of the entry's result_bytes. */
bool vectors_ask(const RtModel *, const Vectors *, const RtEntry *, const RtWeights *, void *result, RtError *);
/* The file of vectors, with what "predict" and "evaluate" say, where there are such entries. */
bool vectors_write(const char *path, const RtModel *, const Vectors *, const RtWeights *, RtError *);
/* Computes all numbers of the file anew, with the weights of the other, and compares bits.  Says on standard output
 * what is equal; returns false with the first difference in the error. */
bool vectors_check(const char *path, const char *weights, const RtModel *, RtError *);

#endif
