/* test_scan.c - what a library's evidence says of its text is found in the text: each thing that must not be there,
 * planted in small texts and in a whole library; and texts that look like it, and are not. */
#include "emit/evidence.h"     /* before check.h, which has a macro named fail */
#include "language/load.h"

#include <check.h>
#include <string.h>

static const struct { const char *text, *fault; } texts[] = {
    /* fault: a part of what is said; NULL: nothing is wrong */
    {"static int a(int n) { return n; }\nint b(void) { return a(1) + a(2); }\n", NULL},
    {"int a(int n) { return n ? a(n - 1) : 0; }\n", "recursion: a -> a"},
    {"int b(int);\nint a(int n) { return b(n); }\nint b(int n) { return a(n); }\n", "recursion: a -> b -> a"},
    {"#define AGAIN(n) a(n)\nint a(int n) { return AGAIN(n - 1); }\n", "recursion"},
    {"#ifdef X\nint a(int n) { return 0; }\n#else\nint a(int n) { return a(n - 1); }\n#endif\n", "recursion"},
    {"#define MAKE(S) int a##S(int n) { return b(n); }\nint b(int);\nMAKE(_4)\nint b(int n) { return a_4(n); }\n",
     "recursion"},
    {"int a(void) { int b = 0; return b; }\nint b(void) { return a(); }\n", NULL},
    {"int b(void) { return 1; }\nint a(int b) { return b; }\n", NULL},
    {"enum { N = 3 };\n#define M 4\nint a(void) { int x[N], y[2 * M][sizeof(int)]; return x[0] + y[0][0]; }\n", NULL},
    {"int a(int n) { int x[n]; return x[0]; }\n", "the size of x in a"},
    {"int a(int n) { int y = 1, x[2][n]; return y + x[0][0]; }\n", "the size of x in a"},
    {"int a(int n) { for (int i[n]; n;) n = i[0]; return n; }\n", "the size of i in a"},
    {"int a(int n) { { const int *x[3], y[n + 1]; return *x[0] + y[0]; } }\n", "the size of y in a"},
    {"int a(int n, int x[n]) { return x[n]; }\n", NULL},
    {"int a(int n) { int x[3] = {n}; return x[n]; }\n", NULL},
    {"int a(int (*f)(void)) { return f(); }\n", "a calls through f"},
    {"int a(void) { int (*f)(void) = 0; return 1; }\n", "f in a is a pointer to a function"},
    {"typedef int (*F)(void);\n", "F is a pointer to a function"},
    {"int b(void) { return 1; }\nint a(void) { return &b != 0; }\n", "a takes the function b as a value"},
    {"#define DO(f, x) f(x)\nint b(int x) { return x; }\nint a(void) { return DO(b, 1); }\n", NULL},
    {"int a(int n) { float (*x)[3] = 0; return n + (x != 0); }\n", NULL},
    {"static int count;\n", "a variable at file scope changes: static int"},
    {"float table[2] = {1, 2};\n", "a variable at file scope changes: float table"},
    {"static const float table[2] = {1, 2};\nint a(void) { static const int k = 2; return k; }\n", NULL},
    {"int a(void) { static int k; return ++k; }\n", "a static variable in a changes"},
    {"/* int a(int n) { return a(n); } */\nconst char *b(void) { return \"a(\\\"static int k;\"; }\n", NULL},
    {"int a(void) { return 1;\n", "the text ends"},
};

START_TEST(planted)
{
    Arena *arena = arena_new();
    const char *fault = code_facts(arena, "", texts[_i].text).fault, *should = texts[_i].fault;
    ck_assert_msg(should ? fault && strstr(fault, should) : !fault, "%s\nis said to be '%s', against '%s'",
                  texts[_i].text, fault ? fault : "all right", should ? should : "all right");
    arena_free(arena);
}
END_TEST

/* Puts text behind the first place in a library's source where `place` stands. */
static const char *plant(Arena *arena, const char *source, const char *place, const char *text)
{
    const char *at = strstr(source, place);
    ck_assert_msg(at != NULL, "no %s", place);
    at += strlen(place);
    return arena_format(arena, "%.*s%s%s", (int)(at - source), source, text, at);
}

START_TEST(in_a_library)
{
    static const struct { const char *place, *text, *fault; } plants[] = {
        {"_status_text(MlpStatus status)\n{\n", "    mlp_status_text(status);\n", "recursion"},
        {"static inline int rt_min_int(int a, int b) {", " float x[a]; (void)x;", "the size of x in rt_min_int"},
        {"static inline int rt_min_int(int a, int b) {", " const void *f = rt_min_int;", "as a value"},
        {"RT_KERNELS_BEGIN\n\n", "static int calls;\n\n", "a variable at file scope changes"},
    };
    Arena *arena = arena_new();
    const Experiment *x = load(arena, "graphs/mlp.lua", 0, NULL);
    Emission *e = emission_new(x, x->batch, &(Passes){0});
    e->form = FORM_LIBRARY;
    const char *header = emit_header(e), *source = emit_source(e);
    const CodeFacts facts = code_facts(arena, header, source);
    ck_assert_msg(!facts.fault, "%s", facts.fault);
    ck_assert_int_gt(facts.n_functions, 100);
    for (size_t i = 0; i < sizeof plants / sizeof *plants; i++) {
        const char *fault = code_facts(arena, header, plant(arena, source, plants[i].place, plants[i].text)).fault;
        ck_assert_msg(fault && strstr(fault, plants[i].fault), "'%s', against '%s'", fault ? fault : "all right",
                      plants[i].fault);
    }
    const CodeFacts calls = code_facts(
        arena, header, plant(arena, source, "static inline int rt_min_int(int a, int b) {", " malloc(4);"));
    bool found = false;
    for (int i = 0; i < calls.n_calls; i++) found = found || !strcmp(calls.calls[i], "malloc");
    ck_assert_msg(found, "a call of malloc was not found");
    arena_free(arena);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("scan");
    tcase_add_loop_test(tests, planted, 0, sizeof texts / sizeof *texts);
    tcase_add_test(tests, in_a_library);
    Suite *suite = suite_create("scan");
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
