/* line.c - lines of a graph file and of the files that it uses, as messages name them. */
#include "graph/graph.h"

const char *line_text(Arena *arena, Line line)
{
    return line.source ? arena_format(arena, "%s:%d", line.source->path, line.number) : "?";
}

const char *line_short(Arena *arena, Line line)
{
    return line.source && line.source->used.source ? line_text(arena, line)
                                                   : arena_format(arena, "line %d", line.number);
}

const char *lines_text(Arena *arena, int n, const Line *lines)
{
    Text text = text_new(arena);
    for (int i = 0; i < n; i++) {
        const Source *file = lines[i].source;
        bool before = lines[i].number <= 0;
        for (int k = 0; k < i; k++) before = before || lines[k].source == file;
        for (int k = i; k < n && !before; k++) {
            if (lines[k].source != file || lines[k].number <= 0) continue;
            if (text.length) text_add(&text, ", ");
            if (k == i) text_add(&text, "%s:", file->base);
            text_add(&text, "%d", lines[k].number);
        }
    }
    return text.chars;
}

bool line_equal(Line a, Line b) { return a.source == b.source && a.number == b.number; }

void line_uses(Text *text, Line line)
{
    for (Line use = line.source->used; use.source; use = use.source->used)
        text_add(text, "\n      used from %s:%d", use.source->path, use.number);
}

void fail_at(Line line, const char *format, ...)
{
    Text text = text_new(arena_new());
    va_list arguments;
    va_start(arguments, format);
    text_add_v(&text, format, arguments);
    va_end(arguments);
    line_uses(&text, line);
    fail("%s:%d: %s", line.source->path, line.number, text.chars);
}
