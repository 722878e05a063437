/* formula.c - comments on values in emitted C: how one value is computed, and what several values are together. */
#include "schedule/program.h"

#include <string.h>

enum { LONGEST = 110 };   /* characters of a formula; a longer one ends in dots */

/* Is the value written as a name? */
static bool is_plain(const Program *p, int kernel, Value v)
{
    const bool kept = p->kernel_of[v] >= 0 && (p->kernel_of[v] != kernel || p->buffer_of[v] >= 0);
    return kept || is_stored_leaf(p->graph, v);
}

static void add_formula(const Program *p, const char *const *names, int kernel, Text *text, Value v, bool start,
                        int depth)
{
    enum { DEEPEST = 12 };
    const Node *node = graph_at(p->graph, v);
    double number = node->op == &op_constant && node->attr.n_reals == 1 ? node->attr.reals[0] : 0;
    if (text->length > LONGEST || depth > DEEPEST) {
        text_add(text, "...");
        return;
    }
    if (!start && is_plain(p, kernel, v)) {
        text_add(text, "%s", names[v] ? names[v] : node->op->name);
        return;
    }
    if (node->op == &op_constant) {
        text_add(text, "%g", number);
        return;
    }
    const char *infix = node->op == &op_add       ? " + "
                        : node->op == &op_sub     ? " - "
                        : node->op == &op_mul     ? " * "
                        : node->op == &op_div     ? " / "
                        : node->op == &op_greater ? " > "
                        : node->op == &op_equal   ? " == "
                                                  : NULL;
    if (infix) {
        if (!start) text_add(text, "(");
        add_formula(p, names, kernel, text, node->in[0], false, depth + 1);
        text_add(text, "%s", infix);
        add_formula(p, names, kernel, text, node->in[1], false, depth + 1);
        if (!start) text_add(text, ")");
        return;
    }
    if (node->op == &op_reshape || node->op == &op_broadcast || node->op == &op_to_real) {
        add_formula(p, names, kernel, text, node->in[0], start && !is_plain(p, kernel, node->in[0]), depth + 1);
        return;
    }
    text_add(text, "%s", node->op->name);
    if (node->n_in == 0) return;
    text_add(text, "(");
    for (int i = 0; i < node->n_in; i++) {
        if (i) text_add(text, ", ");
        add_formula(p, names, kernel, text, node->in[i], !is_plain(p, kernel, node->in[i]), depth + 1);
        if (node->op == &op_matmul && node->attr.ints[i]) text_add(text, "'");
    }
    text_add(text, ")");
}

const char *formula(const Program *p, const char *const *names, int kernel, Value v)
{
    Text text = text_new(p->graph->arena);
    add_formula(p, names, kernel, &text, v, true, 0);
    return text.chars;
}

bool formula_is_whole(const char *text) { return strlen(text) <= LONGEST && !strstr(text, "..."); }

/* ---- what values are together ---- */

/* The layer of a value: stages.1.1.bn1.  role: the constructor instead, batch_norm, as for a function that many layers
 * share. */
static const char *subject_of(const Program *p, Value v, bool role)
{
    const Graph *g = p->graph;
    const Note *note = &g->notes[v];
    if (note->again_of && note->again_of < v) return subject_of(p, note->again_of, role);
    const Label *label = note->label;
    while (label && label->of && !(label->whole && !role)) label = label->of;
    if (note->name && !role) return note->name;
    for (int i = 0; i < p->goal->n_roots && !role; i++)
        if (p->goal->roots[i].value == v && p->goal->roots[i].kind < ROOT_GRADIENT) return p->goal->roots[i].name;
    if (!label) return graph_at(g, v)->op->name;
    return role || !label->path ? label_constructor(label) : label->path;
}

/* Names that have not been said yet, and their number. */
typedef struct Subjects { NameTable said; int n, capacity; const char **names; } Subjects;

static void add_subject(Subjects *s, const char *name)
{
    if ((*name_number(&s->said, name))++) return;
    s->names = arena_grow(s->said.arena, s->names, s->n, &s->capacity, sizeof *s->names);
    s->names[s->n++] = name;
}

static void add_subjects(Text *text, const char *what, const Subjects *s)
{
    enum { FEW = 4 };
    if (!s->n) return;
    text_add(text, "%s%s ", text->length ? "; " : "", what);
    for (int i = 0; i < s->n && s->n <= FEW; i++) text_add(text, i ? ", %s" : "%s", s->names[i]);
    if (s->n > FEW) text_add(text, "%s .. %s", s->names[0], s->names[s->n - 1]);
}

const char *description(const Program *p, int n, const Value *values, bool role)
{
    Arena *arena = p->graph->arena;
    Subjects forward = {.said = name_table_new(arena)}, again = forward, backward = forward;
    again.said = name_table_new(arena), backward.said = name_table_new(arena);
    bool sums = true, batch = true;
    for (int i = 0; i < n; i++) {
        const Note *note = &p->graph->notes[values[i]];
        const bool of = note->gradient_of || (note->label && note->label->of);
        const bool gradient = of && p->kernels[p->kernel_of[values[i]]].backward;
        add_subject(note->again_of ? &again : gradient ? &backward : &forward, subject_of(p, values[i], role));
        const int buffer = p->buffer_of[values[i]];
        sums = sums && graph_at(p->graph, values[i])->op->kind == REDUCE;
        batch = batch && buffer >= 0 && p->buffers[buffer].zeroed;
    }
    Text text = text_new(arena);
    add_subjects(&text, "forward of", &forward);
    add_subjects(&text, "once more", &again);
    add_subjects(&text, "backward of", &backward);
    if (n && sums) text_add(&text, batch ? ": sums over the batch" : ": sums");
    return text.chars;
}
