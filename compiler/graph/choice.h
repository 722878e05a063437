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

/* ops/conv2d.c, ops/matmul.c: what there is to choose for a value, with or without OpenBLAS, and the cost model's choice; false: nothing. */
bool convolution_choice(const Graph *, Value, bool openblas, Choice *);
void product_choice(const Graph *, Value, Choice *);
Algorithm algorithm_of(const Graph *, Value);                                /* what a contraction gets */

const char *tile_name(int tile);                                 /* direct, winograd f2, winograd f4 */

#endif
