/* paired.c - the paired t test: p, interval, effect sizes, equivalence. */
#include "statistics/distributions.h"

#include <math.h>

/* A sum that does not lose what is small beside it: Neumaier's. */
static double sum_of(int n, const double *values, double minus, bool squares)
{
    double sum = 0, lost = 0;
    for (int i = 0; i < n; i++) {
        const double x = squares ? (values[i] - minus) * (values[i] - minus) : values[i] - minus, next = sum + x;
        lost += fabs(sum) >= fabs(x) ? sum - next + x : x - next + sum;
        sum = next;
    }
    return sum + lost;
}

Moments moments_of(int n, const double *values)
{
    Moments m = {n, (double)NAN, (double)NAN};
    if (n < 1) return m;
    m.mean = sum_of(n, values, 0, false) / n;
    if (n < 2) return m;
    const double left = sum_of(n, values, m.mean, false);      /* what the mean's rounding left */
    m.sd = sqrt(fmax(0, sum_of(n, values, m.mean, true) - left * left / n) / (n - 1));
    m.mean += left / n;
    return m;
}

double half_width(Moments m)
{
    return m.n < 2 ? (double)NAN : t_quantile_above(0.025, m.n - 1) * m.sd / sqrt(m.n);
}

void compare_paired(Comparison *c, Moments d, double margin)
{
    const double v = d.n - 1, error = d.sd / sqrt(d.n), half = half_width(d);
    c->low = d.mean - half;
    c->high = d.mean + half;
    c->t = d.mean / error;
    c->p = 2 * t_above(fabs(c->t), v);
    c->dz = d.mean / d.sd;
    /* J = Gamma(v/2) / (sqrt(v/2) Gamma((v-1)/2)), which is 0 for v = 1 */
    if (v >= 2) c->g = c->dz * gamma_ratio(v - 1) / sqrt(v / 2);
    if (isnan(margin)) return;
    c->p_not_worse = t_above((d.mean + margin) / error, v);
    c->p_equivalent = fmax(c->p_not_worse, t_above((margin - d.mean) / error, v));
}
