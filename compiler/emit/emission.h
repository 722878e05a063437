/* emission.h - the C that a program becomes: kernels as functions, files, a folder.
 *
 *   emission.c        the entries of an experiment, each of its goals compiled
 *   share.c           which kernels are one function, and its name
 *   kernel.c          a kernel as a function: kernel_write.h, for the files of the kernel writer
 *   kernel_loops.c    the loops around a kernel's values
 *   kernel_sums.c     how those loops add up
 *   kernel_row.c      variables of loops, and where the sums of a row lie
 *   kernel_element.c  one element of a value as a C expression; arguments
 *   source.c          NAME.c, part by part: emitter.h, for it and the five files below
 *   entry.c           the functions of kernels, and the entries that call them
 *   instance.c        the run as a struct, and the functions that programs call
 *   pieces.c          the parts of the runtime that a file needs
 *   update.c          how a step changes parameters
 *   header.c          NAME.h
 *   tables.c          the model as tables, for the trainer
 *   scan.c            what the text of a file shows about itself: evidence.h, for it and the two files below
 *   evidence.c        NAME.evidence.txt of a library
 *   vectors.c         NAME.check.c, which takes a library through some steps
 *   wrap.c            lines that are too long, broken
 *   emitter.c         the file being written: names, and how an entry and a file open
 *   cost.c            operations and bytes of each kernel
 *   where.c           which lines of NAME.c carry out which values: where.h, for it and the three files below
 *   where_values.c    the values of a kernel, and their places in the graph file
 *   where_json.c      those lines in NAME.json
 *   where_rows.c      looked up, both ways
 *   folder.c          the plan, the record, the Makefile, and the folder with all of it
 *   built.c           trainers, and emitted code that runs in this program: built.h
 *   kept.c            builds that several runs share */
#ifndef EMISSION_H
#define EMISSION_H

#include "schedule/program.h"

/* ---- kernel.c ---- */

/* An argument of a kernel's function.  The order is that of the parameters. */
typedef enum ArgumentKind {
    ARGUMENT_SAMPLES,
    ARGUMENT_BUFFER,
    ARGUMENT_LEAF,
    ARGUMENT_BATCH_SIZE,
    ARGUMENT_STEP,
    ARGUMENT_SAMPLE
} ArgumentKind;

typedef struct Argument {
    ArgumentKind kind;
    int buffer;                    /* ARGUMENT_BUFFER */
    Value leaf;                    /* ARGUMENT_LEAF */
    const char *name, *type, *dims;
    bool written;
} Argument;

/* A part of the file that stands before the kernels that use it: a constant of more than one number, or a call of the
 * runtime with given sizes. */
typedef struct FilePart { Value value; const char *name, *text; } FilePart;

/* A kernel as a C function.  A kernel that is no function, such as an update, has only the function's name. */
typedef struct KernelForm {
    const char *canonical;         /* the definition with neutral names; equal kernels have equal canonical texts */
    const char *function;          /* the C function to call: share() fills it in */
    bool shared;                   /* kernels of several names call the function */
    int n_arguments;
    Argument *arguments;
} KernelForm;

typedef struct KernelText {
    const char *text;              /* comment and definition */
    int n_parts;
    FilePart *parts;               /* parts of the file that it uses */
} KernelText;

/* notes of the writers of a program's kernels, which work one after the other */
typedef struct WriterNotes WriterNotes;
WriterNotes *writer_notes(const Program *);
bool kernel_is_function(const Kernel *);                          /* kinds COMPUTE, PACK and UNPACK */
KernelForm kernel_form(const Plan *, int kernel, WriterNotes *);
KernelText kernel_text(const Plan *, int kernel, WriterNotes *, const KernelForm *);

/* The dimensions of an array: [8][28][28].  whole: axes of size 1 are written too.  samples: the number that a thread's
 * buffer has room for. */
const char *c_dims(const Program *, Type, bool whole, Owner, int64_t samples);

/* Lines that made these values, and lines whose values the kernel computes: as lines_text() writes them. */
const char *lines_of_values(const Program *, int n, const Value *);
const char *kernel_lines(const Program *, int kernel);

/* ---- cost.c ---- */

/* Of one step; tensors are buffers, parameters, their moments, states, inputs and constants that a kernel touches. */
typedef struct StepCosts { int n_kernels, n_tensors; RtKernelCost *kernels; RtTensorTraffic *tensors; } StepCosts;
StepCosts *step_costs(const Plan *);

/* ---- emission.c ---- */

/* What the emitted C is for.  Each form is made of the same pieces. */
typedef enum EmittedForm {
    FORM_FOLDER,                           /* a trainer, the runtime beside it in files of its own */
    FORM_SINGLE,                           /* a trainer, the runtime in its file */
    FORM_LIBRARY,                          /* functions for programs, what they need of the runtime in the file */
    FORM_INFERENCE                         /* those that need no step */
} EmittedForm;

/* The entries of an experiment, compiled. */
typedef struct Emission {
    EmittedForm form;
    bool instance;                         /* the run as a struct, and its functions, are part of it */
    const Experiment *experiment;
    uint32_t without;                      /* passes that were left out, as in Passes */
    Slicing slicing;
    const char *qualifier;                 /* prefix of names at file scope: "" or mlp_ */
    int n_entries;
    Plan *entries[5];
    KernelForm *forms[5];                  /* [n_kernels] of each entry */
    int n_watched;                         /* above 0: the last entry is watch, for the trainer alone */
    const Watched *watched;
    int64_t flops_forward, flops_step;     /* per image */
    StepCosts *costs;                      /* of the first entry, which times its kernels; NULL: it times none */
} Emission;

static inline int shipped_entries(const Emission *e) { return e->n_entries - (e->n_watched > 0); }   /* all but watch */

bool is_trainer(EmittedForm);
bool uses_openblas(const Experiment *);                                             /* some kernel may use it */
Emission *emission_new(const Experiment *, int64_t batch, const Passes *);         /* train, evaluate, predict, watch */
Emission *emission_inference(const Experiment *, int64_t batch, const Passes *);          /* predict alone */
Emission *emission_check(const Experiment *, int64_t batch, const Passes *);          /* grad, the batch in one piece */
Emission *emission_grad(const Experiment *, int64_t batch, bool training, const Passes *);/* grad alone */
/* For load_map(): predict (scores, probabilities) and map (the rest). */
Emission *emission_map(const Experiment *, int64_t batch, const Passes *);
void share(Emission *);                                          /* fills in the forms, once all entries are compiled */

/* ---- source.c, header.c, folder.c ---- */

const char *emit_header(const Emission *);
typedef struct Where Where;
const char *emit_source(const Emission *);
/* *where: which lines carry out which values of the graph file (where.h). */
const char *emit_source_where(const Emission *, Where **where);
const char *emit_plan_csv(const Emission *);
const char *emit_json(const Emission *, const Where *);          /* where NULL: without lines of NAME.c */
const char *emitted_opening(EmittedForm);                      /* how a Makefile opens */
extern const char emitted_flags[];                               /* the Makefile's compiler and flags */
extern const char emitted_openblas[];         /* the Makefile's variables that find OpenBLAS, for kernels that use it */
const char *emit_makefile(const Emission *);
void emit_folder(const Emission *, const char *folder);          /* all of these files, and the runtime's sources */
/* The file with the measured choices of a model, in its folder. */
const char *tuning_path(Arena *, const char *folder, const char *name);

#endif
