/* archive.c - a folder as .tar.gz (POSIX ustar, RFC 1952): sorted, without times or owners, so that equal files give
 * equal bytes. */
#include "pack/pack.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

enum { RECORD = 512, MOST_FILE = 1 << 30 };

typedef struct Names { int n, capacity; const char **list; } Names;

/* ---- the tar ---- */

static void octal(char *to, size_t n, uint64_t value)
{
    snprintf(to, n, "%0*llo", (int)n - 1, (unsigned long long)value);
}

/* name: ends in / for a folder.  A name of more than 100 bytes is split at one of its slashes, as ustar has it. */
static void add_head(RtText *tar, const char *name, size_t size)
{
    char head[RECORD] = {0};
    const size_t n = strlen(name);
    const bool folder = name[n - 1] == '/';
    const char *rest = name;
    while (rest && strlen(rest) > 100) rest = strchr(rest, '/') ? strchr(rest, '/') + 1 : NULL;
    const size_t before = rest && rest > name ? (size_t)(rest - name) - 1 : 0;
    if (!rest || !*rest || before > 155) fail("%s: the name is too long for an archive", name);
    memcpy(head, rest, strlen(rest));
    octal(head + 100, 8, folder ? 0755 : 0644);
    octal(head + 108, 8, 0);
    octal(head + 116, 8, 0);
    octal(head + 124, 12, size);
    octal(head + 136, 12, 0);
    memset(head + 148, ' ', 8);
    head[156] = folder ? '5' : '0';
    memcpy(head + 257, "ustar\00000", 8);
    octal(head + 329, 8, 0);
    octal(head + 337, 8, 0);
    memcpy(head + 345, name, before);
    unsigned sum = 0;
    for (int i = 0; i < RECORD; i++) sum += (unsigned char)head[i];
    snprintf(head + 148, 8, "%06o", sum);
    rt_text_bytes(tar, head, RECORD);
}

static void add_padding(RtText *tar)
{
    static const char zeros[RECORD];
    if (tar->length % RECORD) rt_text_bytes(tar, zeros, RECORD - tar->length % RECORD);
}

static void add_file(RtText *tar, const char *path, const char *name)
{
    RtText text = {0};
    RtError error = {0};
    if (!rt_file_read(path, MOST_FILE, &text, &error)) fail("%s", error.text);
    add_head(tar, name, text.length);
    if (text.length) rt_text_bytes(tar, text.data, text.length);
    add_padding(tar);
    rt_text_free(&text);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_folder(Arena *arena, RtText *tar, const char *path, const char *name)
{
    Names names = {0};
    DIR *folder = opendir(path);
    if (!folder) fail("%s: cannot be read: %s", path, strerror(errno));
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        names.list = arena_grow(arena, names.list, names.n, &names.capacity, sizeof *names.list);
        names.list[names.n++] = arena_copy(arena, entry->d_name);
    }
    closedir(folder);
    qsort(names.list, (size_t)names.n, sizeof *names.list, compare_names);
    add_head(tar, arena_format(arena, "%s/", name), 0);
    for (int i = 0; i < names.n; i++) {
        const char *from = arena_format(arena, "%s/%s", path, names.list[i]),
                   *to = arena_format(arena, "%s/%s", name, names.list[i]);
        if (rt_is_folder(from)) add_folder(arena, tar, from, to);
        else add_file(tar, from, to);
    }
}

/* ---- the gzip ---- */

static void compress_text(const RtText *text, RtText *to)
{
    z_stream zlib = {.next_in = (Bytef *)text->data, .avail_in = (uInt)text->length};
    gz_header head = {.os = 255};                           /* without time or name, of no particular system */
    unsigned char part[1 << 16];
    int code = deflateInit2(&zlib, Z_BEST_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
    if (code == Z_OK) code = deflateSetHeader(&zlib, &head);
    while (code == Z_OK) {
        zlib.next_out = part;
        zlib.avail_out = sizeof part;
        code = deflate(&zlib, Z_FINISH);
        rt_text_bytes(to, (const char *)part, sizeof part - zlib.avail_out);
    }
    deflateEnd(&zlib);
    if (code != Z_STREAM_END || to->failed) fail("tailor: out of memory");
}

void write_archive(Arena *arena, const char *folder, const char *path)
{
    static const char end[2 * RECORD];
    const char *slash = strrchr(folder, '/');
    RtText tar = {0}, packed = {0};
    RtError error = {0};
    add_folder(arena, &tar, folder, slash ? slash + 1 : folder);
    rt_text_bytes(&tar, end, sizeof end);
    if (tar.failed) fail("tailor: out of memory");
    if (tar.length > MOST_FILE) fail("%s: %zu bytes, against %d at most of an archive", path, tar.length, MOST_FILE);
    compress_text(&tar, &packed);
    const bool ok = rt_file_write(path, packed.data, packed.length, &error);
    rt_text_free(&tar);
    rt_text_free(&packed);
    if (!ok) fail("%s", error.text);
}
