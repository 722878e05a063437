/* process.h - other programs, and folders that do not outlast this one. */
#ifndef PROCESS_H
#define PROCESS_H

#include "base/base.h"

int cores(void);                                                      /* of the machine */

enum { NOT_STARTED = -1 };
/* Runs a program and waits; what it prints on stdout and stderr goes to `output` where that is not NULL.  Returns its
 * exit code, 128 + signal, or NOT_STARTED, errno says why.  A signal that ends this process ends that one first. */
int run_program(const char *const *argv, RtText *output);
int run_to_its_end(const char *const *argv);       /* the same, but the program gets the signals and ends as it likes */
const char *why_not_started(Arena *, const char *program, int code);     /* a message; code: errno */

/* Builds `target` in an emitted folder with make.  Returns NULL, or why not, in the compiler's words. */
const char *build_folder(Arena *, const char *folder, const char *target);
/* a variable of its Makefile: NAME=text */
const char *build_folder_with(Arena *, const char *folder, const char *target, const char *setting);

const char *temporary_folder(Arena *);          /* removed at the end, however that comes, or before by remove_folder */
void guard_folder(const char *folder);                                /* the same for any folder, or file */
void keep_folder(const char *folder);                                 /* no longer */
void remove_folder(const char *folder);                               /* with all that is in it */
bool folder_is_noexec(const char *folder);                            /* nothing on its file system can be run */

#endif
