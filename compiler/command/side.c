/* side.c - a graph file or a run as facts with names, for `tailor diff`. */
#include "command/side.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cam/network.h"
#include "emit/emission.h"
#include "graph/op.h"

#include "rt_settings.h"

/* The text of a writer, without the end of its line; the writer is gone. */
static const char *written(Arena *arena, RtJsonWriter *w)
{
    if (w->text.failed) fail("tailor: out of memory");
    const char *copy = arena_format(arena, "%.*s", (int)strcspn(w->text.data, "\n"), w->text.data);
    rt_text_free(&w->text);
    return copy;
}

/* Members of objects at the outer levels would stand on lines of their own. */
static RtJsonWriter inner_writer(void) { return (RtJsonWriter){.depth = 3}; }

static const char *number_json(Arena *arena, double number)
{
    RtJsonWriter w = inner_writer();
    rt_json_number(&w, NULL, number);
    return written(arena, &w);
}

static const char *string_json(Arena *arena, const char *string)
{
    RtJsonWriter w = inner_writer();
    rt_json_string(&w, NULL, string);
    return written(arena, &w);
}

/* The text as it is, or as JSON where a terminal would take some of it for a command. */
static const char *shown(Arena *arena, const char *text)
{
    const char *c = text;
    while (*c && (unsigned char)*c >= ' ' && *c != 127) c++;
    return *c ? string_json(arena, text) : text;
}

static Fact *add_fact(Side *side, FactKind kind, const char *name, const char *json, const char *text)
{
    Facts *f = &side->facts[kind];
    f->list = arena_grow(side->arena, f->list, f->n, &f->capacity, sizeof *f->list);
    f->list[f->n] = (Fact){.name = shown(side->arena, name), .json = json, .content = json, .text = text};
    return &f->list[f->n++];
}

static void add_word(Side *side, FactKind kind, const char *name, const char *word)
{
    add_fact(side, kind, name, string_json(side->arena, word), shown(side->arena, word));
}

static void add_number(Side *side, FactKind kind, const char *name, double number)
{
    const char *json = number_json(side->arena, number);
    add_fact(side, kind, name, json, json);
}

/* ---- inputs, parameters, states ---- */

static void add_leaf(Side *side, FactKind kind, const Experiment *x, const Parameter *p)
{
    static const char *const inits[] = {"constant", "uniform", "normal", "truncated normal", "class means"};
    Arena *arena = side->arena;
    const char *shape = type_text(arena, graph_at(x->graph, p->value)->type);
    RtJsonWriter w = inner_writer();
    rt_json_open(&w, NULL, '{');
    rt_json_string(&w, "shape", shape);
    rt_json_string(&w, "init", inits[p->init]);
    rt_json_number(&w, "value", p->init_value);
    if (kind == FACT_PARAMETER) rt_json_bool(&w, "decay", p->decay);
    if (p->frozen) rt_json_bool(&w, "frozen", true);
    rt_json_close(&w, '}');
    Fact *fact = add_fact(side, kind, p->name, written(arena, &w), shape);
    fact->detail = arena_format(arena, "%s %.6g%s", inits[p->init], p->init_value,
                                kind == FACT_STATE ? ""
                                : p->frozen        ? ", frozen"
                                : p->decay         ? ", decays"
                                                   : ", no decay");
}

static void add_leaves(Side *side, const Experiment *x)
{
    static const char *const kinds[] = {"image", "label", "mask", "view", "number"};
    for (int i = 0; i < x->n_options; i++)
        add_fact(side, FACT_OPTION, x->options[i].name, x->options[i].json, x->options[i].json);
    for (int i = 0; i < x->n_fields; i++) {
        const Field *f = &x->fields[i];
        Text text = text_new(side->arena);
        text_add(&text, "%s %s", kinds[f->kind], type_text(side->arena, graph_at(x->graph, f->value)->type));
        if (f->classes) text_add(&text, ", %lld classes", (long long)f->classes);
        add_word(side, FACT_INPUT, f->name, text.chars);
    }
    for (int i = 0; i < x->n_parameters; i++) add_leaf(side, FACT_PARAMETER, x, &x->parameters[i]);
    for (int i = 0; i < x->n_states; i++) add_leaf(side, FACT_STATE, x, &x->states[i]);
}

/* ---- values: the calls that make them ---- */

typedef struct Maker {
    Side *side;
    const Experiment *x;
    const Graph *g;
    const char **name;                 /* [g->n]: the global that names it, or NULL */
    /* of the value under way, [g->n]; all else is 0: */
    bool *needed;
    int *call;                         /* the number, from 1, of the call that made it */
    const char **outer;                /* its name, where no call of this value made it */
    char (**hash)[65];                 /* over all that it is computed from, up to what has a name */
} Maker;

static const char *label_name(const Maker *m, const Label *label)
{
    if (label->path) return label->path;
    if (label->of) return arena_format(m->side->arena, "%s.gradient", label_name(m, label->of));
    return label->constructor;
}

/* A leaf by its name in the file; a number by its digits; a table by its content. */
static const char *leaf_name(const Maker *m, Value v)
{
    const Node *node = graph_at(m->g, v);
    Arena *arena = m->side->arena;
    char hash[65];
    if (node->op == &op_input) return m->x->fields[field_of(m->x, node)].name;
    if (node->op == &op_parameter) return m->x->parameters[parameter_of(m->x, node)].name;
    if (node->op == &op_state) return m->x->states[state_of(m->x, node)].name;
    if (node->attr.n_reals == 1) return number_json(arena, node->attr.reals[0]);
    if (!node->attr.n_reals) return node->op->name;
    rt_sha256(node->attr.reals, (size_t)node->attr.n_reals * sizeof *node->attr.reals, hash);
    return arena_format(arena, "%s %.8s", node->op->name, hash);
}

static int compare_values(const void *a, const void *b)
{
    return *(const Value *)a < *(const Value *)b ? -1 : *(const Value *)a > *(const Value *)b;
}

/* The values that the root is computed from, up to what has a name, ascending.  Returns how many. */
static int values_behind(Maker *m, Value root, Value **values)
{
    int n = 0, capacity = 0;
    *values = arena_grow(m->side->arena, NULL, 0, &capacity, sizeof **values);
    (*values)[n++] = root;
    m->needed[root] = true;
    for (int at = 0; at < n; at++) {
        const Value v = (*values)[at];
        const Node *node = graph_at(m->g, v);
        if (node->op->kind == LEAF) m->outer[v] = leaf_name(m, v);
        else if (v != root) m->outer[v] = m->name[v];
        for (int i = 0; i < node->n_in && !m->outer[v]; i++) {
            if (m->needed[node->in[i]]) continue;
            m->needed[node->in[i]] = true;
            *values = arena_grow(m->side->arena, *values, n, &capacity, sizeof **values);
            (*values)[n++] = node->in[i];
        }
    }
    qsort(*values, (size_t)n, sizeof **values, compare_values);
    return n;
}

/* The op with its numbers; not those that shapes tell. */
static void add_op(Text *text, const Node *node)
{
    if (node->op == &op_reshape || node->op == &op_broadcast) return;
    text_add(text, text->length ? ", %s" : "%s", node->op->name);
    for (int i = 0; i < node->attr.n_ints && node->op != &op_custom; i++)
        text_add(text, " %lld", (long long)node->attr.ints[i]);
    for (int i = 0; i < node->attr.n_reals; i++) text_add(text, " %.17g", node->attr.reals[i]);
}

static void hash_value(Maker *m, Value v)
{
    const Node *node = graph_at(m->g, v);
    Text text = text_new(m->side->arena);
    if (m->outer[v]) text_add(&text, "%s", m->outer[v]);             /* its shape is a fact of its own */
    else text_add(&text, " %s ", type_text(m->side->arena, node->type)), add_op(&text, node);
    for (int i = 0; i < node->n_in && !m->outer[v]; i++) text_add(&text, " %s", *m->hash[node->in[i]]);
    m->hash[v] = arena_alloc(m->side->arena, sizeof *m->hash[v]);
    rt_sha256(text.chars, text.length, *m->hash[v]);
}

/* What is known of a call: its label, the texts of its step, the type of its last value. */
typedef struct Making { const Label *label; const char *name; Text takes, brief, constants, ops; Type type; } Making;

static Making *making_of(Maker *m, Value v, Making *made, int *n, NameTable *names)
{
    const Label *label = m->g->notes[v].label;
    for (int i = *n; i > 0 && label; i--)
        if (made[i - 1].label == label) return &made[(m->call[v] = i) - 1];
    const char *plain = label ? label_name(m, label) : graph_at(m->g, v)->op->name;
    const int number = ++*name_number(names, plain);
    Arena *arena = m->side->arena;
    made[*n] = (Making){label, number == 1 ? plain : arena_format(arena, "%s#%d", plain, number), text_new(arena),
                        text_new(arena), text_new(arena), text_new(arena), graph_at(m->g, v)->type};
    m->call[v] = ++*n;
    return &made[*n - 1];
}

static void add_to_list(Text *list, const char *name) { text_add(list, list->length ? ", %s" : "%s", name); }

/* Is a value a constant that the call brings along to one of its ops, and not an argument of it? */
static bool is_inner_constant(const Maker *m, Value v, const Node *user, const Label *label)
{
    const Op *op = graph_at(m->g, v)->op;
    return op == &op_constant && label && strcmp(label_constructor(label), user->op->name);
}

/* The calls between what has a name and the root.  Nodes that were made together are one. */
static void add_steps(Maker *m, Fact *fact, Value root)
{
    Arena *arena = m->side->arena;
    Value *values;
    const int n_values = values_behind(m, root, &values);
    Making *made = arena_array(arena, n_values, sizeof *made);
    NameTable names = name_table_new(arena), taken = name_table_new(arena);
    int n = 0;
    for (int k = 0; k < n_values; k++) {
        const Value v = values[k];
        const Node *node = graph_at(m->g, v);
        hash_value(m, v);
        if (m->outer[v]) continue;
        Making *call = making_of(m, v, made, &n, &names);
        for (int i = 0; i < node->n_in; i++) {
            const Value in = node->in[i];
            const char *from = m->outer[in] ? m->outer[in] : made[m->call[in] - 1].name;
            if (m->call[in] == m->call[v] || (*name_number(&taken, arena_format(arena, "%d %s", m->call[v], from)))++)
                continue;
            add_to_list(&call->takes, from);
            add_to_list(is_inner_constant(m, in, node, call->label) ? &call->constants : &call->brief, from);
        }
        add_op(&call->ops, node);
        call->type = node->type;
    }
    fact->n_steps = n;
    fact->steps = arena_array(arena, n, sizeof *fact->steps);
    for (int c = 0; c < n; c++) {
        const Label *label = made[c].label;
        const char *does = label ? label_constructor(label) : "";
        const char *left = arena_format(arena, "%s = %s%s", made[c].name, does,
                                        label && label->of ? " gradient" : ""),
                   *type = type_text(arena, made[c].type);
        fact->steps[c] = (Step){.name = made[c].name, .ops = made[c].ops.chars,
                                .head = arena_format(arena, "%s(%s) %s", left, made[c].takes.chars, type),
                                .brief = arena_format(arena, "%s(%s) %s", left, made[c].brief.chars, type),
                                .constants = made[c].constants.chars};
    }
    fact->content = *m->hash[root];
    for (int k = 0; k < n_values; k++)
        m->needed[values[k]] = false, m->call[values[k]] = 0, m->outer[values[k]] = NULL, m->hash[values[k]] = NULL;
}

static void add_value(Maker *m, const char *name, Value v)
{
    Arena *arena = m->side->arena;
    const char *shape = type_text(arena, graph_at(m->g, v)->type);
    Fact *fact = add_fact(m->side, FACT_VALUE, name, NULL, shape);
    /* a loss, metric or output that has a name of its own in the file is that value */
    if (strcmp(name, m->name[v] ? m->name[v] : name)) {
        fact->n_steps = 1;
        fact->steps = arena_alloc(arena, sizeof *fact->steps);
        *fact->steps = (Step){.name = m->name[v], .head = m->name[v], .brief = m->name[v], .ops = "", .constants = ""};
        fact->content = arena_format(arena, "%s %s", shape, m->name[v]);
    } else add_steps(m, fact, v);
    RtJsonWriter w = inner_writer();
    rt_json_open(&w, NULL, '{');
    rt_json_string(&w, "shape", shape);
    rt_json_open(&w, "made", '[');
    for (int i = 0; i < fact->n_steps; i++)
        rt_json_string(&w, NULL, *fact->steps[i].ops ? arena_format(arena, "%s: %s", fact->steps[i].head,
                                                                    fact->steps[i].ops)
                                                     : fact->steps[i].head);
    rt_json_close(&w, ']');
    rt_json_close(&w, '}');
    fact->json = written(arena, &w);
}

static void add_values(Side *side, const Experiment *x)
{
    const int n = x->graph->n;
    Maker m = {.side = side, .x = x, .g = x->graph, .name = arena_array(side->arena, n, sizeof *m.name),
               .needed = arena_array(side->arena, n, sizeof *m.needed),
               .call = arena_array(side->arena, n, sizeof *m.call),
               .outer = arena_array(side->arena, n, sizeof *m.outer),
               .hash = arena_array(side->arena, n, sizeof *m.hash)};
    for (int i = 0; i < x->n_values; i++) m.name[x->values[i].value] = x->values[i].name;
    for (int i = 0; i < x->n_values; i++)
        if (graph_at(x->graph, x->values[i].value)->op->kind != LEAF)
            add_value(&m, x->values[i].name, x->values[i].value);
    if (x->loss) add_value(&m, "loss", x->loss);
    for (int i = 0; i < x->n_metrics; i++)
        add_value(&m, arena_format(side->arena, "metric %s", x->metrics[i].name), x->metrics[i].value);
    for (int i = 0; i < x->n_outputs; i++)
        add_value(&m, arena_format(side->arena, "output %s", x->outputs[i].name), x->outputs[i].value);
}

/* ---- train{} ---- */

static void add_train(Side *side, const Experiment *x)
{
    for (const RtSetting *s = rt_settings; s->name; s++) {
        const char *name = s->of ? arena_format(side->arena, "%s.%s", s->of, s->name) : s->name;
        if (s->kind == RT_SETTING_WORD || (s->kind == RT_SETTING_MAKER && !s->words))
            add_word(side, FACT_TRAIN, name, rt_setting_word(s, &x->train));
        else if (s->kind == RT_SETTING_MAKER || (s->kind == RT_SETTING_FLAG && s->words))
            add_word(side, FACT_TRAIN, name, s->words[(int)rt_setting_number(s, &x->train)].word);
        else if (s->kind == RT_SETTING_CHANNELS) {
            const RtNormalize *by = &x->train.normalize;
            Text text = text_new(side->arena);
            text_add(&text, by->by_name ? "by name" : by->n ? "" : "none");
            for (int i = 0; i < by->n; i++)
                text_add(&text, "%s%s / %s", i ? ", " : "", number_json(side->arena, by->mean[i]),
                         number_json(side->arena, by->sd[i]));
            add_word(side, FACT_TRAIN, name, text.chars);
        } else if (s->kind != RT_SETTING_GROUP) add_number(side, FACT_TRAIN, name, rt_setting_number(s, &x->train));
    }
}

/* ---- a run ---- */

/* A number, string or boolean of run.json; nothing where it is absent. */
static void add_node(Side *side, FactKind kind, const char *name, const RtJsonNode *node)
{
    if (!node) return;
    if (node->kind == RT_JSON_STRING) add_word(side, kind, name, node->string);
    else if (node->kind == RT_JSON_NUMBER && node->is_integer) {
        const char *json = arena_format(side->arena, "%lld", (long long)node->integer);
        add_fact(side, kind, name, json, json);
    } else if (node->kind == RT_JSON_NUMBER) add_number(side, kind, name, node->number);
}

/* What run.json says of a setting that the graph file leaves to the run. */
static void replace(Side *side, const char *name, const RtJsonNode *node)
{
    Facts *f = &side->facts[FACT_TRAIN];
    for (int i = 0; i < f->n; i++)
        if (node && !strcmp(f->list[i].name, name)) {
            const int end = f->n;
            add_node(side, FACT_TRAIN, name, node);
            if (f->n > end) f->list[i] = f->list[f->n = end];
        }
}

static int64_t whole_of(const RunRecord *r, const char *key)
{
    const RtJsonNode *node = rt_json_get(&r->json, &r->json.nodes[0], key);
    if (!node || node->kind != RT_JSON_NUMBER || !node->is_integer) fail("%s: no %s in it", r->path, key);
    return node->integer;
}

static void add_run(Side *side, const RunRecord *r)
{
    static const char *const keys[] = {"split",           "numerics",        "tailor_version", "workspace_bytes",
                                       "experiment_hash", "weights_sha256"};
    const RtJson *json = &r->json;
    const RtJsonNode *top = &json->nodes[0], *data = rt_json_get(json, top, "data"),
                     *metrics = rt_json_get(json, top, "metrics");
    const RtJsonNode *hashes = data && data->kind == RT_JSON_OBJECT ? rt_json_get(json, data, "sha256") : NULL;
    replace(side, "data", rt_json_get(json, data, "name"));
    replace(side, "seed", rt_json_get(json, top, "seed"));
    replace(side, "epochs", rt_json_get(json, top, "epochs"));
    for (int k = hashes && hashes->kind == RT_JSON_OBJECT && hashes->n ? hashes->first : 0; k; k = json->nodes[k].next)
        add_node(side, FACT_RUN, arena_format(side->arena, "data %s", json->nodes[k].key), &json->nodes[k]);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        add_node(side, FACT_RUN, keys[i], rt_json_get(json, top, keys[i]));
    for (int k = metrics && metrics->kind == RT_JSON_OBJECT && metrics->n ? metrics->first : 0; k;
         k = json->nodes[k].next)
        if (json->nodes[k].kind == RT_JSON_NUMBER)
            add_fact(side, FACT_METRIC, json->nodes[k].key, number_json(side->arena, json->nodes[k].number),
                     arena_format(side->arena, "%.8g", json->nodes[k].number));
    side->flops_forward = whole_of(r, "flops_forward");
    side->flops_step = whole_of(r, "flops_step");
}

Side *side_read(Arena *arena, const char *path, int n_settings, const Setting *settings)
{
    struct stat about;
    Side *side = arena_alloc(arena, sizeof *side);
    *side = (Side){.arena = arena, .path = path, .is_run = stat(path, &about) == 0 && S_ISDIR(about.st_mode)};
    RunRecord record = {0};
    const char *graph = path;
    if (side->is_run) {
        record = read_record(arena, path);
        graph = graph_of_run(arena, path, record.name);
        n_settings = record.n_settings, settings = record.settings;
    }
    Experiment *x = load(arena, graph, n_settings, settings);
    side->graph_hash = x->graph_hash;
    if (side->is_run && strcmp(x->graph_hash, record.graph_hash))
        fail("%s: graph_hash is %.64s, against %s of %s with the run's options", record.path, record.graph_hash,
             x->graph_hash, graph);
    add_leaves(side, x);
    add_values(side, x);
    add_train(side, x);
    if (side->is_run) add_run(side, &record);
    else {
        const Passes passes = {0};
        const Emission *e = emission_new(x, x->batch, &passes);
        side->flops_forward = e->flops_forward, side->flops_step = e->flops_step;
    }
    return side;
}
