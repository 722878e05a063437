/* rt_train.c - the training loop.
 *
 *   for each epoch:  steps, validation, a line of log.csv, a checkpoint          then the test set, once
 *
 * A run's whole position is (weights, step, steps skipped, epoch, sums of the epoch under way).  A checkpoint holds it,
 * and a later step depends on nothing else.  Nothing is allocated inside a step. */
#include "rt.h"

#include <math.h>
#include <string.h>

enum { CHECKPOINT_SECONDS = 30 };

/* ---- opening ---- */

/* Checks the properties that the loop relies on.  The compiler writes no other tables, but a table may come from
 * elsewhere. */
static bool check_model(const RtModel *model, RtError *error)
{
    static const char *const NEEDED[] = {"train", "evaluate"};
    if (model->batch < 1 || model->n_fields > RT_MAX_FIELDS)
        return rt_fail(error, "%s: a batch of %d and %d inputs, against at least 1 and at most %d", model->name,
                       model->batch, model->n_fields, RT_MAX_FIELDS);
    for (int e = 0; e < 2; e++) {
        const RtEntry *entry = rt_entry(model, NEEDED[e]);
        if (!entry) return rt_fail(error, "%s: the model has no entry %s", model->name, NEEDED[e]);
        if (!rt_value(entry, "loss")) return rt_fail(error, "%s: entry %s has no loss", model->name, NEEDED[e]);
        for (int m = 0; m < model->n_metrics; m++)
            if (!rt_value(entry, model->metrics[m]))
                return rt_fail(error, "%s: entry %s has no %s", model->name, NEEDED[e], model->metrics[m]);
    }
    return true;
}

bool rt_run_open(RtRun *run, const RtModel *model, const RtSettings *settings, const RtListener *listener,
                 RtError *error)
{
    *run = (RtRun){.model = model, .settings = *settings, .started = rt_seconds()};
    if (listener) run->listener = *listener;
    bool ok = check_model(model, error) &&
              (settings->validation ? rt_data_open_training : rt_data_open)(&run->data, settings->data, model,
                                                                            settings->seed, error) &&
              rt_weights_open(&run->weights, model, error) &&
              rt_call_open(&run->call, model, settings->threads, &run->weights, error) &&
              rt_means_open(&run->train, model, error) && rt_means_open(&run->epoch_train, model, error) &&
              rt_means_open(&run->validation, model, error) && rt_means_open(&run->test, model, error);
    run->call.profile = settings->profile;
    if (ok) run->steps_per_epoch = run->data.n_training / model->batch;
    if (ok && __builtin_mul_overflow(run->steps_per_epoch, settings->epochs, &run->steps))
        ok = rt_fail(error, "%lld epochs: more steps than can be counted", (long long)settings->epochs);
    if (ok) rt_weights_initialise(&run->weights, model, settings->seed);
    ok = ok && rt_init_begin(run, error);
    for (int i = 0; i < model->n_states && ok; i++)
        if (model->states[i].init == RT_INIT_CLASS_MEANS)
            ok = rt_class_means(&run->data, &model->states[i], run->weights.state + model->states[i].offset, error);
    if (!ok) rt_run_close(run);
    return ok;
}

void rt_run_close(RtRun *run)
{
    rt_data_close(&run->data);
    rt_weights_close(&run->weights);
    rt_call_close(&run->call);
    rt_means_close(&run->train);
    rt_means_close(&run->epoch_train);
    rt_means_close(&run->validation);
    rt_means_close(&run->test);
    rt_text_free(&run->log);
    rt_text_free(&run->trace);
    rt_text_free(&run->watch);
}

/* ---- the loop ---- */

static bool stopped(const RtRun *run)
{
    return (run->listener.stop && *run->listener.stop) ||
           (run->settings.stop && run->step >= run->settings.stop);
}

/* Weights that are not finite never recover, so a run stops rather than go on without a checkpoint. */
static RtOutcome save(RtRun *run, RtError *error)
{
    const char *bad = rt_weights_not_finite(&run->weights, run->model);
    if (bad) {
        rt_fail(error, "after step %lld: %s is not finite; no checkpoint is written", (long long)run->step, bad);
        return RT_NOT_FINITE;
    }
    return rt_trace_write(run, error) && rt_checkpoint_write(run, error) ? RT_DONE : RT_FAILED;
}

static float loss_of(const RtModel *model, const RtCall *call)
{
    float loss;
    memcpy(&loss, (const char *)call->result + rt_value(rt_entry(model, "train"), "loss")->offset, sizeof loss);
    return loss;
}

/* Handles an entry that found a loss, a gradient or a new state that is not finite, and changed nothing.  The batch is
 * kept; in a run that goes on, only the first such batch. */
static RtOutcome not_finite(RtRun *run, const RtCall *call, RtError *error)
{
    char path[RT_MAX_PATH], where[32], what[96];
    const float loss = loss_of(run->model, call);
    const bool first = run->skipped == 0;
    if (run->model->train.skip_not_finite) run->skipped++;
    if (!first) return RT_DONE;
    snprintf(where, sizeof where, "step %lld", (long long)run->step);
    if (isfinite(loss))
        snprintf(what, sizeof what, "the loss is %g and its gradients, or a new state, are not finite", (double)loss);
    else
        snprintf(what, sizeof what, "the loss is %s, against a finite number", isnan(loss) ? "nan" : "infinite");
    if (!rt_path(path, run->settings.folder, "failed_batch.safetensors", error) ||
        !rt_failed_batch_write(&(RtFailed){run, path, where}, run->model, call, "train", what, error))
        return RT_FAILED;
    if (run->skipped) return RT_DONE;
    rt_fail(error, "%s: %s; the batch is kept in %s", where, what, path);
    return RT_NOT_FINITE;
}

/* Trains up to the end of the epoch under way. */
static RtOutcome train_epoch(RtRun *run, RtLoader *loader, double *saved, RtError *error)
{
    const RtModel *model = run->model;
    const RtEntry *entry = rt_entry(model, "train");
    RtStep step = {.seed = run->settings.seed};
    RtCall call = run->call;
    call.step = &step;
    while (run->step < (run->epoch + 1) * run->steps_per_epoch) {
        double before = rt_seconds();
        call.batch = rt_loader_next(loader);
        step.step = run->step;
        rt_schedule(&model->train, run->step, run->steps, run->steps_per_epoch, &step);
        step.skipped = run->skipped;
        if (entry->run(&call)) rt_means_add(&run->train, model, entry, call.result, call.batch->n);
        else {
            const RtOutcome outcome = not_finite(run, &call, error);
            if (outcome != RT_DONE) return outcome;
        }
        rt_trace_step(run, loss_of(model, &call));
        run->step++;
        double now = rt_seconds();
        run->train_seconds += now - before;
        if (run->listener.step) run->listener.step(run->listener.context, run);
        if (stopped(run) || now - *saved > CHECKPOINT_SECONDS) {
            RtOutcome outcome = save(run, error);
            if (outcome != RT_DONE) return outcome;
            *saved = rt_seconds();
        }
        if (stopped(run)) return RT_INTERRUPTED;
    }
    return RT_DONE;
}

static RtOutcome validate(RtRun *run, RtError *error)
{
    char path[RT_MAX_PATH], where[64];
    RtError inner = {0};
    if (!run->data.n_validation) return RT_DONE;
    if (!rt_path(path, run->settings.folder, "failed_batch.safetensors", error)) return RT_FAILED;
    snprintf(where, sizeof where, "validation after epoch %lld", (long long)run->epoch + 1);
    RtCall evaluation = run->call;
    evaluation.parameters = rt_weights_evaluated(&run->weights, run->model).parameters;
    RtOutcome outcome = rt_evaluate(run->model, &evaluation, &run->data.train, run->data.validation,
                                    run->data.n_validation, run->settings.seed, run->listener.stop, &run->validation,
                                    &(RtFailed){run, path, where}, &inner);
    if (inner.text[0]) rt_fail(error, "%s: %s", where, inner.text);
    return outcome;
}

/* Moves the sums of the epoch under way to those of the last epoch done. */
static void close_epoch(RtRun *run)
{
    RtMeans done = run->train;
    run->train = run->epoch_train;
    run->epoch_train = done;
    rt_means_clear(&run->train, run->model);
    run->epoch++;
}

static RtOutcome train_steps(RtRun *run, RtLoader *loader, RtError *error)
{
    double saved = rt_seconds();
    while (run->epoch < run->settings.epochs) {
        RtOutcome outcome = train_epoch(run, loader, &saved, error);
        if (outcome == RT_DONE) outcome = validate(run, error);
        if (outcome == RT_INTERRUPTED && run->step == (run->epoch + 1) * run->steps_per_epoch) {
            RtOutcome kept = save(run, error);   /* a resumed run begins with the validation */
            if (kept != RT_DONE) outcome = kept;
        }
        if (outcome != RT_DONE) return outcome;
        close_epoch(run);
        const bool best = rt_best_note(run);
        rt_trace_epoch(run);
        const RtWatch *watch = run->model->watch;
        if (!rt_log_epoch(run, error) || (watch && !watch->by->epoch(run, error))) return RT_FAILED;
        outcome = save(run, error);
        if (outcome != RT_DONE) return outcome;
        if (best && !rt_best_write(run, error)) return RT_FAILED;
        saved = rt_seconds();
        if (run->listener.epoch) run->listener.epoch(run->listener.context, run);
        if (stopped(run)) return RT_INTERRUPTED;
    }
    return RT_DONE;
}

static RtOutcome test(RtRun *run, RtError *error)
{
    static const char where[] = "test set";
    char path[RT_MAX_PATH];
    RtError inner = {0};
    if (run->data.no_test || run->settings.validation) return RT_DONE;
    if (!rt_data_test(&run->data, run->settings.data, run->model, error) ||
        !rt_path(path, run->settings.folder, "failed_batch.safetensors", error) ||
        (run->settings.correct && !rt_means_keep_correct(&run->test, run->model, run->data.test.n, error)))
        return RT_FAILED;
    RtCall evaluation = run->call;
    evaluation.parameters = rt_weights_evaluated(&run->weights, run->model).parameters;
    RtOutcome outcome = rt_evaluate(run->model, &evaluation, &run->data.test, NULL, run->data.test.n,
                                    run->settings.seed, run->listener.stop, &run->test,
                                    &(RtFailed){run, path, where}, &inner);
    if (inner.text[0]) rt_fail(error, "%s: %s", where, inner.text);
    return outcome;
}

RtLoader *rt_run_loader(const RtRun *run, int64_t first, int64_t last, RtError *error)
{
    const RtLoaderPlan plan = {.model = run->model,
                               .images = &run->data.train,
                               .samples = run->data.training,
                               .n = run->data.n_training,
                               .shuffle = true,
                               .augment = true,
                               .seed = run->settings.seed,
                               .first = first,
                               .last = last};
    return rt_loader_open(&plan, error);
}

RtOutcome rt_run(RtRun *run, RtError *error)
{
    bool found;
    if (!rt_checkpoint_read(run, &found, error) || !rt_best_begin(run, found, error) || !rt_log_begin(run, error) ||
        !rt_trace_begin(run, error) || (run->model->watch && !run->model->watch->by->begin(run, error)))
        return RT_FAILED;
    RtLoader *loader = rt_run_loader(run, run->step, run->steps, error);
    if (!loader) return RT_FAILED;
    RtOutcome outcome = train_steps(run, loader, error);
    rt_loader_close(loader);
    /* the losses up to there; a run that goes on begins the file again as its checkpoint has it */
    if (outcome == RT_NOT_FINITE && !rt_trace_write(run, error)) outcome = RT_FAILED;
    if (outcome == RT_DONE) outcome = test(run, error);
    const RtWeights evaluated = rt_weights_evaluated(&run->weights, run->model);
    if (outcome == RT_DONE) rt_weights_sha256(&evaluated, run->model, run->weights_sha256);
    return outcome;
}
