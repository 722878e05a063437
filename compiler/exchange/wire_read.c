/* wire_read.c - protobuf's wire format from bytes that nobody vouches for.  Nothing is allocated and nothing recurs:
 * a field of bytes is a place in the file, whose content is read by whoever knows what it is. */
#include "exchange/wire.h"

#include <string.h>

bool wire_wrong(WireFile *file, const uint8_t *at, const char *format, ...)
{
    if (file->failed) return false;
    char text[RT_MAX_PATH];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    file->failed = true;
    return rt_fail(file->error, "%s: byte %zu: %s", file->path, (size_t)(at - file->start), text);
}

WireReader wire_reader(WireFile *file, WireBytes message)
{
    return (WireReader){file, message.at, message.at + message.n};
}

bool wire_varint(WireReader *r, uint64_t *number)
{
    enum { MOST_BYTES = 10 };
    const uint8_t *from = r->at;
    uint64_t n = 0;
    for (int i = 0; i < MOST_BYTES; i++) {
        if (r->at == r->end) return wire_wrong(r->file, from, "a varint goes on past the end of its message");
        const uint8_t byte = *r->at++;
        if (i == MOST_BYTES - 1 && byte > 1)
            return wire_wrong(r->file, from,
                              byte & 128 ? "a varint has more than 10 bytes, the most there are"
                                         : "a varint is beyond 64 bits");
        n |= (uint64_t)(byte & 127) << (7 * i);
        if (!(byte & 128)) break;
    }
    *number = n;
    return true;
}

static bool fixed(WireReader *r, size_t n, uint64_t *number)
{
    if ((size_t)(r->end - r->at) < n)
        return wire_wrong(r->file, r->at, "a number of %zu bytes, against %zu left in its message", n,
                          (size_t)(r->end - r->at));
    *number = 0;
    for (size_t i = 0; i < n; i++) *number |= (uint64_t)r->at[i] << (8 * i);
    r->at += n;
    return true;
}

bool wire_next(WireReader *r, WireField *field)
{
    if (r->file->failed || r->at == r->end) return false;
    const uint8_t *from = r->at;
    uint64_t tag, n;
    if (!wire_varint(r, &tag)) return false;
    if (tag >> 32) return wire_wrong(r->file, from, "a field's number is beyond 2^29");
    *field = (WireField){.number = (uint32_t)(tag >> 3)};
    if (!field->number) return wire_wrong(r->file, from, "a field has the number 0, against 1 at least");
    switch (tag & 7) {
    case WIRE_VARINT: field->kind = WIRE_VARINT; return wire_varint(r, &field->whole);
    case WIRE_FIXED64: field->kind = WIRE_FIXED64; return fixed(r, 8, &field->whole);
    case WIRE_FIXED32: field->kind = WIRE_FIXED32; return fixed(r, 4, &field->whole);
    case WIRE_BYTES:
        field->kind = WIRE_BYTES;
        if (!wire_varint(r, &n)) return false;
        if (n > (uint64_t)(r->end - r->at))
            return wire_wrong(r->file, from, "field %u has a length of %llu bytes, against %zu left in its message",
                              field->number, (unsigned long long)n, (size_t)(r->end - r->at));
        field->bytes = (WireBytes){r->at, (size_t)n};
        r->at += n;
        return true;
    case 3:
    case 4: return wire_wrong(r->file, from, "field %u is a group, which no ONNX file has", field->number);
    default:
        return wire_wrong(r->file, from, "field %u is of wire type %u, which there is not", field->number,
                          (unsigned)(tag & 7));
    }
}

bool wire_is(WireFile *file, const WireField *field, WireKind kind, const char *what)
{
    static const char *const names[] = {"a varint", "a number of 8 bytes", "bytes", "", "", "a number of 4 bytes"};
    if (field->kind == kind) return true;
    const uint8_t *at = field->kind == WIRE_BYTES ? field->bytes.at : file->start;
    if (field->kind == WIRE_BYTES)
        return wire_wrong(file, at, "%s (field %u) is %s, against %s", what, field->number, names[field->kind],
                          names[kind]);
    if (file->failed) return false;
    file->failed = true;
    return rt_fail(file->error, "%s: %s (field %u) is %s, against %s", file->path, what, field->number,
                   names[field->kind], names[kind]);
}
