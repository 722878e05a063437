/* evidence.c - NAME.evidence.txt: what the compiler knows of an emitted library, and has looked up in its text. */
#include "emit/evidence.h"

#include <stdlib.h>
#include <string.h>

#include "emit/emitter.h"
#include "graph/optimizer.h"

/* ---- sizes ---- */

static int64_t floats_of(const Experiment *x, int n, const Parameter *of)
{
    int64_t floats = 0;
    for (int i = 0; i < n; i++) floats += type_count(graph_at(x->graph, of[i].value)->type, 1);
    return floats;
}

static bool trains(const Emission *e) { return !strcmp(e->entries[0]->program->goal->name, "train"); }

int64_t run_bytes(const Emission *e)
{
    const Experiment *x = e->experiment;
    const int64_t params = x->n_parameters ? floats_of(x, x->n_parameters, x->parameters) : 1;
    int64_t floats = params + floats_of(x, x->n_states, x->states);
    if (trains(e)) floats += moments(&x->train) * parameter_floats(x, true);
    if (trains(e) && x->train.ema > 0) floats += params - parameter_floats(x, true);       /* the average is of all */
    return (4 * floats + 7) / 8 * 8 + 8 * (trains(e) ? 5 : 1);
}

int64_t work_bytes(const Emission *e)
{
    int64_t most = 64;
    for (int i = 0; i < e->n_entries; i++)
        if (e->entries[i]->workspace_bytes > most) most = e->entries[i]->workspace_bytes;
    return (most + 63) / 64 * 64;
}

/* ---- calls of what the file does not define ---- */

typedef struct Known {
    const char *name; /* behind a name that ends in _ anything may stand */
    enum { INSTRUCTION, LIBRARY, ROOT, OPENMP, NUMBER } is;
} Known;

static const Known known[] = {
    {"memcpy", LIBRARY},
    {"memset", LIBRARY},
    {"__builtin_sqrtf", ROOT},
    {"__builtin_sqrt", ROOT},
    {"omp_get_thread_num", OPENMP},
    {"INT64_C", NUMBER},
    {"UINT64_C", NUMBER},
    {"RT_FMA_CALL", INSTRUCTION}, /* on WebAssembly, where a page puts one in its place */
    {"__builtin_constant_p", INSTRUCTION},
    {"__builtin_fmaf", INSTRUCTION}, /* where rt_fma finds that it is one */
    {"__builtin_ia32_", INSTRUCTION},
    {"__builtin_inff", INSTRUCTION},
    {"__builtin_nanf", INSTRUCTION},
    {"__builtin_prefetch", INSTRUCTION},
    {"_mm_", INSTRUCTION},
    {"_mm256_", INSTRUCTION},
    {"_mm512_", INSTRUCTION},
    {"vaddq_f32", INSTRUCTION},
    {"vdupq_n_f32", INSTRUCTION},
    {"vfmaq_f32", INSTRUCTION},
    {"vld1q_f32", INSTRUCTION},
    {"vmulq_f32", INSTRUCTION},
    {"vst1q_f32", INSTRUCTION},
    {"vsubq_f32", INSTRUCTION},
};

static const Known *known_call(const char *name)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const size_t n = strlen(known[i].name);
        if (!strcmp(known[i].name, name) || (known[i].name[n - 1] == '_' && !strncmp(known[i].name, name, n)))
            return &known[i];
    }
    return NULL;
}

/* The names of a kind that are called, in the order of the table; "none". */
static const char *calls_of(Arena *arena, const CodeFacts *facts, int kind)
{
    Text text = text_new(arena);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        for (int k = 0; k < facts->n_calls && (int)known[i].is == kind; k++)
            if (known_call(facts->calls[k]) == &known[i]) {
                const char *name = known[i].name;
                if (kind == ROOT) name += strlen("__builtin_");
                text_add(&text, "%s%s", text.length ? " " : "", name);
                break;
            }
    return text.length ? text.chars : "none";
}

/* ---- golden vectors ---- */

/* The lines of NAME.check.c's output that are known; NULL: none are. */
static const char *golden_vectors(const Emission *e)
{
    const Experiment *x = e->experiment;
    if (x->graph->tuning || e->without) return NULL;      /* other algorithms or passes, other bits */
    const char *opening = arena_format(x->graph->arena, "graph-hash %s numerics %d %s\n", x->graph_hash,
                                       TAILOR_NUMERICS, e->form == FORM_INFERENCE ? "inference" : "library");
    for (int i = 0; i < embedded_count(); i++) {
        const Embedded file = embedded_at(i);
        const size_t n = strlen(file.name), end = strlen(".vectors");
        if (n < end || strcmp(file.name + n - end, ".vectors")) continue;
        const char *text = arena_format(x->graph->arena, "%.*s", (int)(file.end - file.start), file.start);
        const char *found = strstr(text, opening);
        if (!found) continue;
        found += strlen(opening);
        const char *next = strstr(found, "graph-hash ");
        return arena_format(x->graph->arena, "%.*s", next ? (int)(next - found) : (int)strlen(found), found);
    }
    return NULL;
}

/* ---- the text ---- */

static void write_memory(Text *text, const Emission *e, Emitter *m)
{
    text_add(text, "\nMemory, all of it the caller's\n");
    for (int i = 0; i < e->n_entries; i++) {
        const Plan *plan = e->entries[i];
        int n = 0;
        const char *fault = plan_fault(plan, &n);
        if (fault) bug("plan: %s", fault);
        int in_place = 0;
        for (int b = 0; b < plan->program->n_buffers; b++)
            in_place += plan->of[b].owner != OWNER_RESULT && plan->of[b].upper && plan->of[b].in_place_of >= 0;
        text_add(text, "plan %s: %d buffers", plan->program->goal->name, n + in_place);
        if (in_place) text_add(text, ", of them %d written over another that is read last there,", in_place);
        text_add(text, " in %lld bytes a thread, against a lower bound of %lld; valid: no two%s that are live at once "
                       "share a byte\n", (long long)plan->workspace_bytes, (long long)plan->lower_bound,
                 in_place ? " others" : "");
    }
    text_add(text, "sizeof(%s) %lld: a run\nsizeof(%sWork) %lld: for each thread\n", m->type, (long long)run_bytes(e),
             m->type, (long long)work_bytes(e));
}

static void write_symbols(Text *text, Arena *arena, const CodeFacts *facts)
{
    const char *roots = calls_of(arena, facts, ROOT), *openmp = calls_of(arena, facts, OPENMP);
    text_add(text, "\nSymbols that are not in the file\n");
    text_add(text, "of C's library: %s\n", calls_of(arena, facts, LIBRARY));
    text_add(text, "square roots: %s%s\n", roots,
             strcmp(roots, "none") ? ", to set errno: none under -fno-math-errno; and without an instruction for "
                                     "them, under\n-ffreestanding, a function of the file" : "");
    text_add(text, "under -fopenmp: %s%s\n", openmp,
             strcmp(openmp, "none") ? ", omp_get_num_threads, GOMP_* of gcc, __kmpc_* of clang; without it none" : "");
    text_add(text, "of the compiler's own library: what the processor has no instruction for, as __aeabi_* on ARM\n"
                   "in place of calls: %s\n", calls_of(arena, facts, INSTRUCTION));
}

const char *emit_evidence(const Emission *e, const char *header, const char *source)
{
    Emitter m = emitter_new(e);
    Arena *arena = m.arena;
    const Experiment *x = e->experiment;
    const char *name = x->source.name, *golden = golden_vectors(e);
    const CodeFacts facts = code_facts(arena, header, source);
    if (facts.fault) bug("%s.c: %s", name, facts.fault);
    for (int i = 0; i < facts.n_calls; i++)
        if (!known_call(facts.calls[i])) bug("%s.c calls %s, which nothing allows", name, facts.calls[i]);
    Text text = text_new(arena);
    text_add(&text,
             "Evidence of the %slibrary %s, which tailor %s wrote from %s.  Each line was found in the plan or in\n"
             "the text of the two files.  What a machine has to show is in %s.evidence.machine.txt: make check.\n\n",
             e->form == FORM_INFERENCE ? "inference " : "", name, TAILOR_VERSION, x->source.base, name);
    text_add(&text, "graph-hash %s numerics %d %s\n", x->graph_hash, TAILOR_NUMERICS,
             e->form == FORM_INFERENCE ? "inference" : "library");
    char hex[65];
    rt_sha256(source, strlen(source), hex);
    text_add(&text, "sha256 %s  %s.c\n", hex, name);
    rt_sha256(header, strlen(header), hex);
    text_add(&text, "sha256 %s  %s.h\n", hex, name);
    write_memory(&text, e, &m);
    write_symbols(&text, arena, &facts);
    text_add(&text, "\nCode, in every branch of the preprocessor\n%d functions and the macros that they use\n"
                    "allocation: none\nrecursion: none\narrays of variable size: none\npointers to functions: none\n"
                    "variables that outlive a call: none\n", facts.n_functions);
    text_add(&text, "\nVectors: %s\n%s", golden ? "of a run on drawn digits, one thread, golden" :
             "none are golden for this graph", golden ? golden : "");
    return text.chars;
}
