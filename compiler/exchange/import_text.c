/* import_text.c - the statements of a module in Lua. */
#include "exchange/import.h"

#include <ctype.h>
#include <string.h>

/* In the text of a template a hole is one byte, and an option that stands there on its own another one. */
enum { HOLE = 1, OPTION = 2 };

const char *const variable_names[] = {"x", "y", "z", "u", "v", "w", "p", "q", "r", "s", "t", NULL};

/* ---- templates ---- */

static void hole_add(Import *m, Template *t, Hole hole)
{
    t->holes = arena_grow(m->arena, t->holes, t->n, &t->capacity, sizeof *t->holes);
    t->holes[t->n++] = hole;
    text_add(&t->text, "%c%s%c", hole.option ? OPTION : HOLE, hole.key, HOLE);
}

const char *template_text(Import *m, const Template *t, const char *const *with)
{
    Text out = text_new(m->arena);
    text_add(&out, "%s", "");
    int n = 0;
    const char *at = t->text.chars ? t->text.chars : "";
    while (*at) {
        const size_t plain = strcspn(at, "\1\2");
        text_add(&out, "%.*s", (int)plain, at);
        at += plain;
        if (!*at) break;
        const Hole *h = &t->holes[n];
        const char *value = with && with[n] ? with[n] : h->value;
        if (!h->option) text_add(&out, "%s", value);
        else if (value && (!h->otherwise || strcmp(value, h->otherwise))) text_add(&out, "%s = %s, ", h->key, value);
        at = strchr(at + 1, HOLE) + 1;
        n++;
    }
    return out.chars ? out.chars : "";
}

/* ---- expressions ---- */

static int strength(const Expr *e)
{
    if (e->kind == EXPR_NUMBER && *e->word == '-') return 3;
    if (e->kind != EXPR_INFIX || e->variable) return 9;
    return *e->word == '^' ? 4 : *e->word == '*' || *e->word == '/' ? 2 : 1;
}

static void expr_write(Import *m, Template *t, const Group *g, const Expr *e);

static void operand_write(Import *m, Template *t, const Group *g, const Expr *e, int least)
{
    const bool brackets = strength(e) < least;
    text_add(&t->text, "%s", brackets ? "(" : "");
    expr_write(m, t, g, e);
    text_add(&t->text, "%s", brackets ? ")" : "");
}

/* The part of a path below a module. */
static const char *below(const char *path, const char *module)
{
    const size_t n = strlen(module);
    return n && !strncmp(path, module, n) && path[n] == '.' ? path + n + 1 : path;
}

/* { 1, 1, 64 }, each number for itself. */
static void shape_write(Import *m, Template *t, const char *list)
{
    text_add(&t->text, "{ ");
    for (const char *at = list + 2, *end; isdigit((unsigned char)*at); at = end + strspn(end, ", ")) {
        end = at + strspn(at, "0123456789");
        text_add(&t->text, at > list + 2 ? ", " : "");
        hole_add(m, t, (Hole){"channels", arena_format(m->arena, "%.*s", (int)(end - at), at), NULL, false});
    }
    text_add(&t->text, " }");
}

static void call_write(Import *m, Template *t, const Group *g, const Expr *e)
{
    int options = 0;
    const bool tied = e->layer == NULL && e->n == 2 && (!strcmp(e->word, "conv2d") || !strcmp(e->word, "linear"));
    text_add(&t->text, "%s(%s", e->word, e->list ? "{ " : "");
    for (int i = 0; i < e->n - tied; i++) {
        text_add(&t->text, "%s", i ? ", " : "");
        expr_write(m, t, g, e->of[i]);
    }
    text_add(&t->text, "%s", e->list ? " }" : "");
    for (int i = 0; i < e->n_pieces; i++) {
        const Piece *p = &e->pieces[i];
        if (p->option) {
            options += e->layer || !p->otherwise || strcmp(p->text, p->otherwise);
            continue;
        }
        text_add(&t->text, "%s", i || e->n ? ", " : "");
        if (isdigit((unsigned char)*p->text)) hole_add(m, t, (Hole){p->key, p->text, NULL, false});
        else if (!strcmp(p->key, "shape")) shape_write(m, t, p->text);
        else text_add(&t->text, "%s", p->text);
    }
    if (options || e->layer || tied) {
        text_add(&t->text, ", { ");
        if (tied) {
            text_add(&t->text, "weight = ");
            expr_write(m, t, g, e->of[1]);
            text_add(&t->text, options ? ", " : "");
        }
        int shown = 0;
        for (int i = 0; i < e->n_pieces; i++) {
            const Piece *p = &e->pieces[i];
            if (!p->option) continue;
            if (e->layer) hole_add(m, t, (Hole){p->key, p->text, p->otherwise ? p->otherwise : "", true});
            else if (!p->otherwise || strcmp(p->text, p->otherwise))
                text_add(&t->text, "%s%s = %s", shown++ ? ", " : "", p->key, p->text);
        }
        if (e->layer) text_add(&t->text, "name = \"%s\"", below(e->layer, g->path));
        text_add(&t->text, " }");
    }
    text_add(&t->text, ")");
}

static void expr_write(Import *m, Template *t, const Group *g, const Expr *e)
{
    if (e->variable) {
        text_add(&t->text, "%s", e->variable);
    } else if (e->kind == EXPR_NUMBER || e->kind == EXPR_CONSTANT) {
        text_add(&t->text, "%s", e->word);
    } else if (e->kind == EXPR_INFIX) {
        const int own = strength(e);
        operand_write(m, t, g, e->of[0], own);
        text_add(&t->text, " %s ", e->word);
        operand_write(m, t, g, e->of[1], own + 1);
    } else call_write(m, t, g, e);
}

/* ---- which values are statements of their own ---- */

static bool is_product(const Expr *e)
{
    return e->kind == EXPR_CALL && (!strcmp(e->word, "conv2d") || !strcmp(e->word, "linear"));
}

static bool is_operand(const Expr *e)
{
    return e->kind == EXPR_NUMBER || e->kind == EXPR_CONSTANT || (e->kind == EXPR_CALL && !strcmp(e->word, "param"));
}

/* A value is written inside its only user, so long as that is easy to read: a layer, its norm and its activation. */
static void decide(Import *m, Expr *e)
{
    enum { MOST_CALLS = 4 };
    e->size = 1;
    e->product = is_product(e);
    for (int i = 0; i < e->n; i++)
        if (e->of[i]->inlined) e->size += e->of[i]->size, e->product |= e->of[i]->product;
    const Expr *user = e->user;
    if (e == m->logits || e == m->features || e->uses != 1 || !user || user->home != e->home) return;
    e->inlined = true;
    if (is_operand(e)) return;
    bool beside_value = user->kind == EXPR_INFIX || user->list;
    for (int i = 0; i < user->n && user->kind == EXPR_INFIX; i++)
        if (user->of[i] != e && is_operand(user->of[i])) beside_value = false;
    if (e->size >= MOST_CALLS || (e->product && (is_product(user) || beside_value))) e->inlined = false;
}

/* ---- statements ---- */

typedef struct Statement {
    Expr *expr;
    Group *group;
} Statement;
typedef struct Body {
    int n, n_declared, declared_capacity, n_bound, bound_capacity;
    Statement *statements;
    const char **declared;
    Expr **bound;
} Body;

static void read_by(Expr *e, int statement)
{
    if (e->inlined)
        for (int i = 0; i < e->n; i++) read_by(e->of[i], statement);
    else e->last_read = statement;
}

static bool is_declared(const Body *b, const char *name)
{
    for (int i = 0; i < b->n_declared; i++)
        if (!strcmp(b->declared[i], name)) return true;
    return false;
}

static void declare(Import *m, Body *b, const char *name)
{
    b->declared = arena_grow(m->arena, b->declared, b->n_declared, &b->declared_capacity, sizeof *b->declared);
    b->declared[b->n_declared++] = name;
}

static void bind(Import *m, Body *b, Expr *e)
{
    b->bound = arena_grow(m->arena, b->bound, b->n_bound, &b->bound_capacity, sizeof *b->bound);
    b->bound[b->n_bound++] = e;
}

/* A name that no value needs which is read behind the statement. */
static const char *free_name(Import *m, Body *b, int statement)
{
    for (int k = 0;; k++) {
        enum { NAMES = 11 };
        const char *name = k < NAMES ? variable_names[k] : arena_format(m->arena, "x%d", k);
        bool busy = false;
        for (int i = 0; i < b->n_bound; i++) {
            if (b->bound[i]->last_read <= statement) { /* done with */
                if (b->bound[i]->variable && b->bound[i]->last_read < statement) b->bound[i--] = b->bound[--b->n_bound];
                continue;
            }
            busy |= b->bound[i]->variable && !strcmp(b->bound[i]->variable, name);
        }
        if (!busy) return name;
    }
}

/* What a statement's value is called: as the first of its operands that nothing needs any more, if there is one. */
static const char *name_for(Import *m, Body *b, int statement, const Expr *e, const Group *of)
{
    if (e == m->logits || e == m->features) return e == m->logits ? "logits" : "features";
    const char *name = free_name(m, b, statement);
    for (int i = 0; i < (of ? of->n_inputs : 0); i++) {
        const Expr *x = of->inputs[i];
        if (x->variable && x->last_read == statement && is_declared(b, x->variable)) return x->variable;
    }
    return name;
}

static void group_write(Import *m, Template *t, const Group *g, Group *inner, int indent)
{
    const char *path = below(inner->path, g->path);
    const Family *f = inner->family;
    if (f && f->name) {
        text_add(&t->text, "%s(\"%s\"", f->name, path);
        for (int i = 0; i < inner->n_inputs; i++) text_add(&t->text, ", %s", inner->inputs[i]->variable);
        for (int p = 0; p < f->n_parameters; p++) {
            const Hole *h = &inner->body.holes[f->parameter_holes[p]];
            text_add(&t->text, ", ");
            hole_add(m, t, (Hole){f->parameters[p], h->value, h->otherwise, false});
        }
        text_add(&t->text, ")");
        return;
    }
    text_add(&t->text, "scope(\"%s\", function()\n", path);
    body_write(m, t, inner, indent + 4);
    text_add(&t->text, "%*send)", indent, "");
}

static void value_write(Import *m, Template *t, const Group *g, const Statement *s, int indent)
{
    if (s->group) group_write(m, t, g, s->group, indent);
    else expr_write(m, t, g, s->expr);
}

static void statement_write(Import *m, Template *t, Group *g, Body *b, int i, int indent)
{
    const Statement *s = &b->statements[i];
    Group one = {.n_inputs = s->expr ? s->expr->n : 0, .inputs = s->expr ? s->expr->of : NULL, .outputs = NULL};
    Expr *result = s->expr;
    Expr **results = s->group ? s->group->outputs : &result;
    const int n = s->group ? s->group->n_outputs : 1;
    const bool returned = *g->path && i == b->n - 1 && n == 1 && g->n_outputs == 1 && results[0] == g->outputs[0];
    text_add(&t->text, "%*s", indent, "");
    if (returned) {
        text_add(&t->text, "return ");
        value_write(m, t, g, s, indent);
        text_add(&t->text, "\n");
        return;
    }
    /* the value is written first: its operands have the names that they have before it */
    Template value = {.text = text_new(m->arena)};
    int *reads = arena_array(m->arena, n + 1, sizeof *reads);
    for (int k = 0; k < n; k++) reads[k] = results[k]->last_read;
    value_write(m, &value, g, s, indent);
    for (int k = 0; k < n; k++) results[k]->last_read = reads[k];
    bool all_new = true, all_global = true;
    const char **names = arena_array(m->arena, n + 1, sizeof *names);
    for (int k = 0; k < n; k++) {
        Expr *deep = s->group ? NULL : result; /* operands of operands that are written inside */
        while (deep && deep->n && deep->of[0]->inlined) deep = deep->of[0];
        if (deep) one.n_inputs = deep->n, one.inputs = deep->of;
        names[k] = name_for(m, b, i, results[k], s->group ? s->group : &one);
        results[k]->variable = NULL;
        for (int j = 0; j < k; j++)
            if (!strcmp(names[j], names[k])) names[k] = free_name(m, b, i);
        const bool global = results[k] == m->logits || results[k] == m->features;
        all_global &= global;
        if (is_declared(b, names[k])) all_new = false;
        results[k]->variable = names[k];
        bind(m, b, results[k]);
    }
    if (!all_global && !all_new && n > 1) /* some are there already: the others are declared alone */
        for (int k = 0; k < n; k++)
            if (!is_declared(b, names[k]) && strcmp(names[k], "logits") && strcmp(names[k], "features"))
                text_add(&t->text, "local %s\n%*s", names[k], indent, ""), declare(m, b, names[k]);
    if (!all_global && all_new) text_add(&t->text, "local ");
    for (int k = 0; k < n; k++) {
        text_add(&t->text, "%s%s", k ? ", " : "", names[k]);
        if (!is_declared(b, names[k])) declare(m, b, names[k]);
    }
    text_add(&t->text, " = %s\n", value.text.chars);
    for (int k = 0; k < value.n; k++) {
        t->holes = arena_grow(m->arena, t->holes, t->n, &t->capacity, sizeof *t->holes);
        t->holes[t->n++] = value.holes[k];
    }
}

void body_write(Import *m, Template *t, Group *g, int indent)
{
    Body b = {0};
    int capacity = 0;
    const char **before = arena_array(m->arena, g->n_inputs + 1, sizeof *before);
    int *reads = arena_array(m->arena, g->n_inputs + 1, sizeof *reads);
    for (int i = 0; i < g->n_inputs; i++) {
        Expr *e = g->inputs[i];
        before[i] = e->variable, reads[i] = e->last_read;
        if (!e->variable) { /* an argument of a function */
            enum { NAMES = 11 };
            e->variable = i < NAMES ? variable_names[i] : arena_format(m->arena, "x%d", i);
            declare(m, &b, e->variable);
        }
        e->last_read = -1;
        bind(m, &b, e);
    }
    for (int i = 0; i < g->n; i++) {
        Expr *e = g->items[i].expr;
        if (e) decide(m, e), e->variable = NULL, e->last_read = -1;
        if (e && e->inlined) continue;
        b.statements = arena_grow(m->arena, b.statements, b.n, &capacity, sizeof *b.statements);
        b.statements[b.n++] = (Statement){e, g->items[i].group};
    }
    for (int i = 0; i < b.n; i++) {
        const Statement *s = &b.statements[i];
        for (int k = 0; s->expr && k < s->expr->n; k++) read_by(s->expr->of[k], i);
        for (int k = 0; s->group && k < s->group->n_outputs; k++) s->group->outputs[k]->last_read = -1;
        for (int k = 0; s->group && k < s->group->n_inputs; k++) s->group->inputs[k]->last_read = i;
    }
    for (int i = 0; i < g->n_outputs; i++) g->outputs[i]->last_read = b.n;
    for (int i = 0; i < b.n; i++) statement_write(m, t, g, &b, i, indent);
    const Statement *last = b.n ? &b.statements[b.n - 1] : NULL;
    const Expr *made = !last                         ? NULL
                       : last->expr                  ? last->expr
                       : last->group->n_outputs == 1 ? last->group->outputs[0]
                                                     : NULL;
    if (*g->path && !(g->n_outputs == 1 && made == g->outputs[0])) {
        text_add(&t->text, "%*sreturn ", indent, "");
        for (int i = 0; i < g->n_outputs; i++) text_add(&t->text, "%s%s", i ? ", " : "", g->outputs[i]->variable);
        text_add(&t->text, "\n");
    }
    for (int i = 0; i < g->n_inputs; i++) g->inputs[i]->variable = before[i], g->inputs[i]->last_read = reads[i];
}
