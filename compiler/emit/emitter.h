/* emitter.h - a file that is being written: for source.c, entry.c, update.c, header.c and tables.c. */
#ifndef EMITTER_H
#define EMITTER_H

#include "emit/where.h"

typedef struct Emitter {
    const Emission *e;
    const Plan *plan;                       /* of the entry that is being written */
    Arena *arena;
    Text text;
    const char *macro, *type, *prefix;      /* MLP, Mlp, mlp */
    int n_parts, parts_capacity;
    FilePart *parts;
    NameTable written;                      /* functions that already stand in the file */
    const KernelForm *forms;                /* of the entry that is being written */
    int entry;                              /* its number */
    bool whole_chunk;                       /* the part that is being written takes all of its chunk at once */
} Emitter;

Emitter emitter_new(const Emission *);
void add(Emitter *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void mark(Emitter *, MarkKind, int entry, int kernel);                        /* where.h */
void mark_end(Emitter *);
const char *entry_type(Emitter *, const Program *, const char *what);          /* MlpTrainWork */
bool has_updates(const Program *);
bool is_timed(const Emitter *, const Program *);              /* the program is the step of an emission that profiles */
/* The field of a root in the entry's result; NULL for an update. */
const char *root_field(Emitter *, const Program *, int root);
void write_signature(Emitter *, const Program *);              /* opens the function of an entry */
void write_change_signature(Emitter *, const Program *);       /* and that which changes the weights behind a step */
const char *buffer_text(Emitter *, const Program *, int buffer, bool sliced, bool sum);
/* Where a gradient is, complete, behind a step's train_batch; work is of any call. */
const char *gradient_text(Emitter *, int buffer);
void write_update_function(Emitter *);
void write_update(Emitter *, const Parameter *, const char *gradient);        /* writes a call of the update function */
void write_about(Emitter *, const char *file);                                 /* the comment that opens a file */

/* entry.c */
void write_functions(Emitter *, int entry);
void write_entry(Emitter *, int entry);
/* The function that changes the weights: of the gradients and states that the step's function has left in the
 * workspace. */
void write_change(Emitter *);

/* wrap.c: the text of a file with its lines broken that are too long */
const char *wrap_lines(Arena *, const char *text);

/* pieces.c */
const char *behind_literal(const char *);       /* steps over a comment, string or character that begins here */
const char *runtime_includes(const Emission *, bool tables);
/* What the code needs of the runtime, as text: declarations and functions of headers, to stand before it.  *sources,
 * which is to stand behind it, becomes the runtime's sources for a trainer, else "". */
const char *runtime_text(const Emission *, const char *code, const char **sources);
const char *header_text(Arena *, const char *header, const char *code);     /* the same of one header, and its own */

/* tables.c */
void write_tensors(Emitter *);                 /* parameters and states: what a save and initial values need of them */
void write_tables(Emitter *);

/* instance.c */
void write_instance_types(Emitter *);          /* of the header: the run as a struct, statuses, functions */
void write_instance_memory(Emitter *);
void write_instance(Emitter *);

#endif
