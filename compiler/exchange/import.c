/* import.c - from a model to both files. */
#include "exchange/exchange.h"
#include "exchange/import.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *base_name(Arena *arena, const char *path)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    return arena_format(arena, "%.*s", (int)strlen(name) - 4, name);
}

static void initializers(Import *m)
{
    for (int i = 0; i < m->model->n_initializers; i++) {
        const OnnxTensor *t = &m->model->initializers[i];
        Slot *s = slot_new(m, t->name, SLOT_TENSOR);
        s->tensor = t;
        s->rank = t->rank;
        s->real = onnx_is_real(t->type);
        for (int k = 0; k < t->rank; k++) s->dims[k] = s->source[k] = t->dims[k], s->order[k] = k;
        if (!s->real && slot_numbers(m, s)) s->kind = SLOT_NUMBERS;
    }
}

/* Is the image channels last?  Then all that is done with it first is to bring them to the front. */
static bool channels_last(const OnnxModel *model, const char *name)
{
    static const int64_t front[] = {0, 3, 1, 2};
    bool used = false;
    for (int i = 0; i < model->n_nodes; i++) {
        const OnnxNode *node = &model->nodes[i];
        for (int k = 0; k < node->n_inputs; k++) {
            if (strcmp(node->inputs[k], name) || !strcmp(node->op, "Shape")) continue;
            const OnnxAttribute *a = onnx_attribute(node, "perm");
            if (strcmp(node->op, "Transpose") || !a || a->n != 4 || memcmp(a->wholes, front, sizeof front))
                return false;
            used = true;
        }
    }
    return used;
}

static void image_of(Import *m)
{
    const OnnxValue *image = NULL;
    for (int i = 0; i < m->model->n_inputs; i++) {
        const OnnxValue *v = &m->model->inputs[i];
        if (slot_of(m, v->name)) continue; /* an initializer */
        if (v->type == ONNX_BOOL) { /* whether it is training: of dropout */
            slot_new(m, v->name, SLOT_FLAG);
            continue;
        }
        if (image)
            fail("%s: there are two inputs, '%s' and '%s', against one image", m->model->path,
                 shown_name(m->arena, image->name), shown_name(m->arena, v->name));
        image = v;
    }
    if (!image) fail("%s: there is no input, against one image", m->model->path);
    const char *shown = shown_name(m->arena, image->name);
    if (image->type && image->type != ONNX_FLOAT)
        fail("%s: input '%s' is of type %d, against 1 (float)", m->model->path, shown, (int)image->type);
    if (image->rank < 2 || image->rank > 4)
        fail("%s: input '%s' has rank %d, against 2 to 4", m->model->path, shown, image->rank);
    int64_t dims[AXES] = {BATCH}, elements = 1;
    int axis[AXES];
    for (int i = 1; i < image->rank; i++) {
        dims[i] = image->dims[i];
        if (dims[i] < 1)
            fail("%s: axis %d of input '%s' has no fixed size; only the batch may have none: export with a fixed size",
                 m->model->path, i, shown);
        if (__builtin_mul_overflow(elements, dims[i], &elements) || elements > 1 << 28)
            fail("%s: input '%s' has more than 2^28 elements", m->model->path, shown);
    }
    m->batch = image->dims[0] > 0 ? image->dims[0] : 0;
    layout_plain(axis);
    if (image->rank == 4 && !channels_last(m->model, image->name)) layout_images(axis);
    m->image = expr_new(m, EXPR_INPUT, "image", 0, NULL);
    set_value(m, image->name, m->image, image->rank, dims, axis);
}

static void read_nodes(Import *m)
{
    const OnnxNode *end = m->model->nodes + m->model->n_nodes;
    for (m->node = m->model->nodes; m->node < end; m->node++) {
        const bool standard = !*m->node->domain || !strcmp(m->node->domain, "ai.onnx");
        m->module = node_module(m, m->node);
        if (!standard || !(fold_node(m) || layer_node(m) || norm_node(m) || point_node(m) || axes_node(m)))
            node_fail(m, "this op is not known");
    }
    m->node = NULL;
}

/* The logits, and what Grad-CAM wants: the features before they are averaged. */
static void find_ends(Import *m)
{
    const char *name = m->model->n_outputs ? m->model->outputs[0].name : NULL;
    if (!name) fail("%s: the graph has no output", m->model->path);
    Slot *s = slot_of(m, name);
    if (!is_value(s)) fail("%s: output '%s' does not depend on the image", m->model->path, shown_name(m->arena, name));
    if (s->rank != 2)
        fail("%s: output '%s' has rank %d, against 2 of logits", m->model->path, shown_name(m->arena, name), s->rank);
    if (m->model->n_outputs > 1)
        remark("%s: of %d outputs only the first, '%s', is taken", m->model->path, m->model->n_outputs,
               shown_name(m->arena, name));
    m->logits = s->value;
    m->classes = s->dims[1];
    if (m->logits->kind == EXPR_CALL && !strcmp(m->logits->word, "softmax")) {
        m->softmax = true;
        m->logits = m->logits->of[0];
    }
    if (m->logits == m->image) fail("%s: the logits are the image", m->model->path);
    const Expr *e = m->logits;
    while (e->n && !(e->kind == EXPR_CALL && !strcmp(e->word, "global_avg_pool"))) e = e->of[0];
    if (e->n && e->of[0]->kind != EXPR_INPUT && e->of[0]->kind != EXPR_NUMBER) m->features = e->of[0];
}

/* The features are a value of the file when nothing but its top level makes them. */
static void keep_features(Import *m)
{
    if (m->features && *m->features->module) m->features = NULL;
}

static void write_both(Import *m, const char *lua, const char *weights, const char *text)
{
    RtFile file;
    RtError error = {0};
    if (!rt_file_begin(&file, lua, &error) || !rt_file_add(&file, text, strlen(text), &error)) fail("%s", error.text);
    weights_write(m, weights);
    if (!rt_file_commit(&file, &error)) fail("%s", error.text);
}

Imported import_model(Arena *arena, const char *path, const char *lua)
{
    RtError error = {0};
    int64_t size;
    const int descriptor = rt_file_open(path, &size, &error);
    if (descriptor < 0) fail("%s", error.text);
    if (size < 1) fail("%s: it is empty", path);
    void *bytes = rt_bytes((size_t)size);
    size_t got;
    if (!bytes) fail("%s: no memory for %lld bytes", path, (long long)size);
    if (!rt_file_take(descriptor, path, bytes, (size_t)size, &got, &error)) fail("%s", error.text);
    close(descriptor);
    Import m = {.arena = arena, .model = onnx_read(arena, path, (WireBytes){bytes, got}, &error)};
    if (!m.model) fail("%s", error.text);
    NameTable *tables[] = {&m.slot_numbers,  &m.uses,    &m.direct_uses,  &m.module_uses,  &m.layers,
                           &m.weights_known, &m.targets, &m.target_names, &m.class_numbers};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) *tables[i] = name_table_new(arena);
    initializers(&m);
    names_open(&m);
    image_of(&m);
    read_nodes(&m);
    find_ends(&m);
    keep_features(&m);
    const char *name = base_name(arena, lua), *text = import_text(&m, name);
    Imported done = {.nodes = m.model->n_nodes,
                     .weights = arena_format(arena, "%.*s.safetensors", (int)strlen(lua) - 4, lua)};
    for (const char *c = text; *c; c++) done.lines += *c == '\n';
    for (int i = 0; i < m.n_weights; i++) done.numbers += m.weights[i].tensor->count;
    done.parameters = m.n_weights;
    if (m.n_folded)
        remark("%s: the exporter has folded %d batch norm%s into convolutions (%s%s): they can be trained, but not "
               "as the model was; export with optimize=False (dynamo), training=TrainingMode.PRESERVE in train mode "
               "(the older exporter) to keep them",
               path, m.n_folded, m.n_folded > 1 ? "s" : "", m.first_folded, m.n_folded > 1 ? ", ..." : "");
    write_both(&m, lua, done.weights, text);
    free(bytes);
    return done;
}
