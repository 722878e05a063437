/* html.c - the page: its style, sections, tables, pictures. */
#include "page/page.h"

#include <string.h>

/* Colours of text have a contrast of 4.5 or more with all that lies behind it. */
static const char style[] =
    ":root{color-scheme:light dark;--paper:#fff;--ink:#1c1c1f;--quiet:#5c5c63;--rule:#d9d9df;--shade:#f3f3f6;"
    "--link:#005a94;--heat:0,114,178;--mark:#fff3c4}\n"
    "@media(prefers-color-scheme:dark){:root{--paper:#16171a;--ink:#ececf0;--quiet:#a9a9b2;--rule:#3a3b41;"
    "--shade:#1f2024;--link:#7cc0f5;--heat:75,163,227;--mark:#4a4220}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}\n"
    "main,header,nav{max-width:1212px;margin:0 auto;padding:0 16px}\n"
    "h1{font-size:26px;margin:24px 0 4px;overflow-wrap:anywhere} h2{font-size:20px;margin:36px 0 8px}\n"
    ".verdict{font-size:18px;margin:0 0 12px;overflow-wrap:anywhere}\n"
    "nav ul{display:flex;flex-wrap:wrap;gap:4px 16px;list-style:none;margin:0;padding:8px 0;"
    "border:solid var(--rule);border-width:1px 0}\n"
    "a{color:var(--link)} p,li{max-width:80ch;overflow-wrap:anywhere}\n"
    ".wide{overflow-x:auto} .wide svg{display:block}\n"
    "table{border-collapse:collapse;margin:8px 0;font-variant-numeric:tabular-nums}\n"
    "th,td{padding:3px 10px;text-align:right;border-bottom:1px solid var(--rule);white-space:nowrap}\n"
    "th:first-child,td:first-child{text-align:left;padding-left:0}\n"
    ".facts td{text-align:left;white-space:normal;overflow-wrap:anywhere}\n"
    ".facts td:first-child{white-space:nowrap}\n"
    "td.heat{background:rgba(var(--heat),var(--share));text-align:center;padding:3px 8px}\n"
    "pre{background:var(--shade);padding:10px;overflow-x:auto;font:13px/1.45 ui-monospace,monospace;margin:8px 0}\n"
    "pre.wrap{white-space:pre-wrap;overflow-wrap:anywhere}\n"
    "pre .n{display:inline-block;min-width:5ch;margin-right:1.5ch;text-align:right;color:var(--quiet)}\n"
    "pre span:target,pre a:target{background:var(--mark)} pre .to{color:var(--quiet)}\n"
    "details summary{cursor:pointer;color:var(--link)}\n"
    ".pictures{display:flex;flex-wrap:wrap;gap:14px} .pictures figure{margin:0;width:min-content;max-width:100%}\n"
    "figcaption{font-size:14px;color:var(--quiet)} img{image-rendering:pixelated;display:block}\n"
    ".three{display:flex;flex-wrap:wrap;gap:3px}\n"
    ".pair{display:flex;flex-wrap:wrap;gap:24px} .pair>div{max-width:100%}\n"
    ".quiet{color:var(--quiet)}\n"
    "@media(max-width:600px){th,td{padding:3px 5px} table{font-size:14px} td.heat{padding:3px 4px}}\n"
    "@media print{body{font-size:11pt} pre{white-space:pre-wrap} nav,details.code{display:none} h2{break-after:avoid}"
    " tr,figure{break-inside:avoid}}\n";

Page page_new(Arena *arena) { return (Page){.arena = arena, .contents = text_new(arena), .body = text_new(arena)}; }

void page_section(Page *page, const char *id, const char *title)
{
    if (page->open) text_add(&page->body, "</section>\n");
    page->open = true;
    const char *words = xml_of(page->arena, title);
    text_add(&page->contents, "<li><a href=\"#%s\">%s</a></li>\n", id, words);
    text_add(&page->body, "<section>\n<h2 id=\"%s\">%s</h2>\n", id, words);
}

void page_add(Page *page, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_add_v(&page->body, format, arguments);
    va_end(arguments);
}

void page_paragraph(Page *page, const char *text) { text_add(&page->body, "<p>%s</p>\n", xml_of(page->arena, text)); }

void page_code(Page *page, const char *text)
{
    text_add(&page->body, "<pre class=\"wrap\">%s</pre>\n", xml_of(page->arena, text));
}

void page_svg(Page *page, const char *svg)
{
    static const char ends[] = "</style>\n";
    const char *from = strstr(svg, "<style>"), *to = from ? strstr(from, ends) : NULL;
    text_add(&page->body, "<div class=\"wide\">\n");
    if (to) text_add(&page->body, "%.*s%s", (int)(from - svg), svg, to + sizeof ends - 1);
    else text_add(&page->body, "%s", svg);
    text_add(&page->body, "</div>\n");
}

const char *page_picture(Arena *arena, int height, int width, const void *colours, int factor, const char *words)
{
    Canvas canvas = {0};
    RtText png = {0};
    RtError error = {0};
    if (!canvas_new(&canvas, width, height, &error)) fail("%s", error.text);
    draw_image(&canvas, 0, 0, 1, height, width, colours);
    if (!canvas_png(&canvas, &png, &error)) fail("%s", error.text);
    const char *html = arena_format(
        arena, "<img width=\"%d\" height=\"%d\" alt=\"%s\" src=\"data:image/png;base64,%s\">", width * factor,
        height * factor, xml_of(arena, words), base64_of(arena, png.data, png.length));
    rt_text_free(&png);
    canvas_free(&canvas);
    return html;
}

enum { MAGNIFIED = 84, LARGEST = 96 };

/* Where the image is larger than LARGEST, of means of k x k pixels. */
const char *page_thumbnail(Arena *arena, int64_t height, int64_t width, const Colour *colours, const char *words)
{
    const int64_t side = height > width ? height : width, k = (side + LARGEST - 1) / LARGEST;
    const int64_t high = (height + k - 1) / k, wide = (width + k - 1) / k;
    Colour *small = arena_array(arena, high * wide, sizeof *small);
    for (int64_t y = 0; y < high; y++)
        for (int64_t x = 0; x < wide; x++) {
            int64_t n = 0, r = 0, g = 0, b = 0;
            for (int64_t i = y * k; i < (y + 1) * k && i < height; i++)
                for (int64_t j = x * k; j < (x + 1) * k && j < width; j++, n++) {
                    const Colour c = colours[i * width + j];
                    r += c.r, g += c.g, b += c.b;
                }
            small[y * wide + x] = (Colour){(uint8_t)(r / n), (uint8_t)(g / n), (uint8_t)(b / n)};
        }
    return page_picture(arena, (int)high, (int)wide, small, side >= MAGNIFIED ? 1 : (int)(MAGNIFIED / side), words);
}

void page_facts(Page *page) { text_add(&page->body, "<div class=\"wide\"><table class=\"facts\">\n"); }

void page_table(Page *page, int columns, const char *const *heads)
{
    text_add(&page->body, "<div class=\"wide\"><table>\n<tr>");
    for (int i = 0; i < columns; i++) text_add(&page->body, "<th>%s</th>", xml_of(page->arena, heads[i]));
    text_add(&page->body, "</tr>\n");
}

void page_row(Page *page, int columns, const char *const *cells)
{
    text_add(&page->body, "<tr>");
    for (int i = 0; i < columns; i++) text_add(&page->body, "<td>%s</td>", xml_of(page->arena, cells[i]));
    text_add(&page->body, "</tr>\n");
}

void page_table_end(Page *page) { text_add(&page->body, "</table></div>\n"); }

const char *page_finish(Page *page, const char *title, const char *words)
{
    Text text = text_new(page->arena);
    if (page->open) text_add(&page->body, "</section>\n");
    title = xml_of(page->arena, title);
    text_add(&text,
             "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "style-src 'unsafe-inline'; img-src data:\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<link rel=\"icon\" href=\"data:,\">\n"
             "<title>%s</title>\n<style>\n%s%s</style>\n</head>\n<body>\n",
             title, style, svg_style(page->arena));
    text_add(&text, "<header>\n<h1>%s</h1>\n<p class=\"verdict\">%s</p>\n</header>\n", title,
             xml_of(page->arena, words));
    text_add(&text, "<nav aria-label=\"Contents\"><ul>\n%s</ul></nav>\n<main>\n%s</main>\n</body>\n</html>\n",
             page->contents.chars, page->body.chars);
    return text.chars;
}
