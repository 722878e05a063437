/* process.c - other programs, folders that do not outlast this one, and signals.
 *
 * A temporary folder is gone however the program ends, unless SIGKILL ends it.  Its owner removes it, or exit() does,
 * or the handler of the signal that ends the program.  The handler only makes system calls, which are safe there.  A
 * running program gets the signals too, and has ended before a folder that it may write into is removed. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "base/process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_FOLDERS = 4, MAX_DEPTH = 32 };

typedef struct Guard {
    pid_t owner;                        /* a process that forks leaves the folders to its parent; 0: no handler yet */
    volatile pid_t child;               /* the program that runs; 0: none does */
    volatile sig_atomic_t patient;      /* a signal goes to the child, which says how it all ends */
    char folder[MAX_FOLDERS][RT_MAX_PATH];   /* "": none */
} Guard;

static Guard guard;                     /* the one mutable static: a handler and exit() can reach nothing else */

static const int endings[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU};
enum { N_ENDINGS = sizeof endings / sizeof *endings };

/* ---- folders ---- */

/* Removes the file or folder `name` in the folder `parent`; of a link, the link itself.  false: a part of it is still
 * there. */
static bool remove_tree(int parent, const char *name, int depth)
{
    _Alignas(struct dirent64) char entries[2048];
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT || unlinkat(parent, name, AT_REMOVEDIR) == 0) return true;
    const int folder = depth ? openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
    if (folder < 0) return false;
    for (ssize_t n; (n = getdents64(folder, entries, sizeof entries)) > 0;)
        for (ssize_t at = 0; at < n;) {
            const struct dirent64 *entry = (const struct dirent64 *)(entries + at);
            at += entry->d_reclen;
            if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
                remove_tree(folder, entry->d_name, depth - 1);
        }
    close(folder);
    return unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

/* It tries again for a while: a compiler whose make was ended may still write for a moment. */
static void remove_whole(const char *folder)
{
    const struct timespec moment = {0, 20 * 1000 * 1000};
    for (int i = 0; i < 50 && !remove_tree(AT_FDCWD, folder, MAX_DEPTH) && errno == ENOTEMPTY; i++)
        nanosleep(&moment, NULL);
}

static void remove_all(void)
{
    if (guard.owner != getpid()) return;
    for (int i = 0; i < MAX_FOLDERS; i++)
        if (guard.folder[i][0]) remove_whole(guard.folder[i]);
}

/* ---- signals ---- */

static void on_signal(int number)
{
    const int saved = errno;
    const pid_t child = guard.owner == getpid() ? guard.child : 0;
    /* make leaves its compilers alone when it gets SIGINT */
    if (child) kill(child, guard.patient ? number : SIGTERM);
    if (!(child && guard.patient)) {
        while (child && waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
        remove_all();
        signal(number, SIG_DFL);
        raise(number);                                              /* when the handler has returned */
    }
    errno = saved;
}

/* Blocks the signals of `endings`; *before is for unblock. */
static void block(sigset_t *before)
{
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < N_ENDINGS; i++) sigaddset(&set, endings[i]);
    sigprocmask(SIG_BLOCK, &set, before);
}

static void unblock(const sigset_t *before) { sigprocmask(SIG_SETMASK, before, NULL); }

/* Makes handler and exit() work for this process.  A signal that is ignored, as by nohup, stays ignored. */
static void claim_guard(void)
{
    if (guard.owner == getpid()) return;
    const bool first = !guard.owner;
    guard = (Guard){.owner = getpid()};
    if (!first) return;
    struct sigaction ours = {.sa_handler = on_signal}, is;
    for (int i = 0; i < N_ENDINGS; i++) sigaddset(&ours.sa_mask, endings[i]);
    for (int i = 0; i < N_ENDINGS; i++)
        if (sigaction(endings[i], NULL, &is) == 0 && is.sa_handler == SIG_DFL) sigaction(endings[i], &ours, NULL);
    atexit(remove_all);
}

void guard_folder(const char *folder)
{
    claim_guard();
    int i = 0;
    while (i < MAX_FOLDERS && guard.folder[i][0]) i++;
    if (i == MAX_FOLDERS || strlen(folder) >= RT_MAX_PATH)
        bug("%d temporary folders at once, or a path that is too long", i);
    strcpy(guard.folder[i] + 1, folder + 1);
    guard.folder[i][0] = folder[0];                                 /* last: it makes the entry valid */
}

void keep_folder(const char *folder)
{
    if (guard.owner != getpid()) return;
    for (int i = 0; i < MAX_FOLDERS; i++)
        if (!strcmp(guard.folder[i], folder)) guard.folder[i][0] = 0;
}

void remove_folder(const char *folder)
{
    remove_whole(folder);
    keep_folder(folder);
}

bool folder_is_noexec(const char *folder)
{
    struct statvfs about;
    return statvfs(folder, &about) == 0 && about.f_flag & ST_NOEXEC;
}

/* $TMPDIR, or else a folder from which a program that is built there can be run. */
static const char *temporary_place(void)
{
    static const char *const places[] = {"/tmp", "/var/tmp", "."};
    const char *given = getenv("TMPDIR");
    if (given && *given) return given;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (access(places[i], W_OK | X_OK) == 0 && !folder_is_noexec(places[i])) return places[i];
    return places[0];
}

const char *temporary_folder(Arena *arena)
{
    sigset_t before;
    char *folder = arena_format(arena, "%s/tailor-XXXXXX", temporary_place());
    if (strlen(folder) >= RT_MAX_PATH) fail("tailor: TMPDIR: the path is longer than %d bytes", RT_MAX_PATH - 1);
    block(&before);
    const bool made = mkdtemp(folder) != NULL;
    const int code = errno;
    if (made) guard_folder(folder);
    unblock(&before);
    if (!made)
        fail("tailor: %s: cannot make a temporary folder: %s; TMPDIR=DIR names another place", temporary_place(),
             strerror(code));
    return folder;
}

/* ---- programs ---- */

enum { MOST_OUTPUT = 1 << 24, MOST_SHOWN = 1 << 20 };

/* Reads the pipe to its end, so that the writer is never held up.  The first MOST_OUTPUT bytes are kept. */
static void read_output(int from, RtText *output)
{
    char block[4096];
    for (ssize_t n; (n = read(from, block, sizeof block)) > 0 || (n < 0 && errno == EINTR);)
        if (n > 0 && output->length < MOST_OUTPUT) rt_text_bytes(output, block, (size_t)n);
}

/* In the child: becomes the program, or writes errno into `failed`. */
static _Noreturn void become(const char *const *argv, int output, bool errors, int failed, const sigset_t *mask)
{
    if (output < 0 || (dup2(output, 1) >= 0 && (!errors || dup2(output, 2) >= 0))) {
        unblock(mask);
        execvp(argv[0], (char *const *)argv);
    }
    const int code = errno;
    _exit(write(failed, &code, sizeof code) == sizeof code ? 127 : 126);
}

/* Waits for guard.child to end; its exit code, or 128 + its signal. */
static int wait_for_child(void)
{
    const pid_t child = guard.child;
    siginfo_t ended;
    int status = 0;
    while (waitid(P_PID, (id_t)child, &ended, WEXITED | WNOWAIT) < 0 && errno == EINTR) continue;
    guard.child = 0;                    /* before its number may become another program's */
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* errors: stderr goes to `output` too. */
static int run(const char *const *argv, RtText *output, bool errors)
{
    int said[2] = {-1, -1}, failed[2], ended = 0, code = 0;
    sigset_t before;
    fflush(NULL);
    claim_guard();
    if (pipe2(failed, O_CLOEXEC) != 0) return NOT_STARTED;
    if (output && pipe2(said, O_CLOEXEC) != 0) {
        code = errno;
        close(failed[0]), close(failed[1]);
        errno = code;
        return NOT_STARTED;
    }
    block(&before);
    const pid_t child = fork();
    if (child == 0) become(argv, said[1], errors, failed[1], &before);
    code = child < 0 ? errno : 0;
    if (child > 0) guard.child = child;
    unblock(&before);
    close(failed[1]);
    if (output) close(said[1]);
    if (child > 0) {
        ssize_t n;
        while ((n = read(failed[0], &code, sizeof code)) < 0 && errno == EINTR) continue;
        if (n != sizeof code) code = 0;
        if (output) read_output(said[0], output);
        ended = wait_for_child();
    }
    close(failed[0]);
    if (output) close(said[0]);
    errno = code;
    return code ? NOT_STARTED : ended;
}

int run_program(const char *const *argv, RtText *output) { return run(argv, output, true); }

int run_in_view(const char *const *argv, RtText *output) { return run(argv, output, false); }

int run_apart(int (*work)(void *context), void *context)
{
    sigset_t before;
    fflush(NULL);
    claim_guard();
    block(&before);
    const pid_t child = fork();
    const int why = errno;
    if (child > 0) guard.child = child;
    unblock(&before);
    if (child == 0) exit(work(context));
    if (child < 0) fail("tailor: cannot start a process: %s", strerror(why));
    return wait_for_child();
}

int run_to_its_end(const char *const *argv)
{
    claim_guard();
    guard.patient = 1;
    const int code = run_program(argv, NULL), why = errno;
    guard.patient = 0;
    errno = why;
    return code;
}

const char *why_not_started(Arena *arena, const char *program, int code)
{
    struct stat about;
    const char *slash = strrchr(program, '/');
    const char *folder = slash ? arena_format(arena, "%.*s", (int)(slash - program), program) : ".";
    if (code == EACCES && slash && stat(program, &about) == 0 && folder_is_noexec(folder))
        return arena_format(arena, "%s: cannot be started: the file system is mounted noexec", program);
    return arena_format(arena, "%s: cannot be started: %s", program, strerror(code));
}

/* ---- make ---- */

int cores(void)
{
    cpu_set_t set;
    const long n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 1024 ? 1024 : (int)n;
}

/* Removes variables that a make around this one, or its user, meant for other Makefiles, and names of programs that are
 * empty. */
static void clean_environment(void)
{
    static const char *const of_make[] = {"MAKEFLAGS", "GNUMAKEFLAGS", "MFLAGS",
                                          "MAKEFILES", "MAKELEVEL",    "MAKEOVERRIDES"},
                             *const never_empty[] = {"CC", "MARCH"};
    for (size_t i = 0; i < sizeof of_make / sizeof *of_make; i++) unsetenv(of_make[i]);
    for (size_t i = 0; i < sizeof never_empty / sizeof *never_empty; i++) {
        const char *text = getenv(never_empty[i]);
        if (text && !text[strspn(text, " \t\n")]) unsetenv(never_empty[i]);
    }
}

const char *build_folder(Arena *arena, const char *folder, const char *target)
{
    return build_folder_with(arena, folder, target, NULL);
}

const char *build_folder_with(Arena *arena, const char *folder, const char *target, const char *setting)
{
    const char *argv[] = {"make", "-s", arena_format(arena, "-j%d", cores()), "-C", folder, target, setting, NULL};
    RtText said = {0};
    clean_environment();
    const int code = run_program(argv, &said), why = errno;
    const char *problem = NULL;
    if (code == NOT_STARTED)
        problem = arena_format(arena, "tailor: make: %s; make and a C compiler are needed to build %s", strerror(why),
                               folder);
    else if (code)
        problem = arena_format(arena,
                               "tailor: %s could not be built: make ended with %d (is a C compiler there? CC=%s)\n%.*s",
                               folder, code, getenv("CC") ? getenv("CC") : "cc",
                               said.length < MOST_SHOWN ? (int)said.length : MOST_SHOWN, said.data ? said.data : "");
    rt_text_free(&said);
    return problem;
}
