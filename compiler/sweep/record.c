/* record.c - a record as an SQLite database: opening, statements, transactions, and what goes wrong with them. */
#include "sweep/record.h"
#include "sweep/schema.h"

#include "base/process.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

const char *const cell_state_names[CELL_STATES] = {"queued", "running", "done", "failed", "interrupted"};

/* Seconds for which another program may hold the record: when it is opened; afterwards, when more would be lost. */
enum { PATIENCE = 10, PATIENCE_LATER = 60, MOST_BYTES = 1 << 26 };

/* Ends the program with what went wrong last. */
static _Noreturn void fault(const Record *r)
{
    const int code = sqlite3_extended_errcode(r->db), cause = sqlite3_system_errno(r->db);
    const char *why = cause ? strerror(cause) : sqlite3_errmsg(r->db);
    switch (code & 255) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: fail("%s: another program keeps it locked", r->path);
    case SQLITE_FULL: fail("%s: cannot write: the disk is full", r->path);
    case SQLITE_IOERR: fail("%s: cannot read or write: %s", r->path, why);
    case SQLITE_READONLY: fail("%s: cannot write: it is read-only here", r->path);
    case SQLITE_CANTOPEN: fail("%s: cannot open: %s", r->path, why);
    case SQLITE_NOTADB: fail("%s: is no SQLite database, against the record of a sweep", r->path);
    case SQLITE_CORRUPT: fail("%s: is damaged: %s", r->path, sqlite3_errmsg(r->db));
    case SQLITE_TOOBIG: fail("%s: a text of more than %d bytes", r->path, MOST_BYTES);
    case SQLITE_NOMEM: fail("tailor: out of memory");
    default: fail("%s: %s", r->path, sqlite3_errmsg(r->db));
    }
}

/* ---- statements ---- */

/* A statement of this text that is at rest, or a new one. */
static sqlite3_stmt *statement_of(Record *r, const char *sql)
{
    sqlite3_stmt *s = NULL;
    while ((s = sqlite3_next_stmt(r->db, s)))
        if (!sqlite3_stmt_busy(s) && !strcmp(sqlite3_sql(s), sql)) break;
    if (!s && sqlite3_prepare_v2(r->db, sql, -1, &s, NULL) != SQLITE_OK) fault(r);
    sqlite3_reset(s);
    return s;
}

static int bind_text(Record *r, sqlite3_stmt *s, int i, const char *text)
{
    for (size_t left = text ? strlen(text) : 0, n, at = 0; left; at += n, left -= n)
        if (!(n = rt_utf8(text + at, left))) fail("%s: '%s' is no UTF-8 text, which records hold", r->path, text);
    return sqlite3_bind_text(s, i, text, -1, SQLITE_TRANSIENT);
}

static sqlite3_stmt *query(Record *r, const char *sql, const char *types, va_list values)
{
    sqlite3_stmt *s = statement_of(r, sql);
    int code = SQLITE_OK;
    for (int i = 1; *types && code == SQLITE_OK; i++, types++) {
        if (*types == 't') code = bind_text(r, s, i, va_arg(values, const char *));
        else if (*types == 'i') code = sqlite3_bind_int64(s, i, va_arg(values, int64_t));
        else if (*types == 'r') {
            const double real = va_arg(values, double);
            code = isfinite(real) ? sqlite3_bind_double(s, i, real) : sqlite3_bind_null(s, i);
        } else if (*types == 'b') {
            const void *bytes = va_arg(values, const void *);
            code = sqlite3_bind_blob64(s, i, bytes, va_arg(values, size_t), SQLITE_TRANSIENT);
        } else bug("record: '%c' is no type of a parameter", *types);
    }
    if (code != SQLITE_OK) fault(r);
    return s;
}

sqlite3_stmt *record_query(Record *r, const char *sql, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *s = query(r, sql, types, values);
    va_end(values);
    return s;
}

bool record_row(Record *r, sqlite3_stmt *s)
{
    const int code = sqlite3_step(s);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) fault(r);
    sqlite3_reset(s);
    return false;
}

void record_do(Record *r, const char *sql, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *s = query(r, sql, types, values);
    va_end(values);
    while (record_row(r, s)) continue;
}

const char *record_text(Record *r, sqlite3_stmt *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(s, column);
    return text ? arena_copy(r->arena, text) : "";
}

double record_real(sqlite3_stmt *s, int column)
{
    return sqlite3_column_type(s, column) == SQLITE_NULL ? NAN : sqlite3_column_double(s, column);
}

int64_t record_number(Record *r, const char *sql, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *s = query(r, sql, types, values);
    va_end(values);
    const int64_t number = record_row(r, s) ? sqlite3_column_int64(s, 0) : -1;
    sqlite3_reset(s);
    return number;
}

void record_begin(Record *r) { record_do(r, "BEGIN IMMEDIATE", ""); }
void record_commit(Record *r) { record_do(r, "COMMIT", ""); }

void record_now(char text[32])
{
    struct tm utc;
    const time_t now = time(NULL);
    strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
}

/* ---- opening ---- */

/* Is the folder on another machine's disk?  The index of SQLite's write-ahead log is memory of one machine. */
static bool is_remote(const char *folder)
{
    static const unsigned long remote[] = {0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x0bd00bd0, 0x00c36400, 0x47504653,
                                           0x5346414f};        /* NFS, SMB, CIFS, SMB2, Lustre, Ceph, GPFS, AFS */
    struct statfs state;
    for (size_t i = 0; i < sizeof remote / sizeof *remote && statfs(folder, &state) == 0; i++)
        if (((unsigned long)state.f_type & 0xffffffff) == remote[i]) return true;
    return false;
}

/* Opens the database, which may hold anything: its triggers and views do nothing, its schema is not trusted. */
static int connect(Record *r, const char *name, int flags)
{
    const int code = sqlite3_open_v2(name, &r->db, flags | SQLITE_OPEN_EXRESCODE, NULL);
    if (!r->db) fail("tailor: out of memory");
    if (code != SQLITE_OK) return code;
    sqlite3_busy_timeout(r->db, 1000 * PATIENCE);
    sqlite3_limit(r->db, SQLITE_LIMIT_LENGTH, MOST_BYTES);
    sqlite3_db_config(r->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(r->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(r->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(r->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_db_config(r->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    return sqlite3_exec(r->db, "PRAGMA cell_size_check = 1; PRAGMA temp_store = memory; PRAGMA synchronous = full; "
                               "PRAGMA user_version", NULL, NULL, NULL);
}

/* A copy of the record and its log in a folder where SQLite may make the index of the log. */
static const char *copied(Record *r)
{
    const char *folder = temporary_folder(r->arena), *copy = arena_format(r->arena, "%s/record.sqlite", folder);
    for (int log = 0; log < 2; log++) {
        RtText text = {0};
        RtError error = {0};
        const char *end = log ? "-wal" : "";
        if (!rt_file_read(arena_format(r->arena, "%s%s", r->path, end), 1u << 30, &text, &error) ||
            !rt_file_write(arena_format(r->arena, "%s%s", copy, end), text.data, text.length, &error))
            fail("%s", error.text);
        rt_text_free(&text);
    }
    return copy;
}

/* The record as a URI of SQLite, of a file that nobody changes. */
static const char *unchanging(Record *r)
{
    Text uri = text_new(r->arena);
    text_add(&uri, "file:");
    for (const char *c = r->path; *c; c++) text_add(&uri, strchr("%?#", *c) ? "%%%02x" : "%c", (unsigned char)*c);
    text_add(&uri, "?immutable=1");
    return uri.chars;
}

/* Opens for reading, also where SQLite can make no files beside the record.  All is read as it is at this moment. */
static void open_to_read(Record *r)
{
    int code = connect(r, r->path, SQLITE_OPEN_READONLY);
    if ((code & 255) == SQLITE_CANTOPEN || (code & 255) == SQLITE_READONLY) {
        struct stat log;
        const bool logged = stat(arena_format(r->arena, "%s-wal", r->path), &log) == 0 && log.st_size > 0;
        sqlite3_close(r->db);
        code = logged ? connect(r, copied(r), SQLITE_OPEN_READWRITE)
                      : connect(r, unchanging(r), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    }
    if (code != SQLITE_OK) fault(r);
    record_do(r, "BEGIN", "");
}

/* Opens for writing, and begins a transaction. */
static void open_to_write(Record *r)
{
    if (connect(r, r->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) != SQLITE_OK) fault(r);
    if (sqlite3_db_readonly(r->db, "main")) fail("%s: cannot write: it is read-only here", r->path);
    const char *mode = is_remote(r->folder) ? "PRAGMA journal_mode = delete" : "PRAGMA journal_mode = wal";
    int code;
    /* two that change the mode at once are told so at once: the second finds it changed */
    for (int i = 0; (code = sqlite3_exec(r->db, mode, NULL, NULL, NULL) & 255) == SQLITE_BUSY && i < 100; i++)
        usleep(20000);
    if (code != SQLITE_OK) fault(r);
    record_begin(r);
}

/* Finds the version and the number of tables.  A record that is empty may be one that another sweep just makes. */
static void look(Record *r, bool write, int64_t *version, int64_t *tables)
{
    enum { LOOKS = 50 };
    for (int i = 0;; i++) {
        *version = record_number(r, "PRAGMA user_version", "");
        *tables = record_number(r, "SELECT count(*) FROM sqlite_schema", "");
        if (write || *version || *tables || i == LOOKS) return;
        record_commit(r);
        usleep(20000);
        record_do(r, "BEGIN", "");
    }
}

/* The folder of a sweep, which may be called by its record.sqlite. */
static const char *folder_of(Arena *arena, const char *path)
{
    struct stat state;
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    if (strcmp(name, "record.sqlite") || stat(path, &state) != 0 || !S_ISREG(state.st_mode)) return path;
    return !slash ? "." : slash == path ? "/" : arena_format(arena, "%.*s", (int)(slash - path), path);
}

Record *record_open(Arena *arena, const char *folder, bool write)
{
    Record *r = arena_alloc(arena, sizeof *r);
    folder = folder_of(arena, folder);
    *r = (Record){.arena = arena, .folder = folder, .path = arena_format(arena, "%s/record.sqlite", folder)};
    struct stat state;
    RtError error = {0};
    const bool there = stat(r->path, &state) == 0;
    bool empty = true;
    if (there && !S_ISREG(state.st_mode)) fail("%s: is no regular file, against the record of a sweep", r->path);
    if (!there && errno != ENOENT && errno != ENOTDIR) fail("%s: cannot open: %s", r->path, strerror(errno));
    if (!there && !write) fail("%s: there is no record.sqlite in it, against the folder of a sweep", folder);
    if (!there && (!rt_folder_empty(folder, &empty, &error) || (empty && !rt_folder_make(folder, &error))))
        fail("%s", error.text);
    if (!empty && stat(r->path, &state) != 0)             /* another sweep may just have made it */
        fail("%s: is not empty and has no record.sqlite, against a new folder or that of a sweep", folder);
    if (write) open_to_write(r);
    else open_to_read(r);
    int64_t version, tables;
    look(r, write, &version, &tables);
    if (version > RECORD_VERSION)
        fail("%s: its version is %lld, against %d, the latest that tailor " TAILOR_VERSION " reads", r->path,
             (long long)version, RECORD_VERSION);
    if (write && !version && !tables) {
        for (const RecordTable *t = record_tables; t->name; t++) record_do(r, t->sql, "");
        if (sqlite3_exec(r->db, record_indices, NULL, NULL, NULL) != SQLITE_OK) fault(r);
        record_do(r, arena_format(arena, "PRAGMA user_version = %d", RECORD_VERSION), "");
    } else if (version != RECORD_VERSION) fail("%s: is no record of a sweep%s", r->path, tables ? "" : ": it is empty");
    const char *wrong = schema_fault(arena, r->db);
    if (wrong && (sqlite3_errcode(r->db) & 255) == SQLITE_CORRUPT) fault(r);
    if (wrong) fail("%s: is no record of a sweep: %s", r->path, wrong);
    if (write) {
        record_commit(r);
        sqlite3_busy_timeout(r->db, 1000 * PATIENCE_LATER);
    }
    return r;
}

void record_check(Record *r)
{
    sqlite3_stmt *s = record_query(r, "PRAGMA quick_check(1)", "");
    while (record_row(r, s)) {
        const char *said = record_text(r, s, 0);
        if (strcmp(said, "ok")) fail("%s: is damaged: %s", r->path, said);
    }
}

void record_close(Record *r)
{
    for (sqlite3_stmt *s; (s = sqlite3_next_stmt(r->db, NULL));) sqlite3_finalize(s);
    sqlite3_close(r->db);
    r->db = NULL;
}
