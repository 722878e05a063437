/* trainer.c - runs a trainer for a lock: quietly, but that a terminal shows how far it is.  Its words are shown where
 * it fails. */
#include "lock/lock.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/process.h"

enum { MOST_ARGUMENTS = 64, NOT_FINITE = 4, INTERRUPTED = 130 };

void lock_run_trainer(Arena *arena, Experiment *x, const char *const *arguments, const char *trainer, const char *run,
                      int64_t stop)
{
    const char *argv[MOST_ARGUMENTS] = {trainer, "--resume", run};
    int n = 3;
    for (; *arguments && n < MOST_ARGUMENTS - 3; arguments++) argv[n++] = *arguments;
    if (stop) argv[n++] = "--stop", argv[n++] = arena_format(arena, "%lld", (long long)stop);
    RtText said = {0};
    const bool seen = !stop && isatty(STDERR_FILENO);      /* one that is stopped says how to go on */
    const int code = (seen ? run_in_view : run_program)(argv, &said), why = errno;
    if (code == NOT_STARTED) fail("tailor: %s", why_not_started(arena, trainer, why));
    const char *words = arena_format(arena, "%.*s", (int)said.length, said.length ? said.data : "");
    rt_text_free(&said);
    if (code == 0 || (stop && code == INTERRUPTED)) return;
    fputs(words, stderr);
    if (code == NOT_FINITE) {
        say_not_finite(arena, x, run);
        exit(1);
    }
    if (code > 128) fail("tailor: the trainer ended by signal %d", code - 128);
    exit(1);
}
