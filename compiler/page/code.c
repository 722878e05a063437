/* code.c - the graph file and the emitted C, line by line, each linked to the other: what `tailor where` says, on a
 * page. */
#include "page/page.h"

#include <string.h>

#include "emit/where.h"

typedef struct Code {
    Page *page;
    Arena *arena;
    int n_files;
    const Source **files;              /* the graph file, then those that it uses */
    const Where *where;
} Code;

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

/* The number of a graph file by its name in records; -1: there is none. */
static int file_of(const Code *c, const char *name)
{
    for (int i = 0; i < c->n_files; i++)
        if (!strcmp(c->files[i]->base, name)) return i;
    return -1;
}

static void find_files(Code *c, const Experiment *x)
{
    c->files = arena_array(c->arena, x->n_uses + 1, sizeof *c->files);
    c->files[c->n_files++] = &x->source;
    for (int i = 0; i < x->n_uses; i++)
        if (file_of(c, x->uses[i].file->base) < 0) c->files[c->n_files++] = x->uses[i].file;
}

int source_number(Arena *arena, const Experiment *x, const char *base)
{
    Code c = {.arena = arena};
    find_files(&c, x);
    return file_of(&c, base);
}

/* Links to the functions that compute the values of a line, and their gradients: each once. */
static void add_functions(const Code *c, const char *file, int line)
{
    const WhereRows rows = where_of_graph(c->where, file, line);
    NameTable seen = name_table_new(c->arena);
    int n = 0;
    for (int i = 0; i < rows.n; i++) {
        if ((*name_number(&seen, rows.rows[i].function))++) continue;
        page_add(c->page, "%s<a href=\"#c-%d\" title=\"%s\">%s</a>",
                 n++ ? " " : "   <span class=\"to\">\u2192 ", rows.rows[i].line, xml_of(c->arena, rows.rows[i].value),
                 rows.rows[i].function);
    }
    page_add(c->page, "%s", n ? "</span>" : "");
}

static void add_graph_file(const Code *c, int file)
{
    const Source *source = c->files[file];
    const char *end = source->text + source->size;
    int number = 1;
    page_add(c->page, "<h3>%s</h3>\n<pre>", xml_of(c->arena, shown_name(c->arena, source->base)));
    for (const char *at = source->text; at < end; number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        const size_t n = (size_t)((stop ? stop : end) - at);
        page_add(c->page, "<span id=\"g%d-%d\"><span class=\"n\">%d</span>%s</span>", file, number, number,
                 line_html(c->arena, at, n));
        add_functions(c, source->base, number);
        page_add(c->page, "\n");
        at += n + 1;
    }
    page_add(c->page, "</pre>\n");
}

/* Links to the lines of graph files that a function has values of: each once. */
static void add_places(const Code *c, const WhereRows *rows)
{
    NameTable seen = name_table_new(c->arena);
    int n = 0;
    for (int i = 0; i < rows->n; i++) {
        const int file = file_of(c, rows->rows[i].file);
        const char *place = arena_format(c->arena, "%s:%d", rows->rows[i].file, rows->rows[i].line);
        if (file < 0 || (*name_number(&seen, place))++) continue;
        page_add(c->page, "%s<a href=\"#g%d-%d\">%s</a>", n++ ? " " : "   <span class=\"to\">\u2190 ", file,
                 rows->rows[i].line, xml_of(c->arena, shown_name(c->arena, place)));
    }
    page_add(c->page, "%s", n ? "</span>" : "");
}

static void add_emitted(const Code *c, const char *source, const char *name)
{
    const Where *w = c->where;
    bool *names_function = arena_array(c->arena, w->n_lines + 2, sizeof *names_function);
    int number = 1;
    for (int i = 0; i < w->n_functions; i++)
        if (w->functions[i].line <= w->n_lines) names_function[w->functions[i].line] = true;
    page_add(c->page, "<details class=\"code\" open><summary>%s.c, %d lines</summary>\n<pre>",
             xml_of(c->arena, shown_name(c->arena, name)), w->n_lines);
    for (const char *at = source; *at; number++) {
        const size_t n = strcspn(at, "\n");
        const WhereRows rows = where_of_c(w, number);
        const int file = rows.n ? file_of(c, rows.rows[0].file) : -1;
        if (file >= 0)
            page_add(c->page, "<a id=\"c-%d\" href=\"#g%d-%d\" class=\"n\">%d</a>", number, file, rows.rows[0].line,
                     number);
        else page_add(c->page, "<span id=\"c-%d\" class=\"n\">%d</span>", number, number);
        page_add(c->page, "%s", line_html(c->arena, at, n));
        if (number <= w->n_lines && names_function[number]) add_places(c, &rows);
        page_add(c->page, "\n");
        at += n + (at[n] != 0);
    }
    page_add(c->page, "</pre>\n</details>\n");
}

void page_sources(Page *page, const Run *run)
{
    Where *where;
    const char *source = emit_source_where(run->emission, &where);
    Code c = {.page = page, .arena = page->arena, .where = where};
    find_files(&c, run->experiment);
    page_section(page, "source", "The graph file");
    page_paragraph(page, "Behind a line: the functions of the C below that compute its values and their gradients.");
    for (int i = 0; i < c.n_files; i++) add_graph_file(&c, i);
    page_section(page, "emitted", "The C that it becomes");
    page_paragraph(page, "A line's number leads to the line of the graph file that its function computes first.");
    add_emitted(&c, source, run->record.name);
}
