/* cost.c - the cost of each kernel of a step, from the model alone: arithmetic operations, and bytes that it touches.
 *
 * Operations are those of the plain algorithm.  A contraction's op block gives its number; every other value counts one
 * for each element of the loop that computes it, as in the summary of `tailor check`.  An expression that two kernels
 * compute counts for both.  Each buffer and leaf that a call reads or writes counts with its bytes, once a call;
 * accumulators are both read and written.  Arrays as long as the batch come from memory.  Arrays that a chunk's kernels
 * hand to each other, and weights and their gradients, lie in the cache unless they are too large for any.
 *
 * The same touches are added up by tensor.  A pass is a sliced segment, which takes a chunk of samples through all its
 * kernels, or any other kernel.  The least that a tensor moves from and to memory is one write, and one read by each
 * pass but the one that wrote it: what comes back later in a pass could still be in the cache. */
#include "emit/emission.h"
#include "graph/optimizer.h"

#include <string.h>

typedef struct Counter {
    const Plan *plan;
    const Program *p;
    const Graph *g;
    int *seen, number;             /* [graph->n]: the kernel that counted the value last, from 1 */
    bool sliced;
    double calls;
    int pass;                      /* the kernel's, from 1 */
    RtKernelCost *cost;
    RtTensorTraffic *tensors;      /* [buffers], [parameters], their moments, states, fields, [graph->n]: constants */
    int *passes;                   /* as long: the pass that touched the tensor last */
} Counter;

/* ---- operations ---- */

static void add_value(Counter *c, Value v)
{
    const Node *node = graph_at(c->g, v);
    if (node->op->kind == LEAF || c->seen[v] == c->number) return;
    c->seen[v] = c->number;
    if (node->op->kind != VIEW) {
        const int64_t batch = c->p->slicing.batch;
        const Type loops = loops_of(c->g, v);
        bool samples = type_has_batch(loops);
        Cost cost = {.flops = (double)type_count(loops, batch)};
        if (node->op->cost) {
            cost = node->op->cost(c->g, v, batch);
            for (int i = 0; i < node->n_in; i++) samples = samples || type_has_batch(graph_at(c->g, node->in[i])->type);
        }
        const double times = c->sliced && !samples ? c->calls : 1;      /* every chunk computes it anew */
        c->cost->flops += times * cost.flops;
        c->cost->executed += times * (cost.executed > 0 ? cost.executed : cost.flops);
    }
    for (int i = 0; i < node->n_in; i++)
        if (c->p->kernel_of[node->in[i]] < 0) add_value(c, node->in[i]);
}

/* ---- bytes ---- */

/* Type, storage and owner of a tensor. */
typedef struct Stored { Type type; RtType storage; Owner owner; } Stored;

static void add_bytes(Counter *c, int tensor, Stored of, double written, double read)
{
    enum { LARGEST_CACHED = 8 << 20 };
    const double bytes = (double)type_count(of.type, c->p->slicing.batch) * (double)rt_type_bytes(of.storage);
    const bool samples = type_has_batch(of.type), thread = of.owner == OWNER_THREAD || of.owner == OWNER_CHUNK,
               cached = samples ? thread : bytes <= LARGEST_CACHED;
    const double times = samples ? 1 : c->calls, moved = times * (written + read) * bytes;
    RtTensorTraffic *traffic = &c->tensors[tensor];
    *(cached ? &c->cost->cache_bytes : &c->cost->memory_bytes) += moved;
    *(cached ? &traffic->cache_bytes : &traffic->memory_bytes) += moved;
    traffic->bytes = bytes;
    traffic->written += times * written, traffic->read += times * read;
    if (cached || c->passes[tensor] == c->pass) return;
    /* in its first touch by the pass: a write alone, or a read, and a write where it is also written */
    traffic->least_bytes += ((written > 0) + (read > 0)) * bytes;
    c->passes[tensor] = c->pass;
}

static void add_buffer(Counter *c, int b, double written, double read)
{
    const Buffer *buffer = &c->p->buffers[b];
    add_bytes(c, b, (Stored){buffer->type, buffer->storage, c->plan->of[b].owner}, written, read);
}

static int tensor_of_parameter(const Program *p, int parameter) { return p->n_buffers + parameter; }
static int moments_of_parameter(const Program *p, int parameter)
{
    return tensor_of_parameter(p, p->experiment->n_parameters) + parameter;
}
static int tensor_of_state(const Program *p, int state)
{
    return moments_of_parameter(p, p->experiment->n_parameters) + state;
}
static int tensor_of_field(const Program *p, int field) { return tensor_of_state(p, p->experiment->n_states) + field; }
static int tensor_of_constant(const Program *p, Value v) { return tensor_of_field(p, p->experiment->n_fields) + v; }

static int tensor_of_leaf(const Program *p, Value v)
{
    const Node *leaf = graph_at(p->graph, v);
    if (leaf->op == &op_parameter) return tensor_of_parameter(p, parameter_of(p->experiment, leaf));
    if (leaf->op == &op_state) return tensor_of_state(p, state_of(p->experiment, leaf));
    if (leaf->op == &op_input) return tensor_of_field(p, field_of(p->experiment, leaf));
    return tensor_of_constant(p, v);
}

static void add_leaf(Counter *c, Value v)
{
    const Type type = graph_at(c->g, v)->type;
    add_bytes(c, tensor_of_leaf(c->p, v), (Stored){type, type.elem == REAL ? RT_F32 : RT_I32, OWNER_BATCH}, 0, 1);
}

static void count(Counter *c, const Kernel *k)
{
    const Program *p = c->p;
    const RtTrain *train = &p->experiment->train;
    for (int i = 0; i < k->n_kept && k->kind == KERNEL_COMPUTE; i++) add_value(c, k->kept[i]);
    for (int i = 0; i < k->n_reads; i++)
        add_buffer(c, k->reads[i], 0, k->kind == KERNEL_COMBINE ? (double)p->slicing.slices : 1);
    for (int i = 0; i < k->n_writes; i++)
        if (k->writes[i] != k->scratch)
            add_buffer(c, k->writes[i], 1, p->buffers[k->writes[i]].zeroed && k->kind == KERNEL_COMPUTE);
    for (int i = 0; i < k->n_leaves; i++) add_leaf(c, k->leaves[i]);
    double elements = 0, each = 0;
    for (int i = 0; i < k->n_reads; i++) elements += (double)type_count(p->buffers[k->reads[i]].type, p->slicing.batch);
    switch (k->kind) {
    case KERNEL_COMBINE: each = (double)p->slicing.slices - 1; break;
    case KERNEL_NORM: each = 2; break;
    case KERNEL_UPDATE: {
        /* p->graph may lack it */
        const Type type = graph_at(p->experiment->graph, p->experiment->parameters[k->parameter].value)->type;
        const Stored stored = {type, RT_F32, OWNER_BATCH};
        elements = (double)type_count(type, 1), each = update_flops(train);
        add_bytes(c, tensor_of_parameter(p, k->parameter), stored, 1, 1);
        for (int i = 0; i < moments(train); i++) add_bytes(c, moments_of_parameter(p, k->parameter), stored, 1, 1);
        break;
    }
    case KERNEL_COMMIT: {
        const Type type = graph_at(p->experiment->graph, p->experiment->states[k->parameter].value)->type;
        add_bytes(c, tensor_of_state(p, k->parameter), (Stored){type, RT_F32, OWNER_BATCH}, 1, 0);
        break;
    }
    default: return;
    }
    c->cost->flops += each * elements;
    c->cost->executed += each * elements;
}

/* ---- lines of the graph file ---- */

static Value value_of_sum(const Program *p, int buffer)
{
    for (int k = 0; k < p->n_kernels; k++)
        if (p->kernels[k].kind == KERNEL_COMPUTE && p->kernels[k].sum == buffer) return p->kernels[k].contraction;
    return p->buffers[buffer].value;
}

static const char *lines_of(const Program *p, int number)
{
    const Kernel *k = &p->kernels[number];
    const Experiment *x = p->experiment;
    Line line = {0};
    switch (k->kind) {
    case KERNEL_COMPUTE: return kernel_lines(p, number);
    case KERNEL_PACK:
    case KERNEL_UNPACK: line = p->graph->notes[k->contraction].line; break;
    case KERNEL_COMBINE: line = p->graph->notes[value_of_sum(p, k->reads[0])].line; break;
    case KERNEL_CHECK: line = x->loss_line; break;
    case KERNEL_NORM:
    case KERNEL_FINITE: line = x->train_line; break;
    case KERNEL_UPDATE: line = x->parameters[k->parameter].line; break;
    case KERNEL_COMMIT: line = x->states[k->parameter].line; break;
    }
    return lines_text(p->graph->arena, 1, &line);
}

/* ---- all of a step ---- */

/* What no kernel touches is left out. */
static void name_tensors(StepCosts *costs, const Program *p)
{
    const Experiment *x = p->experiment;
    RtTensorTraffic *t = costs->tensors;
    for (int i = 0; i < p->n_buffers; i++) t[i].tensor = p->buffers[i].name;
    for (int i = 0; i < x->n_parameters; i++) {
        t[tensor_of_parameter(p, i)].tensor = x->parameters[i].name;
        RtTensorTraffic *m = &t[moments_of_parameter(p, i)];             /* one tensor in place of several as large */
        m->tensor = arena_format(p->graph->arena, "moments of %s", x->parameters[i].name);
        m->bytes *= moments(&x->train);
        if (m->written > 0) m->written = m->read = 1;
    }
    for (int i = 0; i < x->n_states; i++) t[tensor_of_state(p, i)].tensor = x->states[i].name;
    for (int i = 0; i < x->n_fields; i++) t[tensor_of_field(p, i)].tensor = x->fields[i].name;
    for (Value v = 0; v < p->graph->n; v++) t[tensor_of_constant(p, v)].tensor = p->names[v];
    const int all = tensor_of_constant(p, p->graph->n);
    for (int i = 0; i < all; i++)
        if (t[i].written + t[i].read > 0) t[costs->n_tensors++] = t[i];
}

StepCosts *step_costs(const Plan *plan)
{
    const Program *p = plan->program;
    Arena *arena = p->graph->arena;
    const int n_tensors = tensor_of_constant(p, p->graph->n);
    StepCosts *costs = arena_alloc(arena, sizeof *costs);
    *costs = (StepCosts){.n_kernels = p->n_kernels, .kernels = arena_array(arena, p->n_kernels, sizeof *costs->kernels),
                         .tensors = arena_array(arena, n_tensors, sizeof *costs->tensors)};
    int *seen = arena_array(arena, p->graph->n, sizeof *seen), *passes = arena_array(arena, n_tensors, sizeof *passes),
        pass = 0;
    for (int i = 0; i < p->n_segments; i++) {
        const bool sliced = p->segments[i].sliced;
        for (int k = p->segments[i].first; k < p->segments[i].last; k++) {
            RtKernelCost *cost = &costs->kernels[k];
            *cost = (RtKernelCost){.kernel = p->kernels[k].name, .function = p->kernels[k].name,
                                   .lines = lines_of(p, k), .calls = calls_of_kernel(plan, k)};
            pass += !sliced || k == p->segments[i].first;
            Counter counter = {.plan = plan, .p = p, .g = p->graph, .seen = seen, .number = k + 1, .sliced = sliced,
                               .calls = (double)cost->calls, .pass = pass, .cost = cost, .tensors = costs->tensors,
                               .passes = passes};
            count(&counter, &p->kernels[k]);
        }
    }
    name_tensors(costs, p);
    return costs;
}
