/* data.c - `tailor data`: lists the data sets with their contents, and fetches known sets.
 *
 * A known set is fetched with curl from public mirrors, checked by the sha256 of its uncompressed content, and only
 * then put in its place. */
#include "command/command.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct DataArguments { Arguments all; const char *dir; } DataArguments;

static const Flag data_flags[] = {
    {.name = "--dir", .value = "DIR", .help = "where the sets lie, and what is fetched goes",
     .otherwise = "$TAILOR_DATA, else ./data", .at = offsetof(DataArguments, dir)},
    {.shared = &flag_json},
    {0}};

const CommandLine data_line = {
    "data", "[NAME]",
    "Lists the known data sets and whether they are there and whole, and the other sets in DIR; with NAME, fetches a\n"
    "known one into DIR/NAME, or reads another one, DIR/NAME or a path, and says the sha256 of its content; exit 1 if\n"
    "it is not whole.  digits is embedded and needs no file.  decoy-NAME of a known set is made from its files.\n",
    data_flags,
    .examples = "tailor data\n"
                "tailor data mnist",
    .uses = USES_DATA, .values = known_data_set};

typedef struct Mirror { const char *set, *url; } Mirror;

static const Mirror mirrors[] = {
    {"mnist", "https://ossci-datasets.s3.amazonaws.com/mnist"},
    {"mnist", "https://storage.googleapis.com/cvdf-datasets/mnist"},
    {"fashion-mnist", "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com"},
    {"fashion-mnist", "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion"},
};

enum { N_MIRRORS = sizeof mirrors / sizeof *mirrors, SET_FILES = 4 };

/* The state of the i-th of a set's four files: NULL when it is there and whole, else its fault. */
static const char *file_state(Arena *arena, const char *path, const RtKnownSet *set, int i)
{
    RtContent content = {0};
    RtError error = {0};
    if (!rt_idx_read(path, i % 2, 0, false, &content, &error)) return arena_copy(arena, error.text);
    bool same = !strcmp(content.sha256, set->sha256[i]);
    const char *result = same ? NULL
                              : arena_format(arena, "%s: sha256 of the content is %s, against %s", path, content.sha256,
                                             set->sha256[i]);
    rt_content_free(&content);
    return result;
}

/* The state of a whole set, whatever its files are called: NULL when it is there and whole, else its fault. */
static const char *set_state(Arena *arena, const RtKnownSet *set, const char *root)
{
    char folder[RT_MAX_PATH];
    const char *wrong = NULL;
    snprintf(folder, sizeof folder, "%s/%s", root, set->name);
    const RtFormat *format = rt_format_of(folder);
    if (!format) return file_state(arena, arena_format(arena, "%s/%s", folder, rt_set_files[0]), set, 0);
    for (int test = 0; test < 2 && !wrong; test++) {
        RtImages images;
        RtError error = {0};
        if (!rt_format_read(format, folder, test, false, &images, &error)) return arena_copy(arena, error.text);
        for (int i = 0; i < 2 && !wrong; i++) {
            const char *is = i ? images.labels_sha256 : images.pixels_sha256, *wanted = set->sha256[2 * test + i];
            if (strcmp(is, wanted))
                wrong = arena_format(arena, "%s/%s: sha256 of the content is %s, against %s", folder,
                                     i ? images.labels_name : images.pixels_name, is, wanted);
        }
        rt_images_free(&images);
    }
    return wrong;
}

static bool fetch_file(Arena *arena, const RtKnownSet *set, int i, const char *root)
{
    const char *path = arena_format(arena, "%s/%s/%s", root, set->name, rt_set_files[i]);
    if (!file_state(arena, path, set, i)) return true;
    for (int m = 0; m < N_MIRRORS; m++) {
        if (strcmp(mirrors[m].set, set->name)) continue;
        const char *part = arena_format(arena, "%s.part", path), *part_gz = arena_format(arena, "%s.gz", part);
        const char *url = arena_format(arena, "%s/%s.gz", mirrors[m].url, rt_set_files[i]);
        const char *curl[] = {"curl", "-fsSL", "--connect-timeout", "20", "--max-time", "600", "-o", part_gz,
                              url,    NULL};
        fprintf(stderr, "%s\n", url);
        guard_folder(part_gz);          /* a part of a file is of no use to anybody */
        const int code = run_program(curl, NULL);
        if (code == NOT_STARTED) fail("tailor: curl: %s; it is needed to fetch data", strerror(errno));
        const char *wrong = code ? arena_format(arena, "curl ended with %d", code) : file_state(arena, part, set, i);
        if (!wrong) {
            keep_folder(part_gz);
            if (rename(part_gz, arena_format(arena, "%s.gz", path)))
                fail("%s.gz: the file could not be put in its place", path);
            return true;
        }
        remove_folder(part_gz);
        fprintf(stderr, "tailor: %s: %s\n", url, wrong);
    }
    return false;
}

/* ---- sets that people have ---- */

typedef enum Shown { NO_SET, BROKEN_SET, GOOD_SET } Shown;

/* Shows the content of a folder; with `whole` its sha256 too. */
static Shown show_set(const char *name, const char *path, bool whole, bool as_json, RtJsonWriter *w)
{
    char folder[RT_MAX_PATH];
    RtImages images[2] = {{0}};
    RtError error = {0};
    snprintf(folder, sizeof folder, "%s", path);
    const RtFormat *format = rt_format_of(folder);
    if (!format) return NO_SET;
    const bool ok = rt_format_read(format, folder, false, !whole, &images[0], &error) &&
                    (!rt_format_has_test(format, folder) ||
                     rt_format_read(format, folder, true, !whole, &images[1], &error));
    const RtImages *train = &images[0];
    if (as_json) {
        rt_json_open(w, NULL, '{');
        rt_json_string(w, "name", name);
        rt_json_bool(w, "present", ok);
        rt_json_string(w, "folder", folder);
        rt_json_string(w, "format", rt_format_name(format));
        if (!ok) rt_json_string(w, "problem", error.text);
        else {
            rt_json_open(w, "shape", '[');
            rt_json_integer(w, NULL, train->height), rt_json_integer(w, NULL, train->width),
                rt_json_integer(w, NULL, train->channels);
            rt_json_close(w, ']');
            rt_json_integer(w, "train", train->n);
            rt_json_integer(w, "test", images[1].n);
        }
        if (ok && whole) rt_json_open(w, "sha256", '{');
    } else if (ok)
        printf("%-16s %s: %lld training and %lld test images of %lld x %lld x %lld\n", name, rt_format_name(format),
               (long long)train->n, (long long)images[1].n, (long long)train->height, (long long)train->width,
               (long long)train->channels);
    else
        printf("%-16s %s: %s\n", name, rt_format_name(format), error.text);
    for (int test = 0; test < 2 && ok && whole; test++)
        for (int i = 0; i < images[test].n_sources; i++) {
            const RtSource *source = &images[test].source[i];
            if (as_json) rt_json_string(w, source->name, source->sha256);
            else printf("  %s  %s\n", source->sha256, source->name);
        }
    if (as_json && ok && whole) rt_json_close(w, '}');
    if (as_json) rt_json_close(w, '}');
    for (int test = 0; test < 2; test++) rt_images_free(&images[test]);
    return ok ? GOOD_SET : BROKEN_SET;
}

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* Shows the folders in `root` that are not known sets, in the order of their names. */
static void show_others(Arena *arena, const char *root, bool as_json, RtJsonWriter *w)
{
    const char **names = NULL;
    int n = 0, capacity = 0;
    DIR *stream = opendir(root);
    for (struct dirent *entry; stream && (entry = readdir(stream));) {
        if (entry->d_name[0] == '.' || rt_known_set_of(entry->d_name)) continue;
        names = arena_grow(arena, names, n, &capacity, sizeof *names);
        names[n++] = arena_copy(arena, entry->d_name);
    }
    if (stream) closedir(stream);
    if (n) qsort(names, (size_t)n, sizeof *names, by_name);
    for (int i = 0; i < n; i++) show_set(names[i], arena_format(arena, "%s/%s", root, names[i]), false, as_json, w);
}

int command_data(int argc, char **argv)
{
    DataArguments d = {0};
    const Arguments *a = &d.all;
    arguments_parse(argc, argv, &data_line, &d);
    Arena *arena = arena_new();
    const char *said = getenv("TAILOR_DATA"), *root = d.dir ? d.dir : said && *said ? said : "./data";
    const char *names[16];
    int n = 0;
    const RtKnownSet *wanted = a->argument ? rt_known_set_of(a->argument) : NULL;
    for (int i = 0; i < rt_known_sets(); i++) names[n++] = rt_known_set(i)->name;
    RtJsonWriter w = {0};
    rt_json_open(&w, NULL, '[');
    const char *other = wanted ? NULL : a->argument;
    const char *path = other && !strchr(other, '/') ? arena_format(arena, "%s/%s", root, other) : other;
    const Shown shown = other ? show_set(other, path, true, a->json, &w) : GOOD_SET;
    if (shown == NO_SET)
        fail("tailor: %s is no known data set%s; any folder of IDX, .npy, CIFAR or PNG files works as it is", other,
             did_you_mean(arena, other, n, names, ""));
    if (wanted && strcmp(wanted->name, "digits") && set_state(arena, wanted, root)) {
        RtError error = {0};
        if (!rt_folder_make(arena_format(arena, "%s/%s", root, wanted->name), &error)) fail("%s", error.text);
        for (int i = 0; i < SET_FILES; i++)
            if (!fetch_file(arena, wanted, i, root))
                fail("tailor: %s could not be fetched; copies of its four files in %s/%s serve as well", wanted->name,
                     root, wanted->name);
    }
    for (int i = 0; i < rt_known_sets() && !other; i++) {
        const RtKnownSet *set = rt_known_set(i);
        if (wanted && set != wanted) continue;
        bool embedded = !strcmp(set->name, "digits");
        const char *wrong = embedded ? NULL : set_state(arena, set, root);
        if (a->json) {
            rt_json_open(&w, NULL, '{');
            rt_json_string(&w, "name", set->name);
            rt_json_bool(&w, "present", !wrong);
            if (!embedded) rt_json_string(&w, "folder", arena_format(arena, "%s/%s", root, set->name));
            if (wrong) rt_json_string(&w, "problem", wrong);
            rt_json_close(&w, '}');
        } else
            printf("%-16s %s%s\n", set->name,
                   embedded ? "embedded"
                   : wrong  ? "not there: "
                            : "whole, sha256 checked",
                   wrong ? wrong : "");
    }
    if (!a->argument) show_others(arena, root, a->json, &w);
    rt_json_close(&w, ']');
    if (a->json && !w.text.failed) printf("%s\n", w.text.data);
    rt_text_free(&w.text);
    arena_free(arena);
    return shown == BROKEN_SET;
}
