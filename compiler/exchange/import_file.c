/* import_file.c - the graph file: its lines, and what stands around the model. */
#include "exchange/import.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 110 };

/* Breaks a line that is too long where an argument begins. */
static void line_add(Text *out, const char *line, size_t n)
{
    size_t indent = 0;
    while (indent < n && line[indent] == ' ') indent++;
    while (n > COLUMNS) {
        size_t at = 0;
        bool quoted = false;
        for (size_t i = indent + 1; i < COLUMNS && i + 1 < n; i++) {
            quoted ^= line[i] == '"';
            if (!quoted && line[i] == ' ' && (line[i - 1] == ',' || (line[i - 1] == '=' && at == 0))) at = i;
        }
        if (!at) break;
        text_add(out, "%.*s\n%*s", (int)at, line, (int)indent + 4, "");
        n -= at + 1;
        line += at + 1;
        while (n && *line == ' ') line++, n--;
        if (n + indent + 4 <= COLUMNS) break;
    }
    text_add(out, "%.*s\n", (int)n, line);
}

typedef struct Line {
    const char *at;
    size_t n, digits, digits_end;
    long number;
} Line;

/* A call whose first argument is a name that ends in a number: x = block("stages.1", x, 64) */
static Line line_of(const char *at)
{
    Line l = {.at = at, .n = strcspn(at, "\n")};
    const char *quote = memchr(at, '"', l.n),
               *close = quote ? memchr(quote + 1, '"', l.n - (size_t)(quote + 1 - at)) : NULL;
    if (!close || *at != 'x' || quote == at || quote[-1] != '(' || memchr(at, '\1', l.n)) return l;
    const char *digits = close;
    while (isdigit((unsigned char)digits[-1])) digits--;
    if (digits == close || digits[-1] != '.' || close - digits > 4) return l;
    l.digits = (size_t)(digits - at);
    l.digits_end = (size_t)(close - at);
    l.number = strtol(digits, NULL, 10);
    return l;
}

static bool follows(const Line *a, const Line *b)
{
    return a->digits && b->digits == a->digits && b->number == a->number + 1 && !strncmp(a->at, b->at, a->digits) &&
           a->n - a->digits_end == b->n - b->digits_end &&
           !strncmp(a->at + a->digits_end, b->at + b->digits_end, a->n - a->digits_end);
}

/* The text line by line: equal calls that count up become a loop. */
static void lines_add(Text *out, const char *text)
{
    while (*text) {
        const Line first = line_of(text);
        Line last = first;
        const char *next = text + first.n + (text[first.n] == '\n');
        while (*next) {
            const Line line = line_of(next);
            if (!follows(&last, &line)) break;
            last = line;
            next += line.n + (next[line.n] == '\n');
        }
        if (last.number - first.number >= 2 && first.digits) {
            Text loop = text_new(out->arena);
            text_add(&loop, "for i = %ld, %ld do %.*s\" .. i%.*s end", first.number, last.number, (int)first.digits,
                     first.at, (int)(first.n - first.digits_end - 1), first.at + first.digits_end + 1);
            line_add(out, loop.chars, loop.length);
            text = next;
        } else {
            line_add(out, first.at, first.n);
            text += first.n + (text[first.n] == '\n');
        }
    }
}

/* ---- the file ---- */

static const char *file_name(const char *path) { return strrchr(path, '/') ? strrchr(path, '/') + 1 : path; }

/* A line that cannot end a comment, or hide what it says. */
static const char *said(Import *m, const char *text)
{
    char *line = arena_copy(m->arena, shown_name(m->arena, text));
    for (char *c = line; *c; c++)
        if ((unsigned char)*c < 32) *c = ' ';
    return strlen(line) > 60 ? arena_format(m->arena, "%.60s", line) : line;
}

/* What the model's images are most likely from: there is a set in the program for one kind. */
static const char *data_for(Import *m)
{
    const int64_t *d = m->image->dims;
    if (m->image->rank == 4 && d[1] == 28 && d[2] == 28 && d[3] == 1 && m->classes == 10) return "digits";
    if (m->image->rank == 4 && d[1] == 32 && d[2] == 32 && d[3] == 3 && m->classes == 10) return "cifar-10";
    return "images";
}

const char *import_text(Import *m, const char *name)
{
    Text functions = text_new(m->arena), out = text_new(m->arena);
    Template body = {.text = text_new(m->arena)};
    Group *root = groups_of(m);
    families_of(m, root, &functions);
    m->image->variable = "image";
    body_write(m, &body, root, 0);
    text_add(&out, "-- %s.lua   imported from %s (%s, operator set %lld); its weights: %s.safetensors\n", name,
             said(m, file_name(m->model->path)), *m->model->producer ? said(m, m->model->producer) : "unknown",
             (long long)m->model->opset, name);
    if (m->n_folded)
        text_add(&out,
                 "-- The exporter has folded %d batch norm%s into convolutions (%s%s); optimize=False keeps %s.\n",
                 m->n_folded, m->n_folded > 1 ? "s" : "", m->first_folded, m->n_folded > 1 ? ", ..." : "",
                 m->n_folded > 1 ? "them" : "it");
    if (m->softmax) text_add(&out, "-- The model ended in a softmax, which is part of the loss here.\n");
    text_add(&out, "\n");
    if (functions.length) lines_add(&out, functions.chars);
    text_add(&out, "image = input %s\n", list_text(m, m->image->rank - 1, m->image->dims + 1));
    text_add(&out, "label = labels(%lld)\n\n", (long long)m->classes);
    lines_add(&out, template_text(m, &body, NULL));
    text_add(&out, "\nminimize(cross_entropy(logits, label))\nmetric(\"accuracy\", equal(argmax(logits), label))\n");
    if (m->softmax) text_add(&out, "output(\"probabilities\", softmax(logits))\n");
    text_add(&out,
             "\ntrain { data = \"%s\", batch = 64, epochs = 5, seed = 1,\n"
             "        optimizer = adamw { lr = 1e-3, weight_decay = 0.01 },\n"
             "        schedule  = cosine { warmup = 0.05 } }\n",
             data_for(m));
    return out.chars;
}
