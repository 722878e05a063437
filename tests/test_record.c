/* test_record.c - the record of a sweep: cells, leases, results, merging, and files that are damaged or hostile. */
#include "sweep/dump.h"

#include "support.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

/* ---- a file of cells ---- */

static Arena *arena;

static void begin(void) { enter_folder(), arena = arena_new(); }
static void end(void) { arena_free(arena), leave_folder(); }

/* One experiment of one graph: variants x seeds.  width: the option of the variants behind the baseline. */
static Cells *cells_for(const char *name, const char *graph_hash, int variants, int seeds)
{
    Cells *cells = arena_alloc(arena, sizeof *cells);
    Study *study = arena_alloc(arena, sizeof *study);
    StudyFile *file = arena_alloc(arena, sizeof *file);
    StudyGraph *graph = arena_alloc(arena, sizeof *graph);
    *graph = (StudyGraph){"mlp", "mlp.lua"};
    *study = (Study){.name = name, .n_graphs = 1, .n_seeds = seeds, .n_variants = variants, .margin = NAN, .epochs = 2};
    study->graphs = graph;
    study->seeds = arena_array(arena, seeds, sizeof *study->seeds);
    study->variants = arena_array(arena, variants, sizeof *study->variants);
    *file = (StudyFile){.n_studies = 1, .studies = study};
    *cells = (Cells){.file = file, .n_builds = variants, .n_cells = variants * seeds, .n_members = variants * seeds};
    cells->builds = arena_array(arena, variants, sizeof *cells->builds);
    cells->cells = arena_array(arena, cells->n_cells, sizeof *cells->cells);
    cells->members = arena_array(arena, cells->n_cells, sizeof *cells->members);
    for (int v = 0; v < variants; v++) {
        Build *b = &cells->builds[v];
        Setting *setting = arena_alloc(arena, sizeof *setting);
        *setting = (Setting){.name = "width", .value = arena_format(arena, "%d", 8 + v)};
        study->variants[v] = (StudyVariant){v ? arena_format(arena, "width=%d", 8 + v) : "baseline", 1, setting};
        *b = (Build){.graph = "mlp", .parameters = 100 + v, .options = arena_format(arena, "{\"width\": %d}", 8 + v)};
        rt_sha256(arena_format(arena, "%s %d", graph_hash, v), strlen(graph_hash) + 2, b->graph_hash);
        for (int s = 0; s < seeds; s++) {
            const int i = v * seeds + s;
            Cell *c = &cells->cells[i];
            *c = (Cell){.build = v, .data = "digits", .seed = (uint64_t)s + 1, .epochs = 2};
            study->seeds[s] = c->seed;
            c->identity = arena_format(arena, "graph %s\nseed %d\nepochs 2\ndata digits\n", b->graph_hash, s + 1);
            rt_sha256(c->identity, strlen(c->identity), c->key);
            cells->members[i] = (Member){0, "mlp", "digits", study->variants[v].name, c->seed, i};
        }
    }
    return cells;
}

/* The run of a cell as a trainer leaves it in FOLDER/runs/KEY. */
static RecordResult run_of(const char *record, const Cell *c, const char *weights)
{
    static uint8_t bits[2] = {0xa5, 0x80};
    static const RecordValue values[] = {{"energy_in_object", 0.25}, {"deletion", NAN}};
    static const RecordMaps maps = {"{\"images\": 10, \"kind\": \"grad_cam\", \"steps\": 7}", 2, values};
    RtError error = {0};
    char sha[65];
    const char *run = arena_format(arena, "runs/%s", c->key), *in = arena_format(arena, "%s/%s", record, run);
    ck_assert(rt_folder_make(in, &error));
    rt_sha256(weights, strlen(weights), sha);
    const char *json = arena_format(arena,
        "{\"experiment_hash\": \"%s\", \"metrics\": {\"test_accuracy\": 0.%llu, \"test_loss\": null}, "
        "\"numerics\": 1, \"parameter_count\": 100, \"flops_forward\": 5, \"flops_step\": 15, "
        "\"workspace_bytes\": 4096, \"images_per_second\": 1000.5, \"seconds\": 1.25, \"peak_rss_bytes\": 99, "
        "\"cpu\": \"a cpu\", "
        "\"weights_sha256\": \"%s\"}", c->key, (unsigned long long)c->seed, sha);
    const char *log = "epoch,step,train_loss,\"val_a,\"\"b\"\"\",seconds\n1,10,0.5,,0.1\n2,20,0.25,0.75,0.2\n";
    put(arena_format(arena, "%s/run.json", in), json, strlen(json));       /* waits for no disk */
    put(arena_format(arena, "%s/log.csv", in), log, strlen(log));
    return (RecordResult){run, 1, &maps, bits, sizeof bits};
}

static void finish(Record *r, const Cell *c, const char *weights)
{
    const RecordResult result = run_of(r->folder, c, weights);
    RtError error = {0};
    ck_assert_msg(record_done(r, c->key, &result, &error), "%s", error.text);
}

/* A record with all of the chosen cells done.  weights "": those of the key. */
static void sweep(const char *folder, const Cells *cells, const bool *chosen, const char *weights)
{
    int i;
    Record *r = record_open(arena, folder, true);
    record_add(r, cells);
    record_choose(r, cells, chosen, false, false);
    while (record_take(r, &i) == TAKE_CELL)
        finish(r, &cells->cells[i], arena_format(arena, "%s%s", cells->cells[i].key, weights));
    record_close(r);
}

static const char *dump_of(const char *folder)
{
    RtText text = {0};
    RtError error = {0};
    FILE *file = fopen("dump.jsonl", "w");
    Record *r = record_open(arena, folder, false);
    record_dump(r, file);
    record_close(r);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert(rt_file_read("dump.jsonl", 1 << 30, &text, &error));
    const char *copy = arena_copy(arena, text.data);
    rt_text_free(&text);
    return copy;
}

static int64_t count(const char *folder, const char *sql)
{
    Record *r = record_open(arena, folder, false);
    const int64_t n = record_number(r, sql, "");
    record_close(r);
    return n;
}

/* Runs a function in a process of its own: its exit code; what it said is in said(). */
static int apart(void (*work)(void *), void *with)
{
    const pid_t child = fork();
    if (!child) {
        if (!freopen("said", "w", stderr)) _exit(99);
        alarm(60);
        work(with);
        exit(0);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static const char *said(void)
{
    RtText text = {0};
    RtError error = {0};
    ck_assert(rt_file_read("said", 1 << 20, &text, &error));
    const char *copy = arena_copy(arena, text.data);
    rt_text_free(&text);
    return copy;
}

static void expect_refusal(void (*work)(void *), void *with, const char *message)
{
    const int code = apart(work, with);
    ck_assert_msg(code == 1 && strstr(said(), message), "exit %d, said: %s against: %s", code, said(), message);
}

/* ---- what is run ---- */

START_TEST(cells_and_results)
{
    Cells *cells = cells_for("e", "g", 2, 2);
    RtError error = {0};
    int i;
    Record *r = record_open(arena, "s", true);
    record_add(r, cells), record_add(r, cells);
    ck_assert_int_eq(record_number(r, "SELECT count(*) FROM cell", ""), 4);
    record_choose(r, cells, NULL, false, false);
    ck_assert_int_eq(record_take(r, &i), TAKE_CELL);
    ck_assert_int_eq(i, 0);
    record_place(r, cells->cells[0].key, "runs/x");
    record_beat(r);
    ck_assert(record_holds(r, cells->cells[0].key));
    finish(r, &cells->cells[0], "w");
    ck_assert(!record_holds(r, cells->cells[0].key));
    ck_assert_int_eq(record_state(r, cells->cells[0].key), CELL_DONE);
    ck_assert_int_eq(record_number(r, "SELECT count(*) FROM metric WHERE maps = ''", ""), 2);
    ck_assert_int_eq(record_number(r, "SELECT count(*) FROM metric WHERE value IS NULL", ""), 2);
    ck_assert_int_eq(record_number(r, "SELECT count(*) FROM epoch", ""), 7);
    ck_assert_int_eq(record_number(r, "SELECT value = 0.75 FROM epoch WHERE name = 'val_a,\"b\"'", ""), 1);
    ck_assert_int_eq(record_number(r, "SELECT bits = x'a580' FROM correct", ""), 1);

    /* a run of another cell, half a run: refused, and the record is as it was */
    ck_assert_int_eq(record_take(r, &i), TAKE_CELL);
    ck_assert_int_eq(i, 1);
    RecordResult other = run_of("s", &cells->cells[0], "w");
    ck_assert(!record_done(r, cells->cells[1].key, &other, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "is of experiment"));
    RecordResult own = run_of("s", &cells->cells[1], "w");
    ck_assert(rt_file_write(arena_format(arena, "s/%s/log.csv", own.folder), "epoch,a\n1,x\n", 12, &error));
    error = (RtError){0};
    ck_assert(!record_done(r, cells->cells[1].key, &own, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "log.csv:2: is no line of 2 numbers"));
    ck_assert_int_eq(record_number(r, "SELECT count(*) FROM metric", ""), 4);
    ck_assert_int_eq(record_state(r, cells->cells[1].key), CELL_RUNNING);
    record_end(r, cells->cells[1].key, CELL_FAILED, "a loss\nthat is \xff not finite");
    ck_assert_int_eq(record_number(r, "SELECT reason = 'a loss that is ? not finite' FROM cell WHERE state = 'failed'",
                                   ""), 1);
    ck_assert_int_eq(record_take(r, &i), TAKE_CELL);
    ck_assert_int_eq(i, 2);
    record_end(r, cells->cells[2].key, CELL_INTERRUPTED, "");
    ck_assert_int_eq(record_take(r, &i), TAKE_CELL);
    ck_assert_int_eq(i, 2);
    finish(r, &cells->cells[2], "w");
    ck_assert_int_eq(record_take(r, &i), TAKE_CELL);
    finish(r, &cells->cells[3], "w");
    ck_assert_int_eq(record_take(r, &i), TAKE_NONE);

    record_choose(r, cells, NULL, true, false);
    ck_assert_int_eq(record_take(r, &i), TAKE_CELL);
    ck_assert_int_eq(i, 1);
    finish(r, &cells->cells[1], "w");
    record_do(r, "UPDATE cell SET numerics = numerics - 1 WHERE key = ?", "t", cells->cells[3].key);
    record_choose(r, cells, NULL, true, true);
    ck_assert_int_eq(record_take(r, &i), TAKE_CELL);
    ck_assert_int_eq(i, 3);
    ck_assert_int_eq(record_number(r, "SELECT count(*) FROM metric WHERE key = ?", "t", cells->cells[3].key), 0);
    record_close(r);
}
END_TEST

/* The file changes: what was done stays, what was never begun and is no longer asked for goes. */
START_TEST(changed_file)
{
    Cells *before = cells_for("e", "g", 2, 2), *after = cells_for("e", "h", 2, 2), *other = cells_for("f", "g", 1, 1);
    bool first[4] = {true};
    sweep("s", before, first, "");
    Record *r = record_open(arena, "s", true);
    record_add(r, other);
    record_add(r, after);
    ck_assert_int_eq(record_number(r, "SELECT count(*) FROM cell", ""), 5);
    ck_assert_int_eq(record_number(r, "SELECT count(*) FROM member", ""), 5);
    ck_assert_int_eq(record_state(r, before->cells[0].key), CELL_DONE);
    record_close(r);
}
END_TEST

typedef struct Why { const char *key, *folder; } Why;
static void why(void *with)
{
    const Why *w = with;
    if (!freopen("out", "w", stdout)) _exit(98);
    sweep_why(arena, w->key, w->folder);
}

static void expect_why(const char *key, const char *text)
{
    RtText out = {0};
    RtError error = {0};
    ck_assert_msg(apart(why, &(Why){key, "s"}) == 0, "%s", said());
    ck_assert(rt_file_read("out", 1 << 20, &out, &error));
    ck_assert_msg(strstr(out.data, text), "no '%s' in: %s", text, out.data);
    rt_text_free(&out);
}

START_TEST(why_names_the_component)
{
    Cells *before = cells_for("e", "g", 2, 1), *after = cells_for("e", "h", 2, 1);
    sweep("s", before, NULL, "");
    expect_why(arena_format(arena, "%.10s", before->cells[1].key), "option width: 9, against 8 of the baseline");
    expect_why(before->cells[1].key, ", weights ");
    after->cells[0].epochs = 3;
    Record *r = record_open(arena, "s", true);
    record_add(r, after);
    record_close(r);
    expect_why(after->cells[0].key, "queued: it has not been begun");
    expect_why(after->cells[0].key, arena_format(arena, "It is not cell %s, which is done and which no experiment has",
                                                 before->cells[0].key));
    expect_why(after->cells[0].key, "  graph_hash: ");
    expect_why(after->cells[0].key, "no option differs, so the graph file says something else");
    expect_why(after->cells[0].key, "epochs: 3, against 2 there");
    expect_why(before->cells[0].key, "No experiment of the record has it any more");
    expect_refusal(why, &(Why){"xyz", "s"}, "no key of a cell");
    expect_refusal(why, &(Why){"00000000", "s"}, "no cell's key begins with");
}
END_TEST

/* A default changes in the graph file: each cell is compared with the old one of its own variant. */
START_TEST(why_names_the_same_variant)
{
    Cells *before = cells_for("e", "g", 6, 1), *after = cells_for("e", "h", 6, 1);
    for (int v = 0; v < 6; v++) {
        before->builds[v].options = arena_format(arena, "{\"rate\": 1, \"width\": %d}", 8 + v);
        after->builds[v].options = arena_format(arena, "{\"rate\": 2, \"width\": %d}", 8 + v);
    }
    sweep("s", before, NULL, "");
    Record *r = record_open(arena, "s", true);
    record_add(r, after);
    record_close(r);
    for (int v = 0; v < 6; v++) {
        expect_why(after->cells[v].key, arena_format(arena, "It is not cell %s", before->cells[v].key));
        expect_why(after->cells[v].key, "option rate: 2, against 1 there");
    }
}
END_TEST

/* ---- several processes ---- */

static Cells *shared;

/* Takes and finishes cells, and says which, until none is left or it is killed. */
static void worker(int say)
{
    int i;
    Take take;
    Record *r = record_open(arena, "s", true);
    record_choose(r, shared, NULL, false, false);
    while ((take = record_take(r, &i)) != TAKE_NONE) {
        if (take == TAKE_LATER) usleep(10000);
        else {
            finish(r, &shared->cells[i], shared->cells[i].key);
            if (write(say, &i, sizeof i) != sizeof i) _exit(97);
        }
    }
    record_close(r);
    _exit(0);
}

START_TEST(two_take_cells_at_once)
{
    enum { N = 60, WORKERS = 3 };
    int pipes[2], times[N] = {0};
    shared = cells_for("e", "g", 6, N / 6);
    Record *r = record_open(arena, "s", true);
    record_add(r, shared);
    record_close(r);
    ck_assert_int_eq(pipe(pipes), 0);
    for (int w = 0; w < WORKERS; w++)
        if (!fork()) worker(pipes[1]);
    close(pipes[1]);
    for (int i; read(pipes[0], &i, sizeof i) == sizeof i;) times[i]++;
    for (int w = 0, status; w < WORKERS; w++) {
        ck_assert_int_gt(wait(&status), 0);
        ck_assert_int_eq(status, 0);
    }
    for (int i = 0; i < N; i++) ck_assert_msg(times[i] == 1, "cell %d was run %d times", i, times[i]);
    ck_assert_int_eq(count("s", "SELECT count(*) FROM cell WHERE state = 'done'"), N);
}
END_TEST

START_TEST(killed_at_any_moment)
{
    enum { N = 40 };
    shared = cells_for("e", "g", 4, N / 4);
    Record *r = record_open(arena, "s", true);
    record_add(r, shared);
    record_close(r);
    bool done[N] = {false};
    for (int round = 0; round < 4; round++) {
        int pipes[2], i;
        ck_assert_int_eq(pipe(pipes), 0);
        const pid_t child = fork();
        if (!child) worker(pipes[1]);
        close(pipes[1]);
        usleep(10000 + 17000 * (unsigned)round);
        kill(child, SIGKILL);
        while (read(pipes[0], &i, sizeof i) == sizeof i) done[i] = true;
        close(pipes[0]);
        waitpid(child, NULL, 0);
        Record *now = record_open(arena, "s", true);
        record_check(now);
        for (i = 0; i < N; i++)
            ck_assert(!done[i] || record_state(now, shared->cells[i].key) == CELL_DONE);
        record_close(now);
    }
    int i;
    r = record_open(arena, "s", true);
    record_choose(r, shared, NULL, false, false);
    for (Take take; (take = record_take(r, &i)) != TAKE_NONE;) {
        ck_assert_int_eq(take, TAKE_CELL);                     /* also what the killed ones were at */
        finish(r, &shared->cells[i], shared->cells[i].key);
    }
    ck_assert_int_eq(record_number(r, "SELECT count(*) FROM cell WHERE state = 'done'", ""), N);
    ck_assert_int_eq(record_number(r, "SELECT count(*) FROM lease", ""), 0);
    record_close(r);
}
END_TEST

/* A lease of another machine counts until it has not beaten for long; who lost one changes nothing any more. */
START_TEST(leases_of_others)
{
    Cells *cells = cells_for("e", "g", 1, 1);
    const char *key = cells->cells[0].key;
    RtError error = {0};
    int i;
    Record *r = record_open(arena, "s", true);
    record_add(r, cells);
    record_choose(r, cells, NULL, false, false);
    ck_assert_int_eq(record_take(r, &i), TAKE_CELL);
    record_do(r, "UPDATE lease SET owner = 'elsewhere/b/c/1/2'", "");
    ck_assert(!record_holds(r, key));
    ck_assert_int_eq(record_take(r, &i), TAKE_LATER);
    record_end(r, key, CELL_FAILED, "not said");
    RecordResult result = run_of("s", &cells->cells[0], "w");
    ck_assert(record_done(r, key, &result, &error));
    ck_assert_int_eq(record_state(r, key), CELL_RUNNING);
    record_do(r, "UPDATE lease SET owner = ?", "t", "nonsense");
    ck_assert_int_eq(record_take(r, &i), TAKE_LATER);
    record_close(r);
}
END_TEST

/* ---- merging ---- */

typedef struct Merging { const char *into; int n; const char *from[3]; } Merging;
static void merge(void *with)
{
    const Merging *m = with;
    Record *r = record_open(arena, m->into, true);
    record_merge(r, m->n, m->from);
    record_close(r);
}

START_TEST(merged_in_any_order)
{
    static const int orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    static const char *const part[] = {"a", "b", "c"};
    Cells *cells = cells_for("e", "g", 3, 3), *more = cells_for("f", "g", 3, 2);
    const char *first = NULL;
    for (int p = 0; p < 3; p++) {                              /* shards that overlap */
        bool mine[9];
        for (int i = 0; i < 9; i++) mine[i] = i % 3 == p || i % 4 == p;
        sweep(part[p], cells, mine, "");
        Record *r = record_open(arena, part[p], true);
        record_do(r, "UPDATE cell SET cpu = ?1, seconds = ?2 WHERE state = 'done'", "tr", part[p], 1.5 + p);
        if (p == 1) record_do(r, "DELETE FROM metric WHERE maps <> ''", ""), record_add(r, more);
        if (p == 2) record_do(r, "UPDATE cell SET state = 'failed', reason = 'r' WHERE state = 'queued'", "");
        record_close(r);
    }
    for (int o = 0; o < 6; o++) {
        Merging m = {arena_format(arena, "all%d", o), 3, {part[orders[o][0]], part[orders[o][1]], part[orders[o][2]]}};
        Merging one = {m.into, 1, {m.from[o % 3]}};
        if (o % 2) merge(&one);                                /* one twice, and apart */
        merge(&m);
        const char *dump = dump_of(m.into);
        if (!first) first = dump;
        ck_assert_str_eq(dump, first);
    }
    ck_assert_int_eq(count("all0", "SELECT count(*) FROM cell WHERE state = 'done'"), 9);
    ck_assert_int_eq(count("all0", "SELECT count(*) FROM cell WHERE folder <> ''"), 0);
    ck_assert_int_eq(count("all0", "SELECT count(DISTINCT key) FROM metric WHERE maps <> ''"), 7);   /* 2 b's */
    /* a dump is as good as its record */
    dump_of("all0");
    merge(&(Merging){"again", 1, {"dump.jsonl"}});
    ck_assert_str_eq(dump_of("again"), first);
    merge(&(Merging){"again", 2, {"again", "a"}});
    ck_assert_str_eq(dump_of("again"), first);
}
END_TEST

START_TEST(merges_that_are_refused)
{
    Cells *cells = cells_for("e", "g", 2, 2);
    sweep("a", cells, NULL, "");
    sweep("b", cells, NULL, "other");
    const char *before = dump_of("a");
    expect_refusal(merge, &(Merging){"a", 1, {"b"}}, " has the weights ");
    ck_assert_str_eq(dump_of("a"), before);
    Record *r = record_open(arena, "b", true);
    record_do(r, "UPDATE cell SET numerics = numerics + 1", "");
    record_close(r);
    merge(&(Merging){"a", 1, {"b"}});                           /* of a later numerics: they are the better ones */
    ck_assert_str_eq(dump_of("a"), dump_of("b"));
    sweep("c", cells_for("e", "g", 2, 3), NULL, "");
    expect_refusal(merge, &(Merging){"a", 1, {"c"}}, "experiment e is another one: ");
    sweep("d", cells_for("e", "h", 2, 2), NULL, "");
    expect_refusal(merge, &(Merging){"a", 2, {"b", "d"}},
                   "experiment e, graph mlp, data digits, baseline, seed 1: cell ");
    ck_assert_str_eq(dump_of("a"), dump_of("b"));
    expect_refusal(merge, &(Merging){"a", 1, {"nowhere"}}, "nowhere: cannot open");
    expect_refusal(merge, &(Merging){"a", 1, {"a/record.sqlite"}}, "is a database, against its folder");
}
END_TEST

/* A dump without the lines that begin as one says, or whose text has it; put: instead of that text. */
static void cut_dump(const char *path, const char *dump, const char *find, const char *put_in)
{
    Text text = text_new(arena);
    for (const char *at = dump; *at; at += strcspn(at, "\n") + 1) {
        const char *line = arena_format(arena, "%.*s", (int)strcspn(at, "\n"), at), *found = strstr(line, find);
        if (!found) text_add(&text, "%s\n", line);
        else if (put_in) text_add(&text, "%.*s%s%s\n", (int)(found - line), line, put_in, found + strlen(find));
    }
    put(path, text.chars, text.length);
}

/* A dump that lacks rows is made whole by another; one with other results is refused, whichever comes first. */
START_TEST(dumps_that_are_cut)
{
    static const char *const lost[] = {"\"name\": \"test_loss\"", "\"table\": \"epoch\"", "\"epoch\": 2, \"name\"",
                                       "\"table\": \"correct\"", "\"name\": \"deletion\""};
    static const struct { const char *find, *put, *message; } other[] = {
        {"\"name\": \"test_accuracy\", \"value\": 0.1", "\"name\": \"test_accuracy\", \"value\": 0.5",
         "has test_accuracy = 0."},
        {"\"name\": \"test_loss\", \"value\": null", "\"name\": \"test_loss\", \"value\": 2", "has test_loss = "},
        {"\"energy_in_object\", \"value\": 0.25", "\"energy_in_object\", \"value\": 0.26", " energy_in_object = 0.2"},
        {"\"bits\": \"a580\"", "\"bits\": \"a581\"", "has correct = X'A58"},
        {"\"name\": \"train_loss\", \"value\": 0.25", "\"name\": \"train_loss\", \"value\": 0.75",
         "has in epoch 2 train_loss = 0."},
    };
    sweep("a", cells_for("e", "g", 1, 2), NULL, "");
    const char *dump = dump_of("a");
    for (int i = 0; i < 5; i++) {
        cut_dump("cut.jsonl", dump, lost[i], NULL);
        merge(&(Merging){arena_format(arena, "first%d", i), 2, {"cut.jsonl", "a"}});
        merge(&(Merging){arena_format(arena, "last%d", i), 2, {"a", "cut.jsonl"}});
        ck_assert_str_eq(dump_of(arena_format(arena, "first%d", i)), dump);
        ck_assert_str_eq(dump_of(arena_format(arena, "last%d", i)), dump);
    }
    cut_dump("cut.jsonl", dump, "\"table\": \"metric\"", NULL);
    expect_refusal(merge, &(Merging){"new", 1, {"cut.jsonl"}}, "is done, but has no metric");
    for (int i = 0; i < 5; i++) {
        cut_dump("other.jsonl", dump, other[i].find, other[i].put);
        expect_refusal(merge, &(Merging){"new", 2, {"other.jsonl", "a"}}, other[i].message);
        expect_refusal(merge, &(Merging){"new", 2, {"a", "other.jsonl"}}, other[i].message);
    }
    cut_dump("other.jsonl", dump, "\"name\": \"seconds\", \"value\": 0.1", "\"name\": \"seconds\", \"value\": 0.3");
    merge(&(Merging){"slow", 2, {"a", "other.jsonl"}});
    merge(&(Merging){"slower", 2, {"other.jsonl", "a"}});
    ck_assert_str_eq(dump_of("slow"), dump_of("slower"));
}
END_TEST

/* A line of a dump that is not as it should be, and what is said of it. */
static const struct { const char *find, *put, *message; } lines[] = {
    {"\"table\": \"cell\"", "\"table\": \"cells\"", "there is no table cells in a record"},
    {"\"table\": \"cell\", ", "", "does not say its table"},
    {"\"seed\": 1,", "\"seed\": \"1\",", "seed is no number"},
    {"\"seed\": 1,", "\"seed\": 1.5,", "seed is no whole number"},
    {"\"seed\": 1,", "\"seed\": -1,", "seed is not a number from 0"},
    {"\"seed\": 1,", "\"seed\": 18446744073709551616,", "seed is no whole number"},
    {"\"seed\": 1,", "\"seed\": null,", "seed is null"},
    {"\"seed\": 1,", "", "a row of cell without seed"},
    {"\"seed\": 1,", "\"seed\": 1, \"more\": 1,", "a row of cell with other columns than its own"},
    {"\"seed\": 1,", "\"seed\": 1, \"seed\": 1,", "seed stands twice"},
    {"\"graph\": \"mlp\"", "\"graph\": {}", "graph is no text"},
    {"\"state\": \"done\"", "\"state\": \"odd\"", "has the state odd"},
    {"\"state\": \"done\"", "\"state\": \"failed\"", "has results there, but is not done"},
    {"\"key\": \"", "\"key\": \"x", "key is 'x"},
    {"\"started\": \"", "\"started\": \"at ", "against a time"},
    {"\"options\": \"{", "\"options\": \"[{", "against an object of JSON"},
    {"\"bits\": \"a5", "\"bits\": \"a", "bits is not pairs of hexadecimal digits"},
    {"\"bits\": \"a5", "\"bits\": \"A5", "bits is not pairs of hexadecimal digits"},
    {"\"weights_sha256\": \"", "\"weights_sha256\": \"0", "weights_sha256 is '0"},
    {"\"text\": \"graph", "\"text\": \"grapH", " has the sha256 "},
    {"\n{\"table\": \"experiment\"", "\n[{\"table\": \"experiment\"", "JSON, byte "},
    {"\n{\"table\": \"experiment\"", "\n1\n{\"table\": \"experiment\"", "is no object, against a row"},
    {"{\"table\": \"experiment\"", "{\"table\": \"member\"", "a row of member without experiment"},
};

START_TEST(dumps_that_are_refused)
{
    sweep("a", cells_for("e", "g", 1, 2), NULL, "");
    const char *dump = dump_of("a");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *at = strstr(dump, lines[i].find);
        ck_assert_ptr_nonnull(at);
        const char *bad = arena_format(arena, "%.*s%s%s", (int)(at - dump), dump, lines[i].put,
                                       at + strlen(lines[i].find));
        put("bad.jsonl", bad, strlen(bad));
        expect_refusal(merge, &(Merging){"new", 1, {"bad.jsonl"}}, lines[i].message);
        ck_assert_int_eq(count("new", "SELECT count(*) FROM cell"), 0);
    }
    put("bad.jsonl", dump, strlen(dump) - 1);
    expect_refusal(merge, &(Merging){"new", 1, {"bad.jsonl"}}, "the dump ends inside a line");
    put("bad.jsonl", arena_format(arena, "%s%s", dump, dump), 2 * strlen(dump));
    expect_refusal(merge, &(Merging){"new", 1, {"bad.jsonl"}}, "stands there twice");
}
END_TEST

/* ---- files that are no record ---- */

/* What is done to a good record with SQL, and what is said of it when it is read. */
static const struct { const char *sql, *message; } harms[] = {
    {"PRAGMA user_version = 2", "its version is 2, against 1, the latest that tailor"},
    {"PRAGMA user_version = 0", "is no record of a sweep"},
    {"DROP TABLE metric", "has no table metric"},
    {"ALTER TABLE cell ADD COLUMN more", "its table cell is not as tailor makes it"},
    {"DROP TABLE correct; CREATE VIEW correct AS SELECT key, x'00' AS bits FROM cell", "has no table correct"},
    {"PRAGMA ignore_check_constraints = 1; UPDATE cell SET state = 'odd'", "has the state odd"},
    {"UPDATE cell SET seed = 'x'", "seed has a value of another type than its column"},
    {"UPDATE cell SET seed = -1", "seed is not a number from 0"},
    {"UPDATE cell SET graph = x'00'", "graph has a value of another type"},
    {"UPDATE cell SET graph = CAST(x'610062' AS TEXT)", "graph has a zero byte in it"},
    {"UPDATE cell SET graph = CAST(x'61ff' AS TEXT)", "graph is no UTF-8 text"},
    {"UPDATE metric SET value = 9e999", "value is not a finite number"},
    {"UPDATE metric SET value = 'high'", "value has a value of another type"},
    {"UPDATE correct SET bits = 'text'", "bits has a value of another type"},
    {"UPDATE cell SET options = '{'", "against an object of JSON"},
    {"UPDATE identity SET text = 'other'", "has the sha256"},
    {"UPDATE cell SET graph = CAST(zeroblob(70000000) AS TEXT)", "a text of more than"},
};

static void change(const char *path, const char *sql)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

START_TEST(hostile_records)
{
    RtText good = {0};
    RtError error = {0};
    sweep("a", cells_for("e", "g", 1, 1), NULL, "");
    ck_assert(rt_file_read("a/record.sqlite", 1 << 26, &good, &error));
    for (size_t i = 0; i < sizeof harms / sizeof *harms; i++) {
        put("a/record.sqlite", good.data, good.length);
        change("a/record.sqlite", arena_format(arena, "PRAGMA synchronous = off; %s", harms[i].sql));
        expect_refusal(merge, &(Merging){"new", 1, {"a"}}, harms[i].message);
        ck_assert_int_eq(count("new", "SELECT count(*) FROM cell"), 0);
    }
    rt_text_free(&good);
}
END_TEST

/* Triggers and views of somebody else do nothing. */
START_TEST(triggers_do_nothing)
{
    Cells *cells = cells_for("e", "g", 1, 2);
    sweep("a", cells, NULL, "");
    change("a/record.sqlite", "CREATE TRIGGER t AFTER UPDATE ON cell BEGIN DELETE FROM metric; END; "
                              "CREATE VIEW v AS SELECT * FROM cell");
    Record *r = record_open(arena, "a", true);
    record_do(r, "UPDATE cell SET cpu = 'x'", "");
    ck_assert_int_eq(record_number(r, "SELECT count(*) FROM metric WHERE maps = ''", ""), 4);
    record_close(r);
}
END_TEST

static void read_it(void *with)
{
    Record *r = record_open(arena, with, false);
    record_check(r);
    FILE *file = fopen("/dev/null", "w");
    record_dump(r, file);
    record_close(r);
}
static void write_it(void *with) { record_close(record_open(arena, with, true)); }

START_TEST(damaged_files)
{
    RtText text = {0};
    RtError error = {0};
    sweep("a", cells_for("e", "g", 3, 20), NULL, "");
    ck_assert(rt_file_read("a/record.sqlite", 1 << 26, &text, &error));
    ck_assert(rt_folder_make("b", &error));
    put("b/record.sqlite", "no database at all, but long enough to have a header of a hundred bytes, as one would have "
                           "it at its beginning", 110);
    expect_refusal(read_it, "b", "is no SQLite database");
    expect_refusal(write_it, "b", "is no SQLite database");
    put("b/record.sqlite", text.data, text.length / 2);
    expect_refusal(read_it, "b", "is damaged");
    memset(text.data + text.length / 2, 0xa5, 8192);
    put("b/record.sqlite", text.data, text.length);
    expect_refusal(read_it, "b", "is damaged");
    memset(text.data + 100, 0, 4000);                            /* the schema */
    put("b/record.sqlite", text.data, text.length);
    expect_refusal(read_it, "b", "b/record.sqlite: ");
    expect_refusal(write_it, "b", "b/record.sqlite: ");
    put("b/record.sqlite", "", 0);
    expect_refusal(read_it, "b", "is empty");
    ck_assert_int_eq(apart(write_it, "b"), 0);                   /* a sweep that was killed when it began */
    ck_assert_int_eq(apart(read_it, "b"), 0);
    rt_text_free(&text);

    expect_refusal(read_it, "nowhere", "there is no record.sqlite in it");
    ck_assert(rt_folder_make("c/record.sqlite", &error));
    expect_refusal(write_it, "c", "is no regular file");
    ck_assert(rt_folder_make("d", &error));
    put("d/notes.txt", "x", 1);
    expect_refusal(write_it, "d", "is not empty and has no record.sqlite");
    ck_assert_int_eq(access("d/record.sqlite", F_OK), -1);
    expect_refusal(write_it, "d/notes.txt", "d/notes.txt");
}
END_TEST

START_TEST(locked_and_read_meanwhile)
{
    sqlite3 *db;
    sweep("a", cells_for("e", "g", 1, 1), NULL, "");
    Record *writer = record_open(arena, "a", true);
    record_begin(writer);
    record_do(writer, "UPDATE cell SET cpu = 'new'", "");
    ck_assert_int_eq(count("a", "SELECT count(*) FROM cell WHERE cpu = 'new'"), 0);
    record_commit(writer);
    ck_assert_int_eq(count("a", "SELECT count(*) FROM cell WHERE cpu = 'new'"), 1);
    record_close(writer);
    ck_assert_int_eq(sqlite3_open("a/record.sqlite", &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE; DELETE FROM lease", NULL, NULL,
                                  NULL), SQLITE_OK);
    expect_refusal(read_it, "a", "another program keeps it locked");
    sqlite3_close(db);
    ck_assert_int_eq(apart(read_it, "a"), 0);
}
END_TEST

/* ---- many cells ---- */

static double seconds_of(void (*work)(void *), void *with)
{
    const clock_t before = clock();
    work(with);
    return (double)(clock() - before) / CLOCKS_PER_SEC;
}

static void add_all(void *with)
{
    Record *r = record_open(arena, "s", true);
    record_add(r, with);
    record_close(r);
}

static void status(void *with)
{
    if (!freopen("out", "w", stdout)) _exit(98);
    sweep_status(arena, "s", with != NULL);
    fflush(stdout);
}

START_TEST(ten_thousand_cells)
{
    Cells *cells = cells_for("e", "g", 100, 100);
    add_all(cells);
    Record *r = record_open(arena, "s", true);
    record_do(r, "UPDATE cell SET state = 'done', weights_sha256 = key WHERE rowid % 3", "");
    record_do(r, "UPDATE cell SET state = 'failed', reason = 'r' WHERE rowid % 1000 = 0", "");
    record_do(r, "INSERT INTO metric SELECT key, '', 'test_accuracy', 0.5 FROM cell WHERE state = 'done'", "");
    for (int e = 1; e <= 3; e++)
        for (int m = 0; m < 5; m++)
            record_do(r, "INSERT INTO epoch SELECT key, ?, ?, 0.1 FROM cell WHERE state = 'done'", "it", (int64_t)e,
                      arena_format(arena, "metric_%d", m));
    record_close(r);
    const double text = seconds_of(status, NULL), json = seconds_of(status, "json");
    ck_assert_double_lt(text, 0.1);
    ck_assert_double_lt(json, 0.1);
    const char *dump = dump_of("s");
    merge(&(Merging){"t", 1, {"dump.jsonl"}});
    ck_assert_str_eq(dump_of("t"), dump);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("record");
    TCase *tests = tcase_create("record");
    tcase_set_timeout(tests, 0);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, cells_and_results);
    tcase_add_test(tests, changed_file);
    tcase_add_test(tests, why_names_the_component);
    tcase_add_test(tests, why_names_the_same_variant);
    tcase_add_test(tests, two_take_cells_at_once);
    tcase_add_test(tests, killed_at_any_moment);
    tcase_add_test(tests, leases_of_others);
    tcase_add_test(tests, merged_in_any_order);
    tcase_add_test(tests, merges_that_are_refused);
    tcase_add_test(tests, dumps_that_are_cut);
    tcase_add_test(tests, dumps_that_are_refused);
    tcase_add_test(tests, hostile_records);
    tcase_add_test(tests, triggers_do_nothing);
    tcase_add_test(tests, damaged_files);
    tcase_add_test(tests, locked_and_read_meanwhile);
    tcase_add_test(tests, ten_thousand_cells);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
