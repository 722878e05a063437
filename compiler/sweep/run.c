/* run.c - the runner of a sweep: which process runs when, and what comes of it.
 *
 * A task is a cell that this sweep works on: its build is waited for or made, its trainer runs, its maps are measured,
 * and the record gets all of it in one transaction.  There are as many tasks as jobs, and no more processes than that.
 * Nothing is kept here that is needed after a kill: the record says which cells are done, a run's folder how far it
 * is. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "sweep/job.h"

#include "emit/built.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { NOT_FINITE = 4, INTERRUPTED = 130 };           /* exit codes of a trainer */

typedef enum Phase { WAIT_FOR_BUILD, TRAIN, SAY_NOT_FINITE, WAIT_FOR_MAPS, MEASURE } Phase;

typedef struct Task {
    int cell;
    bool measured_later;               /* the cell is done already, but for maps */
    Phase phase;
    int map;                           /* the next of the cell's settings of maps */
    pid_t child;                       /* 0: none runs */
    const char *run, *log;
    int64_t log_start;                 /* bytes of the log before this try */
} Task;

typedef enum BuildState { BUILD_UNKNOWN, BUILD_RUNS, BUILD_READY, BUILD_FAILED } BuildState;

typedef struct Building {
    BuildState state;
    pid_t child;
    int answer;                        /* where the child says the name */
    const char *name, *log, *reason;
} Building;

typedef struct Sweep {
    Arena *arena;
    const Cells *cells;
    const SweepOptions *options;
    const char *folder;
    const bool *chosen;
    Record *record;
    Watch watch;
    int jobs, threads;
    int n_tasks, n_builders, n_built;
    Task *tasks;                       /* [jobs] */
    Building *builds;                  /* [n_builds] */
    const Member **member;             /* [n_cells]: the first that names the cell */
    bool *later;                       /* [n_cells]: done, without all of its maps, which are measured now */
    int n_chosen, n_ended;             /* cells; those that ended in this sweep */
    int stopped;                       /* the signal that asked for an end */
    bool failed, full;                 /* some cell failed; the disk is full, and what could not be written */
    const char *full_reason;
    double began, beat;
} Sweep;

static bool exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

static int n_children(const Sweep *s)
{
    int n = s->n_builders;
    for (int i = 0; i < s->n_tasks; i++) n += s->tasks[i].child != 0;
    return n;
}

static bool stopping(const Sweep *s) { return s->stopped || s->full || (s->failed && s->options->fail_fast); }

/* ---- logs ---- */

/* A log that a process adds to.  Without it nothing can be run: the disk is full, or no place to write. */
static int open_log(const char *path)
{
    const int log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (log < 0) fail("%s: cannot write: %s", path, strerror(errno));
    return log;
}

static int64_t size_of(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 ? info.st_size : 0;
}

/* The last line that a process added to its log and that is no blank; NULL: there is none.  A compiler's is the first
 * that says error. */
static const char *last_line(Arena *arena, const char *path, int64_t start)
{
    RtText text = {0};
    RtError error = {0};
    const char *found = NULL;
    if (rt_file_read(path, 1 << 26, &text, &error) && (int64_t)text.length > start) {
        char *at = arena_copy(arena, text.data + start);
        for (char *line; (line = strsep(&at, "\n"));) {
            if (line[strspn(line, " \t\r")]) found = line;
            if (strstr(line, "error:")) break;
        }
    }
    rt_text_free(&text);
    return found;
}

/* Did a process end because nothing more can be written?  Its log may have found no room either. */
static bool is_full(const Sweep *s, const char *reason)
{
    enum { TOO_LITTLE = 1 << 16 };
    struct statvfs about;
    return strstr(reason, strerror(ENOSPC)) || strstr(reason, strerror(EDQUOT)) ||
           (statvfs(s->folder, &about) == 0 && about.f_bavail * about.f_frsize < TOO_LITTLE);
}

/* ---- what is printed ---- */

static void say(const Sweep *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(const Sweep *s, const char *format, ...)
{
    va_list arguments;
    if (s->options->json) return;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

static const char *name_of(const Sweep *s, int cell)
{
    const Member *m = s->member[cell];
    return arena_format(s->arena, "%s  %s  %s  seed %llu", m->graph, m->variant, m->data, (unsigned long long)m->seed);
}

static const char *time_text(Arena *arena, double seconds)
{
    if (seconds < 100) return arena_format(arena, "%.1f s", seconds);
    return seconds < 6000 ? arena_format(arena, "%.0f min", seconds / 60)
                          : arena_format(arena, "%.1f h", seconds / 3600);
}

/* The metric by which a run is told from others at a glance, "" where there is none. */
static const char *result_of(const Sweep *s, const Cell *c)
{
    static const char *const names[] = {"accuracy", "loss"};
    const char *set = c->validation ? "val" : "test";
    for (int i = 0; i < 2; i++) {
        sqlite3_stmt *row = record_query(s->record, "SELECT value FROM metric WHERE key = ? AND maps = '' AND name = ?",
                                         "tt", c->key, arena_format(s->arena, "%s_%s", set, names[i]));
        const double value = record_row(s->record, row) ? record_real(row, 0) : NAN;
        sqlite3_reset(row);
        if (!isnan(value)) return arena_format(s->arena, "  %s %.4f", names[i], value);
    }
    return "";
}

static void say_done(Sweep *s, int cell)
{
    const Cell *c = &s->cells->cells[cell];
    sqlite3_stmt *row = record_query(s->record, "SELECT seconds FROM cell WHERE key = ?", "t", c->key);
    const double seconds = record_row(s->record, row) ? record_real(row, 0) : NAN;
    sqlite3_reset(row);
    const double each = (rt_seconds() - s->began) / (s->n_ended ? s->n_ended : 1);
    const int done = (int)record_count(s->record, CELL_DONE), left = s->n_chosen - done;
    say(s, "%d/%d  %s%s  %s%s%s", done, s->n_chosen, name_of(s, cell), result_of(s, c),
        time_text(s->arena, seconds), left ? ", " : "",
        left ? arena_format(s->arena, "%s left", time_text(s->arena, each * left)) : "");
}

/* ---- tasks ---- */

static void drop_task(Sweep *s, Task *t) { *t = s->tasks[--s->n_tasks]; }

static void fail_task(Sweep *s, Task *t, const char *reason, const char *log)
{
    const Cell *c = &s->cells->cells[t->cell];
    if (is_full(s, reason)) {
        s->full = true, s->full_reason = reason;
        if (!t->measured_later) record_end(s->record, c->key, CELL_INTERRUPTED, reason);
    } else {
        s->failed = true, s->n_ended++;
        if (!t->measured_later) record_end(s->record, c->key, CELL_FAILED, reason);
        fprintf(stderr, "failed: %s: %s\n        its log is %s\n", name_of(s, t->cell), reason, log);
    }
    drop_task(s, t);
}

/* Metrics of maps as job_measure leaves them. */
static RecordMaps read_maps(Arena *arena, const char *path, const char *maps)
{
    RtText text = {0};
    RtError error = {0};
    RtJson json;
    if (!rt_file_read(path, 1 << 24, &text, &error) || !rt_json_parse(text.data, text.length, path, &json, &error))
        fail("%s", error.text);
    const RtJsonNode *top = &json.nodes[0];
    RecordValue *values = arena_array(arena, top->n, sizeof *values);
    int n = 0;
    for (int i = top->first; i; i = json.nodes[i].next)
        values[n++] = (RecordValue){arena_copy(arena, json.nodes[i].key),
                                    json.nodes[i].kind == RT_JSON_NUMBER ? json.nodes[i].number : NAN};
    rt_json_free(&json);
    rt_text_free(&text);
    return (RecordMaps){maps, n, values};
}

/* Puts all that a run left into the record.  What only a run under way needs goes then: its checkpoint is three times
 * as large as its weights. */
static void finish_task(Sweep *s, Task *t)
{
    const Cell *c = &s->cells->cells[t->cell];
    RecordMaps *maps = arena_array(s->arena, c->n_maps, sizeof *maps);
    RtText bits = {0};
    RtError error = {0}, none = {0};
    for (int i = 0; i < c->n_maps; i++) {
        const char *setting = record_maps_text(s->arena, c->maps[i]), *path = maps_path(s->arena, t->run, setting);
        maps[i] = exists(path) ? read_maps(s->arena, path, setting) : (RecordMaps){.maps = setting};
        if (t->measured_later && maps[i].n) record_add_maps(s->record, c->key, &maps[i]);
    }
    const bool has_bits = rt_file_read(correct_path(s->arena, t->run), 1 << 26, &bits, &none);
    const RecordResult result = {.folder = t->run + strlen(s->folder) + 1,
                                 .n_maps = c->n_maps,
                                 .maps = maps,
                                 .correct = has_bits ? (const uint8_t *)bits.data : NULL,
                                 .correct_bytes = bits.length};
    const bool ok = t->measured_later || record_done(s->record, c->key, &result, &error);
    rt_text_free(&bits);
    if (!ok) {
        fail_task(s, t, error.text, t->log);
        return;
    }
    unlink(arena_format(s->arena, "%s/checkpoint.safetensors", t->run));
    unlink(arena_format(s->arena, "%s/lock", t->run));
    unlink(correct_path(s->arena, t->run));
    for (int i = 0; i < c->n_maps; i++) unlink(maps_path(s->arena, t->run, maps[i].maps));
    s->n_ended++;
    say_done(s, t->cell);
    drop_task(s, t);
}

static bool has_maps(const Sweep *s, const Task *t)
{
    const Cell *c = &s->cells->cells[t->cell];
    const char *setting = record_maps_text(s->arena, c->maps[t->map]);
    return exists(maps_path(s->arena, t->run, setting)) ||
           (t->measured_later && record_has_maps(s->record, c->key, setting));
}

/* Goes on to the next maps of a run that is trained. */
static void go_on_to_maps(Sweep *s, Task *t)
{
    const Cell *c = &s->cells->cells[t->cell];
    t->phase = WAIT_FOR_MAPS;
    while (t->map < c->n_maps && has_maps(s, t)) t->map++;
    if (t->map == c->n_maps) finish_task(s, t);
}

/* ---- processes ---- */

/* Returns the process number; in the child, 0.  What it says goes to the log. */
static pid_t begin_child(Sweep *s, const char *log)
{
    const int output = open_log(log);
    const pid_t child = child_begin(&s->watch, output);
    if (child < 0) fail("tailor: cannot start a process: %s", strerror(errno));
    close(output);
    return child;
}

static void begin_build(Sweep *s, int build)
{
    Building *b = &s->builds[build];
    const Build *of = &s->cells->builds[build];
    int answer[2];
    b->log = arena_format(s->arena, "%s/logs/build-%.16s.txt", s->folder, of->graph_hash);
    if (pipe2(answer, O_CLOEXEC) != 0) fail("tailor: cannot start a process: %s", strerror(errno));
    unlink(b->log);
    b->child = begin_child(s, b->log);
    if (b->child == 0) job_build(s->folder, of, answer[1]);
    close(answer[1]);
    b->answer = answer[0];
    b->state = BUILD_RUNS;
    s->n_builders++;
}

static void end_build(Sweep *s, Building *b, int code)
{
    char name[512];
    const ssize_t n = read(b->answer, name, sizeof name - 1);
    close(b->answer);
    s->n_builders--;
    if (code == 0 && n > 0) {
        name[n] = 0;
        b->name = arena_copy(s->arena, name);
        b->state = BUILD_READY;
        s->n_built++;
        unlink(b->log);
        return;
    }
    const char *line = last_line(s->arena, b->log, 0);
    b->reason = line ? line : arena_format(s->arena, "its build ended with %d", code);
    b->state = BUILD_FAILED;
    if (!s->full && is_full(s, b->reason)) s->full = true, s->full_reason = b->reason;
}

/* The build by which the run in the folder was begun, if it can go on by it: it has begun, the trainer is there, and
 * is of this version of tailor.  NULL: it is to begin anew. */
static const char *begun_by(const Sweep *s, const char *run)
{
    char link[RT_MAX_PATH];
    const ssize_t n = readlink(arena_format(s->arena, "%s/c", run), link, sizeof link - 1);
    const char *builds = "../../builds/";
    if (n <= 0 || n == sizeof link - 1 || !exists(arena_format(s->arena, "%s/checkpoint.safetensors", run)))
        return NULL;
    link[n] = 0;
    char *name = link + strlen(builds), *slash = strncmp(link, builds, strlen(builds)) ? NULL : strchr(name, '/');
    if (!slash || strcmp(slash, "/c")) return NULL;
    *slash = 0;
    if (!strrchr(name, '-')) return NULL;
    const char *build = arena_copy(s->arena, name), *model = model_name(s->arena, build);
    const char *path = arena_format(s->arena, "%s/c/%s.json", run, model);
    RtText text = {0};
    RtJson json = {0};
    RtError error = {0};
    bool same = false;
    if (rt_file_read(path, 1 << 26, &text, &error) && rt_json_parse(text.data, text.length, path, &json, &error)) {
        const RtJsonNode *version = rt_json_get(&json, json.nodes, "tailor_version"),
                         *numerics = rt_json_get(&json, json.nodes, "numerics");
        same = version && version->kind == RT_JSON_STRING && !strcmp(version->string, TAILOR_VERSION) && numerics &&
               numerics->is_integer && numerics->integer == TAILOR_NUMERICS;
        rt_json_free(&json);
    }
    rt_text_free(&text);
    return same && exists(arena_format(s->arena, "%s/c/%s", run, model)) ? build : NULL;
}

/* Is the run in the folder finished, as this version of tailor would finish it? */
static bool is_finished(const Sweep *s, const Cell *c, const char *run)
{
    const char *path = arena_format(s->arena, "%s/run.json", run);
    RtText text = {0};
    RtJson json = {0};
    RtError error = {0};
    bool is = false;
    if (rt_file_read(path, 1 << 26, &text, &error) && rt_json_parse(text.data, text.length, path, &json, &error)) {
        const RtJsonNode *hash = rt_json_get(&json, json.nodes, "experiment_hash"),
                         *numerics = rt_json_get(&json, json.nodes, "numerics");
        is = hash && hash->kind == RT_JSON_STRING && !strcmp(hash->string, c->key) && numerics &&
             numerics->is_integer && numerics->integer == TAILOR_NUMERICS;
        rt_json_free(&json);
    }
    rt_text_free(&text);
    return is;
}

static void begin_training(Sweep *s, Task *t, const char *build, bool anew)
{
    const Cell *c = &s->cells->cells[t->cell];
    record_place(s->record, c->key, t->run + strlen(s->folder) + 1);
    t->phase = TRAIN;
    if (anew) unlink(t->log);
    t->log_start = size_of(t->log);
    t->child = begin_child(s, t->log);
    if (t->child == 0) job_train(s->folder, c, build, anew, s->threads);
}

/* Begins what a new task needs first. */
static void begin_task(Sweep *s, int cell, bool measured_later)
{
    const Cell *c = &s->cells->cells[cell];
    Task *t = &s->tasks[s->n_tasks++];
    *t = (Task){.cell = cell,
                .measured_later = measured_later,
                .phase = WAIT_FOR_BUILD,
                .run = run_folder(s->arena, s->folder, c),
                .log = arena_format(s->arena, "%s/logs/%.32s.txt", s->folder, c->key)};
    const char *build = measured_later ? NULL : begun_by(s, t->run);
    if (measured_later || is_finished(s, c, t->run)) go_on_to_maps(s, t);
    else if (build) begin_training(s, t, build, false);
}

static void after_training(Sweep *s, Task *t, int code)
{
    const Cell *c = &s->cells->cells[t->cell];
    if (code == 0) {
        go_on_to_maps(s, t);
        return;
    }
    if (code == INTERRUPTED || (code > 128 && stopping(s))) {
        record_end(s->record, c->key, CELL_INTERRUPTED, "");
        drop_task(s, t);
    } else if (code == NOT_FINITE) {
        t->phase = SAY_NOT_FINITE;
        t->child = begin_child(s, t->log);
        if (t->child == 0) job_say_not_finite(s->folder, c, &s->cells->builds[c->build]);
    } else {
        const char *line = last_line(s->arena, t->log, t->log_start);
        fail_task(s, t, code > 128 ? arena_format(s->arena, "the trainer ended by signal %d", code - 128)
                        : line     ? line
                                   : arena_format(s->arena, "the trainer ended with %d", code), t->log);
    }
}

static void after_measuring(Sweep *s, Task *t, int code)
{
    if (code == 0) go_on_to_maps(s, t);
    else if (stopping(s)) {
        if (!t->measured_later) record_end(s->record, s->cells->cells[t->cell].key, CELL_INTERRUPTED, "");
        drop_task(s, t);
    } else {
        const char *line = last_line(s->arena, t->log, t->log_start);
        fail_task(s, t, arena_format(s->arena, "its maps: %s", line ? line : "their measuring ended by a signal"),
                  t->log);
    }
}

/* Hears which processes have ended, and goes on with what they were for. */
static void hear(Sweep *s)
{
    int code;
    for (int i = 0; i < s->cells->n_builds; i++)
        if (s->builds[i].state == BUILD_RUNS && child_ended(s->builds[i].child, &code))
            end_build(s, &s->builds[i], code);
    for (int i = s->n_tasks - 1; i >= 0; i--) {          /* a task that ends makes room for the last one */
        Task *t = &s->tasks[i];
        if (!t->child || !child_ended(t->child, &code)) continue;
        t->child = 0;
        if (t->phase == TRAIN) after_training(s, t, code);
        else if (t->phase == MEASURE) after_measuring(s, t, code);
        else {
            const char *line = last_line(s->arena, t->log, t->log_start);
            fail_task(s, t, line ? line : "a value is not finite", t->log);
        }
    }
}

/* ---- what is begun next ---- */

/* The first build makes the runtime's objects, which the others then have. */
static bool can_build(const Sweep *s) { return s->n_builders == 0 || s->n_built > 0; }

/* Goes on with tasks that waited for a build, or for a process. */
static void go_on(Sweep *s)
{
    for (int i = s->n_tasks - 1; i >= 0 && n_children(s) < s->jobs; i--) {
        Task *t = &s->tasks[i];
        const Cell *c = &s->cells->cells[t->cell];
        Building *b = &s->builds[c->build];
        if (t->phase == WAIT_FOR_MAPS) {
            t->phase = MEASURE;
            t->log_start = size_of(t->log);
            t->child = begin_child(s, t->log);
            if (t->child == 0) job_measure(s->folder, c, c->maps[t->map], s->threads);
        } else if (t->phase == WAIT_FOR_BUILD && b->state == BUILD_UNKNOWN && can_build(s)) begin_build(s, c->build);
        else if (t->phase == WAIT_FOR_BUILD && b->state == BUILD_READY) begin_training(s, t, b->name, true);
        else if (t->phase == WAIT_FOR_BUILD && b->state == BUILD_FAILED) fail_task(s, t, b->reason, b->log);
    }
}

/* Takes the next cell.  false: there is none, or none now; *rest: other sweeps run some. */
static bool take(Sweep *s, bool *rest)
{
    int cell = 0;
    *rest = false;
    switch (record_take(s->record, &cell)) {
    case TAKE_CELL: begin_task(s, cell, false); return true;
    case TAKE_LATER: *rest = true; break;
    case TAKE_NONE: break;
    }
    while (cell < s->cells->n_cells && !s->later[cell]) cell++;
    if (cell == s->cells->n_cells) return false;
    s->later[cell] = false;
    begin_task(s, cell, true);
    return true;
}

/* A process is free, and all tasks wait for builds that are being made: the next build that is needed is made too. */
static void build_ahead(Sweep *s)
{
    if (!can_build(s) || n_children(s) >= s->jobs) return;
    for (int i = 0; i < s->cells->n_cells; i++) {
        const Cell *c = &s->cells->cells[i];
        if (!s->chosen[i] || s->builds[c->build].state != BUILD_UNKNOWN) continue;
        const CellState state = record_state(s->record, c->key);
        if (state != CELL_QUEUED && state != CELL_INTERRUPTED) continue;
        begin_build(s, c->build);
        return;
    }
}

/* Begins all that can be; returns whether anything is left to wait for. */
static bool begin(Sweep *s)
{
    bool rest = false;
    go_on(s);
    while (s->n_tasks < s->jobs && n_children(s) < s->jobs && !stopping(s) && take(s, &rest)) go_on(s);
    if (s->n_tasks == s->jobs && !stopping(s)) build_ahead(s);
    return s->n_tasks > 0 || s->n_builders > 0 || rest;
}

/* ---- the end ---- */

static void tell_children(const Sweep *s)
{
    for (int i = 0; i < s->n_tasks; i++)
        if (s->tasks[i].child) kill(s->tasks[i].child, SIGTERM);
    for (int i = 0; i < s->cells->n_builds; i++)
        if (s->builds[i].state == BUILD_RUNS) kill(s->builds[i].child, SIGTERM);
}

/* Beats, and gives up runs that another sweep took over. */
static void beat(Sweep *s)
{
    if (rt_seconds() - s->beat < BEAT_SECONDS) return;
    record_beat(s->record);
    s->beat = rt_seconds();
    for (int i = s->n_tasks - 1; i >= 0; i--) {
        Task *t = &s->tasks[i];
        if (t->measured_later || record_holds(s->record, s->cells->cells[t->cell].key)) continue;
        if (t->child) kill(t->child, SIGTERM);
        drop_task(s, t);
    }
}

/* Gives back the cells of tasks that had no process yet. */
static void give_back(Sweep *s)
{
    for (int i = s->n_tasks - 1; i >= 0; i--) {
        Task *t = &s->tasks[i];
        if (t->child) continue;
        if (!t->measured_later) record_end(s->record, s->cells->cells[t->cell].key, CELL_INTERRUPTED, "");
        drop_task(s, t);
    }
}

static void run(Sweep *s)
{
    bool told = false;
    for (;;) {
        hear(s);
        if (!stopping(s) && !begin(s)) return;
        if (stopping(s)) {
            if (!told) tell_children(s);
            told = true;
            give_back(s);
            if (!n_children(s)) return;
        }
        beat(s);
        const int number = watch_wait(&s->watch, 1);
        if (number && number != SIGCHLD) {
            if (told) tell_children(s);                   /* a second time: trainers end at once */
            s->stopped = number;
        }
    }
}

/* ---- the beginning ---- */

/* The graph files of all builds that are needed, as they are now: what is edited from here on changes no cell. */
static void copy_graphs(Sweep *s, const bool *wanted)
{
    enum { MOST = 64 };
    pid_t child[MOST];
    int said[MOST], code;
    const int n = cores() < MOST ? cores() : MOST;
    for (int i = 0; i < n; i++) {
        said[i] = memfd_create("messages", MFD_CLOEXEC);
        child[i] = said[i] < 0 ? -1 : child_begin(&s->watch, said[i]);
        if (child[i] < 0) fail("tailor: cannot start a process: %s", strerror(errno));
        if (child[i] == 0) job_copy(s->folder, s->cells, wanted, i, n);
    }
    for (int i = 0; i < n; i++) {
        char text[4096];
        while (!child_ended(child[i], &code)) {
            const int number = watch_wait(&s->watch, 1);
            if (number && number != SIGCHLD) s->stopped = number;
        }
        const ssize_t length = pread(said[i], text, sizeof text, 0);
        if (code) fail("%.*s", (int)(length > 0 && text[length - 1] == '\n' ? length - 1 : length), text);
        close(said[i]);
    }
}

static void make_folders(const Sweep *s)
{
    static const char *const names[] = {"logs", "builds", "runs"};
    RtError error = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!rt_folder_make(arena_format(s->arena, "%s/%s", s->folder, names[i]), &error)) fail("%s", error.text);
    remove_unfinished(s->arena, arena_format(s->arena, "%s/builds", s->folder));
}

/* A cell that is done, but for maps that another experiment did not ask for. */
static void look_for_maps(Sweep *s, int cell)
{
    const Cell *c = &s->cells->cells[cell];
    const char *run = run_folder(s->arena, s->folder, c);
    for (int i = 0; i < c->n_maps && !s->later[cell]; i++)
        s->later[cell] = !record_has_maps(s->record, c->key, record_maps_text(s->arena, c->maps[i]));
    if (!s->later[cell] || exists(arena_format(s->arena, "%s/weights.safetensors", run))) return;
    fprintf(stderr, "failed: %s: its maps are not measured, and its run is not here\n", name_of(s, cell));
    s->later[cell] = false;
    s->failed = true;
}

/* Looks at what is done and what is to be done: wanted[n_builds] becomes true where a cell is to be run. */
static void look_at_cells(Sweep *s, bool *wanted)
{
    for (int i = 0; i < s->cells->n_members; i++) {
        const Member *m = &s->cells->members[i];
        if (!s->member[m->cell]) s->member[m->cell] = m;
    }
    for (int i = 0; i < s->cells->n_cells; i++) {
        const Cell *c = &s->cells->cells[i];
        if (!s->chosen[i]) continue;
        const CellState state = record_state(s->record, c->key);
        s->n_chosen++;
        if (state == CELL_DONE) look_for_maps(s, i);
        else if (state != CELL_FAILED) wanted[c->build] = true;
        /* the sweep may have been killed between the record and this */
        if (state == CELL_DONE)
            unlink(arena_format(s->arena, "%s/checkpoint.safetensors", run_folder(s->arena, s->folder, c)));
    }
}

/* What there is to say when some cells are left; returns the exit code. */
static int stopped_early(const Sweep *s)
{
    RtText file = {0}, folder = {0};
    rt_text_word(&file, s->cells->file->source.path);
    rt_text_word(&folder, s->folder);
    const char *how = file.failed || folder.failed
                          ? "the same command"
                          : arena_format(s->arena, "tailor sweep %s --out %s", file.data, folder.data);
    const long long left = s->n_chosen - record_count(s->record, CELL_DONE);
    if (s->full) fprintf(stderr, "%s: the disk is full: %s\n", s->folder, s->full_reason);
    fprintf(stderr, "%s with %lld of %d cells left; %s goes on%s\n", s->stopped ? "interrupted" : "stopped", left,
            s->n_chosen, how, s->full ? " when there is space" : "");
    rt_text_free(&file), rt_text_free(&folder);
    return s->stopped ? INTERRUPTED : 1;
}

int sweep_run(Arena *arena, const Cells *cells, const SweepOptions *options)
{
    Sweep s = {.arena = arena,
               .cells = cells,
               .options = options,
               .folder = options->folder,
               .chosen = cells_of_shard(arena, cells, options->shard),
               .record = record_open(arena, options->folder, true),
               .jobs = (int)options->jobs,
               .threads = cores() / (int)options->jobs ? cores() / (int)options->jobs : 1,
               .tasks = arena_array(arena, options->jobs, sizeof *s.tasks),
               .builds = arena_array(arena, cells->n_builds, sizeof *s.builds),
               .member = arena_array(arena, cells->n_cells, sizeof *s.member),
               .later = arena_array(arena, cells->n_cells, sizeof *s.later),
               .began = rt_seconds(),
               .beat = rt_seconds()};
    bool *wanted = arena_array(arena, cells->n_builds, sizeof *wanted);
    record_add(s.record, cells);
    record_choose(s.record, cells, s.chosen, options->retry_failed, options->rerun_stale);
    make_folders(&s);
    watch_begin(&s.watch);
    look_at_cells(&s, wanted);
    copy_graphs(&s, wanted);
    run(&s);
    int code = s.failed || record_count(s.record, CELL_FAILED) ? 1 : 0;
    if (stopping(&s)) code = stopped_early(&s);
    else if (options->json) print_outcome(s.record, cells, s.chosen);
    record_close(s.record);
    return code;
}
