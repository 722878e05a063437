/* rt_formats.c - the images and labels of a folder, in one of three formats.
 *
 *   IDX     {train,t10k}-{images-idx3,labels-idx1}-ubyte[.gz]         rt_idx.c
 *   NumPy   {train,t10k}-{images,labels}.npy                          rt_npy.c
 *   CIFAR   data_batch_1.bin .. data_batch_5.bin, test_batch.bin      here: 1 byte label, then 32 x 32 red, green, blue
 *
 * A folder is of the first of them that it has a file of.  CIFAR's planes become interleaved: images are NHWC.
 */
#include "rt.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CIFAR_SIDE = 32, CIFAR_CHANNELS = 3, CIFAR_PLANE = CIFAR_SIDE * CIFAR_SIDE, CIFAR_CLASSES = 10,
       CIFAR_IMAGE = CIFAR_PLANE * CIFAR_CHANNELS, CIFAR_RECORD = 1 + CIFAR_IMAGE };

struct RtFormat {
    const char *const *files[2];       /* of the training and of the test set */
    int n_files[2];
    bool (*array)(const char *path, int min_rank, int max_rank, bool head_only, RtIdx *idx, RtError *error);   /* NULL: CIFAR */
};

const char *const rt_set_files[4] = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
                                     "t10k-labels-idx1-ubyte"};
static const char *const NPY_FILES[] = {"train-images.npy", "train-labels.npy", "t10k-images.npy", "t10k-labels.npy"};
static const char *const CIFAR_FILES[] = {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
                                          "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"};
static const char CIFAR_FOLDER[] = "cifar-10-batches-bin";

static const RtFormat IDX = {{rt_set_files, rt_set_files + 2}, {2, 2}, rt_idx_read};
static const RtFormat NPY = {{NPY_FILES, NPY_FILES + 2}, {2, 2}, rt_npy_read};
static const RtFormat CIFAR = {{CIFAR_FILES, CIFAR_FILES + 5}, {5, 1}, NULL};

/* ---- which ---- */

static bool has_any(const char *folder, const RtFormat *format, const char *end)
{
    char path[RT_MAX_PATH + 64];
    struct stat about;
    for (int test = 0; test < 2; test++)
        for (int i = 0; i < format->n_files[test]; i++) {
            snprintf(path, sizeof path, "%s/%s%s", folder, format->files[test][i], end);
            if (stat(path, &about) == 0) return true;
        }
    return false;
}

const RtFormat *rt_format_of(char folder[RT_MAX_PATH])
{
    char inner[RT_MAX_PATH];
    RtError ignored = {0};
    if (has_any(folder, &IDX, "") || has_any(folder, &IDX, ".gz")) return &IDX;
    if (has_any(folder, &NPY, "")) return &NPY;
    if (has_any(folder, &CIFAR, "")) return &CIFAR;
    if (!rt_path(inner, folder, CIFAR_FOLDER, &ignored) || !has_any(inner, &CIFAR, "")) return NULL;
    strcpy(folder, inner);
    return &CIFAR;
}

/* ---- images and labels in two files ---- */

static bool read_pair(const RtFormat *format, const char *folder, bool test, bool head_only, RtImages *images, RtError *error)
{
    char pixels_path[RT_MAX_PATH], labels_path[RT_MAX_PATH];
    const char *const *names = format->files[test];
    RtIdx pixels = {0}, labels = {0};
    bool ok = rt_path(pixels_path, folder, names[0], error) && rt_path(labels_path, folder, names[1], error) &&
              format->array(pixels_path, 3, 4, head_only, &pixels, error) &&
              format->array(labels_path, 1, 1, head_only, &labels, error);
    if (ok && pixels.dims[0] != labels.dims[0])
        ok = rt_fail(error, "%s: %lld labels, against %lld images in %s", labels_path, (long long)labels.dims[0],
                     (long long)pixels.dims[0], names[0]);
    if (!ok) {
        rt_idx_free(&pixels);
        rt_idx_free(&labels);
        return false;
    }
    *images = (RtImages){.n = pixels.dims[0],
                         .height = pixels.dims[1],
                         .width = pixels.dims[2],
                         .channels = pixels.rank == 4 ? pixels.dims[3] : 1,
                         .pixels = pixels.bytes,
                         .labels = labels.bytes};
    strcpy(images->pixels_sha256, pixels.sha256);
    strcpy(images->labels_sha256, labels.sha256);
    rt_images_source(images, names[0], pixels.sha256);
    rt_images_source(images, names[1], labels.sha256);
    return true;
}

/* ---- CIFAR-10 ---- */

/* Images in a file, from its length. */
static bool count_records(const char *path, int64_t *n, RtError *error)
{
    int64_t size;
    const int descriptor = rt_file_open(path, &size, error);
    if (descriptor < 0) return false;
    close(descriptor);
    *n = size / CIFAR_RECORD;
    return (size > 0 && size % CIFAR_RECORD == 0) ||
           rt_fail(error, "%s: %lld bytes, against a multiple of the %d bytes of an image with its label", path, (long long)size,
                   CIFAR_RECORD);
}

/* n images to `pixels` and `labels`; the hash of the file, and what all files of the set hold into `whole`. */
static bool read_records(const char *path, int64_t n, uint8_t *pixels, uint8_t *labels, RtSha256 *whole, char sha256[65],
                         RtError *error)
{
    uint8_t record[CIFAR_RECORD];
    int64_t size;
    size_t got = 0;
    RtSha256 hash;
    bool ok = true;
    const int descriptor = rt_file_open(path, &size, error);
    if (descriptor < 0) return false;
    rt_sha256_begin(&hash);
    for (int64_t i = 0; ok && i < n; i++) {
        ok = rt_file_take(descriptor, path, record, sizeof record, &got, error);
        if (ok && got < sizeof record) ok = rt_fail(error, "%s: ends inside image %lld", path, (long long)i);
        if (ok && record[0] >= CIFAR_CLASSES)
            ok = rt_fail(error, "%s: label %d of image %lld, against labels 0 to %d", path, record[0], (long long)i,
                         CIFAR_CLASSES - 1);
        if (!ok) break;
        labels[i] = record[0];
        for (int p = 0; p < CIFAR_PLANE; p++)
            for (int c = 0; c < CIFAR_CHANNELS; c++)
                pixels[i * CIFAR_IMAGE + p * CIFAR_CHANNELS + c] = record[1 + c * CIFAR_PLANE + p];
        rt_sha256_add(&hash, record, sizeof record);
        rt_sha256_add(whole, record, sizeof record);
    }
    ok = ok && rt_file_take(descriptor, path, record, 1, &got, error);
    if (ok && got) ok = rt_fail(error, "%s: grows while it is read", path);
    close(descriptor);
    rt_sha256_end(&hash, sha256);
    return ok;
}

static bool read_cifar(const char *folder, bool test, bool head_only, RtImages *images, RtError *error)
{
    const int n_files = CIFAR.n_files[test];
    int64_t count[RT_SET_FILES], total = 0, done = 0;
    char path[RT_MAX_PATH], sha256[65];
    RtSha256 whole;
    for (int f = 0; f < n_files; f++) {
        if (!rt_path(path, folder, CIFAR.files[test][f], error) || !count_records(path, &count[f], error)) return false;
        if (__builtin_add_overflow(total, count[f], &total) || total > INT64_MAX / CIFAR_RECORD)
            return rt_fail(error, "%s: more images than can be counted", path);
    }
    *images = (RtImages){.n = total, .height = CIFAR_SIDE, .width = CIFAR_SIDE, .channels = CIFAR_CHANNELS};
    for (int f = 0; f < n_files && head_only; f++) rt_images_source(images, CIFAR.files[test][f], "");
    if (head_only) return true;
    images->pixels = malloc((size_t)total * CIFAR_IMAGE);
    images->labels = malloc((size_t)total);
    bool ok = (images->pixels && images->labels) || rt_fail(error, "%s: out of memory for %lld images", folder, (long long)total);
    rt_sha256_begin(&whole);
    for (int f = 0; ok && f < n_files; done += count[f++]) {
        ok = rt_path(path, folder, CIFAR.files[test][f], error) &&
             read_records(path, count[f], images->pixels + done * CIFAR_IMAGE, images->labels + done, &whole, sha256, error);
        rt_images_source(images, CIFAR.files[test][f], sha256);
    }
    rt_sha256_end(&whole, images->pixels_sha256);
    strcpy(images->labels_sha256, images->pixels_sha256);   /* they lie in the same files */
    if (ok) return true;
    free(images->pixels);
    free(images->labels);
    *images = (RtImages){0};
    return false;
}

bool rt_format_read(const RtFormat *format, const char *folder, bool test, bool head_only, RtImages *images, RtError *error)
{
    *images = (RtImages){0};
    return format->array ? read_pair(format, folder, test, head_only, images, error)
                         : read_cifar(folder, test, head_only, images, error);
}

void rt_images_source(RtImages *images, const char *name, const char *sha256)
{
    RtSource *source = &images->source[images->n_sources++];
    source->name = name;
    strcpy(source->sha256, sha256);
}
