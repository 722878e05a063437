/* test_edges.c - every op where it has an edge, against PyTorch: values and gradients of order 1 to 3 of
 * tests/vectors/edges.txt, which tests/vectors/make_edges.py wrote, in double by the interpreter and in float by the
 * emitted code.
 *
 * What torch calls no number, a value must be too; a gradient may be anything there.  Lines that begin with `ours` say
 * where tailor has another value on purpose, and why. */
#include "tailor.h"    /* before check.h, which has a macro named fail */

#include "support.h"

#include <dlfcn.h>
#include <float.h>
#include <math.h>

enum { MOST_CASES = 400, MOST_WORDS = 16, MOST_NUMBERS = 80, MOST_LINE = 1 << 13, LEAST_CASES = 120 };
static const double double_bound = 1e-9, float_bound = 3e-5;      /* of the number, or of 1 if that is larger */

typedef struct Word { char name[8]; int n; double numbers[MOST_NUMBERS]; } Word;

typedef struct Case {
    char expression[200];
    int width, n_words, batch;
    bool single;               /* what floats give: for the emitted code alone */
    Word inputs[2], words[MOST_WORDS];
} Case;

static Case *cases;
static int n_cases;

/* ---- the file ---- */

static void read_numbers(Word *word, const char *text)
{
    for (char *end; *text; text = end) {
        const double number = strtod(text, &end);
        if (end == text) break;
        ck_assert_int_lt(word->n, MOST_NUMBERS);
        word->numbers[word->n++] = number;
    }
}

static Word *find_word(Case *c, const char *name)
{
    for (int i = 0; i < c->n_words; i++)
        if (!strcmp(c->words[i].name, name)) return &c->words[i];
    return NULL;
}

static void read_line(char *line)
{
    Case *c = &cases[n_cases - 1];
    char name[8];
    int at = 0, element;
    double value;
    line[strcspn(line, "\n")] = 0;
    if (!*line || *line == '#') return;
    if (!strncmp(line, "case ", 5)) {
        ck_assert_int_lt(n_cases, MOST_CASES);
        snprintf(cases[n_cases++].expression, sizeof c->expression, "%.199s", line + 5);
    } else if (sscanf(line, "ours %7s %d %lf", name, &element, &value) == 3) {
        ck_assert(find_word(c, name) && element < find_word(c, name)->n);
        find_word(c, name)->numbers[element] = value;
    } else if (sscanf(line, "width %d", &c->width) == 1) {
        c->single = strstr(line, "single") != NULL;
    } else {
        ck_assert_int_eq(sscanf(line, "%7s%n", name, &at), 1);
        Word *word = strlen(name) == 1 && *name != 'y' ? &c->inputs[*name - 'a'] : &c->words[c->n_words++];
        ck_assert_int_le(c->n_words, MOST_WORDS);
        strcpy(word->name, name);
        read_numbers(word, line + at);
        c->batch = c->inputs[0].n / c->width;
    }
}

static void read_cases(void)
{
    FILE *file = fopen("tests/vectors/edges.txt", "r");
    ck_assert_msg(file != NULL, "tests/vectors/edges.txt is missing");
    char line[MOST_LINE];
    cases = calloc(MOST_CASES, sizeof *cases);
    while (fgets(line, sizeof line, file)) read_line(line);
    fclose(file);
    ck_assert_int_ge(n_cases, LEAST_CASES);
}

/* ---- a case as a graph ---- */

/* The gradients that the case's words name, one of another. */
static void add_gradients(Arena *arena, Experiment *x, const Case *c)
{
    const Value y = x->values[x->n_values - 1].value;
    x->values = arena_array(arena, c->n_words, sizeof *x->values);
    x->n_values = 0;
    for (int i = 0; i < c->n_words; i++) {
        Value v = y;
        for (const char *by = c->words[i].name + 1; *by; by++) {
            if (*by == '_') continue;
            differentiate(x->graph, v, 1, &x->fields[*by - 'a'].value, &v, false);
        }
        x->values[x->n_values++] = (Named){c->words[i].name, v, {&x->source, 3}};
    }
}

static Experiment *experiment(Arena *arena, const Case *c, int number)
{
    const char *text = arena_format(arena, "a = input { %d }\n%s\ny = %s\n", c->width,
                                    c->inputs[1].n ? arena_format(arena, "b = input { %d }", c->width) : "",
                                    c->expression);
    Experiment *x = load_text(arena, arena_format(arena, "edge%d.lua", number), text, strlen(text), 0, NULL);
    add_gradients(arena, x, c);
    x->batch = c->batch;
    return x;
}

static bool same(double is, double should, double bound, bool gradient)
{
    if (isnan(should)) return gradient || isnan(is);
    if (isinf(should)) return is == should;
    return fabs(is - should) <= bound * fmax(1, fabs(should));
}

/* How many elements of the words differ. */
static int compare(const Case *c, const char *how, const Word *word, double (*element)(const void *, int64_t),
                   const void *got, double bound)
{
    int wrong = 0;
    const int row = word->n / c->batch;
    for (int i = 0; i < word->n; i++) {
        const double is = element(got, i);
        double should = word->numbers[i];
        if (bound == float_bound) should = (float)should;
        if (same(is, should, bound, strcmp(word->name, "y"))) continue;
        const int at = row ? i / row * c->width : 0;
        fprintf(stderr, "%s, %s: %s[%d] is %.9g, not %.9g; a = %g %g %g, b = %g %g %g\n", c->expression, how,
                word->name, i, is, should, c->inputs[0].numbers[at], c->inputs[0].numbers[at + 1],
                c->inputs[0].numbers[at + 2], c->inputs[1].numbers[at], c->inputs[1].numbers[at + 1],
                c->inputs[1].numbers[at + 2]);
        wrong++;
    }
    return wrong;
}

static double of_double(const void *data, int64_t i) { return ((const double *)data)[i]; }
static double of_float(const void *data, int64_t i) { return ((const float *)data)[i]; }

START_TEST(in_double)
{
    int wrong = 0;
    for (int k = 0; k < n_cases; k++) {
        if (cases[k].single) continue;
        Arena *arena = arena_new();
        Case *c = &cases[k];
        const Experiment *x = experiment(arena, c, k);
        Interpreter *it = interpreter_new(arena, x->graph, c->batch);
        for (int i = 0; i < x->n_fields; i++) it->values[x->fields[i].value] = c->inputs[i].numbers;
        for (int i = 0; i < c->n_words; i++) {
            interpret(arena, it, 1, &x->values[i].value);
            wrong += compare(c, "in double", &c->words[i], of_double, it->values[x->values[i].value], double_bound);
        }
        arena_free(arena);
    }
    ck_assert_msg(wrong == 0, "%d numbers differ", wrong);
}
END_TEST

static void write_text(const char *name, const char *text) { put(name, text, strlen(text)); }

START_TEST(in_float)
{
    make_folder();
    Arena *arena = arena_new();
    Text all = text_new(arena);
    for (int k = 0; k < n_cases; k++) {
        const Experiment *x = experiment(arena, &cases[k], k);
        const Emission *e = emission_grad(x, x->batch, false, &(Passes){.qualify = true});
        write_text(arena_format(arena, "edge%d.c", k), emit_source(e));
        write_text(arena_format(arena, "edge%d.h", k), emit_header(e));
        text_add(&all, "#include \"edge%d.c\"\n", k);
    }
    write_text("all.c", all.chars);
    const char *command = arena_format(
        arena,
        "%s -std=gnu11 -O1 -ftree-vectorize -march=native -ffp-contract=off -fno-math-errno -fno-trapping-math "
        "-fopenmp -Iruntime -shared -fPIC -o %s/all.so %s/all.c -lm",
        getenv("CC") ? getenv("CC") : "cc", folder, folder);
    ck_assert_msg(system(command) == 0, "%s", command);
    void *library = dlopen(in_folder("all.so"), RTLD_NOW | RTLD_LOCAL);
    ck_assert_msg(library != NULL, "%s", dlerror());
    int wrong = 0;
    for (int k = 0; k < n_cases; k++) {
        const Case *c = &cases[k];
        const RtModel *model = dlsym(library, arena_format(arena, "edge%d_model", k));
        ck_assert_msg(model != NULL, "%s", dlerror());
        const RtEntry *entry = &model->entries[0];
        RtError error = {0};
        void *work = rt_allocate(1, entry->work_bytes, "workspace", &error),
             *result = rt_allocate(1, entry->result_bytes, "results", &error);
        int64_t sample[MOST_NUMBERS] = {0};
        float fields[2][MOST_NUMBERS];
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < MOST_NUMBERS; j++) fields[i][j] = (float)c->inputs[i].numbers[j], sample[j] = j;
        const RtBatch batch = {.n = c->batch, .sample = sample, .field = {fields[0], fields[1]}};
        entry->run(
            &(RtCall){.work = work, .threads = 1, .batch = &batch, .step = &(RtStep){.seed = 1}, .result = result});
        for (int i = 0; i < c->n_words; i++) {
            const RtValue *value = rt_value(entry, c->words[i].name);
            ck_assert_msg(value != NULL, "%s: no %s", c->expression, c->words[i].name);
            wrong += compare(c, "in float", &c->words[i], of_float, (const char *)result + value->offset, float_bound);
        }
        rt_release(work);
        rt_release(result);
    }
    dlclose(library);
    arena_free(arena);
    if (!getenv("KEEP")) remove_folder();
    ck_assert_msg(wrong == 0, "%d numbers differ", wrong);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("edges");
    TCase *tests = tcase_create("torch");
    tcase_set_timeout(tests, 300);
    tcase_add_checked_fixture(tests, read_cases, NULL);
    tcase_add_test(tests, in_double);
    tcase_add_test(tests, in_float);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
