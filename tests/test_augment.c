/* test_augment.c - what train{ augment } does to an image: each step against plain references and known examples, and
 * how the random draws are distributed.  Batches and runs: test_batches.c. */
#include "rt.h"

#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 40 * 40 * 3 };

static const RtShape SHAPES[] = {{4, 4, 1}, {5, 5, 2}, {3, 6, 3},   {6, 3, 1},
                                 {1, 5, 1}, {5, 1, 2}, {28, 28, 1}, {1, 1, 1}};
enum { N_SHAPES = sizeof SHAPES / sizeof *SHAPES };

static int64_t floats(const RtShape *s) { return s->height * s->width * s->channels; }

/* Numbers that differ from each other and from 0. */
static void fill(const RtShape *s, float *image)
{
    for (int64_t i = 0; i < floats(s); i++) image[i] = (float)(1 + i * 2477 % 9973) / 10000.0f;
}

/* Of an image that is zero outside. */
static float at(const RtShape *s, const float *image, int64_t y, int64_t x, int64_t k)
{
    return y < 0 || y >= s->height || x < 0 || x >= s->width ? 0 : image[(y * s->width + x) * s->channels + k];
}

#define FOR_PIXELS(s) \
    for (int64_t y = 0; y < (s)->height; y++) \
        for (int64_t x = 0; x < (s)->width; x++) \
            for (int64_t k = 0; k < (s)->channels; k++)

/* ---- the steps ---- */

START_TEST(translations)
{
    const RtShape *s = &SHAPES[_i];
    float before[MOST] = {0}, after[MOST];
    fill(s, before);
    for (int64_t down = -7; down <= 7; down++)
        for (int64_t right = -7; right <= 7; right++) {
            memcpy(after, before, sizeof after);
            rt_translate(s, down, right, after);
            FOR_PIXELS(s) ck_assert_float_eq(at(s, after, y, x, k), at(s, before, y - down, x - right, k));
        }
    static const float example[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9}, moved[9] = {0, 0, 0, 2, 3, 0, 5, 6, 0};
    memcpy(after, example, sizeof example);
    rt_translate(&(RtShape){3, 3, 1}, 1, -1, after);
    ck_assert_mem_eq(after, moved, sizeof moved);
}
END_TEST

START_TEST(flips)
{
    const RtShape *s = &SHAPES[_i];
    float before[MOST] = {0}, after[MOST];
    fill(s, before);
    memcpy(after, before, sizeof after);
    rt_flip(s, after);
    FOR_PIXELS(s) ck_assert_float_eq(at(s, after, y, x, k), at(s, before, y, s->width - 1 - x, k));
    static const float example[6] = {1, 2, 3, 4, 5, 6}, flipped[6] = {5, 6, 3, 4, 1, 2};
    memcpy(after, example, sizeof example);
    rt_flip(&(RtShape){1, 3, 2}, after);
    ck_assert_mem_eq(after, flipped, sizeof flipped);
}
END_TEST

START_TEST(cutouts)
{
    const RtShape *s = &SHAPES[_i];
    float before[MOST] = {0}, after[MOST];
    fill(s, before);
    for (int64_t n = 1; n < 9; n++)
        for (int64_t cy = 0; cy < s->height; cy++)
            for (int64_t cx = 0; cx < s->width; cx++) {
                memcpy(after, before, sizeof after);
                rt_cutout(s, cy, cx, n, after);
                FOR_PIXELS(s)
                {
                    const bool cut = y >= cy - n / 2 && y < cy - n / 2 + n && x >= cx - n / 2 && x < cx - n / 2 + n;
                    ck_assert_float_eq(at(s, after, y, x, k), cut ? 0 : at(s, before, y, x, k));
                }
            }
}
END_TEST

/* Quarter turns move pixels and change no bit. */
START_TEST(quarter_turns)
{
    const RtShape *s = &SHAPES[_i];
    float before[MOST] = {0}, after[MOST], half[MOST];
    fill(s, before);
    rt_rotate(s, 0, before, after);
    ck_assert_mem_eq(after, before, (size_t)floats(s) * sizeof *after);
    rt_rotate(s, 180, before, after);
    rt_rotate(s, -180, before, half);
    FOR_PIXELS(s) ck_assert_float_eq(at(s, after, y, x, k), at(s, before, s->height - 1 - y, s->width - 1 - x, k));
    ck_assert_mem_eq(after, half, (size_t)floats(s) * sizeof *after);
    if (s->height != s->width) return;
    rt_rotate(s, 90, before, after);
    FOR_PIXELS(s) ck_assert_float_eq(at(s, after, y, x, k), at(s, before, s->height - 1 - x, y, k));
    rt_rotate(s, -90, before, after);
    FOR_PIXELS(s) ck_assert_float_eq(at(s, after, y, x, k), at(s, before, x, s->width - 1 - y, k));
    static const float example[4] = {1, 2, 3, 4}, clockwise[4] = {3, 1, 4, 2};
    rt_rotate(&(RtShape){2, 2, 1}, 90, example, after);
    ck_assert_mem_eq(after, clockwise, sizeof clockwise);
}
END_TEST

/* Against the same definition in double with the sine and cosine of libm. */
START_TEST(rotations)
{
    static const double degrees[] = {1e-3, 0.5, 5, 10, 29.9, 30, 44.9, 45, 45.1, 60, 89, 91, 120, 135, 179.5};
    const RtShape *s = &SHAPES[_i];
    float before[MOST] = {0}, after[MOST];
    double difference = 0;
    fill(s, before);
    for (size_t i = 0; i < 2 * sizeof degrees / sizeof *degrees; i++) {
        const double angle = degrees[i / 2] * (i % 2 ? -1 : 1), c = cos(angle * M_PI / 180),
                     d = sin(angle * M_PI / 180);
        rt_rotate(s, angle, before, after);
        FOR_PIXELS(s)
        {
            const double dx = (double)x - (double)(s->width - 1) / 2, dy = (double)y - (double)(s->height - 1) / 2;
            const double fx = (double)(s->width - 1) / 2 + c * dx + d * dy,
                         fy = (double)(s->height - 1) / 2 - d * dx + c * dy;
            const int64_t x0 = (int64_t)floor(fx), y0 = (int64_t)floor(fy);
            double sum = 0;
            for (int j = 0; j < 4; j++)
                sum += (double)at(s, before, y0 + j / 2, x0 + j % 2, k) *
                       (j / 2 ? fy - (double)y0 : 1 - fy + (double)y0) *
                       (j % 2 ? fx - (double)x0 : 1 - fx + (double)x0);
            ck_assert_double_eq_tol((double)at(s, after, y, x, k), sum, 3e-7);
            difference += fabs(sum - (double)at(s, before, y, x, k));
        }
    }
    ck_assert(floats(s) == 1 || difference > 0.1);
}
END_TEST

/* The bits of everything at once: whatever compiles this has to come to the same ones. */
START_TEST(same_bits_everywhere)
{
    static const RtAugment all = {.shift = 3, .crop = 2, .flip = true, .rotate = 33.3, .cutout = 5};
    static const double mean[] = {0.49, 0.48, 0.44}, sd[] = {0.247, 0.243, 0.26};
    const RtNormalize by = {.n = 3, .mean = mean, .sd = sd};
    const RtShape shape = {32, 32, 3};
    float image[MOST], spare[MOST];
    char hex[65];
    RtSha256 hash;
    rt_sha256_begin(&hash);
    for (int sample = 0; sample < 500; sample++) {
        fill(&shape, image);
        rt_augment(&all, &shape, 7, 3, sample, image, spare);
        rt_normalize(&by, &shape, image);
        rt_sha256_add(&hash, image, (size_t)floats(&shape) * sizeof *image);
    }
    rt_sha256_end(&hash, hex);
    ck_assert_str_eq(hex, "f206ef4db507add7c64adadac6851d8728b0407e17de05d05eab315d800728b7");
}
END_TEST

/* ---- the draws ---- */

/* Each of (2n+1)^2 moves has its share; a shift and a crop of one size are told apart by their streams. */
START_TEST(moves_are_uniform)
{
    enum { N = 2, SIDE = 9, DRAWS = 50000, MOVES = (2 * N + 1) * (2 * N + 1) };
    const RtShape shape = {SIDE, SIDE, 1};
    const RtAugment shift = {.shift = N}, crop = {.crop = N};
    int64_t counts[2][MOVES] = {{0}}, same = 0, opposite = 0;
    for (int i = 0; i < DRAWS; i++) {
        int move[2];
        for (int which = 0; which < 2; which++) {
            float image[SIDE * SIDE] = {0};
            image[SIDE * SIDE / 2] = 1;
            rt_augment(which ? &crop : &shift, &shape, 5, i % 7, i / 7, image, NULL);
            int where = 0;
            while (where < SIDE * SIDE && image[where] != 1) where++;
            const int y = where / SIDE - SIDE / 2 + N, x = where % SIDE - SIDE / 2 + N;
            ck_assert(y >= 0 && y <= 2 * N && x >= 0 && x <= 2 * N);
            counts[which][move[which] = y * (2 * N + 1) + x]++;
        }
        same += move[0] == move[1];
        opposite += move[0] == MOVES - 1 - move[1];
    }
    for (int which = 0; which < 2; which++)
        for (int m = 0; m < MOVES; m++)                                           /* 5.7 deviations */
            ck_assert_double_eq_tol((double)counts[which][m], DRAWS / MOVES, 250);
    ck_assert_double_eq_tol((double)same, DRAWS / MOVES, 250);
    ck_assert_double_eq_tol((double)opposite, DRAWS / MOVES, 250);
}
END_TEST

START_TEST(flips_are_fair)
{
    const RtShape shape = {1, 2, 1};
    const RtAugment flip = {.flip = true};
    int flipped = 0, changes = 0, last = 0;
    for (int i = 0; i < 20000; i++) {
        float image[2] = {1, 2};
        rt_augment(&flip, &shape, 5, 0, i, image, NULL);
        ck_assert(image[0] + image[1] == 3);
        flipped += image[0] == 2;
        changes += (image[0] == 2) != last;
        last = image[0] == 2;
    }
    ck_assert_int_le(abs(flipped - 10000), 400);
    ck_assert_int_le(abs(changes - 10000), 400);
}
END_TEST

/* Of an image whose value is its column, bilinear interpolation is exact: it shows the sine of the angle. */
START_TEST(angles_are_uniform)
{
    enum { SIDE = 33, DRAWS = 5000 };
    const RtShape shape = {SIDE, SIDE, 1};
    const RtAugment rotate = {.rotate = 20};
    static float image[SIDE * SIDE], spare[SIDE * SIDE];
    double sum = 0, squares = 0, low = 0, high = 0;
    for (int i = 0; i < DRAWS; i++) {
        for (int p = 0; p < SIDE * SIDE; p++) image[p] = (float)(p % SIDE);
        rt_augment(&rotate, &shape, 5, 1, i, image, spare);
        const double angle = asin(((double)image[(SIDE / 2 + 10) * SIDE + SIDE / 2] - SIDE / 2) / 10) * 180 / M_PI;
        sum += angle, squares += angle * angle;
        low = angle < low ? angle : low, high = angle > high ? angle : high;
    }
    ck_assert(low >= -20.001 && high <= 20.001 && low < -19.9 && high > 19.9);
    ck_assert_double_eq_tol(sum / DRAWS, 0, 0.8);
    ck_assert_double_eq_tol(squares / DRAWS, 400.0 / 3, 6);
}
END_TEST

START_TEST(cutouts_are_uniform)
{
    enum { H = 3, W = 5, DRAWS = 30000 };
    const RtShape shape = {H, W, 1};
    const RtAugment one = {.cutout = 1};
    int64_t counts[H * W] = {0};
    for (int i = 0; i < DRAWS; i++) {
        float image[H * W];
        fill(&shape, image);
        rt_augment(&one, &shape, 5, 1, i, image, NULL);
        int cut = 0;
        for (int p = 0; p < H * W; p++)
            if (image[p] == 0) counts[p]++, cut++;
        ck_assert_int_eq(cut, 1);
    }
    for (int p = 0; p < H * W; p++) ck_assert_double_eq_tol((double)counts[p], DRAWS / (H * W), 250);
}
END_TEST

/* Nothing but seed, epoch and sample counts, and each of them does; `nothing` changes no bit. */
START_TEST(draws_depend_on)
{
    const RtShape shape = {28, 28, 1};
    const RtAugment all = {.shift = 4, .crop = 4, .flip = true, .rotate = 15, .cutout = 6}, nothing = {0};
    static const struct { uint64_t seed; int64_t epoch, sample; } rows[] = {
        {1, 2, 3}, {1, 2, 3}, {2, 2, 3}, {1, 3, 3}, {1, 2, 4}, {1, 2, 3 + (1LL << 40)}};
    float first[784], image[784], spare[784];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fill(&shape, image);
        rt_augment(&all, &shape, rows[i].seed, rows[i].epoch, rows[i].sample, image, spare);
        if (i == 0) memcpy(first, image, sizeof first);
        ck_assert_msg((memcmp(image, first, sizeof first) == 0) == (i < 2), "row %zu", i);
    }
    fill(&shape, image);
    fill(&shape, first);
    rt_augment(&nothing, &shape, 1, 2, 3, image, spare);
    ck_assert_mem_eq(image, first, sizeof first);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("augment");
    TCase *tests = tcase_create("augment");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, translations, 0, N_SHAPES);
    tcase_add_loop_test(tests, flips, 0, N_SHAPES);
    tcase_add_loop_test(tests, cutouts, 0, N_SHAPES - 2);
    tcase_add_loop_test(tests, quarter_turns, 0, N_SHAPES);
    tcase_add_loop_test(tests, rotations, 0, N_SHAPES);
    tcase_add_test(tests, same_bits_everywhere);
    tcase_add_test(tests, moves_are_uniform);
    tcase_add_test(tests, flips_are_fair);
    tcase_add_test(tests, angles_are_uniform);
    tcase_add_test(tests, cutouts_are_uniform);
    tcase_add_test(tests, draws_depend_on);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
