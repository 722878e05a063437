/* csv.c - a reader of tables of comma-separated values (RFC 4180): quoted fields, with commas, quotes and line breaks
 * inside; lines that end with LF or CR LF. */
#include "base/csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const size_t most_bytes = (size_t)1 << 30;

enum { MOST_FIELDS = 1000 };

const char *csv_shown(Arena *arena, const char *text, int64_t length)
{
    enum { MOST_SHOWN = 40 };
    int n = 0;
    for (size_t step; n < length && n < MOST_SHOWN; n += (int)step)
        if (!(step = rt_utf8(text + n, (size_t)(length - n)))) step = 1;
    const char *begin = shown_name(arena, arena_format(arena, "%.*s", n, text));
    return n < length ? arena_format(arena, "%s...", begin) : begin;
}

double csv_number(Arena *arena, CsvField field)
{
    char *end;
    const char *text = arena_format(arena, "%.*s", (int)(field.length < 64 ? field.length : 64), field.text);
    const double value = strtod(text, &end);
    return *text && !*end ? value : nan("");
}

bool csv_is(CsvField f, const char *text)
{
    return (int64_t)strlen(text) == f.length && !memcmp(f.text, text, (size_t)f.length);
}

Csv *csv_open(Arena *arena, const char *path)
{
    RtError error = {0};
    RtText file = {0};
    const bool is_stdin = !strcmp(path, "-");
    if (!(is_stdin ? read_stdin(&file, most_bytes, &error) : rt_file_read(path, most_bytes, &file, &error)))
        fail("%s", error.text);
    if (is_stdin) path = "stdin";
    Csv *csv = arena_alloc(arena, sizeof *csv);
    *csv = (Csv){.arena = arena, .path = path, .at = file.data, .end = file.data + file.length, .next_line = 1};
    if (file.length >= 3 && !memcmp(file.data, "\xef\xbb\xbf", 3)) csv->at += 3;
    return csv;
}

/* Reads a field in quotes, where "" stands for one quote.  Leaves `at` behind the closing quote.  The text stays where
 * it is, but for what has such a pair. */
static CsvField quoted(Csv *csv)
{
    const char *from = ++csv->at;
    int64_t pairs = 0;
    for (;; csv->at++) {
        if (csv->at == csv->end) fail("%s:%d: a quote that is not closed", csv->path, csv->line);
        if (!*csv->at) fail("%s:%d: a NUL byte, against text", csv->path, csv->next_line);
        if (*csv->at == '\n') csv->next_line++;
        if (*csv->at != '"') continue;
        if (csv->at + 1 == csv->end || csv->at[1] != '"') break;
        csv->at++;
        pairs++;
    }
    CsvField field = {.text = from, .length = csv->at - from - pairs};
    if (pairs) {
        char *copy = arena_alloc(csv->arena, (size_t)field.length + 1), *to = copy;
        for (const char *c = from; c < csv->at; c++) {
            *to++ = *c;
            c += *c == '"';
        }
        field.text = copy;
    }
    csv->at++;
    return field;
}

static CsvField plain(Csv *csv)
{
    const char *from = csv->at;
    while (csv->at < csv->end && !memchr(",\"\r\n", *csv->at, 5)) csv->at++;
    return (CsvField){.text = from, .length = csv->at - from};
}

bool csv_row(Csv *csv)
{
    while (csv->at < csv->end && (*csv->at == '\n' || (*csv->at == '\r' && csv->at[1] == '\n'))) {
        csv->at += *csv->at == '\r' ? 2 : 1;
        csv->next_line++;
    }
    if (csv->at == csv->end) return false;
    csv->text = csv->at;
    csv->line = csv->next_line;
    for (csv->n = 0;; csv->at++) {
        if (csv->n == MOST_FIELDS) fail("%s:%d: more than %d fields", csv->path, csv->line, MOST_FIELDS);
        csv->fields = arena_grow(csv->arena, csv->fields, csv->n, &csv->capacity, sizeof *csv->fields);
        const char *from = csv->at;
        const bool has_quotes = csv->at < csv->end && *csv->at == '"';
        CsvField field = has_quotes ? quoted(csv) : plain(csv);
        field.from = from - csv->text;
        field.to = csv->at - csv->text;
        csv->fields[csv->n++] = field;
        if (csv->at < csv->end && *csv->at == ',') continue;
        csv->length = csv->at - csv->text;
        csv->ends_with_return = csv->at < csv->end && *csv->at == '\r' && csv->at[1] == '\n';
        if (csv->ends_with_return) csv->at++;
        if (csv->at == csv->end) return true;
        if (*csv->at == '\n') break;
        if (!*csv->at) fail("%s:%d: a NUL byte, against text", csv->path, csv->next_line);
        fail("%s:%d: field %d %s, against a comma or the end of the line", csv->path, csv->next_line, csv->n,
             *csv->at == '\r' ? "has a carriage return"
             : has_quotes     ? "goes on after its closing quote"
                              : "has a quote inside, but none around it");
    }
    csv->at++;
    csv->next_line++;
    return true;
}
