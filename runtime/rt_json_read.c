/* rt_json_read.c - a strict JSON reader for small files that may come from anywhere.
 *
 * It reads RFC 8259 and nothing more: no comments, no trailing commas, UTF-8 checked, surrogates in pairs.  A key that
 * stands twice in an object is an error.  So is a zero byte in a string, since the strings here end with one.  Depth
 * and number of values are limited, so that a file of a few megabytes cannot use up the stack or the memory. */
#include "rt.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 64, MAX_NODES = 1 << 20 };

typedef struct Reader {
    const char *text, *at, *end, *what;
    RtJson *json;
    int capacity, line;
    char *free;                        /* where the next string goes */
    RtError *error;
} Reader;

static bool wrong(Reader *reader, const char *message)
{
    return rt_fail(reader->error, "%s: JSON, byte %zu: %s", reader->what, (size_t)(reader->at - reader->text), message);
}

static void skip_space(Reader *reader)
{
    /* strings have no line breaks */
    for (; reader->at < reader->end && memchr(" \t\r\n", *reader->at, 4); reader->at++)
        reader->line += *reader->at == '\n';
}

static bool next_is(Reader *reader, char c)
{
    if (reader->at == reader->end || *reader->at != c) return false;
    reader->at++;
    return true;
}

static bool hex4(Reader *reader, uint32_t *code)
{
    *code = 0;
    if (reader->end - reader->at < 4) return wrong(reader, "the text ends inside an escape");
    for (int i = 0; i < 4; i++) {
        char c = *reader->at++;
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0) return wrong(reader, "an escape needs four hexadecimal digits");
        *code = *code * 16 + (uint32_t)digit;
    }
    return true;
}

/* Reads an escape from the character after \u.  The stored bytes are never more than those of the escape. */
static bool read_unicode(Reader *reader)
{
    uint32_t code, low;
    if (!hex4(reader, &code)) return false;
    if (code >= 0xd800 && code < 0xdc00) {
        if (!next_is(reader, '\\') || !next_is(reader, 'u')) return wrong(reader, "half of a surrogate pair");
        if (!hex4(reader, &low)) return false;
        if (low < 0xdc00 || low > 0xdfff) return wrong(reader, "half of a surrogate pair");
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    } else if (code >= 0xdc00 && code < 0xe000) {
        return wrong(reader, "half of a surrogate pair");
    }
    if (code == 0) return wrong(reader, "a zero byte in a string");
    char *to = reader->free;
    if (code < 0x80) {
        *to++ = (char)code;
    } else {
        int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        *to++ = (char)((more == 1 ? 0xc0 : more == 2 ? 0xe0 : 0xf0) | code >> (6 * more));
        while (more--) *to++ = (char)(0x80 | (code >> (6 * more) & 0x3f));
    }
    reader->free = to;
    return true;
}

static bool read_string(Reader *reader, const char **string)
{
    if (!next_is(reader, '"')) return wrong(reader, "expected a string");
    *string = reader->free;
    while (reader->at < reader->end && *reader->at != '"') {
        unsigned char c = (unsigned char)*reader->at;
        if (c < 0x20) return wrong(reader, c ? "a control character in a string" : "a zero byte in a string");
        if (c != '\\') {
            size_t n = rt_utf8(reader->at, (size_t)(reader->end - reader->at));
            if (!n) return wrong(reader, "not UTF-8");
            memcpy(reader->free, reader->at, n);
            reader->free += n;
            reader->at += n;
            continue;
        }
        reader->at++;
        if (next_is(reader, 'u')) {
            if (!read_unicode(reader)) return false;
            continue;
        }
        static const char ESCAPES[] = "\"\\/bfnrt", MEANING[] = "\"\\/\b\f\n\r\t";
        const char *escape = reader->at < reader->end && *reader->at ? strchr(ESCAPES, *reader->at) : NULL;
        if (!escape) return wrong(reader, "an unknown escape");
        *reader->free++ = MEANING[escape - ESCAPES];
        reader->at++;
    }
    if (!next_is(reader, '"')) return wrong(reader, "the text ends inside a string");
    *reader->free++ = 0;   /* the two quotes left room for it */
    return true;
}

static bool digits(Reader *reader)
{
    const char *from = reader->at;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9') reader->at++;
    return reader->at > from || wrong(reader, "expected a digit");
}

static bool read_number(Reader *reader, RtJsonNode *node)
{
    const char *from = reader->at;
    node->kind = RT_JSON_NUMBER;
    node->is_integer = true;
    next_is(reader, '-');
    if (!next_is(reader, '0') && !digits(reader)) return false;
    if (next_is(reader, '.')) {
        node->is_integer = false;
        if (!digits(reader)) return false;
    }
    if (next_is(reader, 'e') || next_is(reader, 'E')) {
        node->is_integer = false;
        if (!next_is(reader, '+')) next_is(reader, '-');
        if (!digits(reader)) return false;
    }
    char copy[64];
    size_t n = (size_t)(reader->at - from);
    if (n >= sizeof copy) return wrong(reader, "a number of more than 63 characters");
    memcpy(copy, from, n);
    copy[n] = 0;
    errno = 0;
    node->integer = strtoll(copy, NULL, 10);
    if (errno) node->is_integer = false;
    if (!node->is_integer) node->integer = 0;
    node->number = strtod(copy, NULL);
    if (node->number - node->number != 0) return wrong(reader, "a number past the range of a double");
    return true;
}

static bool new_node(Reader *reader, int *index)
{
    RtJson *json = reader->json;
    if (json->n == MAX_NODES) return wrong(reader, "more than a million values");
    if (json->n == reader->capacity) {
        int capacity = reader->capacity ? 2 * reader->capacity : 64;
        RtJsonNode *nodes = realloc(json->nodes, (size_t)capacity * sizeof *nodes);
        if (!nodes) return wrong(reader, "out of memory");
        json->nodes = nodes;
        reader->capacity = capacity;
    }
    *index = json->n++;
    json->nodes[*index] = (RtJsonNode){0};
    return true;
}

static bool read_value(Reader *reader, int depth, const char *key, int *index);

static int by_key(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* Finds equal keys as neighbours after sorting.  Comparing all pairs would let a large file take forever. */
static bool keys_differ(Reader *reader, int object)
{
    const RtJsonNode *nodes = reader->json->nodes;
    const char **keys = nodes[object].n > 1 ? malloc((size_t)nodes[object].n * sizeof *keys) : NULL;
    if (nodes[object].n <= 1) return true;
    if (!keys) return wrong(reader, "out of memory");
    int n = 0;
    for (int i = nodes[object].first; i; i = nodes[i].next) keys[n++] = nodes[i].key;
    qsort(keys, (size_t)n, sizeof *keys, by_key);
    bool ok = true;
    for (int i = 1; i < n && ok; i++)
        if (strcmp(keys[i - 1], keys[i]) == 0)
            ok = rt_fail(reader->error, "%s: JSON: %.100s stands twice", reader->what, keys[i]);
    free(keys);
    return ok;
}

/* Reads the members or elements behind the opening bracket. */
static bool read_children(Reader *reader, int depth, int parent, bool object)
{
    int last = 0;
    char close = object ? '}' : ']';
    if (depth >= MAX_DEPTH) return wrong(reader, "nested more than 64 deep");
    skip_space(reader);
    if (next_is(reader, close)) return true;
    do {
        const char *key = NULL;
        int child;
        skip_space(reader);
        if (object) {
            if (!read_string(reader, &key)) return false;
            skip_space(reader);
            if (!next_is(reader, ':')) return wrong(reader, "expected a colon");
        }
        if (!read_value(reader, depth + 1, key, &child)) return false;
        if (last) reader->json->nodes[last].next = child;
        else reader->json->nodes[parent].first = child;
        reader->json->nodes[parent].n++;
        last = child;
        skip_space(reader);
    } while (next_is(reader, ','));
    if (!next_is(reader, close)) return wrong(reader, object ? "expected a comma or }" : "expected a comma or ]");
    return !object || keys_differ(reader, parent);
}

static bool next_word(Reader *reader, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(reader->end - reader->at) < n || memcmp(reader->at, word, n) != 0) return false;
    reader->at += n;
    return true;
}

static bool read_value(Reader *reader, int depth, const char *key, int *index)
{
    if (!new_node(reader, index)) return false;
    bool object = false, parent = false;
    skip_space(reader);
    RtJsonNode node = {.key = key, .line = reader->line};
    if ((object = next_is(reader, '{')) || next_is(reader, '[')) {
        node.kind = object ? RT_JSON_OBJECT : RT_JSON_ARRAY;
        parent = true;
    } else if (next_word(reader, "true")) {
        node.kind = RT_JSON_BOOL;
        node.boolean = true;
    } else if (next_word(reader, "false")) {
        node.kind = RT_JSON_BOOL;
    } else if (next_word(reader, "null")) {
        node.kind = RT_JSON_NULL;
    } else if (reader->at < reader->end && *reader->at == '"') {
        node.kind = RT_JSON_STRING;
        if (!read_string(reader, &node.string)) return false;
    } else if (reader->at < reader->end && (*reader->at == '-' || (*reader->at >= '0' && *reader->at <= '9'))) {
        if (!read_number(reader, &node)) return false;
    } else {
        return wrong(reader, reader->at == reader->end ? "the text ends early" : "expected a value");
    }
    reader->json->nodes[*index] = node;   /* stored before the children, which may move the array */
    return !parent || read_children(reader, depth, *index, object);
}

bool rt_json_parse(const char *text, size_t n, const char *what, RtJson *json, RtError *error)
{
    *json = (RtJson){.strings = malloc(n + 1)};
    Reader reader = {.text = text,
                     .at = text,
                     .end = text + n,
                     .what = what,
                     .json = json,
                     .free = json->strings,
                     .line = 1,
                     .error = error};
    int top;
    bool ok = json->strings || rt_fail(error, "%s: out of memory for %zu bytes", what, n);
    ok = ok && read_value(&reader, 0, NULL, &top);
    if (ok) skip_space(&reader);
    if (ok && reader.at < reader.end) ok = wrong(&reader, "more text after the value");
    if (!ok) rt_json_free(json), json->wrong_line = reader.line;
    return ok;
}

void rt_json_free(RtJson *json)
{
    free(json->nodes);
    free(json->strings);
    *json = (RtJson){0};
}

const RtJsonNode *rt_json_get(const RtJson *json, const RtJsonNode *object, const char *key)
{
    if (!object || object->kind != RT_JSON_OBJECT) return NULL;
    for (int i = object->first; i; i = json->nodes[i].next)
        if (strcmp(json->nodes[i].key, key) == 0) return &json->nodes[i];
    return NULL;
}
