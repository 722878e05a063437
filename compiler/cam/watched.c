/* watched.c - the values and gradients of a run that `--watch` noted, and the figure of them. */
#include "cam/watched.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "base/csv.h"

enum { COLUMNS = FIRST_BIN + BINS };

int read_watched(Arena *arena, const char *folder, Noted *list)
{
    struct stat info;
    int n = 0;
    const char *path = arena_format(arena, "%s/watch.csv", folder);
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

double bar_height_of(const Noted *w, int bin)
{
    double most = 0;
    for (int i = 0; i < BINS; i++) most = isfinite(w->bins[i]) ? fmax(most, w->bins[i]) : most;
    return w->bins[bin] > 0 && isfinite(w->bins[bin]) ? sqrt(w->bins[bin] / most) : 0;
}

/* ---- the figure ---- */

enum { MARGIN = 22, TITLE = 16, SMALL = 12, LINE = 16, BAR = 10, WIDE = BINS * BAR, HIGH = 90, GAP = 30,
       CELL = 2 * LINE + HIGH + 3 * LINE };

static const Colour INK = {45, 45, 50}, QUIET = {115, 115, 120}, RULE = {205, 205, 210};
static const Colour of_value = {32, 104, 172}, of_gradient = {200, 90, 20};

static void write(Canvas *canvas, int x, int y, Align align, Colour colour, const char *text)
{
    draw_text(canvas, x, y, WIDE, align, &(TextStyle){SMALL, false, colour}, text);
}

static void draw_noted(Canvas *canvas, int x, int y, const Noted *w)
{
    char text[160];
    const int top = y + LINE + 4, floor = top + HIGH;
    const int taken = (int)text_width(SMALL, w->of) + 8;
    draw_text(canvas, x, y + SMALL, WIDE - taken, ALIGN_LEFT, &(TextStyle){SMALL, true, INK}, w->name);
    write(canvas, x, y + SMALL, ALIGN_RIGHT, QUIET, w->of);
    for (int i = 0; i < BINS; i++) {
        const int high = (int)(HIGH * bar_height_of(w, i) + 0.5);
        draw_rectangle(canvas, x + i * BAR, floor - high, BAR - 1, high, *w->of == 'g' ? of_gradient : of_value);
    }
    draw_rectangle(canvas, x, floor, WIDE, 1, RULE);
    snprintf(text, sizeof text, "%.4g", w->last[3]);
    write(canvas, x, floor + LINE, ALIGN_LEFT, QUIET, text);
    snprintf(text, sizeof text, "%.4g", w->last[4]);
    write(canvas, x, floor + LINE, ALIGN_RIGHT, QUIET, text);
    snprintf(text, sizeof text, "epoch %.0f: mean %.4g, sd %.4g, %.1f %% zeros", w->epoch, w->last[5], w->last[6],
             100 * w->last[7]);
    write(canvas, x, floor + 2 * LINE, ALIGN_LEFT, INK, text);
}

/* The place of entry i: of two runs a column each, of one a row for each name, its gradient at the right. */
static void place_of(int runs, int run, const Noted *list, int i, int *column, int *row)
{
    const bool pair = i > 0 && !strcmp(list[i].name, list[i - 1].name) && *list[i].of == 'g';
    if (runs > 1) *column = run, *row = i;
    else *column = pair, *row += !pair;
}

bool draw_watched(const char *title, int runs, const char *const *labels, const int *n, Noted *const *lists,
                  Canvas *canvas, RtError *error)
{
    const int step = WIDE + GAP, top = MARGIN + TITLE + GAP + (runs > 1 ? LINE + 8 : 0);
    int rows = 0;
    *canvas = (Canvas){0};
    for (int r = 0; r < runs; r++)
        for (int i = 0, column, row = -1; i < n[r]; i++) {
            place_of(runs, r, lists[r], i, &column, &row);
            rows = row >= rows ? row + 1 : rows;
        }
    if (!canvas_new(canvas, 2 * MARGIN + 2 * WIDE + GAP, top + rows * CELL + MARGIN, error)) return false;
    draw_text(canvas, MARGIN, MARGIN + TITLE, 2 * WIDE + GAP, ALIGN_LEFT, &(TextStyle){TITLE, true, INK}, title);
    for (int r = 0; r < runs; r++) {
        if (runs > 1) write(canvas, MARGIN + r * step, top - 10, ALIGN_LEFT, INK, labels[r]);
        for (int i = 0, column, row = -1; i < n[r]; i++) {
            place_of(runs, r, lists[r], i, &column, &row);
            draw_noted(canvas, MARGIN + column * step, top + row * CELL, &lists[r][i]);
        }
    }
    return true;
}
