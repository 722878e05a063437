/* chart.c - axes, frames, spots and legends. */
#include "report/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- axes ---- */

static const double most_shown = 1e100;        /* what is farther from 0 stands at the end of its axis */

Extent extent_new(void) { return (Extent){INFINITY, -INFINITY}; }

void extent_add(Extent *e, double value)
{
    if (isnan(value)) return;
    value = fmax(-most_shown, fmin(most_shown, value));
    e->low = fmin(e->low, value), e->high = fmax(e->high, value);
}

double axis_at(const Axis *a, double value)
{
    value = fmax(a->low, fmin(a->high, value));
    const double share = a->is_log ? log(value / a->low) / log(a->high / a->low)
                                   : (value - a->low) / (a->high - a->low);
    return a->from + share * (a->to - a->from);
}

/* The label of a tick that is a multiple of the step. */
static const char *tick_label(Arena *arena, AxisKind kind, double tick, double step)
{
    static const char *const units[] = {"", " k", " M", " G", " T", " P"};
    if (fabs(tick) < step / 1000) tick = 0;
    if (kind == AXIS_COUNT && fabs(tick) < 1e18) {
        int unit = 0;
        double size = fabs(tick);
        while (size >= 1000 && unit + 1 < (int)(sizeof units / sizeof *units)) size /= 1000, tick /= 1000, unit++;
        return arena_format(arena, "%.6g%s", tick, units[unit]);
    }
    const double decimals = fmax(0, -floor(log10(step) + 1e-9));
    if (fabs(tick) >= 1e6 || decimals > 6) return arena_format(arena, "%.6g", tick);
    return arena_format(arena, "%.*f", (int)decimals, tick);
}

/* Whether the ticks are few enough, and their labels do not come near each other. */
static bool labels_fit(const Axis *a)
{
    enum { APART = 10, LINES = 20 };
    double end = -INFINITY;
    for (int i = 0; i < a->n; i++) {
        const double at = axis_at(a, a->tick[i]), half = text_pixels(TEXT_SIZE, a->label[i]) / 2;
        if (a->from > a->to) {
            if (i && fabs(at - axis_at(a, a->tick[i - 1])) < LINES) return false;
        } else if (at - half < end + APART) return false;
        end = at + half;
    }
    return true;
}

static void add_tick(Arena *arena, Axis *a, AxisKind kind, double tick, double step)
{
    a->tick[a->n] = tick;
    a->label[a->n++] = tick_label(arena, kind, tick, step);
}

/* Ticks at multiples of a step; false when there are too many. */
static bool linear_ticks(Arena *arena, Axis *a, AxisKind kind, double step)
{
    const double first = ceil(a->low / step - 1e-9), last = floor(a->high / step + 1e-9);
    a->n = 0;
    if (last - first >= MOST_TICKS) return false;
    for (double k = first; k <= last; k++) add_tick(arena, a, kind, k * step, step);
    return labels_fit(a);
}

/* Ticks at powers of ten times 1; or 1 and 3; or 1, 2 and 5. */
static bool log_ticks(Arena *arena, Axis *a, AxisKind kind, int dense)
{
    static const double parts[3][3] = {{1, 0, 0}, {1, 3, 0}, {1, 2, 5}};
    a->n = 0;
    for (double power = floor(log10(a->low)); power <= log10(a->high); power++)
        for (int i = 0; i <= dense; i++) {
            const double tick = parts[dense][i] * pow(10, power);
            if (tick < a->low * (1 - 1e-9) || tick > a->high * (1 + 1e-9)) continue;
            if (a->n == MOST_TICKS) return false;
            add_tick(arena, a, kind, tick, tick);
        }
    return a->n >= 2 && labels_fit(a);
}

Axis axis_new(Arena *arena, AxisKind kind, Extent e, double from, double to)
{
    static const double parts[] = {1, 2, 5};
    Axis a = {.low = e.low, .high = e.high, .from = from, .to = to};
    if (!(a.high >= a.low)) a.low = 0, a.high = 1;
    a.is_log = kind == AXIS_COUNT && a.low > 0 && a.high / a.low > 8;
    if (a.is_log) {
        const double pad = pow(a.high / a.low, 0.06);
        a.low /= pad, a.high *= pad;
        for (int dense = 2; dense >= 0; dense--)
            if (log_ticks(arena, &a, kind, dense)) return a;
        a.is_log = false;
    }
    double pad = kind == AXIS_WHOLE ? 0 : 0.06 * (a.high - a.low);
    if (!(a.high - a.low > 1e-9 * fmax(fabs(a.low), fabs(a.high))))          /* one value: it stands in the middle */
        pad = kind == AXIS_WHOLE ? 1 : a.low != 0 ? 0.05 * fabs(a.low) : 1;
    const double least = kind == AXIS_COUNT && a.low >= 0 ? 0 : -INFINITY;    /* no amount is below 0 */
    a.low = fmax(least, a.low - pad), a.high += pad;
    const double begin = floor(log10(a.high - a.low)) - 1;
    for (double power = kind == AXIS_WHOLE ? fmax(0, begin) : begin; power < begin + 4; power++)
        for (int i = 0; i < 3; i++)
            if (linear_ticks(arena, &a, kind, parts[i] * pow(10, power))) return a;
    a.n = 0;
    return a;
}

double axis_labels(const Axis *a)
{
    double width = 0;
    for (int i = 0; i < a->n; i++) width = fmax(width, text_pixels(TEXT_SIZE, a->label[i]));
    return width;
}

void draw_x_axis(Svg *svg, const Axis *a, double top, double bottom)
{
    for (int i = 0; i < a->n; i++) {
        const double x = axis_at(a, a->tick[i]);
        svg_line(svg, "grid", x, top, x, bottom);
        svg_line(svg, "axis", x, bottom, x, bottom + 4);
        svg_text(svg, "mid quiet", x, bottom + 16, a->label[i], NULL);
    }
    svg_line(svg, "axis", a->from, bottom, a->to, bottom);
}

void draw_y_axis(Svg *svg, const Axis *a, double left, double right)
{
    for (int i = 0; i < a->n; i++) {
        const double y = axis_at(a, a->tick[i]);
        svg_line(svg, "grid", left, y, right, y);
        svg_line(svg, "axis", left - 4, y, left, y);
        svg_text(svg, "end quiet", left - 7, y + 4, a->label[i], NULL);
    }
    svg_line(svg, "axis", left, a->from, left, a->to);
}

/* ---- spots ---- */

static bool can_show(const Spot *s) { return !isnan(s->x) && !isnan(s->y); }

int scatter_spots(const Scatter *s)
{
    int n = 0;
    for (int i = 0; i < s->n; i++) n += can_show(&s->spots[i]);
    return n;
}

static double signed_by(Better better, double value) { return better == BETTER_LOWER ? -value : value; }

/* Is no other spot better than this one in one way and at least as good in the other? */
static bool is_in_front(const Scatter *s, const Spot *spot)
{
    const double x = signed_by(s->x_better, spot->x), y = signed_by(s->y_better, spot->y);
    for (int i = 0; i < s->n; i++) {
        const double other_x = signed_by(s->x_better, s->spots[i].x), other_y = signed_by(s->y_better, s->spots[i].y);
        if (can_show(&s->spots[i]) && other_x >= x && other_y >= y && (other_x > x || other_y > y)) return false;
    }
    return true;
}

static int compare_points(const void *a, const void *b)
{
    const double *one = a, *other = b;
    if (one[0] != other[0]) return one[0] < other[0] ? -1 : 1;
    return (one[1] > other[1]) - (one[1] < other[1]);
}

/* Draws the steps between spots in front: their corners are what both ends beat. */
static void draw_front(Svg *svg, const Scatter *s, const Axis *x, const Axis *y)
{
    enum { MOST_COMPARED = 1000 };
    double *front = arena_array(svg->arena, 2 * (int64_t)s->n, sizeof *front),
           *steps = arena_array(svg->arena, 4 * (int64_t)s->n, sizeof *steps);
    int n = 0, k = 0;
    if (s->x_better == BETTER_UNKNOWN || s->y_better == BETTER_UNKNOWN || s->n > MOST_COMPARED) return;
    for (int i = 0; i < s->n; i++)
        if (can_show(&s->spots[i]) && is_in_front(s, &s->spots[i]))
            front[2 * n] = s->spots[i].x, front[2 * n++ + 1] = s->spots[i].y;
    qsort(front, (size_t)n, 2 * sizeof *front, compare_points);
    for (int i = 0; i < n; i++) {
        const double *at = &front[2 * i];
        if (i) {
            const double corner_x = s->x_better == BETTER_LOWER ? at[0] : at[-2],
                         corner_y = s->y_better == BETTER_LOWER ? fmax(at[1], at[-1]) : fmin(at[1], at[-1]);
            steps[2 * k] = axis_at(x, corner_x), steps[2 * k++ + 1] = axis_at(y, corner_y);
        }
        steps[2 * k] = axis_at(x, at[0]), steps[2 * k++ + 1] = axis_at(y, at[1]);
    }
    if (n > 1) svg_points(svg, "polyline", "front", k, steps);
}

void draw_scatter(Svg *svg, const Scatter *s, double x, double y, double width, double height)
{
    enum { HEAD = 24, FOOT = 36, RIGHT = 14, MARK = 4 };
    Extent of_x = extent_new(), of_y = extent_new();
    for (int i = 0; i < s->n; i++) {
        const Spot *spot = &s->spots[i];
        if (!can_show(spot)) continue;
        const double x_half = isnan(spot->x_half) ? 0 : spot->x_half, y_half = isnan(spot->y_half) ? 0 : spot->y_half;
        extent_add(&of_x, spot->x - x_half), extent_add(&of_x, spot->x + x_half);
        extent_add(&of_y, spot->y - y_half), extent_add(&of_y, spot->y + y_half);
    }
    const double top = y + HEAD, bottom = y + height - FOOT, right = x + width - RIGHT;
    const Axis up = axis_new(svg->arena, AXIS_PLAIN, of_y, bottom, top);
    const double left = x + axis_labels(&up) + 9;
    const Axis along = axis_new(svg->arena, s->x_kind, of_x, left, right);
    svg_text(svg, "head", x, y + 11, text_fit(svg->arena, TITLE_SIZE, s->y_label, width), s->y_label);
    draw_x_axis(svg, &along, top, bottom);
    draw_y_axis(svg, &up, left, right);
    svg_text(svg, "mid", (left + right) / 2, bottom + 31, text_fit(svg->arena, TEXT_SIZE, s->x_label, right - left),
             s->x_label);
    draw_front(svg, s, &along, &up);
    for (int i = 0; i < s->n; i++) {
        const Spot *spot = &s->spots[i];
        if (!can_show(spot)) continue;
        const double at_x = axis_at(&along, spot->x), at_y = axis_at(&up, spot->y);
        if (!isnan(spot->x_half) && spot->x_half > 0)
            svg_line(svg, svg_class(svg->arena, "line", spot->style), axis_at(&along, spot->x - spot->x_half), at_y,
                     axis_at(&along, spot->x + spot->x_half), at_y);
        if (!isnan(spot->y_half) && spot->y_half > 0)
            svg_line(svg, svg_class(svg->arena, "line", spot->style), at_x, axis_at(&up, spot->y - spot->y_half), at_x,
                     axis_at(&up, spot->y + spot->y_half));
    }
    for (int i = 0; i < s->n; i++)                       /* above all lines */
        if (can_show(&s->spots[i]))
            svg_mark(svg, s->spots[i].style, axis_at(&along, s->spots[i].x), axis_at(&up, s->spots[i].y), MARK);
}

/* ---- names ---- */

void draw_row_name(Svg *svg, double x, double y, const char *lines, const char *name)
{
    svg_lines(svg, "end", x, lines_in(lines) > 1 ? y - 3 : y + 4, 13, lines, name);
}

/* ---- legends ---- */

double draw_legend(Svg *svg, double x, double y, double width, int n, const char *const *names)
{
    enum { ROW = 18, BEFORE = 16, APART = 22 };
    double widest = 0;
    for (int i = 0; i < n; i++) widest = fmax(widest, text_pixels(TEXT_SIZE, names[i]));
    const double column = fmin(width, BEFORE + widest + APART);
    int columns = (int)fmax(1, floor((width + APART) / column));
    const int rows = (n + columns - 1) / columns;
    const char **lines = names_within(svg->arena, TEXT_SIZE, n, names, column - BEFORE, 1);
    for (int i = 0; i < n; i++) {                        /* down a column, then the next */
        const double at_x = x + (i / rows) * column, at_y = y + (i % rows) * ROW;
        svg_mark(svg, i, at_x + 6, at_y + 6, 4);
        svg_text(svg, "name", at_x + BEFORE, at_y + 10, lines[i], names[i]);
    }
    return y + rows * ROW;
}
