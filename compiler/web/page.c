/* page.c - the page: what is read of the run, and the parts that it is made of. */
#include "web/web.h"

#include <math.h>
#include <string.h>
#include <zlib.h>

#include "draw/draw.h"

enum { DIGITS = 10, SIDE = 28 };

/* ---- the run ---- */

static const char *image_name(const Experiment *x)
{
    for (int i = 0; i < x->n_fields; i++)
        if (x->fields[i].kind == RT_FIELD_IMAGE) return x->fields[i].name;
    return "";
}

/* Why the network cannot be trained on drawn digits; NULL: it can, in so many steps. */
static const char *why_untrained(Arena *arena, WebRun *web)
{
    const Experiment *x = web->run->experiment;
    const RtTrain *t = &x->train;
    const int64_t images = RT_DIGITS_TRAIN - (int64_t)(t->validation * RT_DIGITS_TRAIN + 0.5);
    const double epochs = run_number(web->run, NULL, "epochs");
    if (!web->draws)
        return arena_format(arena, "its images are %lld x %lld x %lld, against %d x %d x 1 of the drawn digits",
                            (long long)web->height, (long long)web->width, (long long)web->channels, SIDE,
                            SIDE);
    for (int i = 0; i < x->n_fields; i++)
        if (x->fields[i].kind == RT_FIELD_LABEL && x->fields[i].classes < DIGITS)
            return arena_format(arena, "it has %lld classes, against %d of the drawn digits",
                                (long long)x->fields[i].classes, DIGITS);
    if (t->normalize.by_name) return "its images are normalized by what is known of their set, and of digits it is not";
    if (t->normalize.n > 1) return "its images are normalized channel by channel, and drawn digits have one";
    if (t->sampler.classes > DIGITS)
        return arena_format(arena, "its batches have %lld classes, against %d of the drawn digits",
                            (long long)t->sampler.classes, DIGITS);
    if (images < x->batch || !(epochs >= 1 && epochs <= 1e6))
        return arena_format(arena, "its batch is %lld images, against %lld drawn digits", (long long)x->batch,
                            (long long)images);
    web->steps = images / x->batch * (int64_t)epochs;
    return NULL;
}

WebRun *web_read(Arena *arena, const char *folder)
{
    WebRun *web = arena_alloc(arena, sizeof *web);
    web->run = run_read(arena, folder);
    const RunRecord *r = &web->run->record;
    const Experiment *x = web->run->experiment;
    const char *graph = graph_of_run(arena, folder, r->name);
    if (strcmp(x->graph_hash, r->graph_hash))
        fail("%s: graph_hash is %.64s, against %s of %s with the run's options", r->path, r->graph_hash, x->graph_hash,
             graph);
    const char *const at_image[] = {image_name(x)};
    web->at_image = !has_feature_map(arena, x);
    const MapRequest request = map_request(map_kind(0), web->at_image ? 1 : 0, at_image, NULL);
    web->mapped = load_map(arena, graph, r->n_settings, r->settings, &request, &web->place);
    const Type type = graph_at(web->mapped->graph, web->mapped->fields[web->place.image_field].value)->type;
    web->height = type.dims[1], web->width = type.dims[2], web->channels = type.dims[3];
    web->draws = web->height == SIDE && web->width == SIDE && web->channels == 1;
    web->untrained = why_untrained(arena, web);
    web_examples(arena, web);
    return web;
}

/* ---- weights ---- */

static void take_tensors(RtTensor *to, const Experiment *x, int n, const Parameter *from)
{
    int64_t offset = 0;
    for (int i = 0; i < n; i++) {
        const Type type = graph_at(x->graph, from[i].value)->type;
        to[i] = (RtTensor){.name = from[i].name, .rank = type.rank, .offset = offset, .count = type_count(type, 1)};
        for (int k = 0; k < type.rank; k++) to[i].dims[k] = type.dims[k];
        offset += to[i].count;
    }
}

/* The run's weights: the first bytes of all numbers, then the second ones, and so on.  Like bytes beside one another
 * become fewer when they are packed. */
static Bytes weight_planes(Arena *arena, const WebRun *web)
{
    const Experiment *x = web->run->experiment;
    const RunRecord *r = &web->run->record;
    RtTensor *parameters = arena_array(arena, x->n_parameters + 1, sizeof *parameters),
             *states = arena_array(arena, x->n_states + 1, sizeof *states);
    take_tensors(parameters, x, x->n_parameters, x->parameters);
    take_tensors(states, x, x->n_states, x->states);
    const RtModel model = {.name = r->name, .n_parameters = x->n_parameters, .parameters = parameters,
                           .n_states = x->n_states, .states = states};
    const char *path = arena_format(arena, "%s/weights.safetensors", r->folder);
    RtWeights weights;
    RtError error = {0};
    char hash[65];
    if (!rt_weights_open(&weights, &model, &error) || !rt_weights_read(path, &weights, &model, &error))
        fail("%s", error.text);
    rt_weights_sha256(&weights, &model, hash);
    if (strcmp(hash, r->weights_sha256))
        fail("%s: its sha256 is %s, against %.64s of %s: the weights are not the run's", path, hash, r->weights_sha256,
             r->path);
    const int64_t n = rt_tensor_floats(x->n_parameters, parameters), all = n + rt_tensor_floats(x->n_states, states);
    unsigned char *planes = arena_array(arena, 4 * all, 1);
    for (int64_t i = 0; i < all; i++) {
        uint32_t bits;
        memcpy(&bits, i < n ? &weights.parameters[i] : &weights.state[i - n], sizeof bits);
        for (int k = 0; k < 4; k++) planes[k * all + i] = (unsigned char)(bits >> 8 * k);
    }
    rt_weights_close(&weights);
    return (Bytes){planes, 4 * (size_t)all};
}

/* ---- parts of the page ---- */

static const char *packed(Arena *arena, Bytes bytes)
{
    uLongf n = compressBound(bytes.n);
    unsigned char *to = arena_array(arena, (int64_t)n, 1);
    if (compress2(to, &n, bytes.at, bytes.n, Z_BEST_COMPRESSION) != Z_OK) fail("tailor: out of memory");
    return base64_of(arena, to, n);
}

static const char *packed_calls(Arena *arena, const Module *m)
{
    unsigned char *places = arena_array(arena, 4 * (int64_t)m->n_calls + 1, 1);
    for (int i = 0; i < 4 * m->n_calls; i++) places[i] = (unsigned char)(m->calls[i / 4] >> 8 * (i % 4));
    return packed(arena, (Bytes){places, 4 * (size_t)m->n_calls});
}

static const char *embedded_text(Arena *arena, const char *name)
{
    const Embedded file = embedded_named(name);
    return arena_format(arena, "%.*s", (int)(file.end - file.start), file.start);
}

const char *web_page(Arena *arena, const WebRun *web)
{
    const Bytes built = web_build(arena, web), weights = weight_planes(arena, web);
    const Module module = web_module(arena, built, "fma_call");
    const struct { const char *name, *text; } parts[] = {
        {"title", xml_of(arena, shown_name(arena, web->run->record.name))},
        {"style", embedded_text(arena, "page.css")},
        {"verdict", xml_of(arena, web_verdict(arena, web))},
        {"training", xml_of(arena, web_training(arena, web))},
        {"about", web_about(arena, web)},
        {"facts", web_facts(arena, web)},
        {"module", packed(arena, module.bytes)},
        {"calls", packed_calls(arena, &module)},
        {"weights", packed(arena, weights)},
        {"examples", packed(arena, web->examples)},
        {"script", embedded_text(arena, "page.js")},
    };
    Text page = text_new(arena);
    for (const char *c = embedded_text(arena, "page.html"); *c;) {
        const size_t n = strcspn(c, "@");
        text_add(&page, "%.*s", (int)n, c);
        c += n;
        if (!*c) break;
        size_t i = 0;
        const size_t length = strcspn(c + 1, "@");
        while (i < sizeof parts / sizeof *parts &&
               (strlen(parts[i].name) != length || strncmp(parts[i].name, c + 1, length)))
            i++;
        if (i == sizeof parts / sizeof *parts) bug("page.html names a part that there is none of");
        text_add(&page, "%s", parts[i].text);
        c += length + 2;
    }
    return page.chars;
}
