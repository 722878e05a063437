/* rt_schedule.c - the scalars of a step as train{} has them. */
#include "rt.h"
#include "rt_schedule.h"

/* One cycle and steps go by the number of the step, with or without a warm-up. */
void rt_schedule(const RtTrain *train, int64_t number, int64_t steps, int64_t steps_per_epoch, RtStep *step)
{
    const int64_t warm = rt_warm_steps(train->warmup, steps);
    double rate = train->lr;
    switch (train->schedule) {
    case RT_CONSTANT: break;
    case RT_STEPPED: rate = rt_stepped(rate, train->factor, train->every, number, steps_per_epoch); break;
    case RT_COSINE: rate = rt_cosine(rate, train->final, number, steps, warm); break;
    case RT_ONE_CYCLE: rate = rt_one_cycle(train->peak, number, steps); break;
    }
    step->learning_rate = (float)rt_warm_up(rate, number, warm);
    step->progress = rt_progress(number, steps);
    step->correction1 = rt_correction(train->beta1, number);
    step->correction2 = rt_correction(train->beta2, number);
}
