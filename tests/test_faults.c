/* test_faults.c - the n-th allocation or write fails, for one n after the other.
 *
 * Linked with the allocator and the calls that write wrapped (see Makefile).  A child process does the work with one
 * fault; it must end with exit 0 or 1 and a message, leave no temporary file and no half of one, and a run that goes on
 * afterwards must end with the same weights as one that was never disturbed. */
#include "fixture_mlp.c"

#include "tailor.h"

#include "support.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

typedef enum Kind { NO_FAULT, ALLOCATION, WRITING } Kind;

static Kind faulty;                     /* what fails */
static int fault_at, counted;            /* the call that fails, from 1; 0: none; calls so far */
static int report = -1;                 /* pipe: the child says that its fault has happened */

static bool fails(Kind kind)
{
    if (kind != faulty || __atomic_add_fetch(&counted, 1, __ATOMIC_RELAXED) != fault_at) return false;
    if (write(report, "x", 1) != 1) abort();
    errno = kind == ALLOCATION ? ENOMEM : ENOSPC;
    return true;
}

void *__real_malloc(size_t);
void *__real_calloc(size_t, size_t);
void *__real_realloc(void *, size_t);
void *__real_aligned_alloc(size_t, size_t);
void *__real_mmap(void *, size_t, int, int, int, off_t);
size_t __real_fwrite(const void *, size_t, size_t, FILE *);
int __real_rename(const char *, const char *);
int __real_mkdir(const char *, mode_t);
void *__wrap_malloc(size_t n) { return fails(ALLOCATION) ? NULL : __real_malloc(n); }
void *__wrap_calloc(size_t n, size_t size) { return fails(ALLOCATION) ? NULL : __real_calloc(n, size); }
void *__wrap_realloc(void *p, size_t n) { return fails(ALLOCATION) ? NULL : __real_realloc(p, n); }
void *__wrap_aligned_alloc(size_t alignment, size_t n)
{
    return fails(ALLOCATION) ? NULL : __real_aligned_alloc(alignment, n);
}
void *__wrap_mmap(void *at, size_t n, int protection, int flags, int file, off_t from)
{
    return fails(ALLOCATION) ? MAP_FAILED : __real_mmap(at, n, protection, flags, file, from);
}
size_t __wrap_fwrite(const void *p, size_t size, size_t n, FILE *f)
{
    return f != stderr && f != stdout && fails(WRITING) ? 0 : __real_fwrite(p, size, n, f);
}
/* nothing waits for the disk */
int __wrap_fsync(int descriptor) { return descriptor < 0 || fails(WRITING) ? -1 : 0; }
int __wrap_rename(const char *from, const char *to) { return fails(WRITING) ? -1 : __real_rename(from, to); }
int __wrap_mkdir(const char *path, mode_t mode) { return fails(WRITING) ? -1 : __real_mkdir(path, mode); }

static void enter_with_digits(void)
{
    enter_folder();
    put_digits("tiny", 200, 40);
}

/* Does the work in a child with a fault; *happened says whether it came to that.  Returns the exit code, or minus a
 * signal. */
static int disturbed(Kind kind, int at, int (*work)(void), bool *happened)
{
    int ends[2], status;
    char mark;
    ck_assert_int_eq(pipe(ends), 0);
    fflush(NULL);
    pid_t child = fork();
    if (!child) {
        int err = open("err", O_WRONLY | O_CREAT | O_TRUNC, 0666), out = open("/dev/null", O_WRONLY);
        dup2(err, 2), dup2(out, 1);
        report = ends[1];
        alarm(30);
        counted = 0, fault_at = at, faulty = kind;
        int code = work();
        faulty = NO_FAULT;
        exit(code);
    }
    close(ends[1]);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    *happened = read(ends[0], &mark, 1) == 1;
    close(ends[0]);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static bool said_something(void)
{
    RtText text = {0};
    RtError error = {0};
    bool some = rt_file_read("err", 1 << 20, &text, &error) && text.length > 1;
    rt_text_free(&text);
    return some;
}

static int files_like(const char *path, const char *end)
{
    int n = 0;
    DIR *d = opendir(path);
    for (struct dirent *entry; d && (entry = readdir(d));) {
        size_t length = strlen(entry->d_name), tail = strlen(end);
        n += length >= tail && !strcmp(entry->d_name + length - tail, end) && entry->d_name[0] != '.';
    }
    if (d) closedir(d);
    return n;
}

static int train(void)
{
    char *argv[] = {"trainer", "--data", "tiny", "--epochs", "2", "--seed", "3", "--resume", "run", NULL};
    return rt_trainer_main(&fixture_mlp, 9, argv);
}

static void weights(char hash[65])
{
    RtText text = {0};
    RtError error = {0};
    ck_assert_msg(rt_file_read("run/weights.safetensors", 1 << 24, &text, &error), "%s", error.text);
    rt_sha256(text.data, text.length, hash);
    rt_text_free(&text);
}

static void every_fault_of_a_run(Kind kind)
{
    char undisturbed[65], hash[65];
    bool happened = true, ignored;
    ck_assert_int_eq(disturbed(NO_FAULT, 0, train, &ignored), 0);
    weights(undisturbed);
    int n = 0, refused = 0;
    while (happened) {
        n += 1 + n / 60;          /* every one at first, then ever fewer: the late ones are the same few places again */
        ck_assert_int_eq(system("rm -rf run"), 0);
        int code = disturbed(kind, n, train, &happened);
        ck_assert_msg(code == 0 || code == 1, "fault %d: the trainer ended with %d", n, code);
        ck_assert_msg(code == 0 || said_something(), "fault %d: exit %d without a message", n, code);
        ck_assert_msg(files_like("run", ".tmp") == 0, "fault %d leaves a temporary file", n);
        refused += code == 1;
        if (!code || (kind == ALLOCATION && n % 7)) continue;
        ck_assert_msg(disturbed(NO_FAULT, 0, train, &ignored) == 0, "after fault %d the run does not go on", n);
        weights(hash);
        ck_assert_msg(!strcmp(hash, undisturbed), "after fault %d the run ends with other weights", n);
    }
    ck_assert_msg(refused > 10, "only %d of %d faults were noticed", refused, n);
}

START_TEST(allocations_of_a_run) { every_fault_of_a_run(ALLOCATION); }
END_TEST

START_TEST(writes_of_a_run) { every_fault_of_a_run(WRITING); }
END_TEST

static int emit(void)
{
    static char path[300];
    snprintf(path, sizeof path, "%s/graphs/mlp.lua", project);
    Passes passes = {0};
    Experiment *x = load(arena_new(), path, 0, NULL);
    emit_folder(emission_new(x, 8, &passes), "out");
    return 0;
}

static void every_fault_of_emit(Kind kind)
{
    bool happened = true;
    int n = 0, refused = 0;
    while (happened) {
        n += 1 + n / 60;
        ck_assert_int_eq(system("rm -rf out"), 0);
        int code = disturbed(kind, n, emit, &happened);
        ck_assert_msg(code == 0 || code == 1, "fault %d: emit ended with %d", n, code);
        ck_assert_msg(code == 0 || said_something(), "fault %d: exit %d without a message", n, code);
        ck_assert_msg(files_like("out", ".tmp") == 0, "fault %d leaves a temporary file", n);
        refused += code == 1;
    }
    ck_assert_msg(refused > 10, "only %d of %d faults were noticed", refused, n);
}

START_TEST(allocations_of_emit) { every_fault_of_emit(ALLOCATION); }
END_TEST

START_TEST(writes_of_emit) { every_fault_of_emit(WRITING); }
END_TEST

/* ---- data sets ---- */

static void put_bytes(const char *name, const void *bytes, size_t n)
{
    RtError error = {0};
    ck_assert_msg(rt_file_write(in_folder(name), bytes, n, &error), "%s", error.text);
}

/* An .npy file. */
static void put_zeros(const char *name, const char *header, size_t n)
{
    uint8_t file[200] = "\x93NUMPY\1";
    const size_t length = strlen(header);
    file[8] = (uint8_t)length;
    memcpy(file + 10, header, length);
    put_bytes(name, file, 10 + length + n);
}

/* PNG files by class, scaled floats in an .npy file, gzipped CIFAR-100. */
static void enter_with_sets(void)
{
    static const uint8_t png[] = {137, 80,  78,  71,  13,  10, 26, 10, 0,  0,   0,   13,  73,  72,  68, 82, 0,  0,  0,
                                  4,   0,   0,   0,   4,   8,  0,  0,  0,  0,   140, 154, 193, 162, 0,  0,  0,  16, 73,
                                  68,  65,  84,  120, 218, 99, 16, 17, 97, 120, 205, 128, 74,  0,   0,  38, 42, 4,  77,
                                  128, 221, 206, 139, 0,   0,  0,  0,  73, 69,  78,  68,  174, 66,  96, 130};
    static uint8_t record[3074];
    static const char *const folders[] = {"png/train/a", "png/train/b", "png/test/a", "npy", "cifar"};
    enter_folder();
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        ck_assert(rt_folder_make(in_folder(folders[i]), &(RtError){0}));
    put_bytes("png/train/a/0.png", png, sizeof png), put_bytes("png/train/b/0.png", png, sizeof png),
        put_bytes("png/test/a/0.png", png, sizeof png);
    for (int test = 0; test < 2; test++) {
        put_zeros(test ? "npy/t10k-images.npy" : "npy/train-images.npy",
                  "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", 24);
        put_zeros(test ? "npy/t10k-labels.npy" : "npy/train-labels.npy",
                  "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", 2);
    }
    put_bytes("npy/scale.txt", "2", 1);
    for (int test = 0; test < 2; test++) {
        gzFile out = gzopen(in_folder(test ? "cifar/test.bin" : "cifar/train.bin"), "wb");
        ck_assert(out && gzwrite(out, record, sizeof record) == sizeof record && gzclose(out) == Z_OK);
    }
}

static int read_sets(void)
{
    static const char *const names[] = {"png", "npy", "cifar"};
    RtError error = {0};
    for (int i = 0; i < 3; i++) {
        char path[RT_MAX_PATH];
        strcpy(path, names[i]);
        const RtFormat *format = rt_format_of(path);
        for (int test = 0; test < 2; test++) {
            RtImages images;
            if (!format || !rt_format_read(format, path, test, false, &images, &error)) {
                fprintf(stderr, "%s\n", error.text);
                return images.pixels || images.floats || images.labels ? 3 : 1;        /* what failed leaves nothing */
            }
            rt_images_free(&images);
        }
    }
    return 0;
}

START_TEST(allocations_of_sets)
{
    bool happened = true, ignored;
    int refused = 0;
    ck_assert_int_eq(disturbed(NO_FAULT, 0, read_sets, &ignored), 0);
    for (int n = 1; happened; n++) {
        const int code = disturbed(ALLOCATION, n, read_sets, &happened);
        ck_assert_msg(code == (happened ? 1 : 0), "fault %d: ended with %d", n, code);
        ck_assert_msg(!happened || said_something(), "fault %d: nothing is said", n);
        refused += happened;
    }
    ck_assert_int_gt(refused, 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("faults");
    TCase *tests = tcase_create("faults");
    tcase_set_timeout(tests, 0);
    tcase_add_checked_fixture(tests, enter_with_digits, leave_folder);
    tcase_add_test(tests, allocations_of_a_run);
    tcase_add_test(tests, writes_of_a_run);
    tcase_add_test(tests, allocations_of_emit);
    tcase_add_test(tests, writes_of_emit);
    suite_add_tcase(suite, tests);
    TCase *sets = tcase_create("sets");
    tcase_set_timeout(sets, 0);
    tcase_add_checked_fixture(sets, enter_with_sets, leave_folder);
    tcase_add_test(sets, allocations_of_sets);
    suite_add_tcase(suite, sets);
    return run_suite(suite);
}
