/* table.c - the table of a block and a metric: what each variant reached, how far it is from the baseline, what it
 * takes, and notes on all that such a table would hide: runs that are missing, budgets that differ, what so few seeds
 * cannot show. */
#include "report/report.h"

#include <math.h>
#include <string.h>

enum { MOST_NAMED = 6, NOTE_NAME = 60, NOTE_REASON = 80 };     /* names in a note; columns of one, of a reason */

const char *table_legend(void)
{
    return "Each variant: n seeds, mean +- half of its 95% interval, standard deviation sd. The difference is from the "
           "baseline, the first row, paired by seed; p_holm is that of the paired t test, corrected over the "
           "comparisons of the table; detectable: the smallest difference that these seeds would have found with "
           "probability 0.8. FLOPs, forward and of a training step, and microseconds of training are per image; ratio: "
           "of the times; workspace: bytes on one thread. Times and sizes are medians over seeds.";
}

VariantCost cost_of(Arena *arena, const ReportBlock *block, int variant)
{
    const double time = variant_median(arena, block, variant, offsetof(ReportCell, image_seconds)),
                 of_baseline = variant_median(arena, block, 0, offsetof(ReportCell, image_seconds));
    return (VariantCost){.parameters = variant_median(arena, block, variant, offsetof(ReportCell, parameters)),
                  .flops_forward = variant_median(arena, block, variant, offsetof(ReportCell, flops_forward)),
                  .flops_step = variant_median(arena, block, variant, offsetof(ReportCell, flops_step)),
                  .workspace_bytes = variant_median(arena, block, variant, offsetof(ReportCell, workspace_bytes)),
                  .image_seconds = time,
                  .time_ratio = time / of_baseline};
}

/* ---- notes ---- */

static void __attribute__((format(printf, 3, 4))) note(Arena *arena, Table *t, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    t->notes = arena_grow(arena, t->notes, t->n_notes, &t->notes_capacity, sizeof *t->notes);
    t->notes[t->n_notes++] = arena_format_v(arena, format, arguments);
    va_end(arguments);
}

static const char *short_name(Arena *arena, const char *name, int width)
{
    return shown_within(arena, shown_name(arena, name), width);
}

static const char *variant_name(Arena *arena, const ReportStudy *study, int variant)
{
    return variant_within(arena, shown_name(arena, study->variants[variant]), variant, NOTE_NAME);
}

/* A list in a note that names its first few elements. */
typedef struct Naming { Text text; int n; } Naming;

static void __attribute__((format(printf, 2, 3))) name_one(Naming *names, const char *format, ...)
{
    if (names->n++ >= MOST_NAMED) return;
    va_list arguments;
    va_start(arguments, format);
    if (names->n > 1) text_add(&names->text, "; ");
    text_add_v(&names->text, format, arguments);
    va_end(arguments);
}

static const char *named(Naming *names)
{
    if (names->n > MOST_NAMED) text_add(&names->text, "; and %d more", names->n - MOST_NAMED);
    return names->text.chars;
}

static void note_missing(Arena *arena, Table *t, const ReportStudy *study, const ReportBlock *block)
{
    Naming names = {.text = text_new(arena)};
    for (int i = 0; i < block->n_runs; i++) {
        const ReportRun *run = &block->runs[i];
        if (run_is_done(run)) continue;
        const char *name = variant_name(arena, study, run->variant), *seed = short_name(arena, run->seed, NOTE_NAME),
                   *state = run->cell ? short_name(arena, run->cell->state, NOTE_NAME) : "not in the record";
        if (run->cell && *run->cell->reason)
            name_one(&names, "%s seed %s %s (%s)", name, seed, state,
                     short_name(arena, reason_without_folder(run->cell->reason), NOTE_REASON));
        else name_one(&names, "%s seed %s %s", name, seed, state);
    }
    if (names.n)
        note(arena, t, names.n < block->n_runs ? "missing: %d of %d runs: %s" : "%d of %d runs are not done yet: %s",
             names.n, block->n_runs, named(&names));
}

static void note_stale(Arena *arena, Table *t, const ReportStudy *study, const ReportBlock *block)
{
    Naming names = {.text = text_new(arena)};
    for (int i = 0; i < block->n_runs; i++) {
        const ReportRun *run = &block->runs[i];
        if (run_is_done(run) && !run_counts(block, run))
            name_one(&names, "%s seed %s (%lld)", variant_name(arena, study, run->variant),
                     short_name(arena, run->seed, NOTE_NAME), (long long)run->cell->numerics);
    }
    if (names.n)
        note(arena, t, "left out, since they are of an older numerics: %d of %d runs, against %lld here: %s; "
             "tailor sweep --rerun=stale runs them again",
             names.n, block->n_runs, (long long)block->numerics, named(&names));
}

/* Epochs that differ between the runs that count. */
static void note_budgets(Arena *arena, Table *t, const ReportStudy *study, const ReportBlock *block)
{
    Naming names = {.text = text_new(arena)};
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (int v = 0; v < study->n_variants; v++) {
        int64_t low = INT64_MAX, high = INT64_MIN;
        for (int i = block->first[v]; i < block->first[v + 1]; i++) {
            if (!run_counts(block, &block->runs[i])) continue;
            const int64_t epochs = block->runs[i].cell->epochs;
            low = epochs < low ? epochs : low, high = epochs > high ? epochs : high;
        }
        if (low > high) continue;
        least = low < least ? low : least, most = high > most ? high : most;
        if (low == high) name_one(&names, "%s %lld", variant_name(arena, study, v), (long long)low);
        else name_one(&names, "%s %lld to %lld", variant_name(arena, study, v), (long long)low, (long long)high);
    }
    if (least < most) note(arena, t, "budgets are not equal; epochs: %s", named(&names));
}

static void note_machines(Arena *arena, Table *t, const ReportBlock *block)
{
    Naming names = {.text = text_new(arena)};
    NameTable seen = name_table_new(arena);
    for (int i = 0; i < block->n_runs; i++) {
        const ReportRun *run = &block->runs[i];
        if (!run_counts(block, run) || isnan(run->cell->image_seconds) || name_known(&seen, run->cell->cpu)) continue;
        *name_number(&seen, run->cell->cpu) = 1;
        name_one(&names, "%s", *run->cell->cpu ? short_name(arena, run->cell->cpu, NOTE_NAME) : "one without a name");
    }
    if (names.n > 1) note(arena, t, "times are of %d different processors: %s", names.n, named(&names));
}

static void note_metric(Arena *arena, Table *t, const ReportStudy *study, const ReportBlock *block, const char *metric)
{
    Naming names = {.text = text_new(arena)};
    int counted = 0, dead = 0;
    for (int i = 0; i < block->n_runs; i++) {
        const ReportRun *run = &block->runs[i];
        counted += run_counts(block, run);
        if (!run_counts(block, run) || !isnan(run_metric(study, run, metric))) continue;
        dead += run_metric(study, run, "dead_maps") >= 1;
        name_one(&names, "%s seed %s", variant_name(arena, study, run->variant),
                 short_name(arena, run->seed, NOTE_NAME));
    }
    if (!names.n) return;
    note(arena, t, "without %s: %d of %d finished runs: %s%s", short_name(arena, metric, NOTE_NAME), names.n, counted,
         named(&names),
         !dead            ? ""
         : dead < names.n ? arena_format(arena, "; in %d of them all maps are dead (dead_maps = 1), which leaves it "
                                                "undefined", dead)
                          : "; all maps are dead there (dead_maps = 1), which leaves it undefined");
}

/* A margin that no table uses. */
static void note_margin(Arena *arena, Table *t, const ReportStudy *study)
{
    if (isnan(study->margin)) return;
    for (int i = 0; i < study->n_compare; i++)
        if (!isnan(metric_margin(study, study->compare[i]))) return;
    note(arena, t, "the margin %g is of test_accuracy, which is not compared: it counts for nothing here",
         study->margin);
}

/* What the comparisons leave out, and what so few seeds cannot show. */
static void note_comparisons(Arena *arena, Table *t, const ReportStudy *study, const Statistics *s)
{
    Naming left_out = {.text = text_new(arena)}, untested = {.text = text_new(arena)};
    const int m = count_tested(s);
    int most = 0;
    for (int i = 0; i < s->n_comparisons; i++) {
        const Comparison *c = &s->comparisons[i];
        const char *name = variant_name(arena, study, c->variant);
        if (c->n_left_out) name_one(&left_out, "%s %d", name, c->n_left_out);
        if (c->reason) name_one(&untested, "%s: %s", name, c->reason);
        if (!isnan(c->p) && c->n > most) most = c->n;
    }
    if (left_out.n)
        note(arena, t, "seeds that only a variant or only the baseline has are left out of the difference: %s",
             named(&left_out));
    if (untested.n) note(arena, t, "not tested: %s", named(&untested));
    if (!m) return;
    const double floor = ldexp(1, 1 - most), corrected = fmin(1, m * floor);
    if (corrected <= 0.005) return;                        /* with so many they show what there is to show */
    const char *seeds = arena_format(arena, "with %d seeds, Wilcoxon's test and sign flips cannot go below p = %.5g",
                                     most, floor);
    if (m > 1) seeds = arena_format(arena, "%s, with Holm over %d comparisons not below %.5g", seeds, m, corrected);
    note(arena, t, corrected > 0.05 ? "%s: by them alone no difference here can be called significant" : "%s", seeds);
}

/* ---- columns ---- */

/* Adds a column of n cells; returns its number. */
static int column(Table *t, const char *head)
{
    if (t->n_columns == MOST_COLUMNS) bug("table: more than %d columns", MOST_COLUMNS);
    t->heads[t->n_columns] = head;
    for (int i = 0; i < t->n_rows; i++) t->cells[i][t->n_columns] = "";
    return t->n_columns++;
}

static void add_means(Arena *arena, Table *t, const Statistics *s, bool percent)
{
    const int n = column(t, "n"), mean = column(t, "mean"), half = column(t, "+-"), sd = column(t, "sd"),
              decimals = decimals_of_means(arena, s, percent);
    const double scale = percent ? 100 : 1;
    for (int i = 0; i < s->n_variants; i++) {
        const VariantStatistics *v = &s->variants[i];
        t->cells[i][n] = arena_format(arena, "%d", v->n);
        t->cells[i][mean] = number_text(arena, v->n ? scale * v->mean : (double)NAN, decimals);
        t->cells[i][half] = number_text(arena, scale * (v->high - v->low) / 2, decimals);
        t->cells[i][sd] = number_text(arena, scale * v->sd, decimals);
    }
}

static void add_comparisons(Arena *arena, Table *t, const Statistics *s, bool percent, bool margin)
{
    const int difference = column(t, "difference"), half = column(t, "+-"), p = column(t, "p_holm"),
              detectable = column(t, "detectable"), not_worse = margin ? column(t, "p_not_worse") : 0;
    const int decimals = decimals_of_differences(arena, s, percent);
    const double scale = percent ? 100 : 1;
    t->cells[0][difference] = "baseline";
    for (int i = 0; i < s->n_comparisons; i++) {
        const Comparison *c = &s->comparisons[i];
        const char **row = t->cells[c->variant];
        row[difference] = difference_text(arena, c->n ? scale * c->difference : (double)NAN, decimals);
        row[half] = number_text(arena, scale * (c->high - c->low) / 2, decimals);
        row[p] = shown_p(arena, c->p_holm);
        row[detectable] = number_text(arena, scale * c->detectable, decimals);
        if (margin) row[not_worse] = shown_p(arena, c->p_not_worse);
    }
}

static void add_costs(Arena *arena, Table *t, const ReportBlock *block)
{
    const int parameters = column(t, "parameters"), forward = column(t, "FLOPs"), step = column(t, "step"),
              workspace = column(t, "workspace"), time = column(t, "us/image"), ratio = column(t, "ratio");
    double most = 0;
    for (int i = 0; i < t->n_rows; i++) most = fmax(most, 1e6 * cost_of(arena, block, i).image_seconds);
    for (int i = 0; i < t->n_rows; i++) {
        const VariantCost cost = cost_of(arena, block, i);
        t->cells[i][parameters] = number_text(arena, cost.parameters, 0);
        t->cells[i][forward] = count_text(arena, cost.flops_forward);
        t->cells[i][step] = count_text(arena, cost.flops_step);
        t->cells[i][workspace] = count_text(arena, cost.workspace_bytes);
        t->cells[i][time] = number_text(arena, 1e6 * cost.image_seconds, most < 10 ? 2 : most < 100 ? 1 : 0);
        t->cells[i][ratio] = number_text(arena, cost.time_ratio, 2);
    }
}

Table *table_of(Arena *arena, const ReportStudy *study, const ReportBlock *block, const char *metric,
                const Statistics *s, bool first)
{
    Table *t = arena_alloc(arena, sizeof *t);
    const bool percent = metric_in_percent(study, block, metric);
    int done = 0;
    for (int i = 0; i < block->n_runs; i++) done += run_counts(block, &block->runs[i]);
    t->n_rows = done ? study->n_variants : 0;
    t->cells = arena_array(arena, t->n_rows, sizeof *t->cells);
    t->title = arena_format(arena, "%s: %s on %s", shown_name(arena, study->name), shown_name(arena, block->graph),
                            shown_name(arena, block->data));
    if (!done) {
        if (first) note_missing(arena, t, study, block);
        return t;
    }
    t->title = arena_format(arena, "%s, %s%s", t->title, shown_name(arena, metric), percent ? " in %" : "");
    column(t, "variant");
    for (int i = 0; i < t->n_rows; i++) t->cells[i][0] = shown_name(arena, study->variants[i]);
    add_means(arena, t, s, percent);
    add_comparisons(arena, t, s, percent, !isnan(metric_margin(study, metric)));
    add_costs(arena, t, block);
    if (first) {
        note_missing(arena, t, study, block);
        note_stale(arena, t, study, block);
        note_budgets(arena, t, study, block);
        note_machines(arena, t, block);
        note_margin(arena, t, study);
    }
    note_metric(arena, t, study, block, metric);
    note_comparisons(arena, t, study, s);
    return t;
}
