/* onnx_tensor.c - TensorProto: sizes are checked against the bytes that there are, before anything is allocated. */
#include "exchange/onnx.h"

#include <math.h>
#include <string.h>

int onnx_type_bytes(OnnxType type)
{
    switch (type) {
    case ONNX_FLOAT:
    case ONNX_INT32: return 4;
    case ONNX_INT64:
    case ONNX_DOUBLE: return 8;
    case ONNX_FLOAT16:
    case ONNX_BFLOAT16: return 2;
    case ONNX_BOOL:
    case ONNX_UINT8:
    case ONNX_INT8: return 1;
    }
    return 0;
}

bool onnx_is_real(OnnxType type)
{
    return type == ONNX_FLOAT || type == ONNX_DOUBLE || type == ONNX_FLOAT16 || type == ONNX_BFLOAT16;
}

static double half(uint16_t bits)
{
    const int exponent = bits >> 10 & 31, fraction = bits & 1023;
    const double size = exponent == 31 ? (fraction ? NAN : INFINITY)
                        : exponent     ? ldexp(1024 + fraction, exponent - 25)
                                       : ldexp(fraction, -24);
    return bits >> 15 ? -size : size;
}

double onnx_number(const OnnxTensor *t, int64_t i)
{
    const uint8_t *at = t->data + i * onnx_type_bytes(t->type);
    uint64_t bits = 0;
    for (int k = 0; k < onnx_type_bytes(t->type); k++) bits |= (uint64_t)at[k] << (8 * k);
    const uint32_t low = (uint32_t)bits;
    float real;
    double wide;
    switch (t->type) {
    case ONNX_FLOAT: memcpy(&real, &low, 4); return (double)real;
    case ONNX_DOUBLE: memcpy(&wide, &bits, 8); return wide;
    case ONNX_INT32: return (double)(int32_t)low;
    case ONNX_INT64: return (double)(int64_t)bits;
    case ONNX_FLOAT16: return half((uint16_t)low);
    case ONNX_BFLOAT16: {
        const uint32_t top = low << 16;
        memcpy(&real, &top, 4);
        return (double)real;
    }
    case ONNX_BOOL: return low != 0;
    case ONNX_UINT8: return low;
    case ONNX_INT8: return (int8_t)low;
    }
    return 0;
}

/* The fields that content may stand in.  Those of a list may come in several pieces, packed or one by one. */
enum { FLOATS = 4, INT32S = 5, INT64S = 7, RAW = 9, DOUBLES = 10 };

static bool size_of_list(WireFile *file, const WireField *field, int bytes, int64_t *n)
{
    if (field->kind != WIRE_BYTES) {
        const WireKind alone = bytes == 4 ? WIRE_FIXED32 : bytes == 8 ? WIRE_FIXED64 : WIRE_VARINT;
        *n += 1;
        return wire_is(file, field, alone, "a tensor's data");
    }
    if (bytes) {
        if (field->bytes.n % (size_t)bytes)
            return wire_wrong(file, field->bytes.at, "a tensor's data have %zu bytes, against a multiple of %d",
                              field->bytes.n, bytes);
        *n += (int64_t)(field->bytes.n / (size_t)bytes);
        return true;
    }
    WireReader r = wire_reader(file, field->bytes);
    uint64_t number;
    while (r.at != r.end) {
        if (!wire_varint(&r, &number)) return false;
        *n += 1;
    }
    return true;
}

static void put(uint8_t **to, uint64_t number, int bytes)
{
    for (int k = 0; k < bytes; k++) *(*to)++ = (uint8_t)(number >> (8 * k));
}

static bool whole_dims(WireFile *file, const WireField *f, OnnxTensor *t)
{
    WireReader r = wire_reader(file, f->kind == WIRE_BYTES ? f->bytes : (WireBytes){f->bytes.at, 0});
    const bool one = f->kind == WIRE_VARINT;
    if (!one && !wire_is(file, f, WIRE_BYTES, "a tensor's dimensions")) return false;
    for (uint64_t number = f->whole; one || r.at != r.end;) {
        if (!one && !wire_varint(&r, &number)) return false;
        const int64_t n = (int64_t)number;
        if (t->rank == ONNX_MAX_RANK)
            return wire_wrong(file, r.at ? r.at : file->start, "a tensor has more than %d axes", ONNX_MAX_RANK);
        if (n < 0)
            return wire_wrong(file, r.at ? r.at : file->start, "a tensor has %lld elements along axis %d", (long long)n,
                              t->rank);
        t->dims[t->rank++] = n;
        if (one) break;
    }
    return true;
}

/* The first pass: everything but the content, of which it finds where it stands and how much there is. */
static bool outline(Arena *arena, WireFile *file, WireBytes bytes, OnnxTensor *t, uint32_t *where, int64_t *there,
                    int *pieces, WireBytes *piece)
{
    WireReader r = wire_reader(file, bytes);
    WireField f;
    bool external = false;
    const char *location = NULL;
    uint32_t second = 0;
    while (wire_next(&r, &f)) {
        switch (f.number) {
        case 1:
            if (!whole_dims(file, &f, t)) return false;
            break;
        case 2:
            if (!wire_is(file, &f, WIRE_VARINT, "a tensor's type")) return false;
            t->type = (OnnxType)(f.whole < 1000 ? f.whole : 999);
            break;
        case 3: return wire_wrong(file, bytes.at, "a tensor in segments is not read");
        case 8:
            if (!(t->name = onnx_name(arena, file, &f, "a tensor's name"))) return false;
            break;
        case 13:
            external = true;
            if (f.kind == WIRE_BYTES) {
                const WireBytes key = onnx_text_field(f.bytes, 1), value = onnx_text_field(f.bytes, 2);
                if (key.n == 8 && !memcmp(key.at, "location", 8))
                    location = arena_format(arena, "%.*s", value.n < 200 ? (int)value.n : 200, (const char *)value.at);
            }
            break;
        case 14: external |= f.kind != WIRE_VARINT || f.whole != 0; break;
        case FLOATS:
        case INT32S:
        case INT64S:
        case DOUBLES:
        case RAW:
            if (*where && *where != f.number) second = f.number;
            *where = f.number;
            *piece = f.bytes;
            ++*pieces;
            if (f.number == RAW) {
                if (!wire_is(file, &f, WIRE_BYTES, "a tensor's raw data")) return false;
                *there = (int64_t)f.bytes.n;
            } else if (!size_of_list(file, &f, f.number == FLOATS ? 4 : f.number == DOUBLES ? 8 : 0, there))
                return false;
            break;
        case 6: return wire_wrong(file, bytes.at, "a tensor of texts is not read");
        default: break;
        }
    }
    if (!t->name) t->name = "";
    const char *shown = shown_name(arena, t->name);
    if (external)
        return wire_wrong(
            file, bytes.at,
            "tensor '%s' has external data (%s), which are not read: export all into one file, in PyTorch "
            "with external_data=False",
            shown, location ? shown_name(arena, location) : "without a location");
    if (second)
        return wire_wrong(file, bytes.at, "tensor '%s' has its data twice, as fields %u and %u", shown, *where, second);
    if (*where == RAW && *pieces > 1) return wire_wrong(file, bytes.at, "tensor '%s' has raw data twice", shown);
    return !file->failed;
}

bool onnx_tensor(Arena *arena, WireFile *file, WireBytes bytes, OnnxTensor *t)
{
    uint32_t where = 0;
    int64_t there = 0;
    int pieces = 0;
    WireBytes piece = {0};
    *t = (OnnxTensor){0};
    if (!outline(arena, file, bytes, t, &where, &there, &pieces, &piece)) return false;
    const char *shown = shown_name(arena, t->name);
    const int size = onnx_type_bytes(t->type);
    if (!size) return wire_wrong(file, bytes.at, "tensor '%s' is of type %d, which is not read", shown, (int)t->type);
    t->count = 1;
    for (int i = 0; i < t->rank; i++)
        if (t->dims[i] == 0) t->count = 0;
    for (int i = 0; i < t->rank && t->count; i++)
        if (__builtin_mul_overflow(t->count, t->dims[i], &t->count) || t->count > INT64_MAX / 16)
            return wire_wrong(file, bytes.at, "tensor '%s' has more elements than can be counted", shown);
    const uint32_t typed = t->type == ONNX_FLOAT    ? FLOATS
                           : t->type == ONNX_DOUBLE ? DOUBLES
                           : t->type == ONNX_INT64  ? INT64S
                                                    : INT32S;
    if (where && where != RAW && where != typed)
        return wire_wrong(file, bytes.at, "tensor '%s' of type %d has its data in field %u, against %u", shown,
                          (int)t->type, where, typed);
    const int64_t wanted = where == RAW ? t->count * size : t->count;
    if (there != wanted)
        return wire_wrong(file, bytes.at, "tensor '%s' has %lld %s, against %lld by its dimensions", shown,
                          (long long)there, where == RAW ? "bytes" : "numbers", (long long)wanted);
    if (where == RAW || (pieces == 1 && piece.n && (where == FLOATS || where == DOUBLES))) {
        t->data = piece.at;
        return true;
    }
    uint8_t *to = arena_array(arena, t->count, (size_t)size); /* there are as many numbers in the file */
    t->data = to;
    WireReader r = wire_reader(file, bytes);
    WireField f;
    while (wire_next(&r, &f)) {
        if (f.number != where) continue;
        if (f.kind != WIRE_BYTES) {
            put(&to, f.whole, size);
        } else if (where == FLOATS || where == DOUBLES) {
            memcpy(to, f.bytes.at, f.bytes.n);
            to += f.bytes.n;
        } else {
            WireReader list = wire_reader(file, f.bytes);
            uint64_t number;
            while (list.at != list.end && wire_varint(&list, &number)) put(&to, number, size);
        }
    }
    return !file->failed;
}
