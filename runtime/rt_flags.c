/* rt_flags.c - the command line of a trainer. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "rt_main.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_THREADS = 1024 };

typedef struct FlagRow { const char *name; size_t offset; bool has_value; } FlagRow;

static const FlagRow FLAGS[] = {
    {"--data", offsetof(RtFlags, data), true},           {"--seed", offsetof(RtFlags, seed), true},
    {"--epochs", offsetof(RtFlags, epochs), true},       {"--threads", offsetof(RtFlags, threads), true},
    {"--out", offsetof(RtFlags, out), true},             {"--resume", offsetof(RtFlags, resume), true},
    {"--eval", offsetof(RtFlags, eval), true},           {"--benchmark", offsetof(RtFlags, benchmark), true},
    {"--json", offsetof(RtFlags, json), false},          {"--help", offsetof(RtFlags, help), false},
    {"--version", offsetof(RtFlags, version), false},    {"--profile", offsetof(RtFlags, profile), false},
    {"--keep", offsetof(RtFlags, keep), true},           {"--best", offsetof(RtFlags, best), false},
};
enum { N_FLAGS = sizeof FLAGS / sizeof *FLAGS };

static bool parse_texts(int argc, char **argv, RtFlags *flags, RtError *error)
{
    for (int i = 1; i < argc; i++) {
        const char *equals = strchr(argv[i], '=');
        size_t n = equals ? (size_t)(equals - argv[i]) : strlen(argv[i]);
        const FlagRow *row = FLAGS;
        while (row < FLAGS + N_FLAGS && (strlen(row->name) != n || strncmp(row->name, argv[i], n) != 0)) row++;
        if (row == FLAGS + N_FLAGS) return rt_fail(error, "unknown argument %s (see --help)", argv[i]);
        if (!row->has_value) {
            if (equals) return rt_fail(error, "%s takes no value", row->name);
            *(bool *)((char *)flags + row->offset) = true;
            continue;
        }
        if (!equals && i + 1 == argc) return rt_fail(error, "%s needs a value", row->name);
        const char **value = (const char **)((char *)flags + row->offset);
        if (*value) return rt_fail(error, "%s is given twice", row->name);
        *value = equals ? equals + 1 : argv[++i];
    }
    int modes = (flags->eval != NULL) + (flags->benchmark != NULL) + (flags->resume != NULL) + (flags->out != NULL);
    if (flags->eval && flags->profile) return rt_fail(error, "--profile is of training steps; --eval has none");
    if (flags->best && !flags->eval) return rt_fail(error, "--best says which weights --eval takes");
    if (flags->keep && (flags->eval || flags->benchmark)) return rt_fail(error, "--keep is of training");
    if (flags->keep && strcmp(flags->keep, "best") != 0 && strcmp(flags->keep, "last") != 0) return rt_fail(error, "--keep %s: against best or last", flags->keep);
    if (modes > 1) return rt_fail(error, "only one of --out, --resume, --eval, --benchmark goes");
    return true;
}

/* Decimal digits and nothing else. */
static bool parse_number(const char *name, const char *text, uint64_t least, uint64_t most, uint64_t *value, RtError *error)
{
    char *end;
    if (!text) return true;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end || errno || number < least || number > most)
        return rt_fail(error, "%s %s: against a whole number from %llu to %llu", name, text, (unsigned long long)least,
                       (unsigned long long)most);
    *value = number;
    return true;
}

static uint64_t cores(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return (uint64_t)(n < 1 ? 1 : n > MAX_THREADS ? MAX_THREADS : n);
}

bool rt_flags_parse(int argc, char **argv, const RtModel *model, RtFlags *flags, RtError *error)
{
    *flags = (RtFlags){0};
    if (!parse_texts(argc, argv, flags, error)) return false;
    uint64_t seed = model->train.seed, epochs = (uint64_t)model->train.epochs, threads = cores(), steps = 0;
    if (!parse_number("--seed", flags->seed, 0, INT64_MAX, &seed, error) ||
        !parse_number("--epochs", flags->epochs, 1, 1000000, &epochs, error) ||
        !parse_number("--threads", flags->threads, 1, MAX_THREADS, &threads, error) ||
        !parse_number("--benchmark", flags->benchmark, 1, 10000000, &steps, error))
        return false;
    if (flags->profile && !model->profiler)
        return rt_fail(error, "--profile: this trainer was emitted without it (tailor train --profile, tailor emit --profile)");
    flags->settings = (RtSettings){.data = flags->data ? flags->data : model->train.data,
                                   .seed = seed,
                                   .epochs = (int64_t)epochs,
                                   .longer = flags->epochs != NULL,
                                   .keep = !flags->keep ? RT_KEEP_AS_BEGUN : flags->keep[0] == 'b' ? RT_KEEP_BEST : RT_KEEP_LAST,
                                   .threads = (int)threads};
    flags->steps = (int64_t)steps;
    return true;
}

void rt_flags_help(const RtModel *model)
{
    printf(
        "%s - trains %s, as compiled by tailor %s\n\n"
        "  --data NAME|DIR   data set under $TAILOR_DATA (default ./data), a folder of data files, or digits   (default %s)\n"
        "  --seed N          of split, initial values, order and every random draw   (default %llu)\n"
        "  --epochs N        (default %lld); with --resume and more than the run began with, it goes on under the schedule of N\n"
        "  --threads N       results do not depend on it   (default: all cores)\n"
        "  --out DIR         run directory, new or empty   (default runs/%s-seedN)\n"
        "  --resume DIR      goes on in DIR; starts there if it has no checkpoint\n"
        "  --keep best       also keeps best.safetensors: the weights after the epoch with the least validation loss, the first of\n"
        "                    equal ones; weights.safetensors stays the last.  A resumed run keeps what it began with, but for --keep last\n"
        "  --eval RUN        test metrics of the weights in RUN; with --best of best.safetensors\n"
        "  --benchmark N     times N steps on synthetic data\n"
        "  --profile         also prints the time of each kernel of a step, and what the machine could do; of training and\n"
        "                    --benchmark, by a trainer that was emitted with --profile\n"
        "  --json            results as JSON\n"
        "  --help, --version\n\n"
        "exit: 0 done, 1 the input is wrong, 2 usage, 4 a value was not finite, 130 interrupted after the checkpoint was "
        "written\n",
        model->name, model->graph_file, model->tailor_version, model->train.data, (unsigned long long)model->train.seed,
        (long long)model->train.epochs, model->name);
}
