/* layout.c - where blocks and the arrows between them lie.
 *
 * In layers, after Sugiyama, Tagawa and Toda (1981): a block lies one row below the lowest block that it reads; an
 * arrow over more than one row bends at a place of its own in each; places are ordered by the mean of their neighbours,
 * then moved towards it. */
#include "show/show.h"

#include <math.h>
#include <string.h>

enum { SWEEPS = 12, BEND_WIDTH = 18, APART = 20 };

/* A block, or where an arrow passes a row. */
typedef struct Place {
    int block;                         /* -1: an arrow passes */
    int row;
    double x, wanted;                  /* its middle */
    int n_up, n_down, up_capacity, down_capacity;
    int *up, *down;                    /* neighbours */
} Place;

typedef struct Rows {
    Arena *arena;
    Blocks *b;
    int n_places, capacity, n_rows;
    Place *places;
    int *n_in, **in;                   /* [n_rows]: places from left to right */
    int **way;                         /* [arrows]: its places from the first to the last */
} Rows;

/* An arrow against the order of the file: a block that is entered again later. */
static bool goes_back(const Arrow *a) { return a->from > a->to; }

static void find_layers(Blocks *b)
{
    for (int i = 0; i < b->n; i++)                 /* arrows lead to later blocks, so that one pass is enough */
        for (int k = 0; k < b->n_arrows; k++)
            if (b->arrows[k].to == i && !goes_back(&b->arrows[k]) &&
                b->blocks[i].layer <= b->blocks[b->arrows[k].from].layer)
                b->blocks[i].layer = b->blocks[b->arrows[k].from].layer + 1;
    for (int i = 0; i < b->n; i++) {               /* an input lies above the first block that reads it */
        int least = b->n, reads = 0;
        for (int k = 0; k < b->n_arrows; k++) {
            reads += b->arrows[k].to == i && !goes_back(&b->arrows[k]);
            if (b->arrows[k].from == i && !goes_back(&b->arrows[k]) && b->blocks[b->arrows[k].to].layer < least)
                least = b->blocks[b->arrows[k].to].layer;
        }
        if (!reads && least < b->n && least > 0) b->blocks[i].layer = least - 1;
    }
}

static int new_place(Rows *r, int block, int row)
{
    r->places = arena_grow(r->arena, r->places, r->n_places, &r->capacity, sizeof *r->places);
    r->places[r->n_places] = (Place){.block = block, .row = row};
    return r->n_places++;
}

static void join(Rows *r, int above, int below)
{
    Place *a = &r->places[above], *z = &r->places[below];
    a->down = arena_grow(r->arena, a->down, a->n_down, &a->down_capacity, sizeof *a->down);
    a->down[a->n_down++] = below;
    z->up = arena_grow(r->arena, z->up, z->n_up, &z->up_capacity, sizeof *z->up);
    z->up[z->n_up++] = above;
}

static void make_places(Rows *r)
{
    Blocks *b = r->b;
    for (int i = 0; i < b->n; i++) {
        new_place(r, i, b->blocks[i].layer);
        if (b->blocks[i].layer >= r->n_rows) r->n_rows = b->blocks[i].layer + 1;
    }
    r->way = arena_array(r->arena, b->n_arrows, sizeof *r->way);
    for (int k = 0; k < b->n_arrows; k++) {
        const Arrow *a = &b->arrows[k];
        if (goes_back(a)) continue;
        const int first = b->blocks[a->from].layer, last = b->blocks[a->to].layer;
        r->way[k] = arena_array(r->arena, last - first + 1, sizeof **r->way);
        r->way[k][0] = a->from;
        for (int row = first + 1; row <= last; row++) {
            r->way[k][row - first] = row == last ? a->to : new_place(r, -1, row);
            join(r, r->way[k][row - first - 1], r->way[k][row - first]);
        }
    }
    r->n_in = arena_array(r->arena, r->n_rows, sizeof *r->n_in);
    r->in = arena_array(r->arena, r->n_rows, sizeof *r->in);
    for (int i = 0; i < r->n_places; i++) r->n_in[r->places[i].row]++;
    for (int row = 0; row < r->n_rows; row++) r->in[row] = arena_array(r->arena, r->n_in[row], sizeof **r->in);
    memset(r->n_in, 0, (size_t)r->n_rows * sizeof *r->n_in);
    for (int i = 0; i < r->n_places; i++) r->in[r->places[i].row][r->n_in[r->places[i].row]++] = i;
}

static double width_of(const Place *p) { return p->block < 0 ? BEND_WIDTH : BLOCK_WIDTH; }

/* The mean of the neighbours in the row above, below, or in both; its own place where it has none. */
static double mean_of(const Rows *r, const Place *p, bool up, bool down)
{
    double sum = 0;
    int n = 0;
    for (int i = 0; up && i < p->n_up; i++, n++) sum += r->places[p->up[i]].x;
    for (int i = 0; down && i < p->n_down; i++, n++) sum += r->places[p->down[i]].x;
    return n ? sum / n : p->x;
}

/* Places of a row side by side, around 0. */
static void pack(Rows *r, int row)
{
    double x = 0;
    for (int i = 0; i < r->n_in[row]; i++) {
        Place *p = &r->places[r->in[row][i]];
        p->x = x + width_of(p) / 2;
        x += width_of(p) + APART;
    }
    for (int i = 0; i < r->n_in[row]; i++) r->places[r->in[row][i]].x -= (x - APART) / 2;
}

static void sort_row(Rows *r, int row, bool by_upper)
{
    for (int i = 0; i < r->n_in[row]; i++) {
        Place *p = &r->places[r->in[row][i]];
        p->wanted = mean_of(r, p, by_upper, !by_upper);
    }
    for (int i = 1; i < r->n_in[row]; i++) {       /* equal ones keep their order */
        const int moved = r->in[row][i];
        int k = i;
        for (; k > 0 && r->places[r->in[row][k - 1]].wanted > r->places[moved].wanted; k--)
            r->in[row][k] = r->in[row][k - 1];
        r->in[row][k] = moved;
    }
    pack(r, row);
}

/* Moves the places of a row to where they are wanted, as far as their order and widths allow: the mean of what packing
 * from the left and from the right gives. */
static void settle(Rows *r, int row, bool by_upper)
{
    const int n = r->n_in[row];
    double *left = arena_array(r->arena, n, sizeof *left), right = 0;
    for (int i = 0; i < n; i++) {
        Place *p = &r->places[r->in[row][i]];
        p->wanted = mean_of(r, p, by_upper, !by_upper);
        const Place *before = i ? &r->places[r->in[row][i - 1]] : NULL;
        const double least = i ? left[i - 1] + (width_of(before) + width_of(p)) / 2 + APART : p->wanted;
        left[i] = p->wanted > least ? p->wanted : least;
    }
    for (int i = n - 1; i >= 0; i--) {
        Place *p = &r->places[r->in[row][i]];
        const double most = i + 1 < n ? right - (width_of(p) + width_of(&r->places[r->in[row][i + 1]])) / 2 - APART
                                      : p->wanted;
        right = p->wanted < most ? p->wanted : most;
        p->x = (left[i] + right) / 2;
    }
}

static double top_of(int row) { return row * (double)(BLOCK_HEIGHT + BLOCK_GAP); }

/* Where arrows at the same edge of a block stand apart. */
static double port(const Rows *r, int block, const Arrow *arrow, bool below)
{
    const Blocks *b = r->b;
    int n = 0, number = 0;
    double own = 0;
    for (int pass = 0; pass < 2; pass++)
        for (int k = 0; k < b->n_arrows; k++) {
            const Arrow *a = &b->arrows[k];
            if (goes_back(a) || (below ? a->from : a->to) != block) continue;
            const int *way = r->way[k], length = b->blocks[a->to].layer - b->blocks[a->from].layer;
            const double x = r->places[below ? way[1] : way[length - 1]].x;
            if (pass == 0) n++, own = a == arrow ? x : own;
            else number += x < own || (x == own && a < arrow);
        }
    const double step = n > 1 ? fmin(28, (BLOCK_WIDTH - 40) / (double)(n - 1)) : 0;
    return r->places[block].x + step * (number - (n - 1) / 2.0);
}

static void draw_ways(Rows *r)
{
    Blocks *b = r->b;
    for (int k = 0; k < b->n_arrows; k++) {
        Arrow *a = &b->arrows[k];
        const Block *from = &b->blocks[a->from], *to = &b->blocks[a->to];
        if (goes_back(a)) {                        /* from one side to the other block's same side */
            a->n_points = 2;
            a->points = arena_array(r->arena, 4, sizeof *a->points);
            a->points[0] = from->x + BLOCK_WIDTH / 2, a->points[1] = from->y + BLOCK_HEIGHT / 2;
            a->points[2] = to->x + BLOCK_WIDTH / 2, a->points[3] = to->y + BLOCK_HEIGHT / 2;
            continue;
        }
        const int rows = to->layer - from->layer;
        a->points = arena_array(r->arena, 4 * rows, sizeof *a->points);
        double *at = a->points;
        *at++ = port(r, a->from, a, true), *at++ = from->y + BLOCK_HEIGHT;
        for (int i = 1; i < rows; i++) {
            const Place *p = &r->places[r->way[k][i]];
            *at++ = p->x, *at++ = top_of(p->row);
            *at++ = p->x, *at++ = top_of(p->row) + BLOCK_HEIGHT;
        }
        *at++ = port(r, a->to, a, false), *at++ = to->y;
        a->n_points = (int)(at - a->points) / 2;
    }
}

void layout(Arena *arena, Blocks *b)
{
    Rows r = {.arena = arena, .b = b};
    find_layers(b);
    make_places(&r);
    for (int row = 0; row < r.n_rows; row++) pack(&r, row);
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (int i = 0; i < r.n_rows; i++) sort_row(&r, sweep % 2 ? r.n_rows - 1 - i : i, sweep % 2 == 0);
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (int i = 0; i < r.n_rows; i++) settle(&r, sweep % 2 ? r.n_rows - 1 - i : i, sweep % 2 == 0);
    double low = 0, high = 0;
    for (int i = 0; i < r.n_places; i++) {
        const Place *p = &r.places[i];
        const double left = p->x - width_of(p) / 2, right = p->x + width_of(p) / 2;
        if (!i || left < low) low = left;
        if (!i || right > high) high = right;
    }
    for (int i = 0; i < r.n_places; i++) r.places[i].x -= low;
    for (int i = 0; i < b->n; i++) {
        b->blocks[i].x = r.places[i].x;
        b->blocks[i].y = top_of(b->blocks[i].layer);
    }
    b->width = high - low;
    b->height = r.n_rows ? top_of(r.n_rows) - BLOCK_GAP : 0;
    draw_ways(&r);
}
