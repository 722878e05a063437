/* rt_settings.h - the settings of train{}: one row each, by which the compiler reads, hashes and emits them and a run
 * records them.
 *
 * What has no row cannot be said in a graph file.  What has one enters a hash unless its row says that nothing follows
 * from it: a resumed run never goes on under other settings than it began with.
 */
#ifndef RT_SETTINGS_H
#define RT_SETTINGS_H

#include "rt.h"

typedef enum RtSettingKind {
    RT_SETTING_INTEGER,          /* int64_t, or uint64_t up to 2^53 */
    RT_SETTING_REAL,             /* double */
    RT_SETTING_FLAG,             /* bool; with words, the second one is true */
    RT_SETTING_WORD,             /* const char *: one of its words, or any text */
    RT_SETTING_MAKER,            /* an enum: by which constructor the record was made, the word of that number */
    RT_SETTING_GROUP,            /* a struct, whose members are the settings `of` it */
    RT_SETTING_CHANNELS          /* RtNormalize */
} RtSettingKind;

typedef enum RtSettingHash {
    RT_HASH_NAMED,     /* of the graph: name and value, where it is not the default: older graphs keep their hash */
    RT_HASH_ALWAYS,    /* of the graph: the value alone, of the first settings only (compiler/language/hash.c) */
    RT_HASH_RUN,       /* of the experiment: data, epochs, seed, validation, and no other (rt_experiment_hash) */
    RT_HASH_NEVER      /* nothing that is computed depends on it */
} RtSettingHash;

/* In the graph file; in emitted C, where that is not the same. */
typedef struct RtSettingWord { const char *word, *c; } RtSettingWord;


typedef struct RtSetting {
    const char *name;            /* in the graph file; NULL: behind the last row */
    const char *of;              /* the setting in whose table it is said; NULL: in train{} itself */
    const char *member;          /* of RtTrain, in C */
    size_t offset;               /* in RtTrain */
    RtSettingKind kind;
    const char *limits;          /* a kind of the graph language (compiler/language/schema.c) */
    double number;               /* the default; NaN: there is none, or each constructor has its own */
    const char *word;            /* the default of words */
    const RtSettingWord *words;  /* that are possible; ends with {0} */
    RtSettingHash hash;
    bool compiler_only;          /* not in emitted tables */
} RtSetting;

extern const RtSetting rt_settings[];                                     /* in the order of train{} */

const RtSetting *rt_setting(const char *name);                            /* the one of that name; there is one */
double rt_setting_number(const RtSetting *, const RtTrain *);             /* of integers, reals, flags and makers */
const char *rt_setting_word(const RtSetting *, const RtTrain *);          /* of words; "" when there is none */
/* Takes the one of number and word that is of its kind. */
void rt_setting_put(const RtSetting *, RtTrain *, double number, const char *word);
bool rt_setting_is_default(const RtSetting *, const RtTrain *);           /* without a default: is it 0 */
void rt_settings_json(RtJsonWriter *, const char *of, const RtTrain *);   /* the members of a group that are not 0 */

#endif
