/* completion.c - `tailor completion`: scripts by which shells complete command lines.
 *
 * The words come from the tables of commands; how a shell uses them is in complete.bash and complete.zsh. */
#include "command/command.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct CompletionArguments { Arguments all; const char *graph; } CompletionArguments;

static const char *shell(int i) { return i == 0 ? "bash" : i == 1 ? "zsh" : NULL; }

static const Flag completion_flags[] = {
    {.name = "--options", .value = "GRAPH", .help = "instead of a script: the options of a graph file, NAME=VALUE",
     .more = "With their defaults, and both values of one that is true or false.  Scripts ask for them behind --set.",
     .suffix = "lua", .at = offsetof(CompletionArguments, graph)},
    {0}};

const CommandLine completion_line = {
    "completion", "[SHELL]",
    "Prints the script by which a shell, bash or zsh, completes the command lines of tailor: commands, flags, their\n"
    "values, files, data sets, options of the graph file on the line.  make install puts it where shells look.  Else\n"
    "bash and zsh read it by `. FILE`; zsh also finds it as _tailor in a folder of its fpath.\n",
    completion_flags,
    .examples = "tailor completion bash >tailor.bash\n"
                "tailor completion zsh >_tailor\n"
                "tailor completion --options digits.lua",
    .values = shell};

/* ---- what a word on the command line is ---- */

/* What stands for a flag's value or an argument.  `words` NULL: of no list. */
typedef enum Kind { ANY_TEXT, WORDS, DATA_SETS, FILES, FOLDERS, OPTIONS, COMMANDS } Kind;
typedef struct Wanted { Kind kind; const char *suffix; const char *(*values)(int i); const char *word; } Wanted;

/* What the word in a table means.  Where files are wanted, folders lead to them. */
static const struct { const char *word; Kind kind; const char *suffix; } meanings[] = {
    {"GRAPH", FILES, "lua"},       {"A", FILES, "lua"},        {"B", FILES, "lua"},
    {"FILE|DIR", FILES, "lua"},    {"LOCK", FILES, "lock"},    {"FILE.csv", FILES, "csv"},
    {"FROM", FILES, "jsonl"},      {"FILE", FILES, NULL},      {"RUN", FOLDERS, NULL},
    {"DIR", FOLDERS, NULL},        {"FOLDER", FOLDERS, NULL},  {"NAME|DIR", DATA_SETS, NULL},
    {"NAME=VALUE", OPTIONS, NULL}, {"COMMAND", COMMANDS, NULL}, {"RUN|SWEEP", FOLDERS, NULL},
     {"FILE.html", FILES, "html"},  {"PAGE.html", FILES, "html"}, {"FILE:LINE", FILES, NULL},
     {"MODEL", FILES, "onnx"},      {"NAME.lua", FILES, "lua"}};

static Wanted wanted_of(const char *word, const char *suffix, const char *(*values)(int i))
{
    if (values) return (Wanted){values == known_data_set ? DATA_SETS : WORDS, NULL, values, word};
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (!strcmp(meanings[i].word, word))
            return (Wanted){meanings[i].kind, suffix ? suffix : meanings[i].suffix, NULL, word};
    return (Wanted){ANY_TEXT, NULL, NULL, word};
}

static Wanted wanted_by_flag(const Flag *f) { return wanted_of(f->value, f->suffix, f->values); }

/* The i-th argument of a command, counted from 0; *endless: so are all behind it.  false: there is none. */
static bool argument_at(Arena *arena, const CommandLine *line, int i, Wanted *wanted, bool *endless)
{
    const char *at = line->argument;
    for (; at && i > 0; i--) at = (at = strchr(at, ' ')) ? at + 1 : NULL;
    if (!at) return false;
    at += *at == '[';
    const char *word = arena_format(arena, "%.*s", (int)strcspn(at, " ]"), at), *dots = strstr(word, "...");
    *endless = dots != NULL;
    if (dots) word = arena_format(arena, "%.*s", (int)(dots - word), word);
    *wanted = wanted_of(word, NULL, line->values);
    return true;
}

static void add_values(Text *text, const char *(*values)(int i))
{
    for (int i = 0; values && values(i); i++) text_add(text, " %s", values(i));
}

/* Adds a word of a shell's command line. */
static void add_quoted(Text *text, const char *word)
{
    RtText quoted = {0};
    rt_text_word(&quoted, word);
    if (quoted.failed) fail("tailor: out of memory");
    text_add(text, "%s", quoted.data);
    rt_text_free(&quoted);
}

/* ---- bash ---- */

static const char *bash_kind(Arena *arena, const Wanted *w, int n, const Command *all)
{
    Text text = text_new(arena);
    switch (w->kind) {
    case ANY_TEXT: text_add(&text, "text"); break;
    case WORDS: text_add(&text, "words"), add_values(&text, w->values); break;
    case DATA_SETS: text_add(&text, "data"), add_values(&text, w->values); break;
    case FILES: text_add(&text, w->suffix ? "files %s" : "files", w->suffix); break;
    case FOLDERS: text_add(&text, "folders"); break;
    case OPTIONS: text_add(&text, "options"); break;
    case COMMANDS:
        text_add(&text, "words");
        for (int i = 0; i < n; i++) text_add(&text, " %s", all[i].line->name);
    }
    return text.chars;
}

static void add_bash_kind(Text *script, const char *pattern, const Wanted *w, int n, const Command *all)
{
    text_add(script, "    %s) kind=", pattern);
    add_quoted(script, bash_kind(script->arena, w, n, all));
    text_add(script, " ;;\n");
}

static void add_bash(Text *script, int n, const Command *all)
{
    Arena *arena = script->arena;
    text_add(script, "_tailor_commands='");
    for (int i = 0; i < n; i++) text_add(script, "%s%s", i ? " " : "", all[i].line->name);
    text_add(script, "'\n_tailor_flags() { # command\n    case $1 in\n");
    for (int i = 0; i < n; i++) {
        text_add(script, "    %s) flags='", all[i].line->name);
        for (int k = 0;; k++) {
            const Flag f = flag_row(all[i].line, k);
            if (flag_is_end(&f)) break;
            if (f.name) text_add(script, "%s%s%s ", f.also ? f.also : "", f.also ? " " : "", f.name);
        }
        text_add(script, "--help' ;;\n");
    }
    text_add(script, "    esac\n}\n_tailor_kind() { # command, and a flag or the number of an argument\n"
                     "    kind=\n    case \"$1 $2\" in\n");
    for (int i = 0; i < n; i++) {
        const CommandLine *line = all[i].line;
        Wanted wanted;
        bool endless;
        for (int k = 0; argument_at(arena, line, k, &wanted, &endless); k++)
            add_bash_kind(script, arena_format(arena, endless ? "'%s '*[0-9]" : "'%s %d'", line->name, k + 1), &wanted,
                          n, all);
        for (int k = 0;; k++) {
            const Flag f = flag_row(line, k);
            if (flag_is_end(&f)) break;
            if (!f.value) continue;
            wanted = wanted_by_flag(&f);
            const char *also = f.also ? arena_format(arena, "'%s %s' | ", line->name, f.also) : "";
            add_bash_kind(script, arena_format(arena, "%s'%s %s'", also, line->name, f.name), &wanted, n, all);
        }
    }
    text_add(script, "    esac\n}\n");
}

/* ---- zsh ---- */

/* Adds text of a specification of _arguments, in which []:\ are special, within the quotes of the shell. */
static void add_text(Text *text, const char *plain)
{
    for (; *plain; plain++) text_add(text, "%s%c", strchr("[]:\\", *plain) ? "\\" : "", *plain);
}

/* Adds what completes a value, and a word for it. */
static void add_zsh_kind(Text *text, const Wanted *w)
{
    text_add(text, ":");
    add_text(text, w->word);
    text_add(text, ":");
    switch (w->kind) {
    case ANY_TEXT: text_add(text, " "); break;
    case WORDS: {
        Text values = text_new(text->arena);
        add_values(&values, w->values);
        text_add(text, "(%s)", values.chars + 1);
        break;
    }
    case DATA_SETS: text_add(text, "_tailor_data"), add_values(text, w->values); break;
    case FILES: text_add(text, w->suffix ? "_files -g \"*.%s\"" : "_files", w->suffix); break;
    case FOLDERS: text_add(text, "_files -/"); break;
    case OPTIONS: text_add(text, "_tailor_options"); break;
    case COMMANDS: text_add(text, "_tailor_command"); break;
    }
}

static void add_zsh_flag(Text *script, const Flag *f, const char *name)
{
    Text spec = text_new(script->arena);
    if (f->several) text_add(&spec, "*");
    else if (f->also) text_add(&spec, "(%s %s)", f->also, f->name);
    text_add(&spec, "%s%s[", name, f->value && !strncmp(name, "--", 2) ? "=" : "");
    add_text(&spec, f->help);
    text_add(&spec, "]");
    if (f->value) {
        const Wanted wanted = wanted_by_flag(f);
        add_zsh_kind(&spec, &wanted);
    }
    text_add(script, " \\\n        ");
    add_quoted(script, spec.chars);
}

static void add_zsh(Text *script, int n, const Command *all)
{
    text_add(script, "_tailor_command() {\n    local -a commands=(\n");
    for (int i = 0; i < n; i++) {
        text_add(script, "        ");
        add_quoted(script, arena_format(script->arena, "%s:%s", all[i].line->name, all[i].what));
        text_add(script, "\n");
    }
    text_add(script, "    )\n    _describe -t commands command commands\n}\n_tailor_arguments() { # command\n"
                     "    case $1 in\n");
    for (int i = 0; i < n; i++) {
        const CommandLine *line = all[i].line;
        text_add(script, "    %s) _arguments -S", line->name);
        for (int k = 0;; k++) {
            const Flag f = flag_row(line, k);
            if (flag_is_end(&f)) break;
            if (f.also) add_zsh_flag(script, &f, f.also);
            if (f.name) add_zsh_flag(script, &f, f.name);
        }
        text_add(script, " \\\n        '(- *)--help[what it does, and its flags]'");
        Wanted wanted;
        bool endless;
        for (int k = 0; argument_at(script->arena, line, k, &wanted, &endless); k++) {
            Text spec = text_new(script->arena);
            text_add(&spec, endless ? "*" : "%d%s", k + 1, *line->argument == '[' ? ":" : "");
            add_zsh_kind(&spec, &wanted);
            text_add(script, " \\\n        ");
            add_quoted(script, spec.chars);
        }
        text_add(script, " ;;\n");
    }
    text_add(script, "    esac\n}\n");
}

/* ---- the options of a graph file ---- */

static void stop_quietly(int number)
{
    (void)number;
    _exit(1);
}

/* Prints the options of a graph file, for a person who waits behind a key: a file that takes long has none. */
static void print_options(Arena *arena, const char *path)
{
    enum { SECONDS = 2 };
    signal(SIGALRM, stop_quietly);
    alarm(SECONDS);
    const Experiment *x = load(arena, path, 0, NULL);
    alarm(0);
    for (int i = 0; i < x->n_options; i++) {
        const Option *o = &x->options[i];
        const size_t n = strlen(o->json);
        if (!strcmp(o->json, "true") || !strcmp(o->json, "false")) printf("%s=false\n%s=true\n", o->name, o->name);
        else if (*o->json != '"') printf("%s=%s\n", o->name, o->json);
        else if (strchr(o->json, '\\')) printf("%s=\n", o->name);              /* no text for one line of a shell */
        else printf("%s=%.*s\n", o->name, (int)n - 2, o->json + 1);
    }
}

int command_completion(int argc, char **argv, int n, const Command *all)
{
    CompletionArguments c = {0};
    arguments_parse(argc, argv, &completion_line, &c);
    const char *name = c.all.argument;
    if (!name == !c.graph) usage_error("completion: it takes a shell, bash or zsh, or --options GRAPH");
    Arena *arena = arena_new();
    if (c.graph) print_options(arena, c.graph);
    else {
        const bool bash = !strcmp(name, "bash");
        if (!bash && strcmp(name, "zsh"))
            usage_error("completion: there are scripts for %s, not for '%s'", list_of(arena, shell), name);
        const Embedded file = embedded_named(bash ? "complete.bash" : "complete.zsh");
        Text script = text_new(arena);
        text_add(&script, "%s# completion of tailor " TAILOR_VERSION ", by tailor completion %s\n",
                 bash ? "" : "#compdef tailor\n", name);
        if (bash) add_bash(&script, n, all);
        else add_zsh(&script, n, all);
        fputs(script.chars, stdout);
        fwrite(file.start, 1, (size_t)(file.end - file.start), stdout);
    }
    arena_free(arena);
    return 0;
}
