/* text.c - the memory of a compile, and text that is being written.
 *
 * An arena is a list of blocks, each twice as large as the one before.  Nothing is freed before the whole. */
#include "base/base.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Block {
    struct Block *before;
    size_t used, size;
    _Alignas(16) char bytes[];
} Block;

struct Arena {
    Block *last;
    size_t total;
};

Arena *arena_new(void)
{
    Arena *arena = calloc(1, sizeof *arena);
    if (!arena) fail("tailor: out of memory");
    return arena;
}

void arena_free(Arena *arena)
{
    for (Block *block = arena->last; block;) {
        Block *before = block->before;
        free(block);
        block = before;
    }
    free(arena);
}

void *arena_alloc(Arena *arena, size_t bytes)
{
    bytes = (bytes + 15) & ~(size_t)15;
    if (!arena->last || arena->last->size - arena->last->used < bytes) {
        size_t size = arena->last ? arena->last->size * 2 : 1 << 16;
        if (size > (size_t)1 << 26) size = (size_t)1 << 26;
        if (size < bytes) size = bytes;
        Block *block = calloc(1, sizeof *block + size);
        if (!block) fail("tailor: out of memory (%zu bytes)", size);
        block->before = arena->last;
        block->size = size;
        arena->total += size;
        arena->last = block;
    }
    void *result = arena->last->bytes + arena->last->used;
    arena->last->used += bytes;
    return result;
}

size_t arena_bytes(const Arena *arena) { return arena->total; }

void *arena_array(Arena *arena, int64_t n, size_t size)
{
    if (n < 0 || (size && (uint64_t)n > ((uint64_t)1 << 40) / size)) bug("an array of %lld elements", (long long)n);
    return arena_alloc(arena, (size_t)n * size + 1);
}

void *arena_grow(Arena *arena, void *array, int n, int *capacity, size_t size)
{
    if (n < *capacity) return array;
    int larger = *capacity ? *capacity * 2 : 8;
    void *result = arena_array(arena, larger, size);
    if (n) memcpy(result, array, (size_t)n * size);
    *capacity = larger;
    return result;
}

char *arena_copy(Arena *arena, const char *text)
{
    size_t length = strlen(text);
    return memcpy(arena_alloc(arena, length + 1), text, length + 1);
}

/* The text is written at its final place when it fits there, as nearly all texts do.  Otherwise it is written again in
 * a new block.  The rest of the old block is then not all zero, and is not given out any more. */
char *arena_format_v(Arena *arena, const char *format, va_list arguments)
{
    Block *block = arena->last;
    const size_t room = block ? block->size - block->used : 0;
    va_list again;
    va_copy(again, arguments);
    const size_t needed = (size_t)vsnprintf(room ? block->bytes + block->used : NULL, room, format, arguments) + 1;
    char *result = arena_alloc(arena, needed);
    if (needed > room) vsnprintf(result, needed, format, again);
    va_end(again);
    return result;
}

char *arena_format(Arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *result = arena_format_v(arena, format, arguments);
    va_end(arguments);
    return result;
}

Text text_new(Arena *arena)
{
    Text text = {.arena = arena, .capacity = 256};
    text.chars = arena_alloc(arena, text.capacity);
    return text;
}

/* The text is written once when there is room for it, else again after the room has grown. */
void text_add_v(Text *text, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    const size_t length = (size_t)vsnprintf(text->chars + text->length, text->capacity - text->length, format,
                                            arguments),
                 needed = text->length + length + 1;
    if (needed > text->capacity) {
        size_t capacity = needed > text->capacity * 2 ? needed : text->capacity * 2;
        char *chars = arena_alloc(text->arena, capacity);
        memcpy(chars, text->chars, text->length);
        text->chars = chars;
        text->capacity = capacity;
        vsnprintf(chars + text->length, length + 1, format, again);
    }
    va_end(again);
    text->length += length;
}

void text_add(Text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_add_v(text, format, arguments);
    va_end(arguments);
}

void text_pad(Text *text, size_t column)
{
    size_t start = text->length;
    while (start > 0 && text->chars[start - 1] != '\n') start--;
    size_t now = text->length - start;
    text_add(text, "%*s", now < column ? (int)(column - now) : 1, "");
}

/* Levenshtein distance; names longer than the table are never near. */
static int edit_distance(const char *a, const char *b)
{
    enum { LONGEST = 64 };
    size_t n = strlen(a), m = strlen(b);
    if (n >= LONGEST || m >= LONGEST) return LONGEST;
    int row[LONGEST];
    for (size_t j = 0; j <= m; j++) row[j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int diagonal = row[0];
        row[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int best = diagonal + (a[i - 1] != b[j - 1]);
            if (row[j] + 1 < best) best = row[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[m];
}

struct NameSlot { const char *name; int number; };

static struct NameSlot *name_slot(const NameTable *t, const char *name)
{
    uint64_t hash = 14695981039346656037u;       /* FNV-1a */
    for (const char *c = name; *c; c++) hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    struct NameSlot *slot = &t->slots[hash % (uint64_t)t->n_slots];
    while (slot->name && strcmp(slot->name, name)) slot = slot == t->slots + t->n_slots - 1 ? t->slots : slot + 1;
    return slot;
}

NameTable name_table_new(Arena *arena)
{
    return (NameTable){arena, 0, 64, arena_array(arena, 64, sizeof(struct NameSlot))};
}

int *name_number(NameTable *t, const char *name)
{
    if (2 * t->n >= t->n_slots) {
        NameTable larger = {t->arena, t->n, 4 * t->n_slots,
                            arena_array(t->arena, 4 * (int64_t)t->n_slots, sizeof(struct NameSlot))};
        for (int i = 0; i < t->n_slots; i++)
            if (t->slots[i].name) *name_slot(&larger, t->slots[i].name) = t->slots[i];
        *t = larger;
    }
    struct NameSlot *slot = name_slot(t, name);
    if (!slot->name) slot->name = name, t->n++;
    return &slot->number;
}

int name_known(const NameTable *t, const char *name)
{
    const struct NameSlot *slot = name_slot(t, name);
    return slot->name ? slot->number : 0;
}

const char *did_you_mean(Arena *arena, const char *name, int n, const char *const *candidates, const char *quote)
{
    const char *best = NULL;
    int length = (int)strlen(name), least = (length < 4 ? 1 : length < 8 ? 2 : 3) + 1;
    for (int i = 0; i < n; i++) {
        int distance = edit_distance(name, candidates[i]);
        if (distance < least) least = distance, best = candidates[i];
    }
    return best ? arena_format(arena, "; did you mean %s%s%s?", quote, best, quote) : "";
}

bool read_stdin(RtText *text, size_t limit, RtError *error)
{
    char block[16384];
    for (size_t got; text->length <= limit && (got = fread(block, 1, sizeof block, stdin)) > 0;)
        rt_text_bytes(text, block, got);
    if (ferror(stdin)) return rt_fail(error, "stdin: cannot read");
    if (text->failed) return rt_fail(error, "stdin: out of memory");
    return text->length <= limit || rt_fail(error, "stdin: more than %zu bytes", limit);
}

/* ---- C text ---- */

bool text_mentions(const char *text, const char *name)
{
    const size_t n = strlen(name);
    for (const char *at = text; (at = strstr(at, name)); at += n) {
        const char before = at == text ? ' ' : at[-1], after = at[n];
        if (!isalnum((unsigned char)before) && before != '_' && !isalnum((unsigned char)after) && after != '_')
            return true;
    }
    return false;
}

const char *c_number(Arena *arena, double number)
{
    float f = (float)number;
    if (isnan(f)) return "NAN";
    if (isinf(f)) return f > 0 ? "INFINITY" : "-INFINITY";
    for (int digits = 1; digits <= 9; digits++) {
        const char *text = arena_format(arena, "%.*g", digits, (double)f);
        if (strtof(text, NULL) != f) continue;
        if (!signbit(f) && f < 1e6f && f == (float)(int)f) return arena_format(arena, "%d.0f", (int)f);
        return arena_format(arena, strpbrk(text, ".e") ? "%sf" : "%s.0f", text);
    }
    bug("a float that does not print");
}

const char *c_double(Arena *arena, double number)
{
    for (int digits = 1; digits < 17; digits++) {
        const char *text = arena_format(arena, "%.*g", digits, number);
        if (strtod(text, NULL) == number) return text;
    }
    return arena_format(arena, "%.17g", number);
}

const char *c_type(RtType type)
{
    return type == RT_F32    ? "float"
           : type == RT_I32  ? "int32_t"
           : type == RT_U8   ? "uint8_t"
           : type == RT_BF16 ? "uint16_t"
                             : "int64_t";
}
