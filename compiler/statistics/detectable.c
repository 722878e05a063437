/* detectable.c - the smallest difference that a paired t test would have found.
 *
 * A t test of n pairs whose true difference is dz standard deviations, D = dz sqrt n, rejects with probability
 *     P(D) = integral of [Phi(D - t q) + Phi(-D - t q)] f(q) dq,
 * t the critical value and f the density of q, a chi of v = n - 1 degrees over sqrt v: a sample's standard deviation
 * over the true one.  P(D) = 0.8 is solved for D.  Programs mostly take the noncentral t for it, whose series break
 * down for few pairs and small levels, where D is large. */
#include "statistics/distributions.h"

#include <math.h>

typedef struct Power { double v, t, low, high; } Power;    /* the range of q outside of which f is nothing */

/* f(q), up to a factor */
static double density(const Power *p, double q)
{
    return exp((p->v - 1) * log(q) - 0.5 * p->v * (q - 1) * (q + 1));
}

/* Adds the integrals of f and of f times the probability to reject, from a to b, in pieces of at most `width`. */
static void integrate(const Power *p, double shift, double a, double b, double width, double *all, double *found)
{
    /* Gauss and Legendre's 20 points of [-1, 1] */
    static const double points[] = {0.076526521133497333755, 0.22778585114164507808, 0.37370608871541956067,
                                    0.51086700195082709800,  0.63605368072651502545, 0.74633190646015079261,
                                    0.83911697182221882339,  0.91223442825132590587, 0.96397192727791379127,
                                    0.99312859918509492479};
    static const double weights[] = {0.15275338713072585070,  0.14917298647260374679,  0.14209610931838205133,
                                     0.13168863844917662690,  0.11819453196151841731,  0.10193011981724043504,
                                     0.083276741576704748725, 0.062672048334109063570, 0.040601429800386941331,
                                     0.017614007139152118312};
    if (!(b > a)) return;
    const int pieces = (int)ceil((b - a) / width);
    const double half = 0.5 * (b - a) / pieces;
    for (int piece = 0; piece < pieces; piece++)
        for (int i = 0; i < 20; i++) {
            const double q = a + (2 * piece + 1 + (i < 10 ? points[i] : -points[i - 10])) * half;
            const double f = density(p, q) * weights[i % 10] * half;
            *all += f;
            *found += f * (normal_below(shift - p->t * q) + normal_below(-shift - p->t * q));
        }
}

/* P(D).  What changes fast, f around 1 and Phi around D / t, is known, and pieces are small where it is. */
static double power_at(const Power *p, double shift)
{
    const double reach = 9, scale = sqrt(2 * p->v);        /* Phi(-9) is 1e-19; 1 / scale: the spread of f */
    const double a = fmin(fmax((shift - reach) / p->t, p->low), p->high),
                 b = fmin(fmax((shift + reach) / p->t, p->low), p->high);
    double all = 0, found = 0;
    integrate(p, shift, p->low, a, 1.5 / scale, &all, &found);
    integrate(p, shift, a, b, 1.5 / fmax(scale, p->t), &all, &found);
    integrate(p, shift, b, p->high, 1.5 / scale, &all, &found);
    return found / all;
}

double detectable_dz(int n, double alpha)
{
    const double wanted = 0.8;
    Power p = {.v = n - 1};
    p.t = t_quantile_above(alpha / 2, p.v);
    p.low = fmax(0, 1 - 12 / sqrt(p.v));
    p.high = 1 + 12 / sqrt(p.v);
    double low = 0, high = p.t, below = -1, above;         /* P - wanted at both ends */
    while ((above = power_at(&p, high) - wanted) < 0) low = high, below = above, high *= 2;
    double root = high;
    /* secants, where an end that stays counts half: Illinois */
    for (int side = 0, step = 0; step < 100 && high - low > 1e-14 * high; step++) {
        root = (low * above - high * below) / (above - below);
        const double value = power_at(&p, root) - wanted;
        if (fabs(value) < 1e-15) break;
        if (value < 0) {
            low = root, below = value;
            if (side < 0) above *= 0.5;
            side = -1;
        } else {
            high = root, above = value;
            if (side > 0) below *= 0.5;
            side = 1;
        }
    }
    return root / sqrt(n);
}
