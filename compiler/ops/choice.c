/* choice.c - which algorithm a contraction gets: the choice of a table of measurements, or else of the cost model. */
#include "graph/choice.h"

#include <string.h>

#include "graph/op.h"

const char *const form_names[] = {"conv2d", "conv2d_grad_input", "conv2d_grad_weight", "matmul"};

static bool same(const Choice *a, const Choice *b)
{
    if (a->form != b->form) return false;
    if (a->form != PRODUCT) return !memcmp(&a->conv, &b->conv, sizeof a->conv);
    const Product *p = &a->product, *q = &b->product;
    return type_equal(p->left, q->left) && type_equal(p->right, q->right) && p->turned[0] == q->turned[0] &&
           p->turned[1] == q->turned[1];
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

int algorithm_of(const Graph *g, Value v)
{
    Choice choice;
    if (!choice_of(g, v, g->tuning && g->tuning->openblas, &choice)) return choice.model;
    const Choice *tuned = g->tuning ? choice_for(g->tuning, &choice) : NULL;
    return tuned ? tuned->chosen : choice.model;
}

const char *algorithm_name(const Choice *choice, int algorithm)
{
    if (choice->form == PRODUCT && algorithm == OWN) return choice->product.outer ? "outer products" : "matmul";
    return algorithm_at(algorithm)->name;
}
