/* fuse.c - which values are computed together, in one emitted function.
 *
 * fuse_keep.c says which values are kept; all others are expressions inside the kernels that use them.
 *
 * Kept values are visited in topological order.  One joins the last kernel that computes something it reads, when that
 * kernel's loops can carry it, else it opens a new kernel.  Since it never joins a kernel before the last one that it
 * needs, the list of kernels is always in a valid order and no cycle can arise.  Sums over samples that nobody waits
 * for are placed last: they join a kernel that reads the same values, as a bias gradient joins the weight gradient
 * beside it.
 *
 * Forward and backward do not mix, so that the emitted step reads as one after the other. */
#include "schedule/fuser.h"

/* ---- kernels ---- */

static bool sliced(BatchMode mode) { return mode == BATCH_SAMPLE || mode == BATCH_REDUCE; }

/* A maximum over the first axis: its row is the whole array. */
static bool whole_maximum(const Node *node)
{
    return node->op->kind == REDUCE && node->op != &op_sum && first_reduced(node) == 0;
}

/* An argmax whose row of maxima is too long for the stack.  It gets a kernel, and an order of loops, of its own. */
static bool long_argmax(const Fuser *f, Value v)
{
    return at(f, v)->op == &op_argmax && argmax_row(f->p, v) > MOST_LOCAL;
}

/* Number of leading axes that the loops of v share with those of the kernel. */
static int shared_axes(const Fuser *f, const Kernel *k, Value v)
{
    Type loops = loops_of(f->g, v);
    int shared = MAX_RANK;
    for (int i = 0; i < k->n_kept; i++) {
        Type other = loops_of(f->g, k->kept[i]);
        int n = 0;
        while (n < loops.rank && n < other.rank && loops.dims[n] == other.dims[n]) n++;
        if (same_dims(loops, other)) n = MAX_RANK;
        /* the last axis is never an outer one: sums go along it lane by lane */
        else if (n > 1 && (n == loops.rank || n == other.rank)) n--;
        if (n < shared) shared = n;
    }
    return shared;
}

/* Floats of stack that the parts and trees of a sum take, at most: see kernel_sums.c. */
static int64_t stack_of(const Fuser *f, Value v)
{
    const Node *node = at(f, v);
    if (node->op != &op_sum) return 0;
    const Type loops = at(f, node->in[0])->type;
    int64_t stack = 0, width = 1, levels = 2;
    for (int i = loops.rank - 1; i >= 0; i--) {      /* width: number of sums side by side inside of the axis */
        const int64_t size = dim_size(loops.dims[i], f->p->slicing.batch);
        const bool summed = (node->attr.ints[0] >> i & 1) && (i > 0 || loops.dims[0] > 0);
        if (!summed) width *= size;
        for (int64_t n = size; summed && n > 1; n = (n + 1) / 2) levels++;
        if (summed && size > 1 && width > 1 && width <= MOST_LOCAL) stack += width * levels;
    }
    return stack;
}

/* Can the loops of kernel k carry v too?  Fills in the number of axes that all its loops then share. */
static bool fits(const Fuser *f, int number, Value v, BatchMode mode, int *outer)
{
    const Kernel *k = &f->p->kernels[number];
    const Node *node = at(f, v);
    if (!f->enabled && k->n_kept) return false;
    if (k->weight + f->weight[v] > HEAVIEST) return false;
    if (k->stack + stack_of(f, v) > MOST_STACK) return false;
    if (k->kind != KERNEL_COMPUTE || k->backward != !f->forward[v] || node->op->kind == CONTRACTION) return false;
    if (sliced(k->mode) != sliced(mode) || (!sliced(mode) && k->mode != mode)) return false;
    if (whole_maximum(node) || long_argmax(f, v) || (k->n_kept == 1 && long_argmax(f, k->kept[0]))) return false;
    const Reach *reads;
    int n = reaches(f->p, v, &reads);
    *outer = k->outer;
    if (k->contraction) {
        if (node->op == &op_sum && mode == BATCH_REDUCE) {   /* beside a weight gradient that reads the same values */
            bool shares = false;
            for (int i = 0; i < n; i++) {
                if (f->p->kernel_of[reads[i].value] == number) return false;
                for (int j = 0; j < at(f, k->contraction)->n_in; j++)
                    shares = shares || base_of(f->g, at(f, k->contraction)->in[j]) == reads[i].value;
            }
            return shares && node->type.rank == loops_of(f->g, v).rank &&
                   at(f, k->contraction)->op->contraction(f->g, k->contraction, 1).accumulates;
        }
        /* the contraction's epilogue: pointwise ops, at the place that was just computed */
        if (node->op->kind != POINTWISE || !same_dims(node->type, at(f, k->contraction)->type)) return false;
        for (int i = 0; i < n; i++)
            for (int a = 0; f->p->kernel_of[reads[i].value] == number && a < node->type.rank; a++)
                if (reads[i].axis[a] != a && node->type.dims[a] != 1) return false;
        return true;
    }
    int shared = shared_axes(f, k, v);
    bool depends = false;
    for (int i = 0; i < n; i++) {
        Value r = reads[i].value;
        if (f->p->kernel_of[r] != number) continue;
        depends = true;
        Type type = at(f, r)->type;
        int follows = 0;
        while (follows < type.rank && reads[i].axis[follows] == follows) follows++;
        bool same_place = follows == type.rank && same_dims(type, loops_of(f->g, v)) && at(f, r)->op->kind != REDUCE;
        if (same_place) continue;
        if (at(f, r)->op->kind == POINTWISE) {        /* one number for a row, computed before the loops over the row */
            for (int a = follows; a < type.rank; a++)
                if (type.dims[a] != 1) return false;
            if (follows < *outer) *outer = follows;
            continue;
        }
        if (at(f, r)->op->kind != REDUCE) return false;
        int row = first_reduced(at(f, r));
        if (row == 0 && mode != BATCH_NONE) return false;    /* complete only when all samples were seen */
        if (row < follows) follows = row;
        /* an axis of size 1 before the row is no loop at all */
        while (follows < row && type.dims[follows] == 1 && loops_of(f->g, r).dims[follows] == 1) follows++;
        if (follows < *outer) *outer = follows;
    }
    if (!depends) {                                          /* side by side: in loops that are there */
        bool there = false;
        for (int i = 0; i < k->n_kept; i++) there = there || same_dims(loops_of(f->g, v), loops_of(f->g, k->kept[i]));
        if (!there || shared < k->outer) return false;
    }
    if (shared < *outer) *outer = shared;
    if (node->op->kind == REDUCE && first_reduced(node) > 0 && first_reduced(node) < *outer)
        *outer = first_reduced(node);
    int64_t row_size = 1;
    Type loops = loops_of(f->g, v);
    for (int i = *outer; i < loops.rank && *outer < MAX_RANK; i++)
        row_size *= dim_size(loops.dims[i], f->p->slicing.batch);
    if (*outer < MAX_RANK && row_size > ((int64_t)1 << 22)) return false;
    return *outer >= 1 || mode == BATCH_NONE;
}

/* Is the value computed again, and not placed yet?  Its first reader places it. */
static bool is_pending(const Fuser *f, Value v) { return f->p->kernel_of[v] == KEPT && f->g->notes[v].again_of; }

static void add_kept(Fuser *f, int number, Value v, int outer)
{
    Kernel *k = &f->p->kernels[number];
    k->kept = arena_grow(f->arena, k->kept, k->n_kept, &k->kept_capacity, sizeof *k->kept);
    k->kept[k->n_kept++] = v;
    k->outer = outer;
    k->weight += f->weight[v];
    k->stack += stack_of(f, v);
    f->p->kernel_of[v] = number;
    const Reach *reads;
    int n = reaches(f->p, v, &reads);
    for (int i = 0; i < n; i++)
        if (f->last_reader[reads[i].value] < number) f->last_reader[reads[i].value] = number;
}

static void assign(Fuser *f, Value v);

/* Returns a value whose kernel can compute `again` on the way, or -1.  It is computed element by element in the same
 * shape and reads all arrays that `again` is computed from. */
static Value find_host(Fuser *f, Value again)
{
    const Reach *needs, *reads;
    const Type type = at(f, again)->type;
    const int n = reaches(f->p, again, &needs);
    for (Value v = again + 1; v < f->g->n; v++) {
        if (f->p->kernel_of[v] == NOT_KEPT || f->forward[v] != f->forward[again] || at(f, v)->op->kind != POINTWISE ||
            !same_dims(at(f, v)->type, type))
            continue;
        const int m = reaches(f->p, v, &reads);
        int found = 0, arrays = 0;
        for (int i = 0; i < n; i++) {
            if (!same_dims(at(f, needs[i].value)->type, type)) continue;
            arrays++;
            for (int j = 0; j < m; j++)
                if (reads[j].value == needs[i].value) {
                    found++;
                    break;
                }
        }
        if (arrays && found == arrays) return v;
    }
    return -1;
}

/* 0: there is none. */
static Value host_of(Fuser *f, Value again)
{
    if (!f->host[again]) f->host[again] = at(f, again)->op->kind == POINTWISE ? find_host(f, again) : -1;
    return f->host[again] > 0 ? f->host[again] : 0;
}

/* Places a value that is computed again; all its inputs have a place.  It goes into the kernel that its reader will
 * join, when that kernel can carry it, else into a kernel before. */
static void place_again(Fuser *f, Value again, int reader, bool joins)
{
    const BatchMode mode = mode_of(f, again);
    const Reach *behind;
    const int m = reaches(f->p, again, &behind);
    int outer;
    bool before = reader >= 0;
    for (int j = 0; j < m; j++) before = before && f->p->kernel_of[behind[j].value] <= reader;
    if (before && joins && fits(f, reader, again, mode, &outer)) add_kept(f, reader, again, outer);
    else assign(f, again);
}

/* A value in work: the first `next` of its inputs have a place.  reader: the last kernel that computes any of its
 * inputs. */
typedef struct Placing { Value value; int reader, next; } Placing;

static Placing placing(const Fuser *f, Value v, int reader)
{
    const Reach *reads;
    const int n = reaches(f->p, v, &reads);
    for (int i = 0; i < n; i++)
        if (f->p->kernel_of[reads[i].value] > reader) reader = f->p->kernel_of[reads[i].value];
    return (Placing){v, reader, 0};
}

/* Places the inputs of v that are computed again for its readers, and their inputs likewise. */
static void assign_again(Fuser *f, Value v)
{
    enum { FEW = 8 };
    Placing few[FEW], *all = few;
    int n = 0, capacity = FEW;
    for (all[n++] = placing(f, v, -1); n > 0;) {
        Placing *last = &all[n - 1];
        const Reach *reads;
        const int n_reads = reaches(f->p, last->value, &reads);
        while (last->next < n_reads && !is_pending(f, reads[last->next].value)) last->next++;
        if (last->next < n_reads) {
            const Value again = reads[last->next].value;
            const int reader = last->reader;
            all = arena_grow(f->arena, all, n, &capacity, sizeof *all);
            all[n++] = placing(f, again, reader);
        } else if (--n > 0)
            place_again(f, last->value, all[n - 1].reader, at(f, all[n - 1].value)->op->kind != CONTRACTION);
    }
}

static void assign(Fuser *f, Value v)
{
    BatchMode mode = mode_of(f, v);
    const Reach *reads;
    int n = reaches(f->p, v, &reads), last = -1, outer;
    assign_again(f, v);
    for (int i = 0; i < n; i++) {
        int k = f->p->kernel_of[reads[i].value];
        if (k == KEPT) bug("fuse: value %d before %d that it needs", v, reads[i].value);
        if (k > last) last = k;
    }
    int chosen = -1;
    /* a bias gradient beside its weight gradient */
    for (int i = 0; i < n && chosen < 0 && mode == BATCH_REDUCE; i++) {
        int k = f->last_reader[reads[i].value];
        if (k >= last && k >= 0 && f->p->kernels[k].contraction && fits(f, k, v, mode, &outer)) chosen = k;
    }
    if (chosen < 0 && last >= 0 && fits(f, last, v, mode, &outer)) chosen = last;
    if (f->g->notes[v].again_of && host_of(f, v)) {
        const int k = f->p->kernel_of[host_of(f, v)];
        if (chosen < 0 && k >= last && k >= 0 && fits(f, k, v, mode, &outer)) chosen = k;
    }
    /* a value that is computed again must not run before its reader can */
    for (int i = 0; i < n && chosen < 0 && !f->g->notes[v].again_of; i++) {
        int k = f->last_reader[reads[i].value];
        if (k >= last && k >= 0 && fits(f, k, v, mode, &outer)) chosen = k;
    }
    if (chosen < 0) {
        chosen = new_kernel(f->p, KERNEL_COMPUTE, mode, !f->forward[v]);
        outer = MAX_RANK;
        if (at(f, v)->op->kind == REDUCE && (first_reduced(at(f, v)) > 0 || whole_maximum(at(f, v))))
            outer = first_reduced(at(f, v));
        if (at(f, v)->op->kind == CONTRACTION) f->p->kernels[chosen].contraction = v;
    }
    Kernel *k = &f->p->kernels[chosen];
    if (mode == BATCH_REDUCE && k->mode == BATCH_SAMPLE) k->mode = BATCH_REDUCE;
    add_kept(f, chosen, v, outer);
}

/* Does v read a value that is computed again, while a kernel that could compute that value on the way is still to
 * come? */
static bool waits_for_host(Fuser *f, Value v)
{
    const Reach *reads;
    const int n = reaches(f->p, v, &reads);
    for (int i = 0; i < n; i++)
        if (is_pending(f, reads[i].value) && host_of(f, reads[i].value) &&
            f->p->kernel_of[host_of(f, reads[i].value)] == KEPT)
            return true;
    return false;
}

static void assign_all(Fuser *f)
{
    int n_late = 0, n_waiting = 0;
    Value *late = arena_array(f->arena, f->g->n, sizeof *late),
          *waiting = arena_array(f->arena, f->g->n, sizeof *waiting);
    for (Value v = 1; v < f->g->n; v++) {
        if (f->p->kernel_of[v] != KEPT || f->g->notes[v].again_of) continue;
        const Reach *reads;
        int n = reaches(f->p, v, &reads);
        for (int i = 0; i < n; i++)      /* the inputs of v can wait no longer */
            for (int j = 0; j < n_late; j++)
                if (late[j] && late[j] <= reads[i].value && f->p->kernel_of[reads[i].value] == KEPT)
                    assign(f, late[j]), late[j] = 0;
        if (at(f, v)->op == &op_sum && mode_of(f, v) == BATCH_REDUCE) late[n_late++] = v;
        else if (at(f, v)->op->kind == CONTRACTION && mode_of(f, v) == BATCH_REDUCE && waits_for_host(f, v))
            late[n_late++] = waiting[n_waiting++] = v;
        else assign(f, v);
        for (int i = 0; i < n_waiting; i++)
            if (waiting[i] && !waits_for_host(f, waiting[i])) {
                for (int j = 0; j < n_late; j++)
                    if (late[j] == waiting[i]) assign(f, late[j]), late[j] = 0;
                waiting[i] = 0;
            }
    }
    for (int j = 0; j < n_late; j++)
        if (late[j]) assign(f, late[j]);
}

/* ---- the program ---- */

Program *fuse(const Experiment *e, const Goal *goal, Slicing slicing, bool enabled)
{
    const Graph *g = goal->graph;
    Arena *arena = g->arena;
    Program *p = arena_alloc(arena, sizeof *p);
    *p = (Program){.goal = look_through_reshapes(arena, goal),
                   .graph = g,
                   .experiment = e,
                   .slicing = slicing,
                   .loss = -1,
                   .buffer_of = arena_array(arena, g->n, sizeof *p->buffer_of),
                   .kernel_of = arena_array(arena, g->n, sizeof *p->kernel_of),
                   .names = arena_array(arena, g->n, sizeof *p->names)};
    Fuser f = {.p = p,
               .g = g,
               .arena = arena,
               .enabled = enabled,
               .root = arena_array(arena, g->n, sizeof(bool)),
               .weight = arena_array(arena, g->n, sizeof(int)),
               .wanted = arena_array(arena, g->n, sizeof(bool)),
               .by_sample = arena_array(arena, g->n, sizeof(bool)),
               .last_reader = arena_array(arena, g->n, sizeof(int)),
               .host = arena_array(arena, g->n, sizeof(Value))};
    for (Value v = 0; v < g->n; v++) p->buffer_of[v] = -1, p->kernel_of[v] = NOT_KEPT, f.last_reader[v] = -1;
    mark_needed(&f);
    mark_by_sample(&f);
    mark_kept(&f);
    reaches_prepare(p);
    assign_all(&f);
    make_buffers(&f);
    for (int k = 0; k < p->n_kernels; k++) {   /* where no row is asked for, the last axis is the row */
        int rank = 0;
        for (int i = 0; i < p->kernels[k].n_kept; i++)
            if (loops_of(g, p->kernels[k].kept[i]).rank > rank) rank = loops_of(g, p->kernels[k].kept[i]).rank;
        if (p->kernels[k].outer > rank) p->kernels[k].outer = rank > 1 ? rank - 1 : rank;
    }
    connect_buffers(&f);
    add_updates(&f);
    return p;
}
