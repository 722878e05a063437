/* pieces.c - the parts of the runtime that a file needs, as `#include` lines or, when it stands alone, as their text.
 *
 * Text is taken piece by piece.  A piece is what stands between blank lines, outside of braces and of conditions, up to
 * the end of a function.  C wants a name declared before it is used, so the piece in which a name of the runtime stands
 * first is the one that defines it.  A piece is taken when a name that it defines is needed, or when it defines none.
 */
#include "emit/emitter.h"

#include <ctype.h>
#include <string.h>

#include "graph/choice.h"

/* ---- which headers ---- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Headers of the runtime, by name, each once; the list ends with NULL. */
static const char **headers_of(const Emission *e, bool tables)
{
    static const char *const always[] = {"rt_exact.h", "rt_math.h",   "rt_matmul.h", "rt_random.h",
                                         "rt_sum.h",   "rt_thread.h", "rt_types.h",  "rt_update.h"};
    static const char *const of_instance[] = {"rt_class_means.h", "rt_init.h", "rt_save.h", "rt_schedule.h"};
    enum {
        ALWAYS = sizeof always / sizeof *always,
        INSTANCE = sizeof of_instance / sizeof *of_instance
    };
    const char **names =
        arena_array(e->experiment->graph->arena, ALWAYS + INSTANCE + MOST_ALGORITHMS + 3, sizeof *names);
    int n = 0, different = 0;
    for (int i = 0; i < ALWAYS; i++) names[n++] = always[i];
    for (int i = 0; i < INSTANCE && e->instance; i++) names[n++] = of_instance[i];
    if (tables) names[n++] = "rt.h";
    if (e->costs) names[n++] = "rt_profile.h";
    for (int a = 0; a < algorithm_count(); a++)
        if (!algorithm_at(a)->openblas || uses_openblas(e->experiment)) names[n++] = algorithm_at(a)->header;
    qsort(names, (size_t)n, sizeof *names, compare_names);
    for (int i = 0; i < n; i++)
        if (!i || strcmp(names[i], names[different - 1])) names[different++] = names[i];
    names[different] = NULL;
    return names;
}

/* ---- pieces ---- */

typedef struct Piece {
    int header; /* the number of its header */
    const char *text;
    bool defines, needed, opening; /* opening: the comment of a header */
} Piece;

typedef struct Pieces {
    Arena *arena;
    int n, capacity;
    Piece *of;
    NameTable headers, system; /* numbers of headers, from 1; system headers that were seen */
    NameTable definer; /* by name: the number of the piece that defines it, from 1 */
    bool trainer; /* string.h is among them */
    Text includes; /* lines that include system headers */
    int n_headers;
} Pieces;

/* Steps over what is no code: comments, strings, characters.  Returns where the text goes on. */
const char *behind_literal(const char *c)
{
    if (!strncmp(c, "/*", 2)) {
        const char *end = strstr(c + 2, "*/");
        return end ? end + 2 : c + strlen(c);
    }
    if (!strncmp(c, "//", 2)) return c + strcspn(c, "\n");
    if (*c != '"' && *c != '\'') return c;
    const char quote = *c++;
    while (*c && *c != quote) c += *c == '\\' && c[1] ? 2 : 1;
    return *c ? c + 1 : c;
}

/* The next name of the runtime in a text; NULL: there is none.  *text moves behind it. */
static const char *next_name(Arena *arena, const char **text)
{
    const char *c = *text;
    while (*c) {
        const char *behind = behind_literal(c);
        if (behind != c) {
            c = behind;
            continue;
        }
        if (!isalpha((unsigned char)*c) && *c != '_') {
            c++;
            continue;
        }
        size_t n = 1;
        while (isalnum((unsigned char)c[n]) || c[n] == '_') n++;
        *text = c + n;
        if (n > 2 && (*c == 'r' || *c == 'R') && (c[1] == 't' || c[1] == 'T'))
            return arena_format(arena, "%.*s", (int)n, c);
        c += n;
    }
    *text = c;
    return NULL;
}

static void add_piece(Pieces *p, int header, const char *text, bool opening)
{
    bool code = false;
    for (const char *c = text; *c && !code;) {
        const char *behind = behind_literal(c);
        code = behind == c && !isspace((unsigned char)*c);
        c = behind == c ? c + 1 : behind;
    }
    if (!code && !opening) return;
    p->of = arena_grow(p->arena, p->of, p->n, &p->capacity, sizeof *p->of);
    Piece *piece = &p->of[p->n++];
    *piece = (Piece){.header = header, .text = text, .opening = opening};
    if (opening) return;
    for (const char *name, *rest = text; (name = next_name(p->arena, &rest));) {
        int *definer = name_number(&p->definer, name);
        if (*definer) continue;
        *definer = p->n;
        piece->defines = true;
    }
}

/* Notes an #include outside of conditions.  One of the runtime's own is taken apart first. */
static void take_header(Pieces *, const char *name);
static void take_include(Pieces *p, const char *line)
{
    const char *open = line + strcspn(line, "<\""), *name = open + 1;
    const char *copy = arena_format(p->arena, "%.*s", (int)strcspn(name, ">\""), name);
    if (*open == '"') take_header(p, copy);
    else if ((p->trainer || strcmp(copy, "string.h")) && !(*name_number(&p->system, copy))++)
        text_add(&p->includes, "#include <%s>\n", copy);
}

/* Takes a header apart, once, and before it those that it includes. */
static void take_header(Pieces *p, const char *name)
{
    if (*name_number(&p->headers, name)) return;
    const int number = ++p->n_headers;
    *name_number(&p->headers, name) = number;
    const Embedded file = embedded_named(name);
    const char *text = arena_format(p->arena, "%.*s", (int)(file.end - file.start), file.start);
    const char *opening = text, *c = behind_literal(text), *guard = strstr(c, "#define ");
    if (c == text || !guard) bug("%s does not open with a comment and a guard", name);
    opening = arena_format(p->arena, "%.*s\n", (int)(c - text), text);
    char *end = strstr(guard, "\n#endif\n"); /* the last one closes the guard */
    for (char *next; (next = strstr(end + 1, "\n#endif\n"));) end = next;
    end[1] = 0;
    bool opened = false;
    int depth = 0, conditions = 0;
    Text piece = text_new(p->arena);
    for (c = guard + strcspn(guard, "\n") + 1; *c;) {
        const char *line_end = c + strcspn(c, "\n");
        const size_t words = strspn(c, " \t");
        if (!conditions && !depth && !strncmp(c, "#include", 8)) {
            take_include(p, c);
            c = line_end + (*line_end != 0);
            continue;
        }
        bool ends = c == line_end && !depth && !conditions;
        if (c[words] == '#') {
            conditions += !strncmp(c + words, "#if", 3);
            conditions -= !strncmp(c + words, "#endif", 6);
        }
        /* a line, or more where a comment or string goes on */
        for (const char *at = c; at < line_end;) {
            const char *behind = behind_literal(at);
            if (behind > line_end) line_end = behind + strcspn(behind, "\n");
            if (behind == at) depth += (*at == '{') - (*at == '}'), at++;
            else at = behind;
        }
        if (c < line_end || piece.length) text_add(&piece, "%.*s\n", (int)(line_end - c), c);
        /* the end of a function ends a piece too */
        ends = ends || (line_end > c && line_end[-1] == '}' && !depth && !conditions);
        c = line_end + (*line_end != 0);
        if (!piece.length || (!ends && *c)) continue;
        if (!opened) add_piece(p, number, opening, true);
        opened = true;
        add_piece(p, number, piece.chars, false);
        piece = text_new(p->arena);
    }
}

/* Marks what the names of a text need. */
static void need(Pieces *p, const char *text)
{
    for (const char *name, *rest = text; (name = next_name(p->arena, &rest));) {
        const int definer = name_known(&p->definer, name);
        if (!definer || p->of[definer - 1].needed) continue;
        p->of[definer - 1].needed = true;
        need(p, p->of[definer - 1].text);
    }
}

/* ---- sources ---- */

/* Does a trainer with its runtime in one file have this file of the runtime? */
static bool is_source(const Emission *e, const char *name)
{
    const size_t n = strlen(name);
    if (strncmp(name, "rt_", 3) || strcmp(name + n - 2, ".c")) return false;
    return (e->costs || strcmp(name, "rt_profile.c")) && (e->n_watched || strcmp(name, "rt_watch.c"));
}

/* Adds a source of the runtime.  What it includes is noted, and stands before all sources. */
static void take_source(Pieces *p, const Embedded *file, Text *sources)
{
    const char *text = arena_format(p->arena, "%.*s", (int)(file->end - file->start), file->start);
    int conditions = 0;
    text_add(sources, "\n");
    for (const char *c = text; *c;) {
        const size_t n = strcspn(c, "\n") + 1;
        if (*c == '#') conditions += !strncmp(c, "#if", 3), conditions -= !strncmp(c, "#endif", 6);
        if (!conditions && !strncmp(c, "#include", 8)) take_include(p, c);
        else text_add(sources, "%.*s", (int)n, c);
        c += n;
    }
}

static const char *take_sources(Pieces *p, const Emission *e)
{
    Text sources = text_new(p->arena);
    for (int i = 0; i < embedded_count(); i++) {
        const Embedded file = embedded_at(i);
        if (is_source(e, file.name)) take_source(p, &file, &sources);
    }
    return sources.chars;
}

/* ---- the text ---- */

static Pieces pieces_new(Arena *arena, bool trainer)
{
    return (Pieces){.arena = arena,
                    .headers = name_table_new(arena),
                    .system = name_table_new(arena),
                    .definer = name_table_new(arena),
                    .trainer = trainer,
                    .includes = text_new(arena)};
}

/* The text of the pieces that are needed, and of those that stand for themselves. */
static const char *pieces_text(Pieces *p)
{
    for (int i = 0; i < p->n; i++)
        if (!p->of[i].defines && !p->of[i].opening) p->of[i].needed = true, need(p, p->of[i].text);
    bool *used = arena_array(p->arena, p->n_headers + 1, sizeof *used);
    for (int i = 0; i < p->n; i++)
        if (p->of[i].needed) used[p->of[i].header] = true;
    Text text = text_new(p->arena);
    text_add(&text, "%s\n", p->includes.chars);
    if (!p->trainer)
        text_add(&text,
                 "/* all of C's library that is called */\n"
                 "void *memcpy(void *restrict, const void *restrict, size_t);\nvoid *memset(void *, int, size_t);\n\n");
    for (int i = 0; i < p->n; i++)
        if (p->of[i].needed || (p->of[i].opening && used[p->of[i].header])) text_add(&text, "%s\n", p->of[i].text);
    return text.chars;
}

const char *runtime_text(const Emission *e, const char *code, const char **sources)
{
    Pieces p = pieces_new(e->experiment->graph->arena, is_trainer(e->form));
    for (const char **name = headers_of(e, p.trainer); *name; name++) take_header(&p, *name);
    *sources = p.trainer ? take_sources(&p, e) : "";
    need(&p, code);
    need(&p, *sources);
    return pieces_text(&p);
}

const char *header_text(Arena *arena, const char *name, const char *code)
{
    Pieces p = pieces_new(arena, false);
    take_header(&p, name);
    need(&p, code);
    return pieces_text(&p);
}

const char *runtime_includes(const Emission *e, bool tables)
{
    Text text = text_new(e->experiment->graph->arena);
    text_add(&text, "#include <stddef.h>\n#include <string.h>\n\n");
    for (const char **name = headers_of(e, tables); *name; name++) text_add(&text, "#include \"%s\"\n", *name);
    text_add(&text, "\n");
    return text.chars;
}
