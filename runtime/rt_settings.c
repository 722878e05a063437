/* rt_settings.c - the settings of train{}, a row each: see rt_settings.h. */
#include "rt_settings.h"

#include <math.h>
#include <string.h>

#define WORD(id, word) {word, #id},
static const RtSettingWord schedule_words[] = {RT_SCHEDULES(WORD) {0}};
static const RtSettingWord not_finite_words[] = {{"stop", NULL}, {"skip", NULL}, {0}};
static const RtSettingWord accuracy_words[] = {{"exact", NULL}, {"f2", NULL}, {"f4", NULL}, {0}};
static const RtSettingWord storage_words[] = {{"fp32", NULL}, {"bf16", NULL}, {0}};
static const RtSettingWord sampler_words[] = {{"shuffle", NULL}, {"balanced", NULL}, {0}};

#define PLACE(member_) .member = #member_, .offset = offsetof(RtTrain, member_)
#define INTEGER(member_) .kind = RT_SETTING_INTEGER, PLACE(member_)
#define REAL(member_) .kind = RT_SETTING_REAL, PLACE(member_)
#define FLAG(member_) .kind = RT_SETTING_FLAG, PLACE(member_)
#define TEXT(member_) .kind = RT_SETTING_WORD, PLACE(member_)
#define NAMED RT_HASH_NAMED
#define ALWAYS RT_HASH_ALWAYS

const RtSetting rt_settings[] = {
    {"data", TEXT(data), .limits = "string", .word = "mnist", .hash = RT_HASH_RUN},
    {"batch", INTEGER(batch), .limits = "count", .number = 128, .hash = ALWAYS, .compiler_only = true},
    {"epochs", INTEGER(epochs), .limits = "epochs", .number = 1, .hash = RT_HASH_RUN},
    {"seed", INTEGER(seed), .limits = "seed", .number = 1, .hash = RT_HASH_RUN},
    {"optimizer", .kind = RT_SETTING_MAKER, PLACE(optimizer), .limits = "any", .number = NAN, .hash = ALWAYS},
    {"lr", "optimizer", REAL(lr), .limits = "positive", .number = NAN, .hash = ALWAYS},
    {"momentum", "optimizer", REAL(momentum), .limits = "share", .number = NAN, .hash = ALWAYS},
    {"nesterov", "optimizer", FLAG(nesterov), .limits = "boolean", .number = NAN, .hash = ALWAYS},
    {"beta1", "optimizer", REAL(beta1), .limits = "share", .number = NAN, .hash = ALWAYS},
    {"beta2", "optimizer", REAL(beta2), .limits = "share", .number = NAN, .hash = ALWAYS},
    {"eps", "optimizer", REAL(eps), .limits = "positive", .number = NAN, .hash = ALWAYS},
    {"weight_decay", "optimizer", REAL(weight_decay), .limits = "nonnegative", .number = NAN, .hash = ALWAYS},
    {"schedule", .kind = RT_SETTING_MAKER, PLACE(schedule), .limits = "any", .number = NAN, .words = schedule_words,
     .hash = ALWAYS},
    {"warmup", "schedule", REAL(warmup), .limits = "share", .number = 0, .hash = ALWAYS},
    {"final", "schedule", REAL(final), .limits = "share", .number = 0, .hash = ALWAYS},
    {"peak", "schedule", REAL(peak), .limits = "positive", .number = NAN, .hash = ALWAYS},
    {"factor", "schedule", REAL(factor), .limits = "positive", .number = 0.1, .hash = ALWAYS},
    {"every", "schedule", INTEGER(every), .limits = "count", .number = 1, .hash = ALWAYS},
    {"clip", REAL(clip), .limits = "nonnegative", .number = 0, .hash = ALWAYS},
    {"ema", REAL(ema), .limits = "share", .number = 0, .hash = NAMED},
    {"not_finite", FLAG(skip_not_finite), .limits = "string", .word = "stop", .words = not_finite_words, .hash = NAMED},
    {"validation", REAL(validation), .limits = "share", .number = 1.0 / 12, .hash = RT_HASH_RUN},
    {"accuracy", TEXT(accuracy), .limits = "string", .word = "f2", .words = accuracy_words, .hash = ALWAYS,
     .compiler_only = true},
    {"storage", TEXT(storage), .limits = "string", .word = "fp32", .words = storage_words, .hash = NAMED,
     .compiler_only = true},
    {"freeze", TEXT(freeze), .limits = "any", .number = NAN, .hash = NAMED, .compiler_only = true},
    {"augment", .kind = RT_SETTING_GROUP, PLACE(augment), .limits = "any", .number = NAN, .hash = NAMED},
    {"shift", "augment", INTEGER(augment.shift), .limits = "size", .number = 0, .hash = ALWAYS},
    {"crop", "augment", INTEGER(augment.crop), .limits = "size", .number = 0, .hash = ALWAYS},
    {"flip", "augment", FLAG(augment.flip), .limits = "boolean", .number = 0, .hash = ALWAYS},
    {"rotate", "augment", REAL(augment.rotate), .limits = "nonnegative", .number = 0, .hash = ALWAYS},
    {"cutout", "augment", INTEGER(augment.cutout), .limits = "size", .number = 0, .hash = ALWAYS},
    {"normalize", .kind = RT_SETTING_CHANNELS, PLACE(normalize), .limits = "any", .number = NAN, .hash = NAMED},
    {"views", INTEGER(views), .limits = "any", .number = 1, .hash = RT_HASH_NEVER,     /* view() says what is made */
     .compiler_only = true},
    {"sampler", .kind = RT_SETTING_GROUP, PLACE(sampler), .limits = "any", .word = "shuffle", .words = sampler_words,
     .hash = NAMED},
    {"classes", "sampler", INTEGER(sampler.classes), .limits = "count", .number = NAN, .hash = ALWAYS},
    {"per_class", "sampler", INTEGER(sampler.per_class), .limits = "count", .number = NAN, .hash = ALWAYS},
    {0},
};

const RtSetting *rt_setting(const char *name)
{
    const RtSetting *setting = rt_settings;
    while (setting->name && strcmp(setting->name, name) != 0) setting++;
    return setting->name ? setting : NULL;
}

static void *place(const RtSetting *s, RtTrain *train) { return (char *)train + s->offset; }

double rt_setting_number(const RtSetting *s, const RtTrain *train)
{
    const char *at = (const char *)train + s->offset;
    switch (s->kind) {
    case RT_SETTING_INTEGER: return (double)*(const int64_t *)(const void *)at;
    case RT_SETTING_REAL: return *(const double *)(const void *)at;
    case RT_SETTING_FLAG: return *(const bool *)at;
    case RT_SETTING_MAKER: return s->words ? *(const int *)(const void *)at : NAN;
    default: return NAN;
    }
}

const char *rt_setting_word(const RtSetting *s, const RtTrain *train)
{
    const char *word = *(const char *const *)(const void *)((const char *)train + s->offset);
    return word ? word : "";
}

/* the number of the first word when there is no such word */
static int word_number(const RtSetting *s, const char *word)
{
    for (int i = 0; s->words[i].word; i++)
        if (!strcmp(s->words[i].word, word)) return i;
    return 0;
}

void rt_setting_put(const RtSetting *s, RtTrain *train, double number, const char *word)
{
    switch (s->kind) {
    case RT_SETTING_INTEGER: *(int64_t *)place(s, train) = (int64_t)number; break;
    case RT_SETTING_REAL: *(double *)place(s, train) = number; break;
    case RT_SETTING_FLAG: *(bool *)place(s, train) = s->words ? word_number(s, word) == 1 : number != 0; break;
    case RT_SETTING_MAKER:
        if (s->words) *(int *)place(s, train) = word_number(s, word);
        else *(const char **)place(s, train) = word;
        break;
    case RT_SETTING_WORD: *(const char **)place(s, train) = word; break;
    default: break;
    }
}

static bool is_zero(const RtSetting *s, const RtTrain *train)
{
    if (s->kind == RT_SETTING_CHANNELS) return !train->normalize.n && !train->normalize.by_name;
    if (s->kind != RT_SETTING_GROUP) return rt_setting_number(s, train) == 0;
    for (const RtSetting *member = rt_settings; member->name; member++)
        if (member->of && !strcmp(member->of, s->name) && !is_zero(member, train)) return false;
    return true;
}

bool rt_setting_is_default(const RtSetting *s, const RtTrain *train)
{
    if (s->kind == RT_SETTING_WORD) {
        const char *word = rt_setting_word(s, train);
        return !*word || (s->word && !strcmp(word, s->word));      /* nothing: there is no train{} */
    }
    if (s->kind == RT_SETTING_FLAG && s->words) return rt_setting_number(s, train) == word_number(s, s->word);
    return s->number > 0 || s->number < 0 ? rt_setting_number(s, train) == s->number : is_zero(s, train);
}

void rt_settings_json(RtJsonWriter *json, const char *of, const RtTrain *train)
{
    for (const RtSetting *s = rt_settings; s->name; s++) {
        if (!s->of || strcmp(s->of, of) != 0 || is_zero(s, train)) continue;
        if (s->kind == RT_SETTING_INTEGER) rt_json_integer(json, s->name, (int64_t)rt_setting_number(s, train));
        else if (s->kind == RT_SETTING_FLAG) rt_json_bool(json, s->name, true);
        else rt_json_number(json, s->name, rt_setting_number(s, train));
    }
}
