/* rt_data.c - data sets by name or folder, checked against their known content and against the model.
 *
 * A set is a folder in one of the formats of rt_formats.c, or the embedded digits.  A set with a name in KNOWN must
 * have the content of that name; decoy-NAME is made from it. */
#include "rt.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const RtKnownSet KNOWN[] = {
    {"mnist",
     {"ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"}},
    {"fashion-mnist",
     {"c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
      "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
      "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
      "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"}},
    {"digits",
     {"bdc1bb5fbbf01517baa71fab6ef0b1477098ad0de75cd988adf4c21b19bc44a3",
      "f24756e9fc27107597cd054b9df7247b4e5ab61780d1e5d55e7b1015307573de",
      "04d393da77419e09809c6742f676368e367913540a2eca038552f86903b19e97",
      "19efeabbd5fed476d80e2ce2609cdc76c23b9694a1631c6371599ab362810a91"}},
};

/* Mean and deviation of the training images, for normalize = true. */
static const struct { const char *name; RtNormalize normalize;
} USUAL[] = {
    {"mnist", {.n = 1, .mean = (const double[]){0.1307}, .sd = (const double[]){0.3081}}},
    {"fashion-mnist", {.n = 1, .mean = (const double[]){0.2860}, .sd = (const double[]){0.3530}}},
    {"cifar-10",
     {.n = 3, .mean = (const double[]){0.4914, 0.4822, 0.4465}, .sd = (const double[]){0.2470, 0.2435, 0.2616}}},
    {"cifar-100",
     {.n = 3, .mean = (const double[]){0.5071, 0.4865, 0.4409}, .sd = (const double[]){0.2673, 0.2564, 0.2762}}},
};

int rt_known_sets(void) { return (int)(sizeof KNOWN / sizeof *KNOWN); }
const RtKnownSet *rt_known_set(int i) { return &KNOWN[i]; }

static const char DECOY[] = "decoy-";
enum { DECOY_LENGTH = sizeof DECOY - 1 };

const RtKnownSet *rt_known_set_of(const char *name)
{
    if (strncmp(name, DECOY, DECOY_LENGTH) == 0) name += DECOY_LENGTH;
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        if (strcmp(KNOWN[i].name, name) == 0) return &KNOWN[i];
    return NULL;
}

static const RtField *field_of(const RtModel *model, RtFieldKind kind)
{
    for (int i = 0; i < model->n_fields; i++)
        if (model->fields[i].kind == kind) return &model->fields[i];
    return NULL;
}

/* ---- where a set lies ---- */

/* The set's name in records is the last part of its path, so records do not depend on where somebody keeps the data. */
static void base_name(char name[256], const char *path)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/') n--;
    size_t from = n;
    while (from > 0 && path[from - 1] != '/') from--;
    snprintf(name, 256, "%.*s", (int)(n - from > 255 ? 255 : n - from), path + from);
}

/* Finds the format of the folder. */
static bool find_format(RtData *data, RtError *error)
{
    data->format = rt_format_of(data->folder);
    return data->format ||
           rt_fail(
               error,
               "%s: neither %s[.gz], nor train-images.npy, nor data_batch_1.bin of CIFAR-10, nor a folder train with "
               "one of PNG files for each class, nor any other file of such a set is there",
               data->folder, rt_set_files[0]);
}

static bool find_set(RtData *data, const char *name, RtError *error)
{
    const char *root = getenv("TAILOR_DATA");
    char folder[RT_MAX_PATH];
    base_name(data->name, name);
    if (!root || !root[0]) root = "./data";
    if (!name[0]) return rt_fail(error, "the name of the data set is empty");
    if (!strchr(name, '/')) {
        data->known = rt_known_set_of(name);   /* the set goes by that name, so its content must be that of the name */
        data->decoy = data->known && strcmp(data->known->name, name) != 0;
        if (data->decoy) name = data->known->name;
        if (strcmp(name, "digits") == 0) return true;
        if (!rt_path(folder, root, name, error)) return false;
        if (rt_is_folder(folder)) {
            strcpy(data->folder, folder);
            return find_format(data, error);
        }
        if (!data->decoy) data->known = NULL;
    }
    if (!rt_is_folder(name) && strchr(name, '/')) return rt_fail(error, "%s: there is no such folder of data", name);
    if (!rt_is_folder(name) && rt_known_set_of(name))
        return rt_fail(
            error,
            "data set %s: there is no folder %s (fetch it with: tailor data %s; or set TAILOR_DATA; the embedded "
            "set is digits)",
            data->name, folder, name);
    if (!rt_is_folder(name))
        return rt_fail(
            error, "data set %s: there is no folder %s (TAILOR_DATA says where data lies; the embedded set is digits)",
            data->name, folder);
    snprintf(data->folder, sizeof data->folder, "%s", name);
    return find_format(data, error);
}

bool rt_data_exists(const char *name, RtError *error)
{
    RtData data = {0};
    return find_set(&data, name, error);
}

/* ---- what a set holds ---- */

static bool check_shape(const char *path, const RtImages *images, const RtField *field, RtError *error)
{
    int64_t h = images->height, w = images->width, c = field->kind == RT_FIELD_MASK ? 1 : images->channels, flat = 1;
    bool same = (field->rank == 3 && field->dims[0] == h && field->dims[1] == w && field->dims[2] == c) ||
                (field->rank == 2 && field->dims[0] == h && field->dims[1] == w && c == 1) ||
                (field->rank == 1 && !__builtin_mul_overflow(h, w, &flat) && !__builtin_mul_overflow(flat, c, &flat) &&
                 field->dims[0] == flat);
    if (same) return true;
    char want[200];
    int n = 0;
    for (int i = 0; i < field->rank && n < 160; i++)
        n += snprintf(want + n, sizeof want - (size_t)n, "%s%lld", i ? " x " : "", (long long)field->dims[i]);
    if (!field->rank) snprintf(want, sizeof want, "one number");
    const bool planes = field->rank == 3 && field->dims[0] == w && field->dims[1] == images->channels &&
                        field->dims[2] == h;
    return rt_fail(error, "%s: images of %lld x %lld x %lld, against %s of input %s%s", path, (long long)h,
                   (long long)w, (long long)images->channels, want, field->name, planes ? ": channels come last" : "");
}

/* Checks the shape of every image field against the images. */
static bool check_shapes(const char *path, const RtImages *images, const RtModel *model, RtError *error)
{
    for (int f = 0; f < model->n_fields; f++)
        if (model->fields[f].type == RT_F32 && !check_shape(path, images, &model->fields[f], error)) return false;
    return true;
}

static bool check_labels(const char *path, const RtImages *images, const RtModel *model, RtError *error)
{
    const RtField *label = field_of(model, RT_FIELD_LABEL);
    for (int64_t i = 0; label && i < images->n; i++)
        if (images->labels[i] >= label->classes)
            return rt_fail(error, "%s: label %d of image %lld, against labels 0 to %lld of the model", path,
                           images->labels[i], (long long)i, (long long)label->classes - 1);
    return true;
}

static bool check_hash(const RtData *data, const char *path, const char *is, bool test, int which, RtError *error)
{
    return !data->known || strcmp(data->known->sha256[2 * test + which], is) == 0 ||
           rt_fail(error, "%s: sha256 of the content is %s, against %s of %s", path, is,
                   data->known->sha256[2 * test + which], data->known->name);
}

/* Finds the normalization of the images that train{} asks for. */
static bool find_normalize(const RtData *data, const char *path, const RtModel *model, RtImages *images, RtError *error)
{
    /* patches change mean and deviation only by little */
    const char *name = data->decoy ? data->known->name : data->name;
    images->normalize = model->train.normalize;
    for (size_t i = 0; images->normalize.by_name && i < sizeof USUAL / sizeof *USUAL; i++)
        if (strcmp(USUAL[i].name, name) == 0) images->normalize = USUAL[i].normalize;
    if (images->normalize.by_name)
        return rt_fail(
            error,
            "data set %s: its mean and deviation are not known, against normalize = true; write normalize = { mean = "
            "0.5, sd = 0.25 } with its own numbers (mnist, fashion-mnist, cifar-10 and cifar-100 are known)",
            data->name);
    return images->normalize.n <= 1 || images->normalize.n == images->channels ||
           rt_fail(error, "%s: images of %lld channels, against %d of normalize", path, (long long)images->channels,
                   images->normalize.n);
}

static bool check_images(const RtData *data, const char *pixels_path, const char *labels_path, bool test,
                         bool head_only, const RtModel *model, RtImages *images, RtError *error)
{
    return check_shapes(pixels_path, images, model, error) && find_normalize(data, pixels_path, model, images, error) &&
           (head_only || (check_hash(data, pixels_path, images->pixels_sha256, test, 0, error) &&
                          check_hash(data, labels_path, images->labels_sha256, test, 1, error) &&
                          check_labels(labels_path, images, model, error)));
}

static bool read_files(const RtData *data, bool test, bool head_only, const RtModel *model, RtImages *images,
                        RtError *error)
{
    char pixels_path[RT_MAX_PATH], labels_path[RT_MAX_PATH];
    if (!rt_format_read(data->format, data->folder, test, head_only, images, error) ||
        !rt_path(pixels_path, data->folder, images->pixels_name, error) ||
        !rt_path(labels_path, data->folder, images->labels_name, error))
        return false;
    return check_images(data, pixels_path, labels_path, test, head_only, model, images, error);
}

static bool draw_digits(const RtData *data, bool test, bool head_only, const RtModel *model, RtImages *images,
                        RtError *error)
{
    static const char *const PATH = "digits, as compiled here";
    *images = (RtImages){.height = 28, .width = 28, .channels = 1};
    if (!check_shapes("digits", images, model, error)) return false;
    if (!head_only && !rt_digits(test, images, error)) return false;
    for (int i = 0; i < 2; i++)
        rt_images_source(images, rt_set_files[2 * test + i], i ? images->labels_sha256 : images->pixels_sha256);
    return check_images(data, PATH, PATH, test, head_only, model, images, error);
}

static bool read_set(const RtData *data, bool test, bool head_only, const RtModel *model, RtImages *images,
                     RtError *error)
{
    bool ok = data->folder[0] ? read_files(data, test, head_only, model, images, error)
                              : draw_digits(data, test, head_only, model, images, error);
    if (ok && data->decoy && images->floats)
        return rt_fail(error, "%s: images scaled by %s, against bytes that a patch is laid over", data->folder,
                       rt_scale_file);
    if (ok && data->decoy && !head_only) rt_decoy(test ? RT_DECOY_TEST : RT_DECOY_TRAIN, images);
    return ok;
}

/* ---- opening ---- */

/* Checks that batches can be drawn: a run that could draw none is better ended now. */
static bool check_sampler(const RtData *data, const RtModel *model, RtError *error)
{
    RtClasses classes;
    RtError inner = {0};
    if (!model->train.sampler.classes) return true;
    bool ok = rt_classes_open(&classes, data->train.labels, data->training, data->n_training, &model->train.sampler,
                              &inner);
    if (!ok) return rt_fail(error, "%s: %s", data->name, inner.text);
    rt_classes_close(&classes);
    return true;
}

/* A test set that cannot be read is better known before the training. */
static bool look_at_test(RtData *data, const RtModel *model, RtError *error)
{
    RtImages head;
    data->no_test = data->folder[0] && !rt_format_has_test(data->format, data->folder);
    return data->no_test || read_set(data, true, true, model, &head, error);
}

static bool open_set(RtData *data, const char *name, bool test, const RtModel *model, uint64_t seed, RtError *error)
{
    *data = (RtData){0};
    bool ok = find_set(data, name, error) && (!test || look_at_test(data, model, error)) &&
              read_set(data, false, false, model, &data->train, error);
    if (ok) {
        data->training = malloc((size_t)data->train.n * sizeof *data->training);
        data->validation = malloc((size_t)data->train.n * sizeof *data->validation);
        ok = (data->training && data->validation) ||
             rt_fail(error, "%s: out of memory for %lld images", name, (long long)data->train.n);
    }
    ok = ok && rt_split(data->train.n, data->train.labels, model->train.validation, seed, data->training,
                        &data->n_training, data->validation, &data->n_validation, error);
    if (ok && data->n_training < model->batch)
        ok = rt_fail(error, "%s: %lld training images, against a batch of %d", data->name, (long long)data->n_training,
                     model->batch);
    ok = ok && check_sampler(data, model, error);
    if (!ok) rt_data_close(data);
    return ok;
}

bool rt_data_open(RtData *data, const char *name, const RtModel *model, uint64_t seed, RtError *error)
{
    return open_set(data, name, true, model, seed, error);
}

bool rt_data_open_training(RtData *data, const char *name, const RtModel *model, uint64_t seed, RtError *error)
{
    if (!open_set(data, name, false, model, seed, error)) return false;
    if (data->n_validation) return true;
    rt_data_close(data);
    return rt_fail(error, "data set %s: there are no validation images (train{} says validation = %g), against --split "
                          "validation", name, model->train.validation);
}

bool rt_data_test(RtData *data, const char *name, const RtModel *model, RtError *error)
{
    if (data->test.n) return true;
    if (!data->name[0] && !find_set(data, name, error)) return false;
    if (data->folder[0] && !rt_format_has_test(data->format, data->folder))
        return rt_fail(error, "data set %s: there is no test set in %s, only training images", data->name,
                       data->folder);
    if (read_set(data, true, false, model, &data->test, error)) return true;
    rt_images_free(&data->test);
    return false;
}

/* Reads the names and hashes of a set's files, and the number of its images. */
static bool read_content(const RtData *data, bool test, RtImages *images, RtError *error)
{
    RtImages read = {.n = test ? RT_DIGITS_TEST : RT_DIGITS_TRAIN};
    if (data->folder[0] && !rt_format_read(data->format, data->folder, test, data->known != NULL, &read, error))
        return false;
    images->n = read.n;
    for (int i = 0; i < 2 && !data->folder[0]; i++) rt_images_source(&read, rt_set_files[2 * test + i], "");
    for (int i = 0; i < read.n_sources; i++)
        rt_images_source(images, read.source[i].name,
                         data->known && i < 2 ? data->known->sha256[2 * test + i] : read.source[i].sha256);
    rt_images_free(&read);
    return true;
}

bool rt_data_content(RtData *data, const char *name, bool test, RtError *error)
{
    *data = (RtData){0};
    if (!find_set(data, name, error)) return false;
    data->no_test = data->folder[0] && !rt_format_has_test(data->format, data->folder);
    return read_content(data, false, &data->train, error) &&
           (!test || data->no_test || read_content(data, true, &data->test, error));
}

void rt_data_close(RtData *data)
{
    rt_images_free(&data->train);
    rt_images_free(&data->test);
    free(data->training);
    free(data->validation);
    *data = (RtData){0};
}

/* ---- statistics of the training split ---- */

/* Adds up the images of a class; returns the sum's largest element.  Bytes add up exactly.  The scale takes the count
 * out of the mean. */
static double sum_images(const RtImages *images, int64_t pixels, int64_t n, const int64_t *samples, double *sum)
{
    double largest = 0;
    for (int64_t k = 0; k < pixels; k++) sum[k] = 0;
    for (int64_t i = 0; i < n; i++)
        for (int64_t k = 0, p = samples[i] * pixels; k < pixels; k++, p++)
            sum[k] += images->pixels ? images->pixels[p] : (double)images->floats[p];
    for (int64_t k = 0; k < pixels; k++)
        if (sum[k] > largest) largest = sum[k];
    return largest;
}

bool rt_class_means(const RtData *data, const RtTensor *tensor, float *means, RtError *error)
{
    const RtImages *images = &data->train;
    const int64_t pixels = images->height * images->width * images->channels;
    const RtSampler any = {0};
    RtClasses classes;
    if (tensor->rank != 4 || tensor->dims[1] != images->height || tensor->dims[2] != images->width ||
        tensor->dims[3] != images->channels)
        return rt_fail(error, "data set %s: images of %lld x %lld x %lld, against %s of %lld x %lld x %lld", data->name,
                       (long long)images->height, (long long)images->width, (long long)images->channels, tensor->name,
                       (long long)tensor->dims[1], (long long)tensor->dims[2], (long long)tensor->dims[3]);
    double *sum = malloc((size_t)pixels * sizeof *sum);
    if (!sum) return rt_fail(error, "%s: out of memory", tensor->name);
    if (!rt_classes_open(&classes, images->labels, data->training, data->n_training, &any, error)) {
        free(sum);
        return false;
    }
    memset(means, 0, (size_t)(tensor->dims[0] * pixels) * sizeof *means);
    for (int c = 0; c < classes.n && classes.label[c] < tensor->dims[0]; c++) {
        const double largest = sum_images(images, pixels, classes.start[c + 1] - classes.start[c],
                                          classes.member + classes.start[c], sum);
        float *mean = means + classes.label[c] * pixels;
        for (int64_t k = 0; k < pixels && largest > 0; k++) mean[k] = (float)(sum[k] / largest);
    }
    rt_classes_close(&classes);
    free(sum);
    return true;
}
