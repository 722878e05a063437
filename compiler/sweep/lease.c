/* lease.c - who works on which cell.
 *
 * An owner is a process: host, boot, process namespace, number, start.  Where all but the last two are ours, /proc says
 * whether it lives.  Of any other only the beat tells, which grows as long as it lives; how long it has not grown is
 * measured by this process's own clock, as clocks of machines differ. */
#include "sweep/record.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct Observed {
    struct Observed *next;
    const char *key, *owner;
    int64_t beat;
    double since;                      /* rt_seconds() when it was first seen with this beat */
} Observed;

/* ---- owners ---- */

/* The first line of a file of /proc, with no character that separates an owner's parts. */
static void first_line(const char *path, char *text, int size)
{
    FILE *file = fopen(path, "r");
    if (!file || !fgets(text, size, file)) strcpy(text, "-");
    if (file) fclose(file);
    text[strcspn(text, "\n")] = 0;
}

/* When a process was started, in ticks since the boot; false: it has ended. */
static bool started(long process, char ticks[32])
{
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%ld/stat", process);
    first_line(path, line, sizeof line);
    const char *at = strrchr(line, ')');               /* the name may hold anything */
    if (!at || strchr("ZX", at[2])) return false;
    for (int field = 2; field < 22 && at; field++) at = strchr(at + 1, ' ');
    if (!at) return false;
    snprintf(ticks, 32, "%.*s", (int)strcspn(at + 1, " "), at + 1);
    return true;
}

/* This process as an owner; found out once. */
static const char *self(Record *r)
{
    char host[HOST_NAME_MAX + 1] = "-", boot[64], space[64] = "-", ticks[32] = "-";
    if (r->owner) return r->owner;
    if (gethostname(host, sizeof host) != 0) strcpy(host, "-");
    first_line("/proc/sys/kernel/random/boot_id", boot, sizeof boot);
    const ssize_t n = readlink("/proc/self/ns/pid", space, sizeof space - 1);
    if (n > 0) space[n] = 0;
    for (char *c = host; *c; c++)
        if (*c <= ' ' || *c >= 127 || *c == '/') *c = '-';
    started(getpid(), ticks);
    return r->owner = arena_format(r->arena, "%s/%s/%s/%ld/%s", host, boot, space, (long)getpid(), ticks);
}

/* The process and start behind the machine of an owner; NULL: it has none. */
static const char *process_part(const char *owner)
{
    int parts = 3;
    for (; *owner && parts; owner++) parts -= *owner == '/';
    return parts ? NULL : owner;
}

bool record_owner_gone(Record *r, const char *owner)
{
    const char *of = process_part(owner), *own = process_part(self(r));
    char ticks[32], *end;
    if (!of || of - owner != own - r->owner || strncmp(owner, r->owner, (size_t)(of - owner))) return false;
    const long process = strtol(of, &end, 10);
    return *end == '/' && strcmp(end + 1, "-") && (!started(process, ticks) || strcmp(ticks, end + 1));
}

/* Has the owner of a lease ended, as far as this process can know? */
static bool is_dead(Record *r, const char *key, const char *owner, int64_t beat)
{
    if (record_owner_gone(r, owner)) return true;
    Observed *o = r->observed;
    while (o && (strcmp(o->key, key) || strcmp(o->owner, owner))) o = o->next;
    if (!o) {
        o = arena_alloc(r->arena, sizeof *o);
        *o = (Observed){r->observed, arena_copy(r->arena, key), arena_copy(r->arena, owner), beat, rt_seconds()};
        r->observed = o;
    }
    if (o->beat != beat) o->beat = beat, o->since = rt_seconds();
    return rt_seconds() - o->since > LEASE_SECONDS;
}

/* ---- cells ---- */

void record_choose(Record *r, const Cells *cells, const bool *chosen, bool retry, bool rerun)
{
    record_begin(r);
    record_do(r, "CREATE TEMP TABLE IF NOT EXISTS chosen (number INTEGER PRIMARY KEY, key TEXT UNIQUE)", "");
    record_do(r, "DELETE FROM chosen", "");
    for (int i = 0; i < cells->n_cells; i++)
        if (!chosen || chosen[i])
            record_do(r, "INSERT INTO chosen VALUES (?, ?)", "it", (int64_t)i, cells->cells[i].key);
    record_do(r, "CREATE TEMP TABLE IF NOT EXISTS again (key TEXT PRIMARY KEY)", "");
    record_do(r, "DELETE FROM again", "");
    record_do(r, "INSERT INTO again SELECT key FROM cell WHERE key IN (SELECT key FROM chosen) AND "
                 "((?1 AND state = 'failed') OR (?2 AND state = 'done' AND numerics < ?3))", "iii", (int64_t)retry,
              (int64_t)rerun, (int64_t)TAILOR_NUMERICS);
    record_do(r, "DELETE FROM metric WHERE key IN (SELECT key FROM again)", "");
    record_do(r, "DELETE FROM epoch WHERE key IN (SELECT key FROM again)", "");
    record_do(r, "DELETE FROM correct WHERE key IN (SELECT key FROM again)", "");
    record_do(r, "UPDATE cell SET state = 'queued', reason = '', folder = '', weights_sha256 = NULL, seconds = NULL, "
                 "images_per_second = NULL, peak_rss_bytes = NULL, cpu = NULL, started = NULL, ended = NULL "
                 "WHERE key IN (SELECT key FROM again)", "");
    record_commit(r);
}

int64_t record_count(Record *r, CellState state)
{
    return record_number(r, "SELECT count(*) FROM cell WHERE state = ? AND key IN (SELECT key FROM chosen)", "t",
                         cell_state_names[state]);
}

/* Looks for a cell that can be taken: its number, or -1.  *others: whether some are being run. */
static int find(Record *r, char key[65], bool *others)
{
    sqlite3_stmt *s = record_query(r,
        "SELECT number, cell.key, owner, beat FROM chosen CROSS JOIN cell ON cell.key = chosen.key "
        "LEFT JOIN lease ON lease.key = cell.key WHERE state IN ('queued', 'interrupted', 'running') ORDER BY number",
        "");
    int number = -1;
    *others = false;
    while (number < 0 && record_row(r, s)) {
        const char *owner = (const char *)sqlite3_column_text(s, 2);
        snprintf(key, 65, "%s", (const char *)sqlite3_column_text(s, 1));
        if (!owner || (strcmp(owner, self(r)) && is_dead(r, key, owner, sqlite3_column_int64(s, 3))))
            number = (int)sqlite3_column_int64(s, 0);
        else *others = true;
    }
    sqlite3_reset(s);
    return number;
}

Take record_take(Record *r, int *cell)
{
    char key[65], now[32];
    bool others;
    if (find(r, key, &others) < 0) return others ? TAKE_LATER : TAKE_NONE;
    record_begin(r);
    *cell = find(r, key, &others);                        /* as it is now that nobody else can write */
    if (*cell >= 0) {
        record_now(now);
        record_do(r, "UPDATE cell SET state = 'running', reason = '', numerics = ?, started = coalesce(started, ?), "
                     "ended = NULL WHERE key = ?", "itt", (int64_t)TAILOR_NUMERICS, now, key);
        record_do(r, "INSERT INTO lease VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, "
                     "beat = max(beat + 1, excluded.beat)", "tti", key, self(r), (int64_t)time(NULL));
    }
    record_commit(r);
    return *cell >= 0 ? TAKE_CELL : others ? TAKE_LATER : TAKE_NONE;
}

void record_beat(Record *r)
{
    record_do(r, "UPDATE lease SET beat = max(beat + 1, ?) WHERE owner = ?", "it", (int64_t)time(NULL), self(r));
}

bool record_holds(Record *r, const char *key)
{
    return record_number(r, "SELECT 1 FROM lease WHERE key = ? AND owner = ?", "tt", key, self(r)) == 1;
}
