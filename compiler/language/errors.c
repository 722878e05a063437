/* errors.c - messages of the front end.
 *
 *     graphs/mlp.lua:10: linear: h1 has 128 columns, w2 has 127
 *        10 | logits = linear(h1, w2, b2)
 *           h1  [batch, 128]   graphs/mlp.lua:9
 *
 * A message is made where the error is noticed, while the user's frame with its locals is still there. */
#include "language/language.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_LINE = 200 };

const char value_type[] = "tailor.value", record_type[] = "tailor.record";

Handle *to_value(lua_State *L, int index) { return luaL_testudata(L, index, value_type); }

bool is_record(lua_State *L, int index) { return luaL_testudata(L, index, record_type) != NULL; }

/* Finds all lines at once: every call in a function of the file asks for the line where the function begins. */
static void find_lines(Front *f, GraphFile *file)
{
    const Source *source = file->source;
    int n = 1;
    for (size_t i = 0; i < source->size; i++) n += source->text[i] == '\n';
    file->lines = arena_array(f->arena, n, sizeof *file->lines);
    file->n_lines = 1;
    for (size_t i = 0; i < source->size; i++)
        if (source->text[i] == '\n') file->lines[file->n_lines++] = (uint32_t)(i + 1);
}

/* The text of a line, without the spaces before it.  *length is at most MOST_LINE bytes; *cut: the line is
 * longer, and was cut between two characters. */
static const char *source_line(Front *f, Line line, size_t *length, bool *cut)
{
    int k = 0;
    while (f->files[k]->source != line.source) k++;
    GraphFile *file = f->files[k];
    if (!file->n_lines) find_lines(f, file);
    *length = 0, *cut = false;
    if (line.number < 1 || line.number > file->n_lines) return "";
    const Source *source = line.source;
    const char *at = source->text + file->lines[line.number - 1],
               *end = source->text + (line.number < file->n_lines ? file->lines[line.number] - 1 : source->size);
    while (at < end && (*at == ' ' || *at == '\t')) at++;
    *length = (size_t)(end - at);
    if (*length <= MOST_LINE) return at;
    *length = MOST_LINE, *cut = true;
    while (*length > MOST_LINE - 4 && ((unsigned char)at[*length] & 0xC0) == 0x80) --*length;
    return at;
}

/* The name of the function that starts at a line of the file: `function NAME(` or `NAME = function`. */
static const char *function_name(Front *f, Line line)
{
    size_t n;
    bool cut;
    const char *text = source_line(f, line, &n, &cut);
    char *copy = arena_format(f->arena, "%.*s", (int)n, text);
    char *word = strstr(copy, "function");
    if (!word) return NULL;
    char *from = word + 8;
    while (*from == ' ') from++;
    size_t length = strspn(from, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
    if (length && from[length] == '(') return arena_format(f->arena, "%.*s", (int)length, from);
    char *equals = word;
    while (equals > copy && equals[-1] == ' ') equals--;
    if (equals == copy || equals[-1] != '=') return NULL;
    equals--;
    while (equals > copy && equals[-1] == ' ') equals--;
    char *start = equals;
    while (start > copy && strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789", start[-1]))
        start--;
    return start < equals ? arena_format(f->arena, "%.*s", (int)(equals - start), start) : NULL;
}

/* The file of a chunk's name, "graph" and its number; NULL: it is no file's. */
static const Source *source_of_chunk(const Front *f, const char *name)
{
    if (strncmp(name, "graph", 5)) return NULL;
    const size_t digits = strspn(name + 5, "0123456789");
    const int file = digits && digits < 6 ? atoi(name + 5) : f->n_files;
    return file < f->n_files ? f->files[file]->source : NULL;
}

/* The line that the function at a level of the stack is at.  number 0: it is of no file. */
static Line line_at(lua_State *L, lua_Debug *ar)
{
    lua_getinfo(L, "Sl", ar);
    const Source *source = *ar->source == '=' ? source_of_chunk(front_of(L), ar->source + 1) : NULL;
    return source ? (Line){source, ar->currentline} : (Line){0};
}

Line front_line(lua_State *L, const char **helper)
{
    Front *f = front_of(L);
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        const Line line = line_at(L, &ar);
        if (!line.source) continue;
        if (helper) *helper = !strcmp(ar.what, "main") ? NULL : function_name(f, (Line){line.source, ar.linedefined});
        return line;
    }
    if (helper) *helper = NULL;
    return (Line){&f->x->source, 0};
}

/* The line for a message: the one that runs, else that of the call under way, else the last one seen. */
static Line line_of_error(lua_State *L)
{
    const Front *f = front_of(L);
    const Line line = front_line(L, NULL);
    return line.number ? line : f->line.number ? f->line : f->last_line;
}

const char *shape_of(Front *f, Type type) { return type.rank ? type_text(f->arena, type) : "one number"; }

/* The user's name for a value: a global, a local of the frame, or else its constructor. */
static const char *operand_name(lua_State *L, const Handle *h)
{
    Front *f = front_of(L);
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        if (!line_at(L, &ar).source) continue;
        const char *name, *found = NULL;
        for (int i = 1; (name = lua_getlocal(L, &ar, i)); i++) {
            Handle *local = to_value(L, -1);
            if (local && local->value == h->value && name[0] != '(') found = arena_copy(f->arena, name);
            lua_pop(L, 1);
        }
        if (found) return found;
        break;
    }
    if (f->g->notes[h->value].name) return f->g->notes[h->value].name;
    return arena_format(f->arena, "%s(...)", h->made_by ? h->made_by : graph_at(f->g, h->value)->op->name);
}

static void add_operands(lua_State *L, Text *text)
{
    Front *f = front_of(L);
    lua_getfield(L, LUA_REGISTRYINDEX, "call_values");
    int table = lua_gettop(L);
    size_t widest = 0;
    for (int round = 0; round < 2 && lua_istable(L, table); round++)   /* the first round measures the names */
        for (int i = 1, n = (int)lua_rawlen(L, table); i <= n; i++) {
            lua_rawgeti(L, table, i);
            Handle *h = to_value(L, -1);
            const char *name = h ? operand_name(L, h) : "";
            if (strlen(name) > widest) widest = strlen(name);
            if (h && round)
                text_add(text, "\n      %-*s  %s   %s", (int)widest, name,
                         shape_of(f, graph_at(f->g, h->value)->type), line_text(f->arena, h->line));
            lua_settop(L, table);
        }
    lua_settop(L, table - 1);
}

static void add_source(Front *f, Text *text, Line line)
{
    size_t n;
    bool cut;
    const char *source = source_line(f, line, &n, &cut);
    if (!n) return;
    text_add(text, "\n%5d | ", line.number);
    /* it goes to a terminal */
    for (size_t i = 0; i < n; i++)
        text_add(text, "%c", (unsigned char)source[i] < 32 || source[i] == 127 ? ' ' : source[i]);
    if (cut) text_add(text, "...");
}

/* Adds how the program came to a line of a file that is used: by which uses, and from where its function was called. */
static void add_way(lua_State *L, Text *text, Line line)
{
    if (!line.source->used.source) return;
    line_uses(text, line);
    lua_Debug ar;
    bool main = true;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        const Line at = line_at(L, &ar);
        if (!at.source) continue;
        if (at.source != line.source) {
            if (!main) text_add(text, "\n      called from %s:%d", at.source->path, at.number);
            return;
        }
        main = !strcmp(ar.what, "main");
    }
}

int front_error(lua_State *L, const char *format, ...)
{
    Front *f = front_of(L);
    Text text = text_new(f->arena);
    const Line line = line_of_error(L);
    text_add(&text, "%s:%d: ", line.source->path, line.number);
    char *message;
    va_list arguments;
    va_start(arguments, format);
    Text said = text_new(f->arena);
    text_add_v(&said, format, arguments);
    va_end(arguments);
    message = said.chars;
    size_t n = f->depth && f->constructor ? strlen(f->constructor) : 0;
    if (n && (strncmp(message, f->constructor, n) || message[n] != ':')) text_add(&text, "%s: ", f->constructor);
    text_add(&text, "%s", message);
    if (line.number) add_source(f, &text, line);
    if (f->depth) add_operands(L, &text);
    add_way(L, &text, line);
    lua_pushstring(L, f->said = text.chars);
    lua_error(L);
    bug("lua_error returned");
}

const char *hint_of_graph(const Front *f)
{
    static const char call[] = "experiment";
    const Source *source = &f->x->source;
    for (const char *at = source->text; (at = strstr(at, call));) {
        at += strlen(call);
        if (strchr("{(", at[strspn(at, " ")])) return "";            /* it does call experiment{}, or the text ends */
    }
    return arena_format(f->arena, "; this is a graph file, against an experiment file: tailor train %s trains it",
                        source->path);
}

void refuse_in_part(lua_State *L, const char *what)
{
    Front *f = front_of(L);
    if (!front_line(L, NULL).source->used.source) return;
    f->depth = 0;
    front_error(L, "%s: this file is used by another, and only the graph file itself calls %s", what, what);
}

/* Reads CHUNK:LINE: at the start of a message, where CHUNK is a word and perhaps a number.  Returns the line, and sets
 * *rest to the text after it; 0: the message does not start so. */
static int place_in(const char *message, const char *chunk, const char **rest)
{
    size_t n = strlen(chunk);
    if (strncmp(message, chunk, n)) return 0;
    n += strspn(message + n, "0123456789");
    const size_t digits = message[n] == ':' ? strspn(message + n + 1, "0123456789") : 0;
    if (!digits || digits > 9 || message[n + 1 + digits] != ':') return 0;
    *rest = message + n + 1 + digits + 1;
    *rest += **rest == ' ';
    return atoi(message + n + 1);
}

const char *front_message(lua_State *L, const char *message)
{
    Front *f = front_of(L);
    const char *rest = message;
    if (f->said && !strcmp(message, f->said)) return message;
    /* The prelude met arguments that it did not expect. */
    const bool ours = place_in(message, "prelude", &rest) > 0;
    Line line = ours ? f->line : (Line){source_of_chunk(f, message), 0};
    if (!ours && line.source) line.number = place_in(message, "graph", &rest);
    if (!line.number) line = line_of_error(L);
    Text text = text_new(f->arena);
    text_add(&text, "%s:%d: ", line.source->path, line.number);
    if (ours) text_add(&text, "%s: its arguments do not fit: ", f->constructor ? f->constructor : "?");
    /* it goes to a terminal */
    for (const char *c = rest; *c; c++)
        text_add(&text, "%c", ((unsigned char)*c < 32 && *c != '\n') || *c == 127 ? ' ' : *c);
    if (line.number) add_source(f, &text, line);
    add_way(L, &text, line);
    return text.chars;
}

void front_warn(Front *f, Line line, const char *format, ...)
{
    va_list arguments;
    if (f->map) return;      /* load gave the warning when it read the same file */
    va_start(arguments, format);
    Arena *arena = arena_new();
    remark("%s:%d: warning: %s", line.source->path, line.number, arena_format_v(arena, format, arguments));
    arena_free(arena);
    va_end(arguments);
}
