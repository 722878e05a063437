/* kernel_row.c - names of loop variables, and where the sums of a row lie while its loops run. */
#include "emit/kernel_write.h"

const char *axis_name(Type type, int axis)
{
    static const char *const image[] = {"b", "h", "w", "c"}, *const row[] = {"b", "c"}, *const any[] = {"i",  "j",
                                                                                                        "k",  "l",
                                                                                                        "i4", "i5",
                                                                                                        "i6", "i7"};
    bool batch = type.dims[0] < 0;
    if (type.rank == 4 && batch) return image[axis];
    if (type.rank == 2 && batch) return axis == 1 && type.dims[1] < 0 ? "a" : row[axis];
    return axis == 0 && batch ? "b" : any[axis];
}

Index loops_index(KernelWriter *w, Type loops)
{
    Index index = {{0}};
    for (int i = 0; i < loops.rank; i++) {
        /* an outer loop, already open under the name that the widest loops gave it */
        bool shared = i < w->k->outer && i < w->widest.rank;
        index.at[i] = loops.dims[i] == 1 ? "0" : axis_name(shared ? w->widest : loops, i);
    }
    return index;
}

/* ---- sums of a row ---- */

/* a sum that folds within the row, so it is complete when the row's loops end */
bool sum_of_row(const KernelWriter *w, Value v)
{
    const Node *node = writer_at(w, v);
    if (node->op->kind != REDUCE) return false;
    int buffer = w->p->buffer_of[v];
    return buffer < 0 || !w->p->buffers[buffer].zeroed;
}

const char *row_dims(KernelWriter *w, Value v)
{
    Type type = writer_at(w, v)->type;
    Text text = text_new(w->arena);
    for (int i = w->k->outer; i < type.rank; i++)
        if (type.dims[i] < 0) text_add(&text, "[%lld * %s_BATCH]", (long long)-type.dims[i], w->p->macro);
        else if (type.dims[i] != 1) text_add(&text, "[%lld]", (long long)type.dims[i]);
    return text.chars;
}

const char *stored(KernelWriter *w, Value v, const Index *index)
{
    Index own = write_normal(w, v, index);
    return kernel_format(w, "%s%s", buffer_argument(w, w->p->buffer_of[v], true),
                         write_place(w, w->p->buffer_of[v], &own));
}

const char *row_element(KernelWriter *w, const char *name, Type type, const Index *index)
{
    Text text = text_new(w->arena);
    text_add(&text, "%s", name);
    for (int i = w->single ? type.rank : w->k->outer; i < type.rank; i++)
        if (type.dims[i] != 1) text_add(&text, "[%s]", index->at[i]);
    return text.chars;
}

/* The place where a fold adds up: a variable, an array of the row, or its buffer. */
const char *sum_accumulator(KernelWriter *w, Value v, const Index *index)
{
    /* a sum over all loops, in a variable */
    if (writer_at(w, v)->op == &op_sum && !sum_of_row(w, v) && mark_of(w, v)->local_of) return mark_of(w, v)->local_of;
    return mark_of(w, v)->local_of ? row_element(w, mark_of(w, v)->local_of, writer_at(w, v)->type, index)
                                   : stored(w, v, index);
}

bool sum_is_one(KernelWriter *w, Value v) { return !*row_dims(w, v); }

const char *sum_hint(KernelWriter *w, Value v)
{
    return w->g->notes[v].name && w->p->buffer_of[v] < 0 ? c_identifier(w->arena, w->g->notes[v].name)
                                                         : writer_at(w, v)->op->name;
}
