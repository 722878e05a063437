/* wire_write.h - writes messages in protobuf's wire format: fields of a number and a kind, one after the other.
 *
 * A message grows at its end and knows its length, which stands before it where it is a field of another one.  Large
 * arrays stay where they are: a message refers to them, and they must last until it is written. */
#ifndef WIRE_WRITE_H
#define WIRE_WRITE_H

#include "base/base.h"

/* Bytes of a message.  room > n: they are the message's own, and more may follow in place. */
typedef struct WirePiece {
    const unsigned char *bytes;
    size_t n, room;
} WirePiece;

typedef struct WireOut {
    Arena *arena;
    size_t length; /* of all pieces */
    int n, capacity;
    WirePiece *pieces;
} WireOut;

WireOut wire_begin(Arena *);
/* Whole numbers; a negative one takes ten bytes. */
void wire_put_int(WireOut *, int field, int64_t);
void wire_put_float(WireOut *, int field, float);
void wire_put_text(WireOut *, int field, const char *);
void wire_put_array(WireOut *, int field, const void *bytes, size_t n); /* refers to the bytes */
void wire_put_message(WireOut *, int field, const WireOut *);
void wire_put_all(WireOut *, const WireOut *); /* the fields of another, behind its own */
bool wire_save(const WireOut *, const char *path, RtError *); /* nothing is there until all is */

#endif
