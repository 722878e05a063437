/* start.c - is linked into a trainer and says how long it takes from exec to the first training step, and for what
 * (start.sh).
 *
 * The linker puts these functions in the place of the trainer's (--wrap).  The clock starts with an exec of this very
 * program, as a shell would do it, and stops when the training loop has its first batch; the run ends there.  On
 * stdout, milliseconds: all; then, of it, reading or drawing the data set, the weights, the workspace, and the first
 * batch. */
#include "rt.h"

#include <stdlib.h>
#include <unistd.h>

static double data, weights, workspace, batch;

#define TIMED(sum, type, name, parameters, arguments) \
    type __real_##name parameters; \
    type __wrap_##name parameters; \
    type __wrap_##name parameters \
    { \
        const double before = rt_seconds(); \
        type result = __real_##name arguments; \
        sum += rt_seconds() - before; \
        return result; \
    }

TIMED(data, bool, rt_data_open, (RtData * d, const char *name, const RtModel *model, uint64_t seed, RtError *error),
      (d, name, model, seed, error))
TIMED(weights, bool, rt_weights_open, (RtWeights *w, const RtModel *model, RtError *error), (w, model, error))
TIMED(workspace, bool, rt_call_open,
      (RtCall * call, const RtModel *model, int threads, const RtWeights *w, RtError *error),
      (call, model, threads, w, error))
TIMED(batch, RtLoader *, rt_loader_open, (const RtLoaderPlan *plan, RtError *error), (plan, error))

void __real_rt_weights_initialise(RtWeights *, const RtModel *, uint64_t seed);
void __wrap_rt_weights_initialise(RtWeights *, const RtModel *, uint64_t seed);
void __wrap_rt_weights_initialise(RtWeights *w, const RtModel *model, uint64_t seed)
{
    const double before = rt_seconds();
    __real_rt_weights_initialise(w, model, seed);
    weights += rt_seconds() - before;
}

void __real_rt_wait_politely(char **argv);
void __wrap_rt_wait_politely(char **argv);
void __wrap_rt_wait_politely(char **argv)
{
    char now[64];
    snprintf(now, sizeof now, "%.9f", rt_seconds());
    if (!getenv("TAILOR_START") && setenv("TAILOR_START", now, 1) == 0) execv("/proc/self/exe", argv);
    __real_rt_wait_politely(argv);
}

const RtBatch *__real_rt_loader_next(RtLoader *);
const RtBatch *__wrap_rt_loader_next(RtLoader *);
const RtBatch *__wrap_rt_loader_next(RtLoader *loader)
{
    const double before = rt_seconds();
    __real_rt_loader_next(loader);
    const double now = rt_seconds();
    batch += now - before;
    printf("%.2f %.2f %.2f %.2f %.2f\n", 1e3 * (now - atof(getenv("TAILOR_START"))), 1e3 * data, 1e3 * weights,
           1e3 * workspace, 1e3 * batch);
    fflush(stdout);
    _exit(0);
}
