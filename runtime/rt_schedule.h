/* rt_schedule.h - the scalars of a step: learning rate, progress, Adam's corrections.
 *
 * They are computed in double from the step's number alone, with the runtime's own cosine and powers by multiplication,
 * so that a resumed run and another machine get the same bits.  Numbers of steps count from 0. */
#ifndef RT_SCHEDULE_H
#define RT_SCHEDULE_H

#include "rt_math.h"
#include "rt_types.h"

/* base^n by squaring. */
static inline double rt_power(double base, int64_t n)
{
    double result = 1;
    for (; n > 0; n /= 2, base *= base)
        if (n % 2) result *= base;
    return result;
}

/* From `from` (t = 0) to `to` (t = 1) along half a cosine. */
static inline double rt_anneal(double from, double to, double t)
{
    return to + (from - to) * 0.5 * (1 + rt_cos_double(3.14159265358979323846 * t));
}

/* The number of steps in which the rate rises to the full one; share: of all steps. */
static inline int64_t rt_warm_steps(double share, int64_t steps) { return (int64_t)(share * (double)steps + 0.5); }

/* Rises linearly and reaches the full rate with the last step of the warm-up. */
static inline double rt_warm_up(double rate, int64_t number, int64_t warm)
{
    return number < warm ? rate * ((double)(number + 1) / (double)warm) : rate;
}

/* The rate, times `factor` every so many epochs. */
static inline double rt_stepped(double rate, double factor, int64_t every, int64_t number, int64_t steps_per_epoch)
{
    return every > 0 && steps_per_epoch > 0 ? rate * rt_power(factor, number / steps_per_epoch / every) : rate;
}

/* Half a cosine from the rate, behind the warm-up, down to a share of it, `final`. */
static inline double rt_cosine(double rate, double final, int64_t number, int64_t steps, int64_t warm)
{
    return number >= warm && steps > warm
               ? rt_anneal(rate, rate * final, (double)(number - warm) / (double)(steps - warm)) : rate;
}

/* torch.optim.lr_scheduler.OneCycleLR with its defaults: up from peak / 25 in 30% of the steps, down to peak /
 * 250000. */
static inline double rt_one_cycle(double peak, int64_t number, int64_t steps)
{
    const double top = 0.3 * (double)steps - 1, end = (double)steps - 1, at = (double)number;
    if (at <= top && top > 0) return rt_anneal(peak / 25, peak, at / top);
    const double from = top > 0 ? top : 0;
    return end > from ? rt_anneal(peak, peak / 25 / 1e4, (at - from) / (end - from)) : peak;
}

static inline float rt_progress(int64_t number, int64_t steps)
{
    return steps > 0 ? (float)((double)number / (double)steps) : 0;
}

/* Adam's correction for a mean that began at 0. */
static inline float rt_correction(double beta, int64_t number) { return (float)(1 / (1 - rt_power(beta, number + 1))); }

#endif
