/* update.c - how a step changes parameters: a function that holds the optimizer's constants, and its calls. */
#include "emit/emitter.h"
#include "graph/optimizer.h"
#include "rt_settings.h"

#include <string.h>

static const char *setting_text(Arena *arena, const RtSetting *setting, const RtTrain *train)
{
    const double number = rt_setting_number(setting, train);
    return setting->kind == RT_SETTING_FLAG ? number != 0 ? "true" : "false" : c_double(arena, number);
}

/* The C text for `$word` in an optimizer's call, within the function: a parameter of it, or a constant. */
static const char *word_text(Arena *arena, const RtTrain *t, const char *word)
{
    static const char *const parameters[] = {"count", "weights", "gradient"};
    const char *names[MOST_MOMENTS];
    const Optimizer *optimizer = optimizer_of(t->optimizer);
    const int n = optimizer_moments(t, names);
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
        if (!strcmp(word, parameters[i])) return word;
    for (int i = 0; i < MOST_MOMENTS && optimizer->moments[i]; i++)
        if (!strcmp(word, optimizer->moments[i])) return n ? word : "NULL";
    if (!strcmp(word, "decay")) return t->weight_decay != 0 ? word : "0";
    if (!strcmp(word, "scale")) return t->clip > 0 ? word : "1.0f";
    const RtSetting *setting = rt_setting(word);
    if (!setting) bug("an optimizer's call has a $%s", word);
    return setting_text(arena, setting, t);
}

void write_update_function(Emitter *m)
{
    const RtTrain *t = &m->e->experiment->train;
    const char *names[MOST_MOMENTS];
    const int n = optimizer_moments(t, names);
    Text head = text_new(m->arena), call = text_new(m->arena);
    text_add(&head, "static void %supdate(", m->e->qualifier);
    text_add(&head, "int64_t count, float *restrict weights, const float *restrict gradient, ");
    for (int i = 0; i < n; i++) text_add(&head, "float *restrict %s, ", names[i]);
    if (t->ema > 0) text_add(&head, "float *restrict average, ");
    if (t->weight_decay != 0) text_add(&head, "double decay, ");
    if (t->clip > 0) text_add(&head, "float scale, ");
    text_add(&head, "const RtStep *step)");
    text_add(&call, "    ");
    const Optimizer *optimizer = optimizer_of(t->optimizer);
    for (const char *c = t->weight_decay > 0 && optimizer->call_decaying ? optimizer->call_decaying : optimizer->call;
         *c;) {
        const size_t plain = strcspn(c, "$");
        text_add(&call, "%.*s", (int)plain, c);
        c += plain;
        if (!*c) break;
        const size_t length = strspn(c + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
        text_add(&call, "%s", word_text(m->arena, t, arena_format(m->arena, "%.*s", (int)length, c + 1)));
        c += 1 + length;
    }
    text_add(&call, ";");
    add(m, "/* How a step changes a parameter. */\n%s\n{\n%s\n", head.chars, call.chars);
    const char *ema = c_double(m->arena, t->ema);
    if (t->ema > 0) add(m, "    rt_update_average(count, average, weights, %s, step->step - step->skipped);\n", ema);
    add(m, "}\n");
}

void write_update(Emitter *m, const Parameter *parameter, const char *gradient)
{
    const RtTrain *t = &m->e->experiment->train;
    const Type type = graph_at(m->e->experiment->graph, parameter->value)->type;
    const char *names[MOST_MOMENTS];
    const int n = optimizer_moments(t, names);
    Text tensor = text_new(m->arena), line = text_new(m->arena);
    text_add(&tensor, "%s", parameter->identifier);
    for (int i = 1; i < type.rank; i++) text_add(&tensor, "[0]");
    text_add(&line, "    %supdate(", m->e->qualifier);
    const char *address = type.rank ? "" : "&";                       /* one number is no array */
    text_add(&line, "%lld, %sp->%s, %s, ", (long long)type_count(type, 1), address, tensor.chars, gradient);
    for (int i = 0; i < n; i++) text_add(&line, "%so->%s.%s, ", address, names[i], tensor.chars);
    if (t->ema > 0) text_add(&line, "%so->average.%s, ", address, tensor.chars);
    if (t->weight_decay != 0) text_add(&line, "%s, ", c_double(m->arena, parameter->decay ? t->weight_decay : 0));
    text_add(&line, "%sstep);", t->clip > 0 ? "scale, " : "");
    add(m, "%s\n", line.chars);
}
