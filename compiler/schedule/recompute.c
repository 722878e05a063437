/* recompute.c - which values are computed again where they are read, instead of being stored until then.
 *
 * At a point where all samples meet (batch norm, a contrastive loss) the slices end.  A value that is read behind that
 * point has to lie in memory for the whole batch.  It goes there and comes back at the speed of memory, not of the
 * cache.  Some values need no storage: those that are computed element by element from an array that lies in memory
 * anyway, and from rows or parameters that are small beside it.  They are computed again, chunk by chunk, where they
 * are read.  So layer norm is stored as its argument and the statistics of rows, a ReLU behind a batch norm as the
 * norm's argument, and GELU as its argument.  Values that take longer to compute than to fetch (pow, random numbers,
 * contractions) are stored.  Under a budget of memory these too are computed again, level by level.  Random numbers
 * are a function of where they stand, so they come out the same.
 *
 * The program as it was ordered says which values cross such a point.  The result is a new graph, in which readers
 * behind the point read a node of their own (Note.again_of).  The arithmetic is the same, and so are the bits. */
#include "schedule/program.h"

#include <string.h>

enum {
    SMALL = 8,             /* an array of at most 1/8 of the elements is small beside the value */
    MATERIAL = 3           /* arrays that a value may be computed again from, at most */
};

/* A node that stands for a value in a region.  A value has few of them, but there are very many regions. */
typedef struct Stand { int region; Value value; struct Stand *next; } Stand;

/* The kernels of one part of the step, in which a value is computed or read: 2 * segment, + 1 for backward kernels. */
typedef int Region;

typedef struct Recompute {
    const Program *p;
    const Graph *old;
    Arena *arena;
    int level;             /* level of recomputation: see recompute() in program.h */
    Region *region;        /* [kernels] */
    Region *until;         /* [old->n]: the last region that reads a kept value from memory; -1: none does */
    bool *whole;           /* [old->n]: a kernel that sees all samples reads it */
    bool *again;           /* [old->n] */
    Value (*material)[MATERIAL];  /* [old->n]: the arrays that a value is computed again from; 0: none */
    Rebuild anew;
    Value *waiting;        /* [old->n]: values that wait for their inputs */
    Stand **here;      /* [old->n]: the nodes that stand for a value in the regions that asked, the last region first */
} Recompute;

static bool is_kept(const Recompute *r, Value v) { return r->p->kernel_of[v] >= 0; }
static Region home(const Recompute *r, Value v) { return r->region[r->p->kernel_of[v]]; }

/* Would a value that is computed in one region have to be stored for the other?  A value that stays within a segment
 * stays in the cache, and counts only where memory is short. */
static bool is_far(const Recompute *r, Region from, Region to) { return r->level > 1 ? to > from : to / 2 > from / 2; }

/* ---- what is computed again ---- */

static void find_readers(Recompute *r)
{
    for (Value v = 1; v < r->old->n; v++) {
        if (!is_kept(r, v)) continue;
        const Reach *reads;
        const int n = reaches(r->p, v, &reads);
        for (int i = 0; i < n; i++) {
            if (r->until[reads[i].value] < home(r, v)) r->until[reads[i].value] = home(r, v);
            r->whole[reads[i].value] |= !r->p->segments[home(r, v) / 2].sliced;
        }
    }
}

/* Is v a value of samples, computed slice by slice, that is stored for a later region?  It must have no reader that
 * sees all samples. */
static bool is_stored(const Recompute *r, Value v)
{
    return is_kept(r, v) && type_has_batch(graph_at(r->old, v)->type) && is_far(r, home(r, v), r->until[v]) &&
           !r->whole[v] && r->p->segments[home(r, v) / 2].sliced;
}

/* Can v be computed from arrays that lie in memory until its last reader anyway?  Arrays that are small beside v may be
 * any number, others at most MATERIAL, so that a residual sum is computed from the last one or two and not from all
 * sums before it.  Fills in the arrays. */
static bool has_material(const Recompute *r, Value v, Value material[MATERIAL])
{
    const Reach *reads;
    const int n = reaches(r->p, v, &reads);
    const int64_t size = type_count(graph_at(r->old, v)->type, 1);
    int n_arrays = 0;
    for (int i = 0; i < n; i++) {
        const Value read = reads[i].value;
        const Type type = graph_at(r->old, read)->type;
        if (!type_has_batch(type) || type_count(type, 1) * SMALL <= size) continue;
        for (int a = 0; a < type.rank; a++)
            if (reads[i].axis[a] != a && type.dims[a] != 1) return false;
        for (int m = 0; m < MATERIAL; m++) {
            const Value x = r->again[read] ? r->material[read][m] : m ? 0 : read;
            bool known = !x;
            for (int k = 0; k < n_arrays; k++) known = known || material[k] == x;
            if (known) continue;
            if (n_arrays == MATERIAL || (!is_stored_leaf(r->old, x) && r->until[x] < r->until[v])) return false;
            material[n_arrays++] = x;
        }
    }
    return true;
}

/* Decides on values whose recomputation costs no time and, from level 1 on, on values that take longer to compute than
 * to fetch. */
static void decide_free(Recompute *r)
{
    for (Value v = 1; v < r->old->n; v++) {
        const Node *node = graph_at(r->old, v);
        if (node->op == &op_widened && is_stored(r, v)) {       /* it is stored as what it is made of, and not twice */
            const Value narrow = node->in[0];
            r->again[v] = true, r->material[v][0] = narrow;
            if (r->until[narrow] < r->until[v]) r->until[narrow] = r->until[v];
            continue;
        }
        r->again[v] = is_stored(r, v) && node->op->kind == POINTWISE && (!node->op->slow || r->level == 1) &&
                      has_material(r, v, r->material[v]);
    }
}

/* Number of arrays from which a value is computed and that are not small beside it. */
static int count_arrays(const Recompute *r, Value v)
{
    const Reach *reads;
    const int n = reaches(r->p, v, &reads);
    const int64_t size = type_count(graph_at(r->old, v)->type, 1);
    int arrays = 0;
    for (int i = 0; i < n; i++) {
        const Type type = graph_at(r->old, reads[i].value)->type;
        bool known = !type_has_batch(type) || type_count(type, 1) * SMALL <= size;
        for (int j = 0; j < i; j++) known = known || reads[j].value == reads[i].value;
        arrays += !known;
    }
    return arrays;
}

/* Decides on values whose recomputation costs time: all that are computed element by element, and a share of the
 * contractions and of the values that join several arrays.  Such a value is a residual sum, through which all layers
 * before it would be computed again.  Goes from the last value to the first, since the inputs of a recomputed value are
 * then needed where the value is.  What is rounded to bfloat16 is computed again with what it rounds, or neither is.
 * Gradients are stored. */
static void decide_dear(Recompute *r)
{
    int number = 0;
    bool *rounded = arena_array(r->arena, r->old->n, sizeof *rounded);         /* what it is rounded to is made again */
    for (Value v = r->old->n - 1; v > 0; v--) {
        const Op *op = graph_at(r->old, v)->op;
        if (!is_stored(r, v) || home(r, v) % 2) continue;
        const bool simple = (op->kind == POINTWISE && op != &op_bfloat16 && count_arrays(r, v) < 2) ||
                            (op->kind == LEAF && op->heavy) || rounded[v];
        const bool possible = op->kind == POINTWISE || op->kind == STENCIL ||
                              (op->kind == CONTRACTION && op->batch(r->old, v) == BATCH_SAMPLE);
        if (simple) r->again[v] = true;
        else if (possible) r->again[v] = r->level == RECOMPUTE_LEVELS - 1 || number++ % (1 << (r->level - 2)) != 0;
        if (op == &op_bfloat16 && r->again[v]) rounded[graph_at(r->old, v)->in[0]] = true;
        const Reach *reads;
        const int n = r->again[v] ? reaches(r->p, v, &reads) : 0;
        for (int i = 0; i < n; i++)
            if (r->until[reads[i].value] < r->until[v]) r->until[reads[i].value] = r->until[v];
    }
}

/* ---- the graph anew ---- */

/* The node that kernels of a region read for v; 0: it is not made yet. */
static Value stands_for(const Recompute *r, Value v, Region region)
{
    const bool kept = is_kept(r, v);
    if (kept && (!r->again[v] || !is_far(r, home(r, v), region))) return r->anew.now[v];
    if (!kept && graph_at(r->old, v)->n_in == 0) return r->anew.now[v];
    for (const Stand *stand = r->here[v]; stand; stand = stand->next)
        if (stand->region == region) return stand->value;
    return 0;
}

/* Makes the node that stands for v in a region, from the nodes that stand for its inputs. */
static void make_stand(Recompute *r, Value v, Region region)
{
    const Node *node = graph_at(r->old, v);
    Value *in = arena_array(r->arena, node->n_in, sizeof *in);
    bool same = !is_kept(r, v);
    for (int i = 0; i < node->n_in; i++) {
        in[i] = stands_for(r, node->in[i], region);
        same = same && in[i] == r->anew.now[node->in[i]];
    }
    Stand *stand = arena_alloc(r->arena, sizeof *stand);
    const Value now = r->anew.now[v];
    *stand = (Stand){region, same ? now : graph_add_again(r->anew.g, now, node->n_in, in), r->here[v]};
    r->here[v] = stand;
}

static Value in_region(Recompute *r, Value v, Region region)
{
    int n = 0;
    for (r->waiting[n++] = v; n > 0;) {
        const Value last = r->waiting[n - 1];
        Value before = 0;
        for (int i = 0; i < graph_at(r->old, last)->n_in && !before && !stands_for(r, last, region); i++)
            if (!stands_for(r, graph_at(r->old, last)->in[i], region)) before = graph_at(r->old, last)->in[i];
        if (before) r->waiting[n++] = before;
        else if (n--, !stands_for(r, last, region)) make_stand(r, last, region);
    }
    return stands_for(r, v, region);
}

static Goal *rebuild(Recompute *r, const Goal *goal)
{
    const Graph *old = r->old;
    r->anew = rebuild_new(old, old->n + old->n / 2);
    for (Value v = 1; v < old->n; v++) {
        const Node *node = graph_at(old, v);
        Value *in = arena_array(r->arena, node->n_in, sizeof *in);
        for (int i = 0; i < node->n_in; i++)
            in[i] = is_kept(r, v) ? in_region(r, node->in[i], home(r, v)) : r->anew.now[node->in[i]];
        rebuild_at(&r->anew, v);
        rebuild_as(&r->anew, v, rebuild_node(&r->anew, v, in));
    }
    return rebuild_goal(&r->anew, goal);
}

const Goal *recompute(const Goal *goal, const Program *p, int level)
{
    Arena *arena = p->graph->arena;
    const int n = p->graph->n;
    Recompute r = {.p = p,
                   .old = p->graph,
                   .arena = arena,
                   .level = level,
                   .region = arena_array(arena, p->n_kernels, sizeof *r.region),
                   .until = arena_array(arena, n, sizeof *r.until),
                   .whole = arena_array(arena, n, sizeof *r.whole),
                   .material = arena_array(arena, n, sizeof *r.material),
                   .again = arena_array(arena, n, sizeof *r.again),
                   .waiting = arena_array(arena, n, sizeof *r.waiting),
                   .here = arena_array(arena, n, sizeof *r.here)};
    for (int s = 0; s < p->n_segments; s++)
        for (int k = p->segments[s].first; k < p->segments[s].last; k++) r.region[k] = 2 * s + p->kernels[k].backward;
    for (Value v = 0; v < n; v++) r.until[v] = -1;
    find_readers(&r);
    if (level > 1) decide_dear(&r);
    else decide_free(&r);
    bool any = false;
    for (Value v = 1; v < n; v++) any = any || r.again[v];
    return any ? rebuild(&r, goal) : goal;
}
