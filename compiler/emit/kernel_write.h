/* kernel_write.h - what the parts of the kernel writer share.
 *
 *   kernel.c          the function: its signature, comment, and a call of the runtime where one computes its result
 *   kernel_loops.c    the loops around the values that it keeps
 *   kernel_sums.c     how those loops add up
 *   kernel_row.c      variables of loops, and where the sums of a row lie
 *   kernel_element.c  one element of a value as a C expression; arguments, numbers */
#ifndef KERNEL_WRITE_H
#define KERNEL_WRITE_H

#include "emit/emission.h"

enum { COMPARISON_LEVEL = 5, ATOM = 9 };

/* C text with the precedence of its outermost operator: 0 lowest .. ATOM, a call or a name. */
typedef struct Expr {
    const char *text;
    int precedence;
    bool whole;                  /* a real number whose C text is an int: a comparison, a label */
} Expr;

/* How a value at an index is called; before: the memo of the same value that is older, from 1; 0: none. */
typedef struct Memo { Value value; Index index; Expr expr; int before; } Memo;

/* What a writer notes about a value.  All writers of a program use one array; a note of another writer counts as
 * none. */
typedef struct WriterNote {
    int tag;
    int memo;                    /* the last memo of the value, from 1; 0: none */
    int refs;                    /* how often an expression is used */
    int stage;                   /* of a kept value */
    int seen;                    /* the last round of hoisting that looked at it */
    const char *best_of;         /* of an argmax: the variable or array that holds the maximum itself */
    struct SumPlan *sum;         /* of a sum: how it is cut */
    const char *local_of;        /* a kept value without buffer: its variable or array */
    bool done;                   /* a kept value that can be loaded */
} WriterNote;

struct WriterNotes {
    int writers;                 /* so far */
    WriterNote *of;              /* [graph->n] */
    const char **roles;   /* [graph->n]: of what the shared function at work reads and writes, each unlike the others */
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
    const char *const *names;    /* [graph->n]: of what it reads and writes */
    const char *packed, *sum;    /* the names of these buffers, which are no values */
    Text body;
    int n_parts, parts_capacity;
    FilePart *parts;
    int indent;
    int n_arguments, arguments_capacity;
    Argument *arguments;
    int n_memos, memos_capacity;
    Memo *memos;
    NameTable taken;             /* names of arguments and locals: the suffix to try next; 0: not taken */
    Type widest;                 /* the loops that name the shared axes */
    int round;                   /* of hoisting */
    int tag;                     /* of its marks */
    bool single;                 /* a fold has one variable, whatever the row */
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
const Expr *write_recall(const KernelWriter *, Value, const Index *);           /* what it was named, NULL */
void write_forget(KernelWriter *, int memos);                                   /* all but the first `memos` */
void write_reserve(KernelWriter *, const char *name);                           /* no local gets it */
Index write_normal(const KernelWriter *, Value, const Index *);                 /* with 0 on axes of size 1 */
const char *write_hint(const KernelWriter *, Value);
const char *write_place(KernelWriter *, int buffer, const Index *);             /* the subscripts of an element of it */
const char *write_subscripts(KernelWriter *, Type, const Index *, bool squeeze);
const char *write_table(KernelWriter *, Value);
/* before the function, unless another one of the file brought it */
void write_before(KernelWriter *, Value, const char *name, const char *text);
const char *scalar_argument(KernelWriter *, ArgumentKind, const char *type, const char *name);
const char *buffer_argument(KernelWriter *, int buffer, bool written);
const char *leaf_argument(KernelWriter *, Value);
const char *write_buffer(const KernelWriter *, int buffer);      /* the name of an argument or of what arrives as one */
int same_memory(const KernelWriter *, int buffer);

/* kernel_sums.c.  A sum is direct when each term is added where the result lies, which begins at 0. */
bool sum_is_direct(KernelWriter *, Value);
bool sum_has_lanes(KernelWriter *, Value);                    /* its terms along the last axis go to 16 lanes in turn */
/* before the loop over an axis; returns into blocks of how many it is cut, 0: it is not */
int sums_open(KernelWriter *, int n, const Value *values, Type loops, int axis, const Index *);
const char *sums_from(KernelWriter *, const Index *, int axis, int block);      /* the first and the end of that loop */
const char *sums_to(KernelWriter *, const Index *, Type loops, int axis, int block);
void sum_term(KernelWriter *, Value, const Index *, const char *term);          /* inside of all loops */
void sums_close(KernelWriter *, int n, const Value *values, int axis, int block, const Index *);  /* behind the loop */

/* kernel_loops.c */
void count_uses(KernelWriter *, Value, bool start);
void write_loops(KernelWriter *, int n, const Value *values);

/* kernel_row.c */
const char *axis_name(Type loops, int axis);                                    /* the variable of a loop */
Index loops_index(KernelWriter *, Type loops);                    /* the variables of such loops; 0 on axes of size 1 */
bool sum_of_row(const KernelWriter *, Value);                /* folded within the row, so complete when its loops end */
bool sum_is_one(KernelWriter *, Value);                                         /* one number for a row */
const char *sum_hint(KernelWriter *, Value);                                    /* what to call it */
/* where it lies: a variable, an array of the row, or its buffer */
const char *sum_accumulator(KernelWriter *, Value, const Index *);
const char *row_dims(KernelWriter *, Value);                 /* of an array of the row: "[28][16]", "" for one number */
const char *row_element(KernelWriter *, const char *name, Type, const Index *); /* of such an array */
const char *stored(KernelWriter *, Value, const Index *);               /* an element in its buffer, which is written */

#endif
