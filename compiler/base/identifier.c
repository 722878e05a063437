/* identifier.c - names in C, made of names from outside.
 *
 * A name from a file reaches the emitted C only as an identifier made here. */
#include "base/base.h"

#include <ctype.h>
#include <string.h>

/* Words that an emitted function uses itself, and C's own. */
static const char *const reserved[] = {
    "auto",   "break",    "case",     "char",     "const",  "continue", "default", "do",     "double",
    "else",   "enum",     "extern",   "float",    "for",    "goto",     "if",      "inline", "int",
    "long",   "register", "restrict", "return",   "short",  "signed",   "sizeof",  "static", "struct",
    "switch", "typedef",  "union",    "unsigned", "void",   "volatile", "while",   "bool",   "true",
    "false",  "main",     "a",        "b",        "c",      "h",        "i",       "j",      "k",
    "l",      "m",        "n",        "w",        "x",      "y",        "step",    "sample", "batch_size",
    "work",   "my",       "in",       "out",      "p",      "o",        "s",       "state",  "slice",
    "first",  "last",     "threads",  "samples",  "scale",  "asm",      "typeof",  "errno",  "stdin",
    "stdout", "stderr",   "sqrtf",    "fabsf",    "memset", "memcpy",   "unix",    "linux",  "math_errhandling",
    "conv",   "bytes",    "lane",     "scratch", "int32_t", "int64_t", "uint8_t",  "uint32_t", "uint64_t",
    "size_t",
    /* words of C++, which reads headers */
    "alignas", "alignof", "and", "and_eq", "bitand", "bitor", "catch", "char8_t", "char16_t", "char32_t", "class",
    "compl", "concept", "const_cast", "consteval", "constexpr", "constinit", "co_await", "co_return", "co_yield",
    "decltype", "delete", "dynamic_cast", "explicit", "export", "friend", "mutable", "namespace", "new", "noexcept",
    "not", "not_eq", "nullptr", "operator", "or", "or_eq", "private", "protected", "public", "reinterpret_cast",
    "requires", "static_assert", "static_cast", "template", "this", "thread_local", "throw", "try", "typeid",
    "typename", "using", "virtual", "wchar_t", "xor", "xor_eq",
};

/* at0, at1, ... are the emitted names for offsets of the workspace's buffers.  <signal.h> has macros that begin with
 * si_, sa_ and sigev_. */
static bool is_taken(const char *name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (!strcmp(name, reserved[i])) return true;
    if (!strncmp(name, "si_", 3) || !strncmp(name, "sa_", 3) || !strncmp(name, "sigev_", 6)) return true;
    return !strncmp(name, "at", 2) && name[2] && !name[2 + strspn(name + 2, "0123456789")];
}

/* Could the name be a macro of C's headers or of the emitted C? */
static bool is_capitals(const char *name)
{
    bool capitals = name[1] != 0;
    for (const char *c = name; *c; c++) capitals = capitals && !islower((unsigned char)*c);
    return capitals;
}

const char *c_identifier(Arena *arena, const char *name)
{
    Text text = text_new(arena);
    if (!isalpha((unsigned char)name[0])) text_add(&text, "v");
    for (const char *c = name; *c; c++)
        text_add(&text, "%c", isalnum((unsigned char)*c) && (unsigned char)*c < 128 ? *c : '_');
    if (is_taken(text.chars)) text_add(&text, "_");
    if (is_capitals(text.chars)) text_add(&text, "_v");
    if (!strncmp(text.chars, "rt_", 3) || !strncmp(text.chars, "RT_", 3) || !strncmp(text.chars, "Rt", 2) ||
        !strncmp(text.chars, "run_", 4))
        text_add(&text, "_");
    return text.chars;
}

const char *upper_case(Arena *arena, const char *text)
{
    char *result = arena_copy(arena, text);
    for (char *c = result; *c; c++) *c = (char)toupper((unsigned char)*c);
    return result;
}

const char *unique(NameTable *used, const char *wanted)
{
    const char *name = wanted;
    int suffix = *name_number(used, wanted);
    if (!suffix) suffix = 2;
    else {
        do name = arena_format(used->arena, "%s_%d", wanted, suffix++);
        while (*name_number(used, name));
    }
    *name_number(used, wanted) = suffix;
    if (name != wanted) *name_number(used, name) = 2;
    return name;
}
