#!/bin/sh
# The suites, and the code that random graphs become, under the address and undefined-behaviour sanitizers.
# By clang without optimization, which builds in a third of gcc's time; the little that nearly all time is spent in is
# optimized.  Emitted code has gcc's sanitizers: it goes from a tensor's first row to the others, which clang's take for
# an index out of bounds; a program of objects without sanitizers runs it.
set -u
cd "$(dirname "$0")/.."
export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export GOMP_SPINCOUNT=1000 KMP_BLOCKTIME=0          # threads wait as a trainer's do (rt_wait_politely)
build=build/sanitized emitted=build/sanitized/emitted
tests="test_ops test_interpret test_place test_files test_formats test_sets test_png test_augment test_batches \
test_kernels test_passes test_random test_fuzz test_save test_record test_cam_metrics test_picture test_statistics"
flags="-fsanitize=address,undefined -fno-sanitize-recover=undefined"
mkdir -p $emitted
cc=clang quick=-O0
echo 'int main(void) { return 0; }' | clang $flags -x c - -o $build/none 2>/dev/null || cc=cc quick=-O1
build() { # optimization, targets...
    optimize=$1
    shift
    make -s --no-print-directory -j"$(nproc)" BUILD=$build CC=$cc CFLAGS="$optimize -g1 $flags" "$@" || exit 1
}
hot="" hot_tests="" other_tests=""
for f in runtime/*.c compiler/place/*.c compiler/cam/picture.c compiler/cam/font.c; do hot="$hot $build/${f%.c}.o"; done
for t in $tests; do
    case $t in
    test_place | test_kernels) hot_tests="$hot_tests $build/tests/$t" ;;
    *) other_tests="$other_tests $build/tests/$t" ;;
    esac
done
build -O1 $hot
build $quick $other_tests
build -O1 $hot_tests
make -s --no-print-directory -j"$(nproc)" tailor || exit 1
for shared in compiler runtime op_list.h embed_list.h; do ln -sfn "$PWD/build/$shared" $emitted/$shared; done
make -s --no-print-directory BUILD=$emitted CC=cc CFLAGS="-O1 -g1 $flags" $emitted/tests/test_random || exit 1

export CASES=40 GRAPHS=25 OPTIMIZED=0 FIRST_SEED=1000
for t in $tests; do CC=$cc $build/tests/$t || exit 1; done
CC=cc EXTRA_CFLAGS="$flags" $emitted/tests/test_random || exit 1
echo "$(echo $tests | wc -w) suites under the sanitizers"
