/* test_where.c - which lines of emitted C carry out which values: against the text itself, against what `tailor check
 * --cost` says of the same kernels, there and back for every line of C and of the graph files, and through NAME.json.
 * The files are those of generated/ and one with gradients in its forward pass, in every form, and such that time their
 * kernels. */
#include "emit/where.h"        /* before check.h, which has a macro named fail */
#include "language/load.h"

#include "support.h"

static const char *const graphs[] = {"mlp", "cnn", "resnet", "convnext", "cnn_cam"};
enum { GRAPHS = 5, FORMS = 5, PROFILED = 4 };

typedef struct Lines { int n; const char **at; } Lines;         /* from 1 */

static Lines lines_of(Arena *arena, const char *text)
{
    Lines lines = {.n = count_lines(text)};
    lines.at = arena_array(arena, lines.n + 2, sizeof *lines.at);
    for (int i = 1; i <= lines.n + 1; i++, text = strchr(text, '\n') ? strchr(text, '\n') + 1 : text)
        lines.at[i] = text;
    return lines;
}

static int length(const char *line) { return (int)strcspn(line, "\n"); }

typedef struct Made {
    Arena *arena;
    const Experiment *x;
    const Emission *e;
    Where *where;
    const char *text;
    Lines lines;
} Made;

static Made make(int number)
{
    const EmittedForm form = number % FORMS == PROFILED ? FORM_FOLDER : (EmittedForm)(number % FORMS);
    const Passes passes = {.profile = number % FORMS == PROFILED};
    Made m = {.arena = arena_new()};
    char path[300];
    snprintf(path, sizeof path, "graphs/%s.lua", graphs[number / FORMS]);
    m.x = load(m.arena, path, 0, NULL);
    Emission *e = form == FORM_INFERENCE ? emission_inference(m.x, m.x->batch, &passes)
                                         : emission_new(m.x, m.x->batch, &passes);
    e->form = form;
    m.e = e;
    m.text = emit_source_where(e, &m.where);
    m.lines = lines_of(m.arena, m.text);
    ck_assert_str_eq(m.text, emit_source(e));
    ck_assert_ptr_null(strchr(m.text, '\001'));
    return m;
}

static const WhereFunction *function_named(const Where *w, const char *name)
{
    for (int i = 0; i < w->n_functions; i++)
        if (!strcmp(w->functions[i].name, name)) return &w->functions[i];
    return NULL;
}

/* ---- the text ---- */

static bool is_in_part(const Where *w, int line)
{
    for (int i = 0; i < w->n_parts; i++)
        if (w->parts[i].first <= line && line <= w->parts[i].last) return true;
    return false;
}

/* Every function of kernels and entries stands where it is said to: found by looking for its name. */
static void check_functions(const Made *m)
{
    ck_assert_int_eq(m->where->n_lines, m->lines.n);
    int n = 0;
    bool within = false;                       /* where all functions are kernels' */
    for (int i = 1; i <= m->lines.n; i++) {
        within = within ? strncmp(m->lines.at[i], "RT_KERNELS_END\n", 15) != 0
                        : !strncmp(m->lines.at[i], "RT_KERNELS_BEGIN\n", 17);
        const char *line = m->lines.at[i], *begin = !strncmp(line, "static void ", 12)   ? line + 12
                                                    : !strncmp(line, "static bool ", 12) ? line + 12
                                                                                         : NULL;
        if (!begin || !strchr(begin, '(')) continue;
        const char *name = arena_format(m->arena, "%.*s", (int)strcspn(begin, "("), begin);
        const WhereFunction *f = function_named(m->where, name);
        ck_assert_msg(f || !within || is_in_part(m->where, i), "%s is not there", name);
        if (!f || f->line != i) continue;
        n++;
        int last = i, first = i;
        while (m->lines.at[last][0] != '}') last++;
        while (first > 1 && strncmp(m->lines.at[first], "/*", 2)) first--;
        ck_assert_msg(f->first == first && f->last == last, "%s: lines %d to %d, against %d to %d of the text", name,
                      f->first, f->last, first, last);
    }
    ck_assert_int_eq(n, m->where->n_functions);
}

static const WhereCall *call_of(const Made *m, const char *kernel, const char *within)
{
    for (int i = 0; i < m->where->n_calls; i++)
        if (!strcmp(m->where->calls[i].kernel, kernel) &&
            !strcmp(m->where->functions[m->where->calls[i].within].name, within))
            return &m->where->calls[i];
    return NULL;
}

static bool has_value_at(const WhereCall *call, const char *file, int line)
{
    for (int i = 0; i < call->n_values; i++)
        if (call->values[i].line == line && !strcmp(call->values[i].file, file)) return true;
    return false;
}

/* Lines as lines_text() writes them. */
static int check_cost_lines(const WhereCall *call, const char *lines)
{
    char file[200] = "";
    int n = 0;
    for (const char *c = lines; *c; c += strspn(c, ", ")) {
        const size_t part = strcspn(c, ","), name = strcspn(c, ":");
        if (name < part) snprintf(file, sizeof file, "%.*s", (int)name, c), c += name + 1;
        const int line = atoi(c);
        ck_assert_msg(line > 0 && has_value_at(call, file, line), "%s: no value of %s:%d, against %s", call->kernel,
                      file, line, lines);
        c += strspn(c, "0123456789"), n++;
    }
    return n;
}

/* Each kernel of each entry has its statement, which calls its function, and the lines of its cost. */
static void check_kernels(const Made *m)
{
    int calls = 0, with_lines = 0;
    for (int i = 0; i < m->e->n_entries; i++) {
        const Program *p = m->e->entries[i]->program;
        const RtKernelCost *costs = step_costs(m->e->entries[i])->kernels;
        const char *entry = arena_format(m->arena, "%s_batch", p->goal->name);
        for (int k = 0; k < p->n_kernels; k++) {
            const Kernel *kernel = &p->kernels[k];
            const bool changes = kernel->kind == KERNEL_UPDATE || kernel->kind == KERNEL_COMMIT;
            const WhereCall *call = call_of(m, kernel->name, changes ? "change_weights" : entry);
            if (!call && kernel->kind == KERNEL_CHECK && !kernel->n_reads) continue;        /* it has no statement */
            ck_assert_msg(call != NULL, "%s of %s is not there", kernel->name, entry);
            calls++;
            ck_assert_int_eq(call->backward, kernel->backward);
            ck_assert_msg(call->n_values > 0, "%s has no value", kernel->name);
            with_lines += check_cost_lines(call, costs[k].lines) > 0;
            const char *function = kernel_is_function(kernel)      ? m->e->forms[i][k].function
                                   : kernel->kind == KERNEL_UPDATE ? "update"
                                                                   : NULL;
            ck_assert_int_eq(call->function >= 0, function != NULL);
            if (!function) continue;
            ck_assert_str_eq(m->where->functions[call->function].name, function);
            const char *statement = m->lines.at[call->first] + strspn(m->lines.at[call->first], " ");
            ck_assert_msg(!strncmp(statement, function, strlen(function)) && statement[strlen(function)] == '(',
                          "%s: line %d is %.*s", kernel->name, call->first, length(statement), statement);
            const char *end = m->lines.at[call->last];
            ck_assert_msg(length(end) > 1 && end[length(end) - 1] == ';', "%s: line %d ends no statement", kernel->name,
                          call->last);
        }
    }
    ck_assert_int_eq(calls, m->where->n_calls);
    ck_assert_msg(with_lines == calls, "%d of %d kernels have lines", with_lines, calls);
}

/* ---- there and back ---- */

static bool has_row(const WhereRows *rows, const char *file, int line, const char *value, const char *function)
{
    for (int i = 0; i < rows->n; i++) {
        const WhereRow *r = &rows->rows[i];
        if ((!line || r->line == line) && !strcmp(r->file, file) && !strcmp(r->value, value) &&
            !strcmp(r->function, function))
            return true;
    }
    return false;
}

static void check_sorted(const WhereRows *rows)
{
    for (int i = 1; i < rows->n; i++) {
        const WhereRow *a = &rows->rows[i - 1], *b = &rows->rows[i];
        const int order = strcmp(a->file, b->file);
        ck_assert(order < 0 || (!order && a->line < b->line) ||
                  (!order && a->line == b->line &&
                   (strcmp(a->value, b->value) < 0 ||
                    (!strcmp(a->value, b->value) &&
                     (strcmp(a->function, b->function) < 0 ||
                      (!strcmp(a->function, b->function) && (a->backward != b->backward || a->of != b->of)))))));
    }
}

typedef struct GraphFile { const Source *source; int n_lines; WhereRows *rows; } GraphFile;      /* rows from 1 */

/* Is the row of a line of C found by the line of the graph that it names? */
static void check_back(const Made *m, int n_files, const GraphFile *files, const WhereRow *row, int from)
{
    for (int i = 0; i < n_files; i++) {
        if (strcmp(files[i].source->base, row->file)) continue;
        ck_assert_msg(row->line <= files[i].n_lines, "%s has no line %d", row->file, row->line);
        ck_assert_msg(has_row(&files[i].rows[row->line], m->where->file, 0, row->value, row->function),
                      "%s:%d %s is of line %d and not found back", row->file, row->line, row->value, from);
        return;
    }
    ck_assert_msg(false, "%s is no file of the graph", row->file);
}

static void check_both_ways(const Made *m)
{
    const int n_files = 1 + m->x->n_uses;
    GraphFile *files = arena_array(m->arena, n_files, sizeof *files);
    int from_graph = 0, from_c = 0;
    for (int i = 0; i < n_files; i++) {
        files[i].source = i ? m->x->uses[i - 1].file : &m->x->source;
        files[i].n_lines = count_lines(files[i].source->text);
        files[i].rows = arena_array(m->arena, files[i].n_lines + 1, sizeof *files[i].rows);
    }
    WhereRows *of_c = arena_array(m->arena, m->lines.n + 1, sizeof *of_c);
    for (int line = 1; line <= m->lines.n; line++) of_c[line] = where_of_c(m->where, line), check_sorted(&of_c[line]);
    for (int i = 0; i < n_files; i++)
        for (int line = 1; line <= files[i].n_lines; line++) {
            const WhereRows rows = files[i].rows[line] = where_of_graph(m->where, files[i].source->base, line);
            check_sorted(&rows);
            for (int k = 0; k < rows.n; k++, from_graph++)
                ck_assert_msg(has_row(&of_c[rows.rows[k].line], files[i].source->base, line, rows.rows[k].value,
                                      rows.rows[k].function),
                              "%s:%d: %s at line %d of C is not found back", files[i].source->base, line,
                              rows.rows[k].value, rows.rows[k].line);
        }
    for (int line = 1; line <= m->lines.n; line++) {
        for (int k = 0; k < of_c[line].n; k++, from_c++)
            check_back(m, n_files, files, &of_c[line].rows[k], line);
        ck_assert_str_ne(where_belongs(m->where, line), "no part of the file");
    }
    ck_assert_msg(from_graph > 5 && from_c > 50, "%d and %d rows", from_graph, from_c);
}

/* A value that the graph file names is computed where its line says, unless it is an input or another value's equal. */
static void check_named(const Made *m)
{
    int found = 0;
    for (int i = 0; i < m->x->n_values && m->e->form != FORM_INFERENCE; i++) {
        const Named *value = &m->x->values[i];
        const WhereRows rows = where_of_graph(m->where, value->line.source->base, value->line.number);
        bool there = false;
        for (int k = 0; k < rows.n; k++) there = there || !strcmp(rows.rows[k].value, value->name);
        ck_assert_msg(there || graph_at(m->x->graph, value->value)->op == &op_input, "%s of line %d is not there",
                      value->name, value->line.number);
        found += there;
    }
    ck_assert(found || m->e->form == FORM_INFERENCE);
}

/* Each line of a kernel's function has the values of all its calls, and no other function; the statement has its own
 * alone. */
static void check_each_line(const Made *m)
{
    const Where *w = m->where;
    for (int i = 0; i < w->n_functions; i++) {
        const WhereFunction *f = &w->functions[i];
        int calls = 0;
        for (int k = 0; k < w->n_calls; k++) calls += w->calls[k].function == i;
        for (int line = f->first; line <= f->last && calls; line++) {
            const WhereRows rows = where_of_c(w, line);
            ck_assert_msg(rows.n > 0, "%s: line %d has no value", f->name, line);
            for (int r = 0; r < rows.n; r++) ck_assert_str_eq(rows.rows[r].function, f->name);
            for (int k = 0; k < w->n_calls; k++)
                for (int v = 0; v < w->calls[k].n_values && w->calls[k].function == i; v++) {
                    const WhereValue *value = &w->calls[k].values[v];
                    const char *name = value->gradient ? arena_format(m->arena, "d_%s", value->name) : value->name;
                    ck_assert(has_row(&rows, value->file, value->line, name, f->name));
                }
        }
    }
    for (int k = 0; k < w->n_calls; k++)
        for (int line = w->calls[k].first; line <= w->calls[k].last; line++)
            ck_assert_int_eq(where_of_c(w, line).n, where_of_c(w, w->calls[k].first).n);
}

static const char *text_between(const Made *m, int first, int last)
{
    return arena_format(m->arena, "%.*s", (int)(m->lines.at[last + 1] - m->lines.at[first]), m->lines.at[first]);
}

static const char *part_name(const Made *m, int part)
{
    const char *name = NULL;
    for (const char *c = m->lines.at[m->where->parts[part].first]; *c != '(' && *c != '=' && *c != '['; c++)
        if (*c == ' ' && c[1] != '=') name = c + 1;
    return arena_format(m->arena, "%.*s", (int)strcspn(name, " (=["), name);
}

/* Does the text mention a part, or another one that mentions it? */
static bool mentions(const Made *m, const char *text, int part)
{
    if (text_mentions(text, part_name(m, part))) return true;
    const Where *w = m->where;
    for (int i = 0; i < w->n_parts; i++)
        if (i != part && text_mentions(text, part_name(m, i)) &&
            text_mentions(text_between(m, w->parts[i].first, w->parts[i].last), part_name(m, part)))
            return true;
    return false;
}

/* Each line of a part has the values of the functions that mention it, in whose text its name is looked for. */
static void check_parts(const Made *m)
{
    const Where *w = m->where;
    for (int i = 0; i < w->n_parts; i++) {
        const WherePart *part = &w->parts[i];
        const char *name = part_name(m, i);
        int users = 0;
        for (int k = 0; k < w->n_functions; k++) {
            const WhereFunction *f = &w->functions[k];
            if (!mentions(m, text_between(m, f->first, f->last), i)) continue;
            users++;
            const WhereRows of_function = where_of_c(w, f->line), of_part = where_of_c(w, part->last);
            ck_assert_int_gt(of_function.n, 0);
            for (int r = 0; r < of_function.n; r++)
                ck_assert(has_row(&of_part, of_function.rows[r].file, of_function.rows[r].line,
                                  of_function.rows[r].value, f->name));
        }
        ck_assert_msg(users == part->n_functions && users, "%s: %d functions, against %d that mention it", name,
                      part->n_functions, users);
    }
}

/* ---- NAME.json ---- */

static void check_record(const Made *m)
{
    const char *json = emit_json(m->e, m->where);
    RtError error = {0};
    char path[] = "/tmp/tailor_where_XXXXXX", sha256[65];
    const int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    close(file);
    ck_assert(rt_file_write(path, json, strlen(json), &error));
    const Where *back = where_read(m->arena, path), *w = m->where;
    unlink(path);
    rt_sha256(m->text, strlen(m->text), sha256);
    ck_assert_str_eq(back->sha256, sha256);
    ck_assert_str_eq(back->file, w->file);
    ck_assert_int_eq(back->n_calls, w->n_calls);
    ck_assert_int_eq(back->n_functions, w->n_functions);
    ck_assert_int_eq(back->n_areas, w->n_areas);
    for (int line = 1; line <= w->n_lines; line++) {
        const WhereRows a = where_of_c(w, line), b = where_of_c(back, line);
        ck_assert_int_eq(a.n, b.n);
        for (int i = 0; i < a.n; i++) {
            ck_assert_str_eq(a.rows[i].value, b.rows[i].value);
            ck_assert_str_eq(a.rows[i].file, b.rows[i].file);
            ck_assert_str_eq(a.rows[i].function, b.rows[i].function);
            ck_assert(a.rows[i].line == b.rows[i].line && a.rows[i].backward == b.rows[i].backward &&
                      a.rows[i].of->gradient == b.rows[i].of->gradient);
        }
        ck_assert_str_eq(where_belongs(w, line), where_belongs(back, line));
    }
    ck_assert_ptr_null(strstr(json, "\"/"));                  /* no path of this machine */
}

START_TEST(every_line)
{
    const Made m = make(_i);
    check_functions(&m);
    check_kernels(&m);
    check_both_ways(&m);
    check_each_line(&m);
    check_parts(&m);
    check_named(&m);
    check_record(&m);
    arena_free(m.arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("where");
    TCase *tests = tcase_create("where");
    tcase_set_timeout(tests, 0);
    tcase_add_loop_test(tests, every_line, 0, GRAPHS * FORMS);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
