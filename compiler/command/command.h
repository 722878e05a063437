/* command.h - what the commands of tailor share: their arguments, and what checks compute with.
 *
 *   command.c          tables of flags, their parsing and --help
 *   check.c            tailor check
 *   check_values.c     check --validate
 *   check_bounds.c     how far rounding may take its values
 *   check_gradients.c  check --gradients
 *   cost.c             check --cost
 *   emit.c             tailor emit
 *   train.c            tailor train
 *   eval.c             tailor eval
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

#include "rt_profile.h"

enum { MOST_FLAGS = 48 };                    /* rows of a command's table */

/* A command line, taken apart: what several commands take.  What only one takes lies behind it, in its struct. */
typedef struct Arguments {
    const struct CommandLine *line;
    const char *argument;              /* what is no flag; NULL: there is none */
    const char *given[MOST_FLAGS];     /* the text of each row of the table, "" where it takes none; NULL: not given */
    int n_settings;
    Setting settings[64];
    const char *out, *data, *tuned;
    int64_t threads;                   /* 0: not given */
    bool best, tune, fast, json;
    Passes passes;
} Arguments;

/* A row of a command's table, from which come parsing and --help; a manual page and completion need no more.
 * A number that is not given is one less than the least that it may be. */
typedef struct Flag {
    const char *group;                 /* a heading; nothing else is in its row */
    const struct Flag *shared;         /* the row is as this one, but for what it says itself */
    const char *trainer;               /* as the trainer's flag of this name (rt_flags.c); train and eval hand it on */
    const char *name, *also;           /* --out; -o, or NULL */
    const char *value;                 /* the word for its value: DIR, FILE, N, PASS, ...; NULL: it takes none */
    const char *help, *more;           /* a line, and further sentences, or NULL */
    const char *initial, *otherwise;   /* what holds where it is not given: as its value; in words */
    uint64_t least, most;              /* of a whole number; most 0: it is none */
    const char *(*values)(int i);      /* the i-th text that it can be, NULL behind the last; NULL: it can be any */
    bool open;                         /* it can be other texts than values too */
    bool needed;
    size_t at;                         /* its bool, int64_t or const char * in the command's arguments; 0: nowhere */
    void (*take)(Arguments *, const struct Flag *, const char *text);  /* another kind of value; exit 2: it is none */
} Flag;

typedef struct CommandLine {
    const char *name;
    const char *argument;              /* the word for it: GRAPH; [NAME] may be left out; NULL: it takes none */
    const char *says;                  /* the paragraph of --help */
    const Flag *flags;                 /* the last row has neither name nor group; NULL: there are none */
} CommandLine;

/* Rows that several commands share. */
extern const Flag flag_set, flag_out, flag_data, flag_threads, flag_best, flag_json, flag_tune, flag_fast, flag_tuned;
extern const Flag flag_budget, flag_dump, flag_without;

/* Fills in the arguments of a command, which are zero and begin with Arguments.  Where they are wrong (exit 2), and
 * after --help, the program ends. */
void arguments_parse(int argc, char **argv, const CommandLine *, void *arguments);
Flag flag_row(const CommandLine *, int i);                            /* with what other tables say of it */
bool flag_given(const Arguments *, const char *name);
/* What was given for the trainer, behind the n words that it gets already; returns n with them. */
int hand_on(const Arguments *, const char **argv, int n);
void *flag_place(Arguments *, const Flag *);                          /* where its value goes */
void take_positive(Arguments *, const Flag *, const char *text);      /* a double above 0 */
int64_t number_argument(const char *flag, const char *text, uint64_t least, uint64_t most);    /* exit 2: it is none */
Measure measure_of(const Arguments *);                                /* what --tune or --fast asks for */
bool same_file(const char *a, const char *b);                         /* by whatever names; false: one is not there */
_Noreturn void usage_error(const char *format, ...) __attribute__((format(printf, 1, 2)));    /* exit 2 */
int finish_output(int code);                                          /* the code, or 1: not all output has arrived */

int command_check(int argc, char **argv);
int command_emit(int argc, char **argv);
int command_train(int argc, char **argv);
int command_eval(int argc, char **argv);
int command_grad(int argc, char **argv);
int command_cam(int argc, char **argv);
int command_plan(int argc, char **argv);
int command_data(int argc, char **argv);
int command_ops(int argc, char **argv);

/* Gives the interpreter the parameters and inputs of a safetensors file; parameters that are not in it are
 * initialised. */
bool feed_values(Arena *, const Experiment *, Interpreter *, const RtArrays *, const char *path, RtError *);

/* What checks compute with: random inputs, parameters near where they begin, as the emitted code and the interpreter
 * take them. */
typedef struct CheckFeed {
    int64_t batch;
    void *field[RT_MAX_FIELDS];
    float *parameters, *state;
    int64_t *sample;
} CheckFeed;
CheckFeed *check_feed_new(Arena *, const Experiment *, int64_t batch);
void check_feed_give(Arena *, const Experiment *, const CheckFeed *, Interpreter *);
/* computes a value; how far rounding may take each element, where what is given is exact (check_bounds.c) */
double *check_bound(Arena *, Interpreter *, Value);
double check_random(uint64_t *state);                               /* in [0, 1) */

int check_cost(Arguments *, const RtMachine *);                       /* --cost: the whole command */
/* --validate: prints a table; false when something is wrong */
bool check_values(Arena *, const Experiment *, const Passes *);
bool check_gradients(Arena *, const Experiment *);                  /* --gradients, the same */

#endif
