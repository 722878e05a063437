/* words.c - what the page says: of the run in words, and to its script as facts. */
#include "web/web.h"

#include <math.h>
#include <string.h>

#include "cam/picture.h"

/* ---- words ---- */

const char *web_verdict(Arena *arena, const WebRun *web)
{
    const Run *run = web->run;
    const double parameters = run_number(run, NULL, "parameter_count"), epochs = run_number(run, NULL, "epochs");
    const bool validation = run->record.validation;
    const double accuracy = run_number(run, "metrics", validation ? "val_accuracy" : "test_accuracy");
    Text text = text_new(arena);
    text_add(&text, "Draw, and see what a network takes it for and where it looks. ");
    if (parameters > 0) text_add(&text, "%s parameters, ", count_text(arena, parameters));
    text_add(&text, "trained on %s", shown_name(arena, run->record.data));
    if (epochs >= 1) text_add(&text, " in %.0f epoch%s", epochs, epochs == 1 ? "" : "s");
    if (accuracy >= 0 && accuracy <= 1)
        text_add(&text, "; %s accuracy %.2f %%", validation ? "validation" : "test", 100 * accuracy);
    text_add(&text, ".");
    return text.chars;
}

const char *web_training(Arena *arena, const WebRun *web)
{
    if (web->untrained) return arena_format(arena, "It cannot be trained here: %s.", web->untrained);
    return arena_format(arena,
                        "The button trains the same network in this page, from its initial values of seed %llu, on ten "
                        "thousand digits that are drawn here: %lld steps of %lld images. Nothing is sent anywhere. "
                        "Behind it stands the sha256 of the weights, which is that of the native run.",
                        (unsigned long long)web->run->record.seed, (long long)web->steps,
                        (long long)web->run->experiment->batch);
}

static void add_paragraph(Arena *arena, Text *text, const char *words)
{
    text_add(text, "<p>%s</p>\n", xml_of(arena, words));
}

const char *web_about(Arena *arena, const WebRun *web)
{
    Text text = text_new(arena);
    add_paragraph(arena, &text,
                  "Each bar is the probability that the network gives a class. They add up to 100 %, whatever is "
                  "drawn: a network that knows only its classes has no word for anything else, and is often sure of "
                  "nonsense.");
    if (web->at_image)
        add_paragraph(arena, &text,
                      "The network has no feature map. The map is the image itself, times how its brightness moves the "
                      "score of a class: it lies on the drawing by its making, and says little.");
    else
        add_paragraph(
            arena, &text,
            arena_format(arena,
                         "The map is Grad-CAM at %s, %lld x %lld places, as tailor cam draws it: how much each "
                         "place speaks for the chosen class, from dark to the map's own maximum. It shows what the "
                         "score follows, not whether that is right. Choose a class that the drawing is not of, and see "
                         "what speaks for it.",
                         shown_name(arena, web->place.layers[0].name), (long long)web->place.layers[0].height,
                         (long long)web->place.layers[0].width));
    add_paragraph(arena, &text,
                  arena_format(arena,
                               "What runs here is the C that tailor wrote of %s, compiled for WebAssembly. Every sum "
                               "has the same order and every product that is added is rounded once, so that scores and "
                               "weights have the bits of a native run.",
                               shown_name(arena, web->run->experiment->source.base)));
    return text.chars;
}

/* ---- facts ---- */

/* JSON that may stand in an element of a page: no < that could end it. */
static const char *json_in_page(Arena *arena, const char *json)
{
    Text text = text_new(arena);
    for (const char *c = json; *c; c++) text_add(&text, *c == '<' ? "\\u003c" : "%c", *c);
    return text.chars;
}

static int64_t total(const Experiment *x, int n, const Parameter *tensors)
{
    int64_t count = 0;
    for (int i = 0; i < n; i++) count += type_count(graph_at(x->graph, tensors[i].value)->type, 1);
    return count;
}

static void write_colours(RtJsonWriter *w)
{
    Colour map[COLOURS];
    colour_map(map);
    rt_json_open(w, "colours", '[');
    for (int i = 0; i < COLOURS; i++) {
        rt_json_integer(w, NULL, map[i].r);
        rt_json_integer(w, NULL, map[i].g);
        rt_json_integer(w, NULL, map[i].b);
    }
    rt_json_close(w, ']');
}

int64_t web_weights(const WebRun *web)
{
    const Experiment *x = web->run->experiment;
    return total(x, x->n_parameters, x->parameters) + total(x, x->n_states, x->states);
}

const char *web_facts(Arena *arena, const WebRun *web)
{
    const Run *run = web->run;
    const Experiment *x = run->experiment;
    RtJsonWriter w = {0};
    rt_json_open(&w, NULL, '{');
    rt_json_integer(&w, "height", web->height);
    rt_json_integer(&w, "width", web->width);
    rt_json_integer(&w, "channels", web->channels);
    rt_json_integer(&w, "parameters", total(x, x->n_parameters, x->parameters));
    rt_json_integer(&w, "states", total(x, x->n_states, x->states));
    rt_json_open(&w, "classes", '[');
    for (int i = 0; i < web->place.classes; i++)
        rt_json_string(&w, NULL, run_class(arena, run, i));
    rt_json_close(&w, ']');
    rt_json_integer(&w, "batch", x->batch);
    rt_json_integer(&w, "examples", web->n_examples);
    rt_json_bool(&w, "draws", web->draws);
    if (web->untrained) rt_json_string(&w, "untrained", web->untrained);
    else {
        rt_json_integer(&w, "steps", web->steps);
        rt_json_string(&w, "sha256", run->record.weights_sha256);
        rt_json_string(&w, "command", shown_name(arena, run_command(arena, run, "digits")));
    }
    write_colours(&w);
    rt_json_close(&w, '}');
    if (w.text.failed) fail("tailor: out of memory");
    const char *text = json_in_page(arena, w.text.data);
    rt_text_free(&w.text);
    return text;
}
