/* rt_lock.c - one process at a time in the folder of a run.
 *
 * The lock is that of flock() on FOLDER/lock.  The kernel releases it when the last process that holds the open file
 * has ended, however it ended, so a file that a killed process leaves behind keeps nobody away.  Over NFS the lock is
 * the server's, for all its clients.  Where a file system has no locks, a run goes on without.  Readers of a run do not
 * ask for the lock. */
#include "rt.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The descriptor that the parent process gave to this one; -1: there is none, or it is of another folder. */
static int given_lock(const char *path)
{
    const char *text = getenv("TAILOR_LOCK");
    char *end;
    struct stat given, there;
    if (!text || text[0] < '0' || text[0] > '9') return -1;
    errno = 0;
    const long descriptor = strtol(text, &end, 10);
    if (errno || *end || descriptor < 3 || descriptor > 1 << 20 || fstat((int)descriptor, &given) != 0 ||
        stat(path, &there) != 0 || !same_file(&given, &there))
        return -1;
    fcntl((int)descriptor, F_SETFD, FD_CLOEXEC);
    return (int)descriptor;
}

static bool is_held(RtLock *lock, const char *folder, RtError *error)
{
    lock->held = true;
    char text[32] = "";
    const ssize_t n = pread(lock->descriptor, text, sizeof text - 1, 0);
    const long process = n > 0 ? strtol(text, NULL, 10) : 0;
    if (process > 0)
        return rt_fail(error, "%s: process %ld is training in this folder, against one process at a time", folder,
                       process);
    return rt_fail(error, "%s: another process is training in this folder, against one at a time", folder);
}

/* Is path still the file that was opened?  The last holder removes it. */
static bool is_in_place(const RtLock *lock)
{
    struct stat opened, there;
    return fstat(lock->descriptor, &opened) == 0 && stat(lock->path, &there) == 0 && same_file(&opened, &there);
}

bool rt_lock_take(RtLock *lock, const char *folder, RtError *error)
{
    *lock = (RtLock){.descriptor = -1};
    if (!rt_path(lock->path, folder, "lock", error)) return false;
    lock->descriptor = given_lock(lock->path);
    lock->taken_over = lock->descriptor >= 0;
    for (bool held = lock->taken_over; !held; held = is_in_place(lock)) {
        if (lock->descriptor >= 0) close(lock->descriptor);
        lock->descriptor = open(lock->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
        if (lock->descriptor < 0) return rt_fail(error, "%s: cannot write: %s", lock->path, strerror(errno));
        if (flock(lock->descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
            is_held(lock, folder, error);
            close(lock->descriptor);
            lock->descriptor = -1;
            return false;
        }
    }
    char number[32];
    const int n = snprintf(number, sizeof number, "%ld\n", (long)getpid());
    /* on a full disk it is locked all the same */
    if (ftruncate(lock->descriptor, 0) == 0 && pwrite(lock->descriptor, number, (size_t)n, 0) < 0) errno = 0;
    return true;
}

void rt_lock_release(RtLock *lock)
{
    if (lock->descriptor < 0) return;
    if (!lock->taken_over && is_in_place(lock)) unlink(lock->path);
    close(lock->descriptor);
    lock->descriptor = -1;
}
