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

bool rt_flags_parse(int argc, char **argv, const RtModel *model, RtFlags *flags, RtError *error);
void rt_flags_help(const RtModel *model);

/* ---- rt_show.c ---- */

typedef struct RtScreen { bool terminal, dirty; double shown; } RtScreen;

void rt_screen_step(void *screen, const RtRun *run);      /* the two of an RtListener */
void rt_screen_epoch(void *screen, const RtRun *run);
void rt_screen_clear(RtScreen *screen);                   /* before anything else is printed */

bool rt_print_finished(const RtModel *model, const RtText *record, const char *folder, bool as_json, RtError *error);
void rt_print_evaluation(const RtModel *model, const RtData *data, const RtMeans *means, const char *hash, const RtFlags *flags);
void rt_print_benchmark(const RtModel *model, const RtFlags *flags, const RtBenchmark *result);
void rt_print_profile(const RtModel *model, RtProfile *profile);
void rt_print_how_to_resume(const RtRun *run, const RtFlags *flags, const char *program);

#endif
