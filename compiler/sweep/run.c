/* run.c - the runner of a sweep: builds, which process runs when, and the beginning and end of it all. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "sweep/runner.h"

#include "emit/built.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* ---- builds ---- */

static void begin_build(Sweep *s, int build)
{
    Building *b = &s->builds[build];
    const Build *of = &s->cells->builds[build];
    int answer[2];
    b->log = arena_format(s->arena, "%s/logs/build-%.16s-%ld.txt", s->folder, of->graph_hash, (long)getpid());
    if (pipe2(answer, O_CLOEXEC) != 0) fail("tailor: cannot start a process: %s", strerror(errno));
    unlink(b->log);
    b->child = begin_process(s, b->log);
    if (b->child == 0) job_build(s->folder, of, answer[1]);
    close(answer[1]);
    b->answer = answer[0];
    b->state = BUILD_RUNS;
    s->n_builders++;
}

/* Is it about what could not be compiled?  If so before the runtime is there, then no graph can be. */
static bool no_runtime(const char *text) { return strstr(text, "a C compiler") != NULL; }

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
    const char *builds = arena_format(s->arena, "%s/builds", s->folder);
    b->said = said(s->arena, b->log, 0);
    const char *line = last_line(s->arena, b->said);
    b->reason = code > 128 ? arena_format(s->arena, "its build ended by signal %d", code - 128)
                : line     ? line
                           : arena_format(s->arena, "its build ended with %d", code);
    if (code > 128 && !*b->said) b->said = b->reason;
    b->state = BUILD_FAILED;
    if (!s->full && is_full(s, b->said)) s->full = true, s->full_reason = b->reason;
    else if (no_compiler(b->said) || (no_runtime(b->said) && !runtime_is_kept(s->arena, builds))) s->unable = b->said;
}

/* Hears which processes have ended, and goes on with what they were for. */
static void hear(Sweep *s)
{
    int code;
    for (int i = 0; i < s->cells->n_builds; i++)
        if (s->builds[i].state == BUILD_RUNS && child_ended(s->builds[i].child, &code))
            end_build(s, &s->builds[i], code);
    for (int i = s->n_tasks - 1; i >= 0; i--)            /* a task that ends makes room for the last one */
        if (s->tasks[i].child && child_ended(s->tasks[i].child, &code)) after_process(s, &s->tasks[i], code);
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
        if (t->phase == WAIT_FOR_MAPS) measure_task(s, t);
        else if (t->phase == WAIT_FOR_BUILD && b->state == BUILD_UNKNOWN && can_build(s)) begin_build(s, c->build);
        else if (t->phase == WAIT_FOR_BUILD && b->state == BUILD_READY) train_task(s, t, b->name);
        else if (t->phase == WAIT_FOR_BUILD && b->state == BUILD_FAILED) fail_task(s, t, b->reason, b->said, b->log);
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
        /* it may be gone: another sweep has begun with a file that does not ask for it */
        if (record_number(s->record, "SELECT state = 'queued' FROM cell WHERE key = ?", "t", c->key) != 1) continue;
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
        if (!t->measured_later && !record_holds(s->record, s->cells->cells[t->cell].key)) lose_task(s, t);
    }
}

/* Gives back the cells of tasks that had no process yet. */
static void give_back(Sweep *s)
{
    for (int i = s->n_tasks - 1; i >= 0; i--) {
        Task *t = &s->tasks[i];
        if (!t->child) give_back_task(s, t);
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
        show_progress(s, stopping(s));
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
    static const char *const names[] = {"logs", "sources", "builds", "runs"};
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
    int n_failed = 0;
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
        else wanted[c->build] = true;                    /* one that failed too: another sweep may queue it again */
        n_failed += state == CELL_FAILED;
        /* the sweep may have been killed between the record and this */
        if (state == CELL_DONE)
            unlink(arena_format(s->arena, "%s/checkpoint.safetensors", run_folder(s->arena, s->folder, c)));
    }
    if (n_failed)
        fprintf(stderr, "%s: %d of %d cells failed before; sweep --status says why, --retry-failed runs them again\n",
                s->folder, n_failed, s->n_chosen);
    const int64_t stale = record_number(s->record,
        "SELECT count(*) FROM cell WHERE state = 'done' AND numerics < ? AND key IN (SELECT key FROM chosen)", "i",
        (int64_t)TAILOR_NUMERICS);
    if (stale)
        remark("%s: %lld of %d cells are stale, of numerics before %d; --rerun=stale runs them again", s->folder,
               (long long)stale, s->n_chosen, TAILOR_NUMERICS);
}

static const char *without_slash(Arena *arena, const char *folder)
{
    size_t n = strlen(folder);
    while (n > 1 && folder[n - 1] == '/') n--;
    return arena_format(arena, "%.*s", (int)n, folder);
}

int sweep_run(Arena *arena, const Cells *cells, const SweepOptions *options)
{
    RtDisplay line;
    Sweep s = {.arena = arena,
               .line = &line,
               .cells = cells,
               .options = options,
               .folder = without_slash(arena, options->folder),
               .chosen = cells_of_shard(arena, cells, options->shard),
               .record = record_open(arena, without_slash(arena, options->folder), true),
               .jobs = (int)options->jobs,
               .threads = cores() / (int)options->jobs ? cores() / (int)options->jobs : 1,
               .tasks = arena_array(arena, options->jobs, sizeof *s.tasks),
               .builds = arena_array(arena, cells->n_builds, sizeof *s.builds),
               .member = arena_array(arena, cells->n_cells, sizeof *s.member),
               .later = arena_array(arena, cells->n_cells, sizeof *s.later),
               .began = rt_seconds(),
               .beat = rt_seconds()};
    bool *wanted = arena_array(arena, cells->n_builds, sizeof *wanted);
    rt_display_open(&line);
    record_add(s.record, cells);
    record_choose(s.record, cells, s.chosen, options->retry_failed, options->rerun_stale);
    make_folders(&s);
    watch_begin(&s.watch);
    look_at_cells(&s, wanted);
    copy_graphs(&s, wanted);
    run(&s);
    rt_display_close(&line);
    int code = s.failed || record_count(s.record, CELL_FAILED) ? 1 : 0;
    if (stopping(&s)) code = stopped_early(&s);
    else if (options->json) print_outcome(s.record, cells, s.chosen);
    else say_all(&s);
    record_close(s.record);
    return code;
}
