/* rt_error.c - messages: the one line of an RtError, and text that grows.
 *
 * Nothing here or in the rest of the runtime prints.  A failure is a filled-in RtError and a false return, so that a
 * program which embeds the runtime decides what becomes of it. */
#include "rt.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* The first message is kept, since it is the cause.  A failure of the clean-up after it is a consequence. */
bool rt_fail(RtError *error, const char *format, ...)
{
    if (error && !error->text[0]) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(error->text, sizeof error->text, format, arguments);
        va_end(arguments);
    }
    return false;
}

static bool text_room(RtText *text, size_t n)
{
    if (text->failed) return false;
    if (n < text->capacity - text->length) return true;   /* one byte is always left for the closing zero */
    size_t need, capacity;
    text->failed = __builtin_add_overflow(text->length, n, &need) || __builtin_mul_overflow(need + 1, 2, &capacity) ||
                   need + 1 == 0;
    char *data = text->failed ? NULL : realloc(text->data, capacity < 256 ? 256 : capacity);
    if (!data) {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->capacity = capacity < 256 ? 256 : capacity;
    return true;
}

void rt_text_bytes(RtText *text, const char *bytes, size_t n)
{
    if (!text_room(text, n)) return;
    if (n) memcpy(text->data + text->length, bytes, n);
    text->length += n;
    text->data[text->length] = 0;
}

void rt_text_add(RtText *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (n < 0 || !text_room(text, (size_t)n)) {
        text->failed = true;
        return;
    }
    va_start(arguments, format);
    vsnprintf(text->data + text->length, (size_t)n + 1, format, arguments);
    va_end(arguments);
    text->length += (size_t)n;
}

/* Inside '...' only the quote itself means anything to a shell. */
void rt_text_word(RtText *text, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:,+@%-";
    if (*word && !word[strspn(word, plain)]) {
        rt_text_bytes(text, word, strlen(word));
        return;
    }
    rt_text_bytes(text, "'", 1);
    for (; *word; word++) rt_text_add(text, *word == '\'' ? "'\\''" : "%c", *word);
    rt_text_bytes(text, "'", 1);
}

void rt_text_free(RtText *text)
{
    free(text->data);
    *text = (RtText){0};
}

/* RFC 3629: shortest forms only, no surrogates, nothing past U+10FFFF. */
size_t rt_utf8(const char *text, size_t n)
{
    const unsigned char *s = (const unsigned char *)text;
    if (!n) return 0;
    if (s[0] < 0x80) return 1;
    size_t length = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc2 || s[0] > 0xf4 || n < length) return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xc0) != 0x80) return 0;
    bool wrong = (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf0 && s[1] < 0x90) ||
                 (s[0] == 0xf4 && s[1] > 0x8f);
    return wrong ? 0 : length;
}
