/* watch.c - what `--watch` noted of values and their gradients: watch.csv. */
#include "page/page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/csv.h"

enum { BINS = 32, FIRST_BIN = 8, COLUMNS = FIRST_BIN + BINS, MOST_WATCHED = 64 };

/* A value, or its gradient, after the last epoch that names it; before: after the first one. */
typedef struct Noted {
    const char *name, *of;
    double epoch, first_epoch;
    double first[FIRST_BIN], last[FIRST_BIN], bins[BINS];      /* by column: 3 min, 4 max, 5 mean, 6 sd, 7 zeros */
} Noted;

static int read_watched(Arena *arena, const char *path, Noted *list)
{
    struct stat info;
    int n = 0;
    if (stat(path, &info) != 0) return 0;
    Csv *csv = csv_open(arena, path);
    if (!csv_row(csv) || csv->n != COLUMNS || !csv_is(csv->fields[0], "epoch")) return 0;
    while (csv_row(csv)) {
        if (csv->n != COLUMNS) continue;
        const char *name = arena_format(arena, "%.*s", (int)csv->fields[1].length, csv->fields[1].text),
                   *of = csv_is(csv->fields[2], "gradient") ? "gradient" : "value";
        int i = 0;
        while (i < n && (strcmp(list[i].name, name) || strcmp(list[i].of, of))) i++;
        if (i == MOST_WATCHED) continue;
        const bool is_new = i == n;
        if (is_new) list[n++] = (Noted){.name = name, .of = of, .first_epoch = csv_number(arena, csv->fields[0])};
        list[i].epoch = csv_number(arena, csv->fields[0]);
        for (int k = 3; k < FIRST_BIN; k++) {
            list[i].last[k] = csv_number(arena, csv->fields[k]);
            if (is_new) list[i].first[k] = list[i].last[k];
        }
        for (int k = 0; k < BINS; k++) list[i].bins[k] = csv_number(arena, csv->fields[FIRST_BIN + k]);
    }
    return n;
}

static const char *histogram_of(Arena *arena, const Noted *w)
{
    enum { WIDTH = 356, HEIGHT = 90, LEFT = 14, TOP = 30 };
    Svg svg = svg_new(arena, WIDTH);
    const double bar = (WIDTH - 2.0 * LEFT) / BINS;
    const char *title = arena_format(arena, "%s, %s", shown_name(arena, w->name), w->of);
    double most = 0;
    for (int i = 0; i < BINS; i++) most = isfinite(w->bins[i]) ? fmax(most, w->bins[i]) : most;
    svg_text(&svg, "title", LEFT, 20, text_fit(arena, TITLE_SIZE, title, WIDTH - 2 * LEFT), title);
    for (int i = 0; i < BINS && most > 0; i++) {
        /* the root, so that bins of few elements are seen beside that of zeros */
        const double height = w->bins[i] > 0 && isfinite(w->bins[i]) ? HEIGHT * sqrt(w->bins[i] / most) : 0;
        svg_open(&svg, "bin", "", arena_format(arena, "%.0f elements", w->bins[i]));
        svg_rectangle(&svg, svg_class(arena, "seed", *w->of == 'g' ? 2 : 1), LEFT + i * bar, TOP + HEIGHT - height,
                      bar - 1, height);
        svg_close(&svg);
    }
    svg_line(&svg, "axis", LEFT, TOP + HEIGHT, WIDTH - LEFT, TOP + HEIGHT);
    svg_text(&svg, "quiet", LEFT, TOP + HEIGHT + 14, arena_format(arena, "%.4g", w->last[3]), NULL);
    svg_text(&svg, "quiet end", WIDTH - LEFT, TOP + HEIGHT + 14, arena_format(arena, "%.4g", w->last[4]), NULL);
    const char *words =
        arena_format(arena, "after epoch %.0f: mean %.4g, sd %.4g, %.1f %% zeros; after epoch %.0f: mean %.4g, "
                            "sd %.4g, %.1f %% zeros", w->epoch, w->last[5], w->last[6], 100 * w->last[7],
                     w->first_epoch, w->first[5], w->first[6], 100 * w->first[7]);
    const double end = svg_paragraph(&svg, "quiet", LEFT, TOP + HEIGHT + 32, WIDTH - 2 * LEFT, 14, words);
    return svg_finish(&svg, end, title, words);
}

void page_watched(Page *page, const Run *run)
{
    Noted list[MOST_WATCHED];
    const int n = read_watched(page->arena, arena_format(page->arena, "%s/watch.csv", run->folder), list);
    if (!n) return;
    page_section(page, "watched", "Values and gradients");
    page_paragraph(page, "Of the first batch of training images, after the last epoch; the height of a bar is the root "
                         "of its number of elements.");
    page_add(page, "<div class=\"pair\">\n");
    for (int i = 0; i < n; i++) page_svg(page, histogram_of(page->arena, &list[i]));
    page_add(page, "</div>\n");
}
