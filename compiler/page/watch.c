/* watch.c - what `--watch` noted of values and their gradients: watch.csv. */
#include "page/page.h"

#include "cam/watched.h"

static const char *histogram_of(Arena *arena, const Noted *w)
{
    enum { WIDTH = 356, HEIGHT = 90, LEFT = 14, TOP = 30 };
    Svg svg = svg_new(arena, WIDTH);
    const double bar = (WIDTH - 2.0 * LEFT) / BINS;
    const char *title = arena_format(arena, "%s, %s", shown_name(arena, w->name), w->of);
    svg_text(&svg, "title", LEFT, 20, text_fit(arena, TITLE_SIZE, title, WIDTH - 2 * LEFT), title);
    for (int i = 0; i < BINS; i++) {
        const double height = HEIGHT * bar_height_of(w, i);
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
    const int n = read_watched(page->arena, run->folder, list);
    if (!n) return;
    page_section(page, "watched", "Values and gradients");
    page_paragraph(page, "Of the first batch of training images, after the last epoch; the height of a bar is the root "
                         "of its number of elements.");
    page_add(page, "<div class=\"pair\">\n");
    for (int i = 0; i < n; i++) page_svg(page, histogram_of(page->arena, &list[i]));
    page_add(page, "</div>\n");
}
