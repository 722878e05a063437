/* rt_profile.h - the time of each kernel of a training step.
 *
 * A step that was emitted to be profiled looks at the clock behind every kernel.  The time since the last look is the
 * kernel's.  Each thread adds up its own times, so nothing is shared while a step runs, and no bit of a result depends
 * on it. */
#ifndef RT_PROFILE_H
#define RT_PROFILE_H

#include <time.h>

#include "rt.h"
#if defined __x86_64__
#include <x86intrin.h>
#endif

/* A clock that costs little beside a kernel of a microsecond; its ticks are compared with rt_seconds(). */
static inline uint64_t rt_ticks(void)
{
#if defined __x86_64__
    return __rdtsc();
#elif defined __aarch64__
    uint64_t ticks;
    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(ticks));
    return ticks;
#else
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
#endif
}

/* The times of one thread. */
typedef struct RtLaps { uint64_t last, ticks[]; } RtLaps;

RtLaps *rt_laps(RtProfile *profile, int thread);      /* NULL for a profile that is NULL */

static inline void rt_laps_start(RtLaps *laps)
{
    if (laps) laps->last = rt_ticks();
}

/* To be called when kernel number k has just run. */
static inline void rt_lap(RtLaps *laps, int k)
{
    if (!laps) return;
    const uint64_t now = rt_ticks();
    laps->ticks[k] += now - laps->last;
    laps->last = now;
}

void rt_profile_begin(RtProfile *profile);            /* these two around a step; NULL: nothing happens */
void rt_profile_end(RtProfile *profile);

extern const RtProfiler rt_profiler;

/* ---- the roofline ---- */

/* The limits of one thread: operations and bytes a second. */
typedef struct RtMachine { double flops, cache, memory; } RtMachine;

/* The least time that the machine allows a kernel, in seconds of one thread; *bound names the limit that decides it. */
double rt_roofline(const RtKernelCost *cost, const RtMachine *machine, const char **bound);

/* Adds a table of the tensors that a step moves from and to memory, those first that move the most; or the member
 * `tensors`, of all. */
void rt_traffic_table(RtText *text, int n, const RtTensorTraffic *tensors);
void rt_traffic_json(RtJsonWriter *json, int n, const RtTensorTraffic *tensors);

/* Adds the members `lines`, numbers of lines of the graph file, and `places`, FILE:LINE of files that it uses, if there
 * are any. */
void rt_cost_lines(RtJsonWriter *json, const RtKernelCost *cost, const char *graph_file);

#endif
