/* rt_json.c - writing JSON: records that programs read and a person can look at. */
#include "rt.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 2 };   /* members down to this depth have lines of their own */

void rt_json_quote(RtText *text, const char *string)
{
    rt_text_bytes(text, "\"", 1);
    for (size_t left = strlen(string), n; left; string += n, left -= n) {
        n = rt_utf8(string, left);
        unsigned char c = (unsigned char)*string;
        if (!n) {   /* not UTF-8: a path or a processor's name may hold any byte */
            rt_text_add(text, "\\ufffd");
            n = 1;
        } else if (c == '"' || c == '\\') {
            rt_text_add(text, "\\%c", c);
        } else if (c == '\n') {
            rt_text_add(text, "\\n");
        } else if (c < 0x20 || c == 0x7f) {
            rt_text_add(text, "\\u%04x", c);
        } else {
            rt_text_bytes(text, string, n);
        }
    }
    rt_text_bytes(text, "\"", 1);
}

/* Writes the text before a value: comma, line break, key. */
static void lead(RtJsonWriter *writer, const char *key)
{
    if (writer->more) rt_text_bytes(&writer->text, ",", 1);
    if (writer->depth > 0 && writer->depth <= LINES)
        rt_text_add(&writer->text, "\n%*s", 2 * writer->depth, "");
    else if (writer->more)
        rt_text_bytes(&writer->text, " ", 1);
    if (key) {
        rt_json_quote(&writer->text, key);
        rt_text_bytes(&writer->text, ": ", 2);
    }
    writer->more = true;
}

void rt_json_open(RtJsonWriter *writer, const char *key, char bracket)
{
    lead(writer, key);
    rt_text_bytes(&writer->text, &bracket, 1);
    writer->depth++;
    writer->more = false;
}

void rt_json_close(RtJsonWriter *writer, char bracket)
{
    writer->depth--;
    if (writer->more && writer->depth < LINES) rt_text_add(&writer->text, "\n%*s", 2 * writer->depth, "");
    rt_text_bytes(&writer->text, &bracket, 1);
    writer->more = true;
    if (writer->depth == 0) rt_text_bytes(&writer->text, "\n", 1);
}

void rt_json_raw(RtJsonWriter *writer, const char *key, const char *json)
{
    lead(writer, key);
    rt_text_bytes(&writer->text, json, strlen(json));
}

void rt_json_string(RtJsonWriter *writer, const char *key, const char *value)
{
    lead(writer, key);
    rt_json_quote(&writer->text, value);
}

void rt_json_integer(RtJsonWriter *writer, const char *key, int64_t value)
{
    lead(writer, key);
    rt_text_add(&writer->text, "%lld", (long long)value);
}

void rt_json_unsigned(RtJsonWriter *writer, const char *key, uint64_t value)
{
    lead(writer, key);
    rt_text_add(&writer->text, "%llu", (unsigned long long)value);
}

void rt_json_number(RtJsonWriter *writer, const char *key, double value)
{
    char text[40];
    if (!isfinite(value)) {
        rt_json_raw(writer, key, "null");
        return;
    }
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) break;
    }
    rt_json_raw(writer, key, text);
}

void rt_json_bool(RtJsonWriter *writer, const char *key, bool value)
{
    rt_json_raw(writer, key, value ? "true" : "false");
}
