/* man.c - `tailor man`: the tables of commands as pages of the manual, in the macros of man(7).
 *
 * A page says what --help says, from the same rows. */
#include "command/command.h"

#include <string.h>

static const Flag man_flags[] = {
    {.shared = &flag_out, .value = "DIR", .help = "the folder that gets all pages, tailor.1 and tailor-COMMAND.1",
     .otherwise = "one page, on standard output"},
    {0}};

const CommandLine man_line = {
    "man", "[COMMAND]",
    "Prints the page of the manual about a command, or about tailor, for man and mandoc.  With -o, writes all pages\n"
    "and prints the name of each file.  make install puts them where man finds them: man tailor-train.\n",
    man_flags,
    .examples = "tailor man train >train.1 && man ./train.1\n"
                "tailor man -o man1"};

enum { LINE = 64 };                                 /* columns of a line of a page's source, but for escapes */

/* ---- text in roff ---- */

/* Adds n bytes of text that are shown as they stand, whatever they mean to roff. */
static void add_plain(Text *page, const char *text, size_t n)
{
    static const struct { char plain; const char *roff; } escapes[] = {
        {'\\', "\\e"}, {'-', "\\-"}, {'\'', "\\(aq"}, {'`', "\\(ga"}, {'^', "\\(ha"}, {'~', "\\(ti"}, {'"', "\\(dq"}};
    for (size_t i = 0; i < n; i++) {
        const char *roff = NULL;
        for (size_t k = 0; k < sizeof escapes / sizeof *escapes; k++)
            if (escapes[k].plain == text[i]) roff = escapes[k].roff;
        if (roff) text_add(page, "%s", roff);
        else text_add(page, "%s%c", text[i] == '.' && (i == 0 || text[i - 1] == '\n') ? "\\&" : "", text[i]);
    }
}

static void add_all(Text *page, const char *text) { add_plain(page, text, strlen(text)); }

/* Adds words, which roff fills, in short lines. */
static void add_words(Text *page, const char *words)
{
    Text lines = text_new(page->arena);
    char *one_line = arena_copy(page->arena, words);
    for (char *c = one_line; *c; c++)
        if (*c == '\n') *c = ' ';
    text_paragraph(&lines, one_line, LINE, 0);
    add_all(page, lines.chars);
}

/* A row of two columns: a name, the word for its value, and what it does. */
static void add_row(Text *page, const RtFlag *row)
{
    text_add(page, ".TP\n\\fB");
    for (const char *at = row->name; *at;) {                 /* "-o, --out": only the names are bold */
        const size_t n = strcspn(at, ",");
        add_plain(page, at, n);
        at += n;
        if (*at) text_add(page, "\\fR, \\fB"), at += strspn(at, ", ");
    }
    text_add(page, "\\fR");
    if (row->value) text_add(page, " \\fI"), add_all(page, row->value), text_add(page, "\\fR");
    text_add(page, "\n");
    add_words(page, row->otherwise ? arena_format(page->arena, "%s (default %s)", row->help, row->otherwise)
                                   : row->help);
    if (row->more) text_add(page, ".br\n"), add_words(page, row->more);
}

/* ---- sections ---- */

static void begin_page(Text *page, const char *name, const char *what)
{
    text_add(page, ".TH ");
    add_all(page, upper_case(page->arena, name));
    text_add(page, " 1 \"" TAILOR_DATE "\" \"tailor " TAILOR_VERSION "\" \"tailor\"\n.SH NAME\n");
    add_all(page, name);
    text_add(page, " \\-\n");
    add_words(page, what);
    text_add(page, ".SH SYNOPSIS\n");
}

static void add_flags(Text *page, const CommandLine *line)
{
    for (int i = 0;; i++) {
        const Flag f = flag_row(line, i);
        if (flag_is_end(&f)) return;
        if (i == 0) text_add(page, ".SH OPTIONS\n");
        if (f.group) {
            text_add(page, ".SS \"");
            add_all(page, f.group);
            text_add(page, "\"\n");
            continue;
        }
        const RtFlag row = flag_shown(page->arena, &f);
        add_row(page, &row);
    }
}

static void add_examples(Text *page, const char *lines)
{
    text_add(page, ".SH EXAMPLES\n");
    add_words(page, "In a folder of tailor init:");
    text_add(page, ".PP\n.nf\n.RS\n");
    add_all(page, lines);
    text_add(page, "\n.RE\n.fi\n");
}

static void add_environment(Text *page, unsigned uses)
{
    if (uses) text_add(page, ".SH ENVIRONMENT\n");
    for (int i = 0; environment_row(uses, i); i++) add_row(page, environment_row(uses, i));
}

static void add_exits(Text *page, const CommandLine *line)
{
    int code;
    const char *says;
    text_add(page, ".SH EXIT STATUS\n");
    for (int i = 0; exit_row(line, i, &code, &says); i++) {
        text_add(page, ".TP\n%d\n", code);
        add_plain(page, says, strcspn(says, "\n"));
        text_add(page, "\n");
    }
}

static void add_reference(Text *page, const char *name, const char *end)
{
    text_add(page, ".BR ");
    add_all(page, name);
    text_add(page, " (1)%s\n", end);
}

static const char *page_name(Arena *arena, const Command *c)
{
    return c ? arena_format(arena, "tailor-%s", c->line->name) : "tailor";
}

/* ---- pages ---- */

static const char *manual_page(Arena *arena, const Command *c)
{
    Text page = text_new(arena);
    begin_page(&page, page_name(arena, c), c->what);
    const char *usage = usage_of(arena, c->line), *rest = usage + strlen("tailor ") + strlen(c->line->name);
    text_add(&page, "\\fB");
    add_plain(&page, usage, (size_t)(rest - usage));
    text_add(&page, "\\fR");
    add_all(&page, rest);
    text_add(&page, "\n.SH DESCRIPTION\n");
    add_words(&page, c->line->says);
    add_flags(&page, c->line);
    add_examples(&page, c->line->examples);
    add_environment(&page, c->line->uses);
    add_exits(&page, c->line);
    text_add(&page, ".SH SEE ALSO\n");
    add_reference(&page, "tailor", "");
    return page.chars;
}

static const char *main_page(Arena *arena, int n, const Command *all)
{
    const CommandLine every = {.uses = USES_DATA | USES_COMPILER};
    Text page = text_new(arena);
    begin_page(&page, "tailor", "C training code to measure, from a Lua graph file");
    text_add(&page, "\\fBtailor\\fR \\fICOMMAND\\fR ...\n.br\n\\fBtailor\\fR \\fICOMMAND\\fR \\fB\\-\\-help\\fR\n.br\n"
                    "\\fBtailor \\-\\-version\\fR\n.SH DESCRIPTION\n");
    add_words(&page, "tailor compiles a Lua description of a network and its losses into readable, statically "
                     "scheduled, memory-planned C training code with explicit backward passes.  tailor init writes a "
                     "first graph file, which says how to go on.");
    text_add(&page, ".SH COMMANDS\n");
    for (int i = 0; i < n; i++) add_row(&page, &(RtFlag){.name = all[i].line->name, .help = all[i].what});
    add_examples(&page, "tailor init\ntailor check digits.lua\ntailor train digits.lua");
    add_environment(&page, every.uses);
    add_exits(&page, &every);
    text_add(&page, ".SH SEE ALSO\n");
    for (int i = 0; i < n; i++) add_reference(&page, page_name(arena, &all[i]), i + 1 < n ? "," : "");
    return page.chars;
}

static void write_page(Arena *arena, const char *folder, const char *name, const char *text)
{
    RtError error = {0};
    char path[RT_MAX_PATH];
    if (!rt_path(path, folder, arena_format(arena, "%s.1", name), &error) ||
        !rt_file_write(path, text, strlen(text), &error))
        fail("%s", error.text);
    puts(path);
}

int command_man(int argc, char **argv, int n, const Command *all)
{
    Arguments a = {0};
    arguments_parse(argc, argv, &man_line, &a);
    Arena *arena = arena_new();
    if (a.out) {
        RtError error = {0};
        if (a.argument) usage_error("man: -o writes all pages, against '%s'", a.argument);
        if (!rt_folder_make(a.out, &error)) fail("%s", error.text);
        write_page(arena, a.out, "tailor", main_page(arena, n, all));
        for (int i = 0; i < n; i++) write_page(arena, a.out, page_name(arena, &all[i]), manual_page(arena, &all[i]));
    } else {
        const char **names = arena_array(arena, n, sizeof *names), *page = NULL;
        for (int i = 0; i < n; i++) {
            names[i] = all[i].line->name;
            if (a.argument && !strcmp(a.argument, names[i])) page = manual_page(arena, &all[i]);
        }
        if (!a.argument) page = main_page(arena, n, all);
        if (!page)
            usage_error("man: there is no command %s%s; see tailor --help", a.argument,
                        did_you_mean(arena, a.argument, n, names, ""));
        fputs(page, stdout);
    }
    arena_free(arena);
    return 0;
}
