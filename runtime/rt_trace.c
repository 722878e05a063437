/* rt_trace.c - trace.csv: the numbers that two runs of one experiment have in common, bit for bit.
 *
 * loss,K,HEX        the loss of step K, counted from 1, as %a: steps 1 to 10, powers of two, the last of each epoch
 * weights,EPOCH,SHA256    after each epoch, of the weights that would be evaluated
 *
 * Which steps have a line does not depend on how long the run is to be, so that one that is made longer only adds
 * lines.  A checkpoint holds the text so far, as it holds log.csv's. */
#include "rt.h"

#include <math.h>

static const char TRACE[] = "trace.csv";

bool rt_trace_begin(RtRun *run, RtError *error)
{
    char path[RT_MAX_PATH];
    run->traced = run->trace.length;
    return run->untraced || (rt_path(path, run->settings.folder, TRACE, error) &&
                             rt_file_write(path, run->trace.data ? run->trace.data : "", run->trace.length, error));
}

void rt_trace_step(RtRun *run, float loss)
{
    const int64_t step = run->step + 1;
    if (run->untraced || (step > 10 && (step & (step - 1)) != 0 && step % run->steps_per_epoch != 0)) return;
    if (isnan(loss)) rt_text_add(&run->trace, "loss,%lld,nan\n", (long long)step);      /* without a sign */
    else rt_text_add(&run->trace, "loss,%lld,%a\n", (long long)step, (double)loss);
}

void rt_trace_epoch(RtRun *run)
{
    char hex[65];
    const RtWeights evaluated = rt_weights_evaluated(&run->weights, run->model);
    if (run->untraced) return;
    rt_weights_sha256(&evaluated, run->model, hex);
    rt_text_add(&run->trace, "weights,%lld,%s\n", (long long)run->epoch, hex);
}

bool rt_trace_write(RtRun *run, RtError *error)
{
    char path[RT_MAX_PATH];
    if (run->untraced || run->traced == run->trace.length) return true;
    if (!rt_path(path, run->settings.folder, TRACE, error)) return false;
    if (run->trace.failed) return rt_fail(error, "%s: out of memory", path);
    if (!rt_file_append(path, run->trace.data + run->traced, run->trace.length - run->traced, error)) return false;
    run->traced = run->trace.length;
    return true;
}
