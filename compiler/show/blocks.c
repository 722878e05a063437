/* blocks.c - values folded into blocks, as a person would draw them.
 *
 * Values that one call made belong together (Label).  A layer in a scope belongs to the block of its scope, and so do
 * the calls that follow a layer there, whose paths begin with its name.  Sums and products by which terms become the
 * loss are the block of the objective.  Gradients that the objective asks for belong to the call that asked. */
#include "show/show.h"

#include <string.h>

/* Before names of blocks that are no layer's, so that a layer of that name is another block. */
enum { OF_INPUT = '<', OF_OBJECTIVE = '>' };

typedef struct Folding {
    Arena *arena;
    const Experiment *x;
    const Graph *g;
    bool *needed, *predicted;          /* [g->n] */
    bool *varies, *trained;            /* [g->n]: computed from an input or a parameter; from a parameter */
    bool no_scores;                    /* nothing is predicted */
    NameTable layers;                  /* paths of calls that have parameters */
    const char **names;                /* [g->n]: the block of a value; NULL: none */
} Folding;

static bool is_leaf_of(const Node *node, const Op *op) { return node->op == op; }

static bool is_gradient(const Graph *g, Value v) { return g->notes[v].label && g->notes[v].label->of; }

/* Values of calls that have parameters. */
static Value *layers_of(const Folding *f, int *n)
{
    Value *list = arena_array(f->arena, f->g->n, sizeof *list);
    NameTable paths = name_table_new(f->arena);
    for (Value v = 1; v < f->g->n; v++) {
        const Label *label = f->g->notes[v].label;
        if (!f->needed[v] || !label || !label->path) continue;
        if (is_leaf_of(graph_at(f->g, v), &op_parameter)) *name_number(&paths, label->path) = 1;
        else if (name_known(&paths, label->path)) list[(*n)++] = v;
    }
    return list;
}

static void find_values(Folding *f)
{
    const Experiment *x = f->x;
    const Graph *g = f->g;
    int n = 0, m = 0;
    Value *roots = arena_array(f->arena, 1 + x->n_outputs + x->n_values, sizeof *roots),
          *scores = arena_array(f->arena, 1 + x->n_outputs + x->n_values, sizeof *roots);
    if (x->loss) roots[n++] = x->loss;
    for (int i = 0; i < x->n_outputs; i++) roots[n++] = x->outputs[i].value;
    for (int i = 0; i < x->n_values; i++)
        if (!strcmp(x->values[i].name, "logits")) scores[m++] = roots[n++] = x->values[i].value;
    for (int i = 0; i < x->n_values && !n; i++) roots[n++] = x->values[i].value;
    for (int i = 0; i < x->n_outputs && !m; i++) scores[m++] = x->outputs[i].value;
    f->needed = graph_needed(f->arena, g, n, roots, NULL);
    f->no_scores = !m;
    if (!m && x->loss) scores = layers_of(f, &m);                  /* up to the last layer */
    f->predicted = m ? graph_needed(f->arena, g, m, scores, NULL) : f->needed;
    f->varies = arena_array(f->arena, g->n, sizeof(bool));
    f->trained = arena_array(f->arena, g->n, sizeof(bool));
    for (Value v = 1; v < g->n; v++) {
        const Node *node = graph_at(g, v);
        const bool parameter = is_leaf_of(node, &op_parameter);
        f->trained[v] = parameter;
        f->varies[v] = parameter || is_leaf_of(node, &op_input) || is_leaf_of(node, &op_state);
        for (int i = 0; i < node->n_in; i++) {
            f->trained[v] |= f->trained[node->in[i]];
            f->varies[v] |= f->varies[node->in[i]];
        }
        if (parameter && g->notes[v].label && g->notes[v].label->path)
            *name_number(&f->layers, g->notes[v].label->path) = 1;
    }
}

static const char *without_last(Arena *arena, const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? arena_format(arena, "%.*s", (int)(dot - path), path) : NULL;
}

static const char *block_of_layer(Arena *arena, const char *path)
{
    const char *scope = without_last(arena, path);
    return scope ? scope : path;
}

/* The block of a value by the path of its call; NULL: it has no path. */
static const char *block_by_path(const Folding *f, Value v)
{
    const Note *note = &f->g->notes[v];
    if (is_leaf_of(graph_at(f->g, v), &op_input))
        return arena_format(f->arena, "%c%s", OF_INPUT, f->x->fields[field_of(f->x, graph_at(f->g, v))].name);
    if (!note->label || !note->label->path) return note->name ? note->name : label_text(f->g, v);
    const char *path = note->label->path;
    if (name_known(&f->layers, path)) return block_of_layer(f->arena, path);
    const char *before = without_last(f->arena, path);
    if (!before) return path;
    if (!name_known(&f->layers, before)) return before;
    if (f->no_scores && !f->predicted[v]) return arena_format(f->arena, "%cobjective", OF_OBJECTIVE);
    return block_of_layer(f->arena, before);
}

/* Sums and products at the end of the objective, which only the loss reads: they are what its terms become. */
static void fold_objective(Folding *f)
{
    static const Op *const glue[] = {&op_add, &op_sub, &op_mul, &op_div, &op_neg, &op_reshape};
    const Graph *g = f->g;
    bool *read = arena_array(f->arena, g->n, sizeof *read);        /* by something that is no part of the end */
    if (!f->x->loss || f->predicted[f->x->loss]) return;
    for (Value v = f->x->loss; v > 0; v--) {
        if (!f->needed[v]) continue;
        const Node *node = graph_at(g, v);
        const Label *label = g->notes[v].label;
        bool plain = false;
        for (size_t i = 0; i < sizeof glue / sizeof *glue; i++) plain = plain || node->op == glue[i];
        const bool term = label && label->path && strcmp(label->constructor, node->op->name);
        const bool end = plain && !read[v] && !term && !is_gradient(g, v) && !f->predicted[v];
        if (end) f->names[v] = arena_format(f->arena, "%cobjective", OF_OBJECTIVE);
        for (int i = 0; i < node->n_in; i++) read[node->in[i]] |= !end;
    }
}

static void name_blocks(Folding *f)
{
    const char *asked = NULL;
    for (Value v = 1; v < f->g->n; v++) {
        const Node *node = graph_at(f->g, v);
        if (!is_gradient(f->g, v)) asked = block_by_path(f, v);
        if (!f->needed[v] || !f->varies[v]) continue;
        f->names[v] = is_gradient(f->g, v) && node->n_in ? asked : block_by_path(f, v);
    }
    fold_objective(f);
}

/* How many parts the longest name of a block has. */
static int depth_of(const Folding *f)
{
    int most = 1;
    for (Value v = 1; v < f->g->n; v++) {
        int n = 1;
        for (const char *c = f->names[v] ? f->names[v] : ""; *c; c++) n += *c == '.';
        if (n > most) most = n;
    }
    return most;
}

static int count_blocks(const Folding *f)
{
    NameTable seen = name_table_new(f->arena);
    int n = 0;
    for (Value v = 1; v < f->g->n; v++)
        if (f->names[v]) n += !(*name_number(&seen, f->names[v]))++;
    return n;
}

static void cut_names(const Folding *f, int parts)
{
    for (Value v = 1; v < f->g->n; v++) {
        const char *name = f->names[v], *c = name ? name : "";
        for (int n = 0; *c && (*c != '.' || ++n < parts); c++) continue;
        if (*c) f->names[v] = arena_format(f->arena, "%.*s", (int)(c - name), name);
    }
}

/* "conv2d x 2, relu": the calls whose values a block has. */
static const char *calls_of(Arena *arena, const Graph *g, const Block *block)
{
    NameTable numbers = name_table_new(arena), counted = name_table_new(arena);
    const char **names = arena_array(arena, block->n_values, sizeof *names);
    int *times = arena_array(arena, block->n_values, sizeof *times), n = 0;
    for (int i = 0; i < block->n_values; i++) {
        const Value v = block->values[i];
        const Label *label = g->notes[v].label;
        if (is_gradient(g, v)) continue;
        const char *constructor = label ? label_constructor(label) : graph_at(g, v)->op->name;
        const char *call = arena_format(arena, "%s %s", constructor, label && label->path ? label->path : "");
        if ((*name_number(&counted, call))++) continue;
        int *number = name_number(&numbers, constructor);
        if (!*number) names[n] = constructor, *number = ++n;
        times[*number - 1]++;
    }
    Text text = text_new(arena);
    for (int i = 0; i < n; i++) {
        text_add(&text, "%s%s", i ? ", " : "", names[i]);
        if (times[i] > 1) text_add(&text, " x %d", times[i]);
    }
    return text.chars;
}

static void add_arrow(Arena *arena, Blocks *b, int from, int to, ArrowKind kind)
{
    for (int i = 0; i < b->n_arrows; i++)
        if (b->arrows[i].from == from && b->arrows[i].to == to) {
            /* one that anything but a gradient reads is no arrow of gradients alone */
            if (b->arrows[i].kind == ARROW_BACKWARD || kind == ARROW_OBJECTIVE) b->arrows[i].kind = kind;
            return;
        }
    b->arrows = arena_grow(arena, b->arrows, b->n_arrows, &b->arrows_capacity, sizeof *b->arrows);
    b->arrows[b->n_arrows++] = (Arrow){.from = from, .to = to, .kind = kind};
}

static void find_arrows(const Folding *f, Blocks *b, const int *block)
{
    for (Value v = 1; v < f->g->n; v++) {
        const Node *node = graph_at(f->g, v);
        for (int i = 0; i < node->n_in && f->names[v]; i++) {
            const Value from = node->in[i];
            if (!f->names[from] || block[from] == block[v]) continue;
            const Block *a = &b->blocks[block[from]], *z = &b->blocks[block[v]];
            const bool enters = !a->objective && z->objective && f->trained[from];
            add_arrow(f->arena, b, block[from], block[v],
                      is_gradient(f->g, v) ? ARROW_BACKWARD : enters ? ARROW_OBJECTIVE : ARROW_DATA);
            b->blocks[block[from]].result = from;
        }
    }
}

static void add_value(const Folding *f, Block *block, Value v)
{
    const Node *node = graph_at(f->g, v);
    block->values[block->n_values++] = v;
    block->input = is_leaf_of(node, &op_input);
    block->objective = block->objective && !f->predicted[v];
    block->backward = block->backward || is_gradient(f->g, v);
    if (is_leaf_of(node, &op_parameter)) {
        block->parameters += type_count(node->type, 1);
        if (f->x->parameters[parameter_of(f->x, node)].frozen) block->frozen += type_count(node->type, 1);
    }
    const int64_t batch = f->x->batch ? f->x->batch : 1;
    if (node->op->cost) block->flops += (int64_t)(node->op->cost(f->g, v, batch).flops / (double)batch);
}

static Blocks *collect(const Folding *f)
{
    Blocks *b = arena_alloc(f->arena, sizeof *b);
    NameTable numbers = name_table_new(f->arena);
    int *block = arena_array(f->arena, f->g->n, sizeof *block);
    int *size = arena_array(f->arena, f->g->n, sizeof *size);
    b->experiment = f->x;
    for (Value v = 1; v < f->g->n; v++) {
        if (!f->names[v]) continue;
        int *number = name_number(&numbers, f->names[v]);
        if (!*number) {
            b->blocks = arena_grow(f->arena, b->blocks, b->n, &b->capacity, sizeof *b->blocks);
            const bool plain = *f->names[v] != OF_INPUT && *f->names[v] != OF_OBJECTIVE;
            b->blocks[b->n] = (Block){.name = f->names[v] + (plain ? 0 : 1), .objective = true};
            *number = ++b->n;
        }
        block[v] = *number - 1;
        size[block[v]]++;
    }
    for (int i = 0; i < b->n; i++) b->blocks[i].values = arena_array(f->arena, size[i], sizeof(Value));
    for (Value v = 1; v < f->g->n; v++)
        if (f->names[v]) add_value(f, &b->blocks[block[v]], v);
    find_arrows(f, b, block);
    for (int i = 0; i < b->n; i++) {
        Block *one = &b->blocks[i];
        one->objective = one->objective && !one->input;
        one->calls = calls_of(f->arena, f->g, one);
        if (!one->result) one->result = one->values[one->n_values - 1];
    }
    return b;
}

Blocks *blocks_of(Arena *arena, const Experiment *x)
{
    Folding f = {.arena = arena, .x = x, .g = x->graph, .layers = name_table_new(arena)};
    f.names = arena_array(arena, x->graph->n, sizeof *f.names);
    find_values(&f);
    name_blocks(&f);
    for (int parts = depth_of(&f) - 1; parts > 0 && count_blocks(&f) > MOST_BLOCKS; parts--) cut_names(&f, parts);
    return collect(&f);
}
