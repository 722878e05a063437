/* web_module.c - what a page calls: a run's network on an image, maps of its classes, and its training from the start
 * on drawn digits.
 *
 * Two models are linked to it: `web_trained`, the run's own, and `web_mapped`, the same network with a map, which
 * `tailor cam` has too.  Their weights have the same layout.  web_run.h says what else is known of the run. */
#include "rt.h"
#include "rt_digits.h"
#include "rt_vec.h"
#include "web_run.h"

#include <wasm_simd128.h>

extern const RtModel web_trained, web_mapped;

#define EXPORT(name) __attribute__((export_name(#name)))

/* ---- a * b + c in four lanes, rounded once ----
 *
 * Every kernel calls this function.  Where a page finds that the machine's relaxed f32x4.relaxed_madd rounds once, it
 * puts that instruction in place of each call before the module is compiled; else this is it: rt_fma_by_double for two
 * lanes at a time, which says why it is right. */
static v128_t fma_pair(v128_t a, v128_t b, v128_t c)
{
    const v128_t one = wasm_i64x2_splat(1), product = wasm_f64x2_mul(a, b), sum = wasm_f64x2_add(product, c),
                 part = wasm_f64x2_sub(sum, product);
    const v128_t error = wasm_f64x2_add(wasm_f64x2_sub(product, wasm_f64x2_sub(sum, part)), wasm_f64x2_sub(c, part));
    const v128_t zero = wasm_f64x2_splat(0),
                 inexact = wasm_v128_or(wasm_f64x2_lt(error, zero), wasm_f64x2_gt(error, zero));
    const v128_t move = wasm_v128_and(wasm_v128_andnot(one, sum), inexact),
                 differs = wasm_u64x2_shr(wasm_v128_xor(sum, error), 63);
    return wasm_i64x2_sub(wasm_i64x2_add(sum, move), wasm_i64x2_shl(wasm_v128_and(move, differs), 1));
}

EXPORT(fma_call) rt_lanes4 rt_fma_call(rt_lanes4 x, rt_lanes4 y, rt_lanes4 z)
{
    v128_t a = (v128_t)x, b = (v128_t)y, c = (v128_t)z;
    const v128_t low = wasm_f32x4_demote_f64x2_zero(fma_pair(
        wasm_f64x2_promote_low_f32x4(a), wasm_f64x2_promote_low_f32x4(b), wasm_f64x2_promote_low_f32x4(c)));
    a = wasm_i64x2_shuffle(a, a, 1, 1), b = wasm_i64x2_shuffle(b, b, 1, 1), c = wasm_i64x2_shuffle(c, c, 1, 1);
    const v128_t high = wasm_f32x4_demote_f64x2_zero(fma_pair(
        wasm_f64x2_promote_low_f32x4(a), wasm_f64x2_promote_low_f32x4(b), wasm_f64x2_promote_low_f32x4(c)));
    return (rt_lanes4)wasm_i64x2_shuffle(low, high, 0, 2);
}

/* For the page's own test of the arithmetic: n numbers of each, n a multiple of 4. */
EXPORT(fma) void web_fma(int n, const float *a, const float *b, const float *c, float *to)
{
    for (int i = 0; i < n; i += 4)
        rt_store(to + i, rt_vec_fma(rt_load(a + i), rt_load(b + i), rt_load(c + i)));
}

/* ---- messages ---- */

static RtError error;
EXPORT(message) const char *web_message(void) { return error.text; }

EXPORT(allocate) void *web_allocate(size_t n) { return malloc(n); }

/* ---- the network on an image ---- */

enum { RUN, TRAINED };                                /* whose weights */

static RtWeights given;
static RtCall asking;
static RtBatch image_batch;
static RtShape shape;
static float *image, *normalized;
static int32_t *asked;
static RtRun run;
static bool training;

static const RtNormalize normalize = WEB_NORMALIZE;

EXPORT(parameters) float *web_parameters(void) { return given.parameters; }
EXPORT(state) float *web_state(void) { return given.state; }
EXPORT(image) float *web_image(void) { return image; }

static const float *result_of(const char *entry, const char *name)
{
    return (const float *)((const char *)asking.result + rt_value(rt_entry(&web_mapped, entry), name)->offset);
}

EXPORT(open) bool web_open(void)
{
    static const RtStep step = {.seed = WEB_SEED, .progress = 1, .correction1 = 1, .correction2 = 1};
    const RtModel *model = &web_mapped;
    int64_t *sample = rt_allocate((size_t)model->batch, sizeof *sample, "the numbers of a batch", &error);
    if (!sample || !rt_weights_open(&given, model, &error) || !rt_call_open(&asking, model, 1, &given, &error))
        return false;
    for (int i = 0; i < model->n_fields; i++) {
        const RtField *field = &model->fields[i];
        size_t row = 1;
        for (int d = 0; d < field->rank; d++) row *= (size_t)field->dims[d];
        void *memory = rt_allocate((size_t)model->batch * row, sizeof(float), "a batch", &error);
        if (!memory) return false;
        image_batch.field[i] = memory;
        if (i == WEB_CLASS_FIELD) asked = memory;
        if (i != WEB_IMAGE_FIELD) continue;
        normalized = memory;
        shape = (RtShape){field->dims[0], field->dims[1], field->dims[2]};
        image = rt_allocate(row, sizeof(float), "an image", &error);
        if (!image) return false;
    }
    image_batch.n = 1;
    image_batch.sample = sample;
    asking.batch = &image_batch;
    asking.step = &step;
    return true;
}

static bool ask(const char *entry, int whose)
{
    const RtWeights weights = whose == TRAINED && training ? rt_weights_evaluated(&run.weights, &web_trained) : given;
    asking.parameters = weights.parameters;
    asking.state = weights.state;
    memcpy(normalized, image, (size_t)(shape.height * shape.width * shape.channels) * sizeof *image);
    rt_normalize(&normalize, &shape, normalized);
    return rt_entry(&web_mapped, entry)->run(&asking);
}

EXPORT(predict) bool web_predict(int whose) { return ask("predict", whose); }
EXPORT(scores) const float *web_scores(void) { return result_of("predict", "scores"); }
EXPORT(probabilities) const float *web_probabilities(void) { return result_of("predict", "probabilities"); }

EXPORT(map) const float *web_map(int whose, int class)
{
    asked[0] = class;
    return ask("map", whose) ? result_of("map", "map") : NULL;
}

/* ---- training ---- */

static RtLoader *loader;
static void *before;
static float loss;
static char sha256[65];

/* The digit of a number of the test set, as an image; returns its label. */
EXPORT(digit) int web_digit(int number)
{
    enum { FIRST_TEST_SAMPLE = 1000000 };
    uint8_t pixels[RT_DIGIT_PIXELS];
    rt_draw_digit(number % RT_DIGIT_CLASSES, FIRST_TEST_SAMPLE + number, pixels);
    for (int i = 0; i < RT_DIGIT_PIXELS; i++) image[i] = (float)pixels[i] / 255.0f;
    return number % RT_DIGIT_CLASSES;
}

/* Of rt_init.c, which reads files: a page has none, and its settings ask for none. */
bool rt_init_begin(RtRun *begun, RtError *wrong)
{
    return !begun->settings.init || rt_fail(wrong, "a page has no file of weights");
}

/* Begins anew, from the initial values of the run's seed. */
EXPORT(begin) bool web_begin(void)
{
    const RtSettings settings = {.data = "digits", .seed = WEB_SEED, .epochs = WEB_EPOCHS, .threads = 1, .folder = ""};
    training = false;
    error.text[0] = 0;
    if (before) web_release(before);
    before = web_mark();
    if (!rt_run_open(&run, &web_trained, &settings, NULL, &error)) return false;
    loader = rt_run_loader(&run, 0, INT64_MAX, &error);
    return training = loader != NULL;
}

EXPORT(steps) double web_steps(void) { return (double)run.steps; }
EXPORT(loss) float web_loss(void) { return loss; }

/* A step, as rt_train.c makes it.  false: its loss, a gradient or a state is not finite. */
EXPORT(step) bool web_step(void)
{
    const RtModel *model = &web_trained;
    RtStep step = {.seed = run.settings.seed, .step = run.step, .skipped = run.skipped};
    RtCall call = run.call;
    const RtEntry *entry = rt_entry(model, "train");
    call.step = &step;
    call.batch = rt_loader_next(loader);
    rt_schedule(&model->train, run.step < run.steps ? run.step : run.steps - 1, run.steps, run.steps_per_epoch, &step);
    const bool finite = entry->run(&call);
    memcpy(&loss, (const char *)call.result + rt_value(entry, "loss")->offset, sizeof loss);
    if (!finite && !model->train.skip_not_finite) return rt_fail(&error, "the loss or a gradient is not finite");
    run.skipped += !finite;
    run.step++;
    return true;
}

EXPORT(sha256) const char *web_sha256(void)
{
    const RtWeights weights = rt_weights_evaluated(&run.weights, &web_trained);
    rt_weights_sha256(&weights, &web_trained, sha256);
    return sha256;
}
