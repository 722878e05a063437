/* maps.c - the figure of maps: the first image of each class, and below it the map that each variant's network has
 * of it.  The networks are those of the runs, whose graphs are built anew with a map. */
#include "report/figures.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "cam/metrics.h"
#include "cam/network.h"
#include "cam/picture.h"

enum { MARGIN = 14, HEAD = 40, CELL = 48, APART = 6, MOST_NAME = 210, MOST_IMAGES = 10, CAPTION = 18 };

typedef struct Drawing {
    Svg *svg;
    double left;
    Colour colours[COLOURS];
    int n;
    int64_t samples[MOST_IMAGES];
} Drawing;

bool is_below(const char *folder)
{
    for (const char *at = folder; at; at = strchr(at, '/') ? strchr(at, '/') + 1 : NULL)
        if (!strncmp(at, "..", 2) && (!at[2] || at[2] == '/')) return false;
    return *folder && *folder != '/';
}

/* The folder of a variant's run with the seed, which is chosen if it is not yet; NULL: it is not here. */
static const char *run_folder(Arena *arena, const BlockFigure *f, const char *folder, int variant, const char **seed)
{
    for (int i = f->block->first[variant]; i < f->block->first[variant + 1]; i++) {
        const ReportRun *run = &f->block->runs[i];
        if (!run_counts(f->block, run) || !is_below(run->cell->folder) ||
            (*seed && strcmp(run->seed, *seed))) continue;
        const char *path = arena_format(arena, "%s/%s", folder, run->cell->folder);
        if (access(arena_format(arena, "%s/run.json", path), R_OK) != 0 ||
            access(arena_format(arena, "%s/weights.safetensors", path), R_OK) != 0) continue;
        *seed = run->seed;
        return path;
    }
    return NULL;
}

/* Chooses the first image of each class, for the first classes. */
static void choose_images(const Network *net, Drawing *d)
{
    for (int class = 0; class < net->classes && d->n < MOST_IMAGES; class++)
        for (int64_t i = 0; i < net->n_images; i++)
            if (network_label(net, i) == class) {
                d->samples[d->n++] = i;
                break;
            }
}

static void draw_cell(Drawing *d, int column, double y, int64_t height, int64_t width, const Colour *pixels)
{
    Canvas canvas = {0};
    RtText png = {0};
    RtError error = {0};
    if (!canvas_new(&canvas, width, height, &error)) fail("%s", error.text);
    draw_image(&canvas, 0, 0, 1, (int)height, (int)width, pixels);
    if (!canvas_png(&canvas, &png, &error)) fail("%s", error.text);
    svg_image(d->svg, d->left + column * (CELL + APART), y, CELL, CELL, png.data, png.length);
    rt_text_free(&png);
    canvas_free(&canvas);
}

static uint8_t byte_of(float value) { return (uint8_t)(255 * fmax(0, fmin(1, (double)value)) + 0.5); }

static void draw_row_of_images(Drawing *d, Network *net, double y)
{
    Arena *arena = d->svg->arena;
    const int64_t n = net->height * net->width;
    float *image = arena_array(arena, n * net->channels, sizeof *image), *gray = arena_array(arena, n, sizeof *gray);
    Colour *pixels = arena_array(arena, n, sizeof *pixels);
    for (int k = 0; k < d->n; k++) {
        network_images(net, 1, &d->samples[k], image);
        network_gray(net, 1, image, gray);
        for (int64_t i = 0; i < n; i++) {
            const float *p = net->channels == 3 ? &image[3 * i] : &gray[i];
            pixels[i] = (Colour){byte_of(p[0]), byte_of(p[net->channels == 3 ? 1 : 0]),
                                 byte_of(p[net->channels == 3 ? 2 : 0])};
        }
        const char *class = network_class_name(net, network_label(net, d->samples[k])),
                   *name = shown_within(arena, shown_name(arena, class), LONGEST_NAME);
        draw_cell(d, k, y, net->height, net->width, pixels);
        svg_text(d->svg, "mid", d->left + k * (CELL + APART) + CELL / 2.0, y - 6,
                 text_fit(arena, TEXT_SIZE, name, CELL), name);
    }
}

static void draw_row_of_maps(Drawing *d, Network *net, double y)
{
    Arena *arena = d->svg->arena;
    const int64_t n = net->height * net->width;
    float *image = arena_array(arena, n * net->channels, sizeof *image), *map = arena_array(arena, n, sizeof *map);
    Colour *pixels = arena_array(arena, n, sizeof *pixels);
    for (int k = 0; k < d->n; k++) {
        network_images(net, 1, &d->samples[k], image);
        const int32_t class = network_label(net, d->samples[k]);
        network_map(net, 1, image, &class);
        if (cam_is_dead(n, net->map)) {
            const double x = d->left + k * (CELL + APART);
            svg_rectangle(d->svg, "shade", x, y, CELL, CELL);
            svg_text(d->svg, "mid quiet", x + CELL / 2.0, y + CELL / 2.0 + 4, "none", NULL);
            continue;
        }
        cam_max_normalize(n, net->map, map);
        for (int64_t i = 0; i < n; i++) pixels[i] = d->colours[byte_of(map[i])];
        draw_cell(d, k, y, net->height, net->width, pixels);
    }
}

/* The names in a list a,b. */
static const char *const *layers_of(Arena *arena, const char *list, int *n)
{
    char *text = arena_copy(arena, list);
    const char **names = arena_array(arena, (int64_t)strlen(list) + 1, sizeof *names);
    for (char *next = text, *name; (name = strsep(&next, ","));) names[(*n)++] = name;
    return names;
}

const char *figure_images(Arena *arena, const BlockFigure *f, const char *folder, int threads, const char **why)
{
    const StudyMaps *maps = f->study->measured;
    if (!maps) return NULL;
    const char *split = f->study->validation ? "validation" : "test";
    const char *seed = NULL, **folders = arena_array(arena, f->n, sizeof *folders);
    int n = 0, here = 0, n_layers = 0;
    double names = 0;
    for (int i = 0; i < f->n; i++) {
        folders[i] = run_folder(arena, f, folder, i, &seed);
        here += folders[i] != NULL;
        if (folders[i]) names = fmax(names, text_pixels(TEXT_SIZE, f->names[i]));
    }
    if (!here) {
        *why = "no folder of a run is here";
        return NULL;
    }
    RtError error = {0};
    if (!rt_data_exists(f->block->data, &error)) {
        *why = arena_copy(arena, error.text);
        return NULL;
    }
    names = fmin(fmax(names, text_pixels(TEXT_SIZE, "image")), MOST_NAME);
    const char **lines = names_within(arena, TEXT_SIZE, f->n, f->names, names, 2);
    Drawing d = {.left = MARGIN + names + 14};
    Svg svg = svg_new(arena, d.left + MOST_IMAGES * (CELL + APART) - APART + MARGIN);
    d.svg = &svg;
    colour_map(d.colours);
    const char *const *layers = maps->layer ? layers_of(arena, maps->layer, &n_layers) : NULL;
    double y = HEAD + CAPTION;
    for (int i = 0; i < f->n; i++) {
        if (!folders[i]) continue;
        const NetworkRequest request = {.run = folders[i], .kind = maps->kind, .n_layers = n_layers, .layers = layers,
                                        .split = split, .few = true, .threads = threads};
        Network *net = network_open(arena, &request);
        if (!n++) {
            choose_images(net, &d);
            draw_row_of_images(&d, net, y);
            draw_row_name(&svg, d.left - 14, y + CELL / 2.0, "image", "image");
            y += CELL + APART;
        }
        draw_row_of_maps(&d, net, y);
        draw_row_name(&svg, d.left - 14, y + CELL / 2.0, lines[i], f->names[i]);
        y += CELL + APART;
        network_close(net);
    }
    const char *title = arena_format(arena, "%s, %s of %s images", f->title, shown_name(arena, maps->kind), split);
    svg_text(&svg, "title", MARGIN, 22, text_fit(arena, TITLE_SIZE, title, svg.width - 2 * MARGIN), title);
    const char *absent = here < f->n ? arena_format(arena, " Variants without such a run here: %d.", f->n - here) : "";
    const char *foot = arena_format(arena, "The first %s image of each class, and each variant's map of its class, "
                                           "from 0 (dark) to its maximum; seed %s.%s", split, seed, absent);
    const double end = svg_paragraph(&svg, "quiet", MARGIN, y + 16, svg.width - 2 * MARGIN, 15, foot);
    return svg_finish(&svg, end + 2, title, foot);
}
