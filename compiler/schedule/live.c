/* live.c - who owns each buffer, and from which kernel to which it lives.
 *
 * A buffer lives from the kernel that first writes it to the last that reads it.  A buffer of a slice or of the batch
 * lives for the whole of every sliced segment that touches it, since another slice may be anywhere in that segment; one
 * of a chunk for the whole of every part that touches it, since that part has other samples of the chunk to see.  A
 * kernel that computes each element from the element at the same place may write over the buffer that it read, when
 * nobody reads that buffer again. */
#include "schedule/order.h"

Lives *lives_new(const Program *p)
{
    Arena *arena = p->graph->arena;
    Lives *l = arena_alloc(arena, sizeof *l);
    *l = (Lives){.p = p,
                 .of = arena_array(arena, p->n_buffers, sizeof *l->of),
                 .segment = arena_array(arena, p->n_buffers, sizeof *l->segment),
                 .part = arena_array(arena, p->n_buffers, sizeof *l->part),
                 .pairs_of = arena_array(arena, p->n_kernels, sizeof *l->pairs_of)};
    int n = 0;
    for (int k = 0; k < p->n_kernels; k++) {
        l->pairs_of[k] = n;
        n += p->kernels[k].n_kept == 1 ? p->kernels[k].n_reads * p->kernels[k].n_writes : 0;
    }
    l->pairs = arena_array(arena, n, sizeof *l->pairs);
    return l;
}

/* A buffer belongs to the batch when it is written in one sliced segment and read in another one or by a kernel that
 * sees all samples. */
static void settle_owner(Lives *l, int buffer, int segment, bool sliced)
{
    Live *b = &l->of[buffer];
    const bool scratch = l->p->buffers[buffer].value == 0;
    if (b->owner != OWNER_THREAD || scratch) return;
    if ((l->segment[buffer] >= 0 && l->segment[buffer] != segment) || !sliced) b->owner = OWNER_BATCH;
    l->segment[buffer] = segment;
}

/* Belongs to the chunk when it is touched in two parts of a segment. */
static void settle_chunk(Lives *l, int buffer, int part)
{
    Live *b = &l->of[buffer];
    if (b->owner != OWNER_THREAD) return;
    if (l->part[buffer] >= 0 && l->part[buffer] != part) b->owner = OWNER_CHUNK;
    l->part[buffer] = part;
}

static void touch(Lives *l, int buffer, int place, const Segment *s, const Part *part)
{
    Live *b = &l->of[buffer];
    int lower = place, upper = place + 1;
    if (b->owner == OWNER_CHUNK) lower = part->first, upper = part->last;
    else if (s->sliced && b->owner != OWNER_THREAD) lower = s->first, upper = s->last;
    /* set to zero before the segment's first kernel */
    if (l->p->buffers[buffer].zeroed && b->upper == 0) lower = s->first;
    if (b->upper == 0 || lower < b->lower) b->lower = lower;
    if (upper > b->upper) b->upper = upper;
}

/* May kernel k write value v over the buffer that it reads at the same place? */
static bool element_by_element(const Program *p, const Kernel *k, Value v, int buffer)
{
    if (k->kind != KERNEL_COMPUTE || k->contraction || k->n_kept != 1) return false;
    if (graph_at(p->graph, v)->op->kind != POINTWISE) return false;
    const Reach *reads;
    int n = reaches(p, v, &reads);
    for (int i = 0; i < n; i++) {
        if (p->buffer_of[reads[i].value] != buffer) continue;
        Type type = graph_at(p->graph, reads[i].value)->type;
        for (int a = 0; a < type.rank; a++)
            if (reads[i].axis[a] != a && type.dims[a] != 1) return false;
    }
    return true;
}

/* May the w-th buffer that the kernel writes take over the bytes of the r-th that it reads?  Computed once. */
static bool may_take_over(Lives *l, int kernel, int w, int r)
{
    const Program *p = l->p;
    const Kernel *k = &p->kernels[kernel];
    if (k->n_kept != 1) return false;
    signed char *known = &l->pairs[l->pairs_of[kernel] + w * k->n_reads + r];
    if (!*known) {
        const Buffer *out = &p->buffers[k->writes[w]], *in = &p->buffers[k->reads[r]];
        *known = in->storage == out->storage && type_equal(in->type, out->type) &&
                         element_by_element(p, k, out->value, k->reads[r])
                     ? 1
                     : -1;
    }
    return *known > 0;
}

static void share_in_place(Lives *l, const int *sequence)
{
    const Program *p = l->p;
    for (int place = 0; place < p->n_kernels; place++) {
        const Kernel *k = &p->kernels[sequence[place]];
        for (int w = 0; w < k->n_writes; w++) {
            Live *out = &l->of[k->writes[w]];
            if (!p->buffers[k->writes[w]].value || out->owner != OWNER_THREAD || p->buffers[k->writes[w]].zeroed ||
                out->in_place_of >= 0)
                continue;
            for (int r = 0; r < k->n_reads && out->in_place_of < 0; r++) {
                const int source = k->reads[r];
                const Live *in = &l->of[source];
                const int host = in->in_place_of >= 0 ? in->in_place_of : source;
                const bool dies = in->upper == place + 1 && l->of[host].upper == place + 1;
                if (in->owner != OWNER_THREAD || !p->buffers[source].value || !dies ||
                    !may_take_over(l, sequence[place], w, r))
                    continue;
                out->in_place_of = host;
                l->of[host].upper = out->upper;
            }
        }
    }
}

void lives_find(Lives *l, const int *sequence, Cuts cuts, bool share)
{
    const Program *p = l->p;
    const Segment *segments = cuts.segments;
    for (int b = 0; b < p->n_buffers; b++)
        l->of[b] = (Live){.owner = p->buffers[b].owner, .in_place_of = -1}, l->segment[b] = l->part[b] = -1;
    for (int s = 0; s < cuts.n_segments; s++)
        for (int place = segments[s].first; place < segments[s].last; place++) {
            const Kernel *k = &p->kernels[sequence[place]];
            for (int i = 0; i < k->n_reads; i++) settle_owner(l, k->reads[i], s, segments[s].sliced);
            for (int i = 0; i < k->n_writes; i++) settle_owner(l, k->writes[i], s, segments[s].sliced);
        }
    for (int i = 0; i < cuts.n_parts; i++)
        for (int place = cuts.parts[i].first; place < cuts.parts[i].last; place++) {
            const Kernel *k = &p->kernels[sequence[place]];
            for (int j = 0; j < k->n_reads; j++) settle_chunk(l, k->reads[j], i);
            for (int j = 0; j < k->n_writes; j++) settle_chunk(l, k->writes[j], i);
        }
    for (int s = 0, part = 0; s < cuts.n_segments; s++)
        for (int place = segments[s].first; place < segments[s].last; place++) {
            const Kernel *k = &p->kernels[sequence[place]];
            while (part < cuts.n_parts && cuts.parts[part].last <= place) part++;
            const Part *around = part < cuts.n_parts ? &cuts.parts[part] : NULL;
            for (int i = 0; i < k->n_reads; i++) touch(l, k->reads[i], place, &segments[s], around);
            for (int i = 0; i < k->n_writes; i++) touch(l, k->writes[i], place, &segments[s], around);
        }
    for (int i = 0; i < p->goal->n_roots; i++) {   /* results are copied to the caller at the very end */
        const int b = p->buffer_of[p->goal->roots[i].value];
        if (b >= 0 && l->of[b].owner != OWNER_RESULT && p->goal->roots[i].kind != ROOT_UPDATE)
            l->of[b].upper = p->n_kernels;
    }
    if (share) share_in_place(l, sequence);
}
