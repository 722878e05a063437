/* test_batches.c - train{ augment, normalize } in batches, evaluation and runs: what the loader hands out is a function
 * of seed, epoch and sample alone, evaluation sees images as they are, and a graph file's words arrive in the emitted
 * tables. */
#include "fixture_mlp.c"

#include "graph/optimizer.h"
#include "tailor.h"

#include "rt_settings.h"
#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the loader ---- */

enum { N = 300, B = 64 };
static uint8_t pixels[N * 784];
static uint16_t labels[N];
static const double MEAN[] = {0.25}, SD[] = {0.5};

static RtImages some_images(void)
{
    for (int i = 0; i < N * 784; i++) pixels[i] = (uint8_t)(1 + i * 7 % 255);          /* none is 0 */
    return (RtImages){.n = N, .height = 28, .width = 28, .channels = 1, .pixels = pixels, .labels = labels};
}

/* Batches first .. last-1 agree with what rt_augment makes of each sample.  Returns how many pixels it changed. */
static int64_t check_loader(const RtModel *model, const RtImages *images, bool augment, int64_t first, int64_t last,
                            bool slowly)
{
    RtError error = {0};
    const RtShape shape = {28, 28, 1};
    const RtLoaderPlan plan = {.model = model, .images = images, .n = N, .shuffle = true, .augment = augment,
                               .seed = 9, .first = first, .last = last};
    RtLoader *loader = rt_loader_open(&plan, &error);
    ck_assert_msg(loader != NULL, "%s", error.text);
    int64_t number = first, changed = 0;
    for (const RtBatch *b; (b = rt_loader_next(loader)); number++) {
        if (slowly) usleep(number % 3 ? 3000 : 0);
        for (int i = 0; i < b->n; i++) {
            float image[784], plain[784], spare[784];
            const float *got = (const float *)b->field[0] + i * 784;
            for (int p = 0; p < 784; p++) image[p] = (float)pixels[b->sample[i] * 784 + p] / 255.0f;
            rt_normalize(&images->normalize, &shape, memcpy(plain, image, sizeof plain));
            if (augment)
                rt_augment(&model->train.augment, &shape, 9, number / (N / model->batch), b->sample[i], image, spare);
            rt_normalize(&images->normalize, &shape, image);
            ck_assert_mem_eq(got, image, sizeof image);
            for (int p = 0; p < 784; p++) changed += got[p] != plain[p];
        }
    }
    ck_assert_int_eq(number, last);
    rt_loader_close(loader);
    return changed;
}

START_TEST(batches_are_augmented)
{
    RtImages images = some_images();
    RtModel model = fixture_mlp, small = fixture_mlp;
    const int64_t of_epoch = N / B;
    model.train.augment = (RtAugment){.shift = 2, .crop = 1, .flip = true, .rotate = 10, .cutout = 6};
    small.train.augment = model.train.augment, small.batch = 16;
    ck_assert_int_gt(check_loader(&model, &images, true, 0, 3 * of_epoch, false), 3 * N * 784 / 2);
    check_loader(&model, &images, true, 0, 3 * of_epoch, true);                      /* whoever waits for whom */
    check_loader(&model, &images, true, of_epoch + 2, 3 * of_epoch - 1, false);      /* a resumed run */
    ck_assert_int_gt(check_loader(&small, &images, true, 0, N / 16, false), 0);
    ck_assert_int_eq(check_loader(&model, &images, false, 0, of_epoch, false), 0);   /* not asked for */
    ck_assert_int_eq(check_loader(&fixture_mlp, &images, true, 0, of_epoch, false), 0);
    images.normalize = (RtNormalize){.n = 1, .mean = MEAN, .sd = SD};
    ck_assert_int_gt(check_loader(&model, &images, true, 0, of_epoch, false), N * 784 / 2);
}
END_TEST

/* Zero fill comes before the mean is taken away: outside is as dark as inside. */
START_TEST(normalized_values)
{
    RtImages images = some_images();
    RtModel model = fixture_mlp;
    RtError error = {0};
    model.train.augment.cutout = 100;                                                  /* all of it */
    images.normalize = (RtNormalize){.n = 1, .mean = MEAN, .sd = SD};
    for (int augment = 0; augment < 2; augment++) {
        RtLoaderPlan plan = {
            .model = &model, .images = &images, .n = N, .shuffle = true, .augment = augment, .last = 1};
        RtLoader *loader = rt_loader_open(&plan, &error);
        const RtBatch *b = rt_loader_next(loader);
        for (int i = 0; i < B * 784; i++) {
            const float byte = (float)pixels[b->sample[i / 784] * 784 + i % 784];
            ck_assert_float_eq(((const float *)b->field[0])[i], augment ? -0.5f : (byte / 255.0f - 0.25f) / 0.5f);
        }
        rt_loader_close(loader);
    }
    static const double means[] = {1, 2, 3}, deviations[] = {0.5, 2, 4};
    float image[6] = {1, 2, 3, 4, 5, 6};
    rt_normalize(&(RtNormalize){.n = 3, .mean = means, .sd = deviations}, &(RtShape){1, 2, 3}, image);
    static const float by_channel[6] = {0, 0, 0, 6, 1.5f, 0.75f};
    ck_assert_mem_eq(image, by_channel, sizeof image);
}
END_TEST

/* ---- balanced batches ---- */

/* Classes 0 .. 9 of very different sizes: class 3 has no image at all, class 7 has three. */
static RtImages uneven_images(void)
{
    RtImages images = some_images();
    for (int i = 0; i < N; i++) labels[i] = (uint16_t)(i < 3 ? 7 : i % 10 == 3 || i % 10 == 7 ? i % 3 : i % 10);
    return images;
}

/* The samples of batches first .. last-1 are what `all`, of batches from 0, says; while `writes`, they are written
 * there instead. */
static void balanced_batches(const RtModel *model, const RtImages *images, uint64_t seed, int64_t first, int64_t last,
                             bool writes, int64_t *all)
{
    RtError error = {0};
    const RtLoaderPlan plan = {.model = model,
                               .images = images,
                               .n = N,
                               .shuffle = true,
                               .augment = true,
                               .seed = seed,
                               .first = first,
                               .last = last};
    RtLoader *loader = rt_loader_open(&plan, &error);
    ck_assert_msg(loader != NULL, "%s", error.text);
    int64_t number = first;
    for (const RtBatch *b; (b = rt_loader_next(loader)); number++) {
        ck_assert_int_eq(b->n, model->batch);
        if (number % 5 == 0) usleep(500);
        if (writes) memcpy(all + number * model->batch, b->sample, (size_t)b->n * sizeof *all);
        else ck_assert_mem_eq(all + number * model->batch, b->sample, (size_t)b->n * sizeof *all);
        for (int i = 0; i < b->n; i++) ck_assert_int_eq(((const int32_t *)b->field[1])[i], labels[b->sample[i]]);
    }
    ck_assert_int_eq(number, last);
    rt_loader_close(loader);
}

START_TEST(balanced_composition)
{
    enum { P = 8, K = 6, M = P * K, BATCHES = 400 };
    static int64_t all[BATCHES * M], other[BATCHES * M];
    const RtImages images = uneven_images();
    RtModel model = fixture_mlp;
    model.batch = M;
    model.train.sampler = (RtSampler){P, K};
    model.train.augment.flip = true;
    balanced_batches(&model, &images, 9, 0, BATCHES, true, all);
    balanced_batches(&model, &images, 9, 0, BATCHES, false, all);
    balanced_batches(&model, &images, 9, 137, 219, false, all);                        /* a resumed run */
    balanced_batches(&model, &images, 10, 0, BATCHES, true, other);
    ck_assert_mem_ne(all, other, sizeof all);
    int drawn[10] = {0}, seen[N] = {0};
    for (int b = 0; b < BATCHES; b++) {
        int of[256] = {0}, twice = 0, classes = 0, times[N] = {0};
        for (int i = 0; i < M; i++) {
            const int64_t s = all[b * M + i];
            ck_assert(s >= 0 && s < N);
            classes += of[labels[s]]++ == 0;
            twice += times[s]++ > 0 && labels[s] != 7;
            seen[s]++;
        }
        ck_assert_int_eq(classes, P);
        ck_assert_int_eq(twice, 0);
        for (int c = 0; c < 10; c++) ck_assert(of[c] == 0 || of[c] == K), drawn[c] += of[c] > 0;
    }
    for (int i = 0; i < N; i++) ck_assert_msg(seen[i] > 0, "image %d of class %d never came", i, labels[i]);
    for (int c = 0; c < 10; c++)
        ck_assert_msg(c == 3 ? drawn[c] == 0 : drawn[c] > BATCHES * 8 / 9 - 40, "class %d came %d times", c, drawn[c]);
}
END_TEST

/* Every image of a class is as likely as every other, and so is every class; 4 deviations. */
START_TEST(balanced_is_fair)
{
    enum { DRAWS = 20000 };
    int64_t samples[40], sample[8];
    int seen[N] = {0}, first[10] = {0};
    RtError error = {0};
    RtClasses classes;
    for (int i = 0; i < 40; i++) samples[i] = 3 * i, labels[3 * i] = (uint16_t)(i % 4);
    ck_assert(rt_classes_open(&classes, labels, samples, 40, &(RtSampler){2, 4}, &error));
    for (int64_t b = 0; b < DRAWS; b++) {
        rt_balanced(&classes, &(RtSampler){2, 4}, 5, b, sample);
        first[labels[sample[0]]]++;
        for (int i = 0; i < 8; i++) seen[sample[i]]++;
    }
    for (int c = 0; c < 4; c++) ck_assert_int_lt(abs(first[c] - DRAWS / 4), 245);       /* sqrt(DRAWS 3 / 16) */
    /* of 8 in 40; sqrt(DRAWS 4 / 25) */
    for (int i = 0; i < 40; i++) ck_assert_int_lt(abs(seen[3 * i] - DRAWS / 5), 227);
    for (int i = 0; i < 40; i++) ck_assert_int_eq(classes.member[i], 3 * (i % 10 * 4 + i / 10));
    rt_classes_close(&classes);
    ck_assert(!rt_classes_open(&classes, labels, samples, 40, &(RtSampler){5, 4}, &error));
    ck_assert_str_eq(error.text, "training images of 4 classes, against 5 of balanced{} in a batch");
}
END_TEST

/* Each time that an image comes it is augmented anew. */
START_TEST(balanced_augmentation)
{
    const RtImages images = some_images();
    const RtShape shape = {28, 28, 1};
    RtError error = {0};
    RtModel model = fixture_mlp;
    for (int i = 0; i < N; i++) labels[i] = i % 2;
    model.batch = 32;
    model.train.sampler = (RtSampler){1, 32};
    model.train.augment = (RtAugment){.shift = 9, .rotate = 30};
    RtLoader *loader = rt_loader_open(
        &(RtLoaderPlan){
            .model = &model, .images = &images, .n = 40, .shuffle = true, .augment = true, .seed = 4, .last = 3},
        &error);
    int64_t turn = 0;
    for (const RtBatch *b; (b = rt_loader_next(loader));)
        for (int i = 0; i < b->n; i++, turn++) {
            float image[784], spare[784];
            for (int p = 0; p < 784; p++) image[p] = (float)pixels[b->sample[i] * 784 + p] / 255.0f;
            rt_augment(&model.train.augment, &shape, 4, turn, b->sample[i], image, spare);
            ck_assert_mem_eq(image, (const float *)b->field[0] + i * 784, sizeof image);
        }
    ck_assert_int_eq(turn, 96);
    rt_loader_close(loader);
}
END_TEST

static RtMeans evaluated(const RtModel *model, const RtImages *images)
{
    RtWeights weights = {0};
    RtCall call = {0};
    RtMeans means;
    RtError error = {0};
    ck_assert(rt_weights_open(&weights, model, &error) && rt_call_open(&call, model, 1, &weights, &error) &&
              rt_means_open(&means, model, &error));
    rt_weights_initialise(&weights, model, 1);
    ck_assert_int_eq(rt_evaluate(model, &call, images, NULL, images->n, 1, NULL, &means, NULL, &error), RT_DONE);
    rt_call_close(&call);
    rt_weights_close(&weights);
    return means;
}

START_TEST(evaluation_is_not_augmented)
{
    RtImages images = some_images();
    RtModel model = fixture_mlp;
    model.train.augment = (RtAugment){.shift = 9, .flip = true, .rotate = 90, .cutout = 20};
    RtMeans plain = evaluated(&fixture_mlp, &images), augmented = evaluated(&model, &images);
    images.normalize = (RtNormalize){.n = 1, .mean = MEAN, .sd = SD};
    RtMeans normalized = evaluated(&model, &images);
    ck_assert(plain.samples == N && plain.sum[0] == augmented.sum[0] && plain.sum[0] != normalized.sum[0]);
    rt_means_close(&plain), rt_means_close(&augmented), rt_means_close(&normalized);
}
END_TEST

/* ---- sets ---- */

static void put_images(const char *path)
{
    static uint8_t bytes[16 + N * 784];
    char name[300];
    RtError error = {0};
    for (int file = 0; file < 4; file++) {
        const int images = file % 2 == 0, n = images ? N * 784 : N;
        const size_t head = images ? 16 : 8;
        memcpy(bytes, images ? "\0\0\x08\x03\0\0\x01\x2c\0\0\0\x1c\0\0\0\x1c" : "\0\0\x08\x01\0\0\x01\x2c", head);
        for (int i = 0; i < n; i++) bytes[head + (size_t)i] = (uint8_t)(images ? i * 7 % 251 : i % 10);
        snprintf(name, sizeof name, "%s/%s", path, rt_set_files[file]);
        ck_assert_msg(rt_file_write(name, bytes, head + (size_t)n, &error), "%s", error.text);
    }
}

/* ---- decoy sets ---- */

/* What is wrong with the patch of image i; NULL: nothing.  Gives its shade and its corner. */
static const char *wrong_patch(const RtImages *plain, const RtImages *decoy, int64_t i, int *shade, int *corner)
{
    const uint8_t *before = plain->pixels + i * 784, *after = decoy->pixels + i * 784;
    float mask[784], foreground[784];
    int y0 = 28, x0 = 28, y1 = -1, x1 = -1, marked = 0;
    rt_mask(decoy, i, mask);
    rt_mask(plain, i, foreground);
    for (int p = 0; p < 784; p++) {
        if (mask[p] != 0 && mask[p] != 1) return "the mask is neither 0 nor 1";
        if (foreground[p] != ((float)before[p] / 255.0f > 0.1f)) return "the foreground is not what is above 0.1";
        if (mask[p] == 0 && before[p] != after[p]) return "it changes a pixel outside";
        if (mask[p] == 0) continue;
        if (marked++ && after[p] != *shade) return "it is not of one shade";
        *shade = after[p];
        y0 = p / 28 < y0 ? p / 28 : y0, y1 = p / 28 > y1 ? p / 28 : y1;
        x0 = p % 28 < x0 ? p % 28 : x0, x1 = p % 28 > x1 ? p % 28 : x1;
    }
    *corner = 2 * (y0 > 0) + (x0 > 0);
    if (marked != 16 || y1 - y0 != 3 || x1 - x0 != 3) return "it is not 4 x 4";
    if ((y0 && y1 != 27) || (x0 && x1 != 27)) return "it is in no corner";
    if (decoy->decoy == RT_DECOY_TRAIN && *shade != 255 - 25 * decoy->labels[i])
        return "the shade is not that of the label";
    return *shade < 30 || (255 - *shade) % 25 ? "the shade is that of no class" : NULL;
}

/* The set with patches against the set without; corners and shades of the test are spread evenly, 5 deviations at
 * most. */
static void check_decoy(const RtImages *plain, const RtImages *decoy)
{
    const double n = (double)plain->n;
    int corners[4] = {0}, shades[10] = {0}, right = 0;
    ck_assert(plain->n == decoy->n &&
              memcmp(plain->labels, decoy->labels, (size_t)plain->n * sizeof *plain->labels) == 0);
    ck_assert_str_eq(plain->pixels_sha256, decoy->pixels_sha256);
    for (int64_t i = 0; i < plain->n; i++) {
        int shade = 0, corner;
        const char *wrong = wrong_patch(plain, decoy, i, &shade, &corner);
        if (wrong) ck_abort_msg("patch of image %lld: %s", (long long)i, wrong);
        corners[corner]++;
        shades[(255 - shade) / 25]++;
        right += shade == 255 - 25 * decoy->labels[i];
    }
    for (int c = 0; c < 4; c++) ck_assert_double_lt(fabs(corners[c] - n / 4), 5 * sqrt(n * 3 / 16));
    if (decoy->decoy == RT_DECOY_TRAIN) return;
    for (int c = 0; c < 10; c++) ck_assert_double_lt(fabs(shades[c] - n / 10), 5 * sqrt(n * 9 / 100));
    ck_assert_double_lt(fabs(right - n / 10), 5 * sqrt(n * 9 / 100));
}

static void open_both(RtData *data, const char *name, uint64_t seed)
{
    RtError error = {0};
    RtModel model = fixture_mlp;
    model.train.normalize.by_name = strstr(name, "mnist") != NULL;
    ck_assert_msg(rt_data_open(data, name, &model, seed, &error) && rt_data_test(data, name, &model, &error), "%s",
                  error.text);
}

START_TEST(decoy_sets)
{
    static const char *const names[] = {"digits", "mnist", "fashion-mnist"};
    const char *root = getenv("TAILOR_DATA");
    for (int i = 0; i < 3; i++) {
        RtData plain, decoy, again;
        char name[40], path[300];
        snprintf(path, sizeof path, "%s/%s", root && *root ? root : "./data", names[i]);
        if (i > 0 && access(path, R_OK) != 0) continue;      /* digits is always there */
        snprintf(name, sizeof name, "decoy-%s", names[i]);
        open_both(&plain, names[i], 1);
        open_both(&decoy, name, 1);
        open_both(&again, name, 2);
        ck_assert(decoy.train.decoy == RT_DECOY_TRAIN && decoy.test.decoy == RT_DECOY_TEST);
        ck_assert_str_eq(decoy.name, name);
        check_decoy(&plain.train, &decoy.train);
        check_decoy(&plain.test, &decoy.test);
        ck_assert_mem_eq(decoy.train.pixels, again.train.pixels, (size_t)plain.train.n * 784);
        ck_assert_mem_eq(decoy.test.pixels, again.test.pixels, (size_t)plain.test.n * 784);
        ck_assert_str_eq(decoy.test.source[0].sha256, plain.test.source[0].sha256);
        ck_assert_int_eq(decoy.train.normalize.n, plain.train.normalize.n);
        rt_data_close(&plain), rt_data_close(&decoy), rt_data_close(&again);
    }
    RtData data;
    RtError error = {0};
    setenv("TAILOR_DATA", folder, 1);
    ck_assert(!rt_data_open(&data, "decoy-mnist", &fixture_mlp, 1, &error) &&
              strstr(error.text, "data set decoy-mnist: there is no folder") &&
              strstr(error.text, "tailor data mnist"));
    char path[200];
    snprintf(path, sizeof path, "%s/mnist", folder);
    mkdir(path, 0777);
    put_images(path);
    error = (RtError){0};
    /* not its content */
    ck_assert(!rt_data_open(&data, "decoy-mnist", &fixture_mlp, 1, &error) && strstr(error.text, "of mnist"));
    snprintf(path, sizeof path, "%s/decoy-mnist", folder);
    mkdir(path, 0777);
    put_images(path);
    error = (RtError){0};
    ck_assert_msg(rt_data_open(&data, path, &fixture_mlp, 1, &error), "%s", error.text);         /* by path: as it is */
    ck_assert(data.train.decoy == RT_NO_DECOY && !data.known);
    rt_data_close(&data);
    snprintf(path, sizeof path, "decoy-decoy-mnist");
    error = (RtError){0};
    ck_assert(!rt_data_open(&data, path, &fixture_mlp, 1, &error));
}
END_TEST

/* Fields beside image and label; all of them follow the image. */
static const RtField OF_IMAGES[] = {
    {"image", RT_FIELD_IMAGE, RT_F32, 3, {28, 28, 1}, 0},
    {"label", RT_FIELD_LABEL, RT_I32, 0, {0}, 10},
    {"mask", RT_FIELD_MASK, RT_F32, 3, {28, 28, 1}, 0},
    {"sample_number", RT_FIELD_NUMBER, RT_I32, 0, {0}, 0},
};

/* The mask moves with the image: of a decoy set the pixels of the patch are where the mask is, of one shade; of another
 * the mask is what is above 0.1 before it moves. */
START_TEST(masks_follow_images)
{
    const RtShape shape = {28, 28, 1};
    RtModel model = fixture_mlp;
    RtError error = {0};
    model.fields = OF_IMAGES, model.n_fields = 4;
    model.train.normalize = (RtNormalize){.n = 1, .mean = MEAN, .sd = SD};
    for (int which = 0; which < 6; which++) {
        RtData data;
        const bool decoy = which & 1, augment = which > 1, turned = which > 3;
        model.train.augment = (RtAugment){.shift = 3, .flip = true, .cutout = 4, .rotate = turned ? 30 : 0};
        ck_assert_msg(rt_data_open(&data, decoy ? "decoy-digits" : "digits", &model, 1, &error), "%s", error.text);
        const RtLoaderPlan plan = {.model = &model,
                                   .images = &data.train,
                                   .n = 500,
                                   .shuffle = augment,
                                   .augment = augment,
                                   .seed = 3,
                                   .first = 1,
                                   .last = 12};
        RtLoader *loader = rt_loader_open(&plan, &error);
        int64_t number = 1, marked = 0, wrong = 0;
        for (const RtBatch *b; (b = rt_loader_next(loader)); number++)
            for (int i = 0; i < b->n; i++) {
                const float *mask = (const float *)b->field[2] + i * 784, *image = (const float *)b->field[0] + i * 784;
                float expected[784], spare[784],
                    shade = ((255.0f - 25.0f * (float)data.train.labels[b->sample[i]]) / 255.0f - 0.25f) / 0.5f;
                rt_mask(&data.train, b->sample[i], expected);
                ck_assert_int_eq(((const int32_t *)b->field[3])[i], b->sample[i]);
                if (augment)
                    rt_augment(&model.train.augment, &shape, 3, number / (500 / model.batch), b->sample[i], expected,
                               spare);
                for (int p = 0; p < 784; p++) {
                    wrong += mask[p] != (expected[p] >= 0.5f);
                    wrong += decoy && !turned && mask[p] != 0 && image[p] != shade;
                    wrong += !decoy && !turned && (mask[p] != 0) != (image[p] > -0.3f);
                    marked += mask[p] != 0;
                }
            }
        ck_assert_int_eq(number, augment ? 12 : 1 + (500 + model.batch - 1) / model.batch);
        ck_assert_msg(wrong == 0, "%d: %lld elements of a mask are wrong", which, (long long)wrong);
        ck_assert_int_gt(marked, 0);
        rt_loader_close(loader);
        rt_data_close(&data);
    }
    model.n_fields = 3;
    RtField fields[] = {OF_IMAGES[0], OF_IMAGES[1], {"mask", RT_FIELD_MASK, RT_F32, 3, {28, 27, 1}, 0}};
    RtData data;
    model.fields = fields;
    ck_assert(!rt_data_open(&data, "digits", &model, 1, &error) &&
              strstr(error.text, "28 x 28 x 1, against 28 x 27 x 1 of input mask"));
}
END_TEST

/* The second view is the image under the same augmentation by other draws, the same in every run; without augmentation
 * it is the image. */
START_TEST(second_views)
{
    static const RtField fields[] = {{"image_view2", RT_FIELD_VIEW, RT_F32, 3, {28, 28, 1}, 0},
                                     {"image", RT_FIELD_IMAGE, RT_F32, 3, {28, 28, 1}, 0}};
    static float views[12 * 16 * 784];
    const RtImages images = some_images();
    RtModel model = fixture_mlp;
    RtError error = {0};
    model.fields = fields, model.n_fields = 2, model.batch = 16;
    model.train.augment = (RtAugment){.shift = 4, .flip = true, .rotate = 20, .cutout = 5};
    for (int run = 0; run < 4; run++) {                        /* all, resumed, not augmented, evaluation */
        const RtLoaderPlan plan = {.model = &model,
                                   .images = &images,
                                   .n = 192,
                                   .shuffle = run < 3,
                                   .augment = run < 2,
                                   .seed = 8,
                                   .first = run == 1 ? 5 : 0,
                                   .last = 12};
        RtLoader *loader = rt_loader_open(&plan, &error);
        int64_t number = plan.first, same = 0, total = 0;
        for (const RtBatch *b; (b = rt_loader_next(loader)); number++) {
            const float *second = b->field[0], *first = b->field[1];
            if (run == 0) memcpy(views + number * 16 * 784, second, 16 * 784 * sizeof *views);
            if (run == 1) ck_assert_mem_eq(views + number * 16 * 784, second, 16 * 784 * sizeof *views);
            for (int i = 0; i < b->n; i++, total++) {
                same += !memcmp(first + i * 784, second + i * 784, 784 * sizeof *first);
                float image[784], spare[784];
                for (int p = 0; p < 784; p++) image[p] = (float)pixels[b->sample[i] * 784 + p] / 255.0f;
                if (plan.augment)
                    rt_augment(&model.train.augment, &(RtShape){28, 28, 1}, 8, number / 12, b->sample[i], image, spare);
                ck_assert_mem_eq(first + i * 784, image, sizeof image);        /* the first is what it would be alone */
            }
        }
        ck_assert(number == 12 && (plan.augment ? same < 3 : same == total));
        rt_loader_close(loader);
    }
}
END_TEST

/* ---- normalization by name, runs ---- */

START_TEST(normalized_by_name)
{
    static const struct { const char *name; double mean; } rows[] = {{"mnist", 0.1307}, {"fashion-mnist", 0.2860}};
    RtModel model = fixture_mlp;
    RtData data;
    RtError error = {0};
    char path[200];
    model.train.normalize.by_name = true;
    ck_assert(!rt_data_open(&data, "digits", &model, 1, &error) &&
              strstr(error.text, "digits: its mean and deviation are not known") &&
              strstr(error.text, "write normalize = { mean ="));
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, rows[i].name);
        mkdir(path, 0777);
        put_images(path);
        error = (RtError){0};
        ck_assert_msg(rt_data_open(&data, path, &model, 1, &error) && rt_data_test(&data, path, &model, &error), "%s",
                      error.text);
        ck_assert(data.train.normalize.n == 1 && data.train.normalize.mean[0] == rows[i].mean);
        ck_assert(data.test.normalize.mean[0] == rows[i].mean);
        rt_data_close(&data);
    }
    static const double three[] = {1, 2, 3};
    model.train.normalize = (RtNormalize){.n = 3, .mean = three, .sd = three};
    ck_assert(!rt_data_open(&data, path, &model, 1, &error) &&
              strstr(error.text, "images of 1 channels, against 3 of normalize"));
}
END_TEST

static volatile sig_atomic_t stop;
static int64_t stop_at;
static void count(void *context, const RtRun *run) { (void)context; stop = run->step == stop_at; }

/* A run of four epochs of four steps, stopped after a number of steps and gone on with; its record and the hash of its
 * weights. */
static void whole_run(const RtModel *model, const char *name, int threads, int64_t stops, char hash[65], RtText *json)
{
    char path[200], in_set[200];
    RtError error = {0};
    RtRun run;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    snprintf(in_set, sizeof in_set, "%s/set", folder);
    const RtSettings settings = {.data = in_set, .seed = 3, .epochs = 4, .threads = threads, .folder = path};
    const RtListener listener = {.step = count, .stop = &stop};
    mkdir(path, 0777);
    for (int part = stops ? 0 : 1; part < 2; part++) {
        stop = 0, stop_at = part ? -1 : stops;
        ck_assert_msg(rt_run_open(&run, model, &settings, &listener, &error), "%s", error.text);
        ck_assert_int_eq(rt_run(&run, &error), part ? RT_DONE : RT_INTERRUPTED);
        if (part) ck_assert_msg(rt_record_write(&run, json, &error), "%s", error.text);
        strcpy(hash, run.weights_sha256);
        rt_run_close(&run);
    }
}

START_TEST(runs)
{
    static const double mean[] = {0.1}, sd[] = {0.3};
    char plain[65], normalized[65], one[65], two[65], stopped[65], balanced[65], halved[65];
    RtText json[7];
    RtModel model = fixture_mlp, only, by_class = fixture_mlp;
    by_class.train.sampler = (RtSampler){8, 8};
    model.train.normalize = (RtNormalize){.n = 1, .mean = mean, .sd = sd};
    only = model;
    model.train.augment = (RtAugment){.shift = 2, .crop = 3, .rotate = 12.5, .cutout = 4};
    char path[200];
    snprintf(path, sizeof path, "%s/set", folder);
    mkdir(path, 0777);
    put_images(path);
    whole_run(&fixture_mlp, "plain", 1, 0, plain, &json[0]);
    whole_run(&model, "one", 1, 0, one, &json[1]);
    whole_run(&model, "two", 2, 0, two, &json[2]);
    whole_run(&model, "stopped", 2, 7, stopped, &json[3]);
    whole_run(&only, "normalized", 2, 0, normalized, &json[4]);
    whole_run(&by_class, "balanced", 1, 0, balanced, &json[5]);
    whole_run(&by_class, "halved", 2, 6, halved, &json[6]);
    ck_assert_str_eq(balanced, halved);
    ck_assert_str_ne(balanced, plain);
    ck_assert(strstr(json[0].data, "\"kind\": \"shuffle\""));
    ck_assert(strstr(json[6].data, "\"kind\": \"balanced\"") && strstr(json[6].data, "\"per_class\": 8"));
    ck_assert_str_eq(one, two);
    ck_assert_str_eq(one, stopped);
    ck_assert_str_ne(one, normalized);
    ck_assert_str_ne(normalized, plain);
    ck_assert(strstr(json[0].data, "\"augment\": {}") && strstr(json[0].data, "\"normalize\": {}"));
    RtJson parsed;
    RtError error = {0};
    ck_assert_msg(rt_json_parse(json[3].data, json[3].length, "run.json", &parsed, &error), "%s", error.text);
    const RtJsonNode *augment = rt_json_get(&parsed, parsed.nodes, "augment");
    const RtJsonNode *normalize = rt_json_get(&parsed, parsed.nodes, "normalize");
    ck_assert(augment && augment->n == 4 && rt_json_get(&parsed, augment, "crop")->integer == 3);
    ck_assert(rt_json_get(&parsed, augment, "rotate")->number == 12.5);
    ck_assert(normalize && parsed.nodes[rt_json_get(&parsed, normalize, "sd")->first].number == 0.3);
    rt_json_free(&parsed);
    for (int i = 0; i < 7; i++) rt_text_free(&json[i]);
}
END_TEST

/* ---- the graph file ---- */

static const Experiment *compiled(const char *options)
{
    Arena *arena = arena_new();
    const char *text = arena_format(arena, "image = input { 8, 8, 3 }\nlabel = labels(10)\n"
                                           "minimize(cross_entropy(linear(flatten(image), 10), label))\n"
                                           "train { batch = 4, data = 'digits', optimizer = sgd {}, %s }\n", options);
    return load_text(arena, "a.lua", text, strlen(text), 0, NULL);
}

START_TEST(graph_files)
{
    static const struct { const char *options, *emitted;
    } rows[] = {
        {"", NULL},
        {"augment = { shift = 0, rotate = 0, flip = false }, normalize = false", NULL},
        {"augment = {}", NULL},
        {"augment = { shift = 2 }", ".augment = {.shift = 2},"},
        {"augment = { crop = 2 }", ".augment = {.crop = 2},"},
        {"augment = { cutout = 2 }", ".augment = {.cutout = 2},"},
        {"augment = { flip = true }", ".augment = {.flip = true},"},
        {"augment = { crop = 2, flip = true }", ".augment = {.crop = 2, .flip = true},"},
        {"augment = { rotate = 2 }", ".augment = {.rotate = 2},"},
        {"augment = { shift = 1, crop = 2, flip = true, rotate = 7.5, cutout = 9 }",
         ".augment = {.shift = 1, .crop = 2, .flip = true, .rotate = 7.5, .cutout = 9},"},
        {"sampler = 'shuffle'", NULL},
        {"sampler = balanced { classes = 2, per_class = 2 }", ".sampler = {.classes = 2, .per_class = 2},"},
        {"sampler = balanced { 4, 1 }", ".sampler = {.classes = 4, .per_class = 1},"},
        {"normalize = true", ".normalize = {.by_name = true},"},
        {"normalize = { mean = 0.5 }",
         ".normalize = {.n = 1, .mean = (const double[]){0.5}, .sd = (const double[]){1}},"},
        {"normalize = { mean = 0.5, sd = 3 }",
         ".normalize = {.n = 1, .mean = (const double[]){0.5}, .sd = (const double[]){3}},"},
        {"normalize = { mean = 0.5, sd = { 1, 2, 0.25 } }",
         ".normalize = {.n = 3, .mean = (const double[]){0.5, 0.5, 0.5}, .sd = (const double[]){1, 2, 0.25}},"},
    };
    enum { N_ROWS = sizeof rows / sizeof *rows };
    const Experiment *x[N_ROWS];
    const Passes passes = {0};
    for (int i = 0; i < N_ROWS; i++) {
        x[i] = compiled(rows[i].options);
        const char *source = emit_source(emission_new(x[i], 4, &passes));
        const bool right = rows[i].emitted ? strstr(source, rows[i].emitted) != NULL
                                           : !strstr(source, ".augment") && !strstr(source, ".sampler") &&
                                                 !strstr(source, ".normalize");
        ck_assert_msg(right, "%s: not %s", rows[i].options, rows[i].emitted);
        for (int k = 0; k < i; k++) {
            const bool same = !strcmp(x[i]->graph_hash, x[k]->graph_hash);
            ck_assert_msg(same == (!rows[i].emitted && !rows[k].emitted), "%s and %s", rows[i].options,
                          rows[k].options);
        }
    }
}
END_TEST

static Experiment *trained(Arena *arena, const char *train)
{
    const char *text = arena_format(arena,
                                    "image = input { 8, 8, 3 }\nlabel = labels(10)\n"
                                    "minimize(cross_entropy(linear(flatten(image), 10), label))\ntrain { %s }\n",
                                    train);
    return load_text(arena, "a.lua", text, strlen(text), 0, NULL);
}

/* Two texts of train{} that differ in the setting alone.  Those that need others beside them have a row; of the rest,
 * which are what new settings are, it is left out and given a value within its limits. */
static void two_ways(Arena *arena, const RtSetting *s, const char *way[2])
{
    static const struct { const char *name, *way[2];
    } rows[] = {
        {"optimizer", {"optimizer = adam {}", "optimizer = adamw { weight_decay = 0 }"}},
        {"lr", {"optimizer = sgd { lr = 1 }", "optimizer = sgd { lr = 2 }"}},
        {"momentum", {"optimizer = sgd { momentum = 0.5 }", "optimizer = sgd { momentum = 0.25 }"}},
        {"nesterov", {"optimizer = sgd { momentum = 0.5 }", "optimizer = sgd { momentum = 0.5, nesterov = true }"}},
        {"beta1", {"optimizer = adam {}", "optimizer = adam { betas = { 0.5, 0.999 } }"}},
        {"beta2", {"optimizer = adam {}", "optimizer = adam { betas = { 0.9, 0.99 } }"}},
        {"eps", {"optimizer = adam {}", "optimizer = adam { eps = 1 }"}},
        {"weight_decay", {"optimizer = adamw {}", "optimizer = adamw { weight_decay = 1 }"}},
        {"schedule", {"optimizer = sgd {}", "optimizer = sgd {}, schedule = step { factor = 1 }"}},
        {"warmup", {"optimizer = sgd {}", "optimizer = sgd {}, schedule = constant { warmup = 0.5 }"}},
        {"final",
         {"optimizer = sgd {}, schedule = cosine {}", "optimizer = sgd {}, schedule = cosine { final = 1 / 2 }"}},
        {"peak",
         {"optimizer = sgd {}, schedule = one_cycle { peak = 1 }",
          "optimizer = sgd {}, schedule = one_cycle { peak = 2 }"}},
        {"factor", {"optimizer = sgd {}, schedule = step {}", "optimizer = sgd {}, schedule = step { factor = 2 }"}},
        {"every", {"optimizer = sgd {}, schedule = step {}", "optimizer = sgd {}, schedule = step { every = 2 }"}},
        {"freeze", {"optimizer = sgd {}", "optimizer = sgd {}, freeze = { '*.bias' }"}},
        {"augment", {"optimizer = sgd {}", "optimizer = sgd {}, augment = { flip = true }"}},
        {"normalize", {"optimizer = sgd {}, normalize = { mean = 1 }", "optimizer = sgd {}, normalize = { mean = 2 }"}},
        {"sampler", {"batch = 4, optimizer = sgd {}", "batch = 4, optimizer = sgd {}, sampler = balanced { 2, 2 }"}},
        {"classes",
         {"batch = 4, optimizer = sgd {}, sampler = balanced { 2, 2 }",
          "batch = 4, optimizer = sgd {}, sampler = balanced { 4, 1 }"}},
        {"per_class",
         {"batch = 4, optimizer = sgd {}, sampler = balanced { 2, 2 }",
          "batch = 4, optimizer = sgd {}, sampler = balanced { 1, 4 }"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].name, s->name)) {
            way[0] = rows[i].way[0], way[1] = rows[i].way[1];
            return;
        }
    const bool first = s->words && !strcmp(s->words[0].word, s->word);
    const char *value = s->words ? arena_format(arena, "'%s'", s->words[first].word)
                        : s->kind == RT_SETTING_FLAG ? "true" : s->kind == RT_SETTING_REAL ? "0.375"
                        : s->kind == RT_SETTING_INTEGER ? "2" : "'other'";
    way[0] = "optimizer = sgd {}";
    way[1] = s->of ? arena_format(arena, "%s, %s = { %s = %s }", way[0], s->of, s->name, value)
                   : arena_format(arena, "%s, %s = %s", way[0], s->name, value);
}

/* No setting is left out of the hash: else a resumed run would go on under another, silently. */
START_TEST(every_setting_is_hashed)
{
    Arena *arena = arena_new();
    int of_runs = 0;
    for (const RtSetting *s = rt_settings; s->name; s++) {
        char hash[2][65];
        const char *way[2];
        two_ways(arena, s, way);
        for (int i = 0; i < 2; i++) {
            const Experiment *x = trained(arena, way[i]);
            memcpy(hash[i], x->graph_hash, sizeof x->graph_hash);
        }
        const bool of_graph = s->hash == RT_HASH_ALWAYS || s->hash == RT_HASH_NAMED, same = !strcmp(hash[0], hash[1]);
        ck_assert_msg(same != of_graph, "%s: train { %s } and train { %s }", s->name, way[0], way[1]);
        of_runs += s->hash == RT_HASH_RUN;
        ck_assert(s->hash != RT_HASH_NEVER || !strcmp(s->name, "views"));
    }
    ck_assert_int_eq(of_runs, 4);                  /* data, epochs, seed, validation: in rt_experiment_text */
    arena_free(arena);
}
END_TEST

/* Every optimizer that a file can name has a block, of whose call each word is known. */
START_TEST(every_optimizer_is_called)
{
    const Passes passes = {0};
    for (int i = 0; optimizer_at(i); i++) {
        Arena *arena = arena_new();
        const char *name = optimizer_at(i)->name;
        const char *source = emit_source(
            emission_new(trained(arena, arena_format(arena, "optimizer = %s {}", name)), 4, &passes));
        const char *call = strstr(source, "    rt_update_");
        ck_assert_msg(call && !strchr(source, '$') && strstr(call, "step->learning_rate"), "%s", name);
        arena_free(arena);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("batches");
    TCase *tests = tcase_create("batches");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_test(tests, batches_are_augmented);
    tcase_add_test(tests, normalized_values);
    tcase_add_test(tests, balanced_composition);
    tcase_add_test(tests, balanced_is_fair);
    tcase_add_test(tests, balanced_augmentation);
    tcase_add_test(tests, evaluation_is_not_augmented);
    tcase_add_test(tests, decoy_sets);
    tcase_add_test(tests, masks_follow_images);
    tcase_add_test(tests, second_views);
    tcase_add_test(tests, normalized_by_name);
    tcase_add_test(tests, runs);
    tcase_add_test(tests, graph_files);
    tcase_add_test(tests, every_setting_is_hashed);
    tcase_add_test(tests, every_optimizer_is_called);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
