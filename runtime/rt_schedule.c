/* rt_schedule.c - the scalars of a step: learning rate, progress, Adam's corrections.
 *
 * They are computed in double from the step's number alone, with the runtime's own cosine and powers by multiplication,
 * so that a resumed run and another machine get the same bits. */
#include "rt.h"
#include "rt_math.h"

/* base^n by squaring. */
static double power(double base, int64_t n)
{
    double result = 1;
    for (; n > 0; n /= 2, base *= base)
        if (n % 2) result *= base;
    return result;
}

/* From `from` (t = 0) to `to` (t = 1) along half a cosine. */
static double anneal(double from, double to, double t)
{
    return to + (from - to) * 0.5 * (1 + rt_cos_double(3.14159265358979323846 * t));
}

/* torch.optim.lr_scheduler.OneCycleLR with its defaults: up from peak / 25 in 30% of the steps, down to peak /
 * 250000. */
static double one_cycle(double peak, int64_t number, int64_t steps)
{
    double top = 0.3 * (double)steps - 1, end = (double)steps - 1, at = (double)number;
    if (at <= top && top > 0) return anneal(peak / 25, peak, at / top);
    double from = top > 0 ? top : 0;
    return end > from ? anneal(peak, peak / 25 / 1e4, (at - from) / (end - from)) : peak;
}

/* Warm-up rises linearly and reaches the full rate with its last step.  The cosine begins after the warm-up.  One cycle
 * and steps go by the number of the step, with or without a warm-up. */
void rt_schedule(const RtTrain *train, int64_t number, int64_t steps, int64_t steps_per_epoch, RtStep *step)
{
    int64_t warm = (int64_t)(train->warmup * (double)steps + 0.5);
    double rate = train->lr;
    switch (train->schedule) {
    case RT_CONSTANT: break;
    case RT_STEPPED:
        if (train->every > 0 && steps_per_epoch > 0)
            rate *= power(train->factor, number / steps_per_epoch / train->every);
        break;
    case RT_COSINE:
        if (number >= warm && steps > warm)
            rate = anneal(rate, rate * train->final, (double)(number - warm) / (double)(steps - warm));
        break;
    case RT_ONE_CYCLE: rate = one_cycle(train->peak, number, steps); break;
    }
    if (number < warm) rate *= (double)(number + 1) / (double)warm;
    step->learning_rate = (float)rate;
    step->progress = steps > 0 ? (float)((double)number / (double)steps) : 0;
    step->correction1 = (float)(1 / (1 - power(train->beta1, number + 1)));
    step->correction2 = (float)(1 / (1 - power(train->beta2, number + 1)));
}
