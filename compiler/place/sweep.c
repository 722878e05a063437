/* sweep.c - offsets in one pass through time, for parts of more boxes than can be compared with each other.
 *
 * It works like an allocator at run time.  Memory is a row of blocks.  Free blocks are listed by the power of two below
 * their size, and free neighbours become one.  Among boxes that begin at one time, the larger ones come first. */
#include "place/part.h"

#include <stdlib.h>

typedef struct Block {
    int64_t offset, size;
    int below, above;              /* neighbours in memory; 0: none */
    int before, after;             /* neighbours in the list of free blocks; 0: none */
    bool free;
} Block;

typedef struct Memory {
    Block *blocks;                 /* the first is unused */
    int n_blocks, unused;          /* unused: the first entry of `blocks` that can be used again; the next by `after` */
    int lists[64], last;           /* last: the highest block */
    int64_t end;
} Memory;

static int list_of(int64_t size) { return 63 - __builtin_clzll((unsigned long long)size); }

static void set_free(Memory *m, int b)
{
    Block *block = &m->blocks[b];
    int *list = &m->lists[list_of(block->size)];
    block->free = true;
    block->before = 0;
    block->after = *list;
    if (*list) m->blocks[*list].before = b;
    *list = b;
}

static void set_used(Memory *m, int b)
{
    Block *block = &m->blocks[b];
    block->free = false;
    if (block->after) m->blocks[block->after].before = block->before;
    if (block->before) m->blocks[block->before].after = block->after;
    else m->lists[list_of(block->size)] = block->after;
}

static int new_block(Memory *m, int64_t offset, int64_t size, int below, int above)
{
    int b = m->unused;
    if (b) m->unused = m->blocks[b].after;
    else b = ++m->n_blocks;
    m->blocks[b] = (Block){offset, size, below, above, 0, 0, false};
    if (below) m->blocks[below].above = b;
    if (above) m->blocks[above].below = b;
    else m->last = b;
    return b;
}

/* The part of a block below an offset, or above it, becomes a free block of its own. */
static void split_off(Memory *m, int b, int64_t offset, bool lower)
{
    Block *block = &m->blocks[b];
    int64_t under = offset - block->offset, over = block->size - under;
    if (lower && under > 0) {
        int rest = new_block(m, block->offset, under, block->below, b);
        block->offset = offset;
        block->size = over;
        set_free(m, rest);
    } else if (!lower && over > 0) {
        int rest = new_block(m, offset, over, b, block->above);
        block->size = under;
        set_free(m, rest);
    }
}

/* Returns the tightest of a few free blocks that hold the box, or new memory at the end. */
static int take(Memory *m, const Box *box)
{
    enum { LOOK = 64 };
    int best = 0, looked = 0;
    for (int list = list_of(box->size); list < 64 && !best; list++)
        for (int b = m->lists[list]; b && looked < LOOK; b = m->blocks[b].after, looked++) {
            const Block *block = &m->blocks[b];
            int64_t at = align_up(block->offset, box->alignment);
            if (at - block->offset <= block->size && box->size <= block->size - (at - block->offset) &&
                (!best || block->size < m->blocks[best].size))
                best = b;
        }
    if (best) set_used(m, best);
    else {
        bool last_free = m->last && m->blocks[m->last].free;
        int64_t from = last_free ? m->blocks[m->last].offset : m->end, top = align_up(from, box->alignment) + box->size;
        if (last_free) {
            best = m->last;
            set_used(m, best);
            if (top > m->end) m->blocks[best].size = top - from;
        } else best = new_block(m, from, top - from, m->last, 0);
        if (top > m->end) m->end = top;
    }
    int64_t at = align_up(m->blocks[best].offset, box->alignment);
    split_off(m, best, at, true);
    split_off(m, best, at + box->size, false);
    return best;
}

static void give_back(Memory *m, int b)
{
    for (int side = 0; side < 2; side++) {
        int other = side ? m->blocks[b].above : m->blocks[b].below;
        if (!other || !m->blocks[other].free) continue;
        set_used(m, other);
        int low = side ? b : other, high = side ? other : b, above = m->blocks[high].above;
        m->blocks[low].size += m->blocks[high].size;
        m->blocks[low].above = above;
        if (above) m->blocks[above].below = low;
        else m->last = low;
        m->blocks[high].after = m->unused;
        m->unused = high;
        b = low;
    }
    set_free(m, b);
}

typedef struct Moment { int time; int64_t size; int box; } Moment;   /* size 0: the box's life ends */

static int compare_moments(const void *x, const void *y)
{
    const Moment *a = x, *b = y;
    if (a->time != b->time) return a->time < b->time ? -1 : 1;
    if ((a->size == 0) != (b->size == 0)) return a->size == 0 ? -1 : 1;
    if (a->size != b->size) return a->size > b->size ? -1 : 1;
    return (a->box > b->box) - (a->box < b->box);
}

void place_sweep(Part *part, bool backward)
{
    int n = part->n;
    Moment *moments = arena_array(part->arena, 2 * (int64_t)n, sizeof *moments);
    int *block_of = arena_array(part->arena, n, sizeof *block_of);
    int64_t *offset = arena_array(part->arena, n, sizeof *offset);
    Memory m = {.blocks = arena_array(part->arena, 3 * (int64_t)n + 1, sizeof *m.blocks)};
    for (int i = 0; i < n; i++) {
        const Box *box = &part->boxes[i];
        moments[2 * i] = (Moment){backward ? -box->upper : box->lower, box->size, i};
        moments[2 * i + 1] = (Moment){backward ? -box->lower : box->upper, 0, i};
    }
    qsort(moments, 2 * (size_t)n, sizeof *moments, compare_moments);
    for (int k = 0; k < 2 * n; k++) {
        int i = moments[k].box;
        if (moments[k].size == 0) {
            give_back(&m, block_of[i]);
            continue;
        }
        block_of[i] = take(&m, &part->boxes[i]);
        offset[i] = m.blocks[block_of[i]].offset;
    }
    if (m.end < part->end) part_keep(part, offset, m.end);
}
