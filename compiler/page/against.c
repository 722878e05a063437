/* against.c - a run beside another one: what differs in options, results and graphs. */
#include "page/page.h"

#include <math.h>
#include <string.h>

#include "show/show.h"

static const char *label_of(Arena *arena, const Run *run)
{
    size_t n = strlen(run->folder);
    while (n > 1 && run->folder[n - 1] == '/') n--;
    const char *path = arena_format(arena, "%.*s", (int)n, run->folder), *slash = strrchr(path, '/');
    return shown_name(arena, slash ? slash + 1 : path);
}

/* A row for each option that either run has, where they differ. */
static void add_options(Page *page, const Run *a, const Run *b)
{
    NameTable seen = name_table_new(page->arena);
    const Run *const runs[] = {a, b};
    for (int r = 0; r < 2; r++)
        for (int i = 0; i < runs[r]->record.n_settings; i++) {
            const char *name = runs[r]->record.settings[i].name;
            const char *one = run_setting(page->arena, a, name), *other = run_setting(page->arena, b, name);
            if ((*name_number(&seen, name))++ || !strcmp(one, other)) continue;
            page_row(page, 4,
                     (const char *[]){shown_name(page->arena, name),
                                      shown_name(page->arena, one),
                                      shown_name(page->arena, other), ""});
        }
}

/* Whole numbers with all digits, others with six. */
static const char *number_shown(Arena *arena, double value, const char *sign)
{
    if (isnan(value)) return "";
    const char *plus = value > 0 ? sign : "";
    if (value == floor(value) && fabs(value) < 1e15) return arena_format(arena, "%s%.0f", plus, value);
    return arena_format(arena, "%s%.6g", plus, value);
}

static void add_number(Page *page, const Run *a, const Run *b, const char *object, const char *key)
{
    const double one = run_number(a, object, key), other = run_number(b, object, key);
    if (isnan(one) && isnan(other)) return;
    Arena *arena = page->arena;
    page_row(page, 4,
             (const char *[]){shown_name(arena, key), number_shown(arena, one, ""), number_shown(arena, other, ""),
                              number_shown(arena, one - other, "+")});
}

void page_against(Page *page, const Run *run, const Run *other)
{
    Arena *arena = page->arena;
    static const char *const numbers[] = {"parameter_count", "flops_forward", "flops_step", "workspace_bytes",
                                          "seconds",         "epochs",        "seed"};
    const char *heads[] = {"", label_of(arena, run), label_of(arena, other), "difference"};
    page_section(page, "against", "Against another run");
    page_paragraph(page, arena_format(arena, "%s beside %s. %s", heads[1], heads[2],
                                      strcmp(run->record.graph_hash, other->record.graph_hash)
                                          ? "Their graphs differ."
                                          : "Their graphs have the same hash."));
    page_table(page, 4, heads);
    page_row(page, 4,
             (const char *[]){"data", shown_name(arena, run->record.data), shown_name(arena, other->record.data), ""});
    if (run->stopped || other->stopped)
        page_row(page, 4,
                 (const char *[]){"came to its end", run->stopped ? "no" : "yes", other->stopped ? "no" : "yes", ""});
    add_options(page, run, other);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) add_number(page, run, other, NULL, numbers[i]);
    const RtJsonNode *metrics = rt_json_get(&run->record.json, run->top, "metrics");
    for (int k = metrics && metrics->kind == RT_JSON_OBJECT && metrics->n ? metrics->first : 0; k;
         k = run->record.json.nodes[k].next)
        add_number(page, run, other, "metrics", run->record.json.nodes[k].key);
    page_table_end(page);
    if (other->stopped)
        page_paragraph(page, arena_format(arena, "%s: %s; %s.", heads[2], stopped_words(arena, other),
                                          first_words(arena, other)));
    page_paragraph(page,
                   "Graphs side by side. A block with a thick edge is not in the other one, or is another there.");
    page_add(page, "<div class=\"pair\">\n<div>\n<h3>%s</h3>\n", xml_of(arena, heads[1]));
    page_svg(page, blocks_svg_against(arena, run->emission, other->experiment));
    page_add(page, "</div>\n<div>\n<h3>%s</h3>\n", xml_of(arena, heads[2]));
    page_svg(page, blocks_svg_against(arena, other->emission, run->experiment));
    page_add(page, "</div>\n</div>\n");
}
