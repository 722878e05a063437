#!/bin/sh
# Runs as ONNX models: of each of graphs/ the bytes that are known to be right, nodes of some of them as text, names and
# numbers of the weights; what cannot be exported, and that nothing is left of it.  UPDATE=1 writes what is known anew:
# only after PYTHON=(one that has onnx and onnxruntime) has found the models right.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
python=${PYTHON:-python3}
known=tests/exchange/models.sha256
: >"$dir/sums"

made() { # name, graph, settings...: a run that nobody trained
    name=$1
    shift
    python3 tests/exchange/make_run.py "$dir/$name" "$@" || bad "$name: there is no run"
}
model() { # run, name, flags...: exports it twice, reads it, and keeps its sum
    run=$1 name=$2
    shift 2
    expect 0 "" $tailor export "$dir/$run" -o "$dir/$name.onnx" "$@"
    [ ! -s "$dir/out" ] && [ ! -s "$dir/err" ] || bad "$name: it says $(cat "$dir/out" "$dir/err")"
    expect 0 "" $tailor export "$dir/$run" -o "$dir/again.onnx" "$@"
    cmp -s "$dir/$name.onnx" "$dir/again.onnx" || bad "$name: exported twice, the bytes differ"
    python3 tests/exchange/dump_onnx.py "$dir/$name.onnx" "$dir/$run/weights.safetensors" >"$dir/$name.txt" \
        2>"$dir/err" || bad "$name: $(tail -1 "$dir/err")"
    (cd "$dir" && sha256sum "$name.onnx") >>"$dir/sums"
}
ways() { # run: exports it in each way
    model "$1" "$1"
    model "$1" "$1.nhwc" --nhwc
    model "$1" "$1.maps" --maps
    model "$1" "$1.13" --maps --opset 13
    model "$1" "$1.21" --maps --opset 21
}
made mlp graphs/mlp.lua width=4
made cnn graphs/cnn.lua width=2
made inverted graphs/cnn.lua width=2 norm=true block=inverted skip=true pooling=avg head=flatten
made decoy_cnn graphs/decoy_cnn.lua first=2 second=3 hidden=4
made cnn_cam graphs/cnn_cam.lua width=2
made resnet graphs/resnet.lua depth=8 width=2
made convnext graphs/convnext.lua dim=2 depth=1
made convnext_v2 graphs/convnext.lua dim=2 depth=1 version=2
made odd tests/exchange/odd.lua
made norms tests/exchange/norms.lua
made gates tests/exchange/gates.lua
made coupled tests/exchange/coupled.lua
model mlp mlp
for run in cnn inverted decoy_cnn cnn_cam resnet convnext convnext_v2 odd norms gates coupled; do ways $run; done

[ -z "${UPDATE:-}" ] || cp "$dir/sums" $known
diff $known "$dir/sums" >"$dir/differ" ||
    bad "other models (>) than those that are known to be right (<): $(cat "$dir/differ")"
for name in mlp cnn.maps resnet convnext.21; do
    [ -z "${UPDATE:-}" ] || cp "$dir/$name.txt" "tests/exchange/$name.txt"
    diff "tests/exchange/$name.txt" "$dir/$name.txt" >"$dir/differ" || bad "$name: $(head -5 "$dir/differ")"
done
# nothing of a plain network is turned, and a map of a linear head is the head's weights
for name in mlp cnn resnet; do
    grep -q '^Transpose' "$dir/$name.txt" && bad "$name: has a Transpose"
done
grep -q '^Gather(fc.weight, ' "$dir/cnn.maps.txt" || bad "cnn: its map is not made of the head's weights"

# ---- what cannot be exported, of which nothing is left ----

refused() { # pattern, arguments...
    pattern=$1
    shift
    rm -rf "$dir/no"
    mkdir "$dir/no"
    expect 1 "$pattern" $tailor export "$@" -o "$dir/no/model.onnx"
    [ -z "$(ls -A "$dir/no")" ] || bad "left behind: $(ls -A "$dir/no")"
}
start() { rm -rf "$dir/bad"; cp -r "$dir/cnn" "$dir/bad"; }
refused "run.json.*is it a finished run" "$dir/nothing"
start; rm "$dir/bad/run.json"; refused "is it a finished run" "$dir/bad"
start; head -c 100 "$dir/cnn/run.json" >"$dir/bad/run.json"; refused "run.json" "$dir/bad"
start; echo '{"name": "cnn"}' >"$dir/bad/run.json"; refused "it is the record of no run" "$dir/bad"
start; rm "$dir/bad/weights.safetensors"; refused "a run without weights has no model" "$dir/bad"
start; cp "$dir/inverted/weights.safetensors" "$dir/bad"; refused "there is no conv1.bias" "$dir/bad"
start; head -c 1000 "$dir/cnn/weights.safetensors" >"$dir/bad/weights.safetensors"
refused "weights.safetensors" "$dir/bad"
start; size=$(wc -c <"$dir/cnn/weights.safetensors")
{ head -c $((size - 1)) "$dir/cnn/weights.safetensors"; printf '\1'; } >"$dir/bad/weights.safetensors"
refused "the weights are not the run's" "$dir/bad"
start; sed -i 's/"width": 2/"width": 3/' "$dir/bad/run.json"; refused "graph_hash is .* against" "$dir/bad"
start; rm -r "$dir/bad/graphs"; refused "the graph file of the run is missing" "$dir/bad"
refused "kept no best weights" "$dir/cnn" --best
refused "there is nothing to make a map of" "$dir/mlp" --maps
expect 1 "is a folder, against a file" $tailor export "$dir/cnn" -o "$dir/no"
expect 1 "no/way" $tailor export "$dir/cnn" -o "$dir/no/way/model.onnx"
echo text >"$dir/text"
expect 1 "is no ONNX model; it is not overwritten" $tailor export "$dir/cnn" -o "$dir/text"
[ "$(cat "$dir/text")" = text ] || bad "a file that is no model was overwritten"
for opset in 12 24 99 -1 x 17.5 "" 99999999999999999999; do
    expect 2 "opset" $tailor export "$dir/cnn" -o "$dir/no/model.onnx" --opset "$opset"
done
expect 2 "-o" $tailor export "$dir/cnn"

# ---- names as long as they may be, and names that ONNX's own might have ----

mkdir "$dir/graphs"
long=$(printf 'n%.0s' $(seq 200)) layer=$(printf 'c%.0s' $(seq 193))
cat >"$dir/graphs/names.lua" <<LUA
image = input { 4, 4, 2 }
label = labels(3)
$long = conv2d(image, 3, { name = "$layer" })
logits = linear(flatten($long), 3, { name = "flatten" })
output("sizes", logits)
output("conv2d", image)
output("constant", $long)
minimize(cross_entropy(logits, label))
LUA
made names "$dir/graphs/names.lua"
expect 0 "" $tailor export "$dir/names" -o "$dir/names.onnx"
python3 tests/exchange/dump_onnx.py "$dir/names.onnx" "$dir/names/weights.safetensors" >"$dir/names.txt" ||
    bad "names: cannot be read"
for line in "initializer $layer.weight \[3, 2, 3, 3\]" "output sizes float\[batch, 3\]" \
    "output conv2d float\[batch, 2, 4, 4\]" "output constant float\[batch, 3, 4, 4\]" \
    "output logits float\[batch, 3\]"; do
    grep -q "^$line$" "$dir/names.txt" || bad "names: no $line in: $(cat "$dir/names.txt")"
done

# without outputs and logits: each value that has a name, but inputs
cat >"$dir/graphs/auto.lua" <<LUA
image = input { 4, 4, 1 }
code = linear(flatten(image), 3, { name = "fc1" })
back = reshape(sigmoid(linear(code, 16, { name = "fc2" })), { 4, 4, 1 })
minimize(mse(back, image))
LUA
made auto "$dir/graphs/auto.lua"
expect 0 "" $tailor export "$dir/auto" -o "$dir/auto.onnx"
outputs=$(python3 tests/exchange/dump_onnx.py "$dir/auto.onnx" "$dir/auto/weights.safetensors" | grep '^output' |
    tr '\n' ' ')
[ "$outputs" = "output code float[batch, 3] output back float[batch, 1, 4, 4] " ] || bad "auto: $outputs"

# ---- against onnxruntime ----

if $python -c 'import onnx, onnxruntime' 2>"$dir/err"; then
    mkdir "$dir/trained"
    $python tests/exchange/compare.py "$dir/trained" || wrong=1
else
    echo "not compared with onnxruntime: $(tail -1 "$dir/err"); PYTHON=... names a Python that has it"
fi
[ $wrong = 0 ] && echo "$(wc -l <"$dir/sums") models, $expected commands"
[ $wrong = 0 ]
