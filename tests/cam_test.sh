#!/bin/sh
# `tailor cam` as a user runs it: pictures and metrics of runs of several kinds, the metrics against the same said in
# the graph language, equal bytes for any number of threads, and what is said of runs and arguments that are wrong.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
number() { sed -n 's/.*"'"$1"'": *\([-0-9.e+]*\).*/\1/p' "$2" | head -n 1; } # key, file
near() { # what, a, b, tolerance
    awk -v a="$2" -v b="$3" -v t="$4" 'BEGIN { exit !(a != "" && b != "" && a - b <= t && b - a <= t) }' ||
        bad "$1: $2, against $3"
}

# ---- the same numbers by another way ----
$tailor train tests/cam/measured.lua --threads 2 --out "$dir/run" >/dev/null 2>"$dir/err" ||
    bad "train: $(cat "$dir/err")"
expect 0 "" "$tailor" cam "$dir/run" --threads 2
for f in correct.png wrong.png class_means.png cam_metrics.json; do
    [ -s "$dir/run/cam/$f" ] || bad "$f is not there"
done
grep -q "share of the map on the object" "$dir/out" || bad "no table: $(head -c 300 "$dir/out")"
json=$dir/run/cam/cam_metrics.json
[ "$(number images "$json")" = 2000 ] || bad "images: $(number images "$json")"
same_numbers() { # run, record of cam
    near accuracy "$(number accuracy "$2")" "$(number test_accuracy "$1/run.json")" 1e-6
    for key in average_drop increase_in_confidence; do
        near $key "$(number $key "$2")" "$(number test_$key "$1/run.json")" 0.01
    done
    for key in complexity coherency l1_image l2_image ssim_image; do
        near $key "$(number $key "$2")" "$(number test_$key "$1/run.json")" 1e-4
    done
    live=$(number test_live "$1/run.json") energy=$(number test_energy_in_object "$1/run.json")
    near dead_maps "$(number dead_maps "$2")" "$(awk -v l="$live" 'BEGIN { print 1 - l }')" 1e-6
    near energy_in_object "$(number energy_in_object "$2")" \
        "$(awk -v e="$energy" -v l="$live" 'BEGIN { print e / l }')" 1e-4
}
same_numbers "$dir/run" "$json"
grep -q '"energy_in_decoy": null' "$json" || bad "a decoy in data without one"

# ---- and of a class that is given, the mean of the maps of two layers ----
$tailor train tests/cam/measured.lua --epochs 1 --set several=true --threads 2 --out "$dir/several" \
    >/dev/null 2>"$dir/err" || bad "train: $(cat "$dir/err")"
expect 0 "" "$tailor" cam "$dir/several" --threads 2 --class 3 --layer early,features --steps 1
json=$dir/several/cam/cam_metrics.json
same_numbers "$dir/several" "$json"
grep -q '"class": 3,' "$json" && grep -q '"layer": "early,features"' "$json" ||
    bad "class and layers: $(head -c 600 "$json")"
tr -d ' \n' <"$json" | grep -q '"layer_shape":\[\[14,14,8\],\[7,7,12\]\]' ||
    bad "the shapes of two layers: $(head -c 600 "$json")"
grep -q "grad_cam at early (14 x 14 x 8), features (7 x 7 x 12)" "$dir/out" || bad "no layers: $(head -n 1 "$dir/out")"
for kind in score_cam eigen_cam; do
    expect 0 "" "$tailor" cam "$dir/several" --kind $kind --layer early,features --images 70 --steps 1 \
        -o "$dir/both_$kind"
done
expect 0 "" "$tailor" cam "$dir/several" --layer features,early --kind score_cam --images 70 --steps 1 -o "$dir/turned"
for key in energy_in_object complexity insertion_auc; do
    near "layers in another order: $key" "$(number $key "$dir/both_score_cam/cam_metrics.json")" \
        "$(number $key "$dir/turned/cam_metrics.json")" 1e-6
done

# ---- of a run that left the test set alone, its validation images ----
$tailor train tests/cam/measured.lua --epochs 1 --split validation --out "$dir/untested" >/dev/null 2>"$dir/err" ||
    bad "train: $(cat "$dir/err")"
expect 0 "" "$tailor" cam "$dir/untested" --threads 2
json=$dir/untested/cam/cam_metrics.json
near "accuracy of validation" "$(number accuracy "$json")" "$(number val_accuracy "$dir/untested/run.json")" 1e-6
near "energy of validation" "$(number energy_in_object "$json")" "$(awk \
    -v l="$(number val_live "$dir/untested/run.json")" \
    -v e="$(number val_energy_in_object "$dir/untested/run.json")" 'BEGIN { print e / l }')" 1e-4
grep -q '"split": "validation"' "$json" && grep -q "validation images of digits" "$dir/out" || bad "not of validation"
expect 0 "" "$tailor" cam "$dir/untested" --split test --images 70 --steps 1 -o "$dir/tested"
grep -q "70 test images of digits" "$dir/out" || bad "not of the test set"
expect 1 "its test images are those of digits, against digits of" "$tailor" cam "$dir/untested" --against "$dir/run"

# ---- the same bytes again, by one thread ----
expect 0 "" "$tailor" cam "$dir/run" --threads 1 -o "$dir/again" --json
cmp -s "$dir/out" "$dir/again/cam_metrics.json" || bad "--json is not what the file holds"
for f in correct.png wrong.png class_means.png cam_metrics.json; do
    cmp -s "$dir/run/cam/$f" "$dir/again/$f" || bad "$f differs by threads"
done

# ---- every kind, other layers and classes, two runs ----
for kind in grad_cam_elementwise hirescam layercam xgrad_cam grad_cam_pp cam score_cam eigen_cam; do
    expect 0 "" "$tailor" cam "$dir/run" --kind $kind --images 70 --steps 4 -o "$dir/$kind"
    for key in energy_in_object insertion_auc adcc; do
        [ -n "$(number $key "$dir/$kind/cam_metrics.json")" ] || bad "$kind: no $key"
    done
done
# behind global average pooling and one linear layer the two are the same map but for a factor
expect 0 "" "$tailor" cam "$dir/run" --images 70 --steps 4 -o "$dir/grad_cam"
for key in energy_in_object complexity insertion_auc; do
    near "cam and grad_cam: $key" "$(number $key "$dir/cam/cam_metrics.json")" \
        "$(number $key "$dir/grad_cam/cam_metrics.json")" 1e-4
done
$tailor train graphs/cnn.lua --data digits --epochs 1 --set width=4 --set depth=3 --seed 5 --watch features \
    --out "$dir/plain" >/dev/null 2>&1 || bad "train cnn"
expect 0 "" "$tailor" cam "$dir/plain" --against "$dir/run" --class prediction --images 100 --steps 2 -o "$dir/pair"
grep -q '"against": {' "$dir/pair/cam_metrics.json" || bad "no second run in the record"
[ -s "$dir/pair/watched.png" ] && [ ! -e "$dir/run/cam/watched.png" ] || bad "watched.png is not where something was"
[ "$(number energy_in_object "$dir/pair/cam_metrics.json")" != "" ] || bad "no metrics of the pair"
mv "$dir/plain/graphs" "$dir/elsewhere"
expect 1 "cnn.lua: there is no such file; --graph FILE" "$tailor" cam "$dir/plain"
expect 0 "" "$tailor" cam "$dir/plain" --graph "$dir/elsewhere/cnn.lua" --images 30 --steps 1 -o "$dir/given"
{ cat "$dir/elsewhere/cnn.lua"; echo 'metric("ones", equal(label, 1))'; } >"$dir/elsewhere/other.lua"
expect 1 "graph_hash is .*against" "$tailor" cam "$dir/plain" --graph "$dir/elsewhere/other.lua"

# ---- what is wrong ----
expect 1 "is it a finished run" "$tailor" cam "$dir/nothing"
expect 2 "something is missing" "$tailor" cam
expect 2 "did you mean layercam" "$tailor" cam "$dir/run" --kind layer_cam
expect 2 "label, prediction, runner_up or the number of a class, not 'dog'" "$tailor" cam "$dir/run" --class dog
expect 2 "not '-1'" "$tailor" cam "$dir/run" --class -1
expect 2 "a whole number from 0 to 2147483647, not '3x'" "$tailor" cam "$dir/run" --class 3x
expect 1 "run.json: --class is 10, against classes 0 to 9 of the model" "$tailor" cam "$dir/run" --class 10
expect 2 "the name of a value or several, a,b, not 'features,'" "$tailor" cam "$dir/run" --layer features,
expect 2 "names early twice" "$tailor" cam "$dir/run" --layer early,features,early
expect 1 "the file names no such value; did you mean early" "$tailor" cam "$dir/run" --layer features,earl
expect 1 "logits is \[batch, 10\], not a feature map" "$tailor" cam "$dir/run" --layer early,logits
expect 1 "cam takes .*logits is not that of early" "$tailor" cam "$dir/run" --kind cam --layer features,early
expect 2 "whole number from 1" "$tailor" cam "$dir/run" --images 0
expect 1 "the file names no such value; did you mean features" "$tailor" cam "$dir/run" --layer feature
expect 1 "logits is \[batch, 10\], not a feature map" "$tailor" cam "$dir/run" --layer logits
expect 1 "not the scores of the classes" "$tailor" cam "$dir/run" --logits features
expect 1 "does not depend on the layer map" "$tailor" cam "$dir/run" --layer map
expect 1 "nowhere: \|data set nowhere" "$tailor" cam "$dir/run" --data nowhere
$tailor train graphs/mlp.lua --data digits --epochs 1 --set width=8 --out "$dir/mlp" >/dev/null 2>&1 || bad "train mlp"
expect 1 "the scores depend on no feature map" "$tailor" cam "$dir/mlp"
cp -r "$dir/run" "$dir/bare" && rm -r "$dir/bare/weights.safetensors" "$dir/bare/cam"
expect 1 "weights.safetensors: there is no such file: a run without weights has no maps" "$tailor" cam "$dir/bare"
cp "$dir/plain/weights.safetensors" "$dir/bare/weights.safetensors"
expect 1 "weights.safetensors: " "$tailor" cam "$dir/bare"
cp "$dir/run/weights.safetensors" "$dir/bare/weights.safetensors" &&
    printf '\377\377\177\077' |
    dd of="$dir/bare/weights.safetensors" bs=1 seek=$(($(wc -c <"$dir/run/weights.safetensors") - 4)) \
        conv=notrunc 2>/dev/null
expect 1 "the weights are not the run's" "$tailor" cam "$dir/bare"
[ ! -e "$dir/bare/cam" ] || bad "something was written of a run that is refused"
for text in '{' '[]' '{"name": "x"}' \
    '{"name": "../x", "graph_hash": "0", "options": {}, "seed": 1, "data": {"name": "digits"}}' \
    '{"name": "x", "graph_hash": 0, "weights_sha256": "0", "options": {}, "seed": 1, "data": {"name": "digits"}}' \
    '{"name": "x", "graph_hash": "0", "options": {}, "seed": 1, "data": {"name": "digits"}}'; do
    echo "$text" >"$dir/bare/run.json"
    expect 1 "run.json: " "$tailor" cam "$dir/bare"
done
: >"$dir/file"
expect 1 "$dir/file" "$tailor" cam "$dir/run" --images 30 --steps 1 -o "$dir/file/in"

# ---- CAM is of its own head; without labels nothing is taken for scores ----
cat >"$dir/narrow.lua" <<'END'
image = input { 28, 28, 1 }
label = labels(10)
early = relu(conv2d(image, 4, { stride = 4 }))
features = relu(conv2d(early, 4))
logits = 0.5 * linear(dropout(global_avg_pool(features), 0.1), 10)
alias = features
minimize(cross_entropy(logits, label))
train { data = "digits", batch = 64, epochs = 1, optimizer = adam { lr = 1e-3 } }
END
cat >"$dir/code.lua" <<'END'
image = input { 28, 28, 1 }
code = relu(conv2d(image, 4, { stride = 4 }))
back = linear(flatten(code), 784)
minimize(mse(back, flatten(image)))
train { data = "digits", batch = 64, epochs = 1, optimizer = adam { lr = 1e-3 } }
END
for graph in narrow code; do
    $tailor train "$dir/$graph.lua" --out "$dir/$graph" >/dev/null 2>&1 || bad "train $graph"
done
expect 0 "" "$tailor" cam "$dir/narrow" --kind cam --images 30 --steps 1
expect 1 "narrow.lua:5: --kind cam takes .*logits is not that of early" "$tailor" cam "$dir/narrow" --kind cam \
    --layer early
expect 1 "the layers features and alias are the same value" "$tailor" cam "$dir/narrow" --layer features,alias
expect 1 "the file has no labels and names no value logits: --logits NAME" "$tailor" cam "$dir/code"
expect 1 "the file has no labels" "$tailor" cam "$dir/code" --class 3
expect 0 "" "$tailor" cam "$dir/code" --logits back --images 30 --steps 1


# ---- images of 2 channels are drawn in gray; parameters of an objective are no layers; a warning is said once ----
mkdir "$dir/pairs"
npy() { # file, shape, zeros
    header="{'descr': '|u1', 'fortran_order': False, 'shape': $2}"
    { printf '\223NUMPY\001\000\166\000%-117s\n' "$header"; head -c "$3" /dev/zero; } >"$1"
}
for part in train t10k; do
    npy "$dir/pairs/$part-images.npy" "(100, 8, 8, 2)" 12800; npy "$dir/pairs/$part-labels.npy" "(100,)" 100
done
cat >"$dir/pairs.lua" <<'END'
image = input { 8, 8, 2 }
label = labels(10)
features = relu(conv2d(image, 4))
softmax = linear(global_avg_pool(features), 10)
minimize(balance { cross_entropy(softmax, label), mean(features) })
train { data = "pairs", batch = 16, epochs = 1, optimizer = adam { lr = 1e-3 } }
END
TAILOR_DATA=$dir $tailor train "$dir/pairs.lua" --out "$dir/pairs-run" >/dev/null 2>&1 || bad "train pairs"
expect 0 "softmax hides" "$tailor" cam "$dir/pairs-run" --data "$dir/pairs" --steps 1
[ "$(grep -c hides "$dir/err")" = 1 ] || bad "a warning twice"
[ -s "$dir/pairs-run/cam/correct.png" ] || [ -s "$dir/pairs-run/cam/wrong.png" ] || bad "nothing is drawn of 2 channels"
! grep -q '"down_to": "balance"' "$dir/pairs-run/cam/cam_metrics.json" ||
    bad "the weights of an objective count as a layer"
grep -q '"down_to": "softmax.linear"' "$dir/pairs-run/cam/cam_metrics.json" || bad "no layer made random"

# ---- prototypes are of the run's data; decoys ----
$tailor train graphs/objectives/prototype.lua --data digits --epochs 1 --set width=4 --out "$dir/proto" \
    >/dev/null 2>&1 || bad "train prototype"
expect 0 "" "$tailor" cam "$dir/proto" --images 30 --steps 1
expect 1 "the run's prototypes are of its data set digits, against images of decoy-digits" "$tailor" cam "$dir/proto" \
    --data decoy-digits
# a folder of idx files, read in one place and looked for in another where a set has its name
idx() { # n, byte of the labels
    printf '\000\000\010\003\000\000\000\144\000\000\000\034\000\000\000\034' >"$1-images-idx3-ubyte"
    head -c 78400 /dev/zero | tr '\000' "$2" >>"$1-images-idx3-ubyte"
    { printf '\000\000\010\001\000\000\000\144' && head -c 100 /dev/zero; } >"$1-labels-idx1-ubyte"
}
for set in here there; do
    mkdir -p "$dir/$set/small"
    for part in train t10k; do idx "$dir/$set/small/$part" $set; done
done
cp -r "$dir/here/small" "$dir/here/renamed"
sed -i 's/batch = 64/batch = 16/' "$dir/narrow.lua"
$tailor train "$dir/narrow.lua" --data "$dir/here/small" --out "$dir/small" >/dev/null 2>&1 || bad "train on a folder"
expect 0 "" env TAILOR_DATA="$dir/here" "$tailor" cam "$dir/small" --images 30 --steps 1
expect 1 "the content of train-images-idx3-ubyte is not what the run had; --data says" env TAILOR_DATA="$dir/there" \
    "$tailor" cam "$dir/small"
expect 0 "" env TAILOR_DATA="$dir/there" "$tailor" cam "$dir/small" --data small --images 30 --steps 1
expect 0 "" "$tailor" cam "$dir/run" --data decoy-digits --images 100 --steps 1 -o "$dir/decoy"
[ -n "$(number energy_in_decoy "$dir/decoy/cam_metrics.json")" ] || bad "no share of the map on the decoy"
$tailor train "$dir/narrow.lua" --data decoy-digits --out "$dir/patched" >/dev/null 2>&1 || bad "train on decoys"
expect 1 "its test images are those of decoy-digits, against digits" "$tailor" cam "$dir/run" --against "$dir/patched" \
    --images 20
if [ -n "$root" ] && [ -d "$root/fashion-mnist" ]; then
    expect 1 "the run's prototypes are of its data set digits" env TAILOR_DATA="$root" "$tailor" cam "$dir/proto" \
        --data fashion-mnist
fi
[ $wrong = 0 ] || exit 1
echo "maps measured two ways, 9 kinds, two runs side by side: $expected commands"
