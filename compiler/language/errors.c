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
static void find_lines(Front *f)
{
    const Source *source = &f->x->source;
    int n = 1;
    for (size_t i = 0; i < source->size; i++) n += source->text[i] == '\n';
    f->lines = arena_array(f->arena, n, sizeof *f->lines);
    f->n_lines = 1;
    for (size_t i = 0; i < source->size; i++)
        if (source->text[i] == '\n') f->lines[f->n_lines++] = (uint32_t)(i + 1);
}

/* The text at `line` of the file, without the spaces before it.  *length is at most MOST_LINE bytes; *cut: the line is
 * longer, and was cut between two characters. */
static const char *source_line(Front *f, int line, size_t *length, bool *cut)
{
    if (!f->n_lines) find_lines(f);
    *length = 0, *cut = false;
    if (line < 1 || line > f->n_lines) return "";
    const char *at = f->x->source.text + f->lines[line - 1],
               *end = f->x->source.text + (line < f->n_lines ? f->lines[line] - 1 : f->x->source.size);
    while (at < end && (*at == ' ' || *at == '\t')) at++;
    *length = (size_t)(end - at);
    if (*length <= MOST_LINE) return at;
    *length = MOST_LINE, *cut = true;
    while (*length > MOST_LINE - 4 && ((unsigned char)at[*length] & 0xC0) == 0x80) --*length;
    return at;
}

/* The name of the function that starts at a line of the file: `function NAME(` or `NAME = function`. */
static const char *function_name(Front *f, int line)
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

int front_line(lua_State *L, const char **helper)
{
    Front *f = front_of(L);
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        if (strcmp(ar.source, "=graph")) continue;
        if (helper) *helper = !strcmp(ar.what, "main") ? NULL : function_name(f, ar.linedefined);
        return ar.currentline;
    }
    if (helper) *helper = NULL;
    return 0;
}

const char *shape_of(Front *f, Type type) { return type.rank ? type_text(f->arena, type) : "one number"; }

/* The user's name for a value: a global, a local of the frame, or else its constructor. */
static const char *operand_name(lua_State *L, const Handle *h)
{
    Front *f = front_of(L);
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "S", &ar);
        if (strcmp(ar.source, "=graph")) continue;
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
                text_add(text, "\n      %-*s  %s   %s:%d", (int)widest, name,
                         shape_of(f, graph_at(f->g, h->value)->type), f->x->source.path, h->line);
            lua_settop(L, table);
        }
    lua_settop(L, table - 1);
}

static void add_source(Front *f, Text *text, int line)
{
    size_t n;
    bool cut;
    const char *source = source_line(f, line, &n, &cut);
    if (!n) return;
    text_add(text, "\n%5d | ", line);
    /* it goes to a terminal */
    for (size_t i = 0; i < n; i++)
        text_add(text, "%c", (unsigned char)source[i] < 32 || source[i] == 127 ? ' ' : source[i]);
    if (cut) text_add(text, "...");
}

int front_error(lua_State *L, const char *format, ...)
{
    Front *f = front_of(L);
    Text text = text_new(f->arena);
    int line = front_line(L, NULL);
    if (!line) line = f->line ? f->line : f->last_line;
    text_add(&text, "%s:%d: ", f->x->source.path, line);
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
    if (line) add_source(f, &text, line);
    if (f->depth) add_operands(L, &text);
    lua_pushstring(L, f->said = text.chars);
    lua_error(L);
    bug("lua_error returned");
}

/* Reads CHUNK:LINE: at the start of a message.  Returns the line, and sets *rest to the text after it; 0: the message
 * does not start so. */
static int place_in(const char *message, const char *chunk, const char **rest)
{
    const size_t n = strlen(chunk);
    if (strncmp(message, chunk, n) || message[n] != ':') return 0;
    const size_t digits = strspn(message + n + 1, "0123456789");
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
    int line = ours ? f->line : place_in(message, "graph", &rest);
    if (!line) line = front_line(L, NULL);
    if (!line) line = f->line ? f->line : f->last_line;
    Text text = text_new(f->arena);
    text_add(&text, "%s:%d: ", f->x->source.path, line);
    if (ours) text_add(&text, "%s: its arguments do not fit: ", f->constructor ? f->constructor : "?");
    /* it goes to a terminal */
    for (const char *c = rest; *c; c++)
        text_add(&text, "%c", ((unsigned char)*c < 32 && *c != '\n') || *c == 127 ? ' ' : *c);
    if (line) add_source(f, &text, line);
    return text.chars;
}

void front_warn(Front *f, int line, const char *format, ...)
{
    va_list arguments;
    if (f->map) return;      /* load gave the warning when it read the same file */
    va_start(arguments, format);
    fprintf(stderr, "%s:%d: warning: ", f->x->source.path, line);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}
