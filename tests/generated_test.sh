#!/bin/sh
# generated/ is what the compiler emits now, at most 110 columns wide; it builds without a warning under gcc and clang,
# its headers as C++ too, and does not depend on the folder; docs/ops.md is what the op blocks say, docs/metrics.md what
# the table of metrics says.
set -eu
cd "$(dirname "$0")/.."
./tailor ops >build/ops.md
./tailor ops --metrics >build/metrics.md
cmp docs/ops.md build/ops.md && cmp docs/metrics.md build/metrics.md || { echo "run: make generated"; exit 1; }
for folder in generated/*/; do
    g=$(basename "$folder")
    rm -rf build/emit && ./tailor emit "graphs/$g.lua" -o build/emit/first &&
        (cd build && ../tailor emit "../graphs/$g.lua" -o emit/second)
    diff -r build/emit/first build/emit/second
    for file in "$folder"*; do
        cmp "$file" "build/emit/first/$(basename "$file")" || { echo "run: make generated"; exit 1; }
    done
    # the header is for programs of others
    strict="-pedantic -Wall -Wextra -Werror -fsyntax-only -Ibuild/emit/first/runtime"
    for cc in gcc clang; do
        command -v $cc >/dev/null || continue
        $cc -x c -std=c11 $strict "$folder$g.h"
        cxx=$(echo $cc | sed 's/gcc/g++/; s/clang/clang++/')
        ! command -v "$cxx" >/dev/null || $cxx -x c++ -std=c++17 $strict "$folder$g.h"
    done
    # as a user of gcc has it, and what other widths and clang would say; smaller graphs at more of both:
    # compilers_test.sh
    while read -r cc flags; do
        command -v "$cc" >/dev/null || continue
        $cc -std=gnu11 $flags -ffp-contract=off -fno-math-errno -fno-trapping-math -fopenmp -Wall -Wextra -Werror \
            -Ibuild/emit/first/runtime -c "$folder$g.c" -o build/emit/$g.o
    done <<'LIST'
gcc -O3 -march=native
gcc -O1 -march=x86-64-v3 -DRT_QUICK_BUILD
clang -O1 -march=native -DRT_QUICK_BUILD
LIST
done
awk 'length > 110 || / $/ { print FILENAME ":" FNR ": wider than 110 columns, or a space at its end"; wrong = 1 }
     END { exit wrong }' generated/*/*.[ch]
# a function with the name of a layer is called for that layer alone; what several share is named by its sizes
for folder in generated/*/; do
    g=$(basename "$folder")
    sed -n '/^RT_KERNELS_END/,/^\/\* ---- the model/p' "$folder$g.c" | tr '\n' ' ' | tr ';' '\n' |
        sed -nE 's/.* (evaluate_)?(fwd|bwd|pack|unpack)_([a-zA-Z0-9_]+)\((.*)\)$/\3 \4/p' >build/calls.txt
    awk -v g="$g" '$1 !~ /_[0-9]+(x[0-9]+)*(_back)?(_[0-9]+)?$/ && !index(substr($0, length($1) + 1), $1) {
                       print g ".c: " $1 " is called for another: " $0; wrong = 1 }
                   END { exit wrong || NR < 10 }' build/calls.txt
done
# the C that the README shows is C that is emitted
awk '/^```c$/ {on = 1; next} /^```$/ {on = 0} on' README.md >build/readme.c
while IFS= read -r line; do
    grep -qxF -- "$line" generated/mlp/mlp.c || {
        echo "README.md shows a line that mlp.c does not have: $line"
        exit 1
    }
done <build/readme.c
[ -s build/readme.c ]
echo "$(ls -d generated/*/ | wc -l) folders are as emitted, no warning"
