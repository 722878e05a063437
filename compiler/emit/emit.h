/* emit.h - what the parts of the emitter share.
 *
 *   emit.c          NAME.c: kernels, and one function for each entry that calls them in order
 *   emit_header.c   NAME.h: parameters, batch, workspace, results
 *   emit_tables.c   the model as tables, for the trainer
 *   emit_files.c    the plan, the record, the Makefile, and the folder with all of it */
#ifndef EMIT_H
#define EMIT_H

#include "emit/emission.h"

typedef struct Emitter {
    const Emission *e;
    const Plan *plan;                       /* of the entry that is being written */
    Arena *arena;
    Text text;
    const char *macro, *type, *prefix;      /* MLP, Mlp, mlp */
    int n_parts, parts_capacity;
    FilePart *parts;
    NameTable written;                      /* functions that stand in the file */
    const KernelForm *forms;                /* of the entry that is being written */
} Emitter;

Emitter emitter_new(const Emission *);
void add(Emitter *, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *entry_type(Emitter *, const Program *, const char *what);          /* MlpTrainWork */
bool has_updates(const Program *);
bool is_timed(const Emitter *, const Program *);                               /* the step of an emission that profiles */
const char *root_field(Emitter *, const Program *, int root);                  /* its field in the entry's result, NULL for an update */
void write_signature(Emitter *, const Program *, const char *end);
void write_about(Emitter *, const char *file);                                 /* the comment that opens a file */
void write_tables(Emitter *);

#endif
