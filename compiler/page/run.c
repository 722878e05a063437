/* run.c - the page of a run: what came out, how to make it again, costs, what to be careful about. */
#include "page/page.h"

#include <math.h>
#include <string.h>

#include "show/show.h"

/* ---- what came out ---- */

static const char *split_of(const Run *run) { return run->record.validation ? "validation" : "test"; }

static const char *accuracy_words(Arena *arena, const Run *run)
{
    const char *key = run->record.validation ? "val_accuracy" : "test_accuracy";
    const double p = run_number(run, "metrics", key);
    const RtJsonNode *data = rt_json_get(&run->record.json, run->top, "data");
    const RtJsonNode *splits = data && data->kind == RT_JSON_OBJECT ? rt_json_get(&run->record.json, data, "splits")
                                                                    : NULL;
    const RtJsonNode *images = splits && splits->kind == RT_JSON_OBJECT
                                   ? rt_json_get(&run->record.json, splits, split_of(run))
                                   : NULL;
    if (!(p >= 0 && p <= 1)) return "";
    if (!images || images->kind != RT_JSON_NUMBER || !(images->number >= 1))
        return arena_format(arena, "%s accuracy %.2f %%; ", split_of(run), 100 * p);
    double ends[2];
    wilson(p * images->number, images->number, ends);
    return arena_format(arena, "%s accuracy %.2f %% [%.2f, %.2f] of %.0f images; ", split_of(run), 100 * p,
                        100 * ends[0], 100 * ends[1], images->number);
}

static const char *verdict_of(Arena *arena, const Run *run)
{
    const double parameters = run_number(run, NULL, "parameter_count"), epochs = run_number(run, NULL, "epochs"),
                 seconds = run_number(run, NULL, "seconds");
    Text text = text_new(arena);
    if (run->stopped)
        return arena_format(arena, "%s; %s. %s on %s, seed %llu", stopped_words(arena, run), first_words(arena, run),
                            shown_name(arena, run->record.name), shown_name(arena, run->record.data),
                            (unsigned long long)run->record.seed);
    text_add(&text, "%s", accuracy_words(arena, run));
    const double trained = run_number(run, NULL, "trainable_parameter_count");
    if (!isnan(parameters)) text_add(&text, "%s parameters, ", count_text(arena, parameters));
    if (!isnan(trained)) text_add(&text, "%s of them trained, ", count_text(arena, trained));
    text_add(&text, "%s on %s", shown_name(arena, run->record.name), shown_name(arena, run->record.data));
    if (!isnan(epochs)) text_add(&text, ", %.0f epoch%s", epochs, epochs == 1 ? "" : "s");
    text_add(&text, " of seed %llu", (unsigned long long)run->record.seed);
    if (!isnan(seconds)) text_add(&text, " in %.1f s", seconds);
    text_add(&text, "; weights %.12s", shown_name(arena, run->record.weights_sha256));
    return text.chars;
}

static void add_metrics(Page *page, const Run *run)
{
    static const char *const splits[] = {"train", "val", "test"};
    static const char *const heads[] = {"", "training", "validation", "test"};
    const RtJsonNode *metrics = rt_json_get(&run->record.json, run->top, "metrics");
    NameTable seen = name_table_new(page->arena);
    if (!metrics || metrics->kind != RT_JSON_OBJECT || !metrics->n) return;
    page_table(page, 4, heads);
    for (int k = metrics->first; k; k = run->record.json.nodes[k].next) {
        const char *key = run->record.json.nodes[k].key, *bar = strchr(key, '_');
        if (!bar || (*name_number(&seen, bar + 1))++) continue;
        const char *cells[4] = {shown_name(page->arena, bar + 1)};
        for (int i = 0; i < 3; i++) {
            const double value = run_number(run, "metrics", arena_format(page->arena, "%s_%s", splits[i], bar + 1));
            cells[1 + i] = isnan(value) ? "" : arena_format(page->arena, "%.6g", value);
        }
        page_row(page, 4, cells);
    }
    page_table_end(page);
}

/* ---- how to make it again ---- */

static void add_rebuild(Page *page, const Run *run)
{
    static const char *const hashes[] = {"graph_hash", "experiment_hash", "weights_sha256"};
    Arena *arena = page->arena;
    page_section(page, "rebuild", "How to make it again");
    page_code(page, run_command(arena, run, NULL));
    page_paragraph(page, run_has(run, "lineage")
                             ? "The run was taken further than it began with: this command is that of its last part, "
                               "and gives other weights when it begins anew."
                         : run_has(run, "openblas")
                             ? "OpenBLAS took part: the bits of the weights depend on it and on the machine."
                             : "With the files of the graph below, the same tailor gives these weights to the bit, "
                               "with any number of threads, compiler and width of vectors. tailor lock in place of "
                               "tailor train writes all of it into one file, which tailor verify runs again.");
    page_facts(page);
    for (size_t i = 0; i < sizeof hashes / sizeof *hashes; i++) {
        const char *value = run_text(run, NULL, hashes[i]);
        if (value) page_row(page, 2, (const char *[]){hashes[i], shown_name(arena, value)});
    }
    const RtJsonNode *data = rt_json_get(&run->record.json, run->top, "data");
    const RtJsonNode *files = data && data->kind == RT_JSON_OBJECT ? rt_json_get(&run->record.json, data, "sha256")
                                                                   : NULL;
    for (int k = files && files->kind == RT_JSON_OBJECT && files->n ? files->first : 0; k;
         k = run->record.json.nodes[k].next) {
        const RtJsonNode *file = &run->record.json.nodes[k];
        if (file->kind == RT_JSON_STRING)
            page_row(page, 2, (const char *[]){shown_name(arena, file->key), shown_name(arena, file->string)});
    }
    page_table_end(page);
    page_facts(page);
    static const char *const words[] = {"tailor_version", "compiler", "cflags", "cpu"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *value = run_text(run, NULL, words[i]);
        if (value) page_row(page, 2, (const char *[]){words[i], shown_name(arena, value)});
    }
    static const char *const numbers[] = {"batch",          "threads",         "seconds",       "images_per_second",
                                          "peak_rss_bytes", "workspace_bytes", "flops_forward", "flops_step"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const double value = run_number(run, NULL, numbers[i]);
        if (!isnan(value)) page_row(page, 2, (const char *[]){numbers[i], arena_format(arena, "%.10g", value)});
    }
    page_table_end(page);
}

/* ---- the profile ---- */

static void add_profile(Page *page, const Run *run)
{
    static const char *const heads[] = {"kernel", "ms", "share", "GFLOP/s", "GB/s", "bound"};
    static const char *const keys[] = {"ms", "share", "gflops", "gbytes"};
    enum { MOST = 30 };
    const RtJson *json = &run->record.json;
    const RtJsonNode *profile = rt_json_get(json, run->top, "profile"),
                     *kernels = profile && profile->kind == RT_JSON_OBJECT ? rt_json_get(json, profile, "kernels")
                                                                           : NULL;
    if (!kernels || kernels->kind != RT_JSON_ARRAY || !kernels->n) return;
    page_section(page, "profile", "Profile of a step");
    page_table(page, 6, heads);
    int n = 0;
    for (int k = kernels->first; k && n < MOST; k = json->nodes[k].next, n++) {
        const RtJsonNode *kernel = &json->nodes[k];
        const char *cells[6] = {"", "", "", "", "", ""};
        if (kernel->kind != RT_JSON_OBJECT) continue;
        const RtJsonNode *name = rt_json_get(json, kernel, "kernel"), *bound = rt_json_get(json, kernel, "bound");
        if (name && name->kind == RT_JSON_STRING) cells[0] = shown_name(page->arena, name->string);
        if (bound && bound->kind == RT_JSON_STRING) cells[5] = shown_name(page->arena, bound->string);
        for (int i = 0; i < 4; i++) {
            const RtJsonNode *number = rt_json_get(json, kernel, keys[i]);
            if (number && number->kind == RT_JSON_NUMBER)
                cells[1 + i] = arena_format(page->arena, "%.4g", number->number);
        }
        page_row(page, 6, cells);
    }
    page_table_end(page);
    if (kernels->n > n) page_paragraph(page, arena_format(page->arena, "The first %d of %d kernels.", n, kernels->n));
}

/* ---- what to be careful about ---- */

static void add_item(Page *page, const char *text) { page_add(page, "<li>%s</li>\n", xml_of(page->arena, text)); }

static void add_cautions(Page *page, const Run *run)
{
    Arena *arena = page->arena;
    const char *version = run_text(run, NULL, "tailor_version");
    const double numerics = run_number(run, NULL, "numerics"), dead = run_number(run, "metrics", "test_dead_maps"),
                 train = run_number(run, "metrics", "train_accuracy"),
                 test = run_number(run, "metrics", "test_accuracy");
    page_section(page, "care", "What to be careful about");
    page_add(page, "<ul>\n");
    add_item(page, "This is one seed. Another one gives another split, other initial values and another order; "
                   "tailor sweep and tailor stats say how far results of several seeds lie apart.");
    if (*accuracy_words(arena, run))
        add_item(page, arena_format(arena, "The interval is of the %s images alone: it says how well these few stand "
                                           "for all there could be, not how another training would end.",
                                    split_of(run)));
    if (run->record.validation)
        add_item(page, "The numbers are of validation images, which choices may have been made on.");
    if (!version || strcmp(version, TAILOR_VERSION) || numerics != TAILOR_NUMERICS)
        add_item(page,
                 arena_format(arena,
                              "The run is of tailor %s with numerics %.0f; graph, memory and C on this "
                              "page are those of %s with numerics %d.",
                              version ? shown_name(arena, version) : "?", numerics, TAILOR_VERSION, TAILOR_NUMERICS));
    if (strcmp(run->record.graph_hash, run->experiment->graph_hash))
        add_item(page, "The graph file beside the run has another hash than the run's record: it is not the one that "
                       "was trained, or it is read otherwise today.");
    if (run_has(run, "tuned") || run_has(run, "openblas"))
        add_item(page, "Algorithms were measured on the machine (--tune or --fast): the bits depend on those choices.");
    if (run_has(run, "lineage"))
        add_item(page, "The run was taken further than it began with: its schedule is that of the last part.");
    if (dead > 0)
        add_item(page, arena_format(arena, "%.1f %% of the maps of the test are dead: nothing but zeros.", 100 * dead));
    if (train - test > 0.05)
        add_item(page, arena_format(arena, "Accuracy is %.1f points higher on training images than on test images.",
                                    100 * (train - test)));
    const double skipped = run_number(run, NULL, "skipped_steps");
    if (skipped > 0)
        add_item(page, arena_format(arena, "%.0f steps were left out, whose loss or gradients were not finite.",
                                    skipped));
    if (run->stopped)
        add_item(page, "A run that stopped says nothing of how good its graph is: no number on this page is a result.");
    if (run_number(run, NULL, "workspace_bytes") != (double)run->emission->entries[0]->workspace_bytes)
        add_item(page, arena_format(arena, "The run took a workspace of %.0f bytes, under another budget or with other "
                                           "algorithms: memory and C on this page are those of the graph's defaults.",
                                    run_number(run, NULL, "workspace_bytes")));
    if (!run->stopped)
        add_item(page, "Maps say what moves a score, not why; metrics of maps take the object to be what is bright.");
    page_add(page, "</ul>\n");
}

const char *run_page(Arena *arena, const char *folder, const char *against, int threads)
{
    Run *run = run_read(arena, folder), *other = against ? run_read(arena, against) : NULL;
    Page page = page_new(arena);
    if (run->stopped) page_stopped(&page, run);
    else {
        page_section(&page, "results", "What came out");
        add_metrics(&page, run);
    }
    if (other) page_against(&page, run, other);
    page_curves(&page, run);
    page_watched(&page, run);
    if (run->stopped) {
        page_failed_batch(&page, run);
        page_next(&page, run);
    } else {
        page_predictions(&page, run, threads);
        add_rebuild(&page, run);
    }
    page_section(&page, "graph", "The graph");
    page_svg(&page, blocks_svg(arena, run->emission));
    page_section(&page, "memory", "The memory of a step");
    page_svg(&page, memory_svg(arena, run->emission));
    add_profile(&page, run);
    page_sources(&page, run);
    add_cautions(&page, run);
    return page_finish(&page, shown_name(arena, run->record.name), verdict_of(arena, run));
}
