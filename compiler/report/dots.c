/* dots.c - the figure of a metric: what each variant reached, seed by seed, and its difference from the baseline. */
#include "report/figures.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 760, MARGIN = 14, GAP = 26, HEAD = 62, MOST_NAME = 210, P_COLUMN = 56 };

/* Where the rows of a figure and their parts stand. */
typedef struct Rows {
    Svg *svg;
    const Statistics *statistics;
    double scale, top, step, bottom;
} Rows;

static double row_y(const Rows *r, int i) { return r->top + (i + 0.5) * r->step; }

/* Draws the seeds of a variant as dots below its mean. */
static void draw_seeds(const Rows *r, const Axis *axis, const BlockFigure *f)
{
    for (int i = 0; i < f->block->n_runs; i++) {
        const ReportRun *run = &f->block->runs[i];
        const double value = run_counts(f->block, run) ? run_metric(f->study, run, f->metric) : (double)NAN;
        if (isnan(value)) continue;
        text_add(&r->svg->text, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"2\"/>\n",
                 svg_class(r->svg->arena, "seed", run->variant), axis_at(axis, r->scale * value),
                 row_y(r, run->variant) + 6);
    }
}

static void draw_means(const Rows *r, const Axis *axis)
{
    const VariantStatistics *v = r->statistics->variants;
    if (v[0].n) {
        const double x = axis_at(axis, r->scale * v[0].mean);
        svg_line(r->svg, "zero", x, r->top, x, r->bottom);
    }
    for (int i = 0; i < r->statistics->n_variants; i++) {
        const double y = row_y(r, i) - 2;
        if (!isnan(v[i].low) && !isnan(v[i].high))
            svg_line(r->svg, arena_format(r->svg->arena, "interval %s", svg_class(r->svg->arena, "line", i)),
                     axis_at(axis, r->scale * v[i].low), y, axis_at(axis, r->scale * v[i].high), y);
        if (v[i].n) svg_mark(r->svg, i, axis_at(axis, r->scale * v[i].mean), y, 4);
    }
}

/* Draws the differences, before the lengths that these seeds would have found. */
static void draw_differences(const Rows *r, const Axis *axis)
{
    const double zero = axis_at(axis, 0);
    const Statistics *s = r->statistics;
    for (int i = 0; i < s->n_comparisons; i++) {
        const Comparison *c = &s->comparisons[i];
        const double from = axis_at(axis, -r->scale * c->detectable), to = axis_at(axis, r->scale * c->detectable);
        if (!isnan(c->detectable))
            svg_rectangle(r->svg, "shade", from, row_y(r, c->variant) - 7, to - from, 10);
    }
    svg_line(r->svg, "zero", zero, r->top, zero, r->bottom);
    for (int i = 0; i < s->n_comparisons; i++) {
        const Comparison *c = &s->comparisons[i];
        const double y = row_y(r, c->variant) - 2;
        if (!isnan(c->low) && !isnan(c->high))
            svg_line(r->svg, arena_format(r->svg->arena, "interval %s", svg_class(r->svg->arena, "line", c->variant)),
                     axis_at(axis, r->scale * c->low), y, axis_at(axis, r->scale * c->high), y);
        if (c->n) svg_mark(r->svg, c->variant, axis_at(axis, r->scale * c->difference), y, 4);
    }
}

static Extent extent_of_values(const BlockFigure *f, double scale)
{
    Extent e = extent_new();
    for (int i = 0; i < f->block->n_runs; i++)
        if (run_counts(f->block, &f->block->runs[i]))
            extent_add(&e, scale * run_metric(f->study, &f->block->runs[i], f->metric));
    for (int i = 0; i < f->statistics->n_variants; i++)
        extent_add(&e, scale * f->statistics->variants[i].low), extent_add(&e, scale * f->statistics->variants[i].high);
    return e;
}

static Extent extent_of_differences(const Statistics *s, double scale)
{
    Extent e = extent_new();
    extent_add(&e, 0);
    for (int i = 0; i < s->n_comparisons; i++) {
        const Comparison *c = &s->comparisons[i];
        if (c->n) extent_add(&e, scale * c->difference);
        extent_add(&e, scale * c->low), extent_add(&e, scale * c->high);
        extent_add(&e, scale * c->detectable), extent_add(&e, -scale * c->detectable);
    }
    return e;
}

const char *figure_dots(Arena *arena, const BlockFigure *f)
{
    Svg svg = svg_new(arena, WIDTH);
    const Statistics *s = f->statistics;
    const double scale = f->percent ? 100 : 1;
    double names = 0;
    for (int i = 0; i < f->n; i++) names = fmax(names, text_pixels(TEXT_SIZE, f->names[i]));
    Rows r = {.svg = &svg, .statistics = s, .scale = scale, .top = HEAD,
              .step = f->n > 12 && names <= MOST_NAME ? 22 : 28};
    names = fmin(names, MOST_NAME);
    r.bottom = r.top + f->n * r.step;
    bool compared = false, tested = false;
    for (int i = 0; i < s->n_comparisons; i++)
        compared = compared || s->comparisons[i].n, tested = tested || !isnan(s->comparisons[i].p_holm);
    const double from = MARGIN + names + 14, to = WIDTH - MARGIN - (tested ? P_COLUMN : 0),
                 middle = compared ? from + 0.52 * (to - from - GAP) : to;
    const Axis values = axis_new(arena, AXIS_PLAIN, extent_of_values(f, scale), from, middle);

    svg_text(&svg, "title", MARGIN, 22, text_fit(arena, TITLE_SIZE, f->title, WIDTH - 2 * MARGIN), f->title);
    svg_text(&svg, "head", from, 48, text_fit(arena, TITLE_SIZE, f->metric_label, middle - from), f->metric_label);
    draw_x_axis(&svg, &values, r.top, r.bottom);
    draw_means(&r, &values);
    draw_seeds(&r, &values, f);
    const char **lines = names_within(arena, TEXT_SIZE, f->n, f->names, names, 2);
    for (int i = 0; i < f->n; i++) draw_row_name(&svg, from - 14, row_y(&r, i) - 1, lines[i], f->names[i]);
    Text foot = text_new(arena);
    text_add(&foot, "Large: means with 95%% intervals; dots: seeds.");
    if (compared) {
        const double start = middle + GAP;
        const Axis differences = axis_new(arena, AXIS_PLAIN, extent_of_differences(s, scale), start, to);
        const char *head = arena_format(arena, "minus %s", f->names[0]);
        svg_text(&svg, "head", start, 48, text_fit(arena, TITLE_SIZE, head, to - start), head);
        draw_x_axis(&svg, &differences, r.top, r.bottom);
        draw_differences(&r, &differences);
        if (tested) {
            svg_text(&svg, "head end", WIDTH - MARGIN, 48, "p_holm", NULL);
            text_add(&foot, " Shaded: differences too small for these seeds to find with probability 0.8.");
        }
        for (int i = 0; i < s->n_comparisons && tested; i++)
            svg_text(&svg, "end", WIDTH - MARGIN, row_y(&r, s->comparisons[i].variant) + 2,
                     shown_p(arena, s->comparisons[i].p_holm), NULL);
    }
    if (*f->missing) text_add(&foot, " %s", f->missing);
    const double end = svg_paragraph(&svg, "quiet", MARGIN, r.bottom + 40, WIDTH - 2 * MARGIN, 15, foot.chars);
    return svg_finish(&svg, end + 2, f->title, arena_format(arena, "%s, %s", f->metric_label, foot.chars));
}
