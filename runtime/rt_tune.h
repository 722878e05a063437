/* rt_tune.h - the program that `tailor train --tune` or `--fast` builds and runs once, to time the algorithms that a
 * contraction may have.
 *
 * The compiler writes a file for each form of each contraction.  In it every algorithm is called with constant sizes,
 * as in a trainer.  A group is the algorithms of one form.  They take turns, so that a moment in which the machine is
 * slow slows all of them, and the median of several rounds counts.  Time is processor time, which does not pass while
 * others have the processor.  Not part of emitted folders. */
#ifndef RT_TUNE_H
#define RT_TUNE_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE                                            /* sched_setaffinity */
#endif

#include "rt_winograd.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* The arrays that calls work on; for the weight's gradient, out is the sum.  samples: samples of the group's calls, a
 * number that the C compiler does not know. */
typedef struct RtTuneBuffers { float *in[2], *weight, *packed, *out, *scratch; int samples; } RtTuneBuffers;

/* call: the call for the images of a chunk.  once: the work that a step does only once: it lays out the weight, or adds
 * up the slices' sums and unpacks them. */
typedef struct RtTuneCandidate {
    void (*call)(const RtTuneBuffers *);
    void (*once)(const RtTuneBuffers *);
} RtTuneCandidate;

typedef struct RtTuneGroup {
    int n;
    const RtTuneCandidate *candidates;
    int samples;                                               /* samples of a call */
    int64_t calls;                                             /* calls of a kernel in a step */
    int64_t floats;                                            /* floats of the largest buffer */
} RtTuneGroup;

/* Sets the slices' sums to zero, and adds them up. */
static inline void rt_tune_combine(const RtTuneBuffers *t, int slices, int64_t floats)
{
    for (int s = 0; s < slices; s++) {
        memset(t->out, 0, sizeof *t->out * (size_t)floats);
        for (int64_t i = 0; i < floats; i++) t->packed[i] += t->out[i];
    }
}

enum { RT_TUNE_MOST = 16, RT_TUNE_ROUNDS = 11 };

static inline double rt_tune_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static inline int rt_tune_by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static inline double rt_tune_median(double times[RT_TUNE_ROUNDS])
{
    qsort(times, RT_TUNE_ROUNDS, sizeof *times, rt_tune_by_value);
    return times[RT_TUNE_ROUNDS / 2];
}

/* Measures, for each algorithm of a group, the seconds of a kernel in a step. */
static inline void rt_tune_group(const RtTuneGroup *g, const RtTuneBuffers *t, double seconds[RT_TUNE_MOST])
{
    enum { MOST_REPEATS = 1000 };
    const double enough = 2e-3;                               /* seconds of a measurement, far above the clock's step */
    double once[RT_TUNE_MOST][RT_TUNE_ROUNDS], call[RT_TUNE_MOST][RT_TUNE_ROUNDS];
    int repeats[RT_TUNE_MOST] = {0};
    for (int round = 0; round < RT_TUNE_ROUNDS; round++)
        for (int c = 0; c < g->n; c++) {
            const RtTuneCandidate *candidate = &g->candidates[c];
            double before = rt_tune_seconds();
            candidate->once(t);
            once[c][round] = rt_tune_seconds() - before;
            candidate->call(t);                             /* drives out of the cache whatever the others left there */
            if (!repeats[c]) {
                before = rt_tune_seconds();
                candidate->call(t);
                const double one = rt_tune_seconds() - before;
                repeats[c] = one * MOST_REPEATS < enough ? MOST_REPEATS : 1 + (int)(enough / one);
            }
            before = rt_tune_seconds();
            for (int i = 0; i < repeats[c]; i++) candidate->call(t);
            call[c][round] = (rt_tune_seconds() - before) / repeats[c];
        }
    for (int c = 0; c < g->n; c++) seconds[c] = (double)g->calls * rt_tune_median(call[c]) + rt_tune_median(once[c]);
}

/* Prints "group algorithm milliseconds" lines. */
static inline int rt_tune_main(int n, const RtTuneGroup *const *groups)
{
    cpu_set_t here;
    float *all[6];
    int64_t floats = 0;
    const int cpu = sched_getcpu();
    CPU_ZERO(&here);
    if (cpu >= 0) CPU_SET(cpu, &here);
    if (cpu >= 0) sched_setaffinity(0, sizeof here, &here);    /* where pinning is not allowed, the median has to do */
    for (int i = 0; i < n; i++)
        if (groups[i]->floats > floats) floats = groups[i]->floats;
    floats = (floats + 15) / 16 * 16;
    for (int b = 0; b < 6; b++) {
        all[b] = aligned_alloc(64, sizeof **all * (size_t)floats);
        if (!all[b]) {
            fprintf(stderr, "out of memory for %lld floats\n", (long long)floats);
            return 1;
        }
        uint32_t random = 1;
        for (int64_t i = 0; i < floats; i++) {
            random = random * 1664525 + 1013904223;
            all[b][i] = (float)(random >> 8) / (1 << 23) - 1;
        }
    }
    for (int i = 0; i < n; i++) {
        const RtTuneBuffers buffers = {{all[0], all[1]}, all[2], all[3], all[4], all[5], groups[i]->samples};
        double seconds[RT_TUNE_MOST];
        rt_tune_group(groups[i], &buffers, seconds);
        for (int c = 0; c < groups[i]->n; c++) printf("%d %d %.6f\n", i, c, 1e3 * seconds[c]);
    }
    for (int b = 0; b < 6; b++) free(all[b]);
    return 0;
}

#endif
