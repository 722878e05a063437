/* test_trainer.c - whole runs of a trainer: the same bits for any number of threads and after a kill, exit codes,
 * records, failures.
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
    signal(SIGHUP, SIG_DFL);                    /* under nohup the trainer rightly ignores it */
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

static char *trace_of(const char *run_folder)
{
    char path[200];
    snprintf(path, sizeof path, "%s/trace.csv", run_folder);
    return read_text(path);
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
    ck_assert_str_eq(trace_of("one"), trace_of("two"));

    pid_t child =
        start(&fixture_mlp, "--data small --epochs 12 --resume killed --seed 5"); /* without a checkpoint it starts */
    wait_for("killed/checkpoint.safetensors");
    kill(child, SIGKILL);
    ck_assert_int_eq(finish(child), -SIGKILL);
    ck_assert(!exists("killed/run.json"));
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 12 --resume killed --seed 5 --threads 1"), 0);
    ck_assert(same_hash("one", "killed"));
    ck_assert_str_eq(log_of("one"), log_of("killed"));
    ck_assert_str_eq(trace_of("one"), trace_of("killed"));

    for (int i = 0; i < 8; i++) {                                      /* stopped wherever it may be, again and again */
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
    ck_assert_str_eq(trace_of("one"), trace_of("stopped"));

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
    static const char *const order[] = {"h1.linear.weight", "h1.linear.bias", "logits.linear.weight",
                                        "logits.linear.bias", "steps"};
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

/* The value of "key" in a record, with blanks alone between its parts; "": there is none. */
static const char *member_of(const char *run_folder, const char *key)
{
    static char text[4][400];
    static int turn;
    char path[200], mark[64], *to = text[turn++ % 4];
    int n = 0, depth = 0;
    snprintf(path, sizeof path, "%s/run.json", run_folder);
    snprintf(mark, sizeof mark, "\"%s\": ", key);
    const char *at = strstr(read_text(path), mark);
    for (at = at ? at + strlen(mark) : ""; *at && n < 399 && (depth || !strchr(",\n", *at)); at++) {
        depth += (*at == '[' || *at == '{') - (*at == ']' || *at == '}');
        if (*at != '\n' && !(*at == ' ' && (at[-1] == '\n' || at[-1] == ' '))) to[n++] = *at;
    }
    to[n] = 0;
    return to;
}

static void wait_for_text(const char *path, const char *part)
{
    for (int i = 0; i < 5000 && !strstr(read_text(path), part); i++) usleep(2000);
    ck_assert_msg(strstr(read_text(path), part) != NULL, "%s never said %s", path, part);
}

/* ---- longer runs ---- */

START_TEST(a_run_goes_on_to_more_epochs)
{
    RtModel constant = fixture_mlp;                                /* where the schedule is the same, so are the bits */
    constant.train.schedule = RT_CONSTANT, constant.train.warmup = 0;
    ck_assert_int_eq(run(&constant, "--data small --epochs 4 --out plain"), 0);
    ck_assert_int_eq(run(&constant, "--data small --epochs 1 --out a"), 0);
    ck_assert_str_eq(member_of("a", "lineage"), "");
    ck_assert_int_eq(run(&constant, "--data small --epochs 4 --resume a"), 0);
    ck_assert(same_hash("a", "plain"));
    ck_assert_str_eq(log_of("a"), log_of("plain"));
    ck_assert_str_eq(trace_of("a"), trace_of("plain"));
    ck_assert_str_eq(member_of("a", "lineage"), "[[1, 28],[4, 112]]");
    ck_assert_str_eq(member_of("a", "epochs"), "4");
    ck_assert_str_eq(member_of("plain", "lineage"), "");
    ck_assert_str_ne(member_of("a", "experiment_hash"), member_of("plain", "experiment_hash"));
    ck_assert_int_eq(run(&constant, "--data small --epochs 4 --resume a"), 0);
    ck_assert(says("err", "finished already"));
    ck_assert_int_eq(run(&constant, "--data small --epochs 2 --resume a"), 1);
    ck_assert(says("err", "a/run.json: epochs is 4, against 2 of this run: a run can be made longer, not shorter"));
    ck_assert_int_eq(run(&constant, "--data small --resume a"), 1);     /* shorter, as the model has it */
    ck_assert(says("err", "a/run.json: epochs is 4, against 3"));
    ck_assert_int_eq(run(&constant, "--data small --epochs 2 --out b"), 0);
    ck_assert_int_eq(run(&constant, "--data small --resume b"), 1);     /* longer, but nobody asked for it */
    ck_assert(says("err", "b/run.json: epochs is 2, against 3 of this run; --epochs 3 goes on"));

    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --out whole"), 0);
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 12 --resume whole"), 0);
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --out killed"), 0);
    pid_t child = start(&fixture_mlp, "--data small --epochs 12 --resume killed");
    wait_for_text("killed/log.csv", "\n2,");
    kill(child, SIGKILL);
    finish(child);
    unlink("killed/run.json");
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 12 --resume killed"), 0);
    ck_assert(same_hash("whole", "killed"));
    ck_assert_str_eq(member_of("killed", "lineage"), "[[1, 28],[12, 336]]");
    ck_assert_str_eq(trace_of("whole"), trace_of("killed"));
    ck_assert_str_eq(member_of("killed", "experiment_hash"), member_of("whole", "experiment_hash"));
    unlink("killed/run.json");
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 11 --resume killed"), 1);
    ck_assert(says("err", "killed/checkpoint.safetensors: epochs is 12, against 11"));
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 14 --resume killed"), 0);
    ck_assert_str_eq(member_of("killed", "lineage"), "[[1, 28],[12, 336],[14, 392]]");

    unlink("whole/checkpoint.safetensors");
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 13 --resume whole"), 1);
    ck_assert(
        says("err", "whole/run.json: the run is finished after 12 epochs, and there is no checkpoint.safetensors"));
}
END_TEST

/* ---- trace.csv ---- */

/* The trace of a run is what its steps and weights say: 3 epochs of 28 steps, averages kept. */
START_TEST(traces)
{
    static const int steps[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 28, 32, 56, 64, 84};
    char want[65], line[100];
    RtModel model = fixture_mlp;
    model.n_moments++, model.train.ema = 0.5;
    ck_assert_int_eq(run(&model, "--data small --epochs 3 --out one"), 0);
    const char *at = trace_of("one");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        int step, n = 0;
        double loss;
        ck_assert_msg(sscanf(at, "loss,%d,0x%*[0-9a-fp.+-]%n", &step, &n) == 1 && n && step == steps[i], "%.80s", at);
        ck_assert(sscanf(at, "loss,%*d,%la", &loss) == 1 && loss > 0 && loss == (double)(float)loss);
        at += n + 1;
        if (steps[i] % 28) continue;
        ck_assert_msg(sscanf(at, "weights,%d,%64[0-9a-f]%n", &step, want, &n) == 2 && step == steps[i] / 28, "%.80s",
                      at);
        at += n + 1;
    }
    ck_assert(!*at);
    hash_of("one", line);
    ck_assert_str_eq(line, want);                                /* the last are those of the record: averages */
}
END_TEST

/* It ends after that step as if it were interrupted; in pieces of any size the run is the same. */
START_TEST(stops_at_a_step)
{
    char line[200];
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 3 --out one"), 0);
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 3 --stop 10 --out stopped"), 130);
    ck_assert(says("err", "interrupted after step 10 of 84") && !exists("stopped/run.json"));
    const char *whole = trace_of("one"), *part = trace_of("stopped");
    ck_assert(strstr(part, "loss,10,") && !strncmp(whole, part, strlen(part)));
    ck_assert(!strncmp(whole + strlen(part), "loss,16,", 8));
    static const int stops[] = {11, 28, 29, 56, 84};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        snprintf(line, sizeof line, "--data small --epochs 3 --stop %d --resume stopped", stops[i]);
        ck_assert_int_eq(run(&fixture_mlp, line), 130);
    }
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 3 --resume stopped"), 0);
    ck_assert(same_hash("one", "stopped"));
    ck_assert_str_eq(trace_of("one"), trace_of("stopped"));
    ck_assert_str_eq(log_of("one"), log_of("stopped"));
    ck_assert_int_eq(run(&fixture_mlp, "--eval one --stop 3"), 2);
    ck_assert_int_eq(run(&fixture_mlp, "--data small --stop 0 --out none"), 2);
    ck_assert(says("err", "--stop 0: against a whole number from 1"));
}
END_TEST

/* ---- the best epoch ---- */

/* The epoch with the least val_loss in log.csv, the first of equal ones. */
static int best_epoch_of(const char *run_folder)
{
    char path[200];
    double least = 0;
    int best = 0;
    snprintf(path, sizeof path, "%s/log.csv", run_folder);
    const char *line = read_text(path);
    const char *of_loss = strstr(line, "val_loss");
    int before = 0;                                                     /* columns */
    for (const char *at = line; at < of_loss; at++) before += *at == ',';
    line = strchr(line, '\n') + 1;
    for (int epoch; sscanf(line, "%d,", &epoch) == 1; line = strchr(line, '\n') + 1) {
        const char *at = line;
        for (int column = 0; column < before; column++) at = strchr(at, ',') + 1;
        const double loss = strtod(at, NULL);
        if (!best || loss < least) best = epoch, least = loss;
    }
    return best;
}

static bool same_bytes(const char *a, const char *b)
{
    RtText x = {0}, y = {0};
    RtError error = {0};
    const bool same = rt_file_read(a, 1 << 24, &x, &error) && rt_file_read(b, 1 << 24, &y, &error) &&
                      x.length == y.length && !memcmp(x.data, y.data, x.length);
    rt_text_free(&x), rt_text_free(&y);
    return same;
}

START_TEST(the_best_epoch)
{
    static const char arguments[] = "--data few --epochs 30 --seed 5";
    char line[200], epoch[64], hash[80];
    RtModel model = fixture_mlp;
    model.train.schedule = RT_CONSTANT, model.train.warmup = 0, model.train.lr = 0.03;
    put_digits("few", 300, 60);
    snprintf(line, sizeof line, "%s --keep best --out one", arguments);
    ck_assert_int_eq(run(&model, line), 0);
    const int best = best_epoch_of("one");
    ck_assert_msg(best > 1 && best < 30, "the best of 30 epochs is %d", best);
    snprintf(epoch, sizeof epoch, "{\"by\": \"val_loss\",\"epoch\": %d,\"value\": ", best);
    ck_assert_msg(strstr(member_of("one", "best"), epoch) != NULL, "%s", member_of("one", "best"));
    ck_assert(says("out", "best epoch"));
    ck_assert_int_eq(run(&model, "--eval one --best --json"), 0);
    ck_assert(says("out", "\"weights\": \"best\""));
    snprintf(hash, sizeof hash, "%.64s", strstr(read_text("out"), "weights_sha256\": \"") + 18);
    ck_assert(strstr(member_of("one", "best"), hash) != NULL);
    ck_assert_int_eq(run(&model, "--eval one --json"), 0);              /* the last are others */
    ck_assert(says("out", "\"weights\": \"last\"") && !strstr(read_text("out"), hash));

    snprintf(line, sizeof line, "%s --out last", arguments);            /* nothing else changes */
    ck_assert_int_eq(run(&model, line), 0);
    ck_assert(same_hash("one", "last") && !exists("last/best.safetensors"));
    ck_assert_str_eq(member_of("one", "experiment_hash"), member_of("last", "experiment_hash"));
    ck_assert_str_eq(member_of("last", "best"), "");

    /* the last is the best */
    snprintf(line, sizeof line, "--data few --epochs %d --seed 5 --keep best --out grown", best);
    ck_assert_int_eq(run(&model, line), 0);
    ck_assert(strstr(member_of("grown", "best"), hash) != NULL);
    unlink("grown/best.safetensors");                               /* as one killed between checkpoint and this file */
    snprintf(line, sizeof line, "%s --resume grown", arguments);        /* a longer run has it again, and keeps it */
    ck_assert_int_eq(run(&model, line), 0);
    ck_assert(same_bytes("grown/best.safetensors", "one/best.safetensors"));
    ck_assert_str_eq(member_of("grown", "best"), member_of("one", "best"));

    snprintf(line, sizeof line, "%s --keep best --out killed", arguments);
    pid_t child = start(&model, line);
    wait_for("killed/best.safetensors");
    usleep(20000);
    kill(child, SIGKILL);
    finish(child);
    unlink("killed/run.json");
    snprintf(line, sizeof line, "%s --resume killed", arguments);
    ck_assert_int_eq(run(&model, line), 0);
    ck_assert(same_bytes("killed/best.safetensors", "one/best.safetensors") && same_hash("killed", "one"));
    ck_assert_str_eq(member_of("killed", "best"), member_of("one", "best"));

    unlink("killed/run.json");                                    /* not of the last epoch: nothing can make it again */
    unlink("killed/best.safetensors");
    ck_assert_int_eq(run(&model, line), 1);
    ck_assert(says("err", "killed/best.safetensors: "));
    ck_assert_int_eq(rename("one/weights.safetensors", "killed/best.safetensors"), 0);
    ck_assert_int_eq(run(&model, line), 1);
    ck_assert(says("err", "killed/best.safetensors: its sha256 is"));
    snprintf(line, sizeof line, "%s --resume killed --keep last", arguments);
    ck_assert_int_eq(run(&model, line), 0);
    ck_assert_str_eq(member_of("killed", "best"), "");

    unlink("last/run.json");
    snprintf(line, sizeof line, "%s --resume last --keep best", arguments);
    ck_assert_int_eq(run(&model, line), 1);
    ck_assert(says("err", "began without --keep best"));
    model.train.validation = 0;
    ck_assert_int_eq(run(&model, "--data few --epochs 1 --keep best --out none"), 1);
    ck_assert(says("err", "no validation images"));
    model.train.validation = 0.1, model.train.lr = 0;
    ck_assert_int_eq(run(&model, "--data few --epochs 3 --keep best --out equal"), 0);
    ck_assert(strstr(member_of("equal", "best"), "\"epoch\": 1,") != NULL);
}
END_TEST

/* ---- two at one run ---- */

START_TEST(one_process_at_a_time)
{
    char said[100];
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --out a"), 0);
    ck_assert(!exists("a/lock"));
    pid_t child = start(&fixture_mlp, "--data small --epochs 100000 --resume a");
    wait_for_text("a/log.csv", "\n3,");
    snprintf(said, sizeof said, "a: process %d is training in this folder", (int)child);
    rename("err", "err.child");
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 100000 --resume a"), 1);
    ck_assert(says("err", said));
    ck_assert_int_eq(run(&fixture_mlp, "--eval a"), 0);                 /* what only reads goes on */
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 100000 --out a"), 1);
    ck_assert(says("err", "not empty"));
    kill(child, SIGKILL);
    ck_assert_int_eq(finish(child), -SIGKILL);
    ck_assert(exists("a/lock"));                                        /* a dead process holds nothing */
    child = start(&fixture_mlp, "--data small --epochs 100000 --resume a");
    wait_for_text("err", "epoch");
    kill(child, SIGTERM), kill(child, SIGTERM);                /* to the group, and handed on by the parent: one wish */
    ck_assert_int_eq(finish(child), 130);
    ck_assert(!exists("a/lock"));
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --resume a"), 0);
    ck_assert(says("err", "a: the run is finished already, with 1 epochs; it was interrupted on its way to 100000: "
                          "--epochs 100000 goes on"));

    for (int i = 0; i < 4; i++) {                                       /* begun at once: one of them trains */
        char arguments[100], path[100];
        snprintf(arguments, sizeof arguments, "--data small --epochs 100000 --out both%d", i);
        snprintf(path, sizeof path, "both%d/checkpoint.safetensors", i);
        const pid_t a = start(&fixture_mlp, arguments), b = start(&fixture_mlp, arguments);
        int status;
        const pid_t refused = waitpid(-1, &status, 0), trains = refused == a ? b : a;
        ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 1);
        wait_for(path);
        kill(trains, i % 2 ? SIGINT : SIGHUP);
        ck_assert_int_eq(finish(trains), 130);
    }
}
END_TEST

START_TEST(how_to_go_on_is_a_command_of_a_shell)
{
    pid_t child = start(&fixture_mlp, "--data=./small --epochs 100000 --out a$b'c --threads 1 --keep=last");
    wait_for("a$b'c/checkpoint.safetensors");
    kill(child, SIGINT);
    ck_assert_int_eq(finish(child), 130);
    ck_assert(
        says("err", "To go on: trainer --resume 'a$b'\\''c' --data ./small --epochs 100000 --threads 1 --keep last\n"));
    ck_assert_int_eq(run(&fixture_mlp, "--data small --out a$b'c"), 1);
    ck_assert(says("err", "(--resume 'a$b'\\''c' goes on"));
    static const char *const words[][2] = {{"a/b-c.d", "a/b-c.d"}, {"", "''"},   {"a b", "'a b'"},
                                           {"a=b", "'a=b'"},       {"~", "'~'"}, {"'", "''\\'''"},
                                           {"a\nb", "'a\nb'"},     {"*", "'*'"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        RtText text = {0};
        rt_text_word(&text, words[i][0]);
        ck_assert_str_eq(text.data, words[i][1]);
        rt_text_free(&text);
    }
}
END_TEST

/* ---- no test set ---- */

START_TEST(data_without_a_test_set)
{
    put_digits("train-only", 600, 40);
    unlink("train-only/t10k-images-idx3-ubyte"), unlink("train-only/t10k-labels-idx1-ubyte");
    ck_assert_int_eq(run(&fixture_mlp, "--data train-only --epochs 2 --out a --keep best"), 0);
    ck_assert(says("err", "there is no test set in "));
    ck_assert_ptr_null(strstr(strstr(read_text("err"), "no test set") + 1, "no test set"));
    ck_assert(!strstr(read_text("out"), "test") && says("out", "weights sha256"));
    ck_assert(!strstr(read_text("a/run.json"), "test_") && says("a/run.json", "\"test\": 0") &&
              says("a/run.json", "val_loss"));
    ck_assert_int_eq(run(&fixture_mlp, "--eval a"), 1);
    ck_assert(says("err", "data set train-only: there is no test set in "));
    put_digits("small", 2000, 500);
    ck_assert_int_eq(run(&fixture_mlp, "--eval a --data small"), 0);
    put_digits("half", 600, 40);
    unlink("half/t10k-labels-idx1-ubyte");                              /* a set of which a part is missing */
    ck_assert_int_eq(run(&fixture_mlp, "--data half --epochs 1 --out b"), 1);
    ck_assert(says("err", "t10k-labels-idx1-ubyte") && !exists("b"));
}
END_TEST

/* ---- measured on validation images, and which images are right ---- */

START_TEST(a_test_set_that_is_never_read)
{
    char hash[65];
    put_digits("small", 600, 40);
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 2 --out tested"), 0);
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 2 --out v --split validation"), 0);
    ck_assert(unlink("v/run.json") == 0);                /* as of a run that was interrupted */
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 2 --resume v"), 1);
    ck_assert(says("err", "split is validation, against test of this run"));
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 2 --resume v --split validation"), 0);
    for (int i = 2; i < 4; i++) {                        /* neither is a file of a set */
        char path[100];
        snprintf(path, sizeof path, "small/%s", rt_set_files[i]);
        ck_assert(rt_file_write(path, "", 0, &(RtError){0}));
    }
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 2 --out a"), 1);
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 2 --out a --split validation --correct a.bits"), 0);
    ck_assert(says("out", "val accuracy") && !strstr(read_text("a/run.json"), "test_") && !exists("a.bits"));
    ck_assert(says("a/run.json", "\"split\": \"validation\"") && same_hash("tested", "a"));
    hash_of("a", hash);
    const char *at = strstr(read_text("a/run.json"), "\"val_loss\":"), *end = strchr(at, ',');
    char loss[100];
    snprintf(loss, sizeof loss, "%.*s", (int)(end - at), at);
    ck_assert_int_eq(run(&fixture_mlp, "--eval a --json"), 0);
    ck_assert(says("out", loss) && says("out", hash));
    ck_assert_int_eq(run(&fixture_mlp, "--eval a --split test"), 1);
    ck_assert_int_eq(run(&fixture_mlp, "--data small --split all"), 1 + 1);
    RtModel model = fixture_mlp;
    model.train.validation = 0;
    ck_assert_int_eq(run(&model, "--data small --epochs 2 --out b --split validation"), 1);
    ck_assert(says("err", "there are no validation images"));
}
END_TEST

START_TEST(which_images_are_right)
{
    put_digits("small", 600, 43);
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 3 --out a --correct a.bits"), 0);
    ck_assert_int_eq(run(&fixture_mlp, "--eval a --correct again.bits --threads 1"), 0);
    RtText bits[2] = {0};
    RtError error = {0};
    ck_assert(rt_file_read("a.bits", 100, &bits[0], &error) && rt_file_read("again.bits", 100, &bits[1], &error));
    ck_assert(bits[0].length == 6 && bits[1].length == 6 && !memcmp(bits[0].data, bits[1].data, 6));
    int right = 0;
    for (int i = 0; i < 48; i++) right += ((unsigned char)bits[0].data[i / 8] >> (7 - i % 8)) & 1;
    ck_assert(!(bits[0].data[5] & 31) && right > 0 && right < 43);     /* images 40, 41, 42, and nothing behind them */
    char accuracy[100];
    snprintf(accuracy, sizeof accuracy, "\"test_accuracy\": %.6g", right / 43.0);
    ck_assert(says("a/run.json", accuracy));
    rt_text_free(&bits[0]), rt_text_free(&bits[1]);
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
                                        "--seed 1 --seed 2",
                                        "--keep worst",
                                        "--keep best --benchmark 1",
                                        "--best"};
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
    RtModel split = fixture_mlp;
    split.train.validation = 0.5;                                                    /* no part of the graph's hash */
    ck_assert_int_eq(run(&split, "--data small --epochs 1 --resume a"), 1);
    ck_assert(says("err", "run.json: training_images is "));
    ck_assert_int_eq(rename("a/run.json", "a/was.json"), 0);
    ck_assert_int_eq(run(&split, "--data small --epochs 1 --resume a"), 1);
    ck_assert(says("err", "checkpoint.safetensors: training_images is "));
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --resume a --seed 2"), 1);
    ck_assert(says("err", "checkpoint.safetensors: seed is 1, against 2"));
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

/* a/checkpoint.safetensors with another value for a key of its metadata. */
static void rewrite_pair(const RtArrays *file, const char *key, const char *value)
{
    RtPair pairs[64];
    RtError error = {0};
    bool there = false;
    for (int i = 0; i < file->n_pairs; i++) {
        pairs[i] = file->pairs[i];
        if (strcmp(pairs[i].key, key) != 0) continue;
        pairs[i].value = value;
        there = true;
    }
    ck_assert_msg(there, "%s", key);
    ck_assert_msg(rt_tensors_write("a/checkpoint.safetensors", file->n, file->arrays, file->n_pairs, pairs, &error),
                  "%s", error.text);
}

START_TEST(checkpoints_with_a_wrong_history)
{
    static char many[4000];
    for (int i = 1, n = 0; i <= RT_MAX_LINEAGE + 1; i++)
        n += snprintf(many + n, sizeof many - (size_t)n, "%s%d %d", i > 1 ? " " : "", i, i);
    const char *const lineages[] = {
        "x",         "1",      "1 ",   "1 28x", "1 28 x", "1  28 2 28", "1 28 1 30",
        "1 28 2 28", "300 56", "2 57", "0 1",   "-1 5",   "1 -5",       "1 99999999999999999999",
        "1 28,2 56", many};
    const char *const bests[] = {"",
                                 "1",
                                 "1 0x1p+0",
                                 "1 0x1p+0 ",
                                 "1 x 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                                 "3 0x1p+0 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                                 "-1 0x1p+0 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                                 "1 0x1p+0 0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
                                 "1 0x1p+0 0123456789abcdef",
                                 "0 0x0p+0 x"};
    RtArrays file;
    RtError error = {0};
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 1 --out a --keep best"), 0);
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 2 --resume a"), 0);
    unlink("a/run.json");
    ck_assert_msg(rt_tensors_read("a/checkpoint.safetensors", &file, &error), "%s", error.text);
    for (size_t i = 0; i < sizeof lineages / sizeof *lineages; i++) {
        rewrite_pair(&file, "lineage", lineages[i]);
        ck_assert_msg(run(&fixture_mlp, "--data small --epochs 300 --resume a") == 1, "lineage '%.40s'", lineages[i]);
        ck_assert(says("err", "a/checkpoint.safetensors: lineage is "));
    }
    for (size_t i = 0; i < sizeof bests / sizeof *bests; i++) {
        rewrite_pair(&file, "best", bests[i]);
        ck_assert_msg(run(&fixture_mlp, "--data small --epochs 2 --resume a") == 1, "best '%.40s'", bests[i]);
        ck_assert(says("err", "a/checkpoint.safetensors: best is "));
    }
    rewrite_pair(&file, "epochs", "99999999999999999999");
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 2 --resume a"), 1);
    rewrite_pair(&file, "epochs", "2");                                 /* whole again */
    ck_assert_int_eq(run(&fixture_mlp, "--data small --epochs 2 --resume a"), 0);
    rt_tensors_free(&file);
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

/* Every fifth step is not finite, from the first epoch's third on.  The step has to know how many were skipped before
 * it. */
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
    ck_assert(says("one/run.json", "\"skipped_steps\": 11,") && says("out", "skipped steps        11\n") &&
              says("err", "11 of 56 steps skipped"));
    ck_assert(says("one/log.csv", ",seconds,skipped\n1,28,") && says("one/log.csv", ",6\n2,56,") &&
              says("one/log.csv", ",11\n"));
    RtArrays batch;
    RtError error = {0};
    ck_assert_msg(rt_tensors_read("one/failed_batch.safetensors", &batch, &error), "%s", error.text);
    ck_assert_str_eq(rt_tensors_pair(&batch, "step"), "2");                                 /* the first of them */
    rt_tensors_free(&batch);
    ck_assert_msg(rt_tensors_read("one/weights.safetensors", &batch, &error), "%s", error.text);
    /* the state of a skipped step stays */
    ck_assert_float_eq(*(const float *)rt_tensors_find(&batch, "steps")->data, 56 - 11);
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

static void put_nan(const RtCall *call, const RtEntry *entry, const char *name)
{
    *(float *)((char *)call->result + rt_value(entry, name)->offset) = NAN;
}

static bool with_a_metric_that_is_nan(const RtCall *call)
{
    const RtEntry *entry = rt_entry(&fixture_mlp, "train");
    const bool finite = entry->run(call);
    put_nan(call, entry, "spread");
    return finite;
}

/* Up to step 28, the first epoch's last. */
static bool with_a_loss_that_is_nan_at_first(const RtCall *call)
{
    const RtEntry *entry = rt_entry(&fixture_mlp, "evaluate");
    const bool finite = entry->run(call);
    if (call->state[0] <= 28) put_nan(call, entry, "loss");
    return finite;
}

/* Metrics, and the loss of an evaluation, may be what they like: the run goes on, also from its checkpoint, and says
 * it. */
START_TEST(means_that_are_not_finite)
{
    RtModel model = fixture_mlp;
    const RtEntry *train = rt_entry(&model, "train"), *evaluate = rt_entry(&model, "evaluate");
    RtEntry entries[] = {*train, *evaluate};
    entries[0].run = with_a_metric_that_is_nan;
    entries[1].run = with_a_loss_that_is_nan_at_first;
    model.entries = entries, model.n_entries = 2;
    ck_assert_int_eq(run(&model, "--data small --epochs 1 --out a --keep best"), 0);
    ck_assert(says("a/run.json", "\"train_spread\": null") && says("a/run.json", "\"test_loss\": null"));
    ck_assert(says("out", "test loss            nan\n") && says("out", "best epoch           1, validation loss nan"));
    ck_assert_msg(run(&model, "--data small --epochs 3 --resume a") == 0, "%s", read_text("err"));
    ck_assert(says("out", "best epoch") && !strstr(read_text("out"), "nan") &&
              !strstr(read_text("out"), "best epoch           1,"));
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
    tcase_add_test(tests, a_run_goes_on_to_more_epochs);
    tcase_add_test(tests, traces);
    tcase_add_test(tests, stops_at_a_step);
    tcase_add_test(tests, the_best_epoch);
    tcase_add_test(tests, one_process_at_a_time);
    tcase_add_test(tests, how_to_go_on_is_a_command_of_a_shell);
    tcase_add_test(tests, data_without_a_test_set);
    tcase_add_test(tests, a_test_set_that_is_never_read);
    tcase_add_test(tests, which_images_are_right);
    tcase_add_test(tests, usage);
    tcase_add_test(tests, a_checkpoint_of_another_run);
    tcase_add_test(tests, damaged_checkpoints);
    tcase_add_test(tests, checkpoints_with_a_wrong_history);
    tcase_add_test(tests, a_disk_that_is_full);
    tcase_add_test(tests, a_loss_that_is_not_finite);
    tcase_add_test(tests, steps_that_are_skipped);
    tcase_add_test(tests, means_that_are_not_finite);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
