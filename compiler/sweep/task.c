/* task.c - what is done for a cell: its run goes on or begins, its maps are measured, the record gets what came of
 * it. */
#include "sweep/runner.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

bool stopping(const Sweep *s) { return s->stopped || s->full || s->unable || (s->failed && s->options->fail_fast); }

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

pid_t begin_process(Sweep *s, const char *log)
{
    const int output = open_log(log);
    const pid_t child = child_begin(&s->watch, output);
    if (child < 0) fail("tailor: cannot start a process: %s", strerror(errno));
    close(output);
    return child;
}

/* ---- the end of a task ---- */

/* The trainer has ended, so its lock can go.  A process that waits for it looks whether it is still the file it was. */
static void drop_task(Sweep *s, Task *t)
{
    unlink(arena_format(s->arena, "%s/lock", t->run));
    *t = s->tasks[--s->n_tasks];
}

void fail_task(Sweep *s, Task *t, const char *reason, const char *text, const char *log)
{
    const Cell *c = &s->cells->cells[t->cell];
    if (is_full(s, text)) {
        s->full = true, s->full_reason = reason;
        if (!t->measured_later) record_end(s->record, c->key, CELL_INTERRUPTED, reason);
    } else {
        s->failed = true, s->n_ended++;
        if (!t->measured_later) record_end(s->record, c->key, CELL_FAILED, reason);
        rt_display_clear(s->line);
        fprintf(stderr, "%sfailed%s: %s: %s\n        its log is %s\n", s->line->colours ? "\033[31m" : "",
                s->line->colours ? "\033[0m" : "", name_of(s, t->cell), reason, log);
    }
    drop_task(s, t);
}

/* Metrics of maps as job_measure leaves them; none where they are in the record already, by another sweep. */
static RecordMaps read_maps(Arena *arena, const char *path, const char *maps)
{
    RtText text = {0};
    RtError error = {0};
    RtJson json;
    const bool read = rt_file_read(path, 1 << 24, &text, &error);
    if (!read && !exists(path)) return (RecordMaps){.maps = maps};
    if (!read || !rt_json_parse(text.data, text.length, path, &json, &error)) fail("%s", error.text);
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

void give_back_task(Sweep *s, Task *t)
{
    const CellState state = t->phase == WAIT_FOR_BUILD ? CELL_QUEUED : CELL_INTERRUPTED;
    if (!t->measured_later) record_end(s->record, s->cells->cells[t->cell].key, state, "");
    drop_task(s, t);
}

void lose_task(Sweep *s, Task *t)
{
    if (t->child) kill(t->child, SIGTERM);
    *t = s->tasks[--s->n_tasks];
}

/* Puts all that a run left into the record.  What only a run under way needs goes then: its checkpoint is three times
 * as large as its weights. */
static void finish_task(Sweep *s, Task *t)
{
    const Cell *c = &s->cells->cells[t->cell];
    RecordMaps *maps = arena_array(s->arena, c->n_maps, sizeof *maps);
    RtText bits = {0};
    RtError error = {0}, none = {0};
    if (!t->measured_later && !record_holds(s->record, c->key)) {       /* what lies here is the other sweep's */
        lose_task(s, t);
        return;
    }
    for (int i = 0; i < c->n_maps; i++) {
        const char *setting = record_maps_text(s->arena, c->maps[i]);
        maps[i] = read_maps(s->arena, maps_path(s->arena, t->run, setting), setting);
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
        fail_task(s, t, error.text, error.text, t->log);
        return;
    }
    unlink(arena_format(s->arena, "%s/checkpoint.safetensors", t->run));
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

/* ---- its processes ---- */

/* Is there a checkpoint that can be read?  With a damaged one the run would fail each time that it is tried again. */
static bool has_checkpoint(const Sweep *s, const char *run)
{
    RtArrays arrays = {0};
    RtError error = {0};
    const char *path = arena_format(s->arena, "%s/checkpoint.safetensors", run);
    const bool is = exists(path) && rt_tensors_read(path, &arrays, &error);
    rt_tensors_free(&arrays);
    return is;
}

/* The build by which the run in the folder was begun, if it can go on by it: it has begun, the trainer is there, and
 * is of this version of tailor.  NULL: it is to begin anew. */
static const char *begun_by(const Sweep *s, const char *run)
{
    char link[RT_MAX_PATH];
    const ssize_t n = readlink(arena_format(s->arena, "%s/c", run), link, sizeof link - 1);
    const char *builds = "../../builds/";
    if (n <= 0 || n == sizeof link - 1 || !has_checkpoint(s, run)) return NULL;
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
    t->child = begin_process(s, t->log);
    if (t->child == 0) job_train(s->folder, c, build, anew, s->threads);
}

void begin_task(Sweep *s, int cell, bool measured_later)
{
    const Cell *c = &s->cells->cells[cell];
    Task *t = &s->tasks[s->n_tasks++];
    *t = (Task){.cell = cell,
                .name = name_of(s, cell),
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
    if (code == TRAINER_INTERRUPTED || (code > 128 && stopping(s))) give_back_task(s, t);
    else if (code == TRAINER_NOT_FINITE) {
        t->phase = SAY_NOT_FINITE;
        t->child = begin_process(s, t->log);
        if (t->child == 0) job_say_not_finite(s->folder, c, &s->cells->builds[c->build]);
    } else {
        const char *text = said(s->arena, t->log, t->log_start), *line = last_line(s->arena, text);
        const char *reason = code > 128 ? arena_format(s->arena, "the trainer ended by signal %d", code - 128)
                             : line     ? line
                                        : arena_format(s->arena, "the trainer ended with %d", code);
        fail_task(s, t, reason, code > 128 && !*text ? reason : text, t->log);
    }
}

static void after_measuring(Sweep *s, Task *t, int code)
{
    if (code == 0) go_on_to_maps(s, t);
    else if (stopping(s)) give_back_task(s, t);
    else {
        const char *text = said(s->arena, t->log, t->log_start), *line = last_line(s->arena, text);
        if (no_compiler(text)) {
            s->unable = text;
            give_back_task(s, t);
            return;
        }
        const char *reason = code > 128 ? arena_format(s->arena, "its maps: measuring ended by signal %d", code - 128)
                                        : arena_format(s->arena, "its maps: %s", line ? line : "could not be measured");
        fail_task(s, t, reason, code > 128 && !*text ? reason : text, t->log);
    }
}

void after_process(Sweep *s, Task *t, int code)
{
    t->child = 0;
    if (t->phase == TRAIN) after_training(s, t, code);
    else if (t->phase == MEASURE) after_measuring(s, t, code);
    else {
        const char *text = said(s->arena, t->log, t->log_start), *line = last_line(s->arena, text);
        fail_task(s, t, line ? line : "a value is not finite", text, t->log);
    }
}

void train_task(Sweep *s, Task *t, const char *build) { begin_training(s, t, build, true); }

void measure_task(Sweep *s, Task *t)
{
    const Cell *c = &s->cells->cells[t->cell];
    t->phase = MEASURE;
    t->log_start = size_of(t->log);
    t->child = begin_process(s, t->log);
    if (t->child == 0) job_measure(s->folder, c, c->maps[t->map], s->threads);
}
