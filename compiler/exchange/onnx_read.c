/* onnx_read.c - ModelProto, GraphProto, NodeProto.  Each list is counted before it is allocated; no message is entered
 * that could hold itself, so that nesting has no depth here. */
#include "exchange/onnx.h"

#include <string.h>

/* More are not taken: a struct is larger than the least that it takes in a file. */
enum { MOST_NODES = 1 << 16, MOST_TENSORS = 1 << 16, MOST_NAMES = 1 << 10, MOST_ATTRIBUTES = 64, MOST_LIST = 1 << 16 };

/* How many fields of a message have each of the numbers below 32. */
static bool count_fields(WireFile *file, WireBytes message, int n[32])
{
    WireReader r = wire_reader(file, message);
    WireField f;
    memset(n, 0, 32 * sizeof *n);
    while (wire_next(&r, &f))
        if (f.number < 32 && n[f.number] < INT32_MAX) n[f.number]++;
    return !file->failed;
}

static bool within(WireFile *file, WireBytes message, int n, int most, const char *what)
{
    return n <= most || wire_wrong(file, message.at, "there are %d %s, against %d at most", n, what, most);
}

static bool attribute_list(Arena *arena, WireFile *file, WireBytes message, uint32_t field, OnnxAttribute *a)
{
    int64_t n = 0;
    for (int pass = 0; pass < 2; pass++) {
        WireReader r = wire_reader(file, message);
        WireField f;
        int64_t *wholes = NULL;
        float *reals = NULL;
        if (pass && n > MOST_LIST)
            return wire_wrong(file, message.at, "attribute '%s' has more than %d numbers", shown_name(arena, a->name),
                              MOST_LIST);
        if (pass && field == 8) a->wholes = wholes = arena_array(arena, n + 1, sizeof *wholes);
        if (pass && field == 7) a->reals = reals = arena_array(arena, n + 1, sizeof *reals);
        int64_t i = 0;
        while (wire_next(&r, &f)) {
            if (f.number != field) continue;
            WireReader list = wire_reader(file, f.kind == WIRE_BYTES ? f.bytes : message);
            for (bool more = f.kind != WIRE_BYTES || f.bytes.n; more; i++) {
                uint64_t number = f.whole;
                if (f.kind == WIRE_BYTES && field == 8) {
                    if (!wire_varint(&list, &number)) return false;
                    more = list.at != list.end;
                } else if (f.kind == WIRE_BYTES) {
                    if (list.end - list.at < 4) return wire_wrong(file, list.at, "a list of floats ends within one");
                    number = (uint64_t)list.at[0] | (uint64_t)list.at[1] << 8 | (uint64_t)list.at[2] << 16 |
                             (uint64_t)list.at[3] << 24;
                    list.at += 4;
                    more = list.at != list.end;
                } else {
                    if (!wire_is(file, &f, field == 8 ? WIRE_VARINT : WIRE_FIXED32, "a list's number")) return false;
                    more = false;
                }
                const uint32_t low = (uint32_t)number;
                if (wholes) wholes[i] = (int64_t)number;
                if (reals) memcpy(&reals[i], &low, 4);
            }
        }
        n = i;
    }
    a->n = (int)n;
    return !file->failed;
}

static bool read_attribute(Arena *arena, WireFile *file, WireBytes message, OnnxAttribute *a)
{
    int n[32];
    if (!count_fields(file, message, n)) return false;
    WireReader r = wire_reader(file, message);
    WireField f;
    while (wire_next(&r, &f)) {
        const uint32_t low = (uint32_t)f.whole;
        switch (f.number) {
        case 1:
            if (!(a->name = onnx_name(arena, file, &f, "an attribute's name"))) return false;
            break;
        case 2:
            if (!wire_is(file, &f, WIRE_FIXED32, "an attribute's float")) return false;
            memcpy(&a->real, &low, 4);
            break;
        case 3:
            if (!wire_is(file, &f, WIRE_VARINT, "an attribute's whole number")) return false;
            a->whole = (int64_t)f.whole;
            break;
        case 4:
            if (!wire_is(file, &f, WIRE_BYTES, "an attribute's text")) return false;
            a->text = f.bytes;
            break;
        case 5: {
            if (!wire_is(file, &f, WIRE_BYTES, "an attribute's tensor")) return false;
            OnnxTensor *t = arena_alloc(arena, sizeof *t);
            if (!onnx_tensor(arena, file, f.bytes, t)) return false;
            a->tensor = t;
            break;
        }
        case 6:
        case 11:
            return wire_wrong(file, message.at, "an attribute is a graph: subgraphs (If, Loop, Scan) are not read");
        case 21: return wire_wrong(file, message.at, "an attribute refers to one of a function, which is not read");
        default: break;
        }
    }
    if (file->failed) return false;
    if (!a->name || !*a->name) return wire_wrong(file, message.at, "an attribute has no name");
    if (n[8] && !attribute_list(arena, file, message, 8, a)) return false;
    return !n[7] || attribute_list(arena, file, message, 7, a);
}

static bool read_node(Arena *arena, WireFile *file, WireBytes message, OnnxNode *node)
{
    int n[32];
    if (!count_fields(file, message, n)) return false;
    if (!within(file, message, n[1], MOST_NAMES, "inputs of a node") ||
        !within(file, message, n[2], MOST_NAMES, "outputs of a node") ||
        !within(file, message, n[5], MOST_ATTRIBUTES, "attributes of a node"))
        return false;
    *node = (OnnxNode){.op = "", .domain = "", .name = "", .bytes = message};
    node->inputs = arena_array(arena, n[1], sizeof *node->inputs);
    node->outputs = arena_array(arena, n[2], sizeof *node->outputs);
    node->attributes = arena_array(arena, n[5], sizeof *node->attributes);
    WireReader r = wire_reader(file, message);
    WireField f;
    while (wire_next(&r, &f)) {
        const char **to = f.number == 1   ? &node->inputs[node->n_inputs++]
                          : f.number == 2 ? &node->outputs[node->n_outputs++]
                          : f.number == 3 ? &node->name
                          : f.number == 4 ? &node->op
                          : f.number == 7 ? &node->domain
                                          : NULL;
        if (to && !(*to = onnx_name(arena, file, &f, "a name of a node"))) return false;
        if (f.number != 5) continue;
        if (!wire_is(file, &f, WIRE_BYTES, "an attribute") ||
            !read_attribute(arena, file, f.bytes, &node->attributes[node->n_attributes]))
            return false;
        const char *name = node->attributes[node->n_attributes].name;
        if (onnx_attribute(node, name))
            return wire_wrong(file, message.at, "attribute '%s' of a node is there twice", shown_name(arena, name));
        node->n_attributes++;
    }
    if (!file->failed && !*node->op) return wire_wrong(file, message.at, "a node has no op");
    return !file->failed;
}

static bool read_shape(WireFile *file, WireBytes message, OnnxValue *v)
{
    WireReader r = wire_reader(file, message);
    WireField f, d;
    v->rank = 0;
    while (wire_next(&r, &f)) {
        if (f.number != 1) continue;
        if (!wire_is(file, &f, WIRE_BYTES, "a dimension")) return false;
        if (v->rank == ONNX_MAX_RANK)
            return wire_wrong(file, message.at, "a shape has more than %d axes", ONNX_MAX_RANK);
        int64_t n = -1;
        WireReader inner = wire_reader(file, f.bytes);
        while (wire_next(&inner, &d)) {
            if (d.number != 1) continue;
            if (!wire_is(file, &d, WIRE_VARINT, "a dimension's size")) return false;
            n = (int64_t)d.whole;
            if (n < 0 || n > INT32_MAX)
                return wire_wrong(file, message.at, "a dimension is %lld, against 0 to 2^31 - 1", (long long)n);
        }
        v->dims[v->rank++] = n;
    }
    return !file->failed;
}

static bool read_value(Arena *arena, WireFile *file, WireBytes message, OnnxValue *v)
{
    WireReader r = wire_reader(file, message);
    WireField f;
    *v = (OnnxValue){.name = "", .rank = -1};
    while (wire_next(&r, &f)) {
        if (f.number == 1 && !(v->name = onnx_name(arena, file, &f, "a value's name"))) return false;
        if (f.number != 2) continue;
        if (!wire_is(file, &f, WIRE_BYTES, "a value's type")) return false;
        const WireBytes tensor = onnx_text_field(f.bytes, 1); /* another kind of type: nothing is known */
        WireReader inner = wire_reader(file, tensor);
        WireField t;
        while (wire_next(&inner, &t)) {
            if (t.number == 1 && !wire_is(file, &t, WIRE_VARINT, "a type of elements")) return false;
            if (t.number == 1) v->type = (OnnxType)(t.whole < 1000 ? t.whole : 999);
            if (t.number == 2 && (!wire_is(file, &t, WIRE_BYTES, "a shape") || !read_shape(file, t.bytes, v)))
                return false;
        }
    }
    return !file->failed;
}

static bool read_graph(Arena *arena, WireFile *file, WireBytes message, OnnxModel *m)
{
    int n[32];
    if (!count_fields(file, message, n)) return false;
    if (n[15]) return wire_wrong(file, message.at, "the graph has sparse tensors, which are not read");
    if (!within(file, message, n[1], MOST_NODES, "nodes") || !within(file, message, n[5], MOST_TENSORS, "tensors") ||
        !within(file, message, n[11], MOST_TENSORS, "inputs") || !within(file, message, n[12], MOST_NAMES, "outputs"))
        return false;
    m->graph = message;
    m->nodes = arena_array(arena, n[1], sizeof *m->nodes);
    m->initializers = arena_array(arena, n[5], sizeof *m->initializers);
    m->inputs = arena_array(arena, n[11], sizeof *m->inputs);
    m->outputs = arena_array(arena, n[12], sizeof *m->outputs);
    WireReader r = wire_reader(file, message);
    WireField f;
    while (wire_next(&r, &f)) {
        const bool known = f.number == 1 || f.number == 5 || f.number == 11 || f.number == 12;
        if (known && !wire_is(file, &f, WIRE_BYTES, "a part of the graph")) return false;
        if (f.number == 1 && !read_node(arena, file, f.bytes, &m->nodes[m->n_nodes++])) return false;
        if (f.number == 5 && !onnx_tensor(arena, file, f.bytes, &m->initializers[m->n_initializers++])) return false;
        if (f.number == 11 && !read_value(arena, file, f.bytes, &m->inputs[m->n_inputs++])) return false;
        if (f.number == 12 && !read_value(arena, file, f.bytes, &m->outputs[m->n_outputs++])) return false;
    }
    return !file->failed;
}

/* The version of the standard operators among the imported sets; 0: it is not said. */
static bool read_opset(WireFile *file, WireBytes message, int64_t *version)
{
    WireReader r = wire_reader(file, message);
    WireField f;
    WireBytes domain = {0};
    int64_t number = 0;
    while (wire_next(&r, &f)) {
        if (f.number == 1 && !wire_is(file, &f, WIRE_BYTES, "an operator set's domain")) return false;
        if (f.number == 1) domain = f.bytes;
        if (f.number == 2 && !wire_is(file, &f, WIRE_VARINT, "an operator set's version")) return false;
        if (f.number == 2) number = (int64_t)f.whole;
    }
    if (file->failed) return false;
    if (domain.n && !(domain.n == 7 && !memcmp(domain.at, "ai.onnx", 7))) return true;
    if (number < ONNX_OLDEST || number > ONNX_NEWEST)
        return wire_wrong(file, message.at, "the operator set is %lld, against %d to %d", (long long)number,
                          ONNX_OLDEST, ONNX_NEWEST);
    *version = number;
    return true;
}

const OnnxModel *onnx_read(Arena *arena, const char *path, WireBytes bytes, RtError *error)
{
    WireFile file = {path, bytes.at, error, false};
    OnnxModel *m = arena_alloc(arena, sizeof *m);
    *m = (OnnxModel){.path = path, .producer = ""};
    bool graph = false;
    WireReader r = wire_reader(&file, bytes);
    WireField f;
    while (wire_next(&r, &f)) {
        if (f.number == 2 && !(m->producer = onnx_name(arena, &file, &f, "the producer's name"))) return NULL;
        if (f.number == 8 &&
            (!wire_is(&file, &f, WIRE_BYTES, "an operator set") || !read_opset(&file, f.bytes, &m->opset)))
            return NULL;
        if (f.number != 7) continue;
        if (graph) return wire_wrong(&file, f.bytes.at, "the model has a second graph"), NULL;
        graph = true;
        if (!wire_is(&file, &f, WIRE_BYTES, "the graph") || !read_graph(arena, &file, f.bytes, m)) return NULL;
    }
    if (file.failed) return NULL;
    if (!graph) return wire_wrong(&file, bytes.at, "the file has no graph: it is no ONNX model"), NULL;
    if (!m->opset)
        return wire_wrong(&file, bytes.at, "the version of the operator set (opset_import) is missing"), NULL;
    return onnx_check(arena, &file, m) ? m : NULL;
}
