/* graph.c - nodes, types and axes.
 *
 * The type of a new node is inferred by its op's shape rule.  A node that equals an earlier one (op, inputs,
 * attributes) is that earlier one, so there are no common subexpressions.  Names and lines are notes beside the nodes:
 * two names for one value do not make two values. */
#include "graph/op.h"

#include <stdlib.h>
#include <string.h>

int op_count(void)
{
    int n = 0;
#define OP_ITEM(id) n++;
#include "op_list.h"
#undef OP_ITEM
    return n;
}

const Op *op_at(int i)
{
    static const Op *const all[] = {
#define OP_ITEM(id) &op_##id,
#include "op_list.h"
#undef OP_ITEM
    };
    return all[i];
}

/* ---- axes and types ---- */

int64_t dim_size(Dim dim, int64_t batch) { return dim < 0 ? -dim * batch : dim; }

bool is_single(Type type) { return type_count(type, 1) == 1 && !type_has_batch(type); }

bool is_dense(Type type)
{
    for (int i = 1; i < type.rank; i++)
        if (type.dims[i] < 0) return false;
    return true;
}

Dim dim_product(int n, const Dim *dims)
{
    Dim product = 1;
    for (int i = 0; i < n; i++) {
        if (product < 0 && dims[i] < 0) return 0;
        if (__builtin_mul_overflow(product, dims[i], &product)) return 0;
    }
    return product;
}

bool same_dims(Type a, Type b) { return a.rank == b.rank && !memcmp(a.dims, b.dims, (size_t)a.rank * sizeof *a.dims); }

bool type_equal(Type a, Type b) { return a.elem == b.elem && same_dims(a, b); }

Type loops_of(const Graph *g, Value v)
{
    const Node *node = graph_at(g, v);
    return node->op->kind == REDUCE ? graph_at(g, node->in[0])->type : node->type;
}

int64_t type_count(Type type, int64_t batch)
{
    int64_t count = 1;
    for (int i = 0; i < type.rank; i++)
        if (__builtin_mul_overflow(count, dim_size(type.dims[i], batch), &count) || count > (int64_t)1 << 40) return -1;
    return count;
}

bool type_has_batch(Type type)
{
    for (int i = 0; i < type.rank; i++)
        if (type.dims[i] < 0) return true;
    return false;
}

const char *type_text(Arena *arena, Type type)
{
    Text text = text_new(arena);
    text_add(&text, "[");
    for (int i = 0; i < type.rank; i++) {
        if (i) text_add(&text, ", ");
        if (type.dims[i] == BATCH_DIM) text_add(&text, "batch");
        else if (type.dims[i] < 0) text_add(&text, "%lld*batch", (long long)-type.dims[i]);
        else text_add(&text, "%lld", (long long)type.dims[i]);
    }
    text_add(&text, "]%s", type.elem == INT ? " int" : "");
    return text.chars;
}

Attr attr_ints(Arena *arena, int n, const int64_t *ints)
{
    int64_t *copy = arena_array(arena, n, sizeof *copy);
    if (n) memcpy(copy, ints, (size_t)n * sizeof *copy);
    return (Attr){.n_ints = n, .ints = copy};
}

Attr attr_leaf(Arena *arena, Type type, const char *name, int n_more, const int64_t *more)
{
    int64_t *ints = arena_array(arena, 2 + type.rank + n_more, sizeof *ints);
    ints[0] = type.elem, ints[1] = type.rank;
    for (int i = 0; i < type.rank; i++) ints[2 + i] = type.dims[i];
    for (int i = 0; i < n_more; i++) ints[2 + type.rank + i] = more[i];
    return (Attr){.n_ints = 2 + type.rank + n_more, .ints = ints, .text = name};
}

Type attr_type(const Attr *attr)
{
    Type type = {.elem = (Elem)attr->ints[0], .rank = (int)attr->ints[1]};
    for (int i = 0; i < type.rank; i++) type.dims[i] = attr->ints[2 + i];
    return type;
}

/* ---- nodes ---- */

/* An empty graph with room for so many nodes at first. */
static Graph *graph_for(Arena *arena, int nodes)
{
    Graph *graph = arena_alloc(arena, sizeof *graph);
    graph->arena = arena;
    graph->n = 1;
    graph->capacity = nodes < 64 ? 64 : nodes;
    graph->nodes = arena_array(arena, graph->capacity, sizeof *graph->nodes);
    graph->notes = arena_array(arena, graph->capacity, sizeof *graph->notes);
    graph->next = arena_array(arena, graph->capacity, sizeof *graph->next);
    graph->n_buckets = graph->capacity * 2;
    graph->buckets = arena_array(arena, graph->n_buckets, sizeof *graph->buckets);
    return graph;
}

Graph *graph_new(Arena *arena) { return graph_for(arena, 64); }

Graph *graph_like(const Graph *graph, int nodes)
{
    Graph *result = graph_for(graph->arena, nodes);
    result->largest_tile = graph->largest_tile;
    result->tuning = graph->tuning;
    return result;
}

static void *copy_array(Arena *arena, const void *array, int n, int capacity, size_t size)
{
    return memcpy(arena_array(arena, capacity, size), array, (size_t)n * size);
}

Graph *graph_copy(const Graph *graph)
{
    Graph *copy = arena_alloc(graph->arena, sizeof *copy);
    *copy = *graph;
    copy->nodes = copy_array(graph->arena, graph->nodes, graph->n, graph->capacity, sizeof *graph->nodes);
    copy->notes = copy_array(graph->arena, graph->notes, graph->n, graph->capacity, sizeof *graph->notes);
    copy->next = copy_array(graph->arena, graph->next, graph->n, graph->capacity, sizeof *graph->next);
    copy->buckets = copy_array(graph->arena, graph->buckets, graph->n_buckets, graph->n_buckets,
                               sizeof *graph->buckets);
    copy->on_error = NULL;
    return copy;
}

const Node *graph_at(const Graph *graph, Value value)
{
    if (value <= 0 || value >= graph->n) bug("value %d of a graph of %d nodes", value, graph->n);
    return &graph->nodes[value];
}

_Noreturn void graph_error(Graph *graph, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (graph->on_error) graph->on_error(graph->error_context, text);
    bug("%s", text);
}

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) hash = (hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3u;
    return hash;
}

static uint64_t hash_node(const Op *op, int n_in, const Value *in, const Attr *attr)
{
    uint64_t hash = hash_bytes(0xcbf29ce484222325u, op->name, strlen(op->name));
    if (n_in) hash = hash_bytes(hash, in, (size_t)n_in * sizeof *in);
    if (attr->n_ints) hash = hash_bytes(hash, attr->ints, (size_t)attr->n_ints * sizeof *attr->ints);
    if (attr->n_reals) hash = hash_bytes(hash, attr->reals, (size_t)attr->n_reals * sizeof *attr->reals);
    if (attr->text) hash = hash_bytes(hash, attr->text, strlen(attr->text));
    return hash ^ hash >> 29;
}

static bool same_bytes(const void *a, const void *b, size_t bytes) { return bytes == 0 || !memcmp(a, b, bytes); }

static bool same_node(const Node *node, const Op *op, int n_in, const Value *in, const Attr *attr)
{
    return node->op == op && node->n_in == n_in && node->attr.n_ints == attr->n_ints &&
           node->attr.n_reals == attr->n_reals && same_bytes(node->in, in, (size_t)n_in * sizeof *in) &&
           same_bytes(node->attr.ints, attr->ints, (size_t)attr->n_ints * sizeof *attr->ints) &&
           same_bytes(node->attr.reals, attr->reals, (size_t)attr->n_reals * sizeof *attr->reals) &&
           !node->attr.text == !attr->text && (!attr->text || !strcmp(node->attr.text, attr->text));
}

/* The type of a pointwise result: equal ranks with axes equal or 1; rank 0 goes with anything. */
static bool broadcast_shape(Shape *shape)
{
    Type *out = &shape->out;
    out->rank = 0;
    for (int i = 0; i < shape->n_in; i++) {
        const Type *in = &shape->in[i];
        if (in->rank == 0) continue;
        if (out->rank == 0) {
            out->rank = in->rank;
            memcpy(out->dims, in->dims, sizeof out->dims);
            continue;
        }
        bool fits = in->rank == out->rank;
        for (int k = 0; fits && k < out->rank; k++) {
            if (out->dims[k] == 1) out->dims[k] = in->dims[k];
            else fits = in->dims[k] == 1 || in->dims[k] == out->dims[k];
        }
        if (!fits) {
            snprintf(shape->error, sizeof shape->error, "%s against %s", type_text(shape->graph->arena, shape->in[0]),
                     type_text(shape->graph->arena, *in));
            return false;
        }
    }
    return true;
}

static void grow(Graph *graph)
{
    int capacity = graph->capacity;
    graph->nodes = arena_grow(graph->arena, graph->nodes, graph->n, &capacity, sizeof *graph->nodes);
    capacity = graph->capacity;
    graph->notes = arena_grow(graph->arena, graph->notes, graph->n, &capacity, sizeof *graph->notes);
    capacity = graph->capacity;
    graph->next = arena_grow(graph->arena, graph->next, graph->n, &capacity, sizeof *graph->next);
    graph->capacity = capacity;
    graph->n_buckets = capacity * 2;
    graph->buckets = arena_array(graph->arena, graph->n_buckets, sizeof *graph->buckets);
    for (Value v = 1; v < graph->n; v++) {
        const Node *node = &graph->nodes[v];
        uint64_t bucket = hash_node(node->op, node->n_in, node->in, &node->attr) % (uint64_t)graph->n_buckets;
        graph->next[v] = graph->buckets[bucket];
        graph->buckets[bucket] = v;
    }
}

static Value append(Graph *graph, uint64_t hash, Node node, Note note)
{
    if (graph->n >= graph->capacity) grow(graph);
    const Value value = graph->n++;
    Value *inputs = arena_array(graph->arena, node.n_in, sizeof *inputs);
    if (node.n_in) memcpy(inputs, node.in, (size_t)node.n_in * sizeof *inputs);
    node.in = inputs;
    graph->nodes[value] = node;
    graph->notes[value] = note;
    const uint64_t bucket = hash % (uint64_t)graph->n_buckets;
    graph->next[value] = graph->buckets[bucket];
    graph->buckets[bucket] = value;
    return value;
}

Value graph_add(Graph *graph, const Op *op, int n_in, const Value *in, Attr attr)
{
    uint64_t hash = hash_node(op, n_in, in, &attr);
    for (Value v = graph->buckets[hash % (uint64_t)graph->n_buckets]; v; v = graph->next[v])
        if (!graph->notes[v].again_of && same_node(&graph->nodes[v], op, n_in, in, &attr)) return v;

    enum { FEW = 8 };
    Type few[FEW], *types = n_in <= FEW ? few : arena_array(graph->arena, n_in, sizeof *types);
    for (int i = 0; i < n_in; i++) types[i] = graph_at(graph, in[i])->type;
    Shape shape = {.graph = graph, .n_in = n_in, .in = types, .attr = &attr};
    if (op->arity >= 0 && n_in != op->arity) bug("%s of %d inputs, it takes %d", op->name, n_in, op->arity);
    shape.out.elem = op->elem;
    bool fits = op->shape ? op->shape(&shape) : broadcast_shape(&shape);
    if (!fits) graph_error(graph, "%s: %s", op->name, shape.error);
    /* a batch of a million is far beyond any real one: a type that fits then can not overflow later */
    if (type_count(shape.out, 1) < 0 || type_count(shape.out, 1) > (int64_t)1 << 31)
        graph_error(graph, "%s: a value of shape %s has more than 2^31 elements a sample", op->name,
                    type_text(graph->arena, shape.out));
    if (graph->node_limit && graph->n > graph->node_limit)
        graph_error(graph, "more than %lld values", (long long)graph->node_limit);

    return append(graph, hash, (Node){op, n_in, in, attr, shape.out},
                  (Note){.line = graph->line, .label = graph->label});
}

const char *label_text(const Graph *graph, Value v)
{
    const Label *label = graph->notes[v].label;
    return label ? label->constructor : graph_at(graph, v)->op->name;
}

const char *label_constructor(const Label *label)
{
    const char *dot = strrchr(label->constructor, '.');
    return dot ? dot + 1 : label->constructor;
}

Label *label_gradient(Graph *graph, Label *label)
{
    if (!label || label->gradient) return label ? label->gradient : NULL;
    label->gradient = arena_alloc(graph->arena, sizeof *label);
    *label->gradient = (Label){.constructor = label->constructor, .of = label};
    return label->gradient;
}

Value graph_add_again(Graph *graph, Value of, int n_in, const Value *in)
{
    Node node = *graph_at(graph, of);
    Note note = graph->notes[of];
    node.in = in;
    for (int i = 0; i < n_in; i++)
        if (n_in != node.n_in ||
            !type_equal(graph_at(graph, in[i])->type, graph_at(graph, graph->nodes[of].in[i])->type))
            bug("%s again on other inputs", node.op->name);
    return append(graph, hash_node(node.op, n_in, in, &node.attr), node,
                  (Note){.line = note.line, .label = note.label, .again_of = of});
}

bool *graph_needed(Arena *arena, const Graph *graph, int n_roots, const Value *roots, double *const *known)
{
    bool *needed = arena_array(arena, graph->n, sizeof *needed);
    for (int i = 0; i < n_roots; i++)
        if (roots[i]) needed[graph_at(graph, roots[i]) - graph->nodes] = true;
    for (Value v = graph->n - 1; v > 0; v--) {
        needed[v] = needed[v] && !(known && known[v]);
        for (int i = 0; needed[v] && i < graph->nodes[v].n_in; i++) needed[graph->nodes[v].in[i]] = true;
    }
    return needed;
}

bool graph_reaches(const Graph *graph, Value from, Value to)
{
    if (from > to) return false;
    bool *reached = calloc((size_t)(to - from) + 1, 1);
    if (!reached) fail("tailor: out of memory");
    reached[0] = true;
    for (Value v = from + 1; v <= to; v++) {
        const Node *node = &graph->nodes[v];
        for (int i = 0; i < node->n_in && !reached[v - from]; i++)
            if (node->in[i] >= from) reached[v - from] = reached[node->in[i] - from];
    }
    bool result = reached[to - from];
    free(reached);
    return result;
}

/* ---- values in memory ---- */

/* Rows as long as the batch lie apart by the full batch, also when fewer samples are valid.  A value with such rows can
 * not be read in another shape. */
Value base_of(const Graph *g, Value v)
{
    while (graph_at(g, v)->op == &op_reshape && is_dense(graph_at(g, v)->type) &&
           is_dense(graph_at(g, graph_at(g, v)->in[0])->type))
        v = graph_at(g, v)->in[0];
    return v;
}

bool is_stored_leaf(const Graph *g, Value v)
{
    const Node *node = graph_at(g, v);
    return node->op == &op_input || node->op == &op_parameter || node->op == &op_state ||
           (node->op == &op_constant && node->attr.n_reals > 1);
}

/* ---- dump ---- */

void graph_dump(const Graph *graph, Text *text, int n_roots, const Value *roots)
{
    const bool *needed = graph_needed(graph->arena, graph, n_roots, roots, NULL);
    for (Value v = 1; v < graph->n; v++) {
        if (n_roots && !needed[v]) continue;
        const Node *node = &graph->nodes[v];
        text_add(text, "%%%d = %s(", v, node->op->name);
        for (int i = 0; i < node->n_in; i++) text_add(text, i ? ", %%%d" : "%%%d", node->in[i]);
        text_add(text, ")");
        for (int i = 0; i < node->attr.n_ints; i++)
            text_add(text, i ? " %lld" : " {%lld", (long long)node->attr.ints[i]);
        if (node->attr.n_ints) text_add(text, "}");
        for (int i = 0; i < node->attr.n_reals && i < 4; i++) text_add(text, " %.9g", node->attr.reals[i]);
        if (node->attr.n_reals > 4) text_add(text, " ...");
        if (node->attr.text) text_add(text, " '%s'", node->attr.text);
        text_add(text, " %s", type_text(graph->arena, node->type));
        const Note *note = &graph->notes[v];
        if (note->name || note->line.number) text_pad(text, 60);
        if (note->name) text_add(text, "%s ", note->name);
        const Source *part = note->line.source && note->line.source->used.source ? note->line.source : NULL;
        if (note->line.number) text_add(text, "%s:%d", part ? part->base : "", note->line.number);
        text_add(text, "\n");
    }
}
