/* child.c - processes that work beside this one, and the signals that tell about them.
 *
 * Signals are blocked from watch_begin on, and waited for.  A child has a process group of its own, so that ^C at a
 * terminal reaches this process alone, which then decides what its children are told. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void watch_begin(Watch *w)
{
    static const int stops[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct sigaction is;
    sigemptyset(&w->watched);
    sigaddset(&w->watched, SIGCHLD);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)      /* ignored, as by nohup: it stays ignored */
        if (sigaction(stops[i], NULL, &is) == 0 && is.sa_handler == SIG_DFL) sigaddset(&w->watched, stops[i]);
    signal(SIGCHLD, SIG_DFL);                                     /* a parent may have had its children ignored */
    sigprocmask(SIG_BLOCK, &w->watched, &w->before);
    sigdelset(&w->before, SIGCHLD);
}

int watch_wait(const Watch *w, double seconds)
{
    const struct timespec limit = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    const int number = sigtimedwait(&w->watched, NULL, &limit);
    return number > 0 ? number : 0;
}

/* The parent's number goes along in $TAILOR_PARENT, so that a trainer can see for itself whether it is still there. */
static void enter_child(const Watch *w, int output, pid_t parent)
{
    char number[32];
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(1);
    setpgid(0, 0);
    if (nothing >= 0) dup2(nothing, 0);
    dup2(output, 1), dup2(output, 2);
    snprintf(number, sizeof number, "%ld", (long)parent);
    setenv("TAILOR_PARENT", number, 1);
    sigprocmask(SIG_SETMASK, &w->before, NULL);
}

pid_t child_begin(const Watch *w, int output)
{
    const pid_t parent = getpid();
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0) enter_child(w, output, parent);
    return child;
}

bool child_ended(pid_t child, int *code)
{
    int status;
    const pid_t is = waitpid(child, &status, WNOHANG);
    if (is == 0 || (is < 0 && errno == EINTR)) return false;
    *code = is < 0 ? 1 : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return true;
}

_Noreturn void become_program(const char *const *argv)
{
    execvp(argv[0], (char *const *)argv);
    fprintf(stderr, "tailor: %s\n", why_not_started(arena_new(), argv[0], errno));
    exit(1);
}
