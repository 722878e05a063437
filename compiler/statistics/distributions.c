/* distributions.c - the normal distribution and Student's t, exact far out in their tails.
 *
 * The tail of t is an incomplete beta function: P(T >= t) = I_x(v/2, 1/2) / 2 with x = v / (v + t^2).  It is computed
 * as a continued fraction (DLMF 8.17.22), whose factor in front keeps its digits however small it is, since x and 1 - x
 * are both known without a subtraction. */
#include "statistics/distributions.h"

#include <math.h>

static const double root_pi = 1.7724538509055160273;

double normal_below(double z) { return 0.5 * erfc(-z * 0.70710678118654752440); }

/* Gamma(a + 1/2) / Gamma(a) with a = v / 2.  By R(v) = R(v - 2) (v - 1) / (v - 2) from R(1) = 1 / sqrt pi and R(2) =
 * sqrt pi / 2, or for large v by the series in 1 / a. */
double gamma_ratio(double v)
{
    if (v > 120) {
        static const double series[] = {1,           -1.0 / 8,      1.0 / 128,       5.0 / 1024,
                                        -21.0 / 32768, -399.0 / 262144, 869.0 / 4194304};
        double sum = 0;
        for (int i = sizeof series / sizeof *series - 1; i >= 0; i--) sum = sum * 2 / v + series[i];
        return sqrt(v / 2) * sum;
    }
    double ratio = fmod(v, 2) == 1 ? 1 / root_pi : root_pi / 2;
    for (double k = fmod(v, 2) == 1 ? 3 : 4; k <= v; k += 2) ratio *= (k - 1) / (k - 2);
    return ratio;
}

/* The continued fraction of I_x(a, b) by Lentz's method; x is below (a + 1) / (a + b + 2), where it converges fast. */
static double beta_fraction(double a, double b, double x)
{
    enum { MOST_TERMS = 1000000 };
    const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1), value;
    d = 1 / (fabs(d) < tiny ? tiny : d);
    value = d;
    for (int m = 1; m < MOST_TERMS; m++) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        for (int part = 0; part < 2; part++) {
            const double term = part ? odd : even;
            d = 1 + term * d;
            c = 1 + term / c;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            if (fabs(c) < tiny) c = tiny;
            value *= c * d;
        }
        if (fabs(c * d - 1) < 1e-16) break;
    }
    return value;
}

/* (1 + y^2)^-power */
static double falling(double y, double power)
{
    return exp(-power * (y < 1e8 ? log1p(y * y) : 2 * log(y)));
}

double t_above(double t, double v)
{
    if (t < 0) return 1 - t_above(-t, v);
    const double y = t / sqrt(v), a = v / 2, size = hypot(1, y), x = 1 / size / size, rest = y / size * (y / size);
    const double front = falling(y, a) * (y / size) * gamma_ratio(v) / root_pi;
    if (x < (a + 1) / (a + 2.5)) return 0.5 * front / a * beta_fraction(a, 0.5, x);
    return 0.5 - front * beta_fraction(0.5, a, rest);
}

static double t_density(double t, double v)
{
    return gamma_ratio(v) / (root_pi * sqrt(v)) * falling(t / sqrt(v), (v + 1) / 2);
}

/* Newton's method from 0: the tail is convex, so that every step ends before the root. */
double t_quantile_above(double p, double v)
{
    enum { MOST_STEPS = 10000 };
    double t = 0;
    for (int i = 0; i < MOST_STEPS; i++) {
        const double step = (t_above(t, v) - p) / t_density(t, v);
        t += step;
        if (!(step > 1e-15 * t)) break;
    }
    return t;
}
