/* command.h - the commands of tailor, and their shared parts: arguments, and the data that checks compute with.
 *
 *   command.c          tables of flags, their parsing and --help
 *   flags.c            rows that several commands share
 *   man.c              tailor man: the tables as pages of the manual
 *   completion.c       tailor completion: the tables as scripts of bash and zsh
 *   init.c             tailor init
 *   check.c            tailor check
 *   check_values.c     check --validate
 *   check_bounds.c     bounds of rounding errors, for check --validate
 *   check_gradients.c  check --gradients
 *   cost.c             check --cost
 *   emit.c             tailor emit
 *   train.c            tailor train
 *   eval.c             tailor eval
 *   grad.c             tailor grad
 *   cam.c              tailor cam
 *   diff.c             tailor diff
 *   side.c             a graph file or a run as facts, for diff.c: side.h
 *   show.c             tailor show
 *   where.c            tailor where
 *   plan.c             tailor plan
 *   lock.c             tailor lock
 *   verify.c           tailor verify
 *   pack.c             tailor pack
 *   export.c           tailor export
 *   import.c           tailor import
 *   sweep.c            tailor sweep
 *   merge.c            tailor merge
 *   stats.c            tailor stats
 *   report.c           tailor report
 *   page.c             tailor page
 *   table.c            tailor table
 *   figures.c          tailor figures
 *   data.c             tailor data
 *   ops.c              tailor ops */
#ifndef COMMAND_H
#define COMMAND_H

#include "base/process.h"
#include "emit/built.h"
#include "language/load.h"
#include "tune/tune.h"

#include "rt_main.h"
#include "rt_profile.h"

enum { MOST_FLAGS = 48, MOST_SETTINGS = 64 };      /* rows of a command's table; --set on a command line */

/* A parsed command line: arguments that several commands take.  A command with arguments of its own has a struct that
 * begins with this one. */
typedef struct Arguments {
    const struct CommandLine *line;
    const char *argument;              /* the argument that is no flag; NULL: there is none */
    int n_further;
    const char **further;              /* those behind it */
    /* the text given for each row of the table, "" where a row takes none; NULL: not given */
    const char *given[MOST_FLAGS];
    int n_settings;
    Setting settings[MOST_SETTINGS];
    const char *out, *data, *tuned;
    int64_t threads;                   /* 0: not given */
    bool best, tune, fast, json, quiet;
    Passes passes;
} Arguments;

/* A row of a command's table, from which come parsing, --help, its page of the manual and completion.  A number that is
 * not given is one less than the least allowed number. */
typedef struct Flag {
    const char *group;                 /* a heading; such a row has nothing else */
    const struct Flag *shared;         /* this row takes from that one all that it does not say itself */
    const char *trainer;        /* the row is the trainer's flag of this name (rt_flags.c); train and eval hand it on */
    const char *name, *also;           /* --out; -o, or NULL */
    const char *value;                 /* the word for its value: DIR, FILE, N, PASS, ...; NULL: it takes none */
    const char *help, *more;           /* a line, and further sentences, or NULL */
    const char *initial, *otherwise;   /* the default: as the flag's value; in words */
    uint64_t least, most;              /* limits of a whole number; most 0: the value is no such number */
    const char *(*values)(int i);      /* the i-th allowed text, NULL behind the last; NULL: any text is allowed */
    bool open;                         /* texts other than `values` are allowed too */
    const char *suffix;                /* of the files that it takes, for completion: "lua"; NULL: any */
    bool several;                      /* it may be given several times; else, with a value, only once */
    bool needed;
    size_t at;              /* offset of its bool, int64_t or const char * in the command's arguments; 0: it has none */
    /* reads any other kind of value; exit 2 when the text is wrong */
    void (*take)(Arguments *, const struct Flag *, const char *text);
} Flag;

typedef struct CommandLine {
    const char *name;
    /* The word for the argument: GRAPH; [NAME] may be left out; "A B" are two, "[A] B" one or two, which the command
     * checks; "DIR FROM..." two or more, "LOCK..." one or more.  NULL: the command takes none. */
    const char *argument;
    const char *says;                  /* the paragraph of --help */
    const Flag *flags;                 /* the last row has neither name nor group; NULL: there are none */
    /* Lines for a shell, which work as they are in a folder of `tailor init`, after those of the commands before. */
    const char *examples;
    unsigned uses;                     /* what it reads of the environment: USES_... */
    const char *exits;                 /* exit codes beyond 0, 1 and 2, a line each: "4 says"; NULL: none */
    const char *(*values)(int i);      /* texts for the argument, for completion, which need not be all; NULL: none */
} CommandLine;

enum { USES_DATA = 1, USES_COMPILER = 2, USES_COLOURS = 4 };

/* A row of the table of main.c, which `tailor man` and `tailor completion` walk. */
typedef struct Command { const CommandLine *line; int (*run)(int argc, char **argv); const char *what; } Command;

/* Rows that several commands share. */
extern const Flag flag_set, flag_out, flag_data, flag_threads, flag_best, flag_json, flag_quiet,
    flag_watch, flag_tune, flag_fast, flag_tuned;
extern const Flag flag_budget, flag_dump, flag_without;

/* Fills in the arguments of a command, which are zero and begin with Arguments.  The program ends where they are wrong
 * (exit 2), and after --help. */
void arguments_parse(int argc, char **argv, const CommandLine *, void *arguments);
Flag flag_row(const CommandLine *, int i);                      /* the row, completed from the rows that it refers to */
bool flag_is_end(const Flag *);                                 /* is it the row behind the last one? */
bool flag_given(const Arguments *, const char *name);
/* What people read of a row, in --help and in the manual. */
RtFlag flag_shown(Arena *, const Flag *);
const char *usage_of(Arena *, const CommandLine *);             /* tailor NAME ARGUMENT [FLAG]... */
const RtFlag *environment_row(unsigned uses, int i);         /* the i-th variable that is read; NULL behind the last */
/* The i-th exit code and what it says, up to the end of its line; false behind the last. */
bool exit_row(const CommandLine *, int i, int *code, const char **says);
const char *list_of(Arena *, const char *(*values)(int i));     /* "a, b or c" */
const char *known_data_set(int i);                              /* the i-th name; NULL behind the last */
/* Appends the arguments given for the trainer to the n words that it gets already; returns the new number of words. */
int hand_on(const Arguments *, const char **argv, int n);
void *flag_place(Arguments *, const Flag *);                          /* where its value goes */
/* Adds NAME=VALUE to a list of settings. */
void add_setting(const Flag *, const char *text, int *n, Setting list[MOST_SETTINGS]);
void take_positive(Arguments *, const Flag *, const char *text);      /* takes a double above 0 */
/* exit 2 when the text is no such number */
int64_t number_argument(const char *flag, const char *text, uint64_t least, uint64_t most);
Measure measure_of(const Arguments *);                                /* the measuring that --tune or --fast asks for */
bool same_file(const char *a, const char *b);             /* the same file by whatever names; false: one is not there */
_Noreturn void usage_error(const char *format, ...) __attribute__((format(printf, 1, 2)));    /* exit 2 */
int finish_output(int code);                                /* returns the code, or 1 when not all output has arrived */
/* Ends the program unless a page may be written there: in place of nothing, or of a page. */
void check_page_place(const char *path);

extern const CommandLine init_line, check_line, emit_line, train_line, eval_line, grad_line, cam_line, diff_line;
extern const CommandLine plan_line, lock_line, verify_line, pack_line, sweep_line, merge_line, stats_line, table_line;
extern const CommandLine show_line, where_line, report_line, page_line, figure_line, data_line, ops_line, man_line;
extern const CommandLine completion_line, export_line, import_line;

int command_init(int argc, char **argv);
int command_check(int argc, char **argv);
int command_emit(int argc, char **argv);
int command_train(int argc, char **argv);
int command_eval(int argc, char **argv);
int command_grad(int argc, char **argv);
int command_cam(int argc, char **argv);
int command_diff(int argc, char **argv);
int command_show(int argc, char **argv);
int command_where(int argc, char **argv);
int command_plan(int argc, char **argv);
int command_lock(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_pack(int argc, char **argv);
int command_export(int argc, char **argv);
int command_import(int argc, char **argv);
int command_sweep(int argc, char **argv);
int command_merge(int argc, char **argv);
int command_report(int argc, char **argv);
int command_page(int argc, char **argv);
int command_stats(int argc, char **argv);
int command_table(int argc, char **argv);
int command_figures(int argc, char **argv);
int command_data(int argc, char **argv);
int command_ops(int argc, char **argv);
/* These are about all n commands. */
int command_man(int argc, char **argv, int n, const Command *all);
int command_completion(int argc, char **argv, int n, const Command *all);

/* The data that checks compute with, for the emitted code and for the interpreter: random inputs, and parameters near
 * their initial values. */
typedef struct CheckFeed {
    int64_t batch;
    void *field[RT_MAX_FIELDS];
    float *parameters, *state;
    int64_t *sample;
} CheckFeed;
CheckFeed *check_feed_new(Arena *, const Experiment *, int64_t batch);
void check_feed_give(Arena *, const Experiment *, const CheckFeed *, Interpreter *);
/* Computes a value, and returns how far rounding may take each of its elements when its given inputs are exact
 * (check_bounds.c). */
double *check_bound(Arena *, Interpreter *, Value);
double check_random(uint64_t *state);                               /* in [0, 1) */

int check_cost(Arguments *, const RtMachine *);                       /* --cost: the whole command */
/* --validate: prints a table; false when something is wrong. */
bool check_values(Arena *, const Experiment *, const Passes *);
bool check_gradients(Arena *, const Experiment *);      /* --gradients: prints a table; false when something is wrong */

#endif
