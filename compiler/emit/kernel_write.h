/* kernel_write.h - the kernel writer, shared by its parts.
 *
 *   kernel.c          the function: its signature, comment, and a call of the runtime where one computes its result
 *   kernel_loops.c    the loops around a kernel's values
 *   kernel_sums.c     how those loops add up
 *   kernel_row.c      variables of loops, and where the sums of a row lie
 *   kernel_element.c  one element of a value as a C expression; arguments, numbers */
#ifndef KERNEL_WRITE_H
#define KERNEL_WRITE_H

#include "emit/emission.h"

enum { COMPARISON_LEVEL = 5, ATOM = 9 };

/* C text with the precedence of its outermost operator: 0 is the lowest, ATOM is a call or a name. */
typedef struct Expr {
    const char *text;
    int precedence;
    bool whole;                  /* a real number whose C text is an int: a comparison, a label */
} Expr;

/* The name of a value at an index.  before: the next older memo of the same value, from 1; 0: none. */
typedef struct Memo { Value value; Index index; Expr expr; int before; } Memo;

/* A writer's notes on a value.  All writers of a program use one array; a note of another writer counts as none. */
typedef struct WriterNote {
    int tag;
    int memo;                    /* the last memo of the value, from 1; 0: none */
    int refs;                    /* how often an expression is used */
    int stage;                   /* of a kept value: its stage */
    int seen;                    /* the last round of hoisting that looked at it */
    const char *best_of;         /* of an argmax: the variable or array that holds the maximum */
    struct SumPlan *sum;         /* of a sum: the way it is cut into parts */
    const char *local_of;        /* the variable or array of a kept value without buffer */
    bool done;                   /* a kept value is complete and can be loaded */
} WriterNote;

struct WriterNotes {
    int writers;                 /* number of writers so far */
    WriterNote *of;              /* [graph->n] */
    /* [graph->n]: names of values that the shared function at work reads and writes, all different */
    const char **roles;
};

struct KernelWriter {
    const Plan *plan;
    const Program *p;
    const Graph *g;
    Arena *arena;
    const Kernel *k;
    int number;
    WriterNotes *notes;
    bool canonical;              /* neutral names, to compare kernels */
    const char *const *names;    /* [graph->n]: names of the values that it reads and writes */
    const char *packed, *sum;    /* names of the packed weights and the sums, buffers that hold no value */
    Text body;
    int n_parts, parts_capacity;
    FilePart *parts;
    int indent;
    int n_arguments, arguments_capacity;
    Argument *arguments;
    int n_memos, memos_capacity;
    Memo *memos;
    NameTable taken;             /* names of arguments and locals: the suffix to try next; 0: not taken */
    Type widest;                 /* the loops whose variables name the shared axes */
    int round;                   /* number of the round of hoisting */
    int tag;                     /* tag of this writer's notes */
    bool single;                 /* a fold has one variable, whatever its row is */
    Value raw;                   /* a contraction whose result lies in the buffer of another value */
    int raw_buffer;
};

static inline WriterNote *mark_of(const KernelWriter *w, Value v)
{
    WriterNote *mark = &w->notes->of[v];
    if (mark->tag != w->tag) *mark = (WriterNote){.tag = w->tag};
    return mark;
}
static inline const Node *writer_at(const KernelWriter *w, Value v) { return graph_at(w->g, v); }

/* kernel_element.c */
Expr write_element(KernelWriter *, Value, const Index *);                 /* loads it where it lies, else computes it */
Expr write_computed(KernelWriter *, Value, const Index *);          /* computes it, whether or not it could be loaded */
Expr write_name(KernelWriter *, Value, const Index *, Expr);                    /* declares a variable of that value */
const Expr *write_recall(const KernelWriter *, Value, const Index *);           /* the name it was given; NULL: none */
void write_forget(KernelWriter *, int memos);                                   /* all but the first `memos` */
void write_reserve(KernelWriter *, const char *name);                           /* no local gets it */
Index write_normal(const KernelWriter *, Value, const Index *);                 /* with 0 on axes of size 1 */
const char *write_hint(const KernelWriter *, Value);
const char *write_place(KernelWriter *, int buffer, const Index *);     /* the subscripts of an element of the buffer */
const char *write_subscripts(KernelWriter *, Type, const Index *, bool squeeze);
const char *write_table(KernelWriter *, Value);
/* Puts the text before the function, unless another function of the file brought it already. */
void write_before(KernelWriter *, Value, const char *name, const char *text);
const char *scalar_argument(KernelWriter *, ArgumentKind, const char *type, const char *name);
const char *buffer_argument(KernelWriter *, int buffer, bool written);
const char *leaf_argument(KernelWriter *, Value);
const char *write_buffer(const KernelWriter *, int buffer);   /* the name of the argument in which the buffer arrives */
int same_memory(const KernelWriter *, int buffer);

/* kernel_sums.c.  A sum is direct when each term is added in the place of the result, which begins at 0. */
bool sum_is_direct(KernelWriter *, Value);
bool sum_has_lanes(KernelWriter *, Value);                    /* its terms along the last axis go to 16 lanes in turn */
/* Writes the lines before the loop over an axis.  Returns the length of the blocks that the axis is cut into; 0: it is
 * not cut. */
int sums_open(KernelWriter *, int n, const Value *values, Type loops, int axis, const Index *);
const char *sums_from(KernelWriter *, const Index *, int axis, int block);   /* where that loop begins, where it ends */
const char *sums_to(KernelWriter *, const Index *, Type loops, int axis, int block);
void sum_term(KernelWriter *, Value, const Index *, const char *term);          /* inside of all loops */
void sums_close(KernelWriter *, int n, const Value *values, int axis, int block, const Index *);  /* behind the loop */

/* kernel_loops.c */
void count_uses(KernelWriter *, Value, bool start);
void write_loops(KernelWriter *, int n, const Value *values);

/* kernel_row.c */
const char *axis_name(Type loops, int axis);                                    /* the variable of a loop */
Index loops_index(KernelWriter *, Type loops);               /* the variables of all these loops; 0 on axes of size 1 */
/* the sum folds within the row, so it is complete when the row's loops end */
bool sum_of_row(const KernelWriter *, Value);
bool sum_is_one(KernelWriter *, Value);                                         /* the sum is one number for a row */
const char *sum_hint(KernelWriter *, Value);                            /* the name to make its variables' names from */
/* The place where a fold adds up: a variable, an array of the row, or its buffer. */
const char *sum_accumulator(KernelWriter *, Value, const Index *);
const char *row_dims(KernelWriter *, Value);      /* dimensions of an array of the row: "[28][16]", "" for one number */
const char *row_element(KernelWriter *, const char *name, Type, const Index *); /* an element of such an array */
const char *stored(KernelWriter *, Value, const Index *);               /* an element in its buffer, to be written */

#endif
