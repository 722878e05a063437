/* test_objectives.c - every objective on maps and embeddings, with every option, against loops that are written from
 * its definition alone: the value, and its gradients by differences of those loops.
 *
 * The batches are the ones that training meets and the ones that leave an objective nothing to count: one sample, one
 * class, no two of a class.  Class 3 of 4 is in none of them.  Then the numbers: random, maps and rows of one sample
 * dead, all of them dead, all samples equal, all so small that what is divided by is an epsilon, or scores so large
 * that their powers are beyond a double, for which the loops have long double; the gradient of these has to be finite
 * only, since the loops have kinks there. */
#include "evaluate.h"

enum {
    MOST = 6,
    CLASSES = 4,
    ROW = 5,
    CHANNELS = 2,
    MOST_SIDE = 13,
    MOST_PLACES = MOST_SIDE * MOST_SIDE,
    MOST_IMAGE = MOST_PLACES * CHANNELS
};
/* of the value, of the largest element, each at least 1; the gradient's from differences */
static const double VALUE_BOUND = 1e-11, GRADIENT_BOUND = 1e-8;

typedef struct Size { int h, w, map_h, map_w; } Size;
static const Size sizes[] = {{6, 5, 3, 4}, {13, 12, 4, 12}};     /* smaller than the window of SSIM, and larger */
static const struct { const char *what; int n; double label[MOST];
} batches[] = {
    {"three classes", 6, {0, 1, 2, 0, 1, 0}}, {"one sample", 1, {2}},  {"one class", 4, {1, 1, 1, 1}},
    {"no two of a class", 3, {2, 0, 1}},      {"one pair", 2, {0, 0}},
};
enum { RANDOM, ONE_DEAD, ALL_DEAD, EQUAL, TINY, LARGE, NUMBERS };
static const char *const numbers_of[] = {"random", "one dead", "all dead", "all equal", "times 1e-7", "large"};

typedef struct Data {
    Size size;
    int n;
    double label[MOST], z1[MOST * ROW], z2[MOST * ROW], map[MOST * MOST_PLACES], other[MOST * MOST_PLACES],
        image[MOST * MOST_IMAGE], area[MOST * MOST_PLACES], each[MOST * MOST_IMAGE], means[CLASSES * MOST_IMAGE],
        rows[CLASSES * MOST_IMAGE], weights[2];
    const struct Objective *objective;
} Data;

typedef struct Objective {
    const char *text;
    double (*value)(const Data *, const char *kind, double number);
    const char *kind;
    double number;
    const char *by;              /* what it depends on, and whose gradient is compared */
} Objective;

/* ---- pieces ---- */

static double dot(const double *a, const double *b, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++) sum += a[i] * b[i];
    return sum;
}

static double cosine(const double *a, const double *b, int n)
{
    return dot(a, b, n) / (fmax(sqrt(dot(a, a, n)), 1e-6) * fmax(sqrt(dot(b, b, n)), 1e-6));
}

static double apart(const double *a, const double *b, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sqrt(sum);
}

/* A Gaussian of deviation 1.5 over 11 places, fewer where the image is smaller, at each place where it fits. */
static double ssim(const double *a, const double *b, int h, int w)
{
    const int kh = h < 11 ? h : 11, kw = w < 11 ? w : 11;
    double sum = 0;
    for (int y = 0; y + kh <= h; y++)
        for (int x = 0; x + kw <= w; x++) {
            double total = 0, ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
            for (int i = 0; i < kh; i++)
                for (int j = 0; j < kw; j++) {
                    const double di = i - (kh - 1) / 2.0, dj = j - (kw - 1) / 2.0,
                                 g = exp(-(di * di + dj * dj) / (2 * 1.5 * 1.5));
                    const double p = a[(y + i) * w + x + j], q = b[(y + i) * w + x + j];
                    total += g, ma += g * p, mb += g * q, aa += g * p * p, bb += g * q * q, ab += g * p * q;
                }
            ma /= total, mb /= total, aa = aa / total - ma * ma, bb = bb / total - mb * mb, ab = ab / total - ma * mb;
            sum += (2 * ma * mb + 1e-4) * (2 * ab + 9e-4) / ((ma * ma + mb * mb + 1e-4) * (aa + bb + 9e-4));
        }
    return sum / ((h - kh + 1) * (w - kw + 1));
}

static double distance(const double *a, const double *b, const Size *s, const char *kind)
{
    const int n = s->h * s->w;
    double sum = 0;
    for (int i = 0; i < n; i++) sum += !strcmp(kind, "l1") ? fabs(a[i] - b[i]) : (a[i] - b[i]) * (a[i] - b[i]);
    return !strcmp(kind, "ssim") ? 1 - ssim(a, b, s->h, s->w) : !strcmp(kind, "l2") ? sqrt(sum / n) : sum / n;
}

static void large(const Data *d, const double *maps, int i, double *out)       /* map i at the image's size */
{
    const Size *s = &d->size;
    resized(maps + i * s->map_h * s->map_w, s->map_h, s->map_w, out, s->h, s->w, false);
}

static void grey(const Data *d, const double *images, int i, double *out)     /* the mean over channels */
{
    const int places = d->size.h * d->size.w;
    for (int p = 0; p < places; p++) {
        out[p] = 0;
        for (int c = 0; c < CHANNELS; c++) out[p] += images[(i * places + p) * CHANNELS + c] / CHANNELS;
    }
}

static void over_maximum(double *map, int n)
{
    double most = 1e-6;
    for (int p = 0; p < n; p++) most = fmax(most, map[p]);
    for (int p = 0; p < n; p++) map[p] /= most;
}

static int small_places(const Data *d) { return d->size.map_h * d->size.map_w; }

/* Probabilities of the network: logits = rows (x * x). */
static void probabilities(const Data *d, const double *x, double p[CLASSES])
{
    const int n = d->size.h * d->size.w * CHANNELS;
    long double total = 0;
    for (int c = 0; c < CLASSES; c++) {
        p[c] = 0;
        for (int k = 0; k < n; k++) p[c] += d->rows[c * n + k] * x[k] * x[k];
        total += expl(p[c]);
    }
    for (int c = 0; c < CLASSES; c++) p[c] = (double)(expl(p[c]) / total);
}

/* ---- objectives, from their definitions ---- */

static double sup_con(const Data *d, const char *kind, double temperature)
{
    double loss = 0;
    for (int i = 0; i < d->n; i++) {
        long double below = 0;
        double sum = 0;
        int positives = 0;
        for (int a = 0; a < d->n; a++)
            if (a != i) below += expl(dot(d->z1 + i * ROW, d->z1 + a * ROW, ROW) / temperature);
        for (int p = 0; p < d->n; p++)
            if (p != i && d->label[p] == d->label[i])
                positives++, sum += dot(d->z1 + i * ROW, d->z1 + p * ROW, ROW) / temperature - (double)logl(below);
        if (positives) loss -= sum / positives;
    }
    return loss / d->n + 0 * *kind;
}

static double info_nce(const Data *d, const char *kind, double temperature)
{
    const double *view[2 * MOST];
    double loss = 0;
    for (int i = 0; i < d->n; i++) view[i] = d->z1 + i * ROW, view[d->n + i] = d->z2 + i * ROW;
    for (int i = 0; i < 2 * d->n; i++) {
        double below = 0;
        for (int a = 0; a < 2 * d->n; a++)
            if (a != i) below += exp(cosine(view[i], view[a], ROW) / temperature);
        loss -= cosine(view[i], view[(i + d->n) % (2 * d->n)], ROW) / temperature - log(below);
    }
    return loss / (2 * d->n) + 0 * *kind;
}

static double contrastive_pairs(const Data *d, const char *kind, double margin)
{
    double loss = 0;
    int pairs = 0;
    for (int i = 0; i < d->n; i++)
        for (int j = i + 1; j < d->n; j++, pairs++) {
            const double far = apart(d->z1 + i * ROW, d->z1 + j * ROW, ROW), near = fmax(0, margin - far);
            loss += d->label[i] == d->label[j] ? far * far : near * near;
        }
    return pairs ? loss / pairs + 0 * *kind : 0;
}

static double triplet(const Data *d, const char *kind, double margin)
{
    double loss = 0;
    int anchors = 0;
    for (int i = 0; i < d->n; i++) {
        double far = -1, near = INFINITY;
        for (int j = 0; j < d->n; j++) {
            const double between = apart(d->z1 + i * ROW, d->z1 + j * ROW, ROW);
            if (j != i && d->label[j] == d->label[i]) far = fmax(far, between);
            if (d->label[j] != d->label[i]) near = fmin(near, between);
        }
        if (far >= 0 && near < INFINITY) anchors++, loss += fmax(0, far - near + margin);
    }
    return anchors ? loss / anchors + 0 * *kind : 0;
}

static double reconstruction(const Data *d, const char *kind, double unused)
{
    double loss = unused, map[MOST_PLACES], image[MOST_PLACES];
    for (int i = 0; i < d->n; i++) {
        large(d, d->map, i, map), grey(d, d->image, i, image);
        loss += distance(map, image, &d->size, kind) / d->n;
    }
    return loss;
}

static double prototype(const Data *d, const char *kind, double unused)
{
    double loss = unused, map[MOST_PLACES], target[MOST_PLACES];
    for (int i = 0; i < d->n; i++) {
        large(d, d->map, i, map), grey(d, d->means, (int)d->label[i], target);
        loss += distance(map, target, &d->size, kind) / d->n;
    }
    return loss;
}

static double batch_cam(const Data *d, const char *kind, double batch_mean)
{
    const int places = d->size.h * d->size.w;
    double loss = 0;
    int there = 0;
    for (int c = 0; c < CLASSES; c++) {
        double mean[MOST_PLACES] = {0}, target[MOST_PLACES] = {0}, one[MOST_PLACES];
        int n = 0;
        for (int i = 0; i < d->n; i++) n += d->label[i] == c;
        for (int i = 0; i < d->n; i++) {
            if (d->label[i] != c) continue;
            large(d, d->map, i, one);
            for (int p = 0; p < places; p++) mean[p] += one[p] / n;
            grey(d, d->image, i, one);
            for (int p = 0; p < places; p++) target[p] += one[p] / n;
        }
        if (!n) continue;
        if (batch_mean > 0) over_maximum(target, places);
        else grey(d, d->means, c, target);
        loss += distance(mean, target, &d->size, kind);
        there++;
    }
    return loss / there;
}

static double class_against_class(const Data *d, const char *kind, double margin)
{
    const int n = small_places(d);
    double loss = 0;
    for (int i = 0; i < d->n; i++) {
        double a[MOST_PLACES], b[MOST_PLACES], sum = 0, least = 0, inside = 0;
        int places = 0;
        memcpy(a, d->map + i * n, (size_t)n * sizeof *a);
        memcpy(b, d->other + i * n, (size_t)n * sizeof *b);
        if (!strcmp(kind, "cosine")) loss += cosine(a, b, n) / d->n;
        over_maximum(a, n), over_maximum(b, n);
        for (int p = 0; p < n; p++) {
            sum += a[p] + b[p], least += fmin(a[p], b[p]);
            if (a[p] >= 0.5) inside += a[p] - b[p], places++;
        }
        if (!strcmp(kind, "overlap")) loss += 2 * least / (sum + 1e-6) / d->n;
        if (!strcmp(kind, "margin")) loss += fmax(0, margin - (places ? inside / places : 0)) / d->n;
    }
    return loss;
}

static double cgc(const Data *d, const char *kind, double temperature)
{
    const int n = small_places(d);
    double loss = 0;
    for (int i = 0; i < d->n; i++) {
        double all = 0;
        for (int j = 0; j < d->n; j++) all += exp(cosine(d->map + i * n, d->other + j * n, n) / temperature);
        loss += log(all) - cosine(d->map + i * n, d->other + i * n, n) / temperature;
    }
    return loss / d->n + 0 * *kind;
}

/* kind: "score", the logit of the label, or "logits", the sum of the log-probabilities; number: channels of the
 * mask. */
static double rrr(const Data *d, const char *kind, double channels)
{
    const int n = d->size.h * d->size.w * CHANNELS;
    double loss = 0;
    for (int i = 0; i < d->n; i++) {
        const double *x = d->image + i * n;
        double p[CLASSES];
        probabilities(d, x, p);
        for (int k = 0; k < n; k++) {
            const double mask = channels > 1 ? d->each[i * n + k] : d->area[(i * n + k) / CHANNELS];
            double slope = 0;
            for (int c = 0; c < CLASSES; c++)
                slope += (!strcmp(kind, "score") ? d->label[i] == c : 1 - CLASSES * p[c]) * d->rows[c * n + k] * 2 *
                         x[k];
            loss += mask * slope * mask * slope / d->n;
        }
    }
    return loss;
}

static double rrr_g(const Data *d, const char *kind, double unused)
{
    const int places = d->size.h * d->size.w;
    double loss = unused + 0 * *kind, map[MOST_PLACES];
    for (int i = 0; i < d->n; i++) {
        large(d, d->map, i, map);
        for (int p = 0; p < places; p++) loss += pow(d->area[i * places + p] * map[p], 2) / d->n;
    }
    return loss;
}

/* kind: a number that is taken from the map before. */
static double keep_alive(const Data *d, const char *kind, double margin)
{
    const int places = small_places(d);
    double loss = 0;
    for (int i = 0; i < d->n; i++) {
        double sum = 0;
        for (int p = 0; p < places; p++) sum += d->map[i * places + p] - atof(kind);
        loss += fmax(0, margin - sum) / d->n;
    }
    return loss;
}

static double gain(const Data *d, const char *kind, double unused)
{
    const int places = d->size.h * d->size.w, n = places * CHANNELS;
    double loss = unused + 0 * *kind, map[MOST_PLACES], rest[MOST_IMAGE], p[CLASSES];
    for (int i = 0; i < d->n; i++) {
        large(d, d->map, i, map);
        over_maximum(map, places);
        for (int k = 0; k < n; k++)
            rest[k] = d->image[i * n + k] * (1 - 1 / (1 + exp(-10 * (map[k / CHANNELS] - 0.5))));
        probabilities(d, rest, p);
        loss += p[(int)d->label[i]] / d->n;
    }
    return loss;
}

static double balance(const Data *d, const char *kind, double unused)
{
    const double first = dot(d->z1, d->z1, d->n * ROW) / (d->n * ROW),
                 second = dot(d->z1, d->z2, d->n * ROW) / (d->n * ROW);
    return exp(-d->weights[0]) * first + d->weights[0] + exp(-d->weights[1]) * second + d->weights[1] + 0 * *kind +
           unused;
}

static const Objective objectives[] = {
    {"sup_con(z1, label)", sup_con, "", 0.1, "z1"},
    {"sup_con(z1, label, { temperature = 0.7 })", sup_con, "", 0.7, "z1"},
    {"info_nce(z1, z2)", info_nce, "", 0.5, "z1 z2"},
    {"info_nce(z1, z2, { temperature = 0.2 })", info_nce, "", 0.2, "z1 z2"},
    {"contrastive_pairs(z1, label)", contrastive_pairs, "", 1, "z1"},
    {"contrastive_pairs(z1, label, { margin = 2 })", contrastive_pairs, "", 2, "z1"},
    {"triplet(z1, label)", triplet, "", 0.3, "z1"},
    {"triplet(z1, label, { margin = 1.5 })", triplet, "", 1.5, "z1"},
    {"reconstruction(map, image)", reconstruction, "l1", 0, "map image"},
    {"reconstruction(map, image, { distance = \"l1\" })", reconstruction, "l1", 0, "map image"},
    {"reconstruction(map, image, { distance = \"l2\" })", reconstruction, "l2", 0, "map image"},
    {"reconstruction(map, image, { distance = \"l2_squared\" })", reconstruction, "l2_squared", 0, "map image"},
    {"reconstruction(map, image, { distance = \"ssim\" })", reconstruction, "ssim", 0, "map image"},
    {"prototype(map, label)", prototype, "l1", 0, "map"},
    {"prototype(map, label, { distance = \"l2\" })", prototype, "l2", 0, "map"},
    {"prototype(map, label, { distance = \"l2_squared\" })", prototype, "l2_squared", 0, "map"},
    {"prototype(map, label, { distance = \"ssim\" })", prototype, "ssim", 0, "map"},
    {"batch_cam(map, label)", batch_cam, "l1", 0, "map"},
    {"batch_cam(map, label, { distance = \"l2\" })", batch_cam, "l2", 0, "map"},
    {"batch_cam(map, label, { distance = \"l2_squared\" })", batch_cam, "l2_squared", 0, "map"},
    {"batch_cam(map, label, { distance = \"ssim\", target = \"prototype\" })", batch_cam, "ssim", 0, "map"},
    {"batch_cam(map, label, { target = \"batch_mean\" })", batch_cam, "l1", 1, "map image"},
    {"batch_cam(map, label, { distance = \"l2\", target = \"batch_mean\" })", batch_cam, "l2", 1, "map image"},
    {"batch_cam(map, label, { distance = \"l2_squared\", target = \"batch_mean\" })", batch_cam, "l2_squared", 1,
     "map image"},
    {"batch_cam(map, label, { distance = \"ssim\", target = \"batch_mean\" })", batch_cam, "ssim", 1, "map image"},
    {"class_against_class(map, other)", class_against_class, "overlap", 0, "map other"},
    {"class_against_class(map, other, { kind = \"overlap\" })", class_against_class, "overlap", 0, "map other"},
    {"class_against_class(map, other, { kind = \"cosine\" })", class_against_class, "cosine", 0, "map other"},
    {"class_against_class(map, other, { kind = \"margin\" })", class_against_class, "margin", 0.5, "map other"},
    {"class_against_class(map, other, { kind = \"margin\", margin = 1.25 })", class_against_class, "margin", 1.25,
     "map other"},
    {"cgc(map, other)", cgc, "", 0.5, "map other"},
    {"cgc(map, other, { temperature = 0.15 })", cgc, "", 0.15, "map other"},
    {"info_nce(z1, z2, { temperature = 0.005 })", info_nce, "cold", 0.005, "z1 z2"},
    {"cgc(map, other, { temperature = 0.005 })", cgc, "cold", 0.005, "map other"},
    {"rrr(pick(net(image), label), image, area)", rrr, "score", 1, "image area rows"},
    {"rrr(net(image), image, area)", rrr, "logits", 1, "image area rows"},
    {"rrr(net(image), image, each)", rrr, "logits", CHANNELS, "image each rows"},
    {"rrr_g(map, area)", rrr_g, "", 0, "map area"},
    {"keep_alive(map - 0.45)", keep_alive, "0.45", 1, "map"},
    {"keep_alive(map - 0.35, { margin = 0.5 })", keep_alive, "0.35", 0.5, "map"},   /* some are above, some below */
    {"keep_alive(map, { margin = 100 })", keep_alive, "0", 100, "map"},
    {"gain(net, image, map, label)", gain, "", 0, "image map rows"},
    {"balance({ mean(z1 * z1), mean(z1 * z2) }, { name = \"s\" })", balance, "", 0, "z1 z2 s.weight"},
};
enum { OBJECTIVES = sizeof objectives / sizeof *objectives };

/* ---- numbers ---- */

static double value_of(void *data)
{
    return ((Data *)data)->objective->value(data, ((Data *)data)->objective->kind, ((Data *)data)->objective->number);
}

static void change(double *x, int rows, int length, int numbers)
{
    for (int i = 0; i < rows; i++) {
        if (numbers == ALL_DEAD || (numbers == ONE_DEAD && i == rows / 2))
            memset(x + i * length, 0, (size_t)length * sizeof *x);
        for (int k = 0; k < length && numbers == TINY; k++) x[i * length + k] *= 1e-7;
        if (numbers == EQUAL) memcpy(x + i * length, x, (size_t)length * sizeof *x);
    }
}

static void fill_in(Data *d, int numbers)
{
    const int places = d->size.h * d->size.w, map = small_places(d);
    fill(d->z1, d->n * ROW, 11, -0.6, 0.6), fill(d->z2, d->n * ROW, 12, -0.6, 0.6);
    fill(d->map, d->n * map, 13, -0.3, 1), fill(d->other, d->n * map, 14, -0.3, 1);
    fill(d->image, d->n * places * CHANNELS, 15, 0, 1), fill(d->area, d->n * places, 16, 0, 1),
        fill(d->each, d->n * places * CHANNELS, 17, 0, 1);
    fill(d->means, CLASSES * places * CHANNELS, 18, 0, 1), fill(d->rows, CLASSES * places * CHANNELS, 19, -0.2, 0.2),
        fill(d->weights, 2, 20, -0.5, 0.5);
    change(d->z1, d->n, ROW, numbers), change(d->z2, d->n, ROW, numbers);
    change(d->map, d->n, map, numbers), change(d->other, d->n, map, numbers);
    for (int k = 0; k < d->n * ROW && numbers == LARGE; k++) d->z1[k] *= 20, d->z2[k] *= 20;
    for (int k = 0; k < CLASSES * places * CHANNELS && numbers == LARGE; k++) d->rows[k] *= 300;
    if (numbers == ALL_DEAD || (numbers == TINY && d->objective->value != gain))
        change(d->image, d->n, places * CHANNELS, numbers);
}

static Arena *arena;
static void setup(void) { arena = arena_new(); }
static void teardown(void) { arena_free(arena); }

START_TEST(as_defined)
{
    const Objective *o = &objectives[_i / 2];
    if (_i % 2 && !strstr(o->by, "map") && !strstr(o->by, "image")) return;      /* it has no size */
    static Data d;
    d.size = sizes[_i % 2], d.objective = o;
    /* the first are straight between many kinks */
    const double step = !strcmp(o->kind, "l1") || !strcmp(o->kind, "overlap") ? 1e-6
                        : !strcmp(o->kind, "cold")                            ? 1e-5
                                                                              : 1e-3;
    const int h = d.size.h, w = d.size.w, places = h * w, map = small_places(&d);
    Text text = text_new(arena);
    text_add(
        &text,
        "image = input { %d, %d, %d }\nz1 = input { %d }\nz2 = input { %d }\nmap = input { %d, %d, 1 }\n"
        "other = input { %d, %d, 1 }\narea = input { %d, %d, 1 }\n",
        h, w, CHANNELS, ROW, ROW, d.size.map_h, d.size.map_w, d.size.map_h, d.size.map_w, h, w);
    text_add(&text, "each = input { %d, %d, %d }\nlabel = labels(%d)\nrows = param({ %d, %d })\n", h, w, CHANNELS,
             CLASSES, CLASSES, places * CHANNELS);
    text_add(
        &text,
        "local function net(x) return linear(flatten(x * x), %d, { weight = rows, bias = false }) end\nminimize(%s)\n",
        CLASSES, o->text);
    const Experiment *x = graph_of(arena, text.chars);
    const Goal *goal = goal_grad(x, false), *simple = simplify(goal, true);
    const struct { const char *name; double *numbers; int each, fixed;
    } leaves[] = {
        {"z1", d.z1, ROW, 0},
        {"z2", d.z2, ROW, 0},
        {"map", d.map, map, 0},
        {"other", d.other, map, 0},
        {"image", d.image, places * CHANNELS, 0},
        {"area", d.area, places, 0},
        {"each", d.each, places * CHANNELS, 0},
        {"rows", d.rows, 0, CLASSES * places * CHANNELS},
        {"s.weight", d.weights, 0, 2},
    };
    const int n_leaves = sizeof leaves / sizeof *leaves;
    Given given[16] = {{"label", d.label}, {"class_means", d.means}};
    for (int i = 0; i < n_leaves; i++) given[2 + i] = (Given){leaves[i].name, leaves[i].numbers};
    double worst = 0, worst_slope = 0, moved = 0;
    for (int b = 0; b < (int)(sizeof batches / sizeof *batches); b++)
        for (int numbers = 0; numbers < NUMBERS; numbers++) {
            d.n = batches[b].n;
            memcpy(d.label, batches[b].label, sizeof d.label);
            fill_in(&d, numbers);
            const char *what = arena_format(arena, "%s, %s, %s, image %d x %d", o->text, batches[b].what,
                                            numbers_of[numbers], h, w);
            Arena *scratch = arena_new();
            const Interpreter *it = evaluate_goal(scratch, x, goal, d.n, given, false);
            const double want = value_of(&d), got = *root_of(goal, it, "loss");
            ck_assert(isfinite(want));
            worst = fmax(worst, fabs(got - want));
            ck_assert_msg(fabs(got - want) <= VALUE_BOUND * fmax(1, fabs(want)), "%s: %.15g, not %.15g", what, got,
                          want);
            check_finite(x, goal, simple, d.n, given, what);
            for (int i = 0; i < n_leaves && numbers == RANDOM; i++) {
                if (!strstr(o->by, leaves[i].name)) continue;
                const double *slopes = root_of(goal, it, arena_format(arena, "d_%s", leaves[i].name));
                const int n = leaves[i].fixed + d.n * leaves[i].each;
                ck_assert_ptr_nonnull(slopes);
                /* of a large image every seventh element, in turn of both channels */
                for (int k = 0; k < n; k += n > 400 ? 7 : 1) {
                    const double slope = derivative(value_of, &d, leaves[i].numbers + k, step),
                                 off = fabs(slopes[k] - slope);
                    worst_slope = fmax(worst_slope, off), moved = fmax(moved, fabs(slope));
                    if (!(off <= GRADIENT_BOUND * fmax(1, fabs(slope))))
                        ck_abort_msg("%s: d_%s[%d] is %.12g, by differences %.12g", what, leaves[i].name, k, slopes[k],
                                     slope);
                }
            }
            arena_free(scratch);
        }
    ck_assert_msg(moved > 1e-4, "%s: all gradients are 0, which tests nothing", o->text);
    printf("%-76s %2d x %2d  off by %.1e, gradients by %.1e\n", o->text, h, w, worst, worst_slope);
    fflush(stdout);
}
END_TEST

/* What has nothing to count is 0, and moves nothing. */
START_TEST(nothing_to_count)
{
    static const struct { const char *text; int n; double label[4];
    } cases[] = {
        {"sup_con(z, label)", 1, {0}},          {"sup_con(z, label)", 3, {0, 1, 2}},
        {"info_nce(z, 2 * z)", 1, {0}},         {"contrastive_pairs(z, label)", 1, {0}},
        {"triplet(z, label)", 1, {0}},          {"triplet(z, label)", 3, {0, 1, 2}},
        {"triplet(z, label)", 4, {1, 1, 1, 1}}, {"cgc(map, 2 * map)", 1, {0}},
    };
    for (int i = 0; i < (int)(sizeof cases / sizeof *cases); i++) {
        const Experiment *x = graph_of(
            arena, arena_format(arena, "z = input { 3 }\nlabel = labels(4)\nmap = input { 3, 2, 1 }\nminimize(%s)\n",
                                cases[i].text));
        const Goal *goal = goal_grad(x, false);
        double z[12], map[24];
        fill(z, 12, 31, -1, 1), fill(map, 24, 32, -1, 1);
        const Interpreter *it = evaluate_goal(arena, x, goal, cases[i].n,
                                              (Given[]){{"z", z}, {"label", cases[i].label}, {"map", map}, {0}}, false);
        ck_assert_msg(fabs(*root_of(goal, it, "loss")) < 1e-15, "%s of %d samples is %g", cases[i].text, cases[i].n,
                      *root_of(goal, it, "loss"));
        for (int k = 0; k < 3 * cases[i].n; k++) ck_assert(fabs(root_of(goal, it, "d_z")[k]) < 1e-15);
        for (int k = 0; k < 6 * cases[i].n; k++) ck_assert(fabs(root_of(goal, it, "d_map")[k]) < 1e-15);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("objectives");
    TCase *tests = tcase_create("objectives");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, as_defined, 0, 2 * OBJECTIVES);
    tcase_add_test(tests, nothing_to_count);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
