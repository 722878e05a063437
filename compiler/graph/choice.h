/* choice.h - which algorithm a contraction gets: by the cost model, or as it was measured. */
#ifndef CHOICE_H
#define CHOICE_H

#include "graph/graph.h"

#include "rt_winograd.h"


/* A convolution and its adjoints, and a matrix product: each may be carried out in another way. */
typedef enum Form { FORWARD, TO_INPUT, TO_WEIGHT, PRODUCT } Form;

/* OWN: direct sums, which there are of everything; F(2x2), F(4x4): tile 2, 4; OPENBLAS: only where --fast asks for it. */
typedef enum Algorithm { OWN, WINOGRAD_F2, WINOGRAD_F4, OPENBLAS, ALGORITHMS } Algorithm;

/* A matrix product as ops/matmul.c calls it.  It is known by its sides; the rest follows from them. */
typedef struct Product {
    Type left, right, out;
    bool turned[2];                /* a side that goes in transposed */
    bool outer;                    /* adds up outer products */
    bool one;                      /* all rows go together; else a product for each matrix of a stack */
    bool packed_once;              /* our kernel lays the right side out once a step, not at each call */
    Dim m, n, k, run;              /* rows, columns, terms of each matrix; of outer products, terms that are summed up before they are added */
} Product;

/* One form of one contraction, for all kernels that it occurs in. */
typedef struct Choice {
    Form form;
    RtConv conv;                   /* of a convolution; .tile is 0 */
    Product product;               /* of a PRODUCT */
    unsigned allowed;              /* 1 << Algorithm of each that may be chosen */
    Algorithm model, chosen;       /* what the cost model chooses; what is used */
    const char *kernel;            /* the first that computes it */
    int kernels;                   /* of a step that compute it */
    int64_t samples, calls;        /* of a call; calls of each kernel in a step */
    double ms[ALGORITHMS];         /* of all these kernels in a step, on one thread; 0: not measured */
    int line;                      /* of the file that says it; 0: nothing yet */
} Choice;

typedef struct Tuning {
    const char *openblas;          /* which OpenBLAS may be chosen, as it says itself; NULL: none, and products are not in the table */
    int n;
    Choice *choices;               /* in the order of the program's kernels */
    const char *text;              /* of the file NAME.tune.json */
    char sha256[65];               /* over what is chosen, not over what was measured */
} Tuning;

/* ---- ops/choice.c ---- */

extern const char *const form_names[];                           /* by Form: names of ops */
const char *tile_name(int tile);                                 /* direct, winograd f2, winograd f4 */
const char *algorithm_name(const Choice *, Algorithm);

/* What there is to choose for a value, as the cost model has it; openblas: it may be chosen.  false: nothing. */
bool choice_of(const Graph *, Value, bool openblas, Choice *);
Choice *choice_for(const Tuning *, const Choice *asked);         /* of the same form and sizes; NULL: there is none */
Algorithm algorithm_of(const Graph *, Value);                    /* the one that a contraction gets, by the graph's tuning */

#endif
