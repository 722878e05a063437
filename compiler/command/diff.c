/* diff.c - `tailor diff`: what differs between two graph files or runs, layer by layer. */
#include "command/command.h"
#include "command/side.h"

#include <stdlib.h>
#include <string.h>

typedef struct SettingList { int n; Setting list[MOST_SETTINGS]; } SettingList;
typedef struct DiffArguments { Arguments all; SettingList a, b; } DiffArguments;

static void take_into(Arguments *a, const Flag *f, const char *text)
{
    SettingList *settings = flag_place(a, f);
    add_setting(f, text, &settings->n, settings->list);
}

#define AT(field) .at = offsetof(DiffArguments, field)

static const Flag diff_flags[] = {
    {.name = "--set-a", .value = "NAME=VALUE", .help = "changes an option of A", .several = true,
     .more = "A is a graph file then: a run has the options that it was trained with.", .take = take_into, AT(a)},
    {.name = "--set-b", .value = "NAME=VALUE", .help = "the same of B", .several = true, .take = take_into, AT(b)},
    {.shared = &flag_json, .help = "one JSON object on standard output, in place of the text"},
    {0}};

const CommandLine diff_line = {
    "diff", "A B",
    "Two graph files, two folders of runs, or one of each: the options, inputs, parameters, values, settings of\n"
    "train{} and FLOPs that differ, and of two runs their data, weights and metrics.  The same file under two options\n"
    "is compared by --set-b.  Says `no difference` where there is none; exit 0 either way.\n",
    diff_flags,
    .examples = "tailor diff runs/a runs/b\n"
                "tailor diff digits.lua digits.lua --set-b width=16"};

/* A fact of one name; NULL where a side has none of it. */
typedef struct Pair { const Fact *a, *b; } Pair;

static const Fact *fact_at(const Facts *f, int number) { return number ? &f->list[number - 1] : NULL; }

/* The facts that are not the same, in the order of A, then those that only B has.  Returns how many. */
static int pairs_of(Arena *arena, const Facts *a, const Facts *b, Pair **pairs)
{
    NameTable in_a = name_table_new(arena), in_b = name_table_new(arena);
    int n = 0;
    *pairs = arena_array(arena, a->n + b->n, sizeof **pairs);
    for (int i = 0; i < a->n; i++) *name_number(&in_a, a->list[i].name) = i + 1;
    for (int i = 0; i < b->n; i++) *name_number(&in_b, b->list[i].name) = i + 1;
    for (int i = 0; i < a->n; i++) {
        const Fact *other = fact_at(b, name_known(&in_b, a->list[i].name));
        if (!other || strcmp(other->content, a->list[i].content)) (*pairs)[n++] = (Pair){&a->list[i], other};
    }
    for (int i = 0; i < b->n; i++)
        if (!name_known(&in_a, b->list[i].name)) (*pairs)[n++] = (Pair){NULL, &b->list[i]};
    return n;
}

/* ---- as JSON ---- */

static const char *const keys[FACT_KINDS] = {"options", "inputs", "parameters", "states",
                                             "values",  "train",  "run",        "metrics"};

static void json_sides(RtJsonWriter *w, const char *key, const char *a, const char *b)
{
    rt_json_open(w, key, '{');
    rt_json_raw(w, "a", a);
    rt_json_raw(w, "b", b);
    rt_json_close(w, '}');
}

static void print_json(Arena *arena, const Side *a, const Side *b, Pair *const pairs[], const int n[])
{
    RtJsonWriter w = {0};
    rt_json_open(&w, NULL, '{');
    rt_json_bool(&w, "same_hash", !strcmp(a->graph_hash, b->graph_hash));
    json_sides(&w, "graph_hash", arena_format(arena, "\"%s\"", a->graph_hash),
               arena_format(arena, "\"%s\"", b->graph_hash));
    for (int kind = 0; kind < FACT_KINDS; kind++) {
        rt_json_open(&w, keys[kind], '[');
        for (int i = 0; i < n[kind]; i++) {
            const Pair *p = &pairs[kind][i];
            rt_json_open(&w, NULL, '{');
            rt_json_string(&w, "name", p->a ? p->a->name : p->b->name);
            rt_json_raw(&w, "a", p->a ? p->a->json : "null");
            rt_json_raw(&w, "b", p->b ? p->b->json : "null");
            if (kind == FACT_METRIC && p->a && p->b)
                rt_json_number(&w, "difference", strtod(p->b->json, NULL) - strtod(p->a->json, NULL));
            rt_json_close(&w, '}');
        }
        rt_json_close(&w, ']');
    }
    rt_json_open(&w, "flops", '{');
    json_sides(&w, "forward", arena_format(arena, "%lld", (long long)a->flops_forward),
               arena_format(arena, "%lld", (long long)b->flops_forward));
    json_sides(&w, "step", arena_format(arena, "%lld", (long long)a->flops_step),
               arena_format(arena, "%lld", (long long)b->flops_step));
    rt_json_close(&w, '}');
    rt_json_close(&w, '}');
    if (w.text.failed) fail("tailor: out of memory");
    fputs(w.text.data, stdout);
    rt_text_free(&w.text);
}

/* ---- as text, of 80 columns ---- */

enum { COLUMNS = 80, NAME = 24, CELL = 26, MOST_STEPS = 24 };

/* Prints words, and goes on below the first where a line is full. */
static void print_wrapped(const char *lead, const char *text)
{
    const int indent = (int)strlen(lead);
    int column = printf("%s", lead);
    while (*text) {
        const int length = (int)strcspn(text, " ");
        if (column > indent && column + 1 + length > COLUMNS) column = printf("\n%*s", indent + 2, "") - 1;
        else if (column > indent) column += printf(" ");
        column += printf("%.*s", length, text);
        text += length;
        text += strspn(text, " ");
    }
    printf("\n");
}

/* a, b NULL: the side has none of it. */
static void print_row(const char *name, const char *a, const char *b)
{
    if (strlen(name) <= NAME && (!a || strlen(a) <= CELL) && (!b || strlen(b) <= CELL)) {
        printf("  %-*s %-*s %s\n", NAME, name, CELL, a ? a : "-", b ? b : "-");
        return;
    }
    if (*name) printf("  %s\n", name);
    if (a) print_wrapped("    a  ", a);
    if (b) print_wrapped("    b  ", b);
}

static const Step *step_named(const Fact *f, const char *name)
{
    for (int i = 0; i < f->n_steps; i++)
        if (!strcmp(f->steps[i].name, name)) return &f->steps[i];
    return NULL;
}

static void print_step(Arena *arena, const char *mark, const Step *s, const Step *other)
{
    const bool alike = other && !strcmp(s->head, other->head);
    const bool brief = !other || (!strcmp(s->constants, other->constants) && strcmp(s->brief, other->brief));
    print_wrapped(mark, alike ? arena_format(arena, "%s: %s", s->head, s->ops) : brief ? s->brief : s->head);
}

/* Prints the calls from *at to `end` of B that A has not. */
static void print_only_b(Arena *arena, const Fact *a, const Fact *b, int *at, int end, int *n)
{
    for (; *at < end; ++*at)
        if (!step_named(a, b->steps[*at].name) && ++*n <= MOST_STEPS)
            print_step(arena, "    b  ", &b->steps[*at], NULL);
}

/* The calls that only one of two values is made by, in the order in which they are made, those of one name side by
 * side; with their ops where nothing else tells them apart. */
static void print_steps(Arena *arena, const Fact *a, const Fact *b)
{
    int n = 0, at = 0;
    for (int i = 0; i < a->n_steps; i++) {
        const Step *s = &a->steps[i], *other = step_named(b, s->name);
        if (other) print_only_b(arena, a, b, &at, (int)(other - b->steps), &n);
        if (other && !strcmp(s->head, other->head) && !strcmp(s->ops, other->ops)) continue;
        if (++n > MOST_STEPS) continue;
        print_step(arena, "    a  ", s, other);
        if (other) print_step(arena, "    b  ", other, s);
    }
    print_only_b(arena, a, b, &at, b->n_steps, &n);
    if (n > MOST_STEPS) printf("    and %d more\n", n - MOST_STEPS);
}

static bool same_first_word(const char *a, const char *b)
{
    const size_t n = strcspn(a, " ");
    return n == strcspn(b, " ") && !strncmp(a, b, n);
}

static void print_pair(Arena *arena, FactKind kind, const Pair *p)
{
    const char *name = p->a ? p->a->name : p->b->name, *a = p->a ? p->a->text : NULL, *b = p->b ? p->b->text : NULL;
    const bool both = a && b, same = both && !strcmp(a, b);
    if (kind == FACT_METRIC && both)
        printf("  %-*s %-14s %-14s b - a %+.6g\n", NAME, name, a, b,
               strtod(p->b->json, NULL) - strtod(p->a->json, NULL));
    else if (kind == FACT_VALUE && same) printf("  %-*s %s\n", NAME, name, a);
    else if (!same) print_row(name, a, b);
    if (kind == FACT_VALUE && both) print_steps(arena, p->a, p->b);
    /* how large the first values are follows from the shape */
    if (both && p->a->detail && (same || !same_first_word(p->a->detail, p->b->detail)))
        print_row(same ? name : "", p->a->detail, p->b->detail);
}

static void print_side(const char *letter, const Side *s, const SettingList *settings)
{
    Text text = text_new(s->arena);
    text_add(&text, "%s", s->path);
    for (int i = 0; i < settings->n; i++) text_add(&text, " %s=%s", settings->list[i].name, settings->list[i].value);
    print_wrapped(letter, text.chars);
}

static void print_text(Arena *arena, const Side *a, const Side *b, Pair *const pairs[], const int n[])
{
    static const char *const titles[FACT_KINDS] = {"options", "inputs",  "parameters", "states",
                                                   "values",  "train{}", "runs",       "metrics"};
    bool any = false;
    for (int kind = 0; kind < FACT_KINDS; kind++) {
        if (!n[kind]) continue;
        any = true;
        printf("\n%s\n", titles[kind]);
        for (int i = 0; i < n[kind]; i++) print_pair(arena, (FactKind)kind, &pairs[kind][i]);
    }
    if (a->flops_forward != b->flops_forward || a->flops_step != b->flops_step) {
        any = true;
        printf("\nFLOPs of one image\n");
        print_row("forward", arena_format(arena, "%lld", (long long)a->flops_forward),
                  arena_format(arena, "%lld", (long long)b->flops_forward));
        print_row("a step", arena_format(arena, "%lld", (long long)a->flops_step),
                  arena_format(arena, "%lld", (long long)b->flops_step));
    }
    if (any) return;
    puts(strcmp(a->graph_hash, b->graph_hash) ? "\nno difference but of the graph's hash" : "\nno difference");
}

static Side *side_of(Arena *arena, const char *path, const SettingList *settings, const char *flag)
{
    Side *side = side_read(arena, path, settings->n, settings->list);
    if (side->is_run && settings->n)
        usage_error("diff: %s is of a graph file; %s is a run, which has the options that it was trained with", flag,
                    path);
    return side;
}

int command_diff(int argc, char **argv)
{
    DiffArguments d = {0};
    arguments_parse(argc, argv, &diff_line, &d);
    Arena *arena = arena_new();
    const char *paths[2] = {d.all.argument, d.all.further[0]};
    if (!strcmp(paths[0], "-") && !strcmp(paths[1], "-")) usage_error("diff: only one of the two is standard input");
    const Side *a = side_of(arena, paths[0], &d.a, "--set-a"), *b = side_of(arena, paths[1], &d.b, "--set-b");
    const bool runs = a->is_run && b->is_run;
    Pair *pairs[FACT_KINDS];
    int n[FACT_KINDS];
    for (int kind = 0; kind < FACT_KINDS; kind++)
        n[kind] = pairs_of(arena, &a->facts[kind], &b->facts[kind], &pairs[kind]);
    if (!runs) n[FACT_RUN] = n[FACT_METRIC] = 0;
    if (d.all.json) print_json(arena, a, b, pairs, n);
    else {
        print_side("a  ", a, &d.a);
        print_side("b  ", b, &d.b);
        print_text(arena, a, b, pairs, n);
    }
    arena_free(arena);
    return 0;
}
