/* onnx.c - a program for libFuzzer that reads bytes as an ONNX model.
 *
 *   clang -g -O1 -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined -Icompiler -Iruntime -o build/fuzz_onnx \
 *       tests/fuzz/onnx.c compiler/exchange/onnx_*.c compiler/exchange/wire_read.c compiler/base/text.c \
 *       compiler/base/message.c compiler/base/shown.c runtime/rt_error.c -lm
 *   mkdir -p build/onnx_corpus && build/fuzz_onnx build/onnx_corpus tests/exchange/models tests/exchange/hostile
 *
 * What it found worth keeping lies in tests/exchange/hostile, and import_test.sh reads all of it. */
#include "exchange/onnx.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    Arena *arena = arena_new();
    RtError error = {0};
    onnx_read(arena, "model.onnx", (WireBytes){bytes, n}, &error);
    arena_free(arena);
    return 0;
}
