/* curves.c - what a run said of itself after each epoch: log.csv. */
#include "page/page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/csv.h"
#include "report/chart.h"

enum { MOST_CURVES = 200 };

typedef struct Log {
    int n, n_columns;
    const char *names[MOST_CURVES];
    double *values;
} Log; /* [n][MOST_CURVES] */

static Log read_log(Arena *arena, const char *path)
{
    Log log = {0};
    struct stat info;
    int capacity = 0, column[MOST_CURVES];
    if (stat(path, &info) != 0) return log;
    Csv *csv = csv_open(arena, path);
    if (!csv_row(csv)) return log;
    for (int i = 0; i < csv->n && log.n_columns < MOST_CURVES; i++) {
        const char *name = arena_format(arena, "%.*s", (int)csv->fields[i].length, csv->fields[i].text);
        if (strncmp(name, "train_", 6) && strncmp(name, "val_", 4)) continue;
        column[log.n_columns] = i;
        log.names[log.n_columns++] = name;
    }
    while (csv_row(csv)) {
        log.values = arena_grow(arena, log.values, log.n, &capacity, sizeof(double[MOST_CURVES]));
        for (int i = 0; i < log.n_columns; i++)
            log.values[log.n * MOST_CURVES + i] = column[i] < csv->n ? csv_number(arena, csv->fields[column[i]])
                                                                     : nan("");
        log.n++;
    }
    return log;
}

/* The curves of training and validation for one metric; NULL: it has no finite value. */
static const char *curve_of(Arena *arena, const Log *log, const char *metric)
{
    enum { WIDTH = 356, HEIGHT = 190, TOP = 40, LEFT = 14 };
    static const char *const names[] = {"training", "validation"};
    int column[2] = {-1, -1};
    Extent values = extent_new(), epochs = extent_new();
    for (int i = 0; i < log->n_columns; i++) {
        const bool val = !strncmp(log->names[i], "val_", 4);
        if (!strcmp(log->names[i] + (val ? 4 : 6), metric)) column[val] = i;
    }
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < log->n && column[k] >= 0; i++)
            if (isfinite(log->values[i * MOST_CURVES + column[k]]))
                extent_add(&values, log->values[i * MOST_CURVES + column[k]]);
    extent_add(&epochs, 1), extent_add(&epochs, log->n);
    if (!(values.low <= values.high)) return NULL;
    Svg svg = svg_new(arena, WIDTH);
    const char *title = shown_name(arena, metric);
    svg_text(&svg, "title", LEFT, 22, text_fit(arena, TITLE_SIZE, title, WIDTH - 2 * LEFT), title);
    const Axis y = axis_new(arena, AXIS_PLAIN, values, TOP + HEIGHT, TOP);
    const double left = LEFT + axis_labels(&y) + 9;
    const Axis x = axis_new(arena, AXIS_WHOLE, epochs, left + 8, WIDTH - LEFT - 8);
    draw_x_axis(&svg, &x, TOP, TOP + HEIGHT);
    draw_y_axis(&svg, &y, left, WIDTH - LEFT);
    svg_line(&svg, "axis", left, TOP + HEIGHT, x.from, TOP + HEIGHT);
    for (int k = 0; k < 2; k++) {
        double *points = arena_array(arena, 2 * (int64_t)log->n, sizeof *points);
        int n = 0;
        for (int i = 0; i < log->n && column[k] >= 0; i++) {
            const double value = log->values[i * MOST_CURVES + column[k]];
            if (!isfinite(value)) continue;
            points[2 * n] = axis_at(&x, i + 1), points[2 * n + 1] = axis_at(&y, value), n++;
        }
        if (n > 1)
            svg_points(&svg, "polyline", arena_format(arena, "curve %s", svg_class(arena, "line", k)), n, points);
        for (int i = n - 1; i >= 0; i -= (n + 11) / 12) svg_mark(&svg, k, points[2 * i], points[2 * i + 1], 3);
    }
    const double end = draw_legend(&svg, LEFT, TOP + HEIGHT + 40, WIDTH - 2 * LEFT, 2, names);
    return svg_finish(&svg, end + 2, arena_format(arena, "%s by epoch", title), "after each epoch");
}

/* Losses of single steps, which trace.csv has, of a run that stopped; a line where it did. */
static const char *steps_curve(Arena *arena, const Run *run)
{
    enum { WIDTH = 356, HEIGHT = 190, TOP = 40, LEFT = 14, MOST = 4096 };
    const char *path = arena_format(arena, "%s/trace.csv", run->folder);
    const double stop = run->stopped->training ? (double)run->stopped->step + 1 : nan("");
    double *points = arena_array(arena, 2 * MOST, sizeof *points);
    struct stat info;
    Extent steps = extent_new(), losses = extent_new();
    int n = 0;
    if (stat(path, &info) != 0) return NULL;
    for (Csv *csv = csv_open(arena, path); csv_row(csv) && n < MOST;) {
        if (csv->n != 3 || !csv_is(csv->fields[0], "loss")) continue;
        const double step = csv_number(arena, csv->fields[1]), loss = csv_number(arena, csv->fields[2]);
        if (!isfinite(step) || !isfinite(loss)) continue;
        points[2 * n] = step, points[2 * n + 1] = loss, n++;
        extent_add(&steps, step), extent_add(&losses, loss);
    }
    if (!n) return NULL;
    extent_add(&steps, stop);
    Svg svg = svg_new(arena, WIDTH);
    svg_text(&svg, "title", LEFT, 22, "loss of single steps", NULL);
    const Axis y = axis_new(arena, AXIS_PLAIN, losses, TOP + HEIGHT, TOP);
    const double left = LEFT + axis_labels(&y) + 9;
    const Axis x = axis_new(arena, AXIS_WHOLE, steps, left + 8, WIDTH - LEFT - 8);
    draw_x_axis(&svg, &x, TOP, TOP + HEIGHT);
    draw_y_axis(&svg, &y, left, WIDTH - LEFT);
    svg_line(&svg, "axis", left, TOP + HEIGHT, x.from, TOP + HEIGHT);
    for (int i = 0; i < n; i++) {
        points[2 * i] = axis_at(&x, points[2 * i]);
        points[2 * i + 1] = axis_at(&y, points[2 * i + 1]);
    }
    if (n > 1) svg_points(&svg, "polyline", arena_format(arena, "curve %s", svg_class(arena, "line", 0)), n, points);
    for (int i = 0; i < n; i++) svg_mark(&svg, 0, points[2 * i], points[2 * i + 1], 3);
    if (isfinite(stop)) {
        svg_line(&svg, svg_class(arena, "line", 3), axis_at(&x, stop), TOP, axis_at(&x, stop), TOP + HEIGHT);
        svg_text(&svg, "quiet end", axis_at(&x, stop) - 5, TOP + 12, "stopped", NULL);
    }
    return svg_finish(&svg, TOP + HEIGHT + 34, "loss of single steps",
                      "the steps that trace.csv has, counted from 1; a line where the run stopped");
}

void page_curves(Page *page, const Run *run)
{
    const Log log = read_log(page->arena, arena_format(page->arena, "%s/log.csv", run->folder));
    page_section(page, "curves", "Curves");
    const char *steps = run->stopped ? steps_curve(page->arena, run) : NULL;
    if (steps) page_svg(page, steps);
    if (log.n < 2) {
        page_paragraph(page, log.n           ? "One epoch makes no curve."
                             : run->stopped ? "It stopped before its first epoch had ended."
                                            : "There is no log.csv with epochs in the folder.");
        return;
    }
    NameTable seen = name_table_new(page->arena);
    int n = 0;
    page_add(page, "<div class=\"pair\">\n");
    for (int i = 0; i < log.n_columns; i++) {
        const char *metric = log.names[i] + (strncmp(log.names[i], "val_", 4) ? 6 : 4);
        if ((*name_number(&seen, metric))++) continue;
        const char *curve = curve_of(page->arena, &log, metric);
        if (curve) page_svg(page, curve), n++;
    }
    page_add(page, "</div>\n");
    if (!n) page_paragraph(page, "No number of log.csv is finite.");
}
