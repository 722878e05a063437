/* balance.c - where boxes take turns: which ones must lie below a box that lives on, and which above?
 *
 * Below that box as many bytes must begin as end, but for those that the cliques on both sides can waste.  If there are
 * few members, the subsets that agree with this are listed.  If there are more, and all sizes are multiples of a large
 * unit, the sums that can be reached are sets of bits.
 *
 * Such a sum counts boxes that end if they lie below, and boxes that begin if they lie above.  It must be near the sum
 * of all boxes that begin. */
#include "place/pairs.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_MEMBERS = 30,             /* a set of members is an int of bits */
    MOST_LISTED = 11,              /* members that end, or that begin, of which subsets are listed */
    MOST_WAYS = 256,
    MOST_WORDS = 64                /* words of bits for sums */
};

typedef struct Subset { int64_t sum; uint32_t members; } Subset;

static int compare_subsets(const void *x, const void *y)
{
    const Subset *a = x, *b = y;
    return (a->sum > b->sum) - (a->sum < b->sum);
}

static Subset *subsets(Arena *arena, int n, const int64_t *sizes)
{
    Subset *result = arena_array(arena, 1 << n, sizeof *result);
    for (uint32_t set = 0; set < UINT32_C(1) << n; set++) {
        result[set].members = set;
        for (int x = 0; x < n; x++)
            if (set >> x & 1) result[set].sum += sizes[x];
    }
    qsort(result, (size_t)1 << n, sizeof *result, compare_subsets);
    return result;
}

/* Lists the sets of members that can lie below: a subset of those that end with a subset of those that begin, with sums
 * that differ by no more than is wasted. */
static bool list_ways(Boundary *b, Arena *arena, const int64_t *sizes, int64_t wasted, int64_t wasted_next)
{
    uint32_t ways[MOST_WAYS];
    int n_begins = b->n - b->n_ends, n_ways = 0, from = 0;
    if (b->n_ends > MOST_LISTED || n_begins > MOST_LISTED) return false;
    Arena *scratch = arena_new();
    Subset *ended = subsets(scratch, b->n_ends, sizes), *begun = subsets(scratch, n_begins, sizes + b->n_ends);
    for (int x = 0; x < 1 << b->n_ends && n_ways >= 0; x++) {
        while (from < 1 << n_begins && begun[from].sum < ended[x].sum - wasted_next) from++;
        for (int y = from; y < 1 << n_begins && n_ways >= 0 && begun[y].sum - wasted <= ended[x].sum; y++) {
            if (n_ways == MOST_WAYS) n_ways = -1;
            else ways[n_ways++] = ended[x].members | begun[y].members << b->n_ends;
        }
    }
    arena_free(scratch);
    if (n_ways < 0) return false;
    b->says_something = n_ways < 1 << b->n;
    b->n_ways = n_ways;
    b->ways = memcpy(arena_array(arena, n_ways, sizeof *ways), ways, (size_t)n_ways * sizeof *ways);
    return true;
}

/* Expresses sizes and sums in units, if these are few enough. */
static void count_units(Boundary *b, Arena *arena, const int64_t *sizes, int64_t unit, int64_t wasted,
                        int64_t wasted_next)
{
    int64_t all = 0, begins = 0;
    for (int x = 0; x < b->n; x++) {
        all += sizes[x] / unit;
        if (x >= b->n_ends) begins += sizes[x] / unit;
    }
    if (all >= 64 * MOST_WORDS) return;
    b->n_words = (int)(all / 64 + 1);
    b->least = begins - wasted / unit > 0 ? (int)(begins - wasted / unit) : 0;
    b->most = begins + wasted_next / unit < all ? (int)(begins + wasted_next / unit) : (int)all;
    b->says_something = b->least > 0 || b->most < all;
    b->units = arena_array(arena, b->n, sizeof *b->units);
    for (int x = 0; x < b->n; x++) b->units[x] = (int)(sizes[x] / unit);
    b->sums = arena_array(arena, (int64_t)(b->n + 1) * b->n_words, sizeof *b->sums);
}

void boundary_find(Boundary *b, Arena *arena, const Box *boxes, int n_ends, const int *ends, int n_begins,
                   const int *begins, int64_t unit, int64_t wasted, int64_t wasted_next)
{
    int64_t sizes[MOST_MEMBERS];
    *b = (Boundary){.n = n_ends + n_begins, .n_ends = n_ends};
    if (b->n > MOST_MEMBERS) return;
    b->members = arena_array(arena, b->n, sizeof *b->members);
    for (int x = 0; x < b->n; x++) {
        b->members[x] = x < n_ends ? ends[x] : begins[x - n_ends];
        sizes[x] = boxes[b->members[x]].size;
    }
    if (!list_ways(b, arena, sizes, wasted, wasted_next)) count_units(b, arena, sizes, unit, wasted, wasted_next);
}

static void shift(int n_words, const uint64_t *from, int by, bool up, uint64_t *to)   /* adds to `to` */
{
    int words = by / 64, bits = by % 64;
    if (up)
        for (int w = n_words - 1; w >= words; w--)
            to[w] |= from[w - words] << bits | (bits && w > words ? from[w - words - 1] >> (64 - bits) : 0);
    else
        for (int w = 0; w + words < n_words; w++)
            to[w] |= from[w + words] >> bits |
                     (bits && w + words + 1 < n_words ? from[w + words + 1] << (64 - bits) : 0);
}

static bool share_bits(int n_words, const uint64_t *a, const uint64_t *b)
{
    for (int w = 0; w < n_words; w++)
        if (a[w] & b[w]) return true;
    return false;
}

/* First come, member by member, the sums that the members so far can reach.  Then, from the last member back, come the
 * sums from which the members after it can reach the end.  A member must count when no sum before it can go on without
 * it, and must not count when none can go on with it. */
static bool forced_by_sums(const Boundary *b, uint32_t below, uint32_t above, uint32_t *must_below,
                           uint32_t *must_above)
{
    uint64_t end[MOST_WORDS] = {0}, with[MOST_WORDS];
    int n = b->n_words;
    size_t bytes = (size_t)n * sizeof *end;
    memset(b->sums, 0, (size_t)(b->n + 1) * bytes);
    b->sums[0] = 1;
    uint32_t ends = (UINT32_C(1) << b->n_ends) - 1, counts = (below & ends) | (above & ~ends),
             not = (above & ends) | (below & ~ends);
    for (int x = 0; x < b->n; x++) {
        const uint64_t *from = b->sums + x * n;
        uint64_t *to = b->sums + (x + 1) * n;
        if (~not >> x & 1) shift(n, from, b->units[x], true, to);
        for (int w = 0; (~counts >> x & 1) && w < n; w++) to[w] |= from[w];
    }
    for (int sum = b->least; sum <= b->most; sum++) end[sum / 64] |= UINT64_C(1) << sum % 64;
    if (!share_bits(n, b->sums + b->n * n, end)) return false;
    uint32_t must_count = 0, must_not = 0;
    for (int x = b->n - 1; x >= 0; x--) {
        const uint64_t *from = b->sums + x * n;
        memset(with, 0, bytes);
        shift(n, end, b->units[x], false, with);
        bool decided = (counts | not) >> x & 1;
        if (!decided && !share_bits(n, from, with)) must_not |= UINT32_C(1) << x;
        if (!decided && !share_bits(n, from, end)) must_count |= UINT32_C(1) << x;
        if (counts >> x & 1) memcpy(end, with, bytes);
        for (int w = 0; !decided && w < n; w++) end[w] |= with[w];
    }
    *must_below = (must_count & ends) | (must_not & ~ends);
    *must_above = (must_not & ends) | (must_count & ~ends);
    return true;
}

bool boundary_forced(const Boundary *b, uint32_t below, uint32_t above, uint32_t *must_below, uint32_t *must_above)
{
    if (b->n_words) return forced_by_sums(b, below, above, must_below, must_above);
    uint32_t always = UINT32_MAX, ever = 0;
    bool possible = false;
    for (int x = 0; x < b->n_ways; x++) {
        if ((b->ways[x] & above) || (b->ways[x] & below) != below) continue;
        always &= b->ways[x];
        ever |= b->ways[x];
        possible = true;
    }
    *must_below = always & ~below;
    *must_above = ~ever & ~above & (UINT32_MAX >> (32 - b->n));
    return possible;
}

int boundary_steps(const Boundary *b) { return b->n_words ? b->n * (b->n_words + 2) : b->n + b->n_ways / 2; }
