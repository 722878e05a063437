/* panels.c - figures: where everything stands, and the cells.
 *
 * A cell is an image, a map in colours, or the map laid over the image.  Small images are enlarged by a whole factor.
 * Cells stand in boxes, which are wide enough for the text above them.  Positions are worked out in 64 bits, and the
 * canvas refuses a figure that is too large, before anything is drawn. */
#include "cam/panels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const Colour INK = {45, 45, 50}, QUIET = {115, 115, 120}, WRONG = {192, 28, 40};     /* text */
static const Colour RULE = {205, 205, 210}, EMPTY = {246, 246, 247};                   /* frames, cells without a map */

enum {
    TITLE = 16, SMALL = 12,                     /* sizes of text */
    LINE = 16,                                  /* from one small line to the next */
    MARGIN = 22,
    PANEL_CELL = 112, MOST_PANEL_CELL = 160,    /* pixels of a cell's longer side, where a whole factor can reach it */
    MEAN_CELL = 84, MOST_MEAN_CELL = 112,
    LEAST_PANEL_BOX = 112, LEAST_MEAN_BOX = 66,
    PAIR_GAP = 6, GAP = 18, GROUP_GAP = 30,     /* between a map and its overlay, between classes, between runs */
    ROW_GAP = 14,
    LEAST_NAMES = 64, MOST_NAMES = 230,         /* the column of text at the left */
    BAR = 14, BAR_LEAST = 104, BAR_MOST = 240, BAR_WIDTH = BAR + 30 + 2 * LINE,
    CLASSES_PER_LINE = 20
};

typedef struct Figure {
    Canvas *canvas;
    const PanelText *text;
    int height, width, channels, factor, box, names;
    Colour map[COLOURS], *cell;
} Figure;

/* ---- text ---- */

static void write_text(const Figure *f, int x, int y, int width, Align align, Colour colour, const char *text)
{
    draw_text(f->canvas, x, y, width, align, &(TextStyle){SMALL, false, colour}, text);
}

static int title_height(const PanelText *text)
{
    return (text->title ? TITLE + 6 : 0) + (text->subtitle ? LINE + 2 : 0) + (text->title || text->subtitle ? GAP : 0);
}

static void write_title(const Figure *f)
{
    const PanelText *text = f->text;
    const int width = f->canvas->width - 2 * MARGIN;
    int y = MARGIN;
    if (text->title) {
        draw_text(f->canvas, MARGIN, y + TITLE, width, ALIGN_LEFT, &(TextStyle){TITLE, true, INK}, text->title);
        y += TITLE + 6;
    }
    if (text->subtitle) write_text(f, MARGIN, y + LINE - 2, width, ALIGN_LEFT, QUIET, text->subtitle);
}

/* Widens the column at the left for two texts side by side. */
static void widen(Figure *f, const char *first, const char *second)
{
    const int64_t width = text_width(SMALL, first) + text_width(SMALL, second);
    if (width > f->names) f->names = width < MOST_NAMES ? (int)width : MOST_NAMES;
}

/* ---- cells ---- */

typedef enum CellKind { CELL_IMAGE, CELL_MAP, CELL_OVERLAY } CellKind;

static double share(double value) { return value > 0 ? value < 1 ? value : 1 : 0; }

static uint8_t byte(double value) { return (uint8_t)(255 * share(value) + 0.5); }

static double usable(float value) { return isfinite(value) && value > 0 ? (double)value : 0; }

static Colour gray(double value) { return (Colour){byte(value), byte(value), byte(value)}; }

static double luma(const float *pixel, int channels)        /* ITU-R BT.709 */
{
    return channels == 1 ? (double)pixel[0]
                         : 0.2126 * share(pixel[0]) + 0.7152 * share(pixel[1]) + 0.0722 * share(pixel[2]);
}

/* Lays a map's colour over gray.  The higher the map, the stronger the colour, on dark and bright parts of the image
 * alike. */
static Colour tinted(double luma, Colour colour, double value) { return blend(gray(luma), colour, 0.7 * sqrt(value)); }

/* Draws a cell into the box at x, y.  An overlay without a map shows the image alone. */
static void draw_cell(const Figure *f, int x, int y, CellKind kind, const float *image, const float *map)
{
    const int n = f->height * f->width, wide = f->width * f->factor, high = f->height * f->factor;
    double most = 0;
    for (int i = 0; map && i < n; i++) most = fmax(most, usable(map[i]));
    x += (f->box - wide) / 2;
    draw_frame(f->canvas, x, y, wide, high, 1, RULE);
    if (kind == CELL_MAP && most == 0) {
        draw_rectangle(f->canvas, x, y, wide, high, EMPTY);
        write_text(f, x, y + (high + SMALL * 7 / 10) / 2, wide, ALIGN_CENTRE, QUIET, "no map");
        return;
    }
    for (int i = 0; i < n; i++) {
        const float *pixel = image ? image + (size_t)i * (size_t)f->channels : NULL;
        const double value = most > 0 ? usable(map[i]) / most : 0;
        const Colour colour = f->map[(int)(value * (COLOURS - 1) + 0.5)];
        f->cell[i] = kind == CELL_MAP       ? colour
                     : kind == CELL_OVERLAY ? tinted(luma(pixel, f->channels), colour, value)
                     : f->channels == 1     ? gray(pixel[0])
                                            : (Colour){byte(pixel[0]), byte(pixel[1]), byte(pixel[2])};
    }
    draw_image(f->canvas, x, y, f->factor, f->height, f->width, f->cell);
}

/* Draws the colour bar with its upper left corner at x, y. */
static void draw_bar(const Figure *f, int x, int y, int height)
{
    static const char *const ticks[] = {"1", "0.5", "0"};
    for (int row = 0; row < height; row++)
        draw_rectangle(f->canvas, x, y + row, BAR, 1, f->map[(COLOURS - 1) - row * (COLOURS - 1) / (height - 1)]);
    draw_frame(f->canvas, x, y, BAR, height, 1, RULE);
    for (int i = 0; i < 3; i++) {
        const int at = y + i * (height - 1) / 2;
        draw_rectangle(f->canvas, x + BAR + 1, at, 3, 1, QUIET);
        write_text(f, x + BAR + 7, at + 5, 24, ALIGN_LEFT, INK, ticks[i]);
    }
    const TextStyle style = {SMALL, false, QUIET};
    draw_text_up(f->canvas, x + BAR + 30 + LINE - 2, y + height, height, ALIGN_CENTRE, &style, "share of the");
    draw_text_up(f->canvas, x + BAR + 30 + 2 * LINE - 2, y + height, height, ALIGN_CENTRE, &style, "map's maximum");
}

/* ---- a figure ---- */

/* Sizes of cells: the aim and the limit for their longer side, and the least width of a box. */
typedef struct Sizes { int cell, most_cell, least_box; } Sizes;

static bool figure_begin(Figure *f, const PanelText *text, const RtShape *shape, int64_t n, Sizes sizes, RtError *error)
{
    if (text->runs < 1 || text->runs > MOST_RUNS)
        return rt_fail(error, "a figure of %d runs, against 1 or %d", text->runs, MOST_RUNS);
    if (n < 1 || n > MOST_SIDE)
        return rt_fail(error, "a figure of %lld images, against 1 to %d", (long long)n, MOST_SIDE);
    if (shape->height < 1 || shape->width < 1 || shape->height > MOST_SIDE || shape->width > MOST_SIDE ||
        shape->height * shape->width > MOST_PIXELS || (shape->channels != 1 && shape->channels != 3))
        return rt_fail(error,
                       "a figure of images [%lld, %lld, %lld], against [h, w, 1] or [h, w, 3] with sides from 1 to %d",
                       (long long)shape->height, (long long)shape->width, (long long)shape->channels, MOST_SIDE);
    *f = (Figure){
        .text = text, .height = (int)shape->height, .width = (int)shape->width, .channels = (int)shape->channels};
    const int side = f->height > f->width ? f->height : f->width, factor = (sizes.cell + side - 1) / side;
    f->factor = factor > 1 && factor * side > sizes.most_cell ? factor - 1 : factor;
    f->box = f->width * f->factor > sizes.least_box ? f->width * f->factor : sizes.least_box;
    f->names = LEAST_NAMES;
    colour_map(f->map);
    return true;
}

static bool figure_open(Figure *f, Canvas *canvas, int64_t width, int64_t height, RtError *error)
{
    const size_t n = (size_t)f->height * (size_t)f->width;
    if (!canvas_new(canvas, width, height, error)) return false;
    f->canvas = canvas;
    f->cell = malloc(n * sizeof *f->cell);
    if (f->cell) return true;
    canvas_free(canvas);
    return rt_fail(error, "out of memory for a cell of %zu pixels", n);
}

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

static int64_t bar_height(int64_t room) { return room < BAR_LEAST ? BAR_LEAST : room > BAR_MOST ? BAR_MOST : room; }

/* ---- panels of images ---- */

/* The left edge of a map's box: `column` 0 and 1 are map and overlay of the true class, 2 and 3 of the other. */
static int64_t panel_x(const Figure *f, int run, int column)
{
    const int64_t box = f->box, group = 4 * box + 2 * PAIR_GAP + GAP;
    return MARGIN + f->names + GAP + box + (f->text->runs > 1 ? GROUP_GAP : GAP) + run * (group + GROUP_GAP) +
           column * box + (column + 1) / 2 * PAIR_GAP + column / 2 * GAP;
}

static void write_headings(const Figure *f, int y)
{
    static const char *const confusing[] = {"map of the most", "confusing class"}, *const given[] = {"map of the",
                                                                                                     "given class"};
    static const char *const same[][2] = {{"map of the", "true class"}, {"", "overlay"}, {"", ""}, {"", "overlay"}};
    const int image = MARGIN + f->names + GAP;
    for (int run = 0; run < f->text->runs; run++) {
        if (f->text->runs > 1) {
            const int left = (int)panel_x(f, run, 0), width = (int)panel_x(f, run, 3) + f->box - left;
            draw_text(f->canvas, left, y + SMALL, width, ALIGN_CENTRE, &(TextStyle){SMALL + 1, true, INK},
                      f->text->run[run]);
            draw_rectangle(f->canvas, left, y + SMALL + 7, width, 1, QUIET);
        }
        const int first = y + (f->text->runs > 1 ? 2 * LINE + 6 : LINE);
        if (run == 0) write_text(f, image, first + LINE, f->box, ALIGN_CENTRE, QUIET, "image");
        for (int column = 0; column < 4; column++)
            for (int line = 0; line < 2; line++)
                write_text(f, (int)panel_x(f, run, column), first + line * LINE, f->box, ALIGN_CENTRE, QUIET,
                           column == 2 ? (f->text->given ? given : confusing)[line] : same[column][line]);
    }
}

static int headings_height(const Figure *f) { return (f->text->runs > 1 ? 3 * LINE + 6 : 2 * LINE) + 10; }

static const char *predicted(const Figure *f) { return f->text->runs > 1 ? "predicted by " : "predicted"; }

/* Writes at the left of a row: the label in a quiet line, then the name. */
static int write_name(const Figure *f, int y, const char *label, const char *run, Colour colour, const char *name)
{
    const int taken = (int)text_width(SMALL, label);
    write_text(f, MARGIN, y + SMALL - 2, f->names, ALIGN_LEFT, QUIET, label);
    write_text(f, MARGIN + taken, y + SMALL - 2, f->names - taken, ALIGN_LEFT, QUIET, run);
    write_text(f, MARGIN, y + SMALL - 2 + LINE - 1, f->names, ALIGN_LEFT, colour, name);
    return y + 2 * LINE + 3;
}

static void write_caption(const Figure *f, int x, int y, const PanelMap *of)
{
    char number[16] = "";
    if (of->probability >= 0 && of->probability <= 1) snprintf(number, sizeof number, "%.2f", of->probability);
    const int taken = (int)text_width(SMALL, number);
    write_text(f, x, y, f->box - taken - 4, ALIGN_LEFT, INK, of->class_name);
    write_text(f, x, y, f->box, ALIGN_RIGHT, INK, number);
}

static void draw_row(const Figure *f, int y, const PanelRow *row)
{
    const int runs = f->text->runs, image = MARGIN + f->names + GAP;
    int line = write_name(f, y + LINE, "true", "", INK, row->true_name);
    for (int run = 0; run < runs; run++)
        line = write_name(f, line, predicted(f), runs > 1 ? f->text->run[run] : "", row->correct[run] ? INK : WRONG,
                          row->predicted[run]);
    draw_cell(f, image, y + LINE, CELL_IMAGE, row->image, NULL);
    if (runs == 1 && !row->correct[0]) {
        const int wide = f->width * f->factor;
        draw_frame(f->canvas, image + (f->box - wide) / 2, y + LINE, wide, f->height * f->factor, 2, WRONG);
    }
    for (int run = 0; run < runs; run++)
        for (int other = 0; other < 2; other++) {
            const PanelMap *of = other ? &row->of_other[run] : &row->of_true[run];
            const int x = (int)panel_x(f, run, 2 * other);
            write_caption(f, x, y + SMALL - 2, of);
            draw_cell(f, x, y + LINE, CELL_MAP, row->image, of->map);
            draw_cell(f, (int)panel_x(f, run, 2 * other + 1), y + LINE, CELL_OVERLAY, row->image, of->map);
        }
}

bool draw_panels(const PanelText *text, const RtShape *shape, int64_t n, const PanelRow *rows, Canvas *canvas,
                 RtError *error)
{
    Figure f;
    *canvas = (Canvas){0};
    if (!figure_begin(&f, text, shape, n, (Sizes){PANEL_CELL, MOST_PANEL_CELL, LEAST_PANEL_BOX}, error)) return false;
    widen(&f, predicted(&f), "");
    for (int64_t i = 0; i < n; i++) widen(&f, rows[i].true_name, "");
    for (int run = 0; run < text->runs; run++) {
        if (text->runs > 1) widen(&f, predicted(&f), text->run[run]);
        for (int64_t i = 0; i < n; i++) widen(&f, rows[i].predicted[run], "");
    }
    const int names = (1 + text->runs) * (2 * LINE + 3), cell = f.height * f.factor;
    const int64_t row = LINE + larger(cell, names) + ROW_GAP, top = MARGIN + title_height(text) + headings_height(&f);
    const int64_t bar = bar_height(n * row - LINE - ROW_GAP), cells = larger(n * row - ROW_GAP, LINE + bar);
    const int64_t bar_x = panel_x(&f, text->runs - 1, 3) + f.box + GAP;
    if (!figure_open(&f, canvas, bar_x + BAR_WIDTH + MARGIN, top + cells + MARGIN, error)) return false;
    write_title(&f);
    write_headings(&f, MARGIN + title_height(text));
    for (int64_t i = 0; i < n; i++) draw_row(&f, (int)(top + i * row), &rows[i]);
    draw_bar(&f, (int)bar_x, (int)top + LINE, (int)bar);
    free(f.cell);
    return true;
}

/* ---- means of the classes ---- */

static void draw_mean(const Figure *f, int x, int y, const PanelClass *of)
{
    char number[32];
    const int step = f->height * f->factor + PAIR_GAP;
    write_text(f, x, y + SMALL - 2, f->box, ALIGN_CENTRE, INK, of->name);
    draw_cell(f, x, y + LINE, CELL_IMAGE, of->image, NULL);
    for (int run = 0; run < f->text->runs; run++)
        draw_cell(f, x, y + LINE + (run + 1) * step, CELL_MAP, NULL, of->map[run]);
    snprintf(number, sizeof number, "n %lld", (long long)of->images);
    write_text(f, x, y + LINE + (f->text->runs + 1) * step + SMALL - 3, f->box, ALIGN_CENTRE, QUIET, number);
}

bool draw_class_means(const PanelText *text, const RtShape *shape, int64_t n, const PanelClass *classes, Canvas *canvas,
                      RtError *error)
{
    Figure f;
    *canvas = (Canvas){0};
    if (!figure_begin(&f, text, shape, n, (Sizes){MEAN_CELL, MOST_MEAN_CELL, LEAST_MEAN_BOX}, error)) return false;
    widen(&f, "mean image", "");
    for (int run = 0; text->runs > 1 && run < text->runs; run++) widen(&f, text->run[run], "");
    const int64_t columns = n < CLASSES_PER_LINE ? n : CLASSES_PER_LINE, lines = (n + columns - 1) / columns;
    const int64_t step = f.height * f.factor + PAIR_GAP,
                  line = LINE + (text->runs + 1) * step + LINE + GROUP_GAP - PAIR_GAP;
    const int64_t left = MARGIN + f.names + GAP, top = MARGIN + title_height(text);
    const int64_t bar_x = left + columns * (f.box + PAIR_GAP) + GAP,
                  bar = bar_height((text->runs + 1) * step - PAIR_GAP);
    const int64_t cells = larger(lines * line - GROUP_GAP + PAIR_GAP, LINE + bar);
    if (!figure_open(&f, canvas, bar_x + BAR_WIDTH + MARGIN, top + cells + MARGIN, error)) return false;
    write_title(&f);
    for (int64_t i = 0; i < n; i++)
        draw_mean(&f, (int)(left + i % columns * (f.box + PAIR_GAP)), (int)(top + i / columns * line), &classes[i]);
    for (int64_t i = 0; i < lines; i++)
        for (int row = 0; row <= text->runs; row++) {
            const int y = (int)(top + i * line + LINE + row * step) + f.height * f.factor / 2 + 4;
            write_text(&f, MARGIN, y, f.names, ALIGN_LEFT, QUIET, row ? "mean map" : "mean image");
            if (row && text->runs > 1)
                write_text(&f, MARGIN, y + LINE - 1, f.names, ALIGN_LEFT, INK, text->run[row - 1]);
        }
    draw_bar(&f, (int)bar_x, (int)top + LINE, (int)bar);
    free(f.cell);
    return true;
}
