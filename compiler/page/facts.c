/* facts.c - a run, and what its run.json says. */
#include "page/page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const RtJsonNode *node_of(const Run *run, const char *object, const char *key)
{
    const RtJson *json = &run->record.json;
    const RtJsonNode *in = object ? rt_json_get(json, run->top, object) : run->top;
    return in && in->kind == RT_JSON_OBJECT ? rt_json_get(json, in, key) : NULL;
}

bool run_has(const Run *run, const char *key) { return node_of(run, NULL, key) != NULL; }

double run_number(const Run *run, const char *object, const char *key)
{
    const RtJsonNode *node = node_of(run, object, key);
    return node && node->kind == RT_JSON_NUMBER ? node->number : nan("");
}

const char *run_text(const Run *run, const char *object, const char *key)
{
    const RtJsonNode *node = node_of(run, object, key);
    return node && node->kind == RT_JSON_STRING ? node->string : NULL;
}

const char *run_class(Arena *arena, const Run *run, int class)
{
    const RtJson *json = run->stopped ? &run->stopped->classes : &run->record.json;
    const RtJsonNode *list = run->stopped ? json->nodes : node_of(run, "data", "classes");
    const bool there = list && list->kind == RT_JSON_ARRAY && class >= 0 && class < list->n;
    const RtJsonNode *node = there ? &json->nodes[list->first] : NULL;
    for (int i = 0; node && i < class; i++) node = &json->nodes[node->next];
    const char *name = node && node->kind == RT_JSON_STRING ? node->string : known_class(run->record.data, class);
    return name ? shown_within(arena, shown_name(arena, name), LONGEST_NAME) : arena_format(arena, "%d", class);
}

/* Anything that lacks in a run that has not ended is said before run.json is missed. */
static void check_finished(Arena *arena, const char *folder)
{
    struct stat info;
    const char *record = arena_format(arena, "%s/run.json", folder),
               *checkpoint = arena_format(arena, "%s/checkpoint.safetensors", folder),
               *weights = arena_format(arena, "%s/weights.safetensors", folder);
    if (stat(record, &info) != 0 && stat(checkpoint, &info) == 0)
        fail("%s: a run that has not ended; tailor train GRAPH --resume %s goes on with it", folder, folder);
    if (stat(record, &info) == 0 && stat(weights, &info) != 0)
        fail("%s: there is no such file: the run has no weights to report on", weights);
}

Run *run_read(Arena *arena, const char *folder)
{
    Run *run = arena_alloc(arena, sizeof *run);
    struct stat info;
    if (run_stopped(arena, folder)) return stopped_read(arena, folder);
    check_finished(arena, folder);
    *run = (Run){.folder = folder};
    run->record = read_record(arena, folder);
    run->top = &run->record.json.nodes[0];
    const char *graph = graph_of_run(arena, folder, run->record.name);
    if (stat(graph, &info) != 0) fail("%s: there is no such file: the run's folder does not hold its graph", graph);
    run->experiment = load(arena, graph, run->record.n_settings, run->record.settings);
    run->emission = emission_new(run->experiment, run->experiment->batch, &(Passes){0});
    return run;
}

void wilson(double k, double n, double ends[2])
{
    const double z = 1.959963984540054, p = k / n, middle = (p + z * z / (2 * n)) / (1 + z * z / n),
                 half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    ends[0] = fmax(0, middle - half);
    ends[1] = fmin(1, middle + half);
}

/* The shortest number that is the same double. */
static const char *shortest(Arena *arena, double value)
{
    if (value == floor(value) && fabs(value) < 1e15) return arena_format(arena, "%.0f", value);
    for (int digits = 1; digits < 17; digits++) {
        const char *shorter = arena_format(arena, "%.*g", digits, value);
        if (strtod(shorter, NULL) == value) return shorter;
    }
    return arena_format(arena, "%.17g", value);
}

const char *run_setting(Arena *arena, const Run *run, const char *name)
{
    const RtJsonNode *node = node_of(run, "options", name);
    if (node && node->kind == RT_JSON_NUMBER) return shortest(arena, node->number);
    for (int i = 0; i < run->record.n_settings; i++)
        if (!strcmp(run->record.settings[i].name, name)) return run->record.settings[i].value;
    return "";
}

/* ---- the command that makes a run ---- */

/* A word for a shell, in quotes where it needs them. */
const char *shell_quoted(Arena *arena, const char *word)
{
    Text text = text_new(arena);
    if (*word && !word[strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,")])
        return word;
    text_add(&text, "'");
    for (; *word; word++) text_add(&text, *word == '\'' ? "'\\''" : "%c", *word);
    text_add(&text, "'");
    return text.chars;
}

const char *run_settings(Arena *arena, const Run *run)
{
    Text text = text_new(arena);
    for (int i = 0; i < run->record.n_settings; i++)
        text_add(&text, " --set %s",
                 shell_quoted(arena, arena_format(arena, "%s=%s", run->record.settings[i].name,
                                                  run_setting(arena, run, run->record.settings[i].name))));
    return text.chars;
}

const char *run_command(Arena *arena, const Run *run, const char *data)
{
    Text command = text_new(arena);
    text_add(&command, "tailor train %s%s", shell_quoted(arena, run->experiment->source.base),
             run_settings(arena, run));
    text_add(&command, " --data %s", shell_quoted(arena, data ? data : run->record.data));
    const double epochs = run->stopped ? (double)run->stopped->epochs : run_number(run, NULL, "epochs");
    if (!isnan(epochs)) text_add(&command, " --epochs %.0f", epochs);
    text_add(&command, " --seed %llu", (unsigned long long)run->record.seed);
    if (data) return command.chars;
    if (run->record.validation) text_add(&command, " --split validation");
    const char *init = run_text(run, "init", "file"), *except = run_text(run, "init", "except");
    if (init) text_add(&command, " --init %s", shell_quoted(arena, init));
    if (except) text_add(&command, " --init-except %s", shell_quoted(arena, except));
    if (run_has(run, "tuned"))
        text_add(&command, " --tuned %s", shell_quoted(arena, arena_format(arena, "c/%s.tune.json", run->record.name)));
    return command.chars;
}
