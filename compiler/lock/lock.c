/* lock.c - the facts of a lock, and its text. */
#include "lock/lock.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const lock_words[LOCK_WORDS] = {"graph", "graph-hash", "option",  "data",    "train",
                                            "init",  "emit",       "tuned",   "tailor",  "emitted",
                                            "runtime", "built",    "loss",    "weights", "metric"};

Lock *lock_new(Arena *arena)
{
    Lock *lock = arena_alloc(arena, sizeof *lock);
    lock->arena = arena;
    return lock;
}

void lock_add(Lock *lock, LockWord word, const char *name, const char *value)
{
    LockFacts *f = &lock->of[word];
    f->list = arena_grow(lock->arena, f->list, f->n, &f->capacity, sizeof *f->list);
    f->list[f->n++] = (LockFact){arena_copy(lock->arena, name), arena_copy(lock->arena, value), 0};
}

const LockFact *lock_fact(const Lock *lock, LockWord word, const char *name)
{
    for (int i = 0; i < lock->of[word].n; i++)
        if (!strcmp(lock->of[word].list[i].name, name)) return &lock->of[word].list[i];
    return NULL;
}

const char *lock_value(const Lock *lock, LockWord word, const char *name)
{
    const LockFact *fact = lock_fact(lock, word, name);
    return fact ? fact->value : NULL;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const LockFact *)a)->name, ((const LockFact *)b)->name);
}

/* Facts whose order means nothing are sorted: all files of a graph but the first, options, files of data, metrics. */
static LockFacts in_order(const Lock *lock, LockWord word)
{
    LockFacts f = lock->of[word];
    const int first = word == LOCK_GRAPH;
    if (f.n <= first || (word != LOCK_GRAPH && word != LOCK_OPTION && word != LOCK_DATA && word != LOCK_METRIC))
        return f;
    f.list = arena_array(lock->arena, f.n, sizeof *f.list);
    memcpy(f.list, lock->of[word].list, (size_t)f.n * sizeof *f.list);
    qsort(f.list + first, (size_t)(f.n - first), sizeof *f.list, compare_names);
    return f;
}

const char *lock_text(const Lock *lock)
{
    Text text = text_new(lock->arena);
    text_add(&text, "tailor-lock %d\n", LOCK_VERSION);
    for (LockWord word = 0; word < LOCK_WORDS; word++) {
        const LockFacts f = in_order(lock, word);
        for (int i = 0; i < f.n; i++) {
            text_add(&text, "%s", lock_words[word]);
            if (word == LOCK_DATA) text_add(&text, " %s", lock->data);
            if (*f.list[i].name) text_add(&text, " %s", f.list[i].name);
            text_add(&text, word == LOCK_TAILOR ? " numerics %s\n" : " %s\n", f.list[i].value);
        }
    }
    text_add(&text, "end\n");
    return text.chars;
}

void lock_check_place(Arena *arena, const char *path)
{
    RtText text = {0};
    RtError error = {0};
    const char *slash = strrchr(path, '/'),
               *folder = !slash ? "." : slash == path ? "/" : arena_format(arena, "%.*s", (int)(slash - path), path);
    if (access(folder, W_OK | X_OK) != 0) fail("%s: the folder %s is not there or cannot be written", path, folder);
    if (access(path, F_OK) != 0) return;
    if (!rt_file_read(path, 1 << 28, &text, &error)) fail("%s", error.text);
    const bool ours = text.length >= 12 && !memcmp(text.data, "tailor-lock ", 12);
    rt_text_free(&text);
    if (!ours) fail("%s: is there and is no lock; it is not overwritten", path);
}
