#!/bin/sh
# `tailor import`: models that PyTorch exported, in each of its ways, with logits, loss and gradients of PyTorch
# (tests/exchange, made by make.py there); files that are no models, with their messages, which leave nothing behind.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
tensors() { perl tests/exchange/tensors.pl "$@"; }
# model, PyTorch's values, bound, which names: imports it and computes them, in double
like_pytorch() {
    expect 0 "${5:-}" $tailor import "$1" -o "$dir/m.lua"
    tensors join "$dir/feed" "$2" "$dir/m.safetensors"
    expect 0 "" $tailor grad "$dir/m.lua" --feed "$dir/feed" --interpret -o "$dir/got"
    tensors close "$dir/got" "$2" "$3" "$4" >"$dir/said" 2>&1 || bad "$1: $(cat "$dir/said")"
}

models=tests/exchange/models
for kind in dynamo legacy opset13; do
    like_pytorch $models/merged.$kind.onnx $models/merged.safetensors 1e-5 .
    # what has the batch's statistics folded in computes the same, and says that it was folded
    like_pytorch $models/small.$kind.onnx $models/small.safetensors 1e-5 logits "has folded 2 batch norms"
done
like_pytorch $models/small.dynamo_unoptimized.onnx $models/small.safetensors 1e-4 'd_|loss'
grep -q "momentum = 0.03" "$dir/m.lua" || bad "momentum is one minus that of ONNX: $(grep batch_norm "$dir/m.lua")"
grep -q "scope(" "$dir/m.lua" && grep -q "^logits = " "$dir/m.lua" &&
    grep -q "^local function block(name, x)" "$dir/m.lua" ||
    bad "how it reads: $(cat "$dir/m.lua")"
# the weights are the graph's, no more and no fewer; norms that were merged have their own again
tensors names "$dir/m.safetensors" | awk '{ print $2 }' | sort -u | grep -qx F32 || bad "types of the weights"
expect 0 "" $tailor import $models/merged.dynamo.onnx -o "$dir/m.lua"
tensors names "$dir/m.safetensors" | cut -d' ' -f1 >"$dir/names"
for name in norms.0.weight norms.1.norm.weight norms.2.norm.bias norms.2.grn.beta norms.3.bias shared.weight; do
    grep -qx "$name" "$dir/names" || bad "there is no $name: $(cat "$dir/names")"
done
# the same bytes each time
cp "$dir/m.lua" "$dir/first.lua" && cp "$dir/m.safetensors" "$dir/first.safetensors"
expect 0 "" $tailor import $models/merged.dynamo.onnx -o "$dir/m.lua"
cmp -s "$dir/m.lua" "$dir/first.lua" && cmp -s "$dir/m.safetensors" "$dir/first.safetensors" || bad "other bytes"

# models of the data folder, where it is
if [ -n "$root" ] && [ -d "$root/onnx" ]; then
    for name in cnn mobile resnet convnext; do
        perl tests/exchange/reference.pl "$root/onnx/$name.safetensors" "$dir/wanted" || bad "$name"
        for kind in dynamo_unoptimized legacy; do
            like_pytorch "$root/onnx/$name.$kind.onnx" "$dir/wanted" 1e-4 'd_|loss'
        done
        like_pytorch "$root/onnx/$name.dynamo.onnx" "$dir/wanted" 1e-5 logits
    done
else
    echo "import_test: the models of \$TAILOR_DATA/onnx are not there, and were not imported"
fi

# files that are no models
rm -f "$dir"/m.*
while read -r name message; do
    expect 1 "$message" $tailor import "tests/exchange/hostile/$name.onnx" -o "$dir/m.lua"
    [ "$(wc -l <"$dir/err")" = 1 ] || bad "$name: $(cat "$dir/err")"
done <tests/exchange/hostile/messages.txt
# 10,000 graphs, each in an attribute of the one around it
perl -e 'sub v { my ($n) = @_; my $o = ""; while ($n > 127) { $o .= chr($n & 127 | 128); $n >>= 7 } $o . chr $n }
    sub p { my ($f, $c) = @_; v($f << 3 | 2) . v(length $c) . $c }
    my $g = ""; $g = p(1, p(4, "I") . p(5, p(1, "g") . p(6, $g))) for 1 .. 10000; 
    print p(7, $g), p(8, "\x10\x14")' >"$dir/deep.onnx"
expect 1 "an attribute is a graph" $tailor import "$dir/deep.onnx" -o "$dir/m.lua"
mkfifo "$dir/fifo"
for file in "$dir/fifo" /dev/zero "$dir" "$dir/nothing.onnx"; do
    expect 1 "" $tailor import "$file" -o "$dir/m.lua"
done
[ -z "$(ls "$dir"/m.* 2>/dev/null)" ] || bad "something was written: $(ls "$dir"/m.*)"
# what import wrote is replaced, and nothing else
mkdir "$dir/place" "$dir/place/folder.lua"
expect 1 "folder.lua: is a folder" $tailor import $models/small.legacy.onnx -o "$dir/place/folder.lua"
expect 0 "" $tailor import $models/small.legacy.onnx -o "$dir/place/a.lua"
expect 0 "" $tailor import $models/small.opset13.onnx -o "$dir/place/a.lua"
grep -q "imported from small.opset13.onnx" "$dir/place/a.lua" || bad "an imported graph is not replaced"
echo "-- mine" >"$dir/place/b.lua"
expect 1 "b.lua: is there, and was not imported" $tailor import $models/small.legacy.onnx -o "$dir/place/b.lua"
echo "weights" >"$dir/place/c.safetensors"
expect 1 "c.safetensors: is there, and is of no graph" $tailor import $models/small.legacy.onnx -o "$dir/place/c.lua"
cp $models/small.legacy.onnx "$dir/place/d.lua"
expect 1 "d.lua: is the model itself" $tailor import "$dir/place/d.lua" -o "$dir/place/d.lua"
cmp -s $models/small.legacy.onnx "$dir/place/d.lua" &&
    [ "$(cat "$dir/place/b.lua" "$dir/place/c.safetensors" | tr '\n' ' ')" = "-- mine weights " ] &&
    [ "$(ls "$dir/place" | wc -l)" = 6 ] || bad "an import that was refused left or changed: $(ls "$dir/place")"
expect 2 "takes NAME.lua" $tailor import $models/small.legacy.onnx -o "$dir/m.txt"
expect 2 "" $tailor import $models/small.legacy.onnx
echo "$expected commands, models of $(ls $models/*.onnx | wc -l) files"
[ $wrong = 0 ]
