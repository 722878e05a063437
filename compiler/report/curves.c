/* curves.c - the figure of what training reported after each epoch: the mean over seeds, in the band from the least to
 * the greatest.  A few variants share a frame; many get one each, beside the baseline's curve. */
#include "report/figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 760, MARGIN = 14, HEAD = 40, MOST_SHARING = 6, HEIGHT = 300, COLUMNS = 4, SMALL = 128,
       NAME_LINES = 3, NAME_STEP = 13 };

/* A variant after an epoch. */
typedef struct Step { int variant, n; int64_t epoch; double sum, low, high; } Step;

typedef struct Curves {
    int n;
    Step *steps;                           /* by variant, then epoch */
    Extent epochs, values;
} Curves;

static int compare_steps(const void *a, const void *b)
{
    const Step *one = a, *other = b;
    if (one->variant != other->variant) return one->variant < other->variant ? -1 : 1;
    return (one->epoch > other->epoch) - (one->epoch < other->epoch);
}

static Curves curves_of(Arena *arena, const BlockFigure *f, const char *name, double scale)
{
    Curves c = {.epochs = extent_new(), .values = extent_new()};
    int capacity = 0, n = 0;
    for (int i = 0; i < f->block->n_runs; i++) {
        const ReportRun *run = &f->block->runs[i];
        if (!run_counts(f->block, run)) continue;
        for (int k = 0; k < run->cell->n_points; k++) {
            const ReportPoint *p = &run->cell->points[k];
            if (strcmp(p->name, name) || isnan(p->value)) continue;
            const double value = scale * p->value;
            c.steps = arena_grow(arena, c.steps, c.n, &capacity, sizeof *c.steps);
            c.steps[c.n++] = (Step){run->variant, 1, p->epoch, value, value, value};
        }
    }
    if (!c.n) return c;
    qsort(c.steps, (size_t)c.n, sizeof *c.steps, compare_steps);
    for (int i = 0; i < c.n; i++) {
        Step *last = n ? &c.steps[n - 1] : NULL;
        const Step step = c.steps[i];
        if (last && !compare_steps(last, &step)) {
            last->n++, last->sum += step.sum;
            last->low = fmin(last->low, step.low), last->high = fmax(last->high, step.high);
        } else c.steps[n++] = step;
        extent_add(&c.epochs, (double)step.epoch), extent_add(&c.values, step.sum);
    }
    c.n = n;
    return c;
}

/* Draws a variant's band, or its mean. */
static void draw_curve(Svg *svg, const Curves *c, int variant, const Axis *x, const Axis *y, bool band)
{
    double *points = arena_array(svg->arena, 4 * (int64_t)c->n, sizeof *points);
    int first = 0, n = 0;
    while (first < c->n && c->steps[first].variant < variant) first++;
    while (first + n < c->n && c->steps[first + n].variant == variant) n++;
    if (!n) return;
    const Step *steps = &c->steps[first];
    for (int i = 0; i < n; i++) {
        const double at = axis_at(x, (double)steps[i].epoch);
        points[2 * i] = at;
        points[2 * i + 1] = axis_at(y, band ? steps[i].high : steps[i].sum / steps[i].n);
        if (!band) continue;
        points[2 * (2 * n - 1 - i)] = at;
        points[2 * (2 * n - 1 - i) + 1] = axis_at(y, steps[i].low);
    }
    if (band) {
        if (n > 1) svg_points(svg, "polygon", svg_class(svg->arena, "band", variant), 2 * n, points);
        return;
    }
    if (n > 1)
        svg_points(svg, "polyline", arena_format(svg->arena, "curve %s", svg_class(svg->arena, "line", variant)), n,
                   points);
    /* marks are apart, so that they tell curves from each other */
    const int apart = (n + 7) / 8;
    for (int i = n - 1; i >= 0; i -= apart) svg_mark(svg, variant, points[2 * i], points[2 * i + 1], 3);
}

static double draw_together(Svg *svg, const BlockFigure *f, const Curves *c)
{
    const double top = HEAD, bottom = HEAD + HEIGHT;
    const Axis y = axis_new(svg->arena, AXIS_PLAIN, c->values, bottom, top);
    const double left = MARGIN + axis_labels(&y) + 9;
    const Axis x = axis_new(svg->arena, AXIS_WHOLE, c->epochs, left + 8, WIDTH - MARGIN - 8);
    draw_x_axis(svg, &x, top, bottom);
    draw_y_axis(svg, &y, left, WIDTH - MARGIN);
    svg_line(svg, "axis", left, bottom, x.from, bottom);
    svg_text(svg, "mid", (left + WIDTH - MARGIN) / 2, bottom + 31, "epoch", NULL);
    for (int i = 0; i < f->n; i++) draw_curve(svg, c, i, &x, &y, true);
    for (int i = f->n - 1; i >= 0; i--) draw_curve(svg, c, i, &x, &y, false);
    return draw_legend(svg, MARGIN, bottom + 44, WIDTH - 2 * MARGIN, f->n, f->names);
}

static double draw_apart(Svg *svg, const BlockFigure *f, const Curves *c)
{
    const Axis measured = axis_new(svg->arena, AXIS_PLAIN, c->values, SMALL, 0);
    const double labels = axis_labels(&measured) + 9, width = (WIDTH - 2 * MARGIN - labels) / COLUMNS;
    const char **names = names_within(svg->arena, TEXT_SIZE, f->n, f->names, width - 14, NAME_LINES);
    int most = 1;
    for (int i = 1; i < f->n; i++) most = lines_in(names[i]) > most ? lines_in(names[i]) : most;
    const double above = 22 + (most - 1) * NAME_STEP;
    double y_end = HEAD;
    for (int i = 1; i < f->n; i++) {
        const int column = (i - 1) % COLUMNS, row = (i - 1) / COLUMNS;
        const double left = MARGIN + labels + column * width, right = left + width - 14,
                     top = HEAD + above + row * (SMALL + 22 + above), bottom = top + SMALL - 10;
        const Axis y = axis_new(svg->arena, AXIS_PLAIN, c->values, bottom, top),
                   x = axis_new(svg->arena, AXIS_WHOLE, c->epochs, left + 5, right - 5);
        Axis unlabelled = y;
        for (int k = 0; k < unlabelled.n && column; k++) unlabelled.label[k] = "";
        svg_lines(svg, "name", left, top - 7 - (lines_in(names[i]) - 1) * NAME_STEP, NAME_STEP, names[i], f->names[i]);
        draw_x_axis(svg, &x, top, bottom);
        draw_y_axis(svg, &unlabelled, left, right);
        svg_line(svg, "axis", left, bottom, x.from, bottom);
        draw_curve(svg, c, 0, &x, &y, true);
        draw_curve(svg, c, i, &x, &y, true);
        draw_curve(svg, c, 0, &x, &y, false);
        draw_curve(svg, c, i, &x, &y, false);
        y_end = bottom + 34;
    }
    return y_end;
}

const char *figure_curves(Arena *arena, const BlockFigure *f, const char *name)
{
    const size_t length = strlen(name);
    Curves c = curves_of(arena, f, name, 1);
    if (!c.n || c.epochs.low == c.epochs.high) return NULL;           /* one epoch makes no curve */
    const bool percent = length >= 8 && !strcmp(name + length - 8, "accuracy") && c.values.low >= 0 &&
                         c.values.high <= 1;
    if (percent) c = curves_of(arena, f, name, 100);
    Svg svg = svg_new(arena, WIDTH);
    const char *title = arena_format(arena, "%s, %s%s by epoch", f->title, shown_name(arena, name),
                                     percent ? " in %" : "");
    svg_text(&svg, "title", MARGIN, 22, text_fit(arena, TITLE_SIZE, title, WIDTH - 2 * MARGIN), title);
    const bool apart = f->n > MOST_SHARING;
    const double end = apart ? draw_apart(&svg, f, &c) : draw_together(&svg, f, &c);
    const char *foot = arena_format(arena, "Means over seeds; bands from the least seed to the greatest.%s%s%s%s%s",
                                    apart ? " In every frame, with circles: " : "", apart ? f->names[0] : "",
                                    apart ? "; below: epochs." : "", *f->missing ? " " : "", f->missing);
    const double last = svg_paragraph(&svg, "quiet", MARGIN, end + 16, WIDTH - 2 * MARGIN, 15, foot);
    return svg_finish(&svg, last + 2, title, foot);
}
