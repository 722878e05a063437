/* onnx_field.c - names and metadata in messages. */
#include "exchange/onnx.h"

#include <string.h>

enum { MOST_NAME = 4096 };

WireBytes onnx_text_field(WireBytes message, uint32_t field)
{
    RtError error = {0};
    WireFile file = {"", message.at, &error, false};
    WireReader r = wire_reader(&file, message);
    WireField f;
    while (wire_next(&r, &f))
        if (f.number == field && f.kind == WIRE_BYTES) return f.bytes;
    return (WireBytes){(const uint8_t *)"", 0};
}

WireBytes onnx_metadata(WireBytes message, uint32_t field, const char *key)
{
    RtError error = {0};
    WireFile file = {"", message.at, &error, false};
    WireReader r = wire_reader(&file, message);
    WireField f;
    while (wire_next(&r, &f)) {
        if (f.number != field || f.kind != WIRE_BYTES) continue;
        const WireBytes name = onnx_text_field(f.bytes, 1);
        if (name.n == strlen(key) && !memcmp(name.at, key, name.n)) return onnx_text_field(f.bytes, 2);
    }
    return (WireBytes){(const uint8_t *)"", 0};
}

const OnnxAttribute *onnx_attribute(const OnnxNode *node, const char *name)
{
    for (int i = 0; i < node->n_attributes; i++)
        if (!strcmp(node->attributes[i].name, name)) return &node->attributes[i];
    return NULL;
}

const char *onnx_name(Arena *arena, WireFile *file, const WireField *field, const char *what)
{
    if (!wire_is(file, field, WIRE_BYTES, what)) return NULL;
    if (field->bytes.n > MOST_NAME) {
        wire_wrong(file, field->bytes.at, "%s has %zu bytes, against %d at most", what, field->bytes.n, MOST_NAME);
        return NULL;
    }
    if (field->bytes.n && memchr(field->bytes.at, 0, field->bytes.n)) {
        wire_wrong(file, field->bytes.at, "%s holds a byte 0", what);
        return NULL;
    }
    char *name = arena_alloc(arena, field->bytes.n + 1);
    if (field->bytes.n) memcpy(name, field->bytes.at, field->bytes.n);
    return name;
}
