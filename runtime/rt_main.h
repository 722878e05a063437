/* rt_main.h - what the parts of a trainer's main share.
 *
 *   rt_main.c     what it does, signals, exit codes
 *   rt_flags.c    its command line
 *   rt_show.c     what it prints
 */
#ifndef RT_MAIN_H
#define RT_MAIN_H

#include "rt.h"

/* ---- rt_flags.c ---- */

typedef struct RtFlags {
    const char *data, *seed, *epochs, *threads, *out, *resume, *eval, *benchmark, *keep;   /* as given; NULL: not */
    bool best, json, profile, help, version;
    RtSettings settings;               /* with the model's where nothing is given */
    int64_t steps;                     /* of --benchmark */
} RtFlags;

/* All that parsing and --help know of a flag.  `tailor train` and `tailor eval` read here of those that they hand
 * on. */
typedef struct RtFlag {
    const char *name, *value;          /* value: the word for it; NULL: the flag takes none */
    const char *help, *more;           /* a line, and further sentences, or NULL */
    const char *otherwise;             /* what holds where it is not given, in words; NULL: nothing does */
    uint64_t least, most;              /* of a whole number; most 0: it is a text */
    const char *(*values)(int i);      /* the i-th text that it can be, NULL behind the last; NULL: it can be any */
    bool again;                        /* it is said again to go on with a run */
    size_t at;                         /* in RtFlags: the text as given, or a bool */
} RtFlag;

extern const RtFlag rt_flags[];                                     /* the last row has no name */
const RtFlag *rt_flag_named(const char *name, size_t length);       /* NULL: there is none */
const char *rt_flag_text(const RtFlags *flags, const RtFlag *flag); /* "" where it takes none; NULL: it was not given */
/* Whether a text is decimal digits and nothing else, and a number within the limits, which `number` then is. */
bool rt_flag_number(const char *text, uint64_t least, uint64_t most, uint64_t *number);
void rt_flag_print(const RtFlag *flag);                            /* two columns of --help: what it is, what it does */

bool rt_flags_parse(int argc, char **argv, const RtModel *model, RtFlags *flags, RtError *error);
void rt_flags_help(const RtModel *model);

/* ---- rt_show.c ---- */

typedef struct RtScreen { bool terminal, dirty; double shown; } RtScreen;

void rt_screen_step(void *screen, const RtRun *run);      /* the two of an RtListener */
void rt_screen_epoch(void *screen, const RtRun *run);
void rt_screen_clear(RtScreen *screen);                   /* before anything else is printed */

bool rt_print_finished(const RtModel *model, const RtText *record, const char *folder, bool as_json, RtError *error);
void rt_print_evaluation(const RtModel *model, const RtData *data, const RtMeans *means, const char *hash,
                         const RtFlags *flags);
void rt_print_benchmark(const RtModel *model, const RtFlags *flags, const RtBenchmark *result);
void rt_print_profile(const RtModel *model, RtProfile *profile);
void rt_print_how_to_resume(const RtRun *run, const RtFlags *flags, const char *program);

#endif
