/* process.h - other programs, and folders that do not outlast this one. */
#ifndef PROCESS_H
#define PROCESS_H

#include "base/base.h"

#include <signal.h>
#include <sys/types.h>

int cores(void);                                                      /* cores that this process may use */

enum { NOT_STARTED = -1 };
/* Runs a program and waits.  Its stdout and stderr go to `output`, unless that is NULL.  Returns its exit code, or
 * 128 + its signal, or NOT_STARTED, where errno says why.  A signal that ends this process ends the program first. */
int run_program(const char *const *argv, RtText *output);
/* The same, but that its stderr is this process's: a person sees how far it is. */
int run_in_view(const char *const *argv, RtText *output);
/* Runs work(context) in a process of its own, which may fail() and leaves nothing here.  Returns what it returns, or as
 * run_program.  No OpenMP loop may have run before. */
int run_apart(int (*work)(void *context), void *context);
/* Runs a program as run_program does, without output.  Signals are passed to the program, which ends as it likes. */
int run_to_its_end(const char *const *argv);
const char *why_not_started(Arena *, const char *program, int code);     /* a message; code: errno */

/* Builds `target` in an emitted folder with make.  Returns NULL, or an error in the compiler's words. */
const char *build_folder(Arena *, const char *folder, const char *target);
/* Builds with a variable of the folder's Makefile set: setting is NAME=text. */
const char *build_folder_with(Arena *, const char *folder, const char *target, const char *setting);

/* ---- child.c: processes beside this one ---- */

typedef struct Watch { sigset_t watched, before; } Watch;

/* From now on SIGCHLD and the signals that end a program only arrive through watch_wait.  It returns the number of one,
 * or 0 when none came in that time. */
void watch_begin(Watch *);
int watch_wait(const Watch *, double seconds);
/* Forks.  Returns 0 in the child: stdin is empty, stdout and stderr go to `output`, signals are as before watch_begin,
 * and SIGTERM comes when the parent ends.  Returns -1 where there can be no child; errno says why.  No OpenMP loop may
 * have run in the parent. */
pid_t child_begin(const Watch *, int output);
bool child_ended(pid_t child, int *code);                        /* as run_program: an exit code, or 128 + signal */
_Noreturn void become_program(const char *const *argv);          /* exit 1 with a message when it cannot be started */

/* ---- process.c: what does not last ---- */

/* A guarded folder (or file) is removed when this process ends, however it ends, unless SIGKILL ends it. */
const char *temporary_folder(Arena *);                                /* makes a folder, guarded */
void guard_folder(const char *folder);
void keep_folder(const char *folder);                                 /* guards it no longer */
void remove_folder(const char *folder);                               /* now, with all that is in it */
bool folder_is_noexec(const char *folder);                            /* nothing on its file system can be run */

#endif
