/* wire.h - protobuf's wire format: messages as fields of a number, a kind and a content.
 *
 *   wire_read.c   reading, of bytes from strangers */
#ifndef WIRE_H
#define WIRE_H

#include "base/base.h"

/* Bytes inside a file, which are not copied. */
typedef struct WireBytes {
    const uint8_t *at;
    size_t n;
} WireBytes;

typedef enum WireKind { WIRE_VARINT = 0, WIRE_FIXED64 = 1, WIRE_BYTES = 2, WIRE_FIXED32 = 5 } WireKind;

typedef struct WireField {
    uint32_t number; /* from 1 */
    WireKind kind;
    uint64_t whole; /* the content of all kinds but bytes */
    WireBytes bytes;
} WireField;

/* The file that messages lie in, and the first thing that was wrong with it: from then on nothing is read. */
typedef struct WireFile {
    const char *path;
    const uint8_t *start;
    RtError *error;
    bool failed;
} WireFile;

typedef struct WireReader {
    WireFile *file;
    const uint8_t *at, *end;
} WireReader;

WireReader wire_reader(WireFile *, WireBytes message);
/* Takes the next field.  false: the message is at its end, or something is wrong. */
bool wire_next(WireReader *, WireField *);
/* Takes a varint of at most 10 bytes, as in packed fields. */
bool wire_varint(WireReader *, uint64_t *);
/* Remembers what is wrong, with the place of `at` in the file; returns false. */
bool wire_wrong(WireFile *, const uint8_t *at, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Is the field of that kind?  If not, that is what is wrong, `what` being its name. */
bool wire_is(WireFile *, const WireField *, WireKind, const char *what);

#endif
