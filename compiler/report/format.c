/* format.c - tables as text for a terminal, Markdown, LaTeX, CSV and JSON. */
#include "report/report.h"

#include <math.h>
#include <string.h>

/* What each format is given: all tables, one after another. */
typedef struct Page {
    Arena *arena;
    Text text;
    RtJsonWriter json;
    int width, n_tables;
} Page;

/* A block and a metric of the page. */
typedef struct Entry {
    const ReportStudy *study;
    const ReportBlock *block;
    const char *metric;
    const Statistics *statistics;
    const Table *table;
    bool first;                            /* of its block */
} Entry;

static bool is_spread(const Table *t, int column) { return column < t->n_columns && !strcmp(t->heads[column], "+-"); }

/* ---- text ---- */

enum { GAP = 2, LEAST_NAMES = 8 };

static int column_width(const Table *t, int column)
{
    int width = shown_width(t->heads[column]);
    for (int i = 0; i < t->n_rows; i++) {
        const int cell = shown_width(t->cells[i][column]);
        if (cell > width) width = cell;
    }
    return width;
}

static int gap_before(const Table *t, int column) { return is_spread(t, column) ? 1 : GAP; }

/* The columns that begin at one and are kept on one line where they fit: what a variant reached, how far it is from the
 * baseline, what it takes. */
static int group_end(const Table *t, int column)
{
    do column++;
    while (column < t->n_columns && strcmp(t->heads[column], "difference") && strcmp(t->heads[column], "parameters"));
    return column;
}

static int span_width(const Table *t, const int *widths, int from, int to)
{
    int width = 0;
    for (int c = from; c < to; c++) width += gap_before(t, c) + widths[c];
    return width;
}

/* The end of the columns from one on that share a line of so many columns beside the names: whole groups, or as much of
 * one as fits, with a number and its interval on one line. */
static int line_end(const Table *t, const int *widths, int from, int end, int room)
{
    int to = from;
    while (to < end && span_width(t, widths, from, group_end(t, to)) <= room) to = group_end(t, to);
    if (to > from) return to;
    for (to = from + 1; is_spread(t, to); to++) {}
    for (int next = to; next < end; to = next) {
        for (next = to + 1; is_spread(t, next); next++) {}
        if (span_width(t, widths, from, next) > room) break;
    }
    return to;
}

static void add_padded(Text *text, const char *cell, int width, bool left)
{
    const int pad = width - shown_width(cell);
    if (left) text_add(text, "%s%*s", cell, pad > 0 ? pad : 0, "");
    else text_add(text, "%*s%s", pad > 0 ? pad : 0, "", cell);
}

static void trim(Text *text)
{
    while (text->length && text->chars[text->length - 1] == ' ') text->chars[--text->length] = 0;
}

/* row: the number of its variant, from 0. */
static void add_text_row(Page *p, const Table *t, const char *const *cells, int row, const int *widths, int from,
                         int to)
{
    if (shown_width(cells[0]) > widths[0]) {
        text_add(&p->text, "%s\n", variant_within(p->arena, cells[0], row, p->width));
        text_add(&p->text, "%*s", widths[0], "");
    } else add_padded(&p->text, cells[0], widths[0], true);
    for (int c = from; c < to; c++) {
        text_add(&p->text, "%*s", gap_before(t, c), "");
        add_padded(&p->text, cells[c], widths[c], false);
    }
    trim(&p->text);
    text_add(&p->text, "\n");
}

static void add_paragraph(Page *p, const char *words)
{
    text_paragraph(&p->text, words, p->width, strncmp(words, "- ", 2) ? 0 : 2);
}

static void add_text(Page *p, const Entry *e)
{
    const Table *t = e->table;
    int *widths = arena_array(p->arena, t->n_columns, sizeof *widths), most = p->width * 2 / 5;
    for (int c = 0; c < t->n_columns; c++) widths[c] = column_width(t, c);
    if (most < LEAST_NAMES) most = LEAST_NAMES;
    if (widths[0] > most) widths[0] = most;
    if (p->text.length) text_add(&p->text, "\n");
    add_paragraph(p, t->title);
    int end = t->n_columns;
    while (!e->first && strcmp(t->heads[--end], "parameters")) {}       /* what they take stands above */
    for (int from = 1, to; from < end; from = to) {
        to = line_end(t, widths, from, end, p->width - widths[0]);
        text_add(&p->text, "\n");
        add_text_row(p, t, t->heads, 0, widths, from, to);
        for (int i = 0; i < t->n_rows; i++) add_text_row(p, t, t->cells[i], i, widths, from, to);
    }
    if (t->n_notes) text_add(&p->text, "\n");
    for (int i = 0; i < t->n_notes; i++) add_paragraph(p, arena_format(p->arena, "- %s", t->notes[i]));
}

/* ---- Markdown ---- */

/* Adds the cells of a row; a number and its interval are one cell. */
static void add_markdown_row(Page *p, const Table *t, const char *const *cells, bool head)
{
    text_add(&p->text, "|");
    for (int c = 0; c < t->n_columns; c++) {
        const char *cell = c == 0 && !head ? markdown_of(p->arena, cells[0]) : cells[c];
        text_add(&p->text, " %s", cell);
        if (is_spread(t, c + 1)) {
            c++;
            if (head) text_add(&p->text, " \xc2\xb1");
            else if (*cells[c]) text_add(&p->text, " \xc2\xb1 %s", cells[c]);
        }
        text_add(&p->text, " |");
    }
    text_add(&p->text, "\n");
}

static void add_markdown(Page *p, const Entry *e)
{
    const Table *t = e->table;
    text_add(&p->text, "%s### %s\n\n", p->text.length ? "\n" : "", markdown_of(p->arena, t->title));
    add_markdown_row(p, t, t->heads, true);
    text_add(&p->text, "|---|");
    for (int c = 1; c < t->n_columns; c++)
        if (!is_spread(t, c)) text_add(&p->text, "--:|");
    text_add(&p->text, "\n");
    for (int i = 0; i < t->n_rows; i++) add_markdown_row(p, t, t->cells[i], false);
    if (t->n_notes) text_add(&p->text, "\n");
    for (int i = 0; i < t->n_notes; i++) text_add(&p->text, "- %s\n", markdown_of(p->arena, t->notes[i]));
}

/* ---- LaTeX ---- */

static const char *latex_cell(Page *p, const char *cell)
{
    if (*cell == '-') return arena_format(p->arena, "$-$%s", cell + 1);
    return *cell == '+' ? arena_format(p->arena, "$+$%s", cell + 1) : latex_of(p->arena, cell);
}

static void add_latex(Page *p, const Entry *e)
{
    const Table *t = e->table;
    if (!p->n_tables) text_add(&p->text, "%% \\usepackage{booktabs}\n");
    text_add(&p->text, "%s\\begin{table}\n\\centering\n\\caption{%s}\n\\begin{tabular}{l", p->n_tables ? "\n" : "",
             latex_of(p->arena, t->title));
    for (int c = 1; c < t->n_columns; c++) text_add(&p->text, is_spread(t, c) ? "@{\\,}l" : "r");
    text_add(&p->text, "}\n\\toprule\n%s", t->heads[0]);
    for (int c = 1; c < t->n_columns; c++)
        if (!is_spread(t, c))
            text_add(&p->text, is_spread(t, c + 1) ? " & \\multicolumn{2}{c}{%s}" : " & %s",
                     strcmp(t->heads[c], "us/image") ? latex_cell(p, t->heads[c]) : "$\\mu$s/image");
    text_add(&p->text, " \\\\\n\\midrule\n");
    for (int i = 0; i < t->n_rows; i++) {
        text_add(&p->text, "%s", latex_of(p->arena, t->cells[i][0]));
        for (int c = 1; c < t->n_columns; c++)
            text_add(&p->text, " & %s%s", is_spread(t, c) && *t->cells[i][c] ? "$\\pm$\\," : "",
                     latex_cell(p, t->cells[i][c]));
        text_add(&p->text, " \\\\\n");
    }
    text_add(&p->text, "\\bottomrule\n\\end{tabular}\n");
    for (int i = 0; i < t->n_notes; i++)
        text_add(&p->text, "\\par\\footnotesize %s\n", latex_of(p->arena, t->notes[i]));
    text_add(&p->text, "\\end{table}\n");
}

/* ---- CSV ---- */

/* Adds a number with all of its digits, as JSON has it; nothing where there is none. */
static void add_number(Page *p, double value)
{
    RtJsonWriter w = {0};
    rt_json_number(&w, NULL, value);
    if (w.text.failed) fail("tailor: out of memory");
    text_add(&p->text, ",%s", isnan(value) ? "" : w.text.data);
    rt_text_free(&w.text);
}

static void add_csv(Page *p, const Entry *e)
{
    const Statistics *s = e->statistics;
    if (!p->n_tables)
        text_add(&p->text, "experiment,graph,data,metric,variant,n,mean,sd,ci_low,ci_high,baseline,pairs,difference,"
                           "difference_ci_low,difference_ci_high,t,p,p_holm,p_signflip,p_wilcoxon,dz,g,p_better,"
                           "p_equivalent,p_not_worse,detectable,reason,parameters,flops_forward,flops_step,"
                           "workspace_bytes,seconds_per_image,time_ratio\r\n");
    for (int i = 0; i < s->n_variants; i++) {
        const VariantStatistics *v = &s->variants[i];
        const Comparison *c = i ? &s->comparisons[i - 1] : NULL;
        text_add(&p->text, "%s,", csv_of(p->arena, e->study->name));
        text_add(&p->text, "%s,", csv_of(p->arena, e->block->graph));
        text_add(&p->text, "%s,", csv_of(p->arena, e->block->data));
        text_add(&p->text, "%s,", csv_of(p->arena, e->metric));
        text_add(&p->text, "%s,%d", csv_of(p->arena, v->name), v->n);
        const double of_variant[] = {v->mean, v->sd, v->low, v->high};
        for (size_t k = 0; k < sizeof of_variant / sizeof *of_variant; k++) add_number(p, of_variant[k]);
        text_add(&p->text, ",%s", c ? csv_of(p->arena, s->variants[c->baseline].name) : "");
        if (c) text_add(&p->text, ",%d", c->n);
        else text_add(&p->text, ",");
        const Comparison none = {.difference = NAN, .low = NAN, .high = NAN, .t = NAN, .p = NAN, .p_holm = NAN,
                                 .p_signflip = NAN, .p_wilcoxon = NAN, .dz = NAN, .g = NAN, .p_better = NAN,
                                 .p_equivalent = NAN, .p_not_worse = NAN, .detectable = NAN};
        const Comparison *of = c ? c : &none;
        const double fields[] = {of->difference, of->low, of->high, of->t, of->p, of->p_holm, of->p_signflip,
                                 of->p_wilcoxon, of->dz, of->g, of->p_better, of->p_equivalent, of->p_not_worse,
                                 of->detectable};
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) add_number(p, fields[k]);
        text_add(&p->text, ",%s", c && c->reason ? csv_of(p->arena, c->reason) : "");
        const VariantCost cost = cost_of(p->arena, e->block, i);
        const double costs[] = {cost.parameters, cost.flops_forward, cost.flops_step, cost.workspace_bytes,
                                cost.image_seconds, cost.time_ratio};
        for (size_t k = 0; k < sizeof costs / sizeof *costs; k++) add_number(p, costs[k]);
        text_add(&p->text, "\r\n");
    }
}

/* ---- the page ---- */

/* Says that no run of a block is done, in place of its tables. */
static void add_nothing(Page *p, const Table *t, bool markdown, bool latex)
{
    const char *words = arena_format(p->arena, "%s: %s", t->title, t->n_notes ? t->notes[0] : "it has no run");
    if (p->text.length) text_add(&p->text, "\n");
    if (markdown) text_add(&p->text, "%s\n", markdown_of(p->arena, words));
    else if (latex) text_add(&p->text, "\\par %s\n", latex_of(p->arena, words));
    else add_paragraph(p, words);
}

const char *table_format(int i)
{
    static const char *const formats[] = {"text", "md", "csv", "latex", "json"};
    return i < (int)(sizeof formats / sizeof *formats) ? formats[i] : NULL;
}

static void add_json(Page *p, const Entry *e)
{
    RtJsonWriter *w = &p->json;
    rt_json_open(w, NULL, '{');
    rt_json_string(w, "graph", e->block->graph);
    rt_json_string(w, "data", e->block->data);
    rt_json_string(w, "metric", e->metric);
    statistics_json(w, e->statistics);
    rt_json_close(w, '}');
}

const char *tables_text(Arena *arena, const Results *results, const char *format, int width, const char **notes)
{
    Text apart = text_new(arena);
    Page page = {.arena = arena, .text = text_new(arena), .width = width};
    const bool json = !strcmp(format, "json"), csv = !strcmp(format, "csv"), markdown = !strcmp(format, "md"),
               latex = !strcmp(format, "latex");
    rt_json_open(&page.json, NULL, '{');
    rt_json_open(&page.json, "experiments", '[');
    for (int s = 0; s < results->n_studies; s++) {
        const ReportStudy *study = &results->studies[s];
        rt_json_open(&page.json, NULL, '{');
        rt_json_string(&page.json, "name", study->name);
        rt_json_open(&page.json, "blocks", '[');
        for (int b = 0; b < study->n_blocks; b++)
            for (int m = 0; m < study->n_compare; m++) {
                Entry e = {.study = study, .block = &study->blocks[b], .metric = study->compare[m], .first = m == 0};
                e.statistics = block_statistics(arena, study, e.block, e.metric);
                e.table = table_of(arena, study, e.block, e.metric, e.statistics, m == 0);
                if (json) add_json(&page, &e);
                else if (csv) add_csv(&page, &e);
                else if (!e.table->n_rows) {
                    if (e.first) add_nothing(&page, e.table, markdown, latex);
                    continue;
                }
                else if (markdown) add_markdown(&page, &e);
                else if (latex) add_latex(&page, &e);
                else add_text(&page, &e);
                for (int i = 0; i < e.table->n_notes && (json || csv); i++)
                    text_add(&apart, "%s: %s\n", e.table->title, e.table->notes[i]);
                page.n_tables++;
            }
        rt_json_close(&page.json, ']');
        rt_json_close(&page.json, '}');
    }
    rt_json_close(&page.json, ']');
    rt_json_close(&page.json, '}');
    if (page.n_tables && !json && !csv) {
        text_add(&page.text, "\n%s", latex ? "% " : "");
        if (markdown || latex) text_add(&page.text, "%s\n", table_legend());
        else add_paragraph(&page, table_legend());
    }
    if (page.json.text.failed) fail("tailor: out of memory");
    const char *text = json ? arena_copy(arena, page.json.text.data) : page.text.chars;
    rt_text_free(&page.json.text);
    *notes = apart.chars;
    return text;
}
