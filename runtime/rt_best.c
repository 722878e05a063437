/* rt_best.c - best.safetensors: the weights after the epoch with the least validation loss.
 *
 * The file is written after the checkpoint that names its epoch.  If a process was killed between the two, the weights
 * of that checkpoint are those of the best epoch, so a run that goes on writes the file then.  At any other checkpoint
 * the file is there already, or somebody took it. */
#include "rt.h"

#include <math.h>
#include <string.h>

static const char BEST[] = "best.safetensors";

bool rt_best_note(RtRun *run)
{
    RtBest *best = &run->best;
    const double loss = rt_mean(&run->validation, 0);
    const bool better = loss < best->loss || (isnan(best->loss) && !isnan(loss));
    if (!best->kept || (best->epoch && !better)) return false;
    const RtWeights evaluated = rt_weights_evaluated(&run->weights, run->model);
    best->epoch = run->epoch;
    best->loss = loss;
    rt_weights_sha256(&evaluated, run->model, best->sha256);
    return true;
}

bool rt_best_write(const RtRun *run, RtError *error)
{
    char path[RT_MAX_PATH];
    const RtWeights evaluated = rt_weights_evaluated(&run->weights, run->model);
    return rt_path(path, run->settings.folder, BEST, error) &&
           rt_weights_write(path, &evaluated, run->model, error);
}

/* Checks that the file holds the weights that the checkpoint names. */
static bool check_file(const RtRun *run, RtError *error)
{
    char path[RT_MAX_PATH], is[65];
    RtWeights weights = {0};
    bool ok = rt_path(path, run->settings.folder, BEST, error) && rt_weights_open(&weights, run->model, error) &&
              rt_weights_read(path, &weights, run->model, error);
    if (ok) rt_weights_sha256(&weights, run->model, is);
    if (ok && strcmp(is, run->best.sha256) != 0)
        ok = rt_fail(error, "%s: its sha256 is %s, against %s of epoch %lld, the best; --keep last goes on without",
                     path, is, run->best.sha256, (long long)run->best.epoch);
    rt_weights_close(&weights);
    return ok;
}

bool rt_best_begin(RtRun *run, bool resumed, RtError *error)
{
    RtBest *best = &run->best;
    const RtKeep keep = run->settings.keep;
    if (keep == RT_KEEP_LAST) best->kept = false;
    if (keep == RT_KEEP_BEST && !best->kept && resumed && run->epoch > 0)
        return rt_fail(error, "%s: the run began without --keep best: the weights of its first %lld epochs are gone",
                       run->settings.folder, (long long)run->epoch);
    if (keep == RT_KEEP_BEST) best->kept = true;
    if (best->kept && !run->data.n_validation)
        return rt_fail(
            error, "%s: --keep best goes by the validation loss, against no validation images (train { validation })",
            run->model->name);
    if (!best->kept || !best->epoch) return true;
    const bool of_these_weights = best->epoch == run->epoch && run->step == run->epoch * run->steps_per_epoch;
    return of_these_weights ? rt_best_write(run, error) : check_file(run, error);
}
