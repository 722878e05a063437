/* choice.c - which algorithm a contraction gets: the one that was measured, where there is a table, else the cost model's. */
#include "graph/choice.h"

#include <string.h>

#include "graph/op.h"

const char *const form_names[] = {"conv2d", "conv2d_grad_input", "conv2d_grad_weight", "matmul"};

const char *tile_name(int tile) { return tile == 4 ? "winograd f4" : tile == 2 ? "winograd f2" : "direct"; }

static bool same(const Choice *a, const Choice *b)
{
    if (a->form != b->form) return false;
    if (a->form != PRODUCT) return !memcmp(&a->conv, &b->conv, sizeof a->conv);
    const Product *p = &a->product, *q = &b->product;
    return type_equal(p->left, q->left) && type_equal(p->right, q->right) && p->turned[0] == q->turned[0] && p->turned[1] == q->turned[1];
}

Choice *choice_for(const Tuning *t, const Choice *asked)
{
    for (int i = 0; i < t->n; i++)
        if (same(&t->choices[i], asked)) return &t->choices[i];
    return NULL;
}

bool choice_of(const Graph *g, Value v, bool openblas, Choice *choice)
{
    const Op *op = graph_at(g, v)->op;
    *choice = (Choice){.allowed = 1u << OWN};
    if (!op->choice || !op->choice(g, v, openblas, choice)) return false;
    choice->chosen = choice->model;
    return true;
}

static Algorithm tuned_algorithm(const Tuning *t, const Choice *asked)
{
    const Choice *choice = choice_for(t, asked);
    return choice ? choice->chosen : ALGORITHMS;
}

Algorithm algorithm_of(const Graph *g, Value v)
{
    Choice choice;
    if (!choice_of(g, v, g->tuning && g->tuning->openblas, &choice)) return OWN;
    const Algorithm tuned = g->tuning ? tuned_algorithm(g->tuning, &choice) : ALGORITHMS;
    return tuned < ALGORITHMS ? tuned : choice.model;
}

const char *algorithm_name(const Choice *choice, Algorithm a)
{
    if (a == OPENBLAS) return "openblas";
    return choice->form != PRODUCT ? tile_name(2 * (int)a) : choice->product.outer ? "outer products" : "matmul";
}
