/* choice.h - which algorithm a contraction gets: by the cost model, or as it was measured. */
#ifndef CHOICE_H
#define CHOICE_H

#include "graph/graph.h"

#include "rt_winograd.h"

/* A convolution and its adjoints, and a matrix product: each may be carried out in another way. */
typedef enum Form { FORWARD, TO_INPUT, TO_WEIGHT, PRODUCT } Form;

/* A way to carry out a convolution and its adjoints: a row of the table in algorithms.c.  A product is carried out by
 * our own kernels, OWN, or by OpenBLAS. */
typedef struct Algorithm {
    const char *name, *doc;        /* as records and files of choices have it; what it is, when it is chosen */
    const char *prefix, *header;   /* what the runtime's functions begin with; where they are */
    const char *suffix;            /* of emitted functions that call them, where sizes do not tell; NULL: none */
    int tile;                      /* RtConv.tile; at most as train{ accuracy = } has it */
    bool openblas;                 /* only where --fast asks for it */
    double steps;                  /* roundings by which cancellation may enlarge an error */
    bool (*fits)(RtConv);
    double (*cost)(RtConv);        /* by which the model chooses; NULL: it does not choose among others */
    RtConv (*back)(RtConv);        /* whose forward form is this one's form to the input; NULL: that is its own */
    int64_t (*packed_floats)(RtConv), (*back_packed_floats)(RtConv);    /* of a weight, forward and to the input */
    int64_t (*scratch_floats)(RtConv), (*sum_floats)(RtConv);           /* of a call; of the sum for a weight */
} Algorithm;

enum { OWN, MOST_ALGORITHMS = 16 };

/* A matrix product as ops/matmul.c calls it.  It is known by its sides; the rest follows from them. */
typedef struct Product {
    Type left, right, out;
    bool turned[2];                /* a side that goes in transposed */
    bool outer;                    /* adds up outer products */
    bool one;                      /* all rows go together; else a product for each matrix of a stack */
    bool packed_once;              /* our kernel lays the right side out once a step, not at each call */
    /* rows, columns, terms of each matrix; of outer products, terms that are summed up before they are added */
    Dim m, n, k, run;
} Product;

/* One form of one contraction, for all kernels that it occurs in. */
typedef struct Choice {
    Form form;
    RtConv conv;                   /* of a convolution; .tile is 0 */
    Product product;               /* of a PRODUCT */
    unsigned allowed;              /* 1 << number of each algorithm that may be chosen */
    int model, chosen;             /* what the cost model chooses; what is used */
    const char *kernel;            /* the first that computes it */
    int kernels;                   /* of a step that compute it */
    int64_t samples, calls;        /* of a call; calls of each kernel in a step */
    double ms[MOST_ALGORITHMS];     /* of all these kernels in a step, on one thread; 0: not measured */
    int line;                      /* of the file that says it; 0: nothing yet */
} Choice;

typedef struct Tuning {
    /* which OpenBLAS may be chosen, as it says itself; NULL: none, and products are not in the table */
    const char *openblas;
    int n;
    Choice *choices;               /* in the order of the program's kernels */
    const char *text;              /* of the file NAME.tune.json */
    char sha256[65];               /* over what is chosen, not over what was measured */
} Tuning;

/* ---- graph/algorithms.c ---- */

int algorithm_count(void);
const Algorithm *algorithm_at(int);
int openblas_number(void);

/* Fills in which algorithms a convolution may get, and the cost model's choice.  false: there is nothing to choose. */
bool convolution_choice(RtConv, int largest_tile, bool openblas, Choice *);

/* ---- ops/choice.c ---- */

extern const char *const form_names[];                           /* by Form: names of ops */
const char *algorithm_name(const Choice *, int algorithm);

/* What there is to choose for a value, as the cost model has it; openblas: it may be chosen.  false: nothing. */
bool choice_of(const Graph *, Value, bool openblas, Choice *);
Choice *choice_for(const Tuning *, const Choice *asked);         /* of the same form and sizes; NULL: there is none */
int algorithm_of(const Graph *, Value);                          /* that a contraction gets, by the graph's tuning */

#endif
