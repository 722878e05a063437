/* cost.c - the cost of each kernel of a step, from the model alone: arithmetic operations, and bytes that it touches.
 *
 * Operations are those of the plain algorithm.  A contraction's op block gives its number; every other value counts one
 * for each element of the loop that computes it, as in the summary of `tailor check`.  An expression that two kernels
 * compute counts for both.  Each buffer and leaf that a call reads or writes counts with its bytes, once a call;
 * accumulators are both read and written.  Arrays as long as the batch come from memory.  Arrays that a chunk's kernels
 * hand to each other, and weights and their gradients, lie in the cache unless they are too large for any. */
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
    RtKernelCost *cost;
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

static void add_bytes(Counter *c, Type type, RtType storage, Owner owner, double times)
{
    enum { LARGEST_CACHED = 8 << 20 };
    const double bytes = (double)type_count(type, c->p->slicing.batch) * (double)rt_type_bytes(storage);
    const bool samples = type_has_batch(type), thread = owner == OWNER_THREAD || owner == OWNER_CHUNK,
               cached = samples ? thread : bytes <= LARGEST_CACHED;
    *(cached ? &c->cost->cache_bytes : &c->cost->memory_bytes) += (samples ? 1 : c->calls) * times * bytes;
}

static void add_buffer(Counter *c, int b, double times)
{
    const Buffer *buffer = &c->p->buffers[b];
    add_bytes(c, buffer->type, buffer->storage, c->plan->of[b].owner, times);
}

static void add_leaf(Counter *c, Value v, double times)
{
    const Type type = graph_at(c->g, v)->type;
    add_bytes(c, type, type.elem == REAL ? RT_F32 : RT_I32, OWNER_BATCH, times);
}

static void count(Counter *c, const Kernel *k)
{
    const Program *p = c->p;
    const RtTrain *train = &p->experiment->train;
    for (int i = 0; i < k->n_kept && k->kind == KERNEL_COMPUTE; i++) add_value(c, k->kept[i]);
    for (int i = 0; i < k->n_reads; i++)
        add_buffer(c, k->reads[i], k->kind == KERNEL_COMBINE ? (double)p->slicing.slices : 1);
    for (int i = 0; i < k->n_writes; i++)
        if (k->writes[i] != k->scratch)
            add_buffer(c, k->writes[i], p->buffers[k->writes[i]].zeroed && k->kind == KERNEL_COMPUTE ? 2 : 1);
    for (int i = 0; i < k->n_leaves; i++) add_leaf(c, k->leaves[i], 1);
    double elements = 0, each = 0;
    for (int i = 0; i < k->n_reads; i++) elements += (double)type_count(p->buffers[k->reads[i]].type, p->slicing.batch);
    switch (k->kind) {
    case KERNEL_COMBINE: each = (double)p->slicing.slices - 1; break;
    case KERNEL_NORM: each = 2; break;
    case KERNEL_UPDATE: {
        /* p->graph may lack it */
        const Type type = graph_at(p->experiment->graph, p->experiment->parameters[k->parameter].value)->type;
        const int arrays = 1 + moments(train);
        elements = (double)type_count(type, 1), each = update_flops(train);
        /* the parameter and the optimizer's moments: read and written */
        add_bytes(c, type, RT_F32, OWNER_BATCH, 2 * arrays);
        break;
    }
    case KERNEL_COMMIT:
        add_bytes(c, graph_at(p->experiment->graph, p->experiment->states[k->parameter].value)->type, RT_F32,
                  OWNER_BATCH, 1);
        break;
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

RtKernelCost *kernel_costs(const Plan *plan)
{
    const Program *p = plan->program;
    RtKernelCost *costs = arena_array(p->graph->arena, p->n_kernels, sizeof *costs);
    int *seen = arena_array(p->graph->arena, p->graph->n, sizeof *seen);
    for (int i = 0; i < p->n_segments; i++) {
        const bool sliced = p->segments[i].sliced;
        for (int k = p->segments[i].first; k < p->segments[i].last; k++) {
            costs[k] = (RtKernelCost){
                .kernel = p->kernels[k].name, .function = p->kernels[k].name, .lines = lines_of(p, k),
                .calls = calls_of_kernel(plan, k)};
            Counter counter = {.plan = plan, .p = p, .g = p->graph, .seen = seen, .number = k + 1, .sliced = sliced,
                               .calls = (double)costs[k].calls, .cost = &costs[k]};
            count(&counter, &p->kernels[k]);
        }
    }
    return costs;
}
