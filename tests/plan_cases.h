/* plan_cases.h - buffers that are hard to place: a rectangle of time and memory, cut into pieces without a gap, so that
 * a placement that ends at the lower bound exists.  Offsets are forgotten, order is shuffled. */
#ifndef PLAN_CASES_H
#define PLAN_CASES_H

#include "random.h"
#include "tailor.h"

#include <stdlib.h>
#include <string.h>

enum { CASE_BYTES = 1 << 20 };      /* the capacity of every case */

typedef struct Piece { int left, right; int64_t low, high; } Piece;

/* How a rectangle is cut: at multiples of a unit of time and of memory; across time with a probability, in percent, or
 * where it is longer than high; into a pinwheel of five with another; at last some pieces, in percent, are taken
 * away. */
typedef struct CaseFamily {
    const char *name;
    int times;
    int64_t unit;
    int across, pinwheel, gone;
    bool skyline, neck;
} CaseFamily;

static const CaseFamily case_families[] = {
    {"guillotine", 100000, 64, -1, 0, 0, false, false}, /* one straight cut after another */
    {"pinwheel", 100000, 64, -1, 50, 0, false, false},  /* pieces that no straight cut divides */
    {"layers", 1000, 1024, 35, 0, 0, false, false},     /* small ones that live long, large ones that do not */
    {"skyline", 1000, 64, 0, 0, 0, true, false},        /* laid from the bottom up like bricks of random sizes */
    {"coarse", 100, 4096, -1, 40, 0, false, false},     /* few times, few sizes: much that seems to fit */
    {"gaps", 1000, 1024, -1, 30, 5, false, false},      /* as many bytes short of full at most times */
    {"neck", 0, 1024, 0, 0, 0, false, true},            /* two networks in turn, with bytes to spare */
};

enum { N_CASE_FAMILIES = sizeof case_families / sizeof *case_families };

/* Cuts one piece; returns how many there are then. */
static int cut_piece(const CaseFamily *f, uint64_t *state, Piece *pieces, int n, int at)
{
    Piece p = pieces[at];
    int64_t width = p.right - p.left, height = (p.high - p.low) / f->unit;
    if (random_from(state, 0, 99) < f->pinwheel && width >= 3 && height >= 3) {
        int x1 = p.left + (int)random_from(state, 1, width - 2), x2 = (int)random_from(state, x1 + 1, p.right - 1);
        int64_t cut = random_from(state, 1, height - 2), y1 = p.low + cut * f->unit,
                y2 = p.low + random_from(state, cut + 1, height - 1) * f->unit;
        pieces[at] = (Piece){p.left, x2, p.low, y1};
        pieces[n++] = (Piece){x2, p.right, p.low, y2};
        pieces[n++] = (Piece){x1, p.right, y2, p.high};
        pieces[n++] = (Piece){p.left, x1, y1, p.high};
        pieces[n++] = (Piece){x1, x2, y1, y2};
        return n;
    }
    bool wide = (double)width / f->times > (double)(p.high - p.low) / CASE_BYTES;
    bool across = f->across < 0 ? random_from(state, 0, 3) > 0 ? wide : !wide : random_from(state, 0, 99) < f->across;
    if (across && width >= 2) {
        int x = p.left + (int)random_from(state, 1, width - 1);
        pieces[at].right = x;
        pieces[n++] = (Piece){x, p.right, p.low, p.high};
    } else if (!across && height >= 2) {
        int64_t y = p.low + random_from(state, 1, height - 1) * f->unit;
        pieces[at].high = y;
        pieces[n++] = (Piece){p.left, p.right, y, p.high};
    }
    return n;
}

static int cut_pieces(const CaseFamily *f, int wanted, uint64_t *state, Piece *pieces)
{
    int n = 1;
    pieces[0] = (Piece){0, f->times, 0, CASE_BYTES};
    for (int tries = 0; n < wanted && tries < 100 * wanted; tries++) {
        int at = (int)random_from(state, 0, n - 1);
        /* the largest of three, so that sizes do not differ too much */
        for (int i = 0; i < 2 && f->across < 0; i++) {
            int other = (int)random_from(state, 0, n - 1);
            const Piece *a = &pieces[at], *b = &pieces[other];
            if ((double)(b->right - b->left) * (double)(b->high - b->low) >
                (double)(a->right - a->left) * (double)(a->high - a->low))
                at = other;
        }
        n = cut_piece(f, state, pieces, n, at);
    }
    return n;
}

/* Bricks of random sizes, each on the left of the lowest place. */
static int lay_pieces(const CaseFamily *f, int wanted, uint64_t *state, Piece *pieces)
{
    enum { LONGEST = 1000 };
    int64_t top[LONGEST] = {0}, height = 1;
    int n = 0, width = 1;
    while (width * width < 2 * f->times * f->times / wanted) width++;     /* what narrow places cut off comes on top */
    while (height * height < 2 * (CASE_BYTES / f->unit) * (CASE_BYTES / f->unit) / wanted) height++;
    for (;;) {
        int left = 0;
        for (int x = 0; x < f->times; x++)
            if (top[x] < top[left]) left = x;
        if (top[left] == CASE_BYTES) return n;
        int end = left, right = left + (int)random_from(state, width / 3 + 1, 5 * width / 3);
        while (end < f->times && top[end] == top[left]) end++;
        if (right + width / 3 > end) right = end;
        int64_t high = top[left] + random_from(state, height / 3 + 1, 5 * height / 3) * f->unit;
        if (high + height / 3 * f->unit > CASE_BYTES) high = CASE_BYTES;
        pieces[n++] = (Piece){left, right, top[left], high};
        for (int x = left; x < right; x++) top[x] = high;
    }
}

/* What an allocator might leave behind: at each time, pieces begin in holes, at one end of them, until all but some
 * percent is taken, at the first all; large ones end soon.  At the middle of time none but those in the uppermost 32nd
 * live on. */
static int grow_pieces(const CaseFamily *f, int wanted, uint64_t *state, Piece *pieces)
{
    int n = 0, times = wanted / 2;
    for (int t = 0; t < times; t++) {
        int64_t spare = t ? CASE_BYTES / 100 * random_from(state, 2, 9) : 0, free = CASE_BYTES;
        for (int tries = 0; n < 4 * wanted && (t ? tries < 12 : free > 0); tries++) {
            int64_t low = f->unit * random_from(state, 0, CASE_BYTES / f->unit - 1), high = CASE_BYTES, bottom = 0;
            bool taken = false;
            free = CASE_BYTES;
            for (int i = 0; i < n; i++) {
                if (pieces[i].right <= t) continue;
                taken |= pieces[i].low <= low && low < pieces[i].high;
                if (pieces[i].low > low && pieces[i].low < high) high = pieces[i].low;
                if (pieces[i].high <= low && pieces[i].high > bottom) bottom = pieces[i].high;
                free -= pieces[i].high - pieces[i].low;
            }
            if (taken || free <= spare) continue;
            int64_t kind = random_from(state, 0, 5), most = kind < 3 ? 30 : kind < 5 ? 120 : 700;
            int right = t + (int)random_from(state, 1, kind < 3 ? times / 2 : kind < 5 ? times / 10 : 6);
            int64_t size = f->unit * random_from(state, 1, most);
            if (size > high - bottom) size = high - bottom;
            if (random_from(state, 0, 1)) bottom = high - size;
            if (t < times / 2 && right > times / 2 && bottom < CASE_BYTES / 32 * 31) right = times / 2;
            pieces[n++] = (Piece){t, right < times ? right : times, bottom, bottom + size};
            free -= size;
        }
    }
    return n;
}

/* About `wanted` items; returns how many.  There is room for 4 * wanted + 1000. */
static int make_case(const CaseFamily *f, int wanted, uint64_t seed, Item *items)
{
    uint64_t state = seed;
    Piece *pieces = malloc((4 * (size_t)wanted + 1000) * sizeof *pieces);
    if (!pieces) abort();
    int n = f->neck ? grow_pieces(f, wanted, &state, pieces)
                    : f->skyline ? lay_pieces(f, wanted, &state, pieces) : cut_pieces(f, wanted, &state, pieces);
    int kept = 0;
    for (int i = n - 1; i > 0; i--) {
        int other = (int)random_from(&state, 0, i);
        Piece p = pieces[i];
        pieces[i] = pieces[other];
        pieces[other] = p;
    }
    for (int i = 0; i < n; i++) {      /* those at time 0 stay: it is full, so that the bound is what it was */
        if (pieces[i].left > 0 && random_from(&state, 0, 99) < f->gone) continue;
        items[kept++] = (Item){
            .name = "piece", .lower = pieces[i].left, .upper = pieces[i].right, .size = pieces[i].high - pieces[i].low};
    }
    free(pieces);
    return kept;
}

#endif
