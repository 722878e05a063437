/* rt_main.h - the parts of a trainer's main.
 *
 *   rt_main.c     its work, signals, exit codes
 *   rt_flags.c    its command line
 *   rt_show.c     its printed output */
#ifndef RT_MAIN_H
#define RT_MAIN_H

#include "rt_display.h"

/* ---- rt_flags.c ---- */

typedef struct RtFlags {
    /* as given; NULL: not given */
    const char *data, *seed, *epochs, *threads, *out, *resume, *stop, *eval, *weights, *benchmark, *keep, *split,
        *correct, *init, *init_except;
    bool best, json, quiet, profile, help, version;
    RtSettings settings;               /* the settings, with the model's where none are given */
    int64_t steps;                     /* of --benchmark */
} RtFlags;

/* A row about a flag, for parsing and --help.  `tailor train` and `tailor eval` read the rows of the flags that they
 * hand on. */
typedef struct RtFlag {
    const char *name, *value;          /* value: the word for it; NULL: the flag takes none */
    const char *help, *more;           /* a line, and further sentences, or NULL */
    const char *otherwise;             /* the default in words; NULL: there is none */
    uint64_t least, most;              /* limits of a whole number; most 0: the value is a text */
    const char *(*values)(int i);      /* the i-th allowed text, NULL behind the last; NULL: any text is allowed */
    bool again;                        /* to be given again when a run goes on */
    size_t at;                         /* offset in RtFlags of the text as given, or of a bool */
} RtFlag;

extern const RtFlag rt_flags[];                                     /* the last row has no name */
const RtFlag *rt_flag_named(const char *name, size_t length);       /* NULL: there is none */
const char *rt_flag_text(const RtFlags *flags, const RtFlag *flag); /* "" where it takes none; NULL: it was not given */
/* Is the text nothing but decimal digits, and the number within the limits?  Then *number is that number. */
bool rt_flag_number(const char *text, uint64_t least, uint64_t most, uint64_t *number);
void rt_flag_print(const RtFlag *flag);                            /* two columns of --help: the flag and its effect */

bool rt_flags_parse(int argc, char **argv, const RtModel *model, RtFlags *flags, RtError *error);
void rt_flags_help(const RtModel *model);

/* ---- rt_show.c ---- */

typedef struct RtScreen { bool quiet; RtDisplay line; } RtScreen;

void rt_screen_step(void *screen, const RtRun *run);      /* the two functions of an RtListener */
void rt_screen_epoch(void *screen, const RtRun *run);

/* --quiet leaves all of these out, but for what --json asks for. */
bool rt_print_finished(const RtModel *model, const RtText *record, const char *folder, const RtFlags *flags,
                       RtError *error);
/* set: test or val */
void rt_print_evaluation(const RtModel *model, const RtData *data, const RtMeans *means, const char *set,
                         const char *hash, const RtFlags *flags);
void rt_print_benchmark(const RtModel *model, const RtFlags *flags, const RtBenchmark *result);
void rt_print_profile(const RtModel *model, const RtFlags *flags);
void rt_print_how_to_resume(const RtRun *run, const RtFlags *flags, const char *program);

#endif
