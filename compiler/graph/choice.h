/* choice.h - which algorithm a contraction gets: the cost model chooses, or a measurement does. */
#ifndef CHOICE_H
#define CHOICE_H

#include "graph/graph.h"

#include "rt_winograd.h"

/* The contractions for which an algorithm is chosen: a convolution, its two adjoints, a matrix product. */
typedef enum Form { FORWARD, TO_INPUT, TO_WEIGHT, PRODUCT } Form;

/* A way to carry out a convolution and its adjoints: a row of the table in algorithms.c.  A product is carried out by
 * our own kernels, OWN, or by OpenBLAS. */
typedef struct Algorithm {
    const char *name, *doc;        /* its name in records and files of choices; its nature and when it is chosen */
    const char *prefix, *header;   /* the beginning of the runtime functions' names; the header that declares them */
    const char *suffix;            /* ends an emitted function's name where sizes do not tell them apart; NULL: none */
    int tile;                      /* RtConv.tile; train{ accuracy = } limits it */
    bool openblas;                 /* needs OpenBLAS: allowed only when --fast asks for it */
    double steps;                  /* roundings by which cancellation may enlarge an error */
    bool (*fits)(RtConv);
    double (*cost)(RtConv);        /* the model takes the least; NULL: the model does not compare it with others */
    /* The convolution whose forward form is this one's form to the input.  NULL: that form has functions of its own. */
    RtConv (*back)(RtConv);
    int64_t (*packed_floats)(RtConv), (*back_packed_floats)(RtConv);    /* floats of a weight: forward; to the input */
    int64_t (*scratch_floats)(RtConv), (*sum_floats)(RtConv);           /* floats of a call; of the sum for a weight */
} Algorithm;

enum { OWN, MOST_ALGORITHMS = 16 };

/* A matrix product as ops/matmul.c calls it.  Two products with equal sides are the same: the rest follows. */
typedef struct Product {
    Type left, right, out;
    bool turned[2];                /* whether a side goes in transposed */
    bool outer;                    /* adds up outer products */
    bool one;                      /* one product for all rows; else one for each matrix of a stack */
    bool packed_once;              /* our kernel lays the right side out once a step, not at each call */
    /* Rows, columns and terms of each matrix.  run, for outer products: terms that are summed up before they are
     * added. */
    Dim m, n, k, run;
} Product;

/* One form of one contraction, for all kernels that it occurs in. */
typedef struct Choice {
    Form form;
    RtConv conv;                   /* a convolution's sizes; .tile is 0 */
    Product product;               /* a PRODUCT's sizes */
    unsigned allowed;              /* bit 1 << number for each algorithm that may be chosen */
    int model, chosen;             /* the cost model's choice; the algorithm that is used */
    const char *kernel;            /* the first kernel that computes it */
    int kernels;                   /* how many kernels of a step compute it */
    int64_t samples, calls;        /* samples in a call; calls of each kernel in a step */
    double ms[MOST_ALGORITHMS];     /* time of all these kernels in a step, on one thread; 0: not measured */
    int line;                      /* line of the file of choices that names it; 0: none yet */
} Choice;

typedef struct Tuning {
    /* The OpenBLAS that may be chosen, in its own words.  NULL: none, and the table has no products. */
    const char *openblas;
    int n;
    Choice *choices;               /* in the order of the program's kernels */
    const char *text;              /* the text of the file NAME.tune.json */
    char sha256[65];               /* over the choices, without the measured times */
} Tuning;

/* ---- graph/algorithms.c ---- */

int algorithm_count(void);
const Algorithm *algorithm_at(int);
int openblas_number(void);

/* Fills in the algorithms that a convolution may get, and the cost model's choice.  false: nothing is to be chosen. */
bool convolution_choice(RtConv, int largest_tile, bool openblas, Choice *);

/* ---- ops/choice.c ---- */

extern const char *const form_names[];                           /* names of ops, by Form */
const char *algorithm_name(const Choice *, int algorithm);

/* Fills in the algorithms that a value may get, and the cost model's choice.  openblas: OpenBLAS may be chosen.  false:
 * there is nothing to choose. */
bool choice_of(const Graph *, Value, bool openblas, Choice *);
Choice *choice_for(const Tuning *, const Choice *asked);         /* the one of that form and sizes; NULL: none */
int algorithm_of(const Graph *, Value);                          /* the algorithm of a contraction, by the tuning */

#endif
