/* rt_init.c - the weights of a file, with which a run begins in place of the values drawn from its seed.
 *
 * The file holds each parameter and each state of the model by its name, and nothing else.  What patterns leave out
 * stays as drawn from the seed, whatever the file has for it: a head for another number of classes.  Counts of batches
 * that PyTorch keeps in its norms mean nothing here.  Of a whole run (a checkpoint, a library's save) the weights are
 * taken that would be evaluated; its moments are left.  A state that is filled from the data is filled from it. */
#include "rt.h"

#include <math.h>
#include <string.h>

/* ---- patterns ---- */

/* Does the name fit the first n characters of a pattern?  On a difference the last * takes one character more. */
static bool fits_pattern(const char *pattern, size_t n, const char *name)
{
    const char *end = pattern + n, *star = NULL, *taken = name;
    while (*name) {
        if (pattern < end && *pattern == '*') star = ++pattern, taken = name;
        else if (pattern < end && *pattern == *name) pattern++, name++;
        else if (star) pattern = star, name = ++taken;
        else return false;
    }
    while (pattern < end && *pattern == '*') pattern++;
    return pattern == end;
}

bool rt_pattern_fits(const char *pattern, const char *name) { return fits_pattern(pattern, strlen(pattern), name); }

static bool is_left_out(const char *except, const char *name)
{
    for (const char *at = except; at && *at;) {
        const size_t n = strcspn(at, ",");
        if (fits_pattern(at, n, name)) return true;
        at += n + (at[n] == ',');
    }
    return false;
}

/* ---- names ---- */

/* The name of a tensor without the word of a save before it: moment1/, average/. */
static const char *plain_name(const char *name)
{
    const char *slash = strchr(name, '/');
    const bool saved = slash && (!strncmp(name, "moment", 6) || !strncmp(name, "average/", 8));
    return saved ? slash + 1 : name;
}

static bool counts_batches(const char *name)
{
    static const char word[] = "num_batches_tracked";
    const size_t n = strlen(name), m = sizeof word - 1;
    return n >= m && !strcmp(name + n - m, word) && (n == m || name[n - m - 1] == '.');
}

static const RtTensor *tensor_at(const RtModel *model, int i)
{
    return i < model->n_parameters ? &model->parameters[i] : &model->states[i - model->n_parameters];
}

static bool has_tensor(const RtModel *model, const char *name)
{
    for (int i = 0; i < model->n_parameters + model->n_states; i++)
        if (!strcmp(tensor_at(model, i)->name, name)) return true;
    return false;
}

/* Names for a message, which shows the first ones. */
enum { LISTED = 6 };
typedef struct NameList { RtText text; int n; } NameList;

static void list_name(NameList *list, const char *name)
{
    if (list->n++ < LISTED) rt_text_add(&list->text, "%s%.100s", list->n > 1 ? ", " : "", name);
}

static const char *list_text(NameList *list)
{
    if (list->n > LISTED) rt_text_add(&list->text, " and %d more", list->n - LISTED);
    return list->text.failed ? "names" : list->text.data;
}

/* ---- checks ---- */

/* Each pattern must leave something out, of the model or of the file: else it is misspelt. */
static bool check_patterns(const RtModel *model, const RtArrays *file, const char *path, const char *except,
                           RtError *error)
{
    for (const char *at = except; at;) {
        const size_t n = strcspn(at, ",");
        bool used = false;
        for (int i = 0; i < model->n_parameters + model->n_states && !used; i++)
            used = fits_pattern(at, n, tensor_at(model, i)->name);
        for (int i = 0; i < file->n && !used; i++) used = fits_pattern(at, n, plain_name(file->arrays[i].name));
        if (!used)
            return rt_fail(error, "--init-except %.*s: no parameter or state of %s, and no tensor of %s, is called so",
                           n < 200 ? (int)n : 200, at, model->graph_file, path);
        at = at[n] ? at + n + 1 : NULL;
    }
    return true;
}

static bool check_extra(const RtModel *model, const RtArrays *file, const char *path, const char *except,
                        RtError *error)
{
    NameList extra = {0};
    for (int i = 0; i < file->n; i++) {
        const char *name = plain_name(file->arrays[i].name);
        if (!has_tensor(model, name) && !counts_batches(name) && !is_left_out(except, name))
            list_name(&extra, file->arrays[i].name);
    }
    const bool ok = !extra.n || rt_fail(error, "%s: %s: no parameter or state of %s is called so; --init-except "
                                        "PATTERN leaves out what is called so", path, list_text(&extra),
                                        model->graph_file);
    rt_text_free(&extra.text);
    return ok;
}

static bool is_taken(const RtTensor *tensor, const char *except)
{
    return tensor->init != RT_INIT_CLASS_MEANS && !is_left_out(except, tensor->name);
}

static bool check_missing(const RtModel *model, const RtArrays *file, const char *path, const char *except,
                          RtError *error)
{
    NameList missing = {0};
    int taken = 0;
    for (int i = 0; i < model->n_parameters + model->n_states; i++) {
        const RtTensor *tensor = tensor_at(model, i);
        taken += is_taken(tensor, except);
        if (is_taken(tensor, except) && !rt_tensors_find(file, tensor->name)) list_name(&missing, tensor->name);
    }
    bool ok = taken || rt_fail(error, "--init-except %.200s: leaves out all of %s, against something to begin with",
                               except ? except : "", path);
    if (ok && missing.n)
        ok = rt_fail(error,
                     "%s: there is no %s in it, against each parameter and state of %s; --init-except PATTERN leaves "
                     "what is called so as drawn from the seed",
                     path, list_text(&missing), model->graph_file);
    rt_text_free(&missing.text);
    return ok;
}

/* ---- reading ---- */

static bool take_tensor(const RtArrays *file, const char *path, const char *prefix, const RtTensor *tensor,
                        float *values, RtError *error)
{
    RtError inner = {0};
    const RtArray *array = rt_tensor_stored(file, path, prefix, tensor, &inner);
    if (!array)
        return rt_fail(error, "%s; --init-except %s leaves it as drawn from the seed", inner.text, tensor->name);
    for (int64_t i = 0; i < tensor->count; i++) {
        float number;
        if (!rt_number_float(array->type, array->data, i, &number) || !isfinite(number))
            return rt_fail(error, "%s: %s has a number that is not finite in F32: element %lld is %g", path,
                           array->name, (long long)i, rt_number(array->type, array->data, i));
    }
    return !values || rt_tensor_load(file, path, prefix, tensor, values, error);
}

static bool take_tensors(const RtModel *model, const RtArrays *file, const char *path, const char *except,
                         const RtWeights *weights, RtError *error)
{
    bool averages = false;
    for (int i = 0; i < file->n && !averages; i++) averages = !strncmp(file->arrays[i].name, "average/", 8);
    for (int i = 0; i < model->n_parameters + model->n_states; i++) {
        const RtTensor *tensor = tensor_at(model, i);
        const bool parameter = i < model->n_parameters;
        const char *prefix = parameter && averages ? "average/" : "";
        float *to = !weights ? NULL : (parameter ? weights->parameters : weights->state) + tensor->offset;
        if (is_taken(tensor, except) && !take_tensor(file, path, prefix, tensor, to, error)) return false;
    }
    return true;
}

bool rt_init_read(const RtModel *model, const char *path, const char *except, const RtWeights *weights,
                  char sha256[65], RtError *error)
{
    RtArrays file;
    if (!rt_tensors_read_hashed(path, &file, sha256, error)) return false;
    const bool ok = check_patterns(model, &file, path, except, error) &&
                    check_missing(model, &file, path, except, error) &&
                    check_extra(model, &file, path, except, error) &&
                    take_tensors(model, &file, path, except, weights, error);
    rt_tensors_free(&file);
    return ok;
}

bool rt_init_begin(RtRun *run, RtError *error)
{
    const RtSettings *settings = &run->settings;
    RtInit *init = &run->init;
    if (!settings->init) return true;
    const char *slash = strrchr(settings->init, '/'), *name = slash ? slash + 1 : settings->init;
    if (strlen(name) >= sizeof init->file)
        return rt_fail(error, "%s: its name has %zu bytes, against %zu at most", name, strlen(name),
                       sizeof init->file - 1);
    if (!rt_init_read(run->model, settings->init, settings->init_except, &run->weights, init->sha256, error))
        return false;
    strcpy(init->file, name);
    strcpy(init->except, settings->init_except ? settings->init_except : "");
    rt_weights_begin_average(&run->weights, run->model);
    return true;
}

/* ---- a run that goes on ---- */

bool rt_init_check(const RtRun *run, const char *path, const char *sha256, const char *except, RtError *error)
{
    const RtInit *init = &run->init;
    if (!run->settings.init) return true;                          /* it goes on with what it began with */
    if (!sha256)
        return rt_fail(error, "%s: there is no init in it: the run began with values drawn from its seed, against %s",
                       path, run->settings.init);
    if (strcmp(sha256, init->sha256))
        return rt_fail(error, "%s: the sha256 of init is %.64s, against %s of %s", path, sha256, init->sha256,
                       run->settings.init);
    return !strcmp(except, init->except) ||
           rt_fail(error, "%s: init-except is '%.300s', against '%.300s' of this command", path, except, init->except);
}
