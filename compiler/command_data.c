/* command_data.c - `tailor data`: which data sets are there, and fetching those that are known.
 *
 * A known set is fetched with curl from public mirrors, checked by the sha256 of its uncompressed content, and only then put in
 * its place. */
#include "command.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char data_usage[] =
    "usage: tailor data [NAME] [--dir DIR] [--json]\n\n"
    "Lists the known data sets and whether they are there and whole; with NAME, fetches one into DIR/NAME (default\n"
    "$TAILOR_DATA, else ./data).  digits is embedded and needs no file.  decoy-NAME of a known set is made from its files.\n";

typedef struct Mirror { const char *set, *url; } Mirror;

static const Mirror mirrors[] = {
    {"mnist", "https://ossci-datasets.s3.amazonaws.com/mnist"},
    {"mnist", "https://storage.googleapis.com/cvdf-datasets/mnist"},
    {"fashion-mnist", "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com"},
    {"fashion-mnist", "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion"},
};

enum { N_MIRRORS = sizeof mirrors / sizeof *mirrors, SET_FILES = 4 };

/* One file of a set: NULL when it is there and whole, else what is wrong. */
static const char *file_state(Arena *arena, const char *path, const char *wanted)
{
    RtIdx idx = {0};
    RtError error = {0};
    if (!rt_idx_read(path, 1, 4, false, &idx, &error)) return arena_copy(arena, error.text);
    bool same = !strcmp(idx.sha256, wanted);
    const char *result = same ? NULL : arena_format(arena, "%s: sha256 of the content is %s, against %s", path, idx.sha256, wanted);
    rt_idx_free(&idx);
    return result;
}

static const char *set_state(Arena *arena, const RtKnownSet *set, const char *root)
{
    for (int i = 0; i < SET_FILES; i++) {
        const char *wrong = file_state(arena, arena_format(arena, "%s/%s/%s", root, set->name, rt_set_files[i]), set->sha256[i]);
        if (wrong) return wrong;
    }
    return NULL;
}

static bool fetch_file(Arena *arena, const RtKnownSet *set, int i, const char *root)
{
    const char *path = arena_format(arena, "%s/%s/%s", root, set->name, rt_set_files[i]);
    if (!file_state(arena, path, set->sha256[i])) return true;
    for (int m = 0; m < N_MIRRORS; m++) {
        if (strcmp(mirrors[m].set, set->name)) continue;
        const char *part = arena_format(arena, "%s.part", path), *part_gz = arena_format(arena, "%s.gz", part);
        const char *url = arena_format(arena, "%s/%s.gz", mirrors[m].url, rt_set_files[i]);
        const char *curl[] = {"curl", "-fsSL", "--connect-timeout", "20", "--max-time", "600", "-o", part_gz, url, NULL};
        fprintf(stderr, "%s\n", url);
        int code = run_program(curl, NULL);
        if (code == 127) fail("tailor: curl is not there; it is needed to fetch data");
        const char *wrong = code ? arena_format(arena, "curl ended with %d", code) : file_state(arena, part, set->sha256[i]);
        if (!wrong) {
            if (rename(part_gz, arena_format(arena, "%s.gz", path))) fail("%s.gz: the file could not be put in its place", path);
            return true;
        }
        unlink(part_gz);
        fprintf(stderr, "tailor: %s: %s\n", url, wrong);
    }
    return false;
}

int command_data(int argc, char **argv)
{
    Arguments a = arguments_parse(argc, argv, "Dj", data_usage, 0, 1);
    Arena *arena = arena_new();
    const char *root = a.dir ? a.dir : getenv("TAILOR_DATA") && *getenv("TAILOR_DATA") ? getenv("TAILOR_DATA") : "./data";
    const char *names[16];
    int n = 0;
    const RtKnownSet *wanted = a.n_positional ? rt_known_set_of(a.positional[0]) : NULL;
    for (int i = 0; i < rt_known_sets(); i++) names[n++] = rt_known_set(i)->name;
    if (a.n_positional && !wanted) {
        const char *near = nearest_name(a.positional[0], n, names);
        fail("tailor: %s is no known data set%s%s%s; any folder of IDX, .npy or CIFAR-10 files works as it is", a.positional[0], near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    }
    if (wanted && strcmp(wanted->name, "digits")) {
        RtError error = {0};
        if (!rt_folder_make(arena_format(arena, "%s/%s", root, wanted->name), &error)) fail("%s", error.text);
        for (int i = 0; i < SET_FILES; i++)
            if (!fetch_file(arena, wanted, i, root)) fail("tailor: %s could not be fetched; copies of its four files in %s/%s serve as well", wanted->name, root, wanted->name);
    }
    RtJsonWriter w = {0};
    rt_json_open(&w, NULL, '[');
    for (int i = 0; i < rt_known_sets(); i++) {
        const RtKnownSet *set = rt_known_set(i);
        if (wanted && set != wanted) continue;
        bool embedded = !strcmp(set->name, "digits");
        const char *wrong = embedded ? NULL : set_state(arena, set, root);
        if (a.json) {
            rt_json_open(&w, NULL, '{');
            rt_json_string(&w, "name", set->name);
            rt_json_bool(&w, "present", !wrong);
            if (!embedded) rt_json_string(&w, "folder", arena_format(arena, "%s/%s", root, set->name));
            if (wrong) rt_json_string(&w, "problem", wrong);
            rt_json_close(&w, '}');
        } else
            printf("%-16s %s%s\n", set->name, embedded ? "embedded" : wrong ? "not there: " : "whole, sha256 checked", wrong ? wrong : "");
    }
    rt_json_close(&w, ']');
    if (a.json && !w.text.failed) printf("%s\n", w.text.data);
    rt_text_free(&w.text);
    arena_free(arena);
    return 0;
}
