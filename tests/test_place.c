/* test_place.c - the memory planner: against brute force where that is possible, against its bound where it is not. */
#include "tailor.h"

#include "plan_cases.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>


/* Places, and checks all that holds for any items.  Returns the end. */
static int64_t place_checked(int n, Item *items)
{
    Arena *arena = arena_new();
    int64_t bound = place_lower_bound(arena, n, items), end = place(arena, n, items), total = 0, last = 0;
    const char *wrong = place_validate(arena, n, items);
    ck_assert_msg(!wrong, "%s", wrong);
    for (int i = 0; i < n; i++) {
        total += items[i].size;
        if (items[i].offset + items[i].size > last) last = items[i].offset + items[i].size;
    }
    ck_assert_int_eq(end, last);
    ck_assert_int_le(bound, end);
    ck_assert_int_le(end, total);
    arena_free(arena);
    return end;
}

static int64_t bound_of(int n, const Item *items)
{
    Arena *arena = arena_new();
    int64_t bound = place_lower_bound(arena, n, items);
    arena_free(arena);
    return bound;
}

/* The best of all orders in which each item is put on top of those that it meets, at a multiple of its alignment.  One
 * of them is optimal: list the items of an optimal solution by offset. */
static int64_t best_of_all(int n, const Item *items, const int64_t *alignment, int n_placed, int *placed,
                           int64_t *offset, int64_t end)
{
    if (n_placed == n) return end;
    int64_t best = INT64_MAX;
    for (int i = 0; i < n; i++) {
        bool used = false;
        int64_t at = 0;
        for (int k = 0; k < n_placed; k++) {
            const Item *other = &items[placed[k]];
            used = used || placed[k] == i;
            if (other->lower < items[i].upper && items[i].lower < other->upper && offset[placed[k]] + other->size > at)
                at = offset[placed[k]] + other->size;
        }
        if (used) continue;
        if (alignment) at = (at + alignment[i] - 1) / alignment[i] * alignment[i];
        placed[n_placed] = i;
        offset[i] = at;
        int64_t top = at + items[i].size,
                result = best_of_all(n, items, alignment, n_placed + 1, placed, offset, top > end ? top : end);
        if (result < best) best = result;
    }
    return best;
}

START_TEST(small_ones_are_optimal)
{
    uint64_t state = 1;
    for (int round = 0; round < 3000; round++) {
        int n = 1 + random_below(&state, 6), placed[6];
        int64_t offset[6];
        Item items[6];
        for (int i = 0; i < n; i++) {
            int lower = random_below(&state, 6);
            items[i] = (Item){
                .lower = lower, .upper = lower + 1 + random_below(&state, 4), .size = 1 + random_below(&state, 5)};
        }
        int64_t best = best_of_all(n, items, NULL, 0, placed, offset, 0);
        ck_assert_msg(place_checked(n, items) == best, "round %d", round);
    }
}
END_TEST

/* The smallest lives that were found to leave a hole whatever one does: the bound is 5, the optimum 6. */
START_TEST(bound_is_out_of_reach)
{
    Item items[] = {{"a", 4, 7, 3, 0}, {"b", 3, 5, 1, 0}, {"c", 0, 2, 2, 0}, {"d", 3, 4, 1, 0}, {"e", 1, 4, 2, 0},
                    {"f", 0, 1, 3, 0}, {"g", 6, 7, 2, 0}, {"h", 2, 3, 1, 0}, {"i", 1, 6, 1, 0}};
    int placed[9];
    int64_t offset[9];
    ck_assert_int_eq(bound_of(9, items), 5);
    ck_assert_int_eq(best_of_all(9, items, NULL, 0, placed, offset, 0), 6);
    ck_assert_int_eq(place_checked(9, items), 6);
}
END_TEST

START_TEST(odd_items)
{
    Arena *arena = arena_new();
    ck_assert_int_eq(place(arena, 0, NULL), 0);
    ck_assert_int_eq(place_lower_bound(arena, 0, NULL), 0);
    ck_assert_ptr_null(place_validate(arena, 0, NULL));
    arena_free(arena);

    Item one[] = {{"one", 3, 4, 64, -1}};
    ck_assert_int_eq(place_checked(1, one), 64);
    ck_assert_int_eq(one[0].offset, 0);

    Item empty[] = {{"a", 0, 2, 0, 0}, {"b", 0, 2, 8, 0}, {"c", 1, 1, 16, 0}, {"d", 1, 2, 0, 0}, {"e", 1, 3, 8, 0}};
    ck_assert_int_eq(place_checked(5, empty), 16);
    ck_assert_int_eq(bound_of(5, empty), 16);

    Item equal[20];
    for (int i = 0; i < 20; i++) equal[i] = (Item){.lower = 2, .upper = 9, .size = 5};
    ck_assert_int_eq(place_checked(20, equal), 100);

    Item touching[] = {{"a", 0, 2, 7, 0}, {"b", 2, 4, 7, 0}, {"c", 4, 5, 7, 0}};   /* half-open: never together */
    ck_assert_int_eq(place_checked(3, touching), 7);

    Item apart[] = {{"a", -5, -3, 10, 0}, {"b", -4, -3, 10, 0}, {"c", 1000000000, 2000000000, 30, 0}};
    ck_assert_int_eq(place_checked(3, apart), 30);

    Item huge[] = {{"a", 0, 2, INT64_MAX / 2, 0}, {"b", 1, 3, INT64_MAX / 2, 0}, {"c", 3, 4, 1, 0}};
    ck_assert_int_eq(place_checked(3, huge), INT64_MAX - 1);
}
END_TEST

START_TEST(sizes_add_up_to_too_much)
{
    Arena *arena = arena_new();
    Item items[] = {{"a", 0, 2, INT64_MAX, 0}, {"b", 1, 3, 1, 0}};
    place(arena, 2, items);
}
END_TEST

START_TEST(bound_of_too_much)
{
    Arena *arena = arena_new();
    Item items[] = {{"a", 0, 2, INT64_MAX, 0}, {"b", 1, 3, 1, 0}};
    place_lower_bound(arena, 2, items);
}
END_TEST

START_TEST(random_lives)
{
    uint64_t state = 2;
    double excess = 0;
    for (int round = 0; round < 60; round++) {
        int n = 1 + random_below(&state, 150);
        Item items[150];
        for (int i = 0; i < n; i++) {
            int lower = random_below(&state, n),
                life = random_below(&state, 4) ? 1 + random_below(&state, 8) : 1 + random_below(&state, n);
            items[i] = (Item){.lower = lower, .upper = lower + life, .size = 64 * (1 + random_below(&state, 1000))};
        }
        int64_t end = place_checked(n, items), bound = bound_of(n, items);
        excess += (double)(end - bound) / (double)bound / 60;
    }
    ck_assert_msg(excess < 0.005, "%.2f%% over the bound on average", 100 * excess);
}
END_TEST

/* Forward and backward of a net: activations live until their layer's backward, gradients from one backward to the
 * next. */
static int training_step(Item *items, int layers, uint64_t *state)
{
    int n = 0, last = 2 * layers - 1;
    for (int l = 0; l < layers; l++) {
        int64_t size = 64 * (1 + (1000 >> (4 * l / layers))) + 64 * random_below(state, 3);
        items[n++] = (Item){"activation", l, last - l + 1, size, 0};
        items[n++] = (Item){"gradient", last - l - 1 < 0 ? 0 : last - l - 1, last - l + 1, size, 0};
        items[n++] = (Item){"scratch", l, l + 1, 64 * (1 + random_below(state, 400)), 0};
        items[n++] = (Item){"scratch", last - l, last - l + 1, 64 * (1 + random_below(state, 400)), 0};
        items[n++] = (Item){"weight gradient", last - l, last - l + 1 + random_below(state, 2),
                            64 * (1 + random_below(state, 100)), 0};
        if (l % 4 == 0) items[n++] = (Item){"skip", l, l + 4, size, 0};
    }
    return n;
}

START_TEST(training_steps)
{
    uint64_t state = 3;
    for (int layers = 2; layers <= 50; layers += 4) {
        Item items[50 * 6];
        int n = training_step(items, layers, &state);
        int64_t end = place_checked(n, items), bound = bound_of(n, items);
        ck_assert_msg((double)end <= 1.02 * (double)bound, "%d layers: %lld, the bound is %lld", layers, (long long)end,
                      (long long)bound);
    }
}
END_TEST

/* A stack of activations: the largest sum is at the turn and is reached. */
START_TEST(plain_stack)
{
    Item items[100];
    int64_t total = 0;
    for (int l = 0; l < 50; l++) {
        items[2 * l] = (Item){"activation", l, 100 - l, 64 * (50 - l), 0};
        items[2 * l + 1] = (Item){"gradient", 99 - l, 101 - l, 64 * (50 - l), 0};
        total += 64 * (50 - l);
    }
    int64_t end = place_checked(100, items);
    ck_assert_int_eq(end, bound_of(100, items));
    ck_assert_int_ge(end, total);
}
END_TEST

static uint64_t hash_offsets(int n, const Item *items)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (int i = 0; i < n; i++) hash = (hash ^ (uint64_t)items[i].offset) * 0x100000001b3u;
    return hash;
}

START_TEST(same_items_same_offsets)
{
    uint64_t state = 4;
    Item items[60 * 6], again[60 * 6];
    int n = training_step(items, 40, &state);
    for (int i = 0; i < 20; i++) {   /* and some that make it hard, so that every stage runs */
        int lower = random_below(&state, 80);
        items[n++] = (Item){"other", lower, lower + 1 + random_below(&state, 60), 64 * (1 + random_below(&state, 3000)),
                            0};
    }
    memcpy(again, items, sizeof items);
    place_checked(n, items);
    place_checked(n, again);
    for (int i = 0; i < n; i++) ck_assert_int_eq(items[i].offset, again[i].offset);
    ck_assert_msg(hash_offsets(n, items) == UINT64_C(0xd43c5e962b17da3d), "0x%016llx",
                  (unsigned long long)hash_offsets(n, items));
}
END_TEST

START_TEST(validator_sees_what_is_planted)
{
    uint64_t state = 5;
    Arena *arena = arena_new();
    int planted = 0;
    for (int round = 0; round < 300; round++) {
        int n = 2 + random_below(&state, 30);
        Item items[32];
        for (int i = 0; i < n; i++) {
            int lower = random_below(&state, n);
            items[i] = (Item){
                .lower = lower, .upper = lower + 1 + random_below(&state, 6), .size = 1 + random_below(&state, 100)};
        }
        place_checked(n, items);
        int a = random_below(&state, n), b = random_below(&state, n);
        if (a == b || items[a].lower >= items[b].upper || items[b].lower >= items[a].upper) continue;
        items[a].offset = items[b].offset + items[b].size - 1;                                         /* by one byte */
        ck_assert_ptr_nonnull(place_validate(arena, n, items));
        items[a].offset = items[b].offset > items[a].size ? items[b].offset - items[a].size + 1 : items[b].offset;
        ck_assert_ptr_nonnull(place_validate(arena, n, items));
        planted++;
    }
    ck_assert_int_gt(planted, 50);

    Item meet[] = {{"a", 0, 5, 10, 0}, {"b", 4, 6, 10, 9}};
    const char *wrong = place_validate(arena, 2, meet);
    ck_assert_ptr_nonnull(wrong);
    ck_assert_str_eq(wrong, "a (10 bytes at 0, kernels 0 to 5) and b (10 bytes at 9, kernels 4 to 6) overlap");
    meet[1].offset = 10;
    ck_assert_ptr_null(place_validate(arena, 2, meet));
    meet[1].offset = 9, meet[1].lower = 5;
    ck_assert_ptr_null(place_validate(arena, 2, meet));
    Item bad[] = {{"a", 0, 1, 1, -1}};
    ck_assert_ptr_nonnull(place_validate(arena, 1, bad));
    bad[0] = (Item){"a", 0, 1, -1, 0};
    ck_assert_ptr_nonnull(place_validate(arena, 1, bad));
    bad[0] = (Item){"a", 2, 1, 1, 0};
    ck_assert_ptr_nonnull(place_validate(arena, 1, bad));
    bad[0] = (Item){NULL, 0, 1, 2, INT64_MAX - 1};
    ck_assert_ptr_nonnull(place_validate(arena, 1, bad));
    arena_free(arena);
}
END_TEST

/* ---- place_within ---- */

/* Places, and checks all that holds for any items and limits. */
static Placement within_checked(int n, Item *items, const PlaceLimits *limits)
{
    Arena *arena = arena_new();
    Placement p = place_within(arena, n, items, limits);
    int64_t last = 0;
    ck_assert_int_eq(p.bound, place_lower_bound(arena, n, items));
    ck_assert_int_ge(p.least, p.bound);
    if (!p.found) ck_assert_int_ge(limits->capacity, 0);
    for (int i = 0; p.found && i < n; i++) {
        if (items[i].offset + items[i].size > last) last = items[i].offset + items[i].size;
        if (limits->alignment) ck_assert_int_eq(items[i].offset % limits->alignment[i], 0);
    }
    if (p.found) {
        const char *wrong = place_validate(arena, n, items);
        ck_assert_msg(!wrong, "%s", wrong);
        ck_assert_int_eq(p.end, last);
        ck_assert_int_le(p.bound, p.end);
        if (limits->capacity >= 0) ck_assert_int_le(p.end, limits->capacity);
    }
    arena_free(arena);
    return p;
}

/* The optimum is found, with a capacity and without, and one byte less is ruled out. */
START_TEST(within_is_exact)
{
    uint64_t state = 6;
    int ruled_out = 0;
    for (int round = 0; round < 1500; round++) {
        int n = 1 + random_below(&state, 6), placed[6];
        int64_t offset[6], alignment[6];
        Item items[6];
        for (int i = 0; i < n; i++) {
            int lower = random_below(&state, 6);
            items[i] = (Item){
                .lower = lower, .upper = lower + 1 + random_below(&state, 4), .size = 1 + random_below(&state, 5)};
            alignment[i] = 1 + random_below(&state, 3) * (round % 2);
        }
        int64_t best = best_of_all(n, items, alignment, 0, placed, offset, 0);
        Placement p = within_checked(n, items, &(PlaceLimits){alignment, -1, 60});
        ck_assert_msg(p.end == best && p.least == best, "round %d: %lld, at least %lld, against %lld", round,
                      (long long)p.end, (long long)p.least, (long long)best);
        for (int more = 0; more < 3; more++) {
            p = within_checked(n, items, &(PlaceLimits){alignment, best + more, 60});
            ck_assert(p.found && p.least <= best);
        }
        p = within_checked(n, items, &(PlaceLimits){alignment, best - 1, 60});
        ck_assert(!p.found);
        ck_assert_int_ge(p.least, best);
        ruled_out += p.bound < best;
    }
    ck_assert_int_gt(ruled_out, 50);
}
END_TEST

START_TEST(hard_cases)   /* family */
{
    enum { MOST = 400 };
    static Item items[4 * MOST + 1000], again[4 * MOST + 1000];
    for (int wanted = 100; wanted <= MOST; wanted *= 2)
        for (uint64_t seed = 1; seed <= (wanted < MOST ? 3 : 1); seed++) {
            if (case_families[_i].unit > 1024 && wanted == MOST) continue;      /* coarse ones take minutes */
            int n = make_case(&case_families[_i], wanted, seed, items);
            memcpy(again, items, sizeof items);
            ck_assert_int_eq(bound_of(n, items), CASE_BYTES);
            Placement p = within_checked(n, items, &(PlaceLimits){NULL, CASE_BYTES, 300});
            ck_assert_msg(p.found, "%s, %d buffers, seed %d: %lld", case_families[_i].name, n, (int)seed,
                          (long long)p.end);
            if (wanted > 100) continue;
            within_checked(n, again, &(PlaceLimits){NULL, -1, 300});     /* without a capacity the bound is found too */
            for (int i = 0; i < n; i++) ck_assert_int_le(again[i].offset + again[i].size, CASE_BYTES);
        }
}
END_TEST

START_TEST(out_of_time)
{
    static Item items[8000];
    int n = make_case(&case_families[4], 1500, 1, items);
    Placement p = within_checked(n, items, &(PlaceLimits){NULL, CASE_BYTES, 0});
    ck_assert(!p.found);
    ck_assert_int_eq(p.least, CASE_BYTES);
    p = within_checked(n, items, &(PlaceLimits){NULL, -1, 0});
    ck_assert_int_gt(p.end, CASE_BYTES);
    ck_assert_int_lt(p.end, 2 * CASE_BYTES);
    ck_assert_int_eq(within_checked(0, NULL, &(PlaceLimits){NULL, -1, 1}).end, 0);
    ck_assert(within_checked(0, NULL, &(PlaceLimits){NULL, 0, 1}).found);
}
END_TEST

/* More than are compared with each other, with and without alignments, apart and together. */
START_TEST(many_items)
{
    enum { MANY = 60000 };
    Item *items = calloc(MANY, sizeof *items);
    int64_t *alignment = calloc(MANY, sizeof *alignment);
    ck_assert(items && alignment);
    for (int round = 0; round < 4; round++) {
        uint64_t state = 7 + (uint64_t)round;
        for (int i = 0; i < MANY; i++) {
            int lower = random_below(&state, MANY);
            items[i] = (Item){.lower = lower,
                              .upper = lower + 1 + random_below(&state, round < 2 ? 400 : 4),
                              .size = 1 + random_below(&state, 1000)};
            alignment[i] = 1 << random_below(&state, 7);
        }
        Placement p = within_checked(MANY, items, &(PlaceLimits){round % 2 ? alignment : NULL, -1, 2});
        ck_assert_msg((double)p.end < 1.25 * (double)p.bound, "round %d: %lld, the bound is %lld", round,
                      (long long)p.end, (long long)p.bound);
    }
    free(items);
    free(alignment);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("place");
    TCase *tests = tcase_create("place");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, small_ones_are_optimal);
    tcase_add_test(tests, bound_is_out_of_reach);
    tcase_add_test(tests, odd_items);
    tcase_add_exit_test(tests, sizes_add_up_to_too_much, 1);
    tcase_add_exit_test(tests, bound_of_too_much, 1);
    tcase_add_test(tests, random_lives);
    tcase_add_test(tests, training_steps);
    tcase_add_test(tests, plain_stack);
    tcase_add_test(tests, same_items_same_offsets);
    tcase_add_test(tests, validator_sees_what_is_planted);
    tcase_add_test(tests, within_is_exact);
    tcase_add_loop_test(tests, hard_cases, 0, N_CASE_FAMILIES);
    tcase_add_test(tests, out_of_time);
    tcase_add_test(tests, many_items);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
