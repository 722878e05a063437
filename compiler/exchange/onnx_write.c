/* onnx_write.c - the messages of an ONNX model (onnx.proto), each with its fields in ascending order, as protobuf
 * itself writes them. */
#include "exchange/onnx_write.h"

#include <string.h>

/* Numbers of fields. */
enum {
    MODEL_IR = 1,
    MODEL_PRODUCER = 2,
    MODEL_PRODUCER_VERSION = 3,
    MODEL_GRAPH = 7,
    MODEL_OPSET = 8,
    MODEL_FACT = 14
};
enum { GRAPH_NODE = 1, GRAPH_NAME = 2, GRAPH_CONSTANT = 5, GRAPH_INPUT = 11, GRAPH_OUTPUT = 12, GRAPH_VALUE = 13 };
enum { NODE_INPUT = 1, NODE_OUTPUT = 2, NODE_NAME = 3, NODE_OP = 4, NODE_ATTRIBUTE = 5 };
enum {
    ATTRIBUTE_NAME = 1,
    ATTRIBUTE_FLOAT = 2,
    ATTRIBUTE_INT = 3,
    ATTRIBUTE_TEXT = 4,
    ATTRIBUTE_INTS = 8,
    ATTRIBUTE_TYPE = 20
};
enum { TYPE_FLOAT = 1, TYPE_INT = 2, TYPE_STRING = 3, TYPE_INTS = 7 };
enum { TENSOR_DIM = 1, TENSOR_TYPE = 2, TENSOR_NAME = 8, TENSOR_RAW = 9 };
enum { VALUE_NAME = 1, VALUE_TYPE = 2 }; /* VALUE_TYPE { 1: tensor { 1: type, 2: shape { 1: dim } } } */
enum { DIM_NUMBER = 1, DIM_NAME = 2 };

/* The version of the format that came with an opset: Debian's onnx 1.12 reads 8. */
static int ir_of(int opset) { return opset < 15 ? 7 : opset < 19 ? 8 : opset < 21 ? 9 : opset < 23 ? 10 : 11; }

OnnxWriter onnx_begin(Arena *arena, int opset, const char *name)
{
    const WireOut empty = wire_begin(arena);
    return (OnnxWriter){arena, opset, name, empty, empty, empty, empty, empty, empty};
}

static void add_value(WireOut *to, int field, const char *name, const OnnxShape *shape)
{
    WireOut value = wire_begin(to->arena), type = value, tensor = value, dims = value;
    for (int i = 0; i < shape->rank; i++) {
        WireOut dim = wire_begin(to->arena);
        const Dim n = shape->dims[i];
        if (n >= 0) wire_put_int(&dim, DIM_NUMBER, n);
        else
            wire_put_text(&dim, DIM_NAME,
                          n == BATCH_DIM ? "batch" : arena_format(to->arena, "%lld*batch", (long long)-n));
        wire_put_message(&dims, 1, &dim);
    }
    wire_put_int(&tensor, 1, shape->type);
    wire_put_message(&tensor, 2, &dims);
    wire_put_message(&type, 1, &tensor);
    wire_put_text(&value, VALUE_NAME, name);
    wire_put_message(&value, VALUE_TYPE, &type);
    wire_put_message(to, field, &value);
}

void onnx_add_input(OnnxWriter *m, const char *name, const OnnxShape *shape)
{
    add_value(&m->inputs, GRAPH_INPUT, name, shape);
}
void onnx_add_output(OnnxWriter *m, const char *name, const OnnxShape *shape)
{
    add_value(&m->outputs, GRAPH_OUTPUT, name, shape);
}
void onnx_add_value(OnnxWriter *m, const char *name, const OnnxShape *shape)
{
    add_value(&m->values, GRAPH_VALUE, name, shape);
}

void onnx_add_constant(OnnxWriter *m, const char *name, const OnnxShape *shape, const void *numbers)
{
    WireOut tensor = wire_begin(m->arena);
    size_t n = shape->type == ONNX_INT64 ? sizeof(int64_t) : sizeof(float);
    for (int i = 0; i < shape->rank; i++) {
        wire_put_int(&tensor, TENSOR_DIM, shape->dims[i]);
        n *= (size_t)shape->dims[i];
    }
    wire_put_int(&tensor, TENSOR_TYPE, shape->type);
    wire_put_text(&tensor, TENSOR_NAME, name);
    wire_put_array(&tensor, TENSOR_RAW, numbers, n);
    wire_put_message(&m->constants, GRAPH_CONSTANT, &tensor);
}

void onnx_add_fact(OnnxWriter *m, const char *key, const char *value)
{
    WireOut pair = wire_begin(m->arena);
    wire_put_text(&pair, 1, key);
    wire_put_text(&pair, 2, value);
    wire_put_message(&m->facts, MODEL_FACT, &pair);
}

bool onnx_save(const OnnxWriter *m, const char *path, RtError *error)
{
    WireOut model = wire_begin(m->arena), graph = model, opset = model;
    wire_put_all(&graph, &m->nodes);
    wire_put_text(&graph, GRAPH_NAME, m->name);
    wire_put_all(&graph, &m->constants);
    wire_put_all(&graph, &m->inputs);
    wire_put_all(&graph, &m->outputs);
    wire_put_all(&graph, &m->values);
    wire_put_text(&opset, 1, "");
    wire_put_int(&opset, 2, m->opset);
    wire_put_int(&model, MODEL_IR, ir_of(m->opset));
    wire_put_text(&model, MODEL_PRODUCER, "tailor");
    wire_put_text(&model, MODEL_PRODUCER_VERSION, TAILOR_VERSION);
    wire_put_message(&model, MODEL_GRAPH, &graph);
    wire_put_message(&model, MODEL_OPSET, &opset);
    wire_put_all(&model, &m->facts);
    if (model.length > INT32_MAX)
        return rt_fail(error, "%s: %zu bytes, against at most %d of a model in one file", path, model.length,
                       INT32_MAX);
    return wire_save(&model, path, error);
}

/* ---- nodes ---- */

OnnxNodeWriter onnx_begin_node(OnnxWriter *m, const char *op)
{
    return (OnnxNodeWriter){.model = m, .op = op, .ends = wire_begin(m->arena), .attributes = wire_begin(m->arena)};
}

void onnx_add_read(OnnxNodeWriter *node, const char *name) { wire_put_text(&node->ends, NODE_INPUT, name); }

void onnx_add_made(OnnxNodeWriter *node, const char *name)
{
    wire_put_text(&node->ends, NODE_OUTPUT, name);
    if (!node->name) node->name = name;
}

static void add_attribute(OnnxNodeWriter *node, WireOut *attribute, int type)
{
    wire_put_int(attribute, ATTRIBUTE_TYPE, type);
    wire_put_message(&node->attributes, NODE_ATTRIBUTE, attribute);
}

static WireOut attribute_new(const OnnxNodeWriter *node, const char *name)
{
    WireOut attribute = wire_begin(node->model->arena);
    wire_put_text(&attribute, ATTRIBUTE_NAME, name);
    return attribute;
}

void onnx_set_int(OnnxNodeWriter *node, const char *name, int64_t number)
{
    WireOut attribute = attribute_new(node, name);
    wire_put_int(&attribute, ATTRIBUTE_INT, number);
    add_attribute(node, &attribute, TYPE_INT);
}

void onnx_set_float(OnnxNodeWriter *node, const char *name, double number)
{
    WireOut attribute = attribute_new(node, name);
    wire_put_float(&attribute, ATTRIBUTE_FLOAT, (float)number);
    add_attribute(node, &attribute, TYPE_FLOAT);
}

void onnx_set_text(OnnxNodeWriter *node, const char *name, const char *text)
{
    WireOut attribute = attribute_new(node, name);
    wire_put_text(&attribute, ATTRIBUTE_TEXT, text);
    add_attribute(node, &attribute, TYPE_STRING);
}

void onnx_set_ints(OnnxNodeWriter *node, const char *name, int n, const int64_t *numbers)
{
    WireOut attribute = attribute_new(node, name);
    for (int i = 0; i < n; i++) wire_put_int(&attribute, ATTRIBUTE_INTS, numbers[i]);
    add_attribute(node, &attribute, TYPE_INTS);
}

void onnx_end_node(OnnxNodeWriter *node)
{
    WireOut message = wire_begin(node->model->arena);
    wire_put_all(&message, &node->ends);
    wire_put_text(&message, NODE_NAME, node->name);
    wire_put_text(&message, NODE_OP, node->op);
    wire_put_all(&message, &node->attributes);
    wire_put_message(&node->model->nodes, GRAPH_NODE, &message);
}
