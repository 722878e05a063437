/* save.c - a program for libFuzzer that reads bytes as the save of a run.
 *
 *   clang -g -O1 -fsanitize=fuzzer,address,undefined -Iruntime -Itests tests/fuzz/save.c -o build/fuzz_save -lm
 *   build/fuzz_save -max_len=2048 build/fuzz_corpus tests/fuzz/saves
 *
 * What it found worth keeping lies in tests/fuzz/saves, and test_save reads all of it. */
#include "fuzz/save.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (!save_read_safely(bytes, n)) abort();
    return 0;
}
