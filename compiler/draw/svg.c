/* svg.c - elements of SVG 1.1, written one after another. */
#include "draw/draw.h"

#include <math.h>
#include <string.h>

/* Colours on paper and on a dark screen: the baseline's, then seven after Okabe and Ito, whose yellow is darker. */
typedef struct Palette {
    const char *paper, *ink, *quiet, *axis, *grid, *shade;
    const char *colour[HUES];
} Palette;

static const Palette light = {"#ffffff", "#1c1c1f", "#5c5c63", "#8a8a92", "#e3e3e8", "#e9e9ee",
                              {"#1c1c1f", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a7400"}};
static const Palette dark = {"#16171a", "#ececf0", "#a9a9b2", "#77777f", "#2d2e33", "#2b2c32",
                             {"#ececf0", "#4ba3e3", "#f5813d", "#2bc79a", "#e59cc4", "#f2b134", "#93d3f7", "#f0e442"}};

static void add_palette(Text *text, const Palette *p, const char *indent)
{
    text_add(text, "%s.paper{fill:%s} text{fill:%s} .quiet{fill:%s} .shade{fill:%s}\n", indent, p->paper, p->ink,
             p->quiet, p->shade);
    text_add(text, "%s.axis{stroke:%s} .grid{stroke:%s} .zero,.front{stroke:%s}\n", indent, p->axis, p->grid, p->quiet);
    for (int i = 0; i < HUES; i++)
        text_add(text, "%s.mark%d{fill:%s;stroke:%s} .open%d{fill:%s;stroke:%s} .line%d{stroke:%s} "
                       ".band%d,.seed%d{fill:%s}\n",
                 indent, i, p->colour[i], p->paper, i, p->paper, p->colour[i], i, p->colour[i], i, i, p->colour[i]);
}

const char *xml_of(Arena *arena, const char *text)
{
    Text to = text_new(arena);
    for (; *text; text++) {
        switch (*text) {
        case '&': text_add(&to, "&amp;"); break;
        case '<': text_add(&to, "&lt;"); break;
        case '>': text_add(&to, "&gt;"); break;
        case '"': text_add(&to, "&quot;"); break;
        case '\'': text_add(&to, "&#39;"); break;
        default: text_add(&to, "%c", *text);
        }
    }
    return to.chars;
}

Svg svg_new(Arena *arena, double width) { return (Svg){arena, text_new(arena), width}; }

/* A tenth of a pixel is enough, and no number is -0. */
static double tenth(double value) { return floor(value * 10 + 0.5) / 10 + 0.0; }

const char *svg_style(Arena *arena)
{
    Text text = text_new(arena);
    text_add(&text, "text{font:%dpx sans-serif} .title{font-size:%dpx;font-weight:bold} .head{font-weight:bold}\n",
             TEXT_SIZE, TITLE_SIZE);
    text_add(&text, ".mid{text-anchor:middle} .end{text-anchor:end}\n"
                    "line,polyline{fill:none;stroke-width:1} .interval{stroke-width:2} .curve{stroke-width:1.6;"
                    "stroke-linejoin:round} .zero{stroke-dasharray:4 3} .front{stroke-dasharray:2 3}\n"
                    ".mark{stroke-width:.7} .open{stroke-width:1.6} .band{fill-opacity:.16} .seed{fill-opacity:.6}\n");
    add_palette(&text, &light, "");
    text_add(&text, "@media (prefers-color-scheme:dark){\n");
    add_palette(&text, &dark, " ");
    text_add(&text, "}\n");
    return text.chars;
}

const char *svg_finish(Svg *svg, double height, const char *title, const char *description)
{
    Text text = text_new(svg->arena);
    text_add(&text, "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
                    "width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n",
             svg->width, ceil(height), svg->width, ceil(height));
    text_add(&text, "<title>%s</title>\n", xml_of(svg->arena, title));
    text_add(&text, "<desc>%s</desc>\n<style>\n%s</style>\n", xml_of(svg->arena, description),
             svg_style(svg->arena));
    text_add(&text, "<rect class=\"paper\" width=\"%.0f\" height=\"%.0f\"/>\n", svg->width, ceil(height));
    text_add(&text, "%s</svg>\n", svg->text.chars);
    return text.chars;
}

void svg_line(Svg *svg, const char *class, double x1, double y1, double x2, double y2)
{
    text_add(&svg->text, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", class, tenth(x1),
             tenth(y1), tenth(x2), tenth(y2));
}

void svg_rectangle(Svg *svg, const char *class, double x, double y, double width, double height)
{
    text_add(&svg->text, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n", class, tenth(x),
             tenth(y), tenth(width), tenth(height));
}

void svg_points(Svg *svg, const char *shape, const char *class, int n, const double *points)
{
    text_add(&svg->text, "<%s class=\"%s\" points=\"", shape, class);
    for (int i = 0; i < n; i++)
        text_add(&svg->text, "%s%.1f,%.1f", i ? " " : "", tenth(points[2 * i]), tenth(points[2 * i + 1]));
    text_add(&svg->text, "\"/>\n");
}

void svg_text(Svg *svg, const char *class, double x, double y, const char *text, const char *whole)
{
    if (!*text) return;
    text_add(&svg->text, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s", class, tenth(x), tenth(y),
             xml_of(svg->arena, text));
    if (whole && strcmp(whole, text)) text_add(&svg->text, "<title>%s</title>", xml_of(svg->arena, whole));
    text_add(&svg->text, "</text>\n");
}

void svg_open(Svg *svg, const char *class, const char *attributes, const char *title)
{
    text_add(&svg->text, "<g class=\"%s\"%s><title>%s</title>\n", class, attributes, xml_of(svg->arena, title));
}

void svg_close(Svg *svg) { text_add(&svg->text, "</g>\n"); }

void svg_box(Svg *svg, const char *class, double x, double y, double width, double height, double radius)
{
    text_add(&svg->text, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\"/>\n",
             class, tenth(x), tenth(y), tenth(width), tenth(height), radius);
}

void svg_path(Svg *svg, const char *class, const char *path, bool dashed)
{
    text_add(&svg->text, "<path class=\"%s\" fill=\"none\"%s d=\"%s\"/>\n", class,
             dashed ? " stroke-dasharray=\"4 3\"" : "", path);
}

const char *svg_class(Arena *arena, const char *kind, int style)
{
    const int colour = style ? 1 + (style - 1) % (HUES - 1) : 0;
    return arena_format(arena, "%s %s%d", kind, kind, colour);
}

/* Corners of the shapes, a circle apart, around 0 at about the same area. */
typedef struct Shape { int n; double corner[12][2]; } Shape;

static const Shape shapes[SHAPES] = {
    {0, {{0}}},
    {4, {{-.88, -.88}, {.88, -.88}, {.88, .88}, {-.88, .88}}},
    {3, {{0, -1.2}, {1.15, .8}, {-1.15, .8}}},
    {4, {{0, -1.25}, {1.25, 0}, {0, 1.25}, {-1.25, 0}}},
    {3, {{0, 1.2}, {1.15, -.8}, {-1.15, -.8}}},
    {12, {{-.4, -1.2}, {.4, -1.2}, {.4, -.4}, {1.2, -.4}, {1.2, .4}, {.4, .4}, {.4, 1.2}, {-.4, 1.2}, {-.4, .4},
          {-1.2, .4}, {-1.2, -.4}, {-.4, -.4}}},
    {12, {{-.57, -1.13}, {0, -.57}, {.57, -1.13}, {1.13, -.57}, {.57, 0}, {1.13, .57}, {.57, 1.13}, {0, .57},
          {-.57, 1.13}, {-1.13, .57}, {-.57, 0}, {-1.13, -.57}}},
    {10, {{0, -1.35}, {.32, -.44}, {1.28, -.42}, {.52, .17}, {.79, 1.09}, {0, .55}, {-.79, 1.09}, {-.52, .17},
          {-1.28, -.42}, {-.32, -.44}}}};

void svg_mark(Svg *svg, int style, double x, double y, double radius)
{
    const bool open = style / SHAPES % 2;
    const char *class = svg_class(svg->arena, open ? "open" : "mark", style);
    const Shape *shape = &shapes[style % SHAPES];
    double points[24];
    for (int i = 0; i < shape->n; i++) {
        points[2 * i] = x + radius * shape->corner[i][0];
        points[2 * i + 1] = y + radius * shape->corner[i][1];
    }
    if (shape->n) svg_points(svg, "polygon", class, shape->n, points);
    else text_add(&svg->text, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>\n", class, tenth(x), tenth(y),
                  tenth(radius));
}

const char *base64_of(Arena *arena, const void *bytes, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *at = bytes;
    char *code = arena_array(arena, (int64_t)(n / 3 + 1) * 4 + 1, 1), *to = code;
    for (size_t i = 0; i < n; i += 3) {
        const size_t part = n - i < 3 ? n - i : 3;
        const uint32_t bits =
            (uint32_t)at[i] << 16 | (part > 1 ? (uint32_t)at[i + 1] << 8 : 0) | (part > 2 ? at[i + 2] : 0u);
        for (size_t k = 0; k < 4; k++) *to++ = k <= part ? digits[bits >> (18 - 6 * k) & 63] : '=';
    }
    return code;
}

void svg_image(Svg *svg, double x, double y, double width, double height, const void *png, size_t bytes)
{
    text_add(&svg->text, "<image x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
                         "style=\"image-rendering:pixelated\" xlink:href=\"data:image/png;base64,",
             tenth(x), tenth(y), tenth(width), tenth(height));
    text_add(&svg->text, "%s\"/>\n", base64_of(svg->arena, png, bytes));
}

/* ---- text ---- */

/* Hundredths of the size that a printable ASCII character takes, from the space on, in a font that is wide among those
 * that readers have. */
static const unsigned char widths[] = {
    32, 40, 46, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 69, 69, 70, 77, 63, 58, 78, 75, 30, 30, 66, 56, 86, 75, 79,
    60, 79, 70, 64, 61, 73, 69, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 64, 55, 64, 62, 35, 64,
    63, 28, 28, 58, 28, 98, 63, 61, 64, 64, 41, 52, 39, 63, 59, 82, 59, 59, 53, 64, 34, 64, 84};

double text_pixels(double size, const char *text)
{
    double width = 0;
    for (const unsigned char *at = (const unsigned char *)text; *at; at++)
        if (*at >= ' ' && *at < 0x7f) width += widths[*at - ' '];
        else if (*at >= 0xe0) width += 110;                          /* a character of three bytes or four */
        else if (*at >= 0xc0) width += 85;
    return width * size / 100 * (size > TEXT_SIZE ? 1.12 : 1);       /* titles are bold */
}

const char *text_fit(Arena *arena, double size, const char *text, double width)
{
    if (text_pixels(size, text) <= width) return text;
    int low = 0, high = shown_width(text);
    while (low + 1 < high) {                                         /* the most columns that fit */
        const int middle = low + (high - low) / 2;
        if (text_pixels(size, shown_within(arena, text, middle)) <= width) low = middle;
        else high = middle;
    }
    return shown_within(arena, text, low);
}

/* Bytes of the longest beginning that is at most so wide and that a space follows, or that ends with a mark between
 * words, or else with any character. */
static size_t line_bytes(Arena *arena, double size, const char *text, double width)
{
    size_t word = 0, any = 0;
    for (size_t at = 0, n; text[at]; at += n) {
        n = rt_utf8(text + at, strlen(text + at));
        if (!n) n = 1;
        if (text_pixels(size, arena_format(arena, "%.*s", (int)(at + n), text)) > width) break;
        any = at + n;
        if (text[any] == ' ' || strchr("_=-/+,:", text[at])) word = any;
    }
    return word ? word : any ? any : strlen(text);
}

/* A name in at most so many lines, with \n between them; the last one loses its middle where it must. */
static const char *name_lines(Arena *arena, double size, const char *name, double width, int most)
{
    Text text = text_new(arena);
    for (int line = 1; line < most && text_pixels(size, name) > width; line++) {
        const size_t n = line_bytes(arena, size, name, width);
        text_add(&text, "%.*s\n", (int)n, name);
        name += n;
        while (*name == ' ') name++;
    }
    text_add(&text, "%s", text_fit(arena, size, name, width));
    return text.chars;
}

const char **names_within(Arena *arena, double size, int n, const char *const *names, double width, int most)
{
    const char **lines = arena_array(arena, n, sizeof *lines);
    NameTable seen = name_table_new(arena);
    for (int i = 0; i < n; i++) ++*name_number(&seen, lines[i] = name_lines(arena, size, names[i], width, most));
    for (int i = 0; i < n; i++)
        if (name_known(&seen, lines[i]) > 1)
            lines[i] = name_lines(arena, size, arena_format(arena, "#%d %s", i + 1, names[i]), width, most);
    return lines;
}

int lines_in(const char *text)
{
    int n = 1;
    for (; *text; text++) n += *text == '\n';
    return n;
}

void svg_lines(Svg *svg, const char *class, double x, double y, double step, const char *lines, const char *whole)
{
    for (size_t n; ; lines += n + 1, y += step) {
        n = strcspn(lines, "\n");
        svg_text(svg, class, x, y, arena_format(svg->arena, "%.*s", (int)n, lines), whole);
        if (!lines[n]) return;
    }
}

/* Words in lines of at most `width`, with \n between them. */
static const char *broken(Arena *arena, double width, const char *words)
{
    Text text = text_new(arena);
    double at = 0;
    for (size_t n; *words; words += n, words += strspn(words, " ")) {
        n = strcspn(words, " ");
        const char *word = text_fit(arena, TEXT_SIZE, arena_format(arena, "%.*s", (int)n, words), width);
        const double pixels = text_pixels(TEXT_SIZE, word), blank = at > 0 ? text_pixels(TEXT_SIZE, " ") : 0;
        const bool next = at > 0 && at + blank + pixels > width;
        text_add(&text, "%s%s", next ? "\n" : at > 0 ? " " : "", word);
        at = next ? pixels : at + blank + pixels;
    }
    return text.chars;
}

static bool ends_with_one_word(const char *lines)
{
    const char *last = strrchr(lines, '\n');
    return last && !strchr(last, ' ');
}

double svg_paragraph(Svg *svg, const char *class, double x, double y, double width, double step, const char *text)
{
    const char *lines = broken(svg->arena, width, text);
    for (double narrow = width; ends_with_one_word(lines) && narrow > 0.7 * width; narrow -= 10) {
        const char *other = broken(svg->arena, narrow, text);
        if (lines_in(other) > lines_in(lines)) break;
        lines = other;
    }
    svg_lines(svg, class, x, y, step, lines, NULL);
    return *text ? y + step * lines_in(lines) : y;
}
