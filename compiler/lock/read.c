/* read.c - reads a lock, which may come from anywhere: a line a fact, in the order of LockWord, each once. */
#include "lock/lock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rt_main.h"

enum { MOST_BYTES = 1 << 24, MOST_EPOCHS = 1000000, HASH = 64, SHOWN = 60 };

typedef struct Reading {
    Lock *lock;
    Arena *arena;
    const char *path;
    int line;
    LockWord word;                     /* of the line before, which no later one may come before */
    NameTable seen;
    int64_t last;                      /* number of the step or epoch before */
} Reading;

static _Noreturn void wrong(const Reading *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
static _Noreturn void wrong(const Reading *r, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_format_v(r->arena, format, arguments);
    va_end(arguments);
    fail("%s:%d: %s", r->path, r->line, text);
}

static const char *shown(const Reading *r, const char *text)
{
    return shown_within(r->arena, shown_name(r->arena, text), SHOWN);
}

/* ---- texts ---- */

static bool is_made_of(const char *text, const char *characters) { return *text && !text[strspn(text, characters)]; }

static void check_hash(const Reading *r, const char *text)
{
    if (strlen(text) != HASH || !is_made_of(text, "0123456789abcdef"))
        wrong(r, "'%s', against a sha256 of %d hexadecimal digits", shown(r, text), HASH);
}

static int64_t whole(const Reading *r, const char *what, const char *text, uint64_t least, uint64_t most)
{
    uint64_t number;
    if (!rt_flag_number(text, least, most, &number))
        wrong(r, "%s is '%s', against a whole number from %llu to %llu", what, shown(r, text),
              (unsigned long long)least, (unsigned long long)most);
    return (int64_t)number;
}

/* Cuts the text at its first or last blank, and returns what is behind it. */
static char *cut(const Reading *r, char *text, bool last)
{
    char *blank = last ? strrchr(text, ' ') : strchr(text, ' ');
    if (!blank || blank == text || !blank[1])
        wrong(r, "%s %s has too few parts; docs/locks.md says what belongs there", lock_words[r->word], shown(r, text));
    *blank = 0;
    return blank + 1;
}

/* ---- the words ---- */

/* A relative path that a lock may name. */
static void check_file(const Reading *r, const char *name)
{
    const size_t n = strlen(name);
    if (*name == '/' || n < 5 || strcmp(name + n - 4, ".lua"))
        wrong(r, "the file '%s', against NAME.lua, or the relative path of one", shown(r, name));
    if (!r->lock->of[LOCK_GRAPH].n && strchr(name, '/'))
        wrong(r, "the first file is '%s', against the graph file's name without a folder", shown(r, name));
}

static void check_option(const Reading *r, const char *name, const char *value)
{
    RtJson json;
    RtError error = {0};
    if (!rt_json_parse(value, strlen(value), name, &json, &error))
        wrong(r, "option %s is %s, against a number, a string in quotes, true or false", shown(r, name),
              shown(r, value));
    const RtJsonKind kind = json.nodes[0].kind;
    rt_json_free(&json);
    if (kind != RT_JSON_NUMBER && kind != RT_JSON_STRING && kind != RT_JSON_BOOL)
        wrong(r, "option %s is %s, against a number, a string in quotes, true or false", shown(r, name),
              shown(r, value));
}

static void take_set(Reading *r, const char *set)
{
    if (strchr(set, '/') || !strcmp(set, ".") || !strcmp(set, ".."))
        wrong(r, "the data set is '%s', against the name of one", shown(r, set));
    if (r->lock->data && strcmp(r->lock->data, set))
        wrong(r, "the data set is %s, against %s of the line before", shown(r, set), shown(r, r->lock->data));
    r->lock->data = set;
}

static void check_train(const Reading *r, const char *name, const char *value)
{
    if (!strcmp(name, "seed")) whole(r, "seed", value, 0, INT64_MAX);
    else if (!strcmp(name, "epochs")) whole(r, "epochs", value, 1, MOST_EPOCHS);
    else if (!strcmp(name, "batch")) whole(r, "batch", value, 1, INT32_MAX);
    else if (!strcmp(name, "split")) {
        if (strcmp(value, "validation")) wrong(r, "split is '%s', against validation", shown(r, value));
    } else if (!strcmp(name, "lineage")) {
        char *steps = arena_copy(r->arena, value), *epochs = steps;
        steps = cut(r, steps, false);
        whole(r, "epochs of a lineage", epochs, 1, MOST_EPOCHS);
        whole(r, "the step of a lineage", steps, 1, INT64_MAX);
    } else if (strcmp(name, "init-except"))
        wrong(r, "train %s, against seed, epochs, batch, split, lineage or init-except", shown(r, name));
}

static void check_init_file(const Reading *r, const char *name)
{
    if (strchr(name, '/')) wrong(r, "init %s, against the name of a file without its folder", shown(r, name));
}

static void check_emit(const Reading *r, const char *name, const char *value)
{
    if (!strcmp(name, "memory-budget")) whole(r, "memory-budget", value, 1, INT64_MAX);
    else if (strcmp(name, "without")) wrong(r, "emit %s, against memory-budget or without", shown(r, name));
    else {
        int i = 0;
        while (i < pass_count() && (strcmp(pass_at(i)->name, value) || !pass_at(i)->optional)) i++;
        if (i == pass_count()) wrong(r, "emit without '%s', against a pass that can be left out", shown(r, value));
    }
}

/* NAME.c, then NAME.h, of a name that means nothing to a file system. */
static void check_emitted(const Reading *r, const char *name)
{
    static const char characters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    const LockFacts *f = &r->lock->of[LOCK_EMITTED];
    const size_t n = strlen(name);
    if (!is_made_of(name, characters) || *name == '.' || *name == '-' || n < 3 ||
        strcmp(name + n - 2, f->n ? ".h" : ".c") || f->n > 1)
        wrong(r, "emitted %s, against NAME.c, then NAME.h", shown(r, name));
    if (f->n && (strlen(f->list[0].name) != n || strncmp(f->list[0].name, name, n - 2)))
        wrong(r, "emitted %s, against the header of %s", shown(r, name), f->list[0].name);
}

/* A float as %a writes it, so that equal numbers have equal texts. */
static void check_loss(const Reading *r, const char *value)
{
    char *end, again[64];
    const double loss = strtod(value, &end);
    snprintf(again, sizeof again, "%a", loss);
    if (*end || end == value || (!isnan(loss) && (double)(float)loss != loss) ||
        strcmp(value, isnan(loss) ? "nan" : again))
        wrong(r, "a loss of '%s', against a float as C's %%a writes it", shown(r, value));
}

static void check_metric(const Reading *r, const char *value)
{
    char *end;
    if (!strcmp(value, "null")) return;
    strtod(value, &end);
    if (!is_made_of(value, "0123456789+-.e") || *end)
        wrong(r, "a metric of '%s', against a number or null", shown(r, value));
}

/* Takes what stands behind the word of a line apart, and checks it. */
static LockFact fact_of(Reading *r, char *rest)
{
    LockFact fact = {"", rest, r->line};
    switch (r->word) {
    case LOCK_GRAPH: fact.name = rest, fact.value = cut(r, rest, true), check_file(r, fact.name); break;
    case LOCK_OPTION: fact.name = rest, fact.value = cut(r, rest, false), check_option(r, fact.name, fact.value); break;
    case LOCK_DATA:
        fact.name = cut(r, rest, false), fact.value = cut(r, (char *)fact.name, true), take_set(r, rest);
        break;
    case LOCK_TRAIN: fact.name = rest, fact.value = cut(r, rest, false), check_train(r, fact.name, fact.value); break;
    case LOCK_INIT: fact.name = rest, fact.value = cut(r, rest, true), check_init_file(r, fact.name); break;
    case LOCK_EMIT: fact.name = rest, fact.value = cut(r, rest, false), check_emit(r, fact.name, fact.value); break;
    case LOCK_TAILOR:
        fact.name = rest, fact.value = cut(r, rest, false);
        if (strncmp(fact.value, "numerics ", 9)) wrong(r, "tailor %s, against VERSION numerics NUMBER", shown(r, rest));
        fact.value += 9, whole(r, "numerics", fact.value, 0, INT32_MAX);
        break;
    case LOCK_EMITTED: fact.name = rest, fact.value = cut(r, rest, false), check_emitted(r, fact.name); break;
    case LOCK_LOSS:
        fact.name = rest, fact.value = cut(r, rest, false), check_loss(r, fact.value);
        break;
    case LOCK_WEIGHTS: fact.name = rest, fact.value = cut(r, rest, false); break;
    case LOCK_METRIC: fact.name = rest, fact.value = cut(r, rest, true), check_metric(r, fact.value); break;
    case LOCK_GRAPH_HASH: case LOCK_TUNED: case LOCK_RUNTIME: case LOCK_BUILT: case LOCK_WORDS: break;
    }
    if (r->word == LOCK_GRAPH || r->word == LOCK_GRAPH_HASH || r->word == LOCK_DATA || r->word == LOCK_INIT ||
        r->word == LOCK_EMITTED || r->word == LOCK_RUNTIME || r->word == LOCK_WEIGHTS)
        check_hash(r, fact.value);
    if (r->word == LOCK_LOSS || r->word == LOCK_WEIGHTS) {
        const char *what = r->word == LOCK_LOSS ? "the step" : "the epoch";
        const int64_t number = whole(r, what, fact.name, 1, INT64_MAX);
        if (number <= r->last) wrong(r, "%s is %s, against one behind %lld of the line before", what, fact.name,
                                     (long long)r->last);
        r->last = number;
    }
    return fact;
}

/* ---- lines ---- */

static LockWord word_of(const Reading *r, const char *word)
{
    LockWord w = 0;
    while (w < LOCK_WORDS && strcmp(word, lock_words[w])) w++;
    if (w == LOCK_WORDS)
        wrong(r, "'%s', against a word of a lock%s", shown(r, word),
              did_you_mean(r->arena, word, LOCK_WORDS, lock_words, "'"));
    if (w < r->word) wrong(r, "%s behind %s, against %s before it", word, lock_words[r->word], word);
    return w;
}

static bool comes_once(LockWord word)
{
    return word == LOCK_GRAPH_HASH || word == LOCK_INIT || word == LOCK_TAILOR || word == LOCK_RUNTIME ||
           word == LOCK_BUILT;
}

static void take_line(Reading *r, char *line)
{
    char *rest = strchr(line, ' ');
    if (rest) *rest++ = 0;
    const LockWord word = word_of(r, line);
    if (word != r->word) r->word = word, r->last = 0;
    if (!rest || !*rest) wrong(r, "%s and nothing behind it", line);
    const LockFact fact = fact_of(r, rest);
    const bool several = word == LOCK_TUNED || word == LOCK_EMIT ||
                         (word == LOCK_TRAIN && !strcmp(fact.name, "lineage"));
    const char *key = several ? arena_format(r->arena, "%s %s %s", line, fact.name, fact.value)
                              : arena_format(r->arena, "%s %s", line, comes_once(word) ? "" : fact.name);
    int *before = name_number(&r->seen, key);
    if (*before && word != LOCK_TUNED)
        wrong(r, "%s%s%s a second time, against once: it is in line %d", line, *fact.name ? " " : "",
              shown(r, fact.name), *before);
    *before = r->line;
    LockFacts *f = &r->lock->of[word];
    f->list = arena_grow(r->arena, f->list, f->n, &f->capacity, sizeof *f->list);
    f->list[f->n++] = fact;
}

static void check_first(const Reading *r, const char *line)
{
    static const char head[] = "tailor-lock ";
    uint64_t version;
    if (strncmp(line, head, strlen(head)) || !rt_flag_number(line + strlen(head), 1, INT32_MAX, &version))
        wrong(r, "'%s', against %s%d: it is no lock", shown(r, line), head, LOCK_VERSION);
    if (version > LOCK_VERSION)
        wrong(r, "%s%llu, against %s%d at most of tailor " TAILOR_VERSION ": a later one wrote it", head,
              (unsigned long long)version, head, LOCK_VERSION);
}

/* Is there all that no lock goes without? */
static void check_whole(const Reading *r)
{
    static const LockWord needed[] = {LOCK_GRAPH,   LOCK_GRAPH_HASH, LOCK_DATA, LOCK_TRAIN,  LOCK_TAILOR,
                                      LOCK_EMITTED, LOCK_RUNTIME,    LOCK_LOSS, LOCK_WEIGHTS};
    static const char *const settings[] = {"seed", "epochs", "batch"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!r->lock->of[needed[i]].n) wrong(r, "end, and no line of %s before it", lock_words[needed[i]]);
    for (int i = 0; i < 3; i++)
        if (!lock_fact(r->lock, LOCK_TRAIN, settings[i])) wrong(r, "end, and no train %s before it", settings[i]);
    if (lock_fact(r->lock, LOCK_TRAIN, "init-except") && !r->lock->of[LOCK_INIT].n)
        wrong(r, "end, and no line of init for train init-except before it");
    if (r->lock->of[LOCK_EMITTED].n != 2) wrong(r, "end, and no line of emitted for the header before it");
}

/* Every character is one that a terminal shows, so that a line says what it seems to say. */
static void check_characters(const Reading *r, const char *line)
{
    for (size_t left = strlen(line), n; left; line += n, left -= n) {
        n = rt_utf8(line, left);
        if (!n || character_hidden(character_code(line, n)))
            wrong(r, "a byte %d that is no character of a text", (unsigned char)*line);
    }
}

Lock *lock_read_text(Arena *arena, const char *path, const char *text, size_t length)
{
    char *at = arena_format(arena, "%.*s", (int)length, text);
    Reading r = {.lock = lock_new(arena), .arena = arena, .path = path, .seen = name_table_new(arena)};
    r.lock->path = path;
    const bool binary = strlen(at) != length;
    int ended = 0;
    for (char *line; (line = strsep(&at, "\n"));) {
        if (!at && !*line) break;                                            /* behind the last newline */
        r.line++;
        check_characters(&r, line);
        if (ended) wrong(&r, "'%s' behind end, against nothing", shown(&r, line));
        if (r.line == 1) check_first(&r, line);
        else if (!strcmp(line, "end")) ended = r.line, check_whole(&r);
        else if (!at) wrong(&r, "'%s' and no end, against end as the last line: the lock is cut", shown(&r, line));
        else take_line(&r, line);
    }
    if (!r.line) r.line = 1, wrong(&r, "nothing, against tailor-lock %d: it is no lock", LOCK_VERSION);
    if (binary) wrong(&r, "a zero byte, against a text");
    if (!ended) wrong(&r, "the last line, and no end behind it: the lock is cut");
    return r.lock;
}

Lock *lock_read(Arena *arena, const char *path)
{
    RtText text = {0};
    RtError error = {0};
    if (!rt_file_read(path, MOST_BYTES, &text, &error)) fail("%s", error.text);
    Lock *lock = lock_read_text(arena, path, text.length ? text.data : "", text.length);
    rt_text_free(&text);
    return lock;
}
