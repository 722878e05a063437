/* test_random.c - random graph files through the whole compiler: the emitted code against the interpreter, a pass off
 * against on.
 *
 * Each graph is a function of its seed, has up to 30 lines with gradients inside gradients, and is compiled twice: with
 * all passes, and without some.  Those that keep bits, as the table of passes has it, must not change one of any value,
 * gradient or state.  Many graphs are one C file, so that the C compiler does not take all the time: clang, which
 * without optimization takes less than half of gcc's, gcc for every 8th file, and for every 32nd with the optimization
 * of trainers, which takes ten times as long: there only what all passes made is optimized, and must have the bits of
 * the other without.
 *
 * Float against double: a difference must be larger than what rounding does to the same graph in the interpreter, on
 * two feeds out of two.  A graph that fails is made smaller and written to build/random_SEED.lua; `./tailor check FILE
 * --validate` shows it.  Knobs from the environment: GRAPHS, FIRST_SEED, OPTIMIZED (every which file, 0 for none), CC
 * (for all); SHOW=SEED prints the graph file of a seed instead. */
#include "tailor.h"    /* before check.h, which has a macro named fail */

#include "support.h"

#include <dlfcn.h>
#include <errno.h>
#include <math.h>
#include <sys/wait.h>

#include "random_graph.h"

enum { BATCH = 6, GRAPHS = 700, TOGETHER = 25, MOST_WORKERS = 8, DIFFERS = 42, BY_GCC = 8, OPTIMIZED = 32 };

typedef struct Counted { int tensors, loose, ops; } Counted;   /* compared; too ill-conditioned to be; */

/* One optional pass after the other is left out, and others with it. */
static Passes passes_of(uint64_t seed, int variant)
{
    Passes passes = {.qualify = true};
    int optional = 0, n = 0;
    for (int i = 0; i < pass_count(); i++) optional += pass_at(i)->optional;
    for (int i = 0; variant && i < pass_count(); i++) {
        if (!pass_at(i)->optional) continue;
        const bool with_others = pass_at(i)->same_bits && seed / (uint64_t)optional % 4 == (uint64_t)n % 4;
        if (seed % (uint64_t)optional == (uint64_t)n || with_others) passes.without |= 1u << i;
        n++;
    }
    return passes;
}

/* Do both variants give the same bits? */
static bool keeps_bits(uint64_t seed)
{
    for (int i = 0; i < pass_count(); i++)
        if (passes_of(seed, 1).without >> i & 1 && !pass_at(i)->same_bits) return false;
    return true;
}

static bool in_training(uint64_t seed) { return seed / 4 % 2; }

/* ---- emitting ---- */

static void put_text(const char *path, const char *text)
{
    RtError error = {0};
    ck_assert_msg(rt_file_write(path, text, strlen(text), &error), "%s", error.text);
}

/* all: the lines that include a variant's file. */
static void emit_variants(Arena *arena, Text all[2], const RandomGraph *g, uint64_t seed, const char *where)
{
    for (int v = 0; v < 2; v++) {
        Arena *own = arena_new();
        Experiment *x = random_experiment(own, g, arena_format(own, "g%llu_%d", (unsigned long long)seed, v), BATCH);
        const Passes passes = passes_of(seed, v);
        Emission *e = emission_grad(x, BATCH, in_training(seed), &passes);
        put_text(arena_format(arena, "%s/%s.c", where, x->source.name), emit_source(e));
        put_text(arena_format(arena, "%s/%s.h", where, x->source.name), emit_header(e));
        text_add(&all[v], "#include \"%s.c\"\n", x->source.name);
        arena_free(own);
    }
}

/* Who compiles a file, and whether as trainers are. */
typedef struct Compilation { const char *cc; bool fast; } Compilation;

static void *compile_as(Arena *arena, const char *where, const char *name, const char *text, Compilation by)
{
    put_text(arena_format(arena, "%s/%s.c", where, name), text);
    const char *more = getenv("EXTRA_CFLAGS") ? getenv("EXTRA_CFLAGS") : "";
    const char *command = arena_format(
        arena,
        "%s -std=gnu11 %s -march=native -ffp-contract=off %s -fno-math-errno -fno-trapping-math -fopenmp -Wall -Wextra "
        "-Werror %s -Iruntime -shared -fPIC -o %s/%s.so %s/%s.c -lm",
        by.cc, by.fast ? "-O3" : "-O0", by.fast ? "" : "-DRT_QUICK_BUILD", more, where, name, where, name);
    if (system(command) != 0) { fprintf(stderr, "%s\n", command); return NULL; }
    void *library = dlopen(arena_format(arena, "%s/%s.so", where, name), RTLD_NOW | RTLD_LOCAL);
    if (!library) fprintf(stderr, "%s\n", dlerror());
    return library;
}

/* library: where each variant is.  Returns false when there is none. */
static bool build(Arena *arena, const char *where, const Text all[2], Compilation by, void *library[2])
{
    if (!by.fast) {
        const char *both = arena_format(arena, "%s%s", all[0].chars, all[1].chars);
        library[0] = library[1] = compile_as(arena, where, "all", both, by);
    } else {
        library[0] = compile_as(arena, where, "fast", all[0].chars, by);
        library[1] = compile_as(arena, where, "plain", all[1].chars, (Compilation){by.cc, false});
    }
    return library[0] && library[1];
}

/* ---- comparing ---- */

typedef struct Feed {
    void *field[RT_MAX_FIELDS];
    float *parameters, *state;
} Feed;

static float *random_floats(Arena *arena, int n, const Parameter *tensors, const Graph *g, uint64_t *state,
                            bool positive)
{
    int64_t total = 1, at = 0;
    for (int i = 0; i < n; i++) total += type_count(graph_at(g, tensors[i].value)->type, 1);
    float *all = arena_array(arena, total, sizeof *all);
    for (; at < total; at++) all[at] = (float)(positive ? 1 + 0.5 * random_signed(state) : 0.7 * random_signed(state));
    return all;
}

static Feed feed_of(Arena *arena, const Experiment *x, uint64_t seed)
{
    uint64_t state = seed * 31 + 5;
    Feed feed = {{0},
                 random_floats(arena, x->n_parameters, x->parameters, x->graph, &state, false),
                 random_floats(arena, x->n_states, x->states, x->graph, &state, true)};
    for (int i = 0; i < x->n_fields; i++) {
        const int64_t n = type_count(graph_at(x->graph, x->fields[i].value)->type, BATCH);
        float *reals = feed.field[i] = arena_array(arena, n, sizeof *reals);
        int32_t *whole = feed.field[i];
        const bool exact = !strcmp(x->fields[i].name, "grid");
        for (int64_t k = 0; k < n; k++) {
            const double u = random_signed(&state);
            if (x->fields[i].classes) whole[k] = (int32_t)((u + 1) / 2 * CLASSES);
            else reals[k] = (float)(exact ? floor(u * 8) / 4 : u);
        }
    }
    return feed;
}

static double *as_doubles(Arena *arena, const void *from, bool whole, int64_t n)
{
    double *to = arena_array(arena, n, sizeof *to);
    for (int64_t i = 0; i < n; i++) to[i] = whole ? ((const int32_t *)from)[i] : ((const float *)from)[i];
    return to;
}

static Interpreter *interpreted(Arena *arena, const Experiment *x, const Goal *goal, const Feed *feed, bool rounded)
{
    Interpreter *it = interpreter_new(arena, goal->graph, BATCH);
    it->training = goal->training, it->statistics = goal->statistics, it->seed = 1, it->progress = 0.375,
    it->round_to_float = it->uneven_sums = rounded;
    for (int part = 0; part < 2; part++) {
        const float *at = part ? feed->state : feed->parameters;
        const Parameter *tensors = part ? x->states : x->parameters;
        for (int i = 0; i < (part ? x->n_states : x->n_parameters); i++) {
            const int64_t n = type_count(graph_at(goal->graph, tensors[i].value)->type, 1);
            it->values[tensors[i].value] = as_doubles(arena, at, false, n);
            at += n;
        }
    }
    for (int i = 0; i < x->n_fields; i++) {
        const Type type = graph_at(goal->graph, x->fields[i].value)->type;
        it->values[x->fields[i].value] = as_doubles(arena, feed->field[i], type.elem == INT, type_count(type, BATCH));
    }
    Value *roots = arena_array(arena, goal->n_roots, sizeof *roots);
    for (int i = 0; i < goal->n_roots; i++) roots[i] = goal->roots[i].value;
    interpret(arena, it, goal->n_roots, roots);
    return it;
}

static void *run_entry(const RtEntry *entry, const Feed *feed, int threads)
{
    static const int64_t sample[BATCH] = {0, 1, 2, 3, 4, 5};
    RtError error = {0};
    void *work = rt_allocate((size_t)threads, entry->work_bytes, "workspace", &error),
         *result = rt_allocate(1, entry->result_bytes, "results", &error);
    memset(work, 0xff, (size_t)threads * entry->work_bytes);      /* what is read before it is written is NaN */
    RtBatch batch = {.n = BATCH, .sample = sample};
    for (int i = 0; i < RT_MAX_FIELDS; i++) batch.field[i] = feed->field[i];
    RtStep step = {.seed = 1, .progress = 0.375f};
    RtCall call = {.work = work,
                   .threads = threads,
                   .parameters = feed->parameters,
                   .state = feed->state,
                   .batch = &batch,
                   .step = &step,
                   .result = result};
    entry->run(&call);
    rt_release(work);
    return result;
}

/* Values that differ more than rounding explains, and bits that a pass changed; both are said when `loud`. */
static bool differs(Arena *arena, void *const library[2], const RandomGraph *g, uint64_t seed, uint64_t feed_seed,
                    bool loud, Counted *counted)
{
    Experiment *x = random_experiment(arena, g, arena_format(arena, "g%llu_0", (unsigned long long)seed), BATCH);
    const Goal *goal = goal_grad(x, in_training(seed));
    const Feed feed = feed_of(arena, x, feed_seed);
    const RtEntry *entries[2];
    void *results[2];
    const bool bits = keeps_bits(seed);
    bool wrong = false;
    for (int v = 0; v < 2; v++) {
        const RtModel *model = dlsym(library[v], arena_format(arena, "g%llu_%d_model", (unsigned long long)seed, v));
        ck_assert_msg(model != NULL, "%s", dlerror());
        entries[v] = &model->entries[0];
        results[v] = run_entry(entries[v], &feed, 1 + v);
    }
    const Interpreter *exact = interpreted(arena, x, goal, &feed, false),
                      *rounded = interpreted(arena, x, goal, &feed, true);
    for (int i = 0; i < goal->n_roots; i++) {
        const Root *root = &goal->roots[i];
        const double *e = exact->values[root->value], *r = rounded->values[root->value];
        const int64_t n = type_count(root->type, BATCH);
        double largest = fmax(1e-2, interpret_largest_term(exact, root->value)), rounding = 0;
        for (int64_t k = 0; k < n; k++)
            largest = fmax(largest, fabs(e[k])), rounding = fmax(rounding, fabs(e[k] - r[k]));
        const double bound = 1e-4 * largest + 100 * rounding;
        const bool loose = !(bound < 0.1 * largest);
        if (counted) counted->tensors++, counted->loose += loose;
        const void *got[2];
        for (int v = 0; v < 2; v++) {
            const RtValue *value = rt_value(entries[v], root->name);
            ck_assert_msg(value != NULL, "graph %llu: no result %s", (unsigned long long)seed, root->name);
            got[v] = (const char *)results[v] + value->offset;
        }
        for (int64_t k = 0; k < n; k++) {
            const double real = root->type.elem == INT ? ((const int32_t *)got[0])[k] : ((const float *)got[0])[k];
            const double other = root->type.elem == INT ? ((const int32_t *)got[1])[k] : ((const float *)got[1])[k];
            const bool off = !loose && !(fabs(real - e[k]) <= bound && (bits || fabs(other - e[k]) <= bound));
            if (!off && !(bits && memcmp((const float *)got[0] + k, (const float *)got[1] + k, sizeof(float))))
                continue;
            if (loud)
                fprintf(stderr,
                        "graph %llu: %s[%lld] is %.9g, without a pass %.9g, the interpreter says %.9g +- %.3g\n",
                        (unsigned long long)seed, root->name, (long long)k, real, other, e[k], bound);
            wrong = true;
            break;
        }
    }
    for (int v = 0; v < 2; v++) rt_release(results[v]);
    return wrong;
}

/* Bits must be the same on the first feed; a value may be near a kink on one feed, not on two. */
static bool fails_twice(Arena *arena, void *const library[2], const RandomGraph *g, uint64_t seed, bool loud,
                        Counted *counted)
{
    return differs(arena, library, g, seed, seed, false, counted) &&
           differs(arena, library, g, seed, seed + 1000000007, loud, NULL);
}

/* ---- one graph in a child ---- */

typedef struct Trial { uint64_t seed; Compilation by; } Trial;

static int in_child(const RandomGraph *g, const Trial *trial, bool quiet)
{
    fflush(NULL);
    const pid_t child = fork();
    if (!child) {
        if (quiet && (!freopen("/dev/null", "w", stderr) || !freopen("/dev/null", "w", stdout))) _exit(9);
        char where[] = "/tmp/tailor_random_XXXXXX";
        if (!mkdtemp(where)) _exit(9);
        Arena *arena = arena_new();
        Text all[2] = {text_new(arena), text_new(arena)};
        void *library[2];
        emit_variants(arena, all, g, trial->seed, where);
        const bool built = build(arena, where, all, trial->by, library);
        const int code = !built || fails_twice(arena, library, g, trial->seed, true, NULL) ? DIFFERS : 0;
        if (system(arena_format(arena, "rm -rf %s", where))) _exit(9);
        _exit(code);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* 1 is a graph file that is refused, which is no failure of the compiler */
static bool still_fails(const RandomGraph *g, void *context)
{
    const int code = in_child(g, context, true);
    return code != 0 && code != 1;
}

/* The whole message of a failure: what differs, and the smallest graph file found that still fails. */
static int examine(uint64_t seed, Compilation by)
{
    RandomGraph *g = calloc(1, sizeof *g);
    Trial trial = {seed, by};
    random_graph(g, seed);
    const int code = in_child(g, &trial, false);
    if (code) {
        if (code != 1) shrink(g, still_fails, &trial);
        Arena *arena = arena_new();
        const char *path = arena_format(arena, "build/random_%llu.lua", (unsigned long long)seed);
        put_text(path, random_graph_text(g, arena));
        fprintf(stderr, "graph %llu: code %d; made smaller: %s\n%s\n", (unsigned long long)seed, code, path,
                random_graph_text(g, arena));
        arena_free(arena);
    }
    free(g);
    return code != 0;
}

/* ---- many ---- */

/* The seeds that fail go into `report`. */
static int run_chunk(uint64_t first, int n, Compilation by, int report)
{
    char where[] = "/tmp/tailor_random_XXXXXX";
    if (!mkdtemp(where)) return 9;
    Arena *arena = arena_new();
    Text all[2] = {text_new(arena), text_new(arena)};
    void *library[2];
    RandomGraph *g = calloc(1, sizeof *g);
    Counted counted = {0};
    for (int i = 0; i < n; i++) {
        Arena *own = arena_new();
        random_graph(g, first + (uint64_t)i);
        emit_variants(own, all, g, first + (uint64_t)i, where);
        arena_free(own);
    }
    const bool built = build(arena, where, all, by, library);
    int wrong = !built;
    for (int i = 0; i < n && built; i++) {
        const uint64_t seed = first + (uint64_t)i;
        random_graph(g, seed);
        Arena *own = arena_new();
        const bool fails = fails_twice(own, library, g, seed, false, &counted);
        arena_free(own);
        if (!fails) continue;
        wrong++;
        if (write(report, &seed, sizeof seed) != sizeof seed) return 9;
    }
    if (counted.loose * 10 > counted.tensors)
        fprintf(stderr, "graphs %llu to %llu: %d of %d tensors are too ill-conditioned to be compared\n",
                (unsigned long long)first, (unsigned long long)first + (uint64_t)n - 1, counted.loose, counted.tensors),
            wrong++;
    if (system(arena_format(arena, "rm -rf %s", where))) return 9;
    return wrong != 0;
}

typedef struct Chunk { pid_t process; uint64_t first; int n, report; Compilation by; } Chunk;

static int finish(Chunk *running, int *n_running)
{
    int status, which = 0;
    const pid_t done = wait(&status);
    while (which < *n_running && running[which].process != done) which++;
    ck_assert_int_lt(which, *n_running);
    const Chunk chunk = running[which];
    running[which] = running[--*n_running];
    uint64_t seeds[TOGETHER];
    const ssize_t told = read(chunk.report, seeds, sizeof seeds);
    close(chunk.report);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return 0;
    int wrong = 0;
    for (int i = 0; i < told / (ssize_t)sizeof *seeds; i++) wrong += examine(seeds[i], chunk.by);
    /* it crashed, or a graph is refused */
    for (int i = 0; i < chunk.n && told <= 0; i++) wrong += examine(chunk.first + (uint64_t)i, chunk.by);
    if (!wrong)
        fprintf(stderr, "graphs %llu to %llu fail, but only together\n", (unsigned long long)chunk.first,
                (unsigned long long)chunk.first + (uint64_t)chunk.n - 1);
    return wrong ? wrong : 1;
}

START_TEST(random_graph_files)
{
    const char *given = getenv("GRAPHS"), *first_given = getenv("FIRST_SEED");
    const int count = given ? atoi(given) : GRAPHS;
    const int optimized = getenv("OPTIMIZED") ? atoi(getenv("OPTIMIZED")) : OPTIMIZED;
    const char *cc = getenv("CC") ? getenv("CC") : "cc",
               *quick = !getenv("CC") && system("clang --version >/dev/null 2>&1") == 0 ? "clang" : cc;
    const uint64_t first = first_given ? strtoull(first_given, NULL, 10) : 1;
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    const int most = cores < 1 ? 1 : cores > MOST_WORKERS ? MOST_WORKERS : (int)cores;
    setenv("KMP_BLOCKTIME", "0", 0);          /* clang's threads take no processor while they wait */
    Chunk running[MOST_WORKERS];
    int n_running = 0, wrong = 0;
    for (int at = 0, chunks = 0; at < count && wrong < 5; at += TOGETHER, chunks++) {
        while (n_running >= most) wrong += finish(running, &n_running);
        const bool fast = optimized && chunks % optimized == optimized - 1;
        Chunk chunk = {.first = first + (uint64_t)at,
                       .n = count - at < TOGETHER ? count - at : TOGETHER,
                       .by = {fast || chunks % BY_GCC == 0 ? cc : quick, fast}};
        int ends[2];
        ck_assert_int_eq(pipe(ends), 0);
        fflush(NULL);
        chunk.process = fork();
        ck_assert_int_ge(chunk.process, 0);
        if (!chunk.process) _exit(run_chunk(chunk.first, chunk.n, chunk.by, ends[1]));
        close(ends[1]);
        chunk.report = ends[0];
        running[n_running++] = chunk;
    }
    while (n_running) wrong += finish(running, &n_running);
    ck_assert_msg(wrong == 0, "%d of %d graphs fail", wrong, count);
}
END_TEST

/* The generator reaches every op that a graph file can reach, with each pass left out, and in training and not, within
 * a third of GRAPHS: one that it does not is one that is not tested here. */
START_TEST(every_op_is_reached)
{
    /* leaves of evaluation, tested by test_vectors */
    static const char *const elsewhere[] = {"training", "batch_statistics", "state"};
    unsigned left_out[256] = {0}, modes[256] = {0}, optional = 0;
    RandomGraph *g = calloc(1, sizeof *g);
    for (uint64_t seed = 1; seed <= GRAPHS / 3; seed++) {
        Arena *arena = arena_new();
        random_graph(g, seed);
        const Goal *goal = goal_grad(
            random_experiment(arena, g, arena_format(arena, "random_%llu", (unsigned long long)seed), BATCH), true);
        for (Value v = 1; v < goal->graph->n; v++)
            for (int i = 0; i < op_count(); i++)
                if (graph_at(goal->graph, v)->op == op_at(i))
                    left_out[i] |= passes_of(seed, 1).without, modes[i] |= 1u << in_training(seed);
        arena_free(arena);
    }
    free(g);
    for (int i = 0; i < pass_count(); i++) optional |= (unsigned)pass_at(i)->optional << i;
    for (int i = 0; i < op_count(); i++) {
        bool excused = op_at(i)->late;                 /* test_passes, budget_test, numerics_test */
        for (size_t k = 0; k < sizeof elsewhere / sizeof *elsewhere; k++)
            excused |= !strcmp(op_at(i)->name, elsewhere[k]);
        ck_assert_msg((left_out[i] == optional && modes[i] == 3) || excused,
                      "random graphs have the op %s but with the passes %#x left out, and in %s", op_at(i)->name,
                      optional & ~left_out[i], modes[i] == 3 ? "both modes" : "one mode or none");
    }
}
END_TEST

static int print_graph(uint64_t seed)
{
    RandomGraph *g = calloc(1, sizeof *g);
    Arena *arena = arena_new();
    random_graph(g, seed);
    fputs(random_graph_text(g, arena), stdout);
    arena_free(arena);
    free(g);
    return 0;
}

int main(void)
{
    if (getenv("SHOW")) return print_graph(strtoull(getenv("SHOW"), NULL, 10));
    Suite *suite = suite_create("random");
    TCase *tests = tcase_create("random graph files");
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, every_op_is_reached);
    tcase_add_test(tests, random_graph_files);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
