/* scatter.c - figures of spots: what a metric costs, and metrics of maps against it. */
#include "report/figures.h"

#include <math.h>
#include <string.h>

#include "cam/metrics.h"

enum { WIDTH = 760, MARGIN = 14, GAP = 24, HEAD = 40, MOST_PANELS = CAM_MOST_METRICS };

Better metric_better(const char *metric)
{
    if (!strncmp(metric, "test_", 5)) metric += 5;
    else if (!strncmp(metric, "val_", 4)) metric += 4;
    for (int i = 0; cam_metrics[i].key; i++)
        if (!strcmp(metric, cam_metrics[i].key))
            return cam_metrics[i].better == CAM_HIGHER  ? BETTER_HIGHER
                   : cam_metrics[i].better == CAM_LOWER ? BETTER_LOWER
                                                        : BETTER_UNKNOWN;
    return !strcmp(metric, "accuracy") ? BETTER_HIGHER : !strcmp(metric, "loss") ? BETTER_LOWER : BETTER_UNKNOWN;
}

static const char *with_direction(Arena *arena, const char *label, Better better)
{
    return better == BETTER_UNKNOWN ? label
                                    : arena_format(arena, "%s %s", label,
                                                   better == BETTER_HIGHER ? "\xe2\x86\x91" : "\xe2\x86\x93");
}

static double half_of(const VariantStatistics *v, double scale) { return scale * (v->high - v->low) / 2; }

/* Draws panels, up to two in a row or, if there are many, three, and the legend below; NULL where none has a spot. */
static const char *draw_panels_of(Arena *arena, const BlockFigure *f, const char *title, const char *description, int n,
                                  const Scatter *panels)
{
    Svg svg = svg_new(arena, WIDTH);
    const int columns = n > 6 ? 3 : n > 1 ? 2 : 1;
    const double width = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns, height = columns == 3 ? 190 : 240;
    int drawn = 0;
    for (int i = 0; i < n; i++) {
        if (!scatter_spots(&panels[i])) continue;
        draw_scatter(&svg, &panels[i], MARGIN + drawn % columns * (width + GAP),
                     HEAD + drawn / columns * (height + 14), width, height);
        drawn++;
    }
    if (!drawn) return NULL;
    svg_text(&svg, "title", MARGIN, 22, text_fit(arena, TITLE_SIZE, title, WIDTH - 2 * MARGIN), title);
    const int rows = (drawn + columns - 1) / columns;
    double end = draw_legend(&svg, MARGIN, HEAD + rows * (height + 14), WIDTH - 2 * MARGIN, f->n, f->names);
    const char *foot = arena_format(arena, "%s%s%s", description, *f->missing ? " " : "", f->missing);
    end = svg_paragraph(&svg, "quiet", MARGIN, end + 16, WIDTH - 2 * MARGIN, 15, foot);
    return svg_finish(&svg, end + 2, title, foot);
}

const char *figure_costs(Arena *arena, const BlockFigure *f)
{
    enum { PARAMETERS, FLOPS, TIME, MEMORY, COSTS };
    static const char *const labels[COSTS] = {"parameters", "FLOPs of a training step, per image",
                                              "training time, microseconds per image", "workspace, bytes"};
    const double scale = f->percent ? 100 : 1;
    const Better better = metric_better(f->metric);
    Spot *spots[COSTS];
    Scatter panels[COSTS];
    for (int k = 0; k < COSTS; k++) {
        spots[k] = arena_array(arena, f->n, sizeof *spots[k]);
        panels[k] = (Scatter){.x_label = labels[k], .y_label = f->metric_label, .x_kind = AXIS_COUNT,
                              .x_better = BETTER_LOWER, .y_better = better, .n = f->n, .spots = spots[k]};
    }
    for (int i = 0; i < f->n; i++) {
        const VariantStatistics *v = &f->statistics->variants[i];
        const VariantCost cost = cost_of(arena, f->block, i);
        const double x[COSTS] = {cost.parameters, cost.flops_step, 1e6 * cost.image_seconds, cost.workspace_bytes};
        for (int k = 0; k < COSTS; k++)
            spots[k][i] = (Spot){i, x[k], v->n ? scale * v->mean : (double)NAN, (double)NAN, half_of(v, scale)};
    }
    const char *front = better == BETTER_UNKNOWN
                            ? "" : " Dotted: the front of variants that no other one beats in both.";
    return draw_panels_of(arena, f, arena_format(arena, "%s, %s and what it costs", f->title, f->metric_label),
                          arena_format(arena, "Means with 95%% intervals.%s", front), COSTS, panels);
}

/* The metrics of maps that the study's runs have, in the order of their names. */
static int map_metrics(Arena *arena, const BlockFigure *f, const char **names)
{
    NameTable known = name_table_new(arena);
    int n = 0;
    if (!*f->study->maps) return 0;
    for (int i = 0; i < f->block->n_runs; i++) {
        const ReportCell *cell = f->block->runs[i].cell;
        if (!run_counts(f->block, &f->block->runs[i])) continue;
        for (int k = 0; k < cell->n_metrics && n < MOST_PANELS; k++) {
            const ReportMetric *m = &cell->metrics[k];
            if (strcmp(m->maps, f->study->maps) || name_known(&known, m->name) || isnan(m->value)) continue;
            *name_number(&known, m->name) = 1;
            names[n++] = m->name;
        }
    }
    for (int i = 1; i < n; i++)                              /* by insertion: they are few */
        for (int at = i; at > 0 && strcmp(names[at - 1], names[at]) > 0; at--) {
            const char *name = names[at];
            names[at] = names[at - 1], names[at - 1] = name;
        }
    return n;
}

static bool is_compared(const ReportStudy *study, const char *metric)
{
    for (int i = 0; i < study->n_compare; i++)
        if (!strcmp(study->compare[i], metric)) return true;
    return false;
}

const char *figure_maps(Arena *arena, const BlockFigure *f, bool compared)
{
    const char *names[MOST_PANELS];
    const int n = map_metrics(arena, f, names);
    const double scale = f->percent ? 100 : 1;
    Scatter panels[MOST_PANELS];
    int k = 0;
    for (int m = 0; m < n; m++) {
        if (!strcmp(names[m], f->metric) || (compared && !is_compared(f->study, names[m]))) continue;
        const Statistics *s = block_statistics(arena, f->study, f->block, names[m]);
        const Better better = metric_better(names[m]);
        Spot *spots = arena_array(arena, f->n, sizeof *spots);
        for (int i = 0; i < f->n; i++) {
            const VariantStatistics *x = &f->statistics->variants[i], *y = &s->variants[i];
            spots[i] = (Spot){i, x->n ? scale * x->mean : (double)NAN, y->n ? y->mean : (double)NAN, half_of(x, scale),
                              half_of(y, 1)};
        }
        panels[k++] = (Scatter){.x_label = f->metric_label, .x_kind = AXIS_PLAIN, .x_better = metric_better(f->metric),
                                .y_label = with_direction(arena, shown_name(arena, names[m]), better),
                                .y_better = better, .n = f->n, .spots = spots};
    }
    return draw_panels_of(arena, f, arena_format(arena, "%s, maps against %s", f->title, f->metric_label),
                          "Means with 95% intervals; an arrow says which way is better. Dotted: the front of variants "
                          "that no other one beats in both.", k, panels);
}
