/* scan.c - what the text of an emitted file shows about itself: which functions call which, arrays whose size is no
 * constant, functions that are taken as values, variables that outlive a call.
 *
 * The text is cut into units: functions and macros, those of every branch of the preprocessor together.  A name of a
 * unit in another unit's text is an edge from this one to that one, so that what is called is never missed; a name that
 * a macro puts together is met by its beginning. */
#include "emit/evidence.h"

#include <ctype.h>
#include <string.h>

#include "emit/emitter.h"

/* kind: 'a' a name, '0' a number, '"' a literal, 'm' the . or -> before a member, else the character itself */
typedef struct Token { const char *at; int n; char kind; } Token;

typedef struct Unit {
    const char *name;
    bool macro, with_arguments;
    int first, body, last;             /* tokens: from the parameters on, the body, behind it */
    int n_edges, edges_capacity, *edges;
    int mark;                          /* of the search for circles: 1 on the way, 2 done */
} Unit;

typedef struct Scan {
    Arena *arena;
    int n_tokens, tokens_capacity, n_units, units_capacity, n_pasted, pasted_capacity;
    Token *tokens;
    Unit *units;
    struct Pasted { const char *prefix; int unit; } *pasted; /* a macro makes names that begin so */
    NameTable unit_of, types, constants, called;             /* numbers of units, from 1 */
    CodeFacts facts;
} Scan;

/* Words behind which `(` opens no call, and which begin no declaration. */
static bool is_keyword(const char *name)
{
    static const char *const words[] = {
        "if", "for", "while", "do", "else", "switch", "case", "default", "return", "sizeof", "break", "continue",
        "goto", "_Static_assert", "_Alignas", "alignas", "_Pragma", "__attribute__", "__asm__", "volatile", "defined"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(name, words[i])) return true;
    return false;
}

static bool is_type(const Scan *s, const char *name)
{
    static const char *const words[] = {"void", "char", "short", "int", "long", "float", "double", "signed",
                                        "unsigned", "_Bool", "bool", "const", "static", "restrict", "inline"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(name, words[i])) return true;
    const size_t n = strlen(name);
    return (n > 2 && !strcmp(name + n - 2, "_t")) || name_known(&s->types, name);
}

static const char *text_of(const Scan *s, int t)
{
    return arena_format(s->arena, "%.*s", s->tokens[t].n, s->tokens[t].at);
}

static bool is(const Scan *s, int t, const char *word)
{
    return t >= 0 && t < s->n_tokens && s->tokens[t].kind == 'a' && s->tokens[t].n == (int)strlen(word) &&
           !strncmp(s->tokens[t].at, word, (size_t)s->tokens[t].n);
}

static char kind(const Scan *s, int t) { return t >= 0 && t < s->n_tokens ? s->tokens[t].kind : 0; }

static void blame(Scan *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void blame(Scan *s, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!s->facts.fault) s->facts.fault = arena_format_v(s->arena, format, arguments);
    va_end(arguments);
}

/* ---- tokens ---- */

static void add_token(Scan *s, const char *at, int n, char kind)
{
    s->tokens = arena_grow(s->arena, s->tokens, s->n_tokens, &s->tokens_capacity, sizeof *s->tokens);
    s->tokens[s->n_tokens++] = (Token){at, n, kind};
}

/* Adds the token at c, if it is one.  Returns what stands behind it. */
static const char *take_token(Scan *s, const char *c)
{
    const char *end = behind_literal(c);
    if (end != c) {
        if (*c != '/') add_token(s, c, (int)(end - c), '"');
        return end;
    }
    if (isspace((unsigned char)*c) || *c == '\\') return c + 1;
    end = c + 1;
    const bool number = isdigit((unsigned char)*c) || (*c == '.' && isdigit((unsigned char)c[1]));
    if (number || isalpha((unsigned char)*c) || *c == '_') {
        while (isalnum((unsigned char)*end) || *end == '_' || (number && *end == '.') ||
               (number && strchr("+-", *end) && *end && strchr("eEpP", end[-1])))
            end++;
        add_token(s, c, (int)(end - c), number ? '0' : 'a');
    } else if (!strncmp(c, "...", 3)) add_token(s, c, 3, '~'), end = c + 3;
    else if (*c == '.' || !strncmp(c, "->", 2)) end = c + (*c == '.' ? 1 : 2), add_token(s, c, (int)(end - c), 'm');
    else add_token(s, c, 1, *c);
    return end;
}

static Unit *new_unit(Scan *s, const char *name, bool macro)
{
    s->units = arena_grow(s->arena, s->units, s->n_units, &s->units_capacity, sizeof *s->units);
    Unit *u = &s->units[s->n_units++];
    *u = (Unit){.name = name, .macro = macro};
    int *number = name_number(&s->unit_of, name);
    if (!*number) *number = s->n_units;
    return u;
}

/* Behind a directive, which may go on over several lines. */
static const char *directive_end(const char *c)
{
    while (*c && *c != '\n') {
        const char *behind = behind_literal(c);
        c = behind != c ? behind : *c == '\\' && c[1] ? c + 2 : c + 1;
    }
    return c;
}

/* A #define becomes a unit, whose tokens are its own. */
static void take_define(Scan *s, const char *c, const char *end)
{
    size_t n = 0;
    while (isalnum((unsigned char)c[n]) || c[n] == '_') n++;
    Unit *u = new_unit(s, arena_format(s->arena, "%.*s", (int)n, c), true);
    (*name_number(&s->constants, u->name))++;
    u->with_arguments = c[n] == '(';
    u->first = u->body = s->n_tokens;
    for (c += n; c < end;) c = take_token(s, c);
    if (u->with_arguments) {
        while (u->body < s->n_tokens && kind(s, u->body) != ')') u->body++;
        u->body++;
    }
    u->last = s->n_tokens;
    for (int t = u->body; t + 2 < u->last; t++)
        if (kind(s, t) == 'a' && kind(s, t + 1) == '#' && kind(s, t + 2) == '#') {
            s->pasted = arena_grow(s->arena, s->pasted, s->n_pasted, &s->pasted_capacity, sizeof *s->pasted);
            s->pasted[s->n_pasted++] = (struct Pasted){text_of(s, t), (int)(u - s->units)};
        }
}

/* Takes the macros of a text, or what stands outside of directives, whose first token it returns. */
static int take_text(Scan *s, const char *text, bool defines)
{
    const int first = s->n_tokens;
    bool line_begins = true;
    for (const char *c = text; *c;) {
        if (line_begins && *c == '#') {
            const char *end = directive_end(c), *word = c + 1 + strspn(c + 1, " ");
            if (defines && !strncmp(word, "define ", 7)) take_define(s, word + 7 + strspn(word + 7, " "), end);
            c = end;
            continue;
        }
        line_begins = *c == '\n' || (line_begins && isspace((unsigned char)*c));
        const char *behind = behind_literal(c);
        c = defines ? behind != c ? behind : c + 1 : take_token(s, c);
    }
    return first;
}

/* Behind the bracket that closes the one at t. */
static int behind_bracket(const Scan *s, int t)
{
    int depth = 0;
    for (; t < s->n_tokens; t++) {
        const char k = kind(s, t);
        depth += (k == '(' || k == '[' || k == '{') - (k == ')' || k == ']' || k == '}');
        if (!depth) return t + 1;
    }
    return t;
}

/* ---- what stands at file scope ---- */

static void take_enum(Scan *s, int t) /* the token of the opening brace */
{
    for (const int end = behind_bracket(s, t); t < end; t++)
        if (kind(s, t) == 'a' && (kind(s, t - 1) == '{' || kind(s, t - 1) == ','))
            (*name_number(&s->constants, text_of(s, t)))++;
}

/* A declaration from token t up to its end: a type, a prototype or an object. */
static void take_outer(Scan *s, int t, int end)
{
    bool constant = false, prototype = false, given = false;
    for (int i = t; i < end; i++) {
        constant = constant || is(s, i, "const");
        given = given || kind(s, i) == '=';
        prototype = prototype ||
                    (kind(s, i) == '(' && kind(s, i - 1) == 'a' && !given && !is_keyword(text_of(s, i - 1)));
        if (kind(s, i) == '(' && kind(s, i + 1) == '*' && kind(s, i + 2) == 'a' && kind(s, i + 3) == ')' &&
            kind(s, i + 4) == '(')
            blame(s, "%s is a pointer to a function", text_of(s, i + 2));
        if (is(s, i, "enum") && (kind(s, i + 1) == '{' || kind(s, i + 2) == '{'))
            take_enum(s, kind(s, i + 1) == '{' ? i + 1 : i + 2);
    }
    if (is(s, t, "typedef")) {
        int name = end - 2;
        if (kind(s, name) == ')')                        /* an attribute stands behind the name */
            for (name = t; name < end && !is(s, name + 1, "__attribute__");) name++;
        while (name > t && kind(s, name) == ']')
            while (name > t && kind(s, name--) != '[') {}
        if (kind(s, name) == 'a') (*name_number(&s->types, text_of(s, name)))++;
    } else if (!constant && !prototype && end - t > 1 && !is(s, t, "enum") && !is(s, t, "union") &&
               !is(s, t, "struct") && !is(s, t, "extern") && !is(s, t, "_Static_assert"))
        blame(s, "a variable at file scope changes: %s %s", text_of(s, t), text_of(s, t + 1));
}

/* The token of the function's name, whose body opens at brace; -1: that brace opens none. */
static int function_name(const Scan *s, int t, int brace)
{
    int name = -1;
    for (int i = t; i < brace; i++) {
        if (kind(s, i) == '=') return -1;
        if (kind(s, i) != '(') continue;
        if (kind(s, i - 1) == 'a' && !is(s, i - 1, "__attribute__") && !name_known(&s->constants, text_of(s, i - 1)))
            name = i - 1;
        i = behind_bracket(s, i) - 1;
    }
    return name;
}

static void take_outside(Scan *s, int t)
{
    for (int i = t; i < s->n_tokens;) {
        if (is(s, i, "extern") && kind(s, i + 1) == '"' && kind(s, i + 2) == '{') t = i += 3;      /* of C++ */
        else if (kind(s, i) == '}') t = ++i;
        else if (kind(s, i) == ';') {
            take_outer(s, t, i + 1);
            t = ++i;
        } else if (kind(s, i) == '{') {
            const int name = function_name(s, t, i), end = behind_bracket(s, i);
            if (kind(s, end - 1) != '}') blame(s, "the text ends within a function");
            if (name >= 0) {
                Unit *u = new_unit(s, text_of(s, name), false);
                u->first = name + 1, u->body = i, u->last = end;
                s->facts.n_functions++;
                t = end;
            }
            i = end;
        } else i++;
    }
    if (t < s->n_tokens) blame(s, "the text ends within a declaration");
}

/* ---- inside of a unit ---- */

static void check_dims(Scan *s, const Unit *u, int t, const char *name)
{
    for (const int end = behind_bracket(s, t); t < end; t++)
        if (kind(s, t) == 'a' && !is(s, t, "sizeof") && !is_type(s, text_of(s, t)) &&
            !name_known(&s->constants, text_of(s, t)) && kind(s, t - 1) != 'm')
            blame(s, "the size of %s in %s is no constant", name, u->name);
}

/* Behind the declaration that begins at t, or t where none does.  Its names are added to those declared. */
static int take_declaration(Scan *s, const Unit *u, int t, NameTable *declared)
{
    int i = t, names = 0;
    if (is(s, i, "static") && i + 1 < u->last && !is(s, i + 1, "const") && !is(s, i + 1, "inline"))
        blame(s, "a static variable in %s changes", u->name);
    if (is(s, i, "enum") && kind(s, i + 1) == '{') take_enum(s, i + 1);
    while (i < u->last && (kind(s, i) == 'a' || (names && kind(s, i) == '*'))) {
        if (kind(s, i) == 'a' && is_keyword(text_of(s, i))) return t;
        names += kind(s, i) == 'a' && !is(s, i, "const") && !is(s, i, "static") && !is(s, i, "restrict");
        i++;
    }
    const bool to_array = names && kind(s, i) == '(' && kind(s, i + 1) == '*' && is_type(s, text_of(s, i - 1));
    if (!to_array && (names < 2 || kind(s, i) == '(')) return t;
    if (!to_array) i--;
    for (;;) {                                           /* the declarators, the name of each at i */
        while (kind(s, i) == '*' || kind(s, i) == '(' || is(s, i, "const") || is(s, i, "restrict")) i++;
        if (kind(s, i) != 'a') return i;
        const char *name = text_of(s, i++);
        (*name_number(declared, name))++;
        if (kind(s, i) == ')') {
            if (kind(s, i + 1) == '(') blame(s, "%s in %s is a pointer to a function", name, u->name);
            i++;
        }
        for (; kind(s, i) == '['; i = behind_bracket(s, i)) check_dims(s, u, i, name);
        while (i < u->last && kind(s, i) != ',' && kind(s, i) != ';')
            i = strchr("([{", kind(s, i)) ? behind_bracket(s, i) : i + 1;
        if (kind(s, i) != ',') return i;
        i++;
    }
}

static NameTable declared_in(Scan *s, const Unit *u)
{
    NameTable declared = name_table_new(s->arena);
    for (int t = u->first; t < u->body; t++)
        if (kind(s, t) == 'a') (*name_number(&declared, text_of(s, t)))++;
    for (int t = u->body; t < u->last; t++) {
        const char before = kind(s, t - 1);
        const bool begins = t == u->body || strchr(";{}", before) || (before == '(' && is(s, t - 2, "for"));
        if (begins) take_declaration(s, u, t, &declared);
    }
    return declared;
}

/* The number of the unit that a name belongs to, -1: none. */
static int unit_named(const Scan *s, const char *name)
{
    const int number = name_known(&s->unit_of, name);
    if (number) return number - 1;
    for (int i = 0; i < s->n_pasted; i++)
        if (!strncmp(name, s->pasted[i].prefix, strlen(s->pasted[i].prefix))) return s->pasted[i].unit;
    return -1;
}

static void note_call(Scan *s, const char *name)
{
    if ((*name_number(&s->called, name))++) return;
    s->facts.calls = arena_grow(s->arena, s->facts.calls, s->facts.n_calls, &s->facts.calls_capacity,
                                sizeof *s->facts.calls);
    s->facts.calls[s->facts.n_calls++] = name;
}

static void take_body(Scan *s, int number)
{
    Unit *u = &s->units[number];
    const NameTable declared = declared_in(s, u);
    int arguments_end = 0;                               /* of a macro: names among them are its text */
    for (int t = u->body; t < u->last; t++) {
        if (kind(s, t) != 'a' || kind(s, t - 1) == 'm') continue;
        const char *name = text_of(s, t);
        const bool called = kind(s, t + 1) == '(';
        if (is_keyword(name)) continue;
        if (!strcmp(name, "RT_PRAGMA") && called) {      /* words for the compiler */
            t = behind_bracket(s, t + 1) - 1;
            continue;
        }
        if (name_known(&declared, name)) {
            if (called && !u->macro && !is_type(s, name)) blame(s, "%s calls through %s", u->name, name);
            continue;
        }
        const int other = unit_named(s, name);
        if (other < 0) {
            if (called && !is_type(s, name) && kind(s, t - 1) != '#') note_call(s, name);
            continue;
        }
        if (s->units[other].macro && called) {
            const int end = behind_bracket(s, t + 1);
            arguments_end = end > arguments_end ? end : arguments_end;
        }
        if (!s->units[other].macro && !called && t >= arguments_end)
            blame(s, "%s takes the function %s as a value", u->name, name);
        u->edges = arena_grow(s->arena, u->edges, u->n_edges, &u->edges_capacity, sizeof *u->edges);
        u->edges[u->n_edges++] = other;
    }
}

/* Names that several units have belong to all of them: the first one gets the edges of the others. */
static void join_units(Scan *s)
{
    for (int i = 0; i < s->n_units; i++) {
        const int first = name_known(&s->unit_of, s->units[i].name) - 1;
        Unit *u = &s->units[first];
        for (int k = 0; k < s->units[i].n_edges && first != i; k++) {
            u->edges = arena_grow(s->arena, u->edges, u->n_edges, &u->edges_capacity, sizeof *u->edges);
            u->edges[u->n_edges++] = s->units[i].edges[k];
        }
    }
}

static void find_circle(Scan *s, int number, const char *way)
{
    Unit *u = &s->units[number];
    const char *here = arena_format(s->arena, "%s%s%s", way, *way ? " -> " : "", u->name);
    if (u->mark == 1) blame(s, "recursion: %s", here);
    if (u->mark) return;
    u->mark = 1;
    for (int i = 0; i < u->n_edges; i++) find_circle(s, u->edges[i], here);
    u->mark = 2;
}

CodeFacts code_facts(Arena *arena, const char *header, const char *source)
{
    Scan s = {.arena = arena, .unit_of = name_table_new(arena), .types = name_table_new(arena),
              .constants = name_table_new(arena), .called = name_table_new(arena)};
    const char *text = arena_format(arena, "%s\n%s", header, source);
    take_text(&s, text, true);
    take_outside(&s, take_text(&s, text, false));
    for (int i = 0; i < s.n_units; i++) take_body(&s, i);
    join_units(&s);
    for (int i = 0; i < s.n_units; i++) find_circle(&s, i, "");
    return s.facts;
}
