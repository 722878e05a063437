/* figures.c - the images that are shown and the files that show them: see figures.h. */
#include "cam/figures.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cam/panels.h"
#include "cam/watched.h"

enum { MOST_ROWS = 10, MOST_CLASSES = 200 };

const char *run_label(const Network *net)
{
    char *path = arena_copy(net->arena, net->record.folder);
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/') path[--n] = 0;
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

const char *layer_text(const Network *net)
{
    Text text = text_new(net->arena);
    text_add(&text, "%s at ", net->kind);
    for (int i = 0; i < net->place.n_layers; i++) {
        const MapLayer *layer = &net->place.layers[i];
        text_add(&text, "%s%s (%lld x %lld x %lld)", i ? ", " : "", layer->name, (long long)layer->height,
                 (long long)layer->width, (long long)layer->channels);
    }
    return text.chars;
}

static const char *class_name(const Network *net, int class)
{
    return shown_within(net->arena, shown_name(net->arena, network_class_name(net, class)), LONGEST_NAME);
}

/* ---- which images ---- */

/* Number of rows for which a canvas has room, in a figure of ten cells side by side, with captions. */
static int rows_for(const Network *net)
{
    int64_t rows = MOST_PIXELS / ((net->height + 200) * 12 * (net->width + 20));
    return rows > MOST_ROWS ? MOST_ROWS : rows < 1 ? 1 : (int)rows;
}

/* Finds the first rightly classified image of each class, for as many classes as there is room for. */
static int right_ones(const Network *net, const Measured *m, int64_t *samples)
{
    int n = 0;
    /* [classes]: the image of a class, from 1; 0: none */
    int64_t *first = arena_array(net->arena, net->classes, sizeof *first);
    for (int64_t i = m->images - 1; i >= 0; i--)
        if (m->predicted[i] == network_label(net, i)) first[m->predicted[i]] = i + 1;
    for (int c = 0; c < net->classes && n < MOST_ROWS; c++)
        if (first[c]) samples[n++] = first[c] - 1;
    return n;
}

static int wrong_ones(const Network *net, const Measured *m, int64_t *samples)
{
    int n = 0;
    for (int64_t i = 0; i < m->images; i++) {
        if (network_label(net, i) == m->predicted[i]) continue;
        int at = n < MOST_ROWS ? n++ : MOST_ROWS;
        while (at > 0 && m->confidence[i] > m->confidence[samples[at - 1]]) {
            if (at < MOST_ROWS) samples[at] = samples[at - 1];
            at--;
        }
        if (at < MOST_ROWS) samples[at] = i;
    }
    return n;
}

/* ---- their maps ---- */

static float *copy(Arena *arena, int64_t n, const float *from)
{
    float *to = arena_array(arena, n, sizeof *to);
    memcpy(to, from, (size_t)n * sizeof *to);
    return to;
}

/* Images of 1 and 3 channels are drawn as they are, others in gray. */
static int64_t drawn_channels(const Network *net) { return net->channels == 3 ? 3 : 1; }

/* Fills in one run's part of an image's row. */
static void fill_row(Arena *arena, Network *net, int run, const Measured *m, int64_t sample, PanelRow *row)
{
    const int64_t places = net->height * net->width;
    float *image = arena_array(arena, places * net->channels, sizeof *image),
          *p = arena_array(arena, net->classes, sizeof *p);
    network_images(net, 1, &sample, image);
    network_predict(net, 1, image);
    memcpy(p, net->probabilities, (size_t)net->classes * sizeof *p);
    const int32_t label = network_label(net, sample),
                  other = m->class.kind == CLASS_GIVEN ? m->class.given : m->runner_up[sample],
                  predicted = m->predicted[sample];
    row->image = image;
    if (drawn_channels(net) != net->channels) {
        float *gray = arena_array(arena, places, sizeof *gray);
        network_gray(net, 1, image, gray);
        row->image = gray;
    }
    row->true_name = class_name(net, label);
    row->predicted[run] = class_name(net, predicted);
    row->correct[run] = predicted == label;
    network_map(net, 1, image, &label);
    row->of_true[run] = (PanelMap){copy(arena, places, net->map), row->true_name, p[label]};
    network_map(net, 1, image, &other);
    row->of_other[run] = (PanelMap){copy(arena, places, net->map), class_name(net, other), p[other]};
}

static PanelText heading(Arena *arena, const char *what, int runs, Network *const *net, Measured *const *m)
{
    PanelText text = {.title = what,
                      .runs = runs,
                      .given = m[0]->class.kind == CLASS_GIVEN,
                      .run = {run_label(net[0]), runs > 1 ? run_label(net[1]) : NULL}};
    const char *first = layer_text(net[0]), *second = runs > 1 ? layer_text(net[1]) : first;
    if (runs == 1) text.subtitle = arena_format(arena, "%s: %s, %s", run_label(net[0]), first, net[0]->data.name);
    else if (!strcmp(first, second)) text.subtitle = arena_format(arena, "%s, %s", first, net[0]->data.name);
    else text.subtitle = arena_format(arena, "%s; %s; %s", first, second, net[0]->data.name);
    return text;
}

static void write_figure(Arena *arena, const char *folder, const char *name, Canvas *canvas, bool drawn, RtError *error)
{
    if (!drawn || !canvas_write(canvas, arena_format(arena, "%s/%s", folder, name), error)) fail("%s", error->text);
    canvas_free(canvas);
}

static void draw_images(Arena *arena, const char *folder, const char *name, const char *what, int runs,
                        Network *const *net, Measured *const *m, int n, const int64_t *samples)
{
    RtError error = {0};
    Canvas canvas = {0};
    PanelRow *panels = arena_array(arena, n, sizeof *panels);
    if (!n) {
        unlink(arena_format(arena, "%s/%s", folder, name));
        return;
    }
    for (int i = 0; i < n; i++)
        for (int r = 0; r < runs; r++) fill_row(arena, net[r], r, m[r], samples[i], &panels[i]);
    const PanelText text = heading(arena, what, runs, net, m);
    const RtShape shape = {net[0]->height, net[0]->width, drawn_channels(net[0])};
    const bool drawn = draw_panels(&text, &shape, n, panels, &canvas, &error);
    write_figure(arena, folder, name, &canvas, drawn, &error);
}

static void draw_means(Arena *arena, const char *folder, int runs, Network *const *net, Measured *const *m)
{
    RtError error = {0};
    Canvas canvas = {0};
    const int64_t places = net[0]->height * net[0]->width;
    PanelClass *classes = arena_array(arena, net[0]->classes, sizeof *classes);
    int n = 0;
    for (int c = 0; c < net[0]->classes && n < MOST_CLASSES; c++) {
        if (!m[0]->count[c]) continue;
        PanelClass *class = &classes[n++];
        *class = (PanelClass){
            .name = class_name(net[0], c), .images = m[0]->count[c], .image = m[0]->mean_image + c * places};
        for (int r = 0; r < runs; r++) class->map[r] = m[r]->mean_map + c * places;
    }
    const PanelText text = heading(arena, "Mean image and mean map of each class", runs, net, m);
    const RtShape shape = {net[0]->height, net[0]->width, 1};
    const bool drawn = draw_class_means(&text, &shape, n, classes, &canvas, &error);
    write_figure(arena, folder, "class_means.png", &canvas, drawn, &error);
}

static void draw_noted_values(Arena *arena, const char *folder, int runs, Network *const *net)
{
    RtError error = {0};
    Canvas canvas = {0};
    Noted *lists[MOST_RUNS];
    const char *labels[MOST_RUNS];
    int n[MOST_RUNS], most = 0;
    for (int r = 0; r < runs; r++) {
        lists[r] = arena_array(arena, MOST_WATCHED, sizeof *lists[r]);
        labels[r] = run_label(net[r]);
        n[r] = read_watched(arena, net[r]->record.folder, lists[r]);
        most = n[r] > most ? n[r] : most;
    }
    if (!most) {
        unlink(arena_format(arena, "%s/watched.png", folder));
        return;
    }
    const char *title = runs > 1 ? "Values and gradients that were watched"
                                 : arena_format(arena, "Values and gradients that %s watched", labels[0]);
    const bool drawn = draw_watched(title, runs, labels, n, lists, &canvas, &error);
    write_figure(arena, folder, "watched.png", &canvas, drawn, &error);
}

void draw_figures(Arena *arena, const char *folder, int runs, Network *const *net, Measured *const *m)
{
    int64_t samples[MOST_ROWS + 1];
    const int right = right_ones(net[0], m[0], samples), most = rows_for(net[0]);
    draw_images(arena, folder, "correct.png", "Rightly classified images", runs, net, m, right < most ? right : most,
                samples);
    const int wrong = wrong_ones(net[0], m[0], samples);
    draw_images(arena, folder, "wrong.png", "Wrongly classified images, the surest ones", runs, net, m,
                wrong < most ? wrong : most, samples);
    draw_means(arena, folder, runs, net, m);
    draw_noted_values(arena, folder, runs, net);
}
