/* test_trainer.c - whole runs of a trainer: the same bits for any number of threads and after a kill, exit codes, records,
 * failures.
 *
 * Each run is a child process that calls rt_trainer_main, as an emitted trainer does, in a folder of its own. */
#include "fixture_mlp.c"

#include "support.h"

#include <fcntl.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int64_t file_limit;              /* RLIMIT_FSIZE of the next child; 0: none */

static void enter_with_digits(void)
{
    enter_folder();
    put_digits("small", 2000, 500);
}

/* Starts a trainer; arguments are separated by blanks.  stdout goes to the file out, stderr to err. */
static pid_t start(const RtModel *model, const char *arguments)
{
    pid_t child = fork();
    if (child) return child;
    static char text[1000], *argv[40] = {"trainer"};
    int argc = 1;
    snprintf(text, sizeof text, "%s", arguments);
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) argv[argc++] = word;
    int out = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0666), err = open("err", O_WRONLY | O_CREAT | O_TRUNC, 0666);
    dup2(out, 1), dup2(err, 2);
    struct rlimit limit = {(rlim_t)file_limit, (rlim_t)file_limit};
    if (file_limit) setrlimit(RLIMIT_FSIZE, &limit);
    exit(rt_trainer_main(model, argc, argv));   /* as main would: leak checks run */
}

static int finish(pid_t child)
{
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static int run(const RtModel *model, const char *arguments) { return finish(start(model, arguments)); }

static char *read_text(const char *path)
{
    static RtText text[4];              /* of the last four calls */
    static int turn;
    RtError error = {0};
    RtText *to = &text[turn++ % 4];
    rt_text_free(to);
    if (!rt_file_read(path, 1 << 24, to, &error)) rt_text_bytes(to, "", 0);
    return to->data;
}

static bool says(const char *path, const char *part)
{
    const char *text = read_text(path);
    if (!strstr(text, part)) fprintf(stderr, "no '%s' in %s: %s\n", part, path, text);
    return strstr(text, part) != NULL;
}

static bool exists(const char *path) { return access(path, F_OK) == 0; }

static void hash_of(const char *run_folder, char hash[65])
{
    char path[200];
    snprintf(path, sizeof path, "%s/run.json", run_folder);
    const char *at = strstr(read_text(path), "weights_sha256\": \"");
    ck_assert_msg(at != NULL, "%s has no hash", path);
    snprintf(hash, 65, "%s", at + 18);
}

static bool same_hash(const char *a, const char *b)
{
    char x[65], y[65];
    hash_of(a, x), hash_of(b, y);
    return strcmp(x, y) == 0;
}

/* log.csv but for its last column, the seconds. */
static char *log_of(const char *run_folder)
{
    char path[200];
    snprintf(path, sizeof path, "%s/log.csv", run_folder);
    char *text = read_text(path), *to = text, *line = text;
    for (char *end; (end = strchr(line, '\n')); line = end + 1) {
        char *comma = end;
        while (comma > line && *comma != ',') comma--;
        memmove(to, line, (size_t)(comma - line));
        to += comma - line;
        *to++ = '\n';
    }
    *to = 0;
    return text;
}

static void wait_for(const char *path)
{
    for (int i = 0; i < 3000 && !exists(path); i++) usleep(2000);
    ck_assert_msg(exists(path), "%s never came", path);
}

/* ---- the same bits ---- */

START_TEST(threads_kills_and_stops_do_not_change_a_bit)
{
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 12 --out one --threads 1 --seed 5"), 0);
    ck_assert(says("out", "test accuracy") && says("out", " %") && says("err", "epoch 12/12"));
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 12 --out two --threads 2 --seed 5 --json"), 0);
    ck_assert_str_eq(read_text("out"), read_text("two/run.json"));
    ck_assert(same_hash("one", "two"));
    ck_assert_str_eq(log_of("one"), log_of("two"));

    pid_t child =
        start(&fixture_mlp, "--data small --epochs 12 --resume killed --seed 5"); /* without a checkpoint it starts */
    wait_for("killed/checkpoint.safetensors");
    kill(child, SIGKILL);
    ck_assert_int_eq(finish(child), -SIGKILL);
    ck_assert(!exists("killed/run.json"));
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 12 --resume killed --seed 5 --threads 1"), 0);
    ck_assert(same_hash("one", "killed"));
    ck_assert_str_eq(log_of("one"), log_of("killed"));

    for (int i = 0; i < 8; i++) {                                       /* stopped wherever it may be, again and again */
        child = start(&fixture_mlp, "--data small --epochs 12 --resume stopped --seed 5 --threads 1");
        wait_for("stopped/log.csv");
        usleep((useconds_t)(10000 + 17000 * i));
        kill(child, i % 2 ? SIGINT : SIGTERM);
        int code = finish(child);
        if (code == 0) break;
        ck_assert_int_eq(code, 130);
        ck_assert(says("err", "--resume stopped --data small --seed 5") && exists("stopped/checkpoint.safetensors"));
    }
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 12 --resume stopped --seed 5"), 0);
    ck_assert(same_hash("one", "stopped"));
    ck_assert_str_eq(log_of("one"), log_of("stopped"));

    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 12 --resume one --seed 5"), 0);    /* finished */
    ck_assert(says("err", "finished already") && says("out", "weights sha256"));
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 12 --out other --seed 6"), 0);
    ck_assert(!same_hash("one", "other"));
}
END_TEST

START_TEST(records)
{
    ck_assert_int_eq(run(&fixture_mlp, "--epochs 1"), 0);               /* the default folder */
    const char *folder_name = "runs/fixture_mlp-seed1";
    RtJson json;
    RtError error = {0};
    RtArrays weights;
    RtText text = {0};
    ck_assert(rt_file_read("runs/fixture_mlp-seed1/run.json", 1 << 20, &text, &error));
    ck_assert_msg(rt_json_parse(text.data, text.length, "run.json", &json, &error), "%s", error.text);
    static const char *const fields[] = {"name",
                                         "graph_hash",
                                         "experiment_hash",
                                         "tailor_version",
                                         "options",
                                         "seed",
                                         "data",
                                         "epochs",
                                         "batch",
                                         "threads",
                                         "metrics",
                                         "parameter_count",
                                         "flops_step",
                                         "workspace_bytes",
                                         "workspace_lower_bound",
                                         "images_per_second",
                                         "seconds",
                                         "peak_rss_bytes",
                                         "compiler",
                                         "cflags",
                                         "lanes",
                                         "cpu",
                                         "kernels",
                                         "weights_sha256"};
    static const char *const metrics[] = {"train_loss", "val_loss", "val_accuracy", "test_loss", "test_accuracy"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        ck_assert_msg(rt_json_get(&json, json.nodes, fields[i]), "%s", fields[i]);
    const RtJsonNode *m = rt_json_get(&json, json.nodes, "metrics");
    for (size_t i = 0; i < 5; i++) ck_assert_msg(rt_json_get(&json, m, metrics[i]), "%s", metrics[i]);
    double accuracy = rt_json_get(&json, m, "test_accuracy")->number;
    ck_assert(accuracy > 0.7 && accuracy < 1 &&
              fabs(accuracy * 2000 - (int)(accuracy * 2000 + 0.5)) < 1e-6); /* each image once */
    ck_assert_msg(rt_tensors_read("runs/fixture_mlp-seed1/weights.safetensors", &weights, &error), "%s", error.text);
    ck_assert_int_eq(weights.n, 5);
    RtSha256 hash;
    char hex[65];
    rt_sha256_begin(&hash);
    static const char *const order[] = {"h1.linear.weight", "h1.linear.bias", "logits.linear.weight", "logits.linear.bias",
                                        "steps"};
    for (int i = 0; i < 5; i++) {
        const RtArray *array = rt_tensors_find(&weights, order[i]);
        rt_sha256_add(&hash, array->data, (size_t)rt_array_count(array) * 4);
    }
    rt_sha256_end(&hash, hex);
    ck_assert_str_eq(hex, rt_json_get(&json, json.nodes, "weights_sha256")->string);
    ck_assert_float_eq(*(const float *)rt_tensors_find(&weights, "steps")->data, 143); /* state: saved */
    ck_assert_int_eq(run(&fixture_mlp, "--eval runs/fixture_mlp-seed1 --json"), 0);
    char want[64];
    snprintf(want, sizeof want, "\"test_accuracy\": %g", accuracy);
    ck_assert(says("out", want) && says("out", hex));
    ck_assert_int_eq(run(&fixture_mlp, "--epochs 1"), 1);
    ck_assert(says("err", "not empty") && says("err", folder_name));
    ck_assert_int_eq(run(&fixture_mlp, "--benchmark 5 --json"), 0);
    ck_assert(says("out", "median_ms"));
    rt_tensors_free(&weights);
    rt_json_free(&json);
    rt_text_free(&text);
}
END_TEST

/* ---- what is wrong ---- */

START_TEST(usage)
{
    static const char *const wrong[] = {"--epoch 3",
                                        "--epochs",
                                        "--epochs 0",
                                        "--epochs -1",
                                        "--epochs 1x",
                                        "--epochs=",
                                        "--seed 99999999999999999999",
                                        "--threads 0",
                                        "--threads 4096",
                                        "--json=1",
                                        "x",
                                        "--out a --resume b",
                                        "--benchmark 0",
                                        "--seed 1 --seed 2"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_msg(run(&fixture_mlp, wrong[i]) == 2, "%s", wrong[i]);
        ck_assert(says("err", "fixture_mlp: ") && !read_text("out")[0]);
    }
    ck_assert_int_eq(run(&fixture_mlp, "--help"), 0);
    ck_assert(says("out", "--resume"));
    ck_assert_int_eq(run(&fixture_mlp, "--version"), 0);
    ck_assert(says("out", fixture_mlp.graph_hash));
    ck_assert_int_eq(run(&fixture_mlp, "--data nosuchset"), 1);
    ck_assert(says("err", "nosuchset") && !exists("runs"));
    ck_assert_int_eq(run(&fixture_mlp, "--eval nowhere"), 1);
    ck_assert_int_eq(run(&fixture_mlp, "--out /proc/nowhere"), 1);
}
END_TEST

START_TEST(a_checkpoint_of_another_run)
{
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --out a"), 0);
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --resume a --seed 2"), 1);
    ck_assert(says("err", "seed is 1, against 2"));
    ck_assert_int_eq(rename("a/run.json", "a/was.json"), 0);
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --resume a --seed 2"), 1);
    ck_assert(says("err", "checkpoint.safetensors: seed is 1, against 2"));
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 2 --resume a"), 1);
    ck_assert(says("err", "epochs is 1, against 2"));
    RtModel other = fixture_mlp;
    static const RtOption options[] = {{"hidden", "65"}};
    other.options = options;
    ck_assert_int_eq(run(&other, "--data small --epochs 1 --resume a"), 1);
    ck_assert(says("err", "options is {\"hidden\": 64}, against {\"hidden\": 65}"));
    other.options = fixture_mlp.options;
    other.graph_hash = "ffff";
    ck_assert_int_eq(run(&other, "--data small --epochs 1 --resume a"), 1);
    ck_assert(says("err", "graph_hash"));
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --resume a"), 0);    /* still whole */
}
END_TEST

START_TEST(damaged_checkpoints)
{
    RtError error = {0};
    RtText whole = {0};
    const char *path = "a/checkpoint.safetensors";
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --out a"), 0);
    unlink("a/run.json");
    ck_assert(rt_file_read(path, 1 << 24, &whole, &error));
    for (size_t i = 0; i < 12; i++) {
        size_t n = i < 11 ? whole.length * i / 11 : whole.length - 1;
        ck_assert(rt_file_write(path, whole.data, n, &error));
        ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --resume a"), 1);
        ck_assert(says("err", "a/checkpoint.safetensors: "));
    }
    whole.data[whole.length - 1] = 0x7f, whole.data[whole.length - 2] = (char)0xff;   /* a moment that is NaN */
    ck_assert(rt_file_write(path, whole.data, whole.length, &error));
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --resume a"), 1);
    ck_assert(says("err", "is not finite"));
    char *step = strstr(whole.data + 8, "\"step\": \"");
    ck_assert_ptr_nonnull(step);
    memcpy(step + 9, "99", 2);
    ck_assert(rt_file_write(path, whole.data, whole.length, &error));
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --resume a"), 1);
    ck_assert(says("err", "step is 99, against 0 to 28"));
    rt_text_free(&whole);
}
END_TEST

START_TEST(a_disk_that_is_full)
{
    file_limit = 300000;                                                /* a checkpoint needs 600,000 bytes */
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --out a"), 1);
    ck_assert(says("err", "checkpoint.safetensors: cannot write"));
    ck_assert(!exists("a/checkpoint.safetensors") && !exists("a/checkpoint.safetensors.tmp") && !exists("a/run.json"));
    file_limit = 0;
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --resume a"), 0);
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --out b"), 0);
    ck_assert(same_hash("a", "b"));
}
END_TEST

/* A learning rate that blows up: the run stops before the update and keeps the batch. */
START_TEST(a_loss_that_is_not_finite)
{
    RtModel model = fixture_mlp;
    RtArrays batch;
    RtError error = {0};
    model.train.lr = 1e30;
    model.train.warmup = 0;
    ck_assert_int_eq(run(&model, "--data small --out a --seed 3"), 4);
    ck_assert(says("err", "the loss is") && says("err", "a/failed_batch.safetensors"));
    ck_assert(!exists("a/run.json") && !exists("a/checkpoint.safetensors"));
    ck_assert_msg(rt_tensors_read("a/failed_batch.safetensors", &batch, &error), "%s", error.text);
    ck_assert_str_eq(rt_tensors_pair(&batch, "seed"), "3");
    ck_assert_ptr_nonnull(rt_tensors_pair(&batch, "step"));
    ck_assert_int_eq(rt_tensors_find(&batch, "image")->rank, 4);
    ck_assert_int_eq(rt_tensors_find(&batch, "image")->dims[0], BATCH);
    ck_assert(rt_tensors_find(&batch, "label")->type == RT_I32 && rt_tensors_find(&batch, "sample")->type == RT_I64);
    ck_assert_ptr_nonnull(rt_tensors_find(&batch, "h1.linear.weight"));
    ck_assert_ptr_nonnull(rt_tensors_find(&batch, "steps"));
    rt_tensors_free(&batch);
}
END_TEST

/* Every fifth step is not finite, from the first epoch's third on.  The step has to know how many were skipped before it. */
static bool all_but_some(const RtCall *call)
{
    const RtStep *step = call->step;
    const bool skips = step->step % 5 != 2;
    if (step->skipped != 0 && step->skipped != (step->step + 2) / 5) abort();
    return skips && rt_entry(&fixture_mlp, "train")->run(call);
}

START_TEST(steps_that_are_skipped)
{
    RtModel model = fixture_mlp;
    RtEntry entries[8];
    ck_assert_int_le(model.n_entries, 8);
    memcpy(entries, model.entries, (size_t)model.n_entries * sizeof *entries);
    for (int i = 0; i < model.n_entries; i++)
        if (!strcmp(entries[i].name, "train")) entries[i].run = all_but_some;
    model.entries = entries;
    ck_assert_int_eq(run(&model, "--data small --epochs 2 --out stopped"), 4);
    ck_assert(says("err", "step 2: the loss is") && says("err", "gradients"));
    model.train.skip_not_finite = true;
    ck_assert_int_eq(run(&model, "--data small --epochs 2 --out one --threads 1"), 0);      /* 56 steps: 2, 7, ... 52 */
    ck_assert(says("one/run.json", "\"skipped_steps\": 11,") && says("out", "skipped steps        11\n") && says("err", "11 of 56 steps skipped"));
    ck_assert(says("one/log.csv", ",seconds,skipped\n1,28,") && says("one/log.csv", ",6\n2,56,") && says("one/log.csv", ",11\n"));
    RtArrays batch;
    RtError error = {0};
    ck_assert_msg(rt_tensors_read("one/failed_batch.safetensors", &batch, &error), "%s", error.text);
    ck_assert_str_eq(rt_tensors_pair(&batch, "step"), "2");                                 /* the first of them */
    rt_tensors_free(&batch);
    ck_assert_msg(rt_tensors_read("one/weights.safetensors", &batch, &error), "%s", error.text);
    ck_assert_float_eq(*(const float *)rt_tensors_find(&batch, "steps")->data, 56 - 11);    /* the state of a skipped step stays */
    rt_tensors_free(&batch);
    /* the number goes on after a resume, and belongs to the checkpoint */
    pid_t child = start(&model, "--data small --epochs 2 --resume killed");
    wait_for("killed/checkpoint.safetensors");
    kill(child, SIGKILL);
    finish(child);
    unlink("killed/run.json");
    ck_assert_int_eq(run(&model, "--data small --epochs 2 --resume killed --threads 1"), 0);
    ck_assert(same_hash("one", "killed") && says("killed/run.json", "\"skipped_steps\": 11,"));
    RtText whole = {0};
    unlink("killed/run.json");
    ck_assert(rt_file_read("killed/checkpoint.safetensors", 1 << 24, &whole, &error));
    char *skipped = strstr(whole.data + 8, "\"skipped\": \"11\"");
    ck_assert_ptr_nonnull(skipped);
    memcpy(skipped + 12, "99", 2);
    ck_assert(rt_file_write("killed/checkpoint.safetensors", whole.data, whole.length, &error));
    ck_assert_int_eq(run(&model, "--data small --epochs 2 --resume killed"), 1);
    ck_assert(says("err", "skipped is 99, against 0 to 56"));
    rt_text_free(&whole);
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --out plain"), 0);
    ck_assert(!strstr(read_text("plain/run.json"), "skipped") && !strstr(read_text("plain/log.csv"), "skipped"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("trainer");
    TCase *tests = tcase_create("trainer");
    tcase_set_timeout(tests, 300);
    tcase_add_checked_fixture(tests, enter_with_digits, leave_folder);
    tcase_add_test(tests, threads_kills_and_stops_do_not_change_a_bit);
    tcase_add_test(tests, records);
    tcase_add_test(tests, usage);
    tcase_add_test(tests, a_checkpoint_of_another_run);
    tcase_add_test(tests, damaged_checkpoints);
    tcase_add_test(tests, a_disk_that_is_full);
    tcase_add_test(tests, a_loss_that_is_not_finite);
    tcase_add_test(tests, steps_that_are_skipped);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
