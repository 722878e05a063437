#!/bin/sh
# The suites, and the code that random graphs become, under the address and undefined-behaviour sanitizers.
set -u
cd "$(dirname "$0")/.."
export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export GOMP_SPINCOUNT=1000 KMP_BLOCKTIME=0          # threads wait as a trainer's do (rt_wait_politely)
build=build/sanitized
tests="test_ops test_interpret test_place test_files test_formats test_sets test_png test_augment test_batches \
test_kernels test_passes test_random test_fuzz test_save test_record test_cam_metrics test_picture test_statistics"
targets=""
for t in $tests; do targets="$targets $build/tests/$t"; done
flags="-fsanitize=address,undefined -fno-sanitize-recover=undefined"
make -s --no-print-directory -j"$(nproc)" BUILD=$build CFLAGS="-O1 -g1 $flags" $targets || exit 1
for t in $tests; do
    CC=${CC:-cc} CASES=40 GRAPHS=25 OPTIMIZED=0 FIRST_SEED=1000 EXTRA_CFLAGS="$flags" $build/tests/$t || exit 1
done
echo "$(echo $tests | wc -w) suites under the sanitizers"
