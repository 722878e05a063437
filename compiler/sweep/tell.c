/* tell.c - what a sweep prints, and what its processes said. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "sweep/runner.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

/* ---- logs ---- */

/* "" where it cannot be read. */
char *said(Arena *arena, const char *path, int64_t start)
{
    RtText text = {0};
    RtError error = {0};
    const bool more = rt_file_read(path, 1 << 26, &text, &error) && (int64_t)text.length > start;
    char *copy = arena_copy(arena, more ? text.data + start : "");
    rt_text_free(&text);
    return copy;
}

const char *last_line(Arena *arena, const char *text)
{
    const char *found = NULL;
    char *at = arena_copy(arena, text);
    for (char *line; (line = strsep(&at, "\n"));) {
        if (line[strspn(line, " \t\r")]) found = line;
        if (strstr(line, "error:") || strstr(line, strerror(ENOSPC))) break;
    }
    return found;
}

/* What it said may have found no room either: who fails says something. */
bool is_full(const Sweep *s, const char *text)
{
    enum { TOO_LITTLE = 1 << 16 };
    struct statvfs about;
    return !*text || strstr(text, strerror(ENOSPC)) || strstr(text, strerror(EDQUOT)) ||
           (statvfs(s->folder, &about) == 0 && about.f_bavail * about.f_frsize < TOO_LITTLE);
}

bool no_compiler(const char *text)
{
    static const char *const ended = " 127";             /* the exit code of a shell that does not find a program */
    const char *at = strstr(text, "make: *** ");
    const size_t n = at ? strcspn(at, "\n") : 0;
    return n > strlen(ended) && !strncmp(at + n - strlen(ended), ended, strlen(ended));
}

/* ---- what is printed ---- */

static void say(const Sweep *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(const Sweep *s, const char *format, ...)
{
    va_list arguments;
    if (s->options->json || s->options->quiet) return;
    rt_display_clear(s->line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

const char *name_of(const Sweep *s, int cell)
{
    const Member *m = s->member[cell];
    return arena_format(s->arena, "%s  %s  %s  seed %llu", shown_name(s->arena, m->graph),
                        shown_name(s->arena, m->variant), m->data, (unsigned long long)m->seed);
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

/* Seconds until all is done, as far as what ended in this sweep tells; NAN before any has. */
static double seconds_left(const Sweep *s, int left)
{
    return s->n_ended ? (rt_seconds() - s->began) / s->n_ended * left : NAN;
}

/* The images of the last epoch by the time that it took, its validation included; 0: not known.  row: a line of
 * log.csv as its names say; before: the one of the epoch before, NULL: there is none. */
static double images_per_second(const char *names, const char *row, const char *before, int64_t batch)
{
    const char *const lines[] = {row, before};
    double step[2] = {0, 0}, seconds[2] = {0, 0};
    for (int k = 0; k < 2; k++) {
        const char *name = names, *value = lines[k];
        while (name && value && *name) {
            if (!strncmp(name, "step,", 5)) step[k] = strtod(value, NULL);
            if (!strncmp(name, "seconds", 7) && (!name[7] || strchr(",\n", name[7]))) seconds[k] = strtod(value, NULL);
            name = strchr(name, ','), value = strchr(value, ',');
            if (name && value) name++, value++;
        }
    }
    const double images = (step[0] - step[1]) * (double)batch, took = seconds[0] - seconds[1];
    return images > 0 && took > 0 ? images / took : 0;
}

/* What a task's run said after its last epoch, from the end of its log.csv.  This is called ten times a second, so
 * nothing is taken from the arena. */
static void add_latest(RtDisplay *line, const Task *t, int64_t batch)
{
    char path[RT_MAX_PATH], head[2048], end[2048];
    const int length = snprintf(path, sizeof path, "%s/log.csv", t->run);
    FILE *file = length < (int)sizeof path ? fopen(path, "r") : NULL;
    if (!file) return;
    const bool has_head = fgets(head, sizeof head, file) && strchr(head, '\n');
    const long first = has_head ? ftell(file) : 0;
    if (fseek(file, -(long)(sizeof end - 1), SEEK_END) != 0 || ftell(file) < first) fseek(file, first, SEEK_SET);
    size_t n = fread(end, 1, sizeof end - 1, file);
    fclose(file);
    while (n && end[n - 1] != '\n') n--;               /* a line that is being written */
    if (!has_head || !n) return;
    end[n - 1] = 0;
    char *last = strrchr(end, '\n'), *row = last ? last + 1 : end, *names = head, *before = NULL;
    if (last) {
        *last = 0;
        before = strrchr(end, '\n') ? strrchr(end, '\n') + 1 : end;
    }
    const double speed = images_per_second(head, row, before, batch);
    for (char *name, *value; row && (name = strsep(&names, ",\n")) && (value = strsep(&row, ","));) {
        if (!strcmp(name, "epoch")) rt_display_add(line, 1, RT_PLAIN, "epoch %.9s", value);
        if (!strcmp(name, "val_loss")) rt_display_add(line, 1, RT_PLAIN, "loss %.4g", strtod(value, NULL));
        if (!strcmp(name, "val_accuracy")) rt_display_add(line, 1, RT_PLAIN, "accuracy %.4f", strtod(value, NULL));
    }
    if (speed > 0) rt_display_add(line, 1, RT_PLAIN, "%.0f images/s", speed);
}

/* Cells are named while there is room. */
void show_progress(const Sweep *s, bool stops)
{
    RtDisplay *line = s->line;
    if (s->options->quiet || !rt_display_due(line)) return;
    const int done = (int)record_count(s->record, CELL_DONE), failed = (int)record_count(s->record, CELL_FAILED);
    const double left = seconds_left(s, s->n_chosen - done - failed);
    int trained = 0, measured = 0;
    for (int i = 0; i < s->n_tasks; i++) {
        trained += s->tasks[i].child && s->tasks[i].phase == TRAIN;
        measured += s->tasks[i].child && s->tasks[i].phase == MEASURE;
    }
    rt_display_begin(line, false);
    rt_display_add(line, 0, RT_BOLD, "%d/%d cells", done, s->n_chosen);
    if (failed) rt_display_add(line, 2, RT_RED, "%d failed", failed);
    if (stops) rt_display_add(line, 2, RT_YELLOW, "stopping");
    if (!isnan(left)) rt_display_add(line, 2, RT_PLAIN, "%s left", rt_clock(left).text);
    if (s->n_builders) rt_display_add(line, 2, RT_PLAIN, "%d building", s->n_builders);
    if (trained) rt_display_add(line, 2, RT_PLAIN, "%d training", trained);
    if (measured) rt_display_add(line, 2, RT_PLAIN, "%d measuring maps", measured);
    for (int i = 0; i < s->n_tasks; i++)
        if (s->tasks[i].child) {
            rt_display_add(line, 3, RT_PLAIN, "%s", s->tasks[i].name);
            if (s->tasks[i].phase == TRAIN)
                add_latest(line, &s->tasks[i], s->cells->builds[s->cells->cells[s->tasks[i].cell].build].batch);
        }
    rt_display_show(line);
}

void say_done(const Sweep *s, int cell)
{
    const Cell *c = &s->cells->cells[cell];
    sqlite3_stmt *row = record_query(s->record, "SELECT seconds FROM cell WHERE key = ?", "t", c->key);
    const double seconds = record_row(s->record, row) ? record_real(row, 0) : NAN;
    sqlite3_reset(row);
    const int done = (int)record_count(s->record, CELL_DONE),
              left = s->n_chosen - done - (int)record_count(s->record, CELL_FAILED);
    say(s, "%d/%d  %s%s  %s%s%s", done, s->n_chosen, name_of(s, cell), result_of(s, c),
        time_text(s->arena, seconds), left ? ", " : "",
        left ? arena_format(s->arena, "%s left", time_text(s->arena, seconds_left(s, left))) : "");
}

void say_all(const Sweep *s)
{
    const int failed = (int)record_count(s->record, CELL_FAILED);
    RtText folder = {0};
    rt_text_word(&folder, s->folder);
    say(s, "%d of %d done%s; tailor table %s", (int)record_count(s->record, CELL_DONE), s->n_chosen,
        failed ? arena_format(s->arena, ", %d failed", failed) : "", folder.failed ? s->folder : folder.data);
    rt_text_free(&folder);
}

int stopped_early(const Sweep *s)
{
    RtText file = {0}, folder = {0};
    rt_text_word(&file, s->cells->file->source.path);
    rt_text_word(&folder, s->folder);
    const SweepOptions *o = s->options;
    const char *only = o->only ? arena_format(s->arena, " --only %s", o->only) : "";
    const char *shard = o->shard.of ? arena_format(s->arena, " --shard %lld/%lld", (long long)o->shard.number,
                                                   (long long)o->shard.of) : "";
    const char *how = file.failed || folder.failed
                          ? "the same command"
                          : arena_format(s->arena, "tailor sweep %s --out %s%s%s", file.data, folder.data, only, shard);
    const long long left = s->n_chosen - record_count(s->record, CELL_DONE) - record_count(s->record, CELL_FAILED);
    if (s->unable) fputs(s->unable, stderr);
    if (s->full) fprintf(stderr, "%s: the disk is full: %s\n", s->folder, s->full_reason);
    remark("%s with %lld of %d cells left; %s goes on%s", s->stopped ? "interrupted" : "stopped", left,
           s->n_chosen, how, s->full ? " when there is space" : "");
    rt_text_free(&file), rt_text_free(&folder);
    return s->stopped ? TRAINER_INTERRUPTED : 1;
}
