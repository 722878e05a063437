/* save.h - a small run, and its save, for test_save.c and the fuzzer of save.c. */
#ifndef FUZZ_SAVE_H
#define FUZZ_SAVE_H

#include "rt_save.h"

#include <stdbool.h>
#include <string.h>

enum { FLOATS = 7, STATES = 2 };

typedef struct Run { float values[FLOATS], state[STATES], moments[3][FLOATS]; RtPosition at; } Run;

static const RtTensor parameters[] = {{.name = "conv.weight", .rank = 2, .dims = {2, 3}, .offset = 0, .count = 6},
                                      {.name = "gain", .rank = 0, .offset = 6, .count = 1}};
static const RtTensor states[] = {{.name = "bn.mean", .rank = 1, .dims = {STATES}, .offset = 0, .count = STATES}};

static inline RtSaved saved(Run *run)
{
    return (RtSaved){.graph_hash = "0123", .n_parameters = 2, .n_states = 1, .n_moments = 3, .average = true,
                     .parameters = parameters, .states = states, .floats = FLOATS, .values = run->values,
                     .state_values = run->state, .moment_values = run->moments[0]};
}

static inline Run sample(void)
{
    Run run = {.at = {.step = 12, .steps = 100, .steps_per_epoch = 10, .skipped = 1, .seed = UINT64_MAX}};
    float *all = run.values;
    for (int i = 0; i < FLOATS; i++) all[i] = 1.5f * (float)i;
    for (int i = 0; i < STATES; i++) run.state[i] = -2.0f - (float)i;
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < FLOATS; i++) run.moments[k][i] = 0.25f * (float)(k + i);
    return run;
}

static inline RtLoaded read_into(Run *run, const void *bytes, size_t n)
{
    size_t found[2 * 4 + 1];
    const RtSaved s = saved(run);
    return rt_save_read(&s, &run->at, bytes, n, found);
}

/* Reads any bytes: refused, they change nothing; else all numbers are finite, and the position is one of a run. */
static inline bool save_read_safely(const void *bytes, size_t n)
{
    Run run = sample(), before = run;
    if (read_into(&run, bytes, n) != RT_LOADED) return memcmp(&run, &before, sizeof run) == 0;
    const float *all = run.values;
    for (size_t i = 0; i < sizeof run.values / sizeof *all; i++)
        if (!(all[i] - all[i] == 0)) return false;
    for (int i = 0; i < STATES; i++)
        if (!(run.state[i] - run.state[i] == 0)) return false;
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < FLOATS; i++)
            if (!(run.moments[k][i] - run.moments[k][i] == 0)) return false;
    return run.at.step >= 0 && run.at.steps >= 1 && run.at.steps_per_epoch >= 1 && run.at.skipped >= 0 &&
           run.at.skipped <= run.at.step;
}

#endif
