/* kernel_loops.c - the loops of a kernel.
 *
 *   for the axes that all its loops share                          (outer)
 *       for each stage                                             (a value computed from a sum over the row
 *           expressions that are the same for the whole row         belongs to the next stage)
 *           for the axes of the row
 *               each kept value: an expression, stored or added up */
#include "emit/kernel_write.h"

#include <string.h>

/* ---- loops ---- */

/* The loops over some axes, with the lines that the sums among the values need around each loop. */
typedef struct Nest {
    int n;
    const Value *values;
    Type loops;
    const Index *index;
    int axes[MAX_RANK], blocks[MAX_RANK], opened;
    /* in the text: before and behind the line that computes the place along the last axis */
    size_t before_place, behind_place;
} Nest;

static void nest_open(KernelWriter *w, Nest *nest, int axis)
{
    const Type loops = nest->loops;
    if (loops.dims[axis] == 1) return;
    const char *name = nest->index->at[axis];
    if (loops.dims[axis] < 0) scalar_argument(w, ARGUMENT_SAMPLES, "int ", "n");
    const int block = sums_open(w, nest->n, nest->values, loops, axis, nest->index);
    kernel_open(w, "for (int %s = %s; %s < %s; %s++)", name, sums_from(w, nest->index, axis, block), name,
                sums_to(w, nest->index, loops, axis, block), name);
    nest->axes[nest->opened] = axis, nest->blocks[nest->opened++] = block;
}

static void nest_close(KernelWriter *w, Nest *nest, int memos)
{
    while (nest->opened > 0) {
        kernel_close(w);
        nest->opened--;
        write_forget(w, memos); /* names from inside of the loops are not known outside */
        sums_close(w, nest->n, nest->values, nest->axes[nest->opened], nest->blocks[nest->opened], nest->index);
    }
}

static int open_axes(KernelWriter *w, Type loops, int from, int to)
{
    int opened = 0;
    for (int i = from; i < to && i < loops.rank; i++) {
        if (loops.dims[i] == 1) continue;
        const char *name = axis_name(loops, i);
        if (loops.dims[i] < 0) scalar_argument(w, ARGUMENT_SAMPLES, "int ", "n");
        kernel_open(w, "for (int %s = 0; %s < %s; %s++)", name, name, kernel_dim(w, loops.dims[i]), name);
        opened++;
    }
    return opened;
}

/* Does each step along the axis compute, or add to, an element of its own? */
static bool follows_axis(const KernelWriter *w, Value v, int axis)
{
    const Type type = writer_at(w, v)->type, loops = loops_of(w->g, v);
    return axis >= 0 && type.rank == loops.rank && type.dims[axis] == loops.dims[axis];
}

/* Opens the last axis as a loop over runs of 16, and inside of it a loop over the lanes of a run.  apart: no two lanes
 * write the same place. */
static void open_lanes(KernelWriter *w, Nest *nest, bool apart)
{
    const int last = nest->loops.rank - 1, block = sums_open(w, nest->n, nest->values, nest->loops, last, nest->index);
    kernel_open(w, "for (int first = %s; first < %s; first += 16)", sums_from(w, nest->index, last, block),
                sums_to(w, nest->index, nest->loops, last, block));
    if (apart) kernel_line(w, "RT_INDEPENDENT");
    kernel_open(w, "for (int lane = 0; lane < 16; lane++)");
    nest->before_place = w->body.length;
    kernel_line(w, "const int %s = first + lane;", nest->index->at[last]);
    nest->behind_place = w->body.length;
    nest->axes[nest->opened] = last, nest->blocks[nest->opened++] = block;
}

/* Closes the loop over lanes.  When the terms are the same all along the axis, the line with the lane's place is
 * removed again, since nothing uses it. */
static void close_lanes(KernelWriter *w, const Nest *nest)
{
    if (!text_mentions(w->body.chars + nest->behind_place, nest->index->at[nest->loops.rank - 1])) {
        memmove(w->body.chars + nest->before_place, w->body.chars + nest->behind_place,
                w->body.length - nest->behind_place + 1);
        w->body.length -= nest->behind_place - nest->before_place;
    }
    kernel_close(w);
}

static void close_axes(KernelWriter *w, int opened, int memos)
{
    while (opened-- > 0) kernel_close(w);
    write_forget(w, memos);      /* names from inside of the loops are not known outside */
}

/* ---- what is used how often, and in which stage ---- */

void count_uses(KernelWriter *w, Value v, bool start)
{
    const Node *node = writer_at(w, v);
    if (!start) {
        mark_of(w, v)->refs++;
        if (mark_of(w, v)->refs > 1 || w->p->kernel_of[v] >= 0 || is_stored_leaf(w->g, v)) return;
    }
    for (int i = 0; i < node->n_in; i++) count_uses(w, node->in[i], false);
}

static int find_stages(KernelWriter *w)
{
    int last = 0;
    for (int i = 0; i < w->k->n_kept; i++) {
        Value v = w->k->kept[i];
        const Reach *reads;
        int n = reaches(w->p, v, &reads);
        for (int j = 0; j < n; j++) {
            Value r = reads[j].value;
            if (w->p->kernel_of[r] != w->number || r == v) continue;
            const bool complete_later = writer_at(w, r)->op->kind == REDUCE ||
                                        !same_dims(loops_of(w->g, r), loops_of(w->g, v));
            int stage = mark_of(w, r)->stage + complete_later;
            if (stage > mark_of(w, v)->stage) mark_of(w, v)->stage = stage;
        }
        if (mark_of(w, v)->stage > last) last = mark_of(w, v)->stage;
    }
    return last;
}

static bool needed_later(const KernelWriter *w, Value v)
{
    for (int i = 0; i < w->k->n_kept; i++) {
        Value u = w->k->kept[i];
        if (u <= v || mark_of(w, u)->stage == mark_of(w, v)->stage) continue;
        const Reach *reads;
        int n = reaches(w->p, u, &reads);
        for (int j = 0; j < n; j++)
            if (reads[j].value == v) return true;
    }
    return false;
}

/* ---- one kept value ---- */

/* Writes name = first, for all elements if it is an array of the row. */
static void start_at(KernelWriter *w, Value v, const char *name, const char *first)
{
    Type type = writer_at(w, v)->type;
    Index index = loops_index(w, type);
    int memos = w->n_memos, opened = open_axes(w, type, w->k->outer, type.rank);
    kernel_line(w, "%s = %s;", name ? row_element(w, name, type, &index) : stored(w, v, &index), first);
    close_axes(w, opened, memos);
}

static void declare(KernelWriter *w, Value v, const char *type, const char *name, const char *first)
{
    const char *dims = row_dims(w, v);
    if (!*dims) kernel_line(w, "%s %s = %s;", type, name, first);
    else if (!strcmp(first, "0")) kernel_line(w, "%s %s%s = {0};", type, name, dims);
    else {
        kernel_line(w, "%s %s%s;", type, name, dims);
        start_at(w, v, name, first);
    }
}

static void start_fold(KernelWriter *w, Value v)
{
    const Node *node = writer_at(w, v);
    if (node->op == &op_sum && !sum_is_direct(w, v)) {      /* its value is known only when its loops end */
        if (!*row_dims(w, v) || w->p->buffer_of[v] >= 0) return;
        mark_of(w, v)->local_of = kernel_local(w, sum_hint(w, v));
        kernel_line(w, "float %s%s;", mark_of(w, v)->local_of, row_dims(w, v));
        return;
    }
    const char *first = node->op == &op_max ? "-RT_INFINITY" : "0";
    if (*row_dims(w, v) && w->p->buffer_of[v] >= 0) start_at(w, v, NULL, first);      /* in its buffer */
    else {
        mark_of(w, v)->local_of = kernel_local(w, sum_hint(w, v));
        declare(w, v, node->type.elem == INT ? "int" : "float", mark_of(w, v)->local_of, first);
    }
    if (node->op == &op_argmax)
        declare(w, v, "float", mark_of(w, v)->best_of = kernel_local(w, "best"), "-RT_INFINITY");
}

static void fold(KernelWriter *w, Value v, const Index *index)
{
    const Node *node = writer_at(w, v);
    Expr in = write_element(w, node->in[0], index);
    if (node->op == &op_sum) {
        sum_term(w, v, index, in.text);
        return;
    }
    Index own = write_normal(w, v, index);
    const char *sum = sum_accumulator(w, v, &own);
    if (in.precedence < ATOM || strchr(in.text, '(')) {
        const char *name = kernel_local(w, "t");
        kernel_line(w, "const float %s = %s;", name, in.text);
        in.text = name;
    }
    if (node->op == &op_max) kernel_line(w, "%s = rt_max(%s, %s);", sum, sum, in.text);
    else {
        Type loops = loops_of(w->g, v);
        const char *where = "0";
        for (int i = 0; i < loops.rank; i++)
            if ((node->attr.ints[0] >> i & 1) && loops.dims[i] != 1)
                where = !strcmp(where, "0")
                            ? index->at[i]
                            : kernel_format(w, "(%s) * %s + %s", where, kernel_dim(w, loops.dims[i]), index->at[i]);
        const char *best = row_element(w, mark_of(w, v)->best_of, node->type, &own);
        kernel_line(w, "%s = rt_where_int(%s > %s, %s, %s);", sum, in.text, best, where, sum);
        kernel_line(w, "%s = rt_max(%s, %s);", best, best, in.text);
    }
}

static void keep(KernelWriter *w, Value v, const Index *index)
{
    const Node *node = writer_at(w, v);
    if (node->op->kind == REDUCE) {
        fold(w, v, index);
        return;
    }
    bool read_here = false, later = needed_later(w, v), has_buffer = w->p->buffer_of[v] >= 0;
    for (int i = 0; i < w->k->n_kept && !read_here; i++) {
        const Reach *reads;
        int n = reaches(w->p, w->k->kept[i], &reads);
        for (int j = 0; j < n; j++) read_here = read_here || (reads[j].value == v && w->k->kept[i] != v);
    }
    const Expr *known = write_recall(w, v, index);
    Expr e = known ? *known : write_computed(w, v, index);
    if (read_here && !write_recall(w, v, index)) e = write_name(w, v, index, e);
    const bool narrow = has_buffer && w->p->buffers[w->p->buffer_of[v]].storage == RT_BF16;
    if (has_buffer) kernel_line(w, narrow ? "%s = rt_bf16(%s);" : "%s = %s;", stored(w, v, index), e.text);
    else if (later && mark_of(w, v)->local_of) kernel_line(w, "%s = %s;", sum_accumulator(w, v, index), e.text);
    /* computed for a row, outside of its loops: the name is known from here on */
    else if (later && !write_recall(w, v, index)) write_name(w, v, index, e);
}

/* Computes expressions that are the same for the whole row once, before the row's loops. */
static void hoist(KernelWriter *w, Value v, const Index *index, bool start)
{
    const Node *node = writer_at(w, v);
    if (!start && mark_of(w, v)->seen == w->round) return;
    mark_of(w, v)->seen = w->round;
    if (!start && (node->n_in == 0 && !is_stored_leaf(w->g, v))) return;
    Index here = write_normal(w, v, index);
    if (!start && write_recall(w, v, &here)) return;
    bool constant_in_row = true;
    Type type = node->type;
    for (int i = w->k->outer; i < type.rank; i++) constant_in_row = constant_in_row && type.dims[i] == 1;
    bool follows = true;
    for (int i = 0; i < type.rank && i < w->k->outer; i++) follows = follows && (type.dims[i] == 1 || index->at[i]);
    if (!start && type.rank > 0 && constant_in_row && follows && node->op->kind == POINTWISE && node->op != &op_neg &&
        node->op != &op_to_real && w->p->kernel_of[v] < 0) {
        Index own = write_normal(w, v, index);
        if (write_recall(w, v, &own) || type.rank < w->k->outer) return;
        Expr e = write_element(w, v, &own);
        if (!write_recall(w, v, &own)) write_name(w, v, &own, e);
        return;
    }
    if (!start && (w->p->kernel_of[v] >= 0 || is_stored_leaf(w->g, v))) return;
    /* the index changes on the way: leave the value where it is */
    if (node->op->kind != POINTWISE && node->op->kind != REDUCE) return;
    for (int i = 0; i < node->n_in; i++) hoist(w, node->in[i], index, false);
}

static const Index nowhere = {{"0", "0", "0", "0", "0", "0", "0", "0"}};

/* Computes numbers that are the same everywhere before all loops. */
static void hoist_scalars(KernelWriter *w, Value v, bool start)
{
    const Node *node = writer_at(w, v);
    if (!start && (w->p->kernel_of[v] >= 0 || node->n_in == 0 || mark_of(w, v)->seen == w->round)) return;
    mark_of(w, v)->seen = w->round;
    if (!start && node->op->kind == POINTWISE && is_single(node->type)) {
        Value reads = 0;
        const Reach *list;
        int n = reaches(w->p, v, &list);
        for (int i = 0; i < n && !reads; i++)
            if (w->p->kernel_of[list[i].value] == w->number) reads = list[i].value;
        if (!reads && !write_recall(w, v, &nowhere)) {
            Expr e = write_element(w, v, &nowhere);
            if (!write_recall(w, v, &nowhere)) write_name(w, v, &nowhere, e);
        }
        return;
    }
    if (node->op->kind == CONTRACTION || node->op->kind == STENCIL) return;
    for (int i = 0; i < node->n_in; i++) hoist_scalars(w, node->in[i], false);
}

/* ---- what comes from memory ---- */

/* Prefetching.  Arrays of the whole batch that an earlier part of the step wrote come from memory, and the machine's
 * own prefetching stops at every page.  Rows of one cache line are left alone: there a prefetch costs as much as it
 * gains. */
enum { LEAST_AHEAD = 32 };

static bool comes_from_memory(const KernelWriter *w, Value v)
{
    const int buffer = w->p->buffer_of[v];
    if (buffer < 0) return false;
    const Buffer *b = &w->p->buffers[buffer];
    const Segment *segment = segment_of(w->p, w->number);
    const Placed *at = &w->plan->of[buffer];
    if (at->owner != OWNER_BATCH || b->storage != RT_F32 || !type_has_batch(b->type)) return false;
    return segment->sliced && at->lower < segment->first;
}

/* Asks for rows that the nest will reach a page later, in those arrays from memory whose axes are those of its
 * loops. */
static void read_ahead(KernelWriter *w, int n, const Value *values, Type loops, const Index *index)
{
    const int last = loops.rank - 1;
    Value *asked = NULL;
    int n_asked = 0, capacity = 0;
    for (int i = 0; i < n; i++) {
        const Reach *reads;
        const int n_reads = reaches(w->p, values[i], &reads);
        for (int j = 0; j < n_reads; j++) {
            const Value v = reads[j].value;
            const Type type = writer_at(w, v)->type;
            bool fits = comes_from_memory(w, v) && same_dims(type, loops);
            for (int a = 0; a < type.rank && fits; a++) fits = type.dims[a] == 1 || reads[j].axis[a] == a;
            for (int k = 0; k < n_asked; k++) fits = fits && asked[k] != v;
            if (!fits) continue;
            asked = arena_grow(w->arena, asked, n_asked, &capacity, sizeof *asked);
            asked[n_asked++] = v;
            Index row = *index;
            row.at[last] = "0";
            kernel_line(w, "rt_read_ahead(&%s%s, %s);", buffer_argument(w, w->p->buffer_of[v], false),
                        write_place(w, w->p->buffer_of[v], &row), kernel_dim(w, loops.dims[last]));
        }
    }
}

/* Writes one nest of loops for all kept values of a stage that share loops. */
static void write_nest(KernelWriter *w, int n, const Value *values)
{
    Type loops = loops_of(w->g, values[0]);
    Index index = loops_index(w, loops);
    const int outer = w->k->outer, last = loops.rank - 1;
    bool rows = false, lanes = false, apart = true;
    for (int i = outer; i < loops.rank; i++) rows = rows || loops.dims[i] != 1;
    for (int i = 0; i < n; i++) {
        Value v = values[i];
        lanes = lanes || sum_has_lanes(w, v);
        apart = apart && (sum_has_lanes(w, v) || follows_axis(w, v, last));
        if (sum_of_row(w, v)) start_fold(w, v);
        else if (rows && w->p->buffer_of[v] < 0 && needed_later(w, v)) {
            mark_of(w, v)->local_of = kernel_local(w, write_hint(w, v));
            kernel_line(w, "float %s%s;", mark_of(w, v)->local_of, row_dims(w, v));
        }
    }
    w->round++;
    for (int i = 0; i < n && rows; i++) hoist(w, values[i], &index, true);
    const int memos = w->n_memos;
    Nest nest = {.n = n, .values = values, .loops = loops, .index = &index};
    for (int i = outer; i < last; i++) nest_open(w, &nest, i);
    if (last > 0 && outer <= last && loops.dims[last] >= LEAST_AHEAD) read_ahead(w, n, values, loops, &index);
    if (lanes) open_lanes(w, &nest, apart);
    else if (outer <= last && last >= 0) nest_open(w, &nest, last);
    /* read before the first of the values is stored in its place */
    if (w->raw && n > 1 && same_dims(writer_at(w, w->raw)->type, loops)) {
        Index own = write_normal(w, w->raw, &index);
        write_name(w, w->raw, &own, write_element(w, w->raw, &own));
    }
    for (int i = 0; i < n; i++) keep(w, values[i], &index);
    if (lanes) close_lanes(w, &nest);
    nest_close(w, &nest, memos);
    for (int i = 0; i < n; i++) {
        Value v = values[i];
        if (sum_of_row(w, v) && mark_of(w, v)->local_of && w->p->buffer_of[v] >= 0)
            kernel_line(w, "%s = %s;", stored(w, v, &index), mark_of(w, v)->local_of);
    }
    for (int i = 0; i < n; i++) mark_of(w, values[i])->done = true;
}

/* An argmax in a kernel of its own.  The axes that stay are the outer loops, and the reduced axes are searched inside,
 * so that only one maximum is kept at a time. */
static void write_long_argmax(KernelWriter *w, Value v)
{
    const Node *node = writer_at(w, v);
    Type loops = loops_of(w->g, v);
    w->widest = loops;
    Index index = loops_index(w, loops);
    int opened = 0, memos = w->n_memos;
    for (int inside = 0; inside < 2; inside++) {
        for (int i = 0; i < loops.rank; i++)
            if ((int)(node->attr.ints[0] >> i & 1) == inside) opened += open_axes(w, loops, i, i + 1);
        if (inside) break;
        mark_of(w, v)->local_of = kernel_local(w, "where");
        mark_of(w, v)->best_of = kernel_local(w, "best");
        kernel_line(w, "int %s = 0;", mark_of(w, v)->local_of);
        kernel_line(w, "float %s = -RT_INFINITY;", mark_of(w, v)->best_of);
    }
    int searched = 0;
    for (int i = 0; i < loops.rank; i++) searched += (node->attr.ints[0] >> i & 1) && loops.dims[i] != 1;
    w->single = true;
    fold(w, v, &index);
    w->single = false;
    close_axes(w, searched, memos);
    Index own = write_normal(w, v, &index);
    kernel_line(w, "%s = %s;", stored(w, v, &own), mark_of(w, v)->local_of);
    close_axes(w, opened - searched, memos);
    mark_of(w, v)->done = true;
}

/* Writes loops over the given kept values.  totals: sums over all loops into one number.  Such a sum goes on, in a
 * variable, from the total of the samples before, so the end of a chunk makes no difference. */
void write_loops(KernelWriter *w, int n, const Value *values)
{
    if (n == 1 && writer_at(w, values[0])->op == &op_argmax && argmax_row(w->p, values[0]) > MOST_LOCAL) {
        write_long_argmax(w, values[0]);
        return;
    }
    int stages = find_stages(w), outer = w->k->outer;
    Type widest = loops_of(w->g, values[0]);
    for (int i = 1; i < n; i++)
        if (loops_of(w->g, values[i]).rank > widest.rank) widest = loops_of(w->g, values[i]);
    Value *totals = arena_array(w->arena, n, sizeof *totals);
    int n_totals = 0;
    for (int i = 0; i < n; i++) {
        int buffer = w->p->buffer_of[values[i]];
        if (buffer < 0 || !w->p->buffers[buffer].zeroed || writer_at(w, values[i])->op != &op_sum ||
            !is_single(writer_at(w, values[i])->type))
            continue;
        mark_of(w, values[i])->local_of = kernel_local(
            w, kernel_format(w, "%s_total", w->canonical ? "t" : w->names[values[i]]));
        kernel_line(w, "float %s = %s;", mark_of(w, values[i])->local_of, stored(w, values[i], &nowhere));
        totals[n_totals++] = values[i];
    }
    w->widest = widest;
    bool any_loops = !is_single(widest);
    w->round++;
    for (int i = 0; i < n && any_loops; i++) hoist_scalars(w, values[i], true);
    const int memos = w->n_memos;
    const Index index = loops_index(w, widest);
    Nest nest = {.n = n, .values = values, .loops = widest, .index = &index};
    for (int i = 0; i < outer && i < widest.rank; i++) nest_open(w, &nest, i);
    for (int stage = 0; stage <= stages; stage++) {
        bool *written = arena_array(w->arena, n, sizeof *written);
        for (int i = 0; i < n; i++) {
            if (written[i] || mark_of(w, values[i])->stage != stage) continue;
            Value *group = arena_array(w->arena, n, sizeof *group);
            int size = 0;
            for (int j = i; j < n; j++)
                if (!written[j] && mark_of(w, values[j])->stage == stage &&
                    same_dims(loops_of(w->g, values[i]), loops_of(w->g, values[j])))
                    group[size++] = values[j], written[j] = true;
            write_nest(w, size, group);
        }
    }
    nest_close(w, &nest, memos);
    for (int i = 0; i < n_totals; i++) {
        kernel_line(w, "%s = %s;", stored(w, totals[i], &nowhere), mark_of(w, totals[i])->local_of);
    }
}
