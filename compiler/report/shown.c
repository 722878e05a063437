/* shown.c - names and numbers as they are shown in Markdown, LaTeX and CSV.  The first two take text that came
 * from shown_name(). */
#include "report/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- escapes ---- */

typedef struct Escape { char from; const char *to; } Escape;

static const char *escaped(Arena *arena, const char *text, int n, const Escape *escapes)
{
    Text to = text_new(arena);
    for (; *text; text++) {
        int i = 0;
        while (i < n && escapes[i].from != *text) i++;
        if (i < n) text_add(&to, "%s", escapes[i].to);
        else text_add(&to, "%c", *text);
    }
    return to.chars;
}

const char *markdown_of(Arena *arena, const char *text)
{
    static const Escape escapes[] = {
        {'\\', "\\\\"}, {'`', "\\`"}, {'*', "\\*"}, {'_', "\\_"}, {'[', "\\["}, {']', "\\]"}, {'#', "\\#"},
        {'|', "\\|"}, {'~', "\\~"}, {'$', "\\$"}, {'@', "&#64;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'&', "&amp;"}};
    return escaped(arena, text, sizeof escapes / sizeof *escapes, escapes);
}

const char *latex_of(Arena *arena, const char *text)
{
    static const Escape escapes[] = {
        {'\\', "\\textbackslash{}"}, {'{', "\\{"}, {'}', "\\}"}, {'$', "\\$"}, {'&', "\\&"}, {'#', "\\#"},
        {'%', "\\%"}, {'_', "\\_"}, {'^', "\\textasciicircum{}"}, {'~', "\\textasciitilde{}"},
        {'<', "\\textless{}"}, {'>', "\\textgreater{}"}, {'|', "\\textbar{}"}, {'"', "\\char34{}"},
        {'`', "\\char96{}"}, {'-', "{-}"}, {'[', "{[}"}, {']', "{]}"},
        {'*', "{*}"}};                                      /* \\ takes [ and * as its arguments */
    return escaped(arena, text, sizeof escapes / sizeof *escapes, escapes);
}

const char *csv_of(Arena *arena, const char *text)
{
    if (!strpbrk(text, ",\"\r\n") && *text != ' ' && (!*text || text[strlen(text) - 1] != ' ')) return text;
    static const Escape escapes[] = {{'"', "\"\""}};
    return arena_format(arena, "\"%s\"", escaped(arena, text, 1, escapes));
}

const char *variant_within(Arena *arena, const char *name, int variant, int width)
{
    if (shown_width(name) <= width) return name;
    return shown_within(arena, arena_format(arena, "#%d %s", variant + 1, name), width);
}

/* ---- numbers ---- */

/* A number that is far from 1 gets an exponent, since it would take too many columns. */
const char *number_text(Arena *arena, double value, int decimals)
{
    if (isnan(value)) return "";
    if (fabs(value) >= 1e7 || (value != 0 && fabs(value) < 0.5 * pow(10, -decimals) && decimals >= 6))
        return arena_format(arena, "%.3e", value);
    const char *text = arena_format(arena, "%.*f", decimals, value);
    return *text == '-' && !strpbrk(text, "123456789") ? text + 1 : text;       /* no -0.00 */
}

const char *difference_text(Arena *arena, double value, int decimals)
{
    const char *text = number_text(arena, value, decimals);
    return value > 0 && strpbrk(text, "123456789i") ? arena_format(arena, "+%s", text) : text;
}

static int compare_numbers(const void *a, const void *b)
{
    const double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

/* So that spreads have two digits; otherwise: where there are no spreads. */
static int decimals_for(Arena *arena, int n, const double *spreads, int otherwise)
{
    double *sorted = arena_array(arena, n, sizeof *sorted);
    int k = 0;
    for (int i = 0; i < n; i++)
        if (spreads[i] > 0 && isfinite(spreads[i])) sorted[k++] = spreads[i];
    if (!k) return otherwise;
    qsort(sorted, (size_t)k, sizeof *sorted, compare_numbers);
    const double digits = 1 - floor(log10(sorted[k / 2]));
    return digits < 1 ? 1 : digits > 6 ? 6 : (int)digits;
}

int decimals_of_means(Arena *arena, const Statistics *s, bool percent)
{
    double *spreads = arena_array(arena, s->n_variants, sizeof *spreads);
    for (int i = 0; i < s->n_variants; i++) spreads[i] = (percent ? 100 : 1) * s->variants[i].sd;
    const int decimals = decimals_for(arena, s->n_variants, spreads, percent ? 2 : 4);
    return percent && decimals < 2 ? 2 : decimals;
}

int decimals_of_differences(Arena *arena, const Statistics *s, bool percent)
{
    double *spreads = arena_array(arena, s->n_comparisons, sizeof *spreads);
    for (int i = 0; i < s->n_comparisons; i++)
        spreads[i] = (percent ? 100 : 1) * (s->comparisons[i].high - s->comparisons[i].low) / 2;
    const int least = decimals_of_means(arena, s, percent),
              own = decimals_for(arena, s->n_comparisons, spreads, least);
    return own > least ? own : least;
}
