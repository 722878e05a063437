/* onnx_write.h - an ONNX model under construction: inputs, outputs, constants and nodes by name, and their shapes.
 *
 * Nodes stand in the order in which they are made, so a node comes after those that it reads.  Every name is known by
 * the caller to be new. */
#ifndef ONNX_WRITE_H
#define ONNX_WRITE_H

#include "exchange/wire_write.h"
#include "graph/graph.h"

enum { OPSET_LEAST = 13, OPSET_USUAL = 17, OPSET_MOST = 23 };

typedef enum OnnxType { ONNX_FLOAT = 1, ONNX_INT64 = 7, ONNX_BOOL = 9, ONNX_BFLOAT16 = 16 } OnnxType;

/* A type with named axes: a dim below 0 is a multiple of the batch, as in Type. */
typedef struct OnnxShape {
    OnnxType type;
    int rank;
    Dim dims[MAX_RANK + 1];
} OnnxShape;

typedef struct OnnxWriter {
    Arena *arena;
    int opset;
    const char *name; /* of the graph */
    WireOut nodes, constants, inputs, outputs, values, facts;
} OnnxWriter;

typedef struct OnnxNodeWriter {
    OnnxWriter *model;
    const char *op;
    WireOut ends, attributes;
    const char *name;
} OnnxNodeWriter;

OnnxWriter onnx_begin(Arena *, int opset, const char *name);
void onnx_add_input(OnnxWriter *, const char *name, const OnnxShape *);
void onnx_add_output(OnnxWriter *, const char *name, const OnnxShape *);
void onnx_add_value(OnnxWriter *, const char *name, const OnnxShape *); /* the shape of a node's result */
/* A constant whose numbers lie in memory until the model is saved. */
void onnx_add_constant(OnnxWriter *, const char *name, const OnnxShape *, const void *numbers);
void onnx_add_fact(OnnxWriter *, const char *key, const char *value); /* of the model's metadata */
bool onnx_save(const OnnxWriter *, const char *path, RtError *); /* at most 2 GB, as protobuf has it */

/* A node: its inputs, then its outputs, then its attributes; onnx_end_node puts it into the model. */
OnnxNodeWriter onnx_begin_node(OnnxWriter *, const char *op);
void onnx_add_read(OnnxNodeWriter *, const char *name); /* "": an optional input that is left out */
void onnx_add_made(OnnxNodeWriter *, const char *name);
void onnx_set_int(OnnxNodeWriter *, const char *attribute, int64_t);
void onnx_set_float(OnnxNodeWriter *, const char *attribute, double);
void onnx_set_text(OnnxNodeWriter *, const char *attribute, const char *);
void onnx_set_ints(OnnxNodeWriter *, const char *attribute, int n, const int64_t *);
void onnx_end_node(OnnxNodeWriter *);

#endif
