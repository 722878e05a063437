/* module.c - a WebAssembly module as it stands in a page: without the sections that only tools read, and with the list
 * of calls of one function, which the page may replace. */
#include "web/web.h"

#include <string.h>

/* A module, read from the front.  A linker wrote it: anything that is not as expected is a fault of ours. */
typedef struct Reader { const unsigned char *at, *end; } Reader;

enum { CUSTOM = 0, IMPORT = 2, EXPORT = 7, CODE = 10, CALL = 0x10, CALL_BYTES = 6 };

static _Noreturn void wrong(const char *what) { bug("the module of the page: %s", what); }

static unsigned char take_byte(Reader *r)
{
    if (r->at == r->end) wrong("it ends too soon");
    return *r->at++;
}

static uint64_t take_number(Reader *r)               /* LEB128 */
{
    uint64_t number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        const unsigned char byte = take_byte(r);
        number |= (uint64_t)(byte & 127) << shift;
        if (byte < 128) return number;
    }
    wrong("a number without end");
}

static Reader take_part(Reader *r)                   /* what stands behind its own length */
{
    const uint64_t n = take_number(r);
    if (n > (uint64_t)(r->end - r->at)) wrong("a part is longer than the whole");
    const Reader part = {r->at, r->at + n};
    r->at += n;
    return part;
}

static bool is_text(Reader text, const char *wanted)
{
    return (size_t)(text.end - text.at) == strlen(wanted) && !memcmp(text.at, wanted, strlen(wanted));
}

/* The number of an exported function. */
static int64_t function_exported(Reader exports, const char *wanted)
{
    for (uint64_t n = take_number(&exports); n; n--) {
        const Reader name = take_part(&exports);
        const unsigned char kind = take_byte(&exports);
        const uint64_t number = take_number(&exports);
        if (kind == 0 && is_text(name, wanted)) return (int64_t)number;
    }
    return -1;
}

static void skip(Reader *r, uint64_t bytes)
{
    if (bytes > (uint64_t)(r->end - r->at)) wrong("an instruction behind the end");
    r->at += bytes;
}

static void skip_numbers(Reader *r, int n)
{
    while (n--) take_number(r);
}

/* Steps over what follows the second part of an instruction of two. */
static void skip_bulk(Reader *r)
{
    static const unsigned char numbers[] = {0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1};
    const uint64_t second = take_number(r);
    if (second >= sizeof numbers) wrong("an instruction that is not known");
    skip_numbers(r, numbers[second]);
}

static void skip_vector(Reader *r)
{
    const uint64_t second = take_number(r);
    const bool lane_in_memory = second >= 84 && second <= 91;
    if (second <= 11 || lane_in_memory || second == 92 || second == 93) skip_numbers(r, 2);       /* memory */
    if (second == 12 || second == 13) skip(r, 16);                                               /* const, shuffle */
    if ((second >= 21 && second <= 34) || lane_in_memory) skip(r, 1);                            /* a lane */
}

/* Steps over an instruction.  The binary format has nothing that tells its length but its first byte. */
static void skip_instruction(Reader *r)
{
    const unsigned char first = take_byte(r);
    if (first >= 0x28 && first <= 0x3e) skip_numbers(r, 2);                                      /* memory */
    else if ((first >= 0x20 && first <= 0x26) || (first >= 0x02 && first <= 0x04) || (first >= 0x3f && first <= 0x42) ||
             first == 0x0c || first == 0x0d || first == CALL || first == 0xd0 || first == 0xd2)
        skip_numbers(r, 1);
    else if (first == 0x11) skip_numbers(r, 2);
    else if (first == 0x0e) skip_numbers(r, (int)take_number(r) + 1);                            /* br_table */
    else if (first == 0x1c) skip(r, take_number(r));
    else if (first == 0x43) skip(r, 4);
    else if (first == 0x44) skip(r, 8);
    else if (first == 0xfc) skip_bulk(r);
    else if (first == 0xfd) skip_vector(r);
    else if (!(first <= 0x01 || first == 0x05 || first == 0x0b || first == 0x0f || first == 0x1a || first == 0x1b ||
               (first >= 0x45 && first <= 0xc4) || first == 0xd1))
        wrong("an instruction that is not known");
}

/* Notes the calls of a function in the section of code, which lies at `placed` in the module as it is kept. */
static void find_calls(Arena *arena, Module *m, Reader code, size_t placed, uint64_t callee)
{
    const unsigned char *start = code.at;
    int capacity = 0;
    uint32_t *calls = NULL;
    for (uint64_t n = take_number(&code); n; n--) {
        Reader body = take_part(&code);
        for (uint64_t groups = take_number(&body); groups; groups--) skip_numbers(&body, 2);     /* local variables */
        while (body.at < body.end) {
            const unsigned char *at = body.at;
            Reader number = {at + 1, body.end};
            skip_instruction(&body);
            if (*at != CALL || take_number(&number) != callee) continue;
            if (body.at - at != CALL_BYTES) wrong("a call of another length");
            calls = arena_grow(arena, calls, m->n_calls, &capacity, sizeof *calls);
            calls[m->n_calls++] = (uint32_t)(placed + (size_t)(at - start));
        }
    }
    m->calls = calls;
}

Module web_module(Arena *arena, Bytes built, const char *callee)
{
    static const unsigned char magic[8] = {0, 'a', 's', 'm', 1};
    Reader all = {built.at, built.at + built.n}, code = {0};
    size_t placed = 0;
    int64_t number = -1;
    unsigned char *kept = arena_array(arena, (int64_t)built.n, 1);
    Module m = {.bytes = {kept, sizeof magic}};
    if (built.n < sizeof magic || memcmp(built.at, magic, sizeof magic)) wrong("it is none");
    memcpy(kept, magic, sizeof magic);
    skip(&all, sizeof magic);
    while (all.at < all.end) {
        const unsigned char *start = all.at, kind = take_byte(&all);
        const Reader section = take_part(&all);
        if (kind == IMPORT) wrong("it needs something that is not there");
        if (kind == EXPORT) number = function_exported(section, callee);
        if (kind == CODE) code = section, placed = m.bytes.n + (size_t)(section.at - start);
        if (kind == CUSTOM) continue;
        memcpy(kept + m.bytes.n, start, (size_t)(section.end - start));
        m.bytes.n += (size_t)(section.end - start);
    }
    if (!code.at || number < 0) wrong("the function is not in it");
    find_calls(arena, &m, code, placed, (uint64_t)number);
    return m;
}
