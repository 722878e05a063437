/* samples.c - how a value depends on the samples of the batch, and which axes a reduction folds.  The answers depend on
 * the kept values, not on the kernels that have been joined so far. */
#include "schedule/fuser.h"

static int batch_axes(Type type)
{
    int n = 0;
    for (int i = 0; i < type.rank; i++) n += type.dims[i] < 0;
    return n;
}

/* Marks values that are computed in place between values that are always kept.  Values that fusion keeps besides do not
 * count, so the order in which a sum over samples is added up (slice by slice or in one go) is a property of the
 * graph. */
void mark_by_sample(Fuser *f)
{
    for (Value v = 1; v < f->g->n; v++) {
        const Node *node = at(f, v);
        const OpKind kind = node->op->kind;
        f->by_sample[v] = batch_axes(node->type) == (type_has_batch(node->type) && node->type.dims[0] < 0) &&
                          !(node->op == &op_index && type_has_batch(node->type));
        for (int i = 0; i < node->n_in && (kind == POINTWISE || kind == VIEW); i++) {
            const Type in = at(f, node->in[i])->type;
            int axis[MAX_RANK], in_axis[MAX_RANK];
            for (int k = 0; k < MAX_RANK; k++) axis[k] = in_axis[k] = k;
            if (node->op->trace) node->op->trace(f->g, v, axis, i, in_axis);
            const bool follows = in.rank > 0 && in.dims[0] < 0 &&
                                 ((in_axis[0] == 0 && in.dims[0] == node->type.dims[0]) || in_axis[0] == SAMPLE_AXIS);
            f->by_sample[v] &= f->by_sample[node->in[i]] && (!type_has_batch(in) || follows);
        }
    }
}

BatchMode mode_of(Fuser *f, Value v)
{
    const Node *node = at(f, v);
    if (node->op->kind == CONTRACTION) return node->op->batch(f->g, v);
    Type loops = loops_of(f->g, v);
    const Reach *reads;
    int n = reaches(f->p, v, &reads);
    bool depends = batch_axes(loops) > 0;
    for (int i = 0; i < n; i++) depends = depends || type_has_batch(at(f, reads[i].value)->type);
    if (!depends) return BATCH_NONE;
    if (!f->by_sample[node->op->kind == REDUCE ? node->in[0] : v]) return BATCH_WHOLE;
    if (batch_axes(loops) != 1 || loops.dims[0] >= 0) return BATCH_WHOLE;
    for (int i = 0; i < n; i++) {
        Type type = at(f, reads[i].value)->type;
        if (!type_has_batch(type)) continue;
        bool follows = batch_axes(type) == 1 && ((type.dims[0] == loops.dims[0] && reads[i].axis[0] == 0) ||
                                                 (type.dims[0] < 0 && reads[i].axis[0] == SAMPLE_AXIS));
        if (!follows) return BATCH_WHOLE;
    }
    if (node->op->kind != REDUCE || !(node->attr.ints[0] & 1)) return BATCH_SAMPLE;
    return node->op == &op_sum ? BATCH_REDUCE : BATCH_WHOLE;
}

int first_reduced(const Node *node)
{
    for (int i = 0; i < MAX_RANK; i++)
        if (node->attr.ints[0] >> i & 1) return i;
    return MAX_RANK;
}

int64_t argmax_row(const Program *p, Value v)
{
    Type type = graph_at(p->graph, v)->type;
    int64_t n = 1;
    for (int i = first_reduced(graph_at(p->graph, v)); i < type.rank; i++)
        n *= dim_size(type.dims[i], p->slicing.batch);
    return n;
}
