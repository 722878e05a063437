/* test_maps.c - every class activation map with every option against loops that are written from its definition alone.
 *
 * The features are an input, so that the gradient of the score by them can be had from differences of the logits that
 * the interpreter gives: no gradient rule takes part in what is expected.  Among the six samples are features that are
 * 0, negative, and 0 in one channel; the parameters are random, or all 0, which makes every map dead; features times
 * 1e-7 make every epsilon count. */
#include "evaluate.h"

enum {
    BATCH = 6,
    HEIGHT = 4,
    WIDTH = 3,
    CHANNELS = 5,
    CLASSES = 4,
    PLACES = HEIGHT * WIDTH,
    FEATURES = PLACES * CHANNELS,
    MOST_PLACES = 80
};
/* of the largest element of a sample's map, or of 1: what differences with a step of 2^-10 allow */
static const double BOUND = 1e-8;
static const double LIVE_BOUND = 1e-8;

static const char *const heads[] = {
    "linear(global_avg_pool(features), 4, { weight = rows })",
    "linear(layer_norm(global_avg_pool(features), { eps = 0.05 }), 4)",
    "linear(relu(linear(flatten(features), 7)), 4)",
    "linear(global_avg_pool(gelu(conv2d(features, 4))), 4)",
};
enum { LABEL, BEST, RUNNER_UP, SHARE };
static const char *const scores[] = {"logits, label", "logits, argmax(logits)", "logits, runner_up(logits, label)",
                                     "softmax(logits), label"};
static const char *const of_class[] = {"label", "argmax(logits)", "runner_up(logits, label)", "label"};
enum { GRAD_CAM, ELEMENTWISE, HIRESCAM, LAYERCAM, XGRAD_CAM, GRAD_CAM_PP, CAM, KINDS };
static const char *const kinds[] = {"grad_cam",  "grad_cam_elementwise", "hirescam", "layercam",
                                    "xgrad_cam", "grad_cam_pp",          "cam"};
enum { NONE, MAX, MIN_MAX, SUM, L1, L2, SOFTMAX, SCALES };
static const char *const scales[] = {"none", "max", "min_max", "sum", "l1", "l2", "softmax"};
static const struct { int h, w; bool nearest; const char *text;
} sizes[] = {
    {HEIGHT, WIDTH, false, ""},
    {9, 8, false, ", resize = { 9, 8 }"},
    {8, 7, true, ", resize = { 8, 7, \"nearest\" }"},
    {8, 6, false, ", resize = { 8, 6, \"bilinear\" }"},
    {3, 2, true, ", resize = { 3, 2, \"nearest\" }"},
    {3, 5, false, ", resize = { 3, 5 }"},
};
enum { HEADS = 4, SCORES = 4, SIZES = sizeof sizes / sizeof *sizes };

static const struct { double parameters, features; } variants[] = {{1, 1}, {0, 1}, {1, 1e-7}};
enum { VARIANTS = sizeof variants / sizeof *variants };

static Arena *arena;
static double features[BATCH * FEATURES], labels[BATCH] = {2, 0, 3, 1, 1, 2}, weights[BATCH * PLACES];
static Given given[40];
static Value logits;

static void setup(void) { arena = arena_new(); }
static void teardown(void) { arena_free(arena); }

static void fill_in(const Experiment *x, double parameters, double size)
{
    int n = 0;
    fill(features, BATCH * FEATURES, 3, -1, 1);
    for (int i = 0; i < FEATURES; i++) {
        double *a = features + i;
        a[1 * FEATURES] = i % CHANNELS == 2 ? 0 : fmax(a[1 * FEATURES], 0);   /* as behind a relu, one channel silent */
        a[2 * FEATURES] = 0;
        a[3 * FEATURES] = -fabs(a[3 * FEATURES]);
        a[4 * FEATURES] = fabs(a[4 * FEATURES]);
        a[5 * FEATURES] = floor(4 * a[5 * FEATURES]) / 4;                      /* with ties */
    }
    for (int i = 0; i < BATCH * FEATURES; i++) features[i] *= size;
    fill(weights, BATCH * PLACES, 4, -1, 1);
    given[n++] = (Given){"features", features}, given[n++] = (Given){"label", labels},
    given[n++] = (Given){"weights", weights};
    for (int i = 0; i < x->n_parameters; i++) {
        const int64_t count = type_count(graph_at(x->graph, x->parameters[i].value)->type, 1);
        double *numbers = arena_array(arena, count, sizeof *numbers);
        fill(numbers, (int)count, 50 + (uint64_t)i, -0.8, 0.8);
        for (int64_t k = 0; k < count; k++) numbers[k] *= parameters;
        given[n++] = (Given){x->parameters[i].name, numbers};
    }
    given[n] = (Given){0};
    ck_assert_int_lt(n, (int)(sizeof given / sizeof *given));
}

static const double *given_numbers(const char *name)
{
    for (const Given *g = given; g->name; g++)
        if (!strcmp(g->name, name)) return g->numbers;
    return NULL;
}

/* ---- what is expected ---- */

static int class_of(const double *row, int label, int score)
{
    if (score == LABEL || score == SHARE) return label;
    int best = -1;
    for (int c = 0; c < CLASSES; c++)
        if ((score != RUNNER_UP || c != label) && (best < 0 || row[c] > row[best])) best = c;
    return best;
}

static double score_of(const double *row, int class, int score)
{
    double sum = 0;
    for (int c = 0; c < CLASSES; c++) sum += exp(row[c]);
    return score == SHARE ? exp(row[class]) / sum : row[class];
}

/* G[b][feature], of all samples at once: none takes part in another's logits. */
static void gradients(const Experiment *x, int score, const int class[BATCH], double G[BATCH * FEATURES])
{
    const double step = 0x1p-10, times[] = {1, -1, 2, -2};
    double y[4][BATCH], before[BATCH];
    Arena *scratch = arena_new();
    for (int i = 0; i < FEATURES; i++) {
        for (int b = 0; b < BATCH; b++) before[b] = features[b * FEATURES + i];
        for (int t = 0; t < 4; t++) {
            for (int b = 0; b < BATCH; b++) features[b * FEATURES + i] = before[b] + times[t] * step;
            const Interpreter *it = evaluate(scratch, x, x->graph, BATCH, given, 1, &logits, false);
            for (int b = 0; b < BATCH; b++) y[t][b] = score_of(it->values[logits] + b * CLASSES, class[b], score);
        }
        for (int b = 0; b < BATCH; b++) {
            features[b * FEATURES + i] = before[b];
            G[b * FEATURES + i] = (8 * (y[0][b] - y[1][b]) - (y[2][b] - y[3][b])) / (12 * step);
        }
    }
    arena_free(scratch);
}

/* What each feature is multiplied by, w[place][channel]: the map is the sum over channels of w A, of the elementwise
 * one of relu(w A). */
static void weights_of(int kind, const double *A, const double *G, const double *row, double *w)
{
    for (int k = 0; k < CHANNELS; k++) {
        double mean = 0, products = 0, sum = 0, plus = 0;
        for (int p = 0; p < PLACES; p++) {
            const int i = p * CHANNELS + k;
            mean += G[i] / PLACES;
            products += G[i] * A[i];
            sum += A[i];
        }
        for (int p = 0; p < PLACES; p++) {
            const double g = G[p * CHANNELS + k];
            if (g > 0) plus += g * (g * g / (2 * g * g + sum * g * g * g + 1e-6));
        }
        for (int p = 0; p < PLACES; p++) {
            const double g = G[p * CHANNELS + k];
            w[p * CHANNELS + k] = kind == GRAD_CAM      ? mean
                                  : kind == LAYERCAM    ? fmax(g, 0)
                                  : kind == XGRAD_CAM   ? products / (sum + 1e-7)
                                  : kind == GRAD_CAM_PP ? plus
                                  : kind == CAM         ? row[k]
                                                        : g;
        }
    }
}

static void map_of(int kind, const double *A, const double *w, double *map)
{
    for (int p = 0; p < PLACES; p++) {
        map[p] = 0;
        for (int k = 0; k < CHANNELS; k++) {
            const double term = w[p * CHANNELS + k] * A[p * CHANNELS + k];
            map[p] += kind == ELEMENTWISE ? fmax(term, 0) : term;
        }
    }
}

static void scale(int kind, double *map)
{
    double largest = -INFINITY, least = INFINITY, sum = 0, size = 0, square = 0, powers = 0;
    for (int p = 0; p < PLACES; p++) {
        largest = fmax(largest, map[p]), least = fmin(least, map[p]);
        sum += map[p], size += fabs(map[p]), square += map[p] * map[p];
    }
    for (int p = 0; p < PLACES; p++) powers += exp(map[p] - largest);
    for (int p = 0; p < PLACES; p++) {
        if (kind == MAX) map[p] /= fmax(largest, 1e-6);
        if (kind == MIN_MAX) map[p] = (map[p] - least) / fmax(largest - least, 1e-6);
        if (kind == SUM) map[p] /= sum + 1e-6;
        if (kind == L1) map[p] /= fmax(size, 1e-6);
        if (kind == L2) map[p] /= sqrt(fmax(square, 1e-12));
        if (kind == SOFTMAX) map[p] = exp(map[p] - largest) / powers;
    }
}

/* ---- the tests ---- */

static const char *call(int kind, int score)
{
    return kind == CAM ? arena_format(arena, "cam(features, rows, %s, ", of_class[score])
                       : arena_format(arena, "%s(pick(%s), features, ", kinds[kind], scores[score]);
}

/* Options of one map, by number: each scale at the map's own size, each other size with one scale. */
enum { OPTIONS = 4 * (SCALES + SIZES - 1) };
typedef struct Options { bool relu, stop; int scale, size; } Options;

static Options options_of(int kind, int o)
{
    const int n = o / 4;
    return (Options){o & 1, o & 2, n < SCALES ? n : (n + kind + o) % SCALES, n < SCALES ? 0 : n - SCALES + 1};
}

static const char *options_text(Options o)
{
    return arena_format(arena, "{ relu = %s, weights = \"%s\", normalize = \"%s\"%s })", o.relu ? "true" : "false",
                        o.stop ? "stop" : "live", scales[o.scale], sizes[o.size].text);
}

static Text opening(int head)
{
    Text text = text_new(arena);
    text_add(&text, "features = input { %d, %d, %d }\nlabel = labels(%d)\nweights = input { %d, %d, 1 }\n", HEIGHT,
             WIDTH, CHANNELS, CLASSES, HEIGHT, WIDTH);
    text_add(&text, "rows = param({ %d, %d })\nlogits = %s\n", CLASSES, CHANNELS, heads[head]);
    return text;
}

static void find_logits(const Experiment *x)
{
    logits = 0;
    for (int i = 0; i < x->n_values; i++)
        if (!strcmp(x->values[i].name, "logits")) logits = x->values[i].value;
    ck_assert_int_ne(logits, 0);
}

START_TEST(as_defined)
{
    const int head = _i / SCORES, score = _i % SCORES;
    Text text = opening(head);
    text_add(&text,
             "local total = 0\nlocal function map(name, x) output(name, x) total = total + mean(x * x + x) end\n");
    for (int kind = 0; kind < KINDS; kind++)
        for (int o = 0; o < OPTIONS; o++)
            text_add(&text, "map(\"m.%d.%d\", %s%s)\n", kind, o, call(kind, score), options_text(options_of(kind, o)));
    text_add(&text, "minimize(total)\n");
    const Experiment *x = graph_of(arena, text.chars);
    const Goal *goal = goal_grad(x, false);
    const Goal *simple = simplify(goal, true);
    find_logits(x);
    double worst = 0;
    for (int v = 0; v < VARIANTS; v++) {
        static double G[BATCH * FEATURES], w[KINDS][BATCH][FEATURES];
        int class[BATCH];
        fill_in(x, variants[v].parameters, variants[v].features);
        const double *rows = given_numbers("rows");
        const Interpreter *it = evaluate_goal(arena, x, goal, BATCH, given, false);
        for (int b = 0; b < BATCH; b++) class[b] = class_of(it->values[logits] + b * CLASSES, (int)labels[b], score);
        gradients(x, score, class, G);
        for (int i = 0; i < BATCH * FEATURES && head == 0 && score != SHARE; i++)      /* the differences themselves */
            if (!(fabs(G[i] - rows[class[i / FEATURES] * CHANNELS + i % CHANNELS] / PLACES) <= 1e-11))
                ck_abort_msg("the gradient by differences is %.15g", G[i]);
        for (int kind = 0; kind < KINDS; kind++)
            for (int b = 0; b < BATCH; b++)
                weights_of(kind, features + b * FEATURES, G + b * FEATURES, rows + class[b] * CHANNELS, w[kind][b]);
        int compared = 0;
        for (int r = 0; r < goal->n_roots; r++) {
            int kind, o;
            if (sscanf(goal->roots[r].name, "m.%d.%d", &kind, &o) != 2) continue;
            const Options options = options_of(kind, o);
            const int h = sizes[options.size].h, w_out = sizes[options.size].w, n = h * w_out;
            for (int b = 0; b < BATCH; b++) {
                double map[PLACES], want[MOST_PLACES], largest = 1;
                const double *got = it->values[goal->roots[r].value] + b * n;
                map_of(kind, features + b * FEATURES, w[kind][b], map);
                for (int p = 0; p < PLACES && options.relu; p++) map[p] = fmax(map[p], 0);
                scale(options.scale, map);
                resized(map, HEIGHT, WIDTH, want, h, w_out, sizes[options.size].nearest);
                for (int p = 0; p < n; p++) largest = fmax(largest, fabs(want[p]));
                for (int p = 0; p < n; p++) {
                    worst = fmax(worst, fabs(got[p] - want[p]) / largest);
                    if (!(fabs(got[p] - want[p]) <= BOUND * largest))
                        ck_abort_msg(
                            "%s%s: sample %d, place %d of %d is %.12g, not %.12g (%s, parameters * %g, features * %g)",
                            call(kind, score), options_text(options), b, p, n, got[p], want[p], heads[head],
                            variants[v].parameters, variants[v].features);
                }
                compared++;
            }
        }
        ck_assert_int_eq(compared, KINDS * OPTIONS * BATCH);
        check_finite(x, goal, simple, BATCH, given, heads[head]);
    }
    printf("%-64s %-32s the worst is off by %.1e\n", heads[head], scores[score], worst);
    fflush(stdout);
}
END_TEST

/* The gradient of sum(weights * map) by the features where the map's own weights are held. */
START_TEST(what_is_stopped)
{
    const int kind = _i / 2, relu = _i % 2;
    for (int head = 0; head < HEADS; head++) {
        Text text = opening(head);
        text_add(&text, "minimize(sum(weights * %s{ relu = %s, weights = \"stop\" })))\n", call(kind, LABEL),
                 relu ? "true" : "false");
        const Experiment *x = graph_of(arena, text.chars);
        const Goal *goal = goal_grad(x, false);
        find_logits(x);
        fill_in(x, 1, 1);
        static double G[BATCH * FEATURES];
        int class[BATCH];
        for (int b = 0; b < BATCH; b++) class[b] = (int)labels[b];
        gradients(x, LABEL, class, G);
        const Interpreter *it = evaluate_goal(arena, x, goal, BATCH, given, false);
        const double *got = root_of(goal, it, "d_features");
        bool something = false;
        for (int b = 0; b < BATCH; b++) {
            const double *A = features + b * FEATURES;
            double w[FEATURES], map[PLACES];
            weights_of(kind, A, G + b * FEATURES, given_numbers("rows") + class[b] * CHANNELS, w);
            map_of(kind, A, w, map);
            for (int i = 0; i < FEATURES; i++) {
                const int p = i / CHANNELS;
                const bool passes = (!relu || map[p] > 0) && (kind != ELEMENTWISE || w[i] * A[i] > 0);
                const double want = passes ? weights[b * PLACES + p] * w[i] : 0;
                something = something || want != 0;
                if (!(fabs(got[b * FEATURES + i] - want) <= BOUND * fmax(1, fabs(want))))
                    ck_abort_msg("%s, %s, head %d: sample %d, element %d of the gradient is %.12g, not %.12g",
                                 kinds[kind], relu ? "relu" : "no relu", head, b, i, got[b * FEATURES + i], want);
            }
        }
        ck_assert(something);
        for (int r = 0; r < goal->n_roots; r++) {      /* no way from the map to a parameter is left */
            if (strncmp(goal->roots[r].name, "d_", 2) || !strcmp(goal->roots[r].name, "d_features") ||
                !strcmp(goal->roots[r].name, "d_weights"))
                continue;
            const int64_t n = type_count(goal->roots[r].type, 1);
            for (int64_t k = 0; k < n; k++)
                if (it->values[goal->roots[r].value][k] != 0)
                    ck_abort_msg("%s, head %d: %s[%lld] is %g, not 0", kinds[kind], head, goal->roots[r].name,
                                 (long long)k, it->values[goal->roots[r].value][k]);
        }
    }
}
END_TEST

/* The same where they are not held, by the parameters, from differences of the sum itself: the maps' values are those
 * of the tests above. */
START_TEST(what_is_live)
{
    const int kind = _i / HEADS, head = _i % HEADS;
    const double step = 0x1p-16, times[] = {1, -1, 2, -2};
    Text text = opening(head);
    text_add(&text, "minimize(sum(weights * %s{ relu = false })))\n", call(kind, LABEL));
    const Experiment *x = graph_of(arena, text.chars);
    const Goal *goal = goal_grad(x, false);
    fill_in(x, 1, 1);
    /* no channel whose sum is 0: xgrad_cam would divide rounding by 1e-7 */
    for (int i = 0; i < FEATURES; i++) features[5 * FEATURES + i] += 0.1;
    const Interpreter *it = evaluate_goal(arena, x, goal, BATCH, given, false);
    double largest = 0;
    for (int i = 0; i < x->n_parameters; i++) {
        const char *name = x->parameters[i].name;
        double *numbers = (double *)given_numbers(name);
        const double *got = root_of(goal, it, arena_format(arena, "d_%s", name));
        const int64_t n = type_count(graph_at(x->graph, x->parameters[i].value)->type, 1);
        for (int64_t k = 0; k < n; k += 1 + n / 20) {
            const double before = numbers[k];
            double y[4];
            for (int t = 0; t < 4; t++) {
                Arena *scratch = arena_new();
                numbers[k] = before + times[t] * step;
                y[t] = *evaluate(scratch, x, x->graph, BATCH, given, 1, &x->loss, false)->values[x->loss];
                arena_free(scratch);
            }
            numbers[k] = before;
            const double want = (8 * (y[0] - y[1]) - (y[2] - y[3])) / (12 * step);
            largest = fmax(largest, fabs(want));
            if (!(fabs(got[k] - want) <= LIVE_BOUND * fmax(1, fabs(want))))
                ck_abort_msg("%s, %s: d_%s[%lld] is %.12g, not %.12g", kinds[kind], heads[head], name, (long long)k,
                             got[k], want);
        }
    }
    ck_assert_msg(largest > 1e-3, "%s, %s: no gradient reaches a parameter", kinds[kind], heads[head]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("maps");
    TCase *tests = tcase_create("maps");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, as_defined, 0, HEADS * SCORES);
    tcase_add_loop_test(tests, what_is_stopped, 0, 2 * KINDS);
    tcase_add_loop_test(tests, what_is_live, 0, KINDS * HEADS);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
