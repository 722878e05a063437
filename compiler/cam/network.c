/* network.c - a finished run as a function of images: see network.h. */
#include "cam/network.h"

#include <dlfcn.h>
#include <math.h>
#include <string.h>
#include <omp.h>
#include <sys/stat.h>

#include "cam/metrics.h"

/* ---- the record ---- */

static const RtJsonNode *member(const RtJson *json, const RtJsonNode *object, const char *key)
{
    return object && object->kind == RT_JSON_OBJECT ? rt_json_get(json, object, key) : NULL;
}

static const char *text_of(const RtJson *json, const RtJsonNode *object, const char *key)
{
    const RtJsonNode *node = member(json, object, key);
    return node && node->kind == RT_JSON_STRING ? node->string : NULL;
}

/* The value as it would stand behind --set; NULL: it has no such form. */
static const char *setting_text(Arena *arena, const RtJsonNode *node)
{
    if (node->kind == RT_JSON_STRING) return node->string;
    if (node->kind == RT_JSON_BOOL) return node->boolean ? "true" : "false";
    if (node->kind != RT_JSON_NUMBER) return NULL;
    const bool whole = node->number == floor(node->number) && fabs(node->number) < 0x1p53;
    return whole ? arena_format(arena, "%.0f", node->number) : arena_format(arena, "%.17g", node->number);
}

void record_settings(Arena *arena, RunRecord *r, const RtJsonNode *options)
{
    r->settings = arena_array(arena, options->n, sizeof *r->settings);
    for (int k = options->n ? options->first : 0; k; k = r->json.nodes[k].next) {
        const RtJsonNode *node = &r->json.nodes[k];
        const char *value = setting_text(arena, node);
        if (!value) fail("%s: the option %s is no number, string or boolean", r->path, node->key);
        r->settings[r->n_settings++] = (Setting){node->key, value, SETTING_TEXT};
    }
}

RunRecord read_record(Arena *arena, const char *run)
{
    RunRecord r = {.folder = run, .path = arena_format(arena, "%s/run.json", run)};
    r.name = open_run(arena, run, &r.json);
    const RtJsonNode *top = &r.json.nodes[0], *options = member(&r.json, top, "options"),
                     *seed = member(&r.json, top, "seed");
    r.graph_hash = text_of(&r.json, top, "graph_hash");
    r.weights_sha256 = text_of(&r.json, top, "weights_sha256");
    r.data = text_of(&r.json, member(&r.json, top, "data"), "name");
    if (!r.graph_hash || !r.weights_sha256 || !r.data || !options || options->kind != RT_JSON_OBJECT || !seed ||
        !seed->is_integer || seed->integer < 0)
        fail("%s: graph_hash, weights_sha256, options, seed or data is missing: it is the record of no run", r.path);
    r.seed = (uint64_t)seed->integer;
    const char *split = text_of(&r.json, top, "split");
    r.validation = split && !strcmp(split, "validation");
    record_settings(arena, &r, options);
    return r;
}

/* From here on the record's weights are those of its best epoch. */
static void take_best(RunRecord *r)
{
    const RtJsonNode *best = member(&r->json, &r->json.nodes[0], "best");
    if (!best) fail("%s: the run kept no best weights: it was trained without --keep best", r->path);
    r->weights_sha256 = text_of(&r->json, best, "sha256");
    if (!r->weights_sha256) fail("%s: best has no sha256: it is the record of no run", r->path);
}

/* The first file of the set whose content differs from the run's; NULL: none differs.  A run that left the test set
 * alone does not know it. */
static const RtSource *other_content(const RunRecord *r, const RtData *data)
{
    const RtJsonNode *set = member(&r->json, &r->json.nodes[0], "data"), *hashes = member(&r->json, set, "sha256");
    for (int i = 0; i < data->train.n_sources + (r->validation ? 0 : data->test.n_sources); i++) {
        const RtSource *file = i < data->train.n_sources ? &data->train.source[i]
                                                         : &data->test.source[i - data->train.n_sources];
        const char *hash = text_of(&r->json, hashes, file->name);
        if (!hash || strcmp(hash, file->sha256)) return file;
    }
    return NULL;
}

/* A set has the same images under any name, except that decoy- makes other images of the same files. */
static bool same_images(const RunRecord *r, const RtData *data)
{
    const char decoy[] = "decoy-";
    const bool made = !strncmp(r->data, decoy, strlen(decoy)) || !strncmp(data->name, decoy, strlen(decoy));
    return !other_content(r, data) && (!made || !strcmp(r->data, data->name));
}

/* ---- opening ---- */

const char *const *layer_names(Arena *arena, const char *list, int *n)
{
    const char **names = NULL;
    int capacity = 0;
    char *text = list ? arena_copy(arena, list) : NULL;
    *n = 0;
    for (char *name; (name = strsep(&text, ","));) {
        names = arena_grow(arena, names, *n, &capacity, sizeof *names);
        names[(*n)++] = name;
    }
    return names;
}

const char *map_kind(int i)
{
    static const char *const kinds[] = {"grad_cam",    "grad_cam_elementwise", "hirescam",  "layercam", "xgrad_cam",
                                        "grad_cam_pp", "cam",                  "score_cam", "eigen_cam"};
    return i < (int)(sizeof kinds / sizeof *kinds) ? kinds[i] : NULL;
}

MapRequest map_request(const char *kind, int n_layers, const char *const *layers, const char *logits)
{
    return (MapRequest){.kind = kind,
                        .n_layers = n_layers,
                        .layers = layers,
                        .logits = logits,
                        .from_features = !strcmp(kind, "score_cam") || !strcmp(kind, "eigen_cam")};
}

static void load_code(Arena *arena, Network *net, const char *graph, const NetworkRequest *request)
{
    const RunRecord *r = &net->record;
    const Experiment *plain = load(arena, graph, r->n_settings, r->settings);
    if (strcmp(plain->graph_hash, r->graph_hash))
        fail("%s: graph_hash is %.64s, against %s of %s with the run's options", r->path, r->graph_hash,
             plain->graph_hash, graph);
    const MapRequest map = map_request(request->kind, request->n_layers, request->layers, request->logits);
    const Experiment *x = load_map(arena, graph, r->n_settings, r->settings, &map, &net->place);
    const Passes passes = {0};
    const Emission *e = emission_map(x, x->batch, &passes);
    net->model = request->kept ? load_kept(arena, e, request->kept, &net->library)
                               : load_emission(arena, e, request->few ? NULL : "OPTIMIZE=-O3", &net->library);
}

static const char *weights_path(Arena *arena, const RunRecord *r, const NetworkRequest *request)
{
    return arena_format(arena, "%s/%s.safetensors", r->folder, request->best ? "best" : "weights");
}

static void open_weights(Network *net, const char *path)
{
    const RunRecord *r = &net->record;
    RtError error = {0};
    if (!rt_weights_open(&net->weights, net->model, &error) ||
        !rt_weights_read(path, &net->weights, net->model, &error) ||
        !rt_weights_are(&net->weights, net->model, path, r->weights_sha256, r->path, &error))
        fail("%s", error.text);
}

/* given NULL: the data set of the run.  Its record has only the name and the hashes of the set. */
static void open_data(Arena *arena, Network *net, const char *given)
{
    const bool validation = net->validation;
    RtError error = {0};
    const RunRecord *r = &net->record;
    const char *set = given ? given : r->data;
    if (validation ? !rt_data_open_training(&net->data, set, net->model, r->seed, &error)
                   : !rt_data_open(&net->data, set, net->model, r->seed, &error) ||
                         !rt_data_test(&net->data, set, net->model, &error))
        fail("%s", error.text);
    net->images_of = validation ? &net->data.train : &net->data.test;
    net->numbers = validation ? net->data.validation : NULL;
    net->n_images = validation ? net->data.n_validation : net->data.test.n;
    const RtSource *other = given ? NULL : other_content(r, &net->data);
    if (other)
        fail("%s: data set %s: the content of %s is not what the run had; --data says where its data lies", r->path,
             r->data, other->name);
    for (int i = 0; i < net->model->n_states; i++)
        if (net->model->states[i].init == RT_INIT_CLASS_MEANS && !same_images(r, &net->data))
            fail("%s: the run's prototypes are of its data set %s, against images of %s", r->path, r->data,
                 net->data.name);
    net->height = net->images_of->height, net->width = net->images_of->width, net->channels = net->images_of->channels;
    const int64_t places = net->height * net->width;
    const RtTensor tensor = {.name = "class_means",
                             .rank = 4,
                             .dims = {net->classes, net->height, net->width, net->channels},
                             .count = net->classes * places * net->channels};
    float *means = arena_array(arena, tensor.count, sizeof *means);
    if (!rt_class_means(&net->data, &tensor, means, &error)) fail("%s", error.text);
    net->prototypes = arena_array(arena, net->classes * places, sizeof *net->prototypes);
    network_gray(net, net->classes, means, net->prototypes);
}

static void open_inputs(Arena *arena, Network *net)
{
    const int64_t places = net->height * net->width;
    net->sample = arena_array(arena, net->batch, sizeof *net->sample);
    net->asked = arena_array(arena, net->batch, sizeof *net->asked);
    net->images = arena_array(arena, net->batch * places * net->channels, sizeof *net->images);
    net->map = arena_array(arena, net->batch * places, sizeof *net->map);
    net->mean = arena_array(arena, net->batch * places, sizeof *net->mean);
    net->fields.sample = net->sample;
    for (int i = 0; i < net->model->n_fields; i++) {
        const RtField *field = &net->model->fields[i];
        int64_t n = net->batch;
        for (int d = 0; d < field->rank; d++) n *= field->dims[d];
        if (i == net->place.class_field) net->fields.field[i] = net->asked;
        else if (field->kind == RT_FIELD_IMAGE || field->kind == RT_FIELD_VIEW) net->fields.field[i] = net->images;
        else net->fields.field[i] = arena_array(arena, n, sizeof(float));
    }
}

bool network_has_graph(Arena *arena, const char *run)
{
    struct stat info;
    RunRecord r = read_record(arena, run);
    const bool there = stat(graph_of_run(arena, run, r.name), &info) == 0;
    rt_json_free(&r.json);
    return there;
}

Network *network_open(Arena *arena, const NetworkRequest *request)
{
    Network *net = arena_alloc(arena, sizeof *net);
    *net = (Network){.arena = arena, .record = read_record(arena, request->run), .kind = request->kind};
    if (request->best) take_best(&net->record);
    const RunRecord *r = &net->record;
    RtError error = {0};
    struct stat info;
    const char *graph = request->graph ? request->graph : graph_of_run(arena, r->folder, r->name);
    const char *weights = weights_path(arena, r, request);
    if (stat(weights, &info)) fail("%s: there is no such file: a run without weights has no maps", weights);
    if (!request->graph && stat(graph, &info))
        fail("%s: there is no such file; --graph FILE says which graph file the run is of", graph);
    load_code(arena, net, graph, request);
    net->batch = net->model->batch;
    net->classes = (int)net->place.classes;
    open_weights(net, weights);
    omp_set_num_threads(request->threads);         /* digits are drawn by as many */
    net->validation = request->split ? !strcmp(request->split, "validation") : r->validation;
    open_data(arena, net, request->data);
    open_inputs(arena, net);
    if (!rt_call_open(&net->call, net->model, request->threads, &net->weights, &error)) fail("%s", error.text);
    net->step = (RtStep){.seed = r->seed, .progress = 1, .correction1 = 1, .correction2 = 1};
    net->call.step = &net->step;
    net->call.batch = &net->fields;
    return net;
}

void network_close(Network *net)
{
    rt_call_close(&net->call);
    rt_data_close(&net->data);
    rt_weights_close(&net->weights);
    rt_json_free(&net->record.json);
    dlclose(net->library);
}

/* ---- images ---- */

/* The number, in its set, of an image that is measured. */
static int64_t sample_of(const Network *net, int64_t image) { return net->numbers ? net->numbers[image] : image; }

bool network_has_decoy(const Network *net) { return net->images_of->decoy != RT_NO_DECOY; }

int32_t network_label(const Network *net, int64_t image) { return net->images_of->labels[sample_of(net, image)]; }

void network_masks(const Network *net, int64_t image, float *object, float *decoy)
{
    const int64_t sample = sample_of(net, image);
    RtImages plain = *net->images_of;
    plain.decoy = RT_NO_DECOY;
    rt_mask(&plain, sample, object);
    if (!network_has_decoy(net)) return;
    rt_mask(net->images_of, sample, decoy);
    for (int64_t i = 0; i < net->height * net->width; i++)
        if (decoy[i] > 0) object[i] = 0;
}

static void fill_field(Network *net, int i, int k, int64_t sample)
{
    const RtImages *images = net->images_of;
    const RtField *field = &net->model->fields[i];
    void *data = (void *)net->fields.field[i];
    if (i == net->place.class_field) return;
    if (field->kind == RT_FIELD_LABEL) ((int32_t *)data)[k] = images->labels[sample];
    if (field->kind == RT_FIELD_NUMBER) ((int32_t *)data)[k] = (int32_t)sample;
    if (field->kind == RT_FIELD_MASK) rt_mask(images, sample, (float *)data + k * net->height * net->width);
}

void network_images(Network *net, int n, const int64_t *which, float *images)
{
    const int64_t pixels = net->height * net->width * net->channels;
    for (int k = 0; k < n; k++) {
        net->sample[k] = sample_of(net, which[k]);
        rt_image(net->images_of, net->sample[k], images + k * pixels);
        for (int i = 0; i < net->model->n_fields; i++) fill_field(net, i, k, net->sample[k]);
    }
}

void network_gray(const Network *net, int n, const float *images, float *gray)
{
    for (int64_t i = 0; i < n * net->height * net->width; i++) {
        double sum = 0;
        for (int64_t c = 0; c < net->channels; c++) sum += images[i * net->channels + c];
        gray[i] = (float)(sum / (double)net->channels);
    }
}

/* ---- calls ---- */

static const float *result_of(const Network *net, const char *entry, const char *name)
{
    const RtValue *value = rt_value(rt_entry(net->model, entry), name);
    if (!value) bug("the model gives no %s", name);
    return (const float *)((const char *)net->call.result + value->offset);
}

static void run(Network *net, const char *entry, int n, const float *images)
{
    const int64_t pixels = net->height * net->width * net->channels;
    const RtShape shape = {net->height, net->width, net->channels};
    memcpy(net->images, images, (size_t)(n * pixels) * sizeof *images);
    for (int k = 0; k < n; k++) rt_normalize(&net->images_of->normalize, &shape, net->images + k * pixels);
    net->fields.n = n;
    rt_entry(net->model, entry)->run(&net->call);
}

static void check_finite(const Network *net, const char *what, int64_t n, const float *values)
{
    for (int64_t i = 0; i < n; i++)
        if (!isfinite(values[i])) fail("%s: the %s of the test images are not finite", net->record.folder, what);
}

void network_predict(Network *net, int n, const float *images)
{
    run(net, "predict", n, images);
    net->scores = result_of(net, "predict", "scores");
    net->probabilities = result_of(net, "predict", "probabilities");
    check_finite(net, "scores", (int64_t)n * net->classes, net->scores);
}

static float *scratch(int64_t n)
{
    RtError error = {0};
    float *memory = rt_allocate((size_t)n, sizeof *memory, "a map", &error);
    if (!memory) fail("%s", error.text);
    return memory;
}

/* Resizes a map of the layer's size into the k-th map. */
static void keep_map(Network *net, const MapLayer *p, int k, float *small)
{
    for (int64_t i = 0; i < p->height * p->width; i++) small[i] = small[i] > 0 ? small[i] : 0;
    cam_resize((int)p->height, (int)p->width, small, (int)net->height, (int)net->width,
               net->map + k * net->height * net->width);
}

static void eigen_maps(Network *net, const MapLayer *p, int n, const float *features)
{
    const int64_t places = p->height * p->width, channels = p->channels;
    check_finite(net, "features", n * places * channels, features);
    float *small = scratch(places);
    CamScratch memory = {0};
    for (int k = 0; k < n; k++) {
        if (!cam_eigen(&memory, places, channels, features + k * places * channels, small))
            fail("%s: a layer of %lld places and %lld channels is too large for eigen_cam", net->record.folder,
                 (long long)places, (long long)channels);
        keep_map(net, p, k, small);
    }
    cam_scratch_free(&memory);
    rt_release(small);
}

/* Score-CAM, Wang et al. 1910.01279.  Each channel, brought to the image's size and to 0 .. 1, is laid over the image.
 * Its weight is the gain of the class's score over the score of a black image. */
static void score_maps(Network *net, const MapLayer *p, int n, const float *images, const float *from)
{
    const int64_t places = p->height * p->width, pixels = net->height * net->width, values = places * p->channels;
    float *features = scratch(n * values), *changed = scratch(n * pixels * net->channels), *mask = scratch(pixels),
          *small = scratch(places);
    double *gain = (double *)scratch(2 * n * (p->channels + 1)), *baseline = gain + n * p->channels;
    memcpy(features, from, (size_t)(n * values) * sizeof *features);
    network_predict(net, n, changed);              /* black */
    for (int k = 0; k < n; k++) baseline[k] = net->scores[k * net->classes + net->asked[k]];
    for (int64_t c = 0; c < p->channels; c++) {
        for (int k = 0; k < n; k++) {
            const bool live = cam_score_mask((int)p->height, (int)p->width, (int)net->height, (int)net->width,
                                             p->channels, c, features + k * values, mask);
            gain[k * p->channels + c] = live ? 0 : -INFINITY;
            for (int64_t i = k * pixels * net->channels; i < (k + 1) * pixels * net->channels; i++)
                changed[i] = images[i] * mask[i / net->channels % pixels];
        }
        network_predict(net, n, changed);
        for (int k = 0; k < n; k++)
            gain[k * p->channels + c] += net->scores[k * net->classes + net->asked[k]] - baseline[k];
    }
    for (int k = 0; k < n; k++) {
        cam_score_combine(places, p->channels, features + k * values, gain + k * p->channels, small);
        keep_map(net, p, k, small);
    }
    void *const all[] = {features, changed, mask, small, gain};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) rt_release(all[i]);
}

/* The maps of one layer.  Other results of the last call of the model are lost when the result is true. */
static bool layer_maps(Network *net, const MapLayer *layer, int n, const float *images)
{
    const int64_t pixels = net->height * net->width;
    const bool by_score = !strcmp(net->kind, "score_cam");
    const float *result = result_of(net, "map", layer->output);
    if (!strcmp(net->kind, "eigen_cam")) eigen_maps(net, layer, n, result);
    else if (by_score) score_maps(net, layer, n, images, result);
    else memcpy(net->map, result, (size_t)(n * pixels) * sizeof *net->map);
    check_finite(net, "maps", n * pixels, net->map);
    return by_score;
}

void network_map(Network *net, int n, const float *images, const int32_t *classes)
{
    const int64_t pixels = net->height * net->width, all = n * pixels;
    const int layers = net->place.n_layers;
    memcpy(net->asked, classes, (size_t)n * sizeof *classes);
    memset(net->mean, 0, (size_t)all * sizeof *net->mean);
    bool lost = true;
    for (int l = 0; l < layers; l++) {
        if (lost) run(net, "map", n, images);
        lost = layer_maps(net, &net->place.layers[l], n, images);
        if (layers == 1) return;
        for (int k = 0; k < n; k++) cam_max_normalize(pixels, net->map + k * pixels, net->map + k * pixels);
        for (int64_t i = 0; i < all; i++) net->mean[i] += net->map[i] / (float)layers;
    }
    memcpy(net->map, net->mean, (size_t)all * sizeof *net->map);
}

/* ---- names ---- */

const char *known_class(const char *data, int class)
{
    static const char *const fashion[] = {"T-shirt", "Trouser", "Pullover", "Dress", "Coat",
                                          "Sandal",  "Shirt",   "Sneaker",  "Bag",   "Ankle boot"};
    static const char *const cifar[] = {"airplane", "automobile", "bird",  "cat",  "deer",
                                        "dog",      "frog",       "horse", "ship", "truck"};
    if (!strncmp(data, "decoy-", 6)) data += 6;
    if (class < 0 || class >= 10) return NULL;
    return !strcmp(data, "fashion-mnist") ? fashion[class] : !strcmp(data, "cifar-10") ? cifar[class] : NULL;
}

const char *network_class_name(const Network *net, int class)
{
    const char *own = rt_class_name(&net->data.train, class), *set = net->data.name,
               *name = own ? own : known_class(net->data.known && net->data.decoy ? net->data.known->name : set, class);
    return name ? name : arena_format(net->arena, "%d", class);
}
