/* fuse_keep.c - which values are kept, and which are expressions inside the kernels that use them.
 *
 * These values are kept: results of contractions, reductions and windows; the arrays that those read; values that the
 * caller asks for; values that are too dear to compute twice; and values at which an expression is cut because it would
 * be too deep or too large. */
#include "schedule/fuser.h"

/* Do arrays of two shapes lie and read alike in memory, but for axes of size 1? */
static bool same_squeezed(Type a, Type b)
{
    int i = 0, j = 0;
    for (;;) {
        while (i < a.rank && a.dims[i] == 1) i++;
        while (j < b.rank && b.dims[j] == 1) j++;
        if (i == a.rank || j == b.rank) return i == a.rank && j == b.rank;
        if (a.dims[i++] != b.dims[j++]) return false;
    }
}

/* Replaces a root that is a reshape by the value behind it: always for a parameter or a state, else where the shapes
 * differ in axes of size 1 alone. */
const Goal *look_through_reshapes(Arena *arena, const Goal *goal)
{
    Goal *result = arena_alloc(arena, sizeof *result);
    *result = *goal;
    result->roots = arena_array(arena, goal->n_roots, sizeof *goal->roots);
    for (int i = 0; i < goal->n_roots; i++) {
        Root *root = &result->roots[i];
        *root = goal->roots[i];
        Value base = base_of(goal->graph, root->value);
        if (is_stored_leaf(goal->graph, base)) continue;
        if (root->kind == ROOT_UPDATE || root->kind == ROOT_STATE ||
            same_squeezed(graph_at(goal->graph, base)->type, root->type))
            root->value = base;
    }
    return result;
}

void mark_needed(Fuser *f)
{
    const Goal *goal = f->p->goal;
    for (int i = 0; i < goal->n_roots; i++) f->root[goal->roots[i].value] = true;
    f->needed = goal_needed(goal, false);
    f->forward = goal_needed(goal, true);
}

static void keep(Fuser *f, Value v)
{
    if (!is_stored_leaf(f->g, v)) f->p->kernel_of[v] = KEPT;
}

/* Keeps the array that a contraction or window reads, since it has to lie in memory.  A reshape in between moves
 * nothing. */
static void keep_memory(Fuser *f, Value v)
{
    Value base = base_of(f->g, v);
    keep(f, base);
    if (f->p->kernel_of[base] == KEPT) f->wanted[base] = true;
}

static bool is_cheap_leaf(const Node *node) { return node->n_in == 0 && !node->op->heavy; }

/* The result of a contraction and the values that follow from it element by element are one kernel, as long as nobody
 * else reads them.  Only the end of that chain lies in memory. */
static void keep_epilogues(Fuser *f)
{
    int *users = arena_array(f->arena, f->g->n, sizeof *users);
    Value *user = arena_array(f->arena, f->g->n, sizeof *user);
    for (Value v = 1; v < f->g->n; v++)
        for (int i = 0; f->needed[v] && i < at(f, v)->n_in; i++)
            if (user[at(f, v)->in[i]] != v) users[at(f, v)->in[i]]++, user[at(f, v)->in[i]] = v;
    for (Value v = 1; v < f->g->n && f->enabled; v++) {
        if (!f->needed[v] || at(f, v)->op->kind != CONTRACTION) continue;
        Value end = v;
        while (users[end] == 1 && !f->wanted[end] && at(f, user[end])->op->kind == POINTWISE &&
               at(f, user[end])->op != &op_bfloat16 &&                      /* an array of another element */
               type_equal(at(f, user[end])->type, at(f, v)->type) && f->forward[user[end]] == f->forward[v])
            end = user[end];
        if (end != v) keep_memory(f, end);
    }
}

/* Number of values that are computed in place for v, itself included; more than LARGEST means too many.  weighed: a
 * value that is slow to compute counts more often. */
static int count_in_place(Fuser *f, Value v, bool weighed, int *seen, int number)
{
    Value list[LARGEST + 1];
    int n = 0, count = 0;
    list[n++] = v;
    for (int next = 0; next < n; next++) {
        const Node *node = at(f, list[next]);
        count += weighed && node->op->heavy ? HEAVY : 1;
        for (int i = 0; i < node->n_in; i++) {
            const Value in = node->in[i];
            if (f->p->kernel_of[in] == KEPT || is_stored_leaf(f->g, in) || seen[in] == number) continue;
            if (n > LARGEST) return n;
            seen[in] = number;
            list[n++] = in;
        }
    }
    return count;
}

/* Cuts expressions.  Values that are computed in place become one expression, which recursive functions count and
 * write.  A value at which the expression gets too deep or too large for them is kept. */
static void end_expressions(Fuser *f)
{
    /* size: an upper bound on the number of values */
    int *depth = arena_array(f->arena, f->g->n, sizeof *depth), *size = arena_array(f->arena, f->g->n, sizeof *size);
    int *seen = arena_array(f->arena, f->g->n, sizeof *seen), counts = 0;
    for (Value v = 1; v < f->g->n; v++) {
        if (!f->needed[v] || is_stored_leaf(f->g, v)) continue;
        size[v] = 1;
        for (int i = 0; i < at(f, v)->n_in; i++) {
            const Value in = at(f, v)->in[i];
            if (f->p->kernel_of[in] == KEPT) continue;
            if (depth[in] >= depth[v]) depth[v] = depth[in] + 1;
            size[v] += size[in];
        }
        if (size[v] > LARGEST) size[v] = count_in_place(f, v, false, seen, ++counts);
        if (depth[v] >= DEEPEST || size[v] > LARGEST) keep(f, v);
        if (f->p->kernel_of[v] == KEPT) f->weight[v] = count_in_place(f, v, true, seen, ++counts);
    }
}

/* [graph->n]: the values that somebody reads.  An input that its readers find by themselves is not among them. */
static const bool *read_by_others(const Fuser *f)
{
    bool *read = arena_array(f->arena, f->g->n, sizeof *read);
    for (Value v = 1; v < f->g->n; v++)
        for (int i = 0; f->needed[v] && i < at(f, v)->n_in; i++)
            if (!at(f, v)->op->finds || !at(f, v)->op->finds(f->g, v, i)) read[at(f, v)->in[i]] = true;
    return read;
}

void mark_kept(Fuser *f)
{
    const bool *read = read_by_others(f);
    for (Value v = 1; v < f->g->n; v++) {
        const Node *node = at(f, v);
        if (!f->needed[v]) continue;
        OpKind kind = node->op->kind;
        if (node->op == &op_bfloat16) keep(f, v), f->wanted[v] = true;
        if (kind == CONTRACTION || kind == REDUCE || (kind == STENCIL && read[v])) keep(f, v);
        if (kind == CONTRACTION)
            for (int i = 0; i < node->n_in; i++) keep_memory(f, node->in[i]);
        if (kind == STENCIL)
            for (int i = 0; i < node->n_in; i++)
                if (at(f, node->in[i])->op->kind != STENCIL) keep_memory(f, node->in[i]);
        if (f->root[v] && !is_stored_leaf(f->g, v)) keep(f, v), f->wanted[v] = true;
        if (!f->enabled && !is_cheap_leaf(node) && node->op->kind != VIEW) keep(f, v);
    }
    keep_epilogues(f);
    /* A dear expression that several kept values use is kept too.  users[v], found from the end of the graph: the one
     * kept value whose expression contains v, or MANY. */
    enum { NOBODY = 0, MANY = -1 };
    Value *users = arena_array(f->arena, f->g->n, sizeof *users);
    for (Value v = f->g->n - 1; v > 0; v--) {
        const Node *node = at(f, v);
        if (!f->needed[v]) continue;
        bool dear = node->op->heavy && (node->op->kind == POINTWISE || node->op->kind == LEAF);
        if (dear && users[v] == MANY) keep(f, v);
        Value user = f->p->kernel_of[v] == KEPT ? v : users[v];
        for (int i = 0; i < node->n_in; i++) {
            Value in = node->in[i];
            users[in] = users[in] == NOBODY || users[in] == user ? user : MANY;
        }
    }
    end_expressions(f);
}
