/* rt_file.c - files that are there whole or not at all, and folders.
 *
 * Data is written to PATH.tmp, which is synced and takes PATH's place by rename.  Then the folder is synced, so that
 * the new name survives a power cut too.  The temporary name is fixed: the next process overwrites the file that a
 * killed process leaves behind. */
#include "rt.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool rt_path(char path[RT_MAX_PATH], const char *folder, const char *name, RtError *error)
{
    size_t length = strlen(folder);
    const char *slash = length && folder[length - 1] == '/' ? "" : "/";
    int n = snprintf(path, RT_MAX_PATH, "%s%s%s", folder, slash, name);
    if (n < 0 || n >= RT_MAX_PATH)
        return rt_fail(error, "%.200s...: the path has %d bytes, against %d at most", folder, n, RT_MAX_PATH - 1);
    return true;
}

void rt_file_abandon(RtFile *file)
{
    if (!file->stream) return;
    fclose(file->stream);
    file->stream = NULL;
    unlink(file->temporary);
}

static bool file_failed(RtFile *file, const char *what, RtError *error)
{
    int code = errno;
    rt_file_abandon(file);
    return rt_fail(error, "%s: cannot %s: %s", file->path, what, strerror(code));
}

bool rt_file_begin(RtFile *file, const char *path, RtError *error)
{
    *file = (RtFile){0};
    int n = snprintf(file->path, RT_MAX_PATH, "%s", path), m = snprintf(file->temporary, RT_MAX_PATH, "%s.tmp", path);
    if (n < 0 || m < 0 || m >= RT_MAX_PATH)
        return rt_fail(error, "%.200s...: the path is longer than %d bytes", path, RT_MAX_PATH - 5);
    struct stat state;
    /* else /dev/null would become a file */
    if (stat(path, &state) == 0 && !S_ISREG(state.st_mode) && !S_ISDIR(state.st_mode))
        return rt_fail(error, "%s: not a file", path);
    int descriptor = open(file->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    file->stream = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    if (file->stream) return true;
    int code = errno;
    if (descriptor >= 0) {
        close(descriptor);
        unlink(file->temporary);
    }
    return rt_fail(error, "%s: cannot write: %s", path, strerror(code));
}

bool rt_file_add(RtFile *file, const void *bytes, size_t n, RtError *error)
{
    if (!n || fwrite(bytes, 1, n, file->stream) == n) return true;
    return file_failed(file, "write", error);
}

/* A file system that cannot sync folders says EINVAL; the rename has happened all the same. */
bool rt_folder_sync(const char *folder, RtError *error)
{
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return true;   /* the folder may be written but not read */
    bool ok = fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP;
    int code = errno;
    close(descriptor);
    return ok || rt_fail(error, "%s: cannot sync the folder: %s", folder, strerror(code));
}

bool rt_file_sync(RtFile *file, RtError *error)
{
    if (fflush(file->stream) != 0) return file_failed(file, "write", error);
    if (fsync(fileno(file->stream)) != 0 && errno != EINVAL) return file_failed(file, "sync", error);
    return file->synced = true;
}

bool rt_file_place(RtFile *file, RtError *error)
{
    if (!file->synced && !rt_file_sync(file, error)) return false;
    FILE *stream = file->stream;
    file->stream = NULL;
    if (fclose(stream) != 0 || rename(file->temporary, file->path) != 0) {
        int code = errno;
        unlink(file->temporary);
        return rt_fail(error, "%s: cannot write: %s", file->path, strerror(code));
    }
    return true;
}

bool rt_file_commit(RtFile *file, RtError *error)
{
    if (!rt_file_place(file, error)) return false;
    char folder[RT_MAX_PATH];
    const char *slash = strrchr(file->path, '/');
    const size_t length = slash ? (size_t)(slash - file->path) : 0;
    if (!slash) {
        strcpy(folder, ".");
    } else {
        memcpy(folder, file->path, length);
        strcpy(folder + length, length ? "" : "/");
    }
    return rt_folder_sync(folder, error);
}

bool rt_file_write(const char *path, const void *bytes, size_t n, RtError *error)
{
    RtFile file;
    return rt_file_begin(&file, path, error) && rt_file_add(&file, bytes, n, error) && rt_file_commit(&file, error);
}

bool rt_file_append(const char *path, const void *bytes, size_t n, RtError *error)
{
    FILE *file = fopen(path, "ab");
    bool ok = file && fwrite(bytes, 1, n, file) == n;
    int code = errno;
    if (file && fclose(file) != 0 && ok) {
        code = errno;
        ok = false;
    }
    return ok || rt_fail(error, "%s: cannot write: %s", path, strerror(code));
}

/* Pipes and devices are refused: they need not end. */
int rt_file_open(const char *path, int64_t *size, RtError *error)
{
    struct stat about;
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) rt_fail(error, "%s: cannot open: %s", path, strerror(errno));
    else if (fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode)) {
        *size = about.st_size;
        return descriptor;
    } else {
        rt_fail(error, "%s: not a file", path);
        close(descriptor);
    }
    return -1;
}

bool rt_file_take(int descriptor, const char *path, void *to, size_t n, size_t *got, RtError *error)
{
    ssize_t part = 1;
    for (*got = 0; *got < n && part; *got += (size_t)part) {
        const size_t rest = n - *got, most = 1 << 30;   /* most: bytes of one read() */
        while ((part = read(descriptor, (char *)to + *got, rest < most ? rest : most)) < 0 && errno == EINTR) continue;
        if (part < 0) return rt_fail(error, "%s: cannot read: %s", path, strerror(errno));
    }
    return true;
}

bool rt_file_read(const char *path, size_t limit, RtText *text, RtError *error)
{
    int64_t size;
    const int descriptor = rt_file_open(path, &size, error);
    if (descriptor < 0) return false;
    bool ok = true;
    if ((uint64_t)size > limit)
        ok = rt_fail(error, "%s: %lld bytes, against %zu at most", path, (long long)size, limit);
    char block[16384];
    ssize_t got = 0;
    while (ok && (got = read(descriptor, block, sizeof block)) > 0) {
        rt_text_bytes(text, block, (size_t)got);
        if (text->length > limit) ok = rt_fail(error, "%s: grows while it is read", path);
    }
    if (ok && got < 0) ok = rt_fail(error, "%s: cannot read: %s", path, strerror(errno));
    if (ok && !text->length) rt_text_bytes(text, "", 0);
    if (ok && text->failed) ok = rt_fail(error, "%s: out of memory for %lld bytes", path, (long long)size);
    close(descriptor);
    return ok;
}

bool rt_is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

bool rt_folder_make(const char *path, RtError *error)
{
    char part[RT_MAX_PATH];
    size_t n = strlen(path);
    if (n >= sizeof part)
        return rt_fail(error, "%.200s...: the path has %zu bytes, against %d at most", path, n, RT_MAX_PATH - 1);
    if (!n) return rt_fail(error, "the name of the output folder is empty");
    for (size_t i = 1; i <= n; i++) {
        if (path[i] != '/' && path[i] != 0) continue;
        memcpy(part, path, i);
        part[i] = 0;
        struct stat about;
        int code = mkdir(part, 0777) == 0 ? 0 : errno;
        if (code && stat(part, &about) != 0)
            return rt_fail(error, "%s: cannot make the folder: %s", path, strerror(code));
        if (code && !S_ISDIR(about.st_mode)) return rt_fail(error, "%s: is a file, against a folder", part);
    }
    return true;
}

bool rt_folder_empty(const char *path, bool *empty, RtError *error)
{
    *empty = true;
    DIR *folder = opendir(path);
    if (!folder) return errno == ENOENT || rt_fail(error, "%s: cannot open the folder: %s", path, strerror(errno));
    for (struct dirent *entry; (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && strcmp(entry->d_name, "lock") != 0)
            *empty = false;
    closedir(folder);
    return true;
}
