/* rt_class_folders.c - PNG files in a folder for each class: {train,test}/CLASS/NAME.png.
 *
 * Classes are those of train, numbered in the order of their names' bytes.  Images are in that order too, class after
 * class.  Names that begin with a dot are left out.  Any other file among the images is an error, or a class would
 * silently lack an image that somebody put there.  A set is gray if all images of train and test are; else it has three
 * channels.
 *
 * The sha256 of the pixels is that of the bytes in memory, so it does not depend on how well a file is compressed.  The
 * sha256 of the names covers CLASS/NAME of every image. */
#include "rt.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { MOST_CLASSES = 65536, MOST_NAMED = 4096 };

static const char *const SET_FOLDERS[2] = {"train", "test"};

/* Names in the order of their bytes. */
typedef struct Names { char **at; size_t n, room; } Names;

static void names_free(Names *names)
{
    for (size_t i = 0; i < names->n; i++) free(names->at[i]);
    free(names->at);
    *names = (Names){0};
}

static bool names_add(Names *names, const char *name)
{
    if (names->n == names->room) {
        const size_t room = names->room ? 2 * names->room : 64;
        char **at = realloc(names->at, room * sizeof *at);
        if (!at) return false;
        names->at = at;
        names->room = room;
    }
    names->at[names->n] = strdup(name);
    return names->at[names->n++] != NULL || (names->n--, false);
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static bool is_png(const char *name)
{
    const size_t n = strlen(name);
    return n > 4 && strcasecmp(name + n - 4, ".png") == 0;
}

/* Takes an entry of a folder.  classes: the folder is train or test, and its entries are classes; else they are
 * images. */
static bool add_entry(const char *path, const char *name, bool classes, Names *names, RtError *error)
{
    struct stat about;
    const bool folder = stat(path, &about) == 0 && S_ISDIR(about.st_mode);
    if (classes && !folder)
        return !is_png(name) ||
               rt_fail(error, "%s: an image beside the folders of the classes, against one inside", path);
    if (!classes && folder) return rt_fail(error, "%s: a folder, against the .png files of a class", path);
    if (!classes && !is_png(name)) return rt_fail(error, "%s: is no .png, as all images of a class folder are", path);
    return names_add(names, name) || rt_fail(error, "%s: out of memory", path);
}

static bool list(const char *folder, bool classes, Names *names, RtError *error)
{
    char path[RT_MAX_PATH];
    bool ok = true;
    DIR *stream = opendir(folder);
    if (!stream) return rt_fail(error, "%s: cannot open the folder: %s", folder, strerror(errno));
    for (struct dirent *entry; ok && (entry = readdir(stream));)
        ok = entry->d_name[0] == '.' ||
             (rt_path(path, folder, entry->d_name, error) && add_entry(path, entry->d_name, classes, names, error));
    closedir(stream);
    if (ok && names->n) qsort(names->at, names->n, sizeof *names->at, by_bytes);
    return ok;
}

/* ---- the classes of a set ---- */

typedef struct Set {
    char folder[RT_MAX_PATH];          /* ROOT/train or ROOT/test */
    Names classes;
    Names *images;                     /* names of the images of each class */
    int64_t n;
} Set;

static void set_close(Set *set)
{
    for (size_t c = 0; set->images && c < set->classes.n; c++) names_free(&set->images[c]);
    free(set->images);
    names_free(&set->classes);
    *set = (Set){0};
}

static bool set_open(const char *root, bool test, Set *set, RtError *error)
{
    char path[RT_MAX_PATH];
    *set = (Set){0};
    if (!rt_path(set->folder, root, SET_FOLDERS[test], error) || !list(set->folder, true, &set->classes, error))
        return false;
    if (!set->classes.n) return rt_fail(error, "%s: there is no folder in it, against one for each class", set->folder);
    if (set->classes.n > MOST_CLASSES)
        return rt_fail(error, "%s: %zu classes, against at most %d", set->folder, set->classes.n, MOST_CLASSES);
    set->images = calloc(set->classes.n, sizeof *set->images);
    if (!set->images) return rt_fail(error, "%s: out of memory", set->folder);
    for (size_t c = 0; c < set->classes.n; c++) {
        if (!rt_path(path, set->folder, set->classes.at[c], error) || !list(path, false, &set->images[c], error))
            return false;
        if (!set->images[c].n && !test) return rt_fail(error, "%s: there is no .png in it", path);
        set->n += (int64_t)set->images[c].n;
    }
    return set->n > 0 || rt_fail(error, "%s: there is no .png in its folders", set->folder);
}

static bool image_path(const Set *set, size_t c, size_t i, char path[RT_MAX_PATH], RtError *error)
{
    char class[RT_MAX_PATH];
    return rt_path(class, set->folder, set->classes.at[c], error) && rt_path(path, class, set->images[c].at[i], error);
}

/* Finds the number that train gives to each class of a test set. */
static bool find_labels(const Set *set, const char *root, bool test, uint16_t *labels, RtError *error)
{
    char train[RT_MAX_PATH];
    Names classes = {0};
    for (size_t c = 0; c < set->classes.n; c++) labels[c] = (uint16_t)c;
    if (!test) return true;
    if (!rt_path(train, root, SET_FOLDERS[0], error)) return false;
    if (!rt_is_folder(train)) return true;
    bool ok = list(train, true, &classes, error);
    for (size_t c = 0; ok && c < set->classes.n; c++) {
        char *const *found = classes.n
                                 ? bsearch(&set->classes.at[c], classes.at, classes.n, sizeof *classes.at, by_bytes)
                                 : NULL;
        if (found) labels[c] = (uint16_t)(found - classes.at);
        else
            ok = rt_fail(error, "%s: has the class %.200s, against the classes of %s", set->folder, set->classes.at[c],
                         train);
    }
    names_free(&classes);
    return ok;
}

/* ---- images ---- */

/* Finds the channels that the images of a set need.  Stops at the first image with colour. */
static bool find_channels(const Set *set, RtPng *head, RtError *error)
{
    char path[RT_MAX_PATH];
    *head = (RtPng){0};
    for (size_t c = 0; c < set->classes.n && head->channels < 3; c++)
        for (size_t i = 0; i < set->images[c].n && head->channels < 3; i++) {
            RtPng one;
            if (!image_path(set, c, i, path, error) || !rt_png_head(path, &one, error)) return false;
            if (!head->channels) *head = one;
            head->channels = one.channels;
        }
    return true;
}

/* Finds size and channels of all images.  The other set is looked at too, if it is there, since only that may have
 * colours. */
static bool find_head(const Set *set, const char *root, bool test, RtPng *head, RtError *error)
{
    char path[RT_MAX_PATH];
    Set other;
    RtPng of_other;
    if (!rt_path(path, root, SET_FOLDERS[!test], error) || !find_channels(set, head, error)) return false;
    if (head->channels == 3 || !rt_is_folder(path)) return true;
    const bool ok = set_open(root, !test, &other, error) && find_channels(&other, &of_other, error);
    if (ok) head->channels = of_other.channels;
    set_close(&other);
    return ok;
}

static bool read_images(const Set *set, const RtPng *head, const uint16_t *labels, RtImages *images, RtError *error)
{
    char path[RT_MAX_PATH];
    const int64_t pixels = head->width * head->height * head->channels;
    int64_t at = 0;
    RtSha256 content, names;
    if (images->n > INT64_MAX / pixels) return rt_fail(error, "%s: more bytes than can be counted", set->folder);
    images->pixels = rt_bytes((size_t)(images->n * pixels));
    images->labels = malloc((size_t)images->n * sizeof *images->labels);
    if (!images->pixels || !images->labels)
        return rt_fail(error, "%s: out of memory for %lld images", set->folder, (long long)images->n);
    rt_sha256_begin(&content);
    rt_sha256_begin(&names);
    for (size_t c = 0; c < set->classes.n; c++)
        for (size_t i = 0; i < set->images[c].n; i++, at++) {
            uint8_t *to = images->pixels + at * pixels;
            if (!image_path(set, c, i, path, error) || !rt_png_read(path, head, to, error)) return false;
            images->labels[at] = labels[c];
            rt_sha256_add(&content, to, (size_t)pixels);
            const char *name = path + strlen(set->folder) + 1;
            rt_sha256_add(&names, name, strlen(name) + 1);
        }
    rt_sha256_end(&content, images->pixels_sha256);
    rt_sha256_end(&names, images->labels_sha256);
    return true;
}

/* Names for records and people: of so many classes as can be told apart by them. */
static bool keep_names(const Set *set, RtImages *images, RtError *error)
{
    RtText names = {0};
    if (set->classes.n > MOST_NAMED) return true;
    for (size_t c = 0; c < set->classes.n; c++)
        rt_text_bytes(&names, set->classes.at[c], strlen(set->classes.at[c]) + 1);
    if (names.failed) return rt_fail(error, "%s: out of memory", set->folder);
    images->classes = names.data;
    images->n_classes = (int)set->classes.n;
    return true;
}

bool rt_class_folders_read(const char *root, bool test, bool head_only, RtImages *images, RtError *error)
{
    Set set;
    RtPng head;
    *images = (RtImages){0};
    uint16_t *labels = NULL;
    bool ok = set_open(root, test, &set, error) && find_head(&set, root, test, &head, error);
    if (ok) {
        *images = (RtImages){.n = set.n,
                             .height = head.height,
                             .width = head.width,
                             .channels = head.channels,
                             .pixels_name = SET_FOLDERS[test],
                             .labels_name = SET_FOLDERS[test]};
        labels = malloc(set.classes.n * sizeof *labels);
        ok = (labels || rt_fail(error, "%s: out of memory", set.folder)) &&
             find_labels(&set, root, test, labels, error) &&
             (head_only || (read_images(&set, &head, labels, images, error) &&
                            (test || keep_names(&set, images, error))));
    }
    if (ok) {
        rt_images_source(images, test ? "test/*/*.png (pixels)" : "train/*/*.png (pixels)", images->pixels_sha256);
        rt_images_source(images, test ? "test/*/*.png (names)" : "train/*/*.png (names)", images->labels_sha256);
    } else {
        rt_images_free(images);
    }
    free(labels);
    set_close(&set);
    return ok;
}
