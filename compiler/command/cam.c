/* cam.c - `tailor cam`: the maps of a finished run as pictures, and how good they are as numbers. */
#include "command/command.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "cam/figures.h"
#include "cam/measure.h"

static const char cam_usage[] =
    "usage: tailor cam RUN [-o DIR] [--against RUN2] [--kind KIND] [--layer NAME[,NAME]...] [--class label|prediction|runner_up|N]\n"
    "                  [--best] [--images N] [--steps N] [--logits NAME] [--data NAME|DIR] [--graph FILE] [--threads N] [--json]\n\n"
    "Class activation maps of a finished run, whatever it was trained for.  Writes correct.png, wrong.png, class_means.png and\n"
    "cam_metrics.json into DIR (default RUN/cam) and prints the metrics, over the whole test set.\n"
    "  --against  another run, beside it\n"
    "  --best     the weights after the best epoch, which train --keep best kept, of both runs\n"
    "  --kind     grad_cam (default), grad_cam_elementwise, hirescam, layercam, xgrad_cam, grad_cam_pp, cam, score_cam, eigen_cam\n"
    "  --layer    the value whose map it is (default features, else the last feature map); of several, a,b, the mean of their maps,\n"
    "             each after ReLU, at the image's size and divided by its maximum (a map of nothing but 0 counts as 0)\n"
    "  --class    whose map an image gets in the metrics (default label); N: that class, from 0, which the pictures then show\n"
    "             beside the true one\n"
    "  --images   only the first N of the test set\n"
    "  --steps    of insertion and deletion (default 28)\n"
    "  --logits   the value that holds the scores (default logits)\n"
    "  --graph    the graph file of a run whose folder does not hold it\n";

typedef struct Row { const char *key, *what; size_t offset; } Row;

#define ROW(field, what) {#field, what, offsetof(CamMetrics, field)}
static const Row rows[] = {
    ROW(energy_in_object, "share of the map on the object"), ROW(pointing_game, "its maximum is on the object"), ROW(iou_half, "IoU with the object at 0.5"),
    ROW(iou_best, "IoU at the best threshold"), ROW(iou_best_threshold, "that threshold"), ROW(insertion_auc, "insertion AUC"), ROW(deletion_auc, "deletion AUC"),
    ROW(average_drop, "average drop, %"), ROW(increase_in_confidence, "increase in confidence, %"), ROW(coherency, "coherency"), ROW(complexity, "complexity"), ROW(adcc, "ADCC"),
    ROW(gini, "Gini sparseness"), ROW(l1_image, "L1 to the image"), ROW(l2_image, "L2 to the image"), ROW(ssim_image, "SSIM to the image"), ROW(l1_prototype, "L1 to the prototype"),
    ROW(l2_prototype, "L2 to the prototype"), ROW(ssim_prototype, "SSIM to the prototype"), ROW(energy_in_decoy, "share of the map on the decoy"), ROW(dead_maps, "share of dead maps"),
};
enum { N_ROWS = sizeof rows / sizeof *rows };

static double metric_of(const CamMetrics *m, const Row *row) { return *(const double *)((const char *)m + row->offset); }

static ClassChoice class_choice(const char *text)
{
    if (text && *text >= '0' && *text <= '9') return (ClassChoice){CLASS_GIVEN, (int32_t)number_argument("--class", text, 0, INT32_MAX)};
    for (ClassKind kind = CLASS_LABEL; text && kind < CLASS_GIVEN; kind++)
        if (!strcmp(text, class_kind_name(kind))) return (ClassChoice){.kind = kind};
    if (text) usage_error("cam: --class takes label, prediction, runner_up or the number of a class, not '%s'", text);
    return (ClassChoice){.kind = CLASS_LABEL};
}

static void check_kind(const char *kind)
{
    static const char *const kinds[] = {"grad_cam", "grad_cam_elementwise", "hirescam", "layercam", "xgrad_cam", "grad_cam_pp", "cam", "score_cam", "eigen_cam"};
    enum { N_KINDS = sizeof kinds / sizeof *kinds };
    for (int i = 0; i < N_KINDS; i++)
        if (!strcmp(kind, kinds[i])) return;
    const char *near = nearest_name(kind, N_KINDS, kinds);
    usage_error("cam: --kind takes grad_cam, grad_cam_elementwise, hirescam, layercam, xgrad_cam, grad_cam_pp, cam, score_cam or eigen_cam, not '%s'%s%s%s", kind,
                near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

/* The names of a list NAME[,NAME]...; NULL has none. */
static const char *const *layer_names(Arena *arena, const char *list, int *n)
{
    *n = 0;
    if (!list) return NULL;
    char *text = arena_copy(arena, list);
    const char **names = arena_array(arena, (int64_t)strlen(text) + 1, sizeof *names);
    for (char *next = text, *name; (name = strsep(&next, ","));) {
        if (!*name) usage_error("cam: --layer takes the name of a value or several, a,b, not '%s'", list);
        for (int i = 0; i < *n; i++)
            if (!strcmp(names[i], name)) usage_error("cam: --layer %s names %s twice", list, name);
        names[(*n)++] = name;
    }
    return names;
}

static void check_class(const Network *net, ClassChoice class)
{
    if (class.kind == CLASS_GIVEN && class.given >= net->classes)
        fail("%s: --class is %d, against classes 0 to %d of the model", net->record.path, (int)class.given, net->classes - 1);
}

/* ---- the record ---- */

/* The layer and its shape; of several "a,b" and a list of shapes. */
static void write_layers(RtJsonWriter *w, const MapPlace *place)
{
    RtText names = {0};
    for (int i = 0; i < place->n_layers; i++) rt_text_add(&names, "%s%s", i ? "," : "", place->layers[i].name);
    if (names.failed) fail("tailor: out of memory");
    rt_json_string(w, "layer", names.data);
    rt_text_free(&names);
    if (place->n_layers > 1) rt_json_open(w, "layer_shape", '[');
    for (int i = 0; i < place->n_layers; i++) {
        rt_json_open(w, place->n_layers > 1 ? NULL : "layer_shape", '[');
        rt_json_integer(w, NULL, place->layers[i].height);
        rt_json_integer(w, NULL, place->layers[i].width);
        rt_json_integer(w, NULL, place->layers[i].channels);
        rt_json_close(w, ']');
    }
    if (place->n_layers > 1) rt_json_close(w, ']');
}

static void write_run(RtJsonWriter *w, const Network *net, const Measured *m)
{
    rt_json_string(w, "name", net->record.name);
    rt_json_string(w, "graph_hash", net->record.graph_hash);
    rt_json_string(w, "weights_sha256", net->record.weights_sha256);
    rt_json_unsigned(w, "seed", net->record.seed);
    rt_json_string(w, "data", net->data.name);
    rt_json_string(w, "kind", net->kind);
    write_layers(w, &net->place);
    if (m->class.kind == CLASS_GIVEN) rt_json_integer(w, "class", m->class.given);
    else rt_json_string(w, "class", class_kind_name(m->class.kind));
    rt_json_integer(w, "images", m->metrics.images);
    rt_json_integer(w, "live_maps", m->metrics.live);
    rt_json_number(w, "accuracy", m->accuracy);
    rt_json_open(w, "metrics", '{');
    for (int i = 0; i < N_ROWS; i++) rt_json_number(w, rows[i].key, metric_of(&m->metrics, &rows[i]));
    rt_json_close(w, '}');
    rt_json_integer(w, "randomised_images", m->randomised_images);
    rt_json_open(w, "randomised_layers", '[');
    for (int i = 0; i < m->n_randomised; i++) {
        rt_json_open(w, NULL, '{');
        rt_json_string(w, "down_to", m->randomised[i].layer);
        rt_json_number(w, "ssim", m->randomised[i].ssim);
        rt_json_number(w, "spearman", m->randomised[i].spearman);
        rt_json_close(w, '}');
    }
    rt_json_close(w, ']');
}

static RtText record_text(int runs, Network *const *net, Measured *const *m)
{
    RtJsonWriter w = {0};
    rt_json_open(&w, NULL, '{');
    write_run(&w, net[0], m[0]);
    if (runs > 1) {
        rt_json_open(&w, "against", '{');
        write_run(&w, net[1], m[1]);
        rt_json_close(&w, '}');
    }
    rt_json_close(&w, '}');
    rt_text_add(&w.text, "\n");
    if (w.text.failed) fail("tailor: out of memory");
    return w.text;
}

/* ---- the table ---- */

static void print_number(double value)
{
    if (isnan(value)) printf(" %12s", "-");
    else printf(" %12.4f", value);
}

static void print_table(int runs, Network *const *net, Measured *const *m)
{
    for (int r = 0; r < runs; r++) printf("%s: %s; %lld test images of %s\n", run_label(net[r]), layer_text(net[r]), (long long)m[r]->images, net[r]->data.name);
    printf("\n%-34s", "");
    for (int r = 0; r < runs; r++) printf(" %12s", runs == 1 ? "" : r ? "the other" : "the run");
    printf("\n%-34s", "accuracy");
    for (int r = 0; r < runs; r++) print_number(m[r]->accuracy);
    printf("\n");
    for (int i = 0; i < N_ROWS; i++) {
        bool there = false;
        for (int r = 0; r < runs; r++) there = there || !isnan(metric_of(&m[r]->metrics, &rows[i]));
        if (!there) continue;
        printf("%-34s", rows[i].what);
        for (int r = 0; r < runs; r++) print_number(metric_of(&m[r]->metrics, &rows[i]));
        printf("\n");
    }
    for (int r = 0; r < runs; r++) {
        printf("\n%s: the maps of %lld images with layers from the last one down made random\n%-34s %12s %12s\n", run_label(net[r]), (long long)m[r]->randomised_images, "down to", "SSIM", "rank corr.");
        for (int i = 0; i < m[r]->n_randomised; i++) printf("%-34s %12.4f %12.4f\n", m[r]->randomised[i].layer, m[r]->randomised[i].ssim, m[r]->randomised[i].spearman);
    }
    printf("\n");
}

/* ---- the command ---- */

static void check_pair(const Network *a, const Network *b)
{
    const RtImages *first = &a->data.test, *second = &b->data.test;
    const bool same = !strcmp(first->pixels_sha256, second->pixels_sha256) && first->decoy == second->decoy;     /* the hash is of the images before their patches */
    if (!same || a->height != b->height || a->width != b->width || a->channels != b->channels || a->classes != b->classes)
        fail("%s: its test images are those of %s, against %s of %s; --data NAME takes both to one set", b->record.path, b->data.name, a->data.name, a->record.path);
}

int command_cam(int argc, char **argv)
{
    Arguments a = arguments_parse(argc, argv, "odtjmb", cam_usage, 1, 1);
    const MeasureRequest request = {.images = a.images ? number_argument("--images", a.images, 1, INT32_MAX) : 0,
                                    .steps = a.steps ? number_argument("--steps", a.steps, 1, 10000) : 28,
                                    .class = class_choice(a.class)};
    enum { FEW = 256 };
    if (a.graph && !strcmp(a.graph, "-")) usage_error("cam: --graph takes a file, which is read more than once, not standard input");
    Arena *arena = arena_new();
    const char *kind = a.kind ? a.kind : "grad_cam";
    check_kind(kind);
    int n_layers;
    const char *const *layers = layer_names(arena, a.layer, &n_layers);
    const int runs = a.against ? 2 : 1;
    Network *net[2] = {0};
    Measured *m[2] = {0};
    for (int r = 0; r < runs; r++) {
        const char *run = r ? a.against : a.positional[0];
        const NetworkRequest wanted = {.run = run, .graph = r && network_has_graph(arena, run) ? NULL : a.graph, .data = a.data,
                                       .kind = kind, .n_layers = n_layers, .layers = layers, .logits = a.logits,
                                       .threads = a.threads ? (int)number_argument("--threads", a.threads, 1, 1024) : cores(),
                                       .best = a.best, .few = request.images && request.images <= FEW};
        net[r] = network_open(arena, &wanted);
        check_class(net[r], request.class);
    }
    if (runs > 1) check_pair(net[0], net[1]);
    const char *folder = a.out ? a.out : arena_format(arena, "%s/cam", a.positional[0]);
    RtError error = {0};
    if (!rt_folder_make(folder, &error)) fail("%s", error.text);        /* before the work, which is long */
    for (int r = 0; r < runs; r++) m[r] = measure(arena, net[r], &request);
    draw_figures(arena, folder, runs, net, m);
    RtText record = record_text(runs, net, m);           /* last: it says that the pictures are of this call */
    if (!rt_file_write(arena_format(arena, "%s/cam_metrics.json", folder), record.data, record.length, &error)) fail("%s", error.text);
    if (a.json) fwrite(record.data, 1, record.length, stdout);
    else {
        print_table(runs, net, m);
        printf("pictures and cam_metrics.json are in %s\n", folder);
    }
    rt_text_free(&record);
    for (int r = 0; r < runs; r++) network_close(net[r]);
    arena_free(arena);
    return 0;
}
