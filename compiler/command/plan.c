/* plan.c - `tailor plan`: the memory planner alone, for tables of buffers in the CSV format of MiniMalloc. */
#include "command/command.h"
#include "place/table.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct PlanArguments { Arguments all; int64_t capacity; double seconds; } PlanArguments;   /* -1: no capacity */

static void take_seconds(Arguments *a, const Flag *f, const char *text)
{
    char *end;
    const double seconds = strtod(text, &end);
    if (end == text || *end || !isfinite(seconds) || seconds < 0 || seconds > 1e9)
        usage_error("%s takes a number of seconds from 0 to 1000000000, not '%s'", f->name, text);
    *(double *)flag_place(a, f) = seconds;
}

#define AT(field) .at = offsetof(PlanArguments, field)

static const Flag plan_flags[] = {
    {.group = "The search"},
    {.name = "--capacity", .value = "BYTES", .help = "every buffer ends by it, or exit 1", .most = INT64_MAX - 1,
     .otherwise = "the workspace is as small as is found", AT(capacity)},
    {.name = "--seconds", .value = "S", .help = "how long to look for it", .initial = "60", .take = take_seconds,
     .more = "It ends as soon as nothing better can exist.", AT(seconds)},
    {.group = "What is written"},
    {.shared = &flag_out, .value = "FILE", .help = "the table goes there", .otherwise = "standard output"},
    {.shared = &flag_json, .help = "a record of the result on standard output, in place of the table"},
    {0}};

const CommandLine plan_line = {
    "plan", "FILE.csv",
    "Finds an offset for every buffer of a table, such that no two that are live at once share a byte, and prints the\n"
    "table with a column offset.  Columns are those of MiniMalloc: id, lower, upper (the first time at which it is no\n"
    "longer live), size, in any order; alignment if there is one; names of plan.csv files are known too.\n"
    "docs/planner.md says the rest.\n",
    plan_flags,
    .examples = "tailor plan c/digits.plan.csv"};

/* Reports that no plan within the capacity was found. */
static _Noreturn void report_failure(const PlanTable *t, const PlaceLimits *limits, const Placement *p)
{
    if (p->bound > limits->capacity)
        fail("%s: no placement can exist: %lld bytes are live at once, against a capacity of %lld", t->path,
             (long long)p->bound, (long long)limits->capacity);
    if (p->least > limits->capacity)
        fail("%s: no placement exists: all that end by the capacity of %lld were ruled out, although only %lld bytes "
             "are live at once",
             t->path, (long long)limits->capacity, (long long)p->bound);
    fail("%s: no placement was found within %g seconds: the best ends at %lld, against a capacity of %lld; %lld bytes "
         "are live at once",
         t->path, limits->seconds, (long long)p->end, (long long)limits->capacity, (long long)p->bound);
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

/* Writes a file whole or not at all.  If another kind of file is there, /dev/null or a pipe, it is written to
 * directly. */
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
    PlanArguments p = {0};
    const Arguments *a = &p.all;
    arguments_parse(argc, argv, &plan_line, &p);
    PlaceLimits limits = {.capacity = p.capacity, .seconds = p.seconds};
    Arena *arena = arena_new();
    PlanTable *t = plan_table_read(arena, a->argument);
    limits.alignment = t->alignment;
    Placement placement = place_within(arena, t->n, t->items, &limits);
    if (!placement.found) report_failure(t, &limits, &placement);
    const char *wrong = place_validate(arena, t->n, t->items);
    if (wrong) bug("plan: %s", wrong);
    for (int i = 0; i < t->n; i++)
        if (t->items[i].offset + t->items[i].size > placement.end ||
            (t->alignment && t->items[i].offset % t->alignment[i]))
            bug("plan: %s ends too late or is not aligned", t->items[i].name);

    size_t length;
    const char *text = plan_table_text(t, &length);
    if (a->out) write_table(a->out, text, length);
    if (a->json) print_record(t, &limits, &placement);
    else {
        fprintf(stderr, "workspace %lld bytes, lower bound %lld (%.2f%% above)%s\n", (long long)placement.end,
                (long long)placement.bound,
                placement.bound ? 100.0 * (double)(placement.end - placement.bound) / (double)placement.bound : 0.0,
                placement.end > placement.bound && placement.end <= placement.least ? "; nothing smaller exists" : "");
        if (!a->out) fwrite(text, 1, length, stdout);
    }
    arena_free(arena);
    return 0;
}
