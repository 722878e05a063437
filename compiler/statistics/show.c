/* show.c - statistics as tables with notes, which people read. */
#include "statistics/statistics.h"

#include <math.h>
#include <string.h>

/* ---- numbers ---- */

/* Decimals with which values are shown: two digits and a half of the smallest spread among the variants, or of
 * differences. */
static int shown_decimals(const Statistics *s)
{
    double spread = INFINITY, largest = 0;
    for (int i = 0; i < s->n_variants; i++) {
        const VariantStatistics *v = &s->variants[i];
        if (v->sd > 0) spread = fmin(spread, v->sd);
        if (v->n) largest = fmax(largest, fabs(v->mean));
    }
    for (int i = 0; i < s->n_comparisons; i++)
        if (s->comparisons[i].high > s->comparisons[i].low)
            spread = fmin(spread, s->comparisons[i].high - s->comparisons[i].low);
    if (isinf(spread)) spread = largest > 0 ? largest * 0.01 : 1;
    return (int)fmin(12, fmax(0, 2 - floor(log10(spread))));
}

static const char *shown_value(Arena *arena, double value, int decimals, bool sign)
{
    const double most_digits = 1e12;
    if (isnan(value)) return "-";
    if (fabs(value) >= most_digits) return arena_format(arena, sign ? "%+.6g" : "%.6g", value);
    return arena_format(arena, sign ? "%+.*f" : "%.*f", decimals, value);
}

static const char *shown_interval(Arena *arena, double low, double high, int decimals, bool sign)
{
    if (isnan(low)) return "-";
    return arena_format(arena, "[%s, %s]", shown_value(arena, low, decimals, sign),
                        shown_value(arena, high, decimals, sign));
}

const char *shown_p(Arena *arena, double p)
{
    if (isnan(p)) return "-";
    return arena_format(arena, p >= 0.1 || p == 0 ? "%.3f" : p >= 0.01 ? "%.4f" : p >= 0.001 ? "%.5f" : "%.1e", p);
}

/* ---- tables ---- */

/* Adds a table of n_rows x n_columns texts, rows first: the first column on the left, the others on the right of their
 * place.  Its first row is the head. */
static void text_table(Text *text, int n_rows, int n_columns, const char *const *cells)
{
    int *widths = arena_array(text->arena, n_columns, sizeof *widths);
    for (int i = 0; i < n_rows * n_columns; i++) {
        const int width = shown_width(cells[i]);
        if (width > widths[i % n_columns]) widths[i % n_columns] = width;
    }
    for (int i = 0; i < n_rows * n_columns; i++) {
        const int column = i % n_columns, blanks = widths[column] - shown_width(cells[i]);
        if (column) text_add(text, "  %*s%s", blanks, "", cells[i]);
        else text_add(text, "%s%*s", cells[i], blanks, "");
        if (column == n_columns - 1) text_add(text, "\n");
    }
}

static const char *name_of(Arena *arena, const Statistics *s, const Comparison *c)
{
    return shown_name(arena, s->variants[c->variant].name);
}

static void add_variants(Text *text, const Statistics *s, int decimals)
{
    enum { COLUMNS = 5 };
    Arena *arena = text->arena;
    const char **cells = arena_array(arena, (int64_t)COLUMNS * (s->n_variants + 1), sizeof *cells), **to = cells;
    static const char *const head[COLUMNS] = {"variant", "n", "mean", "sd", "95% interval"};
    for (int i = 0; i < COLUMNS; i++) *to++ = head[i];
    for (int i = 0; i < s->n_variants; i++) {
        const VariantStatistics *v = &s->variants[i];
        *to++ = shown_name(arena, v->name);
        *to++ = arena_format(arena, "%d", v->n);
        *to++ = shown_value(arena, v->mean, decimals, false);
        *to++ = shown_value(arena, v->sd, decimals, false);
        *to++ = shown_interval(arena, v->low, v->high, decimals, false);
    }
    text_table(text, s->n_variants + 1, COLUMNS, cells);
}

/* The differences, tests of them, and how large and how sure they are: three tables, since one would be too wide. */
static void add_comparisons(Text *text, const Statistics *s, int decimals)
{
    enum { TABLES = 3, COLUMNS = 6 };
    Arena *arena = text->arena;
    static const int columns[TABLES] = {5, 6, 6};
    static const char *const heads[TABLES][COLUMNS] = {
        {NULL, "n", "difference", "95% interval", "detectable"},
        {NULL, "t", "p", "p_holm", "p_signflip", "p_wilcoxon"},
        {NULL, "dz", "g", "p_better", "p_equivalent", "p_not_worse"}};
    const char *against = arena_format(arena, "against %s", shown_name(arena, s->variants[s->baseline].name));
    for (int table = 0; table < TABLES; table++) {
        const int n = columns[table];
        const char **cells = arena_array(arena, (int64_t)n * (s->n_comparisons + 1), sizeof *cells), **to = cells;
        for (int i = 0; i < n; i++) *to++ = i ? heads[table][i] : against;
        for (int i = 0; i < s->n_comparisons; i++, to += n) {
            const Comparison *c = &s->comparisons[i];
            to[0] = name_of(arena, s, c);
            if (table == 0) {
                to[1] = arena_format(arena, "%d", c->n);
                to[2] = shown_value(arena, c->difference, decimals, true);
                to[3] = shown_interval(arena, c->low, c->high, decimals, true);
                to[4] = shown_value(arena, c->detectable, decimals, false);
            } else if (table == 1) {
                const double p[] = {c->p, c->p_holm, c->p_signflip, c->p_wilcoxon};
                to[1] = shown_value(arena, c->t, 3, false);
                for (int k = 0; k < 4; k++) to[2 + k] = shown_p(arena, p[k]);
            } else {
                const double size[] = {c->dz, c->g, c->p_better};
                for (int k = 0; k < 3; k++) to[1 + k] = shown_value(arena, size[k], 3, false);
                to[4] = shown_p(arena, c->p_equivalent);
                to[5] = shown_p(arena, c->p_not_worse);
            }
        }
        if (table) text_add(text, "\n");
        text_table(text, s->n_comparisons + 1, n, cells);
    }
}

/* ---- notes ---- */

static void add_left_out(Text *text, const Statistics *s, const Comparison *c)
{
    enum { MOST_SEEDS = 10 };
    if (!c->n_left_out) return;
    text_add(text, "%s: left out, since only one of the two has %s:", name_of(text->arena, s, c),
             c->n_left_out == 1 ? "it, the seed" : "them, the seeds");
    for (int i = 0; i < c->n_left_out && i < MOST_SEEDS; i++)
        text_add(text, "%s %s", i ? "," : "", shown_name(text->arena, c->left_out[i]));
    if (c->n_left_out > MOST_SEEDS) text_add(text, " and %d more", c->n_left_out - MOST_SEEDS);
    text_add(text, "\n");
}

/* What tests that count sign flips cannot show with so few pairs: their smallest p is 2 / 2^n. */
static void add_limit(Text *text, const Statistics *s)
{
    const double level = 0.05;
    const int m = count_tested(s);
    int least = 0, most = 0;
    for (int i = 0; i < s->n_comparisons; i++) {
        const Comparison *c = &s->comparisons[i];
        if (c->reason) continue;
        if (!least || c->n < least) least = c->n;
        if (c->n > most) most = c->n;
    }
    for (int n = least; n <= most && n <= MOST_FLIPPED; n++) {
        bool there = false;
        for (int i = 0; i < s->n_comparisons; i++)
            there = there || (!s->comparisons[i].reason && s->comparisons[i].n == n);
        const double p = ldexp(2, -n);
        if (!there || m * p <= level / 10) continue;
        text_add(text, "%d pairs: p_signflip and p_wilcoxon are at least %.6g", n, p);
        if (m > 1) text_add(text, ", by Holm over %d comparisons %.6g", m, fmin(1, m * p));
        text_add(text, m * p > level ? ": never below %g\n" : "\n", level);
    }
}

void statistics_left_out(Text *text, const Statistics *s)
{
    for (int i = 0; i < s->n_comparisons; i++) add_left_out(text, s, &s->comparisons[i]);
}

void statistics_notes(Text *text, const Statistics *s)
{
    const int m = count_tested(s);
    bool flipped = true, ranked = true;                    /* where there is a p at all */
    for (int i = 0; i < s->n_comparisons; i++) {
        flipped = flipped && (s->comparisons[i].reason || !isnan(s->comparisons[i].p_signflip));
        ranked = ranked && (s->comparisons[i].reason || !isnan(s->comparisons[i].p_wilcoxon));
    }
    if (m) {
        text_add(text, "detectable: the smallest difference that these seeds would have found 8 times in 10, by t at ");
        text_add(text, m > 1 ? "0.05 / %d\n" : "0.05\n", m);
    }
    add_limit(text, s);
    if (!flipped) text_add(text, "p_signflip: only up to %d pairs, whose flips can all be counted\n", MOST_FLIPPED);
    if (!ranked) text_add(text, "p_wilcoxon: only up to about 1500 sizes of differences\n");
    statistics_left_out(text, s);
    for (int i = 0; i < s->n_comparisons; i++) {
        const Comparison *c = &s->comparisons[i];
        if (c->reason) text_add(text, "%s: no test: %s\n", name_of(text->arena, s, c), c->reason);
    }
}

/* Adds the lines of a text, broken at 80 columns. */
static void add_broken(Text *text, const char *lines)
{
    for (size_t n; *lines; lines += n + 1) {
        n = strcspn(lines, "\n");
        text_paragraph(text, arena_format(text->arena, "%.*s", (int)n, lines), 80, 2);
    }
}

void statistics_text(Text *text, const Statistics *s)
{
    const int decimals = shown_decimals(s);
    add_variants(text, s, decimals);
    if (!s->n_comparisons) {
        text_add(text, "\none variant alone: there is nothing to compare it with\n");
        return;
    }
    text_add(text, "\n");
    add_comparisons(text, s, decimals);
    text_add(text, "\n");
    Text notes = text_new(text->arena);
    statistics_notes(&notes, s);
    add_broken(text, notes.chars);
}
