/* optimizer.c - the optimizers.  The block of one has its name, its settings, its moments, its call and its cost. */
#include "graph/optimizer.h"

#include "rt_settings.h"

#include <string.h>

static const char means_of_gradients[] = "The optimizer's running means of the gradient and of its square";
static const char adam_call[] =
    "rt_update_adam($count, $weights, $gradient, $m, $v, "
    "step->learning_rate, $beta1, $beta2, $eps, $decay, step->correction1, step->correction2, $scale)";
static const char adam_l2_call[] =
    "rt_update_adam_l2($count, $weights, $gradient, $m, $v, "
    "step->learning_rate, $beta1, $beta2, $eps, $decay, step->correction1, step->correction2, $scale)";

/* A new one comes last: graphs are hashed with its number. */
static const Optimizer optimizers[] = {
    {
        .name = "sgd",
        .defaults = {{"lr", 0.01}, {"momentum", 0}, {"nesterov", false}, {"weight_decay", 0}},
        .decays_all = true,        /* as in PyTorch */
        .moments = {"velocity"}, .unless = "momentum", .about = "The optimizer's velocity",
        .call = "rt_update_sgd($count, $weights, $gradient, "
                "$velocity, step->learning_rate, $momentum, $nesterov, $decay, $scale)",
        .flops = 12, .flops_without = 5,
    },
    {
        .name = "adam",
        .defaults = {{"lr", 1e-3}, {"beta1", 0.9}, {"beta2", 0.999}, {"eps", 1e-8}, {"weight_decay", 0}},
        .decays_all_if_any = true,
        .moments = {"m", "v"}, .about = means_of_gradients, .call = adam_call, .call_decaying = adam_l2_call,
        .flops = 15,
    },
    {
        .name = "adamw",
        .defaults = {{"lr", 1e-3}, {"beta1", 0.9}, {"beta2", 0.999}, {"eps", 1e-8}, {"weight_decay", 0.01}},
        .chooses_decay = true,
        .moments = {"m", "v"}, .about = means_of_gradients, .call = adam_call, .flops = 15,
    },
};

const Optimizer *optimizer_at(int i)
{
    return i < (int)(sizeof optimizers / sizeof *optimizers) ? &optimizers[i] : NULL;
}

int optimizer_number(const char *name)
{
    for (int i = 0; optimizer_at(i); i++)
        if (!strcmp(optimizers[i].name, name)) return i;
    bug("no optimizer is called %s", name);
}

const Optimizer *optimizer_of(const char *name) { return optimizer_at(optimizer_number(name)); }

int optimizer_moments(const RtTrain *train, const char *names[MOST_MOMENTS])
{
    const Optimizer *optimizer = optimizer_of(train->optimizer);
    int n = 0;
    if (optimizer->unless && rt_setting_number(rt_setting(optimizer->unless), train) == 0) return 0;
    for (; n < MOST_MOMENTS && optimizer->moments[n]; n++) names[n] = optimizer->moments[n];
    return n;
}

int moments(const RtTrain *train)
{
    return optimizer_moments(train, (const char *[MOST_MOMENTS]){NULL}) + (train->ema > 0);
}

double update_flops(const RtTrain *train)
{
    const Optimizer *optimizer = optimizer_of(train->optimizer);
    const bool kept = optimizer_moments(train, (const char *[MOST_MOMENTS]){NULL}) > 0;
    return (kept ? optimizer->flops : optimizer->flops_without) + (train->ema > 0 ? 3 : 0);
}
