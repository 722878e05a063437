/* where_json.c - the lines of NAME.c in NAME.json: written, and read from a file that anybody may have changed. */
#include "emit/where.h"

#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */

static void write_lines(RtJsonWriter *w, int first, int line, int last)
{
    rt_json_open(w, "lines", '[');
    rt_json_integer(w, NULL, first);
    if (line) rt_json_integer(w, NULL, line);
    rt_json_integer(w, NULL, last);
    rt_json_close(w, ']');
}

static void write_values(RtJsonWriter *w, Arena *arena, const char *key, const WhereCall *call, bool gradients)
{
    bool some = false;
    for (int i = 0; i < call->n_values; i++) {
        const WhereValue *v = &call->values[i];
        if (v->gradient != gradients) continue;
        if (!some) rt_json_open(w, key, '[');
        some = true;
        rt_json_open(w, NULL, '[');
        rt_json_string(w, NULL, v->name);
        rt_json_string(w, NULL, arena_format(arena, "%s:%d", v->file, v->line));
        rt_json_close(w, ']');
    }
    if (some) rt_json_close(w, ']');
}

void where_write(RtJsonWriter *w, const Where *where)
{
    rt_json_open(w, "source", '{');
    rt_json_string(w, "file", where->file);
    rt_json_string(w, "sha256", where->sha256);
    rt_json_integer(w, "lines", where->n_lines);
    rt_json_close(w, '}');
    rt_json_open(w, "areas", '[');
    for (int i = 0; i < where->n_areas; i++) {
        rt_json_open(w, NULL, '{');
        rt_json_string(w, "area", where->areas[i].what);
        write_lines(w, where->areas[i].first, 0, where->areas[i].last);
        rt_json_close(w, '}');
    }
    rt_json_close(w, ']');
    rt_json_open(w, "functions", '[');
    for (int i = 0; i < where->n_functions; i++) {
        const WhereFunction *f = &where->functions[i];
        rt_json_open(w, NULL, '{');
        rt_json_string(w, "function", f->name);
        write_lines(w, f->first, f->line, f->last);
        rt_json_close(w, '}');
    }
    rt_json_close(w, ']');
    rt_json_open(w, "parts", '[');
    for (int i = 0; i < where->n_parts; i++) {
        const WherePart *part = &where->parts[i];
        rt_json_open(w, NULL, '{');
        write_lines(w, part->first, 0, part->last);
        rt_json_open(w, "functions", '[');
        for (int k = 0; k < part->n_functions; k++)
            rt_json_string(w, NULL, where->functions[part->functions[k]].name);
        rt_json_close(w, ']');
        rt_json_close(w, '}');
    }
    rt_json_close(w, ']');
    rt_json_open(w, "calls", '[');
    for (int i = 0; i < where->n_calls; i++) {
        const WhereCall *call = &where->calls[i];
        rt_json_open(w, NULL, '{');
        rt_json_string(w, "kernel", call->kernel);
        if (call->function >= 0) rt_json_string(w, "function", where->functions[call->function].name);
        rt_json_string(w, "within", where->functions[call->within].name);
        write_lines(w, call->first, 0, call->last);
        if (call->backward) rt_json_bool(w, "backward", true);
        write_values(w, where->arena, "values", call, false);
        write_values(w, where->arena, "gradients", call, true);
        rt_json_close(w, '}');
    }
    rt_json_close(w, ']');
}

/* ---- reading ---- */

enum { MOST_BYTES = 64 << 20, MOST_LINES = 100000000 };

typedef struct Reading {
    Arena *arena;
    const char *path;
    const RtJson *json;
    NameTable functions;                   /* numbers, from 1 */
    Where *where;
} Reading;

static const char *const kind_names[] = {"null", "a truth value", "a number", "a string", "an array", "an object"};

static _Noreturn void wrong(const Reading *r, const RtJsonNode *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static _Noreturn void wrong(const Reading *r, const RtJsonNode *at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_format_v(r->arena, format, arguments);
    va_end(arguments);
    fail("%s:%d: %s", r->path, at->line, text);
}

static const RtJsonNode *of_kind(const Reading *r, const RtJsonNode *node, RtJsonKind kind, const char *what)
{
    if (node->kind != kind) wrong(r, node, "%s is %s, against %s", what, kind_names[node->kind], kind_names[kind]);
    return node;
}

/* A member that must be there. */
static const RtJsonNode *member(const Reading *r, const RtJsonNode *object, const char *key, RtJsonKind kind)
{
    const RtJsonNode *node = rt_json_get(r->json, object, key);
    if (!node)
        wrong(r, object, "\"%s\" is missing: where lines of C come from is not said; is it of another tailor?", key);
    return of_kind(r, node, kind, arena_format(r->arena, "\"%s\"", key));
}

static const RtJsonNode *child(const Reading *r, const RtJsonNode *of, int i)
{
    int at = of->first;
    while (i-- > 0) at = r->json->nodes[at].next;
    return &r->json->nodes[at];
}

static const char *text_of(const Reading *r, const RtJsonNode *node)
{
    if (!*node->string) wrong(r, node, "a name is empty");
    return arena_copy(r->arena, node->string);
}

static int whole(const Reading *r, const RtJsonNode *node, int least, int most, const char *what)
{
    of_kind(r, node, RT_JSON_NUMBER, what);
    if (!node->is_integer || node->integer < least || node->integer > most)
        wrong(r, node, "%s is %.17g, against a whole number from %d to %d", what, node->number, least, most);
    return (int)node->integer;
}

/* n lines, none before the one in front of it. */
static void read_lines(const Reading *r, const RtJsonNode *object, int n, int *lines)
{
    const RtJsonNode *array = member(r, object, "lines", RT_JSON_ARRAY);
    if (array->n != n) wrong(r, array, "\"lines\" has %d numbers, against %d", array->n, n);
    for (int i = 0; i < n; i++)
        lines[i] = whole(r, child(r, array, i), i ? lines[i - 1] : 1, r->where->n_lines, "a line");
}

static int function_named(const Reading *r, const RtJsonNode *node)
{
    const int number = name_known(&r->functions, node->string);
    if (!number) wrong(r, node, "the function %s is not in \"functions\"", node->string);
    return number - 1;
}

static void read_values(const Reading *r, const RtJsonNode *object, const char *key, WhereCall *call)
{
    const RtJsonNode *array = rt_json_get(r->json, object, key);
    if (!array) return;
    of_kind(r, array, RT_JSON_ARRAY, arena_format(r->arena, "\"%s\"", key));
    int at = array->first;
    for (int i = 0; i < array->n; i++, at = r->json->nodes[at].next) {
        const RtJsonNode *pair = of_kind(r, &r->json->nodes[at], RT_JSON_ARRAY, "a value");
        if (pair->n != 2) wrong(r, pair, "a value has %d members, against a name and a place", pair->n);
        const char *name = text_of(r, of_kind(r, child(r, pair, 0), RT_JSON_STRING, "the name of a value")),
                   *place = text_of(r, of_kind(r, child(r, pair, 1), RT_JSON_STRING, "the place of a value")),
                   *colon = strrchr(place, ':');
        int line = 0;
        for (const char *c = colon ? colon + 1 : ""; *c >= '0' && *c <= '9' && line <= MOST_LINES; c++)
            line = 10 * line + (*c - '0');
        if (!colon || colon == place || line < 1 || line > MOST_LINES ||
            colon[1 + strspn(colon + 1, "0123456789")])
            wrong(r, pair, "the place of a value is '%s', against FILE:LINE", place);
        call->values = arena_grow(r->arena, call->values, call->n_values, &call->capacity, sizeof *call->values);
        call->values[call->n_values++] = (WhereValue){
            name, !strcmp(key, "gradients"), arena_format(r->arena, "%.*s", (int)(colon - place), place), line};
    }
}

static void read_call(const Reading *r, const RtJsonNode *object, WhereCall *call)
{
    const RtJsonNode *function = rt_json_get(r->json, object, "function"),
                     *backward = rt_json_get(r->json, object, "backward");
    int lines[2];
    call->kernel = text_of(r, member(r, object, "kernel", RT_JSON_STRING));
    call->function = function ? function_named(r, of_kind(r, function, RT_JSON_STRING, "\"function\"")) : -1;
    call->within = function_named(r, member(r, object, "within", RT_JSON_STRING));
    call->backward = backward && of_kind(r, backward, RT_JSON_BOOL, "\"backward\"")->boolean;
    read_lines(r, object, 2, lines);
    const WhereFunction *within = &r->where->functions[call->within];
    if (lines[0] < within->first || lines[1] > within->last)
        wrong(r, object, "lines %d to %d are not within %s, which has %d to %d", lines[0], lines[1], within->name,
              within->first, within->last);
    call->first = lines[0], call->last = lines[1];
    read_values(r, object, "values", call);
    read_values(r, object, "gradients", call);
}

static void read_part(const Reading *r, const RtJsonNode *object, WherePart *part)
{
    const RtJsonNode *functions = member(r, object, "functions", RT_JSON_ARRAY);
    int lines[2];
    read_lines(r, object, 2, lines);
    part->first = lines[0], part->last = lines[1];
    part->functions = arena_array(r->arena, functions->n, sizeof *part->functions);
    for (int at = functions->first; part->n_functions < functions->n; at = r->json->nodes[at].next)
        part->functions[part->n_functions++] =
            function_named(r, of_kind(r, &r->json->nodes[at], RT_JSON_STRING, "a function"));
}

static void read_source(const Reading *r, const RtJsonNode *top)
{
    const RtJsonNode *source = member(r, top, "source", RT_JSON_OBJECT),
                     *hash = member(r, source, "sha256", RT_JSON_STRING);
    r->where->file = text_of(r, member(r, source, "file", RT_JSON_STRING));
    if (strlen(hash->string) != 64 || strspn(hash->string, "0123456789abcdef") != 64)
        wrong(r, hash, "\"sha256\" is '%s', against 64 hexadecimal digits", hash->string);
    memcpy(r->where->sha256, hash->string, 65);
    r->where->n_lines = whole(r, member(r, source, "lines", RT_JSON_NUMBER), 1, MOST_LINES, "\"lines\"");
}

static void read_all(Reading *r)
{
    Where *w = r->where;
    const RtJsonNode *top = of_kind(r, r->json->nodes, RT_JSON_OBJECT, "the file");
    read_source(r, top);
    const RtJsonNode *areas = member(r, top, "areas", RT_JSON_ARRAY),
                     *functions = member(r, top, "functions", RT_JSON_ARRAY),
                     *parts = member(r, top, "parts", RT_JSON_ARRAY), *calls = member(r, top, "calls", RT_JSON_ARRAY);
    w->areas = arena_array(r->arena, areas->n, sizeof *w->areas);
    for (int at = areas->first; w->n_areas < areas->n; at = r->json->nodes[at].next) {
        const RtJsonNode *object = of_kind(r, &r->json->nodes[at], RT_JSON_OBJECT, "an area");
        int lines[2];
        read_lines(r, object, 2, lines);
        w->areas[w->n_areas++] = (WhereArea){text_of(r, member(r, object, "area", RT_JSON_STRING)), lines[0], lines[1]};
    }
    w->functions = arena_array(r->arena, functions->n, sizeof *w->functions);
    for (int at = functions->first; w->n_functions < functions->n; at = r->json->nodes[at].next) {
        const RtJsonNode *object = of_kind(r, &r->json->nodes[at], RT_JSON_OBJECT, "a function");
        int lines[3];
        read_lines(r, object, 3, lines);
        const char *name = text_of(r, member(r, object, "function", RT_JSON_STRING));
        w->functions[w->n_functions++] = (WhereFunction){name, lines[0], lines[1], lines[2]};
        int *number = name_number(&r->functions, name);
        if (*number) wrong(r, object, "the function %s stands there twice", name);
        *number = w->n_functions;
    }
    w->parts = arena_array(r->arena, parts->n, sizeof *w->parts);
    for (int at = parts->first; w->n_parts < parts->n; at = r->json->nodes[at].next)
        read_part(r, of_kind(r, &r->json->nodes[at], RT_JSON_OBJECT, "a part"), &w->parts[w->n_parts++]);
    w->calls = arena_array(r->arena, calls->n, sizeof *w->calls);
    for (int at = calls->first; w->n_calls < calls->n; at = r->json->nodes[at].next)
        read_call(r, of_kind(r, &r->json->nodes[at], RT_JSON_OBJECT, "a call"), &w->calls[w->n_calls++]);
}

Where *where_read(Arena *arena, const char *path)
{
    RtText text = {0};
    RtJson json;
    RtError error = {0};
    Where *w = arena_alloc(arena, sizeof *w);
    w->arena = arena;
    if (!rt_file_read(path, MOST_BYTES, &text, &error) || !rt_json_parse(text.data, text.length, path, &json, &error))
        fail("%s", error.text);
    Reading r = {.arena = arena, .path = path, .json = &json, .functions = name_table_new(arena), .where = w};
    read_all(&r);
    rt_json_free(&json);
    rt_text_free(&text);
    return w;
}
