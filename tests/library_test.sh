#!/bin/sh
# An emitted library: no warning, no symbol but its functions and those of C that it says, a header for C++ too; a run
# by its steps has the trainer's weights, whatever rounding the caller has set; wrong calls change nothing
# (library/train.c), also under the address and undefined-behaviour sanitizers; two libraries, and two runs at once, in
# one program (two.c), and one of C++ (cpp.cc).
set -eu
cd "$(dirname "$0")/.."
d=build/library
rm -rf $d
export OPTIMIZE="-O1 -DRT_QUICK_BUILD"                # of trainers: the bits are the same
functions="init|prepare|step|gradients|evaluate|predict|save|load|status_text"
strict="-Wall -Wextra -Wpedantic -Werror"
check_form() { # folder, name, what is called beside the functions
    for cc in gcc clang; do
        command -v $cc >/dev/null || continue
        for flags in "-std=c11 -O0" "-std=c17 -O1 -fopenmp"; do
            $cc $flags $strict -c "$1/$2.c" -o "$1/$2-$cc.o"
            nm "$1/$2-$cc.o" | awk -v n="$2" -v f="$functions" '
                $1 != "U" && $2 ~ /[A-Z]/ && $3 !~ "^" n "_(" f ")$" {
                print "exports " $3; bad = 1 }
                $1 == "U" && $2 !~ /^(memset|memcpy|sqrtf?|_GLOBAL_OFFSET_TABLE_|__kmpc_.*|GOMP_.*|omp_.*)$/ {
                print "needs " $2; bad = 1 } END { exit bad }'
        done
        cxx=$(echo $cc | sed 's/gcc/g++/; s/clang/clang++/')
        ! command -v "$cxx" >/dev/null || $cxx -x c++ -std=c++17 $strict -fsyntax-only "$1/$2.h"
    done
}
try() { # graph file, type, capitals, more flags of the test
    n=$(basename "$1" .lua) graph=$1 type=$2 capitals=$3 more=$4
    ./tailor emit "$graph" --library -o $d/$n-lib
    ./tailor emit "$graph" --library --inference -o $d/$n-inf
    check_form $d/$n-lib $n
    check_form $d/$n-inf $n
    ./tailor train "$graph" --data digits --epochs 1 --seed 1 --out $d/$n-run >/dev/null
    renamed=
    for f in init prepare step gradients evaluate predict save load status_text; do
        renamed="$renamed -D${n}_$f=lib_$f"
    done
    gcc -O2 -fopenmp $renamed -c $d/$n-lib/$n.c -o $d/lib.o
    runtime=$(ls $d/$n-run/c/runtime/*.o | grep -v 'rt_main\|rt_show')
    runtime="$runtime $(nm -u $d/$n-run/c/runtime/rt_stream.o | sed -n 's/.*libdeflate_alloc.*/-ldeflate/p')"
    gcc -O1 -fopenmp -Wall -Wextra -Werror $renamed $more -Dmodel=$n -DModel=$type -DMODEL=$capitals -Iruntime \
        -include $d/$n-lib/$n.h tests/library/train.c $d/lib.o $d/$n-run/c/$n.o $runtime -lz -lm -lpthread -o $d/train
    is=$($d/train 1 $d/$n.save)
    should=$(sed -n 's/.*"weights_sha256": *"\(.*\)".*/\1/p' $d/$n-run/run.json)
    should="$should $(sed -n 's/.*"test_accuracy": *\([0-9.]*\).*/\1/p' $d/$n-run/run.json)"
    # tailor reads the save, and takes the averages where it has them
    ./tailor eval $d/$n-run --weights $d/$n.save --json >$d/eval.json
    for word in $should; do
        grep -q "$word" $d/eval.json || { echo "$n: eval of the save: $(cat $d/eval.json), against $should"; exit 1; }
    done
    # a second time, with sanitizers
    gcc -fsanitize=address,undefined -fno-sanitize-recover -O1 -fopenmp -g $renamed $more -Dmodel=$n \
        -DModel=$type -DMODEL=$capitals -Iruntime -include $d/$n-lib/$n.h tests/library/train.c -c -o $d/train.o
    gcc -fsanitize=address,undefined -fno-sanitize-recover -O1 -fopenmp -g $renamed -c $d/$n-lib/$n.c -o $d/lib.o
    gcc -fsanitize=address,undefined -fopenmp $d/train.o $d/lib.o $d/$n-run/c/$n.o $runtime -lz -lm -lpthread \
        -o $d/sanitized
    again=$($d/sanitized 1)
    [ "$is" = "$again" ] || { echo "$n: $again with sanitizers, against $is"; exit 1; }
    [ "$is" = "$should" ] || { echo "$n: $is by the library, against $should by the trainer"; exit 1; }
}
try graphs/mlp.lua Mlp MLP ""
try tests/library/everything.lua Everything EVERYTHING "-DSTATES -DAVERAGES -DPREPARES"
# programs of others, by the objects of check_form
gcc -std=c17 -O1 $strict -I$d/mlp-lib -I$d/everything-lib tests/library/two.c $d/mlp-lib/mlp-gcc.o \
    $d/everything-lib/everything-gcc.o -fopenmp -lm -lpthread -o $d/two
$d/two
if command -v g++ >/dev/null; then
    g++ -std=c++17 -O1 $strict -I$d/mlp-lib tests/library/cpp.cc $d/mlp-lib/mlp-gcc.o -fopenmp -lm -o $d/cpp
    $d/cpp
fi
! ./tailor emit graphs/mlp.lua --inference -o $d/x 2>/dev/null
! ./tailor emit graphs/mlp.lua --library -o $d/mlp-inf 2>/dev/null
echo "2 libraries train as their trainers do, for programs of C and C++"
