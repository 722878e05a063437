/* code.c - the graph file and the emitted C, line by line, each linked to the other.
 *
 * A line of C belongs to the function that it stands in, a function to the kernels that call it, and a kernel to the
 * lines of graph files whose values it computes. */
#include "page/page.h"

#include <string.h>

typedef struct Function {
    const char *name;
    int first, last;
    int n_lines, capacity;
    Line *lines;
} Function;

typedef struct Links {
    Arena *arena;
    const Run *run;
    NameTable numbers; /* of functions, from 1 */
    int n, capacity;
    Function *functions;
} Links;

/* Text of a file as HTML: what is no character, or hidden, stands as \uNNNN or \xNN. */
static const char *line_html(Arena *arena, const char *text, size_t n)
{
    Text to = text_new(arena);
    for (size_t at = 0; at < n;) {
        const size_t size = rt_utf8(text + at, n - at);
        if (!size) {
            text_add(&to, "\\x%02x", (unsigned char)text[at++]);
            continue;
        }
        const uint32_t code = character_code(text + at, size);
        if (code != '\t' && (code < ' ' || code == 0x7f || character_hidden(code)))
            text_add(&to, "\\u%04x", (unsigned)code);
        else text_add(&to, "%s", xml_of(arena, arena_format(arena, "%.*s", (int)size, text + at)));
        at += size;
    }
    return to.chars;
}

/* The id of a line of a graph file: files count in the order in which the experiment names them. */
static const char *id_of(const Links *l, Line line)
{
    const Experiment *x = l->run->experiment;
    for (int i = 0; i < x->n_uses; i++)
        if (x->uses[i].file == line.source) return arena_format(l->arena, "g%d-%d", i + 1, line.number);
    return arena_format(l->arena, "g0-%d", line.number);
}

static Function *function_of(Links *l, const char *name)
{
    int *number = name_number(&l->numbers, name);
    if (!*number) {
        l->functions = arena_grow(l->arena, l->functions, l->n, &l->capacity, sizeof *l->functions);
        l->functions[l->n] = (Function){.name = name};
        *number = ++l->n;
    }
    return &l->functions[*number - 1];
}

static void add_line(Links *l, Function *f, Line line)
{
    if (!line.number || !line.source) return;
    for (int i = 0; i < f->n_lines; i++)
        if (line_equal(f->lines[i], line)) return;
    f->lines = arena_grow(l->arena, f->lines, f->n_lines, &f->capacity, sizeof *f->lines);
    f->lines[f->n_lines++] = line;
}

static void find_functions(Links *l)
{
    const Emission *e = l->run->emission;
    for (int entry = 0; entry < e->n_entries; entry++) {
        const Program *p = e->entries[entry]->program;
        for (int k = 0; k < p->n_kernels; k++) {
            const char *name = e->forms[entry][k].function;
            if (!name || !kernel_is_function(&p->kernels[k])) continue;
            Function *f = function_of(l, name);
            for (int i = 0; i < p->kernels[k].n_kept; i++) add_line(l, f, p->graph->notes[p->kernels[k].kept[i]].line);
        }
    }
}

/* Where functions begin and end in the C file: the comment above belongs to a function. */
static void find_places(Links *l, const char *source)
{
    int number = 1, comment = 0;
    Function *open = NULL;
    for (const char *at = source; *at; number++) {
        const size_t n = strcspn(at, "\n");
        if (!strncmp(at, "/*", 2)) comment = number;
        if (!open && !strncmp(at, "static void ", 12)) {
            const size_t name = strcspn(at + 12, "(");
            const int known = name_known(&l->numbers, arena_format(l->arena, "%.*s", (int)name, at + 12));
            if (known) {
                open = &l->functions[known - 1];
                open->first = comment ? comment : number;
            }
        }
        if (n == 1 && *at == '}') {
            if (open) open->last = number;
            open = NULL;
            comment = 0;
        } else if (n == 0) comment = 0;
        at += n + (at[n] != 0);
    }
}

static void add_graph_file(Page *page, Links *l, const Source *source, int file)
{
    int number = 1;
    page_add(page, "<h3>%s</h3>\n<pre>", xml_of(page->arena, shown_name(page->arena, source->base)));
    const char *end = source->text + source->size;
    for (const char *at = source->text; at < end; number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        const size_t n = (size_t)((stop ? stop : end) - at);
        page_add(page, "<span id=\"g%d-%d\"><span class=\"n\">%d</span>%s</span>", file, number, number,
                 line_html(page->arena, at, n));
        int links = 0;
        for (int i = 0; i < l->n; i++)
            for (int k = 0; k < l->functions[i].n_lines; k++) {
                const Line line = l->functions[i].lines[k];
                if (!l->functions[i].first || line.number != number || line.source != source) continue;
                page_add(page, "%s<a href=\"#c-%d\">%s</a>", links++ ? " " : "   <span class=\"to\">\u2192 ",
                         l->functions[i].first, l->functions[i].name);
            }
        page_add(page, "%s\n", links ? "</span>" : "");
        at += n + 1;
    }
    page_add(page, "</pre>\n");
}

static void add_emitted(Page *page, Links *l, const char *source)
{
    const Function **at_line = NULL;
    int lines = 1, number = 1;
    for (const char *c = source; *c; c++) lines += *c == '\n';
    at_line = arena_array(page->arena, lines + 1, sizeof *at_line);
    for (int i = 0; i < l->n; i++)
        for (int k = l->functions[i].first; k && k <= l->functions[i].last; k++) at_line[k] = &l->functions[i];
    page_add(page, "<details class=\"code\" open><summary>%s.c, %d lines</summary>\n<pre>",
             xml_of(page->arena, shown_name(page->arena, l->run->record.name)), lines - 1);
    for (const char *at = source; *at; number++) {
        const size_t n = strcspn(at, "\n");
        const Function *f = at_line[number];
        if (f && f->n_lines)
            page_add(page, "<a id=\"c-%d\" href=\"#%s\" class=\"n\">%d</a>", number, id_of(l, f->lines[0]), number);
        else page_add(page, "<span id=\"c-%d\" class=\"n\">%d</span>", number, number);
        page_add(page, "%s", line_html(page->arena, at, n));
        if (f && number == f->first)
            for (int i = 0; i < f->n_lines; i++)
                page_add(page, "%s<a href=\"#%s\">%s</a>%s", i ? " " : "   <span class=\"to\">\u2190 ",
                         id_of(l, f->lines[i]), xml_of(page->arena, line_short(page->arena, f->lines[i])),
                         i + 1 == f->n_lines ? "</span>" : "");
        page_add(page, "\n");
        at += n + (at[n] != 0);
    }
    page_add(page, "</pre>\n</details>\n");
}

void page_sources(Page *page, const Run *run)
{
    const Experiment *x = run->experiment;
    Links l = {.arena = page->arena, .run = run, .numbers = name_table_new(page->arena)};
    const char *source = emit_source(run->emission);
    find_functions(&l);
    find_places(&l, source);
    page_section(page, "source", "The graph file");
    page_paragraph(page, "Behind a line: the functions of the C below that compute its values and their gradients.");
    add_graph_file(page, &l, &x->source, 0);
    for (int i = 0; i < x->n_uses; i++) {
        bool again = false;
        for (int k = 0; k < i; k++) again = again || x->uses[k].file == x->uses[i].file;
        if (!again) add_graph_file(page, &l, x->uses[i].file, i + 1);
    }
    page_section(page, "emitted", "The C that it becomes");
    page_paragraph(page, "A line's number leads to the line of the graph file that its function computes first.");
    add_emitted(page, &l, source);
}
