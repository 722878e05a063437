/* shown.c - names from outside as a terminal, a browser or a printer shows them.
 *
 * A name is shown on one line in the order in which it is written, whatever it holds: what would not be shown as a
 * character, or obeyed, stands as an escape, so that two names never look alike by it.  Every function behind
 * shown_name() takes text that came from it. */
#include "base/base.h"

#include <math.h>
#include <string.h>

/* Columns that a character takes in a terminal: marks stand above the letter before them, ideographs take two. */
static int columns_of(uint32_t code)
{
    static const CharacterRange marks[] = {
        {0x300, 0x36f}, {0x483, 0x489}, {0x591, 0x5bd}, {0x610, 0x61a}, {0x64b, 0x65f}, {0x1ab0, 0x1aff},
        {0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0xfe20, 0xfe2f}};
    static const CharacterRange wide[] = {
        {0x1100, 0x115e}, {0x2e80, 0x303e}, {0x3041, 0xa4cf}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe30, 0xfe6f},
        {0xff00, 0xff60}, {0xffe0, 0xffe6}, {0x1f300, 0x1faff}, {0x20000, 0x3fffd}};
    if (code < 0x300) return 1;
    if (character_within(code, sizeof marks / sizeof *marks, marks)) return 0;
    return character_within(code, sizeof wide / sizeof *wide, wide) ? 2 : 1;
}

const char *shown_name(Arena *arena, const char *name)
{
    Text text = text_new(arena);
    for (size_t left = strlen(name), n; left; name += n, left -= n) {
        n = rt_utf8(name, left);
        const uint32_t code = n ? character_code(name, n) : 0;
        if (!n) {
            n = 1;
            text_add(&text, "\\x%02x", (unsigned char)*name);
        } else if (code == '\\') text_add(&text, "\\\\");
        else if (character_hidden(code)) text_add(&text, "\\u%04x", code);
        else text_add(&text, "%.*s", (int)n, name);
    }
    return text.chars;
}

/* Bytes of the longest beginning that takes at most `width` columns. */
static size_t prefix(const char *text, int width)
{
    size_t at = 0;
    for (size_t n, left = strlen(text); left; at += n, left -= n) {
        n = rt_utf8(text + at, left);
        if (!n) n = 1;
        width -= columns_of(character_code(text + at, n));
        if (width < 0) break;
    }
    return at;
}

int shown_width(const char *text)
{
    int width = 0;
    for (size_t left = strlen(text), n; left; text += n, left -= n) {
        n = rt_utf8(text, left);
        if (!n) n = 1;
        width += columns_of(character_code(text, n));
    }
    return width;
}

const char *shown_within(Arena *arena, const char *text, int width)
{
    const int whole = shown_width(text);
    if (whole <= width) return text;
    if (width < 4) return arena_format(arena, "%.*s", (int)prefix(text, width), text);
    const int tail = (width - 2) / 2, head = width - 2 - tail;
    size_t from = prefix(text, whole - tail);
    if (shown_width(text + from) > tail) {                       /* a wide character stood across */
        const size_t n = rt_utf8(text + from, strlen(text + from));
        from += n ? n : 1;
    }
    return arena_format(arena, "%.*s..%s", (int)prefix(text, head), text, text + from);
}

void text_paragraph(Text *text, const char *words, int width, int indent)
{
    int column = 0;
    for (const char *at = words; *at;) {
        const size_t n = strcspn(at, " ");
        const char *word = arena_format(text->arena, "%.*s", (int)n, at);
        const int columns = shown_width(word);
        if (column && column + 1 + columns > width) text_add(text, "\n%*s", indent, ""), column = indent;
        else if (column) text_add(text, " "), column++;
        text_add(text, "%s", word);
        column += columns;
        for (at += n; *at == ' '; at++) {}
    }
    text_add(text, "\n");
}

const char *count_text(Arena *arena, double value)
{
    static const char *const units[] = {"", " k", " M", " G", " T", " P", " E"};
    int unit = 0;
    if (isnan(value)) return "";
    while (value >= 999.5 && unit + 1 < (int)(sizeof units / sizeof *units)) value /= 1000, unit++;
    const int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return arena_format(arena, value < 1e6 ? "%.*f%s" : "%.*e%s", decimals, value, units[unit]);
}
