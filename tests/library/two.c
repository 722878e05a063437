/* two.c - two libraries in one program, two runs of one of them at once, each in a thread of the program's, on arrays
 * of the program's: each has the weights that it has alone.  library_test.sh compiles it. */
#include "everything.h"
#include "mlp.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { STEPS = 12, IMAGES = 3 * MLP_BATCH };

static float image[IMAGES][28][28][1];
static int32_t label[IMAGES];
static int64_t sample[IMAGES];

typedef struct Trained {
    Mlp run;
    MlpWork work[2];
    int threads;
    MlpStatus status;
} Trained;

static Trained first, second, again;
static Everything other;
static EverythingWork other_work;

static void draw(void)
{
    uint32_t state = 1;
    for (int i = 0; i < IMAGES; i++) {
        sample[i] = i, label[i] = i % 10;
        for (int p = 0; p < 28 * 28; p++) {
            state = state * 1664525 + 1013904223;
            image[i][p / 28][p % 28][0] = (float)(state >> 24) / 255 * (float)(p / 28 == label[i]);
        }
    }
}

static void *train(void *argument)
{
    Trained *t = argument;
    MlpTrainResult result;
    for (int step = 0; step < STEPS && t->status == MLP_OK; step++) {
        const int from = step % 3 * MLP_BATCH;
        const MlpBatch in = {.n = MLP_BATCH, .image = (void *)(image + from), .label = label + from};
        t->status = mlp_step(&t->run, t->work, t->threads, &in, &result);
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    EverythingTrainResult result;
    EverythingStatus status = EVERYTHING_OK;
    draw();
    mlp_init(&first.run, 1, STEPS), first.threads = 1;
    mlp_init(&second.run, 2, STEPS), second.threads = 2;
    if (pthread_create(&threads[0], NULL, train, &first) || pthread_create(&threads[1], NULL, train, &second))
        return fprintf(stderr, "no threads\n"), 1;
    everything_init(&other, 1, STEPS);
    for (int step = 0; step < STEPS && status == EVERYTHING_OK; step++) {
        const EverythingBatch in = {.n = EVERYTHING_BATCH, .sample = sample, .image = (void *)image,
                                    .label = label};
        status = everything_step(&other, &other_work, 1, &in, &result);
    }
    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    if (first.status || second.status || status)
        return fprintf(stderr, "statuses %d, %d, %d\n", (int)first.status, (int)second.status, (int)status), 1;
    for (int i = 0; i < 2; i++) {
        const Trained *at_once = i ? &second : &first;
        mlp_init(&again.run, (uint64_t)(1 + i), STEPS), again.threads = 2 - i;
        train(&again);
        if (memcmp(&again.run, &at_once->run, sizeof again.run))
            return fprintf(stderr, "run %d has other weights than alone\n", i + 1), 1;
    }
    return 0;
}
