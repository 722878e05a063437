/* plan.c - `tailor plan`: the memory planner alone, for tables of buffers in the CSV format of MiniMalloc. */
#include "command/command.h"
#include "place/table.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char plan_usage[] =
    "usage: tailor plan FILE.csv [--capacity BYTES] [--seconds S] [-o FILE] [--json]\n\n"
    "Finds an offset for every buffer of a table, such that no two that are live at once share a byte, and prints the table with a\n"
    "column offset.  Columns are those of MiniMalloc: id, lower, upper (the first time at which it is no longer live), size, in any\n"
    "order; alignment if there is one; names of plan.csv files are known too.  docs/planner.md says the rest.\n"
    "  --capacity BYTES   every buffer ends by it, or exit 1; without it the workspace is as small as is found\n"
    "  --seconds S        how long to look for it (default 60); it ends as soon as nothing better can exist\n"
    "  -o FILE            the table goes there\n"
    "  --json             a record of the result on stdout, in place of the table\n";

static double seconds_argument(const char *text)
{
    char *end;
    double seconds = text ? strtod(text, &end) : 60;
    if (text && (end == text || *end || !isfinite(seconds) || seconds < 0 || seconds > 1e9))
        usage_error("--seconds takes a number of seconds from 0 to 1000000000, not '%s'", text);
    return seconds;
}

/* Nothing that ends by the capacity was found. */
static _Noreturn void report_failure(const PlanTable *t, const PlaceLimits *limits, const Placement *p)
{
    if (p->bound > limits->capacity)
        fail("%s: no placement can exist: %lld bytes are live at once, against a capacity of %lld", t->path, (long long)p->bound, (long long)limits->capacity);
    if (p->least > limits->capacity)
        fail("%s: no placement exists: all that end by the capacity of %lld were ruled out, although only %lld bytes are live at once", t->path,
             (long long)limits->capacity, (long long)p->bound);
    fail("%s: no placement was found within %g seconds: the best ends at %lld, against a capacity of %lld; %lld bytes are live at once", t->path,
         limits->seconds, (long long)p->end, (long long)limits->capacity, (long long)p->bound);
}

static void print_record(const PlanTable *t, const PlaceLimits *limits, const Placement *p)
{
    RtJsonWriter json = {0};
    rt_json_open(&json, NULL, '{');
    rt_json_integer(&json, "buffers", t->n);
    rt_json_integer(&json, "workspace_bytes", p->end);
    rt_json_integer(&json, "workspace_lower_bound", p->bound);
    if (limits->capacity >= 0) rt_json_integer(&json, "capacity", limits->capacity);
    rt_json_bool(&json, "smallest", p->end <= p->least);
    rt_json_close(&json, '}');
    if (json.text.failed) fail("tailor: out of memory");
    puts(json.text.data);
    rt_text_free(&json.text);
}

/* A file whole or not at all; anything else that is there, /dev/null or a pipe, as it comes. */
static void write_table(const char *path, const char *text, size_t length)
{
    struct stat state;
    RtError error = {0};
    if (stat(path, &state) != 0 || S_ISREG(state.st_mode) || S_ISDIR(state.st_mode)) {
        if (!rt_file_write(path, text, length, &error)) fail("%s", error.text);
        return;
    }
    FILE *file = fopen(path, "w");
    bool good = file && fwrite(text, 1, length, file) == length;
    if ((file && fclose(file) != 0) || !good) fail("%s: cannot write: %s", path, strerror(errno));
}

int command_plan(int argc, char **argv)
{
    Arguments a = arguments_parse(argc, argv, "ojl", plan_usage, 1, 1);
    PlaceLimits limits = {.capacity = a.capacity ? number_argument("--capacity", a.capacity, 0, INT64_MAX - 1) : -1, .seconds = seconds_argument(a.seconds)};
    Arena *arena = arena_new();
    PlanTable *t = plan_table_read(arena, a.positional[0]);
    limits.alignment = t->alignment;
    Placement placement = place_within(arena, t->n, t->items, &limits);
    if (!placement.found) report_failure(t, &limits, &placement);
    const char *wrong = place_validate(arena, t->n, t->items);
    if (wrong) bug("plan: %s", wrong);
    for (int i = 0; i < t->n; i++)
        if (t->items[i].offset + t->items[i].size > placement.end || (t->alignment && t->items[i].offset % t->alignment[i]))
            bug("plan: %s ends too late or is not aligned", t->items[i].name);

    size_t length;
    const char *text = plan_table_text(t, &length);
    if (a.out) write_table(a.out, text, length);
    if (a.json) print_record(t, &limits, &placement);
    else {
        fprintf(stderr, "workspace %lld bytes, lower bound %lld (%.2f%% above)%s\n", (long long)placement.end, (long long)placement.bound,
                placement.bound ? 100.0 * (double)(placement.end - placement.bound) / (double)placement.bound : 0.0,
                placement.end > placement.bound && placement.end <= placement.least ? "; nothing smaller exists" : "");
        if (!a.out) fwrite(text, 1, length, stdout);
    }
    arena_free(arena);
    return 0;
}
