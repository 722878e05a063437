/* base.h - memory, text and errors: the ground that every room stands on.
 *
 *   text.c        memory that lives as long as a compile, text that grows, numbers and types in C
 *   message.c     what is said when the program ends early
 *   shown.c       names from outside, as a terminal shows them
 *   identifier.c  names in C
 *   embedded.c    the files that are part of the program
 *   child.c       processes beside this one
 *   csv.c         tables of comma-separated values: csv.h
 *   process.c     other programs, and temporary folders: process.h */
#ifndef BASE_H
#define BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "rt.h"

#define TAILOR_VERSION "0.2.0"
#define TAILOR_DATE "2026-11-29"           /* of that version, as pages of the manual say it */

/* ---- text.c ---- */

/* Memory that lives as long as one compile; nothing is freed piece by piece. */
typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *);
size_t arena_bytes(const Arena *);                               /* bytes taken from the system */
void *arena_alloc(Arena *, size_t bytes);                        /* zeroed */
void *arena_array(Arena *, int64_t n, size_t size);              /* zeroed; bug() on overflow */
void *arena_grow(Arena *, void *array, int n, int *capacity, size_t size); /* room for one more element after n */
char *arena_copy(Arena *, const char *text);
char *arena_format(Arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_format_v(Arena *, const char *format, va_list);

/* Text that grows at its end. */
typedef struct Text {
    Arena *arena;
    char *chars;
    size_t length, capacity;
} Text;

Text text_new(Arena *);
void text_add(Text *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_add_v(Text *, const char *format, va_list);
void text_pad(Text *, size_t column);                            /* spaces up to the column of the last line */
enum { TEXT_WIDTH = 110 };                                       /* columns of a line of C */

/* A number for each name that was asked for, 0 at first. */
typedef struct NameTable { Arena *arena; int n, n_slots; struct NameSlot *slots; } NameTable;

NameTable name_table_new(Arena *);
int *name_number(NameTable *, const char *name);                 /* the pointer is good until the next call */
/* The number of a name, which is not added: 0 when it is not in the table. */
int name_known(const NameTable *, const char *name);

/* The end of a message about a name that was not found: "; did you mean NAME?", with the nearest of n candidates and
 * `quote` on both sides of it.  "" when none is near. */
const char *did_you_mean(Arena *, const char *name, int n, const char *const *candidates, const char *quote);

bool read_stdin(RtText *, size_t limit, RtError *);         /* up to the limit; false: *error says why */

/* ---- message.c ---- */

_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2))); /* the user's error: exit 1 */
_Noreturn void bug(const char *format, ...) __attribute__((format(printf, 1, 2)));  /* ours: exit 3 */
/* A line on stderr that is no error.  After no_remarks() there are none. */
void remark(const char *format, ...) __attribute__((format(printf, 1, 2)));
void no_remarks(void);
struct RtDisplay;
/* A line of a terminal that says what is under way: it is gone before anything above is said.  NULL: no more. */
void say_under_way(struct RtDisplay *);
/* Prints lines on standard error, with escapes as shown_name() has them, but for \. */
void print_message(const char *format, va_list) __attribute__((format(printf, 1, 0)));

typedef struct CharacterRange { uint32_t first, last; } CharacterRange;

uint32_t character_code(const char *text, size_t n);                 /* of a well-formed character of n bytes */
bool character_within(uint32_t code, int n, const CharacterRange *);
/* Controls, marks of direction, characters of no width that join or part, separators of lines, fillers, variation
 * selectors, private use, tags and what is no character. */
bool character_hidden(uint32_t code);

/* ---- shown.c ---- */

/* A name on one line: control characters, invisible ones, those that turn the direction of writing and bytes that are
 * not UTF-8 stand as \xNN or \uNNNN, and a \ as two. */
const char *shown_name(Arena *, const char *name);
int shown_width(const char *text);                                   /* columns of a terminal */
const char *shown_within(Arena *, const char *text, int width);      /* a longer one loses its middle: "begin..end" */
/* Adds words as lines of at most `width` columns, where no word is longer; `indent` blanks before all but the first. */
void text_paragraph(Text *, const char *words, int width, int indent);

const char *count_text(Arena *, double);                         /* 3 digits and a unit: 1.23 M; "" for nan */

/* ---- text.c: C text ---- */

bool text_mentions(const char *text, const char *name);          /* as a word */
const char *c_type(RtType);
const char *c_number(Arena *, double);                           /* a float literal that reads back as the same float */
const char *c_double(Arena *, double);                             /* a double literal: at most 17 digits */

/* ---- identifier.c: names in C ---- */

const char *upper_case(Arena *, const char *);
const char *c_identifier(Arena *, const char *name);               /* letters, digits, _; no keyword, nothing of ours */
/* The first of wanted, wanted_2, ... that is not used yet.  It is used from now on. */
const char *unique(NameTable *used, const char *wanted);

/* ---- embedded.c ---- */

/* A file that is part of the tailor program: the runtime's sources, the prelude, golden vectors, texts of what it
 * writes. */
typedef struct Embedded { const char *name, *start, *end; } Embedded;
int embedded_count(void);
Embedded embedded_at(int);
Embedded embedded_named(const char *name);                       /* it must be there */

#endif
