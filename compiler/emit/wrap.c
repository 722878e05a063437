/* wrap.c - lines of emitted C that are too long, broken.
 *
 * A line of code goes on where fewest brackets are open, and of such places behind the operator that binds least, as
 * far to the right as fits.  The next line begins below what follows the innermost open bracket, or below what follows
 * the `=`; if that takes lines that are too long again, it begins two levels further in than the statement.  Comments
 * go on behind a space.  Strings, and lines of the preprocessor, are not broken. */
#include "emit/emitter.h"

#include <string.h>

enum { MOST_OPEN = 64, FURTHER = 8, IF_NEEDED = 1000 };

/* The brackets that are open, and for each number of them the column at which a next line begins. */
typedef struct Open { int n; size_t columns[MOST_OPEN]; } Open;

/* A place where a line may end: the text before `end` stays, the text from `next` on goes on at the column. */
typedef struct Break { size_t end, next, column; int cost; Open open; } Break;

/* How loosely the operator at a space binds, which has a space behind it too: 1 the least; 0: there is none. */
static int binding(const char *at)
{
    static const char *const operators[] = {" ? ", " : ", " || ", " && ", " == ", " > ", " < ", " >= ", " <= ",
                                            " + ", " - ", " * ", " / ", " % "};
    for (int i = 0; i < (int)(sizeof operators / sizeof *operators); i++)
        if (!strncmp(at, operators[i], strlen(operators[i]))) return i < 2 ? 1 : i < 4 ? i : i < 9 ? 4 : i < 11 ? 5 : 6;
    return 0;
}

/* The last character of a string that begins at `at`: its closing quote, or the last of the line if it has none. */
static size_t string_end(const char *line, size_t at)
{
    for (at++; line[at] && line[at] != '"'; at++)
        if (line[at] == '\\' && line[at + 1]) at++;
    return line[at] ? at : at - 1;
}

/* The best place to end a line of code, which begins behind `start` spaces; cost -1: there is none.  indent: of the
 * statement's first line.  open: the brackets that lines before have opened. */
static Break best_break(const char *line, size_t start, size_t indent, bool hanging, Open open)
{
    const size_t further = indent + FURTHER;
    Break best = {.cost = -1};
    for (size_t at = start; line[at] && at < TEXT_WIDTH; at++) {
        const char *c = line + at;
        Break here = {.cost = -1};
        if (*c == '"') at = string_end(line, at);
        else if (*c == '(' || *c == '[' || *c == '{') {
            if (++open.n >= MOST_OPEN) return (Break){.cost = -1};
            open.columns[open.n] = hanging ? further : at + 1;
            if (*c == '(') here = (Break){.end = at + 1, .next = at + 1, .column = further, .cost = IF_NEEDED - open.n};
        } else if (*c == ')' || *c == ']' || *c == '}') open.n -= open.n > 0;
        else if (!strncmp(c, "/*", 2)) {
            here = (Break){.end = at, .next = at, .column = further, .cost = 0};
            while (here.end > start && line[here.end - 1] == ' ') here.end--;
            if (here.end == start) here.cost = -1;
        } else if ((*c == ',' || *c == ';') && c[1] == ' ')
            here = (Break){.end = at + 1, .next = at + 1 + strspn(c + 1, " "), .column = open.columns[open.n],
                           .cost = 10 * open.n};
        else if (!strncmp(c, " = ", 3) && !open.n && line[indent] != '.') {
            open.columns[0] = hanging ? further : at + 3;
            here = (Break){.end = at + 2, .next = at + 3, .column = further, .cost = IF_NEEDED};
        } else if (*c == ' ' && binding(c)) {
            const size_t end = at + 1 + strcspn(c + 1, " ");
            here = (Break){.end = end, .next = end + 1, .column = open.columns[open.n],
                           .cost = 10 * open.n + binding(c)};
        }
        if (here.cost >= 0 && here.end <= TEXT_WIDTH && line[here.next] && (best.cost < 0 || here.cost <= best.cost)) {
            best = here;
            best.open = open;
            best.open.columns[open.n] = here.column;
        }
        if (!strncmp(c, "/*", 2)) break;
    }
    return best;
}

/* Breaks a line of code; returns how many lines are too long still. */
static int wrap_code(Text *out, const char *line, bool hanging)
{
    const size_t indent = strspn(line, " ");
    Open open = {.columns = {indent + (line[indent] == '.' ? 0 : hanging ? FURTHER : 4)}};
    int wide = 0;
    for (size_t start = indent; strlen(line) > TEXT_WIDTH;) {
        const Break b = best_break(line, start, indent, hanging, open);
        if (b.cost < 0) {
            wide++;
            break;
        }
        text_add(out, "%.*s\n", (int)b.end, line);
        line = arena_format(out->arena, "%*s%s", (int)b.column, "", line + b.next);
        start = b.column;
        open = b.open;
    }
    text_add(out, "%s\n", line);
    return wide;
}

/* Breaks a line that is a comment, or lies within one. */
static void wrap_comment(Text *out, const char *line)
{
    const size_t indent = strspn(line, " "), margin = indent + (line[indent] == '/');
    while (strlen(line) > TEXT_WIDTH) {
        size_t end = TEXT_WIDTH;
        while (end > margin + 2 && (line[end] != ' ' || !strcmp(line + end, " */"))) end--;
        if (end == margin + 2) break;
        const char *next = line + end + 1;
        while (line[end - 1] == ' ') end--;
        text_add(out, "%.*s\n", (int)end, line);
        line = arena_format(out->arena, "%*s* %s", (int)margin, "", next);
    }
    text_add(out, "%s\n", line);
}

static void wrap_line(Text *out, const char *line)
{
    const char *first = line + strspn(line, " ");
    if (!strncmp(first, "/*", 2) || !strncmp(first, "* ", 2)) wrap_comment(out, line);
    else {
        Text aligned = text_new(out->arena), hanging = text_new(out->arena);
        const int wide = wrap_code(&aligned, line, false);
        const bool better = wide && wrap_code(&hanging, line, true) < wide;
        text_add(out, "%s", better ? hanging.chars : aligned.chars);
    }
}

const char *wrap_lines(Arena *arena, const char *text)
{
    Text out = text_new(arena);
    for (const char *end; *text; text = *end ? end + 1 : end) {
        end = text + strcspn(text, "\n");
        const int length = (int)(end - text);
        if (length <= TEXT_WIDTH || *text == '#') text_add(&out, "%.*s\n", length, text);
        else wrap_line(&out, arena_format(arena, "%.*s", length, text));
    }
    return out.chars;
}
