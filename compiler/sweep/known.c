/* known.c - facts about graphs, asked for once. */
#include "sweep/known.h"

#include <string.h>

Known known_new(Arena *arena) { return (Known){.arena = arena, .numbers = name_table_new(arena)}; }

/* No value of an option has a newline in it. */
static const char *text_of(Arena *arena, const Question *q)
{
    Text text = text_new(arena);
    text_add(&text, "%s\n", q->path);
    if (q->maps) text_add(&text, "%s of %s\n", q->maps->kind, q->maps->layer ? q->maps->layer : "");
    if (q->init) text_add(&text, "%s without %s\n", q->init, q->init_except ? q->init_except : "");
    for (int i = 0; i < q->n_settings; i++) text_add(&text, "%s=%s\n", q->settings[i].name, q->settings[i].value);
    return text.chars;
}

void known_facts(Known *k, int n, const Question *questions, const Facts **facts)
{
    Question *open = arena_array(k->arena, n, sizeof *open);
    int *number = arena_array(k->arena, n, sizeof *number), n_open = 0;
    for (int i = 0; i < n; i++) {
        int *known = name_number(&k->numbers, text_of(k->arena, &questions[i]));
        if (!*known) open[n_open++] = questions[i], *known = k->n + n_open;
        number[i] = *known;
    }
    Facts *answers = arena_array(k->arena, n_open, sizeof *answers);
    read_graphs(k->arena, n_open, open, answers);
    for (int i = 0; i < n_open; i++) {
        k->facts = arena_grow(k->arena, k->facts, k->n, &k->capacity, sizeof *k->facts);
        k->facts[k->n++] = &answers[i];
    }
    for (int i = 0; i < n; i++) facts[i] = k->facts[number[i] - 1];
}

Question with_setting(Arena *arena, const Question *q, Setting added)
{
    Question more = *q;
    Setting *settings = arena_array(arena, q->n_settings + 1, sizeof *settings);
    int n = 0, i = 0;
    while (i < q->n_settings && strcmp(q->settings[i].name, added.name) < 0) settings[n++] = q->settings[i++];
    settings[n++] = added;
    if (i < q->n_settings && !strcmp(q->settings[i].name, added.name)) i++;
    while (i < q->n_settings) settings[n++] = q->settings[i++];
    more.settings = settings, more.n_settings = n;
    return more;
}
