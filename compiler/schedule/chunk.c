/* chunk.c - how many samples go through how many kernels at a time.
 *
 * A sliced segment is worked through in chunks of chunks: a chunk of samples goes through the segment part by part, and
 * each part takes a few samples of it at a time.  Early layers have large activations: few samples of them fit into a
 * cache.  Late layers have large weights and sums of gradients, and a visit to them is worth its while only with many
 * samples.  Between parts the activations of a whole chunk wait.
 *
 * Which parts there are, and how many samples each takes, is what moves the fewest bytes between the second-level cache
 * and what is behind it, by a model of that traffic.  A touch of an activation is a miss when more than the cache has
 * been touched since the last touch; weights and sums are fetched once a visit of a part that does not fit, and once a
 * chunk by one that does.  Caches are those of two machines, of two levels each; what is chosen is good for both.  The
 * model is of bytes alone, so the choice is the same everywhere, and no bit of a result depends on it. */
#include "schedule/order.h"

/* Bytes that stay in a cache: second-level ones of 512 KB and 2 MB, and a core's share of those behind them. */
static const int64_t caches[] = {384 << 10, 1536 << 10, 6 << 20, 24 << 20};
enum { CACHES = sizeof caches / sizeof *caches };

/* What a call costs besides, and a part: as many bytes as memory brings in that time. */
enum { CALL_BYTES = 2048, PART_BYTES = 131072 };

/* A byte of workspace in which activations wait is worth so many bytes that a step moves. */
enum { WORKSPACE = 8 };

/* Bytes from the second-level cache to the first cost a share of those from behind it. */
static const double near = 0.25;

/* Places at which a segment may be cut, at most. */
enum { MOST_CUTS = 128 };

static int64_t sample_bytes(const Buffer *b)
{
    return type_has_batch(b->type) ? type_count(b->type, 1) * rt_type_bytes(b->storage) : 0;
}

int64_t touched_bytes(const Program *p, const Kernel *k)
{
    int64_t bytes = 0;
    for (int i = 0; i < k->n_reads; i++) bytes += sample_bytes(&p->buffers[k->reads[i]]);
    for (int i = 0; i < k->n_writes; i++) bytes += sample_bytes(&p->buffers[k->writes[i]]);
    return bytes;
}

/* At most so many samples, and no last chunk with few: a slightly smaller chunk that divides the slice, or chunks as
 * even as can be. */
static int64_t even_chunk(int64_t slice, int64_t most)
{
    for (int64_t d = most; 3 * d >= 2 * most; d--)
        if (slice % d == 0) return d;
    const int64_t chunks = (slice + most - 1) / most;
    return (slice + chunks - 1) / chunks;
}

int64_t chunk_of(const Slicing *s, int64_t bytes)
{
    enum { CACHE = 1 << 20 };
    if (s->slices == 1) return s->slice;
    const int64_t chunk = bytes > 0 ? CACHE / bytes : s->slice;
    return even_chunk(s->slice, chunk < 1 ? 1 : chunk > s->slice ? s->slice : chunk);
}

/* ---- what a part costs ---- */

/* A touch of a buffer's samples by a kernel. */
typedef struct Touch {
    int before;                    /* the kernel of the segment that touched it last, -1: none */
    bool written;                  /* by that kernel */
    int64_t bytes;                 /* of a sample */
} Touch;

typedef struct Chooser {
    const Program *p;
    int n;                         /* kernels of the segment; below they count from its first */
    int64_t *touched;              /* [n + 1]: bytes of a sample that the kernels before touch */
    int64_t *fixed;                /* [n]: bytes of weights that a call reads, twice those of sums */
    int *touches_of;               /* [n + 1]: the kernel's first touch */
    Touch *touches;
    int n_cuts, *cuts;             /* places where a part may begin; the last is n */
} Chooser;

/* A part that grows kernel by kernel. */
typedef struct Growing {
    int first;
    int64_t samples, chunk, most, streamed, fixed;
    double missed[CACHES], waiting, calls;
} Growing;

/* Bytes of a sample that are touched from kernel i to kernel j.  Most arrays are written by one kernel and read by
 * another, so that they are counted twice. */
static int64_t distance(const Chooser *c, int i, int j) { return (c->touched[j + 1] - c->touched[i]) / 2; }

static void grow(const Chooser *c, Growing *part, int k)
{
    const int64_t all = c->touched[k + 1] - c->touched[k];
    if (all > part->most) part->most = all;
    part->fixed += c->fixed[k];
    part->calls += 1;
    for (int i = c->touches_of[k]; i < c->touches_of[k + 1]; i++) {
        const Touch *t = &c->touches[i];
        if (t->before < 0) continue;
        const bool crosses = t->before < part->first;
        const int64_t apart = (crosses ? part->chunk : part->samples) * distance(c, t->before, k);
        if (crosses) part->streamed += t->bytes;
        if (crosses && t->written) part->waiting += (double)t->bytes;
        for (int j = 0; j < CACHES; j++)
            if (apart > caches[j]) part->missed[j] += (double)((t->written + 1) * t->bytes);
    }
}

/* Bytes that a step moves for the part, and what its calls cost. */
static double cost_of(const Chooser *c, const Growing *part)
{
    const double batch = (double)c->p->slicing.batch, visits = batch / (double)part->samples,
                 chunks = batch / (double)part->chunk;
    const int64_t at_once = part->samples * (part->most + part->streamed) + part->fixed;
    double cost = 0;
    for (int j = 0; j < CACHES; j++)
        cost += part->missed[j] * batch + (double)part->fixed * (at_once > caches[j] ? visits : chunks);
    cost /= 2;                                         /* the mean of two machines */
    return cost + near * (double)part->fixed * visits + part->calls * visits * CALL_BYTES +
           chunks * PART_BYTES + WORKSPACE * part->waiting * (double)part->chunk;
}

/* ---- the search ---- */

/* The best way through the first so many kernels: the last part of it, and what all cost. */
typedef struct Way { double cost; int from; int64_t samples; } Way;

static double best_way(const Chooser *c, int64_t chunk, Way *ways)
{
    ways[0] = (Way){0};
    for (int to = 1; to < c->n_cuts; to++) ways[to].cost = -1;
    for (int from = 0; from + 1 < c->n_cuts; from++)
        for (int64_t samples = chunk; samples >= 1; samples--) {
            if (chunk % samples) continue;
            Growing part = {.first = c->cuts[from], .samples = samples, .chunk = chunk};
            for (int to = from + 1, k = c->cuts[from]; to < c->n_cuts; to++) {
                for (; k < c->cuts[to]; k++) grow(c, &part, k);
                const double cost = ways[from].cost + cost_of(c, &part);
                if (ways[to].cost < 0 || cost < ways[to].cost) ways[to] = (Way){cost, from, samples};
            }
        }
    return ways[c->n_cuts - 1].cost;
}

/* ---- a segment as the search sees it ---- */

static void add_touch(Chooser *c, int *n, int k, int buffer, bool write, int *last, bool *written)
{
    const Buffer *b = &c->p->buffers[buffer];
    const int64_t bytes = sample_bytes(b);
    if (!bytes) {
        if (b->owner != OWNER_THREAD)          /* no scratch, but weights, and sums, which are read and written */
            c->fixed[k] += type_count(b->type, 1) * rt_type_bytes(b->storage) * (write ? 2 : 1);
        return;
    }
    c->touches[(*n)++] = (Touch){.before = last[buffer], .written = written[buffer], .bytes = bytes};
    last[buffer] = k, written[buffer] = write;
}

/* Cuts everywhere, or in a long segment where the fewest bytes wait. */
static void find_cuts(Chooser *c)
{
    Arena *arena = c->p->graph->arena;
    int64_t *waiting = arena_array(arena, c->n + 1, sizeof *waiting);
    for (int k = 0; k < c->n; k++)
        for (int i = c->touches_of[k]; i < c->touches_of[k + 1]; i++)
            for (int at = c->touches[i].before + 1; c->touches[i].before >= 0 && at <= k; at++)
                waiting[at] += c->touches[i].bytes;
    int64_t low = -1, high = INT64_MAX / 2;          /* as many bytes as let in no more cuts than may be */
    int n = 0;
    while (c->n > MOST_CUTS && low + 1 < high) {
        const int64_t middle = low + (high - low) / 2;
        n = 0;
        for (int at = 1; at < c->n; at++) n += waiting[at] <= middle;
        if (n > MOST_CUTS - 1) high = middle;
        else low = middle;
    }
    c->cuts = arena_array(arena, c->n + 1, sizeof *c->cuts);
    for (int at = 0; at <= c->n; at++)
        if (at == 0 || at == c->n || c->n <= MOST_CUTS || waiting[at] <= low) c->cuts[c->n_cuts++] = at;
}

/* last, written: [buffers], room to work in. */
static Chooser chooser_of(const Program *p, const Segment *segment, int *last, bool *written)
{
    Arena *arena = p->graph->arena;
    const int n = segment->last - segment->first;
    int n_touches = 0;
    for (int b = 0; b < p->n_buffers; b++) last[b] = -1, written[b] = false;
    for (int k = segment->first; k < segment->last; k++) n_touches += p->kernels[k].n_reads + p->kernels[k].n_writes;
    Chooser c = {.p = p, .n = n, .touched = arena_array(arena, n + 1, sizeof *c.touched),
                 .fixed = arena_array(arena, n, sizeof *c.fixed),
                 .touches_of = arena_array(arena, n + 1, sizeof *c.touches_of),
                 .touches = arena_array(arena, n_touches, sizeof *c.touches)};
    n_touches = 0;
    for (int k = 0; k < n; k++) {
        const Kernel *kernel = &p->kernels[segment->first + k];
        c.touched[k + 1] = c.touched[k] + touched_bytes(p, kernel);
        c.touches_of[k] = n_touches;
        for (int i = 0; i < kernel->n_reads; i++) add_touch(&c, &n_touches, k, kernel->reads[i], false, last, written);
        for (int i = 0; i < kernel->n_writes; i++) add_touch(&c, &n_touches, k, kernel->writes[i], true, last, written);
    }
    c.touches_of[n] = n_touches;
    find_cuts(&c);
    return c;
}

static void add_part(Plan *plan, int first, int last, int64_t samples)
{
    plan->parts[plan->n_parts++] = (Part){.first = first, .last = last, .samples = samples};
}

static void choose(Plan *plan, int number, int64_t most, int *touched, bool *written)
{
    const Program *p = plan->program;
    const Segment *segment = &p->segments[number];
    const int64_t slice = p->slicing.slice;
    if (p->slicing.slices == 1) {
        plan->chunks[number] = slice;
        add_part(plan, segment->first, segment->last, slice);
        return;
    }
    const Chooser c = chooser_of(p, segment, touched, written);
    Way *ways = arena_array(p->graph->arena, c.n_cuts, sizeof *ways);
    double least = -1;
    for (int64_t chunk = most, last = 0; chunk > 0; chunk /= 2) {
        const int64_t even = even_chunk(slice, chunk);
        if (even == last) continue;
        last = even;
        const double cost = best_way(&c, even, ways);
        if (least < 0 || cost < least) least = cost, plan->chunks[number] = even;
    }
    best_way(&c, plan->chunks[number], ways);
    const int first = plan->n_parts;
    for (int to = c.n_cuts - 1; to > 0; to = ways[to].from)
        add_part(plan, segment->first + c.cuts[ways[to].from], segment->first + c.cuts[to], ways[to].samples);
    for (int i = first, j = plan->n_parts - 1; i < j; i++, j--) {       /* they were found from the last to the first */
        const Part part = plan->parts[i];
        plan->parts[i] = plan->parts[j], plan->parts[j] = part;
    }
    if (plan->n_parts == first + 1) plan->chunks[number] = plan->parts[first].samples;
}

void choose_chunks(Plan *plan, int64_t most)
{
    const Program *p = plan->program;
    plan->parts = arena_array(p->graph->arena, p->n_kernels, sizeof *plan->parts);
    int *touched = arena_array(p->graph->arena, p->n_buffers, sizeof *touched);
    bool *written = arena_array(p->graph->arena, p->n_buffers, sizeof *written);
    for (int s = 0; s < p->n_segments; s++)
        if (p->segments[s].sliced) choose(plan, s, most, touched, written);
}
