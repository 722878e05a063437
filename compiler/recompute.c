/* recompute.c - which values are computed again where they are read, instead of being stored until then.
 *
 * Where all samples meet (batch norm, a contrastive loss) the slices end: what is read behind that point has to lie in memory for
 * the whole batch, and goes there and comes back at the speed of memory, not of the cache.  A value that is computed element by
 * element from an array that lies there anyway, and from rows or parameters that are small beside it, needs no storage: it is
 * computed again, chunk by chunk, where it is read.  So layer norm is stored as its argument and the statistics of rows, a ReLU behind a batch
 * norm as what the norm read, and GELU not at all, since its gradient reads all that it is made of.  What is dear (erf, random numbers) is stored: on one core it
 * takes as long to compute as to fetch.
 *
 * The program as it was ordered says what crosses; the result is the graph anew, in which the readers behind a point where samples meet have a node
 * of their own to read (Note.again_of).  The arithmetic is the same, and so are the bits. */
#include "tailor.h"

#include <string.h>

enum { SMALL = 8 };        /* an array of at most 1/8 of the elements is small beside the value */

typedef struct Recompute {
    const Program *p;
    const Graph *old;
    Arena *arena;
    int *segment;          /* [kernels] */
    int *until;            /* [old->n]: the last segment that reads a kept value from memory; -1 */
    bool *whole;           /* [old->n]: a kernel that sees all samples reads it */
    bool *again;           /* [old->n] */
    Value (*material)[2];  /* [old->n] of a value that is computed again: the arrays that it needs, 0 for none */
    Graph *g;
    Value *now;            /* [old->n]: the same value in the new graph */
    int *stamp;            /* [old->n]: for which segment `here` holds */
    Value *here;           /* [old->n]: an expression as the segment of the stamp reads it */
    Value **copies;        /* [old->n]: of a value that is computed again, its node in each segment */
} Recompute;

static bool is_kept(const Recompute *r, Value v) { return r->p->kernel_of[v] >= 0; }
static int home(const Recompute *r, Value v) { return r->segment[r->p->kernel_of[v]]; }

/* ---- what is computed again ---- */

static void find_readers(Recompute *r)
{
    for (Value v = 1; v < r->old->n; v++) {
        if (!is_kept(r, v)) continue;
        Reach *reads;
        const int n = reaches(r->p, v, &reads);
        for (int i = 0; i < n; i++) {
            if (r->until[reads[i].value] < home(r, v)) r->until[reads[i].value] = home(r, v);
            r->whole[reads[i].value] |= !r->p->segments[home(r, v)].sliced;
        }
    }
}

/* Is there a kernel in the segment that reads both as it is? */
static bool read_together(const Recompute *r, Value a, Value b, int segment)
{
    for (int k = r->p->segments[segment].first; k < r->p->segments[segment].last; k++) {
        const Kernel *kernel = &r->p->kernels[k];
        bool reads_a = false, reads_b = false;
        for (int i = 0; i < kernel->n_reads; i++) {
            reads_a = reads_a || kernel->reads[i] == r->p->buffer_of[a];
            reads_b = reads_b || kernel->reads[i] == r->p->buffer_of[b];
        }
        if (reads_a && reads_b) return true;
    }
    return false;
}

/* Can v be computed from what lies in memory until its last reader anyway?  From one array, or from two that some kernel reads there
 * together; from what is small beside v in any case.  Fills in the arrays. */
static bool has_material(const Recompute *r, Value v, Value material[2])
{
    Reach *reads;
    const int n = reaches(r->p, v, &reads);
    const int64_t size = type_count(graph_at(r->old, v)->type, 1);
    int n_arrays = 0;
    for (int i = 0; i < n; i++) {
        const Value read = reads[i].value;
        const Type type = graph_at(r->old, read)->type;
        if (!type_has_batch(type) || type_count(type, 1) * SMALL <= size) continue;
        for (int a = 0; a < type.rank; a++)
            if (reads[i].axis[a] != a && type.dims[a] != 1) return false;
        for (int m = 0; m < 2; m++) {
            const Value x = r->again[read] ? r->material[read][m] : m ? 0 : read;
            if (!x || (n_arrays > 0 && x == material[0]) || (n_arrays > 1 && x == material[1])) continue;
            if (n_arrays == 2 || (!is_stored_leaf(r->old, x) && r->until[x] < r->until[v])) return false;
            material[n_arrays++] = x;
        }
    }
    return n_arrays < 2 || (is_kept(r, material[0]) && is_kept(r, material[1]) && read_together(r, material[0], material[1], r->until[v]));
}

static bool decide(Recompute *r)
{
    bool any = false;
    for (Value v = 1; v < r->old->n; v++) {
        if (!is_kept(r, v) || graph_at(r->old, v)->op->kind != POINTWISE || !type_has_batch(graph_at(r->old, v)->type)) continue;
        if (r->until[v] <= home(r, v) || r->whole[v] || !r->p->segments[home(r, v)].sliced) continue;
        if (graph_at(r->old, v)->op->heavy || !has_material(r, v, r->material[v])) continue;
        r->again[v] = any = true;
    }
    return any;
}

/* ---- the graph anew ---- */

static Value in_segment(Recompute *r, Value v, int segment);

static Value *inputs_in(Recompute *r, Value v, int segment, bool *same)
{
    const Node *node = graph_at(r->old, v);
    Value *in = arena_array(r->arena, node->n_in, sizeof *in);
    *same = true;
    for (int i = 0; i < node->n_in; i++) {
        in[i] = in_segment(r, node->in[i], segment);
        *same = *same && in[i] == r->now[node->in[i]];
    }
    return in;
}

/* What kernels of a segment read for v. */
static Value in_segment(Recompute *r, Value v, int segment)
{
    bool same;
    if (is_kept(r, v)) {
        if (!r->again[v] || home(r, v) >= segment) return r->now[v];
        if (!r->copies[v]) r->copies[v] = arena_array(r->arena, r->p->n_segments, sizeof **r->copies);
        if (!r->copies[v][segment]) r->copies[v][segment] = graph_add_again(r->g, r->now[v], graph_at(r->old, v)->n_in, inputs_in(r, v, segment, &same));
        return r->copies[v][segment];
    }
    if (r->stamp[v] == segment) return r->here[v];
    const Node *node = graph_at(r->old, v);
    const Value *in = inputs_in(r, v, segment, &same);
    r->g->line = r->old->notes[v].line;
    r->g->label = r->old->notes[v].label;
    r->stamp[v] = segment;
    return r->here[v] = same ? r->now[v] : graph_add(r->g, node->op, node->n_in, in, node->attr);
}

static Goal *rebuild(Recompute *r, const Goal *goal)
{
    const Graph *old = r->old;
    r->g = graph_new(r->arena);
    r->g->largest_tile = old->largest_tile;
    Goal *result = arena_alloc(r->arena, sizeof *result);
    *result = *goal;
    result->graph = r->g;
    result->roots = arena_array(r->arena, goal->n_roots, sizeof *result->roots);
    for (Value v = 1; v < old->n; v++) {
        const Node *node = graph_at(old, v);
        const Note *note = &old->notes[v];
        bool same;
        Value *in = arena_array(r->arena, node->n_in, sizeof *in);
        for (int i = 0; i < node->n_in; i++) in[i] = r->now[node->in[i]];
        if (is_kept(r, v)) in = inputs_in(r, v, home(r, v), &same);
        r->g->line = note->line;
        r->g->label = note->label;
        r->now[v] = graph_add(r->g, node->op, node->n_in, in, node->attr);
        Note *kept = &r->g->notes[r->now[v]];
        if (note->name && !kept->name) kept->name = note->name;
        if (note->gradient_of && !kept->gradient_of) kept->gradient_of = r->now[note->gradient_of];
    }
    for (int i = 0; i < goal->n_roots; i++) {
        result->roots[i] = goal->roots[i];
        result->roots[i].value = r->now[goal->roots[i].value];
    }
    return result;
}

const Goal *recompute(const Goal *goal, const Program *p)
{
    Arena *arena = p->graph->arena;
    const int n = p->graph->n;
    Recompute r = {.p = p, .old = p->graph, .arena = arena,
                   .segment = arena_array(arena, p->n_kernels, sizeof *r.segment), .until = arena_array(arena, n, sizeof *r.until), .whole = arena_array(arena, n, sizeof *r.whole),
                   .material = arena_array(arena, n, sizeof *r.material), .again = arena_array(arena, n, sizeof *r.again),
                   .now = arena_array(arena, n, sizeof *r.now), .stamp = arena_array(arena, n, sizeof *r.stamp),
                   .here = arena_array(arena, n, sizeof *r.here), .copies = arena_array(arena, n, sizeof *r.copies)};
    for (int s = 0; s < p->n_segments; s++)
        for (int k = p->segments[s].first; k < p->segments[s].last; k++) r.segment[k] = s;
    for (Value v = 0; v < n; v++) r.until[v] = r.stamp[v] = -1;
    find_readers(&r);
    return decide(&r) ? rebuild(&r, goal) : goal;
}
