/* check.c - an experiment against its graphs: options and their types, metrics that runs will have. */
#include "sweep/check.h"

#include "cam/metrics.h"
#include "cam/network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *place_text(Arena *arena, const Place *at)
{
    Text text = text_new(arena);
    text_add(&text, "%s:%d: experiment %s", at->file->source.path, at->study->line, at->study->name);
    if (at->graph && at->study->n_graphs > 1) text_add(&text, ", graph %s", at->graph->name);
    if (at->variant && at->study->n_variants > 1)
        text_add(&text, ", variant %s", shown_name(arena, at->variant));
    return text.chars;
}

/* ---- options ---- */

static const Option *option_named(const Facts *facts, const char *name)
{
    for (int i = 0; i < facts->n_options; i++)
        if (!strcmp(facts->options[i].name, name)) return &facts->options[i];
    return NULL;
}

static const char *near_option(Arena *arena, const Facts *facts, const char *name)
{
    const char **names = arena_array(arena, facts->n_options, sizeof *names);
    for (int i = 0; i < facts->n_options; i++) names[i] = facts->options[i].name;
    return did_you_mean(arena, name, facts->n_options, names, "'");
}

/* What a value of the option must be; *wanted is the type. */
static const char *kind_of(const Option *o, SettingType *wanted)
{
    *wanted = *o->json == '"' ? SETTING_STRING : *o->json == 't' || *o->json == 'f' ? SETTING_BOOLEAN : SETTING_NUMBER;
    return *wanted == SETTING_STRING    ? "a string"
           : *wanted == SETTING_BOOLEAN ? "true or false"
           : o->whole                   ? "a whole number"
                                        : "a number";
}

static void check_setting(Arena *arena, const Place *at, const Facts *facts, const Setting *s)
{
    const Option *o = option_named(facts, s->name);
    SettingType wanted;
    if (!o)
        fail("%s: there is no option '%s' in %s%s", place_text(arena, at), s->name, at->graph->path,
             near_option(arena, facts, s->name));
    const char *kind = kind_of(o, &wanted), *quote = s->type == SETTING_STRING ? "'" : "";
    const double number = s->type == SETTING_NUMBER ? strtod(s->value, NULL) : 0;
    if (s->type != wanted || (o->whole && number != floor(number)))
        fail("%s: %s is %s%s%s, against %s in %s", place_text(arena, at), s->name, quote, s->value, quote, kind,
             at->graph->path);
}

void check_options(Arena *arena, const Place *of, const Facts *facts)
{
    const Study *s = of->study;
    Place at = *of;
    for (int i = 0; i < s->n_common; i++) check_setting(arena, &at, facts, &s->common[i]);
    for (int v = 0; v < s->n_variants; v++) {
        at.variant = s->variants[v].name;
        for (int i = 0; i < s->variants[v].n_settings; i++)
            check_setting(arena, &at, facts, &s->variants[v].settings[i]);
    }
    at.variant = NULL;
    const Option *o = s->match_option ? option_named(facts, s->match_option) : NULL;
    if (s->match_option && !o)
        fail("%s: match solves for '%s', and there is no such option in %s%s", place_text(arena, &at), s->match_option,
             at.graph->path, near_option(arena, facts, s->match_option));
    if (o && !o->whole)
        fail("%s: match solves for %s, which is %s in %s, against a whole number", place_text(arena, &at),
             s->match_option, o->json, at.graph->path);
}

/* ---- maps and metrics ---- */

void check_maps(Arena *arena, const Place *at)
{
    enum { MOST_KINDS = 32 };
    const char *kinds[MOST_KINDS], *kind = at->study->maps ? at->study->maps->kind : map_kind(0);
    int n = 0;
    bool known = false;
    for (; map_kind(n); n++) {
        kinds[n] = map_kind(n);
        known = known || !strcmp(kind, kinds[n]);
    }
    if (known) return;
    Text all = text_new(arena);
    for (int i = 0; i < n; i++) text_add(&all, i ? ", %s" : "%s", kinds[i]);
    const char *near = did_you_mean(arena, kind, n, kinds, "'");
    fail("%s: maps.kind is '%s'%s%s", place_text(arena, at), kind, *near ? near : ", not one of ",
         *near ? "" : all.chars);
}

void check_tested(Arena *arena, const Place *at, const RtData *data)
{
    const Study *s = at->study;
    if (!data->no_test || s->validation) return;
    if (s->maps)
        fail("%s: maps are measured on test images, and the data set %s has none; split = 'validation' measures them "
             "on validation images", place_text(arena, at), data->name);
    for (int i = 0; i < s->n_compare; i++)
        if (!strncmp(s->compare[i], "test_", 5))
            fail("%s: no run on %s has the metric %s of compare: the data set has no test images; compare names val_ "
                 "metrics instead", place_text(arena, at), data->name, s->compare[i]);
}

typedef struct Names { Arena *arena; NameTable known; int n, capacity; const char **list; } Names;

static void add_name(Names *names, const char *prefix, const char *name)
{
    const char *whole = arena_format(names->arena, "%s%s", prefix, name);
    int *number = name_number(&names->known, whole);
    if (*number) return;
    *number = names->n + 1;
    names->list = arena_grow(names->arena, names->list, names->n, &names->capacity, sizeof *names->list);
    names->list[names->n++] = whole;
}

/* The end of a message about a metric that no run has. */
static const char *instead_of(const Names *names, const Study *s, const char *metric)
{
    const char *near = did_you_mean(names->arena, metric, names->n, names->list, "");
    for (int i = 0; !s->maps && cam_metrics[i].key; i++)
        if (!strcmp(metric + (strncmp(metric, "val_", 4) ? 0 : 4), cam_metrics[i].key))
            return ", which maps = {} measures";
    if (s->validation && strncmp(metric, "val_", 4) && !*near)
        return "; with split = 'validation' names begin with val_";
    if (*near) return near;
    Text all = text_new(names->arena);
    for (int i = 0; i < names->n; i++) text_add(&all, i ? ", %s" : "; there are %s", names->list[i]);
    return all.chars;
}

void check_metrics(Arena *arena, const Place *at, int n, const Facts *const *facts)
{
    const Study *s = at->study;
    Names names = {.arena = arena, .known = name_table_new(arena)};
    for (int i = 0; i < n; i++)
        for (int set = 0; set < 3; set++) {
            if ((set == 1 && !(facts[i]->validation > 0)) || (set == 2 && s->validation)) continue;
            const char *prefix = set == 0 ? "train_" : set == 1 ? "val_" : "test_";
            add_name(&names, prefix, "loss");
            for (int k = 0; k < facts[i]->n_metrics; k++) add_name(&names, prefix, facts[i]->metrics[k]);
        }
    for (int i = 0; s->maps && cam_metrics[i].key; i++)
        add_name(&names, s->validation ? "val_" : "", cam_metrics[i].key);
    for (int i = 0; i < s->n_compare; i++)
        if (!name_known(&names.known, s->compare[i]))
            fail("%s: no run has the metric %s of compare%s", place_text(arena, at), s->compare[i],
                 instead_of(&names, s, s->compare[i]));
}
