/* failed.c - the page of a run that stopped: where that was, the failed batch, what to do next. */
#include "page/page.h"

#include <math.h>
#include <string.h>

#include "emit/built.h"

enum { MOST_TENSORS = 60, AT_ONCE = 24, PICTURE_BYTES = 700000 };

/* The line of the value that was the first, as a link to it. */
static void add_first(Page *page, const Run *run)
{
    const NotFinite *first = &run->stopped->first;
    Arena *arena = page->arena;
    const char *text = xml_of(arena, shown_name(arena, first->text));
    if (!first->line.source) {
        page_add(page, "<p>%s.</p>\n", text);
        return;
    }
    const char *place = arena_format(arena, "%s:%d", shown_name(arena, first->line.source->base), first->line.number);
    const int file = source_number(arena, run->experiment, first->line.source->base);
    if (file >= 0 && first->line.number > 0)
        page_add(page, "<p><a href=\"#g%d-%d\">%s</a>: %s.</p>\n", file, first->line.number, xml_of(arena, place),
                 text);
    else page_add(page, "<p>%s: %s.</p>\n", xml_of(arena, place), text);
}

typedef struct Range { double least, most; int64_t n, bad; } Range;

static Range range_of(const RtArray *array)
{
    Range r = {INFINITY, -INFINITY, rt_array_count(array), 0};
    for (int64_t i = 0; i < r.n; i++) {
        const double value = rt_number(array->type, array->data, i);
        if (!isfinite(value)) r.bad++;
        else r.least = fmin(r.least, value), r.most = fmax(r.most, value);
    }
    return r;
}

static void add_range(Page *page, const char *name, const RtArray *array)
{
    const Range r = range_of(array);
    const bool none = r.least > r.most;
    Arena *arena = page->arena;
    page_row(page, 4, (const char *[]){shown_within(arena, shown_name(arena, name), 48),
                                       none ? "" : arena_format(arena, "%.4g", r.least),
                                       none ? "" : arena_format(arena, "%.4g", r.most),
                                       r.bad ? arena_format(arena, "%lld of %lld", (long long)r.bad, (long long)r.n)
                                             : "none"});
}

/* The tensors that the step began with. */
static void add_tensors(Page *page, const Run *run)
{
    static const char *const heads[] = {"", "least", "greatest", "not finite"};
    const Experiment *x = run->experiment;
    const RtArrays *file = &run->stopped->batch;
    int n = 0, all = 0;
    page_paragraph(page, "Inputs, parameters and states that it was computed from:");
    page_table(page, 4, heads);
    for (int i = 0; i < x->n_fields; i++) {
        const RtArray *array = rt_tensors_find(file, x->fields[i].name);
        if (array) add_range(page, array->name, array);
    }
    for (int i = 0; i < x->n_parameters + x->n_states; i++) {
        const Parameter *p = i < x->n_parameters ? &x->parameters[i] : &x->states[i - x->n_parameters];
        const RtArray *array = rt_tensors_find(file, p->name);
        if (array && n++ < MOST_TENSORS) add_range(page, p->name, array);
        all += array != NULL;
    }
    page_table_end(page);
    if (all > MOST_TENSORS)
        page_paragraph(page, arena_format(page->arena, "The first %d of %d parameters and states.", MOST_TENSORS, all));
}

void page_stopped(Page *page, const Run *run)
{
    const Stopped *s = run->stopped;
    Arena *arena = page->arena;
    page_section(page, "stopped", "Where it stopped");
    page_paragraph(page, arena_format(arena, "%s. The run has no final weights, no metrics of a test, no run.json.",
                                      stopped_words(arena, run)));
    add_first(page, run);
    page_facts(page);
    if (s->training && s->step >= 0)
        page_row(page, 2, (const char *[]){"step", arena_format(arena, "%lld; the first is 0", (long long)s->step)});
    if (s->training && s->steps_per_epoch > 0)
        page_row(page, 2, (const char *[]){"epoch", arena_format(arena, "%lld of %lld, of %lld steps each",
                                                                 (long long)(s->step / s->steps_per_epoch + 1),
                                                                 (long long)s->epochs, (long long)s->steps_per_epoch)});
    page_row(page, 2, (const char *[]){"computing", s->training ? "a step of training" : "the loss without training"});
    page_row(page, 2, (const char *[]){"data", shown_name(arena, run->record.data)});
    page_row(page, 2, (const char *[]){"seed", arena_format(arena, "%llu", (unsigned long long)run->record.seed)});
    page_row(page, 2, (const char *[]){"graph_hash", shown_name(arena, run->record.graph_hash)});
    page_table_end(page);
    add_tensors(page, run);
}

/* ---- the batch ---- */

typedef struct Batch { const RtArray *images, *labels, *sample; int64_t n, height, width, channels; } Batch;

/* The arrays that a person can look at; n 0: there are no images. */
static Batch batch_of(const Run *run)
{
    const Experiment *x = run->experiment;
    const RtArrays *file = &run->stopped->batch;
    Batch b = {.sample = rt_tensors_find(file, "sample")};
    for (int i = 0; i < x->n_fields; i++) {
        const RtArray *array = rt_tensors_find(file, x->fields[i].name);
        const RtFieldKind kind = x->fields[i].kind;
        if (!array) continue;
        if (!b.images && (kind == RT_FIELD_IMAGE || kind == RT_FIELD_VIEW) && array->rank == 4) b.images = array;
        if (!b.labels && kind == RT_FIELD_LABEL && array->rank == 1) b.labels = array;
    }
    if (!b.images || b.images->type != RT_F32 || !rt_array_count(b.images)) return (Batch){0};
    b.n = b.images->dims[0], b.height = b.images->dims[1], b.width = b.images->dims[2], b.channels = b.images->dims[3];
    if (b.labels && b.labels->dims[0] != b.n) b.labels = NULL;
    if (b.sample && (b.sample->rank != 1 || b.sample->dims[0] != b.n)) b.sample = NULL;
    return b;
}

static uint8_t shade(double value, double least, double most)
{
    return (uint8_t)(most > least ? 255 * (value - least) / (most - least) + 0.5 : 127.5);
}

/* From the image's own least value to its greatest; what is not finite is red. */
static const char *picture_of(Arena *arena, const Batch *b, int64_t i, const char *words)
{
    const int64_t places = b->height * b->width;
    const float *image = (const float *)b->images->data + i * places * b->channels;
    Colour *pixels = arena_array(arena, places, sizeof *pixels);
    double least = INFINITY, most = -INFINITY;
    for (int64_t k = 0; k < places * b->channels; k++)
        if (isfinite(image[k])) least = fmin(least, image[k]), most = fmax(most, image[k]);
    for (int64_t k = 0; k < places; k++) {
        const float *p = image + k * b->channels;
        double sum = 0;
        for (int64_t c = 0; c < b->channels; c++) sum += p[c];
        const double mean = sum / (double)b->channels;
        if (!isfinite(mean)) pixels[k] = (Colour){220, 30, 60};
        else if (b->channels == 3)
            pixels[k] = (Colour){shade(p[0], least, most), shade(p[1], least, most), shade(p[2], least, most)};
        else pixels[k] = (Colour){shade(mean, least, most), shade(mean, least, most), shade(mean, least, most)};
    }
    return page_thumbnail(arena, b->height, b->width, pixels, words);
}

static bool image_is_finite(const Batch *b, int64_t i)
{
    const int64_t n = b->height * b->width * b->channels;
    const float *image = (const float *)b->images->data + i * n;
    for (int64_t k = 0; k < n; k++)
        if (!isfinite(image[k])) return false;
    return true;
}

static const char *caption_of(Arena *arena, const Run *run, const Batch *b, int64_t i)
{
    const int64_t number = b->sample ? (int64_t)rt_number(b->sample->type, b->sample->data, i) : i;
    if (!b->labels) return arena_format(arena, "image %lld", (long long)number);
    const int label = (int)rt_number(b->labels->type, b->labels->data, i);
    return arena_format(arena, "image %lld: %s", (long long)number, run_class(arena, run, label));
}

void page_failed_batch(Page *page, const Run *run)
{
    const Batch b = batch_of(run);
    const int64_t first = run->stopped->first.sample;
    Arena *arena = page->arena;
    page_section(page, "batch", "The failed batch");
    if (!b.n) {
        page_paragraph(page, "Its inputs are no images.");
        return;
    }
    /* the sample of the first value comes first, then those that are not finite themselves */
    int64_t *order = arena_array(arena, b.n, sizeof *order), n = 0, shown = 0, bad = 0;
    if (first >= 0 && first < b.n) order[n++] = first;
    for (int pass = 0; pass < 2; pass++)
        for (int64_t i = 0; i < b.n; i++) {
            const bool finite = image_is_finite(&b, i);
            bad += !pass && !finite;
            if (finite == (pass == 1) && (i != first || first >= b.n)) order[n++] = i;
        }
    Text pictures[2] = {text_new(arena), text_new(arena)};
    for (; shown < n && pictures[0].length + pictures[1].length < PICTURE_BYTES; shown++) {
        const int64_t i = order[shown];
        const char *words = caption_of(arena, run, &b, i);
        text_add(&pictures[shown >= AT_ONCE], "<figure>%s<figcaption>%s%s</figcaption></figure>\n",
                 picture_of(arena, &b, i, words), xml_of(arena, words), i == first ? ", of the first value" : "");
    }
    page_paragraph(page, arena_format(arena,
                                      "%lld of its %lld images%s, as the network took them, each from its own least "
                                      "value to its greatest.%s",
                                      (long long)shown, (long long)b.n, b.labels ? " with their labels" : "",
                                      bad ? arena_format(arena, " %lld of them are not finite themselves: in red.",
                                                         (long long)bad) : ""));
    page_add(page, "<div class=\"pictures\">\n%s</div>\n", pictures[0].chars);
    if (pictures[1].length)
        page_add(page, "<details><summary>The other %lld</summary>\n<div class=\"pictures\">\n%s</div>\n</details>\n",
                 (long long)(shown - AT_ONCE), pictures[1].chars);
}

/* ---- what to do next ---- */

static bool is_watched(const Experiment *x, const char *name)
{
    for (int i = 0; name && i < x->n_values; i++)
        if (!strcmp(x->values[i].name, name)) return true;
    for (int i = 0; name && i < x->n_parameters; i++)
        if (!strcmp(x->parameters[i].name, name)) return true;
    return false;
}

void page_next(Page *page, const Run *run)
{
    const Stopped *s = run->stopped;
    const Experiment *x = run->experiment;
    Arena *arena = page->arena;
    const char *graph = graph_of_run(arena, run->folder, run->record.name) + strlen(run->folder) + 1;
    page_section(page, "next", "What to do next");
    page_paragraph(page, "The same run again, which stops at the same place:");
    page_code(page, run_command(arena, run, NULL));
    page_paragraph(page, "Every value and gradient of the failed batch, from the folder of the run:");
    page_code(page, arena_format(arena,
                                 "tailor grad %s%s --feed failed_batch.safetensors --seed %llu%s -o values.safetensors",
                                 shell_quoted(arena, graph), run_settings(arena, run),
                                 (unsigned long long)run->record.seed, s->training ? " --train" : ""));
    if (is_watched(x, s->first.name)) {
        page_paragraph(page, "How that value grew, epoch by epoch:");
        page_code(page, arena_format(arena, "%s --watch %s", run_command(arena, run, NULL),
                                     shell_quoted(arena, s->first.name)));
    }
    page_add(page, "<ul>\n");
    if (s->training && !x->train.clip)
        page_add(page, "<li>Steps that are too long: a smaller lr, a warmup, or clip = 1 in train{}.</li>\n");
    else page_add(page, "<li>Steps that are too long: a smaller lr, or a warmup.</li>\n");
    page_add(page, "<li>A division by 0, a logarithm or a root of what can be 0 or less, an exponential of large "
                   "values: the line above says which.</li>\n");
    if (s->training)
        page_add(page, "<li>not_finite = &quot;skip&quot; in train{} leaves out such a step and goes on; the record "
                       "then says how many.</li>\n");
    page_add(page, "</ul>\n");
}
