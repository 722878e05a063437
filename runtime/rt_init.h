/* rt_init.h - initial values of tensors. */
#ifndef RT_INIT_H
#define RT_INIT_H

#include "rt_random.h"
#include "rt_types.h"

/* Fills in tensor->count values.  The stream is the tensor's name and the counter is the element's number, so a
 * parameter starts the same in every variant that has it. */
static inline void rt_initial_values(const RtTensor *tensor, uint64_t seed, float *values)
{
    const uint64_t stream = rt_stream(tensor->name);
    const float scale = (float)tensor->value;
    for (int64_t i = 0; i < tensor->count; i++) {
        float x = 0;
        switch (tensor->init) {
        case RT_INIT_CONSTANT: values[i] = scale; break;
        case RT_INIT_CLASS_MEANS: values[i] = 0; break;
        case RT_INIT_UNIFORM: values[i] = scale * (2 * rt_uniform(seed, stream, 0, 0, i) - 1); break;
        case RT_INIT_NORMAL: values[i] = scale * rt_normal(seed, stream, 0, 0, i); break;
        case RT_INIT_TRUNCATED_NORMAL:
            for (int64_t draw = 0; draw == 0 || x < -2 || x > 2; draw++) x = rt_normal(seed, stream, draw, 0, i);
            values[i] = scale * x;
            break;
        }
    }
}

#endif
