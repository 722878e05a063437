/* cam.c - `tailor cam`: the maps of a finished run as pictures, and how good they are as numbers. */
#include "command/command.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "cam/figures.h"
#include "cam/measure.h"

typedef struct CamArguments {
    Arguments all;
    const char *graph, *kind, *layer, *logits, *against, *split;
    ClassChoice class;
    int64_t images, steps;                   /* images 0: all */
} CamArguments;

static const char *class_kind(int i) { return i < CLASS_GIVEN ? class_kind_name((ClassKind)i) : NULL; }

static void take_class(Arguments *a, const Flag *f, const char *text)
{
    ClassChoice *class = flag_place(a, f);
    const bool is_number = *text >= '0' && *text <= '9';
    for (int i = 0; class_kind(i); i++)
        if (!strcmp(text, class_kind(i))) {
            *class = (ClassChoice){.kind = (ClassKind)i};
            return;
        }
    if (!is_number)
        usage_error("cam: %s takes label, prediction, runner_up or the number of a class, not '%s'", f->name, text);
    *class = (ClassChoice){CLASS_GIVEN, (int32_t)number_argument(f->name, text, 0, INT32_MAX)};
}

#define AT(field) .at = offsetof(CamArguments, field)

static const Flag cam_flags[] = {
    {.group = "What is written"},
    {.shared = &flag_out, .value = "DIR", .help = "the folder of the pictures", .otherwise = "RUN/cam"},
    {.shared = &flag_json},
    {.group = "The run"},
    {.name = "--against", .value = "RUN", .help = "another run, beside it, under the same flags", AT(against)},
    {.shared = &flag_best},
    {.shared = &flag_data, .otherwise = "that of the run"},
    {.trainer = "--split", .help = "the images that are measured and drawn", .more = "", .otherwise = "that of the run",
     AT(split)},
    {.name = "--graph", .value = "FILE", .help = "the graph file of a run whose folder does not hold it",
     .suffix = "lua", AT(graph)},
    {.group = "The maps"},
    {.name = "--kind", .value = "KIND", .help = "which map", .initial = "grad_cam", .values = map_kind, AT(kind)},
    {.name = "--layer", .value = "NAME[,NAME]...", .help = "the value whose map it is",
     .otherwise = "features, else the last feature map",
     .more = "Of several, a,b, the mean of their maps, each after ReLU, at the image's size and divided by its maximum "
             "(a map of nothing but 0 counts as 0).", AT(layer)},
    {.name = "--class", .value = "CLASS", .help = "whose map an image gets in the metrics", .initial = "label",
     .values = class_kind, .open = true, .take = take_class,
     .more = "A number: that class, from 0, which the pictures then show beside the true one.", AT(class)},
    {.name = "--logits", .value = "NAME", .help = "the value that holds the scores", .otherwise = "logits", AT(logits)},
    {.group = "The metrics"},
    {.name = "--images", .value = "N", .help = "only the first N of the test set", .least = 1, .most = INT32_MAX,
     AT(images)},
    {.name = "--steps", .value = "N", .help = "of insertion and deletion", .initial = "28", .least = 1, .most = 10000,
     AT(steps)},
    {.shared = &flag_threads},
    {0}};

const CommandLine cam_line = {
    "cam", "RUN",
    "Class activation maps of a finished run, whatever it was trained for.  Writes correct.png, wrong.png,\n"
    "class_means.png and cam_metrics.json into DIR and prints the metrics, over the whole test set; watched.png where\n"
    "the run noted values by --watch.\n",
    cam_flags,
    .examples = "tailor cam runs/a --kind layercam\n"
                "tailor cam runs/a --against runs/b -o pictures",
    .uses = USES_DATA | USES_COMPILER};

static void check_layers(const char *list, int n, const char *const *names)
{
    for (int i = 0; i < n; i++) {
        if (!*names[i]) usage_error("cam: --layer takes the name of a value or several, a,b, not '%s'", list);
        for (int k = 0; k < i; k++)
            if (!strcmp(names[k], names[i])) usage_error("cam: --layer %s names %s twice", list, names[i]);
    }
}

static void check_class(const Network *net, ClassChoice class)
{
    if (class.kind == CLASS_GIVEN && class.given >= net->classes)
        fail("%s: --class is %d, against classes 0 to %d of the model", net->record.path, (int)class.given,
             net->classes - 1);
}

/* ---- the record ---- */

/* Writes the layer and its shape; of several layers "a,b" and a list of shapes. */
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
    if (net->validation) rt_json_string(w, "split", "validation");
    rt_json_string(w, "kind", net->kind);
    write_layers(w, &net->place);
    if (m->class.kind == CLASS_GIVEN) rt_json_integer(w, "class", m->class.given);
    else rt_json_string(w, "class", class_kind_name(m->class.kind));
    rt_json_integer(w, "images", m->metrics.images);
    rt_json_integer(w, "live_maps", m->metrics.live);
    rt_json_number(w, "accuracy", m->accuracy);
    rt_json_open(w, "metrics", '{');
    for (int i = 0; cam_metrics[i].key; i++) rt_json_number(w, cam_metrics[i].key, m->metrics.value[i]);
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
    for (int r = 0; r < runs; r++)
        printf("%s: %s; %lld %s images of %s\n", run_label(net[r]), layer_text(net[r]), (long long)m[r]->images,
               net[r]->validation ? "validation" : "test", net[r]->data.name);
    printf("\n%-34s", "");
    for (int r = 0; r < runs; r++) printf(" %12.12s", runs == 1 ? "" : run_label(net[r]));
    printf("\n%-34s", "accuracy");
    for (int r = 0; r < runs; r++) print_number(m[r]->accuracy);
    printf("\n");
    for (int i = 0; cam_metrics[i].key; i++) {
        bool there = false;
        for (int r = 0; r < runs; r++) there = there || !isnan(m[r]->metrics.value[i]);
        if (!there) continue;
        printf("%-34s", cam_metrics[i].title);
        for (int r = 0; r < runs; r++) print_number(m[r]->metrics.value[i]);
        printf("\n");
    }
    for (int r = 0; r < runs; r++) {
        printf("\n%s: the maps of %lld images with layers from the last one down made random\n%-34s %12s %12s\n",
               run_label(net[r]), (long long)m[r]->randomised_images, "down to", "SSIM", "rank corr.");
        for (int i = 0; i < m[r]->n_randomised; i++)
            printf("%-34s %12.4f %12.4f\n", m[r]->randomised[i].layer, m[r]->randomised[i].ssim,
                   m[r]->randomised[i].spearman);
    }
    printf("\n");
}

/* ---- the command ---- */

static void check_pair(const Network *a, const Network *b)
{
    const RtImages *first = a->images_of, *second = b->images_of;
    /* the hash is that of the images before they get patches; the seed chooses those of a validation */
    const bool same = !strcmp(first->pixels_sha256, second->pixels_sha256) && first->decoy == second->decoy &&
                      a->n_images == b->n_images &&
                      (!a->numbers || !memcmp(a->numbers, b->numbers, (size_t)a->n_images * sizeof *a->numbers));
    if (!same || a->height != b->height || a->width != b->width || a->channels != b->channels ||
        a->classes != b->classes)
        fail("%s: its %s images are those of %s, against %s of %s; --data NAME takes both to one set%s", b->record.path,
             b->validation ? "validation" : "test", b->data.name, a->data.name, a->record.path,
             b->validation ? ", and --split test to images that do not depend on the seed" : "");
}

int command_cam(int argc, char **argv)
{
    CamArguments c = {0};
    const Arguments *a = &c.all;
    arguments_parse(argc, argv, &cam_line, &c);
    const MeasureRequest request = {.images = c.images, .steps = c.steps, .class = c.class};
    enum { FEW = 256 };
    if (c.graph && !strcmp(c.graph, "-"))
        usage_error("cam: --graph takes a file, which is read more than once, not standard input");
    Arena *arena = arena_new();
    int n_layers;
    const char *const *layers = layer_names(arena, c.layer, &n_layers);
    check_layers(c.layer, n_layers, layers);
    const int runs = c.against ? 2 : 1;
    Network *net[2] = {0};
    Measured *m[2] = {0};
    for (int r = 0; r < runs; r++) {
        const char *run = r ? c.against : a->argument;
        const NetworkRequest wanted = {.run = run,
                                       .graph = r && network_has_graph(arena, run) ? NULL : c.graph,
                                       .data = a->data,
                                       .kind = c.kind,
                                       .n_layers = n_layers,
                                       .layers = layers,
                                       .logits = c.logits,
                                       .split = c.split,
                                       .best = a->best,
                                       .few = request.images && request.images <= FEW,
                                       .threads = a->threads ? (int)a->threads : cores()};
        net[r] = network_open(arena, &wanted);
        check_class(net[r], request.class);
    }
    if (runs > 1) check_pair(net[0], net[1]);
    const char *folder = a->out ? a->out : arena_format(arena, "%s/cam", a->argument);
    RtError error = {0};
    if (!rt_folder_make(folder, &error)) fail("%s", error.text);        /* before the work, which takes long */
    for (int r = 0; r < runs; r++) m[r] = measure(arena, net[r], &request);
    draw_figures(arena, folder, runs, net, m);
    RtText record = record_text(runs, net, m);           /* last, since it says that the pictures are of this call */
    if (!rt_file_write(arena_format(arena, "%s/cam_metrics.json", folder), record.data, record.length, &error))
        fail("%s", error.text);
    if (a->json) fwrite(record.data, 1, record.length, stdout);
    else {
        print_table(runs, net, m);
        printf("pictures and cam_metrics.json are in %s\n", folder);
    }
    rt_text_free(&record);
    for (int r = 0; r < runs; r++) network_close(net[r]);
    arena_free(arena);
    return 0;
}
