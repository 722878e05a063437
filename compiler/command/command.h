/* command.h - what the commands of tailor share: their arguments, and what checks compute with.
 *
 *   command.c          command lines, taken apart
 *   check.c            tailor check, tailor emit
 *   check_values.c     check --validate
 *   check_bounds.c     how far rounding may take its values
 *   check_gradients.c  check --gradients
 *   cost.c             check --cost
 *   train.c            tailor train, tailor eval
 *   grad.c             tailor grad
 *   cam.c              tailor cam
 *   plan.c             tailor plan
 *   data.c             tailor data
 *   ops.c              tailor ops */
#ifndef COMMAND_H
#define COMMAND_H

#include "base/process.h"
#include "emit/built.h"
#include "language/load.h"
#include "tune/tune.h"

/* A command line, taken apart.  Every command says which flags it takes. */
typedef struct Arguments {
    const char *command;
    const char *positional[4];
    int n_positional;
    Setting settings[64];
    int n_settings;
    const char *out, *data, *seed, *epochs, *threads, *resume, *keep, *feed, *dir, *tuned;
    const char *capacity, *seconds;
    const char *graph, *kind, *layer, *logits, *class, *against, *images, *steps;
    const char *peak, *cache, *bandwidth;
    bool best, tune, fast, cost, json, train_mode, interpret, help, validate, gradients;
    Passes passes;
} Arguments;

/* flags: a string of the letters below; a flag that is not in it is an error (exit 2).
 *   s --set   o -o/--out   d --data   S --seed   e --epochs   t --threads   r --resume   f --feed   j --json   T --train
 *   P --profile   u --tune   U --tuned   F --fast   c --cost --peak --cache --bandwidth
 *   i --interpret   D --dir   p --dump/--without   v --validate   g --gradients
 *   K --keep   b --best   B --memory-budget   l what `plan` alone takes: --capacity --seconds
 *   m what `cam` alone takes: --graph --kind --layer --logits --class --against --images --steps */
Arguments arguments_parse(int argc, char **argv, const char *flags, const char *usage, int least, int most);
Measure measure_of(const Arguments *);                                                         /* what --tune or --fast asks for */
bool same_file(const char *a, const char *b);                                                 /* by whatever names; false where one is not there */
/* Of all passes, or of those that --without knows. */
const char *pass_names(Arena *, bool optional, const char *between, const char *before_last);
_Noreturn void usage_error(const char *format, ...) __attribute__((format(printf, 1, 2)));   /* exit 2 */
int64_t number_argument(const char *flag, const char *text, int64_t least, int64_t most);       /* exit 2 when it is none */
double positive_argument(const char *flag, const char *text);                                  /* the same for a number above 0 */

int command_check(int argc, char **argv);
int command_emit(int argc, char **argv);
int command_train(int argc, char **argv);
int command_eval(int argc, char **argv);
int command_grad(int argc, char **argv);
int command_cam(int argc, char **argv);
int command_plan(int argc, char **argv);
int command_data(int argc, char **argv);
int command_ops(int argc, char **argv);

/* Gives the interpreter the parameters and inputs of a safetensors file; parameters that are not in it are initialised. */
bool feed_values(Arena *, const Experiment *, Interpreter *, const RtArrays *, const char *path, RtError *);

/* What checks compute with: random inputs, parameters near where they begin, as the emitted code and the interpreter take them. */
typedef struct CheckFeed { int64_t batch; void *field[RT_MAX_FIELDS]; float *parameters, *state; int64_t *sample; } CheckFeed;
CheckFeed *check_feed_new(Arena *, const Experiment *, int64_t batch);
void check_feed_give(Arena *, const Experiment *, const CheckFeed *, Interpreter *);
double *check_bound(Arena *, Interpreter *, Value);                 /* computes a value; how far rounding may take each element, where what is given is exact (check_bounds.c) */
double check_random(uint64_t *state);                               /* in [0, 1) */

int check_cost(Arguments *);                                          /* --cost: the whole command */
bool check_values(Arena *, const Experiment *, const Passes *);     /* --validate: prints a table; false when something is wrong */
bool check_gradients(Arena *, const Experiment *);                  /* --gradients, the same */

#endif
