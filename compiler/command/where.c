/* where.c - `tailor where`: from a line of emitted C to lines of the graph file, and back. */
#include "command/command.h"
#include "emit/where.h"

#include <string.h>
#include <unistd.h>

static const Flag where_flags[] = {
    {.group = "The graph"},
    {.shared = &flag_set},
    {.shared = &flag_budget},
    {.shared = &flag_without},
    {.group = "What is printed"},
    {.shared = &flag_json, .help = "one JSON object on standard output, in place of the lines"},
    {0}};

const CommandLine where_line = {
    "where", "[FROM] FILE:LINE",
    "Of a line of emitted C, NAME.c:LINE: the values that it computes and where the graph file has them.  Of a line\n"
    "of a graph file, GRAPH.lua:LINE: the functions of its C that compute its values and their gradients.  FROM says\n"
    "which C, or of which graph a file that is used is a part: GRAPH.lua, which is compiled, or NAME.c, whose\n"
    "NAME.json is read.  Prints FILE:LINE VALUE FUNCTION, sorted; d_VALUE is a gradient.  For a line without a value:\n"
    "why, and exit 1.\n",
    where_flags,
    .examples = "tailor where digits.lua:25"};

/* What was asked for. */
typedef struct Asked { const char *path; int line; } Asked;

static bool ends_in(const char *text, const char *end)
{
    const size_t n = strlen(text), m = strlen(end);
    return n >= m && !strcmp(text + n - m, end);
}

static const char *last_name(const char *path) { return strrchr(path, '/') ? strrchr(path, '/') + 1 : path; }

static Asked asked_for(Arena *arena, const char *text)
{
    const char *colon = strrchr(text, ':');
    if (!colon || colon == text || !colon[1]) usage_error("where takes FILE:LINE, not '%s'", text);
    return (Asked){arena_format(arena, "%.*s", (int)(colon - text), text),
                   (int)number_argument("LINE", colon + 1, 1, INT32_MAX)};
}

/* ---- rows ---- */

static void print_text(Arena *arena, const WhereRows *rows)
{
    const char *before = "";
    for (int i = 0; i < rows->n; i++) {
        const WhereRow *r = &rows->rows[i];
        const char *text = arena_format(arena, "%s:%d %s %s", shown_name(arena, r->file), r->line,
                                        shown_name(arena, r->value), shown_name(arena, r->function));
        if (strcmp(text, before)) puts(text);
        before = text;
    }
}

static void print_json(const Asked *asked, const WhereRows *rows)
{
    RtJsonWriter w = {0};
    rt_json_open(&w, NULL, '{');
    rt_json_string(&w, "file", asked->path);
    rt_json_integer(&w, "line", asked->line);
    rt_json_open(&w, "lines", '[');
    for (int i = 0; i < rows->n; i++) {
        const WhereRow *r = &rows->rows[i];
        rt_json_open(&w, NULL, '{');
        rt_json_string(&w, "file", r->file);
        rt_json_integer(&w, "line", r->line);
        rt_json_string(&w, "value", r->value);
        if (r->of->gradient) rt_json_string(&w, "gradient_of", r->of->name);
        rt_json_bool(&w, "backward", r->backward);
        rt_json_string(&w, "function", r->function);
        rt_json_close(&w, '}');
    }
    rt_json_close(&w, ']');
    rt_json_close(&w, '}');
    if (w.text.failed) fail("tailor: out of memory");
    fputs(w.text.data, stdout);
    rt_text_free(&w.text);
}

/* ---- NAME.c and NAME.json ---- */

/* The record beside a file of C, which must be what it is of. */
static const Where *record_of(Arena *arena, const char *path)
{
    enum { MOST_BYTES = 1 << 28 };
    const char *json = arena_format(arena, "%.*s.json", (int)strlen(path) - 2, path);
    RtText text = {0};
    RtError error = {0};
    char sha256[65];
    if (!rt_file_read(path, MOST_BYTES, &text, &error)) fail("%s", error.text);
    if (access(json, F_OK)) fail("%s: there is no such file; emit writes it beside %s", json, last_name(path));
    const Where *w = where_read(arena, json);
    if (strcmp(w->file, last_name(path))) fail("%s: it is of %s, against %s", json, w->file, last_name(path));
    rt_sha256(text.data, text.length, sha256);
    if (strcmp(sha256, w->sha256))
        fail("%s: its sha256 is %s, against %s of %s: it was changed since emit wrote it, so its lines are not known",
             path, sha256, w->sha256, json);
    rt_text_free(&text);
    return w;
}

static WhereRows of_emitted(Arena *arena, const Asked *asked)
{
    const Where *w = record_of(arena, asked->path);
    if (asked->line > w->n_lines)
        fail("%s:%d: there is no such line, against %d of the file", asked->path, asked->line, w->n_lines);
    const WhereRows rows = where_of_c(w, asked->line);
    if (!rows.n)
        fail("%s:%d: the line has no value: it belongs to %s", asked->path, asked->line, where_belongs(w, asked->line));
    return rows;
}

/* Does the path end in these names of folders and file? */
static bool ends_in_file(const char *path, const char *names)
{
    return ends_in(path, names) && (strlen(path) == strlen(names) || path[strlen(path) - strlen(names) - 1] == '/');
}

/* The name in the record of a graph file, which is not there to be compared: the longest with which the path ends, else
 * the one that ends with the path. */
static const char *file_in_record(const Where *w, const char *path)
{
    const char *within = NULL, *around = NULL, *other = NULL;
    for (int i = 0; i < w->n_calls; i++)
        for (int k = 0; k < w->calls[i].n_values; k++) {
            const char *file = w->calls[i].values[k].file;
            if (ends_in_file(path, file) && (!within || strlen(file) > strlen(within))) within = file;
            if (!ends_in_file(file, path)) continue;
            if (around && strcmp(around, file)) other = file;
            else around = file;
        }
    if (within) return within;
    if (!around) fail("%s: no value of %s comes from such a file", path, w->file);
    if (other) fail("%s: may be %s or %s of %s: which?", path, around, other, w->file);
    return around;
}

/* ---- graph files ---- */

static const Source *source_of(const Experiment *x, const char *path)
{
    if (!strcmp(path, x->source.base) || !strcmp(path, x->source.path) || same_file(path, x->source.path))
        return &x->source;
    for (int i = 0; i < x->n_uses; i++) {
        const Source *file = x->uses[i].file;
        if (!strcmp(path, file->base) || !strcmp(path, file->path) || same_file(path, file->path)) return file;
    }
    fail("%s: the file is no part of %s", path, x->source.path);
}

static bool is_at(Line line, const Source *file, int number)
{
    return line.source && line.number == number && !strcmp(line.source->base, file->base);
}

/* Why a line of a graph file has no rows. */
static const char *why_none(const Experiment *x, const Source *file, int line)
{
    for (int i = 0; i < x->n_fields; i++)
        if (is_at(x->fields[i].line, file, line))
            return arena_format(x->graph->arena, "%s is an input, which no function computes", x->fields[i].name);
    for (Value v = 1; v < x->graph->n; v++)
        if (is_at(x->graph->notes[v].line, file, line) && graph_at(x->graph, v)->op->kind != LEAF)
            return "no function computes the values of the line: nothing needs them, or others stand for them";
    return "the line makes no value of its own: a value has the line that is first to call its op on the same values, "
           "also where that is in a function";
}

static int lines_of(const Source *file)
{
    int n = file->size > 0 && file->text[file->size - 1] != '\n';
    for (size_t i = 0; i < file->size; i++) n += file->text[i] == '\n';
    return n;
}

static WhereRows of_graph(Arena *arena, const Arguments *a, const char *graph, const Asked *asked)
{
    const Experiment *x = load(arena, graph, a->n_settings, a->settings);
    const Source *file = graph == asked->path ? &x->source : source_of(x, asked->path);
    if (asked->line > lines_of(file))
        fail("%s:%d: there is no such line, against %d of the file", asked->path, asked->line, lines_of(file));
    Where *w;
    emit_source_where(emission_new(x, x->batch, &a->passes), &w);
    const WhereRows rows = where_of_graph(w, file->base, asked->line);
    if (!rows.n) fail("%s:%d: %s", asked->path, asked->line, why_none(x, file, asked->line));
    return rows;
}

static WhereRows of_record(Arena *arena, const char *path, const Asked *asked)
{
    const Where *w = record_of(arena, path);
    const WhereRows rows = where_of_graph(w, file_in_record(w, asked->path), asked->line);
    if (!rows.n) fail("%s:%d: no value of %s comes from this line", asked->path, asked->line, path);
    return rows;
}

int command_where(int argc, char **argv)
{
    Arguments a = {0};
    arguments_parse(argc, argv, &where_line, &a);
    if (!a.argument) usage_error("where: something is missing: FILE:LINE; see tailor where --help");
    Arena *arena = arena_new();
    const char *from = a.n_further ? a.argument : NULL;
    const Asked asked = asked_for(arena, from ? a.further[0] : a.argument);
    const bool emitted = ends_in(from ? from : asked.path, ".c");
    if (from && ends_in(asked.path, ".c"))
        usage_error("where: of a line of C its own NAME.json is read, against '%s' before it", from);
    if (emitted && (a.n_settings || flag_given(&a, "--without") || flag_given(&a, "--memory-budget")))
        usage_error("where: emitted C is as it is, against flags that change how a graph is compiled");
    const WhereRows rows = !emitted ? of_graph(arena, &a, from ? from : asked.path, &asked)
                           : from   ? of_record(arena, from, &asked)
                                    : of_emitted(arena, &asked);
    if (a.json) print_json(&asked, &rows);
    else print_text(arena, &rows);
    arena_free(arena);
    return 0;
}
