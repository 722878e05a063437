/* test_statistics.c - comparisons of runs against scipy and statsmodels (vectors/statistics.txt), and where these do
 * not reach against second derivations: tails by integrating densities, sign flips and ranks one by one, power from
 * the other end of its double integral. */
#include "statistics/distributions.h"

#include "support.h"

#include <math.h>

static const char *const fields[] = {"difference", "low", "high", "t", "p", "p_holm", "p_signflip", "p_wilcoxon", "dz",
                                     "g", "p_better", "p_equivalent", "p_not_worse", "detectable"};
enum { N_FIELDS = sizeof fields / sizeof *fields };

static void list_fields(const Comparison *c, double *to)
{
    const double all[N_FIELDS] = {c->difference, c->low, c->high, c->t, c->p, c->p_holm, c->p_signflip, c->p_wilcoxon,
                                  c->dz, c->g, c->p_better, c->p_equivalent, c->p_not_worse, c->detectable};
    memcpy(to, all, sizeof all);
}

/* Equal to `relative` of the expected value, or to `absolute`; nan only where it is expected. */
static void near(const char *what, double got, double wanted, double relative, double absolute)
{
    ck_assert_msg(isnan(wanted) ? isnan(got) : fabs(got - wanted) <= relative * fabs(wanted) + absolute,
                  "%s: %.17g, against %.17g", what, got, wanted);
}

/* ---- vectors ---- */

enum { MOST_RUNS = 120, MOST_NAMES = 8 };

typedef struct Table {
    int baseline, n_variants, n_runs, n_seen;
    double margin, largest;
    StatisticsRun runs[MOST_RUNS];
    Arena *arena;
    const Statistics *s;
} Table;

static void add_runs(Table *t, char *text)
{
    int variant = atoi(strtok(text, " \n"));
    ck_assert_int_eq(variant, t->n_variants++);
    for (char *run; (run = strtok(NULL, " \n"));) {
        char *colon = strchr(run, ':');
        *colon = 0;
        ck_assert_int_lt(t->n_runs, MOST_RUNS);
        t->runs[t->n_runs++] = (StatisticsRun){variant, arena_copy(t->arena, run), strtod(colon + 1, NULL)};
        t->largest = fmax(t->largest, fabs(strtod(colon + 1, NULL)));
    }
}

static void check_variant(const Table *t, char *text)
{
    const VariantStatistics *v = &t->s->variants[atoi(strtok(text, " "))];
    ck_assert_int_eq(v->n, atoi(strtok(NULL, " ")));
    const double got[] = {v->mean, v->sd, v->low, v->high};
    for (int i = 0; i < 4; i++)
        near("a variant", got[i], strtod(strtok(NULL, " \n"), NULL), 1e-12, 1e-13 * t->largest);
}

static void check_comparison(Table *t, char *text, int line)
{
    const Comparison *c = &t->s->comparisons[t->n_seen++];
    ck_assert_int_eq(c->variant, atoi(strtok(text, " ")));
    ck_assert_int_eq(c->n, atoi(strtok(NULL, " ")));
    ck_assert_int_eq(c->baseline, t->baseline);
    static const double absolute[N_FIELDS] = {1e-12, 1e-12, 1e-12, [3] = 1e-12, [8] = 1e-12, 1e-12};
    double got[N_FIELDS];                  /* a mean of 0 may be 1e-17 */
    list_fields(c, got);
    for (int i = 0; i < N_FIELDS; i++) {
        char what[100];
        snprintf(what, sizeof what, "statistics.txt:%d: %s", line, fields[i]);
        near(what, got[i], strtod(strtok(NULL, " \n"), NULL), 1e-10, absolute[i] * (i < 3 ? t->largest : 1));
    }
    ck_assert_int_eq(c->reason != NULL, isnan(c->p));
}

START_TEST(vectors)
{
    static const char *const names[MOST_NAMES] = {"0", "1", "2", "3", "4", "5", "6", "7"};
    FILE *file = fopen("tests/vectors/statistics.txt", "r");
    ck_assert_ptr_nonnull(file);
    static char text[10000];
    static Table t;
    int tables = 0, compared = 0, tied = 0;
    t.arena = arena_new();
    for (int line = 1; fgets(text, sizeof text, file); line++) {
        if (!strncmp(text, "table ", 6)) {
            t.n_variants = t.n_runs = t.n_seen = 0;
            t.largest = 0;
            t.s = NULL;
            ck_assert_int_eq(sscanf(text, "table %d %lf", &t.baseline, &t.margin), 2);
            tables++;
        } else if (!strncmp(text, "v ", 2)) {
            add_runs(&t, text + 2);
        } else if (!strncmp(text, "e ", 2)) {
            if (!t.s) t.s = statistics_of(t.arena, t.n_variants, names, t.baseline, t.n_runs, t.runs, t.margin);
            check_variant(&t, text + 2);
        } else if (!strncmp(text, "c ", 2)) {
            check_comparison(&t, text + 2, line);
            compared++;
            tied += t.s->comparisons[t.n_seen - 1].reason != NULL;
        }
    }
    fclose(file);
    ck_assert_int_eq(tables, 200);
    ck_assert_int_gt(compared, 300);
    ck_assert_int_gt(tied, 5);
    arena_free(t.arena);
}
END_TEST

/* ---- known answers ---- */

START_TEST(six_seeds)
{
    static const double a[] = {93.88, 94.02, 93.71, 93.95, 94.10, 93.79},
                        b[] = {94.05, 94.11, 93.90, 93.99, 94.31, 93.84};
    static const char *const seeds[] = {"1", "2", "3", "4", "5", "6"}, *const names[] = {"A", "B"};
    Arena *arena = arena_new();
    StatisticsRun runs[12];
    for (int i = 0; i < 6; i++) {
        runs[2 * i] = (StatisticsRun){1, seeds[i], b[i]};
        runs[2 * i + 1] = (StatisticsRun){0, seeds[i], a[i]};
    }
    const Statistics *s = statistics_of(arena, 2, names, 0, 12, runs, 0.2);
    const Comparison *c = s->comparisons;
    ck_assert_int_eq(s->n_comparisons, 1);
    near("t", c->t, 4.1248659440, 0, 5e-11);
    near("p", c->p, 0.0091305173, 0, 5e-11);
    near("low", c->low, 0.0471010491, 0, 5e-11);
    near("high", c->high, 0.2028989509, 0, 5e-11);
    near("p_signflip", c->p_signflip, 0.03125, 0, 0);
    near("p_wilcoxon", c->p_wilcoxon, 0.03125, 0, 0);
    near("dz", c->dz, 1.6839694700, 0, 5e-11);
    near("g", c->g, 1.4157951132, 0, 5e-11);
    near("p_equivalent", c->p_equivalent, 0.0280950239, 0, 5e-11);
    near("p_holm", c->p_holm, c->p, 0, 0);
    near("J(5)", c->g / c->dz, 0.8407, 0, 5e-5);
    near("dz of 6, 1", detectable_dz(6, 0.05), 1.43, 0, 5e-3);
    near("dz of 6, 5", detectable_dz(6, 0.05 / 5), 2.11, 0, 5e-3);
    near("detectable", c->detectable, detectable_dz(6, 0.05) * c->difference / c->dz, 1e-14, 0);
    arena_free(arena);
}
END_TEST

START_TEST(holm_steps)
{
    Arena *arena = arena_new();
    static const double p[] = {.004, .03, NAN, .02, .2, .011}, wanted[] = {.02, .06, NAN, .06, .2, .044};
    double got[6];
    holm(arena, 6, p, got);
    for (int i = 0; i < 6; i++) near("Holm", got[i], wanted[i], 1e-15, 0);
    holm(arena, 2, (const double[]){0.7, 0.9}, got);
    near("Holm, at most 1", got[0], 1, 0, 0);
    near("Holm, at most 1", got[1], 1, 0, 0);
    arena_free(arena);
}
END_TEST

/* differences that decimals make equal; none; one; only one variant; seeds that only one has */
START_TEST(few_pairs)
{
    static const char *const names[] = {"a", "b", "c"};
    Arena *arena = arena_new();
    static const StatisticsRun runs[] = {{0, "x", 94.1}, {0, "y", 94.0}, {1, "x", 94.3}, {1, "y", 94.2}, {2, "z", 1},
                                         {2, "x", 95}};
    const Statistics *s = statistics_of(arena, 3, names, 0, 6, runs, 1);
    for (int i = 0; i < 2; i++) {
        double all[N_FIELDS];
        list_fields(&s->comparisons[i], all);
        ck_assert_ptr_nonnull(s->comparisons[i].reason);
        for (int k = 1; k < N_FIELDS; k++) near(fields[k], all[k], (double)NAN, 0, 0);
    }
    near("difference", s->comparisons[0].difference, 0.2, 0, 0);
    near("difference", s->comparisons[1].difference, 0.9, 1e-14, 0);
    ck_assert_int_eq(s->comparisons[0].n, 2);
    ck_assert_int_eq(s->comparisons[1].n, 1);
    ck_assert_int_eq(s->comparisons[0].n_left_out, 0);
    ck_assert_int_eq(s->comparisons[1].n_left_out, 2);
    ck_assert_str_eq(s->comparisons[1].left_out[0], "y");
    ck_assert_str_eq(s->comparisons[1].left_out[1], "z");
    ck_assert_int_eq(count_tested(s), 0);
    s = statistics_of(arena, 1, names, 0, 1, runs, (double)NAN);
    ck_assert_int_eq(s->n_comparisons, 0);
    near("mean", s->variants[0].mean, 94.1, 0, 0);
    near("sd", s->variants[0].sd, (double)NAN, 0, 0);
    near("low", s->variants[0].low, (double)NAN, 0, 0);
    s = statistics_of(arena, 2, names, 1, 2, (const StatisticsRun[]){{0, "x", 1}, {1, "y", 2}}, (double)NAN);
    ck_assert_int_eq(s->comparisons[0].n, 0);
    near("difference", s->comparisons[0].difference, (double)NAN, 0, 0);
    arena_free(arena);
}
END_TEST

/* ---- distributions ---- */

/* P(T >= t) by integration: with T = sqrt(v) cot(x) it is the share of sin(x)^(v - 1), 0 < x < pi, below
 * x = acot(t / sqrt(v)).  Returns its logarithm, since it may be too small for a double. */
static long double log_tail(long double t, int v)
{
    enum { PIECES = 2000, POINTS = 5 };
    static const long double points[POINTS] = {-0.90617984593866399280L, -0.53846931010568309104L, 0,
                                               0.53846931010568309104L, 0.90617984593866399280L},
                             weights[POINTS] = {0.23692688505618908751L, 0.47862867049936646804L, 128.0L / 225,
                                                0.47862867049936646804L, 0.23692688505618908751L};
    const long double end = atan2l(sqrtl(v), t), top = end < acosl(0) ? end : acosl(0), peak = logl(sinl(top));
    long double sum = 0, all = v % 2 ? acosl(-1) : 2;
    for (int k = v % 2 ? 3 : 4; k <= v; k += 2) all *= (long double)(k - 2) / (k - 1);
    /* below x = top e^-w sin^(v-1) has fallen by about e^-wv */
    const long double start = top * expl(-60.0L / v);
    for (int i = -PIECES; i < PIECES; i++) {
        const long double half = (i < 0 ? start : end - start) / PIECES / 2, from = start + 2 * i * half;
        for (int k = 0; k < POINTS; k++)
            sum += weights[k] * half * expl((v - 1) * (logl(sinl(from + half * (1 + points[k]))) - peak));
    }
    return logl(sum) + (v - 1) * peak - logl(all);
}

START_TEST(tails)
{
    static const int degrees[] = {1, 2, 3, 4, 5, 9, 19, 50, 119, 120, 121, 122, 500, 19999};
    static const double places[] = {0.001, 0.3, 1, 1.7, 2.5, 4, 7, 12, 25, 38, 100, 1e4, 1e8, 1e12};
    int tiny = 0, n = 0;
    for (size_t i = 0; i < sizeof degrees / sizeof *degrees; i++)
        for (size_t k = 0; k < sizeof places / sizeof *places; k++, n++) {
            const double t = places[k];
            const int v = degrees[i];
            const long double wanted = log_tail(t, v);
            char what[60];
            snprintf(what, sizeof what, "t = %g, v = %d", t, v);
            if (wanted < -700) {
                ck_assert_msg(t_above(t, v) < 1e-300, "%s", what);
                continue;
            }
            near(what, t_above(t, v), (double)expl(wanted), 1e-12, 0);
            near(what, t_above(-t, v), 1 - (double)expl(wanted), 1e-14, 0);
            tiny += wanted < -28;
        }
    ck_assert_int_gt(tiny, 40);
    for (int v = 1; v < 3000; v += v < 200 ? 1 : 97) {
        near("R(v) R(v + 1) = v / 2", gamma_ratio(v) * gamma_ratio(v + 1), 0.5 * v, 2e-14, 0);
        for (double p = 0.5; p > 1e-12; p *= 0.07)
            near("the quantile of a tail", t_above(t_quantile_above(p, v), v), p, 1e-12, 0);
    }
    near("t(.975, 5)", t_quantile_above(0.025, 5), 2.5705818356363146, 1e-14, 0);
    near("t(.975, 1)", t_quantile_above(0.025, 1), 12.706204736174694, 1e-14, 0);
    near("t(.5)", t_quantile_above(0.5, 3), 0, 0, 0);
    near("far", t_above(1e160, 1), 1 / acos(-1) / 1e160, 1e-13, 0);
    near("too far", t_above(1e160, 3), 0, 0, 0);
    near("normal", normal_below(-10), 7.6198530241605261e-24, 1e-13, 0);
    near("normal", normal_below(1.959963984540054), 0.975, 1e-15, 0);
}
END_TEST

/* ---- tests without distributions ---- */

/* Differences with ties and zeros, or without, in steps of 0.1. */
static int draw(uint64_t *state, int n, bool ties, double *to)
{
    for (int i = 0; i < n; i++)
        to[i] = ties ? (double)(int64_t)(random_below(state, 9) - 3) / 10
                     : (i + 1 + (double)random_below(state, 1000) / 1001) * (random_below(state, 3) ? 1 : -1);
    return n;
}

START_TEST(flips)
{
    Arena *arena = arena_new();
    uint64_t state = 5;
    double d[40], sizes[40];
    for (int round = 0; round < 600; round++) {
        const int n = draw(&state, 2 + (int)random_below(&state, 11), round % 3, d);
        int large = 0, far = 0;
        double seen = 0, rank_sum = 0;
        for (int i = 0; i < n; i++) {
            int less = 0, equal = 0;
            for (int k = 0; k < n; k++) {
                less += d[k] != 0 && fabs(d[k]) < fabs(d[i]);
                equal += fabs(d[k]) == fabs(d[i]);
            }
            sizes[i] = d[i] == 0 ? 0 : less + (equal + 1) * 0.5;
            seen += d[i];
            rank_sum += d[i] > 0 ? sizes[i] : -sizes[i];
        }
        for (int signs = 0; signs < 1 << n; signs++) {
            double sum = 0, ranks = 0;
            for (int i = 0; i < n; i++) {
                sum += signs >> i & 1 ? -d[i] : d[i];
                ranks += signs >> i & 1 ? -sizes[i] : sizes[i];
            }
            large += fabs(sum) >= fabs(seen) - 1e-12 * fmax(1, fabs(seen));
            far += fabs(ranks) >= fabs(rank_sum);
        }
        near("sign flips", signflip_p(arena, n, d), ldexp(large, -n), 0, 0);
        near("Wilcoxon", wilcoxon_p(arena, n, d), ldexp(far, -n), 0, 0);
    }
    for (int i = 0; i < 40; i++) d[i] = i + 1;
    near("20 of a sign", signflip_p(arena, 20, d), ldexp(1, -19), 0, 0);
    near("21", signflip_p(arena, 21, d), (double)NAN, 0, 0);
    near("40 of a sign", wilcoxon_p(arena, 40, d), ldexp(1, -39), 0, 0);
    d[0] = -1;
    near("39 of a sign", wilcoxon_p(arena, 40, d), ldexp(2, -39), 0, 0);
    arena_free(arena);
}
END_TEST

START_TEST(many_ranks)
{
    enum { MANY = 4000, FEW = 600 };
    static double d[MANY];
    Arena *arena = arena_new();
    uint64_t state = 6;
    int n_less = 0;
    /* all of one size: the binomial distribution */
    for (int i = 0; i < MANY; i++) d[i] = random_below(&state, 100) < 48 ? -0.5 : 0.5, n_less += d[i] < 0;
    double wanted = 0;
    for (int k = 0; k <= n_less; k++)
        wanted += exp(lgamma(MANY + 1) - lgamma(k + 1) - lgamma(MANY - k + 1) - MANY * log(2));
    ck_assert_int_lt(2 * n_less, MANY);
    near("equal sizes", wilcoxon_p(arena, MANY, d), 2 * wanted, 1e-9, 0);
    /* all sizes differ: nearly normal, and with Edgeworth's next term still nearer */
    double sum = 0, squares = 0, fourth = 0;
    for (int i = 0; i < FEW; i++) {
        const double rank = i + 1;
        d[i] = random_below(&state, 100) < 46 ? -rank : rank;
        sum += d[i], squares += rank * rank, fourth += rank * rank * rank * rank;
    }
    const double z = (fabs(sum) - 1) / sqrt(squares), kurtosis = -2 * fourth / squares / squares;
    const double density = exp(-0.5 * z * z) / sqrt(2 * acos(-1));
    near("sizes that differ", wilcoxon_p(arena, FEW, d),
         2 * (normal_below(-z) + density * kurtosis / 24 * (z * z * z - 3 * z)), 1e-3, 0);
    for (int i = 0; i < MANY; i++) d[i] = random_below(&state, 2) ? i + 1 : -i - 1;
    near("too many", wilcoxon_p(arena, MANY, d), (double)NAN, 0, 0);
    arena_free(arena);
}
END_TEST

START_TEST(pairs_above)
{
    Arena *arena = arena_new();
    uint64_t state = 7;
    double a[12], b[12];
    for (int round = 0; round < 200; round++) {
        const int n = draw(&state, 1 + (int)random_below(&state, 12), true, a),
                  m = draw(&state, 1 + (int)random_below(&state, 12), true, b);
        double above = 0;
        for (int i = 0; i < n; i++)
            for (int k = 0; k < m; k++) above += a[i] > b[k] ? 1 : a[i] == b[k] ? 0.5 : 0;
        near("pairs above", share_above(arena, n, a, m, b), above / (n * m), 1e-15, 0);
    }
    arena_free(arena);
}
END_TEST

/* ---- power ---- */

/* P(q <= x) of a chi of v over sqrt v, for v = 1 or even. */
static double chi_below(double x, int v)
{
    if (x <= 0) return 0;
    if (v == 1) return erf(x * sqrt(0.5));
    const double half = 0.5 * v * x * x;
    double sum = 0, term = exp(-half);
    for (int k = 1; k <= v / 2; term *= half / k++) sum += term;
    return 1 - sum;
}

/* The power by its other integral: over z, of the density of Z times P(|Z + D| >= t q), by Simpson's rule. */
static double power_by_z(int n, double alpha, double shift)
{
    enum { STEPS = 20000 };
    const double t = t_quantile_above(alpha / 2, n - 1), from = fmax(-9, -shift), width = (9 - from) / STEPS;
    double sum = 0, below = 0;
    for (int i = 0; i <= STEPS; i++) {
        const double z = from + i * width, weight = (i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2) * width / 3;
        sum += weight * exp(-0.5 * z * z) * chi_below((z + shift) / t, n - 1);
        const double y = shift + i * width;                    /* Z = -y below -D */
        below += weight * exp(-0.5 * y * y) * chi_below((y - shift) / t, n - 1);
    }
    return (sum + below) / sqrt(2 * acos(-1));
}

START_TEST(power)
{
    static const int pairs[] = {2, 3, 5, 7, 21, 101}, comparisons[] = {1, 2, 5, 1000, 100000};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        for (size_t k = 0; k < sizeof comparisons / sizeof *comparisons; k++) {
            const double alpha = 0.05 / comparisons[k], dz = detectable_dz(pairs[i], alpha);
            char what[60];
            snprintf(what, sizeof what, "power of %d pairs, m = %d", pairs[i], comparisons[k]);
            near(what, power_by_z(pairs[i], alpha, dz * sqrt(pairs[i])), 0.8, 0, 1e-9);
            ck_assert_double_lt(detectable_dz(pairs[i] + 1, alpha), dz);
            ck_assert_double_gt(detectable_dz(pairs[i], alpha / 1.5), dz);
        }
    /* many pairs: (1.9600 + 0.8416) / sqrt n */
    near("1000 pairs", detectable_dz(1000, 0.05) * sqrt(1000), 2.8016, 2e-3, 0);
    near("20000 pairs", detectable_dz(20000, 0.05) * sqrt(20000), 2.801585, 2e-4, 0);
    near("a million", detectable_dz(1000000, 0.05) * 1000, 2.8015853, 3e-6, 0);
    double before = INFINITY;
    for (int n = 2; n <= 2000; n = n * 5 / 4 + 1) {
        const double dz = detectable_dz(n, 0.05 / 3);
        ck_assert_double_lt(dz, before);
        before = dz;
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("statistics");
    TCase *tests = tcase_create("statistics");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, vectors);
    tcase_add_test(tests, six_seeds);
    tcase_add_test(tests, holm_steps);
    tcase_add_test(tests, few_pairs);
    tcase_add_test(tests, tails);
    tcase_add_test(tests, flips);
    tcase_add_test(tests, many_ranks);
    tcase_add_test(tests, pairs_above);
    tcase_add_test(tests, power);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
