/* message.c - what the program says when it ends early, and which characters a terminal would not show but obey. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "base/base.h"
#include "rt_display.h"

#include <stdlib.h>
#include <string.h>

uint32_t character_code(const char *text, size_t n)
{
    const unsigned char *c = (const unsigned char *)text;
    if (n == 1) return c[0];
    uint32_t code = c[0] & (0x7fu >> n);
    for (size_t i = 1; i < n; i++) code = code << 6 | (c[i] & 0x3f);
    return code;
}

bool character_within(uint32_t code, int n, const CharacterRange *ranges)
{
    for (int i = 0; i < n; i++)
        if (code >= ranges[i].first && code <= ranges[i].last) return true;
    return false;
}

bool character_hidden(uint32_t code)
{
    static const CharacterRange ranges[] = {
        {0, 0x1f}, {0x7f, 0x9f}, {0xad, 0xad}, {0x34f, 0x34f}, {0x61c, 0x61c}, {0x115f, 0x1160}, {0x17b4, 0x17b5},
        {0x180b, 0x180f}, {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164}, {0xd800, 0xf8ff},
        {0xfdd0, 0xfdef}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0xfffe, 0xffff},
        {0x1d173, 0x1d17a}, {0xe0000, 0x10ffff}};
    return character_within(code, sizeof ranges / sizeof *ranges, ranges);
}

static struct RtDisplay *under_way;

void say_under_way(struct RtDisplay *line) { under_way = line; }

static void clear_line(void)
{
    if (under_way) rt_display_clear(under_way);
}

/* Lines stay lines: a message may have several. */
void print_message(const char *format, va_list arguments)
{
    char *text = NULL;
    fflush(stdout);
    clear_line();
    if (vasprintf(&text, format, arguments) < 0) {                  /* no memory: what is said of it has no names */
        fputs("tailor: out of memory\n", stderr);
        return;
    }
    for (size_t left = strlen(text), n, at = 0; left; at += n, left -= n) {
        n = rt_utf8(text + at, left);
        const uint32_t code = n ? character_code(text + at, n) : 0;
        if (!n) n = 1, fprintf(stderr, "\\x%02x", (unsigned char)text[at]);
        else if (character_hidden(code) && code != '\n' && code != '\t') fprintf(stderr, "\\u%04x", code);
        else fwrite(text + at, 1, n, stderr);
    }
    fputc('\n', stderr);
    free(text);
}

static bool silent;

void no_remarks(void) { silent = true; }

void remark(const char *format, ...)
{
    va_list arguments;
    if (silent) return;
    clear_line();
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

_Noreturn void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_message(format, arguments);
    va_end(arguments);
    exit(1);
}

_Noreturn void bug(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    clear_line();
    fputs("tailor: bug: ", stderr);
    print_message(format, arguments);
    va_end(arguments);
    exit(3);
}
