/* wire_write.c - protobuf's wire format: see wire_write.h. */
#include "exchange/wire_write.h"

#include <string.h>

enum { VARINT = 0, LENGTH = 2, FIXED32 = 5 }; /* kinds of fields */
enum { VARINT_BYTES = 10, PIECE = 1 << 12 };

WireOut wire_begin(Arena *arena) { return (WireOut){.arena = arena}; }

static void add_piece(WireOut *w, WirePiece piece)
{
    w->pieces = arena_grow(w->arena, w->pieces, w->n, &w->capacity, sizeof *w->pieces);
    w->pieces[w->n++] = piece;
    w->length += piece.n;
}

/* Adds bytes that are copied. */
static void put(WireOut *w, const void *bytes, size_t n)
{
    WirePiece *last = w->n ? &w->pieces[w->n - 1] : NULL;
    if (!last || last->room < last->n || last->room - last->n < n) {
        const size_t room = n > PIECE / 8 ? n : w->length < PIECE / 8 ? PIECE / 8 : PIECE;
        add_piece(w, (WirePiece){.bytes = arena_alloc(w->arena, room), .room = room});
        last = &w->pieces[w->n - 1];
    }
    memcpy((unsigned char *)last->bytes + last->n, bytes, n);
    last->n += n;
    w->length += n;
}

static void put_varint(WireOut *w, uint64_t number)
{
    unsigned char bytes[VARINT_BYTES];
    size_t n = 0;
    for (; number >= 0x80; number >>= 7) bytes[n++] = (unsigned char)(number | 0x80);
    bytes[n++] = (unsigned char)number;
    put(w, bytes, n);
}

static void put_tag(WireOut *w, int field, int kind) { put_varint(w, (uint64_t)field << 3 | (uint64_t)kind); }

void wire_put_int(WireOut *w, int field, int64_t number)
{
    put_tag(w, field, VARINT);
    put_varint(w, (uint64_t)number);
}

void wire_put_float(WireOut *w, int field, float number)
{
    put_tag(w, field, FIXED32);
    put(w, &number, sizeof number);
}

void wire_put_text(WireOut *w, int field, const char *text)
{
    put_tag(w, field, LENGTH);
    put_varint(w, strlen(text));
    put(w, text, strlen(text));
}

void wire_put_array(WireOut *w, int field, const void *bytes, size_t n)
{
    put_tag(w, field, LENGTH);
    put_varint(w, n);
    if (n) add_piece(w, (WirePiece){.bytes = bytes, .n = n});
}

void wire_put_all(WireOut *w, const WireOut *other)
{
    for (int i = 0; i < other->n; i++) {
        const WirePiece *piece = &other->pieces[i];
        if (piece->room) put(w, piece->bytes, piece->n);
        else add_piece(w, *piece);
    }
}

void wire_put_message(WireOut *w, int field, const WireOut *message)
{
    put_tag(w, field, LENGTH);
    put_varint(w, message->length);
    wire_put_all(w, message);
}

bool wire_save(const WireOut *w, const char *path, RtError *error)
{
    RtFile file;
    bool ok = rt_file_begin(&file, path, error);
    for (int i = 0; i < w->n && ok; i++) ok = rt_file_add(&file, w->pieces[i].bytes, w->pieces[i].n, error);
    return ok && rt_file_commit(&file, error);
}
