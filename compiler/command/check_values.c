/* check_values.c - `tailor check --validate`: every emitted kernel against the interpreter, value by value.
 *
 * The model's grad entry is emitted for a small batch that is worked through at once.  Every buffer has bytes of its
 * own, so that after a call every value that a kernel wrote is still there.  Each value is compared with the
 * interpreter's result, in double, for the arrays that the kernel read.  No element may be further off than the
 * rounding of the kernel's own operations explains (check_bounds.c).  Then the passes are checked: without any one of
 * them the results must have the same bits, or nearly the same values, as the table of passes says.
 *
 * Errors are given in ULP of the largest element of a value, and as a share of the bound. */
#include "command/command.h"

#include "rt_init.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 6 };

double check_random(uint64_t *state)   /* splitmix64, in [0, 1) */
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

/* Initial parameters or states.  Tensors whose elements all begin alike are moved a little, so that nothing
 * vanishes. */
static float *tensors_of(Arena *arena, const Experiment *x, int n, const Parameter *tensors, double move,
                         uint64_t *state)
{
    int64_t total = 0, at = 0;
    for (int i = 0; i < n; i++) total += type_count(graph_at(x->graph, tensors[i].value)->type, 1);
    float *all = arena_array(arena, total, sizeof *all);
    for (int i = 0; i < n; i++) {
        const Parameter *p = &tensors[i];
        RtTensor tensor = {.name = p->name,
                           .count = type_count(graph_at(x->graph, p->value)->type, 1),
                           .init = p->init,
                           .value = p->init_value};
        rt_initial_values(&tensor, 1, all + at);
        for (int64_t k = 0; k < tensor.count && (p->init == RT_INIT_CONSTANT || p->init == RT_INIT_CLASS_MEANS); k++)
            all[at + k] += (float)(move * (2 * check_random(state) - 1));
        at += tensor.count;
    }
    return all;
}

CheckFeed *check_feed_new(Arena *arena, const Experiment *x, int64_t batch)
{
    CheckFeed *feed = arena_alloc(arena, sizeof *feed);
    uint64_t state = 7;
    *feed = (CheckFeed){.batch = batch,
                        .parameters = tensors_of(arena, x, x->n_parameters, x->parameters, 0.1, &state),
                        .state = tensors_of(arena, x, x->n_states, x->states, 0.05, &state),
                        .sample = arena_array(arena, batch, sizeof(int64_t))};
    for (int64_t i = 0; i < batch; i++) feed->sample[i] = i;
    for (int i = 0; i < x->n_fields; i++) {
        Type type = graph_at(x->graph, x->fields[i].value)->type;
        int64_t n = type_count(type, batch);
        float *reals = arena_array(arena, n, sizeof *reals);
        int32_t *whole = arena_array(arena, n, sizeof *whole);
        for (int64_t k = 0; k < n; k++)
            reals[k] = (float)check_random(&state),
            whole[k] = (int32_t)(check_random(&state) * (double)x->fields[i].classes);
        feed->field[i] = type.elem == REAL ? (void *)reals : (void *)whole;
    }
    return feed;
}

static double *as_doubles(Arena *arena, int64_t n, const float *reals, const int32_t *whole)
{
    double *values = arena_array(arena, n, sizeof *values);
    for (int64_t i = 0; i < n; i++) values[i] = reals ? (double)reals[i] : whole[i];
    return values;
}

/* Gives leaves to an interpreter by their identity, since its graph may not be the experiment's. */
void check_feed_give(Arena *arena, const Experiment *x, const CheckFeed *feed, Interpreter *it)
{
    for (Value v = 1; v < it->graph->n; v++) {
        const Node *node = graph_at(it->graph, v);
        const char *id = node->attr.text;
        int64_t n = type_count(node->type, feed->batch), at = 0;
        for (int i = 0; node->op == &op_input && i < x->n_fields; i++)
            if (!strcmp(graph_at(x->graph, x->fields[i].value)->attr.text, id))
                it->values[v] = node->type.elem == REAL ? as_doubles(arena, n, feed->field[i], NULL)
                                                        : as_doubles(arena, n, NULL, feed->field[i]);
        for (int i = 0; node->op == &op_parameter && i < x->n_parameters;
             at += type_count(graph_at(x->graph, x->parameters[i].value)->type, 1), i++)
            if (!strcmp(graph_at(x->graph, x->parameters[i].value)->attr.text, id))
                it->values[v] = as_doubles(arena, n, feed->parameters + at, NULL);
        for (int i = 0; node->op == &op_state && i < x->n_states;
             at += type_count(graph_at(x->graph, x->states[i].value)->type, 1), i++)
            if (!strcmp(graph_at(x->graph, x->states[i].value)->attr.text, id))
                it->values[v] = as_doubles(arena, n, feed->state + at, NULL);
    }
}

/* ---- emitted code ---- */

typedef struct Built {
    const Emission *emission;
    const char *text;              /* all of its C: a pass that changes none of it needs no build of its own */
    struct Built *before;          /* built before it */
    void *work, *result;
    const RtEntry *entry;
    /* both from the leaves on: in double; with every operation rounded to float, and sums a little off */
    Interpreter *interpreter, *rounded;
} Built;

/* Runs the code that these passes make, unless the same was built before. */
static Built *build_and_run(Arena *arena, const Experiment *x, const CheckFeed *feed, const Passes *passes,
                            Built *before)
{
    const Emission *emission = emission_check(x, feed->batch, passes);
    const char *text = arena_format(arena, "%s%s", emit_header(emission), emit_source(emission));
    for (Built *same = before; same; same = same->before)
        if (!strcmp(same->text, text)) return same;
    Built *built = arena_alloc(arena, sizeof *built);
    RtError error = {0};
    void *code;
    const RtModel *model = load_emission(arena, emission, NULL, &code);
    *built = (Built){.emission = emission, .text = text, .before = before, .entry = &model->entries[0]};
    built->work = rt_allocate(1, built->entry->work_bytes, "workspace", &error);
    built->result = rt_allocate(1, built->entry->result_bytes, "results", &error);
    if (!built->work || !built->result) fail("%s", error.text);
    RtBatch batch = {.n = (int)feed->batch, .sample = feed->sample};
    for (int i = 0; i < x->n_fields; i++) batch.field[i] = feed->field[i];
    RtStep step = {.seed = 1};
    int64_t n_parameters = 0, n_state = 0;
    for (int i = 0; i < x->n_parameters; i++)
        n_parameters += type_count(graph_at(x->graph, x->parameters[i].value)->type, 1);
    for (int i = 0; i < x->n_states; i++) n_state += type_count(graph_at(x->graph, x->states[i].value)->type, 1);
    float *parameters = arena_array(arena, n_parameters, sizeof *parameters),
          *state = arena_array(arena, n_state, sizeof *state);
    memcpy(parameters, feed->parameters, (size_t)n_parameters * sizeof *parameters);
    memcpy(state, feed->state, (size_t)n_state * sizeof *state);
    built->entry->run(&(RtCall){.work = built->work,
                                .threads = 1,
                                .parameters = parameters,
                                .state = state,
                                .batch = &batch,
                                .step = &step,
                                .result = built->result});
    return built;
}

/* ---- comparison ---- */

/* The distance of two values: in ULP of the largest element, and as a share of the bound.  There is a bound for each
 * element, or one for all.  Whole numbers, and elements that are not finite, must be equal. */
typedef struct Difference { double ulp, share; } Difference;

static Difference difference(int64_t n, const void *is, RtType type, const double *should, const double *bounds,
                             double bound)
{
    double largest = 0, worst = 0, share = 0;
    for (int64_t i = 0; i < n; i++) {
        const double value = rt_number(type, is, i), off = fabs(value - should[i]), most = bounds ? bounds[i] : bound;
        if (value == should[i] || (isnan(value) && isnan(should[i]))) continue;
        if (!(off <= worst)) worst = isnan(off) ? INFINITY : off;
        const bool whole = type != RT_F32 && type != RT_BF16;
        const double part = whole || !isfinite(off) || !(most > 0) ? INFINITY : off / most;
        if (part > share) share = part;
    }
    for (int64_t i = 0; i < n; i++)
        if (isfinite(should[i])) largest = fmax(largest, fabs(should[i]));
    return (Difference){largest > 0 ? worst / (largest * 0x1p-23) : worst > 0 ? INFINITY : 0, share};
}

static int result_index(const RtEntry *entry, const char *name)
{
    for (int i = 0; i < entry->n_values; i++)
        if (!strcmp(entry->values[i].name, name)) return i;
    return -1;
}

/* The value as a kernel left it in memory; NULL: it is not there any more. */
static const void *left_by_kernel(const Built *built, int buffer)
{
    const Plan *plan = built->emission->entries[0];
    const Goal *goal = plan->program->goal;
    const Value value = plan->program->buffers[buffer].value;
    if (plan->of[buffer].owner != OWNER_RESULT) return (const char *)built->work + plan->of[buffer].offset;
    for (int r = 0; r < goal->n_roots; r++) {
        const int i = goal->roots[r].value == value ? result_index(built->entry, goal->roots[r].name) : -1;
        if (i >= 0) return (const char *)built->result + built->entry->values[i].offset;
    }
    return NULL;
}

/* An interpreter of one kernel: it computes the kernel's values from the arrays that lie in memory. */
static Interpreter *around_kernel(Arena *arena, const CheckFeed *feed, const Built *built, int kernel)
{
    const Program *p = built->emission->entries[0]->program;
    Interpreter *it = interpreter_new(arena, p->graph, feed->batch);
    it->seed = built->interpreter->seed, it->statistics = built->interpreter->statistics;
    for (Value v = 1; v < p->graph->n; v++) {
        if (is_stored_leaf(p->graph, v)) it->values[v] = built->interpreter->values[v];
        const Buffer *b = p->buffer_of[v] >= 0 && p->kernel_of[v] != kernel ? &p->buffers[p->buffer_of[v]] : NULL;
        const void *data = b ? left_by_kernel(built, p->buffer_of[v]) : NULL;
        if (!data) continue;
        const int64_t n = type_count(b->type, feed->batch);
        it->values[v] = arena_array(arena, n, sizeof **it->values);
        for (int64_t i = 0; i < n; i++) it->values[v][i] = rt_number(b->storage, data, i);
    }
    return it;
}

static bool compare_values(const CheckFeed *feed, const Built *built)
{
    const Plan *plan = built->emission->entries[0];
    const Program *p = plan->program;
    double worst = 0;
    int compared = 0;
    printf("%-44s %-28s %10s %10s\n", "kernel", "value", "ULP", "of bound");
    bool good = true;
    for (int k = 0; k < p->n_kernels; k++)
        for (int w = 0; w < p->kernels[k].n_writes; w++) {
            const Buffer *b = &p->buffers[p->kernels[k].writes[w]];
            if (!b->value || p->kernels[k].kind == KERNEL_COMBINE) continue;
            const void *data = left_by_kernel(built, p->kernels[k].writes[w]);
            if (!data) continue;
            Arena *arena = arena_new();
            Interpreter *it = around_kernel(arena, feed, built, p->kernel_of[b->value]);
            const double *bounds = check_bound(arena, it, b->value);
            const Difference d = difference(type_count(b->type, feed->batch), data, b->storage, it->values[b->value],
                                            bounds, 0);
            arena_free(arena);
            compared++;
            if (d.share > worst) worst = d.share;
            printf("%-44s %-28s %10.1f %9.1f%%%s\n", p->kernels[k].name, b->name, d.ulp, 100 * d.share,
                   d.share <= 1 ? "" : "  wrong");
            if (d.share <= 1) continue;
            good = false;
            fflush(stdout);
            fprintf(stderr, "%s: %s, computed by %s, is off by %.3g ULP, %.3g times what rounding explains\n",
                    line_text(p->graph->arena, p->graph->notes[b->value].line), b->name, p->kernels[k].name, d.ulp,
                    d.share);
        }
    printf("\n%d values of %d kernels, at most %.1f%% of what rounding explains apart\n", compared, p->n_kernels,
           100 * worst);
    return good;
}

/* How far rounding may take a result apart in two programs of different operations: several times the difference that
 * appears when each operation is rounded, and a little more for sums. */
static double rounding_of(Arena *arena, const Built *built, const char *name)
{
    enum { TIMES = 100, LEAST_ULP = 64 };
    const Goal *goal = built->emission->entries[0]->program->goal;
    double largest = 0, most = 0;
    for (int r = 0; r < goal->n_roots; r++) {
        const Value v = goal->roots[r].value;
        if (strcmp(goal->roots[r].name, name)) continue;
        interpret(arena, built->interpreter, 1, &v);
        interpret(arena, built->rounded, 1, &v);
        const int64_t n = type_count(graph_at(goal->graph, v)->type, built->interpreter->batch);
        for (int64_t i = 0; i < n; i++) {
            const double exact = built->interpreter->values[v][i], off = fabs(exact - built->rounded->values[v][i]);
            if (isfinite(exact)) largest = fmax(largest, fabs(exact));
            if (isfinite(off)) most = fmax(most, off);
        }
        largest = fmax(largest, interpret_largest_term(built->interpreter, v));
    }
    return TIMES * most + LEAST_ULP * 0x1p-23 * largest;
}

/* The results of all passes against those of `other`, made without one of them. */
static bool compare_pass(Arena *arena, const Experiment *x, const Built *built, const Built *other, const char *pass,
                         bool same_bits)
{
    Difference worst = {0, 0};
    bool equal = true;
    const char *where = "";
    for (int i = 0; i < built->entry->n_values; i++) {
        const RtValue *a = &built->entry->values[i];
        int j = result_index(other->entry, a->name);
        if (j < 0) bug("without %s there is no %s", pass, a->name);
        int64_t n = 1;
        for (int d = 0; d < a->rank; d++) n *= a->dims[d];
        const char *is = (const char *)built->result + a->offset,
                   *was = (const char *)other->result + other->entry->values[j].offset;
        if (!memcmp(is, was, (size_t)n * 4)) continue;
        equal = false;
        if (same_bits) continue;
        double *values = arena_array(arena, n, sizeof *values);
        for (int64_t k = 0; k < n; k++) values[k] = rt_number(a->type, was, k);
        const Difference d = difference(n, is, a->type, values, NULL, rounding_of(arena, built, a->name));
        if (d.share >= worst.share) worst = d, where = a->name;
    }
    const bool good = equal || (!same_bits && worst.share <= 1);
    printf("without %-12s %s", pass, equal ? "the same bits" : same_bits ? "other bits" : "");
    if (!equal && !same_bits)
        printf("%.1f ULP of the largest element apart in %s, %.1f%% of what rounding explains", worst.ulp, where,
               100 * worst.share);
    printf("%s\n", good ? "" : "  wrong");
    if (!good)
        fflush(stdout), fprintf(stderr,
                                same_bits ? "%s: without %s there are other bits\n"
                                          : "%s: without %s %s is %.3g ULP away from where it is with it\n",
                                x->source.path, pass, where, worst.ulp);
    return good;
}

bool check_values(Arena *arena, const Experiment *x, const Passes *passes)
{
    CheckFeed *feed = check_feed_new(arena, x, SAMPLES);
    const uint32_t plan = 1u << pass_number("plan");
    Passes apart = *passes;
    apart.without |= plan;
    Built *built = build_and_run(arena, x, feed, &apart, NULL), *last = built;
    for (int rounded = 0; rounded < 2; rounded++) {
        Interpreter *it = interpreter_new(arena, built->emission->entries[0]->program->graph, feed->batch);
        it->seed = 1, it->statistics = true, it->round_to_float = it->uneven_sums = rounded;
        check_feed_give(arena, x, feed, it);
        if (rounded) built->rounded = it;
        else built->interpreter = it;
    }
    bool good = compare_values(feed, built);
    for (int i = 0; i < pass_count(); i++) {
        if (!pass_at(i)->optional) continue;
        const bool shares = 1u << i == plan;       /* the plan in which the compared values shared no bytes */
        const Passes other = {.without = shares ? 0 : 1u << i};
        const char *what = shares ? "sharing" : pass_at(i)->name;
        Built *without = build_and_run(arena, x, feed, &other, last);
        if (without->before == last) last = without;
        good &= compare_pass(arena, x, built, without, what, pass_at(i)->same_bits);
    }
    for (; last; last = last->before) rt_release(last->work), rt_release(last->result);
    return good;
}
