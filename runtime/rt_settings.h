/* rt_settings.h - the settings of train{}, a row each.  By these rows the compiler reads, hashes and emits the
 * settings, and a run records them.
 *
 * A setting without a row cannot be used in a graph file.  A setting with a row enters a hash, unless its row says that
 * no result depends on it.  So a resumed run never goes on under other settings than it began with. */
#ifndef RT_SETTINGS_H
#define RT_SETTINGS_H

#include "rt.h"

typedef enum RtSettingKind {
    RT_SETTING_INTEGER,          /* int64_t, or uint64_t up to 2^53 */
    RT_SETTING_REAL,             /* double */
    RT_SETTING_FLAG,             /* bool; with words, the second one is true */
    RT_SETTING_WORD,             /* const char *: one of its words, or any text */
    /* The constructor that made the record.  An enum: the number of its word; without words, const char *: its name. */
    RT_SETTING_MAKER,
    RT_SETTING_GROUP,            /* a struct, whose members are the settings `of` it */
    RT_SETTING_CHANNELS          /* RtNormalize */
} RtSettingKind;

typedef enum RtSettingHash {
    RT_HASH_NAMED,    /* of the graph: name and value, unless it is the default, so that older graphs keep their hash */
    RT_HASH_ALWAYS,    /* of the graph: the value alone; only the first settings (compiler/language/hash.c) */
    RT_HASH_RUN,       /* of the experiment: only data, epochs, seed, validation (rt_experiment_text) */
    RT_HASH_NEVER      /* no computed result depends on it */
} RtSettingHash;

/* A word in the graph file; its text in emitted C, where that differs. */
typedef struct RtSettingWord { const char *word, *c; } RtSettingWord;


typedef struct RtSetting {
    const char *name;            /* in the graph file; NULL: the end of the table */
    const char *of;              /* the setting in whose table it stands; NULL: in train{} itself */
    const char *member;          /* member of RtTrain, in C */
    size_t offset;               /* offset in RtTrain */
    RtSettingKind kind;
    const char *limits;          /* its kind in the graph language (compiler/language/schema.c) */
    double number;               /* default; NaN: there is none, or each constructor has its own */
    const char *word;            /* default of a word */
    const RtSettingWord *words;  /* possible words; ends with {0} */
    RtSettingHash hash;
    bool compiler_only;          /* not in emitted tables */
} RtSetting;

extern const RtSetting rt_settings[];                                     /* in the order of train{} */

const RtSetting *rt_setting(const char *name);                          /* the setting of that name, which must exist */
double rt_setting_number(const RtSetting *, const RtTrain *);     /* for integers, reals, flags, makers with words */
const char *rt_setting_word(const RtSetting *, const RtTrain *);    /* for words, other makers; "" when there is none */
/* Takes number or word, whichever the setting's kind needs. */
void rt_setting_put(const RtSetting *, RtTrain *, double number, const char *word);
bool rt_setting_is_default(const RtSetting *, const RtTrain *);           /* a setting without default: is it 0 */
/* writes the members of a group that are not 0 */
void rt_settings_json(RtJsonWriter *, const char *of, const RtTrain *);

#endif
