#!/bin/sh
# `tailor diff`: what differs between two graph files, two runs, one of each; nothing where only the writing differs.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
says() { grep -q -- "$1" "$dir/out" || bad "no '$1' in: $(head -c 600 "$dir/out")"; }
silent() { ! grep -q -- "$1" "$dir/out" || bad "'$1' in: $(head -c 600 "$dir/out")"; }
fits() { awk 'length > 80 { exit 1 }' "$dir/out" || bad "lines of more than 80 columns: $(cat "$dir/out")"; }
row() { says "^  $1  *$2  *$3$"; }                    # name, a, b

# nothing but the writing
cat >"$dir/one.lua" <<'LUA'
option { width = 4, act = "relu", dilation = 1 }
x = input { 8, 8, 1 }
label = labels(3)
local h = conv2d(x, option.width, { dilation = option.dilation, name = "c" })
y = option.act == "relu" and relu(h) or gelu(h)
map = normalize(y, "l2")
logits = linear(flatten(map), 3, { name = "fc" })
minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
train { data = "digits", batch = 8, optimizer = sgd { lr = 0.1 } }
LUA
{ echo "-- the same"; sed 's/x = input/\n  x  =  input/' "$dir/one.lua"; } >"$dir/two.lua"
expect 0 "" ./tailor diff "$dir/one.lua" "$dir/two.lua"
says "^no difference$"
expect 0 "" ./tailor diff "$dir/one.lua" "$dir/two.lua" --json
says '"same_hash": true' && says '"options": \[\]' && says '"parameters": \[\]' && says '"values": \[\]'

# an option that changes a shape: where it is read, not where it only passes through
expect 0 "" ./tailor diff "$dir/one.lua" "$dir/one.lua" --set-b width=6
fits
row width 4 6
row c.weight '\[4, 1, 3, 3\]' '\[6, 1, 3, 3\]'
row y '\[batch, 8, 8, 4\]' '\[batch, 8, 8, 6\]'
silent "^  loss" && silent "^  label" && silent "train{}" && silent "metric"
says "^FLOPs of one image$"
expect 0 "" ./tailor diff "$dir/one.lua" "$dir/one.lua" --set-a width=6 --json
says '{"name": "width", "a": 6, "b": 4}'
says '{"name": "c.bias", "a": {"shape": "\[6\]", "init": "uniform", "value": 0.3333.*, "decay": true}, "b": {'
says '"same_hash": false'
forward=$(sed -n 's/.*"forward": {"a": \([0-9]*\), "b": \([0-9]*\)}.*/\1 \2/p' "$dir/out")
for width in 6 4; do
    ./tailor check "$dir/one.lua" --set width=$width --json | sed -n 's/.*"flops_forward": \([0-9]*\),/\1/p'
done | tr '\n' ' ' >"$dir/flops"
[ "$forward " = "$(cat "$dir/flops")" ] || bad "flops are $forward, check says $(cat "$dir/flops")"

# how a value is made, by the call and by its numbers alone
expect 0 "" ./tailor diff "$dir/one.lua" "$dir/one.lua" --set-b act=gelu
says "^    a  c.relu = relu(c) \[batch, 8, 8, 4\]$" && says "^    b  c.gelu = gelu("
silent "^  map" && silent "c.weight"
cat >"$dir/pair.lua" <<'LUA'
option { act = "relu", half = 2 }
local function act(v) return option.act == "relu" and relu(v) or gelu(v) end
x = input { 8, 8, 1 }
features = global_avg_pool(act(conv2d(act(conv2d(x, 4, { name = "c1" })), 4, { name = "c2" })))
logits = linear(max_pool(x, option.half), 3, { name = "fc" })
scaled = features * (option.half / 8)
LUA
expect 0 "" ./tailor diff "$dir/pair.lua" "$dir/pair.lua" --set-b act=gelu
sed -n 's/^    \([ab]\)  \([^ ]*\) = .*/\1 \2/p' "$dir/out" | tr '\n' ' ' >"$dir/order"
[ "$(cat "$dir/order")" = "a c1.relu b c1.gelu a c2 b c2 a c2.relu b c2.gelu \
a c2.global_avg_pool b c2.global_avg_pool " ] || bad "order: $(cat "$dir/order")"
says "b  c1.gelu = gelu(c1) \[" && says "global_avg_pool(c2.gelu) \[" && silent "0.707"      # its own numbers
expect 0 "" ./tailor diff "$dir/pair.lua" "$dir/pair.lua" --set-b half=4
says "mul(.*0.25" && says "mul(.*0.5"                                                         # the file's numbers
expect 0 "" ./tailor diff "$dir/one.lua" "$dir/one.lua" --set-b dilation=2
fits
says "^    a  c = conv2d(x, c.weight, c.bias) \[batch, 8, 8, 4\]: conv2d " && silent "relu" && silent "^parameters"
sed 's/"l2"/"max"/' "$dir/one.lua" >"$dir/max.lua"
expect 0 "" ./tailor diff "$dir/one.lua" "$dir/max.lua" --json
says '{"name": "map", "a": {' && silent '"name": "y"' && silent '"name": "loss"'

# first values, settings, what only one has
sed 's/name = "c" }/name = "c", init = "zeros" }/; s/sgd { lr = 0.1 }/adamw { lr = 0.1 }/' "$dir/one.lua" |
    sed 's/^metric.*//; s/labels(3)/labels(3)\nscale = param({ 1 }, { name = "scale" })/' >"$dir/other.lua"
expect 0 "" ./tailor diff "$dir/one.lua" "$dir/other.lua"
fits
says "uniform 0.333333, decays" && says "constant 0, decays" && row optimizer sgd adamw
row scale - '\[1\]' && says "^  metric accuracy  *\[batch\]  *-$"
expect 0 "" ./tailor diff "$dir/one.lua" "$dir/other.lua" --json
says '{"name": "metric accuracy", "a": {.*, "b": null}' && says '{"name": "scale", "a": null, "b": {"shape"'

# of the graphs that there are
for graph in graphs/resnet.lua graphs/objectives/info_nce.lua; do
    expect 0 "" ./tailor diff graphs/cnn_cam.lua "$graph"
    fits
    says "^values$"
done
expect 0 "" ./tailor diff graphs/resnet.lua graphs/resnet.lua --set-b skip=false
says "^    a  stages.1.1.bn2.add = add(" && silent "^    b  stages.1.1.bn2.add"

# runs
for seed in 1 2; do
    expect 0 "" ./tailor train graphs/mlp.lua --data digits --epochs 1 --set width=4 --seed $seed --out "$dir/$seed"
done
expect 0 "" ./tailor diff "$dir/1" "$dir/2"
fits
row seed 1 2
says "^  weights_sha256$" && says "^  test_accuracy .* b - a [-+]" && silent "^  epochs" && silent "^parameters"
expect 0 "" ./tailor diff "$dir/1" "$dir/2" --json
value() { sed -n "s/^ *\"test_loss\": \([0-9.e-]*\),*$/\1/p" "$dir/$1/run.json"; }
says "\"test_loss\", \"a\": $(value 1), \"b\": $(value 2), \"difference\": -*[0-9]"
expect 0 "" ./tailor diff "$dir/1" "$dir/1"
says "^no difference$"
expect 0 "" ./tailor diff graphs/mlp.lua "$dir/2" --json
says '{"name": "width", "a": 128, "b": 4}' && says '{"name": "data", "a": "mnist", "b": "digits"}'
says '"same_hash": false' && says '"metrics": \[\]'

# a graph in parts, and its run
mkdir -p "$dir/graphs/parts"
echo 'return function(x, n) return relu(linear(x, n, { name = "fc1" })) end' >"$dir/graphs/parts/hidden.lua"
sed 's/^image/local hidden = use "parts\/hidden.lua"\nimage/; s/^h1 .*/h1 = hidden(flatten(image), option.width)/' \
    graphs/mlp.lua >"$dir/graphs/mlp.lua"
expect 0 "" ./tailor diff graphs/mlp.lua "$dir/graphs/mlp.lua"
says "^no difference$"
expect 0 "" ./tailor train "$dir/graphs/mlp.lua" --data digits --epochs 1 --set width=4 --seed 1 --out "$dir/parts"
expect 0 "" ./tailor diff "$dir/1" "$dir/parts"
says "^no difference$"

# wrong
expect 2 "something is missing: B$" ./tailor diff graphs/mlp.lua
expect 2 "one argument too many" ./tailor diff graphs/mlp.lua graphs/cnn.lua graphs/cnn.lua
expect 2 "only one of the two" ./tailor diff - -
expect 2 "set-b is of a graph file" ./tailor diff graphs/mlp.lua "$dir/1" --set-b width=4
expect 2 "takes name=value" ./tailor diff graphs/mlp.lua graphs/mlp.lua --set-b width
expect 1 "widht: there is no such option; did you mean .width" \
    ./tailor diff graphs/mlp.lua graphs/mlp.lua --set-b widht=4
expect 1 "is it a finished run" ./tailor diff graphs/mlp.lua "$dir"
expect 1 "nothing.lua: cannot open" ./tailor diff "$dir/nothing.lua" graphs/mlp.lua
cp -r "$dir/1" "$dir/hostile"
sed -i 's/"tailor_version": "[^"]*"/"tailor_version": "\\u001b[2J"/' "$dir/hostile/run.json"
expect 0 "" ./tailor diff "$dir/1" "$dir/hostile"
says 'tailor_version .*"\\u001b\[2J"'
sed -i 's/"flops_step": [0-9]*/"flops_step": "many"/' "$dir/hostile/run.json"
expect 1 "run.json: no flops_step in it" ./tailor diff "$dir/1" "$dir/hostile"
sed -i 's/"width": 4/"width": 5/' "$dir/hostile/run.json"
expect 1 "run.json: graph_hash is .*, against .* with the run's options" ./tailor diff "$dir/1" "$dir/hostile"
echo "$expected commands"
[ $wrong = 0 ]
