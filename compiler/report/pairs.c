/* pairs.c - the figure of all pairs: each variant's difference from every one before it. */
#include "report/figures.h"

#include <math.h>
#include <string.h>

enum { MARGIN = 14, HEAD = 40, CELL = 68, ROW = 46, LEAST_WIDTH = 420, MOST_NAME = 210, NUMBER = 24, TITLE_STEP = 17,
       MOST_PAIRED = 30 };

typedef struct Pair { double difference, p, p_holm; int n, wins, ties, losses; } Pair;

/* Counts the seeds on which a variant is above another one, equal to 12 decimals, and below. */
static void count_seeds(int n, const StatisticsRun *runs, int variant, int other, Pair *pair)
{
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n && runs[i].variant == variant; k++) {
            if (runs[k].variant != other || strcmp(runs[i].seed, runs[k].seed)) continue;
            const double d = runs[i].value - runs[k].value;
            if (fabs(d) < 0.5e-12) pair->ties++;
            else if (d > 0) pair->wins++;
            else pair->losses++;
        }
}

/* The pairs (variant, other) with other < variant, variant by variant. */
static Pair *pairs_of(Arena *arena, const BlockFigure *f, int *n_pairs)
{
    int n;
    const StatisticsRun *runs = block_values(arena, f->study, f->block, f->metric, &n);
    const int count = f->n * (f->n - 1) / 2;
    Pair *pairs = arena_array(arena, count, sizeof *pairs);
    double *p = arena_array(arena, count, sizeof *p), *adjusted = arena_array(arena, count, sizeof *adjusted);
    for (int other = 0; other < f->n; other++) {
        const Statistics *s = statistics_of(arena, f->n, f->study->variants, other, n, runs, (double)NAN);
        for (int i = 0; i < s->n_comparisons; i++) {
            const Comparison *c = &s->comparisons[i];
            if (c->variant < other) continue;
            Pair *pair = &pairs[c->variant * (c->variant - 1) / 2 + other];
            *pair = (Pair){.difference = c->difference, .p = c->p, .n = c->n};
            count_seeds(n, runs, c->variant, other, pair);
        }
    }
    for (int i = 0; i < count; i++) p[i] = pairs[i].p;
    holm(arena, count, p, adjusted);
    for (int i = 0; i < count; i++) pairs[i].p_holm = adjusted[i];
    *n_pairs = count;
    return pairs;
}

static void draw_pair(Svg *svg, const Pair *pair, double scale, int decimals, double x, double y)
{
    Arena *arena = svg->arena;
    if (!pair->n) return;
    if (pair->p_holm < 0.05) svg_rectangle(svg, "shade", x + 2, y + 2, CELL - 4, ROW - 4);
    const char *difference = difference_text(arena, scale * pair->difference, decimals);
    svg_text(svg, "mid", x + CELL / 2.0, y + 14, text_fit(arena, TEXT_SIZE, difference, CELL - 6), difference);
    svg_text(svg, "mid quiet", x + CELL / 2.0, y + 27,
             arena_format(arena, "%d / %d / %d", pair->wins, pair->ties, pair->losses), NULL);
    if (!isnan(pair->p_holm))
        svg_text(svg, "mid", x + CELL / 2.0, y + 40, arena_format(arena, "p %s", shown_p(arena, pair->p_holm)), NULL);
}

const char *figure_pairs(Arena *arena, const BlockFigure *f)
{
    int n;
    if (f->n < 3 || f->n > MOST_PAIRED) return NULL;
    const Pair *pairs = pairs_of(arena, f, &n);
    const double scale = f->percent ? 100 : 1;
    const int decimals = decimals_of_differences(arena, f->statistics, f->percent);
    double names = 0;
    for (int i = 0; i < f->n; i++) names = fmax(names, text_pixels(TEXT_SIZE, f->names[i]));
    names = fmin(names, MOST_NAME);
    const char **lines = names_within(arena, TEXT_SIZE, f->n, f->names, names, 2);
    const double left = MARGIN + names + 10 + NUMBER;
    Svg svg = svg_new(arena, fmax(LEAST_WIDTH, left + (f->n - 1) * CELL + MARGIN));
    const char *what = arena_format(arena, "%s, each against each", f->metric_label),
               *title = arena_format(arena, "%s, %s", f->title, what), *head = title;
    const double room = svg.width - 2 * MARGIN;
    if (text_pixels(TITLE_SIZE, title) > room)
        head = arena_format(arena, "%s\n%s", text_fit(arena, TITLE_SIZE, f->title, room),
                            text_fit(arena, TITLE_SIZE, what, room));
    const double top = HEAD + 20 + TITLE_STEP * (lines_in(head) - 1);
    svg_lines(&svg, "title", MARGIN, 22, TITLE_STEP, head, title);
    for (int i = 0; i < f->n; i++) {
        const double y = top + i * ROW;
        const char *number = arena_format(arena, "%d", i + 1);
        if (i + 1 < f->n) svg_text(&svg, "mid quiet", left + (i + 0.5) * CELL, top - 6, number, NULL);
        draw_row_name(&svg, MARGIN + names, y + ROW / 2.0, lines[i], f->names[i]);
        svg_text(&svg, "end quiet", left - 8, y + ROW / 2.0 + 4, number, NULL);
        svg_line(&svg, "grid", MARGIN, y, left + fmax(i, 1) * CELL, y);
        for (int k = 0; k < i; k++)
            draw_pair(&svg, &pairs[i * (i - 1) / 2 + k], scale, decimals, left + k * CELL, y);
    }
    const char *foot = arena_format(arena, "Row minus column; seeds on which the row is above / equal / below; p of "
                                           "the paired t test after Holm over %d pairs, shaded where it is below "
                                           "0.05.%s%s",
                                    n, *f->missing ? " " : "", f->missing);
    const double end = svg_paragraph(&svg, "quiet", MARGIN, top + f->n * ROW + 20, svg.width - 2 * MARGIN, 15, foot);
    return svg_finish(&svg, end + 2, title, foot);
}
