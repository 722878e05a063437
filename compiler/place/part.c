/* part.c - cuts items that are placed together out of all items, orders them, and keeps their best solution. */
#include "place/part.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

double place_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

bool place_late(const Part *part) { return part->deadline > 0 && place_clock() > part->deadline; }

/* ---- orders ---- */

typedef struct Key { double first, second; int number; } Key;

static double chance(uint64_t shuffle, int i)   /* from 0 to 1, the same everywhere (splitmix64) */
{
    uint64_t z = (shuffle << 32 | (uint32_t)i) * 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

static int compare_keys(const void *x, const void *y)   /* larger keys first; never equal */
{
    const Key *a = x, *b = y;
    if (a->first != b->first) return a->first > b->first ? -1 : 1;
    if (a->second != b->second) return a->second > b->second ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

void part_sort(const Part *part, Order order, int *numbers)
{
    Key *keys = arena_array(part->arena, part->n, sizeof *keys);
    for (int i = 0; i < part->n; i++) {
        const Box *b = &part->boxes[i];
        double size = (double)b->size, life = b->upper - b->lower, area = size * life;
        switch (order) {
        case BY_SIZE: keys[i] = (Key){size, life, i}; break;
        case BY_AREA: keys[i] = (Key){area, size, i}; break;
        case BY_LOAD: keys[i] = (Key){(double)b->load, area, i}; break;
        case BY_LIFE: keys[i] = (Key){life, size, i}; break;
        case BY_START: keys[i] = (Key){-b->lower, size, i}; break;
        case BY_END: keys[i] = (Key){b->upper, size, i}; break;
        case BY_CHANCE: keys[i] = (Key){area * (1 + 0.3 * chance(part->shuffle, i)), size, i}; break;
        case BY_OFFSET: keys[i] = (Key){-(double)part->offset[i], 0, i}; break;
        }
    }
    qsort(keys, (size_t)part->n, sizeof *keys, compare_keys);
    for (int i = 0; i < part->n; i++) numbers[i] = keys[i].number;
}

void part_keep(Part *part, const int64_t *offset, int64_t end)
{
    memcpy(part->offset, offset, (size_t)part->n * sizeof *offset);
    part->end = end;
}

/* ---- parts ---- */

static int compare_ints(const void *x, const void *y)
{
    int a = *(const int *)x, b = *(const int *)y;
    return (a > b) - (a < b);
}

static int section_of(const int *starts, int n, int time)   /* the first section that starts at or after a time */
{
    int low = 0, high = n;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (starts[middle] < time) low = middle + 1;
        else high = middle;
    }
    return low;
}

static int64_t divisor(int64_t a, int64_t b) { return b ? divisor(b, a % b) : a; }

Part part_new(Arena *arena, const Item *items, int n, const int *numbers, const int64_t *alignment, int64_t wanted)
{
    Part part = {.arena = arena, .n = n, .end = INT64_MAX};
    int *starts = arena_array(arena, n, sizeof *starts);
    for (int i = 0; i < n; i++) starts[i] = items[numbers[i]].lower;
    qsort(starts, (size_t)n, sizeof *starts, compare_ints);
    for (int i = 0; i < n; i++)
        if (i == 0 || starts[i] != starts[part.n_sections - 1]) starts[part.n_sections++] = starts[i];
    part.boxes = arena_array(arena, n, sizeof *part.boxes);
    part.offset = arena_array(arena, n, sizeof *part.offset);
    int64_t *load = arena_array(arena, part.n_sections + 1, sizeof *load);
    for (int i = 0; i < n; i++) {
        const Item *item = &items[numbers[i]];
        Box *box = &part.boxes[i];
        *box = (Box){.item = numbers[i], .size = item->size, .alignment = alignment ? alignment[numbers[i]] : 1};
        box->lower = section_of(starts, part.n_sections, item->lower);
        box->upper = section_of(starts, part.n_sections, item->upper);
        load[box->lower] += box->size;
        load[box->upper] -= box->size;
        part.unit = divisor(part.unit, box->size);
        if (box->alignment > 1) part.unit = divisor(part.unit, box->alignment);
    }
    for (int k = 0; k < part.n_sections; k++) {
        if (k) load[k] += load[k - 1];
        if (load[k] > wanted) wanted = load[k];
    }
    for (int i = 0; n <= MOST_GREEDY && i < n; i++)
        for (int k = part.boxes[i].lower; k < part.boxes[i].upper; k++)
            if (load[k] > part.boxes[i].load) part.boxes[i].load = load[k];
    part.wanted = wanted - wanted % part.unit;
    return part;
}

typedef struct Start { int lower, number; } Start;

static int compare_starts(const void *x, const void *y)
{
    const Start *a = x, *b = y;
    if (a->lower != b->lower) return a->lower < b->lower ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

int place_groups(Arena *arena, int n, const Item *items, int *numbers, int *first)
{
    int n_starts = 0, n_groups = 0, upper = 0;
    Start *starts = arena_array(arena, n, sizeof *starts);
    for (int i = 0; i < n; i++)
        if (items[i].size > 0 && items[i].lower < items[i].upper) starts[n_starts++] = (Start){items[i].lower, i};
    qsort(starts, (size_t)n_starts, sizeof *starts, compare_starts);
    for (int i = 0; i < n_starts; i++) {
        const Item *item = &items[starts[i].number];
        if (i == 0 || item->lower >= upper) {
            first[n_groups++] = i;
            upper = item->upper;
        }
        if (item->upper > upper) upper = item->upper;
        numbers[i] = starts[i].number;
    }
    first[n_groups] = n_starts;
    return n_groups;
}
