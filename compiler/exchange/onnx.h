/* onnx.h - an ONNX model as C structs, checked.
 *
 *   onnx_read.c     from the bytes of a file
 *   onnx_field.c    names and metadata in messages
 *   onnx_tensor.c   tensors: sizes and content, checked before anything is allocated
 *   onnx_check.c    names: every value is made once, before it is used */
#ifndef ONNX_H
#define ONNX_H

#include "exchange/wire.h"

enum { ONNX_MAX_RANK = 8, ONNX_OLDEST = 7, ONNX_NEWEST = 28 }; /* of operator sets */

/* As TensorProto numbers them. */
typedef enum OnnxType {
    ONNX_FLOAT = 1,
    ONNX_UINT8 = 2,
    ONNX_INT8 = 3,
    ONNX_INT32 = 6,
    ONNX_INT64 = 7,
    ONNX_BOOL = 9,
    ONNX_FLOAT16 = 10,
    ONNX_DOUBLE = 11,
    ONNX_BFLOAT16 = 16
} OnnxType;

typedef struct OnnxTensor {
    const char *name;
    OnnxType type;
    int rank;
    int64_t dims[ONNX_MAX_RANK], count;
    const uint8_t *data; /* count numbers, little-endian */
} OnnxTensor;

typedef struct OnnxAttribute {
    const char *name;
    float real;
    int64_t whole;
    WireBytes text;
    const OnnxTensor *tensor;
    int n; /* of a list */
    const int64_t *wholes;
    const float *reals;
} OnnxAttribute;

typedef struct OnnxNode {
    const char *op, *domain, *name;
    int n_inputs, n_outputs, n_attributes;
    const char **inputs, **outputs; /* "": one that is left out */
    OnnxAttribute *attributes;
    WireBytes bytes; /* of the node: its metadata are looked up where they are needed */
} OnnxNode;

/* An input or an output of the graph. */
typedef struct OnnxValue {
    const char *name;
    OnnxType type; /* 0: it is not said */
    int rank; /* -1: it is not said */
    int64_t dims[ONNX_MAX_RANK]; /* -1: a name, or unknown */
} OnnxValue;

typedef struct OnnxModel {
    const char *path, *producer;
    int64_t opset;
    int n_nodes, n_initializers, n_inputs, n_outputs;
    OnnxNode *nodes;
    OnnxTensor *initializers;
    OnnxValue *inputs, *outputs;
    WireBytes graph; /* for its metadata */
} OnnxModel;

/* Reads and checks a model.  The bytes must stay as long as the model does.  NULL: error says what is wrong. */
const OnnxModel *onnx_read(Arena *, const char *path, WireBytes file, RtError *);
/* What of a name's metadata has that key; "" when there is none.  `field` is the number of metadata_props. */
WireBytes onnx_metadata(WireBytes message, uint32_t field, const char *key);
enum { ONNX_NODE_METADATA = 9, ONNX_GRAPH_METADATA = 16, ONNX_NODE_DOC = 6 };
WireBytes onnx_text_field(WireBytes message, uint32_t field);
/* NULL: there is none. */
const OnnxAttribute *onnx_attribute(const OnnxNode *, const char *name);

double onnx_number(const OnnxTensor *, int64_t i);
int onnx_type_bytes(OnnxType); /* 0: not a type that is read */
bool onnx_is_real(OnnxType);

/* ---- for the reader's own files ---- */

const char *onnx_name(Arena *, WireFile *, const WireField *, const char *what); /* NULL: wrong */
bool onnx_tensor(Arena *, WireFile *, WireBytes, OnnxTensor *);
bool onnx_check(Arena *, WireFile *, const OnnxModel *);

#endif
