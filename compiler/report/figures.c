/* figures.c - the figures of a record, and their files: EXPERIMENT-GRAPH-DATA-WHAT.svg. */
#include "report/figures.h"

#include <math.h>
#include <string.h>

/* A name as part of a file's: letters, digits, _ + = . of it, but for a point at its beginning; "-" for the rest. */
static const char *file_part(Arena *arena, const char *name)
{
    enum { MOST = 48 };
    Text text = text_new(arena);
    for (; *name && text.length < MOST; name++) {
        const bool plain = (*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z') ||
                           (*name >= '0' && *name <= '9') || strchr("_+=", *name) || (*name == '.' && text.length);
        if (plain) text_add(&text, "%c", *name);
        else if (text.length && text.chars[text.length - 1] != '-') text_add(&text, "-");
    }
    return text.length ? text.chars : "-";
}

BlockFigure block_figure(Arena *arena, const ReportStudy *study, const ReportBlock *block, const char *metric)
{
    BlockFigure f = {.study = study, .block = block, .metric = metric, .n = study->n_variants, .missing = ""};
    int counted = 0;
    f.statistics = block_statistics(arena, study, block, metric);
    f.percent = metric_in_percent(study, block, metric);
    f.names = arena_array(arena, f.n, sizeof *f.names);
    for (int i = 0; i < f.n; i++) {
        f.names[i] = shown_name(arena, study->variants[i]);
        counted += f.statistics->variants[i].n;
    }
    f.title = arena_format(arena, "%s: %s on %s", shown_name(arena, study->name), shown_name(arena, block->graph),
                           shown_name(arena, block->data));
    f.metric_label = arena_format(arena, "%s%s", shown_name(arena, metric), f.percent ? " in %" : "");
    if (counted < block->n_runs)
        f.missing = arena_format(arena, "Runs that are not in it: %d of %d; tailor table says why.",
                                 block->n_runs - counted, block->n_runs);
    return f;
}

typedef struct Output {
    Arena *arena;
    const char *folder;
    NameTable used;
    int n;
} Output;

/* Writes a figure under a name that no other has. */
static void write_svg(void *output, const BlockFigure *f, const char *what, const char *svg)
{
    Output *o = output;
    Arena *arena = o->arena;
    const char *plain = arena_format(arena, "%s-%s-%s-%s", file_part(arena, f->study->name),
                                     file_part(arena, f->block->graph), file_part(arena, f->block->data),
                                     file_part(arena, what)), *name = plain;
    for (int i = 2; (*name_number(&o->used, name))++; i++) name = arena_format(arena, "%s-%d", plain, i);
    const char *path = arena_format(arena, "%s/%s.svg", o->folder, name);
    RtError error = {0};
    if (!rt_file_write(path, svg, strlen(svg), &error)) fail("%s", error.text);
    printf("%s\n", path);
    o->n++;
}

/* Who gets the figures, and of which experiment; NULL: of all. */
typedef struct Taker {
    Arena *arena;
    const ReportStudy *only;
    FigureTake *take;
    void *context;
} Taker;

static void give(const Taker *t, const BlockFigure *f, const char *what, const char *svg)
{
    if (svg) t->take(t->context, f, what, svg);
}

static void give_curves(const Taker *t, const BlockFigure *f)
{
    NameTable drawn = name_table_new(t->arena);
    for (int i = 0; i < f->block->n_runs; i++) {
        const ReportRun *run = &f->block->runs[i];
        if (!run_counts(f->block, run)) continue;
        for (int k = 0; k < run->cell->n_points; k++) {
            const char *name = run->cell->points[k].name;
            if ((strncmp(name, "train_", 6) && strncmp(name, "val_", 4)) || name_known(&drawn, name)) continue;
            *name_number(&drawn, name) = 1;
            give(t, f, arena_format(t->arena, "curve-%s", name), figure_curves(t->arena, f, name));
        }
    }
}

/* Draws maps, which takes a build of each variant's network, behind all other figures. */
static void give_images(const Taker *t, const Record *record, const Results *results, int threads)
{
    for (int s = 0; s < results->n_studies; s++)
        for (int b = 0; b < results->studies[s].n_blocks; b++) {
            const ReportStudy *study = &results->studies[s];
            if (t->only && t->only != study) continue;
            const BlockFigure f = block_figure(t->arena, study, &study->blocks[b], study->compare[0]);
            const char *why = NULL;
            give(t, &f, "images", figure_images(t->arena, &f, record->folder, threads, &why));
            if (why) fprintf(stderr, "tailor: %s: no maps of images are drawn: %s\n", f.title, why);
        }
}

void each_figure(Arena *arena, const Record *record, const Results *results, int threads, const ReportStudy *only,
                 FigureTake *take, void *context)
{
    const Taker t = {arena, only, take, context};
    for (int s = 0; s < results->n_studies; s++) {
        const ReportStudy *study = &results->studies[s];
        if (only && only != study) continue;
        for (int b = 0; b < study->n_blocks; b++)
            for (int m = 0; m < study->n_compare; m++) {
                const BlockFigure f = block_figure(arena, study, &study->blocks[b], study->compare[m]);
                bool any = false;
                for (int i = 0; i < f.n; i++) any = any || f.statistics->variants[i].n;
                if (any) {
                    give(&t, &f, f.metric, figure_dots(arena, &f));
                    give(&t, &f, arena_format(arena, "%s-cost", f.metric), figure_costs(arena, &f));
                    give(&t, &f, arena_format(arena, "%s-pairs", f.metric), figure_pairs(arena, &f));
                }
                if (m) continue;
                give(&t, &f, arena_format(arena, "%s-maps", f.metric), figure_maps(arena, &f, true));
                give(&t, &f, arena_format(arena, "%s-all-maps", f.metric), figure_maps(arena, &f, false));
                give_curves(&t, &f);
            }
    }
    give_images(&t, record, results, threads);
}

int write_figures(Arena *arena, const Record *record, const Results *results, const char *folder, int threads)
{
    Output o = {arena, folder, name_table_new(arena), 0};
    each_figure(arena, record, results, threads, NULL, write_svg, &o);
    return o.n;
}
