/* evidence.h - what is known of an emitted library without running it, as a text, and the program that runs it. */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include "emit/emission.h"

/* What a file's text shows.  fault: NULL, or a sentence about the first thing that must not be there: recursion, a
 * variable that outlives a call, an array whose size is no constant, a function as a value. */
typedef struct CodeFacts {
    const char *fault;
    int n_functions;
    int n_calls, calls_capacity;
    const char **calls;                    /* names that are called and not defined, each once */
} CodeFacts;

/* ---- scan.c ---- */

CodeFacts code_facts(Arena *, const char *header, const char *source);

/* ---- evidence.c ---- */

int64_t run_bytes(const Emission *);                   /* of the run's struct, where an int64_t is aligned to 8 */
int64_t work_bytes(const Emission *);                  /* of the workspace of one thread */

/* NAME.evidence.txt, of these two texts. */
const char *emit_evidence(const Emission *, const char *header, const char *source);

/* ---- vectors.c ---- */

const char *emit_check(const Emission *);              /* NAME.check.c */

#endif
