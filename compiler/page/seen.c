/* seen.c - the predictions of a run: confusion of classes, the worst images and their maps, metrics of maps. */
#include "page/page.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/process.h"
#include "cam/measure.h"
#include "cam/picture.h"

enum { WORST = 20, MOST_CLASSES = 40, MEASURED = 1000, STEPS = 7 };

/* An image, and what it is taken for.  badness: how sure the run is of a wrong class; below 0 when it is right. */
typedef struct Seen {
    int64_t image;
    int32_t label, predicted;
    double probability, of_label, badness;
} Seen;

typedef struct Predictions {
    int64_t n;
    Seen *seen;
    int64_t *confusion;
} Predictions;

static int compare_seen(const void *a, const void *b)
{
    const Seen *one = a, *other = b;
    if (one->badness != other->badness) return one->badness > other->badness ? -1 : 1;
    return (one->image > other->image) - (one->image < other->image);
}

static Predictions predict(Arena *arena, Network *net)
{
    Predictions p = {.n = net->n_images};
    const int64_t pixels = net->height * net->width * net->channels;
    float *images = arena_array(arena, net->batch * pixels, sizeof *images);
    int64_t *which = arena_array(arena, net->batch, sizeof *which);
    p.seen = arena_array(arena, p.n, sizeof *p.seen);
    if (net->classes <= MOST_CLASSES)
        p.confusion = arena_array(arena, (int64_t)net->classes * net->classes, sizeof *p.confusion);
    for (int64_t first = 0; first < p.n; first += net->batch) {
        const int n = (int)(p.n - first < net->batch ? p.n - first : net->batch);
        for (int i = 0; i < n; i++) which[i] = first + i;
        network_images(net, n, which, images);
        network_predict(net, n, images);
        for (int i = 0; i < n; i++) {
            const float *of = net->probabilities + (int64_t)i * net->classes;
            Seen *seen = &p.seen[first + i];
            *seen = (Seen){.image = first + i,
                           .label = network_label(net, first + i),
                           .predicted = best_class(net->scores + (int64_t)i * net->classes, net->classes, -1)};
            seen->probability = of[seen->predicted];
            seen->of_label = of[seen->label];
            seen->badness = seen->predicted == seen->label ? -seen->of_label : seen->probability - seen->of_label;
            if (p.confusion) p.confusion[(int64_t)seen->label * net->classes + seen->predicted]++;
        }
    }
    return p;
}

static const char *class_of(Arena *arena, const Network *net, int class)
{
    return shown_within(arena, shown_name(arena, network_class_name(net, class)), LONGEST_NAME);
}

static void add_confusion(Page *page, const Network *net, const Predictions *p)
{
    Arena *arena = page->arena;
    const int n = net->classes;
    page_section(page, "confusion", "Confusion");
    if (n > MOST_CLASSES) {
        page_paragraph(page, arena_format(arena, "A table of %d classes would not be read.", n));
        return;
    }
    page_paragraph(page, "Rows: the true class; columns: the predicted one.");
    page_add(page, "<div class=\"wide\"><table>\n<tr><th></th>");
    for (int k = 0; k < n; k++)
        page_add(page, "<th>%s</th>", xml_of(arena, shown_within(arena, class_of(arena, net, k), 12)));
    page_add(page, "<th>right</th></tr>\n");
    for (int i = 0; i < n; i++) {
        int64_t all = 0;
        for (int k = 0; k < n; k++) all += p->confusion[i * n + k];
        page_add(page, "<tr><th scope=\"row\">%s</th>",
                 xml_of(arena, shown_within(arena, class_of(arena, net, i), 24)));
        for (int k = 0; k < n; k++) {
            const int64_t count = p->confusion[i * n + k];
            /* the root shows few mistakes beside many right ones */
            const double share = all ? 0.5 * sqrt((double)count / (double)all) : 0;
            if (count) page_add(page, "<td class=\"heat\" style=\"--share:%.2f\">%lld</td>", share, (long long)count);
            else page_add(page, "<td></td>");
        }
        page_add(page, "<td>%.1f %%</td></tr>\n", all ? 100.0 * (double)p->confusion[i * n + i] / (double)all : 0.0);
    }
    page_table_end(page);
}

static uint8_t byte_of(float value) { return (uint8_t)(255 * fmax(0, fmin(1, (double)value)) + 0.5); }

static const char *picture_of_image(Arena *arena, Network *net, const float *image, const char *words)
{
    const int64_t n = net->height * net->width;
    float *gray = arena_array(arena, n, sizeof *gray);
    Colour *pixels = arena_array(arena, n, sizeof *pixels);
    network_gray(net, 1, image, gray);
    for (int64_t i = 0; i < n; i++) {
        const float *p = net->channels == 3 ? &image[3 * i] : &gray[i];
        pixels[i] = (Colour){byte_of(p[0]), byte_of(p[net->channels == 3 ? 1 : 0]),
                             byte_of(p[net->channels == 3 ? 2 : 0])};
    }
    return page_thumbnail(arena, net->height, net->width, pixels, words);
}

static const char *picture_of_map(Arena *arena, Network *net, const float *image, int32_t class, const char *words)
{
    const int64_t n = net->height * net->width;
    Colour colours[COLOURS], *pixels = arena_array(arena, n, sizeof *pixels);
    float *map = arena_array(arena, n, sizeof *map);
    network_map(net, 1, image, &class);
    colour_map(colours);
    if (!cam_is_dead(n, net->map)) cam_max_normalize(n, net->map, map);
    else words = arena_format(arena, "%s: dead", words);
    for (int64_t i = 0; i < n; i++) pixels[i] = colours[byte_of(map[i])];
    return page_thumbnail(arena, net->height, net->width, pixels, words);
}

static void add_worst(Page *page, Network *net, const Predictions *p)
{
    Arena *arena = page->arena;
    const int64_t pixels = net->height * net->width * net->channels;
    float *image = arena_array(arena, pixels, sizeof *image);
    const int64_t n = p->n < WORST ? p->n : WORST;
    int64_t wrong = 0;
    for (int64_t i = 0; i < p->n; i++) wrong += p->seen[i].predicted != p->seen[i].label;
    qsort(p->seen, (size_t)p->n, sizeof *p->seen, compare_seen);
    page_section(page, "worst", "The worst images");
    page_paragraph(page, arena_format(arena,
                                      "%lld of %lld %s images are taken for another class. The %lld worst, with the "
                                      "map of the true class and, where it is another one, of the predicted class "
                                      "(%s at %s), from dark to the map's own maximum.",
                                      (long long)wrong, (long long)p->n, net->validation ? "validation" : "test",
                                      (long long)n, net->kind,
                                      shown_name(arena, net->place.layers[0].name)));
    page_add(page, "<div class=\"pictures\">\n");
    for (int64_t i = 0; i < n; i++) {
        const Seen *seen = &p->seen[i];
        const char *label = class_of(arena, net, seen->label), *predicted = class_of(arena, net, seen->predicted);
        network_images(net, 1, &seen->image, image);
        page_add(page, "<figure><div class=\"three\">%s", picture_of_image(arena, net, image, label));
        page_add(page, "%s", picture_of_map(arena, net, image, seen->label, arena_format(arena, "map of %s", label)));
        if (seen->predicted != seen->label)
            page_add(page, "%s",
                     picture_of_map(arena, net, image, seen->predicted, arena_format(arena, "map of %s", predicted)));
        const char *words =
            seen->predicted == seen->label
                ? arena_format(arena, "image %lld: %s, %.0f %%", (long long)seen->image, label, 100 * seen->of_label)
                : arena_format(arena, "image %lld: %s (%.0f %%), taken for %s (%.0f %%)", (long long)seen->image, label,
                               100 * seen->of_label, predicted, 100 * seen->probability);
        page_add(page, "</div><figcaption>%s</figcaption></figure>\n", xml_of(arena, words));
    }
    page_add(page, "</div>\n");
}

static void add_map_metrics(Page *page, Network *net, bool features)
{
    static const char *const heads[] = {"metric", "value"};
    Arena *arena = page->arena;
    const MeasureRequest request = {.images = net->n_images < MEASURED ? net->n_images : MEASURED,
                                    .steps = STEPS,
                                    .class = {.kind = CLASS_LABEL},
                                    .metrics_only = true};
    const Measured *m = measure(arena, net, &request);
    page_section(page, "maps", "Metrics of maps");
    page_paragraph(page,
                   arena_format(arena,
                                "%s of the true class at %s, the first %lld images, insertion and deletion in "
                                "%d steps; tailor cam measures all of them, and docs/metrics.md says what "
                                "each is.",
                                net->kind, shown_name(arena, net->place.layers[0].name), (long long)m->images, STEPS));
    if (!features)
        page_paragraph(page, "The network has no feature map: the map is the image, times how its brightness moves the "
                             "score. It lies on the object by its making, and these numbers say little.");
    page_table(page, 2, heads);
    for (int i = 0; cam_metrics[i].key; i++)
        if (!isnan(m->metrics.value[i]))
            page_row(page, 2, (const char *[]){cam_metrics[i].title, arena_format(arena, "%.4f", m->metrics.value[i])});
    page_table_end(page);
}

static const char *image_of(const Experiment *x)
{
    for (int i = 0; i < x->n_fields; i++)
        if (x->fields[i].kind == RT_FIELD_IMAGE) return x->fields[i].name;
    return "";
}

/* What keeps images from being looked at; NULL: nothing. */
static const char *obstacle(Arena *arena, const Run *run)
{
    const Experiment *x = run->experiment;
    bool scores = false, labels = false, images = false;
    RtError error = {0};
    for (int i = 0; i < x->n_values; i++) scores = scores || !strcmp(x->values[i].name, "logits");
    for (int i = 0; i < x->n_fields; i++) {
        labels = labels || x->fields[i].kind == RT_FIELD_LABEL;
        images = images ||
                 (x->fields[i].kind == RT_FIELD_IMAGE && graph_at(x->graph, x->fields[i].value)->type.rank == 4);
    }
    if (!scores || !labels || !images)
        return "The graph has no images, labels and a value logits that are their scores.";
    if (!rt_data_exists(run->record.data, &error))
        return arena_format(arena, "The images are not here: %s.", error.text);
    return NULL;
}

typedef struct Apart { Page *page; const Run *run; int threads; const char *folder; } Apart;

static void write_part(const Apart *a, const char *name, const char *text)
{
    RtError error = {0};
    if (!rt_file_write(arena_format(a->page->arena, "%s/%s", a->folder, name), text, strlen(text), &error))
        fail("%s", error.text);
}

/* In a process of its own: what it cannot do ends it, and not the page.  Its sections go into files. */
static int predict_apart(void *context)
{
    const Apart *a = context;
    Arena *arena = a->page->arena;
    Page part = page_new(arena);
    const int messages = open(arena_format(arena, "%s/messages", a->folder), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (messages >= 0) dup2(messages, 2);
    /* without a feature map, the map at the image itself: its gradient times its brightness */
    const bool features = has_feature_map(arena, a->run->experiment);
    const char *const layers[] = {image_of(a->run->experiment)};
    const NetworkRequest request = {.run = a->run->folder, .kind = map_kind(0), .n_layers = features ? 0 : 1,
                                    .layers = layers, .threads = a->threads};
    Network *net = network_open(arena, &request);
    Predictions p = predict(arena, net);
    part.open = a->page->open;
    add_confusion(&part, net, &p);
    add_worst(&part, net, &p);
    add_map_metrics(&part, net, features);
    network_close(net);
    write_part(a, "body", part.body.chars);
    write_part(a, "contents", part.contents.chars);
    return 0;
}

/* A file that the process left; without its end of line. */
static const char *text_of_part(const Apart *a, const char *name)
{
    RtText text = {0};
    RtError error = {0};
    if (!rt_file_read(arena_format(a->page->arena, "%s/%s", a->folder, name), 1 << 28, &text, &error)) return "";
    const char *copy = arena_format(a->page->arena, "%.*s", (int)text.length, text.data ? text.data : "");
    rt_text_free(&text);
    return copy;
}

/* The first line of a message, without the folder of the run before it. */
static const char *reason_of(const Apart *a)
{
    const char *message = text_of_part(a, "messages");
    const size_t n = strlen(a->run->folder);
    if (!strncmp(message, a->run->folder, n)) message += n + strspn(message + n, "/");
    return shown_name(a->page->arena, arena_format(a->page->arena, "%.*s", (int)strcspn(message, "\n"), message));
}

void page_predictions(Page *page, const Run *run, int threads)
{
    Arena *arena = page->arena;
    const char *why = obstacle(arena, run);
    if (!why) {
        Apart apart = {page, run, threads, temporary_folder(arena)};
        const int code = run_apart(predict_apart, &apart);
        if (code == 0) {
            page_add(page, "%s", text_of_part(&apart, "body"));
            text_add(&page->contents, "%s", text_of_part(&apart, "contents"));
            page->open = true;
        } else why = arena_format(arena, "The images were not looked at: %s", reason_of(&apart));
        remove_folder(apart.folder);
    }
    if (!why) return;
    page_section(page, "confusion", "Predictions");
    page_paragraph(page, why);
}
