/* rt_formats.c - the images and labels of a folder, in one of the formats below.
 *
 *   IDX        {train,t10k}-{images-idx3,labels-idx1}-ubyte           rt_idx.c; also with a dot,
 *                                                                     train-images.idx3-ubyte
 *   QMNIST     qmnist-{train,test}-{images-idx3-ubyte,labels-idx2-int}
 *   NumPy      {train,t10k}-{images,labels}.npy                       rt_npy.c
 *   CIFAR-10   data_batch_1.bin .. data_batch_5.bin, test_batch.bin   here: 1 byte label, then 32 x 32 red, green, blue
 *   CIFAR-100  train.bin, test.bin                                    the same behind 2 bytes: coarse and fine label
 *   PNG        {train,test}/CLASS/NAME.png                            rt_class_folders.c
 *
 * A folder is of the first of them that it has a file of, each of which may be gzipped.  CIFAR's planes become
 * interleaved: images are NHWC.  scale.txt beside IDX or .npy files holds the number that all values of images are
 * divided by: see rt_content.c.
 */
#include "rt.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CIFAR_SIDE = 32,
    CIFAR_CHANNELS = 3,
    CIFAR_PLANE = CIFAR_SIDE * CIFAR_SIDE,
    CIFAR_IMAGE = CIFAR_PLANE * CIFAR_CHANNELS
};

typedef bool ReadArray(const char *path, bool labels, double scale, bool head_only, RtContent *content, RtError *error);

struct RtFormat {
    const char *name;
    const char *files[2][RT_SET_FILES + 1];     /* files of the training and of the test set; for PNG: folders */
    ReadArray *array;                  /* reads images and labels from two files; NULL: CIFAR or PNG */
    int label_bytes, classes;       /* CIFAR: number of bytes before an image, the last of which is its label; 0: PNG */
    const char *inner;                 /* a folder that an archive unpacks to */
};

const char *const rt_set_files[4] = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
                                     "t10k-labels-idx1-ubyte"};

static const RtFormat FORMATS[] = {
    {"IDX",
     {{"train-images-idx3-ubyte", "train-labels-idx1-ubyte"}, {"t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}},
     rt_idx_read,
     0,
     0,
     NULL},
    {"IDX",
     {{"train-images.idx3-ubyte", "train-labels.idx1-ubyte"}, {"t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte"}},
     rt_idx_read,
     0,
     0,
     NULL},
    {"QMNIST",
     {{"qmnist-train-images-idx3-ubyte", "qmnist-train-labels-idx2-int"},
      {"qmnist-test-images-idx3-ubyte", "qmnist-test-labels-idx2-int"}},
     rt_idx_read,
     0,
     0,
     NULL},
    {".npy",
     {{"train-images.npy", "train-labels.npy"}, {"t10k-images.npy", "t10k-labels.npy"}},
     rt_npy_read,
     0,
     0,
     NULL},
    {"CIFAR-10",
     {{"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"},
      {"test_batch.bin"}},
     NULL,
     1,
     10,
     "cifar-10-batches-bin"},
    {"CIFAR-100", {{"train.bin"}, {"test.bin"}}, NULL, 2, 100, "cifar-100-binary"},
    {"PNG", {{"train"}, {"test"}}, NULL, 0, 0, NULL},
};
enum { N_FORMATS = sizeof FORMATS / sizeof *FORMATS };

/* ---- which ---- */

static bool is_of_png(const RtFormat *format) { return !format->array && !format->label_bytes; }

/* A folder with the name of a file does not count: some archives unpack to one beside the file itself. */
static bool is_there(const char *folder, const char *name, const char *end, bool as_folder)
{
    char path[RT_MAX_PATH + 64];
    struct stat about;
    snprintf(path, sizeof path, "%s/%s%s", folder, name, end);
    return stat(path, &about) == 0 && (as_folder ? S_ISDIR(about.st_mode) : S_ISREG(about.st_mode));
}

static bool has_file(const char *folder, const RtFormat *format, bool test)
{
    const bool png = is_of_png(format);
    for (const char *const *name = format->files[test]; *name; name++)
        if (is_there(folder, *name, "", png) || (!png && is_there(folder, *name, ".gz", false))) return true;
    return false;
}

static bool has_any(const char *folder, const RtFormat *format)
{
    return has_file(folder, format, false) || has_file(folder, format, true);
}

const RtFormat *rt_format_of(char folder[RT_MAX_PATH])
{
    char inner[RT_MAX_PATH];
    for (int i = 0; i < N_FORMATS; i++) {
        RtError ignored = {0};
        if (has_any(folder, &FORMATS[i])) return &FORMATS[i];
        if (!FORMATS[i].inner || !rt_path(inner, folder, FORMATS[i].inner, &ignored) || !has_any(inner, &FORMATS[i]))
            continue;
        strcpy(folder, inner);
        return &FORMATS[i];
    }
    return NULL;
}

bool rt_format_has_test(const RtFormat *format, const char *folder) { return has_file(folder, format, true); }

const char *rt_format_name(const RtFormat *format) { return format->name; }

/* ---- images and labels in two files ---- */

/* Reads the number in scale.txt, and the file's hash; 0: there is no such file. */
static bool read_scale(const char *folder, double *scale, char sha256[65], RtError *error)
{
    enum { MOST = 100 };
    char path[RT_MAX_PATH], *end;
    RtText text = {0};
    *scale = 0;
    if (!rt_path(path, folder, rt_scale_file, error)) return false;
    if (access(path, F_OK) != 0 && errno == ENOENT) return true;
    bool ok = rt_file_read(path, MOST, &text, error);
    if (ok) {
        *scale = strtod(text.data, &end);
        end += strspn(end, " \t\r\n");
        if (end == text.data || *end || (size_t)(end - text.data) != text.length || !isfinite(*scale) || !(*scale > 0))
            ok = rt_fail(error, "%s: holds '%.40s', against one number above 0, which all values are divided by", path,
                         text.data);
        rt_sha256(text.data, text.length, sha256);
    }
    rt_text_free(&text);
    return ok;
}

/* The hash of images that have a scale: of the hashes of their file and of scale.txt. */
static void scaled_sha256(const char *pixels, const char *scale, char sha256[65])
{
    RtSha256 hash;
    rt_sha256_begin(&hash);
    rt_sha256_add(&hash, pixels, 64);
    rt_sha256_add(&hash, scale, 64);
    rt_sha256_end(&hash, sha256);
}

static bool read_pair(const RtFormat *format, const char *folder, bool test, bool head_only, RtImages *images,
                      RtError *error)
{
    char pixels_path[RT_MAX_PATH], labels_path[RT_MAX_PATH], scale_sha256[65];
    const char *const *names = format->files[test];
    double scale;
    RtContent pixels = {0}, labels = {0};
    bool ok = rt_path(pixels_path, folder, names[0], error) && rt_path(labels_path, folder, names[1], error) &&
              read_scale(folder, &scale, scale_sha256, error) &&
              format->array(pixels_path, false, scale, head_only, &pixels, error) &&
              format->array(labels_path, true, 0, head_only, &labels, error);
    if (ok && pixels.dims[0] != labels.dims[0])
        ok = rt_fail(error, "%s: %lld labels, against %lld images in %s", labels_path, (long long)labels.dims[0],
                     (long long)pixels.dims[0], names[0]);
    if (!ok) {
        rt_content_free(&pixels);
        rt_content_free(&labels);
        return false;
    }
    *images = (RtImages){.n = pixels.dims[0],
                         .height = pixels.rank == 2 ? 1 : pixels.dims[1],
                         .width = pixels.rank == 2 ? pixels.dims[1] : pixels.dims[2],
                         .channels = pixels.rank == 4 ? pixels.dims[3] : 1,
                         .pixels = pixels.bytes,
                         .floats = pixels.floats,
                         .labels = labels.labels,
                         .pixels_name = names[0],
                         .labels_name = names[1]};
    strcpy(images->pixels_sha256, pixels.sha256);
    strcpy(images->labels_sha256, labels.sha256);
    if (scale > 0 && !head_only) scaled_sha256(pixels.sha256, scale_sha256, images->pixels_sha256);
    rt_images_source(images, names[0], pixels.sha256);
    rt_images_source(images, names[1], labels.sha256);
    /* once a run, which has both sets */
    if (scale > 0 && !test) rt_images_source(images, rt_scale_file, scale_sha256);
    return true;
}

/* ---- CIFAR ---- */

typedef struct Records { uint8_t *pixels; uint16_t *labels; int64_t n, room; } Records;

static bool grow(Records *records, const char *path, RtError *error)
{
    if (records->n < records->room) return true;
    const int64_t room = records->room ? 2 * records->room : 10000;
    uint8_t *pixels = room > INT64_MAX / 2 / CIFAR_IMAGE ? NULL : realloc(records->pixels, (size_t)room * CIFAR_IMAGE);
    if (pixels) records->pixels = pixels;
    uint16_t *labels = pixels ? realloc(records->labels, (size_t)room * sizeof *labels) : NULL;
    if (labels) records->labels = labels;
    if (!labels) return rt_fail(error, "%s: out of memory for %lld images", path, (long long)room);
    records->room = room;
    return true;
}

static bool not_whole(const RtStream *stream, int64_t bytes, size_t size, RtError *error)
{
    return rt_fail(error, "%s: %lld bytes, against a multiple of the %zu bytes of an image with its label",
                   rt_stream_path(stream), (long long)bytes, size);
}

/* Reads the images of one file behind those of the files before it.  Computes the hash of the file, and adds its
 * content to `whole`, the hash of all files of the set.  With `head_only` only their number is found, where the file's
 * length says it. */
static bool read_records(const RtFormat *format, const char *path, bool head_only, Records *records, RtSha256 *whole,
                         char sha256[65], RtError *error)
{
    uint8_t record[2 + CIFAR_IMAGE];
    const size_t size = (size_t)format->label_bytes + CIFAR_IMAGE;
    size_t got = size;
    int64_t n = 0;
    RtStream *stream = rt_stream_open(path, error);
    if (!stream) return false;
    const int64_t bytes = rt_stream_left(stream);
    bool ok = bytes < 0 || (bytes > 0 && bytes % (int64_t)size == 0) || not_whole(stream, bytes, size, error);
    if (!ok || (head_only && bytes > 0)) {
        rt_stream_close(stream);
        records->n += bytes / (int64_t)size;
        sha256[0] = 0;
        return ok;
    }
    for (; ok; n++) {
        ok = rt_stream_take(stream, record, size, &got);
        if (ok && got < size) break;
        const uint8_t label = record[format->label_bytes - 1], *planes = record + format->label_bytes;
        if (ok && label >= format->classes)
            ok = rt_fail(error, "%s: label %d of image %lld, against labels 0 to %d", rt_stream_path(stream), label,
                         (long long)n, format->classes - 1);
        ok = ok && grow(records, path, error);
        if (!ok) break;
        uint8_t *to = records->pixels + records->n * CIFAR_IMAGE;
        for (int p = 0; p < CIFAR_PLANE; p++)
            for (int c = 0; c < CIFAR_CHANNELS; c++) to[p * CIFAR_CHANNELS + c] = planes[c * CIFAR_PLANE + p];
        records->labels[records->n++] = label;
        rt_sha256_add(whole, record, size);
    }
    if (ok && (got || !n)) ok = not_whole(stream, (int64_t)size * n + (int64_t)got, size, error);
    ok = ok && rt_stream_end(stream, sha256);
    rt_stream_close(stream);
    return ok;
}

static bool read_cifar(const RtFormat *format, const char *folder, bool test, bool head_only, RtImages *images,
                       RtError *error)
{
    char path[RT_MAX_PATH], sha256[65];
    RtSha256 whole;
    Records records = {0};
    bool ok = true;
    *images = (RtImages){
        .height = CIFAR_SIDE, .width = CIFAR_SIDE, .channels = CIFAR_CHANNELS, .pixels_name = format->files[test][0]};
    images->labels_name = format->files[test][1] ? "" : format->files[test][0];
    rt_sha256_begin(&whole);
    for (const char *const *name = format->files[test]; ok && *name; name++) {
        ok = rt_path(path, folder, *name, error) &&
             read_records(format, path, head_only, &records, &whole, sha256, error);
        rt_images_source(images, *name, ok ? sha256 : "");
    }
    images->n = records.n;
    images->pixels = records.pixels;
    images->labels = records.labels;
    rt_sha256_end(&whole, images->pixels_sha256);
    strcpy(images->labels_sha256, images->pixels_sha256);   /* labels lie in the same files */
    if (!ok || head_only) {
        free(images->pixels);
        free(images->labels);
        images->pixels = NULL;
        images->labels = NULL;
    }
    return ok;
}

bool rt_format_read(const RtFormat *format, const char *folder, bool test, bool head_only, RtImages *images,
                    RtError *error)
{
    *images = (RtImages){0};
    if (is_of_png(format)) return rt_class_folders_read(folder, test, head_only, images, error);
    return (format->array ? read_pair : read_cifar)(format, folder, test, head_only, images, error);
}
