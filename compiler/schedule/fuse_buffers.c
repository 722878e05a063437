/* fuse_buffers.c - which values lie in memory, and the kernels that go with them.
 *
 * A value has a buffer when another kernel reads it, when the caller asks for it, or when it is summed over samples.
 * Such a sum belongs to a slice of the batch, and a kernel combines the slices.  Where a contraction adds up in a
 * layout of its own, another kernel brings the sum into the layout of files.  Weights are laid out for their
 * contraction once a step. */
#include "schedule/fuser.h"

#include <string.h>

static int new_buffer(Fuser *f, Buffer buffer)
{
    Program *p = f->p;
    p->buffers = arena_grow(f->arena, p->buffers, p->n_buffers, &p->buffers_capacity, sizeof *p->buffers);
    p->buffers[p->n_buffers] = buffer;
    return p->n_buffers++;
}

static void add_int(Arena *arena, int **list, int *n, int *capacity, int item)
{
    for (int i = 0; i < *n; i++)
        if ((*list)[i] == item) return;
    *list = arena_grow(arena, *list, *n, capacity, sizeof **list);
    (*list)[(*n)++] = item;
}

static void add_read(Fuser *f, int kernel, int buffer)
{
    Kernel *k = &f->p->kernels[kernel];
    add_int(f->arena, &k->reads, &k->n_reads, &k->reads_capacity, buffer);
}

static void add_write(Fuser *f, int kernel, int buffer)
{
    Kernel *k = &f->p->kernels[kernel];
    add_int(f->arena, &k->writes, &k->n_writes, &k->writes_capacity, buffer);
}

static Type flat(int64_t count) { return (Type){.elem = REAL, .rank = 1, .dims = {count}}; }

/* Is the value's buffer added to step by step?  So it is for sums over samples and for contractions that add. */
static bool accumulates(const Fuser *f, Value v)
{
    const Node *node = at(f, v);
    const Kernel *k = &f->p->kernels[f->p->kernel_of[v]];
    if (node->op->kind == CONTRACTION) return node->op->contraction(f->g, v, f->p->slicing.batch).accumulates;
    if (node->op != &op_sum) return false;   /* a maximum starts at -infinity, not at 0 */
    return first_reduced(node) == 0 && (type_has_batch(loops_of(f->g, v)) || first_reduced(node) < k->outer);
}

/* Gives a buffer to every value that another kernel reads or that the caller asks for. */
void make_buffers(Fuser *f)
{
    Program *p = f->p;
    for (Value v = 1; v < f->g->n; v++) {
        if (p->kernel_of[v] < 0) continue;
        const Reach *reads;
        int n = reaches(p, v, &reads);
        for (int i = 0; i < n; i++) {
            Value r = reads[i].value;
            if (p->kernel_of[r] >= 0 && p->kernel_of[r] != p->kernel_of[v]) f->wanted[r] = true;
        }
        int64_t row = 1;
        Type type = at(f, v)->type;
        for (int i = p->kernels[p->kernel_of[v]].outer; i < type.rank; i++)
            row *= dim_size(type.dims[i], p->slicing.batch);
        if (row > MOST_LOCAL) f->wanted[v] = true;
        if (accumulates(f, v)) f->wanted[v] = true;
    }
    for (int i = 0; i < p->n_kernels; i++) {   /* a contraction without a buffer borrows the buffer of its epilogue */
        const Kernel *k = &p->kernels[i];
        bool lent = false;
        for (int j = 0; j < k->n_kept; j++)
            /* if it is of floats */
            lent = lent || (f->wanted[k->kept[j]] && at(f, k->kept[j])->op != &op_bfloat16 &&
                            same_dims(at(f, k->kept[j])->type, at(f, k->kept[0])->type));
        if (k->contraction && !lent) f->wanted[k->contraction] = true;
    }
    bool *given = arena_array(f->arena, f->g->n, sizeof *given);      /* the value goes to the caller */
    bool *changes = arena_array(f->arena, f->g->n, sizeof *changes);  /* it changes a parameter, or is a new state */
    bool *whole = arena_array(f->arena, f->g->n, sizeof *whole);   /* the value is a gradient in its parameter's form */
    for (int i = 0; i < p->goal->n_roots; i++) {
        const Root *root = &p->goal->roots[i];
        given[root->value] |= root->kind < ROOT_UPDATE;
        changes[root->value] |= root->kind == ROOT_UPDATE || root->kind == ROOT_STATE;
        whole[root->value] |= root->kind == ROOT_UPDATE && type_equal(at(f, root->value)->type, root->type);
    }
    for (Value v = 1; v < f->g->n; v++) {
        if (p->kernel_of[v] < 0 || !f->wanted[v]) continue;
        const Kernel *k = &p->kernels[p->kernel_of[v]];
        const Node *node = at(f, v);
        BatchMode mode = mode_of(f, v);
        bool small = node->op == &op_window_argmax && node->attr.ints[0] * node->attr.ints[1] <= 256;
        Buffer buffer = {.value = v,
                         .type = node->type,
                         .storage = node->op == &op_bfloat16 ? RT_BF16
                                    : node->type.elem == REAL ? RT_F32
                                    : small                 ? RT_U8
                                                            : RT_I32,
                         .kind = k->backward ? BUFFER_GRADIENT : BUFFER_VALUE,
                         .owner = mode == BATCH_SAMPLE   ? OWNER_THREAD
                                  : mode == BATCH_REDUCE ? OWNER_SLICE
                                                         : OWNER_BATCH};
        int64_t sum_floats = node->op->kind == CONTRACTION ? node->op->contraction(f->g, v, p->slicing.batch).sum_floats
                                                           : 0;
        const bool adds_up = accumulates(f, v);
        /* what changes the weights is read where the results are no longer known */
        if (given[v] && !adds_up && !changes[v])
            buffer.owner = OWNER_RESULT, buffer.storage = node->type.elem == REAL ? RT_F32 : RT_I32;
        if (sum_floats) buffer.owner = OWNER_BATCH;  /* the sum itself is in another buffer, with a layout of its own */
        buffer.whole = whole[v] && !given[v];
        buffer.zeroed = adds_up && !sum_floats;
        p->buffer_of[v] = new_buffer(f, buffer);
    }
}

static void finish_sum(Fuser *f, int kernel, Value v)
{
    Program *p = f->p;
    const Node *node = at(f, v);
    BatchMode mode = mode_of(f, v);
    bool backward = p->kernels[kernel].backward;
    int64_t sum_floats = node->op->kind == CONTRACTION ? node->op->contraction(f->g, v, p->slicing.batch).sum_floats
                                                       : 0;
    int sum = p->buffer_of[v];
    if (sum_floats) {
        sum = new_buffer(f, (Buffer){.type = flat(sum_floats),
                                     .storage = RT_F32,
                                     .kind = backward ? BUFFER_GRADIENT : BUFFER_SCRATCH,
                                     .owner = mode == BATCH_REDUCE ? OWNER_SLICE : OWNER_BATCH,
                                     .zeroed = true});
        p->kernels[kernel].sum = sum;
    }
    add_write(f, kernel, sum);
    if (mode == BATCH_REDUCE && p->slicing.slices > 1) {
        int combine = new_kernel(p, KERNEL_COMBINE, BATCH_NONE, backward);
        add_read(f, combine, sum);
        add_write(f, combine, sum);
    }
    if (sum_floats) {
        int unpack = new_kernel(p, KERNEL_UNPACK, BATCH_NONE, backward);
        p->kernels[unpack].contraction = v;
        p->kernels[unpack].sum = sum;
        add_read(f, unpack, sum);
        add_write(f, unpack, p->buffer_of[v]);
    }
}

static void add_leaf(Fuser *f, int kernel, Value v)
{
    Kernel *k = &f->p->kernels[kernel];
    for (int i = 0; i < k->n_leaves; i++)
        if (k->leaves[i] == v) return;
    k->leaves = arena_grow(f->arena, k->leaves, k->n_leaves, &k->leaves_capacity, sizeof *k->leaves);
    k->leaves[k->n_leaves++] = v;
}

static void add_source(Fuser *f, int kernel, Value v)
{
    if (is_stored_leaf(f->g, v)) add_leaf(f, kernel, v);
    else if (f->p->buffer_of[v] >= 0) add_read(f, kernel, f->p->buffer_of[v]);
}

/* The buffer with a weight laid out for its contraction, which is done once a step.  Two uses in the same form share
 * it. */
static int packed_buffer(Fuser *f, int kernel, Value v, int which, int64_t floats)
{
    Program *p = f->p;
    const Node *node = at(f, v);
    Value source = base_of(f->g, node->in[which]);
    for (int i = f->laid_for[source]; i; i = f->laid_before[i - 1]) {
        const Kernel *k = &p->kernels[i - 1];
        const Node *other = at(f, k->contraction);
        if (other->op == node->op && base_of(f->g, other->in[which]) == source &&
            type_equal(at(f, other->in[which])->type, at(f, node->in[which])->type) &&
            other->attr.n_ints == node->attr.n_ints &&
            !memcmp(other->attr.ints, node->attr.ints, (size_t)node->attr.n_ints * sizeof *node->attr.ints))
            return k->packed;
    }
    int packed = new_buffer(
        f, (Buffer){.type = flat(floats), .storage = RT_F32, .kind = BUFFER_SCRATCH, .owner = OWNER_BATCH});
    int pack = new_kernel(p, KERNEL_PACK, BATCH_NONE, p->kernels[kernel].backward);
    p->kernels[pack].contraction = v;
    p->kernels[pack].packed = packed;
    add_source(f, pack, source);
    add_write(f, pack, packed);
    f->laid_before[kernel] = f->laid_for[source], f->laid_for[source] = kernel + 1;
    return packed;
}

void connect_buffers(Fuser *f)
{
    Program *p = f->p;
    int n = p->n_kernels;
    f->laid_for = arena_array(f->arena, f->g->n, sizeof *f->laid_for);
    f->laid_before = arena_array(f->arena, n, sizeof *f->laid_before);
    for (int i = 0; i < n; i++) {
        Value contraction = p->kernels[i].contraction;
        int packed_input = -1;
        if (contraction) {
            Contraction c = at(f, contraction)->op->contraction(f->g, contraction, p->slicing.batch);
            packed_input = c.packed;
            bool once = packed_input >= 0 && !type_has_batch(at(f, at(f, contraction)->in[packed_input])->type);
            if (packed_input >= 0 && once) {
                int packed = packed_buffer(f, i, contraction, packed_input, c.packed_floats);
                p->kernels[i].packed = packed;
                add_read(f, i, packed);
            } else if (packed_input >= 0) c.scratch_floats += c.packed_floats;
            if (c.scratch_floats) {
                p->kernels[i].scratch = new_buffer(f, (Buffer){.type = flat(c.scratch_floats),
                                                               .storage = RT_F32,
                                                               .kind = BUFFER_SCRATCH,
                                                               .owner = OWNER_THREAD});
                add_write(f, i, p->kernels[i].scratch);
            }
        }
        for (int j = 0; j < p->kernels[i].n_kept; j++) {
            Value v = p->kernels[i].kept[j];
            const Reach *reads;
            int n_reads = reaches(p, v, &reads);
            for (int m = 0; m < n_reads; m++) {
                bool only_packed = v == contraction && packed_input >= 0 && p->kernels[i].packed >= 0 &&
                                   reads[m].value == base_of(f->g, at(f, v)->in[packed_input]) &&
                                   base_of(f->g, at(f, v)->in[1 - packed_input]) != reads[m].value;
                if (p->kernel_of[reads[m].value] != i && !only_packed) add_source(f, i, reads[m].value);
            }
            if (p->buffer_of[v] < 0) continue;
            if (accumulates(f, v)) finish_sum(f, i, v);
            else add_write(f, i, p->buffer_of[v]);
        }
    }
}

/* Adds a gradient to the norm.  The norm is over parameters: two parameters with the same gradient count twice. */
static void add_term(Fuser *f, int norm, int buffer)
{
    Kernel *k = &f->p->kernels[norm];
    k->reads = arena_grow(f->arena, k->reads, k->n_reads, &k->reads_capacity, sizeof *k->reads);
    k->reads[k->n_reads++] = buffer;
}

/* Adds the end of a training step.  The loss is checked as soon as it is there.  Before anything changes, every
 * gradient and every new state is checked too.  Where gradients are clipped, their norm serves as the check: it is not
 * finite when one of them is not.  The updates come last. */
void add_updates(Fuser *f)
{
    Program *p = f->p;
    bool trains = false, moves = false;
    for (int i = 0; i < p->goal->n_roots; i++) {
        const Root *root = &p->goal->roots[i];
        if (root->kind == ROOT_LOSS) p->loss = p->buffer_of[root->value];
        trains = trains || root->kind == ROOT_UPDATE;
        moves = moves || root->kind == ROOT_STATE;
    }
    if (!trains) return;
    int check = new_kernel(p, KERNEL_CHECK, BATCH_NONE, false);
    if (p->loss >= 0) add_read(f, check, p->loss);
    const int norm = p->experiment->train.clip > 0 ? new_kernel(p, KERNEL_NORM, BATCH_NONE, true) : -1;
    const int finite = norm < 0 || moves ? new_kernel(p, KERNEL_FINITE, BATCH_NONE, true) : -1;
    for (int i = 0; i < p->goal->n_roots; i++) {
        const Root *root = &p->goal->roots[i];
        if (root->kind != ROOT_UPDATE && root->kind != ROOT_STATE) continue;
        int update = new_kernel(p, root->kind == ROOT_UPDATE ? KERNEL_UPDATE : KERNEL_COMMIT, BATCH_NONE, true);
        p->kernels[update].parameter = root->index;
        add_source(f, update, root->value);
        if (norm >= 0 && root->kind == ROOT_UPDATE) add_term(f, norm, p->buffer_of[root->value]);
        else if (p->buffer_of[root->value] >= 0) add_read(f, finite, p->buffer_of[root->value]);
    }
}
