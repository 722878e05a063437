/* rt_flags.c - the command line of a trainer. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "rt_main.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_THREADS = 1024, LEFT_COLUMN = 25, RIGHT_COLUMN = 84 };

static const char *split(int i) { return i == 0 ? "test" : i == 1 ? "validation" : NULL; }
static const char *kept(int i) { return i == 0 ? "best" : i == 1 ? "last" : NULL; }

#define AT(field) .at = offsetof(RtFlags, field)

const RtFlag rt_flags[] = {
    {"--data", "NAME|DIR", "a data set under $TAILOR_DATA, a folder of data files, or digits",
     .more = "$TAILOR_DATA is ./data where it is not set; files are IDX, .npy, CIFAR's or PNG; digits is embedded.",
     .otherwise = "train{}'s", .again = true, AT(data)},
    {"--seed", "N", "of split, initial values, batch order and every random draw", .otherwise = "train{}'s",
     .most = INT64_MAX, .again = true, AT(seed)},
    {"--epochs", "N", "passes over the training images",
     .more = "With --resume and more than the run began with, also one that is finished goes on under the schedule of "
             "N; run.json then says so as \"lineage\".",
     .otherwise = "train{}'s", .least = 1, .most = 1000000, .again = true, AT(epochs)},
    {"--init", "FILE", "begins with the weights of FILE in place of drawn ones",
     .more = "A safetensors file that holds each parameter and state by its name and shape, as F32, F64, F16 or BF16, "
             "and nothing else; of a checkpoint, the weights that would be evaluated.  run.json has its sha256; a "
             "resumed run goes on without it.", AT(init)},
    {"--init-except", "NAME[,...]", "leaves these as drawn from the seed, whatever FILE has",
     .more = "* stands for any characters: --init-except 'head.*' for a head with another number of classes.",
     AT(init_except)},
    {"--threads", "N", "results do not depend on it", .otherwise = "all cores", .least = 1, .most = MAX_THREADS,
     .again = true, AT(threads)},
    {"--out", "DIR", "run directory, new or empty", .otherwise = "runs/NAME-seedN", AT(out)},
    {"--resume", "DIR", "goes on with the run in DIR, to the bits of one that did not stop",
     .more = "Where DIR holds no checkpoint, it starts there.", AT(resume)},
    {"--stop", "N", "ends after step N, the first is 1, as if interrupted; --resume goes on", .least = 1,
     .most = INT64_MAX, AT(stop)},
    {"--keep", "best|last", "best: also keeps the weights after the best epoch",
     .more = "best.safetensors: of the epoch with the least validation loss, the first of equal ones; "
             "weights.safetensors and the test metrics stay the last epoch's.  A resumed run keeps what it began with; "
             "last ends that.",
     .values = kept, .again = true, AT(keep)},
    {"--split", "test|validation", "the images that metrics are of at the end",
     .more = "validation: no file of the test set is opened, and run.json has no test_ metrics.",
     .otherwise = "test; with --eval, the run's", .values = split, .again = true, AT(split)},
    {"--correct", "FILE", "also writes a bit a test image: was it right",
     .more = "The first image is the highest bit of the first byte.  Of models whose metric accuracy is 0 or 1 for "
             "each image; none else.", .again = true, AT(correct)},
    {"--eval", "RUN", "test metrics of the weights in RUN", AT(eval)},
    {"--best", NULL, "of the weights after the best epoch, which --keep best kept", AT(best)},
    {"--weights", "FILE", "of the weights in FILE",
     .more = "A safetensors file: weights, or a whole run as a library saves it, or a checkpoint; averages where it "
             "has them.", AT(weights)},
    {"--benchmark", "N", "times N steps on synthetic data", .least = 1, .most = 10000000, AT(benchmark)},
    {"--profile", NULL, "also prints the time of each kernel of a step",
     .more = "Beside it GFLOP/s, GB/s, and what the machine could do; with --json, and in run.json, as \"profile\".  "
             "Of training and --benchmark, by code that was emitted with --profile; the weights' bits are the same.",
     .again = true, AT(profile)},
    {"--json", NULL, "results as JSON", .again = true, AT(json)},
    {"--quiet", NULL, "prints nothing but errors, and what --json asks for", .again = true, AT(quiet)},
    {"--help", NULL, "this text", AT(help)},
    {"--version", NULL, "which graph this is, and which tailor made it", AT(version)},
    {0}};

const RtFlag *rt_flag_named(const char *name, size_t length)
{
    const RtFlag *flag = rt_flags;
    while (flag->name && (strlen(flag->name) != length || strncmp(flag->name, name, length) != 0)) flag++;
    return flag->name ? flag : NULL;
}

bool rt_flag_number(const char *text, uint64_t least, uint64_t most, uint64_t *number)
{
    char *end;
    errno = 0;
    *number = strtoull(text, &end, 10);
    return text[0] >= '0' && text[0] <= '9' && !*end && !errno && *number >= least && *number <= most;
}

const char *rt_flag_text(const RtFlags *flags, const RtFlag *flag)
{
    const char *at = (const char *)flags + flag->at;
    return flag->value ? *(const char *const *)at : *(const bool *)at ? "" : NULL;
}

static bool parse_texts(int argc, char **argv, RtFlags *flags, RtError *error)
{
    for (int i = 1; i < argc; i++) {
        const char *equals = strchr(argv[i], '=');
        const RtFlag *flag = rt_flag_named(argv[i], equals ? (size_t)(equals - argv[i]) : strlen(argv[i]));
        if (!flag) return rt_fail(error, "unknown argument %s (see --help)", argv[i]);
        if (!flag->value) {
            if (equals) return rt_fail(error, "%s takes no value", flag->name);
            *(bool *)((char *)flags + flag->at) = true;
            continue;
        }
        if (!equals && i + 1 == argc) return rt_fail(error, "%s needs a value", flag->name);
        if (rt_flag_text(flags, flag)) return rt_fail(error, "%s is given twice", flag->name);
        const char *text = equals ? equals + 1 : argv[++i];
        if (!*text) return rt_fail(error, "%s takes %s, not ''", flag->name, flag->value);
        *(const char **)((char *)flags + flag->at) = text;
    }
    return true;
}

/* A number is decimal digits within its limits; another text is one of its flag's values, where those are known. */
static bool check_value(const RtFlag *flag, const char *text, RtError *error)
{
    uint64_t number;
    if (flag->most && !rt_flag_number(text, flag->least, flag->most, &number))
        return rt_fail(error, "%s %s: against a whole number from %llu to %llu", flag->name, text,
                       (unsigned long long)flag->least, (unsigned long long)flag->most);
    int i = 0;
    while (flag->values && flag->values(i) && strcmp(flag->values(i), text) != 0) i++;
    if (flag->values && !flag->values(i))
        return rt_fail(error, "%s %s: against %s or %s", flag->name, text, flag->values(0), flag->values(1));
    return true;
}

static bool check_values(const RtFlags *flags, RtError *error)
{
    const int modes = (flags->eval != NULL) + (flags->benchmark != NULL) +
                      (flags->resume != NULL) + (flags->out != NULL);
    for (const RtFlag *flag = rt_flags; flag->name; flag++)
        if (rt_flag_text(flags, flag) && !check_value(flag, rt_flag_text(flags, flag), error)) return false;
    if (flags->eval && flags->profile) return rt_fail(error, "--profile is of training steps; --eval has none");
    if (flags->weights && (!flags->eval || flags->best))
        return rt_fail(error, "--weights goes with --eval, in place of the run's own weights");
    if (flags->best && !flags->eval) return rt_fail(error, "--best says which weights --eval takes");
    if (flags->stop && (flags->eval || flags->benchmark)) return rt_fail(error, "--stop is of training");
    if (flags->keep && (flags->eval || flags->benchmark)) return rt_fail(error, "--keep is of training");
    if (flags->init && (flags->eval || flags->benchmark)) return rt_fail(error, "--init is of training");
    if (flags->init_except && !flags->init) return rt_fail(error, "--init-except says what --init leaves out");
    if (flags->init_except && strlen(flags->init_except) >= sizeof ((RtInit *)NULL)->except)
        return rt_fail(error, "--init-except has %zu bytes, against %zu at most", strlen(flags->init_except),
                       sizeof ((RtInit *)NULL)->except - 1);
    if (flags->benchmark && (flags->split || flags->correct))
        return rt_fail(error, "--%s is of training and --eval", flags->split ? "split" : "correct");
    if (modes > 1) return rt_fail(error, "only one of --out, --resume, --eval, --benchmark goes");
    return true;
}

static uint64_t number_or(const char *text, uint64_t otherwise) { return text ? strtoull(text, NULL, 10) : otherwise; }

static uint64_t cores(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return (uint64_t)(n < 1 ? 1 : n > MAX_THREADS ? MAX_THREADS : n);
}

bool rt_flags_parse(int argc, char **argv, const RtModel *model, RtFlags *flags, RtError *error)
{
    *flags = (RtFlags){0};
    if (!parse_texts(argc, argv, flags, error) || !check_values(flags, error)) return false;
    if (flags->profile && !model->profiler)
        return rt_fail(error, "--profile: this trainer was emitted without it "
                              "(tailor train --profile, tailor emit --profile)");
    flags->settings = (RtSettings){.data = flags->data ? flags->data : model->train.data,
                                   .seed = number_or(flags->seed, model->train.seed),
                                   .epochs = (int64_t)number_or(flags->epochs, (uint64_t)model->train.epochs),
                                   .stop = (int64_t)number_or(flags->stop, 0),
                                   .longer = flags->epochs != NULL,
                                   .keep = !flags->keep             ? RT_KEEP_AS_BEGUN
                                           : flags->keep[0] == 'b' ? RT_KEEP_BEST
                                                                   : RT_KEEP_LAST,
                                   .validation = flags->split && flags->split[0] == 'v',
                                   .correct = flags->correct,
                                   .init = flags->init,
                                   .init_except = flags->init_except,
                                   .threads = (int)number_or(flags->threads, cores())};
    flags->steps = (int64_t)number_or(flags->benchmark, 0);
    return true;
}

/* Prints the text in lines of the right column, at whose left the cursor stands. */
static void print_lines(const char *text)
{
    for (bool first = true; *text; first = false) {
        size_t n = strlen(text);
        if (n > RIGHT_COLUMN)
            for (n = RIGHT_COLUMN; n && text[n] != ' ';) n--;
        if (!n) n = strcspn(text, " ");
        const char *next = text + n + strspn(text + n, " ");
        while (n && text[n - 1] == ' ') n--;
        printf("%*s%.*s\n", first ? 0 : LEFT_COLUMN, "", (int)n, text);
        text = next;
    }
}

void rt_flag_print(const RtFlag *flag)
{
    const int column = printf("  %s%s%s", flag->name, flag->value ? " " : "", flag->value ? flag->value : "");
    const bool fits = column < LEFT_COLUMN;
    printf("%s%*s", fits ? "" : "\n", fits ? LEFT_COLUMN - column : LEFT_COLUMN, "");
    RtText text = {0};
    rt_text_add(&text, "%s", flag->help);
    if (flag->otherwise) rt_text_add(&text, "  (default %s)", flag->otherwise);
    print_lines(text.failed ? flag->help : text.data);
    if (flag->more) printf("%*s", LEFT_COLUMN, ""), print_lines(flag->more);
    rt_text_free(&text);
}

void rt_flags_help(const RtModel *model)
{
    printf("usage: %s [FLAG]...\n\n"
           "Trains %s, as compiled by tailor %s.  train{} says --data %s --seed %llu --epochs %lld.\n\n",
           model->name, model->graph_file, model->tailor_version, model->train.data,
           (unsigned long long)model->train.seed, (long long)model->train.epochs);
    for (const RtFlag *flag = rt_flags; flag->name; flag++) rt_flag_print(flag);
    printf("\nexit: 0 done, 1 the input is wrong, 2 usage, 4 a value was not finite, 130 interrupted after the "
           "checkpoint was written\n");
}
