/* study.c - the page of a sweep: what was asked, tables and figures, what failed, what so few seeds cannot show. */
#include "page/page.h"

#include <string.h>

#include "report/figures.h"

typedef struct Sheet {
    Page *page;
    const ReportStudy *study;
    int n_figures;
} Sheet;

static void add_asked(Page *page, const ReportStudy *study)
{
    Arena *arena = page->arena;
    Text blocks = text_new(arena), variants = text_new(arena), metrics = text_new(arena);
    for (int i = 0; i < study->n_blocks; i++)
        text_add(&blocks, "%s%s on %s", i ? ", " : "", shown_name(arena, study->blocks[i].graph),
                 shown_name(arena, study->blocks[i].data));
    for (int i = 0; i < study->n_variants; i++)
        text_add(&variants, "%s%s", i ? ", " : "", shown_name(arena, study->variants[i]));
    for (int i = 0; i < study->n_compare; i++)
        text_add(&metrics, "%s%s", i ? ", " : "", shown_name(arena, study->compare[i]));
    page_paragraph(page, arena_format(arena, "Variants, the first of which is the baseline: %s.", variants.chars));
    page_paragraph(page, arena_format(arena, "Each of them: %s. Compared by %s, under the same seeds.%s", blocks.chars,
                                      metrics.chars, study->validation ? " Measured on validation images." : ""));
}

static void add_table(Page *page, const Table *table)
{
    if (table->title && *table->title) page_add(page, "<h3>%s</h3>\n", xml_of(page->arena, table->title));
    if (table->n_rows) {
        page_table(page, table->n_columns, table->heads);
        for (int i = 0; i < table->n_rows; i++) page_row(page, table->n_columns, table->cells[i]);
        page_table_end(page);
    }
    for (int i = 0; i < table->n_notes; i++) page_paragraph(page, table->notes[i]);
}

static void add_figure(void *context, const BlockFigure *f, const char *what, const char *svg)
{
    Sheet *sheet = context;
    (void)what;
    if (f->study != sheet->study) return;
    page_svg(sheet->page, svg);
    sheet->n_figures++;
}

static void add_counts(Page *page, const Results *results, const char *folder)
{
    static const char *const heads[] = {"experiment", "graph", "data", "variant", "seed", "state", "reason"};
    Arena *arena = page->arena;
    int wrong = 0, pages = 0;
    for (int s = 0; s < results->n_studies; s++)
        for (int b = 0; b < results->studies[s].n_blocks; b++) {
            const ReportStudy *study = &results->studies[s];
            const ReportBlock *block = &study->blocks[b];
            for (int i = 0; i < block->n_runs; i++) {
                const ReportRun *run = &block->runs[i];
                if (run_is_done(run)) continue;
                if (!wrong++) page_table(page, 7, heads);
                const char *at = run->cell->folder,
                           *within = arena_format(arena, "%s/%s", folder, at),
                           *where = is_below(at) ? stopped_where(arena, within) : NULL;
                const bool stopped = where && !strcmp(run->cell->state, "failed");
                const char *said = reason_without_folder(run->cell->reason),
                           *reason = stopped ? arena_format(arena, "%s; %s", where, said) : said;
                pages += stopped;
                page_row(page, 7,
                         (const char *[]){shown_name(arena, study->name), shown_name(arena, block->graph),
                                          shown_name(arena, block->data),
                                          shown_name(arena, study->variants[run->variant]), run->seed,
                                          shown_name(arena, run->cell->state), shown_name(arena, reason)});
            }
        }
    if (wrong) page_table_end(page);
    if (pages)
        page_paragraph(page, "tailor report of the folder of a cell that stopped at a number that is not finite shows "
                             "its curves and the failed batch; record.sqlite has the folder of each cell.");
    if (!wrong) page_paragraph(page, "All cells are done.");
}

const char *study_page(Arena *arena, const char *folder, int threads)
{
    Page page = page_new(arena);
    Record *record = record_open(arena, folder, false);
    const Results *results = results_of(arena, record, NULL, true);
    int cells = 0, done = 0;
    for (int s = 0; s < results->n_studies; s++) {
        const ReportStudy *study = &results->studies[s];
        page_section(&page, arena_format(arena, "study-%d", s + 1), shown_name(arena, study->name));
        add_asked(&page, study);
        for (int b = 0; b < study->n_blocks; b++) {
            const ReportBlock *block = &study->blocks[b];
            for (int i = 0; i < block->n_runs; i++) cells++, done += run_is_done(&block->runs[i]);
            for (int m = 0; m < study->n_compare; m++) {
                const char *metric = study->compare[m];
                add_table(&page,
                          table_of(arena, study, block, metric, block_statistics(arena, study, block, metric), m == 0));
            }
        }
        Sheet sheet = {&page, study, 0};
        page_add(&page, "<h3>Figures</h3>\n");
        each_figure(arena, record, results, threads, study, add_figure, &sheet);
        if (!sheet.n_figures) page_paragraph(&page, "There is nothing to draw yet.");
    }
    page_section(&page, "columns", "What the columns are");
    page_paragraph(&page, table_legend());
    page_section(&page, "missing", "Cells that are not done");
    add_counts(&page, results, folder);
    page_section(&page, "care", "What seeds cannot show");
    page_add(&page,
             "<ul>\n<li>An exact test of n pairs by seed cannot give a p below 2 to the power of 1 - n: 0.031 for "
             "six seeds, before any correction for many comparisons.</li>\n<li>The column of what is detectable "
             "says which differences so many seeds would have missed: &quot;not shown&quot; is not "
             "&quot;equal&quot;.</li>\n<li>Seeds vary split, initial values and order; the test images are the "
             "same throughout.</li>\n</ul>\n");
    record_close(record);
    const char *words = arena_format(arena, "%d of %d cells done, %d experiment%s", done, cells, results->n_studies,
                                     results->n_studies == 1 ? "" : "s");
    return page_finish(&page, results->n_studies ? shown_name(arena, results->studies[0].name) : "sweep", words);
}
