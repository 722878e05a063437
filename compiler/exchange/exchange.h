/* exchange.h - models of other programs.
 *
 *   wire_read.c                 protobuf: wire.h
 *   onnx_*.c                    ONNX as C structs: onnx.h
 *   import.c and import_*.c     ONNX in: import.h */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include "base/base.h"

typedef struct Imported {
    int nodes, lines, parameters;
    int64_t numbers;
    const char *weights;
} Imported;
/* Writes the model as NAME.lua and NAME.safetensors; the program ends where it cannot be read. */
Imported import_model(Arena *, const char *model, const char *lua);

#endif
