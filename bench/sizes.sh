#!/bin/sh
# Bytes of each form of emitted C: source, object (code and constants), of that the functions of the runtime that are
# not inlined, program.  least is a graph with one layer: nearly all of it is what every graph has.
#
#   sh bench/sizes.sh            a minute; the table of docs/library.md
set -eu
cd "$(dirname "$0")/.."
out=build/bench/sizes
rm -rf $out
mkdir -p $out
cat >$out/least.lua <<'LUA'
image = input { 28, 28, 1 }
label = labels(10)
logits = linear(flatten(image), 10, { name = "fc" })
minimize(cross_entropy(logits, label))
train { data = "digits", batch = 128, epochs = 1, optimizer = sgd { lr = 0.1 } }
LUA
flags="-O2 -march=x86-64-v3 -fno-math-errno -fno-trapping-math -fopenmp"
code() { size "$@" | awk 'NR > 1 { n += $1 + $2 } END { print n }'; }
runtime() { nm -S -t d --defined-only "$@" | awk 'NF == 4 && $4 ~ /^rt_/ { n += $2 } END { print n + 0 }'; }
row() { echo "| $1 | $2 | $(cat $3 | wc -c) | $4 | $5 | $6 |"; }
${CC:-cc} --version | head -1
echo "| graph | form | C | object | of it the runtime | program, stripped |"
echo "|---|---|---|---|---|---|"
for graph in $out/least.lua graphs/mlp.lua graphs/cnn.lua graphs/resnet.lua graphs/convnext.lua; do
    n=$(basename $graph .lua) at=$out/$(basename $graph .lua)
    ./tailor emit $graph -o $at/folder
    make -s -j2 -C $at/folder MARCH=x86-64-v3 OPTIMIZE=-O2
    strip -o $at/stripped $at/folder/$n
    row $n folder "$at/folder/$n.[ch] $at/folder/runtime/*.[ch]" $(code $at/folder/*.o $at/folder/runtime/*.o) "" \
        $(wc -c <$at/stripped)
    ./tailor emit $graph --single-file -o $at/single
    ${CC:-cc} $flags -c $at/single/$n.c -o $at/single.o
    ${CC:-cc} -fopenmp -s $at/single.o -lm -o $at/stripped
    row $n "one file" "$at/single/$n.[ch]" $(code $at/single.o) "" $(wc -c <$at/stripped)
    for form in library inference; do
        more=
        [ $form = library ] || more=--inference
        ./tailor emit $graph --library $more -o $at/$form
        ${CC:-cc} $flags -c $at/$form/$n.c -o $at/$form.o
        row $n $form "$at/$form/$n.[ch]" $(code $at/$form.o) $(runtime $at/$form.o) ""
    done
done
