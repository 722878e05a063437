/* kernel_sums.c - how the loops of a kernel add up.
 *
 * A single variable that takes many terms loses a little at each addition.  So the terms of a sample are cut into parts
 * of a few dozen.  Each part is summed by itself, and the parts are added in pairs, pairs in pairs (runtime/rt_sum.h).
 * The sums of samples are added one after another.  A part is the run of the innermost summed axis, or a block of it
 * where that axis is long:
 *
 *     float sum_tree[5][16];
 *     for (int h = 0; h < 28; h++) {
 *         float sum_part[16] = {0};
 *         for (int w = 0; w < 28; w++) {
 *             for (int c = 0; c < 16; c++) {
 *                 sum_part[c] += x[b][h][w][c];
 *             }
 *         }
 *         rt_sums_put(h, 16, sum_tree[0], sum_part);
 *     }
 *     rt_sums_add(28, 16, sum_tree[0], sum);
 *
 * Along a last axis whose length is a multiple of 16, a part is 16 lanes, which are added in one tree.  Such a loop has
 * no chain of additions that wait for one another, and gives the same bits for vectors of any width.
 *
 * All of this is a property of the value alone: fusion does not change it. */
#include "emit/kernel_write.h"

#include <string.h>

enum {
    LANES = 16,
    MOST_TERMS = 32,                 /* terms that one variable takes one after another */
    BLOCK = 16,                  /* terms in a block, where an axis is cut and each addition waits for the one before */
    MOST_RUNS = 32, BLOCK_RUNS = 16, /* the same two limits for lanes, in runs of 16 terms */
    MOST_TREE = 8 * MOST_LOCAL,      /* floats of a tree */
    MOST_GROUPS = MAX_RANK / 2
};

/* Summed axes that follow one another, but for axes of size 1.  Where other axes lie between, the sum over the inner
 * axes is a term of the sum over the outer ones. */
typedef struct Group {
    int first, leaf;                 /* the outermost and the innermost axis */
    bool lanes, tree;
    int block;                       /* > 0: the innermost axis is cut into blocks of this length */
    int levels;                      /* levels of the tree */
    int64_t width;                  /* number of sums side by side: elements of the axes that stay, inside of `first` */
    bool direct;                     /* terms are added in the place of the result */
    const char *sum, *branches;      /* names of variables: the sum that takes the terms; the tree */
} Group;

struct SumPlan {
    int n;
    Group groups[MOST_GROUPS];       /* from the outside in */
};

static int64_t size_of(const KernelWriter *w, Dim dim) { return dim_size(dim, w->p->slicing.batch); }

/* Does the sum go over this axis within a sample? */
static bool summed(const KernelWriter *w, Value v, int axis)
{
    const Type loops = loops_of(w->g, v);
    return (writer_at(w, v)->attr.ints[0] >> axis & 1) && loops.dims[axis] != 1 && (axis > 0 || loops.dims[0] > 0);
}

static void plan_group(KernelWriter *w, Value v, Group *g)
{
    const Type loops = loops_of(w->g, v);
    const int buffer = w->p->buffer_of[v];
    const bool zeroed = buffer >= 0 && w->p->buffers[buffer].zeroed;
    int64_t terms = 1, across = size_of(w, loops.dims[g->leaf]);
    for (int i = g->first; i <= g->leaf; i++) terms *= size_of(w, loops.dims[i]);
    g->width = 1;
    for (int i = g->leaf + 1; i < loops.rank; i++)
        if (!summed(w, v, i)) g->width *= size_of(w, loops.dims[i]);
    g->lanes = g->leaf > 0 && g->leaf == loops.rank - 1 && loops.dims[g->leaf] > 0 && loops.dims[g->leaf] % LANES == 0;
    if (g->lanes && across > MOST_RUNS * LANES) g->block = BLOCK_RUNS * LANES;
    if (!g->lanes && across > MOST_TERMS) g->block = g->width > 1 ? MOST_TERMS : BLOCK;
    const int64_t parts = terms / across * (g->block ? (across + g->block - 1) / g->block : 1);
    while (parts >> g->levels) g->levels++;
    g->tree = g->lanes ? parts > 1 : terms > MOST_TERMS;
    /* the sums would find no room on the stack */
    const bool wide = g->width > MOST_LOCAL || g->width * g->levels > MOST_TREE;
    g->tree = g->tree && !wide;
    if (!g->tree) g->block = 0;
    g->direct = !g->tree && !g->lanes && (wide || !zeroed);
}

static struct SumPlan *plan_of(KernelWriter *w, Value v)
{
    struct WriterNote *mark = mark_of(w, v);
    if (mark->sum) return mark->sum;
    struct SumPlan *plan = arena_alloc(w->arena, sizeof *plan);
    const Type loops = loops_of(w->g, v);
    bool inside = false;             /* of a group */
    for (int i = 0; i < loops.rank && writer_at(w, v)->op == &op_sum; i++) {
        if (loops.dims[i] == 1) continue;
        if (!summed(w, v, i)) inside = false;
        else if (inside) plan->groups[plan->n - 1].leaf = i;
        else plan->groups[plan->n++] = (Group){.first = i, .leaf = i}, inside = true;
    }
    for (int i = 0; i < plan->n; i++) {
        plan_group(w, v, &plan->groups[i]);
        if (i > 0) plan->groups[i].direct = false;      /* its result is a term of the group outside of it */
    }
    return mark->sum = plan;
}

bool sum_has_lanes(KernelWriter *w, Value v)
{
    struct SumPlan *plan = plan_of(w, v);
    return plan->n && plan->groups[plan->n - 1].lanes;
}

bool sum_is_direct(KernelWriter *w, Value v)
{
    struct SumPlan *plan = plan_of(w, v);
    return plan->n == 0 || plan->groups[0].direct;
}

/* ---- texts ---- */

static const char *enclosed(KernelWriter *w, const char *text)
{
    return strchr(text, ' ') ? kernel_format(w, "(%s)", text) : text;
}

/* The name from which the sum's variables get theirs. */
static const char *hint_of(KernelWriter *w, Value v) { return w->p->buffer_of[v] >= 0 ? w->names[v] : sum_hint(w, v); }

/* The index of the axes that stay inside of the group; index NULL: their sizes, as dimensions of an array. */
static const char *inner_axes(KernelWriter *w, Value v, const Group *g, const Index *index)
{
    const Type loops = loops_of(w->g, v);
    Text text = text_new(w->arena);
    for (int i = g->leaf + 1; i < loops.rank; i++)
        if (loops.dims[i] != 1 && !summed(w, v, i))
            text_add(&text, "[%s]", index ? index->at[i] : kernel_stride(w, loops.dims[i]));
    return text.chars;
}

static const char *width_text(KernelWriter *w, Value v, const Group *g)
{
    const Type loops = loops_of(w->g, v);
    Dim known = 1;
    bool batch = false;
    for (int i = g->leaf + 1; i < loops.rank; i++)
        if (!summed(w, v, i))
            known *= loops.dims[i] < 0 ? -loops.dims[i] : loops.dims[i], batch = batch || loops.dims[i] < 0;
    return kernel_stride(w, batch ? -known : known);
}

/* A pointer to the row that begins with this element. */
static const char *row_at(KernelWriter *w, const char *element)
{
    const size_t n = strlen(element);
    return n > 3 && !strcmp(element + n - 3, "[0]") ? kernel_format(w, "%.*s", (int)(n - 3), element)
                                                    : kernel_format(w, "&%s", element);
}

static const char *block_name(KernelWriter *w, const Index *index, int axis)
{
    return kernel_format(w, "%s_block", index->at[axis]);
}

/* The number of parts along an axis of the group. */
static const char *parts_along(KernelWriter *w, const Group *g, Dim dim, int axis)
{
    if (axis != g->leaf) return kernel_dim(w, dim);
    return dim < 0 ? kernel_format(w, "(%s + %d) / %d", kernel_dim(w, dim), g->block - 1, g->block)
                   : kernel_format(w, "%lld", (long long)((dim + g->block - 1) / g->block));
}

/* The number of the part at hand, in the order of the loops; index NULL: how many parts there are. */
static const char *part_text(KernelWriter *w, Value v, const Group *g, const Index *index)
{
    const Type loops = loops_of(w->g, v);
    const char *text = NULL;
    for (int i = g->first; i <= g->leaf; i++) {
        if (loops.dims[i] == 1 || (i == g->leaf && !g->block)) continue;
        const char *size = parts_along(w, g, loops.dims[i], i);
        const char *here = !index         ? size
                           : i == g->leaf ? kernel_format(w, "%s / %d", block_name(w, index, i), g->block)
                                          : index->at[i];
        if (!text) text = here;
        else if (!index) text = kernel_format(w, "%s * %s", enclosed(w, text), enclosed(w, size));
        else text = kernel_format(w, "%s * %s + %s", enclosed(w, text), enclosed(w, size), here);
    }
    return text;
}

/* ---- where the result goes ---- */

/* The element to which the sum over the group is added.  For axes inside of the group, index holds a place, or 0 for
 * the beginning of the row. */
static const char *target(KernelWriter *w, Value v, const Group *groups, int k, const Index *index)
{
    if (k > 0 && !groups[k - 1].direct)
        return kernel_format(w, "%s%s", groups[k - 1].sum, inner_axes(w, v, &groups[k - 1], index));
    const Index own = write_normal(w, v, index);
    return sum_accumulator(w, v, &own);
}

static void finish(KernelWriter *w, Value v, Group *groups, int k, const Index *index)
{
    const Group *g = &groups[k];
    const Type loops = loops_of(w->g, v);
    const bool adds = k > 0 || !sum_of_row(w, v);
    Index row = *index;
    for (int i = g->first; i < MAX_RANK; i++) row.at[i] = "0";
    if (g->width == 1) {
        const char *sum = g->tree    ? kernel_format(w, "rt_sum_of(%s, %s)", part_text(w, v, g, NULL), g->branches)
                          : g->lanes ? kernel_format(w, "rt_sum16(%s)", g->sum)
                                     : g->sum;
        if (!adds && sum_is_one(w, v))
            kernel_line(w, "const float %s = %s;", mark_of(w, v)->local_of = kernel_local(w, sum_hint(w, v)), sum);
        else kernel_line(w, "%s %s %s;", target(w, v, groups, k, &row), adds ? "+=" : "=", sum);
        return;
    }
    if (g->tree) {
        kernel_line(w, "%s(%s, %s, %s[0], %s);", adds ? "rt_sums_add" : "rt_sums_of", part_text(w, v, g, NULL),
                    width_text(w, v, g), g->branches, row_at(w, target(w, v, groups, k, &row)));
        return;
    }
    int opened = 0;                 /* few terms, side by side; index may be of other loops that share the outer axes */
    const Index own = loops_index(w, loops);
    for (int i = g->leaf + 1; i < loops.rank; i++) {
        if (loops.dims[i] == 1 || summed(w, v, i)) continue;
        row.at[i] = own.at[i];
        kernel_open(w, "for (int %s = 0; %s < %s; %s++)", row.at[i], row.at[i], kernel_dim(w, loops.dims[i]),
                    row.at[i]);
        opened++;
    }
    kernel_line(w, "%s += %s%s;", target(w, v, groups, k, &row), g->sum, inner_axes(w, v, g, &row));
    while (opened--) kernel_close(w);
}

/* ---- around the loop over an axis ---- */

int sums_open(KernelWriter *w, int n, const Value *values, Type loops, int axis, const Index *index)
{
    int block = 0;
    for (int i = 0; i < n; i++) {
        struct SumPlan *plan = plan_of(w, values[i]);
        for (int k = 0; k < plan->n; k++) {
            Group *g = &plan->groups[k];
            if (g->leaf == axis && g->block) block = g->block;
            if (g->first != axis || !g->tree) continue;
            g->branches = kernel_local(w, kernel_format(w, "%s_tree", hint_of(w, values[i])));
            kernel_line(w, g->width > 1 ? "float %s[%d][%s];" : "float %s[%d];", g->branches, g->levels,
                        width_text(w, values[i], g));
        }
    }
    if (block) {
        const char *name = block_name(w, index, axis);
        kernel_open(w, "for (int %s = 0; %s < %s; %s += %d)", name, name, kernel_dim(w, loops.dims[axis]), name, block);
    }
    for (int i = 0; i < n; i++) {
        struct SumPlan *plan = plan_of(w, values[i]);
        for (int k = 0; k < plan->n; k++) {
            Group *g = &plan->groups[k];
            if (g->direct || (g->tree || g->lanes ? g->leaf : g->first) != axis) continue;
            g->sum = kernel_local(w, g->lanes ? "lanes" : kernel_format(w, "%s_part", hint_of(w, values[i])));
            if (g->lanes) kernel_line(w, "float %s[%d] = {0};", g->sum, LANES);
            else
                kernel_line(w, "float %s%s = %s;", g->sum, inner_axes(w, values[i], g, NULL),
                            g->width > 1 ? "{0}" : "0");
        }
    }
    return block;
}

const char *sums_from(KernelWriter *w, const Index *index, int axis, int block)
{
    return block ? block_name(w, index, axis) : "0";
}

const char *sums_to(KernelWriter *w, const Index *index, Type loops, int axis, int block)
{
    const char *end = kernel_dim(w, loops.dims[axis]);
    if (!block) return end;
    if (loops.dims[axis] > 0 && loops.dims[axis] % block == 0)
        return kernel_format(w, "%s + %d", block_name(w, index, axis), block);
    return kernel_format(w, "rt_min_int(%s + %d, %s)", block_name(w, index, axis), block, end);
}

void sums_close(KernelWriter *w, int n, const Value *values, int axis, int block, const Index *index)
{
    for (int i = 0; i < n; i++) {
        struct SumPlan *plan = plan_of(w, values[i]);
        for (int k = 0; k < plan->n; k++) {
            const Group *g = &plan->groups[k];
            if (g->leaf != axis || !g->tree) continue;
            const char *number = part_text(w, values[i], g, index);
            Index start = *index;
            for (int a = 0; a < MAX_RANK; a++) start.at[a] = "0";
            if (g->width > 1)
                kernel_line(w, "rt_sums_put(%s, %s, %s[0], %s);", number, width_text(w, values[i], g), g->branches,
                            row_at(w, kernel_format(w, "%s%s", g->sum, inner_axes(w, values[i], g, &start))));
            else
                kernel_line(w, g->lanes ? "rt_sum_put(%s, %s, rt_sum16(%s));" : "rt_sum_put(%s, %s, %s);", number,
                            g->branches, g->sum);
        }
    }
    if (block) kernel_close(w);
    for (int i = 0; i < n; i++) {
        struct SumPlan *plan = plan_of(w, values[i]);
        for (int k = plan->n - 1; k >= 0; k--)
            if (plan->groups[k].first == axis && !plan->groups[k].direct) finish(w, values[i], plan->groups, k, index);
    }
}

void sum_term(KernelWriter *w, Value v, const Index *index, const char *term)
{
    struct SumPlan *plan = plan_of(w, v);
    const Group *g = plan->n ? &plan->groups[plan->n - 1] : NULL;
    if (!g || g->direct) {
        const Index own = write_normal(w, v, index);
        kernel_line(w, "%s += %s;", sum_accumulator(w, v, &own), term);
    } else if (g->lanes) kernel_line(w, "%s[lane] += %s;", g->sum, term);
    else kernel_line(w, "%s%s += %s;", g->sum, inner_axes(w, v, g, index), term);
}
