/* rt_update.h - the part of a step that works on gradients: combining slices, checks for finite numbers, clipping,
 * updates.
 *
 * Emitted code calls these functions for every parameter, so they are not inlined.  Everything is elementwise or a sum
 * in a fixed order, so the bits depend neither on the number of threads nor on the vector width; compile with
 * -ffp-contract=off, as the emitted Makefile does.  The formulas are those of PyTorch (torch.optim,
 * torch.nn.utils.clip_grad_norm_).  Constants arrive as doubles because 1 - beta is rounded once, from the exact
 * difference. */
#ifndef RT_UPDATE_H
#define RT_UPDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rt_vec.h"

#define RT_ZERO(array) memset((array), 0, sizeof(array))

/* Are all of them finite?  Infinities and NaNs have every bit of the exponent set.  Whole blocks are looked at, so that
 * the loop vectorises. */
RT_CALLED bool rt_finite(int64_t n, const float *x)
{
    enum { BLOCK = 4096 };
    for (int64_t from = 0; from < n; from += BLOCK) {
        const int64_t to = from + BLOCK < n ? from + BLOCK : n;
        uint32_t bad = 0;
        for (int64_t i = from; i < to; i++) bad |= (rt_bits(x[i]) & 0x7f800000u) == 0x7f800000u;
        if (bad) return false;
    }
    return true;
}

/* Sum of squares, in double: 16 lanes, then one tree.  The square of a float is exact in double, so contraction would
 * not change it.  It is at most 2^256, so the sum is finite exactly when every float is. */
RT_CALLED double rt_sum_squares(int64_t n, const float *g)
{
    double lane[16] = {0};
    int64_t i = 0;
    for (; i + 16 <= n; i += 16)
        for (int k = 0; k < 16; k++) lane[k] += (double)g[i + k] * (double)g[i + k];
    for (int k = 0; i + k < n; k++) lane[k] += (double)g[i + k] * (double)g[i + k];
    for (int step = 8; step > 0; step /= 2)
        for (int k = 0; k < step; k++) lane[k] += lane[k + step];
    return lane[0];
}

/* The factor that brings a gradient with this sum of squares to a norm of at most clip; 1 when its norm is small
 * enough, or clip is 0. */
static inline float rt_clip_scale(double sum_squares, double clip)
{
    double scale = clip / (rt_root_double(sum_squares) + 1e-6);
    return clip > 0 && scale < 1 ? (float)scale : 1.0f;
}

/* Adds slices[1 .. n_slices-1] to slice 0 pairwise, elements first .. last-1 of each.  The other slices hold partial
 * sums after it.  Blocks keep the added numbers in the first-level cache. */
RT_CALLED void rt_combine_range(int n_slices, int64_t count, float *slices, int64_t first, int64_t last)
{
    enum { BLOCK = 1024 };
    for (int64_t from = first; from < last; from += BLOCK) {
        int64_t to = from + BLOCK < last ? from + BLOCK : last;
        for (int step = 1; step < n_slices; step *= 2)
            for (int s = 0; s + step < n_slices; s += 2 * step) {
                float *a = slices + s * count;
                const float *b = slices + (s + step) * count;
                for (int64_t i = from; i < to; i++) a[i] += b[i];
            }
    }
}

/* Sums slices[n_slices][count] into slice 0, in a fixed pairwise tree. */
RT_CALLED void rt_combine(int n_slices, int64_t count, float *slices)
{
    rt_combine_range(n_slices, count, slices, 0, count);
}

/* g' = scale g + weight_decay w;  velocity = momentum velocity + g';  w -= lr (nesterov ? g' + momentum velocity :
 * velocity).  velocity may be NULL when momentum is 0. */
RT_CALLED void rt_update_sgd(int64_t n, float *restrict w, const float *restrict g, float *restrict velocity, float lr,
                             double momentum, bool nesterov, double weight_decay, float scale)
{
    const float mu = (float)momentum, decay = (float)weight_decay;
    if (!velocity || momentum == 0) {
        for (int64_t i = 0; i < n; i++) {
            float d = scale * g[i];
            d = d + decay * w[i];
            w[i] = w[i] - lr * d;
        }
        return;
    }
    const float ahead = nesterov ? mu : 0.0f, own = nesterov ? 1.0f : 0.0f, kept = nesterov ? 0.0f : 1.0f;
    for (int64_t i = 0; i < n; i++) {
        float d = scale * g[i];
        d = d + decay * w[i];
        float v = mu * velocity[i] + d;
        velocity[i] = v;
        w[i] = w[i] - lr * ((own * d + ahead * v) + kept * v);
    }
}

/* The element of both functions below.  l2: the weight decay is part of the gradient. */
static inline void rt_adam(int64_t n, float *restrict w, const float *restrict g, float *restrict m, float *restrict v,
                           float lr, double beta1, double beta2, double eps, double decay, bool l2, float correction1,
                           float correction2, float scale)
{
    const float gain1 = (float)(1.0 - beta1), gain2 = (float)(1.0 - beta2), keep2 = (float)beta2, e = (float)eps;
    const float shrink = l2 ? 1.0f : (float)(1.0 - (double)lr * decay), rate = lr * correction1, pull = (float)decay;
    const float root2 = rt_root(correction2);
    for (int64_t i = 0; i < n; i++) {
        float d = scale * g[i];
        if (l2) d = d + pull * w[i];
        float mean = m[i] + (d - m[i]) * gain1;
        float square = keep2 * v[i] + (gain2 * d) * d;
        m[i] = mean;
        v[i] = square;
        w[i] = shrink * w[i] - rate * (mean / (rt_root(square) * root2 + e));
    }
}

/* w *= 1 - lr decoupled_decay;  m += (g - m)(1 - beta1);  v = beta2 v + (1 - beta2) g^2;
 * w -= lr m / (1 - beta1^t) / (sqrt(v) / sqrt(1 - beta2^t) + eps), g already multiplied by scale.
 * correction1 and correction2 are 1 / (1 - beta^t), t counted from 1; decoupled_decay is AdamW's weight decay, 0 for
 * Adam without one. */
RT_CALLED void rt_update_adam(int64_t n, float *restrict w, const float *restrict g, float *restrict m,
                              float *restrict v, float lr, double beta1, double beta2, double eps,
                              double decoupled_decay, float correction1, float correction2, float scale)
{
    rt_adam(n, w, g, m, v, lr, beta1, beta2, eps, decoupled_decay, false, correction1, correction2, scale);
}

/* The same with g + weight_decay w in place of g, and no decoupled decay: Adam as it was before AdamW. */
RT_CALLED void rt_update_adam_l2(int64_t n, float *restrict w, const float *restrict g, float *restrict m,
                                 float *restrict v, float lr, double beta1, double beta2, double eps,
                                 double weight_decay, float correction1, float correction2, float scale)
{
    rt_adam(n, w, g, m, v, lr, beta1, beta2, eps, weight_decay, true, correction1, correction2, scale);
}

/* average = decay average + (1 - decay) w.  The first update sets the average to the weights, since there was none
 * before. */
RT_CALLED void rt_update_average(int64_t n, float *restrict average, const float *restrict w, double decay,
                                 int64_t updates)
{
    const float gain = (float)(1.0 - decay);
    for (int64_t i = 0; i < n; i++) average[i] = updates ? average[i] + (w[i] - average[i]) * gain : w[i];
}

#endif
